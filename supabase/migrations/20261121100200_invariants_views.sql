-- declared in sql/views/invariants.sql
-- One query a counter: what is kept against what it is the sum of. Empty is healthy.
create view private.invariant_violations with (security_invoker = true) as
select
  'order_items.quantity is the sum of its sizes' as invariant,
  i.organization_id,
  i.id,
  z.quantity as expected,
  i.quantity as actual
from ops.order_items as i
inner join (
  select z.organization_id, z.order_item_id, sum(z.quantity) as quantity
  from ops.order_item_sizes as z
  group by z.organization_id, z.order_item_id
) as z on z.organization_id = i.organization_id and z.order_item_id = i.id
where i.quantity <> z.quantity

union all

select
  'order_items.committed_qty is its commitment', i.organization_id, i.id, coalesce(a.committed_qty, 0), i.committed_qty
from ops.order_items as i
left join (
  select
    a.organization_id,
    a.order_item_id,
    sum(case when a.closed_at is null then a.committed_qty else a.effective_qty end) as committed_qty
  from ops.allocation_items as a
  group by a.organization_id, a.order_item_id
) as a on a.organization_id = i.organization_id and a.order_item_id = i.id
where i.committed_qty <> coalesce(a.committed_qty, 0)

union all

select
  'order_items.effective_qty is the sum of its slices',
  i.organization_id,
  i.id,
  coalesce(s.effective_qty, 0),
  i.effective_qty
from ops.order_items as i
left join (
  select a.organization_id, a.order_item_id, sum(s.effective_qty) as effective_qty
  from ops.allocation_items as a
  inner join ops.allocation_items_supplier as s
    on s.organization_id = a.organization_id and s.allocation_item_id = a.id
  group by a.organization_id, a.order_item_id
) as s on s.organization_id = i.organization_id and s.order_item_id = i.id
where i.effective_qty <> coalesce(s.effective_qty, 0)

union all

select 'order_items.allocation_item_id is its newest open allocation item', i.organization_id, i.id, null, null
from ops.order_items as i
left join (
  select a.organization_id, a.order_item_id, (array_agg(a.id order by a.id desc))[1] as id
  from ops.allocation_items as a
  where a.closed_at is null
  group by a.organization_id, a.order_item_id
) as newest on newest.organization_id = i.organization_id and newest.order_item_id = i.id
where i.allocation_item_id is distinct from newest.id

union all

select 'a line is supplied in house or by factories, never by both', i.organization_id, i.id, 0, i.committed_qty
from ops.order_item_supplies as s
inner join ops.order_items as i on i.organization_id = s.organization_id and i.id = s.order_item_id
where i.committed_qty > 0 or i.allocation_item_id is not null

union all

-- The lifecycle told once more, in other words than private.derive_allocation_status.
select 'order_items.allocation_status is what its facts make it', i.organization_id, i.id, null, null
from ops.order_items as i
left join (
  select
    a.organization_id,
    a.order_item_id,
    sum(s.effective_qty) as effective_qty,
    min(case when s.effective_qty > 0 then coalesce(contract.stage, 0) end) as stage,
    bool_or(s.is_live) as is_live,
    bool_or(s.is_live and s.invited_at is not null and batch.sent_at is not null) as is_sent
  from ops.allocation_items as a
  inner join ops.allocations as batch on batch.organization_id = a.organization_id and batch.id = a.allocation_id
  inner join (
    select
      s.organization_id,
      s.id,
      s.allocation_item_id,
      s.effective_qty,
      s.invited_at,
      not s.is_awarded and s.closed_at is null and s.quote_status in ('invited', 'quoted') as is_live
    from ops.allocation_items_supplier as s
  ) as s on s.organization_id = a.organization_id and s.allocation_item_id = a.id
  left join (
    select
      l.organization_id,
      l.allocation_item_supplier_id,
      max(case p.status when 'ISSUED' then 1 when 'PC_SIGNED' then 2 when 'CLOSED' then 2 else 0 end) as stage
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
    group by l.organization_id, l.allocation_item_supplier_id
  ) as contract on contract.organization_id = s.organization_id and contract.allocation_item_supplier_id = s.id
  group by a.organization_id, a.order_item_id
) as facts on facts.organization_id = i.organization_id and facts.order_item_id = i.id
where i.allocation_status::text <> case
  when i.is_cancelled then 'CANCELLED'
  when
    facts.effective_qty > 0
    and facts.effective_qty >= (i.quantity - i.short_closed_qty) * (1 - i.under_award_tolerance_pct / 100)
    then (array['CONFIRMED', 'PC_ISSUED', 'PC_SIGNED'])[facts.stage + 1]
  when facts.effective_qty > 0 or facts.is_sent then 'ALLOCATED'
  when facts.is_live then 'PREALLOCATED'
  else 'UNALLOCATED'
