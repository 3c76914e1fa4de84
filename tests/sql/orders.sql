-- Orders: what clients may enter and change, what a line's quantity is, how lines and orders are cancelled.

select * from no_plan();

-- A client's request

select tests.keep('colorway', tests.make_colorway());
select tests.keep('known_line', tests.make_line(10, '{}', tests.make_order('client_a'), tests.the('colorway')));
select tests.keep('foreign_order', tests.make_order('client_b'));
select tests.keep('never_had', tests.make_colorway());

select tests.keep('request', tests.ask('client_a', $$insert into ops.orders (client_po_number) values ('R-1') returning id$$)::uuid);
select is(
  (select concat_ws(' ', o.status, o.type, o.currency, d.code) from ops.orders as o inner join ops.directory as d on d.id = o.client_id where o.id = tests.the('request')),
  'requested sales_order USD client_a',
  'what a client enters is a request of its own, in its currency'
);
select is(
  tests.ask('client_a', $$select h.action || ' ' || h.new_status from ops.order_history as h where h.order_id = tests.the('request')$$),
  'created requested',
  'entering a request is written to the history, and the client reads it'
);
select tests.keep('requested_line', tests.ask('client_a', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('request'), tests.the('colorway'), 12) returning id
$$)::uuid);
select is(
  (select format('%s %s', i.line_number, i.client_id = tests.id('client_a')) from ops.order_items as i where i.id = tests.the('requested_line')),
  '1 t',
  'a client enters lines of its request'
);
select tests.act('client_a', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity)
  values (tests.the('requested_line'), 'S', 4), (tests.the('requested_line'), 'M', 9)
$$);
select is(
  (select i.quantity::int from ops.order_items as i where i.id = tests.the('requested_line')), 13,
  'a client enters the sizes of its line, and the line is for their sum'
);
select is(
  (select string_agg(z.size_label || z.position, ' ' order by z.position) from ops.order_item_sizes as z where z.order_item_id = tests.the('requested_line')),
  'S1 M2',
  'sizes entered without a position stand in the order in which they came'
);
select tests.throws_code('client_a', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('request'), tests.the('never_had'), 5)
$$, 'OMS_NOT_FOUND', 'a client cannot order a colourway that it has never had');
select tests.throws_code('client_a', $$
  update ops.order_items set colorway_id = tests.the('never_had') where id = tests.the('requested_line')
$$, 'OMS_NOT_FOUND', 'a client cannot change a line to a colourway that it has never had');
select tests.throws_code('client_a', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('foreign_order'), tests.the('colorway'), 5)
$$, 'OMS_NOT_FOUND', 'a client cannot add to another client''s order');
select tests.throws_code('client_b', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('requested_line'), 'L', 5)
$$, 'OMS_NOT_FOUND', 'a client cannot add sizes to another client''s line');
select tests.denies('client_a', $$
  insert into ops.orders (client_id) values (tests.id('client_b'))
$$, 'a client cannot enter an order for somebody else');
select tests.denies('client_a', $$
  insert into ops.orders (status) values ('sales_order')
$$, 'a client cannot enter an order as accepted');
select tests.denies('client_a', $$
  update ops.order_items set short_closed_qty = 1 where id = tests.the('requested_line')
$$, 'a client cannot waive pieces');
select tests.denies('client_a', $$
  insert into ops.order_item_prices (order_item_id, unit_price) values (tests.the('requested_line'), 1)
$$, 'a client cannot write its prices');
select tests.accepts('client_a', $$
  update ops.orders set in_hands_date = '2030-01-01' where id = tests.the('request')
$$, 'a client changes its own order while it is a request');
select tests.accepts('client_a', $$
  update ops.order_item_sizes set quantity = 20 where order_item_id = tests.the('requested_line') and size_label = 'S'
$$, 'a client changes the sizes of its own line while the order is a request');
select tests.accepts('client_a', $$
  delete from ops.order_items where id = tests.the('requested_line')
$$, 'a client deletes a line of its own while the order is a request');
select tests.throws_code('client_a', $$
  update ops.orders set status = 'sales_order' where id = tests.the('request')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a client cannot accept its own request');
select tests.accepts('client_a', $$
  update ops.orders set status = 'cancelled' where id = tests.the('request')
$$, 'a client takes its request back');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('requested_line'))))
$$, 'OMS_ORDER_NOT_ACCEPTED', 'a request is not allocated');
select tests.keep('taken_back', tests.ask('client_a', 'insert into ops.orders default values returning id')::uuid);
select tests.keep('taken_back_line', tests.ask('client_a', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('taken_back'), tests.the('colorway'), 12) returning id
$$)::uuid);
select tests.act('client_a', $$update ops.orders set status = 'cancelled' where id = tests.the('taken_back')$$);
select is(tests.status(tests.the('taken_back_line')), 'CANCELLED', 'the lines of a request that is taken back are cancelled');

