-- declared in sql/functions/supply_imports.sql
-- Imports of the supply side: units, products, bills of materials, stock, vendors and what they sell, forecasts,
-- purchase orders. The way of imports.sql: lines are staged, judged as a whole, and land as the caller. All kinds share
-- one table of staged lines, each filling its own columns, and what is the same for several of them is judged in one
-- place.

create function private.stage_supply_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.begin_import();

  drop table if exists pg_temp.import_supply_lines;
  create temporary table import_supply_lines (
    line_number integer not null,
    is_bad boolean not null,
    -- what lines of the same thing have in common; what this one says of it, and what is known of it
    line_key text,
    said jsonb,
    known_id uuid,
    known jsonb,
    unit text,
    unit_name text,
    decimals integer,
    from_unit text,
    to_unit text,
    factor numeric,
    sku text,
    product_variant_id uuid,
    product_number text,
    product_id uuid,
    product_name text,
    category text,
    is_style boolean,
    color text,
    size text,
    supply_method ops.supply_method,
    tracking ops.tracking,
    standard_cost numeric,
    product_sku text,
    made_variant_id uuid,
    template text,
    template_name text,
    in_force_from date,
    position integer,
    component text,
    quantity numeric,
    line_kind ops.bom_line_kind,
    scrap_pct numeric,
    setup_quantity numeric,
    is_phantom boolean,
    valid_from date,
    valid_to date,
    warehouse text,
    location text,
    stock_location_id uuid,
    lot text,
    unit_cost numeric,
    vendor text,
    vendor_id uuid,
    vendor_name text,
    approval_status ops.approval_status,
    currency text,
    lead_time_days integer,
    payment_terms_days integer,
    email text,

    constraint import_supply_lines_pkey primary key (line_number)
  ) on commit drop;
end
$$;
comment on function private.stage_supply_import() is
  'Starts an import of the supply side: makes pg_temp.import_supply_lines, to be filled by COPY.';

-- What kinds have in common

create function private.find_import_variants(field text) returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set product_variant_id = known.id
  from (
    select distinct on (f.sku) f.sku, v.id
    from (select distinct i.sku from pg_temp.import_supply_lines as i) as f
    inner join ops.product_variants as v on lower(v.sku) = lower(f.sku)
    where v.organization_id = private.organization_id()
    order by f.sku, v.sku = f.sku desc, v.id
  ) as known
  where l.sku = known.sku;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, find_import_variants.field, l.sku, 'unknown_sku',
    'There is no such SKU; import its product first, or correct it.'
  from pg_temp.import_supply_lines as l
  where l.sku is not null and l.product_variant_id is null
  order by l.line_number;
end
$$;
comment on function private.find_import_variants(text) is
  'Finds the variants of the staged lines by SKU; the argument is what the lines'' field of it is called.';

create function private.find_import_vendors() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set vendor_id = known.id
  from (
    select distinct on (f.vendor) f.vendor, d.id
    from (select distinct i.vendor from pg_temp.import_supply_lines as i) as f
    inner join ops.directory as d on lower(d.code) = lower(f.vendor)
    where d.organization_id = private.organization_id()
    order by f.vendor, d.code = f.vendor desc, d.id
  ) as known
  where l.vendor = known.vendor;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'vendor', l.vendor, 'not_a_vendor',
    format('%s is not a vendor in the directory; add the kind `vendor` to it first.', d.name)
  from pg_temp.import_supply_lines as l
  inner join ops.directory as d on d.organization_id = private.organization_id() and d.id = l.vendor_id
  where not 'vendor' = any(d.kinds)
  order by l.line_number;
end
$$;
comment on function private.find_import_vendors() is 'Finds the vendors of the staged lines in the directory.';

create function private.refuse_unknown_vendors() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'vendor', l.vendor, 'unknown_vendor',
    'The directory has no company of this code; import it as a vendor first, or correct it.'
  from pg_temp.import_supply_lines as l
  where l.vendor is not null and l.vendor_id is null
  order by l.line_number;
end
$$;
comment on function private.refuse_unknown_vendors() is 'A vendor that a line names stands in the directory.';

create function private.refuse_unknown_units() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, f.field, f.unit, 'unknown_unit', 'There is no such unit; import it first (units), or correct it.'
  from pg_temp.import_supply_lines as l
  cross join lateral (values ('unit', l.unit), ('from_unit', l.from_unit), ('to_unit', l.to_unit)) as f (field, unit)
  where f.unit is not null and not exists (
    select from ops.units as u where u.organization_id = private.organization_id() and u.code = f.unit
  )
  order by l.line_number;
