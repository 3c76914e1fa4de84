"""The edge to the database: stages a file's lines, has them judged, lets the good ones land."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import class_row, dict_row

from oms_cli.errors import OmsCliError
from oms_cli.imports.interpreting import (
    Columns,
    OrderLine,
    Problem,
    SizeLine,
    StyleLine,
    find_columns,
    read_order,
    read_style,
    require_order_columns,
    require_style_columns,
)
from oms_cli.imports.mapping import FileMapping, OrdersMapping, StylesMapping, load_mapping
from oms_cli.imports.reading import Row, count_lines, open_source
from oms_cli.imports.report import by_line, write_rejects
from oms_cli.members import member_for
from oms_cli.server import Connection
from oms_cli.tokens import act_as

Progress = Callable[[str, int, int | None], None]
Line = StyleLine | OrderLine | SizeLine
Stage = Callable[[Connection, Iterable[Row], Columns, FileMapping], list[Problem]]

STRIDE = 500
STYLE_TABLES = ("styles", "colorways", "colorway_references", "product_variants")
ORDER_TABLES = ("directory", "orders", "order_items", "order_item_sizes", "order_item_prices")


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: `made` counts what was added, or would be in a dry run."""

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


@dataclass(frozen=True)
class _Kind:
    """What sets one import apart from the other."""

    role: str
    require: Callable[[Columns], None]
    stage: Stage
    load: Callable[[Connection, FileMapping], dict[str, int]]
    tables: tuple[str, ...]


def import_styles(
    connection: Connection,
    file: Path,
    mapping: FileMapping | Path | None = None,
    *,
    accept_valid: bool = False,
    organization: str | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Add the styles, colourways and SKUs of a file, as a planner of the organization.

    The connection is the database owner's. `rejects` is where refused rows are written to, if
    there are any; `progress` is told the step, the lines done, and all lines if known.
    """
    spelled = _load(mapping)
    kind = _Kind("oms_planner", require_style_columns, _stage_styles, _load_styles, STYLE_TABLES)
    return _run(
        *(connection, file, spelled, spelled.styles, kind),
        accept_valid=accept_valid,
        organization=organization,
        dry_run=dry_run,
        rejects=rejects,
        progress=progress or _quiet,
    )


def import_orders(
    connection: Connection,
    file: Path,
    mapping: FileMapping | Path | None = None,
    *,
    accept_valid: bool = False,
    organization: str | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Add the orders of a file, as sales of the organization. For the rest see `import_styles`."""
    spelled = _load(mapping)
    kind = _Kind("oms_sales", require_order_columns, _stage_orders, _load_orders, ORDER_TABLES)
    return _run(
        *(connection, file, spelled, spelled.orders, kind),
        accept_valid=accept_valid,
        organization=organization,
        dry_run=dry_run,
        rejects=rejects,
        progress=progress or _quiet,
    )


def _run(
    connection: Connection,
    file: Path,
    mapping: FileMapping,
    section: StylesMapping | OrdersMapping,
    kind: _Kind,
    *,
    accept_valid: bool,
    organization: str | None,
    dry_run: bool,
    rejects: Path | None,
    progress: Progress,
) -> ImportResult:
    started = time.perf_counter()
    made: dict[str, int] = {}
    with connection.transaction():
        act_as(connection, member_for(connection, kind.role, None, organization))
        with open_source(file, section.sheet) as source:
            header = source.header
            columns = find_columns(section, header)
            kind.require(columns)
            counted = _Counted(source.rows, count_lines(file), progress)
            problems = kind.stage(connection, counted, columns, mapping)
        if not counted.rows:
            raise OmsCliError(f"{file} has no rows below its header.")
        progress("Checking", counted.rows, counted.rows)
        problems += _judged(connection, columns)
        refused = by_line(problems)
        passes = accept_valid or not refused
        if passes:
            progress("Writing", counted.rows, counted.rows)
            made = kind.load(connection, mapping)
        if dry_run or not passes:
            raise psycopg.Rollback
        connection.execute("reset role")
        connection.execute("select set_config('request.jwt.claims', '', false)")
        # Plans made before a bulk load would be those for empty tables.
        tables = sql.SQL(", ").join(sql.Identifier("ops", table) for table in kind.tables)
        connection.execute(sql.SQL("analyze {}").format(tables))
    if rejects and refused:
        with open_source(file, section.sheet) as source:
            write_rejects(rejects, header, source.rows, refused)
    return ImportResult(
        file=str(file),
        rows=counted.rows,
        refused=len(refused),
        problems=tuple(problem for found in refused.values() for problem in found),
        landed=passes and not dry_run,
        made=made,
        rejects=rejects if refused else None,
        seconds=round(time.perf_counter() - started, 3),
    )


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


def _stage_styles(
    connection: Connection, rows: Iterable[Row], columns: Columns, mapping: FileMapping
) -> list[Problem]:
    problems: list[Problem] = []

    def lines() -> Iterator[StyleLine]:
        for row in rows:
            line, found = read_style(row, columns, mapping)
            problems.extend(found)
            if line:
                yield line

    connection.execute("select private.stage_style_import()")
    _copy(connection, "import_style_lines", StyleLine._fields, lines())
    connection.execute("select private.check_style_import()")
    return problems


def _load_styles(connection: Connection, _mapping: FileMapping) -> dict[str, int]:
    return _counts(connection, "select * from private.import_styles()", [])


def _stage_orders(
    connection: Connection, rows: Iterable[Row], columns: Columns, mapping: FileMapping
) -> list[Problem]:
    problems: list[Problem] = []
    sizes: list[SizeLine] = []

    def lines() -> Iterator[OrderLine]:
        for row in rows:
            line, run, found = read_order(row, columns, mapping)
            problems.extend(found)
            sizes.extend(run)
            if line:
                yield line

    connection.execute("select private.stage_order_import()")
    _copy(connection, "import_order_lines", OrderLine._fields, lines())
    _copy(connection, "import_order_line_sizes", SizeLine._fields, sizes)
    connection.execute(
        "select private.check_order_import(create_clients => %s, refuse_repeated => %s)",
        [mapping.orders.create_clients, mapping.orders.repeated_lines == "reject"],
    )
    return problems


def _load_orders(connection: Connection, mapping: FileMapping) -> dict[str, int]:
    sizes = list(mapping.size_labels)
    return _counts(connection, "select * from private.import_orders(%s)", [sizes])


def _copy(
    connection: Connection, table: str, columns: Iterable[str], lines: Iterable[Line]
) -> None:
    statement = sql.SQL("copy pg_temp.{} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)


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
        replace(problem, column=columns.names.get(problem.column, problem.column))
        if problem.column
        else problem
        for problem in found
    ]


def _counts(connection: Connection, query: LiteralString, values: list[object]) -> dict[str, int]:
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(query, values).fetchone()
    return {name: int(count) for name, count in (row or {}).items()}