select tests.act('sales', $$update ops.orders set status = 'sales_order' where id = tests.the('request')$$);
select is(
  (select h.action || ' ' || h.is_visible_to_client from ops.order_history as h where h.order_id = tests.the('request') and h.new_status = 'sales_order'),
  'confirmed true',
  'accepting a request is written to the history, for the client too'
);
select tests.throws_code('client_a', $$
  update ops.orders set in_hands_date = '2030-01-01' where id = tests.the('request')
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot change its order after it was accepted');
select tests.throws_code('client_a', $$
  update ops.orders set status = 'cancelled' where id = tests.the('request')
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot cancel its order after it was accepted');
select tests.throws_code('client_a', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('request'), tests.the('colorway'), 5)
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot add a line after its order was accepted');
select tests.throws_code('client_a', $$
  update ops.order_items set quantity = 99 where id = tests.the('known_line')
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot change a line after its order was accepted');
select tests.throws_code('client_a', $$
  delete from ops.order_items where id = tests.the('requested_line')
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot delete a line after its order was accepted');
select tests.throws_code('client_a', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('requested_line'), 'L', 5)
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot add a size after its order was accepted');
select tests.throws_code('client_a', $$
  update ops.order_item_sizes set quantity = 20 where order_item_id = tests.the('requested_line')
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot change a size after its order was accepted');
select tests.throws_code('client_a', $$
  delete from ops.order_item_sizes where order_item_id = tests.the('requested_line')
$$, 'OMS_ORDER_NOT_OPEN', 'a client cannot delete a size after its order was accepted');

-- Orders by staff

select tests.throws_code('sales', $$
  insert into ops.orders (client_id) values (tests.id('factory_a'))
$$, 'OMS_NOT_A_CLIENT', 'an order is a client''s');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id) values ('00000000-0000-7000-8000-0000000000ff')
$$, 'OMS_NOT_FOUND', 'an order of an unknown client is refused');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id) values ('00000000-0000-7000-8000-0000000000d1')
$$, 'OMS_NOT_FOUND', 'an order of another organization''s client is refused');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id, client_po_number) values (tests.id('client_a'), 'R-1')
$$, 'OMS_ALREADY_EXISTS', 'a client''s PO number makes one order');
select tests.throws_code('client_a', $$
  insert into ops.orders (client_po_number) values ('R-1')
$$, 'OMS_ALREADY_EXISTS', 'a client cannot enter the same PO number twice');
select tests.accepts('client_b', $$
  insert into ops.orders (client_po_number) values ('R-1')
$$, 'two clients may use the same PO number');
select tests.throws_code('sales', $$
  update ops.orders set client_po_number = 'R-1' where id = (select order_id from ops.order_items where id = tests.the('known_line'))
$$, 'OMS_ALREADY_EXISTS', 'an order cannot take the PO number of another one');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id, client_po_number) values (tests.id('client_a'), '')
$$, 'OMS_INVALID_ARGUMENT', 'an empty PO number is refused');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id, ex_factory_date, in_hands_date) values (tests.id('client_a'), '2030-02-02', '2030-02-01')
$$, 'OMS_INVALID_ARGUMENT', 'goods cannot be in hands before they leave the factory');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id, status) values (tests.id('client_a'), 'quote_draft')
$$, 'OMS_INVALID_ARGUMENT', 'a quote''s status is for quotes');
select tests.throws_code('sales', $$
  insert into ops.orders (client_id, status) values (tests.id('client_a'), 'closed')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'an order is not born closed');
select tests.throws_code('sales', $$
  update ops.orders set status = 'so_approved' where id = tests.the('request')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'an order is not approved before it was sent');
select is(
  tests.refusal('sales', $$update ops.orders set status = 'so_approved' where id = tests.the('request')$$) ->> 'details',
  '{"to": "so_approved", "from": "sales_order", "allowed": ["so_sent", "closed", "cancelled"]}',
  'a refused step names the steps that could be taken'
);
select tests.denies('finance', $$
  update ops.orders set status = 'so_sent' where id = tests.the('request')
$$, 'finance does not change orders');
select is(
  (select o.currency::text from ops.orders as o where o.id = tests.the('foreign_order')), 'USD',
  'an order without a currency is in its client''s'
);

select tests.keep('closed', tests.make_order());
select tests.keep('closed_line', tests.make_line(10, '{}', tests.the('closed')));
select tests.act('sales', $$update ops.orders set status = 'closed' where id = tests.the('closed')$$);
select tests.throws_code('sales', $$
  update ops.order_items set quantity = 11 where id = tests.the('closed_line')
$$, 'OMS_ORDER_NOT_OPEN', 'a line of a closed order does not change');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('closed_line'))))
$$, 'OMS_ORDER_NOT_ACCEPTED', 'a line of a closed order is not allocated');
select tests.accepts('sales', $$
  update ops.orders set status = 'so_approved' where id = tests.the('closed')
$$, 'a closed order can be opened again');

