-- Products, their variants and the units that these are counted in.

select no_plan();

-- A style is a product

select is(
  tests.ask('sales', $$select p.name || ' ' || p.category from ops.products as p where p.product_number = 'FW-101'$$), 'Storm parka outerwear',
  'a style is a product of its number, name and category'
);
select tests.act('planner', $$update ops.styles set style_number = 'FW-101B', name = 'Storm parka II', category = null where style_number = 'FW-101'$$);
select is(
  tests.ask('sales', $$select p.product_number || ' ' || p.name from ops.products as p inner join ops.styles as s on s.id = p.style_id where s.name = 'Storm parka II' and p.category is null$$),
  'FW-101B Storm parka II', 'and is called what the style is called'
);
select tests.throws_code('planner', $$update ops.products set name = 'Mine' where style_id is not null$$, 'OMS_PRODUCT_FROM_STYLE', 'by that only');
select tests.throws_code('planner', $$delete from ops.products where style_id is not null$$, 'OMS_PRODUCT_FROM_STYLE', 'and is there as long as the style is');
select tests.accepts('planner', $$update ops.products set metadata = '{"shelf": 3}' where style_id is not null$$, 'what else is said of it anybody may say');
select tests.throws_code('planner', $$insert into ops.styles (style_number, name) values ('ZIP', 'Zip jacket')$$, 'OMS_ALREADY_EXISTS', 'a style does not take another product''s number');
select tests.throws_code('production', $$insert into ops.products (product_number, name) values ('FW-102', 'Shirt')$$, 'OMS_ALREADY_EXISTS', 'nor a product a style''s');
select tests.throws_code('production', $$insert into ops.products (product_number, name) values ('', 'Nothing')$$, 'OMS_INVALID_ARGUMENT', 'a product has a number');

-- Variants

select is(
  tests.ask('sales', $$
    select string_agg(distinct p.product_number, ', ')
    from ops.product_variants as v
    inner join ops.products as p on p.id = v.product_id and p.style_id = v.style_id
    inner join ops.colorways as c on c.id = v.colorway_id and c.style_id = v.style_id
    where v.sku like 'FW-102-%'
  $$), 'FW-102', 'the product of a colour''s SKU is its style''s'
);
select is(
  tests.ask('sales', $$select distinct concat_ws(' ', v.unit, v.supply_method, v.tracking, v.is_active) from ops.product_variants as v where v.tracking <> 'serial'$$), 'EA buy none t',
  'what nobody says otherwise of is bought by the piece'
);
select tests.throws_code('planner', format(
  'insert into ops.product_variants (sku, product_id) values (%L, %L)', 'X', tests.product_id('FW-102')
), 'OMS_INVALID_ARGUMENT', 'of a style a variant has a colour');
select tests.throws_code('planner', format(
  'insert into ops.product_variants (sku, product_id, colorway_id) values (%L, %L, %L)', 'X', tests.product_id('ZIP'), tests.colorway_id('FW-102', 'White')
), 'OMS_INVALID_ARGUMENT', 'of its own style');
select tests.throws_code('planner', $$insert into ops.product_variants (sku) values ('X')$$, 'OMS_INVALID_ARGUMENT', 'a variant is one of a product');
select tests.throws_code('planner', format(
  'insert into ops.product_variants (sku, colorway_id, size_label) values (%L, %L, %L)', 'X', tests.colorway_id('FW-102', 'White'), 'M'
), 'OMS_ALREADY_EXISTS', 'a colour in one size has one SKU');
select tests.throws_code('planner', format(
  'insert into ops.product_variants (sku, product_id, size_label) values (%L, %L, %L)', 'X', tests.product_id('ZIP'), '60'
), 'OMS_ALREADY_EXISTS', 'and so has a product that comes in sizes only');
select tests.accepts('planner', format(
  'insert into ops.product_variants (sku, colorway_id) values (%L, %L)', 'FW-102-WHITE', tests.colorway_id('FW-102', 'White')
), 'what comes in one size has none');
select tests.throws_code('planner', format(
  'insert into ops.product_variants (sku, product_id, size_label, unit) values (%L, %L, %L, %L)', 'X', tests.product_id('ZIP'), '80', 'FATHOM'
), 'OMS_NOT_FOUND', 'its unit is one of ours');
select tests.throws_code('planner', $$update ops.product_variants set standard_cost = -1$$, 'OMS_INVALID_ARGUMENT', 'no cost is below zero');

-- Units

select tests.throws_code('planner', $$insert into ops.units (code, name) values ('KG', 'Kilos')$$, 'OMS_ALREADY_EXISTS', 'a unit''s code is its own');
select tests.throws_code('planner', $$insert into ops.units (code, name, decimals) values ('G', 'Grams', 7)$$, 'OMS_INVALID_ARGUMENT', 'six places at most');
select tests.throws_code('planner', format(
  'insert into ops.unit_conversions (product_variant_id, from_unit, to_unit, factor) values (%L, %L, %L, 0.004)', tests.variant_id('ZIP-60'), 'EA', 'BOX'
), 'OMS_ALREADY_EXISTS', 'one conversion holds in both directions');
select tests.throws_code('planner', $$insert into ops.unit_conversions (from_unit, to_unit, factor) values ('KG', 'EA', 0)$$, 'OMS_INVALID_ARGUMENT', 'nothing is made of nothing');
select tests.throws_code('planner', $$insert into ops.unit_conversions (from_unit, to_unit, factor) values ('KG', 'KG', 1)$$, 'OMS_INVALID_ARGUMENT', 'a conversion is between two units');
select tests.act('planner', $$insert into ops.unit_conversions (from_unit, to_unit, factor) values ('BOX', 'EA', 100)$$);

select is(
  tests.ask('procurement', format(
    'select trim_scale(private.conversion_factor(%L, %L, %L))::text', tests.variant_id(f.sku), f.from_unit, f.to_unit
  )), f.factor, f.test
)
from (values
  ('ZIP-60', 'BOX', 'EA', '250', 'a variant''s own conversion comes first'),
  ('ZIP-60', 'EA', 'BOX', '0.004', 'and holds backwards'),
  ('ZIP-40', 'BOX', 'EA', '100', 'the general one holds for the others'),
  ('ZIP-40', 'EA', 'EA', '1', 'a unit is one of itself'),
  ('ZIP-40', 'KG', 'EA', null, 'nothing is guessed')
) as f (sku, from_unit, to_unit, factor, test);

select * from finish();
