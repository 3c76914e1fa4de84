-- Planning: what is short, what is made and bought for it, and why.

select no_plan();

-- The day on which everything here is planned.
create function pg_temp.day(days integer default 0) returns date language sql as $$ select date '2027-03-01' + days $$;
grant execute on function pg_temp.day(integer) to public;

create function pg_temp.item(sku text, made text default 'buy', unit text default 'EA') returns void
language plpgsql
as $$
declare
  product_id uuid;
begin
  perform tests.become('production');
  insert into ops.products (product_number, name) values (sku, sku) returning id into product_id;
  insert into ops.product_variants (sku, product_id, supply_method, unit) values (sku, product_id, made::ops.supply_method, unit);
  reset role;
end
$$;
create function pg_temp.sold(sku text, made text default 'make') returns void
language plpgsql
as $$
declare
  style_id uuid;
  colorway_id uuid;
begin
  perform tests.become('planner');
  insert into ops.styles (style_number, name) values (sku, sku) returning id into style_id;
  insert into ops.colorways (style_id, marketing_name) values (style_id, 'Plain') returning id into colorway_id;
  insert into ops.product_variants (sku, colorway_id, supply_method) values (sku, colorway_id, made::ops.supply_method);
  reset role;
end
$$;
create function pg_temp.ask_for(sku text, quantity numeric, need_by date, template text default null) returns uuid
language plpgsql
as $$
declare
  line_id uuid;
begin
  line_id := tests.make_line(
    quantity, colorway_id => (select v.colorway_id from ops.product_variants as v where v.sku = ask_for.sku)
  );
  perform tests.become('sales');
  update ops.orders as o set ex_factory_date = ask_for.need_by from ops.order_items as i where i.id = line_id and o.id = i.order_id;
  perform tests.become('planner');
  insert into ops.order_item_supplies (order_item_id, bom_template_id)
  values (line_id, (select t.id from ops.bom_templates as t where t.code = ask_for.template));
  reset role;
  return line_id;
end
$$;
create function pg_temp.bom(made text, components jsonb, code text default null) returns uuid
language plpgsql
as $$
declare
  template_id uuid;
  version_id uuid;
begin
  perform tests.become('production');
  insert into ops.bom_templates (product_id, code, name, is_default)
  values (tests.product_id(made), coalesce(bom.code, made), made, bom.code is null)
  returning id into template_id;
  insert into ops.bom_versions (bom_template_id) values (template_id) returning id into version_id;
  insert into ops.bom_lines (bom_version_id, product_variant_id, quantity, is_phantom)
  select version_id, tests.variant_id(c.sku), c.quantity, coalesce(c.is_phantom, false)
  from jsonb_to_recordset(components) as c (sku text, quantity numeric, is_phantom boolean);
  update ops.bom_versions as b set status = 'active', valid_from = '2026-01-01' where b.id = version_id;
  reset role;
  return version_id;
end
$$;
create function pg_temp.offer(
  sku text, vendor text default 'vendor', lead integer default 0, preference integer default 1, minimum numeric default 0,
  multiple numeric default null, unit text default null, price numeric default 1
) returns uuid
language plpgsql
as $$
declare
  offer_id uuid;
begin
  perform tests.become('procurement');
  insert into ops.supplier_products (
    product_variant_id, vendor_id, purchase_unit, lead_time_days, preference, minimum_qty, multiple_qty
  )
  values (
    tests.variant_id(sku), tests.id(vendor),
    coalesce(offer.unit, (select v.unit from ops.product_variants as v where v.sku = offer.sku)), lead,
    offer.preference, minimum, multiple
  )
  returning id into offer_id;
  insert into ops.supplier_price_breaks (supplier_product_id, from_qty, unit_price) values (offer_id, 0, price);
  reset role;
  return offer_id;
end
$$;
create function pg_temp.put(sku text, quantity numeric, place text default 'A-1') returns void
language plpgsql
as $$
begin
  perform tests.become('warehouse');
  insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason)
  values (tests.variant_id(sku), tests.location_id(place), quantity, 'opening');
  reset role;
end
$$;
create function pg_temp.plan(order_ids uuid[] default null) returns text
language sql
as $$
  select tests.ask('planner', format(
    'select format(''%%s added, %%s changed, %%s removed'', r.added_count, r.changed_count, r.removed_count) from ops.plan_supply(%L, %L) as r',
    order_ids, pg_temp.day()
  ))