-- A whole order at once

create function tests.order_as(persona text, lines jsonb, arguments text default '') returns text
language sql
as $$
  select format('select ops.create_order(%L%s)', lines, case persona when 'client_a' then '' else ', client_id => tests.id(''client_a'')' end || arguments)
$$;
create function tests.line_of_order(fields jsonb default '{}') returns jsonb
language sql
as $$
  select jsonb_build_object('colorway_id', tests.the('colorway')) || fields
$$;
select tests.keep('whole', (tests.ask('sales', format($$
  select o.id from ops.create_order(%L, tests.id('client_a'), 'W-1', 'quote', 'quote_draft', '2027-01-01', '2027-03-01', '2027-04-01', 'EUR', '{"channel": "fair"}') as o
$$, jsonb_build_array(
  tests.line_of_order('{"unit_price": 12.5, "sizes": [{"size_label": "S", "quantity": 4}, {"size_label": "M", "quantity": "6", "unit_price": "13"}], "metadata": {"shelf": 7}}'),
  tests.line_of_order('{"quantity": 5, "line_number": 20, "sizes": null}')
))))::uuid);
select is(
  (
    select concat_ws(' ', o.client_po_number, o.type, o.status, o.order_date, o.ex_factory_date, o.in_hands_date, o.currency, o.metadata)
    from ops.orders as o where o.id = tests.the('whole')
  ),
  'W-1 quote quote_draft 2027-01-01 2027-03-01 2027-04-01 EUR {"channel": "fair"}',
  'an order is entered with all that its table has'
);
select results_eq(
  $$
    select i.line_number, i.quantity::int, i.metadata::text, tests.sizes(i.id)
    from ops.order_items as i where i.order_id = tests.the('whole') order by i.line_number
  $$,
  $$ values (1, 10, '{"shelf": 7}', '4/6'), (20, 5, '{}', null) $$,
  'its lines are entered with it, for the sum of their sizes or for a quantity'
);
select results_eq(
  $$
    select i.line_number, p.size_label::text, p.unit_price::numeric
    from ops.order_items as i inner join ops.order_item_prices as p on p.order_item_id = i.id
    where i.order_id = tests.the('whole') order by p.size_label nulls first
  $$,
  $$ values (1, null, 12.5), (1, 'M', 13) $$,
  'and so are its prices, of a line and of a size that differs'
);
select is(
  (select string_agg(h.action::text, ' ') from ops.order_history as h where h.order_id = tests.the('whole')), 'created',
  'a line that is entered with its sizes was never for another quantity'
);
select is(
  tests.ask('client_a', format($$
    select concat_ws(' ', o.status, o.type, o.currency, o.client_id = tests.id('client_a'), o.order_date = current_date) from ops.create_order(%L) as o
  $$, jsonb_build_array(tests.line_of_order('{"quantity": 5}')))),
  'requested sales_order USD t t',
  'a client enters a whole order, which is a request'
);
select tests.accepts('planner', tests.order_as('planner', jsonb_build_array(tests.line_of_order('{"quantity": 5}'))), 'a planner enters a whole order');
select tests.denies('procurement', tests.order_as('procurement', jsonb_build_array(tests.line_of_order('{"quantity": 5}'))), 'procurement enters no orders');
select tests.throws_code(p.persona, tests.order_as(p.persona, jsonb_build_array(tests.line_of_order(p.priced))), 'OMS_NOT_ALLOWED', format('a %s cannot enter prices: %s', p.persona, p.priced))
from unnest(array['client_a', 'planner']) as persona (name)
cross join unnest(array[
  '{"quantity": 5, "unit_price": 1}', '{"sizes": [{"size_label": "S", "quantity": 4, "unit_price": 1}]}'
]::jsonb[]) as priced (line)
cross join lateral (values (persona.name, priced.line)) as p (persona, priced);
select tests.throws_code('client_a', tests.order_as('client_a', jsonb_build_array(tests.line_of_order('{"quantity": 5}')), ', ' || a.argument), 'OMS_NOT_ALLOWED', format('a client cannot state %s', a.argument))
from unnest(array['client_id => tests.id(''client_a'')', 'type => ''quote''', 'status => ''sales_order''', 'currency => ''EUR''']) as a (argument);
select tests.throws_code(
  'client_a', tests.order_as('client_a', jsonb_build_array(jsonb_build_object('colorway_id', tests.the('never_had'), 'quantity', 1))),
  'OMS_NOT_FOUND', 'a client cannot order a colourway that it has never had in a whole order either'
);
select tests.throws_code('sales', format('select ops.create_order(%L)', jsonb_build_array(tests.line_of_order('{"quantity": 5}'))), 'OMS_INVALID_ARGUMENT', 'an order by staff is of a client');
select tests.throws_code('sales', tests.order_as('sales', l.lines), 'OMS_INVALID_ARGUMENT', format('an order is not entered with lines such as %s', l.lines))
from unnest(array['[]', '{}', '"x"', 'null']::jsonb[]) as l (lines);

