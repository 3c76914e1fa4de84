-- Twenty clients and twenty factories share twelve thousand lines, and twice as many slices, evenly.
-- Read by test_plans.py, with the triggers off.

create temporary table party as
select
  n,
  case n when 0 then tests.id('client_a') else private.new_id() end as client_id,
  case n when 0 then tests.id('factory_a') else private.new_id() end as factory_id
from generate_series(0, 19) as n;

insert into ops.directory (id, kinds, code, name, currency, approval_status)
select client_id, '{client}'::ops.party_kind[], 'client ' || n, 'Client ' || n, 'USD', 'approved'::ops.approval_status
from party where n > 0
union all
select factory_id, '{factory}', 'factory ' || n, 'Factory ' || n, 'USD', 'approved'
from party where n > 0;

create temporary table colour as
select n, private.new_id() as style_id, private.new_id() as colorway_id from generate_series(0, 399) as n;

insert into ops.styles (id, style_number, name) select style_id, 'P-' || n, 'Style ' || n from colour;

insert into ops.colorways (id, style_id, marketing_name) select colorway_id, style_id, 'Sand' from colour;

create temporary table book as
select
  n, n / 4 as order_n, (n * 37 + n / 400) % 400 as colour_n, private.new_id() as line_id, private.new_id() as item_id,
  (n * 7 + n / 20) % 20 as factory_n
from generate_series(0, 11999) as n;

create temporary table orders as
select o.n, private.new_id() as id, p.client_id
from generate_series(0, 2999) as o (n) join party as p on p.n = o.n % 20;

insert into ops.orders (id, order_number, client_id, currency, status)
select id, 'P-' || n, client_id, 'USD', case when n % 50 = 1 then 'sales_order' else 'closed' end::ops.order_status
from orders;

insert into ops.order_items (
  id, order_id, client_id, line_number, style_id, colorway_id, quantity, over_commit_tolerance_pct,
  under_award_tolerance_pct, committed_qty, allocation_status
)
select
  b.line_id, o.id, o.client_id, b.n % 4 + 1, c.style_id, c.colorway_id, 100, 0, 0, 100,
  case when b.n % 200 = 7 then 'UNALLOCATED' else 'PC_SIGNED' end::ops.allocation_status
from book as b
join orders as o on o.n = b.order_n
join colour as c on c.n = b.colour_n;

insert into ops.order_item_sizes (order_item_id, client_id, size_label, position, quantity)
select i.id, i.client_id, z.label, z.n, 50
from ops.order_items as i join book as b on b.line_id = i.id cross join (values ('S', 1), ('M', 2)) as z (label, n);

insert into ops.order_item_prices (order_item_id, client_id, unit_price)
select i.id, i.client_id, 30 from ops.order_items as i join book as b on b.line_id = i.id;

create temporary table batch as
select n, private.new_id() as id from generate_series(0, 2999) as n;

insert into ops.allocations (id, allocation_number, name, sent_at) select id, 'P-' || n, 'Batch', now() from batch;

insert into ops.allocation_items (id, allocation_id, order_item_id, committed_qty, effective_qty)
select b.item_id, a.id, b.line_id, 100, 100 from book as b join batch as a on a.n = b.order_n;

insert into ops.allocation_item_sizes (organization_id, allocation_item_id, size_label, position, quantity)
select private.organization_id(), b.item_id, z.label, z.n, 50
from book as b cross join (values ('S', 1), ('M', 2)) as z (label, n);

create temporary table slice as
select b.n, private.new_id() as id, p.factory_id, k.nth = 0 as is_awarded
from book as b
cross join (values (0), (1)) as k (nth)
join party as p on p.n = (b.factory_n + k.nth * 3) % 20;

insert into ops.allocation_items_supplier (
  id, allocation_item_id, allocation_id, factory_id, style_id, colorway_id, style_number, style_name,
  marketing_name, order_qty, invited_at, quote_status, price, currency, quoted_at, is_awarded, awarded_qty,
  awarded_price, awarded_at, over_receipt_tolerance_pct
)
select
  s.id, b.item_id, a.id, s.factory_id, c.style_id, c.colorway_id, 'P-' || c.n, 'Style', 'Sand', 100,
  now(), 'quoted', 10, 'USD', now(), s.is_awarded, case when s.is_awarded then 100 end,
  case when s.is_awarded then 10 end, case when s.is_awarded then now() end, case when s.is_awarded then 0 end
from slice as s
join book as b on b.n = s.n
join batch as a on a.n = b.order_n
join colour as c on c.n = b.colour_n;

insert into ops.allocation_item_supplier_sizes (
  organization_id, allocation_item_supplier_id, factory_id, invited_at, size_label, position, quantity
)
select private.organization_id(), s.id, s.factory_id, now(), z.label, z.n, 50
from slice as s cross join (values ('S', 1), ('M', 2)) as z (label, n);

create temporary table contract as
select private.new_id() as id, a.id as allocation_id, s.factory_id, row_number() over () as n
from slice as s
join book as b on b.n = s.n
join batch as a on a.n = b.order_n
where s.is_awarded
group by a.id, s.factory_id;

insert into ops.factory_pos (
  id, allocation_id, factory_id, currency, po_number, status, issued_at, issued_by, terms_hash, signed_at,
  signed_by, signed_by_name, signed_terms_hash
)
select
  id, allocation_id, factory_id, 'USD', 'P-' || n,
  case when n % 150 = 7 then 'PC_SIGNED' else 'CLOSED' end::ops.factory_po_status,
  now(), private.actor_id(), 'x', now(), private.actor_id(), 'Li', 'x'
from contract;

analyze book, batch, slice, contract;

insert into ops.factory_po_lines (
  factory_po_id, factory_id, allocation_item_supplier_id, style_number, style_name, marketing_name, quantity,
  price, over_receipt_tolerance_pct, issued_at
)
select k.id, s.factory_id, s.id, 'P', 'Style', 'Sand', 100, 10, 0, now()
from slice as s
join book as b on b.n = s.n
join batch as a on a.n = b.order_n
join contract as k on k.allocation_id = a.id and k.factory_id = s.factory_id
where s.is_awarded;
