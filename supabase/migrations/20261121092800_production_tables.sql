-- declared in sql/tables/production.sql
create table ops.work_centers (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  code            ops.short_text not null,
  name            ops.short_text not null,
  daily_minutes   integer not null,
  working_days    integer[],
  hourly_rate     ops.money_amount,
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
  constraint work_centers_daily_minutes_check check (daily_minutes > 0),
  constraint work_centers_working_days_check check (working_days <@ '{1,2,3,4,5,6,7}' and working_days <> '{}'),
  constraint work_centers_hourly_rate_check check (hourly_rate >= 0)
);
comment on table ops.work_centers is 'Where operations are done: a machine, a bench, a team.';
comment on column ops.work_centers.daily_minutes is 'Minutes of work that it does on a working day.';
comment on column ops.work_centers.working_days is 'Days of the week, 1 for Monday to 7 for Sunday; null: the organization''s.';
comment on column ops.work_centers.hourly_rate is 'What an hour of it costs, in the organization''s currency.';

create table ops.work_center_days (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  work_center_id  uuid not null,
  day             ops.business_date not null,
  minutes         integer not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint work_center_days_pkey primary key (organization_id, id),
  constraint work_center_days_work_center_fkey foreign key (organization_id, work_center_id)
    references ops.work_centers (organization_id, id) on delete cascade,
  constraint work_center_days_day_key unique (organization_id, work_center_id, day),
  constraint work_center_days_minutes_check check (minutes between 0 and 1440)
);
comment on table ops.work_center_days is 'Days on which a work centre does more or less than on others: a holiday, overtime.';
comment on column ops.work_center_days.minutes is 'Minutes of work that it does on that day; 0: none.';

create table ops.bom_templates (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  product_id         uuid not null,
  product_variant_id uuid,
  code               ops.short_text not null,
  name               ops.short_text not null,
  is_default         boolean not null default false,
  lead_time_days     integer not null default 0,
  lot_minimum_qty    ops.quantity not null default 0,
  lot_multiple_qty   ops.quantity,
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
  constraint bom_templates_name_check check (name <> ''),
  constraint bom_templates_product_key unique (organization_id, id, product_id),
  constraint bom_templates_lead_time_check check (lead_time_days between 0 and 3650),
  constraint bom_templates_lot_check check (lot_minimum_qty >= 0 and lot_multiple_qty > 0)
);
create unique index bom_templates_default_key on ops.bom_templates (organization_id, product_id, product_variant_id)
nulls not distinct where is_default;
create index bom_templates_product_idx on ops.bom_templates (organization_id, product_id);
create index bom_templates_variant_idx on ops.bom_templates (organization_id, product_variant_id, product_id)
where product_variant_id is not null;
comment on table ops.bom_templates is 'The library of bills of materials: a way to make a product, in versions.';
comment on column ops.bom_templates.product_variant_id is 'The one variant that it makes; null: any of the product.';
comment on column ops.bom_templates.is_default is 'The way that is planned with unless another is chosen. Of a variant the variant''s own comes before the product''s.';
comment on column ops.bom_templates.lead_time_days is 'Days from the start of production to the finished goods.';
comment on column ops.bom_templates.lot_minimum_qty is 'Fewer are not planned to be made at once.';
comment on column ops.bom_templates.lot_multiple_qty is 'Planned production is a multiple of it.';

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

create table ops.demand_forecasts (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  product_variant_id uuid not null,
  version            ops.short_text not null default 'current',
  starts_on          ops.business_date not null,
  ends_on            ops.business_date not null,
  quantity           ops.quantity not null,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint demand_forecasts_pkey primary key (organization_id, id),
  constraint demand_forecasts_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete cascade,
  constraint demand_forecasts_starts_on_key unique (organization_id, product_variant_id, version, starts_on),
  constraint demand_forecasts_version_check check (version <> ''),
  constraint demand_forecasts_period_check check (ends_on >= starts_on),
  constraint demand_forecasts_quantity_check check (quantity >= 0)
);
create index demand_forecasts_starts_on_idx on ops.demand_forecasts (organization_id, version, starts_on);
comment on table ops.demand_forecasts is 'How much of a variant is expected to be asked for in a period.';
comment on column ops.demand_forecasts.version is 'Several can stand side by side; `current` is looked at.';
comment on column ops.demand_forecasts.ends_on is 'Last day of the period.';

