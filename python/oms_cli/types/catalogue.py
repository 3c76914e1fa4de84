"""What the API offers, as Postgres' own catalogue tells it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import Any, LiteralString

from psycopg.rows import class_row, dict_row

from oms_cli.errors import OmsCliError
from oms_cli.server import Connection
from oms_cli.types.nullability import nullable_columns

KEY = re.compile(r"\bKey: ([a-z_, ]+)\.")
FILLED = re.compile(r"\bby default\b", re.IGNORECASE)
NULL = re.compile(r"\bnull:", re.IGNORECASE)
RECORDS = re.compile(r"private\.records\('(\w+)', \w+, null::private\.(\w+)\)")


@dataclass(frozen=True)
class Enumeration:
    """An enum type."""

    name: str
    comment: str | None
    labels: list[str]


@dataclass(frozen=True)
class Column:
    """A column of a relation, or an attribute of a composite type."""

    relation: str
    name: str
    type: str
    is_array: bool
    nullable: bool
    has_default: bool
    may_insert: bool
    may_update: bool
    comment: str | None

    @property
    def required(self) -> bool:
        """Whether an insert must give it: it has no default, and its COMMENT tells of none."""
        filled = self.has_default or bool(FILLED.search(self.comment or ""))
        return not self.nullable and not filled


@dataclass(frozen=True)
class Relation:
    """A table or view."""

    name: str
    is_view: bool
    comment: str | None
    key: tuple[str, ...]
    may_delete: bool
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Result:
    """A composite type: what commands return that is a row of no table."""

    name: str
    comment: str | None
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Argument:
    """An argument of a command; `shape` is the composite type of the records of a JSON list."""

    name: str
    type: str
    is_array: bool
    optional: bool
    shape: str | None


@dataclass(frozen=True)
class Command:
    """A function of the API."""

    name: str
    comment: str | None
    returns: str
    returns_set: bool
    is_stable: bool
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class ErrorCode:
    """A stable code of the catalogue."""

    code: str
    http_status: int
    meaning: str


@dataclass(frozen=True)
class Catalogue:
    """All of it."""

    enums: list[Enumeration]
    shapes: dict[str, tuple[Column, ...]]
    relations: list[Relation]
    results: list[Result]
    commands: list[Command]
    errors: list[ErrorCode]


def read_catalogue(connection: Connection) -> Catalogue:
    """Read the schema `ops`, as its owner."""
    connection.execute("set search_path = ''")
    columns = _columns(connection, "ops")
    commands = _commands(connection)
    named = {one.shape for command in commands for one in command.arguments if one.shape}
    return Catalogue(
        enums=_enums(connection),
        shapes=_shapes(_columns(connection, "private"), sorted(named)),
        relations=_relations(connection, columns),
        results=_results(connection, columns),
        commands=commands,
        errors=_errors(connection),
    )


def _shapes(
    columns: Mapping[str, tuple[Column, ...]], named: Iterable[str]
) -> dict[str, tuple[Column, ...]]:
    """Return the composite types that commands name, each behind those that it is made of."""
    parts = {name: {one.type for one in own} & columns.keys() for name, own in columns.items()}
    wanted: dict[str, set[str]] = {}
    left = [*named]
    while left:
        name = left.pop()
        wanted[name] = parts[name]
        left += parts[name] - wanted.keys()
    return {name: columns[name] for name in TopologicalSorter(wanted).static_order()}


def _enums(connection: Connection) -> list[Enumeration]:
    with connection.cursor(row_factory=class_row(Enumeration)) as cursor:
        return cursor.execute(
            """
            select
              t.typname as name,
              obj_description(t.oid, 'pg_type') as comment,
              array_agg(e.enumlabel::text order by e.enumsortorder) as labels
            from pg_catalog.pg_type as t
            inner join pg_catalog.pg_enum as e on e.enumtypid = t.oid
            where t.typnamespace = 'ops'::regnamespace
            group by t.oid
            order by t.typname
            """
        ).fetchall()


def _columns(connection: Connection, schema: str) -> dict[str, tuple[Column, ...]]:
    """Read the columns of every table, view and composite type of a schema."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            select
              c.relname as relation,
              a.attname as name,
              own.name as type,
              own.is_array,
              not a.attnotnull as nullable,
              a.atthasdef as has_default,
              may.ins as may_insert,
              may.upd as may_update,
              col_description(c.oid, a.attnum) as comment
            from pg_catalog.pg_class as c
            inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid
            cross join lateral (
              select
                coalesce(base.typname, element.typname, t.typname) as name,
                t.typcategory = 'A' as is_array
              from pg_catalog.pg_type as t
              left join pg_catalog.pg_type as element
                on element.oid = t.typelem and t.typcategory = 'A'
              left join pg_catalog.pg_type as base
                on base.oid = coalesce(nullif(element.typbasetype, 0), nullif(t.typbasetype, 0))
              where t.oid = a.atttypid
            ) as own
            cross join lateral (
              select
                coalesce(bool_or(has_column_privilege(r.oid, c.oid, a.attnum, 'insert')), false),
                coalesce(bool_or(has_column_privilege(r.oid, c.oid, a.attnum, 'update')), false)
              from pg_catalog.pg_roles as r
              where r.rolname like 'oms\\_%%' and c.relkind in ('r', 'v')
            ) as may (ins, upd)
            where c.relnamespace = %s::regnamespace
              and c.relkind in ('r', 'v', 'c')
              and a.attnum > 0 and not a.attisdropped
            order by c.relname, a.attnum
            """,
            [schema],
        ).fetchall()
    found: dict[str, tuple[Column, ...]] = {}
    for row in rows:
        found[row["relation"]] = (*found.get(row["relation"], ()), Column(**row))
    return found


def _relations(connection: Connection, columns: Mapping[str, tuple[Column, ...]]) -> list[Relation]:
    rows = _rows(
        connection,
        """
        select
          c.relname,
          c.relkind = 'v',
          obj_description(c.oid, 'pg_class'),
          (
            select array_agg(a.attname::text order by k.nth)
            from pg_catalog.pg_constraint as p
            cross join unnest(p.conkey) with ordinality as k (attnum, nth)
            inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
            where p.conrelid = c.oid and p.contype = 'p'
          ),
          coalesce(
            (
              select bool_or(has_table_privilege(r.oid, c.oid, 'delete'))
              from pg_catalog.pg_roles as r
              where r.rolname like 'oms\\_%'
            ), false
          ),
          case c.relkind when 'v' then pg_get_viewdef(c.oid) end
        from pg_catalog.pg_class as c
        where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'v')
        order by c.relname
        """,
    )
    definitions = {row[0]: row[5] for row in rows if row[1]}
    own = dict(columns)
    for name in _in_order(definitions):
        own[name] = _with_nullability(definitions[name], own, name)
    return [
        Relation(
            name=name,
            is_view=is_view,
            comment=comment,
            key=_key(name, comment, primary),
            may_delete=may_delete,
            columns=own[name],
        )
        for name, is_view, comment, primary, may_delete, _ in rows
    ]


def _results(connection: Connection, columns: Mapping[str, tuple[Column, ...]]) -> list[Result]:
    """Read the composite types; of their columns Postgres knows none that cannot be null."""
    rows = _rows(
        connection,
        """
        select t.typname, obj_description(t.oid, 'pg_type')
        from pg_catalog.pg_type as t
        inner join pg_catalog.pg_class as c on c.oid = t.typrelid
        where t.typnamespace = 'ops'::regnamespace and c.relkind = 'c'
        order by t.typname
        """,
    )
    return [
        Result(
            name=name,
            comment=comment,
            columns=tuple(
                replace(column, nullable=bool(NULL.search(column.comment or "")))
                for column in columns[name]
            ),
        )
        for name, comment in rows
    ]


def _in_order(definitions: Mapping[str, str]) -> list[str]:
    """Put each view behind those that it reads."""
    reads = {
        name: {other for other in definitions if other != name and f"ops.{other}" in text}
        for name, text in definitions.items()
    }
    return [*TopologicalSorter(reads).static_order()]


def _with_nullability(
    definition: str, columns: Mapping[str, tuple[Column, ...]], name: str
) -> tuple[Column, ...]:
    relations = {
        relation: {column.name: column.nullable for column in own}
        for relation, own in columns.items()
    }
    nullable = nullable_columns(definition, relations)
    return tuple(replace(column, nullable=nullable[column.name]) for column in columns[name])


def _key(name: str, comment: str | None, primary: list[str] | None) -> tuple[str, ...]:
    """Return what tells two rows apart within one organization."""
    if primary:
        return tuple(primary[1:] if primary[0] == "organization_id" and primary[1:] else primary)
    told = KEY.search(comment or "")
    if not told:
        raise OmsCliError(
            f"ops.{name} does not say what tells its rows apart.",
            "End its COMMENT with `Key: column, column.`",
        )
    return tuple(told[1].split(", "))


def _commands(connection: Connection) -> list[Command]:
    rows = _rows(
        connection,
        """
        select
          p.proname,
          obj_description(p.oid, 'pg_proc'),
          result.typname,
          p.proretset,
          p.provolatile <> 'v',
          p.prosrc,
          p.pronargdefaults,
          (
            select array_agg(
              array[
                p.proargnames[a.nth],
                coalesce(base.typname, element.typname, t.typname)::text,
                (element.oid is not null)::text
              ]
              order by a.nth
            )
            from unnest(p.proargtypes::oid[]) with ordinality as a (type_oid, nth)
            inner join pg_catalog.pg_type as t on t.oid = a.type_oid
            left join pg_catalog.pg_type as element
              on element.oid = t.typelem and t.typcategory = 'A'
            left join pg_catalog.pg_type as base on base.oid = nullif(t.typbasetype, 0)
          )
        from pg_catalog.pg_proc as p
        inner join pg_catalog.pg_type as result on result.oid = p.prorettype
        where p.pronamespace = 'ops'::regnamespace
          and not exists (
            select from pg_catalog.pg_class as c
            where c.relnamespace = p.pronamespace and c.reltype = p.proargtypes[0]
          )
        order by p.proname
        """,
    )
    return [
        Command(
            name=name,
            comment=comment,
            returns=returns,
            returns_set=returns_set,
            is_stable=is_stable,
            arguments=_arguments(arguments or [], defaults, source),
        )
        for name, comment, returns, returns_set, is_stable, source, defaults, arguments in rows
    ]


def _arguments(told: list[list[str]], defaults: int, source: str) -> tuple[Argument, ...]:
    shapes = dict(RECORDS.findall(source))
    return tuple(
        Argument(name, type_, is_array == "true", nth >= len(told) - defaults, shapes.get(name))
        for nth, (name, type_, is_array) in enumerate(told)
    )


def _rows(connection: Connection, query: LiteralString) -> list[Any]:
    return connection.execute(query).fetchall()


def _errors(connection: Connection) -> list[ErrorCode]:
    with connection.cursor(row_factory=class_row(ErrorCode)) as cursor:
        return cursor.execute(
            "select code, http_status, meaning from private.error_codes order by code"
        ).fetchall()
