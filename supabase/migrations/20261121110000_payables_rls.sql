-- declared in sql/rls/payables.sql
-- factory_invoices: not for the warehouse, which counts goods and no money

alter table ops.factory_invoices enable row level security;
grant select on ops.factory_invoices to oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;
grant insert (
  id, factory_po_id, credits_id, invoice_number, invoice_date, due_date, document_uri
) on ops.factory_invoices to oms_procurement, oms_finance;
grant update (
  status, due_date, dispute_reason, void_reason, row_version
) on ops.factory_invoices to oms_procurement, oms_finance;

create policy factory_invoices_staff_read on ops.factory_invoices
for select to oms_planner, oms_procurement, oms_production, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_invoices_staff_insert on ops.factory_invoices
for insert to oms_procurement, oms_finance
with check (organization_id = (select private.organization_id()));
create policy factory_invoices_staff_update on ops.factory_invoices
for update to oms_procurement, oms_finance
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.factory_invoices to oms_factory;
create policy factory_invoices_factory_read on ops.factory_invoices
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);
-- A factory names no id of its own making: another one's could be probed by it.
grant insert (
  factory_po_id, credits_id, invoice_number, invoice_date, document_uri
) on ops.factory_invoices to oms_factory;
create policy factory_invoices_factory_insert on ops.factory_invoices
for insert to oms_factory
with check (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
);
grant update (status, void_reason, row_version) on ops.factory_invoices to oms_factory;
create policy factory_invoices_factory_update on ops.factory_invoices
for update to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
)
with check (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
);

-- factory_invoice_lines

alter table ops.factory_invoice_lines enable row level security;
grant select on ops.factory_invoice_lines to oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;
grant insert (
  id, factory_invoice_id, allocation_item_supplier_id, quantity, unit_price
) on ops.factory_invoice_lines to oms_procurement, oms_finance;

create policy factory_invoice_lines_staff_read on ops.factory_invoice_lines
for select to oms_planner, oms_procurement, oms_production, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy factory_invoice_lines_staff_insert on ops.factory_invoice_lines
for insert to oms_procurement, oms_finance
with check (organization_id = (select private.organization_id()));
grant select on ops.factory_invoice_lines to oms_factory;
create policy factory_invoice_lines_factory_read on ops.factory_invoice_lines
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);
grant insert (
  factory_invoice_id, allocation_item_supplier_id, quantity, unit_price
) on ops.factory_invoice_lines to oms_factory;
create policy factory_invoice_lines_factory_insert on ops.factory_invoice_lines
for insert to oms_factory
with check (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
);

-- views. What factories may be off by is not for them to know: they read the reason of a dispute.

grant select on ops.factory_invoice_matching to oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;
grant select on ops.open_factory_invoices, ops.payables_ageing
to oms_factory, oms_planner, oms_procurement, oms_production, oms_finance, oms_admin;

-- commands

grant execute on function
ops.submit_factory_invoice(uuid, text, jsonb, date, text, uuid), ops.void_factory_invoice(uuid, text)
to oms_factory, oms_procurement, oms_finance;
grant execute on function ops.approve_factory_invoice(uuid), ops.dispute_factory_invoice(uuid, text)
to oms_procurement, oms_finance;
