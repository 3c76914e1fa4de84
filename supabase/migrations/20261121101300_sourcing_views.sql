-- declared in sql/views/sourcing.sql
-- Lists look up what is joined for its name by outer joins, although it is always there: inner ones look like filters
-- to the planner, several like next to no rows, and it sorts a page out of all lines instead of walking the index.

create view ops.unallocated_order_items with (security_invoker = true) as
select
  i.organization_id,
  i.id as order_item_id,
  i.order_id,
  o.order_number,
  o.client_po_number,
  i.line_number,
  s.style_number,
  s.name as style_name,
  c.marketing_name,
  o.ex_factory_date,
  o.in_hands_date,
  i.allocation_status,
  open.unallocated_qty
from ops.order_items as i
inner join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
left join ops.styles as s on s.organization_id = i.organization_id and s.id = i.style_id
left join ops.colorways as c on c.organization_id = i.organization_id and c.id = i.colorway_id
cross join lateral (
  select
    ceil((i.quantity - i.short_closed_qty) * (1 - i.under_award_tolerance_pct / 100))
    - i.effective_qty
    - coalesce(sum(a.committed_qty - a.effective_qty), 0) as unallocated_qty
  from ops.allocation_items as a
  where a.organization_id = i.organization_id and a.order_item_id = i.id and a.closed_at is null
    and exists (
      select
      from ops.allocation_items_supplier as candidate
      where candidate.organization_id = a.organization_id and candidate.allocation_item_id = a.id
        and not candidate.is_awarded and candidate.closed_at is null
        and candidate.quote_status in ('invited', 'quoted')
    )
) as open
where i.is_open  -- a line that is CONFIRMED or beyond has nothing left by its quantities
  and o.status in ('sales_order', 'so_sent', 'so_approved')
  and open.unallocated_qty > 0
  and not exists (
    select from ops.order_item_supplies as own
    where own.organization_id = i.organization_id and own.order_item_id = i.id
  );
comment on view ops.unallocated_order_items is
  'Lines of accepted orders whose need is not covered by standing slices and by open allocation items that have a live candidate; not those that are supplied in house. For those who may read candidates. Key: order_item_id.';
comment on column ops.unallocated_order_items.unallocated_qty is 'Pieces not covered.';

create view ops.allocation_overview with (security_invoker = true) as
select
  i.organization_id,
  i.id as order_item_id,
  i.order_id,
  o.order_number,
  i.line_number,
  d.name as client_name,
  o.client_po_number,
  s.style_number,
  s.name as style_name,
  c.marketing_name,
  run.sizes,
  i.committed_qty,
  slice.price,
  slice.currency,
  slice.factory_name,
  slice.slice_count,
  slice.ex_factory_date,
  o.in_hands_date,
  i.allocation_item_id,
  i.allocation_status
from ops.order_items as i
inner join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
left join ops.directory as d on d.organization_id = i.organization_id and d.id = i.client_id
left join ops.styles as s on s.organization_id = i.organization_id and s.id = i.style_id
left join ops.colorways as c on c.organization_id = i.organization_id and c.id = i.colorway_id
left join lateral (
  select string_agg(z.size_label || ' ' || trim_scale(z.quantity), ' / ' order by z.position) as sizes
  from (
    select z.size_label, z.position, sum(z.quantity) as quantity
    from ops.allocation_items as a
    inner join ops.allocation_item_sizes as z
      on z.organization_id = a.organization_id and z.allocation_item_id = a.id
    where a.organization_id = i.organization_id and a.order_item_id = i.id and z.quantity > 0
    group by z.size_label, z.position
  ) as z
) as run on true
left join lateral (
  -- Awarded slices first, the largest of them; else the best quote.
  select
    coalesce(a.awarded_price, a.price) as price,
    a.currency,
    f.name as factory_name,
    a.ex_factory_date,
    count(*) filter (where a.effective_qty > 0) over () as slice_count
  from ops.allocation_items as item
  inner join ops.allocation_items_supplier as a
    on a.organization_id = item.organization_id and a.allocation_item_id = item.id
  inner join ops.directory as f on f.organization_id = a.organization_id and f.id = a.factory_id
  where item.organization_id = i.organization_id and item.order_item_id = i.id
    and (a.effective_qty > 0 or not a.is_awarded and a.closed_at is null and a.quote_status = 'quoted')
  order by a.effective_qty desc, a.price, a.id
  limit 1
) as slice on true
where o.status in ('sales_order', 'so_sent', 'so_approved', 'closed');
comment on view ops.allocation_overview is
  'The allocations screen: one row per line of accepted orders, in words that may be shown to a client. No colour reference, no total order quantity. Key: order_item_id.';
