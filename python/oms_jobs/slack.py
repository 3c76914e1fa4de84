"""Messages to Slack, by incoming webhooks."""

import time
from dataclasses import dataclass
from uuid import UUID

import structlog
from psycopg.rows import class_row

from oms_jobs.database import Connection, connected, transaction_for
from oms_jobs.posting import Answer, Poster
from oms_jobs.secrets import decrypt

log = structlog.get_logger(__name__)

SECONDS = 15
"""How long Slack has for its whole answer."""

CLAIM = "select c.id, c.lease_id, c.url, c.body from private.claim_slack_post() as c"
REPORT = "select private.report_slack_post(%s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Post:
    """A message that this worker, and no other, is to send."""

    id: UUID
    lease_id: UUID
    url: bytes
    body: str


def post_due(url: str, organization: UUID, *, seconds: float = 30) -> int:
    """Send what is due of an organization until the time is over; return how many messages."""
    until = time.monotonic() + seconds
    posted = 0
    with connected(url) as connection, Poster(SECONDS) as poster:
        while time.monotonic() < until and (post := _claim(connection, organization)):
            answer = poster.post(decrypt(post.url), post.body, {})
            error = _error(answer)
            _report(connection, organization, post, answer, error)
            # Never the address: whoever knows it can write there.
            log.info(
                "slack told",
                organization_id=str(organization),
                post_id=str(post.id),
                status=answer.status,
                error=error,
                duration_ms=answer.duration_ms,
            )
            posted += 1
    return posted


def _error(answer: Answer) -> str | None:
    if answer.status is None:
        return answer.error
    return None if answer.status // 100 == 2 else f"{answer.status}: {answer.body}"  # noqa: PLR2004


def _claim(connection: Connection, organization: UUID) -> Post | None:
    with (
        transaction_for(connection, organization),
        connection.cursor(row_factory=class_row(Post)) as cursor,
    ):
        return cursor.execute(CLAIM).fetchone()


def _report(
    connection: Connection, organization: UUID, post: Post, answer: Answer, error: str | None
) -> None:
    with transaction_for(connection, organization):
        connection.execute(
            REPORT, [post.id, post.lease_id, answer.status, error, answer.retry_after]
        )
