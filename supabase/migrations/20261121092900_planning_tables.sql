-- declared in sql/tables/planning.sql
create table ops.supply_runs (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  planned_on      ops.business_date not null default current_date,
  order_ids       uuid[],
  started_at      timestamptz not null default clock_timestamp(),
  finished_at     timestamptz,
  demand_count    integer not null default 0,
  planned_count   integer not null default 0,
  added_count     integer not null default 0,
  changed_count   integer not null default 0,
  removed_count   integer not null default 0,
  exception_count integer not null default 0,
  created_by      uuid not null default private.actor_id(),

  constraint supply_runs_pkey primary key (organization_id, id),
  constraint supply_runs_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict
);
comment on table ops.supply_runs is 'A planning run: what it was asked, what it found and how long it took.';
comment on column ops.supply_runs.planned_on is 'The day that it planned from.';
comment on column ops.supply_runs.order_ids is 'The orders whose supply was put on order; null: all.';
comment on column ops.supply_runs.demand_count is 'Demands that it netted, of all levels.';
comment on column ops.supply_runs.planned_count is 'Planned supplies that stand after it.';
comment on column ops.supply_runs.added_count is 'Planned supplies that it made; so are `changed_count` and `removed_count`. All are 0 when nothing has changed since the last run.';

create table ops.planned_supplies (
  organization_id        uuid not null,
  id                     uuid not null default private.new_id(),
  supply_run_id          uuid not null,
  kind                   ops.supply_method not null,
  product_variant_id     uuid not null,
  warehouse_id           uuid not null,
  low_level_code         integer not null,
  net_qty                ops.quantity not null,
  quantity               ops.quantity not null,
  need_by                ops.business_date not null,
  order_by               ops.business_date not null,
  late_days              integer not null default 0,
  bom_version_id         uuid,
  order_item_id          uuid,
  supplier_product_id    uuid,
  vendor_id              uuid,
  purchase_qty           ops.quantity,
  purchase_unit          ops.unit_code,
  stock_per_unit         ops.quantity,
  unit_price             ops.money_amount,
  currency               ops.currency_code,
  why                    jsonb not null,
  purchase_order_line_id uuid,
  production_order_id    uuid,
  is_firm                boolean not null default false,
  created_at             timestamptz not null default now(),
  created_by             uuid not null default private.actor_id(),
  updated_at             timestamptz not null default now(),
  row_version            integer not null default 1,

  constraint planned_supplies_pkey primary key (organization_id, id),
  constraint planned_supplies_run_fkey foreign key (organization_id, supply_run_id)
    references ops.supply_runs (organization_id, id) on delete restrict,
  constraint planned_supplies_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete cascade,
  constraint planned_supplies_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete restrict,
  constraint planned_supplies_bom_version_fkey foreign key (organization_id, bom_version_id)
    references ops.bom_versions (organization_id, id) on delete restrict,
  constraint planned_supplies_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete set null (order_item_id),
  constraint planned_supplies_offer_fkey foreign key (organization_id, supplier_product_id)
    references ops.supplier_products (organization_id, id) on delete set null (supplier_product_id),
  constraint planned_supplies_vendor_fkey foreign key (organization_id, vendor_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint planned_supplies_purchase_order_line_fkey foreign key (organization_id, purchase_order_line_id)
    references ops.purchase_order_lines (organization_id, id) on delete set null (purchase_order_line_id),
  constraint planned_supplies_production_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete set null (production_order_id),
  constraint planned_supplies_purchase_order_line_key unique (organization_id, purchase_order_line_id),
  constraint planned_supplies_production_order_key unique (organization_id, production_order_id),
  constraint planned_supplies_quantity_check check (net_qty > 0 and quantity >= net_qty),
  constraint planned_supplies_kind_check check (
    case kind
      when 'make' then vendor_id is null and purchase_order_line_id is null
      else bom_version_id is null and production_order_id is null
    end
  )
);
-- What the next run may replace.
create index planned_supplies_open_idx on ops.planned_supplies (organization_id, need_by, id) where not is_firm;
create index planned_supplies_run_idx on ops.planned_supplies (organization_id, supply_run_id);
create index planned_supplies_variant_idx on ops.planned_supplies (organization_id, product_variant_id, need_by);
create index planned_supplies_warehouse_idx on ops.planned_supplies (organization_id, warehouse_id);
create index planned_supplies_bom_version_idx on ops.planned_supplies (organization_id, bom_version_id)
where bom_version_id is not null;
create index planned_supplies_order_item_idx on ops.planned_supplies (organization_id, order_item_id)
where order_item_id is not null;
create index planned_supplies_offer_idx on ops.planned_supplies (organization_id, supplier_product_id)
where supplier_product_id is not null;
create index planned_supplies_vendor_idx on ops.planned_supplies (organization_id, vendor_id)
where vendor_id is not null;
comment on table ops.planned_supplies is 'What a planning run says to make or to buy, and why. Until it is firm the next run replaces it.';
comment on column ops.planned_supplies.supply_run_id is 'The run that made it, or changed it last.';
comment on column ops.planned_supplies.low_level_code is 'How deep the variant lies in bills of materials: 0 goes into nothing. Netted in this order.';
comment on column ops.planned_supplies.net_qty is 'What is short, in the variant''s unit.';
comment on column ops.planned_supplies.quantity is 'What is made or bought: the net quantity raised to the minimum and the multiple. In the variant''s unit.';
comment on column ops.planned_supplies.need_by is 'The first day on which something is short.';
comment on column ops.planned_supplies.order_by is 'When it must be ordered or begun: need_by less the lead time.';
comment on column ops.planned_supplies.late_days is 'How many days after need_by it comes if it is ordered on the day of the run; 0: in time.';
comment on column ops.planned_supplies.order_item_id is 'The order line that it is for, where it is for one.';
comment on column ops.planned_supplies.vendor_id is 'Null with nothing to choose from: see planning_exceptions.';
comment on column ops.planned_supplies.purchase_qty is 'The quantity in the vendor''s unit.';
comment on column ops.planned_supplies.stock_per_unit is 'How many of the variant''s unit one purchase unit is.';
comment on column ops.planned_supplies.unit_price is 'For one purchase unit, of the break that the quantity reaches.';
comment on column ops.planned_supplies.why is 'The arithmetic: gross, on hand, safety, reserved, incoming, net; conversion, minimum, multiple, break; vendor and runners-up. explain_supply tells it in words.';
comment on column ops.planned_supplies.purchase_order_line_id is 'The line that it became.';
comment on column ops.planned_supplies.production_order_id is 'The production order that it became.';
comment on column ops.planned_supplies.is_firm is 'It became a production order, or its line is on a purchase order that was submitted, or was changed by somebody. Planning leaves it alone, and counts what it became as supply. Kept by trigger.';

create table ops.supply_pegs (
  organization_id         uuid not null,
  id                      uuid not null default private.new_id(),
  product_variant_id      uuid not null,
  planned_supply_id       uuid,
  purchase_order_line_id  uuid,
  production_order_id     uuid,
  order_item_id           uuid,
  production_component_id uuid,
  parent_supply_id        uuid,
  reorder_rule_id         uuid,
  quantity                ops.quantity not null,

  constraint supply_pegs_pkey primary key (organization_id, id),
  constraint supply_pegs_planned_supply_fkey foreign key (organization_id, planned_supply_id)
    references ops.planned_supplies (organization_id, id) on delete cascade,
  constraint supply_pegs_purchase_order_line_fkey foreign key (organization_id, purchase_order_line_id)
    references ops.purchase_order_lines (organization_id, id) on delete cascade,
  constraint supply_pegs_production_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete cascade,
  constraint supply_pegs_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint supply_pegs_component_fkey foreign key (organization_id, production_component_id)
    references ops.production_components (organization_id, id) on delete cascade,
  constraint supply_pegs_parent_supply_fkey foreign key (organization_id, parent_supply_id)
    references ops.planned_supplies (organization_id, id) on delete cascade,
  constraint supply_pegs_reorder_rule_fkey foreign key (organization_id, reorder_rule_id)
    references ops.reorder_rules (organization_id, id) on delete cascade,
  constraint supply_pegs_quantity_check check (quantity > 0),
  constraint supply_pegs_supply_check check (
    num_nonnulls(planned_supply_id, purchase_order_line_id, production_order_id) = 1
  ),
  constraint supply_pegs_demand_check check (
    num_nonnulls(order_item_id, production_component_id, parent_supply_id, reorder_rule_id) = 1
  )
);
create index supply_pegs_planned_supply_idx on ops.supply_pegs (organization_id, planned_supply_id)
where planned_supply_id is not null;
create index supply_pegs_purchase_order_line_idx on ops.supply_pegs (organization_id, purchase_order_line_id)
where purchase_order_line_id is not null;
create index supply_pegs_production_order_idx on ops.supply_pegs (organization_id, production_order_id)
where production_order_id is not null;
create index supply_pegs_order_item_idx on ops.supply_pegs (organization_id, order_item_id)
where order_item_id is not null;
create index supply_pegs_component_idx on ops.supply_pegs (organization_id, production_component_id)
where production_component_id is not null;
create index supply_pegs_parent_supply_idx on ops.supply_pegs (organization_id, parent_supply_id)
where parent_supply_id is not null;
create index supply_pegs_reorder_rule_idx on ops.supply_pegs (organization_id, reorder_rule_id)
where reorder_rule_id is not null;
comment on table ops.supply_pegs is 'Which supply serves which demand, and with how much: planned, on a purchase order, or in production. Written by planning runs. What stock serves has no peg.';
comment on column ops.supply_pegs.parent_supply_id is 'The planned production that needs it.';
comment on column ops.supply_pegs.quantity is 'In the variant''s unit.';

create table ops.planning_exceptions (
  organization_id        uuid not null,
  id                     uuid not null default private.new_id(),
  supply_run_id          uuid not null,
  kind                   ops.planning_exception_kind not null,
  message                text not null,
  product_variant_id     uuid,
  warehouse_id           uuid,
  quantity               ops.quantity,
  need_by                ops.business_date,
  order_item_id          uuid,
  planned_supply_id      uuid,
  purchase_order_line_id uuid,
  production_order_id    uuid,
  created_at             timestamptz not null default now(),

  constraint planning_exceptions_pkey primary key (organization_id, id),
  constraint planning_exceptions_run_fkey foreign key (organization_id, supply_run_id)
    references ops.supply_runs (organization_id, id) on delete restrict,
  constraint planning_exceptions_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete cascade,
  constraint planning_exceptions_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete cascade,
  constraint planning_exceptions_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint planning_exceptions_planned_supply_fkey foreign key (organization_id, planned_supply_id)
    references ops.planned_supplies (organization_id, id) on delete cascade,
  constraint planning_exceptions_purchase_order_line_fkey foreign key (organization_id, purchase_order_line_id)
    references ops.purchase_order_lines (organization_id, id) on delete cascade,
  constraint planning_exceptions_production_order_fkey foreign key (organization_id, production_order_id)
    references ops.production_orders (organization_id, id) on delete cascade
);
create index planning_exceptions_run_idx on ops.planning_exceptions (organization_id, supply_run_id);
create index planning_exceptions_variant_idx on ops.planning_exceptions (organization_id, product_variant_id);
create index planning_exceptions_warehouse_idx on ops.planning_exceptions (organization_id, warehouse_id);
create index planning_exceptions_order_item_idx on ops.planning_exceptions (organization_id, order_item_id)
where order_item_id is not null;
create index planning_exceptions_planned_supply_idx on ops.planning_exceptions (organization_id, planned_supply_id)
where planned_supply_id is not null;
create index planning_exceptions_purchase_order_line_idx on ops.planning_exceptions (
  organization_id, purchase_order_line_id
) where purchase_order_line_id is not null;
create index planning_exceptions_production_order_idx on ops.planning_exceptions (
  organization_id, production_order_id
) where production_order_id is not null;
comment on table ops.planning_exceptions is 'What the last planning run found that people must look at. Each run replaces them.';
comment on column ops.planning_exceptions.supply_run_id is 'The run that found it first.';
comment on column ops.planning_exceptions.message is 'What is wrong and what would help, in a sentence.';
comment on column ops.planning_exceptions.quantity is 'How much is short, late, or not needed any more. In the variant''s unit.';
