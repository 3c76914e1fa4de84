create function private.require_webhook_endpoint(webhook_endpoint_id uuid, to_send boolean default false) returns void
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  endpoint ops.webhook_endpoints;
begin
  select w.* into endpoint
  from ops.webhook_endpoints as w
  where w.organization_id = private.organization_id() and w.id = require_webhook_endpoint.webhook_endpoint_id;
  perform private.require_found(endpoint.id, 'webhook endpoint', require_webhook_endpoint.webhook_endpoint_id);
  if to_send and endpoint.status = 'disabled' then
    perform private.fail(
      'OMS_WEBHOOK_DISABLED', format('The endpoint %s is disabled; set its status to enabled first.', endpoint.url),
      jsonb_build_object('id', endpoint.id, 'disabled_reason', endpoint.disabled_reason)
    );
  end if;
end
$$;
comment on function private.require_webhook_endpoint(uuid, boolean) is
  'Refuses an endpoint that the caller does not see, and one that is disabled if something is to be sent.';

create function ops.create_webhook_endpoint(url text, event_types text[], description text default null)
returns ops.webhook_secret
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'create_webhook_endpoint', jsonb_build_array(url, event_types, description)
  );
  made ops.webhook_secret;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.webhook_secret, replayed);
  end if;
  perform private.require_argument('url', create_webhook_endpoint.url);
  perform private.require_argument('event_types', create_webhook_endpoint.event_types::text);
  begin
    made.webhook_endpoint_id := private.make_webhook_endpoint(
      create_webhook_endpoint.url, create_webhook_endpoint.event_types, create_webhook_endpoint.description
    );
  exception
    when check_violation or string_data_right_truncation then
      perform private.fail(
        'OMS_INVALID_ARGUMENT',
        'An endpoint has a url such as https://example.com/hook without user name, password or fragment, of at most 2000 '
        || 'characters, and between one and a hundred event_types.',
        '{"argument": "url"}'
      );
  end;
  -- Kept is what may be kept.
  perform private.store_response('create_webhook_endpoint', to_jsonb(made));
  made.secret := private.issue_webhook_secret(made.webhook_endpoint_id);
  return made;
end
$$;
comment on function ops.create_webhook_endpoint(text, text[], text) is
  'Tells a server of events from now on, and shows once what they are signed with. Admin. Errors: OMS_EVENT_TYPE_UNKNOWN, OMS_NO_SECRETS_KEY, OMS_INVALID_ARGUMENT.';

create function ops.rotate_webhook_secret(webhook_endpoint_id uuid) returns ops.webhook_secret
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command('rotate_webhook_secret', jsonb_build_array(webhook_endpoint_id));
  made ops.webhook_secret;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.webhook_secret, replayed);
  end if;
  perform private.require_webhook_endpoint(rotate_webhook_secret.webhook_endpoint_id);
  made.webhook_endpoint_id := rotate_webhook_secret.webhook_endpoint_id;
  perform private.store_response('rotate_webhook_secret', to_jsonb(made));
  made.secret := private.issue_webhook_secret(made.webhook_endpoint_id);
  return made;
end
$$;
comment on function ops.rotate_webhook_secret(uuid) is
  'Gives an endpoint a new secret, and shows it once. For a day messages are signed with both. Admin. Errors: OMS_NO_SECRETS_KEY, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.test_webhook(webhook_endpoint_id uuid) returns ops.webhook_deliveries
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command('test_webhook', jsonb_build_array(webhook_endpoint_id));
  delivery ops.webhook_deliveries;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.webhook_deliveries, replayed);
  end if;
  perform private.require_webhook_endpoint(test_webhook.webhook_endpoint_id, true);
  delivery := private.test_webhook(test_webhook.webhook_endpoint_id);
  perform private.store_response('test_webhook', to_jsonb(delivery));
  return delivery;
end
$$;
comment on function ops.test_webhook(uuid) is
  'Sends an endpoint a message of type `webhook.test`. What it answered is in webhook_attempts a moment later. Admin. Errors: OMS_WEBHOOK_DISABLED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.replay_webhook(
  webhook_endpoint_id uuid, since timestamptz, include_delivered boolean default false
) returns ops.webhook_replay
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command(
    'replay_webhook', jsonb_build_array(webhook_endpoint_id, since, include_delivered)
  );
  replay ops.webhook_replay;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.webhook_replay, replayed);
  end if;
  perform private.require_webhook_endpoint(replay_webhook.webhook_endpoint_id, true);
  perform private.require_argument('since', replay_webhook.since::text);
  replay.webhook_endpoint_id := replay_webhook.webhook_endpoint_id;
  replay.deliveries := private.replay_webhook(
    replay_webhook.webhook_endpoint_id, replay_webhook.since, coalesce(replay_webhook.include_delivered, false)
  );
  perform private.store_response('replay_webhook', to_jsonb(replay));
  return replay;
end
$$;
comment on function ops.replay_webhook(uuid, timestamptz, boolean) is
  'Sends an endpoint what happened since, up to thirty days back: what it missed while it was disabled or failed to take, and with `include_delivered` the rest, too. Messages keep their ids. Admin. Errors: OMS_WEBHOOK_DISABLED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';
