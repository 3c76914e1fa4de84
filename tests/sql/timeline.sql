-- Timelines: working days, planning, forecasts and their causes, what facts complete, splits, who sees what.

select * from no_plan();

-- Working days

create function pg_temp.counted(start date, days integer, weekdays integer[], holidays date[]) returns date
language sql
as $$
  -- Day by day.
  select case when days = 0 then start else (
    select d.day::date
    from generate_series(start + sign(days)::int, start + days * 8 + sign(days)::int * 40, make_interval(days => sign(days)::int)) as d (day)
    where extract(isodow from d.day) = any(weekdays) and d.day::date <> all(holidays)
    order by abs(d.day::date - start)
    offset abs(days) - 1 limit 1
  ) end
$$;
select is_empty($$
  select start, days, c.weekdays, c.holidays
  from generate_series(date '2026-12-14', date '2027-01-12', interval '1 day') as s (start)
  cross join generate_series(-23, 23) as d (days)
  cross join (values
    ('{1,2,3,4,5}'::int[], '{}'::date[]),
    ('{1,2,3,4,5}', '{2026-12-24,2026-12-25,2026-12-28,2027-01-01}'),
    ('{1,2,3,4,6,7}', '{2026-12-27,2026-12-28,2026-12-29,2026-12-30,2026-12-31,2027-01-02,2027-01-03}'),
    ('{3}', '{2026-12-30,2027-01-06}')
  ) as c (weekdays, holidays)
  where private.add_days(start::date, days, true, row(c.weekdays, c.holidays)::private.working_calendar)
    is distinct from pg_temp.counted(start::date, days, c.weekdays, c.holidays)
$$, 'working days are counted as day by day, over weekends and holidays, forward and back');
select is(private.add_days('2026-12-24', 3, false, null)::text, '2026-12-27', 'days of the calendar are all days');
select tests.throws_code('admin', format($$
  update ops.organization_settings set working_days = %L
$$, w.days), 'OMS_INVALID_ARGUMENT', format('a week of %s is refused', w.days))
from unnest(array['{}', '{0}', '{1,8}', '{1,null}']) as w (days);

-- A line and its root

select tests.keep('line', tests.make_line(100));
select tests.keep('order', (select i.order_id from ops.order_items as i where i.id = tests.the('line')));
select tests.keep('root', (select n.id from ops.timeline_nodes as n where n.order_item_id = tests.the('line')));
select is(
  (select format('%s %s %s', n.kind, n.name, n.client_id = tests.id('client_a')) from ops.timeline_nodes as n where n.root_id = tests.the('root')),
  'root Line 1 t', 'an order line has a timeline from the start: its root'
);
select tests.throws_code('planner', $$select * from ops.plan_timeline(tests.the('order'))$$, 'OMS_INVALID_ARGUMENT', 'without an ex-factory date nothing is planned');
select tests.throws_code('planner', $$select * from ops.plan_timeline(tests.the('order'), ex_factory_date => '2027-06-01')$$, 'OMS_INVALID_ARGUMENT', 'without a default template one is named');
select tests.throws_code('planner', $$select * from ops.plan_timeline(tests.the('order'), timeline_template_id => private.new_id(), ex_factory_date => '2027-06-01')$$, 'OMS_NOT_FOUND', 'by an unknown template nothing is planned');
select tests.keep('bare', tests.make_line(10));
select tests.make_allocation(array[tests.the('bare')]);
select is((select count(*)::int from ops.timeline as t where t.kind <> 'root' and t.order_item_id = tests.the('bare')), 0, 'without a template a line has a root only');

-- The template of the worked example in docs/timeline.md

