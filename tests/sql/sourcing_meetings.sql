-- Where contract versions meet money, capacity, minimums and timelines.

select no_plan();

create function tests.revise(slice uuid, terms jsonb default '{}', ex_factory date default null) returns uuid
language sql
as $$
  select tests.ask('procurement', format(
    'select p.id from ops.revise_contract(%L, %L, %L) as p', tests.contract(slice),
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', slice) || terms), ex_factory
  ))::uuid
$$;

create function tests.batch(quantities numeric[], price numeric default 5) returns text[]
language plpgsql
as $$
declare
  lines constant uuid[] := array(select tests.make_line(q.quantity) from unnest(quantities) as q (quantity));
begin
  perform tests.make_allocation(lines, '{factory_a,factory_b}');
  perform tests.award(tests.quote(tests.slice(l.id, 'factory_a'), price)) from unnest(lines) as l (id);
  perform tests.keep('line_' || l.nth, l.id) from unnest(lines) with ordinality as l (id, nth);
  perform tests.keep('slice_' || l.nth, tests.slice(l.id, 'factory_a')) from unnest(lines) with ordinality as l (id, nth);
  return lines;
end
$$;

create function tests.advance(contract uuid, slice uuid, amount numeric) returns text
language sql
as $$
  select format(
    'select ops.record_factory_payment(%L, %L, %L, is_advance => true)', contract, 'ADV-' || private.new_id(),
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', slice, 'amount', amount))
  )
$$;

-- Money goes out on what is signed

select tests.batch('{100,100}');
select tests.act('planner', format('select ops.revoke_award(%L)', tests.the('slice_2')));
select tests.sign(tests.issue(tests.the('slice_1')));
select tests.keep('contract', tests.contract(tests.the('slice_1')));
select tests.award(tests.the('slice_2'));
select tests.revise(tests.the('slice_1'));
select tests.act('procurement', format(
  'insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (%L, %L)',
  tests.contract(tests.the('slice_1')), tests.the('slice_2')
));
select tests.throws_code(
  'finance', tests.advance(tests.the('contract'), tests.the('slice_2'), 100), 'OMS_CONTRACT_MISMATCH',
  'what only the draft of a version names is not paid, not in advance either'
);
select tests.issue(tests.the('slice_2'));
select tests.throws_code(
  'finance', tests.advance(tests.the('contract'), tests.the('slice_2'), 100), 'OMS_CONTRACT_MISMATCH',
  'nor what only an issued version names'
);
select tests.sign(tests.contract(tests.the('slice_2')));
select tests.accepts(
  'finance', tests.advance(tests.contract(tests.the('slice_2')), tests.the('slice_2'), 100),
  'once the factory has signed it is'
);

-- Money of a slice that left its contract

select tests.batch('{100,100}');
select tests.sign(tests.issue(tests.the('slice_1')));
select tests.act('finance', tests.advance(tests.contract(tests.the('slice_1')), tests.the('slice_1'), 500));
select tests.close_slice(tests.the('slice_1'), 0);
select tests.revise(tests.the('slice_2'));
select tests.sign(tests.issue(tests.the('slice_2')));
select is(
  (select string_agg(l.allocation_item_supplier_id::text, ',') from ops.factory_po_lines as l where l.factory_po_id = tests.contract(tests.the('slice_2'))),
  tests.the('slice_2')::text, 'the next version holds what stands'
);
select tests.throws_code(
  'procurement', format('select ops.cancel_contract(%L)', tests.contract(tests.the('slice_2'))), 'OMS_CONTRACT_HAS_PAYMENTS',
  'a later version is not cancelled while money is out for a slice that left it'
);
select tests.throws_code(
  'planner', format('select ops.close_slice(%L, 0)', tests.the('slice_2')), 'OMS_CONTRACT_HAS_PAYMENTS',
  'nor is its last slice closed: the refund would have no contract'
);
select tests.act('finance', format(
  'select ops.record_factory_payment(%L, %L, %L)', tests.contract(tests.the('slice_2')), 'BACK-1',
  jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('slice_1'), 'amount', -500))
));
select tests.accepts(
  'procurement', format('select ops.cancel_contract(%L)', tests.contract(tests.the('slice_2'))), 'after the refund it is cancelled'
);

-- A refund that is voided

select tests.keep('slice', tests.signed_slice(100, 5));
select tests.keep('contract', tests.contract(tests.the('slice')));
select tests.act('finance', tests.advance(tests.the('contract'), tests.the('slice'), 500));
select tests.keep('refund', tests.pay(tests.the('slice'), -500));
select tests.act('procurement', $$select ops.cancel_contract(tests.the('contract'))$$);
select tests.throws_code(
  'finance', tests.advance(tests.the('contract'), tests.the('slice'), 1), 'OMS_PAYMENT_EXCEEDS_PAYABLE',
  'a cancelled contract is not paid'
);
select tests.act('finance', $$select ops.void_factory_payment(tests.the('refund'), 'bounced')$$);
select is(tests.slice_says(tests.the('slice'), 'paid_amount, balance'), '500 -500', 'money that did not come back is out, and shows');
select tests.accepts(
  'finance', format(
    'select ops.record_factory_payment(%L, %L, %L)', tests.the('contract'), 'BACK-2',
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', -500))
  ), 'and can come back although the contract is cancelled'
);

