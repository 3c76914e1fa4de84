-- Bills of materials: what goes into what, in versions.

select no_plan();

create function pg_temp.variant(sku text, made text default 'make', unit text default 'EA') returns uuid
language plpgsql
as $$
declare
  product_id uuid;
begin
  perform tests.become('production');
  insert into ops.products (product_number, name) values (sku, sku) returning id into product_id;
  insert into ops.product_variants (sku, product_id, supply_method, unit) values (sku, product_id, made::ops.supply_method, unit);
  reset role;
  return product_id;
end
$$;
create function pg_temp.bom(made text, components jsonb, valid_from date default '2026-01-01') returns uuid
language plpgsql
as $$
declare
  template_id uuid;
  version_id uuid;
begin
  perform tests.become('production');
  select t.id into template_id from ops.bom_templates as t where t.product_id = tests.product_id(made) and t.code = made;
  if template_id is null then
    insert into ops.bom_templates (product_id, code, name, is_default) values (tests.product_id(made), made, made, true) returning id into template_id;
  end if;
  insert into ops.bom_versions (bom_template_id) values (template_id) returning id into version_id;
  insert into ops.bom_lines (
    bom_version_id, product_variant_id, quantity, scrap_pct, setup_quantity, is_phantom, kind, valid_from, valid_to
  )
  select
    version_id, tests.variant_id(c.sku), c.quantity, coalesce(c.scrap_pct, 0), coalesce(c.setup_quantity, 0),
    coalesce(c.is_phantom, false), coalesce(c.kind, 'input'), c.valid_from, c.valid_to
  from jsonb_to_recordset(components) as c (
    sku text, quantity numeric, scrap_pct numeric, setup_quantity numeric, is_phantom boolean, kind ops.bom_line_kind,
    valid_from date, valid_to date
  );
  update ops.bom_versions as b set status = 'active', valid_from = bom.valid_from where b.id = version_id;
  reset role;
  return version_id;
end
$$;
create function pg_temp.exploded(sku text, quantity numeric, on_date date default '2026-11-01') returns text
language sql
as $$
  select tests.ask('sales', format(
    'select string_agg(format(''%%s %%s %%s'', e.level, e.sku, trim_scale(e.required_qty)), '', '' order by e.path) from ops.explode_bom(%L, %L, %L) as e where e.level > 0',
    tests.variant_id(sku), quantity, on_date
  ))
$$;

-- Explosion

