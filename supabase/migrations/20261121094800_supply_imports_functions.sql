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
    warehouse_name text,
    warehouse_id uuid,
    location_kind ops.stock_location_kind,
    vendor_sku text,
    minimum_qty numeric,
    multiple_qty numeric,
    preference integer,
    from_qty numeric,
    unit_price numeric,
    version text,
    starts_on date,
    ends_on date,
    po_number text,
    purchase_order_id uuid,
    purchase_order_line_id uuid,
    goods_receipt_id uuid,
    status ops.purchase_order_status,
    order_date date,
    note text,
    tax_amount numeric,
    freight_amount numeric,
    subtotal numeric,
    total numeric,
    line_total numeric,
    need_by date,
    promised_date date,
    received_qty numeric,
    rejected_qty numeric,
    stocked_qty numeric,
    received_on date,
    delivery_note text,

    constraint import_supply_lines_pkey primary key (line_number)
  ) on commit drop;
  -- What procurement ordered the warehouse receives.
  grant select on pg_temp.import_supply_lines to oms_warehouse;
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
    select v.id, l.product_variant_id
    from ops.bom_lines as l
    inner join ops.bom_versions as b on b.organization_id = l.organization_id and b.id = l.bom_version_id
    inner join ops.bom_templates as t on t.organization_id = b.organization_id and t.id = b.bom_template_id
    inner join ops.product_variants as v on v.organization_id = t.organization_id and v.product_id = t.product_id
    where l.organization_id = private.organization_id() and l.kind = 'input'
      and coalesce(t.product_variant_id = v.id, true)
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

