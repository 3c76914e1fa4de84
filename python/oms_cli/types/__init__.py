"""`oms types`: the typed client, written from the database."""

from pathlib import Path

from oms_cli.building import build_from_migrations, scratch_database
from oms_cli.paths import Project
from oms_cli.server import Connection, Server, connected
from oms_cli.types.writing import client_files, package_of


def has_client(project: Project) -> bool:
    """Tell whether a project has a client to keep."""
    return package_of(project).is_dir()


def write_client(project: Project, server: Server) -> list[Path]:
    """Write the client that the migrations ask for; return the files that changed."""
    with scratch_database(server, "types") as database:
        build_from_migrations(project, database)
        with connected(database.owner_url) as connection:
            wanted = client_files(project, connection)
    changed = [file for file, text in wanted.items() if _text(file) != text]
    for file in changed:
        file.parent.mkdir(exist_ok=True)
        file.write_text(wanted[file], encoding="utf-8")
    return changed


def stale_files(project: Project, connection: Connection) -> list[Path]:
    """Return the files of the client that differ from what a database makes them."""
    wanted = client_files(project, connection)
    return [file for file, text in wanted.items() if _text(file) != text]


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
