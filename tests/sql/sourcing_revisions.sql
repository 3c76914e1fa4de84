-- Contract versions: drafted, issued and signed beside the one in force, whose terms hold until then.

select no_plan();

create function tests.versions(contract uuid) returns text
language sql stable security definer
as $$
  select string_agg(concat(p.version, ' ', p.status, case when p.superseded_at is not null then ' superseded' end), ', ' order by p.version)
  from ops.factory_pos as p
  inner join ops.factory_pos as own on own.po_number = p.po_number and own.factory_id = p.factory_id
  where own.id = contract
$$;
create function tests.lines_say(contract uuid) returns text
language sql stable security definer
as $$
  select string_agg(
    format('%s at %s%s', trim_scale(l.quantity), trim_scale(l.price), ' ' || (
      select string_agg(trim_scale(z.quantity)::text, '/' order by z.position) from ops.factory_po_line_sizes as z where z.factory_po_line_id = l.id
    )), ', ' order by l.quantity desc, l.id
  )
  from ops.factory_po_lines as l where l.factory_po_id = contract
$$;
create function tests.revise(slice uuid, terms jsonb default '{}') returns uuid
language sql
as $$
  select tests.ask('procurement', format(
    'select p.id from ops.revise_contract(%L, %L) as p', tests.contract(slice),
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', slice) || terms)
  ))::uuid
$$;

-- The old one stays in force until the factory signs the new one