end
$$;
comment on function private.refuse_unknown_units() is 'A unit that a line names is one of the organization''s.';

create function private.convert_import_units() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse_unknown_units();

  update pg_temp.import_supply_lines as l
  set factor = known.factor
  from (
    select f.product_variant_id, f.unit, private.conversion_factor(f.product_variant_id, f.unit, v.unit) as factor
    from (select distinct i.product_variant_id, i.unit from pg_temp.import_supply_lines as i) as f
    inner join ops.product_variants as v
      on v.organization_id = private.organization_id() and v.id = f.product_variant_id
    where f.unit is not null
  ) as known
  where l.product_variant_id = known.product_variant_id and l.unit = known.unit;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'unit', l.unit, 'unit_without_conversion',
    format(
      '%s is counted in %s, and nothing says how many %s one %s of it is; state it (import conversions), or give the unit %s.',
      v.sku, v.unit, v.unit, l.unit, v.unit
    )
  from pg_temp.import_supply_lines as l
  inner join ops.units as u on u.organization_id = private.organization_id() and u.code = l.unit
  inner join ops.product_variants as v on v.organization_id = u.organization_id and v.id = l.product_variant_id
  where l.factor is null
  order by l.line_number;
end
$$;
comment on function private.convert_import_units() is
  'Finds how many of the variant''s unit one of the line''s is. Where nobody has said, nothing is guessed.';

create function private.refuse_unit_decimals() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'quantity', trim_scale(l.quantity)::text, 'bad_quantity',
    format('%s is counted in %s, to %s decimals.', v.sku, v.unit, u.decimals)
  from pg_temp.import_supply_lines as l
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = l.product_variant_id
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  where l.quantity * coalesce(l.factor, 1) <> round(l.quantity * coalesce(l.factor, 1), u.decimals)
  order by l.line_number;
end
$$;
comment on function private.refuse_unit_decimals() is 'A quantity has no more decimals than the variant''s unit.';

create function private.refuse_differing_lines() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, s.key, s.value, 'line_differs',
    format('Line %s says %s of the same.', f.line_number, coalesce(format('"%s"', f.said ->> s.key), 'nothing'))
  from (
    select i.line_number, i.said, min(i.line_number) over (partition by i.line_key) as first_line
    from pg_temp.import_supply_lines as i
    where not i.is_bad
  ) as l
  inner join pg_temp.import_supply_lines as f on f.line_number = l.first_line
  cross join lateral jsonb_each_text(l.said) as s
  where l.line_number <> l.first_line and f.said -> s.key is distinct from l.said -> s.key and s.value is not null
  order by l.line_number, s.key;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.refuse_differing_lines() is
  'Of lines of the same thing the first holds; the others repeat it or say nothing.';

create function private.refuse_repeated_lines(reason text) returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, code, reason)
  select l.line_number, 'repeated_line', format(refuse_repeated_lines.reason, l.first_line)
  from (
    select i.line_number, min(i.line_number) over (partition by i.line_key) as first_line
    from pg_temp.import_supply_lines as i
    where not i.is_bad
  ) as l
  where l.line_number <> l.first_line
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.refuse_repeated_lines(text) is
  'Of lines with the same key the first stands. The sentence has a place for its number.';

create function private.refuse_known_otherwise(code text) returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, s.key, l.said ->> s.key, refuse_known_otherwise.code,
    format(
      'It is there with %s; an import adds and never changes.',
      coalesce(format('"%s"', l.known ->> s.key), 'nothing')
    )
  from pg_temp.import_supply_lines as l
  cross join lateral jsonb_each(l.said) as s
  where not l.is_bad and l.known ? s.key and s.value <> 'null' and l.known -> s.key <> s.value
  order by l.line_number, s.key;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.refuse_known_otherwise(text) is
  'What is there already and says the same is left as it is; what says otherwise is refused, by the code given.';

create function private.refuse_incomplete(thing text) returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, code, reason)
  select l.line_number, 'incomplete', format('Line %s of the same %s is refused, and without it it would be another.', b.line_number, thing)
  from pg_temp.import_supply_lines as l
  inner join (
    select i.line_key, min(i.line_number) as line_number
    from pg_temp.import_supply_lines as i
    where i.is_bad and i.line_key is not null
    group by i.line_key
  ) as b on b.line_key = l.line_key
  where not l.is_bad
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.refuse_incomplete(text) is 'What is one thing in several lines lands with all of them or not at all.';

