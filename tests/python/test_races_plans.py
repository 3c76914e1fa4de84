"""Planning beside whoever buys, receives and makes: what is short is ordered once."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from builders import World, as_uuid
from conftest import Database
from racing import Step, command, race, write

PLAN = command("planner", "plan_supply")


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    yield
    assert world.faults() == []


def wanted(world: World, made: str = "buy") -> UUID:
    """Make a variant of which ten are to be in stock, and plan."""
    number = uuid4().hex
    product = world.insert("planner", "products", product_number=number, name="Part")
    variant = world.insert(
        "planner", "product_variants", sku=number, product_id=product, supply_method=made
    )
    if made == "make":
        version = world.bom(number, "ZIP-60")
        world.run("planner", "update ops.bom_versions set status = 'active' where id = %s", version)
        world.run(
            "planner",
            "update ops.bom_templates set is_default = true where product_id = %s",
            product,
        )
    else:
        offer = world.insert(
            "procurement",
            "supplier_products",
            vendor_id=world.party("vendor"),
            product_variant_id=variant,
        )
        world.insert(
            "procurement", "supplier_price_breaks", supplier_product_id=offer, unit_price=1
        )
    [main] = world.run("planner", "select id from ops.warehouses where code = 'MAIN'")
    world.insert(
        "planner",
        "reorder_rules",
        product_variant_id=variant,
        warehouse_id=main["id"],
        minimum_qty=10,
        target_qty=10,
    )
    world.command("planner", "plan_supply")
    return variant


def bought(world: World, variant: UUID) -> tuple[UUID, UUID]:
    """Return the one line of a variant and its order."""
    [line] = world.run(
        "planner",
        "select id, purchase_order_id from ops.purchase_order_lines where product_variant_id = %s",
        variant,
    )
    return as_uuid(line["id"]), as_uuid(line["purchase_order_id"])


def to_be_had(world: World, variant: UUID) -> Decimal:
    """Return how many there are and are to come, after one more run."""
    world.command("planner", "plan_supply")
    [row] = world.run(
        "planner",
        "select"
        " (select coalesce(sum(open_qty), 0) from ops.purchase_order_lines"
        " where product_variant_id = v.id)"
        " + (select coalesce(sum(on_hand), 0) from ops.stock_levels"
        " where product_variant_id = v.id)"
        " + (select coalesce(sum(quantity), 0) from ops.production_orders"
        " where product_variant_id = v.id)"
        " + (select coalesce(sum(quantity), 0) from ops.planned_supplies"
        " where product_variant_id = v.id and kind = 'make' and not is_firm) as quantity"
        " from ops.product_variants as v where v.id = %s",
        variant,
    )
    assert isinstance(row["quantity"], Decimal)
    return row["quantity"]


def changed(line: UUID, quantity: int) -> Step:
    return write(
        "planner",
        "update ops.purchase_order_lines set quantity = %s where id = %s returning id",
        quantity,
        line,
    )


def deleted(line: UUID) -> Step:
    return write("planner", "delete from ops.purchase_order_lines where id = %s returning id", line)


def submitted(order: UUID) -> Step:
    return command("planner", "submit_purchase_order", purchase_order_id=order)


def firmed(world: World, variant: UUID) -> Step:
    [supply] = world.run(
        "planner", "select id from ops.planned_supplies where product_variant_id = %s", variant
    )
    return command("production", "firm_supplies", planned_supply_ids=[supply["id"]])


def test_two_runs_at_once_order_once(world: World) -> None:
    variant = wanted(world)
    line, _ = bought(world, variant)
    world.run("planner", "delete from ops.purchase_order_lines where id = %s", line)
    led, followed = race(world, PLAN, PLAN)
    assert (led.code, followed.code) == (None, None)
    assert to_be_had(world, variant) == 10


@pytest.mark.parametrize("plan_leads", [False, True])
@pytest.mark.parametrize("what", ["submitted", "changed", "deleted"])
def test_a_draft_that_somebody_touches_meanwhile_is_not_ordered_twice(
    world: World, what: str, plan_leads: bool
) -> None:
    variant = wanted(world)
    line, order = bought(world, variant)
    steps = {"submitted": submitted(order), "changed": changed(line, 4), "deleted": deleted(line)}
    led, followed = race(world, *((PLAN, steps[what]) if plan_leads else (steps[what], PLAN)))
    assert (led.code, followed.code) == (None, None)
    assert to_be_had(world, variant) == 10


@pytest.mark.parametrize("plan_leads", [False, True])
def test_what_is_being_received_is_not_ordered_again(world: World, plan_leads: bool) -> None:
    variant = wanted(world)
    line, order = bought(world, variant)
    for step in ("submit_purchase_order", "send_purchase_order"):
        world.command("planner", step, purchase_order_id=order)
    receive = command(
        "warehouse",
        "receive_goods",
        purchase_order_id=order,
        lines=Jsonb([{"purchase_order_line_id": str(line), "received_qty": 10}]),
    )
    led, followed = race(world, *((PLAN, receive) if plan_leads else (receive, PLAN)))
    assert (led.code, followed.code) == (None, None)
    assert to_be_had(world, variant) == 10


def test_two_who_firm_a_supply_make_it_once(world: World) -> None:
    variant = wanted(world, "make")
    firm = firmed(world, variant)
    led, followed = race(world, firm, firm)
    assert [len(led.rows), len(followed.rows)] == [1, 0]
    assert to_be_had(world, variant) == 10


@pytest.mark.parametrize("plan_leads", [False, True])
def test_what_is_being_firmed_is_not_planned_again(world: World, plan_leads: bool) -> None:
    variant = wanted(world, "make")
    firm = firmed(world, variant)
    led, followed = race(world, *((PLAN, firm) if plan_leads else (firm, PLAN)))
    assert (led.code, followed.code) == (None, None)
    assert to_be_had(world, variant) == 10
