-- declared in sql/tables/orders.sql
create table ops.orders (
  organization_id  uuid not null default private.organization_id(),
  id               uuid not null default private.new_id(),
  order_number     text not null default private.next_number('SO'),
  client_id        uuid not null default private.party_id(),
  client_po_number ops.short_text,
  type             ops.order_type not null default 'sales_order',
  status           ops.order_status not null default 'sales_order',
  order_date       ops.business_date not null default current_date,
  ex_factory_date  ops.business_date,
  in_hands_date    ops.business_date,
  currency         ops.currency_code not null,
  metadata         jsonb not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid not null default private.actor_id(),
  updated_at       timestamptz not null default now(),
  row_version      integer not null default 1,

  constraint orders_pkey primary key (organization_id, id),
  constraint orders_order_number_key unique (organization_id, order_number),
  constraint orders_client_key unique (organization_id, id, client_id),
  constraint orders_client_fkey foreign key (organization_id, client_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint orders_client_po_number_key unique (organization_id, client_id, client_po_number),
  constraint orders_client_po_number_check check (client_po_number <> ''),
  constraint orders_dates_check check (in_hands_date >= ex_factory_date),
  constraint orders_type_check check (
    type = 'quote' or status not in ('quote_draft', 'quote_sent', 'quote_approved', 'quote_declined', 'quote_expired')
  )
);
create index orders_client_idx on ops.orders (organization_id, client_id, id);
-- Under row security an enum cannot be looked up in an index (enum_eq is not leakproof), but a partial one is found
-- by it.
create index orders_open_idx on ops.orders (organization_id, id) where status not in ('closed', 'cancelled');
-- A client, an order, a line belongs to one organization: who knows it narrows nothing by the organization. The planner
-- takes columns for independent, and among a dozen organizations would expect a dozenth of the rows.
alter table ops.orders alter column organization_id set (n_distinct = 1);

comment on table ops.orders is 'What a client asks for, from its request or our quote to the closed sales order.';
comment on column ops.orders.order_number is 'Our number. Gaps can occur.';
comment on column ops.orders.client_po_number is 'The client''s own number; one order each.';
comment on column ops.orders.ex_factory_date is 'When the goods must leave the factory.';
comment on column ops.orders.in_hands_date is 'When the client must have the goods.';
comment on column ops.orders.currency is 'What the client pays in; by default the client''s currency, else the organization''s.';

create table ops.order_items (
  organization_id           uuid not null default private.organization_id(),
  id                        uuid not null default private.new_id(),
  order_id                  uuid not null,
  client_id                 uuid not null,
  line_number               integer not null,
  style_id                  uuid not null,
  colorway_id               uuid not null,
  quantity                  ops.quantity not null,
  short_closed_qty          ops.quantity not null default 0,
  over_commit_tolerance_pct ops.percentage not null,
  under_award_tolerance_pct ops.percentage not null,
  committed_qty             ops.quantity not null default 0,
  effective_qty             ops.quantity not null default 0,
  allocation_status         ops.allocation_status not null default 'UNALLOCATED',
  is_open                   boolean not null generated always as (
    allocation_status not in ('PC_SIGNED', 'CANCELLED')
  ) stored,
  allocation_item_id        uuid,
  is_cancelled              boolean not null default false,
  cancelled_at              timestamptz,
  cancelled_by              uuid,
  metadata                  jsonb not null default '{}',
  created_at                timestamptz not null default now(),
  created_by                uuid not null default private.actor_id(),
  updated_at                timestamptz not null default now(),
  row_version               integer not null default 1,

  constraint order_items_pkey primary key (organization_id, id),
  constraint order_items_order_fkey foreign key (organization_id, order_id, client_id)
    references ops.orders (organization_id, id, client_id) on delete cascade,
  constraint order_items_line_number_key unique (organization_id, order_id, line_number),
  constraint order_items_colorway_fkey foreign key (organization_id, colorway_id, style_id)
    references ops.colorways (organization_id, id, style_id) on delete restrict,
  constraint order_items_line_number_check check (line_number > 0),
  constraint order_items_quantity_check check (quantity > 0),
  constraint order_items_whole_check check (quantity = trunc(quantity) and short_closed_qty = trunc(short_closed_qty)),
  constraint order_items_short_closed_check check (short_closed_qty >= 0 and short_closed_qty < quantity),
  constraint order_items_committed_check check (
    committed_qty >= 0 and committed_qty <= (quantity - short_closed_qty) * (1 + over_commit_tolerance_pct / 100)
  ),
  constraint order_items_cancelled_check check (is_cancelled = (cancelled_at is not null))
)
-- Whole batches change status together, again and again. In a page with room for each line's next version, and with no
-- index that names the status (hence is_open), that writes no index: a fifth of what an award costs.
with (fillfactor = 50);
create index order_items_order_idx on ops.order_items (organization_id, order_id, client_id);
create index order_items_client_idx on ops.order_items (organization_id, client_id, id);
create index order_items_client_colorway_idx on ops.order_items (organization_id, client_id, colorway_id);
create index order_items_client_style_idx on ops.order_items (organization_id, client_id, style_id);
create index order_items_open_idx on ops.order_items (organization_id, id) where is_open;
create index order_items_colorway_idx on ops.order_items (organization_id, colorway_id, style_id);
alter table ops.order_items alter column organization_id set (n_distinct = 1);

comment on column ops.orders.metadata is 'The user''s own fields. The order''s client reads them.';

comment on table ops.order_items is 'A line of an order: one style in one colour.';
comment on column ops.order_items.client_id is 'The order''s client, kept here for the client''s own lists.';
comment on column ops.order_items.line_number is 'Place in the order; by default the next.';
comment on column ops.order_items.quantity is 'Pieces. When the line has sizes: their sum, kept by trigger.';
comment on column ops.order_items.short_closed_qty is 'Pieces of the quantity that were waived; less than the quantity.';
comment on column ops.order_items.over_commit_tolerance_pct is 'The organization''s setting when the line was made. Per cent.';
comment on column ops.order_items.under_award_tolerance_pct is 'The organization''s setting when the line was made. Per cent.';
comment on column ops.order_items.committed_qty is 'Commitment: the committed quantities of open allocation items and the effective quantities on closed ones. Kept by trigger.';
comment on column ops.order_items.effective_qty is 'Sum of the effective quantities of the line''s slices: awarded, or what was closed at. Kept by trigger.';
comment on column ops.order_items.allocation_status is 'Derived from allocations, quotes, awards and contracts; never set.';
comment on column ops.order_items.is_open is 'Neither signed nor cancelled. Give is_open=eq.true (is.true will not do) besides a status: an index then finds the open lines among all.';
comment on column ops.order_items.allocation_item_id is 'The newest open allocation item of the line, kept by trigger. Two keys join the two tables: embed allocation_items!order_items_allocation_item_fkey for this one, allocation_items!allocation_items_order_item_fkey for all of the line.';

create table ops.order_item_sizes (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  order_item_id   uuid not null,
  client_id       uuid not null,
  size_label      ops.short_text not null,
  position        integer not null,
  quantity        ops.quantity not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint order_item_sizes_pkey primary key (organization_id, id),
  constraint order_item_sizes_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint order_item_sizes_size_label_key unique (organization_id, order_item_id, size_label),
  constraint order_item_sizes_position_key unique (organization_id, order_item_id, position),
  constraint order_item_sizes_position_check check (position > 0),
  constraint order_item_sizes_size_label_check check (size_label <> ''),
  constraint order_item_sizes_quantity_check check (quantity >= 0 and quantity = trunc(quantity))
);
create index order_item_sizes_client_idx on ops.order_item_sizes (organization_id, client_id, id);
comment on column ops.order_items.metadata is 'The user''s own fields. The order''s client reads them.';

comment on table ops.order_item_sizes is 'The size run of an order line.';
comment on column ops.order_item_sizes.position is 'Order of the sizes, small to large; by default behind the others.';

create table ops.order_item_prices (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  order_item_id   uuid not null,
  client_id       uuid not null,
  size_label      ops.short_text,
  unit_price      ops.money_amount not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint order_item_prices_pkey primary key (organization_id, id),
  constraint order_item_prices_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint order_item_prices_size_label_key unique nulls not distinct (organization_id, order_item_id, size_label),
  constraint order_item_prices_size_label_check check (size_label <> ''),
  constraint order_item_prices_unit_price_check check (unit_price >= 0)
);
create index order_item_prices_client_idx on ops.order_item_prices (organization_id, client_id, id);
comment on table ops.order_item_prices is 'What the client pays for a piece, in the order''s currency.';
comment on column ops.order_item_prices.size_label is 'Null: holds for every size without a price of its own.';

create table ops.order_item_costs (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  order_item_id   uuid not null,
  fob_target      ops.money_amount,
  other_cost      ops.money_amount not null default 0,
  currency        ops.currency_code not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint order_item_costs_pkey primary key (organization_id, id),
  constraint order_item_costs_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint order_item_costs_order_item_key unique (organization_id, order_item_id),
  constraint order_item_costs_amounts_check check (fob_target >= 0 and other_cost >= 0)
);
comment on table ops.order_item_costs is 'What a piece may cost us. Neither clients nor factories see it.';
comment on column ops.order_item_costs.fob_target is 'What we want to pay a factory for a piece.';
comment on column ops.order_item_costs.currency is 'By default the organization''s.';
comment on column ops.order_item_costs.other_cost is 'Freight, duty and the like, for a piece.';

create table ops.uploaded_po_documents (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  file_name       ops.short_text not null,
  document_uri    ops.document_uri not null,
  sha256          text not null,
  order_id        uuid,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),

  constraint uploaded_po_documents_pkey primary key (organization_id, id),
  constraint uploaded_po_documents_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint uploaded_po_documents_sha256_key unique (organization_id, sha256),
  constraint uploaded_po_documents_order_fkey foreign key (organization_id, order_id)
    references ops.orders (organization_id, id) on delete set null (order_id),
  constraint uploaded_po_documents_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint uploaded_po_documents_file_name_check check (file_name <> '')
);
create index uploaded_po_documents_order_idx on ops.uploaded_po_documents (organization_id, order_id);
comment on table ops.uploaded_po_documents is 'A client''s purchase order as it came in, and the order it became.';
comment on column ops.uploaded_po_documents.sha256 is 'Hash of the file, 64 lower-case hexadecimal digits: the same file is not taken twice.';

