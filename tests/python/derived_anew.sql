-- What is said of statuses and contracts, drawn from the facts in other words than the triggers'. A row is a fault.
with slice as (
  select
    s.*, a.order_item_id, al.sent_at,
    (
      select count(*) filter (where p.status = 'ISSUED')
      from ops.factory_po_lines as l
      join ops.factory_pos as p on p.id = l.factory_po_id
      where l.allocation_item_supplier_id = s.id
    ) as issued,
    (
      select count(*) filter (where p.status in ('PC_SIGNED', 'CLOSED'))
      from ops.factory_po_lines as l
      join ops.factory_pos as p on p.id = l.factory_po_id
      where l.allocation_item_supplier_id = s.id
    ) as signed
  from ops.allocation_items_supplier as s
  join ops.allocation_items as a on a.id = s.allocation_item_id
  join ops.allocations as al on al.id = a.allocation_id
),
line as (
  select
    i.id, i.allocation_status, i.is_cancelled,
    (i.quantity - i.short_closed_qty) * (1 - i.under_award_tolerance_pct / 100) as need,
    coalesce(sum(s.effective_qty), 0) as standing,
    count(*) filter (where s.effective_qty > 0 and s.signed = 0) as unsigned,
    count(*) filter (where s.effective_qty > 0 and s.signed + s.issued = 0) as unissued,
    count(*) filter (
      where not s.is_awarded and s.closed_at is null and s.quote_status in ('invited', 'quoted')
    ) as live,
    count(*) filter (
      where not s.is_awarded and s.closed_at is null and s.quote_status in ('invited', 'quoted')
      and s.invited_at is not null and s.sent_at is not null
    ) as sent
  from ops.order_items as i
  left join slice as s on s.order_item_id = i.id
  group by i.id, i.organization_id
),
expected as (
  select
    l.*,
    case
      when l.is_cancelled then 'CANCELLED'
      when l.standing > 0 and l.standing >= l.need and l.unsigned = 0 then 'PC_SIGNED'
      when l.standing > 0 and l.standing >= l.need and l.unissued = 0 then 'PC_ISSUED'
      when l.standing > 0 and l.standing >= l.need then 'CONFIRMED'
      when l.sent > 0 or l.standing > 0 then 'ALLOCATED'
      when l.live > 0 then 'PREALLOCATED'
      else 'UNALLOCATED'
    end as status
  from line as l
)
select 'allocation_status should be ' || e.status as fault, e.id::text, e.allocation_status::text as found
from expected as e
where e.status <> e.allocation_status::text
union all
select 'a slice is under more than one contract', s.id::text, (s.issued + s.signed)::text
from slice as s
where s.issued > 1 or s.signed > 1
union all
select 'an issued contract says other than its slice', l.id::text, s.effective_qty::text
from ops.factory_po_lines as l
join ops.factory_pos as p on p.id = l.factory_po_id and p.status = 'ISSUED'
join ops.allocation_items_supplier as s on s.id = l.allocation_item_supplier_id
where p.currency <> s.currency
  or case
    when exists (  -- the next version of a contract in force proposes terms of its own
      select from ops.factory_po_lines as f
      join ops.factory_pos as force on force.id = f.factory_po_id and force.status in ('PC_SIGNED', 'CLOSED')
      where f.allocation_item_supplier_id = s.id
    ) then l.quantity > s.effective_qty
    else (l.quantity, l.price) is distinct from (s.effective_qty, s.awarded_price)
  end
union all
select 'a signed contract says other than its slice', l.id::text, s.effective_qty::text
from ops.factory_po_lines as l
join ops.factory_pos as p on p.id = l.factory_po_id and p.status in ('PC_SIGNED', 'CLOSED')
join ops.allocation_items_supplier as s on s.id = l.allocation_item_supplier_id
where p.currency <> s.currency or l.price <> s.awarded_price or l.quantity < s.effective_qty
union all
select 'a contract in force has no slice of what was signed before it', p.id::text, l.allocation_item_supplier_id::text
from ops.factory_pos as p
join ops.factory_pos as old on old.po_number = p.po_number and old.factory_id = p.factory_id
  and old.organization_id = p.organization_id and old.superseded_at is not null
join ops.factory_po_lines as l on l.factory_po_id = old.id
join ops.allocation_items_supplier as s on s.id = l.allocation_item_supplier_id and s.effective_qty > 0
where p.status in ('PC_SIGNED', 'CLOSED') and not exists (
  select from ops.factory_po_lines as own
  where own.factory_po_id = p.id and own.allocation_item_supplier_id = s.id
)
union all
select 'an open candidate of a closed allocation item', s.id::text, null
from slice as s
join ops.allocation_items as a on a.id = s.allocation_item_id
where a.closed_at is not null and s.closed_at is null and not s.is_awarded
union all
select 'a cancelled line with something open', i.id::text, null
from ops.order_items as i
join ops.allocation_items as a on a.order_item_id = i.id
where i.is_cancelled and (a.closed_at is null or a.effective_qty > 0)
union all
select 'something of a slice that is not awarded was received', s.id::text, s.received_qty::text
from slice as s
where not s.is_awarded and s.received_qty > 0
union all
select 'two lines of an order share a number', i.order_id::text, i.line_number::text
from ops.order_items as i
group by i.order_id, i.line_number
having count(*) > 1
union all
select 'committed without sizes, of a line that has sizes', a.id::text, a.committed_qty::text
from ops.allocation_items as a
where a.closed_at is null
  and exists (select from ops.order_item_sizes as z where z.order_item_id = a.order_item_id)
  and not exists (select from ops.allocation_item_sizes as z where z.allocation_item_id = a.id)
