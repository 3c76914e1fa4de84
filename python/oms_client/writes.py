"""What may be written: by whom exactly, the database decides."""
# Written from the database by `oms types`; change the database, not this.

from datetime import date, time
from decimal import Decimal
from typing import Any, Required, TypedDict
from uuid import UUID

from pydantic import AwareDatetime

from oms_client.enums import (
    AddressKind,
    ApprovalStatus,
    Automation,
    BomLineKind,
    BomStatus,
    FactoryInvoiceStatus,
    FactoryPoStatus,
    MemberRole,
    MemberStatus,
    NotificationChannel,
    NotificationDigest,
    OrderStatus,
    OrderType,
    PartyKind,
    PricingTerms,
    ProductionOrderStatus,
    ProductionStatus,
    PurchaseOrderStatus,
    QuoteStatus,
    RuleEnforcement,
    ShipMode,
    SliceNoteKind,
    SmtpSecurity,
    StockLocationKind,
    StockMoveReason,
    SupplyMethod,
    TimelineFact,
    TimelineNodeKind,
    Tracking,
    VendorChoice,
    WebhookStatus,
)


class NewAddress(TypedDict, total=False):
    """A new row of addresses."""

    id: UUID
    directory_id: Required[UUID]
    kind: Required[AddressKind]
    line1: Required[str]
    line2: str | None
    city: Required[str]
    region: str | None
    postal_code: str | None
    country_code: Required[str]


class AddressChanges(TypedDict, total=False):
    """Changes to a row of addresses."""

    kind: AddressKind
    line1: str
    line2: str | None
    city: str
    region: str | None
    postal_code: str | None
    country_code: str
    row_version: int


class NewAllocationItemSupplierNote(TypedDict, total=False):
    """A new row of allocation_item_supplier_notes."""

    id: UUID
    allocation_item_supplier_id: Required[UUID]
    kind: SliceNoteKind
    remark: Required[str]
    replaces_id: UUID | None


class NewAllocationItem(TypedDict, total=False):
    """A new row of allocation_items."""

    id: UUID
    allocation_id: Required[UUID]
    order_item_id: Required[UUID]
    split_from_id: UUID | None
    committed_qty: Decimal | int


class AllocationItemChanges(TypedDict, total=False):
    """Changes to a row of allocation_items."""

    committed_qty: Decimal | int
    closed_at: AwareDatetime | None
    row_version: int


class NewAllocationItemsSupplier(TypedDict, total=False):
    """A new row of allocation_items_supplier."""

    id: UUID
    allocation_item_id: Required[UUID]
    factory_id: Required[UUID]
    order_qty: Decimal | int


class AllocationItemsSupplierChanges(TypedDict, total=False):
    """Changes to a row of allocation_items_supplier."""

    target_ex_factory_date: date | None
    order_qty: Decimal | int
    invited_at: AwareDatetime | None
    quote_status: QuoteStatus
    price: Decimal | int | None
    currency: str | None
    pricing_terms: PricingTerms | None
    ship_mode: ShipMode | None
    capacity_qty: Decimal | int | None
    ex_factory_date: date | None
    comments: str | None
    is_awarded: bool
    awarded_qty: Decimal | int | None
    awarded_price: Decimal | int | None
    closed_at: AwareDatetime | None
    closed_qty: Decimal | int | None
    production_status: ProductionStatus
    shipped_qty: Decimal | int
    accepted_excess_qty: Decimal | int
    row_version: int


class NewAllocation(TypedDict, total=False):
    """A new row of allocations."""

    id: UUID
    name: Required[str]


class AllocationChanges(TypedDict, total=False):
    """Changes to a row of allocations."""

    name: str
    sent_at: AwareDatetime | None
    row_version: int


class NewBomLine(TypedDict, total=False):
    """A new row of bom_lines."""

    id: UUID
    bom_version_id: Required[UUID]
    position: int
    product_variant_id: Required[UUID]
    kind: BomLineKind
    quantity: Required[Decimal | int]
    scrap_pct: Decimal | int
    setup_quantity: Decimal | int
    is_phantom: bool
    valid_from: date | None
    valid_to: date | None


class BomLineChanges(TypedDict, total=False):
    """Changes to a row of bom_lines."""

    position: int
    quantity: Decimal | int
    scrap_pct: Decimal | int
    setup_quantity: Decimal | int
    is_phantom: bool
    valid_from: date | None
    valid_to: date | None
    row_version: int


