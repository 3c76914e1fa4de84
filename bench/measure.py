"""How everything here is measured: warmed up, in turns, medians, and ratios of the same run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from psycopg import sql

from oms_cli.server import Connection

Row = dict[str, object]


@dataclass(frozen=True)
class Size:
    """How much a run does."""

    lines: int
    repeats: int
    orders: int
    executions: int
    awards: int
    reallocated: int
    imported: int
    planned: tuple[int, ...]
    demands: int
    receipts: int
    receipt_lines: int
    made: int
    reserved: int
    events: int


FULL = Size(
    lines=1_000_000,
    repeats=3,
    orders=1_000,
    executions=100,
    awards=10_000,
    reallocated=1_000,
    imported=20_000,
    planned=(100, 1_000, 10_000),
    demands=40_000,
    receipts=800,
    receipt_lines=500,
    made=1_000,
    reserved=400,
    events=50_000,
)
QUICK = Size(
    lines=5_000,
    repeats=1,
    orders=16,
    executions=3,
    awards=40,
    reallocated=20,
    imported=100,
    planned=(10,),
    demands=20,
    receipts=16,
    receipt_lines=10,
    made=10,
    reserved=16,
    events=500,
)


@dataclass(frozen=True)
class Outcome:
    """One line of the summary: what was aimed at and what was reached."""

    benchmark: str
    aim: str
    reached: str
    ratio: float | None
    is_met: bool | None = None


@dataclass(frozen=True)
class Report:
    """What one benchmark found."""

    title: str
    outcomes: list[Outcome]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Spread:
    """The middle of some measurements, and between what they lie."""

    median: float
    least: float
    most: float

    def shown(self, scale: float = 1, digits: int = 1) -> str:
        """Write it as `median (least to most)`."""
        middle, low, high = (
            f"{x * scale:,.{digits}f}" for x in (self.median, self.least, self.most)
        )
        return f"{middle} ({low} to {high})"


def spread(values: Sequence[float]) -> Spread:
    """Summarise measurements."""
    return Spread(median(values), min(values), max(values))


def in_turns(repeats: int, *ways: Callable[[], float]) -> list[Spread]:
    """Let each way measure itself once to warm up, then in turns; summarise each.

    What slows the machine down for a while then slows down all of them.
    """
    for way in ways:
        way()
    rounds = [[way() for way in ways] for _ in range(repeats)]
    return [spread(of_one) for of_one in zip(*rounds, strict=True)]


def timed(
    connection: Connection,
    statement: sql.Composable,
    values: Sequence[object] = (),
    *,
    expected: Sequence[Sequence[object]] | None = None,
) -> float:
    """Run a statement, see that it found the expected rows, and return its seconds."""
    started = perf_counter()
    rows = connection.execute(sql.SQL("{}").format(statement), values).fetchall()
    seconds = perf_counter() - started
    if expected is not None and rows != [*expected]:
        raise AssertionError(f"{expected} was expected, and not {rows[:5]}")
    return seconds
