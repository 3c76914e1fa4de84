-- declared in sql/tables/catalog.sql
create table ops.styles (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  style_number    ops.short_text not null,
  name            ops.short_text not null,
  category        ops.short_text,
  metadata        jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint styles_pkey primary key (organization_id, id),
  constraint styles_style_number_key unique (organization_id, style_number),
  constraint styles_organization_fkey foreign key (organization_id) references ops.organizations (
    id
  ) on delete restrict,
  constraint styles_style_number_check check (style_number <> ''),
  constraint styles_name_check check (name <> '')
);
comment on table ops.styles is 'A design, whatever its colour.';

create table ops.colorways (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  style_id        uuid not null,
  marketing_name  ops.short_text not null,
  season          ops.short_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint colorways_pkey primary key (organization_id, id),
  constraint colorways_style_key unique (organization_id, id, style_id),
  constraint colorways_marketing_name_key unique (organization_id, style_id, marketing_name),
  constraint colorways_style_fkey foreign key (organization_id, style_id)
    references ops.styles (organization_id, id) on delete restrict,
  constraint colorways_marketing_name_check check (marketing_name <> '')
);
comment on table ops.colorways is 'A style in one colour: what an order line asks for.';
comment on column ops.colorways.marketing_name is 'The colour''s name as clients are shown it.';

create table ops.colorway_references (
  organization_id uuid not null default private.organization_id(),
  colorway_id     uuid not null,
  color_reference ops.short_text not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint colorway_references_pkey primary key (organization_id, colorway_id),
  constraint colorway_references_colorway_fkey foreign key (organization_id, colorway_id)
    references ops.colorways (organization_id, id) on delete cascade,
  constraint colorway_references_color_reference_check check (color_reference <> '')
);
comment on table ops.colorway_references is 'The colour as it is dyed to (lab dip, colour system number). A table of its own, because clients are shown the marketing name only.';

create table ops.units (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  code            ops.unit_code not null,
  name            ops.short_text not null,
  decimals        integer not null default 0,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint units_pkey primary key (organization_id, id),
  constraint units_code_key unique (organization_id, code),
  constraint units_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint units_name_check check (name <> ''),
  constraint units_decimals_check check (decimals between 0 and 6)
);
comment on table ops.units is 'Units of measure. EA, each, is there from the start.';
comment on column ops.units.decimals is 'Places that a quantity in this unit is rounded to: 0 for pieces, 3 for kilograms that are weighed to the gram.';

create table ops.products (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  product_number  ops.short_text not null,
  name            ops.short_text not null,
  category        ops.short_text,
  style_id        uuid,
  metadata        jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint products_pkey primary key (organization_id, id),
  constraint products_product_number_key unique (organization_id, product_number),
  constraint products_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint products_style_fkey foreign key (organization_id, style_id)
    references ops.styles (organization_id, id) on delete cascade,
  constraint products_style_key unique (organization_id, style_id),
  constraint products_variant_key unique (organization_id, id, style_id),
  constraint products_product_number_check check (product_number <> ''),
  constraint products_name_check check (name <> '')
);
comment on table ops.products is 'What is made, bought and kept in stock, in one variant or several. Each style is one, made with it; components and materials are others.';
comment on column ops.products.product_number is 'Of a style: its style number.';
comment on column ops.products.style_id is 'The style that this product is; its number, name and category are the style''s.';

