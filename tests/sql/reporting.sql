-- Where things stand: the workflow, what holds it up, and how well it was planned.

select no_plan();

create function pg_temp.item(sku text) returns void
language plpgsql
as $$
declare
  product_id uuid;
begin
  perform tests.become('production');
  insert into ops.products (product_number, name) values (sku, sku) returning id into product_id;
  insert into ops.product_variants (sku, product_id) values (sku, product_id);
  reset role;
end
$$;
create function pg_temp.offer(sku text, lead_time_days integer, price numeric) returns void
language plpgsql
as $$
declare
  offer_id uuid;
begin
  perform tests.become('procurement');
  insert into ops.supplier_products (product_variant_id, vendor_id, lead_time_days)
  values (tests.variant_id(sku), tests.id('lamps'), lead_time_days) returning id into offer_id;
  insert into ops.supplier_price_breaks (supplier_product_id, unit_price) values (offer_id, price);
  reset role;
end
$$;
create function pg_temp.ask_for(quantity numeric, days integer) returns uuid
language plpgsql
as $$
declare
  line_id constant uuid := tests.make_line(
    quantity, colorway_id => (select v.colorway_id from ops.product_variants as v where v.sku = 'LAMP')
  );
begin
  perform tests.become('sales');
  update ops.orders as o set ex_factory_date = current_date + days
  from ops.order_items as i
  where i.id = line_id and o.id = i.order_id;
  perform tests.become('planner');
  insert into ops.order_item_supplies (order_item_id) values (line_id);
  reset role;
  return line_id;
end
$$;
create function pg_temp.says(line text, columns text) returns text
language sql
as $$ select tests.ask('sales', format('select concat_ws('' '', %s) from ops.workflow as w where w.order_item_id = %L', columns, tests.the(line))) $$;
create function pg_temp.stage(line text) returns text
language sql
as $$ select pg_temp.says(line, 'w.stage, trim_scale(w.done_qty)') $$;
create function pg_temp.blocked(line text) returns text
language sql
as $$ select coalesce(nullif(pg_temp.says(line, 'w.blocked_by'), ''), 'nothing') $$;
create function pg_temp.alerts(kind text, columns text default 'a.severity', sku text default null) returns text
language sql
as $$
  select coalesce(tests.ask('planner', format(
    'select string_agg(concat_ws('' '', %s), ''; '' order by a.message) from ops.workflow_alerts as a where a.kind = %L and coalesce(a.product_variant_id = %L, true)', columns, kind, tests.variant_id(sku)
  )), 'none')
$$;
create function pg_temp.order_of(line text) returns uuid
language sql
as $$ select p.id from ops.production_orders as p where p.order_item_id = tests.the(line) order by p.id limit 1 $$;
create function pg_temp.receive(sku text, quantity numeric) returns void
language sql
as $$
  select tests.act('warehouse', format(
    'select ops.receive_goods(%L, jsonb_build_array(jsonb_build_object(''purchase_order_line_id'', %L, ''received_qty'', %s)))',
    l.purchase_order_id, l.id, receive.quantity
  ))
  from ops.purchase_order_lines as l
  where l.product_variant_id = tests.variant_id(receive.sku) and l.open_qty > 0
  order by l.id
  limit 1
$$;
create function pg_temp.report(line text, quantity numeric) returns void
language sql
as $$ select tests.act('production', format('select ops.report_output(%L, %s)', pg_temp.order_of(line), quantity)) $$;

-- A lamp is two bulbs and a shade. Bulbs take five days to come, nobody sells shades.

