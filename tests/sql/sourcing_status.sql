-- allocation_status: each of the seven, every step forward and back with the fact that caused it, the worked examples.

select * from no_plan();

create function pg_temp.history(line uuid) returns text
language sql
as $$
  select string_agg(format('%s (%s)', h.new_status, regexp_replace(h.data ->> 'fact', 'PC-[0-9]+', 'PC')), ', ' order by h.cmin::text::bigint)
  from ops.order_history as h
  where h.order_item_id = line and h.action = 'status_changed'
$$;

-- Forward

select tests.keep('line', tests.make_line(100));
select is(tests.status(tests.the('line')), 'UNALLOCATED', 'a new line is UNALLOCATED');
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{}', is_sent => false));
select is(tests.status(tests.the('line')), 'UNALLOCATED', 'a line that is committed without a candidate stays UNALLOCATED');
select tests.act('planner', $$select ops.add_candidates(tests.the('allocation'), array[tests.id('factory_a'), tests.id('factory_b')])$$);
select is(tests.last_step(tests.the('line')), 'UNALLOCATED -> PREALLOCATED: candidate added', 'a candidate makes a line PREALLOCATED');
select tests.act('planner', $$select ops.send_allocation(tests.the('allocation'))$$);
select is(tests.last_step(tests.the('line')), 'PREALLOCATED -> ALLOCATED: sent to factory', 'sending the allocation makes a line ALLOCATED');
select tests.keep('a', tests.quote(tests.slice(tests.the('line'), 'factory_a')));
select tests.keep('b', tests.quote(tests.slice(tests.the('line'), 'factory_b')));
select is(tests.last_step(tests.the('line')), 'PREALLOCATED -> ALLOCATED: sent to factory', 'a quote changes nothing about a line');
select tests.award(tests.the('a'), 60);
select is(tests.last_step(tests.the('line')), 'PREALLOCATED -> ALLOCATED: sent to factory', 'a line that is awarded in part stays ALLOCATED');
select tests.award(tests.the('b'), 40);
select is(tests.last_step(tests.the('line')), 'ALLOCATED -> CONFIRMED: awarded', 'a line that is fully awarded is CONFIRMED');
select tests.issue(tests.the('a'));
select is(tests.status(tests.the('line')), 'CONFIRMED', 'a line of which one slice has no contract stays CONFIRMED');
select tests.issue(tests.the('b'));
select is(tests.last_step(tests.the('line')), 'CONFIRMED -> PC_ISSUED: contract PC ISSUED', 'a line of which every slice has a contract is PC_ISSUED');
select tests.sign(tests.contract(tests.the('a')));
select is(tests.status(tests.the('line')), 'PC_ISSUED', 'a line of which one contract is unsigned stays PC_ISSUED');
select tests.sign(tests.contract(tests.the('b')));
select is(tests.last_step(tests.the('line')), 'PC_ISSUED -> PC_SIGNED: contract PC PC_SIGNED', 'a line of which every contract is signed is PC_SIGNED');
select is(
  pg_temp.history(tests.the('line')),
  'PREALLOCATED (candidate added), ALLOCATED (sent to factory), CONFIRMED (awarded), PC_ISSUED (contract PC ISSUED), PC_SIGNED (contract PC PC_SIGNED)',
  'the history has each change once'
);
select is(
  (select concat_ws(' ', h.actor_role, h.actor_id = p.user_id, h.is_visible_to_client) from ops.order_history as h, tests.personas as p where h.order_item_id = tests.the('line') and h.new_status = 'PC_SIGNED' and p.name = 'factory_b'),
  'oms_factory t f',
  'the history says who caused a change'
);
select tests.denies(p.persona, $$
  update ops.order_items set allocation_status = 'CONFIRMED' where id = tests.the('line')
$$, format('%s does not set allocation_status', p.persona))
from unnest(array['planner', 'sales', 'admin', 'client_a']) as p (persona);

-- Back, from PREALLOCATED

select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')], is_sent => false);
select tests.act('planner', $$select ops.close_allocation_item(tests.item(tests.the('line')))$$);
select is(tests.last_step(tests.the('line')), 'PREALLOCATED -> UNALLOCATED: candidate closed', 'a line of which the item is closed is UNALLOCATED again');

-- Back, from ALLOCATED