class NewBomOperation(TypedDict, total=False):
    """A new row of bom_operations."""

    id: UUID
    bom_version_id: Required[UUID]
    position: int
    name: Required[str]
    work_center_id: Required[UUID]
    setup_minutes: Decimal | int
    minutes_per_unit: Decimal | int


class BomOperationChanges(TypedDict, total=False):
    """Changes to a row of bom_operations."""

    position: int
    name: str
    work_center_id: UUID
    setup_minutes: Decimal | int
    minutes_per_unit: Decimal | int
    row_version: int


class NewBomTemplate(TypedDict, total=False):
    """A new row of bom_templates."""

    id: UUID
    product_id: Required[UUID]
    product_variant_id: UUID | None
    code: Required[str]
    name: Required[str]
    is_default: bool
    lead_time_days: int
    lot_minimum_qty: Decimal | int
    lot_multiple_qty: Decimal | int | None


class BomTemplateChanges(TypedDict, total=False):
    """Changes to a row of bom_templates."""

    code: str
    name: str
    is_default: bool
    lead_time_days: int
    lot_minimum_qty: Decimal | int
    lot_multiple_qty: Decimal | int | None
    row_version: int


class NewBomVersion(TypedDict, total=False):
    """A new row of bom_versions."""

    id: UUID
    bom_template_id: Required[UUID]
    valid_from: date | None
    revision_note: str | None


class BomVersionChanges(TypedDict, total=False):
    """Changes to a row of bom_versions."""

    status: BomStatus
    valid_from: date | None
    revision_note: str | None
    row_version: int


class NewColorwayReference(TypedDict, total=False):
    """A new row of colorway_references."""

    colorway_id: Required[UUID]
    color_reference: Required[str]


class ColorwayReferenceChanges(TypedDict, total=False):
    """Changes to a row of colorway_references."""

    color_reference: str
    row_version: int


class NewColorway(TypedDict, total=False):
    """A new row of colorways."""

    id: UUID
    style_id: Required[UUID]
    marketing_name: Required[str]
    season: str | None


class ColorwayChanges(TypedDict, total=False):
    """Changes to a row of colorways."""

    marketing_name: str
    season: str | None
    row_version: int


class NewContact(TypedDict, total=False):
    """A new row of contacts."""

    id: UUID
    directory_id: Required[UUID]
    name: Required[str]
    title: str | None
    email: str | None
    phone: str | None
    is_primary: bool


class ContactChanges(TypedDict, total=False):
    """Changes to a row of contacts."""

    name: str
    title: str | None
    email: str | None
    phone: str | None
    is_primary: bool
    row_version: int


class NewDemandForecast(TypedDict, total=False):
    """A new row of demand_forecasts."""

    id: UUID
    product_variant_id: Required[UUID]
    version: str
    starts_on: Required[date]
    ends_on: Required[date]
    quantity: Required[Decimal | int]


class DemandForecastChanges(TypedDict, total=False):
    """Changes to a row of demand_forecasts."""

    starts_on: date
    ends_on: date
    quantity: Decimal | int
    row_version: int


class NewDirectory(TypedDict, total=False):
    """A new row of directory."""

    id: UUID
    kinds: Required[list[PartyKind]]
    code: Required[str]
    name: Required[str]
    email: str | None
    currency: str | None
    language: str | None
    payment_terms_days: int | None
    approval_status: ApprovalStatus
    moq: Decimal | int | None
    moq_per_colour: Decimal | int | None
    minimum_order_amount: Decimal | int | None
    minimum_order_surcharge: Decimal | int | None
    lead_time_days: int | None
    monthly_capacity_qty: Decimal | int | None
    metadata: Any


class DirectoryChanges(TypedDict, total=False):
    """Changes to a row of directory."""

    kinds: list[PartyKind]
    code: str
    name: str
    email: str | None
    currency: str | None
    language: str | None
    payment_terms_days: int | None
    approval_status: ApprovalStatus
    moq: Decimal | int | None
    moq_per_colour: Decimal | int | None
    minimum_order_amount: Decimal | int | None
    minimum_order_surcharge: Decimal | int | None
    lead_time_days: int | None
    monthly_capacity_qty: Decimal | int | None
    metadata: Any
    row_version: int


class NewEmailSuppression(TypedDict, total=False):
    """A new row of email_suppressions."""

    id: UUID
    address: Required[str]
    note: str | None


