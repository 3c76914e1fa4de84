"""Buying, two sessions at once: one wins, the other is refused with a code, no counter is out."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from builders import World, as_uuid
from conftest import Database
from racing import Outcome, Step, command, crossed, insert, race, write


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    """Whatever two sessions did, every counter and every derived status is right afterwards."""
    yield
    assert world.faults() == []


@dataclass(frozen=True)
class Bought:
    """A purchase order and its one line."""

    id: UUID
    line: UUID


def draft(world: World, *, buyer: str = "planner", price: int = 1) -> Bought:
    order = world.insert(buyer, "purchase_orders", vendor_id=world.party("vendor"))
    line = world.insert(
        buyer,
        "purchase_order_lines",
        purchase_order_id=order,
        product_variant_id=world.variant("TAPE-20"),
        quantity=10,
        unit_price=price,
    )
    return Bought(order, line)


def submitted(world: World) -> Bought:
    """Make an order that procurement or an administrator decides on, by its amount."""
    made = draft(world, price=100)
    world.command("planner", "submit_purchase_order", purchase_order_id=made.id)
    return made


def sent(world: World) -> Bought:
    made = draft(world)
    for step in ("submit_purchase_order", "send_purchase_order"):
        world.command("planner", step, purchase_order_id=made.id)
    return made


def received(world: World, made: Bought, quantity: int) -> UUID:
    lines = Jsonb([{"purchase_order_line_id": str(made.line), "received_qty": quantity}])
    receipt = world.command("warehouse", "receive_goods", purchase_order_id=made.id, lines=lines)
    return as_uuid(receipt["id"])


def receive(made: Bought, quantity: int) -> Step:
    lines = Jsonb([{"purchase_order_line_id": str(made.line), "received_qty": quantity}])
    return command("warehouse", "receive_goods", purchase_order_id=made.id, lines=lines)


def step(made: Bought, verb: str, persona: str = "procurement") -> Step:
    return command(persona, f"{verb}_purchase_order", purchase_order_id=made.id)


def change(made: Bought) -> Step:
    return write(
        "planner", "update ops.purchase_order_lines set quantity = 12 where id = %s", made.line
    )


def cancel_rest(made: Bought, quantity: int) -> Step:
    return write(
        "procurement",
        "update ops.purchase_order_lines set cancelled_qty = %s where id = %s",
        quantity,
        made.line,
    )


def void(receipt: UUID) -> Step:
    return command("warehouse", "void_goods_receipt", goods_receipt_id=receipt, reason="Wrong")


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    first, second = outcomes
    return first.code, second.code


@pytest.fixture(scope="module", autouse=True)
def tier(world: World) -> None:
    world.insert(
        "admin", "purchase_approval_tiers", from_amount=1000, approver_role="oms_procurement"
    )


def test_two_receipts_of_one_line_do_not_exceed_it_together(world: World) -> None:
    made = sent(world)
    assert codes(race(world, receive(made, 6), receive(made, 6))) == (
        None,
        "OMS_RECEIPT_EXCEEDS_ORDERED",
    )
    assert world.look("purchase_order_lines", made.line)["received_qty"] == 6


def test_two_receipts_that_complete_an_order_together_close_it(world: World) -> None:
    made = sent(world)
    assert codes(race(world, receive(made, 6), receive(made, 4))) == (None, None)
    assert world.look("purchase_orders", made.id)["status"] == "closed"


def test_two_people_do_not_both_approve(world: World) -> None:
    made = submitted(world)
    again = step(made, "approve")
    assert codes(race(world, again, again)) == (None, "OMS_TRANSITION_NOT_ALLOWED")


def test_what_is_rejected_meanwhile_is_not_approved(world: World) -> None:
    made = submitted(world)
    reject = command(
        "procurement", "reject_purchase_order", purchase_order_id=made.id, reason="Too dear"
    )
    assert codes(race(world, reject, step(made, "approve"))) == (
        None,
        "OMS_TRANSITION_NOT_ALLOWED",
    )


def test_what_is_taken_back_meanwhile_is_not_approved(world: World) -> None:
    made = submitted(world)
    take_back = write(
        "planner", "update ops.purchase_orders set status = 'draft' where id = %s", made.id
    )
    assert codes(race(world, take_back, step(made, "approve"))) == (
        None,
        "OMS_TRANSITION_NOT_ALLOWED",
    )


def test_a_line_is_not_changed_under_an_order_that_is_submitted(world: World) -> None:
    made = draft(world)
    assert codes(race(world, step(made, "submit"), change(made))) == (
        None,
        "OMS_PURCHASE_ORDER_FROZEN",
    )


def test_an_order_is_submitted_with_the_line_that_was_changed_meanwhile(world: World) -> None:
    made = draft(world, price=90)
    assert codes(race(world, change(made), step(made, "submit", "planner"))) == (None, None)
    order = world.look("purchase_orders", made.id)
    assert (order["subtotal"], order["status"]) == (1080, "submitted")


def test_lines_of_one_draft_are_numbered_one_after_the_other(world: World) -> None:
    made = draft(world)
    line = insert(
        "planner",
        "purchase_order_lines",
        purchase_order_id=made.id,
        product_variant_id=world.variant("TAPE-20"),
        quantity=1,
        unit_price=1,
    )
    assert codes(race(world, line, line)) == (None, None)


def test_what_is_cancelled_meanwhile_is_not_received(world: World) -> None:
    made = sent(world)
    assert codes(race(world, step(made, "cancel"), receive(made, 6))) == (
        None,
        "OMS_PURCHASE_ORDER_NOT_OPEN",
    )


def test_what_is_received_meanwhile_is_not_cancelled(world: World) -> None:
    made = sent(world)
    assert codes(race(world, receive(made, 6), step(made, "cancel"))) == (
        None,
        "OMS_PURCHASE_ORDER_HAS_RECEIPTS",
    )


def test_no_more_of_a_line_is_cancelled_than_has_not_come_meanwhile(world: World) -> None:
    made = sent(world)
    assert codes(race(world, receive(made, 6), cancel_rest(made, 5))) == (
        None,
        "OMS_CANCELLED_QUANTITY_OUT_OF_RANGE",
    )


def test_a_receipt_is_voided_once(world: World) -> None:
    receipt = received(world, sent(world), 5)
    assert codes(race(world, void(receipt), void(receipt))) == (None, "OMS_ALREADY_VOIDED")


def test_a_receipt_that_is_voided_makes_room_for_one_that_waits(world: World) -> None:
    made = sent(world)
    receipt = received(world, made, 10)
    assert codes(race(world, void(receipt), receive(made, 10))) == (None, None)


def test_nothing_is_received_with_a_receipt_that_is_voided_meanwhile(world: World) -> None:
    made = sent(world)
    receipt = received(world, made, 5)
    more = insert(
        "warehouse",
        "goods_receipt_lines",
        goods_receipt_id=receipt,
        purchase_order_line_id=made.line,
        received_qty=1,
    )
    assert codes(race(world, void(receipt), more)) == (None, "OMS_ALREADY_VOIDED")


@pytest.mark.parametrize("other", ["close", "cancel", "void", "rest"])
def test_a_receipt_and_what_else_is_done_with_its_order_do_not_deadlock(
    world: World, other: str
) -> None:
    made = sent(world)
    rival = {
        "close": step(made, "close"),
        "cancel": step(made, "cancel"),
        "void": void(received(world, made, 1)),
        "rest": cancel_rest(made, 3),
    }[other]
    outcomes = crossed(world, "purchase_orders", made.id, receive(made, 2), rival)
    assert "40P01" not in codes(outcomes)
