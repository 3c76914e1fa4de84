-- The shop floor: the finite schedule, issue of components, output and what it costs.

select no_plan();

create function pg_temp.variant(sku text, made text default 'buy', cost numeric default null) returns void
language plpgsql
as $$
declare
  product_id uuid;
begin
  perform tests.become('production');
  insert into ops.products (product_number, name) values (sku, sku) returning id into product_id;
  insert into ops.product_variants (sku, product_id, supply_method, standard_cost)
  values (sku, product_id, made::ops.supply_method, cost);
  reset role;
end
$$;
create function pg_temp.bom(made text, components jsonb, operations jsonb) returns void
language plpgsql
as $$
declare
  template_id uuid;
  version_id uuid;
begin
  perform pg_temp.variant(made, 'make');
  perform tests.become('production');
  insert into ops.bom_templates (product_id, code, name, is_default)
  values (tests.product_id(made), made, made, true)
  returning id into template_id;
  insert into ops.bom_versions (bom_template_id) values (template_id) returning id into version_id;
  insert into ops.bom_lines (bom_version_id, product_variant_id, quantity, kind)
  select version_id, tests.variant_id(c.sku), c.quantity, coalesce(c.kind, 'input')
  from jsonb_to_recordset(components) as c (sku text, quantity numeric, kind ops.bom_line_kind);
  insert into ops.bom_operations (bom_version_id, position, name, work_center_id, setup_minutes, minutes_per_unit)
  select version_id, o.nth * 10, o.name, w.id, coalesce(o.setup, 0), o.each
  from rows from (jsonb_to_recordset(operations) as (name text, center text, setup numeric, each numeric)) with ordinality as o (name, center, setup, each, nth)
  inner join ops.work_centers as w on w.code = o.center;
  update ops.bom_versions as b set status = 'active', valid_from = '2026-01-01' where b.id = version_id;
  reset role;
end
$$;
create function pg_temp.make(name text, sku text, quantity numeric, need_by date) returns void
language sql
as $$
  select tests.keep(name, tests.ask('planner', format(
    'insert into ops.production_orders (product_variant_id, quantity, need_by) values (%L, %L, %L) returning id',
    tests.variant_id(sku), quantity, need_by
  ))::uuid)
$$;
create function pg_temp.set_order(name text, change text) returns void
language sql
as $$
  select tests.act('planner', format('update ops.production_orders set %s where id = %L', change, tests.the(name)))
$$;
create function pg_temp.order_says(name text, columns text) returns text
language sql
as $$
  select tests.ask('production', format(
    'select concat_ws('' '', %s) from ops.production_orders as o where o.id = %L', columns, tests.the(name)
  ))
$$;
-- The week of the example lies ahead, whatever day it is: its Monday is day 1.
create function pg_temp.day(nth integer) returns date
language sql
as $$
  select date_trunc('week', current_date)::date + 34 + nth
$$;
create function pg_temp.loads(name text, first_day date) returns text
language sql
as $$
  select tests.ask('production', format(
    'select string_agg(format(''%%s %%s %%s'', p.name, l.day - %L::date + 1, trim_scale(l.minutes)), '', '' order by p.position, l.day) from ops.work_center_loads as l inner join ops.production_operations as p on p.id = l.production_operation_id where p.production_order_id = %L',
    first_day, tests.the(name)
  ))
$$;
create function pg_temp.loads(name text) returns text
language sql
as $$
  select pg_temp.loads(name, pg_temp.day(1))
$$;