create function private.keep_new_lines() returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from pg_temp.import_supply_lines as l
  where l.is_bad or l.known_id is not null or l.line_number not in (
    select min(i.line_number) from pg_temp.import_supply_lines as i where not i.is_bad group by i.line_key
  );
  analyze pg_temp.import_supply_lines;
end
$$;
comment on function private.keep_new_lines() is 'Leaves the staged lines that bring something new: one for each key.';

-- Units

create function private.check_unit_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'decimals', l.decimals::text, 'bad_number', 'A unit is counted to 0 to 6 decimals.'
  from pg_temp.import_supply_lines as l
  where l.decimals > 6
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  update pg_temp.import_supply_lines as l
  set line_key = l.unit, said = jsonb_build_object('unit_name', l.unit_name, 'decimals', l.decimals);
  update pg_temp.import_supply_lines as l
  set known_id = u.id, known = jsonb_build_object('unit_name', u.name, 'decimals', u.decimals)
  from ops.units as u
  where u.organization_id = private.organization_id() and u.code = l.unit;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('unit_exists');
end
$$;
comment on function private.check_unit_import() is 'Judges staged lines of units.';

create function private.import_units(out units integer)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();
  insert into ops.units (code, name, decimals)
  select l.unit, coalesce(l.unit_name, l.unit), coalesce(l.decimals, 0)
  from pg_temp.import_supply_lines as l
  order by l.line_number;
  get diagnostics units = row_count;
end
$$;
comment on function private.import_units() is 'Adds the units of the staged lines that nothing is wrong with.';

-- Conversions

create function private.check_conversion_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.find_import_variants('sku');
  perform private.refuse_unknown_units();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'to_unit', l.to_unit, 'bad_unit', 'A conversion is from one unit to another.'
  from pg_temp.import_supply_lines as l
  where l.from_unit = l.to_unit
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  update pg_temp.import_supply_lines as l
  set
    line_key = concat_ws('/', least(l.from_unit, l.to_unit), greatest(l.from_unit, l.to_unit), l.product_variant_id),
    said = jsonb_build_object('from_unit', l.from_unit, 'factor', l.factor);
  update pg_temp.import_supply_lines as l
  set
    known_id = c.id,
    known = jsonb_build_object('factor', case c.from_unit when l.from_unit then c.factor else round(1 / c.factor, 6) end)
  from ops.unit_conversions as c
  where c.organization_id = private.organization_id()
    and c.product_variant_id is not distinct from l.product_variant_id
    and (c.from_unit, c.to_unit) in ((l.from_unit, l.to_unit), (l.to_unit, l.from_unit));
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('conversion_exists');
end
$$;
comment on function private.check_conversion_import() is 'Judges staged lines of conversions.';

create function private.import_conversions(out unit_conversions integer)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();
  insert into ops.unit_conversions (product_variant_id, from_unit, to_unit, factor)
  select l.product_variant_id, l.from_unit, l.to_unit, l.factor
  from pg_temp.import_supply_lines as l
  order by l.line_number;
  get diagnostics unit_conversions = row_count;
end
$$;
comment on function private.import_conversions() is 'Adds the conversions of the staged lines that nothing is wrong with.';

-- Products

create function private.find_import_products() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set product_id = known.id
  from (
    select distinct on (f.product_number) f.product_number, p.id
    from (select distinct i.product_number from pg_temp.import_supply_lines as i) as f
    inner join ops.products as p on lower(p.product_number) = lower(f.product_number)
    where p.organization_id = private.organization_id()
    order by f.product_number, p.product_number = f.product_number desc, p.id
  ) as known
  where l.product_number = known.product_number;
end
$$;
comment on function private.find_import_products() is 'Finds the products of the staged lines in the catalogue.';

