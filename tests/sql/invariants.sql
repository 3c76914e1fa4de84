-- Invariants: empty after a long mixed life, and each of them finds the fault that it is for.

select * from no_plan();

-- A long mixed life: many lines, random acts of everybody, whether they are allowed or not

create temp table lines (id uuid);
create temp table acts (persona text, command text);
insert into acts values
('planner', $$select ops.allocate_items('Walk', '[{"order_item_id": {line}}, {"order_item_id": {line}, "committed_qty": {quantity}}]', array[tests.id({factory})])$$),
('planner', $$select ops.allocate_items('Walk', '[{"order_item_id": {line}, "committed_qty": {quantity}}]', array[tests.id('factory_a'), tests.id('factory_b')])$$),
('planner', $$insert into ops.allocation_items (allocation_id, order_item_id, split_from_id, committed_qty) select {allocation}, a.order_item_id, a.id, {quantity} from ops.allocation_items as a where a.id = {item}$$),
('planner', $$update ops.allocation_items set committed_qty = {quantity} where id = {item}$$),
('planner', $$select ops.add_candidates({allocation}, array[tests.id({factory})])$$),
('planner', $$select ops.send_allocation({allocation})$$),
('planner', $$select ops.send_allocation(a.id) from ops.allocations as a where a.sent_at is null$$),
('factory', $$select ops.submit_quote({candidate}, 1 + {quantity} / 8.0, capacity_qty => nullif({quantity}, 10))$$),
('factory', $$select ops.submit_quote({candidate}, 4.3333)$$),
('factory', $$update ops.allocation_items_supplier set quote_status = 'quoted', price = 5 where not is_awarded and closed_at is null$$),
('factory', $$update ops.allocation_items_supplier set quote_status = 'declined' where id = {candidate}$$),
('factory', $$select ops.withdraw_quote({candidate})$$),
('planner', $$select ops.award({candidate}, {quantity})$$),
('planner', $$select ops.award({candidate}, {quantity}, 3, 'agreed')$$),
('planner', $$update ops.allocation_items_supplier set is_awarded = true where id = {candidate}$$),
('planner', $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = {quantity} where allocation_item_id = {item} and quote_status = 'quoted' and not is_awarded$$),
('planner', $$select ops.award_many((select jsonb_agg(jsonb_build_object('allocation_item_supplier_id', s.id, 'percentage', 100.0 / s.n)) from (select s.id, count(*) over () as n from ops.allocation_items_supplier as s where s.allocation_item_id = {item} and s.quote_status = 'quoted' and not s.is_awarded and s.closed_at is null) as s))$$),
('planner', $$update ops.allocation_items_supplier set awarded_qty = {quantity} where id = {slice}$$),
('planner', $$select ops.revoke_award({slice})$$),
('planner', $$select ops.close_slice({slice}, {quantity}, waive => true)$$),
('planner', $$update ops.allocation_items_supplier set closed_qty = {quantity} where id = {slice}$$),
('planner', $$select ops.close_allocation_item({item})$$),
('procurement', $$select ops.issue_contracts({allocation})$$),
('procurement', $$select ops.issue_contracts({allocation})$$),
('factory', $$update ops.factory_pos set status = 'PC_SIGNED' where status = 'ISSUED'$$),
('factory', $$select ops.sign_contract({contract})$$),
('planner', $$select ops.cancel_contract({contract})$$),
('factory', $$select ops.report_production({slice}, 'shipped', {quantity})$$),
('warehouse', $$select ops.record_receipt({slice}, {quantity}, {quantity} / 20)$$),
('warehouse', $$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) select s.id, 5 from ops.allocation_items_supplier as s where s.is_awarded and s.allocation_id = {allocation}$$),
('warehouse', $$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) select s.id, s.effective_qty - s.accepted_qty from ops.allocation_items_supplier as s where s.id = {slice}$$),
('warehouse', $$select ops.void_receipt((select r.id from ops.factory_receipts as r where r.allocation_item_supplier_id = {slice} and r.voided_at is null order by r.id limit 1), 'wrong')$$),
('finance', $$select ops.accept_excess({slice}, {quantity} / 10)$$),
('factory', $$select ops.submit_factory_invoice({contract}, 'I-{step}', jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', {slice}, 'quantity', {quantity})))$$),
('procurement', $$select ops.submit_factory_invoice(p.factory_po_id, 'I-{step}', jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', p.allocation_item_supplier_id, 'quantity', p.payable_qty - p.approved_qty))) from ops.payables as p where p.payable_qty > p.approved_qty and p.factory_po_id is not null$$),
('procurement', $$select ops.approve_factory_invoice(m.factory_invoice_id) from ops.factory_invoice_matching as m where m.is_within_tolerance and m.status in ('submitted', 'disputed')$$),
('finance', $$select ops.submit_factory_invoice(i.factory_po_id, 'C-{step}', (select jsonb_agg(jsonb_build_object('allocation_item_supplier_id', l.allocation_item_supplier_id, 'quantity', -1)) from ops.factory_invoice_lines as l where l.factory_invoice_id = i.id), credits_id => i.id) from ops.factory_invoices as i where i.status = 'approved' and i.credits_id is null and i.factory_po_id = {contract} limit 1$$),
('finance', $$select ops.void_factory_invoice((select i.id from ops.factory_invoices as i where i.status <> 'voided' and i.factory_po_id = {contract} order by random() limit 1), 'wrong')$$),
('finance', $$select ops.record_factory_payment({contract}, 'W-{step}')$$),
('finance', $$select ops.record_factory_payment({contract}, 'W-{step}', jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', {slice}, 'amount', {quantity} - 20)))$$),
('finance', $$select ops.void_factory_payment((select p.id from ops.factory_payments as p where p.factory_po_id = {contract} and p.voided_at is null order by p.id limit 1), 'wrong')$$),
('sales', $$update ops.order_items set quantity = quantity + {quantity} - 30 where id = {line}$$),
('sales', $$update ops.order_item_sizes set quantity = quantity + {quantity} - 30 where order_item_id = {line} and size_label = 'M'$$),
('planner', $$select ops.short_close_item({line})$$),
('planner', $$update ops.order_items set short_closed_qty = {quantity} where id = {line}$$),
('planner', $$select ops.plan_timeline((select i.order_id from ops.order_items as i where i.id = {line}), null, (select t.id from ops.timeline_templates as t), current_date + {quantity})$$),
('procurement', $$select ops.report_milestone((select n.id from ops.timeline_nodes as n where n.code is not null order by random() limit 1), estimated_date => current_date + {quantity})$$),
('planner', $$update ops.timeline_nodes set actual_date = nullif(current_date - {quantity}, current_date) where code in ('lab_dips', 'in_hands') and position * 25 > {quantity}$$),
('procurement', $$insert into ops.timeline_dependencies (timeline_node_id, predecessor_id, lag_days) select a.id, b.id, {quantity} from ops.timeline_nodes as a inner join ops.timeline_nodes as b on b.root_id = a.root_id where num_nulls(a.code, b.code) < 2 order by random() limit 1$$),
('planner', $$delete from ops.timeline_dependencies where lag_days = {quantity}$$),
('factory', $$select ops.report_production({slice}, 'cutting')$$),
('planner', $$select ops.report_production({slice}, 'not_started')$$);

create function pg_temp.walk(steps integer) returns table (outcome text, act text)
language plpgsql
as $$
declare
  persona text;
  command text;
  state text;
  said text;
begin
  for step in 1 .. steps loop
    select a.persona, a.command into persona, command from acts as a order by random() limit 1;
    command := replace(command, '{step}', step::text);
    command := replace(command, '{factory}', (array['''factory_a''', '''factory_b''', '''factory_c'''])[1 + trunc(random() * 3)::int]);
    command := regexp_replace(command, '\{quantity\}', (array['0', '1', '7', '10', '25', '40', '60', '100'])[1 + trunc(random() * 8)::int], 'g');
    -- In JSON an id stands in double quotes.
    command := replace(command, '"order_item_id": {line}', '"order_item_id": "' || (select l.id from lines as l order by random() limit 1) || '"');
    command := replace(command, '{line}', quote_literal((select l.id from lines as l order by random() limit 1)));
    command := replace(command, '{item}', quote_nullable((
      select a.id from ops.allocation_items as a where a.order_item_id in (select l.id from lines as l) order by a.closed_at nulls first, random() limit 1
    )));
    command := replace(command, '{allocation}', quote_nullable((
      select a.allocation_id from ops.allocation_items as a where a.order_item_id in (select l.id from lines as l) order by random() limit 1
    )));
    persona := case persona
      when 'factory' then (array['factory_a', 'factory_b'])[1 + trunc(random() * 2)::int]
      else persona
    end;
    command := replace(command, '{candidate}', quote_nullable((
      select s.id from ops.allocation_items_supplier as s
      inner join ops.allocation_items as a on a.id = s.allocation_item_id and a.order_item_id in (select l.id from lines as l)
      where not s.is_awarded and (persona not like 'factory%' or s.factory_id = tests.id(persona))
      order by s.closed_at nulls first, s.quote_status = 'quoted' desc, random() limit 1
    )));
    command := replace(command, '{slice}', quote_nullable((
      select s.id from ops.allocation_items_supplier as s
      inner join ops.allocation_items as a on a.id = s.allocation_item_id and a.order_item_id in (select l.id from lines as l)
      where s.is_awarded and (persona not like 'factory%' or s.factory_id = tests.id(persona))
      order by random() limit 1
    )));
    command := replace(command, '{contract}', quote_nullable((
      select p.id from ops.factory_pos as p
      inner join ops.allocation_items as a on a.allocation_id = p.allocation_id and a.order_item_id in (select l.id from lines as l)
      where persona not like 'factory%' or p.factory_id = tests.id(persona)
      order by p.status = 'CANCELLED', random() limit 1
    )));
    begin
      perform tests.act(persona, command);
      outcome := 'done';
    exception when others then
      get stacked diagnostics state = returned_sqlstate, said = message_text, outcome = pg_exception_hint;
      if state not like 'PT%' then
        outcome := state || ' ' || said;
      end if;
    end;
    act := persona || ': ' || command;
    return next;
  end loop;
end
$$;

select setseed(0.25);
select tests.act('procurement', $$update ops.directory set approval_status = 'approved' where code = 'factory_c'$$);
insert into lines select tests.make_line(q.quantity, q.sizes) from (values (100, '{33,33,34}'::integer[]), (50, '{}'), (7, '{1,5,1}')) as q (quantity, sizes);
select tests.set_setting('over_commit_tolerance_pct', '10');
select tests.set_setting('under_award_tolerance_pct', '5');
select tests.set_setting('over_receipt_tolerance_pct', '10');
insert into lines select tests.make_line(q.quantity, q.sizes) from (values (100, '{33,33,34}'::integer[]), (50, '{}'), (7, '{1,5,1}')) as q (quantity, sizes);
create temp table walked as select w.* from pg_temp.walk(300) as w;
select tests.set_setting('receipts_require_signed_contract', 'false');
insert into walked select w.* from pg_temp.walk(300) as w;
select is_empty(
  $$select w.outcome, w.act from walked as w where w.outcome !~ '^(done|OMS_[A-Z_0-9]+)$'$$,
  'whatever anybody tries is done, or refused with a code'
);
select cmp_ok((select count(*) from walked as w where w.outcome = 'done'), '>', 150::bigint, 'much was done');
select cmp_ok((select count(distinct w.outcome) from walked as w), '>', 15::bigint, 'and much refused, for many reasons');
select is_empty('select v.invariant, v.id, v.expected, v.actual from private.invariant_violations as v', 'every counter is the sum that it keeps');

-- What the invariants leave to the tests

select is_empty(
  $$
    select p.po_number, p.version
    from ops.factory_pos as p
    inner join ops.factory_po_lines as l on l.organization_id = p.organization_id and l.factory_po_id = p.id
    inner join ops.allocation_items_supplier as s on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    where p.status = 'ISSUED'
      and ((l.quantity, l.price) <> (s.effective_qty, s.awarded_price) or exists (
        select from ops.factory_po_line_sizes as z
        inner join ops.allocation_item_supplier_sizes as own
          on own.organization_id = z.organization_id and own.allocation_item_supplier_id = s.id and own.size_label = z.size_label
        where z.organization_id = l.organization_id and z.factory_po_line_id = l.id and z.quantity <> own.quantity
      ))
  $$,
  'a contract that can be signed says what holds'
);
select is_empty(
  $$
    select l.allocation_item_supplier_id
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
    where p.status <> 'CANCELLED'
    group by l.allocation_item_supplier_id
    having count(*) > 1
  $$,
  'no slice is on two contracts'
);
select is_empty(
  $$
    select a.id from ops.allocation_items as a
    inner join ops.allocation_items_supplier as s on s.organization_id = a.organization_id and s.allocation_item_id = a.id
    where a.closed_at is not null and s.closed_at is null and not s.is_awarded
  $$,
  'no closed item has an open candidate'
);
select is_empty(
  $$
    select a.id from ops.allocation_items as a
    where a.closed_at is null
      and exists (select from ops.order_item_sizes as z where z.organization_id = a.organization_id and z.order_item_id = a.order_item_id)
      and not exists (select from ops.allocation_item_sizes as z where z.organization_id = a.organization_id and z.allocation_item_id = a.id)
  $$,
  'every item of a line with sizes has a size run'
);
select is_empty(
  $$
    select i.id, committed.size_label from ops.order_items as i
    cross join lateral private.committed_sizes(i.organization_id, i.id) as committed
    left join ops.order_item_sizes as z on z.organization_id = i.organization_id and z.order_item_id = i.id and z.size_label = committed.size_label
    where i.over_commit_tolerance_pct = 0 and committed.quantity > coalesce(z.quantity, 0)
  $$,
  'no size is committed beyond what the line asks for'
);

-- Planted faults

select tests.keep('slice', tests.signed_slice(1, 5, '{33,33,34}'));
select tests.receive(tests.the('slice'), 50);
select tests.pay(tests.the('slice'), 250);
select tests.keep('invoice', tests.approve(tests.invoice(tests.the('slice'), 40)));
select tests.approve(tests.invoice(tests.the('slice'), -10, null, tests.the('invoice')));

create function pg_temp.finds(invariant text, fault text, test text) returns text
language plpgsql
as $$
declare
  found text;
begin
  begin
    execute fault;
    found := (select string_agg(distinct v.invariant, ', ') from private.invariant_violations as v);
    raise exception using errcode = 'TS000';
  exception when sqlstate 'TS000' then
    null;
  end;
  return extensions.is(found, invariant, test);
end
$$;

-- As one who goes past every trigger.
alter table ops.order_items disable trigger user;
alter table ops.order_item_sizes disable trigger user;
alter table ops.allocation_items disable trigger user;
alter table ops.allocation_item_sizes disable trigger user;
alter table ops.allocation_items_supplier disable trigger user;
alter table ops.allocation_item_supplier_sizes disable trigger user;
alter table ops.factory_pos disable trigger user;
alter table ops.production_orders disable trigger user;
alter table ops.production_components disable trigger user;
alter table ops.production_operations disable trigger user;
alter table ops.factory_po_lines disable trigger user;
alter table ops.factory_receipts disable trigger user;
alter table ops.factory_payments disable trigger user;
alter table ops.factory_payment_lines disable trigger user;
alter table ops.factory_invoices disable trigger user;
alter table ops.factory_invoice_lines disable trigger user;
alter table ops.timeline_nodes disable trigger user;
alter table ops.order_item_supplies disable trigger user;

create temp table faults (invariant text, fault text);
insert into faults values
(
  'order_items.quantity is the sum of its sizes',
  $$update ops.order_items set quantity = quantity + 1 where id = tests.line_of(tests.the('slice'))$$
),
(
  'order_items.committed_qty is its commitment',
  $$update ops.order_items set committed_qty = committed_qty - 1 where id = tests.line_of(tests.the('slice'))$$
),
(
  'order_items.effective_qty is the sum of its slices',
  $$update ops.order_items set effective_qty = effective_qty - 1 where id = tests.line_of(tests.the('slice'))$$
),
(
  'order_items.allocation_status is what its facts make it',
  $$update ops.order_items set allocation_status = 'CONFIRMED' where id = tests.line_of(tests.the('slice'))$$
),
(
  'order_items.allocation_status is what its facts make it',
  $$update ops.order_items set is_cancelled = true, cancelled_at = now() where id = tests.line_of(tests.the('slice'))$$
),
(
  'order_items.allocation_item_id is its newest open allocation item',
  $$update ops.order_items set allocation_item_id = null where id = tests.line_of(tests.the('slice'))$$
),
(
  'allocation_items.effective_qty is the sum of its slices',
  $$update ops.allocation_items set effective_qty = effective_qty - 1 where id = tests.item(tests.line_of(tests.the('slice')))$$
),
(
  'allocation_item_sizes add up to committed_qty',
  $$update ops.allocation_item_sizes set quantity = quantity + 1 where size_label = 'S' and allocation_item_id = tests.item(tests.line_of(tests.the('slice')))$$
),
(
  'allocation_item_supplier_sizes add up to what the slice counts for',
  $$update ops.allocation_item_supplier_sizes set quantity = quantity - 1 where size_label = 'S' and allocation_item_supplier_id = tests.the('slice')$$
),
(
  'slices take no more of a size than their allocation item has',
  $$
    update ops.allocation_item_supplier_sizes set quantity = case size_label when 'S' then quantity + 1 else quantity - 1 end
    where size_label in ('S', 'M') and allocation_item_supplier_id = tests.the('slice')
  $$
),
(
  'allocation_items_supplier.accepted_qty is the sum of its receipts',
  $$update ops.allocation_items_supplier set received_qty = received_qty + 1 where id = tests.the('slice')$$
),
(
  'allocation_items_supplier.accepted_qty is the sum of its receipts',
  $$
    update ops.factory_receipts set voided_at = now(), voided_by = created_by, void_reason = 'behind'
    where allocation_item_supplier_id = tests.the('slice')
  $$
),
(
  'allocation_items_supplier.paid_amount is the sum of its payments',
  $$update ops.allocation_items_supplier set paid_amount = paid_amount - 1 where id = tests.the('slice')$$
),
(
  'allocation_items_supplier.paid_amount is the sum of its payments',
  $$
    update ops.factory_payments set voided_at = now(), voided_by = created_by, void_reason = 'behind'
    where factory_po_id = tests.contract(tests.the('slice'))
  $$
),
(
  'allocation_items_supplier.approved_amount is the sum of its approved invoices',
  $$update ops.allocation_items_supplier set approved_amount = approved_amount - 1 where id = tests.the('slice')$$
),
(
  'allocation_items_supplier.approved_amount is the sum of its approved invoices',
  $$update ops.factory_invoices set status = 'disputed', dispute_reason = 'behind' where id = tests.the('invoice')$$
),
(
  'factory_invoice_lines.credited_qty is the sum of its approved credit notes',
  $$update ops.factory_invoice_lines set credited_qty = credited_qty - 1 where factory_invoice_id = tests.the('invoice')$$
),
(
  'a line is supplied in house or by factories, never by both',
  $$insert into ops.order_item_supplies (organization_id, order_item_id, warehouse_id, created_by) select w.organization_id, tests.line_of(tests.the('slice')), w.id, w.created_by from ops.warehouses as w where w.code = 'MAIN'$$
),
(
  'factory_invoices.amount is the sum of its lines',
  $$update ops.factory_invoices set amount = amount - 1 where id = tests.the('invoice')$$
),
(
  'factory_payments.amount is the sum of its lines',
  $$update ops.factory_payments set amount = amount + 1 where factory_po_id = tests.contract(tests.the('slice'))$$
),
(
  'a contract in force is CLOSED exactly when all is accepted and paid',
  $$update ops.factory_pos set status = 'CLOSED' where id = tests.contract(tests.the('slice'))$$
),
(
  'factory_pos totals are the sums of its lines',
  $$update ops.factory_pos set total_amount = total_amount + 1 where id = tests.contract(tests.the('slice'))$$
),
(
  'factory_pos totals are the sums of its lines',
  $$update ops.factory_pos set total_qty = total_qty + 1 where id = tests.contract(tests.the('slice'))$$
),
(
  'an order line has a timeline',
  $$update ops.timeline_nodes set position = position + 1 where order_item_id = tests.line_of(tests.the('slice'))$$
),
(
  'an awarded slice is a split, which drops out when it counts for nothing',
  $$delete from ops.timeline_nodes where allocation_item_supplier_id = tests.the('slice')$$
),
(
  'a timeline node stands in the tree of its parent, for whom that is for',
  $$update ops.timeline_nodes as n set factory_id = tests.id('factory_b') where n.code = 'cutting' and n.factory_id = tests.id('factory_a') and n.is_late = false and n.root_id = (select r.id from ops.timeline_nodes as r where r.order_item_id = tests.line_id('A-100', 1))$$
),
(
  'a timeline node is forecast from what it waits for',
  $$update ops.timeline_nodes set forecast_date = forecast_date - 1 where code = 'in_hands' and organization_id = '00000000-0000-7000-8000-000000000001'$$
),
(
  'a late timeline node has a cause in its tree, and no other one has',
  $$delete from ops.timeline_delays$$
),
(
  'a milestone of a slice is done exactly while its fact is so',
  $$update ops.timeline_nodes set completed_by = 'shipped' where code = 'cutting' and actual_date is not null$$
),
(
  'stock_levels.on_hand is the sum of the moves',
  $$update ops.stock_levels set on_hand = on_hand + 1 where stock_location_id = tests.location_id('A-1')$$
),
(
  'stock_levels.on_hand is the sum of the moves',
  $$delete from ops.stock_levels where stock_location_id = tests.location_id('A-1')$$
),
(
  'stock_levels.reserved is the sum of its reservations',
  $$update ops.stock_levels set reserved = reserved - 1 where reserved > 0$$
),
(
  'production_components.reserved_qty is the sum of its reservations',
  $$update ops.production_components set reserved_qty = reserved_qty - 1, required_qty = required_qty - 1 where reserved_qty > 0$$
),
(
  'production_components is open while its order is, and reserves no more than it needs, and nothing once closed',
  $$update ops.production_components set is_open = not is_open$$
),
(
  'no production order waits for what is there',
  $$update ops.production_components set required_qty = required_qty + 1 where is_open$$
),
(
  'a production order is ready with nothing short, and on hold with nothing reserved',
  $$alter table ops.production_orders disable trigger user; update ops.production_orders set status = 'on_hold' where status = 'released'$$
);
alter table ops.purchase_orders disable trigger user;
alter table ops.purchase_order_lines disable trigger user;
alter table ops.goods_receipts disable trigger user;
insert into faults values
(
  'purchase_orders.subtotal is the sum of its lines',
  $$update ops.purchase_orders set subtotal = subtotal + 1 where vendor_id = tests.id('vendor')$$
),
(
  'purchase_order_lines count their receipts',
  $$update ops.purchase_order_lines set last_received_on = last_received_on - 1 where vendor_id = tests.id('vendor')$$
),
(
  'purchase_order_lines.open_qty is what is still to come',
  $$update ops.purchase_order_lines set open_qty = open_qty + 1 where vendor_id = tests.id('vendor')$$
),
(
  'purchase_order_lines.open_qty is what is still to come',
  $$update ops.purchase_order_lines set sent_at = null where vendor_id = tests.id('vendor')$$
),
(
  'purchase_orders say how much of them has come',
  $$update ops.purchase_orders set receipt_status = 'received' where vendor_id = tests.id('vendor')$$
),
(
  'a purchase order waits for an approval exactly while it is submitted',
  $$update ops.purchase_orders set status = 'submitted' where vendor_id = tests.id('vendor') and status = 'draft'$$
),
(
  'vendor_deliveries count the lines that came in full',
  $$update ops.vendor_deliveries set received_lines = received_lines + 1$$
),
(
  'what a goods receipt brought is in stock, and is not once it is voided',
  $$delete from ops.stock_moves as m where m.goods_receipt_line_id is not null; alter table ops.stock_levels disable trigger user; update ops.stock_levels as l set on_hand = coalesce((select sum(case when m.to_location_id = l.stock_location_id then m.quantity else -m.quantity end) from ops.stock_moves as m where m.product_variant_id = l.product_variant_id and m.lot_id is not distinct from l.lot_id and l.stock_location_id in (m.from_location_id, m.to_location_id)), 0)$$
);
insert into faults values
(
  'production_components.issued_qty is the sum of its moves',
  $$update ops.production_components set issued_qty = issued_qty + 1 where reserved_qty = 0$$
),
(
  'production_orders.material_cost is what was issued, less by-products',
  $$update ops.production_orders set material_cost = material_cost + 1$$
),
(
  'production_orders count their outputs',
  $$update ops.production_orders set completed_qty = completed_qty - 1 where completed_qty > 0$$
),
(
  'production_orders count their outputs',
  $$update ops.production_orders set absorbed_cost = absorbed_cost + 1 where completed_qty > 0$$
),
(
  'good ones of an output went into stock',
  $$update ops.stock_moves set production_output_id = null$$
),
(
  'an operation to come has its minutes on its days, and no other one but what was started has any',
  $$delete from ops.work_center_loads$$
),
(
  'an operation to come has its minutes on its days, and no other one but what was started has any',
  $$update ops.production_operations set started_at = now(), finished_at = now()$$
),
(
  'an operation to come has its minutes on its days, and no other one but what was started has any',
  $$update ops.production_operations set scheduled_end = scheduled_end + 1$$
);
select pg_temp.finds(f.invariant, f.fault, 'a fault is found: ' || f.invariant) from faults as f;

select set_eq(
  $$select m.name from regexp_matches(pg_get_viewdef('private.invariant_violations'::regclass), '''([^'']+)''::text AS invariant', 'g') as r (found), unnest(r.found) as m (name)$$,
  'select f.invariant from faults as f',
  'each invariant has a fault that it finds'
);

select * from finish();
