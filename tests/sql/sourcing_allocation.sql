-- Allocation: what is committed of a line, how it is split and closed, who is asked, and the size runs of it all.

select * from no_plan();

create function pg_temp.committed(line uuid) returns int
language sql stable
as $$
  select i.committed_qty::int from ops.order_items as i where i.id = line
$$;

-- Commitment

select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')], '{factory_a}', 60);
select is(pg_temp.committed(tests.the('line')), 60, 'an allocation commits as many pieces of a line as it says');
select is(
  (select i.allocation_item_id from ops.order_items as i where i.id = tests.the('line')), tests.item(tests.the('line')),
  'a line knows its newest open allocation item'
);
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('line'), 'committed_qty', 41)))
$$, 'OMS_COMMITMENT_EXCEEDS_QUANTITY', 'a commitment beyond the line''s quantity is refused');
select is(
  (tests.refusal('planner', $$
    select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('line'), 'committed_qty', 41)))
  $$) ->> 'details')::jsonb - 'order_item_id',
  '{"most": 100, "committed_qty": 101.000000}',
  'a refused commitment says what it would come to, and the most that it can be'
);
select tests.make_allocation(array[tests.the('line')]);
select is(pg_temp.committed(tests.the('line')), 100, 'an allocation without a quantity commits what the line has left');
select is(
  (select array_agg(a.allocation_id order by a.allocation_id) from ops.allocation_items as a where a.order_item_id = tests.the('line')),
  tests.ask('planner', $$
    select array(select unnest(ops.allocation_ids(i)) order by 1) from ops.order_items as i where i.id = tests.the('line')
  $$)::uuid[],
  'a line names every allocation that it is in'
);
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('line'))))
$$, 'OMS_COMMITMENT_EXCEEDS_QUANTITY', 'a line that is committed wholly cannot be committed again');

select tests.keep('fresh', tests.make_line(100));
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(
    jsonb_build_object('order_item_id', tests.the('fresh')), jsonb_build_object('order_item_id', tests.the('fresh'))
  ))
$$, 'OMS_COMMITMENT_EXCEEDS_QUANTITY', 'a line named twice in one allocation is not committed twice');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(
    jsonb_build_object('order_item_id', tests.the('fresh')), jsonb_build_object('order_item_id', tests.the('line'), 'committed_qty', 1)
  ))
$$, 'OMS_COMMITMENT_EXCEEDS_QUANTITY', 'one line that cannot be committed refuses the whole allocation');
select tests.throws_code('planner', format($$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'), 'committed_qty', %s)))
$$, q.quantity), 'OMS_WHOLE_PIECES', format('%s pieces cannot be committed', q.quantity))
from unnest(array[0, -1, 10.5]) as q (quantity);
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', private.new_id())))
$$, 'OMS_NOT_FOUND', 'an unknown line cannot be allocated');
select tests.throws_code('other_planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'))))
$$, 'OMS_NOT_FOUND', 'another organization''s line cannot be allocated');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'))), array[tests.id('client_a')])
$$, 'OMS_NOT_A_FACTORY', 'a client cannot be a candidate');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'))), array[private.new_id()])
$$, 'OMS_NOT_FOUND', 'an unknown company cannot be a candidate');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'))), array[tests.id('other_factory')])
$$, 'OMS_NOT_FOUND', 'another organization''s factory cannot be a candidate');
select tests.throws_code('planner', format($$
  select ops.allocate_items('Batch', %L)
$$, l.lines), 'OMS_INVALID_ARGUMENT', 'an allocation of no lines is refused: ' || coalesce(l.lines, 'null'))
from unnest(array['[]', '{}', null]) as l (lines);
select tests.throws_code('planner', format($$
  select ops.allocate_items(%L, jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'))))
$$, n.name), 'OMS_INVALID_ARGUMENT', 'an allocation needs a name, not ' || coalesce(quote_literal(n.name), 'null'))
from unnest(array['', null]) as n (name);
select tests.denies('procurement', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('fresh'))))
$$, 'procurement does not allocate');
select tests.denies('sales', $$
  insert into ops.allocations (name) values ('Batch')
$$, 'sales do not allocate');
select tests.throws_code('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, committed_qty) values (private.new_id(), tests.the('fresh'), 10)
$$, 'OMS_NOT_FOUND', 'a line is not committed in an unknown allocation');
select is(pg_temp.committed(tests.the('fresh')), 0, 'nothing of what was refused is committed');

