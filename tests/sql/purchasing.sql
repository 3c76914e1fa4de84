-- Buying: what vendors offer, purchase orders, who approves them, what comes and what it brings into stock.

select no_plan();

create function pg_temp.line(line_id uuid, what text) returns text
language sql
as $$
  select tests.ask('sales', format('select (%s)::text from ops.purchase_order_lines as l where l.id = %L', what, line_id))
$$;
create function pg_temp.purchase(line_id uuid, what text) returns text
language sql
as $$
  select tests.ask('sales', format('select (%s)::text from ops.purchase_orders as o where o.id = %L', what, tests.purchase_order(line_id)))
$$;
create function pg_temp.buy(sku text, quantity numeric, more text default '') returns text
language sql
as $$
  select format(
    'insert into ops.purchase_order_lines (purchase_order_id, product_variant_id, quantity%s) values (%L, %L, %s%s)',
    case when more = '' then '' else ', ' || split_part(more, '=', 1) end, tests.the('order'), tests.variant_id(sku), quantity,
    case when more = '' then '' else ', ' || split_part(more, '=', 2) end
  )
$$;

-- Offers

select tests.keep('offer', tests.make_offer('vendor', 'ZIP-60', '{"0": 30, "4": 25, "10": 20}', 'BOX', 2, 2, '2026-01-01'));
select is(
  tests.ask('planner', format('select s.currency || s.lead_time_days from ops.supplier_products as s where s.id = %L', tests.the('offer'))),
  'USD0', 'an offer is in the vendor''s currency and with its lead time'
);
select is(
  tests.ask('planner', format('select s.purchase_unit || s.lead_time_days from ops.supplier_products as s where s.id = %L', tests.make_offer('vendor_b', 'ZIP-40', '{"0": 1}'))),
  'EA10', 'in the variant''s unit, unless it says otherwise'
);
select is(
  array(select trim_scale(tests.ask('planner', format('select private.offer_price(%L, %s)', tests.the('offer'), q.quantity))::numeric)::text from unnest('{2,3.999,4,9,10,500}'::numeric[]) as q (quantity)),
  '{30,30,25,25,20,20}', 'the break that the whole quantity reaches is the price of all of it'
);
select is(tests.ask('planner', format('select (private.offer_of_the_day(%L, %L, ''2025-12-31'')).id', tests.id('vendor'), tests.variant_id('ZIP-60'))), null, 'an offer holds from its first day on');
select tests.keep('newer', tests.make_offer('vendor', 'ZIP-60', '{"0": 99}', 'BOX', 0, null, '2026-06-01'));
select is(
  array(select tests.ask('planner', format('select (private.offer_of_the_day(%L, %L, %L)).id', tests.id('vendor'), tests.variant_id('ZIP-60'), d.day))::uuid from unnest('{2026-05-31,2026-06-01}'::date[]) as d (day)),
  array[tests.the('offer'), tests.the('newer')], 'of two the one that began last'
);
select tests.act('procurement', format('delete from ops.supplier_products where id = %L', tests.the('newer')));
select matches(
  tests.refusal('procurement', format('insert into ops.supplier_products (vendor_id, product_variant_id, purchase_unit) values (%L, %L, ''KG'')', tests.id('vendor'), tests.variant_id('ZIP-60'))) ->> 'message',
  'how many EA one KG of ZIP-60', 'a unit that cannot be converted is refused, and both are named'
);
select tests.throws_code('procurement', format('insert into ops.supplier_products (vendor_id, product_variant_id%s) values (%L, %L%s)', t.columns, tests.id(t.vendor), tests.variant_id(t.sku), t.given), t.code, t.test)
from (values
  ('vendor', 'ZIP-60', ', purchase_unit', ', ''KG''', 'OMS_UNIT_CONVERSION_MISSING', 'with a code'),
  ('factory_a', 'ZIP-60', '', '', 'OMS_NOT_A_VENDOR', 'a factory sells no material'),
  ('vendor', 'RIVET', '', '', 'OMS_NOT_FOUND', 'another organization''s variant is none'),
  ('vendor', 'ZIP-60', ', valid_from', ', ''2026-01-01''', 'OMS_ALREADY_EXISTS', 'one offer begins on a day'),
  ('vendor', 'ZIP-40', ', minimum_qty', ', -1', 'OMS_INVALID_ARGUMENT', 'nobody sells less than nothing'),
  ('vendor', 'ZIP-40', ', valid_from, valid_to', ', ''2026-02-01'', ''2026-02-01''', 'OMS_INVALID_ARGUMENT', 'an offer holds for a day at least')
) as t (vendor, sku, columns, given, code, test);
select tests.throws_code('planner', format('insert into ops.supplier_price_breaks (supplier_product_id, from_qty, unit_price) values (%L, 4, 1)', tests.the('offer')), 'OMS_ALREADY_EXISTS', 'a quantity has one price');

-- A draft