select tests.keep('slice', tests.signed_slice(100, 5, '{33,33,34}'));
select tests.keep('line', tests.line_of(tests.the('slice')));
select tests.keep('first', tests.contract(tests.the('slice')));
select tests.receive(tests.the('slice'), 40);
select tests.keep('second', tests.revise(tests.the('slice'), '{"quantity": 80, "price": 4.5, "over_receipt_tolerance_pct": 3}'));
select is(tests.versions(tests.the('first')), '1 PC_SIGNED, 2 DRAFT', 'the next version of a contract is drafted beside it');
select is(
  (select concat_ws(' ', p.version, p.supersedes_id = tests.the('first'), p.po_number = o.po_number) from ops.factory_pos as p inner join ops.factory_pos as o on o.id = tests.the('first') where p.id = tests.the('second')),
  '2 t t', 'versions share a number and know what they were drafted from'
);
select is(tests.lines_say(tests.the('second')), '80 at 4.5', 'a revision says other terms');
select is(
  tests.ask('factory_a', $$select count(*) from ops.factory_pos as p where p.id = tests.the('second')$$), '0',
  'a factory does not see the draft of a revision'
);
select tests.issue(tests.the('slice'));
select is(tests.versions(tests.the('first')), '1 PC_SIGNED, 2 ISSUED', 'the version in force stays so while its next is issued');
select is(tests.lines_say(tests.the('second')), '80 at 4.5 27/26/27', 'sizes of fewer pieces keep the shape of the run');
select is(
  tests.slice_says(tests.the('slice'), 'effective_qty, awarded_price, over_receipt_tolerance_pct') || ' ' || tests.status(tests.the('line')),
  '100 5 0.0000 PC_SIGNED', 'until it is signed the slice goes on under the old terms'
);
select tests.accepts('warehouse', $$select ops.record_receipt(tests.the('slice'), 10)$$, 'goods come in while a revision is issued');
select tests.throws_code(p.persona, $$
  update ops.allocation_items_supplier set awarded_qty = 90 where id = tests.the('slice')
$$, 'OMS_SLICE_UNDER_CONTRACT', format('%s changes an award under contract by a revision only', p.persona))
from unnest(array['planner', 'procurement']) as p (persona);
select tests.sign(tests.the('second'));
select is(tests.versions(tests.the('first')), '1 CANCELLED superseded, 2 PC_SIGNED', 'signing the next version supersedes the one in force');
select is(
  tests.slice_says(tests.the('slice'), 'effective_qty, awarded_qty, awarded_price, over_receipt_tolerance_pct, payable_amount'),
  '80 80 4.5 3.0000 180', 'signing copies the terms of the lines to the slices'
);
select is(tests.sizes(tests.the('slice')), '27/26/27', 'and the sizes that were signed');
select is(tests.status(tests.the('line')), 'ALLOCATED', 'what a revision gives up of a line is to be awarded again');
select tests.act('planner', $$
  select ops.add_candidates((select a.allocation_id from ops.allocation_items as a where a.id = tests.item(tests.the('line'))), array[tests.id('factory_b')])
$$);
select tests.act('planner', $$
  select ops.send_allocation((select a.allocation_id from ops.allocation_items as a where a.id = tests.item(tests.the('line'))))
$$);
select tests.keep('rest', tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_b'), 6)));
select is(tests.sizes(tests.the('rest')), '6/7/7', 'a later slice takes what the revised one left of the run');
select tests.throws_code('factory_a', $$select ops.sign_contract(tests.the('first'))$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a superseded version is not signed again');
select tests.throws_code('procurement', $$select ops.revise_contract(tests.the('first'))$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'a superseded version is not revised');
select tests.throws_code('finance', $$
  select ops.record_factory_payment(tests.the('first'), 'TT-OLD')
$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'a superseded version is not paid');
select tests.accepts('finance', $$select ops.record_factory_payment(tests.the('second'), 'TT-NEW')$$, 'the version in force is');

-- Who revises

select tests.denies(p.persona, $$select ops.revise_contract(tests.the('second'))$$, format('%s does not revise contracts', p.persona))
from unnest(array['sales', 'finance', 'warehouse', 'factory_a', 'client_a']) as p (persona);
select tests.throws_code('other_planner', $$select ops.revise_contract(tests.the('second'))$$, 'OMS_NOT_FOUND', 'another organization''s contract is not revised');
select tests.throws_code('planner', $$select ops.revise_contract(private.new_id())$$, 'OMS_NOT_FOUND', 'an unknown contract is not revised');

-- What a draft may say

select tests.keep('two', tests.make_allocation(array[tests.make_line(50), tests.make_line(60)], '{factory_a}'));
select tests.keep('s50', (select s.id from ops.allocation_items_supplier as s where s.allocation_id = tests.the('two') and s.order_qty = 50));
select tests.keep('s60', (select s.id from ops.allocation_items_supplier as s where s.allocation_id = tests.the('two') and s.order_qty = 60));
select tests.award(tests.quote(tests.the('s50'), 5));
select tests.award(tests.quote(tests.the('s60'), 5));
select tests.keep('v1', tests.sign(tests.issue(tests.the('s50'))));
select tests.keep('v2', tests.ask('planner', $$select p.id from ops.revise_contract(tests.the('v1')) as p$$)::uuid);
select is(tests.lines_say(tests.the('v2')), '60 at 5, 50 at 5', 'a revision carries every slice that stands');
select is(
  tests.ask('planner', $$select p.id from ops.revise_contract(tests.the('v1'), '[]', '2031-05-05') as p$$)::uuid, tests.the('v2'),
  'revising again goes on with the draft that is there'
);
select is((select p.ex_factory_date from ops.factory_pos as p where p.id = tests.the('v2')), '2031-05-05', 'a revision can be for another date');
select tests.throws_code('procurement', $$
  delete from ops.factory_po_lines where factory_po_id = tests.the('v2') and allocation_item_supplier_id = tests.the('s50')
$$, 'OMS_REVISION_INCOMPLETE', 'a slice that stands does not leave the revision');
select tests.throws_code('procurement', format($$
  update ops.factory_po_lines set %s where factory_po_id = tests.the('v2') and allocation_item_supplier_id = tests.the('s50')
$$, w.terms), w.code, format('terms of a revision: %s', w.terms))
from (values
  ('quantity = 51', 'OMS_REVISION_QUANTITY_RAISED'), ('quantity = 0', 'OMS_WHOLE_PIECES'), ('quantity = 1.5', 'OMS_WHOLE_PIECES'),
  ('price = 0', 'OMS_INVALID_ARGUMENT')
) as w (terms, code);
select tests.accepts('procurement', $$
  update ops.factory_po_lines set quantity = 45, price = 6, over_receipt_tolerance_pct = 2 where factory_po_id = tests.the('v2') and allocation_item_supplier_id = tests.the('s50')
$$, 'terms of a draft revision can be written directly');
select tests.throws_code('procurement', $$
  update ops.factory_po_lines set price = 6 where factory_po_id = tests.the('v1')
$$, 'OMS_CONTRACT_FROZEN', 'terms of a signed version cannot');
select tests.throws_code('planner', format($$select ops.revise_contract(tests.the('v1'), %L)$$, w.lines), w.code, format('lines of a revision: %s', w.lines))
from (values
  (jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('slice'))), 'OMS_CONTRACT_MISMATCH'),
  (jsonb_build_array(jsonb_build_object('quantity', 4)), 'OMS_CONTRACT_MISMATCH'),
  (jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('s50')), jsonb_build_object('allocation_item_supplier_id', tests.the('s50'))), 'OMS_INVALID_ARGUMENT'),
  (jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('s50'), 'cost', 1)), 'OMS_INVALID_ARGUMENT'),
  (jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('s50'), 'quantity', 51)), 'OMS_AWARD_EXCEEDS_COMMITTED')
) as w (lines, code);