select tests.keep('template', tests.ask('planner', $$insert into ops.timeline_templates (name, is_default) values ('Knitwear', true) returning id$$)::uuid);
select tests.throws_code('planner', $$
  insert into ops.timeline_templates (name, is_default) values ('Wovens', true)
$$, 'OMS_ALREADY_EXISTS', 'one template is the default');
select tests.act('planner', $$insert into ops.timeline_templates (name) values ('Wovens')$$);
select tests.throws_code('planner', $$update ops.timeline_templates set is_default = true$$, 'OMS_ALREADY_EXISTS', 'and not two at once');
select tests.act('planner', $$
  insert into ops.timeline_template_nodes (
    timeline_template_id, code, name, kind, position, offset_days, duration_days, is_working_days, predecessors, completed_by, is_for_client, is_per_slice
  ) values
  (tests.the('template'), 'lab_dips', 'Lab dips approved', 'sample', 10, -30, 0, true, '{}', null, false, false),
  (tests.the('template'), 'fabric', 'Fabric in house', 'material', 20, -20, 10, true, '{lab_dips}', null, false, false),
  (tests.the('template'), 'cutting', 'Cutting', 'production', 30, -15, 5, true, '{fabric}', 'cutting', false, true),
  (tests.the('template'), 'ex_factory', 'Ex-factory', 'shipment', 40, 0, 15, true, '{cutting}', 'shipped', false, true),
  (tests.the('template'), 'in_hands', 'In hands', 'shipment', 50, 28, 28, false, '{ex_factory}', 'received', true, false)
$$);
select tests.throws_code('planner', $$
  update ops.timeline_template_nodes set predecessors = '{in_hands}' where timeline_template_id = tests.the('template') and code = 'fabric'
$$, 'OMS_TIMELINE_CIRCLE', 'a milestone of a template waits for those before it only');
select tests.throws_code('planner', $$
  delete from ops.timeline_template_nodes where timeline_template_id = tests.the('template') and code = 'fabric'
$$, 'OMS_TIMELINE_CIRCLE', 'what others wait for does not go');
select tests.throws_code('planner', $$
  update ops.timeline_template_nodes set is_for_client = true where timeline_template_id = tests.the('template') and code = 'cutting'
$$, 'OMS_INVALID_ARGUMENT', 'what is planned for each slice is not for the client');
select tests.act('admin', $$insert into ops.holidays (holiday_date, name) values ('2027-05-03', 'May Day, observed')$$);

-- Planned at the first allocation

select tests.act('sales', $$update ops.orders set ex_factory_date = '2027-06-01' where id = tests.the('order')$$);
select tests.make_allocation(array[tests.the('line')]);
create function pg_temp.shows(persona text, columns text default $$planned_date || ' ' || forecast_date$$, line text default 'line') returns text
language sql
as $$
  select tests.ask(persona, format(
    $q$select string_agg(concat_ws(' ', t.code, %s), ', ' order by t.path) from ops.timeline as t
       where t.code is not null and t.root_id = %L and not t.is_cancelled$q$,
    columns, (select n.id from ops.timeline_nodes as n where n.order_item_id = tests.the(line))
  ))
$$;
select is(
  pg_temp.shows('planner'),
  'lab_dips 2027-04-19 2027-04-19, fabric 2027-05-04 2027-05-04, in_hands 2027-06-29 2027-06-29',
  'a line is planned when it is first allocated, in working days before ex-factory, days of the calendar after it'
);

-- Splits

select tests.keep('a', tests.quote(tests.slice(tests.the('line'), 'factory_a'), 5));
select tests.keep('b', tests.quote(tests.slice(tests.the('line'), 'factory_b'), 6));
select tests.act('planner', $$update ops.allocation_items_supplier set target_ex_factory_date = '2027-06-08' where id = tests.the('b')$$);
select tests.award(tests.the('a'), 60);
select tests.award(tests.the('b'), 40);
select tests.keep('split_a', (select n.id from ops.timeline_nodes as n where n.allocation_item_supplier_id = tests.the('a')));
select tests.keep('split_b', (select n.id from ops.timeline_nodes as n where n.allocation_item_supplier_id = tests.the('b')));
create function tests.node(parent text, code text) returns uuid
language sql stable security definer
as $$ select n.id from ops.timeline_nodes as n where n.parent_id = tests.the(parent) and n.code = node.code $$;
select is(
  pg_temp.shows('planner'),
  'lab_dips 2027-04-19 2027-04-19, fabric 2027-05-04 2027-05-04, in_hands 2027-06-29 2027-07-06, '
  || 'cutting 2027-05-11 2027-05-11, ex_factory 2027-06-01 2027-06-01, cutting 2027-05-18 2027-05-18, ex_factory 2027-06-08 2027-06-08',
  'each awarded slice is a split with milestones of its own, from its factory''s date; what waits for both waits for the later one'
);
select is(
  (select format('%s %s', t.days_late, t.cause_id = tests.node('split_b', 'ex_factory')) from ops.timeline as t where t.id = tests.node('root', 'in_hands')), '7 t',
  'the cause of lateness is the first milestone along the predecessors'
);
select is(
  (select n.actual_date::text from ops.timeline_nodes as n where n.id = tests.node('split_a', 'cutting')), null, 'nothing is done yet'
);

