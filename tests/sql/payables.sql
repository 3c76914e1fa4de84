-- Factory invoices: submitting, matching, approving, disputing, voiding, credit notes; paying by them, advances, ageing.

select * from no_plan();

create function pg_temp.matching(invoice uuid) returns text
language sql
as $$
  select tests.ask('procurement', format(
    'select concat_ws('' '', trim_scale(m.quantity), trim_scale(m.unit_price), trim_scale(m.contract_price), trim_scale(m.payable_qty),
      trim_scale(m.approved_elsewhere_qty), m.differences, m.is_within_tolerance)
    from ops.factory_invoice_matching as m where m.factory_invoice_id = %L', invoice
  ))
$$;
create function pg_temp.says(invoice uuid, columns text) returns text
language plpgsql
as $$
declare
  answer text;
begin
  execute format('select concat_ws('' '', %s) from ops.factory_invoices as i where i.id = %L', columns, invoice) into answer;
  return answer;
end
$$;
create function pg_temp.approving(invoice uuid) returns text
language sql
as $$select format('select ops.approve_factory_invoice(%L)', invoice)$$;
create function pg_temp.paying(slice uuid, amount numeric, is_advance boolean default false) returns text
language sql
as $$
  select format(
    'select ops.record_factory_payment(tests.contract(%L), %L, %L, is_advance => %L)', slice, private.new_id(),
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', slice, 'amount', amount)), is_advance
  )
$$;
create function pg_temp.voiding(invoice uuid) returns text
language sql
as $$select format('select ops.void_factory_invoice(%L, ''wrong'')', invoice)$$;

-- Submitting

select tests.act('procurement', $$update ops.directory set payment_terms_days = 30 where code = 'factory_a'$$);
select tests.keep('slice', tests.signed_slice(100, 5));
select tests.keep('first', tests.ask('factory_a', $$
  select i.id from ops.submit_factory_invoice(
    tests.contract(tests.the('slice')), 'F-1',
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'quantity', 60)), '2027-05-10', 'storage://F-1'
  ) as i
$$)::uuid);
select is(
  pg_temp.says(tests.the('first'), 'invoice_number, status, invoice_date, due_date, currency, trim_scale(amount), document_uri'),
  'F-1 submitted 2027-05-10 2027-06-09 USD 300 storage://F-1',
  'an invoice is due by the factory''s payment terms, in the contract''s currency, at the contract''s price unless it says another'
);
select tests.accepts(p.persona, $$
  select ops.submit_factory_invoice(
    tests.contract(tests.the('slice')), 'F-2',
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'quantity', 1))
  )
