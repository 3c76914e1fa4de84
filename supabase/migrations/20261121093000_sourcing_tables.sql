-- declared in sql/tables/sourcing.sql
create table ops.allocations (
  organization_id   uuid not null default private.organization_id(),
  id                uuid not null default private.new_id(),
  allocation_number text not null default private.next_number('AL'),
  name              ops.short_text not null,
  sent_at           timestamptz,
  created_at        timestamptz not null default now(),
  created_by        uuid not null default private.actor_id(),
  updated_at        timestamptz not null default now(),
  row_version       integer not null default 1,

  constraint allocations_pkey primary key (organization_id, id),
  constraint allocations_allocation_number_key unique (organization_id, allocation_number),
  constraint allocations_organization_fkey foreign key (organization_id) references ops.organizations (
    id
  ) on delete restrict,
  constraint allocations_name_check check (name <> '')
);
comment on table ops.allocations is 'A batch of order lines that are planned, sent out and awarded together.';
comment on column ops.allocations.sent_at is 'When its candidates were first invited; set once, by writing any time or by send_allocation.';

create table ops.allocation_items (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  allocation_id   uuid not null,
  order_item_id   uuid not null,
  split_from_id   uuid,
  committed_qty   ops.quantity not null,
  effective_qty   ops.quantity not null default 0,
  closed_at       timestamptz,
  close_reason    ops.allocation_close_reason,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint allocation_items_pkey primary key (organization_id, id),
  constraint allocation_items_allocation_key unique (organization_id, id, allocation_id),
  constraint allocation_items_allocation_fkey foreign key (organization_id, allocation_id)
    references ops.allocations (organization_id, id) on delete restrict,
  constraint allocation_items_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete restrict,
  constraint allocation_items_split_from_fkey foreign key (organization_id, split_from_id)
    references ops.allocation_items (organization_id, id) on delete restrict,
  constraint allocation_items_committed_check check (
    committed_qty >= 0 and committed_qty = trunc(committed_qty) and (committed_qty > 0 or closed_at is not null)
  ),
  constraint allocation_items_effective_check check (effective_qty >= 0 and effective_qty <= committed_qty),
  constraint allocation_items_closed_check check ((closed_at is null) = (close_reason is null))
)
with (fillfactor = 80);  -- room to count awards without writing an index
create index allocation_items_allocation_idx on ops.allocation_items (organization_id, allocation_id, id);
create index allocation_items_order_item_idx on ops.allocation_items (organization_id, order_item_id, id);
create index allocation_items_split_from_idx on ops.allocation_items (organization_id, split_from_id);
comment on table ops.allocation_items is 'What an allocation commits of an order line.';
comment on column ops.allocation_items.order_item_id is 'The line. Two keys join the two tables: embed order_items!allocation_items_order_item_fkey.';
comment on column ops.allocation_items.split_from_id is 'The allocation item whose committed quantity this one took over a part of.';
comment on column ops.allocation_items.committed_qty is 'Pieces committed here; awards can take no more. By default what the line has left.';
comment on column ops.allocation_items.effective_qty is 'Sum of the effective quantities of its slices. Kept by trigger.';
comment on column ops.allocation_items.closed_at is 'From then on nothing more is awarded here.';

alter table ops.order_items
add constraint order_items_allocation_item_fkey foreign key (organization_id, allocation_item_id)
  references ops.allocation_items (organization_id, id) on delete set null (allocation_item_id);
create index order_items_allocation_item_idx on ops.order_items (organization_id, allocation_item_id);

create table ops.allocation_item_sizes (
  organization_id    uuid not null,
  id                 uuid not null default private.new_id(),
  allocation_item_id uuid not null,
  size_label         text not null,
  position           integer not null,
  quantity           ops.quantity not null,

  constraint allocation_item_sizes_pkey primary key (organization_id, id),
  constraint allocation_item_sizes_allocation_item_fkey foreign key (organization_id, allocation_item_id)
    references ops.allocation_items (organization_id, id) on delete cascade,
  constraint allocation_item_sizes_size_label_key unique (organization_id, allocation_item_id, size_label),
  constraint allocation_item_sizes_quantity_check check (quantity >= 0 and quantity = trunc(quantity))
);
comment on table ops.allocation_item_sizes is 'The size run of the committed quantity, apportioned from what is left of the line''s run. Kept by trigger.';

