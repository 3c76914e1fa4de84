"""On what a run took place: enough to compare two runs, nothing that tells whose machine it was."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from bench.arena import Arena
from bench.measure import Row
from oms_cli.paths import Project
from oms_cli.server import connected

SETTINGS = ("server_version", "shared_buffers", "work_mem", "synchronous_commit", "fsync", "jit")


def described(project: Project, arena: Arena) -> Row:
    """Describe the machine, the versions and the commit."""
    with connected(arena.server.owner_url) as connection:
        postgres = {
            name: connection.execute("select current_setting(%s)", [name]).fetchone()
            for name in SETTINGS
        }
    server = httpx.get(arena.rest_url).headers.get("server", "")
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git(project, "rev-parse", "--short", "HEAD"),
        "is_modified": bool(_git(project, "status", "--porcelain", "--untracked-files=no")),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "os": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgrest": server.removeprefix("postgrest/"),
        "postgres": {name: row[0] if row else None for name, row in postgres.items()},
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _git(project: Project, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
