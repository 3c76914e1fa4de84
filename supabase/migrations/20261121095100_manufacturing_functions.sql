-- declared in sql/functions/manufacturing.sql
create function private.work_center_calendar(
  organization_id uuid, work_center_ids uuid[], first_day date, last_day date
)
returns table (work_center_id uuid, day date, minutes integer)
language sql
stable
set search_path = ''
as $$
  select
    w.id,
    d.day,
    coalesce(
      e.minutes,
      case
        when h.id is null and extract(isodow from d.day) = any(coalesce(w.working_days, s.working_days))
          then w.daily_minutes
        else 0
      end
    )
  from unnest(work_center_calendar.work_center_ids) as asked (id)
  inner join ops.work_centers as w
    on w.organization_id = work_center_calendar.organization_id and w.id = asked.id
  inner join ops.organization_settings as s on s.organization_id = w.organization_id
  cross join lateral (
    select work_center_calendar.first_day + n as day
    from generate_series(0, work_center_calendar.last_day - work_center_calendar.first_day) as n
  ) as d
  left join ops.work_center_days as e
    on e.organization_id = w.organization_id and e.work_center_id = w.id and e.day = d.day
  left join ops.holidays as h on h.organization_id = w.organization_id and h.holiday_date = d.day
$$;
comment on function private.work_center_calendar(uuid, uuid[], date, date) is
  'How many minutes work centres work on each day of a period: what was said of the day, else a full day on working days that are no holidays.';

create function private.schedule_production(organization_id uuid) returns uuid[]
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  -- Days are counted from today, the first, to the last that is planned. Before and after them stand two that give
  -- nothing, so that a search for a free day ends there. Minutes are counted in millionths: whole numbers are quick.
  today constant date := current_date;
  last_day constant integer := 730;
  stride constant integer := last_day + 2;
  centers constant uuid[] := array(
    select distinct p.work_center_id
    from ops.production_orders as o
    inner join ops.production_operations as p on p.organization_id = o.organization_id and p.production_order_id = o.id
    where o.organization_id = schedule_production.organization_id and o.is_open and p.started_at is null
  );
  -- What is to be planned, by rank of its order and by position.
  ids uuid[];
  ranks integer[];
  places integer[];  -- where the days of its work centre begin
  needs bigint[];
  dues integer[];
  floors integer[];  -- what was started in the same order ends on this day
  floors_used bigint[];  -- and takes so much of it
  first_days integer[];
  last_days integer[];
  -- Each work centre's days, one behind the other.
  capacity bigint[];
  free bigint[];
  earlier integer[];  -- a day that is full leads to the one before, in the end to one with minutes left
  later integer[];
  -- What is given: to which of the operations, on which day.
  given_to integer[] := '{}'::integer[];
  given_at integer[] := '{}'::integer[];
  given bigint[] := '{}'::bigint[];
  given_count integer := 0;
  kept_count integer;
  head integer := 1;
  tail integer;
  direction integer;
  nth integer;
  day integer;
  at integer;
  used bigint;
  rest bigint;
  share bigint;
  moved uuid[];
