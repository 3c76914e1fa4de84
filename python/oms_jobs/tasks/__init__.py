"""What the workers do, by name: what is due at set times, and what is delivered when it is there.

A job of `private.job_types` that is not among `JOBS` is the database function of that name.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from psycopg import sql

from oms_jobs.database import acting_for, connected
from oms_jobs.mail.delivering import deliver_emails
from oms_jobs.tasks.housekeeping import sweep_queue
from oms_jobs.tasks.planning import plan_supply
from oms_jobs.tasks.slack import deliver_slack_posts
from oms_jobs.tasks.webhooks import deliver_webhooks

Job = Callable[[str, UUID | None], object]
"""Does something at the worker's URL, for an organization or for the installation."""


@dataclass(frozen=True)
class Delivery:
    """Something that is done outside of the database, for one organization at a time.

    `run` takes the organization's id, claims what is due, does it and reports it, until nothing is
    due or half a minute is over: the rest is due at the next look. Its name is the task's.
    """

    run: Callable[[str], None] | Callable[[str], Awaitable[None]]
    queue: str
    due: str
    """The function in `private` that tells for whom something is due."""


JOBS: Mapping[str, Job] = {
    "plan_supply": plan_supply,
    "sweep_queue": sweep_queue,
}

DELIVERIES: tuple[Delivery, ...] = (
    Delivery(deliver_emails, "mail", "organizations_with_due_emails"),
    Delivery(deliver_webhooks, "webhooks", "organizations_with_due_webhooks"),
    Delivery(deliver_slack_posts, "slack", "organizations_with_due_slack_posts"),
)


def perform(url: str, job: str, organization: UUID | None) -> object:
    """Do a job of `private.job_types` now."""
    if run := JOBS.get(job):
        return run(url, organization)
    call = sql.SQL("select private.{}()").format(sql.Identifier(job))
    with acting_for(url, organization) if organization else connected(url) as connection:
        row = connection.execute(call).fetchone()
    return row[0] if row else None
