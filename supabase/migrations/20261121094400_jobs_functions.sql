-- declared in sql/functions/jobs.sql
-- What happens because time has passed. The workers call these as oms_worker, one organization at a time.

create function private.raise_alerts() returns integer
language plpgsql
volatile
security definer  -- whoever looks at the time may not read what is late, nor write the outbox
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  facts private.fact[];
begin
  -- Two at once would both find the same thing not told of.
  perform pg_advisory_xact_lock(hashtextextended('private.raised_alerts ' || organization, 0));
  with alerts as materialized (
    select a.kind::text as kind, a.subject_id, to_jsonb(a) as row
    from ops.workflow_alerts as a
    where a.organization_id = organization and a.severity <> 'info'
    union all
    select
      'step_overdue', t.id,
      to_jsonb(t) || jsonb_build_object(
        'severity', 'warning', 'due_date', t.forecast_date,
        'message', format('%s should have been done on %s, and nobody has said anything since.', t.name, t.forecast_date)
      )
    from ops.timeline as t
    where t.organization_id = organization and t.is_overdue and t.kind not in ('root', 'split')
  ),
  righted as (
    delete from private.raised_alerts as r
    where r.organization_id = organization
      and not exists (select from alerts as a where a.kind = r.kind and a.subject_id = r.subject_id)
  ),
  raised as (
    insert into private.raised_alerts (organization_id, kind, subject_id)
    select distinct organization, a.kind, a.subject_id from alerts as a
    on conflict do nothing
    returning kind, subject_id
  )
  select array_agg(row(organization, 'alert.' || a.kind, a.subject_id, a.row)::private.fact order by a.row ->> 'due_date', a.subject_id)
  into facts
  from raised as r
  inner join alerts as a on a.kind = r.kind and a.subject_id = r.subject_id;
  perform private.emit(facts);
  return coalesce(cardinality(facts), 0);
end
$$;
comment on function private.raise_alerts() is
  'Tells of everything in workflow_alerts that is more than worth knowing, and of every step of a timeline whose forecast has passed: once each, until it is right again. Returns of how many.';

create function private.expire_reservations() returns integer
language plpgsql
volatile
security definer  -- whoever looks at the time may not write what is reserved, nor production orders
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  lapsed ops.inventory_reservations[];
begin
  if not exists (
    select from ops.inventory_reservations as r where r.organization_id = organization and r.expires_at <= now()
  ) then
    return 0;
  end if;
  perform private.lock_supply(true);
  with gone as (
    delete from ops.inventory_reservations as r
    where r.organization_id = organization and r.expires_at <= now() and r.order_item_id is not null
    returning r
  )
  select array_agg(g.r) into lapsed from gone as g;
  perform private.emit(array(
    select row(organization, 'reservation.expired', l.id, to_jsonb(l))::private.fact from unnest(lapsed) as l order by l.id
  ));
  perform private.hand_on(array(select distinct l.product_variant_id from unnest(lapsed) as l));
  return coalesce(cardinality(lapsed), 0);
end
$$;
comment on function private.expire_reservations() is
  'Takes back what was reserved for order lines until now, and hands it on to production that waits for it. Returns how many reservations lapsed.';

create function private.sweep() returns integer
language plpgsql
volatile
security definer  -- nobody may read or write the store of keys
set search_path = ''
as $$
declare
  swept integer;
begin
  -- A client repeats a command within minutes; a day is more than it needs.
  delete from private.idempotency_keys as k
  where k.organization_id = private.organization_id() and k.created_at < now() - make_interval(days => 1);
  get diagnostics swept = row_count;
  return swept;
end
$$;
comment on function private.sweep() is 'Deletes what nobody will ask for any more: answers of commands a day old. Returns how many rows.';