create function private.check_product_import_variants() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set
    line_key = lower(l.sku),
    known_id = null,
    known = null,
    said = jsonb_build_object(
      'product_number', lower(l.product_number), 'color', lower(l.color), 'size', lower(l.size), 'unit', l.unit,
      'supply_method', l.supply_method, 'tracking', l.tracking, 'standard_cost', l.standard_cost
    );
  update pg_temp.import_supply_lines as l
  set
    known_id = v.id,
    known = jsonb_build_object(
      'product_number', lower(p.product_number), 'color', lower(c.marketing_name), 'size', lower(v.size_label),
      'unit', v.unit, 'supply_method', v.supply_method, 'tracking', v.tracking, 'standard_cost', v.standard_cost
    )
  from ops.product_variants as v
  inner join ops.products as p on p.organization_id = v.organization_id and p.id = v.product_id
  left join ops.colorways as c on c.organization_id = v.organization_id and c.id = v.colorway_id
  where v.organization_id = private.organization_id() and lower(v.sku) = l.line_key;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('sku_exists');

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'sku', l.sku, 'size_has_sku',
    format('It is SKU %s already: a product in one colour and size has one SKU.', o.sku)
  from (
    select
      i.*,
      min(lower(i.sku)) over of_size as first_sku,
      max(lower(i.sku)) over of_size as last_sku
    from pg_temp.import_supply_lines as i
    where not i.is_bad
    window of_size as (partition by lower(i.product_number), lower(i.color), lower(i.size))
  ) as l
  left join ops.product_variants as v
    on v.organization_id = private.organization_id() and v.product_id = l.product_id
    and lower(v.size_label) is not distinct from lower(l.size)
    and exists (
      select
      where v.colorway_id is null and l.color is null
      union all
      select from ops.colorways as c
      where c.organization_id = v.organization_id and c.id = v.colorway_id and lower(c.marketing_name) = lower(l.color)
    )
  cross join lateral (
    values (v.sku), (nullif(l.first_sku, lower(l.sku))), (nullif(l.last_sku, lower(l.sku)))
  ) as o (sku)
  where lower(o.sku) <> lower(l.sku)
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.check_product_import_variants() is
  'A SKU is one product in one colour and size: in the file, and with the catalogue.';

create function private.check_product_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_supply_lines;
  update pg_temp.import_supply_lines as l
  set
    sku = coalesce(l.sku, l.product_number),
    is_style = coalesce(l.is_style, l.color is not null),
    -- of what is no style a colour is a remark
    color = case when l.is_style is not false then l.color end;
  perform private.refuse_unknown_units();
  insert into pg_temp.import_problems (line_number, field, code, reason)
  select l.line_number, 'color', 'missing', 'Empty; a style is sold by its colours.'
  from pg_temp.import_supply_lines as l
  where l.is_style and l.color is null and not l.is_bad
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  perform private.find_import_products();
  update pg_temp.import_supply_lines as l
  set
    line_key = lower(l.product_number),
    said = jsonb_build_object('product_name', l.product_name, 'category', l.category, 'is_style', l.is_style);
  update pg_temp.import_supply_lines as l
  set known_id = p.id, known = jsonb_build_object('product_name', p.name, 'category', p.category, 'is_style', p.style_id is not null)
  from ops.products as p
  where p.organization_id = private.organization_id() and p.id = l.product_id;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('product_exists');
  perform private.check_product_import_variants();
end
$$;
comment on function private.check_product_import() is 'Judges staged lines of products: of each its name and kind, of each SKU what it is.';

create function private.import_products(
  out styles integer, out colorways integer, out products integer, out product_variants integer
)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();

  insert into ops.styles (style_number, name, category)
  select p.product_number, coalesce(p.product_name, p.product_number), p.category
  from (
    select distinct on (lower(l.product_number)) l.*
    from pg_temp.import_supply_lines as l
    where l.is_style and l.product_id is null
    order by lower(l.product_number), l.line_number
  ) as p
  order by p.line_number;
  get diagnostics styles = row_count;
  insert into ops.products (product_number, name, category)
  select p.product_number, coalesce(p.product_name, p.product_number), p.category
  from (
    select distinct on (lower(l.product_number)) l.*
    from pg_temp.import_supply_lines as l
    where not l.is_style and l.product_id is null
    order by lower(l.product_number), l.line_number
  ) as p
  order by p.line_number;
  get diagnostics products = row_count;
  perform private.find_import_products();

  insert into ops.colorways (style_id, marketing_name)
  select c.style_id, c.color
  from (
    select distinct on (p.style_id, lower(l.color)) p.style_id, l.color, l.line_number
    from pg_temp.import_supply_lines as l
    inner join ops.products as p on p.organization_id = private.organization_id() and p.id = l.product_id
    where l.is_style and not exists (
      select from ops.colorways as k
      where k.organization_id = p.organization_id and k.style_id = p.style_id
        and lower(k.marketing_name) = lower(l.color)
    )
    order by p.style_id, lower(l.color), l.line_number
  ) as c
  order by c.line_number;
  get diagnostics colorways = row_count;

  insert into ops.product_variants (
    sku, product_id, colorway_id, size_label, unit, supply_method, tracking, standard_cost
  )
  select
    l.sku, l.product_id, c.id, l.size, coalesce(l.unit, 'EA'), coalesce(l.supply_method, 'buy'),
    coalesce(l.tracking, 'none'), l.standard_cost
  from pg_temp.import_supply_lines as l
  inner join ops.products as p on p.organization_id = private.organization_id() and p.id = l.product_id
  left join ops.colorways as c
    on c.organization_id = p.organization_id and c.style_id = p.style_id and lower(c.marketing_name) = lower(l.color)
  order by l.line_number;
  get diagnostics product_variants = row_count;
