"""What an import tells: a table of bad rows, a summary by reason, a file of rejects."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from rich.table import Table

from oms_cli.console import table
from oms_cli.errors import OmsCliError
from oms_cli.imports.interpreting import Problem
from oms_cli.imports.reading import Row

SEPARATOR = " | "
OWN_COLUMNS = ("rejected_line", "rejected_column", "reason_code", "reason")


def by_line(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    """Group problems by the line that they are on."""
    ordered = sorted(problems, key=lambda problem: problem.line_number)
    return {
        line_number: list(found)
        for line_number, found in groupby(ordered, key=lambda problem: problem.line_number)
    }


def reasons(problems: Iterable[Problem]) -> dict[str, int]:
    """Count the refused rows by their first reason, most frequent first."""
    firsts = Counter(found[0].code for found in by_line(problems).values())
    return dict(firsts.most_common())


def problem_table(problems: Sequence[Problem], limit: int) -> Table:
    """Lay out the first problems."""
    shown = sorted(problems, key=lambda problem: problem.line_number)[:limit]
    return table(
        ("line", "column", "value", "code", "reason"),
        [(p.line_number, p.column or "", p.value or "", p.code, p.reason) for p in shown],
    )


def summary_table(problems: Sequence[Problem]) -> Table:
    """Lay out the reasons: rows that have each, and rows that have it first."""
    firsts = reasons(problems)
    rows = Counter(code for code, _ in {(p.code, p.line_number) for p in problems})
    example = {p.code: p.reason for p in reversed(problems)}
    codes = sorted(rows, key=lambda code: (-firsts.get(code, 0), -rows[code]))
    return table(
        ("code", "rows", "first reason of", "for example"),
        [(code, rows[code], firsts.get(code, 0), example[code]) for code in codes],
    )


def write_rejects(
    file: Path, header: Sequence[str], rows: Iterable[Row], problems: Mapping[int, list[Problem]]
) -> None:
    """Write every refused row as it stood, behind where and why it was refused."""
    try:
        with file.open("w", encoding="utf-8", newline="") as output:
            writer = csv.writer(output, lineterminator="\n")
            writer.writerow((*OWN_COLUMNS, *header))
            for row in rows:
                if found := problems.get(row.line_number):
                    writer.writerow(
                        (
                            row.line_number,
                            SEPARATOR.join(problem.column or "" for problem in found),
                            SEPARATOR.join(problem.code for problem in found),
                            SEPARATOR.join(problem.reason for problem in found),
                            *row.cells,
                        )
                    )
    except OSError as error:
        raise OmsCliError(f"Cannot write {file}: {error.strerror}.") from error
