"""Builds databases: one from the migrations, one from the declared state."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from oms_cli import keys, supabase
from oms_cli.bootstrap import bootstrap
from oms_cli.config import declared_files
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Server, connected, create_database, drop_database
from oms_jobs import queue


@contextmanager
def scratch_database(server: Server, label: str) -> Iterator[Server]:
    """Give an empty bootstrapped database for the length of the block."""
    name = f"oms_{label}_{secrets.token_hex(4)}"
    try:
        database = create_database(server, name)
        bootstrap(database)
        yield database
    finally:
        drop_database(server, name)


def build_from_migrations(project: Project, database: Server) -> None:
    """Apply every migration to an empty database, as its owner."""
    if any(project.migrations.glob("*.sql")):
        supabase.migrate(project, database.owner_url)


def build_from_declared(project: Project, database: Server) -> None:
    """Run the files of `schema_paths` in an empty database, as its owner."""
    with connected(database.owner_url) as connection:
        for file in declared_files(project).files:
            text = file.read_text(encoding="utf-8")
            try:
                connection.execute(text.encode())
            except psycopg.Error as error:
                raise OmsCliError(f"{project.shown(file)}{_where(error, text)}") from error
            # A file's `set` must not reach the next one, as in a migration.
            connection.execute("reset all")


def rebuild(project: Project, server: Server) -> None:
    """Drop the server's database and make it anew, with the workers' queue."""
    drop_database(server, server.database)
    create_database(server, server.database)
    bootstrap(server)
    build_from_migrations(project, server)
    if (file := keys.key_file(project)).exists():
        keys.admit(server, file)
    queue.install_if_declared(server.owner_url)


def _where(error: psycopg.Error, text: str) -> str:
    """Say what is wrong, and in which line as far as Postgres tells."""
    message = error.diag.message_primary or str(error)
    if position := error.diag.statement_position:
        return f":{text.count(chr(10), 0, int(position) - 1) + 1}: {message}"
    return f": {message}"
