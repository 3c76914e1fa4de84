-- Which events

create function private.is_told_of(patterns text[], type text) returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return array[type, split_part(type, '.', 1) || '.*', '*'] && patterns;
end
$$;
comment on function private.is_told_of(text[], text) is
  'Whether a type of events is among these: named itself, as all of its kind (`purchase_order.*`), or as everything (`*`).';

create function private.unknown_event_types(patterns text[]) returns text[]
language plpgsql
stable
security definer  -- whoever subscribes may not read the catalogue
set search_path = ''
as $$
begin
  return array(
    select p.pattern
    from unnest(patterns) as p (pattern)
    where not exists (select from private.event_types as t where private.is_told_of(array[p.pattern], t.type))
    order by p.pattern
  );
end
$$;
comment on function private.unknown_event_types(text[]) is 'Those that no type of events matches.';

create function private.require_event_types(patterns text[]) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  unknown constant text[] := private.unknown_event_types(patterns);
begin
  if cardinality(unknown) > 0 then
    perform private.fail(
      'OMS_EVENT_TYPE_UNKNOWN',
      format('There are no events %s; docs/events.md lists them all, and purchase_order.* is all of a kind.', array_to_string(unknown, ', ')),
      jsonb_build_object('unknown', unknown)
    );
  end if;
end
$$;
comment on function private.require_event_types(text[]) is 'Refuses what is no type of events, nor all of a kind.';

-- Writing deliveries

create function private.webhook_body(event private.outbox) returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return json_build_object(
    'id', event.id,
    'type', event.type,
    'version', event.version,
    'occurred_at', event.occurred_at,
    'organization', event.organization_id,
    'entity', json_build_object('type', event.entity_type, 'id', event.entity_id),
    'data', event.payload
  )::text;
end
$$;
comment on function private.webhook_body(private.outbox) is 'The message about an event.';

