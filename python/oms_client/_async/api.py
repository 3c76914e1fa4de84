"""The tables, views and commands of the API, each with its own types."""
# Written from the database by `oms types`; change the database, not this.

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Unpack
from uuid import UUID

from pydantic import AwareDatetime

from oms_client._async.table import PAGE, AsyncReadable, AsyncWritable
from oms_client._async.transport import AsyncTransport
from oms_client.enums import (
    EmailEventKind,
    OrderStatus,
    OrderType,
    PricingTerms,
    ProductionStatus,
    ScheduledJob,
    ShipMode,
    WorkflowAlertKind,
    WorkflowStage,
)
from oms_client.filters import (
    AddressSort,
    AddressWhere,
    AllocationItemSizeSort,
    AllocationItemSizeWhere,
    AllocationItemSort,
    AllocationItemsSupplierSort,
    AllocationItemsSupplierWhere,
    AllocationItemSupplierNoteSort,
    AllocationItemSupplierNoteWhere,
    AllocationItemSupplierSizeSort,
    AllocationItemSupplierSizeWhere,
    AllocationItemWhere,
    AllocationOverviewSort,
    AllocationOverviewWhere,
    AllocationSort,
    AllocationWhere,
    AwardWarningSort,
    AwardWarningWhere,
    BomLineSort,
    BomLineWhere,
    BomOperationSort,
    BomOperationWhere,
    BomTemplateSort,
    BomTemplateWhere,
    BomUsageSort,
    BomUsageWhere,
    BomVersionSort,
    BomVersionWhere,
    BomWhereUsedSort,
    BomWhereUsedWhere,
    ClientOrderLineSort,
    ClientOrderLineWhere,
    ColorwayReferenceSort,
    ColorwayReferenceWhere,
    ColorwaySort,
    ColorwayWhere,
    ComponentAvailabilitySort,
    ComponentAvailabilityWhere,
    ComponentBlockerSort,
    ComponentBlockerWhere,
    ComponentShortageSort,
    ComponentShortageWhere,
    ContactSort,
    ContactWhere,
    DemandForecastSort,
    DemandForecastWhere,
    DirectorySort,
    DirectoryWhere,
    EmailLogSort,
    EmailLogWhere,
    EmailRecipientSort,
    EmailRecipientWhere,
    EmailSuppressionSort,
    EmailSuppressionWhere,
    ExchangeRateSort,
    ExchangeRateWhere,
    FactoryInvoiceLineSort,
    FactoryInvoiceLineWhere,
    FactoryInvoiceMatchingSort,
    FactoryInvoiceMatchingWhere,
    FactoryInvoiceSort,
    FactoryInvoiceWhere,
    FactoryPaymentLineSort,
    FactoryPaymentLineWhere,
    FactoryPaymentSort,
    FactoryPaymentWhere,
    FactoryPoLineSizeSort,
    FactoryPoLineSizeWhere,
    FactoryPoLineSort,
    FactoryPoLineWhere,
    FactoryPoSort,
    FactoryPoWhere,
    FactoryReceiptSort,
    FactoryReceiptWhere,
    FactoryScorecardSort,
    FactoryScorecardWhere,
    FactoryWorkloadSliceSort,
    FactoryWorkloadSliceWhere,
    FactoryWorkloadSort,
    FactoryWorkloadWhere,
    FactoryWorkSort,
    FactoryWorkWhere,
    GoodsReceiptLineSort,
    GoodsReceiptLineWhere,
    GoodsReceiptSort,
    GoodsReceiptWhere,
    HolidaySort,
    HolidayWhere,
    InventoryReservationSort,
    InventoryReservationWhere,
    InventoryStatuSort,
    InventoryStatuWhere,
    JobHealthSort,
    JobHealthWhere,
    JobScheduleSort,
    JobScheduleWhere,
    LeadTimeSort,
    LeadTimeWhere,
    LotSort,
    LotWhere,
    MailSettingSort,
    MailSettingWhere,
    MailTemplateSort,
    MailTemplateWhere,
    MemberSort,
    MemberWhere,
    NotificationMuteSort,
    NotificationMuteWhere,
    NotificationRuleSort,
    NotificationRuleWhere,
    NotificationSort,
    NotificationWhere,
    OpenFactoryInvoiceSort,
    OpenFactoryInvoiceWhere,
    OrderHistorySort,
    OrderHistoryWhere,
    OrderItemCostSort,
    OrderItemCostWhere,
    OrderItemPriceSort,
    OrderItemPriceWhere,
    OrderItemSizeSort,
    OrderItemSizeWhere,
    OrderItemSort,
    OrderItemSupplySort,
    OrderItemSupplyWhere,
    OrderItemVariantSort,
    OrderItemVariantWhere,
    OrderItemWhere,
    OrderSort,
    OrderWhere,
    OrganizationSettingSort,
    OrganizationSettingWhere,
    OrganizationSort,
    OrganizationWhere,
    PayablesAgeingSort,
    PayablesAgeingWhere,
    PayablesByContractSort,
    PayablesByContractWhere,
    PayablesByFactorySort,
    PayablesByFactoryWhere,
    PayableSort,
    PayableWhere,
    PlannedSupplySort,
    PlannedSupplyWhere,
    PlanningAccuracyByProductSort,
    PlanningAccuracyByProductWhere,
    PlanningAccuracySort,
    PlanningAccuracyWhere,
    PlanningExceptionSort,
    PlanningExceptionWhere,
    ProductionBlockerSort,
    ProductionBlockerWhere,
    ProductionComponentSort,
    ProductionComponentWhere,
    ProductionDashboardSort,
    ProductionDashboardWhere,
    ProductionOperationSort,
    ProductionOperationWhere,
    ProductionOrderHistorySort,
    ProductionOrderHistoryWhere,
    ProductionOrderSort,
    ProductionOrderWhere,
    ProductionOutlookSort,
    ProductionOutlookWhere,
    ProductionOutputSort,
    ProductionOutputWhere,
    ProductionQueueSort,
    ProductionQueueWhere,
    ProductionScheduleSort,
    ProductionScheduleWhere,
    ProductSort,
    ProductVariantSort,
    ProductVariantWhere,
    ProductWhere,
    PurchaseAccuracyByVendorSort,
    PurchaseAccuracyByVendorWhere,
    PurchaseAccuracySort,
    PurchaseAccuracyWhere,
    PurchaseApprovalTierSort,
    PurchaseApprovalTierWhere,
    PurchaseOrderApprovalSort,
    PurchaseOrderApprovalWhere,
    PurchaseOrderLineSort,
    PurchaseOrderLineWhere,
    PurchaseOrderSort,
    PurchaseOrderTrackingSort,
    PurchaseOrderTrackingWhere,
    PurchaseOrderWhere,
    QuoteComparisonByFactorySort,
    QuoteComparisonByFactoryWhere,
    QuoteComparisonSort,
    QuoteComparisonWhere,
    ReorderRuleSort,
    ReorderRuleWhere,
    RequestOriginSort,
    RequestOriginWhere,
    SlackChannelSort,
    SlackChannelWhere,
    StageDwellTimeSort,
    StageDwellTimeWhere,
    StatusTransitionSort,
    StatusTransitionWhere,
    StockLevelSort,
    StockLevelWhere,
    StockLocationSort,
    StockLocationWhere,
    StockMoveSort,
    StockMoveWhere,
    StockOutSort,
    StockOutWhere,
    StyleSort,
    StyleWhere,
    SupplierPriceBreakSort,
    SupplierPriceBreakWhere,
    SupplierProductSort,
    SupplierProductWhere,
    SupplyPegSort,
    SupplyPegWhere,
    SupplyRunSort,
    SupplyRunWhere,
    TechPackSort,
    TechPackWhere,
    TenantSort,
    TenantWhere,
    TimelineDelaySort,
    TimelineDelayWhere,
    TimelineDependencySort,
    TimelineDependencyWhere,
    TimelineEventSort,
    TimelineEventWhere,
    TimelineNodeSort,
    TimelineNodeWhere,
    TimelinePlanSort,
    TimelinePlanWhere,
    TimelineSort,
    TimelineTemplateNodeSort,
    TimelineTemplateNodeWhere,
    TimelineTemplateSort,
    TimelineTemplateWhere,
    TimelineWhere,
    UnallocatedOrderItemSort,
    UnallocatedOrderItemWhere,
    UnitConversionSort,
    UnitConversionWhere,
    UnitSort,
    UnitWhere,
    UploadedPoDocumentSort,
    UploadedPoDocumentWhere,
    VendorDeliverySort,
    VendorDeliveryWhere,
    WarehouseSort,
    WarehouseWhere,
    WebhookAttemptSort,
    WebhookAttemptWhere,
    WebhookDeliverySort,
    WebhookDeliveryWhere,
    WebhookEndpointSort,
    WebhookEndpointWhere,
    WorkCenterDaySort,
    WorkCenterDayWhere,
    WorkCenterLoadSort,
    WorkCenterLoadWhere,
    WorkCenterSort,
    WorkCenterUtilizationSort,
    WorkCenterUtilizationWhere,
    WorkCenterWeeklyUtilizationSort,
    WorkCenterWeeklyUtilizationWhere,
    WorkCenterWhere,
    WorkflowAlertSort,
    WorkflowAlertWhere,
    WorkflowSort,
    WorkflowSummarySort,
    WorkflowSummaryWhere,
    WorkflowWhere,
)
from oms_client.rows import (
    Acknowledgement,
    Address,
    Allocation,
    AllocationItem,
    AllocationItemSize,
    AllocationItemsSupplier,
    AllocationItemSupplierNote,
    AllocationItemSupplierSize,
    AllocationOverview,
    AwardWarning,
    BomLine,
    BomOperation,
    BomRecommendation,
    BomRequirement,
    BomTemplate,
    BomUsage,
    BomVersion,
    BomWhereUsed,
    ClientOrderLine,
    Colorway,
    ColorwayReference,
    ComponentAvailability,
    ComponentBlocker,
    ComponentCheck,
    ComponentShortage,
    Contact,
    DemandForecast,
    Directory,
    EmailLog,
    EmailRecipient,
    EmailSuppression,
    ExchangeRate,
    Explanation,
    FactoryInvoice,
    FactoryInvoiceLine,
    FactoryInvoiceMatching,
    FactoryPayment,
    FactoryPaymentLine,
    FactoryPo,
    FactoryPoLine,
    FactoryPoLineSize,
    FactoryReceipt,
    FactoryScorecard,
    FactoryWork,
    FactoryWorkload,
    FactoryWorkloadSlice,
    GoodsReceipt,
    GoodsReceiptLine,
    Holiday,
    InventoryReservation,
    InventoryStatu,
    JobHealth,
    JobSchedule,
    LeadTime,
    Lot,
    MailSetting,
    MailTemplate,
    Member,
    Notification,
    NotificationMute,
    NotificationRule,
    OpenFactoryInvoice,
    Order,
    OrderHistory,
    OrderItem,
    OrderItemCost,
    OrderItemPrice,
    OrderItemSize,
    OrderItemSupply,
    OrderItemVariant,
    Organization,
    OrganizationSetting,
    Payable,
    PayablesAgeing,
    PayablesByContract,
    PayablesByFactory,
    PlannedSupply,
    PlanningAccuracy,
    PlanningAccuracyByProduct,
    PlanningException,
    Product,
    ProductionBlocker,
    ProductionComponent,
    ProductionDashboard,
    ProductionOperation,
    ProductionOrder,
    ProductionOrderHistory,
    ProductionOutlook,
    ProductionOutput,
    ProductionQueue,
    ProductionSchedule,
    ProductVariant,
    PurchaseAccuracy,
    PurchaseAccuracyByVendor,
    PurchaseApprovalTier,
    PurchaseOrder,
    PurchaseOrderApproval,
    PurchaseOrderLine,
    PurchaseOrderTracking,
    QuoteComparison,
    QuoteComparisonByFactory,
    ReorderRule,
    RequestOrigin,
    SlackChannel,
    StageDwellTime,
    StatusTransition,
    StockLevel,
    StockLocation,
    StockMove,
    StockOut,
    Style,
    SupplierPriceBreak,
    SupplierProduct,
    SupplyPeg,
    SupplyRun,
    TechPack,
    Tenant,
    Timeline,
    TimelineDelay,
    TimelineDependency,
    TimelineEvent,
    TimelineNode,
    TimelinePlan,
    TimelineTemplate,
    TimelineTemplateNode,
    UnallocatedOrderItem,
    Unit,
    UnitConversion,
    UploadedPoDocument,
    VendorDelivery,
    Warehouse,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookReplay,
    WebhookSecret,
    WorkCenter,
    WorkCenterDay,
    WorkCenterLoad,
    WorkCenterUtilization,
    WorkCenterWeeklyUtilization,
    Workflow,
    WorkflowAlert,
    WorkflowSummary,
)
from oms_client.writes import (
    AcknowledgedLine,
    AddressChanges,
    AllocationChanges,
    AllocationItemChanges,
    AllocationItemsSupplierChanges,
    BomLineChanges,
    BomOperationChanges,
    BomTemplateChanges,
    BomVersionChanges,
    ColorwayChanges,
    ColorwayReferenceChanges,
    ComponentArrival,
    ComponentIssue,
    ContactChanges,
    DemandForecastChanges,
    DirectoryChanges,
    ExchangeRateChanges,
    FactoryInvoiceChanges,
    FactoryPaymentChanges,
    FactoryPoChanges,
    FactoryPoLineChanges,
    FactoryReceiptChanges,
    GoodsReceiptChanges,
    InvoiceLine,
    JobScheduleChanges,
    LineCommitment,
    LineTerms,
    LotChanges,
    MailSettingChanges,
    MailTemplateChanges,
    MemberChanges,
    NewAddress,
    NewAllocation,
    NewAllocationItem,
    NewAllocationItemsSupplier,
    NewAllocationItemSupplierNote,
    NewBomLine,
    NewBomOperation,
    NewBomTemplate,
    NewBomVersion,
    NewColorway,
    NewColorwayReference,
    NewContact,
    NewDemandForecast,
    NewDirectory,
    NewEmailSuppression,
    NewExchangeRate,
    NewFactoryInvoice,
    NewFactoryInvoiceLine,
    NewFactoryPayment,
    NewFactoryPaymentLine,
    NewFactoryPo,
    NewFactoryPoLine,
    NewFactoryReceipt,
    NewGoodsReceipt,
    NewGoodsReceiptLine,
    NewHoliday,
    NewInventoryReservation,
    NewLot,
    NewMailTemplate,
    NewMember,
    NewNotificationMute,
    NewNotificationRule,
    NewOrder,
    NewOrderItem,
    NewOrderItemCost,
    NewOrderItemPrice,
    NewOrderItemSize,
    NewOrderItemSupply,
    NewProduct,
    NewProductionOrder,
    NewProductionOutput,
    NewProductVariant,
    NewPurchaseApprovalTier,
    NewPurchaseOrder,
    NewPurchaseOrderLine,
    NewReorderRule,
    NewStockLocation,
    NewStockMove,
    NewStyle,
    NewSupplierPriceBreak,
    NewSupplierProduct,
    NewTechPack,
    NewTimelineDependency,
    NewTimelineEvent,
    NewTimelineNode,
    NewTimelineTemplate,
    NewTimelineTemplateNode,
    NewUnit,
    NewUnitConversion,
    NewUploadedPoDocument,
    NewWarehouse,
    NewWorkCenter,
    NewWorkCenterDay,
    NotificationChanges,
    NotificationRuleChanges,
    OrderChanges,
    OrderItemChanges,
    OrderItemCostChanges,
    OrderItemPriceChanges,
    OrderItemSizeChanges,
    OrderItemSupplyChanges,
    OrderLine,
    OrganizationChanges,
    OrganizationSettingChanges,
    ProductChanges,
    ProductionOperationChanges,
    ProductionOrderChanges,
    ProductVariantChanges,
    PurchaseApprovalTierChanges,
    PurchaseOrderApprovalChanges,
    PurchaseOrderChanges,
    PurchaseOrderLineChanges,
    ReceivedLine,
    ReorderRuleChanges,
    SlackChannelChanges,
    SliceAward,
    SlicePayment,
    SliceQuote,
    SliceReallocation,
    StockCount,
    StockLocationChanges,
    StyleChanges,
    SupplierPriceBreakChanges,
    SupplierProductChanges,
    TimelineDependencyChanges,
    TimelineNodeChanges,
    TimelineTemplateChanges,
    TimelineTemplateNodeChanges,
    UnitChanges,
    UnitConversionChanges,
    UploadedPoDocumentChanges,
    WarehouseChanges,
    WebhookEndpointChanges,
    WorkCenterChanges,
    WorkCenterDayChanges,
)


class AsyncAddressesTable(AsyncWritable[Address]):
    """An address of a company of the directory."""

    name = "addresses"
    key = ("id",)
    row = Address

    def find(
        self,
        *,
        order: AddressSort | Sequence[AddressSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AddressWhere],
    ) -> AsyncIterator[Address]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: AddressSort | Sequence[AddressSort] = (), **where: Unpack[AddressWhere]
    ) -> Address | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AddressWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Address:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewAddress]) -> Address:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewAddress]) -> list[Address]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[AddressChanges]) -> Address:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: AddressChanges, **where: Unpack[AddressWhere]
    ) -> list[Address]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncAllocationItemSizesTable(AsyncReadable[AllocationItemSize]):
    """The size run of the committed quantity, apportioned from what is left of the line's run.
    Kept by trigger.
    """

    name = "allocation_item_sizes"
    key = ("id",)
    row = AllocationItemSize

    def find(
        self,
        *,
        order: AllocationItemSizeSort | Sequence[AllocationItemSizeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationItemSizeWhere],
    ) -> AsyncIterator[AllocationItemSize]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationItemSizeSort | Sequence[AllocationItemSizeSort] = (),
        **where: Unpack[AllocationItemSizeWhere],
    ) -> AllocationItemSize | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationItemSizeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> AllocationItemSize:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncAllocationItemSupplierNotesTable(AsyncWritable[AllocationItemSupplierNote]):
    """What staff say of a slice and factories do not read. An award at another price than
    quoted needs one of kind price_override.
    """

    name = "allocation_item_supplier_notes"
    key = ("id",)
    row = AllocationItemSupplierNote

    def find(
        self,
        *,
        order: AllocationItemSupplierNoteSort | Sequence[AllocationItemSupplierNoteSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationItemSupplierNoteWhere],
    ) -> AsyncIterator[AllocationItemSupplierNote]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationItemSupplierNoteSort | Sequence[AllocationItemSupplierNoteSort] = (),
        **where: Unpack[AllocationItemSupplierNoteWhere],
    ) -> AllocationItemSupplierNote | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationItemSupplierNoteWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> AllocationItemSupplierNote:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(
        self, **new: Unpack[NewAllocationItemSupplierNote]
    ) -> AllocationItemSupplierNote:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(
        self, new: Iterable[NewAllocationItemSupplierNote]
    ) -> list[AllocationItemSupplierNote]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncAllocationItemSupplierSizesTable(AsyncReadable[AllocationItemSupplierSize]):
    """The size run of a slice: of the proposed quantity, once awarded of the effective one,
    apportioned from what earlier slices left. Kept by trigger.
    """

    name = "allocation_item_supplier_sizes"
    key = ("id",)
    row = AllocationItemSupplierSize

    def find(
        self,
        *,
        order: AllocationItemSupplierSizeSort | Sequence[AllocationItemSupplierSizeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationItemSupplierSizeWhere],
    ) -> AsyncIterator[AllocationItemSupplierSize]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationItemSupplierSizeSort | Sequence[AllocationItemSupplierSizeSort] = (),
        **where: Unpack[AllocationItemSupplierSizeWhere],
    ) -> AllocationItemSupplierSize | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationItemSupplierSizeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> AllocationItemSupplierSize:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncAllocationItemsTable(AsyncWritable[AllocationItem]):
    """What an allocation commits of an order line."""

    name = "allocation_items"
    key = ("id",)
    row = AllocationItem

    def find(
        self,
        *,
        order: AllocationItemSort | Sequence[AllocationItemSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationItemWhere],
    ) -> AsyncIterator[AllocationItem]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationItemSort | Sequence[AllocationItemSort] = (),
        **where: Unpack[AllocationItemWhere],
    ) -> AllocationItem | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationItemWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> AllocationItem:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewAllocationItem]) -> AllocationItem:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewAllocationItem]) -> list[AllocationItem]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[AllocationItemChanges]) -> AllocationItem:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: AllocationItemChanges, **where: Unpack[AllocationItemWhere]
    ) -> list[AllocationItem]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncAllocationItemsSupplierTable(AsyncWritable[AllocationItemsSupplier]):
    """One slice: what one factory is asked, quotes, is awarded, makes, delivers and is paid for
    of an allocation item. Holds all that the factory needs to know.
    """

    name = "allocation_items_supplier"
    key = ("id",)
    row = AllocationItemsSupplier

    def find(
        self,
        *,
        order: AllocationItemsSupplierSort | Sequence[AllocationItemsSupplierSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationItemsSupplierWhere],
    ) -> AsyncIterator[AllocationItemsSupplier]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationItemsSupplierSort | Sequence[AllocationItemsSupplierSort] = (),
        **where: Unpack[AllocationItemsSupplierWhere],
    ) -> AllocationItemsSupplier | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationItemsSupplierWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> AllocationItemsSupplier:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewAllocationItemsSupplier]) -> AllocationItemsSupplier:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(
        self, new: Iterable[NewAllocationItemsSupplier]
    ) -> list[AllocationItemsSupplier]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[AllocationItemsSupplierChanges]
    ) -> AllocationItemsSupplier:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: AllocationItemsSupplierChanges, **where: Unpack[AllocationItemsSupplierWhere]
    ) -> list[AllocationItemsSupplier]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncAllocationOverviewTable(AsyncReadable[AllocationOverview]):
    """The allocations screen: one row per line of accepted orders, in words that may be shown
    to a client. No colour reference, no total order quantity. Key: order_item_id.
    """

    name = "allocation_overview"
    key = ("order_item_id",)
    row = AllocationOverview

    def find(
        self,
        *,
        order: AllocationOverviewSort | Sequence[AllocationOverviewSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationOverviewWhere],
    ) -> AsyncIterator[AllocationOverview]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationOverviewSort | Sequence[AllocationOverviewSort] = (),
        **where: Unpack[AllocationOverviewWhere],
    ) -> AllocationOverview | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationOverviewWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, order_item_id: UUID) -> AllocationOverview:
        """Get the row with this order_item_id. Raises NotFoundError."""
        return await self._get(order_item_id)


