-- declared in sql/functions/imports.sql
-- Imports. A session stages a file's rows in temporary tables (COPY cannot write under row security), has them checked
-- as a whole, reads what is wrong with which line, and lets those land that nothing is wrong with. All of it as the
-- caller: row security and the rules of the tables hold here as they do for a plain write.
--
-- Cells are the reader's business: it stages typed values, and marks the lines that it could not read (`is_bad`). Rules
-- between lines, and between a line and what the database knows, are judged here.

create function private.begin_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  -- One import at a time in an organization: the second one then sees what the first one made.
  perform pg_advisory_xact_lock(hashtextextended('import/' || private.organization_id(), 0));

  drop table if exists pg_temp.import_problems;
  create temporary table import_problems (
    id integer generated always as identity,
    line_number integer not null,
    field text,
    value text,
    code text not null,
    reason text not null
  ) on commit drop;
end
$$;
comment on function private.begin_import() is
  'Starts an import: waits for the organization''s other ones, and makes pg_temp.import_problems.';

create function private.mark_import_lines(lines regclass) returns void
language plpgsql
set search_path = ''
as $$
begin
  execute format(
    'update %s as l set is_bad = true where not l.is_bad and l.line_number in (select p.line_number from pg_temp.import_problems as p)',
    lines
  );
  -- The queries that follow are planned for the lines that are left.
  execute format('analyze %s', lines);
end
$$;
comment on function private.mark_import_lines(regclass) is 'Marks the staged lines that something was found to be wrong with.';

-- Styles

create function private.stage_style_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.begin_import();

  drop table if exists pg_temp.import_style_lines;
  create temporary table import_style_lines (
    line_number integer not null,
    is_bad boolean not null,
    style_number text,
    style_name text,
    category text,
    color text,
    color_reference text,
    season text,
    sku text,
    size_label text,
    style_key text,
    style_id uuid,
    colorway_id uuid,

    constraint import_style_lines_pkey primary key (line_number)
  ) on commit drop;
end
$$;
comment on function private.stage_style_import() is
  'Starts an import of styles: makes pg_temp.import_style_lines, to be filled by COPY.';

create function private.resolve_style_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Numbers and names are the same whatever their case; where the catalogue has two, the one spelled alike.
  update pg_temp.import_style_lines as l
  set style_id = known.id
  from (
    select distinct on (f.style_number) f.style_number, s.id
    from (select distinct i.style_number from pg_temp.import_style_lines as i) as f
    inner join ops.styles as s on lower(s.style_number) = lower(f.style_number)
    where s.organization_id = private.organization_id()
    order by f.style_number, s.style_number = f.style_number desc, s.id
  ) as known
  where l.style_number = known.style_number;

  update pg_temp.import_style_lines
  set style_key = coalesce(style_id::text, lower(style_number));

  update pg_temp.import_style_lines as l
  set colorway_id = known.id
  from (
    select distinct on (f.style_id, f.color) f.style_id, f.color, c.id
    from (select distinct i.style_id, i.color from pg_temp.import_style_lines as i) as f
    inner join ops.colorways as c on c.style_id = f.style_id and lower(c.marketing_name) = lower(f.color)
    where c.organization_id = private.organization_id()
    order by f.style_id, f.color, c.marketing_name = f.color desc, c.id
  ) as known
  where l.style_id = known.style_id and l.color = known.color;
end
$$;
comment on function private.resolve_style_import() is
  'Finds the styles and colourways of the staged lines in the catalogue.';

