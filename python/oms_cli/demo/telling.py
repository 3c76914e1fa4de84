"""How the demo tells its story: a line a step, tables, and one JSON object."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.tree import Tree

from oms_cli.console import table

WHO = 22
PAPER = 132
MONEY_EXPONENT = -4  # ops.money_amount has four decimals, ops.quantity six


class Step:
    """One thing that somebody does, while it is being done."""

    def __init__(self, bar: Progress, who: str) -> None:
        self.done = "is done"
        self._bar = bar
        self._task = bar.add_task(who, total=None)

    def expect(self, total: int) -> None:
        """Say how much there is to do."""
        self._bar.update(self._task, total=total)

    def advance(self, amount: int) -> None:
        """Say how much has just been done."""
        self._bar.advance(self._task, amount)

    def show(self, what: str, done: int, total: int | None) -> None:
        """Show where an import is."""
        self._bar.update(self._task, description=what, completed=done, total=total)

    def end(self, done: str) -> None:
        """Say what was done."""
        self.done = done


class Narrator:
    """Tells the steps to a person, and keeps nothing."""

    def __init__(self, *, stderr: bool) -> None:
        console = Console(stderr=stderr, highlight=False)
        if not console.is_terminal:  # then nobody knows how wide it is
            console = Console(stderr=stderr, highlight=False, width=PAPER)
        self._console = console

    def chapter(self, title: str) -> None:
        """Begin a part of the story."""
        self._console.print()
        self._console.print(title, style="bold", markup=False)

    def say(self, text: str, style: str | None = None) -> None:
        """Say something."""
        self._console.print(text, style=style, markup=False, soft_wrap=True)

    def aside(self, text: str) -> None:
        """Say something about the step before."""
        self.say(f"{'':<{WHO + 10}}{text}", style="dim")

    def show(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Show a table."""
        plain = [[readable(cell) for cell in row] for row in rows]
        self._console.print(table(columns, plain))

    def draw(self, trees: Sequence[Tree]) -> None:
        """Show trees."""
        for tree in trees:
            self._console.print(tree)

    @contextmanager
    def step(self, who: str) -> Iterator[Step]:
        """Time a step; show a bar while it lasts, and a line when it is done."""
        started = time.perf_counter()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(
            *columns,
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        ) as bar:
            step = Step(bar, who)
            yield step
        seconds = time.perf_counter() - started
        self.say(f"{seconds:6.2f} s  {who:<{WHO}}{step.done}")


def readable(cell: object) -> object:
    """Write a number as people do: money with cents, pieces without decimals."""
    if not isinstance(cell, Decimal):
        return cell
    is_money = cell.as_tuple().exponent == MONEY_EXPONENT
    return Amount(cell.quantize(Decimal("0.01") if is_money else Decimal(1)))


class Amount(Decimal):
    """A number in a table."""

    def __str__(self) -> str:
        return f"{Decimal(self):,f}"


def exact_json(value: object) -> str:
    """Write JSON on one line, and a Decimal as the number that it is."""
    match value:
        case Decimal():
            return f"{value:f}"
        case Mapping():
            pairs = (f"{json.dumps(name)}: {exact_json(one)}" for name, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return json.dumps(value)
