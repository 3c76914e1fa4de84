-- declared in sql/types/purchasing.sql
create type ops.purchase_order_status as enum (
  'draft', 'submitted', 'approved', 'sent', 'acknowledged', 'closed', 'cancelled'
);
comment on type ops.purchase_order_status is
  'Lifecycle of a purchase order. How far its goods have come says receipt_status.';

create type ops.receipt_status as enum ('not_received', 'partially_received', 'received');
comment on type ops.receipt_status is 'How much of what was ordered has come; derived from goods receipts, never set.';

-- Records of the lists that commands are given.
create type private.acknowledged_line as (purchase_order_line_id uuid, confirmed_qty numeric, promised_date date);
create type private.received_line as (
  purchase_order_line_id uuid, received_qty numeric, rejected_qty numeric, reject_reason text, stock_location_id uuid,
  lot_number text, expires_on date
);

-- How many more lines a vendor has delivered, and late; fewer where a receipt was voided.
create type private.vendor_delivery as (
  organization_id uuid, vendor_id uuid, received_lines integer, late_lines integer
);