create function private.import_boms(out bom_templates integer, out unchanged_boms integer)
language plpgsql
set search_path = ''
as $$
begin
  unchanged_boms := (
    select count(distinct l.known_id)::integer from pg_temp.import_supply_lines as l where not l.is_bad
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

  update pg_temp.import_supply_lines as l
  set position = n.position
  from (
    select i.line_number, 10 * row_number() over (partition by i.known_id order by i.line_number) as position
    from pg_temp.import_supply_lines as i
  ) as n
  where n.line_number = l.line_number and l.position is null;
end
$$;
comment on function private.import_boms() is
  'Adds the bills of materials of the staged lines that nothing is wrong with, one template each in its first version. Without a day stated that is in force from the first day of any of its lines, else from today.';

create function private.import_bom_lines(is_sample boolean, activate boolean, out bom_lines integer)
language plpgsql
set search_path = ''
as $$
declare
  last_line constant integer := (
    select max(i.line_number)
    from (select l.line_number from pg_temp.import_supply_lines as l order by l.line_number limit 100) as i
  );
begin
  insert into ops.bom_lines (
    bom_version_id, position, product_variant_id, kind, quantity, scrap_pct, setup_quantity, is_phantom,
    valid_from, valid_to
  )
  select
    b.id, l.position, l.product_variant_id, coalesce(l.line_kind, 'input'), l.quantity * coalesce(l.factor, 1),
    coalesce(l.scrap_pct, 0), coalesce(l.setup_quantity, 0), coalesce(l.is_phantom, false), l.valid_from, l.valid_to
  from pg_temp.import_supply_lines as l
  inner join ops.bom_versions as b on b.organization_id = private.organization_id() and b.bom_template_id = l.known_id
  where (l.line_number <= last_line) = is_sample
  order by l.line_number;
  get diagnostics bom_lines = row_count;

  if activate and not is_sample then
    update ops.bom_versions as b
    set status = 'active'
    where b.organization_id = private.organization_id()
      and b.bom_template_id in (select l.known_id from pg_temp.import_supply_lines as l);
  end if;
end
$$;
comment on function private.import_bom_lines(boolean, boolean) is
  'Adds the lines of an import''s bills of materials. First a sample: circles are looked for in the others by a plan that knows such lines. `activate`: else the bills stay drafts.';

-- Warehouses and their places

create function private.find_import_warehouses() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set warehouse_id = w.id
  from ops.warehouses as w
  where w.organization_id = private.organization_id() and lower(w.code) = lower(l.warehouse);
end
$$;
comment on function private.find_import_warehouses() is 'Finds the warehouses of the staged lines by code.';

create function private.add_import_warehouses() returns integer
language plpgsql
set search_path = ''
as $$
declare
  warehouses integer;
begin
  insert into ops.warehouses (code, name)
  select w.warehouse, coalesce(w.warehouse_name, w.warehouse)
  from (
    select distinct on (lower(l.warehouse)) l.*
    from pg_temp.import_supply_lines as l
    where l.warehouse_id is null
    order by lower(l.warehouse), l.line_number
  ) as w
  order by w.line_number;
  get diagnostics warehouses = row_count;
  perform private.find_import_warehouses();
  return warehouses;
end
$$;
comment on function private.add_import_warehouses() is 'Adds the staged lines'' warehouses that are not there yet.';

create function private.add_import_places() returns integer
language plpgsql
set search_path = ''
as $$
declare
  stock_locations integer;
begin
  insert into ops.stock_locations (warehouse_id, code, kind)
  select p.warehouse_id, p.location, coalesce(p.location_kind, 'storage')
  from (
    select distinct on (l.warehouse_id, lower(l.location)) l.*
    from pg_temp.import_supply_lines as l
    where l.stock_location_id is null and l.location is not null
    order by l.warehouse_id, lower(l.location), l.line_number
  ) as p
  order by p.line_number;
  get diagnostics stock_locations = row_count;
  perform private.find_import_places();
  return stock_locations;
end
$$;
comment on function private.add_import_places() is 'Adds the staged lines'' places that are not there yet.';

create function private.check_place_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.find_import_warehouses();
  perform private.find_import_places();
  update pg_temp.import_supply_lines as l
  set line_key = lower(l.warehouse), said = jsonb_build_object('warehouse_name', l.warehouse_name);
  update pg_temp.import_supply_lines as l
  set known = jsonb_build_object('warehouse_name', w.name)
  from ops.warehouses as w
  where w.organization_id = private.organization_id() and w.id = l.warehouse_id;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('place_exists');

  update pg_temp.import_supply_lines as l
  set
    line_key = jsonb_build_array(lower(l.warehouse), lower(l.location)),
    said = jsonb_build_object('location_kind', l.location_kind),
    known_id = case when l.location is null then l.warehouse_id end,
    known = null;
  update pg_temp.import_supply_lines as l
  set known_id = p.id, known = jsonb_build_object('location_kind', p.kind)
  from ops.stock_locations as p
  where p.organization_id = private.organization_id() and p.id = l.stock_location_id;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('place_exists');
end
$$;
comment on function private.check_place_import() is 'Judges staged lines of warehouses and their places.';

create function private.import_places(out warehouses integer, out stock_locations integer)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();
  warehouses := private.add_import_warehouses();
  stock_locations := private.add_import_places();
end
$$;
comment on function private.import_places() is 'Adds the warehouses and places of the staged lines that nothing is wrong with.';

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
  perform private.find_import_warehouses();
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
  complete boolean, out warehouses integer, out stock_locations integer, out lots integer, out stock_moves integer
)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();

  warehouses := private.add_import_warehouses();
  if complete then
    -- What came in before the list was made lies where the list says.
    insert into ops.stock_moves (product_variant_id, from_location_id, lot_id, quantity, reason, reference)
    select s.product_variant_id, s.stock_location_id, s.lot_id, s.on_hand, 'count', 'Opening balance'
    from ops.stock_levels as s
    where s.organization_id = private.organization_id() and s.on_hand > 0
      and s.warehouse_id in (select l.warehouse_id from pg_temp.import_supply_lines as l)
      and not exists (
        select from ops.stock_moves as m
        inner join ops.stock_locations as p on p.organization_id = m.organization_id and p.id = m.to_location_id
        where m.organization_id = s.organization_id and m.reason = 'opening' and p.warehouse_id = s.warehouse_id
      );
  end if;
  stock_locations := private.add_import_places();

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
comment on function private.import_stock(boolean) is
  'Opens the stock of the staged lines that nothing is wrong with: one move by reason `opening` each, and the places and lots that are not there yet. `complete`: what else is on hand in a warehouse that is opened is counted out first.';

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

