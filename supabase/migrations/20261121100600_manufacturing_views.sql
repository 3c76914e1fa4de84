-- declared in sql/views/manufacturing.sql
create view ops.work_center_utilization with (security_invoker = true) as
select
  w.organization_id,
  w.id as work_center_id,
  w.code,
  w.name,
  c.day,
  date_trunc('week', c.day)::date as week_starts_on,
  c.minutes as available_minutes,
  planned.minutes as planned_minutes,
  round(100 * planned.minutes / nullif(c.minutes, 0), 1) as utilization_pct
from ops.work_centers as w
cross join lateral (
  select max(l.day) as day
  from ops.work_center_loads as l
  where l.organization_id = w.organization_id and l.work_center_id = w.id
) as latest
cross join lateral private.work_center_calendar(
  w.organization_id, array[w.id], current_date, greatest(latest.day::date, current_date + 27)
) as c
cross join lateral (
  select coalesce(sum(l.minutes), 0)::ops.quantity as minutes
  from ops.work_center_loads as l
  where l.organization_id = w.organization_id and l.work_center_id = w.id and l.day = c.day
) as planned;
comment on view ops.work_center_utilization is
  'How full the work centres are, day by day: from today for four weeks, or as far as they are planned. Key: work_center_id, day.';
comment on column ops.work_center_utilization.week_starts_on is 'The Monday of its week.';
comment on column ops.work_center_utilization.available_minutes is 'What it works on that day.';
comment on column ops.work_center_utilization.planned_minutes is 'What of it the schedule gives to operations.';
comment on column ops.work_center_utilization.utilization_pct is 'Planned of available, per cent; null on a day without work.';

create view ops.work_center_weekly_utilization with (security_invoker = true) as
select
  l.organization_id,
  l.work_center_id,
  l.code,
  l.name,
  l.week_starts_on,
  sum(l.available_minutes)::integer as available_minutes,
  sum(l.planned_minutes)::ops.quantity as planned_minutes,
  round(100 * sum(l.planned_minutes) / nullif(sum(l.available_minutes), 0), 1) as utilization_pct
from ops.work_center_utilization as l
group by l.organization_id, l.work_center_id, l.code, l.name, l.week_starts_on;
comment on view ops.work_center_weekly_utilization is
  'How full the work centres are, week by week; of this week, from today. Key: work_center_id, week_starts_on.';
comment on column ops.work_center_weekly_utilization.week_starts_on is 'Its Monday.';
comment on column ops.work_center_weekly_utilization.utilization_pct is 'Planned of available, per cent; null in a week without work.';

create view ops.production_schedule with (security_invoker = true) as
select
  o.organization_id,
  o.id as production_order_id,
  o.production_number,
  o.product_variant_id,
  v.sku,
  o.quantity,
  o.status,
  o.priority,
  o.need_by,
  o.scheduled_start,
  o.scheduled_end as expected_completion,
  greatest(o.scheduled_end - o.need_by, 0) as days_late,
  operations.list as operations,
  bottleneck.production_operation_id as bottleneck_operation_id,
  bottleneck.name as bottleneck_operation,
  bottleneck.work_center_id as bottleneck_work_center_id,
  bottleneck.code as bottleneck_work_center
from ops.production_orders as o
left join ops.product_variants as v on v.organization_id = o.organization_id and v.id = o.product_variant_id
cross join lateral (
  select
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'production_operation_id', p.id, 'position', p.position, 'name', p.name, 'work_center_id', p.work_center_id,
          'planned_minutes', p.planned_minutes, 'scheduled_start', p.scheduled_start, 'scheduled_end', p.scheduled_end,
          'started_at', p.started_at, 'finished_at', p.finished_at, 'actual_minutes', p.actual_minutes
        )
        order by p.position
      ),
      '[]'
    ) as list
  from ops.production_operations as p
  where p.organization_id = o.organization_id and p.production_order_id = o.id
) as operations
left join lateral (
  select p.id as production_operation_id, p.name, w.id as work_center_id, w.code
  from ops.production_operations as p
  inner join ops.work_centers as w on w.organization_id = p.organization_id and w.id = p.work_center_id
  cross join lateral (
    select sum(l.minutes) as minutes
    from ops.work_center_loads as l
    where l.organization_id = p.organization_id and l.work_center_id = p.work_center_id
      and l.day <= o.scheduled_end
      and l.day >= case when o.scheduled_end > o.need_by then current_date else o.scheduled_start end
  ) as given
  where p.organization_id = o.organization_id and p.production_order_id = o.id and p.finished_at is null
  order by given.minutes / w.daily_minutes desc nulls last, p.planned_minutes desc, p.position
  limit 1
) as bottleneck on true
where o.is_open;
comment on view ops.production_schedule is
  'Open production orders as they are planned: when each operation is done, when all is, how late that is, and what holds it up. Key: production_order_id.';
comment on column ops.production_schedule.expected_completion is 'Last day by the schedule; null: the work does not fit into the two years that are planned.';
comment on column ops.production_schedule.days_late is 'How many days that is after the need; 0: in time.';
comment on column ops.production_schedule.operations is 'One after the other: production_operation_id, position, name, work_center_id, planned_minutes, scheduled_start, scheduled_end, started_at, finished_at, actual_minutes.';
comment on column ops.production_schedule.bottleneck_operation is 'Of those not finished the one whose work centre is the fullest from the order''s start, of a late one from today, to its end.';