end

union all

select
  'allocation_items.effective_qty is the sum of its slices',
  a.organization_id,
  a.id,
  coalesce(s.effective_qty, 0),
  a.effective_qty
from ops.allocation_items as a
left join (
  select s.organization_id, s.allocation_item_id, sum(s.effective_qty) as effective_qty
  from ops.allocation_items_supplier as s
  group by s.organization_id, s.allocation_item_id
) as s on s.organization_id = a.organization_id and s.allocation_item_id = a.id
where a.effective_qty <> coalesce(s.effective_qty, 0)

union all

select 'allocation_item_sizes add up to committed_qty', a.organization_id, a.id, a.committed_qty, z.quantity
from ops.allocation_items as a
inner join (
  select z.organization_id, z.allocation_item_id, sum(z.quantity) as quantity
  from ops.allocation_item_sizes as z
  group by z.organization_id, z.allocation_item_id
) as z on z.organization_id = a.organization_id and z.allocation_item_id = a.id
where a.closed_at is null and a.committed_qty <> z.quantity

union all

select
  'allocation_item_supplier_sizes add up to what the slice counts for',
  s.organization_id,
  s.id,
  case when s.is_awarded then s.effective_qty else s.order_qty end,
  z.quantity
from ops.allocation_items_supplier as s
inner join (
  select z.organization_id, z.allocation_item_supplier_id, sum(z.quantity) as quantity
  from ops.allocation_item_supplier_sizes as z
  group by z.organization_id, z.allocation_item_supplier_id
) as z on z.organization_id = s.organization_id and z.allocation_item_supplier_id = s.id
where (s.is_awarded or s.closed_at is null)
  and z.quantity <> case when s.is_awarded then s.effective_qty else s.order_qty end

union all

select
  'slices take no more of a size than their allocation item has', a.organization_id, a.id,
  run.quantity as run_qty, taken.quantity as taken_qty
from ops.allocation_items as a
inner join ops.allocation_item_sizes as run
  on run.organization_id = a.organization_id and run.allocation_item_id = a.id
inner join (
  select s.organization_id, s.allocation_item_id, z.size_label, sum(z.quantity) as quantity
  from ops.allocation_items_supplier as s
  inner join ops.allocation_item_supplier_sizes as z
    on z.organization_id = s.organization_id and z.allocation_item_supplier_id = s.id
  where s.is_awarded
  group by s.organization_id, s.allocation_item_id, z.size_label
) as taken
  on taken.organization_id = a.organization_id and taken.allocation_item_id = a.id and taken.size_label = run.size_label
where a.closed_at is null and taken.quantity > run.quantity

union all

select
  'allocation_items_supplier.accepted_qty is the sum of its receipts',
  s.organization_id, s.id, coalesce(r.accepted_qty, 0), s.accepted_qty
from ops.allocation_items_supplier as s
left join (
  select
    r.organization_id,
    r.allocation_item_supplier_id,
    sum(r.qty_received) as received_qty,
    sum(r.qty_received - r.qty_rejected) as accepted_qty
  from ops.factory_receipts as r
  where r.voided_at is null
  group by r.organization_id, r.allocation_item_supplier_id
) as r on r.organization_id = s.organization_id and r.allocation_item_supplier_id = s.id
where (s.received_qty, s.accepted_qty) is distinct from (coalesce(r.received_qty, 0), coalesce(r.accepted_qty, 0))

union all

select
  'allocation_items_supplier.paid_amount is the sum of its payments',
  s.organization_id, s.id, coalesce(l.amount, 0), s.paid_amount
from ops.allocation_items_supplier as s
left join (
  select l.organization_id, l.allocation_item_supplier_id, sum(l.amount) as amount
  from ops.factory_payment_lines as l
  inner join ops.factory_payments as p on p.organization_id = l.organization_id and p.id = l.factory_payment_id
  where p.voided_at is null
  group by l.organization_id, l.allocation_item_supplier_id
) as l on l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
where s.paid_amount <> coalesce(l.amount, 0)

