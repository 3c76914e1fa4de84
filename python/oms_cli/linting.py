"""Lints every PL/pgSQL function: Postgres itself looks at a statement only when it runs."""

import re

from oms_cli.building import build_from_migrations, scratch_database
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Connection, Server, connected, offers

MEANT = (
    # Arithmetic gives numeric; that the domain looks at the result is what it is for.
    re.compile(r'cast "numeric" value to "ops\.\w+" type'),
)

STAGING = r"""
select p.oid::regproc::text
from pg_proc as p
where p.pronamespace::regnamespace::text = 'private' and p.proname ~ '^stage_\w+$'
  and p.prokind = 'f' and p.pronargs = 0
"""

# A trigger function is checked for each trigger that runs it. One that looks at tg_op may name a
# transition table that this trigger lacks and another one, on the same table, has.
FINDINGS = r"""
with functions as (
  select p.*, p.prorettype = 'trigger'::regtype as is_trigger
  from pg_proc as p
  inner join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
  where p.pronamespace::regnamespace::text !~ '^(pg_|information_schema$|extensions$)'
),
checks as (
  select
    f.oid::regprocedure as checked,
    t.tgrelid::regclass as relation,
    f.is_trigger and t.oid is null as is_unused,
    coalesce(t.tgoldtable, case when f.prosrc ~* '\mtg_op\M' then max(t.tgoldtable) over alike end)
      as oldtable,
    coalesce(t.tgnewtable, case when f.prosrc ~* '\mtg_op\M' then max(t.tgnewtable) over alike end)
      as newtable
  from functions as f
  left join pg_trigger as t on t.tgfoid = f.oid
  window alike as (partition by t.tgfoid, t.tgrelid)
)
select distinct
  concat(c.checked, ' on ' || c.relation) as place,
  f.lineno,
  concat_ws(': ', f.level, f.message, f.detail) as finding
from checks as c
cross join lateral extensions.plpgsql_check_function_tb(
  c.checked, coalesce(c.relation, 0),
  oldtable => c.oldtable::name, newtable => c.newtable::name,
  fatal_errors => false, all_warnings => true
) as f
where not c.is_unused
union all
select c.checked::text, null, 'warning: no trigger runs it' from checks as c where c.is_unused
order by 1, 2, 3
"""


def lint(project: Project, server: Server) -> list[str]:
    """Return what is wrong with the functions that the migrations make."""
    with scratch_database(server, "lint") as database:
        build_from_migrations(project, database)
        with connected(database.admin_url) as connection:
            _install(connection)
            with connection.transaction():
                # Imports and planning read the temporary tables that their session staged.
                for (stage,) in connection.execute(STAGING).fetchall():
                    connection.execute(f"select {stage}()".encode())
                rows = connection.execute(FINDINGS.encode()).fetchall()
    findings = [
        f"{place}, line {line}: {finding}" if line else f"{place}: {finding}"
        for place, line, finding in rows
    ]
    return [one for one in findings if not any(meant.search(one) for meant in MEANT)]


def _install(connection: Connection) -> None:
    if not offers(connection, "plpgsql_check"):
        major = connection.info.server_version // 10000
        raise OmsCliError(
            f"This Postgres {major} lacks the extension plpgsql_check.",
            f"On Debian: apt-get install postgresql-{major}-plpgsql-check, and then "
            f"OMS_POSTGRES_BIN=/usr/lib/postgresql/{major}/bin",
        )
    connection.execute("create extension plpgsql_check with schema extensions")
