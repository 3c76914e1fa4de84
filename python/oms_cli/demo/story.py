"""The life of an order book, played by all who have a part in it, each with their own token."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from postgrest import ReturnMethod

from oms_cli.demo import decisions
from oms_cli.demo.api import Person, RefusedError, Row, call, read, send
from oms_cli.demo.setting import Scene
from oms_cli.demo.telling import Narrator, Step
from oms_cli.errors import OmsCliError

Work = TypeVar("Work")

SLICES = "allocation_items_supplier"
MINIMAL = ReturnMethod.minimal
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

    id: str
    lines: int
    factories: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """A contract in force, and the pieces that each of its slices is to bring."""

    id: str
    number: str
    ordered: dict[str, int]


@dataclass(frozen=True)
class Excess:
    """Pieces of a slice that came in beyond what was ordered."""

    slice_id: str
    pieces: int


def play(on: Scene, tell: Narrator) -> None:
    """Play an order book that is in the database from allocation to closed contracts."""
    tell.chapter("Allocation and quotes")
    allocations = allocate(on, tell)
    send_out(on, tell, allocations)
    quote(on, tell, allocations)

    tell.chapter("Awards and contracts")
    award(on, tell, allocations)
    issue(on, tell, allocations)
    sign(on, tell, allocations)

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
    planner = on.staff("planner")
    factory_ids = _factories(planner)
    with tell.step("Planner") as step:
        worklist = read(
            planner,
            *("unallocated_order_items", "order_item_id", "ex_factory_date"),
            key="order_number,line_number",
        )
        step.expect(len(worklist))
        allocations = []
        for nth, (name, lines) in _in_turn(on, decisions.allocations(worklist), PLANNED):
            asked = decisions.panel(nth)
            made = call(
                planner,
                "allocate_items",
                name=name,
                lines=[{"order_item_id": line} for line in lines],
                factory_ids=[factory_ids[code] for code in asked],
            )
            allocations.append(Allocation(made["id"], len(lines), tuple(asked)))
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
            call(on.staff("planner"), "send_allocation", allocation_id=allocation.id)
            step.advance(1)
        on.analyze(*INVITED)
        step.end(f"sends {len(allocations)} allocations to the factories")


def quote(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Let each factory answer what it was invited for."""
    for code in sorted({code for one in allocations for code in one.factories}):
        factory = on.factory(code)
        with tell.step(_name(factory)) as step:
            invited = read(
                factory, SLICES, "id", "style_number", "order_qty", quote_status="invited"
            )
            step.expect(len(invited))
            if code == decisions.FULLY_BOOKED:
                _decline(factory, invited, step)
            else:
                _quote(factory, code, invited, step)


