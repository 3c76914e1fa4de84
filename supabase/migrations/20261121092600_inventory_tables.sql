-- declared in sql/tables/inventory.sql
create table ops.warehouses (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  code            ops.short_text not null,
  name            ops.short_text not null,
  is_default      boolean not null default false,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint warehouses_pkey primary key (organization_id, id),
  constraint warehouses_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint warehouses_code_key unique (organization_id, code),
  constraint warehouses_code_check check (code <> ''),
  constraint warehouses_name_check check (name <> '')
);
create unique index warehouses_default_key on ops.warehouses (organization_id) where is_default;
comment on table ops.warehouses is 'Where stock is kept.';
comment on column ops.warehouses.is_default is 'Where goods are made, bought for and shipped from, unless another is named. The first one is.';

create table ops.stock_locations (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  warehouse_id    uuid not null,
  code            ops.short_text not null,
  kind            ops.stock_location_kind not null default 'storage',
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint stock_locations_pkey primary key (organization_id, id),
  constraint stock_locations_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete cascade,
  constraint stock_locations_code_key unique (organization_id, warehouse_id, code),
  constraint stock_locations_warehouse_key unique (organization_id, id, warehouse_id, kind),
  constraint stock_locations_code_check check (code <> '')
);
comment on table ops.stock_locations is 'A place in a warehouse: a bin, a shelf, a dock.';
comment on column ops.stock_locations.code is 'As it is written on the place: A-1. Unique in its warehouse.';

create table ops.lots (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  product_variant_id uuid not null,
  lot_number         ops.short_text not null,
  expires_on         ops.business_date,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint lots_pkey primary key (organization_id, id),
  constraint lots_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint lots_lot_number_key unique (organization_id, product_variant_id, lot_number),
  constraint lots_variant_key unique (organization_id, id, product_variant_id),
  constraint lots_lot_number_check check (lot_number <> '')
);
comment on table ops.lots is 'What of a variant was made or bought together; of a variant that is tracked by serial, one piece.';
comment on column ops.lots.lot_number is 'The vendor''s or our number of the lot, or the serial number of the piece.';
comment on column ops.lots.expires_on is 'Last day on which it is good.';

create table ops.stock_levels (
  organization_id    uuid not null,
  id                 uuid not null default private.new_id(),
  product_variant_id uuid not null,
  warehouse_id       uuid not null,
  stock_location_id  uuid not null,
  location_kind      ops.stock_location_kind not null,
  lot_id             uuid,
  on_hand            ops.quantity not null default 0,
  reserved           ops.quantity not null default 0,
  available          ops.quantity not null generated always as (
    case location_kind when 'quarantine' then 0 else on_hand - reserved end
  ) stored,
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint stock_levels_pkey primary key (organization_id, id),
  constraint stock_levels_place_key unique nulls not distinct (
    organization_id, product_variant_id, stock_location_id, lot_id
  ),
  constraint stock_levels_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint stock_levels_location_fkey foreign key (organization_id, stock_location_id, warehouse_id, location_kind)
    references ops.stock_locations (organization_id, id, warehouse_id, kind) on update cascade on delete restrict,
  constraint stock_levels_lot_fkey foreign key (organization_id, lot_id, product_variant_id)
    references ops.lots (organization_id, id, product_variant_id) on delete restrict,
  constraint stock_levels_on_hand_check check (on_hand >= 0),
  constraint stock_levels_reserved_check check (reserved >= 0 and reserved <= on_hand),
  constraint stock_levels_quarantine_check check (reserved = 0 or location_kind <> 'quarantine')
)
with (fillfactor = 70);  -- counters only: nearly every write is one of them
create index stock_levels_location_idx on ops.stock_levels (
  organization_id, stock_location_id, warehouse_id, location_kind
);
create index stock_levels_lot_idx on ops.stock_levels (organization_id, lot_id, product_variant_id)
where lot_id is not null;
comment on table ops.stock_levels is 'What lies where: a variant in a place, by lot. Kept by trigger from stock_moves and inventory_reservations, and written by nothing else.';
comment on column ops.stock_levels.on_hand is 'What came in less what went out, in the variant''s unit.';
comment on column ops.stock_levels.reserved is 'What of it is promised: the sum of its reservations.';
comment on column ops.stock_levels.available is 'What can be promised: on hand less reserved, nothing in quarantine.';

