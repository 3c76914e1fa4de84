"""A load of N order lines over several organizations, the same one for the same N.

A million lines with all that hangs on them are some twenty million rows. Entered as people enter
them, through triggers and row security, they would take most of a day. So the database makes them
itself, set by set, with its triggers and foreign keys at rest (`session_replication_role`, which a
superuser or Supabase's `postgres` may set), and whatever a trigger would derive is written beside
what it is derived from. Constraints hold all the same; that counters, statuses and references are
what they would be had people done it is for a test to prove, by `private.invariant_violations` and
by adding every foreign key anew.

One large organization has half of the lines, three middle ones a third, seven small ones the rest,
and the workbench has none: it is where benchmarks write. A transaction is a chunk of one
organization's lines, so that a bar can show how far it is.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import resources

import psycopg
from psycopg import sql

from oms_cli.errors import OmsCliError
from oms_cli.server import Connection, Server, connected

DEFAULT_LINES = 1_000_000
CHUNK = 25_000
CODES = "load-%"  # as LIKE has it: an organization that is the load's own
WORKBENCH = "load-workbench"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Company:
    """An organization of the load: its share of the lines in per cent, and how big it is."""

    code: str
    name: str
    tenant: str
    share: int
    clients: int
    factories: int
    styles: int


COMPANIES = (
    Company("load-albatross", "Albatross Apparel", "Albatross Group", 50, 200, 60, 2000),
    *(
        Company(f"load-{name.lower()}", f"{name} Clothing", "Seabird Brands", 12, 40, 20, 500)
        for name in ("Gannet", "Petrel", "Skua")
    ),
    *(
        Company(f"load-{name.lower()}", f"{name} Knitwear", name, 2, 10, 8, 100)
        for name in ("Avocet", "Curlew", "Dunlin", "Godwit", "Knot", "Plover", "Sanderling")
    ),
    Company(WORKBENCH, "The Workbench", "Albatross Group", 0, 10, 8, 200),
)
LARGEST = COMPANIES[0].code

_ID = """
create or replace function pg_temp.id(ms bigint, key text) returns uuid
language sql immutable as $$
  -- Version 7 of RFC 9562, with a hash where others have chance.
  select overlay(
    overlay(overlay(md5(key) placing lpad(to_hex(ms), 12, '0') from 1) placing '7' from 13)
    placing '8' from 17
  )::uuid
$$
"""
_PART = """
create temporary table part on commit drop as
select
  c.*, pg_temp.id(c.founded_ms, c.code) as organization_id,
  pg_temp.id(c.founded_ms, c.code || ' user oms_admin') as actor_id,
  to_timestamp(c.founded_ms / 1000.0) as founded
from (
  select
    %(code)s::text as code, %(name)s::text as name, %(tenant)s::text as tenant,
    %(lines)s::bigint as lines, %(first)s::bigint as first, %(last)s::bigint as last,
    %(clients)s::int as clients, %(factories)s::int as factories, %(styles)s::int as styles,
    -- Three years of business, up to the middle of 2026.
    1688169600000 as founded_ms, 94608000000 as span_ms
) as c
"""


def lines_of(company: Company, lines: int) -> int:
    """Return a company's part of the lines; the first one has what division leaves over."""
    own = lines * company.share // 100
    if company is COMPANIES[0]:
        own += lines - sum(lines * other.share // 100 for other in COMPANIES)
    return own


def chunks(lines: int) -> Iterator[tuple[int, int]]:
    """Cut 1 to `lines` into ranges, both ends included."""
    for before in range(0, lines, CHUNK):
        yield before + 1, min(before + CHUNK, lines)


def fill(server: Server, lines: int, progress: Progress) -> dict[str, int]:
    """Write the load into a migrated database without any, and count the rows of each table."""
    organization, book = (_script(name) for name in ("organization.sql", "lines.sql"))
    done = 0
    with connected(server.admin_url) as connection:
        _rest_triggers(connection)
        connection.execute(_ID)
        for company in COMPANIES:
            progress(company.name, done, lines)
            own = lines_of(company, lines)
            with connection.transaction():
                _begin(connection, company, own, 0, 0)
                connection.execute(organization)
            for first, last in chunks(own):
                with connection.transaction():
                    _begin(connection, company, own, first, last)
                    connection.execute(book)
                done += last - first + 1
                progress(company.name, done, lines)
        counts = {}
        for table in _tables(connection):
            progress(f"vacuum {table}", done, lines)
            counts[table] = _settle(connection, table)
    return counts


def _script(name: str) -> bytes:
    return resources.files("oms_cli.bench").joinpath(name).read_bytes()


def _rest_triggers(connection: Connection) -> None:
    try:
        connection.execute("set session_replication_role = replica")
    except psycopg.errors.InsufficientPrivilege as error:
        raise OmsCliError(
            "A load is written with the triggers at rest, and this user may not set "
            "session_replication_role.",
            "Connect as a superuser, or as Supabase's postgres.",
        ) from error


def _begin(connection: Connection, company: Company, lines: int, first: int, last: int) -> None:
    """Say what the scripts are to write; each chunk draws its own lots."""
    values = asdict(company) | {"lines": lines, "first": first, "last": last}
    connection.execute(_PART, values)
    seed = zlib.crc32(f"{company.code} {first}".encode()) / 2**32
    connection.execute("select setseed(%s)", [seed])


def _tables(connection: Connection) -> list[str]:
    rows = connection.execute(
        "select tablename::text from pg_tables where schemaname = 'ops' order by tablename"
    )
    return [str(name) for (name,) in rows]


def _settle(connection: Connection, table: str) -> int:
    """Vacuum, so that the first reads do not pay for the writes; analyze; count."""
    name = sql.Identifier("ops", table)
    connection.execute(sql.SQL("vacuum (analyze) {}").format(name))
    row = connection.execute(sql.SQL("select count(*)::int from {}").format(name)).fetchone()
    return int(str(row[0])) if row else 0
