-- Awards: what one needs, how far it goes, shares in per cent, size runs of splits, taking an award back.

select * from no_plan();

create function pg_temp.shares(quantity numeric, percentages numeric[], sizes integer[] default '{}') returns text
language plpgsql
as $$
declare
  line constant uuid := tests.make_line(quantity, sizes);
  factories constant text[] := (array['factory_a', 'factory_b', 'factory_c'])[:cardinality(percentages)];
  slices uuid[];
begin
  perform tests.make_allocation(array[line], factories);
  slices := (
    select array_agg(tests.quote(s.id) order by s.id)
    from ops.allocation_items_supplier as s
    inner join ops.allocation_items as a on a.id = s.allocation_item_id
    where a.order_item_id = line
  );
  perform tests.act('planner', format('select ops.award_many(%L)', (
    select jsonb_agg(jsonb_build_object('allocation_item_supplier_id', u.id, 'percentage', u.percentage))
    from unnest(slices, percentages) as u (id, percentage)
  )));
  return (
    select string_agg(coalesce(trim_scale(s.awarded_qty)::text, '-') || coalesce(' (' || tests.sizes(s.id) || ')', ''), ' ' order by s.id)
    from ops.allocation_items_supplier as s
    where s.id = any(slices)
  );
end
$$;

-- What an award needs

select tests.keep('line', tests.make_line(100));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{factory_a,factory_b,factory_c}', is_sent => false));
select tests.keep('a', tests.slice(tests.the('line'), 'factory_a'));
select tests.keep('b', tests.slice(tests.the('line'), 'factory_b'));
select tests.keep('c', tests.slice(tests.the('line'), 'factory_c'));
select tests.throws_code('planner', $$
  select ops.award(tests.the('a'), 10, 5, 'as last year')
$$, 'OMS_NOT_SENT', 'an award of an allocation that was not sent is refused');
select tests.act('planner', $$select ops.send_allocation(tests.the('allocation'))$$);
select tests.throws_code('planner', $$
  select ops.award(tests.the('a'), 10)
$$, 'OMS_NOT_QUOTED', 'an award without a quote is refused');
select tests.quote(tests.the('a'), 5, capacity => 60);
select tests.quote(tests.the('b'), 6);
select tests.quote(tests.the('c'), 4);
select tests.throws_code('planner', $$
  select ops.award(tests.the('c'), 10)
$$, 'OMS_FACTORY_NOT_APPROVED', 'an award to a factory that is not approved is refused');
select tests.throws_code('planner', format($$
  select ops.award(tests.the('a'), %s)
$$, q.quantity), 'OMS_WHOLE_PIECES', format('an award of %s pieces is refused', q.quantity))
from unnest(array[0, -1, 10.5]) as q (quantity);
select tests.throws_code('planner', $$
  select ops.award(tests.the('a'), 61)
$$, 'OMS_AWARD_EXCEEDS_CAPACITY', 'an award beyond the quoted capacity is refused');
select tests.throws_code('planner', $$
  select ops.award(tests.the('a'))
$$, 'OMS_AWARD_EXCEEDS_CAPACITY', 'an award of what was asked for is refused where the factory can make less');
select tests.throws_code('planner', $$
  select ops.award(tests.the('b'), 101)
$$, 'OMS_AWARD_EXCEEDS_COMMITTED', 'an award beyond what is committed is refused');
select is(
  (tests.refusal('planner', $$select ops.award(tests.the('b'), 101)$$) ->> 'details')::jsonb ->> 'most', '100.000000',
  'a refused award names the most that can be awarded'
);
select tests.throws_code('planner', 'select ops.award(private.new_id())', 'OMS_NOT_FOUND', 'an unknown slice is not awarded');
select tests.throws_code('planner', 'select ops.award(null)', 'OMS_INVALID_ARGUMENT', 'no slice is not awarded');
select tests.throws_code('other_planner', $$
  select ops.award(tests.the('b'))
$$, 'OMS_NOT_FOUND', 'another organization''s slice is not awarded');
select tests.denies(p.persona, $$
  select ops.award(tests.the('b'))
$$, format('%s does not award', p.persona))
from unnest(array['sales', 'finance', 'warehouse', 'factory_b', 'client_a']) as p (persona);