union all

select
  'allocation_items_supplier.approved_amount is the sum of its approved invoices',
  s.organization_id, s.id, coalesce(l.amount, 0), s.approved_amount
from ops.allocation_items_supplier as s
left join (
  select l.organization_id, l.allocation_item_supplier_id, sum(l.quantity) as quantity, sum(l.amount) as amount
  from ops.factory_invoice_lines as l
  inner join ops.factory_invoices as i on i.organization_id = l.organization_id and i.id = l.factory_invoice_id
  where i.status = 'approved'
  group by l.organization_id, l.allocation_item_supplier_id
) as l on l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
where (s.approved_qty, s.approved_amount) is distinct from (coalesce(l.quantity, 0), coalesce(l.amount, 0))

union all

select
  'factory_invoice_lines.credited_qty is the sum of its approved credit notes',
  l.organization_id, l.id, coalesce(c.quantity, 0), l.credited_qty
from ops.factory_invoice_lines as l
left join (
  select i.organization_id, i.credits_id, c.allocation_item_supplier_id, -sum(c.quantity) as quantity
  from ops.factory_invoices as i
  inner join ops.factory_invoice_lines as c on c.organization_id = i.organization_id and c.factory_invoice_id = i.id
  where i.status = 'approved' and i.credits_id is not null
  group by i.organization_id, i.credits_id, c.allocation_item_supplier_id
) as c
  on c.organization_id = l.organization_id and c.credits_id = l.factory_invoice_id
  and c.allocation_item_supplier_id = l.allocation_item_supplier_id
where l.credited_qty <> coalesce(c.quantity, 0)

union all

select 'factory_invoices.amount is the sum of its lines', i.organization_id, i.id, coalesce(l.amount, 0), i.amount
from ops.factory_invoices as i
left join (
  select l.organization_id, l.factory_invoice_id, sum(l.amount) as amount
  from ops.factory_invoice_lines as l
  group by l.organization_id, l.factory_invoice_id
) as l on l.organization_id = i.organization_id and l.factory_invoice_id = i.id
where i.amount <> coalesce(l.amount, 0)

union all

select 'factory_payments.amount is the sum of its lines', p.organization_id, p.id, coalesce(l.amount, 0), p.amount
from ops.factory_payments as p
left join (
  select l.organization_id, l.factory_payment_id, sum(l.amount) as amount
  from ops.factory_payment_lines as l
  group by l.organization_id, l.factory_payment_id
) as l on l.organization_id = p.organization_id and l.factory_payment_id = p.id
where p.amount <> coalesce(l.amount, 0)

union all

select 'a contract in force is CLOSED exactly when all is accepted and paid', p.organization_id, p.id, null, null
from ops.factory_pos as p
inner join ops.factory_po_lines as l on l.organization_id = p.organization_id and l.factory_po_id = p.id
inner join ops.allocation_items_supplier as s
  on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
where p.status in ('PC_SIGNED', 'CLOSED')
group by p.organization_id, p.id, p.status
having
  (p.status = 'CLOSED') <> bool_and(s.accepted_qty >= s.effective_qty and s.balance = 0) or sum(s.effective_qty) = 0

union all

select 'factory_pos totals are the sums of its lines', p.organization_id, p.id, sum(l.amount), p.total_amount
from ops.factory_pos as p
inner join ops.factory_po_lines as l on l.organization_id = p.organization_id and l.factory_po_id = p.id
where p.issued_at is not null
group by p.organization_id, p.id, p.total_qty, p.total_amount
having (p.total_qty, p.total_amount) <> (sum(l.quantity), sum(l.amount))

union all

select 'an order line has a timeline', i.organization_id, i.id, null, null
from ops.order_items as i
left join ops.timeline_nodes as n on n.organization_id = i.organization_id and n.order_item_id = i.id
where (n.order_id, n.client_id, n.position) is distinct from (i.order_id, i.client_id, i.line_number)
  or n.is_cancelled and not i.is_cancelled
  or not n.is_cancelled and i.is_cancelled and i.effective_qty = 0

union all