-- Changing a commitment

select tests.keep('changed', tests.make_line(100));
select tests.make_allocation(array[tests.the('changed')], '{factory_a,factory_b}', 60);
select tests.keep('item', tests.item(tests.the('changed')));
select tests.award(tests.quote(tests.slice(tests.the('changed'), 'factory_a')), 40);
select tests.act('planner', $$update ops.allocation_items set committed_qty = 100 where id = tests.the('item')$$);
select is(pg_temp.committed(tests.the('changed')), 100, 'a planner commits more pieces to an item');
select tests.act('planner', $$update ops.allocation_items set committed_qty = 40 where id = tests.the('item')$$);
select is(pg_temp.committed(tests.the('changed')), 40, 'a planner commits fewer pieces to an item, down to what is awarded');
select tests.throws_code('planner', $$
  update ops.allocation_items set committed_qty = 39 where id = tests.the('item')
$$, 'OMS_COMMITTED_BELOW_AWARDED', 'no fewer pieces are committed than awarded');
select tests.throws_code('planner', $$
  update ops.allocation_items set committed_qty = 101 where id = tests.the('item')
$$, 'OMS_COMMITMENT_EXCEEDS_QUANTITY', 'no item is raised beyond the line''s quantity');
select tests.throws_code('planner', $$
  update ops.allocation_items set committed_qty = 50.5 where id = tests.the('item')
$$, 'OMS_WHOLE_PIECES', 'a commitment is not changed to parts of pieces');
select tests.throws_code('planner', $$
  update ops.allocation_items set committed_qty = 0 where order_item_id = tests.the('line')
$$, 'OMS_WHOLE_PIECES', 'a commitment is not changed to nothing: the item is closed instead');

-- Over-commitment within the tolerance

select tests.set_setting('over_commit_tolerance_pct', '10');
select tests.keep('generous', tests.make_line(1, '{33,33,34}'));
select tests.set_setting('over_commit_tolerance_pct', '0');
select tests.make_allocation(array[tests.the('generous')], '{factory_a}', 60);
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('generous'), 'committed_qty', 51)))
$$, 'OMS_COMMITMENT_EXCEEDS_QUANTITY', 'a commitment beyond the tolerance is refused');
select tests.make_allocation(array[tests.the('generous')], '{factory_b}', 50);
select is(
  pg_temp.committed(tests.the('generous')), 110,
  'a line may be over-committed within the tolerance that was set when it was made'
);
select is(
  (select array_agg(tests.sizes(a.id) order by a.committed_qty desc) from ops.allocation_items as a where a.order_item_id = tests.the('generous')),
  '{20/20/20,17/16/17}',
  'an over-committed size run keeps the line''s proportions and adds up'
);
select tests.throws_code('sales', $$
  update ops.order_item_sizes set quantity = 32 where order_item_id = tests.the('generous')
$$, 'OMS_QUANTITY_BELOW_COMMITMENT', 'an over-committed line does not shrink below its commitment less the tolerance');
select tests.award(tests.quote(tests.slice(tests.the('generous'), 'factory_a')));
select tests.award(tests.quote(tests.slice(tests.the('generous'), 'factory_b')));
select is(
  tests.sizes(tests.slice(tests.the('generous'), 'factory_a')) || ' ' || tests.sizes(tests.slice(tests.the('generous'), 'factory_b')),
  '20/20/20 17/16/17',
  'over-committed pieces are awarded with their sizes'
);
select tests.accepts('planner', $$
  select ops.short_close_item(tests.the('generous'))
$$, 'short-closing a line that is awarded beyond its quantity waives nothing');
select tests.close_slice(tests.slice(tests.the('generous'), 'factory_b'), 45, true);
select is(
  (select format('waived %s, committed %s', trim_scale(i.short_closed_qty), trim_scale(i.committed_qty)) from ops.order_items as i where i.id = tests.the('generous')),
  'waived 0, committed 105',
  'pieces beyond the line''s quantity are given up without being waived'
);
select tests.close_slice(tests.slice(tests.the('generous'), 'factory_b'), 30, true);
select is(
  (select format('waived %s, committed %s', trim_scale(i.short_closed_qty), trim_scale(i.committed_qty)) from ops.order_items as i where i.id = tests.the('generous')),
  'waived 10, committed 90',
  'pieces within the line''s quantity are waived'
);

