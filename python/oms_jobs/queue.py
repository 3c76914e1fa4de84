"""The task queue: procrastinate, in schema `jobs`.

Its tables are the library's, which brings its own schema and its own migrations. So they are not
among ours: `install` makes them, and brings them to the library's version.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from importlib import resources
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager

from oms_jobs.database import OPTIONS, AsyncConnection, connected
from oms_jobs.errors import JobError, told
from oms_jobs.retrying import ByKind
from oms_jobs.settings import Settings
from oms_jobs.tasks import DELIVERIES, perform

Answer = TypeVar("Answer")

Version = tuple[int, ...]


def version(text: str) -> Version:
    """Read a version, as the library writes it and as it names its migrations."""
    return tuple(int(part) for part in text.partition("_")[0].split("."))


VERSION = version(installed("procrastinate"))
ABANDONED = 5
"""How many workers may die of a job before it is given up."""

SCHEMA = "select to_regnamespace('jobs')"
FOUND = "select obj_description(to_regclass('jobs.procrastinate_jobs'), 'pg_class')"
GRANTS = (resources.files("oms_jobs") / "queue.sql").read_text(encoding="utf-8")
NOT_MADE = "`oms jobs install` makes it, with the database's owner; `oms up` does locally."


def install(url: str) -> str:
    """Make the queue's tables, or bring them up to date; tell what was done.

    `url` is that of the role that owns the database and runs its migrations.
    """
    with psycopg.connect(url) as connection:
        # Two at once would both make them.
        connection.execute("select pg_advisory_xact_lock(hashtextextended('oms_jobs.install', 0))")
        if connection.execute(SCHEMA).fetchone() == (None,):
            raise JobError("There is no schema jobs.", "Apply the migrations first.")
        found = _found(connection.execute(FOUND).fetchone())
        connection.execute(script(found).encode())
    if found is None:
        return f"The queue is made: procrastinate {_shown(VERSION)}."
    if found < VERSION:
        return f"The queue was procrastinate {_shown(found)}, and is {_shown(VERSION)} now."
    return f"The queue is procrastinate {_shown(found)} already."


def install_if_declared(url: str) -> None:
    """Do so where the migrations made the schema; a project without it has no workers."""
    with psycopg.connect(url) as connection:
        is_declared = connection.execute(SCHEMA).fetchone() != (None,)
    if is_declared:
        install(url)


def script(found: Version | None = None) -> str:
    """Return what makes the queue's tables, or brings them up from a version."""
    if found is None:
        steps = [SchemaManager.get_schema()]
    else:
        files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
        steps = [file.read_text(encoding="utf-8") for file in files if version(file.name) > found]
    mark = max(VERSION, found or VERSION)
    return "\n".join(
        (
            "set local search_path = jobs;",
            *steps,
            f"comment on table procrastinate_jobs is 'procrastinate {_shown(mark)}';",
            GRANTS,
        )
    )


def require_installed(url: str) -> None:
    """Refuse to work with a queue that is not there, or older than the library."""
    with connected(url) as connection:
        row = connection.execute(FOUND).fetchone()
    found = _found(row)
    if found is None:
        raise JobError("The workers' queue is not in this database.", NOT_MADE)
    if found < VERSION:
        raise JobError(
            f"The queue is procrastinate {_shown(found)}, the workers' is {_shown(VERSION)}.",
            NOT_MADE,
        )


class Connector(PsycopgConnector):
    """The queue's way into the database, which tells when something went wrong on it.

    What the library then believes of its jobs may not be so. The worker that used it ends, another
    one begins, and what the first one had is taken up again.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.lost = asyncio.Event()

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """Do as the library."""
        await self._watched(super().execute_query_async(query, **arguments))

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        """Do as the library."""
        return await self._watched(super().execute_query_one_async(query, **arguments))

    async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        """Do as the library."""
        return await self._watched(super().execute_query_all_async(query, **arguments))

    async def _watched(self, query: Awaitable[Answer]) -> Answer:
        try:
            return await query
        except ConnectorException:
            self.lost.set()
            raise


def make_app(settings: Settings) -> tuple[App, Connector]:
    """Make the library's app, with all that there is to do."""
    connector = Connector(
        conninfo=settings.worker_url,
        kwargs=dict(OPTIONS),
        configure=_autocommit,
        min_size=1,
        max_size=3,  # to fetch and to report; jobs have connections of their own
        timeout=10,
    )
    app = App(connector=connector)

    @app.task(name="run_job", retry=ByKind())
    def run_job(job: str, organization_id: str | None) -> object:
        return perform(settings.worker_url, job, UUID(organization_id) if organization_id else None)

    for delivery in DELIVERIES:
        app.task(name=delivery.run.__name__, queue=delivery.queue, retry=ByKind())(delivery.run)
    return app, connector


