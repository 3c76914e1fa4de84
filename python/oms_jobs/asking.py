"""What the workers have before them and what they gave up, for who asks; and doing it now."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import time as time_of_day
from inspect import isawaitable
from typing import LiteralString, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from oms_jobs.database import Connection, connected, transaction_for
from oms_jobs.errors import JobError, told
from oms_jobs.shortages import Organization, find_organizations
from oms_jobs.tasks import DELIVERIES, perform

Row = TypeVar("Row")


@dataclass(frozen=True)
class Schedule:
    """What is done at set times, for an organization or for the installation."""

    job: str
    organization: str | None
    is_enabled: bool
    at_time: time_of_day | None
    weekdays: list[int]
    every_minutes: int | None
    time_zone: str
    last_due: datetime | None
    summary: str


@dataclass(frozen=True)
class Waiting:
    """A job that waits, runs, or was given up."""

    id: int
    job: str
    organization: str | None
    queue: str
    status: str
    attempts: int
    next_attempt_at: datetime | None
    failed_at: datetime | None
    error: str | None


@dataclass(frozen=True)
class Dead:
    """A job or an event that was given up. `id` is what to retry it by."""

    kind: str
    id: str
    what: str
    organization: str | None
    given_up_at: datetime | None
    error: str | None


@dataclass(frozen=True)
class Outcome:
    """What came of doing a job now."""

    job: str
    organization: str | None
    seconds: float
    result: str | None
    error: str | None


SCHEDULES = """
select
  s.job, o.code as organization, s.is_enabled, s.at_time, s.weekdays, s.every_minutes, s.time_zone,
  s.last_due, s.summary
from private.read_job_schedules() as s
left join ops.organizations as o on o.id = s.claimant
order by o.code nulls first, s.job
"""
QUEUED = """
select
  j.id, coalesce(j.args ->> 'job', j.task_name) as job, o.code as organization,
  j.queue_name as queue, j.status::text as status, j.attempts,
  case j.status when 'todo' then j.scheduled_at end as next_attempt_at,
  f.at as failed_at, f.error
from jobs.procrastinate_jobs as j
left join jobs.failures as f on f.job_id = j.id
left join ops.organizations as o on o.id = (j.args ->> 'organization_id')::uuid
order by j.id
"""
DEAD_EVENTS = """
select
  'event' as kind, e.id::text as id, e.type as what, %s as organization, e.dead_at as given_up_at,
  e.last_error as error
from private.dead_events() as e
"""


def find_schedules(url: str) -> list[Schedule]:
    """Return what is done at set times."""
    with connected(url) as connection:
        return _rows(connection, Schedule, SCHEDULES)


def find_queued(url: str) -> list[Waiting]:
    """Return what is in the queue: what waits, runs, or was given up."""
    with connected(url) as connection:
        return _rows(connection, Waiting, QUEUED)


def find_dead(url: str) -> list[Dead]:
    """Return all jobs and events that were given up."""
    dead = [
        Dead("job", str(job.id), job.job, job.organization, job.failed_at, job.error)
        for job in find_queued(url)
        if job.status == "failed"
    ]
    organizations = find_organizations(url)
    with connected(url) as connection:
        for organization in organizations:
            with transaction_for(connection, organization.id):
                dead += _rows(connection, Dead, DEAD_EVENTS, organization.code)
    return dead


def revive(url: str, ids: Sequence[str]) -> int:
    """Take up jobs and events again that were given up, from the first attempt on."""
    jobs = [int(one) for one in ids if one.isdecimal()]
    events = [_uuid(one) for one in ids if not one.isdecimal()]
    revived = 0
    organizations = find_organizations(url) if events else []
    with connected(url) as connection:
        for job in jobs:
            revived += _revive_job(connection, job)
        for organization in organizations:
            with transaction_for(connection, organization.id):
                row = connection.execute("select private.retry_events(%s)", [events]).fetchone()
                revived += int(str(row[0])) if row else 0
    return revived


def _revive_job(connection: Connection, job: int) -> int:
    try:
        with connection.transaction():
            there = connection.execute(
                "select from jobs.procrastinate_jobs where id = %s and status = 'failed'", [job]
            )
            if there.fetchone() is None:
                return 0
            connection.execute(
                "select jobs.procrastinate_retry_job_v2(%s, now(), null, null, null)", [job]
            )
            connection.execute(
                "update jobs.procrastinate_jobs set attempts = 0 where id = %s", [job]
            )
    except psycopg.errors.UniqueViolation as error:
        raise JobError(
            f"The same as job {job} waits in the queue already.",
            "`oms jobs list` shows it; the one that was given up may stay.",
        ) from error
    return 1


def perform_now(url: str, name: str, codes: Sequence[str]) -> Iterator[Outcome]:
    """Do a job now, for these organizations or for all of them, one after the other."""
    known = {schedule.job: schedule.organization is not None for schedule in find_schedules(url)}
    known |= {one.run.__name__: True for one in DELIVERIES}
    if name not in known:
        raise JobError(f"There is no job {name}.", f"There are {', '.join(sorted(known))}.")
    if codes and not known[name]:
        raise JobError(f"{name} is done once, for no organization.", "Leave --organization out.")
    organizations: Sequence[Organization | None] = (
        find_organizations(url, codes) if known[name] else [None]
    )
    for organization in organizations:
        yield _outcome(name, organization, _action(url, name, organization))


def _action(url: str, name: str, organization: Organization | None) -> Callable[[], object]:
    for one in DELIVERIES:
        if one.run.__name__ == name and organization:
            return lambda run=one.run: _finished(run(str(organization.id)))  # type: ignore[misc]
    return lambda: perform(url, name, organization.id if organization else None)


def _finished(result: Awaitable[None] | None) -> None:
    async def wait(awaitable: Awaitable[None]) -> None:
        await awaitable

    if isawaitable(result):
        asyncio.run(wait(result))


def _outcome(name: str, organization: Organization | None, action: Callable[[], object]) -> Outcome:
    began = time.monotonic()
    result = error = None
    try:
        result = action()
    except Exception as failure:  # whatever it is, the others' turn comes
        error = told(failure)
    seconds = round(time.monotonic() - began, 3)
    code = organization.code if organization else None
    return Outcome(name, code, seconds, str(result) if result else None, error)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise JobError(
            f"{text} is the id neither of a job nor of an event.",
            "`oms jobs dead` shows the ids: numbers of jobs, UUIDs of events.",
        ) from error


def _rows(
    connection: Connection, kind: type[Row], statement: LiteralString, *values: object
) -> list[Row]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(statement, values or None).fetchall()