$$;
create function pg_temp.planned(sku text) returns text
language sql
as $$
  select coalesce(
    string_agg(
      format('%s on %s', trim_scale(p.quantity), p.need_by - pg_temp.day()), ', ' order by p.need_by, p.id
    ), 'nothing'
  )
  from ops.planned_supplies as p
  where p.product_variant_id = tests.variant_id(sku) and not p.is_firm
$$;
create function pg_temp.vendor_of(sku text) returns text
language sql
as $$
  select string_agg(
    format('%s%s', d.code, case when p.late_days > 0 then format(', %s late', p.late_days) else '' end), '; ' order by p.need_by
  )
  from ops.planned_supplies as p
  left join ops.directory as d on d.id = p.vendor_id
  where p.product_variant_id = tests.variant_id(sku) and not p.is_firm
$$;
create function pg_temp.exceptions(sku text) returns text
language sql
as $$
  select coalesce(string_agg(format('%s %s', e.kind, trim_scale(e.quantity)), ', ' order by e.kind, e.quantity), 'none')
  from ops.planning_exceptions as e
  where e.product_variant_id = tests.variant_id(sku)
$$;

select tests.become('admin');
reset role;
insert into ops.directory (kinds, code, name, currency, approval_status)
select '{vendor}', v.code, v.code, v.currency, v.status::ops.approval_status
from (values
  ('slow', 'USD', 'approved'), ('quick', 'USD', 'approved'), ('cheap', 'USD', 'approved'), ('new', 'USD', 'pending')
) as v (code, currency, status);
select tests.become('production');
insert into ops.units (code, name) values ('G', 'Gram');
insert into ops.unit_conversions (from_unit, to_unit, factor) values ('KG', 'G', 1000);
reset role;

-- One level

select pg_temp.sold(s.sku, s.made) from (values
  ('TWO', 'buy'), ('EQUAL', 'buy'), ('BELOW', 'buy'), ('VENDORS', 'buy'), ('SOON', 'buy'), ('AT-ONCE', 'buy'), ('MINIMUM', 'buy'),
  ('SAFE', 'buy'), ('WEEK', 'buy'), ('NOBODY', 'buy'), ('PENDING', 'buy'), ('ENOUGH', 'buy'), ('QUARANTINED', 'buy')
) as s (sku, made);
select pg_temp.item('POWDER', unit => 'G'), pg_temp.item('PIGMENT', unit => 'G');
select pg_temp.offer(s.sku, 'vendor')
from unnest(array['TWO', 'EQUAL', 'BELOW', 'SAFE', 'WEEK', 'ENOUGH', 'QUARANTINED']) as s (sku);
select pg_temp.offer(s.sku, 'slow', 5, 1), pg_temp.offer(s.sku, 'quick', 2, 2)
from unnest(array['VENDORS', 'SOON', 'AT-ONCE']) as s (sku);
select pg_temp.offer('MINIMUM', minimum => 100);
select pg_temp.offer('PENDING', 'new');
select pg_temp.offer(s.sku, unit => 'KG', minimum => 0.1, multiple => 0.05) from unnest(array['POWDER', 'PIGMENT']) as s (sku);
select pg_temp.sold('SWEET'), pg_temp.sold('SOUR');
select pg_temp.bom('SWEET', '[{"sku": "POWDER", "quantity": 30}]'), pg_temp.bom('SOUR', '[{"sku": "PIGMENT", "quantity": 1001}]');

select pg_temp.put('EQUAL', 30), pg_temp.put('BELOW', 29), pg_temp.put('ENOUGH', 7), pg_temp.put('QUARANTINED', 7, 'Q-1');
select tests.become('planner');
insert into ops.reorder_rules (product_variant_id, warehouse_id, minimum_qty, target_qty, safety_qty)
select tests.variant_id(r.sku), w.id, r.minimum, r.target, r.safety
from (values ('EQUAL', 20, 50, 0), ('BELOW', 20, 50, 0), ('SAFE', 0, 0, 5)) as r (sku, minimum, target, safety)
inner join ops.warehouses as w on w.code = 'MAIN';
reset role;
select tests.keep('two', pg_temp.ask_for('TWO', 2, pg_temp.day(10)));
select pg_temp.ask_for(a.sku, a.quantity, pg_temp.day(a.need_by))
from (values
  ('EQUAL', 10, 10), ('BELOW', 10, 10), ('SWEET', 1, 10), ('SOUR', 1, 10), ('VENDORS', 1, 10), ('SOON', 1, 3), ('AT-ONCE', 1, 1),
  ('MINIMUM', 30, 10), ('MINIMUM', 30, 30), ('MINIMUM', 40, 50), ('MINIMUM', 1, 70), ('SAFE', 10, 10), ('SAFE', 10, 40),
  ('WEEK', 1, 10), ('WEEK', 2, 16), ('WEEK', 4, 17), ('NOBODY', 3, 10), ('PENDING', 3, 10), ('ENOUGH', 7, 10), ('QUARANTINED', 7, 10)
) as a (sku, quantity, need_by);
select pg_temp.plan();

