"""Rows as the API returns them, one class a table, view or result of a command."""
# Written from the database by `oms types`; change the database, not this.

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from oms_client.enums import (
    AddressKind,
    AlertSeverity,
    AllocationCloseReason,
    AllocationStatus,
    ApprovalStatus,
    Automation,
    Availability,
    BomLineKind,
    BomStatus,
    DeliveryStatus,
    EmailKind,
    EmailStatus,
    FactoryInvoiceStatus,
    FactoryPoStatus,
    HistoryAction,
    InvoiceDifference,
    MemberRole,
    MemberStatus,
    NotificationChannel,
    NotificationDigest,
    OrderStatus,
    OrderType,
    PartyKind,
    PlanningExceptionKind,
    PricingTerms,
    ProductionOrderStatus,
    ProductionStatus,
    PurchaseOrderStatus,
    QuoteStatus,
    ReceiptStatus,
    RuleEnforcement,
    ScheduledJob,
    ShipMode,
    SliceNoteKind,
    SmtpSecurity,
    StockLocationKind,
    StockMoveReason,
    SupplyMethod,
    SuppressionReason,
    TimelineFact,
    TimelineNodeKind,
    Tracking,
    VendorChoice,
    WebhookStatus,
    WorkflowAlertKind,
    WorkflowStage,
)
from oms_client.wire import Row


class Address(Row):
    """An address of a company of the directory."""

    organization_id: UUID
    id: UUID
    directory_id: UUID
    kind: AddressKind
    line1: str
    line2: str | None
    city: str
    region: str | None
    postal_code: str | None
    country_code: str
    """Two capital letters (ISO 3166-1)."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class AllocationItemSize(Row):
    """The size run of the committed quantity, apportioned from what is left of the line's run.
    Kept by trigger.
    """

    organization_id: UUID
    id: UUID
    allocation_item_id: UUID
    size_label: str
    position: int
    quantity: Decimal


class AllocationItemSupplierNote(Row):
    """What staff say of a slice and factories do not read. An award at another price than
    quoted needs one of kind price_override.
    """

    organization_id: UUID
    id: UUID
    allocation_item_supplier_id: UUID
    kind: SliceNoteKind
    remark: str
    replaces_id: UUID | None
    """The slice whose pieces this one took over."""
    created_at: AwareDatetime
    created_by: UUID


class AllocationItemSupplierSize(Row):
    """The size run of a slice: of the proposed quantity, once awarded of the effective one,
    apportioned from what earlier slices left. Kept by trigger.
    """

    organization_id: UUID
    id: UUID
    allocation_item_supplier_id: UUID
    factory_id: UUID
    invited_at: AwareDatetime | None
    """The slice's, for the factory's policy."""
    size_label: str
    position: int
    quantity: Decimal


class AllocationItem(Row):
    """What an allocation commits of an order line."""

    organization_id: UUID
    id: UUID
    allocation_id: UUID
    order_item_id: UUID
    """The line. Two keys join the two tables: embed
    order_items!allocation_items_order_item_fkey.
    """
    split_from_id: UUID | None
    """The allocation item whose committed quantity this one took over a part of."""
    committed_qty: Decimal
    """Pieces committed here; awards can take no more. By default what the line has left."""
    effective_qty: Decimal
    """Sum of the effective quantities of its slices. Kept by trigger."""
    closed_at: AwareDatetime | None
    """From then on nothing more is awarded here."""
    close_reason: AllocationCloseReason | None
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class AllocationItemsSupplier(Row):
    """One slice: what one factory is asked, quotes, is awarded, makes, delivers and is paid for
    of an allocation item. Holds all that the factory needs to know.
    """

    organization_id: UUID
    id: UUID
    allocation_item_id: UUID
    allocation_id: UUID
    factory_id: UUID
    style_id: UUID
    colorway_id: UUID
    style_number: str
    """The style as it was when the factory was chosen; frozen."""
    style_name: str
    marketing_name: str
    color_reference: str | None
    target_ex_factory_date: date | None
    """When we want the goods to leave the factory."""
    order_qty: Decimal
    """Pieces asked for; by default what the allocation item has left. An award without a
    quantity takes this.
    """
    invited_at: AwareDatetime | None
    """When the factory was invited; before that it cannot see the row."""
    quote_status: QuoteStatus
    price: Decimal | None
    """The quote, for a piece, in `currency`."""
    currency: str | None
    pricing_terms: PricingTerms | None
    ship_mode: ShipMode | None
    capacity_qty: Decimal | None
    """The most pieces that the factory can make; null: no limit given."""
    ex_factory_date: date | None
    """When the factory says that the goods can leave."""
    comments: str | None
    quoted_at: AwareDatetime | None
    is_awarded: bool
    awarded_qty: Decimal | None
    awarded_price: Decimal | None
    """Price of a piece, frozen at the award: the quote's, or the planner's override."""
    awarded_at: AwareDatetime | None
    over_receipt_tolerance_pct: Decimal | None
    """The organization's setting at the award. Per cent."""
    closed_at: AwareDatetime | None
    """A closed candidate takes no more part; a closed slice is made up to closed_qty only."""
    closed_qty: Decimal | None
    """Pieces that the slice was closed at."""
    production_status: ProductionStatus
    """As the factory reports it."""
    shipped_qty: Decimal
    """Pieces that left the factory in all, as the factory reports it."""
    received_qty: Decimal
    """Sum of receipts that are not voided. Kept by trigger."""
    accepted_qty: Decimal
    """Received less rejected. Kept by trigger."""
    accepted_excess_qty: Decimal
    """How much of what came beyond the effective quantity finance agrees to pay."""
    approved_qty: Decimal
    """Pieces of approved invoices, less those of approved credit notes. Kept by trigger."""
    approved_amount: Decimal
    """Amount of approved invoices, less that of approved credit notes. Kept by trigger."""
    paid_amount: Decimal
    """Sum of payments that are not voided. Kept by trigger."""
    effective_qty: Decimal
    """Pieces that count: closed_qty if closed, else awarded_qty; 0 while not awarded."""
    excess_qty: Decimal
    """Accepted beyond the effective quantity."""
    payable_qty: Decimal
    """least(accepted_qty, effective_qty + accepted_excess_qty)."""
    payable_amount: Decimal
    """payable_qty x awarded_price."""
    balance: Decimal
    """payable_amount - paid_amount. Negative: the factory owes us."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class AllocationOverview(Row):
    """The allocations screen: one row per line of accepted orders, in words that may be shown
    to a client. No colour reference, no total order quantity. Key: order_item_id.
    """

    organization_id: UUID
    order_item_id: UUID
    order_id: UUID
    order_number: str
    line_number: int
    client_name: str | None
    client_po_number: str | None
    style_number: str | None
    style_name: str | None
    marketing_name: str | None
    sizes: str | None
    """The committed size run, such as `S 10 / M 20`."""
    committed_qty: Decimal
    price: Decimal | None
    """Price of a piece: of the largest awarded slice, else of the best quote. Null for those
    who may not read candidates.
    """
    currency: str | None
    factory_name: str | None
    slice_count: int | None
    """How many standing slices the line has."""
    ex_factory_date: date | None
    in_hands_date: date | None
    allocation_item_id: UUID | None
    allocation_status: AllocationStatus


class Allocation(Row):
    """A batch of order lines that are planned, sent out and awarded together."""

    organization_id: UUID
    id: UUID
    allocation_number: str
    name: str
    sent_at: AwareDatetime | None
    """When its candidates were first invited; set once, by writing any time or by
    send_allocation.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class AwardWarning(Row):
    """Standing awards of an allocation, at the terms of their contract's open version if there
    is one, that fall below what their factory takes, overfill its month, or come later than
    we want; by the settings factory_minimums and factory_capacity. Key: allocation_id,
    factory_id, warning, subject.
    """

    organization_id: UUID
    allocation_id: UUID
    allocation_number: str
    factory_id: UUID
    factory_name: str | None
    warning: str
    """below_moq, below_colour_moq, below_minimum_amount, no_rate (the amount cannot be compared
    with the minimum), over_capacity or late.
    """
    subject: str | None
    """The style, the style and colour, the currency or the month that it is about."""
    actual: Decimal | None
    """What is awarded, in `unit`; days late."""
    bound: Decimal | None
    """What the factory asks for at least, or can make at most, in `unit`."""
    unit: str | None
    """pieces, days, or a currency."""


class BomLine(Row):
    """What goes into one unit of the product, and what comes out beside it."""

    organization_id: UUID
    id: UUID
    bom_version_id: UUID
    position: int
    """Place in the list."""
    product_variant_id: UUID
    kind: BomLineKind
    quantity: Decimal
    """For one unit of the product, in the component's unit."""
    scrap_pct: Decimal
    """Per cent of what is put in that is lost: for 100 good ones at 20 % scrap 125 are put in.
    """
    setup_quantity: Decimal
    """Once for each order, whatever its quantity."""
    is_phantom: bool
    """Not made to stock: its own components go in instead of it."""
    valid_from: date | None
    """First day on which the line counts; null: from the start."""
    valid_to: date | None
    """First day on which it does not count any more; null: for good."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class BomOperation(Row):
    """What is done to make the product, one after the other by position."""

    organization_id: UUID
    id: UUID
    bom_version_id: UUID
    position: int
    name: str
    work_center_id: UUID
    setup_minutes: Decimal
    minutes_per_unit: Decimal
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class BomTemplate(Row):
    """The library of bills of materials: a way to make a product, in versions."""

    organization_id: UUID
    id: UUID
    product_id: UUID
    product_variant_id: UUID | None
    """The one variant that it makes; null: any of the product."""
    code: str
    name: str
    is_default: bool
    """The way that is planned with unless another is chosen. Of a variant the variant's own
    comes before the product's.
    """
    lead_time_days: int
    """Days from the start of production to the finished goods."""
    lot_minimum_qty: Decimal
    """Fewer are not planned to be made at once."""
    lot_multiple_qty: Decimal | None
    """Planned production is a multiple of it."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class BomUsage(Row):
    """How often each version of a bill of materials was used, how much was made by it, and
    whether in time; cancelled production orders do not count. Key: bom_version_id.
    """

    organization_id: UUID
    bom_version_id: UUID
    bom_template_id: UUID
    code: str | None
    name: str | None
    product_id: UUID | None
    product_number: str | None
    product_variant_id: UUID | None
    version: int
    status: BomStatus
    valid_from: date | None
    is_in_force: bool | None
    """It is what the template says today."""
    orders: int | None
    open_orders: int | None
    ordered_qty: Decimal | None
    completed_qty: Decimal | None
    scrapped_qty: Decimal | None
    completed_orders: int | None
    on_time_orders: int | None
    """Completed on the day of their need or before."""
    on_time_pct: Decimal | None
    """Per cent of the completed ones; null without any."""
    last_used_at: AwareDatetime | None
    """When the last production order was made by it."""


class BomVersion(Row):
    """A version of a bill of materials. In force on a day is, of the active ones of its
    template, the one that began last: never two.
    """

    organization_id: UUID
    id: UUID
    bom_template_id: UUID
    version: int
    """By default the next of its template."""
    status: BomStatus
    valid_from: date | None
    """First day on which it is in force, once active; until the next active one begins."""
    revision_note: str | None
    """What is different from the version before, and why."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class BomWhereUsed(Row):
    """Where a component is used: each line of each version of a bill of materials, with what it
    makes. Key: bom_line_id.
    """

    organization_id: UUID
    bom_line_id: UUID
    product_variant_id: UUID
    """The component."""
    sku: str | None
    kind: BomLineKind
    quantity: Decimal
    unit: str | None
    scrap_pct: Decimal
    setup_quantity: Decimal
    is_phantom: bool
    valid_from: date | None
    valid_to: date | None
    bom_version_id: UUID | None
    bom_template_id: UUID | None
    code: str | None
    name: str | None
    product_id: UUID | None
    product_number: str | None
    made_variant_id: UUID | None
    """The one variant that is made; null: any of the product."""
    version: int | None
    status: BomStatus | None
    is_in_force: bool | None
    """It goes into what is made today."""


class ClientOrderLine(Row):
    """A client's own order lines with their status and price. Key: order_item_id."""

    organization_id: UUID
    order_item_id: UUID
    order_id: UUID
    client_id: UUID
    order_number: str | None
    client_po_number: str | None
    order_status: OrderStatus | None
    line_number: int
    style_number: str | None
    style_name: str | None
    marketing_name: str | None
    sizes: str | None
    quantity: Decimal
    unit_price: Decimal | None
    """Price of a piece for sizes without one of their own (order_item_prices)."""
    currency: str | None
    ex_factory_date: date | None
    in_hands_date: date | None
    allocation_status: AllocationStatus


