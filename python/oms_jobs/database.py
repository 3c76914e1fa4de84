"""How a job reaches the database: as `oms_worker`, for one organization in one transaction."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from oms_jobs.errors import UnreachableError

Connection = psycopg.Connection[tuple[object, ...]]
Result = TypeVar("Result")

ROLE = "oms_worker"
ACTOR = UUID("6f6d735f-776f-8000-8000-000000000001")
"""Who `created_by` is of what a job wrote. No user of Supabase Auth has such an id."""


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Connect as the worker."""
    # Unprepared, so that a pooler that hands transactions out to sessions may stand between.
    try:
        connection = psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=10,
            prepare_threshold=None,
            application_name="oms_jobs",
        )
    except psycopg.OperationalError as error:
        raise _unreachable(url, error) from error
    with connection:
        yield connection


@contextmanager
def acting_for(url: str, organization: UUID) -> Iterator[Connection]:
    """Open a transaction with the worker's claims in an organization; all of it stands, or none."""
    claims = {"role": ROLE, "sub": str(ACTOR), "organization_id": str(organization)}
    with connected(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        with connection.transaction():
            connection.execute(
                "select set_config('request.jwt.claims', %s, true)", [json.dumps(claims)]
            )
            yield connection


def again_if_crossed(transaction: Callable[[], Result]) -> Result:
    """Run a transaction, and once more if another one stood in its way."""
    try:
        return transaction()
    except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
        return transaction()


def _unreachable(url: str, error: psycopg.OperationalError) -> UnreachableError:
    parts = urlsplit(url)
    why = str(error).strip().splitlines()[-1]
    is_password = "password" in why
    return UnreachableError(
        f"Cannot connect to Postgres at {parts.hostname}:{parts.port or 5432} "
        f"as {parts.username}: {why}",
        f"Give the role its password (alter role {ROLE} password '…') and OMS_WORKER_URL the same."
        if is_password
        else "Is it up, and is OMS_WORKER_URL right? `oms status` tells of the local stack.",
    )
