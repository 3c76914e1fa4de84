"""Stock and production orders by several at once: nothing waits for what is there, no deadlock."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import LiteralString
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from builders import RefusedError, World, as_uuid, fetch
from conftest import Database
from racing import Outcome, Step, command, insert, race, write

SECONDS = float(os.environ.get("OMS_RACE_SECONDS", "3"))
TIMES = 8
GIVE_UP: LiteralString = """
delete from ops.inventory_reservations where order_item_id = %s returning id
"""
CANCEL_ONE: LiteralString = """
update ops.production_orders set status = 'cancelled'
where id = (
  select id from ops.production_orders
  where product_variant_id = any(%s) and is_open order by random() limit 1
)
returning id
"""
CHANGE_ONE: LiteralString = """
update ops.production_orders set quantity = 4 - least(quantity, 3), priority = 1
where id = (
  select id from ops.production_orders
  where product_variant_id = any(%s) and is_open order by random() limit 1
)
returning id
"""


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    """Whatever they did: every counter is its sum, and nothing waits for what is there."""
    yield
    assert world.faults() == []


def variant(world: World) -> UUID:
    """Make a product with one variant."""
    number = uuid4().hex[:8]
    product = world.insert("planner", "products", product_number=number, name=number)
    return world.insert(
        "planner",
        "product_variants",
        sku=number,
        product_id=product,
        supply_method="make",
        unit="EA",
    )


def made_of(world: World, *components: UUID) -> UUID:
    """Make a variant that one of each component goes into."""
    made = variant(world)
    template = world.insert(
        "planner",
        "bom_templates",
        product_id=world.look("product_variants", made)["product_id"],
        code=uuid4().hex,
        name="Made",
        is_default=True,
    )
    version = world.insert("planner", "bom_versions", bom_template_id=template)
    for component in components:
        world.insert(
            "planner",
            "bom_lines",
            bom_version_id=version,
            product_variant_id=component,
            quantity=1,
        )
    world.run(
        "planner",
        "update ops.bom_versions set status = 'active', valid_from = '2026-01-01' where id = %s",
        version,
    )
    return made


def receipt(
    world: World, component: UUID, quantity: int, place: str = "A-1", **more: object
) -> Step:
    return insert(
        "warehouse",
        "stock_moves",
        product_variant_id=component,
        to_location_id=world.place(place),
        quantity=quantity,
        reason="receipt",
        **more,
    )


def making(made: UUID, quantity: int = 1, **more: object) -> Step:
    return insert(
        "planner", "production_orders", product_variant_id=made, quantity=quantity, **more
    )


def done(world: World, step: Step) -> UUID:
    """Take a step by itself and return the id of the row that it made."""
    [row] = fetch(world.desk(step.persona), step.statement, step.values)
    return as_uuid(row["id"])


def second_place(world: World) -> str:
    """Make another place in the main warehouse and return its code."""
    code = uuid4().hex[:6]
    warehouse = world.look("stock_locations", world.place("A-1"))["warehouse_id"]
    world.insert("warehouse", "stock_locations", warehouse_id=warehouse, code=code)
    return code


def counting(world: World, component: UUID, quantity: int, place: str = "A-1") -> Step:
    counts = [
        {
            "product_variant_id": str(component),
            "stock_location_id": str(world.place(place)),
            "counted_qty": quantity,
        }
    ]
    return command("warehouse", "count_stock", counts=Jsonb(counts))


def cancelling(order: UUID) -> Step:
    return write(
        "planner",
        "update ops.production_orders set status = 'cancelled' where id = %s returning id",
        order,
    )


def reserving(world: World, line: UUID, component: UUID, quantity: int) -> Step:
    return insert(
        "warehouse",
        "inventory_reservations",
        order_item_id=line,
        product_variant_id=component,
        stock_location_id=world.place("A-1"),
        quantity=quantity,
    )


def statuses(world: World, *orders: UUID) -> list[object]:
    return [world.look("production_orders", order)["status"] for order in orders]


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    return outcomes[0].code, outcomes[1].code


def test_the_last_two_components_come_at_once(world: World) -> None:
    for _ in range(TIMES):
        frame, wheel = variant(world), variant(world)
        bike = made_of(world, frame, wheel)
        late = done(world, making(bike, need_by="2030-01-02"))
        urgent = done(world, making(bike, priority=1))
        soon = done(world, making(bike, need_by="2030-01-01"))
        frames, wheels = receipt(world, frame, 2), receipt(world, wheel, 3)
        assert codes(race(world, frames, wheels)) == (None, None)
        assert statuses(world, urgent, soon, late) == ["released", "released", "on_hold"]


def test_an_order_sees_what_comes_in_while_it_is_made(world: World) -> None:
    for _ in range(TIMES):
        frame = variant(world)
        bike = made_of(world, frame)
        brings, makes = receipt(world, frame, 1), making(bike)
        [_, made] = race(world, brings, makes)
        assert statuses(world, as_uuid(made.rows[0]["id"])) == ["released"]
        [made, _] = race(world, makes, brings)
        assert statuses(world, as_uuid(made.rows[0]["id"])) == ["released"]


def test_the_last_piece_goes_to_one_of_two_orders(world: World) -> None:
    frame = variant(world)
    bike = made_of(world, frame)
    done(world, receipt(world, frame, 1))
    first, second = race(world, making(bike), making(bike))
    orders = [as_uuid(outcome.rows[0]["id"]) for outcome in (first, second)]
    assert statuses(world, *orders) == ["released", "on_hold"]
    done(world, cancelling(orders[0]))
    assert statuses(world, *orders) == ["cancelled", "released"]


def test_what_is_handed_on_and_what_comes_in_make_two_ready(world: World) -> None:
    frame = variant(world)
    bike = made_of(world, frame)
    done(world, receipt(world, frame, 1))
    holder, *others = (done(world, making(bike)) for _ in range(4))
    assert codes(race(world, cancelling(holder), receipt(world, frame, 1))) == (None, None)
    assert statuses(world, *others) == ["released", "released", "on_hold"]


def test_less_is_counted_while_it_is_promised(world: World) -> None:
    for count_first in (True, False):
        frame = variant(world)
        bike = made_of(world, frame)
        done(world, receipt(world, frame, 5))
        count, makes = counting(world, frame, 2), making(bike, 3)
        steps = (count, makes) if count_first else (makes, count)
        assert codes(race(world, *steps)) == (None, None)
        [level] = world.run(
            "planner", "select * from ops.stock_levels where product_variant_id = %s", frame
        )
        assert level["on_hand"] == 2


def test_more_comes_to_one_place_while_less_is_counted_in_another(world: World) -> None:
    for count_first in (True, False):
        frame = variant(world)
        bike = made_of(world, frame)
        done(world, receipt(world, frame, 2))
        order = done(world, making(bike, 2))
        count, brings = counting(world, frame, 0), receipt(world, frame, 2, second_place(world))
        steps = (count, brings) if count_first else (brings, count)
        assert codes(race(world, *steps)) == (None, None)
        [component] = world.run(
            "planner",
            "select * from ops.production_components where production_order_id = %s",
            order,
        )
        assert (component["reserved_qty"], component["short_qty"]) == (2, 0)


def test_the_last_piece_is_promised_to_one_of_two_lines(world: World) -> None:
    frame = variant(world)
    done(world, receipt(world, frame, 1))
    first, second = (reserving(world, world.line(), frame, 1) for _ in range(2))
    assert codes(race(world, first, second)) == (None, "OMS_STOCK_RESERVED")


class Somebody:
    """A session that does anything at all, and says how often what came of it."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self._luck = random.Random(number)  # noqa: S311
        self._sessions = {name: world.session(name) for name in ("planner", "warehouse")}
        self.outcomes: Counter[str] = Counter()

    def go_on(self, acts: list[tuple[str, list[Step]]]) -> None:
        """Do one thing after the other until the time is over."""
        stop = time.monotonic() + SECONDS
        while time.monotonic() < stop:
            name, steps = self._luck.choice(acts)
            step = self._luck.choice(steps)
            try:
                fetch(self._sessions[step.persona], step.statement, step.values)
                self.outcomes[name] += 1
            except RefusedError as refused:
                self.outcomes[refused.code] += 1

    def close(self) -> None:
        for session in self._sessions.values():
            session.close()


