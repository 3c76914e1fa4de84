-- declared in sql/functions/timeline.sql
-- Working days. A week has so many of them, so days are counted by division; holidays are found by bisection.

create function private.calendar_of(organization_id uuid) returns private.working_calendar
language plpgsql
stable
set search_path = ''
as $$
declare
  weekdays constant integer[] := array(
    select distinct d.weekday
    from ops.organization_settings as s cross join lateral unnest(s.working_days) as d (weekday)
    where s.organization_id = calendar_of.organization_id
    order by d.weekday
  );
begin
  return row(
    weekdays,
    array(
      select h.holiday_date::date
      from ops.holidays as h
      where h.organization_id = calendar_of.organization_id and extract(isodow from h.holiday_date) = any(weekdays)
      order by h.holiday_date
    )
  );
end
$$;
comment on function private.calendar_of(uuid) is 'The working days of an organization.';

create function private.add_days(
  start date, days integer, is_working_days boolean, calendar private.working_calendar
) returns date
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  monday constant date := date '1900-01-01';
  last_day constant date := date '2999-12-31';
  a_week constant integer := cardinality(calendar.weekdays);
  weeks constant integer := floor((start - monday) / 7.0)::integer;
  is_back constant integer := (days < 0)::integer;
  -- How many working days lie between that Monday and the start, which itself counts on the way forward.
  behind constant integer := weeks * a_week
    + width_bucket(start - monday - 7 * weeks + 1 - is_back, calendar.weekdays);
  holidays_met integer;
  holidays_passed integer := 0;
  nth integer;
  week integer;
  day date;
begin
  if days = 0 or not is_working_days then
    return least(start + days, last_day);
  end if;
  loop
    nth := behind + days + is_back - 1 + sign(days)::integer * holidays_passed;
    week := floor(nth / a_week::numeric)::integer;
    day := monday + 7 * week + calendar.weekdays[nth - week * a_week + 1] - 1;
    exit when calendar.holidays = '{}';
    holidays_met := case
      when days > 0 then width_bucket(day, calendar.holidays) - width_bucket(start, calendar.holidays)
      else width_bucket(start - 1, calendar.holidays) - width_bucket(day - 1, calendar.holidays)
    end;
    exit when holidays_met = holidays_passed;
    holidays_passed := holidays_met;  -- each costs another day, which may be one again
  end loop;
  return least(day, last_day);
end
$$;
comment on function private.add_days(date, integer, boolean, private.working_calendar) is
  'So many days later, or earlier where they are below zero: days of the calendar, or working days, of which the first is the first one after (before) the start. Zero days is the start, whatever day that is. Nothing comes later than the last day of ops.business_date.';

-- Locks. A timeline's lock is its root's, taken after order lines and orders, each by id, and before factories.
-- Whoever plans a line takes it FOR UPDATE, which waits for a split that somebody is adding, and the other way round:
-- a reference locks what it points at. Whoever forecasts takes it FOR NO KEY UPDATE.

