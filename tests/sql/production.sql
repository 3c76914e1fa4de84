-- Production orders: what goes into them, what is reserved for them, who holds and who may go.

select no_plan();

-- A bike is a frame, two wheels and, by a phantom kit of four bolts, bolts; a scooter is a wheel and a handle.

create function pg_temp.bom(made text, components jsonb, lead_time_days integer default 0) returns uuid
language plpgsql
as $$
declare
  template_id uuid;
  version_id uuid;
begin
  perform tests.become('production');
  insert into ops.bom_templates (product_id, code, name, is_default) values (tests.product_id(made), made, made, true)
  returning id into template_id;
  insert into ops.bom_versions (bom_template_id) values (template_id) returning id into version_id;
  insert into ops.bom_lines (bom_version_id, product_variant_id, quantity, setup_quantity, scrap_pct, is_phantom, kind)
  select
    version_id, tests.variant_id(c.sku), c.quantity, coalesce(c.setup_quantity, 0), coalesce(c.scrap_pct, 0),
    coalesce(c.is_phantom, false), coalesce(c.kind, 'input')
  from jsonb_to_recordset(components) as c (
    sku text, quantity numeric, setup_quantity numeric, scrap_pct numeric, is_phantom boolean, kind ops.bom_line_kind
  );
  update ops.bom_versions as b set status = 'active', valid_from = '2026-01-01' where b.id = version_id;
  reset role;
  update ops.bom_templates as t set lead_time_days = bom.lead_time_days where t.id = template_id;
  return version_id;
end
$$;
create function pg_temp.variant(sku text, unit text default 'EA', tracking text default 'none') returns void
language plpgsql
as $$
declare
  product_id uuid;
begin
  perform tests.become('production');
  insert into ops.products (product_number, name) values (sku, sku) returning id into product_id;
  insert into ops.product_variants (sku, product_id, supply_method, unit, tracking)
  values (sku, product_id, 'make', unit, tracking::ops.tracking);
  reset role;
end
$$;
create function pg_temp.move(quantity numeric, sku text, going_to text, coming_from text default null, reason text default 'receipt', lot uuid default null) returns text
language sql
as $$
  select format(
    'insert into ops.stock_moves (product_variant_id, quantity, reason, from_location_id, to_location_id, lot_id) values (%L, %L, %L, %L, %L, %L)',
    tests.variant_id(sku), quantity, reason, tests.location_id(coming_from), tests.location_id(going_to), lot
  )
$$;
create function pg_temp.receive(quantity numeric, sku text, place text default 'A-1', lot uuid default null) returns void
language sql
as $$ select tests.act('warehouse', pg_temp.move(quantity, sku, place, lot => lot)) $$;
create function pg_temp.make(name text, quantity numeric, sku text default 'BIKE', priority integer default 100, need_by date default '2026-12-24', partly boolean default false) returns void
language sql
as $$
  select tests.keep(name, tests.ask('planner', format(
    'insert into ops.production_orders (product_variant_id, quantity, priority, need_by, allow_partial_start) values (%L, %L, %L, %L, %L) returning id',
    tests.variant_id(sku), quantity, priority, need_by, partly
  ))::uuid)
$$;
create function pg_temp.status(variadic names text[]) returns text
language sql
as $$
  select string_agg(format('%s %s', n.name, o.status), ', ' order by n.nth)
  from unnest(names) with ordinality as n (name, nth)
  inner join ops.production_orders as o on o.id = tests.the(n.name)
$$;
create function pg_temp.components(name text) returns text
language sql
as $$
  select string_agg(
    format('%s %s/%s', v.sku, trim_scale(c.reserved_qty), trim_scale(c.required_qty)), ', ' order by c.kind, v.sku
  )
  from ops.production_components as c
  inner join ops.product_variants as v on v.id = c.product_variant_id
  where c.production_order_id = tests.the(name)
