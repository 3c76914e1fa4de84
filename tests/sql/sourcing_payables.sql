-- Payables: what is owed for each slice, excess, payments, refunds, voided payments.

select * from no_plan();

create function pg_temp.payable(slice uuid) returns text
language sql
as $$
  select tests.ask('finance', format(
    'select concat_ws('' '', trim_scale(p.payable_qty), trim_scale(p.payable_amount), trim_scale(p.paid_amount), trim_scale(p.balance))
    from ops.payables as p where p.allocation_item_supplier_id = %L', slice
  ))
$$;

-- A row per awarded slice

select tests.keep('slice', tests.awarded_slice(100, 5.25));
select is(
  tests.ask('finance', $$
    select concat_ws(
      ' ', p.factory_name, coalesce(p.po_number, '-'), p.style_number is not null, p.marketing_name, trim_scale(p.awarded_qty), trim_scale(p.effective_qty),
      trim_scale(p.received_qty), trim_scale(p.accepted_qty), trim_scale(p.payable_qty), trim_scale(p.excess_qty), trim_scale(p.accepted_excess_qty),
      trim_scale(p.unit_price), trim_scale(p.payable_amount), trim_scale(p.paid_amount), trim_scale(p.balance), p.currency
    )
    from ops.payables as p where p.allocation_item_supplier_id = tests.the('slice')
  $$),
  'Factory A - t Ocean 100 100 0 0 0 0 0 5.25 0 0 0 USD',
  'an awarded slice without receipts is a row with zeros'
);
select tests.sign(tests.issue(tests.the('slice')));
select is(
  tests.ask('finance', $$select p.factory_po_id from ops.payables as p where p.allocation_item_supplier_id = tests.the('slice')$$),
  tests.contract(tests.the('slice'))::text,
  'a payable names the contract in force'
);
select tests.keep('unawarded', tests.make_line(10));
select tests.make_allocation(array[tests.the('unawarded')]);
select is(pg_temp.payable(tests.slice(tests.the('unawarded'), 'factory_a')), null, 'what is not awarded is not payable');
select tests.receive(tests.the('slice'), 40, 4);
select is(pg_temp.payable(tests.the('slice')), '36 189 0 189', 'what was accepted is payable at the awarded price');

-- Payments

select tests.denies(p.persona, $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1')
$$, format('%s does not pay', p.persona))
from unnest(array['factory_a', 'planner', 'procurement', 'warehouse', 'sales']) as p (persona);
select tests.throws_code('finance', $$
  select ops.record_factory_payment(private.new_id(), 'TT-1')
$$, 'OMS_NOT_FOUND', 'an unknown contract is not paid');
select tests.throws_code('finance', format($$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), %L)
$$, r.reference), 'OMS_INVALID_ARGUMENT', 'a payment needs a reference, not ' || coalesce(quote_literal(r.reference), 'null'))
from unnest(array['', null]) as r (reference);
select tests.throws_code('finance', format($$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', %s)
  ))
$$, a.amount), 'OMS_INVALID_ARGUMENT', format('an amount of %s is refused', a.amount))
from unnest(array['0', 'null']) as a (amount);
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', '{}')
$$, 'OMS_INVALID_ARGUMENT', 'the lines of a payment come as a list');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', 189.0001)
  ))
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'a payment beyond what is payable is refused');
select is(
  (tests.refusal('finance', $$
    select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', jsonb_build_array(
      jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', 200)
    ))
  $$) ->> 'details')::jsonb - 'allocation_item_supplier_id',
  '{"most": 189.0000, "amount": 200.0000}',
  'a refused payment names the most that can be paid'
);
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', 100),
    jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', 89)
  ))
$$, 'OMS_ALREADY_EXISTS', 'a payment names a slice once');
select tests.keep('other', tests.signed_slice(10));
select tests.receive(tests.the('other'), 10);
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('other'), 'amount', 10)
  ))
$$, 'OMS_CONTRACT_MISMATCH', 'a payment pays for slices of its contract');
select tests.throws_code('finance', $$
  insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount) values (private.new_id(), tests.the('slice'), 10)
