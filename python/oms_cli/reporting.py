"""Where production stands and what holds it up, as the planner sees it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path

from rich.console import Console

from oms_cli import members, stack, tokens
from oms_cli.console import out, print_json, say, table
from oms_cli.paths import find_project
from oms_cli.server import connected
from oms_client import Oms, is_not
from oms_client.enums import WorkflowStage
from oms_client.wire import Row
from oms_documents.workflow import draw_workflow

PAPER = 180


@dataclass(frozen=True)
class Section:
    """A table of a report: rows of a view, and which of its columns a heading stands for."""

    view: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Row]

    def cells(self) -> list[list[object]]:
        """Write what the table shows."""
        names = self.columns.values()
        return [[_told(getattr(row, name), name) for name in names] for row in self.rows]

    def plain(self) -> list[dict[str, object]]:
        """Write the whole rows, for a program."""
        return [row.model_dump(mode="json") for row in self.rows]


def report_workflow(
    organization: str | None, *, png: Path | None, limit: int, as_json: bool
) -> None:
    """Print how far the lines are and what somebody must see to; draw it, if there is a file."""
    with _planner(organization) as oms:
        sections = workflow_sections(oms, limit)
        if png:
            png.write_bytes(picture(oms))
            say(f"{png} is the picture.")
    _show(sections, as_json=as_json)


def report_bottlenecks(organization: str | None, *, limit: int, as_json: bool) -> None:
    """Print where production waits."""
    with _planner(organization) as oms:
        sections = bottleneck_sections(oms, limit)
    _show(sections, as_json=as_json)


def picture(oms: Oms) -> bytes:
    """Draw the workflow of today."""
    us = oms.organizations.first()
    return draw_workflow(
        us.name if us else "",
        oms.workflow_summary.find(),
        list(oms.production_outlook.find(order=("priority", "need_by"))),
        as_of=datetime.now(UTC).date(),
    )


def workflow_sections(oms: Oms, limit: int) -> list[Section]:
    """Read the stages, the worst alerts, and the lines that are not finished, the latest first."""
    return [
        Section(
            "workflow_summary",
            "Lines by stage",
            {
                "stage": "stage",
                "lines": "lines",
                "pieces": "quantity",
                "blocked": "blocked_lines",
                "late": "late_lines",
                "half there for days": "p50_age_days",
                "longest": "max_age_days",
            },
            list(oms.workflow_summary.find(order="stage")),
        ),
        Section(
            "workflow_alerts",
            "What somebody must see to",
            {"": "severity", "kind": "kind", "due": "due_date", "what": "message"},
            list(oms.workflow_alerts.find(order=("severity", "due_date"), limit=limit)),
        ),
        Section(
            "workflow",
            "Lines that are not finished, the latest first",
            {
                "order": "order_number",
                "line": "line_number",
                "style": "style_number",
                "colour": "marketing_name",
                "stage": "stage",
                "for days": "age_days",
                "done": "done_qty",
                "of": "quantity",
                "need by": "need_by",
                "expected": "expected_completion",
                "days late": "days_late",
                "waits for": "blocked_by",
            },
            list(
                oms.workflow.find(
                    stage=is_not(WorkflowStage.FINISHED),
                    order=("-days_late", "need_by"),
                    limit=limit,
                )
            ),
        ),
    ]


def bottleneck_sections(oms: Oms, limit: int) -> list[Section]:
    """Read where production waits, and how well it was planned."""
    return [
        Section(
            "stage_dwell_times",
            "Hours in a status, by the month in which it was left",
            {
                "month": "month",
                "status": "status",
                "times": "stays",
                "half within": "p50_hours",
                "nine of ten": "p90_hours",
                "longest": "max_hours",
            },
            list(oms.stage_dwell_times.find(order=("-month", "status"), limit=limit)),
        ),
        Section(
            "component_blockers",
            "Components that production waits for now",
            {
                "SKU": "sku",
                "orders": "blocked_orders",
                "short": "short_qty",
                "unit": "unit",
                "since": "waiting_since",
                "on order": "incoming_qty",
                "first due": "next_expected_on",
            },
            list(oms.component_blockers.find(order=("-blocked_orders", "sku"), limit=limit)),
        ),
        Section(
            "stock_outs",
            "How often and how many days it waited for which component",
            {
                "month": "month",
                "SKU": "sku",
                "times": "times",
                "orders": "production_orders",
                "days in all": "waited_days",
                "half within": "p50_days",
                "longest": "max_days",
                "not over": "still_open",
            },
            list(oms.stock_outs.find(order=("-month", "-waited_days"), limit=limit)),
        ),
        Section(
            "lead_times",
            "Days from the sales order to the finished goods",
            {
                "month": "month",
                "product": "product_number",
                "lines": "lines",
                "half within": "p50_days",
                "nine of ten": "p90_days",
                "in production": "p50_production_days",
                "on time %": "on_time_pct",
            },
            list(oms.lead_times.find(order=("-month", "-p50_days"), limit=limit)),
        ),
        Section(
            "planning_accuracy_by_product",
            "Production as it was planned",
            {
                "product": "product_number",
                "orders": "production_orders",
                "quantity %": "qty_accuracy_pct",
                "on time %": "on_time_pct",
                "half late by days": "p50_end_days_late",
                "nine of ten": "p90_end_days_late",
            },
            list(oms.planning_accuracy_by_product.find(order="on_time_pct", limit=limit)),
        ),
        Section(
            "purchase_accuracy_by_vendor",
            "Purchases as they were planned",
            {
                "vendor": "vendor_name",
                "SKU": "sku",
                "lines": "lines",
                "quantity %": "qty_accuracy_pct",
                "dearer by": "price_difference",
                "": "currency",
                "received": "lines_received",
                "on time %": "on_time_pct",
                "half late by days": "p50_days_late",
                "nine of ten": "p90_days_late",
            },
            list(
                oms.purchase_accuracy_by_vendor.find(
                    order=("on_time_pct", "vendor_name"), limit=limit
                )
            ),
        ),
    ]


@contextmanager
def _planner(organization: str | None) -> Iterator[Oms]:
    running = stack.require(find_project())
    with connected(running.server.owner_url) as connection:
        planner = members.member_for(connection, "oms_planner", None, organization)
    with Oms(running.rest_url, tokens.sign(planner, running.jwt_secret)) as oms:
        yield oms


def _show(sections: Iterable[Section], *, as_json: bool) -> None:
    if as_json:
        print_json({section.view: section.plain() for section in sections})
        return
    # A file or a pipe is as wide as its lines.
    paper = out if out.is_terminal else Console(highlight=False, width=PAPER)
    for section in sections:
        paper.print(section.title, style="bold", markup=False)
        if section.rows:
            paper.print(table([*section.columns], section.cells()))
        else:
            paper.print("Nothing.", style="dim")
        paper.print()


def _told(value: object, name: str) -> object:
    match value:
        case None:
            return ""
        case Decimal():
            return Figure(value)
        case Enum():
            return str(value.value).replace("_", " ")
        case datetime():
            return value.date()
        case date() if name == "month":
            return f"{value:%Y-%m}"
    return value


class Figure(Decimal):
    """A number in a table, with no more decimals than it needs."""

    def __str__(self) -> str:
        return f"{Decimal(self).normalize():,f}"
