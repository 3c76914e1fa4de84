-- declared in sql/rls/inventory.sql
-- warehouses

alter table ops.warehouses enable row level security;
grant select on ops.warehouses to oms_staff;
grant insert (
  id, code, name, is_default, is_active
) on ops.warehouses to oms_warehouse;
grant update (code, name, is_default, is_active, row_version) on ops.warehouses to oms_warehouse;

create policy warehouses_staff_read on ops.warehouses
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy warehouses_staff_insert on ops.warehouses
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));
create policy warehouses_staff_update on ops.warehouses
for update to oms_warehouse
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- stock_locations

alter table ops.stock_locations enable row level security;
grant select on ops.stock_locations to oms_staff;
grant insert (
  id, warehouse_id, code, kind, is_active
) on ops.stock_locations to oms_warehouse;
grant update (code, kind, is_active, row_version) on ops.stock_locations to oms_warehouse;

create policy stock_locations_staff_read on ops.stock_locations
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy stock_locations_staff_insert on ops.stock_locations
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));
create policy stock_locations_staff_update on ops.stock_locations
for update to oms_warehouse
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- lots

alter table ops.lots enable row level security;
grant select on ops.lots to oms_staff;
grant insert (
  id, product_variant_id, lot_number, expires_on
) on ops.lots to oms_warehouse;
grant update (lot_number, expires_on, row_version) on ops.lots to oms_warehouse;

create policy lots_staff_read on ops.lots
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy lots_staff_insert on ops.lots
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));
create policy lots_staff_update on ops.lots
for update to oms_warehouse
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- stock_levels

alter table ops.stock_levels enable row level security;
grant select on ops.stock_levels to oms_staff;

create policy stock_levels_staff_read on ops.stock_levels
for select to oms_staff
using (organization_id = (select private.organization_id()));

-- stock_moves

alter table ops.stock_moves enable row level security;
grant select on ops.stock_moves to oms_staff;
grant insert (
  id, product_variant_id, from_location_id, to_location_id, lot_id, quantity, reason, unit_cost, reference, moved_at
) on ops.stock_moves to oms_warehouse;

create policy stock_moves_staff_read on ops.stock_moves
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy stock_moves_staff_insert on ops.stock_moves
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));

-- inventory_reservations

alter table ops.inventory_reservations enable row level security;
grant select on ops.inventory_reservations to oms_staff;
grant insert (
  id, product_variant_id, stock_location_id, lot_id, quantity, order_item_id, expires_at
) on ops.inventory_reservations to oms_warehouse, oms_planner;
grant delete on ops.inventory_reservations to oms_warehouse, oms_planner;

create policy inventory_reservations_staff_read on ops.inventory_reservations
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy inventory_reservations_staff_insert on ops.inventory_reservations
for insert to oms_warehouse, oms_planner
with check (organization_id = (select private.organization_id()));
create policy inventory_reservations_staff_delete on ops.inventory_reservations
for delete to oms_warehouse, oms_planner
using (organization_id = (select private.organization_id()));

-- reorder_rules

alter table ops.reorder_rules enable row level security;
grant select on ops.reorder_rules to oms_staff;
grant insert (
  id, product_variant_id, warehouse_id, minimum_qty, target_qty, safety_qty
) on ops.reorder_rules to oms_planner, oms_procurement;
grant update (minimum_qty, target_qty, safety_qty, row_version) on ops.reorder_rules to oms_planner, oms_procurement;
grant delete on ops.reorder_rules to oms_planner, oms_procurement;

create policy reorder_rules_staff_read on ops.reorder_rules
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy reorder_rules_staff_insert on ops.reorder_rules
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy reorder_rules_staff_update on ops.reorder_rules
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy reorder_rules_staff_delete on ops.reorder_rules
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));

-- views, commands

grant select on ops.inventory_status to oms_staff;
grant execute on function
ops.count_stock(jsonb, text),
private.lock_counted_stock(private.stock_count[])
to oms_warehouse;
grant execute on function private.hand_on(uuid[]) to oms_warehouse, oms_planner;
grant execute on function private.lock_supply(boolean) to oms_staff;
