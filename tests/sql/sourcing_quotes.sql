-- Quotes: an invited factory quotes, thinks again, declines or withdraws, until it is awarded.

select * from no_plan();

select tests.keep('line', tests.make_line(100));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{factory_a,factory_b,factory_c}', is_sent => false));
select tests.keep('slice_a', tests.slice(tests.the('line'), 'factory_a'));
select tests.keep('slice_b', tests.slice(tests.the('line'), 'factory_b'));
select tests.keep('slice_c', tests.slice(tests.the('line'), 'factory_c'));

-- Before the invitation

select tests.throws_code('factory_a', $$
  select ops.submit_quote(tests.the('slice_a'), 5)
$$, 'OMS_NOT_FOUND', 'a factory that is not invited does not find what it might quote');
select tests.throws_code('procurement', $$
  select ops.submit_quote(tests.the('slice_a'), 5)
$$, 'OMS_NOT_INVITED', 'staff do not enter a quote of a factory that is not invited');
select tests.throws_code('procurement', $$
  select ops.decline_quote(tests.the('slice_a'))
$$, 'OMS_NOT_INVITED', 'a factory that is not invited has nothing to decline');

-- Quoting

select tests.act('planner', $$select ops.send_allocation(tests.the('allocation'))$$);
select tests.throws_code('factory_a', $$
  select ops.submit_quote(tests.the('slice_a'), null)
$$, 'OMS_QUOTE_INCOMPLETE', 'a quote needs a price');
select tests.throws_code('factory_a', format($$
  select ops.submit_quote(tests.the('slice_a'), %s)
$$, p.price), 'OMS_INVALID_ARGUMENT', format('a price of %s is refused', p.price))
from unnest(array[0, -5]) as p (price);
select tests.throws_code('factory_a', format($$
  select ops.submit_quote(tests.the('slice_a'), 5, capacity_qty => %s)
$$, q.quantity), 'OMS_WHOLE_PIECES', format('a capacity of %s pieces is refused', q.quantity))
from unnest(array[0, -5, 10.5]) as q (quantity);
select is(
  tests.attempt('factory_a', $$select ops.submit_quote(tests.the('slice_a'), 5, 'usd')$$), '23514',
  'a currency is three capital letters'
);
select tests.throws_code('factory_a', 'select ops.submit_quote(private.new_id(), 5)', 'OMS_NOT_FOUND', 'an unknown slice is not quoted');
select tests.throws_code('factory_a', 'select ops.submit_quote(null, 5)', 'OMS_INVALID_ARGUMENT', 'no slice is not quoted');
select tests.throws_code('factory_b', $$
  select ops.submit_quote(tests.the('slice_a'), 5)
$$, 'OMS_NOT_FOUND', 'a factory does not quote for another one');
select tests.throws_code('other_factory', $$
  select ops.submit_quote(tests.the('slice_a'), 5)
$$, 'OMS_NOT_FOUND', 'a factory of another organization does not quote');
select tests.denies('sales', $$
  select ops.submit_quote(tests.the('slice_a'), 5)
$$, 'sales do not quote');
select tests.denies('factory_a', $$
  update ops.allocation_items_supplier set is_awarded = true where id = tests.the('slice_a')
$$, 'a factory does not award itself');
select tests.denies('factory_a', $$
  update ops.allocation_items_supplier set order_qty = 5 where id = tests.the('slice_a')
$$, 'a factory does not change what it is asked for');

select tests.act('factory_a', $$
  select ops.submit_quote(
    tests.the('slice_a'), 5.25, capacity_qty => 80, ex_factory_date => '2030-05-01', pricing_terms => 'FOB', ship_mode => 'sea', comments => 'ok'
  )
$$);
select is(
  tests.slice_says(tests.the('slice_a'), 'quote_status, price, currency, capacity_qty, ex_factory_date, pricing_terms, ship_mode, comments'),
  'quoted 5.25 USD 80 2030-05-01 FOB sea ok',
  'a factory quotes price, capacity, date, terms and ship mode, by default in its own currency'
);
select isnt(
  (select s.quoted_at from ops.allocation_items_supplier as s where s.id = tests.the('slice_a')), null,
  'a quote has its time'
);
select tests.quote(tests.the('slice_b'), 4.9, currency => 'EUR');
select is(tests.slice_says(tests.the('slice_b'), 'price, currency'), '4.9 EUR', 'a factory may quote in another currency than its own');
select tests.quote(tests.the('slice_a'), 5.1);
select is(
  tests.slice_says(tests.the('slice_a'), 'price, capacity_qty, comments'), '5.1',
  'quoting again replaces the whole quote'
);
select tests.accepts('procurement', $$
  select ops.submit_quote(tests.the('slice_c'), 6)
$$, 'staff enter a quote that came otherwise');
select tests.accepts('factory_c', $$
  select ops.submit_quote(tests.the('slice_c'), 6)
$$, 'a factory that is not approved may quote');

-- Many at once