-- Offers

create function private.check_offer_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_supply_lines;
  perform private.find_import_vendors();
  perform private.refuse_unknown_vendors();
  perform private.find_import_variants('sku');
  perform private.convert_import_units();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'valid_to', l.valid_to::text, 'dates_out_of_order',
    format('The first day on which it cannot be ordered any more comes after its first one, %s.', l.valid_from)
  from pg_temp.import_supply_lines as l
  where l.valid_to <= l.valid_from
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'preference', '0', 'bad_number', 'Preferences are counted from 1.'
  from pg_temp.import_supply_lines as l
  where l.preference = 0
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  -- The terms of an offer, then its prices.
  update pg_temp.import_supply_lines as l
  set
    line_key = jsonb_build_array(l.vendor_id, l.product_variant_id, l.valid_from),
    said = jsonb_build_object(
      'vendor_sku', l.vendor_sku, 'unit', l.unit, 'currency', l.currency, 'lead_time_days', l.lead_time_days,
      'minimum_qty', l.minimum_qty, 'multiple_qty', l.multiple_qty, 'preference', l.preference, 'valid_to', l.valid_to
    );
  update pg_temp.import_supply_lines as l
  set
    known_id = s.id,
    known = jsonb_build_object(
      'vendor_sku', s.vendor_sku, 'unit', s.purchase_unit, 'currency', s.currency, 'lead_time_days', s.lead_time_days,
      'minimum_qty', s.minimum_qty, 'multiple_qty', s.multiple_qty, 'preference', s.preference, 'valid_to', s.valid_to
    )
  from ops.supplier_products as s
  where s.organization_id = private.organization_id() and s.vendor_id = l.vendor_id
    and s.product_variant_id = l.product_variant_id and s.valid_from is not distinct from l.valid_from;
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('offer_exists');

  update pg_temp.import_supply_lines as l
  set
    line_key = jsonb_build_array(l.vendor_id, l.product_variant_id, l.valid_from, coalesce(l.from_qty, 0)),
    said = jsonb_build_object('unit_price', l.unit_price),
    known = null;
  update pg_temp.import_supply_lines as l
  set known = jsonb_build_object('unit_price', b.unit_price)
  from ops.supplier_price_breaks as b
  where b.organization_id = private.organization_id() and b.supplier_product_id = l.known_id
    and b.from_qty = coalesce(l.from_qty, 0);
  perform private.refuse_differing_lines();
  perform private.refuse_known_otherwise('offer_exists');
end
$$;
comment on function private.check_offer_import() is 'Judges staged lines of vendors'' price lists: an offer''s terms, and its prices.';

