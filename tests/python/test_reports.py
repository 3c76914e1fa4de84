"""Reports: what the planner reads of the workflow, as tables, for programs and as a picture."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from builders import World
from callers import Callers
from conftest import Api, Database
from oms_cli.reporting import Section, bottleneck_sections, picture, workflow_sections
from oms_client import Oms
from oms_client.enums import ProductionOrderStatus, WorkflowStage
from oms_client.rows import ProductionOutlook, WorkflowSummary
from oms_documents.workflow import draw_workflow, workflow_words

TODAY = date(2026, 11, 21)
SEVERITIES = ["critical", "warning", "info"]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def planner(database: Database, api: Api) -> Iterator[Oms]:
    """Let a planner plan what the fixtures' client asked for."""
    callers = Callers(World(database), api)
    with Oms(api.url, callers.token("planner")) as oms:
        oms.plan_supply()
        yield oms


def table(sections: list[Section], view: str) -> list[list[str]]:
    (section,) = (one for one in sections if one.view == view)
    return [[str(cell) for cell in row] for row in section.cells()]


def test_the_report_has_each_line_with_its_stage(planner: Oms) -> None:
    sections = workflow_sections(planner, limit=5)
    assert ["planned", "1", "60", "0", "0", "0", "0"] in table(sections, "workflow_summary")
    line = table(sections, "workflow")[0]
    assert line[2:8] == ["FW-102", "White", "planned", "0", "0", "60"]


def test_the_report_says_what_somebody_must_see_to(planner: Oms) -> None:
    alerts = table(workflow_sections(planner, limit=50), "workflow_alerts")
    assert ("critical", "planning exception") in {(row[0], row[1]) for row in alerts}
    assert [row[0] for row in alerts] == sorted((row[0] for row in alerts), key=SEVERITIES.index)


def test_a_program_gets_whole_rows(planner: Oms) -> None:
    sections = workflow_sections(planner, limit=5) + bottleneck_sections(planner, limit=5)
    told = json.loads(json.dumps({one.view: one.plain() for one in sections}))
    (line,) = told["workflow"]
    assert line["stage"] == "planned"
    assert Decimal(line["quantity"]) == 60
    assert set(told) == {
        *("workflow", "workflow_alerts", "workflow_summary", "stage_dwell_times", "lead_times"),
        *("component_blockers", "stock_outs", "planning_accuracy_by_product"),
        "purchase_accuracy_by_vendor",
    }


def test_the_picture_is_drawn_from_what_the_planner_reads(planner: Oms) -> None:
    assert picture(planner).startswith(PNG)


def stage(name: WorkflowStage, lines: int, blocked: int = 0, days: int = 0) -> WorkflowSummary:
    return WorkflowSummary.model_construct(
        stage=name,
        lines=lines,
        quantity=Decimal(100 * lines),
        blocked_lines=blocked,
        late_lines=blocked,
        p50_age_days=days,
        max_age_days=days,
    )


def order(
    number: int,
    status: ProductionOrderStatus,
    scheduled: tuple[int, int],
    expected: tuple[int, int] | None,
    need_by: int,
    blocked_by: str | None = None,
) -> ProductionOutlook:
    def day(count: int) -> date:
        return TODAY + timedelta(days=count)

    return ProductionOutlook.model_construct(
        production_order_id=UUID(int=number),
        production_number=f"MO-{number:06}",
        sku="LAMP",
        status=status,
        quantity=Decimal(10),
        completed_qty=Decimal(4),
        need_by=day(need_by),
        scheduled_start=day(scheduled[0]),
        scheduled_end=day(scheduled[1]),
        expected_start=day(expected[0]) if expected else None,
        expected_completion=day(expected[1]) if expected else None,
        days_late=max((expected[1] if expected else 0) - need_by, 0),
        blocked_by=blocked_by,
    )


STAGES = [
    stage(WorkflowStage.PLANNED, 3),
    stage(WorkflowStage.WAITING_FOR_MATERIAL, 2, blocked=2, days=5),
]
ORDERS = [
    order(1, ProductionOrderStatus.ON_HOLD, (0, 4), (10, 14), 5, "20 EA of BULB short."),
    order(2, ProductionOrderStatus.IN_PROGRESS, (-3, 2), (-3, 2), 2),
    order(3, ProductionOrderStatus.ON_HOLD, (0, 4), None, 9, "Nothing brings it."),
]


def test_the_picture_has_all_stages_and_counts_what_is_blocked() -> None:
    words = workflow_words("Tern & Tide", STAGES, ORDERS, as_of=TODAY)
    stages = words["stages"]
    assert isinstance(stages, dict)
    assert list(stages) == [one.value for one in WorkflowStage]
    assert stages["waiting_for_material"] == {
        "name": "Waiting for material",
        "lines": 2,
        "pieces": "200",
        "age": "half up to 5 days, oldest 5 days",
        "blocked": 2,
        "late": 2,
    }
    assert stages["finished"]["lines"] == 0
    assert (words["lines"], words["blocked"], words["late"]) == ("5", "2", "2")


def test_bars_stand_on_their_days() -> None:
    words = workflow_words("Tern & Tide", STAGES, ORDERS, as_of=TODAY)
    assert words["today"] == 4  # from the day before the first of all, three days ago
    orders = words["orders"]
    assert isinstance(orders, list)
    late, on_time, unknown = orders
    assert late["scheduled"] == {"from": 4, "days": 5}
    assert late["expected"] == {"from": 14, "days": 5}
    assert (late["need_by"], late["late"], late["tone"]) == (10, "9 days late", "blocked")
    assert (on_time["is_late"], on_time["late"], on_time["tone"]) == (False, None, "active")
    assert (unknown["expected"], unknown["is_late"]) == (None, True)
    assert words["ticks"] == [
        {"at": 6, "label": "23 Nov"},
        {"at": 13, "label": "30 Nov"},
    ]


def test_a_long_time_is_told_by_months() -> None:
    far = order(4, ProductionOrderStatus.QUEUED, (150, 160), (150, 160), 170)
    ticks = workflow_words("Tern & Tide", [], [far], as_of=TODAY)["ticks"]
    assert isinstance(ticks, list)
    assert [one["label"] for one in ticks][:2] == ["Dec 2026", "Jan 2027"]


def test_the_same_day_is_the_same_picture() -> None:
    drawn = draw_workflow("Tern & Tide", STAGES, ORDERS, as_of=TODAY)
    assert drawn == draw_workflow("Tern & Tide", STAGES, ORDERS, as_of=TODAY)
    assert drawn != draw_workflow("Tern & Tide", STAGES, ORDERS[:2], as_of=TODAY)
    width, height = (int.from_bytes(drawn[at : at + 4]) for at in (16, 20))
    assert width > 1800
    assert width > height


def test_an_empty_day_is_a_picture_too() -> None:
    assert draw_workflow("Tern & Tide", [], [], as_of=datetime.now(UTC).date()).startswith(PNG)


def test_more_orders_than_fit_are_counted() -> None:
    words = workflow_words("Tern & Tide", [], ORDERS * 10, as_of=TODAY)
    orders = words["orders"]
    assert isinstance(orders, list)
    assert words["more"] == 30 - len(orders) > 0