class AsyncAllocationsTable(AsyncWritable[Allocation]):
    """A batch of order lines that are planned, sent out and awarded together."""

    name = "allocations"
    key = ("id",)
    row = Allocation

    def find(
        self,
        *,
        order: AllocationSort | Sequence[AllocationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AllocationWhere],
    ) -> AsyncIterator[Allocation]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AllocationSort | Sequence[AllocationSort] = (),
        **where: Unpack[AllocationWhere],
    ) -> Allocation | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AllocationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Allocation:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewAllocation]) -> Allocation:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewAllocation]) -> list[Allocation]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[AllocationChanges]) -> Allocation:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: AllocationChanges, **where: Unpack[AllocationWhere]
    ) -> list[Allocation]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncAwardWarningsTable(AsyncReadable[AwardWarning]):
    """Standing awards of an allocation, at the terms of their contract's open version if there
    is one, that fall below what their factory takes, overfill its month, or come later than
    we want; by the settings factory_minimums and factory_capacity. Key: allocation_id,
    factory_id, warning, subject.
    """

    name = "award_warnings"
    key = (
        "allocation_id",
        "factory_id",
        "warning",
        "subject",
    )
    row = AwardWarning

    def find(
        self,
        *,
        order: AwardWarningSort | Sequence[AwardWarningSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[AwardWarningWhere],
    ) -> AsyncIterator[AwardWarning]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: AwardWarningSort | Sequence[AwardWarningSort] = (),
        **where: Unpack[AwardWarningWhere],
    ) -> AwardWarning | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[AwardWarningWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncBomLinesTable(AsyncWritable[BomLine]):
    """What goes into one unit of the product, and what comes out beside it."""

    name = "bom_lines"
    key = ("id",)
    row = BomLine

    def find(
        self,
        *,
        order: BomLineSort | Sequence[BomLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[BomLineWhere],
    ) -> AsyncIterator[BomLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: BomLineSort | Sequence[BomLineSort] = (), **where: Unpack[BomLineWhere]
    ) -> BomLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[BomLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> BomLine:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewBomLine]) -> BomLine:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewBomLine]) -> list[BomLine]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[BomLineChanges]) -> BomLine:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: BomLineChanges, **where: Unpack[BomLineWhere]
    ) -> list[BomLine]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncBomOperationsTable(AsyncWritable[BomOperation]):
    """What is done to make the product, one after the other by position."""

    name = "bom_operations"
    key = ("id",)
    row = BomOperation

    def find(
        self,
        *,
        order: BomOperationSort | Sequence[BomOperationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[BomOperationWhere],
    ) -> AsyncIterator[BomOperation]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: BomOperationSort | Sequence[BomOperationSort] = (),
        **where: Unpack[BomOperationWhere],
    ) -> BomOperation | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[BomOperationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> BomOperation:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewBomOperation]) -> BomOperation:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewBomOperation]) -> list[BomOperation]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[BomOperationChanges]) -> BomOperation:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: BomOperationChanges, **where: Unpack[BomOperationWhere]
    ) -> list[BomOperation]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncBomTemplatesTable(AsyncWritable[BomTemplate]):
    """The library of bills of materials: a way to make a product, in versions."""

    name = "bom_templates"
    key = ("id",)
    row = BomTemplate

    def find(
        self,
        *,
        order: BomTemplateSort | Sequence[BomTemplateSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[BomTemplateWhere],
    ) -> AsyncIterator[BomTemplate]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: BomTemplateSort | Sequence[BomTemplateSort] = (),
        **where: Unpack[BomTemplateWhere],
    ) -> BomTemplate | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[BomTemplateWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> BomTemplate:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewBomTemplate]) -> BomTemplate:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewBomTemplate]) -> list[BomTemplate]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[BomTemplateChanges]) -> BomTemplate:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: BomTemplateChanges, **where: Unpack[BomTemplateWhere]
    ) -> list[BomTemplate]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncBomUsageTable(AsyncReadable[BomUsage]):
    """How often each version of a bill of materials was used, how much was made by it, and
    whether in time; cancelled production orders do not count. Key: bom_version_id.
    """

    name = "bom_usage"
    key = ("bom_version_id",)
    row = BomUsage

    def find(
        self,
        *,
        order: BomUsageSort | Sequence[BomUsageSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[BomUsageWhere],
    ) -> AsyncIterator[BomUsage]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: BomUsageSort | Sequence[BomUsageSort] = (), **where: Unpack[BomUsageWhere]
    ) -> BomUsage | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[BomUsageWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, bom_version_id: UUID) -> BomUsage:
        """Get the row with this bom_version_id. Raises NotFoundError."""
        return await self._get(bom_version_id)


class AsyncBomVersionsTable(AsyncWritable[BomVersion]):
    """A version of a bill of materials. In force on a day is, of the active ones of its
    template, the one that began last: never two.
    """

    name = "bom_versions"
    key = ("id",)
    row = BomVersion

    def find(
        self,
        *,
        order: BomVersionSort | Sequence[BomVersionSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[BomVersionWhere],
    ) -> AsyncIterator[BomVersion]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: BomVersionSort | Sequence[BomVersionSort] = (),
        **where: Unpack[BomVersionWhere],
    ) -> BomVersion | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[BomVersionWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> BomVersion:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewBomVersion]) -> BomVersion:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewBomVersion]) -> list[BomVersion]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[BomVersionChanges]) -> BomVersion:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: BomVersionChanges, **where: Unpack[BomVersionWhere]
    ) -> list[BomVersion]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncBomWhereUsedTable(AsyncReadable[BomWhereUsed]):
    """Where a component is used: each line of each version of a bill of materials, with what it
    makes. Key: bom_line_id.
    """

    name = "bom_where_used"
    key = ("bom_line_id",)
    row = BomWhereUsed

    def find(
        self,
        *,
        order: BomWhereUsedSort | Sequence[BomWhereUsedSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[BomWhereUsedWhere],
    ) -> AsyncIterator[BomWhereUsed]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: BomWhereUsedSort | Sequence[BomWhereUsedSort] = (),
        **where: Unpack[BomWhereUsedWhere],
    ) -> BomWhereUsed | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[BomWhereUsedWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, bom_line_id: UUID) -> BomWhereUsed:
        """Get the row with this bom_line_id. Raises NotFoundError."""
        return await self._get(bom_line_id)


class AsyncClientOrderLinesTable(AsyncReadable[ClientOrderLine]):
    """A client's own order lines with their status and price. Key: order_item_id."""

    name = "client_order_lines"
    key = ("order_item_id",)
    row = ClientOrderLine

    def find(
        self,
        *,
        order: ClientOrderLineSort | Sequence[ClientOrderLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ClientOrderLineWhere],
    ) -> AsyncIterator[ClientOrderLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ClientOrderLineSort | Sequence[ClientOrderLineSort] = (),
        **where: Unpack[ClientOrderLineWhere],
    ) -> ClientOrderLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ClientOrderLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, order_item_id: UUID) -> ClientOrderLine:
        """Get the row with this order_item_id. Raises NotFoundError."""
        return await self._get(order_item_id)


class AsyncColorwayReferencesTable(AsyncWritable[ColorwayReference]):
    """The colour as it is dyed to (lab dip, colour system number). A table of its own, because
    clients are shown the marketing name only.
    """

    name = "colorway_references"
    key = ("colorway_id",)
    row = ColorwayReference

    def find(
        self,
        *,
        order: ColorwayReferenceSort | Sequence[ColorwayReferenceSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ColorwayReferenceWhere],
    ) -> AsyncIterator[ColorwayReference]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ColorwayReferenceSort | Sequence[ColorwayReferenceSort] = (),
        **where: Unpack[ColorwayReferenceWhere],
    ) -> ColorwayReference | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ColorwayReferenceWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, colorway_id: UUID) -> ColorwayReference:
        """Get the row with this colorway_id. Raises NotFoundError."""
        return await self._get(colorway_id)

    async def insert(self, **new: Unpack[NewColorwayReference]) -> ColorwayReference:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewColorwayReference]) -> list[ColorwayReference]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, colorway_id: UUID, **changes: Unpack[ColorwayReferenceChanges]
    ) -> ColorwayReference:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((colorway_id,), changes)

    async def update_where(
        self, changes: ColorwayReferenceChanges, **where: Unpack[ColorwayReferenceWhere]
    ) -> list[ColorwayReference]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncColorwaysTable(AsyncWritable[Colorway]):
    """A style in one colour: what an order line asks for."""

    name = "colorways"
    key = ("id",)
    row = Colorway

    def find(
        self,
        *,
        order: ColorwaySort | Sequence[ColorwaySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ColorwayWhere],
    ) -> AsyncIterator[Colorway]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: ColorwaySort | Sequence[ColorwaySort] = (), **where: Unpack[ColorwayWhere]
    ) -> Colorway | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ColorwayWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Colorway:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewColorway]) -> Colorway:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewColorway]) -> list[Colorway]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ColorwayChanges]) -> Colorway:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ColorwayChanges, **where: Unpack[ColorwayWhere]
    ) -> list[Colorway]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncComponentAvailabilityTable(AsyncReadable[ComponentAvailability]):
    """What each open production order needs, and whether it is there. What others ahead of it
    will take is not looked at. Key: production_component_id.
    """

    name = "component_availability"
    key = ("production_component_id",)
    row = ComponentAvailability

    def find(
        self,
        *,
        order: ComponentAvailabilitySort | Sequence[ComponentAvailabilitySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ComponentAvailabilityWhere],
    ) -> AsyncIterator[ComponentAvailability]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ComponentAvailabilitySort | Sequence[ComponentAvailabilitySort] = (),
        **where: Unpack[ComponentAvailabilityWhere],
    ) -> ComponentAvailability | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ComponentAvailabilityWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, production_component_id: UUID) -> ComponentAvailability:
        """Get the row with this production_component_id. Raises NotFoundError."""
        return await self._get(production_component_id)


class AsyncComponentBlockersTable(AsyncReadable[ComponentBlocker]):
    """Which components production waits for now, and how many orders each of them blocks. Adds
    up the shortages that have not ended. Key: product_variant_id.
    """

    name = "component_blockers"
    key = ("product_variant_id",)
    row = ComponentBlocker

    def find(
        self,
        *,
        order: ComponentBlockerSort | Sequence[ComponentBlockerSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ComponentBlockerWhere],
    ) -> AsyncIterator[ComponentBlocker]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ComponentBlockerSort | Sequence[ComponentBlockerSort] = (),
        **where: Unpack[ComponentBlockerWhere],
    ) -> ComponentBlocker | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ComponentBlockerWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, product_variant_id: UUID) -> ComponentBlocker:
        """Get the row with this product_variant_id. Raises NotFoundError."""
        return await self._get(product_variant_id)


class AsyncComponentShortagesTable(AsyncReadable[ComponentShortage]):
    """How long a production order waited for which component. Written by trigger."""

    name = "component_shortages"
    key = ("id",)
    row = ComponentShortage

    def find(
        self,
        *,
        order: ComponentShortageSort | Sequence[ComponentShortageSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ComponentShortageWhere],
    ) -> AsyncIterator[ComponentShortage]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ComponentShortageSort | Sequence[ComponentShortageSort] = (),
        **where: Unpack[ComponentShortageWhere],
    ) -> ComponentShortage | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ComponentShortageWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ComponentShortage:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncContactsTable(AsyncWritable[Contact]):
    """A person at a company of the directory; at most one is its primary contact."""

    name = "contacts"
    key = ("id",)
    row = Contact

    def find(
        self,
        *,
        order: ContactSort | Sequence[ContactSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ContactWhere],
    ) -> AsyncIterator[Contact]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: ContactSort | Sequence[ContactSort] = (), **where: Unpack[ContactWhere]
    ) -> Contact | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ContactWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Contact:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewContact]) -> Contact:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewContact]) -> list[Contact]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ContactChanges]) -> Contact:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ContactChanges, **where: Unpack[ContactWhere]
    ) -> list[Contact]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncDemandForecastsTable(AsyncWritable[DemandForecast]):
    """How much of a variant is expected to be asked for in a period."""

    name = "demand_forecasts"
    key = ("id",)
    row = DemandForecast

    def find(
        self,
        *,
        order: DemandForecastSort | Sequence[DemandForecastSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[DemandForecastWhere],
    ) -> AsyncIterator[DemandForecast]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: DemandForecastSort | Sequence[DemandForecastSort] = (),
        **where: Unpack[DemandForecastWhere],
    ) -> DemandForecast | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[DemandForecastWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> DemandForecast:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewDemandForecast]) -> DemandForecast:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewDemandForecast]) -> list[DemandForecast]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[DemandForecastChanges]) -> DemandForecast:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: DemandForecastChanges, **where: Unpack[DemandForecastWhere]
    ) -> list[DemandForecast]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncDirectoryTable(AsyncWritable[Directory]):
    """Companies we deal with, one entry each however many things it is to us, and our own
    company.
    """

    name = "directory"
    key = ("id",)
    row = Directory

    def find(
        self,
        *,
        order: DirectorySort | Sequence[DirectorySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[DirectoryWhere],
    ) -> AsyncIterator[Directory]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: DirectorySort | Sequence[DirectorySort] = (),
        **where: Unpack[DirectoryWhere],
    ) -> Directory | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[DirectoryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Directory:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewDirectory]) -> Directory:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewDirectory]) -> list[Directory]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[DirectoryChanges]) -> Directory:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: DirectoryChanges, **where: Unpack[DirectoryWhere]
    ) -> list[Directory]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncEmailLogTable(AsyncReadable[EmailLog]):
    """Every mail: to whom, of what, when, and what became of it. What it says lies elsewhere,
    and nobody reads it here; its subject holds no price.
    """

    name = "email_log"
    key = ("id",)
    row = EmailLog

    def find(
        self,
        *,
        order: EmailLogSort | Sequence[EmailLogSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[EmailLogWhere],
    ) -> AsyncIterator[EmailLog]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: EmailLogSort | Sequence[EmailLogSort] = (), **where: Unpack[EmailLogWhere]
    ) -> EmailLog | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[EmailLogWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> EmailLog:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncEmailRecipientsTable(AsyncReadable[EmailRecipient]):
    """Whom a mail is for."""

    name = "email_recipients"
    key = ("id",)
    row = EmailRecipient

    def find(
        self,
        *,
        order: EmailRecipientSort | Sequence[EmailRecipientSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[EmailRecipientWhere],
    ) -> AsyncIterator[EmailRecipient]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: EmailRecipientSort | Sequence[EmailRecipientSort] = (),
        **where: Unpack[EmailRecipientWhere],
    ) -> EmailRecipient | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[EmailRecipientWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> EmailRecipient:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncEmailSuppressionsTable(AsyncWritable[EmailSuppression]):
    """Addresses that get no mail: they bounced, complained or unsubscribed. Deleting the row
    lifts it.
    """

    name = "email_suppressions"
    key = ("id",)
    row = EmailSuppression

    def find(
        self,
        *,
        order: EmailSuppressionSort | Sequence[EmailSuppressionSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[EmailSuppressionWhere],
    ) -> AsyncIterator[EmailSuppression]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: EmailSuppressionSort | Sequence[EmailSuppressionSort] = (),
        **where: Unpack[EmailSuppressionWhere],
    ) -> EmailSuppression | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[EmailSuppressionWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> EmailSuppression:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewEmailSuppression]) -> EmailSuppression:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewEmailSuppression]) -> list[EmailSuppression]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncExchangeRatesTable(AsyncWritable[ExchangeRate]):
    """What a currency is worth from a day on. The rate that holds on a day is the newest that
    is not after it; without one, nothing in that currency can be compared. Who buys does not
    write them: an order's approval depends on its amount.
    """

    name = "exchange_rates"
    key = ("id",)
    row = ExchangeRate

    def find(
        self,
        *,
        order: ExchangeRateSort | Sequence[ExchangeRateSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ExchangeRateWhere],
    ) -> AsyncIterator[ExchangeRate]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ExchangeRateSort | Sequence[ExchangeRateSort] = (),
        **where: Unpack[ExchangeRateWhere],
    ) -> ExchangeRate | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ExchangeRateWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ExchangeRate:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewExchangeRate]) -> ExchangeRate:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewExchangeRate]) -> list[ExchangeRate]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ExchangeRateChanges]) -> ExchangeRate:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ExchangeRateChanges, **where: Unpack[ExchangeRateWhere]
    ) -> list[ExchangeRate]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncFactoryInvoiceLinesTable(AsyncWritable[FactoryInvoiceLine]):
    """What an invoice bills of one slice; pieces below zero for what a credit note takes back."""

    name = "factory_invoice_lines"
    key = ("id",)
    row = FactoryInvoiceLine

    def find(
        self,
        *,
        order: FactoryInvoiceLineSort | Sequence[FactoryInvoiceLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryInvoiceLineWhere],
    ) -> AsyncIterator[FactoryInvoiceLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryInvoiceLineSort | Sequence[FactoryInvoiceLineSort] = (),
        **where: Unpack[FactoryInvoiceLineWhere],
    ) -> FactoryInvoiceLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryInvoiceLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryInvoiceLine:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryInvoiceLine]) -> FactoryInvoiceLine:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryInvoiceLine]) -> list[FactoryInvoiceLine]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncFactoryInvoiceMatchingTable(AsyncReadable[FactoryInvoiceMatching]):
    """Every line of every factory invoice against the contract's price and what is payable, as
    of now: an invoice with a line out of tolerance is not approved. Also after approval: a
    receipt that is voided then shows here. Key: factory_invoice_line_id.
    """

    name = "factory_invoice_matching"
    key = ("factory_invoice_line_id",)
    row = FactoryInvoiceMatching

    def find(
        self,
        *,
        order: FactoryInvoiceMatchingSort | Sequence[FactoryInvoiceMatchingSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryInvoiceMatchingWhere],
    ) -> AsyncIterator[FactoryInvoiceMatching]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryInvoiceMatchingSort | Sequence[FactoryInvoiceMatchingSort] = (),
        **where: Unpack[FactoryInvoiceMatchingWhere],
    ) -> FactoryInvoiceMatching | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryInvoiceMatchingWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, factory_invoice_line_id: UUID) -> FactoryInvoiceMatching:
        """Get the row with this factory_invoice_line_id. Raises NotFoundError."""
        return await self._get(factory_invoice_line_id)


class AsyncFactoryInvoicesTable(AsyncWritable[FactoryInvoice]):
    """What a factory bills against a contract, or credits of what it billed. Never deleted or
    rewritten: a mistake is voided, with a reason, and its number is free again.
    """

    name = "factory_invoices"
    key = ("id",)
    row = FactoryInvoice

    def find(
        self,
        *,
        order: FactoryInvoiceSort | Sequence[FactoryInvoiceSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryInvoiceWhere],
    ) -> AsyncIterator[FactoryInvoice]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryInvoiceSort | Sequence[FactoryInvoiceSort] = (),
        **where: Unpack[FactoryInvoiceWhere],
    ) -> FactoryInvoice | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryInvoiceWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryInvoice:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryInvoice]) -> FactoryInvoice:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryInvoice]) -> list[FactoryInvoice]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[FactoryInvoiceChanges]) -> FactoryInvoice:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: FactoryInvoiceChanges, **where: Unpack[FactoryInvoiceWhere]
    ) -> list[FactoryInvoice]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncFactoryPaymentLinesTable(AsyncWritable[FactoryPaymentLine]):
    """The part of a payment that pays for one slice; negative for a refund."""

    name = "factory_payment_lines"
    key = ("id",)
    row = FactoryPaymentLine

    def find(
        self,
        *,
        order: FactoryPaymentLineSort | Sequence[FactoryPaymentLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryPaymentLineWhere],
    ) -> AsyncIterator[FactoryPaymentLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryPaymentLineSort | Sequence[FactoryPaymentLineSort] = (),
        **where: Unpack[FactoryPaymentLineWhere],
    ) -> FactoryPaymentLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryPaymentLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryPaymentLine:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryPaymentLine]) -> FactoryPaymentLine:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryPaymentLine]) -> list[FactoryPaymentLine]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncFactoryPaymentsTable(AsyncWritable[FactoryPayment]):
    """Money that went to a factory against a contract (a refund has negative lines). Never
    deleted: a mistake is voided, with a reason.
    """

    name = "factory_payments"
    key = ("id",)
    row = FactoryPayment

    def find(
        self,
        *,
        order: FactoryPaymentSort | Sequence[FactoryPaymentSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryPaymentWhere],
    ) -> AsyncIterator[FactoryPayment]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryPaymentSort | Sequence[FactoryPaymentSort] = (),
        **where: Unpack[FactoryPaymentWhere],
    ) -> FactoryPayment | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryPaymentWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryPayment:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryPayment]) -> FactoryPayment:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryPayment]) -> list[FactoryPayment]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[FactoryPaymentChanges]) -> FactoryPayment:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: FactoryPaymentChanges, **where: Unpack[FactoryPaymentWhere]
    ) -> list[FactoryPayment]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncFactoryPoLineSizesTable(AsyncReadable[FactoryPoLineSize]):
    """The size run of a contract line, written when the contract is issued."""

    name = "factory_po_line_sizes"
    key = ("id",)
    row = FactoryPoLineSize

    def find(
        self,
        *,
        order: FactoryPoLineSizeSort | Sequence[FactoryPoLineSizeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryPoLineSizeWhere],
    ) -> AsyncIterator[FactoryPoLineSize]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryPoLineSizeSort | Sequence[FactoryPoLineSizeSort] = (),
        **where: Unpack[FactoryPoLineSizeWhere],
    ) -> FactoryPoLineSize | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryPoLineSizeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryPoLineSize:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncFactoryPoLinesTable(AsyncWritable[FactoryPoLine]):
    """What a contract says of one slice. Follows the slice while the contract is a draft,
    unless a contract in force holds the slice: then these are the terms to be agreed anew.
    Frozen when issued, copied to the slice when signed.
    """

    name = "factory_po_lines"
    key = ("id",)
    row = FactoryPoLine

    def find(
        self,
        *,
        order: FactoryPoLineSort | Sequence[FactoryPoLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryPoLineWhere],
    ) -> AsyncIterator[FactoryPoLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryPoLineSort | Sequence[FactoryPoLineSort] = (),
        **where: Unpack[FactoryPoLineWhere],
    ) -> FactoryPoLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryPoLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryPoLine:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryPoLine]) -> FactoryPoLine:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryPoLine]) -> list[FactoryPoLine]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[FactoryPoLineChanges]) -> FactoryPoLine:
        """Change a row, and return it as it now is. Raises NotFoundError."""
        return await self._update((id,), changes)

    async def update_where(
        self, changes: FactoryPoLineChanges, **where: Unpack[FactoryPoLineWhere]
    ) -> list[FactoryPoLine]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncFactoryPosTable(AsyncWritable[FactoryPo]):
    """Production contract (PC): what a factory is bound to make of one allocation, in one
    currency.
    """

    name = "factory_pos"
    key = ("id",)
    row = FactoryPo

    def find(
        self,
        *,
        order: FactoryPoSort | Sequence[FactoryPoSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryPoWhere],
    ) -> AsyncIterator[FactoryPo]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryPoSort | Sequence[FactoryPoSort] = (),
        **where: Unpack[FactoryPoWhere],
    ) -> FactoryPo | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryPoWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryPo:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryPo]) -> FactoryPo:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryPo]) -> list[FactoryPo]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[FactoryPoChanges]) -> FactoryPo:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: FactoryPoChanges, **where: Unpack[FactoryPoWhere]
    ) -> list[FactoryPo]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncFactoryReceiptsTable(AsyncWritable[FactoryReceipt]):
    """Goods of a slice that came in. Never deleted: a mistake is voided, with a reason."""

    name = "factory_receipts"
    key = ("id",)
    row = FactoryReceipt

    def find(
        self,
        *,
        order: FactoryReceiptSort | Sequence[FactoryReceiptSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryReceiptWhere],
    ) -> AsyncIterator[FactoryReceipt]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryReceiptSort | Sequence[FactoryReceiptSort] = (),
        **where: Unpack[FactoryReceiptWhere],
    ) -> FactoryReceipt | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryReceiptWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> FactoryReceipt:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewFactoryReceipt]) -> FactoryReceipt:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewFactoryReceipt]) -> list[FactoryReceipt]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[FactoryReceiptChanges]) -> FactoryReceipt:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: FactoryReceiptChanges, **where: Unpack[FactoryReceiptWhere]
    ) -> list[FactoryReceipt]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncFactoryScorecardTable(AsyncReadable[FactoryScorecard]):
    """How each factory has done so far: how fast it quotes, how punctually it delivers, how
    much of it is rejected, how dear it is. For staff only. Key: factory_id.
    """

    name = "factory_scorecard"
    key = ("factory_id",)
    row = FactoryScorecard

    def find(
        self,
        *,
        order: FactoryScorecardSort | Sequence[FactoryScorecardSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryScorecardWhere],
    ) -> AsyncIterator[FactoryScorecard]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryScorecardSort | Sequence[FactoryScorecardSort] = (),
        **where: Unpack[FactoryScorecardWhere],
    ) -> FactoryScorecard | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryScorecardWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, factory_id: UUID) -> FactoryScorecard:
        """Get the row with this factory_id. Raises NotFoundError."""
        return await self._get(factory_id)