create function private.check_style_import_facts() returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The first line that states a fact holds.
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with said as (
    select l.line_number, f.field, f.value, f.of_what, f.thing
    from pg_temp.import_style_lines as l
    cross join lateral (
      values
      ('style_name', l.style_name, l.style_key, 'style'),
      ('category', l.category, l.style_key, 'style'),
      ('color_reference', l.color_reference, concat_ws('/', l.style_key, lower(l.color)), 'colour'),
      ('season', l.season, concat_ws('/', l.style_key, lower(l.color)), 'colour')
    ) as f (field, value, of_what, thing)
    where not l.is_bad and f.value is not null
  ),
  stated as (
    select distinct on (s.field, s.of_what) s.*
    from said as s
    order by s.field, s.of_what, s.line_number
  )
  select
    l.line_number, l.field, l.value, 'style_differs',
    format('Line %s says "%s" of the same %s.', s.line_number, s.value, s.thing)
  from said as l
  inner join stated as s on s.field = l.field and s.of_what = l.of_what
  where l.value <> s.value
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, f.field, f.value, 'style_exists',
    format('The catalogue says %s; an import adds and never changes.', coalesce(format('"%s"', f.known), 'nothing'))
  from pg_temp.import_style_lines as l
  inner join ops.styles as s on s.organization_id = private.organization_id() and s.id = l.style_id
  left join ops.colorways as c on c.organization_id = s.organization_id and c.id = l.colorway_id
  left join ops.colorway_references as r on r.organization_id = c.organization_id and r.colorway_id = c.id
  cross join lateral (
    values
    ('style_name', l.style_name, s.name, true),
    ('category', l.category, s.category, true),
    ('color_reference', l.color_reference, r.color_reference, c.id is not null),
    ('season', l.season, c.season, c.id is not null)
  ) as f (field, value, known, is_known)
  where not l.is_bad and f.is_known and f.value is not null and f.value is distinct from f.known
  order by l.line_number;
end
$$;
comment on function private.check_style_import_facts() is
  'A style has one name and category, a colour one reference and season: in the file, and with the catalogue.';

create function private.check_style_import_skus() returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Which of the meanings is right nobody here can know, so none of the lines stands.
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with meant as (
    select l.*, concat_ws('/', l.style_key, lower(l.color), lower(l.size_label)) as meaning
    from pg_temp.import_style_lines as l
    where not l.is_bad and l.sku is not null
  ),
  ambiguous as (
    select m.*
    from (
      select
        i.*,
        min(i.meaning) over of_sku as first_meaning,
        max(i.meaning) over of_sku as last_meaning
      from meant as i
      window of_sku as (partition by lower(i.sku))
    ) as m
    where m.first_meaning <> m.last_meaning
  )
  select
    l.line_number, 'sku', l.sku, 'sku_ambiguous',
    format(
      'Line %s says that the SKU is style %s in %s, size %s; a SKU is one style in one colour and size.',
      o.line_number, o.style_number, o.color, o.size_label
    )
  from ambiguous as l
  cross join lateral (
    select i.line_number, i.style_number, i.color, i.size_label
    from ambiguous as i
    where lower(i.sku) = lower(l.sku) and i.meaning <> l.meaning
    order by i.line_number
    limit 1
  ) as o
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'sku', l.sku, 'sku_exists',
    format(
      'The catalogue has this SKU as style %s in %s, size %s; an import adds and never changes.',
      s.style_number, c.marketing_name, k.size_label
    )
  from pg_temp.import_style_lines as l
  inner join ops.product_variants as k on lower(k.sku) = lower(l.sku)
  inner join ops.colorways as c on c.organization_id = k.organization_id and c.id = k.colorway_id
  inner join ops.styles as s on s.organization_id = c.organization_id and s.id = c.style_id
  where k.organization_id = private.organization_id()
    and not l.is_bad
    and (l.colorway_id is distinct from k.colorway_id or lower(l.size_label) <> lower(k.size_label))
  order by l.line_number;
end
$$;
comment on function private.check_style_import_skus() is
  'A SKU is one colourway in one size: in the file, and with the catalogue.';

create function private.check_style_import_sizes() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'sku', l.sku, 'size_has_sku', format('It is SKU %s already: a colour in one size has one SKU.', o.sku)
  from (
    select
      i.*,
      min(lower(i.sku)) over of_size as first_sku,
      max(lower(i.sku)) over of_size as last_sku
    from pg_temp.import_style_lines as i
    where i.sku is not null and not i.is_bad
    window of_size as (partition by i.style_key, lower(i.color), lower(i.size_label))
  ) as l
  left join ops.product_variants as v
    on v.organization_id = private.organization_id() and v.colorway_id = l.colorway_id
    and lower(v.size_label) = lower(l.size_label)
  cross join lateral (
    values (v.sku), (nullif(l.first_sku, lower(l.sku))), (nullif(l.last_sku, lower(l.sku)))
  ) as o (sku)
  where lower(o.sku) <> lower(l.sku)
  order by l.line_number;
end
$$;
comment on function private.check_style_import_sizes() is
  'A colour in one size is one variant, with one SKU: in the file, and with the catalogue.';