select 'an awarded slice is a split, which drops out when it counts for nothing', s.organization_id, s.id, null, null
from ops.allocation_items_supplier as s
inner join ops.allocation_items as a on a.organization_id = s.organization_id and a.id = s.allocation_item_id
inner join ops.timeline_nodes as root
  on root.organization_id = a.organization_id and root.order_item_id = a.order_item_id
left join ops.timeline_nodes as n on n.organization_id = s.organization_id and n.allocation_item_supplier_id = s.id
where (s.is_awarded or n.id is not null)
  and (n.root_id, n.factory_id, n.is_cancelled) is distinct from (root.id, s.factory_id, s.effective_qty = 0)

union all

select 'a timeline node stands in the tree of its parent, for whom that is for', n.organization_id, n.id, null, null
from ops.timeline_nodes as n
inner join ops.timeline_nodes as p on p.organization_id = n.organization_id and p.id = n.parent_id
inner join ops.timeline_nodes as root on root.organization_id = n.organization_id and root.id = n.root_id
where p.kind not in ('root', 'split')
  or (n.root_id, coalesce(p.factory_id, n.factory_id), coalesce(n.client_id, root.client_id))
  is distinct from (p.root_id, n.factory_id, root.client_id)
  or n.kind <> 'split' and n.is_cancelled <> p.is_cancelled

union all

-- Told of each node and what it waits for, not along the whole way as private.forecast_timelines does.
select 'a timeline node is forecast from what it waits for', n.organization_id, n.id, null, null
from ops.timeline_nodes as n
left join (
  select
    d.organization_id,
    d.timeline_node_id,
    max(private.add_days(p.forecast_date, d.lag_days, d.is_working_days, calendar.days)) as day
  from ops.timeline_dependencies as d
  inner join ops.timeline_nodes as p on p.organization_id = d.organization_id and p.id = d.predecessor_id
  inner join (
    select o.id, private.calendar_of(o.id) as days
    from ops.organizations as o
    offset 0
  ) as calendar on calendar.id = d.organization_id
  where not p.is_cancelled
  group by d.organization_id, d.timeline_node_id
) as earliest on earliest.organization_id = n.organization_id and earliest.timeline_node_id = n.id
where not n.is_cancelled
  and n.forecast_date is distinct from coalesce(
    n.actual_date, greatest(coalesce(n.estimated_date, n.planned_date), earliest.day)
  )

union all

select 'a late timeline node has a cause in its tree, and no other one has', n.organization_id, n.id, null, null
from ops.timeline_nodes as n
left join ops.timeline_delays as d on d.organization_id = n.organization_id and d.id = n.id
left join ops.timeline_nodes as cause
  on cause.organization_id = d.organization_id and cause.id = d.cause_id and cause.root_id = n.root_id
where n.is_late <> (cause.id is not null)
  or n.is_late and (d.client_id, d.factory_id) is distinct from (
    case when n.client_id = cause.client_id then n.client_id end,
    case when n.factory_id = cause.factory_id then n.factory_id end
  )

union all

select 'a milestone of a slice is done exactly while its fact is so', n.organization_id, n.id, null, null
from ops.timeline_nodes as n
inner join ops.timeline_nodes as split
  on split.organization_id = n.organization_id and split.id = n.parent_id and split.kind = 'split'
inner join ops.allocation_items_supplier as s
  on s.organization_id = split.organization_id and s.id = split.allocation_item_supplier_id
left join (
  select l.organization_id, l.allocation_item_supplier_id, true as is_signed
  from ops.factory_po_lines as l
  inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
  where p.status in ('PC_SIGNED', 'CLOSED')
  group by l.organization_id, l.allocation_item_supplier_id
) as contract on contract.organization_id = s.organization_id and contract.allocation_item_supplier_id = s.id
where not n.is_cancelled and n.completed_by is not null
  and (n.actual_date is not null) <> case n.completed_by
    when 'contract_signed' then coalesce(contract.is_signed, false)
    when 'received' then s.accepted_qty >= s.effective_qty
    else s.production_status::text in (
      select stage::text
      from unnest(enum_range(n.completed_by::text::ops.production_status, 'shipped')) as stage
    )
  end

union all

select
  'stock_levels.on_hand is the sum of the moves',
  coalesce(l.organization_id, m.organization_id),
  coalesce(l.id, m.product_variant_id),
  coalesce(m.quantity, 0),
  coalesce(l.on_hand, 0)