$$, format('%s enter an invoice that came by mail', p.persona))
from unnest(array['procurement', 'finance']) as p (persona);
select tests.denies(p.persona, $$
  select ops.submit_factory_invoice(tests.contract(tests.the('slice')), 'F-2', '[]')
$$, format('%s submits no invoice', p.persona))
from unnest(array['planner', 'warehouse', 'sales', 'client_a']) as p (persona);
select tests.throws_code('factory_b', $$
  select ops.submit_factory_invoice(tests.contract(tests.the('slice')), 'F-2', '[]')
$$, 'OMS_NOT_FOUND', 'another factory''s contract is one that does not exist');
select tests.throws_code('factory_a', $$
  select ops.submit_factory_invoice(tests.contract(tests.the('slice')), 'F-1', '[]')
$$, 'OMS_INVOICE_NUMBER_EXISTS', 'a factory has each number once');
select tests.throws_code('factory_a', format($$
  select ops.submit_factory_invoice(tests.contract(tests.the('slice')), %L, %L)
$$, b.number, b.lines), b.code, b.test)
from (values
  ('', '[]', 'OMS_INVALID_ARGUMENT', 'an invoice has a number'),
  ('F-2', '[]', 'OMS_INVALID_ARGUMENT', 'an invoice has lines'),
  ('F-2', '{}', 'OMS_INVALID_ARGUMENT', 'its lines come as a list'),
  ('F-2', format('[{"allocation_item_supplier_id": "%s", "quantity": 1}]', private.new_id()), 'OMS_CONTRACT_MISMATCH', 'its lines are slices of the contract'),
  ('F-2', format('[{"allocation_item_supplier_id": "%s", "quantity": 0.5}]', tests.the('slice')), 'OMS_WHOLE_PIECES', 'pieces are whole'),
  ('F-2', format('[{"allocation_item_supplier_id": "%s", "quantity": -1}]', tests.the('slice')), 'OMS_WHOLE_PIECES', 'only a credit note takes pieces back'),
  ('F-2', format('[{"allocation_item_supplier_id": "%s"}]', tests.the('slice')), 'OMS_WHOLE_PIECES', 'a line says how many'),
  ('F-2', format('[{"allocation_item_supplier_id": "%s", "quantity": 1, "unit_price": 0}]', tests.the('slice')), 'OMS_INVALID_ARGUMENT', 'a piece has a price'),
  ('F-2', format('[{"allocation_item_supplier_id": "%1$s", "quantity": 1}, {"allocation_item_supplier_id": "%1$s", "quantity": 2}]', tests.the('slice')), 'OMS_ALREADY_EXISTS', 'an invoice names a slice once')
) as b (number, lines, code, test);
select tests.keep('unsigned', tests.awarded_slice(10));
select tests.issue(tests.the('unsigned'));
select tests.throws_code('factory_a', $$
  select ops.submit_factory_invoice(tests.contract(tests.the('unsigned')), 'F-2', '[]')
$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'a contract that is not signed is not invoiced');
select tests.throws_code('finance', $$
  insert into ops.factory_invoices (factory_po_id, invoice_number, invoice_date, due_date)
  values (tests.contract(tests.the('slice')), 'F-2', '2027-05-10', '2027-05-09')
$$, 'OMS_INVALID_ARGUMENT', 'nothing is due before its date');
select tests.denies('factory_a', $$
  insert into ops.factory_invoices (factory_po_id, invoice_number, due_date) values (tests.contract(tests.the('slice')), 'F-2', '2027-05-09')
$$, 'a factory does not say when it is to be paid');
select tests.denies(p.persona, $$delete from ops.factory_invoices where id = tests.the('first')$$, format('%s deletes no invoice', p.persona))
from unnest(array['factory_a', 'finance']) as p (persona);
select tests.denies(p.persona, $$update ops.factory_invoice_lines set quantity = 1$$, format('%s rewrites no line', p.persona))
from unnest(array['factory_a', 'finance']) as p (persona);

-- Matching and approving

