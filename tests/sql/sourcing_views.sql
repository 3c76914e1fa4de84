-- The views that people work from.

select * from no_plan();

create function pg_temp.overview(line uuid, columns text, persona text default 'planner') returns text
language sql
as $$
  select tests.ask(persona, format('select concat_ws('' '', %s) from ops.allocation_overview as o where o.order_item_id = %L', columns, line))
$$;

create function pg_temp.unallocated(line uuid) returns text
language sql
as $$
  select tests.ask('planner', format('select trim_scale(u.unallocated_qty) from ops.unallocated_order_items as u where u.order_item_id = %L', line))
$$;

create function pg_temp.work(slice uuid, columns text) returns text
language sql
as $$
  select tests.ask(tests.factory_of(slice), format('select concat_ws('' '', %s) from ops.factory_work as w where w.allocation_item_supplier_id = %L', columns, slice))
$$;

-- allocation_overview

select bag_eq(
  $$
    select a.attname::text from pg_catalog.pg_attribute as a
    where a.attrelid = 'ops.allocation_overview'::regclass and a.attnum > 0 and not a.attisdropped
  $$,
  array[
    'organization_id', 'order_item_id', 'order_id', 'order_number', 'line_number', 'client_name', 'client_po_number',
    'style_number', 'style_name', 'marketing_name', 'sizes', 'committed_qty', 'price', 'currency', 'factory_name',
    'slice_count', 'ex_factory_date', 'in_hands_date', 'allocation_item_id', 'allocation_status'
  ],
  'the allocation overview has no colour reference and no total order quantity'
);
select tests.keep('line', tests.make_line(1, '{33,33,34}'));
select is(
  pg_temp.overview(tests.the('line'), $$o.client_name, o.marketing_name, coalesce(o.sizes, '-'), trim_scale(o.committed_qty), coalesce(o.price, 0), o.allocation_status$$),
  'Client A Ocean - 0 0 UNALLOCATED',
  'a line that is not allocated is in the overview'
);
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], quantity => 60));
select is(
  pg_temp.overview(tests.the('line'), $$o.sizes, trim_scale(o.committed_qty), coalesce(o.factory_name, '-')$$), 'S 20 / M 20 / L 20 60 -',
  'the overview shows what is committed, by size'
);
select tests.keep('a', tests.quote(tests.slice(tests.the('line'), 'factory_a'), 5.5));
select tests.keep('b', tests.quote(tests.slice(tests.the('line'), 'factory_b'), 5));
select is(
  pg_temp.overview(tests.the('line'), $$o.factory_name, trim_scale(o.price), o.currency, o.slice_count$$), 'Factory B 5 USD 0',
  'before the award the overview shows the best quote'
);
select tests.award(tests.the('a'), 40), tests.award(tests.the('b'), 20);
select is(
  pg_temp.overview(tests.the('line'), $$o.factory_name, trim_scale(o.price), o.slice_count, o.allocation_status$$), 'Factory A 5.5 2 ALLOCATED',
  'after the award the overview shows the largest slice, and how many there are'
);
select tests.make_allocation(array[tests.the('line')]);
select is(
  tests.ask('planner', $$select count(*) from ops.allocation_overview as o where o.order_item_id = tests.the('line')$$), '1',
  'a line with slices in two allocations is one row of the overview'
);
select is(
  pg_temp.overview(tests.the('line'), 'trim_scale(o.committed_qty), o.sizes'), '100 S 33 / M 33 / L 34',
  'the overview adds up the allocations of a line'
);
select is(
  pg_temp.overview(tests.the('line'), $$o.marketing_name, trim_scale(o.committed_qty), coalesce(o.price::text, '-'), coalesce(o.factory_name, '-'), o.allocation_status$$, 'sales'),
  'Ocean 100 - - ALLOCATED',
  'sales read the overview without prices and factories of slices that are not theirs to see'
);
select tests.act('planner', $$select ops.close_allocation_item(tests.item(tests.the('line')))$$);
select tests.denies(p.persona, 'select from ops.allocation_overview', format('%s does not read the overview', p.persona))
from unnest(array['client_a', 'factory_a']) as p (persona);
select is(
  tests.ask('other_planner', $$select count(*) from ops.allocation_overview as o where o.order_item_id = tests.the('line')$$), '0',
  'another organization does not see the line'
);
select tests.keep('requested', tests.make_line(10, '{}', tests.make_order('client_a', 'requested')));
select is(pg_temp.overview(tests.the('requested'), 'o.line_number'), null, 'a line that is only requested is not in the overview');

-- allocation_ids

select is(
  tests.ask('planner', $$
    select cardinality(ops.allocation_ids(i)) || ' ' || (tests.the('allocation') = any(ops.allocation_ids(i)))
    from ops.order_items as i where i.id = tests.the('line')
  $$),
  '2 true',
  'a line names every allocation that it is or was in'
);
select is(
  tests.ask('planner', $$select ops.allocation_ids(i) from ops.order_items as i where i.id = tests.the('requested')$$), '{}',
  'a line that was never allocated names none'
);

-- unallocated_order_items

