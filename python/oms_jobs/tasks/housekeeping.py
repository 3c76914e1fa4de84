"""Keeping the queue small. The database's own housekeeping are functions of its own."""

from uuid import UUID

import structlog

from oms_jobs.database import connected

log = structlog.get_logger(__name__)

# A job that ended well is gone at once; what was given up can be looked at, and revived.
SWEEP = """
delete from jobs.procrastinate_jobs as j
where j.status in ('failed', 'aborted', 'cancelled') and not exists (
  select from jobs.procrastinate_events as e
  where e.job_id = j.id and e.at > now() - make_interval(days => 90)
)
"""


def sweep_queue(url: str, _organization: UUID | None) -> None:
    """Delete what was given up more than ninety days ago."""
    with connected(url) as connection:
        log.info("queue swept", deleted=connection.execute(SWEEP).rowcount)