class NewExchangeRate(TypedDict, total=False):
    """A new row of exchange_rates."""

    id: UUID
    currency: Required[str]
    rate_date: date
    rate: Required[Decimal | int]


class ExchangeRateChanges(TypedDict, total=False):
    """Changes to a row of exchange_rates."""

    rate: Decimal | int
    row_version: int


class NewFactoryInvoiceLine(TypedDict, total=False):
    """A new row of factory_invoice_lines."""

    id: UUID
    factory_invoice_id: Required[UUID]
    allocation_item_supplier_id: Required[UUID]
    quantity: Required[Decimal | int]
    unit_price: Decimal | int


class NewFactoryInvoice(TypedDict, total=False):
    """A new row of factory_invoices."""

    id: UUID
    factory_po_id: Required[UUID]
    credits_id: UUID | None
    invoice_number: Required[str]
    invoice_date: date
    due_date: date
    document_uri: str | None


class FactoryInvoiceChanges(TypedDict, total=False):
    """Changes to a row of factory_invoices."""

    status: FactoryInvoiceStatus
    due_date: date
    dispute_reason: str | None
    void_reason: str | None
    row_version: int


class NewFactoryPaymentLine(TypedDict, total=False):
    """A new row of factory_payment_lines."""

    id: UUID
    factory_payment_id: Required[UUID]
    allocation_item_supplier_id: Required[UUID]
    amount: Required[Decimal | int]


class NewFactoryPayment(TypedDict, total=False):
    """A new row of factory_payments."""

    id: UUID
    factory_po_id: Required[UUID]
    reference: Required[str]
    payment_date: date
    is_advance: bool


class FactoryPaymentChanges(TypedDict, total=False):
    """Changes to a row of factory_payments."""

    void_reason: str | None
    row_version: int


class NewFactoryPoLine(TypedDict, total=False):
    """A new row of factory_po_lines."""

    id: UUID
    factory_po_id: Required[UUID]
    allocation_item_supplier_id: Required[UUID]


class FactoryPoLineChanges(TypedDict, total=False):
    """Changes to a row of factory_po_lines."""

    quantity: Decimal | int
    price: Decimal | int
    over_receipt_tolerance_pct: Decimal | int


class NewFactoryPo(TypedDict, total=False):
    """A new row of factory_pos."""

    id: UUID
    allocation_id: Required[UUID]
    factory_id: Required[UUID]
    currency: Required[str]
    ex_factory_date: date | None


class FactoryPoChanges(TypedDict, total=False):
    """Changes to a row of factory_pos."""

    status: FactoryPoStatus
    ex_factory_date: date | None
    po_document_uri: str | None
    signed_by_name: str | None
    signed_terms_hash: str | None
    row_version: int


class NewFactoryReceipt(TypedDict, total=False):
    """A new row of factory_receipts."""

    id: UUID
    allocation_item_supplier_id: Required[UUID]
    received_date: date
    qty_received: Required[Decimal | int]
    qty_rejected: Decimal | int
    batch_id: str | None
    location: str | None
    document_uri: str | None


class FactoryReceiptChanges(TypedDict, total=False):
    """Changes to a row of factory_receipts."""

    batch_id: str | None
    location: str | None
    document_uri: str | None
    void_reason: str | None
    row_version: int


class NewGoodsReceiptLine(TypedDict, total=False):
    """A new row of goods_receipt_lines."""

    id: UUID
    goods_receipt_id: Required[UUID]
    purchase_order_line_id: Required[UUID]
    received_qty: Required[Decimal | int]
    rejected_qty: Decimal | int
    reject_reason: str | None
    stock_location_id: UUID | None
    lot_id: UUID | None


class NewGoodsReceipt(TypedDict, total=False):
    """A new row of goods_receipts."""

    id: UUID
    purchase_order_id: Required[UUID]
    received_on: date
    delivery_note: str | None


class GoodsReceiptChanges(TypedDict, total=False):
    """Changes to a row of goods_receipts."""

    void_reason: str | None
    row_version: int


class NewHoliday(TypedDict, total=False):
    """A new row of holidays."""

    id: UUID
    holiday_date: Required[date]
    name: Required[str]


class NewInventoryReservation(TypedDict, total=False):
    """A new row of inventory_reservations."""

    id: UUID
    product_variant_id: Required[UUID]
    stock_location_id: Required[UUID]
    lot_id: UUID | None
    quantity: Required[Decimal | int]
    order_item_id: UUID | None
    expires_at: AwareDatetime | None


