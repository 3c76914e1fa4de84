-- Lines that we supply ourselves: by what they are made, what they ask for, what is made for them.

select no_plan();

create function pg_temp.supply(line uuid, template text default null, warehouse text default 'MAIN') returns text
language sql
as $$
  select format(
    'insert into ops.order_item_supplies (order_item_id, warehouse_id, bom_template_id) values (%L, %L, %L)', line,
    (select w.id from ops.warehouses as w where w.code = warehouse),
    (select t.id from ops.bom_templates as t where t.code = template and t.organization_id = private.organization_id())
  )
$$;

select tests.become('admin');
reset role;
select tests.keep('shirt', tests.line_id('A-300'));
-- 12, 20 and 8 of what SHIRT makes.
select tests.keep('free', tests.make_line(40, '{12,20,8}', colorway_id => tests.colorway_id('FW-102', 'White')));

-- In house or by factories, never both

select tests.accepts('planner', pg_temp.supply(tests.the('free'), 'SHIRT'), 'a planner supplies a line in house, by a bill of materials');
select tests.accepts('sales', pg_temp.supply(tests.the('free')), 'sales do, by the default one');
select tests.accepts('production', pg_temp.supply(tests.the('free')), 'production does, which may not write the line');
select tests.denies('warehouse', pg_temp.supply(tests.the('free')), 'the warehouse does not');
select tests.throws_code(
  'planner', pg_temp.supply(tests.line_id('B-100', 3)), 'OMS_LINE_ALLOCATED',
  'a line that factories are candidates for is not supplied in house'
);
select tests.throws_code(
  'planner', pg_temp.supply(tests.line_id('B-100', 1)), 'OMS_LINE_ALLOCATED', 'nor one that a factory delivered'
);
select tests.throws_code('planner', pg_temp.supply(tests.line_id('B-100', 4)), 'OMS_LINE_CANCELLED', 'nor one that is cancelled');
select tests.throws_code('planner', pg_temp.supply(tests.line_id('A-200')), 'OMS_ORDER_NOT_ACCEPTED', 'nor one of a request');
select tests.throws_code('planner', pg_temp.supply(tests.line_id('R-300')), 'OMS_NOT_FOUND', 'nor another organization''s');
select tests.throws_code(
  'planner',
  format(
    'insert into ops.allocation_items (allocation_id, order_item_id) select a.id, %L from ops.allocations as a where a.name = ''Someday''',
    tests.the('shirt')
  ),
  'OMS_LINE_SUPPLIED_IN_HOUSE', 'a line that is supplied in house is not allocated'
);
select tests.throws_code(
  'planner',
  format('select ops.allocate_items(''New'', %L, %L)', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('shirt'))), array[tests.id('factory_a')]),
  'OMS_LINE_SUPPLIED_IN_HOUSE', 'nor by the command'
);
select is(
  tests.ask('planner', format('select string_agg(u.order_item_id::text, '','') from ops.unallocated_order_items as u where u.order_item_id in (%L, %L)', tests.the('shirt'), tests.the('free'))),
  tests.the('free')::text, 'it does not wait for a factory'
);
select is(tests.status(tests.the('shirt')), 'UNALLOCATED', 'no factory has any of it, says its allocation status');
select tests.throws_code(
  'sales', format('update ops.order_items set colorway_id = %L where id = %L', tests.colorway_id('FW-101', 'Sand'), tests.the('shirt')),
  'OMS_LINE_SUPPLIED_IN_HOUSE', 'its colour stays'
);
select tests.accepts(
  'sales', format('update ops.order_items set colorway_id = %L where id = %L', tests.colorway_id('FW-101', 'Sand'), tests.the('free')),
  'that of another line does not have to'
);
select tests.accepts('planner', format('delete from ops.order_item_supplies where order_item_id = %L', tests.the('shirt')), 'it can be given back');

select tests.throws_code(
  'planner', pg_temp.supply(tests.the('free'), 'SPARE'), 'OMS_BOM_NOT_FOR_LINE', 'it is not made by what makes something else'
);
select tests.act('production', format('insert into ops.bom_templates (product_id, code, name) values (%L, ''BARE'', ''No version'')', tests.product_id('FW-102')));
select tests.throws_code(
  'planner', pg_temp.supply(tests.the('free'), 'BARE'), 'OMS_BOM_NOT_FOR_LINE', 'nor by what was never in force'
);

