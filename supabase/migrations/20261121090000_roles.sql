-- Roles are cluster-wide, so they are written by hand and guarded: a second database of the same cluster,
-- or a second project on it, finds them already there. No locks on any table.
--
-- One role per audience. A token's `role` claim names one; PostgREST's authenticator becomes it.
-- None of them logs in by itself but oms_worker, which the operator gives a password:
--   alter role oms_worker password '…';
do $$
declare
  role_name text;
  is_new boolean;
begin
  foreach role_name in array array[
    'oms_staff',
    'oms_client', 'oms_factory', 'oms_vendor',
    'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin',
    'oms_webhook', 'oms_worker'
  ] loop
    is_new := not exists (select from pg_catalog.pg_roles as r where r.rolname = role_name);
    if is_new then
      execute format('create role %I %s', role_name, case role_name when 'oms_worker' then 'login' else 'nologin' end);
    end if;

    -- Whoever makes a role may not become it, unless it says so; imports and the seed do. Before Postgres 16 the
    -- grant has no options.
    if is_new then
      execute format(
        'grant %I to current_user %s',
        role_name,
        case when current_setting('server_version_num')::integer >= 160000 then 'with inherit false, set true' end
      );
    end if;
  end loop;

  -- The queue's own statements name its tables without their schema. And what a worker was at when it was killed ends
  -- soon after it. Settings of the role hold behind a pooler, too.
  if not exists (
    select from pg_catalog.pg_db_role_setting as s where s.setrole = 'oms_worker'::regrole and s.setdatabase = 0
  ) then
    alter role oms_worker set search_path to jobs;
    alter role oms_worker set client_connection_check_interval to '2s';
  end if;

  -- What every member of staff may do is granted once, to oms_staff.
  foreach role_name in array array[
    'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
  ] loop
    execute format('grant oms_staff to %I', role_name);
  end loop;

  foreach role_name in array array[
    'oms_client', 'oms_factory', 'oms_vendor',
    'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin',
    'oms_webhook'
  ] loop
    execute format('grant %I to authenticator', role_name);
  end loop;
end
$$;
