-- The order lines `first` to `last` of one organization with all that hangs on them; `part` says which, `client`,
-- `factory` and `colour` are those of organization.sql. Temporary tables decide everything; the inserts only write it.
--
-- About ten lines are an order, two orders a batch that is allocated together. A batch is at one stage:
--   0 request  1 sales order  2 candidates chosen  3 sent and quoted  4 awarded  5 contract issued  6 contract signed
--   7 delivered
-- Old ones are delivered, and the last quarter is on its way.

create temporary table draw on commit drop as
select
  d.n, d.a, d.b, d.c,
  max(d.n) filter (where d.n = p.first or d.chance < 0.1) over so_far as order_n,
  max(d.n) filter (where d.n = p.first or d.chance < 0.05) over so_far as batch_n
from part as p, (
  select s.n, random() as chance, random() as a, random() as b, random() as c
  from part as p, generate_series(p.first, p.last) as s (n)
) as d
window so_far as (order by d.n);

create temporary table batch on commit drop as
select
  b.n,
  case
    when b.progress < 0 then 7 when b.progress < 0.32 then 6 when b.progress < 0.46 then 5
    when b.progress < 0.58 then 4 when b.progress < 0.76 then 3 when b.progress < 0.84 then 2
    when b.progress < 0.95 then 1 else 0
  end as stage,
  -- Two thirds of the work go to a third of the factories.
  floor(p.factories * b.b * b.b)::int as factory_n,
  pg_temp.id(b.ms, p.code || ' batch ' || b.n) as id, b.ms,
  to_timestamp(b.ms / 1000.0) as allocated_at,
  to_timestamp(b.ms / 1000.0) + interval '1 day' as sent_at,
  to_timestamp(b.ms / 1000.0) + interval '4 days' as quoted_at,
  to_timestamp(b.ms / 1000.0) + interval '7 days' as awarded_at,
  to_timestamp(b.ms / 1000.0) + interval '9 days' as issued_at,
  to_timestamp(b.ms / 1000.0) + interval '11 days' as signed_at,
  to_timestamp(b.ms / 1000.0) + interval '60 days' as received_at,
  to_timestamp(b.ms / 1000.0) + interval '90 days' as paid_at
from part as p, lateral (
  select
    d.n, d.b, p.founded_ms + (p.span_ms * (d.n::float8 / p.lines))::bigint + 2 * 86400000::bigint as ms,
    case when d.n < 0.75 * p.lines then -1 else (d.n::float8 / p.lines - 0.75) * 4 + (d.a - 0.5) * 0.3 end as progress
  from draw as d
  where d.n = d.batch_n
) as b;

create temporary table book on commit drop as
select
  o.n, o.batch_n, b.stage, o.ms, to_timestamp(o.ms / 1000.0) as created_at, c.id as client_id, c.currency,
  pg_temp.id(o.ms, p.code || ' order ' || o.n) as id, 'SO-L' || lpad(o.n::text, 7, '0') as order_number,
  case when b.stage = 0 and o.n % 2 = 0 then 'quote' else 'sales_order' end::ops.order_type as type,
  case
    when b.stage = 0 and o.n % 2 = 0 then 'quote_sent' when b.stage = 0 then 'requested'
    when b.stage = 7 and o.n % 10 > 0 then 'closed'
    when o.n % 10 < 4 then 'sales_order' when o.n % 10 < 5 then 'so_sent' else 'so_approved'
  end::ops.order_status as status
from part as p
cross join lateral (
  select
    d.n, d.batch_n, p.founded_ms + (p.span_ms * (d.n::float8 / p.lines))::bigint as ms,
    floor(p.clients * d.c * d.c)::int as client_n
  from draw as d
  where d.n = d.order_n
) as o
inner join batch as b on b.n = o.batch_n
inner join client as c on c.n = o.client_n;

