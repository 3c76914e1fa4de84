"""Two sessions at once: one wins, the other is refused with a code, and nothing is out of step."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from builders import RefusedError, Slice, World, as_uuid, called, fetch
from conftest import Database
from racing import Outcome, Step, command, crossed, held, insert, race, racing, write

PLANNED = date(2027, 6, 1)
PLANNED_LATER = date(2027, 8, 1)


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    """Whatever two sessions did, every counter and every derived status is right afterwards."""
    yield
    assert world.faults() == []


def on(made: Slice, persona: str, name: str, /, **arguments: object) -> Step:
    """Make a step of a command about a slice."""
    arguments["allocation_item_supplier_id"] = made.id
    return Step(persona, called(name, arguments), arguments)


def award(made: Slice, quantity: int | None = None) -> Step:
    return on(made, "planner", "award", awarded_qty=quantity)


def award_plainly(made: Slice, quantity: int) -> Step:
    return write(
        "planner",
        "update ops.allocation_items_supplier set is_awarded = true, awarded_qty = %s"
        " where id = %s",
        quantity,
        made.id,
    )


def quote(made: Slice, price: int = 9) -> Step:
    return on(made, made.factory, "submit_quote", price=price)


def decline(made: Slice) -> Step:
    return on(made, made.factory, "decline_quote")


def revoke(made: Slice) -> Step:
    return on(made, "procurement", "revoke_award")


def close(made: Slice, quantity: int, *, waive: bool = False) -> Step:
    return on(made, "planner", "close_slice", closed_qty=quantity, waive=waive)


def close_item(item: UUID) -> Step:
    return command("planner", "close_allocation_item", allocation_item_id=item)


def add(world: World, allocation: UUID, *factories: str) -> Step:
    parties = [UUID(world.party(factory)) for factory in factories]
    return command("procurement", "add_candidates", allocation_id=allocation, factory_ids=parties)


def commit(line: UUID, quantity: int | None = None, *, key: str | None = None) -> Step:
    lines = Jsonb([{"order_item_id": str(line), "committed_qty": quantity}])
    return command("planner", "allocate_items", key=key, name="Again", lines=lines)


def reallocate(world: World, *slices: Slice) -> Step:
    """Make a step of giving what was not accepted of slices to factory B."""
    taker = {"factory_id": world.party("factory_b"), "price": 8, "remark": "in time"}
    moved = [{"allocation_item_supplier_id": str(i.id), "awards": [taker]} for i in slices]
    return command("planner", "reallocate", reallocations=Jsonb(moved))


def move(world: World, made: Slice, quantity: int) -> Step:
    """Make a step of moving pieces of a slice's item into an allocation of their own."""
    return insert(
        "planner",
        "allocation_items",
        allocation_id=world.insert("planner", "allocations", name="Other"),
        order_item_id=made.line,
        split_from_id=made.item,
        committed_qty=quantity,
    )


def draft(world: World, made: Slice) -> Step:
    return insert(
        "planner",
        "factory_pos",
        allocation_id=made.allocation,
        factory_id=world.party(made.factory),
        currency="USD",
    )


def send(allocation: UUID) -> Step:
    return command("planner", "send_allocation", allocation_id=allocation)


def issue(allocation: UUID) -> Step:
    return command("procurement", "issue_contracts", allocation_id=allocation)


def sign(contract: UUID) -> Step:
    return command("factory_a", "sign_contract", factory_po_id=contract, signed_by_name="Li")


def cancel(contract: UUID) -> Step:
    return command("planner", "cancel_contract", factory_po_id=contract)


def receive(made: Slice, quantity: int, rejected: int = 0) -> Step:
    return on(made, "warehouse", "record_receipt", qty_received=quantity, qty_rejected=rejected)


def void(receipt: UUID) -> Step:
    return command("warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted")


def pay(contract: UUID, reference: str) -> Step:
    return command("finance", "record_factory_payment", factory_po_id=contract, reference=reference)


def cancel_line(line: UUID) -> Step:
    return command("sales", "cancel_order_item", order_item_id=line)


def cancel_order(order: UUID) -> Step:
    return write("sales", "update ops.orders set status = 'cancelled' where id = %s", order)


def add_line(world: World, order: UUID) -> Step:
    return insert(
        "planner", "order_items", order_id=order, colorway_id=world.colorway(), quantity=10
    )


def add_size(line: UUID, label: str, quantity: int, **columns: object) -> Step:
    return insert(
        "sales",
        "order_item_sizes",
        order_item_id=line,
        size_label=label,
        quantity=quantity,
        **columns,
    )


def lower(line: UUID, quantity: int) -> Step:
    return write("sales", "update ops.order_items set quantity = %s where id = %s", quantity, line)


def awarded(world: World, quantity: int = 100) -> Slice:
    [made] = world.candidates(world.line(), "factory_a")
    world.award(made, quantity)
    return made


def awarded_together(world: World) -> tuple[Slice, Slice]:
    """Award two lines of 100 of one allocation to factory A."""
    one, other = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    world.award(one)
    world.award(other)
    return one, other


def signed(world: World) -> tuple[Slice, UUID]:
    made = awarded(world)
    return made, world.signed(made)


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    return outcomes[0].code, outcomes[1].code


def sizes_of(world: World, slices: list[Slice]) -> dict[str, object]:
    rows = world.run(
        "planner",
        "select size_label, sum(quantity)::integer as pieces"
        " from ops.allocation_item_supplier_sizes"
        " where allocation_item_supplier_id = any(%s) group by size_label",
        [made.id for made in slices],
    )
    return {str(row["size_label"]): row["pieces"] for row in rows}


# Awards


def test_a_slice_is_awarded_once(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, award(made), award(made))) == (None, "OMS_TRANSITION_NOT_ALLOWED")
    assert world.look("allocation_items_supplier", made.id)["awarded_qty"] == 100


@pytest.mark.parametrize("act", [award, award_plainly])
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
    run = {"S": 33, "M": 33, "L": 34}
    slices = world.candidates(world.line(sizes=run), "factory_a", "factory_b")
    assert codes(race(world, *(award(made, 50) for made in slices))) == (None, None)
    assert sizes_of(world, slices) == run


def test_an_award_takes_the_quote_that_stands_when_it_is_its_turn(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, quote(made, 12), award(made))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["awarded_price"] == 12


def test_a_declined_quote_is_not_awarded(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, decline(made), award(made))) == (None, "OMS_NOT_QUOTED")


def test_what_is_being_awarded_is_not_declined(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, award(made), decline(made))) == (None, "OMS_QUOTE_FROZEN")