-- What is wrong with a line is said of that line.
select is(
  tests.refusal('sales', tests.order_as('sales', jsonb_build_array(tests.line_of_order('{"quantity": 5}'), w.line)))
  - 'code' || jsonb_build_object('details', (tests.refusal('sales', tests.order_as('sales', jsonb_build_array(tests.line_of_order('{"quantity": 5}'), w.line))) ->> 'details')::jsonb -> 'position'),
  jsonb_build_object('hint', w.code, 'message', w.message, 'details', 2),
  format('a line such as %s is refused', w.line)
)
from (values
  ('3'::jsonb, 'OMS_INVALID_ARGUMENT', 'lines, number 2: it is no object.'),
  ('{"quantity": 5}', 'OMS_INVALID_ARGUMENT', 'lines, number 2: colorway_id is missing.'),
  ('{"colorway_id": "x", "quantity": 5}', 'OMS_INVALID_ARGUMENT', 'lines, number 2: invalid input syntax for type uuid: "x".'),
  (tests.line_of_order(), 'OMS_INVALID_ARGUMENT', 'lines, number 2: quantity is missing; give it, or sizes.'),
  (tests.line_of_order('{"sizes": []}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: quantity is missing; give it, or sizes.'),
  (tests.line_of_order('{"quantity": "many"}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: invalid input syntax for type numeric: "many".'),
  (tests.line_of_order('{"quantity": 5, "line_number": 1.5}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: invalid input syntax for type integer: "1.5".'),
  (tests.line_of_order('{"quantity": 5, "colour": "Ocean"}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: there is no field colour; what it has is line_number, colorway_id, quantity, unit_price, metadata, sizes.'),
  (tests.line_of_order('{"sizes": {"S": 4}}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: expected JSON array. See the value of key "sizes".'),
  (tests.line_of_order('{"sizes": [4]}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: cannot call populate_composite on a scalar.'),
  (tests.line_of_order('{"sizes": [null]}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: a size has a size_label and a quantity.'),
  (tests.line_of_order('{"sizes": [{"size_label": "S"}]}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: a size has a size_label and a quantity.'),
  (tests.line_of_order('{"sizes": [{"size_label": "S", "quantity": 4, "sku": "1"}]}'), 'OMS_INVALID_ARGUMENT', 'lines, number 2: there is no field sizes.sku; what it has is line_number, colorway_id, quantity, unit_price, metadata, sizes.'),
  (tests.line_of_order('{"quantity": 5, "sizes": [{"size_label": "S", "quantity": 4}]}'), 'OMS_QUANTITY_FROM_SIZES', 'lines, number 2: the sizes do not add up to the quantity; leave the quantity out, or correct it.')
) as w (line, code, message);
select tests.throws_code('sales', tests.order_as('sales', jsonb_build_array(tests.line_of_order(r.line))), r.code, format('the rules of lines hold for a line such as %s', r.line))
from (values
  ('{"quantity": 0}'::jsonb, 'OMS_WHOLE_PIECES'),
  ('{"quantity": 1.5}', 'OMS_WHOLE_PIECES'),
  ('{"sizes": [{"size_label": "S", "quantity": 0}]}', 'OMS_WHOLE_PIECES'),
  ('{"sizes": [{"size_label": "S", "quantity": -1}, {"size_label": "M", "quantity": 9}]}', 'OMS_WHOLE_PIECES'),
  ('{"sizes": [{"size_label": "S", "quantity": 4}, {"size_label": "S", "quantity": 5}]}', 'OMS_ALREADY_EXISTS'),
  ('{"sizes": [{"size_label": "", "quantity": 4}]}', 'OMS_INVALID_ARGUMENT'),
  ('{"quantity": 5, "unit_price": -1}', 'OMS_INVALID_ARGUMENT')
) as r (line, code);
select tests.throws_code(
  'sales', tests.order_as('sales', jsonb_build_array(tests.line_of_order('{"quantity": 5}'), tests.line_of_order('{"quantity": 5, "line_number": 1}'))),
  'OMS_ALREADY_EXISTS', 'an order is not entered with a line number twice'
);
select tests.throws_code('sales', tests.order_as('sales', jsonb_build_array(tests.line_of_order('{"quantity": 5}')), ', client_po_number => ''R-1'''), 'OMS_ALREADY_EXISTS', 'a whole order cannot take the PO number of another one');

-- Lines and their quantities

select tests.keep('line', tests.make_line(100));
select tests.throws_code('sales', format($$
  insert into ops.order_items (order_id, colorway_id, quantity) values (%L, tests.the('colorway'), %s)
$$, tests.the('request'), q.quantity), 'OMS_WHOLE_PIECES', format('a line for %s pieces is refused', q.quantity))
from unnest(array[0, -5, 1.5]) as q (quantity);
select tests.throws_code('sales', $$
  update ops.order_items set quantity = 0.5 where id = tests.the('line')
$$, 'OMS_WHOLE_PIECES', 'a line cannot be changed to a part of a piece');
select is(
  tests.attempt('sales', $$insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('request'), tests.the('colorway'), 'NaN')$$),
  '23514',
  'not-a-number is no quantity'
);
select tests.throws_code('sales', $$
  insert into ops.order_items (order_id, colorway_id, quantity, line_number) values (tests.the('request'), tests.the('colorway'), 5, 1)
$$, 'OMS_ALREADY_EXISTS', 'an order has each line number once');
select tests.throws_code('sales', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('request'), private.new_id(), 5)
$$, 'OMS_NOT_FOUND', 'a line of an unknown colourway is refused');
select tests.throws_code('sales', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (private.new_id(), tests.the('colorway'), 5)
$$, 'OMS_NOT_FOUND', 'a line of an unknown order is refused');
select tests.throws_code('other_sales', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('request'), tests.the('colorway'), 5)
$$, 'OMS_NOT_FOUND', 'a line of another organization''s order is refused');
select tests.keep('two_lines', tests.make_order());
select tests.make_line(1, '{}', tests.the('two_lines')), tests.make_line(1, '{}', tests.the('two_lines'));
select is(
  (select string_agg(i.line_number::text, ' ' order by i.line_number) from ops.order_items as i where i.order_id = tests.the('two_lines')),
  '1 2',
  'lines without a number are numbered on'
);

select tests.keep('sized', tests.make_line(1, '{33,33,34}'));
select is(
  (select i.quantity::int from ops.order_items as i where i.id = tests.the('sized')), 100,
  'the quantity of a line with sizes is their sum'
);
select tests.throws_code('sales', $$
  update ops.order_items set quantity = 99 where id = tests.the('sized')
$$, 'OMS_QUANTITY_FROM_SIZES', 'the quantity of a line with sizes is not changed beside them');
select tests.act('sales', $$update ops.order_item_sizes set quantity = 40 where order_item_id = tests.the('sized') and size_label = 'M'$$);
select is(
  (select i.quantity::int from ops.order_items as i where i.id = tests.the('sized')), 107,
  'changing a size changes the line''s quantity'
);
select tests.act('sales', $$delete from ops.order_item_sizes where order_item_id = tests.the('sized') and size_label = 'M'$$);
select is(
  (select i.quantity::int from ops.order_items as i where i.id = tests.the('sized')), 67,
  'deleting a size lowers the line''s quantity'
);
select is(
  (select string_agg(h.message, ' ' order by h.cmin::text::bigint) from ops.order_history as h where h.order_item_id = tests.the('sized') and h.action = 'edited'),
  'Line 1: quantity 100, before 1. Line 1: quantity 107, before 100. Line 1: quantity 67, before 107.',
  'each change of a line''s quantity is written to the history'
);
select tests.throws_code('sales', $$
  update ops.order_item_sizes set quantity = 0 where order_item_id = tests.the('sized')
$$, 'OMS_WHOLE_PIECES', 'sizes cannot all be zero');
select tests.throws_code('sales', format($$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('sized'), 'XL', %s)
$$, q.quantity), 'OMS_WHOLE_PIECES', format('a size for %s pieces is refused', q.quantity))
from unnest(array[-1, 1.5]) as q (quantity);
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('sized'), 'S', 5)
$$, 'OMS_ALREADY_EXISTS', 'a line has each size once');
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('sized'), 'XL', 5), (tests.the('sized'), 'XL', 6)
$$, 'OMS_ALREADY_EXISTS', 'a size cannot come twice in one statement');
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, position, quantity) values (tests.the('sized'), 'XL', 1, 5)
$$, 'OMS_ALREADY_EXISTS', 'a size run has each position once');
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('sized'), '', 5)
$$, 'OMS_INVALID_ARGUMENT', 'a size has a label');
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (private.new_id(), 'S', 5)
$$, 'OMS_NOT_FOUND', 'a size of an unknown line is refused');

