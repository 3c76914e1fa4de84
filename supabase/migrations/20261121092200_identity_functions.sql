-- declared in sql/functions/identity.sql
-- Who is asking: scalar claims of the request's token. A missing claim is null, and null sees no row.
-- Every policy asks at every query. So these, and what a trigger calls for every row, are in plpgsql, which keeps the
-- plan of its body; sql would make it anew at each call (measured: 19 microseconds against 3). For one claim the text
-- is read as json: jsonb would first store them all (2 microseconds against 1).

create function private.claims() returns jsonb
language plpgsql
stable
parallel safe
set search_path = ''
as $$
begin
  return nullif(current_setting('request.jwt.claims', true), '')::jsonb;
end
$$;
comment on function private.claims() is 'The claims of the token that this request came with, or null.';

create function private.organization_id() returns uuid
language plpgsql
stable
parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'organization_id')::uuid;
end
$$;
comment on function private.organization_id() is 'The organization that the caller acts in.';

create function private.party_id() returns uuid
language plpgsql
stable
parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'party_id')::uuid;
end
$$;
comment on function private.party_id() is 'The client, factory or vendor (ops.directory) that the caller speaks for; null for staff.';

create function private.actor_id() returns uuid
language plpgsql
stable
parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')::uuid;
end
$$;
comment on function private.actor_id() is 'The user, job or link that acts.';

create function private.header(name text) returns text
language plpgsql
stable
parallel safe
set search_path = ''
as $$
begin
  return nullif(current_setting('request.headers', true), '')::json ->> lower(name);
end
$$;
comment on function private.header(text) is 'A header of the HTTP request, or null outside of one.';

create function private.new_id() returns uuid
language plpgsql
volatile
parallel safe
set search_path = ''
as $$
begin
  -- Version 7 of RFC 9562: 48 bits of Unix milliseconds, then random bits. Postgres has its own from 18 on.
  return encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6
        ),
        52, 1
      ),
      53, 1
    ),
    'hex'
  )::uuid;
end
$$;
comment on function private.new_id() is 'A new UUID, version 7: later ones sort behind earlier ones, so inserts stay local in an index.';

create function private.fail(code text, message text, details jsonb default '{}') returns void
language plpgsql
stable
security definer  -- whoever breaks a rule may not read the catalogue of errors
set search_path = ''
as $$
declare
  status constant text := (select e.http_status::text from private.error_codes as e where e.code = fail.code);
begin
  if status is null then
    raise exception 'error code % is not in private.error_codes', code;
  end if;
  raise exception using errcode = 'PT' || status, message = message, hint = code, detail = details::text;
end
$$;
comment on function private.fail(text, text, jsonb) is
  'Refuses: raises `code` of private.error_codes with its HTTP status. `message` is a sentence for a person; `details` are for a program. Everything a caller may not read must be kept out of both.';

create function private.require_found(found_id uuid, thing text, asked_id uuid) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if asked_id is null then
    perform private.fail('OMS_INVALID_ARGUMENT', format('The id of the %s is missing.', thing), '{"id": null}');
  elsif found_id is null then
    perform private.fail('OMS_NOT_FOUND', format('There is no %s %s.', thing, asked_id), jsonb_build_object('id', asked_id));
  end if;
end
$$;
comment on function private.require_found(uuid, text, uuid) is 'Refuses with OMS_NOT_FOUND where no row was found: none is there, or none that the caller may see. Without an id to look for, that is what is wrong.';