begin
  perform private.lock_supply();
  perform private.lock_production();

  select
    array_agg(t.id), array_agg(t.rank), array_agg(t.place), array_agg(t.minutes), array_agg(t.due),
    array_agg(greatest(t.floor, 1)), array_agg(t.floor_used)
  into ids, ranks, places, needs, dues, floors, floors_used
  from (
    select
      p.id,
      dense_rank() over (order by o.priority, o.need_by, o.id)::integer as rank,
      (array_position(centers, p.work_center_id) - 1) * stride + 1 as place,
      (p.planned_minutes * 1000000)::bigint as minutes,
      o.need_by - today + 1 as due,
      started.scheduled_end - today + 1 as floor,
      coalesce(started.minutes, 0) as floor_used
    from ops.production_orders as o
    inner join ops.production_operations as p on p.organization_id = o.organization_id and p.production_order_id = o.id
    left join lateral (
      select s.scheduled_end, (l.minutes * 1000000)::bigint as minutes
      from ops.production_operations as s
      left join ops.work_center_loads as l
        on l.organization_id = s.organization_id and l.production_operation_id = s.id and l.day = s.scheduled_end
      where s.organization_id = o.organization_id and s.production_order_id = o.id
        and s.started_at is not null and s.finished_at is null
      order by s.position desc
      limit 1
    ) as started on true
    where o.organization_id = schedule_production.organization_id and o.is_open and p.started_at is null
    order by o.priority, o.need_by, o.id, p.position
  ) as t;
  first_days := array_fill(null::integer, array[coalesce(cardinality(ids), 0)]);
  last_days := first_days;

  select
    array_agg(t.minutes), array_agg(t.minutes - t.started), array_agg(case t.minutes - t.started when 0 then t.at - 1 else t.at end),
    array_agg(case t.minutes - t.started when 0 then t.at + 1 else t.at end)
  into capacity, free, earlier, later
  from (
    select
      (row_number() over (order by c.nth, n.day))::integer as at,
      (coalesce(a.minutes, 0) * 1000000)::bigint as minutes,
      (least(coalesce(s.minutes, 0), coalesce(a.minutes, 0)) * 1000000)::bigint as started
    from unnest(centers) with ordinality as c (id, nth)
    cross join generate_series(0, last_day + 1) as n (day)
    left join private.work_center_calendar(
      schedule_production.organization_id, centers, today, today + last_day - 1
    ) as a
      on a.work_center_id = c.id and a.day = today + n.day - 1
    left join (
      select l.work_center_id, l.day, sum(l.minutes) as minutes
      from ops.work_center_loads as l
      inner join ops.production_operations as p
        on p.organization_id = l.organization_id and p.id = l.production_operation_id
      inner join ops.production_orders as o on o.organization_id = p.organization_id and o.id = p.production_order_id
      where l.organization_id = schedule_production.organization_id and o.is_open
        and p.started_at is not null and p.finished_at is null
      group by l.work_center_id, l.day
    ) as s on s.work_center_id = c.id and s.day = today + n.day - 1
    order by c.nth, n.day
  ) as t;
  -- The days at the ends lead nowhere.
  for c in 0 .. cardinality(centers) - 1 loop
    earlier[c * stride + 1] := c * stride + 1;
    later[(c + 1) * stride] := (c + 1) * stride;
  end loop;

  while head <= cardinality(ids) loop
    tail := head;
    while ranks[tail + 1] = ranks[head] loop
      tail := tail + 1;
    end loop;
    kept_count := given_count;

    -- Backward from the need; forward where that would have begun already; not at all beyond the last day.
    direction := case when dues[head] < floors[head] then 1 else -1 end;
    loop
      exit when dues[head] > last_day;
      day := case direction when 1 then floors[head] else dues[head] end;
      used := case day when floors[head] then floors_used[head] else 0 end;
      nth := case direction when 1 then head else tail end;
      while nth between head and tail loop
        rest := needs[nth];
        first_days[nth] := null;
        while rest > 0 loop
          at := places[nth] + day;
          if direction = 1 then
            while later[at] <> at loop
              later[at] := later[later[at]];
              at := later[at];
            end loop;
          else
            while earlier[at] <> at loop
              earlier[at] := earlier[earlier[at]];
              at := earlier[at];
            end loop;
          end if;
          if at <> places[nth] + day then
            day := at - places[nth];
            used := case day when floors[head] then floors_used[head] else 0 end;
          end if;
          exit when day not between floors[head] and last_day;
          -- One after the other: what the order's other operations take of the day is gone for this one.
          share := least(rest, free[at], capacity[at] - used);
          if share > 0 then
            free[at] := free[at] - share;
            used := used + share;
            rest := rest - share;
            given_count := given_count + 1;
            given_to[given_count] := nth;
            given_at[given_count] := at;
            given[given_count] := share;
            first_days[nth] := coalesce(first_days[nth], day);
          end if;
          exit when rest = 0;
          day := day + direction;
          used := case day when floors[head] then floors_used[head] else 0 end;
          exit when day not between floors[head] and last_day;
        end loop;
        exit when rest > 0;
        first_days[nth] := coalesce(first_days[nth], day);
        last_days[nth] := day;
        nth := nth + direction;
      end loop;
      exit when nth not between head and tail;  -- all of them have their days

      for n in kept_count + 1 .. given_count loop
        free[given_at[n]] := free[given_at[n]] + given[n];
      end loop;
      given_count := kept_count;
      for n in head .. tail loop
        first_days[n] := null;
        last_days[n] := null;
      end loop;
      exit when direction = 1;
      direction := 1;
    end loop;

    for n in kept_count + 1 .. given_count loop
      if free[given_at[n]] = 0 then
        earlier[given_at[n]] := given_at[n] - 1;
        later[given_at[n]] := given_at[n] + 1;
      end if;
    end loop;
    head := tail + 1;
  end loop;

  -- Nothing is written that is so already.
  with planned as (
    select
      ids[g.nth] as production_operation_id, centers[(places[g.nth] - 1) / stride + 1] as work_center_id,
      today + g.at - places[g.nth] - 1 as day, g.share / 1000000.0 as minutes
    from unnest(given_to[: given_count], given_at[: given_count], given[: given_count]) as g (nth, at, share)
  ),
  known as (
    select l.production_operation_id, l.work_center_id, l.day, l.minutes
    from ops.work_center_loads as l
    inner join ops.production_operations as p
      on p.organization_id = l.organization_id and p.id = l.production_operation_id
    inner join ops.production_orders as o on o.organization_id = p.organization_id and o.id = p.production_order_id
    where l.organization_id = schedule_production.organization_id
      and (p.started_at is null or p.finished_at is not null or not o.is_open)
  ),
  changed as materialized (
    select
      production_operation_id, day, p.work_center_id, p.minutes
    from planned as p
    full join known as k using (production_operation_id, day)
    where (p.work_center_id, p.minutes) is distinct from (k.work_center_id, k.minutes)
  ),
  gone as (
    delete from ops.work_center_loads as l
    using changed as c
    where c.minutes is null and l.organization_id = schedule_production.organization_id
      and l.production_operation_id = c.production_operation_id and l.day = c.day
  )
  insert into ops.work_center_loads as l (organization_id, production_operation_id, work_center_id, day, minutes)
  select schedule_production.organization_id, c.production_operation_id, c.work_center_id, c.day, c.minutes
  from changed as c
  where c.minutes is not null
  on conflict on constraint work_center_loads_pkey do update
  set work_center_id = excluded.work_center_id, minutes = excluded.minutes;

  update ops.production_operations as p
  set scheduled_start = today + least(t.first_day, t.last_day) - 1, scheduled_end = today + greatest(t.first_day, t.last_day) - 1
  from unnest(ids, first_days, last_days) as t (id, first_day, last_day)
  where p.organization_id = schedule_production.organization_id and p.id = t.id
    and (p.scheduled_start, p.scheduled_end) is distinct from (
      (today + least(t.first_day, t.last_day) - 1)::ops.business_date,
      (today + greatest(t.first_day, t.last_day) - 1)::ops.business_date
    );

  -- Dated once for all, however few orders the planner believes that there are.
  with dated as materialized (
    select
      o.id,
      case when by_operations.is_so then s.scheduled_start else lead.scheduled_start end as scheduled_start,
      case when by_operations.is_so then s.scheduled_end else lead.scheduled_end end as scheduled_end
    from ops.production_orders as o
    inner join ops.bom_versions as b on b.organization_id = o.organization_id and b.id = o.bom_version_id
    inner join ops.bom_templates as t on t.organization_id = b.organization_id and t.id = b.bom_template_id
    cross join lateral (
      select
        count(*) > 0 as is_there,
        case when count(*) = count(p.scheduled_start) then min(p.scheduled_start) end as scheduled_start,
        case when count(*) = count(days.ends_on) then max(days.ends_on) end as scheduled_end
      from ops.production_operations as p
      cross join lateral (
        select case when p.finished_at is null then p.scheduled_end else p.finished_at::date end as ends_on
      ) as days
      where p.organization_id = o.organization_id and p.production_order_id = o.id
    ) as s
    cross join lateral (select s.is_there and o.need_by - today < last_day as is_so) as by_operations
    left join lateral (
      select d.scheduled_start, d.scheduled_end
      from private.dates_by_lead_time(o.need_by, t.lead_time_days, o.started_at::date) as d
      where not by_operations.is_so
    ) as lead on true
    where o.organization_id = schedule_production.organization_id and o.is_open
  ),
  moved as (
    update ops.production_orders as o
    set scheduled_start = t.scheduled_start, scheduled_end = t.scheduled_end
    from dated as t
    where o.organization_id = schedule_production.organization_id and o.id = t.id
      and (o.scheduled_start, o.scheduled_end) is distinct from (
        t.scheduled_start::ops.business_date, t.scheduled_end::ops.business_date
      )
    returning o.id
  )
  select array_agg(m.id) into moved from moved as m;
  return moved;