select tests.act('procurement', $$select ops.award(tests.the('a'), 40)$$);
select is(
  tests.slice_says(tests.the('a'), 'is_awarded, awarded_qty, awarded_price, over_receipt_tolerance_pct'), 't 40 5 0.0000',
  'an award freezes the quantity, the quoted price and the over-receipt tolerance'
);
select isnt(
  (select s.awarded_at from ops.allocation_items_supplier as s where s.id = tests.the('a')), null,
  'an award has its time'
);
select is(
  (select h.data from ops.order_history as h where h.order_item_id = tests.the('line') and h.action = 'awarded'),
  jsonb_build_object('awarded_qty', 40.000000, 'allocation_item_supplier_id', tests.the('a')),
  'an award is written to the history, without its price and its factory'
);
select ok(
  not (select h.is_visible_to_client from ops.order_history as h where h.order_item_id = tests.the('line') and h.action = 'awarded'),
  'the history of an award is not for the client'
);
select tests.throws_code('planner', $$
  select ops.award(tests.the('a'), 10)
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'what is awarded is not awarded again');
select tests.throws_code('planner', $$
  select ops.award(tests.the('b'), 61)
$$, 'OMS_AWARD_EXCEEDS_COMMITTED', 'awards of an item add up to no more than is committed');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_price = 4 where id = tests.the('a')
$$, 'OMS_QUOTE_FROZEN', 'an awarded price does not change');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_price = null where id = tests.the('a')
$$, 'OMS_QUOTE_FROZEN', 'an awarded price does not go away');
select tests.denies('planner', $$
  update ops.allocation_items_supplier set over_receipt_tolerance_pct = 5 where id = tests.the('a')
$$, 'nobody writes the tolerance of an award');
select tests.denies('planner', $$
  update ops.allocation_items_supplier set awarded_at = now() where id = tests.the('a')
$$, 'nobody writes the time of an award');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_qty = 10, awarded_price = 5 where id = tests.the('b')
$$, 'OMS_NOT_AWARDED', 'a quantity is not awarded without the award');

-- Changing an award that no contract holds

select tests.act('planner', $$update ops.allocation_items_supplier set awarded_qty = 60 where id = tests.the('a')$$);
select is(
  (select a.effective_qty::int from ops.allocation_items as a where a.id = tests.item(tests.the('line'))), 60,
  'a planner changes the quantity of an award'
);
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_qty = 61 where id = tests.the('a')
$$, 'OMS_AWARD_EXCEEDS_CAPACITY', 'an award does not grow beyond the quoted capacity');
select tests.throws_code('planner', format($$
  update ops.allocation_items_supplier set awarded_qty = %s where id = tests.the('a')
$$, q.quantity), 'OMS_WHOLE_PIECES', format('an award does not change to %s pieces', q.quantity))
from unnest(array['0', '-1', '1.5', 'null']) as q (quantity);

-- A planner's override of the price

