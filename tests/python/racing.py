"""Two sessions at once, step by step: who waits for whom is asked of Postgres, never guessed."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from psycopg import sql

from builders import RefusedError, Row, Values, World, called, fetch, inserted

IDEMPOTENCY_KEY: LiteralString = (
    "select set_config('request.headers',"
    " json_build_object('idempotency-key', %s::text)::text, false)"
)


@dataclass(frozen=True)
class Step:
    """One statement that somebody is going to run."""

    persona: str
    statement: LiteralString | sql.Composed
    values: Values = ()
    key: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How a step ended: its rows, or the code it was refused with."""

    rows: list[Row]
    code: str | None = None


def command(persona: str, name: str, /, *, key: str | None = None, **arguments: object) -> Step:
    """Make a step of a command, with an Idempotency-Key or without."""
    return Step(persona, called(name, arguments), arguments, key)


def insert(persona: str, table: str, /, **columns: object) -> Step:
    """Make a step of the insert of a row."""
    return Step(persona, inserted(table, columns), columns)


def write(persona: str, statement: LiteralString, *values: object) -> Step:
    """Make a step of another plain write."""
    return Step(persona, statement, values)


class Racer:
    """A session whose statements run in a thread of their own, so that they may wait."""

    def __init__(self, world: World, step: Step) -> None:
        self._observer = world.owner
        self._connection = world.session(step.persona)
        self._pid = self._connection.info.backend_pid
        if step.key:
            self._connection.execute(IDEMPOTENCY_KEY, [step.key])
        self._connection.autocommit = False
        self._thread = ThreadPoolExecutor(1)
        self._step = step
        self._running: Future[Outcome] | None = None

    def start(self) -> None:
        """Begin the statement and leave it to itself."""
        self._running = self._thread.submit(self._run)

    def settled(self, patience: float = 10) -> bool:
        """Wait until the statement has ended or waits for a lock; say whether it has ended."""
        assert self._running
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self._running.done():
                return True
            [(waits,)] = self._observer.execute(
                "select cardinality(pg_blocking_pids(%s)) > 0", [self._pid]
            )
            if waits:
                return False
            time.sleep(0.001)
        raise TimeoutError("neither ended nor waiting for a lock")

    def outcome(self) -> Outcome:
        """Wait for the statement's end."""
        assert self._running
        return self._running.result(timeout=20)

    def commit(self) -> None:
        """Make the step stand; one that was refused leaves nothing."""
        self._connection.commit()

    def rollback(self) -> None:
        """Undo the step."""
        self._connection.rollback()

    def close(self) -> None:
        """End the session and its thread."""
        self._thread.shutdown()
        self._connection.close()

    def _run(self) -> Outcome:
        try:
            return Outcome(fetch(self._connection, self._step.statement, self._step.values))
        except RefusedError as refused:
            return Outcome([], refused.code)


@contextmanager
def racing(world: World, *steps: Step) -> Iterator[list[Racer]]:
    """Give each step a session of its own for the length of the block."""
    racers = [Racer(world, step) for step in steps]
    try:
        yield racers
    finally:
        for racer in racers:
            racer.close()


def race(world: World, first: Step, second: Step) -> tuple[Outcome, Outcome]:
    """Run the second step while the first one's transaction is open, then commit both."""
    with racing(world, first, second) as (one, other):
        one.start()
        led = one.outcome()
        other.start()
        other.settled()
        one.commit()
        followed = other.outcome()
        other.commit()
    return led, followed


@contextmanager
def held(world: World, table: str, row: UUID) -> Iterator[None]:
    """Keep a row locked for the length of the block."""
    lock = sql.SQL("select from ops.{} where id = %s for no key update")
    with world.database.connect(autocommit=False) as gate:
        gate.execute(lock.format(sql.Identifier(table)), [row])
        yield
        gate.rollback()


def crossed(
    world: World, table: str, row: UUID, first: Step, second: Step
) -> tuple[Outcome, Outcome]:
    """Stop both steps at a row, or wherever they get to; let them go; undo both.

    Every lock that a step takes before it needs the row is then held while the other one runs.
    """
    with racing(world, first, second) as (one, other):
        with held(world, table, row):
            one.start()
            one.settled()
            other.start()
            other.settled()
        ahead, behind = one, other
        while not ahead.settled():
            time.sleep(0.001)
            ahead, behind = behind, ahead
        ahead.rollback()
        behind.outcome()
        behind.rollback()
        return one.outcome(), other.outcome()
