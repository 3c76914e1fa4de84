"""Whether a job that failed is tried again, and when: it depends on what went wrong."""

import asyncio

import psycopg
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import ConnectorException, JobAborted
from procrastinate.jobs import Job

from oms_jobs.errors import UnreachableError

PASSING = (1, 2, 5, 10, 20, 30, 60, 60, 60, 120, 120, 300, 300, 600, 600, 900, 900, 1800, 1800)
"""Seconds to wait for what passes by itself: in all two hours, in which a database comes back."""

LASTING = (30, 300)
"""Seconds to wait for a refusal or a bug: somebody may be mending it just now, or must."""


def passes(error: BaseException) -> bool:
    """Whether the same thing may go well in a moment, and nobody has to do anything for it.

    Deadlocks, serialization failures, lock and time limits and lost connections are psycopg's
    operational errors; the database's own refusals and mistakes in a statement are not.
    """
    return isinstance(
        error, psycopg.OperationalError | UnreachableError | ConnectorException | OSError
    )


def wait_before(error: BaseException, attempts: int) -> int | None:
    """Return how many seconds to wait after so many failures before; None: it is given up."""
    if isinstance(error, asyncio.CancelledError | JobAborted):
        return 0  # the worker was stopped before the job was done
    waits = PASSING if passes(error) else LASTING
    return waits[attempts] if attempts < len(waits) else None


class ByKind(BaseRetryStrategy):
    """Retries jobs by the kind of their failure."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Decide for procrastinate."""
        seconds = wait_before(exception, job.attempts)
        return None if seconds is None else RetryDecision(retry_in={"seconds": seconds})