end
$$;
comment on function private.schedule_production(uuid) is
  'Plans the operations of all open production orders anew, order by order, by priority and need: each one''s backward from the need, where that would begin before today forward. A work centre gives no more minutes than it has; operations of one order follow one another, on one day if it has room for them. What was started stays. Writes only what changes; returns the orders of other dates. For definer triggers and commands only.';

create function private.reschedule_production() returns uuid[]
language sql
volatile
security definer  -- nobody may write the schedule
set search_path = ''
as $$
  select private.schedule_production(private.organization_id())
$$;
comment on function private.reschedule_production() is 'Plans the production of the caller''s organization anew.';

-- Issue and output

create function private.unit_cost_of(product_variant_id uuid) returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(
    v.standard_cost,
    (
      select m.unit_cost from ops.stock_moves as m
      where m.organization_id = v.organization_id and m.product_variant_id = v.id
        and m.reason in ('opening', 'receipt', 'output') and m.unit_cost is not null and not exists (
          select
          from ops.goods_receipt_lines as r
          inner join ops.goods_receipts as g on g.organization_id = r.organization_id and g.id = r.goods_receipt_id
          where r.organization_id = m.organization_id and r.id = m.goods_receipt_line_id and g.is_voided
        )
      order by m.id desc
      limit 1
    )
  )
  from ops.product_variants as v
  where v.organization_id = private.organization_id() and v.id = unit_cost_of.product_variant_id