select is(pg_temp.matching(tests.the('first')), '60 5 5 0 0 {quantity_above_payable} f', 'before goods come, nothing is payable and nothing matches');
select tests.throws_code('procurement', pg_temp.approving(tests.the('first')), 'OMS_INVOICE_OUT_OF_TOLERANCE', 'what did not come is not approved');
select tests.receive(tests.the('slice'), 70);
select is(pg_temp.matching(tests.the('first')), '60 5 5 70 0 {} t', 'an invoice matches once its goods came');
select tests.denies(p.persona, pg_temp.approving(tests.the('first')), format('%s does not approve', p.persona))
from unnest(array['factory_a', 'planner', 'warehouse', 'sales']) as p (persona);
select tests.denies('factory_a', 'select * from ops.factory_invoice_matching', 'a factory does not read how far it may be off');
select tests.keep('dear', tests.invoice(tests.the('slice'), 5, 5.01));
select tests.keep('cheap', tests.invoice(tests.the('slice'), 5, 4.99));
select tests.keep('second', tests.invoice(tests.the('slice'), 11));
select is(pg_temp.matching(tests.the('dear')), '5 5.01 5 70 0 {price_above_contract} f', 'a price above the contract''s is named');
select is(pg_temp.matching(tests.the('cheap')), '5 4.99 5 70 0 {price_below_contract} f', 'and one below: the rest would be billed later');
select is(pg_temp.matching(tests.the('second')), '11 5 5 70 0 {} t', 'by itself a second invoice matches');
select tests.approve(tests.the('first'));
select is(pg_temp.says(tests.the('first'), 'status, approved_at is not null, approved_by is not null'), 'approved t t', 'an approval says who and when');
select is(
  (select concat_ws(' ', trim_scale(l.contract_price), trim_scale(l.payable_qty)) from ops.factory_invoice_lines as l where l.factory_invoice_id = tests.the('first')),
  '5 70', 'a line keeps what it was approved against'
);
select is(tests.slice_says(tests.the('slice'), 'approved_qty, approved_amount'), '60 300', 'a slice counts what invoices are approved for');
select is(pg_temp.matching(tests.the('second')), '11 5 5 70 60 {quantity_above_payable} f', 'a second invoice for the same goods does not match');
select is(
  ((tests.refusal('procurement', pg_temp.approving(tests.the('second'))) ->> 'details')::jsonb #> '{lines,0}') - 'allocation_item_supplier_id',
  '{"differences": ["quantity_above_payable"], "explanation": "11 pieces, with 60 of other approved invoices, are more than the 70 payable."}',
  'a refusal names the differences, for programs and for people'
);
select tests.throws_code('finance', format('update ops.factory_invoices set status = ''approved'' where id = %L', tests.the('second')), 'OMS_INVOICE_OUT_OF_TOLERANCE', 'a plain write is matched as well');
select tests.throws_code('finance', $$update ops.factory_invoices set status = 'approved' where status = 'submitted' and amount > 0$$, 'OMS_INVOICE_OUT_OF_TOLERANCE', 'so are many at once');
select tests.accepts('finance', pg_temp.approving(tests.the('first')), 'approving twice is one approval');
select tests.throws_code('factory_a', format(
  'insert into ops.factory_invoice_lines (factory_invoice_id, allocation_item_supplier_id, quantity) values (%L, %L, 1)', tests.the('first'), tests.the('slice')
), 'OMS_INVOICE_NOT_OPEN', 'an approved invoice takes no more lines');
select tests.act('factory_a', $$insert into ops.factory_invoices (factory_po_id, invoice_number) values (tests.contract(tests.the('slice')), 'EMPTY')$$);
select tests.throws_code('finance', $$update ops.factory_invoices set status = 'approved' where invoice_number = 'EMPTY'$$, 'OMS_INVOICE_EMPTY', 'an invoice without lines is not approved');

-- Tolerances

select tests.set_setting('invoice_price_tolerance_pct', '0.2');
select is(pg_temp.matching(tests.the('dear')), '5 5.01 5 70 60 {} t', 'a price may be off by the tolerance');
select is(pg_temp.matching(tests.the('cheap')), '5 4.99 5 70 60 {} t', 'either way');
select tests.set_setting('invoice_price_tolerance_pct', '0.19');
select is(pg_temp.matching(tests.the('dear')), '5 5.01 5 70 60 {price_above_contract} f', 'and by no more');
select tests.set_setting('invoice_price_tolerance_pct', '0');
select tests.set_setting('invoice_quantity_tolerance_pct', '1.4');
select is(pg_temp.matching(tests.the('second')), '11 5 5 70 60 {quantity_above_payable} f', '71 pieces are above 70 and 1.4 %');
select tests.set_setting('invoice_quantity_tolerance_pct', '1.5');
select is(pg_temp.matching(tests.the('second')), '11 5 5 70 60 {} t', 'and within 1.5 %');
select tests.set_setting('invoice_quantity_tolerance_pct', '0');

-- Disputing

select tests.throws_code('procurement', format('select ops.dispute_factory_invoice(%L)', tests.the('first')), 'OMS_TRANSITION_NOT_ALLOWED', 'what is approved is not disputed; it is voided');
select tests.act('procurement', format('select ops.dispute_factory_invoice(%L)', tests.the('second')));
select matches(
  pg_temp.says(tests.the('second'), 'status, dispute_reason'), '^disputed ST-[0-9]+ Ocean: 11 pieces, with 60 of other approved invoices, are more than the 70 payable\.$',
  'a dispute without a reason names the differences'
);
select tests.act('finance', format('select ops.dispute_factory_invoice(%L, ''Not ordered'')', tests.the('dear')));
select is(tests.ask('factory_a', format('select i.dispute_reason from ops.factory_invoices as i where i.id = %L', tests.the('dear'))), 'Not ordered', 'the factory reads why');
select tests.keep('fine', tests.invoice(tests.the('slice'), 1));
select tests.throws_code('procurement', format('select ops.dispute_factory_invoice(%L)', tests.the('fine')), 'OMS_INVALID_ARGUMENT', 'what matches is disputed with a reason only');
select tests.throws_code('procurement', format(s.statement, tests.the('fine')), 'OMS_INVALID_ARGUMENT', s.test)
from (values
  ('update ops.factory_invoices set status = ''disputed'' where id = %L', 'a plain dispute says why'),
  ('update ops.factory_invoices set dispute_reason = ''why'' where id = %L', 'a reason alone disputes nothing'),
  ('update ops.factory_invoices set status = ''voided'' where id = %L', 'a plain void says why'),
  ('update ops.factory_invoices set void_reason = ''why'' where id = %L', 'a reason alone voids nothing'),
  ('update ops.factory_invoices set void_reason = '''' where id = %L', 'nor does an empty one')
) as s (statement, test);
select tests.receive(tests.the('slice'), 1);
select tests.approve(tests.the('second'));
select is(pg_temp.says(tests.the('second'), 'status'), 'approved', 'a disputed invoice is approved once its goods came');

-- Voiding

select tests.throws_code('factory_a', pg_temp.voiding(tests.the('first')), 'OMS_TRANSITION_NOT_ALLOWED', 'a factory takes back nothing that is approved');
select tests.throws_code('factory_b', pg_temp.voiding(tests.the('fine')), 'OMS_NOT_FOUND', 'nor what is another one''s');
select tests.throws_code('factory_a', format('select ops.void_factory_invoice(%L, '''')', tests.the('fine')), 'OMS_INVALID_ARGUMENT', 'an invoice is voided with a reason');
select tests.act('factory_a', pg_temp.voiding(tests.the('fine')));
select is(pg_temp.says(tests.the('fine'), 'status, void_reason, voided_at is not null'), 'voided wrong t', 'a factory takes back what is not approved');
select tests.throws_code('factory_a', pg_temp.voiding(tests.the('fine')), 'OMS_ALREADY_VOIDED', 'an invoice is voided once');
select tests.throws_code('procurement', pg_temp.approving(tests.the('fine')), 'OMS_TRANSITION_NOT_ALLOWED', 'what is voided is not approved');
select tests.act('factory_a', $$update ops.factory_invoices set status = 'voided', void_reason = 'typo' where invoice_number = 'EMPTY'$$);
select tests.accepts('factory_a', $$
  insert into ops.factory_invoices (factory_po_id, invoice_number) values (tests.contract(tests.the('slice')), 'EMPTY')
$$, 'the number of a voided invoice is free again');
select tests.act('finance', pg_temp.voiding(tests.the('second')));
select is(tests.slice_says(tests.the('slice'), 'approved_qty, approved_amount'), '60 300', 'a voided invoice is approved no more');

-- A receipt that is voided after the approval

select tests.keep('less', tests.signed_slice(20, 5));
select tests.keep('receipt', tests.receive(tests.the('less'), 20));
select tests.keep('billed', tests.approve(tests.invoice(tests.the('less'), 20)));
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'miscounted')$$);
select is(
  pg_temp.says(tests.the('billed'), 'status') || ' ' || pg_temp.matching(tests.the('billed')), 'approved 20 5 5 0 0 {quantity_above_payable} f',
  'an approval stands when its receipt is voided, and shows as a difference'
);
select tests.throws_code('finance', pg_temp.paying(tests.the('less'), 1), 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'but is not paid');