$$, 'OMS_NOT_FOUND', 'a line of an unknown payment is refused');
select tests.keep('issued', tests.awarded_slice(10));
select tests.issue(tests.the('issued'));
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('issued')), 'TT-1')
$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'a contract that is not signed is not paid');

select tests.act('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', 100)
  ))
$$);
select is(pg_temp.payable(tests.the('slice')), '36 189 100 89', 'a part can be paid');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-2', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'amount', 90)
  ))
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'payments add up to no more than is payable');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-1')
$$, 'OMS_REFERENCE_EXISTS', 'a factory has each reference once');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('other')), 'TT-1')
$$, 'OMS_REFERENCE_EXISTS', 'a reference is not used for another contract of the same factory');
select tests.keep('rest', tests.ask('finance', $$
  select p.id from ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-2') as p
$$)::uuid);
select is(pg_temp.payable(tests.the('slice')), '36 189 189 0', 'a payment without lines pays the balance');
select is(
  (select trim_scale(p.amount) || ' ' || p.currency from ops.factory_payments as p where p.id = tests.the('rest')), '89 USD',
  'a payment''s amount is the sum of its lines, in the contract''s currency'
);
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-3')
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'nothing is paid where nothing is owed');
select tests.denies('finance', $$
  update ops.factory_payments set reference = 'TT-9' where id = tests.the('rest')
$$, 'a payment does not change');
select tests.denies('finance', $$
  delete from ops.factory_payment_lines where factory_payment_id = tests.the('rest')
$$, 'payments are not deleted');

-- Voided payments

select tests.throws_code('finance', $$
  select ops.void_factory_payment(private.new_id(), 'wrong')
$$, 'OMS_NOT_FOUND', 'an unknown payment is not voided');
select tests.throws_code('finance', format($$
  select ops.void_factory_payment(tests.the('rest'), %L)
$$, r.reason), 'OMS_INVALID_ARGUMENT', 'a payment is not voided without a reason: ' || coalesce(quote_literal(r.reason), 'null'))
from unnest(array['', null]) as r (reason);
select tests.denies('procurement', $$
  select ops.void_factory_payment(tests.the('rest'), 'wrong')
$$, 'procurement does not void payments');
select tests.act('finance', $$select ops.void_factory_payment(tests.the('rest'), 'bounced')$$);
select is(pg_temp.payable(tests.the('slice')), '36 189 100 89', 'a voided payment is owed again');
select is(
  (select concat_ws(' ', p.void_reason, p.voided_at is not null, trim_scale(p.amount)) from ops.factory_payments as p where p.id = tests.the('rest')),
  'bounced t 89',
  'a voided payment stays, with its reason'
);
select tests.throws_code('finance', $$
  select ops.void_factory_payment(tests.the('rest'), 'once more')
$$, 'OMS_ALREADY_VOIDED', 'a payment is voided once');
select tests.throws_code('finance', $$
  insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount) values (tests.the('rest'), tests.the('slice'), 1)
$$, 'OMS_ALREADY_VOIDED', 'a voided payment takes no more lines');
select tests.accepts('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'TT-2')
$$, 'the reference of a voided payment can be used again');
select is(
  (select string_agg(h.action::text, ', ' order by h.cmin::text::bigint) from ops.order_history as h where h.order_item_id = tests.line_of(tests.the('slice')) and h.action in ('paid', 'payment_voided')),
  'paid, paid, payment_voided',
  'payments and what is voided of them are written to the history, without amounts'
);

-- Less than was paid

select tests.keep('fallen', tests.signed_slice(100));
select tests.receive(tests.the('fallen'), 60);
select tests.keep('receipt', tests.receive(tests.the('fallen'), 40));
select tests.keep('payment', tests.pay(tests.the('fallen'), 500));
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'another slice''s')$$);
select is(pg_temp.payable(tests.the('fallen')), '60 300 500 -200', 'a receipt that is voided after it was paid leaves a negative balance');
select is(tests.contract_status(tests.contract(tests.the('fallen'))), 'PC_SIGNED', 'a contract with a negative balance is not closed');
select tests.throws_code('finance', format($$
  select ops.record_factory_payment(tests.contract(tests.the('fallen')), 'TT-4', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('fallen'), 'amount', -501)
  ))
