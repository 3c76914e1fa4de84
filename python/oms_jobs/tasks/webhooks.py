"""Outgoing webhooks, as the workers send them."""

from uuid import UUID

from oms_jobs.settings import Settings
from oms_jobs.webhooks import send_due


def deliver_webhooks(organization_id: str) -> None:
    """Send the messages of an organization that are due."""
    send_due(Settings.from_environment().worker_url, UUID(organization_id))