create temporary table line on commit drop as
select
  d.n, o.n as order_n, o.batch_n, b.stage, o.created_at, o.ms, o.id as order_id, o.client_id,
  (d.n - o.n + 1)::int as line_number, d.a > 0.985 as is_cancelled, b.stage >= 4 and d.a < 0.03 as is_split,
  b.stage >= 2 and d.a <= 0.985 as is_allocated,
  pg_temp.id(o.ms, p.code || ' line ' || d.n) as id,
  pg_temp.id(b.ms, p.code || ' item ' || d.n) as item_id,
  c.id as colorway_id, c.style_id, c.style_number, c.style_name, c.marketing_name, c.color_reference, c.sizes, c.weights,
  3 + floor(d.b * 40)::int as base, (4 + c.style_n % 30 + round(d.a::numeric, 1))::numeric as price
from part as p
cross join draw as d
inner join book as o on o.n = d.order_n
inner join batch as b on b.n = o.batch_n
inner join colour as c on c.n = floor(3 * p.styles * d.c)::int;

-- `first_share`: what the first of two factories makes of a line that is split.
create temporary table run on commit drop as
select
  l.n, z.position::int as position, z.size_label, l.base * z.weight as pieces,
  case when l.is_split then l.base * z.weight * 3 / 5 else l.base * z.weight end as first_share
from line as l, unnest(l.sizes, l.weights) with ordinality as z (size_label, weight, position);
analyze draw, batch, book, line, run;

create temporary table total on commit drop as
select r.n, sum(r.pieces) as quantity, sum(r.first_share) as first_share from run as r group by r.n;
analyze total;

-- The slices: the first one of a line is awarded from stage 4 on, both are where it is split.
create temporary table slice on commit drop as
select
  l.n, k.nth, l.batch_n, l.stage, l.id as line_id, l.order_id, l.client_id, l.line_number, l.item_id,
  pg_temp.id(b.ms, p.code || ' slice ' || l.n || ' ' || k.nth) as id,
  f.id as factory_id, f.n as factory_n, f.currency, b.id as allocation_id,
  l.style_id, l.colorway_id, l.style_number, l.style_name, l.marketing_name, l.color_reference,
  case k.nth when 0 then t.first_share else t.quantity - case when l.is_split then t.first_share else 0 end end
  as order_qty,
  l.price + k.nth * 0.5 as price, l.stage >= 4 and (k.nth = 0 or l.is_split) as is_awarded,
  case
    when l.stage = 2 or l.stage = 3 and k.nth = 2 then 'invited'
    when k.nth = 0 or l.is_split or l.n % 3 > 0 then 'quoted'
    else 'declined'
  end::ops.quote_status as quote_status,
  -- A twentieth each of the contracts that are done is unpaid, or its payment was voided.
  (l.batch_n * 7 + f.n) % 20 as fate
from part as p
cross join line as l
inner join total as t on t.n = l.n
inner join batch as b on b.n = l.batch_n
cross join lateral generate_series(
  0, case when l.stage = 2 then 1 when l.stage = 3 then 2 when l.is_split or l.n % 5 < 2 then 1 else 0 end
) as k (nth)
inner join factory as f on f.n = (b.factory_n + l.n % 3 + k.nth) % p.factories
where l.is_allocated;

create temporary table outcome on commit drop as
select
  o.n, o.nth, o.is_signed, o.accepted_qty, o.rejected_qty,
  case when o.stage = 7 and o.fate >= 2 or o.stage = 6 and o.fate = 0 then o.accepted_qty else 0 end as paid_qty,
  -- The invoices of one batch in eight wait for an answer.
  case when o.batch_n % 8 > 0 then o.accepted_qty else 0 end as approved_qty
from (
  select
    s.n, s.nth, s.stage, s.fate, s.batch_n, s.stage >= 6 and s.is_awarded as is_signed,
    case
      when not s.is_awarded then 0 when s.stage = 7 then s.order_qty
      when s.stage = 6 and s.fate < 8 then trunc(s.order_qty / 2) else 0
    end as accepted_qty,
    case when s.is_awarded and s.stage = 7 and s.n % 5 = 0 then ceil(s.order_qty / 20) else 0 end as rejected_qty
  from slice as s
) as o;