class JobScheduleChanges(TypedDict, total=False):
    """Changes to a row of job_schedules."""

    at_time: time | None
    weekdays: list[int]
    every_minutes: int | None
    is_enabled: bool
    row_version: int


class NewLot(TypedDict, total=False):
    """A new row of lots."""

    id: UUID
    product_variant_id: Required[UUID]
    lot_number: Required[str]
    expires_on: date | None


class LotChanges(TypedDict, total=False):
    """Changes to a row of lots."""

    lot_number: str
    expires_on: date | None
    row_version: int


class MailSettingChanges(TypedDict, total=False):
    """Changes to a row of mail_settings."""

    sender_name: str | None
    sender_address: str | None
    reply_to: str | None
    language: str
    smtp_host: str | None
    smtp_port: int | None
    smtp_user: str | None
    smtp_security: SmtpSecurity
    rate_per_minute: int | None
    row_version: int


class NewMailTemplate(TypedDict, total=False):
    """A new row of mail_templates."""

    id: UUID
    template: Required[str]
    language: Required[str]
    subject: Required[str]
    html: Required[str]
    text: str | None


class MailTemplateChanges(TypedDict, total=False):
    """Changes to a row of mail_templates."""

    template: str
    language: str
    subject: str
    html: str
    text: str | None
    row_version: int


class NewMember(TypedDict, total=False):
    """A new row of members."""

    id: UUID
    user_id: Required[UUID]
    role: Required[MemberRole]
    party_id: UUID | None
    full_name: Required[str]
    email: str | None


class MemberChanges(TypedDict, total=False):
    """Changes to a row of members."""

    full_name: str
    email: str | None
    status: MemberStatus
    row_version: int


class NewNotificationMute(TypedDict, total=False):
    """A new row of notification_mutes."""

    id: UUID
    event_type: Required[str]
    channel: NotificationChannel | None


class NewNotificationRule(TypedDict, total=False):
    """A new row of notification_rules."""

    id: UUID
    role: MemberRole | None
    member_id: UUID | None
    slack_channel_id: UUID | None
    event_type: Required[str]
    channel: NotificationChannel
    digest: NotificationDigest
    is_enabled: bool


class NotificationRuleChanges(TypedDict, total=False):
    """Changes to a row of notification_rules."""

    event_type: str
    digest: NotificationDigest
    is_enabled: bool
    row_version: int


class NotificationChanges(TypedDict, total=False):
    """Changes to a row of notifications."""

    read_at: AwareDatetime | None


class NewOrderItemCost(TypedDict, total=False):
    """A new row of order_item_costs."""

    id: UUID
    order_item_id: Required[UUID]
    fob_target: Decimal | int | None
    other_cost: Decimal | int
    currency: str


class OrderItemCostChanges(TypedDict, total=False):
    """Changes to a row of order_item_costs."""

    fob_target: Decimal | int | None
    other_cost: Decimal | int
    currency: str
    row_version: int


class NewOrderItemPrice(TypedDict, total=False):
    """A new row of order_item_prices."""

    id: UUID
    order_item_id: Required[UUID]
    size_label: str | None
    unit_price: Required[Decimal | int]


class OrderItemPriceChanges(TypedDict, total=False):
    """Changes to a row of order_item_prices."""

    unit_price: Decimal | int
    row_version: int


class NewOrderItemSize(TypedDict, total=False):
    """A new row of order_item_sizes."""

    id: UUID
    order_item_id: Required[UUID]
    size_label: Required[str]
    position: int
    quantity: Required[Decimal | int]


class OrderItemSizeChanges(TypedDict, total=False):
    """Changes to a row of order_item_sizes."""

    position: int
    quantity: Decimal | int
    row_version: int


class NewOrderItemSupply(TypedDict, total=False):
    """A new row of order_item_supplies."""

    order_item_id: Required[UUID]
    warehouse_id: UUID
    bom_template_id: UUID | None


class OrderItemSupplyChanges(TypedDict, total=False):
    """Changes to a row of order_item_supplies."""

    warehouse_id: UUID
    bom_template_id: UUID | None
    row_version: int


class NewOrderItem(TypedDict, total=False):
    """A new row of order_items."""

    id: UUID
    order_id: Required[UUID]
    line_number: int
    colorway_id: Required[UUID]
    quantity: Required[Decimal | int]
    metadata: Any


