-- declared in sql/tables/purchasing.sql
create table ops.supplier_products (
  organization_id    uuid not null default private.organization_id(),
  id                 uuid not null default private.new_id(),
  vendor_id          uuid not null,
  product_variant_id uuid not null,
  vendor_sku         ops.short_text,
  purchase_unit      ops.unit_code not null,
  currency           ops.currency_code not null,
  lead_time_days     integer not null,
  minimum_qty        ops.quantity not null default 0,
  multiple_qty       ops.quantity,
  preference         integer not null default 100,
  valid_from         ops.business_date,
  valid_to           ops.business_date,
  created_at         timestamptz not null default now(),
  created_by         uuid not null default private.actor_id(),
  updated_at         timestamptz not null default now(),
  row_version        integer not null default 1,

  constraint supplier_products_pkey primary key (organization_id, id),
  constraint supplier_products_vendor_fkey foreign key (organization_id, vendor_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint supplier_products_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint supplier_products_purchase_unit_fkey foreign key (organization_id, purchase_unit)
    references ops.units (organization_id, code) on delete restrict,
  constraint supplier_products_valid_from_key unique nulls not distinct (
    organization_id, product_variant_id, vendor_id, valid_from
  ),
  constraint supplier_products_vendor_sku_check check (vendor_sku <> ''),
  constraint supplier_products_lead_time_check check (lead_time_days between 0 and 3650),
  constraint supplier_products_quantities_check check (minimum_qty >= 0 and multiple_qty > 0),
  constraint supplier_products_preference_check check (preference > 0),
  constraint supplier_products_valid_check check (valid_to > valid_from)
);
create index supplier_products_vendor_idx on ops.supplier_products (organization_id, vendor_id, id);
create index supplier_products_purchase_unit_idx on ops.supplier_products (organization_id, purchase_unit);
comment on table ops.supplier_products is 'What a vendor sells us, and on what terms. Of several of one vendor for a variant the one that began last holds.';
comment on column ops.supplier_products.vendor_sku is 'The vendor''s own number for it.';
comment on column ops.supplier_products.purchase_unit is 'What the vendor counts it in; by default the variant''s unit. Another one needs a conversion.';
comment on column ops.supplier_products.currency is 'By default the vendor''s, else the organization''s.';
comment on column ops.supplier_products.lead_time_days is 'Days from the order to the goods; by default the vendor''s, else 0.';
comment on column ops.supplier_products.minimum_qty is 'Fewer are not sold at once. In the purchase unit.';
comment on column ops.supplier_products.multiple_qty is 'Sold in multiples of it. In the purchase unit; null: as its decimals allow.';
comment on column ops.supplier_products.preference is '1 before 2: whom we would rather buy from.';
comment on column ops.supplier_products.valid_from is 'First day on which it can be ordered; null: from the start.';
comment on column ops.supplier_products.valid_to is 'First day on which it cannot any more; null: for good.';

create table ops.supplier_price_breaks (
  organization_id     uuid not null default private.organization_id(),
  id                  uuid not null default private.new_id(),
  supplier_product_id uuid not null,
  from_qty            ops.quantity not null default 0,
  unit_price          ops.money_amount not null,
  created_at          timestamptz not null default now(),
  created_by          uuid not null default private.actor_id(),
  updated_at          timestamptz not null default now(),
  row_version         integer not null default 1,

  constraint supplier_price_breaks_pkey primary key (organization_id, id),
  constraint supplier_price_breaks_offer_fkey foreign key (organization_id, supplier_product_id)
    references ops.supplier_products (organization_id, id) on delete cascade,
  constraint supplier_price_breaks_from_qty_key unique (organization_id, supplier_product_id, from_qty),
  constraint supplier_price_breaks_amounts_check check (from_qty >= 0 and unit_price >= 0)
);
comment on table ops.supplier_price_breaks is 'What a vendor''s product costs, by how much of it is ordered at once.';
comment on column ops.supplier_price_breaks.from_qty is 'The price holds from this quantity on, for all of it. In the purchase unit.';
comment on column ops.supplier_price_breaks.unit_price is 'For one purchase unit, in the offer''s currency.';

create table ops.purchase_approval_tiers (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  from_amount     ops.money_amount not null,
  approver_role   ops.member_role not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint purchase_approval_tiers_pkey primary key (organization_id, id),
  constraint purchase_approval_tiers_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint purchase_approval_tiers_from_amount_key unique (organization_id, from_amount),
  constraint purchase_approval_tiers_from_amount_check check (from_amount >= 0),
  constraint purchase_approval_tiers_role_check check (
    approver_role not in ('oms_client', 'oms_factory', 'oms_vendor')
  )
);
comment on table ops.purchase_approval_tiers is 'Who approves a purchase order of which amount. Below the lowest tier nobody needs to.';
comment on column ops.purchase_approval_tiers.from_amount is 'From this total of the order on, in the organization''s currency.';
comment on column ops.purchase_approval_tiers.approver_role is 'The role that approves; never the person who submitted it.';

create table ops.purchase_orders (
  organization_id  uuid not null default private.organization_id(),
  id               uuid not null default private.new_id(),
  vendor_id        uuid not null,
  po_number        ops.short_text not null,
  warehouse_id     uuid not null,
  currency         ops.currency_code not null,
  status           ops.purchase_order_status not null default 'draft',
  is_open          boolean not null generated always as (status not in ('closed', 'cancelled')) stored,
  receipt_status   ops.receipt_status not null default 'not_received',
  order_date       ops.business_date,
  subtotal         ops.money_amount not null default 0,
  tax_amount       ops.money_amount not null default 0,
  freight_amount   ops.money_amount not null default 0,
  total            ops.money_amount not null generated always as (subtotal + tax_amount + freight_amount) stored,
  sent_at          timestamptz,
  acknowledged_at  timestamptz,
  vendor_reference ops.short_text,
  note             ops.long_text,
  metadata         jsonb not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid not null default private.actor_id(),
  updated_at       timestamptz not null default now(),
  row_version      integer not null default 1,

  constraint purchase_orders_pkey primary key (organization_id, id),
  constraint purchase_orders_vendor_fkey foreign key (organization_id, vendor_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint purchase_orders_vendor_key unique (organization_id, id, vendor_id),
  constraint purchase_orders_po_number_key unique (organization_id, vendor_id, po_number),
  constraint purchase_orders_warehouse_fkey foreign key (organization_id, warehouse_id)
    references ops.warehouses (organization_id, id) on delete restrict,
  constraint purchase_orders_amounts_check check (subtotal >= 0 and tax_amount >= 0 and freight_amount >= 0)
);
create index purchase_orders_vendor_idx on ops.purchase_orders (organization_id, vendor_id, id);
create index purchase_orders_warehouse_idx on ops.purchase_orders (organization_id, warehouse_id, vendor_id);
create index purchase_orders_open_idx on ops.purchase_orders (organization_id, id) where is_open;
-- Planning finds the draft that it adds to.
create index purchase_orders_draft_idx on ops.purchase_orders (organization_id, vendor_id, warehouse_id, currency)
where status = 'draft';
comment on table ops.purchase_orders is 'What we buy from a vendor, for one warehouse, in one currency. The vendor sees it once it is sent.';
comment on column ops.purchase_orders.po_number is 'Our number; by default counted for each vendor, with gaps.';
comment on column ops.purchase_orders.warehouse_id is 'Where the goods go; by default the organization''s first warehouse.';
comment on column ops.purchase_orders.currency is 'By default the vendor''s, else the organization''s.';
comment on column ops.purchase_orders.is_open is 'Neither closed nor cancelled.';
comment on column ops.purchase_orders.receipt_status is 'How much of it has come; derived, never set.';
comment on column ops.purchase_orders.order_date is 'The day on which it was sent; by default filled then.';
comment on column ops.purchase_orders.subtotal is 'Sum of its lines. Kept by trigger.';
comment on column ops.purchase_orders.total is 'Subtotal, tax and freight.';
comment on column ops.purchase_orders.vendor_reference is 'The vendor''s own number for it.';
comment on column ops.purchase_orders.note is 'For the vendor.';
comment on column ops.purchase_orders.metadata is 'The user''s own fields. The order''s vendor reads them.';

create table ops.purchase_order_approvals (
  organization_id   uuid not null default private.organization_id(),
  id                uuid not null default private.new_id(),
  purchase_order_id uuid not null,
  amount            ops.money_amount not null,
  approver_role     ops.member_role,
  submitted_at      timestamptz not null default now(),
  submitted_by      uuid not null default private.actor_id(),
  decided_at        timestamptz,
  decided_by        uuid,
  is_approved       boolean,
  reason            ops.long_text,

  constraint purchase_order_approvals_pkey primary key (organization_id, id),
  constraint purchase_order_approvals_order_fkey foreign key (organization_id, purchase_order_id)
    references ops.purchase_orders (organization_id, id) on delete cascade,
  constraint purchase_order_approvals_decided_check check (
    (decided_at is null) = (is_approved is null) and (approver_role is null or decided_by <> submitted_by)
  )
);
create index purchase_order_approvals_order_idx on ops.purchase_order_approvals (
  organization_id, purchase_order_id, id
);
create unique index purchase_order_approvals_open_key on ops.purchase_order_approvals (
  organization_id, purchase_order_id
) where decided_at is null;
comment on table ops.purchase_order_approvals is 'Each time a purchase order was submitted, who had to decide and who did. Written by triggers; vendors do not see it.';
comment on column ops.purchase_order_approvals.amount is 'Total of the order when it was submitted, in the organization''s currency.';
comment on column ops.purchase_order_approvals.approver_role is 'Role of the tier that the amount reached; null: none was, so that it approved itself.';
comment on column ops.purchase_order_approvals.is_approved is 'Null until decided. False: sent back to be changed.';

create table ops.purchase_order_lines (
  organization_id            uuid not null default private.organization_id(),
  id                         uuid not null default private.new_id(),
  purchase_order_id          uuid not null,
  vendor_id                  uuid not null,
  line_number                integer not null,
  product_variant_id         uuid not null,
  sku                        ops.short_text not null,
  vendor_sku                 ops.short_text,
  description                ops.short_text not null,
  quantity                   ops.quantity not null,
  unit                       ops.unit_code not null,
  stock_per_unit             ops.quantity not null,
  unit_price                 ops.money_amount not null,
  line_total                 ops.money_amount not null generated always as (
    round(quantity * unit_price, 4)
  ) stored,
  need_by                    ops.business_date not null,
  original_promised_date     ops.business_date,
  promised_date              ops.business_date,
  confirmed_qty              ops.quantity,
  cancelled_qty              ops.quantity not null default 0,
  over_receipt_tolerance_pct ops.percentage not null,
  received_qty               ops.quantity not null default 0,
  rejected_qty               ops.quantity not null default 0,
  stocked_qty                ops.quantity not null generated always as (received_qty - rejected_qty) stored,
  open_qty                   ops.quantity not null default 0,
  due_on                     ops.business_date not null generated always as (
    coalesce(original_promised_date, need_by)
  ) stored,
  last_received_on           ops.business_date,
  received_on                ops.business_date generated always as (
    case
      when received_qty > rejected_qty and received_qty - rejected_qty >= quantity - cancelled_qty then last_received_on
    end
  ) stored,
  sent_at                    timestamptz,
  created_at                 timestamptz not null default now(),
  created_by                 uuid not null default private.actor_id(),
  updated_at                 timestamptz not null default now(),
  row_version                integer not null default 1,

  constraint purchase_order_lines_pkey primary key (organization_id, id),
  constraint purchase_order_lines_order_fkey foreign key (organization_id, purchase_order_id, vendor_id)
    references ops.purchase_orders (organization_id, id, vendor_id) on delete cascade,
  constraint purchase_order_lines_line_number_key unique (organization_id, purchase_order_id, line_number),
  constraint purchase_order_lines_variant_fkey foreign key (organization_id, product_variant_id)
    references ops.product_variants (organization_id, id) on delete restrict,
  constraint purchase_order_lines_unit_fkey foreign key (organization_id, unit)
    references ops.units (organization_id, code) on delete restrict,
  constraint purchase_order_lines_line_number_check check (line_number > 0),
  constraint purchase_order_lines_quantity_check check (quantity > 0 and stock_per_unit > 0),
  constraint purchase_order_lines_unit_price_check check (unit_price >= 0),
  constraint purchase_order_lines_confirmed_check check (confirmed_qty >= 0),
  constraint purchase_order_lines_cancelled_check check (cancelled_qty between 0 and quantity),
  constraint purchase_order_lines_received_check check (
    rejected_qty >= 0 and rejected_qty <= received_qty
    and received_qty - rejected_qty <= (quantity - cancelled_qty) * (1 + over_receipt_tolerance_pct / 100)
  ),
  constraint purchase_order_lines_open_check check (open_qty >= 0)
)
with (fillfactor = 70);  -- counters, again and again
create index purchase_order_lines_order_idx on ops.purchase_order_lines (organization_id, purchase_order_id, vendor_id);
create index purchase_order_lines_vendor_idx on ops.purchase_order_lines (organization_id, vendor_id, id);
-- What is still to come of what was sent, the most urgent first.
create index purchase_order_lines_due_idx on ops.purchase_order_lines (organization_id, due_on, id)
where open_qty > 0 and sent_at is not null;
create index purchase_order_lines_variant_idx on ops.purchase_order_lines (organization_id, product_variant_id);
create index purchase_order_lines_open_idx on ops.purchase_order_lines (organization_id, product_variant_id)
where open_qty > 0;
create index purchase_order_lines_unit_idx on ops.purchase_order_lines (organization_id, unit);
comment on table ops.purchase_order_lines is 'A line of a purchase order.';
comment on column ops.purchase_order_lines.vendor_id is 'The order''s vendor, kept here for the vendor''s own lists.';
comment on column ops.purchase_order_lines.line_number is 'Place in the order; by default the next.';
comment on column ops.purchase_order_lines.sku is 'Of the variant, when the line was made; so are `vendor_sku` and `description`.';
comment on column ops.purchase_order_lines.quantity is 'Ordered, in `unit`.';
comment on column ops.purchase_order_lines.unit is 'By default the purchase unit of the vendor''s offer, else the variant''s.';
comment on column ops.purchase_order_lines.stock_per_unit is 'How many of the variant''s unit one `unit` is, when the line was made.';
comment on column ops.purchase_order_lines.unit_price is 'For one `unit`, in the order''s currency; by default the offer''s, of the break that the quantity reaches.';
comment on column ops.purchase_order_lines.need_by is 'When we need it; by default when the vendor can deliver it.';
comment on column ops.purchase_order_lines.original_promised_date is 'The first date that the vendor promised. Kept by trigger.';
comment on column ops.purchase_order_lines.promised_date is 'When the vendor says that it comes.';
comment on column ops.purchase_order_lines.confirmed_qty is 'How much the vendor says that it delivers; null until it has.';
comment on column ops.purchase_order_lines.cancelled_qty is 'What we do not want any more; of what has not come.';
comment on column ops.purchase_order_lines.over_receipt_tolerance_pct is 'The organization''s setting when the line was made. Per cent.';
comment on column ops.purchase_order_lines.received_qty is 'Sum of its receipts that are not voided. Kept by trigger.';
comment on column ops.purchase_order_lines.rejected_qty is 'What of it was sent back at once. Kept by trigger.';
comment on column ops.purchase_order_lines.stocked_qty is 'Received less rejected.';
comment on column ops.purchase_order_lines.open_qty is 'What is still to come: ordered less cancelled and stocked; 0 once the order is closed or cancelled. Kept by trigger.';
comment on column ops.purchase_order_lines.due_on is 'The day by which it is on time: the first that the vendor promised, else when we need it.';
comment on column ops.purchase_order_lines.last_received_on is 'Day of its latest receipt that went into stock. Kept by trigger.';
comment on column ops.purchase_order_lines.received_on is 'The day on which all of it had come; null before.';
comment on column ops.purchase_order_lines.sent_at is 'When the order was sent, kept here for the vendor''s own lists.';

create table ops.vendor_deliveries (
  organization_id uuid not null,
  vendor_id       uuid not null,
  received_lines  integer not null default 0,
  late_lines      integer not null default 0,

  constraint vendor_deliveries_pkey primary key (organization_id, vendor_id),
  constraint vendor_deliveries_vendor_fkey foreign key (organization_id, vendor_id)
    references ops.directory (organization_id, id) on delete cascade,
  constraint vendor_deliveries_lines_check check (late_lines between 0 and received_lines)
);
comment on table ops.vendor_deliveries is 'How well a vendor keeps to its dates: purchase order lines that came in full, and how many of them late. Kept by trigger; vendors do not see it.';
comment on column ops.vendor_deliveries.late_lines is 'Received after their due_on.';

create table ops.goods_receipts (
  organization_id   uuid not null default private.organization_id(),
  id                uuid not null default private.new_id(),
  receipt_number    text not null,
  purchase_order_id uuid not null,
  vendor_id         uuid not null,
  received_on       ops.business_date not null default current_date,
  delivery_note     ops.short_text,
  is_voided         boolean not null generated always as (voided_at is not null) stored,
  voided_at         timestamptz,
  voided_by         uuid,
  void_reason       ops.long_text,
  created_at        timestamptz not null default now(),
  created_by        uuid not null default private.actor_id(),
  updated_at        timestamptz not null default now(),
  row_version       integer not null default 1,

  constraint goods_receipts_pkey primary key (organization_id, id),
  constraint goods_receipts_order_fkey foreign key (organization_id, purchase_order_id, vendor_id)
    references ops.purchase_orders (organization_id, id, vendor_id) on delete restrict,
  constraint goods_receipts_vendor_key unique (organization_id, id, purchase_order_id, vendor_id),
  constraint goods_receipts_receipt_number_key unique (organization_id, vendor_id, receipt_number)
);
create index goods_receipts_order_idx on ops.goods_receipts (organization_id, purchase_order_id, vendor_id);
create index goods_receipts_vendor_idx on ops.goods_receipts (organization_id, vendor_id, id);
comment on table ops.goods_receipts is 'A delivery of a vendor, as it was taken in.';
comment on column ops.goods_receipts.receipt_number is 'Counted for each vendor. Gaps can occur.';
comment on column ops.goods_receipts.delivery_note is 'Number of the vendor''s delivery note.';
comment on column ops.goods_receipts.is_voided is 'Entered by mistake: its goods are taken out of stock again.';
comment on column ops.goods_receipts.void_reason is 'Writing one voids the receipt.';

create table ops.goods_receipt_lines (
  organization_id        uuid not null default private.organization_id(),
  id                     uuid not null default private.new_id(),
  goods_receipt_id       uuid not null,
  purchase_order_id      uuid not null,
  purchase_order_line_id uuid not null,
  vendor_id              uuid not null,
  received_qty           ops.quantity not null,
  rejected_qty           ops.quantity not null default 0,
  stocked_qty            ops.quantity not null generated always as (received_qty - rejected_qty) stored,
  reject_reason          ops.long_text,
  stock_location_id      uuid,
  lot_id                 uuid,
  created_at             timestamptz not null default now(),
  created_by             uuid not null default private.actor_id(),

  constraint goods_receipt_lines_pkey primary key (organization_id, id),
  constraint goods_receipt_lines_receipt_fkey foreign key (
    organization_id, goods_receipt_id, purchase_order_id, vendor_id
  ) references ops.goods_receipts (organization_id, id, purchase_order_id, vendor_id) on delete restrict,
  constraint goods_receipt_lines_order_line_fkey foreign key (organization_id, purchase_order_line_id)
    references ops.purchase_order_lines (organization_id, id) on delete restrict,
  constraint goods_receipt_lines_location_fkey foreign key (organization_id, stock_location_id)
    references ops.stock_locations (organization_id, id) on delete restrict,
  constraint goods_receipt_lines_lot_fkey foreign key (organization_id, lot_id)
    references ops.lots (organization_id, id) on delete restrict,
  constraint goods_receipt_lines_quantities_check check (
    received_qty > 0 and rejected_qty >= 0 and rejected_qty <= received_qty
  )
);
create index goods_receipt_lines_receipt_idx on ops.goods_receipt_lines (
  organization_id, goods_receipt_id, purchase_order_id, vendor_id
);
create index goods_receipt_lines_order_line_idx on ops.goods_receipt_lines (organization_id, purchase_order_line_id);
create index goods_receipt_lines_vendor_idx on ops.goods_receipt_lines (organization_id, vendor_id, id);
create index goods_receipt_lines_location_idx on ops.goods_receipt_lines (organization_id, stock_location_id);
create index goods_receipt_lines_lot_idx on ops.goods_receipt_lines (organization_id, lot_id) where lot_id is not null;
comment on table ops.goods_receipt_lines is 'What of an order line came with a delivery. What is not rejected goes into stock. Added, never changed.';
comment on column ops.goods_receipt_lines.received_qty is 'What came, in the order line''s unit; above zero.';
comment on column ops.goods_receipt_lines.rejected_qty is 'What of it was not taken; it does not go into stock.';
comment on column ops.goods_receipt_lines.stock_location_id is 'Where in the order''s warehouse it was put; by default the receiving place, else the first storage place.';
comment on column ops.goods_receipt_lines.lot_id is 'Needed for a variant that is tracked by lot or serial.';

alter table ops.stock_moves
add constraint stock_moves_goods_receipt_line_fkey foreign key (organization_id, goods_receipt_line_id)
  references ops.goods_receipt_lines (organization_id, id) on delete restrict;
