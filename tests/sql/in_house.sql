-- Lines that we supply ourselves: by what they are made, what they ask for, what is made for them.

select no_plan();

create function pg_temp.supply(line uuid, template text default null, warehouse text default 'MAIN') returns text
language sql
as $$
  select format(
    'insert into ops.order_item_supplies (order_item_id, warehouse_id, bom_template_id) values (%L, %L, %L)', line,
    (select w.id from ops.warehouses as w where w.code = warehouse),
    (select t.id from ops.bom_templates as t where t.code = template and t.organization_id = private.organization_id())
  )
$$;

select tests.become('admin');
reset role;
select tests.keep('shirt', tests.line_id('A-300'));
-- 12, 20 and 8 of what SHIRT makes.
select tests.keep('free', tests.make_line(40, '{12,20,8}', colorway_id => tests.colorway_id('FW-102', 'White')));

-- In house or by factories, never both

select tests.accepts('planner', pg_temp.supply(tests.the('free'), 'SHIRT'), 'a planner supplies a line in house, by a bill of materials');
select tests.accepts('sales', pg_temp.supply(tests.the('free')), 'sales do, by the default one');
select tests.accepts('production', pg_temp.supply(tests.the('free')), 'production does, which may not write the line');
select tests.denies('warehouse', pg_temp.supply(tests.the('free')), 'the warehouse does not');
select tests.throws_code(
  'planner', pg_temp.supply(tests.line_id('B-100', 3)), 'OMS_LINE_ALLOCATED',
  'a line that factories are candidates for is not supplied in house'
);
select tests.throws_code(
  'planner', pg_temp.supply(tests.line_id('B-100', 1)), 'OMS_LINE_ALLOCATED', 'nor one that a factory delivered'
);
select tests.throws_code('planner', pg_temp.supply(tests.line_id('B-100', 4)), 'OMS_LINE_CANCELLED', 'nor one that is cancelled');
select tests.throws_code('planner', pg_temp.supply(tests.line_id('A-200')), 'OMS_ORDER_NOT_ACCEPTED', 'nor one of a request');
select tests.throws_code('planner', pg_temp.supply(tests.line_id('R-300')), 'OMS_NOT_FOUND', 'nor another organization''s');
select tests.throws_code(
  'planner',
  format(
    'insert into ops.allocation_items (allocation_id, order_item_id) select a.id, %L from ops.allocations as a where a.name = ''Someday''',
    tests.the('shirt')
  ),
  'OMS_LINE_SUPPLIED_IN_HOUSE', 'a line that is supplied in house is not allocated'
);
select tests.throws_code(
  'planner',
  format('select ops.allocate_items(''New'', %L, %L)', jsonb_build_array(jsonb_build_object('order_item_id', tests.the('shirt'))), array[tests.id('factory_a')]),
  'OMS_LINE_SUPPLIED_IN_HOUSE', 'nor by the command'
);
select is(
  tests.ask('planner', format('select string_agg(u.order_item_id::text, '','') from ops.unallocated_order_items as u where u.order_item_id in (%L, %L)', tests.the('shirt'), tests.the('free'))),
  tests.the('free')::text, 'it does not wait for a factory'
);
select is(tests.status(tests.the('shirt')), 'UNALLOCATED', 'no factory has any of it, says its allocation status');
select tests.throws_code(
  'sales', format('update ops.order_items set colorway_id = %L where id = %L', tests.colorway_id('FW-101', 'Sand'), tests.the('shirt')),
  'OMS_LINE_SUPPLIED_IN_HOUSE', 'its colour stays'
);
select tests.accepts(
  'sales', format('update ops.order_items set colorway_id = %L where id = %L', tests.colorway_id('FW-101', 'Sand'), tests.the('free')),
  'that of another line does not have to'
);
select tests.accepts('planner', format('delete from ops.order_item_supplies where order_item_id = %L', tests.the('shirt')), 'it can be given back');

select * from finish();
