-- webhook_endpoints: made by a command, which shows their secret

alter table ops.webhook_endpoints enable row level security;
grant select, delete on ops.webhook_endpoints to oms_admin;
grant update (url, event_types, description, status, row_version) on ops.webhook_endpoints to oms_admin;

create policy webhook_endpoints_staff_read on ops.webhook_endpoints
for select to oms_admin
using (organization_id = (select private.organization_id()));
create policy webhook_endpoints_staff_update on ops.webhook_endpoints
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy webhook_endpoints_staff_delete on ops.webhook_endpoints
for delete to oms_admin
using (organization_id = (select private.organization_id()));

-- webhook_deliveries

alter table ops.webhook_deliveries enable row level security;
grant select on ops.webhook_deliveries to oms_admin;
create policy webhook_deliveries_staff_read on ops.webhook_deliveries
for select to oms_admin
using (organization_id = (select private.organization_id()));

-- webhook_attempts

alter table ops.webhook_attempts enable row level security;
grant select on ops.webhook_attempts to oms_admin;
create policy webhook_attempts_staff_read on ops.webhook_attempts
for select to oms_admin
using (organization_id = (select private.organization_id()));

grant execute on function
ops.create_webhook_endpoint(text, text[], text), ops.rotate_webhook_secret(uuid), ops.test_webhook(uuid),
ops.replay_webhook(uuid, timestamptz, boolean), private.require_webhook_endpoint(uuid, boolean),
private.make_webhook_endpoint(text, text[], text),
private.issue_webhook_secret(uuid), private.test_webhook(uuid), private.replay_webhook(uuid, timestamptz, boolean)
to oms_admin;
grant execute on function
private.claim_webhook(interval), private.report_webhook(uuid, uuid, integer, text, text, integer, interval),
private.organizations_with_due_webhooks(), private.sweep_webhooks()
to oms_worker;
