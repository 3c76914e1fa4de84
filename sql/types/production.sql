create type ops.bom_status as enum ('draft', 'active', 'retired');
comment on type ops.bom_status is 'Lifecycle of a version of a bill of materials. Only drafts are edited; what was active is kept as it was.';

create type ops.bom_line_kind as enum ('input', 'by_product');
comment on type ops.bom_line_kind is 'Whether a line goes into the product or comes out beside it.';

create type ops.production_order_status as enum (
  'queued', 'on_hold', 'ready', 'released', 'in_progress', 'completed', 'cancelled'
);
comment on type ops.production_order_status is
  'Lifecycle of a production order. Whether it is on hold or ready follows from what is reserved for it.';

create type ops.availability as enum ('available', 'insufficient', 'out_of_stock');
comment on type ops.availability is 'Whether all, some or nothing of what is required is there.';
