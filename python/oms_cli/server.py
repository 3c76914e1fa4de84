"""A Postgres server as the tools see it: who bootstraps, who owns, who serves the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from oms_cli.errors import OmsCliError

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Server:
    """Three ways into one database; on a server of the user's own they are the same one."""

    admin_url: str
    owner_url: str
    api_url: str

    @property
    def database(self) -> str:
        """The database's name."""
        return urlsplit(self.owner_url).path.removeprefix("/") or "postgres"

    @property
    def owner(self) -> str:
        """The role that owns the database and runs the migrations."""
        return urlsplit(self.owner_url).username or "postgres"

    def on(self, database: str) -> Self:
        """Return the same server, another database."""
        return replace(
            self,
            admin_url=with_database(self.admin_url, database),
            owner_url=with_database(self.owner_url, database),
            api_url=with_database(self.api_url, database),
        )


def embedded_url(user: str, password: str, port: int, database: str = "postgres") -> str:
    """Address of an embedded server."""
    # sslmode: the server has no certificate, and some clients would ask for one first.
    return f"postgresql://{user}:{quote(password)}@127.0.0.1:{port}/{database}?sslmode=disable"


def own_server(url: str) -> Server:
    """Return the server that `OMS_DATABASE_URL` names."""
    if urlsplit(url).scheme not in ("postgresql", "postgres"):
        raise OmsCliError(
            "OMS_DATABASE_URL is not a Postgres URL.",
            "Give it as postgresql://user:password@host:port/database",
        )
    return Server(url, url, url)


def with_database(url: str, database: str) -> str:
    """Return the URL with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Open a connection in autocommit."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        parts = urlsplit(url)
        raise OmsCliError(
            f"Cannot connect to Postgres at {parts.hostname}:{parts.port or 5432} "
            f"as {parts.username}: {str(error).strip().splitlines()[-1]}",
            "`oms status` tells whether the stack is up.",
        ) from error
    with connection:
        yield connection


def offers(connection: Connection, extension: str) -> bool:
    """Whether the server has the files of an extension."""
    found = connection.execute(
        "select true from pg_available_extensions where name = %s", [extension]
    )
    return found.fetchone() is not None


def create_database(server: Server, name: str, *, template: str = "template0") -> Server:
    """Create a database on the server and return the way into it."""
    with connected(_maintenance(server, name)) as connection:
        connection.execute(
            sql.SQL("create database {} owner {} template {}").format(
                sql.Identifier(name), sql.Identifier(server.owner), sql.Identifier(template)
            )
        )
    return server.on(name)


def drop_database(server: Server, name: str) -> None:
    """Drop a database if it exists, whoever is connected to it."""
    with connected(_maintenance(server, name)) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def _maintenance(server: Server, name: str) -> str:
    """Nobody can create or drop the database that they are connected to."""
    return with_database(
        server.admin_url, "template1" if server.database == name else server.database
    )