select tests.act('planner', 'delete from ops.holidays');
select tests.act('production', $$
  insert into ops.work_centers (code, name, daily_minutes, working_days, hourly_rate) values
  ('CUT', 'Cutting', 480, null, null), ('LINE', 'Sewing line', 480, null, null), ('ROUND', 'Round the clock', 480, '{1,2,3,4,5,6,7}', 50)
$$);
select pg_temp.variant('PIN', 'buy', 2);
select pg_temp.variant('GLUE');
select pg_temp.variant('CHIP', 'buy', 0.5);
select tests.act('warehouse', format(
  'insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason, unit_cost) values (%1$L, %3$L, 10000, ''opening'', 1), (%2$L, %3$L, 100, ''receipt'', 0.5)',
  tests.variant_id('PIN'), tests.variant_id('GLUE'), tests.location_id('A-1')
));
select pg_temp.bom('SHED', '[{"sku": "PIN", "quantity": 1}]', '[
  {"name": "Cut", "center": "CUT", "setup": 30, "each": 1.5}, {"name": "Sew", "center": "LINE", "each": 6}
]');
select pg_temp.bom('RUSH', '[{"sku": "PIN", "quantity": 1}]', '[{"name": "Press", "center": "ROUND", "each": 12}]');
select pg_temp.bom('SIMPLE', '[{"sku": "PIN", "quantity": 1}]', '[]');
select pg_temp.bom('BOX', '[
  {"sku": "PIN", "quantity": 2}, {"sku": "GLUE", "quantity": 1}, {"sku": "CHIP", "quantity": 1, "kind": "by_product"}
]', '[{"name": "Pack", "center": "ROUND", "each": 6}]');
select pg_temp.bom('CRATE', '[{"sku": "BOX", "quantity": 9}]', '[]');

-- Backward: 100 take 30 + 150 minutes of cutting and 600 of sewing, 120 take 210 and 720. Both are needed on Friday;
-- Thursday is a holiday, and on Wednesday the line works two hours longer.

select tests.act('planner', format('insert into ops.holidays (holiday_date, name) values (%L, ''Founding day'')', pg_temp.day(4)));
select tests.act('planner', format(
  'insert into ops.work_center_days (work_center_id, day, minutes) select w.id, %L, 600 from ops.work_centers as w where w.code = ''LINE''',
  pg_temp.day(3)
));
select pg_temp.make('first', 'SHED', 100, pg_temp.day(5));
select is(
  tests.ask('production', format(
    'select string_agg(p.position || '' '' || p.name || '' '' || trim_scale(p.planned_minutes), '', '' order by p.position) from ops.production_operations as p where p.production_order_id = %L',
    tests.the('first')
  )),
  '10 Cut 180, 20 Sew 600', 'an order is worked on as its bill of materials says: setup, and the minutes of each unit'
);
select is(pg_temp.loads('first'), 'Cut 3 180, Sew 3 120, Sew 5 480', 'backward from the need: Friday, not the holiday, Wednesday; cut on what Wednesday has left');
select pg_temp.make('second', 'SHED', 120, pg_temp.day(5));
select is(pg_temp.loads('second'), 'Cut 2 210, Sew 2 240, Sew 3 480', 'what comes second gets what is left, of the longer Wednesday too');
select is(
  pg_temp.order_says('second', format('o.scheduled_start - %1$L::date, o.scheduled_end - %1$L::date', pg_temp.day(1))), '1 2',
  'an order begins with its first operation and is done with its last'
);
select is(
  tests.ask('production', format(
    'select string_agg(concat_ws('' '', l.day - %1$L::date + 1, l.available_minutes, trim_scale(l.planned_minutes), trim_scale(l.utilization_pct)), '', '' order by l.day) from ops.work_center_utilization as l where l.code = ''LINE'' and l.day between %1$L and %2$L',
    pg_temp.day(1), pg_temp.day(5)
  )),
  '1 480 0 0, 2 480 240 50, 3 600 600 100, 4 0 0, 5 480 480 100', 'how full a work centre is, day by day'
);
select is(
  tests.ask('production', format(
    'select concat_ws('' '', w.available_minutes, trim_scale(w.planned_minutes), w.utilization_pct) from ops.work_center_weekly_utilization as w where w.code = ''LINE'' and w.week_starts_on = %L',
    pg_temp.day(1)
  )),
  '2040 1320 64.7', 'and week by week'
);

-- Priority