create function private.import_offers(out supplier_products integer, out supplier_price_breaks integer)
language plpgsql
set search_path = ''
as $$
begin
  delete from pg_temp.import_supply_lines as l where l.is_bad;
  analyze pg_temp.import_supply_lines;

  insert into ops.supplier_products (
    vendor_id, product_variant_id, vendor_sku, purchase_unit, currency, lead_time_days, minimum_qty, multiple_qty,
    preference, valid_from, valid_to
  )
  select
    o.vendor_id, o.product_variant_id, o.vendor_sku, o.unit, o.currency, o.lead_time_days, coalesce(o.minimum_qty, 0),
    o.multiple_qty, coalesce(o.preference, 100), o.valid_from, o.valid_to
  from (
    select distinct on (l.vendor_id, l.product_variant_id, l.valid_from) l.*
    from pg_temp.import_supply_lines as l
    where l.known_id is null
    order by l.vendor_id, l.product_variant_id, l.valid_from, l.line_number
  ) as o
  order by o.line_number;
  get diagnostics supplier_products = row_count;
  update pg_temp.import_supply_lines as l
  set known_id = s.id
  from ops.supplier_products as s
  where s.organization_id = private.organization_id() and s.vendor_id = l.vendor_id
    and s.product_variant_id = l.product_variant_id and s.valid_from is not distinct from l.valid_from;

  insert into ops.supplier_price_breaks (supplier_product_id, from_qty, unit_price)
  select b.known_id, coalesce(b.from_qty, 0), b.unit_price
  from (
    select distinct on (l.line_key) l.*
    from pg_temp.import_supply_lines as l
    where l.known is null
    order by l.line_key, l.line_number
  ) as b
  order by b.line_number;
  get diagnostics supplier_price_breaks = row_count;
end
$$;
comment on function private.import_offers() is 'Adds what vendors sell by the staged lines that nothing is wrong with, with its prices.';

-- Forecasts

create function private.check_forecast_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_supply_lines;
  perform private.find_import_variants('sku');
  perform private.convert_import_units();
  perform private.refuse_unit_decimals();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'ends_on', l.ends_on::text, 'dates_out_of_order',
    format('The period''s last day is not before its first one, %s.', l.starts_on)
  from pg_temp.import_supply_lines as l
  where l.ends_on < l.starts_on
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  update pg_temp.import_supply_lines as l
  set
    line_key = jsonb_build_array(l.product_variant_id, coalesce(l.version, 'current'), l.starts_on),
    said = jsonb_build_object('ends_on', l.ends_on, 'quantity', l.quantity * coalesce(l.factor, 1));
  update pg_temp.import_supply_lines as l
  set known_id = f.id, known = jsonb_build_object('ends_on', f.ends_on, 'quantity', f.quantity)
  from ops.demand_forecasts as f
  where f.organization_id = private.organization_id() and f.product_variant_id = l.product_variant_id
    and f.version = coalesce(l.version, 'current') and f.starts_on = l.starts_on;
  perform private.refuse_repeated_lines('Line %s says already what is expected of it from this day on.');
  perform private.refuse_known_otherwise('forecast_exists');
end
$$;
comment on function private.check_forecast_import() is 'Judges staged lines of a forecast.';

create function private.import_forecasts(out demand_forecasts integer)
language plpgsql
set search_path = ''
as $$
begin
  perform private.keep_new_lines();
  insert into ops.demand_forecasts (product_variant_id, version, starts_on, ends_on, quantity)
  select
    l.product_variant_id, coalesce(l.version, 'current'), l.starts_on, l.ends_on, l.quantity * coalesce(l.factor, 1)
  from pg_temp.import_supply_lines as l
  order by l.line_number;
  get diagnostics demand_forecasts = row_count;
end
$$;
comment on function private.import_forecasts() is 'Adds the forecast of the staged lines that nothing is wrong with.';

-- Purchase orders

create function private.check_purchase_order_import_totals() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, f.field, trim_scale(f.stated)::text, 'total_differs',
    format('%s is %s.', f.sum_of, trim_scale(f.reckoned))
  from pg_temp.import_supply_lines as l
  cross join lateral (
    values
    (
      'line_total', l.line_total, round(l.quantity * l.unit_price, 4),
      format('%s times %s', trim_scale(l.quantity), trim_scale(l.unit_price))
    ),
    (
      'stocked_qty', l.stocked_qty, l.received_qty - coalesce(l.rejected_qty, 0),
      format('%s received less %s rejected', trim_scale(l.received_qty), trim_scale(coalesce(l.rejected_qty, 0)))
    )
  ) as f (field, stated, reckoned, sum_of)
  where f.stated <> f.reckoned
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, f.field, trim_scale(f.stated)::text, 'total_differs', format('%s is %s.', f.sum_of, trim_scale(f.reckoned))
  from pg_temp.import_supply_lines as l
  inner join (
    select i.line_key, sum(round(i.quantity * i.unit_price, 4)) as subtotal
    from pg_temp.import_supply_lines as i
    group by i.line_key
    having bool_and(i.quantity is not null and i.unit_price is not null)
  ) as o on o.line_key = l.line_key
  cross join lateral (
    values
    ('subtotal', l.subtotal, o.subtotal, 'The sum of the order''s lines'),
    (
      'total', l.total, o.subtotal + coalesce(l.tax_amount, 0) + coalesce(l.freight_amount, 0),
      'The sum of the order''s lines, tax and freight'
    )
  ) as f (field, stated, reckoned, sum_of)
  where f.stated <> f.reckoned
  order by l.line_number;