-- Of the awards that wait for their contract, half have one drafted.
create temporary table contract on commit drop as
select
  pg_temp.id(b.ms + 604800000, p.code || ' contract ' || b.n || ' ' || s.factory_n) as id,
  pg_temp.id(b.ms + 604800000, p.code || ' payment ' || b.n || ' ' || s.factory_n) as payment_id,
  b.n as batch_n, s.allocation_id, s.factory_id, s.currency,
  case
    when s.stage = 4 then 'DRAFT' when s.stage = 5 then 'ISSUED'
    when s.stage = 7 and s.fate >= 2 then 'CLOSED' else 'PC_SIGNED'
  end::ops.factory_po_status as status,
  sum(s.order_qty) as total_qty, sum(s.order_qty * s.price) as total_amount
from part as p
cross join slice as s
inner join batch as b on b.n = s.batch_n
where s.is_awarded and (s.stage > 4 or s.batch_n % 2 = 0)
group by p.code, b.n, b.ms, s.allocation_id, s.factory_id, s.factory_n, s.currency, s.stage, s.fate;
analyze slice, outcome, contract;

insert into ops.orders (
  organization_id, id, order_number, client_id, client_po_number, type, status, order_date, ex_factory_date,
  in_hands_date, currency, created_at, created_by, updated_at
)
select
  p.organization_id, o.id, o.order_number, o.client_id, 'PO-' || o.n, o.type, o.status, o.created_at::date,
  o.created_at::date + 90, o.created_at::date + 120, o.currency, o.created_at, p.actor_id, o.created_at
from part as p, book as o;

insert into ops.order_items (
  organization_id, id, order_id, client_id, line_number, style_id, colorway_id, quantity, over_commit_tolerance_pct,
  under_award_tolerance_pct, committed_qty, effective_qty, allocation_status, allocation_item_id, is_cancelled,
  cancelled_at, cancelled_by, created_at, created_by, updated_at
)
select
  p.organization_id, l.id, l.order_id, l.client_id, l.line_number, l.style_id, l.colorway_id, t.quantity, 0, 0,
  case when l.is_allocated then t.quantity else 0 end, case when l.is_allocated and l.stage >= 4 then t.quantity else 0 end,
  (
    case
      when l.is_cancelled then 'CANCELLED'
      else (array[
        'UNALLOCATED', 'UNALLOCATED', 'PREALLOCATED', 'ALLOCATED', 'CONFIRMED', 'PC_ISSUED', 'PC_SIGNED', 'PC_SIGNED'
      ])[l.stage + 1]
    end
  )::ops.allocation_status,
  case when l.is_allocated then l.item_id end, l.is_cancelled,
  case when l.is_cancelled then l.created_at end, case when l.is_cancelled then p.actor_id end,
  l.created_at, p.actor_id, l.created_at
from part as p, line as l inner join total as t on t.n = l.n;

insert into ops.timeline_nodes (
  organization_id, id, root_id, order_id, order_item_id, client_id, kind, name, position, is_for_client, is_cancelled,
  created_at, created_by, updated_at
)
select
  p.organization_id, root.id, root.id, l.order_id, l.id, l.client_id, 'root', 'Line ' || l.line_number, l.line_number,
  true, l.is_cancelled, l.created_at, p.actor_id, l.created_at
from part as p, line as l, lateral (select pg_temp.id(l.ms, p.code || ' timeline ' || l.n) as id) as root;

insert into ops.order_item_sizes (
  organization_id, id, order_item_id, client_id, size_label, position, quantity, created_at, created_by, updated_at
)
select
  p.organization_id, pg_temp.id(l.ms, p.code || ' line size ' || r.n || ' ' || r.position), l.id, l.client_id,
  r.size_label, r.position, r.pieces, l.created_at, p.actor_id, l.created_at
from part as p, run as r inner join line as l on l.n = r.n;

-- A request has no price yet.
insert into ops.order_item_prices (
  organization_id, id, order_item_id, client_id, unit_price, created_at, created_by, updated_at
)
select
  p.organization_id, pg_temp.id(l.ms, p.code || ' price ' || l.n), l.id, l.client_id, l.price * 2.2, l.created_at,
  p.actor_id, l.created_at
from part as p, line as l
where l.stage > 0;