create function private.check_style_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_style_lines;
  perform private.resolve_style_import();
  perform private.check_style_import_facts();
  perform private.mark_import_lines('pg_temp.import_style_lines');
  perform private.check_style_import_skus();
  perform private.mark_import_lines('pg_temp.import_style_lines');
  perform private.check_style_import_sizes();
  perform private.mark_import_lines('pg_temp.import_style_lines');
end
$$;
comment on function private.check_style_import() is
  'Judges the staged lines; what is wrong with which of them is in pg_temp.import_problems afterwards.';

create function private.import_styles(
  out styles integer, out colorways integer, out product_variants integer
)
language plpgsql
set search_path = ''
as $$
begin
  delete from pg_temp.import_style_lines as l where l.is_bad;
  analyze pg_temp.import_style_lines;

  insert into ops.styles (style_number, name, category)
  select s.style_number, coalesce(s.style_name, s.style_number), s.category
  from (
    select
      (array_agg(l.style_number order by l.line_number))[1] as style_number,
      max(l.style_name) as style_name,
      max(l.category) as category,
      min(l.line_number) as line_number
    from pg_temp.import_style_lines as l
    where l.style_id is null
    group by l.style_key
  ) as s
  order by s.line_number;
  get diagnostics styles = row_count;
  perform private.resolve_style_import();

  insert into ops.colorways (style_id, marketing_name, season)
  select c.style_id, c.color, c.season
  from (
    select
      l.style_id,
      (array_agg(l.color order by l.line_number))[1] as color,
      max(l.season) as season,
      min(l.line_number) as line_number
    from pg_temp.import_style_lines as l
    where l.colorway_id is null and l.color is not null
    group by l.style_id, lower(l.color)
  ) as c
  order by c.line_number;
  get diagnostics colorways = row_count;
  perform private.resolve_style_import();

  insert into ops.colorway_references (colorway_id, color_reference)
  select distinct l.colorway_id, l.color_reference
  from pg_temp.import_style_lines as l
  where l.color_reference is not null
  on conflict do nothing;

  insert into ops.product_variants (sku, colorway_id, size_label)
  select l.sku, l.colorway_id, l.size_label
  from (
    select distinct on (lower(g.sku)) g.*
    from pg_temp.import_style_lines as g
    where g.sku is not null
    order by lower(g.sku), g.line_number
  ) as l
  where not exists (
    select from ops.product_variants as k
    where k.organization_id = private.organization_id() and lower(k.sku) = lower(l.sku)
  )
  order by l.line_number;
  get diagnostics product_variants = row_count;
end
$$;
comment on function private.import_styles() is
  'Adds the styles, colourways and SKUs of the staged lines that nothing is wrong with. A style without a name gets its number for one.';

-- Orders

create function private.stage_order_import() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.begin_import();

  drop table if exists pg_temp.import_order_lines, pg_temp.import_order_line_sizes, pg_temp.import_orders,
  pg_temp.import_order_items;
  create temporary table import_order_lines (
    line_number integer not null,
    is_bad boolean not null,
    client text,
    client_name text,
    client_po_number text,
    order_date date,
    ex_factory_date date,
    in_hands_date date,
    currency text,
    style_number text,
    color text,
    sku text,
    unit_price numeric,
    client_id uuid,
    client_key text,
    order_key integer,
    style_id uuid,
    colorway_id uuid,
    sku_size_label text,

    constraint import_order_lines_pkey primary key (line_number)
  ) on commit drop;
  -- One row for a file that has a row a size, several for one that has a column a size.
  create temporary table import_order_line_sizes (
    line_number integer not null,
    size_label text,
    quantity numeric not null
  ) on commit drop;
  create temporary table import_orders (
    order_key integer generated always as identity,
    client_key text not null,
    client text not null,
    client_name text,
    client_id uuid,
    client_po_number text not null,
    order_date date,
    ex_factory_date date,
    in_hands_date date,
    currency text,
    line_number integer not null,
    order_id uuid,
    is_new boolean not null default true
  ) on commit drop;
  create temporary table import_order_items (
    order_id uuid not null,
    line_number bigint not null,
    order_key integer not null,
    colorway_id uuid not null,
    unit_price numeric,
    has_sizes boolean not null,
    quantity numeric not null,
    id uuid
  ) on commit drop;