select tests.set_setting('production_release', 'manual');
select tests.become('planner');
insert into ops.styles (style_number, name) values ('LAMP', 'Lamp');
insert into ops.colorways (style_id, marketing_name) select s.id, 'Brass' from ops.styles as s where s.style_number = 'LAMP';
insert into ops.product_variants (sku, colorway_id, supply_method) select 'LAMP', c.id, 'make' from ops.colorways as c where c.marketing_name = 'Brass';
reset role;
select tests.become('admin');
reset role;
-- A vendor of its own: others' drafts are not added to.
insert into ops.directory (kinds, code, name, currency, approval_status) values ('{vendor}', 'lamps', 'Vendor', 'USD', 'approved');
select pg_temp.item('BULB'), pg_temp.item('SHADE');
select pg_temp.offer('BULB', 5, 2);
select tests.become('production');
insert into ops.work_centers (code, name, daily_minutes) values ('BENCH', 'Bench', 480);
insert into ops.bom_templates (product_id, code, name, is_default) values (tests.product_id('LAMP'), 'LAMP', 'Lamp', true);
insert into ops.bom_versions (bom_template_id) select t.id from ops.bom_templates as t where t.code = 'LAMP';
insert into ops.bom_lines (bom_version_id, product_variant_id, quantity)
select b.id, tests.variant_id(c.sku), c.quantity
from ops.bom_versions as b
inner join ops.bom_templates as t on t.id = b.bom_template_id and t.code = 'LAMP'
cross join (values ('BULB', 2), ('SHADE', 1)) as c (sku, quantity);
insert into ops.bom_operations (bom_version_id, name, work_center_id, minutes_per_unit)
select b.id, 'Mount', w.id, 10
from ops.bom_versions as b
inner join ops.bom_templates as t on t.id = b.bom_template_id and t.code = 'LAMP'
inner join ops.work_centers as w on w.code = 'BENCH';
update ops.bom_versions as b set status = 'active', valid_from = '2026-01-01' from ops.bom_templates as t where t.id = b.bom_template_id and t.code = 'LAMP';
reset role;

-- From the sales order to a plan

select tests.keep('line', pg_temp.ask_for(10, 20));
select is(pg_temp.stage('line'), 'sales_order 0', 'a line that is supplied in house begins as a sales order');
select is(pg_temp.blocked('line'), 'nothing', 'and waits for nothing but a plan');
select is(pg_temp.says('line', 'w.need_by - current_date, w.expected_completion'), '20', 'nobody knows yet when it comes');
select tests.act('planner', format(
  $$update ops.order_item_supplies set bom_template_id = (select t.id from ops.bom_templates as t where t.code = 'LAMP') where order_item_id = %L$$,
  tests.the('line')
));
select is(pg_temp.stage('line'), 'bom_chosen 0', 'then its bill of materials is chosen');
select tests.act('planner', 'select ops.plan_supply()');
select is(pg_temp.stage('line'), 'planned 0', 'then it is planned');
select is(pg_temp.says('line', 'w.planned_supply_id is not null, w.production_order_id'), 't', 'to be made, with no production order yet');
select is(pg_temp.alerts('planning_exception', sku => 'SHADE'), 'critical', 'nobody sells shades: that is told');

-- On hold

