-- declared in sql/triggers/identity.sql
-- Shared by every table that people change.

create function private.tg__touch_row() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.row_version is distinct from old.row_version then
    perform private.fail(
      'OMS_STALE_ROW_VERSION',
      format('This row of %s is at version %s, not %s: it was changed since you read it.', tg_table_name, old.row_version, new.row_version),
      jsonb_build_object('row_version', old.row_version)
    );
  end if;
  new.row_version := old.row_version + 1;
  new.updated_at := now();
  return new;
end
$$;
comment on function private.tg__touch_row() is
  'Counts a row''s versions. A writer may send the version it read; if that is not the current one, it is refused.';

create function private.tg__guard_transition() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  column_name constant text := coalesce(tg_argv[0], 'status');
  machine_name constant text := concat_ws('.', tg_table_name, tg_argv[0]);
  from_state constant text := case when tg_op = 'UPDATE' then to_jsonb(old) ->> column_name end;
  to_state constant text := to_jsonb(new) ->> column_name;
begin
  if not exists (
    select
    from ops.status_transitions as t
    where t.machine = machine_name
      and t.from_status is not distinct from from_state
      and t.to_status = to_state
      and private.may_act_as(t.roles, tg_relid)
  ) then
    perform private.fail(
      'OMS_TRANSITION_NOT_ALLOWED',
      format('%s of %s %s cannot go from %s to %s.', column_name, tg_table_name, new.id, coalesce(from_state, 'nothing'), to_state),
      jsonb_build_object('from', from_state, 'to', to_state, 'allowed', (
        select coalesce(jsonb_agg(t.to_status), '[]')
        from ops.status_transitions as t
        where t.machine = machine_name
          and t.from_status is not distinct from from_state
          and private.may_act_as(t.roles, tg_relid)
      ))
    );
  end if;
  return new;
end
$$;
comment on function private.tg__guard_transition() is
  'Refuses a step that ops.status_transitions does not list for this role. Argument: the column, when it is not `status`.';

create trigger _100_touch_row before update on ops.organizations
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.organization_settings
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.members
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.directory
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.contacts
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.addresses
for each row execute function private.tg__touch_row();

create function private.tg_organizations__make_settings() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into ops.organization_settings (organization_id) values (new.id);
  return null;
end
$$;
create trigger _500_make_settings after insert on ops.organizations
for each row execute function private.tg_organizations__make_settings();

create function private.tg_members__make_first_current() returns trigger
language plpgsql
security definer  -- the user's other memberships may lie in organizations that the caller does not see
set search_path = ''
as $$
begin
  new.is_current := not exists (select from ops.members as m where m.user_id = new.user_id and m.is_current);
  return new;
end
$$;
comment on function private.tg_members__make_first_current() is
  'A user''s first membership is the current one; later ones become it by switch_membership.';
create trigger _100_make_first_current before insert on ops.members
for each row when (not new.is_current)
execute function private.tg_members__make_first_current();