def test_nothing_is_awarded_of_an_item_that_is_being_closed(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    assert codes(race(world, close_item(made.item), award(made))) == (None, "OMS_SLICE_CLOSED")


def test_pieces_are_awarded_or_taken_back_not_both(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    recommit: LiteralString = "update ops.allocation_items set committed_qty = 50 where id = %s"
    outcomes = race(world, write("planner", recommit, made.item), award(made, 60))
    assert codes(outcomes) == (None, "OMS_AWARD_EXCEEDS_COMMITTED")
    [made] = world.candidates(world.line(), "factory_a")
    outcomes = race(world, award(made, 60), write("planner", recommit, made.item))
    assert codes(outcomes) == (None, "OMS_COMMITTED_BELOW_AWARDED")


def test_pieces_are_awarded_or_moved_not_both(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    outcomes = race(world, move(world, made, 60), award(made, 60))
    assert codes(outcomes) == (None, "OMS_AWARD_EXCEEDS_COMMITTED")
    [made] = world.candidates(world.line(), "factory_a")
    outcomes = race(world, award(made, 60), move(world, made, 60))
    assert codes(outcomes) == (None, "OMS_SPLIT_NOT_ALLOWED")


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


def dated(world: World, ready: str) -> Slice:
    """Have factory A quote a line of its own, to be ready on a day."""
    [made] = world.candidates(world.line(), "factory_a")
    world.date(made, ready)
    return made


def test_two_awards_do_not_fill_a_month_twice(world: World) -> None:
    one, other, later = (dated(world, day) for day in ("2027-07-01", "2027-07-31", "2027-08-01"))
    with world.refusing("factory_capacity", "monthly_capacity_qty", 150):
        outcomes = race(world, award(one), award(other))
        assert codes(outcomes) == (None, "OMS_FACTORY_OVER_CAPACITY")
        assert codes(race(world, award(other, 50), award(later))) == (None, None)


def test_work_is_not_awarded_and_moved_into_the_same_month(world: World) -> None:
    made, moved = dated(world, "2027-09-01"), dated(world, "2027-10-01")
    world.award(moved)
    with world.refusing("factory_capacity", "monthly_capacity_qty", 150):
        move_in = command(
            "procurement",
            "issue_contracts",
            allocation_id=moved.allocation,
            ex_factory_date=date(2027, 9, 30),
        )
        assert codes(race(world, award(made), move_in)) == (None, "OMS_FACTORY_OVER_CAPACITY")


def test_awards_and_contracts_that_wait_for_a_factory_pass_each_other(world: World) -> None:
    one, other, issued = (dated(world, "2027-11-01") for _ in range(3))
    world.award(issued)
    factory = UUID(world.party("factory_a"))
    with world.refusing("factory_capacity", "monthly_capacity_qty", 300):
        for behind in (award(other), issue(issued.allocation)):
            assert codes(crossed(world, "directory", factory, award(one), behind)) == (None, None)


def test_a_factory_is_made_a_candidate_once(world: World) -> None:
    allocation = world.allocation({world.line(): None})
    there, back = ("factory_a", "factory_b"), ("factory_b", "factory_a")
    one, other = race(world, add(world, allocation, *there), add(world, allocation, *back))
    assert (len(one.rows), other.rows, other.code) == (2, [], None)


def test_no_candidate_joins_an_item_that_is_being_closed(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None})
    closes = close_item(world.item(allocation, line))
    _, added = race(world, closes, add(world, allocation, "factory_a"))
    assert (added.rows, added.code) == ([], None)


def test_no_candidate_joins_it_by_plain_write_either(world: World) -> None:
    line = world.line()
    item = world.item(world.allocation({line: None}), line)
    joins = insert(
        "planner",
        "allocation_items_supplier",
        allocation_item_id=item,
        factory_id=world.party("factory_a"),
    )
    assert codes(race(world, close_item(item), joins)) == (None, "OMS_ALLOCATION_ITEM_CLOSED")


def test_an_item_closes_with_the_candidate_that_was_just_added(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None})
    closes = close_item(world.item(allocation, line))
    assert codes(race(world, add(world, allocation, "factory_a"), closes)) == (None, None)
    assert world.status(line) == "UNALLOCATED"


def test_an_allocation_is_sent_while_candidates_are_added(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None}, "factory_a")
    assert codes(race(world, add(world, allocation, "factory_b"), send(allocation))) == (None, None)
    early = world.slice(allocation, line, "factory_a")
    assert world.look("allocation_items_supplier", early.id)["invited_at"]


def test_an_allocation_is_sent_once(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None}, "factory_a")
    assert codes(race(world, send(allocation), send(allocation))) == (None, None)
    assert world.status(line) == "ALLOCATED"


def test_a_revoked_award_is_no_second_candidate_of_its_factory(world: World) -> None:
    made = awarded(world, 60)
    outcomes = race(world, add(world, made.allocation, "factory_a"), revoke(made))
    assert codes(outcomes) == (None, "OMS_CANDIDATE_EXISTS")


# Orders and commitment


def test_orders_entered_at_once_have_numbers_of_their_own_and_do_not_wait(world: World) -> None:
    world.order()
    enter = insert("sales", "orders", client_id=world.party("client_a"))
    with racing(world, enter, enter) as racers:
        for racer in racers:
            racer.start()
            assert racer.settled(), "the second one waits for the first"
        numbers = {racer.outcome().rows[0]["order_number"] for racer in racers}
    assert len(numbers) == 2


def test_lines_added_to_one_order_at_once_are_numbered_in_turn(world: World) -> None:
    order = world.order()
    one, other = race(world, add_line(world, order), add_line(world, order))
    assert [row["line_number"] for row in one.rows + other.rows] == [1, 2]


def test_no_line_joins_an_order_that_is_being_cancelled(world: World) -> None:
    order = world.order()
    outcomes = race(world, cancel_order(order), add_line(world, order))
    assert codes(outcomes) == (None, "OMS_ORDER_NOT_OPEN")


def test_cancelling_an_order_cancels_the_line_that_was_just_added(world: World) -> None:
    order = world.order()
    added, cancelled = race(world, add_line(world, order), cancel_order(order))
    assert (added.code, cancelled.code) == (None, None)
    assert world.status(as_uuid(added.rows[0]["id"])) == "CANCELLED"


def test_sizes_added_to_one_line_at_once_add_up(world: World) -> None:
    line = world.line(10)
    assert codes(race(world, add_size(line, "S", 10), add_size(line, "M", 10))) == (None, None)
    assert world.look("order_items", line)["quantity"] == 20


def test_two_allocations_commit_no_more_of_a_line_than_it_asks_for(world: World) -> None:
    line = world.line(sizes={"S": 50, "M": 50})
    too_much = (None, "OMS_COMMITMENT_EXCEEDS_QUANTITY")
    assert codes(race(world, commit(line, 60), commit(line, 60))) == too_much
    assert codes(race(world, commit(line), commit(line))) == too_much


def test_two_allocations_may_share_a_line(world: World) -> None:
    line = world.line(sizes={"S": 33, "M": 67})
    assert codes(race(world, commit(line, 50), commit(line, 50))) == (None, None)