create function private.lock_timelines(roots private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.require_read_committed();
  perform
  from ops.timeline_nodes as n
  where (n.organization_id, n.id) in (select k.organization_id, k.id from unnest(roots) as k)
  order by n.organization_id, n.id
  for no key update;
end
$$;
comment on function private.lock_timelines(private.row_key[]) is
  'Locks timelines by their roots, so that what is forecast rests on what others have committed. For definer triggers and commands only.';

create function private.forecast_timelines(roots private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
declare
  calendar constant private.working_calendar := private.calendar_of(roots[1].organization_id);
begin
  -- From key to rows, one by one: joined by the organization that all share, they would be compared each with each.
  -- A wave runs from each node to those that wait for it, as far as it moves them: on schedule, nowhere. One that is
  -- late also runs on where it explains a date and does not move it, for the sake of the cause.
  with recursive wave as (
    select
      n.organization_id, n.id, n.client_id, n.factory_id, own.day as reached, own.day > n.planned_date as is_late,
      n.id as cause_id, n.client_id as cause_client_id, n.factory_id as cause_factory_id, 0 as steps
    from (select distinct k.organization_id, k.id from unnest(roots) as k) as k
    cross join lateral (
      select n.*
      from ops.timeline_nodes as n
      where n.organization_id = k.organization_id and n.root_id = k.id and not n.is_cancelled
      offset 0
    ) as n
    cross join lateral (select coalesce(n.actual_date, n.estimated_date, n.planned_date)::date as day) as own
    where own.day is not null
    union
    select
      n.organization_id, n.id, n.client_id, n.factory_id, arrival.day, arrival.day > n.planned_date,
      w.cause_id, w.cause_client_id, w.cause_factory_id, w.steps + 1
    from wave as w
    cross join lateral (
      select d.timeline_node_id, private.add_days(w.reached, d.lag_days, d.is_working_days, calendar) as day
      from ops.timeline_dependencies as d
      where d.organization_id = w.organization_id and d.predecessor_id = w.id
      offset 0
    ) as earliest
    cross join lateral (
      select n.*
      from ops.timeline_nodes as n
      where n.organization_id = w.organization_id and n.id = earliest.timeline_node_id and not n.is_cancelled
      offset 0
    ) as n
    cross join lateral (
      select
        case when n.actual_date is null then greatest(earliest.day, own.day) else own.day end as day,
        own.day as own_day
      from (select coalesce(n.actual_date, n.estimated_date, n.planned_date)::date as day) as own
    ) as arrival
    where earliest.day > arrival.own_day and n.actual_date is null or earliest.day >= arrival.own_day and w.is_late
  ),
  forecast as (
    select distinct on (w.organization_id, w.id) w.*
    from wave as w
    order by w.organization_id, w.id, w.reached desc, w.steps desc, w.cause_id
  ),
  forecasted as (
    update ops.timeline_nodes as n
    set forecast_date = f.reached
    from forecast as f
    where n.organization_id = f.organization_id and n.id = f.id and n.forecast_date <> f.reached
  )
  insert into ops.timeline_delays as d (organization_id, id, cause_id, client_id, factory_id)
  select
    f.organization_id, f.id, f.cause_id,
    case when f.client_id = f.cause_client_id then f.client_id end,
    case when f.factory_id = f.cause_factory_id then f.factory_id end
  from forecast as f
  where f.is_late
  on conflict on constraint timeline_delays_pkey do update
  set cause_id = excluded.cause_id, client_id = excluded.client_id, factory_id = excluded.factory_id
  where (d.cause_id, d.client_id, d.factory_id) is distinct from (excluded.cause_id, excluded.client_id, excluded.factory_id);

  delete from ops.timeline_delays as d
  using unnest(roots) as k
  cross join lateral (
    select n.organization_id, n.id
    from ops.timeline_nodes as n
    where n.organization_id = k.organization_id and n.root_id = k.id and not n.is_late
    offset 0
  ) as n
  where d.organization_id = n.organization_id and d.id = n.id;
end
$$;
comment on function private.forecast_timelines(private.row_key[]) is
  'Forecasts every node of timelines of one organization that are locked, and says why the late ones are late. A forecast depends on no other day than those that stand in the tables. For definer triggers only.';

create function private.forecast_open_timelines(organization_id uuid) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  roots constant private.row_key[] := (
    select array_agg(distinct row(n.organization_id, n.root_id)::private.row_key)
    from ops.timeline_nodes as n
    where n.organization_id = forecast_open_timelines.organization_id
      and n.actual_date is null and not n.is_cancelled and n.forecast_date is not null
  );
begin
  if roots is not null then
    perform private.lock_timelines(roots);
    perform private.forecast_timelines(roots);
  end if;
end
$$;
comment on function private.forecast_open_timelines(uuid) is
  'Forecasts every timeline of an organization that has something still to be done. For definer triggers only.';

create function private.fact_date(slice ops.allocation_items_supplier, fact ops.timeline_fact) returns date
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
begin
  return case fact
    when 'contract_signed' then (
      select min(p.signed_at)::date
      from ops.factory_po_lines as l
      inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
      where l.organization_id = slice.organization_id and l.allocation_item_supplier_id = slice.id
        and p.status in ('PC_SIGNED', 'CLOSED')
    )
    when 'received' then (
      select max(r.received_date)
      from ops.factory_receipts as r
      where r.organization_id = slice.organization_id and r.allocation_item_supplier_id = slice.id
        and r.voided_at is null and slice.accepted_qty >= slice.effective_qty
    )
    else case when slice.production_status >= fact::text::ops.production_status then current_date end
  end;
end
$$;
comment on function private.fact_date(ops.allocation_items_supplier, ops.timeline_fact) is
  'Since when a fact is so of a slice, or null. Stages of production are so from the day they are reported. For definer triggers only.';

create function private.complete_timelines(roots private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  planned private.row_key[];
begin
  if roots is null then
    return;
  end if;
  -- Locked before one looks for a plan: somebody may be planning, who does not see the fact yet.
  perform private.lock_timelines(roots);
  planned := (
    select array_agg(distinct row(p.organization_id, p.id)::private.row_key)
    from unnest(roots) as k
    inner join ops.timeline_plans as p on p.organization_id = k.organization_id and p.id = k.id
  );
  update ops.timeline_nodes as n
  set actual_date = found.since
  from unnest(planned) as k
  cross join lateral (
    select
      root.id,
      -- While part of a line is awarded to nobody, nothing is so of the line.
      i.effective_qty >= (i.quantity - i.short_closed_qty) * (1 - i.under_award_tolerance_pct / 100) as is_covered
    from ops.timeline_nodes as root
    inner join ops.order_items as i on i.organization_id = root.organization_id and i.id = root.order_item_id
    where root.organization_id = k.organization_id and root.id = k.id
    offset 0
  ) as line
  cross join lateral (
    select m.organization_id, m.id, m.parent_id, m.actual_date, m.completed_by
    from ops.timeline_nodes as m
    where m.organization_id = k.organization_id and m.root_id = k.id and m.completed_by is not null and not m.is_cancelled
    offset 0
  ) as m
  cross join lateral (
    select
      case
        when (line.is_covered or m.parent_id <> line.id) and bool_and(fact.since is not null)
          then coalesce(m.actual_date, max(fact.since))
      end as since
    from ops.timeline_nodes as split
    inner join ops.allocation_items_supplier as s
      on s.organization_id = split.organization_id and s.id = split.allocation_item_supplier_id
    cross join lateral (select private.fact_date(s, m.completed_by) as since) as fact
    where split.organization_id = k.organization_id and split.root_id = k.id and split.kind = 'split'
      and m.parent_id in (split.id, line.id) and s.effective_qty > 0
  ) as found
  where n.organization_id = m.organization_id and n.id = m.id and n.actual_date is distinct from found.since;
end
$$;
comment on function private.complete_timelines(private.row_key[]) is
  'Sets the actual dates of milestones that facts complete, and takes them away again where the fact is no more. For definer triggers only.';

create function private.plant_milestones(branches private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  calendar constant private.working_calendar := private.calendar_of(branches[1].organization_id);
begin
  insert into ops.timeline_nodes as n (
    organization_id, root_id, parent_id, client_id, factory_id, kind, code, name, position, planned_date, forecast_date,
    completed_by, owner_role, is_for_client
  )
  select
    b.organization_id, b.root_id, b.id, case when t.is_for_client then b.client_id end, b.factory_id, t.kind, t.code,
    t.name, t.position, planned.day, planned.day, t.completed_by, t.owner_role, t.is_for_client
  from unnest(branches) as k
  cross join lateral (
    select b.*
    from ops.timeline_nodes as b
    where b.organization_id = k.organization_id and b.id = k.id and not b.is_cancelled
    offset 0  -- from key to rows, one by one; the organization that all share is no way to join
  ) as b
  cross join lateral (
    select p.timeline_template_id, p.ex_factory_date
    from ops.timeline_plans as p
    where p.organization_id = b.organization_id and p.id = b.root_id
    offset 0
  ) as p
  cross join lateral (
    select t.*
    from ops.timeline_template_nodes as t
    where t.organization_id = b.organization_id and t.timeline_template_id = p.timeline_template_id
      and t.is_per_slice = (b.kind = 'split')
    offset 0
  ) as t
  left join lateral (
    select coalesce(s.ex_factory_date, s.target_ex_factory_date) as ex_factory_date
    from ops.allocation_items_supplier as s
    where s.organization_id = b.organization_id and s.id = b.allocation_item_supplier_id
    offset 0
  ) as s on true
  cross join lateral (
    select
      private.add_days(coalesce(s.ex_factory_date, p.ex_factory_date), t.offset_days, t.is_working_days, calendar) as day
  ) as planned
  on conflict on constraint timeline_nodes_code_key do update
  set planned_date = excluded.planned_date
  where n.planned_date is distinct from excluded.planned_date;

  -- What these milestones wait for, and what of the line waits for them.
  insert into ops.timeline_dependencies (
    organization_id, root_id, timeline_node_id, predecessor_id, lag_days, is_working_days
  )
  select n.organization_id, n.root_id, n.id, before.id, t.duration_days, t.is_working_days
  from (
    select k.organization_id, k.id from unnest(branches) as k
    union
    select b.organization_id, b.root_id
    from unnest(branches) as k
    cross join lateral (
      select b.organization_id, b.root_id
      from ops.timeline_nodes as b
      where b.organization_id = k.organization_id and b.id = k.id
      offset 0
    ) as b
  ) as above
  cross join lateral (
    select n.organization_id, n.id, n.root_id, n.parent_id, n.code
    from ops.timeline_nodes as n
    where n.organization_id = above.organization_id and n.parent_id = above.id and n.code is not null
    for key share  -- one that somebody is deleting neither waits nor is waited for
  ) as n
  cross join lateral (
    select t.predecessors, t.duration_days, t.is_working_days
    from ops.timeline_plans as p
    inner join ops.timeline_template_nodes as t
      on t.organization_id = p.organization_id and t.timeline_template_id = p.timeline_template_id
    where p.organization_id = n.organization_id and p.id = n.root_id and t.code = n.code
    offset 0
  ) as t
  cross join lateral (
    select before.id
    from ops.timeline_nodes as before
    where before.organization_id = n.organization_id and before.root_id = n.root_id
      and before.code = any(t.predecessors) and not before.is_cancelled
      and (before.parent_id in (n.parent_id, n.root_id) or n.parent_id = n.root_id)
    for key share
  ) as before
  on conflict on constraint timeline_dependencies_node_key do nothing;
end
$$;
comment on function private.plant_milestones(private.row_key[]) is
  'Plants below roots and splits what the plan of their line has for them, with what waits for what; of a milestone that is there it moves the planned date. For definer triggers and commands only.';

create function private.plan_timelines(
  order_item_ids uuid[], template_id uuid default null, ex_factory_date date default null
) returns uuid[]
language plpgsql
volatile
security definer  -- planting is the system's: whoever allocates or plans may not write roots, splits, codes
set search_path = ''
set enable_seqscan = off
as $$
declare
  roots private.row_key[];
  branches private.row_key[];
begin
  perform private.require_read_committed();
  perform private.require_found(
    (
      select t.id from ops.timeline_templates as t
      where t.organization_id = private.organization_id() and t.id = plan_timelines.template_id
      for key share
    ),
    'timeline template', plan_timelines.template_id
  );
  roots := (
    select array_agg(row(r.organization_id, r.id)::private.row_key)
    from (
      select n.organization_id, n.id
      from ops.timeline_nodes as n
      where n.organization_id = private.organization_id() and n.order_item_id = any(plan_timelines.order_item_ids)
        and not n.is_cancelled
      order by n.organization_id, n.id
      for update
    ) as r
  );

  insert into ops.timeline_plans as p (organization_id, id, timeline_template_id, ex_factory_date)
  select k.organization_id, k.id, plan_timelines.template_id, coalesce(plan_timelines.ex_factory_date, o.ex_factory_date)
  from unnest(roots) as k
  inner join ops.timeline_nodes as n on n.organization_id = k.organization_id and n.id = k.id
  inner join ops.orders as o on o.organization_id = n.organization_id and o.id = n.order_id
  where coalesce(plan_timelines.ex_factory_date, o.ex_factory_date) is not null
  on conflict on constraint timeline_plans_pkey do update
  set timeline_template_id = excluded.timeline_template_id, ex_factory_date = excluded.ex_factory_date;

  roots := (
    select array_agg(row(p.organization_id, p.id)::private.row_key)
    from unnest(roots) as k
    inner join ops.timeline_plans as p on p.organization_id = k.organization_id and p.id = k.id
  );

  -- What another template had planned and nothing has come of.
  delete from ops.timeline_nodes as n
  using unnest(roots) as k
  where n.organization_id = k.organization_id and n.root_id = k.id and n.code is not null and n.actual_date is null
    and not exists (
      select from ops.timeline_template_nodes as t
      where t.organization_id = n.organization_id and t.timeline_template_id = plan_timelines.template_id
        and t.code = n.code and t.is_per_slice = (n.factory_id is not null)
    );

  branches := (
    select array_agg(row(b.organization_id, b.id)::private.row_key)
    from unnest(roots) as k
    inner join ops.timeline_nodes as b on b.organization_id = k.organization_id and b.root_id = k.id
    where b.kind in ('root', 'split')
  );
  perform private.plant_milestones(branches);
  perform private.complete_timelines(roots);
  return array(
    select n.order_item_id
    from unnest(roots) as k
    inner join ops.timeline_nodes as n on n.organization_id = k.organization_id and n.id = k.id
  );
end
$$;
comment on function private.plan_timelines(uuid[], uuid, date) is
  'Plans order lines of the caller''s organization by a template of it, and says which it could: those that are not cancelled and have an ex-factory date. For the trigger of the first allocation and for plan_timeline only.';

create function private.lock_timeline(root_id uuid) returns void
language sql
volatile
security definer  -- whoever writes a node takes the lock of the whole timeline, which a factory may not write
set search_path = ''
as $$
  select private.lock_timelines(array[row(private.organization_id(), root_id)::private.row_key])
$$;
comment on function private.lock_timeline(uuid) is 'First step of whatever writes a node for its caller. Locks a row of the caller''s organization, and does nothing else.';