select tests.act('planner', $$select ops.firm_supplies(array(select p.id from ops.planned_supplies as p where p.kind = 'make' and p.product_variant_id = tests.variant_id('LAMP')))$$);
select is(pg_temp.stage('line'), 'waiting_for_material 0', 'a production order that is short waits for material');
select is(pg_temp.blocked('line'), '10 EA of SHADE short: nothing brings it.', 'the worst is what nothing brings');
select is(pg_temp.says('line', 'w.blocking_sku, w.blocking_vendor_id, w.expected_completion, w.days_late'), 'SHADE 0', 'so that nobody knows when it will be done');
select is(pg_temp.alerts('no_supply', sku => 'SHADE'), 'critical', 'somebody must buy shades');
select tests.act('warehouse', format('insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason) values (%L, %L, 3, ''receipt'')', tests.variant_id('SHADE'), tests.location_id('A-1')));
select is(pg_temp.blocked('line'), '7 EA of SHADE short: nothing brings it.', 'it waits for what is not there, and has reserved nothing of what is');
select tests.act('warehouse', format('insert into ops.stock_moves (product_variant_id, from_location_id, quantity, reason) values (%L, %L, 3, ''scrap'')', tests.variant_id('SHADE'), tests.location_id('A-1')));
select pg_temp.offer('SHADE', 3, 1);
select tests.act('planner', 'select ops.plan_supply()');
select is(pg_temp.alerts('no_supply', sku => 'SHADE'), 'none', 'once they are on a draft something brings them');
select is(pg_temp.alerts('planning_exception', sku => 'SHADE'), 'none', 'and planning has no complaint');
select matches(pg_temp.blocked('line'), '^20 EA of BULB short: PO-\d+ of Vendor is not sent yet, for 20\d\d-\d\d-\d\d\.$|^10 EA of SHADE short: PO-\d+ of Vendor is not sent yet, for 20\d\d-\d\d-\d\d\.$', 'a draft brings it, but nobody has sent it');
select tests.keep('po', (select o.id from ops.purchase_orders as o where o.vendor_id = tests.id('lamps') and o.status = 'draft' and exists (select from ops.purchase_order_lines as l where l.purchase_order_id = o.id and l.product_variant_id = tests.variant_id('SHADE'))));
select tests.act('procurement', format($$update ops.purchase_order_lines set quantity = 25, unit_price = 3 where product_variant_id = %L$$, tests.variant_id('BULB')));
select tests.act('procurement', format('select ops.%s_purchase_order(%L)', c.command, tests.the('po'))) from unnest(array['submit', 'send']) as c (command);
select is(pg_temp.alerts('not_acknowledged'), 'none', 'a vendor has three days to acknowledge');
update ops.purchase_orders as o set sent_at = now() - interval '4 days' where o.id = tests.the('po');
select is(pg_temp.alerts('not_acknowledged', 'a.severity, a.due_date - current_date, a.vendor_id = tests.id(''lamps'')'), 'warning -1 t', 'after four it is told');
select tests.set_setting('acknowledgement_days', '5');
select is(pg_temp.alerts('not_acknowledged'), 'none', 'as many as the organization says');
select tests.act('procurement', format(
  'select ops.acknowledge_purchase_order(%L, null, %L)', tests.the('po'),
  (select jsonb_agg(jsonb_build_object('purchase_order_line_id', l.id, 'promised_date', current_date + case l.product_variant_id when tests.variant_id('BULB') then 30 else 2 end)) from ops.purchase_order_lines as l where l.purchase_order_id = tests.the('po'))
));
select is(
  pg_temp.blocked('line'), format('20 EA of BULB short: %s of Vendor is due on %s.', o.po_number, current_date + 30), 'the last component to come holds it up'
)
from ops.purchase_orders as o where o.id = tests.the('po');
select is(
  pg_temp.says('line', 'w.blocking_sku, w.blocking_vendor_id = tests.id(''lamps''), w.blocking_purchase_order_id = tests.the(''po'')'), 'BULB t t', 'and is named'
);
select is(
  tests.ask('planner', format(
    'select concat_ws('' '', b.expected_on - current_date, o.expected_start - current_date, o.expected_completion - o.expected_start = o.scheduled_end - o.scheduled_start, o.days_late = o.expected_completion - o.need_by)
     from ops.production_outlook as o inner join ops.production_blockers as b on b.production_order_id = o.production_order_id and b.sku = ''BULB'' where o.production_order_id = %L',
    pg_temp.order_of('line')
  )), '30 30 t t', 'production begins when the last component comes, and takes as long as it is scheduled for'
);
select is(pg_temp.says('line', 'w.days_late >= 10'), 't', 'so that the line is late by ten days or more');
select is(pg_temp.alerts('line_late', 'a.severity, a.order_item_id = tests.the(''line'')'), 'warning t', 'that is told, before it happens');
select is(pg_temp.alerts('promised_late', sku => 'BULB'), 'warning', 'as is the promise that comes too late');
update ops.purchase_order_lines as l set promised_date = current_date - 1 where l.product_variant_id = tests.variant_id('BULB');
select is(pg_temp.alerts('purchase_overdue', sku => 'BULB'), 'critical', 'what should be here and is waited for is critical');
select is(pg_temp.alerts('promised_late', sku => 'BULB'), 'none', 'and told once');
select is(
  tests.ask('planner', $$select concat_ws(' ', c.blocked_orders, trim_scale(c.short_qty), trim_scale(c.incoming_qty), c.next_expected_on - current_date) from ops.component_blockers as c where c.sku = 'BULB'$$),
  '1 20 25 -1', 'bulbs block one order, which is short of 20; 25 are on order'
);

-- Ready, released, made

select pg_temp.receive('BULB', 15);
select is(pg_temp.stage('line'), 'waiting_for_material 0', 'fifteen bulbs are not enough');
select matches(pg_temp.blocked('line'), '^10 EA of SHADE short', 'shades come later now than the rest of the bulbs');
select pg_temp.receive('SHADE', 10), pg_temp.receive('BULB', 10);
select is(pg_temp.stage('line'), 'ready 0', 'with all there it is ready');
select is(pg_temp.blocked('line'), 'It is ready and waits to be released.', 'and waits for a planner');
select is(pg_temp.alerts('not_released', format('a.production_order_id = %L', pg_temp.order_of('line'))), 't', 'who is told');
select tests.set_setting('production_release', 'automatic');
select is(pg_temp.alerts('not_released'), 'none', 'where release is automatic nobody need be');
select tests.act('planner', format($$update ops.production_orders set status = 'released' where id = %L$$, pg_temp.order_of('line')));
select is(pg_temp.stage('line'), 'in_production 0', 'what is released is in production');
select tests.act('production', format('select ops.issue_components(%L)', pg_temp.order_of('line')));
select pg_temp.report('line', 4);
select is(pg_temp.stage('line'), 'in_production 4', 'four are done');
select is(
  tests.ask('planner', format('select concat_ws('' '', s.lines, trim_scale(s.quantity), s.blocked_lines, s.late_lines, s.max_age_days) from ops.workflow_summary as s where s.stage = ''in_production''')),
  '1 10 0 0 0', 'one line of ten is in production, since today'
);
select pg_temp.report('line', 6);
select is(pg_temp.stage('line'), 'finished 10', 'with all ten it is finished');
select is(pg_temp.says('line', 'w.days_late, w.is_blocked, w.production_order_id'), '0 f', 'in time, and waits for nothing');
select is((select count(*) from ops.production_outlook as o where o.production_order_id = pg_temp.order_of('line')), 0::bigint, 'there is nothing to expect any more');

