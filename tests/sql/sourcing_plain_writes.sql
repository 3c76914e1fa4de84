-- A fact may be written to its table or by a command: the same rows come of it, and the same refusals.

select * from no_plan();

-- The whole life of a line, twice: `#` stands for the one that lives by commands, and for the one that lives by plain writes.

create function pg_temp.picture(line uuid) returns jsonb
language sql
as $$
  select jsonb_build_object(
    'line', to_jsonb(i) - '{id, order_id, style_id, colorway_id, allocation_item_id, created_at, updated_at, created_by, row_version}'::text[],
    'items', (
      select jsonb_agg(jsonb_build_object(
        'row', to_jsonb(a) - '{id, allocation_id, order_item_id, created_at, updated_at, row_version}'::text[],
        'sizes', tests.sizes(a.id), 'allocation', (select al.sent_at is not null from ops.allocations as al where al.id = a.allocation_id)
      ) order by a.committed_qty)
      from ops.allocation_items as a
      where a.order_item_id = i.id
    ),
    'slices', (
      select jsonb_agg(jsonb_build_object(
        'row', to_jsonb(s)
        - '{id, allocation_item_id, allocation_id, style_id, colorway_id, style_number, style_name, created_at, updated_at, row_version}'::text[],
        'sizes', tests.sizes(s.id),
        'notes', (select jsonb_agg(n.kind || ' ' || n.remark order by n.kind) from ops.allocation_item_supplier_notes as n where n.allocation_item_supplier_id = s.id)
      ) order by s.factory_id)
      from ops.allocation_items as a
      inner join ops.allocation_items_supplier as s on s.allocation_item_id = a.id
      where a.order_item_id = i.id
    ),
    'contracts', (
      select jsonb_agg(jsonb_build_object(
        'row', to_jsonb(p) - '{id, allocation_id, po_number, supersedes_id, terms_hash, signed_terms_hash, created_at, updated_at, row_version}'::text[],
        'lines', (
          select jsonb_agg(jsonb_build_object(
            'row', to_jsonb(l) - '{id, factory_po_id, allocation_item_supplier_id, style_number, style_name, created_at}'::text[],
            'sizes', (select jsonb_agg(to_jsonb(z) - '{id, factory_po_line_id}'::text[] order by z.position) from ops.factory_po_line_sizes as z where z.factory_po_line_id = l.id)
          ))
          from ops.factory_po_lines as l where l.factory_po_id = p.id
        )
      ) order by p.factory_id, p.version, p.po_number)
      from ops.factory_pos as p
      where p.allocation_id in (select a.allocation_id from ops.allocation_items as a where a.order_item_id = i.id)
    ),
    'receipts', (
      select jsonb_agg(to_jsonb(r) - '{id, allocation_item_supplier_id, receipt_number, created_at, updated_at, row_version}'::text[] order by r.factory_id, r.qty_received)
      from ops.factory_receipts as r
      inner join ops.allocation_items_supplier as s on s.id = r.allocation_item_supplier_id
      inner join ops.allocation_items as a on a.id = s.allocation_item_id
      where a.order_item_id = i.id
    ),
    'payments', (
      select jsonb_agg(jsonb_build_array(
        to_jsonb(y) - '{id, factory_payment_id, allocation_item_supplier_id, created_at}'::text[],
        to_jsonb(p) - '{id, factory_po_id, reference, created_at, updated_at, row_version}'::text[]
      ) order by y.factory_id, y.amount)
      from ops.factory_payment_lines as y
      inner join ops.factory_payments as p on p.id = y.factory_payment_id
      inner join ops.allocation_items_supplier as s on s.id = y.allocation_item_supplier_id
      inner join ops.allocation_items as a on a.id = s.allocation_item_id
      where a.order_item_id = i.id
    ),
    'history', (
      select jsonb_agg(
        (to_jsonb(h) - '{id, order_id, order_item_id, client_id, created_at, message, data}'::text[])
        || jsonb_build_object(
          'message', regexp_replace(h.message, 'PC-[0-9]+', 'PC', 'g'),
          'data', (h.data - 'allocation_item_supplier_id' - 'fact') || jsonb_build_object('fact', regexp_replace(h.data ->> 'fact', 'PC-[0-9]+', 'PC', 'g'))
        )
        order by h.cmin::text::bigint, h.action, h.message
      )
      from ops.order_history as h
      where h.order_item_id = i.id
    )
  )
  from ops.order_items as i
  where i.id = line
$$;

create function pg_temp.leaves(tree jsonb) returns table (path text, leaf jsonb)
language sql
as $$
  with recursive walk as (
    select '' as path, tree as node
    union all
    select w.path || '/' || child.key, child.value
    from walk as w
    cross join lateral (
      select e.key, e.value from jsonb_each(case jsonb_typeof(w.node) when 'object' then w.node end) as e
      union all
      select e.nth::text, e.value from jsonb_array_elements(case jsonb_typeof(w.node) when 'array' then w.node end) with ordinality as e (value, nth)
    ) as child
  )
  select w.path, w.node from walk as w where jsonb_typeof(w.node) not in ('object', 'array')
