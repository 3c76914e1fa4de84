"""The life of an order book, played by all who have a part in it, each with their own token."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from oms_cli.demo import decisions, post
from oms_cli.demo.setting import Person, Scene
from oms_cli.demo.telling import Narrator, Step
from oms_cli.errors import OmsCliError
from oms_cli.timelines import trees
from oms_client import Oms, RefusedError, contains
from oms_client.enums import (
    ApprovalStatus,
    FactoryPoStatus,
    PartyKind,
    PricingTerms,
    ProductionStatus,
    QuoteStatus,
    ShipMode,
)
from oms_client.refusals import ReceiptExceedsToleranceError
from oms_client.rows import AllocationItemsSupplier
from oms_client.writes import NewFactoryReceipt, SliceQuote

Work = TypeVar("Work")

PLANNED = (
    *("allocations", "allocation_items", "allocation_item_sizes", "order_items", "order_history"),
    *("allocation_items_supplier", "allocation_item_supplier_sizes"),
)
INVITED = ("allocation_items_supplier", "allocation_item_supplier_sizes")
AWARDED = ("allocation_items", "allocation_items_supplier", "allocation_item_supplier_sizes")
CONTRACTED = ("factory_pos", "factory_po_lines", "factory_po_line_sizes", "order_history")
RECEIVED = ("factory_receipts", "allocation_items_supplier")
PAID = ("factory_payments", "factory_payment_lines")


@dataclass(frozen=True)
class Allocation:
    """A batch of lines, and whom the planner asks for them."""

    id: UUID
    lines: int
    factories: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """A contract in force, and the pieces that each of its slices is to bring."""

    id: UUID
    number: str
    ordered: dict[UUID, int]


@dataclass(frozen=True)
class Excess:
    """Pieces of a slice that came in beyond what was ordered."""

    slice_id: UUID
    pieces: int


def play(on: Scene, tell: Narrator) -> None:
    """Play an order book that is in the database from allocation to closed contracts."""
    tell.chapter("Allocation and quotes")
    allocations = allocate(on, tell)
    send_out(on, tell, allocations)
    quote(on, tell, allocations)
    post.wait(on, tell)  # what goes out tells how things stand then: before it is awarded

    tell.chapter("Awards and contracts")
    award(on, tell, allocations)
    issue(on, tell, allocations)
    sign(on, tell, allocations)
    post.wait(on, tell)

    tell.chapter("Changes after signing")
    moved = reallocate(on, tell)
    revise(on, tell)
    delay(on, tell, moved)

    tell.chapter("Production and receipts")
    report_production(on, tell, allocations)
    contracts = read_contracts(on)
    receive(on, tell, contracts, "takes in first deliveries", decisions.first_delivery)
    receive(on, tell, contracts, "takes in the rest", decisions.last_delivery)
    excess = over_deliver(on, tell, contracts)

    tell.chapter("Payment")
    see_payables(on, tell)
    accept_excess(on, tell, excess)
    pay(on, tell, contracts)


def allocate(on: Scene, tell: Narrator) -> list[Allocation]:
    """Commit every line that waits, and make factories candidates for it."""
    planner = on.staff("planner").oms
    factory_ids = _factories(planner)
    with tell.step("Planner") as step:
        worklist = [*planner.unallocated_order_items.find(order=("order_number", "line_number"))]
        step.expect(len(worklist))
        allocations = []
        for nth, (name, lines) in _in_turn(on, decisions.allocations(worklist), PLANNED):
            asked = decisions.panel(nth)
            made = planner.allocate_items(
                name,
                [{"order_item_id": line} for line in lines],
                factory_ids=[factory_ids[code] for code in asked],
            )
            allocations.append(Allocation(made.id, len(lines), tuple(asked)))
            step.advance(len(lines))
        candidates = sum(one.lines * len(one.factories) for one in allocations)
        step.end(
            f"allocates {len(worklist):,} lines in {len(allocations)} allocations: "
            f"{candidates:,} candidates"
        )
    return allocations


def send_out(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Invite the candidates to quote."""
    with tell.step("Planner") as step:
        step.expect(len(allocations))
        for allocation in allocations:
            on.staff("planner").oms.send_allocation(allocation.id)
            step.advance(1)
        on.analyze(*INVITED)
        step.end(f"sends {len(allocations)} allocations to the factories")


