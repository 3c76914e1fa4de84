-- declared in sql/functions/jobs.sql
-- What happens because time has passed. The workers call these as oms_worker, one organization at a time.

create function private.raise_alerts() returns integer
language plpgsql
volatile
security definer  -- whoever looks at the time may not read what is late, nor write the outbox
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  facts private.fact[];
begin
  -- Two at once would both find the same thing not told of.
  perform pg_advisory_xact_lock(hashtextextended('private.raised_alerts ' || organization, 0));
  with alerts as materialized (
    select a.kind::text as kind, a.subject_id, to_jsonb(a) as row
    from ops.workflow_alerts as a
    where a.organization_id = organization and a.severity <> 'info'
    union all
    select
      'step_overdue', t.id,
      to_jsonb(t) || jsonb_build_object(
        'severity', 'warning', 'due_date', t.forecast_date,
        'message', format('%s should have been done on %s, and nobody has said anything since.', t.name, t.forecast_date)
      )
    from ops.timeline as t
    where t.organization_id = organization and t.is_overdue and t.kind not in ('root', 'split')
  ),
  righted as (
    delete from private.raised_alerts as r
    where r.organization_id = organization
      and not exists (select from alerts as a where a.kind = r.kind and a.subject_id = r.subject_id)
  ),
  raised as (
    insert into private.raised_alerts (organization_id, kind, subject_id)
    select distinct organization, a.kind, a.subject_id from alerts as a
    on conflict do nothing
    returning kind, subject_id
  )
  select array_agg(row(organization, 'alert.' || a.kind, a.subject_id, a.row)::private.fact order by a.row ->> 'due_date', a.subject_id)
  into facts
  from raised as r
  inner join alerts as a on a.kind = r.kind and a.subject_id = r.subject_id;
  perform private.emit(facts);
  return coalesce(cardinality(facts), 0);
end
$$;
comment on function private.raise_alerts() is
  'Tells of everything in workflow_alerts that is more than worth knowing, and of every step of a timeline whose forecast has passed: once each, until it is right again. Returns of how many.';

create function private.expire_reservations() returns integer
language plpgsql
volatile
security definer  -- whoever looks at the time may not write what is reserved, nor production orders
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  lapsed ops.inventory_reservations[];
begin
  if not exists (
    select from ops.inventory_reservations as r where r.organization_id = organization and r.expires_at <= now()
  ) then
    return 0;
  end if;
  perform private.lock_supply(true);
  with gone as (
    delete from ops.inventory_reservations as r
    where r.organization_id = organization and r.expires_at <= now() and r.order_item_id is not null
    returning r
  )
  select array_agg(g.r) into lapsed from gone as g;
  perform private.emit(array(
    select row(organization, 'reservation.expired', l.id, to_jsonb(l))::private.fact from unnest(lapsed) as l order by l.id
  ));
  perform private.hand_on(array(select distinct l.product_variant_id from unnest(lapsed) as l));
  return coalesce(cardinality(lapsed), 0);
end
$$;
comment on function private.expire_reservations() is
  'Takes back what was reserved for order lines until now, and hands it on to production that waits for it. Returns how many reservations lapsed.';

create function private.sweep() returns integer
language plpgsql
volatile
security definer  -- nobody may read or write the store of keys
set search_path = ''
as $$
declare
  swept integer;
begin
  -- A client repeats a command within minutes; a day is more than it needs.
  delete from private.idempotency_keys as k
  where k.organization_id = private.organization_id() and k.created_at < now() - make_interval(days => 1);
  get diagnostics swept = row_count;
  return swept + private.sweep_emails() + private.sweep_webhooks() + private.sweep_notifications();
end
$$;
comment on function private.sweep() is 'Deletes what nobody will ask for any more: answers of commands a day old, what mails said, webhooks of thirty days, notifications of ninety. Returns how many rows.';

-- What is due. Defined here and not by each worker's clock: all of them ask the database.

create function private.last_due(
  at timestamptz, time_zone text, at_time time, weekdays integer[], every_minutes integer
) returns timestamptz
language plpgsql
immutable
set search_path = ''
as $$
declare
  today constant date := (at at time zone time_zone)::date;
  due timestamptz;
begin
  if every_minutes is not null then
    due := date_bin(make_interval(mins => every_minutes), at, timestamptz '2000-01-01 00:00:00+00');
    return case when extract(isodow from due at time zone time_zone) = any(weekdays) then due end;
  end if;
  -- A time that the clocks skip is read by the clocks before the change, and so comes after it; one that they show
  -- twice is read as the second one.
  for days_ago in 0 .. 7 loop
    due := (today - days_ago + at_time) at time zone time_zone;
    if due <= at and extract(isodow from today - days_ago) = any(weekdays) then
      return due;
    end if;
  end loop;
  return null;
end
$$;
comment on function private.last_due(timestamptz, text, time, integer[], integer) is
  'When something with this schedule was due the last time, now included.';