select pg_temp.variant(v.sku, v.made, v.unit)
from (values
  ('BIKE', 'make', 'EA'), ('FRAME', 'make', 'EA'), ('WHEEL', 'make', 'EA'), ('TUBE', 'buy', 'EA'), ('SPOKE', 'buy', 'EA'),
  ('KIT', 'make', 'EA'), ('BOLT', 'buy', 'EA'), ('PAINT', 'buy', 'KG'), ('OFFCUT', 'buy', 'KG')
) as v (sku, made, unit);
select tests.keep('wheel', pg_temp.bom('WHEEL', '[{"sku": "SPOKE", "quantity": 32}, {"sku": "BOLT", "quantity": 1}]'));
select tests.keep('frame', pg_temp.bom('FRAME', '[
  {"sku": "TUBE", "quantity": 3, "scrap_pct": 20},
  {"sku": "PAINT", "quantity": 0.0101, "setup_quantity": 0.5},
  {"sku": "OFFCUT", "quantity": 0.0119, "kind": "by_product"}
]'));
select tests.keep('kit', pg_temp.bom('KIT', '[{"sku": "BOLT", "quantity": 4}]'));
select tests.keep('bike', pg_temp.bom('BIKE', '[
  {"sku": "FRAME", "quantity": 1}, {"sku": "WHEEL", "quantity": 2}, {"sku": "KIT", "quantity": 2, "is_phantom": true}
]'));
select is(
  pg_temp.exploded('BIKE', 3),
  '1 FRAME 3, 2 OFFCUT 0.035, 2 PAINT 0.531, 2 TUBE 12, 1 BOLT 24, 1 WHEEL 6, 2 BOLT 6, 2 SPOKE 192',
  'level by level: scrap is put in besides, setup once, inputs rounded up and by-products down, a phantom dissolved'
);
select is(pg_temp.exploded('BIKE', 3, '2025-12-31'), null, 'before it comes into force a bill says nothing');
select is(pg_temp.exploded('TUBE', 3), null, 'nothing goes into what is bought');

select tests.throws_code(c.persona, format('select ops.explode_bom(%s)', c.arguments), c.code, c.test)
from (values
  ('sales', quote_literal(private.new_id()), 'OMS_NOT_FOUND', 'nothing goes into what is not there'),
  ('other_planner', quote_literal(tests.variant_id('BIKE')), 'OMS_NOT_FOUND', 'nor into another organization''s bike'),
  ('sales', 'null', 'OMS_INVALID_ARGUMENT', 'nor into nothing'),
  ('sales', quote_literal(tests.variant_id('BIKE')) || ', 0', 'OMS_INVALID_ARGUMENT', 'nor into none'),
  ('sales', quote_literal(tests.variant_id('BIKE')) || ', ''NaN''', 'OMS_INVALID_ARGUMENT', 'nor into what is no number'),
  ('sales', quote_literal(tests.variant_id('BIKE')) || ', 1, null', 'OMS_INVALID_ARGUMENT', 'nor on no day')
) as c (persona, arguments, code, test);
select tests.denies(p.name, format('select ops.explode_bom(%L)', tests.variant_id('BIKE')), 'what goes into what is no business of a ' || p.name)
from unnest(array['client_a', 'factory_a', 'vendor']) as p (name);

-- Two ways to one component, a phantom in a phantom, days of a line, scrap and setup together

select pg_temp.variant(v.sku, v.made, v.unit)
from (values
  ('CART', 'make', 'EA'), ('SIDE', 'make', 'EA'), ('SET', 'make', 'EA'), ('BAG', 'make', 'EA'), ('NAIL', 'buy', 'EA'),
  ('GLUE', 'buy', 'KG'), ('LAMP', 'buy', 'EA')
) as v (sku, made, unit);
select tests.keep('side', pg_temp.bom('SIDE', '[{"sku": "NAIL", "quantity": 3, "scrap_pct": 10, "setup_quantity": 2}]'));
select tests.keep('bag', pg_temp.bom('BAG', '[{"sku": "NAIL", "quantity": 5}, {"sku": "GLUE", "quantity": 0.0007}]'));
select tests.keep('set', pg_temp.bom('SET', '[{"sku": "BAG", "quantity": 2, "is_phantom": true}, {"sku": "NAIL", "quantity": 1}]'));
select tests.keep('cart', pg_temp.bom('CART', '[
  {"sku": "SIDE", "quantity": 2, "setup_quantity": 1},
  {"sku": "SET", "quantity": 1, "is_phantom": true},
  {"sku": "GLUE", "quantity": 0.01, "scrap_pct": 5, "setup_quantity": 0.1},
  {"sku": "LAMP", "quantity": 1, "valid_from": "2026-10-01", "valid_to": "2026-10-11"}
]'));
select is(
  pg_temp.exploded('CART', 3),
  '1 GLUE 0.132, 1 GLUE 0.005, 1 NAIL 30, 1 NAIL 3, 1 SIDE 7, 2 NAIL 26',
  'setup joins after scrap and before rounding, level by level; a phantom in a phantom is dissolved; each way to a nail is rounded by itself'
);
select is(
  (select string_agg(d.on_date || ' ' || (pg_temp.exploded('CART', 3, d.on_date) ~ 'LAMP 3'), ', ' order by d.on_date)
   from unnest('{2026-09-30, 2026-10-01, 2026-10-10, 2026-10-11}'::date[]) as d (on_date)),
  '2026-09-30 false, 2026-10-01 true, 2026-10-10 true, 2026-10-11 false',
  'a line of a version counts from its first day to the day before it ends'
);

-- Many demands at once

create function pg_temp.demanded(demands text, levels text default 'null') returns text
language sql
as $$
  select tests.ask('planner', format(
    'select string_agg(format(''%%s %%s %%s'', right(e.demand_id::text, 1), v.sku, trim_scale(e.quantity)), '', '' order by e.demand_id, e.level, v.sku, e.quantity) from private.explode_demand(array(select row((%L || d.nth)::uuid, tests.variant_id(d.sku), d.quantity, d.on_date::date)::private.demand from (values %s) as d (nth, sku, quantity, on_date)), %s) as e inner join ops.product_variants as v on v.id = e.product_variant_id where e.level > 0',
    '00000000-0000-7000-8000-00000000000', demands, levels
  ))
$$;
select is_empty(
  $$ select n, k.kind from generate_series(1, 1000) as n, unnest(enum_range(null::ops.bom_line_kind)) as k (kind)
     where private.round_to_unit(n / 100.0, 2, k.kind) <> n / 100.0 $$,
  'what fits its unit stays as it is'
);
select is(
  array[private.round_to_unit(2.0301, 2, 'input'), private.round_to_unit(2.0399, 2, 'by_product')], array[2.04, 2.03],
  'of what does not, too much goes in rather than too little, and no more comes out than there is'
);
select is(
  pg_temp.demanded($$(1, 'SIDE', 1, '2026-11-01'), (2, 'SIDE', 1, '2026-11-01')$$), '1 NAIL 6, 2 NAIL 6',
  'each demand is rounded by itself, and has a setup of its own'
);
select is(
  pg_temp.demanded($$(1, 'SIDE', 1, '2026-11-01'), (1, 'SIDE', 1, '2026-11-01')$$), '1 NAIL 9',
  'unless both are of one order'
);
select is(
  pg_temp.demanded($$(1, 'CART', 1, '2026-10-10'), (2, 'CART', 1, '2025-12-31'), (3, 'SET', 1, '2026-10-10'), (4, 'LAMP', 1, '2026-10-10')$$, '1'),
  '1 GLUE 0.002, 1 GLUE 0.111, 1 LAMP 1, 1 NAIL 1, 1 NAIL 10, 1 SIDE 3, 3 GLUE 0.002, 3 NAIL 1, 3 NAIL 10',
  'each is of its own day; one level down phantoms are dissolved, too'
);
select is(tests.ask('other_planner', format(
  'select count(*)::text from private.explode_demand(array[row(%1$L, %1$L, 1, ''2026-11-01'')::private.demand])', tests.variant_id('CART')
)), '0', 'another organization''s cart takes nothing');

-- Days

select tests.keep('dated', pg_temp.bom('WHEEL', '[
  {"sku": "SPOKE", "quantity": 36, "valid_to": "2027-03-01"}, {"sku": "SPOKE", "quantity": 28, "valid_from": "2027-03-01"}
]', '2027-01-01'));
select is(pg_temp.exploded('WHEEL', 1, d.on_date), d.parts, d.test)
from (values
  ('2026-12-31'::date, '1 BOLT 1, 1 SPOKE 32', 'a version is in force until the next one begins'),
  ('2027-01-01', '1 SPOKE 36', 'which it does on its first day'),
  ('2027-02-28', '1 SPOKE 36', 'a line counts up to its last day'),
  ('2027-03-01', '1 SPOKE 28', 'and the next from its first')
) as d (on_date, parts, test);
select tests.act('production', $$update ops.bom_versions set status = 'retired' where id = tests.the('dated')$$);
select is(pg_temp.exploded('WHEEL', 1, '2027-02-28'), '1 BOLT 1, 1 SPOKE 32', 'a version that is retired counts on no day');

-- The variant's own bill comes first

select tests.act('production', format(
  'insert into ops.bom_templates (product_id, product_variant_id, code, name, is_default) values (%L, %L, %L, %L, true)',
  tests.product_id('WHEEL'), tests.variant_id('WHEEL'), 'WHEEL-R', 'Racing wheel'
));
select is(pg_temp.exploded('WHEEL', 1), '1 BOLT 1, 1 SPOKE 32', 'without a version in force it is not asked');
select tests.act('production', $$
  with version as (
    insert into ops.bom_versions (bom_template_id) select t.id from ops.bom_templates as t where t.code = 'WHEEL-R' returning id
  )
  select from version
$$);
select tests.act('production', $$
  insert into ops.bom_lines (bom_version_id, product_variant_id, quantity)
  select b.id, tests.variant_id('SPOKE'), 20 from ops.bom_versions as b inner join ops.bom_templates as t on t.id = b.bom_template_id where t.code = 'WHEEL-R'
$$);
select tests.act('production', $$update ops.bom_versions as b set status = 'active' from ops.bom_templates as t where t.id = b.bom_template_id and t.code = 'WHEEL-R'$$);
select is(pg_temp.exploded('WHEEL', 1, current_date), '1 SPOKE 20', 'a variant''s own bill comes before its product''s');
select is(
  pg_temp.demanded(format($$(1, 'WHEEL', 1, %L), (2, 'WHEEL', 1, %L)$$, current_date - 1, current_date)),
  '1 BOLT 1, 1 SPOKE 32, 2 SPOKE 20',
  'and from its first day on, the product''s until then'
);
select tests.throws_code('production', format(
  'insert into ops.bom_templates (product_id, code, name, is_default) values (%L, %L, %L, true)', tests.product_id('WHEEL'), 'X', 'X'
), 'OMS_ALREADY_EXISTS', 'one bill of a product is the default');
select tests.throws_code('production', format(
  'insert into ops.bom_templates (product_id, product_variant_id, code, name) values (%L, %L, %L, %L)', tests.product_id('WHEEL'), tests.variant_id('BOLT'), 'X', 'X'
), 'OMS_NOT_FOUND', 'a variant''s bill is one of its product');

-- Versions

select tests.throws_code('production', $$update ops.bom_lines set quantity = 5 where bom_version_id = tests.the('bike')$$, 'OMS_BOM_FROZEN', 'what is in force is not changed');
select tests.throws_code('production', $$delete from ops.bom_lines where bom_version_id = tests.the('bike')$$, 'OMS_BOM_FROZEN', 'nor emptied');
select tests.throws_code('production', format(
  'insert into ops.bom_lines (bom_version_id, product_variant_id, quantity) values (%L, %L, 1)', tests.the('bike'), tests.variant_id('BOLT')
), 'OMS_BOM_FROZEN', 'nor added to');
select tests.throws_code('production', $$update ops.bom_versions set valid_from = '2020-01-01' where id = tests.the('bike')$$, 'OMS_BOM_FROZEN', 'nor moved');
select tests.throws_code('production', $$delete from ops.bom_versions where id = tests.the('bike')$$, 'OMS_BOM_FROZEN', 'nor deleted');
select tests.keep('next', (tests.ask('planner', $$select (ops.revise_bom(tests.the('bike'), 'Three wheels')).id$$))::uuid);
select is(
  tests.ask('sales', $$select b.version || ' ' || b.status || ' ' || b.revision_note || ' ' || (select count(*) from ops.bom_lines as l where l.bom_version_id = b.id) from ops.bom_versions as b where b.id = tests.the('next')$$),
  '2 draft Three wheels 3', 'it is revised: the next version is a draft of the same lines'
);
select tests.act('planner', $$update ops.bom_lines set quantity = 3 where bom_version_id = tests.the('next') and product_variant_id = tests.variant_id('WHEEL')$$);
select tests.throws_code('planner', $$update ops.bom_versions set status = 'active', valid_from = '2026-01-01' where id = tests.the('next')$$, 'OMS_BOM_IN_FORCE', 'two do not come into force on one day');
select tests.act('planner', $$update ops.bom_versions set status = 'active', valid_from = '2027-01-01' where id = tests.the('next')$$);
select matches(pg_temp.exploded('BIKE', 1, '2027-01-01'), '1 WHEEL 3', 'the next one is in force from its day on');
select matches(pg_temp.exploded('BIKE', 1, '2026-12-31'), '1 WHEEL 2', 'and the first until then');
select tests.throws_code('planner', $$update ops.bom_versions as b set status = 'active' from ops.bom_templates as t where t.id = b.bom_template_id and t.code = 'EMPTY'$$, 'OMS_BOM_EMPTY', 'an empty bill does not come into force')
from (select tests.act('planner', format('insert into ops.bom_templates (product_id, code, name) values (%L, %L, %L)', tests.product_id('BIKE'), 'EMPTY', 'Empty'))) as a
cross join lateral (select tests.act('planner', $$insert into ops.bom_versions (bom_template_id) select t.id from ops.bom_templates as t where t.code = 'EMPTY'$$) where a is not null) as b;

-- Circles

select tests.keep('draft', (tests.ask('planner', $$select (ops.revise_bom(tests.the('wheel'))).id$$))::uuid);
create function pg_temp.put(sku text) returns text
language sql
as $$
  select format('insert into ops.bom_lines (bom_version_id, product_variant_id, quantity) values (%L, %L, 1)', tests.the('draft'), tests.variant_id(sku))
$$;
select tests.throws_code('planner', pg_temp.put('WHEEL'), 'OMS_BOM_CIRCLE', 'a wheel does not go into itself');
select tests.throws_code('planner', pg_temp.put('BIKE'), 'OMS_BOM_CIRCLE', 'nor does a bike, which wheels go into');
select tests.accepts('planner', pg_temp.put('KIT'), 'what it does not go into, goes');
select tests.throws_code('planner', format(
  'insert into ops.bom_lines (bom_version_id, product_variant_id, quantity, kind) values (%L, %L, %s)', tests.the('draft'), tests.variant_id('BOLT'), l.rest
), 'OMS_INVALID_ARGUMENT', l.test)
from (values
  ('0, ''input''', 'something of nothing is no line'),
  ('-1, ''by_product''', 'what comes out is a by-product, not a negative input')
) as l (rest, test);

select * from finish();
