-- Reallocation: what a slice gives up goes to others, in one step, whatever the state of its contract.

select no_plan();

create function tests.reallocation(slice uuid, awards jsonb, closed_qty numeric default null) returns jsonb
language sql
as $$
  select jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
    'allocation_item_supplier_id', slice, 'closed_qty', closed_qty, 'remark', 'Late.', 'awards', awards
  )))
$$;
create function tests.taker(factory text, terms jsonb default '{"price": 6}') returns jsonb
language sql
as $$
  select jsonb_build_object('factory_id', tests.id(factory)) || terms
$$;
create function tests.reallocate(slice uuid, awards jsonb, closed_qty numeric default null, allocation uuid default null) returns uuid
language sql
as $$
  select tests.ask('planner', format('select s.id from ops.reallocate(%L, %L) as s', tests.reallocation(slice, awards, closed_qty), allocation))::uuid
$$;
create function tests.slices_say(line uuid) returns text
language sql stable security definer
as $$
  select string_agg(
    format('%s %s at %s', p.name, trim_scale(s.effective_qty), trim_scale(s.awarded_price)) || coalesce(' ' || tests.sizes(s.id), ''), ', '
    order by s.id
  )
  from ops.allocation_items_supplier as s
  inner join ops.allocation_items as a on a.id = s.allocation_item_id
  inner join tests.personas as p on p.party_id = s.factory_id
  where a.order_item_id = line and s.is_awarded
$$;

-- The example of a line of 100: A signed, 40 received, 60 go to B

select tests.keep('a', tests.signed_slice(100, 5, '{33,33,34}'));
select tests.keep('line', tests.line_of(tests.the('a')));
select tests.keep('v1', tests.contract(tests.the('a')));
select tests.receive(tests.the('a'), 40);
select tests.keep('b', tests.reallocate(tests.the('a'), jsonb_build_array(tests.taker('factory_b'))));
select is(
  tests.slices_say(tests.the('line')), 'factory_a 40 at 5 13/13/14, factory_b 60 at 6 20/20/20',
  'a slice is closed at what was accepted, the rest goes to a factory that was not asked before; sizes add up to the run'
);
select is(tests.status(tests.the('line')), 'CONFIRMED', 'the line is awarded whole again');
select is(
  (select s.invited_at is not null from ops.allocation_items_supplier as s where s.id = tests.the('b')), true, 'who takes over is invited'
);
select is(
  (select string_agg(p.version || ' ' || p.status, ', ' order by p.version) from ops.factory_pos as p where p.factory_id = tests.id('factory_a') and p.po_number = (select o.po_number from ops.factory_pos as o where o.id = tests.the('v1'))),
  '1 PC_SIGNED, 2 DRAFT', 'the next version of the signed contract is drafted'
);
select is(
  (select trim_scale(l.quantity) from ops.factory_po_lines as l where l.factory_po_id = tests.contract(tests.the('a'))), 40::numeric, 'for what is left of the slice'
);
select is(
  (select string_agg(n.kind || ' ' || n.remark || coalesce(' replaces ' || (n.replaces_id = tests.the('a')), ''), ', ' order by n.kind) from ops.allocation_item_supplier_notes as n where n.allocation_item_supplier_id = tests.the('b')),
  'price_override Late., reallocation Late. replaces true', 'the slices are linked, with the reason'
);
select is(
  (select h.data - 'x' from ops.order_history as h where h.order_item_id = tests.the('line') and h.action = 'reallocated'),
  jsonb_build_object('allocation_item_supplier_id', tests.the('b'), 'replaces_id', tests.the('a')), 'and so are they in the line''s history'
);
select tests.issue(tests.the('b'));
select is(tests.status(tests.the('line')), 'PC_ISSUED', 'the contract of who took over is issued');
select tests.sign(tests.contract(tests.the('b')));
select is(tests.status(tests.the('line')), 'PC_SIGNED', 'and signed; the first factory need not sign again for that');
select is(
  (select array_length(i.allocation_ids, 1) || ' ' || (i.allocation_item_id = tests.item(i.id)) from (select o.id, o.allocation_item_id, ops.allocation_ids(o) from ops.order_items as o where o.id = tests.the('line')) as i (id, allocation_item_id, allocation_ids)),
  '1 true', 'the line is in one allocation still'
);

-- Several take over; percentages, quantities, the rest