select tests.keep('order', tests.ask('planner', format('insert into ops.purchase_orders (vendor_id) values (%L) returning id', tests.id('vendor')))::uuid);
select is(
  tests.ask('planner', format('select concat_ws('' '', o.status, o.currency, w.code, o.po_number ~ ''^PO-[0-9]{6}$'') from ops.purchase_orders as o inner join ops.warehouses as w on w.id = o.warehouse_id where o.id = %L', tests.the('order'))),
  'draft USD MAIN t', 'an order is a draft, in the vendor''s currency, for the first warehouse, and numbered'
);
select tests.throws_code('planner', format('insert into ops.purchase_orders (vendor_id) values (%L)', tests.id('client_a')), 'OMS_NOT_A_VENDOR', 'nobody buys from a client');
select tests.denies('sales', format('insert into ops.purchase_orders (vendor_id) values (%L)', tests.id('vendor')), 'nor does sales buy');

select tests.set_setting('over_receipt_tolerance_pct', '10');
select tests.keep('line', tests.ask('planner', pg_temp.buy('ZIP-60', 4) || ' returning id')::uuid);
select is(
  pg_temp.line(tests.the('line'), $$concat_ws(' ', l.line_number, l.sku, l.vendor_sku, l.description, l.unit, trim_scale(l.stock_per_unit), trim_scale(l.unit_price), trim_scale(l.line_total), trim_scale(l.over_receipt_tolerance_pct), trim_scale(l.open_qty), l.need_by = current_date)$$),
  '1 ZIP-60 zip-60 Zipper 60 BOX 250 25 100 10 4 t', 'a line says what the vendor calls it, in its unit, at the price of its break'
);
select tests.act('planner', pg_temp.buy('ZIP-60', 300, 'unit,unit_price=''EA'',0.2'));
select tests.act('planner', pg_temp.buy('FW-102-WHITE-M', 3, 'unit_price=1.5'));
select is(pg_temp.purchase(tests.the('line'), 'trim_scale(o.subtotal)'), '164.5', 'the subtotal is the sum of the lines: 4 x 25 + 300 x 0.2 + 3 x 1.5');
select tests.throws_code('planner', pg_temp.buy(t.sku, t.quantity, t.more), t.code, t.test)
from (values
  ('ZIP-60', 3, '', 'OMS_BELOW_VENDOR_MINIMUM', 'the vendor sells by two boxes'),
  ('ZIP-60', 1, '', 'OMS_BELOW_VENDOR_MINIMUM', 'and two at least'),
  ('ZIP-60', 4.5, 'unit_price=1', 'OMS_QUANTITY_NOT_IN_UNIT', 'boxes are whole'),
  ('ZIP-60', 0, 'unit_price=1', 'OMS_QUANTITY_NOT_IN_UNIT', 'and some'),
  ('ZIP-60', 300, 'unit=''EA''', 'OMS_PURCHASE_PRICE_MISSING', 'by the piece it has no price'),
  ('FW-102-WHITE-M', 3, '', 'OMS_PURCHASE_PRICE_MISSING', 'nor has what the vendor does not offer'),
  ('ZIP-60', 4, 'unit,unit_price=''KG'',1', 'OMS_UNIT_CONVERSION_MISSING', 'what a kilogram is, nobody has said'),
  ('ZIP-60', 4, 'line_number=1', 'OMS_ALREADY_EXISTS', 'each line has a number of its own'),
  ('ZIP-60', 4, 'unit_price=-1', 'OMS_INVALID_ARGUMENT', 'nobody pays us for taking'),
  ('RIVET', 4, 'unit_price=1', 'OMS_NOT_FOUND', 'another organization''s variant is none')
) as t (sku, quantity, more, code, test);
select tests.accepts('planner', pg_temp.buy('ZIP-60', 3, 'unit_price=40'), 'at a price that was agreed, three boxes may be bought');

select tests.act('planner', format('update ops.purchase_order_lines set quantity = 10 where id = %L', tests.the('line')));
select is(pg_temp.line(tests.the('line'), $$concat_ws(' ', trim_scale(l.unit_price), trim_scale(l.open_qty))$$), '20 10', 'another quantity reaches another break');
select is(pg_temp.purchase(tests.the('line'), 'trim_scale(o.subtotal)'), '264.5', 'and the subtotal follows');
select tests.throws_code('planner', format('update ops.purchase_order_lines set quantity = 11 where id = %L', tests.the('line')), 'OMS_BELOW_VENDOR_MINIMUM', 'it stays one that the vendor sells');
select tests.act('planner', format('update ops.purchase_order_lines set unit_price = 18 where id = %L', tests.the('line')));
select tests.act('planner', format('update ops.purchase_order_lines set quantity = 3 where id = %L', tests.the('line')));
select is(pg_temp.line(tests.the('line'), 'trim_scale(l.unit_price)'), '18', 'a price that was agreed stays');
select tests.act('planner', format('delete from ops.purchase_order_lines where purchase_order_id = %L and line_number > 1', tests.the('order')));
select is(pg_temp.purchase(tests.the('line'), 'trim_scale(o.subtotal)'), '54', 'what goes is not counted any more');
select tests.throws_code('procurement', format('update ops.purchase_order_lines set cancelled_qty = 1 where id = %L', tests.the('line')), 'OMS_PURCHASE_ORDER_NOT_OPEN', 'of a draft nothing is cancelled');

