"""Planning against people: nothing is ordered twice, nothing is lost, and nobody is thrown out.

Each pair is tried in both orders, with the transaction of the one open while the other runs, and
then again and again as it happens to come.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID

"""Planning beside whoever buys, receives and makes: what is short is ordered once."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from builders import RefusedError, World, as_uuid, fetch
from conftest import Database
from racing import Outcome, Step, command, insert, race, write
from supplying import Item, Shop

TIMES = 8
from builders import World, as_uuid
from conftest import Database
from racing import Step, command, race, write

PLAN = command("planner", "plan_supply")


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def shop(world: World) -> Shop:
    return Shop(world)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """Leave every counter right, whatever raced."""


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    yield
    assert world.faults() == []


def plan(persona: str = "planner") -> Step:
    return command(persona, "plan_supply")


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    return outcomes[0].code, outcomes[1].code


def at_once(world: World, *steps: Step) -> list[str | None]:
    """Run steps at the same time, each in a transaction of its own; return how each ended."""
    start = Barrier(len(steps))

    def run(step: Step) -> str | None:
        session = world.session(step.persona)
        start.wait()
        try:
            fetch(session, step.statement, step.values)
        except RefusedError as refused:
            return refused.code
        finally:
            session.close()
        return None

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def drafted(shop: Shop, target: int = 100) -> tuple[Item, UUID, UUID]:
    """Plan something, and then want more of it: return it, its line and its draft."""
    item = shop.bought(target)
    shop.world.command("planner", "plan_supply")
    [row] = shop.planned(item)
    shop.want(item, target + 50)
    return item, as_uuid(row["purchase_order_line_id"]), as_uuid(row["purchase_order_id"])


@pytest.fixture(params=["planning first", "planning second"])
def raced(request: pytest.FixtureRequest, world: World) -> Callable[[Step], tuple[str | None, ...]]:
    """Race a step with a planning run; return how the step and the run ended."""

    def run(step: Step) -> tuple[str | None, ...]:
        if request.param == "planning second":
            return codes(race(world, step, plan()))
        return codes(race(world, plan(), step))[::-1]

    return run


def test_two_runs_open_one_draft(world: World, shop: Shop) -> None:
    shop.clear_desk()
    item = shop.bought(100)
    assert codes(race(world, plan("planner"), plan("procurement"))) == (None, None)
    assert shop.on_order(item) == 100
    assert len(shop.planned(item)) == 1


def test_a_draft_is_submitted_while_it_is_planned_anew(
    world: World, shop: Shop, raced: Callable[[Step], tuple[str | None, ...]]
) -> None:
    item, _, draft = drafted(shop)
    submit = command("procurement", "submit_purchase_order", purchase_order_id=draft)
    assert raced(submit) == (None, None)
    world.command("planner", "plan_supply")
    assert shop.on_order(item) == 150  # raised before it was submitted, or the rest on another one


def test_a_draft_line_is_edited_while_it_is_planned_anew(
    world: World, shop: Shop, raced: Callable[[Step], tuple[str | None, ...]]
) -> None:
    item, line, _ = drafted(shop)
    edit = write(
        "procurement", "update ops.purchase_order_lines set quantity = 120 where id = %s", line
    )
    assert raced(edit) == (None, None)
    world.command("planner", "plan_supply")
    # Whoever came last, the line is somebody's own now, and only what it leaves is planned.
    assert world.look("purchase_order_lines", line)["quantity"] == 120
    assert shop.on_order(item) == 150
    world.command("planner", "plan_supply")
    assert shop.on_order(item) == 150


def test_a_draft_line_is_struck_while_it_is_planned_anew(
    world: World, shop: Shop, raced: Callable[[Step], tuple[str | None, ...]]
) -> None:
    item, line, _ = drafted(shop)
    strike = write("procurement", "delete from ops.purchase_order_lines where id = %s", line)
    assert raced(strike) == (None, None)
    world.command("planner", "plan_supply")
    assert shop.on_order(item) == 150


def test_goods_come_in_while_they_are_planned(
    world: World, shop: Shop, raced: Callable[[Step], tuple[str | None, ...]]
) -> None:
    item = shop.bought(100)
    line = shop.sent(item)
    shop.want(item, 150)
    assert raced(receiving(line["purchase_order_id"], line["id"], 100)) == (None, None)
    assert shop.on_order(item) == 150
    world.command("planner", "plan_supply")
    assert shop.on_order(item) == 150