insert into ops.order_item_costs (
  organization_id, id, order_item_id, fob_target, other_cost, currency, created_at, created_by, updated_at
)
select
  p.organization_id, pg_temp.id(l.ms, p.code || ' cost ' || l.n), l.id, l.price, 1.5, 'USD', l.created_at, p.actor_id,
  l.created_at
from part as p, line as l
where l.stage > 0 and l.n % 5 > 0;

insert into ops.allocations (
  organization_id, id, allocation_number, name, sent_at, created_at, created_by, updated_at
)
select
  p.organization_id, b.id, 'AL-L' || lpad(b.n::text, 7, '0'), 'Batch ' || b.n,
  case when b.stage >= 3 then b.sent_at end, b.allocated_at, p.actor_id, b.allocated_at
from part as p, batch as b
where b.stage >= 2;

insert into ops.allocation_items (
  organization_id, id, allocation_id, order_item_id, committed_qty, effective_qty, created_at, created_by, updated_at
)
select
  p.organization_id, l.item_id, b.id, l.id, t.quantity, case when l.stage >= 4 then t.quantity else 0 end,
  b.allocated_at, p.actor_id, b.allocated_at
from part as p, line as l
inner join total as t on t.n = l.n
inner join batch as b on b.n = l.batch_n
where l.is_allocated;

insert into ops.allocation_item_sizes (organization_id, id, allocation_item_id, size_label, position, quantity)
select
  p.organization_id, pg_temp.id(l.ms, p.code || ' item size ' || r.n || ' ' || r.position), l.item_id, r.size_label,
  r.position, r.pieces
from part as p, run as r inner join line as l on l.n = r.n
where l.is_allocated;

insert into ops.allocation_items_supplier (
  organization_id, id, allocation_item_id, allocation_id, factory_id, style_id, colorway_id, style_number, style_name,
  marketing_name, color_reference, target_ex_factory_date, order_qty, invited_at, quote_status, price, currency,
  pricing_terms, ship_mode, ex_factory_date, quoted_at, is_awarded, awarded_qty, awarded_price, awarded_at,
  over_receipt_tolerance_pct, production_status, shipped_qty, received_qty, accepted_qty, approved_qty, approved_amount,
  paid_amount, created_at, created_by, updated_at
)
select
  p.organization_id, s.id, s.item_id, s.allocation_id, s.factory_id, s.style_id, s.colorway_id, s.style_number,
  s.style_name, s.marketing_name, s.color_reference, b.allocated_at::date + 80, s.order_qty,
  case when s.stage >= 3 then b.sent_at end, s.quote_status, quote.price, case when quote.price > 0 then s.currency end,
  case when quote.price > 0 then 'FOB'::ops.pricing_terms end, case when quote.price > 0 then 'sea'::ops.ship_mode end,
  case when quote.price > 0 then b.allocated_at::date + 75 end, case when quote.price > 0 then b.quoted_at end,
  s.is_awarded, case when s.is_awarded then s.order_qty end, case when s.is_awarded then s.price end,
  case when s.is_awarded then b.awarded_at end, case when s.is_awarded then 3 end,
  case
    when not o.is_signed then 'not_started' when s.stage = 7 or o.accepted_qty > 0 then 'shipped'
    else (array['materials', 'cutting', 'sewing', 'finishing'])[s.fate % 4 + 1]
  end::ops.production_status,
  o.accepted_qty, o.accepted_qty + o.rejected_qty, o.accepted_qty, o.approved_qty, o.approved_qty * s.price,
  o.paid_qty * s.price, b.allocated_at, p.actor_id, b.allocated_at
from part as p, slice as s
inner join outcome as o on o.n = s.n and o.nth = s.nth
inner join batch as b on b.n = s.batch_n
cross join lateral (select case when s.quote_status = 'quoted' then s.price end as price) as quote;

insert into ops.timeline_nodes (
  organization_id, id, root_id, parent_id, allocation_item_supplier_id, factory_id, kind, name, position, created_at,
  created_by, updated_at
)
select
  p.organization_id, pg_temp.id(b.ms, p.code || ' split ' || s.n || ' ' || s.nth), root.id, root.id, s.id, s.factory_id,
  'split', 'Slice', 900, b.awarded_at, p.actor_id, b.awarded_at