select is(pg_temp.planned('TWO'), '2 on 10', 'two are asked for and none are there: two are bought');
select is(pg_temp.planned('ENOUGH'), 'nothing', 'what is there is not bought');
select is(pg_temp.planned('QUARANTINED'), '7 on 10', 'what lies in quarantine is not there');
select is(pg_temp.planned('EQUAL'), 'nothing', 'just the minimum is left: nothing');
select is(pg_temp.planned('BELOW'), '31 on 10', 'one less than the minimum: up to the target');
select is(pg_temp.planned('POWDER'), '100 on 10', 'thirty grams of what is sold from 0.1 kg on are 100 g');
select is(pg_temp.planned('PIGMENT'), '1050 on 10', '1,001 g in steps of 0.05 kg are 1,050 g');
select is(pg_temp.vendor_of('VENDORS'), 'slow', 'with time enough the preferred vendor delivers');
select is(pg_temp.vendor_of('SOON'), 'quick', 'with three days the one who needs two');
select is(pg_temp.vendor_of('AT-ONCE'), 'quick, 1 late', 'with one day the fastest, late');
select is(pg_temp.exceptions('AT-ONCE'), 'late 1', 'and that is said');
select is(pg_temp.planned('MINIMUM'), '100 on 10, 100 on 70', 'three needs under one minimum are ordered once; the next one again');
select is(pg_temp.planned('SAFE'), '5 on 0, 10 on 10, 10 on 40', 'safety stock is filled up once, at once, for two orders');
select is(pg_temp.planned('WEEK'), '3 on 10, 4 on 17', 'the needs of seven days are bought together');
select is(pg_temp.planned('NOBODY'), '3 on 10', 'what nobody sells is short all the same');
select is(pg_temp.exceptions('NOBODY'), 'no_vendor 3', 'and is told');
select is(pg_temp.exceptions('PENDING'), 'no_vendor 3', 'a vendor that is not approved is none');
select is(
  (select count(*) from ops.planned_supplies as p where p.vendor_id is null and p.purchase_order_line_id is not null), 0::bigint,
  'without a vendor there is no purchase order'
);

-- Again

create temporary table before as select p.id, p.xmin::text as stamp, p.row_version from ops.planned_supplies as p;
create temporary table lines_before as select l.id, l.xmin::text as stamp from ops.purchase_order_lines as l;
create temporary table pegs_before as select g.id, g.xmin::text as stamp from ops.supply_pegs as g;
select is(pg_temp.plan(), '0 added, 0 changed, 0 removed', 'the second run plans nothing new');
select is_empty(
  $$ select p.id, p.xmin::text as stamp, p.row_version from ops.planned_supplies as p except select * from before $$, 'it touches no row'
);
select is_empty($$ select l.id, l.xmin::text as stamp from ops.purchase_order_lines as l except select * from lines_before $$, 'and no line');
select is_empty($$ select g.id, g.xmin::text as stamp from ops.supply_pegs as g except select * from pegs_before $$, 'and no peg');

-- Draft purchase orders

