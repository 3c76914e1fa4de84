"""Enum types: the labels that a column may hold."""
# Written from the database by `oms types`; change the database, not this.

from oms_client.wire import Label


class AddressKind(Label):
    """Address kind."""

    BILLING = "billing"
    SHIPPING = "shipping"
    REGISTERED = "registered"


class AlertSeverity(Label):
    """How much an alert matters: it stops work or breaks a promise, it will, or it is worth
    knowing.
    """

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class AllocationCloseReason(Label):
    """Why an allocation item takes no more awards: a planner closed it, all of it moved to
    another one, its line was cancelled.
    """

    CLOSED = "closed"
    MOVED = "moved"
    CANCELLED = "cancelled"


class AllocationStatus(Label):
    """How far the making of an order line has come; derived from allocations, awards and
    contracts, never set.
    """

    UNALLOCATED = "UNALLOCATED"
    PREALLOCATED = "PREALLOCATED"
    ALLOCATED = "ALLOCATED"
    CONFIRMED = "CONFIRMED"
    PC_ISSUED = "PC_ISSUED"
    PC_SIGNED = "PC_SIGNED"
    CANCELLED = "CANCELLED"


class ApprovalStatus(Label):
    """Approval status."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class Automation(Label):
    """Whether a step is taken as soon as it can be, or when somebody takes it."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class Availability(Label):
    """Whether all, some or nothing of what is required is there."""

    AVAILABLE = "available"
    INSUFFICIENT = "insufficient"
    OUT_OF_STOCK = "out_of_stock"


class BomLineKind(Label):
    """Whether a line goes into the product or comes out beside it."""

    INPUT = "input"
    BY_PRODUCT = "by_product"


class BomStatus(Label):
    """Lifecycle of a version of a bill of materials. Only drafts are edited; what was active is
    kept as it was.
    """

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class DeliveryStatus(Label):
    """Whether a message is still to be sent, was taken, or was given up."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class EmailEventKind(Label):
    """What became of a mail that a server took: it arrived, came back for good, or was called
    unwanted.
    """

    DELIVERED = "delivered"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"


class EmailKind(Label):
    """Whether a mail is part of doing business with somebody, or news that he can unsubscribe
    from.
    """

    TRANSACTIONAL = "transactional"
    MARKETING = "marketing"


class EmailStatus(Label):
    """queued: waits, also for its next attempt. sent: a mail server has taken it. suppressed:
    everybody it was for is on email_suppressions.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


class FactoryInvoiceStatus(Label):
    """What we say to a factory's invoice. Whether it matches is no state: that follows from
    receipts and contracts, and is in factory_invoice_matching.
    """

    SUBMITTED = "submitted"
    APPROVED = "approved"
    DISPUTED = "disputed"
    VOIDED = "voided"


class FactoryPoStatus(Label):
    """Lifecycle of a production contract (PC). In force: PC_SIGNED and CLOSED."""

    DRAFT = "DRAFT"
    ISSUED = "ISSUED"
    PC_SIGNED = "PC_SIGNED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class HistoryAction(Label):
    """History action."""

    CREATED = "created"
    CONFIRMED = "confirmed"
    PAYMENT_RECEIVED = "payment_received"
    PROCESSING_STARTED = "processing_started"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    STATUS_CHANGED = "status_changed"
    NOTE_ADDED = "note_added"
    PAYMENT_FAILED = "payment_failed"
    RETURN_REQUESTED = "return_requested"
    RETURNED = "returned"
    EDITED = "edited"
    ASSIGNED = "assigned"
    INVENTORY_RESERVED = "inventory_reserved"
    INVENTORY_RELEASED = "inventory_released"
    AWARDED = "awarded"
    AWARD_REVOKED = "award_revoked"
    SLICE_CLOSED = "slice_closed"
    REALLOCATED = "reallocated"
    RECEIVED = "received"
    RECEIPT_VOIDED = "receipt_voided"
    EXCESS_ACCEPTED = "excess_accepted"
    SHORT_CLOSED = "short_closed"
    PAID = "paid"
    PAYMENT_VOIDED = "payment_voided"