class AsyncFactoryWorkTable(AsyncReadable[FactoryWork]):
    """A factory's own slices from the invitation on, with their contract and what to do next.
    Key: allocation_item_supplier_id.
    """

    name = "factory_work"
    key = ("allocation_item_supplier_id",)
    row = FactoryWork

    def find(
        self,
        *,
        order: FactoryWorkSort | Sequence[FactoryWorkSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryWorkWhere],
    ) -> AsyncIterator[FactoryWork]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryWorkSort | Sequence[FactoryWorkSort] = (),
        **where: Unpack[FactoryWorkWhere],
    ) -> FactoryWork | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryWorkWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, allocation_item_supplier_id: UUID) -> FactoryWork:
        """Get the row with this allocation_item_supplier_id. Raises NotFoundError."""
        return await self._get(allocation_item_supplier_id)


class AsyncFactoryWorkloadTable(AsyncReadable[FactoryWorkload]):
    """What each factory still has to make, by the month in which it is due, against its monthly
    capacity. A month without work is no row. Key: factory_id, month.
    """

    name = "factory_workload"
    key = (
        "factory_id",
        "month",
    )
    row = FactoryWorkload

    def find(
        self,
        *,
        order: FactoryWorkloadSort | Sequence[FactoryWorkloadSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryWorkloadWhere],
    ) -> AsyncIterator[FactoryWorkload]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryWorkloadSort | Sequence[FactoryWorkloadSort] = (),
        **where: Unpack[FactoryWorkloadWhere],
    ) -> FactoryWorkload | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryWorkloadWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncFactoryWorkloadSlicesTable(AsyncReadable[FactoryWorkloadSlice]):
    """What factories have to make: standing slices that are not wholly accepted, with the month
    in which they are due. Key: allocation_item_supplier_id.
    """

    name = "factory_workload_slices"
    key = ("allocation_item_supplier_id",)
    row = FactoryWorkloadSlice

    def find(
        self,
        *,
        order: FactoryWorkloadSliceSort | Sequence[FactoryWorkloadSliceSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[FactoryWorkloadSliceWhere],
    ) -> AsyncIterator[FactoryWorkloadSlice]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: FactoryWorkloadSliceSort | Sequence[FactoryWorkloadSliceSort] = (),
        **where: Unpack[FactoryWorkloadSliceWhere],
    ) -> FactoryWorkloadSlice | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[FactoryWorkloadSliceWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, allocation_item_supplier_id: UUID) -> FactoryWorkloadSlice:
        """Get the row with this allocation_item_supplier_id. Raises NotFoundError."""
        return await self._get(allocation_item_supplier_id)


class AsyncGoodsReceiptLinesTable(AsyncWritable[GoodsReceiptLine]):
    """What of an order line came with a delivery. What is not rejected goes into stock. Added,
    never changed.
    """

    name = "goods_receipt_lines"
    key = ("id",)
    row = GoodsReceiptLine

    def find(
        self,
        *,
        order: GoodsReceiptLineSort | Sequence[GoodsReceiptLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[GoodsReceiptLineWhere],
    ) -> AsyncIterator[GoodsReceiptLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: GoodsReceiptLineSort | Sequence[GoodsReceiptLineSort] = (),
        **where: Unpack[GoodsReceiptLineWhere],
    ) -> GoodsReceiptLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[GoodsReceiptLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> GoodsReceiptLine:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewGoodsReceiptLine]) -> GoodsReceiptLine:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewGoodsReceiptLine]) -> list[GoodsReceiptLine]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncGoodsReceiptsTable(AsyncWritable[GoodsReceipt]):
    """A delivery of a vendor, as it was taken in."""

    name = "goods_receipts"
    key = ("id",)
    row = GoodsReceipt

    def find(
        self,
        *,
        order: GoodsReceiptSort | Sequence[GoodsReceiptSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[GoodsReceiptWhere],
    ) -> AsyncIterator[GoodsReceipt]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: GoodsReceiptSort | Sequence[GoodsReceiptSort] = (),
        **where: Unpack[GoodsReceiptWhere],
    ) -> GoodsReceipt | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[GoodsReceiptWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> GoodsReceipt:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewGoodsReceipt]) -> GoodsReceipt:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewGoodsReceipt]) -> list[GoodsReceipt]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[GoodsReceiptChanges]) -> GoodsReceipt:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: GoodsReceiptChanges, **where: Unpack[GoodsReceiptWhere]
    ) -> list[GoodsReceipt]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncHolidaysTable(AsyncWritable[Holiday]):
    """Days on which nobody works, besides the weekend (organization_settings.working_days).
    Forecasts follow a change; what is planned stays until it is planned anew.
    """

    name = "holidays"
    key = ("id",)
    row = Holiday

    def find(
        self,
        *,
        order: HolidaySort | Sequence[HolidaySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[HolidayWhere],
    ) -> AsyncIterator[Holiday]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: HolidaySort | Sequence[HolidaySort] = (), **where: Unpack[HolidayWhere]
    ) -> Holiday | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[HolidayWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Holiday:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewHoliday]) -> Holiday:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewHoliday]) -> list[Holiday]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncInventoryReservationsTable(AsyncWritable[InventoryReservation]):
    """Stock that is promised: so much of what lies in a place, by lot, to a component of a
    production order or to an order line.
    """

    name = "inventory_reservations"
    key = ("id",)
    row = InventoryReservation

    def find(
        self,
        *,
        order: InventoryReservationSort | Sequence[InventoryReservationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[InventoryReservationWhere],
    ) -> AsyncIterator[InventoryReservation]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: InventoryReservationSort | Sequence[InventoryReservationSort] = (),
        **where: Unpack[InventoryReservationWhere],
    ) -> InventoryReservation | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[InventoryReservationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> InventoryReservation:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewInventoryReservation]) -> InventoryReservation:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(
        self, new: Iterable[NewInventoryReservation]
    ) -> list[InventoryReservation]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncInventoryStatusTable(AsyncReadable[InventoryStatu]):
    """What there is of each variant, in all warehouses together. Key: product_variant_id."""

    name = "inventory_status"
    key = ("product_variant_id",)
    row = InventoryStatu

    def find(
        self,
        *,
        order: InventoryStatuSort | Sequence[InventoryStatuSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[InventoryStatuWhere],
    ) -> AsyncIterator[InventoryStatu]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: InventoryStatuSort | Sequence[InventoryStatuSort] = (),
        **where: Unpack[InventoryStatuWhere],
    ) -> InventoryStatu | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[InventoryStatuWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, product_variant_id: UUID) -> InventoryStatu:
        """Get the row with this product_variant_id. Raises NotFoundError."""
        return await self._get(product_variant_id)


class AsyncJobHealthTable(AsyncReadable[JobHealth]):
    """Whether the workers keep up: what waits, for how long, and what was given up. One row,
    the caller's organization. Key: organization_id.
    """

    name = "job_health"
    key = ("organization_id",)
    row = JobHealth

    def find(
        self,
        *,
        order: JobHealthSort | Sequence[JobHealthSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[JobHealthWhere],
    ) -> AsyncIterator[JobHealth]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: JobHealthSort | Sequence[JobHealthSort] = (),
        **where: Unpack[JobHealthWhere],
    ) -> JobHealth | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[JobHealthWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncJobSchedulesTable(AsyncWritable[JobSchedule]):
    """When an organization has its jobs done: at a time of day, or every so many minutes. Made
    with the organization. What was missed while nobody worked is made up for, once.
    """

    name = "job_schedules"
    key = ("job",)
    row = JobSchedule

    def find(
        self,
        *,
        order: JobScheduleSort | Sequence[JobScheduleSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[JobScheduleWhere],
    ) -> AsyncIterator[JobSchedule]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: JobScheduleSort | Sequence[JobScheduleSort] = (),
        **where: Unpack[JobScheduleWhere],
    ) -> JobSchedule | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[JobScheduleWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, job: ScheduledJob) -> JobSchedule:
        """Get the row with this job. Raises NotFoundError."""
        return await self._get(job)

    async def update(self, job: ScheduledJob, **changes: Unpack[JobScheduleChanges]) -> JobSchedule:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((job,), changes)

    async def update_where(
        self, changes: JobScheduleChanges, **where: Unpack[JobScheduleWhere]
    ) -> list[JobSchedule]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncLeadTimesTable(AsyncReadable[LeadTime]):
    """How many days it took from the sales order to its finished goods, by product and by the
    month in which the last production order of the line was completed. Lines with production
    still open are not counted. Adds up all production orders. Key: product_id, month.
    """

    name = "lead_times"
    key = (
        "product_id",
        "month",
    )
    row = LeadTime

    def find(
        self,
        *,
        order: LeadTimeSort | Sequence[LeadTimeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[LeadTimeWhere],
    ) -> AsyncIterator[LeadTime]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: LeadTimeSort | Sequence[LeadTimeSort] = (), **where: Unpack[LeadTimeWhere]
    ) -> LeadTime | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[LeadTimeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncLotsTable(AsyncWritable[Lot]):
    """What of a variant was made or bought together; of a variant that is tracked by serial,
    one piece.
    """

    name = "lots"
    key = ("id",)
    row = Lot

    def find(
        self,
        *,
        order: LotSort | Sequence[LotSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[LotWhere],
    ) -> AsyncIterator[Lot]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: LotSort | Sequence[LotSort] = (), **where: Unpack[LotWhere]
    ) -> Lot | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[LotWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Lot:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewLot]) -> Lot:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewLot]) -> list[Lot]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[LotChanges]) -> Lot:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(self, changes: LotChanges, **where: Unpack[LotWhere]) -> list[Lot]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncMailSettingsTable(AsyncWritable[MailSetting]):
    """As whom an organization writes, and through which mail server. One row per organization,
    made with it. Without a server of its own: through the operator's.
    """

    name = "mail_settings"
    key = ("organization_id",)
    row = MailSetting

    def find(
        self,
        *,
        order: MailSettingSort | Sequence[MailSettingSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[MailSettingWhere],
    ) -> AsyncIterator[MailSetting]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: MailSettingSort | Sequence[MailSettingSort] = (),
        **where: Unpack[MailSettingWhere],
    ) -> MailSetting | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[MailSettingWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, organization_id: UUID) -> MailSetting:
        """Get the row with this organization_id. Raises NotFoundError."""
        return await self._get(organization_id)

    async def update(
        self, organization_id: UUID, **changes: Unpack[MailSettingChanges]
    ) -> MailSetting:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((organization_id,), changes)

    async def update_where(
        self, changes: MailSettingChanges, **where: Unpack[MailSettingWhere]
    ) -> list[MailSetting]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncMailTemplatesTable(AsyncWritable[MailTemplate]):
    """An organization's own words for a mail, in place of ours: Jinja2. One that cannot be
    rendered costs the mail, which fails, and nobody else anything.
    """

    name = "mail_templates"
    key = ("id",)
    row = MailTemplate

    def find(
        self,
        *,
        order: MailTemplateSort | Sequence[MailTemplateSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[MailTemplateWhere],
    ) -> AsyncIterator[MailTemplate]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: MailTemplateSort | Sequence[MailTemplateSort] = (),
        **where: Unpack[MailTemplateWhere],
    ) -> MailTemplate | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[MailTemplateWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> MailTemplate:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewMailTemplate]) -> MailTemplate:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewMailTemplate]) -> list[MailTemplate]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[MailTemplateChanges]) -> MailTemplate:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: MailTemplateChanges, **where: Unpack[MailTemplateWhere]
    ) -> list[MailTemplate]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncMembersTable(AsyncWritable[Member]):
    """A user's membership in an organization: as whom it may speak there. A user can have
    several.
    """

    name = "members"
    key = ("id",)
    row = Member

    def find(
        self,
        *,
        order: MemberSort | Sequence[MemberSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[MemberWhere],
    ) -> AsyncIterator[Member]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: MemberSort | Sequence[MemberSort] = (), **where: Unpack[MemberWhere]
    ) -> Member | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[MemberWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Member:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewMember]) -> Member:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewMember]) -> list[Member]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[MemberChanges]) -> Member:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: MemberChanges, **where: Unpack[MemberWhere]
    ) -> list[Member]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncNotificationMutesTable(AsyncWritable[NotificationMute]):
    """What a member does not want to be told of, whatever the rules say."""

    name = "notification_mutes"
    key = ("id",)
    row = NotificationMute

    def find(
        self,
        *,
        order: NotificationMuteSort | Sequence[NotificationMuteSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[NotificationMuteWhere],
    ) -> AsyncIterator[NotificationMute]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: NotificationMuteSort | Sequence[NotificationMuteSort] = (),
        **where: Unpack[NotificationMuteWhere],
    ) -> NotificationMute | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[NotificationMuteWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> NotificationMute:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewNotificationMute]) -> NotificationMute:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewNotificationMute]) -> list[NotificationMute]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncNotificationRulesTable(AsyncWritable[NotificationRule]):
    """Who is told of which events, and how: besides the defaults, or instead of the one for the
    same role, event_type and channel. Nobody is told of what his role does not concern.
    """

    name = "notification_rules"
    key = ("id",)
    row = NotificationRule

    def find(
        self,
        *,
        order: NotificationRuleSort | Sequence[NotificationRuleSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[NotificationRuleWhere],
    ) -> AsyncIterator[NotificationRule]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: NotificationRuleSort | Sequence[NotificationRuleSort] = (),
        **where: Unpack[NotificationRuleWhere],
    ) -> NotificationRule | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[NotificationRuleWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> NotificationRule:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewNotificationRule]) -> NotificationRule:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewNotificationRule]) -> list[NotificationRule]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[NotificationRuleChanges]
    ) -> NotificationRule:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: NotificationRuleChanges, **where: Unpack[NotificationRuleWhere]
    ) -> list[NotificationRule]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncNotificationsTable(AsyncWritable[Notification]):
    """What a member is told of in the application, of events that somebody else brought about.
    Kept for ninety days.
    """

    name = "notifications"
    key = ("id",)
    row = Notification

    def find(
        self,
        *,
        order: NotificationSort | Sequence[NotificationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[NotificationWhere],
    ) -> AsyncIterator[Notification]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: NotificationSort | Sequence[NotificationSort] = (),
        **where: Unpack[NotificationWhere],
    ) -> Notification | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[NotificationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Notification:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def update(self, id: UUID, **changes: Unpack[NotificationChanges]) -> Notification:
        """Change a row, and return it as it now is. Raises NotFoundError."""
        return await self._update((id,), changes)

    async def update_where(
        self, changes: NotificationChanges, **where: Unpack[NotificationWhere]
    ) -> list[Notification]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncOpenFactoryInvoicesTable(AsyncReadable[OpenFactoryInvoice]):
    """Approved invoices of which something is still to be paid. What was paid for a slice
    counts for its invoices that fell due first. Key: factory_invoice_id.
    """

    name = "open_factory_invoices"
    key = ("factory_invoice_id",)
    row = OpenFactoryInvoice

    def find(
        self,
        *,
        order: OpenFactoryInvoiceSort | Sequence[OpenFactoryInvoiceSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OpenFactoryInvoiceWhere],
    ) -> AsyncIterator[OpenFactoryInvoice]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OpenFactoryInvoiceSort | Sequence[OpenFactoryInvoiceSort] = (),
        **where: Unpack[OpenFactoryInvoiceWhere],
    ) -> OpenFactoryInvoice | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OpenFactoryInvoiceWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, factory_invoice_id: UUID) -> OpenFactoryInvoice:
        """Get the row with this factory_invoice_id. Raises NotFoundError."""
        return await self._get(factory_invoice_id)


class AsyncOrderHistoryTable(AsyncReadable[OrderHistory]):
    """What happened to an order and its lines, and who did it. Written by triggers, never
    changed.
    """

    name = "order_history"
    key = ("id",)
    row = OrderHistory

    def find(
        self,
        *,
        order: OrderHistorySort | Sequence[OrderHistorySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderHistoryWhere],
    ) -> AsyncIterator[OrderHistory]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderHistorySort | Sequence[OrderHistorySort] = (),
        **where: Unpack[OrderHistoryWhere],
    ) -> OrderHistory | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderHistoryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> OrderHistory:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncOrderItemCostsTable(AsyncWritable[OrderItemCost]):
    """What a piece may cost us. Neither clients nor factories see it."""

    name = "order_item_costs"
    key = ("id",)
    row = OrderItemCost

    def find(
        self,
        *,
        order: OrderItemCostSort | Sequence[OrderItemCostSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderItemCostWhere],
    ) -> AsyncIterator[OrderItemCost]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderItemCostSort | Sequence[OrderItemCostSort] = (),
        **where: Unpack[OrderItemCostWhere],
    ) -> OrderItemCost | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderItemCostWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> OrderItemCost:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewOrderItemCost]) -> OrderItemCost:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewOrderItemCost]) -> list[OrderItemCost]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[OrderItemCostChanges]) -> OrderItemCost:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: OrderItemCostChanges, **where: Unpack[OrderItemCostWhere]
    ) -> list[OrderItemCost]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncOrderItemPricesTable(AsyncWritable[OrderItemPrice]):
    """What the client pays for a piece, in the order's currency."""

    name = "order_item_prices"
    key = ("id",)
    row = OrderItemPrice

    def find(
        self,
        *,
        order: OrderItemPriceSort | Sequence[OrderItemPriceSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderItemPriceWhere],
    ) -> AsyncIterator[OrderItemPrice]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderItemPriceSort | Sequence[OrderItemPriceSort] = (),
        **where: Unpack[OrderItemPriceWhere],
    ) -> OrderItemPrice | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderItemPriceWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> OrderItemPrice:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewOrderItemPrice]) -> OrderItemPrice:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewOrderItemPrice]) -> list[OrderItemPrice]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[OrderItemPriceChanges]) -> OrderItemPrice:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: OrderItemPriceChanges, **where: Unpack[OrderItemPriceWhere]
    ) -> list[OrderItemPrice]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncOrderItemSizesTable(AsyncWritable[OrderItemSize]):
    """The size run of an order line."""

    name = "order_item_sizes"
    key = ("id",)
    row = OrderItemSize

    def find(
        self,
        *,
        order: OrderItemSizeSort | Sequence[OrderItemSizeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderItemSizeWhere],
    ) -> AsyncIterator[OrderItemSize]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderItemSizeSort | Sequence[OrderItemSizeSort] = (),
        **where: Unpack[OrderItemSizeWhere],
    ) -> OrderItemSize | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderItemSizeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> OrderItemSize:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewOrderItemSize]) -> OrderItemSize:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewOrderItemSize]) -> list[OrderItemSize]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[OrderItemSizeChanges]) -> OrderItemSize:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: OrderItemSizeChanges, **where: Unpack[OrderItemSizeWhere]
    ) -> list[OrderItemSize]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncOrderItemSuppliesTable(AsyncWritable[OrderItemSupply]):
    """Order lines that we supply ourselves, from stock and own production, and not from a
    factory. Planning counts what they ask for.
    """

    name = "order_item_supplies"
    key = ("order_item_id",)
    row = OrderItemSupply

    def find(
        self,
        *,
        order: OrderItemSupplySort | Sequence[OrderItemSupplySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderItemSupplyWhere],
    ) -> AsyncIterator[OrderItemSupply]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderItemSupplySort | Sequence[OrderItemSupplySort] = (),
        **where: Unpack[OrderItemSupplyWhere],
    ) -> OrderItemSupply | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderItemSupplyWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, order_item_id: UUID) -> OrderItemSupply:
        """Get the row with this order_item_id. Raises NotFoundError."""
        return await self._get(order_item_id)

    async def insert(self, **new: Unpack[NewOrderItemSupply]) -> OrderItemSupply:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewOrderItemSupply]) -> list[OrderItemSupply]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, order_item_id: UUID, **changes: Unpack[OrderItemSupplyChanges]
    ) -> OrderItemSupply:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((order_item_id,), changes)

    async def update_where(
        self, changes: OrderItemSupplyChanges, **where: Unpack[OrderItemSupplyWhere]
    ) -> list[OrderItemSupply]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, order_item_id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(order_item_id)


class AsyncOrderItemVariantsTable(AsyncReadable[OrderItemVariant]):
    """What order lines ask for, by SKU: a line with sizes one row each, another one row. Key:
    order_item_id, position.
    """

    name = "order_item_variants"
    key = (
        "order_item_id",
        "position",
    )
    row = OrderItemVariant

    def find(
        self,
        *,
        order: OrderItemVariantSort | Sequence[OrderItemVariantSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderItemVariantWhere],
    ) -> AsyncIterator[OrderItemVariant]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderItemVariantSort | Sequence[OrderItemVariantSort] = (),
        **where: Unpack[OrderItemVariantWhere],
    ) -> OrderItemVariant | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderItemVariantWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, order_item_id: UUID, position: int) -> OrderItemVariant:
        """Get the row with this order_item_id and position. Raises NotFoundError."""
        return await self._get(order_item_id, position)