create function private.react_by_webhooks(events private.outbox[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into ops.webhook_deliveries (organization_id, webhook_endpoint_id, event_id, event_type, position, body)
  select w.organization_id, w.id, e.id, e.type, e.position, private.webhook_body(e)
  from unnest(events) as e
  inner join ops.webhook_endpoints as w on w.organization_id = e.organization_id
  where w.status = 'enabled' and private.is_told_of(w.event_types, e.type)
  order by e.position
  on conflict on constraint webhook_deliveries_event_key do nothing;
end
$$;
comment on function private.react_by_webhooks(private.outbox[]) is 'A message for each event and each endpoint that is told of it.';

-- Sending

create function private.claim_webhook(lease interval default '2 minutes')
returns table (id uuid, lease_id uuid, url text, event_id uuid, body text, secrets bytea[])
language plpgsql
volatile
security definer  -- whoever sends may read neither messages nor secrets
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  endpoint ops.webhook_endpoints;
  delivery ops.webhook_deliveries;
begin
  -- One message at a time to an endpoint, or they would overtake each other: it is the endpoint that is locked.
  for endpoint in
    select w.*
    from ops.webhook_endpoints as w
    where w.organization_id = organization and w.status = 'enabled' and coalesce(w.retry_at <= now(), true)
      and exists (
        select from ops.webhook_deliveries as d
        where d.organization_id = w.organization_id and d.webhook_endpoint_id = w.id and d.status = 'pending'
          and d.next_attempt_at <= now()
      )
    order by (
      select min(p.position)
      from ops.webhook_deliveries as p
      where p.organization_id = w.organization_id and p.webhook_endpoint_id = w.id and p.status = 'pending'
        and p.next_attempt_at <= now()
    )
    for no key update skip locked
  loop
    -- Read again under the lock: it may have been claimed since.
    update ops.webhook_deliveries as d
    set lease_id = private.new_id(), leased_until = clock_timestamp() + claim_webhook.lease
    where d.organization_id = organization
      and d.id = (
        select p.id
        from ops.webhook_deliveries as p
        where p.organization_id = organization and p.webhook_endpoint_id = endpoint.id and p.status = 'pending'
          and p.next_attempt_at <= clock_timestamp()
        order by p.position
        limit 1
      )
      and not exists (
        select from ops.webhook_deliveries as o
        where o.organization_id = organization and o.webhook_endpoint_id = endpoint.id and o.lease_id is not null
          and o.leased_until > clock_timestamp()
      )
    returning d.* into delivery;
    if delivery.id is not null then
      return query
      select
        delivery.id, delivery.lease_id, endpoint.url::text, delivery.event_id, delivery.body,
        array(
          select s.secret
          from private.webhook_secrets as s
          where s.organization_id = organization and s.webhook_endpoint_id = endpoint.id
            and coalesce(s.expires_at > now(), true)
          order by s.id desc
        );
      return;
    end if;
  end loop;
end
$$;
comment on function private.claim_webhook(interval) is
  'The next message of the caller''s organization that is due, for one worker until the lease runs out: of each endpoint the earliest, and one at a time. Nothing: none is due.';

create function private.report_webhook(
  delivery_id uuid, lease_id uuid, response_status integer, response_body text, error text, duration_ms integer,
  retry_after interval default null
) returns boolean
language plpgsql
volatile
security definer  -- whoever sends may not write messages
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  days_of_failure constant integer := 5;
  is_taken constant boolean := coalesce(response_status between 200 and 299, false);
  -- What is gone stays gone.
  is_gone constant boolean := coalesce(response_status = 410, false);
  delivery ops.webhook_deliveries;
  endpoint ops.webhook_endpoints;
  waiting constant interval := least(report_webhook.retry_after, make_interval(days => 1));
  pause interval;
begin
  -- The endpoint first, as those do who claim.
  perform
  from ops.webhook_endpoints as w
  where w.organization_id = organization and w.id = (
    select d.webhook_endpoint_id from ops.webhook_deliveries as d
    where d.organization_id = organization and d.id = report_webhook.delivery_id
  )
  for no key update;
  select d.* into delivery
  from ops.webhook_deliveries as d
  where d.organization_id = organization and d.id = report_webhook.delivery_id and d.lease_id = report_webhook.lease_id
  for no key update;
  if delivery.id is null then
    return false;
  end if;

  insert into ops.webhook_attempts (organization_id, webhook_delivery_id, response_status, response_body, error, duration_ms)
  values (
    organization, delivery.id, report_webhook.response_status, left(report_webhook.response_body, 500),
    case when report_webhook.response_status is null then left(coalesce(report_webhook.error, 'No answer.'), 200) end,
    report_webhook.duration_ms
  );
  pause := private.backoff(delivery.attempts + 1);
  update ops.webhook_deliveries as d
  set
    attempts = d.attempts + 1, lease_id = null, leased_until = null,
    status = case when is_taken then 'delivered' when is_gone or pause is null then 'failed' else 'pending' end::ops.delivery_status,
    delivered_at = case when is_taken then now() end,
    next_attempt_at = now() + coalesce(greatest(pause, waiting), '0')
  where d.organization_id = organization and d.id = delivery.id;

  if is_taken then
    update ops.webhook_endpoints as w
    set failures = 0, failing_since = null, retry_at = null
    where w.organization_id = organization and w.id = delivery.webhook_endpoint_id and w.failures > 0;
    return true;
  end if;
  update ops.webhook_endpoints as w
  set
    failures = w.failures + 1,
    failing_since = coalesce(w.failing_since, now()),
    -- Where nobody answers, the next message will not be answered either.
    retry_at = case
      when report_webhook.response_status is null or report_webhook.response_status in (429, 503)
      then now() + greatest(private.backoff(least(w.failures + 1, 4)), waiting)
    end
  where w.organization_id = organization and w.id = delivery.webhook_endpoint_id
  returning w.* into endpoint;
  if endpoint.status = 'enabled'
    and (is_gone or endpoint.failures >= 8 and endpoint.failing_since < now() - make_interval(days => days_of_failure))
  then
    update ops.webhook_endpoints as w
    set
      status = 'disabled',
      disabled_reason = case
        when is_gone then 'It answered 410: gone.'
        else format('Nothing sent to it for %s days was taken.', days_of_failure)
      end
    where w.organization_id = organization and w.id = endpoint.id
    returning w.* into endpoint;
    perform private.emit(array[
      row(organization, 'webhook_endpoint.disabled', endpoint.id, to_jsonb(endpoint))::private.fact
    ]);
  end if;
  return true;
end
$$;
comment on function private.report_webhook(uuid, uuid, integer, text, text, integer, interval) is
  'What became of a message that the caller claimed: taken (2xx), to be tried again later, or given up after the eighth attempt. An endpoint that is gone (410), or took nothing for five days, is disabled. False, and nothing happens: the lease was another worker''s by then.';

create function private.organizations_with_due_webhooks() returns setof uuid
language plpgsql
stable
security definer  -- nobody may read other organizations' messages
set search_path = ''
as $$
begin
  return query
  select o.id
  from ops.organizations as o
  where exists (
    select from ops.webhook_endpoints as w
    where w.organization_id = o.id and w.status = 'enabled' and coalesce(w.retry_at <= now(), true)
      and exists (
        select from ops.webhook_deliveries as d
        where d.organization_id = w.organization_id and d.webhook_endpoint_id = w.id and d.status = 'pending'
          and d.next_attempt_at <= now()
      )
      and not exists (
        select from ops.webhook_deliveries as l
        where l.organization_id = w.organization_id and l.webhook_endpoint_id = w.id and l.lease_id is not null
          and l.leased_until > now()
      )
  );
end
$$;
comment on function private.organizations_with_due_webhooks() is 'Who has messages to be sent now, of all organizations.';

create function private.sweep_webhooks() returns integer
language plpgsql
volatile
security definer  -- nobody may delete messages
set search_path = ''
as $$
declare
  swept integer;
begin
  delete from ops.webhook_deliveries as d
  where d.organization_id = private.organization_id() and d.created_at < now() - make_interval(days => 30);
  get diagnostics swept = row_count;
  delete from private.webhook_secrets as s where s.organization_id = private.organization_id() and s.expires_at < now();
  return swept;
end
$$;
comment on function private.sweep_webhooks() is 'Deletes messages that are thirty days old, and secrets that do not sign any more. Returns how many messages.';

-- What commands need

create function private.make_webhook_endpoint(url text, event_types text[], description text) returns uuid
language plpgsql
volatile
security definer  -- an endpoint without a secret is none, so nobody may insert one
set search_path = ''
as $$
declare
  made uuid;
begin
  insert into ops.webhook_endpoints (url, event_types, description)
  values (make_webhook_endpoint.url, make_webhook_endpoint.event_types, make_webhook_endpoint.description)
  returning id into made;
  return made;
end
$$;
comment on function private.make_webhook_endpoint(text, text[], text) is 'A new endpoint of the caller''s organization.';

create function private.issue_webhook_secret(webhook_endpoint_id uuid) returns text
language plpgsql
volatile
security definer  -- nobody may read or write secrets, not even sealed ones
set search_path = ''
as $$
declare
  secret constant text := 'whsec_' || encode(extensions.gen_random_bytes(24), 'base64');
begin
  update private.webhook_secrets as s
  set expires_at = least(s.expires_at, now() + make_interval(days => 1))
  where s.organization_id = private.organization_id()
    and s.webhook_endpoint_id = issue_webhook_secret.webhook_endpoint_id;
  insert into private.webhook_secrets (organization_id, webhook_endpoint_id, secret)
  values (private.organization_id(), issue_webhook_secret.webhook_endpoint_id, private.seal(secret));
  return secret;
end
$$;
comment on function private.issue_webhook_secret(uuid) is
  'A new secret for an endpoint of the caller''s organization. What signed until now does so beside it for a day.';

create function private.replay_webhook(
  webhook_endpoint_id uuid, since timestamptz, include_delivered boolean
) returns integer
language plpgsql
volatile
security definer  -- nobody may read the outbox, nor write messages
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  queued integer;
begin
  insert into ops.webhook_deliveries as d (organization_id, webhook_endpoint_id, event_id, event_type, position, body)
  select w.organization_id, w.id, e.id, e.type, e.position, private.webhook_body(e)
  from private.outbox as e
  inner join ops.webhook_endpoints as w on w.organization_id = e.organization_id
  where w.organization_id = organization and w.id = replay_webhook.webhook_endpoint_id
    and e.occurred_at >= replay_webhook.since and private.is_told_of(w.event_types, e.type)
  order by e.position
  on conflict on constraint webhook_deliveries_event_key do update
  set status = 'pending', attempts = 0, next_attempt_at = now(), delivered_at = null
  where d.status <> 'delivered' or replay_webhook.include_delivered;
  get diagnostics queued = row_count;
  update ops.webhook_endpoints as w
  set retry_at = null
  where w.organization_id = organization and w.id = replay_webhook.webhook_endpoint_id;
  return queued;
end
$$;
comment on function private.replay_webhook(uuid, timestamptz, boolean) is
  'Has an endpoint of the caller''s organization sent what happened since, as far as it is told of that and has not taken it.';

create function private.test_webhook(webhook_endpoint_id uuid) returns ops.webhook_deliveries
language plpgsql
volatile
security definer  -- nobody may write messages
set search_path = ''
as $$
#variable_conflict use_column
declare
  delivery ops.webhook_deliveries;
  event private.outbox;
begin
  event.organization_id := private.organization_id();
  event.id := private.new_id();
  event.type := 'webhook.test';
  event.version := 1;
  event.entity_type := 'webhook_endpoints';
  event.entity_id := test_webhook.webhook_endpoint_id;
  event.payload := '{}';
  event.occurred_at := now();
  insert into ops.webhook_deliveries (webhook_endpoint_id, event_id, event_type, position, body)
  values (
    test_webhook.webhook_endpoint_id, event.id, event.type, nextval('private.outbox_position_seq'), private.webhook_body(event)
  )
  returning * into delivery;
  return delivery;
end
$$;
comment on function private.test_webhook(uuid) is 'A message to an endpoint of the caller''s organization that tells of nothing.';