create function private.claim_due_jobs(at timestamptz default now())
returns table (claimant uuid, job text, queue text, scheduled_for timestamptz)
language plpgsql
volatile
security definer  -- the worker asks for all organizations
set search_path = ''
as $$
#variable_conflict use_column
begin
  -- One at a time: two would wait for each other's rows.
  if not pg_try_advisory_xact_lock(hashtextextended('private.job_runs', 0)) then
    return;
  end if;
  return query
  with due as (
    select
      s.organization_id, s.job::text as job, s.updated_at as since,
      private.last_due(claim_due_jobs.at, o.time_zone, s.at_time, s.weekdays, s.every_minutes) as scheduled_for
    from ops.job_schedules as s
    inner join ops.organization_settings as o on o.organization_id = s.organization_id
    where s.is_enabled
    union all
    select
      null, t.name, '-infinity',
      private.last_due(claim_due_jobs.at, 'UTC', t.at_time, '{1,2,3,4,5,6,7}', t.every_minutes)
    from private.job_types as t
    where t.scope = 'installation'
  ),
  claimed as (
    insert into private.job_runs as r (organization_id, job, scheduled_for)
    select d.organization_id, d.job, d.scheduled_for
    from due as d
    where d.scheduled_for >= d.since
      and not exists (
        select from private.job_runs as e
        where e.organization_id is not distinct from d.organization_id and e.job = d.job
          and e.scheduled_for >= d.scheduled_for
      )
    on conflict do nothing
    returning r.organization_id, r.job, r.scheduled_for
  ),
  forgotten as (
    delete from private.job_runs as r
    using claimed as c
    where r.organization_id is not distinct from c.organization_id and r.job = c.job
      and r.scheduled_for < claim_due_jobs.at - make_interval(days => 30)
  )
  select c.organization_id, c.job, t.queue, c.scheduled_for
  from claimed as c
  inner join private.job_types as t on t.name = c.job
  order by c.scheduled_for, c.job, c.organization_id;
end
$$;
comment on function private.claim_due_jobs(timestamptz) is
  'What is due of all organizations and was not claimed yet, each once however many ask. A schedule that was changed counts from then on. Of what was missed, the last time is made up for. Whoever claims it does it, or rolls back.';

create function private.read_job_schedules()
returns table (
  job text, claimant uuid, is_enabled boolean, at_time time, weekdays integer[], every_minutes integer, time_zone text,
  last_due timestamptz, summary text
)
language plpgsql
stable
security definer  -- the worker may not read what administrators set
set search_path = ''
as $$
begin
  return query
  select
    s.job::text, s.organization_id, s.is_enabled, s.at_time, s.weekdays, s.every_minutes, o.time_zone::text,
    (
      select max(r.scheduled_for)
      from private.job_runs as r
      where r.organization_id = s.organization_id and r.job = s.job::text
    ),
    t.summary
  from ops.job_schedules as s
  inner join ops.organization_settings as o on o.organization_id = s.organization_id
  inner join private.job_types as t on t.name = s.job::text
  union all
  select
    t.name, null, true, t.at_time, '{1,2,3,4,5,6,7}', t.every_minutes, 'UTC',
    (select max(r.scheduled_for) from private.job_runs as r where r.organization_id is null and r.job = t.name),
    t.summary
  from private.job_types as t
  where t.scope = 'installation'
  order by 2 nulls first, 1;
end
$$;
comment on function private.read_job_schedules() is
  'What is done at set times for each organization, and once for the installation, and for when it was last put into the queue.';

-- Is all well?

create view private.job_health with (security_invoker = true) as
select
  o.id as organization_id, p.pending as pending_events, p.oldest as oldest_pending_at,
  p.failing as failing_events, d.dead as dead_events,
  m.due as due_emails, m.oldest as oldest_due_email_at, f.failed as failed_emails,
  w.due as due_webhooks, w.oldest as oldest_due_webhook_at, t.disabled as disabled_webhook_endpoints,
  s.due as due_slack_posts, s.oldest as oldest_due_slack_post_at, u.failed as failed_slack_posts
from ops.organizations as o
cross join lateral (
  select count(*) as pending, min(e.occurred_at) as oldest, count(*) filter (where e.attempts > 0) as failing
  from private.outbox as e
  where e.organization_id = o.id and e.is_pending
) as p
cross join lateral (
  select count(*) as dead
  from private.outbox as e
  where e.organization_id = o.id and e.dead_at is not null
) as d
cross join lateral (
  select count(*) as due, min(e.due_at) as oldest
  from ops.email_log as e
  where e.organization_id = o.id and e.due_at <= now()
) as m
cross join lateral (
  select count(*) as failed
  from ops.email_log as e
  where e.organization_id = o.id and e.status = 'failed' and e.next_attempt_at > now() - make_interval(days => 1)
) as f
cross join lateral (
  select count(*) as due, min(e.next_attempt_at) as oldest
  from ops.webhook_endpoints as n
  inner join ops.webhook_deliveries as e on e.organization_id = n.organization_id and e.webhook_endpoint_id = n.id
  where n.organization_id = o.id and n.status = 'enabled' and e.status = 'pending' and e.next_attempt_at <= now()
) as w
cross join lateral (
  select count(*) as disabled
  from ops.webhook_endpoints as n
  where n.organization_id = o.id and n.disabled_reason is not null
) as t
cross join lateral (
  select count(*) as due, min(e.next_attempt_at) as oldest
  from private.slack_posts as e
  where e.organization_id = o.id and e.status = 'pending' and e.next_attempt_at <= now()
    and coalesce(e.leased_until <= now(), true)
) as s
cross join lateral (
  select count(*) as failed
  from private.slack_posts as e
  where e.organization_id = o.id and e.status = 'failed' and e.next_attempt_at > now() - make_interval(days => 1)
) as u;
comment on view private.job_health is 'What waits for the workers and what they gave up, in each organization.';

create function private.visible_job_health() returns setof private.job_health
language plpgsql
stable
security definer  -- nobody may read the outbox, nor messages to Slack
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
begin
  return query
  select h.*
  from private.job_health as h
  where h.organization_id = organization
    -- The workers and the owner ask for nobody in particular; nobody else logs in so.
    or organization is null and pg_has_role(session_user, 'oms_worker', 'member');
end
$$;
comment on function private.visible_job_health() is
  'What waits and what was given up in the caller''s organization; in all of them for a worker or the owner who speaks for none.';