-- Prices and costs

select tests.act('sales', $$insert into ops.order_item_prices (order_item_id, unit_price) values (tests.the('line'), 12.5)$$);
select tests.accepts('sales', $$
  insert into ops.order_item_prices (order_item_id, size_label, unit_price) values (tests.the('line'), 'XL', 13.5)
$$, 'a size can have a price of its own');
select tests.throws_code('sales', $$
  insert into ops.order_item_prices (order_item_id, unit_price) values (tests.the('line'), 13)
$$, 'OMS_ALREADY_EXISTS', 'a line has one price for all sizes');
select tests.throws_code('sales', $$
  update ops.order_item_prices set unit_price = -1 where order_item_id = tests.the('line')
$$, 'OMS_INVALID_ARGUMENT', 'a price below zero is refused');
select tests.denies('planner', $$
  update ops.order_item_prices set unit_price = 1 where order_item_id = tests.the('line')
$$, 'a planner does not change what the client pays');
select tests.act('planner', $$insert into ops.order_item_costs (order_item_id, fob_target) values (tests.the('line'), 5)$$);
select is(
  (select c.currency::text from ops.order_item_costs as c where c.order_item_id = tests.the('line')), 'USD',
  'a cost without a currency is in the organization''s'
);
select tests.throws_code('planner', $$
  insert into ops.order_item_costs (order_item_id, fob_target) values (tests.the('line'), 5)
$$, 'OMS_ALREADY_EXISTS', 'a line has one cost');
select tests.throws_code('planner', $$
  update ops.order_item_costs set fob_target = -1 where order_item_id = tests.the('line')
$$, 'OMS_INVALID_ARGUMENT', 'a cost below zero is refused');
select tests.throws_code('planner', $$
  insert into ops.order_item_costs (order_item_id, fob_target) values (private.new_id(), 5)
$$, 'OMS_NOT_FOUND', 'a cost of an unknown line is refused');