-- A draft follows what happens to its slices; an issued one is withdrawn

select tests.revise(tests.the('s50'), '{"quantity": 30}');
select tests.close_slice(tests.the('s50'), 40);
select is(tests.lines_say(tests.the('v2')), '60 at 5, 30 at 5', 'a draft keeps what it proposes of a slice that still has it');
select tests.close_slice(tests.the('s50'), 20);
select is(tests.lines_say(tests.the('v2')), '60 at 5, 20 at 5', 'and no more than the slice still has');
select tests.revise(tests.the('s60'), '{"price": 4}');
select tests.issue(tests.the('s60'));
select tests.close_slice(tests.the('s50'), 10);
select is(
  tests.versions(tests.the('v1')), '1 PC_SIGNED, 2 CANCELLED, 3 DRAFT',
  'an issued revision is withdrawn when a slice changes, and its successor drafted'
);
select is(
  tests.lines_say(tests.contract(tests.the('s60'))), '60 at 4, 10 at 5', 'which proposes what the withdrawn one did'
);
select is(tests.status(tests.line_of(tests.the('s60'))), 'PC_SIGNED', 'other lines of the contract stay signed');
select tests.act('procurement', $$select ops.cancel_contract(tests.contract(tests.the('s60')))$$);
select is(tests.versions(tests.the('v1')), '1 PC_SIGNED, 2 CANCELLED, 3 CANCELLED', 'cancelling an unsigned revision only withdraws it');
select is(
  tests.slice_says(tests.the('s60'), 'effective_qty, awarded_price'), '60 5', 'its slices and the signed contract stay as they are'
);
select tests.keep('v4', tests.revise(tests.the('s60')));
select is(tests.versions(tests.the('v1')), '1 PC_SIGNED, 2 CANCELLED, 3 CANCELLED, 4 DRAFT', 'the next version has the next number');
select tests.close_slice(tests.the('s50'), 0);
select is(tests.lines_say(tests.the('v4')), '60 at 5', 'a slice that is closed at nothing leaves the draft');

-- More pieces

select tests.keep('more_line', tests.make_line(100, '{50,50}'));
select tests.make_allocation(array[tests.the('more_line')], '{factory_a}');
select tests.keep('more', tests.award(tests.quote(tests.slice(tests.the('more_line'), 'factory_a'), 5), 60));
select tests.keep('more_v1', tests.sign(tests.issue(tests.the('more'))));
select tests.keep('more_v2', tests.revise(tests.the('more'), '{"quantity": 100, "price": 4.8}'));
select is(
  tests.lines_say(tests.the('more_v2')), '60 at 4.8, 40 at 4.8', 'pieces beyond the award are awarded besides, at the price of the line'
);
select is(tests.status(tests.the('more_line')), 'CONFIRMED', 'and so are reserved before anybody signs');
select tests.issue(tests.the('more'));
select tests.sign(tests.the('more_v2'));
select is(tests.status(tests.the('more_line')), 'PC_SIGNED', 'the line is signed with the revision');
select is(
  (select string_agg(tests.sizes(s.id), ', ' order by s.awarded_qty desc) || ' ' || sum(s.effective_qty * s.awarded_price)::integer from ops.allocation_items_supplier as s inner join ops.allocation_items as a on a.id = s.allocation_item_id where a.order_item_id = tests.the('more_line')),
  '30/30, 20/20 480', 'both slices add up to the run, at the new price'
);