-- Waiving takes from what is not awarded, the newest item first

select tests.keep('waived', tests.make_line(100));
select tests.make_allocation(array[tests.the('waived')], '{factory_a}', 60);
select tests.keep('waived_1', tests.item(tests.the('waived')));
select tests.keep('waived_a', tests.award(tests.quote(tests.slice(tests.the('waived'), 'factory_a')), 50));
select tests.make_allocation(array[tests.the('waived')], '{factory_b}', 40);
select tests.keep('waived_b', tests.slice(tests.the('waived'), 'factory_b'));
select tests.act('planner', $$update ops.order_items set short_closed_qty = 45 where id = tests.the('waived')$$);
select is(
  (select array_agg(format('%s %s', trim_scale(a.committed_qty), coalesce(a.close_reason::text, 'open')) order by a.id <> tests.the('waived_1')) from ops.allocation_items as a where a.order_item_id = tests.the('waived')),
  '{"55 open","0 closed"}',
  'waived pieces are taken from the newest item first, which is closed when nothing is left of it'
);
select isnt(
  (select s.closed_at from ops.allocation_items_supplier as s where s.id = tests.the('waived_b')), null,
  'whoever was asked for waived pieces is not asked any more'
);

-- Splits

select tests.keep('split', tests.make_line(1, '{33,33,34}'));
select tests.keep('first', tests.make_allocation(array[tests.the('split')]));
select tests.keep('source', tests.item(tests.the('split')));
select tests.keep('second', tests.ask('planner', $$insert into ops.allocations (name) values ('Second') returning id$$)::uuid);
select tests.keep('half', tests.ask('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('second'), tests.the('split'), tests.the('source'), 50) returning id
$$)::uuid);
select is(
  (select array_agg(trim_scale(a.committed_qty) order by a.id = tests.the('half')) from ops.allocation_items as a where a.order_item_id = tests.the('split')),
  '{50,50}',
  'moving pieces to another item lowers the source by what moved'
);
select is(pg_temp.committed(tests.the('split')), 100, 'a split commits nothing anew');
select is(
  tests.sizes(tests.the('source')) || ' ' || tests.sizes(tests.the('half')), '17/16/17 16/17/17',
  'the sizes of a split add up to the run'
);
select tests.award(tests.quote(tests.slice(tests.the('split'), 'factory_a')), 30);
select tests.throws_code('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('second'), tests.the('split'), tests.the('source'), 21)
$$, 'OMS_SPLIT_NOT_ALLOWED', 'awarded pieces do not move');
select tests.throws_code('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('second'), tests.the('split'), tests.the('source'), 15), (tests.the('second'), tests.the('split'), tests.the('source'), 15)
$$, 'OMS_SPLIT_NOT_ALLOWED', 'two splits in one statement do not move more than there is');
select tests.throws_code('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('second'), tests.the('fresh'), tests.the('source'), 5)
$$, 'OMS_SPLIT_NOT_ALLOWED', 'pieces do not move to another line');
select tests.throws_code('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('second'), tests.the('split'), private.new_id(), 5)
$$, 'OMS_NOT_FOUND', 'pieces do not move from an unknown item');
select tests.act('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('first'), tests.the('split'), tests.the('half'), 50)
$$);
select is(
  (select a.close_reason::text || ' ' || trim_scale(a.committed_qty) from ops.allocation_items as a where a.id = tests.the('half')), 'moved 0',
  'an item of which all has moved is closed'
);
select tests.throws_code('planner', $$
  insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty)
  values (tests.the('second'), tests.the('split'), tests.the('half'), 1)
