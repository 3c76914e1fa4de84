-- What is wrong with the plan of a company right after it was planned from a day, when planned production stays planned.
-- A row is a fault: what, and of which variant, supply or demand.
with supply as (
  select l.product_variant_id, l.warehouse_id, l.on_hand as quantity, null::uuid as id, 'stock' as kind
  from ops.stock_levels as l
  left join ops.lots as t on t.id = l.lot_id
  where l.organization_id = %(organization)s and l.location_kind <> 'quarantine'
    and coalesce(t.expires_on >= %(day)s, true)
  union all
  select r.product_variant_id, p.warehouse_id, -r.quantity, null, 'stock'
  from ops.inventory_reservations as r
  join ops.stock_locations as p on p.id = r.stock_location_id
  where r.organization_id = %(organization)s and r.order_item_id is not null
    and r.order_item_id not in (
      select d.order_item_id from private.line_demands as d where d.organization_id = %(organization)s
    )
  union all
  select l.product_variant_id, o.warehouse_id, l.open_qty * l.stock_per_unit, l.id, 'on order'
  from ops.purchase_order_lines as l
  join ops.purchase_orders as o on o.id = l.purchase_order_id
  where l.organization_id = %(organization)s and not exists (
    select from ops.planned_supplies as p where p.purchase_order_line_id = l.id and not p.is_firm
  )
  union all
  select o.product_variant_id, o.warehouse_id, greatest(o.quantity - o.completed_qty - o.scrapped_qty, 0), o.id, 'on order'
  from ops.production_orders as o
  where o.organization_id = %(organization)s and o.is_open
  union all
  select c.product_variant_id, c.warehouse_id, greatest(c.required_qty - c.issued_qty, 0), c.production_order_id, 'on order'
  from ops.production_components as c
  where c.organization_id = %(organization)s and c.is_open and c.kind = 'by_product'
  union all
  select p.product_variant_id, p.warehouse_id, p.quantity, p.id, 'planned'
  from ops.planned_supplies as p
  where p.organization_id = %(organization)s and not p.is_firm
),
demand as (
  select d.product_variant_id, d.warehouse_id, d.quantity, d.order_item_id as id
  from private.line_demands as d
  where d.organization_id = %(organization)s and d.product_variant_id is not null
  union all
  select c.product_variant_id, c.warehouse_id, greatest(c.required_qty - c.issued_qty, 0), c.id
  from ops.production_components as c
  where c.organization_id = %(organization)s and c.is_open and c.kind = 'input'
  union all
  select c.product_variant_id, p.warehouse_id, c.quantity, p.id
  from private.version_components(
    array(
      select row(p.id, p.bom_version_id, p.quantity, greatest(p.order_by, %(day)s))::private.build
      from ops.planned_supplies as p
      where p.organization_id = %(organization)s and not p.is_firm and p.bom_version_id is not null
    )
  ) as c
  join ops.planned_supplies as p on p.id = c.build_id
  where c.kind = 'input'
),
peg as (
  select
    g.product_variant_id, g.quantity, g.reorder_rule_id,
    coalesce(g.planned_supply_id, g.purchase_order_line_id, g.production_order_id) as supply_id,
    coalesce(g.order_item_id, g.production_component_id, g.parent_supply_id) as demand_id
  from ops.supply_pegs as g
  where g.organization_id = %(organization)s
),
balance as (
  select
    k.product_variant_id, k.warehouse_id, coalesce(s.quantity, 0) as supplied, coalesce(s.stock, 0) as stock,
    coalesce(d.quantity, 0) as asked, coalesce(r.safety_qty, 0) as safety,
    coalesce(greatest(r.safety_qty, r.minimum_qty), 0) as floor
  from (
    select s.product_variant_id, s.warehouse_id from supply as s
    union
    select d.product_variant_id, d.warehouse_id from demand as d
    union
    select r.product_variant_id, r.warehouse_id from ops.reorder_rules as r where r.organization_id = %(organization)s
  ) as k
  left join (
    select
      s.product_variant_id, s.warehouse_id, sum(s.quantity) as quantity,
      sum(s.quantity) filter (where s.kind = 'stock') as stock
    from supply as s
    group by s.product_variant_id, s.warehouse_id
  ) as s using (product_variant_id, warehouse_id)
  left join (
    select d.product_variant_id, d.warehouse_id, sum(d.quantity) as quantity
    from demand as d
    group by d.product_variant_id, d.warehouse_id
  ) as d using (product_variant_id, warehouse_id)
  left join ops.reorder_rules as r using (product_variant_id, warehouse_id)
)
select 'not all that is asked for is in stock, on order or planned' as fault, b.product_variant_id, b.supplied as found,
  b.asked + b.floor as expected