$$;

create function pg_temp.difference(one jsonb, other jsonb) returns text
language sql
as $$
  select string_agg(format('%s: %s or %s', path, o.leaf, t.leaf), '; ' order by path)
  from pg_temp.leaves(one) as o
  full join pg_temp.leaves(other) as t using (path)
  where o.leaf is distinct from t.leaf
$$;

create temp table life (nth serial, step text, persona text, by_command text, by_plain_writes text[]);
insert into life (step, persona, by_command, by_plain_writes) values
(
  'a line is committed', 'planner',
  $$select tests.keep('#allocation', id) from ops.allocate_items('Life', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('#line'))))$$,
  array[
    $$with a as (insert into ops.allocations (name) values ('Life') returning id) select tests.keep('#allocation', id) from a$$,
    $$insert into ops.allocation_items (allocation_id, order_item_id) values (tests.the('#allocation'), tests.the('#line'))$$
  ]
),
(
  'factories are made candidates', 'planner',
  $$select ops.add_candidates(tests.the('#allocation'), array[tests.id('factory_a'), tests.id('factory_b'), tests.id('factory_c')])$$,
  array[$$
    insert into ops.allocation_items_supplier (allocation_item_id, factory_id)
    select tests.item(tests.the('#line')), tests.id(f.code) from unnest(array['factory_a', 'factory_b', 'factory_c']) as f (code)
  $$]
),
(
  'the allocation is sent', 'planner',
  $$select ops.send_allocation(tests.the('#allocation'))$$,
  array[$$update ops.allocations set sent_at = now() where id = tests.the('#allocation')$$]
),
(
  'a factory quotes', 'factory_a',
  $$select ops.submit_quote(tests.slice(tests.the('#line'), 'factory_a'), 5, capacity_qty => 80, comments => 'ok')$$,
  array[$$
    update ops.allocation_items_supplier set quote_status = 'quoted', price = 5, capacity_qty = 80, comments = 'ok'
    where id = tests.slice(tests.the('#line'), 'factory_a')
  $$]
),
(
  'another factory quotes in its own words', 'factory_b',
  $$select ops.submit_quote(tests.slice(tests.the('#line'), 'factory_b'), 6, 'USD', ex_factory_date => '2030-05-01', ship_mode => 'air')$$,
  array[$$
    update ops.allocation_items_supplier set quote_status = 'quoted', price = 6, currency = 'USD', ex_factory_date = '2030-05-01', ship_mode = 'air'
    where id = tests.slice(tests.the('#line'), 'factory_b')
  $$]
),
(
  'a factory declines', 'factory_c',
  $$select ops.decline_quote(tests.slice(tests.the('#line'), 'factory_c'), 'no room')$$,
  array[$$
    update ops.allocation_items_supplier set quote_status = 'declined', comments = 'no room' where id = tests.slice(tests.the('#line'), 'factory_c')
  $$]
),
(
  'a factory withdraws', 'factory_b',
  $$select ops.withdraw_quote(tests.slice(tests.the('#line'), 'factory_b'))$$,
  array[$$update ops.allocation_items_supplier set quote_status = 'withdrawn' where id = tests.slice(tests.the('#line'), 'factory_b')$$]
),
(
  'and quotes again', 'factory_b',
  $$select ops.submit_quote(tests.slice(tests.the('#line'), 'factory_b'), 5.5)$$,
  array[$$
    update ops.allocation_items_supplier
    set quote_status = 'quoted', price = 5.5, ex_factory_date = null, ship_mode = null
    where id = tests.slice(tests.the('#line'), 'factory_b')
  $$]
),
(
  'a slice is awarded, and the other at the planner''s price', 'planner',
  $$select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.slice(tests.the('#line'), 'factory_a'), 'awarded_qty', 60),
    jsonb_build_object('allocation_item_supplier_id', tests.slice(tests.the('#line'), 'factory_b'), 'awarded_qty', 40, 'price', 5.25, 'remark', 'agreed')
  ))$$,
  array[
    $$
      insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark)
      values (tests.slice(tests.the('#line'), 'factory_b'), 'price_override', 'agreed')
    $$,
    $$
      update ops.allocation_items_supplier
      set is_awarded = true, awarded_qty = case factory_id when tests.id('factory_a') then 60 else 40 end,
          awarded_price = case factory_id when tests.id('factory_b') then 5.25 end
      where id in (tests.slice(tests.the('#line'), 'factory_a'), tests.slice(tests.the('#line'), 'factory_b'))
    $$
  ]
),
(
  'an award is taken back', 'planner',
  $$select ops.revoke_award(tests.slice(tests.the('#line'), 'factory_a'))$$,
  array[$$update ops.allocation_items_supplier set is_awarded = false where id = tests.slice(tests.the('#line'), 'factory_a')$$]
),
(
  'and given again', 'procurement',
  $$select ops.award(tests.slice(tests.the('#line'), 'factory_a'), 60)$$,
  array[$$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 60 where id = tests.slice(tests.the('#line'), 'factory_a')$$]
),
(
  'contracts are issued', 'procurement',
  $$select ops.issue_contracts(tests.the('#allocation'), ex_factory_date => '2030-06-01')$$,
  array[
    $$
      insert into ops.factory_pos (allocation_id, factory_id, currency)
      select tests.the('#allocation'), tests.id(f.code), 'USD' from unnest(array['factory_a', 'factory_b']) as f (code)
    $$,
    $$
      insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id)
      select p.id, tests.slice(tests.the('#line'), case p.factory_id when tests.id('factory_a') then 'factory_a' else 'factory_b' end)
      from ops.factory_pos as p where p.allocation_id = tests.the('#allocation')
    $$,
    $$update ops.factory_pos set status = 'ISSUED', ex_factory_date = '2030-06-01' where allocation_id = tests.the('#allocation')$$
  ]
),
(
  'a contract is withdrawn', 'planner',
  $$select ops.cancel_contract(tests.contract(tests.slice(tests.the('#line'), 'factory_b')))$$,
  array[$$update ops.factory_pos set status = 'CANCELLED' where id = tests.contract(tests.slice(tests.the('#line'), 'factory_b'))$$]
),
(
  'and issued anew', 'procurement',
  $$select ops.issue_contracts(tests.the('#allocation'))$$,
  array[
    $$insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('#allocation'), tests.id('factory_b'), 'USD')$$,
    $$
      insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id)
      select p.id, tests.slice(tests.the('#line'), 'factory_b')
      from ops.factory_pos as p where p.allocation_id = tests.the('#allocation') and p.status = 'DRAFT'
    $$,
    $$update ops.factory_pos set status = 'ISSUED' where allocation_id = tests.the('#allocation') and status = 'DRAFT'$$
  ]
),
(
  'the factory signs', 'factory_a',
  $$select ops.sign_contract(tests.contract(tests.slice(tests.the('#line'), 'factory_a')), 'Mr Wong')$$,
  array[$$
    update ops.factory_pos set status = 'PC_SIGNED', signed_by_name = 'Mr Wong' where id = tests.contract(tests.slice(tests.the('#line'), 'factory_a'))
  $$]
),
(
  'staff record a signature', 'procurement',
  $$select ops.sign_contract(tests.contract(tests.slice(tests.the('#line'), 'factory_b')), 'Mrs Lee', po_document_uri => 'files/pc.pdf')$$,
  array[$$
    update ops.factory_pos set status = 'PC_SIGNED', signed_by_name = 'Mrs Lee', po_document_uri = 'files/pc.pdf'
    where id = tests.contract(tests.slice(tests.the('#line'), 'factory_b'))
  $$]
),
(
  'the factory reports', 'factory_a',
  $$select ops.report_production(tests.slice(tests.the('#line'), 'factory_a'), 'shipped', 58)$$,
  array[$$
    update ops.allocation_items_supplier set production_status = 'shipped', shipped_qty = 58 where id = tests.slice(tests.the('#line'), 'factory_a')
  $$]
),
(
  'goods are received', 'warehouse',
  $$select ops.record_receipt(tests.slice(tests.the('#line'), 'factory_a'), 58, 3, batch_id => 'B-1')$$,
  array[$$
    insert into ops.factory_receipts (allocation_item_supplier_id, qty_received, qty_rejected, batch_id)
    values (tests.slice(tests.the('#line'), 'factory_a'), 58, 3, 'B-1')
  $$]
),
(
  'goods of the other slice are received', 'warehouse',
  $$select ops.record_receipt(tests.slice(tests.the('#line'), 'factory_b'), 40)$$,
  array[$$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.slice(tests.the('#line'), 'factory_b'), 40)$$]
),
(
  'the factory is paid', 'finance',
  $$select ops.record_factory_payment(tests.contract(tests.slice(tests.the('#line'), 'factory_b')), '#1')$$,
  array[
    $$insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.slice(tests.the('#line'), 'factory_b')), '#1')$$,
    $$
      insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount)
      select p.id, tests.slice(tests.the('#line'), 'factory_b'), 210 from ops.factory_payments as p where p.reference = '#1'
    $$
  ]
),
(
  'a receipt is voided', 'warehouse',
  $$select ops.void_receipt(
    (select r.id from ops.factory_receipts as r where r.allocation_item_supplier_id = tests.slice(tests.the('#line'), 'factory_b')), 'miscounted'
  )$$,
  array[$$
    update ops.factory_receipts set void_reason = 'miscounted' where allocation_item_supplier_id = tests.slice(tests.the('#line'), 'factory_b')
  $$]
),
(
  'money comes back', 'finance',
  $$select ops.record_factory_payment(tests.contract(tests.slice(tests.the('#line'), 'factory_b')), '#2', jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.slice(tests.the('#line'), 'factory_b'), 'amount', -10)
  ))$$,
  array[
    $$insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.slice(tests.the('#line'), 'factory_b')), '#2')$$,
    $$
      insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount)
      select p.id, tests.slice(tests.the('#line'), 'factory_b'), -10 from ops.factory_payments as p where p.reference = '#2'
    $$
  ]
),
(
  'a payment is voided', 'finance',
  $$select ops.void_factory_payment((select p.id from ops.factory_payments as p where p.reference = '#2'), 'bounced')$$,
  array[$$update ops.factory_payments set void_reason = 'bounced' where reference = '#2'$$]
),
(
  'goods are received again', 'warehouse',
  $$select ops.record_receipt(tests.slice(tests.the('#line'), 'factory_b'), 44)$$,
  array[$$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.slice(tests.the('#line'), 'factory_b'), 44)$$]
),
(
  'finance accepts excess', 'finance',
  $$select ops.accept_excess(tests.slice(tests.the('#line'), 'factory_b'), 3)$$,
  array[$$update ops.allocation_items_supplier set accepted_excess_qty = 3 where id = tests.slice(tests.the('#line'), 'factory_b')$$]
),
(
  'a slice is closed', 'planner',
  $$select ops.close_slice(tests.slice(tests.the('#line'), 'factory_a'), 57, remark => 'fabric')$$,
  array[
    $$update ops.allocation_items_supplier set closed_qty = 57 where id = tests.slice(tests.the('#line'), 'factory_a')$$,
    $$
      insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark)
      values (tests.slice(tests.the('#line'), 'factory_a'), 'closure', 'fabric')
    $$
  ]
),
(
  'and lower, its rest waived', 'planner',
  $$select ops.close_slice(tests.slice(tests.the('#line'), 'factory_a'), 55, waive => true)$$,
  array[
    $$update ops.allocation_items_supplier set closed_qty = 55 where id = tests.slice(tests.the('#line'), 'factory_a')$$,
    $$update ops.allocation_items set committed_qty = committed_qty - 2 where id = tests.item(tests.the('#line'))$$,
    $$update ops.order_items set short_closed_qty = short_closed_qty + 2 where id = tests.the('#line')$$
  ]
),
(
  'the line is short-closed', 'sales',
  $$select ops.short_close_item(tests.the('#line'))$$,
  array[$$update ops.order_items set short_closed_qty = 5 where id = tests.the('#line')$$]
),
(
  'its item is closed', 'planner',
  $$select ops.close_allocation_item(tests.item(tests.the('#line')))$$,
  array[$$update ops.allocation_items set closed_at = now() where id = tests.item(tests.the('#line'))$$]
),
(
  'all is paid', 'finance',
  $$select ops.record_factory_payment(tests.contract(tests.slice(tests.the('#line'), 'factory_a')), '#3')$$,
  array[
    $$insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.slice(tests.the('#line'), 'factory_a')), '#3')$$,
    $$
      insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount)
      select p.id, tests.slice(tests.the('#line'), 'factory_a'), 275 from ops.factory_payments as p where p.reference = '#3'
    $$
  ]
);

