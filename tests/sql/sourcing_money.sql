-- Money and pieces: what no sequence of writes may pay twice, hide, or count in two ways.

select no_plan();

create function pg_temp.pay(contract uuid, slice uuid, amount numeric, is_advance boolean default false) returns uuid
language sql
as $$
  select tests.ask('finance', format(
    'select p.id from ops.record_factory_payment(%L, %L, %L, is_advance => %L) as p', contract, 'P-' || private.new_id(),
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', slice, 'amount', amount)), is_advance
  ))::uuid
$$;
create function pg_temp.void(payments uuid[]) returns text
language sql
as $$select format('update ops.factory_payments set void_reason = ''wrong'' where id = any(%L)', payments)$$;
create function pg_temp.paid_slice() returns uuid
language plpgsql
as $$
declare
  slice constant uuid := tests.signed_slice(100, 5);
begin
  perform tests.receive(slice, 100);
  perform tests.pay(slice, 500);
  return slice;
end
$$;

-- Refunds that are voided after their money went out again

select tests.keep('slice', pg_temp.paid_slice());
select tests.keep('refund', tests.pay(tests.the('slice'), -250)), tests.keep('other', tests.pay(tests.the('slice'), -250));
select tests.pay(tests.the('slice'), 250);
select tests.throws_code(
  'finance', pg_temp.void(array[tests.the('refund'), tests.the('other')]), 'OMS_PAYMENT_EXCEEDS_PAYABLE',
  'two refunds are not voided at once, where the second alone would not be'
);

select tests.keep('slice', pg_temp.paid_slice());
select tests.keep('header', tests.ask('finance', $$
  insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.the('slice')), 'EARLY') returning id
$$)::uuid);
select tests.keep('refund', tests.pay(tests.the('slice'), -500));
select tests.act('finance', $$
  insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount)
  values (tests.the('header'), tests.the('slice'), 500)
$$);
select tests.throws_code(
  'finance', pg_temp.void(array[tests.the('refund')]), 'OMS_PAYMENT_EXCEEDS_PAYABLE',
  'a payment whose header stood before the refund went out after it all the same'
);

select tests.keep('slice', pg_temp.paid_slice());
select tests.keep('out', tests.ask('finance', $$
  insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.the('slice')), 'OUT') returning id
$$)::uuid), tests.keep('back', tests.ask('finance', $$
  insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.the('slice')), 'BACK') returning id
$$)::uuid);
select tests.throws_code('finance', $$
  insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount)
  values (tests.the('out'), tests.the('slice'), 500), (tests.the('back'), tests.the('slice'), -500)
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'no refund in the same statement makes room for a payment');

-- Excess that finance agreed to, over another quantity

create function pg_temp.agreed_slice() returns uuid
language plpgsql
as $$
declare
  slice uuid;
  receipt uuid;
begin
  perform tests.set_setting('over_receipt_tolerance_pct', '5');
  slice := tests.signed_slice(100, 5);
  perform tests.set_setting('over_receipt_tolerance_pct', '0');
  receipt := tests.receive(slice, 45);
  perform tests.receive(slice, 60);
  perform tests.act('finance', format('select ops.accept_excess(%L, 5)', slice));
  perform tests.act('warehouse', format('select ops.void_receipt(%L, ''sent back'')', receipt));
  return slice;
end
$$;

select tests.keep('slice', pg_temp.agreed_slice());
select tests.close_slice(tests.the('slice'), 60);
select tests.receive(tests.the('slice'), 3);
select is(
  tests.slice_says(tests.the('slice'), 'accepted_qty, excess_qty, payable_qty'), '63 3 60',
  'what finance agreed to pay beyond 100 pieces is not agreed beyond the 60 that the slice was closed at'
);
select tests.keep('slice', pg_temp.agreed_slice());
select tests.act('procurement', format(
  'select ops.revise_contract(tests.contract(%1$L), ''[{"allocation_item_supplier_id": "%1$s", "quantity": 60}]'')', tests.the('slice')
));
select tests.sign(tests.issue(tests.the('slice')));
select tests.receive(tests.the('slice'), 3);
select is(
  tests.slice_says(tests.the('slice'), 'accepted_qty, excess_qty, payable_qty'), '63 3 60',
  'nor beyond the 60 of the next version of its contract'
);

-- Money of a slice that left its contract, and of a contract that was cancelled