union all
select 'an order is open though all of it has come', o.id::text, o.status::text
from ops.purchase_orders as o
where o.status in ('sent', 'acknowledged') and not exists (
  select from ops.purchase_order_lines as l
  where l.purchase_order_id = o.id and l.quantity > l.cancelled_qty + l.stocked_qty
)
union all
select 'more than was ordered and its tolerance is in stock', l.id::text, l.stocked_qty::text
from ops.purchase_order_lines as l
where (
  select sum(r.received_qty - r.rejected_qty)
  from ops.goods_receipt_lines as r
  join ops.goods_receipts as g on g.id = r.goods_receipt_id and g.voided_at is null
  where r.purchase_order_line_id = l.id
) > (l.quantity - l.cancelled_qty) * (1 + l.over_receipt_tolerance_pct / 100)
union all
select 'who made or submitted an order approved it', a.purchase_order_id::text, a.decided_by::text
from ops.purchase_order_approvals as a
join ops.purchase_orders as o on o.id = a.purchase_order_id
where a.is_approved and a.approver_role is not null and a.decided_by in (o.created_by, a.submitted_by)
union all
select 'an order was sent that nobody approved', o.id::text, o.status::text
from ops.purchase_orders as o
where o.sent_at is not null and not coalesce((
  select a.is_approved from ops.purchase_order_approvals as a where a.purchase_order_id = o.id order by a.id desc limit 1
), false)
union all
select 'a purchase order does not cost what its lines do', o.id::text, o.subtotal::text
from ops.purchase_orders as o
where o.subtotal <> coalesce((
  select sum(round(l.quantity * l.unit_price, 4)) from ops.purchase_order_lines as l where l.purchase_order_id = o.id
), 0)
union all
select 'a purchase order line does not count its receipts', l.id::text, l.received_qty || ', ' || l.rejected_qty || ', ' || l.open_qty
from ops.purchase_order_lines as l
join ops.purchase_orders as o on o.id = l.purchase_order_id
cross join lateral (
  select coalesce(sum(r.received_qty), 0) as received, coalesce(sum(r.rejected_qty), 0) as rejected
  from ops.goods_receipt_lines as r
  where r.purchase_order_line_id = l.id
    and not exists (select from ops.goods_receipts as g where g.id = r.goods_receipt_id and g.void_reason is not null)
) as r
where l.received_qty <> r.received or l.rejected_qty <> r.rejected
  or l.open_qty <> case
    when o.status in ('closed', 'cancelled') then 0 else greatest(l.quantity - l.cancelled_qty - (r.received - r.rejected), 0)
  end
union all
select 'a place has more reserved than lies there, or than is promised of it', l.id::text, l.reserved::text
from ops.stock_levels as l
where l.reserved > l.on_hand or l.reserved <> coalesce((
  select sum(r.quantity) from ops.inventory_reservations as r
  where (r.organization_id, r.product_variant_id, r.stock_location_id)
    = (l.organization_id, l.product_variant_id, l.stock_location_id) and r.lot_id is not distinct from l.lot_id
), 0)
union all
select 'a component does not count what it holds and was given', c.id::text, c.reserved_qty || ', ' || c.issued_qty
from ops.production_components as c
where c.reserved_qty <> coalesce((
  select sum(r.quantity) from ops.inventory_reservations as r where r.production_component_id = c.id
), 0)
or c.issued_qty <> coalesce((
  select sum(m.quantity * case when m.reason = 'return' then -1 else 1 end)
  from ops.stock_moves as m
  where m.production_component_id = c.id
), 0)
union all
select 'a production order does not count what came out of it', o.id::text, o.completed_qty || ', ' || o.scrapped_qty
from ops.production_orders as o
where (o.completed_qty, o.scrapped_qty) <> (
  select coalesce(sum(p.quantity), 0), coalesce(sum(p.scrapped_qty), 0)
  from ops.production_outputs as p
  where p.production_order_id = o.id
)
union all
select 'a plan does not follow from its arithmetic', p.id::text, p.net_qty::text
from ops.planned_supplies as p
where p.net_qty <> (p.why ->> 'gross')::numeric + (p.why ->> 'target')::numeric + (p.why ->> 'reserved_elsewhere')::numeric
  - (p.why ->> 'on_hand')::numeric - (p.why ->> 'incoming')::numeric - (p.why ->> 'planned_before')::numeric
union all
select 'more is pegged to a planned supply than there is of it', p.id::text, sum(g.quantity)::text
from ops.planned_supplies as p
join ops.supply_pegs as g on g.planned_supply_id = p.id
group by p.organization_id, p.id
having sum(g.quantity) > p.quantity
