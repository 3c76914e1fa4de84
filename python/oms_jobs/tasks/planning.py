"""Shortage planning, as the workers do it."""

from uuid import UUID

import structlog

from oms_jobs.shortages import find_organizations, plan_shortages

log = structlog.get_logger(__name__)


def plan_supply(url: str, organization: UUID | None) -> None:
    """Plan an organization, and say what came of it."""
    for found in find_organizations(url):
        if found.id == organization:
            plan = plan_shortages(url, found)
            log.info(
                "supply planned",
                planned=plan.run.planned_count,
                added=plan.run.added_count,
                changed=plan.run.changed_count,
                removed=plan.run.removed_count,
                exceptions=len(plan.exceptions),
            )
