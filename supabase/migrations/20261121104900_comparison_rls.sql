-- declared in sql/rls/comparison.sql
-- exchange_rates

alter table ops.exchange_rates enable row level security;
grant select on ops.exchange_rates to oms_staff;
grant insert (id, currency, rate_date, rate) on ops.exchange_rates to oms_finance, oms_admin;
grant update (rate, row_version) on ops.exchange_rates to oms_finance, oms_admin;
grant delete on ops.exchange_rates to oms_finance, oms_admin;

create policy exchange_rates_staff_read on ops.exchange_rates
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy exchange_rates_staff_insert on ops.exchange_rates
for insert to oms_finance, oms_admin
with check (organization_id = (select private.organization_id()));
create policy exchange_rates_staff_update on ops.exchange_rates
for update to oms_finance, oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy exchange_rates_staff_delete on ops.exchange_rates
for delete to oms_finance, oms_admin
using (organization_id = (select private.organization_id()));

-- views: no factory learns how it compares

grant select on ops.quote_comparison to oms_planner, oms_procurement, oms_finance, oms_admin;
grant select on ops.quote_comparison_by_factory to oms_planner, oms_procurement, oms_finance, oms_admin;
grant select on ops.factory_scorecard to oms_planner, oms_procurement, oms_finance, oms_admin;
grant select on ops.factory_workload to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin;
grant select on ops.factory_workload_slices to oms_planner, oms_procurement, oms_finance, oms_production, oms_admin;
grant select on ops.award_warnings to oms_planner, oms_procurement, oms_finance, oms_admin;

grant execute on function private.tell_warnings(uuid[], uuid[]) to oms_planner, oms_procurement;