create table ops.product_variants (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  sku             ops.short_text not null,
  product_id      uuid not null,
  style_id        uuid,
  colorway_id     uuid,
  size_label      ops.short_text,
  unit            ops.unit_code not null default 'EA',
  supply_method   ops.supply_method not null default 'buy',
  tracking        ops.tracking not null default 'none',
  standard_cost   ops.money_amount,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint product_variants_pkey primary key (organization_id, id),
  constraint product_variants_sku_key unique (organization_id, sku),
  constraint product_variants_product_fkey foreign key (organization_id, product_id)
    references ops.products (organization_id, id) on delete cascade,
  constraint product_variants_style_fkey foreign key (organization_id, product_id, style_id)
    references ops.products (organization_id, id, style_id) on delete cascade,
  constraint product_variants_colorway_fkey foreign key (organization_id, colorway_id, style_id)
    references ops.colorways (organization_id, id, style_id) on delete cascade,
  constraint product_variants_product_key unique (organization_id, id, product_id),
  constraint product_variants_size_key unique nulls not distinct (organization_id, product_id, colorway_id, size_label),
  constraint product_variants_unit_fkey foreign key (organization_id, unit)
    references ops.units (organization_id, code) on delete restrict,
  constraint product_variants_sku_check check (sku <> ''),
  constraint product_variants_size_label_check check (size_label <> ''),
  constraint product_variants_style_check check (num_nonnulls(style_id, colorway_id) in (0, 2)),
  constraint product_variants_standard_cost_check check (standard_cost >= 0)
);
create index product_variants_product_idx on ops.product_variants (organization_id, product_id, style_id);
create index product_variants_colorway_idx on ops.product_variants (organization_id, colorway_id, style_id);
create index product_variants_unit_idx on ops.product_variants (organization_id, unit);
comment on table ops.product_variants is 'A product as it lies on the shelf, by the number that order books and stock lists name it with: of a style, a colourway in one size.';
comment on column ops.product_variants.product_id is 'By default the colourway''s.';
comment on column ops.product_variants.style_id is 'The style of the product. Kept by trigger.';
comment on column ops.product_variants.size_label is 'The size; null for what comes in one.';
comment on column ops.product_variants.unit is 'What its stock is counted in and bills of materials speak of.';
comment on column ops.product_variants.standard_cost is 'What one unit is reckoned to cost, in the organization''s currency.';
comment on column ops.product_variants.is_active is 'False: no more of it is made, bought or planned with.';

create table ops.unit_conversions (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  product_variant_id uuid,
  from_unit          ops.unit_code not null,
  to_unit            ops.unit_code not null,
  factor             ops.quantity not null,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint unit_conversions_pkey primary key (organization_id, id),
  constraint unit_conversions_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete cascade,
  constraint unit_conversions_from_unit_fkey foreign key (organization_id, from_unit)
    references ops.units (organization_id, code) on delete restrict,
  constraint unit_conversions_to_unit_fkey foreign key (organization_id, to_unit)
    references ops.units (organization_id, code) on delete restrict,
  constraint unit_conversions_units_check check (from_unit <> to_unit),
  constraint unit_conversions_factor_check check (factor > 0)
);
-- One row speaks for both directions.
create unique index unit_conversions_units_key on ops.unit_conversions (
  organization_id, product_variant_id, least(from_unit, to_unit), greatest(from_unit, to_unit)
) nulls not distinct;
create index unit_conversions_from_unit_idx on ops.unit_conversions (organization_id, from_unit);
create index unit_conversions_to_unit_idx on ops.unit_conversions (organization_id, to_unit);
comment on table ops.unit_conversions is 'How many of one unit make one of another: of everything (a kilogram is 1,000 grams), or of one variant (a carton of it holds 12). Holds in both directions; that of the variant comes first.';
comment on column ops.unit_conversions.factor is 'One `from_unit` is this many `to_unit`. Choose the direction in which it is a whole number.';

create table ops.tech_packs (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  style_id        uuid not null,
  colorway_id     uuid,
  version         integer not null,
  document_uri    ops.document_uri not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),

  constraint tech_packs_pkey primary key (organization_id, id),
  constraint tech_packs_version_key unique nulls not distinct (organization_id, style_id, colorway_id, version),
  constraint tech_packs_style_fkey foreign key (organization_id, style_id)
    references ops.styles (organization_id, id) on delete restrict,
  constraint tech_packs_colorway_fkey foreign key (organization_id, colorway_id, style_id)
    references ops.colorways (organization_id, id, style_id) on delete restrict,
  constraint tech_packs_version_check check (version > 0),
  constraint tech_packs_document_uri_check check (document_uri <> '')
);
create index tech_packs_colorway_idx on ops.tech_packs (organization_id, colorway_id, style_id);
comment on table ops.tech_packs is 'How a style, or one colour of it, is made: a document, by version. Versions are added, never changed.';
comment on column ops.tech_packs.colorway_id is 'Null: holds for every colour of the style.';