-- Approval

select tests.act('admin', 'delete from ops.purchase_approval_tiers');
select tests.act('admin', $$insert into ops.purchase_approval_tiers (from_amount, approver_role) values (100, 'oms_procurement'), (1000, 'oms_finance')$$);
select tests.throws_code('admin', $$insert into ops.purchase_approval_tiers (from_amount, approver_role) values (5, 'oms_vendor')$$, 'OMS_INVALID_ARGUMENT', 'a vendor approves nothing');

create function pg_temp.submitted(amount numeric) returns uuid
language plpgsql
as $$
declare
  line_id constant uuid := tests.purchase('vendor', 'TAPE-20', 1, amount);
begin
  perform tests.act('planner', format('select ops.submit_purchase_order(%L)', tests.purchase_order(line_id)));
  return line_id;
end
$$;
create function pg_temp.approve(line_id uuid) returns text
language sql
as $$
  select format('select ops.approve_purchase_order(%L)', tests.purchase_order(line_id))
$$;
select tests.keep('tier_' || a.nth, pg_temp.submitted(a.amount)) from unnest('{99.99,100,999,1000}'::numeric[]) with ordinality as a (amount, nth);
select is(
  array(
    select concat_ws(' ', pg_temp.purchase(tests.the('tier_' || n.nth), 'o.status'), tests.ask('sales', format(
      'select concat_ws('' '', a.approver_role, trim_scale(a.amount), a.is_approved) from ops.purchase_order_approvals as a where a.purchase_order_id = %L', tests.purchase_order(tests.the('tier_' || n.nth))
    )))
    from generate_series(1, 4) as n (nth)
  ),
  '{approved 99.99 t,submitted oms_procurement 100,submitted oms_procurement 999,submitted oms_finance 1000}',
  'the amount reaches a tier from its first cent on; below the lowest an order approves itself'
);

select tests.keep('small', pg_temp.submitted(500));
select tests.keep('big', pg_temp.submitted(5000));
select tests.throws_code(t.persona, pg_temp.approve(tests.the(t.line)), t.code, t.test)
from (values
  ('finance', 'small', 'OMS_NOT_THE_APPROVER', 'finance does not decide on what is procurement''s'),
  ('admin', 'small', 'OMS_NOT_THE_APPROVER', 'nor does an administrator, whom no tier names'),
  ('procurement', 'big', 'OMS_NOT_THE_APPROVER', 'nor procurement on what is finance''s'),
  ('planner', 'big', 'OMS_NOT_THE_APPROVER', 'nor whoever submitted it'),
  ('other_procurement', 'small', 'OMS_NOT_FOUND', 'nor another organization')
) as t (persona, line, code, test);
select tests.denies('vendor', pg_temp.approve(tests.the('small')), 'least of all the vendor');
select tests.keep('own', tests.ask('procurement', format(
  'with made as (insert into ops.purchase_orders (vendor_id) values (%L) returning id) insert into ops.purchase_order_lines (purchase_order_id, product_variant_id, quantity, unit_price) select m.id, %L, 1, 500 from made as m returning id',
  tests.id('vendor'), tests.variant_id('TAPE-20')
))::uuid);
select tests.act('planner', format('select ops.submit_purchase_order(%L)', tests.purchase_order(tests.the('own'))));
select tests.throws_code('procurement', pg_temp.approve(tests.the('own')), 'OMS_SELF_APPROVAL', 'nobody approves what he made, though somebody else submitted it');
select tests.throws_code('procurement', format('select ops.reject_purchase_order(%L, ''No'')', tests.purchase_order(tests.the('own'))), 'OMS_SELF_APPROVAL', 'nor rejects it');
select tests.throws_code('procurement', format('select ops.send_purchase_order(%L)', tests.purchase_order(tests.the('small'))), 'OMS_TRANSITION_NOT_ALLOWED', 'what is not approved is not sent');
select tests.throws_code('planner', format('update ops.purchase_order_lines set quantity = 2 where id = %L', tests.the('small')), 'OMS_PURCHASE_ORDER_FROZEN', 'what is submitted does not change');
select tests.throws_code('planner', format('update ops.purchase_orders set freight_amount = 7 where id = %L', tests.purchase_order(tests.the('small'))), 'OMS_PURCHASE_ORDER_FROZEN', 'nor does what is paid besides');