-- No less than was accepted or paid

select tests.keep('bound', tests.signed_slice(100, 5));
select tests.receive(tests.the('bound'), 60);
select tests.revise(tests.the('bound'), '{"quantity": 50}');
select tests.throws_code('procurement', $$
  update ops.factory_pos set status = 'ISSUED' where id = tests.contract(tests.the('bound'))
$$, 'OMS_REVISION_BELOW_ACCEPTED', 'a revision for less than was accepted is not issued');
select tests.revise(tests.the('bound'), '{"quantity": 70}');
select tests.issue(tests.the('bound'));
select tests.receive(tests.the('bound'), 15);
select tests.throws_code('factory_a', $$
  select ops.sign_contract(tests.contract(tests.the('bound')))
$$, 'OMS_REVISION_BELOW_ACCEPTED', 'nor signed, when more came in meanwhile');
select tests.keep('paid', tests.signed_slice(100, 5));
select tests.receive(tests.the('paid'), 60);
select tests.pay(tests.the('paid'), 290);
select tests.revise(tests.the('paid'), '{"price": 4.8}');
select tests.throws_code('procurement', $$
  update ops.factory_pos set status = 'ISSUED' where id = tests.contract(tests.the('paid'))
$$, 'OMS_REVISION_BELOW_PAID', 'a revision that makes less payable than was paid is not issued');
select tests.revise(tests.the('paid'), '{"price": 4.9}');
select tests.issue(tests.the('paid'));
select tests.act('finance', format($$
  select ops.record_factory_payment(%L, 'TT-LATE', %L)
$$, (select p.id from ops.factory_pos as p inner join ops.factory_po_lines as l on l.factory_po_id = p.id where l.allocation_item_supplier_id = tests.the('paid') and p.status = 'PC_SIGNED'),
jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('paid'), 'amount', 10))));
select tests.throws_code('factory_a', $$
  update ops.factory_pos set status = 'PC_SIGNED' where id = tests.contract(tests.the('paid'))
$$, 'OMS_REVISION_BELOW_PAID', 'nor signed, when more was paid meanwhile');

-- Money that is out for a slice that left

select tests.keep('left', tests.make_allocation(array[tests.make_line(50), tests.make_line(60)], '{factory_a}'));
select tests.keep('goes', (select s.id from ops.allocation_items_supplier as s where s.allocation_id = tests.the('left') and s.order_qty = 50));
select tests.keep('stays', (select s.id from ops.allocation_items_supplier as s where s.allocation_id = tests.the('left') and s.order_qty = 60));
select tests.award(tests.quote(tests.the('goes'), 5));
select tests.award(tests.quote(tests.the('stays'), 5));
select tests.sign(tests.issue(tests.the('goes')));
select tests.act('finance', format($$
  select ops.record_factory_payment(%L, 'DEPOSIT', %L, is_advance => true)
$$, tests.contract(tests.the('goes')), jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('goes'), 'amount', 100))));
select tests.close_slice(tests.the('goes'), 0);
select tests.keep('without', tests.revise(tests.the('stays')));
select tests.issue(tests.the('stays'));
select tests.sign(tests.the('without'));
select is(tests.lines_say(tests.the('without')), '60 at 5', 'a slice of which nothing is left is not on the next version');
select tests.accepts('finance', format($$
  select ops.record_factory_payment(%L, 'BACK', %L)
$$, tests.the('without'), jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('goes'), 'amount', -100))), 'its advance comes back against that');

-- Tolerance of a line