create table ops.stock_moves (
  organization_id         uuid not null default private.organization_id(),
  id                      uuid not null default private.new_id(),
  product_variant_id      uuid not null,
  from_location_id        uuid,
  to_location_id          uuid,
  lot_id                  uuid,
  quantity                ops.quantity not null,
  reason                  ops.stock_move_reason not null,
  unit_cost               ops.money_amount,
  reference               ops.short_text,
  goods_receipt_line_id   uuid,
  production_component_id uuid,
  production_output_id    uuid,
  moved_at                timestamptz not null default now(),
  created_at              timestamptz not null default now(),
  created_by              uuid not null default private.actor_id(),

  constraint stock_moves_pkey primary key (organization_id, id),
  constraint stock_moves_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint stock_moves_from_location_fkey foreign key (organization_id, from_location_id)
    references ops.stock_locations (organization_id, id) on delete restrict,
  constraint stock_moves_to_location_fkey foreign key (organization_id, to_location_id)
    references ops.stock_locations (organization_id, id) on delete restrict,
  constraint stock_moves_lot_fkey foreign key (organization_id, lot_id, product_variant_id)
    references ops.lots (organization_id, id, product_variant_id) on delete restrict,
  constraint stock_moves_quantity_check check (quantity > 0),
  constraint stock_moves_unit_cost_check check (unit_cost >= 0),
  constraint stock_moves_places_check check (
    case
      when reason in ('opening', 'receipt', 'return', 'output')
        then from_location_id is null and to_location_id is not null
      when reason in ('issue', 'shipment', 'scrap', 'vendor_return')
        then from_location_id is not null and to_location_id is null
      when reason = 'transfer' then from_location_id <> to_location_id
      else num_nonnulls(from_location_id, to_location_id) = 1
    end
  ),
  constraint stock_moves_source_check check (
    num_nonnulls(goods_receipt_line_id, production_component_id, production_output_id) <= 1
  )
);
create index stock_moves_goods_receipt_line_idx on ops.stock_moves (organization_id, goods_receipt_line_id)
where goods_receipt_line_id is not null;
create index stock_moves_production_component_idx on ops.stock_moves (organization_id, production_component_id)
where production_component_id is not null;
create index stock_moves_production_output_idx on ops.stock_moves (organization_id, production_output_id)
where production_output_id is not null;
create index stock_moves_variant_idx on ops.stock_moves (organization_id, product_variant_id, id);
create index stock_moves_from_location_idx on ops.stock_moves (organization_id, from_location_id)
where from_location_id is not null;
create index stock_moves_to_location_idx on ops.stock_moves (organization_id, to_location_id)
where to_location_id is not null;
create index stock_moves_lot_idx on ops.stock_moves (organization_id, lot_id, product_variant_id)
where lot_id is not null;
comment on table ops.stock_moves is 'The stock ledger: every movement of goods, one line each, added and never changed. Stock levels are its sums. A mistake is corrected by the opposite move.';
comment on column ops.stock_moves.id is 'Give your own to be able to send a move again: the same id moves nothing twice.';
comment on column ops.stock_moves.from_location_id is 'Null: from outside.';
comment on column ops.stock_moves.to_location_id is 'Null: to outside.';
comment on column ops.stock_moves.lot_id is 'Needed for a variant that is tracked by lot or serial, and not allowed for others.';
comment on column ops.stock_moves.quantity is 'In the variant''s unit, to its decimals; above zero.';
comment on column ops.stock_moves.unit_cost is 'What one unit of it cost, in the organization''s currency.';
comment on column ops.stock_moves.reference is 'The paper it goes with.';
comment on column ops.stock_moves.goods_receipt_line_id is 'The receipt that it is of, or whose goods went back.';
comment on column ops.stock_moves.production_component_id is 'The component that was issued, or brought back, or the by-product that came out.';
comment on column ops.stock_moves.production_output_id is 'The output of production that it is.';

