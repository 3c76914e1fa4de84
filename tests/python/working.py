"""Real workers for the tests, and a database in which one sees what they do."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import httpx
import psycopg
from psycopg import sql

from conftest import ROOT, Database
from oms_cli import process

PATIENCE = 60
QUEUED: LiteralString = "select j.status::text, j.attempts from jobs.procrastinate_jobs as j"
CLEAN: LiteralString = """
set lock_timeout = '30s';
truncate tests.told, tests.poison, tests.swept, private.outbox;
delete from jobs.procrastinate_jobs;
update tests.sweeping set seconds = 0, is_broken = false;
"""

ORGANIZATIONS = (
    UUID("00000000-0000-7000-8000-000000000001"),
    UUID("00000000-0000-7000-8000-000000000002"),
)

# What follows from an event is that it is told, once more each time; PO numbers can be poison.
OBSERVED: LiteralString = """
create table tests.told (
  nth bigint generated always as identity, entity_id uuid, po_number text
);
create table tests.poison (po_number text);
create or replace function private.react(events private.outbox[]) returns void
language plpgsql
as $$
begin
  if exists (
    select
    from tests.poison as p
    inner join unnest(events) as e on e.payload ->> 'po_number' = p.po_number
  ) then
    perform private.fail('OMS_INVALID_ARGUMENT', 'This one cannot be handled.');
  end if;
  insert into tests.told (entity_id, po_number)
  select e.entity_id, e.payload ->> 'po_number' from unnest(events) as e order by e.position;
end
$$;
create table tests.swept (organization_id uuid);
create table tests.sweeping (seconds float, is_broken boolean);
insert into tests.sweeping values (0, false);
create or replace function private.sweep() returns integer
language plpgsql
security definer
as $$
declare
  orders constant record := (select s from tests.sweeping as s);
begin
  insert into tests.swept values (private.organization_id());
  perform pg_sleep(orders.seconds);
  if orders.is_broken then
    perform private.fail('OMS_INVALID_ARGUMENT', 'The broom is broken.');
  end if;
  return 1;
end
$$;
"""


@dataclass(frozen=True)
class Observed:
    """The module's database, its owner's address and the worker's."""

    owner: str
    url: str

    @classmethod
    def make(cls, database: Database) -> "Observed":
        """Give the worker its password, as an operator does, and put the observers in place."""
        password = secrets.token_hex(8)
        with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
            admin.execute(
                sql.SQL("alter role oms_worker password {}").format(sql.Literal(password))
            )
        with psycopg.connect(database.url, autocommit=True) as owner:
            owner.execute(OBSERVED)
        parts = urlsplit(database.url)
        place = f"{parts.hostname}:{parts.port or 5432}"
        return cls(
            database.url, urlunsplit(parts._replace(netloc=f"oms_worker:{password}@{place}"))
        )

    def execute(self, statement: LiteralString, *values: object) -> int:
        """Do something as the owner; return how many rows it touched."""
        with psycopg.connect(self.owner, autocommit=True) as connection:
            return connection.execute(statement, values or None).rowcount

    def ask(self, question: LiteralString, *values: object) -> list[tuple[object, ...]]:
        """Ask something as the owner."""
        with psycopg.connect(self.owner, autocommit=True) as connection:
            return connection.execute(question, values or None).fetchall()

    def emit(self, *numbers: str, entity: int = 0, organization: UUID = ORGANIZATIONS[0]) -> None:
        """Let something happen to a row, in one transaction."""
        self.execute(
            """
            select private.emit(array(
              select row(
                %s, 'purchase_order.sent',
                ('00000000-0000-7000-8000-00000000a' || lpad(%s::text, 3, '0'))::uuid,
                jsonb_build_object('po_number', n.number)
              )::private.fact
              from unnest(%s::text[]) with ordinality as n (number, nth)
              order by n.nth
            ))
            """,
            organization,
            entity,
            list(numbers),
        )

    def told(self, entity: int | None = None) -> list[str]:
        """Return what was told, in the order in which it was written."""
        rows = self.ask(
            """
            select t.po_number from tests.told as t
            where coalesce(right(t.entity_id::text, 3) = lpad(%s::text, 3, '0'), true)
            order by t.nth
            """,
            entity,
        )
        return [str(number) for (number,) in rows]

    def make_due(self, *jobs: str) -> None:
        """Let jobs be due now that nobody has claimed, and no others of organizations."""
        self.execute("alter table ops.job_schedules disable trigger _100_touch_row")
        self.execute(
            """
            update ops.job_schedules
            set at_time = '00:00', every_minutes = null, updated_at = '2020-01-01',
              is_enabled = job::text = any(%s)
            """,
            list(jobs),
        )
        self.execute("alter table ops.job_schedules enable trigger _100_touch_row")
        self.execute("delete from private.job_runs where organization_id is not null")


@dataclass(frozen=True)
class Worker:
    """A worker that runs."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def health(self) -> tuple[int, dict[str, object]]:
        """Ask how it is; 0 if it does not answer."""
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=5)
        except httpx.TransportError:
            return 0, {}
        return answer.status_code, answer.json()

    def stop(self) -> int:
        """Ask it to stop, and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait(PATIENCE)


def start(observed: Observed, log: Path, *options: str, **settings: str) -> Worker:
    """Start a worker, and do not wait for it."""
    port = process.free_port()
    kept = {name: text for name, text in os.environ.items() if not name.startswith("OMS_")}
    with log.open("ab") as output:
        running = subprocess.Popen(
            (sys.executable, "-m", "oms_cli.main", "work", "--health-port", str(port), *options),
            cwd=ROOT,
            env=kept | {"OMS_WORKER_URL": observed.url, **settings},
            stdout=output,
            stderr=output,
        )
    return Worker(running, port, log)


@contextmanager
def working(
    observed: Observed, folder: Path, *options: str, count: int = 1, **settings: str
) -> Iterator[list[Worker]]:
    """Let so many workers work for the length of the block."""
    workers = [start(observed, folder / f"{n}.log", *options, **settings) for n in range(count)]
    try:
        for worker in workers:
            until(lambda worker=worker: worker.health()[0] == 200)  # type: ignore[misc]
        yield workers
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.wait(PATIENCE)


def until(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("it never came true")
        time.sleep(0.02)


def oms(observed: Observed, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody would who has the worker's address."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("OMS_")}
    return subprocess.run(
        (sys.executable, "-m", "oms_cli.main", *arguments),
        cwd=ROOT,
        env=kept | {"OMS_WORKER_URL": observed.url},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
