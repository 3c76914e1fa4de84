-- declared in sql/rls/notifications.sql
-- notifications: everybody his own

alter table ops.notifications enable row level security;
grant select, update (read_at) on ops.notifications to oms_staff;
create policy notifications_staff_read on ops.notifications
for select to oms_staff
using (organization_id = (select private.organization_id()) and user_id = (select private.actor_id()));
create policy notifications_staff_update on ops.notifications
for update to oms_staff
using (organization_id = (select private.organization_id()) and user_id = (select private.actor_id()))
with check (organization_id = (select private.organization_id()) and user_id = (select private.actor_id()));

-- notification_rules

alter table ops.notification_rules enable row level security;
grant select on ops.notification_rules to oms_staff;
grant insert (
  id, role, member_id, slack_channel_id, event_type, channel, digest, is_enabled
) on ops.notification_rules to oms_admin;
grant update (event_type, digest, is_enabled, row_version) on ops.notification_rules to oms_admin;
grant delete on ops.notification_rules to oms_admin;
create policy notification_rules_staff_read on ops.notification_rules
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy notification_rules_staff_insert on ops.notification_rules
for insert to oms_admin
with check (organization_id = (select private.organization_id()));
create policy notification_rules_staff_update on ops.notification_rules
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy notification_rules_staff_delete on ops.notification_rules
for delete to oms_admin
using (organization_id = (select private.organization_id()));

-- notification_mutes: everybody his own

alter table ops.notification_mutes enable row level security;
grant select, insert (id, event_type, channel), delete on ops.notification_mutes to oms_staff;
create policy notification_mutes_staff_read on ops.notification_mutes
for select to oms_staff
using (organization_id = (select private.organization_id()) and user_id = (select private.actor_id()));
create policy notification_mutes_staff_insert on ops.notification_mutes
for insert to oms_staff
with check (organization_id = (select private.organization_id()) and user_id = (select private.actor_id()));
create policy notification_mutes_staff_delete on ops.notification_mutes
for delete to oms_staff
using (organization_id = (select private.organization_id()) and user_id = (select private.actor_id()));

-- slack_channels: made by a command, which keeps the address

alter table ops.slack_channels enable row level security;
grant select on ops.slack_channels to oms_staff;
grant update (name), delete on ops.slack_channels to oms_admin;
create policy slack_channels_staff_read on ops.slack_channels
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy slack_channels_staff_update on ops.slack_channels
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy slack_channels_staff_delete on ops.slack_channels
for delete to oms_admin
using (organization_id = (select private.organization_id()));

grant execute on function
ops.mark_notifications_read(uuid[]), private.is_told_of(text[], text), private.require_event_types(text[]),
private.unknown_event_types(text[])
to oms_staff;
grant execute on function
ops.create_slack_channel(text, text), ops.set_slack_webhook(uuid, text), private.require_slack_url(text),
private.make_slack_channel(text, text), private.store_slack_webhook(uuid, text)
to oms_admin;
grant execute on function
private.claim_slack_post(interval), private.report_slack_post(uuid, uuid, integer, text, interval),
private.organizations_with_due_slack_posts(), private.send_digests(), private.sweep_notifications()
to oms_worker;
