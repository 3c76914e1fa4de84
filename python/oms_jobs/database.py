"""How a job reaches the database: as `oms_worker`, for one organization in one transaction."""

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from oms_jobs.errors import UnreachableError

Connection = psycopg.Connection[tuple[object, ...]]
AsyncConnection = psycopg.AsyncConnection[tuple[object, ...]]
Result = TypeVar("Result")

ROLE = "oms_worker"
ACTOR = UUID("6f6d735f-776f-8000-8000-000000000001")
"""Who `created_by` is of what a job wrote. No user of Supabase Auth has such an id."""

OPTIONS: Mapping[str, Any] = {
    "connect_timeout": 10,
    # Unprepared, so that a pooler that hands transactions out to sessions may stand between.
    "prepare_threshold": None,
    "application_name": "oms_jobs",
    # A server that is gone without a word is noticed within a minute.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""How a worker connects, besides the URL."""

CLAIM = "select set_config('request.jwt.claims', %s, true)"


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Connect as the worker."""
    try:
        connection = psycopg.connect(url, autocommit=True, **OPTIONS)
    except psycopg.OperationalError as error:
        raise _unreachable(url, error) from error
    with connection:
        yield connection


@contextmanager
def acting_for(url: str, organization: UUID) -> Iterator[Connection]:
    """Open a transaction with the worker's claims in an organization; all of it stands, or none."""
    with connected(url) as connection, transaction_for(connection, organization):
        yield connection


@contextmanager
def transaction_for(connection: Connection, organization: UUID) -> Iterator[None]:
    """Do the block as one transaction with the worker's claims in an organization."""
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    with connection.transaction():
        connection.execute(CLAIM, [_claims(organization)])
        yield


@asynccontextmanager
async def connected_async(url: str) -> AsyncIterator[AsyncConnection]:
    """Connect as the worker, as `connected` does."""
    try:
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True, **OPTIONS)
    except psycopg.OperationalError as error:
        raise _unreachable(url, error) from error
    async with connection:
        yield connection


@asynccontextmanager
async def acting_for_async(url: str, organization: UUID) -> AsyncIterator[AsyncConnection]:
    """Open a transaction as `acting_for` does."""
    async with (
        connected_async(url) as connection,
        transaction_for_async(connection, organization),
    ):
        yield connection


@asynccontextmanager
async def transaction_for_async(
    connection: AsyncConnection, organization: UUID
) -> AsyncIterator[None]:
    """Do the block as one transaction, as `transaction_for` does."""
    await connection.set_isolation_level(psycopg.IsolationLevel.READ_COMMITTED)
    async with connection.transaction():
        await connection.execute(CLAIM, [_claims(organization)])
        yield


def again_if_crossed(transaction: Callable[[], Result]) -> Result:
    """Run a transaction, and once more if another one stood in its way."""
    try:
        return transaction()
    except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
        return transaction()


def _claims(organization: UUID) -> str:
    return json.dumps({"role": ROLE, "sub": str(ACTOR), "organization_id": str(organization)})


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