-- A line is as far as the part of it that is least far

select tests.keep('slow', pg_temp.ask_for(3, 40));
select tests.act('planner', format('insert into ops.production_orders (product_variant_id, quantity, order_item_id, need_by) values (%L, 2, %L, current_date + 40), (%1$L, 1, %2$L, current_date + 40)', tests.variant_id('LAMP'), tests.the('slow')));
select is(pg_temp.stage('slow'), 'waiting_for_material 0', 'two production orders wait');
select tests.act('warehouse', format('insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason) values (%L, %L, 2, ''receipt'')', tests.variant_id('SHADE'), tests.location_id('A-1')));
select is(
  (select string_agg(p.status::text, ' ' order by p.id) from ops.production_orders as p where p.order_item_id = tests.the('slow')), 'released on_hold', 'there is enough for one'
);
select is(pg_temp.stage('slow'), 'waiting_for_material 0', 'the line waits with the other');
select tests.act('production', format('select ops.issue_components(%L)', pg_temp.order_of('slow')));
select pg_temp.report('slow', 2);
select is(pg_temp.stage('slow'), 'waiting_for_material 2', 'of which two are done');
select tests.act('planner', format('update ops.production_orders set status = ''cancelled'' where order_item_id = %L and status = ''on_hold''', tests.the('slow')));
select is(pg_temp.stage('slow'), 'sales_order 2', 'what nothing is planned for any more is where it began');
select tests.act('sales', format('update ops.order_items set is_cancelled = true where id = %L', tests.the('slow')));
select is(pg_temp.stage('slow'), null, 'a line that is cancelled is not in the workflow');

-- Numbers

delete from ops.production_order_history as h where h.production_order_id <> pg_temp.order_of('line');
update ops.production_order_history as h
set created_at = date_trunc('month', now()) - interval '1 month' + case h.new_status
  when 'queued' then '0 hours' when 'on_hold' then '0 hours' when 'ready' then '30 hours' when 'released' then '36 hours'
  when 'in_progress' then '40 hours' else '50 hours'
end::interval
where h.production_order_id = pg_temp.order_of('line');
select is(
  tests.ask('finance', $$select string_agg(format('%s %s', d.status, trim_scale(d.p50_hours)), ', ' order by d.status) from ops.stage_dwell_times as d where d.month = date_trunc('month', now()) - interval '1 month'$$),
  'queued 0, on_hold 30, ready 6, released 4, in_progress 10', 'an order stayed in each status until the next entry of its history'
);
insert into ops.production_order_history (organization_id, production_order_id, new_status, actor_id, actor_role, created_at)
select p.organization_id, p.id, s.status::ops.production_order_status, p.created_by, 'oms_planner', date_trunc('month', now()) - interval '1 month' + s.at
from ops.production_orders as p
cross join (values ('on_hold', '1 hour'::interval), ('ready', '11 hours'::interval)) as s (status, at)
where p.order_item_id = tests.the('slow') and p.status = 'completed'
order by s.at;
select is(
  tests.ask('finance', $$select concat_ws(' ', d.stays, trim_scale(d.p50_hours), trim_scale(d.p90_hours), trim_scale(d.max_hours)) from ops.stage_dwell_times as d where d.status = 'on_hold'$$),
  '2 20 28 30', 'of 10 and 30 hours half is 20, nine of ten 28'
);