end
$$;
comment on function private.stage_order_import() is
  'Starts an import of orders: makes pg_temp.import_order_lines and pg_temp.import_order_line_sizes, to be filled by COPY.';

create function private.check_order_import_clients(create_clients boolean) returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_order_lines as l
  set client_id = known.id
  from (
    select distinct on (f.client) f.client, d.id
    from (select distinct i.client from pg_temp.import_order_lines as i) as f
    inner join ops.directory as d on lower(d.code) = lower(f.client)
    where d.organization_id = private.organization_id()
    order by f.client, d.code = f.client desc, d.id
  ) as known
  where l.client = known.client;

  update pg_temp.import_order_lines
  set client_key = coalesce(client_id::text, lower(client));

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'client', l.client, 'unknown_client',
    'The directory has no company of this code; add it, or let the mapping say create_clients = true.'
  from pg_temp.import_order_lines as l
  where l.client is not null and l.client_id is null and not create_clients
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'client', l.client, 'not_a_client',
    format('%s is not a client in the directory; add the kind `client` to it first.', d.name)
  from pg_temp.import_order_lines as l
  inner join ops.directory as d on d.organization_id = private.organization_id() and d.id = l.client_id
  where not 'client' = any(d.kinds)
  order by l.line_number;
end
$$;
comment on function private.check_order_import_clients(boolean) is 'A line''s client stands in the directory, or may be made.';

create function private.check_order_import_skus() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_order_lines as l
  set colorway_id = known.colorway_id, sku_size_label = known.size_label
  from (
    select distinct on (f.sku) f.sku, k.colorway_id, k.size_label
    from (select distinct i.sku from pg_temp.import_order_lines as i) as f
    inner join ops.product_variants as k on lower(k.sku) = lower(f.sku)
    where k.organization_id = private.organization_id()
    order by f.sku, k.sku = f.sku desc, k.id
  ) as known
  where l.sku = known.sku;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'sku', l.sku, 'unknown_sku',
    'The catalogue has no such SKU; import it with its style and colour first, or correct it.'
  from pg_temp.import_order_lines as l
  where l.sku is not null and l.colorway_id is null
  order by l.line_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, f.field, f.value, 'sku_mismatch',
    format('SKU %s is style %s in %s, size %s.', l.sku, s.style_number, c.marketing_name, l.sku_size_label)
  from pg_temp.import_order_lines as l
  inner join ops.colorways as c on c.organization_id = private.organization_id() and c.id = l.colorway_id
  inner join ops.styles as s on s.organization_id = c.organization_id and s.id = c.style_id
  left join pg_temp.import_order_line_sizes as z on z.line_number = l.line_number
  cross join lateral (
    values
    ('style_number', l.style_number, s.style_number),
    ('color', l.color, c.marketing_name),
    ('size', z.size_label, l.sku_size_label)
  ) as f (field, value, known)
  where lower(f.value) <> lower(f.known)
  order by l.line_number;

  update pg_temp.import_order_line_sizes as z
  set size_label = l.sku_size_label
  from pg_temp.import_order_lines as l
  where l.line_number = z.line_number and l.sku_size_label is not null;
end
$$;
comment on function private.check_order_import_skus() is
  'A line''s SKU stands in the catalogue, gives the line its colourway and size, and contradicts nothing else that the line says.';

create function private.check_order_import_styles() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_order_lines as l
  set style_id = known.id
  from (
    select distinct on (f.style_number) f.style_number, s.id
    from (select distinct i.style_number from pg_temp.import_order_lines as i) as f
    inner join ops.styles as s on lower(s.style_number) = lower(f.style_number)
    where s.organization_id = private.organization_id()
    order by f.style_number, s.style_number = f.style_number desc, s.id
  ) as known
  where l.style_number = known.style_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'style_number', l.style_number, 'unknown_style',
    'The catalogue has no such style; import it first, or correct the number.'
  from pg_temp.import_order_lines as l
  where l.style_number is not null and l.style_id is null and l.colorway_id is null
  order by l.line_number;

  update pg_temp.import_order_lines as l
  set colorway_id = known.id
  from (
    select distinct on (f.style_id, f.color) f.style_id, f.color, c.id
    from (select distinct i.style_id, i.color from pg_temp.import_order_lines as i where i.sku is null) as f
    inner join ops.colorways as c on c.style_id = f.style_id and lower(c.marketing_name) = lower(f.color)
    where c.organization_id = private.organization_id()
    order by f.style_id, f.color, c.marketing_name = f.color desc, c.id
  ) as known
  where l.style_id = known.style_id and l.color = known.color and l.sku is null;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'color', l.color, 'unknown_color',
    format('Style %s comes in %s.', l.style_number, coalesce(known.colors, 'no colour yet; import its colours first'))
  from pg_temp.import_order_lines as l
  inner join (
    select s.id, string_agg(c.marketing_name, ', ' order by c.marketing_name) as colors
    from ops.styles as s
    left join ops.colorways as c on c.organization_id = s.organization_id and c.style_id = s.id
    where s.organization_id = private.organization_id()
    group by s.id
  ) as known on known.id = l.style_id
  where l.sku is null and l.color is not null and l.colorway_id is null
  order by l.line_number;