-- Choosing

create function pg_temp.choice(line uuid, template text) returns text
language sql
as $$
  select format(
    'select concat_ws('' '', s.row_version, coalesce((select t.code from ops.bom_templates as t where t.id = s.bom_template_id), ''by default'')) from ops.choose_bom(%L, %L) as s',
    line, (select t.id from ops.bom_templates as t where t.code = template and t.organization_id = '00000000-0000-7000-8000-000000000001')
  )
$$;
select tests.throws_code('planner', pg_temp.choice(tests.the('shirt'), 'BARE'), 'OMS_BOM_NOT_FOR_LINE', 'nor is that chosen');
select is(tests.ask('sales', pg_temp.choice(tests.the('shirt'), 'SHIRT')), '2 SHIRT', 'a bill of materials is chosen for a line');
select is(tests.ask('planner', pg_temp.choice(tests.the('shirt'), 'SHIRT')), '2 SHIRT', 'choosing it again changes nothing');
select is(tests.ask('planner', pg_temp.choice(tests.the('shirt'), null)), '3 by default', 'the choice can be taken back');
select tests.throws_code('other_planner', pg_temp.choice(tests.the('shirt'), null), 'OMS_NOT_FOUND', 'by nobody else');

-- What lines ask for

create function pg_temp.asked(line uuid) returns text
language sql
as $$
  select tests.ask('sales', format(
    'select string_agg(concat_ws('' '', coalesce(v.sku, ''?''), trim_scale(v.quantity)), '', '' order by v.position) from ops.order_item_variants as v where v.order_item_id = %L', line
  ))
$$;
select is(pg_temp.asked(tests.the('shirt')), 'FW-102-WHITE-S 10, FW-102-WHITE-M 30, FW-102-WHITE-L 20', 'a line with sizes asks for SKUs');
select tests.act('sales', format('insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (%L, ''XL'', 5)', tests.the('shirt')));
select is(
  pg_temp.asked(tests.the('shirt')), 'FW-102-WHITE-S 10, FW-102-WHITE-M 30, FW-102-WHITE-L 20, ? 5', 'and for what has no SKU'
);
select is(pg_temp.asked(tests.line_id('A-100', 3)), '? 80', 'so does one without sizes, where the colour comes in none');
select results_eq(
  $$ select d.size_label::text, d.product_variant_id = tests.variant_id('FW-102-WHITE-' || d.size_label), d.quantity::numeric, d.need_by::date, w.code::text, d.bom_template_id
     from private.line_demands as d inner join ops.warehouses as w on w.id = d.warehouse_id
     where d.order_item_id = tests.the('shirt') order by d.position $$,
  $$ values ('S', true, 10::numeric, date '2027-02-01', 'MAIN', null::uuid), ('M', true, 30, '2027-02-01', 'MAIN', null),
       ('L', true, 20, '2027-02-01', 'MAIN', null), ('XL', null, 5, '2027-02-01', 'MAIN', null) $$,
  'planning sees what is asked for in house, where and by when'
);
select is_empty(
  $$ select from private.line_demands as d where d.order_item_id = tests.line_id('A-100', 3) $$, 'and nothing else'
);
select tests.keep('waived', tests.awarded_slice(80, 5, '{40,30,30}'));
select tests.close_slice(tests.the('waived'), 55, true);
select is(pg_temp.asked(tests.line_of(tests.the('waived'))), '? 40, ? 15, ? 0', 'what is waived is taken off the last sizes first');

-- Production orders

create function pg_temp.made(persona text, line uuid, priority integer default 100) returns text
language sql
as $$
  select tests.ask(persona, format(
    'select string_agg(concat_ws('' '', v.sku, trim_scale(m.quantity), m.need_by, m.priority, t.code), '', '' order by m.id)
     from ops.create_production_orders(array[%L]::uuid[], %L) as m
     inner join ops.product_variants as v on v.id = m.product_variant_id
     inner join ops.bom_versions as b on b.id = m.bom_version_id
     inner join ops.bom_templates as t on t.id = b.bom_template_id', line, priority
  ))
$$;
create function pg_temp.make(line uuid) returns text
language sql
as $$
  select format('select * from ops.create_production_orders(array[%L]::uuid[])', line)