end
$$;
comment on function private.check_purchase_order_import_totals() is
  'Totals that a line states are what we reckon: price times quantity, received less rejected, the order''s lines with tax and freight.';

create function private.check_purchase_order_import_lines() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.find_import_variants('sku');
  perform private.convert_import_units();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'quantity', trim_scale(l.quantity)::text, 'bad_quantity',
    format('%s is counted to %s decimals.', u.code, u.decimals)
  from pg_temp.import_supply_lines as l
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = l.product_variant_id
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = coalesce(l.unit, v.unit)
  where l.quantity <> round(l.quantity, u.decimals)
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'position', '0', 'bad_number', 'Lines of an order are counted from 1.'
  from pg_temp.import_supply_lines as l
  where l.position = 0
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, f.field, f.value, f.code, f.reason
  from pg_temp.import_supply_lines as l
  left join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = l.product_variant_id
  cross join lateral (
    values
    (
      'rejected_qty', trim_scale(l.rejected_qty)::text, 'bad_quantity', 'More is rejected than came.',
      l.rejected_qty > coalesce(l.received_qty, 0)
    ),
    (
      'received_qty', trim_scale(l.received_qty)::text, 'over_received',
      format('%s were ordered, and no more than the tolerance on top of it is taken in.', trim_scale(l.quantity)),
      l.received_qty - coalesce(l.rejected_qty, 0)
      > l.quantity * (1 + (private.settings()).over_receipt_tolerance_pct / 100)
    ),
    (
      'received_on', null, 'missing', 'Empty; say when the goods came.',
      l.received_qty > 0 and l.received_on is null and not l.is_bad
    ),
    (
      'received_on', l.received_on::text, 'bad_date', 'The goods have not come yet.', l.received_on > current_date
    ),
    (
      'received_qty', trim_scale(l.received_qty)::text, 'bad_status', 'Nothing comes of an order that was not sent.',
      l.received_qty > 0 and coalesce(l.status, 'draft') = 'draft'
    ),
    (
      'received_qty', trim_scale(l.received_qty)::text, 'bad_lot',
      format('%s is tracked by %s; receive it yourself, saying which.', v.sku, v.tracking),
      l.received_qty > 0 and v.tracking <> 'none'
    )
  ) as f (field, value, code, reason, is_wrong)
  where f.is_wrong
  order by l.line_number;
end
$$;
comment on function private.check_purchase_order_import_lines() is
  'What was ordered is a variant in a unit that we know, and what came of it is no more than was ordered.';

