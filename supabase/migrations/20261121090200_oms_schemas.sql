-- declared in sql/schemas/oms.sql
create schema ops;
comment on schema ops is 'Order management system: the tables, views and commands that are the API.';

create schema private;
comment on schema private is
  'Helpers, trigger functions and stores of the order management system. Not exposed: nothing here is an API.';

-- Postgres lets PUBLIC execute every new function, and Supabase grants per role besides. Both are closed here, once,
-- for every schema: a default named `in schema` cannot take back a global one.
alter default privileges revoke execute on functions from public, anon, authenticated, service_role;
alter default privileges revoke all on tables from anon, authenticated, service_role;
alter default privileges revoke all on sequences from anon, authenticated, service_role;

grant usage on schema ops to
oms_staff, oms_client, oms_factory, oms_vendor, oms_worker, oms_webhook;

-- Functions written in a string body look names up as their caller: whoever may call one must see the schema.
grant usage on schema private to
oms_staff, oms_client, oms_factory, oms_vendor, oms_worker, oms_webhook,
anon, authenticated, service_role, supabase_auth_admin;

create schema jobs;
comment on schema jobs is 'The task queue of the workers. Its tables are procrastinate''s: `oms jobs install` makes them.';
