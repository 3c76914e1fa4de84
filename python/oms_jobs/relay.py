"""The relay: has events handled as they are committed, and puts into the queue what is due.

The database says what is to be done, and refuses to do it twice; any number of relays may ask.
"""

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

import psycopg
import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from psycopg import sql

from oms_jobs.database import AsyncConnection, connected_async, transaction_for_async
from oms_jobs.errors import UnreachableError, told
from oms_jobs.metrics import Metrics
from oms_jobs.queue import defer_once, delivery, scheduled, take_up_stalled
from oms_jobs.settings import Settings
from oms_jobs.tasks import DELIVERIES
from oms_jobs.waiting import Backoff, first_of

log = structlog.get_logger(__name__)

CHANNEL = "oms_outbox"
BATCH = 500
SCHEDULE_SECONDS = 5
LOST = (psycopg.Error, ConnectorException, UnreachableError)
"""What a new connection may mend."""


class Relay:
    """One relay: a connection to work on, and one to be woken by."""

    def __init__(self, settings: Settings, app: App, metrics: Metrics) -> None:
        self._settings = settings
        self._app = app
        self._metrics = metrics
        self._woken = asyncio.Event()
        self._scheduled_at = float("-inf")
        self.looked_at = float("-inf")
        """When it last saw to everything, by the monotonic clock."""

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop, and end what was begun; reconnect whenever it takes."""
        listener = asyncio.create_task(self._listen()) if self._settings.listen else None
        backoff = Backoff()
        try:
            while not stop.is_set():
                try:
                    async with connected_async(self._settings.worker_url) as connection:
                        while not stop.is_set():
                            self._woken.clear()
                            await self._look(connection, stop)
                            backoff.reset()
                            await first_of(self._woken, stop, seconds=self._settings.poll_seconds)
                except LOST as error:
                    log.warning("database lost", part="relay", error=told(error.__cause__ or error))
                    await first_of(stop, seconds=backoff.next())
        finally:
            if listener:
                listener.cancel()
                with suppress(asyncio.CancelledError):
                    await listener

    async def _listen(self) -> None:
        """Be woken by commits; without it, by the clock."""
        backoff = Backoff()
        while True:
            try:
                async with connected_async(self._settings.worker_url) as connection:
                    await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
                    backoff.reset()
                    self._woken.set()  # by what was committed before
                    async for _ in connection.notifies():
                        self._woken.set()
            except LOST as error:
                log.warning("database lost", part="listener", error=told(error))
            await asyncio.sleep(backoff.next())

    async def _look(self, connection: AsyncConnection, stop: asyncio.Event) -> None:
        """See to all that is due now, one batch of each organization after the other."""
        if time.monotonic() - self._scheduled_at >= SCHEDULE_SECONDS:
            with _others_go_on(connection, "schedule"):
                await self._schedule(connection)
            self._scheduled_at = time.monotonic()
        while not stop.is_set():
            handled = 0
            for organization in await _due(connection, "organizations_with_due_events"):
                if stop.is_set():
                    break
                handled += await self._handle(connection, organization)
            await self._deliver(connection)
            if not handled:
                break
        self.looked_at = time.monotonic()

    async def _handle(self, connection: AsyncConnection, organization: UUID) -> int:
        """Handle a batch of an organization's events; tell of how many there is an outcome."""
        row = None
        with _others_go_on(connection, "events", organization):
            async with transaction_for_async(connection, organization):
                asked = await connection.execute(
                    "select h.handled, h.failed from private.handle_events(%s) as h", [BATCH]
                )
                row = await asked.fetchone()
        self.looked_at = time.monotonic()
        handled, failed = (int(str(count)) for count in row or (0, 0))
        if handled or failed:
            log.info(
                "events handled",
                organization_id=str(organization),
                handled=handled,
                failed=failed,
            )
        self._metrics.events_handled.inc(handled)
        self._metrics.events_failed.inc(failed)
        return handled + failed

    async def _deliver(self, connection: AsyncConnection) -> None:
        """Put into the queue what is due to be delivered."""
        for one in DELIVERIES:
            with _others_go_on(connection, one.due):
                organizations = await _due(connection, one.due)
                if organizations:
                    name = one.run.__name__
                    jobs = [delivery(name, one.queue, each) for each in organizations]
                    async with connection.transaction():
                        await defer_once(self._app, connection, jobs)

    async def _schedule(self, connection: AsyncConnection) -> None:
        """Put into the queue what is due by the clock, and what dead workers left behind."""
        async with connection.transaction():
            rows = await connection.execute(
                "select d.job, d.queue, d.claimant from private.claim_due_jobs() as d"
            )
            due = [
                scheduled(
                    str(job), str(queue), organization if isinstance(organization, UUID) else None
                )
                for job, queue, organization in await rows.fetchall()
            ]
            deferred = await defer_once(self._app, connection, due)
        if due:
            log.info("jobs due", due=len(due), deferred=deferred)
        async with connection.transaction():
            taken = await take_up_stalled(connection, self._settings.stalled_seconds)
        if taken:
            log.warning("stalled jobs taken up", jobs=taken)


@contextmanager
def _others_go_on(
    connection: AsyncConnection, what: str, organization: UUID | None = None
) -> Iterator[None]:
    """Tell of what could not be done, and go on: it is due again at the next look.

    Somebody was in its way, or nobody foresaw it. A connection that is lost ends the look.
    """
    try:
        yield
    except (psycopg.Error, ConnectorException) as error:
        if connection.closed:
            raise
        log.warning(
            "not done",
            what=what,
            organization_id=organization and str(organization),
            error=told(error.__cause__ or error),
        )


async def _due(connection: AsyncConnection, function: str) -> list[UUID]:
    """Return for whom something is due, in any order: two workers begin at different ends."""
    rows = await connection.execute(
        sql.SQL("select d.* from private.{}() as d").format(sql.Identifier(function))
    )
    found = [organization for (organization,) in await rows.fetchall()]
    organizations = [one for one in found if isinstance(one, UUID)]
    random.shuffle(organizations)
    return organizations