create table ops.order_item_supplies (
  organization_id uuid not null default private.organization_id(),
  order_item_id   uuid not null,
  warehouse_id    uuid not null,
  bom_template_id uuid,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint order_item_supplies_pkey primary key (organization_id, order_item_id),
  constraint order_item_supplies_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint order_item_supplies_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete restrict,
  constraint order_item_supplies_template_fkey foreign key (organization_id, bom_template_id)
    references ops.bom_templates (organization_id, id) on delete restrict
);
create index order_item_supplies_warehouse_idx on ops.order_item_supplies (organization_id, warehouse_id);
create index order_item_supplies_template_idx on ops.order_item_supplies (organization_id, bom_template_id)
where bom_template_id is not null;
comment on table ops.order_item_supplies is 'Order lines that we supply ourselves, from stock and own production, and not from a factory. Planning counts what they ask for.';
comment on column ops.order_item_supplies.warehouse_id is 'Where it is to be ready; by default the organization''s default warehouse.';
comment on column ops.order_item_supplies.bom_template_id is 'How it is to be made; null: as its variants are supplied by default.';

create table ops.production_orders (
  organization_id     uuid not null default private.organization_id(),
  id                  uuid not null default private.new_id(),
  production_number   text not null default private.next_number('MO'),
  product_variant_id  uuid not null,
  bom_version_id      uuid not null,
  warehouse_id        uuid not null,
  order_item_id       uuid,
  quantity            ops.quantity not null,
  completed_qty       ops.quantity not null default 0,
  scrapped_qty        ops.quantity not null default 0,
  need_by             ops.business_date not null default current_date,
  priority            integer not null default 100,
  status              ops.production_order_status not null default 'queued',
  is_open             boolean not null generated always as (status not in ('completed', 'cancelled')) stored,
  allow_partial_start boolean not null default false,
  scheduled_start     ops.business_date,
  scheduled_end       ops.business_date,
  released_at         timestamptz,
  started_at          timestamptz,
  completed_at        timestamptz,
  cancelled_at        timestamptz,
  material_cost       ops.money_amount not null default 0,
  absorbed_cost       ops.money_amount not null default 0,
  metadata            jsonb not null default '{}',
  created_at          timestamptz not null default now(),
  created_by          uuid not null default private.actor_id(),
  updated_at          timestamptz not null default now(),
  row_version         integer not null default 1,

  constraint production_orders_pkey primary key (organization_id, id),
  constraint production_orders_production_number_key unique (organization_id, production_number),
  constraint production_orders_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint production_orders_bom_version_fkey foreign key (organization_id, bom_version_id)
    references ops.bom_versions (organization_id, id) on delete restrict,
  constraint production_orders_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete restrict,
  constraint production_orders_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete restrict,
  constraint production_orders_quantity_check check (quantity > 0),
  constraint production_orders_output_check check (completed_qty >= 0 and scrapped_qty >= 0),
  constraint production_orders_priority_check check (priority > 0),
  constraint production_orders_cost_check check (material_cost >= 0 and absorbed_cost >= 0)
)
with (fillfactor = 70);  -- status and dates change again and again
create index production_orders_variant_idx on ops.production_orders (organization_id, product_variant_id, is_open);
create index production_orders_bom_version_idx on ops.production_orders (organization_id, bom_version_id);
create index production_orders_warehouse_idx on ops.production_orders (organization_id, warehouse_id);
create index production_orders_order_item_idx on ops.production_orders (organization_id, order_item_id)
where order_item_id is not null;
create index production_orders_open_idx on ops.production_orders (organization_id, priority, need_by, id) where is_open;
comment on table ops.production_orders is 'So many of a variant that we make ourselves, by one version of its bill of materials, which it keeps.';
comment on column ops.production_orders.bom_version_id is 'By default the version in force on the day: of the order line''s chosen bill of materials, else of the default one.';
comment on column ops.production_orders.warehouse_id is 'Where its components come from and its output goes; by default the organization''s default warehouse.';
comment on column ops.production_orders.order_item_id is 'The order line that it is made for; null: for stock, or for several.';
comment on column ops.production_orders.completed_qty is 'Good ones, so far. Kept by trigger.';
comment on column ops.production_orders.scrapped_qty is 'Made and not good, so far. Kept by trigger.';
comment on column ops.production_orders.need_by is 'When they are needed.';
comment on column ops.production_orders.priority is '1 before 2, and then the earlier need: who gets what is scarce.';
comment on column ops.production_orders.status is 'Released, completed and cancelled are set; queued, on hold, ready and in progress follow.';
comment on column ops.production_orders.allow_partial_start is 'True: takes and uses what there is of its components before all are there.';
comment on column ops.production_orders.scheduled_start is 'By the finite schedule of its operations, else by the lead time. Kept by trigger; so is `scheduled_end`.';
comment on column ops.production_orders.material_cost is 'What was issued, at cost, less by-products, in the organization''s currency. Kept by trigger.';
comment on column ops.production_orders.absorbed_cost is 'What of the cost its outputs took over. Kept by trigger.';