select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')]);
select tests.act('factory_a', $$select ops.decline_quote(tests.slice(tests.the('line'), 'factory_a'))$$);
select is(tests.status(tests.the('line')), 'ALLOCATED', 'a line stays ALLOCATED while one candidate is live');
select tests.act('factory_b', $$select ops.decline_quote(tests.slice(tests.the('line'), 'factory_b'))$$);
select is(tests.last_step(tests.the('line')), 'ALLOCATED -> UNALLOCATED: quote declined', 'all candidates decline: the line is UNALLOCATED');
select tests.quote(tests.slice(tests.the('line'), 'factory_a'));
select is(tests.last_step(tests.the('line')), 'UNALLOCATED -> ALLOCATED: quote quoted', 'a factory that thinks again makes the line ALLOCATED again');
select tests.act('factory_a', $$select ops.withdraw_quote(tests.slice(tests.the('line'), 'factory_a'))$$);
select is(tests.last_step(tests.the('line')), 'ALLOCATED -> UNALLOCATED: quote withdrawn', 'a withdrawn quote makes the line UNALLOCATED again');

select tests.keep('line', tests.make_line(100));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{factory_a}'));
select tests.act('planner', $$select ops.add_candidates(tests.the('allocation'), array[tests.id('factory_b')])$$);
select tests.act('factory_a', $$select ops.decline_quote(tests.slice(tests.the('line'), 'factory_a'))$$);
select is(tests.last_step(tests.the('line')), 'ALLOCATED -> PREALLOCATED: quote declined', 'a line of which the only candidate left is not invited is PREALLOCATED again');

-- Back, from CONFIRMED

select tests.keep('slice', tests.awarded_slice(100));
select tests.act('planner', $$select ops.revoke_award(tests.the('slice'))$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'CONFIRMED -> ALLOCATED: award revoked', 'a revoked award makes the line ALLOCATED again');
select tests.award(tests.the('slice'));
select tests.act('planner', $$update ops.allocation_items_supplier set awarded_qty = 90 where id = tests.the('slice')$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'CONFIRMED -> ALLOCATED: awarded quantity changed', 'an award that is lowered makes the line ALLOCATED again');
select tests.act('planner', $$update ops.allocation_items_supplier set awarded_qty = 100 where id = tests.the('slice')$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'ALLOCATED -> CONFIRMED: awarded quantity changed', 'an award that is raised makes the line CONFIRMED again');
select tests.act('sales', $$update ops.order_items set quantity = 120 where id = tests.line_of(tests.the('slice'))$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'CONFIRMED -> ALLOCATED: quantity changed', 'a quantity that is raised makes the line ALLOCATED again');
select tests.act('sales', $$update ops.order_items set quantity = 100 where id = tests.line_of(tests.the('slice'))$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'ALLOCATED -> CONFIRMED: quantity changed', 'a quantity that comes down to the awards makes the line CONFIRMED');
select tests.close_slice(tests.the('slice'), 70);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'CONFIRMED -> ALLOCATED: slice closed', 'a slice that is closed lower makes the line ALLOCATED again');
select tests.close_slice(tests.the('slice'), 0);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'ALLOCATED -> UNALLOCATED: slice closed', 'a line without a standing slice or candidate is UNALLOCATED');

-- Back, from PC_ISSUED

select tests.keep('slice', tests.awarded_slice(100));
select tests.issue(tests.the('slice'));
select tests.act('planner', $$select ops.cancel_contract(tests.contract(tests.the('slice')))$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'PC_ISSUED -> CONFIRMED: contract PC CANCELLED', 'a contract that is withdrawn makes the line CONFIRMED again');
select tests.issue(tests.the('slice'));
select tests.close_slice(tests.the('slice'), 90);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'PC_ISSUED -> ALLOCATED: slice closed', 'a slice that is closed under an issued contract makes the line ALLOCATED again');
select tests.keep('waiving', tests.awarded_slice(100));
select tests.issue(tests.the('waiving'));
select tests.close_slice(tests.the('waiving'), 90, true);
select is(tests.status(tests.line_of(tests.the('waiving'))), 'CONFIRMED', 'with the rest waived, it is CONFIRMED until the successor is issued');

