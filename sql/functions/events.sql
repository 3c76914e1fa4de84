-- Writing events

create function private.emit(facts private.fact[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if cardinality(facts) > 0 then
    insert into private.outbox (organization_id, tenant_id, type, version, entity_type, entity_id, payload, actor_id)
    with kinds as materialized (
      select t.type, t.version, t.entity_type, array(select split_part(f.field, ' ', 1) from unnest(t.fields) as f (field)) as fields
      from private.event_types as t
      where t.type in (select f.type from unnest(facts) as f)
    )
    select
      f.organization_id, o.tenant_id, k.type, k.version, k.entity_type, f.entity_id,
      (select jsonb_object_agg(n.name, f.row -> n.name) from unnest(k.fields) as n (name)), private.actor_id()
    from unnest(facts) with ordinality as f (organization_id, type, entity_id, row, nth)
    inner join kinds as k on k.type = f.type
    inner join ops.organizations as o on o.id = f.organization_id
    order by f.nth;
  end if;
end
$$;
comment on function private.emit(private.fact[]) is
  'Writes facts into the outbox, in their order: of each row what its type''s payload holds. What private.event_types does not have stays unsaid.';

create function private.payload_schema(fields text[]) returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      '$schema', 'https://json-schema.org/draft/2020-12/schema',
      'type', 'object',
      'properties', jsonb_object_agg(
        f.name,
        jsonb_build_object('type', case when f.is_nullable then jsonb_build_array(f.type, 'null') else to_jsonb(f.type) end)
        || case when f.format in ('uuid', 'date') then jsonb_build_object('format', f.format) else '{}' end
      ),
      'required', jsonb_agg(f.name order by f.nth),
      'additionalProperties', false
    )
    from (
      select
        d.nth, split_part(d.field, ' ', 1) as name, rtrim(split_part(d.field, ' ', 2), '?') as format,
        case rtrim(split_part(d.field, ' ', 2), '?')
          when 'integer' then 'integer' when 'quantity' then 'number' else 'string'
        end as type,
        d.field like '%?' as is_nullable
      from unnest(fields) with ordinality as d (field, nth)
    ) as f
  );
end
$$;
comment on function private.payload_schema(text[]) is 'The JSON Schema (2020-12) of a payload with these fields.';

-- Keeping the outbox

create function private.maintain_outbox() returns void
language plpgsql
volatile
security definer  -- nobody may make or drop tables in schema private
set search_path = ''
as $$
declare
  weeks_ahead constant integer := 4;
  kept constant interval := make_interval(days => 30);
  week date;
  past regclass;
  is_waited_for boolean;
begin
  -- Two workers at once would make the same table.
  perform pg_advisory_xact_lock(hashtextextended('private.maintain_outbox', 0));

  -- From the next week on: what has come already, without a partition of its own, lies in the default one.
  for nth in 1 .. weeks_ahead loop
    week := (date_trunc('week', now(), 'UTC') + nth * interval '7 days')::date;
    if to_regclass(format('private.outbox_%s', to_char(week, 'IYYY"w"IW'))) is null then
      execute format(
        'create table private.%I partition of private.outbox for values from (%L) to (%L)',
        to_char(week, '"outbox_"IYYY"w"IW'), week::timestamp at time zone 'UTC', (week + 7)::timestamp at time zone 'UTC'
      );
    end if;
  end loop;

  -- What was never handled stays until it is, or is given up.
  for past in
    select i.inhrelid::regclass
    from pg_catalog.pg_inherits as i
    inner join pg_catalog.pg_class as c on c.oid = i.inhrelid
    where i.inhparent = 'private.outbox'::regclass and c.relname ~ '^outbox_\d{4}w\d{2}$'
      and to_date(substr(c.relname, 8), 'IYYY"w"IW') + 7 < now() - kept
  loop
    execute format('select exists (select from %s as e where e.is_pending)', past) into is_waited_for;
    if not is_waited_for then
      execute format('drop table %s', past);
    end if;
  end loop;
  delete from private.outbox_rest as e where e.occurred_at < now() - kept and not e.is_pending;
end
$$;
comment on function private.maintain_outbox() is
  'Makes the partitions of the next four weeks, and drops those that ended more than thirty days ago and in which nothing waits.';

-- Handling events

create function private.backoff(attempts integer) returns interval
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (array['5 seconds', '30 seconds', '5 minutes', '30 minutes', '2 hours', '6 hours', '12 hours'])[attempts]::interval;
end
$$;
comment on function private.backoff(integer) is
  'How long to wait after so many failed attempts; null: there have been enough. The eighth attempt, a day after the first, is the last one.';