$$), 'OMS_REFUND_EXCEEDS_PAID', 'no more comes back than was paid');
select tests.keep('refund', tests.pay(tests.the('fallen'), -200));
select is(pg_temp.payable(tests.the('fallen')), '60 300 300 0', 'a refund is a payment below zero');
select tests.throws_code('finance', $$
  select ops.void_factory_payment(tests.the('payment'), 'bounced')
$$, 'OMS_REFUND_EXCEEDS_PAID', 'a payment is not voided while its refund stands');
select tests.act('finance', $$select ops.void_factory_payment(tests.the('refund'), 'did not arrive')$$);
select is(pg_temp.payable(tests.the('fallen')), '60 300 500 -200', 'a refund that is voided is owed to us again');
select tests.accepts('finance', $$
  select ops.void_factory_payment(tests.the('payment'), 'bounced')
$$, 'a payment can be voided once its refund is');

-- Several slices in one payment

select tests.keep('l1', tests.make_line(10));
select tests.keep('l2', tests.make_line(20));
select tests.keep('pair', tests.make_allocation(array[tests.the('l1'), tests.the('l2')]));
select tests.keep('p1', tests.award(tests.quote(tests.slice(tests.the('l1'), 'factory_a'), 2), 10));
select tests.keep('p2', tests.award(tests.quote(tests.slice(tests.the('l2'), 'factory_a'), 3), 15));
select tests.keep('p3', tests.award(tests.quote(tests.slice(tests.the('l2'), 'factory_b'), 4), 5));
select tests.sign(tests.issue(tests.the('p1')));
select tests.sign(tests.issue(tests.the('p3')));
select tests.receive(tests.the('p1'), 10), tests.receive(tests.the('p2'), 5), tests.receive(tests.the('p3'), 5);
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('p1')), 'TT-5', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('p1'), 'amount', 20),
    jsonb_build_object('allocation_item_supplier_id', tests.the('p2'), 'amount', 16)
  ))
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'one amount too many refuses a whole payment');
select is(
  (select count(*)::int from ops.factory_payments as p where p.factory_po_id = tests.contract(tests.the('p1'))), 0,
  'of a refused payment nothing stays'
);
select tests.act('finance', $$select ops.record_factory_payment(tests.contract(tests.the('p1')), 'TT-5')$$);
select is(pg_temp.payable(tests.the('p1')) || ', ' || pg_temp.payable(tests.the('p2')), '10 20 20 0, 5 15 15 0', 'a payment is split over the slices of its contract');

-- Excess