select tests.keep('w1', tests.make_line(10));
select tests.keep('w2', tests.make_line(10));
select tests.make_allocation(array[tests.the('w1'), tests.the('w2')], '{factory_a}');
select tests.award(tests.quote(tests.slice(tests.the('w1'), 'factory_a'))), tests.award(tests.quote(tests.slice(tests.the('w2'), 'factory_a')));
select tests.issue(tests.slice(tests.the('w1'), 'factory_a'));
select tests.close_slice(tests.slice(tests.the('w1'), 'factory_a'), 5);
select is(tests.last_step(tests.the('w2')), 'PC_ISSUED -> CONFIRMED: contract PC CANCELLED', 'the other lines of a contract that is withdrawn are CONFIRMED again');

-- Back, from PC_SIGNED

select tests.keep('slice', tests.signed_slice(100));
select tests.act('planner', $$select ops.cancel_contract(tests.contract(tests.the('slice')))$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'PC_SIGNED -> UNALLOCATED: slice closed', 'a signed contract that is cancelled makes the line UNALLOCATED: its slices are closed');
select tests.keep('slice', tests.signed_slice(100));
select tests.act('sales', $$update ops.order_items set quantity = 101 where id = tests.line_of(tests.the('slice'))$$);
select is(tests.last_step(tests.line_of(tests.the('slice'))), 'PC_SIGNED -> ALLOCATED: quantity changed', 'a signed line that is raised is ALLOCATED until the rest is awarded');

-- CANCELLED, from everywhere

create function pg_temp.cancelled(line uuid) returns text
language plpgsql
as $$
begin
  perform tests.act('sales', format('select ops.cancel_order_item(%L)', line));
  return tests.last_step(line);
end
$$;
select is(pg_temp.cancelled(tests.make_line(100)), 'UNALLOCATED -> CANCELLED: line cancelled', 'an UNALLOCATED line can be cancelled');
select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')], is_sent => false);
select is(pg_temp.cancelled(tests.the('line')), 'PREALLOCATED -> CANCELLED: line cancelled', 'a PREALLOCATED line can be cancelled');
select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')]);
select is(pg_temp.cancelled(tests.the('line')), 'ALLOCATED -> CANCELLED: line cancelled', 'an ALLOCATED line can be cancelled');
select tests.keep('slice', tests.awarded_slice(100));
select is(pg_temp.cancelled(tests.line_of(tests.the('slice'))), 'CONFIRMED -> CANCELLED: line cancelled', 'a CONFIRMED line can be cancelled');
select tests.keep('slice', tests.awarded_slice(100));
select tests.issue(tests.the('slice'));
select is(pg_temp.cancelled(tests.line_of(tests.the('slice'))), 'PC_ISSUED -> CANCELLED: line cancelled', 'a PC_ISSUED line can be cancelled');
select tests.keep('slice', tests.signed_slice(100));
select is(pg_temp.cancelled(tests.line_of(tests.the('slice'))), 'PC_SIGNED -> CANCELLED: line cancelled', 'a PC_SIGNED line can be cancelled while nothing was accepted');

-- Tolerances

select tests.set_setting('under_award_tolerance_pct', '5');
select tests.keep('line', tests.make_line(100));
select tests.set_setting('under_award_tolerance_pct', '0');
select tests.make_allocation(array[tests.the('line')]);
select tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_a')), 94);
select is(tests.status(tests.the('line')), 'ALLOCATED', 'awards short of the tolerance are not a full award');
select tests.act('planner', $$update ops.allocation_items_supplier set awarded_qty = 95 where allocation_item_id = tests.item(tests.the('line')) and is_awarded$$);
select is(tests.status(tests.the('line')), 'CONFIRMED', 'awards within the tolerance that was set when the line was made are a full award');
select tests.keep('within', (select s.id from ops.allocation_items_supplier as s where s.allocation_item_id = tests.item(tests.the('line')) and s.is_awarded));
select tests.sign(tests.issue(tests.the('within')));
select tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_b')), 5);
select is(tests.last_step(tests.the('line')), 'PC_SIGNED -> CONFIRMED: awarded', 'a further award makes a signed line CONFIRMED until it is contracted');

-- Worked examples