select pg_temp.set_order('second', 'priority = 1');
select is(pg_temp.loads('second'), 'Cut 3 210, Sew 3 240, Sew 5 480', 'another priority plans anew: who comes first has Friday');
select is(pg_temp.loads('first'), 'Cut 2 180, Sew 2 240, Sew 3 360', 'and who came first what is left');
select is(
  tests.ask('planner', 'select count(*) from ops.reschedule_production()'), '0', 'planned anew with nothing changed nothing changes'
);
select pg_temp.set_order('second', 'quantity = 20');
select is(pg_temp.loads('second'), 'Cut 5 60, Sew 5 120', 'another quantity takes other minutes');
select is(pg_temp.loads('first'), 'Cut 3 180, Sew 3 240, Sew 5 360', 'and leaves others to the rest');
select tests.act('production', 'update ops.work_centers set daily_minutes = 240 where code = ''LINE''');
select is(pg_temp.loads('first'), 'Cut 2 180, Sew 3 480, Sew 5 120', 'a work centre that does less is planned with less');
select tests.act('production', 'update ops.work_centers set daily_minutes = 480 where code = ''LINE''');
select tests.act('planner', 'delete from ops.holidays');
select is(pg_temp.loads('first'), 'Cut 4 180, Sew 4 240, Sew 5 360', 'a holiday less is a day more');
select pg_temp.set_order('second', 'status = ''cancelled''');
select is(pg_temp.loads('second'), null, 'what is cancelled takes no minutes');
select is(pg_temp.loads('first'), 'Cut 4 180, Sew 4 120, Sew 5 480', 'and leaves its own to others');

-- Forward: 100 take 1200 minutes, and tomorrow is too soon.

select pg_temp.make('late', 'RUSH', 100, current_date + 1);
select is(pg_temp.loads('late', current_date), 'Press 1 480, Press 2 480, Press 3 240', 'what cannot be in time begins today');
select is(
  tests.ask('sales', format(
    'select concat_ws('' '', s.expected_completion - current_date, s.days_late, s.bottleneck_operation, s.bottleneck_work_center) from ops.production_schedule as s where s.production_order_id = %L',
    tests.the('late')
  )),
  '2 1 Press ROUND', 'it is expected two days from now, a day late, for want of the press'
);
select pg_temp.make('next', 'RUSH', 10, current_date + 2);
select is(pg_temp.loads('next', current_date), 'Press 3 120', 'the next one has what is left of the day');
select pg_temp.make('never', 'RUSH', 1000000, current_date + 2);
select is(pg_temp.order_says('never', 'coalesce(o.scheduled_end::text, ''none'')'), 'none', 'what does not fit into two years has no date');
select is(pg_temp.loads('next', current_date), 'Press 3 120', 'and takes none from others');
select pg_temp.set_order('never', 'status = ''cancelled''');
select pg_temp.make('simple', 'SIMPLE', 5, current_date + 9);
select is(pg_temp.order_says('simple', 'o.scheduled_end - current_date'), '9', 'without operations an order takes its lead time');

-- A new day

update ops.work_center_loads as l
set day = l.day - 7
from ops.production_operations as p
where p.id = l.production_operation_id and p.production_order_id = tests.the('late');
update ops.production_operations set scheduled_start = scheduled_start - 7, scheduled_end = scheduled_end - 7
where production_order_id = tests.the('late');
update ops.production_orders set scheduled_start = scheduled_start - 7, scheduled_end = scheduled_end - 7
where id in (tests.the('late'), tests.the('simple'));
select pg_temp.make('other', 'SIMPLE', 5, current_date + 9);
select pg_temp.set_order('other', 'quantity = 6, priority = 1, need_by = current_date + 8');
select is(pg_temp.loads('late', current_date), 'Press -6 480, Press -5 480, Press -4 240', 'what takes no minutes plans nothing anew');
select is(pg_temp.order_says('other', 'o.scheduled_end - current_date'), '8', 'and is dated all the same');
select is(
  tests.ask('planner', 'select count(*) from ops.reschedule_production()'), '2', 'on a new day what should have begun is planned anew'
);
select is(pg_temp.loads('late', current_date), 'Press 1 480, Press 2 480, Press 3 240', 'from today');
select is(pg_temp.order_says('simple', 'o.scheduled_end - current_date'), '9', 'as is what its lead time dates');

-- Work

select is(pg_temp.order_says('first', 'o.status'), 'released', 'what has its components is released');
create function pg_temp.report(name text, operation text, change text) returns text
language sql
as $$
  select format(
    'update ops.production_operations set %s where production_order_id = %L and name = %L', change, tests.the(name), operation
  )