comment on column ops.allocation_overview.sizes is 'The committed size run, such as `S 10 / M 20`.';
comment on column ops.allocation_overview.price is 'Price of a piece: of the largest awarded slice, else of the best quote. Null for those who may not read candidates.';
comment on column ops.allocation_overview.slice_count is 'How many standing slices the line has.';

create view ops.client_order_lines with (security_invoker = true) as
select
  i.organization_id,
  i.id as order_item_id,
  i.order_id,
  i.client_id,
  o.order_number,
  o.client_po_number,
  o.status as order_status,
  i.line_number,
  s.style_number,
  s.name as style_name,
  c.marketing_name,
  run.sizes,
  i.quantity,
  price.unit_price,
  o.currency,
  o.ex_factory_date,
  o.in_hands_date,
  i.allocation_status
from ops.order_items as i
left join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
left join ops.styles as s on s.organization_id = i.organization_id and s.id = i.style_id
left join ops.colorways as c on c.organization_id = i.organization_id and c.id = i.colorway_id
left join lateral (
  select string_agg(z.size_label || ' ' || trim_scale(z.quantity), ' / ' order by z.position) as sizes
  from ops.order_item_sizes as z
  where z.organization_id = i.organization_id and z.order_item_id = i.id and z.quantity > 0
) as run on true
left join ops.order_item_prices as price
  on price.organization_id = i.organization_id and price.order_item_id = i.id and price.size_label is null;
comment on view ops.client_order_lines is 'A client''s own order lines with their status and price. Key: order_item_id.';
comment on column ops.client_order_lines.unit_price is 'Price of a piece for sizes without one of their own (order_item_prices).';

create view ops.factory_work with (security_invoker = true) as
select
  a.organization_id,
  a.id as allocation_item_supplier_id,
  a.factory_id,
  a.style_number,
  a.style_name,
  a.marketing_name,
  a.color_reference,
  run.sizes,
  a.order_qty,
  a.quote_status,
  a.price,
  a.currency,
  a.is_awarded,
  a.awarded_qty,
  a.awarded_price,
  a.effective_qty,
  a.target_ex_factory_date,
  a.ex_factory_date,
  contract.id as factory_po_id,
  contract.po_number,
  contract.status as factory_po_status,
  a.production_status,
  a.shipped_qty,
  a.received_qty,
  a.accepted_qty,
  a.payable_amount,
  a.paid_amount,
  a.balance,
  case
    when a.closed_at is not null and a.effective_qty = 0 then 'none'
    when not a.is_awarded and a.quote_status = 'invited' then 'quote or decline'
    when not a.is_awarded and a.quote_status = 'quoted' then 'await award'
    when not a.is_awarded then 'none'
    when contract.status is null then 'await contract'
    when contract.status = 'ISSUED' then 'sign contract'
    when a.accepted_qty < a.effective_qty and a.shipped_qty < a.effective_qty then 'produce and ship'
    when a.accepted_qty < a.effective_qty then 'await receipt'
    when a.balance > 0 then 'await payment'
    else 'none'
  end as next_step
from ops.allocation_items_supplier as a
left join lateral (
  select string_agg(z.size_label || ' ' || trim_scale(z.quantity), ' / ' order by z.position) as sizes
  from ops.allocation_item_supplier_sizes as z
  where z.organization_id = a.organization_id and z.allocation_item_supplier_id = a.id and z.quantity > 0
) as run on true
left join lateral (
  select p.id, p.po_number, p.status
  from ops.factory_po_lines as l
  inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
  where l.organization_id = a.organization_id and l.allocation_item_supplier_id = a.id
    and p.status in ('ISSUED', 'PC_SIGNED', 'CLOSED')
  order by p.version desc
  limit 1
) as contract on true
where a.invited_at is not null;
comment on view ops.factory_work is 'A factory''s own slices from the invitation on, with their contract and what to do next. Key: allocation_item_supplier_id.';
comment on column ops.factory_work.next_step is 'What the factory does next, or waits for.';

create view ops.payables with (security_invoker = true) as
select
  a.organization_id,
  a.id as allocation_item_supplier_id,
  a.factory_id,
  f.name as factory_name,
  contract.id as factory_po_id,
  contract.po_number,
  a.style_number,
  a.marketing_name,
  a.awarded_qty,
  a.effective_qty,
  a.received_qty,
  a.accepted_qty,
  a.payable_qty,
  a.excess_qty,
  a.accepted_excess_qty,
  a.awarded_price as unit_price,
  a.payable_amount,
  a.paid_amount,
  a.balance,
  a.currency,
  a.approved_qty,
  a.approved_amount