$$, 'OMS_SPLIT_NOT_ALLOWED', 'pieces do not move from a closed item');

-- Closing an item

select tests.keep('closing', tests.make_line(1, '{33,33,34}'));
select tests.keep('closing_allocation', tests.make_allocation(array[tests.the('closing')]));
select tests.keep('closing_item', tests.item(tests.the('closing')));
select tests.keep('closing_slice', tests.award(tests.quote(tests.slice(tests.the('closing'), 'factory_a')), 60));
select tests.keep('closing_candidate', tests.quote(tests.slice(tests.the('closing'), 'factory_b')));
select tests.act('planner', $$select ops.close_allocation_item(tests.the('closing_item'))$$);
select is(
  tests.slice_says(tests.the('closing_slice'), 'closed_at, awarded_qty'), '60',
  'closing an item leaves its awards'
);
select isnt(
  (select s.closed_at from ops.allocation_items_supplier as s where s.id = tests.the('closing_candidate')), null,
  'closing an item closes its candidates'
);
select is(pg_temp.committed(tests.the('closing')), 60, 'a closed item commits what is awarded of it');
select is(
  (select i.allocation_item_id from ops.order_items as i where i.id = tests.the('closing')), null,
  'a line without an open item names none'
);
select tests.throws_code('planner', $$
  update ops.allocation_items set closed_at = now() + '1 second' where id = tests.the('closing_item')
$$, 'OMS_ALLOCATION_ITEM_CLOSED', 'an item is closed once');
select tests.throws_code('planner', $$
  update ops.allocation_items set closed_at = null where id = tests.the('closing_item')
$$, 'OMS_ALLOCATION_ITEM_CLOSED', 'a closed item does not open again');
select tests.throws_code('planner', $$
  update ops.allocation_items set committed_qty = 70 where id = tests.the('closing_item')
$$, 'OMS_ALLOCATION_ITEM_CLOSED', 'a closed item keeps its committed quantity');
select tests.throws_code('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.the('closing_item'), tests.id('factory_b'))
$$, 'OMS_ALLOCATION_ITEM_CLOSED', 'a closed item takes no candidates');
select tests.throws_code('planner', $$
  select ops.award(tests.the('closing_candidate'), 10)
$$, 'OMS_SLICE_CLOSED', 'a closed candidate is not awarded');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set closed_at = now() + '1 second' where id = tests.the('closing_candidate')
$$, 'OMS_SLICE_CLOSED', 'a candidate is closed once');
select tests.throws_code('factory_b', $$
  select ops.submit_quote(tests.the('closing_candidate'), 4)
$$, 'OMS_SLICE_CLOSED', 'a closed candidate does not quote');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_qty = 61 where id = tests.the('closing_slice')
$$, 'OMS_ALLOCATION_ITEM_CLOSED', 'nothing more is awarded on a closed item');
select tests.accepts('planner', $$
  update ops.allocation_items_supplier set awarded_qty = 59 where id = tests.the('closing_slice')
$$, 'an award on a closed item can go down');
select tests.keep('full', tests.awarded_slice(10));
select tests.keep('full_item', tests.item(tests.line_of(tests.the('full'))));
select tests.act('planner', $$select ops.close_allocation_item(tests.the('full_item'))$$);
select tests.throws_code('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.the('full_item'), tests.id('factory_b'))
$$, 'OMS_ALLOCATION_ITEM_CLOSED', 'a closed item of which all is awarded is closed before it is full');
select tests.make_allocation(array[tests.the('closing')]);
select is(
  (select format('%s %s', trim_scale(a.committed_qty), tests.sizes(a.id)) from ops.allocation_items as a where a.id = tests.item(tests.the('closing'))),
  '40 13/13/14',
  'the rest of a closed item is committed anew, in the sizes that its slices left'
);
select tests.throws_code('planner', 'select ops.close_allocation_item(private.new_id())', 'OMS_NOT_FOUND', 'an unknown item cannot be closed');
select tests.throws_code('other_planner', $$
  select ops.close_allocation_item(tests.item(tests.the('closing')))
$$, 'OMS_NOT_FOUND', 'another organization''s item cannot be closed');