select tests.throws_code('finance', format('update ops.purchase_orders set status = ''draft'' where id = %L', tests.purchase_order(tests.the('big'))), 'OMS_INVALID_ARGUMENT', 'who rejects an order says why');
select tests.throws_code('finance', format('update ops.purchase_order_approvals set reason = ''No'' where purchase_order_id = %L', tests.purchase_order(tests.the('small'))), 'OMS_NOT_THE_APPROVER', 'who may not decide says nothing');
select tests.act('finance', format('select ops.reject_purchase_order(%L, ''Too dear'')', tests.purchase_order(tests.the('big'))));
select is(
  tests.ask('planner', format(
    'select concat_ws('' '', o.status, a.is_approved, a.reason, a.decided_by = %L) from ops.purchase_orders as o inner join ops.purchase_order_approvals as a on a.purchase_order_id = o.id where o.id = %L',
    (select p.user_id from tests.personas as p where p.name = 'finance'), tests.purchase_order(tests.the('big'))
  )),
  'draft f Too dear t', 'a rejected order is a draft again, and says who rejected it and why'
);
select tests.act('planner', format('update ops.purchase_order_lines set unit_price = 900 where id = %L', tests.the('big')));
select tests.act('planner', format('select ops.submit_purchase_order(%L)', tests.purchase_order(tests.the('big'))));
select tests.accepts('procurement', pg_temp.approve(tests.the('big')), 'changed and submitted again it is another amount, and another role''s');
select tests.act('planner', format('update ops.purchase_orders set status = ''draft'' where id = %L', tests.purchase_order(tests.the('big'))));
select is(
  tests.ask('planner', format('select concat_ws('' '', a.is_approved, a.decided_by is null) from ops.purchase_order_approvals as a where a.purchase_order_id = %L order by a.id desc', tests.purchase_order(tests.the('big')))),
  'f t', 'who submitted it may take it back; nobody has decided then'
);
select tests.act('procurement', pg_temp.approve(tests.the('small')));
select is(pg_temp.purchase(tests.the('small'), 'o.status'), 'approved', 'the tier''s role approves');
select tests.throws_code('procurement', pg_temp.approve(tests.the('small')), 'OMS_TRANSITION_NOT_ALLOWED', 'once');
select tests.act('planner', format('update ops.purchase_orders set status = ''draft'' where id = %L', tests.purchase_order(tests.the('small'))));
select tests.act('planner', format('update ops.purchase_order_lines set quantity = 4 where id = %L', tests.the('small')));
select tests.act('planner', format('select ops.submit_purchase_order(%L)', tests.purchase_order(tests.the('small'))));
select is(pg_temp.purchase(tests.the('small'), 'o.status'), 'submitted', 'what is changed after it was approved is approved anew');

select tests.keep('order', tests.ask('planner', format('insert into ops.purchase_orders (vendor_id, currency) values (%L, ''CHF'') returning id', tests.id('vendor')))::uuid);
select tests.throws_code('planner', format('select ops.submit_purchase_order(%L)', tests.the('order')), 'OMS_PURCHASE_ORDER_EMPTY', 'an order without lines asks for nothing');
select tests.throws_code('planner', pg_temp.buy('ZIP-60', 4), 'OMS_PURCHASE_PRICE_MISSING', 'a price in dollars is none in francs');
select tests.keep('foreign', tests.ask('planner', pg_temp.buy('ZIP-60', 4, 'unit_price=240') || ' returning id')::uuid);
select tests.throws_code('planner', format('select ops.submit_purchase_order(%L)', tests.the('order')), 'OMS_EXCHANGE_RATE_MISSING', 'an amount in francs reaches no tier before a rate is known');
select tests.denies('procurement', $$insert into ops.exchange_rates (currency, rate) values ('CHF', 100000)$$, 'and who buys does not say what a franc is worth');
select tests.act('finance', $$insert into ops.exchange_rates (currency, rate, rate_date) values ('CHF', 0.8, '2026-01-01')$$);
select tests.act('planner', format('select ops.submit_purchase_order(%L)', tests.the('order')));
select is(
  tests.ask('planner', format('select concat_ws('' '', a.approver_role, trim_scale(a.amount)) from ops.purchase_order_approvals as a where a.purchase_order_id = %L', tests.the('order'))),
  'oms_finance 1200', '960 francs are 1200 dollars, and finance''s'
);
select tests.act('finance', pg_temp.approve(tests.the('foreign')));
select tests.act('procurement', $$update ops.directory set approval_status = 'pending' where code = 'vendor'$$);
select tests.throws_code('procurement', format('select ops.send_purchase_order(%L)', tests.the('order')), 'OMS_VENDOR_NOT_APPROVED', 'only an approved vendor is sent orders');
select tests.act('procurement', $$update ops.directory set approval_status = 'approved' where code = 'vendor'$$);
select is(tests.ask('vendor', format('select count(*)::text from ops.purchase_orders as o where o.id = %L', tests.the('order'))), '0', 'the vendor does not see what is not sent');
select tests.throws_code('vendor', format('select ops.acknowledge_purchase_order(%L)', tests.the('order')), 'OMS_NOT_FOUND', 'nor confirms it');
select tests.act('procurement', format('select ops.send_purchase_order(%L)', tests.the('order')));
select is(
  tests.ask('vendor', format('select concat_ws('' '', o.status, o.order_date = current_date, l.sku, w.code) from ops.purchase_orders as o inner join ops.purchase_order_lines as l on l.purchase_order_id = o.id inner join ops.warehouses as w on w.id = o.warehouse_id where o.id = %L', tests.the('order'))),
  'sent t ZIP-60 MAIN', 'then it does: the order, its lines, and where the goods go'
);