def award(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Award every item to the best quote, some of them to two factories."""
    planner = on.staff("planner")
    codes = {factory_id: code for code, factory_id in _factories(planner).items()}
    splits = {"quantity": 0, "percentage": 0}
    with tell.step("Planner") as step:
        step.expect(sum(one.lines for one in allocations))
        awarded = 0
        for _, allocation in _in_turn(on, allocations, AWARDED):
            quotes = _quotes(planner, allocation, codes)
            awards = [decisions.award(offers, nth) for nth, offers in enumerate(quotes)]
            chosen = [one for item in awards for one in item]
            call(planner, "award_many", awards=[one.stated() for one in chosen])
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
    buyer = on.staff("procurement")
    with tell.step("Procurement") as step:
        step.expect(len(allocations))
        issued = 0
        for _, allocation in _in_turn(on, allocations, CONTRACTED):
            issued += len(call(buyer, "issue_contracts", allocation_id=allocation.id))
            step.advance(1)
        step.end(f"issues {issued} contracts")


def sign(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Let each factory countersign its own contracts, by the hash of the terms that it read."""
    for code in _makers(allocations):
        factory = on.factory(code)
        with tell.step(_name(factory)) as step:
            issued = read(factory, "factory_pos", "id", "terms_hash", status="ISSUED")
            step.expect(len(issued))
            for contract in issued:
                call(
                    factory,
                    "sign_contract",
                    factory_po_id=contract["id"],
                    terms_hash=contract["terms_hash"],
                )
                step.advance(1)
            step.end(f"countersigns {len(issued)} contracts")


def report_production(on: Scene, tell: Narrator, allocations: Sequence[Allocation]) -> None:
    """Let each factory say how far its slices are."""
    for code in _makers(allocations):
        factory = on.factory(code)
        with tell.step(_name(factory)) as step:
            asked = [one for one in allocations if code in one.factories]
            step.expect(2 * len(asked))
            reported = 0
            for stage in ("sewing", "shipped"):
                for allocation in asked:
                    reported += _report(factory, allocation, stage)
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
    warehouse = on.staff("warehouse")
    with tell.step("Warehouse") as step:
        step.expect(len(contracts))
        receipts: list[Row] = []
        for _, contract in _in_turn(on, contracts, RECEIVED):
            arrived = [
                {
                    "allocation_item_supplier_id": slice_id,
                    "qty_received": came.received,
                    "qty_rejected": came.rejected,
                    "batch_id": contract.number,
                }
                for slice_id, ordered in contract.ordered.items()
                if (came := delivery(ordered))
            ]
            if arrived:
                send(warehouse.api.from_("factory_receipts").insert(arrived, returning=MINIMAL))
            receipts += arrived
            step.advance(1)
        pieces = sum(receipt["qty_received"] for receipt in receipts)
        rejected = sum(receipt["qty_rejected"] for receipt in receipts)
        step.end(f"{what}: {len(receipts):,} receipts, {pieces:,} pieces, {rejected:,} rejected")


def over_deliver(on: Scene, tell: Narrator, contracts: Sequence[Contract]) -> Excess | None:
    """Bring more of the largest slice than was ordered: too much is refused, a little is not."""
    warehouse = on.staff("warehouse")
    slice_id = max(
        (ordered, slice_id) for one in contracts for slice_id, ordered in one.ordered.items()
    )[1]
    (largest,) = read(warehouse, SLICES, "effective_qty", "over_receipt_tolerance_pct", id=slice_id)
    tolerated = int(largest["effective_qty"] * largest["over_receipt_tolerance_pct"] / 100)
    with tell.step("Warehouse") as step:
        told = _must_refuse(
            "OMS_RECEIPT_EXCEEDS_TOLERANCE",
            lambda: _receive_one(warehouse, slice_id, tolerated + 1),
        )
        step.end(f"is refused {tolerated + 1:,} pieces more than were ordered")
    tell.aside(told)
    if not tolerated:
        tell.aside("No slice is large enough for the tolerance to be a whole piece.")
        return None
    with tell.step("Warehouse") as step:
        _receive_one(warehouse, slice_id, tolerated)
        step.end(f"takes in {tolerated:,} more, which is within the tolerance")
    return Excess(slice_id, tolerated)


def see_payables(on: Scene, tell: Narrator) -> None:
    """Let finance read what is owed."""
    with tell.step("Finance") as step:
        payables = read(
            on.staff("finance"), "payables", "payable_amount", key="allocation_item_supplier_id"
        )
        owed = sum((row["payable_amount"] for row in payables), Decimal(0))
        step.end(f"sees {len(payables):,} payables, {owed:,.2f} in all")


def accept_excess(on: Scene, tell: Narrator, excess: Excess | None) -> None:
    """Agree to pay for what came beyond the order."""
    if excess:
        with tell.step("Finance") as step:
            call(
                on.staff("finance"),
                "accept_excess",
                allocation_item_supplier_id=excess.slice_id,
                accepted_excess_qty=excess.pieces,
            )
            step.end(f"accepts the excess of {excess.pieces:,} for payment")


def pay(on: Scene, tell: Narrator, contracts: Sequence[Contract]) -> None:
    """Pay the balance of every contract, which closes it."""
    finance = on.staff("finance")
    with tell.step("Finance") as step:
        step.expect(len(contracts))
        paid = Decimal(0)
        for nth, contract in _in_turn(on, contracts, PAID):
            payment = call(
                finance,
                "record_factory_payment",
                factory_po_id=contract.id,
                reference=f"TT-{nth + 1:05}",
            )
            paid += payment["amount"]
            step.advance(1)
        closed = read(finance, "factory_pos", "id", status="CLOSED")
        step.end(f"pays {paid:,.2f} for {len(contracts)} contracts; {len(closed)} are closed")


def read_contracts(on: Scene) -> list[Contract]:
    """Read what the contracts in force say, as the warehouse does."""
    warehouse = on.staff("warehouse")
    contracts = read(warehouse, "factory_pos", "id", "po_number", status="PC_SIGNED")
    lines = read(
        warehouse,
        *("factory_po_lines", "factory_po_id", "allocation_item_supplier_id", "quantity"),
    )
    ordered: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in lines:
        ordered[line["factory_po_id"]][line["allocation_item_supplier_id"]] = int(line["quantity"])
    return [Contract(one["id"], one["po_number"], ordered[one["id"]]) for one in contracts]


def _in_turn(
    on: Scene, work: Iterable[Work], tables: tuple[str, ...]
) -> Iterator[tuple[int, Work]]:
    """Give work piece by piece, and count the tables afresh when the first one has filled them."""
    for nth, piece in enumerate(work):
        if nth == 1:
            on.analyze(*tables)
        yield nth, piece


def _factories(planner: Person) -> dict[str, str]:
    approved = send(
        planner.api.from_("directory")
        .select("id", "code")
        .cs("kinds", ["factory"])
        .eq("approval_status", "approved")
    )
    return {factory["code"]: factory["id"] for factory in approved}


def _makers(allocations: Sequence[Allocation]) -> list[str]:
    asked = {code for one in allocations for code in one.factories}
    return sorted(asked - {decisions.FULLY_BOOKED})


def _name(factory: Person) -> str:
    (own,) = send(factory.api.from_("directory").select("name").eq("id", factory.party_id))
    return str(own["name"])


def _decline(factory: Person, invited: Sequence[Row], step: Step) -> None:
    changes = {"quote_status": "declined", "comments": "No free capacity this season."}
    query = factory.api.from_(SLICES).update(changes, returning=MINIMAL)
    send(query.eq("quote_status", "invited"))
    step.end(f"declines all {len(invited):,} slices that it was asked for")


def _quote(factory: Person, code: str, invited: Sequence[Row], step: Step) -> None:
    for batch in decisions.batched(invited, decisions.LINES_AN_ALLOCATION):
        quotes = [
            {
                "allocation_item_supplier_id": asked["id"],
                "price": decisions.price(code, asked["style_number"]),
                "capacity_qty": decisions.capacity(code, int(asked["order_qty"])),
                "pricing_terms": "FOB",
                "ship_mode": "sea",
            }
            for asked in batch
        ]
        call(factory, "submit_quotes", quotes=quotes)
        step.advance(len(batch))
    step.end(f"quotes {len(invited):,} slices")


def _quotes(
    planner: Person, allocation: Allocation, codes: Mapping[str, str]
) -> list[list[decisions.Quote]]:
    """Read the offers of an allocation, item by item, by style and colour."""
    offers = read(
        planner,
        *(SLICES, "allocation_item_id", "factory_id", "id", "style_number", "marketing_name"),
        *("price", "order_qty", "capacity_qty"),
        allocation_id=allocation.id,
        quote_status="quoted",
    )
    items: defaultdict[tuple[str, ...], list[decisions.Quote]] = defaultdict(list)
    for offer in offers:
        most = offer["capacity_qty"]
        quote = decisions.Quote(
            codes[offer["factory_id"]],
            offer["id"],
            offer["price"],
            int(offer["order_qty"]),
            None if most is None else int(most),
        )
        wares = offer["style_number"], offer["marketing_name"], f"{quote.order_qty:09}"
        items[*wares, offer["allocation_item_id"]].append(quote)
    return [items[item] for item in sorted(items)]


def _report(factory: Person, allocation: Allocation, stage: str) -> int:
    query = factory.api.from_(SLICES).update({"production_status": stage})
    query.eq("allocation_id", allocation.id).is_("is_awarded", True)
    return len(send(query.select("id")))


def _receive_one(warehouse: Person, slice_id: str, pieces: int) -> None:
    call(
        warehouse,
        "record_receipt",
        allocation_item_supplier_id=slice_id,
        qty_received=pieces,
    )


def _must_refuse(code: str, attempt: Callable[[], None]) -> str:
    """Try what the rules forbid; return the words in which it is refused."""
    try:
        attempt()
    except RefusedError as refusal:
        if refusal.code == code:
            return refusal.message
        raise
    raise OmsCliError(f"The database took what it should have refused with {code}.")