select tests.keep('line', tests.make_line(100));
select is(pg_temp.unallocated(tests.the('line')), '100', 'a new line is unallocated wholly');
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{}', 60));
select is(pg_temp.unallocated(tests.the('line')), '100', 'an allocation without candidates covers nothing');
select tests.act('planner', $$select ops.add_candidates(tests.the('allocation'), array[tests.id('factory_a')])$$);
select is(pg_temp.unallocated(tests.the('line')), '40', 'a live candidate covers what its item commits');
select tests.act('planner', $$select ops.send_allocation(tests.the('allocation'))$$);
select tests.act('factory_a', $$select ops.decline_quote(tests.slice(tests.the('line'), 'factory_a'))$$);
select is(pg_temp.unallocated(tests.the('line')), '100', 'a candidate that declined covers nothing');
select tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_a')), 50);
select is(pg_temp.unallocated(tests.the('line')), '50', 'a standing slice covers itself, not the rest of its item');
select tests.act('planner', $$select ops.short_close_item(tests.the('line'))$$);
select is(pg_temp.unallocated(tests.the('line')), null, 'what is waived needs no cover');
select tests.set_setting('under_award_tolerance_pct', '2.5');
select tests.keep('tolerant', tests.make_line(100));
select tests.set_setting('under_award_tolerance_pct', '0');
select is(pg_temp.unallocated(tests.the('tolerant')), '98', 'the tolerance lowers the need, in whole pieces');
select is(pg_temp.unallocated(tests.the('requested')), null, 'a line that is only requested is not waiting for factories');
select tests.act('sales', $$select ops.cancel_order_item(tests.the('tolerant'))$$);
select is(pg_temp.unallocated(tests.the('tolerant')), null, 'a cancelled line is not waiting for factories');

-- factory_work

select tests.keep('line', tests.make_line(1, '{33,33,34}'));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{factory_a,factory_b}', is_sent => false));
select tests.keep('a', tests.slice(tests.the('line'), 'factory_a'));
select tests.keep('b', tests.slice(tests.the('line'), 'factory_b'));
select is(pg_temp.work(tests.the('a'), 'w.next_step'), null, 'a factory has no work before it is invited');
select tests.act('planner', $$select ops.send_allocation(tests.the('allocation'))$$);
select is(
  pg_temp.work(tests.the('a'), 'w.next_step, w.marketing_name, w.color_reference, w.sizes, trim_scale(w.order_qty)'),
  'quote or decline Ocean 19-4052 TCX S 33 / M 33 / L 34 100',
  'an invited factory is to quote or to decline, and knows what'
);
select tests.quote(tests.the('a')), tests.quote(tests.the('b'));
select is(pg_temp.work(tests.the('a'), 'w.next_step'), 'await award', 'a factory that quoted awaits the award');
select tests.act('factory_b', $$select ops.decline_quote(tests.the('b'))$$);
select is(pg_temp.work(tests.the('b'), 'w.next_step'), 'none', 'a factory that declined has nothing to do');
select tests.award(tests.the('a'), 50);
select is(
  pg_temp.work(tests.the('a'), 'w.next_step, w.sizes, trim_scale(w.effective_qty), trim_scale(w.awarded_price)'), 'await contract S 17 / M 16 / L 17 50 5',
  'an awarded factory awaits its contract, and knows the sizes of its part'
);
select tests.issue(tests.the('a'));
select is(
  pg_temp.work(tests.the('a'), 'w.next_step, w.factory_po_status, w.po_number is not null'), 'sign contract ISSUED t',
  'a factory with an issued contract is to sign it'
);
select tests.sign(tests.contract(tests.the('a')));
select is(pg_temp.work(tests.the('a'), 'w.next_step'), 'produce and ship', 'a factory that signed is to produce and ship');
select tests.act('factory_a', $$select ops.report_production(tests.the('a'), 'shipped', 50)$$);
select is(pg_temp.work(tests.the('a'), 'w.next_step'), 'await receipt', 'a factory that shipped all awaits the receipt');
select tests.receive(tests.the('a'), 50);
select is(pg_temp.work(tests.the('a'), 'w.next_step, trim_scale(w.balance)'), 'await payment 250', 'a factory of which all is accepted awaits its payment');
select tests.pay(tests.the('a'), 250);
select is(pg_temp.work(tests.the('a'), 'w.next_step, w.factory_po_status'), 'none CLOSED', 'a factory that is paid has nothing to do');
select tests.act('planner', $$select ops.close_allocation_item(tests.item(tests.the('line')))$$);
select tests.keep('closed', tests.signed_slice(10));
select tests.close_slice(tests.the('closed'), 0);
select is(pg_temp.work(tests.the('closed'), 'w.next_step'), 'none', 'a slice that is closed at zero needs nothing');
select is(
  tests.ask('factory_b', $$select count(*) from ops.factory_work as w where w.allocation_item_supplier_id = tests.the('a')$$), '0',
  'a factory does not see another factory''s work'
);
select tests.denies(p.persona, 'select from ops.factory_work', format('%s does not read factories'' work', p.persona))
from unnest(array['client_a', 'sales']) as p (persona);

-- client_order_lines

select tests.keep('line', tests.make_line(1, '{5,0,7}'));
select tests.act('sales', $$insert into ops.order_item_prices (order_item_id, unit_price) values (tests.the('line'), 20)$$);
select tests.act('sales', $$insert into ops.order_item_prices (order_item_id, size_label, unit_price) values (tests.the('line'), 'L', 22)$$);
select is(
  tests.ask('client_a', $$
    select concat_ws(' ', l.line_number, l.marketing_name, l.sizes, trim_scale(l.quantity), trim_scale(l.unit_price), l.currency, l.allocation_status)
    from ops.client_order_lines as l where l.order_item_id = tests.the('line')
  $$),
  '1 Ocean S 5 / L 7 12 20 USD UNALLOCATED',
  'a client sees its line with sizes, quantity, price and status'
);
select is(
  tests.ask('client_a', $$select count(*) from ops.client_order_lines as l where l.order_item_id = tests.the('line')$$), '1',
  'prices by size do not multiply a line'
);
select is(
  tests.ask('client_b', $$select count(*) from ops.client_order_lines as l where l.order_item_id = tests.the('line')$$), '0',
  'a client does not see another client''s line'
);
select tests.denies('factory_a', 'select from ops.client_order_lines', 'a factory does not read clients'' lines');

select * from finish();