-- Forecasts: docs/timeline.md, by hand

select tests.act('procurement', $$select ops.report_milestone(tests.node('root', 'lab_dips'), actual_date => current_date)$$);
select is(
  (select n.forecast_date::text from ops.timeline_nodes as n where n.id = tests.node('root', 'lab_dips')), current_date::text, 'what is done is forecast by the day it was done'
);
select tests.act('planner', $$update ops.timeline_nodes set actual_date = null, estimated_date = '2027-05-06' where id = tests.node('root', 'lab_dips')$$);
select is(
  pg_temp.shows('planner', $$t.forecast_date || ' +' || t.days_late || coalesce(' by ' || t.cause_name, '')$$),
  'lab_dips 2027-05-06 +17 by Lab dips approved, fabric 2027-05-20 +16 by Lab dips approved, in_hands 2027-07-15 +16 by Lab dips approved, '
  || 'cutting 2027-05-27 +16 by Lab dips approved, ex_factory 2027-06-17 +16 by Lab dips approved, '
  || 'cutting 2027-05-27 +9 by Lab dips approved, ex_factory 2027-06-17 +9 by Lab dips approved',
  'a delay runs on through everything that waits for it, and is named as the cause'
);
select is(
  (select format('%s %s %s', t.subtree_forecast_date, t.subtree_days_late, t.cause_name) from ops.timeline as t where t.id = tests.the('root')),
  '2027-07-15 17 Lab dips approved', 'the root shows the last forecast, the worst delay and its cause'
);
select tests.act('planner', $$insert into ops.holidays (holiday_date, name) values ('2027-05-24', 'Whit Monday')$$);
select is(
  (select n.forecast_date::text from ops.timeline_nodes as n where n.id = tests.node('split_a', 'cutting')), '2027-05-28', 'a forecast follows a new holiday'
);
select is(
  (select n.planned_date::text from ops.timeline_nodes as n where n.id = tests.node('split_a', 'cutting')), '2027-05-11', 'a plan does not'
);
select tests.act('planner', $$delete from ops.holidays where name = 'Whit Monday'$$);
select tests.act('admin', $$update ops.organization_settings set working_days = '{1,2,3,4,5,6}'$$);
select is(
  (select n.forecast_date::text from ops.timeline_nodes as n where n.id = tests.node('root', 'fabric')), '2027-05-18', 'a forecast follows the working days'
);
select tests.act('admin', $$update ops.organization_settings set working_days = '{1,2,3,4,5}'$$);
select tests.act('factory_a', $$select ops.report_milestone(tests.node('split_a', 'ex_factory'), estimated_date => '2027-06-20')$$);
select is(
  (select format('%s %s', t.forecast_date, t.cause_name) from ops.timeline as t where t.id = tests.node('split_a', 'ex_factory')), '2027-06-20 Ex-factory',
  'a factory''s own estimate beyond what it waits for is its own cause'
);
select is(
  (select t.forecast_date::text from ops.timeline as t where t.id = tests.node('root', 'in_hands')), '2027-07-18', 'and moves what waits for it'
);
select tests.act('factory_a', $$update ops.timeline_nodes set estimated_date = null where id = tests.node('split_a', 'ex_factory')$$);
select tests.act('planner', $$update ops.timeline_nodes set estimated_date = null where id = tests.node('root', 'lab_dips')$$);
select is((select count(*)::int from ops.timeline_nodes as n where n.is_late and n.root_id = tests.the('root')), 1, 'a delay that is made good is no delay');
select is((select count(*)::int from ops.timeline_delays as d inner join ops.timeline_nodes as n on n.id = d.id where n.root_id = tests.the('root')), 1, 'and has no cause');

-- Dependencies

