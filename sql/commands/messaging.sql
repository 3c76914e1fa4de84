-- Mail, by people and by what stands between us and the mail server.

create function ops.resend_email(email_id uuid) returns ops.email_log
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('resend_email', jsonb_build_array(email_id));
  resent uuid;
  mail ops.email_log;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.email_log, replayed);
  end if;
  perform private.require_email(resend_email.email_id);
  resent := private.resend_email(resend_email.email_id);
  select m.* into mail from ops.email_log as m where m.organization_id = private.organization_id() and m.id = resent;
  perform private.store_response('resend_email', to_jsonb(mail));
  return mail;
end
$$;
comment on function ops.resend_email(uuid) is
  'Sends a mail once more, as a new one: to where its company gets mail now. Staff who read of it. Errors: OMS_EMAIL_WAITS, OMS_EMAIL_SWEPT, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.cancel_email(email_id uuid) returns ops.email_log
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('cancel_email', jsonb_build_array(email_id));
  mail ops.email_log;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.email_log, replayed);
  end if;
  perform private.require_email(cancel_email.email_id);
  perform private.cancel_email(cancel_email.email_id);
  select m.* into mail
  from ops.email_log as m
  where m.organization_id = private.organization_id() and m.id = cancel_email.email_id;
  perform private.store_response('cancel_email', to_jsonb(mail));
  return mail;
end
$$;
comment on function ops.cancel_email(uuid) is
  'Takes back a mail that is queued. Staff who read of it. Errors: OMS_EMAIL_NOT_QUEUED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.send_test_email(address text) returns ops.email_log
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('send_test_email', jsonb_build_array(address));
  queued uuid;
  mail ops.email_log;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.email_log, replayed);
  end if;
  queued := private.send_test_email(send_test_email.address);
  select m.* into mail from ops.email_log as m where m.organization_id = private.organization_id() and m.id = queued;
  perform private.store_response('send_test_email', to_jsonb(mail));
  return mail;
end
$$;
comment on function ops.send_test_email(text) is
  'Queues a mail that says that mail arrives. Administrators. Errors: OMS_INVALID_ARGUMENT.';

create function ops.set_mail_password(password text) returns ops.mail_settings
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Without the argument: what is stored of a request would hold the password.
  replayed constant jsonb := private.replay_command('set_mail_password', '[]');
  settings ops.mail_settings;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.mail_settings, replayed);
  end if;
  perform private.require_argument('password', password);
  perform private.store_mail_password(private.seal(password));
  select s.* into settings from ops.mail_settings as s where s.organization_id = private.organization_id();
  perform private.store_response('set_mail_password', to_jsonb(settings));
  return settings;
end
$$;
comment on function ops.set_mail_password(text) is
  'Keeps the password of mail_settings.smtp_user, encrypted so that only the workers can read it. Administrators. Errors: OMS_NO_SECRETS_KEY, OMS_INVALID_ARGUMENT.';

create function ops.record_email_event(
  message_id text, kind ops.email_event_kind, address text default null, diagnostic text default null
) returns ops.acknowledgement
language plpgsql
volatile
set search_path = ''
as $$
declare
  taken constant ops.acknowledgement := row(true);
  replayed constant jsonb := private.replay_command(
    'record_email_event', jsonb_build_array(message_id, kind, address, diagnostic)
  );
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.acknowledgement, replayed);
  end if;
  perform private.require_argument('message_id', message_id);
  if kind is null then
    perform private.fail('OMS_INVALID_ARGUMENT', 'kind is missing.', '{"argument": "kind"}');
  end if;
  -- A line of a message is no longer than that (RFC 5322, section 2.1.1).
  if greatest(length(message_id), length(address)) > 998 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'message_id and address have at most 998 characters.', '{"argument": "message_id"}'
    );
  end if;
  perform private.record_email_event(message_id, kind, address, diagnostic);
  perform private.store_response('record_email_event', to_jsonb(taken));
  return taken;
end
$$;
comment on function ops.record_email_event(text, ops.email_event_kind, text, text) is
  'What a mail server tells of a mail: that it arrived, came back for good, or was called unwanted. The last two send the address no more mail. A message that is not ours changes nothing. oms_webhook. Errors: OMS_INVALID_ARGUMENT.';

create function ops.unsubscribe(token uuid) returns ops.acknowledgement
language plpgsql
volatile
set search_path = ''
as $$
declare
  taken constant ops.acknowledgement := row(true);
  replayed constant jsonb := private.replay_command('unsubscribe', jsonb_build_array(token));
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.acknowledgement, replayed);
  end if;
  perform private.unsubscribe(token);
  perform private.store_response('unsubscribe', to_jsonb(taken));
  return taken;
end
$$;
comment on function ops.unsubscribe(uuid) is
  'Sends whom a marketing mail was for no more of them. The token stands in its List-Unsubscribe. oms_webhook. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';
