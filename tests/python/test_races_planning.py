"""Planning against people: nothing is ordered twice, nothing is lost, and nobody is thrown out.

Each pair is tried in both orders, with the transaction of the one open while the other runs, and
then again and again as it happens to come.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from builders import RefusedError, World, as_uuid, fetch
from conftest import Database
from racing import Outcome, Step, command, insert, race, write
from supplying import Item, Shop

TIMES = 8


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def shop(world: World) -> Shop:
    return Shop(world)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """Leave every counter right, whatever raced."""
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