select tests.throws_code('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id) values (tests.node('root', 'lab_dips'), tests.node('root', 'in_hands'))
$$, 'OMS_TIMELINE_CIRCLE', 'a circle is refused, however long');
select tests.throws_code('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id) values (tests.node('root', 'fabric'), tests.node('root', 'fabric'))
$$, 'OMS_TIMELINE_CIRCLE', 'nothing waits for itself');
select tests.throws_code('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id) values (tests.node('split_a', 'ex_factory'), tests.node('split_b', 'cutting'))
$$, 'OMS_TIMELINE_DEPENDENCY_NOT_ALLOWED', 'no slice waits for another one');
select tests.throws_code('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id) values (tests.node('split_a', 'ex_factory'), tests.the('root'))
$$, 'OMS_TIMELINE_DEPENDENCY_NOT_ALLOWED', 'nothing waits for a root');
select tests.throws_code('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id) values (tests.node('root', 'fabric'), tests.node('root', 'lab_dips'))
$$, 'OMS_ALREADY_EXISTS', 'nothing waits twice for the same');
select tests.throws_code('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id, lag_days) values (tests.node('root', 'in_hands'), tests.node('root', 'lab_dips'), -1)
$$, 'OMS_INVALID_ARGUMENT', 'nothing is done before what it waits for');
select tests.keep('custom', tests.ask('procurement', $$
  insert into ops.timeline_nodes (parent_id, name, planned_date, is_for_client) values (tests.the('root'), 'Photo samples', '2027-05-10', true) returning id
$$)::uuid);
select tests.act('planner', $$
  insert into ops.timeline_dependencies (timeline_node_id, predecessor_id, lag_days) values (tests.the('custom'), tests.node('root', 'fabric'), 6)
$$);
select is((select n.forecast_date::text from ops.timeline_nodes as n where n.id = tests.the('custom')), '2027-05-12', 'a node added by hand is forecast like any other');
select tests.act('planner', $$update ops.timeline_dependencies set lag_days = 1 where timeline_node_id = tests.the('custom')$$);
select is((select n.forecast_date::text from ops.timeline_nodes as n where n.id = tests.the('custom')), '2027-05-10', 'less time between two moves the later one back');
select tests.throws_code('planner', $$
  insert into ops.timeline_nodes (parent_id, name, planned_date) values (tests.the('custom'), 'Below', '2027-05-10')
$$, 'OMS_INVALID_ARGUMENT', 'nothing stands below a milestone');
select tests.throws_code('planner', $$
  insert into ops.timeline_nodes (parent_id, kind, name, planned_date) values (tests.the('root'), 'split', 'Mine', '2027-05-10')
$$, 'OMS_TIMELINE_BRANCH', 'nobody adds a split');
select tests.throws_code('planner', format(
  'update ops.timeline_nodes set kind = %L where id = tests.the(%L)', k.kind, 'custom'
), 'OMS_TIMELINE_BRANCH', format('nothing becomes a %s', k.kind))
from unnest(array['root', 'split']) as k (kind);
select tests.throws_code('planner', $$
  update ops.timeline_nodes set actual_date = current_date where id = tests.the('root')
$$, 'OMS_TIMELINE_BRANCH', 'a root has no dates of its own');
select tests.throws_code('planner', $$delete from ops.timeline_nodes where id = tests.the('split_a')$$, 'OMS_TIMELINE_BRANCH', 'nobody deletes a split');
select tests.throws_code('planner', $$
  update ops.timeline_nodes set actual_date = current_date + 2 where id = tests.the('custom')
$$, 'OMS_INVALID_ARGUMENT', 'nothing is done tomorrow');
select tests.throws_code('planner', $$
  update ops.timeline_nodes set is_for_client = true where id = tests.node('split_a', 'cutting')
$$, 'OMS_INVALID_ARGUMENT', 'what is a factory''s is not for the client');

-- Facts

select tests.throws_code(p.persona, $$
  select ops.report_milestone(tests.node('split_a', 'cutting'), actual_date => current_date)
$$, 'OMS_TIMELINE_DATE_DERIVED', format('what a fact completes, %s does not', p.persona))
from unnest(array['planner', 'factory_a']) as p (persona);
create function pg_temp.done(code text) returns text
language sql
as $$
  select string_agg(coalesce(n.actual_date::text, '-'), ' ' order by n.parent_id = tests.the('split_b'))
  from ops.timeline_nodes as n where n.root_id = tests.the('root') and n.code = done.code