create table ops.allocation_items_supplier (
  organization_id            uuid not null default private.organization_id(),
  id                         uuid not null default private.new_id(),
  allocation_item_id         uuid not null,
  allocation_id              uuid not null,
  factory_id                 uuid not null,
  style_id                   uuid not null,
  colorway_id                uuid not null,
  style_number               text not null,
  style_name                 text not null,
  marketing_name             text not null,
  color_reference            text,
  target_ex_factory_date     ops.business_date,
  order_qty                  ops.quantity not null,
  invited_at                 timestamptz,

  quote_status               ops.quote_status not null default 'invited',
  price                      ops.money_amount,
  currency                   ops.currency_code,
  pricing_terms              ops.pricing_terms,
  ship_mode                  ops.ship_mode,
  capacity_qty               ops.quantity,
  ex_factory_date            ops.business_date,
  comments                   ops.long_text,
  quoted_at                  timestamptz,

  is_awarded                 boolean not null default false,
  awarded_qty                ops.quantity,
  awarded_price              ops.money_amount,
  awarded_at                 timestamptz,
  over_receipt_tolerance_pct ops.percentage,
  closed_at                  timestamptz,
  closed_qty                 ops.quantity,

  production_status          ops.production_status not null default 'not_started',
  shipped_qty                ops.quantity not null default 0,

  received_qty               ops.quantity not null default 0,
  accepted_qty               ops.quantity not null default 0,
  accepted_excess_qty        ops.quantity not null default 0,
  approved_qty               ops.quantity not null default 0,
  approved_amount            ops.money_amount not null default 0,
  paid_amount                ops.money_amount not null default 0,

  -- A generated column cannot name another, so the effective quantity is spelt out in each.
  effective_qty              ops.quantity not null generated always as (
    case when is_awarded then coalesce(closed_qty, awarded_qty) else 0 end
  ) stored,
  excess_qty                 ops.quantity not null generated always as (
    greatest(accepted_qty - case when is_awarded then coalesce(closed_qty, awarded_qty) else 0 end, 0)
  ) stored,
  payable_qty                ops.quantity not null generated always as (
    least(
      accepted_qty,
      case when is_awarded then coalesce(closed_qty, awarded_qty) else 0 end + accepted_excess_qty
    )
  ) stored,
  payable_amount             ops.money_amount not null generated always as (
    least(
      accepted_qty,
      case when is_awarded then coalesce(closed_qty, awarded_qty) else 0 end + accepted_excess_qty
    ) * coalesce(awarded_price, 0)
  ) stored,
  balance                    ops.money_amount not null generated always as (
    least(
      accepted_qty,
      case when is_awarded then coalesce(closed_qty, awarded_qty) else 0 end + accepted_excess_qty
    ) * coalesce(awarded_price, 0) - paid_amount
  ) stored,

  created_at                 timestamptz not null default now(),
  created_by                 uuid not null default private.actor_id(),
  updated_at                 timestamptz not null default now(),
  row_version                integer not null default 1,

  constraint allocation_items_supplier_pkey primary key (organization_id, id),
  constraint allocation_items_supplier_allocation_item_fkey foreign key (
    organization_id, allocation_item_id, allocation_id
  )
    references ops.allocation_items (organization_id, id, allocation_id) on delete restrict,
  constraint allocation_items_supplier_factory_fkey foreign key (organization_id, factory_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint allocation_items_supplier_colorway_fkey foreign key (organization_id, colorway_id, style_id)
    references ops.colorways (organization_id, id, style_id) on delete restrict,
  constraint allocation_items_supplier_order_qty_check check (order_qty > 0 and order_qty = trunc(order_qty)),
  constraint allocation_items_supplier_quote_check check (
    price > 0 and capacity_qty > 0 and capacity_qty = trunc(capacity_qty)
  ),
  constraint allocation_items_supplier_quoted_check check (
    quote_status <> 'quoted' or (price is not null and currency is not null and quoted_at is not null)
  ),
  constraint allocation_items_supplier_awarded_check check (
    case
      when is_awarded then num_nulls(awarded_qty, awarded_price, awarded_at, currency, over_receipt_tolerance_pct) = 0
      else num_nonnulls(awarded_qty, awarded_price, awarded_at, over_receipt_tolerance_pct) = 0
    end
  ),
  constraint allocation_items_supplier_awarded_qty_check check (
    awarded_qty > 0 and awarded_qty = trunc(awarded_qty) and awarded_price > 0
  ),
  constraint allocation_items_supplier_closed_check check (
    (closed_qty is not null) = (is_awarded and closed_at is not null)
  ),
  constraint allocation_items_supplier_closed_qty_check check (
    closed_qty >= 0 and closed_qty <= awarded_qty and closed_qty = trunc(closed_qty)
  ),
  constraint allocation_items_supplier_received_check check (accepted_qty >= 0 and accepted_qty <= received_qty),
  constraint allocation_items_supplier_over_receipt_check check (
    accepted_qty <= case when is_awarded then coalesce(closed_qty, awarded_qty) else 0 end
    * (1 + coalesce(over_receipt_tolerance_pct, 0) / 100)
  ),
  constraint allocation_items_supplier_excess_check check (
    accepted_excess_qty >= 0 and accepted_excess_qty = trunc(accepted_excess_qty)
  ),
  constraint allocation_items_supplier_shipped_check check (shipped_qty >= 0 and shipped_qty = trunc(shipped_qty)),
  constraint allocation_items_supplier_approved_check check (
    approved_qty >= 0 and approved_amount >= 0 and (approved_qty = 0) = (approved_amount = 0)
  ),
  constraint allocation_items_supplier_paid_check check (paid_amount >= 0)
);
create index allocation_items_supplier_allocation_item_idx
on ops.allocation_items_supplier (organization_id, allocation_item_id, allocation_id);
create unique index allocation_items_supplier_candidate_key
on ops.allocation_items_supplier (organization_id, allocation_item_id, factory_id)
where closed_at is null and not is_awarded;
create index allocation_items_supplier_factory_idx on ops.allocation_items_supplier (organization_id, factory_id, id);
create index allocation_items_supplier_factory_colorway_idx
on ops.allocation_items_supplier (organization_id, factory_id, colorway_id) where invited_at is not null;
create index allocation_items_supplier_factory_style_idx
on ops.allocation_items_supplier (organization_id, factory_id, style_id) where invited_at is not null;
create index allocation_items_supplier_colorway_idx
on ops.allocation_items_supplier (organization_id, colorway_id, style_id);
create index allocation_items_supplier_allocation_idx
on ops.allocation_items_supplier (organization_id, allocation_id, factory_id);
create index allocation_items_supplier_awarded_idx
on ops.allocation_items_supplier (organization_id, id) where is_awarded;

comment on table ops.allocation_items_supplier is
  'One slice: what one factory is asked, quotes, is awarded, makes, delivers and is paid for of an allocation item. Holds all that the factory needs to know.';
comment on column ops.allocation_items_supplier.style_number is 'The style as it was when the factory was chosen; frozen.';
comment on column ops.allocation_items_supplier.target_ex_factory_date is 'When we want the goods to leave the factory.';
comment on column ops.allocation_items_supplier.order_qty is 'Pieces asked for; by default what the allocation item has left. An award without a quantity takes this.';
comment on column ops.allocation_items_supplier.invited_at is 'When the factory was invited; before that it cannot see the row.';
comment on column ops.allocation_items_supplier.price is 'The quote, for a piece, in `currency`.';
comment on column ops.allocation_items_supplier.capacity_qty is 'The most pieces that the factory can make; null: no limit given.';
comment on column ops.allocation_items_supplier.ex_factory_date is 'When the factory says that the goods can leave.';
comment on column ops.allocation_items_supplier.awarded_price is 'Price of a piece, frozen at the award: the quote''s, or the planner''s override.';
comment on column ops.allocation_items_supplier.over_receipt_tolerance_pct is 'The organization''s setting at the award. Per cent.';
comment on column ops.allocation_items_supplier.closed_at is 'A closed candidate takes no more part; a closed slice is made up to closed_qty only.';
comment on column ops.allocation_items_supplier.closed_qty is 'Pieces that the slice was closed at.';
comment on column ops.allocation_items_supplier.production_status is 'As the factory reports it.';
comment on column ops.allocation_items_supplier.shipped_qty is 'Pieces that left the factory in all, as the factory reports it.';
comment on column ops.allocation_items_supplier.received_qty is 'Sum of receipts that are not voided. Kept by trigger.';
comment on column ops.allocation_items_supplier.accepted_qty is 'Received less rejected. Kept by trigger.';
comment on column ops.allocation_items_supplier.accepted_excess_qty is 'How much of what came beyond the effective quantity finance agrees to pay.';
comment on column ops.allocation_items_supplier.approved_qty is 'Pieces of approved invoices, less those of approved credit notes. Kept by trigger.';
comment on column ops.allocation_items_supplier.approved_amount is 'Amount of approved invoices, less that of approved credit notes. Kept by trigger.';
comment on column ops.allocation_items_supplier.paid_amount is 'Sum of payments that are not voided. Kept by trigger.';
comment on column ops.allocation_items_supplier.effective_qty is 'Pieces that count: closed_qty if closed, else awarded_qty; 0 while not awarded.';
comment on column ops.allocation_items_supplier.excess_qty is 'Accepted beyond the effective quantity.';
comment on column ops.allocation_items_supplier.payable_qty is 'least(accepted_qty, effective_qty + accepted_excess_qty).';
comment on column ops.allocation_items_supplier.payable_amount is 'payable_qty x awarded_price.';
comment on column ops.allocation_items_supplier.balance is 'payable_amount - paid_amount. Negative: the factory owes us.';

create table ops.allocation_item_supplier_sizes (
  organization_id             uuid not null,
  id                          uuid not null default private.new_id(),
  allocation_item_supplier_id uuid not null,
  factory_id                  uuid not null,
  invited_at                  timestamptz,
  size_label                  text not null,
  position                    integer not null,
  quantity                    ops.quantity not null,

  constraint allocation_item_supplier_sizes_pkey primary key (organization_id, id),
  constraint allocation_item_supplier_sizes_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete cascade,
  constraint allocation_item_supplier_sizes_size_label_key
    unique (organization_id, allocation_item_supplier_id, size_label),
  constraint allocation_item_supplier_sizes_quantity_check check (quantity >= 0 and quantity = trunc(quantity))
);
create index allocation_item_supplier_sizes_factory_idx
on ops.allocation_item_supplier_sizes (organization_id, factory_id, id);
comment on table ops.allocation_item_supplier_sizes is
  'The size run of a slice: of the proposed quantity, once awarded of the effective one, apportioned from what earlier slices left. Kept by trigger.';
comment on column ops.allocation_item_supplier_sizes.invited_at is 'The slice''s, for the factory''s policy.';

create table ops.allocation_item_supplier_notes (
  organization_id             uuid not null default private.organization_id(),
  id                          uuid not null default private.new_id(),
  allocation_item_supplier_id uuid not null,
  kind                        ops.slice_note_kind not null default 'remark',
  remark                      ops.long_text not null,
  replaces_id                 uuid,
  created_at                  timestamptz not null default now(),
  created_by                  uuid not null default private.actor_id(),

  constraint allocation_item_supplier_notes_pkey primary key (organization_id, id),
  constraint allocation_item_supplier_notes_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete cascade,
  constraint allocation_item_supplier_notes_replaces_fkey foreign key (organization_id, replaces_id)
    references ops.allocation_items_supplier (organization_id, id) on delete restrict,
  constraint allocation_item_supplier_notes_remark_check check (remark <> '')
);
create index allocation_item_supplier_notes_slice_idx
on ops.allocation_item_supplier_notes (organization_id, allocation_item_supplier_id, id);
create index allocation_item_supplier_notes_replaces_idx on ops.allocation_item_supplier_notes (
  organization_id, replaces_id
);
comment on table ops.allocation_item_supplier_notes is 'What staff say of a slice and factories do not read. An award at another price than quoted needs one of kind price_override.';
comment on column ops.allocation_item_supplier_notes.replaces_id is 'The slice whose pieces this one took over.';

create table ops.factory_pos (
  organization_id                uuid not null default private.organization_id(),
  id                             uuid not null default private.new_id(),
  allocation_id                  uuid not null,
  factory_id                     uuid not null,
  currency                       ops.currency_code not null,
  po_number                      text not null,
  version                        integer not null default 1,
  supersedes_id                  uuid,
  status                         ops.factory_po_status not null default 'DRAFT',
  ex_factory_date                ops.business_date,
  po_document_uri                ops.document_uri,
  total_qty                      ops.quantity not null default 0,
  total_amount                   ops.money_amount not null default 0,
  terms_hash                     text,
  issued_at                      timestamptz,
  issued_by                      uuid,
  issued_by_name                 ops.short_text,
  signed_at                      timestamptz,
  signed_by                      uuid,
  signed_by_name                 ops.short_text,
  signed_from                    text,
  signed_terms_hash              ops.short_text,
  is_signature_recorded_by_staff boolean not null default false,
  cancelled_at                   timestamptz,
  superseded_at                  timestamptz,
  created_at                     timestamptz not null default now(),
  created_by                     uuid not null default private.actor_id(),
  updated_at                     timestamptz not null default now(),
  row_version                    integer not null default 1,

  constraint factory_pos_pkey primary key (organization_id, id),
  constraint factory_pos_po_number_key unique (organization_id, factory_id, po_number, version),
  constraint factory_pos_factory_key unique (organization_id, id, factory_id),
  constraint factory_pos_allocation_fkey foreign key (organization_id, allocation_id)
    references ops.allocations (organization_id, id) on delete restrict,
  constraint factory_pos_factory_fkey foreign key (organization_id, factory_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint factory_pos_supersedes_fkey foreign key (organization_id, supersedes_id)
    references ops.factory_pos (organization_id, id) on delete restrict,
  constraint factory_pos_version_check check (version > 0 and (version = 1) = (supersedes_id is null)),
  constraint factory_pos_issued_check check (
    status in ('DRAFT', 'CANCELLED') or num_nulls(issued_at, issued_by, terms_hash) = 0
  ),
  constraint factory_pos_signed_check check (
    case
      when status in ('PC_SIGNED', 'CLOSED')
        then num_nulls(signed_at, signed_by, signed_by_name, signed_terms_hash) = 0 and signed_terms_hash = terms_hash
      when status in ('DRAFT', 'ISSUED') then num_nonnulls(signed_at, signed_by, signed_from, signed_terms_hash) = 0
      else true
    end
  ),
  constraint factory_pos_superseded_check check (superseded_at is null or status = 'CANCELLED'),
  constraint factory_pos_recorded_signature_check check (
    not is_signature_recorded_by_staff or po_document_uri is not null
  )
);
create unique index factory_pos_open_key on ops.factory_pos (organization_id, allocation_id, factory_id, currency)
where status in ('DRAFT', 'ISSUED');
create unique index factory_pos_in_force_key on ops.factory_pos (organization_id, allocation_id, factory_id, currency)
where status in ('PC_SIGNED', 'CLOSED');
create index factory_pos_allocation_idx on ops.factory_pos (organization_id, allocation_id);
create index factory_pos_factory_idx on ops.factory_pos (organization_id, factory_id, id);
create index factory_pos_open_idx on ops.factory_pos (organization_id, id) where status not in ('CLOSED', 'CANCELLED');
create index factory_pos_supersedes_idx on ops.factory_pos (organization_id, supersedes_id);

comment on table ops.factory_pos is 'Production contract (PC): what a factory is bound to make of one allocation, in one currency.';
comment on column ops.factory_pos.po_number is 'Numbered per factory, so that a factory cannot count contracts of others; the versions of a contract share it.';
comment on column ops.factory_pos.currency is 'What the factory is paid in.';
comment on column ops.factory_pos.supersedes_id is 'The version that this one was drafted from. What is in force stays so until the next version is signed.';
comment on column ops.factory_pos.superseded_at is 'When the factory signed the next version; the slices go on under that one.';
comment on column ops.factory_pos.po_document_uri is 'The contract as a document; with the factory''s countersignature where staff recorded it.';
comment on column ops.factory_pos.terms_hash is 'SHA-256 of the canonical terms (number, version, lines, sizes, prices), taken when issued.';
comment on column ops.factory_pos.issued_by_name is 'Who issued it for us, as it stands on the contract: a factory does not see our members.';
comment on column ops.factory_pos.signed_from is 'Network address that the signature came from.';
comment on column ops.factory_pos.signed_terms_hash is 'The terms that were signed; a signer who sends another hash than terms_hash is refused.';
comment on column ops.factory_pos.is_signature_recorded_by_staff is 'Staff recorded a countersignature that came on paper; po_document_uri holds it.';

create table ops.factory_po_lines (
  organization_id             uuid not null default private.organization_id(),
  id                          uuid not null default private.new_id(),
  factory_po_id               uuid not null,
  factory_id                  uuid not null,
  allocation_item_supplier_id uuid not null,
  style_number                text not null,
  style_name                  text not null,
  marketing_name              text not null,
  color_reference             text,
  quantity                    ops.quantity not null,
  price                       ops.money_amount not null,
  over_receipt_tolerance_pct  ops.percentage not null,
  amount                      ops.money_amount not null generated always as (quantity * price) stored,
  issued_at                   timestamptz,
  created_at                  timestamptz not null default now(),
  created_by                  uuid not null default private.actor_id(),

  constraint factory_po_lines_pkey primary key (organization_id, id),
  constraint factory_po_lines_slice_key unique (organization_id, allocation_item_supplier_id, factory_po_id),
  constraint factory_po_lines_factory_po_fkey foreign key (organization_id, factory_po_id, factory_id)
    references ops.factory_pos (organization_id, id, factory_id) on delete restrict,
  constraint factory_po_lines_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete restrict,
  constraint factory_po_lines_terms_check check (quantity > 0 and price > 0)
);
create index factory_po_lines_factory_po_idx on ops.factory_po_lines (organization_id, factory_po_id, factory_id);
create index factory_po_lines_factory_idx on ops.factory_po_lines (organization_id, factory_id, id);
comment on table ops.factory_po_lines is 'What a contract says of one slice. Follows the slice while the contract is a draft, unless a contract in force holds the slice: then these are the terms to be agreed anew. Frozen when issued, copied to the slice when signed.';
comment on column ops.factory_po_lines.quantity is 'Pieces. The next version of a contract may lower them; more are awarded as a slice of their own.';
comment on column ops.factory_po_lines.over_receipt_tolerance_pct is 'By default the slice''s, which it replaces there when the contract is signed. Per cent.';
comment on column ops.factory_po_lines.amount is 'quantity x price.';
comment on column ops.factory_po_lines.issued_at is 'The contract''s, for the factory''s policy.';

create table ops.factory_po_line_sizes (
  organization_id    uuid not null,
  id                 uuid not null default private.new_id(),
  factory_po_line_id uuid not null,
  factory_id         uuid not null,
  size_label         text not null,
  position           integer not null,
  quantity           ops.quantity not null,

  constraint factory_po_line_sizes_pkey primary key (organization_id, id),
  constraint factory_po_line_sizes_factory_po_line_fkey foreign key (organization_id, factory_po_line_id)
    references ops.factory_po_lines (organization_id, id) on delete cascade,
  constraint factory_po_line_sizes_size_label_key unique (organization_id, factory_po_line_id, size_label),
  constraint factory_po_line_sizes_quantity_check check (quantity >= 0 and quantity = trunc(quantity))
);
create index factory_po_line_sizes_factory_idx on ops.factory_po_line_sizes (organization_id, factory_id, id);
comment on table ops.factory_po_line_sizes is 'The size run of a contract line, written when the contract is issued.';

create table ops.factory_receipts (
  organization_id             uuid not null default private.organization_id(),
  id                          uuid not null default private.new_id(),
  allocation_item_supplier_id uuid not null,
  factory_id                  uuid not null,
  receipt_number              text not null,
  received_date               ops.business_date not null default current_date,
  qty_received                ops.quantity not null,
  qty_rejected                ops.quantity not null default 0,
  batch_id                    ops.short_text,
  location                    ops.short_text,
  document_uri                ops.document_uri,
  voided_at                   timestamptz,
  voided_by                   uuid,
  void_reason                 ops.long_text,
  created_at                  timestamptz not null default now(),
  created_by                  uuid not null default private.actor_id(),
  updated_at                  timestamptz not null default now(),
  row_version                 integer not null default 1,

  constraint factory_receipts_pkey primary key (organization_id, id),
  constraint factory_receipts_receipt_number_key unique (organization_id, factory_id, receipt_number),
  constraint factory_receipts_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete restrict,
  constraint factory_receipts_qty_received_check check (qty_received > 0 and qty_received = trunc(qty_received)),
  constraint factory_receipts_qty_rejected_check check (
    qty_rejected >= 0 and qty_rejected <= qty_received and qty_rejected = trunc(qty_rejected)
  ),
  constraint factory_receipts_voided_check check (
    num_nulls(voided_at, voided_by, void_reason) in (0, 3) and void_reason <> ''
  )
);
create index factory_receipts_slice_idx on ops.factory_receipts (organization_id, allocation_item_supplier_id, id);
create index factory_receipts_factory_idx on ops.factory_receipts (organization_id, factory_id, id);
comment on table ops.factory_receipts is 'Goods of a slice that came in. Never deleted: a mistake is voided, with a reason.';
comment on column ops.factory_receipts.receipt_number is 'Numbered per factory.';
comment on column ops.factory_receipts.qty_received is 'Pieces that came, rejected ones included.';
comment on column ops.factory_receipts.qty_rejected is 'Pieces of them that were not accepted.';
comment on column ops.factory_receipts.void_reason is 'Writing it voids the receipt.';

create table ops.factory_payments (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  factory_po_id   uuid not null,
  factory_id      uuid not null,
  reference       ops.short_text not null,
  payment_date    ops.business_date not null default current_date,
  currency        ops.currency_code not null,
  amount          ops.money_amount not null default 0,
  is_advance      boolean not null default false,
  voided_at       timestamptz,
  voided_by       uuid,
  void_reason     ops.long_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint factory_payments_pkey primary key (organization_id, id),
  constraint factory_payments_factory_po_fkey foreign key (organization_id, factory_po_id, factory_id)
    references ops.factory_pos (organization_id, id, factory_id) on delete restrict,
  constraint factory_payments_factory_key unique (organization_id, id, factory_id),
  constraint factory_payments_reference_check check (reference <> ''),
  constraint factory_payments_voided_check check (
    num_nulls(voided_at, voided_by, void_reason) in (0, 3) and void_reason <> ''
  )
);
create unique index factory_payments_reference_key on ops.factory_payments (organization_id, factory_id, reference)
where voided_at is null;
create index factory_payments_factory_po_idx on ops.factory_payments (organization_id, factory_po_id, factory_id);
create index factory_payments_factory_idx on ops.factory_payments (organization_id, factory_id, id);
comment on table ops.factory_payments is 'Money that went to a factory against a contract (a refund has negative lines). Never deleted: a mistake is voided, with a reason.';
comment on column ops.factory_payments.reference is 'The bank''s or our own reference; a factory has each once among payments that are not voided.';
comment on column ops.factory_payments.amount is 'Sum of the lines. Kept by trigger.';
comment on column ops.factory_payments.is_advance is 'Paid before goods and invoice: bound by what the slice is awarded for, not by what is payable. Never changes.';
comment on column ops.factory_payments.void_reason is 'Writing it voids the payment.';

create table ops.factory_payment_lines (
  organization_id             uuid not null default private.organization_id(),
  id                          uuid not null default private.new_id(),
  factory_payment_id          uuid not null,
  factory_id                  uuid not null,
  allocation_item_supplier_id uuid not null,
  amount                      ops.money_amount not null,
  created_at                  timestamptz not null default clock_timestamp(),
  created_by                  uuid not null default private.actor_id(),

  constraint factory_payment_lines_pkey primary key (organization_id, id),
  constraint factory_payment_lines_slice_key unique (organization_id, factory_payment_id, allocation_item_supplier_id),
  constraint factory_payment_lines_factory_payment_fkey foreign key (organization_id, factory_payment_id, factory_id)
    references ops.factory_payments (organization_id, id, factory_id) on delete restrict,
  constraint factory_payment_lines_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete restrict,
  constraint factory_payment_lines_amount_check check (amount <> 0)
);
create index factory_payment_lines_factory_payment_idx
on ops.factory_payment_lines (organization_id, factory_payment_id, factory_id);
create index factory_payment_lines_slice_idx
on ops.factory_payment_lines (organization_id, allocation_item_supplier_id, id);
create index factory_payment_lines_factory_idx on ops.factory_payment_lines (organization_id, factory_id, id);
comment on table ops.factory_payment_lines is 'The part of a payment that pays for one slice; negative for a refund.';
comment on column ops.factory_payment_lines.created_at is 'When it was written, not when its transaction began: it tells whether money went out before or after a refund.';
