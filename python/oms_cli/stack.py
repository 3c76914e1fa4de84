"""The local stack: Postgres and PostgREST on loopback, and the notes kept about them."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from oms_cli import inbox, keys, postgres, postgrest, process, supabase
from oms_cli.bootstrap import bootstrap, set_passwords
from oms_cli.config import load_config
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Server, connected, embedded_url, own_server
from oms_jobs import queue

Say = Callable[[str], None]

WORKER_URL = "Say OMS_WORKER_URL=postgresql://oms_worker:PASSWORD@host:port/database"


@dataclass(frozen=True)
class Part:
    """One process of the stack, as it was started."""

    pid: int
    started: float
    port: int

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return process.find(process.Handle(self.pid, self.started)) is not None


@dataclass(frozen=True)
class Notes:
    """What is remembered of a started stack; `postgres` is None on a server of the user's own."""

    postgres: Part | None
    postgrest: Part
    inbox: Part

    @property
    def parts(self) -> dict[str, Part]:
        """The processes that the stack consists of."""
        ours = {"postgres": self.postgres} if self.postgres else {}
        return ours | {"postgrest": self.postgrest, "inbox": self.inbox}

    @property
    def dead(self) -> list[str]:
        """The names of the parts that have died."""
        return [name for name, part in self.parts.items() if not part.alive]


class PartStatus(TypedDict):
    """One part of the stack, for `oms status`."""

    state: str
    pid: int | None
    port: int | None


class Status(TypedDict):
    """What `oms status --json` prints."""

    running: bool
    database_url: str | None
    rest_url: str | None
    parts: dict[str, PartStatus]


@dataclass(frozen=True)
class Stack:
    """A running stack."""

    server: Server
    rest_url: str
    jwt_secret: str


def up(project: Project, *, db_port: int | None, api_port: int | None, say: Say) -> Stack:
    """Start the stack; a new database gets its migrations."""
    with _lock(project):
        notes = _read_notes(project)
        if notes and not notes.dead:
            raise OmsCliError(
                f"The stack is already up: http://127.0.0.1:{notes.postgrest.port}",
                "`oms status` shows it, `oms down` stops it.",
            )
        if notes:
            say(f"Cleaning up after a stack whose {' and '.join(notes.dead)} died.")
            _stop(project, notes)
        database = None
        own = os.environ.get("OMS_DATABASE_URL")
        if own:
            server = own_server(own)
            bootstrap(server)
        else:
            server, database = _start_postgres(project, _port(db_port, "--db-port"), say)
        mail = None
        try:
            _migrate_if_new(project, server, say)
            mail = _start_inbox(project)
            rest, ports = _start_postgrest(project, server, _port(api_port, "--api-port"))
        except BaseException:
            if mail:
                process.stop(process.Handle(mail.pid, mail.started))
            if database:
                _cluster(project).stop()
            raise
        _write_notes(project, Notes(database, rest, mail))
        if database:
            _admit_worker(project, server)
            _admit_keys(project, server)
        return Stack(server, ports.url, _secrets(project)["jwt"])


def down(project: Project, *, delete_data: bool = False) -> bool:
    """Stop what runs and tell whether anything did."""
    with _lock(project):
        notes = _read_notes(project)
        if notes:
            _stop(project, notes)
        if delete_data:
            _delete_data(project)
        return notes is not None


def running(project: Project) -> Stack | None:
    """Return the stack if all of it runs."""
    notes = _read_notes(project)
    if notes is None or notes.dead:
        return None
    known = _secrets(project)
    url = f"http://127.0.0.1:{notes.postgrest.port}"
    if notes.postgres:
        return Stack(postgres.server_at(notes.postgres.port, known), url, known["jwt"])
    own = os.environ.get("OMS_DATABASE_URL")
    if own is None:
        raise OmsCliError(
            "The stack was started on a server of your own, and OMS_DATABASE_URL is not set now.",
            "Set it again, or run `oms down`.",
        )
    return Stack(own_server(own), url, known["jwt"])


def require(project: Project) -> Stack:
    """Return the running stack, or say how to get one."""
    notes = _read_notes(project)
    if notes and notes.dead:
        raise OmsCliError(
            f"The stack is broken: {' and '.join(notes.dead)} died.",
            "`oms logs` may say why; `oms up` starts it again.",
        )
    stack = running(project)
    if stack is None:
        raise OmsCliError("The stack is not up.", "Run `oms up` first.")
    return stack