$$;
select tests.sign(tests.issue(tests.the('a')));
select tests.sign(tests.issue(tests.the('b')));
select tests.act('factory_a', $$select ops.report_production(tests.the('a'), 'sewing')$$);
select is(pg_temp.done('cutting'), format('%s -', current_date), 'a reported stage completes that milestone of that slice, and the stages before it');
select tests.act('procurement', $$select ops.report_production(tests.the('a'), 'not_started')$$);
select is(pg_temp.done('cutting'), '- -', 'a report that is taken back takes the date away again');
select tests.act('factory_a', $$select ops.report_production(tests.the('a'), 'shipped', 60)$$);
select tests.act('factory_b', $$select ops.report_production(tests.the('b'), 'shipped', 40)$$);
select is(pg_temp.done('ex_factory'), format('%s %s', current_date, current_date), 'both have shipped');
select tests.keep('receipt', tests.ask('warehouse', $$select (ops.record_receipt(tests.the('a'), 60, received_date => '2026-11-02')).id$$)::uuid);
select is(pg_temp.done('in_hands'), '-', 'while a slice is not received, the line is not');
select tests.act('warehouse', $$select ops.record_receipt(tests.the('b'), 40, received_date => '2026-11-05')$$);
select is(pg_temp.done('in_hands'), '2026-11-05', 'a line is received with the last of its slices');
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'Counted twice')$$);
select is(pg_temp.done('in_hands'), '-', 'a voided receipt takes the date away again');
select tests.act('planner', $$select ops.close_slice(tests.the('a'), 0)$$);
select is(pg_temp.done('in_hands'), '-', 'while part of a line is awarded to nobody, it is not received');
select is(
  (select string_agg(n.is_cancelled::text, ' ') from ops.timeline_nodes as n where tests.the('split_a') in (n.id, n.parent_id)), 'true true true',
  'a slice closed at zero drops out, with its milestones'
);
select tests.act('planner', $$select ops.short_close_item(tests.the('line'))$$);
select is(pg_temp.done('in_hands'), '2026-11-05', 'what is waived is not waited for');
select is(
  (select string_agg(e.message, ' ' order by e.id) from ops.timeline_events as e where e.timeline_node_id = tests.node('root', 'in_hands') and e.message !~ 'Planned'),
  'Done on 2026-11-05. Not done after all; before: 2026-11-05. Done on 2026-11-05.', 'changes of a node''s dates hang on it'
);

-- Planned anew; awarded again; cancelled

