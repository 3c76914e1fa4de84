-- declared in sql/types/inventory.sql
create type ops.stock_location_kind as enum ('storage', 'receiving', 'production', 'shipping', 'quarantine');
comment on type ops.stock_location_kind is
  'What a place in a warehouse is for. What lies in quarantine is on hand and not to be had.';

create type ops.stock_move_reason as enum (
  'opening', 'receipt', 'return', 'output', 'issue', 'shipment', 'scrap', 'vendor_return', 'transfer', 'count'
);
comment on type ops.stock_move_reason is
  'Why goods move. In: opening balance, goods receipt, customer return, output of production. Out: issue to production, shipment, scrap, return to the vendor. Between places: transfer. Either in or out: what a count found.';

create type private.stock_count as (
  product_variant_id uuid, stock_location_id uuid, lot_id uuid, counted_qty numeric
);
create type private.stock_key as (
  organization_id uuid, product_variant_id uuid, stock_location_id uuid, lot_id uuid
);
create type private.stock_change as (
  organization_id uuid, product_variant_id uuid, stock_location_id uuid, lot_id uuid, quantity numeric,
  takes_reserved boolean
);
create type private.reservation_change as (
  organization_id uuid, product_variant_id uuid, stock_location_id uuid, lot_id uuid, production_component_id uuid,
  quantity numeric
);
create type private.reservation_use as (
  production_component_id uuid, stock_location_id uuid, lot_id uuid, quantity numeric
);
