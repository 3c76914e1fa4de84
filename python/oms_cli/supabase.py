"""The Supabase CLI: migrations, differences, advisors. Needs no Docker for any of them."""

import json
import os
import platform
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from oms_cli.errors import OmsCliError
from oms_cli.paths import Project


@dataclass(frozen=True)
class Advice:
    """One finding of the official advisors."""

    level: str
    lint: str
    detail: str


def migrate(project: Project, url: str) -> None:
    """Apply the pending migrations."""
    _succeed(project, "--yes", "migration", "up", f"--remote={url}")


def difference(project: Project, before: str, after: str) -> str:
    """Return the SQL that turns one database into the other; empty when they are the same."""
    with tempfile.TemporaryDirectory(prefix="oms-") as folder:
        file = Path(folder) / "difference.sql"
        _succeed(
            project,
            *("db", "diff", "--use-pg-delta", "--strict-coverage"),
            *("--from", before, "--to", after, "--output", str(file)),
        )
        return file.read_text(encoding="utf-8").strip()


def advice(project: Project, url: str) -> list[Advice]:
    """Return what the official security and performance lints say at warn or above."""
    done = _run(
        project,
        *("db", "advisors", f"--remote={url}", "--level", "warn", "--fail-on", "warn"),
        *("--output-format", "json"),
    )
    try:
        results = json.loads(done.stdout)["results"]
    except (ValueError, KeyError) as error:
        raise OmsCliError(f"supabase db advisors failed: {_complaint(done)}") from error
    return [Advice(one["level"], one["name"], one["detail"]) for one in results]


def _succeed(project: Project, *arguments: str) -> None:
    done = _run(project, *arguments)
    if done.returncode:
        command = " ".join(word for word in arguments[:3] if not word.startswith("--"))
        raise OmsCliError(f"supabase {command} failed:\n{_complaint(done)}")


def _run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = project.state / "supabase"
    home.mkdir(parents=True, exist_ok=True)
    # It must neither read nor write the user's own settings, nor call anybody.
    private = {
        "HOME": str(home),
        "SUPABASE_HOME": str(home),
        "SUPABASE_NO_KEYRING": "1",
        "SUPABASE_NO_UPDATE_NOTIFIER": "1",
        "SUPABASE_TELEMETRY_DISABLED": "1",
        "DO_NOT_TRACK": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUPABASE_")}
    return subprocess.run(
        [_binary(project), "--agent", "no", "--workdir", str(project.root), *arguments],
        env=kept | private,
        capture_output=True,
        text=True,
        check=False,
    )


def _binary(project: Project) -> str:
    """Find the native program, which starts half a second sooner than its Node wrapper."""
    system = platform.system().lower()
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    for flavour in ("", "-musl"):
        package = project.node_modules / "@supabase" / f"cli-{system}-{machine}{flavour}"
        if (program := package / "bin" / "supabase").is_file():
            return str(program)
    raise OmsCliError("The Supabase CLI is not installed.", "Run `make setup`.")


def _complaint(done: subprocess.CompletedProcess[str]) -> str:
    """Return what it said, without what it says every time."""
    noise = ("Target: ", "Try rerunning ", "Confirmed by ")
    lines = [line.strip("│▲● ") for line in (done.stdout + "\n" + done.stderr).splitlines()]
    progress = [line for line in lines if line.startswith("Applying migration ")]
    told = [line for line in lines if line and line not in progress and not line.startswith(noise)]
    return "\n".join(progress[-1:] + told) or f"exit code {done.returncode}"