def worker_url(project: Project) -> str:
    """Return how jobs connect: by `OMS_WORKER_URL`, else to the local stack's own Postgres."""
    if given := os.environ.get("OMS_WORKER_URL"):
        if urlsplit(given).scheme not in ("postgresql", "postgres"):
            raise OmsCliError("OMS_WORKER_URL is not a Postgres URL.", WORKER_URL)
        return given
    if not os.environ.get("OMS_DATABASE_URL"):
        require(project)
    url = _embedded_worker_url(project)
    if url is None:
        raise OmsCliError(
            "Jobs connect as oms_worker, and OMS_WORKER_URL does not say how.",
            f"Give the role a password (alter role oms_worker password '…'). {WORKER_URL}",
        )
    return url


def own_worker_url(project: Project) -> str:
    """Return how jobs connect to the very database of the stack, wherever others may work."""
    if url := _embedded_worker_url(project):
        return url
    url = worker_url(project)
    if _place(url) != _place(require(project).server.owner_url):
        raise OmsCliError(
            "OMS_WORKER_URL is another database than OMS_DATABASE_URL.", "Give both the same one."
        )
    return url


@contextmanager
def any_server(project: Project) -> Iterator[Server]:
    """Give a server for scratch databases: the stack's, the user's own, or a temporary one.

    The stack may run on another Postgres than the one that `OMS_POSTGRES_BIN` asks for now.
    """
    stack = None if os.environ.get("OMS_POSTGRES_BIN") else running(project)
    own = os.environ.get("OMS_DATABASE_URL")
    if stack:
        yield stack.server
    elif own:
        server = own_server(own)
        bootstrap(server)
        yield server
    else:
        with postgres.temporary_server(project) as server:
            yield server


def use_inbox(project: Project) -> None:
    """Let the mailer send to the local stack's inbox, unless the environment says where."""
    notes = _read_notes(project)
    if notes and not os.environ.get("OMS_SMTP_URL"):
        os.environ["OMS_SMTP_URL"] = f"smtp://127.0.0.1:{notes.inbox.port}"
        os.environ.setdefault("OMS_MAIL_FROM", inbox.SENDER)


@contextmanager
def without_api(project: Project) -> Iterator[Server]:
    """Give the stack's server while PostgREST stands still: its database may be replaced."""
    stack = require(project)
    with _lock(project):
        notes = _read_notes(project)
        if notes is None:
            raise OmsCliError("The stack has just been stopped.", "Run `oms up` first.")
        process.stop(process.Handle(notes.postgrest.pid, notes.postgrest.started))
        try:
            yield stack.server
        finally:
            rest, _ = _start_postgrest(project, stack.server, notes.postgrest.port)
            _write_notes(project, Notes(notes.postgres, rest, notes.inbox))


def status(project: Project) -> Status:
    """Describe the stack."""
    notes = _read_notes(project)
    parts: dict[str, PartStatus] = {}
    for name in ("postgres", "postgrest", "inbox"):
        part = notes.parts.get(name) if notes else None
        if part:
            state = "running" if part.alive else "dead"
            parts[name] = {"state": state, "pid": part.pid, "port": part.port}
        else:
            parts[name] = {"state": "stopped", "pid": None, "port": None}
    if notes and notes.postgres is None:
        parts["postgres"]["state"] = "your own"
    stack = running(project)
    return {
        "running": stack is not None,
        "database_url": stack.server.owner_url if stack else None,
        "rest_url": stack.rest_url if stack else None,
        "parts": parts,
    }


def log_files(project: Project) -> dict[str, Path]:
    """Return where each part writes its log."""
    files = {
        "postgrest": _rest_folder(project) / "postgrest.log",
        "inbox": inbox.log_file(project),
    }
    if not os.environ.get("OMS_DATABASE_URL"):
        files = {"postgres": _cluster(project).log} | files
    return files


def _port(wanted: int | None, option: str) -> int:
    if wanted is None:
        return process.free_port()
    if not process.is_free(wanted):
        raise OmsCliError(
            f"Port {wanted} is taken.", f"Choose another one, or leave {option} out for a free one."
        )
    return wanted


def _start_postgres(project: Project, port: int, say: Say) -> tuple[Server, Part]:
    cluster = _cluster(project)
    if cluster.home.parent != project.state:
        say(f"{project.root} is out of reach for the server's account: data goes to {cluster.home}")
    known = _secrets(project)
    fresh = not cluster.exists
    if fresh:
        say("Creating the database cluster")
        cluster.create(known[postgres.SUPERUSER])
    handle = cluster.start(port, postgres.LOCAL_SETTINGS)
    server = postgres.server_at(port, known)
    try:
        # Also on an old cluster: the bootstrap adds what is missing, and a first start may have
        # been interrupted half-way.
        postgres.prepare(server, known)
    except BaseException:
        cluster.stop()
        raise
    return server, Part(handle.pid, handle.started, port)