create function pg_temp.live(step text, persona text, by_command text, by_plain_writes text[]) returns text
language plpgsql
as $$
begin
  perform tests.act(persona, replace(by_command, '#', 'c_'));
  perform tests.act(persona, replace(w.statement, '#', 'p_')) from unnest(by_plain_writes) with ordinality as w (statement, nth) order by w.nth;
  return extensions.is(
    pg_temp.difference(pg_temp.picture(tests.the('p_line')), pg_temp.picture(tests.the('c_line'))), null,
    step || ': by plain writes as by command'
  );
end
$$;

select tests.set_setting('over_receipt_tolerance_pct', '10');
select tests.keep('c_line', tests.make_line(1, '{33,33,34}'));
select tests.keep('p_line', tests.make_line(1, '{33,33,34}'));
select pg_temp.live(l.step, l.persona, l.by_command, l.by_plain_writes) from life as l order by l.nth;
select tests.set_setting('over_receipt_tolerance_pct', '0');

select is(
  (select format('%s %s %s', i.allocation_status, trim_scale(i.committed_qty), trim_scale(i.short_closed_qty)) from ops.order_items as i where i.id = tests.the('p_line')),
  'PC_SIGNED 95 5',
  'the line that lived by plain writes has lived indeed'
);
select is(
  (select string_agg(p.status::text, ' ' order by p.factory_id, p.po_number) from ops.factory_pos as p where p.allocation_id = tests.the('p_allocation')),
  'CLOSED CANCELLED PC_SIGNED',
  'its contracts are closed and open as they should be'
);

