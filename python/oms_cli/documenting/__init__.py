"""Writes the pages of `docs/` that the database itself can tell best."""

import difflib
import re
from pathlib import Path

from oms_cli.config import declared_files
from oms_cli.documenting.catalogue import read
from oms_cli.documenting.dictionary import dictionary
from oms_cli.documenting.events import events, schemas
from oms_cli.documenting.refusals import refusals
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Connection

MARK = "<!-- Generated from here on: `oms docs` writes it. -->\n"
CREATED = re.compile(r"^create (?:table|view|type|domain|function) ops\.(\w+)", re.MULTILINE)


def pages(project: Project, connection: Connection) -> dict[Path, str]:
    """Return what each generated page must say; what stands above its mark is a person's."""
    catalogue = read(connection)
    generated = {
        "data_dictionary.md": dictionary(catalogue, domains(project)),
        "errors.md": refusals(catalogue),
        "events.md": events(catalogue),
    }
    written = {project.root / "docs" / "event_schemas.json": f"{schemas(catalogue)}\n"}
    for name, text in generated.items():
        file = project.root / "docs" / name
        head, mark, _ = file.read_text(encoding="utf-8").partition(MARK)
        if not mark:
            raise OmsCliError(
                f"{project.shown(file)} has lost the line that ends its hand-written part."
            )
        written[file] = f"{head}{MARK}\n{text}\n"
    return written


def domains(project: Project) -> dict[str, str]:
    """Say in which domain each object of the API is declared, in load order of the tables."""
    files = declared_files(project).files
    of_tables = [file.stem for file in files if file.parent.name == "tables"]
    found = {
        name: file.stem if file.stem in of_tables else "shared"
        for file in files
        for name in CREATED.findall(file.read_text(encoding="utf-8"))
    }
    return dict(sorted(found.items(), key=lambda one: [*of_tables, "shared"].index(one[1])))


def differences(project: Project, wanted: dict[Path, str]) -> list[str]:
    """Return a diff of each page that says something else."""
    diffs = []
    for file, text in wanted.items():
        lines = difflib.unified_diff(
            file.read_text(encoding="utf-8").splitlines(keepends=True),
            text.splitlines(keepends=True),
            project.shown(file),
            "what the database says",
            n=1,
        )
        diffs.append("".join(lines))
    return [diff for diff in diffs if diff]
