-- declared in sql/types/payables.sql
create type ops.factory_invoice_status as enum ('submitted', 'approved', 'disputed', 'voided');
comment on type ops.factory_invoice_status is
  'What we say to a factory''s invoice. Whether it matches is no state: that follows from receipts and contracts, and is in factory_invoice_matching.';

create type ops.invoice_difference as enum (
  'price_above_contract', 'price_below_contract', 'quantity_above_payable',
  'invoice_not_approved', 'price_not_as_invoiced', 'quantity_above_invoiced'
);
comment on type ops.invoice_difference is
  'What keeps a line of an invoice from being approved; the last three are those of a credit note.';

-- A record of the list that submit_factory_invoice is given.
create type private.invoice_line as (allocation_item_supplier_id uuid, quantity numeric, unit_price numeric);