$$;
select tests.throws_code('planner', pg_temp.make(tests.the('shirt')), 'OMS_LINE_WITHOUT_SKU', 'a size without SKU is not passed over');
select tests.act('sales', format('delete from ops.order_item_sizes where order_item_id = %L and size_label = ''XL''', tests.the('shirt')));
select is(pg_temp.made('planner', tests.the('shirt')), null, 'what is bought is not made');
select tests.act('planner', pg_temp.choice(tests.the('shirt'), 'SHIRT'));
select is(
  pg_temp.made('planner', tests.the('shirt'), 7),
  'FW-102-WHITE-S 10 2027-02-01 7 SHIRT, FW-102-WHITE-M 30 2027-02-01 7 SHIRT, FW-102-WHITE-L 20 2027-02-01 7 SHIRT',
  'unless somebody has chosen how: each SKU of the line gets a production order'
);
select is(pg_temp.made('production', tests.the('shirt')), null, 'once');
select tests.act('sales', format('update ops.order_item_sizes set quantity = 35 where order_item_id = %L and size_label = ''M''', tests.the('shirt')));
select tests.act('planner', format(
  'update ops.production_orders set status = ''cancelled'' where order_item_id = %L and product_variant_id = %L',
  tests.the('shirt'), tests.variant_id('FW-102-WHITE-S')
));
select is(
  pg_temp.made('production', tests.the('shirt')), 'FW-102-WHITE-S 10 2027-02-01 100 SHIRT, FW-102-WHITE-M 5 2027-02-01 100 SHIRT',
  'later what is missing gets one: what was cancelled, and what was asked for besides'
);
select tests.throws_code(
  'planner', format('delete from ops.order_item_supplies where order_item_id = %L', tests.the('shirt')),
  'OMS_LINE_IN_PRODUCTION', 'what is being made is not given to factories'
);
select tests.throws_code(
  'sales', format('delete from ops.order_items where id = %L', tests.the('shirt')), 'OMS_LINE_IN_PRODUCTION', 'nor deleted'
);
select tests.throws_code('planner', pg_temp.make(tests.line_id('A-100', 3)), 'OMS_LINE_NOT_IN_HOUSE', 'nothing is made for a line that is not ours to make');
select tests.throws_code(
  'planner',
  format('insert into ops.production_orders (product_variant_id, warehouse_id, order_item_id, quantity) select %L, w.id, %L, 5 from ops.warehouses as w', tests.variant_id('FW-102-WHITE-M'), tests.line_id('A-100', 2)),
  'OMS_LINE_NOT_IN_HOUSE', 'nor by a plain write'
);
select tests.throws_code('planner', pg_temp.make(tests.line_id('B-100', 4)), 'OMS_LINE_CANCELLED', 'nor for one that is cancelled');
select tests.throws_code('planner', pg_temp.make(tests.line_id('A-200')), 'OMS_ORDER_NOT_ACCEPTED', 'nor for one of a request');
select tests.throws_code('planner', pg_temp.make(tests.line_id('R-300')), 'OMS_NOT_FOUND', 'nor for another organization''s');
select tests.denies('sales', pg_temp.make(tests.the('shirt')), 'sales do not produce');
select tests.act('production', format('insert into ops.bom_templates (product_id, code, name) values (%L, ''NEXT'', ''Next year'')', tests.product_id('FW-102')));
select tests.act('production', 'insert into ops.bom_versions (bom_template_id, valid_from) select t.id, current_date + 30 from ops.bom_templates as t where t.code = ''NEXT''');
select tests.act('production', format(
  'insert into ops.bom_lines (bom_version_id, product_variant_id, quantity) select b.id, %L, 1 from ops.bom_versions as b inner join ops.bom_templates as t on t.id = b.bom_template_id where t.code = ''NEXT''',
  tests.variant_id('ZIP-60')
));
select tests.act('production', 'update ops.bom_versions as b set status = ''active'' from ops.bom_templates as t where t.id = b.bom_template_id and t.code = ''NEXT''');
select is(tests.ask('planner', pg_temp.choice(tests.the('free'), 'NEXT')), '1 NEXT', 'what comes into force later can be chosen');
select tests.throws_code('planner', pg_temp.make(tests.the('free')), 'OMS_BOM_MISSING', 'and nothing is made by it before');

-- Recommending: the example of docs/production.md.