select tests.keep('split', tests.signed_slice(101, 5));
select tests.keep('split_line', tests.line_of(tests.the('split')));
select tests.reallocate(tests.the('split'), jsonb_build_array(
  tests.taker('factory_b', '{"price": 6, "percentage": 60}'), tests.taker('factory_a', '{"price": 5.5, "percentage": 40}')
), 0);
select is(
  (select string_agg(x, ', ' order by x) from unnest(string_to_array(tests.slices_say(tests.the('split_line')), ', ')) as x),
  'factory_a 0 at 5, factory_a 40 at 5.5, factory_b 61 at 6',
  'percentages are of what the slice gives up, in whole pieces; a factory may take over from itself'
);
select is(tests.contract_status(tests.contract(tests.the('split'))), 'CANCELLED', 'a contract of which nothing is left is cancelled');
select tests.keep('rest', tests.awarded_slice(50, 5));
select tests.reallocate(tests.the('rest'), jsonb_build_array(
  tests.taker('factory_b', '{"price": 6, "awarded_qty": 20}'), tests.taker('factory_a', '{"price": 5.5}')
));
select is(
  (select string_agg(x, ', ' order by x) from unnest(string_to_array(tests.slices_say(tests.line_of(tests.the('rest'))), ', ')) as x),
  'factory_a 0 at 5, factory_a 30 at 5.5, factory_b 20 at 6', 'one alone without a quantity takes the rest'
);
select tests.keep('part', tests.awarded_slice(50, 5));
select tests.reallocate(tests.the('part'), jsonb_build_array(tests.taker('factory_b', '{"price": 6, "awarded_qty": 20}')), 10);
select is(tests.status(tests.line_of(tests.the('part'))), 'ALLOCATED', 'what nobody takes over is to be awarded');

-- A factory that quoted takes over at its quote

select tests.keep('quoted_line', tests.make_line(100));
select tests.make_allocation(array[tests.the('quoted_line')]);
select tests.keep('quoted_b', tests.quote(tests.slice(tests.the('quoted_line'), 'factory_b'), 7));
select tests.keep('quoted_a', tests.award(tests.quote(tests.slice(tests.the('quoted_line'), 'factory_a'), 5)));
select is(
  tests.reallocate(tests.the('quoted_a'), jsonb_build_array(tests.taker('factory_b', '{}'))), tests.the('quoted_b'), 'who is a candidate takes over as that'
);
select is(tests.slice_says(tests.the('quoted_b'), 'awarded_qty, awarded_price'), '100 7', 'at its quoted price');

-- An issued contract that nobody signed

select tests.keep('issued', tests.awarded_slice(100));
select tests.keep('issued_pc', tests.issue(tests.the('issued')));
select tests.reallocate(tests.the('issued'), jsonb_build_array(tests.taker('factory_b')), 30);
select is(tests.contract_status(tests.the('issued_pc')), 'CANCELLED', 'a contract that nobody signed is withdrawn');
select is(
  (select p.version || ' ' || p.status || ' ' || trim_scale(l.quantity) from ops.factory_po_lines as l inner join ops.factory_pos as p on p.id = l.factory_po_id where l.allocation_item_supplier_id = tests.the('issued') and p.status <> 'CANCELLED'),
  '2 DRAFT 30', 'and its successor drafted'
);

-- Into another allocation

select tests.keep('moved', tests.signed_slice(100, 5, '{50,50}'));
select tests.keep('moved_line', tests.line_of(tests.the('moved')));
select tests.receive(tests.the('moved'), 10);
select tests.keep('other', tests.make_allocation(array[tests.make_line(10)]));
select tests.keep('unsent', tests.make_allocation(array[tests.make_line(10)], is_sent => false));
select tests.throws_code('planner', format('select ops.reallocate(%L, %L)', tests.reallocation(tests.the('moved'), jsonb_build_array(tests.taker('factory_b'))), tests.the('unsent')), 'OMS_NOT_SENT', 'pieces go into an allocation that is sent');
select tests.throws_code('planner', format('select ops.reallocate(%L, %L)', tests.reallocation(tests.the('moved'), jsonb_build_array(tests.taker('factory_b'))), private.new_id()), 'OMS_NOT_FOUND', 'and that exists');
select tests.keep('there', tests.reallocate(tests.the('moved'), jsonb_build_array(tests.taker('factory_b')), null, tests.the('other')));
select is(
  (select string_agg(trim_scale(a.committed_qty) || ' ' || trim_scale(a.effective_qty) || ' ' || tests.sizes(a.id), ', ' order by a.id) from ops.allocation_items as a where a.order_item_id = tests.the('moved_line')),
  '10 10 5/5, 90 90 45/45', 'what is committed goes along'
);
select is(
  (select ops.allocation_ids(i) @> array[tests.the('other')] and i.allocation_item_id = (select s.allocation_item_id from ops.allocation_items_supplier as s where s.id = tests.the('there')) from ops.order_items as i where i.id = tests.the('moved_line')),
  true, 'the line knows both allocations, and its newest item'
);
select tests.keep('shut', tests.signed_slice(100, 5));
select tests.act('planner', $$select ops.close_allocation_item(tests.item(tests.line_of(tests.the('shut'))))$$);
select tests.throws_code('planner', format('select ops.reallocate(%L)', tests.reallocation(tests.the('shut'), jsonb_build_array(tests.taker('factory_b')))), 'OMS_ALLOCATION_ITEM_CLOSED', 'nothing is awarded on a closed item');
select tests.reallocate(tests.the('shut'), jsonb_build_array(tests.taker('factory_b')), 20, tests.the('other'));
select is(
  (select string_agg(trim_scale(a.committed_qty) || ' ' || trim_scale(a.effective_qty), ', ' order by a.id) || ' ' || trim_scale(i.committed_qty) from ops.allocation_items as a inner join ops.order_items as i on i.id = a.order_item_id where i.id = tests.line_of(tests.the('shut')) group by i.committed_qty),
  '100 20, 80 80 100', 'of a closed item the pieces are committed anew'
);
select tests.denies('procurement', format('select ops.reallocate(%L, %L)', tests.reallocation(tests.the('quoted_b'), jsonb_build_array(tests.taker('factory_a'))), tests.the('other')), 'procurement does not commit to another allocation');
select tests.accepts('procurement', format('select ops.reallocate(%L)', tests.reallocation(tests.the('quoted_b'), jsonb_build_array(tests.taker('factory_a')))), 'procurement reallocates within one');