$$;
select tests.throws_code('production', pg_temp.report('first', 'Sew', 'started_at = now()'), 'OMS_OPERATION_OUT_OF_ORDER', 'operations are done one after the other');
select tests.throws_code('production', pg_temp.report('first', 'Cut', 'finished_at = now()'), 'OMS_INVALID_ARGUMENT', 'what was not started is not finished');
select tests.throws_code('production', pg_temp.report('first', 'Cut', 'started_at = now() + interval ''1 day'''), 'OMS_INVALID_ARGUMENT', 'nothing was started tomorrow');
select tests.throws_code('production', pg_temp.report('first', 'Cut', 'actual_minutes = -1'), 'OMS_INVALID_ARGUMENT', 'nothing takes less than no time');
select tests.act('production', pg_temp.report('first', 'Cut', 'started_at = now()'));
select is(pg_temp.order_says('first', 'o.status'), 'in_progress', 'an order that is worked on is in progress');
select pg_temp.set_order('first', format('need_by = %L', pg_temp.day(2)));
select is(pg_temp.loads('first'), 'Cut 4 180, Sew 4 300, Sew 5 300', 'what was started stays; what comes after it goes on from there');
select tests.act('production', pg_temp.report('first', 'Cut', 'finished_at = now(), actual_minutes = 200'));
select is(pg_temp.loads('first'), 'Sew 1 120, Sew 2 480', 'what is finished takes nothing any more, and holds up nothing');
select tests.throws_code('production', pg_temp.report('second', 'Cut', 'started_at = now()'), 'OMS_PRODUCTION_NOT_RELEASED', 'no work is done on what is cancelled');

-- Issue. 10 boxes: 20 pins at the standard cost of 2.00 and 10 of glue at the 0.50 they were received for.

create function pg_temp.component(name text, sku text) returns uuid
language sql
as $$
  select tests.ask('production', format(
    'select c.id from ops.production_components as c where c.production_order_id = %L and c.product_variant_id = %L',
    tests.the(name), tests.variant_id(sku)
  ))::uuid
$$;
create function pg_temp.component_says(name text, sku text) returns text
language sql
as $$
  select tests.ask('production', format(
    'select concat_ws('' '', trim_scale(c.required_qty), trim_scale(c.reserved_qty), trim_scale(c.issued_qty), trim_scale(c.short_qty)) from ops.production_components as c where c.id = %L',
    pg_temp.component(name, sku)
  ))
$$;
create function pg_temp.issue(name text, components jsonb default null) returns text
language sql
as $$
  select format('select * from ops.issue_components(%L, %L)', tests.the(name), components)
$$;
create function pg_temp.line(name text, sku text, quantity numeric) returns jsonb
language sql
as $$
  select jsonb_build_array(jsonb_build_object('production_component_id', pg_temp.component(name, sku), 'quantity', quantity))
