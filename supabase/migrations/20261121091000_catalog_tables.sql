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

create table ops.skus (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  sku             ops.short_text not null,
  colorway_id     uuid not null,
  size_label      ops.short_text not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),

  constraint skus_pkey primary key (organization_id, id),
  constraint skus_sku_key unique (organization_id, sku),
  constraint skus_colorway_fkey foreign key (organization_id, colorway_id)
    references ops.colorways (organization_id, id) on delete cascade,
  constraint skus_sku_check check (sku <> ''),
  constraint skus_size_label_check check (size_label <> '')
);
create index skus_colorway_idx on ops.skus (organization_id, colorway_id);
comment on table ops.skus is 'A colourway in one size, by the number that order books name it with.';

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