select tests.keep('second', tests.make_line(100));
select tests.keep('second_order', (select i.order_id from ops.order_items as i where i.id = tests.the('second')));
select tests.make_allocation(array[tests.the('second')]);
select tests.keep('c', tests.award(tests.quote(tests.slice(tests.the('second'), 'factory_a'), 5)));
select is(pg_temp.shows('planner', line => 'second'), null, 'without a date to count from, nothing is planned');
select tests.accepts('planner', $$select * from ops.plan_timeline(tests.the('second_order'), ex_factory_date => '2027-06-01')$$, 'a planner plans it later');
select tests.act('procurement', $$select * from ops.plan_timeline(tests.the('second_order'), array[tests.the('second')], ex_factory_date => '2027-06-01')$$);
select is(
  pg_temp.shows('planner', 't.planned_date', 'second'),
  'lab_dips 2027-04-19, fabric 2027-05-04, in_hands 2027-06-29, cutting 2027-05-11, ex_factory 2027-06-01', 'splits that were there before have their milestones, too'
);
select tests.act('planner', $$update ops.timeline_nodes set estimated_date = '2027-05-05' where code = 'fabric' and root_id = (select n.id from ops.timeline_nodes as n where n.order_item_id = tests.the('second'))$$);
select tests.act('planner', $$select * from ops.plan_timeline(tests.the('second_order'), ex_factory_date => '2027-06-02')$$);
select is(
  pg_temp.shows('planner', line => 'second'),
  'lab_dips 2027-04-20 2027-04-20, fabric 2027-05-05 2027-05-05, in_hands 2027-06-30 2027-06-30, cutting 2027-05-12 2027-05-12, ex_factory 2027-06-02 2027-06-02',
  'planned anew, planned dates move and estimates stay'
);
select tests.keep('short_template', tests.ask('planner', $$insert into ops.timeline_templates (name) values ('Short') returning id$$)::uuid);
select tests.act('planner', $$insert into ops.timeline_template_nodes (timeline_template_id, code, name, position, offset_days) values (tests.the('short_template'), 'fabric', 'Fabric', 1, -10)$$);
select tests.act('planner', $$select * from ops.plan_timeline(tests.the('second_order'), timeline_template_id => tests.the('short_template'), ex_factory_date => '2027-06-02')$$);
select is(pg_temp.shows('planner', line => 'second'), 'fabric 2027-05-19 2027-05-05', 'planned by another template, what it lacks goes');
select tests.act('planner', $$select * from ops.plan_timeline(tests.the('second_order'), ex_factory_date => '2027-06-02')$$);
select tests.act('planner', $$select ops.revoke_award(tests.the('c'))$$);
select is(pg_temp.shows('planner', line => 'second'), 'lab_dips 2027-04-20 2027-04-20, fabric 2027-05-05 2027-05-05, in_hands 2027-06-30 2027-06-30', 'a revoked award drops out');
select tests.award(tests.the('c'));
select is(
  pg_temp.shows('planner', 't.planned_date', 'second'),
  'lab_dips 2027-04-20, fabric 2027-05-05, in_hands 2027-06-30, cutting 2027-05-12, ex_factory 2027-06-02', 'and comes back when it is awarded again'
);
select tests.act('planner', $$update ops.timeline_nodes set estimated_date = '2027-09-01' where code = 'lab_dips' and not is_cancelled and root_id = (select n.id from ops.timeline_nodes as n where n.order_item_id = tests.the('second'))$$);
select cmp_ok((select count(*) from ops.timeline as t where t.is_late and t.order_item_id = tests.the('second')), '>', 0::bigint, 'the second line is late');
select tests.act('sales', $$select ops.cancel_order_item(tests.the('second'))$$);
select is(
  (select count(*)::int from ops.timeline as t where t.is_late and t.order_item_id = tests.the('second')), 0, 'a cancelled line is not late any more'
);
select tests.throws_code('planner', $$update ops.timeline_nodes set row_version = 0 where id = tests.the('custom')$$, 'OMS_STALE_ROW_VERSION', 'who has read an older version is told so');

-- Who sees what

select tests.keep('third', tests.make_line(100));
select tests.keep('third_order', (select i.order_id from ops.order_items as i where i.id = tests.the('third')));
select tests.act('planner', $$select * from ops.plan_timeline(tests.the('third_order'), ex_factory_date => '2027-06-01')$$);
select tests.make_allocation(array[tests.the('third')]);
select tests.award(tests.quote(tests.slice(tests.the('third'), 'factory_a')), 60);
select tests.award(tests.quote(tests.slice(tests.the('third'), 'factory_b')), 40);
select tests.keep('third_root', (select n.id from ops.timeline_nodes as n where n.order_item_id = tests.the('third')));
select tests.act('planner', $$update ops.timeline_nodes set estimated_date = '2027-06-10' where parent_id = tests.the('third_root') and code = 'fabric'$$);
create function pg_temp.tree(persona text) returns text
language sql
as $$
  select tests.ask(persona, format(
    $q$select string_agg(concat_ws(' ', t.depth, t.name, t.factory_name, '+' || t.days_late, t.cause_name), ', ' order by t.path)
       from ops.timeline as t where t.root_id = %L$q$, tests.the('third_root')
  ))