class ColorwayReference(Row):
    """The colour as it is dyed to (lab dip, colour system number). A table of its own, because
    clients are shown the marketing name only.
    """

    organization_id: UUID
    colorway_id: UUID
    color_reference: str
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Colorway(Row):
    """A style in one colour: what an order line asks for."""

    organization_id: UUID
    id: UUID
    style_id: UUID
    marketing_name: str
    """The colour's name as clients are shown it."""
    season: str | None
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class ComponentAvailability(Row):
    """What each open production order needs, and whether it is there. What others ahead of it
    will take is not looked at. Key: production_component_id.
    """

    organization_id: UUID
    production_component_id: UUID
    production_order_id: UUID
    production_number: str | None
    product_variant_id: UUID
    sku: str | None
    unit: str | None
    warehouse_id: UUID
    availability: Availability | None
    """Of what is not issued yet: all, some or nothing is reserved for it or to be had."""
    required_qty: Decimal
    issued_qty: Decimal
    reserved_qty: Decimal
    on_hand: Decimal | None
    """What lies in the order's warehouse outside quarantine, expired lots and shipping places.
    """
    reserved_for_others: Decimal | None
    """What of it is promised to others."""
    incoming_qty: Decimal | None
    """What purchase orders and production orders bring until the order begins."""
    short_qty: Decimal | None
    """What is neither issued nor reserved for it nor to be had."""
    expected_on: date | None
    """When what is short will have come; null with nothing short, and when it never comes."""


class ComponentBlocker(Row):
    """Which components production waits for now, and how many orders each of them blocks. Adds
    up the shortages that have not ended. Key: product_variant_id.
    """

    organization_id: UUID
    product_variant_id: UUID
    sku: str | None
    product_name: str | None
    unit: str | None
    blocked_orders: int
    short_qty: Decimal | None
    """What these orders are short of now, each for itself, in the variant's unit."""
    waiting_since: AwareDatetime
    """When the oldest of the shortages began."""
    incoming_qty: Decimal
    """What is open on purchase orders, drafts included, in the variant's unit."""
    next_expected_on: date | None
    """When the first of it comes: promised, else needed."""


class ComponentShortage(Row):
    """How long a production order waited for which component. Written by trigger."""

    organization_id: UUID
    id: UUID
    production_order_id: UUID
    production_component_id: UUID
    product_variant_id: UUID
    short_qty: Decimal
    """What was short when it began: required less what could be had then."""
    began_at: AwareDatetime
    ended_at: AwareDatetime | None
    """When it was there, or the order was cancelled; null: it waits."""


class Contact(Row):
    """A person at a company of the directory; at most one is its primary contact."""

    organization_id: UUID
    id: UUID
    directory_id: UUID
    name: str
    title: str | None
    email: str | None
    phone: str | None
    is_primary: bool
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class DemandForecast(Row):
    """How much of a variant is expected to be asked for in a period."""

    organization_id: UUID
    id: UUID
    product_variant_id: UUID
    version: str
    """Several can stand side by side; `current` is looked at."""
    starts_on: date
    ends_on: date
    """Last day of the period."""
    quantity: Decimal
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Directory(Row):
    """Companies we deal with, one entry each however many things it is to us, and our own
    company.
    """

    organization_id: UUID
    id: UUID
    kinds: list[PartyKind]
    code: str
    """Short name, unique in the organization; imports find a party by it."""
    name: str
    email: str | None
    currency: str | None
    language: str | None
    """What we write to it in; null: the organization's, see mail_settings."""
    payment_terms_days: int | None
    """Days from invoice to payment."""
    approval_status: ApprovalStatus
    """Only an approved factory can be awarded work."""
    moq: Decimal | None
    """Factories: minimum order quantity of a style, pieces."""
    moq_per_colour: Decimal | None
    """Factories: minimum order quantity of a colour, pieces."""
    minimum_order_amount: Decimal | None
    """Factories: below this amount of an order, the surcharge is due. In `currency`."""
    minimum_order_surcharge: Decimal | None
    """Factories: what an order below the minimum amount costs more. In `currency`."""
    lead_time_days: int | None
    """Factories, vendors: days from order to ex-factory."""
    monthly_capacity_qty: Decimal | None
    """Factories: pieces a month."""
    metadata: Any
    """The user's own fields. The company itself reads them."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class EmailLog(Row):
    """Every mail: to whom, of what, when, and what became of it. What it says lies elsewhere,
    and nobody reads it here; its subject holds no price.
    """

    organization_id: UUID
    id: UUID
    template: str
    """What is written; private.mail_kinds has them all."""
    language: str
    kind: EmailKind
    message_id: str
    """Its Message-ID, without the brackets. The same at every attempt, so that a server or a
    reader can tell what it has already.
    """
    dedupe_key: str
    """What the mail is for. The same thing is not written twice."""
    event_id: UUID | None
    """The event that it follows from."""
    party_id: UUID | None
    """The company that it is for."""
    entity_type: str | None
    """The table whose row it is about."""
    entity_id: UUID | None
    about: str | None
    """Of a mail to a company, the table whose row it is about: who may read that reads of the
    mail. Null: administrators alone do.
    """
    resent_from_id: UUID | None
    """The mail that this one says once more."""
    subject: str | None
    """As it was sent; null before."""
    status: EmailStatus
    attempts: int
    """How often it was taken up to be sent."""
    next_attempt_at: AwareDatetime
    """When it is tried next; of one that failed, when it was given up."""
    lease_id: UUID | None
    leased_until: AwareDatetime | None
    """Until when the worker that has it is believed to be alive."""
    due_at: AwareDatetime | None
    """When a worker takes it up; null: never again."""
    has_own_server: bool | None
    """Whether the last attempt went through the organization's own mail server."""
    answer: str | None
    """What the mail server said to the last attempt, or what went wrong before it was asked."""
    sent_at: AwareDatetime | None
    """When a mail server took it."""
    delivered_at: AwareDatetime | None
    """When it arrived, if the mail server tells."""
    bounced_at: AwareDatetime | None
    """When it came back."""
    complained_at: AwareDatetime | None
    """When somebody called it unwanted."""
    created_at: AwareDatetime
    created_by: UUID


class EmailRecipient(Row):
    """Whom a mail is for."""

    organization_id: UUID
    id: UUID
    email_id: UUID
    about: str | None
    """As of the mail."""
    name: str | None
    address: str
    is_copy: bool
    """Gets a copy (Cc)."""
    accepted_at: AwareDatetime | None
    """When a mail server took it for this address. It is not sent there again."""


class EmailSuppression(Row):
    """Addresses that get no mail: they bounced, complained or unsubscribed. Deleting the row
    lifts it.
    """

    organization_id: UUID
    id: UUID
    address: str
    """In small letters."""
    reason: SuppressionReason
    email_id: UUID | None
    """The mail that it came of."""
    note: str | None
    """What the mail server said, or why somebody put it here."""
    created_at: AwareDatetime
    created_by: UUID | None
    """Null: told by the mail server, or by the reader himself."""


class ExchangeRate(Row):
    """What a currency is worth from a day on. The rate that holds on a day is the newest that
    is not after it; without one, nothing in that currency can be compared. Who buys does not
    write them: an order's approval depends on its amount.
    """

    organization_id: UUID
    id: UUID
    currency: str
    rate_date: date
    """The first day on which it holds; by default today."""
    rate: Decimal
    """Units of this currency for one unit of the organization's: 0.8 EUR for 1 USD."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class FactoryInvoiceLine(Row):
    """What an invoice bills of one slice; pieces below zero for what a credit note takes back."""

    organization_id: UUID
    id: UUID
    factory_invoice_id: UUID
    factory_id: UUID
    allocation_item_supplier_id: UUID
    quantity: Decimal
    unit_price: Decimal
    """Price of a piece; by default the contract's, of a credit note what was invoiced."""
    amount: Decimal
    """quantity x unit_price."""
    credited_qty: Decimal
    """Pieces that approved credit notes took back. Kept by trigger."""
    net_amount: Decimal
    """(quantity - credited_qty) x unit_price."""
    contract_price: Decimal | None
    """The contract's price when the invoice was approved; frozen then."""
    payable_qty: Decimal | None
    """Pieces of the slice that were payable when the invoice was approved; frozen then."""
    created_at: AwareDatetime
    created_by: UUID


class FactoryInvoiceMatching(Row):
    """Every line of every factory invoice against the contract's price and what is payable, as
    of now: an invoice with a line out of tolerance is not approved. Also after approval: a
    receipt that is voided then shows here. Key: factory_invoice_line_id.
    """

    organization_id: UUID
    factory_invoice_line_id: UUID
    factory_invoice_id: UUID
    factory_id: UUID
    invoice_number: str | None
    status: FactoryInvoiceStatus | None
    credits_id: UUID | None
    allocation_item_supplier_id: UUID
    style_number: str | None
    marketing_name: str | None
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    currency: str | None
    contract_price: Decimal | None
    """The price in force for the slice."""
    payable_qty: Decimal | None
    """Pieces of the slice that are payable, whoever bills them."""
    approved_elsewhere_qty: Decimal
    """Pieces of the slice on other approved invoices, less those of approved credit notes."""
    differences: list[InvoiceDifference]
    """What is out of tolerance, for programs; empty where the line matches."""
    explanation: str | None
    """The same for people; null where the line matches."""
    is_within_tolerance: bool


class FactoryInvoice(Row):
    """What a factory bills against a contract, or credits of what it billed. Never deleted or
    rewritten: a mistake is voided, with a reason, and its number is free again.
    """

    organization_id: UUID
    id: UUID
    factory_po_id: UUID
    """The contract that it bills; a slice that went over to another version of it keeps its
    invoices.
    """
    factory_id: UUID
    credits_id: UUID | None
    """The invoice that this one is a credit note to; null: it is no credit note."""
    invoice_number: str
    """The factory's own; it has each once among invoices and credit notes that are not voided.
    """
    status: FactoryInvoiceStatus
    invoice_date: date
    due_date: date
    """When it is to be paid; by default the invoice date and the factory's payment terms."""
    currency: str
    """By default the contract's; it has no other."""
    amount: Decimal
    """Sum of the lines; below zero for a credit note. Kept by trigger."""
    document_uri: str | None
    approved_at: AwareDatetime | None
    approved_by: UUID | None
    dispute_reason: str | None
    """What is wrong with it, for the factory to read; given with the status `disputed`."""
    voided_at: AwareDatetime | None
    voided_by: UUID | None
    void_reason: str | None
    """Given with the status `voided`."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class FactoryPaymentLine(Row):
    """The part of a payment that pays for one slice; negative for a refund."""

    organization_id: UUID
    id: UUID
    factory_payment_id: UUID
    factory_id: UUID
    allocation_item_supplier_id: UUID
    amount: Decimal
    created_at: AwareDatetime
    """When it was written, not when its transaction began: it tells whether money went out
    before or after a refund.
    """
    created_by: UUID


class FactoryPayment(Row):
    """Money that went to a factory against a contract (a refund has negative lines). Never
    deleted: a mistake is voided, with a reason.
    """

    organization_id: UUID
    id: UUID
    factory_po_id: UUID
    factory_id: UUID
    reference: str
    """The bank's or our own reference; a factory has each once among payments that are not
    voided.
    """
    payment_date: date
    currency: str
    amount: Decimal
    """Sum of the lines. Kept by trigger."""
    is_advance: bool
    """Paid before goods and invoice: bound by what the slice is awarded for, not by what is
    payable. Never changes.
    """
    voided_at: AwareDatetime | None
    voided_by: UUID | None
    void_reason: str | None
    """Writing it voids the payment."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class FactoryPoLineSize(Row):
    """The size run of a contract line, written when the contract is issued."""

    organization_id: UUID
    id: UUID
    factory_po_line_id: UUID
    factory_id: UUID
    size_label: str
    position: int
    quantity: Decimal


class FactoryPoLine(Row):
    """What a contract says of one slice. Follows the slice while the contract is a draft,
    unless a contract in force holds the slice: then these are the terms to be agreed anew.
    Frozen when issued, copied to the slice when signed.
    """

    organization_id: UUID
    id: UUID
    factory_po_id: UUID
    factory_id: UUID
    allocation_item_supplier_id: UUID
    style_number: str
    style_name: str
    marketing_name: str
    color_reference: str | None
    quantity: Decimal
    """Pieces. The next version of a contract may lower them; more are awarded as a slice of
    their own.
    """
    price: Decimal
    over_receipt_tolerance_pct: Decimal
    """By default the slice's, which it replaces there when the contract is signed. Per cent."""
    amount: Decimal
    """quantity x price."""
    issued_at: AwareDatetime | None
    """The contract's, for the factory's policy."""
    created_at: AwareDatetime
    created_by: UUID


