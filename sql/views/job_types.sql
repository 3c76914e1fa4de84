-- What is done by itself. Each is private.<name>(), or a function of the workers with that name.

create view private.job_types with (security_invoker = true) as
select t.name, t.scope, t.queue, t.at_time::time as at_time, t.every_minutes, t.summary
from (
  values
  ('plan_supply', 'organization', 'planning', '04:00', null, 'Plans what to make and to buy.'),
  ('remind_quotes', 'organization', 'mail', '08:00', null, 'Reminds factories that have not quoted.'),
  (
    'raise_alerts', 'organization', 'housekeeping', '05:00', null,
    'Tells of what is late: purchases, production, steps of timelines.'
  ),
  ('expire_reservations', 'organization', 'housekeeping', null, 5, 'Takes back what was reserved until now.'),
  ('send_digests', 'organization', 'housekeeping', '07:00', null, 'Mails members what happened since the last digest.'),
  ('sweep', 'organization', 'housekeeping', '03:00', null, 'Deletes what nobody will ask for any more.'),
  ('maintain_outbox', 'installation', 'housekeeping', '02:00', null, 'Makes and drops the weeks of the outbox.'),
  ('sweep_queue', 'installation', 'housekeeping', '02:30', null, 'Deletes jobs that were given up long ago.')
) as t (name, scope, queue, at_time, every_minutes, summary);
comment on view private.job_types is 'What is done by itself, for each organization or once for the installation, and when unless job_schedules says otherwise.';
comment on column private.job_types.queue is 'Workers may be told to take some queues only.';
comment on column private.job_types.at_time is 'The time of day: the organization''s, or UTC for what is the installation''s.';
comment on column private.job_types.every_minutes is 'Instead of a time of day: every so many minutes.';