end
$$;
comment on function private.import_products() is
  'Adds the products of the staged lines that nothing is wrong with, in their variants: a style with its colours, or another product.';

-- Bills of materials

create function private.check_bom_import_circles() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with recursive staged as (
    select l.line_number, v.id as made_id, l.product_variant_id as component_id
    from pg_temp.import_supply_lines as l
    inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.product_id = l.product_id
    where not l.is_bad and l.line_kind is distinct from 'by_product'
      and (l.made_variant_id is null or l.made_variant_id = v.id)
  ),
  edges as (
    select s.made_id, s.component_id from staged as s
    union
    select e.product_variant_id, e.component_id
    from private.bom_edges as e
    where e.organization_id = private.organization_id()
  ),
  below as (
    select s.line_number, s.made_id, s.component_id from staged as s
    union
    select b.line_number, b.made_id, e.component_id
    from below as b
    inner join edges as e on e.made_id = b.component_id
    where b.component_id <> b.made_id
  )
  select distinct on (l.line_number)
    l.line_number, 'component', l.component, 'bom_circle', format('%s would go into itself.', v.sku)
  from below as b
  inner join pg_temp.import_supply_lines as l on l.line_number = b.line_number
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = b.made_id
  where b.component_id = b.made_id
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.check_bom_import_circles() is 'Nothing is made of itself, at whatever depth: in the file, and with what is there.';

create function private.check_bom_import_existing() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set
    known_id = t.id,
    known = jsonb_build_object(
      'product_number', lower(p.product_number), 'product_sku', lower(v.sku), 'template_name', t.name
    )
  from ops.bom_templates as t
  inner join ops.products as p on p.organization_id = t.organization_id and p.id = t.product_id
  left join ops.product_variants as v on v.organization_id = t.organization_id and v.id = t.product_variant_id
  where t.organization_id = private.organization_id() and lower(t.code) = l.line_key;
  perform private.refuse_known_otherwise('bom_exists');

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with said as (
    select i.bom_template_id, jsonb_agg(i.line order by i.line) as lines
    from (
      select
        l.known_id as bom_template_id,
        jsonb_build_array(
          l.product_variant_id, coalesce(l.line_kind, 'input'), round(l.quantity * coalesce(l.factor, 1), 6),
          coalesce(l.scrap_pct, 0), coalesce(l.setup_quantity, 0), coalesce(l.is_phantom, false), l.valid_from, l.valid_to
        ) as line
      from pg_temp.import_supply_lines as l
      where not l.is_bad and l.known_id is not null
    ) as i
    group by i.bom_template_id
  ),
  known as (
    select i.bom_template_id, jsonb_agg(i.line order by i.line) as lines
    from (
      select
        b.bom_template_id,
        b.id as bom_version_id,
        jsonb_build_array(
          l.product_variant_id, l.kind, l.quantity, l.scrap_pct, l.setup_quantity, l.is_phantom, l.valid_from, l.valid_to
        ) as line
      from said as s
      inner join ops.bom_versions as b
        on b.organization_id = private.organization_id() and b.bom_template_id = s.bom_template_id
      inner join ops.bom_lines as l on l.organization_id = b.organization_id and l.bom_version_id = b.id
    ) as i
    group by i.bom_template_id, i.bom_version_id
  )
  select
    l.line_number, 'component', l.component, 'bom_exists',
    format('Bill of materials %s is there with other lines; an import adds and never changes: revise it.', t.code)
  from pg_temp.import_supply_lines as l
  inner join ops.bom_templates as t on t.organization_id = private.organization_id() and t.id = l.known_id
  inner join said as s on s.bom_template_id = t.id
  where not l.is_bad and not exists (
    select from known as k where k.bom_template_id = s.bom_template_id and k.lines = s.lines
  )
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.check_bom_import_existing() is
  'A bill of materials that has a version with the same lines is left as it is; one that has none is refused.';