create function private.check_purchase_order_import_orders() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.find_import_vendors();
  perform private.refuse_unknown_vendors();
  perform private.find_import_warehouses();
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'warehouse', l.warehouse, 'unknown_place', 'There is no such warehouse; import it first (places).'
  from pg_temp.import_supply_lines as l
  where l.warehouse is not null and l.warehouse_id is null
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, code, reason)
  select l.line_number, 'warehouse', 'missing', 'Empty, and there is no warehouse yet; import one first (places).'
  from pg_temp.import_supply_lines as l
  where l.warehouse is null
    and not exists (select from ops.warehouses as w where w.organization_id = private.organization_id())
  order by l.line_number;
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'vendor', l.vendor, 'vendor_not_approved',
    format('%s is %s; approve the vendor first, or bring the order in as a draft.', d.name, d.approval_status)
  from pg_temp.import_supply_lines as l
  inner join ops.directory as d on d.organization_id = private.organization_id() and d.id = l.vendor_id
  where l.status in ('sent', 'closed') and d.approval_status <> 'approved' and 'vendor' = any(d.kinds)
  order by l.line_number;

  update pg_temp.import_supply_lines as l
  set
    line_key = jsonb_build_array(l.vendor_id, l.po_number),
    said = jsonb_build_object(
      'status', l.status, 'order_date', l.order_date, 'warehouse', lower(l.warehouse), 'currency', l.currency,
      'note', l.note, 'tax_amount', l.tax_amount, 'freight_amount', l.freight_amount, 'subtotal', l.subtotal,
      'total', l.total
    )
  where l.vendor_id is not null and l.po_number is not null;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
  perform private.refuse_differing_lines();

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select l.line_number, 'currency', c.currency, 'unknown_rate', 'No rate of it is known today; add it to exchange_rates first.'
  from pg_temp.import_supply_lines as l
  inner join ops.directory as d on d.organization_id = private.organization_id() and d.id = l.vendor_id
  inner join ops.organizations as o on o.id = d.organization_id
  cross join lateral (select coalesce(l.currency, d.currency, o.currency) as currency) as c
  where l.status in ('sent', 'closed') and not l.is_bad and private.in_own_currency(1, c.currency) is null
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  -- Approval is a person's, and not whoever brings an order in.
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'status', l.status::text, 'needs_approval',
    'Orders of this amount need an approval; bring it in as a draft.'
  from pg_temp.import_supply_lines as l
  inner join (
    select
      i.line_key,
      private.in_own_currency(
        sum(i.quantity * i.unit_price) + coalesce(max(i.tax_amount), 0) + coalesce(max(i.freight_amount), 0),
        coalesce(max(i.currency), max(d.currency), max(o.currency))
      ) as total
    from pg_temp.import_supply_lines as i
    inner join ops.directory as d on d.organization_id = private.organization_id() and d.id = i.vendor_id
    inner join ops.organizations as o on o.id = d.organization_id
    group by i.line_key
  ) as o on o.line_key = l.line_key
  where l.status in ('sent', 'closed') and not l.is_bad and exists (
    select from ops.purchase_approval_tiers as t
    where t.organization_id = private.organization_id() and t.from_amount <= o.total
  )
  order by l.line_number;
end
$$;
comment on function private.check_purchase_order_import_orders() is
  'Lines of one vendor and number are one order: of an approved vendor, for a warehouse that is there.';

create function private.check_purchase_order_import_existing() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_supply_lines as l
  set
    known_id = o.id,
    known = jsonb_build_object(
      'order_date', o.order_date, 'warehouse', lower(w.code), 'currency', o.currency, 'note', o.note,
      'tax_amount', o.tax_amount, 'freight_amount', o.freight_amount
    )
  from ops.purchase_orders as o
  inner join ops.warehouses as w on w.organization_id = o.organization_id and w.id = o.warehouse_id
  where o.organization_id = private.organization_id() and o.vendor_id = l.vendor_id and o.po_number = l.po_number;
  perform private.refuse_known_otherwise('purchase_order_exists');

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with said as (
    select i.purchase_order_id, jsonb_agg(i.line order by i.line) as lines
    from (
      select
        l.known_id as purchase_order_id,
        jsonb_build_array(
          l.product_variant_id, l.quantity, coalesce(l.unit, v.unit), l.unit_price, l.need_by
        ) as line
      from pg_temp.import_supply_lines as l
      inner join ops.product_variants as v
        on v.organization_id = private.organization_id() and v.id = l.product_variant_id
      where not l.is_bad and l.known_id is not null
    ) as i
    group by i.purchase_order_id
  ),
  known as (
    select l.purchase_order_id, jsonb_agg(l.line order by l.line) as lines
    from (
      select
        k.purchase_order_id,
        jsonb_build_array(k.product_variant_id, k.quantity, k.unit, k.unit_price, k.need_by) as line
      from said as s
      inner join ops.purchase_order_lines as k
        on k.organization_id = private.organization_id() and k.purchase_order_id = s.purchase_order_id
    ) as l
    group by l.purchase_order_id
  )
  select
    l.line_number, 'po_number', l.po_number, 'purchase_order_exists',
    'The order is there with other lines; an import adds orders and never changes one.'
  from pg_temp.import_supply_lines as l
  inner join said as s on s.purchase_order_id = l.known_id
  left join known as k on k.purchase_order_id = s.purchase_order_id
  where not l.is_bad and k.lines is distinct from s.lines
  order by l.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