def quote(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Let each factory answer what it was invited for."""
    for code in sorted({code for one in allocations for code in one.factories}):
        factory = on.factory(code)
        with tell.step(_name(factory)) as step:
            slices = factory.oms.allocation_items_supplier
            invited = [*slices.find(quote_status=QuoteStatus.INVITED)]
            step.expect(len(invited))
            if code == decisions.FULLY_BOOKED:
                _decline(factory.oms, len(invited), step)
            else:
                _quote(factory.oms, code, invited, step)


def award(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Award every item to the best quote, some of them to two factories."""
    planner = on.staff("planner").oms
    codes = {factory_id: code for code, factory_id in _factories(planner).items()}
    splits = {"quantity": 0, "percentage": 0}
    with tell.step("Planner") as step:
        step.expect(sum(one.lines for one in allocations))
        awarded = 0
        for _, allocation in _in_turn(on, allocations, AWARDED):
            quotes = _quotes(planner, allocation, codes)
            awards = [decisions.award(offers, nth) for nth, offers in enumerate(quotes)]
            chosen = [one for item in awards for one in item]
            planner.award_many([one.stated() for one in chosen])
            awarded += len(chosen)
            for item in awards:
                if len(item) > 1:
                    splits["quantity" if item[0].percentage is None else "percentage"] += 1
            step.advance(allocation.lines)
        step.end(
            f"awards {awarded:,} slices to the best quotes; {splits['quantity']:,} lines split "
            f"by quantity, {splits['percentage']:,} by percentage"
        )


def issue(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Issue the contracts: one for each factory in each allocation."""
    buyer = on.staff("procurement").oms
    with tell.step("Procurement") as step:
        step.expect(len(allocations))
        issued = 0
        for _, allocation in _in_turn(on, allocations, CONTRACTED):
            issued += len(buyer.issue_contracts(allocation.id))
            step.advance(1)
        step.end(f"issues {issued} contracts")


def sign(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Let each factory countersign its own contracts, by the hash of the terms that it read."""
    for code in _makers(allocations):
        factory = on.factory(code)
        with tell.step(_name(factory)) as step:
            issued = [*factory.oms.factory_pos.find(status=FactoryPoStatus.ISSUED)]
            step.expect(len(issued))
            for contract in issued:
                factory.oms.sign_contract(contract.id, terms_hash=contract.terms_hash)
                step.advance(1)
            step.end(f"countersigns {len(issued)} contracts")


def reallocate(on: Scene, tell: Narrator) -> list[AllocationItemsSupplier]:
    """Move half of a large slice to another factory; both sign what they then have."""
    moved: list[AllocationItemsSupplier] = []
    planner, buyer = on.staff("planner").oms, on.staff("procurement").oms
    factory_ids = _factories(planner)
    codes = {factory_id: code for code, factory_id in factory_ids.items()}
    for slice_id in decisions.late({one.id: one.ordered for one in read_contracts(on)}):
        late = planner.allocation_items_supplier.get(slice_id)
        ordered, price = int(late.effective_qty), late.awarded_price or Decimal(0)
        kept = ordered // 2
        taker = decisions.taker(codes[late.factory_id])
        with tell.step("Planner") as step:
            moved += planner.reallocate(
                [
                    {
                        "allocation_item_supplier_id": slice_id,
                        "closed_qty": kept,
                        "remark": "Runs late.",
                        "awards": [
                            {
                                "factory_id": factory_ids[taker],
                                "price": decisions.dearer(price),
                                "currency": late.currency,
                            }
                        ],
                    }
                ]
            )
            step.end(
                f"moves {ordered - kept:,} of {ordered:,} pieces of a slice of "
                f"{codes[late.factory_id]}, which runs late, to {taker}"
            )
        with tell.step("Procurement") as step:
            issued = buyer.issue_contracts(late.allocation_id)
            step.end(f"issues the next versions of {len(issued)} contracts")
        for code in sorted({codes[one.factory_id] for one in issued}):
            _countersign(on, tell, code)
    return moved


def revise(on: Scene, tell: Narrator) -> None:
    """Agree a lower price for a slice; it holds from the signature on."""
    buyer = on.staff("procurement").oms
    codes = {factory_id: code for code, factory_id in _factories(on.staff("planner").oms).items()}
    for contract_id, slice_id in decisions.renegotiated(
        {one.id: one.ordered for one in read_contracts(on)}
    ):
        with tell.step("Procurement") as step:
            agreed = buyer.allocation_items_supplier.get(slice_id)
            price = decisions.cheaper(agreed.awarded_price or Decimal(0))
            draft = buyer.revise_contract(
                contract_id, lines=[{"allocation_item_supplier_id": slice_id, "price": price}]
            )
            buyer.issue_contracts(agreed.allocation_id, factory_ids=[agreed.factory_id])
            step.end(
                f"revises {draft.po_number}: {agreed.style_number} at {price} instead of "
                f"{agreed.awarded_price:.2f} {draft.currency}"
            )
        _countersign(on, tell, codes[agreed.factory_id])


def delay(on: Scene, tell: Narrator, moved: Sequence[AllocationItemsSupplier]) -> None:
    """Let who took over say that its fabric is late, and see what that moves."""
    planner = on.staff("planner").oms
    codes = {factory_id: code for code, factory_id in _factories(planner).items()}
    for slice_ in moved:
        factory = on.factory(codes[slice_.factory_id])
        for fabric in [*factory.oms.timeline.find(factory_id=slice_.factory_id, code="fabric")]:
            own = factory.oms.timeline.first(id=fabric.parent_id or UUID(int=0))
            if own is None or own.allocation_item_supplier_id != slice_.id:
                continue
            with tell.step(_name(factory)) as step:
                late = decisions.late_fabric(fabric.planned_date)
                factory.oms.report_milestone(fabric.id, estimated_date=late)
                step.end(f"expects the fabric on {late:%d %B %Y}, which moves what waits for it")
            seen = planner.timeline.find(root_id=fabric.root_id, order="path")
            tell.draw(trees(seen))


def _countersign(on: Scene, tell: Narrator, code: str) -> None:
    factory = on.factory(code)
    with tell.step(_name(factory)) as step:
        for contract in [*factory.oms.factory_pos.find(status=FactoryPoStatus.ISSUED)]:
            factory.oms.sign_contract(contract.id, terms_hash=contract.terms_hash)
            step.end(f"countersigns version {contract.version}, which supersedes the one in force")


def report_production(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Let each factory say how far its slices are."""
    for code in _makers(allocations):
        factory = on.factory(code)
        with tell.step(_name(factory)) as step:
            asked = [one for one in allocations if code in one.factories]
            step.expect(2 * len(asked))
            reported = 0
            for stage in (ProductionStatus.SEWING, ProductionStatus.SHIPPED):
                for allocation in asked:
                    reported += _report(factory.oms, allocation, stage)
                    step.advance(1)
            step.end(f"reports {reported // 2:,} slices as sewing, then as shipped")


def receive(
    on: Scene,
    tell: Narrator,
    contracts: Sequence[Contract],
    what: str,
    delivery: Callable[[int], decisions.Delivery | None],
) -> None:
    """Take in a delivery of every contract, by plain writes of many receipts at once."""
    warehouse = on.staff("warehouse").oms
    with tell.step("Warehouse") as step:
        step.expect(len(contracts))
        receipts: list[NewFactoryReceipt] = []
        for _, contract in _in_turn(on, contracts, RECEIVED):
            arrived: list[NewFactoryReceipt] = [
                {
                    "allocation_item_supplier_id": slice_id,
                    "qty_received": came.received,
                    "qty_rejected": came.rejected,
                    "batch_id": contract.number,
                }
                for slice_id, ordered in contract.ordered.items()
                if (came := delivery(ordered))
            ]
            warehouse.factory_receipts.insert_many(arrived)
            receipts += arrived
            step.advance(1)
        pieces = sum(receipt["qty_received"] for receipt in receipts)
        rejected = sum(receipt["qty_rejected"] for receipt in receipts)
        step.end(f"{what}: {len(receipts):,} receipts, {pieces:,} pieces, {rejected:,} rejected")


def over_deliver(on: Scene, tell: Narrator, contracts: Sequence[Contract]) -> Excess | None:
    """Bring more of the largest slice than was ordered: too much is refused, a little is not."""
    warehouse = on.staff("warehouse").oms
    slice_id = max(
        (ordered, slice_id) for one in contracts for slice_id, ordered in one.ordered.items()
    )[1]
    largest = warehouse.allocation_items_supplier.get(slice_id)
    tolerated = int(largest.effective_qty * (largest.over_receipt_tolerance_pct or 0) / 100)
    with tell.step("Warehouse") as step:
        told = _must_refuse(
            ReceiptExceedsToleranceError,
            lambda: warehouse.record_receipt(slice_id, tolerated + 1),
        )
        step.end(f"is refused {tolerated + 1:,} pieces more than were ordered")
    tell.aside(told)
    if not tolerated:
        tell.aside("No slice is large enough for the tolerance to be a whole piece.")
        return None
    with tell.step("Warehouse") as step:
        warehouse.record_receipt(slice_id, tolerated)
        step.end(f"takes in {tolerated:,} more, which is within the tolerance")
    return Excess(slice_id, tolerated)


def see_payables(on: Scene, tell: Narrator) -> None:
    """Let finance read what is owed."""
    with tell.step("Finance") as step:
        payables = [*on.staff("finance").oms.payables.find()]
        owed = sum((row.payable_amount for row in payables), Decimal(0))
        step.end(f"sees {len(payables):,} payables, {owed:,.2f} in all")


def accept_excess(on: Scene, tell: Narrator, excess: Excess | None) -> None:
    """Agree to pay for what came beyond the order."""
    if excess:
        with tell.step("Finance") as step:
            on.staff("finance").oms.accept_excess(excess.slice_id, excess.pieces)
            step.end(f"accepts the excess of {excess.pieces:,} for payment")


def pay(on: Scene, tell: Narrator, contracts: Sequence[Contract]) -> None:
    """Pay the balance of every contract, which closes it."""
    finance = on.staff("finance").oms
    with tell.step("Finance") as step:
        step.expect(len(contracts))
        paid = Decimal(0)
        for nth, contract in _in_turn(on, contracts, PAID):
            paid += finance.record_factory_payment(contract.id, f"TT-{nth + 1:05}").amount
            step.advance(1)
        closed = finance.factory_pos.count(status=FactoryPoStatus.CLOSED)
        step.end(f"pays {paid:,.2f} for {len(contracts)} contracts; {closed} are closed")


def read_contracts(on: Scene) -> list[Contract]:
    """Read what the contracts in force say, as the warehouse does."""
    warehouse = on.staff("warehouse").oms
    ordered: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    for line in warehouse.factory_po_lines.find():
        ordered[line.factory_po_id][line.allocation_item_supplier_id] = int(line.quantity)
    signed = warehouse.factory_pos.find(status=FactoryPoStatus.PC_SIGNED)
    return [Contract(one.id, one.po_number, ordered[one.id]) for one in signed]


def _in_turn(
    on: Scene, work: Iterable[Work], tables: tuple[str, ...]
) -> Iterator[tuple[int, Work]]:
    """Give work piece by piece, and count the tables afresh when the first one has filled them."""
    for nth, piece in enumerate(work):
        if nth == 1:
            on.analyze(*tables)
        yield nth, piece


def _factories(planner: Oms) -> dict[str, UUID]:
    approved = planner.directory.find(
        kinds=contains(PartyKind.FACTORY), approval_status=ApprovalStatus.APPROVED
    )
    return {factory.code: factory.id for factory in approved}


def _makers(allocations: Sequence[Allocation]) -> list[str]:
    asked = {code for one in allocations for code in one.factories}
    return sorted(asked - {decisions.FULLY_BOOKED})


def _name(factory: Person) -> str:
    (own,) = factory.oms.directory.find(id=factory.party_id or UUID(int=0))
    return own.name


def _decline(factory: Oms, invited: int, step: Step) -> None:
    factory.allocation_items_supplier.update_where(
        {"quote_status": QuoteStatus.DECLINED, "comments": "No free capacity this season."},
        quote_status=QuoteStatus.INVITED,
    )
    step.end(f"declines all {invited:,} slices that it was asked for")


def _quote(factory: Oms, code: str, invited: Sequence[AllocationItemsSupplier], step: Step) -> None:
    for batch in decisions.batched(invited, decisions.LINES_AN_ALLOCATION):
        quotes: list[SliceQuote] = [
            {
                "allocation_item_supplier_id": asked.id,
                "price": decisions.price(code, asked.style_number),
                "capacity_qty": decisions.capacity(code, int(asked.order_qty)),
                "ex_factory_date": decisions.ready(code, asked.target_ex_factory_date),
                "pricing_terms": PricingTerms.FOB,
                "ship_mode": ShipMode.SEA,
            }
            for asked in batch
        ]
        factory.submit_quotes(quotes)
        step.advance(len(batch))
    step.end(f"quotes {len(invited):,} slices")


def _quotes(
    planner: Oms, allocation: Allocation, codes: Mapping[UUID, str]
) -> list[list[decisions.Quote]]:
    """Read the offers of an allocation, item by item, by style and colour."""
    offers = planner.allocation_items_supplier.find(
        allocation_id=allocation.id, quote_status=QuoteStatus.QUOTED
    )
    items: defaultdict[tuple[object, ...], list[decisions.Quote]] = defaultdict(list)
    for offer in offers:
        quote = decisions.Quote(
            codes[offer.factory_id],
            offer.id,
            offer.price or Decimal(0),
            int(offer.order_qty),
            None if offer.capacity_qty is None else int(offer.capacity_qty),
        )
        wares = offer.style_number, offer.marketing_name, offer.order_qty
        items[*wares, offer.allocation_item_id].append(quote)
    return [items[item] for item in sorted(items)]


def _report(factory: Oms, allocation: Allocation, stage: ProductionStatus) -> int:
    reported = factory.allocation_items_supplier.update_where(
        {"production_status": stage}, allocation_id=allocation.id, is_awarded=True
    )
    return len(reported)


def _must_refuse(refusal: type[RefusedError], attempt: Callable[[], object]) -> str:
    """Try what the rules forbid; return the words in which it is refused."""
    try:
        attempt()
    except refusal as refused:
        return refused.message
    raise OmsCliError(f"The database took what it should have refused with {refusal.code}.")
