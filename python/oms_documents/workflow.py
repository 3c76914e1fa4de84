"""The workflow as a picture: what lies at each stage, and when production will be done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from oms_client.enums import ProductionOrderStatus, WorkflowStage
from oms_client.rows import ProductionOutlook, WorkflowSummary
from oms_documents import wording
from oms_documents.rendering import render_png

BARS = 24
MONTHS_FROM_DAYS = 120
STAGES = {
    WorkflowStage.SALES_ORDER: "Sales order",
    WorkflowStage.BOM_CHOSEN: "Bill of materials chosen",
    WorkflowStage.PLANNED: "Planned",
    WorkflowStage.WAITING_FOR_MATERIAL: "Waiting for material",
    WorkflowStage.READY: "Ready",
    WorkflowStage.IN_PRODUCTION: "In production",
    WorkflowStage.FINISHED: "Finished",
}
TONES = {
    ProductionOrderStatus.QUEUED: "waiting",
    ProductionOrderStatus.ON_HOLD: "blocked",
    ProductionOrderStatus.READY: "ready",
    ProductionOrderStatus.RELEASED: "active",
    ProductionOrderStatus.IN_PROGRESS: "active",
}


def draw_workflow(
    company: str,
    stages: Iterable[WorkflowSummary],
    orders: Sequence[ProductionOutlook],
    *,
    as_of: date,
) -> bytes:
    """Draw the workflow of a day as a PNG: the stages, and the first open production orders."""
    return render_png("workflow", workflow_words(company, stages, orders, as_of=as_of))


def workflow_words(
    company: str,
    stages: Iterable[WorkflowSummary],
    orders: Sequence[ProductionOutlook],
    *,
    as_of: date,
) -> dict[str, object]:
    """Put a workflow into words and places: what `workflow.typ` shows."""
    found = {one.stage: one for one in stages}
    shown = orders[:BARS]
    axis = _Axis(shown, as_of)
    return {
        "company": company,
        "as_of": wording.day(as_of),
        "lines": str(sum(one.lines for one in found.values())),
        "blocked": str(sum(one.blocked_lines for one in found.values())),
        "late": str(sum(one.late_lines for one in found.values())),
        "stages": {stage.value: _stage(name, found.get(stage)) for stage, name in STAGES.items()},
        "orders": [_order(one, axis) for one in shown],
        "more": len(orders) - len(shown),
        "days": axis.days,
        "ticks": axis.ticks(),
        "today": axis.place(as_of),
    }


class _Axis:
    """Days from left to right."""

    def __init__(self, orders: Iterable[ProductionOutlook], as_of: date) -> None:
        days = [
            as_of,
            *(day for one in orders for day in (*_scheduled(one), *(_expected(one) or ()))),
            *(one.need_by for one in orders),
        ]
        self.first: date = min(days) - timedelta(days=1)
        self.days = (max(days) - self.first).days + 2

    def place(self, day: date) -> int:
        """Say how many days from the left the morning of a day is."""
        return (day - self.first).days

    def span(self, days: tuple[date, date]) -> dict[str, int]:
        """Say where a bar begins and how long it is, its last day included."""
        first, last = days
        return {"from": self.place(first), "days": (last - first).days + 1}

    def ticks(self) -> list[dict[str, object]]:
        """Name Mondays; where they are too many, the first of each month."""
        days = [self.first + timedelta(n) for n in range(self.days)]
        if self.days > MONTHS_FROM_DAYS:
            named = [(day, wording.month(day)) for day in days if day.day == 1]
        else:
            named = [(day, wording.short_day(day)) for day in days if day.weekday() == 0]
        return [{"at": self.place(day), "label": label} for day, label in named]


def _scheduled(one: ProductionOutlook) -> tuple[date, date]:
    end = one.scheduled_end or one.need_by
    return min(one.scheduled_start or end, end), end


def _expected(one: ProductionOutlook) -> tuple[date, date] | None:
    if one.expected_start is None or one.expected_completion is None:
        return None
    return min(one.expected_start, one.expected_completion), one.expected_completion


def _order(one: ProductionOutlook, axis: _Axis) -> Mapping[str, object]:
    expected = _expected(one)
    return {
        "number": one.production_number,
        "sku": one.sku,
        "quantity": f"{wording.pieces(one.completed_qty)} of {wording.pieces(one.quantity)}",
        "status": one.status.value.replace("_", " "),
        "tone": TONES[one.status],
        "scheduled": axis.span(_scheduled(one)),
        "expected": axis.span(expected) if expected else None,
        "need_by": axis.place(one.need_by + timedelta(days=1)),
        "is_late": one.days_late > 0 or expected is None,
        "late": _days(one.days_late) + " late" if one.days_late else None,
        "blocked_by": one.blocked_by,
    }


def _stage(name: str, one: WorkflowSummary | None) -> Mapping[str, object]:
    return {
        "name": name,
        "lines": one.lines if one else 0,
        "pieces": wording.pieces(one.quantity) if one else "",
        "age": _age(one) if one else "",
        "blocked": one.blocked_lines if one else 0,
        "late": one.late_lines if one else 0,
    }


def _age(one: WorkflowSummary) -> str:
    half, oldest = one.p50_age_days or 0, one.max_age_days or 0
    return f"half up to {_days(half)}, oldest {_days(oldest)}" if oldest else "since today"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