$$;
create function pg_temp.places(name text) returns text
language sql
as $$
  select string_agg(format('%s %s%s', trim_scale(r.quantity), p.code, ' ' || l.lot_number), ', ' order by p.code, l.lot_number, r.quantity)
  from ops.inventory_reservations as r
  inner join ops.production_components as c on c.id = r.production_component_id
  inner join ops.stock_locations as p on p.id = r.stock_location_id
  left join ops.lots as l on l.id = r.lot_id
  where c.production_order_id = tests.the(name)
$$;
create function pg_temp.shortages(name text) returns text
language sql
as $$
  select string_agg(
    format('%s %s%s', v.sku, trim_scale(s.short_qty), case when s.ended_at is not null then ' ended' end), ', ' order by v.sku, s.id
  )
  from ops.component_shortages as s
  inner join ops.product_variants as v on v.id = s.product_variant_id
  where s.production_order_id = tests.the(name)
$$;
create function pg_temp.set(name text, assignment text, persona text default 'planner') returns void
language sql
as $$ select tests.act(persona, format('update ops.production_orders set %s where id = %L', assignment, tests.the(name))) $$;

select pg_temp.variant(v.sku, v.unit, v.tracking)
from (values
  ('BIKE', 'EA', 'none'), ('SCOOTER', 'EA', 'none'), ('FRAME', 'EA', 'none'), ('WHEEL', 'EA', 'none'), ('KIT', 'EA', 'none'),
  ('BOLT', 'EA', 'none'), ('HANDLE', 'EA', 'none'), ('PAINT', 'KG', 'lot'), ('OFFCUT', 'KG', 'none'), ('SIGN', 'EA', 'none'),
  ('UNMADE', 'EA', 'none')
) as v (sku, unit, tracking);
select tests.keep('version', pg_temp.bom('BIKE', '[
  {"sku": "FRAME", "quantity": 1}, {"sku": "WHEEL", "quantity": 2}, {"sku": "KIT", "quantity": 1, "is_phantom": true},
  {"sku": "OFFCUT", "quantity": 0.0119, "kind": "by_product"}
]', 5));
select pg_temp.bom('KIT', '[{"sku": "BOLT", "quantity": 4, "setup_quantity": 1}]');
select pg_temp.bom('SCOOTER', '[{"sku": "WHEEL", "quantity": 1}, {"sku": "HANDLE", "quantity": 1}]');
select pg_temp.bom('SIGN', '[{"sku": "PAINT", "quantity": 0.1}]');
select tests.act('warehouse', $$insert into ops.stock_locations (warehouse_id, code, kind) select w.id, p.code, p.kind::ops.stock_location_kind from ops.warehouses as w, (values ('A-2', 'storage'), ('X-1', 'shipping')) as p (code, kind) where w.code = 'MAIN'$$);

-- Made with its components

select tests.set_setting('production_release', 'manual');
select pg_temp.make('one', 3);
select is(pg_temp.components('one'), 'BOLT 0/13, FRAME 0/3, WHEEL 0/6, OFFCUT 0/0.035', 'an order needs what its bill of materials says at its quantity, phantoms dissolved');
select is(
  (select format('%s %s %s %s', o.status, w.code, o.scheduled_start, o.scheduled_end) from ops.production_orders as o inner join ops.warehouses as w on w.id = o.warehouse_id where o.id = tests.the('one')),
  'on_hold MAIN 2026-12-19 2026-12-24', 'in the default warehouse, begun its lead time before the need, and on hold'
);
select is(pg_temp.shortages('one'), 'BOLT 13, FRAME 3, WHEEL 6', 'all is short');
select tests.throws_code('planner', format('insert into ops.production_orders (product_variant_id, quantity) values (%L, 1)', tests.variant_id('UNMADE')), 'OMS_BOM_MISSING', 'what nothing says how to make is not made');
select tests.throws_code('planner', format('insert into ops.production_orders (product_variant_id, bom_version_id, quantity) values (%L, %L, 1)', tests.variant_id('SCOOTER'), tests.the('version')), 'OMS_BOM_MISSING', 'nor by another product''s bill of materials');
select tests.throws_code('planner', format('insert into ops.production_orders (product_variant_id, quantity) values (%L, %s)', tests.variant_id('BIKE'), q.quantity), 'OMS_QUANTITY_NOT_IN_UNIT', 'a bike is whole: ' || q.quantity)
from (values (0), (-1), (0.5)) as q (quantity);
select tests.throws_code('planner', format('insert into ops.production_orders (product_variant_id, quantity, priority) values (%L, 1, 0)', tests.variant_id('BIKE')), 'OMS_INVALID_ARGUMENT', 'priorities begin at 1');
select tests.throws_code('planner', format('insert into ops.production_orders (product_variant_id, quantity) values (%L, 1)', tests.variant_id('RIVET')), 'OMS_NOT_FOUND', 'another organization''s variant is none');
select tests.throws_code('planner', format('insert into ops.production_orders (product_variant_id, warehouse_id, quantity) select %L, w.id, 1 from (values (%L::uuid)) as w (id)', tests.variant_id('BIKE'), (select w.id from ops.warehouses as w where w.code = 'SHED')), 'OMS_NOT_FOUND', 'nor its warehouse');
select tests.denies('sales', format('insert into ops.production_orders (product_variant_id, quantity) values (%L, 1)', tests.variant_id('BIKE')), 'sales makes nothing');

-- A receipt of the last missing component

select pg_temp.receive(3, 'FRAME');
select pg_temp.receive(5, 'WHEEL');
select pg_temp.receive(13, 'BOLT');
select is(pg_temp.status('one'), 'one on_hold', 'one wheel is missing still');
select is(pg_temp.components('one'), 'BOLT 0/13, FRAME 0/3, WHEEL 0/6, OFFCUT 0/0.035', 'who waits holds nothing');
select is(pg_temp.shortages('one'), 'BOLT 13 ended, FRAME 3 ended, WHEEL 6', 'and waits for wheels only');
select pg_temp.receive(1, 'WHEEL');
select is(pg_temp.status('one') || ': ' || pg_temp.components('one'), 'one ready: BOLT 13/13, FRAME 3/3, WHEEL 6/6, OFFCUT 0/0.035', 'the last one makes it ready, with all that it needs reserved');
select is(pg_temp.shortages('one'), 'BOLT 13 ended, FRAME 3 ended, WHEEL 6 ended', 'nothing is short any more');
select is(
  (select string_agg(format('%s>%s', h.old_status, h.new_status), ' ' order by h.created_at, h.id) from ops.production_order_history as h where h.production_order_id = tests.the('one')),
  '>queued queued>on_hold on_hold>ready', 'its history says so'
);
select tests.throws_code('warehouse', pg_temp.move(1, 'WHEEL', null, 'A-1', 'shipment'), 'OMS_STOCK_RESERVED', 'what is reserved is not shipped');
select tests.throws_code('warehouse', pg_temp.move(1, 'WHEEL', 'E-1', 'A-1', 'transfer'), 'OMS_STOCK_RESERVED', 'nor brought to another warehouse');
select tests.throws_code('warehouse', pg_temp.move(1, 'WHEEL', 'Q-1', 'A-1', 'transfer'), 'OMS_STOCK_RESERVED', 'nor into quarantine');
select tests.throws_code('warehouse', format('update ops.stock_locations set kind = %L where id = %L', 'quarantine', tests.location_id('A-1')), 'OMS_STOCK_RESERVED', 'nor does its place become one');
select tests.act('warehouse', pg_temp.move(4, 'WHEEL', 'A-2', 'A-1', 'transfer'));
select is(pg_temp.status('one') || ': ' || pg_temp.places('one'), 'one ready: 2 A-1, 3 A-1, 13 A-1, 4 A-2', 'put elsewhere in its warehouse it stays reserved');

-- Release by hand

select tests.denies('warehouse', 'update ops.production_orders set status = ''released''', 'the warehouse releases nothing');
select pg_temp.set('one', $$status = 'released'$$);
select isnt((select o.released_at from ops.production_orders as o where o.id = tests.the('one')), null, 'a planner releases');
select pg_temp.make('two', 1);
select tests.throws_code('planner', format($$update ops.production_orders set status = 'released' where id = %L$$, tests.the('two')), 'OMS_TRANSITION_NOT_ALLOWED', 'what is on hold is not released');
select tests.throws_code('planner', format($$update ops.production_orders set status = 'ready' where id = %L$$, tests.the('two')), 'OMS_TRANSITION_NOT_ALLOWED', 'and ready follows, nobody says it');

-- Cancelling hands on, by priority, then need, then age

select pg_temp.make('late', 1, need_by => '2026-12-31');
select pg_temp.make('urgent', 1, priority => 1);
select pg_temp.set('one', $$status = 'cancelled'$$);
select is(pg_temp.status('one', 'two', 'late', 'urgent'), 'one cancelled, two ready, late on_hold, urgent ready', 'three frames, six wheels and 13 bolts are enough for two kits of five bolts');
select is(pg_temp.components('one'), 'BOLT 0/13, FRAME 0/3, WHEEL 0/6, OFFCUT 0/0.035', 'the cancelled order holds nothing');
select is(pg_temp.shortages('late'), 'BOLT 5, FRAME 1 ended, WHEEL 2 ended', 'the last waits for bolts, of which there were none when it began');
select tests.throws_code('planner', format('update ops.production_orders set quantity = 4 where id = %L', tests.the('one')), 'OMS_PRODUCTION_CLOSED', 'what is cancelled stays as it was');

-- Changes of quantity

select pg_temp.set('two', 'quantity = 2');
select is(pg_temp.status('two', 'late') || ': ' || pg_temp.components('two'), 'two on_hold, late ready: BOLT 0/9, FRAME 0/2, WHEEL 0/4, OFFCUT 0/0.023', 'who needs more than there is goes back on hold, and others get what it held');
select pg_temp.set('urgent', 'quantity = 2');
select is(pg_temp.status('urgent'), 'urgent on_hold', 'also the most urgent one');
select pg_temp.receive(1, 'BOLT');
select is(pg_temp.status('urgent', 'two'), 'urgent ready, two on_hold', 'until there is enough');
select pg_temp.set('urgent', 'quantity = 1');
select is(pg_temp.components('urgent'), 'BOLT 5/5, FRAME 1/1, WHEEL 2/2, OFFCUT 0/0.011', 'who needs less gives the rest back');
select pg_temp.set('two', 'quantity = 1');
select is(pg_temp.status('two', 'late', 'urgent'), 'two on_hold, late ready, urgent ready', 'four bolts are left, and five would do');

-- A count is a fact

select tests.act('warehouse', format(
  $$select ops.count_stock(jsonb_build_array(jsonb_build_object('product_variant_id', %L, 'stock_location_id', %L, 'counted_qty', 1)))$$,
  tests.variant_id('FRAME'), tests.location_id('A-1')
));
select is(pg_temp.status('two', 'late', 'urgent'), 'two on_hold, late on_hold, urgent ready', 'where less is found than is reserved, who comes last loses it');
select is(pg_temp.components('late'), 'BOLT 0/5, FRAME 0/1, WHEEL 0/2, OFFCUT 0/0.011', 'and hands on the rest');
select pg_temp.set('urgent', $$status = 'released'$$);
select tests.act('warehouse', pg_temp.move(1, 'FRAME', null, 'A-1', 'scrap'));
select is(pg_temp.status('urgent') || ': ' || pg_temp.components('urgent') || '; ' || pg_temp.shortages('urgent'), 'urgent released: BOLT 5/5, FRAME 0/1, WHEEL 2/2, OFFCUT 0/0.011; BOLT 5 ended, BOLT 1 ended, FRAME 1 ended, FRAME 1, WHEEL 2 ended', 'what was released stays so, and is short');
select pg_temp.receive(1, 'FRAME');
select is(pg_temp.status('urgent', 'two', 'late') || ': ' || pg_temp.components('urgent'), 'urgent released, two on_hold, late on_hold: BOLT 5/5, FRAME 1/1, WHEEL 2/2, OFFCUT 0/0.011', 'it is served first');

-- A version is kept

select tests.keep('next', tests.ask('production', format('select id from ops.revise_bom(%L)', tests.the('version')))::uuid);
select tests.act('production', format($$update ops.bom_lines set quantity = 3 where bom_version_id = %L and product_variant_id = %L$$, tests.the('next'), tests.variant_id('WHEEL')));
select tests.act('production', format($$update ops.bom_versions set status = 'active', valid_from = '2026-02-01' where id = %L$$, tests.the('next')));
select pg_temp.set('two', 'quantity = 2');
select is(pg_temp.components('two'), 'BOLT 0/9, FRAME 0/2, WHEEL 0/4, OFFCUT 0/0.023', 'an order keeps its version when a newer one comes into force');
select pg_temp.make('new', 2);
select is(pg_temp.components('new'), 'BOLT 0/9, FRAME 0/2, WHEEL 0/6, OFFCUT 0/0.023', 'a new one is made by the new one');
select tests.throws_code('production', format($$update ops.bom_lines set quantity = 9 where bom_version_id = %L$$, tests.the('version')), 'OMS_BOM_FROZEN', 'a version that is used does not change');
select tests.act('production', format($$update ops.bom_versions set status = 'retired' where id = %L$$, tests.the('version')));
select tests.throws_code('production', format($$update ops.bom_lines set quantity = 9 where bom_version_id = %L$$, tests.the('version')), 'OMS_BOM_FROZEN', 'nor when it is retired');
select tests.throws_code('production', format($$update ops.bom_versions set status = 'draft' where id = %L$$, tests.the('version')), 'OMS_TRANSITION_NOT_ALLOWED', 'and does not become a draft again');
select tests.throws_code('production', format($$delete from ops.bom_versions where id = %L$$, tests.the('version')), 'OMS_BOM_FROZEN', 'nor go');

-- Partial start, automatic release, and what waits for nothing

select tests.set_setting('production_release', 'automatic');
select pg_temp.make('scooter', 5, 'SCOOTER', partly => true);
select is(pg_temp.status('scooter') || ': ' || pg_temp.components('scooter'), 'scooter released: HANDLE 0/5, WHEEL 4/5', 'who may start in part takes what there is and is released by it');
select pg_temp.receive(2, 'HANDLE');
select is(pg_temp.components('scooter'), 'HANDLE 2/5, WHEEL 4/5', 'and more when it comes');
select pg_temp.make('whole', 1, 'SCOOTER');
select is(pg_temp.status('whole'), 'whole on_hold', 'another one waits');
select tests.act('warehouse', format($$insert into ops.stock_moves (product_variant_id, quantity, reason, to_location_id) values (%1$L, 4, 'receipt', %2$L), (%3$L, 2, 'receipt', %2$L)$$, tests.variant_id('HANDLE'), tests.location_id('A-1'), tests.variant_id('WHEEL')));
select is(pg_temp.status('whole') || '; ' || pg_temp.components('scooter'), 'whole released; HANDLE 5/5, WHEEL 5/5', 'one receipt serves both, who has begun before who waits');
select is(
  (select string_agg(format('%s>%s', h.old_status, h.new_status), ' ' order by h.created_at, h.id) from ops.production_order_history as h where h.production_order_id = tests.the('whole')),
  '>queued queued>on_hold on_hold>released', 'released automatically'
);

-- Which lots, which places

select tests.keep('soon', tests.ask('warehouse', format($$insert into ops.lots (product_variant_id, lot_number, expires_on) values (%L, 'soon', current_date) returning id$$, tests.variant_id('PAINT')))::uuid);
select tests.keep('later', tests.ask('warehouse', format($$insert into ops.lots (product_variant_id, lot_number, expires_on) values (%L, 'later', current_date + 90) returning id$$, tests.variant_id('PAINT')))::uuid);
select tests.keep('old', tests.ask('warehouse', format($$insert into ops.lots (product_variant_id, lot_number, expires_on) values (%L, 'old', current_date - 1) returning id$$, tests.variant_id('PAINT')))::uuid);
select pg_temp.make('sign', 10, 'SIGN');
select pg_temp.receive(9, 'PAINT', 'A-1', tests.the('old'));
select pg_temp.receive(9, 'PAINT', 'Q-1', tests.the('later'));
select pg_temp.receive(9, 'PAINT', 'X-1', tests.the('later'));
select pg_temp.receive(9, 'PAINT', 'E-1', tests.the('later'));
select is(pg_temp.status('sign'), 'sign on_hold', 'what is expired, in quarantine, about to be shipped or in another warehouse does not count');
select pg_temp.receive(0.7, 'PAINT', 'A-1', tests.the('later'));
select pg_temp.receive(0.4, 'PAINT', 'A-1', tests.the('soon'));
select is(pg_temp.status('sign') || ': ' || pg_temp.places('sign'), 'sign released: 0.6 A-1 later, 0.4 A-1 soon', 'the lot that expires first goes first');
select pg_temp.make('sign', 1, 'SIGN');
select pg_temp.make('signs', 20, 'SIGN');
select tests.act('warehouse', format('update ops.lots set expires_on = current_date + 1 where id = %L', tests.the('old')));
select is(pg_temp.status('sign', 'signs'), 'sign released, signs released', 'a lot that is good for longer is had');
select pg_temp.make('signs', 100, 'SIGN');
select tests.act('warehouse', format($$update ops.stock_locations set kind = 'storage' where id = %L$$, tests.location_id('Q-1')));
select is(pg_temp.status('signs'), 'signs released', 'and so is what leaves quarantine');

-- Order lines

select tests.keep('line', tests.make_line(10));
create function pg_temp.promise(quantity numeric, sku text, place text default 'A-1') returns text
language sql
as $$ select format('insert into ops.inventory_reservations (order_item_id, product_variant_id, stock_location_id, quantity) values (%L, %L, %L, %L)', tests.the('line'), tests.variant_id(sku), tests.location_id(place), quantity) $$;
select pg_temp.receive(3, 'HANDLE', 'A-2');
select tests.throws_code('warehouse', pg_temp.promise(4, 'HANDLE', 'A-2'), 'OMS_STOCK_RESERVED', 'no more is promised to a line than there is');
select tests.throws_code('warehouse', pg_temp.promise(0.5, 'HANDLE', 'A-2'), 'OMS_QUANTITY_NOT_IN_UNIT', 'nor half a handle');
select tests.throws_code('warehouse', pg_temp.promise(1, 'PAINT', 'A-1'), 'OMS_STOCK_LOT_REQUIRED', 'nor paint of no lot');
select tests.act('planner', pg_temp.promise(3, 'HANDLE', 'A-2'));
select tests.throws_code('planner', pg_temp.promise(1, 'HANDLE', 'A-2'), 'OMS_ALREADY_EXISTS', 'once each');
select pg_temp.receive(1, 'WHEEL');
select pg_temp.make('last', 1, 'SCOOTER');
select is(pg_temp.status('last'), 'last on_hold', 'what is promised to a line is not had');
select tests.throws_code('sales', format('delete from ops.order_items where id = %L', tests.the('line')), 'OMS_STOCK_RESERVED', 'the line is not deleted');
select tests.throws_code(
  'warehouse',
  format('insert into ops.inventory_reservations (product_variant_id, stock_location_id, quantity) values (%L, %L, 1)', r.product_variant_id, r.stock_location_id),
  'OMS_INVALID_ARGUMENT', 'a reservation is for an order line'
) from ops.inventory_reservations as r limit 1;
select tests.throws_code('warehouse', 'delete from ops.inventory_reservations where production_component_id is not null', 'OMS_NOT_ALLOWED', 'nobody takes away what production was promised');
select tests.accepts('warehouse', 'delete from ops.inventory_reservations where order_item_id is not null', 'what a line was promised can be given up');
select tests.act('sales', format('update ops.order_items set is_cancelled = true where id = %L', tests.the('line')));
select is(pg_temp.status('last') || ': ' || pg_temp.components('last'), 'last released: HANDLE 1/1, WHEEL 1/1', 'a line that is cancelled gives it up');
select tests.throws_code('planner', pg_temp.promise(1, 'HANDLE', 'A-2'), 'OMS_LINE_CANCELLED', 'for good');
select pg_temp.receive(1, 'WHEEL');
select tests.keep('line', tests.make_line(10));
select tests.act('planner', pg_temp.promise(2, 'HANDLE', 'A-2'));
select pg_temp.make('after', 1, 'SCOOTER');
select tests.act('warehouse', 'delete from ops.inventory_reservations where order_item_id is not null');
select is(pg_temp.status('after'), 'after released', 'what is given up goes to who waits');

-- The stock check

create function pg_temp.checked(question text) returns text
language sql
as $$
  select tests.ask('sales', format(
    'select string_agg(format(''%%s %%s %%s of %%s, others %%s, coming %%s, short %%s%%s'', c.sku, c.availability, trim_scale(c.on_hand), trim_scale(c.required_qty), trim_scale(c.reserved_for_others), trim_scale(c.incoming_qty), trim_scale(c.short_qty), '' '' || c.expected_on), ''; '' order by c.sku) from %s as c', question
  ))
$$;
select pg_temp.variant(v.sku) from (values ('CART'), ('AXLE'), ('TYRE')) as v (sku);
select pg_temp.bom('CART', '[{"sku": "AXLE", "quantity": 1}, {"sku": "TYRE", "quantity": 4}]');
select pg_temp.bom('AXLE', '[{"sku": "BOLT", "quantity": 1000}]', 2);
select pg_temp.receive(10, 'TYRE');
select pg_temp.receive(1, 'AXLE');
select tests.keep('line', tests.make_line(10));
select tests.act('planner', pg_temp.promise(1, 'TYRE'));
select pg_temp.make('cart', 1, 'CART');
select pg_temp.make('carts', 3, 'CART', need_by => current_date + 30);
select pg_temp.make('axle', 5, 'AXLE', need_by => current_date + 20);
select is(pg_temp.status('cart', 'carts'), 'cart released, carts on_hold', 'one cart can be made');
select is(
  pg_temp.checked(format('ops.check_order_stock(%L)', tests.the('carts'))),
  format('AXLE out_of_stock 1 of 3, others 1, coming 5, short 3 %s; TYRE insufficient 10 of 12, others 5, coming 0, short 7', current_date + 20),
  'each component: what lies there, what of it is others'', what comes by the day, what is short and when that will have come'
);
select is(
  pg_temp.checked(format('ops.check_bom_stock(%L, 1)', tests.variant_id('CART'))),
  format('AXLE out_of_stock 1 of 1, others 1, coming 0, short 1 %s; TYRE available 10 of 4, others 5, coming 0, short 0', current_date + 20),
  'of a bill of materials too, at any quantity and day'
);
select tests.throws_code('sales', format('select * from ops.check_bom_stock(%L)', tests.variant_id('UNMADE')), 'OMS_BOM_MISSING', 'of what nothing says how to make there is none');
select is(
  tests.ask('sales', format('select format(''%%s %%s %%s %%s'', q.status, q.waits_for, q.expected_on, q.days_late) from ops.production_queue as q where q.production_order_id = %L', tests.the('carts'))),
  'on_hold {AXLE,TYRE}  0', 'the queue says what an order waits for; tyres never come'
);
select pg_temp.receive(7, 'TYRE');
select is(
  tests.ask('sales', format('select format(''%%s %%s %%s'', q.status, q.waits_for, q.expected_on) from ops.production_queue as q where q.production_order_id = %L', tests.the('carts'))),
  format('on_hold {AXLE} %s', current_date + 20), 'and when the last of it is expected'
);
select is(
  tests.ask('sales', $$select format('%s %s', d.on_hold_count, d.late_count) from ops.production_dashboard as d where d.warehouse_code = 'MAIN'$$),
  (select format('%s %s', count(*) filter (where o.status = 'on_hold'), count(*) filter (where greatest(o.scheduled_end, current_date) > o.need_by)) from ops.production_orders as o inner join ops.warehouses as w on w.id = o.warehouse_id where o.is_open and w.code = 'MAIN'),
  'the dashboard counts'
);



select is((select count(*)::integer from private.invariant_violations), 0, 'and every counter is its sum');

select * from finish();