select tests.keep('override', tests.make_line(100));
select tests.make_allocation(array[tests.the('override')]);
select tests.keep('override_a', tests.quote(tests.slice(tests.the('override'), 'factory_a'), 5, capacity => 50));
select tests.keep('override_b', tests.slice(tests.the('override'), 'factory_b'));
select tests.throws_code('planner', $$
  select ops.award(tests.the('override_a'), 10, 4.5)
$$, 'OMS_OVERRIDE_NEEDS_REMARK', 'an award at another price than quoted needs a remark');
select tests.throws_code('planner', $$
  select ops.award(tests.the('override_b'), 10, 4.5)
$$, 'OMS_OVERRIDE_NEEDS_REMARK', 'an award at a price without a quote needs a remark');
select tests.throws_code('planner', $$
  select ops.award(tests.the('override_a'), 10, 4.5, '')
$$, 'OMS_INVALID_ARGUMENT', 'a remark says something');
select tests.throws_code('planner', format($$
  select ops.award(tests.the('override_a'), 10, %s, 'cheap')
$$, p.price), 'OMS_INVALID_ARGUMENT', format('an award at a price of %s is refused', p.price))
from unnest(array[0, -1]) as p (price);
select tests.throws_code('planner', $$
  select ops.award(tests.the('override_a'), 51, 4.5, 'agreed by phone')
$$, 'OMS_AWARD_EXCEEDS_CAPACITY', 'an override of the price does not override the capacity');
select tests.accepts('planner', $$
  select ops.award(tests.the('override_a'), 10, 5)
$$, 'the quoted price needs no remark');
select tests.act('planner', $$select ops.award(tests.the('override_a'), 10, 4.5, 'agreed by phone')$$);
select is(
  tests.slice_says(tests.the('override_a'), 'price, awarded_price') || ' ' || (select n.kind || ' ' || n.remark from ops.allocation_item_supplier_notes as n where n.allocation_item_supplier_id = tests.the('override_a')),
  '5 4.5 price_override agreed by phone',
  'a planner awards at a price of its own with a remark, beside the quote'
);
select tests.act('planner', $$select ops.award(tests.the('override_b'), 10, 4.75, 'as last year')$$);
select is(
  tests.slice_says(tests.the('override_b'), 'quote_status, price, awarded_price, currency'), 'invited 4.75 USD',
  'a planner awards without a quote at a price of its own, in the factory''s currency'
);
select tests.keep('declined', tests.make_line(100));
select tests.make_allocation(array[tests.the('declined')], '{factory_a}');
select tests.act('factory_a', $$select ops.decline_quote(tests.slice(tests.the('declined'), 'factory_a'))$$);
select tests.throws_code('planner', $$
  select ops.award(tests.slice(tests.the('declined'), 'factory_a'), 10, 4.5, 'never mind')
$$, 'OMS_NOT_QUOTED', 'a factory that declined is not awarded, at any price');
select tests.throws_code('planner', $$
  insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, remark) values (private.new_id(), 'lost')
$$, 'OMS_NOT_FOUND', 'a remark is on a slice that exists');
select tests.throws_code('planner', $$
  insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, remark, replaces_id) values (tests.the('a'), 'instead', private.new_id())
$$, 'OMS_NOT_FOUND', 'a remark names a replaced slice that exists');

-- Many at once

select tests.keep('many', tests.make_line(100));
select tests.make_allocation(array[tests.the('many')], '{factory_a,factory_b,factory_c}');
select tests.act('procurement', $$update ops.directory set approval_status = 'approved' where code = 'factory_c'$$);
select tests.keep('many_a', tests.quote(tests.slice(tests.the('many'), 'factory_a')));
select tests.keep('many_b', tests.quote(tests.slice(tests.the('many'), 'factory_b'), 5, capacity => 30));
select tests.keep('many_c', tests.quote(tests.slice(tests.the('many'), 'factory_c')));
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set is_awarded = true, awarded_qty = case when id = tests.the('many_b') then 30 else 36 end
  where allocation_item_id = tests.item(tests.the('many'))
$$, 'OMS_AWARD_EXCEEDS_COMMITTED', 'three awards in one statement beyond the commitment are refused together');
select tests.throws_code('planner', $$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'awarded_qty', 40),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_b'), 'awarded_qty', 31)
  ))
$$, 'OMS_AWARD_EXCEEDS_CAPACITY', 'one award beyond a capacity refuses all of a list');
select tests.throws_code('planner', $$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'awarded_qty', 40),
    jsonb_build_object('allocation_item_supplier_id', private.new_id(), 'awarded_qty', 31)
  ))
$$, 'OMS_NOT_FOUND', 'one unknown slice refuses all of a list');
select tests.throws_code('planner', $$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'awarded_qty', 40),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'awarded_qty', 31)
  ))
$$, 'OMS_INVALID_ARGUMENT', 'a slice is awarded once in a list');
select tests.throws_code('planner', $$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'awarded_qty', 40, 'percentage', 100)
  ))
$$, 'OMS_INVALID_ARGUMENT', 'an award is by quantity or by percentage, not by both');
select tests.throws_code('planner', 'select ops.award_many(null)', 'OMS_INVALID_ARGUMENT', 'awards come as a list');

-- By percentage

select tests.throws_code('planner', format($$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'percentage', %s),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_c'), 'percentage', %s)
  ))
$$, p.one, p.other), 'OMS_PERCENTAGES_NOT_100', format('percentages of %s and %s are refused', p.one, p.other))
from (values (50, 49.9), (50, 50.0001), (150, -50), (0, 0)) as p (one, other);
select tests.throws_code('planner', $$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_a'), 'percentage', 69),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_b'), 'percentage', 31)
  ))