select tests.keep('tolerant', tests.awarded_slice(100, 5));
select tests.keep('draft', tests.ask('procurement', format($$
  insert into ops.factory_pos (allocation_id, factory_id, currency) select s.allocation_id, s.factory_id, s.currency from ops.allocation_items_supplier as s where s.id = %L returning id
$$, tests.the('tolerant')))::uuid);
select tests.act('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('draft'), tests.the('tolerant'))
$$);
select tests.throws_code('procurement', $$
  update ops.factory_po_lines set price = 4 where factory_po_id = tests.the('draft')
$$, 'OMS_TERMS_FROM_AWARD', 'the price of a first contract is that of the award');
select tests.act('procurement', $$
  update ops.factory_po_lines set over_receipt_tolerance_pct = 5 where factory_po_id = tests.the('draft')
$$);
select tests.sign(tests.issue(tests.the('tolerant')));
select is(tests.slice_says(tests.the('tolerant'), 'over_receipt_tolerance_pct'), '5.0000', 'a contract line overrides the tolerance of its slice');
select tests.throws_code('warehouse', $$select ops.record_receipt(tests.the('tolerant'), 106)$$, 'OMS_RECEIPT_EXCEEDS_TOLERANCE', 'which bounds receipts from then on');
select tests.accepts('warehouse', $$select ops.record_receipt(tests.the('tolerant'), 105)$$, 'and allows them');

-- After CLOSED

select tests.keep('closed_line', tests.make_line(100));
select tests.make_allocation(array[tests.the('closed_line')], '{factory_a}');
select tests.keep('done', tests.award(tests.quote(tests.slice(tests.the('closed_line'), 'factory_a'), 5), 60));
select tests.keep('done_v1', tests.sign(tests.issue(tests.the('done'))));
select tests.receive(tests.the('done'), 60);
select tests.pay(tests.the('done'), 300);
select is(tests.contract_status(tests.the('done_v1')), 'CLOSED', 'a contract that is received and paid is closed');
select tests.act('planner', $$
  select ops.add_candidates((select a.allocation_id from ops.allocation_items as a where a.id = tests.item(tests.the('closed_line'))), array[tests.id('factory_a')])
$$);
select tests.act('planner', $$
  select ops.send_allocation((select a.allocation_id from ops.allocation_items as a where a.id = tests.item(tests.the('closed_line'))))
$$);
select tests.keep('later', tests.award(tests.quote(tests.slice(tests.the('closed_line'), 'factory_a'), 6)));
select tests.keep('done_v2', tests.issue(tests.the('later')));
select is(tests.versions(tests.the('done_v1')), '1 CLOSED, 2 ISSUED', 'a further award goes on a revision of a closed contract');
select is(tests.lines_say(tests.the('done_v2')), '60 at 5, 40 at 6', 'with what stands on it');
select tests.throws_code('warehouse', $$select ops.record_receipt(tests.the('later'), 1)$$, 'OMS_CONTRACT_NOT_IN_FORCE', 'goods of the further award wait for the signature');
select tests.sign(tests.the('done_v2'));
select is(tests.versions(tests.the('done_v1')), '1 CANCELLED superseded, 2 PC_SIGNED', 'signed, it takes the place of the closed one');
select is(tests.status(tests.the('closed_line')), 'PC_SIGNED', 'and the line is signed whole');

-- A draft or an issued contract that nobody signed

select tests.keep('unsigned', tests.awarded_slice(10));
select tests.keep('unsigned_v1', tests.issue(tests.the('unsigned')));
select tests.revise(tests.the('unsigned'), '{"over_receipt_tolerance_pct": 1}');
select is(tests.versions(tests.the('unsigned_v1')), '1 CANCELLED, 2 DRAFT', 'revising an issued contract withdraws it');
select tests.throws_code('procurement', format($$
  select ops.revise_contract(tests.contract(tests.the('unsigned')), %L)
$$, jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('unsigned'), 'price', 1))), 'OMS_TERMS_FROM_AWARD', 'whose price stays that of the award');

select is((select count(*)::integer from private.invariant_violations), 0, 'after all of it every counter is right');

select * from finish();
