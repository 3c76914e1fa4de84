"""What rows can be found by, and sorted by."""
# Written from the database by `oms types`; change the database, not this.

from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, TypedDict
from uuid import UUID

from pydantic import AwareDatetime

from oms_client.conditions import Condition
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


class AddressWhere(TypedDict, total=False):
    """Conditions on addresses."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    directory_id: UUID | Condition[UUID]
    kind: AddressKind | Condition[AddressKind]
    line1: str | Condition[str]
    line2: str | Condition[str] | None
    city: str | Condition[str]
    region: str | Condition[str] | None
    postal_code: str | Condition[str] | None
    country_code: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


AddressSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "directory_id",
    "-directory_id",
    "kind",
    "-kind",
    "line1",
    "-line1",
    "line2",
    "-line2",
    "city",
    "-city",
    "region",
    "-region",
    "postal_code",
    "-postal_code",
    "country_code",
    "-country_code",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class AllocationItemSizeWhere(TypedDict, total=False):
    """Conditions on allocation_item_sizes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_item_id: UUID | Condition[UUID]
    size_label: str | Condition[str]
    position: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]


AllocationItemSizeSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_item_id",
    "-allocation_item_id",
    "size_label",
    "-size_label",
    "position",
    "-position",
    "quantity",
    "-quantity",
]


class AllocationItemSupplierNoteWhere(TypedDict, total=False):
    """Conditions on allocation_item_supplier_notes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    kind: SliceNoteKind | Condition[SliceNoteKind]
    remark: str | Condition[str]
    replaces_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


AllocationItemSupplierNoteSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "kind",
    "-kind",
    "remark",
    "-remark",
    "replaces_id",
    "-replaces_id",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class AllocationItemSupplierSizeWhere(TypedDict, total=False):
    """Conditions on allocation_item_supplier_sizes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    invited_at: AwareDatetime | Condition[AwareDatetime] | None
    size_label: str | Condition[str]
    position: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]


AllocationItemSupplierSizeSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "invited_at",
    "-invited_at",
    "size_label",
    "-size_label",
    "position",
    "-position",
    "quantity",
    "-quantity",
]


class AllocationItemWhere(TypedDict, total=False):
    """Conditions on allocation_items."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    split_from_id: UUID | Condition[UUID] | None
    committed_qty: Decimal | int | Condition[Decimal | int]
    effective_qty: Decimal | int | Condition[Decimal | int]
    closed_at: AwareDatetime | Condition[AwareDatetime] | None
    close_reason: AllocationCloseReason | Condition[AllocationCloseReason] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


AllocationItemSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_id",
    "-allocation_id",
    "order_item_id",
    "-order_item_id",
    "split_from_id",
    "-split_from_id",
    "committed_qty",
    "-committed_qty",
    "effective_qty",
    "-effective_qty",
    "closed_at",
    "-closed_at",
    "close_reason",
    "-close_reason",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class AllocationItemsSupplierWhere(TypedDict, total=False):
    """Conditions on allocation_items_supplier."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_item_id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    style_id: UUID | Condition[UUID]
    colorway_id: UUID | Condition[UUID]
    style_number: str | Condition[str]
    style_name: str | Condition[str]
    marketing_name: str | Condition[str]
    color_reference: str | Condition[str] | None
    target_ex_factory_date: date | Condition[date] | None
    order_qty: Decimal | int | Condition[Decimal | int]
    invited_at: AwareDatetime | Condition[AwareDatetime] | None
    quote_status: QuoteStatus | Condition[QuoteStatus]
    price: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str] | None
    pricing_terms: PricingTerms | Condition[PricingTerms] | None
    ship_mode: ShipMode | Condition[ShipMode] | None
    capacity_qty: Decimal | int | Condition[Decimal | int] | None
    ex_factory_date: date | Condition[date] | None
    comments: str | Condition[str] | None
    quoted_at: AwareDatetime | Condition[AwareDatetime] | None
    is_awarded: bool | Condition[bool]
    awarded_qty: Decimal | int | Condition[Decimal | int] | None
    awarded_price: Decimal | int | Condition[Decimal | int] | None
    awarded_at: AwareDatetime | Condition[AwareDatetime] | None
    over_receipt_tolerance_pct: Decimal | int | Condition[Decimal | int] | None
    closed_at: AwareDatetime | Condition[AwareDatetime] | None
    closed_qty: Decimal | int | Condition[Decimal | int] | None
    production_status: ProductionStatus | Condition[ProductionStatus]
    shipped_qty: Decimal | int | Condition[Decimal | int]
    received_qty: Decimal | int | Condition[Decimal | int]
    accepted_qty: Decimal | int | Condition[Decimal | int]
    accepted_excess_qty: Decimal | int | Condition[Decimal | int]
    approved_qty: Decimal | int | Condition[Decimal | int]
    approved_amount: Decimal | int | Condition[Decimal | int]
    paid_amount: Decimal | int | Condition[Decimal | int]
    effective_qty: Decimal | int | Condition[Decimal | int]
    excess_qty: Decimal | int | Condition[Decimal | int]
    payable_qty: Decimal | int | Condition[Decimal | int]
    payable_amount: Decimal | int | Condition[Decimal | int]
    balance: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


AllocationItemsSupplierSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_item_id",
    "-allocation_item_id",
    "allocation_id",
    "-allocation_id",
    "factory_id",
    "-factory_id",
    "style_id",
    "-style_id",
    "colorway_id",
    "-colorway_id",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "color_reference",
    "-color_reference",
    "target_ex_factory_date",
    "-target_ex_factory_date",
    "order_qty",
    "-order_qty",
    "invited_at",
    "-invited_at",
    "quote_status",
    "-quote_status",
    "price",
    "-price",
    "currency",
    "-currency",
    "pricing_terms",
    "-pricing_terms",
    "ship_mode",
    "-ship_mode",
    "capacity_qty",
    "-capacity_qty",
    "ex_factory_date",
    "-ex_factory_date",
    "comments",
    "-comments",
    "quoted_at",
    "-quoted_at",
    "is_awarded",
    "-is_awarded",
    "awarded_qty",
    "-awarded_qty",
    "awarded_price",
    "-awarded_price",
    "awarded_at",
    "-awarded_at",
    "over_receipt_tolerance_pct",
    "-over_receipt_tolerance_pct",
    "closed_at",
    "-closed_at",
    "closed_qty",
    "-closed_qty",
    "production_status",
    "-production_status",
    "shipped_qty",
    "-shipped_qty",
    "received_qty",
    "-received_qty",
    "accepted_qty",
    "-accepted_qty",
    "accepted_excess_qty",
    "-accepted_excess_qty",
    "approved_qty",
    "-approved_qty",
    "approved_amount",
    "-approved_amount",
    "paid_amount",
    "-paid_amount",
    "effective_qty",
    "-effective_qty",
    "excess_qty",
    "-excess_qty",
    "payable_qty",
    "-payable_qty",
    "payable_amount",
    "-payable_amount",
    "balance",
    "-balance",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class AllocationOverviewWhere(TypedDict, total=False):
    """Conditions on allocation_overview."""

    organization_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    order_id: UUID | Condition[UUID]
    order_number: str | Condition[str]
    line_number: int | Condition[int]
    client_name: str | Condition[str] | None
    client_po_number: str | Condition[str] | None
    style_number: str | Condition[str] | None
    style_name: str | Condition[str] | None
    marketing_name: str | Condition[str] | None
    sizes: str | Condition[str] | None
    committed_qty: Decimal | int | Condition[Decimal | int]
    price: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str] | None
    factory_name: str | Condition[str] | None
    slice_count: int | Condition[int] | None
    ex_factory_date: date | Condition[date] | None
    in_hands_date: date | Condition[date] | None
    allocation_item_id: UUID | Condition[UUID] | None
    allocation_status: AllocationStatus | Condition[AllocationStatus]


AllocationOverviewSort = Literal[
    "organization_id",
    "-organization_id",
    "order_item_id",
    "-order_item_id",
    "order_id",
    "-order_id",
    "order_number",
    "-order_number",
    "line_number",
    "-line_number",
    "client_name",
    "-client_name",
    "client_po_number",
    "-client_po_number",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "sizes",
    "-sizes",
    "committed_qty",
    "-committed_qty",
    "price",
    "-price",
    "currency",
    "-currency",
    "factory_name",
    "-factory_name",
    "slice_count",
    "-slice_count",
    "ex_factory_date",
    "-ex_factory_date",
    "in_hands_date",
    "-in_hands_date",
    "allocation_item_id",
    "-allocation_item_id",
    "allocation_status",
    "-allocation_status",
]


class AllocationWhere(TypedDict, total=False):
    """Conditions on allocations."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_number: str | Condition[str]
    name: str | Condition[str]
    sent_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


AllocationSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_number",
    "-allocation_number",
    "name",
    "-name",
    "sent_at",
    "-sent_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class AwardWarningWhere(TypedDict, total=False):
    """Conditions on award_warnings."""

    organization_id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    allocation_number: str | Condition[str]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str] | None
    warning: str | Condition[str]
    subject: str | Condition[str] | None
    actual: Decimal | int | Condition[Decimal | int] | None
    bound: Decimal | int | Condition[Decimal | int] | None
    unit: str | Condition[str] | None


AwardWarningSort = Literal[
    "organization_id",
    "-organization_id",
    "allocation_id",
    "-allocation_id",
    "allocation_number",
    "-allocation_number",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "warning",
    "-warning",
    "subject",
    "-subject",
    "actual",
    "-actual",
    "bound",
    "-bound",
    "unit",
    "-unit",
]


class BomLineWhere(TypedDict, total=False):
    """Conditions on bom_lines."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    bom_version_id: UUID | Condition[UUID]
    position: int | Condition[int]
    product_variant_id: UUID | Condition[UUID]
    kind: BomLineKind | Condition[BomLineKind]
    quantity: Decimal | int | Condition[Decimal | int]
    scrap_pct: Decimal | int | Condition[Decimal | int]
    setup_quantity: Decimal | int | Condition[Decimal | int]
    is_phantom: bool | Condition[bool]
    valid_from: date | Condition[date] | None
    valid_to: date | Condition[date] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


BomLineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "bom_version_id",
    "-bom_version_id",
    "position",
    "-position",
    "product_variant_id",
    "-product_variant_id",
    "kind",
    "-kind",
    "quantity",
    "-quantity",
    "scrap_pct",
    "-scrap_pct",
    "setup_quantity",
    "-setup_quantity",
    "is_phantom",
    "-is_phantom",
    "valid_from",
    "-valid_from",
    "valid_to",
    "-valid_to",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class BomOperationWhere(TypedDict, total=False):
    """Conditions on bom_operations."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    bom_version_id: UUID | Condition[UUID]
    position: int | Condition[int]
    name: str | Condition[str]
    work_center_id: UUID | Condition[UUID]
    setup_minutes: Decimal | int | Condition[Decimal | int]
    minutes_per_unit: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


BomOperationSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "bom_version_id",
    "-bom_version_id",
    "position",
    "-position",
    "name",
    "-name",
    "work_center_id",
    "-work_center_id",
    "setup_minutes",
    "-setup_minutes",
    "minutes_per_unit",
    "-minutes_per_unit",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class BomTemplateWhere(TypedDict, total=False):
    """Conditions on bom_templates."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID] | None
    code: str | Condition[str]
    name: str | Condition[str]
    is_default: bool | Condition[bool]
    lead_time_days: int | Condition[int]
    lot_minimum_qty: Decimal | int | Condition[Decimal | int]
    lot_multiple_qty: Decimal | int | Condition[Decimal | int] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


BomTemplateSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_id",
    "-product_id",
    "product_variant_id",
    "-product_variant_id",
    "code",
    "-code",
    "name",
    "-name",
    "is_default",
    "-is_default",
    "lead_time_days",
    "-lead_time_days",
    "lot_minimum_qty",
    "-lot_minimum_qty",
    "lot_multiple_qty",
    "-lot_multiple_qty",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class BomUsageWhere(TypedDict, total=False):
    """Conditions on bom_usage."""

    organization_id: UUID | Condition[UUID]
    bom_version_id: UUID | Condition[UUID]
    bom_template_id: UUID | Condition[UUID]
    code: str | Condition[str] | None
    name: str | Condition[str] | None
    product_id: UUID | Condition[UUID] | None
    product_number: str | Condition[str] | None
    product_variant_id: UUID | Condition[UUID] | None
    version: int | Condition[int]
    status: BomStatus | Condition[BomStatus]
    valid_from: date | Condition[date] | None
    is_in_force: bool | Condition[bool] | None
    orders: int | Condition[int] | None
    open_orders: int | Condition[int] | None
    ordered_qty: Decimal | int | Condition[Decimal | int] | None
    completed_qty: Decimal | int | Condition[Decimal | int] | None
    scrapped_qty: Decimal | int | Condition[Decimal | int] | None
    completed_orders: int | Condition[int] | None
    on_time_orders: int | Condition[int] | None
    on_time_pct: Decimal | int | Condition[Decimal | int] | None
    last_used_at: AwareDatetime | Condition[AwareDatetime] | None


BomUsageSort = Literal[
    "organization_id",
    "-organization_id",
    "bom_version_id",
    "-bom_version_id",
    "bom_template_id",
    "-bom_template_id",
    "code",
    "-code",
    "name",
    "-name",
    "product_id",
    "-product_id",
    "product_number",
    "-product_number",
    "product_variant_id",
    "-product_variant_id",
    "version",
    "-version",
    "status",
    "-status",
    "valid_from",
    "-valid_from",
    "is_in_force",
    "-is_in_force",
    "orders",
    "-orders",
    "open_orders",
    "-open_orders",
    "ordered_qty",
    "-ordered_qty",
    "completed_qty",
    "-completed_qty",
    "scrapped_qty",
    "-scrapped_qty",
    "completed_orders",
    "-completed_orders",
    "on_time_orders",
    "-on_time_orders",
    "on_time_pct",
    "-on_time_pct",
    "last_used_at",
    "-last_used_at",
]


class BomVersionWhere(TypedDict, total=False):
    """Conditions on bom_versions."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    bom_template_id: UUID | Condition[UUID]
    version: int | Condition[int]
    status: BomStatus | Condition[BomStatus]
    valid_from: date | Condition[date] | None
    revision_note: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


BomVersionSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "bom_template_id",
    "-bom_template_id",
    "version",
    "-version",
    "status",
    "-status",
    "valid_from",
    "-valid_from",
    "revision_note",
    "-revision_note",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class BomWhereUsedWhere(TypedDict, total=False):
    """Conditions on bom_where_used."""

    organization_id: UUID | Condition[UUID]
    bom_line_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    kind: BomLineKind | Condition[BomLineKind]
    quantity: Decimal | int | Condition[Decimal | int]
    unit: str | Condition[str] | None
    scrap_pct: Decimal | int | Condition[Decimal | int]
    setup_quantity: Decimal | int | Condition[Decimal | int]
    is_phantom: bool | Condition[bool]
    valid_from: date | Condition[date] | None
    valid_to: date | Condition[date] | None
    bom_version_id: UUID | Condition[UUID] | None
    bom_template_id: UUID | Condition[UUID] | None
    code: str | Condition[str] | None
    name: str | Condition[str] | None
    product_id: UUID | Condition[UUID] | None
    product_number: str | Condition[str] | None
    made_variant_id: UUID | Condition[UUID] | None
    version: int | Condition[int] | None
    status: BomStatus | Condition[BomStatus] | None
    is_in_force: bool | Condition[bool] | None


BomWhereUsedSort = Literal[
    "organization_id",
    "-organization_id",
    "bom_line_id",
    "-bom_line_id",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "kind",
    "-kind",
    "quantity",
    "-quantity",
    "unit",
    "-unit",
    "scrap_pct",
    "-scrap_pct",
    "setup_quantity",
    "-setup_quantity",
    "is_phantom",
    "-is_phantom",
    "valid_from",
    "-valid_from",
    "valid_to",
    "-valid_to",
    "bom_version_id",
    "-bom_version_id",
    "bom_template_id",
    "-bom_template_id",
    "code",
    "-code",
    "name",
    "-name",
    "product_id",
    "-product_id",
    "product_number",
    "-product_number",
    "made_variant_id",
    "-made_variant_id",
    "version",
    "-version",
    "status",
    "-status",
    "is_in_force",
    "-is_in_force",
]


class ClientOrderLineWhere(TypedDict, total=False):
    """Conditions on client_order_lines."""

    organization_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    order_id: UUID | Condition[UUID]
    client_id: UUID | Condition[UUID]
    order_number: str | Condition[str] | None
    client_po_number: str | Condition[str] | None
    order_status: OrderStatus | Condition[OrderStatus] | None
    line_number: int | Condition[int]
    style_number: str | Condition[str] | None
    style_name: str | Condition[str] | None
    marketing_name: str | Condition[str] | None
    sizes: str | Condition[str] | None
    quantity: Decimal | int | Condition[Decimal | int]
    unit_price: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str] | None
    ex_factory_date: date | Condition[date] | None
    in_hands_date: date | Condition[date] | None
    allocation_status: AllocationStatus | Condition[AllocationStatus]


ClientOrderLineSort = Literal[
    "organization_id",
    "-organization_id",
    "order_item_id",
    "-order_item_id",
    "order_id",
    "-order_id",
    "client_id",
    "-client_id",
    "order_number",
    "-order_number",
    "client_po_number",
    "-client_po_number",
    "order_status",
    "-order_status",
    "line_number",
    "-line_number",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "sizes",
    "-sizes",
    "quantity",
    "-quantity",
    "unit_price",
    "-unit_price",
    "currency",
    "-currency",
    "ex_factory_date",
    "-ex_factory_date",
    "in_hands_date",
    "-in_hands_date",
    "allocation_status",
    "-allocation_status",
]


class ColorwayReferenceWhere(TypedDict, total=False):
    """Conditions on colorway_references."""

    organization_id: UUID | Condition[UUID]
    colorway_id: UUID | Condition[UUID]
    color_reference: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ColorwayReferenceSort = Literal[
    "organization_id",
    "-organization_id",
    "colorway_id",
    "-colorway_id",
    "color_reference",
    "-color_reference",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class ColorwayWhere(TypedDict, total=False):
    """Conditions on colorways."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    style_id: UUID | Condition[UUID]
    marketing_name: str | Condition[str]
    season: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ColorwaySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "style_id",
    "-style_id",
    "marketing_name",
    "-marketing_name",
    "season",
    "-season",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class ComponentAvailabilityWhere(TypedDict, total=False):
    """Conditions on component_availability."""

    organization_id: UUID | Condition[UUID]
    production_component_id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_number: str | Condition[str] | None
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    unit: str | Condition[str] | None
    warehouse_id: UUID | Condition[UUID]
    availability: Availability | Condition[Availability] | None
    required_qty: Decimal | int | Condition[Decimal | int]
    issued_qty: Decimal | int | Condition[Decimal | int]
    reserved_qty: Decimal | int | Condition[Decimal | int]
    on_hand: Decimal | int | Condition[Decimal | int] | None
    reserved_for_others: Decimal | int | Condition[Decimal | int] | None
    incoming_qty: Decimal | int | Condition[Decimal | int] | None
    short_qty: Decimal | int | Condition[Decimal | int] | None
    expected_on: date | Condition[date] | None


