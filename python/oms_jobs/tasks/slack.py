"""Messages to Slack, as the workers send them."""

from uuid import UUID

from oms_jobs.settings import Settings
from oms_jobs.slack import post_due


def deliver_slack_posts(organization_id: str) -> None:
    """Send the messages of an organization that are due."""
    post_due(Settings.from_environment().worker_url, UUID(organization_id))