delete from ops.component_shortages as s where s.product_variant_id <> tests.variant_id('BULB') or s.production_order_id <> pg_temp.order_of('line');
update ops.component_shortages as s set began_at = '2026-03-02 00:00Z', ended_at = '2026-03-05 12:00Z';
select is(
  tests.ask('warehouse', $$select concat_ws(' ', s.sku, s.month, s.times, s.production_orders, trim_scale(s.short_qty), trim_scale(s.waited_days), s.still_open) from ops.stock_outs as s$$),
  'BULB 2026-03-01 1 1 20 3.5 0', 'one order waited three and a half days for 20 bulbs'
);
select is(tests.ask('warehouse', 'select count(*) from ops.component_blockers'), '0', 'and nothing waits now');

update ops.orders as o set order_date = current_date - 12 from ops.order_items as i where i.id = tests.the('line') and o.id = i.order_id;
select is(
  tests.ask('finance', $$select concat_ws(' ', l.product_number, l.lines, trim_scale(l.p50_days), trim_scale(l.p90_days), trim_scale(l.p50_production_days), trim_scale(l.on_time_pct)) from ops.lead_times as l where l.product_number = 'LAMP' and l.p50_days > 1$$),
  'LAMP 2 6 10.8 0 100', 'one line took twelve days from its order, one none: half 6, nine of ten 10.8, both in time'
);

select tests.keep('scrap', tests.ask('planner', format('insert into ops.production_orders (product_variant_id, quantity, need_by) values (%L, 10, current_date - 2) returning id', tests.variant_id('LAMP')))::uuid);
select tests.act('warehouse', format('insert into ops.stock_moves (product_variant_id, to_location_id, quantity, reason) values (%L, %L, 20, ''receipt''), (%L, %2$L, 10, ''receipt'')', tests.variant_id('BULB'), tests.location_id('A-1'), tests.variant_id('SHADE')));
select tests.act('production', format('select ops.report_output(%L, 8, 2)', tests.the('scrap')));
select is(
  tests.ask('production', format('select concat_ws('' '', trim_scale(a.planned_qty), trim_scale(a.completed_qty), trim_scale(a.scrapped_qty), trim_scale(a.qty_difference), trim_scale(a.qty_accuracy_pct), a.end_days_late) from ops.planning_accuracy as a where a.production_order_id = %L', tests.the('scrap'))),
  '10 8 2 -2 80 2', 'eight good ones of ten, two days late'
);
select is(
  tests.ask('production', format('select concat_ws('' '', trim_scale(a.planned_qty), trim_scale(a.qty_accuracy_pct), a.planned_end - current_date, a.end_days_late) from ops.planning_accuracy as a where a.production_order_id = %L', pg_temp.order_of('line'))),
  '10 100 20 -20', 'what a planning run said is what it is measured by'
);
select is(
  tests.ask('production', $$select concat_ws(' ', a.production_orders, trim_scale(a.qty_accuracy_pct), trim_scale(a.on_time_pct)) from ops.planning_accuracy_by_product as a where a.product_number = 'LAMP'$$),
  '3 93.3 66.7', 'of three orders one came short and late'
);

select is(
  tests.ask('procurement', format('select concat_ws('' '', trim_scale(a.planned_qty), trim_scale(a.ordered_qty), trim_scale(a.received_qty), trim_scale(a.planned_price), trim_scale(a.ordered_price), trim_scale(a.price_difference), a.received_on - current_date) from ops.purchase_accuracy as a where a.product_variant_id = %L', tests.variant_id('BULB'))),
  '20 25 25 2 3 25 0', '25 bulbs instead of 20, at 3 instead of 2: 25 dearer'
);
select is(
  tests.ask('procurement', $$select concat_ws(' ', a.vendor_name, a.lines, trim_scale(a.qty_accuracy_pct), trim_scale(a.ordered_amount), trim_scale(a.price_difference), a.lines_received) from ops.purchase_accuracy_by_vendor as a where a.sku = 'BULB'$$),
  'Vendor 1 75 75 25 1', 'a quarter more than planned is an accuracy of 75'
);

-- Whose it is

select is(
  tests.ask('other_planner', format('select count(*) from ops.%I as v where v.organization_id <> private.organization_id()', v.name)), '0',
  'another organization has none of it: ' || v.name
)
from unnest(array['production_outlook', 'workflow_alerts', 'stage_dwell_times', 'stock_outs', 'lead_times', 'planning_accuracy', 'purchase_accuracy']) as v (name);
select tests.denies(p.persona, 'select from ops.workflow', p.persona || ' does not see how we make it')
from unnest(array['client_a', 'factory_a', 'vendor']) as p (persona);

select * from finish();
