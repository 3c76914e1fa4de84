"""Two on the shop floor at once: what is reserved is issued once, no order is made twice."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from builders import World, as_uuid
from conftest import Database
from racing import Outcome, Step, command, insert, race, write


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    """Whatever two sessions did, every counter and the schedule are right afterwards."""
    yield
    assert world.faults() == []


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    return outcomes[0].code, outcomes[1].code


def arrival(world: World, quantity: int) -> Step:
    """Make a step of a receipt of steel."""
    return insert(
        "warehouse",
        "stock_moves",
        product_variant_id=world.variant("S-STEEL"),
        to_location_id=world.place("A-1"),
        quantity=quantity,
        reason="receipt",
    )


def knobs(world: World, quantity: int = 5, *, stocked: bool = True) -> UUID:
    """Order knobs, with the steel for them."""
    if stocked:
        world.insert(
            "warehouse",
            "stock_moves",
            product_variant_id=world.variant("S-STEEL"),
            to_location_id=world.place("A-1"),
            quantity=quantity,
            reason="receipt",
        )
    return world.insert(
        "planner",
        "production_orders",
        product_variant_id=world.variant("S-KNOB"),
        quantity=quantity,
        need_by="2027-06-15",
    )


def row(world: World, order: UUID) -> dict[str, object]:
    [found] = world.run("planner", "select * from ops.production_orders where id = %s", order)
    return found


def component(world: World, order: UUID) -> dict[str, object]:
    [found] = world.run(
        "planner", "select * from ops.production_components where production_order_id = %s", order
    )
    return found


def issue(world: World, order: UUID, quantity: int | None = None) -> Step:
    """Make a step of an issue of so much steel, or all that is reserved."""
    asked = None
    if quantity:
        steel = str(component(world, order)["id"])
        asked = Jsonb([{"production_component_id": steel, "quantity": quantity}])
    return command("production", "issue_components", production_order_id=order, components=asked)


def output(order: UUID, quantity: int) -> Step:
    return command("production", "report_output", production_order_id=order, quantity=quantity)


def become(order: UUID, status: str) -> Step:
    return write(
        "planner",
        "update ops.production_orders set status = %s where id = %s returning id",
        status,
        order,
    )


def test_what_is_reserved_is_issued_once(world: World) -> None:
    order = knobs(world)
    first, second = race(world, issue(world, order), issue(world, order, 5))
    assert (first.code, second.code) == (None, "OMS_ISSUE_EXCEEDS_RESERVED")
    assert component(world, order)["issued_qty"] == 5


def test_two_that_issue_all_issue_it_once(world: World) -> None:
    order = knobs(world)
    first, second = race(world, issue(world, order), issue(world, order))
    assert (len(first.rows), len(second.rows), second.code) == (1, 0, None)


def test_nothing_is_issued_to_what_is_cancelled(world: World) -> None:
    order = knobs(world)
    outcomes = race(world, become(order, "cancelled"), issue(world, order))
    assert codes(outcomes) == (None, "OMS_PRODUCTION_NOT_RELEASED")


def test_nothing_is_cancelled_that_is_issued_to(world: World) -> None:
    order = knobs(world)
    outcomes = race(world, issue(world, order), become(order, "cancelled"))
    assert codes(outcomes) == (None, "OMS_PRODUCTION_ISSUED")


def test_no_more_comes_out_than_the_order_is_for(world: World) -> None:
    order = knobs(world)
    outcomes = race(world, output(order, 3), output(order, 3))
    assert codes(outcomes) == (None, "OMS_OUTPUT_EXCEEDS_QUANTITY")
    assert row(world, order)["completed_qty"] == 3


def test_the_last_two_outputs_complete_the_order(world: World) -> None:
    order = knobs(world)
    assert codes(race(world, output(order, 3), output(order, 2))) == (None, None)
    assert row(world, order)["status"] == "completed"


def test_nothing_comes_out_of_what_is_completed(world: World) -> None:
    order = knobs(world)
    world.command("production", "report_output", production_order_id=order, quantity=1)
    outcomes = race(world, become(order, "completed"), output(order, 1))
    assert codes(outcomes) == (None, "OMS_PRODUCTION_NOT_RELEASED")


def test_what_comes_out_first_is_counted_by_who_completes(world: World) -> None:
    order = knobs(world)
    world.command("production", "report_output", production_order_id=order, quantity=1)
    assert codes(race(world, output(order, 1), become(order, "completed"))) == (None, None)
    assert row(world, order)["completed_qty"] == 2


def test_steel_that_comes_in_while_knobs_come_out_finds_who_waits(world: World) -> None:
    made, waiting = knobs(world), knobs(world, 700, stocked=False)
    assert row(world, waiting)["status"] == "on_hold"
    assert codes(race(world, output(made, 5), arrival(world, 700))) == (None, None)
    assert row(world, waiting)["status"] == "released"


def test_two_that_plan_anew_plan_what_both_said(world: World) -> None:
    first, second = knobs(world, 90), knobs(world, 90)
    changes = (
        write(
            "planner",
            "update ops.production_orders set priority = %s where id = %s returning id",
            priority,
            order,
        )
        for priority, order in ((7, first), (6, second))
    )
    assert codes(race(world, *changes)) == (None, None)
    assert {row(world, order)["priority"] for order in (first, second)} == {6, 7}
    assert world.run("planner", "select id from ops.reschedule_production()") == []


def test_work_that_is_reported_and_a_work_centre_that_does_less_are_planned_both(
    world: World,
) -> None:
    order = knobs(world, 90)
    [operation] = world.run(
        "planner", "select id from ops.production_operations where production_order_id = %s", order
    )
    start = write(
        "production",
        "update ops.production_operations set started_at = now() where id = %s returning id",
        as_uuid(operation["id"]),
    )
    less = write(
        "production",
        "update ops.work_centers set daily_minutes = daily_minutes - 60 where code = 'SEW'"
        " returning id",
    )
    assert codes(race(world, start, less)) == (None, None)
    assert codes(race(world, less, issue(world, order))) == (None, None)
    assert world.run("planner", "select id from ops.reschedule_production()") == []