-- Credit notes

select tests.throws_code('factory_a', format(
  'select ops.submit_factory_invoice(tests.contract(%L), ''C-0'', %L, credits_id => %L)', tests.the('slice'),
  jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('slice'), 'quantity', q.quantity)), tests.the('first')
), 'OMS_WHOLE_PIECES', format('a credit note is not of %s pieces', q.quantity))
from unnest(array[10, 0]) as q (quantity);
select tests.throws_code('factory_a', format(
  'select ops.submit_factory_invoice(tests.contract(%L), ''C-0'', ''[]'', credits_id => %L)', c.slice, c.credited
), c.code, c.test)
from (values
  (tests.the('slice'), private.new_id(), 'OMS_NOT_FOUND', 'an unknown invoice is not credited'),
  (tests.the('less'), tests.the('first'), 'OMS_CONTRACT_MISMATCH', 'a credit note is of the contract of its invoice')
) as c (slice, credited, code, test);
select tests.keep('credit', tests.invoice(tests.the('slice'), -10, null, tests.the('first')));
select is(pg_temp.says(tests.the('credit'), 'trim_scale(amount)'), '-50', 'a credit note is at the price that was invoiced');
select tests.throws_code('factory_a', format(
  'select ops.submit_factory_invoice(tests.contract(%L), ''C-0'', ''[]'', credits_id => %L)', tests.the('slice'), tests.the('credit')
), 'OMS_INVALID_ARGUMENT', 'a credit note is not credited');
select tests.approve(tests.the('credit'));
select is(tests.slice_says(tests.the('slice'), 'approved_qty, approved_amount'), '50 250', 'a credit note takes off what is approved');
select is(
  (select trim_scale(l.credited_qty)::text from ops.factory_invoice_lines as l where l.factory_invoice_id = tests.the('first')), '10',
  'and a line counts what is credited of it'
);
select tests.keep('too_much', tests.invoice(tests.the('slice'), -51, null, tests.the('first')));
select is(pg_temp.matching(tests.the('too_much')), '-51 5 5 71 50 {quantity_above_invoiced} f', 'no more is credited than was invoiced');
select is(
  pg_temp.matching(tests.invoice(tests.the('slice'), -1, 4, tests.the('first'))), '-1 4 5 71 50 {price_not_as_invoiced} f',
  'and at no other price'
);
select is(
  pg_temp.matching(tests.invoice(tests.the('slice'), -1, null, tests.the('second'))), '-1 5 5 71 50 {invoice_not_approved} f',
  'what is not approved is not credited, but voided'
);
select tests.throws_code('finance', pg_temp.voiding(tests.the('first')), 'OMS_INVOICE_CREDITED', 'an invoice is not voided under its credit note');
select tests.keep('again', tests.approve(tests.invoice(tests.the('slice'), 21)));
select is(tests.slice_says(tests.the('slice'), 'approved_qty, approved_amount'), '71 355', 'credited pieces can be billed again');
select tests.throws_code('finance', pg_temp.voiding(tests.the('credit')), 'OMS_INVOICE_OUT_OF_TOLERANCE', 'and then their credit note stays');
select tests.act('finance', pg_temp.voiding(tests.the('again')));
select tests.act('finance', pg_temp.voiding(tests.the('credit')));
select is(tests.slice_says(tests.the('slice'), 'approved_qty, approved_amount'), '60 300', 'else it can be voided');

