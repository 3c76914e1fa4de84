"""Where the benchmarks run: a loaded database of their own beside the stack's, with its own API."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from oms_cli import postgrest, process
from oms_cli.bench import load
from oms_cli.bootstrap import bootstrap
from oms_cli.building import build_from_migrations
from oms_cli.config import load_config
from oms_cli.members import member_for
from oms_cli.paths import Project
from oms_cli.server import Connection, Server, connected, create_database, drop_database
from oms_cli.tokens import Claims, act_as, sign

WORKBENCH_TABLES = (
    "timeline_nodes",
    "order_history",
    "order_item_prices",
    "order_item_sizes",
    "order_items",
    "orders",
)


@dataclass(frozen=True)
class Arena:
    """A loaded database, and PostgREST on it."""

    server: Server
    rest: process.Handle
    rest_url: str
    jwt_secret: str

    @property
    def is_embedded(self) -> bool:
        """Whether the server is the stack's own and not one that somebody else runs."""
        return self.server.admin_url != self.server.owner_url

    def claims(
        self, role: str, *, organization: str = load.LARGEST, party: str | None = None
    ) -> Claims:
        """Return a member of the load."""
        with connected(self.server.owner_url) as connection:
            return member_for(connection, role, party, organization)

    def token(self, claims: Claims) -> str:
        """Sign a token for the API, good for a day."""
        return sign(claims, self.jwt_secret, ttl=86400)

    @contextmanager
    def acting(self, claims: Claims) -> Iterator[Connection]:
        """Open a session as somebody, as the API would."""
        with connected(self.server.api_url) as connection:
            act_as(connection, claims)
            yield connection

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """Open a session to measure against: no row security, triggers and foreign keys at rest."""
        with connected(self.server.admin_url) as connection:
            connection.execute("set session_replication_role = replica")
            yield connection

    def analyze_workbench(self) -> None:
        """Count the tables afresh that orders were entered into."""
        with connected(self.server.owner_url) as connection:
            for table in WORKBENCH_TABLES:
                connection.execute(sql.SQL("analyze {}").format(sql.Identifier("ops", table)))

    def clear_workbench(self) -> None:
        """Delete the orders that benchmarks have entered."""
        with self.bare() as connection:
            for table in WORKBENCH_TABLES:
                name = sql.Identifier("ops", table)
                connection.execute(
                    sql.SQL(
                        "delete from {} using ops.organizations as o"
                        " where o.id = organization_id and o.code = %s"
                    ).format(name),
                    [load.WORKBENCH],
                )
                connection.execute(sql.SQL("vacuum (analyze) {}").format(name))


def written(connection: Connection, table: str) -> list[sql.Identifier]:
    """Return the columns of a table that are written, and not generated."""
    names = connection.execute(
        "select attname::text from pg_attribute where attrelid = %s::regclass"
        " and attnum > 0 and attgenerated = '' and not attisdropped order by attnum",
        [f"ops.{table}"],
    ).fetchall()
    return [sql.Identifier(str(name)) for (name,) in names]


def loaded(project: Project, server: Server, lines: int, progress: load.Progress) -> Server:
    """Return a server's database of so many order lines, loaded if it is not there yet."""
    database = server.on(f"oms_bench_{lines}")
    made_by = fingerprint(project)
    if _made_by(server, database.database) != made_by:
        drop_database(server, database.database)
        create_database(server, database.database)
        bootstrap(database)
        build_from_migrations(project, database)
        load.fill(database, lines, progress)
        _remember(database, made_by)
    return database


@contextmanager
def arena(project: Project, database: Server) -> Iterator[Arena]:
    """Serve a loaded database for the length of the block."""
    jwt_secret = secrets.token_hex(24)
    ports = postgrest.Ports(process.free_port(), process.free_port())
    options = postgrest.settings(load_config(project), database.api_url, jwt_secret, ports)
    rest = postgrest.start(project, project.state / "bench", options)
    try:
        yield Arena(database, rest, ports.url, jwt_secret)
    finally:
        process.stop(rest)


def fingerprint(project: Project) -> str:
    """Tell one schema and load from another: the hash of what makes them."""
    folder = Path(load.__file__).parent
    files = [*sorted(project.migrations.glob("*.sql")), *sorted(folder.glob("*.sql"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _made_by(server: Server, database: str) -> str | None:
    """Return the fingerprint of a database that was loaded to the end."""
    with connected(server.owner_url) as connection:
        row = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s",
            [database],
        ).fetchone()
    return str(row[0]) if row else None


def _remember(database: Server, made_by: str) -> None:
    with connected(database.owner_url) as connection:
        connection.execute(
            sql.SQL("comment on database {} is {}").format(
                sql.Identifier(database.database), sql.Literal(made_by)
            )
        )