ComponentAvailabilitySort = Literal[
    "organization_id",
    "-organization_id",
    "production_component_id",
    "-production_component_id",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "unit",
    "-unit",
    "warehouse_id",
    "-warehouse_id",
    "availability",
    "-availability",
    "required_qty",
    "-required_qty",
    "issued_qty",
    "-issued_qty",
    "reserved_qty",
    "-reserved_qty",
    "on_hand",
    "-on_hand",
    "reserved_for_others",
    "-reserved_for_others",
    "incoming_qty",
    "-incoming_qty",
    "short_qty",
    "-short_qty",
    "expected_on",
    "-expected_on",
]


class ComponentBlockerWhere(TypedDict, total=False):
    """Conditions on component_blockers."""

    organization_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    product_name: str | Condition[str] | None
    unit: str | Condition[str] | None
    blocked_orders: int | Condition[int]
    short_qty: Decimal | int | Condition[Decimal | int] | None
    waiting_since: AwareDatetime | Condition[AwareDatetime]
    incoming_qty: Decimal | int | Condition[Decimal | int]
    next_expected_on: date | Condition[date] | None


ComponentBlockerSort = Literal[
    "organization_id",
    "-organization_id",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "product_name",
    "-product_name",
    "unit",
    "-unit",
    "blocked_orders",
    "-blocked_orders",
    "short_qty",
    "-short_qty",
    "waiting_since",
    "-waiting_since",
    "incoming_qty",
    "-incoming_qty",
    "next_expected_on",
    "-next_expected_on",
]


class ComponentShortageWhere(TypedDict, total=False):
    """Conditions on component_shortages."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_component_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    short_qty: Decimal | int | Condition[Decimal | int]
    began_at: AwareDatetime | Condition[AwareDatetime]
    ended_at: AwareDatetime | Condition[AwareDatetime] | None


ComponentShortageSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "production_order_id",
    "-production_order_id",
    "production_component_id",
    "-production_component_id",
    "product_variant_id",
    "-product_variant_id",
    "short_qty",
    "-short_qty",
    "began_at",
    "-began_at",
    "ended_at",
    "-ended_at",
]


class ContactWhere(TypedDict, total=False):
    """Conditions on contacts."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    directory_id: UUID | Condition[UUID]
    name: str | Condition[str]
    title: str | Condition[str] | None
    email: str | Condition[str] | None
    phone: str | Condition[str] | None
    is_primary: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ContactSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "directory_id",
    "-directory_id",
    "name",
    "-name",
    "title",
    "-title",
    "email",
    "-email",
    "phone",
    "-phone",
    "is_primary",
    "-is_primary",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class DemandForecastWhere(TypedDict, total=False):
    """Conditions on demand_forecasts."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    version: str | Condition[str]
    starts_on: date | Condition[date]
    ends_on: date | Condition[date]
    quantity: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


DemandForecastSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "version",
    "-version",
    "starts_on",
    "-starts_on",
    "ends_on",
    "-ends_on",
    "quantity",
    "-quantity",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class DirectoryWhere(TypedDict, total=False):
    """Conditions on directory."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    kinds: list[PartyKind] | Condition[list[PartyKind]]
    code: str | Condition[str]
    name: str | Condition[str]
    email: str | Condition[str] | None
    currency: str | Condition[str] | None
    language: str | Condition[str] | None
    payment_terms_days: int | Condition[int] | None
    approval_status: ApprovalStatus | Condition[ApprovalStatus]
    moq: Decimal | int | Condition[Decimal | int] | None
    moq_per_colour: Decimal | int | Condition[Decimal | int] | None
    minimum_order_amount: Decimal | int | Condition[Decimal | int] | None
    minimum_order_surcharge: Decimal | int | Condition[Decimal | int] | None
    lead_time_days: int | Condition[int] | None
    monthly_capacity_qty: Decimal | int | Condition[Decimal | int] | None
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


DirectorySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "code",
    "-code",
    "name",
    "-name",
    "email",
    "-email",
    "currency",
    "-currency",
    "language",
    "-language",
    "payment_terms_days",
    "-payment_terms_days",
    "approval_status",
    "-approval_status",
    "moq",
    "-moq",
    "moq_per_colour",
    "-moq_per_colour",
    "minimum_order_amount",
    "-minimum_order_amount",
    "minimum_order_surcharge",
    "-minimum_order_surcharge",
    "lead_time_days",
    "-lead_time_days",
    "monthly_capacity_qty",
    "-monthly_capacity_qty",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class EmailLogWhere(TypedDict, total=False):
    """Conditions on email_log."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    template: str | Condition[str]
    language: str | Condition[str]
    kind: EmailKind | Condition[EmailKind]
    message_id: str | Condition[str]
    dedupe_key: str | Condition[str]
    event_id: UUID | Condition[UUID] | None
    party_id: UUID | Condition[UUID] | None
    entity_type: str | Condition[str] | None
    entity_id: UUID | Condition[UUID] | None
    about: str | Condition[str] | None
    resent_from_id: UUID | Condition[UUID] | None
    subject: str | Condition[str] | None
    status: EmailStatus | Condition[EmailStatus]
    attempts: int | Condition[int]
    next_attempt_at: AwareDatetime | Condition[AwareDatetime]
    lease_id: UUID | Condition[UUID] | None
    leased_until: AwareDatetime | Condition[AwareDatetime] | None
    due_at: AwareDatetime | Condition[AwareDatetime] | None
    has_own_server: bool | Condition[bool] | None
    answer: str | Condition[str] | None
    sent_at: AwareDatetime | Condition[AwareDatetime] | None
    delivered_at: AwareDatetime | Condition[AwareDatetime] | None
    bounced_at: AwareDatetime | Condition[AwareDatetime] | None
    complained_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


EmailLogSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "template",
    "-template",
    "language",
    "-language",
    "kind",
    "-kind",
    "message_id",
    "-message_id",
    "dedupe_key",
    "-dedupe_key",
    "event_id",
    "-event_id",
    "party_id",
    "-party_id",
    "entity_type",
    "-entity_type",
    "entity_id",
    "-entity_id",
    "about",
    "-about",
    "resent_from_id",
    "-resent_from_id",
    "subject",
    "-subject",
    "status",
    "-status",
    "attempts",
    "-attempts",
    "next_attempt_at",
    "-next_attempt_at",
    "lease_id",
    "-lease_id",
    "leased_until",
    "-leased_until",
    "due_at",
    "-due_at",
    "has_own_server",
    "-has_own_server",
    "answer",
    "-answer",
    "sent_at",
    "-sent_at",
    "delivered_at",
    "-delivered_at",
    "bounced_at",
    "-bounced_at",
    "complained_at",
    "-complained_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class EmailRecipientWhere(TypedDict, total=False):
    """Conditions on email_recipients."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    email_id: UUID | Condition[UUID]
    about: str | Condition[str] | None
    name: str | Condition[str] | None
    address: str | Condition[str]
    is_copy: bool | Condition[bool]
    accepted_at: AwareDatetime | Condition[AwareDatetime] | None


EmailRecipientSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "email_id",
    "-email_id",
    "about",
    "-about",
    "name",
    "-name",
    "address",
    "-address",
    "is_copy",
    "-is_copy",
    "accepted_at",
    "-accepted_at",
]


class EmailSuppressionWhere(TypedDict, total=False):
    """Conditions on email_suppressions."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    address: str | Condition[str]
    reason: SuppressionReason | Condition[SuppressionReason]
    email_id: UUID | Condition[UUID] | None
    note: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID] | None


EmailSuppressionSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "address",
    "-address",
    "reason",
    "-reason",
    "email_id",
    "-email_id",
    "note",
    "-note",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class ExchangeRateWhere(TypedDict, total=False):
    """Conditions on exchange_rates."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    currency: str | Condition[str]
    rate_date: date | Condition[date]
    rate: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ExchangeRateSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "currency",
    "-currency",
    "rate_date",
    "-rate_date",
    "rate",
    "-rate",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class FactoryInvoiceLineWhere(TypedDict, total=False):
    """Conditions on factory_invoice_lines."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    factory_invoice_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    quantity: Decimal | int | Condition[Decimal | int]
    unit_price: Decimal | int | Condition[Decimal | int]
    amount: Decimal | int | Condition[Decimal | int]
    credited_qty: Decimal | int | Condition[Decimal | int]
    net_amount: Decimal | int | Condition[Decimal | int]
    contract_price: Decimal | int | Condition[Decimal | int] | None
    payable_qty: Decimal | int | Condition[Decimal | int] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


FactoryInvoiceLineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "factory_invoice_id",
    "-factory_invoice_id",
    "factory_id",
    "-factory_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "quantity",
    "-quantity",
    "unit_price",
    "-unit_price",
    "amount",
    "-amount",
    "credited_qty",
    "-credited_qty",
    "net_amount",
    "-net_amount",
    "contract_price",
    "-contract_price",
    "payable_qty",
    "-payable_qty",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class FactoryInvoiceMatchingWhere(TypedDict, total=False):
    """Conditions on factory_invoice_matching."""

    organization_id: UUID | Condition[UUID]
    factory_invoice_line_id: UUID | Condition[UUID]
    factory_invoice_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    invoice_number: str | Condition[str] | None
    status: FactoryInvoiceStatus | Condition[FactoryInvoiceStatus] | None
    credits_id: UUID | Condition[UUID] | None
    allocation_item_supplier_id: UUID | Condition[UUID]
    style_number: str | Condition[str] | None
    marketing_name: str | Condition[str] | None
    quantity: Decimal | int | Condition[Decimal | int]
    unit_price: Decimal | int | Condition[Decimal | int]
    amount: Decimal | int | Condition[Decimal | int]
    currency: str | Condition[str] | None
    contract_price: Decimal | int | Condition[Decimal | int] | None
    payable_qty: Decimal | int | Condition[Decimal | int] | None
    approved_elsewhere_qty: Decimal | int | Condition[Decimal | int]
    differences: list[InvoiceDifference] | Condition[list[InvoiceDifference]]
    explanation: str | Condition[str] | None
    is_within_tolerance: bool | Condition[bool]


FactoryInvoiceMatchingSort = Literal[
    "organization_id",
    "-organization_id",
    "factory_invoice_line_id",
    "-factory_invoice_line_id",
    "factory_invoice_id",
    "-factory_invoice_id",
    "factory_id",
    "-factory_id",
    "invoice_number",
    "-invoice_number",
    "status",
    "-status",
    "credits_id",
    "-credits_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "style_number",
    "-style_number",
    "marketing_name",
    "-marketing_name",
    "quantity",
    "-quantity",
    "unit_price",
    "-unit_price",
    "amount",
    "-amount",
    "currency",
    "-currency",
    "contract_price",
    "-contract_price",
    "payable_qty",
    "-payable_qty",
    "approved_elsewhere_qty",
    "-approved_elsewhere_qty",
    "explanation",
    "-explanation",
    "is_within_tolerance",
    "-is_within_tolerance",
]


class FactoryInvoiceWhere(TypedDict, total=False):
    """Conditions on factory_invoices."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    factory_po_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    credits_id: UUID | Condition[UUID] | None
    invoice_number: str | Condition[str]
    status: FactoryInvoiceStatus | Condition[FactoryInvoiceStatus]
    invoice_date: date | Condition[date]
    due_date: date | Condition[date]
    currency: str | Condition[str]
    amount: Decimal | int | Condition[Decimal | int]
    document_uri: str | Condition[str] | None
    approved_at: AwareDatetime | Condition[AwareDatetime] | None
    approved_by: UUID | Condition[UUID] | None
    dispute_reason: str | Condition[str] | None
    voided_at: AwareDatetime | Condition[AwareDatetime] | None
    voided_by: UUID | Condition[UUID] | None
    void_reason: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


FactoryInvoiceSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "factory_po_id",
    "-factory_po_id",
    "factory_id",
    "-factory_id",
    "credits_id",
    "-credits_id",
    "invoice_number",
    "-invoice_number",
    "status",
    "-status",
    "invoice_date",
    "-invoice_date",
    "due_date",
    "-due_date",
    "currency",
    "-currency",
    "amount",
    "-amount",
    "document_uri",
    "-document_uri",
    "approved_at",
    "-approved_at",
    "approved_by",
    "-approved_by",
    "dispute_reason",
    "-dispute_reason",
    "voided_at",
    "-voided_at",
    "voided_by",
    "-voided_by",
    "void_reason",
    "-void_reason",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class FactoryPaymentLineWhere(TypedDict, total=False):
    """Conditions on factory_payment_lines."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    factory_payment_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    amount: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


FactoryPaymentLineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "factory_payment_id",
    "-factory_payment_id",
    "factory_id",
    "-factory_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "amount",
    "-amount",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class FactoryPaymentWhere(TypedDict, total=False):
    """Conditions on factory_payments."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    factory_po_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    reference: str | Condition[str]
    payment_date: date | Condition[date]
    currency: str | Condition[str]
    amount: Decimal | int | Condition[Decimal | int]
    is_advance: bool | Condition[bool]
    voided_at: AwareDatetime | Condition[AwareDatetime] | None
    voided_by: UUID | Condition[UUID] | None
    void_reason: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


FactoryPaymentSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "factory_po_id",
    "-factory_po_id",
    "factory_id",
    "-factory_id",
    "reference",
    "-reference",
    "payment_date",
    "-payment_date",
    "currency",
    "-currency",
    "amount",
    "-amount",
    "is_advance",
    "-is_advance",
    "voided_at",
    "-voided_at",
    "voided_by",
    "-voided_by",
    "void_reason",
    "-void_reason",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class FactoryPoLineSizeWhere(TypedDict, total=False):
    """Conditions on factory_po_line_sizes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    factory_po_line_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    size_label: str | Condition[str]
    position: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]


FactoryPoLineSizeSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "factory_po_line_id",
    "-factory_po_line_id",
    "factory_id",
    "-factory_id",
    "size_label",
    "-size_label",
    "position",
    "-position",
    "quantity",
    "-quantity",
]


class FactoryPoLineWhere(TypedDict, total=False):
    """Conditions on factory_po_lines."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    factory_po_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    style_number: str | Condition[str]
    style_name: str | Condition[str]
    marketing_name: str | Condition[str]
    color_reference: str | Condition[str] | None
    quantity: Decimal | int | Condition[Decimal | int]
    price: Decimal | int | Condition[Decimal | int]
    over_receipt_tolerance_pct: Decimal | int | Condition[Decimal | int]
    amount: Decimal | int | Condition[Decimal | int]
    issued_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


FactoryPoLineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "factory_po_id",
    "-factory_po_id",
    "factory_id",
    "-factory_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "color_reference",
    "-color_reference",
    "quantity",
    "-quantity",
    "price",
    "-price",
    "over_receipt_tolerance_pct",
    "-over_receipt_tolerance_pct",
    "amount",
    "-amount",
    "issued_at",
    "-issued_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class FactoryPoWhere(TypedDict, total=False):
    """Conditions on factory_pos."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    currency: str | Condition[str]
    po_number: str | Condition[str]
    version: int | Condition[int]
    supersedes_id: UUID | Condition[UUID] | None
    status: FactoryPoStatus | Condition[FactoryPoStatus]
    ex_factory_date: date | Condition[date] | None
    po_document_uri: str | Condition[str] | None
    total_qty: Decimal | int | Condition[Decimal | int]
    total_amount: Decimal | int | Condition[Decimal | int]
    terms_hash: str | Condition[str] | None
    issued_at: AwareDatetime | Condition[AwareDatetime] | None
    issued_by: UUID | Condition[UUID] | None
    issued_by_name: str | Condition[str] | None
    signed_at: AwareDatetime | Condition[AwareDatetime] | None
    signed_by: UUID | Condition[UUID] | None
    signed_by_name: str | Condition[str] | None
    signed_from: str | Condition[str] | None
    signed_terms_hash: str | Condition[str] | None
    is_signature_recorded_by_staff: bool | Condition[bool]
    cancelled_at: AwareDatetime | Condition[AwareDatetime] | None
    superseded_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


FactoryPoSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_id",
    "-allocation_id",
    "factory_id",
    "-factory_id",
    "currency",
    "-currency",
    "po_number",
    "-po_number",
    "version",
    "-version",
    "supersedes_id",
    "-supersedes_id",
    "status",
    "-status",
    "ex_factory_date",
    "-ex_factory_date",
    "po_document_uri",
    "-po_document_uri",
    "total_qty",
    "-total_qty",
    "total_amount",
    "-total_amount",
    "terms_hash",
    "-terms_hash",
    "issued_at",
    "-issued_at",
    "issued_by",
    "-issued_by",
    "issued_by_name",
    "-issued_by_name",
    "signed_at",
    "-signed_at",
    "signed_by",
    "-signed_by",
    "signed_by_name",
    "-signed_by_name",
    "signed_from",
    "-signed_from",
    "signed_terms_hash",
    "-signed_terms_hash",
    "is_signature_recorded_by_staff",
    "-is_signature_recorded_by_staff",
    "cancelled_at",
    "-cancelled_at",
    "superseded_at",
    "-superseded_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class FactoryReceiptWhere(TypedDict, total=False):
    """Conditions on factory_receipts."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    receipt_number: str | Condition[str]
    received_date: date | Condition[date]
    qty_received: Decimal | int | Condition[Decimal | int]
    qty_rejected: Decimal | int | Condition[Decimal | int]
    batch_id: str | Condition[str] | None
    location: str | Condition[str] | None
    document_uri: str | Condition[str] | None
    voided_at: AwareDatetime | Condition[AwareDatetime] | None
    voided_by: UUID | Condition[UUID] | None
    void_reason: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


FactoryReceiptSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "receipt_number",
    "-receipt_number",
    "received_date",
    "-received_date",
    "qty_received",
    "-qty_received",
    "qty_rejected",
    "-qty_rejected",
    "batch_id",
    "-batch_id",
    "location",
    "-location",
    "document_uri",
    "-document_uri",
    "voided_at",
    "-voided_at",
    "voided_by",
    "-voided_by",
    "void_reason",
    "-void_reason",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class FactoryScorecardWhere(TypedDict, total=False):
    """Conditions on factory_scorecard."""

    organization_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str]
    quotes_asked: int | Condition[int]
    quotes_answered: int | Condition[int]
    median_quote_hours: Decimal | int | Condition[Decimal | int] | None
    slices_completed: int | Condition[int]
    slices_on_time: int | Condition[int]
    on_time_pct: Decimal | int | Condition[Decimal | int] | None
    received_qty: Decimal | int | Condition[Decimal | int]
    rejected_qty: Decimal | int | Condition[Decimal | int]
    reject_pct: Decimal | int | Condition[Decimal | int] | None
    prices_compared: int | Condition[int]
    price_index: Decimal | int | Condition[Decimal | int] | None


FactoryScorecardSort = Literal[
    "organization_id",
    "-organization_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "quotes_asked",
    "-quotes_asked",
    "quotes_answered",
    "-quotes_answered",
    "median_quote_hours",
    "-median_quote_hours",
    "slices_completed",
    "-slices_completed",
    "slices_on_time",
    "-slices_on_time",
    "on_time_pct",
    "-on_time_pct",
    "received_qty",
    "-received_qty",
    "rejected_qty",
    "-rejected_qty",
    "reject_pct",
    "-reject_pct",
    "prices_compared",
    "-prices_compared",
    "price_index",
    "-price_index",
]


class FactoryWorkWhere(TypedDict, total=False):
    """Conditions on factory_work."""

    organization_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    style_number: str | Condition[str]
    style_name: str | Condition[str]
    marketing_name: str | Condition[str]
    color_reference: str | Condition[str] | None
    sizes: str | Condition[str] | None
    order_qty: Decimal | int | Condition[Decimal | int]
    quote_status: QuoteStatus | Condition[QuoteStatus]
    price: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str] | None
    is_awarded: bool | Condition[bool]
    awarded_qty: Decimal | int | Condition[Decimal | int] | None
    awarded_price: Decimal | int | Condition[Decimal | int] | None
    effective_qty: Decimal | int | Condition[Decimal | int]
    target_ex_factory_date: date | Condition[date] | None
    ex_factory_date: date | Condition[date] | None
    factory_po_id: UUID | Condition[UUID] | None
    po_number: str | Condition[str] | None
    factory_po_status: FactoryPoStatus | Condition[FactoryPoStatus] | None
    production_status: ProductionStatus | Condition[ProductionStatus]
    shipped_qty: Decimal | int | Condition[Decimal | int]
    received_qty: Decimal | int | Condition[Decimal | int]
    accepted_qty: Decimal | int | Condition[Decimal | int]
    payable_amount: Decimal | int | Condition[Decimal | int]
    paid_amount: Decimal | int | Condition[Decimal | int]
    balance: Decimal | int | Condition[Decimal | int]
    next_step: str | Condition[str]


FactoryWorkSort = Literal[
    "organization_id",
    "-organization_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "color_reference",
    "-color_reference",
    "sizes",
    "-sizes",
    "order_qty",
    "-order_qty",
    "quote_status",
    "-quote_status",
    "price",
    "-price",
    "currency",
    "-currency",
    "is_awarded",
    "-is_awarded",
    "awarded_qty",
    "-awarded_qty",
    "awarded_price",
    "-awarded_price",
    "effective_qty",
    "-effective_qty",
    "target_ex_factory_date",
    "-target_ex_factory_date",
    "ex_factory_date",
    "-ex_factory_date",
    "factory_po_id",
    "-factory_po_id",
    "po_number",
    "-po_number",
    "factory_po_status",
    "-factory_po_status",
    "production_status",
    "-production_status",
    "shipped_qty",
    "-shipped_qty",
    "received_qty",
    "-received_qty",
    "accepted_qty",
    "-accepted_qty",
    "payable_amount",
    "-payable_amount",
    "paid_amount",
    "-paid_amount",
    "balance",
    "-balance",
    "next_step",
    "-next_step",
]


class FactoryWorkloadWhere(TypedDict, total=False):
    """Conditions on factory_workload."""

    organization_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str]
    month: date | Condition[date] | None
    slices: int | Condition[int]
    load_qty: Decimal | int | Condition[Decimal | int]
    capacity_qty: Decimal | int | Condition[Decimal | int] | None
    free_qty: Decimal | int | Condition[Decimal | int] | None
    utilisation_pct: Decimal | int | Condition[Decimal | int] | None
    is_over: bool | Condition[bool]


FactoryWorkloadSort = Literal[
    "organization_id",
    "-organization_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "month",
    "-month",
    "slices",
    "-slices",
    "load_qty",
    "-load_qty",
    "capacity_qty",
    "-capacity_qty",
    "free_qty",
    "-free_qty",
    "utilisation_pct",
    "-utilisation_pct",
    "is_over",
    "-is_over",
]


class FactoryWorkloadSliceWhere(TypedDict, total=False):
    """Conditions on factory_workload_slices."""

    organization_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    style_number: str | Condition[str]
    marketing_name: str | Condition[str]
    ex_factory_date: date | Condition[date] | None
    month: date | Condition[date] | None
    load_qty: Decimal | int | Condition[Decimal | int]


FactoryWorkloadSliceSort = Literal[
    "organization_id",
    "-organization_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "allocation_id",
    "-allocation_id",
    "style_number",
    "-style_number",
    "marketing_name",
    "-marketing_name",
    "ex_factory_date",
    "-ex_factory_date",
    "month",
    "-month",
    "load_qty",
    "-load_qty",
]


class GoodsReceiptLineWhere(TypedDict, total=False):
    """Conditions on goods_receipt_lines."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    goods_receipt_id: UUID | Condition[UUID]
    purchase_order_id: UUID | Condition[UUID]
    purchase_order_line_id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    received_qty: Decimal | int | Condition[Decimal | int]
    rejected_qty: Decimal | int | Condition[Decimal | int]
    stocked_qty: Decimal | int | Condition[Decimal | int]
    reject_reason: str | Condition[str] | None
    stock_location_id: UUID | Condition[UUID] | None
    lot_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


GoodsReceiptLineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "goods_receipt_id",
    "-goods_receipt_id",
    "purchase_order_id",
    "-purchase_order_id",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "vendor_id",
    "-vendor_id",
    "received_qty",
    "-received_qty",
    "rejected_qty",
    "-rejected_qty",
    "stocked_qty",
    "-stocked_qty",
    "reject_reason",
    "-reject_reason",
    "stock_location_id",
    "-stock_location_id",
    "lot_id",
    "-lot_id",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class GoodsReceiptWhere(TypedDict, total=False):
    """Conditions on goods_receipts."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    receipt_number: str | Condition[str]
    purchase_order_id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    received_on: date | Condition[date]
    delivery_note: str | Condition[str] | None
    is_voided: bool | Condition[bool]
    voided_at: AwareDatetime | Condition[AwareDatetime] | None
    voided_by: UUID | Condition[UUID] | None
    void_reason: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


GoodsReceiptSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "receipt_number",
    "-receipt_number",
    "purchase_order_id",
    "-purchase_order_id",
    "vendor_id",
    "-vendor_id",
    "received_on",
    "-received_on",
    "delivery_note",
    "-delivery_note",
    "is_voided",
    "-is_voided",
    "voided_at",
    "-voided_at",
    "voided_by",
    "-voided_by",
    "void_reason",
    "-void_reason",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class HolidayWhere(TypedDict, total=False):
    """Conditions on holidays."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    holiday_date: date | Condition[date]
    name: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


HolidaySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "holiday_date",
    "-holiday_date",
    "name",
    "-name",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class InventoryReservationWhere(TypedDict, total=False):
    """Conditions on inventory_reservations."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    stock_location_id: UUID | Condition[UUID]
    lot_id: UUID | Condition[UUID] | None
    quantity: Decimal | int | Condition[Decimal | int]
    production_component_id: UUID | Condition[UUID] | None
    order_item_id: UUID | Condition[UUID] | None
    expires_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


InventoryReservationSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "stock_location_id",
    "-stock_location_id",
    "lot_id",
    "-lot_id",
    "quantity",
    "-quantity",
    "production_component_id",
    "-production_component_id",
    "order_item_id",
    "-order_item_id",
    "expires_at",
    "-expires_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class InventoryStatuWhere(TypedDict, total=False):
    """Conditions on inventory_status."""

    organization_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str]
    product_name: str | Condition[str] | None
    size_label: str | Condition[str] | None
    unit: str | Condition[str]
    supply_method: SupplyMethod | Condition[SupplyMethod]
    on_hand: Decimal | int | Condition[Decimal | int]
    reserved: Decimal | int | Condition[Decimal | int]
    available: Decimal | int | Condition[Decimal | int]
    quarantined: Decimal | int | Condition[Decimal | int]
    minimum_qty: Decimal | int | Condition[Decimal | int] | None
    safety_qty: Decimal | int | Condition[Decimal | int] | None
    is_below_minimum: bool | Condition[bool]
    stock_value: Decimal | int | Condition[Decimal | int] | None


InventoryStatuSort = Literal[
    "organization_id",
    "-organization_id",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "product_name",
    "-product_name",
    "size_label",
    "-size_label",
    "unit",
    "-unit",
    "supply_method",
    "-supply_method",
    "on_hand",
    "-on_hand",
    "reserved",
    "-reserved",
    "available",
    "-available",
    "quarantined",
    "-quarantined",
    "minimum_qty",
    "-minimum_qty",
    "safety_qty",
    "-safety_qty",
    "is_below_minimum",
    "-is_below_minimum",
    "stock_value",
    "-stock_value",
]


class JobHealthWhere(TypedDict, total=False):
    """Conditions on job_health."""

    organization_id: UUID | Condition[UUID] | None
    pending_events: int | Condition[int] | None
    oldest_pending_at: AwareDatetime | Condition[AwareDatetime] | None
    failing_events: int | Condition[int] | None
    dead_events: int | Condition[int] | None
    due_emails: int | Condition[int] | None
    oldest_due_email_at: AwareDatetime | Condition[AwareDatetime] | None
    failed_emails: int | Condition[int] | None
    due_webhooks: int | Condition[int] | None
    oldest_due_webhook_at: AwareDatetime | Condition[AwareDatetime] | None
    disabled_webhook_endpoints: int | Condition[int] | None
    due_slack_posts: int | Condition[int] | None
    oldest_due_slack_post_at: AwareDatetime | Condition[AwareDatetime] | None
    failed_slack_posts: int | Condition[int] | None


JobHealthSort = Literal[
    "organization_id",
    "-organization_id",
    "pending_events",
    "-pending_events",
    "oldest_pending_at",
    "-oldest_pending_at",
    "failing_events",
    "-failing_events",
    "dead_events",
    "-dead_events",
    "due_emails",
    "-due_emails",
    "oldest_due_email_at",
    "-oldest_due_email_at",
    "failed_emails",
    "-failed_emails",
    "due_webhooks",
    "-due_webhooks",
    "oldest_due_webhook_at",
    "-oldest_due_webhook_at",
    "disabled_webhook_endpoints",
    "-disabled_webhook_endpoints",
    "due_slack_posts",
    "-due_slack_posts",
    "oldest_due_slack_post_at",
    "-oldest_due_slack_post_at",
    "failed_slack_posts",
    "-failed_slack_posts",
]


class JobScheduleWhere(TypedDict, total=False):
    """Conditions on job_schedules."""

    organization_id: UUID | Condition[UUID]
    job: ScheduledJob | Condition[ScheduledJob]
    at_time: time | Condition[time] | None
    weekdays: list[int] | Condition[list[int]]
    every_minutes: int | Condition[int] | None
    is_enabled: bool | Condition[bool]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


JobScheduleSort = Literal[
    "organization_id",
    "-organization_id",
    "job",
    "-job",
    "at_time",
    "-at_time",
    "every_minutes",
    "-every_minutes",
    "is_enabled",
    "-is_enabled",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class LeadTimeWhere(TypedDict, total=False):
    """Conditions on lead_times."""

    organization_id: UUID | Condition[UUID]
    product_id: UUID | Condition[UUID]
    product_number: str | Condition[str] | None
    product_name: str | Condition[str] | None
    month: date | Condition[date] | None
    lines: int | Condition[int]
    p50_days: Decimal | int | Condition[Decimal | int] | None
    p90_days: Decimal | int | Condition[Decimal | int] | None
    p50_production_days: Decimal | int | Condition[Decimal | int] | None
    on_time_pct: Decimal | int | Condition[Decimal | int] | None


LeadTimeSort = Literal[
    "organization_id",
    "-organization_id",
    "product_id",
    "-product_id",
    "product_number",
    "-product_number",
    "product_name",
    "-product_name",
    "month",
    "-month",
    "lines",
    "-lines",
    "p50_days",
    "-p50_days",
    "p90_days",
    "-p90_days",
    "p50_production_days",
    "-p50_production_days",
    "on_time_pct",
    "-on_time_pct",
]


class LotWhere(TypedDict, total=False):
    """Conditions on lots."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    lot_number: str | Condition[str]
    expires_on: date | Condition[date] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


LotSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "lot_number",
    "-lot_number",
    "expires_on",
    "-expires_on",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class MailSettingWhere(TypedDict, total=False):
    """Conditions on mail_settings."""

    organization_id: UUID | Condition[UUID]
    sender_name: str | Condition[str] | None
    sender_address: str | Condition[str] | None
    reply_to: str | Condition[str] | None
    language: str | Condition[str]
    smtp_host: str | Condition[str] | None
    smtp_port: int | Condition[int] | None
    smtp_user: str | Condition[str] | None
    smtp_security: SmtpSecurity | Condition[SmtpSecurity]
    smtp_password_set_at: AwareDatetime | Condition[AwareDatetime] | None
    rate_per_minute: int | Condition[int] | None
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


MailSettingSort = Literal[
    "organization_id",
    "-organization_id",
    "sender_name",
    "-sender_name",
    "sender_address",
    "-sender_address",
    "reply_to",
    "-reply_to",
    "language",
    "-language",
    "smtp_host",
    "-smtp_host",
    "smtp_port",
    "-smtp_port",
    "smtp_user",
    "-smtp_user",
    "smtp_security",
    "-smtp_security",
    "smtp_password_set_at",
    "-smtp_password_set_at",
    "rate_per_minute",
    "-rate_per_minute",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class MailTemplateWhere(TypedDict, total=False):
    """Conditions on mail_templates."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    template: str | Condition[str]
    language: str | Condition[str]
    subject: str | Condition[str]
    html: str | Condition[str]
    text: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


MailTemplateSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "template",
    "-template",
    "language",
    "-language",
    "subject",
    "-subject",
    "html",
    "-html",
    "text",
    "-text",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class MemberWhere(TypedDict, total=False):
    """Conditions on members."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    user_id: UUID | Condition[UUID]
    role: MemberRole | Condition[MemberRole]
    party_id: UUID | Condition[UUID] | None
    full_name: str | Condition[str]
    email: str | Condition[str] | None
    status: MemberStatus | Condition[MemberStatus]
    is_current: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


MemberSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "user_id",
    "-user_id",
    "role",
    "-role",
    "party_id",
    "-party_id",
    "full_name",
    "-full_name",
    "email",
    "-email",
    "status",
    "-status",
    "is_current",
    "-is_current",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class NotificationMuteWhere(TypedDict, total=False):
    """Conditions on notification_mutes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    user_id: UUID | Condition[UUID]
    event_type: str | Condition[str]
    channel: NotificationChannel | Condition[NotificationChannel] | None
    created_at: AwareDatetime | Condition[AwareDatetime]


NotificationMuteSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "user_id",
    "-user_id",
    "event_type",
    "-event_type",
    "channel",
    "-channel",
    "created_at",
    "-created_at",
]


