create table private.raised_alerts (
  organization_id uuid not null,
  kind            text not null,
  subject_id      uuid not null,
  raised_at       timestamptz not null default now(),

  constraint raised_alerts_pkey primary key (organization_id, kind, subject_id),
  constraint raised_alerts_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict
);
comment on table private.raised_alerts is 'What is wrong and has been told of. What is right again goes, so that it is told of anew the next time.';

create table ops.job_schedules (
  organization_id uuid not null,
  job             ops.scheduled_job not null,
  at_time         time,
  weekdays        integer[] not null default '{1,2,3,4,5,6,7}',
  every_minutes   integer,
  is_enabled      boolean not null default true,
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint job_schedules_pkey primary key (organization_id, job),
  constraint job_schedules_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete cascade,
  constraint job_schedules_time_check check (num_nonnulls(at_time, every_minutes) = 1),
  constraint job_schedules_weekdays_check check (weekdays <@ '{1,2,3,4,5,6,7}' and weekdays <> '{}'),
  constraint job_schedules_every_check check (every_minutes between 1 and 1440)
);
comment on table ops.job_schedules is
  'When an organization has its jobs done: at a time of day, or every so many minutes. Made with the organization. What was missed while nobody worked is made up for, once.';
comment on column ops.job_schedules.at_time is 'The time of day by the organization''s clocks (organization_settings.time_zone). Where the clocks skip it, it is done after that; where they show it twice, it is done once.';
comment on column ops.job_schedules.weekdays is 'The days of the week on which it is done, 1 for Monday to 7 for Sunday.';
comment on column ops.job_schedules.every_minutes is 'Instead of a time of day: every so many minutes, counted from midnight UTC of some day.';

create table private.job_runs (
  id              uuid not null default private.new_id(),
  organization_id uuid,
  job             text not null,
  scheduled_for   timestamptz not null,
  claimed_at      timestamptz not null default now(),

  constraint job_runs_pkey primary key (id),
  constraint job_runs_scheduled_key unique nulls not distinct (organization_id, job, scheduled_for),
  constraint job_runs_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete cascade
);
comment on table private.job_runs is 'What was due and was put into the queue, so that it is there once. Kept for thirty days.';
comment on column private.job_runs.organization_id is 'Null: the whole installation''s.';
