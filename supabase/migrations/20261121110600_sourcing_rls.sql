-- declared in sql/rls/sourcing.sql
-- allocations

alter table ops.allocations enable row level security;
grant select on ops.allocations
to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;
grant insert (id, name) on ops.allocations to oms_planner;
grant update (name, sent_at, row_version) on ops.allocations to oms_planner;

create policy allocations_staff_read on ops.allocations
for select to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy allocations_staff_insert on ops.allocations
for insert to oms_planner
with check (organization_id = (select private.organization_id()));
create policy allocations_staff_update on ops.allocations
for update to oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- allocation_items

alter table ops.allocation_items enable row level security;
grant select on ops.allocation_items
to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;
grant insert (id, allocation_id, order_item_id, split_from_id, committed_qty) on ops.allocation_items to oms_planner;
grant update (committed_qty, closed_at, row_version) on ops.allocation_items to oms_planner;

create policy allocation_items_staff_read on ops.allocation_items
for select to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy allocation_items_staff_insert on ops.allocation_items
for insert to oms_planner
with check (organization_id = (select private.organization_id()));
create policy allocation_items_staff_update on ops.allocation_items
for update to oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- allocation_item_sizes: kept by triggers

alter table ops.allocation_item_sizes enable row level security;
grant select on ops.allocation_item_sizes
to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;

create policy allocation_item_sizes_staff_read on ops.allocation_item_sizes
for select to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));

-- allocation_items_supplier

alter table ops.allocation_items_supplier enable row level security;
grant select on ops.allocation_items_supplier
to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;
-- No policy gives sales a row of it: they read the allocation overview, and find no factory and no price there.
grant select on ops.allocation_items_supplier to oms_sales;
grant insert (
  id, allocation_item_id, factory_id, order_qty
) on ops.allocation_items_supplier to oms_planner, oms_procurement;
grant update (
  order_qty, target_ex_factory_date, invited_at, quote_status, price, currency, pricing_terms, ship_mode,
  capacity_qty, ex_factory_date, comments, is_awarded, awarded_qty, awarded_price, closed_at, closed_qty,
  production_status, shipped_qty, row_version
) on ops.allocation_items_supplier to oms_planner, oms_procurement;
grant update (accepted_excess_qty, row_version) on ops.allocation_items_supplier to oms_finance;

create policy allocation_items_supplier_staff_read on ops.allocation_items_supplier
for select to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy allocation_items_supplier_staff_insert on ops.allocation_items_supplier
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy allocation_items_supplier_staff_update on ops.allocation_items_supplier
for update to oms_planner, oms_procurement, oms_finance
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.allocation_items_supplier to oms_factory;
create policy allocation_items_supplier_factory_read on ops.allocation_items_supplier
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and invited_at is not null
  and private.counts_exactly()
);
grant update (
  quote_status, price, currency, pricing_terms, ship_mode, capacity_qty, ex_factory_date, comments,
  production_status, shipped_qty, row_version
) on ops.allocation_items_supplier to oms_factory;
create policy allocation_items_supplier_factory_update on ops.allocation_items_supplier
for update to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and invited_at is not null
)
with check (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and invited_at is not null
);

-- allocation_item_supplier_sizes: kept by triggers

alter table ops.allocation_item_supplier_sizes enable row level security;
grant select on ops.allocation_item_supplier_sizes
to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;

create policy allocation_item_supplier_sizes_staff_read on ops.allocation_item_supplier_sizes
for select to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
grant select on ops.allocation_item_supplier_sizes to oms_factory;
create policy allocation_item_supplier_sizes_factory_read on ops.allocation_item_supplier_sizes
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and invited_at is not null
  and private.counts_exactly()
);

-- allocation_item_supplier_notes: what factories do not read

alter table ops.allocation_item_supplier_notes enable row level security;
grant select on ops.allocation_item_supplier_notes to oms_planner, oms_procurement, oms_finance, oms_admin;
grant insert (
  id, allocation_item_supplier_id, kind, remark, replaces_id
) on ops.allocation_item_supplier_notes to oms_planner, oms_procurement;

create policy allocation_item_supplier_notes_staff_read on ops.allocation_item_supplier_notes
for select to oms_planner, oms_procurement, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy allocation_item_supplier_notes_staff_insert on ops.allocation_item_supplier_notes
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));

-- factory_pos: a factory sees its own from the day it is issued

alter table ops.factory_pos enable row level security;
grant select on ops.factory_pos
to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;
grant insert (
  id, allocation_id, factory_id, currency, ex_factory_date
) on ops.factory_pos to oms_planner, oms_procurement;
grant update (
  status, ex_factory_date, po_document_uri, signed_by_name, signed_terms_hash, row_version
) on ops.factory_pos to oms_planner, oms_procurement;

create policy factory_pos_staff_read on ops.factory_pos
for select to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_pos_staff_insert on ops.factory_pos
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy factory_pos_staff_update on ops.factory_pos
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.factory_pos to oms_factory;
create policy factory_pos_factory_read on ops.factory_pos
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and issued_at is not null
  and private.counts_exactly()
);
grant update (status, signed_by_name, signed_terms_hash, row_version) on ops.factory_pos to oms_factory;
create policy factory_pos_factory_update on ops.factory_pos
for update to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and issued_at is not null
)
with check (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and issued_at is not null
);

-- factory_po_lines

alter table ops.factory_po_lines enable row level security;
grant select on ops.factory_po_lines
to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;
grant insert (id, factory_po_id, allocation_item_supplier_id) on ops.factory_po_lines to oms_planner, oms_procurement;
grant update (quantity, price, over_receipt_tolerance_pct) on ops.factory_po_lines to oms_planner, oms_procurement;
grant delete on ops.factory_po_lines to oms_planner, oms_procurement;

