"""What a line of each kind of file can say, and how its cells are read."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

CellKind = Literal[
    "text", "date", "quantity", "balance", "whole", "percentage", "price", "currency",
    "size", "unit", "flag", "choice",
]  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """How a field's cell is read, and whether a line needs it."""

    kind: CellKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


def _as_text(value: Any) -> Any:
    """Let a constant be written as TOML's own date or number."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]
Needed = Annotated[Text | None, Cell(required=True)]
Day = Annotated[Text | None, Cell("date")]
NeededDay = Annotated[Text | None, Cell("date", required=True)]
Quantity = Annotated[Text | None, Cell("quantity")]
NeededQuantity = Annotated[Text | None, Cell("quantity", required=True)]
Balance = Annotated[Text | None, Cell("balance")]
NeededBalance = Annotated[Text | None, Cell("balance", required=True)]
Whole = Annotated[Text | None, Cell("whole")]
Price = Annotated[Text | None, Cell("price")]
NeededPrice = Annotated[Text | None, Cell("price", required=True)]
Currency = Annotated[Text | None, Cell("currency")]
Unit = Annotated[Text | None, Cell("unit")]
NeededUnit = Annotated[Text | None, Cell("unit", required=True)]
Flag = Annotated[Text | None, Cell("flag")]


class Strict(BaseModel):
    """What a mapping says: nothing that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StyleFields(Strict):
    """What a line of a style list can say."""

    style_number: Text | None = None
    style_name: Text | None = None
    category: Text | None = None
    color: Text | None = None
    color_reference: Text | None = None
    season: Text | None = None
    sku: Text | None = None
    size: Text | None = None


class OrderFields(Strict):
    """What a line of an order book can say."""

    client: Text | None = None
    client_name: Text | None = None
    client_po_number: Text | None = None
    order_date: Text | None = None
    ex_factory_date: Text | None = None
    in_hands_date: Text | None = None
    style_number: Text | None = None
    color: Text | None = None
    sku: Text | None = None
    size: Text | None = None
    quantity: Text | None = None
    unit_price: Text | None = None
    currency: Text | None = None


class UnitFields(Strict):
    """What a line of a list of units can say."""

    unit: NeededUnit = None
    unit_name: Text | None = None
    decimals: Whole = None


class ConversionFields(Strict):
    """What a line of a list of conversions can say."""

    sku: Text | None = None
    from_unit: NeededUnit = None
    to_unit: NeededUnit = None
    factor: NeededQuantity = None


class ProductFields(Strict):
    """What a line of a list of products can say."""

    product_number: Needed = None
    product_name: Text | None = None
    category: Text | None = None
    is_style: Flag = None
    color: Text | None = None
    size: Annotated[Text | None, Cell("size")] = None
    sku: Text | None = None
    unit: Unit = None
    supply_method: Annotated[Text | None, Cell("choice", choices=("make", "buy"))] = None
    tracking: Annotated[Text | None, Cell("choice", choices=("none", "lot", "serial"))] = None
    standard_cost: Price = None


class BomFields(Strict):
    """What a line of a bill of materials can say."""

    product_number: Needed = None
    product_sku: Text | None = None
    template: Text | None = None
    template_name: Text | None = None
    in_force_from: Day = None
    position: Whole = None
    component: Needed = None
    quantity: NeededQuantity = None
    unit: Unit = None
    line_kind: Annotated[Text | None, Cell("choice", choices=("input", "by_product"))] = None
    scrap_pct: Annotated[Text | None, Cell("percentage")] = None
    setup_quantity: Balance = None
    is_phantom: Flag = None
    valid_from: Day = None
    valid_to: Day = None


class PlaceFields(Strict):
    """What a line of a list of warehouses and their places can say."""

    warehouse: Needed = None
    warehouse_name: Text | None = None
    location: Text | None = None
    location_kind: Annotated[
        Text | None,
        Cell("choice", choices=("storage", "receiving", "production", "shipping", "quarantine")),
    ] = None


class StockFields(Strict):
    """What a line of a stock list can say."""

    sku: Needed = None
    warehouse: Needed = None
    location: Needed = None
    lot: Text | None = None
    quantity: NeededBalance = None
    unit: Unit = None
    unit_cost: Price = None


class VendorFields(Strict):
    """What a line of a list of vendors can say."""

    vendor: Needed = None
    vendor_name: Text | None = None
    approval_status: Annotated[
        Text | None, Cell("choice", choices=("pending", "approved", "rejected"))
    ] = None
    currency: Currency = None
    lead_time_days: Whole = None
    payment_terms_days: Whole = None
    email: Text | None = None


class OfferFields(Strict):
    """What a line of a vendor's price list can say: a product, or one of its price breaks."""

    vendor: Needed = None
    sku: Needed = None
    vendor_sku: Text | None = None
    unit: Unit = None
    currency: Currency = None
    lead_time_days: Whole = None
    minimum_qty: Balance = None
    multiple_qty: Quantity = None
    preference: Whole = None
    valid_from: Day = None
    valid_to: Day = None
    from_qty: Balance = None
    unit_price: NeededPrice = None


class ForecastFields(Strict):
    """What a line of a forecast can say."""

    sku: Needed = None
    version: Text | None = None
    starts_on: NeededDay = None
    ends_on: NeededDay = None
    quantity: NeededBalance = None
    unit: Unit = None


class PurchaseOrderFields(Strict):
    """What a line of a list of purchase orders can say."""

    vendor: Needed = None
    po_number: Needed = None
    status: Annotated[Text | None, Cell("choice", choices=("draft", "sent", "closed"))] = None
    order_date: Day = None
    warehouse: Text | None = None
    currency: Currency = None
    note: Text | None = None
    tax_amount: Price = None
    freight_amount: Price = None
    subtotal: Price = None
    total: Price = None
    position: Whole = None
    sku: Needed = None
    quantity: NeededQuantity = None
    unit: Unit = None
    unit_price: NeededPrice = None
    line_total: Price = None
    need_by: NeededDay = None
    promised_date: Day = None
    received_qty: Balance = None
    rejected_qty: Balance = None
    stocked_qty: Balance = None
    received_on: Day = None
    delivery_note: Text | None = None