create function private.check_bom_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_supply_lines;
  perform private.find_import_products();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'product_number', l.product_number, 'unknown_product',
    'There is no such product; import it first, or correct the number.'
  from pg_temp.import_supply_lines as l
  where l.product_number is not null and l.product_id is null
  order by l.line_number;

  update pg_temp.import_supply_lines as l
  set made_variant_id = v.id
  from ops.product_variants as v
  where v.organization_id = private.organization_id() and v.product_id = l.product_id
    and lower(v.sku) = lower(l.product_sku);
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'product_sku', l.product_sku, 'unknown_sku', format('%s has no such SKU.', l.product_number)
  from pg_temp.import_supply_lines as l
  where l.product_sku is not null and l.made_variant_id is null and l.product_id is not null
  order by l.line_number;

  update pg_temp.import_supply_lines as l
  set
    sku = l.component,
    template = coalesce(l.template, l.product_sku, l.product_number),
    line_key = lower(coalesce(l.template, l.product_sku, l.product_number));
  perform private.find_import_variants('component');
  perform private.convert_import_units();

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'valid_to', l.valid_to::text, 'dates_out_of_order',
    format('The first day on which the line does not count any more comes after its first one, %s.', l.valid_from)
  from pg_temp.import_supply_lines as l
  where l.valid_to <= l.valid_from
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, code, reason)
  select l.line_number, 'is_phantom', 'bad_value', 'What comes out is no phantom.'
  from pg_temp.import_supply_lines as l
  where l.is_phantom and l.line_kind = 'by_product'
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'position', '0', 'bad_number', 'Places in the list are counted from 1.'
  from pg_temp.import_supply_lines as l
  where l.position = 0
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  perform private.check_bom_import_circles();
  update pg_temp.import_supply_lines as l
  set said = jsonb_build_object(
    'product_number', lower(l.product_number), 'product_sku', lower(l.product_sku), 'template_name', l.template_name,
    'in_force_from', l.in_force_from
  );
  perform private.refuse_differing_lines();
  perform private.check_bom_import_existing();
  perform private.refuse_incomplete('bill of materials');
end
$$;
comment on function private.check_bom_import() is 'Judges staged lines of bills of materials.';

create function private.import_boms(
  activate boolean, out bom_templates integer, out bom_lines integer, out unchanged_boms integer
)
language plpgsql
set search_path = ''
as $$
begin
  unchanged_boms := (
    select count(distinct l.known_id) from pg_temp.import_supply_lines as l where not l.is_bad
  );
  delete from pg_temp.import_supply_lines as l where l.is_bad or l.known_id is not null;
  analyze pg_temp.import_supply_lines;

  insert into ops.bom_templates (product_id, product_variant_id, code, name, is_default)
  select
    t.product_id, t.made_variant_id, t.template, coalesce(t.template_name, t.template),
    -- The first one of what has none is what is planned with.
    row_number() over (partition by t.product_id, t.made_variant_id order by t.line_number) = 1 and not exists (
      select from ops.bom_templates as k
      where k.organization_id = private.organization_id() and k.product_id = t.product_id
        and k.product_variant_id is not distinct from t.made_variant_id and k.is_default
    )
  from (
    select distinct on (l.line_key) l.*
    from pg_temp.import_supply_lines as l
    order by l.line_key, l.line_number
  ) as t
  order by t.line_number;
  get diagnostics bom_templates = row_count;

  update pg_temp.import_supply_lines as l
  set known_id = t.id
  from ops.bom_templates as t
  where t.organization_id = private.organization_id() and lower(t.code) = l.line_key;
  insert into ops.bom_versions (bom_template_id, valid_from)
  select l.known_id, coalesce(min(l.in_force_from), min(l.valid_from), current_date)
  from pg_temp.import_supply_lines as l
  group by l.known_id;

  insert into ops.bom_lines (
    bom_version_id, position, product_variant_id, kind, quantity, scrap_pct, setup_quantity, is_phantom,
    valid_from, valid_to
  )
  select
    b.id, coalesce(l.position, 10 * row_number() over (partition by l.known_id order by l.line_number)),
    l.product_variant_id, coalesce(l.line_kind, 'input'), l.quantity * coalesce(l.factor, 1), coalesce(l.scrap_pct, 0),
    coalesce(l.setup_quantity, 0), coalesce(l.is_phantom, false), l.valid_from, l.valid_to
  from pg_temp.import_supply_lines as l
  inner join ops.bom_versions as b on b.organization_id = private.organization_id() and b.bom_template_id = l.known_id
  order by l.line_number;
  get diagnostics bom_lines = row_count;

  if activate then
    update ops.bom_versions as b
    set status = 'active'
    where b.organization_id = private.organization_id()
      and b.bom_template_id in (select l.known_id from pg_temp.import_supply_lines as l);
  end if;
