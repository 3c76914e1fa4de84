create function ops.mark_notifications_read(notification_ids uuid[]) returns setof ops.notifications
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command('mark_notifications_read', jsonb_build_array(notification_ids));
  marked ops.notifications[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.notifications, replayed) as r;
    return;
  end if;
  perform private.require_argument('notification_ids', notification_ids::text);
  with read as (
    update ops.notifications as n
    set read_at = now()
    where n.organization_id = private.organization_id() and n.id = any(notification_ids) and n.read_at is null
    returning n
  )
  select coalesce(array_agg(r.n), '{}') into marked from read as r;
  perform private.store_response('mark_notifications_read', to_jsonb(marked));
  return query select m.* from unnest(marked) as m;
end
$$;
comment on function ops.mark_notifications_read(uuid[]) is
  'Marks notifications of yours as read, those that were not, and returns these. Staff. Errors: OMS_INVALID_ARGUMENT.';

create function private.require_slack_url(webhook_url text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_argument('webhook_url', webhook_url);
  perform webhook_url::ops.webhook_url;
exception
  when check_violation or string_data_right_truncation then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'webhook_url is an address such as https://hooks.slack.com/services/….', '{"argument": "webhook_url"}'
    );
end
$$;
comment on function private.require_slack_url(text) is 'Refuses what is no address to send messages to.';

create function ops.create_slack_channel(name text, webhook_url text) returns ops.slack_channels
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command(
    'create_slack_channel', jsonb_build_array(name, private.digest(webhook_url))
  );
  channel ops.slack_channels;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.slack_channels, replayed);
  end if;
  perform private.require_argument('name', create_slack_channel.name);
  perform private.require_slack_url(create_slack_channel.webhook_url);
  channel := private.make_slack_channel(create_slack_channel.name, create_slack_channel.webhook_url);
  perform private.store_response('create_slack_channel', to_jsonb(channel));
  return channel;
end
$$;
comment on function ops.create_slack_channel(text, text) is
  'A channel of Slack by its incoming webhook, which is kept as a secret. Which events it is told of, notification_rules say. Admin. Errors: OMS_ALREADY_EXISTS, OMS_NO_SECRETS_KEY, OMS_INVALID_ARGUMENT.';

create function ops.set_slack_webhook(slack_channel_id uuid, webhook_url text) returns ops.slack_channels
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'set_slack_webhook', jsonb_build_array(slack_channel_id, private.digest(webhook_url))
  );
  channel ops.slack_channels;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.slack_channels, replayed);
  end if;
  select c.* into channel from ops.slack_channels as c
  where c.organization_id = private.organization_id() and c.id = set_slack_webhook.slack_channel_id;
  perform private.require_found(channel.id, 'Slack channel', set_slack_webhook.slack_channel_id);
  perform private.require_slack_url(set_slack_webhook.webhook_url);
  perform private.store_slack_webhook(channel.id, set_slack_webhook.webhook_url);
  select c.* into channel from ops.slack_channels as c
  where c.organization_id = private.organization_id() and c.id = set_slack_webhook.slack_channel_id;
  perform private.store_response('set_slack_webhook', to_jsonb(channel));
  return channel;
end
$$;
comment on function ops.set_slack_webhook(uuid, text) is
  'Gives a channel of Slack another incoming webhook. Admin. Errors: OMS_NO_SECRETS_KEY, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';