class OrderItemChanges(TypedDict, total=False):
    """Changes to a row of order_items."""

    colorway_id: UUID
    quantity: Decimal | int
    short_closed_qty: Decimal | int
    is_cancelled: bool
    metadata: Any
    row_version: int


class NewOrder(TypedDict, total=False):
    """A new row of orders."""

    id: UUID
    client_id: UUID
    client_po_number: str | None
    type: OrderType
    status: OrderStatus
    order_date: date
    ex_factory_date: date | None
    in_hands_date: date | None
    currency: str
    metadata: Any


class OrderChanges(TypedDict, total=False):
    """Changes to a row of orders."""

    client_po_number: str | None
    type: OrderType
    status: OrderStatus
    order_date: date
    ex_factory_date: date | None
    in_hands_date: date | None
    metadata: Any
    row_version: int


class OrganizationSettingChanges(TypedDict, total=False):
    """Changes to a row of organization_settings."""

    over_commit_tolerance_pct: Decimal | int
    under_award_tolerance_pct: Decimal | int
    over_receipt_tolerance_pct: Decimal | int
    receipts_require_signed_contract: bool
    factory_minimums: RuleEnforcement
    factory_capacity: RuleEnforcement
    invoice_price_tolerance_pct: Decimal | int
    invoice_quantity_tolerance_pct: Decimal | int
    payments_require_invoice: bool
    working_days: list[int]
    production_release: Automation
    planned_production: Automation
    vendor_choice: VendorChoice
    planning_period_days: int
    forecast_horizon_days: int
    acknowledgement_days: int
    time_zone: str
    quote_reminder_days: int | None
    row_version: int


class OrganizationChanges(TypedDict, total=False):
    """Changes to a row of organizations."""

    name: str
    row_version: int


class NewProductVariant(TypedDict, total=False):
    """A new row of product_variants."""

    id: UUID
    sku: Required[str]
    product_id: UUID
    colorway_id: UUID | None
    size_label: str | None
    unit: str
    supply_method: SupplyMethod
    tracking: Tracking
    standard_cost: Decimal | int | None
    is_active: bool


class ProductVariantChanges(TypedDict, total=False):
    """Changes to a row of product_variants."""

    sku: str
    supply_method: SupplyMethod
    tracking: Tracking
    standard_cost: Decimal | int | None
    is_active: bool
    row_version: int


class ProductionOperationChanges(TypedDict, total=False):
    """Changes to a row of production_operations."""

    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    actual_minutes: Decimal | int | None
    row_version: int


class NewProductionOrder(TypedDict, total=False):
    """A new row of production_orders."""

    id: UUID
    product_variant_id: Required[UUID]
    bom_version_id: UUID
    warehouse_id: UUID
    order_item_id: UUID | None
    quantity: Required[Decimal | int]
    need_by: date
    priority: int
    allow_partial_start: bool
    metadata: Any


class ProductionOrderChanges(TypedDict, total=False):
    """Changes to a row of production_orders."""

    quantity: Decimal | int
    need_by: date
    priority: int
    status: ProductionOrderStatus
    allow_partial_start: bool
    metadata: Any
    row_version: int


class NewProductionOutput(TypedDict, total=False):
    """A new row of production_outputs."""

    id: UUID
    production_order_id: Required[UUID]
    quantity: Decimal | int
    scrapped_qty: Decimal | int
    scrap_reason: str | None
    stock_location_id: UUID | None
    lot_id: UUID | None
    produced_on: date


class NewProduct(TypedDict, total=False):
    """A new row of products."""

    id: UUID
    product_number: Required[str]
    name: Required[str]
    category: str | None
    metadata: Any


class ProductChanges(TypedDict, total=False):
    """Changes to a row of products."""

    product_number: str
    name: str
    category: str | None
    metadata: Any
    row_version: int


class NewPurchaseApprovalTier(TypedDict, total=False):
    """A new row of purchase_approval_tiers."""

    id: UUID
    from_amount: Required[Decimal | int]
    approver_role: Required[MemberRole]


class PurchaseApprovalTierChanges(TypedDict, total=False):
    """Changes to a row of purchase_approval_tiers."""

    from_amount: Decimal | int
    approver_role: MemberRole
    row_version: int


class PurchaseOrderApprovalChanges(TypedDict, total=False):
    """Changes to a row of purchase_order_approvals."""

    reason: str | None


