-- declared in sql/rls/messaging.sql
-- email_log, email_recipients: who may read the table that a mail to a company is about sees what went to whom. What
-- members were told only administrators do. What it said nobody reads here.

alter table ops.email_log enable row level security;
grant select on ops.email_log to oms_staff;
create policy email_log_admin_read on ops.email_log
for select to oms_admin
using (organization_id = (select private.organization_id()));
create policy email_log_sourcing_read on ops.email_log
for select to oms_planner, oms_procurement, oms_production, oms_finance
using (
  organization_id = (select private.organization_id())
  and about in ('allocations', 'factory_pos', 'purchase_orders')
);
create policy email_log_warehouse_read on ops.email_log
for select to oms_warehouse
using (organization_id = (select private.organization_id()) and about in ('factory_pos', 'purchase_orders'));
create policy email_log_sales_read on ops.email_log
for select to oms_sales
using (organization_id = (select private.organization_id()) and about = 'purchase_orders');

alter table ops.email_recipients enable row level security;
grant select on ops.email_recipients to oms_staff;
create policy email_recipients_admin_read on ops.email_recipients
for select to oms_admin
using (organization_id = (select private.organization_id()));
create policy email_recipients_sourcing_read on ops.email_recipients
for select to oms_planner, oms_procurement, oms_production, oms_finance
using (
  organization_id = (select private.organization_id())
  and about in ('allocations', 'factory_pos', 'purchase_orders')
);
create policy email_recipients_warehouse_read on ops.email_recipients
for select to oms_warehouse
using (organization_id = (select private.organization_id()) and about in ('factory_pos', 'purchase_orders'));
create policy email_recipients_sales_read on ops.email_recipients
for select to oms_sales
using (organization_id = (select private.organization_id()) and about = 'purchase_orders');

-- email_suppressions

alter table ops.email_suppressions enable row level security;
grant select on ops.email_suppressions to oms_staff;
grant insert (id, address, note), delete on ops.email_suppressions to oms_admin;
create policy email_suppressions_staff_read on ops.email_suppressions
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy email_suppressions_staff_insert on ops.email_suppressions
for insert to oms_admin
with check (organization_id = (select private.organization_id()));
create policy email_suppressions_staff_delete on ops.email_suppressions
for delete to oms_admin
using (organization_id = (select private.organization_id()));

-- mail_settings, mail_templates

alter table ops.mail_settings enable row level security;
grant select on ops.mail_settings to oms_staff;
grant update (
  sender_name, sender_address, reply_to, language, smtp_host, smtp_port, smtp_user, smtp_security, rate_per_minute,
  row_version
) on ops.mail_settings to oms_admin;
create policy mail_settings_staff_read on ops.mail_settings
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy mail_settings_staff_update on ops.mail_settings
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

alter table ops.mail_templates enable row level security;
grant select on ops.mail_templates to oms_staff;
grant insert (id, template, language, subject, html, text) on ops.mail_templates to oms_admin;
grant update (template, language, subject, html, text, row_version) on ops.mail_templates to oms_admin;
grant delete on ops.mail_templates to oms_admin;
create policy mail_templates_staff_read on ops.mail_templates
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy mail_templates_staff_insert on ops.mail_templates
for insert to oms_admin
with check (organization_id = (select private.organization_id()));
create policy mail_templates_staff_update on ops.mail_templates
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy mail_templates_staff_delete on ops.mail_templates
for delete to oms_admin
using (organization_id = (select private.organization_id()));

-- commands

grant execute on function
ops.resend_email(uuid), private.resend_email(uuid), ops.cancel_email(uuid), private.cancel_email(uuid),
private.require_email(uuid)
to oms_staff;
grant execute on function
ops.send_test_email(text), private.send_test_email(text),
ops.set_mail_password(text), private.store_mail_password(bytea)
to oms_admin;
grant execute on function
ops.record_email_event(text, ops.email_event_kind, text, text),
private.record_email_event(text, ops.email_event_kind, text, text),
ops.unsubscribe(uuid), private.unsubscribe(uuid)
to oms_webhook;

-- workers

grant execute on function
private.organizations_with_due_emails(), private.claim_email(interval, integer),
private.report_email(uuid, uuid, private.mail_outcome, text, text, text[]),
private.attached_document(uuid, text, uuid), private.letterhead(), private.remind_quotes(), private.sweep_emails()
to oms_worker;
