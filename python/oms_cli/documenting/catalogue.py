"""What the database says of itself: the API's objects, their comments, grants and policies."""

from dataclasses import dataclass
from typing import LiteralString, TypeVar

from psycopg.rows import class_row

from oms_cli.server import Connection


@dataclass(frozen=True)
class Relation:
    """A table or view of the API, and who may select from it."""

    name: str
    is_view: bool
    comment: str
    readers: list[str]


@dataclass(frozen=True)
class Result:
    """A composite type: what commands return that is a row of no table."""

    name: str
    comment: str


@dataclass(frozen=True)
class Column:
    """A column, and who may write it."""

    relation: str
    name: str
    type: str
    nullable: bool
    default: str | None
    comment: str
    inserters: list[str]
    updaters: list[str]


@dataclass(frozen=True)
class Constraint:
    """A constraint or unique index; clients map its name to a message."""

    relation: str
    name: str
    definition: str


@dataclass(frozen=True)
class Policy:
    """Which rows an audience may read or write."""

    relation: str
    roles: list[str]
    command: str
    using: str | None
    check: str | None


@dataclass(frozen=True)
class ForeignKey:
    """A reference, by what stands in its constraint's name between the table and `fkey`."""

    child: str
    parent: str
    rule: str
    optional: bool
    unique: bool


@dataclass(frozen=True)
class Command:
    """A function of the API."""

    name: str
    arguments: str
    result: str
    comment: str
    callers: list[str]
    computes_field_of: str | None


@dataclass(frozen=True)
class Type:
    """An enum with its labels, or a domain with its base type and check."""

    name: str
    is_enum: bool
    comment: str
    values: str


@dataclass(frozen=True)
class Transition:
    """A step that a status may take."""

    machine: str
    from_status: str | None
    to_status: str
    roles: list[str]
    note: str | None


@dataclass(frozen=True)
class ErrorCode:
    """A refusal of a business rule."""

    code: str
    http_status: int
    meaning: str


@dataclass(frozen=True)
class EventType:
    """Something that may happen and is told, with the JSON Schema of its payload."""

    type: str
    version: int
    entity_type: str
    summary: str
    roles: list[str]
    fields: list[str]
    schema: dict[str, object]


@dataclass(frozen=True)
class Source:
    """What a trigger or a private function says, to find the error codes in it."""

    name: str
    relation: str | None
    text: str


@dataclass(frozen=True)
class Catalogue:
    """All of it, in an order that does not depend on the server."""

    relations: list[Relation]
    results: list[Result]
    columns: list[Column]
    constraints: list[Constraint]
    policies: list[Policy]
    foreign_keys: list[ForeignKey]
    commands: list[Command]
    types: list[Type]
    transitions: list[Transition]
    error_codes: list[ErrorCode]
    event_types: list[EventType]
    sources: list[Source]


def read(connection: Connection) -> Catalogue:
    """Read the catalogue of a database that has the migrations."""
    with connection.transaction():
        # Names of the API need no prefix on a page about it; all others keep theirs.
        connection.execute("set local search_path = ops")
        return Catalogue(
            relations=_rows(connection, Relation, RELATIONS),
            results=_rows(connection, Result, RESULTS),
            columns=_rows(connection, Column, COLUMNS),
            constraints=_rows(connection, Constraint, CONSTRAINTS),
            policies=_rows(connection, Policy, POLICIES),
            foreign_keys=_rows(connection, ForeignKey, FOREIGN_KEYS),
            commands=_rows(connection, Command, COMMANDS),
            types=_rows(connection, Type, TYPES),
            transitions=_rows(connection, Transition, TRANSITIONS),
            error_codes=_rows(connection, ErrorCode, ERROR_CODES),
            event_types=_rows(connection, EventType, EVENT_TYPES),
            sources=_rows(connection, Source, SOURCES),
        )


Row = TypeVar("Row")


def _rows(connection: Connection, kind: type[Row], query: LiteralString) -> list[Row]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(query).fetchall()


EVENT_TYPES = """
select
  t.type, t.version, t.entity_type, t.summary, t.roles, t.fields,
  private.payload_schema(t.fields) as schema
from private.event_types as t
order by t.type
"""

RELATIONS = """
select
  c.relname as name,
  c.relkind = 'v' as is_view,
  coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
  array(
    select a.grantee::regrole::text from aclexplode(c.relacl) as a
    where a.privilege_type = 'SELECT' and a.grantee <> c.relowner
    order by 1
  ) as readers
from pg_class as c
where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'v')
order by c.relname
"""

RESULTS = """
select c.relname as name, coalesce(obj_description(c.reltype, 'pg_type'), '') as comment
from pg_class as c
where c.relnamespace = 'ops'::regnamespace and c.relkind = 'c'
order by c.relname
"""