class NewPurchaseOrderLine(TypedDict, total=False):
    """A new row of purchase_order_lines."""

    id: UUID
    purchase_order_id: Required[UUID]
    line_number: int
    product_variant_id: Required[UUID]
    quantity: Required[Decimal | int]
    unit: str
    unit_price: Decimal | int
    need_by: date


class PurchaseOrderLineChanges(TypedDict, total=False):
    """Changes to a row of purchase_order_lines."""

    quantity: Decimal | int
    unit_price: Decimal | int
    need_by: date
    promised_date: date | None
    confirmed_qty: Decimal | int | None
    cancelled_qty: Decimal | int
    row_version: int


class NewPurchaseOrder(TypedDict, total=False):
    """A new row of purchase_orders."""

    id: UUID
    vendor_id: Required[UUID]
    po_number: str
    warehouse_id: UUID
    currency: str
    order_date: date | None
    tax_amount: Decimal | int
    freight_amount: Decimal | int
    note: str | None
    metadata: Any


class PurchaseOrderChanges(TypedDict, total=False):
    """Changes to a row of purchase_orders."""

    warehouse_id: UUID
    status: PurchaseOrderStatus
    tax_amount: Decimal | int
    freight_amount: Decimal | int
    vendor_reference: str | None
    note: str | None
    metadata: Any
    row_version: int


class NewReorderRule(TypedDict, total=False):
    """A new row of reorder_rules."""

    id: UUID
    product_variant_id: Required[UUID]
    warehouse_id: Required[UUID]
    minimum_qty: Decimal | int
    target_qty: Required[Decimal | int]
    safety_qty: Decimal | int


class ReorderRuleChanges(TypedDict, total=False):
    """Changes to a row of reorder_rules."""

    minimum_qty: Decimal | int
    target_qty: Decimal | int
    safety_qty: Decimal | int
    row_version: int


class SlackChannelChanges(TypedDict, total=False):
    """Changes to a row of slack_channels."""

    name: str


class NewStockLocation(TypedDict, total=False):
    """A new row of stock_locations."""

    id: UUID
    warehouse_id: Required[UUID]
    code: Required[str]
    kind: StockLocationKind
    is_active: bool


class StockLocationChanges(TypedDict, total=False):
    """Changes to a row of stock_locations."""

    code: str
    kind: StockLocationKind
    is_active: bool
    row_version: int


class NewStockMove(TypedDict, total=False):
    """A new row of stock_moves."""

    id: UUID
    product_variant_id: Required[UUID]
    from_location_id: UUID | None
    to_location_id: UUID | None
    lot_id: UUID | None
    quantity: Required[Decimal | int]
    reason: Required[StockMoveReason]
    unit_cost: Decimal | int | None
    reference: str | None
    moved_at: AwareDatetime


class NewStyle(TypedDict, total=False):
    """A new row of styles."""

    id: UUID
    style_number: Required[str]
    name: Required[str]
    category: str | None
    metadata: Any


class StyleChanges(TypedDict, total=False):
    """Changes to a row of styles."""

    style_number: str
    name: str
    category: str | None
    metadata: Any
    row_version: int


class NewSupplierPriceBreak(TypedDict, total=False):
    """A new row of supplier_price_breaks."""

    id: UUID
    supplier_product_id: Required[UUID]
    from_qty: Decimal | int
    unit_price: Required[Decimal | int]


class SupplierPriceBreakChanges(TypedDict, total=False):
    """Changes to a row of supplier_price_breaks."""

    from_qty: Decimal | int
    unit_price: Decimal | int
    row_version: int


class NewSupplierProduct(TypedDict, total=False):
    """A new row of supplier_products."""

    id: UUID
    vendor_id: Required[UUID]
    product_variant_id: Required[UUID]
    vendor_sku: str | None
    purchase_unit: str
    currency: str
    lead_time_days: int
    minimum_qty: Decimal | int
    multiple_qty: Decimal | int | None
    preference: int
    valid_from: date | None
    valid_to: date | None


class SupplierProductChanges(TypedDict, total=False):
    """Changes to a row of supplier_products."""

    vendor_sku: str | None
    lead_time_days: int
    minimum_qty: Decimal | int
    multiple_qty: Decimal | int | None
    preference: int
    valid_from: date | None
    valid_to: date | None
    row_version: int