-- The vendor answers

create function pg_temp.answer(lines jsonb, reference text default 'V-1') returns text
language sql
as $$
  select format('select ops.acknowledge_purchase_order(%L, %L, %L)', tests.the('order'), reference, lines)
$$;
select tests.act('vendor', pg_temp.answer(jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('foreign'), 'confirmed_qty', 3, 'promised_date', '2026-12-01'))));
select is(pg_temp.purchase(tests.the('foreign'), $$concat_ws(' ', o.status, o.vendor_reference, o.acknowledged_at is not null)$$), 'acknowledged V-1 t', 'the vendor confirms');
select tests.act('procurement', pg_temp.answer(jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('foreign'), 'promised_date', '2026-12-09')), null));
select is(
  pg_temp.line(tests.the('foreign'), $$concat_ws(' ', trim_scale(l.confirmed_qty), l.original_promised_date, l.promised_date, l.due_on)$$), '3 2026-12-01 2026-12-09 2026-12-01',
  'who moves a date later has promised the first one; staff may record what came by mail'
);
select tests.throws_code('vendor', pg_temp.answer(t.lines), t.code, t.test)
from (values
  (jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('foreign'), 'confirmed_qty', 5)), 'OMS_INVALID_ARGUMENT', 'no more is confirmed than was ordered'),
  (jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('foreign'), 'confirmed_qty', 1.5)), 'OMS_INVALID_ARGUMENT', 'nor half a box'),
  (jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('small'))), 'OMS_NOT_FOUND', 'nor what is not of this order'),
  (jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('foreign')), jsonb_build_object('purchase_order_line_id', tests.the('foreign'))), 'OMS_INVALID_ARGUMENT', 'nor a line twice')
) as t (lines, code, test);
select tests.denies('vendor', format('update ops.purchase_order_lines set quantity = 9 where id = %L', tests.the('foreign')), 'a vendor changes no quantity');
select tests.throws_code('vendor', format('update ops.purchase_orders set status = ''closed'' where id = %L', tests.the('order')), 'OMS_TRANSITION_NOT_ALLOWED', 'nor closes an order');

-- Goods come

create function pg_temp.on_hand(sku text, place text) returns text
language sql
as $$
  select trim_scale(coalesce(sum(l.on_hand), 0))::text from ops.stock_levels as l
  where l.product_variant_id = tests.variant_id(sku) and l.stock_location_id = tests.location_id(place)
$$;
create function pg_temp.receive(line_id uuid, received numeric, more jsonb default '{}') returns text
language sql
as $$
  select format('select (ops.receive_goods(%L, %L)).id', tests.purchase_order(line_id), jsonb_build_array(
    jsonb_build_object('purchase_order_line_id', line_id, 'received_qty', received) || more
  ))