class AsyncOrderItemsTable(AsyncWritable[OrderItem]):
    """A line of an order: one style in one colour."""

    name = "order_items"
    key = ("id",)
    row = OrderItem

    def find(
        self,
        *,
        order: OrderItemSort | Sequence[OrderItemSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderItemWhere],
    ) -> AsyncIterator[OrderItem]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrderItemSort | Sequence[OrderItemSort] = (),
        **where: Unpack[OrderItemWhere],
    ) -> OrderItem | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderItemWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> OrderItem:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewOrderItem]) -> OrderItem:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewOrderItem]) -> list[OrderItem]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[OrderItemChanges]) -> OrderItem:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: OrderItemChanges, **where: Unpack[OrderItemWhere]
    ) -> list[OrderItem]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncOrdersTable(AsyncWritable[Order]):
    """What a client asks for, from its request or our quote to the closed sales order."""

    name = "orders"
    key = ("id",)
    row = Order

    def find(
        self,
        *,
        order: OrderSort | Sequence[OrderSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrderWhere],
    ) -> AsyncIterator[Order]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: OrderSort | Sequence[OrderSort] = (), **where: Unpack[OrderWhere]
    ) -> Order | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrderWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Order:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewOrder]) -> Order:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewOrder]) -> list[Order]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[OrderChanges]) -> Order:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(self, changes: OrderChanges, **where: Unpack[OrderWhere]) -> list[Order]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncOrganizationSettingsTable(AsyncWritable[OrganizationSetting]):
    """One row per organization, made with it. Tolerances are frozen onto the rows that they
    bound, so a change acts on what comes after.
    """

    name = "organization_settings"
    key = ("organization_id",)
    row = OrganizationSetting

    def find(
        self,
        *,
        order: OrganizationSettingSort | Sequence[OrganizationSettingSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrganizationSettingWhere],
    ) -> AsyncIterator[OrganizationSetting]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrganizationSettingSort | Sequence[OrganizationSettingSort] = (),
        **where: Unpack[OrganizationSettingWhere],
    ) -> OrganizationSetting | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrganizationSettingWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, organization_id: UUID) -> OrganizationSetting:
        """Get the row with this organization_id. Raises NotFoundError."""
        return await self._get(organization_id)

    async def update(
        self, organization_id: UUID, **changes: Unpack[OrganizationSettingChanges]
    ) -> OrganizationSetting:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((organization_id,), changes)

    async def update_where(
        self, changes: OrganizationSettingChanges, **where: Unpack[OrganizationSettingWhere]
    ) -> list[OrganizationSetting]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncOrganizationsTable(AsyncWritable[Organization]):
    """A company that sells, has things made and ships. Every other row belongs to exactly one."""

    name = "organizations"
    key = ("id",)
    row = Organization

    def find(
        self,
        *,
        order: OrganizationSort | Sequence[OrganizationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[OrganizationWhere],
    ) -> AsyncIterator[Organization]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: OrganizationSort | Sequence[OrganizationSort] = (),
        **where: Unpack[OrganizationWhere],
    ) -> Organization | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[OrganizationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Organization:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def update(self, id: UUID, **changes: Unpack[OrganizationChanges]) -> Organization:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: OrganizationChanges, **where: Unpack[OrganizationWhere]
    ) -> list[Organization]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncPayablesTable(AsyncReadable[Payable]):
    """What is owed for each awarded slice; one without receipts is a row with zeros. Key:
    allocation_item_supplier_id.
    """

    name = "payables"
    key = ("allocation_item_supplier_id",)
    row = Payable

    def find(
        self,
        *,
        order: PayableSort | Sequence[PayableSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PayableWhere],
    ) -> AsyncIterator[Payable]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: PayableSort | Sequence[PayableSort] = (), **where: Unpack[PayableWhere]
    ) -> Payable | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PayableWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, allocation_item_supplier_id: UUID) -> Payable:
        """Get the row with this allocation_item_supplier_id. Raises NotFoundError."""
        return await self._get(allocation_item_supplier_id)


class AsyncPayablesAgeingTable(AsyncReadable[PayablesAgeing]):
    """What is open of approved invoices, by factory, currency and days past the due date, as of
    today. The invoices behind it are in open_factory_invoices. Key: factory_id, currency.
    """

    name = "payables_ageing"
    key = (
        "factory_id",
        "currency",
    )
    row = PayablesAgeing

    def find(
        self,
        *,
        order: PayablesAgeingSort | Sequence[PayablesAgeingSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PayablesAgeingWhere],
    ) -> AsyncIterator[PayablesAgeing]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PayablesAgeingSort | Sequence[PayablesAgeingSort] = (),
        **where: Unpack[PayablesAgeingWhere],
    ) -> PayablesAgeing | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PayablesAgeingWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, factory_id: UUID, currency: str) -> PayablesAgeing:
        """Get the row with this factory_id and currency. Raises NotFoundError."""
        return await self._get(factory_id, currency)


class AsyncPayablesByContractTable(AsyncReadable[PayablesByContract]):
    """What is owed on each contract in force, and on a cancelled one on which money is out.
    Key: factory_po_id.
    """

    name = "payables_by_contract"
    key = ("factory_po_id",)
    row = PayablesByContract

    def find(
        self,
        *,
        order: PayablesByContractSort | Sequence[PayablesByContractSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PayablesByContractWhere],
    ) -> AsyncIterator[PayablesByContract]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PayablesByContractSort | Sequence[PayablesByContractSort] = (),
        **where: Unpack[PayablesByContractWhere],
    ) -> PayablesByContract | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PayablesByContractWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, factory_po_id: UUID) -> PayablesByContract:
        """Get the row with this factory_po_id. Raises NotFoundError."""
        return await self._get(factory_po_id)


class AsyncPayablesByFactoryTable(AsyncReadable[PayablesByFactory]):
    """What is owed to each factory, by currency. Key: factory_id, currency."""

    name = "payables_by_factory"
    key = (
        "factory_id",
        "currency",
    )
    row = PayablesByFactory

    def find(
        self,
        *,
        order: PayablesByFactorySort | Sequence[PayablesByFactorySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PayablesByFactoryWhere],
    ) -> AsyncIterator[PayablesByFactory]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PayablesByFactorySort | Sequence[PayablesByFactorySort] = (),
        **where: Unpack[PayablesByFactoryWhere],
    ) -> PayablesByFactory | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PayablesByFactoryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncPlannedSuppliesTable(AsyncReadable[PlannedSupply]):
    """What a planning run says to make or to buy, and why. Until it is firm the next run
    replaces it.
    """

    name = "planned_supplies"
    key = ("id",)
    row = PlannedSupply

    def find(
        self,
        *,
        order: PlannedSupplySort | Sequence[PlannedSupplySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PlannedSupplyWhere],
    ) -> AsyncIterator[PlannedSupply]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PlannedSupplySort | Sequence[PlannedSupplySort] = (),
        **where: Unpack[PlannedSupplyWhere],
    ) -> PlannedSupply | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PlannedSupplyWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> PlannedSupply:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncPlanningAccuracyTable(AsyncReadable[PlanningAccuracy]):
    """Completed production orders: what was planned and what came out, and when. Planned is
    what the planning run said, of an order that it did not plan what the order says. Key:
    production_order_id.
    """

    name = "planning_accuracy"
    key = ("production_order_id",)
    row = PlanningAccuracy

    def find(
        self,
        *,
        order: PlanningAccuracySort | Sequence[PlanningAccuracySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PlanningAccuracyWhere],
    ) -> AsyncIterator[PlanningAccuracy]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PlanningAccuracySort | Sequence[PlanningAccuracySort] = (),
        **where: Unpack[PlanningAccuracyWhere],
    ) -> PlanningAccuracy | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PlanningAccuracyWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, production_order_id: UUID) -> PlanningAccuracy:
        """Get the row with this production_order_id. Raises NotFoundError."""
        return await self._get(production_order_id)


class AsyncPlanningAccuracyByProductTable(AsyncReadable[PlanningAccuracyByProduct]):
    """planning_accuracy by product. Adds up all completed production orders. Key: product_id."""

    name = "planning_accuracy_by_product"
    key = ("product_id",)
    row = PlanningAccuracyByProduct

    def find(
        self,
        *,
        order: PlanningAccuracyByProductSort | Sequence[PlanningAccuracyByProductSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PlanningAccuracyByProductWhere],
    ) -> AsyncIterator[PlanningAccuracyByProduct]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PlanningAccuracyByProductSort | Sequence[PlanningAccuracyByProductSort] = (),
        **where: Unpack[PlanningAccuracyByProductWhere],
    ) -> PlanningAccuracyByProduct | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PlanningAccuracyByProductWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncPlanningExceptionsTable(AsyncReadable[PlanningException]):
    """What the last planning run found that people must look at. Each run replaces them."""

    name = "planning_exceptions"
    key = ("id",)
    row = PlanningException

    def find(
        self,
        *,
        order: PlanningExceptionSort | Sequence[PlanningExceptionSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PlanningExceptionWhere],
    ) -> AsyncIterator[PlanningException]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PlanningExceptionSort | Sequence[PlanningExceptionSort] = (),
        **where: Unpack[PlanningExceptionWhere],
    ) -> PlanningException | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PlanningExceptionWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> PlanningException:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncProductVariantsTable(AsyncWritable[ProductVariant]):
    """A product as it lies on the shelf, by the number that order books and stock lists name it
    with: of a style, a colourway in one size.
    """

    name = "product_variants"
    key = ("id",)
    row = ProductVariant

    def find(
        self,
        *,
        order: ProductVariantSort | Sequence[ProductVariantSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductVariantWhere],
    ) -> AsyncIterator[ProductVariant]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductVariantSort | Sequence[ProductVariantSort] = (),
        **where: Unpack[ProductVariantWhere],
    ) -> ProductVariant | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductVariantWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ProductVariant:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewProductVariant]) -> ProductVariant:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewProductVariant]) -> list[ProductVariant]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ProductVariantChanges]) -> ProductVariant:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ProductVariantChanges, **where: Unpack[ProductVariantWhere]
    ) -> list[ProductVariant]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncProductionBlockersTable(AsyncReadable[ProductionBlocker]):
    """What open production orders are short of, and what brings it: of what planning pegged to
    it the last to come, else the first that is on order for the warehouse. Key: priority,
    need_by, production_order_id, production_component_id.
    """

    name = "production_blockers"
    key = (
        "priority",
        "need_by",
        "production_order_id",
        "production_component_id",
    )
    row = ProductionBlocker

    def find(
        self,
        *,
        order: ProductionBlockerSort | Sequence[ProductionBlockerSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionBlockerWhere],
    ) -> AsyncIterator[ProductionBlocker]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionBlockerSort | Sequence[ProductionBlockerSort] = (),
        **where: Unpack[ProductionBlockerWhere],
    ) -> ProductionBlocker | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionBlockerWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(
        self, priority: int, need_by: date, production_order_id: UUID, production_component_id: UUID
    ) -> ProductionBlocker:
        """Get the row with this priority and need_by and production_order_id and
        production_component_id. Raises NotFoundError.
        """
        return await self._get(priority, need_by, production_order_id, production_component_id)


class AsyncProductionComponentsTable(AsyncReadable[ProductionComponent]):
    """What goes into a production order, and what comes out beside it: its bill of materials at
    its quantity, phantoms dissolved, one row a variant. Kept by trigger.
    """

    name = "production_components"
    key = ("id",)
    row = ProductionComponent

    def find(
        self,
        *,
        order: ProductionComponentSort | Sequence[ProductionComponentSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionComponentWhere],
    ) -> AsyncIterator[ProductionComponent]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionComponentSort | Sequence[ProductionComponentSort] = (),
        **where: Unpack[ProductionComponentWhere],
    ) -> ProductionComponent | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionComponentWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ProductionComponent:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncProductionDashboardTable(AsyncReadable[ProductionDashboard]):
    """Open production orders of each warehouse, counted. Key: warehouse_id."""

    name = "production_dashboard"
    key = ("warehouse_id",)
    row = ProductionDashboard

    def find(
        self,
        *,
        order: ProductionDashboardSort | Sequence[ProductionDashboardSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionDashboardWhere],
    ) -> AsyncIterator[ProductionDashboard]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionDashboardSort | Sequence[ProductionDashboardSort] = (),
        **where: Unpack[ProductionDashboardWhere],
    ) -> ProductionDashboard | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionDashboardWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, warehouse_id: UUID) -> ProductionDashboard:
        """Get the row with this warehouse_id. Raises NotFoundError."""
        return await self._get(warehouse_id)


class AsyncProductionOperationsTable(AsyncWritable[ProductionOperation]):
    """What is done to make a production order, one after the other by position. Made with it."""

    name = "production_operations"
    key = ("id",)
    row = ProductionOperation

    def find(
        self,
        *,
        order: ProductionOperationSort | Sequence[ProductionOperationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionOperationWhere],
    ) -> AsyncIterator[ProductionOperation]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionOperationSort | Sequence[ProductionOperationSort] = (),
        **where: Unpack[ProductionOperationWhere],
    ) -> ProductionOperation | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionOperationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ProductionOperation:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def update(
        self, id: UUID, **changes: Unpack[ProductionOperationChanges]
    ) -> ProductionOperation:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ProductionOperationChanges, **where: Unpack[ProductionOperationWhere]
    ) -> list[ProductionOperation]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncProductionOrderHistoryTable(AsyncReadable[ProductionOrderHistory]):
    """When a production order went from which status to which, and who took it there. Written
    by trigger, never changed.
    """

    name = "production_order_history"
    key = ("id",)
    row = ProductionOrderHistory

    def find(
        self,
        *,
        order: ProductionOrderHistorySort | Sequence[ProductionOrderHistorySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionOrderHistoryWhere],
    ) -> AsyncIterator[ProductionOrderHistory]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionOrderHistorySort | Sequence[ProductionOrderHistorySort] = (),
        **where: Unpack[ProductionOrderHistoryWhere],
    ) -> ProductionOrderHistory | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionOrderHistoryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ProductionOrderHistory:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncProductionOrdersTable(AsyncWritable[ProductionOrder]):
    """So many of a variant that we make ourselves, by one version of its bill of materials,
    which it keeps.
    """

    name = "production_orders"
    key = ("id",)
    row = ProductionOrder

    def find(
        self,
        *,
        order: ProductionOrderSort | Sequence[ProductionOrderSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionOrderWhere],
    ) -> AsyncIterator[ProductionOrder]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionOrderSort | Sequence[ProductionOrderSort] = (),
        **where: Unpack[ProductionOrderWhere],
    ) -> ProductionOrder | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionOrderWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ProductionOrder:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewProductionOrder]) -> ProductionOrder:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewProductionOrder]) -> list[ProductionOrder]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ProductionOrderChanges]) -> ProductionOrder:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ProductionOrderChanges, **where: Unpack[ProductionOrderWhere]
    ) -> list[ProductionOrder]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncProductionOutlookTable(AsyncReadable[ProductionOutlook]):
    """Open production orders: when each is expected to begin and to be finished, and what it is
    held up by. The schedule of the work centres knows nothing of material; here what comes
    later than the scheduled start moves the order by as many days. Key: priority, need_by,
    production_order_id.
    """

    name = "production_outlook"
    key = (
        "priority",
        "need_by",
        "production_order_id",
    )
    row = ProductionOutlook

    def find(
        self,
        *,
        order: ProductionOutlookSort | Sequence[ProductionOutlookSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionOutlookWhere],
    ) -> AsyncIterator[ProductionOutlook]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionOutlookSort | Sequence[ProductionOutlookSort] = (),
        **where: Unpack[ProductionOutlookWhere],
    ) -> ProductionOutlook | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionOutlookWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(
        self, priority: int, need_by: date, production_order_id: UUID
    ) -> ProductionOutlook:
        """Get the row with this priority and need_by and production_order_id. Raises
        NotFoundError.
        """
        return await self._get(priority, need_by, production_order_id)


class AsyncProductionOutputsTable(AsyncWritable[ProductionOutput]):
    """What came out of a production order, good ones and scrap. Added, never changed."""

    name = "production_outputs"
    key = ("id",)
    row = ProductionOutput

    def find(
        self,
        *,
        order: ProductionOutputSort | Sequence[ProductionOutputSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionOutputWhere],
    ) -> AsyncIterator[ProductionOutput]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionOutputSort | Sequence[ProductionOutputSort] = (),
        **where: Unpack[ProductionOutputWhere],
    ) -> ProductionOutput | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionOutputWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ProductionOutput:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewProductionOutput]) -> ProductionOutput:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewProductionOutput]) -> list[ProductionOutput]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncProductionQueueTable(AsyncReadable[ProductionQueue]):
    """Open production orders and what they wait for. Ordered by priority, need_by and id they
    stand as stock is given to them. Key: production_order_id.
    """

    name = "production_queue"
    key = ("production_order_id",)
    row = ProductionQueue

    def find(
        self,
        *,
        order: ProductionQueueSort | Sequence[ProductionQueueSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionQueueWhere],
    ) -> AsyncIterator[ProductionQueue]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionQueueSort | Sequence[ProductionQueueSort] = (),
        **where: Unpack[ProductionQueueWhere],
    ) -> ProductionQueue | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionQueueWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, production_order_id: UUID) -> ProductionQueue:
        """Get the row with this production_order_id. Raises NotFoundError."""
        return await self._get(production_order_id)


class AsyncProductionScheduleTable(AsyncReadable[ProductionSchedule]):
    """Open production orders as they are planned: when each operation is done, when all is, how
    late that is, and what holds it up. Key: production_order_id.
    """

    name = "production_schedule"
    key = ("production_order_id",)
    row = ProductionSchedule

    def find(
        self,
        *,
        order: ProductionScheduleSort | Sequence[ProductionScheduleSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductionScheduleWhere],
    ) -> AsyncIterator[ProductionSchedule]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ProductionScheduleSort | Sequence[ProductionScheduleSort] = (),
        **where: Unpack[ProductionScheduleWhere],
    ) -> ProductionSchedule | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductionScheduleWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, production_order_id: UUID) -> ProductionSchedule:
        """Get the row with this production_order_id. Raises NotFoundError."""
        return await self._get(production_order_id)


class AsyncProductsTable(AsyncWritable[Product]):
    """What is made, bought and kept in stock, in one variant or several. Each style is one,
    made with it; components and materials are others.
    """

    name = "products"
    key = ("id",)
    row = Product

    def find(
        self,
        *,
        order: ProductSort | Sequence[ProductSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ProductWhere],
    ) -> AsyncIterator[Product]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: ProductSort | Sequence[ProductSort] = (), **where: Unpack[ProductWhere]
    ) -> Product | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ProductWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Product:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewProduct]) -> Product:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewProduct]) -> list[Product]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ProductChanges]) -> Product:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ProductChanges, **where: Unpack[ProductWhere]
    ) -> list[Product]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncPurchaseAccuracyTable(AsyncReadable[PurchaseAccuracy]):
    """What planning runs said to buy, and what was bought: quantity, price and date of each
    purchase order line that was made from a planned supply. Key: purchase_order_line_id.
    """

    name = "purchase_accuracy"
    key = ("purchase_order_line_id",)
    row = PurchaseAccuracy

    def find(
        self,
        *,
        order: PurchaseAccuracySort | Sequence[PurchaseAccuracySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseAccuracyWhere],
    ) -> AsyncIterator[PurchaseAccuracy]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseAccuracySort | Sequence[PurchaseAccuracySort] = (),
        **where: Unpack[PurchaseAccuracyWhere],
    ) -> PurchaseAccuracy | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseAccuracyWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncPurchaseAccuracyByVendorTable(AsyncReadable[PurchaseAccuracyByVendor]):
    """purchase_accuracy by vendor, variant and currency, of what was sent. Adds up all lines
    that planning made. Key: vendor_id, product_variant_id, currency.
    """

    name = "purchase_accuracy_by_vendor"
    key = (
        "vendor_id",
        "product_variant_id",
        "currency",
    )
    row = PurchaseAccuracyByVendor

    def find(
        self,
        *,
        order: PurchaseAccuracyByVendorSort | Sequence[PurchaseAccuracyByVendorSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseAccuracyByVendorWhere],
    ) -> AsyncIterator[PurchaseAccuracyByVendor]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseAccuracyByVendorSort | Sequence[PurchaseAccuracyByVendorSort] = (),
        **where: Unpack[PurchaseAccuracyByVendorWhere],
    ) -> PurchaseAccuracyByVendor | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseAccuracyByVendorWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncPurchaseApprovalTiersTable(AsyncWritable[PurchaseApprovalTier]):
    """Who approves a purchase order of which amount. Below the lowest tier nobody needs to."""

    name = "purchase_approval_tiers"
    key = ("id",)
    row = PurchaseApprovalTier

    def find(
        self,
        *,
        order: PurchaseApprovalTierSort | Sequence[PurchaseApprovalTierSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseApprovalTierWhere],
    ) -> AsyncIterator[PurchaseApprovalTier]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseApprovalTierSort | Sequence[PurchaseApprovalTierSort] = (),
        **where: Unpack[PurchaseApprovalTierWhere],
    ) -> PurchaseApprovalTier | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseApprovalTierWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> PurchaseApprovalTier:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewPurchaseApprovalTier]) -> PurchaseApprovalTier:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(
        self, new: Iterable[NewPurchaseApprovalTier]
    ) -> list[PurchaseApprovalTier]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[PurchaseApprovalTierChanges]
    ) -> PurchaseApprovalTier:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: PurchaseApprovalTierChanges, **where: Unpack[PurchaseApprovalTierWhere]
    ) -> list[PurchaseApprovalTier]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncPurchaseOrderApprovalsTable(AsyncWritable[PurchaseOrderApproval]):
    """Each time a purchase order was submitted, who had to decide and who did. Written by
    triggers; vendors do not see it.
    """

    name = "purchase_order_approvals"
    key = ("id",)
    row = PurchaseOrderApproval

    def find(
        self,
        *,
        order: PurchaseOrderApprovalSort | Sequence[PurchaseOrderApprovalSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseOrderApprovalWhere],
    ) -> AsyncIterator[PurchaseOrderApproval]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseOrderApprovalSort | Sequence[PurchaseOrderApprovalSort] = (),
        **where: Unpack[PurchaseOrderApprovalWhere],
    ) -> PurchaseOrderApproval | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseOrderApprovalWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> PurchaseOrderApproval:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def update(
        self, id: UUID, **changes: Unpack[PurchaseOrderApprovalChanges]
    ) -> PurchaseOrderApproval:
        """Change a row, and return it as it now is. Raises NotFoundError."""
        return await self._update((id,), changes)

    async def update_where(
        self, changes: PurchaseOrderApprovalChanges, **where: Unpack[PurchaseOrderApprovalWhere]
    ) -> list[PurchaseOrderApproval]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncPurchaseOrderLinesTable(AsyncWritable[PurchaseOrderLine]):
    """A line of a purchase order."""

    name = "purchase_order_lines"
    key = ("id",)
    row = PurchaseOrderLine

    def find(
        self,
        *,
        order: PurchaseOrderLineSort | Sequence[PurchaseOrderLineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseOrderLineWhere],
    ) -> AsyncIterator[PurchaseOrderLine]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseOrderLineSort | Sequence[PurchaseOrderLineSort] = (),
        **where: Unpack[PurchaseOrderLineWhere],
    ) -> PurchaseOrderLine | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseOrderLineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> PurchaseOrderLine:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewPurchaseOrderLine]) -> PurchaseOrderLine:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewPurchaseOrderLine]) -> list[PurchaseOrderLine]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[PurchaseOrderLineChanges]
    ) -> PurchaseOrderLine:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: PurchaseOrderLineChanges, **where: Unpack[PurchaseOrderLineWhere]
    ) -> list[PurchaseOrderLine]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncPurchaseOrderTrackingTable(AsyncReadable[PurchaseOrderTracking]):
    """Every line of every purchase order: what is still to come of it, whether it is late, and
    how well its vendor keeps to its dates. Key: purchase_order_line_id.
    """

    name = "purchase_order_tracking"
    key = ("purchase_order_line_id",)
    row = PurchaseOrderTracking

    def find(
        self,
        *,
        order: PurchaseOrderTrackingSort | Sequence[PurchaseOrderTrackingSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseOrderTrackingWhere],
    ) -> AsyncIterator[PurchaseOrderTracking]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseOrderTrackingSort | Sequence[PurchaseOrderTrackingSort] = (),
        **where: Unpack[PurchaseOrderTrackingWhere],
    ) -> PurchaseOrderTracking | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseOrderTrackingWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, purchase_order_line_id: UUID) -> PurchaseOrderTracking:
        """Get the row with this purchase_order_line_id. Raises NotFoundError."""
        return await self._get(purchase_order_line_id)