def scheduled(name: str, queue: str, organization: UUID | None) -> Job:
    """Return the job that does something which is due."""
    arguments: dict[str, Any] = {
        "job": name,
        "organization_id": str(organization) if organization else None,
    }
    return _job("run_job", queue, f"{name}:{organization}", arguments)


def delivery(name: str, queue: str, organization: UUID) -> Job:
    """Return the job that delivers what is due of an organization."""
    return _job(name, queue, f"{name}:{organization}", {"organization_id": str(organization)})


async def defer_once(app: App, connection: AsyncConnection, jobs: Sequence[Job]) -> int:
    """Put jobs into the queue in the caller's transaction, but for those that wait or run there.

    So a job is never in it twice, and one that fails finds its place free when it is to wait again.
    """
    if not jobs:
        return 0
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('oms_jobs.defer', 0))")
    rows = await connection.execute(
        "select j.lock from jobs.procrastinate_jobs as j "
        "where j.status in ('todo', 'doing') and j.lock = any(%s)",
        [[job.lock for job in jobs]],
    )
    there = {lock for (lock,) in await rows.fetchall()}
    missing = [job for job in jobs if job.lock not in there]
    if missing:
        await app.job_manager.batch_defer_jobs_async(missing, connection=connection)
    return len(missing)


STALLED = """
select j.id, j.attempts
from jobs.procrastinate_jobs as j
where j.status = 'doing' and not exists (
  select from jobs.procrastinate_workers as w
  where w.id = j.worker_id and w.last_heartbeat >= now() - make_interval(secs => %s)
)
for update skip locked
"""
TAKE_UP = "select jobs.procrastinate_retry_job_v2(%s, now(), null, null, null)"
GIVE_UP = """
with noted as (
  insert into jobs.failures (job_id, error)
  values (%(id)s, 'The workers that ran it died, one after the other.')
  on conflict (job_id) do update set error = excluded.error, at = now()
)
select jobs.procrastinate_finish_job_v1(%(id)s, 'failed', false)
"""


async def take_up_stalled(connection: AsyncConnection, seconds: float) -> int:
    """Let others do what a worker left behind that has been silent for so long, or is gone.

    In the caller's transaction. What too many workers died of is given up.
    """
    stalled = await (await connection.execute(STALLED, [seconds])).fetchall()
    for job_id, attempts in stalled:
        if int(str(attempts)) < ABANDONED:
            await connection.execute(TAKE_UP, [job_id])
        else:
            await connection.execute(GIVE_UP, {"id": job_id})
    return len(stalled)


async def note_failure(app: App, job_id: int, error: BaseException) -> None:
    """Keep why a job failed, for who asks."""
    await app.connector.execute_query_async(
        "insert into jobs.failures (job_id, error) values (%(job_id)s, %(error)s) "
        "on conflict (job_id) do update set error = excluded.error, at = now()",
        job_id=job_id,
        error=told(error)[:2000],
    )


def _job(task: str, queue: str, lock: str, arguments: dict[str, Any]) -> Job:
    return Job(queue=queue, task_name=task, lock=lock, queueing_lock=lock, task_kwargs=arguments)


async def _autocommit(connection: psycopg.AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


def _found(row: tuple[Any, ...] | None) -> Version | None:
    return version(row[0].split()[-1]) if row and row[0] else None


def _shown(found: Version) -> str:
    return ".".join(map(str, found))