end
$$;
comment on function private.check_purchase_order_import_existing() is
  'An order that exists with the same lines is left as it is, whatever came of it since; one that exists with others is refused.';

create function private.check_purchase_order_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_supply_lines;
  perform private.check_purchase_order_import_lines();
  perform private.check_purchase_order_import_orders();
  perform private.check_purchase_order_import_totals();
  perform private.mark_import_lines('pg_temp.import_supply_lines');

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    r.line_number, 'position', r.position::text, 'repeated_line', format('Line %s is this line of the order already.', r.first_line)
  from (
    select l.line_number, l.position, min(l.line_number) over (partition by l.line_key, l.position) as first_line
    from pg_temp.import_supply_lines as l
    where not l.is_bad and l.position is not null
  ) as r
  where r.line_number <> r.first_line
  order by r.line_number;
  perform private.mark_import_lines('pg_temp.import_supply_lines');
  perform private.check_purchase_order_import_existing();
  perform private.refuse_incomplete('order');
end
$$;
comment on function private.check_purchase_order_import() is 'Judges staged lines of purchase orders.';

create function private.send_imported_purchase_orders() returns void
language plpgsql
set search_path = ''
as $$
declare
  next_status ops.purchase_order_status;
begin
  -- Below the lowest tier of approval, which was checked, what is submitted is approved.
  foreach next_status in array '{submitted,sent}'::ops.purchase_order_status [] loop
    update ops.purchase_orders as o
    set status = next_status
    from (
      select distinct l.purchase_order_id
      from pg_temp.import_supply_lines as l
      where l.status in ('sent', 'closed')
    ) as s
    where o.organization_id = private.organization_id() and o.id = s.purchase_order_id;
  end loop;
  update ops.purchase_order_lines as k
  set promised_date = l.promised_date
  from pg_temp.import_supply_lines as l
  where k.organization_id = private.organization_id() and k.id = l.purchase_order_line_id
    and l.promised_date is not null and l.status in ('sent', 'closed');
  update ops.purchase_orders as o
  set status = 'closed'
  from (
    select distinct l.purchase_order_id
    from pg_temp.import_supply_lines as l
    where l.status = 'closed'
  ) as s
  where o.organization_id = private.organization_id() and o.id = s.purchase_order_id;
end
$$;
comment on function private.send_imported_purchase_orders() is
  'Brings the orders that were imported as far as their lines say: to the vendor, with what it promised, and closed.';

