"""Invoices under two sessions at once, and under anything in any order: no piece is paid twice."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import LiteralString
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from builders import RefusedError, Row, Slice, World, as_uuid
from conftest import Database
from racing import Outcome, Step, command, insert, race, write

PIECES, PRICE = 100, 10
STEPS = 150


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    yield
    assert world.faults() == []


@contextmanager
def paying_by_invoice(world: World) -> Iterator[None]:
    requires: LiteralString = "update ops.organization_settings set payments_require_invoice = %s"
    world.run("admin", requires, True)
    yield
    world.run("admin", requires, False)


def signed(world: World) -> tuple[Slice, UUID]:
    [made] = world.candidates(world.line(PIECES), "factory_a")
    world.award(made)
    return made, world.signed(made)


def lines(made: Slice, quantity: int) -> Jsonb:
    return Jsonb([{"allocation_item_supplier_id": str(made.id), "quantity": quantity}])


def amounts(made: Slice, amount: int) -> Jsonb:
    return Jsonb([{"allocation_item_supplier_id": str(made.id), "amount": amount}])


def submit(made: Slice, contract: UUID, quantity: int, number: str) -> Step:
    return command(
        "factory_a",
        "submit_factory_invoice",
        factory_po_id=contract,
        invoice_number=number,
        lines=lines(made, quantity),
    )


def invoice(
    world: World, made: Slice, contract: UUID, quantity: int, credits_id: UUID | None = None
) -> UUID:
    row = world.command(
        "factory_a",
        "submit_factory_invoice",
        factory_po_id=contract,
        invoice_number=str(uuid4()),
        lines=lines(made, quantity),
        credits_id=credits_id,
    )
    return as_uuid(row["id"])


def approve(submitted: UUID) -> Step:
    return command("procurement", "approve_factory_invoice", factory_invoice_id=submitted)


def void(submitted: UUID, persona: str = "finance") -> Step:
    return command(persona, "void_factory_invoice", factory_invoice_id=submitted, reason="wrong")


def void_receipt(receipt: UUID) -> Step:
    return command("warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted")


def pay(contract: UUID) -> Step:
    return command(
        "finance", "record_factory_payment", factory_po_id=contract, reference=str(uuid4())
    )


def codes(outcomes: tuple[Outcome, Outcome]) -> tuple[str | None, str | None]:
    return outcomes[0].code, outcomes[1].code


def approved(world: World, made: Slice, contract: UUID, quantity: int) -> UUID:
    submitted = invoice(world, made, contract, quantity)
    world.command("procurement", "approve_factory_invoice", factory_invoice_id=submitted)
    return submitted


def test_goods_are_approved_once_whichever_invoice_bills_them(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    one, other = (invoice(world, made, contract, 60) for _ in range(2))
    outcomes = race(world, approve(one), approve(other))
    assert codes(outcomes) == (None, "OMS_INVOICE_OUT_OF_TOLERANCE")
    assert world.look("allocation_items_supplier", made.id)["approved_qty"] == 60


def test_an_invoice_is_approved_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    submitted = invoice(world, made, contract, 60)
    assert codes(race(world, approve(submitted), approve(submitted))) == (None, None)
    assert world.look("allocation_items_supplier", made.id)["approved_qty"] == 60


def test_goods_that_are_being_voided_are_not_approved(world: World) -> None:
    made, contract = signed(world)
    receipt = world.received(made, PIECES)
    submitted = invoice(world, made, contract, 60)
    outcomes = race(world, void_receipt(receipt), approve(submitted))
    assert codes(outcomes) == (None, "OMS_INVOICE_OUT_OF_TOLERANCE")


def test_a_receipt_voided_behind_its_approval_leaves_it_and_pays_nothing(world: World) -> None:
    made, contract = signed(world)
    receipt = world.received(made, PIECES)
    submitted = invoice(world, made, contract, 60)
    assert codes(race(world, approve(submitted), void_receipt(receipt))) == (None, None)
    assert world.look("factory_invoices", submitted)["status"] == "approved"
    with pytest.raises(RefusedError, match="OMS_PAYMENT_EXCEEDS_PAYABLE"):
        world.command("finance", "record_factory_payment", factory_po_id=contract, reference="B1")


def test_an_invoice_that_is_being_voided_is_not_paid(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    submitted = approved(world, made, contract, 60)
    with paying_by_invoice(world):
        outcomes = race(world, void(submitted), pay(contract))
    assert codes(outcomes) == (None, "OMS_PAYMENT_EXCEEDS_PAYABLE")


def test_an_invoice_that_is_being_paid_is_not_voided(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    submitted = approved(world, made, contract, 60)
    with paying_by_invoice(world):
        outcomes = race(world, pay(contract), void(submitted))
    assert codes(outcomes) == (None, "OMS_INVOICE_PAID")


def test_an_invoice_is_paid_once(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    approved(world, made, contract, 60)
    with paying_by_invoice(world):
        outcomes = race(world, pay(contract), pay(contract))
    assert codes(outcomes) == (None, "OMS_PAYMENT_EXCEEDS_PAYABLE")
    assert world.look("allocation_items_supplier", made.id)["paid_amount"] == 60 * PRICE


def test_what_is_being_credited_is_not_voided(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    submitted = approved(world, made, contract, 60)
    credit = invoice(world, made, contract, -10, submitted)
    outcomes = race(world, approve(credit), void(submitted))
    assert codes(outcomes) == (None, "OMS_INVOICE_CREDITED")


def test_what_is_being_voided_is_not_credited(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    submitted = approved(world, made, contract, 60)
    credit = invoice(world, made, contract, -10, submitted)
    outcomes = race(world, void(submitted), approve(credit))
    assert codes(outcomes) == (None, "OMS_INVOICE_OUT_OF_TOLERANCE")


def test_a_number_is_taken_once(world: World) -> None:
    made, contract = signed(world)
    outcomes = race(world, *(submit(made, contract, 1, "same") for _ in range(2)))
    assert codes(outcomes) == (None, "OMS_INVOICE_NUMBER_EXISTS")


def test_an_invoice_that_is_being_approved_takes_no_more_lines(world: World) -> None:
    one, other = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    world.award(one)
    world.award(other)
    contract = world.signed(one)
    world.received(one, 10)
    submitted = invoice(world, one, contract, 10)
    add = insert(
        "factory_a",
        "factory_invoice_lines",
        factory_invoice_id=submitted,
        allocation_item_supplier_id=other.id,
        quantity=1,
    )
    assert codes(race(world, approve(submitted), add)) == (None, "OMS_INVOICE_NOT_OPEN")


def test_a_factory_does_not_take_back_what_is_being_approved(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    submitted = invoice(world, made, contract, 60)
    outcomes = race(world, approve(submitted), void(submitted, "factory_a"))
    assert codes(outcomes) == (None, "OMS_TRANSITION_NOT_ALLOWED")


def test_many_plain_approvals_are_matched_together(world: World) -> None:
    made, contract = signed(world)
    world.received(made, PIECES)
    many = [invoice(world, made, contract, 40) for _ in range(3)]
    approve_all: LiteralString = (
        "update ops.factory_invoices set status = 'approved' where id = any(%s)"
    )
    with pytest.raises(RefusedError, match="OMS_INVOICE_OUT_OF_TOLERANCE"):
        world.run("finance", approve_all, many)
    outcomes = race(
        world, write("finance", approve_all, many[:2]), write("finance", approve_all, many[2:])
    )
    assert codes(outcomes) == (None, "OMS_INVOICE_OUT_OF_TOLERANCE")


class Till:
    """A slice of 100 pieces at 10, and everything that can be done about its money."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.made, self.contract = signed(world)
        self.dice = random.Random(seed)  # noqa: S311  # decides nothing but the order of a test
        self.acts = [name for name in dir(self) if name.startswith("do_")]
        self.seen: Counter[tuple[str, str]] = Counter()

    def slice(self) -> Row:
        return self.world.look("allocation_items_supplier", self.made.id)

    def one_of(self, statement: LiteralString) -> UUID:
        """Choose one of the ids that a query about the slice or its contract finds."""
        found = self.world.owner.execute(
            statement, {"slice": self.made.id, "contract": self.contract}
        ).fetchall()
        return as_uuid(self.dice.choice(sorted(found))[0])

    def step(self) -> None:
        """Do something and check what must hold afterwards, whatever was done before."""
        before = self.slice()
        act = self.dice.choice(self.acts)
        try:
            getattr(self, act)()
        except IndexError:  # there is nothing to do that to
            return
        except RefusedError as refused:
            if not refused.code.startswith("OMS_"):
                raise
            self.seen[act, refused.code] += 1
            return
        self.seen[act, "done"] += 1
        self.check(act, before, self.slice())

    def check(self, act: str, before: Row, after: Row) -> None:
        paid, approved, payable = (
            Decimal(str(after[name]))
            for name in ("paid_amount", "approved_amount", "payable_amount")
        )
        # However often goods come and go and are billed, no more pieces are than there are.
        assert 0 <= approved <= PIECES * PRICE
        assert 0 <= paid <= PIECES * PRICE
        if approved > Decimal(str(before["approved_amount"])):
            assert approved <= payable
        if paid > Decimal(str(before["paid_amount"])) and act.startswith("do_pay"):
            assert paid <= min(payable, approved)

    def do_receive(self) -> None:
        self.world.received(self.made, self.dice.randint(1, 60))

    def do_void_receipt(self) -> None:
        receipt = self.one_of(
            "select id from ops.factory_receipts"
            " where allocation_item_supplier_id = %(slice)s and voided_at is null"
        )
        self.world.command(
            "warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted"
        )

    def do_invoice(self) -> None:
        invoice(self.world, self.made, self.contract, self.dice.randint(1, 60))

    def do_credit(self) -> None:
        credited = self.one_of(
            "select id from ops.factory_invoices where factory_po_id = %(contract)s"
            " and status = 'approved' and credits_id is null"
        )
        invoice(self.world, self.made, self.contract, -self.dice.randint(1, 60), credited)

    def do_approve(self) -> None:
        waiting = self.one_of(
            "select id from ops.factory_invoices where factory_po_id = %(contract)s"
            " and status in ('submitted', 'disputed')"
        )
        self.world.command("procurement", "approve_factory_invoice", factory_invoice_id=waiting)

    do_approve_another = do_approve

    def do_dispute(self) -> None:
        waiting = self.one_of(
            "select id from ops.factory_invoices where factory_po_id = %(contract)s"
            " and status = 'submitted'"
        )
        self.world.command("finance", "dispute_factory_invoice", factory_invoice_id=waiting)

    def do_void_invoice(self) -> None:
        standing = self.one_of(
            "select id from ops.factory_invoices where factory_po_id = %(contract)s"
            " and status <> 'voided'"
        )
        self.world.command(
            "finance", "void_factory_invoice", factory_invoice_id=standing, reason="wrong"
        )

    def pay(self, amount: int | None, *, is_advance: bool = False) -> None:
        self.world.command(
            "finance",
            "record_factory_payment",
            factory_po_id=self.contract,
            reference=str(uuid4()),
            lines=amount and amounts(self.made, amount),
            is_advance=is_advance,
        )

    def do_pay(self) -> None:
        self.pay(self.dice.choice([None, 50, 200, 600]))

    do_pay_again = do_pay

    def do_refund(self) -> None:
        self.pay(self.dice.choice([-50, -200, -600]))

    def do_advance(self) -> None:
        self.pay(self.dice.choice([50, 300]), is_advance=True)

    def do_void_payment(self) -> None:
        payment = self.one_of(
            "select id from ops.factory_payments"
            " where factory_po_id = %(contract)s and voided_at is null"
        )
        self.world.command(
            "finance", "void_factory_payment", factory_payment_id=payment, reason="bounced"
        )


def test_no_order_of_invoices_receipts_voids_credits_and_payments_pays_a_piece_twice(
    world: World,
) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    with paying_by_invoice(world):
        for seed in range(4):
            till = Till(world, seed)
            for _ in range(STEPS):
                till.step()
            seen += till.seen
    acts = {act for act, outcome in seen if outcome == "done"}
    assert acts == set(Till(world, 0).acts), "everything was done at least once"
    refusals = {outcome for _, outcome in seen} - {"done"}
    assert refusals >= {
        "OMS_INVOICE_OUT_OF_TOLERANCE",
        "OMS_INVOICE_PAID",
        "OMS_PAYMENT_EXCEEDS_PAYABLE",
        "OMS_PAYMENT_NOT_APPROVED",
        "OMS_RECEIPT_EXCEEDS_TOLERANCE",
        "OMS_REFUND_EXCEEDS_PAID",
    }