-- Candidates

select tests.keep('asked', tests.make_line(100));
select tests.keep('asked_allocation', tests.make_allocation(array[tests.the('asked')], '{factory_a}', is_sent => false));
select is(
  tests.slice_says(tests.slice(tests.the('asked'), 'factory_a'), 'order_qty, quote_status, invited_at, is_awarded'), '100 invited f',
  'a candidate is asked for what is left of the item, and not invited before the allocation is sent'
);
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set invited_at = now() where id = tests.slice(tests.the('asked'), 'factory_a')
$$, 'OMS_NOT_SENT', 'a candidate of an allocation that was not sent is not invited');
select tests.throws_code('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.item(tests.the('asked')), tests.id('factory_a'))
$$, 'OMS_CANDIDATE_EXISTS', 'a factory is an open candidate of an item once');
select is(
  tests.attempt('planner', $$select ops.add_candidates(tests.the('asked_allocation'), array[tests.id('factory_a'), tests.id('factory_b')])$$),
  '1 row',
  'adding candidates adds those that are none yet'
);
select tests.throws_code('planner', $$
  select ops.add_candidates(private.new_id(), array[tests.id('factory_a')])
$$, 'OMS_NOT_FOUND', 'an unknown allocation takes no candidates');
select tests.throws_code('other_planner', $$
  select ops.add_candidates(tests.the('asked_allocation'), array[tests.id('factory_a')])
$$, 'OMS_NOT_FOUND', 'another organization''s allocation takes no candidates');
select tests.throws_code('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (private.new_id(), tests.id('factory_a'))
$$, 'OMS_NOT_FOUND', 'an unknown item takes no candidates');
select tests.throws_code('planner', format($$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id, order_qty) values (tests.item(tests.the('asked')), tests.id('factory_b'), %s)
$$, q.quantity), 'OMS_WHOLE_PIECES', format('a factory is not asked for %s pieces', q.quantity))
from unnest(array[0, -1, 1.5]) as q (quantity);
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set order_qty = 0 where id = tests.slice(tests.the('asked'), 'factory_a')
$$, 'OMS_WHOLE_PIECES', 'what a factory is asked for does not change to nothing');
select tests.accepts('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.item(tests.the('asked')), tests.id('factory_c'))
$$, 'a factory that is not approved yet can be a candidate');

