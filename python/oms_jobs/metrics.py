"""What a worker counts, and what it is asked to count: for Prometheus."""

from collections.abc import Mapping
from typing import LiteralString

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from psycopg import sql

from oms_jobs.database import connected_async

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each was first counted says nothing

SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900)

HEALTH: Mapping[str, tuple[str, LiteralString]] = {
    "oms_outbox_pending_events": ("Events that wait to be handled.", "sum(h.pending_events)"),
    "oms_outbox_lag_seconds": (
        "Age of the oldest of them.",
        "extract(epoch from now() - min(h.oldest_pending_at))",
    ),
    "oms_outbox_dead_events": ("Events that were given up.", "sum(h.dead_events)"),
    "oms_mail_due_emails": ("Mails that are to be sent now.", "sum(h.due_emails)"),
    "oms_mail_lag_seconds": (
        "How long the oldest of them has been due.",
        "extract(epoch from now() - min(h.oldest_due_email_at))",
    ),
    "oms_mail_failed_emails": ("Mails given up within a day.", "sum(h.failed_emails)"),
    "oms_webhook_due_messages": (
        "Messages to webhook endpoints that are to be sent now.",
        "sum(h.due_webhooks)",
    ),
    "oms_webhook_lag_seconds": (
        "How long the oldest of them has been due.",
        "extract(epoch from now() - min(h.oldest_due_webhook_at))",
    ),
    "oms_webhook_disabled_endpoints": (
        "Endpoints that were disabled because they took nothing.",
        "sum(h.disabled_webhook_endpoints)",
    ),
    "oms_slack_due_messages": (
        "Messages to Slack that are to be sent now.",
        "sum(h.due_slack_posts)",
    ),
    "oms_slack_lag_seconds": (
        "How long the oldest of them has been due.",
        "extract(epoch from now() - min(h.oldest_due_slack_post_at))",
    ),
    "oms_slack_failed_messages": (
        "Messages to Slack given up within a day.",
        "sum(h.failed_slack_posts)",
    ),
}
"""What is told of the installation: a gauge, what it says, and how it is asked for."""
ASK = sql.SQL("select {} from private.visible_job_health() as h").format(
    sql.SQL(", ").join(sql.SQL(number) for _, number in HEALTH.values())
)
QUEUES = """
select j.queue_name, j.status::text, count(*)
from jobs.procrastinate_jobs as j
group by j.queue_name, j.status
"""


class Metrics:
    """The counters of one worker, and the state of the whole installation when it was asked."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.events_handled = Counter(
            "oms_events_handled", "Events handled by this worker.", registry=self.registry
        )
        self.events_failed = Counter(
            "oms_events_failed",
            "Attempts of this worker to handle an event that failed.",
            registry=self.registry,
        )
        self.jobs = Counter(
            "oms_jobs",
            "Jobs that this worker ended, by what became of them: succeeded, retried or dead.",
            ("job", "outcome"),
            registry=self.registry,
        )
        self.job_seconds = Histogram(
            "oms_job_seconds",
            "How long jobs of this worker took.",
            ("job",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.health = [
            Gauge(name, meaning, registry=self.registry) for name, (meaning, _) in HEALTH.items()
        ]
        self.queue = Gauge(
            "oms_queue_jobs",
            "Jobs in the queue, by queue and status: todo, doing or failed, which is given up.",
            ("queue", "status"),
            registry=self.registry,
        )

    async def refresh(self, url: str) -> None:
        """Ask the database for what no worker knows by itself."""
        async with connected_async(url) as connection:
            health = await (await connection.execute(ASK)).fetchone()
            queues = await (await connection.execute(QUEUES)).fetchall()
        if health:
            for gauge, number in zip(self.health, health, strict=True):
                gauge.set(float(str(number or 0)))
        self.queue.clear()
        for queue, status, count in queues:
            self.queue.labels(queue, status).set(float(str(count)))

    def text(self) -> bytes:
        """Write them in Prometheus' text format."""
        return generate_latest(self.registry)