$$;
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '500', 'before');
select tests.keep('receipt', tests.receive_goods(tests.the('foreign'), 2, 1, '2026-11-05'));
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '750', 'one box of two is taken: 250 pieces, in the first place for storage');
select is(
  tests.ask('sales', $$select concat_ws(' ', m.reason, trim_scale(m.quantity), trim_scale(m.unit_cost), m.reference = g.receipt_number) from ops.stock_moves as m inner join ops.goods_receipt_lines as l on l.id = m.goods_receipt_line_id inner join ops.goods_receipts as g on g.id = l.goods_receipt_id order by m.id desc limit 1$$),
  'receipt 250 1.2 t', 'by a move that says what a piece cost in dollars: 240 / 0.8 / 250'
);
select is(
  pg_temp.line(tests.the('foreign'), $$concat_ws(' ', trim_scale(l.received_qty), trim_scale(l.rejected_qty), trim_scale(l.stocked_qty), trim_scale(l.open_qty))$$), '2 1 1 3', 'the line has counted'
);
select is(pg_temp.purchase(tests.the('foreign'), $$concat_ws(' ', o.status, o.receipt_status)$$), 'acknowledged partially_received', 'and so has the order');
select is(tests.ask('vendor', $$select concat_ws(' ', trim_scale(l.received_qty), trim_scale(l.rejected_qty)) from ops.goods_receipt_lines as l order by l.id desc limit 1$$), '2 1', 'the vendor sees what came of its goods');
select tests.throws_code('warehouse', pg_temp.receive(tests.the('foreign'), t.received, t.more), t.code, t.test)
from (values
  (4, '{}'::jsonb, 'OMS_RECEIPT_EXCEEDS_ORDERED', 'one and four of four boxes are more than ten per cent too many'),
  (0, '{}', 'OMS_QUANTITY_NOT_IN_UNIT', 'nothing is no delivery'),
  (1.5, '{}', 'OMS_QUANTITY_NOT_IN_UNIT', 'nor is half a box'),
  (1, '{"rejected_qty": 2}', 'OMS_QUANTITY_NOT_IN_UNIT', 'no more is rejected than came'),
  (1, '{"lot_number": "X"}', 'OMS_STOCK_LOT_REQUIRED', 'a zipper has no lot'),
  (1, '{"stock_location_id": "00000000-0000-7000-8000-000000000001"}', 'OMS_NOT_FOUND', 'nor lies nowhere'),
  (1, '{"lot": "X"}', 'OMS_INVALID_ARGUMENT', 'what is misspelt is refused')
) as t (received, more, code, test);
select tests.throws_code('warehouse', format('select ops.receive_goods(%L, %L, current_date + 1)', tests.the('order'), jsonb_build_array(jsonb_build_object('purchase_order_line_id', tests.the('foreign'), 'received_qty', 1))), 'OMS_INVALID_ARGUMENT', 'nothing comes tomorrow');
select tests.throws_code('warehouse', pg_temp.receive(tests.the('small'), 1), 'OMS_PURCHASE_ORDER_NOT_OPEN', 'nothing comes of what was not sent');
select tests.throws_code('warehouse', pg_temp.receive(tests.the('foreign'), 1, jsonb_build_object('stock_location_id', tests.location_id('E-1'))), 'OMS_NOT_FOUND', 'nothing is put into another warehouse than it was ordered for');
select tests.denies('procurement', pg_temp.receive(tests.the('foreign'), 1), 'the warehouse takes in, and nobody else');
select tests.throws_code('procurement', format('update ops.purchase_order_lines set cancelled_qty = 4 where id = %L', tests.the('foreign')), 'OMS_CANCELLED_QUANTITY_OUT_OF_RANGE', 'what has come is not cancelled');
select tests.throws_code('procurement', format('select ops.cancel_purchase_order(%L)', tests.the('order')), 'OMS_PURCHASE_ORDER_HAS_RECEIPTS', 'nor is its order');

select tests.keep('last', tests.receive_goods(tests.the('foreign'), 3, 0, '2026-11-20'));
select is(pg_temp.purchase(tests.the('foreign'), $$concat_ws(' ', o.status, o.receipt_status)$$), 'closed received', 'once all has come the order is closed');
select is(pg_temp.line(tests.the('foreign'), $$concat_ws(' ', trim_scale(l.open_qty), l.received_on)$$), '0 2026-11-20', 'and the line has come on the day of the last receipt');
select tests.act('warehouse', format('select ops.void_goods_receipt(%L, ''Counted twice'')', tests.the('last')));
select is(pg_temp.purchase(tests.the('foreign'), $$concat_ws(' ', o.status, o.receipt_status)$$), 'acknowledged partially_received', 'voided, it is open again');
select is(pg_temp.line(tests.the('foreign'), $$concat_ws(' ', trim_scale(l.open_qty), l.received_on)$$), '3', 'with what is to come');
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '750', 'and the goods have left stock');
select tests.throws_code('warehouse', format('select ops.void_goods_receipt(%L, ''Again'')', tests.the('last')), 'OMS_ALREADY_VOIDED', 'once');
select tests.throws_code('warehouse', format('insert into ops.goods_receipt_lines (goods_receipt_id, purchase_order_line_id, received_qty) values (%L, %L, 1)', tests.the('last'), tests.the('foreign')), 'OMS_ALREADY_VOIDED', 'nothing is received with it any more');
select tests.act('procurement', format('update ops.purchase_order_lines set cancelled_qty = 3 where id = %L', tests.the('foreign')));
select is(pg_temp.purchase(tests.the('foreign'), $$concat_ws(' ', o.status, o.receipt_status)$$), 'closed received', 'an order of which the rest is cancelled is closed too');
select tests.act('warehouse', format($$insert into ops.stock_moves (product_variant_id, quantity, reason, from_location_id) values (%L, 700, 'scrap', %L)$$, tests.variant_id('ZIP-60'), tests.location_id('A-1')));
select tests.throws_code('warehouse', format('select ops.void_goods_receipt(%L, ''Never came'')', tests.the('receipt')), 'OMS_STOCK_INSUFFICIENT', 'a receipt whose goods are used up is not voided');

-- More than ordered, and plain writes

