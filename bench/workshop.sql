-- What the workbench makes itself, of what, and who sells it. Written with the triggers at rest, as the organization
-- that the session's claims name.
--
-- 500 parts are bought, each of two vendors at three prices; of the even ones there is plenty, of the odd ones nothing.
-- GOOD is made of 5 of 200 SUB and 5 parts, SUB of 10 parts: 3,000 rows. FRAME is made of 4 parts and of 4 FRAME-n, of 4
-- parts each: two levels, 20 parts, half of them in stock. DESK is made of 20 parts that are in stock and in 3
-- operations, BENCH of 19 such and of one that is not, BOX of the one part that few are left of.

insert into ops.warehouses (code, name, is_default) values ('MAIN', 'Main warehouse', true);
insert into ops.stock_locations (warehouse_id, code)
select w.id, 'A-1' from ops.warehouses as w where w.organization_id = private.organization_id();
insert into ops.directory (kinds, code, name, currency, approval_status)
select '{vendor}', 'V' || lpad(n::text, 3, '0'), 'Vendor ' || n, 'USD', 'approved' from generate_series(0, 3) as n;

create temporary table made (sku text, component text, quantity numeric);
insert into made (sku, component, quantity)
select 'GOOD-' || g, 'SUB-' || (g * 5 + n) % 200, 1 + n % 2 from generate_series(0, 99) as g, generate_series(0, 4) as n
union all
select 'GOOD-' || g, 'PART-' || (g * 7 + n) % 500, 2 from generate_series(0, 99) as g, generate_series(0, 4) as n
union all
select 'SUB-' || s, 'PART-' || (s * 10 + n) % 500, 1 + n % 3 from generate_series(0, 199) as s, generate_series(0, 9) as n
union all
select 'FRAME', 'FRAME-' || n, 1 from generate_series(1, 4) as n
union all
select 'FRAME', 'PART-' || n, 1 from generate_series(1, 4) as n
union all
select 'FRAME-' || f, 'PART-' || f * 4 + n, 1 from generate_series(1, 4) as f, generate_series(1, 4) as n
union all
select 'DESK', 'PART-' || n * 2, 1 from generate_series(1, 20) as n
union all
select 'BENCH', 'PART-' || n * 2, 1 from generate_series(1, 19) as n
union all
select 'BENCH', 'PART-1', 1
union all
select 'BOX', 'FEW', 1;

insert into ops.products (product_number, name)
select distinct s.sku, s.sku
from (select m.sku from made as m union select m.component from made as m union select 'PART-' || n from generate_series(0, 499) as n) as s;
insert into ops.product_variants (sku, product_id, supply_method)
select p.product_number, p.id, case when p.product_number in (select m.sku from made as m) then 'make' else 'buy' end::ops.supply_method
from ops.products as p
where p.organization_id = private.organization_id() and p.style_id is null;

insert into ops.bom_templates (product_id, code, name, is_default, lead_time_days)
select p.id, p.product_number, p.name, true, 2
from ops.products as p
where p.organization_id = private.organization_id() and p.product_number in (select m.sku from made as m);
insert into ops.bom_versions (bom_template_id, version, status, valid_from)
select t.id, 1, 'active', date '2020-01-01' from ops.bom_templates as t where t.organization_id = private.organization_id();
insert into ops.bom_lines (bom_version_id, position, product_variant_id, quantity)
select b.id, row_number() over (partition by b.id order by m.component), v.id, m.quantity
from made as m
inner join ops.bom_templates as t on t.organization_id = private.organization_id() and t.code = m.sku
inner join ops.bom_versions as b on b.organization_id = t.organization_id and b.bom_template_id = t.id
inner join ops.product_variants as v on v.organization_id = t.organization_id and v.sku = m.component;
drop table made;

insert into ops.work_centers (code, name, daily_minutes)
select c.code, initcap(c.code), 480 from unnest('{CUT,JOIN,PAINT}'::text[]) as c (code);
insert into ops.bom_operations (bom_version_id, position, name, work_center_id, setup_minutes, minutes_per_unit)
select b.id, 10 * row_number() over (order by w.code), w.name, w.id, 5, 5
from ops.bom_templates as t
inner join ops.bom_versions as b on b.organization_id = t.organization_id and b.bom_template_id = t.id
inner join ops.work_centers as w on w.organization_id = t.organization_id
where t.organization_id = private.organization_id() and t.code = 'DESK';

insert into ops.supplier_products (
  vendor_id, product_variant_id, purchase_unit, currency, lead_time_days, minimum_qty, multiple_qty, preference
)
select d.id, v.id, 'EA', 'USD', 3 + right(d.code, 1)::integer, 10, 5, 1 + right(d.code, 1)::integer
from ops.product_variants as v
inner join ops.directory as d
  on d.organization_id = v.organization_id and '{vendor}' <@ d.kinds
  and right(d.code, 1)::integer % 2 = coalesce(substring(v.sku from '^PART-(\d+)$')::integer, 0) % 2
where v.organization_id = private.organization_id() and v.style_id is null and v.supply_method = 'buy';
insert into ops.supplier_price_breaks (supplier_product_id, from_qty, unit_price)
select s.id, b.from_qty, 10 - b.from_qty / 100
from ops.supplier_products as s, unnest('{0,50,200}'::numeric[]) as b (from_qty)
where s.organization_id = private.organization_id();

insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason, unit_cost)
select v.id, p.id, case v.sku when 'FEW' then 100 else 1000000 end, 'opening', 8
from ops.product_variants as v
inner join ops.stock_locations as p on p.organization_id = v.organization_id
where v.organization_id = private.organization_id() and (v.sku = 'FEW' or v.sku ~ '^PART-\d*[02468]$');
insert into ops.stock_levels (organization_id, product_variant_id, warehouse_id, stock_location_id, location_kind, on_hand)
select m.organization_id, m.product_variant_id, p.warehouse_id, p.id, p.kind, m.quantity
from ops.stock_moves as m
inner join ops.stock_locations as p on p.organization_id = m.organization_id and p.id = m.to_location_id
where m.organization_id = private.organization_id();