class NewTechPack(TypedDict, total=False):
    """A new row of tech_packs."""

    id: UUID
    style_id: Required[UUID]
    colorway_id: UUID | None
    version: Required[int]
    document_uri: Required[str]


class NewTimelineDependency(TypedDict, total=False):
    """A new row of timeline_dependencies."""

    id: UUID
    timeline_node_id: Required[UUID]
    predecessor_id: Required[UUID]
    lag_days: int
    is_working_days: bool


class TimelineDependencyChanges(TypedDict, total=False):
    """Changes to a row of timeline_dependencies."""

    lag_days: int
    is_working_days: bool
    row_version: int


class NewTimelineEvent(TypedDict, total=False):
    """A new row of timeline_events."""

    id: UUID
    timeline_node_id: Required[UUID]
    message: Required[str]
    happened_on: date
    is_internal: bool


class NewTimelineNode(TypedDict, total=False):
    """A new row of timeline_nodes."""

    id: UUID
    parent_id: UUID | None
    kind: TimelineNodeKind
    name: Required[str]
    position: int
    planned_date: date | None
    owner_role: MemberRole | None
    is_for_client: bool


class TimelineNodeChanges(TypedDict, total=False):
    """Changes to a row of timeline_nodes."""

    kind: TimelineNodeKind
    name: str
    position: int
    planned_date: date | None
    estimated_date: date | None
    actual_date: date | None
    owner_role: MemberRole | None
    is_for_client: bool
    row_version: int


class NewTimelineTemplateNode(TypedDict, total=False):
    """A new row of timeline_template_nodes."""

    id: UUID
    timeline_template_id: Required[UUID]
    code: Required[str]
    name: Required[str]
    kind: TimelineNodeKind
    position: Required[int]
    offset_days: Required[int]
    duration_days: int
    is_working_days: bool
    predecessors: list[str]
    completed_by: TimelineFact | None
    owner_role: MemberRole | None
    is_for_client: bool
    is_per_slice: bool


class TimelineTemplateNodeChanges(TypedDict, total=False):
    """Changes to a row of timeline_template_nodes."""

    code: str
    name: str
    kind: TimelineNodeKind
    position: int
    offset_days: int
    duration_days: int
    is_working_days: bool
    predecessors: list[str]
    completed_by: TimelineFact | None
    owner_role: MemberRole | None
    is_for_client: bool
    is_per_slice: bool
    row_version: int


class NewTimelineTemplate(TypedDict, total=False):
    """A new row of timeline_templates."""

    id: UUID
    name: Required[str]
    is_default: bool


class TimelineTemplateChanges(TypedDict, total=False):
    """Changes to a row of timeline_templates."""

    name: str
    is_default: bool
    row_version: int


class NewUnitConversion(TypedDict, total=False):
    """A new row of unit_conversions."""

    id: UUID
    product_variant_id: UUID | None
    from_unit: Required[str]
    to_unit: Required[str]
    factor: Required[Decimal | int]


class UnitConversionChanges(TypedDict, total=False):
    """Changes to a row of unit_conversions."""

    factor: Decimal | int
    row_version: int


class NewUnit(TypedDict, total=False):
    """A new row of units."""

    id: UUID
    code: Required[str]
    name: Required[str]
    decimals: int


class UnitChanges(TypedDict, total=False):
    """Changes to a row of units."""

    name: str
    decimals: int
    row_version: int


class NewUploadedPoDocument(TypedDict, total=False):
    """A new row of uploaded_po_documents."""

    id: UUID
    file_name: Required[str]
    document_uri: Required[str]
    sha256: Required[str]
    order_id: UUID | None


class UploadedPoDocumentChanges(TypedDict, total=False):
    """Changes to a row of uploaded_po_documents."""

    order_id: UUID | None


class NewWarehouse(TypedDict, total=False):
    """A new row of warehouses."""

    id: UUID
    code: Required[str]
    name: Required[str]
    is_default: bool
    is_active: bool


class WarehouseChanges(TypedDict, total=False):
    """Changes to a row of warehouses."""

    code: str
    name: str
    is_default: bool
    is_active: bool
    row_version: int


class WebhookEndpointChanges(TypedDict, total=False):
    """Changes to a row of webhook_endpoints."""

    url: str
    event_types: list[str]
    description: str | None
    status: WebhookStatus
    row_version: int