from part as p, slice as s
inner join line as l on l.n = s.n
inner join batch as b on b.n = s.batch_n
cross join lateral (select pg_temp.id(l.ms, p.code || ' timeline ' || l.n) as id from part as p) as root
where s.is_awarded;

insert into ops.allocation_item_supplier_sizes (
  organization_id, id, allocation_item_supplier_id, factory_id, invited_at, size_label, position, quantity
)
select
  p.organization_id, pg_temp.id(b.ms, p.code || ' slice size ' || s.n || ' ' || s.nth || ' ' || r.position), s.id,
  s.factory_id, case when s.stage >= 3 then b.sent_at end, r.size_label, r.position,
  case when s.nth = 0 then r.first_share when s.is_awarded then r.pieces - r.first_share else r.pieces end
from part as p, slice as s
inner join batch as b on b.n = s.batch_n
inner join run as r on r.n = s.n;

insert into ops.allocation_item_supplier_notes (
  organization_id, id, allocation_item_supplier_id, kind, remark, created_at, created_by
)
select
  p.organization_id, pg_temp.id(b.ms, p.code || ' note ' || s.n || ' ' || s.nth), s.id, 'remark',
  'Asked for a later date.', b.quoted_at, p.actor_id
from part as p, slice as s inner join batch as b on b.n = s.batch_n
where s.n % 50 = 0;

-- The hash stands for that of the terms: computing these for a hundred thousand contracts would take minutes.
insert into ops.factory_pos (
  organization_id, id, allocation_id, factory_id, currency, po_number, status, ex_factory_date, total_qty, total_amount,
  terms_hash, issued_at, issued_by, signed_at, signed_by, signed_by_name, signed_terms_hash, created_at, created_by,
  updated_at
)
select
  p.organization_id, c.id, c.allocation_id, c.factory_id, c.currency, 'PC-L' || lpad(c.batch_n::text, 7, '0'), c.status,
  b.issued_at::date + 75, case when c.status <> 'DRAFT' then c.total_qty else 0 end,
  case when c.status <> 'DRAFT' then c.total_amount else 0 end,
  case when c.status <> 'DRAFT' then encode(sha256(c.id::text::bytea), 'hex') end,
  case when c.status <> 'DRAFT' then b.issued_at end, case when c.status <> 'DRAFT' then p.actor_id end,
  case when c.status in ('PC_SIGNED', 'CLOSED') then b.signed_at end,
  case when c.status in ('PC_SIGNED', 'CLOSED') then p.actor_id end,
  case when c.status in ('PC_SIGNED', 'CLOSED') then 'Li Wei' end,
  case when c.status in ('PC_SIGNED', 'CLOSED') then encode(sha256(c.id::text::bytea), 'hex') end,
  b.awarded_at, p.actor_id, b.awarded_at
from part as p, contract as c inner join batch as b on b.n = c.batch_n;

create temporary table contract_line on commit drop as
select
  pg_temp.id(b.ms + 604800000, p.code || ' contract line ' || s.n || ' ' || s.nth) as id, c.id as contract_id,
  c.payment_id, c.status, s.n, s.nth, s.id as slice_id, s.factory_id, s.style_number, s.style_name, s.marketing_name,
  s.color_reference, s.order_qty, s.price, s.fate, b.awarded_at, b.received_at, b.paid_at, b.ms,
  case when c.status <> 'DRAFT' then b.issued_at end as issued_at
from part as p, contract as c
inner join batch as b on b.n = c.batch_n
inner join slice as s on s.batch_n = c.batch_n and s.factory_id = c.factory_id and s.is_awarded;
analyze contract_line;

insert into ops.factory_po_lines (
  organization_id, id, factory_po_id, factory_id, allocation_item_supplier_id, style_number, style_name, marketing_name,
  color_reference, quantity, price, over_receipt_tolerance_pct, issued_at, created_at, created_by
)
select
  p.organization_id, k.id, k.contract_id, k.factory_id, k.slice_id, k.style_number, k.style_name, k.marketing_name,
  k.color_reference, k.order_qty, k.price, 3, k.issued_at, k.awarded_at, p.actor_id
