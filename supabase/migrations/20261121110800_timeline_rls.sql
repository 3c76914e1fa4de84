-- declared in sql/rls/timeline.sql
-- holidays

alter table ops.holidays enable row level security;
grant select on ops.holidays to oms_staff;
grant insert (id, holiday_date, name) on ops.holidays to oms_planner, oms_admin;
grant delete on ops.holidays to oms_planner, oms_admin;

create policy holidays_staff_read on ops.holidays
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy holidays_staff_insert on ops.holidays
for insert to oms_planner, oms_admin
with check (organization_id = (select private.organization_id()));
create policy holidays_staff_delete on ops.holidays
for delete to oms_planner, oms_admin
using (organization_id = (select private.organization_id()));

-- timeline_templates

alter table ops.timeline_templates enable row level security;
grant select on ops.timeline_templates to oms_staff;
grant insert (id, name, is_default) on ops.timeline_templates to oms_planner, oms_admin;
grant update (name, is_default, row_version) on ops.timeline_templates to oms_planner, oms_admin;

create policy timeline_templates_staff_read on ops.timeline_templates
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy timeline_templates_staff_insert on ops.timeline_templates
for insert to oms_planner, oms_admin
with check (organization_id = (select private.organization_id()));
create policy timeline_templates_staff_update on ops.timeline_templates
for update to oms_planner, oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- timeline_template_nodes

alter table ops.timeline_template_nodes enable row level security;
grant select on ops.timeline_template_nodes to oms_staff;
grant insert (
  id, timeline_template_id, code, name, kind, position, offset_days, duration_days, is_working_days, predecessors,
  completed_by, owner_role, is_for_client, is_per_slice
) on ops.timeline_template_nodes to oms_planner, oms_admin;
grant update (
  code, name, kind, position, offset_days, duration_days, is_working_days, predecessors, completed_by, owner_role,
  is_for_client, is_per_slice, row_version
) on ops.timeline_template_nodes to oms_planner, oms_admin;
grant delete on ops.timeline_template_nodes to oms_planner, oms_admin;

create policy timeline_template_nodes_staff_read on ops.timeline_template_nodes
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy timeline_template_nodes_staff_insert on ops.timeline_template_nodes
for insert to oms_planner, oms_admin
with check (organization_id = (select private.organization_id()));
create policy timeline_template_nodes_staff_update on ops.timeline_template_nodes
for update to oms_planner, oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy timeline_template_nodes_staff_delete on ops.timeline_template_nodes
for delete to oms_planner, oms_admin
using (organization_id = (select private.organization_id()));

-- timeline_nodes: a client sees its lines and the milestones meant for it, a factory its slices and what is below them

alter table ops.timeline_nodes enable row level security;
grant select on ops.timeline_nodes to oms_staff;
grant insert (
  id, parent_id, kind, name, position, planned_date, owner_role, is_for_client
) on ops.timeline_nodes to oms_planner, oms_procurement;
grant update (
  kind, name, position, planned_date, estimated_date, actual_date, owner_role, is_for_client, row_version
) on ops.timeline_nodes to oms_planner, oms_procurement;
grant delete on ops.timeline_nodes to oms_planner, oms_procurement;

create policy timeline_nodes_staff_read on ops.timeline_nodes
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy timeline_nodes_staff_insert on ops.timeline_nodes
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy timeline_nodes_staff_update on ops.timeline_nodes
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy timeline_nodes_staff_delete on ops.timeline_nodes
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));
grant select on ops.timeline_nodes to oms_client;
create policy timeline_nodes_client_read on ops.timeline_nodes
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);
grant select on ops.timeline_nodes to oms_factory;
create policy timeline_nodes_factory_read on ops.timeline_nodes
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);
grant update (estimated_date, actual_date, row_version) on ops.timeline_nodes to oms_factory;
create policy timeline_nodes_factory_update on ops.timeline_nodes
for update to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
)
with check (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
);

-- timeline_plans: kept by plan_timeline

alter table ops.timeline_plans enable row level security;
grant select on ops.timeline_plans to oms_staff;

create policy timeline_plans_staff_read on ops.timeline_plans
for select to oms_staff
using (organization_id = (select private.organization_id()));

-- timeline_dependencies: they tell of other slices

alter table ops.timeline_dependencies enable row level security;
grant select on ops.timeline_dependencies to oms_staff;
grant insert (
  id, timeline_node_id, predecessor_id, lag_days, is_working_days
) on ops.timeline_dependencies to oms_planner, oms_procurement;
grant update (lag_days, is_working_days, row_version) on ops.timeline_dependencies to oms_planner, oms_procurement;
grant delete on ops.timeline_dependencies to oms_planner, oms_procurement;

create policy timeline_dependencies_staff_read on ops.timeline_dependencies
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy timeline_dependencies_staff_insert on ops.timeline_dependencies
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy timeline_dependencies_staff_update on ops.timeline_dependencies
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy timeline_dependencies_staff_delete on ops.timeline_dependencies
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));

-- timeline_events

alter table ops.timeline_events enable row level security;
grant select on ops.timeline_events to oms_staff;
grant insert (
  id, timeline_node_id, message, happened_on, is_internal
) on ops.timeline_events to oms_planner, oms_procurement;

create policy timeline_events_staff_read on ops.timeline_events
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy timeline_events_staff_insert on ops.timeline_events
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
grant select on ops.timeline_events to oms_client;
create policy timeline_events_client_read on ops.timeline_events
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);
grant select on ops.timeline_events to oms_factory;
create policy timeline_events_factory_read on ops.timeline_events
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);

-- timeline_delays: kept by triggers

alter table ops.timeline_delays enable row level security;
grant select on ops.timeline_delays to oms_staff;

create policy timeline_delays_staff_read on ops.timeline_delays
for select to oms_staff
using (organization_id = (select private.organization_id()));
grant select on ops.timeline_delays to oms_client;
create policy timeline_delays_client_read on ops.timeline_delays
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);
grant select on ops.timeline_delays to oms_factory;
create policy timeline_delays_factory_read on ops.timeline_delays
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and factory_id = (select private.party_id())
  and private.counts_exactly()
);

-- view

grant select on ops.timeline to oms_staff, oms_client, oms_factory;

-- commands

grant execute on function private.plan_timelines(uuid[], uuid, date) to oms_planner, oms_procurement;
grant execute on function private.lock_timeline(uuid) to oms_planner, oms_procurement, oms_factory;
grant execute on function ops.plan_timeline(uuid, uuid[], uuid, date) to oms_planner, oms_procurement;
grant execute on function ops.report_milestone(uuid, date, date) to oms_planner, oms_procurement, oms_factory;
