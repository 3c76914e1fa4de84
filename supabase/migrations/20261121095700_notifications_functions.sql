-- declared in sql/functions/notifications.sql
create function private.notification_facts(event private.outbox) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  p constant jsonb := event.payload;
  organization constant uuid := event.organization_id;
  item constant uuid := (
    select coalesce(
      (p ->> 'order_item_id')::uuid,
      (
        select a.order_item_id from ops.allocation_items as a
        where a.organization_id = organization and a.id = (p ->> 'allocation_item_id')::uuid
      )
    )
  );
  slice constant uuid := (p ->> 'allocation_item_supplier_id')::uuid;
begin
  return p || jsonb_strip_nulls(jsonb_build_object(
    'factory', (
      select d.name from ops.directory as d
      where d.organization_id = organization and d.id = coalesce((p ->> 'factory_id')::uuid, (
        select s.factory_id from ops.allocation_items_supplier as s where s.organization_id = organization and s.id = slice
      ))
    ),
    'vendor', (select d.name from ops.directory as d where d.organization_id = organization and d.id = (p ->> 'vendor_id')::uuid),
    'client', (select d.name from ops.directory as d where d.organization_id = organization and d.id = (p ->> 'client_id')::uuid),
    'order', (
      select o.order_number from ops.orders as o
      where o.organization_id = organization and o.id = coalesce((p ->> 'order_id')::uuid, (
        select i.order_id from ops.order_items as i where i.organization_id = organization and i.id = item
      ))
    ),
    'sku', (
      select v.sku from ops.product_variants as v
      where v.organization_id = organization and v.id = (p ->> 'product_variant_id')::uuid
    ),
    'purchase_order', (
      select o.po_number from ops.purchase_orders as o
      where o.organization_id = organization and o.id = (p ->> 'purchase_order_id')::uuid
    ),
    'production_order', (
      select o.production_number from ops.production_orders as o
      where o.organization_id = organization and o.id = (p ->> 'production_order_id')::uuid
    ),
    'note', case event.type
      when 'purchase_order.mentioned' then (
        select o.note from ops.purchase_orders as o where o.organization_id = organization and o.id = event.entity_id
      )
      when 'slice_note.mentioned' then (
        select n.remark from ops.allocation_item_supplier_notes as n
        where n.organization_id = organization and n.id = event.entity_id
      )
    end
  ));
end
$$;
comment on function private.notification_facts(private.outbox) is 'An event''s payload, and the names of what it points at.';

create function private.filled_in(template text, facts jsonb) returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  filled text := '';
  piece text;
begin
  -- Each brace once, from left to right: what is filled in may have braces of its own.
  for piece in select p.piece[1] from regexp_matches(template, '\{[a-z_]+\}|[^{]+|\{', 'g') as p (piece) loop
    filled := filled || case when piece ~ '^\{[a-z_]+\}$' then coalesce(facts ->> trim(piece, '{}'), '') else piece end;
  end loop;
  return nullif(trim(filled), '');
end
$$;
comment on function private.filled_in(text, jsonb) is 'A text with what stands in braces replaced by the fact of that name; unknown ones by nothing.';