from (
  select m.organization_id, m.product_variant_id, p.place, m.lot_id, sum(p.quantity) as quantity
  from ops.stock_moves as m
  cross join lateral (
    values (m.from_location_id, -m.quantity), (m.to_location_id, m.quantity)
  ) as p (place, quantity)
  where p.place is not null
  group by m.organization_id, m.product_variant_id, p.place, m.lot_id
) as m
full join ops.stock_levels as l
  on l.organization_id = m.organization_id and l.product_variant_id = m.product_variant_id
  and l.stock_location_id = m.place and coalesce(l.lot_id, l.organization_id) = coalesce(m.lot_id, m.organization_id)
where coalesce(m.quantity, 0) <> coalesce(l.on_hand, 0)

union all

select
  'stock_levels.reserved is the sum of its reservations',
  l.organization_id, l.id, coalesce(r.quantity, 0), l.reserved
from ops.stock_levels as l
left join (
  select r.organization_id, r.product_variant_id, r.stock_location_id, r.lot_id, sum(r.quantity) as quantity
  from ops.inventory_reservations as r
  group by r.organization_id, r.product_variant_id, r.stock_location_id, r.lot_id
) as r
  on r.organization_id = l.organization_id and r.product_variant_id = l.product_variant_id
  and r.stock_location_id = l.stock_location_id
  and coalesce(r.lot_id, r.organization_id) = coalesce(l.lot_id, l.organization_id)
where l.reserved <> coalesce(r.quantity, 0)

union all

select
  'production_components.reserved_qty is the sum of its reservations',
  c.organization_id, c.id, coalesce(r.quantity, 0), c.reserved_qty
from ops.production_components as c
left join (
  select r.organization_id, r.production_component_id, sum(r.quantity) as quantity
  from ops.inventory_reservations as r
  group by r.organization_id, r.production_component_id
) as r on r.organization_id = c.organization_id and r.production_component_id = c.id
where c.reserved_qty <> coalesce(r.quantity, 0)

union all

select
  'production_components is open while its order is, and reserves no more than it needs, and nothing once closed',
  c.organization_id, c.id, null, null
from ops.production_components as c
inner join ops.production_orders as o on o.organization_id = c.organization_id and o.id = c.production_order_id
where c.is_open <> o.is_open or c.reserved_qty > 0
  and (not c.is_open or c.kind = 'by_product' or c.reserved_qty > c.required_qty - c.issued_qty)

union all

-- The queue told once more, in other words than private.check_production.
select 'no production order waits for what is there', o.organization_id, o.id, null, null
from ops.production_orders as o
inner join (
  select
    c.organization_id,
    c.production_order_id,
    bool_and(coalesce(u.available, 0) >= c.short_qty) as has_all,
    bool_or(u.available > 0) as has_some
  from ops.production_components as c
  left join (
    select u.organization_id, u.warehouse_id, u.product_variant_id, sum(u.available) as available
    from private.usable_stock as u
    group by u.organization_id, u.warehouse_id, u.product_variant_id
  ) as u
    on u.organization_id = c.organization_id and u.warehouse_id = c.warehouse_id
    and u.product_variant_id = c.product_variant_id
  where c.short_qty > 0
  group by c.organization_id, c.production_order_id
) as c on c.organization_id = o.organization_id and c.production_order_id = o.id
where case when o.allow_partial_start or o.status in ('released', 'in_progress') then c.has_some else c.has_all end

union all

select
  'a production order is ready with nothing short, and on hold with nothing reserved',
  o.organization_id, o.id, null, null
from ops.production_orders as o
left join (
  select
    c.organization_id,
    c.production_order_id,
    bool_or(c.short_qty > 0) as is_short,
    bool_or(c.reserved_qty > 0) as has_some
  from ops.production_components as c
  where c.kind = 'input'
  group by c.organization_id, c.production_order_id
) as c on c.organization_id = o.organization_id and c.production_order_id = o.id
where case o.status
  when 'queued' then true
  when 'on_hold' then c.has_some or not coalesce(c.is_short, false)
  when 'ready' then c.is_short and not (o.allow_partial_start and c.has_some)
  else false
end

union all