create function private.require_argument(name text, value text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if coalesce(value, '') = '' then
    perform private.fail('OMS_INVALID_ARGUMENT', format('%s is missing.', name), jsonb_build_object('argument', name));
  end if;
end
$$;
comment on function private.require_argument(text, text) is 'Refuses a command without an argument that it needs.';

create function private.unknown_field(records jsonb, shape regtype) returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  fields text[];
  lists text[];
  shapes regtype[];
  unknown text;
begin
  select
    array_agg(a.attname::text),
    array_agg(a.attname::text) filter (where element.typtype = 'c'),
    array_agg(element.oid::regtype) filter (where element.typtype = 'c')
  into fields, lists, shapes
  from pg_catalog.pg_attribute as a
  inner join pg_catalog.pg_type as t on t.oid = a.atttypid
  left join pg_catalog.pg_type as element on element.oid = t.typelem
  where a.attrelid = (select own.typrelid from pg_catalog.pg_type as own where own.oid = unknown_field.shape)
    and a.attnum > 0 and not a.attisdropped;

  select (select min(k.name) from jsonb_object_keys(r.record - fields) as k (name))
  into unknown
  from jsonb_array_elements(records) as r (record)
  where case jsonb_typeof(r.record) when 'object' then r.record - fields <> '{}' end
  limit 1;
  for nth in 1 .. coalesce(cardinality(lists), 0) loop
    exit when unknown is not null;
    unknown := lists[nth] || '.' || private.unknown_field(
      (
        select jsonb_agg(e.record)
        from jsonb_array_elements(records) as r (record)
        cross join lateral jsonb_array_elements(
          case jsonb_typeof(r.record -> lists[nth]) when 'array' then r.record -> lists[nth] end
        ) as e (record)
      ),
      shapes[nth]
    );
  end loop;
  return unknown;
end
$$;
comment on function private.unknown_field(jsonb, regtype) is
  'A field, as a path, that some object of a JSON list has and the composite type has not; or null.';

create function private.records(argument text, given jsonb, shape anyelement) returns setof anyelement
language plpgsql
stable
set search_path = ''
as $$
declare
  unknown text;
  reason text;
  advice text;
begin
  if jsonb_typeof(given) is distinct from 'array' then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('%s is a list of objects.', argument), jsonb_build_object('argument', argument)
    );
  end if;

  begin
    return query select r.* from jsonb_populate_recordset(shape, given) as r;
  exception
    when data_exception or check_violation then  -- Which one it is: read one by one.
      for nth in 1 .. jsonb_array_length(given) loop
        begin
          perform jsonb_populate_record(shape, given -> (nth - 1));
        exception
          when data_exception or check_violation then
            get stacked diagnostics reason = message_text, advice = pg_exception_hint;
            if jsonb_typeof(given -> (nth - 1)) <> 'object' then
              reason := 'it is no object';
            end if;
            perform private.fail(
              'OMS_INVALID_ARGUMENT',
              format('%s, number %s: %s.', argument, nth, rtrim(concat_ws('. ', reason, nullif(advice, '')), '.')),
              jsonb_build_object('argument', argument, 'position', nth)
            );
        end;
      end loop;
      get stacked diagnostics reason = message_text;
      perform private.fail(
        'OMS_INVALID_ARGUMENT', format('%s: %s.', argument, rtrim(reason, '.')), jsonb_build_object('argument', argument)
      );
  end;

  -- What is misspelt would be left out silently, and an award without a quantity is one of all that was asked for.
  unknown := private.unknown_field(given, pg_typeof(shape));
  if unknown is not null then
    for nth in 1 .. jsonb_array_length(given) loop
      if private.unknown_field(jsonb_build_array(given -> (nth - 1)), pg_typeof(shape)) is not null then
        perform private.fail(
          'OMS_INVALID_ARGUMENT',
          format(
            '%s, number %s: there is no field %s; what it has is %s.', argument, nth, unknown,
            (
              select string_agg(a.attname, ', ' order by a.attnum)
              from pg_catalog.pg_type as t
              inner join pg_catalog.pg_attribute as a on a.attrelid = t.typrelid
              where t.oid = pg_typeof(shape)
            )
          ),
          jsonb_build_object('argument', argument, 'position', nth)
        );
      end if;
    end loop;
  end if;
end
$$;
comment on function private.records(text, jsonb, anyelement) is
  'The records of a command''s argument: a list of JSON objects, read as a composite type. Refuses what it cannot read, and a field that the type does not have, and says which of them it is.';