select tests.keep('a', tests.signed_slice(100));
select tests.keep('line', tests.line_of(tests.the('a')));
select tests.receive(tests.the('a'), 95);
select tests.close_slice(tests.the('a'), 95, true);
select is(tests.status(tests.the('line')), 'PC_SIGNED', 'A awarded 100 and signed, 95 received, A closed at 95 and 5 waived: PC_SIGNED');
select is(
  (select format('%s waived, %s committed, %s effective', trim_scale(i.short_closed_qty), trim_scale(i.committed_qty), trim_scale(i.effective_qty)) from ops.order_items as i where i.id = tests.the('line')),
  '5 waived, 95 committed, 95 effective',
  'waiving lowers the commitment'
);
select tests.pay(tests.the('a'), 475);
select is(tests.contract_status(tests.contract(tests.the('a'))), 'CLOSED', 'paid for 95, its contract is CLOSED');

select tests.keep('a', tests.signed_slice(100));
select tests.keep('line', tests.line_of(tests.the('a')));
select tests.receive(tests.the('a'), 95);
select tests.close_slice(tests.the('a'), 95);
select is(tests.last_step(tests.the('line')), 'PC_SIGNED -> ALLOCATED: slice closed', 'A closed at 95 and nothing waived: ALLOCATED');
select tests.keep('allocation', (select s.allocation_id from ops.allocation_items_supplier as s where s.id = tests.the('a')));
select tests.act('planner', $$select ops.add_candidates(tests.the('allocation'), array[tests.id('factory_b')])$$);
select tests.act('planner', $$select ops.send_allocation(tests.the('allocation'))$$);
select tests.keep('b', tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_b'))));
select is(
  tests.slice_says(tests.the('b'), 'awarded_qty') || ' ' || tests.last_step(tests.the('line')), '5 ALLOCATED -> CONFIRMED: awarded',
  'the 5 awarded elsewhere: CONFIRMED'
);
select tests.issue(tests.the('b'));
select is(tests.status(tests.the('line')), 'PC_ISSUED', 'their contract issued: PC_ISSUED');
select tests.sign(tests.contract(tests.the('b')));
select is(tests.status(tests.the('line')), 'PC_SIGNED', 'and signed: PC_SIGNED');

select tests.keep('a', tests.signed_slice(100));
select tests.keep('receipt', tests.receive(tests.the('a'), 100));
select tests.pay(tests.the('a'), 500);
select is(tests.contract_status(tests.contract(tests.the('a'))), 'CLOSED', 'all received and paid: the contract is CLOSED');
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'miscounted')$$);
select is(
  tests.contract_status(tests.contract(tests.the('a'))) || ' ' || tests.status(tests.line_of(tests.the('a'))), 'PC_SIGNED PC_SIGNED',
  'a receipt voided after CLOSED: the contract is PC_SIGNED again, and the line still'
);

select tests.keep('a', tests.signed_slice(100));
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('a'), 0, waive => true)
$$, 'OMS_SHORT_CLOSE_NOT_ALLOWED', 'short_closed_qty can never reach the quantity by closing');
select tests.throws_code('planner', $$
  update ops.order_items set short_closed_qty = 100 where id = tests.line_of(tests.the('a'))
$$, 'OMS_SHORT_CLOSE_NOT_ALLOWED', 'nor by waiving');

-- A line in two allocations

select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')], '{factory_a}', 60);
select tests.make_allocation(array[tests.the('line')], '{factory_b}', 40);
select tests.keep('a', tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_a'))));
select tests.sign(tests.issue(tests.the('a')));
select is(tests.status(tests.the('line')), 'ALLOCATED', 'a line of which a part is signed and a part is asked for is ALLOCATED');
select tests.keep('b', tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_b'))));
select is(tests.status(tests.the('line')), 'CONFIRMED', 'a line counts its slices of all allocations');
select tests.sign(tests.issue(tests.the('b')));
select is(tests.status(tests.the('line')), 'PC_SIGNED', 'and their contracts');

-- Every row of the history follows from the one before

select is_empty($$
  select h.order_item_id, h.old_status, h.came_from
  from (
    select h.order_item_id, h.old_status, lag(h.new_status, 1, 'UNALLOCATED') over (partition by h.order_item_id order by h.cmin::text::bigint) as came_from
    from ops.order_history as h
    inner join ops.order_items as i on i.id = h.order_item_id and i.xmin = h.xmin
    where h.action = 'status_changed' and h.order_item_id is not null
  ) as h
  where h.old_status <> h.came_from
$$, 'each status in the history follows from the one before');
select is_empty($$
  select h.id from ops.order_history as h where h.action = 'status_changed' and h.order_item_id is not null and coalesce(h.data ->> 'fact', '') = ''
$$, 'each change of status names a fact');

select * from finish();