class AsyncPurchaseOrdersTable(AsyncWritable[PurchaseOrder]):
    """What we buy from a vendor, for one warehouse, in one currency. The vendor sees it once it
    is sent.
    """

    name = "purchase_orders"
    key = ("id",)
    row = PurchaseOrder

    def find(
        self,
        *,
        order: PurchaseOrderSort | Sequence[PurchaseOrderSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[PurchaseOrderWhere],
    ) -> AsyncIterator[PurchaseOrder]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: PurchaseOrderSort | Sequence[PurchaseOrderSort] = (),
        **where: Unpack[PurchaseOrderWhere],
    ) -> PurchaseOrder | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[PurchaseOrderWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> PurchaseOrder:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewPurchaseOrder]) -> PurchaseOrder:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewPurchaseOrder]) -> list[PurchaseOrder]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[PurchaseOrderChanges]) -> PurchaseOrder:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: PurchaseOrderChanges, **where: Unpack[PurchaseOrderWhere]
    ) -> list[PurchaseOrder]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncQuoteComparisonTable(AsyncReadable[QuoteComparison]):
    """What the factories ask for the same goods, side by side: for each allocation item and
    each factory, with its share of the surcharge of an order below the minimum amount, in
    the organization's currency at the rate that holds today. Ask for one allocation. Key:
    allocation_id, allocation_item_supplier_id.
    """

    name = "quote_comparison"
    key = (
        "allocation_id",
        "allocation_item_supplier_id",
    )
    row = QuoteComparison

    def find(
        self,
        *,
        order: QuoteComparisonSort | Sequence[QuoteComparisonSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[QuoteComparisonWhere],
    ) -> AsyncIterator[QuoteComparison]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: QuoteComparisonSort | Sequence[QuoteComparisonSort] = (),
        **where: Unpack[QuoteComparisonWhere],
    ) -> QuoteComparison | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[QuoteComparisonWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, allocation_id: UUID, allocation_item_supplier_id: UUID) -> QuoteComparison:
        """Get the row with this allocation_id and allocation_item_supplier_id. Raises
        NotFoundError.
        """
        return await self._get(allocation_id, allocation_item_supplier_id)


class AsyncQuoteComparisonByFactoryTable(AsyncReadable[QuoteComparisonByFactory]):
    """What the factories ask for an allocation as a whole: the sums of quote_comparison. Key:
    allocation_id, factory_id.
    """

    name = "quote_comparison_by_factory"
    key = (
        "allocation_id",
        "factory_id",
    )
    row = QuoteComparisonByFactory

    def find(
        self,
        *,
        order: QuoteComparisonByFactorySort | Sequence[QuoteComparisonByFactorySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[QuoteComparisonByFactoryWhere],
    ) -> AsyncIterator[QuoteComparisonByFactory]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: QuoteComparisonByFactorySort | Sequence[QuoteComparisonByFactorySort] = (),
        **where: Unpack[QuoteComparisonByFactoryWhere],
    ) -> QuoteComparisonByFactory | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[QuoteComparisonByFactoryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, allocation_id: UUID, factory_id: UUID) -> QuoteComparisonByFactory:
        """Get the row with this allocation_id and factory_id. Raises NotFoundError."""
        return await self._get(allocation_id, factory_id)


class AsyncReorderRulesTable(AsyncWritable[ReorderRule]):
    """How much of a variant a warehouse should hold."""

    name = "reorder_rules"
    key = ("id",)
    row = ReorderRule

    def find(
        self,
        *,
        order: ReorderRuleSort | Sequence[ReorderRuleSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[ReorderRuleWhere],
    ) -> AsyncIterator[ReorderRule]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: ReorderRuleSort | Sequence[ReorderRuleSort] = (),
        **where: Unpack[ReorderRuleWhere],
    ) -> ReorderRule | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[ReorderRuleWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> ReorderRule:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewReorderRule]) -> ReorderRule:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewReorderRule]) -> list[ReorderRule]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[ReorderRuleChanges]) -> ReorderRule:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: ReorderRuleChanges, **where: Unpack[ReorderRuleWhere]
    ) -> list[ReorderRule]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncRequestOriginsTable(AsyncReadable[RequestOrigin]):
    """Where a request that wrote history came from: one row a request. Staff only."""

    name = "request_origins"
    key = ("id",)
    row = RequestOrigin

    def find(
        self,
        *,
        order: RequestOriginSort | Sequence[RequestOriginSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[RequestOriginWhere],
    ) -> AsyncIterator[RequestOrigin]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: RequestOriginSort | Sequence[RequestOriginSort] = (),
        **where: Unpack[RequestOriginWhere],
    ) -> RequestOrigin | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[RequestOriginWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> RequestOrigin:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncSlackChannelsTable(AsyncWritable[SlackChannel]):
    """A channel of Slack, or of what takes the same messages, that notification_rules can tell."""

    name = "slack_channels"
    key = ("id",)
    row = SlackChannel

    def find(
        self,
        *,
        order: SlackChannelSort | Sequence[SlackChannelSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[SlackChannelWhere],
    ) -> AsyncIterator[SlackChannel]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: SlackChannelSort | Sequence[SlackChannelSort] = (),
        **where: Unpack[SlackChannelWhere],
    ) -> SlackChannel | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[SlackChannelWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> SlackChannel:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def update(self, id: UUID, **changes: Unpack[SlackChannelChanges]) -> SlackChannel:
        """Change a row, and return it as it now is. Raises NotFoundError."""
        return await self._update((id,), changes)

    async def update_where(
        self, changes: SlackChannelChanges, **where: Unpack[SlackChannelWhere]
    ) -> list[SlackChannel]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncStageDwellTimesTable(AsyncReadable[StageDwellTime]):
    """How long production orders stayed in a status, by the month in which they left it: the
    difference of two entries of their history. Adds up the whole history. Key: month,
    status.
    """

    name = "stage_dwell_times"
    key = (
        "month",
        "status",
    )
    row = StageDwellTime

    def find(
        self,
        *,
        order: StageDwellTimeSort | Sequence[StageDwellTimeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StageDwellTimeWhere],
    ) -> AsyncIterator[StageDwellTime]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: StageDwellTimeSort | Sequence[StageDwellTimeSort] = (),
        **where: Unpack[StageDwellTimeWhere],
    ) -> StageDwellTime | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StageDwellTimeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncStatusTransitionsTable(AsyncReadable[StatusTransition]):
    """Every step that a status may take, and the roles that may take it; `system` is a
    consequence that only triggers draw. A step that is not listed is refused.
    order_items.allocation_status is not listed: it is derived. Key: machine, from_status,
    to_status.
    """

    name = "status_transitions"
    key = (
        "machine",
        "from_status",
        "to_status",
    )
    row = StatusTransition

    def find(
        self,
        *,
        order: StatusTransitionSort | Sequence[StatusTransitionSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StatusTransitionWhere],
    ) -> AsyncIterator[StatusTransition]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: StatusTransitionSort | Sequence[StatusTransitionSort] = (),
        **where: Unpack[StatusTransitionWhere],
    ) -> StatusTransition | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StatusTransitionWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncStockLevelsTable(AsyncReadable[StockLevel]):
    """What lies where: a variant in a place, by lot. Kept by trigger from stock_moves and
    inventory_reservations, and written by nothing else.
    """

    name = "stock_levels"
    key = ("id",)
    row = StockLevel

    def find(
        self,
        *,
        order: StockLevelSort | Sequence[StockLevelSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StockLevelWhere],
    ) -> AsyncIterator[StockLevel]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: StockLevelSort | Sequence[StockLevelSort] = (),
        **where: Unpack[StockLevelWhere],
    ) -> StockLevel | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StockLevelWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> StockLevel:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncStockLocationsTable(AsyncWritable[StockLocation]):
    """A place in a warehouse: a bin, a shelf, a dock."""

    name = "stock_locations"
    key = ("id",)
    row = StockLocation

    def find(
        self,
        *,
        order: StockLocationSort | Sequence[StockLocationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StockLocationWhere],
    ) -> AsyncIterator[StockLocation]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: StockLocationSort | Sequence[StockLocationSort] = (),
        **where: Unpack[StockLocationWhere],
    ) -> StockLocation | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StockLocationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> StockLocation:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewStockLocation]) -> StockLocation:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewStockLocation]) -> list[StockLocation]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[StockLocationChanges]) -> StockLocation:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: StockLocationChanges, **where: Unpack[StockLocationWhere]
    ) -> list[StockLocation]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncStockMovesTable(AsyncWritable[StockMove]):
    """The stock ledger: every movement of goods, one line each, added and never changed. Stock
    levels are its sums. A mistake is corrected by the opposite move.
    """

    name = "stock_moves"
    key = ("id",)
    row = StockMove

    def find(
        self,
        *,
        order: StockMoveSort | Sequence[StockMoveSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StockMoveWhere],
    ) -> AsyncIterator[StockMove]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: StockMoveSort | Sequence[StockMoveSort] = (),
        **where: Unpack[StockMoveWhere],
    ) -> StockMove | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StockMoveWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> StockMove:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewStockMove]) -> StockMove:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewStockMove]) -> list[StockMove]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncStockOutsTable(AsyncReadable[StockOut]):
    """How often and how long production waited for which component, by the month in which the
    wait began. One that goes on counts until now. Adds up all shortages. Key:
    product_variant_id, month.
    """

    name = "stock_outs"
    key = (
        "product_variant_id",
        "month",
    )
    row = StockOut

    def find(
        self,
        *,
        order: StockOutSort | Sequence[StockOutSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StockOutWhere],
    ) -> AsyncIterator[StockOut]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: StockOutSort | Sequence[StockOutSort] = (), **where: Unpack[StockOutWhere]
    ) -> StockOut | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StockOutWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, product_variant_id: UUID, month: date) -> StockOut:
        """Get the row with this product_variant_id and month. Raises NotFoundError."""
        return await self._get(product_variant_id, month)


class AsyncStylesTable(AsyncWritable[Style]):
    """A design, whatever its colour."""

    name = "styles"
    key = ("id",)
    row = Style

    def find(
        self,
        *,
        order: StyleSort | Sequence[StyleSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[StyleWhere],
    ) -> AsyncIterator[Style]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: StyleSort | Sequence[StyleSort] = (), **where: Unpack[StyleWhere]
    ) -> Style | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[StyleWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Style:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewStyle]) -> Style:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewStyle]) -> list[Style]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[StyleChanges]) -> Style:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(self, changes: StyleChanges, **where: Unpack[StyleWhere]) -> list[Style]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncSupplierPriceBreaksTable(AsyncWritable[SupplierPriceBreak]):
    """What a vendor's product costs, by how much of it is ordered at once."""

    name = "supplier_price_breaks"
    key = ("id",)
    row = SupplierPriceBreak

    def find(
        self,
        *,
        order: SupplierPriceBreakSort | Sequence[SupplierPriceBreakSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[SupplierPriceBreakWhere],
    ) -> AsyncIterator[SupplierPriceBreak]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: SupplierPriceBreakSort | Sequence[SupplierPriceBreakSort] = (),
        **where: Unpack[SupplierPriceBreakWhere],
    ) -> SupplierPriceBreak | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[SupplierPriceBreakWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> SupplierPriceBreak:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewSupplierPriceBreak]) -> SupplierPriceBreak:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewSupplierPriceBreak]) -> list[SupplierPriceBreak]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[SupplierPriceBreakChanges]
    ) -> SupplierPriceBreak:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: SupplierPriceBreakChanges, **where: Unpack[SupplierPriceBreakWhere]
    ) -> list[SupplierPriceBreak]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncSupplierProductsTable(AsyncWritable[SupplierProduct]):
    """What a vendor sells us, and on what terms. Of several of one vendor for a variant the one
    that began last holds.
    """

    name = "supplier_products"
    key = ("id",)
    row = SupplierProduct

    def find(
        self,
        *,
        order: SupplierProductSort | Sequence[SupplierProductSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[SupplierProductWhere],
    ) -> AsyncIterator[SupplierProduct]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: SupplierProductSort | Sequence[SupplierProductSort] = (),
        **where: Unpack[SupplierProductWhere],
    ) -> SupplierProduct | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[SupplierProductWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> SupplierProduct:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewSupplierProduct]) -> SupplierProduct:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewSupplierProduct]) -> list[SupplierProduct]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[SupplierProductChanges]) -> SupplierProduct:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: SupplierProductChanges, **where: Unpack[SupplierProductWhere]
    ) -> list[SupplierProduct]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncSupplyPegsTable(AsyncReadable[SupplyPeg]):
    """Which supply serves which demand, and with how much: planned, on a purchase order, or in
    production. Written by planning runs. What stock serves has no peg.
    """

    name = "supply_pegs"
    key = ("id",)
    row = SupplyPeg

    def find(
        self,
        *,
        order: SupplyPegSort | Sequence[SupplyPegSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[SupplyPegWhere],
    ) -> AsyncIterator[SupplyPeg]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: SupplyPegSort | Sequence[SupplyPegSort] = (),
        **where: Unpack[SupplyPegWhere],
    ) -> SupplyPeg | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[SupplyPegWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> SupplyPeg:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncSupplyRunsTable(AsyncReadable[SupplyRun]):
    """A planning run: what it was asked, what it found and how long it took."""

    name = "supply_runs"
    key = ("id",)
    row = SupplyRun

    def find(
        self,
        *,
        order: SupplyRunSort | Sequence[SupplyRunSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[SupplyRunWhere],
    ) -> AsyncIterator[SupplyRun]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: SupplyRunSort | Sequence[SupplyRunSort] = (),
        **where: Unpack[SupplyRunWhere],
    ) -> SupplyRun | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[SupplyRunWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> SupplyRun:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncTechPacksTable(AsyncWritable[TechPack]):
    """How a style, or one colour of it, is made: a document, by version. Versions are added,
    never changed.
    """

    name = "tech_packs"
    key = ("id",)
    row = TechPack

    def find(
        self,
        *,
        order: TechPackSort | Sequence[TechPackSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TechPackWhere],
    ) -> AsyncIterator[TechPack]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: TechPackSort | Sequence[TechPackSort] = (), **where: Unpack[TechPackWhere]
    ) -> TechPack | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TechPackWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TechPack:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewTechPack]) -> TechPack:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewTechPack]) -> list[TechPack]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncTenantsTable(AsyncReadable[Tenant]):
    """A customer of this installation; owns organizations."""

    name = "tenants"
    key = ("id",)
    row = Tenant

    def find(
        self,
        *,
        order: TenantSort | Sequence[TenantSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TenantWhere],
    ) -> AsyncIterator[Tenant]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: TenantSort | Sequence[TenantSort] = (), **where: Unpack[TenantWhere]
    ) -> Tenant | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TenantWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Tenant:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncTimelineTable(AsyncReadable[Timeline]):
    """Timelines as trees, by order_id or order_item_id, sorted by path: the line, its
    milestones, its slices and their milestones, as far as the reader sees them. A factory's
    tree begins at its slice. All that is late: is_late=eq.true. Key: id.
    """

    name = "timeline"
    key = ("id",)
    row = Timeline

    def find(
        self,
        *,
        order: TimelineSort | Sequence[TimelineSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineWhere],
    ) -> AsyncIterator[Timeline]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: TimelineSort | Sequence[TimelineSort] = (), **where: Unpack[TimelineWhere]
    ) -> Timeline | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Timeline:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncTimelineDelaysTable(AsyncReadable[TimelineDelay]):
    """Why a late node is late. A table of its own, because whoever sees the node may not see
    the cause. Kept by trigger.
    """

    name = "timeline_delays"
    key = ("id",)
    row = TimelineDelay

    def find(
        self,
        *,
        order: TimelineDelaySort | Sequence[TimelineDelaySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineDelayWhere],
    ) -> AsyncIterator[TimelineDelay]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelineDelaySort | Sequence[TimelineDelaySort] = (),
        **where: Unpack[TimelineDelayWhere],
    ) -> TimelineDelay | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineDelayWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelineDelay:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncTimelineDependenciesTable(AsyncWritable[TimelineDependency]):
    """A milestone that another one of the same line waits for. Never in a circle."""

    name = "timeline_dependencies"
    key = ("id",)
    row = TimelineDependency

    def find(
        self,
        *,
        order: TimelineDependencySort | Sequence[TimelineDependencySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineDependencyWhere],
    ) -> AsyncIterator[TimelineDependency]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelineDependencySort | Sequence[TimelineDependencySort] = (),
        **where: Unpack[TimelineDependencyWhere],
    ) -> TimelineDependency | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineDependencyWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelineDependency:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewTimelineDependency]) -> TimelineDependency:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewTimelineDependency]) -> list[TimelineDependency]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[TimelineDependencyChanges]
    ) -> TimelineDependency:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: TimelineDependencyChanges, **where: Unpack[TimelineDependencyWhere]
    ) -> list[TimelineDependency]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncTimelineEventsTable(AsyncWritable[TimelineEvent]):
    """What happened about a node, and who said so. Changes of its dates are written here by
    themselves.
    """

    name = "timeline_events"
    key = ("id",)
    row = TimelineEvent

    def find(
        self,
        *,
        order: TimelineEventSort | Sequence[TimelineEventSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineEventWhere],
    ) -> AsyncIterator[TimelineEvent]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelineEventSort | Sequence[TimelineEventSort] = (),
        **where: Unpack[TimelineEventWhere],
    ) -> TimelineEvent | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineEventWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelineEvent:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewTimelineEvent]) -> TimelineEvent:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewTimelineEvent]) -> list[TimelineEvent]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)


class AsyncTimelineNodesTable(AsyncWritable[TimelineNode]):
    """The canonical timeline: a root for each order line, milestones below it, and a split for
    each awarded slice with milestones of its own. ops.timeline shows it as a tree.
    """

    name = "timeline_nodes"
    key = ("id",)
    row = TimelineNode

    def find(
        self,
        *,
        order: TimelineNodeSort | Sequence[TimelineNodeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineNodeWhere],
    ) -> AsyncIterator[TimelineNode]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelineNodeSort | Sequence[TimelineNodeSort] = (),
        **where: Unpack[TimelineNodeWhere],
    ) -> TimelineNode | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineNodeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelineNode:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewTimelineNode]) -> TimelineNode:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewTimelineNode]) -> list[TimelineNode]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[TimelineNodeChanges]) -> TimelineNode:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: TimelineNodeChanges, **where: Unpack[TimelineNodeWhere]
    ) -> list[TimelineNode]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncTimelinePlansTable(AsyncReadable[TimelinePlan]):
    """By what a line's timeline was last planned; the milestones of later awards are planned by
    it too.
    """

    name = "timeline_plans"
    key = ("id",)
    row = TimelinePlan

    def find(
        self,
        *,
        order: TimelinePlanSort | Sequence[TimelinePlanSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelinePlanWhere],
    ) -> AsyncIterator[TimelinePlan]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelinePlanSort | Sequence[TimelinePlanSort] = (),
        **where: Unpack[TimelinePlanWhere],
    ) -> TimelinePlan | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelinePlanWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelinePlan:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncTimelineTemplateNodesTable(AsyncWritable[TimelineTemplateNode]):
    """A milestone of a template."""

    name = "timeline_template_nodes"
    key = ("id",)
    row = TimelineTemplateNode

    def find(
        self,
        *,
        order: TimelineTemplateNodeSort | Sequence[TimelineTemplateNodeSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineTemplateNodeWhere],
    ) -> AsyncIterator[TimelineTemplateNode]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelineTemplateNodeSort | Sequence[TimelineTemplateNodeSort] = (),
        **where: Unpack[TimelineTemplateNodeWhere],
    ) -> TimelineTemplateNode | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineTemplateNodeWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelineTemplateNode:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewTimelineTemplateNode]) -> TimelineTemplateNode:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(
        self, new: Iterable[NewTimelineTemplateNode]
    ) -> list[TimelineTemplateNode]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[TimelineTemplateNodeChanges]
    ) -> TimelineTemplateNode:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: TimelineTemplateNodeChanges, **where: Unpack[TimelineTemplateNodeWhere]
    ) -> list[TimelineTemplateNode]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncTimelineTemplatesTable(AsyncWritable[TimelineTemplate]):
    """A time and action calendar: the milestones that are planned for an order line, counted
    from ex-factory.
    """

    name = "timeline_templates"
    key = ("id",)
    row = TimelineTemplate

    def find(
        self,
        *,
        order: TimelineTemplateSort | Sequence[TimelineTemplateSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[TimelineTemplateWhere],
    ) -> AsyncIterator[TimelineTemplate]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: TimelineTemplateSort | Sequence[TimelineTemplateSort] = (),
        **where: Unpack[TimelineTemplateWhere],
    ) -> TimelineTemplate | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[TimelineTemplateWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> TimelineTemplate:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewTimelineTemplate]) -> TimelineTemplate:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewTimelineTemplate]) -> list[TimelineTemplate]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[TimelineTemplateChanges]
    ) -> TimelineTemplate:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: TimelineTemplateChanges, **where: Unpack[TimelineTemplateWhere]
    ) -> list[TimelineTemplate]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncUnallocatedOrderItemsTable(AsyncReadable[UnallocatedOrderItem]):
    """Lines of accepted orders whose need is not covered by standing slices and by open
    allocation items that have a live candidate; not those that are supplied in house. For
    those who may read candidates. Key: order_item_id.
    """

    name = "unallocated_order_items"
    key = ("order_item_id",)
    row = UnallocatedOrderItem

    def find(
        self,
        *,
        order: UnallocatedOrderItemSort | Sequence[UnallocatedOrderItemSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[UnallocatedOrderItemWhere],
    ) -> AsyncIterator[UnallocatedOrderItem]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: UnallocatedOrderItemSort | Sequence[UnallocatedOrderItemSort] = (),
        **where: Unpack[UnallocatedOrderItemWhere],
    ) -> UnallocatedOrderItem | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[UnallocatedOrderItemWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, order_item_id: UUID) -> UnallocatedOrderItem:
        """Get the row with this order_item_id. Raises NotFoundError."""
        return await self._get(order_item_id)