from part as p, contract_line as k;

insert into ops.factory_po_line_sizes (
  organization_id, id, factory_po_line_id, factory_id, size_label, position, quantity
)
select
  p.organization_id, pg_temp.id(k.ms + 604800000, p.code || ' term ' || k.n || ' ' || k.nth || ' ' || r.position), k.id,
  k.factory_id, r.size_label, r.position, case when k.nth = 0 then r.first_share else r.pieces - r.first_share end
from part as p, contract_line as k inner join run as r on r.n = k.n
where k.status <> 'DRAFT';

-- Where pieces were rejected, a second receipt brings them anew.
insert into ops.factory_receipts (
  organization_id, id, allocation_item_supplier_id, factory_id, receipt_number, received_date, qty_received,
  qty_rejected, location, created_at, created_by, updated_at
)
select
  p.organization_id,
  pg_temp.id(k.ms + 5184000000, p.code || ' receipt ' || k.n || ' ' || k.nth || ' ' || r.nth), k.slice_id, k.factory_id,
  'GR-L' || k.n || '-' || k.nth || '-' || r.nth, k.received_at::date, r.received, r.rejected, 'Felixstowe',
  k.received_at, p.actor_id, k.received_at
from part as p, contract_line as k
inner join outcome as o on o.n = k.n and o.nth = k.nth
cross join lateral (
  values (1, o.accepted_qty, o.rejected_qty), (2, o.rejected_qty, 0)
) as r (nth, received, rejected)
where r.received > 0;

-- A contract is invoiced once, for what was accepted.
create temporary table bill on commit drop as
select
  k.*, o.accepted_qty, o.approved_qty, c.batch_n, c.currency,
  pg_temp.id(b.ms + 6000000000, p.code || ' invoice ' || c.id) as invoice_id
from part as p, contract_line as k
inner join contract as c on c.id = k.contract_id
inner join batch as b on b.n = c.batch_n
inner join outcome as o on o.n = k.n and o.nth = k.nth
where o.accepted_qty > 0;
analyze bill;

insert into ops.factory_invoices (
  organization_id, id, factory_po_id, factory_id, invoice_number, status, invoice_date, due_date, currency, amount,
  approved_at, approved_by, created_at, created_by, updated_at
)
select
  p.organization_id, k.invoice_id, k.contract_id, k.factory_id, 'INV-L' || k.batch_n,
  case when sum(k.approved_qty) > 0 then 'approved' else 'submitted' end::ops.factory_invoice_status,
  k.received_at::date, k.received_at::date + 45, k.currency, sum(k.accepted_qty * k.price),
  case when sum(k.approved_qty) > 0 then k.received_at end, case when sum(k.approved_qty) > 0 then p.actor_id end,
  k.received_at, p.actor_id, k.received_at
from part as p, bill as k
group by
  p.organization_id, p.actor_id, k.invoice_id, k.contract_id, k.factory_id, k.batch_n, k.received_at, k.currency;

insert into ops.factory_invoice_lines (
  organization_id, id, factory_invoice_id, factory_id, allocation_item_supplier_id, quantity, unit_price, contract_price,
  payable_qty, created_at, created_by
)
select
  p.organization_id, pg_temp.id(k.ms + 6000000000, p.code || ' billed ' || k.n || ' ' || k.nth), k.invoice_id,
  k.factory_id, k.slice_id, k.accepted_qty, k.price, case when k.approved_qty > 0 then k.price end,
  case when k.approved_qty > 0 then k.accepted_qty end, k.received_at, p.actor_id
from part as p, bill as k;

create temporary table payment on commit drop as
select k.*, paid.qty * k.price as amount, k.status = 'PC_SIGNED' and k.fate = 1 as is_voided
from contract_line as k
inner join outcome as o on o.n = k.n and o.nth = k.nth
cross join lateral (select case when k.fate = 1 then o.accepted_qty else o.paid_qty end as qty) as paid
where paid.qty > 0;
analyze payment;