$$;
comment on function private.unit_cost_of(uuid) is
  'What a unit of a variant is issued at: its standard cost, else what the last one that came in cost, but for receipts that were voided; null where nobody has said either.';

create function private.require_released(production_order_id uuid) returns ops.production_orders
language plpgsql
stable
set search_path = ''
as $$
declare
  asked ops.production_orders;
begin
  select o.* into asked from ops.production_orders as o
  where o.organization_id = private.organization_id() and o.id = require_released.production_order_id;
  perform private.require_found(asked.id, 'production order', require_released.production_order_id);
  if asked.status not in ('released', 'in_progress') then
    perform private.fail(
      'OMS_PRODUCTION_NOT_RELEASED', format('%s is %s, not released or in progress.', asked.production_number, asked.status),
      jsonb_build_object('production_order_id', asked.id, 'status', asked.status)
    );
  end if;
  return asked;
end
$$;
comment on function private.require_released(uuid) is 'The production order, if work on it may be reported.';

create function private.start_production(order_ids uuid[]) returns void
language sql
volatile
set search_path = ''
as $$
  update ops.production_orders as o
  set status = 'in_progress'
  where o.organization_id = private.organization_id() and o.id = any(start_production.order_ids) and o.status = 'released'
$$;
comment on function private.start_production(uuid[]) is 'What is worked on is in progress. For definer triggers only.';

create function private.require_arrivals(argument text, asked private.component_arrival[]) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if cardinality(asked) = 0 or exists (
    select from unnest(asked) as a
    where a.production_component_id is null or not coalesce(a.quantity > 0, false)
  ) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Each of %s names production_component_id and a quantity above zero.', argument),
      jsonb_build_object('argument', argument)
    );
  end if;
