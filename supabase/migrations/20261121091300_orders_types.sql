-- declared in sql/types/orders.sql
create type ops.order_type as enum ('quote', 'sales_order');

create type ops.order_status as enum (
  'requested',
  'quote_draft', 'quote_sent', 'quote_approved', 'quote_declined', 'quote_expired',
  'sales_order', 'so_sent', 'so_approved',
  'closed', 'cancelled'
);
comment on type ops.order_status is 'The commercial state of an order. Payment, fulfilment and allocation have statuses of their own.';

create type ops.allocation_status as enum (
  'UNALLOCATED', 'PREALLOCATED', 'ALLOCATED', 'CONFIRMED', 'PC_ISSUED', 'PC_SIGNED', 'CANCELLED'
);
comment on type ops.allocation_status is
  'How far the making of an order line has come; derived from allocations, awards and contracts, never set.';

create type ops.history_action as enum (
  'created', 'confirmed', 'payment_received', 'processing_started', 'packed', 'shipped', 'delivered', 'cancelled',
  'refunded', 'status_changed', 'note_added', 'payment_failed', 'return_requested', 'returned', 'edited', 'assigned',
  'inventory_reserved', 'inventory_released',
  'awarded', 'award_revoked', 'slice_closed', 'reallocated', 'received', 'receipt_voided', 'excess_accepted',
  'short_closed', 'paid', 'payment_voided'
);

-- What create_order is given.
create type private.order_line_size as (size_label text, quantity numeric, unit_price numeric);
create type private.order_line as (
  line_number integer,
  colorway_id uuid,
  quantity numeric,
  unit_price numeric,
  metadata jsonb,
  sizes private.order_line_size []
);