class NotificationRuleWhere(TypedDict, total=False):
    """Conditions on notification_rules."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    role: MemberRole | Condition[MemberRole] | None
    member_id: UUID | Condition[UUID] | None
    slack_channel_id: UUID | Condition[UUID] | None
    event_type: str | Condition[str]
    channel: NotificationChannel | Condition[NotificationChannel]
    digest: NotificationDigest | Condition[NotificationDigest]
    is_enabled: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


NotificationRuleSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "role",
    "-role",
    "member_id",
    "-member_id",
    "slack_channel_id",
    "-slack_channel_id",
    "event_type",
    "-event_type",
    "channel",
    "-channel",
    "digest",
    "-digest",
    "is_enabled",
    "-is_enabled",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class NotificationWhere(TypedDict, total=False):
    """Conditions on notifications."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    member_id: UUID | Condition[UUID]
    user_id: UUID | Condition[UUID]
    event_id: UUID | Condition[UUID]
    event_type: str | Condition[str]
    title: str | Condition[str]
    body: str | Condition[str] | None
    entity_type: str | Condition[str]
    entity_id: UUID | Condition[UUID]
    read_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]


NotificationSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "member_id",
    "-member_id",
    "user_id",
    "-user_id",
    "event_id",
    "-event_id",
    "event_type",
    "-event_type",
    "title",
    "-title",
    "body",
    "-body",
    "entity_type",
    "-entity_type",
    "entity_id",
    "-entity_id",
    "read_at",
    "-read_at",
    "created_at",
    "-created_at",
]


class OpenFactoryInvoiceWhere(TypedDict, total=False):
    """Conditions on open_factory_invoices."""

    organization_id: UUID | Condition[UUID]
    factory_invoice_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str] | None
    factory_po_id: UUID | Condition[UUID]
    po_number: str | Condition[str] | None
    invoice_number: str | Condition[str]
    invoice_date: date | Condition[date]
    due_date: date | Condition[date]
    days_past_due: int | Condition[int]
    approved_amount: Decimal | int | Condition[Decimal | int] | None
    open_amount: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str]


OpenFactoryInvoiceSort = Literal[
    "organization_id",
    "-organization_id",
    "factory_invoice_id",
    "-factory_invoice_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "factory_po_id",
    "-factory_po_id",
    "po_number",
    "-po_number",
    "invoice_number",
    "-invoice_number",
    "invoice_date",
    "-invoice_date",
    "due_date",
    "-due_date",
    "days_past_due",
    "-days_past_due",
    "approved_amount",
    "-approved_amount",
    "open_amount",
    "-open_amount",
    "currency",
    "-currency",
]


class OrderHistoryWhere(TypedDict, total=False):
    """Conditions on order_history."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    order_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID] | None
    client_id: UUID | Condition[UUID]
    action: HistoryAction | Condition[HistoryAction]
    old_status: str | Condition[str] | None
    new_status: str | Condition[str] | None
    message: str | Condition[str]
    data: Any
    is_visible_to_client: bool | Condition[bool]
    actor_id: UUID | Condition[UUID]
    actor_role: str | Condition[str]
    request_origin_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]


OrderHistorySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "order_id",
    "-order_id",
    "order_item_id",
    "-order_item_id",
    "client_id",
    "-client_id",
    "action",
    "-action",
    "old_status",
    "-old_status",
    "new_status",
    "-new_status",
    "message",
    "-message",
    "is_visible_to_client",
    "-is_visible_to_client",
    "actor_id",
    "-actor_id",
    "actor_role",
    "-actor_role",
    "request_origin_id",
    "-request_origin_id",
    "created_at",
    "-created_at",
]


class OrderItemCostWhere(TypedDict, total=False):
    """Conditions on order_item_costs."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    fob_target: Decimal | int | Condition[Decimal | int] | None
    other_cost: Decimal | int | Condition[Decimal | int]
    currency: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrderItemCostSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "order_item_id",
    "-order_item_id",
    "fob_target",
    "-fob_target",
    "other_cost",
    "-other_cost",
    "currency",
    "-currency",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrderItemPriceWhere(TypedDict, total=False):
    """Conditions on order_item_prices."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    client_id: UUID | Condition[UUID]
    size_label: str | Condition[str] | None
    unit_price: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrderItemPriceSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "order_item_id",
    "-order_item_id",
    "client_id",
    "-client_id",
    "size_label",
    "-size_label",
    "unit_price",
    "-unit_price",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrderItemSizeWhere(TypedDict, total=False):
    """Conditions on order_item_sizes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    client_id: UUID | Condition[UUID]
    size_label: str | Condition[str]
    position: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrderItemSizeSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "order_item_id",
    "-order_item_id",
    "client_id",
    "-client_id",
    "size_label",
    "-size_label",
    "position",
    "-position",
    "quantity",
    "-quantity",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrderItemSupplyWhere(TypedDict, total=False):
    """Conditions on order_item_supplies."""

    organization_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    bom_template_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrderItemSupplySort = Literal[
    "organization_id",
    "-organization_id",
    "order_item_id",
    "-order_item_id",
    "warehouse_id",
    "-warehouse_id",
    "bom_template_id",
    "-bom_template_id",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrderItemVariantWhere(TypedDict, total=False):
    """Conditions on order_item_variants."""

    organization_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    position: int | Condition[int]
    order_id: UUID | Condition[UUID]
    line_number: int | Condition[int]
    is_cancelled: bool | Condition[bool]
    colorway_id: UUID | Condition[UUID]
    size_label: str | Condition[str] | None
    product_variant_id: UUID | Condition[UUID] | None
    sku: str | Condition[str] | None
    quantity: Decimal | int | Condition[Decimal | int]


OrderItemVariantSort = Literal[
    "organization_id",
    "-organization_id",
    "order_item_id",
    "-order_item_id",
    "position",
    "-position",
    "order_id",
    "-order_id",
    "line_number",
    "-line_number",
    "is_cancelled",
    "-is_cancelled",
    "colorway_id",
    "-colorway_id",
    "size_label",
    "-size_label",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "quantity",
    "-quantity",
]


class OrderItemWhere(TypedDict, total=False):
    """Conditions on order_items."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    order_id: UUID | Condition[UUID]
    client_id: UUID | Condition[UUID]
    line_number: int | Condition[int]
    style_id: UUID | Condition[UUID]
    colorway_id: UUID | Condition[UUID]
    quantity: Decimal | int | Condition[Decimal | int]
    short_closed_qty: Decimal | int | Condition[Decimal | int]
    over_commit_tolerance_pct: Decimal | int | Condition[Decimal | int]
    under_award_tolerance_pct: Decimal | int | Condition[Decimal | int]
    committed_qty: Decimal | int | Condition[Decimal | int]
    effective_qty: Decimal | int | Condition[Decimal | int]
    allocation_status: AllocationStatus | Condition[AllocationStatus]
    is_open: bool | Condition[bool]
    allocation_item_id: UUID | Condition[UUID] | None
    is_cancelled: bool | Condition[bool]
    cancelled_at: AwareDatetime | Condition[AwareDatetime] | None
    cancelled_by: UUID | Condition[UUID] | None
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrderItemSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "order_id",
    "-order_id",
    "client_id",
    "-client_id",
    "line_number",
    "-line_number",
    "style_id",
    "-style_id",
    "colorway_id",
    "-colorway_id",
    "quantity",
    "-quantity",
    "short_closed_qty",
    "-short_closed_qty",
    "over_commit_tolerance_pct",
    "-over_commit_tolerance_pct",
    "under_award_tolerance_pct",
    "-under_award_tolerance_pct",
    "committed_qty",
    "-committed_qty",
    "effective_qty",
    "-effective_qty",
    "allocation_status",
    "-allocation_status",
    "is_open",
    "-is_open",
    "allocation_item_id",
    "-allocation_item_id",
    "is_cancelled",
    "-is_cancelled",
    "cancelled_at",
    "-cancelled_at",
    "cancelled_by",
    "-cancelled_by",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrderWhere(TypedDict, total=False):
    """Conditions on orders."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    order_number: str | Condition[str]
    client_id: UUID | Condition[UUID]
    client_po_number: str | Condition[str] | None
    type: OrderType | Condition[OrderType]
    status: OrderStatus | Condition[OrderStatus]
    order_date: date | Condition[date]
    ex_factory_date: date | Condition[date] | None
    in_hands_date: date | Condition[date] | None
    currency: str | Condition[str]
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrderSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "order_number",
    "-order_number",
    "client_id",
    "-client_id",
    "client_po_number",
    "-client_po_number",
    "type",
    "-type",
    "status",
    "-status",
    "order_date",
    "-order_date",
    "ex_factory_date",
    "-ex_factory_date",
    "in_hands_date",
    "-in_hands_date",
    "currency",
    "-currency",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrganizationSettingWhere(TypedDict, total=False):
    """Conditions on organization_settings."""

    organization_id: UUID | Condition[UUID]
    over_commit_tolerance_pct: Decimal | int | Condition[Decimal | int]
    under_award_tolerance_pct: Decimal | int | Condition[Decimal | int]
    over_receipt_tolerance_pct: Decimal | int | Condition[Decimal | int]
    receipts_require_signed_contract: bool | Condition[bool]
    factory_minimums: RuleEnforcement | Condition[RuleEnforcement]
    factory_capacity: RuleEnforcement | Condition[RuleEnforcement]
    invoice_price_tolerance_pct: Decimal | int | Condition[Decimal | int]
    invoice_quantity_tolerance_pct: Decimal | int | Condition[Decimal | int]
    payments_require_invoice: bool | Condition[bool]
    working_days: list[int] | Condition[list[int]]
    production_release: Automation | Condition[Automation]
    planned_production: Automation | Condition[Automation]
    vendor_choice: VendorChoice | Condition[VendorChoice]
    planning_period_days: int | Condition[int]
    forecast_horizon_days: int | Condition[int]
    acknowledgement_days: int | Condition[int]
    time_zone: str | Condition[str]
    quote_reminder_days: int | Condition[int] | None
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrganizationSettingSort = Literal[
    "organization_id",
    "-organization_id",
    "over_commit_tolerance_pct",
    "-over_commit_tolerance_pct",
    "under_award_tolerance_pct",
    "-under_award_tolerance_pct",
    "over_receipt_tolerance_pct",
    "-over_receipt_tolerance_pct",
    "receipts_require_signed_contract",
    "-receipts_require_signed_contract",
    "factory_minimums",
    "-factory_minimums",
    "factory_capacity",
    "-factory_capacity",
    "invoice_price_tolerance_pct",
    "-invoice_price_tolerance_pct",
    "invoice_quantity_tolerance_pct",
    "-invoice_quantity_tolerance_pct",
    "payments_require_invoice",
    "-payments_require_invoice",
    "production_release",
    "-production_release",
    "planned_production",
    "-planned_production",
    "vendor_choice",
    "-vendor_choice",
    "planning_period_days",
    "-planning_period_days",
    "forecast_horizon_days",
    "-forecast_horizon_days",
    "acknowledgement_days",
    "-acknowledgement_days",
    "time_zone",
    "-time_zone",
    "quote_reminder_days",
    "-quote_reminder_days",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class OrganizationWhere(TypedDict, total=False):
    """Conditions on organizations."""

    id: UUID | Condition[UUID]
    tenant_id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    currency: str | Condition[str]
    company_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


OrganizationSort = Literal[
    "id",
    "-id",
    "tenant_id",
    "-tenant_id",
    "code",
    "-code",
    "name",
    "-name",
    "currency",
    "-currency",
    "company_id",
    "-company_id",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class PayableWhere(TypedDict, total=False):
    """Conditions on payables."""

    organization_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str] | None
    factory_po_id: UUID | Condition[UUID] | None
    po_number: str | Condition[str] | None
    style_number: str | Condition[str]
    marketing_name: str | Condition[str]
    awarded_qty: Decimal | int | Condition[Decimal | int] | None
    effective_qty: Decimal | int | Condition[Decimal | int]
    received_qty: Decimal | int | Condition[Decimal | int]
    accepted_qty: Decimal | int | Condition[Decimal | int]
    payable_qty: Decimal | int | Condition[Decimal | int]
    excess_qty: Decimal | int | Condition[Decimal | int]
    accepted_excess_qty: Decimal | int | Condition[Decimal | int]
    unit_price: Decimal | int | Condition[Decimal | int] | None
    payable_amount: Decimal | int | Condition[Decimal | int]
    paid_amount: Decimal | int | Condition[Decimal | int]
    balance: Decimal | int | Condition[Decimal | int]
    currency: str | Condition[str] | None
    approved_qty: Decimal | int | Condition[Decimal | int]
    approved_amount: Decimal | int | Condition[Decimal | int]


PayableSort = Literal[
    "organization_id",
    "-organization_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "factory_po_id",
    "-factory_po_id",
    "po_number",
    "-po_number",
    "style_number",
    "-style_number",
    "marketing_name",
    "-marketing_name",
    "awarded_qty",
    "-awarded_qty",
    "effective_qty",
    "-effective_qty",
    "received_qty",
    "-received_qty",
    "accepted_qty",
    "-accepted_qty",
    "payable_qty",
    "-payable_qty",
    "excess_qty",
    "-excess_qty",
    "accepted_excess_qty",
    "-accepted_excess_qty",
    "unit_price",
    "-unit_price",
    "payable_amount",
    "-payable_amount",
    "paid_amount",
    "-paid_amount",
    "balance",
    "-balance",
    "currency",
    "-currency",
    "approved_qty",
    "-approved_qty",
    "approved_amount",
    "-approved_amount",
]


class PayablesAgeingWhere(TypedDict, total=False):
    """Conditions on payables_ageing."""

    organization_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str] | None
    currency: str | Condition[str]
    invoices: int | Condition[int]
    not_due_amount: Decimal | int | Condition[Decimal | int]
    past_due_1_30_amount: Decimal | int | Condition[Decimal | int]
    past_due_31_60_amount: Decimal | int | Condition[Decimal | int]
    past_due_61_90_amount: Decimal | int | Condition[Decimal | int]
    past_due_over_90_amount: Decimal | int | Condition[Decimal | int]
    total_amount: Decimal | int | Condition[Decimal | int] | None


PayablesAgeingSort = Literal[
    "organization_id",
    "-organization_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "currency",
    "-currency",
    "invoices",
    "-invoices",
    "not_due_amount",
    "-not_due_amount",
    "past_due_1_30_amount",
    "-past_due_1_30_amount",
    "past_due_31_60_amount",
    "-past_due_31_60_amount",
    "past_due_61_90_amount",
    "-past_due_61_90_amount",
    "past_due_over_90_amount",
    "-past_due_over_90_amount",
    "total_amount",
    "-total_amount",
]


class PayablesByContractWhere(TypedDict, total=False):
    """Conditions on payables_by_contract."""

    organization_id: UUID | Condition[UUID]
    factory_po_id: UUID | Condition[UUID]
    po_number: str | Condition[str]
    version: int | Condition[int]
    status: FactoryPoStatus | Condition[FactoryPoStatus]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str] | None
    slices: int | Condition[int]
    effective_qty: Decimal | int | Condition[Decimal | int] | None
    accepted_qty: Decimal | int | Condition[Decimal | int] | None
    payable_qty: Decimal | int | Condition[Decimal | int] | None
    payable_amount: Decimal | int | Condition[Decimal | int] | None
    paid_amount: Decimal | int | Condition[Decimal | int] | None
    balance: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str]
    approved_amount: Decimal | int | Condition[Decimal | int] | None


PayablesByContractSort = Literal[
    "organization_id",
    "-organization_id",
    "factory_po_id",
    "-factory_po_id",
    "po_number",
    "-po_number",
    "version",
    "-version",
    "status",
    "-status",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "slices",
    "-slices",
    "effective_qty",
    "-effective_qty",
    "accepted_qty",
    "-accepted_qty",
    "payable_qty",
    "-payable_qty",
    "payable_amount",
    "-payable_amount",
    "paid_amount",
    "-paid_amount",
    "balance",
    "-balance",
    "currency",
    "-currency",
    "approved_amount",
    "-approved_amount",
]