create function private.require_read_committed() returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The rules read what other sessions have committed after taking a lock; an older snapshot would miss it.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.fail(
      'OMS_ISOLATION_NOT_SUPPORTED',
      format('This write needs the isolation level read committed, not %s.', current_setting('transaction_isolation'))
    );
  end if;
end
$$;
comment on function private.require_read_committed() is 'Refuses to check rules between rows at an isolation level at which two sessions can miss each other.';

create function private.next_number(kind text, party_id uuid default null) returns text
language plpgsql
volatile
security definer  -- whoever makes a document may not use or make its sequence
set search_path = ''
as $$
declare
  sequence_name constant text := format(
    'number_%s_%s', lower(kind), md5(concat_ws('/', private.organization_id(), next_number.party_id))
  );
begin
  -- A sequence and not a counter row: nobody waits for somebody else's commit. Gaps can occur.
  if to_regclass('private.' || sequence_name) is null then
    perform pg_advisory_xact_lock(hashtextextended(sequence_name, 0));
    execute format('create sequence if not exists private.%I', sequence_name);
  end if;
  return format('%s-%s', kind, lpad(nextval(('private.' || sequence_name)::regclass)::text, 6, '0'));
end
$$;
comment on function private.next_number(text, uuid) is
  'The next number of a kind of document (`SO-000001`) in the caller''s organization, or of one party in it where the party may see the number and must not count other parties'' documents by it.';

create function private.may_act_as(roles text[], table_id oid) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Inside a definer trigger the current user is the table's owner: that is the system at work.
  if current_user = (select c.relowner::regrole::text from pg_catalog.pg_class as c where c.oid = table_id) then
    return 'system' = any(roles);
  end if;
  return exists (
    select from unnest(roles) as r (name)
    where r.name <> 'system' and pg_has_role(current_user, r.name, 'member')
  );
end
$$;
comment on function private.may_act_as(text[], oid) is 'Whether the current user is one of these roles, or the system where `system` is one of them.';

create function private.is_portal() returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role' in ('oms_client', 'oms_factory', 'oms_vendor');
end
$$;
comment on function private.is_portal() is 'Whether the request comes from a client, a factory or a vendor.';

create function private.counts_exactly() returns boolean
language plpgsql
-- Called immutable so that the planner calls it, once, while it plans, and leaves nothing of it in the plan.
immutable
parallel safe
set search_path = ''
as $$
begin
  if current_query() ~* '^\s*explain\M' and nullif(current_setting('request.headers', true), '') is not null then
    perform private.fail('OMS_COUNT_NOT_ALLOWED', 'Use Prefer: count=exact; planned and estimated counts are not available here.');
  end if;
  return true;
end
$$;
comment on function private.counts_exactly() is
  'Last condition of every policy by which a portal reads: true, except where PostgREST asks the planner for an estimate, which counts rows that row security hides.';

-- Idempotent commands: same key and same arguments give the stored response and no second effect.

create function private.replay_command(command text, arguments jsonb) returns jsonb
language plpgsql
volatile
security definer  -- nobody may read or write the store of keys
set search_path = ''
as $$
declare
  idempotency_key constant text := private.header('idempotency-key');
  -- One user can speak for two parties; what it got for one of them is not for the other.
  asked constant jsonb := jsonb_build_array(private.claims() ->> 'role', private.party_id(), arguments);
  known record;