create policy factory_po_lines_staff_read on ops.factory_po_lines
for select to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_po_lines_staff_insert on ops.factory_po_lines
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy factory_po_lines_staff_update on ops.factory_po_lines
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy factory_po_lines_staff_delete on ops.factory_po_lines
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));
grant select on ops.factory_po_lines to oms_factory;
create policy factory_po_lines_factory_read on ops.factory_po_lines
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and issued_at is not null
  and private.counts_exactly()
);

-- factory_po_line_sizes: written when a contract is issued

alter table ops.factory_po_line_sizes enable row level security;
grant select on ops.factory_po_line_sizes
to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;

create policy factory_po_line_sizes_staff_read on ops.factory_po_line_sizes
for select to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
grant select on ops.factory_po_line_sizes to oms_factory;
create policy factory_po_line_sizes_factory_read on ops.factory_po_line_sizes
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);

-- factory_receipts

alter table ops.factory_receipts enable row level security;
grant select on ops.factory_receipts
to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;
grant insert (
  id, allocation_item_supplier_id, received_date, qty_received, qty_rejected, batch_id, location, document_uri
) on ops.factory_receipts to oms_warehouse;
grant update (batch_id, location, document_uri, void_reason, row_version) on ops.factory_receipts to oms_warehouse;

create policy factory_receipts_staff_read on ops.factory_receipts
for select to oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_receipts_staff_insert on ops.factory_receipts
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));
create policy factory_receipts_staff_update on ops.factory_receipts
for update to oms_warehouse
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.factory_receipts to oms_factory;
create policy factory_receipts_factory_read on ops.factory_receipts
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);

-- factory_payments

alter table ops.factory_payments enable row level security;
grant select on ops.factory_payments
to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin;
grant insert (id, factory_po_id, reference, payment_date, is_advance) on ops.factory_payments to oms_finance;
grant update (void_reason, row_version) on ops.factory_payments to oms_finance;

create policy factory_payments_staff_read on ops.factory_payments
for select to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_payments_staff_insert on ops.factory_payments
for insert to oms_finance
with check (organization_id = (select private.organization_id()));
create policy factory_payments_staff_update on ops.factory_payments
for update to oms_finance
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.factory_payments to oms_factory;
create policy factory_payments_factory_read on ops.factory_payments
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);

-- factory_payment_lines

alter table ops.factory_payment_lines enable row level security;
grant select on ops.factory_payment_lines
to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin;
grant insert (
  id, factory_payment_id, allocation_item_supplier_id, amount
) on ops.factory_payment_lines to oms_finance;

create policy factory_payment_lines_staff_read on ops.factory_payment_lines
for select to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_payment_lines_staff_insert on ops.factory_payment_lines
for insert to oms_finance
with check (organization_id = (select private.organization_id()));
grant select on ops.factory_payment_lines to oms_factory;
create policy factory_payment_lines_factory_read on ops.factory_payment_lines
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);

-- views

grant select on ops.allocation_overview
to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;
grant select on ops.unallocated_order_items
to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin;
grant select on ops.client_order_lines to oms_client, oms_sales, oms_planner, oms_finance, oms_admin;
grant select on ops.factory_work
to oms_factory, oms_planner, oms_procurement, oms_finance, oms_warehouse, oms_production, oms_admin;
grant select on ops.payables, ops.payables_by_contract, ops.payables_by_factory
to oms_factory, oms_planner, oms_procurement, oms_finance, oms_production, oms_admin;
grant execute on function ops.allocation_ids(ops.order_items)
to oms_sales, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;

-- commands

grant execute on function private.is_under_contract(uuid, uuid) to oms_staff, oms_factory;
grant execute on function private.is_held_in_force(uuid, uuid) to oms_planner, oms_procurement;
grant execute on function private.apportion(numeric, numeric[]) to oms_planner, oms_procurement;
grant execute on function private.require_factory(uuid) to oms_planner, oms_procurement;
grant execute on function private.lock_slices(uuid[])
to oms_planner, oms_procurement, oms_finance, oms_factory;
grant execute on function private.lock_allocation_items(uuid[]) to oms_planner, oms_procurement;
grant execute on function
private.draft_contracts(uuid, uuid[]), private.draft_successor(uuid), private.draft_revisions_of(uuid[]),
private.award_planned(private.planned_award[])
to oms_planner, oms_procurement;

grant execute on function
ops.allocate_items(text, jsonb, uuid[]), ops.send_allocation(uuid), ops.close_allocation_item(uuid)
to oms_planner;

grant execute on function
ops.add_candidates(uuid, uuid[], uuid[]),
ops.award(uuid, numeric, numeric, text), ops.award_many(jsonb), ops.revoke_award(uuid),
ops.close_slice(uuid, numeric, boolean, text), ops.reallocate(jsonb, uuid),
ops.issue_contracts(uuid, uuid[], date), ops.revise_contract(uuid, jsonb, date), ops.cancel_contract(uuid)
to oms_planner, oms_procurement;

grant execute on function
ops.submit_quote(uuid, numeric, text, numeric, date, ops.pricing_terms, ops.ship_mode, text), ops.submit_quotes(jsonb),
ops.decline_quote(uuid, text), ops.withdraw_quote(uuid, text),
ops.sign_contract(uuid, text, text, text),
ops.report_production(uuid, ops.production_status, numeric)
to oms_factory, oms_planner, oms_procurement;

grant execute on function
ops.record_receipt(uuid, numeric, numeric, date, text, text, text), ops.void_receipt(uuid, text)
to oms_warehouse;

grant execute on function
ops.accept_excess(uuid, numeric),
ops.record_factory_payment(uuid, text, jsonb, date, boolean), ops.void_factory_payment(uuid, text)
to oms_finance;