-- Documents

select tests.act('sales', $$
  insert into ops.uploaded_po_documents (file_name, document_uri, sha256) values ('po.pdf', 'files/po.pdf', repeat('a', 64))
$$);
select tests.throws_code('planner', $$
  insert into ops.uploaded_po_documents (file_name, document_uri, sha256) values ('again.pdf', 'files/again.pdf', repeat('a', 64))
$$, 'OMS_ALREADY_EXISTS', 'the same file is not taken twice');
select tests.throws_code('sales', $$
  update ops.uploaded_po_documents set order_id = private.new_id() where sha256 = repeat('a', 64)
$$, 'OMS_NOT_FOUND', 'a document cannot become an unknown order');

-- Catalogue and directory

select tests.throws_code('planner', $$
  insert into ops.styles (style_number, name) select s.style_number, 'Another' from ops.styles as s limit 1
$$, 'OMS_ALREADY_EXISTS', 'a style number is taken once');
select tests.throws_code('planner', $$
  insert into ops.colorways (style_id, marketing_name)
  select c.style_id, c.marketing_name from ops.colorways as c where c.id = tests.the('colorway')
$$, 'OMS_ALREADY_EXISTS', 'a style has each colour once');
select tests.throws_code('planner', $$
  insert into ops.colorways (style_id, marketing_name) values (private.new_id(), 'Ocean')
$$, 'OMS_NOT_FOUND', 'a colour of an unknown style is refused');
select tests.throws_code('procurement', $$
  insert into ops.directory (kinds, code, name) values ('{factory}', 'factory_a', 'Another')
$$, 'OMS_ALREADY_EXISTS', 'a company''s code is taken once');

-- Changing a line that is being made

select tests.keep('committed', tests.make_line(100));
select tests.make_allocation(array[tests.the('committed')], '{factory_a}', 60);
select tests.accepts('sales', $$
  update ops.order_items set quantity = 60 where id = tests.the('committed')
$$, 'a line''s quantity can go down to its commitment');
select tests.throws_code('sales', $$
  update ops.order_items set quantity = 59 where id = tests.the('committed')
$$, 'OMS_QUANTITY_BELOW_COMMITMENT', 'a line''s quantity cannot go below its commitment');
select is(
  (tests.refusal('sales', $$update ops.order_items set quantity = 59 where id = tests.the('committed')$$) ->> 'details')::jsonb ->> 'least',
  '60',
  'a refused quantity names the least that is possible'
);
select tests.accepts('sales', $$
  update ops.order_items set quantity = 200 where id = tests.the('committed')
$$, 'a line''s quantity can go up');
select tests.throws_code('sales', $$
  update ops.order_items set colorway_id = tests.the('colorway') where id = tests.the('committed')
$$, 'OMS_LINE_COMMITTED', 'a committed line keeps its colour');
select tests.throws_code('sales', $$
  delete from ops.order_items where id = tests.the('committed')
$$, 'OMS_LINE_COMMITTED', 'a line that was allocated cannot be deleted');
select tests.accepts('sales', $$
  delete from ops.order_items where id = tests.the('line')
$$, 'a line that was never allocated can be deleted');
select tests.keep('committed_sizes', tests.make_line(1, '{10,10}'));
select tests.make_allocation(array[tests.the('committed_sizes')]);
select tests.throws_code('sales', $$
  update ops.order_item_sizes set quantity = case size_label when 'S' then 9 else 11 end where order_item_id = tests.the('committed_sizes')
$$, 'OMS_QUANTITY_BELOW_COMMITMENT', 'no size goes below what is committed of it, though the sum stays');
select tests.throws_code('sales', $$
  delete from ops.order_item_sizes where order_item_id = tests.the('committed_sizes') and size_label = 'S'
$$, 'OMS_QUANTITY_BELOW_COMMITMENT', 'a committed size cannot be deleted');
select tests.accepts('sales', $$
  update ops.order_item_sizes set quantity = 11 where order_item_id = tests.the('committed_sizes')
$$, 'a committed size can go up');
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.the('committed'), 'S', 100)
$$, 'OMS_LINE_COMMITTED', 'a line that was committed without sizes gets none');

