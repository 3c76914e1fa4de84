"""A purchase order as a document: what was ordered, not how much of it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oms_client import Oms
from oms_client.enums import PurchaseOrderStatus
from oms_client.rows import PurchaseOrder, PurchaseOrderLine, Warehouse
from oms_documents import wording
from oms_documents.errors import NoSuchPurchaseOrderError
from oms_documents.parties import WORKS, Party, company, our_company
from oms_documents.rendering import render_pdf

UNSENT = (
    PurchaseOrderStatus.DRAFT,
    PurchaseOrderStatus.SUBMITTED,
    PurchaseOrderStatus.APPROVED,
)


@dataclass(frozen=True)
class Purchase:
    """A purchase order and all that its document says of it."""

    row: PurchaseOrder
    buyer: Party
    place: Party
    vendor: Party
    warehouse: Warehouse
    lines: Sequence[PurchaseOrderLine]


def find_purchase_order(oms: Oms, number: str, *, vendor: str | None = None) -> PurchaseOrder:
    """Return a purchase order by its number.

    Each vendor has numbers of its own; where several have this one, its name or code tells which.
    """
    found = list(oms.purchase_orders.find(po_number=number))
    parties = {key: oms.directory.get(key) for key in {one.vendor_id for one in found}}
    if vendor is not None:
        parties = {
            key: one
            for key, one in parties.items()
            if vendor.casefold() in (one.name.casefold(), one.code.casefold())
        }
    if len(parties) > 1:
        known = ", ".join(sorted(one.name for one in parties.values()))
        raise NoSuchPurchaseOrderError(f"Whose {number}? These have one: {known}.")
    for one in found:
        if one.vendor_id in parties:
            return one
    raise NoSuchPurchaseOrderError(f"There is no {number}{f' with {vendor}' if vendor else ''}.")


def read_purchase_order(oms: Oms, order: PurchaseOrder) -> Purchase:
    """Read what stands in a purchase order, as whoever `oms` speaks for."""
    return Purchase(
        row=order,
        buyer=our_company(oms),
        place=our_company(oms, WORKS),
        vendor=company(oms, order.vendor_id),
        warehouse=oms.warehouses.get(order.warehouse_id),
        lines=list(oms.purchase_order_lines.find(purchase_order_id=order.id, order="line_number")),
    )


def purchase_told(words: Mapping[str, Any]) -> Purchase:
    """Take a purchase order from what the database tells of it in one answer."""
    return Purchase(
        row=PurchaseOrder.model_validate(words["row"]),
        buyer=Party.told(words["buyer"]),
        place=Party.told(words["place"]),
        vendor=Party.told(words["vendor"]),
        warehouse=Warehouse.model_validate(words["warehouse"]),
        lines=[PurchaseOrderLine.model_validate(line) for line in words["lines"]],
    )


def render_purchase_order(said: Purchase) -> bytes:
    """Make the PDF."""
    return render_pdf("purchase_order", purchase_words(said), dated=_dated(said.row))


def purchase_words(said: Purchase) -> dict[str, object]:
    """Put a purchase order into words: what `purchase_order.typ` shows."""
    order = said.row
    state, watermark = _standing(order)
    return {
        "number": order.po_number,
        "state": state,
        "watermark": watermark,
        "buyer": said.buyer.words(),
        "vendor": said.vendor.words(),
        "delivery": said.place.words()
        | {"name": f"{said.buyer.company.name}, {said.warehouse.name}"},
        "facts": [(name, fact) for name, fact in _facts(said).items() if fact],
        "currency": order.currency,
        "lines": [_line(line, order.currency) for line in said.lines],
        "sums": _sums(order),
        "total": wording.money(order.total, order.currency),
        "note": order.note,
    }


def _place(said: Purchase) -> str:
    return f"{said.buyer.company.name}, {said.warehouse.name}"


def _standing(order: PurchaseOrder) -> tuple[str, str | None]:
    """Say how a purchase order stands, and what is written across its pages."""
    if order.status in UNSENT:
        return "Draft, not sent", "DRAFT"
    if order.status == PurchaseOrderStatus.CANCELLED:
        return "Cancelled", "CANCELLED"
    return "", None


def _facts(said: Purchase) -> dict[str, str | None]:
    order, days = said.row, said.vendor.company.payment_terms_days
    return {
        "Ordered": wording.day(order.order_date) if order.order_date else None,
        "Currency": order.currency,
        "Payment": None if days is None else f"{days} days from invoice",
        "Your reference": order.vendor_reference,
    }


def _line(line: PurchaseOrderLine, currency: str) -> dict[str, object]:
    return {
        "number": line.line_number,
        "sku": line.vendor_sku or line.sku,
        "our_sku": line.sku if line.vendor_sku else None,
        "description": line.description,
        "need_by": wording.day(line.need_by),
        "quantity": wording.pieces(line.quantity),
        "unit": line.unit,
        "cancelled": wording.pieces(line.cancelled_qty) if line.cancelled_qty else None,
        "price": wording.money(line.unit_price, currency),
        "amount": wording.money(line.line_total, currency),
    }


def _sums(order: PurchaseOrder) -> list[tuple[str, str]]:
    """Say what the total is the sum of, if of more than the lines."""
    parts = {
        "Goods": order.subtotal,
        "Tax": order.tax_amount,
        "Freight": order.freight_amount,
    }
    if order.total == order.subtotal:
        return []
    return [(name, wording.money(part, order.currency)) for name, part in parts.items() if part]


def _dated(order: PurchaseOrder) -> datetime:
    return order.sent_at or order.created_at
