-- declared in sql/views/production.sql
create view ops.component_availability with (security_invoker = true) as
select
  c.organization_id,
  c.id as production_component_id,
  c.production_order_id,
  o.production_number,
  c.product_variant_id,
  v.sku,
  v.unit,
  c.warehouse_id,
  a.availability,
  c.required_qty,
  c.issued_qty,
  c.reserved_qty,
  a.on_hand,
  a.reserved_for_others,
  a.incoming_qty,
  a.short_qty,
  a.expected_on
from ops.production_components as c
left join ops.production_orders as o on o.organization_id = c.organization_id and o.id = c.production_order_id
left join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
cross join lateral private.availability(
  c.organization_id, c.product_variant_id, c.warehouse_id, greatest(c.required_qty - c.issued_qty, 0), c.reserved_qty,
  coalesce(o.scheduled_start, o.need_by), o.id
) as a
where c.is_open and c.kind = 'input';
comment on view ops.component_availability is
  'What each open production order needs, and whether it is there. What others ahead of it will take is not looked at. Key: production_component_id.';
comment on column ops.component_availability.availability is 'Of what is not issued yet: all, some or nothing is reserved for it or to be had.';
comment on column ops.component_availability.on_hand is 'What lies in the order''s warehouse outside quarantine, expired lots and shipping places.';
comment on column ops.component_availability.reserved_for_others is 'What of it is promised to others.';
comment on column ops.component_availability.incoming_qty is 'What purchase orders and production orders bring until the order begins.';
comment on column ops.component_availability.short_qty is 'What is neither issued nor reserved for it nor to be had.';
comment on column ops.component_availability.expected_on is 'When what is short will have come; null with nothing short, and when it never comes.';

create view ops.production_queue with (security_invoker = true) as
select
  o.organization_id,
  o.id as production_order_id,
  o.production_number,
  o.status,
  o.priority,
  o.need_by,
  o.product_variant_id,
  v.sku,
  p.name as product_name,
  o.warehouse_id,
  o.order_item_id,
  o.quantity,
  o.completed_qty,
  o.scheduled_start,
  o.scheduled_end,
  w.waits_for,
  w.expected_on,
  greatest(greatest(o.scheduled_end, w.expected_on, current_date) - o.need_by, 0) as days_late
from ops.production_orders as o
left join ops.product_variants as v on v.organization_id = o.organization_id and v.id = o.product_variant_id
left join ops.products as p on p.organization_id = v.organization_id and p.id = v.product_id
cross join lateral (
  select
    array_agg(s.sku::text order by s.sku) as waits_for,
    case when bool_and(a.expected_on is not null) then max(a.expected_on) end as expected_on
  from ops.production_components as c
  left join ops.product_variants as s on s.organization_id = c.organization_id and s.id = c.product_variant_id
  cross join lateral (
    -- What waits has reserved nothing: most of it could be had, and need not be asked for.
    select coalesce(sum(k.available), 0) as available
    from ops.stock_levels as k
    left join ops.lots as t on t.organization_id = k.organization_id and t.id = k.lot_id
    where k.organization_id = c.organization_id and k.product_variant_id = c.product_variant_id
      and k.warehouse_id = c.warehouse_id and k.location_kind not in ('quarantine', 'shipping')
      and coalesce(t.expires_on >= current_date, true)
  ) as k
  cross join lateral private.availability(
    c.organization_id, c.product_variant_id, c.warehouse_id, c.required_qty - c.issued_qty, c.reserved_qty,
    coalesce(o.scheduled_start, o.need_by), o.id
  ) as a
  where c.organization_id = o.organization_id and c.production_order_id = o.id and c.short_qty > k.available
) as w
where o.is_open;
comment on view ops.production_queue is
  'Open production orders and what they wait for. Ordered by priority, need_by and id they stand as stock is given to them. Key: production_order_id.';
comment on column ops.production_queue.waits_for is 'SKUs of the components that are short; null: it waits for nothing.';
comment on column ops.production_queue.expected_on is 'When the last of them is expected; null when one never comes.';
comment on column ops.production_queue.days_late is 'By how many days its schedule, what it waits for, or today is past the need.';

create view ops.production_dashboard with (security_invoker = true) as
select
  w.organization_id,
  w.id as warehouse_id,
  w.code as warehouse_code,
  o.queued_count,
  o.on_hold_count,
  o.ready_count,
  o.released_count,
  o.in_progress_count,
  o.late_count,
  o.due_this_week_count
from ops.warehouses as w
cross join lateral (
  select
    count(*) filter (where o.status = 'queued') as queued_count,
    count(*) filter (where o.status = 'on_hold') as on_hold_count,
    count(*) filter (where o.status = 'ready') as ready_count,
    count(*) filter (where o.status = 'released') as released_count,
    count(*) filter (where o.status = 'in_progress') as in_progress_count,
    count(*) filter (where greatest(o.scheduled_end, current_date) > o.need_by) as late_count,
    count(*) filter (where o.need_by between current_date and current_date + 6) as due_this_week_count
  from ops.production_orders as o
  where o.organization_id = w.organization_id and o.warehouse_id = w.id and o.is_open
) as o;
comment on view ops.production_dashboard is 'Open production orders of each warehouse, counted. Key: warehouse_id.';
comment on column ops.production_dashboard.late_count is 'Scheduled to be done after they are needed, or needed already.';
comment on column ops.production_dashboard.due_this_week_count is 'Needed today or in the next six days.';