class PayablesByFactoryWhere(TypedDict, total=False):
    """Conditions on payables_by_factory."""

    organization_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str]
    currency: str | Condition[str] | None
    slices: int | Condition[int]
    payable_amount: Decimal | int | Condition[Decimal | int]
    paid_amount: Decimal | int | Condition[Decimal | int]
    balance: Decimal | int | Condition[Decimal | int]
    approved_amount: Decimal | int | Condition[Decimal | int]


PayablesByFactorySort = Literal[
    "organization_id",
    "-organization_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "currency",
    "-currency",
    "slices",
    "-slices",
    "payable_amount",
    "-payable_amount",
    "paid_amount",
    "-paid_amount",
    "balance",
    "-balance",
    "approved_amount",
    "-approved_amount",
]


class PlannedSupplyWhere(TypedDict, total=False):
    """Conditions on planned_supplies."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    supply_run_id: UUID | Condition[UUID]
    kind: SupplyMethod | Condition[SupplyMethod]
    product_variant_id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    low_level_code: int | Condition[int]
    net_qty: Decimal | int | Condition[Decimal | int]
    quantity: Decimal | int | Condition[Decimal | int]
    need_by: date | Condition[date]
    order_by: date | Condition[date]
    late_days: int | Condition[int]
    bom_version_id: UUID | Condition[UUID] | None
    order_item_id: UUID | Condition[UUID] | None
    supplier_product_id: UUID | Condition[UUID] | None
    vendor_id: UUID | Condition[UUID] | None
    purchase_qty: Decimal | int | Condition[Decimal | int] | None
    purchase_unit: str | Condition[str] | None
    stock_per_unit: Decimal | int | Condition[Decimal | int] | None
    unit_price: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str] | None
    why: Any
    purchase_order_line_id: UUID | Condition[UUID] | None
    production_order_id: UUID | Condition[UUID] | None
    is_firm: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


PlannedSupplySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "supply_run_id",
    "-supply_run_id",
    "kind",
    "-kind",
    "product_variant_id",
    "-product_variant_id",
    "warehouse_id",
    "-warehouse_id",
    "low_level_code",
    "-low_level_code",
    "net_qty",
    "-net_qty",
    "quantity",
    "-quantity",
    "need_by",
    "-need_by",
    "order_by",
    "-order_by",
    "late_days",
    "-late_days",
    "bom_version_id",
    "-bom_version_id",
    "order_item_id",
    "-order_item_id",
    "supplier_product_id",
    "-supplier_product_id",
    "vendor_id",
    "-vendor_id",
    "purchase_qty",
    "-purchase_qty",
    "purchase_unit",
    "-purchase_unit",
    "stock_per_unit",
    "-stock_per_unit",
    "unit_price",
    "-unit_price",
    "currency",
    "-currency",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "production_order_id",
    "-production_order_id",
    "is_firm",
    "-is_firm",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class PlanningAccuracyWhere(TypedDict, total=False):
    """Conditions on planning_accuracy."""

    organization_id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_number: str | Condition[str]
    product_variant_id: UUID | Condition[UUID]
    product_id: UUID | Condition[UUID] | None
    sku: str | Condition[str] | None
    planned_qty: Decimal | int | Condition[Decimal | int]
    completed_qty: Decimal | int | Condition[Decimal | int]
    scrapped_qty: Decimal | int | Condition[Decimal | int]
    qty_difference: Decimal | int | Condition[Decimal | int]
    qty_accuracy_pct: Decimal | int | Condition[Decimal | int]
    planned_start: date | Condition[date] | None
    actual_start: date | Condition[date] | None
    start_days_late: int | Condition[int] | None
    planned_end: date | Condition[date]
    actual_end: date | Condition[date] | None
    end_days_late: int | Condition[int] | None


PlanningAccuracySort = Literal[
    "organization_id",
    "-organization_id",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "product_variant_id",
    "-product_variant_id",
    "product_id",
    "-product_id",
    "sku",
    "-sku",
    "planned_qty",
    "-planned_qty",
    "completed_qty",
    "-completed_qty",
    "scrapped_qty",
    "-scrapped_qty",
    "qty_difference",
    "-qty_difference",
    "qty_accuracy_pct",
    "-qty_accuracy_pct",
    "planned_start",
    "-planned_start",
    "actual_start",
    "-actual_start",
    "start_days_late",
    "-start_days_late",
    "planned_end",
    "-planned_end",
    "actual_end",
    "-actual_end",
    "end_days_late",
    "-end_days_late",
]


class PlanningAccuracyByProductWhere(TypedDict, total=False):
    """Conditions on planning_accuracy_by_product."""

    organization_id: UUID | Condition[UUID]
    product_id: UUID | Condition[UUID] | None
    product_number: str | Condition[str] | None
    product_name: str | Condition[str] | None
    production_orders: int | Condition[int]
    qty_accuracy_pct: Decimal | int | Condition[Decimal | int]
    on_time_pct: Decimal | int | Condition[Decimal | int]
    p50_start_days_late: Decimal | int | Condition[Decimal | int] | None
    p50_end_days_late: Decimal | int | Condition[Decimal | int] | None
    p90_end_days_late: Decimal | int | Condition[Decimal | int] | None


PlanningAccuracyByProductSort = Literal[
    "organization_id",
    "-organization_id",
    "product_id",
    "-product_id",
    "product_number",
    "-product_number",
    "product_name",
    "-product_name",
    "production_orders",
    "-production_orders",
    "qty_accuracy_pct",
    "-qty_accuracy_pct",
    "on_time_pct",
    "-on_time_pct",
    "p50_start_days_late",
    "-p50_start_days_late",
    "p50_end_days_late",
    "-p50_end_days_late",
    "p90_end_days_late",
    "-p90_end_days_late",
]


class PlanningExceptionWhere(TypedDict, total=False):
    """Conditions on planning_exceptions."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    supply_run_id: UUID | Condition[UUID]
    kind: PlanningExceptionKind | Condition[PlanningExceptionKind]
    message: str | Condition[str]
    product_variant_id: UUID | Condition[UUID] | None
    warehouse_id: UUID | Condition[UUID] | None
    quantity: Decimal | int | Condition[Decimal | int] | None
    need_by: date | Condition[date] | None
    order_item_id: UUID | Condition[UUID] | None
    planned_supply_id: UUID | Condition[UUID] | None
    purchase_order_line_id: UUID | Condition[UUID] | None
    production_order_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]


PlanningExceptionSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "supply_run_id",
    "-supply_run_id",
    "kind",
    "-kind",
    "message",
    "-message",
    "product_variant_id",
    "-product_variant_id",
    "warehouse_id",
    "-warehouse_id",
    "quantity",
    "-quantity",
    "need_by",
    "-need_by",
    "order_item_id",
    "-order_item_id",
    "planned_supply_id",
    "-planned_supply_id",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "production_order_id",
    "-production_order_id",
    "created_at",
    "-created_at",
]


class ProductVariantWhere(TypedDict, total=False):
    """Conditions on product_variants."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    sku: str | Condition[str]
    product_id: UUID | Condition[UUID]
    style_id: UUID | Condition[UUID] | None
    colorway_id: UUID | Condition[UUID] | None
    size_label: str | Condition[str] | None
    unit: str | Condition[str]
    supply_method: SupplyMethod | Condition[SupplyMethod]
    tracking: Tracking | Condition[Tracking]
    standard_cost: Decimal | int | Condition[Decimal | int] | None
    is_active: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ProductVariantSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "sku",
    "-sku",
    "product_id",
    "-product_id",
    "style_id",
    "-style_id",
    "colorway_id",
    "-colorway_id",
    "size_label",
    "-size_label",
    "unit",
    "-unit",
    "supply_method",
    "-supply_method",
    "tracking",
    "-tracking",
    "standard_cost",
    "-standard_cost",
    "is_active",
    "-is_active",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class ProductionBlockerWhere(TypedDict, total=False):
    """Conditions on production_blockers."""

    organization_id: UUID | Condition[UUID]
    production_component_id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_number: str | Condition[str]
    status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    priority: int | Condition[int]
    need_by: date | Condition[date]
    order_item_id: UUID | Condition[UUID] | None
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    unit: str | Condition[str] | None
    short_qty: Decimal | int | Condition[Decimal | int]
    expected_on: date | Condition[date] | None
    days_late: int | Condition[int] | None
    purchase_order_line_id: UUID | Condition[UUID] | None
    purchase_order_id: UUID | Condition[UUID] | None
    po_number: str | Condition[str] | None
    vendor_id: UUID | Condition[UUID] | None
    vendor_name: str | Condition[str] | None
    supplying_order_id: UUID | Condition[UUID] | None
    planned_supply_id: UUID | Condition[UUID] | None
    explanation: str | Condition[str]


ProductionBlockerSort = Literal[
    "organization_id",
    "-organization_id",
    "production_component_id",
    "-production_component_id",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "status",
    "-status",
    "priority",
    "-priority",
    "need_by",
    "-need_by",
    "order_item_id",
    "-order_item_id",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "unit",
    "-unit",
    "short_qty",
    "-short_qty",
    "expected_on",
    "-expected_on",
    "days_late",
    "-days_late",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "purchase_order_id",
    "-purchase_order_id",
    "po_number",
    "-po_number",
    "vendor_id",
    "-vendor_id",
    "vendor_name",
    "-vendor_name",
    "supplying_order_id",
    "-supplying_order_id",
    "planned_supply_id",
    "-planned_supply_id",
    "explanation",
    "-explanation",
]


class ProductionComponentWhere(TypedDict, total=False):
    """Conditions on production_components."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    kind: BomLineKind | Condition[BomLineKind]
    warehouse_id: UUID | Condition[UUID]
    is_open: bool | Condition[bool]
    required_qty: Decimal | int | Condition[Decimal | int]
    reserved_qty: Decimal | int | Condition[Decimal | int]
    issued_qty: Decimal | int | Condition[Decimal | int]
    short_qty: Decimal | int | Condition[Decimal | int]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ProductionComponentSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "production_order_id",
    "-production_order_id",
    "product_variant_id",
    "-product_variant_id",
    "kind",
    "-kind",
    "warehouse_id",
    "-warehouse_id",
    "is_open",
    "-is_open",
    "required_qty",
    "-required_qty",
    "reserved_qty",
    "-reserved_qty",
    "issued_qty",
    "-issued_qty",
    "short_qty",
    "-short_qty",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class ProductionDashboardWhere(TypedDict, total=False):
    """Conditions on production_dashboard."""

    organization_id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    warehouse_code: str | Condition[str]
    queued_count: int | Condition[int]
    on_hold_count: int | Condition[int]
    ready_count: int | Condition[int]
    released_count: int | Condition[int]
    in_progress_count: int | Condition[int]
    late_count: int | Condition[int]
    due_this_week_count: int | Condition[int]


ProductionDashboardSort = Literal[
    "organization_id",
    "-organization_id",
    "warehouse_id",
    "-warehouse_id",
    "warehouse_code",
    "-warehouse_code",
    "queued_count",
    "-queued_count",
    "on_hold_count",
    "-on_hold_count",
    "ready_count",
    "-ready_count",
    "released_count",
    "-released_count",
    "in_progress_count",
    "-in_progress_count",
    "late_count",
    "-late_count",
    "due_this_week_count",
    "-due_this_week_count",
]


class ProductionOperationWhere(TypedDict, total=False):
    """Conditions on production_operations."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    position: int | Condition[int]
    name: str | Condition[str]
    work_center_id: UUID | Condition[UUID]
    planned_minutes: Decimal | int | Condition[Decimal | int]
    scheduled_start: date | Condition[date] | None
    scheduled_end: date | Condition[date] | None
    started_at: AwareDatetime | Condition[AwareDatetime] | None
    finished_at: AwareDatetime | Condition[AwareDatetime] | None
    actual_minutes: Decimal | int | Condition[Decimal | int] | None
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ProductionOperationSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "production_order_id",
    "-production_order_id",
    "position",
    "-position",
    "name",
    "-name",
    "work_center_id",
    "-work_center_id",
    "planned_minutes",
    "-planned_minutes",
    "scheduled_start",
    "-scheduled_start",
    "scheduled_end",
    "-scheduled_end",
    "started_at",
    "-started_at",
    "finished_at",
    "-finished_at",
    "actual_minutes",
    "-actual_minutes",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class ProductionOrderHistoryWhere(TypedDict, total=False):
    """Conditions on production_order_history."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    old_status: ProductionOrderStatus | Condition[ProductionOrderStatus] | None
    new_status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    actor_id: UUID | Condition[UUID]
    actor_role: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]


ProductionOrderHistorySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "production_order_id",
    "-production_order_id",
    "old_status",
    "-old_status",
    "new_status",
    "-new_status",
    "actor_id",
    "-actor_id",
    "actor_role",
    "-actor_role",
    "created_at",
    "-created_at",
]


class ProductionOrderWhere(TypedDict, total=False):
    """Conditions on production_orders."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    production_number: str | Condition[str]
    product_variant_id: UUID | Condition[UUID]
    bom_version_id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID] | None
    quantity: Decimal | int | Condition[Decimal | int]
    completed_qty: Decimal | int | Condition[Decimal | int]
    scrapped_qty: Decimal | int | Condition[Decimal | int]
    need_by: date | Condition[date]
    priority: int | Condition[int]
    status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    is_open: bool | Condition[bool]
    allow_partial_start: bool | Condition[bool]
    scheduled_start: date | Condition[date] | None
    scheduled_end: date | Condition[date] | None
    released_at: AwareDatetime | Condition[AwareDatetime] | None
    started_at: AwareDatetime | Condition[AwareDatetime] | None
    completed_at: AwareDatetime | Condition[AwareDatetime] | None
    cancelled_at: AwareDatetime | Condition[AwareDatetime] | None
    material_cost: Decimal | int | Condition[Decimal | int]
    absorbed_cost: Decimal | int | Condition[Decimal | int]
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ProductionOrderSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "production_number",
    "-production_number",
    "product_variant_id",
    "-product_variant_id",
    "bom_version_id",
    "-bom_version_id",
    "warehouse_id",
    "-warehouse_id",
    "order_item_id",
    "-order_item_id",
    "quantity",
    "-quantity",
    "completed_qty",
    "-completed_qty",
    "scrapped_qty",
    "-scrapped_qty",
    "need_by",
    "-need_by",
    "priority",
    "-priority",
    "status",
    "-status",
    "is_open",
    "-is_open",
    "allow_partial_start",
    "-allow_partial_start",
    "scheduled_start",
    "-scheduled_start",
    "scheduled_end",
    "-scheduled_end",
    "released_at",
    "-released_at",
    "started_at",
    "-started_at",
    "completed_at",
    "-completed_at",
    "cancelled_at",
    "-cancelled_at",
    "material_cost",
    "-material_cost",
    "absorbed_cost",
    "-absorbed_cost",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class ProductionOutlookWhere(TypedDict, total=False):
    """Conditions on production_outlook."""

    organization_id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_number: str | Condition[str]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    order_item_id: UUID | Condition[UUID] | None
    status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    status_since: AwareDatetime | Condition[AwareDatetime]
    released_at: AwareDatetime | Condition[AwareDatetime] | None
    priority: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]
    completed_qty: Decimal | int | Condition[Decimal | int]
    need_by: date | Condition[date]
    scheduled_start: date | Condition[date] | None
    scheduled_end: date | Condition[date] | None
    expected_start: date | Condition[date] | None
    expected_completion: date | Condition[date] | None
    days_late: int | Condition[int]
    blocked_by: str | Condition[str] | None
    blocking_variant_id: UUID | Condition[UUID] | None
    blocking_sku: str | Condition[str] | None
    blocking_purchase_order_id: UUID | Condition[UUID] | None
    blocking_vendor_id: UUID | Condition[UUID] | None
    blocking_production_order_id: UUID | Condition[UUID] | None


ProductionOutlookSort = Literal[
    "organization_id",
    "-organization_id",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "order_item_id",
    "-order_item_id",
    "status",
    "-status",
    "status_since",
    "-status_since",
    "released_at",
    "-released_at",
    "priority",
    "-priority",
    "quantity",
    "-quantity",
    "completed_qty",
    "-completed_qty",
    "need_by",
    "-need_by",
    "scheduled_start",
    "-scheduled_start",
    "scheduled_end",
    "-scheduled_end",
    "expected_start",
    "-expected_start",
    "expected_completion",
    "-expected_completion",
    "days_late",
    "-days_late",
    "blocked_by",
    "-blocked_by",
    "blocking_variant_id",
    "-blocking_variant_id",
    "blocking_sku",
    "-blocking_sku",
    "blocking_purchase_order_id",
    "-blocking_purchase_order_id",
    "blocking_vendor_id",
    "-blocking_vendor_id",
    "blocking_production_order_id",
    "-blocking_production_order_id",
]


class ProductionOutputWhere(TypedDict, total=False):
    """Conditions on production_outputs."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    quantity: Decimal | int | Condition[Decimal | int]
    scrapped_qty: Decimal | int | Condition[Decimal | int]
    scrap_reason: str | Condition[str] | None
    stock_location_id: UUID | Condition[UUID] | None
    lot_id: UUID | Condition[UUID] | None
    unit_cost: Decimal | int | Condition[Decimal | int] | None
    produced_on: date | Condition[date]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


ProductionOutputSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "production_order_id",
    "-production_order_id",
    "quantity",
    "-quantity",
    "scrapped_qty",
    "-scrapped_qty",
    "scrap_reason",
    "-scrap_reason",
    "stock_location_id",
    "-stock_location_id",
    "lot_id",
    "-lot_id",
    "unit_cost",
    "-unit_cost",
    "produced_on",
    "-produced_on",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class ProductionQueueWhere(TypedDict, total=False):
    """Conditions on production_queue."""

    organization_id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_number: str | Condition[str]
    status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    priority: int | Condition[int]
    need_by: date | Condition[date]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    product_name: str | Condition[str] | None
    warehouse_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID] | None
    quantity: Decimal | int | Condition[Decimal | int]
    completed_qty: Decimal | int | Condition[Decimal | int]
    scheduled_start: date | Condition[date] | None
    scheduled_end: date | Condition[date] | None
    waits_for: list[str] | Condition[list[str]] | None
    expected_on: date | Condition[date] | None
    days_late: int | Condition[int]


ProductionQueueSort = Literal[
    "organization_id",
    "-organization_id",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "status",
    "-status",
    "priority",
    "-priority",
    "need_by",
    "-need_by",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "product_name",
    "-product_name",
    "warehouse_id",
    "-warehouse_id",
    "order_item_id",
    "-order_item_id",
    "quantity",
    "-quantity",
    "completed_qty",
    "-completed_qty",
    "scheduled_start",
    "-scheduled_start",
    "scheduled_end",
    "-scheduled_end",
    "expected_on",
    "-expected_on",
    "days_late",
    "-days_late",
]


class ProductionScheduleWhere(TypedDict, total=False):
    """Conditions on production_schedule."""

    organization_id: UUID | Condition[UUID]
    production_order_id: UUID | Condition[UUID]
    production_number: str | Condition[str]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    quantity: Decimal | int | Condition[Decimal | int]
    status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    priority: int | Condition[int]
    need_by: date | Condition[date]
    scheduled_start: date | Condition[date] | None
    expected_completion: date | Condition[date] | None
    days_late: int | Condition[int]
    operations: Any
    bottleneck_operation_id: UUID | Condition[UUID] | None
    bottleneck_operation: str | Condition[str] | None
    bottleneck_work_center_id: UUID | Condition[UUID] | None
    bottleneck_work_center: str | Condition[str] | None


ProductionScheduleSort = Literal[
    "organization_id",
    "-organization_id",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "quantity",
    "-quantity",
    "status",
    "-status",
    "priority",
    "-priority",
    "need_by",
    "-need_by",
    "scheduled_start",
    "-scheduled_start",
    "expected_completion",
    "-expected_completion",
    "days_late",
    "-days_late",
    "bottleneck_operation_id",
    "-bottleneck_operation_id",
    "bottleneck_operation",
    "-bottleneck_operation",
    "bottleneck_work_center_id",
    "-bottleneck_work_center_id",
    "bottleneck_work_center",
    "-bottleneck_work_center",
]


class ProductWhere(TypedDict, total=False):
    """Conditions on products."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_number: str | Condition[str]
    name: str | Condition[str]
    category: str | Condition[str] | None
    style_id: UUID | Condition[UUID] | None
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ProductSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_number",
    "-product_number",
    "name",
    "-name",
    "category",
    "-category",
    "style_id",
    "-style_id",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class PurchaseAccuracyWhere(TypedDict, total=False):
    """Conditions on purchase_accuracy."""

    organization_id: UUID | Condition[UUID]
    planned_supply_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    vendor_id: UUID | Condition[UUID]
    vendor_name: str | Condition[str] | None
    purchase_order_id: UUID | Condition[UUID]
    purchase_order_line_id: UUID | Condition[UUID] | None
    po_number: str | Condition[str] | None
    status: PurchaseOrderStatus | Condition[PurchaseOrderStatus] | None
    unit: str | Condition[str]
    planned_qty: Decimal | int | Condition[Decimal | int] | None
    ordered_qty: Decimal | int | Condition[Decimal | int]
    received_qty: Decimal | int | Condition[Decimal | int]
    currency: str | Condition[str] | None
    planned_price: Decimal | int | Condition[Decimal | int] | None
    ordered_price: Decimal | int | Condition[Decimal | int]
    price_difference: Decimal | int | Condition[Decimal | int] | None
    planned_date: date | Condition[date]
    promised_date: date | Condition[date] | None
    received_on: date | Condition[date] | None
    days_late: int | Condition[int] | None


PurchaseAccuracySort = Literal[
    "organization_id",
    "-organization_id",
    "planned_supply_id",
    "-planned_supply_id",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "vendor_id",
    "-vendor_id",
    "vendor_name",
    "-vendor_name",
    "purchase_order_id",
    "-purchase_order_id",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "po_number",
    "-po_number",
    "status",
    "-status",
    "unit",
    "-unit",
    "planned_qty",
    "-planned_qty",
    "ordered_qty",
    "-ordered_qty",
    "received_qty",
    "-received_qty",
    "currency",
    "-currency",
    "planned_price",
    "-planned_price",
    "ordered_price",
    "-ordered_price",
    "price_difference",
    "-price_difference",
    "planned_date",
    "-planned_date",
    "promised_date",
    "-promised_date",
    "received_on",
    "-received_on",
    "days_late",
    "-days_late",
]


class PurchaseAccuracyByVendorWhere(TypedDict, total=False):
    """Conditions on purchase_accuracy_by_vendor."""

    organization_id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    vendor_name: str | Condition[str] | None
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    currency: str | Condition[str] | None
    lines: int | Condition[int]
    qty_accuracy_pct: Decimal | int | Condition[Decimal | int]
    ordered_amount: Decimal | int | Condition[Decimal | int]
    price_difference: Decimal | int | Condition[Decimal | int] | None
    lines_received: int | Condition[int]
    on_time_pct: Decimal | int | Condition[Decimal | int] | None
    p50_days_late: Decimal | int | Condition[Decimal | int] | None
    p90_days_late: Decimal | int | Condition[Decimal | int] | None


PurchaseAccuracyByVendorSort = Literal[
    "organization_id",
    "-organization_id",
    "vendor_id",
    "-vendor_id",
    "vendor_name",
    "-vendor_name",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "currency",
    "-currency",
    "lines",
    "-lines",
    "qty_accuracy_pct",
    "-qty_accuracy_pct",
    "ordered_amount",
    "-ordered_amount",
    "price_difference",
    "-price_difference",
    "lines_received",
    "-lines_received",
    "on_time_pct",
    "-on_time_pct",
    "p50_days_late",
    "-p50_days_late",
    "p90_days_late",
    "-p90_days_late",
]


class PurchaseApprovalTierWhere(TypedDict, total=False):
    """Conditions on purchase_approval_tiers."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    from_amount: Decimal | int | Condition[Decimal | int]
    approver_role: MemberRole | Condition[MemberRole]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


PurchaseApprovalTierSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "from_amount",
    "-from_amount",
    "approver_role",
    "-approver_role",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class PurchaseOrderApprovalWhere(TypedDict, total=False):
    """Conditions on purchase_order_approvals."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    purchase_order_id: UUID | Condition[UUID]
    amount: Decimal | int | Condition[Decimal | int]
    approver_role: MemberRole | Condition[MemberRole] | None
    submitted_at: AwareDatetime | Condition[AwareDatetime]
    submitted_by: UUID | Condition[UUID]
    decided_at: AwareDatetime | Condition[AwareDatetime] | None
    decided_by: UUID | Condition[UUID] | None
    is_approved: bool | Condition[bool] | None
    reason: str | Condition[str] | None


PurchaseOrderApprovalSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "purchase_order_id",
    "-purchase_order_id",
    "amount",
    "-amount",
    "approver_role",
    "-approver_role",
    "submitted_at",
    "-submitted_at",
    "submitted_by",
    "-submitted_by",
    "decided_at",
    "-decided_at",
    "decided_by",
    "-decided_by",
    "is_approved",
    "-is_approved",
    "reason",
    "-reason",
]


class PurchaseOrderLineWhere(TypedDict, total=False):
    """Conditions on purchase_order_lines."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    purchase_order_id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    line_number: int | Condition[int]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str]
    vendor_sku: str | Condition[str] | None
    description: str | Condition[str]
    quantity: Decimal | int | Condition[Decimal | int]
    unit: str | Condition[str]
    stock_per_unit: Decimal | int | Condition[Decimal | int]
    unit_price: Decimal | int | Condition[Decimal | int]
    line_total: Decimal | int | Condition[Decimal | int]
    need_by: date | Condition[date]
    original_promised_date: date | Condition[date] | None
    promised_date: date | Condition[date] | None
    confirmed_qty: Decimal | int | Condition[Decimal | int] | None
    cancelled_qty: Decimal | int | Condition[Decimal | int]
    over_receipt_tolerance_pct: Decimal | int | Condition[Decimal | int]
    received_qty: Decimal | int | Condition[Decimal | int]
    rejected_qty: Decimal | int | Condition[Decimal | int]
    stocked_qty: Decimal | int | Condition[Decimal | int]
    open_qty: Decimal | int | Condition[Decimal | int]
    due_on: date | Condition[date]
    last_received_on: date | Condition[date] | None
    received_on: date | Condition[date] | None
    sent_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


PurchaseOrderLineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "purchase_order_id",
    "-purchase_order_id",
    "vendor_id",
    "-vendor_id",
    "line_number",
    "-line_number",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "vendor_sku",
    "-vendor_sku",
    "description",
    "-description",
    "quantity",
    "-quantity",
    "unit",
    "-unit",
    "stock_per_unit",
    "-stock_per_unit",
    "unit_price",
    "-unit_price",
    "line_total",
    "-line_total",
    "need_by",
    "-need_by",
    "original_promised_date",
    "-original_promised_date",
    "promised_date",
    "-promised_date",
    "confirmed_qty",
    "-confirmed_qty",
    "cancelled_qty",
    "-cancelled_qty",
    "over_receipt_tolerance_pct",
    "-over_receipt_tolerance_pct",
    "received_qty",
    "-received_qty",
    "rejected_qty",
    "-rejected_qty",
    "stocked_qty",
    "-stocked_qty",
    "open_qty",
    "-open_qty",
    "due_on",
    "-due_on",
    "last_received_on",
    "-last_received_on",
    "received_on",
    "-received_on",
    "sent_at",
    "-sent_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class PurchaseOrderTrackingWhere(TypedDict, total=False):
    """Conditions on purchase_order_tracking."""

    organization_id: UUID | Condition[UUID]
    purchase_order_line_id: UUID | Condition[UUID]
    purchase_order_id: UUID | Condition[UUID]
    po_number: str | Condition[str] | None
    status: PurchaseOrderStatus | Condition[PurchaseOrderStatus] | None
    vendor_id: UUID | Condition[UUID]
    vendor_name: str | Condition[str] | None
    warehouse_id: UUID | Condition[UUID] | None
    line_number: int | Condition[int]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str]
    description: str | Condition[str]
    unit: str | Condition[str]
    quantity: Decimal | int | Condition[Decimal | int]
    received_qty: Decimal | int | Condition[Decimal | int]
    rejected_qty: Decimal | int | Condition[Decimal | int]
    cancelled_qty: Decimal | int | Condition[Decimal | int]
    open_qty: Decimal | int | Condition[Decimal | int]
    need_by: date | Condition[date]
    original_promised_date: date | Condition[date] | None
    promised_date: date | Condition[date] | None
    due_on: date | Condition[date]
    received_on: date | Condition[date] | None
    is_open: bool | Condition[bool]
    is_partially_received: bool | Condition[bool]
    is_late: bool | Condition[bool]
    days_late: int | Condition[int] | None
    vendor_received_lines: int | Condition[int] | None
    vendor_on_time_pct: Decimal | int | Condition[Decimal | int] | None


PurchaseOrderTrackingSort = Literal[
    "organization_id",
    "-organization_id",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "purchase_order_id",
    "-purchase_order_id",
    "po_number",
    "-po_number",
    "status",
    "-status",
    "vendor_id",
    "-vendor_id",
    "vendor_name",
    "-vendor_name",
    "warehouse_id",
    "-warehouse_id",
    "line_number",
    "-line_number",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "description",
    "-description",
    "unit",
    "-unit",
    "quantity",
    "-quantity",
    "received_qty",
    "-received_qty",
    "rejected_qty",
    "-rejected_qty",
    "cancelled_qty",
    "-cancelled_qty",
    "open_qty",
    "-open_qty",
    "need_by",
    "-need_by",
    "original_promised_date",
    "-original_promised_date",
    "promised_date",
    "-promised_date",
    "due_on",
    "-due_on",
    "received_on",
    "-received_on",
    "is_open",
    "-is_open",
    "is_partially_received",
    "-is_partially_received",
    "is_late",
    "-is_late",
    "days_late",
    "-days_late",
    "vendor_received_lines",
    "-vendor_received_lines",
    "vendor_on_time_pct",
    "-vendor_on_time_pct",
]


class PurchaseOrderWhere(TypedDict, total=False):
    """Conditions on purchase_orders."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    po_number: str | Condition[str]
    warehouse_id: UUID | Condition[UUID]
    currency: str | Condition[str]
    status: PurchaseOrderStatus | Condition[PurchaseOrderStatus]
    is_open: bool | Condition[bool]
    receipt_status: ReceiptStatus | Condition[ReceiptStatus]
    order_date: date | Condition[date] | None
    subtotal: Decimal | int | Condition[Decimal | int]
    tax_amount: Decimal | int | Condition[Decimal | int]
    freight_amount: Decimal | int | Condition[Decimal | int]
    total: Decimal | int | Condition[Decimal | int]
    sent_at: AwareDatetime | Condition[AwareDatetime] | None
    acknowledged_at: AwareDatetime | Condition[AwareDatetime] | None
    vendor_reference: str | Condition[str] | None
    note: str | Condition[str] | None
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


PurchaseOrderSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "vendor_id",
    "-vendor_id",
    "po_number",
    "-po_number",
    "warehouse_id",
    "-warehouse_id",
    "currency",
    "-currency",
    "status",
    "-status",
    "is_open",
    "-is_open",
    "receipt_status",
    "-receipt_status",
    "order_date",
    "-order_date",
    "subtotal",
    "-subtotal",
    "tax_amount",
    "-tax_amount",
    "freight_amount",
    "-freight_amount",
    "total",
    "-total",
    "sent_at",
    "-sent_at",
    "acknowledged_at",
    "-acknowledged_at",
    "vendor_reference",
    "-vendor_reference",
    "note",
    "-note",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class QuoteComparisonWhere(TypedDict, total=False):
    """Conditions on quote_comparison."""

    organization_id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    allocation_number: str | Condition[str]
    allocation_item_id: UUID | Condition[UUID]
    allocation_item_supplier_id: UUID | Condition[UUID]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str]
    style_number: str | Condition[str]
    marketing_name: str | Condition[str]
    quote_status: QuoteStatus | Condition[QuoteStatus]
    is_awarded: bool | Condition[bool]
    is_missing: bool | Condition[bool]
    order_qty: Decimal | int | Condition[Decimal | int]
    capacity_qty: Decimal | int | Condition[Decimal | int] | None
    is_within_capacity: bool | Condition[bool]
    price: Decimal | int | Condition[Decimal | int] | None
    currency: str | Condition[str] | None
    amount: Decimal | int | Condition[Decimal | int] | None
    surcharge: Decimal | int | Condition[Decimal | int] | None
    rate: Decimal | int | Condition[Decimal | int] | None
    rate_date: date | Condition[date] | None
    landed_amount: Decimal | int | Condition[Decimal | int] | None
    landed_price: Decimal | int | Condition[Decimal | int] | None
    landed_currency: str | Condition[str] | None
    target_ex_factory_date: date | Condition[date] | None
    ex_factory_date: date | Condition[date] | None
    days_late: int | Condition[int] | None
    moq_shortfall_qty: Decimal | int | Condition[Decimal | int] | None
    colour_moq_shortfall_qty: Decimal | int | Condition[Decimal | int] | None
    minimum_amount_shortfall: Decimal | int | Condition[Decimal | int] | None
    rank: int | Condition[int] | None
    problems: list[str] | Condition[list[str]]


QuoteComparisonSort = Literal[
    "organization_id",
    "-organization_id",
    "allocation_id",
    "-allocation_id",
    "allocation_number",
    "-allocation_number",
    "allocation_item_id",
    "-allocation_item_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "style_number",
    "-style_number",
    "marketing_name",
    "-marketing_name",
    "quote_status",
    "-quote_status",
    "is_awarded",
    "-is_awarded",
    "is_missing",
    "-is_missing",
    "order_qty",
    "-order_qty",
    "capacity_qty",
    "-capacity_qty",
    "is_within_capacity",
    "-is_within_capacity",
    "price",
    "-price",
    "currency",
    "-currency",
    "amount",
    "-amount",
    "surcharge",
    "-surcharge",
    "rate",
    "-rate",
    "rate_date",
    "-rate_date",
    "landed_amount",
    "-landed_amount",
    "landed_price",
    "-landed_price",
    "landed_currency",
    "-landed_currency",
    "target_ex_factory_date",
    "-target_ex_factory_date",
    "ex_factory_date",
    "-ex_factory_date",
    "days_late",
    "-days_late",
    "moq_shortfall_qty",
    "-moq_shortfall_qty",
    "colour_moq_shortfall_qty",
    "-colour_moq_shortfall_qty",
    "minimum_amount_shortfall",
    "-minimum_amount_shortfall",
    "rank",
    "-rank",
]


class QuoteComparisonByFactoryWhere(TypedDict, total=False):
    """Conditions on quote_comparison_by_factory."""

    organization_id: UUID | Condition[UUID]
    allocation_id: UUID | Condition[UUID]
    allocation_number: str | Condition[str]
    factory_id: UUID | Condition[UUID]
    factory_name: str | Condition[str]
    lines: int | Condition[int]
    quoted_lines: int | Condition[int]
    missing_lines: int | Condition[int]
    first_lines: int | Condition[int]
    quoted_qty: Decimal | int | Condition[Decimal | int] | None
    landed_amount: Decimal | int | Condition[Decimal | int] | None
    landed_currency: str | Condition[str] | None
    days_late: int | Condition[int] | None
    minimum_amount_shortfall: Decimal | int | Condition[Decimal | int] | None
    rank: int | Condition[int] | None
    problems: list[str] | Condition[list[str]]


QuoteComparisonByFactorySort = Literal[
    "organization_id",
    "-organization_id",
    "allocation_id",
    "-allocation_id",
    "allocation_number",
    "-allocation_number",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "lines",
    "-lines",
    "quoted_lines",
    "-quoted_lines",
    "missing_lines",
    "-missing_lines",
    "first_lines",
    "-first_lines",
    "quoted_qty",
    "-quoted_qty",
    "landed_amount",
    "-landed_amount",
    "landed_currency",
    "-landed_currency",
    "days_late",
    "-days_late",
    "minimum_amount_shortfall",
    "-minimum_amount_shortfall",
    "rank",
    "-rank",
]


class ReorderRuleWhere(TypedDict, total=False):
    """Conditions on reorder_rules."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    minimum_qty: Decimal | int | Condition[Decimal | int]
    target_qty: Decimal | int | Condition[Decimal | int]
    safety_qty: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


ReorderRuleSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "warehouse_id",
    "-warehouse_id",
    "minimum_qty",
    "-minimum_qty",
    "target_qty",
    "-target_qty",
    "safety_qty",
    "-safety_qty",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class RequestOriginWhere(TypedDict, total=False):
    """Conditions on request_origins."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    address: str | Condition[str] | None
    user_agent: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]


RequestOriginSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "address",
    "-address",
    "user_agent",
    "-user_agent",
    "created_at",
    "-created_at",
]


class SlackChannelWhere(TypedDict, total=False):
    """Conditions on slack_channels."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    name: str | Condition[str]
    url_hint: str | Condition[str]
    last_posted_at: AwareDatetime | Condition[AwareDatetime] | None
    last_error: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


SlackChannelSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "name",
    "-name",
    "url_hint",
    "-url_hint",
    "last_posted_at",
    "-last_posted_at",
    "last_error",
    "-last_error",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class StageDwellTimeWhere(TypedDict, total=False):
    """Conditions on stage_dwell_times."""

    organization_id: UUID | Condition[UUID]
    month: date | Condition[date] | None
    status: ProductionOrderStatus | Condition[ProductionOrderStatus]
    stays: int | Condition[int]
    p50_hours: Decimal | int | Condition[Decimal | int] | None
    p90_hours: Decimal | int | Condition[Decimal | int] | None
    max_hours: Decimal | int | Condition[Decimal | int] | None


StageDwellTimeSort = Literal[
    "organization_id",
    "-organization_id",
    "month",
    "-month",
    "status",
    "-status",
    "stays",
    "-stays",
    "p50_hours",
    "-p50_hours",
    "p90_hours",
    "-p90_hours",
    "max_hours",
    "-max_hours",
]


class StatusTransitionWhere(TypedDict, total=False):
    """Conditions on status_transitions."""

    machine: str | Condition[str]
    from_status: str | Condition[str] | None
    to_status: str | Condition[str]
    roles: list[str] | Condition[list[str]]
    note: str | Condition[str] | None


StatusTransitionSort = Literal[
    "machine", "-machine", "from_status", "-from_status", "to_status", "-to_status", "note", "-note"
]


class StockLevelWhere(TypedDict, total=False):
    """Conditions on stock_levels."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    stock_location_id: UUID | Condition[UUID]
    location_kind: StockLocationKind | Condition[StockLocationKind]
    lot_id: UUID | Condition[UUID] | None
    on_hand: Decimal | int | Condition[Decimal | int]
    reserved: Decimal | int | Condition[Decimal | int]
    available: Decimal | int | Condition[Decimal | int]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


StockLevelSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "warehouse_id",
    "-warehouse_id",
    "stock_location_id",
    "-stock_location_id",
    "location_kind",
    "-location_kind",
    "lot_id",
    "-lot_id",
    "on_hand",
    "-on_hand",
    "reserved",
    "-reserved",
    "available",
    "-available",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class StockLocationWhere(TypedDict, total=False):
    """Conditions on stock_locations."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    warehouse_id: UUID | Condition[UUID]
    code: str | Condition[str]
    kind: StockLocationKind | Condition[StockLocationKind]
    is_active: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


StockLocationSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "warehouse_id",
    "-warehouse_id",
    "code",
    "-code",
    "kind",
    "-kind",
    "is_active",
    "-is_active",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class StockMoveWhere(TypedDict, total=False):
    """Conditions on stock_moves."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    from_location_id: UUID | Condition[UUID] | None
    to_location_id: UUID | Condition[UUID] | None
    lot_id: UUID | Condition[UUID] | None
    quantity: Decimal | int | Condition[Decimal | int]
    reason: StockMoveReason | Condition[StockMoveReason]
    unit_cost: Decimal | int | Condition[Decimal | int] | None
    reference: str | Condition[str] | None
    goods_receipt_line_id: UUID | Condition[UUID] | None
    production_component_id: UUID | Condition[UUID] | None
    production_output_id: UUID | Condition[UUID] | None
    moved_at: AwareDatetime | Condition[AwareDatetime]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


StockMoveSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "from_location_id",
    "-from_location_id",
    "to_location_id",
    "-to_location_id",
    "lot_id",
    "-lot_id",
    "quantity",
    "-quantity",
    "reason",
    "-reason",
    "unit_cost",
    "-unit_cost",
    "reference",
    "-reference",
    "goods_receipt_line_id",
    "-goods_receipt_line_id",
    "production_component_id",
    "-production_component_id",
    "production_output_id",
    "-production_output_id",
    "moved_at",
    "-moved_at",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class StockOutWhere(TypedDict, total=False):
    """Conditions on stock_outs."""

    organization_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    sku: str | Condition[str] | None
    month: date | Condition[date]
    times: int | Condition[int]
    production_orders: int | Condition[int]
    short_qty: Decimal | int | Condition[Decimal | int]
    waited_days: Decimal | int | Condition[Decimal | int] | None
    p50_days: Decimal | int | Condition[Decimal | int] | None
    max_days: Decimal | int | Condition[Decimal | int] | None
    still_open: int | Condition[int]


StockOutSort = Literal[
    "organization_id",
    "-organization_id",
    "product_variant_id",
    "-product_variant_id",
    "sku",
    "-sku",
    "month",
    "-month",
    "times",
    "-times",
    "production_orders",
    "-production_orders",
    "short_qty",
    "-short_qty",
    "waited_days",
    "-waited_days",
    "p50_days",
    "-p50_days",
    "max_days",
    "-max_days",
    "still_open",
    "-still_open",
]


class StyleWhere(TypedDict, total=False):
    """Conditions on styles."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    style_number: str | Condition[str]
    name: str | Condition[str]
    category: str | Condition[str] | None
    metadata: Any
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


StyleSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "style_number",
    "-style_number",
    "name",
    "-name",
    "category",
    "-category",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class SupplierPriceBreakWhere(TypedDict, total=False):
    """Conditions on supplier_price_breaks."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    supplier_product_id: UUID | Condition[UUID]
    from_qty: Decimal | int | Condition[Decimal | int]
    unit_price: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


SupplierPriceBreakSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "supplier_product_id",
    "-supplier_product_id",
    "from_qty",
    "-from_qty",
    "unit_price",
    "-unit_price",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class SupplierProductWhere(TypedDict, total=False):
    """Conditions on supplier_products."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    vendor_sku: str | Condition[str] | None
    purchase_unit: str | Condition[str]
    currency: str | Condition[str]
    lead_time_days: int | Condition[int]
    minimum_qty: Decimal | int | Condition[Decimal | int]
    multiple_qty: Decimal | int | Condition[Decimal | int] | None
    preference: int | Condition[int]
    valid_from: date | Condition[date] | None
    valid_to: date | Condition[date] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


SupplierProductSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "vendor_id",
    "-vendor_id",
    "product_variant_id",
    "-product_variant_id",
    "vendor_sku",
    "-vendor_sku",
    "purchase_unit",
    "-purchase_unit",
    "currency",
    "-currency",
    "lead_time_days",
    "-lead_time_days",
    "minimum_qty",
    "-minimum_qty",
    "multiple_qty",
    "-multiple_qty",
    "preference",
    "-preference",
    "valid_from",
    "-valid_from",
    "valid_to",
    "-valid_to",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class SupplyPegWhere(TypedDict, total=False):
    """Conditions on supply_pegs."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID]
    planned_supply_id: UUID | Condition[UUID] | None
    purchase_order_line_id: UUID | Condition[UUID] | None
    production_order_id: UUID | Condition[UUID] | None
    order_item_id: UUID | Condition[UUID] | None
    production_component_id: UUID | Condition[UUID] | None
    parent_supply_id: UUID | Condition[UUID] | None
    reorder_rule_id: UUID | Condition[UUID] | None
    quantity: Decimal | int | Condition[Decimal | int]


SupplyPegSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "planned_supply_id",
    "-planned_supply_id",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "production_order_id",
    "-production_order_id",
    "order_item_id",
    "-order_item_id",
    "production_component_id",
    "-production_component_id",
    "parent_supply_id",
    "-parent_supply_id",
    "reorder_rule_id",
    "-reorder_rule_id",
    "quantity",
    "-quantity",
]


class SupplyRunWhere(TypedDict, total=False):
    """Conditions on supply_runs."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    planned_on: date | Condition[date]
    order_ids: list[UUID] | Condition[list[UUID]] | None
    started_at: AwareDatetime | Condition[AwareDatetime]
    finished_at: AwareDatetime | Condition[AwareDatetime] | None
    demand_count: int | Condition[int]
    planned_count: int | Condition[int]
    added_count: int | Condition[int]
    changed_count: int | Condition[int]
    removed_count: int | Condition[int]
    exception_count: int | Condition[int]
    created_by: UUID | Condition[UUID]


SupplyRunSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "planned_on",
    "-planned_on",
    "started_at",
    "-started_at",
    "finished_at",
    "-finished_at",
    "demand_count",
    "-demand_count",
    "planned_count",
    "-planned_count",
    "added_count",
    "-added_count",
    "changed_count",
    "-changed_count",
    "removed_count",
    "-removed_count",
    "exception_count",
    "-exception_count",
    "created_by",
    "-created_by",
]


class TechPackWhere(TypedDict, total=False):
    """Conditions on tech_packs."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    style_id: UUID | Condition[UUID]
    colorway_id: UUID | Condition[UUID] | None
    version: int | Condition[int]
    document_uri: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


TechPackSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "style_id",
    "-style_id",
    "colorway_id",
    "-colorway_id",
    "version",
    "-version",
    "document_uri",
    "-document_uri",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class TenantWhere(TypedDict, total=False):
    """Conditions on tenants."""

    id: UUID | Condition[UUID]
    name: str | Condition[str]
    created_at: AwareDatetime | Condition[AwareDatetime]


TenantSort = Literal["id", "-id", "name", "-name", "created_at", "-created_at"]


class TimelineWhere(TypedDict, total=False):
    """Conditions on timeline."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    root_id: UUID | Condition[UUID]
    parent_id: UUID | Condition[UUID] | None
    order_id: UUID | Condition[UUID] | None
    order_item_id: UUID | Condition[UUID] | None
    allocation_item_supplier_id: UUID | Condition[UUID] | None
    factory_id: UUID | Condition[UUID] | None
    factory_name: str | Condition[str] | None
    kind: TimelineNodeKind | Condition[TimelineNodeKind]
    code: str | Condition[str] | None
    name: str | Condition[str]
    depth: int | Condition[int] | None
    path: str | Condition[str]
    owner_role: MemberRole | Condition[MemberRole] | None
    completed_by: TimelineFact | Condition[TimelineFact] | None
    is_for_client: bool | Condition[bool]
    planned_date: date | Condition[date] | None
    estimated_date: date | Condition[date] | None
    forecast_date: date | Condition[date] | None
    actual_date: date | Condition[date] | None
    days_late: int | Condition[int]
    is_late: bool | Condition[bool]
    is_cancelled: bool | Condition[bool]
    is_overdue: bool | Condition[bool]
    subtree_planned_date: date | Condition[date] | None
    subtree_forecast_date: date | Condition[date] | None
    subtree_days_late: int | Condition[int] | None
    cause_id: UUID | Condition[UUID] | None
    cause_name: str | Condition[str] | None


TimelineSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "root_id",
    "-root_id",
    "parent_id",
    "-parent_id",
    "order_id",
    "-order_id",
    "order_item_id",
    "-order_item_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "factory_id",
    "-factory_id",
    "factory_name",
    "-factory_name",
    "kind",
    "-kind",
    "code",
    "-code",
    "name",
    "-name",
    "depth",
    "-depth",
    "path",
    "-path",
    "owner_role",
    "-owner_role",
    "completed_by",
    "-completed_by",
    "is_for_client",
    "-is_for_client",
    "planned_date",
    "-planned_date",
    "estimated_date",
    "-estimated_date",
    "forecast_date",
    "-forecast_date",
    "actual_date",
    "-actual_date",
    "days_late",
    "-days_late",
    "is_late",
    "-is_late",
    "is_cancelled",
    "-is_cancelled",
    "is_overdue",
    "-is_overdue",
    "subtree_planned_date",
    "-subtree_planned_date",
    "subtree_forecast_date",
    "-subtree_forecast_date",
    "subtree_days_late",
    "-subtree_days_late",
    "cause_id",
    "-cause_id",
    "cause_name",
    "-cause_name",
]


class TimelineDelayWhere(TypedDict, total=False):
    """Conditions on timeline_delays."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    cause_id: UUID | Condition[UUID]
    client_id: UUID | Condition[UUID] | None
    factory_id: UUID | Condition[UUID] | None


TimelineDelaySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "cause_id",
    "-cause_id",
    "client_id",
    "-client_id",
    "factory_id",
    "-factory_id",
]


class TimelineDependencyWhere(TypedDict, total=False):
    """Conditions on timeline_dependencies."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    root_id: UUID | Condition[UUID]
    timeline_node_id: UUID | Condition[UUID]
    predecessor_id: UUID | Condition[UUID]
    lag_days: int | Condition[int]
    is_working_days: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


TimelineDependencySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "root_id",
    "-root_id",
    "timeline_node_id",
    "-timeline_node_id",
    "predecessor_id",
    "-predecessor_id",
    "lag_days",
    "-lag_days",
    "is_working_days",
    "-is_working_days",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class TimelineEventWhere(TypedDict, total=False):
    """Conditions on timeline_events."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    timeline_node_id: UUID | Condition[UUID]
    client_id: UUID | Condition[UUID] | None
    factory_id: UUID | Condition[UUID] | None
    message: str | Condition[str]
    happened_on: date | Condition[date]
    is_internal: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


TimelineEventSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "timeline_node_id",
    "-timeline_node_id",
    "client_id",
    "-client_id",
    "factory_id",
    "-factory_id",
    "message",
    "-message",
    "happened_on",
    "-happened_on",
    "is_internal",
    "-is_internal",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class TimelineNodeWhere(TypedDict, total=False):
    """Conditions on timeline_nodes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    root_id: UUID | Condition[UUID]
    parent_id: UUID | Condition[UUID] | None
    order_id: UUID | Condition[UUID] | None
    order_item_id: UUID | Condition[UUID] | None
    allocation_item_supplier_id: UUID | Condition[UUID] | None
    client_id: UUID | Condition[UUID] | None
    factory_id: UUID | Condition[UUID] | None
    kind: TimelineNodeKind | Condition[TimelineNodeKind]
    code: str | Condition[str] | None
    name: str | Condition[str]
    position: int | Condition[int]
    planned_date: date | Condition[date] | None
    estimated_date: date | Condition[date] | None
    forecast_date: date | Condition[date] | None
    actual_date: date | Condition[date] | None
    completed_by: TimelineFact | Condition[TimelineFact] | None
    owner_role: MemberRole | Condition[MemberRole] | None
    is_for_client: bool | Condition[bool]
    is_cancelled: bool | Condition[bool]
    days_late: int | Condition[int]
    is_late: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


TimelineNodeSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "root_id",
    "-root_id",
    "parent_id",
    "-parent_id",
    "order_id",
    "-order_id",
    "order_item_id",
    "-order_item_id",
    "allocation_item_supplier_id",
    "-allocation_item_supplier_id",
    "client_id",
    "-client_id",
    "factory_id",
    "-factory_id",
    "kind",
    "-kind",
    "code",
    "-code",
    "name",
    "-name",
    "position",
    "-position",
    "planned_date",
    "-planned_date",
    "estimated_date",
    "-estimated_date",
    "forecast_date",
    "-forecast_date",
    "actual_date",
    "-actual_date",
    "completed_by",
    "-completed_by",
    "owner_role",
    "-owner_role",
    "is_for_client",
    "-is_for_client",
    "is_cancelled",
    "-is_cancelled",
    "days_late",
    "-days_late",
    "is_late",
    "-is_late",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class TimelinePlanWhere(TypedDict, total=False):
    """Conditions on timeline_plans."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    timeline_template_id: UUID | Condition[UUID]
    ex_factory_date: date | Condition[date]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


TimelinePlanSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "timeline_template_id",
    "-timeline_template_id",
    "ex_factory_date",
    "-ex_factory_date",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class TimelineTemplateNodeWhere(TypedDict, total=False):
    """Conditions on timeline_template_nodes."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    timeline_template_id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    kind: TimelineNodeKind | Condition[TimelineNodeKind]
    position: int | Condition[int]
    offset_days: int | Condition[int]
    duration_days: int | Condition[int]
    is_working_days: bool | Condition[bool]
    predecessors: list[str] | Condition[list[str]]
    completed_by: TimelineFact | Condition[TimelineFact] | None
    owner_role: MemberRole | Condition[MemberRole] | None
    is_for_client: bool | Condition[bool]
    is_per_slice: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


TimelineTemplateNodeSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "timeline_template_id",
    "-timeline_template_id",
    "code",
    "-code",
    "name",
    "-name",
    "kind",
    "-kind",
    "position",
    "-position",
    "offset_days",
    "-offset_days",
    "duration_days",
    "-duration_days",
    "is_working_days",
    "-is_working_days",
    "completed_by",
    "-completed_by",
    "owner_role",
    "-owner_role",
    "is_for_client",
    "-is_for_client",
    "is_per_slice",
    "-is_per_slice",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class TimelineTemplateWhere(TypedDict, total=False):
    """Conditions on timeline_templates."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    name: str | Condition[str]
    is_default: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


TimelineTemplateSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "name",
    "-name",
    "is_default",
    "-is_default",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class UnallocatedOrderItemWhere(TypedDict, total=False):
    """Conditions on unallocated_order_items."""

    organization_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    order_id: UUID | Condition[UUID]
    order_number: str | Condition[str]
    client_po_number: str | Condition[str] | None
    line_number: int | Condition[int]
    style_number: str | Condition[str] | None
    style_name: str | Condition[str] | None
    marketing_name: str | Condition[str] | None
    ex_factory_date: date | Condition[date] | None
    in_hands_date: date | Condition[date] | None
    allocation_status: AllocationStatus | Condition[AllocationStatus]
    unallocated_qty: Decimal | int | Condition[Decimal | int]


UnallocatedOrderItemSort = Literal[
    "organization_id",
    "-organization_id",
    "order_item_id",
    "-order_item_id",
    "order_id",
    "-order_id",
    "order_number",
    "-order_number",
    "client_po_number",
    "-client_po_number",
    "line_number",
    "-line_number",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "ex_factory_date",
    "-ex_factory_date",
    "in_hands_date",
    "-in_hands_date",
    "allocation_status",
    "-allocation_status",
    "unallocated_qty",
    "-unallocated_qty",
]


class UnitConversionWhere(TypedDict, total=False):
    """Conditions on unit_conversions."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    product_variant_id: UUID | Condition[UUID] | None
    from_unit: str | Condition[str]
    to_unit: str | Condition[str]
    factor: Decimal | int | Condition[Decimal | int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


UnitConversionSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "product_variant_id",
    "-product_variant_id",
    "from_unit",
    "-from_unit",
    "to_unit",
    "-to_unit",
    "factor",
    "-factor",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class UnitWhere(TypedDict, total=False):
    """Conditions on units."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    decimals: int | Condition[int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


UnitSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "code",
    "-code",
    "name",
    "-name",
    "decimals",
    "-decimals",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class UploadedPoDocumentWhere(TypedDict, total=False):
    """Conditions on uploaded_po_documents."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    file_name: str | Condition[str]
    document_uri: str | Condition[str]
    sha256: str | Condition[str]
    order_id: UUID | Condition[UUID] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]


UploadedPoDocumentSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "file_name",
    "-file_name",
    "document_uri",
    "-document_uri",
    "sha256",
    "-sha256",
    "order_id",
    "-order_id",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
]


class VendorDeliveryWhere(TypedDict, total=False):
    """Conditions on vendor_deliveries."""

    organization_id: UUID | Condition[UUID]
    vendor_id: UUID | Condition[UUID]
    received_lines: int | Condition[int]
    late_lines: int | Condition[int]


VendorDeliverySort = Literal[
    "organization_id",
    "-organization_id",
    "vendor_id",
    "-vendor_id",
    "received_lines",
    "-received_lines",
    "late_lines",
    "-late_lines",
]


class WarehouseWhere(TypedDict, total=False):
    """Conditions on warehouses."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    is_default: bool | Condition[bool]
    is_active: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


WarehouseSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "code",
    "-code",
    "name",
    "-name",
    "is_default",
    "-is_default",
    "is_active",
    "-is_active",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class WebhookAttemptWhere(TypedDict, total=False):
    """Conditions on webhook_attempts."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    webhook_delivery_id: UUID | Condition[UUID]
    response_status: int | Condition[int] | None
    response_body: str | Condition[str] | None
    error: str | Condition[str] | None
    duration_ms: int | Condition[int]
    created_at: AwareDatetime | Condition[AwareDatetime]


WebhookAttemptSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "webhook_delivery_id",
    "-webhook_delivery_id",
    "response_status",
    "-response_status",
    "response_body",
    "-response_body",
    "error",
    "-error",
    "duration_ms",
    "-duration_ms",
    "created_at",
    "-created_at",
]


class WebhookDeliveryWhere(TypedDict, total=False):
    """Conditions on webhook_deliveries."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    webhook_endpoint_id: UUID | Condition[UUID]
    event_id: UUID | Condition[UUID]
    event_type: str | Condition[str]
    position: int | Condition[int]
    body: str | Condition[str]
    status: DeliveryStatus | Condition[DeliveryStatus]
    attempts: int | Condition[int]
    next_attempt_at: AwareDatetime | Condition[AwareDatetime]
    leased_until: AwareDatetime | Condition[AwareDatetime] | None
    lease_id: UUID | Condition[UUID] | None
    delivered_at: AwareDatetime | Condition[AwareDatetime] | None
    created_at: AwareDatetime | Condition[AwareDatetime]


WebhookDeliverySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "webhook_endpoint_id",
    "-webhook_endpoint_id",
    "event_id",
    "-event_id",
    "event_type",
    "-event_type",
    "position",
    "-position",
    "body",
    "-body",
    "status",
    "-status",
    "attempts",
    "-attempts",
    "next_attempt_at",
    "-next_attempt_at",
    "leased_until",
    "-leased_until",
    "lease_id",
    "-lease_id",
    "delivered_at",
    "-delivered_at",
    "created_at",
    "-created_at",
]


class WebhookEndpointWhere(TypedDict, total=False):
    """Conditions on webhook_endpoints."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    url: str | Condition[str]
    event_types: list[str] | Condition[list[str]]
    description: str | Condition[str] | None
    status: WebhookStatus | Condition[WebhookStatus]
    failures: int | Condition[int]
    failing_since: AwareDatetime | Condition[AwareDatetime] | None
    retry_at: AwareDatetime | Condition[AwareDatetime] | None
    disabled_reason: str | Condition[str] | None
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


WebhookEndpointSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "url",
    "-url",
    "description",
    "-description",
    "status",
    "-status",
    "failures",
    "-failures",
    "failing_since",
    "-failing_since",
    "retry_at",
    "-retry_at",
    "disabled_reason",
    "-disabled_reason",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class WorkCenterDayWhere(TypedDict, total=False):
    """Conditions on work_center_days."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    work_center_id: UUID | Condition[UUID]
    day: date | Condition[date]
    minutes: int | Condition[int]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


WorkCenterDaySort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "work_center_id",
    "-work_center_id",
    "day",
    "-day",
    "minutes",
    "-minutes",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class WorkCenterLoadWhere(TypedDict, total=False):
    """Conditions on work_center_loads."""

    organization_id: UUID | Condition[UUID]
    production_operation_id: UUID | Condition[UUID]
    work_center_id: UUID | Condition[UUID]
    day: date | Condition[date]
    minutes: Decimal | int | Condition[Decimal | int]


WorkCenterLoadSort = Literal[
    "organization_id",
    "-organization_id",
    "production_operation_id",
    "-production_operation_id",
    "work_center_id",
    "-work_center_id",
    "day",
    "-day",
    "minutes",
    "-minutes",
]


class WorkCenterUtilizationWhere(TypedDict, total=False):
    """Conditions on work_center_utilization."""

    organization_id: UUID | Condition[UUID]
    work_center_id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    day: date | Condition[date] | None
    week_starts_on: date | Condition[date] | None
    available_minutes: int | Condition[int] | None
    planned_minutes: Decimal | int | Condition[Decimal | int]
    utilization_pct: Decimal | int | Condition[Decimal | int] | None


WorkCenterUtilizationSort = Literal[
    "organization_id",
    "-organization_id",
    "work_center_id",
    "-work_center_id",
    "code",
    "-code",
    "name",
    "-name",
    "day",
    "-day",
    "week_starts_on",
    "-week_starts_on",
    "available_minutes",
    "-available_minutes",
    "planned_minutes",
    "-planned_minutes",
    "utilization_pct",
    "-utilization_pct",
]


class WorkCenterWeeklyUtilizationWhere(TypedDict, total=False):
    """Conditions on work_center_weekly_utilization."""

    organization_id: UUID | Condition[UUID]
    work_center_id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    week_starts_on: date | Condition[date] | None
    available_minutes: int | Condition[int] | None
    planned_minutes: Decimal | int | Condition[Decimal | int]
    utilization_pct: Decimal | int | Condition[Decimal | int] | None


WorkCenterWeeklyUtilizationSort = Literal[
    "organization_id",
    "-organization_id",
    "work_center_id",
    "-work_center_id",
    "code",
    "-code",
    "name",
    "-name",
    "week_starts_on",
    "-week_starts_on",
    "available_minutes",
    "-available_minutes",
    "planned_minutes",
    "-planned_minutes",
    "utilization_pct",
    "-utilization_pct",
]


class WorkCenterWhere(TypedDict, total=False):
    """Conditions on work_centers."""

    organization_id: UUID | Condition[UUID]
    id: UUID | Condition[UUID]
    code: str | Condition[str]
    name: str | Condition[str]
    daily_minutes: int | Condition[int]
    working_days: list[int] | Condition[list[int]] | None
    hourly_rate: Decimal | int | Condition[Decimal | int] | None
    is_active: bool | Condition[bool]
    created_at: AwareDatetime | Condition[AwareDatetime]
    created_by: UUID | Condition[UUID]
    updated_at: AwareDatetime | Condition[AwareDatetime]
    row_version: int | Condition[int]


WorkCenterSort = Literal[
    "organization_id",
    "-organization_id",
    "id",
    "-id",
    "code",
    "-code",
    "name",
    "-name",
    "daily_minutes",
    "-daily_minutes",
    "hourly_rate",
    "-hourly_rate",
    "is_active",
    "-is_active",
    "created_at",
    "-created_at",
    "created_by",
    "-created_by",
    "updated_at",
    "-updated_at",
    "row_version",
    "-row_version",
]


class WorkflowWhere(TypedDict, total=False):
    """Conditions on workflow."""

    organization_id: UUID | Condition[UUID]
    order_item_id: UUID | Condition[UUID]
    order_id: UUID | Condition[UUID]
    order_number: str | Condition[str]
    line_number: int | Condition[int]
    client_id: UUID | Condition[UUID]
    client_name: str | Condition[str] | None
    style_number: str | Condition[str] | None
    style_name: str | Condition[str] | None
    marketing_name: str | Condition[str] | None
    warehouse_id: UUID | Condition[UUID]
    bom_template_id: UUID | Condition[UUID] | None
    stage: WorkflowStage | Condition[WorkflowStage]
    stage_since: AwareDatetime | Condition[AwareDatetime]
    age_days: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]
    done_qty: Decimal | int | Condition[Decimal | int]
    need_by: date | Condition[date]
    expected_completion: date | Condition[date] | None
    days_late: int | Condition[int]
    production_order_id: UUID | Condition[UUID] | None
    production_number: str | Condition[str] | None
    purchase_order_line_id: UUID | Condition[UUID] | None
    planned_supply_id: UUID | Condition[UUID] | None
    is_blocked: bool | Condition[bool]
    blocked_by: str | Condition[str] | None
    blocking_variant_id: UUID | Condition[UUID] | None
    blocking_sku: str | Condition[str] | None
    blocking_purchase_order_id: UUID | Condition[UUID] | None
    blocking_vendor_id: UUID | Condition[UUID] | None
    blocking_production_order_id: UUID | Condition[UUID] | None
    blocking_work_center_id: UUID | Condition[UUID] | None
    planning_exception_id: UUID | Condition[UUID] | None


WorkflowSort = Literal[
    "organization_id",
    "-organization_id",
    "order_item_id",
    "-order_item_id",
    "order_id",
    "-order_id",
    "order_number",
    "-order_number",
    "line_number",
    "-line_number",
    "client_id",
    "-client_id",
    "client_name",
    "-client_name",
    "style_number",
    "-style_number",
    "style_name",
    "-style_name",
    "marketing_name",
    "-marketing_name",
    "warehouse_id",
    "-warehouse_id",
    "bom_template_id",
    "-bom_template_id",
    "stage",
    "-stage",
    "stage_since",
    "-stage_since",
    "age_days",
    "-age_days",
    "quantity",
    "-quantity",
    "done_qty",
    "-done_qty",
    "need_by",
    "-need_by",
    "expected_completion",
    "-expected_completion",
    "days_late",
    "-days_late",
    "production_order_id",
    "-production_order_id",
    "production_number",
    "-production_number",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "planned_supply_id",
    "-planned_supply_id",
    "is_blocked",
    "-is_blocked",
    "blocked_by",
    "-blocked_by",
    "blocking_variant_id",
    "-blocking_variant_id",
    "blocking_sku",
    "-blocking_sku",
    "blocking_purchase_order_id",
    "-blocking_purchase_order_id",
    "blocking_vendor_id",
    "-blocking_vendor_id",
    "blocking_production_order_id",
    "-blocking_production_order_id",
    "blocking_work_center_id",
    "-blocking_work_center_id",
    "planning_exception_id",
    "-planning_exception_id",
]


class WorkflowAlertWhere(TypedDict, total=False):
    """Conditions on workflow_alerts."""

    organization_id: UUID | Condition[UUID]
    kind: WorkflowAlertKind | Condition[WorkflowAlertKind]
    subject_id: UUID | Condition[UUID]
    severity: AlertSeverity | Condition[AlertSeverity]
    message: str | Condition[str]
    due_date: date | Condition[date] | None
    order_item_id: UUID | Condition[UUID] | None
    production_order_id: UUID | Condition[UUID] | None
    product_variant_id: UUID | Condition[UUID] | None
    purchase_order_id: UUID | Condition[UUID] | None
    purchase_order_line_id: UUID | Condition[UUID] | None
    vendor_id: UUID | Condition[UUID] | None


WorkflowAlertSort = Literal[
    "organization_id",
    "-organization_id",
    "kind",
    "-kind",
    "subject_id",
    "-subject_id",
    "severity",
    "-severity",
    "message",
    "-message",
    "due_date",
    "-due_date",
    "order_item_id",
    "-order_item_id",
    "production_order_id",
    "-production_order_id",
    "product_variant_id",
    "-product_variant_id",
    "purchase_order_id",
    "-purchase_order_id",
    "purchase_order_line_id",
    "-purchase_order_line_id",
    "vendor_id",
    "-vendor_id",
]


class WorkflowSummaryWhere(TypedDict, total=False):
    """Conditions on workflow_summary."""

    organization_id: UUID | Condition[UUID]
    stage: WorkflowStage | Condition[WorkflowStage]
    lines: int | Condition[int]
    quantity: Decimal | int | Condition[Decimal | int]
    blocked_lines: int | Condition[int]
    late_lines: int | Condition[int]
    p50_age_days: int | Condition[int] | None
    max_age_days: int | Condition[int]


WorkflowSummarySort = Literal[
    "organization_id",
    "-organization_id",
    "stage",
    "-stage",
    "lines",
    "-lines",
    "quantity",
    "-quantity",
    "blocked_lines",
    "-blocked_lines",
    "late_lines",
    "-late_lines",
    "p50_age_days",
    "-p50_age_days",
    "max_age_days",
    "-max_age_days",
]
