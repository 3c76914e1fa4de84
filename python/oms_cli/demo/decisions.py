"""What the people of the demo decide. Pure functions: the same order book gives the same story."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import TypeVar
from uuid import UUID

from oms_client.rows import UnallocatedOrderItem
from oms_client.writes import SliceAward

Item = TypeVar("Item")

# The panel: three of these are asked to quote each allocation, in turn.
MAKERS = ("HANOI", "DHAKA", "TIRUPUR", "IZMIR")
ASKED_OF_EACH = 3
# A small mill without a free month is asked once, and declines.
FULLY_BOOKED = "PORTO"
# It takes at most so much of a line that is not a small one.
CAUTIOUS = "TIRUPUR"
CAUTIOUS_SHARE = Decimal("0.6")
CAUTIOUS_FROM = 10

LINES_AN_ALLOCATION = 500
SHARED_EVERY = 5
SHARES = (60, 40)
SMALLEST_SHARED = 5
REJECTED_ONE_IN = 20
LATE_FABRIC_DAYS = 12
# Days after the date that was asked for.
READY = {"DHAKA": -2, "TIRUPUR": 6}

CHEAPEST_CENTS, DEAREST_CENTS = 280, 780


@dataclass(frozen=True)
class Quote:
    """What one factory offered for one allocation item."""

    factory: str
    slice_id: UUID
    price: Decimal
    order_qty: int
    capacity: int | None

    @property
    def most(self) -> int:
        """The pieces that it would take of what it was asked for."""
        return self.order_qty if self.capacity is None else min(self.capacity, self.order_qty)


@dataclass(frozen=True)
class Award:
    """A part of an allocation item for one slice, as award_many takes it."""

    slice_id: UUID
    quantity: int | None = None
    percentage: int | None = None

    def stated(self) -> SliceAward:
        """Return it as the command takes it."""
        return {
            "allocation_item_supplier_id": self.slice_id,
            "awarded_qty": self.quantity,
            "percentage": self.percentage,
        }


@dataclass(frozen=True)
class Delivery:
    """Goods at the gate."""

    received: int
    rejected: int = 0


def batched(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """Cut a list into pieces."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def allocations(worklist: Sequence[UnallocatedOrderItem]) -> list[tuple[str, list[UUID]]]:
    """Plan together what leaves the factory in the same month: a name, and the lines."""
    months: defaultdict[str, list[UUID]] = defaultdict(list)
    for line in worklist:
        month = f"{line.ex_factory_date:%Y-%m}" if line.ex_factory_date else ""
        months[month].append(line.order_item_id)
    planned = []
    for month, lines in sorted(months.items()):
        batches = list(batched(lines, LINES_AN_ALLOCATION))
        for number, batch in enumerate(batches, 1):
            name = f"Ex-factory {month}" if month else "No date"
            planned.append((f"{name}, part {number}" if len(batches) > 1 else name, batch))
    return planned


def panel(nth: int) -> list[str]:
    """Choose whom to ask for the nth allocation; the mill that is fully booked only once."""
    asked = [MAKERS[(nth + turn) % len(MAKERS)] for turn in range(ASKED_OF_EACH)]
    return [*asked, FULLY_BOOKED] if nth == 0 else asked


def price(factory: str, style_number: str) -> Decimal:
    """Return what a factory asks for a piece: what the style takes, and its own margin."""
    work = CHEAPEST_CENTS + _spread(style_number, DEAREST_CENTS - CHEAPEST_CENTS)
    margin = Decimal(92 + _spread(f"{style_number} {factory}", 17)) / 100
    return (work * margin / 100).quantize(Decimal("0.01"))


def capacity(factory: str, order_qty: int) -> int | None:
    """Return the most that a factory takes of a line, if it says."""
    if factory == CAUTIOUS and order_qty >= CAUTIOUS_FROM:
        return int(order_qty * CAUTIOUS_SHARE)
    return None


def ready(factory: str, asked: date | None) -> date | None:
    """Return when a factory says that the goods can leave: most of them, when they should."""
    return asked + timedelta(days=READY.get(factory, 0)) if asked else None


def award(quotes: Sequence[Quote], nth: int) -> list[Award]:
    """Award the nth item: to the best price, and to the second best what the best cannot take.

    Every so often a larger line is shared by percentage although one could make it all.
    """
    best, *others = sorted(quotes, key=lambda quote: (quote.price, quote.factory))
    wanted = best.order_qty
    if best.most < wanted and others:
        return [Award(best.slice_id, best.most), Award(others[0].slice_id, wanted - best.most)]
    shared = nth % SHARED_EVERY == 0 and wanted >= SMALLEST_SHARED
    if shared and others and others[0].capacity is None:
        pair = (best, others[0])
        return [
            Award(quote.slice_id, percentage=share)
            for quote, share in zip(pair, SHARES, strict=True)
        ]
    return [Award(best.slice_id)]


def late(contracts: Mapping[UUID, Mapping[UUID, int]]) -> list[UUID]:
    """Choose the slice of which half goes to another factory: the second largest, if there is."""
    return [slice_id for pieces, slice_id in _by_size(contracts)[1:2] if pieces > 1]


def taker(code: str) -> str:
    """Choose who takes over from a factory: the next of the panel."""
    return MAKERS[(MAKERS.index(code) + 1) % len(MAKERS)]


def dearer(price: Decimal) -> Decimal:
    """Return what one asks who makes it at short notice."""
    return (price * Decimal("1.03")).quantize(Decimal("0.01"))


def cheaper(price: Decimal) -> Decimal:
    """Return what one asks who was talked to again."""
    return (price * Decimal("0.98")).quantize(Decimal("0.01"))


def late_fabric(planned: date | None) -> date:
    """Return when a fabric comes that does not come when it should."""
    return (planned or date(2027, 1, 1)) + timedelta(days=LATE_FABRIC_DAYS)


def renegotiated(contracts: Mapping[UUID, Mapping[UUID, int]]) -> list[tuple[UUID, UUID]]:
    """Choose the contract, and the slice of it, whose price is agreed anew: the third largest's."""
    return [
        (contract_id, slice_id)
        for _, slice_id in _by_size(contracts)[2:3]
        for contract_id, ordered in contracts.items()
        if slice_id in ordered
    ]


def _by_size(contracts: Mapping[UUID, Mapping[UUID, int]]) -> list[tuple[int, UUID]]:
    slices = [
        (pieces, slice_id) for ordered in contracts.values() for slice_id, pieces in ordered.items()
    ]
    return sorted(slices, key=lambda one: (-one[0], one[1]))


def first_delivery(ordered: int) -> Delivery | None:
    """Return what comes first: half of it, and of that a few pieces that are sent back."""
    half = ordered // 2
    return Delivery(half, half // REJECTED_ONE_IN) if half else None


def last_delivery(ordered: int) -> Delivery:
    """Return what comes last: the rest, and what replaces the pieces that were sent back."""
    first = first_delivery(ordered)
    return Delivery(ordered - (first.received - first.rejected if first else 0))


def _spread(text: str, width: int) -> int:
    """Return a number below the width that looks random and is always the same for a text."""
    return zlib.crc32(text.encode()) % width
