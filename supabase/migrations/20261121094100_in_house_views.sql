-- declared in sql/views/in_house.sql
create view ops.order_item_variants with (security_invoker = true) as
select
  i.organization_id,
  i.id as order_item_id,
  coalesce(z.position, 0) as position,
  i.order_id,
  i.line_number,
  i.colorway_id,
  z.size_label,
  v.id as product_variant_id,
  v.sku,
  case
    when z.id is null then i.quantity - i.short_closed_qty
    when i.short_closed_qty = 0 then z.quantity
    else greatest(
      0,
      least(
        z.quantity,
        i.quantity - i.short_closed_qty - coalesce(
          (
            select sum(smaller.quantity)
            from ops.order_item_sizes as smaller
            where smaller.organization_id = z.organization_id and smaller.order_item_id = z.order_item_id
              and smaller.position < z.position
          ), 0
        )
      )
    )
  end::ops.quantity as quantity
from ops.order_items as i
left join ops.order_item_sizes as z on z.organization_id = i.organization_id and z.order_item_id = i.id
left join ops.product_variants as v
  on v.organization_id = i.organization_id and v.colorway_id = i.colorway_id
  and v.size_label is not distinct from z.size_label;
comment on view ops.order_item_variants is 'What order lines ask for, by SKU: a line with sizes one row each, another one row. Key: order_item_id, position.';
comment on column ops.order_item_variants.position is 'Of the size in its run; 0 where the line has no sizes.';
comment on column ops.order_item_variants.product_variant_id is 'Null: there is no such SKU.';
comment on column ops.order_item_variants.quantity is 'Pieces that are still asked for. What was waived is taken off the largest size first.';

create view private.line_demands with (security_invoker = true) as
select
  v.organization_id,
  v.order_item_id,
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
inner join ops.order_items as i on i.organization_id = s.organization_id and i.id = s.order_item_id
inner join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
inner join ops.order_item_variants as v on v.organization_id = s.organization_id and v.order_item_id = s.order_item_id
where not i.is_cancelled and o.status in ('sales_order', 'so_sent', 'so_approved') and v.quantity > 0;
comment on view private.line_demands is
  'What lines ask for that are supplied in house, by SKU, where and by when: the demand that planning begins with. Without a product_variant_id there is no such SKU.';