def test_supplies_are_made_firm_once(world: World, shop: Shop) -> None:
    product = shop.made(shop.bought(10))
    world.command("planner", "plan_supply")
    [row] = shop.planned(product)
    firm = [
        command(persona, "firm_supplies", planned_supply_ids=[row["id"]])
        for persona in ("planner", "production")
    ]
    first, second = race(world, *firm)
    assert (first.code, second.code) == (None, None)
    assert (len(first.rows), len(second.rows)) == (1, 0)
    assert produced(shop, product) == 100


def test_supplies_are_made_firm_while_they_are_planned_anew(
    world: World, shop: Shop, raced: Callable[[Step], tuple[str | None, ...]]
) -> None:
    product = shop.made(shop.bought(10))
    world.command("planner", "plan_supply")
    [row] = shop.planned(product)
    shop.want(product, 150)
    firm = command("production", "firm_supplies", planned_supply_ids=[row["id"]])
    assert raced(firm) == (None, None)
    world.command("planner", "plan_supply")
    assert produced(shop, product) == 150


def test_production_is_ordered_while_it_is_planned(
    world: World, shop: Shop, raced: Callable[[Step], tuple[str | None, ...]]
) -> None:
    product = shop.made(shop.bought(10))
    order = insert(
        "planner",
        "production_orders",
        product_variant_id=product.id,
        warehouse_id=shop.warehouse,
        quantity=60,
    )
    assert raced(order) == (None, None)
    world.command("planner", "plan_supply")
    assert produced(shop, product) == 100


@pytest.fixture
def making(request: pytest.FixtureRequest, world: World) -> Iterator[None]:
    """Have production orders made by hand, or by planning itself."""
    setting = "update ops.organization_settings set planned_production = %s"
    world.run("admin", setting, request.param)
    yield
    world.run("admin", setting, "manual")


@pytest.mark.parametrize("making", ["manual", "automatic"], indirect=True)
@pytest.mark.usefixtures("making")
def test_whatever_comes_at_once_is_ordered_once(world: World, shop: Shop) -> None:
    for turn in range(TIMES):
        received = shop.bought(100)
        goods = shop.sent(received)
        edited, line, _ = drafted(shop)
        submitted, _, draft = drafted(shop)
        product = shop.made(edited)
        world.command("planner", "plan_supply")
        [row] = shop.planned(product)
        firm = command("production", "firm_supplies", planned_supply_ids=[row["id"]])
        people = [
            write(
                "procurement",
                "update ops.purchase_order_lines set unit_price = %s where id = %s",
                5 + turn,
                line,
            ),
            command("procurement", "submit_purchase_order", purchase_order_id=draft),
            receiving(goods["purchase_order_id"], goods["id"], 100),
            firm,
            firm,
            insert(
                "planner",
                "production_orders",
                product_variant_id=product.id,
                warehouse_id=shop.warehouse,
                quantity=10,
            ),
        ]
        ended = at_once(world, *people, plan("planner"), plan("procurement"))
        # Who edits a line of a draft that has just been submitted is told so.
        assert set(ended[1:]) == {None}
        assert ended[0] in (None, "OMS_PURCHASE_ORDER_FROZEN")
        world.command("planner", "plan_supply")
        assert shop.on_order(submitted) == 150
        assert shop.on_order(received) == 100
        # Of 100 that were planned, 10 less are made if planning saw the 10 first.
        made = produced(shop, product)
        assert made in (100, 110)
        # So much is kept, and two go into each product.
        assert shop.on_order(edited) == 150 + 2 * made


def receiving(order: object, line: object, quantity: int) -> Step:
    lines = Jsonb([{"purchase_order_line_id": str(line), "received_qty": quantity}])
    return command("warehouse", "receive_goods", purchase_order_id=order, lines=lines)


def produced(shop: Shop, product: Item) -> Decimal:
    """Return how much of something is planned or ordered to be made."""
    [row] = shop.world.run(
        "planner",
        "select ("
        "  select coalesce(sum(p.quantity), 0) from ops.planned_supplies as p"
        "  where p.product_variant_id = v.id and p.production_order_id is null"
        ") + ("
        "  select coalesce(sum(o.quantity), 0) from ops.production_orders as o"
        "  where o.product_variant_id = v.id"
        ") as quantity from ops.product_variants as v where v.id = %s",
        product.id,
    )
    quantity = row["quantity"]
    assert isinstance(quantity, Decimal)
    return quantity


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