create function pg_temp.sums(view text) returns text
language sql
as $$
  select tests.ask('finance', format(
    'select concat_ws('' '', trim_scale(sum(p.payable_amount)), trim_scale(sum(p.paid_amount)), trim_scale(sum(p.balance)), trim_scale(sum(p.approved_amount)))
    from ops.%I as p where p.factory_id = tests.id(''factory_a'') and p.currency = ''USD''', view
  ))
$$;
create function pg_temp.of_contract(contract uuid) returns text
language sql
as $$
  select tests.ask('finance', format(
    'select concat_ws('' '', p.version, p.status, p.slices, trim_scale(p.paid_amount), trim_scale(p.balance))
    from ops.payables_by_contract as p where p.factory_po_id = %L', contract
  ))
$$;
create function pg_temp.contract_of(slice uuid) returns uuid
language sql
as $$
  select tests.ask('finance', format('select p.factory_po_id from ops.payables as p where p.allocation_item_supplier_id = %L', slice))::uuid
$$;

select tests.keep('line_1', tests.make_line(100)), tests.keep('line_2', tests.make_line(100));
select tests.make_allocation(array[tests.the('line_1'), tests.the('line_2')], '{factory_a}');
select
  tests.keep('left', tests.award(tests.quote(tests.slice(tests.the('line_1'), 'factory_a')))),
  tests.keep('stays', tests.award(tests.quote(tests.slice(tests.the('line_2'), 'factory_a'))));
select tests.keep('first', tests.sign(tests.issue(tests.the('left'))));
select pg_temp.pay(tests.the('first'), tests.the('left'), 500, true);
select tests.close_slice(tests.the('left'), 0);
select tests.act('procurement', format('select ops.revise_contract(%L)', tests.the('first')));
select tests.keep('second', tests.sign(tests.issue(tests.the('stays'))));
select is(pg_temp.of_contract(tests.the('second')), '2 PC_SIGNED 2 500 -500', 'money of a slice that left a contract is owed on its next version');
select is(pg_temp.contract_of(tests.the('left')), tests.the('second'), 'which is where it comes back');
select is(pg_temp.sums('payables_by_contract'), pg_temp.sums('payables_by_factory'), 'so that contracts add up to what the factory owes');
select pg_temp.pay(pg_temp.contract_of(tests.the('left')), tests.the('left'), -500);

select tests.keep('slice', tests.signed_slice(100, 5));
select tests.keep('cancelled', tests.contract(tests.the('slice')));
select pg_temp.pay(tests.the('cancelled'), tests.the('slice'), 500, true);
select tests.keep('refund', tests.pay(tests.the('slice'), -500));
select tests.act('procurement', $$select ops.cancel_contract(tests.the('cancelled'))$$);
select is(pg_temp.of_contract(tests.the('cancelled')), null, 'nothing is owed on a contract that was cancelled');
select tests.act('finance', pg_temp.void(array[tests.the('refund')]));
select is(pg_temp.of_contract(tests.the('cancelled')), '1 CANCELLED 1 500 -500', 'but what is out on it after all');
select is(pg_temp.sums('payables_by_contract'), pg_temp.sums('payables_by_factory'), 'and its factory''s contracts add up again');
select pg_temp.pay(pg_temp.contract_of(tests.the('slice')), tests.the('slice'), -500);
select is(pg_temp.of_contract(tests.the('cancelled')), null, 'until it is back');

-- A price in another currency than the quote's

select tests.keep('line', tests.make_line(100));
select tests.make_allocation(array[tests.the('line')], '{factory_a,factory_b}');
select tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_a')));
select tests.quote(tests.slice(tests.the('line'), 'factory_b'), 7, currency => 'USD');
create function pg_temp.moving(currency text) returns text
language sql
as $$
  select format('select * from ops.reallocate(%L)', jsonb_build_array(jsonb_build_object(
    'allocation_item_supplier_id', tests.slice(tests.the('line'), 'factory_a'), 'awards', jsonb_build_array(jsonb_build_object(
      'factory_id', tests.id('factory_b'), 'price', 6, 'currency', currency, 'remark', 'Agreed by phone.'
    ))
  )))
$$;
select tests.throws_code(
  'planner', pg_temp.moving('EUR'), 'OMS_INVALID_ARGUMENT', 'six euros are not awarded as six dollars, which is what the factory quoted in'
);
select tests.accepts('planner', pg_temp.moving('USD'), 'six dollars are');

-- What is approved and will never be paid

create function pg_temp.open(slice uuid) returns text
language sql
as $$
  select tests.ask('finance', format($f$
    select string_agg(trim_scale(o.approved_amount) || ' ' || trim_scale(o.open_amount), ', ' order by o.due_date, o.factory_invoice_id)
    from ops.open_factory_invoices as o
    where o.factory_invoice_id in (select l.factory_invoice_id from ops.factory_invoice_lines as l where l.allocation_item_supplier_id = %L)
  $f$, slice))
$$;
select tests.set_setting('invoice_price_tolerance_pct', '2');
select tests.keep('slice', tests.signed_slice(100, 5));
select tests.keep('receipt', tests.receive(tests.the('slice'), 40)), tests.receive(tests.the('slice'), 60);
select tests.approve(tests.invoice(tests.the('slice'), 50, 5.1)), tests.approve(tests.invoice(tests.the('slice'), 50, 5.1));
select is(pg_temp.open(tests.the('slice')), '255 255, 255 245', 'what is approved above the contract''s price is not still to be paid');
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'wrong')$$);
select is(pg_temp.open(tests.the('slice')), '255 255, 255 45', 'nor what was approved for goods that did not come after all');
select tests.act('finance', $$select ops.record_factory_payment(tests.contract(tests.the('slice')), 'ALL')$$);
select is(pg_temp.open(tests.the('slice')), null, 'so that nothing is open once the balance is paid');
select tests.set_setting('invoice_price_tolerance_pct', '0');

select is((select count(*)::integer from private.invariant_violations), 0, 'after all of it every counter is right');

select * from finish();
