"""Rows of a CSV or XLSX file, one at a time, with the line that each stands on."""

import csv
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TextIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from oms_cli.errors import OmsCliError

DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file; the line is what a spreadsheet shows beside it."""

    line_number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """An open file: its header, and the rows that are not empty."""

    header: tuple[str, ...]
    rows: Iterator[Row]


@contextmanager
def open_source(file: Path, sheet: str | None = None) -> Iterator[Source]:
    """Open a file to read its rows."""
    try:
        match file.suffix.lower():
            case ".csv" | ".tsv" | ".txt":
                with file.open(encoding="utf-8-sig", newline="") as text:
                    yield _source(file, _csv_rows(file, text))
            case ".xlsx" | ".xlsm":
                yield from _open_xlsx(file, sheet)
            case other:
                raise OmsCliError(
                    f"{file} ends in {other or 'nothing'!r}.", "Give a file in .csv or .xlsx."
                )
    except OSError as error:
        raise OmsCliError(f"Cannot read {file}: {error.strerror}.") from error


def count_lines(file: Path) -> int | None:
    """Return how many lines the file has, for a progress bar; None where that takes reading it."""
    if file.suffix.lower() in (".xlsx", ".xlsm"):
        return None
    with file.open("rb") as content:
        return sum(block.count(b"\n") for block in iter(lambda: content.read(1 << 20), b""))


def sniff_delimiter(line: str) -> str:
    """Return the delimiter of a header: whichever stands most often outside of quotes."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def cell_text(value: object) -> str:
    """Return a spreadsheet's value as a CSV file would have it."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float():
            return format(value, ".15g")  # as many digits as a spreadsheet keeps
        case _:
            return str(value)


def _source(file: Path, rows: Iterator[Row]) -> Source:
    filled = (row for row in rows if any(cell.strip() for cell in row.cells))
    first = next(filled, None)
    if first is None:
        raise OmsCliError(f"{file} is empty.", "Its first row must name the columns.")
    header = tuple(" ".join(cell.split()) for cell in first.cells)
    names = Counter(name.casefold() for name in header if name)
    twice = [name for name in header if names[name.casefold()] > 1]
    if twice:
        raise OmsCliError(f"{file} has two columns called {twice[0]!r}.", "Rename one of them.")
    return Source(header, filled)


def _csv_rows(file: Path, text: TextIO) -> Iterator[Row]:
    try:
        delimiter = sniff_delimiter(_first_filled(text))
        text.seek(0)
        # Strict: a quote that is never closed would swallow the rest of the file without a word.
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        line_number = 1
        for cells in reader:
            if any("\0" in cell for cell in cells):
                raise OmsCliError(f"{file}, line {line_number}: binary content, not text.")
            yield Row(line_number, tuple(cells))
            line_number = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise OmsCliError(
            f"{file}, line {_undecodable_line(file)}: not UTF-8.",
            "Save it again as CSV UTF-8, or as XLSX.",
        ) from error
    except csv.Error as error:
        raise OmsCliError(f"{file}, line {line_number}: {error}.") from error


def _first_filled(lines: Iterable[str]) -> str:
    return next((line for line in lines if line.strip()), "")


def _undecodable_line(file: Path) -> int:
    for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 1


def _open_xlsx(file: Path, sheet: str | None) -> Iterator[Source]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of charts and the like, which nobody asks for
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise OmsCliError(f"{file} is not a spreadsheet: {error}.") from error
    try:
        if sheet is not None and sheet not in workbook.sheetnames:
            raise OmsCliError(
                f"{file} has no sheet {sheet!r}.", f"There are: {', '.join(workbook.sheetnames)}"
            )
        worksheet = workbook[sheet or workbook.sheetnames[0]]
        # The stored extent is often wrong, and rows beyond it would be left out.
        worksheet.reset_dimensions()
        yield _source(
            file,
            (
                Row(number, tuple(cell_text(value) for value in values))
                for number, values in enumerate(worksheet.iter_rows(values_only=True), 1)
            ),
        )
    finally:
        workbook.close()