select 'purchase_orders.subtotal is the sum of its lines', o.organization_id, o.id, coalesce(l.amount, 0), o.subtotal
from ops.purchase_orders as o
left join (
  select l.organization_id, l.purchase_order_id, sum(l.line_total) as amount
  from ops.purchase_order_lines as l
  group by l.organization_id, l.purchase_order_id
) as l on l.organization_id = o.organization_id and l.purchase_order_id = o.id
where o.subtotal <> coalesce(l.amount, 0)

union all

select
  'purchase_order_lines count their receipts', l.organization_id, l.id, coalesce(r.received_qty, 0), l.received_qty
from ops.purchase_order_lines as l
left join (
  select
    r.organization_id,
    r.purchase_order_line_id,
    sum(r.received_qty) as received_qty,
    sum(r.rejected_qty) as rejected_qty,
    max(g.received_on) filter (where r.stocked_qty > 0) as last_received_on
  from ops.goods_receipt_lines as r
  inner join ops.goods_receipts as g on g.organization_id = r.organization_id and g.id = r.goods_receipt_id
  where g.voided_at is null
  group by r.organization_id, r.purchase_order_line_id
) as r on r.organization_id = l.organization_id and r.purchase_order_line_id = l.id
where (l.received_qty, l.rejected_qty, l.last_received_on)
  is distinct from (coalesce(r.received_qty, 0), coalesce(r.rejected_qty, 0), r.last_received_on)

union all

select
  'purchase_order_lines.open_qty is what is still to come', l.organization_id, l.id,
  open.quantity as open_qty, l.open_qty as kept_qty
from ops.purchase_order_lines as l
inner join ops.purchase_orders as o on o.organization_id = l.organization_id and o.id = l.purchase_order_id
cross join lateral (
  select
    case
      when o.status not in ('closed', 'cancelled')
        then greatest(l.quantity - l.cancelled_qty - l.received_qty + l.rejected_qty, 0)
      else 0
    end as quantity
) as open
where l.open_qty <> open.quantity or l.sent_at is distinct from o.sent_at

union all

select 'purchase_orders say how much of them has come', o.organization_id, o.id, null, null
from ops.purchase_orders as o
inner join (
  select
    l.organization_id,
    l.purchase_order_id,
    sum(l.received_qty - l.rejected_qty) as stocked_qty,
    count(*) filter (where l.received_qty - l.rejected_qty + l.cancelled_qty < l.quantity) as lines_to_come
  from ops.purchase_order_lines as l
  group by l.organization_id, l.purchase_order_id
) as l on l.organization_id = o.organization_id and l.purchase_order_id = o.id
where o.receipt_status::text <> case
  when l.stocked_qty = 0 then 'not_received'
  when l.lines_to_come > 0 then 'partially_received'
  else 'received'
end
or o.status in ('sent', 'acknowledged') and l.lines_to_come = 0

union all

select 'a purchase order waits for an approval exactly while it is submitted', o.organization_id, o.id, null, null
from ops.purchase_orders as o
left join ops.purchase_order_approvals as a
  on a.organization_id = o.organization_id and a.purchase_order_id = o.id and a.decided_at is null
where (o.status = 'submitted') <> (a.id is not null)

union all

select
  'vendor_deliveries count the lines that came in full',
  coalesce(d.organization_id, l.organization_id),
  coalesce(d.vendor_id, l.vendor_id),
  coalesce(l.received_lines, 0),
  coalesce(d.received_lines, 0)
from (
  select
    l.organization_id,
    l.vendor_id,
    count(*) as received_lines,
    count(*) filter (where l.received_on > coalesce(l.original_promised_date, l.need_by)) as late_lines
  from ops.purchase_order_lines as l
  where l.received_on is not null
  group by l.organization_id, l.vendor_id
) as l
full join ops.vendor_deliveries as d on d.organization_id = l.organization_id and d.vendor_id = l.vendor_id
where (coalesce(l.received_lines, 0), coalesce(l.late_lines, 0))
  <> (coalesce(d.received_lines, 0), coalesce(d.late_lines, 0))

union all

select
  'what a goods receipt brought is in stock, and is not once it is voided', l.organization_id, l.id,
  case when g.voided_at is null then l.received_qty - l.rejected_qty else 0 end as received_qty,
  coalesce(m.quantity, 0) as moved_qty
from ops.goods_receipt_lines as l
inner join ops.goods_receipts as g on g.organization_id = l.organization_id and g.id = l.goods_receipt_id
inner join ops.purchase_order_lines as p
  on p.organization_id = l.organization_id and p.id = l.purchase_order_line_id