-- Paying by invoice

select tests.act('finance', pg_temp.paying(tests.the('slice'), 5));
select is(tests.slice_says(tests.the('slice'), 'paid_amount'), '5', 'an organization that does not pay by invoice pays what is payable');
select tests.set_setting('payments_require_invoice', 'true');
select tests.throws_code('finance', pg_temp.paying(tests.the('slice'), 296), 'OMS_PAYMENT_NOT_APPROVED', 'one that does pays no more than is approved');
select is(
  (tests.refusal('finance', pg_temp.paying(tests.the('slice'), 296)) ->> 'details')::jsonb - 'allocation_item_supplier_id',
  '{"most": 295.0000, "amount": 296.0000}', 'and is told how much that is'
);
select tests.throws_code('finance', pg_temp.paying(tests.the('slice'), 351), 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'and never more than is payable');
select tests.act('finance', $$select ops.record_factory_payment(tests.contract(tests.the('slice')), 'ALL')$$);
select is(tests.slice_says(tests.the('slice'), 'paid_amount, balance'), '300 55', 'a payment without lines pays what is approved');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('slice')), 'MORE')
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'and then nothing is to be paid');
select tests.throws_code('finance', pg_temp.voiding(tests.the('first')), 'OMS_INVOICE_PAID', 'a paid invoice is not voided');
select tests.keep('after', tests.approve(tests.invoice(tests.the('slice'), -60, null, tests.the('first'))));
select is(tests.slice_says(tests.the('slice'), 'approved_amount, paid_amount'), '0 300', 'it is credited: the money is out, and shows');
select tests.keep('anew', tests.approve(tests.invoice(tests.the('slice'), 71)));
select tests.act('finance', $$select ops.record_factory_payment(tests.contract(tests.the('slice')), 'REST')$$);
select is(tests.slice_says(tests.the('slice'), 'approved_amount, paid_amount, balance'), '355 355 0', 'what is billed again is paid less what is out');
select tests.set_setting('payments_require_invoice', 'false');
select tests.accepts('finance', pg_temp.voiding(tests.the('anew')), 'where nothing is paid by invoice, a void concerns no payment');

