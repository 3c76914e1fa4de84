-- declared in sql/types/planning.sql
create type ops.planning_exception_kind as enum (
  'no_vendor', 'no_bom', 'no_conversion', 'no_sku', 'late', 'surplus'
);
comment on type ops.planning_exception_kind is
  'What a planning run could not solve: nobody sells it, nothing says how it is made, a purchase unit without conversion, an order line in a size without SKU; what will come too late; and supply on order that nothing needs any more.';

-- How a shortage is met.
create type private.supply_choice as (
  quantity numeric,
  order_by date,
  late_days integer,
  bom_version_id uuid,
  supplier_product_id uuid,
  vendor_id uuid,
  purchase_qty numeric,
  purchase_unit text,
  stock_per_unit numeric,
  unit_price numeric,
  currency text,
  exception ops.planning_exception_kind,
  why jsonb
);

create type ops.explanation as (position integer, sentence text);
comment on type ops.explanation is 'Why something is as it is: one sentence after the other.';
comment on column ops.explanation.position is '1, 2, 3.';
