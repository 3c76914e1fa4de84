-- declared in sql/tables/jobs.sql
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