-- Advances

select tests.set_setting('payments_require_invoice', 'true');
select tests.keep('early', tests.signed_slice(10, 5));
select tests.throws_code('finance', pg_temp.paying(tests.the('early'), 20), 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'before goods come, nothing is paid');
select tests.throws_code('finance', pg_temp.paying(tests.the('early'), 50.01, true), 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'an advance is no more than is awarded');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.contract(tests.the('early')), 'ADV', is_advance => true)
$$, 'OMS_INVALID_ARGUMENT', 'an advance says how much');
select tests.act('finance', pg_temp.paying(tests.the('early'), 20, true));
select is(tests.slice_says(tests.the('early'), 'paid_amount, balance, approved_amount'), '20 -20 0', 'an advance needs neither goods nor invoice');
select tests.throws_code('finance', pg_temp.paying(tests.the('early'), 31, true), 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'advances add up');
select tests.denies('finance', 'update ops.factory_payments set is_advance = false', 'an advance stays one');
select tests.receive(tests.the('early'), 10);
select tests.keep('early_invoice', tests.approve(tests.invoice(tests.the('early'), 10)));
select tests.throws_code('finance', pg_temp.paying(tests.the('early'), 31), 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'what was paid in advance is not paid again');
select tests.accepts('finance', pg_temp.voiding(tests.the('early_invoice')), 'an advance rests on no invoice');
select tests.act('finance', $$select ops.record_factory_payment(tests.contract(tests.the('early')), 'EARLY')$$);
select is(tests.slice_says(tests.the('early'), 'paid_amount, balance'), '50 0', 'goods and invoice later, the rest is paid');
select is(tests.contract_status(tests.contract(tests.the('early'))), 'CLOSED', 'and the contract is closed');
select tests.throws_code('finance', pg_temp.voiding(tests.the('early_invoice')), 'OMS_INVOICE_PAID', 'now a payment rests on the invoice');
select tests.set_setting('payments_require_invoice', 'false');

-- A refund that is paid out again