from ops.allocation_items_supplier as a
left join ops.directory as f on f.organization_id = a.organization_id and f.id = a.factory_id
left join lateral (
  select p.id, p.po_number
  from ops.factory_po_lines as l
  inner join ops.factory_pos as held on held.organization_id = l.organization_id and held.id = l.factory_po_id
  inner join ops.factory_pos as p
    on p.organization_id = held.organization_id and p.factory_id = held.factory_id and p.po_number = held.po_number
  where l.organization_id = a.organization_id and l.allocation_item_supplier_id = a.id
    and held.signed_at is not null and p.signed_at is not null
  order by p.version desc
  limit 1
) as contract on true
where a.is_awarded;
comment on view ops.payables is 'What is owed for each awarded slice; one without receipts is a row with zeros. Key: allocation_item_supplier_id.';
comment on column ops.payables.factory_po_id is 'The version of the slice''s contract that was signed last: it is paid on it, and money of a slice that is on it no more comes back on it. Null while none is signed.';
comment on column ops.payables.payable_qty is 'least(accepted_qty, effective_qty + accepted_excess_qty).';
comment on column ops.payables.excess_qty is 'Accepted beyond the effective quantity; payable as far as finance accepts it (accepted_excess_qty).';
comment on column ops.payables.unit_price is 'The awarded price of a piece, in `currency`.';
comment on column ops.payables.payable_amount is 'payable_qty x unit_price.';
comment on column ops.payables.balance is 'payable_amount - paid_amount. Negative: the factory owes us.';
comment on column ops.payables.approved_amount is 'What invoices are approved for, less credit notes.';

create view ops.payables_by_contract with (security_invoker = true) as
select
  p.organization_id,
  p.id as factory_po_id,
  p.po_number,
  p.version,
  p.status,
  p.factory_id,
  f.name as factory_name,
  sums.slices,
  sums.effective_qty,
  sums.accepted_qty,
  sums.payable_qty,
  sums.payable_amount,
  sums.paid_amount,
  sums.balance,
  p.currency,
  sums.approved_amount
from ops.factory_pos as p
left join ops.directory as f on f.organization_id = p.organization_id and f.id = p.factory_id
-- Contract by contract, so that a page adds up its own contracts only.
cross join lateral (
  select
    count(*) as slices,
    sum(a.effective_qty) as effective_qty,
    sum(a.accepted_qty) as accepted_qty,
    sum(a.payable_qty) as payable_qty,
    sum(a.payable_amount) as payable_amount,
    sum(a.paid_amount) as paid_amount,
    sum(a.balance) as balance,
    sum(a.approved_amount) as approved_amount
  from (
    -- A slice of which nothing is left is not on later versions, and its money is still out.
    select distinct l.organization_id, l.allocation_item_supplier_id
    from ops.factory_pos as v
    inner join ops.factory_po_lines as l on l.organization_id = v.organization_id and l.factory_po_id = v.id
    where v.organization_id = p.organization_id and v.factory_id = p.factory_id and v.po_number = p.po_number
      and v.signed_at is not null
  ) as held
  inner join ops.allocation_items_supplier as a
    on a.organization_id = held.organization_id and a.id = held.allocation_item_supplier_id
) as sums
where p.signed_at is not null and p.superseded_at is null
  and (
    p.status <> 'CANCELLED'
    or sums.balance <> 0
    and not exists (
      select from ops.factory_pos as later
      where later.organization_id = p.organization_id and later.factory_id = p.factory_id
        and later.po_number = p.po_number and later.version > p.version and later.signed_at is not null
    )
  );
comment on view ops.payables_by_contract is 'What is owed on each contract in force, and on a cancelled one on which money is out. Key: factory_po_id.';
comment on column ops.payables_by_contract.slices is 'Slices that this version or a signed one before it has held; amounts are of all of them.';

create view ops.payables_by_factory with (security_invoker = true) as
select
  a.organization_id,
  a.factory_id,
  f.name as factory_name,
  a.currency,
  count(*) as slices,
  sum(a.payable_amount) as payable_amount,
  sum(a.paid_amount) as paid_amount,
  sum(a.balance) as balance,
  sum(a.approved_amount) as approved_amount
from ops.allocation_items_supplier as a
inner join ops.directory as f on f.organization_id = a.organization_id and f.id = a.factory_id
where a.is_awarded
group by a.organization_id, a.factory_id, f.organization_id, f.id, a.currency;
comment on view ops.payables_by_factory is 'What is owed to each factory, by currency. Key: factory_id, currency.';
