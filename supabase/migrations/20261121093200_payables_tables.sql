-- declared in sql/tables/payables.sql
create table ops.factory_invoices (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  factory_po_id   uuid not null,
  factory_id      uuid not null,
  credits_id      uuid,
  invoice_number  ops.short_text not null,
  status          ops.factory_invoice_status not null default 'submitted',
  invoice_date    ops.business_date not null default current_date,
  due_date        ops.business_date not null,
  currency        ops.currency_code not null,
  amount          ops.money_amount not null default 0,
  document_uri    ops.document_uri,
  approved_at     timestamptz,
  approved_by     uuid,
  dispute_reason  ops.long_text,
  voided_at       timestamptz,
  voided_by       uuid,
  void_reason     ops.long_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint factory_invoices_pkey primary key (organization_id, id),
  constraint factory_invoices_factory_key unique (organization_id, id, factory_id),
  constraint factory_invoices_factory_po_fkey foreign key (organization_id, factory_po_id, factory_id)
    references ops.factory_pos (organization_id, id, factory_id) on delete restrict,
  constraint factory_invoices_credits_fkey foreign key (organization_id, credits_id, factory_id)
    references ops.factory_invoices (organization_id, id, factory_id) on delete restrict,
  constraint factory_invoices_invoice_number_check check (invoice_number <> ''),
  constraint factory_invoices_due_date_check check (due_date >= invoice_date),
  constraint factory_invoices_approved_check check (
    num_nulls(approved_at, approved_by) in (0, 2) and (status <> 'approved' or approved_at is not null)
  ),
  constraint factory_invoices_disputed_check check (status <> 'disputed' or dispute_reason <> ''),
  constraint factory_invoices_voided_check check (
    case
      when status = 'voided' then num_nulls(voided_at, voided_by, void_reason) = 0 and void_reason <> ''
      else num_nonnulls(voided_at, voided_by, void_reason) = 0
    end
  )
);
create unique index factory_invoices_invoice_number_key
on ops.factory_invoices (organization_id, factory_id, invoice_number) where status <> 'voided';
create index factory_invoices_factory_po_idx on ops.factory_invoices (organization_id, factory_po_id, factory_id);
create index factory_invoices_factory_idx on ops.factory_invoices (organization_id, factory_id, id);
create index factory_invoices_credits_idx on ops.factory_invoices (organization_id, credits_id, factory_id);
create index factory_invoices_approved_idx on ops.factory_invoices (organization_id, id)
where status = 'approved' and credits_id is null;
create index factory_invoices_waiting_idx on ops.factory_invoices (organization_id, id)
where status in ('submitted', 'disputed');

comment on table ops.factory_invoices is
  'What a factory bills against a contract, or credits of what it billed. Never deleted or rewritten: a mistake is voided, with a reason, and its number is free again.';
comment on column ops.factory_invoices.factory_po_id is 'The contract that it bills; a slice that went over to another version of it keeps its invoices.';
comment on column ops.factory_invoices.credits_id is 'The invoice that this one is a credit note to; null: it is no credit note.';
comment on column ops.factory_invoices.invoice_number is 'The factory''s own; it has each once among invoices and credit notes that are not voided.';
comment on column ops.factory_invoices.due_date is 'When it is to be paid; by default the invoice date and the factory''s payment terms.';
comment on column ops.factory_invoices.currency is 'By default the contract''s; it has no other.';
comment on column ops.factory_invoices.amount is 'Sum of the lines; below zero for a credit note. Kept by trigger.';
comment on column ops.factory_invoices.dispute_reason is 'What is wrong with it, for the factory to read; given with the status `disputed`.';
comment on column ops.factory_invoices.void_reason is 'Given with the status `voided`.';

create table ops.factory_invoice_lines (
  organization_id             uuid not null default private.organization_id(),
  id                          uuid not null default private.new_id(),
  factory_invoice_id          uuid not null,
  factory_id                  uuid not null,
  allocation_item_supplier_id uuid not null,
  quantity                    ops.quantity not null,
  unit_price                  ops.money_amount not null,
  amount                      ops.money_amount not null generated always as (quantity * unit_price) stored,
  credited_qty                ops.quantity not null default 0,
  net_amount                  ops.money_amount not null generated always as (
    (quantity - credited_qty) * unit_price
  ) stored,
  contract_price              ops.money_amount,
  payable_qty                 ops.quantity,
  created_at                  timestamptz not null default now(),
  created_by                  uuid not null default private.actor_id(),

  constraint factory_invoice_lines_pkey primary key (organization_id, id),
  constraint factory_invoice_lines_slice_key unique (organization_id, factory_invoice_id, allocation_item_supplier_id),
  constraint factory_invoice_lines_factory_invoice_fkey foreign key (organization_id, factory_invoice_id, factory_id)
    references ops.factory_invoices (organization_id, id, factory_id) on delete restrict,
  constraint factory_invoice_lines_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete restrict,
  constraint factory_invoice_lines_quantity_check check (quantity <> 0 and quantity = trunc(quantity)),
  constraint factory_invoice_lines_unit_price_check check (unit_price > 0),
  constraint factory_invoice_lines_credited_check check (
    credited_qty >= 0 and credited_qty <= greatest(quantity, 0)
  )
);
create index factory_invoice_lines_factory_invoice_idx
on ops.factory_invoice_lines (organization_id, factory_invoice_id, factory_id);
create index factory_invoice_lines_slice_idx
on ops.factory_invoice_lines (organization_id, allocation_item_supplier_id, id);
create index factory_invoice_lines_factory_idx on ops.factory_invoice_lines (organization_id, factory_id, id);

comment on table ops.factory_invoice_lines is 'What an invoice bills of one slice; pieces below zero for what a credit note takes back.';
comment on column ops.factory_invoice_lines.unit_price is 'Price of a piece; by default the contract''s, of a credit note what was invoiced.';
comment on column ops.factory_invoice_lines.amount is 'quantity x unit_price.';
comment on column ops.factory_invoice_lines.credited_qty is 'Pieces that approved credit notes took back. Kept by trigger.';
comment on column ops.factory_invoice_lines.net_amount is '(quantity - credited_qty) x unit_price.';
comment on column ops.factory_invoice_lines.contract_price is 'The contract''s price when the invoice was approved; frozen then.';
comment on column ops.factory_invoice_lines.payable_qty is 'Pieces of the slice that were payable when the invoice was approved; frozen then.';