select tests.keep('back', tests.signed_slice(10, 5));
select tests.receive(tests.the('back'), 10);
select tests.pay(tests.the('back'), 50);
select tests.keep('refund', tests.pay(tests.the('back'), -50));
select tests.keep('out_again', tests.pay(tests.the('back'), 50));
select tests.throws_code('finance', $$
  select ops.void_factory_payment(tests.the('refund'), 'did not arrive')
$$, 'OMS_PAYMENT_EXCEEDS_PAYABLE', 'a refund is not voided once its money went out again: that would be paid twice');
select tests.act('finance', $$select ops.void_factory_payment(tests.the('out_again'), 'bounced')$$);
select tests.accepts('finance', $$select ops.void_factory_payment(tests.the('refund'), 'did not arrive')$$, 'but is, once that payment is voided');

-- Ageing. Factory B has nothing but what the company's story gives it, and these; what is due is set relative to today.

create function pg_temp.billed(days_past_due integer, quantity numeric, price numeric) returns uuid
language plpgsql
as $$
declare
  line constant uuid := tests.make_line(quantity);
  slice uuid;
begin
  perform tests.make_allocation(array[line], '{factory_b}');
  slice := tests.award(tests.quote(tests.slice(line, 'factory_b'), price));
  perform tests.sign(tests.issue(slice));
  perform tests.receive(slice, quantity);
  perform tests.act('finance', format(
    'update ops.factory_invoices set due_date = current_date - %s, status = ''approved'' where id = %L',
    days_past_due, pg_temp.invoice_of(slice, days_past_due, quantity)
  ));
  return slice;
end
$$;
create function pg_temp.invoice_of(slice uuid, days_past_due integer, quantity numeric) returns uuid
language sql
as $$
  select tests.ask('factory_b', format(
    'select i.id from ops.submit_factory_invoice(tests.contract(%L), %L, %L, current_date - 200) as i', slice, private.new_id(),
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', slice, 'quantity', quantity))
  ))::uuid
$$;
create function pg_temp.ageing(persona text) returns text
language sql
as $$
  select tests.ask(persona, format($f$
    select concat_ws(' ', a.factory_name, a.currency, a.invoices, trim_scale(a.not_due_amount), trim_scale(a.past_due_1_30_amount),
      trim_scale(a.past_due_31_60_amount), trim_scale(a.past_due_61_90_amount), trim_scale(a.past_due_over_90_amount), trim_scale(a.total_amount))
    from ops.payables_ageing as a where a.factory_id = %L
  $f$, tests.id('factory_b')))
$$;
select is(pg_temp.ageing('finance'), 'Factory B USD 1 38 0 0 0 0 38', 'what is approved and not paid is open: 88 less the 50 that were paid');
select tests.keep('aged', pg_temp.billed(a.days, 10, a.price))
from (values (-1, 1), (0, 2), (1, 4), (30, 8), (31, 16), (60, 32), (61, 64), (90, 128), (91, 256)) as a (days, price);
select is(pg_temp.ageing('finance'), 'Factory B USD 10 68 120 480 1920 2560 5148', 'each invoice stands in the column of its days past due');
select is(pg_temp.ageing('factory_b'), pg_temp.ageing('finance'), 'a factory reads its own ageing');
select is(pg_temp.ageing('factory_a'), null, 'and not another one''s');
select tests.act('finance', format(
  'update ops.factory_invoices set due_date = current_date - 45 where id in (select l.factory_invoice_id from ops.factory_invoice_lines as l where l.allocation_item_supplier_id = %L)',
  tests.the('aged')
));
select is(pg_temp.ageing('finance'), 'Factory B USD 10 68 120 3040 1920 0 5148', 'a due date can be agreed anew');

