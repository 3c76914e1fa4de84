"""Outgoing webhooks: messages about events, signed as Standard Webhooks says."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from psycopg.rows import class_row
from standardwebhooks import Webhook

from oms_jobs.database import Connection, connected, transaction_for
from oms_jobs.posting import Answer, Poster
from oms_jobs.secrets import decrypt

log = structlog.get_logger(__name__)

SECONDS = 15
"""How long a server has for its whole answer."""

CLAIM = """
select c.id, c.lease_id, c.url, c.event_id, c.body, c.secrets from private.claim_webhook() as c
"""
REPORT = "select private.report_webhook(%s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Message:
    """A message that this worker, and no other, is to send."""

    id: UUID
    lease_id: UUID
    url: str
    event_id: UUID
    body: str
    secrets: list[bytes]


def send_due(url: str, organization: UUID, *, seconds: float = 30) -> int:
    """Send what is due of an organization until the time is over; return how many messages."""
    until = time.monotonic() + seconds
    sent = 0
    with connected(url) as connection, Poster(SECONDS) as poster:
        while time.monotonic() < until and (message := _claim(connection, organization)):
            now = datetime.now(UTC)
            answer = poster.post(message.url, message.body, signed(message, now))
            is_ours = _report(connection, organization, message, answer)
            log.info(
                "webhook sent",
                organization_id=str(organization),
                delivery_id=str(message.id),
                event_id=str(message.event_id),
                status=answer.status,
                error=answer.error,
                duration_ms=answer.duration_ms,
                is_reported=is_ours,
            )
            sent += 1
    return sent


def signed(message: Message, now: datetime) -> dict[str, str]:
    """Return the headers by which a receiver knows that a message is ours, and no old one."""
    signatures = [
        Webhook(decrypt(secret)).sign(str(message.event_id), now, message.body)
        for secret in message.secrets
    ]
    return {
        "webhook-id": str(message.event_id),
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _claim(connection: Connection, organization: UUID) -> Message | None:
    with (
        transaction_for(connection, organization),
        connection.cursor(row_factory=class_row(Message)) as cursor,
    ):
        return cursor.execute(CLAIM).fetchone()


def _report(connection: Connection, organization: UUID, message: Message, answer: Answer) -> bool:
    with transaction_for(connection, organization):
        row = connection.execute(
            REPORT,
            [
                message.id,
                message.lease_id,
                answer.status,
                answer.body,
                answer.error,
                answer.duration_ms,
                answer.retry_after,
            ],
        ).fetchone()
    return row == (True,)
