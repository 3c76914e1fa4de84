-- declared in sql/rls/jobs.sql
grant execute on function private.raise_alerts(), private.expire_reservations(), private.sweep() to oms_worker;
grant execute on function private.claim_due_jobs(timestamptz), private.read_job_schedules() to oms_worker;

-- job_schedules

alter table ops.job_schedules enable row level security;
grant select on ops.job_schedules to oms_staff;
grant update (at_time, weekdays, every_minutes, is_enabled, row_version) on ops.job_schedules to oms_admin;

create policy job_schedules_staff_read on ops.job_schedules
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy job_schedules_admin_update on ops.job_schedules
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

grant select on ops.job_health to oms_admin;
grant execute on function private.visible_job_health() to oms_admin, oms_worker;