$$;
select is(
  pg_temp.tree('finance'),
  '0 Line 1 +0 Fabric in house, 1 Lab dips approved +0, 1 Fabric in house +37 Fabric in house, 1 In hands +37 Fabric in house, '
  || string_agg(format('1 Slice Factory %s +0 Fabric in house, 2 Cutting Factory %s +37 Fabric in house, 2 Ex-factory Factory %s +37 Fabric in house', f.name, f.name, f.name), ', ' order by f.split_id),
  'staff see the whole tree'
)
from (select upper(right(d.code, 1)) as name, n.id as split_id from ops.timeline_nodes as n inner join ops.directory as d on d.id = n.factory_id where n.kind = 'split' and n.root_id = tests.the('third_root')) as f;
select is(
  pg_temp.tree('factory_a'), '0 Slice Factory A +0, 1 Cutting Factory A +37, 1 Ex-factory Factory A +37',
  'a factory''s tree begins at its slice; a cause above it is not named'
);
select is(pg_temp.tree('client_a'), '0 Line 1 +0, 1 In hands +37', 'a client sees its line and what is meant for it; a cause within is not named');
select is(pg_temp.tree(p.persona), null, format('%s sees nothing of it', p.persona))
from unnest(array['client_b', 'factory_c', 'other_planner', 'other_client']) as p (persona);
select is(
  tests.ask('client_a', $$select format('%s %s', t.subtree_forecast_date, t.subtree_days_late) from ops.timeline as t where t.id = tests.the('third_root')$$),
  (select format('%s %s', t.forecast_date, t.days_late) from ops.timeline as t where t.id = tests.node('third_root', 'in_hands')),
  'what is rolled up for a client, is rolled up of what it sees'
);
select is(
  tests.ask('factory_a', $$select string_agg(distinct t::text, '') from (
    select n.order_id, n.order_item_id, n.client_id from ops.timeline_nodes as n union all select d.cause_id, null, null from ops.timeline_delays as d where d.cause_id not in (select n.id from ops.timeline_nodes as n)
  ) as t where (t.order_id, t.order_item_id, t.client_id) is distinct from (null::uuid, null::uuid, null::uuid)$$), null,
  'no row of a factory''s tells the order, its line, its client, or a cause that it may not see'
);
select tests.denies('factory_a', $$update ops.timeline_nodes set planned_date = '2027-07-01' where factory_id = tests.id('factory_a')$$, 'a factory does not move the plan');
select tests.throws_code('factory_a', format($$select ops.report_milestone(%L, estimated_date => '2027-07-01')$$, tests.node('split_b', 'cutting')), 'OMS_NOT_FOUND', 'another factory''s milestone is none');
select tests.denies(p.persona, 'select * from ops.timeline_dependencies', format('dependencies tell of others: not for %s', p.persona))
from unnest(array['factory_a', 'client_a', 'vendor']) as p (persona);
select tests.denies(p.persona, $$select * from ops.plan_timeline(tests.the('third_order'))$$, format('%s does not plan', p.persona))
from unnest(array['sales', 'finance', 'warehouse', 'factory_a', 'client_a']) as p (persona);
select tests.act('procurement', $$insert into ops.timeline_events (timeline_node_id, message, is_internal) values (tests.node('third_root', 'in_hands'), 'Vessel booked', false), (tests.node('third_root', 'in_hands'), 'Client is nervous', true)$$);
select is(tests.ask('client_a', $$select string_agg(e.message, ', ') from ops.timeline_events as e where e.message !~ 'agreed'$$), 'Vessel booked', 'a client reads events that are not internal');

-- Refused, it would tell the factory that something waits for its milestone.
select tests.act('factory_a', $$update ops.timeline_nodes set estimated_date = '2999-12-31' where code = 'ex_factory'$$);
select is(
  (select t.forecast_date::text from ops.timeline as t where t.id = tests.node('third_root', 'in_hands')), '2999-12-31',
  'nothing is forecast beyond the last of all days, whatever a factory expects'
);

-- Repeated

select tests.keep('twice', tests.make_order());
select tests.keep('entered_first', tests.make_line(order_id => tests.the('twice')));
select tests.act('sales', $$
  insert into ops.order_items (order_id, colorway_id, quantity, line_number)
  select i.order_id, i.colorway_id, 5, l.line_number
  from ops.order_items as i
  cross join unnest(array[9, 3]) with ordinality as l (line_number, ordinality)
  where i.id = tests.the('entered_first')
  order by l.ordinality
$$);
create function pg_temp.planned() returns text
language sql
as $$
  select tests.ask('planner', $q$
    select string_agg(p.id::text, ' ' order by p.ordinality)
    from ops.plan_timeline(tests.the('twice'), ex_factory_date => '2027-07-01') with ordinality as p
  $q$)
$$;
select set_config('request.headers', '{"idempotency-key": "plan"}', true);
create temporary table planned as select pg_temp.planned() as first_time;
select is(pg_temp.planned(), (select p.first_time from planned as p), 'a plan that is sent again is answered line by line as before');

select * from finish();