class FactoryPo(Row):
    """Production contract (PC): what a factory is bound to make of one allocation, in one
    currency.
    """

    organization_id: UUID
    id: UUID
    allocation_id: UUID
    factory_id: UUID
    currency: str
    """What the factory is paid in."""
    po_number: str
    """Numbered per factory, so that a factory cannot count contracts of others; the versions of
    a contract share it.
    """
    version: int
    supersedes_id: UUID | None
    """The version that this one was drafted from. What is in force stays so until the next
    version is signed.
    """
    status: FactoryPoStatus
    ex_factory_date: date | None
    po_document_uri: str | None
    """The contract as a document; with the factory's countersignature where staff recorded it.
    """
    total_qty: Decimal
    total_amount: Decimal
    terms_hash: str | None
    """SHA-256 of the canonical terms (number, version, lines, sizes, prices), taken when
    issued.
    """
    issued_at: AwareDatetime | None
    issued_by: UUID | None
    issued_by_name: str | None
    """Who issued it for us, as it stands on the contract: a factory does not see our members.
    """
    signed_at: AwareDatetime | None
    signed_by: UUID | None
    signed_by_name: str | None
    signed_from: str | None
    """Network address that the signature came from."""
    signed_terms_hash: str | None
    """The terms that were signed; a signer who sends another hash than terms_hash is refused.
    """
    is_signature_recorded_by_staff: bool
    """Staff recorded a countersignature that came on paper; po_document_uri holds it."""
    cancelled_at: AwareDatetime | None
    superseded_at: AwareDatetime | None
    """When the factory signed the next version; the slices go on under that one."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class FactoryReceipt(Row):
    """Goods of a slice that came in. Never deleted: a mistake is voided, with a reason."""

    organization_id: UUID
    id: UUID
    allocation_item_supplier_id: UUID
    factory_id: UUID
    receipt_number: str
    """Numbered per factory."""
    received_date: date
    qty_received: Decimal
    """Pieces that came, rejected ones included."""
    qty_rejected: Decimal
    """Pieces of them that were not accepted."""
    batch_id: str | None
    location: str | None
    document_uri: str | None
    voided_at: AwareDatetime | None
    voided_by: UUID | None
    void_reason: str | None
    """Writing it voids the receipt."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class FactoryScorecard(Row):
    """How each factory has done so far: how fast it quotes, how punctually it delivers, how
    much of it is rejected, how dear it is. For staff only. Key: factory_id.
    """

    organization_id: UUID
    factory_id: UUID
    factory_name: str
    quotes_asked: int
    """Invitations."""
    quotes_answered: int
    """Of which it quoted or declined."""
    median_quote_hours: Decimal | None
    """From the invitation to the quote that stands; half of its quotes came faster."""
    slices_completed: int
    """Slices under contract with an ex-factory date of which all is accepted."""
    slices_on_time: int
    """Of which the last receipt came no later than the contract's ex-factory date. What was
    under way counts as time of the factory's.
    """
    on_time_pct: Decimal | None
    """slices_on_time in per cent of slices_completed."""
    received_qty: Decimal
    rejected_qty: Decimal
    reject_pct: Decimal | None
    """rejected_qty in per cent of received_qty."""
    prices_compared: int
    """Its quotes for allocation items that another factory quoted too."""
    price_index: Decimal | None
    """Mean of its price over the mean price of all quotes for the same allocation item, at the
    rates that hold today; 100 is average, 110 is ten per cent dearer.
    """


class FactoryWork(Row):
    """A factory's own slices from the invitation on, with their contract and what to do next.
    Key: allocation_item_supplier_id.
    """

    organization_id: UUID
    allocation_item_supplier_id: UUID
    factory_id: UUID
    style_number: str
    style_name: str
    marketing_name: str
    color_reference: str | None
    sizes: str | None
    order_qty: Decimal
    quote_status: QuoteStatus
    price: Decimal | None
    currency: str | None
    is_awarded: bool
    awarded_qty: Decimal | None
    awarded_price: Decimal | None
    effective_qty: Decimal
    target_ex_factory_date: date | None
    ex_factory_date: date | None
    factory_po_id: UUID | None
    po_number: str | None
    factory_po_status: FactoryPoStatus | None
    production_status: ProductionStatus
    shipped_qty: Decimal
    received_qty: Decimal
    accepted_qty: Decimal
    payable_amount: Decimal
    paid_amount: Decimal
    balance: Decimal
    next_step: str
    """What the factory does next, or waits for."""


class FactoryWorkload(Row):
    """What each factory still has to make, by the month in which it is due, against its monthly
    capacity. A month without work is no row. Key: factory_id, month.
    """

    organization_id: UUID
    factory_id: UUID
    factory_name: str
    month: date | None
    """First day of the month."""
    slices: int
    load_qty: Decimal
    """Pieces awarded and not yet accepted."""
    capacity_qty: Decimal | None
    """Pieces a month; null: no limit is known."""
    free_qty: Decimal | None
    """capacity_qty - load_qty; negative: too much."""
    utilisation_pct: Decimal | None
    """load_qty in per cent of capacity_qty."""
    is_over: bool


class FactoryWorkloadSlice(Row):
    """What factories have to make: standing slices that are not wholly accepted, with the month
    in which they are due. Key: allocation_item_supplier_id.
    """

    organization_id: UUID
    allocation_item_supplier_id: UUID
    factory_id: UUID
    allocation_id: UUID
    style_number: str
    marketing_name: str
    ex_factory_date: date | None
    """The contract's date, of the version that was issued last: what is proposed is reserved;
    without a contract the quoted date, else the one that we want.
    """
    month: date | None
    """First day of the month of the ex-factory date; null: none is known."""
    load_qty: Decimal
    """effective_qty - accepted_qty."""


class GoodsReceiptLine(Row):
    """What of an order line came with a delivery. What is not rejected goes into stock. Added,
    never changed.
    """

    organization_id: UUID
    id: UUID
    goods_receipt_id: UUID
    purchase_order_id: UUID
    purchase_order_line_id: UUID
    vendor_id: UUID
    received_qty: Decimal
    """What came, in the order line's unit; above zero."""
    rejected_qty: Decimal
    """What of it was not taken; it does not go into stock."""
    stocked_qty: Decimal
    reject_reason: str | None
    stock_location_id: UUID | None
    """Where in the order's warehouse it was put; by default the receiving place, else the first
    storage place.
    """
    lot_id: UUID | None
    """Needed for a variant that is tracked by lot or serial."""
    created_at: AwareDatetime
    created_by: UUID


class GoodsReceipt(Row):
    """A delivery of a vendor, as it was taken in."""

    organization_id: UUID
    id: UUID
    receipt_number: str
    """Counted for each vendor. Gaps can occur."""
    purchase_order_id: UUID
    vendor_id: UUID
    received_on: date
    delivery_note: str | None
    """Number of the vendor's delivery note."""
    is_voided: bool
    """Entered by mistake: its goods are taken out of stock again."""
    voided_at: AwareDatetime | None
    voided_by: UUID | None
    void_reason: str | None
    """Writing one voids the receipt."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Holiday(Row):
    """Days on which nobody works, besides the weekend (organization_settings.working_days).
    Forecasts follow a change; what is planned stays until it is planned anew.
    """

    organization_id: UUID
    id: UUID
    holiday_date: date
    name: str
    created_at: AwareDatetime
    created_by: UUID


class InventoryReservation(Row):
    """Stock that is promised: so much of what lies in a place, by lot, to a component of a
    production order or to an order line.
    """

    organization_id: UUID
    id: UUID
    product_variant_id: UUID
    stock_location_id: UUID
    lot_id: UUID | None
    quantity: Decimal
    """In the variant's unit; above zero. What is used up is gone from here."""
    production_component_id: UUID | None
    order_item_id: UUID | None
    expires_at: AwareDatetime | None
    """When it lapses, give or take the minutes between two looks at the clock; null: never."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class InventoryStatu(Row):
    """What there is of each variant, in all warehouses together. Key: product_variant_id."""

    organization_id: UUID
    product_variant_id: UUID
    sku: str
    product_name: str | None
    size_label: str | None
    unit: str
    supply_method: SupplyMethod
    on_hand: Decimal
    reserved: Decimal
    available: Decimal
    quarantined: Decimal
    minimum_qty: Decimal | None
    """The minimums of its reorder rules; null without any."""
    safety_qty: Decimal | None
    is_below_minimum: bool
    """Less is to be had than the minimum; just as much is enough."""
    stock_value: Decimal | None
    """On hand at standard cost, in the organization's currency; null without one."""


class JobHealth(Row):
    """Whether the workers keep up: what waits, for how long, and what was given up. One row,
    the caller's organization. Key: organization_id.
    """

    organization_id: UUID | None
    pending_events: int | None
    """Events that nobody has been told of yet."""
    oldest_pending_at: AwareDatetime | None
    """Since when the oldest of them has been waiting."""
    failing_events: int | None
    """Those of them that failed at least once and are tried again."""
    dead_events: int | None
    """Events that were given up within the last thirty days. `oms jobs dead` tells why, `oms
    jobs retry` takes them up again.
    """
    due_emails: int | None
    """Mails that are to be sent now and were not yet: also those whose server cannot be
    reached, or takes no more this minute.
    """
    oldest_due_email_at: AwareDatetime | None
    """Since when the oldest of them has been due."""
    failed_emails: int | None
    """Mails that were given up within a day. email_log tells why, resend_email sends one once
    more.
    """
    due_webhooks: int | None
    """Messages to webhook_endpoints that are enabled, to be sent now and not taken yet."""
    oldest_due_webhook_at: AwareDatetime | None
    """Since when the oldest of them has been due."""
    disabled_webhook_endpoints: int | None
    """Endpoints that were disabled because they took nothing, and are told of nothing until
    somebody enables them.
    """
    due_slack_posts: int | None
    """Messages to Slack that are to be sent now and were not yet."""
    oldest_due_slack_post_at: AwareDatetime | None
    """Since when the oldest of them has been due."""
    failed_slack_posts: int | None
    """Messages to Slack that were given up within a day. slack_channels.last_error tells why.
    """


class JobSchedule(Row):
    """When an organization has its jobs done: at a time of day, or every so many minutes. Made
    with the organization. What was missed while nobody worked is made up for, once.
    """

    organization_id: UUID
    job: ScheduledJob
    at_time: time | None
    """The time of day by the organization's clocks (organization_settings.time_zone). Where the
    clocks skip it, it is done after that; where they show it twice, it is done once.
    """
    weekdays: list[int]
    """The days of the week on which it is done, 1 for Monday to 7 for Sunday."""
    every_minutes: int | None
    """Instead of a time of day: every so many minutes, counted from midnight UTC of some day.
    """
    is_enabled: bool
    updated_at: AwareDatetime
    row_version: int


class LeadTime(Row):
    """How many days it took from the sales order to its finished goods, by product and by the
    month in which the last production order of the line was completed. Lines with production
    still open are not counted. Adds up all production orders. Key: product_id, month.
    """

    organization_id: UUID
    product_id: UUID
    product_number: str | None
    product_name: str | None
    month: date | None
    """Its first day."""
    lines: int
    """Order lines that were finished in that month."""
    p50_days: Decimal | None
    """Half of them took so many days from the order date to the completion, or fewer; nine of
    ten `p90_days`.
    """
    p90_days: Decimal | None
    p50_production_days: Decimal | None
    """The same from the first start of production."""
    on_time_pct: Decimal | None
    """Per cent that were finished by the order's ex-factory date, else its in-hands date; null
    where no order had one.
    """


class Lot(Row):
    """What of a variant was made or bought together; of a variant that is tracked by serial,
    one piece.
    """

    organization_id: UUID
    id: UUID
    product_variant_id: UUID
    lot_number: str
    """The vendor's or our number of the lot, or the serial number of the piece."""
    expires_on: date | None
    """Last day on which it is good."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class MailSetting(Row):
    """As whom an organization writes, and through which mail server. One row per organization,
    made with it. Without a server of its own: through the operator's.
    """

    organization_id: UUID
    sender_name: str | None
    """By default the organization's name."""
    sender_address: str | None
    """Needed with a mail server of one's own. The operator's server sends from the operator's
    address, and answers come here.
    """
    reply_to: str | None
    """Where answers go; null: to the sender."""
    language: str
    """Of mails to companies that have none of their own."""
    smtp_host: str | None
    smtp_port: int | None
    """Null: 587, with security tls 465."""
    smtp_user: str | None
    """Null: the server asks for none."""
    smtp_security: SmtpSecurity
    smtp_password_set_at: AwareDatetime | None
    """When set_mail_password was last called; null: there is none. Another server, port,
    security or user has none until it is set for it. Kept by trigger.
    """
    rate_per_minute: int | None
    """How many mails a minute its server takes; null: as many as there are."""
    updated_at: AwareDatetime
    row_version: int