begin
  if idempotency_key is null then
    return null;
  end if;
  if length(idempotency_key) not between 1 and 255 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'Idempotency-Key has 1 to 255 characters.', jsonb_build_object('argument', 'Idempotency-Key')
    );
  end if;

  -- A second request with the same key waits here until the first has committed or failed.
  insert into private.idempotency_keys (organization_id, actor_id, key, command, arguments)
  values (private.organization_id(), private.actor_id(), idempotency_key, command, asked)
  on conflict do nothing;
  if found then
    return null;
  end if;

  select k.*
  into known
  from private.idempotency_keys as k
  where k.organization_id = private.organization_id() and k.actor_id = private.actor_id() and k.key = idempotency_key;

  if known.response is null then
    return null;  -- this very request: a command that another one calls
  end if;
  if known.command <> replay_command.command or known.arguments <> asked then
    perform private.fail(
      'OMS_IDEMPOTENCY_KEY_REUSED',
      format('Idempotency-Key "%s" was used for another request; send a new key.', idempotency_key),
      jsonb_build_object('key', idempotency_key, 'command', known.command)
    );
  end if;
  perform set_config(
    'response.headers',
    (coalesce(nullif(current_setting('response.headers', true), '')::jsonb, '[]') || '[{"Idempotent-Replayed": "true"}]')::text,
    true
  );
  return known.response;
end
$$;
comment on function private.replay_command(text, jsonb) is
  'First line of every command. Null: go on. Otherwise the response that the same key and arguments got before; the command returns it and does nothing.';

create function private.store_response(command text, response jsonb) returns void
language plpgsql
volatile
security definer  -- nobody may read or write the store of keys
set search_path = ''
as $$
declare
  idempotency_key constant text := private.header('idempotency-key');
begin
  if idempotency_key is not null then
    update private.idempotency_keys as k
    set response = store_response.response
    where k.organization_id = private.organization_id()
      and k.actor_id = private.actor_id()
      and k.key = idempotency_key
      and k.command = store_response.command
      and k.response is null;
  end if;
end
$$;
comment on function private.store_response(text, jsonb) is 'Last line of every command: keeps the rows it returns, for a repeated request.';

-- Tokens and requests.

create function private.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql
stable
security definer  -- Supabase Auth calls it, and must not read our members
set search_path = ''
as $$
declare
  membership record;
begin
  select m.*
  into membership
  from ops.members as m
  where m.user_id = (event ->> 'user_id')::uuid and m.status = 'active'
  -- An organization that suspends a user keeps nobody from working for another one.
  order by m.is_current desc, m.created_at, m.id
  limit 1;

  if membership.id is null then
    return event;
  end if;
  return jsonb_set(
    event,
    '{claims}',
    (event -> 'claims') || jsonb_build_object(
      'role', membership.role, 'organization_id', membership.organization_id, 'party_id', membership.party_id
    )
  );
end
$$;
comment on function private.custom_access_token_hook(jsonb) is
  'Supabase Auth calls this for every token it makes: it adds role, organization_id and party_id of the user''s current membership, or if that is not active of the oldest that is. Without any the token stays as it is and sees nothing.';

create function private.pre_request() returns void
language plpgsql
stable
security definer  -- the caller may not read other members, and must not be able to hide from this check
set search_path = ''
as $$
declare
  claims constant jsonb := private.claims();
begin
  -- Machines are no members, and three roles have no grants at all. Whoever else it says it is must be one.
  if claims ->> 'role' not in ('anon', 'authenticated', 'service_role', 'oms_webhook', 'oms_worker') and not exists (
    select from ops.members as m
    where m.organization_id = (claims ->> 'organization_id')::uuid
      and m.user_id = (claims ->> 'sub')::uuid
      and m.role::text = claims ->> 'role'
      and m.party_id is not distinct from (claims ->> 'party_id')::uuid
      and m.status = 'active'
  ) then
    perform private.fail(
      'OMS_MEMBERSHIP_NOT_ACTIVE',
      'This token''s membership is suspended or has ended; sign in again, or ask an administrator.'
    );
  end if;

  -- Said here first, before any work is done; a request that says Prefer twice gets as far as counts_exactly.
  if private.is_portal() and private.header('prefer') ~* 'count\s*=\s*"?(planned|estimated)' then
    perform private.fail('OMS_COUNT_NOT_ALLOWED', 'Use Prefer: count=exact; planned and estimated counts are not available here.');
  end if;
end
$$;
comment on function private.pre_request() is 'PostgREST calls this before every request: refuses a member suspended since the token was made, and counts that leak how much is hidden.';