-- Cancelling

select tests.keep('c_slice', tests.signed_slice(10));
select tests.keep('p_slice', tests.signed_slice(10));
select tests.keep('c_line', tests.line_of(tests.the('c_slice')));
select tests.keep('p_line', tests.line_of(tests.the('p_slice')));
select pg_temp.live(
  'a signed contract is cancelled', 'planner',
  $$select ops.cancel_contract(tests.contract(tests.the('#slice')))$$,
  array[$$update ops.factory_pos set status = 'CANCELLED' where id = tests.contract(tests.the('#slice'))$$]
);
select pg_temp.live(
  'a line is cancelled', 'sales',
  $$select ops.cancel_order_item(tests.the('#line'))$$,
  array[$$update ops.order_items set is_cancelled = true where id = tests.the('#line')$$]
);

-- The same refusals

select tests.keep('line', tests.make_line(100));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{factory_a,factory_b,factory_c}'));
select tests.keep('item', tests.item(tests.the('line')));
select tests.keep('open', tests.quote(tests.slice(tests.the('line'), 'factory_a'), 5, capacity => 90));
select tests.keep('unquoted', tests.slice(tests.the('line'), 'factory_b'));
select tests.keep('unapproved', tests.quote(tests.slice(tests.the('line'), 'factory_c')));
select tests.keep('unsent_line', tests.make_line(100));
select tests.make_allocation(array[tests.the('unsent_line')], is_sent => false);
select tests.keep('unsent', tests.slice(tests.the('unsent_line'), 'factory_a'));
select tests.keep('awarded', tests.awarded_slice(100));
select tests.keep('issued', tests.awarded_slice(100));
select tests.issue(tests.the('issued'));
select tests.keep('signed', tests.signed_slice(100));
select tests.keep('received', tests.signed_slice(100));
select tests.keep('receipt', tests.receive(tests.the('received'), 40));
select tests.keep('paid', tests.signed_slice(100));
select tests.keep('paid_receipt', tests.receive(tests.the('paid'), 40));
select tests.keep('payment', tests.pay(tests.the('paid'), 200));
select tests.act('warehouse', $$select ops.void_receipt(tests.the('paid_receipt'), 'never came')$$);
select tests.keep('empty_payment', tests.ask('finance', $$
  insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.the('paid')), 'empty') returning id
