-- Production as factories report it, and receipts as the warehouse writes them.

select * from no_plan();

-- Production reports

select tests.keep('slice', tests.signed_slice(100));
select tests.throws_code('factory_b', $$
  select ops.report_production(tests.the('slice'), 'cutting')
$$, 'OMS_NOT_FOUND', 'a factory does not report for another one');
select tests.throws_code('factory_a', $$
  select ops.report_production(private.new_id(), 'cutting')
$$, 'OMS_NOT_FOUND', 'an unknown slice is not reported');
select tests.denies('warehouse', $$
  select ops.report_production(tests.the('slice'), 'cutting')
$$, 'the warehouse does not report production');
select tests.act('factory_a', $$select ops.report_production(tests.the('slice'), 'cutting')$$);
select is(tests.slice_says(tests.the('slice'), 'production_status, shipped_qty'), 'cutting 0', 'a factory reports how far it is, and may skip stages');
select tests.throws_code('factory_a', $$
  select ops.report_production(tests.the('slice'), 'materials')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a factory does not take a report back');
select tests.accepts('procurement', $$
  select ops.report_production(tests.the('slice'), 'materials')
$$, 'staff correct a report');
select tests.act('factory_a', $$select ops.report_production(tests.the('slice'), shipped_qty => 60)$$);
select is(tests.slice_says(tests.the('slice'), 'production_status, shipped_qty'), 'cutting 60', 'a factory reports what it shipped in all');
select tests.throws_code('factory_a', format($$
  select ops.report_production(tests.the('slice'), shipped_qty => %s)
$$, q.quantity), 'OMS_SHIPPED_OUT_OF_RANGE', format('%s pieces of 100 are not reported as shipped', q.quantity))
from unnest(array[-1, 101, 1.5]) as q (quantity);
select tests.keep('unawarded_line', tests.make_line(100));
select tests.make_allocation(array[tests.the('unawarded_line')]);
select tests.keep('unawarded', tests.slice(tests.the('unawarded_line'), 'factory_a'));
select tests.throws_code('factory_a', $$
  select ops.report_production(tests.the('unawarded'), 'cutting')
$$, 'OMS_NOT_AWARDED', 'what is not awarded is not produced');
select tests.throws_code('factory_a', format($$
  select ops.report_production(tests.the('unawarded'), shipped_qty => %s)
$$, q.quantity), 'OMS_NOT_AWARDED', format('%s pieces of what is not awarded are not shipped', q.quantity))
from unnest(array[-1, 1]) as q (quantity);

-- Who receives what

select tests.denies(p.persona, $$
  select ops.record_receipt(tests.the('slice'), 10)
$$, format('%s does not write receipts', p.persona))
from unnest(array['factory_a', 'planner', 'procurement', 'finance', 'sales']) as p (persona);
select tests.throws_code('warehouse', 'select ops.record_receipt(private.new_id(), 10)', 'OMS_NOT_FOUND', 'goods of an unknown slice are not received');
select tests.throws_code('warehouse', 'select ops.record_receipt(null, 10)', 'OMS_INVALID_ARGUMENT', 'goods of no slice are not received');
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('unawarded'), 10)
$$, 'OMS_NOT_AWARDED', 'goods of what is not awarded are not received');
select tests.throws_code('warehouse', format($$
  select ops.record_receipt(tests.the('slice'), %s, %s)
$$, q.received, q.rejected), 'OMS_WHOLE_PIECES', format('%s pieces received and %s of them rejected is refused', q.received, q.rejected))
from (
  values ('0', '0'), ('-1', '0'), ('1.5', '0'), ('null', '0'), ('10', '11'), ('10', '-1'), ('10', '0.5'), ('10', 'null')
) as q (received, rejected);

-- Only under a signed contract, where the organization asks for one