select tests.act('planner', $$
  insert into ops.styles (id, style_number, name) values ('00000000-0000-7000-8000-00000000e001', 'TEE', 'Tee')
$$);
select tests.act('planner', $$
  insert into ops.colorways (id, style_id, marketing_name)
  values ('00000000-0000-7000-8000-00000000e002', '00000000-0000-7000-8000-00000000e001', 'Ink')
$$);
select tests.act('planner', $$
  insert into ops.product_variants (sku, colorway_id, size_label, supply_method)
  select 'TEE-' || z, '00000000-0000-7000-8000-00000000e002', z, 'make' from unnest(array['S', 'M', 'L']) as z
$$);
select tests.act('production', $$
  insert into ops.products (product_number, name) select p, p from unnest(array['CLOTH', 'BUTTON', 'OFFCUT', 'PANEL', 'LABEL']) as p
$$);
select tests.act('production', $$
  insert into ops.product_variants (sku, product_id, unit, supply_method, standard_cost)
  select v.sku, tests.product_id(v.sku), v.unit, v.made::ops.supply_method, v.cost
  from (values
    ('CLOTH', 'KG', 'buy', 4), ('BUTTON', 'EA', 'buy', null), ('OFFCUT', 'KG', 'buy', 1), ('PANEL', 'EA', 'make', null),
    ('LABEL', 'EA', 'buy', null)
  ) as v (sku, unit, made, cost)
$$);
select tests.act('procurement', $$
  insert into ops.unit_conversions (product_variant_id, from_unit, to_unit, factor) values (tests.variant_id('BUTTON'), 'BOX', 'EA', 250)
$$);
-- Of the vendor's two boxes of buttons the later terms hold: 10 EUR, or 9 from ten boxes on. A box is 12.50 USD.
select tests.act('procurement', $$
  insert into ops.supplier_products (vendor_id, product_variant_id, purchase_unit, currency, lead_time_days, valid_from)
  select tests.id('vendor'), tests.variant_id('BUTTON'), 'BOX', 'EUR', 5, d from unnest(array[null, date '2026-01-01']) as d
$$);
select tests.act('procurement', $$
  insert into ops.supplier_price_breaks (supplier_product_id, from_qty, unit_price)
  select s.id, b.from_qty, b.price
  from ops.supplier_products as s
  cross join lateral (
    select * from (values (0, 10), (10, 9)) as b (from_qty, price) where s.valid_from is not null
    union all
    select 0, 1 where s.valid_from is null
  ) as b
  where s.product_variant_id = tests.variant_id('BUTTON')
$$);

create function pg_temp.template(code text, product text, components jsonb, variant text default null, valid_from date default '2026-01-01') returns uuid
language plpgsql
as $$
declare
  template_id constant uuid := private.new_id();
  version_id constant uuid := private.new_id();
begin
  perform tests.become('production');
  insert into ops.bom_templates (id, product_id, product_variant_id, code, name, is_default)
  values (template_id, tests.product_id(product), tests.variant_id(variant), template.code, template.code, template.code in ('CUT', 'PANEL'));
  insert into ops.bom_versions (id, bom_template_id) values (version_id, template_id);
  insert into ops.bom_lines (bom_version_id, product_variant_id, quantity, setup_quantity, kind)
  select version_id, tests.variant_id(c.sku), c.quantity, coalesce(c.setup, 0), coalesce(c.kind, 'input')
  from jsonb_to_recordset(components) as c (sku text, quantity numeric, setup numeric, kind ops.bom_line_kind);
  reset role;
  return version_id;
end
$$;
create function pg_temp.activate(version_id uuid, valid_from date default '2026-01-01') returns uuid
language sql
as $$
  select tests.act('production', format('update ops.bom_versions set status = ''active'', valid_from = %L where id = %L', valid_from, version_id));
  select version_id
$$;
create function pg_temp.operation(version_id uuid, setup integer, minutes integer) returns uuid
language sql
as $$
  select tests.act('production', format(
    'insert into ops.bom_operations (bom_version_id, name, work_center_id, setup_minutes, minutes_per_unit) select %L, ''Sew'', w.id, %s, %s from ops.work_centers as w where w.code = ''SEW''',
    version_id, setup, minutes
  ));
  select version_id
$$;
update ops.work_centers set hourly_rate = 20 where code = 'SEW';
select tests.keep('cut', pg_temp.activate(pg_temp.operation(pg_temp.template('CUT', 'TEE',
  '[{"sku": "CLOTH", "quantity": 0.5, "setup": 1}, {"sku": "BUTTON", "quantity": 4}, {"sku": "OFFCUT", "quantity": 0.02, "kind": "by_product"}]'), 30, 6)));