end
$$;
comment on function private.import_boms(boolean) is
  'Adds the bills of materials of the staged lines that nothing is wrong with, one template each in its first version. Without a day stated that is in force from the first day of any of its lines, else from today. `activate`: else it stays a draft.';

-- Stock

create function private.find_import_places() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set stock_location_id = p.id
  from ops.warehouses as w
  inner join ops.stock_locations as p on p.organization_id = w.organization_id and p.warehouse_id = w.id
  where w.organization_id = private.organization_id()
    and lower(w.code) = lower(l.warehouse) and lower(p.code) = lower(l.location);
end
$$;
comment on function private.find_import_places() is 'Finds the places of the staged lines, by warehouse and code.';

create function private.check_stock_import(create_places boolean) returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_supply_lines;
  perform private.find_import_variants('sku');
  perform private.convert_import_units();
  perform private.refuse_unit_decimals();
  perform private.find_import_places();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'location', l.location, 'unknown_place',
    format('Warehouse %s has no such place; add it, or let the mapping say create_places = true.', l.warehouse)
  from pg_temp.import_supply_lines as l
  where l.warehouse is not null and l.location is not null and l.stock_location_id is null and not create_places
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'lot', l.lot, 'bad_lot',
    format(
      case v.tracking when 'none' then '%s is not tracked by lot; leave it out.' else '%s is tracked by %s; say which.' end,
      v.sku, v.tracking
    )
  from pg_temp.import_supply_lines as l
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = l.product_variant_id
  where (v.tracking = 'none') <> (l.lot is null)
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'quantity', trim_scale(l.quantity)::text, 'bad_quantity', 'A serial number is one piece.'
  from pg_temp.import_supply_lines as l
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = l.product_variant_id
  where v.tracking = 'serial' and l.quantity * coalesce(l.factor, 1) > 1
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  -- A piece with a serial number is in one place.
  update pg_temp.import_supply_lines as l
  set
    line_key = jsonb_build_array(
      l.product_variant_id, lower(l.lot),
      case v.tracking when 'serial' then null else jsonb_build_array(lower(l.warehouse), lower(l.location)) end
    ),
    said = jsonb_build_object('quantity', l.quantity * coalesce(l.factor, 1))
  from ops.product_variants as v
  where v.organization_id = private.organization_id() and v.id = l.product_variant_id;
  perform private.refuse_repeated_lines('Line %s says already how much of it lies there.');

  update pg_temp.import_supply_lines as l
  set known_id = o.id, known = jsonb_build_object('quantity', o.quantity)
  from (
    select m.product_variant_id, m.to_location_id, lower(t.lot_number) as lot, min(m.id::text)::uuid as id, sum(m.quantity) as quantity
    from ops.stock_moves as m
    left join ops.lots as t on t.organization_id = m.organization_id and t.id = m.lot_id
    where m.organization_id = private.organization_id() and m.reason = 'opening'
    group by m.product_variant_id, m.to_location_id, lower(t.lot_number)
  ) as o
  where o.product_variant_id = l.product_variant_id and o.to_location_id = l.stock_location_id
    and o.lot is not distinct from lower(l.lot);
  perform private.refuse_known_otherwise('stock_exists');
end
$$;
comment on function private.check_stock_import(boolean) is
  'Judges staged lines of a stock list. `create_places`: whether a warehouse or a place that is not there is made.';