select tests.keep('unsigned', tests.awarded_slice(100));
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('unsigned'), 10)
$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'goods are not received before there is a contract');
select tests.issue(tests.the('unsigned'));
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('unsigned'), 10)
$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'goods are not received before the contract is signed');
select tests.sign(tests.contract(tests.the('unsigned')));
select tests.accepts('warehouse', $$
  select ops.record_receipt(tests.the('unsigned'), 10)
$$, 'goods are received under a signed contract');
select tests.set_setting('receipts_require_signed_contract', 'false');
select tests.keep('trusted', tests.awarded_slice(100));
select tests.receive(tests.the('trusted'), 100);
select is(
  tests.slice_says(tests.the('trusted'), 'accepted_qty'), '100',
  'goods are received from the award on where the organization asks for no signature'
);
select tests.act('procurement', $$select ops.issue_contracts((select s.allocation_id from ops.allocation_items_supplier as s where s.id = tests.the('trusted')))$$);
select tests.sign(tests.contract(tests.the('trusted')));
select tests.pay(tests.the('trusted'), 500);
select is(tests.contract_status(tests.contract(tests.the('trusted'))), 'CLOSED', 'what was received before the signature counts');
select tests.set_setting('receipts_require_signed_contract', 'true');

-- Cumulative tolerance

select tests.act('warehouse', $$
  select ops.record_receipt(tests.the('slice'), 60, 5, '2030-05-01', 'B-1', 'dock 2', 'files/grn.pdf')
$$);
select is(
  (select concat_ws(' ', trim_scale(r.qty_received), trim_scale(r.qty_rejected), r.received_date, r.batch_id, r.location, r.document_uri, r.factory_id = tests.id('factory_a')) from ops.factory_receipts as r where r.allocation_item_supplier_id = tests.the('slice')),
  '60 5 2030-05-01 B-1 dock 2 files/grn.pdf t',
  'a receipt says what came, when, where and in which batch'
);
select is(tests.slice_says(tests.the('slice'), 'received_qty, accepted_qty'), '60 55', 'what was rejected is received, and not accepted');
select is(
  (select h.data - 'allocation_item_supplier_id' from ops.order_history as h where h.order_item_id = tests.line_of(tests.the('slice')) and h.action = 'received'),
  '{"accepted_qty": 55.000000, "received_qty": 60.000000}',
  'a receipt is written to the history'
);
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('slice'), 46)
$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'receipts add up to no more than was awarded');
select is(
  (tests.refusal('warehouse', $$select ops.record_receipt(tests.the('slice'), 46)$$) ->> 'details')::jsonb - 'allocation_item_supplier_id',
  '{"most": 100, "accepted_qty": 101.000000}',
  'a refused receipt says what it would come to, and the most that it can be'
);
select tests.accepts('warehouse', $$
  select ops.record_receipt(tests.the('slice'), 50, 5)
$$, 'rejected pieces do not count against the tolerance');
select tests.throws_code('warehouse', $$
  insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.the('slice'), 20), (tests.the('slice'), 26)
$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'receipts of one statement are counted together');
select tests.keep('neighbour', tests.signed_slice(100));
select tests.throws_code('warehouse', $$
  insert into ops.factory_receipts (allocation_item_supplier_id, qty_received)
  values (tests.the('neighbour'), 20), (tests.the('slice'), 46), (tests.the('unsigned'), 10)
$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'one receipt too many refuses all of a statement');
select is(tests.slice_says(tests.the('neighbour'), 'received_qty'), '0', 'of a refused statement nothing is received');
select tests.act('warehouse', $$
  insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.the('slice'), 20), (tests.the('slice'), 25)
$$);
select is(tests.slice_says(tests.the('slice'), 'accepted_qty'), '100', 'goods of many receipts add up');
select tests.accepts('warehouse', $$
  select ops.record_receipt(tests.the('slice'), 10, 10)
$$, 'a delivery of which all is rejected can be received at any time');