end
$$;
comment on function private.check_order_import_styles() is
  'The style and colour of a line without SKU stand in the catalogue.';

create function private.check_order_import_headers() returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The first line that states a fact holds.
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with said as (
    select l.line_number, l.is_bad, l.client_key, l.client_po_number, f.field, f.value
    from pg_temp.import_order_lines as l
    cross join lateral (
      values
      ('order_date', l.order_date::text),
      ('ex_factory_date', l.ex_factory_date::text),
      ('in_hands_date', l.in_hands_date::text),
      ('currency', l.currency)
    ) as f (field, value)
    where f.value is not null
  ),
  stated as (
    select distinct on (s.client_key, s.client_po_number, s.field) s.*
    from said as s
    where not s.is_bad
    order by s.client_key, s.client_po_number, s.field, s.line_number
  )
  select
    l.line_number, l.field, l.value, 'order_differs', format('Line %s says %s of the same order.', s.line_number, s.value)
  from said as l
  inner join stated as s
    on s.client_key = l.client_key and s.client_po_number = l.client_po_number and s.field = l.field
  where l.value <> s.value
  order by l.line_number;

  insert into pg_temp.import_orders (
    client_key, client, client_name, client_id, client_po_number,
    order_date, ex_factory_date, in_hands_date, currency, line_number
  )
  select
    o.client_key, o.client, o.client_name, o.client_id, o.client_po_number,
    o.order_date, o.ex_factory_date, o.in_hands_date, o.currency, o.line_number
  from (
    select
      l.client_key,
      (array_agg(l.client order by l.line_number))[1] as client,
      (array_agg(l.client_name order by l.line_number) filter (where l.client_name is not null))[1] as client_name,
      (array_agg(l.client_id))[1] as client_id,
      l.client_po_number,
      max(l.order_date) as order_date,
      max(l.ex_factory_date) as ex_factory_date,
      max(l.in_hands_date) as in_hands_date,
      max(l.currency) as currency,
      min(l.line_number) as line_number
    from pg_temp.import_order_lines as l
    where not l.is_bad
    group by l.client_key, l.client_po_number
  ) as o
  order by o.line_number;
  analyze pg_temp.import_orders;

  update pg_temp.import_order_lines as l
  set order_key = o.order_key
  from pg_temp.import_orders as o
  where l.client_key = o.client_key and l.client_po_number = o.client_po_number;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    l.line_number, 'in_hands_date', o.in_hands_date::text, 'dates_out_of_order',
    format('The client would have the goods before they leave the factory on %s.', o.ex_factory_date)
  from pg_temp.import_order_lines as l
  inner join pg_temp.import_orders as o on o.order_key = l.order_key
  where o.in_hands_date < o.ex_factory_date
  order by l.line_number;
end
$$;
comment on function private.check_order_import_headers() is
  'Lines of one client and PO number are one order: the first to state a date or the currency holds, the others repeat it or say nothing.';

create function private.check_order_import_repeats() returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  select
    r.line_number, null, null, 'repeated_line',
    format('Repeats line %s: same order, colour, size, quantity and price.', r.first_line)
  from (
    select
      l.line_number,
      min(l.line_number) over (partition by l.order_key, l.colorway_id, l.unit_price, z.run) as first_line
    from pg_temp.import_order_lines as l
    inner join (
      select i.line_number, string_agg(format('%s:%s', i.size_label, trim_scale(i.quantity)), ' ' order by i.size_label) as run
      from pg_temp.import_order_line_sizes as i
      group by i.line_number
    ) as z on z.line_number = l.line_number
    where not l.is_bad
  ) as r
  where r.line_number <> r.first_line
  order by r.line_number;