class InvoiceDifference(Label):
    """What keeps a line of an invoice from being approved; the last three are those of a credit
    note.
    """

    PRICE_ABOVE_CONTRACT = "price_above_contract"
    PRICE_BELOW_CONTRACT = "price_below_contract"
    QUANTITY_ABOVE_PAYABLE = "quantity_above_payable"
    INVOICE_NOT_APPROVED = "invoice_not_approved"
    PRICE_NOT_AS_INVOICED = "price_not_as_invoiced"
    QUANTITY_ABOVE_INVOICED = "quantity_above_invoiced"


class MemberRole(Label):
    """The audience a member belongs to: the name of the database role that its token speaks as."""

    OMS_CLIENT = "oms_client"
    OMS_FACTORY = "oms_factory"
    OMS_VENDOR = "oms_vendor"
    OMS_SALES = "oms_sales"
    OMS_PLANNER = "oms_planner"
    OMS_PROCUREMENT = "oms_procurement"
    OMS_PRODUCTION = "oms_production"
    OMS_WAREHOUSE = "oms_warehouse"
    OMS_FINANCE = "oms_finance"
    OMS_ADMIN = "oms_admin"


class MemberStatus(Label):
    """Member status."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class NotificationChannel(Label):
    """How somebody is told: in the application, by mail, in a channel of Slack."""

    IN_APP = "in_app"
    MAIL = "mail"
    SLACK = "slack"


class NotificationDigest(Label):
    """Whether each event is mailed at once, or those of a day together."""

    NONE = "none"
    DAILY = "daily"


class OrderStatus(Label):
    """The commercial state of an order. Payment, fulfilment and allocation have statuses of
    their own.
    """

    REQUESTED = "requested"
    QUOTE_DRAFT = "quote_draft"
    QUOTE_SENT = "quote_sent"
    QUOTE_APPROVED = "quote_approved"
    QUOTE_DECLINED = "quote_declined"
    QUOTE_EXPIRED = "quote_expired"
    SALES_ORDER = "sales_order"
    SO_SENT = "so_sent"
    SO_APPROVED = "so_approved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class OrderType(Label):
    """Order type."""

    QUOTE = "quote"
    SALES_ORDER = "sales_order"


class PartyKind(Label):
    """What a company in the directory is to us. `company` is ourselves."""

    CLIENT = "client"
    FACTORY = "factory"
    VENDOR = "vendor"
    CARRIER = "carrier"
    COMPANY = "company"


class PlanningExceptionKind(Label):
    """What a planning run could not solve: nobody sells it, nothing says how it is made, a
    purchase unit without conversion, an order line in a size without SKU; what will come too
    late; and supply on order that nothing needs any more.
    """

    NO_VENDOR = "no_vendor"
    NO_BOM = "no_bom"
    NO_CONVERSION = "no_conversion"
    NO_SKU = "no_sku"
    LATE = "late"
    SURPLUS = "surplus"


class PricingTerms(Label):
    """Who bears which cost of transport: Incoterms 2020 of the International Chamber of
    Commerce.
    """

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"


class ProductionOrderStatus(Label):
    """Lifecycle of a production order. Whether it is on hold or ready follows from what is
    reserved for it.
    """

    QUEUED = "queued"
    ON_HOLD = "on_hold"
    READY = "ready"
    RELEASED = "released"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ProductionStatus(Label):
    """Production status."""

    NOT_STARTED = "not_started"
    MATERIALS = "materials"
    CUTTING = "cutting"
    SEWING = "sewing"
    FINISHING = "finishing"
    PACKED = "packed"
    SHIPPED = "shipped"


class PurchaseOrderStatus(Label):
    """Lifecycle of a purchase order. How far its goods have come says receipt_status."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class QuoteStatus(Label):
    """Quote status."""

    INVITED = "invited"
    QUOTED = "quoted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ReceiptStatus(Label):
    """How much of what was ordered has come; derived from goods receipts, never set."""

    NOT_RECEIVED = "not_received"
    PARTIALLY_RECEIVED = "partially_received"
    RECEIVED = "received"


class RuleEnforcement(Label):
    """What becomes of a breach of a rule that a company may live without: nothing, a warning, a
    refusal.
    """

    IGNORE = "ignore"
    WARN = "warn"
    REFUSE = "refuse"