create table ops.inventory_reservations (
  organization_id         uuid not null default private.organization_id(),
  id                      uuid not null default private.new_id(),
  product_variant_id      uuid not null,
  stock_location_id       uuid not null,
  lot_id                  uuid,
  quantity                ops.quantity not null,
  production_component_id uuid,
  order_item_id           uuid,
  expires_at              timestamptz,
  created_at              timestamptz not null default now(),
  created_by              uuid not null default private.actor_id(),
  updated_at              timestamptz not null default now(),
  row_version             integer not null default 1,

  constraint inventory_reservations_pkey primary key (organization_id, id),
  constraint inventory_reservations_place_key unique nulls not distinct (
    organization_id, production_component_id, order_item_id, product_variant_id, stock_location_id, lot_id
  ),
  constraint inventory_reservations_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint inventory_reservations_location_fkey foreign key (organization_id, stock_location_id)
    references ops.stock_locations (organization_id, id) on delete restrict,
  constraint inventory_reservations_lot_fkey foreign key (organization_id, lot_id, product_variant_id)
    references ops.lots (organization_id, id, product_variant_id) on delete restrict,
  constraint inventory_reservations_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete restrict,
  constraint inventory_reservations_quantity_check check (quantity > 0),
  constraint inventory_reservations_source_check check (num_nonnulls(production_component_id, order_item_id) = 1)
);
create index inventory_reservations_order_item_idx on ops.inventory_reservations (organization_id, order_item_id)
where order_item_id is not null;
create index inventory_reservations_expires_idx on ops.inventory_reservations (organization_id, expires_at)
where expires_at is not null;
create index inventory_reservations_level_idx on ops.inventory_reservations (
  organization_id, product_variant_id, stock_location_id, lot_id
);
create index inventory_reservations_location_idx on ops.inventory_reservations (organization_id, stock_location_id);
create index inventory_reservations_lot_idx on ops.inventory_reservations (organization_id, lot_id, product_variant_id)
where lot_id is not null;
comment on table ops.inventory_reservations is 'Stock that is promised: so much of what lies in a place, by lot, to a component of a production order or to an order line.';
comment on column ops.inventory_reservations.quantity is 'In the variant''s unit; above zero. What is used up is gone from here.';
comment on column ops.inventory_reservations.expires_at is 'When it lapses, give or take the minutes between two looks at the clock; null: never.';

create table ops.reorder_rules (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  product_variant_id uuid not null,
  warehouse_id       uuid not null,
  minimum_qty        ops.quantity not null default 0,
  target_qty         ops.quantity not null,
  safety_qty         ops.quantity not null default 0,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint reorder_rules_pkey primary key (organization_id, id),
  constraint reorder_rules_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete cascade,
  constraint reorder_rules_variant_key unique (organization_id, product_variant_id, warehouse_id),
  constraint reorder_rules_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete cascade,
  constraint reorder_rules_quantities_check check (safety_qty >= 0 and minimum_qty >= 0 and target_qty >= minimum_qty)
);
create index reorder_rules_warehouse_idx on ops.reorder_rules (organization_id, warehouse_id);
comment on table ops.reorder_rules is 'How much of a variant a warehouse should hold.';
comment on column ops.reorder_rules.minimum_qty is 'Once less than this is projected, more is ordered; at just this much nothing is.';
comment on column ops.reorder_rules.target_qty is 'Up to how much is ordered then.';
comment on column ops.reorder_rules.safety_qty is 'What is kept back from planning, once for the variant and warehouse.';