class AsyncUnitConversionsTable(AsyncWritable[UnitConversion]):
    """How many of one unit make one of another: of everything (a kilogram is 1,000 grams), or
    of one variant (a carton of it holds 12). Holds in both directions; that of the variant
    comes first.
    """

    name = "unit_conversions"
    key = ("id",)
    row = UnitConversion

    def find(
        self,
        *,
        order: UnitConversionSort | Sequence[UnitConversionSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[UnitConversionWhere],
    ) -> AsyncIterator[UnitConversion]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: UnitConversionSort | Sequence[UnitConversionSort] = (),
        **where: Unpack[UnitConversionWhere],
    ) -> UnitConversion | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[UnitConversionWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> UnitConversion:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewUnitConversion]) -> UnitConversion:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewUnitConversion]) -> list[UnitConversion]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[UnitConversionChanges]) -> UnitConversion:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: UnitConversionChanges, **where: Unpack[UnitConversionWhere]
    ) -> list[UnitConversion]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncUnitsTable(AsyncWritable[Unit]):
    """Units of measure. EA, each, is there from the start."""

    name = "units"
    key = ("id",)
    row = Unit

    def find(
        self,
        *,
        order: UnitSort | Sequence[UnitSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[UnitWhere],
    ) -> AsyncIterator[Unit]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: UnitSort | Sequence[UnitSort] = (), **where: Unpack[UnitWhere]
    ) -> Unit | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[UnitWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Unit:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewUnit]) -> Unit:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewUnit]) -> list[Unit]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[UnitChanges]) -> Unit:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(self, changes: UnitChanges, **where: Unpack[UnitWhere]) -> list[Unit]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncUploadedPoDocumentsTable(AsyncWritable[UploadedPoDocument]):
    """A client's purchase order as it came in, and the order it became."""

    name = "uploaded_po_documents"
    key = ("id",)
    row = UploadedPoDocument

    def find(
        self,
        *,
        order: UploadedPoDocumentSort | Sequence[UploadedPoDocumentSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[UploadedPoDocumentWhere],
    ) -> AsyncIterator[UploadedPoDocument]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: UploadedPoDocumentSort | Sequence[UploadedPoDocumentSort] = (),
        **where: Unpack[UploadedPoDocumentWhere],
    ) -> UploadedPoDocument | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[UploadedPoDocumentWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> UploadedPoDocument:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewUploadedPoDocument]) -> UploadedPoDocument:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewUploadedPoDocument]) -> list[UploadedPoDocument]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(
        self, id: UUID, **changes: Unpack[UploadedPoDocumentChanges]
    ) -> UploadedPoDocument:
        """Change a row, and return it as it now is. Raises NotFoundError."""
        return await self._update((id,), changes)

    async def update_where(
        self, changes: UploadedPoDocumentChanges, **where: Unpack[UploadedPoDocumentWhere]
    ) -> list[UploadedPoDocument]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncVendorDeliveriesTable(AsyncReadable[VendorDelivery]):
    """How well a vendor keeps to its dates: purchase order lines that came in full, and how
    many of them late. Kept by trigger; vendors do not see it.
    """

    name = "vendor_deliveries"
    key = ("vendor_id",)
    row = VendorDelivery

    def find(
        self,
        *,
        order: VendorDeliverySort | Sequence[VendorDeliverySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[VendorDeliveryWhere],
    ) -> AsyncIterator[VendorDelivery]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: VendorDeliverySort | Sequence[VendorDeliverySort] = (),
        **where: Unpack[VendorDeliveryWhere],
    ) -> VendorDelivery | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[VendorDeliveryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, vendor_id: UUID) -> VendorDelivery:
        """Get the row with this vendor_id. Raises NotFoundError."""
        return await self._get(vendor_id)


class AsyncWarehousesTable(AsyncWritable[Warehouse]):
    """Where stock is kept."""

    name = "warehouses"
    key = ("id",)
    row = Warehouse

    def find(
        self,
        *,
        order: WarehouseSort | Sequence[WarehouseSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WarehouseWhere],
    ) -> AsyncIterator[Warehouse]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WarehouseSort | Sequence[WarehouseSort] = (),
        **where: Unpack[WarehouseWhere],
    ) -> Warehouse | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WarehouseWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> Warehouse:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewWarehouse]) -> Warehouse:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewWarehouse]) -> list[Warehouse]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[WarehouseChanges]) -> Warehouse:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: WarehouseChanges, **where: Unpack[WarehouseWhere]
    ) -> list[Warehouse]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncWebhookAttemptsTable(AsyncReadable[WebhookAttempt]):
    """What an endpoint answered when a message was sent."""

    name = "webhook_attempts"
    key = ("id",)
    row = WebhookAttempt

    def find(
        self,
        *,
        order: WebhookAttemptSort | Sequence[WebhookAttemptSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WebhookAttemptWhere],
    ) -> AsyncIterator[WebhookAttempt]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WebhookAttemptSort | Sequence[WebhookAttemptSort] = (),
        **where: Unpack[WebhookAttemptWhere],
    ) -> WebhookAttempt | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WebhookAttemptWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> WebhookAttempt:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncWebhookDeliveriesTable(AsyncReadable[WebhookDelivery]):
    """A message to an endpoint: one for each event and endpoint, kept for thirty days."""

    name = "webhook_deliveries"
    key = ("id",)
    row = WebhookDelivery

    def find(
        self,
        *,
        order: WebhookDeliverySort | Sequence[WebhookDeliverySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WebhookDeliveryWhere],
    ) -> AsyncIterator[WebhookDelivery]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WebhookDeliverySort | Sequence[WebhookDeliverySort] = (),
        **where: Unpack[WebhookDeliveryWhere],
    ) -> WebhookDelivery | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WebhookDeliveryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> WebhookDelivery:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)


class AsyncWebhookEndpointsTable(AsyncWritable[WebhookEndpoint]):
    """A server of the organization's own that is told of events: each a signed POST of JSON."""

    name = "webhook_endpoints"
    key = ("id",)
    row = WebhookEndpoint

    def find(
        self,
        *,
        order: WebhookEndpointSort | Sequence[WebhookEndpointSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WebhookEndpointWhere],
    ) -> AsyncIterator[WebhookEndpoint]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WebhookEndpointSort | Sequence[WebhookEndpointSort] = (),
        **where: Unpack[WebhookEndpointWhere],
    ) -> WebhookEndpoint | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WebhookEndpointWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> WebhookEndpoint:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def update(self, id: UUID, **changes: Unpack[WebhookEndpointChanges]) -> WebhookEndpoint:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: WebhookEndpointChanges, **where: Unpack[WebhookEndpointWhere]
    ) -> list[WebhookEndpoint]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncWorkCenterDaysTable(AsyncWritable[WorkCenterDay]):
    """Days on which a work centre does more or less than on others: a holiday, overtime."""

    name = "work_center_days"
    key = ("id",)
    row = WorkCenterDay

    def find(
        self,
        *,
        order: WorkCenterDaySort | Sequence[WorkCenterDaySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkCenterDayWhere],
    ) -> AsyncIterator[WorkCenterDay]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkCenterDaySort | Sequence[WorkCenterDaySort] = (),
        **where: Unpack[WorkCenterDayWhere],
    ) -> WorkCenterDay | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkCenterDayWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> WorkCenterDay:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewWorkCenterDay]) -> WorkCenterDay:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewWorkCenterDay]) -> list[WorkCenterDay]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[WorkCenterDayChanges]) -> WorkCenterDay:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: WorkCenterDayChanges, **where: Unpack[WorkCenterDayWhere]
    ) -> list[WorkCenterDay]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)

    async def delete(self, id: UUID) -> None:
        """Delete a row. Raises NotFoundError."""
        await self._delete(id)


class AsyncWorkCenterLoadsTable(AsyncReadable[WorkCenterLoad]):
    """The schedule: how many minutes of which day a work centre gives to which operation. Kept
    by trigger.
    """

    name = "work_center_loads"
    key = (
        "production_operation_id",
        "day",
    )
    row = WorkCenterLoad

    def find(
        self,
        *,
        order: WorkCenterLoadSort | Sequence[WorkCenterLoadSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkCenterLoadWhere],
    ) -> AsyncIterator[WorkCenterLoad]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkCenterLoadSort | Sequence[WorkCenterLoadSort] = (),
        **where: Unpack[WorkCenterLoadWhere],
    ) -> WorkCenterLoad | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkCenterLoadWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, production_operation_id: UUID, day: date) -> WorkCenterLoad:
        """Get the row with this production_operation_id and day. Raises NotFoundError."""
        return await self._get(production_operation_id, day)


class AsyncWorkCenterUtilizationTable(AsyncReadable[WorkCenterUtilization]):
    """How full the work centres are, day by day: from today for four weeks, or as far as they
    are planned. Key: work_center_id, day.
    """

    name = "work_center_utilization"
    key = (
        "work_center_id",
        "day",
    )
    row = WorkCenterUtilization

    def find(
        self,
        *,
        order: WorkCenterUtilizationSort | Sequence[WorkCenterUtilizationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkCenterUtilizationWhere],
    ) -> AsyncIterator[WorkCenterUtilization]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkCenterUtilizationSort | Sequence[WorkCenterUtilizationSort] = (),
        **where: Unpack[WorkCenterUtilizationWhere],
    ) -> WorkCenterUtilization | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkCenterUtilizationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncWorkCenterWeeklyUtilizationTable(AsyncReadable[WorkCenterWeeklyUtilization]):
    """How full the work centres are, week by week; of this week, from today. Key:
    work_center_id, week_starts_on.
    """

    name = "work_center_weekly_utilization"
    key = (
        "work_center_id",
        "week_starts_on",
    )
    row = WorkCenterWeeklyUtilization

    def find(
        self,
        *,
        order: WorkCenterWeeklyUtilizationSort | Sequence[WorkCenterWeeklyUtilizationSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkCenterWeeklyUtilizationWhere],
    ) -> AsyncIterator[WorkCenterWeeklyUtilization]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkCenterWeeklyUtilizationSort | Sequence[WorkCenterWeeklyUtilizationSort] = (),
        **where: Unpack[WorkCenterWeeklyUtilizationWhere],
    ) -> WorkCenterWeeklyUtilization | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkCenterWeeklyUtilizationWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)


class AsyncWorkCentersTable(AsyncWritable[WorkCenter]):
    """Where operations are done: a machine, a bench, a team."""

    name = "work_centers"
    key = ("id",)
    row = WorkCenter

    def find(
        self,
        *,
        order: WorkCenterSort | Sequence[WorkCenterSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkCenterWhere],
    ) -> AsyncIterator[WorkCenter]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkCenterSort | Sequence[WorkCenterSort] = (),
        **where: Unpack[WorkCenterWhere],
    ) -> WorkCenter | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkCenterWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, id: UUID) -> WorkCenter:
        """Get the row with this id. Raises NotFoundError."""
        return await self._get(id)

    async def insert(self, **new: Unpack[NewWorkCenter]) -> WorkCenter:
        """Insert a row, and return it as it now is. With an `id` of its own it can be repeated."""
        return await self._insert(new)

    async def insert_many(self, new: Iterable[NewWorkCenter]) -> list[WorkCenter]:
        """Insert rows in one statement: all of them, or none."""
        return await self._insert_many(new)

    async def update(self, id: UUID, **changes: Unpack[WorkCenterChanges]) -> WorkCenter:
        """Change a row, and return it as it now is. Raises NotFoundError. Given the
        `row_version` read, raises StaleRowVersionError for a row changed since.
        """
        return await self._update((id,), changes)

    async def update_where(
        self, changes: WorkCenterChanges, **where: Unpack[WorkCenterWhere]
    ) -> list[WorkCenter]:
        """Change all rows that fulfil conditions, in one statement, and return them."""
        return await self._update_where(changes, where)


class AsyncWorkflowTable(AsyncReadable[Workflow]):
    """Every order line that we supply ourselves, of orders that are neither closed nor
    cancelled: how far it is, since when, when it will be finished and what it waits for. A
    line is as far as the part of it that is least far; production_order_id,
    purchase_order_line_id or planned_supply_id name that part. Key: order_id, line_number.
    """

    name = "workflow"
    key = (
        "order_id",
        "line_number",
    )
    row = Workflow

    def find(
        self,
        *,
        order: WorkflowSort | Sequence[WorkflowSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkflowWhere],
    ) -> AsyncIterator[Workflow]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self, *, order: WorkflowSort | Sequence[WorkflowSort] = (), **where: Unpack[WorkflowWhere]
    ) -> Workflow | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkflowWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, order_id: UUID, line_number: int) -> Workflow:
        """Get the row with this order_id and line_number. Raises NotFoundError."""
        return await self._get(order_id, line_number)


class AsyncWorkflowAlertsTable(AsyncReadable[WorkflowAlert]):
    """What somebody must see to, the worst first when ordered by severity: late order lines,
    components on hold that nothing brings, purchases overdue or promised later than needed,
    purchase orders that were sent and not acknowledged, production that is ready and that
    nobody released, and what the last planning run could not solve. Looks through all that
    is open. Key: kind, subject_id.
    """

    name = "workflow_alerts"
    key = (
        "kind",
        "subject_id",
    )
    row = WorkflowAlert

    def find(
        self,
        *,
        order: WorkflowAlertSort | Sequence[WorkflowAlertSort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkflowAlertWhere],
    ) -> AsyncIterator[WorkflowAlert]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkflowAlertSort | Sequence[WorkflowAlertSort] = (),
        **where: Unpack[WorkflowAlertWhere],
    ) -> WorkflowAlert | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkflowAlertWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, kind: WorkflowAlertKind, subject_id: UUID) -> WorkflowAlert:
        """Get the row with this kind and subject_id. Raises NotFoundError."""
        return await self._get(kind, subject_id)


class AsyncWorkflowSummaryTable(AsyncReadable[WorkflowSummary]):
    """How many lines of `workflow` are at which stage, and how long they have been there. Adds
    up all of them. Key: stage.
    """

    name = "workflow_summary"
    key = ("stage",)
    row = WorkflowSummary

    def find(
        self,
        *,
        order: WorkflowSummarySort | Sequence[WorkflowSummarySort] = (),
        limit: int | None = None,
        page_size: int = PAGE,
        **where: Unpack[WorkflowSummaryWhere],
    ) -> AsyncIterator[WorkflowSummary]:
        """Find rows, page by page, each once, even while others come in."""
        return self._find(where, order, limit, page_size)

    async def first(
        self,
        *,
        order: WorkflowSummarySort | Sequence[WorkflowSummarySort] = (),
        **where: Unpack[WorkflowSummaryWhere],
    ) -> WorkflowSummary | None:
        """Find the first row, or none."""
        return await self._first(where, order)

    async def count(self, **where: Unpack[WorkflowSummaryWhere]) -> int:
        """Count rows, exactly."""
        return await self._count(where)

    async def get(self, stage: WorkflowStage) -> WorkflowSummary:
        """Get the row with this stage. Raises NotFoundError."""
        return await self._get(stage)