end
$$;
comment on function private.require_arrivals(text, private.component_arrival[]) is
  'Refuses a list of what comes in from production that names nothing, or none of something.';

create function private.output_location(production_order_id uuid) returns uuid
language sql
stable
set search_path = ''
as $$
  select p.id
  from ops.production_orders as o
  inner join ops.stock_locations as p on p.organization_id = o.organization_id and p.warehouse_id = o.warehouse_id
  where o.organization_id = private.organization_id() and o.id = output_location.production_order_id
    and p.kind = 'storage' and p.is_active
  order by p.code
  limit 1
$$;
comment on function private.output_location(uuid) is 'Where the output of a production order goes unless it is said: the first storage place of its warehouse.';

create function private.lock_arrivals(
  production_order_id uuid, arrivals private.component_arrival[], made_at uuid default null, lot_id uuid default null
) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.lock_supply();
  perform private.lock_production(
    array[lock_arrivals.production_order_id],
    array(
      select row(c.organization_id, c.product_variant_id, a.stock_location_id, a.lot_id)::private.stock_key
      from unnest(arrivals) as a
      inner join ops.production_components as c
        on c.organization_id = private.organization_id() and c.id = a.production_component_id
      inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
      left join ops.lots as l
        on l.organization_id = c.organization_id and l.id = a.lot_id and l.product_variant_id = c.product_variant_id
      where (v.tracking = 'none') = (a.lot_id is null) and l.id is not distinct from a.lot_id
      union
      select row(o.organization_id, o.product_variant_id, lock_arrivals.made_at, l.id)::private.stock_key
      from ops.production_orders as o
      inner join ops.product_variants as v on v.organization_id = o.organization_id and v.id = o.product_variant_id
      left join ops.lots as l
        on l.organization_id = v.organization_id and l.id = lock_arrivals.lot_id and l.product_variant_id = v.id
      where o.organization_id = private.organization_id() and o.id = lock_arrivals.production_order_id
        and lock_arrivals.made_at is not null and (v.tracking = 'none') = (lock_arrivals.lot_id is null)
        and l.id is not distinct from lock_arrivals.lot_id
    )
  );
end
$$;
comment on function private.lock_arrivals(uuid, private.component_arrival[], uuid, uuid) is
  'All locks that somebody needs who brings goods back from production, or by-products out of it with what was made. For definer functions only.';

create function private.issue_components(production_order_id uuid, asked private.component_issue[]) returns uuid[]
language plpgsql
volatile
security definer  -- nobody may write moves of production, or what is reserved
set search_path = ''
set enable_seqscan = off
as $$
declare
  issued ops.production_orders;
  refused record;
  uses private.reservation_use[];
  made uuid[];