create table ops.order_history (
  organization_id      uuid not null,
  id                   uuid not null default private.new_id(),
  order_id             uuid not null,
  order_item_id        uuid,
  client_id            uuid not null,
  action               ops.history_action not null,
  old_status           text,
  new_status           text,
  message              text not null,
  data                 jsonb not null default '{}',
  is_visible_to_client boolean not null default false,
  actor_id             uuid not null,
  actor_role           text not null,
  request_origin_id    uuid,
  created_at           timestamptz not null default now(),

  constraint order_history_pkey primary key (organization_id, id),
  constraint order_history_order_fkey foreign key (organization_id, order_id)
    references ops.orders (organization_id, id) on delete cascade
);
create index order_history_order_idx on ops.order_history (organization_id, order_id, id);
create index order_history_client_idx on ops.order_history (organization_id, client_id, id);
create index order_history_order_item_idx on ops.order_history (organization_id, order_item_id, id);
comment on table ops.order_history is 'What happened to an order and its lines, and who did it. Written by triggers, never changed.';
comment on column ops.order_history.order_item_id is 'The line, kept as a plain id: the line of a request can be deleted, what happened to it cannot.';
comment on column ops.order_history.data is 'What a program may want to know besides, such as the fact that changed a derived status.';
comment on column ops.order_history.is_visible_to_client is 'Whether the order''s client may read this row.';
comment on column ops.order_history.actor_id is 'The user, job or link that acted.';
comment on column ops.order_history.actor_role is 'The role that the actor spoke as.';

create table ops.request_origins (
  organization_id uuid not null,
  id              uuid not null default private.new_id(),
  address         text,
  user_agent      text,
  created_at      timestamptz not null default now(),

  constraint request_origins_pkey primary key (organization_id, id),
  constraint request_origins_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete cascade
);
comment on table ops.request_origins is 'Where a request that wrote history came from: one row a request. Staff only.';

alter table ops.order_history
add constraint order_history_request_origin_fkey foreign key (organization_id, request_origin_id)
  references ops.request_origins (organization_id, id) on delete set null (request_origin_id);
create index order_history_request_origin_idx on ops.order_history (organization_id, request_origin_id);