$$, 'OMS_AWARD_EXCEEDS_CAPACITY', 'a share above the factory''s capacity is refused');
select is(pg_temp.shares(100, '{33,33,34}'), '33 33 34', '33, 33 and 34 % of 100 are 33, 33 and 34 pieces');
select is(pg_temp.shares(99, '{50,50}'), '50 49', 'of equal remainders the slice with the smaller id gets the piece');
select is(pg_temp.shares(7, '{33,33,34}'), '2 2 3', 'the largest remainder gets the piece');
select is(pg_temp.shares(8, '{33,33,34}'), '3 2 3', 'the largest remainders get the pieces, ties by id');
select is(pg_temp.shares(10, '{33.33,33.33,33.34}'), '3 3 4', 'percentages may have decimals');
select is(pg_temp.shares(1, '{20,30,50}'), '- - 1', 'a share of zero makes no award');
select is(pg_temp.shares(50, '{100,0,0}'), '50 - -', 'a percentage of zero makes no award');
select is(
  pg_temp.shares(1, '{50,50}', '{33,33,34}'), '50 (17/16/17) 50 (16/17/17)',
  '33/33/34 in two halves is 17/16/17 and 16/17/17: slices add up to the run'
);
select is(
  pg_temp.shares(1, '{33,33,34}', '{1,1,1}'), '1 (1/0/0) 1 (0/1/0) 1 (0/0/1)',
  'a run of one piece a size is shared out piece by piece'
);
select is(
  pg_temp.shares(1, '{33.33,33.33,33.34}', '{5,5,0,7}'), '6 (2/2/0/2) 5 (2/1/0/2) 6 (1/2/0/3)',
  'three slices add up to the run, a size of zero included'
);

select tests.keep('rest', tests.make_line(100));
select tests.make_allocation(array[tests.the('rest')], '{factory_a,factory_b,factory_c}');
select tests.award(tests.quote(tests.slice(tests.the('rest'), 'factory_a')), 40);
select tests.act('planner', format($$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', %L, 'percentage', 50),
    jsonb_build_object('allocation_item_supplier_id', %L, 'percentage', 50)
  ))
$$, tests.quote(tests.slice(tests.the('rest'), 'factory_b')), tests.quote(tests.slice(tests.the('rest'), 'factory_c'))));
select is(
  tests.slice_says(tests.slice(tests.the('rest'), 'factory_b'), 'awarded_qty') || ' ' || tests.slice_says(tests.slice(tests.the('rest'), 'factory_c'), 'awarded_qty'),
  '30 30',
  'percentages are of what is left of the committed quantity'
);
select tests.keep('mixed', tests.make_line(100));
select tests.make_allocation(array[tests.the('mixed')]);
select tests.act('planner', format($$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', %L, 'awarded_qty', 15),
    jsonb_build_object('allocation_item_supplier_id', %L, 'percentage', 100)
  ))
$$, tests.quote(tests.slice(tests.the('mixed'), 'factory_a')), tests.quote(tests.slice(tests.the('mixed'), 'factory_b'))));
select is(
  tests.slice_says(tests.slice(tests.the('mixed'), 'factory_b'), 'awarded_qty'), '85',
  'percentages are of what quantities in the same list leave'
);
select tests.keep('pair_1', tests.make_line(10));
select tests.keep('pair_2', tests.make_line(20));
select tests.make_allocation(array[tests.the('pair_1'), tests.the('pair_2')], '{factory_a}');
select tests.act('planner', format($$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', %L, 'percentage', 100),
    jsonb_build_object('allocation_item_supplier_id', %L, 'percentage', 100)
  ))
$$, tests.quote(tests.slice(tests.the('pair_1'), 'factory_a')), tests.quote(tests.slice(tests.the('pair_2'), 'factory_a'))));
select is(
  tests.slice_says(tests.slice(tests.the('pair_1'), 'factory_a'), 'awarded_qty') || ' ' || tests.slice_says(tests.slice(tests.the('pair_2'), 'factory_a'), 'awarded_qty'),
  '10 20',
  'percentages are counted for each item by itself'
);

