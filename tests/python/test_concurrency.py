"""Two sessions at once: one wins, the other is refused with a code, and nothing is out of step."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from builders import Refused, Row, Slice, World, as_uuid, call, fetch
from conftest import Database
from oms_cli.tokens import act_as
from racing import Outcome, Step, command, crossed, race, racing, write


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    """Whatever two sessions did, every counter and every derived status is right afterwards."""
    yield
    assert world.faults() == []


def award(made: Slice, quantity: int | None = None, persona: str = "planner") -> Step:
    return command(
        persona, "award", allocation_item_supplier_id=made.id, awarded_qty=quantity
    )


def quote(made: Slice, price: int = 9) -> Step:
    return command(made.factory, "submit_quote", allocation_item_supplier_id=made.id, price=price)


def revoke(made: Slice) -> Step:
    return command("procurement", "revoke_award", allocation_item_supplier_id=made.id)


def close(made: Slice, quantity: int, *, waive: bool = False) -> Step:
    return command(
        "planner",
        "close_slice",
        allocation_item_supplier_id=made.id,
        closed_qty=quantity,
        waive=waive,
    )


def close_item(item: UUID) -> Step:
    return command("planner", "close_allocation_item", allocation_item_id=item)


def add(world: World, allocation: UUID, *factories: str) -> Step:
    parties = [UUID(world.party(factory)) for factory in factories]
    return command("procurement", "add_candidates", allocation_id=allocation, factory_ids=parties)


def commit(line: UUID, quantity: int | None = None) -> Step:
    lines = Jsonb([{"order_item_id": str(line), "committed_qty": quantity}])
    return command("planner", "allocate_items", name="Again", lines=lines)


def issue(allocation: UUID) -> Step:
    return command("procurement", "issue_contracts", allocation_id=allocation)


def sign(contract: UUID) -> Step:
    return command("factory_a", "sign_contract", factory_po_id=contract, signed_by_name="Li")


def receive(made: Slice, quantity: int, rejected: int = 0) -> Step:
    return command(
        "warehouse",
        "record_receipt",
        allocation_item_supplier_id=made.id,
        qty_received=quantity,
        qty_rejected=rejected,
    )


def pay(contract: UUID, reference: str) -> Step:
    return command("finance", "record_factory_payment", factory_po_id=contract, reference=reference)


def cancel_line(line: UUID) -> Step:
    return command("sales", "cancel_order_item", order_item_id=line)


def awarded(world: World, quantity: int = 100, line: UUID | None = None) -> Slice:
    [made] = world.candidates(line or world.line(), "factory_a")
    world.award(made, quantity)
    return made


def signed(world: World, quantity: int = 100) -> tuple[Slice, UUID]:
    made = awarded(world, quantity)
    return made, world.signed(made)


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    return outcomes[0].code, outcomes[1].code


# Awards


def test_a_slice_is_awarded_once(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, award(made), award(made))) == (None, "OMS_TRANSITION_NOT_ALLOWED")
    assert world.look("allocation_items_supplier", made.id)["awarded_qty"] == 100


AWARDS: list[Callable[[Slice, int], Step]] = [
    award,
    lambda made, quantity: write(
        "planner",
        "update ops.allocation_items_supplier set is_awarded = true, awarded_qty = %s where id = %s",
        quantity,
        made.id,
    ),
]


@pytest.mark.parametrize("act", AWARDS, ids=["command", "plain write"])
def test_two_slices_together_get_no_more_than_is_committed(
    world: World, act: Callable[[Slice, int], Step]
) -> None:
    line = world.line(sizes={"S": 33, "M": 33, "L": 34})
    one, other = world.candidates(line, "factory_a", "factory_b")
    outcomes = race(world, act(one, 60), act(other, 60))
    assert codes(outcomes) == (None, "OMS_AWARD_EXCEEDS_COMMITTED")
    assert codes(race(world, act(other, 40), quote(one))) == (None, "OMS_QUOTE_FROZEN")
    assert world.status(line) == "CONFIRMED"


def test_slices_awarded_at_once_share_the_size_run(world: World) -> None:
    line = world.line(sizes={"S": 33, "M": 33, "L": 34})
    one, other = world.candidates(line, "factory_a", "factory_b")
    race(world, award(one, 50), award(other, 50))
    runs = fetch(
        world.owner,
        "select size_label, sum(quantity)::integer as pieces from ops.allocation_item_supplier_sizes"
        " where allocation_item_supplier_id in (%s, %s) group by size_label, position order by position",
        [one.id, other.id],
    )
    assert [(run["size_label"], run["pieces"]) for run in runs] == [("S", 33), ("M", 33), ("L", 34)]


def test_an_award_takes_the_quote_that_stands_when_it_is_its_turn(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, quote(made, 12), award(made))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["awarded_price"] == 12


def test_a_declined_quote_is_not_awarded(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    decline = command("factory_a", "decline_quote", allocation_item_supplier_id=made.id)
    assert codes(race(world, decline, award(made))) == (None, "OMS_NOT_QUOTED")


def test_an_award_and_a_decline_leave_the_award(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    decline = command("factory_a", "decline_quote", allocation_item_supplier_id=made.id)
    assert codes(race(world, award(made), decline)) == (None, "OMS_QUOTE_FROZEN")


def test_nothing_is_awarded_of_an_item_that_is_being_closed(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, close_item(made.item), award(made))) == (None, "OMS_SLICE_CLOSED")


def test_an_item_that_closes_behind_an_award_keeps_it(world: World) -> None:
    line = world.line()
    one, other = world.candidates(line, "factory_a", "factory_b")
    assert codes(race(world, award(one, 60), close_item(one.item))) == (None, None)
    assert world.look("order_items", line)["committed_qty"] == 60
    assert world.look("allocation_items_supplier", other.id)["closed_at"]


def test_nothing_is_awarded_of_a_line_that_is_being_cancelled(world: World) -> None:
    line = world.line()
    [made] = world.candidates(line, "factory_a")
    assert codes(race(world, cancel_line(line), award(made))) == (None, "OMS_SLICE_CLOSED")
    assert world.status(line) == "CANCELLED"


def test_a_cancellation_finds_the_award_before_it(world: World) -> None:
    line = world.line()
    [made] = world.candidates(line, "factory_a")
    assert codes(race(world, award(made), cancel_line(line))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["closed_qty"] == 0


def test_pieces_are_waived_or_awarded_not_both(world: World) -> None:
    line = world.line()
    one, other = world.candidates(line, "factory_a", "factory_b")
    world.award(one, 60)
    waive = command("sales", "short_close_item", order_item_id=line)
    outcomes = race(world, waive, award(other, 40))
    assert codes(outcomes) == (None, "OMS_AWARD_EXCEEDS_COMMITTED")
    assert world.look("order_items", line)["short_closed_qty"] == 40


def test_a_revoked_award_leaves_room_for_another(world: World) -> None:
    one, other = world.candidates(world.line(), "factory_a", "factory_b")
    world.award(one)
    assert codes(race(world, revoke(one), award(other))) == (None, None)


# Candidates


def test_a_factory_is_made_a_candidate_once(world: World) -> None:
    allocation = world.allocation({world.line(): None})
    one, other = race(
        world,
        add(world, allocation, "factory_a", "factory_b"),
        add(world, allocation, "factory_b", "factory_a"),
    )
    assert (len(one.rows), other.rows, other.code) == (2, [], None)


def test_no_candidate_joins_an_item_that_is_being_closed(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None})
    outcome = race(world, close_item(world.item(allocation, line)), add(world, allocation, "factory_a"))[1]
    assert outcome.rows == []


def test_no_candidate_joins_by_plain_write_either(world: World) -> None:
    line = world.line()
    item = world.item(world.allocation({line: None}), line)
    insert = write(
        "planner",
        "insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (%s, %s)",
        item,
        world.party("factory_a"),
    )
    assert codes(race(world, close_item(item), insert)) == (None, "OMS_ALLOCATION_ITEM_CLOSED")


def test_an_item_closes_with_the_candidate_that_was_just_added(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None})
    race(world, add(world, allocation, "factory_a"), close_item(world.item(allocation, line)))
    assert world.status(line) == "UNALLOCATED"


def test_a_candidate_added_while_an_allocation_is_sent_is_not_sent_for(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None}, "factory_a")
    send = command("planner", "send_allocation", allocation_id=allocation)
    assert codes(race(world, add(world, allocation, "factory_b"), send)) == (None, None)
    assert world.look("allocation_items_supplier", world.slice(allocation, line, "factory_a").id)[
        "invited_at"
    ]


def test_a_revoked_award_is_no_second_candidate_of_its_factory(world: World) -> None:
    line = world.line()
    made = awarded(world, 60, line)
    outcomes = race(world, add(world, made.allocation, "factory_a"), revoke(made))
    assert codes(outcomes) == (None, "OMS_CANDIDATE_EXISTS")


# Orders and commitment


def test_orders_entered_at_once_have_numbers_of_their_own_and_do_not_wait(world: World) -> None:
    world.order()
    enter = write(
        "sales",
        "insert into ops.orders (client_id) values (%s) returning order_number",
        world.party("client_a"),
    )
    with racing(world, enter, enter) as racers:
        for racer in racers:
            racer.start(enter)
            assert racer.settled(), "the second one waits for the first"
        numbers = {racer.outcome().rows[0]["order_number"] for racer in racers}
    assert len(numbers) == 2


def test_lines_added_to_one_order_at_once_are_numbered_in_turn(world: World) -> None:
    order = world.order()
    insert = write(
        "sales",
        "insert into ops.order_items (order_id, colorway_id, quantity) values (%s, %s, 10) returning line_number",
        order,
        world.colorway(),
    )
    one, other = race(world, insert, insert)
    assert [row["line_number"] for row in one.rows + other.rows] == [1, 2]


def test_no_line_joins_an_order_that_is_being_cancelled(world: World) -> None:
    order = world.order()
    cancel = write("sales", "update ops.orders set status = 'cancelled' where id = %s", order)
    insert = write(
        "planner",
        "insert into ops.order_items (order_id, colorway_id, quantity) values (%s, %s, 10)",
        order,
        world.colorway(),
    )
    assert codes(race(world, cancel, insert)) == (None, "OMS_ORDER_NOT_OPEN")


def test_cancelling_an_order_cancels_the_line_that_was_just_added(world: World) -> None:
    order = world.order()
    insert = write(
        "planner",
        "insert into ops.order_items (order_id, colorway_id, quantity) values (%s, %s, 10) returning id",
        order,
        world.colorway(),
    )
    cancel = write("sales", "update ops.orders set status = 'cancelled' where id = %s", order)
    one, _ = race(world, insert, cancel)
    assert world.status(as_uuid(one.rows[0]["id"])) == "CANCELLED"


def test_sizes_added_to_one_line_at_once_add_up(world: World) -> None:
    line = world.line(10)
    insert: Callable[[str], Step] = lambda label: write(  # noqa: E731
        "sales",
        "insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (%s, %s, 10)",
        line,
        label,
    )
    assert codes(race(world, insert("S"), insert("M"))) == (None, None)
    assert world.look("order_items", line)["quantity"] == 20


def test_two_allocations_commit_no_more_of_a_line_than_it_asks_for(world: World) -> None:
    line = world.line(sizes={"S": 50, "M": 50})
    outcomes = race(world, commit(line, 60), commit(line, 60))
    assert codes(outcomes) == (None, "OMS_COMMITMENT_EXCEEDS_QUANTITY")
    assert codes(race(world, commit(line), commit(line))) == (None, "OMS_COMMITMENT_EXCEEDS_QUANTITY")


def test_two_allocations_may_share_a_line(world: World) -> None:
    line = world.line(sizes={"S": 33, "M": 67})
    assert codes(race(world, commit(line, 50), commit(line, 50))) == (None, None)


def test_a_quantity_is_not_lowered_below_a_commitment_in_the_making(world: World) -> None:
    line = world.line()
    lower = write("sales", "update ops.order_items set quantity = 50 where id = %s", line)
    assert codes(race(world, commit(line, 60), lower)) == (None, "OMS_QUANTITY_BELOW_COMMITMENT")


def test_no_more_is_committed_than_a_quantity_that_is_being_lowered(world: World) -> None:
    line = world.line()
    lower = write("sales", "update ops.order_items set quantity = 50 where id = %s", line)
    assert codes(race(world, lower, commit(line, 60))) == (None, "OMS_COMMITMENT_EXCEEDS_QUANTITY")


def test_a_size_is_not_lowered_below_a_commitment_in_the_making(world: World) -> None:
    line = world.line(sizes={"S": 50, "M": 50})
    lower = write(
        "sales",
        "update ops.order_item_sizes set quantity = 10 where order_item_id = %s and size_label = 'S'",
        line,
    )
    assert codes(race(world, commit(line), lower)) == (None, "OMS_QUANTITY_BELOW_COMMITMENT")


def test_a_commitment_takes_the_run_that_is_being_changed(world: World) -> None:
    line = world.line(sizes={"S": 50, "M": 50})
    move = write(
        "sales",
        "update ops.order_item_sizes set quantity = case size_label when 'S' then 10 else 90 end"
        " where order_item_id = %s",
        line,
    )
    one, other = race(world, move, commit(line))
    assert (one.code, other.code) == (None, None)
    item = world.item(as_uuid(other.rows[0]["id"]), line)
    runs = fetch(
        world.owner,
        "select quantity::integer as pieces from ops.allocation_item_sizes"
        " where allocation_item_id = %s order by position",
        [item],
    )
    assert [run["pieces"] for run in runs] == [10, 90]


def test_a_line_gets_no_first_size_while_it_is_being_committed(world: World) -> None:
    line = world.line()
    insert = write(
        "sales",
        "insert into ops.order_item_sizes (order_item_id, size_label, position, quantity)"
        " values (%s, 'S', 1, 100)",
        line,
    )
    assert codes(race(world, commit(line), insert)) == (None, "OMS_LINE_COMMITTED")


def test_nothing_of_a_cancelled_line_is_committed(world: World) -> None:
    line = world.line()
    assert codes(race(world, cancel_line(line), commit(line, 10))) == (None, "OMS_LINE_CANCELLED")


def test_a_cancellation_finds_the_commitment_before_it(world: World) -> None:
    line = world.line()
    assert codes(race(world, commit(line, 10), cancel_line(line))) == (None, None)
    assert world.look("order_items", line)["committed_qty"] == 0


# Contracts


def test_an_allocation_is_issued_once(world: World) -> None:
    made = awarded(world)
    outcomes = race(world, issue(made.allocation), issue(made.allocation))
    assert codes(outcomes) == (None, "OMS_CONTRACT_EMPTY")


def test_signing_twice_at_once_is_one_signature(world: World) -> None:
    made = awarded(world)
    contract = world.issued(made)
    one, other = race(world, sign(contract), sign(contract))
    assert (one.code, other.code) == (None, None)
    assert one.rows[0]["signed_at"] == other.rows[0]["signed_at"]
    assert world.status(made.line) == "PC_SIGNED"


def test_nobody_signs_a_contract_one_slice_of_which_is_being_closed(world: World) -> None:
    first, second = world.line(), world.line()
    allocation = world.allocation({first: None, second: None}, "factory_a")
    world.command("planner", "send_allocation", allocation_id=allocation)
    one, other = (world.slice(allocation, line, "factory_a") for line in (first, second))
    for made in (one, other):
        world.quote(made)
        world.award(made)
    contract = world.issued(one)
    assert codes(race(world, close(one, 40), sign(contract))) == (None, "OMS_TRANSITION_NOT_ALLOWED")
    assert [world.status(line) for line in (first, second)] == ["ALLOCATED", "CONFIRMED"]


def test_a_slice_closes_behind_the_signature(world: World) -> None:
    made = awarded(world)
    contract = world.issued(made)
    assert codes(race(world, sign(contract), close(made, 40))) == (None, None)
    assert world.look("factory_pos", contract)["status"] == "PC_SIGNED"
    assert world.status(made.line) == "ALLOCATED"


def test_a_withdrawn_contract_is_not_signed(world: World) -> None:
    contract = world.issued(awarded(world))
    withdraw = command("planner", "cancel_contract", factory_po_id=contract)
    assert codes(race(world, withdraw, sign(contract))) == (None, "OMS_TRANSITION_NOT_ALLOWED")


def test_what_is_under_contract_is_not_revoked(world: World) -> None:
    made = awarded(world)
    outcomes = race(world, issue(made.allocation), revoke(made))
    assert codes(outcomes) == (None, "OMS_SLICE_UNDER_CONTRACT")


def test_what_is_being_revoked_is_not_issued(world: World) -> None:
    made = awarded(world)
    assert codes(race(world, revoke(made), issue(made.allocation))) == (None, "OMS_CONTRACT_EMPTY")


def test_a_line_that_joins_a_draft_while_its_award_is_revoked_is_not_issued(world: World) -> None:
    first, second = world.line(), world.line()
    allocation = world.allocation({first: None, second: None}, "factory_a")
    world.command("planner", "send_allocation", allocation_id=allocation)
    one, other = (world.slice(allocation, line, "factory_a") for line in (first, second))
    for made in (one, other):
        world.quote(made)
        world.award(made)
    [draft] = world.run(
        "planner",
        "insert into ops.factory_pos (allocation_id, factory_id, currency) values (%s, %s, 'USD') returning id",
        allocation,
        world.party("factory_a"),
    )
    joins = write(
        "planner",
        "insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id)"
        " select %s, id from unnest(%s::uuid[]) as id",
        draft["id"],
        [one.id, other.id],
    )
    race(world, joins, revoke(one))
    # It comes back in another currency, and the draft still has its line.
    world.command(
        "factory_a", "submit_quote", allocation_item_supplier_id=one.id, price=9, currency="EUR"
    )
    world.award(one)
    issued = world.run(
        "planner", "select currency, total_qty from ops.issue_contracts(%s)", allocation
    )
    assert sorted((str(po["currency"]), po["total_qty"]) for po in issued) == [("EUR", 100), ("USD", 100)]


def test_a_line_that_joins_a_contract_being_issued_is_refused(world: World) -> None:
    made = awarded(world)
    other = awarded(world)
    contract = world.issued(made)
    joins = write(
        "planner",
        "insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (%s, %s)",
        contract,
        other.id,
    )
    outcomes = race(world, sign(contract), joins)
    assert codes(outcomes) == (None, "OMS_CONTRACT_FROZEN")


def test_new_awards_replace_a_contract_that_is_not_signed_meanwhile(world: World) -> None:
    first, second = world.line(), world.line()
    allocation = world.allocation({first: None, second: None}, "factory_a")
    world.command("planner", "send_allocation", allocation_id=allocation)
    one, other = (world.slice(allocation, line, "factory_a") for line in (first, second))
    world.quote(one)
    world.quote(other)
    world.award(one)
    contract = world.issued(one)
    world.award(other)
    assert codes(race(world, sign(contract), issue(allocation))) == (None, "OMS_CONTRACT_EXISTS")
    assert [world.status(line) for line in (first, second)] == ["PC_SIGNED", "CONFIRMED"]


# Receipts and payments


def test_two_receipts_together_stay_within_the_tolerance(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, receive(made, 60), receive(made, 60))
    assert codes(outcomes) == (None, "OMS_RECEIPT_EXCEEDS_TOLERANCE")
    assert codes(race(world, receive(made, 20), receive(made, 20))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["accepted_qty"] == 100


def test_two_receipts_by_plain_write_stay_within_it_too(world: World) -> None:
    made, _ = signed(world)
    insert = write(
        "warehouse",
        "insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (%s, 60)",
        made.id,
    )
    assert codes(race(world, insert, insert)) == (None, "OMS_RECEIPT_EXCEEDS_TOLERANCE")


def test_a_slice_is_not_closed_below_what_is_being_received(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, receive(made, 60), close(made, 40))
    assert codes(outcomes) == (None, "OMS_CLOSE_QUANTITY_OUT_OF_RANGE")


def test_no_more_is_received_than_a_slice_is_being_closed_at(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, close(made, 40), receive(made, 60))
    assert codes(outcomes) == (None, "OMS_RECEIPT_EXCEEDS_TOLERANCE")


def test_a_contract_with_goods_underway_is_not_cancelled(world: World) -> None:
    made, contract = signed(world)
    cancel = command("planner", "cancel_contract", factory_po_id=contract)
    assert codes(race(world, receive(made, 1), cancel)) == (None, "OMS_CONTRACT_HAS_RECEIPTS")


def test_nothing_is_received_on_a_contract_that_is_being_cancelled(world: World) -> None:
    made, contract = signed(world)
    cancel = command("planner", "cancel_contract", factory_po_id=contract)
    assert codes(race(world, cancel, receive(made, 1))) == (None, "OMS_CONTRACT_NOT_IN_FORCE")


def test_a_line_with_goods_underway_is_not_cancelled(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, receive(made, 1), cancel_line(made.line))
    assert codes(outcomes) == (None, "OMS_LINE_HAS_RECEIPTS")


def test_rejected_goods_of_a_revoked_award_are_refused(world: World) -> None:
    set_signed: Callable[[bool], object] = lambda required: world.run(  # noqa: E731
        "admin",
        "update ops.organization_settings set receipts_require_signed_contract = %s",
        required,
    )
    made = awarded(world)
    set_signed(False)
    try:
        outcomes = race(world, revoke(made), receive(made, 5, rejected=5))
    finally:
        set_signed(True)
    assert codes(outcomes) == (None, "OMS_NOT_AWARDED")


def test_a_balance_is_paid_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    outcomes = race(world, pay(contract, "R1"), pay(contract, "R2"))
    assert codes(outcomes) == (None, "OMS_PAYMENT_EXCEEDS_PAYABLE")
    assert world.look("factory_pos", contract)["status"] == "CLOSED"


def test_a_reference_is_paid_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    part: Callable[[], Step] = lambda: command(  # noqa: E731
        "finance",
        "record_factory_payment",
        factory_po_id=contract,
        reference="same",
        lines=Jsonb([{"allocation_item_supplier_id": str(made.id), "amount": 1}]),
    )
    assert codes(race(world, part(), part())) == (None, "OMS_REFERENCE_EXISTS")


def test_goods_that_are_being_voided_are_not_paid(world: World) -> None:
    made, contract = signed(world)
    receipt = world.received(made, 100)
    void = command("warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted")
    outcomes = race(world, void, pay(contract, "V1"))
    assert codes(outcomes) == (None, "OMS_PAYMENT_EXCEEDS_PAYABLE")


def test_a_receipt_voided_behind_its_payment_leaves_a_negative_balance(world: World) -> None:
    made, contract = signed(world)
    receipt = world.received(made, 100)
    void = command("warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted")
    assert codes(race(world, pay(contract, "V2"), void)) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["balance"] == -1000
    assert world.look("factory_pos", contract)["status"] == "PC_SIGNED"


def test_receipts_of_two_slices_close_their_contract_together(world: World) -> None:
    first, second = world.line(), world.line()
    allocation = world.allocation({first: None, second: None}, "factory_a")
    world.command("planner", "send_allocation", allocation_id=allocation)
    slices = [world.slice(allocation, line, "factory_a") for line in (first, second)]
    for made in slices:
        world.quote(made)
        world.award(made)
    contract = world.signed(slices[0])
    race(world, receive(slices[0], 100), receive(slices[1], 100))
    world.command("finance", "record_factory_payment", factory_po_id=contract, reference="T1")
    assert world.look("factory_pos", contract)["status"] == "CLOSED"


def test_a_payment_is_voided_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    paid = world.command("finance", "record_factory_payment", factory_po_id=contract, reference="W1")
    bounced, returned = (
        command("finance", "void_factory_payment", factory_payment_id=paid["id"], reason=reason)
        for reason in ("bounced", "returned")
    )
    assert codes(race(world, bounced, returned)) == (None, "OMS_ALREADY_VOIDED")


def test_excess_is_accepted_of_what_stays(world: World) -> None:
    made, _ = signed(world)
    receipt = world.received(made, 100)
    world.command("planner", "close_slice", allocation_item_supplier_id=made.id, closed_qty=100)
    void = command("warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted")
    accept = command(
        "finance", "accept_excess", allocation_item_supplier_id=made.id, accepted_excess_qty=1
    )
    assert codes(race(world, void, accept)) == (None, "OMS_EXCESS_OUT_OF_RANGE")


# Repeated requests


def keyed(line: UUID, key: str, quantity: int = 10) -> Step:
    lines = Jsonb([{"order_item_id": str(line), "committed_qty": quantity}])
    return command("planner", "allocate_items", key=key, name="Keyed", lines=lines)


def test_the_same_request_twice_at_once_has_one_effect(world: World) -> None:
    line = world.line()
    one, other = race(world, keyed(line, "k1"), keyed(line, "k1"))
    assert one.rows[0]["id"] == other.rows[0]["id"]
    assert world.look("order_items", line)["committed_qty"] == 10


def test_the_same_key_with_another_request_at_once_is_refused(world: World) -> None:
    line = world.line()
    outcomes = race(world, keyed(line, "k2"), keyed(line, "k2", quantity=20))
    assert codes(outcomes) == (None, "OMS_IDEMPOTENCY_KEY_REUSED")


def test_a_request_that_failed_leaves_its_key_to_the_next(world: World) -> None:
    line = world.line()
    first, second = keyed(line, "k3", quantity=1000), keyed(line, "k3")
    with racing(world, first, second) as (one, other):
        one.start(first)
        assert one.outcome().code == "OMS_COMMITMENT_EXCEEDS_QUANTITY"
        other.start(second)
        other.settled()
        one.rollback()
        assert other.outcome().code is None
        other.commit()


# Isolation


def test_rules_between_rows_are_not_checked_at_repeatable_read(world: World) -> None:
    line = world.line(sizes={"S": 100})
    one, other = world.candidates(line, "factory_a", "factory_b", committed=90)
    world.award(one, 50)
    made, contract = signed(world)
    receipt = world.received(made, 100)
    unsigned = world.issued(awarded(world))
    steps = [
        award(other, 10),
        command("factory_b", "decline_quote", allocation_item_supplier_id=other.id),
        revoke(one),
        close(one, 10),
        close_item(one.item),
        add(world, one.allocation, "factory_c"),
        commit(line, 10),
        issue(one.allocation),
        sign(unsigned),
        receive(made, 1),
        command("warehouse", "void_receipt", factory_receipt_id=receipt, reason="x"),
        pay(contract, "I1"),
        cancel_line(line),
        command("planner", "short_close_item", order_item_id=line),
        command("planner", "cancel_contract", factory_po_id=contract),
        write("planner", "update ops.allocation_items set committed_qty = 80 where id = %s", one.item),
        write("sales", "update ops.order_item_sizes set quantity = 99 where order_item_id = %s", line),
    ]
    for step in steps:
        with world.session(step.persona, autocommit=False) as session:
            session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            with pytest.raises(Refused, match="OMS_ISOLATION_NOT_SUPPORTED"):
                fetch(session, step.statement, step.values)
                pytest.fail(f"{step} went through")
            session.rollback()


# Deadlocks


def test_commands_take_their_locks_in_one_order(world: World) -> None:
    """Two commands meet at a row that a third session holds; what each holds by then crosses."""
    with psycopg.connect(world.database.server.admin_url, autocommit=True) as admin:
        admin.execute("alter role authenticator set deadlock_timeout = '50ms'")
    first, second = world.line(200), world.line(200)
    sent = world.allocation({first: 60, second: 50}, "factory_a", "factory_b", "factory_c")
    world.command("planner", "send_allocation", allocation_id=sent)
    bare = world.allocation({first: 40})
    bare_item = world.item(bare, first)
    slices = {
        (factory[-1], number): world.slice(sent, line, factory)
        for factory in ("factory_a", "factory_b", "factory_c")
        for number, line in ((1, first), (2, second))
    }
    for made in slices.values():
        world.quote(made)
    for key in (("a", 1), ("a", 2), ("c", 1), ("c", 2)):
        world.award(slices[key], 20)
    contract = world.issued(slices["a", 1])
    fresh_line = world.line(200)
    unsent = world.allocation({fresh_line: None}, "factory_b", "factory_a")
    early, late = sorted(
        world.slice(unsent, fresh_line, factory).id for factory in ("factory_a", "factory_b")
    )
    backwards = Jsonb(
        [{"allocation_item_supplier_id": str(slices["b", n].id), "price": 9} for n in (2, 1)]
    )
    quotes = command("factory_b", "submit_quotes", quotes=backwards)
    both = Jsonb([{"allocation_item_supplier_id": str(slices["b", n].id)} for n in (1, 2)])
    awards = command("planner", "award_many", awards=both)
    lines = Jsonb([{"order_item_id": str(i), "committed_qty": 10} for i in (second, first)])
    allocate = command("planner", "allocate_items", name="Again", lines=lines)
    send = command("planner", "send_allocation", allocation_id=unsent)
    crossings = [
        ("order_items", first, cancel_line(first), add(world, bare, "factory_a")),
        ("order_items", first, cancel_line(first), close_item(bare_item)),
        ("order_items", first, allocate, close(slices["a", 2], 0)),
        ("order_items", second, allocate, close(slices["a", 2], 0)),
        ("order_items", second, allocate, cancel_line(second)),
        ("allocation_items_supplier", slices["b", 1].id, awards, quotes),
        ("allocation_items_supplier", slices["b", 1].id, close_item(slices["b", 1].item), quotes),
        ("allocation_items_supplier", early, cancel_line(fresh_line), send),
        ("allocation_items_supplier", late, send, cancel_line(fresh_line)),
        ("allocation_items", slices["c", 1].item, revoke(slices["c", 1]), add(world, sent, "factory_c")),
        ("allocation_items", slices["c", 2].item, quote(slices["b", 2]), close(slices["c", 2], 0, waive=True)),
        ("factory_pos", contract, close(slices["a", 1], 5), close(slices["a", 2], 5)),
        ("factory_pos", contract, sign(contract), close(slices["a", 2], 5)),
        ("allocation_items", bare_item, add(world, bare, "factory_a", "factory_b"), add(world, bare, "factory_b", "factory_a")),
    ]
    for table, row, one, other in crossings:
        with racing(world, one, other) as racers:
            outcomes = crossed(world, table, row, one, other, racers)
            assert "40P01" not in codes(outcomes), (table, one, other)


class Somebody:
    """One connection that speaks as everybody in turn and does whatever comes to its mind."""

    def __init__(self, world: World, lines: list[UUID], seed: int) -> None:
        self.world = world
        self.lines = lines
        self.dice = random.Random(seed)  # noqa: S311  # decides nothing but the order of a test
        self.connection = world.database.connect("oms_planner")
        self.seen: Counter[tuple[str, str]] = Counter()
        self.acts = [
            name for name in dir(self) if name.startswith("do_") for _ in range(WEIGHTS.get(name, 2))
        ]

    def work(self, until: float) -> None:
        """Act until the time is up; stop at the first refusal that has no code of ours."""
        while time.monotonic() < until:
            act = self.dice.choice(self.acts)
            try:
                getattr(self, act)()
            except LookupError:
                continue
            except Refused as refused:
                code = str(refused.code)
                self.seen[act, code] += 1
                if not code.startswith("OMS_"):
                    return
            else:
                self.seen[act, "done"] += 1

    def as_(self, persona: str) -> None:
        self.connection.execute("reset role")
        act_as(self.connection, self.world.personas[persona])

    def do(self, persona: str, name: str, /, **arguments: object) -> None:
        self.as_(persona)
        fetch(self.connection, call(name, arguments), arguments)

    def pick(self, table: str, condition: str = "true") -> Row:
        """Choose a row of our lines, as a planner sees it at this moment."""
        self.as_("planner")
        found = fetch(
            self.connection,
            sql.SQL(
                "select f.code as factory, s.id as slice, s.allocation_item_id as item, s.allocation_id,"
                " s.effective_qty, t.* from ops.order_items as i"
                " join ops.allocation_items as a on a.order_item_id = i.id"
                " join ops.allocation_items_supplier as s on s.allocation_item_id = a.id"
                " join ops.directory as f on f.id = s.factory_id"
                " join {} where i.id = any(%s) and ({}) order by random() limit 1"
            ).format(sql.SQL(JOINED[table]), sql.SQL(condition)),
            [self.lines],
        )
        return found[0]

    def some_factories(self) -> list[UUID]:
        factories = self.dice.sample(["factory_a", "factory_b", "factory_c"], k=self.dice.randint(1, 3))
        return [UUID(self.world.party(factory)) for factory in factories]

    def do_allocate(self) -> None:
        lines = self.dice.sample(self.lines, k=2)
        chosen = [{"order_item_id": str(i), "committed_qty": self.dice.randint(5, 25)} for i in lines]
        self.do(
            "planner", "allocate_items", name="x", lines=Jsonb(chosen), factory_ids=self.some_factories()
        )

    def do_add(self) -> None:
        self.do(
            "procurement",
            "add_candidates",
            allocation_id=self.pick("slices")["allocation_id"],
            factory_ids=self.some_factories(),
        )

    def do_send(self) -> None:
        self.do("planner", "send_allocation", allocation_id=self.pick("slices")["allocation_id"])

    def do_quote(self) -> None:
        row = self.pick("slices", "not s.is_awarded and s.closed_at is null and s.invited_at is not null")
        self.do(
            str(row["factory"]),
            "submit_quote",
            allocation_item_supplier_id=row["slice"],
            price=self.dice.randint(5, 9),
        )

    def do_quotes(self) -> None:
        row = self.pick("slices", "not s.is_awarded and s.closed_at is null and s.invited_at is not null")
        self.as_(str(row["factory"]))
        own = fetch(
            self.connection,
            "select id from ops.allocation_items_supplier"
            " where allocation_id = %s and not is_awarded and closed_at is null order by random()",
            [row["allocation_id"]],
        )
        quotes = [{"allocation_item_supplier_id": str(q["id"]), "price": 7} for q in own]
        self.do(str(row["factory"]), "submit_quotes", quotes=Jsonb(quotes))

    def do_decline(self) -> None:
        row = self.pick("slices", "not s.is_awarded")
        name = self.dice.choice(["decline_quote", "withdraw_quote"])
        self.do(str(row["factory"]), name, allocation_item_supplier_id=row["slice"])

    def do_award(self) -> None:
        row = self.pick("slices", "s.quote_status = 'quoted' and not s.is_awarded and s.closed_at is null")
        quantity = self.dice.randint(1, 20)
        self.do("planner", "award", allocation_item_supplier_id=row["slice"], awarded_qty=quantity)

    def do_award_shares(self) -> None:
        row = self.pick("slices", "s.quote_status = 'quoted' and not s.is_awarded and s.closed_at is null")
        rivals = fetch(
            self.connection,
            "select id from ops.allocation_items_supplier where allocation_item_id = %s"
            " and not is_awarded and closed_at is null and quote_status = 'quoted' order by random() limit 2",
            [row["item"]],
        )
        share = {1: [100], 2: [35, 65]}.get(len(rivals), [])
        awards = [
            {"allocation_item_supplier_id": str(rival["id"]), "percentage": percentage}
            for rival, percentage in zip(rivals, share, strict=True)
        ]
        self.do("planner", "award_many", awards=Jsonb(awards))

    def do_revoke(self) -> None:
        row = self.pick("slices", "s.is_awarded and s.closed_at is null")
        self.do("planner", "revoke_award", allocation_item_supplier_id=row["slice"])

    def do_close_slice(self) -> None:
        row = self.pick("slices", "s.effective_qty > 0")
        self.do(
            "planner",
            "close_slice",
            allocation_item_supplier_id=row["slice"],
            closed_qty=self.dice.randint(0, int(str(row["effective_qty"]).split(".")[0])),
            waive=self.dice.random() < 0.3,
        )

    def do_close_item(self) -> None:
        self.do("planner", "close_allocation_item", allocation_item_id=self.pick("slices")["item"])

    def do_issue(self) -> None:
        row = self.pick("slices", "s.effective_qty > 0")
        self.do("procurement", "issue_contracts", allocation_id=row["allocation_id"])

    def do_sign(self) -> None:
        row = self.pick("contracts", "t.status = 'ISSUED'")
        self.do(str(row["factory"]), "sign_contract", factory_po_id=row["id"])

    def do_cancel_contract(self) -> None:
        self.do("planner", "cancel_contract", factory_po_id=self.pick("contracts")["id"])

    def do_produce(self) -> None:
        row = self.pick("slices", "s.effective_qty > 0")
        self.do(
            str(row["factory"]), "report_production", allocation_item_supplier_id=row["slice"], shipped_qty=1
        )

    def do_receive(self) -> None:
        row = self.pick("contracts", "t.status = 'PC_SIGNED' and s.accepted_qty < s.effective_qty")
        quantity = self.dice.randint(1, 12)
        self.do(
            "warehouse",
            "record_receipt",
            allocation_item_supplier_id=row["slice"],
            qty_received=quantity,
            qty_rejected=self.dice.randint(0, 1),
        )

    def do_void_receipt(self) -> None:
        row = self.pick("receipts", "t.voided_at is null")
        self.do("warehouse", "void_receipt", factory_receipt_id=row["id"], reason="miscounted")

    def do_accept(self) -> None:
        row = self.pick("slices", "s.is_awarded")
        self.do(
            "finance", "accept_excess", allocation_item_supplier_id=row["slice"], accepted_excess_qty=0
        )

    def do_pay(self) -> None:
        row = self.pick("contracts", "s.balance > 0")
        reference = f"P{self.dice.random()}"
        self.do("finance", "record_factory_payment", factory_po_id=row["id"], reference=reference)

    def do_void_payment(self) -> None:
        row = self.pick("payments", "t.voided_at is null")
        self.do("finance", "void_factory_payment", factory_payment_id=row["id"], reason="bounced")

    def do_short_close(self) -> None:
        self.do("planner", "short_close_item", order_item_id=self.dice.choice(self.lines))

    def do_cancel_line(self) -> None:
        self.do("sales", "cancel_order_item", order_item_id=self.dice.choice(self.lines))


WEIGHTS = {
    "do_allocate": 6,
    "do_quote": 6,
    "do_award": 6,
    "do_issue": 4,
    "do_sign": 4,
    "do_receive": 6,
    "do_pay": 4,
    "do_close_item": 1,
    "do_short_close": 1,
    "do_cancel_line": 1,
}
JOINED = {
    "slices": "(select) as t on true",
    "contracts": (
        "ops.factory_po_lines as l on l.allocation_item_supplier_id = s.id"
        " join ops.factory_pos as t on t.id = l.factory_po_id"
    ),
    "receipts": "ops.factory_receipts as t on t.allocation_item_supplier_id = s.id",
    "payments": (
        "ops.factory_payment_lines as l on l.allocation_item_supplier_id = s.id"
        " join ops.factory_payments as t on t.id = l.factory_payment_id"
    ),
}


def test_four_sessions_that_do_anything_at_all_break_nothing(world: World) -> None:
    run = {"S": 13, "M": 21, "L": 26}
    lines = [world.line(sizes=run) for _ in range(4)]
    everybody = [Somebody(world, lines, seed) for seed in range(4)]
    until = time.monotonic() + 10
    with ThreadPoolExecutor(len(everybody)) as pool:
        working = [pool.submit(one.work, until) for one in everybody]
        while not all(work.done() for work in working):
            wait(working, timeout=0.5)
            for at, line in enumerate(lines):  # a line that is through makes room for a new one
                row = world.look("order_items", line)
                if row["short_closed_qty"] or row["allocation_status"] in {"CANCELLED", "PC_SIGNED"}:
                    lines[at] = world.line(sizes=run)
        for work in working:
            work.result()
    seen = sum((one.seen for one in everybody), Counter[tuple[str, str]]())
    uncoded = {what: times for what, times in seen.items() if not what[1].startswith(("OMS_", "done"))}
    assert not uncoded
    assert sum(times for what, times in seen.items() if what[1] == "done") > 100