class ScheduledJob(Label):
    """What an organization has done at set times."""

    PLAN_SUPPLY = "plan_supply"
    REMIND_QUOTES = "remind_quotes"
    RAISE_ALERTS = "raise_alerts"
    EXPIRE_RESERVATIONS = "expire_reservations"
    SEND_DIGESTS = "send_digests"
    SWEEP = "sweep"


class ShipMode(Label):
    """Ship mode."""

    SEA = "sea"
    AIR = "air"
    ROAD = "road"
    RAIL = "rail"
    COURIER = "courier"


class SliceNoteKind(Label):
    """Slice note kind."""

    REMARK = "remark"
    PRICE_OVERRIDE = "price_override"
    CLOSURE = "closure"
    REALLOCATION = "reallocation"
    EXCESS = "excess"


class SmtpSecurity(Label):
    """How the way to a mail server is encrypted: after STARTTLS, as on port 587, or from the
    start, as on 465.
    """

    STARTTLS = "starttls"
    TLS = "tls"


class StockLocationKind(Label):
    """What a place in a warehouse is for. What lies in quarantine is on hand and not to be had."""

    STORAGE = "storage"
    RECEIVING = "receiving"
    PRODUCTION = "production"
    SHIPPING = "shipping"
    QUARANTINE = "quarantine"


class StockMoveReason(Label):
    """Why goods move. In: opening balance, goods receipt, customer return, output of
    production. Out: issue to production, shipment, scrap, return to the vendor. Between
    places: transfer. Either in or out: what a count found.
    """

    OPENING = "opening"
    RECEIPT = "receipt"
    RETURN = "return"
    OUTPUT = "output"
    ISSUE = "issue"
    SHIPMENT = "shipment"
    SCRAP = "scrap"
    VENDOR_RETURN = "vendor_return"
    TRANSFER = "transfer"
    COUNT = "count"


class SupplyMethod(Label):
    """Where more of a variant comes from: our own production, or a vendor."""

    MAKE = "make"
    BUY = "buy"


class SuppressionReason(Label):
    """Why an address gets no mail. Whoever unsubscribed gets no marketing mail, and all else."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    MANUAL = "manual"


class TimelineFact(Label):
    """What completes a milestone by itself: the contract is in force, the factory reports this
    stage of production or a later one, all pieces are accepted.
    """

    CONTRACT_SIGNED = "contract_signed"
    MATERIALS = "materials"
    CUTTING = "cutting"
    SEWING = "sewing"
    FINISHING = "finishing"
    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"


class TimelineNodeKind(Label):
    """What a node of a timeline is: the root is the order line, a split one of its awarded
    slices, the others are milestones.
    """

    ROOT = "root"
    SPLIT = "split"
    STYLE = "style"
    MATERIAL = "material"
    SAMPLE = "sample"
    PRODUCTION = "production"
    SHIPMENT = "shipment"
    CUSTOM = "custom"


class Tracking(Label):
    """Whether stock of a variant is told apart by lot, by the serial number of each piece, or
    not at all.
    """

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class VendorChoice(Label):
    """Which vendor is bought from: the first by preference, or the cheapest for what is needed.
    Either among those that deliver in time; if none does, the fastest.
    """

    PREFERENCE = "preference"
    LOWEST_COST = "lowest_cost"


class WebhookStatus(Label):
    """Whether an endpoint is sent anything."""

    ENABLED = "enabled"
    DISABLED = "disabled"


class WorkflowAlertKind(Label):
    """What is wrong: an order line that will be late; a component on hold that nothing brings;
    a purchase that should be here, that is promised later than needed, that its vendor has
    not acknowledged; production that is ready and not released; what a planning run could
    not solve.
    """

    LINE_LATE = "line_late"
    NO_SUPPLY = "no_supply"
    PURCHASE_OVERDUE = "purchase_overdue"
    PROMISED_LATE = "promised_late"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    NOT_RELEASED = "not_released"
    PLANNING_EXCEPTION = "planning_exception"


class WorkflowStage(Label):
    """How far an order line is that we supply ourselves, from the sales order to the finished
    goods.
    """

    SALES_ORDER = "sales_order"
    BOM_CHOSEN = "bom_chosen"
    PLANNED = "planned"
    WAITING_FOR_MATERIAL = "waiting_for_material"
    READY = "ready"
    IN_PRODUCTION = "in_production"
    FINISHED = "finished"
