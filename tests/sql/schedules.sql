-- What is done at set times: when it is due, once however many ask, by which clocks; who may set it.

select * from no_plan();

-- When

create function pg_temp.due(at text, zone text, at_time time, weekdays integer[] default '{1,2,3,4,5,6,7}', every integer default null)
returns text
language sql
as $$
  select to_char(private.last_due(due.at::timestamptz, zone, at_time, weekdays, every) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
$$;
select is(pg_temp.due('2026-11-20 04:00+00', 'UTC', '04:00'), '2026-11-20 04:00', 'what is due now is due');
select is(pg_temp.due('2026-11-20 03:59:59+00', 'UTC', '04:00'), '2026-11-19 04:00', 'a moment before, it was due yesterday');
select is(pg_temp.due('2026-11-20 03:30+00', 'Asia/Tokyo', '04:00'), '2026-11-19 19:00', 'the clocks are the organization''s');
select is(pg_temp.due('2026-11-20 12:00+00', 'UTC', '04:00', '{1}'), '2026-11-16 04:00', 'on other days it is not due');
select is(pg_temp.due('2026-11-16 03:00+00', 'UTC', '04:00', '{1}'), '2026-11-09 04:00', 'what is done on Mondays was due a week ago');
select is(pg_temp.due('2026-11-15 16:00+00', 'Asia/Tokyo', '00:30', '{1}'), '2026-11-15 15:30', 'the day of the week is that of the organization''s clocks');
select is(pg_temp.due('2026-11-20 04:29+00', 'UTC', null, '{1,2,3,4,5,6,7}', 15), '2026-11-20 04:15', 'every quarter of an hour is on the quarter');
select is(pg_temp.due('2026-11-21 04:29+00', 'UTC', null, '{1,2,3,4,5}', 15), null, 'and on the days that are said');

-- Berlin: on 29 March 2026 no clock shows 02:00 to 03:00, on 25 October all show it twice.
select is(
  array[pg_temp.due('2026-03-29 00:59+00', 'Europe/Berlin', '02:30'), pg_temp.due('2026-03-29 01:30+00', 'Europe/Berlin', '02:30')],
  '{2026-03-28 01:30,2026-03-29 01:30}', 'a time that the clocks skip is due after the gap'
);
select is(
  (
    select array_agg(distinct pg_temp.due(t::text, 'Europe/Berlin', '02:30'))
    from generate_series('2026-10-24 23:00+00'::timestamptz, '2026-10-25 12:00+00', '10 minutes') as t
  ),
  '{2026-10-24 00:30,2026-10-25 01:30}', 'a time that they show twice is due once'
);
select is(
  (
    select count(distinct pg_temp.due(t::text, 'Europe/Berlin', '04:00'))
    from generate_series('2026-01-01 12:00+00'::timestamptz, '2026-12-31 12:00+00', '1 hour') as t
  ),
  365::bigint, 'whatever the clocks do, a day has one'
);

-- Once

select set_eq(
  $$ select s.organization_id, s.job::text, s.at_time, s.every_minutes from ops.job_schedules as s $$,
  $$ select o.id, t.name, t.at_time, t.every_minutes from ops.organizations as o cross join private.job_types as t where t.scope = 'organization' $$,
  'every organization has what is done by itself from the start'
);
select is(
  (select array_agg(t.name order by t.name) from private.job_types as t where t.scope = 'organization'),
  (select array_agg(j.label::text order by j.label::text) from unnest(enum_range(null::ops.scheduled_job)) as j (label)),
  'what can be scheduled is what there is to do'
);
select is_empty(
  $$ select t.name from private.job_types as t
     where t.name not in ('plan_supply', 'sweep_queue')
       and (to_regprocedure(format('private.%I()', t.name)) is null or not has_function_privilege('oms_worker', format('private.%I()', t.name), 'execute')) $$,
  'each is a function that the workers may call, or one of their own'
);

alter table ops.job_schedules disable trigger _100_touch_row;
update ops.job_schedules set updated_at = '2026-11-01', is_enabled = job = 'sweep', at_time = '03:00', every_minutes = null;
alter table ops.job_schedules enable trigger _100_touch_row;
delete from private.job_runs;
create function pg_temp.claimed(at text, of_whom text default 'brand') returns text
language plpgsql
as $$
declare
  found text;
begin
  perform tests.become('worker');
  select coalesce(string_agg(d.job || to_char(d.scheduled_for at time zone 'UTC', ' MM-DD HH24:MI'), ', '), 'nothing')
  into found
  from private.claim_due_jobs(claimed.at::timestamptz) as d
  inner join ops.organizations as o on o.id = d.claimant and o.code = claimed.of_whom;
  reset role;
  return found;
end
$$;
select is(pg_temp.claimed('2026-11-10 03:00+00'), 'sweep 11-10 03:00', 'who asks when something is due gets it');
select is(pg_temp.claimed('2026-11-10 03:00+00'), 'nothing', 'who asks next does not');
select is(pg_temp.claimed('2026-11-11 02:59+00'), 'nothing', 'until it is due again');
select is(pg_temp.claimed('2026-11-15 10:00+00'), 'sweep 11-15 03:00', 'what was missed is made up for, once');
select set_eq(
  $$ select r.job from private.job_runs as r where r.organization_id is null $$,
  $$ select t.name from private.job_types as t where t.scope = 'installation' $$,
  'what is the installation''s is claimed for nobody'
);
select is(pg_temp.claimed('2027-01-15 10:00+00'), 'sweep 01-15 03:00', 'later on, too');
select is(
  (select count(*) from private.job_runs as r where r.organization_id = '00000000-0000-7000-8000-000000000001'), 1::bigint,
  'what was long ago is forgotten'
);
select tests.act('admin', $$update ops.job_schedules set at_time = '00:00' where job = 'sweep'$$);
select is(pg_temp.claimed(date_trunc('day', now())::text), 'nothing', 'a schedule that was changed counts from then on');
select tests.act('admin', $$update ops.job_schedules set is_enabled = false$$);
select is(pg_temp.claimed('2027-03-01 10:00+00'), 'nothing', 'what is switched off is not due');

-- Who

select tests.denies(p.name, f.call, format('%s does not call %s', p.name, f.call))
from tests.personas as p
cross join (values ('select * from private.claim_due_jobs()'), ('select * from private.read_job_schedules()')) as f (call)
where p.name not in ('worker', 'suspended');
select is(tests.attempt('admin', v.change), v.refusal, v.rule)
from (values
  ('update ops.job_schedules set every_minutes = 5', '23514', 'at a time of day or every so many minutes, not both'),
  ('update ops.job_schedules set at_time = null, every_minutes = null', '23514', 'nor neither'),
  ('update ops.job_schedules set at_time = null, every_minutes = 0', '23514', 'not all the time'),
  ($$update ops.job_schedules set weekdays = '{}'$$, '23514', 'on no day is not a schedule'),
  ($$update ops.job_schedules set weekdays = '{8}'$$, '23514', 'a week has seven days'),
  ($$update ops.organization_settings set time_zone = 'Mars/Base'$$, 'PT422 OMS_INVALID_ARGUMENT', 'a time zone is one that there is')
) as v (change, refusal, rule);
select tests.accepts(
  'admin', $$update ops.organization_settings set time_zone = 'America/Argentina/Buenos_Aires'$$, 'an administrator says where the clocks are'
);

-- Is all well?

delete from private.outbox;
select private.emit(array[
  row(o.id, 'purchase_order.sent', private.new_id(), '{}')::private.fact, row(o.id, 'purchase_order.sent', private.new_id(), '{}')::private.fact
])
from ops.organizations as o;
update private.outbox as e set dead_at = now() where e.position = (
  select min(w.position) from private.outbox as w where w.organization_id = '00000000-0000-7000-8000-000000000001'
);
select is(
  tests.ask('admin', $$select concat_ws(' ', h.pending_events, h.oldest_pending_at = now(), h.failing_events, h.dead_events) from ops.job_health as h$$),
  '1 t 0 1', 'an administrator sees what waits and what was given up in his organization'
);

delete from ops.webhook_endpoints;
delete from private.slack_posts;
update ops.email_log set status = 'cancelled', sent_at = null, lease_id = null, leased_until = null where status <> 'cancelled';
create function pg_temp.backlog(organization_id uuid) returns void
language plpgsql
as $$
declare
  endpoint uuid;
  channel uuid;
begin
  perform private.queue_email(backlog.organization_id, 'test', '[{"address": "a@b"}]', '{}', d.key) from (values ('one'), ('two'), ('later')) as d (key);
  update ops.email_log as m set next_attempt_at = now() - interval '1 hour' where m.dedupe_key = 'one';
  update ops.email_log as m set next_attempt_at = now() + interval '1 hour' where m.dedupe_key = 'later';
  -- Nobody to send it to: it fails at once.
  perform private.queue_email(backlog.organization_id, 'test', '[]', '{}', d.key) from (values ('failed'), ('failed long ago')) as d (key);
  update ops.email_log as m set next_attempt_at = now() - interval '25 hours' where m.dedupe_key = 'failed long ago';

  insert into ops.webhook_endpoints (organization_id, url, event_types, created_by)
  values (backlog.organization_id, 'https://example.com/', '{*}', private.new_id()) returning id into endpoint;
  insert into ops.webhook_endpoints (organization_id, url, event_types, status, disabled_reason, created_by)
  values
    (backlog.organization_id, 'https://example.com/gone', '{*}', 'disabled', 'It answered 410: gone.', private.new_id()),
    (backlog.organization_id, 'https://example.com/off', '{*}', 'disabled', null, private.new_id());
  insert into ops.webhook_deliveries (organization_id, webhook_endpoint_id, event_id, event_type, position, body, next_attempt_at)
  select w.organization_id, w.id, private.new_id(), 'x', 1, '{}', now() - d.since
  from ops.webhook_endpoints as w
  cross join unnest('{2 hours,1 hour,0,-1 hour}'::interval[]) as d (since)
  where w.organization_id = backlog.organization_id;

  insert into ops.slack_channels (organization_id, name, url_hint, created_by)
  values (backlog.organization_id, 'backlog', '', private.new_id()) returning id into channel;
  insert into private.slack_posts (organization_id, slack_channel_id, event_id, body, status, next_attempt_at, leased_until, lease_id)
  select backlog.organization_id, channel, private.new_id(), '{}', d.status::ops.delivery_status, now() - d.since, d.leased_until, d.lease
  from (values
    ('pending', interval '3 hours', null::timestamptz, null::uuid), ('pending', '-1 hour', null, null),
    ('pending', '4 hours', now() + interval '1 minute', private.new_id()), ('delivered', '5 hours', null, null),
    ('failed', '23 hours', null, null), ('failed', '25 hours', null, null)
  ) as d (status, since, leased_until, lease);
end
$$;
select pg_temp.backlog(o.id) from ops.organizations as o where o.code = 'brand';
select is(
  tests.ask('admin', $$
    select concat_ws(
      ' ', h.due_emails, now() - h.oldest_due_email_at, h.failed_emails, h.due_webhooks, now() - h.oldest_due_webhook_at,
      h.disabled_webhook_endpoints, h.due_slack_posts, now() - h.oldest_due_slack_post_at, h.failed_slack_posts
    )
    from ops.job_health as h
  $$),
  '2 01:00:00 1 3 02:00:00 1 1 03:00:00 1',
  'and what was to be sent by now, for how long, and what was given up lately: not what waits, is being sent or was switched off'
);
select is(tests.attempt(p.name, 'select from ops.job_health'), '42501', format('%s does not see it', p.name))
from unnest('{sales,planner,client_a,factory_a,vendor,webhook,anon}'::text[]) as p (name);
-- The tests' own session is the owner's; a worker's is as much.
select set_config('request.jwt.claims', '', true);
select is(
  (select array_agg(h.pending_events order by h.organization_id) from private.visible_job_health() as h), '{1,2}', 'who runs the workers sees that of all'
);
select is(
  (select array_agg(h.due_emails + h.due_webhooks + h.due_slack_posts order by h.organization_id) from private.visible_job_health() as h), '{6,0}',
  'and what is to be sent, each organization by itself'
);

select * from finish();