select tests.keep('many_1', tests.make_line(10));
select tests.keep('many_2', tests.make_line(10));
select tests.make_allocation(array[tests.the('many_1'), tests.the('many_2')]);
select tests.keep('many_1a', tests.slice(tests.the('many_1'), 'factory_a'));
select tests.keep('many_2a', tests.slice(tests.the('many_2'), 'factory_a'));
select tests.keep('many_2b', tests.slice(tests.the('many_2'), 'factory_b'));
select tests.throws_code('factory_a', $$
  select ops.submit_quotes(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_1a'), 'price', 3),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_2b'), 'price', 4)
  ))
$$, 'OMS_NOT_FOUND', 'one slice that is not the factory''s refuses all quotes of a list');
select tests.throws_code('factory_a', $$
  select ops.submit_quotes(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_1a'), 'price', 3),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_2a'))
  ))
$$, 'OMS_QUOTE_INCOMPLETE', 'one quote without a price refuses all quotes of a list');
select tests.act('factory_a', $$
  select ops.submit_quotes(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_1a'), 'price', 3),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_2a'), 'price', 4, 'capacity_qty', 5)
  ))
$$);
select is(
  tests.slice_says(tests.the('many_1a'), 'quote_status, price') || ', ' || tests.slice_says(tests.the('many_2a'), 'quote_status, price, capacity_qty'),
  'quoted 3, quoted 4 5',
  'a factory quotes many slices at once'
);
select tests.throws_code('factory_a', format($$
  select ops.submit_quotes(%L)
$$, q.quotes), 'OMS_INVALID_ARGUMENT', 'quotes come as a list, not as ' || coalesce(q.quotes, 'null'))
from unnest(array['{}', null]) as q (quotes);
select tests.throws_code('factory_a', $$
  select ops.submit_quotes(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_1a'), 'price', 3),
    jsonb_build_object('allocation_item_supplier_id', tests.the('many_1a'), 'price', 4)
  ))
$$, 'OMS_INVALID_ARGUMENT', 'a slice is quoted once in a list');

-- Declining and withdrawing

select tests.act('factory_a', $$select ops.decline_quote(tests.the('many_1a'), 'no room')$$);
select is(tests.slice_says(tests.the('many_1a'), 'quote_status, comments'), 'declined no room', 'a factory declines what it has quoted');
select tests.throws_code('factory_a', $$
  select ops.withdraw_quote(tests.the('many_1a'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'what is declined is not withdrawn');
select tests.quote(tests.the('many_1a'), 3);
select is(tests.slice_says(tests.the('many_1a'), 'quote_status'), 'quoted', 'a factory that declined may think again');
select tests.act('factory_a', $$select ops.withdraw_quote(tests.the('many_1a'))$$);
select is(tests.slice_says(tests.the('many_1a'), 'quote_status'), 'withdrawn', 'a factory withdraws its quote');
select tests.throws_code('planner', $$
  select ops.award(tests.the('many_1a'))
$$, 'OMS_NOT_QUOTED', 'a withdrawn quote is not awarded');
select tests.quote(tests.the('many_1a'), 3);
select is(tests.slice_says(tests.the('many_1a'), 'quote_status'), 'quoted', 'a factory that withdrew may quote again');
select tests.throws_code('factory_b', $$
  select ops.withdraw_quote(tests.the('many_2b'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'what was never quoted is not withdrawn');
select tests.throws_code('factory_b', $$
  select ops.decline_quote(tests.the('many_2a'))
$$, 'OMS_NOT_FOUND', 'a factory does not decline for another one');
select tests.throws_code('factory_b', $$
  select ops.withdraw_quote(private.new_id())
$$, 'OMS_NOT_FOUND', 'an unknown quote is not withdrawn');
select tests.throws_code('factory_b', $$
  update ops.allocation_items_supplier set quote_status = 'invited' where id = tests.the('slice_b')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a quote does not go back to an invitation');

-- After the award

select tests.award(tests.the('slice_a'), 50);
select tests.throws_code('factory_a', $$
  select ops.submit_quote(tests.the('slice_a'), 7)
$$, 'OMS_QUOTE_FROZEN', 'what is awarded is not quoted again');
select tests.throws_code('factory_a', $$
  select ops.decline_quote(tests.the('slice_a'))
$$, 'OMS_QUOTE_FROZEN', 'what is awarded is not declined');
select tests.throws_code('factory_a', $$
  select ops.withdraw_quote(tests.the('slice_a'))
$$, 'OMS_QUOTE_FROZEN', 'what is awarded is not withdrawn');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set currency = 'EUR' where id = tests.the('slice_a')
$$, 'OMS_QUOTE_FROZEN', 'what is awarded keeps its currency');
select tests.throws_code('procurement', $$
  update ops.allocation_items_supplier set capacity_qty = 500 where id = tests.the('slice_a')
$$, 'OMS_QUOTE_FROZEN', 'staff do not change the quote of what is awarded either');
select tests.act('planner', $$select ops.revoke_award(tests.the('slice_a'))$$);
select tests.accepts('factory_a', $$
  select ops.submit_quote(tests.the('slice_a'), 7)
$$, 'what was revoked can be quoted again');

select * from finish();