$$)::uuid);
select tests.keep('closed', tests.awarded_slice(100));
select tests.close_slice(tests.the('closed'), 50);
select tests.keep('full_line', tests.make_line(10));
select tests.make_allocation(array[tests.the('full_line')]);
select tests.award(tests.quote(tests.slice(tests.the('full_line'), 'factory_a')));
select tests.keep('awarded_more', tests.quote(tests.slice(tests.the('full_line'), 'factory_b')));
select tests.keep('cancelled_line', tests.make_line(100));
select tests.act('sales', $$select ops.cancel_order_item(tests.the('cancelled_line'))$$);

create function pg_temp.refused(rule text, persona text, by_command text, by_plain_write text, code text) returns setof text
language plpgsql
as $$
begin
  return next tests.throws_code(persona, by_command, code, rule || ' is refused, by command');
  return next tests.throws_code(persona, by_plain_write, code, rule || ' is refused, by plain write');
end
$$;

select pg_temp.refused(r.rule, r.persona, r.by_command, r.by_plain_write, r.code)
from (
  values
  (
    'a commitment beyond the line', 'planner',
    $$select ops.allocate_items('More', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('line'), 'committed_qty', 1)))$$,
    $$insert into ops.allocation_items (allocation_id, order_item_id, committed_qty) values (tests.the('allocation'), tests.the('line'), 1)$$,
    'OMS_COMMITMENT_EXCEEDS_QUANTITY'
  ),
  (
    'a commitment of half a piece', 'planner',
    $$select ops.allocate_items('Half', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('line'), 'committed_qty', 0.5)))$$,
    $$insert into ops.allocation_items (allocation_id, order_item_id, committed_qty) values (tests.the('allocation'), tests.the('line'), 0.5)$$,
    'OMS_WHOLE_PIECES'
  ),
  (
    'a commitment of a cancelled line', 'planner',
    $$select ops.allocate_items('Dead', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('cancelled_line'))))$$,
    $$insert into ops.allocation_items (allocation_id, order_item_id) values (tests.the('allocation'), tests.the('cancelled_line'))$$,
    'OMS_LINE_CANCELLED'
  ),
  (
    'a commitment of an unknown line', 'planner',
    $$select ops.allocate_items('Lost', jsonb_build_array(jsonb_build_object('order_item_id', private.new_id())))$$,
    $$insert into ops.allocation_items (allocation_id, order_item_id) values (tests.the('allocation'), private.new_id())$$,
    'OMS_NOT_FOUND'
  ),
  (
    'a candidate that is no factory', 'planner',
    $$select ops.add_candidates(tests.the('allocation'), array[tests.id('vendor')])$$,
    $$insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.the('item'), tests.id('vendor'))$$,
    'OMS_NOT_A_FACTORY'
  ),
  (
    'a quote without a price', 'factory_b',
    $$select ops.submit_quote(tests.the('unquoted'), null)$$,
    $$update ops.allocation_items_supplier set quote_status = 'quoted' where id = tests.the('unquoted')$$,
    'OMS_QUOTE_INCOMPLETE'
  ),
  (
    'a quote of a capacity of half a piece', 'factory_b',
    $$select ops.submit_quote(tests.the('unquoted'), 5, capacity_qty => 0.5)$$,
    $$update ops.allocation_items_supplier set quote_status = 'quoted', price = 5, capacity_qty = 0.5 where id = tests.the('unquoted')$$,
    'OMS_WHOLE_PIECES'
  ),
  (
    'a quote below zero', 'factory_b',
    $$select ops.submit_quote(tests.the('unquoted'), -5)$$,
    $$update ops.allocation_items_supplier set quote_status = 'quoted', price = -5 where id = tests.the('unquoted')$$,
    'OMS_INVALID_ARGUMENT'
  ),
  (
    'a quote before the invitation', 'procurement',
    $$select ops.submit_quote(tests.the('unsent'), 5)$$,
    $$update ops.allocation_items_supplier set quote_status = 'quoted', price = 5 where id = tests.the('unsent')$$,
    'OMS_NOT_INVITED'
  ),
  (
    'a quote of what is awarded', 'factory_a',
    $$select ops.submit_quote(tests.the('awarded'), 6)$$,
    $$update ops.allocation_items_supplier set price = 6 where id = tests.the('awarded')$$,
    'OMS_QUOTE_FROZEN'
  ),
  (
    'declining what is awarded', 'factory_a',
    $$select ops.decline_quote(tests.the('awarded'))$$,
    $$update ops.allocation_items_supplier set quote_status = 'declined' where id = tests.the('awarded')$$,
    'OMS_QUOTE_FROZEN'
  ),
  (
    'withdrawing what was not quoted', 'factory_b',
    $$select ops.withdraw_quote(tests.the('unquoted'))$$,
    $$update ops.allocation_items_supplier set quote_status = 'withdrawn' where id = tests.the('unquoted')$$,
    'OMS_TRANSITION_NOT_ALLOWED'
  ),
  (
    'an award before sending', 'planner',
    $$select ops.award(tests.the('unsent'), 10)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 10 where id = tests.the('unsent')$$,
    'OMS_NOT_SENT'
  ),
  (
    'an award without a quote', 'planner',
    $$select ops.award(tests.the('unquoted'), 10)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 10 where id = tests.the('unquoted')$$,
    'OMS_NOT_QUOTED'
  ),
  (
    'an award to a factory that is not approved', 'planner',
    $$select ops.award(tests.the('unapproved'), 10)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 10 where id = tests.the('unapproved')$$,
    'OMS_FACTORY_NOT_APPROVED'
  ),
  (
    'an award at another price without a remark', 'planner',
    $$select ops.award(tests.the('open'), 10, 4)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 10, awarded_price = 4 where id = tests.the('open')$$,
    'OMS_OVERRIDE_NEEDS_REMARK'
  ),
  (
    'an award beyond the capacity', 'planner',
    $$select ops.award(tests.the('open'), 91)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 91 where id = tests.the('open')$$,
    'OMS_AWARD_EXCEEDS_CAPACITY'
  ),
  (
    'an award beyond the commitment', 'planner',
    $$select ops.award(tests.the('awarded_more'), 1)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 1 where id = tests.the('awarded_more')$$,
    'OMS_AWARD_EXCEEDS_COMMITTED'
  ),
  (
    'an award of no pieces', 'planner',
    $$select ops.award(tests.the('open'), 0)$$,
    $$update ops.allocation_items_supplier set is_awarded = true, awarded_qty = 0 where id = tests.the('open')$$,
    'OMS_WHOLE_PIECES'
  ),
  (
    'revoking under a contract', 'planner',
    $$select ops.revoke_award(tests.the('issued'))$$,
    $$update ops.allocation_items_supplier set is_awarded = false where id = tests.the('issued')$$,
    'OMS_SLICE_UNDER_CONTRACT'
  ),
  (
    'revoking what was received', 'planner',
    $$select ops.revoke_award(tests.the('received'))$$,
    $$update ops.allocation_items_supplier set is_awarded = false where id = tests.the('received')$$,
    'OMS_AWARD_HAS_RECEIPTS'
  ),
  (
    'closing below what was accepted', 'planner',
    $$select ops.close_slice(tests.the('received'), 39)$$,
    $$update ops.allocation_items_supplier set closed_qty = 39 where id = tests.the('received')$$,
    'OMS_CLOSE_QUANTITY_OUT_OF_RANGE'
  ),
  (
    'closing a closed slice higher', 'planner',
    $$select ops.close_slice(tests.the('closed'), 51)$$,
    $$update ops.allocation_items_supplier set closed_qty = 51 where id = tests.the('closed')$$,
    'OMS_CLOSE_QUANTITY_OUT_OF_RANGE'
  ),
  (
    'closing a candidate at a quantity', 'planner',
    $$select ops.close_slice(tests.the('open'), 5)$$,
    $$update ops.allocation_items_supplier set closed_qty = 5 where id = tests.the('open')$$,
    'OMS_NOT_AWARDED'
  ),
  (
    'closing the last slice while money is out', 'planner',
    $$select ops.close_slice(tests.the('paid'), 0)$$,
    $$update ops.allocation_items_supplier set closed_qty = 0 where id = tests.the('paid')$$,
    'OMS_CONTRACT_HAS_PAYMENTS'
  ),
  (
    'cancelling a contract with receipts', 'planner',
    $$select ops.cancel_contract(tests.contract(tests.the('received')))$$,
    $$update ops.factory_pos set status = 'CANCELLED' where id = tests.contract(tests.the('received'))$$,
    'OMS_CONTRACT_HAS_RECEIPTS'
  ),
  (
    'cancelling a contract while money is out', 'planner',
    $$select ops.cancel_contract(tests.contract(tests.the('paid')))$$,
    $$update ops.factory_pos set status = 'CANCELLED' where id = tests.contract(tests.the('paid'))$$,
    'OMS_CONTRACT_HAS_PAYMENTS'
  ),
  (
    'signing other terms', 'factory_a',
    $$select ops.sign_contract(tests.contract(tests.the('issued')), terms_hash => repeat('0', 64))$$,
    $$update ops.factory_pos set status = 'PC_SIGNED', signed_terms_hash = repeat('0', 64) where id = tests.contract(tests.the('issued'))$$,
    'OMS_TERMS_CHANGED'
  ),
  (
    'recording a signature without its document', 'procurement',
    $$select ops.sign_contract(tests.contract(tests.the('issued')))$$,
    $$update ops.factory_pos set status = 'PC_SIGNED' where id = tests.contract(tests.the('issued'))$$,
    'OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT'
  ),
  (
    'a report of shipping too much', 'factory_a',
    $$select ops.report_production(tests.the('signed'), shipped_qty => 101)$$,
    $$update ops.allocation_items_supplier set shipped_qty = 101 where id = tests.the('signed')$$,
    'OMS_SHIPPED_OUT_OF_RANGE'
  ),
  (
    'a receipt without a signed contract', 'warehouse',
    $$select ops.record_receipt(tests.the('issued'), 1)$$,
    $$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.the('issued'), 1)$$,
    'OMS_CONTRACT_NOT_IN_FORCE'
  ),
  (
    'a receipt of what is not awarded', 'warehouse',
    $$select ops.record_receipt(tests.the('open'), 1)$$,
    $$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.the('open'), 1)$$,
    'OMS_NOT_AWARDED'
  ),
  (
    'a receipt beyond the tolerance', 'warehouse',
    $$select ops.record_receipt(tests.the('received'), 61)$$,
    $$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (tests.the('received'), 61)$$,
    'OMS_RECEIPT_EXCEEDS_TOLERANCE'
  ),
  (
    'rejecting more than came', 'warehouse',
    $$select ops.record_receipt(tests.the('received'), 5, 6)$$,
    $$insert into ops.factory_receipts (allocation_item_supplier_id, qty_received, qty_rejected) values (tests.the('received'), 5, 6)$$,
    'OMS_WHOLE_PIECES'
  ),
  (
    'voiding a receipt twice', 'warehouse',
    $$select ops.void_receipt(tests.the('paid_receipt'), 'again')$$,
    $$update ops.factory_receipts set void_reason = 'again' where id = tests.the('paid_receipt')$$,
    'OMS_ALREADY_VOIDED'
  ),
  (
    'voiding without a reason', 'warehouse',
    $$select ops.void_receipt(tests.the('receipt'), '')$$,
    $$update ops.factory_receipts set void_reason = '' where id = tests.the('receipt')$$,
    'OMS_INVALID_ARGUMENT'
  ),
  (
    'accepting more excess than came', 'finance',
    $$select ops.accept_excess(tests.the('received'), 1)$$,
    $$update ops.allocation_items_supplier set accepted_excess_qty = 1 where id = tests.the('received')$$,
    'OMS_EXCESS_OUT_OF_RANGE'
  ),
  (
    'paying a contract that is not signed', 'finance',
    $$select ops.record_factory_payment(tests.contract(tests.the('issued')), 'TT-1')$$,
    $$insert into ops.factory_payments (factory_po_id, reference) values (tests.contract(tests.the('issued')), 'TT-1')$$,
    'OMS_CONTRACT_NOT_IN_FORCE'
  ),
  (
    'paying an unknown contract', 'finance',
    $$select ops.record_factory_payment(private.new_id(), 'TT-1')$$,
    $$insert into ops.factory_payments (factory_po_id, reference) values (private.new_id(), 'TT-1')$$,
    'OMS_NOT_FOUND'
  ),
  (
    'a reference that is used', 'finance',
    $$select ops.record_factory_payment(tests.contract(tests.the('received')), p.reference) from ops.factory_payments as p where p.id = tests.the('payment')$$,
    $$insert into ops.factory_payments (factory_po_id, reference) select tests.contract(tests.the('received')), p.reference from ops.factory_payments as p where p.id = tests.the('payment')$$,
    'OMS_REFERENCE_EXISTS'
  ),
  (
    'paying more than is payable', 'finance',
    $$select ops.record_factory_payment(tests.contract(tests.the('paid')), 'TT-1', jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('paid'), 'amount', 1)))$$,
    $$insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount) values (tests.the('empty_payment'), tests.the('paid'), 1)$$,
    'OMS_PAYMENT_EXCEEDS_PAYABLE'
  ),
  (
    'taking back more than was paid', 'finance',
    $$select ops.record_factory_payment(tests.contract(tests.the('paid')), 'TT-1', jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('paid'), 'amount', -201)))$$,
    $$insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount) values (tests.the('empty_payment'), tests.the('paid'), -201)$$,
    'OMS_REFUND_EXCEEDS_PAID'
  ),
  (
    'paying for a slice of another contract', 'finance',
    $$select ops.record_factory_payment(tests.contract(tests.the('paid')), 'TT-1', jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('received'), 'amount', 1)))$$,
    $$insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount) values (tests.the('empty_payment'), tests.the('received'), 1)$$,
    'OMS_CONTRACT_MISMATCH'
  ),
  (
    'cancelling a line with receipts', 'sales',
    $$select ops.cancel_order_item(tests.line_of(tests.the('received')))$$,
    $$update ops.order_items set is_cancelled = true where id = tests.line_of(tests.the('received'))$$,
    'OMS_LINE_HAS_RECEIPTS'
  ),
  (
    'waiving without a standing slice', 'planner',
    $$select ops.short_close_item(tests.the('line'))$$,
    $$update ops.order_items set short_closed_qty = 100 where id = tests.the('line')$$,
    'OMS_SHORT_CLOSE_NOT_ALLOWED'
  )
) as r (rule, persona, by_command, by_plain_write, code);

