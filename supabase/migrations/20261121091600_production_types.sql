-- declared in sql/types/production.sql
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
-- Argument between functions: who asks for what. Those of one id are rounded together.
create type private.demand as (id uuid, product_variant_id uuid, quantity numeric, on_date date);

create type ops.bom_requirement as (
  level integer,
  path text,
  product_variant_id uuid,
  sku ops.short_text,
  kind ops.bom_line_kind,
  supply_method ops.supply_method,
  required_qty ops.quantity,
  unit ops.unit_code
);
comment on type ops.bom_requirement is 'How much of a component a quantity of a product takes, in one place of its tree; of a by-product, how much comes out.';
comment on column ops.bom_requirement.level is 'Depth in the tree; 0 is the product itself.';
comment on column ops.bom_requirement.path is 'The SKUs from the product down to the component, phantoms among them.';
comment on column ops.bom_requirement.required_qty is 'For all of the quantity that was asked for.';

-- So many of what a version of a bill of materials makes, on a day.
create type private.build as (id uuid, bom_version_id uuid, quantity numeric, on_date date);

create type ops.component_check as (
  product_variant_id uuid,
  sku ops.short_text,
  unit ops.unit_code,
  availability ops.availability,
  required_qty ops.quantity,
  on_hand ops.quantity,
  reserved_for_others ops.quantity,
  incoming_qty ops.quantity,
  short_qty ops.quantity,
  expected_on date
);
comment on type ops.component_check is 'Whether a component is there: what is required and not issued yet, what lies in the warehouse, what of that is promised to others, what comes by the day, what is short, and when that will have come (null: never).';
comment on column ops.component_check.expected_on is 'When what is short will have come; null: never, or nothing is short.';