from balance as b
where b.supplied < b.asked + b.floor and b.asked + b.floor > 0
union all
select 'pegs and stock do not serve all that is asked for', d.product_variant_id, coalesce(g.quantity, 0), d.pegged
from (
  select b.product_variant_id, sum(greatest(b.asked - greatest(b.stock - b.safety, 0), 0)) as pegged
  from balance as b
  group by b.product_variant_id
) as d
left join (
  select g.product_variant_id, sum(g.quantity) as quantity
  from peg as g
  where g.demand_id is not null
  group by g.product_variant_id
) as g using (product_variant_id)
where d.pegged <> coalesce(g.quantity, 0)
union all
select 'more is pegged to a supply than there is of it', g.supply_id, sum(g.quantity), max(s.quantity)
from peg as g
left join (
  select s.id, s.product_variant_id, sum(s.quantity) as quantity from supply as s group by s.id, s.product_variant_id
) as s on s.id = g.supply_id and s.product_variant_id = g.product_variant_id
group by g.supply_id, g.product_variant_id
having sum(g.quantity) > coalesce(max(s.quantity), 0)
union all
select 'more is pegged to a demand than it asks for', g.demand_id, sum(g.quantity), max(d.quantity)
from peg as g
left join (
  select d.id, d.product_variant_id, sum(d.quantity) as quantity from demand as d group by d.id, d.product_variant_id
) as d on d.id = g.demand_id and d.product_variant_id = g.product_variant_id
where g.demand_id is not null
group by g.demand_id, g.product_variant_id
having sum(g.quantity) > coalesce(max(d.quantity), 0)
union all
select 'a reorder rule is given more than it wants', g.reorder_rule_id, sum(g.quantity), max(greatest(r.safety_qty, r.target_qty))
from peg as g
join ops.reorder_rules as r on r.id = g.reorder_rule_id
group by g.reorder_rule_id
having sum(g.quantity) > max(greatest(r.safety_qty, r.target_qty))
union all
select 'what cannot be had is no exception', p.id, null, p.quantity
from ops.planned_supplies as p
where p.organization_id = %(organization)s and not p.is_firm and p.vendor_id is null and p.bom_version_id is null
  and not exists (
    select from ops.planning_exceptions as x
    where x.planned_supply_id = p.id and x.kind in ('no_vendor', 'no_bom', 'no_conversion')
  )
union all
select 'what comes late is no exception', p.id, p.late_days, 0
from ops.planned_supplies as p
where p.organization_id = %(organization)s and not p.is_firm and p.late_days > 0 and not exists (
  select from ops.planning_exceptions as x where x.planned_supply_id = p.id and x.kind = 'late'
)
union all
select 'a draft does not say what is planned', p.id, l.quantity, p.purchase_qty
from ops.planned_supplies as p
left join ops.purchase_order_lines as l on l.id = p.purchase_order_line_id
left join ops.purchase_orders as o on o.id = l.purchase_order_id
where p.organization_id = %(organization)s and not p.is_firm and p.vendor_id is not null
  and (%(is_whole)s or l.id is not null)
  and (o.status, o.vendor_id, o.warehouse_id, o.currency, l.quantity, l.unit, l.unit_price)
  is distinct from (
    'draft', p.vendor_id, p.warehouse_id, p.currency, p.purchase_qty, p.purchase_unit, p.unit_price
  )