class MailTemplate(Row):
    """An organization's own words for a mail, in place of ours: Jinja2. One that cannot be
    rendered costs the mail, which fails, and nobody else anything.
    """

    organization_id: UUID
    id: UUID
    template: str
    language: str
    subject: str
    html: str
    """What stands in the letter, or a whole page that begins with <!doctype or <html."""
    text: str | None
    """The part for readers without HTML; null: made of the other one."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Member(Row):
    """A user's membership in an organization: as whom it may speak there. A user can have
    several.
    """

    organization_id: UUID
    id: UUID
    user_id: UUID
    """The user in the identity provider (`sub` of its tokens)."""
    role: MemberRole
    party_id: UUID | None
    """The client, factory or vendor that a portal user belongs to; null for staff."""
    full_name: str
    email: str | None
    status: MemberStatus
    is_current: bool
    """The one membership of this user that new tokens are made for; see switch_membership."""
    created_at: AwareDatetime
    updated_at: AwareDatetime
    row_version: int


class NotificationMute(Row):
    """What a member does not want to be told of, whatever the rules say."""

    organization_id: UUID
    id: UUID
    user_id: UUID
    """Whose it is: who made it."""
    event_type: str
    channel: NotificationChannel | None
    """Not so; null: not at all."""
    created_at: AwareDatetime


class NotificationRule(Row):
    """Who is told of which events, and how: besides the defaults, or instead of the one for the
    same role, event_type and channel. Nobody is told of what his role does not concern.
    """

    organization_id: UUID
    id: UUID
    role: MemberRole | None
    """All members with this role; or it is for one member, or for a channel of Slack."""
    member_id: UUID | None
    slack_channel_id: UUID | None
    event_type: str
    """A type of events, all of a kind as `purchase_order.*`, or `*`."""
    channel: NotificationChannel
    digest: NotificationDigest
    """Mail: whether each event is mailed, or those of a day together."""
    is_enabled: bool
    """False: nobody is told so, not even by default."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Notification(Row):
    """What a member is told of in the application, of events that somebody else brought about.
    Kept for ninety days.
    """

    organization_id: UUID
    id: UUID
    member_id: UUID
    user_id: UUID
    """The member's user, who alone reads it."""
    event_id: UUID
    event_type: str
    title: str
    body: str | None
    entity_type: str
    """The table whose row it is about."""
    entity_id: UUID
    read_at: AwareDatetime | None
    """When it was read; null: not yet."""
    created_at: AwareDatetime


class OpenFactoryInvoice(Row):
    """Approved invoices of which something is still to be paid. What was paid for a slice
    counts for its invoices that fell due first. Key: factory_invoice_id.
    """

    organization_id: UUID
    factory_invoice_id: UUID
    factory_id: UUID
    factory_name: str | None
    factory_po_id: UUID
    po_number: str | None
    invoice_number: str
    invoice_date: date
    due_date: date
    days_past_due: int
    """Days since the due date; 0: it is not past."""
    approved_amount: Decimal | None
    """Its amount, less its approved credit notes."""
    open_amount: Decimal | None
    """What is still to be paid of that, as far as it is payable: within a tolerance, or since a
    receipt was voided or a price lowered, more can be approved.
    """
    currency: str


class OrderHistory(Row):
    """What happened to an order and its lines, and who did it. Written by triggers, never
    changed.
    """

    organization_id: UUID
    id: UUID
    order_id: UUID
    order_item_id: UUID | None
    """The line, kept as a plain id: the line of a request can be deleted, what happened to it
    cannot.
    """
    client_id: UUID
    action: HistoryAction
    old_status: str | None
    new_status: str | None
    message: str
    data: Any
    """What a program may want to know besides, such as the fact that changed a derived status.
    """
    is_visible_to_client: bool
    """Whether the order's client may read this row."""
    actor_id: UUID
    """The user, job or link that acted."""
    actor_role: str
    """The role that the actor spoke as."""
    request_origin_id: UUID | None
    created_at: AwareDatetime


class OrderItemCost(Row):
    """What a piece may cost us. Neither clients nor factories see it."""

    organization_id: UUID
    id: UUID
    order_item_id: UUID
    fob_target: Decimal | None
    """What we want to pay a factory for a piece."""
    other_cost: Decimal
    """Freight, duty and the like, for a piece."""
    currency: str
    """By default the organization's."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class OrderItemPrice(Row):
    """What the client pays for a piece, in the order's currency."""

    organization_id: UUID
    id: UUID
    order_item_id: UUID
    client_id: UUID
    size_label: str | None
    """Null: holds for every size without a price of its own."""
    unit_price: Decimal
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class OrderItemSize(Row):
    """The size run of an order line."""

    organization_id: UUID
    id: UUID
    order_item_id: UUID
    client_id: UUID
    size_label: str
    position: int
    """Order of the sizes, small to large; by default behind the others."""
    quantity: Decimal
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class OrderItemSupply(Row):
    """Order lines that we supply ourselves, from stock and own production, and not from a
    factory. Planning counts what they ask for.
    """

    organization_id: UUID
    order_item_id: UUID
    warehouse_id: UUID
    """Where it is to be ready; by default the organization's default warehouse."""
    bom_template_id: UUID | None
    """How it is to be made; null: as its variants are supplied by default."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class OrderItemVariant(Row):
    """What order lines ask for, by SKU: a line with sizes one row each, another one row. Key:
    order_item_id, position.
    """

    organization_id: UUID
    order_item_id: UUID
    position: int
    """Of the size in its run; 0 where the line has no sizes."""
    order_id: UUID
    line_number: int
    is_cancelled: bool
    colorway_id: UUID
    size_label: str | None
    product_variant_id: UUID | None
    """Null: there is no such SKU."""
    sku: str | None
    quantity: Decimal
    """Pieces that are still asked for. What was waived is taken off the last sizes of the run
    first.
    """


class OrderItem(Row):
    """A line of an order: one style in one colour."""

    organization_id: UUID
    id: UUID
    order_id: UUID
    client_id: UUID
    """The order's client, kept here for the client's own lists."""
    line_number: int
    """Place in the order; by default the next."""
    style_id: UUID
    colorway_id: UUID
    quantity: Decimal
    """Pieces. When the line has sizes: their sum, kept by trigger."""
    short_closed_qty: Decimal
    """Pieces of the quantity that were waived; less than the quantity."""
    over_commit_tolerance_pct: Decimal
    """The organization's setting when the line was made. Per cent."""
    under_award_tolerance_pct: Decimal
    """The organization's setting when the line was made. Per cent."""
    committed_qty: Decimal
    """Commitment: the committed quantities of open allocation items and the effective
    quantities on closed ones. Kept by trigger.
    """
    effective_qty: Decimal
    """Sum of the effective quantities of the line's slices: awarded, or what was closed at.
    Kept by trigger.
    """
    allocation_status: AllocationStatus
    """Derived from allocations, quotes, awards and contracts; never set."""
    is_open: bool
    """Neither signed nor cancelled. Give is_open=eq.true (is.true will not do) besides a
    status: an index then finds the open lines among all.
    """
    allocation_item_id: UUID | None
    """The newest open allocation item of the line, kept by trigger. Two keys join the two
    tables: embed allocation_items!order_items_allocation_item_fkey for this one,
    allocation_items!allocation_items_order_item_fkey for all of the line.
    """
    is_cancelled: bool
    cancelled_at: AwareDatetime | None
    cancelled_by: UUID | None
    metadata: Any
    """The user's own fields. The order's client reads them."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Order(Row):
    """What a client asks for, from its request or our quote to the closed sales order."""

    organization_id: UUID
    id: UUID
    order_number: str
    """Our number. Gaps can occur."""
    client_id: UUID
    client_po_number: str | None
    """The client's own number; one order each."""
    type: OrderType
    status: OrderStatus
    order_date: date
    ex_factory_date: date | None
    """When the goods must leave the factory."""
    in_hands_date: date | None
    """When the client must have the goods."""
    currency: str
    """What the client pays in; by default the client's currency, else the organization's."""
    metadata: Any
    """The user's own fields. The order's client reads them."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class OrganizationSetting(Row):
    """One row per organization, made with it. Tolerances are frozen onto the rows that they
    bound, so a change acts on what comes after.
    """

    organization_id: UUID
    over_commit_tolerance_pct: Decimal
    """How far the committed quantity of an order line may exceed its quantity. Per cent."""
    under_award_tolerance_pct: Decimal
    """How far the awards of an order line may fall short of its quantity while it counts as
    fully awarded. Per cent.
    """
    over_receipt_tolerance_pct: Decimal
    """How far accepted receipts of a slice may exceed its effective quantity, or those of a
    purchase order line what was ordered. Per cent.
    """
    receipts_require_signed_contract: bool
    """True: goods are received only against a contract in force. False: from the award on."""
    factory_minimums: RuleEnforcement
    """An order below what its factory takes (pieces of a style, of a colour, amount): warned of
    in award_warnings, or refused when its contract is issued.
    """
    factory_capacity: RuleEnforcement
    """More work for a factory in a month than its monthly capacity: warned of in
    award_warnings, or refused at the award and when the contract is issued.
    """
    invoice_price_tolerance_pct: Decimal
    """How far the price on a factory's invoice may be off the contract's, up or down, when it
    is approved. Per cent.
    """
    invoice_quantity_tolerance_pct: Decimal
    """How far the pieces of approved invoices of a slice may exceed what is payable, when one
    is approved. Payments never do. Per cent.
    """
    payments_require_invoice: bool
    """True: only what invoices are approved for is paid, advances excepted. False: what is
    payable is paid without an invoice.
    """
    working_days: list[int]
    """Days of the week on which people work, 1 for Monday to 7 for Sunday; timelines and work
    centres count them.
    """
    production_release: Automation
    """Whether a production order whose components are all reserved is released at once, or by a
    planner.
    """
    planned_production: Automation
    """Whether a planning run turns planned production into production orders, or a planner
    does.
    """
    vendor_choice: VendorChoice
    """Which vendor a planning run buys from."""
    planning_period_days: int
    """From the first day on which something is short, the needs of so many days are bought or
    made together.
    """
    forecast_horizon_days: int
    """How far ahead forecasts are looked at when bills of materials are recommended."""
    acknowledgement_days: int
    """Days that a vendor has to acknowledge a purchase order before workflow_alerts tells of
    it.
    """
    time_zone: str
    """Where the organization's clocks are, such as Europe/Berlin: what it has done at a time of
    day is done by them.
    """
    quote_reminder_days: int | None
    """After so many days without a quote a factory is reminded, three times at most; null:
    never.
    """
    updated_at: AwareDatetime
    row_version: int


class Organization(Row):
    """A company that sells, has things made and ships. Every other row belongs to exactly one."""

    id: UUID
    tenant_id: UUID
    code: str
    name: str
    currency: str
    """The currency it keeps its books in."""
    company_id: UUID | None
    """Its own entry in ops.directory: what clients and factories see of it."""
    created_at: AwareDatetime
    updated_at: AwareDatetime
    row_version: int


class Payable(Row):
    """What is owed for each awarded slice; one without receipts is a row with zeros. Key:
    allocation_item_supplier_id.
    """

    organization_id: UUID
    allocation_item_supplier_id: UUID
    factory_id: UUID
    factory_name: str | None
    factory_po_id: UUID | None
    """The version of the slice's contract that was signed last: it is paid on it, and money of
    a slice that is on it no more comes back on it. Null while none is signed.
    """
    po_number: str | None
    style_number: str
    marketing_name: str
    awarded_qty: Decimal | None
    effective_qty: Decimal
    received_qty: Decimal
    accepted_qty: Decimal
    payable_qty: Decimal
    """least(accepted_qty, effective_qty + accepted_excess_qty)."""
    excess_qty: Decimal
    """Accepted beyond the effective quantity; payable as far as finance accepts it
    (accepted_excess_qty).
    """
    accepted_excess_qty: Decimal
    unit_price: Decimal | None
    """The awarded price of a piece, in `currency`."""
    payable_amount: Decimal
    """payable_qty x unit_price."""
    paid_amount: Decimal
    balance: Decimal
    """payable_amount - paid_amount. Negative: the factory owes us."""
    currency: str | None
    approved_qty: Decimal
    approved_amount: Decimal
    """What invoices are approved for, less credit notes."""


class PayablesAgeing(Row):
    """What is open of approved invoices, by factory, currency and days past the due date, as of
    today. The invoices behind it are in open_factory_invoices. Key: factory_id, currency.
    """

    organization_id: UUID
    factory_id: UUID
    factory_name: str | None
    currency: str
    invoices: int
    """How many invoices are open."""
    not_due_amount: Decimal
    past_due_1_30_amount: Decimal
    """Open of what fell due 1 to 30 days ago; the other columns likewise."""
    past_due_31_60_amount: Decimal
    past_due_61_90_amount: Decimal
    past_due_over_90_amount: Decimal
    total_amount: Decimal | None


class PayablesByContract(Row):
    """What is owed on each contract in force, and on a cancelled one on which money is out.
    Key: factory_po_id.
    """

    organization_id: UUID
    factory_po_id: UUID
    po_number: str
    version: int
    status: FactoryPoStatus
    factory_id: UUID
    factory_name: str | None
    slices: int
    """Slices that this version or a signed one before it has held; amounts are of all of them.
    """
    effective_qty: Decimal | None
    accepted_qty: Decimal | None
    payable_qty: Decimal | None
    payable_amount: Decimal | None
    paid_amount: Decimal | None
    balance: Decimal | None
    currency: str
    approved_amount: Decimal | None


class PayablesByFactory(Row):
    """What is owed to each factory, by currency. Key: factory_id, currency."""

    organization_id: UUID
    factory_id: UUID
    factory_name: str
    currency: str | None
    slices: int
    payable_amount: Decimal
    paid_amount: Decimal
    balance: Decimal
    approved_amount: Decimal


class PlannedSupply(Row):
    """What a planning run says to make or to buy, and why. Until it is firm the next run
    replaces it.
    """

    organization_id: UUID
    id: UUID
    supply_run_id: UUID
    """The run that made it, or changed it last."""
    kind: SupplyMethod
    product_variant_id: UUID
    warehouse_id: UUID
    low_level_code: int
    """How deep the variant lies in bills of materials: 0 goes into nothing. Netted in this
    order.
    """
    net_qty: Decimal
    """What is short, in the variant's unit."""
    quantity: Decimal
    """What is made or bought: the net quantity raised to the minimum and the multiple. In the
    variant's unit.
    """
    need_by: date
    """The first day on which something is short."""
    order_by: date
    """When it must be ordered or begun: need_by less the lead time."""
    late_days: int
    """How many days after need_by it comes if it is ordered on the day of the run; 0: in time.
    """
    bom_version_id: UUID | None
    order_item_id: UUID | None
    """The order line that it is for, where it is for one."""
    supplier_product_id: UUID | None
    vendor_id: UUID | None
    """Null with nothing to choose from: see planning_exceptions."""
    purchase_qty: Decimal | None
    """The quantity in the vendor's unit."""
    purchase_unit: str | None
    stock_per_unit: Decimal | None
    """How many of the variant's unit one purchase unit is."""
    unit_price: Decimal | None
    """For one purchase unit, of the break that the quantity reaches."""
    currency: str | None
    why: Any
    """The arithmetic: gross, on hand, safety, reserved, incoming, net; conversion, minimum,
    multiple, break; vendor and runners-up. explain_supply tells it in words.
    """
    purchase_order_line_id: UUID | None
    """The line that it became."""
    production_order_id: UUID | None
    """The production order that it became."""
    is_firm: bool
    """It became a production order, or its line is on a purchase order that was submitted, or
    was changed by somebody. Planning leaves it alone, and counts what it became as supply.
    Kept by trigger.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class PlanningAccuracy(Row):
    """Completed production orders: what was planned and what came out, and when. Planned is
    what the planning run said, of an order that it did not plan what the order says. Key:
    production_order_id.
    """

    organization_id: UUID
    production_order_id: UUID
    production_number: str
    product_variant_id: UUID
    product_id: UUID | None
    sku: str | None
    planned_qty: Decimal
    """In the variant's unit; so are the other quantities."""
    completed_qty: Decimal
    scrapped_qty: Decimal
    qty_difference: Decimal
    """Good ones less planned."""
    qty_accuracy_pct: Decimal
    """100 - 100 x |good ones - planned| / planned, never below 0. Per cent."""
    planned_start: date | None
    """When planning wanted it begun, else its scheduled start; null without either."""
    actual_start: date | None
    start_days_late: int | None
    planned_end: date
    """When it was needed."""
    actual_end: date | None
    end_days_late: int | None
    """Days from planned to actual; below 0: early. So is `start_days_late`."""


