"""Output for people and for programs."""

import json
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(message: str) -> None:
    """Tell a person what is going on; never part of a command's result."""
    err.print(message, style="dim", markup=False, soft_wrap=True)


def print_json(value: Mapping[str, object]) -> None:
    """Print one object on one line."""
    print(json.dumps(value, default=str))  # noqa: T201


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """Lay rows out; numbers to the right, NULL in grey."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        numeric = all(_is_number(row[index]) for row in rows) and bool(rows)
        grid.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        grid.add_row(*("[dim]null[/dim]" if cell is None else _plain(cell) for cell in row))
    return grid


def _is_number(cell: object) -> bool:
    return cell is None or (hasattr(cell, "__float__") and not isinstance(cell, bool))


def _plain(cell: object) -> str:
    text = json.dumps(cell, default=str) if isinstance(cell, dict | list) else str(cell)
    return text.replace("[", r"\[")
