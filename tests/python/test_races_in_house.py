"""Two sessions at one order line: in house or by factories, and made once."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from builders import World, as_uuid, fetch
from conftest import Database
from racing import Step, command, crossed, insert, race, write


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    world = World(database)
    # What world.line() asks for: one SKU, which is made of zippers.
    variant = world.insert(
        "planner",
        "product_variants",
        sku=uuid4().hex,
        colorway_id=world.colorway(),
        supply_method="make",
    )
    [product] = world.run(
        "planner",
        "select p.product_number from ops.product_variants as v"
        " join ops.products as p on p.id = v.product_id where v.id = %s",
        variant,
    )
    version = world.bom(str(product["product_number"]), "ZIP-60")
    world.run("planner", "update ops.bom_versions set status = 'active' where id = %s", version)
    world.run(
        "planner",
        "update ops.bom_templates as t set is_default = true"
        " from ops.bom_versions as b where b.id = %s and t.id = b.bom_template_id",
        version,
    )
    return world


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    yield
    assert world.faults() == []


def supply(line: UUID, persona: str = "planner") -> Step:
    """Make a step of supplying a line in house."""
    return write(
        persona,
        "insert into ops.order_item_supplies (order_item_id, warehouse_id)"
        " select %s, id from ops.warehouses where code = 'MAIN' returning order_item_id",
        line,
    )


def supplied(world: World) -> UUID:
    line = world.line()
    fetch(world.desk("planner"), supply(line).statement, [line])
    return line


def give_back(line: UUID) -> Step:
    return write("sales", "delete from ops.order_item_supplies where order_item_id = %s", line)


def allocate(line: UUID) -> Step:
    lines = Jsonb([{"order_item_id": str(line)}])
    return command("planner", "allocate_items", name="Now", lines=lines)


def produce(line: UUID, persona: str = "planner") -> Step:
    return command(persona, "create_production_orders", order_item_ids=[line])


def made_for(world: World, line: UUID) -> list[object]:
    """Return the quantities of a line's production orders."""
    rows = world.run(
        "planner", "select quantity from ops.production_orders where order_item_id = %s", line
    )
    return [row["quantity"] for row in rows]


def test_a_line_that_is_being_supplied_in_house_is_not_allocated(world: World) -> None:
    line = world.line()
    led, followed = race(world, supply(line, "production"), allocate(line))
    assert (led.code, followed.code) == (None, "OMS_LINE_SUPPLIED_IN_HOUSE")


def test_a_line_that_is_being_allocated_is_not_supplied_in_house(world: World) -> None:
    line = world.line()
    led, followed = race(world, allocate(line), supply(line))
    assert (led.code, followed.code) == (None, "OMS_LINE_ALLOCATED")


def test_a_line_that_is_being_cancelled_is_not_supplied_in_house(world: World) -> None:
    line = world.line()
    cancel = command("sales", "cancel_order_item", order_item_id=line)
    led, followed = race(world, cancel, supply(line))
    assert (led.code, followed.code) == (None, "OMS_LINE_CANCELLED")


def test_a_line_for_which_two_choose_at_once_is_supplied_once(world: World) -> None:
    line = world.line()
    led, followed = race(
        world,
        command("planner", "choose_bom", order_item_id=line),
        command("production", "choose_bom", order_item_id=line),
    )
    assert [row["order_item_id"] for row in led.rows + followed.rows] == [line, line]


def test_two_planners_make_the_production_orders_of_a_line_once(world: World) -> None:
    line = supplied(world)
    led, followed = race(world, produce(line), produce(line, "production"))
    assert [len(led.rows), len(followed.rows)] == [1, 0]
    assert made_for(world, line) == [100]


def test_what_is_being_produced_is_not_given_back(world: World) -> None:
    line = supplied(world)
    led, followed = race(world, produce(line), give_back(line))
    assert (led.code, followed.code) == (None, "OMS_LINE_IN_PRODUCTION")


def test_what_is_being_given_back_is_not_produced(world: World) -> None:
    line = supplied(world)
    led, followed = race(world, give_back(line), produce(line))
    assert (led.code, followed.code) == (None, "OMS_LINE_NOT_IN_HOUSE")
    assert made_for(world, line) == []


def test_what_is_being_produced_is_not_planned_and_produced_besides(world: World) -> None:
    def planned() -> list[object]:
        rows = world.run(
            "planner",
            "select id from ops.production_orders where order_item_id is null order by id",
        )
        return [row["id"] for row in rows]

    produces = "update ops.organization_settings set planned_production = %s"
    plan = command("planner", "plan_supply")
    world.run("admin", produces, "automatic")
    try:
        world.command("planner", "plan_supply")
        before = planned()
        line = supplied(world)
        led, followed = race(world, produce(line), plan)
        assert (led.code, followed.code) == (None, None)
        assert made_for(world, line) == [100]
        assert planned() == before
    finally:
        world.run("admin", produces, "manual")


def reserve(world: World, line: UUID) -> Step:
    return insert(
        "warehouse",
        "inventory_reservations",
        order_item_id=line,
        product_variant_id=world.variant("FW-102-WHITE-M"),
        stock_location_id=world.place("A-1"),
        quantity=1,
    )


def cancel(world: World, line: UUID, way: str) -> Step:
    """Make a step of one of the ways to cancel a line."""
    if way == "command":
        return command("sales", "cancel_order_item", order_item_id=line)
    if way == "line":
        return write(
            "sales",
            "update ops.order_items set is_cancelled = true where id = %s returning id",
            line,
        )
    return write(
        "sales",
        "update ops.orders as o set status = 'cancelled' from ops.order_items as i"
        " where i.id = %s and o.id = i.order_id returning o.id",
        line,
    )


@pytest.mark.parametrize("way", ["command", "line", "order"])
@pytest.mark.parametrize("cancel_leads", [False, True])
def test_nothing_stays_reserved_for_a_line_that_is_cancelled_meanwhile(
    world: World, way: str, cancel_leads: bool
) -> None:
    line = world.line()
    steps = cancel(world, line, way), reserve(world, line)
    led, followed = race(world, *(steps if cancel_leads else steps[::-1]))
    assert (led.code, followed.code) == (None, "OMS_LINE_CANCELLED" if cancel_leads else None)
    kept = "select id from ops.inventory_reservations where order_item_id = %s"
    assert world.run("planner", kept, line) == []


def test_a_line_is_cancelled_and_produced_without_a_deadlock(world: World) -> None:
    line = supplied(world)
    fetch(world.desk("warehouse"), reserve(world, line).statement, reserve(world, line).values)
    cancelled, produced = crossed(
        world, "order_items", line, cancel(world, line, "command"), produce(line)
    )
    assert (cancelled.code, produced.code) == (None, None)


def test_a_line_is_cancelled_while_a_holiday_is_entered_without_a_deadlock(world: World) -> None:
    line = world.line()
    world.plan(line)
    [root] = world.run(
        "planner",
        "select distinct root_id from ops.timeline_nodes where order_item_id = %s",
        line,
    )
    holiday = insert("planner", "holidays", holiday_date="2027-05-03", name="Founding day")
    entered, cancelled = crossed(
        world, "timeline_nodes", as_uuid(root["root_id"]), holiday, cancel(world, line, "command")
    )
    assert (entered.code, cancelled.code) == (None, None)
