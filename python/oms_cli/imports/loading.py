"""The edge to the database: stages a file's lines, has them judged, lets the good ones land."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import class_row, dict_row

from oms_cli.errors import OmsCliError
from oms_cli.imports.interpreting import Columns, Problem, find_columns
from oms_cli.imports.kinds import KINDS
from oms_cli.imports.mapping import FileMapping, load_mapping, section_of
from oms_cli.imports.reading import Row, count_lines, open_source
from oms_cli.imports.report import by_line, write_rejects
from oms_cli.members import member_for
from oms_cli.server import Connection
from oms_cli.tokens import act_as

Progress = Callable[[str, int, int | None], None]
STRIDE = 500


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: `made` counts what was added, or would be in a dry run."""

    kind: str
    file: str
    rows: int
    refused: int
    problems: tuple[Problem, ...]
    landed: bool
    made: dict[str, int]
    rejects: Path | None
    seconds: float

    @property
    def accepted(self) -> int:
        """Rows that nothing is wrong with."""
        return self.rows - self.refused


def import_file(
    kind: str,
    connection: Connection,
    file: Path,
    mapping: FileMapping | Path | None = None,
    *,
    accept_valid: bool = False,
    organization: str | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Add what a file of one kind holds, as somebody of the organization who may write it.

    The connection is the database owner's. `rejects` is where refused rows are written to, if
    there are any; `folder` where the mapping's lookups are, else the file's own; `progress` is
    told the step, the lines done, and all lines if known.
    """
    started = time.perf_counter()
    spelled = _load(mapping)
    how, section = KINDS[kind], section_of(spelled, kind)
    progress = progress or _quiet
    made: dict[str, int] = {}
    with connection.transaction():
        members = {role: member_for(connection, role, None, organization) for role, _ in how.land}
        act_as(connection, members[how.role])
        with open_source(file, section.sheet) as source:
            header = source.header
            columns = find_columns(section, header, spelled, folder or file.parent)
            how.require(columns, section)
            counted = _Counted(source.rows, count_lines(file), progress)
            problems = how.stage(connection, counted, columns, spelled)
        if not counted.rows:
            raise OmsCliError(f"{file} has no rows below its header.")
        progress("Checking", counted.rows, counted.rows)
        connection.execute(how.check, how.options(spelled))
        problems += _judged(connection, columns)
        refused = by_line(problems)
        passes = accept_valid or not refused
        if passes:
            progress("Writing", counted.rows, counted.rows)
            tables = sql.SQL(", ").join(sql.Identifier("ops", table) for table in how.tables)
            for role, statement in how.land:
                act_as(connection, members[role])
                counts = _counts(connection, statement, how.options(spelled))
                made |= {name: made.get(name, 0) + count for name, count in counts.items()}
                _act_as_owner(connection)
                # Plans made before a bulk load would be those for empty tables.
                connection.execute(sql.SQL("analyze {}").format(tables))
        if dry_run or not passes:
            raise psycopg.Rollback
    if rejects and refused:
        with open_source(file, section.sheet) as source:
            write_rejects(rejects, header, source.rows, refused)
    return ImportResult(
        kind=kind,
        file=str(file),
        rows=counted.rows,
        refused=len(refused),
        problems=tuple(problem for found in refused.values() for problem in found),
        landed=passes and not dry_run,
        made=made,
        rejects=rejects if refused else None,
        seconds=round(time.perf_counter() - started, 3),
    )


def import_all(
    connection: Connection,
    mapping: FileMapping | Path,
    folder: Path,
    *,
    accept_valid: bool = False,
    organization: str | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> list[ImportResult]:
    """Add every file of a folder that the mapping names, each after those that it needs.

    All of them or none: one transaction. It stops at the first file that does not pass. `rejects`
    is the folder where refused rows are written to.
    """
    spelled = _load(mapping)
    files = {kind: section.file for kind in KINDS if (section := section_of(spelled, kind)).file}
    if not files:
        raise OmsCliError(
            "The mapping names no file.", 'Say `file = "…"` in the sections of those to import.'
        )
    results: list[ImportResult] = []
    with connection.transaction():
        for kind, file in files.items():
            results.append(
                import_file(
                    *(kind, connection, folder / file, spelled),
                    accept_valid=accept_valid,
                    organization=organization,
                    rejects=rejects and rejects / f"{Path(file).stem}.rejects.csv",
                    folder=folder,
                    progress=progress,
                )
            )
            if not results[-1].landed:
                break
            connection.execute("discard temp")  # whoever brings in the next file owns none of it
        landed = not dry_run and results[-1].landed
        if not landed:
            raise psycopg.Rollback
    return [replace(result, landed=landed) for result in results]


import_styles = partial(import_file, "styles")
import_orders = partial(import_file, "orders")


def _act_as_owner(connection: Connection) -> None:
    connection.execute("reset role")
    connection.execute("select set_config('request.jwt.claims', '', false)")


def _load(mapping: FileMapping | Path | None) -> FileMapping:
    match mapping:
        case None:
            return FileMapping()
        case Path():
            return load_mapping(mapping)
        case _:
            return mapping


def _quiet(_step: str, _done: int, _total: int | None) -> None:
    """Tell nobody."""


class _Counted:
    """Rows on their way, counted."""

    def __init__(self, rows: Iterable[Row], lines: int | None, progress: Progress) -> None:
        self.rows = 0
        self._source = rows
        self._lines = lines
        self._progress = progress

    def __iter__(self) -> Iterator[Row]:
        for row in self._source:
            self.rows += 1
            if self.rows % STRIDE == 0:
                self._progress("Reading", row.line_number, self._lines)
            yield row


def _judged(connection: Connection, columns: Columns) -> list[Problem]:
    """Return what the database found wrong, by the names of the file's own columns."""
    with connection.cursor(row_factory=class_row(Problem)) as cursor:
        found = cursor.execute(
            """
            select line_number, field as column, value, code, reason
            from pg_temp.import_problems
            order by id
            """
        ).fetchall()
    return [
        replace(problem, column=columns.name(problem.column)) if problem.column else problem
        for problem in found
    ]


def _counts(
    connection: Connection, query: LiteralString, values: Mapping[str, object]
) -> dict[str, int]:
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(query, values).fetchone()
    return {name: int(count) for name, count in (row or {}).items()}
