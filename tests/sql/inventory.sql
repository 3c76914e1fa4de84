-- Stock: a ledger of moves, and levels that are its sums.

select no_plan();

create function pg_temp.on_hand(sku text, place text) returns text
language sql
as $$
  select tests.ask('sales', format(
    'select trim_scale(sum(l.on_hand))::text from ops.stock_levels as l where l.product_variant_id = %L and l.stock_location_id = %L',
    tests.variant_id(sku), tests.location_id(place)
  ))
$$;
create function pg_temp.move(sku text, quantity numeric, reason text, coming_from text, going_to text, lot uuid default null) returns text
language sql
as $$
  select format(
    'insert into ops.stock_moves (product_variant_id, quantity, reason, from_location_id, to_location_id, lot_id) values (%L, %L, %L, %L, %L, %L)',
    tests.variant_id(sku), quantity, reason, tests.location_id(coming_from), tests.location_id(going_to), lot
  )
$$;

-- Levels

select is(pg_temp.on_hand('ZIP-60', 'A-1'), '500', 'what came in is on hand');
select tests.act('warehouse', pg_temp.move('ZIP-60', 120, 'transfer', 'A-1', 'E-1'));
select is(pg_temp.on_hand('ZIP-60', 'A-1') || ' ' || pg_temp.on_hand('ZIP-60', 'E-1'), '380 160', 'a transfer leaves one place and reaches the other');
select tests.act('warehouse', pg_temp.move('ZIP-60', 80, 'scrap', 'A-1', null));
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '300', 'what goes out is gone');
select tests.throws_code('warehouse', pg_temp.move('ZIP-60', 301, 'shipment', 'A-1', null), 'OMS_STOCK_INSUFFICIENT', 'nothing leaves that is not there');
select tests.throws_code('warehouse', pg_temp.move('ZIP-40', 1, 'shipment', 'A-1', null), 'OMS_STOCK_INSUFFICIENT', 'nor where there never was any');
select tests.act('warehouse', pg_temp.move('ZIP-60', 300, 'shipment', 'A-1', null));
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '0', 'all of it may');
select tests.act('warehouse', format($$
  insert into ops.stock_moves (product_variant_id, quantity, reason, from_location_id, to_location_id) values
  (%1$L, 300, 'receipt', null, %2$L), (%1$L, 280, 'transfer', %2$L, %3$L)
$$, tests.variant_id('ZIP-60'), tests.location_id('A-1'), tests.location_id('E-1')));
select is(pg_temp.on_hand('ZIP-60', 'A-1') || ' ' || pg_temp.on_hand('ZIP-60', 'E-1'), '20 440', 'moves of one statement are one event');

select tests.keep('id', private.new_id());
select tests.act('warehouse', format(
  'insert into ops.stock_moves (id, product_variant_id, quantity, reason, to_location_id) values (%L, %L, 5, %L, %L) on conflict do nothing',
  tests.the('id'), tests.variant_id('ZIP-60'), 'receipt', tests.location_id('A-1')
))
from generate_series(1, 2);
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '25', 'a move that is sent again moves nothing twice');
select is(tests.attempt('warehouse', 'update ops.stock_moves set quantity = 1'), '42501', 'the ledger is not rewritten');
select is(tests.attempt('admin', 'delete from ops.stock_moves'), '42501', 'by nobody');
select is(tests.attempt('warehouse', 'update ops.stock_levels set on_hand = 1'), '42501', 'and levels follow from it alone');

-- What a move may be

select tests.throws_code('warehouse', pg_temp.move('ZIP-60', m.quantity, m.reason, m.coming_from, m.going_to), m.code, m.test)
from (values
  (0, 'receipt', null, 'A-1', 'OMS_QUANTITY_NOT_IN_UNIT', 'nothing is no move'),
  (-1, 'receipt', null, 'A-1', 'OMS_QUANTITY_NOT_IN_UNIT', 'what goes out is a move from a place'),
  (0.5, 'receipt', null, 'A-1', 'OMS_QUANTITY_NOT_IN_UNIT', 'pieces are whole'),
  (1, 'receipt', 'A-1', null, 'OMS_INVALID_ARGUMENT', 'a receipt comes in'),
  (1, 'scrap', null, 'A-1', 'OMS_INVALID_ARGUMENT', 'scrap goes out'),
  (1, 'transfer', 'A-1', 'A-1', 'OMS_INVALID_ARGUMENT', 'a transfer goes somewhere else'),
  (1, 'transfer', null, 'A-1', 'OMS_INVALID_ARGUMENT', 'from somewhere'),
  (1, 'count', 'A-1', 'E-1', 'OMS_INVALID_ARGUMENT', 'a count finds more or less in one place'),
  (1, 'receipt', null, 'S-1', 'OMS_NOT_FOUND', 'another organization''s place is none')
) as m (quantity, reason, coming_from, going_to, code, test);

-- Lots and serial numbers

