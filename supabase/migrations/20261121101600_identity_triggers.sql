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

create function private.tg__refuse() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  asked constant jsonb := to_jsonb(new);
begin
  perform private.fail(
    tg_argv[0],
    format(
      tg_argv[1],
      variadic array(
        select case jsonb_typeof(asked -> c.name)
          when 'number' then trim_scale((asked ->> c.name)::numeric)::text
          else coalesce(asked ->> c.name, 'nothing')
        end
        from unnest(tg_argv[2:]) with ordinality as c (name, nth)
        order by c.nth
      )
    ),
    jsonb_build_object('id', asked -> 'id')
  );
  return null;
end
$$;
comment on function private.tg__refuse() is
  'Refuses the row that the trigger''s WHEN describes. Arguments: the code, the sentence, and the columns that stand for each %s in it.';

create function private.tg__guard_unique() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  asked constant jsonb := to_jsonb(new);
  is_taken boolean;
begin
  -- As the caller. A row of the same id is the same row: a repeated insert.
  execute format(
    'select exists (select from %I.%I as t where t.organization_id = $1.organization_id and t.id <> $1.id and %s)',
    tg_table_schema, tg_table_name,
    (
      select string_agg(
        format(case when asked -> c.name = 'null' then 't.%1$I is null' else 't.%1$I = $1.%1$I' end, c.name), ' and '
      )
      from unnest(tg_argv) as c (name)
    )
  )
  into is_taken
  using new;
  if is_taken then
    perform private.fail(
      'OMS_ALREADY_EXISTS',
      format('%s has a row with %s %s already.', tg_table_name, tg_argv[tg_nargs - 1], asked ->> tg_argv[tg_nargs - 1]),
      (select jsonb_object_agg(c.name, asked -> c.name) from unnest(tg_argv) as c (name))
    );
  end if;
  return new;
end
$$;
comment on function private.tg__guard_unique() is
  'Refuses a second row with the same key in words, before the unique index does it in its own. Two nulls are the same. For tables that are not filled in bulk. Arguments: the columns of the key, last the one that the sentence names.';

create function private.tg__require_parent() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  parent_id constant uuid := (to_jsonb(new) ->> tg_argv[1])::uuid;
  is_there boolean;
begin
  -- As the caller: what it may not see is what does not exist.
  execute format('select exists (select from ops.%I as t where t.organization_id = $1 and t.id = $2)', tg_argv[0])
  into is_there
  using new.organization_id, parent_id;
  if not is_there and parent_id is not null then
    perform private.fail(
      'OMS_NOT_FOUND', format('There is no row %s in %s.', parent_id, tg_argv[0]), jsonb_build_object(tg_argv[1], parent_id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg__require_parent() is
  'A row needs the one that it points at; whether it may point at none, its NOT NULL says. For tables that are not filled in bulk. Arguments: the table pointed at, the column that points.';

create trigger _300_guard_unique before insert or update of code on ops.directory
for each row execute function private.tg__guard_unique('code');
create trigger _200_require_company before insert on ops.contacts
for each row execute function private.tg__require_parent('directory', 'directory_id');
create trigger _300_guard_primary before insert or update of is_primary on ops.contacts
for each row when (new.is_primary)
execute function private.tg__guard_unique('directory_id', 'is_primary');
create trigger _200_require_company before insert on ops.addresses
for each row execute function private.tg__require_parent('directory', 'directory_id');
create trigger _200_require_party before insert on ops.members
for each row execute function private.tg__require_parent('directory', 'party_id');
create trigger _300_guard_unique before insert on ops.members
for each row execute function private.tg__guard_unique('party_id', 'role', 'user_id');

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
comment on function private.tg_organizations__make_settings() is 'Every organization has settings from the start.';
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