create table ops.production_components (
  organization_id     uuid not null,
  id                  uuid not null default private.new_id(),
  production_order_id uuid not null,
  product_variant_id  uuid not null,
  kind                ops.bom_line_kind not null,
  warehouse_id        uuid not null,
  is_open             boolean not null default true,
  required_qty        ops.quantity not null,
  reserved_qty        ops.quantity not null default 0,
  issued_qty          ops.quantity not null default 0,
  short_qty           ops.quantity not null generated always as (
    case when is_open and kind = 'input' then greatest(required_qty - reserved_qty - issued_qty, 0) else 0 end
  ) stored,
  updated_at          timestamptz not null default now(),
  row_version         integer not null default 1,

  constraint production_components_pkey primary key (organization_id, id),
  constraint production_components_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete cascade,
  constraint production_components_variant_key unique (organization_id, production_order_id, product_variant_id, kind),
  constraint production_components_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint production_components_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete restrict,
  constraint production_components_quantities_check check (
    required_qty >= 0 and reserved_qty >= 0 and issued_qty >= 0
  )
)
with (fillfactor = 50);  -- counters: room for each row's next version, so that it writes no index
create index production_components_variant_idx on ops.production_components (organization_id, product_variant_id);
create index production_components_open_idx on ops.production_components (
  organization_id, warehouse_id, product_variant_id
) where is_open;
create index production_components_warehouse_idx on ops.production_components (organization_id, warehouse_id);
comment on table ops.production_components is 'What goes into a production order, and what comes out beside it: its bill of materials at its quantity, phantoms dissolved, one row a variant. Kept by trigger.';
comment on column ops.production_components.is_open is 'Whether its order is.';
comment on column ops.production_components.required_qty is 'What the order needs in all, in the variant''s unit; of a by-product what is expected.';
comment on column ops.production_components.reserved_qty is 'Sum of its reservations.';
comment on column ops.production_components.issued_qty is 'What was issued less what was brought back; of a by-product what came out.';
comment on column ops.production_components.short_qty is 'What of an open order is neither reserved nor issued.';

alter table ops.stock_moves
add constraint stock_moves_production_component_fkey foreign key (organization_id, production_component_id)
  references ops.production_components (organization_id, id) on delete restrict;
alter table ops.inventory_reservations
add constraint inventory_reservations_component_fkey foreign key (organization_id, production_component_id)
  references ops.production_components (organization_id, id) on delete cascade;

create table ops.production_outputs (
  organization_id     uuid not null default private.organization_id(),
  id                  uuid not null default private.new_id(),
  production_order_id uuid not null,
  quantity            ops.quantity not null default 0,
  scrapped_qty        ops.quantity not null default 0,
  scrap_reason        ops.long_text,
  stock_location_id   uuid,
  lot_id              uuid,
  unit_cost           ops.money_amount,
  produced_on         ops.business_date not null default current_date,
  created_at          timestamptz not null default now(),
  created_by          uuid not null default private.actor_id(),

  constraint production_outputs_pkey primary key (organization_id, id),
  constraint production_outputs_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete restrict,
  constraint production_outputs_location_fkey foreign key (organization_id, stock_location_id)
    references ops.stock_locations (organization_id, id) on delete restrict,
  constraint production_outputs_lot_fkey foreign key (organization_id, lot_id)
    references ops.lots (organization_id, id) on delete restrict,
  constraint production_outputs_quantities_check check (
    quantity >= 0 and scrapped_qty >= 0 and quantity + scrapped_qty > 0
  )
);
create index production_outputs_order_idx on ops.production_outputs (organization_id, production_order_id);
create index production_outputs_location_idx on ops.production_outputs (organization_id, stock_location_id);
create index production_outputs_lot_idx on ops.production_outputs (organization_id, lot_id) where lot_id is not null;
comment on table ops.production_outputs is 'What came out of a production order, good ones and scrap. Added, never changed.';
comment on column ops.production_outputs.quantity is 'Good ones; they go into stock.';
comment on column ops.production_outputs.stock_location_id is 'Where they were put; by default the warehouse''s first storage place.';
comment on column ops.production_outputs.unit_cost is 'What one good one cost: what was issued and not yet taken over, and its operations. Filled by trigger.';