-- What an award writes

select tests.keep('asked', tests.make_line(100, '{33,33,34}'));
select tests.make_allocation(array[tests.the('asked')], '{factory_a}');
select tests.quote(tests.slice(tests.the('asked'), 'factory_a'));
create temporary table before as
select
  i.row_version as line_version,
  a.row_version as item_version,
  array(
    select z.ctid from ops.allocation_item_supplier_sizes as z
    where z.allocation_item_supplier_id = tests.slice(i.id, 'factory_a')
    order by z.position
  ) as sizes
from ops.order_items as i
inner join ops.allocation_items as a on a.order_item_id = i.id
where i.id = tests.the('asked');
select tests.award(tests.slice(tests.the('asked'), 'factory_a'));
select is(
  array(
    select z.ctid::text from ops.allocation_item_supplier_sizes as z
    where z.allocation_item_supplier_id = tests.slice(tests.the('asked'), 'factory_a')
    order by z.position
  ),
  (select b.sizes::text[] from before as b),
  'an award of what was asked leaves the size run as it stands, and writes none of it anew'
);
select is(
  (
    select array[i.row_version, a.row_version]
    from ops.order_items as i
    inner join ops.allocation_items as a on a.order_item_id = i.id
    where i.id = tests.the('asked')
  ),
  (select array[b.line_version + 1, b.item_version + 1] from before as b),
  'an award writes its line and its allocation item once each'
);

-- Sizes of what one slice gives up

select tests.keep('sized', tests.awarded_slice(1, 5, '{33,33,34}'));
select tests.close_slice(tests.the('sized'), 95);
select is(tests.sizes(tests.the('sized')), '32/31/32', 'a slice that is closed keeps the proportions of its run');
select tests.act('planner', $$select ops.add_candidates(
  (select s.allocation_id from ops.allocation_items_supplier as s where s.id = tests.the('sized')), array[tests.id('factory_b')]
)$$);
select tests.act('planner', $$select ops.send_allocation(
  (select s.allocation_id from ops.allocation_items_supplier as s where s.id = tests.the('sized'))
)$$);
select tests.award(tests.quote(tests.slice(tests.line_of(tests.the('sized')), 'factory_b')));
select is(
  tests.sizes(tests.slice(tests.line_of(tests.the('sized')), 'factory_b')), '1/2/2',
  'another slice takes the sizes that a closed one gave up'
);

-- Taking an award back

select tests.keep('revoked', tests.awarded_slice(100));
select tests.throws_code('planner', 'select ops.revoke_award(private.new_id())', 'OMS_NOT_FOUND', 'an unknown award is not revoked');
select tests.throws_code('other_planner', $$
  select ops.revoke_award(tests.the('revoked'))
$$, 'OMS_NOT_FOUND', 'another organization''s award is not revoked');
select tests.denies('factory_a', $$
  select ops.revoke_award(tests.the('revoked'))
$$, 'a factory does not give its award back');
select tests.act('planner', $$select ops.revoke_award(tests.the('revoked'))$$);
select is(
  tests.slice_says(tests.the('revoked'), 'is_awarded, awarded_qty, awarded_price, awarded_at, quote_status, price'), 'f quoted 5',
  'a revoked award leaves the quote'
);
select is(
  (select a.effective_qty::int from ops.allocation_items as a where a.id = tests.item(tests.line_of(tests.the('revoked')))), 0,
  'what was revoked can be awarded anew'
);
select is(
  (select h.data ->> 'awarded_qty' from ops.order_history as h where h.order_item_id = tests.line_of(tests.the('revoked')) and h.action = 'award_revoked'),
  '100.000000',
  'taking an award back is written to the history'
);
select tests.throws_code('planner', $$
  select ops.revoke_award(tests.the('revoked'))
$$, 'OMS_NOT_AWARDED', 'what is not awarded is not revoked');
select tests.keep('doubled', tests.award(tests.the('revoked'), 60));
select tests.act('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id)
  select s.allocation_item_id, s.factory_id from ops.allocation_items_supplier as s where s.id = tests.the('doubled')
$$);
select tests.throws_code('planner', $$
  select ops.revoke_award(tests.the('doubled'))
$$, 'OMS_CANDIDATE_EXISTS', 'an award is not revoked while its factory is asked for the rest');
select tests.keep('contracted', tests.awarded_slice(100));
select tests.issue(tests.the('contracted'));
select tests.throws_code('planner', $$
  select ops.revoke_award(tests.the('contracted'))
$$, 'OMS_SLICE_UNDER_CONTRACT', 'an award under a contract is not revoked');
select tests.set_setting('receipts_require_signed_contract', 'false');
select tests.keep('received', tests.awarded_slice(100));
select tests.receive(tests.the('received'), 10);
select tests.throws_code('planner', $$
  select ops.revoke_award(tests.the('received'))
$$, 'OMS_AWARD_HAS_RECEIPTS', 'an award with receipts is not revoked');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_qty = 9 where id = tests.the('received')
$$, 'OMS_AWARD_HAS_RECEIPTS', 'an award does not go below what was accepted');
select tests.close_slice(tests.the('received'), 50);
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set is_awarded = false where id = tests.the('received')
$$, 'OMS_SLICE_CLOSED', 'a closed slice is not revoked');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 5, closed_qty = 5 where id = tests.the('b')
$$, 'OMS_NOT_AWARDED', 'a slice is not awarded and closed in one step');

