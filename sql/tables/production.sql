create table ops.work_centers (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  code            ops.short_text not null,
  name            ops.short_text not null,
  daily_minutes   integer not null,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint work_centers_pkey primary key (organization_id, id),
  constraint work_centers_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint work_centers_code_key unique (organization_id, code),
  constraint work_centers_code_check check (code <> ''),
  constraint work_centers_name_check check (name <> ''),
  constraint work_centers_daily_minutes_check check (daily_minutes > 0)
);
comment on table ops.work_centers is 'Where operations are done: a machine, a bench, a team.';
comment on column ops.work_centers.daily_minutes is 'Minutes of work that it does on a working day.';

create table ops.bom_templates (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  product_id         uuid not null,
  product_variant_id uuid,
  code               ops.short_text not null,
  name               ops.short_text not null,
  is_default         boolean not null default false,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint bom_templates_pkey primary key (organization_id, id),
  constraint bom_templates_product_fkey foreign key (organization_id, product_id)
    references ops.products (organization_id, id) on delete restrict,
  constraint bom_templates_variant_fkey foreign key (organization_id, product_variant_id, product_id)
    references ops.product_variants (organization_id, id, product_id) on delete restrict,
  constraint bom_templates_code_key unique (organization_id, code),
  constraint bom_templates_code_check check (code <> ''),
  constraint bom_templates_name_check check (name <> '')
);
create unique index bom_templates_default_key on ops.bom_templates (organization_id, product_id, product_variant_id)
nulls not distinct where is_default;
create index bom_templates_product_idx on ops.bom_templates (organization_id, product_id);
create index bom_templates_variant_idx on ops.bom_templates (organization_id, product_variant_id, product_id)
where product_variant_id is not null;
comment on table ops.bom_templates is 'The library of bills of materials: a way to make a product, in versions.';
comment on column ops.bom_templates.product_variant_id is 'The one variant that it makes; null: any of the product.';
comment on column ops.bom_templates.is_default is 'The way that is planned with unless another is chosen. Of a variant the variant''s own comes before the product''s.';

create table ops.bom_versions (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  bom_template_id uuid not null,
  version         integer not null,
  status          ops.bom_status not null default 'draft',
  valid_from      ops.business_date,
  revision_note   ops.long_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint bom_versions_pkey primary key (organization_id, id),
  constraint bom_versions_template_fkey foreign key (organization_id, bom_template_id)
    references ops.bom_templates (organization_id, id) on delete cascade,
  constraint bom_versions_version_key unique (organization_id, bom_template_id, version),
  constraint bom_versions_version_check check (version > 0),
  constraint bom_versions_active_check check (status = 'draft' or valid_from is not null)
);
create unique index bom_versions_valid_from_key on ops.bom_versions (organization_id, bom_template_id, valid_from)
where status = 'active';
comment on table ops.bom_versions is 'A version of a bill of materials. In force on a day is, of the active ones of its template, the one that began last: never two.';
comment on column ops.bom_versions.version is 'By default the next of its template.';
comment on column ops.bom_versions.valid_from is 'First day on which it is in force, once active; until the next active one begins.';
comment on column ops.bom_versions.revision_note is 'What is different from the version before, and why.';

create table ops.bom_lines (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  bom_version_id     uuid not null,
  position           integer not null default 10,
  product_variant_id uuid not null,
  kind               ops.bom_line_kind not null default 'input',
  quantity           ops.quantity not null,
  scrap_pct          ops.percentage not null default 0,
  setup_quantity     ops.quantity not null default 0,
  is_phantom         boolean not null default false,
  valid_from         ops.business_date,
  valid_to           ops.business_date,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint bom_lines_pkey primary key (organization_id, id),
  constraint bom_lines_version_fkey foreign key (organization_id, bom_version_id)
    references ops.bom_versions (organization_id, id) on delete cascade,
  constraint bom_lines_component_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint bom_lines_position_check check (position > 0),
  constraint bom_lines_quantity_check check (quantity > 0),
  constraint bom_lines_setup_check check (setup_quantity >= 0),
  constraint bom_lines_scrap_check check (scrap_pct < 100),
  constraint bom_lines_phantom_check check (kind = 'input' or not is_phantom),
  constraint bom_lines_valid_check check (valid_to > valid_from)
);
create index bom_lines_version_idx on ops.bom_lines (organization_id, bom_version_id, position);
create index bom_lines_component_idx on ops.bom_lines (organization_id, product_variant_id);
comment on table ops.bom_lines is 'What goes into one unit of the product, and what comes out beside it.';
comment on column ops.bom_lines.position is 'Place in the list.';
comment on column ops.bom_lines.quantity is 'For one unit of the product, in the component''s unit.';
comment on column ops.bom_lines.scrap_pct is 'Per cent of what is put in that is lost: for 100 good ones at 20 % scrap 125 are put in.';
comment on column ops.bom_lines.setup_quantity is 'Once for each order, whatever its quantity.';
comment on column ops.bom_lines.is_phantom is 'Not made to stock: its own components go in instead of it.';
comment on column ops.bom_lines.valid_from is 'First day on which the line counts; null: from the start.';
comment on column ops.bom_lines.valid_to is 'First day on which it does not count any more; null: for good.';

create table ops.bom_operations (
  organization_id  uuid not null default private.organization_id(),
  id               uuid not null default private.new_id(),
  bom_version_id   uuid not null,
  position         integer not null default 10,
  name             ops.short_text not null,
  work_center_id   uuid not null,
  setup_minutes    ops.quantity not null default 0,
  minutes_per_unit ops.quantity not null default 0,
  created_at       timestamptz not null default now(),
  created_by       uuid not null default private.actor_id(),
  updated_at       timestamptz not null default now(),
  row_version      integer not null default 1,

  constraint bom_operations_pkey primary key (organization_id, id),
  constraint bom_operations_version_fkey foreign key (organization_id, bom_version_id)
    references ops.bom_versions (organization_id, id) on delete cascade,
  constraint bom_operations_work_center_fkey foreign key (organization_id, work_center_id)
    references ops.work_centers (organization_id, id) on delete restrict,
  constraint bom_operations_position_key unique (organization_id, bom_version_id, position),
  constraint bom_operations_position_check check (position > 0),
  constraint bom_operations_name_check check (name <> ''),
  constraint bom_operations_minutes_check check (setup_minutes >= 0 and minutes_per_unit >= 0)
);
create index bom_operations_work_center_idx on ops.bom_operations (organization_id, work_center_id);
comment on table ops.bom_operations is 'What is done to make the product, one after the other by position.';