def test_a_quantity_is_not_lowered_below_a_commitment_in_the_making(world: World) -> None:
    line = world.line()
    outcomes = race(world, commit(line, 60), lower(line, 50))
    assert codes(outcomes) == (None, "OMS_QUANTITY_BELOW_COMMITMENT")


def test_no_more_is_committed_than_a_quantity_that_is_being_lowered(world: World) -> None:
    line = world.line()
    outcomes = race(world, lower(line, 50), commit(line, 60))
    assert codes(outcomes) == (None, "OMS_COMMITMENT_EXCEEDS_QUANTITY")


def test_a_size_is_not_lowered_below_a_commitment_in_the_making(world: World) -> None:
    line = world.line(sizes={"S": 50, "M": 50})
    shrink = write(
        "sales",
        "update ops.order_item_sizes set quantity = 10"
        " where order_item_id = %s and size_label = 'S'",
        line,
    )
    assert codes(race(world, commit(line), shrink)) == (None, "OMS_QUANTITY_BELOW_COMMITMENT")


def test_a_commitment_takes_the_size_run_that_is_being_changed(world: World) -> None:
    line = world.line(sizes={"S": 50, "M": 50})
    move = write(
        "sales",
        "update ops.order_item_sizes set quantity = case size_label when 'S' then 10 else 90 end"
        " where order_item_id = %s",
        line,
    )
    moved, committed = race(world, move, commit(line))
    assert (moved.code, committed.code) == (None, None)
    runs = world.run(
        "planner",
        "select quantity from ops.allocation_item_sizes"
        " where allocation_item_id = %s order by position",
        world.item(as_uuid(committed.rows[0]["id"]), line),
    )
    assert [run["quantity"] for run in runs] == [10, 90]


def test_a_line_gets_no_first_size_while_it_is_being_committed(world: World) -> None:
    line = world.line()
    outcomes = race(world, commit(line), add_size(line, "S", 100, position=1))
    assert codes(outcomes) == (None, "OMS_LINE_COMMITTED")


def test_no_size_is_the_first_behind_a_line_that_lost_its_others(world: World) -> None:
    line = world.line(100, sizes={"M": 100})
    empty = write("sales", "delete from ops.order_item_sizes where order_item_id = %s", line)
    late = add_size(line, "S", 100, position=2)
    with racing(world, empty, commit(line), late) as steps:
        for step in steps:
            step.start()
            step.settled()
        emptied, committed, added = steps
        emptied.commit()
        # Of two that wait for the same row, Postgres promises neither to be the first.
        ahead, behind = committed, added
        while not ahead.settled():
            ahead, behind = behind, ahead
        ahead.commit()
        refused = "OMS_LINE_COMMITTED" if ahead is committed else None
        assert behind.outcome().code == (refused if behind is added else None)
        behind.commit()
        [batch] = committed.outcome().rows
    runs = world.run(
        "planner",
        "select quantity from ops.allocation_item_sizes where allocation_item_id = %s",
        world.item(as_uuid(batch["id"]), line),
    )
    assert len(runs) == len(added.outcome().rows)


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
    one, other = awarded_together(world)
    contract = world.issued(one)
    outcomes = race(world, close(one, 40), sign(contract))
    assert codes(outcomes) == (None, "OMS_TRANSITION_NOT_ALLOWED")
    assert [world.status(made.line) for made in (one, other)] == ["ALLOCATED", "CONFIRMED"]


def test_a_slice_closes_behind_the_signature(world: World) -> None:
    made = awarded(world)
    contract = world.issued(made)
    assert codes(race(world, sign(contract), close(made, 40))) == (None, None)
    assert world.look("factory_pos", contract)["status"] == "PC_SIGNED"
    assert world.status(made.line) == "ALLOCATED"


def test_a_withdrawn_contract_is_not_signed(world: World) -> None:
    contract = world.issued(awarded(world))
    outcomes = race(world, cancel(contract), sign(contract))
    assert codes(outcomes) == (None, "OMS_TRANSITION_NOT_ALLOWED")


def test_what_is_under_contract_is_not_revoked(world: World) -> None:
    made = awarded(world)
    outcomes = race(world, issue(made.allocation), revoke(made))
    assert codes(outcomes) == (None, "OMS_SLICE_UNDER_CONTRACT")


def test_nothing_is_revoked_while_its_contract_is_signed(world: World) -> None:
    made = awarded(world)
    outcomes = race(world, sign(world.issued(made)), revoke(made))
    assert codes(outcomes) == (None, "OMS_SLICE_UNDER_CONTRACT")


def test_a_contract_is_signed_once_by_plain_write_too(world: World) -> None:
    contract = world.issued(awarded(world))
    signs = "update ops.factory_pos set status = 'PC_SIGNED', signed_by_name = %s where id = %s"
    one, other = (write("factory_a", signs, name, contract) for name in ("Li", "Wu"))
    assert codes(race(world, one, other)) == (None, "OMS_CONTRACT_FROZEN")
    assert world.look("factory_pos", contract)["signed_by_name"] == "Li"


def test_a_contract_is_issued_that_is_drafted_by_hand_meanwhile(world: World) -> None:
    made = awarded(world)
    drafted, issued = race(world, draft(world, made), issue(made.allocation))
    assert [row["id"] for row in issued.rows] == [row["id"] for row in drafted.rows]


def test_of_two_plain_inserts_of_one_key_the_index_stops_the_second(world: World) -> None:
    line = world.line()
    joins = insert(
        "planner",
        "allocation_items_supplier",
        allocation_item_id=world.item(world.allocation({line: None}), line),
        factory_id=world.party("factory_a"),
    )
    drafts = draft(world, awarded(world))
    _, contract = signed(world)
    pays = insert("finance", "factory_payments", factory_po_id=contract, reference="Z1")
    for step, later in (
        (joins, "OMS_CANDIDATE_EXISTS"),
        (drafts, "OMS_CONTRACT_EXISTS"),
        (pays, "OMS_REFERENCE_EXISTS"),
    ):
        assert codes(race(world, step, step)) == (None, "23505")
        assert codes(race(world, step, step)) == (later, later)


def test_what_is_being_revoked_is_not_issued(world: World) -> None:
    made = awarded(world)
    assert codes(race(world, revoke(made), issue(made.allocation))) == (None, "OMS_CONTRACT_EMPTY")


def test_a_draft_that_its_slices_have_left_keeps_nobody_from_issuing(world: World) -> None:
    line = world.line()
    one, other = world.candidates(line, "factory_a", "factory_b")
    world.award(one, 60)
    world.award(other, 40)
    world.drafted(one)
    outcomes = race(world, revoke(one), issue(one.allocation))
    assert codes(outcomes) == (None, None)
    assert [po["factory_id"] for po in outcomes[1].rows] == [UUID(world.party("factory_b"))]


