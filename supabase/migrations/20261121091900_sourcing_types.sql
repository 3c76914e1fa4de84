-- declared in sql/types/sourcing.sql
create type ops.quote_status as enum ('invited', 'quoted', 'declined', 'withdrawn');

create type ops.ship_mode as enum ('sea', 'air', 'road', 'rail', 'courier');

create type ops.pricing_terms as enum ('EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP');
comment on type ops.pricing_terms is 'Who bears which cost of transport: Incoterms 2020 of the International Chamber of Commerce.';

create type ops.production_status as enum (
  'not_started', 'materials', 'cutting', 'sewing', 'finishing', 'packed', 'shipped'
);

create type ops.factory_po_status as enum ('DRAFT', 'ISSUED', 'PC_SIGNED', 'CLOSED', 'CANCELLED');
comment on type ops.factory_po_status is 'Lifecycle of a production contract (PC). In force: PC_SIGNED and CLOSED.';

create type ops.slice_note_kind as enum ('remark', 'price_override', 'closure', 'reallocation', 'excess');

create type ops.allocation_close_reason as enum ('closed', 'moved', 'cancelled');
comment on type ops.allocation_close_reason is
  'Why an allocation item takes no more awards: a planner closed it, all of it moved to another one, its line was cancelled.';

-- Arguments between trigger functions: which rows, and the fact that made them change.
create type private.row_key as (organization_id uuid, id uuid);
create type private.row_fact as (organization_id uuid, id uuid, fact text);

-- Records of the lists that commands are given.
create type private.line_commitment as (order_item_id uuid, committed_qty numeric);
create type private.slice_quote as (
  allocation_item_supplier_id uuid, price numeric, currency text, capacity_qty numeric, ex_factory_date date,
  pricing_terms ops.pricing_terms, ship_mode ops.ship_mode, comments text
);
create type private.slice_award as (
  allocation_item_supplier_id uuid, awarded_qty numeric, percentage numeric, price numeric, remark text
);
-- What a command makes of them.
create type private.planned_award as (
  id uuid, allocation_item_id uuid, factory_id uuid, awarded_qty numeric, price numeric, currency text, remark text
);
create type private.slice_move as (
  source_id uuid, allocation_item_id uuid, closed_qty numeric, factory_id uuid, awarded_qty numeric, price numeric,
  currency text, remark text
);
create type private.slice_payment as (allocation_item_supplier_id uuid, amount numeric);
create type private.line_terms as (
  allocation_item_supplier_id uuid, quantity numeric, price numeric, over_receipt_tolerance_pct numeric
);
create type private.factory_award as (
  factory_id uuid, awarded_qty numeric, percentage numeric, price numeric, currency text, remark text
);
create type private.slice_reallocation as (
  allocation_item_supplier_id uuid, closed_qty numeric, remark text, awards private.factory_award []
);