select is(
  (
    select count(distinct o.id) from ops.purchase_orders as o
    inner join ops.purchase_order_lines as l on l.purchase_order_id = o.id
    where o.vendor_id = tests.id('vendor') and o.status = 'draft' and l.product_variant_id in (tests.variant_id('TWO'), tests.variant_id('BELOW'))
  ), 1::bigint, 'one draft for each vendor, warehouse and currency'
);
select is(
  (
    select l.quantity * l.stock_per_unit from ops.purchase_order_lines as l where l.product_variant_id = tests.variant_id('PIGMENT')
  ), 1050::numeric, 'in the vendor''s unit'
);
select pg_temp.ask_for('TWO', 3, pg_temp.day(30));
select pg_temp.plan();
select is(
  (
    select string_agg(trim_scale(l.quantity)::text, ', ' order by l.need_by) from ops.purchase_order_lines as l
    where l.product_variant_id = tests.variant_id('TWO')
  ), '2, 3', 'what is short besides is added to the open draft'
);
select tests.act('sales', format('update ops.order_items set quantity = 9 where id = %L', tests.the('two')));
select is(pg_temp.plan(), '0 added, 2 changed, 0 removed', 'a need that grew changes its line, and the arithmetic of the next one');
select is(pg_temp.planned('TWO'), '9 on 10, 3 on 30', 'and no other');
select tests.act('procurement', format(
  'update ops.purchase_order_lines set quantity = 12 where product_variant_id = %L and quantity = 9', tests.variant_id('TWO')
));
select pg_temp.plan();
select is(
  (
    select string_agg(trim_scale(l.quantity)::text, ', ' order by l.need_by) from ops.purchase_order_lines as l
    where l.product_variant_id = tests.variant_id('TWO')
  ), '12', 'a line that somebody changed stays as it is, and its surplus covers the next need'
);
select tests.act('sales', format(
  'update ops.orders as o set status = ''cancelled'' from ops.order_items as i where i.id = %L and o.id = i.order_id', tests.the('two')
));
select pg_temp.plan();
select is(pg_temp.exceptions('TWO'), 'surplus 9', 'what is on order and not needed any more is reported, and not cancelled');

-- What is on order

select pg_temp.sold(s, 'buy') from unnest(array['COMING', 'COMING-LATE', 'TOO-LATE', 'PROMISED']) as s;
select pg_temp.offer(s, lead => 5) from unnest(array['COMING', 'COMING-LATE', 'TOO-LATE', 'PROMISED']) as s;
select tests.become('procurement');
insert into ops.purchase_orders (vendor_id, warehouse_id, currency)
select tests.id('vendor'), w.id, 'EUR' from ops.warehouses as w where w.code = 'MAIN';
insert into ops.purchase_order_lines (purchase_order_id, product_variant_id, quantity, unit_price, need_by)
select o.id, tests.variant_id(l.sku), 10, 1, pg_temp.day(l.need_by)
from (values ('COMING', 8), ('COMING-LATE', 4), ('TOO-LATE', 20)) as l (sku, need_by)
inner join ops.purchase_orders as o on o.vendor_id = tests.id('vendor') and o.currency = 'EUR';
reset role;
select pg_temp.ask_for('COMING', 12, pg_temp.day(10)), pg_temp.ask_for('COMING-LATE', 10, pg_temp.day(2)), pg_temp.ask_for('TOO-LATE', 10, pg_temp.day(10));
select pg_temp.plan();
select is(pg_temp.planned('COMING'), '2 on 10', 'what comes in time is not bought again');
select is(pg_temp.planned('COMING-LATE'), 'nothing', 'nor what comes late but before anything ordered now could');
select is(pg_temp.exceptions('COMING-LATE'), 'late 10', 'it is told that it is late');
select is(pg_temp.planned('TOO-LATE'), '10 on 10', 'what comes after its need, and could come before, is bought');
select is(pg_temp.exceptions('TOO-LATE'), 'surplus 10', 'what comes too late is not needed then');
select pg_temp.put('PROMISED', 10);
select tests.become('warehouse');
insert into ops.inventory_reservations (product_variant_id, stock_location_id, quantity, order_item_id)
select tests.variant_id('PROMISED'), tests.location_id('A-1'), 4, tests.make_line(5);
reset role;
select pg_temp.ask_for('PROMISED', 10, pg_temp.day(10));
select pg_temp.plan();
select is(pg_temp.planned('PROMISED'), '4 on 10', 'what is reserved for another line is not there');

-- Levels

