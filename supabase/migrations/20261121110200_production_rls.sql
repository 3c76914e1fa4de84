-- declared in sql/rls/production.sql
-- work_centers

alter table ops.work_centers enable row level security;
grant select on ops.work_centers to oms_staff;
grant insert (
  id, code, name, daily_minutes, is_active
) on ops.work_centers to oms_production;
grant update (
  code, name, daily_minutes, is_active, row_version
) on ops.work_centers to oms_production;

create policy work_centers_staff_read on ops.work_centers
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy work_centers_staff_insert on ops.work_centers
for insert to oms_production
with check (organization_id = (select private.organization_id()));
create policy work_centers_staff_update on ops.work_centers
for update to oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- bom_templates

alter table ops.bom_templates enable row level security;
grant select on ops.bom_templates to oms_staff;
grant insert (
  id, product_id, product_variant_id, code, name, is_default, lead_time_days, lot_minimum_qty, lot_multiple_qty
) on ops.bom_templates to oms_planner, oms_production;
grant update (
  code, name, is_default, lead_time_days, lot_minimum_qty, lot_multiple_qty, row_version
) on ops.bom_templates to oms_planner, oms_production;
grant delete on ops.bom_templates to oms_planner, oms_production;

create policy bom_templates_staff_read on ops.bom_templates
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy bom_templates_staff_insert on ops.bom_templates
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy bom_templates_staff_update on ops.bom_templates
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy bom_templates_staff_delete on ops.bom_templates
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- bom_versions

alter table ops.bom_versions enable row level security;
grant select on ops.bom_versions to oms_staff;
grant insert (
  id, bom_template_id, valid_from, revision_note
) on ops.bom_versions to oms_planner, oms_production;
grant update (
  status, valid_from, revision_note, row_version
) on ops.bom_versions to oms_planner, oms_production;
grant delete on ops.bom_versions to oms_planner, oms_production;

create policy bom_versions_staff_read on ops.bom_versions
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy bom_versions_staff_insert on ops.bom_versions
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy bom_versions_staff_update on ops.bom_versions
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy bom_versions_staff_delete on ops.bom_versions
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- bom_lines

alter table ops.bom_lines enable row level security;
grant select on ops.bom_lines to oms_staff;
grant insert (
  id, bom_version_id, position, product_variant_id, kind, quantity, scrap_pct, setup_quantity, is_phantom,
  valid_from, valid_to
) on ops.bom_lines to oms_planner, oms_production;
grant update (
  position, quantity, scrap_pct, setup_quantity, is_phantom, valid_from, valid_to, row_version
) on ops.bom_lines to oms_planner, oms_production;
grant delete on ops.bom_lines to oms_planner, oms_production;

create policy bom_lines_staff_read on ops.bom_lines
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy bom_lines_staff_insert on ops.bom_lines
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy bom_lines_staff_update on ops.bom_lines
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy bom_lines_staff_delete on ops.bom_lines
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- bom_operations

alter table ops.bom_operations enable row level security;
grant select on ops.bom_operations to oms_staff;
grant insert (
  id, bom_version_id, position, name, work_center_id, setup_minutes, minutes_per_unit
) on ops.bom_operations to oms_planner, oms_production;
grant update (
  position, name, work_center_id, setup_minutes, minutes_per_unit, row_version
) on ops.bom_operations to oms_planner, oms_production;
grant delete on ops.bom_operations to oms_planner, oms_production;

create policy bom_operations_staff_read on ops.bom_operations
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy bom_operations_staff_insert on ops.bom_operations
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy bom_operations_staff_update on ops.bom_operations
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy bom_operations_staff_delete on ops.bom_operations
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- commands

grant execute on function ops.revise_bom(uuid, text) to oms_planner, oms_production;
grant execute on function ops.explode_bom(uuid, numeric, date) to oms_staff;
grant execute on function
private.bom_version_in_force(uuid, date),
private.dates_by_lead_time(date, integer, date),
private.bom_parts(uuid[]),
private.explode_demand(private.demand[], integer)
to oms_staff;

-- production_orders and what hangs on them

alter table ops.production_orders enable row level security;
grant select on ops.production_orders to oms_staff;
grant insert (
  id, product_variant_id, bom_version_id, warehouse_id, order_item_id, quantity, need_by, priority,
  allow_partial_start, metadata
) on ops.production_orders to oms_planner, oms_production;
grant update (
  quantity, need_by, priority, status, allow_partial_start, metadata, row_version
) on ops.production_orders to oms_planner, oms_production;

create policy production_orders_staff_read on ops.production_orders
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy production_orders_staff_insert on ops.production_orders
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy production_orders_staff_update on ops.production_orders
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

alter table ops.production_components enable row level security;
grant select on ops.production_components to oms_staff;
create policy production_components_staff_read on ops.production_components
for select to oms_staff
using (organization_id = (select private.organization_id()));

alter table ops.production_order_history enable row level security;
grant select on ops.production_order_history to oms_staff;
create policy production_order_history_staff_read on ops.production_order_history
for select to oms_staff
using (organization_id = (select private.organization_id()));

alter table ops.component_shortages enable row level security;
grant select on ops.component_shortages to oms_staff;
create policy component_shortages_staff_read on ops.component_shortages
for select to oms_staff
using (organization_id = (select private.organization_id()));

-- views, the stock check

grant select on ops.component_availability, ops.production_queue, ops.production_dashboard to oms_staff;
grant execute on function
ops.check_order_stock(uuid), ops.check_bom_stock(uuid, numeric, date, uuid, uuid),
private.availability(uuid, uuid, uuid, numeric, numeric, date, uuid), private.version_components(private.build[]),
private.round_to_unit(numeric, integer, ops.bom_line_kind)
to oms_staff;