-- Closing a slice

select tests.keep('closing', tests.awarded_slice(100));
select tests.receive(tests.the('closing'), 40, 10);
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('closing'), 29)
$$, 'OMS_CLOSE_QUANTITY_OUT_OF_RANGE', 'a slice is closed at no less than was accepted');
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('closing'), 101)
$$, 'OMS_CLOSE_QUANTITY_OUT_OF_RANGE', 'a slice is closed at no more than was awarded');
select is(
  (tests.refusal('planner', $$select ops.close_slice(tests.the('closing'), 101)$$) ->> 'details')::jsonb - 'allocation_item_supplier_id',
  '{"most": 100.000000, "least": 30.000000}',
  'a refused closing names the range that is possible'
);
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('closing'), 40.5)
$$, 'OMS_WHOLE_PIECES', 'a slice is closed at whole pieces');
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('closing'), null)
$$, 'OMS_INVALID_ARGUMENT', 'a slice is closed at a quantity');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set closed_at = now() where id = tests.the('closing')
$$, 'OMS_INVALID_ARGUMENT', 'a slice is not closed by a date alone');
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('many_a'), 0)
$$, 'OMS_NOT_AWARDED', 'a candidate is not closed at a quantity');
select tests.throws_code('planner', 'select ops.close_slice(private.new_id(), 0)', 'OMS_NOT_FOUND', 'an unknown slice is not closed');
select tests.throws_code('other_planner', $$
  select ops.close_slice(tests.the('closing'), 50)
$$, 'OMS_NOT_FOUND', 'another organization''s slice is not closed');
select tests.act('procurement', $$select ops.close_slice(tests.the('closing'), 80, remark => 'fabric short')$$);
select is(
  tests.slice_says(tests.the('closing'), 'awarded_qty, closed_qty, effective_qty') || ' ' || (select n.kind || ' ' || n.remark from ops.allocation_item_supplier_notes as n where n.allocation_item_supplier_id = tests.the('closing')),
  '100 80 80 closure fabric short',
  'a closed slice counts for what it was closed at, and a remark says why'
);
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('closing'), 81)
$$, 'OMS_CLOSE_QUANTITY_OUT_OF_RANGE', 'a closed slice is not closed again higher');
select tests.close_slice(tests.the('closing'), 30);
select is(tests.slice_says(tests.the('closing'), 'closed_qty'), '30', 'a closed slice is closed again lower');
select tests.keep('overreceived', tests.awarded_slice(100));
select tests.denies('procurement', $$
  select ops.close_slice(tests.the('overreceived'), 90, waive => true)
$$, 'procurement does not waive');
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('overreceived'), 0, waive => true)
$$, 'OMS_SHORT_CLOSE_NOT_ALLOWED', 'waiving can never reach the line''s quantity: the line is cancelled instead');
select tests.close_slice(tests.the('overreceived'), 0);
select is(
  tests.status(tests.line_of(tests.the('overreceived'))), 'UNALLOCATED',
  'a slice can be closed at zero without waiving'
);

select * from finish();