class PlanningAccuracyByProduct(Row):
    """planning_accuracy by product. Adds up all completed production orders. Key: product_id."""

    organization_id: UUID
    product_id: UUID | None
    product_number: str | None
    product_name: str | None
    production_orders: int
    qty_accuracy_pct: Decimal
    """Mean over its production orders. Per cent."""
    on_time_pct: Decimal
    """Per cent that were completed by the day on which they were needed."""
    p50_start_days_late: Decimal | None
    p50_end_days_late: Decimal | None
    """Half of them came so many days after the planned end, or fewer; nine of ten
    `p90_end_days_late`. Below 0: early.
    """
    p90_end_days_late: Decimal | None


class PlanningException(Row):
    """What the last planning run found that people must look at. Each run replaces them."""

    organization_id: UUID
    id: UUID
    supply_run_id: UUID
    """The run that found it first."""
    kind: PlanningExceptionKind
    message: str
    """What is wrong and what would help, in a sentence."""
    product_variant_id: UUID | None
    warehouse_id: UUID | None
    quantity: Decimal | None
    """How much is short, late, or not needed any more. In the variant's unit."""
    need_by: date | None
    order_item_id: UUID | None
    planned_supply_id: UUID | None
    purchase_order_line_id: UUID | None
    production_order_id: UUID | None
    created_at: AwareDatetime


class ProductVariant(Row):
    """A product as it lies on the shelf, by the number that order books and stock lists name it
    with: of a style, a colourway in one size.
    """

    organization_id: UUID
    id: UUID
    sku: str
    product_id: UUID
    """By default the colourway's."""
    style_id: UUID | None
    """The style of the product. Kept by trigger."""
    colorway_id: UUID | None
    size_label: str | None
    """The size; null for what comes in one."""
    unit: str
    """What its stock is counted in and bills of materials speak of."""
    supply_method: SupplyMethod
    tracking: Tracking
    standard_cost: Decimal | None
    """What one unit is reckoned to cost, in the organization's currency."""
    is_active: bool
    """False: no more of it is made, bought or planned with."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class ProductionBlocker(Row):
    """What open production orders are short of, and what brings it: of what planning pegged to
    it the last to come, else the first that is on order for the warehouse. Key: priority,
    need_by, production_order_id, production_component_id.
    """

    organization_id: UUID
    production_component_id: UUID
    production_order_id: UUID
    production_number: str
    status: ProductionOrderStatus
    priority: int
    need_by: date
    order_item_id: UUID | None
    product_variant_id: UUID
    sku: str | None
    unit: str | None
    short_qty: Decimal
    """Neither issued nor reserved nor to be had, in the component's unit. What others ahead of
    it will take is not looked at.
    """
    expected_on: date | None
    """When it is to come: promised, else scheduled, else needed; null: nothing brings it."""
    days_late: int | None
    """Days from the order's scheduled start, else its need, to expected_on; null: nothing
    brings it.
    """
    purchase_order_line_id: UUID | None
    purchase_order_id: UUID | None
    po_number: str | None
    vendor_id: UUID | None
    vendor_name: str | None
    supplying_order_id: UUID | None
    """The production order that makes it."""
    planned_supply_id: UUID | None
    """What planning says to make or to buy, as long as it is not ordered."""
    explanation: str


class ProductionComponent(Row):
    """What goes into a production order, and what comes out beside it: its bill of materials at
    its quantity, phantoms dissolved, one row a variant. Kept by trigger.
    """

    organization_id: UUID
    id: UUID
    production_order_id: UUID
    product_variant_id: UUID
    kind: BomLineKind
    warehouse_id: UUID
    is_open: bool
    """Whether its order is."""
    required_qty: Decimal
    """What the order needs in all, in the variant's unit; of a by-product what is expected."""
    reserved_qty: Decimal
    """Sum of its reservations."""
    issued_qty: Decimal
    """What was issued less what was brought back; of a by-product what came out."""
    short_qty: Decimal
    """What of an open order is neither reserved nor issued."""
    updated_at: AwareDatetime
    row_version: int


class ProductionDashboard(Row):
    """Open production orders of each warehouse, counted. Key: warehouse_id."""

    organization_id: UUID
    warehouse_id: UUID
    warehouse_code: str
    queued_count: int
    on_hold_count: int
    ready_count: int
    released_count: int
    in_progress_count: int
    late_count: int
    """Scheduled to be done after they are needed, or needed already."""
    due_this_week_count: int
    """Needed today or in the next six days."""


class ProductionOperation(Row):
    """What is done to make a production order, one after the other by position. Made with it."""

    organization_id: UUID
    id: UUID
    production_order_id: UUID
    position: int
    name: str
    work_center_id: UUID
    planned_minutes: Decimal
    """Setup and the minutes of each unit, at the order's quantity."""
    scheduled_start: date | None
    """First day of it by the schedule; so is `scheduled_end` the last. Kept by trigger."""
    scheduled_end: date | None
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    actual_minutes: Decimal | None
    updated_at: AwareDatetime
    row_version: int


class ProductionOrderHistory(Row):
    """When a production order went from which status to which, and who took it there. Written
    by trigger, never changed.
    """

    organization_id: UUID
    id: UUID
    production_order_id: UUID
    old_status: ProductionOrderStatus | None
    new_status: ProductionOrderStatus
    actor_id: UUID
    actor_role: str
    created_at: AwareDatetime


class ProductionOrder(Row):
    """So many of a variant that we make ourselves, by one version of its bill of materials,
    which it keeps.
    """

    organization_id: UUID
    id: UUID
    production_number: str
    product_variant_id: UUID
    bom_version_id: UUID
    """By default the version in force on the day: of the order line's chosen bill of materials,
    else of the default one.
    """
    warehouse_id: UUID
    """Where its components come from and its output goes; by default the organization's default
    warehouse.
    """
    order_item_id: UUID | None
    """The order line that it is made for; null: for stock, or for several."""
    quantity: Decimal
    completed_qty: Decimal
    """Good ones, so far. Kept by trigger."""
    scrapped_qty: Decimal
    """Made and not good, so far. Kept by trigger."""
    need_by: date
    """When they are needed."""
    priority: int
    """1 before 2, and then the earlier need: who gets what is scarce."""
    status: ProductionOrderStatus
    """Released, completed and cancelled are set; queued, on hold, ready and in progress follow.
    """
    is_open: bool
    allow_partial_start: bool
    """True: takes and uses what there is of its components before all are there."""
    scheduled_start: date | None
    """By the finite schedule of its operations, else by the lead time. Kept by trigger; so is
    `scheduled_end`.
    """
    scheduled_end: date | None
    released_at: AwareDatetime | None
    started_at: AwareDatetime | None
    completed_at: AwareDatetime | None
    cancelled_at: AwareDatetime | None
    material_cost: Decimal
    """What was issued, at cost, less by-products, in the organization's currency. Kept by
    trigger.
    """
    absorbed_cost: Decimal
    """What of the cost its outputs took over. Kept by trigger."""
    metadata: Any
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class ProductionOutlook(Row):
    """Open production orders: when each is expected to begin and to be finished, and what it is
    held up by. The schedule of the work centres knows nothing of material; here what comes
    later than the scheduled start moves the order by as many days. Key: priority, need_by,
    production_order_id.
    """

    organization_id: UUID
    production_order_id: UUID
    production_number: str
    product_variant_id: UUID
    sku: str | None
    order_item_id: UUID | None
    status: ProductionOrderStatus
    status_since: AwareDatetime
    released_at: AwareDatetime | None
    priority: int
    quantity: Decimal
    completed_qty: Decimal
    need_by: date
    scheduled_start: date | None
    scheduled_end: date | None
    expected_start: date | None
    """When it began; else the scheduled start, or the day on which its last component comes,
    never before today. Null: nothing brings a component.
    """
    expected_completion: date | None
    """The scheduled end, or the expected start and as many days as are scheduled, never before
    today. Null: nothing brings a component.
    """
    days_late: int
    """Days from need_by to expected_completion, without one to today. 0: in time."""
    blocked_by: str | None
    """Of an order on hold: the component that comes last, in words, and the ids of what brings
    it.
    """
    blocking_variant_id: UUID | None
    blocking_sku: str | None
    blocking_purchase_order_id: UUID | None
    blocking_vendor_id: UUID | None
    blocking_production_order_id: UUID | None


class ProductionOutput(Row):
    """What came out of a production order, good ones and scrap. Added, never changed."""

    organization_id: UUID
    id: UUID
    production_order_id: UUID
    quantity: Decimal
    """Good ones; they go into stock."""
    scrapped_qty: Decimal
    scrap_reason: str | None
    stock_location_id: UUID | None
    """Where they were put; by default the warehouse's first storage place."""
    lot_id: UUID | None
    unit_cost: Decimal | None
    """What one good one cost: what was issued and not yet taken over, and its operations.
    Filled by trigger.
    """
    produced_on: date
    created_at: AwareDatetime
    created_by: UUID


class ProductionQueue(Row):
    """Open production orders and what they wait for. Ordered by priority, need_by and id they
    stand as stock is given to them. Key: production_order_id.
    """

    organization_id: UUID
    production_order_id: UUID
    production_number: str
    status: ProductionOrderStatus
    priority: int
    need_by: date
    product_variant_id: UUID
    sku: str | None
    product_name: str | None
    warehouse_id: UUID
    order_item_id: UUID | None
    quantity: Decimal
    completed_qty: Decimal
    scheduled_start: date | None
    scheduled_end: date | None
    waits_for: list[str] | None
    """SKUs of the components that are short; null: it waits for nothing."""
    expected_on: date | None
    """When the last of them is expected; null when one never comes."""
    days_late: int
    """By how many days its schedule, what it waits for, or today is past the need."""


