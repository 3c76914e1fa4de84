-- declared in sql/triggers/messaging.sql
-- mail_settings

create function private.tg_organizations__make_mail_settings() returns trigger
language plpgsql
security definer  -- nobody may make a row of settings
set search_path = ''
as $$
begin
  insert into ops.mail_settings (organization_id) values (new.id);
  return null;
end
$$;
comment on function private.tg_organizations__make_mail_settings() is 'Every organization has settings.';
create trigger _500_make_mail_settings after insert on ops.organizations
for each row execute function private.tg_organizations__make_mail_settings();

create trigger _100_touch_row before update on ops.mail_settings
for each row execute function private.tg__touch_row();

create function private.tg_mail_settings__forget_server() returns trigger
language plpgsql
security definer  -- whoever configures mail may read or write neither secrets nor how servers do
set search_path = ''
as $$
begin
  -- Or whoever names a server of his own would be sent the password of another one.
  if (new.smtp_host, new.smtp_port, new.smtp_user, new.smtp_security)
    is distinct from (old.smtp_host, old.smtp_port, old.smtp_user, old.smtp_security)
  then
    delete from private.mail_secrets as s where s.organization_id = new.organization_id;
    new.smtp_password_set_at := null;
  end if;
  delete from private.mail_servers as s where s.name = new.organization_id::text;
  return new;
end
$$;
comment on function private.tg_mail_settings__forget_server() is
  'A password is for one user of one server: where that changes it goes. Whatever changes, the server is tried again at once.';
create trigger _500_forget_server before update on ops.mail_settings
for each row execute function private.tg_mail_settings__forget_server();

-- mail_templates

create trigger _100_touch_row before update on ops.mail_templates
for each row execute function private.tg__touch_row();

create function private.tg_mail_templates__require_kind() returns trigger
language plpgsql
security definer  -- whoever writes a template may not read the catalogue
set search_path = ''
as $$
begin
  if not exists (select from private.mail_kinds as k where k.template = new.template) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT',
      format(
        'There is no mail %s; there are %s.', left(new.template, 100),
        (select string_agg(k.template, ', ' order by k.template) from private.mail_kinds as k)
      ),
      '{"argument": "template"}'
    );
  end if;
  return new;
end
$$;
comment on function private.tg_mail_templates__require_kind() is 'A template is of a mail that there is.';
create trigger _300_require_kind before insert or update of template on ops.mail_templates
for each row execute function private.tg_mail_templates__require_kind();

-- email_suppressions: people write addresses as they like

create function private.tg_email_suppressions__fold_address() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.address := lower(new.address);
  return new;
end
$$;
comment on function private.tg_email_suppressions__fold_address() is 'Writes an address in small letters.';
create trigger _100_fold_address before insert on ops.email_suppressions
for each row execute function private.tg_email_suppressions__fold_address();

-- email_log

create function private.tg_email_log__wake_relay() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Once a transaction, however often it is said; heard when it commits.
  notify oms_outbox;
  return null;
end
$$;
comment on function private.tg_email_log__wake_relay() is 'Wakes the workers that send mail.';
create trigger _900_wake_relay after insert on ops.email_log
for each statement execute function private.tg_email_log__wake_relay();
