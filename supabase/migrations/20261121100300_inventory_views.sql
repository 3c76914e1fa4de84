-- declared in sql/views/inventory.sql
create view ops.inventory_status with (security_invoker = true) as
select
  v.organization_id,
  v.id as product_variant_id,
  v.sku,
  p.name as product_name,
  v.size_label,
  v.unit,
  v.supply_method,
  l.on_hand,
  l.reserved,
  l.available,
  l.quarantined,
  r.minimum_qty,
  r.safety_qty,
  coalesce(l.available < r.minimum_qty, false) as is_below_minimum,
  (l.on_hand * v.standard_cost)::ops.money_amount as stock_value
from ops.product_variants as v
left join ops.products as p on p.organization_id = v.organization_id and p.id = v.product_id
cross join lateral (
  select
    coalesce(sum(l.on_hand), 0)::ops.quantity as on_hand,
    coalesce(sum(l.reserved), 0)::ops.quantity as reserved,
    coalesce(sum(l.available), 0)::ops.quantity as available,
    coalesce(sum(l.on_hand) filter (where l.location_kind = 'quarantine'), 0)::ops.quantity as quarantined
  from ops.stock_levels as l
  where l.organization_id = v.organization_id and l.product_variant_id = v.id
) as l
cross join lateral (
  select sum(r.minimum_qty)::ops.quantity as minimum_qty, sum(r.safety_qty)::ops.quantity as safety_qty
  from ops.reorder_rules as r
  where r.organization_id = v.organization_id and r.product_variant_id = v.id
) as r;
comment on view ops.inventory_status is 'What there is of each variant, in all warehouses together. Key: product_variant_id.';
comment on column ops.inventory_status.minimum_qty is 'The minimums of its reorder rules; null without any.';
comment on column ops.inventory_status.is_below_minimum is 'Less is to be had than the minimum; just as much is enough.';
comment on column ops.inventory_status.stock_value is 'On hand at standard cost, in the organization''s currency; null without one.';