-- A plain insert that is repeated with its own id does nothing

create function pg_temp.repeated(persona text, statement text, what text) returns text
language plpgsql
as $$
declare
  again constant text := replace(statement, '#', private.new_id()::text) || ' on conflict do nothing';
begin
  perform tests.act(persona, again);
  return extensions.is(tests.attempt(persona, again), '0 rows', what || ' that is sent again with its id is not made again');
end
$$;

select tests.keep('fresh', tests.make_line(100));
select pg_temp.repeated(r.persona, r.statement, r.what)
from (
  values
  ('sales', $$insert into ops.orders (id, client_id, client_po_number) values ('#', tests.id('client_a'), 'AGAIN')$$, 'an order'),
  ('sales', $$insert into ops.order_item_prices (id, order_item_id, unit_price) values ('#', tests.the('fresh'), 5)$$, 'a price'),
  ('planner', $$insert into ops.order_item_costs (id, order_item_id, fob_target) values ('#', tests.the('fresh'), 5)$$, 'a cost'),
  ('planner', $$insert into ops.allocation_items (id, allocation_id, order_item_id) values ('#', tests.the('allocation'), tests.the('fresh'))$$, 'a commitment'),
  (
    'planner',
    $$insert into ops.allocation_items_supplier (id, allocation_item_id, factory_id) values ('#', tests.item(tests.the('fresh')), tests.id('factory_a'))$$,
    'a candidate'
  ),
  (
    'procurement',
    $$insert into ops.factory_pos (id, allocation_id, factory_id, currency) values ('#', tests.the('allocation'), tests.id('factory_b'), 'EUR')$$,
    'a contract'
  ),
  ('warehouse', $$insert into ops.factory_receipts (id, allocation_item_supplier_id, qty_received) values ('#', tests.the('received'), 60)$$, 'a receipt'),
  ('finance', $$insert into ops.factory_payments (id, factory_po_id, reference) values ('#', tests.contract(tests.the('received')), 'AGAIN')$$, 'a payment'),
  (
    'finance',
    $$
      insert into ops.factory_payment_lines (id, factory_payment_id, allocation_item_supplier_id, amount)
      select '#', p.id, tests.the('received'), 100 from ops.factory_payments as p where p.reference = 'AGAIN'
    $$,
    'a payment''s line'
  )
) as r (persona, statement, what);
select is(tests.slice_says(tests.the('received'), 'received_qty, paid_amount'), '100 100', 'what was sent twice counts once');

select * from finish();