$$;
select pg_temp.make('box', 'BOX', 10, current_date + 5);
select is(pg_temp.component_says('box', 'PIN'), '20 20 0 0', 'what an order needs is reserved');
select tests.throws_code('production', pg_temp.issue('box', pg_temp.line('box', 'PIN', 21)), 'OMS_ISSUE_EXCEEDS_RESERVED', 'no more is issued than is reserved');
select tests.throws_code('production', pg_temp.issue('box', pg_temp.line('box', 'PIN', 0.5)), 'OMS_QUANTITY_NOT_IN_UNIT', 'nor half a pin');
select tests.throws_code('production', pg_temp.issue('box', pg_temp.line('box', 'PIN', 0)), 'OMS_INVALID_ARGUMENT', 'nor nothing');
select tests.throws_code('production', pg_temp.issue('box', pg_temp.line('first', 'PIN', 1)), 'OMS_NOT_FOUND', 'nor what another order needs');
select tests.throws_code(
  'production', pg_temp.issue('box', pg_temp.line('box', 'PIN', 1) || pg_temp.line('box', 'PIN', 1)), 'OMS_INVALID_ARGUMENT', 'a component is named once'
);
select tests.act('production', pg_temp.issue('box', pg_temp.line('box', 'PIN', 5)));
select is(pg_temp.component_says('box', 'PIN'), '20 15 5 0', 'what is issued is reserved no more');
select is(pg_temp.order_says('box', 'o.status, trim_scale(o.material_cost)'), 'in_progress 10', 'the first issue begins the work, and costs what it costs');
select is(
  tests.ask('warehouse', format(
    'select string_agg(concat_ws('' '', v.sku, trim_scale(m.quantity), trim_scale(m.unit_cost), m.reason), '', '' order by v.sku) from ops.issue_components(%L) as m inner join ops.product_variants as v on v.id = m.product_variant_id',
    tests.the('box')
  )),
  'GLUE 10 0.5 issue, PIN 15 2 issue', 'without saying what, all that is reserved'
);
select is(pg_temp.order_says('box', 'trim_scale(o.material_cost)'), '45', 'at standard cost, else at what the last one cost that came in');
select is(tests.ask('warehouse', format('select count(*) from ops.issue_components(%L)', tests.the('box'))), '0', 'after that there is nothing to issue');
select is(
  tests.ask('warehouse', format(
    'select trim_scale(l.on_hand) || '' '' || trim_scale(l.reserved) from ops.stock_levels as l where l.product_variant_id = %L and l.stock_location_id = %L',
    tests.variant_id('GLUE'), tests.location_id('A-1')
  )),
  '90 0', 'it has left the place'
);

-- Return

create function pg_temp.bring_back(name text, components jsonb) returns text
language sql
as $$
  select format('select * from ops.return_components(%L, %L)', tests.the(name), components)
$$;
select tests.throws_code('warehouse', pg_temp.bring_back('box', pg_temp.line('box', 'PIN', 21)), 'OMS_RETURN_EXCEEDS_ISSUED', 'no more comes back than went out');
select tests.throws_code('warehouse', pg_temp.bring_back('box', '[]'), 'OMS_INVALID_ARGUMENT', 'something comes back');
select tests.act('warehouse', pg_temp.bring_back('box', pg_temp.line('box', 'PIN', 4)));
select is(pg_temp.component_says('box', 'PIN'), '20 4 16 0', 'what came back is reserved again while the order needs it');
select is(pg_temp.order_says('box', 'trim_scale(o.material_cost)'), '37', 'at what it was issued at');
select tests.act('production', pg_temp.issue('box'));

-- Output. Pins and glue for 45, chips worth 5 come out beside, an hour at 50: boxes for 90.

create function pg_temp.put_out(name text, good numeric, scrap numeric default 0, by_products jsonb default null) returns text
language sql
as $$
  select format('select * from ops.report_output(%L, %L, %L, by_products => %L)', tests.the(name), good, scrap, by_products)