select tests.set_setting('over_receipt_tolerance_pct', '5');
select tests.keep('tolerant', tests.signed_slice(90));
select tests.set_setting('over_receipt_tolerance_pct', '0');
select tests.receive(tests.the('tolerant'), 90);
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('tolerant'), 5)
$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'receipts beyond the tolerance are refused: 94.5 pieces are 94');
select tests.receive(tests.the('tolerant'), 4);
select is(
  tests.slice_says(tests.the('tolerant'), 'accepted_qty, excess_qty'), '94 4',
  'receipts within the tolerance that was set at the award are accepted'
);
select is(
  (select trim_scale(l.over_receipt_tolerance_pct)::text from ops.factory_po_lines as l where l.allocation_item_supplier_id = tests.the('tolerant')), '5',
  'the contract says the tolerance'
);
select tests.set_setting('over_receipt_tolerance_pct', '100');
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('tolerant'), 1)
$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'a tolerance that is raised later does not count for an earlier award');
select tests.set_setting('over_receipt_tolerance_pct', '0');
select tests.close_slice(tests.the('tolerant'), 90);
select is(
  tests.slice_says(tests.the('tolerant'), 'closed_qty, accepted_qty'), '90 94',
  'closing a slice below what it has accepted within the tolerance is not checked again'
);
select tests.set_setting('over_receipt_tolerance_pct', '10');
select tests.keep('shrunk', tests.signed_slice(100));
select tests.set_setting('over_receipt_tolerance_pct', '0');
select tests.receive(tests.the('shrunk'), 50);
select tests.close_slice(tests.the('shrunk'), 60);
select tests.throws_code('warehouse', $$
  select ops.record_receipt(tests.the('shrunk'), 17)
$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'the tolerance of a closed slice is of what it was closed at');
select tests.accepts('warehouse', $$
  select ops.record_receipt(tests.the('shrunk'), 16)
$$, 'a closed slice goes on receiving within what it was closed at');
select tests.throws_code('factory_a', $$
  select ops.report_production(tests.the('shrunk'), shipped_qty => 67)
$$, 'OMS_SHIPPED_OUT_OF_RANGE', 'no more is shipped than can be received');

-- Voiding

select tests.keep('voided', tests.signed_slice(100));
select tests.keep('receipt', tests.receive(tests.the('voided'), 30, 10));
select tests.throws_code('warehouse', $$
  select ops.void_receipt(private.new_id(), 'wrong')
$$, 'OMS_NOT_FOUND', 'an unknown receipt is not voided');
select tests.throws_code('warehouse', format($$
  select ops.void_receipt(tests.the('receipt'), %L)
$$, r.reason), 'OMS_INVALID_ARGUMENT', 'a receipt is not voided without a reason: ' || coalesce(quote_literal(r.reason), 'null'))
from unnest(array['', null]) as r (reason);
select tests.throws_code('warehouse', $$
  update ops.factory_receipts set void_reason = '' where id = tests.the('receipt')
$$, 'OMS_INVALID_ARGUMENT', 'a receipt is not voided by an empty reason');
select tests.denies('planner', $$
  select ops.void_receipt(tests.the('receipt'), 'wrong')
$$, 'a planner does not void receipts');
select tests.denies('warehouse', $$
  delete from ops.factory_receipts where id = tests.the('receipt')
$$, 'receipts are not deleted');
select tests.denies('warehouse', $$
  update ops.factory_receipts set qty_received = 31 where id = tests.the('receipt')
$$, 'a receipt''s quantity does not change');
select tests.accepts('warehouse', $$
  update ops.factory_receipts set location = 'dock 3', document_uri = 'files/grn.pdf' where id = tests.the('receipt')
$$, 'a receipt''s place and document can be put right');
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'counted twice')$$);
select is(
  (select concat_ws(' ', r.void_reason, r.voided_at is not null, r.voided_by = p.user_id) from ops.factory_receipts as r, tests.personas as p where r.id = tests.the('receipt') and p.name = 'warehouse'),
  'counted twice t t',
  'a voided receipt stays, with reason, time and person'
);
select is(tests.slice_says(tests.the('voided'), 'received_qty, accepted_qty'), '0 0', 'a voided receipt does not count');
select is(
  (select h.message from ops.order_history as h where h.order_item_id = tests.line_of(tests.the('voided')) and h.action = 'receipt_voided'),
  'Line 1: receipts of 30 pieces were voided.',
  'voiding is written to the history'
);
select tests.throws_code('warehouse', $$
  select ops.void_receipt(tests.the('receipt'), 'once more')
$$, 'OMS_ALREADY_VOIDED', 'a receipt is voided once');
select tests.throws_code('warehouse', $$
  update ops.factory_receipts set void_reason = null where id = tests.the('receipt')
$$, 'OMS_ALREADY_VOIDED', 'a voided receipt does not come back');
select tests.accepts('warehouse', $$
  select ops.record_receipt(tests.the('voided'), 100)
$$, 'what was voided can be received');
select tests.receive(tests.the('voided'), 10);
select tests.receive(tests.the('voided'), 20);
select tests.act('warehouse', $$
  update ops.factory_receipts set void_reason = 'flood' where allocation_item_supplier_id in (tests.the('voided'), tests.the('neighbour')) and voided_at is null
$$);
select is(tests.slice_says(tests.the('voided'), 'received_qty'), '0', 'many receipts are voided in one statement');

select * from finish();
