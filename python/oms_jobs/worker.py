"""A worker: a relay, and so many jobs of the queue at once, in one process.

It may be killed at any point. What it had begun is rolled back or taken up by another one.
"""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from procrastinate import JobContext
from procrastinate.exceptions import ConnectorException, ProcrastinateException

from oms_jobs.errors import told
from oms_jobs.health import serve
from oms_jobs.metrics import Metrics
from oms_jobs.queue import make_app, note_failure, require_installed
from oms_jobs.relay import Relay
from oms_jobs.retrying import wait_before
from oms_jobs.settings import Settings
from oms_jobs.waiting import Backoff, first_of

log = structlog.get_logger(__name__)

SILENCE = 15
"""Seconds after which a relay that has not looked at anything is not well."""


class Worker:
    """One worker."""

    def __init__(self, settings: Settings, queues: Sequence[str] | None = None) -> None:
        self._settings = settings
        self._queues = queues
        self._metrics = Metrics()
        self._stop = asyncio.Event()
        self._app, self._connector = make_app(settings)
        self._relay = Relay(settings, self._app, self._metrics)
        self._is_taking_jobs = False

    async def run(self) -> bool:
        """Work until a signal says to stop; tell whether everything begun was ended."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.set_default_executor(ThreadPoolExecutor(self._settings.concurrency + 2))
        health = (
            await serve(
                self._settings.health_host,
                self._settings.health_port,
                self._health,
                self._metrics,
                lambda: self._metrics.refresh(self._settings.worker_url),
            )
            if self._settings.health_port is not None
            else None
        )
        log.info("worker started", pid=os.getpid(), queues=self._queues or "all")
        parts = [
            asyncio.create_task(self._relay.run(self._stop), name="relay"),
            asyncio.create_task(self._work_off_queue(), name="queue"),
        ]
        ending = asyncio.create_task(self._stop.wait())
        try:
            done, _ = await asyncio.wait([*parts, ending], return_when=asyncio.FIRST_COMPLETED)
            for part in done - {ending}:
                part.result()  # neither ends by itself but by an error that nobody foresaw
            log.info("worker stopping", seconds=self._settings.stop_seconds)
            _, running = await asyncio.wait(parts, timeout=self._settings.stop_seconds + 2)
        finally:
            self._stop.set()
            ending.cancel()
            if health:
                health.close()
        log.info("worker stopped", unfinished=len(running))
        return not running

    def _health(self) -> tuple[bool, dict[str, object]]:
        silent = time.monotonic() - self._relay.looked_at
        is_well = silent < SILENCE and self._is_taking_jobs and not self._stop.is_set()
        return is_well, {
            "status": "ok" if is_well else "stopping" if self._stop.is_set() else "unavailable",
            "relay_silent_seconds": round(silent, 1) if silent < float("inf") else None,
            "takes_jobs": self._is_taking_jobs,
        }

    async def _work_off_queue(self) -> None:
        """Run jobs until told to stop; begin anew with a new connection whenever one is lost."""
        backoff = Backoff()
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                async with self._app.open_async():
                    await self._run_jobs()
            except (psycopg.Error, ProcrastinateException) as error:
                log.warning("database lost", part="queue", error=told(error.__cause__ or error))
            finally:
                await self._app.close_async()  # also what could not be opened
            if self._stop.is_set():
                return
            if time.monotonic() - began > SILENCE:
                backoff.reset()
            await first_of(self._stop, seconds=backoff.next())

    async def _run_jobs(self) -> None:
        """Be a worker of the library until told to stop, or until its connection is lost."""
        self._connector.lost.clear()
        chosen: dict[str, Any] = {"queues": self._queues} if self._queues else {}
        running = asyncio.create_task(
            self._app.run_worker_async(
                **chosen,
                name=f"{os.uname().nodename}:{os.getpid()}",
                concurrency=self._settings.concurrency,
                fetch_job_polling_interval=self._settings.poll_seconds,
                listen_notify=self._settings.listen,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=self._settings.stop_seconds,
                update_heartbeat_interval=self._settings.stalled_seconds / 3,
                stalled_worker_timeout=self._settings.stalled_seconds,
                worker_middleware=[self._around_job],
            )
        )
        self._is_taking_jobs = True
        watching = [
            asyncio.create_task(event.wait()) for event in (self._stop, self._connector.lost)
        ]
        try:
            await asyncio.wait([running, *watching], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._is_taking_jobs = False
            for one in watching:
                one.cancel()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def _around_job(
        self, call: Callable[[], Awaitable[Any]], context: JobContext, _worker: object
    ) -> Any:
        """Tell of a job and what became of it, with the ids that its own lines carry, too."""
        job = context.job
        name = str(job.task_kwargs.get("job", job.task_name))
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(
            job=name,
            job_id=job.id,
            organization_id=job.task_kwargs.get("organization_id"),
            attempt=job.attempts + 1,
        ):
            try:
                result = await call()
            except BaseException as error:
                wait = wait_before(error, job.attempts)
                outcome = "dead" if wait is None else "retried"
                log.error(
                    "job failed",
                    outcome=outcome,
                    retry_in=wait,
                    error=told(error),
                    exc_info=wait is None,
                )
                self._count(name, outcome, began)
                if job.id is not None:
                    with suppress(ConnectorException, asyncio.CancelledError):
                        await note_failure(self._app, job.id, error)
                raise
            seconds = self._count(name, "succeeded", began)
            log.info("job done", seconds=round(seconds, 3), result=result or None)
            return result

    def _count(self, name: str, outcome: str, began: float) -> float:
        seconds = time.monotonic() - began
        self._metrics.jobs.labels(name, outcome).inc()
        self._metrics.job_seconds.labels(name).observe(seconds)
        return seconds


def work(settings: Settings, queues: Sequence[str] | None = None) -> None:
    """Be a worker until told to stop."""
    require_installed(settings.worker_url)

    async def run() -> None:
        if not await Worker(settings, queues).run():
            # Threads cannot be told to end. What they were at is taken up by others.
            logging.shutdown()
            os._exit(0)

    asyncio.run(run())