end
$$;
comment on function private.check_order_import_repeats() is 'Of exactly repeated lines the first stands.';

create function private.check_order_import_existing() returns void
language plpgsql
set search_path = ''
as $$
begin
  update pg_temp.import_orders as o
  set order_id = known.id, is_new = false
  from ops.orders as known
  where known.organization_id = private.organization_id()
    and known.client_id = o.client_id and known.client_po_number = o.client_po_number;
  analyze pg_temp.import_orders;

  insert into pg_temp.import_problems (line_number, field, value, code, reason)
  with wanted as (
    select o.order_key, l.colorway_id, l.unit_price, z.size_label, sum(z.quantity) as quantity
    from pg_temp.import_orders as o
    inner join pg_temp.import_order_lines as l on l.order_key = o.order_key
    inner join pg_temp.import_order_line_sizes as z on z.line_number = l.line_number
    where not o.is_new and not l.is_bad
    group by o.order_key, l.colorway_id, l.unit_price, z.size_label
  ),
  found as (
    select
      o.order_key, i.colorway_id, coalesce(own_price.unit_price, price.unit_price) as unit_price, z.size_label,
      sum(coalesce(z.quantity, i.quantity)) as quantity
    from pg_temp.import_orders as o
    inner join ops.order_items as i on i.organization_id = private.organization_id() and i.order_id = o.order_id
    left join ops.order_item_sizes as z
      on z.organization_id = i.organization_id and z.order_item_id = i.id and z.quantity > 0
    left join ops.order_item_prices as own_price
      on own_price.organization_id = i.organization_id and own_price.order_item_id = i.id
      and own_price.size_label = z.size_label
    left join ops.order_item_prices as price
      on price.organization_id = i.organization_id and price.order_item_id = i.id and price.size_label is null
    group by o.order_key, i.colorway_id, 3, z.size_label
  ),
  other_lines as (
    (select * from wanted except select * from found)
    union
    (select * from found except select * from wanted)
  ),
  differing as (
    select
      o.order_key,
      known.order_number,
      concat_ws(
        ', ',
        case when o.order_key in (select d.order_key from other_lines as d) then 'lines' end,
        case when o.order_date <> known.order_date then 'order date' end,
        case when o.ex_factory_date is distinct from known.ex_factory_date and o.ex_factory_date is not null then 'ex-factory date' end,
        case when o.in_hands_date is distinct from known.in_hands_date and o.in_hands_date is not null then 'in-hands date' end,
        case when o.currency <> known.currency then 'currency' end
      ) as what
    from pg_temp.import_orders as o
    inner join ops.orders as known on known.organization_id = private.organization_id() and known.id = o.order_id
  )
  select
    l.line_number, 'client_po_number', l.client_po_number, 'order_exists',
    format('Order %s exists as %s with other %s; an import adds orders and never changes one.', l.client_po_number, d.order_number, d.what)
  from pg_temp.import_order_lines as l
  inner join differing as d on d.order_key = l.order_key
  where d.what <> '' and not l.is_bad
  order by l.line_number;
end
$$;
comment on function private.check_order_import_existing() is
  'An order that exists with the same lines is left as it is; one that exists with others is refused.';

create function private.check_order_import(create_clients boolean, refuse_repeated boolean) returns void
language plpgsql
set search_path = ''
as $$
begin
  analyze pg_temp.import_order_lines;
  analyze pg_temp.import_order_line_sizes;
  perform private.check_order_import_clients(create_clients);
  perform private.check_order_import_skus();
  perform private.check_order_import_styles();
  perform private.mark_import_lines('pg_temp.import_order_lines');
  perform private.check_order_import_headers();
  perform private.mark_import_lines('pg_temp.import_order_lines');
  if refuse_repeated then
    perform private.check_order_import_repeats();
    perform private.mark_import_lines('pg_temp.import_order_lines');
  end if;
  perform private.check_order_import_existing();
  perform private.mark_import_lines('pg_temp.import_order_lines');