def test_a_slice_that_joins_a_draft_while_it_is_revoked_is_not_issued_in_it(world: World) -> None:
    one, other = awarded_together(world)
    draft = world.drafted(other)
    joins = insert(
        "planner", "factory_po_lines", factory_po_id=draft, allocation_item_supplier_id=one.id
    )
    assert codes(race(world, joins, revoke(one))) == (None, None)
    # It comes back in another currency, and the draft still has its line.
    requote = on(one, "factory_a", "submit_quote", price=9, currency="EUR")
    assert codes(race(world, requote, award(one))) == (None, None)
    issued = world.run(
        "planner", "select currency, total_qty from ops.issue_contracts(%s)", one.allocation
    )
    assert {str(po["currency"]): po["total_qty"] for po in issued} == {"EUR": 100, "USD": 100}


def test_a_slice_that_joins_a_contract_being_issued_is_refused(world: World) -> None:
    one, other = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    world.award(one)
    draft = world.drafted(one)
    world.award(other)
    issues = write("planner", "update ops.factory_pos set status = 'ISSUED' where id = %s", draft)
    joins = insert(
        "planner", "factory_po_lines", factory_po_id=draft, allocation_item_supplier_id=other.id
    )
    assert codes(race(world, issues, joins)) == (None, "OMS_CONTRACT_FROZEN")


def test_new_awards_go_on_the_next_version_of_a_contract_that_is_being_signed(world: World) -> None:
    one, other = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    world.award(one)
    contract = world.issued(one)
    world.award(other)
    outcomes = race(world, sign(contract), issue(one.allocation))
    assert codes(outcomes) == (None, None)
    assert [world.status(made.line) for made in (one, other)] == ["PC_SIGNED", "PC_ISSUED"]


def revision(world: World, quantity: int) -> tuple[Slice, UUID]:
    """Issue the next version of a signed contract of 100 pieces, for fewer."""
    made, contract = signed(world)
    terms = [{"allocation_item_supplier_id": str(made.id), "quantity": quantity, "price": "9"}]
    draft = world.command("planner", "revise_contract", factory_po_id=contract, lines=Jsonb(terms))
    world.command("planner", "issue_contracts", allocation_id=made.allocation)
    return made, as_uuid(draft["id"])


def test_goods_that_come_while_a_revision_is_signed_are_counted_first(world: World) -> None:
    made, version = revision(world, 40)
    assert codes(race(world, receive(made, 60), sign(version))) == (
        None,
        "OMS_REVISION_BELOW_ACCEPTED",
    )


def test_goods_that_come_after_a_revision_is_signed_are_of_its_terms(world: World) -> None:
    made, version = revision(world, 40)
    assert codes(race(world, sign(version), receive(made, 60))) == (
        None,
        "OMS_RECEIPT_EXCEEDS_TOLERANCE",
    )


def test_a_slice_that_is_closed_takes_the_revision_from_under_the_pen(world: World) -> None:
    made, version = revision(world, 40)
    close = command("planner", "close_slice", allocation_item_supplier_id=made.id, closed_qty=30)
    assert codes(race(world, close, sign(version))) == (None, "OMS_TRANSITION_NOT_ALLOWED")


def test_a_contract_is_revised_once_by_two(world: World) -> None:
    _, contract = signed(world)
    revise = command("planner", "revise_contract", factory_po_id=contract)
    also = command("procurement", "revise_contract", factory_po_id=contract)
    assert codes(race(world, revise, also)) == (None, None)
    [found] = world.run(
        "planner", "select count(*) as n from ops.factory_pos where supersedes_id = %s", contract
    )
    assert found["n"] == 1


def test_what_a_slice_gives_up_is_taken_over_once(world: World) -> None:
    made, _ = signed(world)

    def take(persona: str, factory: str) -> Step:
        award = {"factory_id": str(world.party(factory)), "price": "6"}
        asked = {
            "allocation_item_supplier_id": str(made.id),
            "remark": "Late",
            "awards": [award],
        }
        return command(persona, "reallocate", reallocations=Jsonb([asked]))

    outcomes = race(world, take("planner", "factory_b"), take("procurement", "factory_c"))
    assert codes(outcomes) == (None, "OMS_NOTHING_TO_REALLOCATE")


def test_nobody_signs_a_contract_that_new_awards_replace(world: World) -> None:
    one, other = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    world.award(one)
    contract = world.issued(one)
    world.award(other)
    outcomes = race(world, issue(one.allocation), sign(contract))
    assert codes(outcomes) == (None, "OMS_TRANSITION_NOT_ALLOWED")
    assert [world.status(made.line) for made in (one, other)] == ["PC_ISSUED", "PC_ISSUED"]


# Receipts and payments