create function private.tellings(events private.outbox[])
returns table (
  organization_id uuid, event_id uuid, event_type text, entity_type text, entity_id uuid,
  member_id uuid, user_id uuid, full_name text, address text, slack_channel_id uuid,
  channel ops.notification_channel, digest ops.notification_digest, title text, body text
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  with happened as materialized (
    select e as event, e.organization_id, e.type, e.actor_id
    from unnest(events) as e
    where
      -- A run that solved everything is no news.
      (e.type <> 'supply_run.finished' or (e.payload ->> 'exception_count')::integer > 0)
  ),
  kinds as materialized (
    -- Of a mention he is told who is mentioned, by no rule.
    select distinct h.organization_id, h.type from happened as h where h.type not like '%.mentioned'
  ),
  rules as materialized (
    select k.organization_id, k.type, r.role, r.member_id, r.slack_channel_id, r.channel, r.digest
    from kinds as k
    inner join ops.notification_rules as r on r.organization_id = k.organization_id
    where r.is_enabled and private.is_told_of(array[r.event_type], k.type)
    union all
    select k.organization_id, k.type, d.role, null, null, d.channel, d.digest
    from kinds as k
    inner join private.default_notification_rules as d on d.event_type = k.type
    where not exists (
      select from ops.notification_rules as r
      where r.organization_id = k.organization_id and r.role = d.role and r.event_type = d.event_type and r.channel = d.channel
    )
  ),
  told as (
    select h.event, h.type, h.organization_id, m.id as member_id, null::uuid as slack_channel_id, r.channel, r.digest
    from happened as h
    inner join rules as r on r.organization_id = h.organization_id and r.type = h.type
    inner join private.event_types as t on t.type = h.type
    inner join ops.members as m
      on m.organization_id = h.organization_id and (m.role = r.role or m.id = r.member_id)
      and (m.role = 'oms_admin' or m.role::text = any(t.roles))
    where
      -- Of those who could approve something, who may approve this.
      h.type <> 'purchase_order.submitted' or exists (
        select from ops.purchase_order_approvals as a
        where a.organization_id = h.organization_id and a.purchase_order_id = (h.event).entity_id
          and a.decided_at is null and a.approver_role = m.role
      )
    union all
    select h.event, h.type, h.organization_id, m.id, null, c.channel, 'none'
    from happened as h
    inner join ops.members as m
      on m.organization_id = h.organization_id and m.id = ((h.event).payload ->> 'member_id')::uuid
    cross join (values ('in_app'::ops.notification_channel), ('mail')) as c (channel)
    where h.type like '%.mentioned'
    union all
    select h.event, h.type, h.organization_id, null, r.slack_channel_id, r.channel, r.digest
    from happened as h
    inner join rules as r on r.organization_id = h.organization_id and r.type = h.type
    where r.slack_channel_id is not null
  ),
  chosen as (
    -- Told at once and in a digest is told at once.
    select distinct on ((t.event).id, t.member_id, t.slack_channel_id, t.channel)
      t.event, t.organization_id, t.member_id, m.user_id, m.full_name, m.email, t.slack_channel_id, t.channel, t.digest
    from told as t
    left join ops.members as m on m.organization_id = t.organization_id and m.id = t.member_id
    where t.slack_channel_id is not null or (
      m.status = 'active' and m.user_id is distinct from (t.event).actor_id
      and m.role not in ('oms_client', 'oms_factory', 'oms_vendor')
      and not exists (
        select from ops.notification_mutes as u
        where u.organization_id = t.organization_id and u.user_id = m.user_id
          and coalesce(u.channel = t.channel, true) and private.is_told_of(array[u.event_type], t.type)
      )
    )
    order by (t.event).id, t.member_id, t.slack_channel_id, t.channel, t.digest
  ),
  texts as materialized (
    select
      (e.event).id as event_id,
      left(coalesce(private.filled_in(x.title, f.facts), t.summary), 200) as title,
      left(private.filled_in(x.body, f.facts), 1000) as body
    from (select distinct c.event from chosen as c) as e
    inner join private.event_types as t on t.type = (e.event).type
    left join private.notification_texts as x on x.type = (e.event).type
    cross join lateral private.notification_facts(e.event) as f (facts)
  )
  select
    c.organization_id, (c.event).id, (c.event).type, (c.event).entity_type, (c.event).entity_id,
    c.member_id, c.user_id, c.full_name::text, c.email::text, c.slack_channel_id, c.channel, c.digest, x.title, x.body
  from chosen as c
  inner join texts as x on x.event_id = (c.event).id
  order by (c.event).position, c.member_id;
end
$$;
comment on function private.tellings(private.outbox[]) is
  'Who is told of these events, how, and in which words: by the rules, less what he muted, and never of what he did himself.';

create function private.react_by_notifications(events private.outbox[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  letters private.letter[];
begin
  with told as materialized (
    select t.* from private.tellings(events) as t
  ),
  in_app as (
    insert into ops.notifications (
      organization_id, member_id, user_id, event_id, event_type, title, body, entity_type, entity_id
    )
    select t.organization_id, t.member_id, t.user_id, t.event_id, t.event_type, t.title, t.body, t.entity_type, t.entity_id
    from told as t
    where t.channel = 'in_app'
    on conflict on constraint notifications_event_key do nothing
  ),
  digests as (
    insert into private.digest_items (organization_id, member_id, event_id, title, body)
    select t.organization_id, t.member_id, t.event_id, t.title, t.body
    from told as t
    where t.channel = 'mail' and t.digest = 'daily' and t.address is not null
    on conflict on constraint digest_items_event_key do nothing
  ),
  posts as (
    insert into private.slack_posts (organization_id, slack_channel_id, event_id, body)
    select
      t.organization_id, t.slack_channel_id, t.event_id,
      jsonb_build_object('text', private.slack_text(t.title, t.body))::text
    from told as t
    where t.channel = 'slack'
    on conflict on constraint slack_posts_event_key do nothing
  )
  select array_agg(row(
    t.organization_id, 'notification', format('notification:%s:%s', t.event_id, t.member_id), t.event_id, null,
    t.entity_type, t.entity_id,
    jsonb_build_array(jsonb_build_object('name', t.full_name, 'address', t.address)),
    jsonb_build_object('title', t.title, 'body', t.body), null, null
  )::private.letter)
  into letters
  from told as t
  where t.channel = 'mail' and t.digest = 'none' and t.address is not null;
  if letters is not null then
    perform private.queue_emails(letters);
  end if;
end
$$;
comment on function private.react_by_notifications(private.outbox[]) is 'Tells members and channels of events, each once.';

create function private.slack_text(title text, body text) returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- What Slack reads as markup is escaped; nothing that somebody typed may mention a channel or hide a link.
  return concat_ws(
    e'\n',
    '*' || translate(replace(replace(replace(title, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '*`~', '') || '*',
    replace(replace(replace(body, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
  );
end
$$;
comment on function private.slack_text(text, text) is 'A title and a body as Slack shows them.';

create function private.send_digests() returns integer
language plpgsql
volatile
security definer  -- nobody may read or write what digests will say
set search_path = ''
as $$
declare
  letters private.letter[];
begin
  with taken as (
    delete from private.digest_items as d
    where d.organization_id = private.organization_id()
    returning d.organization_id, d.id, d.member_id, d.title, d.body
  )
  select array_agg(g.letter)
  into letters
  from (
    select row(
      t.organization_id, 'digest', format('digest:%s:%s', t.member_id, max(t.id::text)), null, null, null, null,
      jsonb_build_array(jsonb_build_object('name', m.full_name, 'address', m.email)),
      jsonb_build_object('items', jsonb_agg(jsonb_build_object('title', t.title, 'body', t.body) order by t.id)), null, null
    )::private.letter as letter
    from taken as t
    inner join ops.members as m on m.organization_id = t.organization_id and m.id = t.member_id
    where m.status = 'active' and m.email is not null
    group by t.organization_id, t.member_id, m.full_name, m.email
  ) as g;
  if letters is not null then
    perform private.queue_emails(letters);
  end if;
  return coalesce(cardinality(letters), 0);
end
$$;
comment on function private.send_digests() is
  'Queues one mail to each member of the caller''s organization for whom something was kept for it. Returns how many.';

create function private.sweep_notifications() returns integer
language plpgsql
volatile
security definer  -- nobody may delete notifications
set search_path = ''
as $$
declare
  swept integer;
  swept_posts integer;
begin
  delete from ops.notifications as n
  where n.organization_id = private.organization_id() and n.created_at < now() - make_interval(days => 90);
  get diagnostics swept = row_count;
  delete from private.slack_posts as p
  where p.organization_id = private.organization_id() and p.created_at < now() - make_interval(days => 30);
  get diagnostics swept_posts = row_count;
  return swept + swept_posts;
end
$$;
comment on function private.sweep_notifications() is
  'Deletes notifications of ninety days ago and messages to Slack of thirty. Returns how many.';

-- Slack

create function private.store_slack_webhook(slack_channel_id uuid, url text) returns void
language plpgsql
volatile
security definer  -- nobody may read or write secrets, not even sealed ones
set search_path = ''
as $$
begin
  insert into private.slack_webhooks as w (organization_id, slack_channel_id, url)
  values (private.organization_id(), store_slack_webhook.slack_channel_id, private.seal(store_slack_webhook.url))
  on conflict on constraint slack_webhooks_pkey do update set url = excluded.url;
  update ops.slack_channels as c
  set url_hint = right(store_slack_webhook.url, 4), last_error = null
  where c.organization_id = private.organization_id() and c.id = store_slack_webhook.slack_channel_id;
end
$$;
comment on function private.store_slack_webhook(uuid, text) is 'Keeps where a channel of the caller''s organization takes messages.';

create function private.make_slack_channel(name text, webhook_url text) returns ops.slack_channels
language plpgsql
volatile
security definer  -- a channel without an address is none, so nobody may insert one
set search_path = ''
as $$
declare
  channel ops.slack_channels;
begin
  begin
    insert into ops.slack_channels (name, url_hint)
    values (make_slack_channel.name, '') returning * into channel;
  exception
    when unique_violation then
      perform private.fail(
        'OMS_ALREADY_EXISTS', format('There is a channel %s already; set_slack_webhook gives it another address.', name),
        jsonb_build_object('name', name)
      );
  end;
  perform private.store_slack_webhook(channel.id, make_slack_channel.webhook_url);
  select c.* into channel from ops.slack_channels as c
  where c.organization_id = channel.organization_id and c.id = channel.id;
  return channel;
end
$$;
comment on function private.make_slack_channel(text, text) is 'A new channel of the caller''s organization.';

create function private.claim_slack_post(lease interval default '2 minutes')
returns table (id uuid, lease_id uuid, url bytea, body text)
language plpgsql
volatile
security definer  -- whoever sends may read neither messages nor secrets
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  update private.slack_posts as p
  set lease_id = private.new_id(), leased_until = now() + claim_slack_post.lease
  from private.slack_webhooks as w
  where p.organization_id = private.organization_id()
    and p.id = (
      select d.id
      from private.slack_posts as d
      where d.organization_id = private.organization_id() and d.status = 'pending' and d.next_attempt_at <= now()
        and coalesce(d.leased_until <= now(), true)
      order by d.next_attempt_at, d.id
      limit 1
      for no key update skip locked
    )
    and w.organization_id = p.organization_id and w.slack_channel_id = p.slack_channel_id
  returning p.id, p.lease_id, w.url, p.body;
end
$$;
comment on function private.claim_slack_post(interval) is
  'The next message to Slack of the caller''s organization, for one worker until the lease runs out.';

create function private.report_slack_post(
  post_id uuid, lease_id uuid, response_status integer, error text, retry_after interval default null
) returns boolean
language plpgsql
volatile
security definer  -- whoever sends may not write messages
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  is_taken constant boolean := coalesce(report_slack_post.response_status between 200 and 299, false);
  -- Slack answers 400, 403, 404 and 410 where the webhook will never work again.
  is_final constant boolean := coalesce(
    report_slack_post.response_status between 300 and 499 and report_slack_post.response_status not in (408, 429), false
  );
  waiting constant interval := least(report_slack_post.retry_after, make_interval(days => 1));
  post private.slack_posts;
  pause interval;
begin
  select p.* into post
  from private.slack_posts as p
  where p.organization_id = organization and p.id = report_slack_post.post_id and p.lease_id = report_slack_post.lease_id
  for no key update;
  if post.id is null then
    return false;
  end if;
  pause := private.backoff(post.attempts + 1);
  update private.slack_posts as p
  set
    attempts = p.attempts + 1, lease_id = null, leased_until = null, last_error = report_slack_post.error,
    status = case when is_taken then 'delivered' when is_final or pause is null then 'failed' else 'pending' end::ops.delivery_status,
    next_attempt_at = now() + coalesce(greatest(pause, waiting), '0')
  where p.organization_id = organization and p.id = post.id;
  if not is_taken and not is_final then
    -- What it does not take now, it takes none of.
    update private.slack_posts as p
    set next_attempt_at = greatest(p.next_attempt_at, now() + greatest(pause, waiting))
    where p.organization_id = organization and p.slack_channel_id = post.slack_channel_id and p.status = 'pending'
      and p.id <> post.id and p.lease_id is null;
  end if;
  update ops.slack_channels as c
  set
    last_posted_at = case when is_taken then now() else c.last_posted_at end,
    last_error = case when not is_taken then left(report_slack_post.error, 200) end
  where c.organization_id = organization and c.id = post.slack_channel_id;
  return true;
end
$$;
comment on function private.report_slack_post(uuid, uuid, integer, text, interval) is
  'What became of a message to Slack that the caller claimed. False, and nothing happens: the lease was another worker''s by then.';

create function private.organizations_with_due_slack_posts() returns setof uuid
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
    select from private.slack_posts as p
    where p.organization_id = o.id and p.status = 'pending' and p.next_attempt_at <= now()
      and coalesce(p.leased_until <= now(), true)
  );
end
$$;
comment on function private.organizations_with_due_slack_posts() is 'Who has messages for Slack now, of all organizations.';
