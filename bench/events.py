"""Events: how fast workers handle them, and what writing them costs who made them happen.

So many events of several organizations are committed at once; real workers, which wait idle, handle
them. The clock runs from the commit until none is pending. Bare is one statement that marks as many
as handled. What writing costs is the award of many lines in one statement, with the triggers that
write the outbox and without; both are rolled back.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import LiteralString
from urllib.parse import urlsplit, urlunsplit

import httpx
from psycopg import sql

from bench.arena import Arena
from bench.award import AWARD, CHOICE
from bench.measure import Outcome, Report, Row, Size, in_turns
from oms_cli import process
from oms_cli.server import Connection, connected
from oms_cli.tokens import act_as
from oms_jobs import queue

WORKERS = (1, 2, 4)
AIM = 1_000
COST_AIM = 1.5
# An event that nobody is told of, and one that a member is: in the application.
QUIET, TOLD = "purchase_order.sent", "purchase_order.acknowledged"
PATIENCE = 300
ROLE = "oms_bench_worker"
FILL: LiteralString = """
select private.emit(array(
  select row(
    o.id, %s, private.new_id(),
    jsonb_build_object('po_number', n, 'vendor_id', o.id, 'warehouse_id', o.id)
  )::private.fact
  from ops.organizations as o
  cross join generate_series(1, %s::integer / (select count(*) from ops.organizations)) as n
))
"""
PENDING: LiteralString = "select exists (select from private.outbox as e where e.is_pending)"
HANDLED: LiteralString = "update private.outbox set handled_at = now() where is_pending"
# What the clock says is due would be done as well.
SCHEDULES: LiteralString = "update ops.job_schedules set is_enabled = %s"
EMITTING: LiteralString = """
select t.tgrelid::regclass::text, t.tgname::text
from pg_trigger as t
where t.tgname like '\\_900\\_emit\\_%'
"""


def run(arena: Arena, size: Size) -> Report:
    """Let one, two and four workers handle events; award with and without the outbox."""
    queue.install(arena.server.owner_url)
    with connected(arena.server.owner_url) as owner, _login(arena) as url:
        [organizations] = owner.execute("select count(*) from ops.organizations").fetchone() or ()
        owner.execute(SCHEDULES, [False])
        rates: list[tuple[int, str, float]] = []
        for count in WORKERS:
            with _workers(url, count):
                rates += [(count, kind, _rate(owner, size, kind, _wait)) for kind in (QUIET, TOLD)]
        bare = _rate(owner, size, QUIET, _mark)
        owner.execute("truncate private.outbox, ops.notifications")
        owner.execute(SCHEDULES, [True])
    lines, with_outbox, without = _cost(arena, size)
    cost = round(with_outbox / without, 2)
    best = {kind: max(rate for _, of, rate in rates if of == kind) for kind in (QUIET, TOLD)}
    rows: list[Row] = [
        {"workers": count, "events": size.events, "of": kind, "events a second": f"{rate:,.0f}"}
        for count, kind, rate in rates
    ]
    return Report(
        f"Events of {organizations} organizations, from their commit until they are handled",
        [
            *(
                Outcome(
                    name,
                    f">= {AIM:,}/s",
                    f"{best[kind]:,.0f}/s",
                    round(bare / best[kind], 1),
                    best[kind] >= AIM,
                )
                for name, kind in (
                    ("events handled, nobody told", QUIET),
                    ("events handled, a member told", TOLD),
                )
            ),
            Outcome(
                f"award of {lines:,} lines with the outbox",
                f"<= {COST_AIM}x",
                f"{with_outbox:.2f} s",
                cost,
                cost <= COST_AIM,
            ),
        ],
        rows,
        [
            f"Award of {lines:,} lines in one statement: {with_outbox:.2f} s with the outbox, "
            f"{without:.2f} s without."
        ],
    )


def _rate(
    owner: Connection, size: Size, kind: str, handle: Callable[[Connection], object]
) -> float:
    """Commit events, see that they are handled; return how many a second."""
    owner.execute("truncate private.outbox")
    with owner.transaction():
        owner.execute(FILL, [kind, size.events])
        [written] = owner.execute("select count(*) from private.outbox").fetchone() or ()
    started = perf_counter()
    handle(owner)
    return int(str(written)) / (perf_counter() - started)


def _wait(owner: Connection) -> None:
    """Wait until the workers have handled all that there is."""
    deadline = perf_counter() + PATIENCE
    while owner.execute(PENDING).fetchone() == (True,):
        if perf_counter() > deadline:
            raise TimeoutError("the workers do not get on")
        time.sleep(0.01)


def _mark(owner: Connection) -> None:
    """Mark all as handled, and do nothing else."""
    owner.execute(HANDLED)


def _cost(arena: Arena, size: Size) -> tuple[int, float, float]:
    """Award with the outbox and without, in turns."""
    claims = arena.claims("oms_planner")
    with connected(arena.server.owner_url) as owner:
        chosen = owner.execute(CHOICE, [claims.organization_id, size.awards]).fetchall()
        slices = [row[0] for row in chosen]
        emitting = owner.execute(EMITTING).fetchall()

        def award(switch: LiteralString) -> float:
            with owner.transaction(force_rollback=True):
                for table, trigger in emitting:
                    owner.execute(
                        sql.SQL("alter table {} {} trigger {}").format(
                            sql.Identifier(*str(table).split(".")),
                            sql.SQL(switch),
                            sql.Identifier(str(trigger)),
                        )
                    )
                owner.execute("set local statement_timeout = 0")
                act_as(owner, claims)
                started = perf_counter()
                owner.execute(AWARD, [slices])
                seconds = perf_counter() - started
            owner.execute("reset all")
            owner.execute("reset role")
            return seconds

        emitted, silent = in_turns(size.repeats, lambda: award("enable"), lambda: award("disable"))
    return len(slices), emitted.median, silent.median


@contextmanager
def _login(arena: Arena) -> Iterator[str]:
    """Give workers a login of their own for the length of the block: the stack's may be at work."""
    password = secrets.token_hex(8)
    role = sql.Identifier(ROLE)
    with connected(arena.server.admin_url) as admin:
        admin.execute(sql.SQL("drop role if exists {}").format(role))
        admin.execute(
            sql.SQL("create role {} login password {} in role oms_worker").format(
                role, sql.Literal(password)
            )
        )
        admin.execute(sql.SQL("alter role {} set search_path to jobs").format(role))
        parts = urlsplit(arena.server.owner_url)
        place = f"{ROLE}:{password}@{parts.hostname}:{parts.port or 5432}"
        try:
            yield urlunsplit(parts._replace(netloc=place))
        finally:
            admin.execute(sql.SQL("drop role {}").format(role))


@contextmanager
def _workers(url: str, count: int) -> Iterator[None]:
    """Let so many workers wait for events for the length of the block."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("OMS_")}
    ports = [process.free_port() for _ in range(count)]
    workers = [
        subprocess.Popen(
            (sys.executable, "-m", "oms_cli.main", "work", "--health-port", str(port)),
            env=kept | {"OMS_WORKER_URL": url},
            stderr=subprocess.DEVNULL,
        )
        for port in ports
    ]
    try:
        for port in ports:
            _wait_for(port)
        yield
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(60)


def _wait_for(port: int) -> None:
    deadline = perf_counter() + 60
    while perf_counter() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise TimeoutError("a worker does not begin")