select tests.keep('two', tests.signed_slice(30, 10));
select tests.receive(tests.the('two'), 30);
select tests.keep('late', tests.approve(tests.invoice(tests.the('two'), 10)));
select tests.keep('soon', tests.approve(tests.invoice(tests.the('two'), 20)));
select tests.act('finance', format('update ops.factory_invoices set due_date = invoice_date + 5 where id = %L', tests.the('soon')));
select tests.keep('partly', tests.approve(tests.invoice(tests.the('two'), -5, null, tests.the('soon'))));
select tests.pay(tests.the('two'), 170);
create function pg_temp.open(slice uuid) returns text
language sql
as $$
  select tests.ask('finance', format($f$
    select string_agg(trim_scale(o.approved_amount) || ' ' || trim_scale(o.open_amount), ', ' order by o.due_date)
    from ops.open_factory_invoices as o
    where o.factory_invoice_id in (select l.factory_invoice_id from ops.factory_invoice_lines as l where l.allocation_item_supplier_id = %L)
  $f$, slice))
$$;
select is(pg_temp.open(tests.the('two')), '100 80', 'payments are taken off what fell due first, credit notes off their invoice');
select tests.pay(tests.the('two'), -100);
select is(pg_temp.open(tests.the('two')), '150 80, 100 100', 'what comes back is open again');

-- The example of docs/payables.md

create temp table example (nth serial, step text, expected text);
insert into example (step, expected) values
('select tests.act(''finance'', pg_temp.paying(tests.the(''told''), 100, true))', '0 0 100'),
('select tests.receive(tests.the(''told''), 60)', '300 0 100'),
('select tests.keep(''a'', tests.approve(tests.invoice(tests.the(''told''), 60, 5)))', '300 300 100'),
('select tests.keep(''b'', tests.invoice(tests.the(''told''), 20, 5)), tests.act(''procurement'', ''select ops.dispute_factory_invoice(tests.the(''''b''''))'')', '300 300 100'),
('select tests.act(''finance'', ''select ops.record_factory_payment(tests.contract(tests.the(''''told'''')), ''''E-1'''')'')', '300 300 300'),
('select tests.receive(tests.the(''told''), 40)', '500 300 300'),
('select tests.approve(tests.the(''b''))', '500 400 300'),
('select tests.approve(tests.invoice(tests.the(''told''), -5, null, tests.the(''a'')))', '500 375 300'),
('select tests.act(''finance'', ''select ops.record_factory_payment(tests.contract(tests.the(''''told'''')), ''''E-2'''')'')', '500 375 375'),
('select tests.approve(tests.invoice(tests.the(''told''), 25, 5))', '500 500 375'),
('select tests.act(''finance'', ''select ops.record_factory_payment(tests.contract(tests.the(''''told'''')), ''''E-3'''')'')', '500 500 500');
create function pg_temp.told(step text) returns text
language plpgsql
as $$
begin
  execute step;
  return tests.slice_says(tests.the('told'), 'payable_amount, approved_amount, paid_amount');
end
$$;
select tests.set_setting('payments_require_invoice', 'true');
select tests.keep('told', tests.signed_slice(100, 5));
select is(pg_temp.told(e.step), e.expected, format('the example of docs/payables.md, step %s', e.nth)) from example as e order by e.nth;
select is(tests.contract_status(tests.contract(tests.the('told'))), 'CLOSED', 'and in the end its contract is closed');
select tests.set_setting('payments_require_invoice', 'false');

-- The views of payables

select is(
  tests.ask('finance', $$select concat_ws(' ', trim_scale(p.approved_qty), trim_scale(p.approved_amount)) from ops.payables as p where p.allocation_item_supplier_id = tests.the('two')$$),
  '25 250', 'payables say what is approved of a slice'
);
select is(
  tests.ask('finance', $$select trim_scale(p.approved_amount) from ops.payables_by_contract as p where p.factory_po_id = tests.contract(tests.the('two'))$$),
  '250', 'of a contract'
);
select is(
  tests.ask('finance', format($$
    select trim_scale(p.approved_amount) = (select trim_scale(sum(s.approved_amount)) from ops.payables as s where s.factory_id = p.factory_id)
    from ops.payables_by_factory as p where p.factory_id = %L
  $$, tests.id('factory_a'))),
  'true', 'and of a factory'
);

select is_empty('select * from private.invariant_violations', 'after all that, nothing is out of step');

select * from finish();