alter table ops.stock_moves
add constraint stock_moves_production_output_fkey foreign key (organization_id, production_output_id)
  references ops.production_outputs (organization_id, id) on delete restrict;

create table ops.production_operations (
  organization_id     uuid not null,
  id                  uuid not null default private.new_id(),
  production_order_id uuid not null,
  position            integer not null,
  name                ops.short_text not null,
  work_center_id      uuid not null,
  planned_minutes     ops.quantity not null,
  scheduled_start     ops.business_date,
  scheduled_end       ops.business_date,
  started_at          timestamptz,
  finished_at         timestamptz,
  actual_minutes      ops.quantity,
  updated_at          timestamptz not null default now(),
  row_version         integer not null default 1,

  constraint production_operations_pkey primary key (organization_id, id),
  constraint production_operations_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete cascade,
  constraint production_operations_position_key unique (organization_id, production_order_id, position),
  constraint production_operations_work_center_fkey foreign key (organization_id, work_center_id)
    references ops.work_centers (organization_id, id) on delete restrict,
  constraint production_operations_minutes_check check (planned_minutes >= 0 and actual_minutes >= 0),
  constraint production_operations_finished_check check (finished_at is null or started_at is not null)
);
create index production_operations_work_center_idx on ops.production_operations (organization_id, work_center_id);
comment on table ops.production_operations is 'What is done to make a production order, one after the other by position. Made with it.';
comment on column ops.production_operations.planned_minutes is 'Setup and the minutes of each unit, at the order''s quantity.';
comment on column ops.production_operations.scheduled_start is 'First day of it by the schedule; so is `scheduled_end` the last. Kept by trigger.';

create table ops.work_center_loads (
  organization_id         uuid not null,
  production_operation_id uuid not null,
  work_center_id          uuid not null,
  day                     ops.business_date not null,
  minutes                 ops.quantity not null,

  constraint work_center_loads_pkey primary key (organization_id, production_operation_id, day),
  constraint work_center_loads_operation_fkey foreign key (organization_id, production_operation_id)
    references ops.production_operations (organization_id, id) on delete cascade,
  constraint work_center_loads_work_center_fkey foreign key (organization_id, work_center_id)
    references ops.work_centers (organization_id, id) on delete restrict,
  constraint work_center_loads_minutes_check check (minutes > 0)
);
create index work_center_loads_day_idx on ops.work_center_loads (organization_id, work_center_id, day);
comment on table ops.work_center_loads is 'The schedule: how many minutes of which day a work centre gives to which operation. Kept by trigger.';

create table ops.production_order_history (
  organization_id     uuid not null,
  id                  uuid not null default private.new_id(),
  production_order_id uuid not null,
  old_status          ops.production_order_status,
  new_status          ops.production_order_status not null,
  actor_id            uuid not null,
  actor_role          text not null,
  created_at          timestamptz not null default clock_timestamp(),

  constraint production_order_history_pkey primary key (organization_id, id),
  constraint production_order_history_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete cascade
);
create index production_order_history_order_idx on ops.production_order_history (
  organization_id, production_order_id, id
);
comment on table ops.production_order_history is 'When a production order went from which status to which, and who took it there. Written by trigger, never changed.';

create table ops.component_shortages (
  organization_id         uuid not null,
  id                      uuid not null default private.new_id(),
  production_order_id     uuid not null,
  production_component_id uuid not null,
  product_variant_id      uuid not null,
  short_qty               ops.quantity not null,
  began_at                timestamptz not null default now(),
  ended_at                timestamptz,

  constraint component_shortages_pkey primary key (organization_id, id),
  constraint component_shortages_component_fkey foreign key (organization_id, production_component_id)
    references ops.production_components (organization_id, id) on delete cascade,
  constraint component_shortages_quantity_check check (short_qty > 0),
  constraint component_shortages_ended_check check (ended_at >= began_at)
);
create unique index component_shortages_open_key on ops.component_shortages (organization_id, production_component_id)
where ended_at is null;
create index component_shortages_component_idx on ops.component_shortages (organization_id, production_component_id);
create index component_shortages_variant_idx on ops.component_shortages (organization_id, product_variant_id, id);
comment on table ops.component_shortages is 'How long a production order waited for which component. Written by trigger.';
comment on column ops.component_shortages.short_qty is 'What was short when it began: required less what could be had then.';
comment on column ops.component_shortages.ended_at is 'When it was there, or the order was cancelled; null: it waits.';