select tests.keep('line', tests.send_purchase(tests.purchase('vendor', 'TAPE-20', 20, 1)));
select tests.accepts('warehouse', pg_temp.receive(tests.the('line'), 22), 'ten per cent more may come');
select tests.throws_code('warehouse', pg_temp.receive(tests.the('line'), 23), 'OMS_RECEIPT_EXCEEDS_ORDERED', 'and not a piece more');
select tests.accepts('warehouse', pg_temp.receive(tests.the('line'), 50, '{"rejected_qty": 30}'), 'unless it is sent back at once');
select tests.set_setting('over_receipt_tolerance_pct', '0');
select tests.accepts('warehouse', pg_temp.receive(tests.the('line'), 22), 'the tolerance is that of the day on which it was ordered');
select tests.act('warehouse', format($$
  with receipt as (insert into ops.goods_receipts (purchase_order_id, delivery_note) values (%L, 'DN-1') returning id)
  insert into ops.goods_receipt_lines (goods_receipt_id, purchase_order_line_id, received_qty, stock_location_id)
  select r.id, %L, q.quantity, %L from receipt as r cross join (values (12), (8)) as q (quantity)
$$, tests.purchase_order(tests.the('line')), tests.the('line'), tests.location_id('Q-1')));
select is(pg_temp.purchase(tests.the('line'), $$concat_ws(' ', o.status, o.receipt_status)$$), 'closed received', 'a plain insert does what the command does');
select is(pg_temp.on_hand('TAPE-20', 'Q-1'), '20', 'into the place that it names');
select tests.accepts('warehouse', pg_temp.receive(tests.the('line'), 2), 'what comes after the order was closed is taken, within the tolerance');
select tests.act('warehouse', $$insert into ops.stock_locations (warehouse_id, code, kind) select w.id, 'DOCK', 'receiving' from ops.warehouses as w where w.code = 'MAIN'$$);
select tests.act('warehouse', pg_temp.receive(tests.the('line'), 2));
select is(pg_temp.on_hand('TAPE-20', 'DOCK'), '2', 'where goods come in, if there is such a place');

-- Lots and pieces

select tests.act('production', format($$insert into ops.product_variants (sku, product_id, size_label, unit, tracking) values ('GLUE', %1$L, 'glue', 'KG', 'lot'), ('PRESS', %1$L, 'press', 'EA', 'serial')$$, tests.product_id('TAPE')));
select tests.keep('glue', tests.send_purchase(tests.purchase('vendor', 'GLUE', 5, 3)));
select tests.throws_code('warehouse', pg_temp.receive(tests.the('glue'), 2), 'OMS_STOCK_LOT_REQUIRED', 'glue comes by lot');
select tests.accepts('warehouse', pg_temp.receive(tests.the('glue'), 2, '{"rejected_qty": 2}'), 'but what goes back at once has none');
select tests.act('warehouse', pg_temp.receive(tests.the('glue'), 2.5, '{"lot_number": "G-9", "expires_on": "2027-06-30"}'));
select tests.act('warehouse', pg_temp.receive(tests.the('glue'), 1.5, '{"lot_number": "G-9"}'));
select is(
  tests.ask('sales', $$select concat_ws(' ', t.expires_on, trim_scale(sum(s.on_hand))) from ops.lots as t inner join ops.stock_levels as s on s.lot_id = t.id where t.lot_number = 'G-9' group by t.expires_on$$),
  '2027-06-30 4', 'a lot that nobody knew is made, and found again'
);
select tests.keep('press', tests.send_purchase(tests.purchase('vendor', 'PRESS', 3, 30)));
select tests.throws_code('warehouse', pg_temp.receive(tests.the('press'), 2, '{"lot_number": "P-1"}'), 'OMS_STOCK_SERIAL_TWICE', 'a serial number is one piece');
select tests.act('warehouse', format('select ops.receive_goods(%L, %L)', tests.purchase_order(tests.the('press')), (
  select jsonb_agg(jsonb_build_object('purchase_order_line_id', tests.the('press'), 'received_qty', 1, 'lot_number', 'P-' || n)) from generate_series(1, 3) as n
)));
select is(pg_temp.purchase(tests.the('press'), 'o.status'), 'closed', 'three pieces are three lines of one receipt');

-- What a receipt that was voided cost is nobody's cost

select tests.keep('dear', tests.send_purchase(tests.purchase('vendor', 'TAPE-20', 5, 15)));
select tests.keep('receipt', tests.receive_goods(tests.the('dear'), 2));
select tests.become('planner');
reset role;
select is(trim_scale(private.unit_cost_of(tests.variant_id('TAPE-20'))), 15::numeric, 'what came in last cost 15');
select tests.act('warehouse', format('select ops.void_goods_receipt(%L, ''Of another order'')', tests.the('receipt')));
select tests.become('planner');
reset role;
select is(trim_scale(private.unit_cost_of(tests.variant_id('TAPE-20'))), 1::numeric, 'it was never there: what came before it cost 1');
select tests.act('procurement', format('select ops.cancel_purchase_order(%L)', tests.purchase_order(tests.the('dear'))));