end
$$;
comment on function private.check_order_import(boolean, boolean) is
  'Judges the staged lines; what is wrong with which of them is in pg_temp.import_problems afterwards. `create_clients`: whether a client that the directory does not know is made. `refuse_repeated`: whether an exactly repeated line is refused or added up.';

create function private.import_orders(
  sizes text[], out clients integer, out orders integer, out unchanged_orders integer, out order_items integer
)
language plpgsql
set search_path = ''
as $$
begin
  delete from pg_temp.import_order_lines as l where l.is_bad;
  analyze pg_temp.import_order_lines;

  -- Whether an order lands shows at its first line: what is wrong with that one is wrong with all.
  insert into ops.directory (kinds, code, name)
  select '{client}', o.client, coalesce(o.client_name, o.client)
  from (
    select distinct on (i.client_key) i.*
    from pg_temp.import_orders as i
    inner join pg_temp.import_order_lines as l on l.line_number = i.line_number
    where i.client_id is null
    order by i.client_key, i.line_number
  ) as o
  order by o.line_number;
  get diagnostics clients = row_count;

  update pg_temp.import_orders as o
  set client_id = d.id
  from ops.directory as d
  where o.client_id is null and d.organization_id = private.organization_id() and lower(d.code) = o.client_key;

  with made as (
    insert into ops.orders (client_id, client_po_number, order_date, ex_factory_date, in_hands_date, currency)
    select
      o.client_id, o.client_po_number, coalesce(o.order_date, current_date), o.ex_factory_date, o.in_hands_date, o.currency
    from pg_temp.import_orders as o
    inner join pg_temp.import_order_lines as l on l.line_number = o.line_number
    where o.is_new
    order by o.line_number
    returning id, client_id, client_po_number
  )
  update pg_temp.import_orders as o
  set order_id = made.id
  from made
  where o.client_id = made.client_id and o.client_po_number = made.client_po_number;
  get diagnostics orders = row_count;

  unchanged_orders := (
    select count(*)::integer
    from pg_temp.import_orders as o
    inner join pg_temp.import_order_lines as l on l.line_number = o.line_number
    where not o.is_new
  );

  -- A size at two prices in one order keeps both: each price is a line of its own. What comes in one size has no sizes.
  insert into pg_temp.import_order_items (
    order_id, line_number, order_key, colorway_id, unit_price, has_sizes, quantity
  )
  select
    o.order_id,
    row_number() over (partition by o.order_key order by min(l.line_number)),
    o.order_key, l.colorway_id, l.unit_price, z.size_label is not null, sum(z.quantity)
  from pg_temp.import_orders as o
  inner join pg_temp.import_order_lines as l on l.order_key = o.order_key
  inner join pg_temp.import_order_line_sizes as z on z.line_number = l.line_number
  where o.is_new
  group by o.order_id, o.order_key, l.colorway_id, l.unit_price, z.size_label is not null;
  analyze pg_temp.import_order_items;

  with made as (
    insert into ops.order_items (order_id, line_number, colorway_id, quantity)
    select i.order_id, i.line_number, i.colorway_id, i.quantity
    from pg_temp.import_order_items as i
    order by i.order_key, i.line_number
    returning id, order_id, line_number
  )
  update pg_temp.import_order_items as i
  set id = made.id
  from made
  where i.order_id = made.order_id and i.line_number = made.line_number;
  get diagnostics order_items = row_count;

  insert into ops.order_item_sizes (order_item_id, size_label, position, quantity)
  select
    i.id, z.size_label,
    row_number() over (partition by i.id order by array_position(sizes, z.size_label), z.size_label),
    sum(z.quantity)
  from pg_temp.import_order_items as i
  inner join pg_temp.import_order_lines as l
    on l.order_key = i.order_key and l.colorway_id = i.colorway_id and l.unit_price is not distinct from i.unit_price
  inner join pg_temp.import_order_line_sizes as z on z.line_number = l.line_number
  where i.has_sizes and z.size_label is not null
  group by i.id, z.size_label;

  insert into ops.order_item_prices (order_item_id, unit_price)
  select i.id, i.unit_price
  from pg_temp.import_order_items as i
  where i.unit_price is not null;
end
$$;
comment on function private.import_orders(text[]) is
  'Adds the orders of the staged lines that nothing is wrong with, and clients that the directory does not know: one order line a colourway and price, with its sizes in the order of `sizes`.';