create function private.import_purchase_orders(
  out purchase_orders integer, out purchase_order_lines integer, out unchanged_purchase_orders integer
)
language plpgsql
set search_path = ''
as $$
begin
  unchanged_purchase_orders := (
    select count(distinct l.known_id)::integer from pg_temp.import_supply_lines as l where not l.is_bad
  );
  delete from pg_temp.import_supply_lines as l where l.is_bad or l.known_id is not null;
  analyze pg_temp.import_supply_lines;

  insert into ops.purchase_orders (
    vendor_id, po_number, warehouse_id, currency, order_date, tax_amount, freight_amount, note
  )
  select
    o.vendor_id, o.po_number, o.warehouse_id, o.currency, o.order_date, coalesce(o.tax_amount, 0),
    coalesce(o.freight_amount, 0), o.note
  from (
    select distinct on (l.line_key) l.*
    from pg_temp.import_supply_lines as l
    order by l.line_key, l.line_number
  ) as o
  order by o.line_number;
  get diagnostics purchase_orders = row_count;
  update pg_temp.import_supply_lines as l
  set purchase_order_id = o.id
  from ops.purchase_orders as o
  where o.organization_id = private.organization_id() and o.vendor_id = l.vendor_id and o.po_number = l.po_number;

  update pg_temp.import_supply_lines as l
  set position = n.position
  from (
    select
      i.line_number,
      coalesce(max(i.position) over of_order, 0)
      + row_number() over (partition by i.line_key, i.position is null order by i.line_number) as position
    from pg_temp.import_supply_lines as i
    window of_order as (partition by i.line_key)
  ) as n
  where n.line_number = l.line_number and l.position is null;
  insert into ops.purchase_order_lines (
    purchase_order_id, line_number, product_variant_id, quantity, unit, unit_price, need_by
  )
  select
    l.purchase_order_id, l.position, l.product_variant_id, l.quantity, coalesce(l.unit, v.unit), l.unit_price, l.need_by
  from pg_temp.import_supply_lines as l
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = l.product_variant_id
  order by l.line_number;
  get diagnostics purchase_order_lines = row_count;
  update pg_temp.import_supply_lines as l
  set purchase_order_line_id = k.id
  from ops.purchase_order_lines as k
  where k.organization_id = private.organization_id() and k.purchase_order_id = l.purchase_order_id
    and k.line_number = l.position;
  -- The warehouse, which takes these in, may not write here.
  update pg_temp.import_supply_lines as l
  set goods_receipt_id = r.goods_receipt_id
  from (
    select i.purchase_order_id, i.received_on, i.delivery_note, private.new_id() as goods_receipt_id
    from pg_temp.import_supply_lines as i
    where i.received_qty > 0
    group by i.purchase_order_id, i.received_on, i.delivery_note
    order by min(i.line_number)
  ) as r
  where l.received_qty > 0 and r.purchase_order_id = l.purchase_order_id and r.received_on = l.received_on
    and r.delivery_note is not distinct from l.delivery_note;
  perform private.send_imported_purchase_orders();
end
$$;
comment on function private.import_purchase_orders() is
  'Adds the purchase orders of the staged lines that nothing is wrong with, and brings them as far as these say.';

create function private.import_goods_receipts(out goods_receipts integer)
language plpgsql
set search_path = ''
as $$
begin
  insert into ops.goods_receipts (id, purchase_order_id, received_on, delivery_note)
  select distinct l.goods_receipt_id, l.purchase_order_id, l.received_on, l.delivery_note
  from pg_temp.import_supply_lines as l
  where l.goods_receipt_id is not null
  order by l.goods_receipt_id;
  get diagnostics goods_receipts = row_count;
end
$$;
comment on function private.import_goods_receipts() is
  'Takes in what came of the orders that were imported: one receipt for each order, day and delivery note.';

create function private.import_goods_receipt_lines(out goods_receipt_lines integer)
language plpgsql
set search_path = ''
as $$
begin
  insert into ops.goods_receipt_lines (goods_receipt_id, purchase_order_line_id, received_qty, rejected_qty)
  select l.goods_receipt_id, l.purchase_order_line_id, l.received_qty, coalesce(l.rejected_qty, 0)
  from pg_temp.import_supply_lines as l
  where l.goods_receipt_id is not null
  order by l.line_number;
  get diagnostics goods_receipt_lines = row_count;
end
$$;
comment on function private.import_goods_receipt_lines() is 'Adds the lines of the receipts of an import.';
