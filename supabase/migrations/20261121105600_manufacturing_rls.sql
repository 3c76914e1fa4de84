-- declared in sql/rls/manufacturing.sql
-- work_centers

grant insert (working_days, hourly_rate) on ops.work_centers to oms_production;
grant update (working_days, hourly_rate) on ops.work_centers to oms_production;

-- work_center_days

alter table ops.work_center_days enable row level security;
grant select on ops.work_center_days to oms_staff;
grant insert (id, work_center_id, day, minutes) on ops.work_center_days to oms_planner, oms_production;
grant update (minutes, row_version) on ops.work_center_days to oms_planner, oms_production;
grant delete on ops.work_center_days to oms_planner, oms_production;

create policy work_center_days_staff_read on ops.work_center_days
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy work_center_days_staff_insert on ops.work_center_days
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy work_center_days_staff_update on ops.work_center_days
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy work_center_days_staff_delete on ops.work_center_days
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- production_operations

alter table ops.production_operations enable row level security;
grant select on ops.production_operations to oms_staff;
grant update (started_at, finished_at, actual_minutes, row_version) on ops.production_operations to oms_production;

create policy production_operations_staff_read on ops.production_operations
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy production_operations_staff_update on ops.production_operations
for update to oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- work_center_loads

alter table ops.work_center_loads enable row level security;
grant select on ops.work_center_loads to oms_staff;

create policy work_center_loads_staff_read on ops.work_center_loads
for select to oms_staff
using (organization_id = (select private.organization_id()));

-- production_outputs

alter table ops.production_outputs enable row level security;
grant select on ops.production_outputs to oms_staff;
grant insert (
  id, production_order_id, quantity, scrapped_qty, scrap_reason, stock_location_id, lot_id, produced_on
) on ops.production_outputs to oms_production;

create policy production_outputs_staff_read on ops.production_outputs
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy production_outputs_staff_insert on ops.production_outputs
for insert to oms_production
with check (organization_id = (select private.organization_id()));

-- lots of what was made

grant insert (id, product_variant_id, lot_number, expires_on) on ops.lots to oms_production;

create policy lots_production_insert on ops.lots
for insert to oms_production
with check (organization_id = (select private.organization_id()));

-- views, commands

grant select on ops.work_center_utilization, ops.work_center_weekly_utilization, ops.production_schedule to oms_staff;
grant execute on function private.work_center_calendar(uuid, uuid[], date, date) to oms_staff;
grant execute on function
ops.reschedule_production(),
private.reschedule_production()
to oms_planner, oms_production;
grant execute on function
ops.issue_components(uuid, jsonb),
ops.return_components(uuid, jsonb),
private.issue_components(uuid, private.component_issue[]),
private.return_components(uuid, private.component_arrival[]),
private.require_arrivals(text, private.component_arrival[])
to oms_production, oms_warehouse;
grant execute on function
ops.report_output(uuid, numeric, numeric, text, uuid, uuid, jsonb),
private.report_by_products(uuid, private.component_arrival[], uuid, uuid),
private.output_location(uuid),
private.operations_cost(uuid),
private.require_released(uuid)
to oms_production;
