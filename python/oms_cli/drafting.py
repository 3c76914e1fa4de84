"""Drafts migrations: new declared files as they stand, changed ones as a difference."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oms_cli import supabase
from oms_cli.building import build_from_declared, build_from_migrations, scratch_database
from oms_cli.config import declared_files
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Server

MARK = "-- declared in "
STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True)
class Draft:
    """A migration to be written."""

    name: str
    text: str


def draft(project: Project, server: Server, name: str, at: str | None) -> list[Path]:
    """Write the migrations that bring a database to the declared state; return their files."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise OmsCliError(f"{name!r} is no name for a migration.", "Use lower case: add_holds")
    existing = migration_files(project)
    stamp = _first_stamp([file.name for file in existing], at)
    verbatim = [
        Draft(f"{file.stem}_{file.parent.name}", f"{MARK}{shown}\n{file.read_text('utf-8')}")
        for shown, file in _new_files(project, existing)
    ]
    written: list[Path] = []
    try:
        for one in verbatim:
            written.append(_write(project, stamp, one))
            stamp += timedelta(minutes=1)
        if remainder := _remainder(project, server):
            written.append(_write(project, stamp, Draft(name, remainder + "\n")))
            _tidy(project, written[-1])
    except BaseException:
        # Half a draft would count as history from now on.
        for file in written:
            file.unlink()
        raise
    return written


def migration_files(project: Project) -> list[Path]:
    """Return the migrations in the order in which they are applied."""
    return sorted(project.migrations.glob("*.sql"))


def declared_in(migration: Path) -> str | None:
    """Return the declared file that a migration contains verbatim."""
    first = migration.read_text(encoding="utf-8").partition("\n")[0].strip()
    return first.removeprefix(MARK) if first.startswith(MARK) else None


def _new_files(project: Project, existing: Sequence[Path]) -> list[tuple[str, Path]]:
    """Return the declared files that no migration contains verbatim yet."""
    taken = {declared_in(file) for file in existing}
    declared = [(project.shown(file), file) for file in declared_files(project).files]
    return [(shown, file) for shown, file in declared if shown not in taken]


def _first_stamp(existing: Sequence[str], at: str | None) -> datetime:
    """Choose a timestamp behind every existing one."""
    try:
        stamp = datetime.strptime(at, STAMP).replace(tzinfo=UTC) if at else datetime.now(UTC)
    except ValueError as error:
        raise OmsCliError(f"--at {at} is not a timestamp.", "Like 20261121090000") from error
    if not existing:
        return stamp
    newest = datetime.strptime(max(existing)[:14], STAMP).replace(tzinfo=UTC)
    if at and stamp <= newest:
        raise OmsCliError(f"--at {at} is not after the newest migration, {max(existing)}.")
    return max(stamp, newest + timedelta(minutes=1))


def _remainder(project: Project, server: Server) -> str:
    with (
        scratch_database(server, "migrations") as migrated,
        scratch_database(server, "declared") as declared,
    ):
        # The migrations first: they make the roles, which sql/ only names.
        build_from_migrations(project, migrated)
        build_from_declared(project, declared)
        return supabase.difference(project, migrated.owner_url, declared.owner_url)


def _write(project: Project, stamp: datetime, one: Draft) -> Path:
    project.migrations.mkdir(parents=True, exist_ok=True)
    file = project.migrations / f"{stamp.strftime(STAMP)}_{one.name}.sql"
    file.write_text(one.text, encoding="utf-8")
    return file


def _tidy(project: Project, file: Path) -> None:
    """Bring a generated difference into our style as far as that goes by itself."""
    sqlfluff = Path(sys.executable).parent / "sqlfluff"
    if sqlfluff.is_file():
        subprocess.run(
            [sqlfluff, "fix", "--quiet", str(file)],
            cwd=project.root,
            capture_output=True,
            check=False,
        )
