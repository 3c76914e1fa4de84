-- declared in sql/rls/in_house.sql
-- demand_forecasts

alter table ops.demand_forecasts enable row level security;
grant select on ops.demand_forecasts to oms_staff;
grant insert (
  id, product_variant_id, version, starts_on, ends_on, quantity
) on ops.demand_forecasts to oms_sales, oms_planner, oms_production;
grant update (
  starts_on, ends_on, quantity, row_version
) on ops.demand_forecasts to oms_sales, oms_planner, oms_production;
grant delete on ops.demand_forecasts to oms_sales, oms_planner, oms_production;

create policy demand_forecasts_staff_read on ops.demand_forecasts
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy demand_forecasts_staff_insert on ops.demand_forecasts
for insert to oms_sales, oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy demand_forecasts_staff_update on ops.demand_forecasts
for update to oms_sales, oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy demand_forecasts_staff_delete on ops.demand_forecasts
for delete to oms_sales, oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- order_item_supplies: neither clients nor factories learn what we make ourselves

alter table ops.order_item_supplies enable row level security;
grant select on ops.order_item_supplies to oms_staff;
grant insert (
  order_item_id, warehouse_id, bom_template_id
) on ops.order_item_supplies to oms_sales, oms_planner, oms_production;
grant update (
  warehouse_id, bom_template_id, row_version
) on ops.order_item_supplies to oms_sales, oms_planner, oms_production;
grant delete on ops.order_item_supplies to oms_sales, oms_planner, oms_production;

create policy order_item_supplies_staff_read on ops.order_item_supplies
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy order_item_supplies_staff_insert on ops.order_item_supplies
for insert to oms_sales, oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy order_item_supplies_staff_update on ops.order_item_supplies
for update to oms_sales, oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy order_item_supplies_staff_delete on ops.order_item_supplies
for delete to oms_sales, oms_planner, oms_production
using (organization_id = (select private.organization_id()));

-- views, commands

grant select on ops.order_item_variants, ops.bom_usage, ops.bom_where_used to oms_staff;
grant execute on function ops.choose_bom(uuid, uuid) to oms_sales, oms_planner, oms_production;
grant execute on function ops.create_production_orders(uuid[], integer) to oms_planner, oms_production;
grant execute on function ops.recommend_bom_templates(uuid) to oms_staff;
grant execute on function private.lock_order_items(uuid[]) to oms_planner, oms_production;
