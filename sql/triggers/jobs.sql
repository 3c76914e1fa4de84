create trigger _100_touch_row before update on ops.job_schedules
for each row execute function private.tg__touch_row();

create function private.tg_organizations__make_schedules() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into ops.job_schedules (organization_id, job, at_time, every_minutes)
  select new.id, t.name::ops.scheduled_job, t.at_time, t.every_minutes
  from private.job_types as t
  where t.scope = 'organization';
  return null;
end
$$;
comment on function private.tg_organizations__make_schedules() is 'Every organization has what is done by itself from the start.';
create trigger _500_make_schedules after insert on ops.organizations
for each row execute function private.tg_organizations__make_schedules();

create function private.tg_organization_settings__check_time_zone() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from pg_catalog.pg_timezone_names as z where z.name = new.time_zone) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT',
      format('There is no time zone %s; it is named as in the IANA database: UTC, Europe/Berlin, America/New_York.', new.time_zone),
      jsonb_build_object('argument', 'time_zone')
    );
  end if;
  return new;
end
$$;
comment on function private.tg_organization_settings__check_time_zone() is 'A time zone is one that Postgres knows.';
create trigger _300_check_time_zone before insert or update of time_zone on ops.organization_settings
for each row when (new.time_zone <> 'UTC')  -- Postgres reads a file for each that there is
execute function private.tg_organization_settings__check_time_zone();