select pg_temp.sold(s) from unnest(array['DESK', 'TABLE', 'BENCH', 'CRATE']) as s;
select pg_temp.item('LEG', 'make'), pg_temp.item('SET', 'make'), pg_temp.item('SCREW'), pg_temp.item('WOOD'), pg_temp.item('KIT', 'make');
select pg_temp.offer('SCREW'), pg_temp.offer('WOOD');
select pg_temp.bom('LEG', '[{"sku": "WOOD", "quantity": 3}, {"sku": "SCREW", "quantity": 2}]');
select pg_temp.bom('KIT', '[{"sku": "SCREW", "quantity": 4}]');
select pg_temp.bom('SET', '[{"sku": "LEG", "quantity": 2}, {"sku": "KIT", "quantity": 2, "is_phantom": true}]');
select pg_temp.bom('DESK', '[{"sku": "LEG", "quantity": 2}, {"sku": "SCREW", "quantity": 1}]');
select pg_temp.bom('TABLE', '[{"sku": "SET", "quantity": 1}]');
select pg_temp.put('LEG', 5);
select pg_temp.ask_for('DESK', 1, pg_temp.day(20 + d)) from generate_series(0, 3) as d;
select pg_temp.plan();
select is(pg_temp.planned('LEG'), '3 on 20', 'five legs that are there serve four desks once: three more');
select is(pg_temp.planned('SCREW'), '10 on 20', 'screws for four desks, and for three legs');
select is(pg_temp.planned('WOOD'), '9 on 20', 'wood for three legs');
select pg_temp.ask_for('TABLE', 1, pg_temp.day(20));
select pg_temp.plan();
select is(pg_temp.planned('LEG'), '5 on 20', 'a table has two legs, by its set');
select is(pg_temp.planned('SCREW'), '22 on 20', '4 of the desks, 2 x 5 of the legs, 2 x 4 of two phantom kits');
select is(pg_temp.planned('KIT'), 'nothing', 'a phantom is not made');
select is(
  (
    select string_agg(format('%s %s', v.sku, p.low_level_code), ', ' order by p.low_level_code, v.sku)
    from ops.planned_supplies as p inner join ops.product_variants as v on v.id = p.product_variant_id
    where v.sku in ('TABLE', 'SET', 'LEG', 'SCREW') and p.need_by = pg_temp.day(20)
  ), 'TABLE 0, SET 1, LEG 2, SCREW 3', 'each variant is netted once, where it lies deepest'
);

-- Pegs

select is_empty(
  $$ select p.id from ops.planned_supplies as p
     inner join ops.supply_pegs as g on g.planned_supply_id = p.id
     group by p.id, p.quantity having sum(g.quantity) > p.quantity $$,
  'nothing serves more than there is of it'
);
select is(
  (
    select sum(g.quantity) from ops.supply_pegs as g
    inner join ops.planned_supplies as p on p.id = g.parent_supply_id
    where g.product_variant_id = tests.variant_id('WOOD')
  ), 15::numeric, 'all of the wood is for legs'
);
select is(
  (
    select sum(g.quantity) from ops.supply_pegs as g
    inner join ops.planned_supplies as p on p.id = g.planned_supply_id and p.product_variant_id = tests.variant_id('DESK')
    where g.order_item_id is not null
  ), 4::numeric, 'the desks are for their lines'
);

-- Of those that want something on one day it is the same ones every time whom stock serves: by the ids that they keep,
-- not by those of a run.
select pg_temp.item('SPOOL'), pg_temp.offer('SPOOL'), pg_temp.put('SPOOL', 3);
select pg_temp.sold('REEL-' || n), pg_temp.bom('REEL-' || n, '[{"sku": "SPOOL", "quantity": 1}]') from generate_series(1, 6) as n;
select pg_temp.ask_for('REEL-' || n, 1, pg_temp.day(60)) from generate_series(1, 6) as n;
select pg_temp.plan();
create temporary view reels as
select p.id, v.sku, exists (
  select from ops.supply_pegs as g where g.parent_supply_id = p.id and g.product_variant_id = tests.variant_id('SPOOL')
) as waits
from ops.planned_supplies as p
join ops.product_variants as v on v.id = p.product_variant_id and v.sku like 'REEL-%';
delete from ops.supply_pegs as g using reels as r where r.id in (g.parent_supply_id, g.planned_supply_id);
update ops.planned_supplies as p
set id = format('00000000-0000-7000-8000-00000000ee%s', lpad((20 - r.nth)::text, 2, '0'))::uuid
from (select r.id, row_number() over (order by r.id) as nth from reels as r) as r
where p.id = r.id;
select is(pg_temp.plan(), '0 added, 0 changed, 0 removed', 'called otherwise, a plan is the same');
select results_eq(
  $$ select r.waits from reels as r order by r.id $$, array[false, false, false, true, true, true],
  'of those that want it on one day stock serves the first by their own ids'
);

