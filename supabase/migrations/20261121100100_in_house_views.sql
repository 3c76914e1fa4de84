-- declared in sql/views/in_house.sql
create view ops.order_item_variants with (security_invoker = true) as
select
  i.organization_id,
  i.id as order_item_id,
  coalesce(z.position, 0) as position,
  i.order_id,
  i.line_number,
  i.is_cancelled,
  i.colorway_id,
  z.size_label,
  v.id as product_variant_id,
  v.sku,
  greatest(
    0, least(coalesce(z.quantity, i.quantity), i.quantity - i.short_closed_qty - coalesce(smaller.quantity, 0))
  )::ops.quantity as quantity
from ops.order_items as i
left join ops.order_item_sizes as z on z.organization_id = i.organization_id and z.order_item_id = i.id
left join lateral (
  select sum(s.quantity) as quantity
  from ops.order_item_sizes as s
  where i.short_closed_qty > 0 and s.organization_id = i.organization_id and s.order_item_id = i.id
    and s.position < z.position
) as smaller on true
left join ops.product_variants as v
  on v.organization_id = i.organization_id and v.colorway_id = i.colorway_id
  and v.size_label is not distinct from z.size_label;
comment on view ops.order_item_variants is 'What order lines ask for, by SKU: a line with sizes one row each, another one row. Key: order_item_id, position.';
comment on column ops.order_item_variants.position is 'Of the size in its run; 0 where the line has no sizes.';
comment on column ops.order_item_variants.product_variant_id is 'Null: there is no such SKU.';
comment on column ops.order_item_variants.quantity is 'Pieces that are still asked for. What was waived is taken off the last sizes of the run first.';

-- Once for each line and no function for each row: planning reads it whole.
create view private.line_demands with (security_invoker = true) as
select
  s.organization_id,
  s.order_item_id,
  v.position,
  v.order_id,
  o.order_number,
  v.line_number,
  v.size_label,
  v.product_variant_id,
  v.quantity,
  coalesce(o.ex_factory_date, o.in_hands_date, o.order_date) as need_by,
  s.warehouse_id,
  s.bom_template_id
from ops.order_item_supplies as s
inner join ops.order_item_variants as v on v.organization_id = s.organization_id and v.order_item_id = s.order_item_id
inner join ops.orders as o on o.organization_id = v.organization_id and o.id = v.order_id
where not v.is_cancelled and o.status in ('sales_order', 'so_sent', 'so_approved') and v.quantity > 0;
comment on view private.line_demands is
  'What lines ask for that are supplied in house, by SKU, where and by when: the demand that planning begins with. Without a product_variant_id there is no such SKU.';

create view ops.bom_usage with (security_invoker = true) as
select
  b.organization_id,
  b.id as bom_version_id,
  b.bom_template_id,
  t.code,
  t.name,
  t.product_id,
  p.product_number,
  t.product_variant_id,
  b.version,
  b.status,
  b.valid_from,
  b.status = 'active' and b.valid_from <= current_date and not exists (
    select from ops.bom_versions as later
    where later.organization_id = b.organization_id and later.bom_template_id = b.bom_template_id
      and later.status = 'active' and later.valid_from > b.valid_from and later.valid_from <= current_date
  ) as is_in_force,
  u.orders,
  u.open_orders,
  u.ordered_qty,
  u.completed_qty,
  u.scrapped_qty,
  u.completed_orders,
  u.on_time_orders,
  round(100.0 * u.on_time_orders / nullif(u.completed_orders, 0), 1) as on_time_pct,
  u.last_used_at
from ops.bom_versions as b
left join ops.bom_templates as t on t.organization_id = b.organization_id and t.id = b.bom_template_id
left join ops.products as p on p.organization_id = t.organization_id and p.id = t.product_id
left join lateral (  -- left, so that bom_where_used does not count them
  select
    count(*) as orders,
    count(*) filter (where m.is_open) as open_orders,
    coalesce(sum(m.quantity), 0) as ordered_qty,
    coalesce(sum(m.completed_qty), 0) as completed_qty,
    coalesce(sum(m.scrapped_qty), 0) as scrapped_qty,
    count(*) filter (where m.status = 'completed') as completed_orders,
    count(*) filter (where m.status = 'completed' and m.completed_at::date <= m.need_by) as on_time_orders,
    max(m.created_at) as last_used_at
  from ops.production_orders as m
  where m.organization_id = b.organization_id and m.bom_version_id = b.id and m.status <> 'cancelled'
) as u on true;
comment on view ops.bom_usage is 'How often each version of a bill of materials was used, how much was made by it, and whether in time; cancelled production orders do not count. Key: bom_version_id.';
comment on column ops.bom_usage.is_in_force is 'It is what the template says today.';
comment on column ops.bom_usage.on_time_orders is 'Completed on the day of their need or before.';
comment on column ops.bom_usage.on_time_pct is 'Per cent of the completed ones; null without any.';
comment on column ops.bom_usage.last_used_at is 'When the last production order was made by it.';

create view ops.bom_where_used with (security_invoker = true) as
select
  l.organization_id,
  l.id as bom_line_id,
  l.product_variant_id,
  c.sku,
  l.kind,
  l.quantity,
  c.unit,
  l.scrap_pct,
  l.setup_quantity,
  l.is_phantom,
  l.valid_from,
  l.valid_to,
  u.bom_version_id,
  u.bom_template_id,
  u.code,
  u.name,
  u.product_id,
  u.product_number,
  u.product_variant_id as made_variant_id,
  u.version,
  u.status,
  u.is_in_force
  and coalesce(l.valid_from <= current_date, true) and coalesce(l.valid_to > current_date, true) as is_in_force
from ops.bom_lines as l
left join ops.product_variants as c on c.organization_id = l.organization_id and c.id = l.product_variant_id
left join ops.bom_usage as u on u.organization_id = l.organization_id and u.bom_version_id = l.bom_version_id;
comment on view ops.bom_where_used is 'Where a component is used: each line of each version of a bill of materials, with what it makes. Key: bom_line_id.';
comment on column ops.bom_where_used.product_variant_id is 'The component.';
comment on column ops.bom_where_used.made_variant_id is 'The one variant that is made; null: any of the product.';
comment on column ops.bom_where_used.is_in_force is 'It goes into what is made today.';
