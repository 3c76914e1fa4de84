"""A real Postgres for the tests: one throwaway server, one template, a clone for each module."""

import os
import secrets
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest
from psycopg import sql

from oms_cli import postgrest, process
from oms_cli.bootstrap import bootstrap
from oms_cli.building import build_from_migrations
from oms_cli.config import load_config
from oms_cli.paths import Project
from oms_cli.postgres import PGTAP, temporary_server
from oms_cli.server import (
    Connection,
    Server,
    connected,
    create_database,
    drop_database,
    offers,
    own_server,
)
from oms_cli.tokens import Claims, act_as, sign
from oms_jobs import queue

ROOT = Path(__file__).parents[2]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--steps", type=int, help="how long test_simulation.py goes on")
    parser.addoption("--rounds", type=int, default=3, help="how many workers test_worker.py kills")
    parser.addoption("--seed", type=int, help="where its soak begins")


@dataclass
class Database:
    """A clone of the migrated and filled template, which a module's tests may spoil."""

    server: Server
    _opened: list[Connection] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Address for `postgres`, the owner."""
        return self.server.owner_url

    def connect(
        self,
        role: str | None = None,
        *,
        organization: str | None = None,
        party: str | None = None,
        sub: str | None = None,
        autocommit: bool = True,
    ) -> Connection:
        """Open a session as a role with claims, as the API would; without a role, as the owner."""
        url = self.server.api_url if role else self.server.owner_url
        connection = psycopg.connect(url, autocommit=True)
        self._opened.append(connection)
        if role:
            act_as(connection, Claims(role, sub, organization, party))
        connection.autocommit = autocommit
        return connection

    def close(self) -> None:
        """Close whatever a test left open."""
        for connection in self._opened:
            connection.close()


@dataclass
class Api:
    """PostgREST on the module's database."""

    url: str
    jwt_secret: str
    _opened: list[httpx.Client] = field(default_factory=list)

    def token(
        self,
        role: str,
        *,
        organization: str | None = None,
        party: str | None = None,
        sub: str | None = None,
        ttl: int = 3600,
    ) -> str:
        """Sign a token; the fixtures' members are who may use it."""
        return sign(Claims(role, sub, organization, party), self.jwt_secret, ttl=ttl)

    def client(self, token: str | None = None) -> httpx.Client:
        """Open an HTTP client; without a token it is anonymous."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        client = httpx.Client(base_url=self.url, headers=headers, timeout=30)
        self._opened.append(client)
        return client

    def close(self) -> None:
        """Close whatever a test left open."""
        for client in self._opened:
            client.close()


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="session")
def server(project: Project) -> Iterator[Server]:
    if own := os.environ.get("OMS_DATABASE_URL"):
        yield own_server(own)
    else:
        with temporary_server(project) as embedded:
            yield embedded


@pytest.fixture(scope="session")
def template(server: Server, project: Project) -> Iterator[str]:
    name = f"oms_template_{secrets.token_hex(4)}"
    try:
        database = create_database(server, name)
        bootstrap(database)
        build_from_migrations(project, database)
        queue.install(database.owner_url)
        with connected(database.admin_url) as connection:
            install_pgtap(connection, project)
            # Where the owner makes the extension, the migrations' closed defaults apply to it.
            connection.execute("grant execute on all functions in schema extensions to public")
        with connected(database.owner_url) as connection:
            for file in sorted((ROOT / "tests/sql/fixtures").glob("*.sql")):
                connection.execute(file.read_bytes())
            # Plans made on tables never analysed are not those of production.
            connection.execute("analyze")
        yield name
    finally:
        drop_database(server, name)


def install_pgtap(connection: Connection, project: Project) -> None:
    """Use the server's pgTAP; one without runs its script, which needs no files of the server's."""
    if offers(connection, "pgtap"):
        connection.execute("create extension pgtap with schema extensions")
        return
    with tarfile.open(project.node_modules / PGTAP) as archive:
        script = archive.extractfile("share/postgresql/extension/pgtap.sql")
        assert script
        connection.execute("set search_path = extensions")
        connection.execute(script.read())


@pytest.fixture(scope="module")
def database(server: Server, template: str) -> Iterator[Database]:
    name = f"oms_test_{secrets.token_hex(4)}"
    clone = Database(create_database(server, name, template=template))
    try:
        yield clone
    finally:
        clone.close()
        drop_database(server, name)


@pytest.fixture(scope="module")
def worker_url(database: Database) -> str:
    """Give the worker its password, as an operator does, and say how it connects."""
    password = secrets.token_hex(8)
    with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("alter role oms_worker password {}").format(sql.Literal(password)))
    parts = urlsplit(database.url)
    return urlunsplit(
        parts._replace(netloc=f"oms_worker:{password}@{parts.hostname}:{parts.port or 5432}")
    )


@pytest.fixture(scope="module")
def api(
    database: Database, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    jwt_secret = secrets.token_hex(24)
    ports = postgrest.Ports(process.free_port(), process.free_port())
    options = postgrest.settings(load_config(project), database.server.api_url, jwt_secret, ports)
    handle = postgrest.start(project, tmp_path_factory.mktemp("postgrest"), options)
    served = Api(ports.url, jwt_secret)
    try:
        yield served
    finally:
        served.close()
        process.stop(handle)
