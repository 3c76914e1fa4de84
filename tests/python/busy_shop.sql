-- Twenty thousand production orders, one in fifty of them open, and what was planned and bought for them.
-- Read by test_plans.py behind busy_company.sql, with the triggers off.

insert into ops.order_item_supplies (order_item_id, warehouse_id)
select b.line_id, w.id from book as b, ops.warehouses as w where w.code = 'MAIN' and b.n % 4 < 2;

create temporary table work as
select n, private.new_id() as id, case when n % 50 = 1 then 'on_hold' else 'completed' end as status
from generate_series(0, 19999) as n;

insert into ops.production_orders (
  id, production_number, product_variant_id, bom_version_id, warehouse_id, order_item_id, quantity, need_by, status,
  started_at, completed_at
)
select
  k.id, 'P-' || k.n, v.id, b.id, w.id, l.line_id, 10, current_date + k.n / 50, k.status::ops.production_order_status,
  case when k.status = 'completed' then now() end, case when k.status = 'completed' then now() end
from work as k
join (select b.id from ops.bom_versions as b where b.status = 'active' order by b.id limit 1) as b on true
join ops.product_variants as v on v.sku = 'FW-102-WHITE-M'
join ops.warehouses as w on w.code = 'MAIN'
left join book as l on l.n = k.n and l.n % 4 < 2;

insert into ops.production_components (
  organization_id, production_order_id, product_variant_id, kind, warehouse_id, is_open, required_qty, issued_qty
)
select
  p.organization_id, p.id, v.id, 'input', p.warehouse_id, p.is_open, 20000, case when p.is_open then 0 else 20000 end
from work as k
join ops.production_orders as p on p.id = k.id
join ops.product_variants as v on v.sku in ('ZIP-60', 'TAPE-10', 'TAPE-20');

insert into ops.production_order_history (
  organization_id, production_order_id, old_status, new_status, actor_id, actor_role
)
select p.organization_id, p.id, null, s.status, p.created_by, 'oms_planner'
from work as k
join ops.production_orders as p on p.id = k.id
cross join lateral (values ('queued'::ops.production_order_status), (p.status)) as s (status);

create temporary table deal as
select n, n / 4 as order_n, private.new_id() as id, private.new_id() as planned_id from generate_series(0, 9999) as n;

create temporary table purchase as
select n, private.new_id() as id from generate_series(0, 2499) as n;

insert into ops.purchase_orders (id, vendor_id, po_number, warehouse_id, currency, status, sent_at)
select
  u.id, tests.id('vendor'), 'P-' || u.n, w.id, 'USD',
  case when u.n % 50 = 1 then 'sent' else 'closed' end::ops.purchase_order_status, now()
from purchase as u
join ops.warehouses as w on w.code = 'MAIN';

insert into ops.purchase_order_lines (
  id, purchase_order_id, vendor_id, line_number, product_variant_id, sku, description, quantity, unit, stock_per_unit,
  unit_price, need_by, over_receipt_tolerance_pct, open_qty, sent_at
)
select
  d.id, u.id, tests.id('vendor'), d.n % 4 + 1, v.id, v.sku, 'Zipper', 10, 'EA', 1, 1, current_date, 0,
  case when u.n % 50 = 1 then 10 else 0 end, now()
from deal as d
join purchase as u on u.n = d.order_n
join ops.product_variants as v on v.sku = 'ZIP-60';

create temporary table run as select private.new_id() as id;
insert into ops.supply_runs (id) select id from run;
insert into ops.planned_supplies (
  organization_id, id, supply_run_id, kind, product_variant_id, warehouse_id, low_level_code, net_qty, quantity, need_by,
  order_by, vendor_id, purchase_qty, purchase_unit, stock_per_unit, unit_price, currency, why, is_firm,
  purchase_order_line_id
)
select
  l.organization_id, d.planned_id, r.id, 'buy', l.product_variant_id, o.warehouse_id, 1, 10, 10, l.need_by, l.need_by,
  l.vendor_id, 10, 'EA', 1, 1, 'USD', '{}', true, l.id
from deal as d
join run as r on true
join ops.purchase_order_lines as l on l.id = d.id
join ops.purchase_orders as o on o.id = l.purchase_order_id;