select tests.set_setting('over_receipt_tolerance_pct', '10');
select tests.keep('excess', tests.signed_slice(100));
select tests.set_setting('over_receipt_tolerance_pct', '0');
select tests.receive(tests.the('excess'), 108);
select is(pg_temp.payable(tests.the('excess')), '100 500 0 500', 'what came beyond the effective quantity is not payable by itself');
select is(tests.slice_says(tests.the('excess'), 'excess_qty, accepted_excess_qty'), '8 0', 'what came beyond shows as excess');
select tests.denies(p.persona, $$
  select ops.accept_excess(tests.the('excess'), 5)
$$, format('%s does not accept excess', p.persona))
from unnest(array['planner', 'factory_a', 'warehouse']) as p (persona);
select tests.throws_code('finance', format($$
  select ops.accept_excess(tests.the('excess'), %s)
$$, q.quantity), 'OMS_EXCESS_OUT_OF_RANGE', format('%s of 8 pieces are not accepted as excess', q.quantity))
from unnest(array[9, -1, 1.5]) as q (quantity);
select tests.throws_code('finance', $$
  select ops.accept_excess(tests.the('excess'), null)
$$, 'OMS_INVALID_ARGUMENT', 'excess is accepted by a quantity');
select tests.throws_code('finance', 'select ops.accept_excess(private.new_id(), 1)', 'OMS_NOT_FOUND', 'excess of an unknown slice is not accepted');
select tests.throws_code('finance', $$
  select ops.accept_excess(tests.slice(tests.the('unawarded'), 'factory_a'), 1)
$$, 'OMS_NOT_AWARDED', 'what is not awarded has no excess');
select tests.act('finance', $$select ops.accept_excess(tests.the('excess'), 5)$$);
select is(pg_temp.payable(tests.the('excess')), '105 525 0 525', 'excess is payable as far as finance accepts it');
select is(
  (select h.data ->> 'accepted_excess_qty' from ops.order_history as h where h.order_item_id = tests.line_of(tests.the('excess')) and h.action = 'excess_accepted'),
  '5.000000',
  'accepting excess is written to the history'
);
select tests.pay(tests.the('excess'), 525);
select is(tests.contract_status(tests.contract(tests.the('excess'))), 'CLOSED', 'with the accepted excess paid, the contract is closed');
select tests.throws_code('finance', $$
  select ops.accept_excess(tests.the('excess'), 4)
$$, 'OMS_EXCESS_OUT_OF_RANGE', 'excess that was paid is not taken back');
select tests.act('finance', $$select ops.accept_excess(tests.the('excess'), 8)$$);
select is(tests.contract_status(tests.contract(tests.the('excess'))), 'PC_SIGNED', 'accepting more excess opens the contract again');
select tests.accepts('finance', $$
  select ops.accept_excess(tests.the('excess'), 5)
$$, 'excess that was not paid can be taken back');
select tests.keep('closed_below', tests.signed_slice(100));
select tests.receive(tests.the('closed_below'), 60);
select tests.close_slice(tests.the('closed_below'), 60);
select is(pg_temp.payable(tests.the('closed_below')), '60 300 0 300', 'a slice closed at what was accepted owes all of it');

-- By contract and by factory

select is(
  tests.ask('finance', $$
    select concat_ws(' ', p.slices, trim_scale(p.effective_qty), trim_scale(p.accepted_qty), trim_scale(p.payable_qty), trim_scale(p.payable_amount), trim_scale(p.paid_amount), trim_scale(p.balance), p.currency, p.status)
    from ops.payables_by_contract as p where p.factory_po_id = tests.contract(tests.the('p1'))
  $$),
  '2 25 15 15 35 35 0 USD PC_SIGNED',
  'a contract''s payables are those of its slices'
);
select is(
  tests.ask('finance', $$select count(*) from ops.payables_by_contract as p where p.factory_po_id = tests.contract(tests.the('issued'))$$), '0',
  'a contract that is not in force has no payables'
);
select ok(
  (
    select bool_and((f.slices, f.payable_amount, f.paid_amount, f.balance) = (p.slices, p.payable_amount, p.paid_amount, p.balance))
    from ops.payables_by_factory as f
    inner join (
      select p.organization_id, p.factory_id, p.currency, count(*) as slices, sum(p.payable_amount) as payable_amount, sum(p.paid_amount) as paid_amount, sum(p.balance) as balance
      from ops.payables as p
      group by p.organization_id, p.factory_id, p.currency
    ) as p using (organization_id, factory_id, currency)
  ),
  'a factory''s payables are those of its slices, by currency'
);
select tests.keep('euros', tests.make_line(10));
select tests.make_allocation(array[tests.the('euros')], '{factory_a}');
select tests.award(tests.quote(tests.slice(tests.the('euros'), 'factory_a'), 4, currency => 'EUR'));
select is(
  tests.ask('finance', $$select string_agg(p.currency, ' ' order by p.currency) from ops.payables_by_factory as p where p.factory_id = tests.id('factory_a')$$),
  'EUR USD',
  'amounts of two currencies are not added up'
);
select is(
  tests.ask('factory_b', $$select count(distinct p.factory_id) || ' ' || min(p.factory_name) from ops.payables as p$$), '1 Factory B',
  'a factory sees its own payables'
);
select is(
  tests.ask('factory_b', $$select count(*) from ops.payables_by_factory as p where p.factory_id <> tests.id('factory_b')$$), '0',
  'a factory does not see what is owed to others'
);

select * from finish();