-- Cancelling a line

select tests.throws_code('sales', 'select ops.cancel_order_item(private.new_id())', 'OMS_NOT_FOUND', 'an unknown line cannot be cancelled');
select tests.throws_code('other_planner', $$
  select ops.cancel_order_item(tests.the('committed'))
$$, 'OMS_NOT_FOUND', 'another organization''s line cannot be cancelled');
select tests.denies('client_a', $$
  select ops.cancel_order_item(tests.the('committed'))
$$, 'a client cannot cancel a line');
select tests.keep('slice', tests.awarded_slice(100));
select tests.keep('contract', tests.issue(tests.the('slice')));
select tests.act('sales', $$select ops.cancel_order_item(tests.line_of(tests.the('slice')))$$);
select is(
  tests.last_step(tests.line_of(tests.the('slice'))), 'PC_ISSUED -> CANCELLED: line cancelled',
  'a cancelled line is CANCELLED, and its history says why'
);
select is(
  tests.slice_says(tests.the('slice'), 'is_awarded, awarded_qty, closed_qty, effective_qty'), 't 100 0 0',
  'cancelling a line closes its slices at zero'
);
select is(
  (select concat_ws(' ', a.close_reason, a.closed_at is not null) from ops.allocation_items as a where a.id = tests.item(tests.line_of(tests.the('slice')))),
  'cancelled t',
  'cancelling a line closes its allocation items'
);
select is(
  tests.contract_status(tests.the('contract')), 'CANCELLED',
  'cancelling a line withdraws the issued contract that was for it alone'
);
select is(
  (select format('%s %s %s', i.is_cancelled, i.cancelled_at is not null, i.cancelled_by = p.user_id) from ops.order_items as i, tests.personas as p where i.id = tests.line_of(tests.the('slice')) and p.name = 'sales'),
  't t t',
  'a cancelled line says when and by whom'
);
select tests.throws_code('sales', $$
  update ops.order_items set is_cancelled = false where id = tests.line_of(tests.the('slice'))
$$, 'OMS_LINE_CANCELLED', 'a cancelled line does not come back');
select tests.throws_code('sales', $$
  update ops.order_items set quantity = 50 where id = tests.line_of(tests.the('slice'))
$$, 'OMS_LINE_CANCELLED', 'a cancelled line does not change its quantity');
select tests.throws_code('sales', $$
  insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (tests.line_of(tests.the('slice')), 'S', 5)
$$, 'OMS_LINE_CANCELLED', 'a cancelled line takes no sizes');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.line_of(tests.the('slice')))))
$$, 'OMS_LINE_CANCELLED', 'a cancelled line is not allocated');
select tests.throws_code('sales', $$
  select ops.short_close_item(tests.line_of(tests.the('slice')))
$$, 'OMS_LINE_CANCELLED', 'a cancelled line is not short-closed');
select tests.throws_code('planner', $$
  select ops.award(tests.the('slice'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'the slice of a cancelled line is not awarded again');
select tests.accepts('sales', $$
  select ops.cancel_order_item(tests.line_of(tests.the('slice')))
$$, 'cancelling a line twice is cancelling it once');

select tests.keep('received', tests.signed_slice(100));
select tests.keep('receipt', tests.receive(tests.the('received'), 10));
select tests.throws_code('sales', $$
  select ops.cancel_order_item(tests.line_of(tests.the('received')))
$$, 'OMS_LINE_HAS_RECEIPTS', 'a line of which goods were accepted cannot be cancelled');
select tests.pay(tests.the('received'), 50);
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'never came')$$);
select tests.throws_code('sales', $$
  select ops.cancel_order_item(tests.line_of(tests.the('received')))
$$, 'OMS_CONTRACT_HAS_PAYMENTS', 'a line cannot be cancelled while money is out on its contract');
select tests.pay(tests.the('received'), -50);
select tests.act('sales', $$select ops.cancel_order_item(tests.line_of(tests.the('received')))$$);
select is(
  tests.contract_status(tests.contract(tests.the('received'))), 'CANCELLED',
  'with its money back, a line can be cancelled, and its signed contract with it'
);
select tests.keep('rejected', tests.signed_slice(100));
select tests.receive(tests.the('rejected'), 10, 10);
select tests.accepts('sales', $$
  select ops.cancel_order_item(tests.line_of(tests.the('rejected')))
$$, 'a line of which all goods were rejected can be cancelled');