insert into ops.factory_payments (
  organization_id, id, factory_po_id, factory_id, reference, payment_date, currency, amount, voided_at, voided_by,
  void_reason, created_at, created_by, updated_at
)
select
  p.organization_id, k.payment_id, k.contract_id, k.factory_id, 'TT-' || c.batch_n, k.paid_at::date, c.currency,
  sum(k.amount), case when k.is_voided then k.paid_at end, case when k.is_voided then p.actor_id end,
  case when k.is_voided then 'Came back' end, k.paid_at, p.actor_id, k.paid_at
from part as p, payment as k inner join contract as c on c.id = k.contract_id
group by
  p.organization_id, p.actor_id, k.payment_id, k.contract_id, k.factory_id, c.batch_n, c.currency, k.is_voided, k.paid_at;

insert into ops.factory_payment_lines (
  organization_id, id, factory_payment_id, factory_id, allocation_item_supplier_id, amount, created_at, created_by
)
select
  p.organization_id, pg_temp.id(k.ms + 7776000000, p.code || ' paid ' || k.n || ' ' || k.nth), k.payment_id, k.factory_id,
  k.slice_id, k.amount, k.paid_at, p.actor_id
from part as p, payment as k;

-- The history's beginning, each award, and the last step of each line.
insert into ops.order_history (
  organization_id, id, order_id, order_item_id, client_id, action, old_status, new_status, message, data,
  is_visible_to_client, actor_id, actor_role, created_at
)
select
  p.organization_id, pg_temp.id(o.ms, p.code || ' entered ' || o.n), o.id, null, o.client_id,
  'created'::ops.history_action, null, o.status::text, 'Order ' || o.order_number || ' was entered.', '{}'::jsonb, true,
  p.actor_id, 'oms_sales', o.created_at
from part as p, book as o
union all
select
  p.organization_id, pg_temp.id(l.ms, p.code || ' cancelled ' || l.n), l.order_id, l.id, l.client_id, 'cancelled', null,
  null, 'Line ' || l.line_number || ' was cancelled.', '{}', false, p.actor_id, 'oms_sales', l.created_at
from part as p, line as l
where l.is_cancelled
union all
select
  p.organization_id, pg_temp.id(b.ms + 604800000, p.code || ' awarded ' || s.n || ' ' || s.nth), s.order_id, s.line_id,
  s.client_id, 'awarded', null, null, 'Line ' || s.line_number || ': ' || s.order_qty || ' pieces awarded.',
  jsonb_build_object('awarded_qty', s.order_qty, 'allocation_item_supplier_id', s.id), false, p.actor_id,
  'oms_planner', b.awarded_at
from part as p, slice as s inner join batch as b on b.n = s.batch_n
where s.is_awarded
union all
select
  p.organization_id, pg_temp.id(b.ms + step.after, p.code || ' status ' || l.n), l.order_id, l.id, l.client_id,
  'status_changed', step.old_status, step.new_status,
  'Line ' || l.line_number || ' went from ' || step.old_status || ' to ' || step.new_status || ': ' || step.fact || '.',
  jsonb_build_object('fact', step.fact), false, p.actor_id, step.actor_role,
  b.allocated_at + step.after * interval '1 millisecond'
from part as p, line as l
inner join batch as b on b.n = l.batch_n
inner join (
  values
  (2, 0, 'UNALLOCATED', 'PREALLOCATED', 'candidates chosen', 'oms_planner'),
  (3, 86400000, 'PREALLOCATED', 'ALLOCATED', 'allocation sent', 'oms_planner'),
  (4, 604800000, 'ALLOCATED', 'CONFIRMED', 'slice awarded', 'oms_planner'),
  (5, 777600000, 'CONFIRMED', 'PC_ISSUED', 'contract issued', 'oms_procurement'),
  (6, 950400000, 'PC_ISSUED', 'PC_SIGNED', 'contract signed', 'oms_factory')
) as step (stage, after, old_status, new_status, fact, actor_role) on step.stage = least(l.stage, 6)
where l.is_allocated;