-- Cancelled, and closed by hand

select tests.keep('cancelled', tests.send_purchase(tests.purchase('vendor', 'TAPE-20', 5, 1)));
select tests.keep('receipt', tests.receive_goods(tests.the('cancelled'), 2));
select tests.act('warehouse', format('select ops.void_goods_receipt(%L, ''Another order''''s'')', tests.the('receipt')));
select tests.act('procurement', format('select ops.cancel_purchase_order(%L)', tests.purchase_order(tests.the('cancelled'))));
select is(pg_temp.line(tests.the('cancelled'), 'trim_scale(l.open_qty)') || pg_temp.purchase(tests.the('cancelled'), 'o.status'), '0cancelled', 'nothing is to come of an order that is cancelled');
select tests.throws_code('warehouse', pg_temp.receive(tests.the('cancelled'), 1), 'OMS_PURCHASE_ORDER_NOT_OPEN', 'nor is it received');
select tests.throws_code('vendor', format('update ops.purchase_order_lines set promised_date = ''2027-01-01'' where id = %L', tests.the('cancelled')), 'OMS_PURCHASE_ORDER_NOT_OPEN', 'nor promised');
select tests.keep('short', tests.send_purchase(tests.purchase('vendor', 'TAPE-20', 5, 1)));
select tests.receive_goods(tests.the('short'), 3);
select tests.act('procurement', format('select ops.close_purchase_order(%L)', tests.purchase_order(tests.the('short'))));
select is(pg_temp.line(tests.the('short'), 'trim_scale(l.open_qty)') || pg_temp.purchase(tests.the('short'), $$concat_ws(' ', '', o.status, o.receipt_status)$$), '0 closed partially_received', 'an order of which no more is waited for is closed by hand');

-- Tracking

select tests.keep('early', tests.send_purchase(tests.purchase('vendor_b', 'TAPE-20', 5, 1)));
select tests.keep('late', tests.send_purchase(tests.purchase('vendor_b', 'TAPE-20', 5, 1)));
select tests.keep('open', tests.send_purchase(tests.purchase('vendor_b', 'TAPE-20', 5, 1)));
select tests.act('procurement', format('update ops.purchase_order_lines set promised_date = %L where id in (%L, %L, %L)', '2026-11-10', tests.the('early'), tests.the('late'), tests.the('open')));
select tests.act('procurement', format('update ops.purchase_order_lines set promised_date = %L where id = %L', '2026-11-30', tests.the('late')));
select tests.receive_goods(tests.the('early'), 5, 0, '2026-11-10');
select tests.receive_goods(tests.the('late'), 2, 0, '2026-11-09');
select tests.receive_goods(tests.the('late'), 3, 0, '2026-11-13');
select tests.receive_goods(tests.the('open'), 1, 0, '2026-11-09');
select is(
  array(select tests.ask('procurement', format(
    'select concat_ws('' '', t.is_open, t.is_partially_received, t.is_late, case when t.is_open then t.days_late = current_date - date ''2026-11-10'' else t.days_late = %s end, t.vendor_received_lines, t.vendor_on_time_pct) from ops.purchase_order_tracking as t where t.purchase_order_line_id = %L', k.days_late, tests.the(k.name)
  )) from (values ('early', 0), ('late', 3), ('open', 0)) as k (name, days_late)),
  '{f f f t 2 50.0,f f f t 2 50.0,t t t t 2 50.0}',
  'a line is late against the first promise, and so is its vendor: one of two lines in time'
);
select tests.act('warehouse', format('select ops.void_goods_receipt(g.id, ''Wrong'') from ops.goods_receipts as g where g.purchase_order_id = %L and g.received_on = ''2026-11-13''', tests.purchase_order(tests.the('late'))));
select is(tests.ask('procurement', format('select concat_ws('' '', t.vendor_received_lines, t.vendor_on_time_pct) from ops.purchase_order_tracking as t where t.purchase_order_line_id = %L', tests.the('early'))), '1 100.0', 'a receipt that is voided counts neither way');

-- What a vendor sees

select is(
  array(select tests.attempt('vendor', format('select from ops.%I', t.name)) from unnest('{supplier_products,supplier_price_breaks,purchase_approval_tiers,purchase_order_approvals,vendor_deliveries,purchase_order_tracking,stock_moves,stock_locations}'::text[]) as t (name)),
  array_fill('42501'::text, array[8]), 'offers, approvals and how it is judged are nothing to a vendor'
);
select is(
  tests.ask('vendor', $$select count(*)::text from ops.purchase_orders as o where o.vendor_id <> private.party_id() or o.sent_at is null$$), '0', 'it sees its own orders that were sent, and no other'
);
select is(tests.ask('vendor', $$select string_agg(w.code, ' ') from ops.warehouses as w$$), 'MAIN', 'and of the warehouses the one to which it ships');
select is_empty('select * from private.invariant_violations', 'every counter is the sum of its facts');

select * from finish();