select pg_temp.activate(pg_temp.operation(pg_temp.template('PANEL', 'PANEL', '[{"sku": "CLOTH", "quantity": 0.3}]'), 0, 5));
select tests.keep('knit', pg_temp.activate(pg_temp.template('KNIT', 'TEE', '[{"sku": "PANEL", "quantity": 1}, {"sku": "BUTTON", "quantity": 2}]')));
select pg_temp.activate(pg_temp.template('SMALL', 'TEE', '[{"sku": "BUTTON", "quantity": 4}, {"sku": "LABEL", "quantity": 1}]', 'TEE-S'));
select pg_temp.activate(pg_temp.template('LARGE', 'TEE', '[{"sku": "BUTTON", "quantity": 4}]', 'TEE-L'));
select pg_temp.template('DRAFT', 'TEE', '[{"sku": "BUTTON", "quantity": 1}]');
select pg_temp.activate(pg_temp.template('COMING', 'TEE', '[{"sku": "BUTTON", "quantity": 1}]'), current_date + 1);

select tests.keep('tee', tests.make_line(100, '{40,60}', colorway_id => '00000000-0000-7000-8000-00000000e002'));
select tests.act('sales', $$
  insert into ops.demand_forecasts (product_variant_id, version, starts_on, ends_on, quantity)
  values
  (tests.variant_id('TEE-S'), 'current', current_date + 10, current_date + 39, 300),
  (tests.variant_id('TEE-M'), 'current', current_date, current_date + 179, 900),
  (tests.variant_id('TEE-M'), 'current', current_date - 60, current_date - 1, 5000),
  (tests.variant_id('TEE-M'), 'optimistic', current_date, current_date + 9, 5000)
$$);
select tests.act('warehouse', $$
  insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason)
  select tests.variant_id(m.sku), tests.location_id(m.place), m.quantity, 'opening'
  from (values ('CLOTH', 'A-1', 26), ('CLOTH', 'Q-1', 500), ('CLOTH', 'E-1', 500), ('BUTTON', 'A-1', 400)) as m (sku, place, quantity)
$$);
select tests.act('planner', format('insert into ops.order_item_supplies (order_item_id, warehouse_id) select %L, w.id from ops.warehouses as w where w.code = ''MAIN''', tests.the('tee')));
-- What came of what was made before.
alter table ops.production_orders disable trigger user;
insert into ops.production_orders (
  organization_id, production_number, product_variant_id, bom_version_id, warehouse_id, quantity, need_by, status, completed_qty, completed_at, created_by
)
select w.organization_id, m.number, tests.variant_id('TEE-M'), tests.the(m.version), w.id, 50, '2026-06-30', m.status::ops.production_order_status,
  case m.status when 'completed' then 48 else 0 end, m.completed_at, w.created_by
from (values
  ('M1', 'cut', 'completed', timestamptz '2026-06-30 12:00'), ('M2', 'cut', 'completed', '2026-07-02 12:00'),
  ('M3', 'cut', 'cancelled', null), ('M4', 'knit', 'released', null)
) as m (number, version, status, completed_at)
cross join ops.warehouses as w
where w.code = 'MAIN';
alter table ops.production_orders enable trigger user;

create function pg_temp.recommended(columns text, line uuid default tests.the('tee')) returns setof text
language plpgsql
as $$
begin
  perform tests.become('sales');
  return query execute format('select concat_ws('' '', r.rank, r.code, %s) from ops.recommend_bom_templates(%L) as r order by r.rank', columns, line);
  reset role;