select tests.throws_code('planner', 'select ops.send_allocation(private.new_id())', 'OMS_NOT_FOUND', 'an unknown allocation is not sent');
select tests.throws_code('other_planner', $$
  select ops.send_allocation(tests.the('asked_allocation'))
$$, 'OMS_NOT_FOUND', 'another organization''s allocation is not sent');
select tests.act('planner', $$select ops.send_allocation(tests.the('asked_allocation'))$$);
select isnt(
  (select s.invited_at from ops.allocation_items_supplier as s where s.id = tests.slice(tests.the('asked'), 'factory_a')), null,
  'sending an allocation invites its candidates'
);
select tests.throws_code('planner', $$
  update ops.allocations set sent_at = null where id = tests.the('asked_allocation')
$$, 'OMS_ALREADY_SENT', 'an allocation that was sent stays sent');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set invited_at = null where id = tests.slice(tests.the('asked'), 'factory_a')
$$, 'OMS_ALREADY_SENT', 'a factory that was invited stays invited');
select tests.act('planner', $$select ops.add_candidates(tests.the('asked_allocation'), array[tests.id('factory_b')])$$);
select is(
  (select s.invited_at from ops.allocation_items_supplier as s where s.id = tests.slice(tests.the('asked'), 'factory_b')), null,
  'a candidate that is added later is not invited by itself'
);
select tests.act('planner', $$select ops.send_allocation(tests.the('asked_allocation'))$$);
select isnt(
  (select s.invited_at from ops.allocation_items_supplier as s where s.id = tests.slice(tests.the('asked'), 'factory_b')), null,
  'sending again invites candidates that were added since'
);
select tests.award(tests.quote(tests.slice(tests.the('asked'), 'factory_a')), 70);
select tests.act('planner', $$select ops.add_candidates(tests.the('asked_allocation'), array[tests.id('factory_a')])$$);
select is(
  tests.slice_says(tests.slice(tests.the('asked'), 'factory_a'), 'order_qty, is_awarded'), '30 f',
  'a factory that was awarded a part can be asked for the rest'
);
select tests.act('planner', $$update ops.styles set name = 'Renamed' where id = (select style_id from ops.order_items where id = tests.the('asked'))$$);
select isnt(
  (select s.style_name from ops.allocation_items_supplier as s where s.id = tests.slice(tests.the('asked'), 'factory_a')), 'Renamed',
  'a slice keeps the style as it was when the factory was chosen'
);
select is(
  tests.slice_says(tests.slice(tests.the('asked'), 'factory_a'), 'marketing_name, color_reference'), 'Ocean 19-4052 TCX',
  'a slice tells the factory the colour by its name and its reference'
);

-- Sizes

select tests.keep('run', tests.make_line(1, '{33,33,34}'));
select tests.make_allocation(array[tests.the('run')], '{factory_a}', 50);
select tests.keep('run_1', tests.item(tests.the('run')));
select is(tests.sizes(tests.the('run_1')), '17/16/17', 'half of 33/33/34 is 17/16/17: largest remainder, ties by position');
select is(
  tests.sizes(tests.slice(tests.the('run'), 'factory_a')), '17/16/17',
  'a candidate is asked for the item''s run'
);
select tests.act('planner', $$select ops.close_allocation_item(tests.the('run_1'))$$);
select tests.make_allocation(array[tests.the('run')], '{factory_a}', 50);
select is(tests.sizes(tests.item(tests.the('run'))), '17/16/17', 'what a closed item did not award is there again');
select tests.keep('run_2', tests.item(tests.the('run')));
select tests.act('planner', $$update ops.allocation_items set committed_qty = 20 where id = tests.the('run_2')$$);
select is(tests.sizes(tests.the('run_2')), '7/6/7', 'a run shrinks with the committed quantity');
select tests.act('planner', $$update ops.allocation_items set committed_qty = 100 where id = tests.the('run_2')$$);
select is(tests.sizes(tests.the('run_2')), '33/33/34', 'a run grows with the committed quantity, to the line''s own');
select tests.act('planner', $$
  update ops.allocation_items_supplier set order_qty = 10 where id = tests.slice(tests.the('run'), 'factory_a')
$$);
select is(
  tests.sizes(tests.slice(tests.the('run'), 'factory_a')), '3/3/4',
  'a candidate that is asked for less is asked for less of each size'
);
select tests.award(tests.quote(tests.slice(tests.the('run'), 'factory_a')), 31);
select tests.act('planner', $$update ops.allocation_items set committed_qty = 40 where id = tests.the('run_2')$$);
select ok(
  (
    select bool_and(item.quantity >= slice.quantity) and sum(item.quantity) = 40
    from ops.allocation_item_sizes as item
    inner join ops.allocation_item_supplier_sizes as slice
      on slice.allocation_item_supplier_id = tests.slice(tests.the('run'), 'factory_a') and slice.size_label = item.size_label
    where item.allocation_item_id = tests.the('run_2')
  ),
  'a shrinking run keeps the sizes that are awarded'
);

select * from finish();