class ProductionSchedule(Row):
    """Open production orders as they are planned: when each operation is done, when all is, how
    late that is, and what holds it up. Key: production_order_id.
    """

    organization_id: UUID
    production_order_id: UUID
    production_number: str
    product_variant_id: UUID
    sku: str | None
    quantity: Decimal
    status: ProductionOrderStatus
    priority: int
    need_by: date
    scheduled_start: date | None
    expected_completion: date | None
    """Last day by the schedule; null: the work does not fit into the two years that are
    planned.
    """
    days_late: int
    """How many days that is after the need; 0: in time."""
    operations: Any
    """One after the other: production_operation_id, position, name, work_center_id,
    planned_minutes, scheduled_start, scheduled_end, started_at, finished_at, actual_minutes.
    """
    bottleneck_operation_id: UUID | None
    bottleneck_operation: str | None
    """Of those not finished the one whose work centre is the fullest from the order's start, of
    a late one from today, to its end.
    """
    bottleneck_work_center_id: UUID | None
    bottleneck_work_center: str | None


class Product(Row):
    """What is made, bought and kept in stock, in one variant or several. Each style is one,
    made with it; components and materials are others.
    """

    organization_id: UUID
    id: UUID
    product_number: str
    """Of a style: its style number."""
    name: str
    category: str | None
    style_id: UUID | None
    """The style that this product is; its number, name and category are the style's."""
    metadata: Any
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class PurchaseAccuracy(Row):
    """What planning runs said to buy, and what was bought: quantity, price and date of each
    purchase order line that was made from a planned supply. Key: purchase_order_line_id.
    """

    organization_id: UUID
    planned_supply_id: UUID
    product_variant_id: UUID
    sku: str | None
    vendor_id: UUID
    vendor_name: str | None
    purchase_order_id: UUID
    purchase_order_line_id: UUID | None
    po_number: str | None
    status: PurchaseOrderStatus | None
    unit: str
    planned_qty: Decimal | None
    """In the line's unit; so are the other quantities."""
    ordered_qty: Decimal
    """Ordered less cancelled."""
    received_qty: Decimal
    """Received less rejected."""
    currency: str | None
    planned_price: Decimal | None
    """For one `unit`; so is `ordered_price`. In `currency`."""
    ordered_price: Decimal
    price_difference: Decimal | None
    """(Ordered price - planned price) x ordered quantity; below 0: cheaper."""
    planned_date: date
    promised_date: date | None
    received_on: date | None
    """The day on which all of it had come; null before."""
    days_late: int | None
    """Days from planned_date to received_on; below 0: early. Null: something is to come."""


class PurchaseAccuracyByVendor(Row):
    """purchase_accuracy by vendor, variant and currency, of what was sent. Adds up all lines
    that planning made. Key: vendor_id, product_variant_id, currency.
    """

    organization_id: UUID
    vendor_id: UUID
    vendor_name: str | None
    product_variant_id: UUID
    sku: str | None
    currency: str | None
    lines: int
    qty_accuracy_pct: Decimal
    """Mean of 100 - 100 x |ordered - planned| / planned, never below 0. Per cent."""
    ordered_amount: Decimal
    price_difference: Decimal | None
    """What was ordered at more than the planned price; below 0: at less. In `currency`."""
    lines_received: int
    """Lines of which nothing is to come; on_time_pct and days late are of these."""
    on_time_pct: Decimal | None
    """Per cent that had come by the planned date."""
    p50_days_late: Decimal | None
    """Half of them came so many days after it, or fewer; nine of ten `p90_days_late`. Below 0:
    early.
    """
    p90_days_late: Decimal | None


class PurchaseApprovalTier(Row):
    """Who approves a purchase order of which amount. Below the lowest tier nobody needs to."""

    organization_id: UUID
    id: UUID
    from_amount: Decimal
    """From this total of the order on, in the organization's currency."""
    approver_role: MemberRole
    """The role that approves; never the person who submitted it."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class PurchaseOrderApproval(Row):
    """Each time a purchase order was submitted, who had to decide and who did. Written by
    triggers; vendors do not see it.
    """

    organization_id: UUID
    id: UUID
    purchase_order_id: UUID
    amount: Decimal
    """Total of the order when it was submitted, in the organization's currency."""
    approver_role: MemberRole | None
    """Role of the tier that the amount reached; null: none was, so that it approved itself."""
    submitted_at: AwareDatetime
    submitted_by: UUID
    decided_at: AwareDatetime | None
    decided_by: UUID | None
    is_approved: bool | None
    """Null until decided. False: sent back to be changed."""
    reason: str | None


class PurchaseOrderLine(Row):
    """A line of a purchase order."""

    organization_id: UUID
    id: UUID
    purchase_order_id: UUID
    vendor_id: UUID
    """The order's vendor, kept here for the vendor's own lists."""
    line_number: int
    """Place in the order; by default the next."""
    product_variant_id: UUID
    sku: str
    """Of the variant, when the line was made; so are `vendor_sku` and `description`."""
    vendor_sku: str | None
    description: str
    quantity: Decimal
    """Ordered, in `unit`."""
    unit: str
    """By default the purchase unit of the vendor's offer, else the variant's."""
    stock_per_unit: Decimal
    """How many of the variant's unit one `unit` is, when the line was made."""
    unit_price: Decimal
    """For one `unit`, in the order's currency; by default the offer's, of the break that the
    quantity reaches.
    """
    line_total: Decimal
    need_by: date
    """When we need it; by default when the vendor can deliver it."""
    original_promised_date: date | None
    """The first date that the vendor promised. Kept by trigger."""
    promised_date: date | None
    """When the vendor says that it comes."""
    confirmed_qty: Decimal | None
    """How much the vendor says that it delivers; null until it has."""
    cancelled_qty: Decimal
    """What we do not want any more; of what has not come."""
    over_receipt_tolerance_pct: Decimal
    """The organization's setting when the line was made. Per cent."""
    received_qty: Decimal
    """Sum of its receipts that are not voided. Kept by trigger."""
    rejected_qty: Decimal
    """What of it was sent back at once. Kept by trigger."""
    stocked_qty: Decimal
    """Received less rejected."""
    open_qty: Decimal
    """What is still to come: ordered less cancelled and stocked; 0 once the order is closed or
    cancelled. Kept by trigger.
    """
    due_on: date
    """The day by which it is on time: the first that the vendor promised, else when we need it.
    """
    last_received_on: date | None
    """Day of its latest receipt that went into stock. Kept by trigger."""
    received_on: date | None
    """The day on which all of it had come; null before."""
    sent_at: AwareDatetime | None
    """When the order was sent, kept here for the vendor's own lists."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class PurchaseOrderTracking(Row):
    """Every line of every purchase order: what is still to come of it, whether it is late, and
    how well its vendor keeps to its dates. Key: purchase_order_line_id.
    """

    organization_id: UUID
    purchase_order_line_id: UUID
    purchase_order_id: UUID
    po_number: str | None
    status: PurchaseOrderStatus | None
    vendor_id: UUID
    vendor_name: str | None
    warehouse_id: UUID | None
    line_number: int
    product_variant_id: UUID
    sku: str
    description: str
    unit: str
    quantity: Decimal
    received_qty: Decimal
    rejected_qty: Decimal
    cancelled_qty: Decimal
    open_qty: Decimal
    need_by: date
    original_promised_date: date | None
    promised_date: date | None
    due_on: date
    """The day by which it is on time: the first that the vendor promised, else when we need it.
    """
    received_on: date | None
    """The day on which all of it had come; null before."""
    is_open: bool
    """It was sent, and more is to come."""
    is_partially_received: bool
    """Some has come, and more is to come."""
    is_late: bool
    """More is to come, and was due before today."""
    days_late: int | None
    """Days past due_on on which the last of it came; while more is to come, until today. Null:
    it was not sent, or is not waited for.
    """
    vendor_received_lines: int | None
    """How many lines the vendor has delivered in full."""
    vendor_on_time_pct: Decimal | None
    """Per cent of these that came by due_on."""


class PurchaseOrder(Row):
    """What we buy from a vendor, for one warehouse, in one currency. The vendor sees it once it
    is sent.
    """

    organization_id: UUID
    id: UUID
    vendor_id: UUID
    po_number: str
    """Our number; by default counted for each vendor, with gaps."""
    warehouse_id: UUID
    """Where the goods go; by default the organization's first warehouse."""
    currency: str
    """By default the vendor's, else the organization's."""
    status: PurchaseOrderStatus
    is_open: bool
    """Neither closed nor cancelled."""
    receipt_status: ReceiptStatus
    """How much of it has come; derived, never set."""
    order_date: date | None
    """The day on which it was sent; by default filled then."""
    subtotal: Decimal
    """Sum of its lines. Kept by trigger."""
    tax_amount: Decimal
    freight_amount: Decimal
    total: Decimal
    """Subtotal, tax and freight."""
    sent_at: AwareDatetime | None
    acknowledged_at: AwareDatetime | None
    vendor_reference: str | None
    """The vendor's own number for it."""
    note: str | None
    """For the vendor."""
    metadata: Any
    """The user's own fields. The order's vendor reads them."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class QuoteComparison(Row):
    """What the factories ask for the same goods, side by side: for each allocation item and
    each factory, with its share of the surcharge of an order below the minimum amount, in
    the organization's currency at the rate that holds today. Ask for one allocation. Key:
    allocation_id, allocation_item_supplier_id.
    """

    organization_id: UUID
    allocation_id: UUID
    allocation_number: str
    allocation_item_id: UUID
    allocation_item_supplier_id: UUID
    factory_id: UUID
    factory_name: str
    style_number: str
    marketing_name: str
    quote_status: QuoteStatus
    is_awarded: bool
    is_missing: bool
    """Invited, and neither quoted nor declined yet."""
    order_qty: Decimal
    """Pieces asked for."""
    capacity_qty: Decimal | None
    is_within_capacity: bool
    """Whether the factory can make all the pieces, by its quote."""
    price: Decimal | None
    """The quote, for a piece; null: none that stands."""
    currency: str | None
    amount: Decimal | None
    """order_qty x price, in `currency`."""
    surcharge: Decimal | None
    """This line's share of the factory's surcharge, in proportion to the amounts that it quoted
    in this allocation, in `currency`. The shares add up to the surcharge.
    """
    rate: Decimal | None
    """Units of `currency` for one of `landed_currency`; null: no rate is known."""
    rate_date: date | None
    """The day of that rate; null in the organization's own currency."""
    landed_amount: Decimal | None
    """(amount + surcharge) / rate, in `landed_currency`; null without a rate."""
    landed_price: Decimal | None
    """landed_amount / order_qty."""
    landed_currency: str | None
    """The organization's currency."""
    target_ex_factory_date: date | None
    ex_factory_date: date | None
    days_late: int | None
    """Days from the ex-factory date that we want to the one that the factory quotes; negative:
    earlier.
    """
    moq_shortfall_qty: Decimal | None
    """Pieces of the style, in this allocation, that lack to the factory's minimum."""
    colour_moq_shortfall_qty: Decimal | None
    """Pieces of the colour, in this allocation, that lack to the factory's minimum."""
    minimum_amount_shortfall: Decimal | None
    """What the factory's quotes in this allocation lack to its minimum amount, in the factory's
    currency; null while a rate is missing.
    """
    rank: int | None
    """Place among the comparable quotes of the allocation item: those on time first, then by
    landed_price, then by id. A quote without the date that was asked for is not on time.
    Null: nothing to compare.
    """
    problems: list[str]
    """Of not_invited, no_quote, declined, withdrawn, closed, factory_not_approved, no_rate,
    late, no_ex_factory_date, over_capacity, below_moq, below_colour_moq,
    below_minimum_amount.
    """


class QuoteComparisonByFactory(Row):
    """What the factories ask for an allocation as a whole: the sums of quote_comparison. Key:
    allocation_id, factory_id.
    """

    organization_id: UUID
    allocation_id: UUID
    allocation_number: str
    factory_id: UUID
    factory_name: str
    lines: int
    quoted_lines: int
    missing_lines: int
    """Lines that it was invited for and has neither quoted nor declined."""
    first_lines: int
    """Lines of which its quote ranks first."""
    quoted_qty: Decimal | None
    """Pieces of the lines that it has quoted."""
    landed_amount: Decimal | None
    """All that it quoted, with the surcharge, in the organization's currency; null while a rate
    is missing.
    """
    landed_currency: str | None
    days_late: int | None
    """Of its latest line."""
    minimum_amount_shortfall: Decimal | None
    """What its quotes lack to its minimum amount, in the factory's currency."""
    rank: int | None
    """Place among the factories that quoted every line that they were asked for: those on time
    first, then by what a piece costs, then by id. Null: not all is quoted, or a rate is
    missing.
    """
    problems: list[str]
    """All problems of its lines."""