def let_loose(world: World, acts: list[list[tuple[str, list[Step]]]]) -> Counter[str]:
    """Let everybody do his acts at the same time."""
    people = [Somebody(world, number) for number in range(len(acts))]
    with ThreadPoolExecutor(len(people)) as pool:
        running = [pool.submit(one.go_on, his) for one, his in zip(people, acts, strict=True)]
        wait(running)
    for one in people:
        one.close()
    for each in running:
        each.result()
    return sum((one.outcomes for one in people), Counter())


def test_eight_who_reserve_the_same_pieces_never_promise_more_than_there_is(world: World) -> None:
    frame = variant(world)
    done(world, receipt(world, frame, 10))
    acts = []
    for _ in range(8):
        lines = [world.line() for _ in range(3)]
        reserves = [reserving(world, line, frame, n) for line in lines for n in (1, 2, 3)]
        gives = [write("warehouse", GIVE_UP, line) for line in lines]
        acts.append([("reserved", reserves), ("given up", gives)])
    outcomes = let_loose(world, acts)
    assert set(outcomes) == {"reserved", "given up", "OMS_STOCK_RESERVED", "OMS_ALREADY_EXISTS"}


def test_whatever_they_do_at_once_nobody_deadlocks(world: World) -> None:
    frame, wheel, bolt = (variant(world) for _ in range(3))
    bikes = [made_of(world, frame, wheel), made_of(world, wheel, bolt), made_of(world, bolt, frame)]
    shelf, other = "A-1", second_place(world)
    parts = [frame, wheel, bolt]
    line = world.line()
    moving = [
        insert(
            "warehouse",
            "stock_moves",
            product_variant_id=part,
            from_location_id=world.place(there),
            to_location_id=world.place(here) if here else None,
            quantity=2,
            reason=reason,
        )
        for part in parts
        for there, here, reason in (
            (shelf, other, "transfer"),
            (other, shelf, "transfer"),
            (shelf, None, "scrap"),
            (shelf, None, "shipment"),
        )
    ]
    receipts = [
        receipt(world, part, n, at) for part in parts for n in (1, 3) for at in (shelf, other)
    ]
    orders = [making(bike, n, allow_partial_start=n == 2) for bike in bikes for n in (1, 2, 3)]
    anything: list[tuple[str, list[Step]]] = [
        ("received", receipts),
        ("moved", moving),
        ("counted", [counting(world, part, n) for part in parts for n in (0, 4)]),
        ("made", orders),
        ("cancelled", [write("planner", CANCEL_ONE, bikes)]),
        ("changed", [write("planner", CHANGE_ONE, bikes)]),
        ("reserved", [reserving(world, line, part, 1) for part in parts]),
        ("given up", [write("warehouse", GIVE_UP, line)]),
    ]
    outcomes = let_loose(world, [anything] * 4)
    # Two who reserve for one line in one place at the same time: the unique index refuses one.
    assert {code for code in outcomes if not code.startswith("OMS_")} - {"23505"} == {
        name for name, _ in anything
    }