-- Refused

select tests.denies(p.persona, format('select ops.reallocate(%L)', tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a')))), format('%s does not reallocate', p.persona))
from unnest(array['sales', 'finance', 'factory_a']) as p (persona);
select tests.throws_code('other_planner', format('select ops.reallocate(%L)', tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a')))), 'OMS_NOT_FOUND', 'another organization''s slice is not reallocated');
select tests.throws_code('planner', format('select ops.reallocate(%L)', w.asked), w.code, w.test)
from (values
  ('[]'::jsonb, 'OMS_INVALID_ARGUMENT', 'a reallocation names a slice'),
  (tests.reallocation(tests.the('b'), '[]'), 'OMS_INVALID_ARGUMENT', 'and who takes over'),
  (tests.reallocation(tests.the('b'), '[{"price": 6}]'), 'OMS_INVALID_ARGUMENT', 'by name'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a'), tests.taker('factory_b'))), 'OMS_INVALID_ARGUMENT', 'two cannot take the rest'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a', '{"price": 6, "percentage": 50}'), tests.taker('factory_b'))), 'OMS_INVALID_ARGUMENT', 'nor one beside percentages'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a', '{"price": 6, "percentage": 50, "awarded_qty": 5}'))), 'OMS_INVALID_ARGUMENT', 'a quantity or a percentage'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a', '{"price": 6, "percentage": 99}'))), 'OMS_PERCENTAGES_NOT_100', 'percentages add up to 100'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a', '{"price": 6, "awarded_qty": 61}'))), 'OMS_AWARD_EXCEEDS_COMMITTED', 'no more than the slice gives up'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a', '{"price": 6, "awarded_qty": 1.5}'))), 'OMS_WHOLE_PIECES', 'whole pieces'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a')), 60), 'OMS_NOTHING_TO_REALLOCATE', 'a slice gives something up'),
  (tests.reallocation(tests.the('a'), jsonb_build_array(tests.taker('factory_b'))), 'OMS_NOTHING_TO_REALLOCATE', 'what was accepted is not given up'),
  (tests.reallocation(tests.the('moved'), jsonb_build_array(tests.taker('factory_b')), 5), 'OMS_CLOSE_QUANTITY_OUT_OF_RANGE', 'nor on demand'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a', '{}'))), 'OMS_NOT_QUOTED', 'without a quote there is a price'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a'))) #- '{0,remark}', 'OMS_OVERRIDE_NEEDS_REMARK', 'and a reason for it'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a'))) || tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('factory_a'))), 'OMS_INVALID_ARGUMENT', 'each slice once'),
  (tests.reallocation(private.new_id(), jsonb_build_array(tests.taker('factory_a'))), 'OMS_NOT_FOUND', 'a slice that exists'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(tests.taker('client_a'))), 'OMS_NOT_A_FACTORY', 'a factory'),
  (tests.reallocation(tests.the('b'), jsonb_build_array(jsonb_build_object('factory', tests.id('factory_a')))), 'OMS_INVALID_ARGUMENT', 'fields that exist')
) as w (asked, code, test);
select tests.keep('unawarded_line', tests.make_line(10));
select tests.make_allocation(array[tests.the('unawarded_line')]);
select tests.throws_code('planner', format('select ops.reallocate(%L)', tests.reallocation(tests.slice(tests.the('unawarded_line'), 'factory_a'), jsonb_build_array(tests.taker('factory_b')))), 'OMS_NOT_AWARDED', 'an award is reallocated');

select is((select count(*)::integer from private.invariant_violations), 0, 'after all of it every counter is right');

select * from finish();