create function private.import_stock(
  out warehouses integer, out stock_locations integer, out lots integer, out stock_moves integer
)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();

  insert into ops.warehouses (code, name)
  select w.warehouse, w.warehouse
  from (
    select distinct on (lower(l.warehouse)) l.warehouse, l.line_number
    from pg_temp.import_supply_lines as l
    where not exists (
      select from ops.warehouses as k
      where k.organization_id = private.organization_id() and lower(k.code) = lower(l.warehouse)
    )
    order by lower(l.warehouse), l.line_number
  ) as w
  order by w.line_number;
  get diagnostics warehouses = row_count;

  insert into ops.stock_locations (warehouse_id, code)
  select w.id, p.location
  from (
    select distinct on (lower(l.warehouse), lower(l.location)) l.warehouse, l.location, l.line_number
    from pg_temp.import_supply_lines as l
    where l.stock_location_id is null
    order by lower(l.warehouse), lower(l.location), l.line_number
  ) as p
  inner join ops.warehouses as w on w.organization_id = private.organization_id() and lower(w.code) = lower(p.warehouse)
  order by p.line_number;
  get diagnostics stock_locations = row_count;
  perform private.find_import_places();

  insert into ops.lots (product_variant_id, lot_number)
  select p.product_variant_id, p.lot
  from (
    select distinct on (l.product_variant_id, lower(l.lot)) l.product_variant_id, l.lot, l.line_number
    from pg_temp.import_supply_lines as l
    where l.lot is not null and not exists (
      select from ops.lots as k
      where k.organization_id = private.organization_id() and k.product_variant_id = l.product_variant_id
        and lower(k.lot_number) = lower(l.lot)
    )
    order by l.product_variant_id, lower(l.lot), l.line_number
  ) as p
  order by p.line_number;
  get diagnostics lots = row_count;

  -- Where nothing lies nothing moves.
  insert into ops.stock_moves (product_variant_id, to_location_id, lot_id, quantity, reason, unit_cost)
  select
    l.product_variant_id, l.stock_location_id, t.id, l.quantity * coalesce(l.factor, 1), 'opening',
    l.unit_cost / coalesce(l.factor, 1)
  from pg_temp.import_supply_lines as l
  left join ops.lots as t
    on t.organization_id = private.organization_id() and t.product_variant_id = l.product_variant_id
    and lower(t.lot_number) = lower(l.lot)
  where l.quantity > 0
  order by l.line_number;
  get diagnostics stock_moves = row_count;
end
$$;
comment on function private.import_stock() is
  'Opens the stock of the staged lines that nothing is wrong with: one move by reason `opening` each, and the places and lots that are not there yet.';

-- Vendors

create function private.check_vendor_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.find_import_vendors();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'email', l.email, 'bad_value', 'Not an address of a mailbox, like orders@example.com.'
  from pg_temp.import_supply_lines as l
  where l.email !~ '^[^@[:space:]]+@[^@[:space:]]+$'
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  update pg_temp.import_supply_lines as l
  set
    line_key = lower(l.vendor),
    said = jsonb_build_object(
      'vendor_name', l.vendor_name, 'approval_status', l.approval_status, 'currency', l.currency,
      'lead_time_days', l.lead_time_days, 'payment_terms_days', l.payment_terms_days, 'email', l.email
    );
  update pg_temp.import_supply_lines as l
  set
    known_id = d.id,
    known = jsonb_build_object(
      'vendor_name', d.name, 'approval_status', d.approval_status, 'currency', d.currency,
      'lead_time_days', d.lead_time_days, 'payment_terms_days', d.payment_terms_days, 'email', d.email
    )
  from ops.directory as d
  where d.organization_id = private.organization_id() and d.id = l.vendor_id;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('vendor_exists');
end
$$;
comment on function private.check_vendor_import() is 'Judges staged lines of vendors.';

create function private.import_vendors(out vendors integer)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();
  insert into ops.directory (
    kinds, code, name, approval_status, currency, lead_time_days, payment_terms_days, email
  )
  select
    '{vendor}', l.vendor, coalesce(l.vendor_name, l.vendor), coalesce(l.approval_status, 'pending'), l.currency,
    l.lead_time_days, l.payment_terms_days, l.email
  from pg_temp.import_supply_lines as l
  order by l.line_number;
  get diagnostics vendors = row_count;
end
$$;
comment on function private.import_vendors() is 'Adds the vendors of the staged lines that nothing is wrong with to the directory.';