class NewWorkCenterDay(TypedDict, total=False):
    """A new row of work_center_days."""

    id: UUID
    work_center_id: Required[UUID]
    day: Required[date]
    minutes: Required[int]


class WorkCenterDayChanges(TypedDict, total=False):
    """Changes to a row of work_center_days."""

    minutes: int
    row_version: int


class NewWorkCenter(TypedDict, total=False):
    """A new row of work_centers."""

    id: UUID
    code: Required[str]
    name: Required[str]
    daily_minutes: Required[int]
    working_days: list[int] | None
    hourly_rate: Decimal | int | None
    is_active: bool


class WorkCenterChanges(TypedDict, total=False):
    """Changes to a row of work_centers."""

    code: str
    name: str
    daily_minutes: int
    working_days: list[int] | None
    hourly_rate: Decimal | int | None
    is_active: bool
    row_version: int


class StockCount(TypedDict, total=False):
    """One record of a command's list: stock count."""

    product_variant_id: UUID | None
    stock_location_id: UUID | None
    lot_id: UUID | None
    counted_qty: Decimal | int | None


class FactoryAward(TypedDict, total=False):
    """One record of a command's list: factory award."""

    factory_id: UUID | None
    awarded_qty: Decimal | int | None
    percentage: Decimal | int | None
    price: Decimal | int | None
    currency: str | None
    remark: str | None


class SliceQuote(TypedDict, total=False):
    """One record of a command's list: slice quote."""

    allocation_item_supplier_id: UUID | None
    price: Decimal | int | None
    currency: str | None
    capacity_qty: Decimal | int | None
    ex_factory_date: date | None
    pricing_terms: PricingTerms | None
    ship_mode: ShipMode | None
    comments: str | None


class SlicePayment(TypedDict, total=False):
    """One record of a command's list: slice payment."""

    allocation_item_supplier_id: UUID | None
    amount: Decimal | int | None


class SliceAward(TypedDict, total=False):
    """One record of a command's list: slice award."""

    allocation_item_supplier_id: UUID | None
    awarded_qty: Decimal | int | None
    percentage: Decimal | int | None
    price: Decimal | int | None
    remark: str | None


class ReceivedLine(TypedDict, total=False):
    """One record of a command's list: received line."""

    purchase_order_line_id: UUID | None
    received_qty: Decimal | int | None
    rejected_qty: Decimal | int | None
    reject_reason: str | None
    stock_location_id: UUID | None
    lot_number: str | None
    expires_on: date | None


class OrderLineSize(TypedDict, total=False):
    """One record of a command's list: order line size."""

    size_label: str | None
    quantity: Decimal | int | None
    unit_price: Decimal | int | None


class LineTerms(TypedDict, total=False):
    """One record of a command's list: line terms."""

    allocation_item_supplier_id: UUID | None
    quantity: Decimal | int | None
    price: Decimal | int | None
    over_receipt_tolerance_pct: Decimal | int | None


class LineCommitment(TypedDict, total=False):
    """One record of a command's list: line commitment."""

    order_item_id: UUID | None
    committed_qty: Decimal | int | None


class InvoiceLine(TypedDict, total=False):
    """One record of a command's list: invoice line."""

    allocation_item_supplier_id: UUID | None
    quantity: Decimal | int | None
    unit_price: Decimal | int | None


class ComponentIssue(TypedDict, total=False):
    """One record of a command's list: component issue."""

    production_component_id: UUID | None
    quantity: Decimal | int | None
    lot_id: UUID | None


class ComponentArrival(TypedDict, total=False):
    """One record of a command's list: component arrival."""

    production_component_id: UUID | None
    quantity: Decimal | int | None
    stock_location_id: UUID | None
    lot_id: UUID | None


class AcknowledgedLine(TypedDict, total=False):
    """One record of a command's list: acknowledged line."""

    purchase_order_line_id: UUID | None
    confirmed_qty: Decimal | int | None
    promised_date: date | None


class SliceReallocation(TypedDict, total=False):
    """One record of a command's list: slice reallocation."""

    allocation_item_supplier_id: UUID | None
    closed_qty: Decimal | int | None
    remark: str | None
    awards: list[FactoryAward] | None


class OrderLine(TypedDict, total=False):
    """One record of a command's list: order line."""

    line_number: int | None
    colorway_id: UUID | None
    quantity: Decimal | int | None
    unit_price: Decimal | int | None
    metadata: Any
    sizes: list[OrderLineSize] | None