class ReorderRule(Row):
    """How much of a variant a warehouse should hold."""

    organization_id: UUID
    id: UUID
    product_variant_id: UUID
    warehouse_id: UUID
    minimum_qty: Decimal
    """Once less than this is projected, more is ordered; at just this much nothing is."""
    target_qty: Decimal
    """Up to how much is ordered then."""
    safety_qty: Decimal
    """What is kept back from planning, once for the variant and warehouse."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class RequestOrigin(Row):
    """Where a request that wrote history came from: one row a request. Staff only."""

    organization_id: UUID
    id: UUID
    address: str | None
    user_agent: str | None
    created_at: AwareDatetime


class SlackChannel(Row):
    """A channel of Slack, or of what takes the same messages, that notification_rules can tell."""

    organization_id: UUID
    id: UUID
    name: str
    url_hint: str
    """The last four characters of its webhook's address, which is a secret."""
    last_posted_at: AwareDatetime | None
    last_error: str | None
    """Why the last message did not arrive; null: it did."""
    created_at: AwareDatetime
    created_by: UUID


class StageDwellTime(Row):
    """How long production orders stayed in a status, by the month in which they left it: the
    difference of two entries of their history. Adds up the whole history. Key: month,
    status.
    """

    organization_id: UUID
    month: date | None
    """Its first day."""
    status: ProductionOrderStatus
    stays: int
    """How many times a production order left the status in that month."""
    p50_hours: Decimal | None
    """Half of them stayed for so many hours or fewer; nine of ten `p90_hours`. Weekends count.
    """
    p90_hours: Decimal | None
    max_hours: Decimal | None


class StatusTransition(Row):
    """Every step that a status may take, and the roles that may take it; `system` is a
    consequence that only triggers draw. A step that is not listed is refused.
    order_items.allocation_status is not listed: it is derived. Key: machine, from_status,
    to_status.
    """

    machine: str
    """The table whose `status` it is, or table.column."""
    from_status: str | None
    """Null: the row may be born in to_status."""
    to_status: str
    roles: list[str]
    note: str | None


class StockLevel(Row):
    """What lies where: a variant in a place, by lot. Kept by trigger from stock_moves and
    inventory_reservations, and written by nothing else.
    """

    organization_id: UUID
    id: UUID
    product_variant_id: UUID
    warehouse_id: UUID
    stock_location_id: UUID
    location_kind: StockLocationKind
    lot_id: UUID | None
    on_hand: Decimal
    """What came in less what went out, in the variant's unit."""
    reserved: Decimal
    """What of it is promised: the sum of its reservations."""
    available: Decimal
    """What can be promised: on hand less reserved, nothing in quarantine."""
    updated_at: AwareDatetime
    row_version: int


class StockLocation(Row):
    """A place in a warehouse: a bin, a shelf, a dock."""

    organization_id: UUID
    id: UUID
    warehouse_id: UUID
    code: str
    """As it is written on the place: A-1. Unique in its warehouse."""
    kind: StockLocationKind
    is_active: bool
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class StockMove(Row):
    """The stock ledger: every movement of goods, one line each, added and never changed. Stock
    levels are its sums. A mistake is corrected by the opposite move.
    """

    organization_id: UUID
    id: UUID
    """Give your own to be able to send a move again: the same id moves nothing twice."""
    product_variant_id: UUID
    from_location_id: UUID | None
    """Null: from outside."""
    to_location_id: UUID | None
    """Null: to outside."""
    lot_id: UUID | None
    """Needed for a variant that is tracked by lot or serial, and not allowed for others."""
    quantity: Decimal
    """In the variant's unit, to its decimals; above zero."""
    reason: StockMoveReason
    unit_cost: Decimal | None
    """What one unit of it cost, in the organization's currency."""
    reference: str | None
    """The paper it goes with."""
    goods_receipt_line_id: UUID | None
    """The receipt that it is of, or whose goods went back."""
    production_component_id: UUID | None
    """The component that was issued, or brought back, or the by-product that came out."""
    production_output_id: UUID | None
    """The output of production that it is."""
    moved_at: AwareDatetime
    created_at: AwareDatetime
    created_by: UUID


class StockOut(Row):
    """How often and how long production waited for which component, by the month in which the
    wait began. One that goes on counts until now. Adds up all shortages. Key:
    product_variant_id, month.
    """

    organization_id: UUID
    product_variant_id: UUID
    sku: str | None
    month: date
    """Its first day."""
    times: int
    """How many times a component of a production order was not there."""
    production_orders: int
    short_qty: Decimal
    """What was short when each began, added up, in the variant's unit."""
    waited_days: Decimal | None
    """Days of all these waits together; half of them took `p50_days` or fewer."""
    p50_days: Decimal | None
    max_days: Decimal | None
    still_open: int


class Style(Row):
    """A design, whatever its colour."""

    organization_id: UUID
    id: UUID
    style_number: str
    name: str
    category: str | None
    metadata: Any
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class SupplierPriceBreak(Row):
    """What a vendor's product costs, by how much of it is ordered at once."""

    organization_id: UUID
    id: UUID
    supplier_product_id: UUID
    from_qty: Decimal
    """The price holds from this quantity on, for all of it. In the purchase unit."""
    unit_price: Decimal
    """For one purchase unit, in the offer's currency."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class SupplierProduct(Row):
    """What a vendor sells us, and on what terms. Of several of one vendor for a variant the one
    that began last holds.
    """

    organization_id: UUID
    id: UUID
    vendor_id: UUID
    product_variant_id: UUID
    vendor_sku: str | None
    """The vendor's own number for it."""
    purchase_unit: str
    """What the vendor counts it in; by default the variant's unit. Another one needs a
    conversion.
    """
    currency: str
    """By default the vendor's, else the organization's."""
    lead_time_days: int
    """Days from the order to the goods; by default the vendor's, else 0."""
    minimum_qty: Decimal
    """Fewer are not sold at once. In the purchase unit."""
    multiple_qty: Decimal | None
    """Sold in multiples of it. In the purchase unit; null: as its decimals allow."""
    preference: int
    """1 before 2: whom we would rather buy from."""
    valid_from: date | None
    """First day on which it can be ordered; null: from the start."""
    valid_to: date | None
    """First day on which it cannot any more; null: for good."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class SupplyPeg(Row):
    """Which supply serves which demand, and with how much: planned, on a purchase order, or in
    production. Written by planning runs. What stock serves has no peg.
    """

    organization_id: UUID
    id: UUID
    product_variant_id: UUID
    planned_supply_id: UUID | None
    purchase_order_line_id: UUID | None
    production_order_id: UUID | None
    order_item_id: UUID | None
    production_component_id: UUID | None
    parent_supply_id: UUID | None
    """The planned production that needs it."""
    reorder_rule_id: UUID | None
    quantity: Decimal
    """In the variant's unit."""


class SupplyRun(Row):
    """A planning run: what it was asked, what it found and how long it took."""

    organization_id: UUID
    id: UUID
    planned_on: date
    """The day that it planned from."""
    order_ids: list[UUID] | None
    """The orders whose supply was put on order; null: all."""
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    demand_count: int
    """Demands that it netted, of all levels."""
    planned_count: int
    """Planned supplies that stand after it."""
    added_count: int
    """Planned supplies that it made; so are `changed_count` and `removed_count`. All are 0 when
    nothing has changed since the last run.
    """
    changed_count: int
    removed_count: int
    exception_count: int
    created_by: UUID


class TechPack(Row):
    """How a style, or one colour of it, is made: a document, by version. Versions are added,
    never changed.
    """

    organization_id: UUID
    id: UUID
    style_id: UUID
    colorway_id: UUID | None
    """Null: holds for every colour of the style."""
    version: int
    document_uri: str
    created_at: AwareDatetime
    created_by: UUID


class Tenant(Row):
    """A customer of this installation; owns organizations."""

    id: UUID
    name: str
    created_at: AwareDatetime


class Timeline(Row):
    """Timelines as trees, by order_id or order_item_id, sorted by path: the line, its
    milestones, its slices and their milestones, as far as the reader sees them. A factory's
    tree begins at its slice. All that is late: is_late=eq.true. Key: id.
    """

    organization_id: UUID
    id: UUID
    root_id: UUID
    parent_id: UUID | None
    order_id: UUID | None
    order_item_id: UUID | None
    allocation_item_supplier_id: UUID | None
    factory_id: UUID | None
    factory_name: str | None
    kind: TimelineNodeKind
    code: str | None
    name: str
    depth: int | None
    """How many nodes above it the reader sees."""
    path: str
    """The way from the root; sorts a tree."""
    owner_role: MemberRole | None
    completed_by: TimelineFact | None
    is_for_client: bool
    planned_date: date | None
    estimated_date: date | None
    forecast_date: date | None
    actual_date: date | None
    days_late: int
    is_late: bool
    is_cancelled: bool
    is_overdue: bool
    """Not done, and the forecast has passed: whoever sees to it owes a new estimate."""
    subtree_planned_date: date | None
    """Of a root or split: the last planned date below it, of what the reader sees."""
    subtree_forecast_date: date | None
    """Of a root or split: the last forecast below it, of what the reader sees."""
    subtree_days_late: int | None
    """Of a root or split: days_late of the latest node below it, of what the reader sees."""
    cause_id: UUID | None
    """The first node along the predecessors that is late by itself: of this node, of a root or
    split of the latest node below it. Null where the reader may not see it.
    """
    cause_name: str | None


class TimelineDelay(Row):
    """Why a late node is late. A table of its own, because whoever sees the node may not see
    the cause. Kept by trigger.
    """

    organization_id: UUID
    id: UUID
    """The late node."""
    cause_id: UUID
    """The first node along its predecessors that is late by itself."""
    client_id: UUID | None
    """The client, where both are for it."""
    factory_id: UUID | None
    """The factory, where both are its own."""


class TimelineDependency(Row):
    """A milestone that another one of the same line waits for. Never in a circle."""

    organization_id: UUID
    id: UUID
    root_id: UUID
    """The tree of both; by default the node's."""
    timeline_node_id: UUID
    predecessor_id: UUID
    """What is done first. Two keys join the two tables: embed
    timeline_nodes!timeline_dependencies_predecessor_fkey.
    """
    lag_days: int
    """Days from the one to the other at least."""
    is_working_days: bool
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class TimelineEvent(Row):
    """What happened about a node, and who said so. Changes of its dates are written here by
    themselves.
    """

    organization_id: UUID
    id: UUID
    timeline_node_id: UUID
    client_id: UUID | None
    """The node's client, unless it is internal."""
    factory_id: UUID | None
    """The node's factory, unless it is internal."""
    message: str
    happened_on: date
    is_internal: bool
    """False: the client or the factory that sees the node reads it."""
    created_at: AwareDatetime
    created_by: UUID


class TimelineNode(Row):
    """The canonical timeline: a root for each order line, milestones below it, and a split for
    each awarded slice with milestones of its own. ops.timeline shows it as a tree.
    """

    organization_id: UUID
    id: UUID
    root_id: UUID
    """The root of its tree; by default its parent's."""
    parent_id: UUID | None
    """The root or a split."""
    order_id: UUID | None
    """Of a root: the order. Below it stands nothing that a factory may not read."""
    order_item_id: UUID | None
    """Of a root: its line."""
    allocation_item_supplier_id: UUID | None
    """Of a split: its slice."""
    client_id: UUID | None
    """The order's client, where the node is for it."""
    factory_id: UUID | None
    """The factory of a split and of what is below it."""
    kind: TimelineNodeKind
    code: str | None
    """Which milestone of the template it is; null: added by hand."""
    name: str
    position: int
    """Place among its siblings; of a root, the line number."""
    planned_date: date | None
    """The plan that lateness is measured against."""
    estimated_date: date | None
    """When whoever sees to it now expects it, instead of the plan."""
    forecast_date: date | None
    """The actual date; without one the latest of the estimate, or else the plan, and what each
    predecessor's forecast leaves time for. Kept by trigger; by default the plan.
    """
    actual_date: date | None
    completed_by: TimelineFact | None
    """The fact that sets and takes back its actual date. Of a milestone of the line: once it is
    so of all its standing slices, and they cover the line.
    """
    owner_role: MemberRole | None
    is_for_client: bool
    is_cancelled: bool
    """Its line is cancelled, or its slice is closed at zero or no longer awarded."""
    days_late: int
    """Days of the calendar by which the forecast is beyond the plan."""
    is_late: bool
    """days_late > 0. Give is_late=eq.true (is.true will not do): an index finds them."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class TimelinePlan(Row):
    """By what a line's timeline was last planned; the milestones of later awards are planned by
    it too.
    """

    organization_id: UUID
    id: UUID
    """The root."""
    timeline_template_id: UUID
    ex_factory_date: date
    """What offsets were counted from; those of a slice from its factory's own date, where it
    gave one.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class TimelineTemplateNode(Row):
    """A milestone of a template."""

    organization_id: UUID
    id: UUID
    timeline_template_id: UUID
    code: str
    """Small letters, digits and _; by it a milestone is found again when a line is planned
    anew.
    """
    name: str
    kind: TimelineNodeKind
    position: int
    """Place among its siblings. A predecessor has a lower one."""
    offset_days: int
    """Days from ex-factory: -20 is 20 days before."""
    duration_days: int
    """Days that it takes once its last predecessor is done."""
    is_working_days: bool
    """Whether offset and duration count working days; otherwise days of the calendar, as a ship
    does.
    """
    predecessors: list[str]
    """Codes of the milestones that are done before this one begins."""
    completed_by: TimelineFact | None
    """The fact that sets its actual date; null: people do."""
    owner_role: MemberRole | None
    """Who sees to it."""
    is_for_client: bool
    """Whether the order's client sees it. What is planned for each factory is not for the
    client: it could count factories.
    """
    is_per_slice: bool
    """Planned below the split of each awarded slice, from that factory's ex-factory date;
    otherwise once a line.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class TimelineTemplate(Row):
    """A time and action calendar: the milestones that are planned for an order line, counted
    from ex-factory.
    """

    organization_id: UUID
    id: UUID
    name: str
    is_default: bool
    """The one that a line is planned by when it is first allocated; take it from one before
    another is made it.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class UnallocatedOrderItem(Row):
    """Lines of accepted orders whose need is not covered by standing slices and by open
    allocation items that have a live candidate; not those that are supplied in house. For
    those who may read candidates. Key: order_item_id.
    """

    organization_id: UUID
    order_item_id: UUID
    order_id: UUID
    order_number: str
    client_po_number: str | None
    line_number: int
    style_number: str | None
    style_name: str | None
    marketing_name: str | None
    ex_factory_date: date | None
    in_hands_date: date | None
    allocation_status: AllocationStatus
    unallocated_qty: Decimal
    """Pieces not covered."""


