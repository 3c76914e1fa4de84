-- What every Supabase project has before its first migration, and nothing more.
-- Run by a superuser on the embedded server; on a server of the user's own, by whoever the URL
-- names: whatever is there already is left alone. {owner} is the role that runs the migrations.
do $bootstrap$
begin
  if to_regrole('postgres') is null then
    create role postgres with login createdb createrole replication bypassrls;
    alter role postgres set search_path = "$user", public, extensions;
  end if;
  if to_regrole('anon') is null then
    create role anon;
    alter role anon set statement_timeout = '3s';
  end if;
  if to_regrole('authenticated') is null then
    create role authenticated;
    alter role authenticated set statement_timeout = '8s';
  end if;
  if to_regrole('service_role') is null then
    create role service_role with bypassrls;
  end if;
  if to_regrole('authenticator') is null then
    create role authenticator with login noinherit;
    alter role authenticator set statement_timeout = '8s';
    alter role authenticator set lock_timeout = '8s';
    grant anon, authenticated, service_role to authenticator;
  end if;
  if to_regrole('supabase_auth_admin') is null then
    create role supabase_auth_admin with login noinherit createrole;
  end if;
  if not pg_has_role({owner_name}, 'service_role', 'member') then
    grant anon, authenticated, service_role to {owner};
  end if;

  if to_regnamespace('extensions') is null then
    create schema extensions;
    grant usage on schema extensions to anon, authenticated, service_role;
    grant all on schema extensions to {owner};
  end if;
  if to_regnamespace('auth') is null then
    create schema auth;
    grant usage on schema auth to anon, authenticated, service_role, supabase_auth_admin;
    grant all on schema auth to {owner};
  end if;
  if to_regprocedure('auth.jwt()') is null then
    create function auth.jwt() returns jsonb language sql stable as $$
      select coalesce(
        nullif(current_setting('request.jwt.claim', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')
      )::jsonb
    $$;
  end if;
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable as $$
      select coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
      )::uuid
    $$;
  end if;
  if to_regprocedure('auth.role()') is null then
    create function auth.role() returns text language sql stable as $$
      select coalesce(
        nullif(current_setting('request.jwt.claim.role', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
      )
    $$;
  end if;

  -- The Supabase CLI applies migrations as postgres, whoever it connects as.
  if not has_database_privilege('postgres', current_database(), 'create') then
    execute format('grant create on database %I to postgres', current_database());
  end if;
end
$bootstrap$;

-- Supabase opens schema public to its API roles. The migrations must close what they make themselves.
grant usage on schema public to anon, authenticated, service_role;
alter default privileges for role {owner} in schema public
  grant all on tables to {owner}, anon, authenticated, service_role;
alter default privileges for role {owner} in schema public
  grant all on functions to {owner}, anon, authenticated, service_role;
alter default privileges for role {owner} in schema public
  grant all on sequences to {owner}, anon, authenticated, service_role;