COLUMNS = """
select
  c.relname as relation,
  a.attname as name,
  format_type(a.atttypid, a.atttypmod) as type,
  not a.attnotnull as nullable,
  case a.attgenerated when '' then pg_get_expr(d.adbin, d.adrelid) else 'generated' end as default,
  coalesce(col_description(c.oid, a.attnum), '') as comment,
  array(
    select g.grantee::regrole::text from aclexplode(a.attacl) as g
    where g.privilege_type = 'INSERT' order by 1
  ) as inserters,
  array(
    select g.grantee::regrole::text from aclexplode(a.attacl) as g
    where g.privilege_type = 'UPDATE' order by 1
  ) as updaters
from pg_class as c
inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef as d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'v', 'c')
order by c.relname, a.attnum
"""

CONSTRAINTS = """
select c.relname as relation, k.conname as name, pg_get_constraintdef(k.oid) as definition
from pg_constraint as k
inner join pg_class as c on c.oid = k.conrelid
where c.relnamespace = 'ops'::regnamespace and k.contype in ('p', 'u', 'f', 'c')
union all
select
  c.relname,
  i.relname,
  regexp_replace(pg_get_indexdef(i.oid), '^CREATE UNIQUE INDEX .* USING btree', 'UNIQUE')
from pg_index as x
inner join pg_class as i on i.oid = x.indexrelid
inner join pg_class as c on c.oid = x.indrelid
where c.relnamespace = 'ops'::regnamespace and x.indisunique
  and not exists (
    select from pg_constraint as k where k.conindid = i.oid and k.contype in ('p', 'u')
  )
order by 1, 2
"""

POLICIES = """
select
  p.tablename as relation,
  p.roles::text[] as roles,
  lower(p.cmd) as command,
  p.qual as using,
  p.with_check as check
from pg_policies as p
where p.schemaname = 'ops'
order by p.tablename, p.policyname
"""

FOREIGN_KEYS = r"""
select
  c.relname as child,
  p.relname as parent,
  regexp_replace(k.conname, format('^%s_(.*)_fkey$', c.relname), '\1') as rule,
  bool_or(not a.attnotnull) as optional,
  exists (
    select from pg_index as i
    where i.indrelid = c.oid and i.indisunique and i.indpred is null
      and i.indkey::smallint[] <@ k.conkey
  ) as unique
from pg_constraint as k
inner join pg_class as c on c.oid = k.conrelid
inner join pg_class as p on p.oid = k.confrelid
inner join pg_attribute as a on a.attrelid = c.oid and a.attnum = any(k.conkey)
where c.relnamespace = 'ops'::regnamespace and k.contype = 'f'
group by c.oid, c.relname, p.relname, k.conname, k.conkey
order by c.relname, k.conname
"""

COMMANDS = """
select
  p.proname as name,
  pg_get_function_arguments(p.oid) as arguments,
  pg_get_function_result(p.oid) as result,
  coalesce(obj_description(p.oid, 'pg_proc'), '') as comment,
  array(
    select a.grantee::regrole::text from aclexplode(p.proacl) as a
    where a.grantee <> p.proowner
    order by 1
  ) as callers,
  (
    select c.relname from pg_type as t inner join pg_class as c on c.oid = t.typrelid
    where p.pronargs = 1 and t.oid = p.proargtypes[0]
  ) as computes_field_of
from pg_proc as p
where p.pronamespace = 'ops'::regnamespace
order by p.proname
"""

TYPES = """
select
  t.typname as name,
  t.typtype = 'e' as is_enum,
  coalesce(obj_description(t.oid, 'pg_type'), '') as comment,
  case t.typtype
    when 'e' then (
      select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
      from pg_enum as e where e.enumtypid = t.oid
    )
    else concat_ws(
      ' ', format_type(t.typbasetype, t.typtypmod),
      (
        select string_agg(pg_get_constraintdef(k.oid), ' ')
        from pg_constraint as k where k.contypid = t.oid
      )
    )
  end as values
from pg_type as t
where t.typnamespace = 'ops'::regnamespace and t.typtype in ('e', 'd')
order by t.typname
"""

TRANSITIONS = """
select t.machine, t.from_status, t.to_status, t.roles, t.note
from ops.status_transitions as t
"""

ERROR_CODES = "select e.code, e.http_status, e.meaning from private.error_codes as e"

SOURCES = """
select p.proname as name, null as relation, p.prosrc as text
from pg_proc as p
where p.pronamespace = 'private'::regnamespace
union all
select t.tgname, c.relname, pg_get_triggerdef(t.oid)
from pg_trigger as t
inner join pg_class as c on c.oid = t.tgrelid
where c.relnamespace = 'ops'::regnamespace and not t.tgisinternal
order by 1, 2, 3
"""