create function private.react(events private.outbox[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.react_by_webhooks(events);
  perform private.react_by_mail(events);
  perform private.react_by_notifications(events);
end
$$;
comment on function private.react(private.outbox[]) is 'Writes all that follows from events.';

create function private.handle_events(batch_size integer default 500)
returns table (handled integer, failed integer)
language plpgsql
volatile
security definer  -- whoever handles may read neither the outbox nor what follows from it
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  events private.outbox[];
  event private.outbox;
  done uuid[];
  stuck uuid[] := array[]::uuid[];
  message text;
  code text;
begin
  handled := 0;
  failed := 0;
  -- One at a time, or what happened first might be told last.
  if not pg_try_advisory_xact_lock(hashtextextended('private.outbox ' || organization, 0)) then
    return next;
    return;
  end if;

  select array_agg(d.event order by (d.event).position)
  into events
  from (
    select e as event
    from private.outbox as e
    where e.organization_id = organization and e.is_pending and coalesce(e.next_attempt_at <= now(), true)
      and not exists (
        select from private.outbox as w
        where w.organization_id = organization and w.entity_id = e.entity_id and w.position < e.position
          and w.is_pending and w.attempts > 0 and w.next_attempt_at > now()
      )
    order by e.position
    limit handle_events.batch_size
  ) as d;
  if events is null then
    return next;
    return;
  end if;

  begin
    perform private.react(events);
    done := array(select e.id from unnest(events) as e);
  exception
    when transaction_rollback then  -- in somebody's way: all of it again
      raise;
    when others then
      -- One of them cannot be handled; the others can.
      done := array[]::uuid[];
      foreach event in array events loop
        continue when event.entity_id = any(stuck);
        begin
          perform private.react(array[event]);
          done := done || event.id;
        exception
          when transaction_rollback then
            raise;
          when others then
            get stacked diagnostics message = message_text, code = pg_exception_hint;
            stuck := stuck || event.entity_id;
            failed := failed + 1;
            update private.outbox as e
            set
              attempts = e.attempts + 1, last_error = concat_ws(' ', sqlstate, nullif(code, ''), message),
              next_attempt_at = now() + private.backoff(e.attempts + 1),
              dead_at = case when private.backoff(e.attempts + 1) is null then now() end
            where e.organization_id = organization and e.id = event.id and e.occurred_at = event.occurred_at;
        end;
      end loop;
  end;
  update private.outbox as e
  set handled_at = now()
  from unnest(events) as d
  where d.id = any(done) and e.organization_id = organization and e.id = d.id and e.occurred_at = d.occurred_at;
  handled := cardinality(done);
  return next;
end
$$;
comment on function private.handle_events(integer) is
  'Handles what waits in the outbox of the caller''s organization, in order, in this transaction: all that follows from an event is written with the mark that it was handled, or neither. An event that cannot be handled is tried again later, and what happened to its row since waits with it; others do not. Two at once: the second does nothing.';

create function private.dead_events()
returns table (id uuid, type text, entity_id uuid, occurred_at timestamptz, dead_at timestamptz, last_error text)
language plpgsql
stable
security definer  -- nobody may read the outbox
set search_path = ''
as $$
begin
  return query
  select e.id, e.type, e.entity_id, e.occurred_at, e.dead_at, e.last_error
  from private.outbox as e
  where e.organization_id = private.organization_id() and e.dead_at is not null
  order by e.position;
end
$$;
comment on function private.dead_events() is 'The events of the caller''s organization that were given up, and why.';

create function private.retry_events(event_ids uuid[]) returns integer
language plpgsql
volatile
security definer  -- nobody may write the outbox
set search_path = ''
as $$
declare
  revived integer;
begin
  update private.outbox as e
  set dead_at = null, attempts = 0, next_attempt_at = null
  where e.organization_id = private.organization_id() and e.id = any(event_ids) and e.dead_at is not null;
  get diagnostics revived = row_count;
  notify oms_outbox;
  return revived;
end
$$;
comment on function private.retry_events(uuid[]) is
  'Takes up events again that were given up, from the first attempt on. What happened to their rows since has been told already. Returns how many.';

create function private.organizations_with_due_events() returns setof uuid
language plpgsql
stable
security definer  -- nobody may read the outbox
set search_path = ''
as $$
begin
  return query
  select o.id
  from ops.organizations as o
  where exists (
    select from private.outbox as e
    where e.organization_id = o.id and e.is_pending and coalesce(e.next_attempt_at <= now(), true)
  );
end
$$;
comment on function private.organizations_with_due_events() is 'For whom there is something to handle, of all organizations.';
