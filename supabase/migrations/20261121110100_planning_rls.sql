-- declared in sql/rls/planning.sql
-- Planning runs write all of these; staff read them.

alter table ops.supply_runs enable row level security;
grant select on ops.supply_runs to oms_staff;
create policy supply_runs_staff_read on ops.supply_runs
for select to oms_staff
using (organization_id = (select private.organization_id()));

alter table ops.planned_supplies enable row level security;
grant select on ops.planned_supplies to oms_staff;
create policy planned_supplies_staff_read on ops.planned_supplies
for select to oms_staff
using (organization_id = (select private.organization_id()));

alter table ops.supply_pegs enable row level security;
grant select on ops.supply_pegs to oms_staff;
create policy supply_pegs_staff_read on ops.supply_pegs
for select to oms_staff
using (organization_id = (select private.organization_id()));

alter table ops.planning_exceptions enable row level security;
grant select on ops.planning_exceptions to oms_staff;
create policy planning_exceptions_staff_read on ops.planning_exceptions
for select to oms_staff
using (organization_id = (select private.organization_id()));

grant execute on function
ops.plan_supply(uuid[], date),
private.run_planning(uuid[], date)
to oms_planner, oms_procurement, oms_production;
grant execute on function
ops.firm_supplies(uuid[]),
private.firm_production(uuid[])
to oms_planner, oms_production;
grant execute on function ops.explain_supply(uuid) to oms_staff;

-- The job plans by the claims that it sets, one organization after the other, and reads what it reports: little.

grant execute on function
ops.plan_supply(uuid[], date), private.run_planning(uuid[], date),
ops.explain_supply(uuid),
private.reschedule_production()
to oms_worker;

grant select (id, code, name) on ops.organizations to oms_worker;
create policy organizations_worker_read on ops.organizations
for select to oms_worker
using (true);
grant select on ops.supply_runs, ops.planned_supplies, ops.planning_exceptions to oms_worker;
create policy supply_runs_worker_read on ops.supply_runs
for select to oms_worker
using (organization_id = (select private.organization_id()));
create policy planned_supplies_worker_read on ops.planned_supplies
for select to oms_worker
using (organization_id = (select private.organization_id()));
create policy planning_exceptions_worker_read on ops.planning_exceptions
for select to oms_worker
using (organization_id = (select private.organization_id()));

-- Orders by their numbers, and what a report calls things by.
grant select (organization_id, id, order_number) on ops.orders to oms_worker;
create policy orders_worker_read on ops.orders
for select to oms_worker
using (organization_id = (select private.organization_id()));
grant select (organization_id, id, sku, unit) on ops.product_variants to oms_worker;
create policy product_variants_worker_read on ops.product_variants
for select to oms_worker
using (organization_id = (select private.organization_id()));
grant select (organization_id, id, code) on ops.warehouses to oms_worker;
create policy warehouses_worker_read on ops.warehouses
for select to oms_worker
using (organization_id = (select private.organization_id()));
grant select (organization_id, id, name) on ops.directory to oms_worker;
create policy directory_worker_read on ops.directory
for select to oms_worker
using (organization_id = (select private.organization_id()) and 'vendor' = any(kinds));

-- The drafts that it fills, until they are submitted.
grant select (organization_id, id, po_number, vendor_id, warehouse_id, currency) on ops.purchase_orders to oms_worker;
create policy purchase_orders_worker_read on ops.purchase_orders
for select to oms_worker
using (organization_id = (select private.organization_id()) and status = 'draft');
grant select (organization_id, id, purchase_order_id, line_total) on ops.purchase_order_lines to oms_worker;
create policy purchase_order_lines_worker_read on ops.purchase_order_lines
for select to oms_worker
using (organization_id = (select private.organization_id()) and sent_at is null);