-- Cancelling an order

select tests.keep('order', tests.make_order());
select tests.keep('line_1', tests.make_line(10, '{}', tests.the('order')));
select tests.keep('line_2', tests.make_line(10, '{}', tests.the('order')));
select tests.make_allocation(array[tests.the('line_1')]);
select tests.act('sales', $$update ops.orders set status = 'cancelled' where id = tests.the('order')$$);
select is(
  tests.status(tests.the('line_1')) || ' ' || tests.status(tests.the('line_2')), 'CANCELLED CANCELLED',
  'cancelling an order cancels its lines, allocated or not'
);
select is(
  (select count(*)::int from ops.allocation_items_supplier as s inner join ops.allocation_items as a on a.id = s.allocation_item_id where a.order_item_id = tests.the('line_1') and s.closed_at is null),
  0,
  'cancelling an order closes the candidates of its lines'
);
select tests.throws_code('sales', $$
  insert into ops.order_items (order_id, colorway_id, quantity) values (tests.the('order'), tests.the('colorway'), 5)
$$, 'OMS_ORDER_NOT_OPEN', 'a cancelled order takes no more lines');
select tests.throws_code('sales', $$
  update ops.orders set status = 'sales_order' where id = tests.the('order')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a cancelled order does not come back');
select tests.throws_code('planner', $$
  select ops.allocate_items('Batch', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('line_2'))))
$$, 'OMS_ORDER_NOT_ACCEPTED', 'a line of a cancelled order is not allocated');
select tests.keep('busy', tests.signed_slice(10));
select tests.receive(tests.the('busy'), 1);
select tests.throws_code('sales', $$
  update ops.orders set status = 'cancelled' where id = (select order_id from ops.order_items where id = tests.line_of(tests.the('busy')))
$$, 'OMS_LINE_HAS_RECEIPTS', 'an order of which goods were accepted cannot be cancelled');

-- Short-closing

select tests.keep('short', tests.make_line(100));
select tests.throws_code('planner', $$
  select ops.short_close_item(tests.the('short'))
$$, 'OMS_SHORT_CLOSE_NOT_ALLOWED', 'a line without a standing slice is cancelled, not short-closed');
select tests.throws_code('planner', $$
  update ops.order_items set short_closed_qty = 10 where id = tests.the('short')
$$, 'OMS_SHORT_CLOSE_NOT_ALLOWED', 'pieces of a line without a standing slice are not waived');
select tests.make_allocation(array[tests.the('short')], '{factory_a,factory_b}');
select tests.award(tests.quote(tests.slice(tests.the('short'), 'factory_a')), 60);
select tests.throws_code('planner', $$
  update ops.order_items set short_closed_qty = 41 where id = tests.the('short')
$$, 'OMS_SHORT_CLOSE_NOT_ALLOWED', 'no more is waived than standing slices leave open');
select tests.throws_code('planner', format($$
  update ops.order_items set short_closed_qty = %s where id = tests.the('short')
$$, q.quantity), 'OMS_WHOLE_PIECES', format('%s pieces cannot be waived', q.quantity))
from unnest(array[-1, 0.5]) as q (quantity);
select tests.act('sales', $$select ops.short_close_item(tests.the('short'))$$);
select is(
  (select format('%s of %s, committed %s', trim_scale(i.short_closed_qty), trim_scale(i.quantity), trim_scale(i.committed_qty)) from ops.order_items as i where i.id = tests.the('short')),
  '40 of 100, committed 60',
  'short-closing waives what no standing slice covers, and the commitment goes down with it'
);
select is(
  tests.last_step(tests.the('short')), 'ALLOCATED -> CONFIRMED: pieces waived',
  'a line whose rest is waived is fully awarded'
);
select is(
  (select h.data - 'order_item_id' from ops.order_history as h where h.order_item_id = tests.the('short') and h.action = 'short_closed'),
  '{"short_closed_qty": 40.000000, "old_short_closed_qty": 0.000000}',
  'waiving is written to the history'
);
select tests.accepts('planner', $$
  select ops.short_close_item(tests.the('short'))
$$, 'short-closing twice is short-closing once');
select tests.throws_code('sales', $$
  update ops.order_items set quantity = 99 where id = tests.the('short')
$$, 'OMS_QUANTITY_BELOW_COMMITMENT', 'a quantity cannot go below what is committed and what is waived');
select tests.act('planner', $$update ops.order_items set short_closed_qty = 0 where id = tests.the('short')$$);
select is(
  tests.last_step(tests.the('short')), 'CONFIRMED -> ALLOCATED: pieces waived',
  'a waiver that is taken back opens the line again'
);

select * from finish();