begin
  perform private.lock_supply();
  perform private.lock_production(array[issue_components.production_order_id]);
  issued := private.require_released(issue_components.production_order_id);

  select a.production_component_id, c.id, v.sku, c.reserved_qty, a.quantity, a.lot_id into refused
  from (
    select a.production_component_id, a.lot_id, sum(a.quantity) as quantity
    from unnest(asked) as a
    group by a.production_component_id, a.lot_id
  ) as a
  left join ops.production_components as c
    on c.organization_id = issued.organization_id and c.id = a.production_component_id
    and c.production_order_id = issued.id and c.kind = 'input'
  left join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
  where c.id is null or a.quantity > (
    select coalesce(sum(r.quantity), 0) from ops.inventory_reservations as r
    where r.organization_id = c.organization_id and r.production_component_id = c.id
      and (a.lot_id is null or r.lot_id = a.lot_id)
  )
  order by v.sku
  limit 1;
  if found then
    perform private.require_found(refused.id, format('component of %s', issued.production_number), refused.production_component_id);
    perform private.fail(
      'OMS_ISSUE_EXCEEDS_RESERVED',
      format(
        '%s of %s are reserved for %s; %s were asked for%s.', trim_scale(refused.reserved_qty), refused.sku,
        issued.production_number, trim_scale(refused.quantity), case when refused.lot_id is not null then ' of one lot' else '' end
      ),
      jsonb_build_object('production_component_id', refused.id, 'reserved_qty', refused.reserved_qty)
    );
  end if;

  -- Of each component what was reserved first goes first.
  select array_agg(row(u.production_component_id, u.stock_location_id, u.lot_id, u.quantity)::private.reservation_use)
  into uses
  from (
    select
      r.production_component_id, r.stock_location_id, r.lot_id,
      least(r.quantity, a.quantity - coalesce(
        sum(r.quantity) over (
          partition by a.nth order by r.id rows between unbounded preceding and 1 preceding
        ), 0
      )) as quantity
    from unnest(asked) with ordinality as a (production_component_id, quantity, lot_id, nth)
    inner join ops.inventory_reservations as r
      on r.organization_id = issued.organization_id and r.production_component_id = a.production_component_id
      and (a.lot_id is null or r.lot_id = a.lot_id)
    union all
    select r.production_component_id, r.stock_location_id, r.lot_id, r.quantity
    from ops.production_components as c
    inner join ops.inventory_reservations as r
      on r.organization_id = c.organization_id and r.production_component_id = c.id
    where c.organization_id = issued.organization_id and c.production_order_id = issued.id and asked is null
  ) as u
  where u.quantity > 0;
  if uses is null then
    return array[]::uuid[];
  end if;

  perform private.consume_reservations(uses);
  with moved as (
    insert into ops.stock_moves (
      product_variant_id, from_location_id, lot_id, quantity, reason, unit_cost, reference, production_component_id
    )
    select
      c.product_variant_id, u.stock_location_id, u.lot_id, u.quantity, 'issue', private.unit_cost_of(c.product_variant_id),
      issued.production_number, c.id
    from unnest(uses) as u
    inner join ops.production_components as c
      on c.organization_id = issued.organization_id and c.id = u.production_component_id
    returning id
  )
  select array_agg(m.id) into made from moved as m;
  perform private.start_production(array[issued.id]);
  return made;
end
$$;
comment on function private.issue_components(uuid, private.component_issue[]) is
  'Moves out what is reserved for a production order, all of it where nothing is asked for. Returns the moves.';

create function private.return_components(production_order_id uuid, asked private.component_arrival[]) returns uuid[]
language plpgsql
volatile
security definer  -- nobody may write moves of production
set search_path = ''
set enable_seqscan = off
as $$
declare
  number text;
  refused record;
  back private.component_arrival[];
  made uuid[];
begin
  select o.production_number into number from ops.production_orders as o
  where o.organization_id = private.organization_id() and o.id = return_components.production_order_id;
  perform private.require_found(
    case when found then return_components.production_order_id end, 'production order', return_components.production_order_id
  );
  -- Unless it is said where to, to where it came from.
  select array_agg(row(a.production_component_id, a.quantity, coalesce(a.stock_location_id, m.from_location_id), a.lot_id)::private.component_arrival)
  into back
  from unnest(asked) as a
  left join lateral (
    select m.from_location_id from ops.stock_moves as m
    where m.organization_id = private.organization_id() and m.production_component_id = a.production_component_id
      and m.reason = 'issue' and m.lot_id is not distinct from a.lot_id
    order by m.id desc
    limit 1
  ) as m on true;
  perform private.lock_arrivals(return_components.production_order_id, back);

  select a.production_component_id, c.id, v.sku, a.quantity, coalesce(m.quantity, 0) as issued_qty into refused
  from (
    select a.production_component_id, a.lot_id, sum(a.quantity) as quantity
    from unnest(asked) as a
    group by a.production_component_id, a.lot_id
  ) as a
  left join ops.production_components as c
    on c.organization_id = private.organization_id() and c.id = a.production_component_id
    and c.production_order_id = return_components.production_order_id and c.kind = 'input'
  left join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
  cross join lateral (
    select sum(case m.reason when 'issue' then m.quantity else -m.quantity end) as quantity
    from ops.stock_moves as m
    where m.organization_id = c.organization_id and m.production_component_id = c.id
      and m.lot_id is not distinct from a.lot_id
  ) as m
  where c.id is null or a.quantity > coalesce(m.quantity, 0)
  order by v.sku
  limit 1;
  if found then
    perform private.require_found(refused.id, format('component of %s', number), refused.production_component_id);
    perform private.fail(
      'OMS_RETURN_EXCEEDS_ISSUED',
      format(
        '%s of %s were issued to %s and not brought back; %s were asked for.', trim_scale(refused.issued_qty), refused.sku,
        number, trim_scale(refused.quantity)
      ),
      jsonb_build_object('production_component_id', refused.id, 'issued_qty', refused.issued_qty)
    );
  end if;

  with moved as (
    insert into ops.stock_moves (
      product_variant_id, to_location_id, lot_id, quantity, reason, unit_cost, reference, production_component_id
    )
    select
      c.product_variant_id, b.stock_location_id, b.lot_id, b.quantity, 'return', cost.of_one, number, c.id
    from unnest(back) as b
    inner join ops.production_components as c
      on c.organization_id = private.organization_id() and c.id = b.production_component_id
    cross join lateral (
      -- As much as it was issued at.
      select sum(m.quantity * m.unit_cost) / sum(m.quantity) as of_one
      from ops.stock_moves as m
      where m.organization_id = c.organization_id and m.production_component_id = c.id and m.reason = 'issue'
    ) as cost
    returning id
  )
  select array_agg(m.id) into made from moved as m;
  return made;