inner join ops.product_variants as v on v.organization_id = p.organization_id and v.id = p.product_variant_id
inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
left join (
  select
    m.organization_id,
    m.goods_receipt_line_id,
    sum(case m.reason when 'vendor_return' then -m.quantity else m.quantity end) as quantity
  from ops.stock_moves as m
  where m.goods_receipt_line_id is not null
  group by m.organization_id, m.goods_receipt_line_id
) as m on m.organization_id = l.organization_id and m.goods_receipt_line_id = l.id
where coalesce(m.quantity, 0) <> case
  when g.voided_at is null then round((l.received_qty - l.rejected_qty) * p.stock_per_unit, u.decimals)
  else 0
end

union all

select
  'production_components.issued_qty is the sum of its moves',
  c.organization_id, c.id, coalesce(m.quantity, 0), c.issued_qty
from ops.production_components as c
left join (
  select
    m.organization_id,
    m.production_component_id,
    sum(case m.reason when 'return' then -m.quantity else m.quantity end) as quantity
  from ops.stock_moves as m
  where m.production_component_id is not null
  group by m.organization_id, m.production_component_id
) as m on m.organization_id = c.organization_id and m.production_component_id = c.id
where c.issued_qty <> coalesce(m.quantity, 0)

union all

select
  'production_orders.material_cost is what was issued, less by-products',
  o.organization_id, o.id, coalesce(m.cost, 0), o.material_cost
from ops.production_orders as o
left join (
  select
    c.organization_id,
    c.production_order_id,
    round(greatest(sum(case m.reason when 'issue' then m.quantity else -m.quantity end * m.unit_cost), 0), 4) as cost
  from ops.production_components as c
  inner join ops.stock_moves as m on m.organization_id = c.organization_id and m.production_component_id = c.id
  group by c.organization_id, c.production_order_id
) as m on m.organization_id = o.organization_id and m.production_order_id = o.id
where o.material_cost <> coalesce(m.cost, 0)

union all

select
  'production_orders count their outputs', o.organization_id, o.id, coalesce(p.quantity, 0), o.completed_qty
from ops.production_orders as o
left join (
  select
    p.organization_id,
    p.production_order_id,
    sum(p.quantity) as quantity,
    sum(p.scrapped_qty) as scrapped_qty,
    coalesce(sum(round(p.quantity * p.unit_cost, 4)), 0) as cost
  from ops.production_outputs as p
  group by p.organization_id, p.production_order_id
) as p on p.organization_id = o.organization_id and p.production_order_id = o.id
where (o.completed_qty, o.scrapped_qty, o.absorbed_cost)
  <> (coalesce(p.quantity, 0), coalesce(p.scrapped_qty, 0), coalesce(p.cost, 0))

union all

select 'good ones of an output went into stock', p.organization_id, p.id, p.quantity, coalesce(sum(m.quantity), 0)
from ops.production_outputs as p
left join ops.stock_moves as m on m.organization_id = p.organization_id and m.production_output_id = p.id
group by p.organization_id, p.id
having p.quantity <> coalesce(sum(m.quantity), 0)

union all

select
  'an operation to come has its minutes on its days, and no other one but what was started has any',
  p.organization_id, p.id, case when o.is_open then p.planned_minutes else 0 end, coalesce(l.minutes, 0)
from ops.production_operations as p
inner join ops.production_orders as o on o.organization_id = p.organization_id and o.id = p.production_order_id
left join (
  select
    l.organization_id,
    l.production_operation_id,
    sum(l.minutes) as minutes,
    min(l.day) as first_day,
    max(l.day) as last_day
  from ops.work_center_loads as l
  group by l.organization_id, l.production_operation_id
) as l on l.organization_id = p.organization_id and l.production_operation_id = p.id
where case
  when p.finished_at is not null or not o.is_open then l.minutes is not null
  when p.started_at is null
    then p.scheduled_start is not null and p.planned_minutes > 0
      and (l.minutes, l.first_day, l.last_day) is distinct from (p.planned_minutes, p.scheduled_start, p.scheduled_end)
end;

comment on view private.invariant_violations is
  'Every counter against the sum that it keeps, and every derived state that can be checked by one query. A row is a fault; empty is healthy.';