class AsyncApi:
    """Every table, view and command of the API."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self.addresses = AsyncAddressesTable(transport)
        self.allocation_item_sizes = AsyncAllocationItemSizesTable(transport)
        self.allocation_item_supplier_notes = AsyncAllocationItemSupplierNotesTable(transport)
        self.allocation_item_supplier_sizes = AsyncAllocationItemSupplierSizesTable(transport)
        self.allocation_items = AsyncAllocationItemsTable(transport)
        self.allocation_items_supplier = AsyncAllocationItemsSupplierTable(transport)
        self.allocation_overview = AsyncAllocationOverviewTable(transport)
        self.allocations = AsyncAllocationsTable(transport)
        self.award_warnings = AsyncAwardWarningsTable(transport)
        self.bom_lines = AsyncBomLinesTable(transport)
        self.bom_operations = AsyncBomOperationsTable(transport)
        self.bom_templates = AsyncBomTemplatesTable(transport)
        self.bom_usage = AsyncBomUsageTable(transport)
        self.bom_versions = AsyncBomVersionsTable(transport)
        self.bom_where_used = AsyncBomWhereUsedTable(transport)
        self.client_order_lines = AsyncClientOrderLinesTable(transport)
        self.colorway_references = AsyncColorwayReferencesTable(transport)
        self.colorways = AsyncColorwaysTable(transport)
        self.component_availability = AsyncComponentAvailabilityTable(transport)
        self.component_blockers = AsyncComponentBlockersTable(transport)
        self.component_shortages = AsyncComponentShortagesTable(transport)
        self.contacts = AsyncContactsTable(transport)
        self.demand_forecasts = AsyncDemandForecastsTable(transport)
        self.directory = AsyncDirectoryTable(transport)
        self.email_log = AsyncEmailLogTable(transport)
        self.email_recipients = AsyncEmailRecipientsTable(transport)
        self.email_suppressions = AsyncEmailSuppressionsTable(transport)
        self.exchange_rates = AsyncExchangeRatesTable(transport)
        self.factory_invoice_lines = AsyncFactoryInvoiceLinesTable(transport)
        self.factory_invoice_matching = AsyncFactoryInvoiceMatchingTable(transport)
        self.factory_invoices = AsyncFactoryInvoicesTable(transport)
        self.factory_payment_lines = AsyncFactoryPaymentLinesTable(transport)
        self.factory_payments = AsyncFactoryPaymentsTable(transport)
        self.factory_po_line_sizes = AsyncFactoryPoLineSizesTable(transport)
        self.factory_po_lines = AsyncFactoryPoLinesTable(transport)
        self.factory_pos = AsyncFactoryPosTable(transport)
        self.factory_receipts = AsyncFactoryReceiptsTable(transport)
        self.factory_scorecard = AsyncFactoryScorecardTable(transport)
        self.factory_work = AsyncFactoryWorkTable(transport)
        self.factory_workload = AsyncFactoryWorkloadTable(transport)
        self.factory_workload_slices = AsyncFactoryWorkloadSlicesTable(transport)
        self.goods_receipt_lines = AsyncGoodsReceiptLinesTable(transport)
        self.goods_receipts = AsyncGoodsReceiptsTable(transport)
        self.holidays = AsyncHolidaysTable(transport)
        self.inventory_reservations = AsyncInventoryReservationsTable(transport)
        self.inventory_status = AsyncInventoryStatusTable(transport)
        self.job_health = AsyncJobHealthTable(transport)
        self.job_schedules = AsyncJobSchedulesTable(transport)
        self.lead_times = AsyncLeadTimesTable(transport)
        self.lots = AsyncLotsTable(transport)
        self.mail_settings = AsyncMailSettingsTable(transport)
        self.mail_templates = AsyncMailTemplatesTable(transport)
        self.members = AsyncMembersTable(transport)
        self.notification_mutes = AsyncNotificationMutesTable(transport)
        self.notification_rules = AsyncNotificationRulesTable(transport)
        self.notifications = AsyncNotificationsTable(transport)
        self.open_factory_invoices = AsyncOpenFactoryInvoicesTable(transport)
        self.order_history = AsyncOrderHistoryTable(transport)
        self.order_item_costs = AsyncOrderItemCostsTable(transport)
        self.order_item_prices = AsyncOrderItemPricesTable(transport)
        self.order_item_sizes = AsyncOrderItemSizesTable(transport)
        self.order_item_supplies = AsyncOrderItemSuppliesTable(transport)
        self.order_item_variants = AsyncOrderItemVariantsTable(transport)
        self.order_items = AsyncOrderItemsTable(transport)
        self.orders = AsyncOrdersTable(transport)
        self.organization_settings = AsyncOrganizationSettingsTable(transport)
        self.organizations = AsyncOrganizationsTable(transport)
        self.payables = AsyncPayablesTable(transport)
        self.payables_ageing = AsyncPayablesAgeingTable(transport)
        self.payables_by_contract = AsyncPayablesByContractTable(transport)
        self.payables_by_factory = AsyncPayablesByFactoryTable(transport)
        self.planned_supplies = AsyncPlannedSuppliesTable(transport)
        self.planning_accuracy = AsyncPlanningAccuracyTable(transport)
        self.planning_accuracy_by_product = AsyncPlanningAccuracyByProductTable(transport)
        self.planning_exceptions = AsyncPlanningExceptionsTable(transport)
        self.product_variants = AsyncProductVariantsTable(transport)
        self.production_blockers = AsyncProductionBlockersTable(transport)
        self.production_components = AsyncProductionComponentsTable(transport)
        self.production_dashboard = AsyncProductionDashboardTable(transport)
        self.production_operations = AsyncProductionOperationsTable(transport)
        self.production_order_history = AsyncProductionOrderHistoryTable(transport)
        self.production_orders = AsyncProductionOrdersTable(transport)
        self.production_outlook = AsyncProductionOutlookTable(transport)
        self.production_outputs = AsyncProductionOutputsTable(transport)
        self.production_queue = AsyncProductionQueueTable(transport)
        self.production_schedule = AsyncProductionScheduleTable(transport)
        self.products = AsyncProductsTable(transport)
        self.purchase_accuracy = AsyncPurchaseAccuracyTable(transport)
        self.purchase_accuracy_by_vendor = AsyncPurchaseAccuracyByVendorTable(transport)
        self.purchase_approval_tiers = AsyncPurchaseApprovalTiersTable(transport)
        self.purchase_order_approvals = AsyncPurchaseOrderApprovalsTable(transport)
        self.purchase_order_lines = AsyncPurchaseOrderLinesTable(transport)
        self.purchase_order_tracking = AsyncPurchaseOrderTrackingTable(transport)
        self.purchase_orders = AsyncPurchaseOrdersTable(transport)
        self.quote_comparison = AsyncQuoteComparisonTable(transport)
        self.quote_comparison_by_factory = AsyncQuoteComparisonByFactoryTable(transport)
        self.reorder_rules = AsyncReorderRulesTable(transport)
        self.request_origins = AsyncRequestOriginsTable(transport)
        self.slack_channels = AsyncSlackChannelsTable(transport)
        self.stage_dwell_times = AsyncStageDwellTimesTable(transport)
        self.status_transitions = AsyncStatusTransitionsTable(transport)
        self.stock_levels = AsyncStockLevelsTable(transport)
        self.stock_locations = AsyncStockLocationsTable(transport)
        self.stock_moves = AsyncStockMovesTable(transport)
        self.stock_outs = AsyncStockOutsTable(transport)
        self.styles = AsyncStylesTable(transport)
        self.supplier_price_breaks = AsyncSupplierPriceBreaksTable(transport)
        self.supplier_products = AsyncSupplierProductsTable(transport)
        self.supply_pegs = AsyncSupplyPegsTable(transport)
        self.supply_runs = AsyncSupplyRunsTable(transport)
        self.tech_packs = AsyncTechPacksTable(transport)
        self.tenants = AsyncTenantsTable(transport)
        self.timeline = AsyncTimelineTable(transport)
        self.timeline_delays = AsyncTimelineDelaysTable(transport)
        self.timeline_dependencies = AsyncTimelineDependenciesTable(transport)
        self.timeline_events = AsyncTimelineEventsTable(transport)
        self.timeline_nodes = AsyncTimelineNodesTable(transport)
        self.timeline_plans = AsyncTimelinePlansTable(transport)
        self.timeline_template_nodes = AsyncTimelineTemplateNodesTable(transport)
        self.timeline_templates = AsyncTimelineTemplatesTable(transport)
        self.unallocated_order_items = AsyncUnallocatedOrderItemsTable(transport)
        self.unit_conversions = AsyncUnitConversionsTable(transport)
        self.units = AsyncUnitsTable(transport)
        self.uploaded_po_documents = AsyncUploadedPoDocumentsTable(transport)
        self.vendor_deliveries = AsyncVendorDeliveriesTable(transport)
        self.warehouses = AsyncWarehousesTable(transport)
        self.webhook_attempts = AsyncWebhookAttemptsTable(transport)
        self.webhook_deliveries = AsyncWebhookDeliveriesTable(transport)
        self.webhook_endpoints = AsyncWebhookEndpointsTable(transport)
        self.work_center_days = AsyncWorkCenterDaysTable(transport)
        self.work_center_loads = AsyncWorkCenterLoadsTable(transport)
        self.work_center_utilization = AsyncWorkCenterUtilizationTable(transport)
        self.work_center_weekly_utilization = AsyncWorkCenterWeeklyUtilizationTable(transport)
        self.work_centers = AsyncWorkCentersTable(transport)
        self.workflow = AsyncWorkflowTable(transport)
        self.workflow_alerts = AsyncWorkflowAlertsTable(transport)
        self.workflow_summary = AsyncWorkflowSummaryTable(transport)

    async def accept_excess(
        self,
        allocation_item_supplier_id: UUID,
        accepted_excess_qty: Decimal | int,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Agrees to pay for so many pieces that came beyond the effective quantity. Finance.
        Errors: OMS_EXCESS_OUT_OF_RANGE, OMS_NOT_AWARDED, OMS_INVALID_ARGUMENT,
        OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "accept_excess",
                {
                    "allocation_item_supplier_id": allocation_item_supplier_id,
                    "accepted_excess_qty": accepted_excess_qty,
                },
                idempotency_key,
            )
        )

    async def acknowledge_purchase_order(
        self,
        purchase_order_id: UUID,
        vendor_reference: str | None = None,
        lines: Sequence[AcknowledgedLine] | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> PurchaseOrder:
        """Confirms a purchase order that was sent: the vendor's own number, and for its lines a
        list of {purchase_order_line_id, confirmed_qty, promised_date}. Lines that are not
        named stay as they are; the first date promised is kept beside later ones. Vendor, or
        planner and procurement for what came by mail. Errors: OMS_PURCHASE_ORDER_NOT_OPEN,
        OMS_TRANSITION_NOT_ALLOWED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "acknowledge_purchase_order",
                {
                    "purchase_order_id": purchase_order_id,
                    "vendor_reference": vendor_reference,
                    "lines": lines,
                },
                idempotency_key,
            )
        )

    async def add_candidates(
        self,
        allocation_id: UUID,
        factory_ids: Sequence[UUID],
        allocation_item_ids: Sequence[UUID] | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[AllocationItemsSupplier]:
        """Makes factories candidates for the open items of an allocation, or for some of them;
        whoever is an open candidate already stays it. They are invited by send_allocation.
        Planner, procurement. Errors: OMS_NOT_A_FACTORY, OMS_NOT_FOUND.
        """
        return [
            AllocationItemsSupplier.model_validate(one)
            for one in await self._transport.call(
                "add_candidates",
                {
                    "allocation_id": allocation_id,
                    "factory_ids": factory_ids,
                    "allocation_item_ids": allocation_item_ids,
                },
                idempotency_key,
            )
        ]

    async def allocate_items(
        self,
        name: str,
        lines: Sequence[LineCommitment],
        factory_ids: Sequence[UUID] | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Allocation:
        """Commits order lines in a new allocation and makes factories candidates for each of
        them. `lines`: a list of {order_item_id, committed_qty}; without a quantity, what the
        line has left. Planner. Errors: OMS_COMMITMENT_EXCEEDS_QUANTITY,
        OMS_ORDER_NOT_ACCEPTED, OMS_LINE_CANCELLED, OMS_NOT_A_FACTORY, OMS_WHOLE_PIECES,
        OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return Allocation.model_validate(
            await self._transport.call(
                "allocate_items",
                {"name": name, "lines": lines, "factory_ids": factory_ids},
                idempotency_key,
            )
        )

    async def approve_factory_invoice(
        self, factory_invoice_id: UUID, *, idempotency_key: str | None = None
    ) -> FactoryInvoice:
        """Approves an invoice or a credit note whose every line is within tolerance of the
        contract's price and of what is payable, over all approved invoices of the slice;
        `details` of a refusal name the differences line by line. Approving twice is one
        approval. Procurement, finance. Errors: OMS_INVOICE_OUT_OF_TOLERANCE,
        OMS_INVOICE_EMPTY, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND.
        """
        return FactoryInvoice.model_validate(
            await self._transport.call(
                "approve_factory_invoice",
                {"factory_invoice_id": factory_invoice_id},
                idempotency_key,
            )
        )

    async def approve_purchase_order(
        self, purchase_order_id: UUID, *, idempotency_key: str | None = None
    ) -> PurchaseOrder:
        """Approves a submitted purchase order. The role of its tier, and nobody who made or
        submitted it. Errors: OMS_NOT_THE_APPROVER, OMS_SELF_APPROVAL,
        OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "approve_purchase_order", {"purchase_order_id": purchase_order_id}, idempotency_key
            )
        )

    async def award(
        self,
        allocation_item_supplier_id: UUID,
        awarded_qty: Decimal | int | None = None,
        price: Decimal | int | None = None,
        remark: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Awards a slice: `awarded_qty` pieces, by default what was asked for, at the quoted
        price, or at `price` with a `remark`. Planner, procurement. Errors: OMS_NOT_SENT,
        OMS_NOT_QUOTED, OMS_FACTORY_NOT_APPROVED, OMS_AWARD_EXCEEDS_COMMITTED,
        OMS_AWARD_EXCEEDS_CAPACITY, OMS_FACTORY_OVER_CAPACITY, OMS_OVERRIDE_NEEDS_REMARK,
        OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_SLICE_CLOSED, OMS_ALLOCATION_ITEM_CLOSED,
        OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "award",
                {
                    "allocation_item_supplier_id": allocation_item_supplier_id,
                    "awarded_qty": awarded_qty,
                    "price": price,
                    "remark": remark,
                },
                idempotency_key,
            )
        )

    async def award_many(
        self, awards: Sequence[SliceAward], *, idempotency_key: str | None = None
    ) -> list[AllocationItemsSupplier]:
        """Awards many slices, all or none: a list of {allocation_item_supplier_id, awarded_qty
        or percentage, price, remark}. Percentages are of what the allocation item has left,
        add up to exactly 100 for it, and become whole pieces by largest remainder, ties by
        id; a share of zero makes no award. Errors: those of award, OMS_PERCENTAGES_NOT_100,
        OMS_INVALID_ARGUMENT.
        """
        return [
            AllocationItemsSupplier.model_validate(one)
            for one in await self._transport.call("award_many", {"awards": awards}, idempotency_key)
        ]

    async def cancel_contract(
        self, factory_po_id: UUID, *, idempotency_key: str | None = None
    ) -> FactoryPo:
        """Cancels a contract. One that is not signed is withdrawn, its slices stay awarded; a
        signed one closes its slices at zero. Planner, procurement. Errors:
        OMS_CONTRACT_HAS_RECEIPTS, OMS_CONTRACT_HAS_PAYMENTS, OMS_TRANSITION_NOT_ALLOWED,
        OMS_NOT_FOUND.
        """
        return FactoryPo.model_validate(
            await self._transport.call(
                "cancel_contract", {"factory_po_id": factory_po_id}, idempotency_key
            )
        )

    async def cancel_email(self, email_id: UUID, *, idempotency_key: str | None = None) -> EmailLog:
        """Takes back a mail that is queued. Staff who read of it. Errors: OMS_EMAIL_NOT_QUEUED,
        OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return EmailLog.model_validate(
            await self._transport.call("cancel_email", {"email_id": email_id}, idempotency_key)
        )

    async def cancel_order_item(
        self, order_item_id: UUID, *, idempotency_key: str | None = None
    ) -> OrderItem:
        """Cancels an order line: its slices are closed at zero, its candidates and allocation
        items closed, issued contracts withdrawn. Sales, planner. Errors:
        OMS_LINE_HAS_RECEIPTS, OMS_CONTRACT_HAS_PAYMENTS, OMS_NOT_FOUND.
        """
        return OrderItem.model_validate(
            await self._transport.call(
                "cancel_order_item", {"order_item_id": order_item_id}, idempotency_key
            )
        )

    async def cancel_purchase_order(
        self, purchase_order_id: UUID, *, idempotency_key: str | None = None
    ) -> PurchaseOrder:
        """Cancels a purchase order of which nothing is in stock. Planner, procurement. Errors:
        OMS_PURCHASE_ORDER_HAS_RECEIPTS, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND,
        OMS_INVALID_ARGUMENT.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "cancel_purchase_order", {"purchase_order_id": purchase_order_id}, idempotency_key
            )
        )

    async def check_bom_stock(
        self,
        product_variant_id: UUID,
        quantity: Decimal | int | None = None,
        on_date: date | None = None,
        bom_template_id: UUID | None = None,
        warehouse_id: UUID | None = None,
    ) -> list[ComponentCheck]:
        """What so many of a variant would need on a day, component by component, and whether it
        is there: by a bill of materials, by default the one in force, in a warehouse, by
        default the default one. Staff. Errors: OMS_NOT_FOUND, OMS_BOM_MISSING,
        OMS_INVALID_ARGUMENT.
        """
        return [
            ComponentCheck.model_validate(one)
            for one in await self._transport.call(
                "check_bom_stock",
                {
                    "product_variant_id": product_variant_id,
                    "quantity": quantity,
                    "on_date": on_date,
                    "bom_template_id": bom_template_id,
                    "warehouse_id": warehouse_id,
                },
                None,
            )
        ]

    async def check_order_stock(self, production_order_id: UUID) -> list[ComponentCheck]:
        """What an open production order still needs, component by component, and whether it is
        there. Staff. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return [
            ComponentCheck.model_validate(one)
            for one in await self._transport.call(
                "check_order_stock", {"production_order_id": production_order_id}, None
            )
        ]

    async def choose_bom(
        self,
        order_item_id: UUID,
        bom_template_id: UUID | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> OrderItemSupply:
        """Supplies an order line in house, by a bill of materials; without one, as its variants
        are made by default. Choosing again chooses anew; what is in production keeps the
        version it was begun with. Sales, planner, production. Errors: OMS_NOT_FOUND,
        OMS_LINE_ALLOCATED, OMS_LINE_CANCELLED, OMS_ORDER_NOT_ACCEPTED, OMS_BOM_NOT_FOR_LINE,
        OMS_INVALID_ARGUMENT.
        """
        return OrderItemSupply.model_validate(
            await self._transport.call(
                "choose_bom",
                {"order_item_id": order_item_id, "bom_template_id": bom_template_id},
                idempotency_key,
            )
        )

    async def close_allocation_item(
        self, allocation_item_id: UUID, *, idempotency_key: str | None = None
    ) -> AllocationItem:
        """Closes an allocation item: its candidates are closed, its slices go on, and the line
        can be committed elsewhere for the rest. Planner. Errors: OMS_ALLOCATION_ITEM_CLOSED,
        OMS_NOT_FOUND.
        """
        return AllocationItem.model_validate(
            await self._transport.call(
                "close_allocation_item", {"allocation_item_id": allocation_item_id}, idempotency_key
            )
        )

    async def close_purchase_order(
        self, purchase_order_id: UUID, *, idempotency_key: str | None = None
    ) -> PurchaseOrder:
        """Closes a purchase order of which no more is waited for. It closes by itself when all
        is received or cancelled. Planner, procurement. Errors: OMS_TRANSITION_NOT_ALLOWED,
        OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "close_purchase_order", {"purchase_order_id": purchase_order_id}, idempotency_key
            )
        )

    async def close_slice(
        self,
        allocation_item_supplier_id: UUID,
        closed_qty: Decimal | int,
        waive: bool | None = None,
        remark: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Closes a slice at `closed_qty` pieces; what it gives up can be awarded elsewhere or,
        with `waive`, is waived on the order line. Planner; procurement without `waive`.
        Errors: OMS_CLOSE_QUANTITY_OUT_OF_RANGE, OMS_SHORT_CLOSE_NOT_ALLOWED,
        OMS_CONTRACT_HAS_PAYMENTS, OMS_NOT_AWARDED, OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT,
        OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "close_slice",
                {
                    "allocation_item_supplier_id": allocation_item_supplier_id,
                    "closed_qty": closed_qty,
                    "waive": waive,
                    "remark": remark,
                },
                idempotency_key,
            )
        )

    async def count_stock(
        self,
        counts: Sequence[StockCount],
        reference: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[StockMove]:
        """Records what was counted: a list of {product_variant_id, stock_location_id, lot_id,
        counted_qty}. Where it differs from what should be there a move by `count` makes it
        so; those moves are returned. Warehouse. Errors: OMS_STOCK_INSUFFICIENT,
        OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_QUANTITY_NOT_IN_UNIT,
        OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return [
            StockMove.model_validate(one)
            for one in await self._transport.call(
                "count_stock", {"counts": counts, "reference": reference}, idempotency_key
            )
        ]

    async def create_order(
        self,
        lines: Sequence[OrderLine],
        client_id: UUID | None = None,
        client_po_number: str | None = None,
        type: OrderType | None = None,
        status: OrderStatus | None = None,
        order_date: date | None = None,
        ex_factory_date: date | None = None,
        in_hands_date: date | None = None,
        currency: str | None = None,
        metadata: Any | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Order:
        """Enters an order with its lines, sizes and prices, all or nothing. `lines`: a list,
        not empty, of {colorway_id, quantity or sizes, line_number, unit_price, metadata};
        without a line_number, its place in the list. `sizes`: a list, small to large, of
        {size_label, quantity, unit_price}, which add up to the quantity. Sales; planner,
        without prices; the client, whose order is a request, without prices, client_id,
        type, status and currency. What is wrong with a line is refused with its place in the
        list, in details. Errors: OMS_INVALID_ARGUMENT, OMS_QUANTITY_FROM_SIZES,
        OMS_WHOLE_PIECES, OMS_ALREADY_EXISTS, OMS_NOT_A_CLIENT, OMS_TRANSITION_NOT_ALLOWED,
        OMS_NOT_ALLOWED, OMS_NOT_FOUND.
        """
        return Order.model_validate(
            await self._transport.call(
                "create_order",
                {
                    "lines": lines,
                    "client_id": client_id,
                    "client_po_number": client_po_number,
                    "type": type,
                    "status": status,
                    "order_date": order_date,
                    "ex_factory_date": ex_factory_date,
                    "in_hands_date": in_hands_date,
                    "currency": currency,
                    "metadata": metadata,
                },
                idempotency_key,
            )
        )

    async def create_production_orders(
        self,
        order_item_ids: Sequence[UUID],
        priority: int | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[ProductionOrder]:
        """Makes production orders for lines that are supplied in house: for each SKU one, of
        what no production order of the line covers yet, by the bill of materials that was
        chosen, else the default one. Exactly so many, whatever lots they are planned in.
        Returns the new ones; none where all is covered or bought. Planner, production.
        Errors: OMS_NOT_FOUND, OMS_LINE_CANCELLED, OMS_ORDER_NOT_ACCEPTED,
        OMS_LINE_NOT_IN_HOUSE, OMS_LINE_WITHOUT_SKU, OMS_BOM_MISSING, OMS_INVALID_ARGUMENT.
        """
        return [
            ProductionOrder.model_validate(one)
            for one in await self._transport.call(
                "create_production_orders",
                {"order_item_ids": order_item_ids, "priority": priority},
                idempotency_key,
            )
        ]

    async def create_slack_channel(
        self, name: str, webhook_url: str, *, idempotency_key: str | None = None
    ) -> SlackChannel:
        """A channel of Slack by its incoming webhook, which is kept as a secret. Which events
        it is told of, notification_rules say. Admin. Errors: OMS_ALREADY_EXISTS,
        OMS_NO_SECRETS_KEY, OMS_INVALID_ARGUMENT.
        """
        return SlackChannel.model_validate(
            await self._transport.call(
                "create_slack_channel", {"name": name, "webhook_url": webhook_url}, idempotency_key
            )
        )

    async def create_webhook_endpoint(
        self,
        url: str,
        event_types: Sequence[str],
        description: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookSecret:
        """Tells a server of events from now on, and shows once what they are signed with.
        Admin. Errors: OMS_EVENT_TYPE_UNKNOWN, OMS_NO_SECRETS_KEY, OMS_INVALID_ARGUMENT.
        """
        return WebhookSecret.model_validate(
            await self._transport.call(
                "create_webhook_endpoint",
                {"url": url, "event_types": event_types, "description": description},
                idempotency_key,
            )
        )

    async def decline_quote(
        self,
        allocation_item_supplier_id: UUID,
        comments: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Declines an invitation, or takes an offer back for good. The factory; planner or
        procurement on its behalf. Errors: OMS_TRANSITION_NOT_ALLOWED, OMS_QUOTE_FROZEN,
        OMS_SLICE_CLOSED, OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "decline_quote",
                {"allocation_item_supplier_id": allocation_item_supplier_id, "comments": comments},
                idempotency_key,
            )
        )

    async def dispute_factory_invoice(
        self,
        factory_invoice_id: UUID,
        reason: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> FactoryInvoice:
        """Disputes an invoice that is not approved, with the reason; without one, the
        differences that were found are the reason. It can be approved once they are settled,
        or voided and submitted anew. Procurement, finance. Errors:
        OMS_TRANSITION_NOT_ALLOWED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return FactoryInvoice.model_validate(
            await self._transport.call(
                "dispute_factory_invoice",
                {"factory_invoice_id": factory_invoice_id, "reason": reason},
                idempotency_key,
            )
        )

    async def explain_supply(self, planned_supply_id: UUID) -> list[Explanation]:
        """Why a planned supply is what it is, in sentences: what was asked for and what there
        was, the lot, the vendor and who else could. Staff. Errors: OMS_NOT_FOUND.
        """
        return [
            Explanation.model_validate(one)
            for one in await self._transport.call(
                "explain_supply", {"planned_supply_id": planned_supply_id}, None
            )
        ]

    async def explode_bom(
        self,
        product_variant_id: UUID,
        quantity: Decimal | int | None = None,
        on_date: date | None = None,
    ) -> list[BomRequirement]:
        """What goes into so many of a variant, level by level, by the bills of materials in
        force on a day: quantity x line, with scrap and setup, rounded to the unit; phantoms
        dissolved, by-products named. Sorted by path. Stock is not looked at, and nothing is
        changed. Staff. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return [
            BomRequirement.model_validate(one)
            for one in await self._transport.call(
                "explode_bom",
                {
                    "product_variant_id": product_variant_id,
                    "quantity": quantity,
                    "on_date": on_date,
                },
                None,
            )
        ]

    async def firm_supplies(
        self, planned_supply_ids: Sequence[UUID], *, idempotency_key: str | None = None
    ) -> list[ProductionOrder]:
        """Turns planned production into production orders, which the next planning runs leave
        alone. What is one already is not made again. Planner, production. Errors:
        OMS_PLAN_NOT_FIRM, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return [
            ProductionOrder.model_validate(one)
            for one in await self._transport.call(
                "firm_supplies", {"planned_supply_ids": planned_supply_ids}, idempotency_key
            )
        ]

    async def issue_components(
        self,
        production_order_id: UUID,
        components: Sequence[ComponentIssue] | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[StockMove]:
        """Issues to a released production order what is reserved for it: all of it, or a list
        of {production_component_id, quantity, lot_id}, lot_id where it is to be of one lot.
        Takes it out of the places and lots where it is reserved; returns the moves.
        Production, warehouse. Errors: OMS_ISSUE_EXCEEDS_RESERVED,
        OMS_PRODUCTION_NOT_RELEASED, OMS_QUANTITY_NOT_IN_UNIT, OMS_INVALID_ARGUMENT,
        OMS_NOT_FOUND.
        """
        return [
            StockMove.model_validate(one)
            for one in await self._transport.call(
                "issue_components",
                {"production_order_id": production_order_id, "components": components},
                idempotency_key,
            )
        ]

    async def issue_contracts(
        self,
        allocation_id: UUID,
        factory_ids: Sequence[UUID] | None = None,
        ex_factory_date: date | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[FactoryPo]:
        """Issues one contract per factory and currency for the awarded slices of an allocation
        that have none, and drafts that are there. An issued contract that lacks such slices
        is replaced by its next version; one in force is revised. The ex-factory date is by
        default the latest quoted one. Planner, procurement. Errors: OMS_CONTRACT_EMPTY,
        OMS_CONTRACT_EXISTS, OMS_BELOW_FACTORY_MINIMUM, OMS_FACTORY_OVER_CAPACITY,
        OMS_REVISION_BELOW_ACCEPTED, OMS_REVISION_BELOW_PAID, OMS_NOT_FOUND.
        """
        return [
            FactoryPo.model_validate(one)
            for one in await self._transport.call(
                "issue_contracts",
                {
                    "allocation_id": allocation_id,
                    "factory_ids": factory_ids,
                    "ex_factory_date": ex_factory_date,
                },
                idempotency_key,
            )
        ]

    async def mark_notifications_read(
        self, notification_ids: Sequence[UUID], *, idempotency_key: str | None = None
    ) -> list[Notification]:
        """Marks notifications of yours as read, those that were not, and returns these. Staff.
        Errors: OMS_INVALID_ARGUMENT.
        """
        return [
            Notification.model_validate(one)
            for one in await self._transport.call(
                "mark_notifications_read", {"notification_ids": notification_ids}, idempotency_key
            )
        ]

    async def plan_supply(
        self,
        order_ids: Sequence[UUID] | None = None,
        planned_on: date | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> SupplyRun:
        """Plans what to make and to buy: nets demand against stock and what is on order, over
        all levels and orders, and puts what is to be bought on draft purchase orders. A
        repeated run changes nothing. With order_ids only what serves these orders is put on
        drafts; the plan is the whole organization's all the same. Planner, procurement,
        production, the job. Errors: OMS_INVALID_ARGUMENT, OMS_NOT_FOUND,
        OMS_ISOLATION_NOT_SUPPORTED.
        """
        return SupplyRun.model_validate(
            await self._transport.call(
                "plan_supply", {"order_ids": order_ids, "planned_on": planned_on}, idempotency_key
            )
        )

    async def plan_timeline(
        self,
        order_id: UUID,
        order_item_ids: Sequence[UUID] | None = None,
        timeline_template_id: UUID | None = None,
        ex_factory_date: date | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[TimelinePlan]:
        """Plans the timelines of an order, or of some of its lines, by a template, or plans
        them anew: planned dates move, milestones that the template lacks and that are not
        done go, estimates and actual dates stay. Without a template, by the default one;
        without a date, from the order's ex-factory date. Cancelled lines are left out.
        Planner, procurement. Errors: OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return [
            TimelinePlan.model_validate(one)
            for one in await self._transport.call(
                "plan_timeline",
                {
                    "order_id": order_id,
                    "order_item_ids": order_item_ids,
                    "timeline_template_id": timeline_template_id,
                    "ex_factory_date": ex_factory_date,
                },
                idempotency_key,
            )
        ]

    async def reallocate(
        self,
        reallocations: Sequence[SliceReallocation],
        allocation_id: UUID | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> list[AllocationItemsSupplier]:
        """Closes slices at what was accepted, or at `closed_qty`, and awards what they give up
        to other factories, or to the same one anew: a list of {allocation_item_supplier_id,
        closed_qty, remark, awards}, where awards is a list of {factory_id, awarded_qty or
        percentage, price, currency, remark}; one alone without quantity takes the rest. A
        factory that was not asked is invited. Without a price it must have quoted; with one,
        a remark says why. With `allocation_id` the pieces go into that allocation, which
        must be sent. The next version of a signed contract that held a slice is drafted. All
        or none; returns the slices that took over. Planner, procurement within the
        allocation. Errors: OMS_NOTHING_TO_REALLOCATE, OMS_CLOSE_QUANTITY_OUT_OF_RANGE,
        OMS_PERCENTAGES_NOT_100, OMS_CONTRACT_HAS_PAYMENTS, those of award,
        OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return [
            AllocationItemsSupplier.model_validate(one)
            for one in await self._transport.call(
                "reallocate",
                {"reallocations": reallocations, "allocation_id": allocation_id},
                idempotency_key,
            )
        ]

    async def receive_goods(
        self,
        purchase_order_id: UUID,
        lines: Sequence[ReceivedLine],
        received_on: date | None = None,
        delivery_note: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> GoodsReceipt:
        """Takes in a delivery: a list of {purchase_order_line_id, received_qty, rejected_qty,
        reject_reason, stock_location_id, lot_number, expires_on}, in the order lines' units.
        What is not rejected goes into stock; a lot that is not known is made, a piece with a
        serial number is a line of its own. Warehouse. Errors: OMS_RECEIPT_EXCEEDS_ORDERED,
        OMS_PURCHASE_ORDER_NOT_OPEN, OMS_QUANTITY_NOT_IN_UNIT, OMS_STOCK_LOT_REQUIRED,
        OMS_STOCK_SERIAL_TWICE, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return GoodsReceipt.model_validate(
            await self._transport.call(
                "receive_goods",
                {
                    "purchase_order_id": purchase_order_id,
                    "lines": lines,
                    "received_on": received_on,
                    "delivery_note": delivery_note,
                },
                idempotency_key,
            )
        )

    async def recommend_bom_templates(self, order_item_id: UUID) -> list[BomRecommendation]:
        """By which bill of materials an order line is best made: those of its style with a
        version in force today that make one of its SKUs, ranked by what is forecast of what
        they make, how often they were used and were in time, what of their components is
        there, and what a piece costs. Ties: the default one, then by code. Nothing is
        changed. Staff. Errors: OMS_NOT_FOUND.
        """
        return [
            BomRecommendation.model_validate(one)
            for one in await self._transport.call(
                "recommend_bom_templates", {"order_item_id": order_item_id}, None
            )
        ]

    async def record_email_event(
        self,
        message_id: str,
        kind: EmailEventKind,
        address: str | None = None,
        diagnostic: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Acknowledgement:
        """What a mail server tells of a mail: that it arrived, came back for good, or was
        called unwanted. The last two send the address no more mail. A message that is not
        ours changes nothing. oms_webhook. Errors: OMS_INVALID_ARGUMENT.
        """
        return Acknowledgement.model_validate(
            await self._transport.call(
                "record_email_event",
                {
                    "message_id": message_id,
                    "kind": kind,
                    "address": address,
                    "diagnostic": diagnostic,
                },
                idempotency_key,
            )
        )

    async def record_factory_payment(
        self,
        factory_po_id: UUID,
        reference: str,
        lines: Sequence[SlicePayment] | None = None,
        payment_date: date | None = None,
        is_advance: bool | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> FactoryPayment:
        """Records a payment against a contract: a list of {allocation_item_supplier_id,
        amount}, negative for a refund; without `lines`, the balance of each slice, where the
        organization pays by invoice as far as invoices are approved. An advance is paid
        before goods and invoice, up to what is awarded. Finance. Errors:
        OMS_PAYMENT_EXCEEDS_PAYABLE, OMS_PAYMENT_NOT_APPROVED, OMS_REFUND_EXCEEDS_PAID,
        OMS_REFERENCE_EXISTS, OMS_CONTRACT_NOT_IN_FORCE, OMS_CONTRACT_MISMATCH,
        OMS_ALREADY_EXISTS, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return FactoryPayment.model_validate(
            await self._transport.call(
                "record_factory_payment",
                {
                    "factory_po_id": factory_po_id,
                    "reference": reference,
                    "lines": lines,
                    "payment_date": payment_date,
                    "is_advance": is_advance,
                },
                idempotency_key,
            )
        )

    async def record_receipt(
        self,
        allocation_item_supplier_id: UUID,
        qty_received: Decimal | int,
        qty_rejected: Decimal | int | None = None,
        received_date: date | None = None,
        batch_id: str | None = None,
        location: str | None = None,
        document_uri: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> FactoryReceipt:
        """Records goods that came in for a slice. Warehouse. Errors:
        OMS_RECEIPT_EXCEEDS_TOLERANCE, OMS_CONTRACT_NOT_IN_FORCE, OMS_NOT_AWARDED,
        OMS_WHOLE_PIECES, OMS_NOT_FOUND.
        """
        return FactoryReceipt.model_validate(
            await self._transport.call(
                "record_receipt",
                {
                    "allocation_item_supplier_id": allocation_item_supplier_id,
                    "qty_received": qty_received,
                    "qty_rejected": qty_rejected,
                    "received_date": received_date,
                    "batch_id": batch_id,
                    "location": location,
                    "document_uri": document_uri,
                },
                idempotency_key,
            )
        )

    async def reject_purchase_order(
        self, purchase_order_id: UUID, reason: str, *, idempotency_key: str | None = None
    ) -> PurchaseOrder:
        """Sends a submitted purchase order back to be changed, with the reason. The role of its
        tier, and nobody who made or submitted it. Errors: OMS_NOT_THE_APPROVER,
        OMS_SELF_APPROVAL, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "reject_purchase_order",
                {"purchase_order_id": purchase_order_id, "reason": reason},
                idempotency_key,
            )
        )

    async def replay_webhook(
        self,
        webhook_endpoint_id: UUID,
        since: AwareDatetime,
        include_delivered: bool | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookReplay:
        """Sends an endpoint what happened since, up to thirty days back: what it missed while
        it was disabled or failed to take, and with `include_delivered` the rest, too.
        Messages keep their ids. Admin. Errors: OMS_WEBHOOK_DISABLED, OMS_NOT_FOUND,
        OMS_INVALID_ARGUMENT.
        """
        return WebhookReplay.model_validate(
            await self._transport.call(
                "replay_webhook",
                {
                    "webhook_endpoint_id": webhook_endpoint_id,
                    "since": since,
                    "include_delivered": include_delivered,
                },
                idempotency_key,
            )
        )

    async def report_milestone(
        self,
        timeline_node_id: UUID,
        actual_date: date | None = None,
        estimated_date: date | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> TimelineNode:
        """Says when a milestone was done, or when it is now expected. The factory, for its own
        slices; planner, procurement. What facts complete is reported by the fact. Errors:
        OMS_TIMELINE_DATE_DERIVED, OMS_TIMELINE_BRANCH, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return TimelineNode.model_validate(
            await self._transport.call(
                "report_milestone",
                {
                    "timeline_node_id": timeline_node_id,
                    "actual_date": actual_date,
                    "estimated_date": estimated_date,
                },
                idempotency_key,
            )
        )

    async def report_output(
        self,
        production_order_id: UUID,
        quantity: Decimal | int,
        scrapped_qty: Decimal | int | None = None,
        scrap_reason: str | None = None,
        stock_location_id: UUID | None = None,
        lot_id: UUID | None = None,
        by_products: Sequence[ComponentArrival] | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> ProductionOutput:
        """Reports what came out of a production order: good ones, which go into stock at their
        share of the cost, and scrap; beside them a list of by_products
        {production_component_id, quantity, stock_location_id, lot_id}. Without a place, to
        the warehouse's first storage place. The last of it completes the order. Production.
        Errors: OMS_PRODUCTION_NOT_RELEASED, OMS_OUTPUT_EXCEEDS_QUANTITY,
        OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_QUANTITY_NOT_IN_UNIT,
        OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return ProductionOutput.model_validate(
            await self._transport.call(
                "report_output",
                {
                    "production_order_id": production_order_id,
                    "quantity": quantity,
                    "scrapped_qty": scrapped_qty,
                    "scrap_reason": scrap_reason,
                    "stock_location_id": stock_location_id,
                    "lot_id": lot_id,
                    "by_products": by_products,
                },
                idempotency_key,
            )
        )

    async def report_production(
        self,
        allocation_item_supplier_id: UUID,
        production_status: ProductionStatus | None = None,
        shipped_qty: Decimal | int | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Reports how far an awarded slice is, and how many pieces left the factory in all. The
        factory; planner or procurement for it. Errors: OMS_TRANSITION_NOT_ALLOWED,
        OMS_SHIPPED_OUT_OF_RANGE, OMS_NOT_AWARDED, OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "report_production",
                {
                    "allocation_item_supplier_id": allocation_item_supplier_id,
                    "production_status": production_status,
                    "shipped_qty": shipped_qty,
                },
                idempotency_key,
            )
        )

    async def reschedule_production(
        self, *, idempotency_key: str | None = None
    ) -> list[ProductionOrder]:
        """Plans all open production orders anew, from today. Every change does so by itself;
        for a new day `oms plan` does. Returns the orders that have other dates by it.
        Planner, production. Errors: none.
        """
        return [
            ProductionOrder.model_validate(one)
            for one in await self._transport.call("reschedule_production", {}, idempotency_key)
        ]

    async def resend_email(self, email_id: UUID, *, idempotency_key: str | None = None) -> EmailLog:
        """Sends a mail once more, as a new one: to where its company gets mail now. Staff who
        read of it. Errors: OMS_EMAIL_WAITS, OMS_EMAIL_SWEPT, OMS_NOT_FOUND,
        OMS_INVALID_ARGUMENT.
        """
        return EmailLog.model_validate(
            await self._transport.call("resend_email", {"email_id": email_id}, idempotency_key)
        )

    async def return_components(
        self,
        production_order_id: UUID,
        components: Sequence[ComponentArrival],
        *,
        idempotency_key: str | None = None,
    ) -> list[StockMove]:
        """Brings back what was issued to a production order and not used, also after it ended:
        a list of {production_component_id, quantity, stock_location_id, lot_id}; without a
        place to where it came from. Held orders that wait for it are checked anew. Returns
        the moves. Production, warehouse. Errors: OMS_RETURN_EXCEEDS_ISSUED,
        OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_QUANTITY_NOT_IN_UNIT,
        OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return [
            StockMove.model_validate(one)
            for one in await self._transport.call(
                "return_components",
                {"production_order_id": production_order_id, "components": components},
                idempotency_key,
            )
        ]

    async def revise_bom(
        self,
        bom_version_id: UUID,
        revision_note: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> BomVersion:
        """Drafts the next version of a bill of materials with all that is in this one. Change
        its lines, then set its status to active. Planner, production. Errors: OMS_NOT_FOUND.
        """
        return BomVersion.model_validate(
            await self._transport.call(
                "revise_bom",
                {"bom_version_id": bom_version_id, "revision_note": revision_note},
                idempotency_key,
            )
        )

    async def revise_contract(
        self,
        factory_po_id: UUID,
        lines: Sequence[LineTerms] | None = None,
        ex_factory_date: date | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> FactoryPo:
        """Drafts the next version of a contract, or goes on with the draft that is there, with
        every slice that stands. `lines`: a list of {allocation_item_supplier_id, quantity,
        price, over_receipt_tolerance_pct}; what is left out stays as it is. Pieces beyond
        the award are awarded besides, as a slice of their own at the price of the line.
        Issue it with issue_contracts; the version in force stays so until the factory signs
        the next. Planner, procurement. Errors: OMS_CONTRACT_NOT_IN_FORCE,
        OMS_CONTRACT_EMPTY, OMS_CONTRACT_MISMATCH, OMS_TERMS_FROM_AWARD,
        OMS_AWARD_EXCEEDS_COMMITTED, OMS_ALLOCATION_ITEM_CLOSED, OMS_CANDIDATE_EXISTS,
        OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return FactoryPo.model_validate(
            await self._transport.call(
                "revise_contract",
                {
                    "factory_po_id": factory_po_id,
                    "lines": lines,
                    "ex_factory_date": ex_factory_date,
                },
                idempotency_key,
            )
        )

    async def revoke_award(
        self, allocation_item_supplier_id: UUID, *, idempotency_key: str | None = None
    ) -> AllocationItemsSupplier:
        """Takes an award back. Planner, procurement. Errors: OMS_AWARD_HAS_RECEIPTS,
        OMS_SLICE_UNDER_CONTRACT, OMS_CANDIDATE_EXISTS, OMS_NOT_AWARDED, OMS_SLICE_CLOSED,
        OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "revoke_award",
                {"allocation_item_supplier_id": allocation_item_supplier_id},
                idempotency_key,
            )
        )

    async def rotate_webhook_secret(
        self, webhook_endpoint_id: UUID, *, idempotency_key: str | None = None
    ) -> WebhookSecret:
        """Gives an endpoint a new secret, and shows it once. For a day messages are signed with
        both. Admin. Errors: OMS_NO_SECRETS_KEY, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return WebhookSecret.model_validate(
            await self._transport.call(
                "rotate_webhook_secret",
                {"webhook_endpoint_id": webhook_endpoint_id},
                idempotency_key,
            )
        )

    async def send_allocation(
        self, allocation_id: UUID, *, idempotency_key: str | None = None
    ) -> Allocation:
        """Invites the candidates of an allocation; sent again, those that were added since.
        Planner. Errors: OMS_NOT_FOUND.
        """
        return Allocation.model_validate(
            await self._transport.call(
                "send_allocation", {"allocation_id": allocation_id}, idempotency_key
            )
        )

    async def send_purchase_order(
        self, purchase_order_id: UUID, *, idempotency_key: str | None = None
    ) -> PurchaseOrder:
        """Marks an approved purchase order as sent: its vendor, who must be approved, sees it
        from now on. Planner, procurement. Errors: OMS_VENDOR_NOT_APPROVED,
        OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "send_purchase_order", {"purchase_order_id": purchase_order_id}, idempotency_key
            )
        )

    async def send_test_email(
        self, address: str, *, idempotency_key: str | None = None
    ) -> EmailLog:
        """Queues a mail that says that mail arrives. Administrators. Errors:
        OMS_INVALID_ARGUMENT.
        """
        return EmailLog.model_validate(
            await self._transport.call("send_test_email", {"address": address}, idempotency_key)
        )

    async def set_mail_password(
        self, password: str, *, idempotency_key: str | None = None
    ) -> MailSetting:
        """Keeps the password of mail_settings.smtp_user, encrypted so that only the workers can
        read it. Administrators. Errors: OMS_NO_SECRETS_KEY, OMS_INVALID_ARGUMENT.
        """
        return MailSetting.model_validate(
            await self._transport.call("set_mail_password", {"password": password}, idempotency_key)
        )

    async def set_slack_webhook(
        self, slack_channel_id: UUID, webhook_url: str, *, idempotency_key: str | None = None
    ) -> SlackChannel:
        """Gives a channel of Slack another incoming webhook. Admin. Errors: OMS_NO_SECRETS_KEY,
        OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return SlackChannel.model_validate(
            await self._transport.call(
                "set_slack_webhook",
                {"slack_channel_id": slack_channel_id, "webhook_url": webhook_url},
                idempotency_key,
            )
        )

    async def short_close_item(
        self, order_item_id: UUID, *, idempotency_key: str | None = None
    ) -> OrderItem:
        """Waives all of a line that no standing slice covers; open allocation items give up as
        much. Planner, sales. Errors: OMS_SHORT_CLOSE_NOT_ALLOWED, OMS_LINE_CANCELLED,
        OMS_NOT_FOUND.
        """
        return OrderItem.model_validate(
            await self._transport.call(
                "short_close_item", {"order_item_id": order_item_id}, idempotency_key
            )
        )

    async def sign_contract(
        self,
        factory_po_id: UUID,
        signed_by_name: str | None = None,
        terms_hash: str | None = None,
        po_document_uri: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> FactoryPo:
        """Countersigns an issued contract. `terms_hash`: the hash of the terms that the signer
        saw; another one is refused. The factory; planner or procurement record its signature
        with `po_document_uri`, the signed document. Signing twice is one signature. The
        version in force is superseded, and its slices take the new terms. Errors:
        OMS_TERMS_CHANGED, OMS_REVISION_BELOW_ACCEPTED, OMS_REVISION_BELOW_PAID,
        OMS_TRANSITION_NOT_ALLOWED, OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT, OMS_NOT_FOUND.
        """
        return FactoryPo.model_validate(
            await self._transport.call(
                "sign_contract",
                {
                    "factory_po_id": factory_po_id,
                    "signed_by_name": signed_by_name,
                    "terms_hash": terms_hash,
                    "po_document_uri": po_document_uri,
                },
                idempotency_key,
            )
        )

    async def submit_factory_invoice(
        self,
        factory_po_id: UUID,
        invoice_number: str,
        lines: Sequence[InvoiceLine],
        invoice_date: date | None = None,
        document_uri: str | None = None,
        credits_id: UUID | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> FactoryInvoice:
        """Submits a factory's invoice against a contract: a list of
        {allocation_item_supplier_id, quantity, unit_price}, the price by default the
        contract's. With `credits_id` it is a credit note to that invoice, its quantities
        below zero and its prices by default those that were invoiced. The factory, or
        procurement or finance for it. Errors: OMS_INVOICE_NUMBER_EXISTS,
        OMS_CONTRACT_NOT_IN_FORCE, OMS_CONTRACT_MISMATCH, OMS_ALREADY_EXISTS,
        OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return FactoryInvoice.model_validate(
            await self._transport.call(
                "submit_factory_invoice",
                {
                    "factory_po_id": factory_po_id,
                    "invoice_number": invoice_number,
                    "lines": lines,
                    "invoice_date": invoice_date,
                    "document_uri": document_uri,
                    "credits_id": credits_id,
                },
                idempotency_key,
            )
        )

    async def submit_purchase_order(
        self, purchase_order_id: UUID, *, idempotency_key: str | None = None
    ) -> PurchaseOrder:
        """Submits a draft for approval by the tier that its total reaches, in the
        organization's currency; below the lowest it is approved at once. Planner,
        procurement. Errors: OMS_PURCHASE_ORDER_EMPTY, OMS_EXCHANGE_RATE_MISSING,
        OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return PurchaseOrder.model_validate(
            await self._transport.call(
                "submit_purchase_order", {"purchase_order_id": purchase_order_id}, idempotency_key
            )
        )

    async def submit_quote(
        self,
        allocation_item_supplier_id: UUID,
        price: Decimal | int,
        currency: str | None = None,
        capacity_qty: Decimal | int | None = None,
        ex_factory_date: date | None = None,
        pricing_terms: PricingTerms | None = None,
        ship_mode: ShipMode | None = None,
        comments: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Quotes a slice, or quotes it anew. Without a currency, the factory's own. The
        factory; planner or procurement for a quote that came otherwise. Errors:
        OMS_QUOTE_FROZEN, OMS_SLICE_CLOSED, OMS_NOT_INVITED, OMS_QUOTE_INCOMPLETE,
        OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "submit_quote",
                {
                    "allocation_item_supplier_id": allocation_item_supplier_id,
                    "price": price,
                    "currency": currency,
                    "capacity_qty": capacity_qty,
                    "ex_factory_date": ex_factory_date,
                    "pricing_terms": pricing_terms,
                    "ship_mode": ship_mode,
                    "comments": comments,
                },
                idempotency_key,
            )
        )

    async def submit_quotes(
        self, quotes: Sequence[SliceQuote], *, idempotency_key: str | None = None
    ) -> list[AllocationItemsSupplier]:
        """Quotes many slices in one statement, all or none: a list of objects with the
        arguments of submit_quote. Errors: those of submit_quote.
        """
        return [
            AllocationItemsSupplier.model_validate(one)
            for one in await self._transport.call(
                "submit_quotes", {"quotes": quotes}, idempotency_key
            )
        ]

    async def switch_membership(
        self, member_id: UUID, *, idempotency_key: str | None = None
    ) -> Member:
        """Makes one of your own active memberships the current one: tokens made from then on
        speak for it. Errors: OMS_NOT_FOUND.
        """
        return Member.model_validate(
            await self._transport.call(
                "switch_membership", {"member_id": member_id}, idempotency_key
            )
        )

    async def test_webhook(
        self, webhook_endpoint_id: UUID, *, idempotency_key: str | None = None
    ) -> WebhookDelivery:
        """Sends an endpoint a message of type `webhook.test`. What it answered is in
        webhook_attempts a moment later. Admin. Errors: OMS_WEBHOOK_DISABLED, OMS_NOT_FOUND,
        OMS_INVALID_ARGUMENT.
        """
        return WebhookDelivery.model_validate(
            await self._transport.call(
                "test_webhook", {"webhook_endpoint_id": webhook_endpoint_id}, idempotency_key
            )
        )

    async def unsubscribe(
        self, token: UUID, *, idempotency_key: str | None = None
    ) -> Acknowledgement:
        """Sends whom a marketing mail was for no more of them. The token stands in its
        List-Unsubscribe. oms_webhook. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.
        """
        return Acknowledgement.model_validate(
            await self._transport.call("unsubscribe", {"token": token}, idempotency_key)
        )

    async def void_factory_invoice(
        self, factory_invoice_id: UUID, reason: str, *, idempotency_key: str | None = None
    ) -> FactoryInvoice:
        """Voids an invoice or a credit note; its number is free again. The factory while it is
        not approved; procurement, finance. Errors: OMS_INVOICE_PAID, OMS_INVOICE_CREDITED,
        OMS_INVOICE_OUT_OF_TOLERANCE, OMS_TRANSITION_NOT_ALLOWED, OMS_ALREADY_VOIDED,
        OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return FactoryInvoice.model_validate(
            await self._transport.call(
                "void_factory_invoice",
                {"factory_invoice_id": factory_invoice_id, "reason": reason},
                idempotency_key,
            )
        )

    async def void_factory_payment(
        self, factory_payment_id: UUID, reason: str, *, idempotency_key: str | None = None
    ) -> FactoryPayment:
        """Voids a payment; its amounts are owed again. Finance. Errors: OMS_ALREADY_VOIDED,
        OMS_REFUND_EXCEEDS_PAID, OMS_PAYMENT_EXCEEDS_PAYABLE, OMS_INVALID_ARGUMENT,
        OMS_NOT_FOUND.
        """
        return FactoryPayment.model_validate(
            await self._transport.call(
                "void_factory_payment",
                {"factory_payment_id": factory_payment_id, "reason": reason},
                idempotency_key,
            )
        )

    async def void_goods_receipt(
        self, goods_receipt_id: UUID, reason: str, *, idempotency_key: str | None = None
    ) -> GoodsReceipt:
        """Takes back a goods receipt that was entered by mistake: its goods leave stock, and
        its order is open again. Refused where they are not there any more, or reserved.
        Warehouse. Errors: OMS_STOCK_INSUFFICIENT, OMS_STOCK_RESERVED, OMS_ALREADY_VOIDED,
        OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.
        """
        return GoodsReceipt.model_validate(
            await self._transport.call(
                "void_goods_receipt",
                {"goods_receipt_id": goods_receipt_id, "reason": reason},
                idempotency_key,
            )
        )

    async def void_receipt(
        self, factory_receipt_id: UUID, reason: str, *, idempotency_key: str | None = None
    ) -> FactoryReceipt:
        """Voids a receipt; what is payable falls with it, what was paid stays and shows as a
        negative balance. Warehouse. Errors: OMS_ALREADY_VOIDED, OMS_INVALID_ARGUMENT,
        OMS_NOT_FOUND.
        """
        return FactoryReceipt.model_validate(
            await self._transport.call(
                "void_receipt",
                {"factory_receipt_id": factory_receipt_id, "reason": reason},
                idempotency_key,
            )
        )

    async def withdraw_quote(
        self,
        allocation_item_supplier_id: UUID,
        comments: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> AllocationItemsSupplier:
        """Takes back a quote that is not awarded; the factory may quote again. Errors:
        OMS_TRANSITION_NOT_ALLOWED, OMS_QUOTE_FROZEN, OMS_SLICE_CLOSED, OMS_NOT_FOUND.
        """
        return AllocationItemsSupplier.model_validate(
            await self._transport.call(
                "withdraw_quote",
                {"allocation_item_supplier_id": allocation_item_supplier_id, "comments": comments},
                idempotency_key,
            )
        )