select tests.act('production', format($$
  insert into ops.product_variants (sku, product_id, size_label, unit, tracking) values
  ('GLUE', %1$L, 'glue', 'KG', 'lot'), ('PRESS', %1$L, 'press', 'EA', 'serial')
$$, tests.product_id('ZIP')));
select tests.keep('lot', tests.ask('warehouse', format($$insert into ops.lots (product_variant_id, lot_number, expires_on) values (%L, 'G-7', '2027-12-31') returning id$$, tests.variant_id('GLUE')))::uuid);
select tests.keep('piece', tests.ask('warehouse', format($$insert into ops.lots (product_variant_id, lot_number) values (%L, 'SN-1') returning id$$, tests.variant_id('PRESS')))::uuid);
select tests.throws_code('warehouse', pg_temp.move('GLUE', 1, 'receipt', null, 'A-1'), 'OMS_STOCK_LOT_REQUIRED', 'glue moves by lot');
select tests.throws_code('warehouse', pg_temp.move('ZIP-60', 1, 'receipt', null, 'A-1', tests.the('lot')), 'OMS_NOT_FOUND', 'not by another variant''s');
select tests.accepts('warehouse', pg_temp.move('GLUE', 1.234, 'receipt', null, 'A-1', tests.the('lot')), 'kilograms have three decimals');
select tests.throws_code('warehouse', pg_temp.move('GLUE', 1.2345, 'receipt', null, 'A-1', tests.the('lot')), 'OMS_QUANTITY_NOT_IN_UNIT', 'and not four');
select tests.act('warehouse', pg_temp.move('PRESS', 1, 'receipt', null, 'A-1', tests.the('piece')));
select tests.throws_code('warehouse', pg_temp.move('PRESS', 1, 'receipt', null, 'E-1', tests.the('piece')), 'OMS_STOCK_SERIAL_TWICE', 'a piece comes in once');
select tests.accepts('warehouse', pg_temp.move('PRESS', 1, 'transfer', 'A-1', 'E-1', tests.the('piece')), 'and moves about');
select tests.throws_code('production', $$update ops.product_variants set tracking = 'none' where sku = 'PRESS'$$, 'OMS_STOCK_EXISTS', 'what has moved by lot goes on to');
select tests.accepts('production', $$update ops.product_variants set tracking = 'lot' where sku = 'ZIP-40'$$, 'what has not moved may begin to');

-- Counts

select tests.keep('zip', tests.variant_id('ZIP-60'));
create function pg_temp.count(counted numeric, place text) returns text
language sql
as $$
  select format('select ops.count_stock(%L)', jsonb_build_array(jsonb_build_object(
    'product_variant_id', tests.the('zip'), 'stock_location_id', tests.location_id(place), 'counted_qty', counted
  )))
$$;
select tests.act('warehouse', pg_temp.count(23, 'A-1'));
select is(pg_temp.on_hand('ZIP-60', 'A-1'), '23', 'what was counted is on hand');
select is(
  tests.ask('sales', $$select trim_scale(m.quantity) || ' ' || (m.from_location_id = tests.location_id('A-1')) from ops.stock_moves as m where m.reason = 'count'$$),
  '2 true', 'by a move of the difference'
);
select tests.act('warehouse', pg_temp.count(23, 'A-1'));
select is(tests.ask('sales', $$select count(*)::text from ops.stock_moves as m where m.reason = 'count'$$), '1', 'and by none where there is none');
select tests.throws_code('warehouse', pg_temp.count(-1, 'A-1'), 'OMS_INVALID_ARGUMENT', 'nobody counts less than nothing');
select tests.throws_code('warehouse', pg_temp.count(1, 'S-1'), 'OMS_NOT_FOUND', 'nobody counts in another organization');
select tests.throws_code('warehouse', pg_temp.count(0, 'S-1'), 'OMS_NOT_FOUND', 'not even nothing');
select tests.throws_code('warehouse', format('select ops.count_stock(%L)', jsonb_build_array(jsonb_build_object(
  'product_variant_id', c.variant_id, 'stock_location_id', tests.location_id('A-1'), 'lot_id', c.lot_id, 'counted_qty', 0
))), c.code, c.test)
from (values
  (private.new_id(), null::uuid, 'OMS_NOT_FOUND', 'nothing is counted of what there is not'),
  (tests.variant_id('GLUE'), null, 'OMS_STOCK_LOT_REQUIRED', 'none of the glue is none of a lot'),
  (tests.variant_id('GLUE'), tests.the('piece'), 'OMS_NOT_FOUND', 'of its own'),
  (tests.the('zip'), tests.the('lot'), 'OMS_STOCK_LOT_REQUIRED', 'and a zipper has none')
) as c (variant_id, lot_id, code, test);

-- Places and the list

select is(
  tests.ask('sales', $$
    select concat_ws(' ', trim_scale(s.on_hand), trim_scale(s.available), trim_scale(s.quarantined), trim_scale(s.minimum_qty), trim_scale(s.safety_qty), s.is_below_minimum, trim_scale(s.stock_value))
    from ops.inventory_status as s where s.sku = 'ZIP-60'
  $$), '473 460 10 600 100 t 189.2', 'what is in quarantine is on hand and not to be had'
);
select tests.act('warehouse', $$update ops.stock_locations set kind = 'storage' where code = 'Q-1'$$);
select is(tests.ask('sales', $$select trim_scale(s.available)::text from ops.inventory_status as s where s.sku = 'ZIP-60'$$), '470', 'until the place is one for storage');
select tests.act('warehouse', format($$
  insert into ops.stock_moves (product_variant_id, quantity, reason, to_location_id) values (%L, 130, 'receipt', %L)
$$, tests.the('zip'), tests.location_id('A-1')));
select is(tests.ask('sales', $$select s.is_below_minimum::text from ops.inventory_status as s where s.sku = 'ZIP-60'$$), 'false', 'as much as the minimum is enough');
select tests.throws_code('warehouse', $$insert into ops.warehouses (code, name) values ('MAIN', 'Again')$$, 'OMS_ALREADY_EXISTS', 'a warehouse''s code is its own');
select tests.throws_code('planner', $$update ops.reorder_rules set target_qty = 5$$, 'OMS_INVALID_ARGUMENT', 'a target is not below the minimum');
select is_empty('select from private.invariant_violations', 'levels are the sums of their moves');

select * from finish();