def test_two_receipts_together_stay_within_the_tolerance(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, receive(made, 60), receive(made, 60))
    assert codes(outcomes) == (None, "OMS_RECEIPT_EXCEEDS_TOLERANCE")
    assert codes(race(world, receive(made, 20), receive(made, 20))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["accepted_qty"] == 100


def test_two_receipts_by_plain_write_stay_within_it_too(world: World) -> None:
    made, _ = signed(world)
    receipt = insert(
        "warehouse", "factory_receipts", allocation_item_supplier_id=made.id, qty_received=60
    )
    assert codes(race(world, receipt, receipt)) == (None, "OMS_RECEIPT_EXCEEDS_TOLERANCE")


def test_a_slice_is_not_closed_below_what_is_being_received(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, receive(made, 60), close(made, 40))
    assert codes(outcomes) == (None, "OMS_CLOSE_QUANTITY_OUT_OF_RANGE")


def test_no_more_is_received_than_a_slice_is_being_closed_at(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, close(made, 40), receive(made, 60))
    assert codes(outcomes) == (None, "OMS_RECEIPT_EXCEEDS_TOLERANCE")


def test_a_contract_is_not_cancelled_while_goods_come_in(world: World) -> None:
    made, contract = signed(world)
    outcomes = race(world, receive(made, 1), cancel(contract))
    assert codes(outcomes) == (None, "OMS_CONTRACT_HAS_RECEIPTS")


def test_nothing_is_received_on_a_contract_that_is_being_cancelled(world: World) -> None:
    made, contract = signed(world)
    outcomes = race(world, cancel(contract), receive(made, 1))
    assert codes(outcomes) == (None, "OMS_CONTRACT_NOT_IN_FORCE")


def test_a_line_is_not_cancelled_while_goods_come_in(world: World) -> None:
    made, _ = signed(world)
    outcomes = race(world, receive(made, 1), cancel_line(made.line))
    assert codes(outcomes) == (None, "OMS_LINE_HAS_RECEIPTS")


@pytest.fixture
def receipts_before_signature(world: World) -> Iterator[None]:
    set_required = "update ops.organization_settings set receipts_require_signed_contract = %s"
    world.run("admin", set_required, False)
    yield
    world.run("admin", set_required, True)


@pytest.mark.usefixtures("receipts_before_signature")
def test_even_rejected_goods_are_not_taken_for_an_award_that_is_being_revoked(world: World) -> None:
    made = awarded(world)
    outcomes = race(world, revoke(made), receive(made, 5, rejected=5))
    assert codes(outcomes) == (None, "OMS_NOT_AWARDED")


@pytest.mark.usefixtures("receipts_before_signature")
def test_a_contract_is_closed_by_what_came_in_while_it_was_signed(world: World) -> None:
    made = awarded(world)
    contract = world.issued(made)
    assert codes(race(world, receive(made, 100), sign(contract))) == (None, None)
    world.command("finance", "record_factory_payment", factory_po_id=contract, reference="S1")
    assert world.look("factory_pos", contract)["status"] == "CLOSED"


def test_a_balance_is_paid_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    outcomes = race(world, pay(contract, "R1"), pay(contract, "R2"))
    assert codes(outcomes) == (None, "OMS_PAYMENT_EXCEEDS_PAYABLE")
    assert world.look("factory_pos", contract)["status"] == "CLOSED"


def test_a_reference_is_paid_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    part = command(
        "finance",
        "record_factory_payment",
        factory_po_id=contract,
        reference="same",
        lines=Jsonb([{"allocation_item_supplier_id": str(made.id), "amount": 1}]),
    )
    assert codes(race(world, part, part)) == (None, "OMS_REFERENCE_EXISTS")


def test_a_reference_is_paid_once_whichever_contract_it_is_for(world: World) -> None:
    (one, first), (other, second) = signed(world), signed(world)
    for made in (one, other):
        world.received(made, 100)
    outcomes = race(world, pay(first, "one"), pay(second, "one"))
    assert codes(outcomes) == (None, "OMS_REFERENCE_EXISTS")


def test_a_payment_that_is_being_voided_is_not_refunded(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    paid = world.command(
        "finance", "record_factory_payment", factory_po_id=contract, reference="Y1"
    )
    void_payment = command(
        "finance", "void_factory_payment", factory_payment_id=paid["id"], reason="bounced"
    )
    refund = command(
        "finance",
        "record_factory_payment",
        factory_po_id=contract,
        reference="Y2",
        lines=Jsonb([{"allocation_item_supplier_id": str(made.id), "amount": -10}]),
    )
    assert codes(race(world, refund, void_payment)) == (None, "OMS_REFUND_EXCEEDS_PAID")


def test_what_came_back_went_out_again_whenever_the_transaction_began(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    world.command("finance", "record_factory_payment", factory_po_id=contract, reference="AGAIN-1")
    again = {"factory_po_id": contract, "reference": "AGAIN-3"}
    early = world.session("finance", autocommit=False)
    early.execute("select now()")
    amount = world.look("allocation_items_supplier", made.id)["paid_amount"]
    refund = world.command(
        "finance",
        "record_factory_payment",
        factory_po_id=contract,
        reference="AGAIN-2",
        lines=Jsonb([{"allocation_item_supplier_id": str(made.id), "amount": f"-{amount}"}]),
    )
    fetch(early, called("record_factory_payment", again), again)
    early.commit()
    with pytest.raises(RefusedError, match="paid out again"):
        world.command(
            "finance", "void_factory_payment", factory_payment_id=refund["id"], reason="bounced"
        )


def test_goods_that_are_being_voided_are_not_paid(world: World) -> None:
    made, contract = signed(world)
    receipt = world.received(made, 100)
    outcomes = race(world, void(receipt), pay(contract, "V1"))
    assert codes(outcomes) == (None, "OMS_PAYMENT_EXCEEDS_PAYABLE")


def test_a_receipt_voided_behind_its_payment_leaves_a_negative_balance(world: World) -> None:
    made, contract = signed(world)
    receipt = world.received(made, 100)
    assert codes(race(world, pay(contract, "V2"), void(receipt))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["balance"] == -1000
    assert world.look("factory_pos", contract)["status"] == "PC_SIGNED"


def test_receipts_of_two_slices_close_their_contract_together(world: World) -> None:
    one, other = awarded_together(world)
    contract = world.signed(one)
    assert codes(race(world, receive(one, 100), receive(other, 100))) == (None, None)
    world.command("finance", "record_factory_payment", factory_po_id=contract, reference="T1")
    assert world.look("factory_pos", contract)["status"] == "CLOSED"


def test_a_payment_is_voided_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, 100)
    paid = world.command(
        "finance", "record_factory_payment", factory_po_id=contract, reference="W1"
    )
    bounced, returned = (
        command("finance", "void_factory_payment", factory_payment_id=paid["id"], reason=reason)
        for reason in ("bounced", "returned")
    )
    assert codes(race(world, bounced, returned)) == (None, "OMS_ALREADY_VOIDED")


def test_no_excess_is_accepted_of_what_is_being_voided(world: World) -> None:
    world.run("admin", "update ops.organization_settings set over_receipt_tolerance_pct = 10")
    made, _ = signed(world)
    world.run("admin", "update ops.organization_settings set over_receipt_tolerance_pct = 0")
    world.received(made, 100)
    excess = world.received(made, 5)
    outcomes = race(
        world, void(excess), on(made, "finance", "accept_excess", accepted_excess_qty=5)
    )
    assert codes(outcomes) == (None, "OMS_EXCESS_OUT_OF_RANGE")


# Repeated requests


def test_the_same_request_twice_at_once_has_one_effect(world: World) -> None:
    line = world.line()
    one, other = race(world, commit(line, 10, key="k1"), commit(line, 10, key="k1"))
    assert one.rows[0]["id"] == other.rows[0]["id"]
    assert world.look("order_items", line)["committed_qty"] == 10


def test_the_same_order_entered_twice_at_once_is_one_order(world: World) -> None:
    line = {"colorway_id": str(world.colorway()), "sizes": [{"size_label": "S", "quantity": 3}]}
    enter = command(
        "sales",
        "create_order",
        key="order",
        lines=Jsonb([line]),
        client_id=UUID(world.party("client_a")),
        client_po_number="Twice at once",
    )
    one, other = race(world, enter, enter)
    assert one.rows == other.rows
    entered = world.run(
        "sales", "select id from ops.orders where client_po_number = 'Twice at once'"
    )
    assert entered == [{"id": one.rows[0]["id"]}]


def test_the_same_key_with_another_request_at_once_is_refused(world: World) -> None:
    line = world.line()
    outcomes = race(world, commit(line, 10, key="k2"), commit(line, 20, key="k2"))
    assert codes(outcomes) == (None, "OMS_IDEMPOTENCY_KEY_REUSED")


def test_a_request_that_failed_leaves_its_key_to_the_next(world: World) -> None:
    line = world.line()
    with racing(world, commit(line, 1000, key="k3"), commit(line, 10, key="k3")) as (one, other):
        one.start()
        assert one.outcome().code == "OMS_COMMITMENT_EXCEEDS_QUANTITY"
        other.start()
        other.settled()
        one.rollback()
        assert other.outcome().code is None
        other.commit()


# Isolation


def test_rules_between_rows_are_not_checked_at_repeatable_read(world: World) -> None:
    line = world.line(sizes={"S": 100})
    one, other = world.quoted({line: 90}, "factory_a", "factory_b")
    world.award(one, 50)
    made, contract = signed(world)
    receipt = world.received(made, 100)
    unsigned = world.issued(awarded(world))
    recommit = "update ops.allocation_items set committed_qty = 80 where id = %s"
    resize = "update ops.order_item_sizes set quantity = 99 where order_item_id = %s"
    steps = [
        award(other, 10),
        decline(other),
        revoke(one),
        close(one, 10),
        close_item(one.item),
        add(world, one.allocation, "factory_c"),
        commit(line, 10),
        issue(one.allocation),
        sign(unsigned),
        cancel(contract),
        receive(made, 1),
        void(receipt),
        pay(contract, "I1"),
        cancel_line(line),
        command("planner", "short_close_item", order_item_id=line),
        write("planner", recommit, one.item),
        write("sales", resize, line),
    ]
    for step in steps:
        with world.session(step.persona, autocommit=False) as session:
            session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            with pytest.raises(RefusedError) as refused:
                fetch(session, step.statement, step.values)
            assert refused.value.code == "OMS_ISOLATION_NOT_SUPPORTED", step
            session.rollback()


# Deadlocks: two steps meet at a row that a third session holds, so what each holds by then crosses.


def cross(world: World, table: str, row: UUID, first: Step, second: Step) -> None:
    assert "40P01" not in codes(crossed(world, table, row, first, second))
    assert "40P01" not in codes(crossed(world, table, row, second, first))


def test_a_line_is_cancelled_and_candidates_are_added(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None})
    cross(world, "order_items", line, cancel_line(line), add(world, allocation, "factory_a"))


def test_a_line_is_cancelled_and_its_allocation_item_closed(world: World) -> None:
    line = world.line()
    item = world.item(world.allocation({line: None}), line)
    cross(world, "order_items", line, cancel_line(line), close_item(item))


def test_a_line_is_cancelled_and_its_allocation_sent(world: World) -> None:
    line = world.line()
    allocation = world.allocation({line: None}, "factory_b", "factory_a")
    for factory in ("factory_a", "factory_b"):
        made = world.slice(allocation, line, factory)
        cross(world, "allocation_items_supplier", made.id, cancel_line(line), send(allocation))


def test_an_order_is_cancelled_and_awarded(world: World) -> None:
    order = world.order()
    made = world.candidates(world.line(order=order), "factory_a")[0]
    cross(world, "order_items", made.line, cancel_order(order), award(made))


def test_a_contract_is_withdrawn_and_its_lines_committed_anew(world: World) -> None:
    first, second = world.line(200), world.line(200)
    one, other = world.quoted({first: 50, second: 50}, "factory_a")
    world.award(one)
    world.award(other)
    world.issued(one)
    lines = Jsonb([{"order_item_id": str(i), "committed_qty": 10} for i in (second, first)])
    allocate = command("planner", "allocate_items", name="Again", lines=lines)
    for line in (first, second):
        for made in (one, other):
            cross(world, "order_items", line, allocate, close(made, 0))


def test_slices_are_awarded_in_one_order_and_in_another(world: World) -> None:
    slices = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    shares = [{"allocation_item_supplier_id": str(made.id), "percentage": 100} for made in slices]
    there, back = (
        command("planner", "award_many", awards=Jsonb(awards)) for awards in (shares, shares[::-1])
    )
    for made in slices:
        cross(world, "allocation_items_supplier", made.id, there, back)


def test_slices_are_quoted_in_one_order_and_awarded_in_another(world: World) -> None:
    slices = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    lines = [{"allocation_item_supplier_id": str(made.id), "price": 9} for made in slices]
    quotes = command("factory_a", "submit_quotes", quotes=Jsonb(lines[::-1]))
    remarked = [line | {"remark": "haggled"} for line in lines]
    awards = command("planner", "award_many", awards=Jsonb(remarked))
    for made in slices:
        cross(world, "allocation_items_supplier", made.id, awards, quotes)


def test_a_line_of_a_draft_changes_while_it_is_issued(world: World) -> None:
    made = awarded(world)
    contract = world.drafted(made)
    [line] = world.run(
        "planner", "select id from ops.factory_po_lines where factory_po_id = %s", contract
    )
    change: LiteralString = (
        "update ops.factory_po_lines set over_receipt_tolerance_pct = 5 where id = %s"
    )
    changes = write("planner", change, line["id"])
    for table, row in (("factory_pos", contract), ("factory_po_lines", as_uuid(line["id"]))):
        cross(world, table, row, changes, issue(made.allocation))
    assert codes(race(world, issue(made.allocation), changes)) == (None, "OMS_CONTRACT_FROZEN")


def test_an_award_is_revoked_and_its_factory_made_a_candidate(world: World) -> None:
    made = awarded(world, 60)
    cross(
        world,
        "allocation_items",
        made.item,
        revoke(made),
        add(world, made.allocation, "factory_a"),
    )


def test_a_slice_is_waived_and_a_candidate_beside_it_declines(world: World) -> None:
    line = world.line()
    [standing] = world.quoted({line: 50}, "factory_c")
    world.award(standing)
    made, beside = world.quoted({line: 50}, "factory_a", "factory_b")
    world.award(made)
    cross(world, "allocation_items", made.item, close(made, 0, waive=True), decline(beside))


def test_an_allocation_item_moves_and_its_candidate_declines(world: World) -> None:
    line = world.line()
    [made] = world.candidates(line, "factory_a")
    cross(world, "allocation_items", made.item, move(world, made, 100), decline(made))


def test_an_item_closes_with_a_candidate_that_came_while_it_waited(world: World) -> None:
    line = world.line()
    [made] = world.candidates(line, "factory_a")
    with ExitStack() as gates, racing(world, close_item(made.item)) as [closes]:
        with held(world, "allocation_items_supplier", made.id):
            closes.start()
            assert not closes.settled()
            world.insert(
                "planner",
                "allocation_items_supplier",
                allocation_item_id=made.item,
                factory_id=world.party("factory_b"),
            )
            world.command("planner", "send_allocation", allocation_id=made.allocation)
            late = world.slice(made.allocation, line, "factory_b")
            gates.enter_context(held(world, "order_items", line))
        assert not closes.settled()  # it holds the allocation item, and knows of one slice
        with racing(world, decline(late)) as [declines]:
            declines.start()
            assert not declines.settled()
            gates.close()
            assert declines.outcome().code is None
            declines.commit()
        assert closes.outcome().code is None
        closes.commit()
    assert world.look("allocation_items_supplier", late.id)["closed_at"]


# Stock and bills of materials


def moves(world: World, quantity: int, **places: object) -> Step:
    return insert(
        "warehouse",
        "stock_moves",
        product_variant_id=world.variant("ZIP-60"),
        quantity=quantity,
        **places,
    )


def test_two_who_take_the_last_pieces_do_not_both_get_them(world: World) -> None:
    shelf = world.place("E-1")
    takes = moves(world, 30, from_location_id=shelf, reason="issue")
    assert codes(race(world, takes, takes)) == (None, "OMS_STOCK_INSUFFICIENT")


def test_two_who_bring_the_first_pieces_to_a_place_bring_both(world: World) -> None:
    place = world.insert(
        "warehouse",
        "stock_locations",
        code="NEW",
        warehouse_id=world.look("stock_locations", world.place("E-1"))["warehouse_id"],
    )
    brings = moves(world, 30, to_location_id=place, reason="receipt")
    assert codes(race(world, brings, brings)) == (None, None)
    [level] = world.run(
        "planner", "select on_hand from ops.stock_levels where stock_location_id = %s", place
    )
    assert level["on_hand"] == 60


def test_transfers_there_and_back_do_not_deadlock(world: World) -> None:
    shelf, wing = world.place("A-1"), world.place("E-1")
    there = moves(world, 1, from_location_id=shelf, to_location_id=wing, reason="transfer")
    back = moves(world, 1, from_location_id=wing, to_location_id=shelf, reason="transfer")
    for place in (shelf, wing):
        [level] = world.run(
            "planner",
            "select id from ops.stock_levels where stock_location_id = %s"
            " and product_variant_id = %s",
            place,
            world.variant("ZIP-60"),
        )
        cross(world, "stock_levels", as_uuid(level["id"]), there, back)


def test_a_count_finds_what_was_moved_meanwhile(world: World) -> None:
    shelf, zipper = world.place("A-1"), world.variant("ZIP-60")
    counts = [
        {
            "product_variant_id": str(zipper),
            "stock_location_id": str(shelf),
            "counted_qty": 100,
        }
    ]
    count = command("warehouse", "count_stock", counts=Jsonb(counts))
    brings = moves(world, 5, to_location_id=shelf, reason="receipt")
    assert codes(race(world, brings, count)) == (None, None)
    [level] = world.run(
        "planner",
        "select on_hand from ops.stock_levels where stock_location_id = %s"
        " and product_variant_id = %s",
        shelf,
        zipper,
    )
    assert level["on_hand"] == 100


def test_a_piece_comes_in_at_one_of_two_doors(world: World) -> None:
    machine = world.variant("ZIP-MACHINE")
    lot = world.insert("warehouse", "lots", product_variant_id=machine, lot_number="SN-9")
    first, second = (
        insert(
            "warehouse",
            "stock_moves",
            product_variant_id=machine,
            lot_id=lot,
            to_location_id=world.place(door),
            quantity=1,
            reason="receipt",
        )
        for door in ("A-1", "E-1")
    )
    assert codes(race(world, first, second)) == (None, "OMS_STOCK_SERIAL_TWICE")


def test_two_lines_that_close_a_circle_together_do_not_both_stand(world: World) -> None:
    steps = []
    for product, component in (("ZIP", "FW-101-SAND-S"), ("FW-101", "ZIP-40")):
        steps.append(
            insert(
                "planner",
                "bom_lines",
                bom_version_id=world.bom(product),
                product_variant_id=world.variant(component),
                quantity=1,
            )
        )
    assert codes(race(world, *steps)) == (None, "OMS_BOM_CIRCLE")


def test_two_versions_do_not_come_into_force_on_one_day(world: World) -> None:
    first = world.bom("FW-900", "ZIP-40")
    second = as_uuid(world.command("planner", "revise_bom", bom_version_id=first)["id"])
    activations = (
        write(
            "planner",
            "update ops.bom_versions set status = 'active', valid_from = '2027-01-01'"
            " where id = %s returning id",
            version,
        )
        for version in (first, second)
    )
    assert codes(race(world, *activations)) == (None, "OMS_BOM_IN_FORCE")


def test_nothing_is_added_to_a_version_that_comes_into_force(world: World) -> None:
    version = world.bom("FW-900", "ZIP-40")
    activation = write(
        "planner", "update ops.bom_versions set status = 'active' where id = %s", version
    )
    line = insert(
        "planner",
        "bom_lines",
        bom_version_id=version,
        product_variant_id=world.variant("ZIP-60"),
        quantity=1,
    )
    assert codes(race(world, activation, line)) == (None, "OMS_BOM_FROZEN")


# Timelines


def wait_for(node: UUID, predecessor: UUID) -> Step:
    return insert(
        "planner", "timeline_dependencies", timeline_node_id=node, predecessor_id=predecessor
    )


def test_two_dependencies_that_close_a_circle_together_do_not_both_stand(world: World) -> None:
    line = world.line()
    root = world.milestones(line)["root"]
    one, other = (
        world.insert("planner", "timeline_nodes", parent_id=root, name=name, planned_date=PLANNED)
        for name in ("Photos", "Labels")
    )
    outcomes = race(world, wait_for(one, other), wait_for(other, one))
    assert codes(outcomes) == (None, "OMS_TIMELINE_CIRCLE")


def delete_node(node: UUID) -> Step:
    return write("planner", "delete from ops.timeline_nodes where id = %s returning id", node)


def add_node(parent: UUID) -> Step:
    return insert(
        "planner", "timeline_nodes", parent_id=parent, name="Photos", planned_date=PLANNED
    )


def test_an_award_waits_for_no_milestone_that_is_being_deleted(world: World) -> None:
    for gone in ("lab_dips", "in_hands"):
        [made] = world.candidates(world.line(), "factory_a")
        world.plan(made.line)
        delete = delete_node(world.milestones(made.line)[gone])
        assert codes(race(world, delete, award(made))) == (None, None)


def test_nothing_hangs_on_a_milestone_that_is_being_deleted(world: World) -> None:
    line = world.line()
    world.plan(line)
    nodes = world.milestones(line)
    event = insert("planner", "timeline_events", timeline_node_id=nodes["in_hands"], message="Late")
    added = world.insert(
        "planner", "timeline_nodes", parent_id=nodes["root"], name="Photos", planned_date=PLANNED
    )
    behind = [event, wait_for(added, nodes["in_hands"]), wait_for(nodes["in_hands"], added)]
    with racing(world, delete_node(nodes["in_hands"]), *behind) as (delete, *others):
        delete.start()
        delete.outcome()
        for other in others:
            other.start()
            assert not other.settled()
        delete.commit()
        for other in others:
            assert other.outcome().code == "OMS_NOT_FOUND"
            other.rollback()


def test_no_milestone_is_added_below_a_line_that_is_being_deleted(world: World) -> None:
    line = world.line()
    delete = write("sales", "delete from ops.order_items where id = %s returning id", line)
    outcomes = race(world, delete, add_node(world.milestones(line)["root"]))
    assert codes(outcomes) == (None, "OMS_NOT_FOUND")


def planning(world: World, line: UUID, ready: date = PLANNED) -> Step:
    arguments = world.plan_of(line) | {"ex_factory_date": ready}
    return Step("planner", called("plan_timeline", arguments), arguments)


def test_a_node_that_is_added_while_its_slice_drops_out_drops_out_with_it(world: World) -> None:
    for turn in (1, -1):
        [made] = world.candidates(world.line(), "factory_a")
        world.award(made)
        split = world.milestones(made.line)["split"]
        first, second = (add_node(split), close(made, 0))[::turn]
        assert codes(race(world, first, second)) == (None, None)
        [photos] = world.run(
            "planner", "select is_cancelled from ops.timeline_nodes where parent_id = %s", split
        )
        assert photos["is_cancelled"]


def test_nothing_waits_for_a_milestone_that_another_plan_lacks(world: World) -> None:
    line = world.line()
    world.plan(line)
    nodes = world.milestones(line)
    arguments = world.plan_of(line)
    arguments["timeline_template_id"] = world.insert("planner", "timeline_templates", name="Bare")
    replans = Step("planner", called("plan_timeline", arguments), arguments)
    world.run(
        "planner",
        "delete from ops.timeline_dependencies where timeline_node_id = %s",
        nodes["in_hands"],
    )
    waits = wait_for(nodes["in_hands"], nodes["lab_dips"])
    for node in nodes.values():
        cross(world, "timeline_nodes", node, replans, waits)
    assert codes(race(world, replans, waits)) == (None, "OMS_NOT_FOUND")


def test_a_slice_that_is_awarded_while_its_line_is_planned_is_planned(world: World) -> None:
    for turn in (1, -1):
        [made] = world.candidates(world.line(), "factory_a")
        first, second = (award(made), planning(world, made.line))[::turn]
        assert codes(race(world, first, second)) == (None, None)
        assert {"split", "cutting", "ex_factory"} <= world.milestones(made.line).keys()


def test_a_stage_reported_while_the_line_is_planned_is_done(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    world.award(made)
    report = on(made, "factory_a", "report_production", production_status="cutting")
    assert codes(race(world, report, planning(world, made.line))) == (None, None)
    cutting = world.look("timeline_nodes", world.milestones(made.line)["cutting"])
    assert cutting["actual_date"] is not None


def test_a_slice_drops_out_while_its_milestones_are_reported_or_planned(world: World) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    world.award(made)
    world.plan(made.line)
    nodes = world.milestones(made.line)
    report = command(
        "factory_a", "report_milestone", timeline_node_id=nodes["cutting"], estimated_date=PLANNED
    )
    later = planning(world, made.line, PLANNED_LATER)
    for node in nodes.values():
        for reported_or_planned in (report, later):
            cross(world, "timeline_nodes", node, close(made, 0), reported_or_planned)


def together(world: World, *factories: str) -> tuple[Slice, Slice, Step]:
    """Have the first factory quote two lines of one order; the step plans them both."""
    order = world.order()
    lines = {world.line(order=order): None, world.line(order=order): None}
    slices = world.quoted(lines, *(factories or ["factory_a"]))[:: len(factories) or 1]
    earlier, later = sorted(slices, key=lambda made: world.milestones(made.line)["root"])
    return earlier, later, planning(world, earlier.line)


def cross_timelines(world: World, one: Slice, other: Slice, first: Step, second: Step) -> None:
    for made in (one, other):
        cross(world, "timeline_nodes", world.milestones(made.line)["root"], first, second)


def test_an_order_is_planned_while_a_version_is_signed_that_changes_its_later_line(
    world: World,
) -> None:
    earlier, later, plans = together(world)
    for made in (earlier, later):
        world.award(made)
    terms = Jsonb([{"allocation_item_supplier_id": str(later.id), "quantity": 80}])
    version = world.command(
        "planner", "revise_contract", factory_po_id=world.signed(later), lines=terms
    )
    world.issued(later)
    cross_timelines(world, earlier, later, plans, sign(as_uuid(version["id"])))


def test_an_order_is_planned_while_a_contract_is_withdrawn_for_one_with_its_earlier_line(
    world: World,
) -> None:
    earlier, later, plans = together(world)
    world.award(later)
    world.issued(later)
    world.award(earlier)
    cross_timelines(world, earlier, later, plans, issue(later.allocation))


def test_an_order_is_planned_while_its_later_line_is_reallocated_as_a_whole(world: World) -> None:
    earlier, later, plans = together(world)
    for made in (earlier, later):
        world.award(made)
    world.signed(earlier)
    world.received(earlier, 40)
    cross_timelines(world, earlier, later, plans, reallocate(world, earlier, later))


def test_an_order_is_planned_while_its_lines_fill_a_factory(world: World) -> None:
    earlier, later, plans = together(world, "factory_a", "factory_b")
    world.award(later)
    candidate = world.slice(earlier.allocation, earlier.line, "factory_b")
    steps = (award(candidate), reallocate(world, later), plans)
    with (
        world.refusing("factory_capacity", "monthly_capacity_qty", 1000),
        racing(world, *steps) as racers,
    ):
        with held(world, "directory", UUID(world.party("factory_b"))):
            for racer in racers:
                racer.start()
                racer.settled()
        waiting = list(racers)
        while waiting:
            for racer in [racer for racer in waiting if racer.settled()]:
                racer.rollback()
                waiting.remove(racer)
        assert [racer.outcome().code for racer in racers] == [None, None, None]


def test_two_factories_that_report_at_once_both_move_what_waits_for_them(world: World) -> None:
    line = world.line()
    world.plan(line)
    slices = world.candidates(line, "factory_a", "factory_b")
    for made in slices:
        world.award(made, 50)
    nodes = world.run(
        "planner",
        "select n.id, n.factory_id from ops.timeline_nodes as n inner join ops.timeline_nodes as r"
        " on r.id = n.root_id where n.code = 'ex_factory' and r.order_item_id = %s"
        " order by n.factory_id",
        line,
    )
    reports = (
        command(
            factory,
            "report_milestone",
            timeline_node_id=node["id"],
            estimated_date=PLANNED.replace(day=day),
        )
        for factory, node, day in zip(("factory_a", "factory_b"), nodes, (20, 10), strict=True)
    )
    assert codes(race(world, *reports)) == (None, None)
    in_hands = world.look("timeline_nodes", world.milestones(line)["in_hands"])
    assert in_hands["forecast_date"] == date(2027, 7, 16)  # 20 working days after the 20th of June