def _start_postgrest(project: Project, server: Server, port: int) -> tuple[Part, postgrest.Ports]:
    ports = postgrest.Ports(port, process.free_port())
    options = postgrest.settings(
        load_config(project), server.api_url, _secrets(project)["jwt"], ports
    )
    handle = postgrest.start(project, _rest_folder(project), options)
    return Part(handle.pid, handle.started, port), ports


def _start_inbox(project: Project) -> Part:
    port = process.free_port()
    handle = inbox.start(project, port)
    return Part(handle.pid, handle.started, port)


def _admit_worker(project: Project, server: Server) -> None:
    """Let the jobs log in; the role is one of the migrations'."""
    with connected(server.admin_url) as connection:
        made = connection.execute("select to_regrole(%s) is not null", [postgres.WORKER])
        is_made = made.fetchone() == (True,)
    if is_made:
        set_passwords(server, {postgres.WORKER: _secrets(project)[postgres.WORKER]})


def _embedded_worker_url(project: Project) -> str | None:
    notes = _read_notes(project)
    if notes is None or notes.postgres is None:
        return None
    return embedded_url(postgres.WORKER, _secrets(project)[postgres.WORKER], notes.postgres.port)


def _place(url: str) -> tuple[object, ...] | None:
    """Tell one database from another, however the way there is written."""
    with connected(url) as connection:
        return connection.execute(
            "select pg_postmaster_start_time(), current_database()"
        ).fetchone()


def _admit_keys(project: Project, server: Server) -> None:
    """Let tenants entrust secrets to the local stack."""
    file = keys.key_file(project)
    if not file.exists():
        keys.add_key(file)
    keys.admit(server, file)


def _stop(project: Project, notes: Notes) -> None:
    for part in (notes.postgrest, notes.inbox):
        process.stop(process.Handle(part.pid, part.started))
    if notes.postgres and notes.postgres.alive:
        _cluster(project).stop()
    _notes_file(project).unlink(missing_ok=True)


def _delete_data(project: Project) -> None:
    if project.node_modules.exists():
        shutil.rmtree(_cluster(project).home, ignore_errors=True)
    shutil.rmtree(postgres.refuge_of(project), ignore_errors=True)
    shutil.rmtree(project.state, ignore_errors=True)


def _cluster(project: Project) -> postgres.Cluster:
    return postgres.locate(project, project.state / "postgres")


def _rest_folder(project: Project) -> Path:
    return project.state / "postgrest"


def _notes_file(project: Project) -> Path:
    return project.state / "stack.json"


def _read_notes(project: Project) -> Notes | None:
    try:
        raw = json.loads(_notes_file(project).read_text(encoding="utf-8"))
        database = Part(**raw["postgres"]) if raw["postgres"] else None
        return Notes(database, Part(**raw["postgrest"]), Part(**raw["inbox"]))
    except FileNotFoundError:
        return None


def _write_notes(project: Project, notes: Notes) -> None:
    new = _notes_file(project).with_suffix(".new")
    new.write_text(json.dumps(asdict(notes)), encoding="utf-8")
    new.replace(_notes_file(project))


def _secrets(project: Project) -> dict[str, str]:
    """Return the generated passwords and the JWT secret, each made on first use."""
    names = (postgres.SUPERUSER, *postgres.LOGINS, postgres.WORKER, "jwt")
    file = project.state / "secrets.json"
    try:
        known: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = {}
    if missing := [name for name in names if name not in known]:
        known |= {name: secrets.token_hex(24) for name in missing}
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as output:
            json.dump(known, output)
        new.replace(file)
    return known


@contextmanager
def _lock(project: Project) -> Iterator[None]:
    """Let one command at a time start or stop things."""
    project.state.mkdir(parents=True, exist_ok=True)
    with (project.state / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OmsCliError(
                "Another oms command is starting or stopping the stack.", "Try again in a moment."
            ) from error
        yield


def _migrate_if_new(project: Project, server: Server, say: Say) -> None:
    with connected(server.owner_url) as connection:
        history = connection.execute(
            "select to_regclass('supabase_migrations.schema_migrations')"
        ).fetchone()
    if history == (None,) and any(project.migrations.glob("*.sql")):
        say("Applying the migrations")
        supabase.migrate(project, server.owner_url)
        queue.install_if_declared(server.owner_url)