-- Capacity

select tests.act('procurement', $$update ops.directory set monthly_capacity_qty = 150 where code = 'factory_a'$$);
select tests.set_setting('factory_capacity', 'refuse');
select tests.batch('{100}');
select tests.keep('busy', tests.the('slice_1'));
select tests.act('planner', format('select ops.issue_contracts(%L, ex_factory_date => %L)', s.allocation_id, '2027-02-10')) from ops.allocation_items_supplier as s where s.id = tests.the('busy');
select tests.sign(tests.contract(tests.the('busy')));
select tests.batch('{100}');
select tests.act('planner', format('select ops.issue_contracts(%L, ex_factory_date => %L)', s.allocation_id, '2027-03-10')) from ops.allocation_items_supplier as s where s.id = tests.the('slice_1');
select tests.sign(tests.contract(tests.the('slice_1')));
select tests.revise(tests.the('slice_1'), ex_factory => '2027-02-20');
select tests.throws_code(
  'procurement', format('select ops.issue_contracts(%L)', s.allocation_id), 'OMS_FACTORY_OVER_CAPACITY',
  'a revision does not move work into a full month'
) from ops.allocation_items_supplier as s where s.id = tests.the('slice_1');

select tests.batch('{60}');
select tests.act('planner', format($$update ops.allocation_items_supplier set target_ex_factory_date = '2027-04-10' where id = %L$$, tests.the('slice_1')));
select tests.throws_code(
  'planner', format($$update ops.allocation_items_supplier set target_ex_factory_date = '2027-02-10' where id = %L$$, tests.the('slice_1')),
  'OMS_FACTORY_OVER_CAPACITY', 'an award is not moved into a full month by the date that we want'
);
select tests.set_setting('factory_capacity', 'ignore');

-- Minimums

select tests.act('procurement', $$update ops.directory set moq = 80, minimum_order_amount = 300 where code = 'factory_a'$$);
select tests.set_setting('factory_minimums', 'refuse');
select tests.batch('{100}');
select tests.sign(tests.issue(tests.the('slice_1')));
select tests.revise(tests.the('slice_1'), '{"quantity": 10}');
select tests.throws_code(
  'procurement', format('select ops.issue_contracts(%L)', s.allocation_id), 'OMS_BELOW_FACTORY_MINIMUM',
  'a revision does not go below what the factory takes'
) from ops.allocation_items_supplier as s where s.id = tests.the('slice_1');
select tests.revise(tests.the('slice_1'), '{"quantity": 100, "price": 2}');
select tests.throws_code(
  'procurement', format('select ops.issue_contracts(%L)', s.allocation_id), 'OMS_BELOW_FACTORY_MINIMUM',
  'not by its price either'
) from ops.allocation_items_supplier as s where s.id = tests.the('slice_1');
select tests.set_setting('factory_minimums', 'ignore');

-- Timelines

select tests.keep('template', tests.ask('planner', $$insert into ops.timeline_templates (name, is_default) values ('Meeting', true) returning id$$)::uuid);
select tests.act('planner', $$
  insert into ops.timeline_template_nodes (timeline_template_id, code, name, position, offset_days, completed_by, is_per_slice)
  values (tests.the('template'), 'signed', 'Signed', 1, -20, 'contract_signed', true)
$$);
select tests.batch('{100}');
select tests.act('planner', format($$select ops.plan_timeline(%L, ex_factory_date => '2027-05-01')$$, i.order_id)) from ops.order_items as i where i.id = tests.the('line_1');
select tests.sign(tests.issue(tests.the('slice_1')));
select is((
  select count(*)::int from ops.timeline as t
  where t.allocation_item_supplier_id = tests.the('slice_1') and t.code = 'signed' and t.actual_date = current_date
), 1, 'the signature completes the milestone');
select tests.revise(tests.the('slice_1'), '{"price": 4}');
select tests.sign(tests.issue(tests.the('slice_1')));
select is((
  select string_agg(e.message, '; ' order by e.id)
  from ops.timeline as t
  inner join ops.timeline_events as e on e.timeline_node_id = t.id
  where t.allocation_item_supplier_id = tests.the('slice_1') and t.code = 'signed'
), format('Done on %s.', current_date), 'and the next version''s does not undo it: it stays done since the first');

select is((select count(*)::integer from private.invariant_violations), 0, 'after all of it every counter is right');

select * from finish();