end
$$;
comment on function private.return_components(uuid, private.component_arrival[]) is
  'Moves back in what was issued to a production order and not used. Returns the moves.';

create function private.report_by_products(
  production_order_id uuid, asked private.component_arrival[], made_at uuid, lot_id uuid
) returns void
language plpgsql
volatile
security definer  -- nobody may write moves of production
set search_path = ''
set enable_seqscan = off
as $$
declare
  made_in ops.production_orders;
  came private.component_arrival[];
  unknown uuid;
begin
  select array_agg(
    row(
      a.production_component_id, a.quantity,
      coalesce(a.stock_location_id, private.output_location(report_by_products.production_order_id)), a.lot_id
    )::private.component_arrival
  )
  into came
  from unnest(asked) as a;
  perform private.lock_arrivals(
    report_by_products.production_order_id, came,
    coalesce(report_by_products.made_at, private.output_location(report_by_products.production_order_id)),
    report_by_products.lot_id
  );
  made_in := private.require_released(report_by_products.production_order_id);
  select a.production_component_id into unknown
  from unnest(asked) as a
  left join ops.production_components as c
    on c.organization_id = made_in.organization_id and c.id = a.production_component_id
    and c.production_order_id = made_in.id and c.kind = 'by_product'
  where c.id is null
  limit 1;
  if found then
    perform private.require_found(null, format('by-product of %s', made_in.production_number), unknown);
  end if;

  insert into ops.stock_moves (
    product_variant_id, to_location_id, lot_id, quantity, reason, unit_cost, reference, production_component_id
  )
  select
    c.product_variant_id, a.stock_location_id, a.lot_id, a.quantity, 'output', v.standard_cost, made_in.production_number, c.id
  from unnest(came) as a
  inner join ops.production_components as c
    on c.organization_id = made_in.organization_id and c.id = a.production_component_id
  inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id;
end
$$;
comment on function private.report_by_products(uuid, private.component_arrival[], uuid, uuid) is
  'Moves in what came out beside the product, at its standard cost, by which it makes the product cheaper.';

create function private.operations_cost(production_order_id uuid) returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(coalesce(p.actual_minutes, p.planned_minutes) * w.hourly_rate / 60), 0)
  from ops.production_operations as p
  inner join ops.work_centers as w on w.organization_id = p.organization_id and w.id = p.work_center_id
  where p.organization_id = private.organization_id() and p.production_order_id = operations_cost.production_order_id
$$;
comment on function private.operations_cost(uuid) is
  'What the operations of a production order cost: their minutes, as they were or else as they are planned, at the work centres'' rates.';