-- Firm

select pg_temp.item('DRAWER', 'make'), pg_temp.item('KNOB');
select pg_temp.offer('KNOB');
select pg_temp.sold('CHEST');
select tests.keep('drawer_v1', pg_temp.bom('DRAWER', '[{"sku": "KNOB", "quantity": 1}]'));
select pg_temp.bom('CHEST', '[{"sku": "DRAWER", "quantity": 1}]');
select tests.keep('chest', pg_temp.ask_for('CHEST', 1, pg_temp.day(20)));
select pg_temp.plan();
select tests.throws_code(
  'planner',
  format('select ops.firm_supplies(array(select p.id from ops.planned_supplies as p where p.product_variant_id = %L))', tests.variant_id('KNOB')),
  'OMS_PLAN_NOT_FIRM', 'what is bought is not made'
);
select tests.act('planner', format(
  'select ops.firm_supplies(array(select p.id from ops.planned_supplies as p where p.product_variant_id = %L))', tests.variant_id('DRAWER')
));
select is(
  tests.ask('planner', format('select string_agg(trim_scale(o.quantity)::text, '','') from ops.production_orders as o where o.product_variant_id = %L', tests.variant_id('DRAWER'))),
  '1', 'planned production becomes a production order'
);
select tests.act('production', $$ select ops.revise_bom(tests.the('drawer_v1')) $$);
select tests.act('production', $$ update ops.bom_lines as l set quantity = 2 from ops.bom_versions as b where l.bom_version_id = b.id and b.status = 'draft' and l.product_variant_id = tests.variant_id('KNOB') $$);
select tests.act('production', format($$ update ops.bom_versions as b set status = 'active', valid_from = %L from ops.bom_lines as l where l.bom_version_id = b.id and b.status = 'draft' and l.product_variant_id = tests.variant_id('KNOB') $$, pg_temp.day()));
select tests.act('sales', format('update ops.order_items set quantity = 3 where id = %L', tests.the('chest')));
select pg_temp.plan();
select is(pg_temp.planned('DRAWER'), '2 on 20', 'a need that rose from 1 to 3 after one is in production adds two');
select is(pg_temp.planned('KNOB'), '5 on 20', 'the one that is in production keeps its version; the two are made by the new one');
select tests.act('sales', format('update ops.orders as o set status = ''cancelled'' from ops.order_items as i where i.id = %L and o.id = i.order_id', tests.the('chest')));
select pg_temp.plan();
select is(pg_temp.planned('DRAWER'), 'nothing', 'what was only planned is planned no more');
select is(pg_temp.exceptions('DRAWER'), 'surplus 1', 'what is in production is reported as not needed any more');
select is(
  (select string_agg(o.is_open::text, ',') from ops.production_orders as o where o.product_variant_id = tests.variant_id('DRAWER')),
  'true', 'and not cancelled'
);

-- What cannot be planned

select pg_temp.sold('SECRET'), pg_temp.sold('BOXED', 'buy');
select pg_temp.ask_for('SECRET', 4, pg_temp.day(20));
select pg_temp.plan();
select is(pg_temp.exceptions('SECRET'), 'no_bom 4', 'what nothing says how to make is told');
select tests.keep('unsized', tests.make_line(10, '{4,6}'));
select tests.act('planner', format('insert into ops.order_item_supplies (order_item_id) values (%L)', tests.the('unsized')));
select pg_temp.plan();
select is(
  (select count(*) from ops.planning_exceptions as e where e.kind = 'no_sku' and e.order_item_id = tests.the('unsized')), 2::bigint,
  'sizes without a SKU are told'
);

-- Chosen bills of materials, chosen orders, chosen vendors

select pg_temp.item('OAK'), pg_temp.item('PINE'), pg_temp.offer('OAK'), pg_temp.offer('PINE');
select pg_temp.bom('BENCH', '[{"sku": "PINE", "quantity": 2}]'), pg_temp.bom('BENCH', '[{"sku": "OAK", "quantity": 2}]', 'BENCH-OAK');
select tests.keep('oak', pg_temp.ask_for('BENCH', 3, pg_temp.day(20), 'BENCH-OAK')), pg_temp.ask_for('BENCH', 5, pg_temp.day(20));
select pg_temp.plan();
select is(pg_temp.planned('OAK'), '6 on 20', 'a line with a bill of materials of its own is made by it');
select is(pg_temp.planned('PINE'), '10 on 20', 'the others by the default one');
select is(
  (select trim_scale(p.quantity)::text from ops.planned_supplies as p where p.order_item_id = tests.the('oak')), '3', 'made apart'
);