$$;
select pg_temp.make('crate', 'CRATE', 1, current_date + 20);
select is(pg_temp.order_says('crate', 'o.status'), 'on_hold', 'nine boxes are waited for');
select tests.throws_code('production', pg_temp.put_out('crate', 1), 'OMS_PRODUCTION_NOT_RELEASED', 'nothing comes out of what is not released');
select tests.throws_code('production', pg_temp.issue('crate'), 'OMS_PRODUCTION_NOT_RELEASED', 'nor goes in');
select tests.throws_code('production', pg_temp.put_out('box', 0), 'OMS_QUANTITY_NOT_IN_UNIT', 'something comes out');
select tests.throws_code('production', pg_temp.put_out('box', 8, 3), 'OMS_OUTPUT_EXCEEDS_QUANTITY', 'no more comes out than the order is for');
select tests.throws_code('production', format('select ops.report_output(%L, 1, stock_location_id => %L)', tests.the('box'), tests.location_id('E-1')), 'OMS_NOT_FOUND', 'nothing comes out in another warehouse');
select tests.throws_code('production', pg_temp.put_out('box', 1, 0, pg_temp.line('box', 'PIN', 1)), 'OMS_NOT_FOUND', 'what goes in is no by-product');
select is(
  tests.ask('production', format(
    'select concat_ws('' '', trim_scale(r.quantity), trim_scale(r.scrapped_qty), trim_scale(r.unit_cost), r.stock_location_id = %L) from ops.report_output(%L, 4, 1, ''dented'', by_products => %L) as r',
    tests.location_id('A-1'), tests.the('box'), pg_temp.line('box', 'CHIP', 10)
  )),
  '4 1 10 t', 'good ones cost their share: 90 by the nine that can come; they go to the first storage place'
);
select is(
  pg_temp.order_says('box', 'o.status, trim_scale(o.completed_qty), trim_scale(o.scrapped_qty), trim_scale(o.material_cost), trim_scale(o.absorbed_cost)'),
  'in_progress 4 1 40 40', 'what came out is counted; what came out beside makes it cheaper'
);
select is(pg_temp.component_says('box', 'CHIP'), '10 0 10 0', 'and is counted too');
select is(pg_temp.order_says('crate', 'o.status'), 'on_hold', 'four boxes do not do');
select tests.act('production', format(
  'insert into ops.production_outputs (production_order_id, quantity) values (%1$L, 3), (%1$L, 2)', tests.the('box')
));
select is(
  tests.ask('production', format(
    'select string_agg(trim_scale(p.unit_cost)::text, '' '' order by p.id) from ops.production_outputs as p where p.production_order_id = %L',
    tests.the('box')
  )),
  '10 10 10', 'plain rows of one statement know of each other'
);
select is(
  pg_temp.order_says('box', 'o.status, trim_scale(o.absorbed_cost)'), 'completed 90', 'the last of it completes the order and takes the rest of the cost'
);
select is(pg_temp.order_says('crate', 'o.status'), 'released', 'whoever waited for it is released with it');
select tests.throws_code('production', pg_temp.put_out('box', 1), 'OMS_PRODUCTION_NOT_RELEASED', 'nothing comes out of what is completed');
select is(
  tests.ask('production', format('select count(*) from ops.issue_components(%L) as m where m.unit_cost = 10', tests.the('crate'))), '1',
  'what we made is issued at what it cost'
);

-- Scrap at the end, and completion by hand

select pg_temp.make('dear', 'BOX', 10, current_date + 25);
select tests.act('production', pg_temp.issue('dear'));
select tests.act('production', pg_temp.put_out('dear', 5, 0, pg_temp.line('dear', 'CHIP', 10)));
select tests.act('production', pg_temp.put_out('dear', 4, 1));
select is(
  tests.ask('production', format(
    'select string_agg(trim_scale(p.unit_cost)::text, '' '' order by p.id) from ops.production_outputs as p where p.production_order_id = %L',
    tests.the('dear')
  )),
  '9 11.25', 'what was hoped to be good and is not costs the others'
);
select pg_temp.make('part', 'BOX', 10, current_date + 25);
select tests.act('production', pg_temp.issue('part', pg_temp.line('part', 'PIN', 6)));
select tests.act('production', pg_temp.put_out('part', 3));
select tests.act('planner', format('update ops.production_orders set status = ''completed'' where id = %L', tests.the('part')));
select is(pg_temp.component_says('part', 'PIN'), '20 0 6 0', 'what is completed by hand with less gives up what is reserved');
select tests.act('warehouse', pg_temp.bring_back('part', pg_temp.line('part', 'PIN', 2)));
select is(pg_temp.component_says('part', 'PIN'), '20 0 4 0', 'and what was left over comes back after all');
select is(pg_temp.loads('part', current_date), null, 'it takes no minutes any more');

-- Tolerance

select tests.act('admin', 'update ops.organization_settings set over_receipt_tolerance_pct = 10');
select pg_temp.make('more', 'BOX', 10, current_date + 25);
select tests.throws_code('production', pg_temp.put_out('more', 12), 'OMS_OUTPUT_EXCEEDS_QUANTITY', 'a tenth more, not two');
select tests.act('production', pg_temp.put_out('more', 11));
select is(pg_temp.order_says('more', 'o.status, trim_scale(o.completed_qty)'), 'completed 11', 'so much more may come out');

select is_empty('select v.* from private.invariant_violations as v', 'every counter is the sum that it keeps');

select * from finish();