class UnitConversion(Row):
    """How many of one unit make one of another: of everything (a kilogram is 1,000 grams), or
    of one variant (a carton of it holds 12). Holds in both directions; that of the variant
    comes first.
    """

    organization_id: UUID
    id: UUID
    product_variant_id: UUID | None
    from_unit: str
    to_unit: str
    factor: Decimal
    """One `from_unit` is this many `to_unit`. Choose the direction in which it is a whole
    number.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Unit(Row):
    """Units of measure. EA, each, is there from the start."""

    organization_id: UUID
    id: UUID
    code: str
    name: str
    decimals: int
    """Places that a quantity in this unit is rounded to: 0 for pieces, 3 for kilograms that are
    weighed to the gram.
    """
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class UploadedPoDocument(Row):
    """A client's purchase order as it came in, and the order it became."""

    organization_id: UUID
    id: UUID
    file_name: str
    document_uri: str
    sha256: str
    """Hash of the file, 64 lower-case hexadecimal digits: the same file is not taken twice."""
    order_id: UUID | None
    created_at: AwareDatetime
    created_by: UUID


class VendorDelivery(Row):
    """How well a vendor keeps to its dates: purchase order lines that came in full, and how
    many of them late. Kept by trigger; vendors do not see it.
    """

    organization_id: UUID
    vendor_id: UUID
    received_lines: int
    late_lines: int
    """Received after their due_on."""


class Warehouse(Row):
    """Where stock is kept."""

    organization_id: UUID
    id: UUID
    code: str
    name: str
    is_default: bool
    """Where goods are made, bought for and shipped from, unless another is named. The first one
    is.
    """
    is_active: bool
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class WebhookAttempt(Row):
    """What an endpoint answered when a message was sent."""

    organization_id: UUID
    id: UUID
    webhook_delivery_id: UUID
    response_status: int | None
    response_body: str | None
    """The beginning of the answer."""
    error: str | None
    """Why there was no answer."""
    duration_ms: int
    created_at: AwareDatetime


class WebhookDelivery(Row):
    """A message to an endpoint: one for each event and endpoint, kept for thirty days."""

    organization_id: UUID
    id: UUID
    webhook_endpoint_id: UUID
    event_id: UUID
    """The event; it is the message's `webhook-id`, the same however often it is sent."""
    event_type: str
    position: int
    """The order of events. Of messages that are due the earlier one is sent first."""
    body: str
    """What is sent, to the byte; also when it is sent again."""
    status: DeliveryStatus
    attempts: int
    next_attempt_at: AwareDatetime
    """Not before this is it sent."""
    leased_until: AwareDatetime | None
    """Until when the worker that is sending it is waited for."""
    lease_id: UUID | None
    delivered_at: AwareDatetime | None
    created_at: AwareDatetime


class WebhookEndpoint(Row):
    """A server of the organization's own that is told of events: each a signed POST of JSON."""

    organization_id: UUID
    id: UUID
    url: str
    event_types: list[str]
    """What it is told of: types of events, all of a kind as `purchase_order.*`, or `*`."""
    description: str | None
    status: WebhookStatus
    failures: int
    """Attempts that failed since the last one that did not."""
    failing_since: AwareDatetime | None
    """Since when every attempt has failed. After five days it is disabled."""
    retry_at: AwareDatetime | None
    """When it is tried again: it did not answer at all, or asked us to wait."""
    disabled_reason: str | None
    """Why it was disabled by itself."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class WorkCenterDay(Row):
    """Days on which a work centre does more or less than on others: a holiday, overtime."""

    organization_id: UUID
    id: UUID
    work_center_id: UUID
    day: date
    minutes: int
    """Minutes of work that it does on that day; 0: none."""
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class WorkCenterLoad(Row):
    """The schedule: how many minutes of which day a work centre gives to which operation. Kept
    by trigger.
    """

    organization_id: UUID
    production_operation_id: UUID
    work_center_id: UUID
    day: date
    minutes: Decimal


class WorkCenterUtilization(Row):
    """How full the work centres are, day by day: from today for four weeks, or as far as they
    are planned. Key: work_center_id, day.
    """

    organization_id: UUID
    work_center_id: UUID
    code: str
    name: str
    day: date | None
    week_starts_on: date | None
    """The Monday of its week."""
    available_minutes: int | None
    """What it works on that day."""
    planned_minutes: Decimal
    """What of it the schedule gives to operations."""
    utilization_pct: Decimal | None
    """Planned of available, per cent; null on a day without work."""


class WorkCenterWeeklyUtilization(Row):
    """How full the work centres are, week by week; of this week, from today. Key:
    work_center_id, week_starts_on.
    """

    organization_id: UUID
    work_center_id: UUID
    code: str
    name: str
    week_starts_on: date | None
    """Its Monday."""
    available_minutes: int | None
    planned_minutes: Decimal
    utilization_pct: Decimal | None
    """Planned of available, per cent; null in a week without work."""


class WorkCenter(Row):
    """Where operations are done: a machine, a bench, a team."""

    organization_id: UUID
    id: UUID
    code: str
    name: str
    daily_minutes: int
    """Minutes of work that it does on a working day."""
    working_days: list[int] | None
    """Days of the week, 1 for Monday to 7 for Sunday; null: the organization's."""
    hourly_rate: Decimal | None
    """What an hour of it costs, in the organization's currency."""
    is_active: bool
    created_at: AwareDatetime
    created_by: UUID
    updated_at: AwareDatetime
    row_version: int


class Workflow(Row):
    """Every order line that we supply ourselves, of orders that are neither closed nor
    cancelled: how far it is, since when, when it will be finished and what it waits for. A
    line is as far as the part of it that is least far; production_order_id,
    purchase_order_line_id or planned_supply_id name that part. Key: order_id, line_number.
    """

    organization_id: UUID
    order_item_id: UUID
    order_id: UUID
    order_number: str
    line_number: int
    client_id: UUID
    client_name: str | None
    style_number: str | None
    style_name: str | None
    marketing_name: str | None
    warehouse_id: UUID
    bom_template_id: UUID | None
    stage: WorkflowStage
    """Released production is in production. What is planned and not ordered, or ordered and not
    sent, is planned.
    """
    stage_since: AwareDatetime
    """When it came to this stage."""
    age_days: int
    """Days since then."""
    quantity: Decimal
    """Ordered less short-closed, pieces."""
    done_qty: Decimal
    """Made for the line, and reserved for it in stock."""
    need_by: date
    """The order's ex-factory date, else its in-hands date, else the day of the order: what
    planning plans for.
    """
    expected_completion: date | None
    """The last of its parts: of production as in `production_outlook`; of a purchase the
    promised date, else need_by. Never before today. Null: not planned, or a component that
    nothing brings.
    """
    days_late: int
    """Days from need_by to expected_completion, or to the completion; without one, to today. 0:
    in time.
    """
    production_order_id: UUID | None
    production_number: str | None
    purchase_order_line_id: UUID | None
    planned_supply_id: UUID | None
    is_blocked: bool
    blocked_by: str | None
    """What it waits for, in words; null: nothing."""
    blocking_variant_id: UUID | None
    """The component that comes last; so are sku, purchase order, vendor and production order
    what brings it.
    """
    blocking_sku: str | None
    blocking_purchase_order_id: UUID | None
    blocking_vendor_id: UUID | None
    blocking_production_order_id: UUID | None
    blocking_work_center_id: UUID | None
    """Where the operation is that makes it late."""
    planning_exception_id: UUID | None


class WorkflowAlert(Row):
    """What somebody must see to, the worst first when ordered by severity: late order lines,
    components on hold that nothing brings, purchases overdue or promised later than needed,
    purchase orders that were sent and not acknowledged, production that is ready and that
    nobody released, and what the last planning run could not solve. Looks through all that
    is open. Key: kind, subject_id.
    """

    organization_id: UUID
    kind: WorkflowAlertKind
    subject_id: UUID
    """The order line, component, purchase order line, purchase order, production order or
    planning exception that it is about.
    """
    severity: AlertSeverity
    message: str
    """What is wrong, in a sentence."""
    due_date: date | None
    """The day that is, or will be, missed."""
    order_item_id: UUID | None
    production_order_id: UUID | None
    product_variant_id: UUID | None
    purchase_order_id: UUID | None
    purchase_order_line_id: UUID | None
    vendor_id: UUID | None


class WorkflowSummary(Row):
    """How many lines of `workflow` are at which stage, and how long they have been there. Adds
    up all of them. Key: stage.
    """

    organization_id: UUID
    stage: WorkflowStage
    lines: int
    quantity: Decimal
    blocked_lines: int
    late_lines: int
    p50_age_days: int | None
    """Half of them have been there for so many days or fewer."""
    max_age_days: int


class Acknowledgement(Row):
    """That something was taken note of, to somebody who is told no more."""

    is_accepted: bool
    """Always true."""


class BomRecommendation(Row):
    """A bill of materials that an order line could be made by, with what speaks for it. Scores
    are 0 to 1; the total is 0.10 forecast + 0.10 use + 0.20 on time + 0.35 availability +
    0.25 cost. Costs are those of one piece, in the organization's currency.
    """

    rank: int
    bom_template_id: UUID
    bom_version_id: UUID
    code: str
    name: str
    is_default: bool
    score: Decimal
    forecast_score: Decimal
    forecast_qty: Decimal
    use_score: Decimal
    used_count: int
    on_time_score: Decimal
    completed_count: int
    on_time_count: int
    availability_score: Decimal
    component_count: int
    available_count: int
    cost_score: Decimal
    unit_cost: Decimal
    material_cost: Decimal
    operation_cost: Decimal
    uncosted_count: int


class BomRequirement(Row):
    """How much of a component a quantity of a product takes, in one place of its tree; of a
    by-product, how much comes out.
    """

    level: int
    """Depth in the tree; 0 is the product itself."""
    path: str
    """The SKUs from the product down to the component, phantoms among them."""
    product_variant_id: UUID
    sku: str
    kind: BomLineKind
    supply_method: SupplyMethod
    required_qty: Decimal
    """For all of the quantity that was asked for."""
    unit: str


class ComponentCheck(Row):
    """Whether a component is there: what is required and not issued yet, what lies in the
    warehouse, what of that is promised to others, what comes by the day, what is short, and
    when that will have come (null: never).
    """

    product_variant_id: UUID
    sku: str
    unit: str
    availability: Availability
    required_qty: Decimal
    on_hand: Decimal
    reserved_for_others: Decimal
    incoming_qty: Decimal
    short_qty: Decimal
    expected_on: date | None
    """When what is short will have come; null: never, or nothing is short."""


class Explanation(Row):
    """Why something is as it is: one sentence after the other."""

    position: int
    """1, 2, 3."""
    sentence: str


class WebhookReplay(Row):
    """How many messages an endpoint will be sent again."""

    webhook_endpoint_id: UUID
    deliveries: int


class WebhookSecret(Row):
    """An endpoint and what its messages are signed with. It is shown this once: keep it where
    the receiver finds it.
    """

    webhook_endpoint_id: UUID
    secret: str | None
    """null: this is the answer to a repeated request, and secrets are not kept. Rotate it."""