end
$$;
select results_eq(
  $$ select pg_temp.recommended('trim_scale(r.material_cost), trim_scale(r.operation_cost), trim_scale(r.unit_cost), r.uncosted_count, trim_scale(r.cost_score)') $$,
  array['1 CUT 2.26 2.2 4.46 0 0.6652', '2 KNIT 1.3 1.6667 2.9667 0 1', '3 SMALL 0 1 0'],
  'what a piece costs: standard costs, the best offer, what is made out of what, operations, less by-products'
);
select results_eq(
  $$ select pg_temp.recommended('r.component_count, r.available_count, trim_scale(r.availability_score)') $$,
  array['1 CUT 2 1 0.75', '2 KNIT 2 1 0.5', '3 SMALL 2 1 0.5'],
  'what share of the components is there: in the line''s warehouse, outside of quarantine'
);
select results_eq(
  $$ select pg_temp.recommended('r.used_count, trim_scale(r.use_score), r.completed_count, r.on_time_count, trim_scale(r.on_time_score)') $$,
  array['1 CUT 2 1 2 1 0.5', '2 KNIT 1 0.5 0 0 0.5', '3 SMALL 0 0 0 0 0.5'],
  'how often each was used, and whether in time; cancelled orders do not count'
);
select results_eq(
  $$ select pg_temp.recommended('trim_scale(r.forecast_qty), trim_scale(r.forecast_score)') $$,
  array['1 CUT 750 1', '2 KNIT 750 1', '3 SMALL 300 0.4'],
  'how much of what it makes is forecast: of the current version, in the horizon, by days'
);
select results_eq(
  $$ select pg_temp.recommended('trim_scale(r.score)') $$, array['1 CUT 0.7288', '2 KNIT 0.675', '3 SMALL 0.315'],
  'and the total of it'
);
select tests.set_setting('forecast_horizon_days', '20');
select results_eq(
  $$ select pg_temp.recommended('trim_scale(r.forecast_qty)') $$, array['1 CUT 200', '2 KNIT 200', '3 SMALL 100'], 'the horizon is a setting'
);
select is_empty($$ select pg_temp.recommended('r.score', tests.line_id('A-100', 3)) $$, 'nothing makes what has no bill of materials');
select tests.throws_code(
  'other_planner', format('select * from ops.recommend_bom_templates(%L)', tests.the('tee')), 'OMS_NOT_FOUND', 'another organization is told nothing'
);

-- Usage

select is(
  tests.ask('finance', $$ select concat_ws(' ', u.orders, u.open_orders, trim_scale(u.completed_qty), u.on_time_orders, u.on_time_pct, u.is_in_force) from ops.bom_usage as u where u.code = 'CUT' $$),
  '2 0 96 1 50.0 t', 'how often a bill of materials was used, and with what success'
);
select is(
  tests.ask('finance', $$ select string_agg(w.code || ' ' || trim_scale(w.quantity), ', ' order by w.code) from ops.bom_where_used as w where w.sku = 'BUTTON' and w.is_in_force $$),
  'CUT 4, KNIT 2, LARGE 4, SMALL 4', 'where a component is used today'
);
select is(
  tests.ask('finance', $$ select string_agg(w.code, ', ' order by w.code) from ops.bom_where_used as w where w.sku = 'BUTTON' and not w.is_in_force $$),
  'COMING, DRAFT', 'and where it will be or was'
);

-- Forecasts

create function pg_temp.forecast(columns text, said text) returns text
language sql
as $$
  select format('insert into ops.demand_forecasts (product_variant_id, %s) values (%L, %s)', columns, tests.variant_id('TEE-L'), said)
$$;
select tests.accepts('production', pg_temp.forecast('starts_on, ends_on, quantity', $$'2027-01-01', '2027-01-31', 0$$), 'nothing at all can be expected');
select tests.throws_code('sales', pg_temp.forecast('starts_on, ends_on, quantity', $$'2027-01-01', '2027-01-31', -1$$), 'OMS_INVALID_ARGUMENT', 'not less');
select tests.throws_code('sales', pg_temp.forecast('starts_on, ends_on, quantity', $$'2027-02-01', '2027-01-31', 1$$), 'OMS_INVALID_ARGUMENT', 'a period ends after it begins');
select tests.throws_code('sales', pg_temp.forecast('version, starts_on, ends_on, quantity', $$'', '2027-01-01', '2027-01-31', 1$$), 'OMS_INVALID_ARGUMENT', 'a version has a name');
select tests.act('sales', pg_temp.forecast('starts_on, ends_on, quantity', $$'2027-01-01', '2027-01-31', 1$$));
select tests.throws_code('sales', pg_temp.forecast('starts_on, ends_on, quantity', $$'2027-01-01', '2027-01-31', 2$$), 'OMS_ALREADY_EXISTS', 'one forecast a variant, version and day');
select tests.throws_code(
  'other_planner', format('insert into ops.demand_forecasts (product_variant_id, starts_on, ends_on, quantity) values (%L, ''2027-01-01'', ''2027-01-31'', 1)', tests.variant_id('TEE-L')),
  'OMS_NOT_FOUND', 'of the organization''s own'
);

select * from finish();
