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