select pg_temp.sold('ONE', 'buy'), pg_temp.sold('OTHER', 'buy'), pg_temp.offer('ONE'), pg_temp.offer('OTHER');
select tests.keep('one', pg_temp.ask_for('ONE', 1, pg_temp.day(20))), pg_temp.ask_for('OTHER', 1, pg_temp.day(20));
select pg_temp.plan(array(select i.order_id from ops.order_items as i where i.id = tests.the('one')));
select is(
  (
    select string_agg(format('%s %s', v.sku, p.purchase_order_line_id is not null), ', ' order by v.sku)
    from ops.planned_supplies as p inner join ops.product_variants as v on v.id = p.product_variant_id
    where v.sku in ('ONE', 'OTHER')
  ), 'ONE t, OTHER f', 'a run for chosen orders plans for all and buys for these'
);

select pg_temp.sold('PRICED', 'buy');
select tests.keep('dear', pg_temp.offer('PRICED', 'vendor', 1, 1, price => 10)), tests.keep('cheap', pg_temp.offer('PRICED', 'cheap', 3, 2, 50, price => 9));
select tests.act('procurement', format('insert into ops.supplier_price_breaks (supplier_product_id, from_qty, unit_price) values (%L, 50, 2)', tests.the('cheap')));
select pg_temp.ask_for('PRICED', 20, pg_temp.day(20));
select pg_temp.plan();
select is(pg_temp.vendor_of('PRICED'), 'vendor', 'the preferred vendor, whatever it costs');
select tests.set_setting('vendor_choice', 'lowest_cost');
select pg_temp.plan();
select is(pg_temp.vendor_of('PRICED'), 'cheap', 'or, by the organization''s choice, the cheapest for all of it: 50 at 2 are less than 20 at 10');
select is(
  (select format('%s %s', trim_scale(p.quantity), trim_scale(p.unit_price)) from ops.planned_supplies as p where p.product_variant_id = tests.variant_id('PRICED')),
  '50 2', 'priced by the break that the raised quantity reaches'
);
select is(
  (select p.why #>> '{runners_up,0,vendor}' from ops.planned_supplies as p where p.product_variant_id = tests.variant_id('PRICED')),
  'Vendor', 'the runner-up is kept'
);
select tests.set_setting('vendor_choice', 'preference');
select pg_temp.plan();

-- Why

select is(
  (
    select tests.ask('sales', format('select string_agg(e.sentence, e''\n'' order by e.position) from ops.explain_supply(%L) as e', p.id)) from ops.planned_supplies as p
    where p.product_variant_id = tests.variant_id('BELOW')
  ),
  'Buy 31 EA of BELOW for 2027-03-11.
Until 2027-03-11 10 EA are asked for. On hand are 29, on order 0.
Less than 20 EA may not be left (safety stock 0); then it is filled up to 50.
Short: 10 + 50 + 0 - 29 - 0 - 0 = 31 EA.
Vendor: first by preference (1) of those that deliver in time (0 days), one EA is 1 EA; at least 0, in multiples of 1: 31 EA at 1 USD (from 0 on).
Order by 2027-03-11.', 'it is told in words'
);
select is_empty(
  $$ select p.id, p.why from ops.planned_supplies as p
     where (p.why ->> 'net')::numeric <> (p.why ->> 'gross')::numeric + (p.why ->> 'target')::numeric
       + (p.why ->> 'reserved_elsewhere')::numeric - (p.why ->> 'on_hand')::numeric - (p.why ->> 'incoming')::numeric
       - (p.why ->> 'planned_before')::numeric $$,
  'the arithmetic of every planned supply adds up'
);

-- What one vendor, one bill of materials or one order says that cannot be kept does not stop the plan of all the others

select tests.become('production');
insert into ops.units (code, name, decimals) values ('DOZ', 'Dozen', 3);
insert into ops.unit_conversions (from_unit, to_unit, factor) values ('DOZ', 'EA', 12);
reset role;
insert into ops.directory (kinds, code, name, currency, approval_status) values ('{vendor}', 'former', 'former', 'USD', 'approved');
select pg_temp.item('STEPS'), pg_temp.item('EGGS', unit => 'DOZ'), pg_temp.item('FORMER'), pg_temp.sold('BASKET'), pg_temp.sold('AGES', 'buy');
select pg_temp.offer('STEPS', multiple => 1.5), pg_temp.offer('EGGS', unit => 'EA'), pg_temp.offer('FORMER', 'former'), pg_temp.offer('AGES', lead => 3650);
select tests.act('procurement', $$update ops.directory set kinds = '{factory}' where code = 'former'$$);
select pg_temp.bom('BASKET', '[{"sku": "STEPS", "quantity": 1}, {"sku": "EGGS", "quantity": 1}, {"sku": "FORMER", "quantity": 1}]');
select tests.act('production', $$update ops.bom_templates set lot_multiple_qty = 1.5 where code = 'BASKET'$$);
select pg_temp.ask_for('BASKET', 1, pg_temp.day(10)), pg_temp.ask_for('AGES', 1, '1900-01-01');
select tests.accepts('planner', format('select ops.plan_supply(null, %L)', pg_temp.day()), 'the run goes through');
select pg_temp.plan();
select is(pg_temp.planned('BASKET'), '3 on 10', 'in lots of one and a half whole pieces are made in threes');
select is(pg_temp.planned('STEPS'), '3 on 10', 'and so they are bought');
select is(pg_temp.exceptions('FORMER'), 'no_vendor 3', 'who is no vendor any more sells nothing');
select is(
  (select p.order_by from ops.planned_supplies as p where p.product_variant_id = tests.variant_id('AGES')), '1900-01-01',
  'a need as old as a date can be is ordered on that day'
);
select is(
  (select concat_ws(' ', trim_scale(p.purchase_qty), p.stock_per_unit, p.quantity) from ops.planned_supplies as p where p.product_variant_id = tests.variant_id('EGGS')),
  '36 0.083333 3.000000', 'three dozen are 36 pieces, though no number of decimals says what one of them is in dozens'
);
select is(pg_temp.plan(), '0 added, 0 changed, 0 removed', 'and are so again');
select tests.act('planner', format('update ops.purchase_order_lines set need_by = %L where product_variant_id = %L', pg_temp.day(9), tests.variant_id('EGGS')));
select pg_temp.plan();
select is(pg_temp.planned('EGGS'), 'nothing', 'what the goods receipt will round is not bought once more');
select tests.throws_code('procurement', format('update ops.supplier_products set lead_time_days = 3651 where product_variant_id = %L', tests.variant_id('AGES')), 'OMS_INVALID_ARGUMENT', 'nobody takes longer than ten years');
select tests.throws_code('production', 'update ops.bom_templates set lead_time_days = 2147483647 where code = ''BASKET''', 'OMS_INVALID_ARGUMENT', 'neither do we');
select pg_temp.sold('SANDCASTLE'), pg_temp.item('SAND');
select pg_temp.bom('SANDCASTLE', '[{"sku": "SAND", "quantity": 999999999999}]');
select tests.keep('castle', pg_temp.ask_for('SANDCASTLE', 2, pg_temp.day(10)));
select matches(tests.refusal('planner', 'select ops.plan_supply()') ->> 'message', '1999999999998 of SAND', 'what cannot be counted is named');
select tests.throws_code('planner', 'select ops.plan_supply()', 'OMS_INVALID_ARGUMENT', 'and refused with a code');

-- Who

select tests.denies(p.persona, 'select ops.plan_supply()', format('%s does not plan', p.persona))
from unnest(array['sales', 'warehouse', 'finance', 'client_a', 'factory_a', 'vendor']) as p (persona);
select tests.denies('procurement', format('select ops.firm_supplies(array[%L]::uuid[])', private.new_id()), 'procurement buys, and does not make');
select tests.throws_code('planner', format('select ops.plan_supply(array[%L]::uuid[])', private.new_id()), 'OMS_NOT_FOUND', 'an order that is not there is not planned for');
select tests.throws_code('planner', format('select ops.explain_supply(%L)', private.new_id()), 'OMS_NOT_FOUND', 'nor explained');
select tests.denies('vendor', 'select * from ops.planned_supplies', 'a vendor sees no plan');

select * from finish();
