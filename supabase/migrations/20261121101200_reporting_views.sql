-- declared in sql/views/reporting.sql
-- What goes on in own production. Lists look up the few rows that belong to one of theirs by index (laterals); views
-- whose comment says that they add up read all of a table.

create view ops.production_blockers with (security_invoker = true) as
select
  c.organization_id,
  c.id as production_component_id,
  c.production_order_id,
  p.production_number,
  p.status,
  p.priority,
  p.need_by,
  p.order_item_id,
  c.product_variant_id,
  v.sku,
  v.unit,
  short.short_qty,
  supply.expected_on::ops.business_date,
  case
    when supply.expected_on is not null
      then greatest(supply.expected_on - coalesce(p.scheduled_start, p.need_by), 0)
  end as days_late,
  supply.purchase_order_line_id,
  o.id as purchase_order_id,
  o.po_number,
  supply.vendor_id,
  d.name as vendor_name,
  supply.supplying_order_id,
  supply.planned_supply_id,
  format('%s %s of %s short: ', trim_scale(short.short_qty), v.unit, v.sku) || case
    when supply.purchase_order_line_id is not null and supply.sent_at is not null then format(
      '%s of %s %s on %s.', o.po_number, d.name,
      case when supply.expected_on < current_date then 'was due' else 'is due' end, supply.expected_on
    )
    when supply.purchase_order_line_id is not null then format(
      '%s of %s is not sent yet, for %s.', o.po_number, d.name, supply.expected_on
    )
    when supply.supplying_order_id is not null then format(
      '%s makes it by %s.', supply.supplying_number, supply.expected_on
    )
    when supply.planned_supply_id is not null then format('planned for %s, not ordered.', supply.expected_on)
    else 'nothing brings it.'
  end as explanation
from ops.production_orders as p
inner join ops.production_components as c
  on c.organization_id = p.organization_id and c.production_order_id = p.id and c.short_qty > 0
left join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
cross join lateral (
  -- What waits has reserved nothing: what could be had is not what it waits for.
  select greatest(c.short_qty - coalesce(sum(k.available), 0), 0)::ops.quantity as short_qty
  from ops.stock_levels as k
  left join ops.lots as t on t.organization_id = k.organization_id and t.id = k.lot_id
  where k.organization_id = c.organization_id and k.product_variant_id = c.product_variant_id
    and k.warehouse_id = c.warehouse_id and k.location_kind not in ('quarantine', 'shipping')
    and coalesce(t.expires_on >= current_date, true)
) as short
left join lateral (
  -- Of what planning pegged to it the last to come.
  select
    coalesce(l.promised_date, l.need_by, m.scheduled_end, m.need_by, q.need_by + q.late_days) as expected_on,
    l.id as purchase_order_line_id,
    l.purchase_order_id,
    l.sent_at,
    coalesce(l.vendor_id, q.vendor_id) as vendor_id,
    m.id as supplying_order_id,
    m.production_number as supplying_number,
    q.id as planned_supply_id
  from (
    select
      g.planned_supply_id,
      coalesce(g.purchase_order_line_id, n.purchase_order_line_id) as purchase_order_line_id,
      coalesce(g.production_order_id, n.production_order_id) as production_order_id
    from ops.supply_pegs as g
    left join ops.planned_supplies as n on n.organization_id = g.organization_id and n.id = g.planned_supply_id
    where g.organization_id = c.organization_id and g.production_component_id = c.id
    offset 0  -- under row security the planner looks up nothing by a coalesce: it might leak
  ) as g
  left join ops.purchase_order_lines as l on l.organization_id = c.organization_id and l.id = g.purchase_order_line_id
  left join ops.production_orders as m on m.organization_id = c.organization_id and m.id = g.production_order_id
  left join ops.planned_supplies as q
    on q.organization_id = c.organization_id and q.id = g.planned_supply_id
    and num_nonnulls(g.purchase_order_line_id, g.production_order_id) = 0
  where coalesce(l.open_qty > 0, m.is_open, q.id is not null)
  order by expected_on desc, l.id, m.id, q.id
  limit 1
) as pegged on true
left join lateral (
  -- Else of what is just on order the first.
  select pegged.*
  where pegged.expected_on is not null
  union all
  (
    select s.*
    from (
      select
        coalesce(l.promised_date, l.need_by) as expected_on, l.id as purchase_order_line_id, l.purchase_order_id,
        l.sent_at, l.vendor_id, null::uuid as supplying_order_id, null, null::uuid
      from ops.purchase_order_lines as l
      inner join ops.purchase_orders as o on o.organization_id = l.organization_id and o.id = l.purchase_order_id
      where l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id and l.open_qty > 0
        and o.warehouse_id = c.warehouse_id
      union all
      select coalesce(m.scheduled_end, m.need_by), null, null, null, null, m.id, m.production_number, null
      from ops.production_orders as m
      where m.organization_id = c.organization_id and m.product_variant_id = c.product_variant_id and m.is_open
        and m.warehouse_id = c.warehouse_id and m.id <> c.production_order_id
    ) as s
    where pegged.expected_on is null
    order by s.expected_on, s.purchase_order_line_id, s.supplying_order_id
    limit 1
  )
) as supply on true
left join ops.purchase_orders as o on o.organization_id = c.organization_id and o.id = supply.purchase_order_id
left join ops.directory as d on d.organization_id = c.organization_id and d.id = supply.vendor_id
where p.is_open and short.short_qty > 0;
comment on view ops.production_blockers is
  'What open production orders are short of, and what brings it: of what planning pegged to it the last to come, else the first that is on order for the warehouse. Key: priority, need_by, production_order_id, production_component_id.';
comment on column ops.production_blockers.short_qty is 'Neither issued nor reserved nor to be had, in the component''s unit. What others ahead of it will take is not looked at.';
comment on column ops.production_blockers.expected_on is 'When it is to come: promised, else scheduled, else needed; null: nothing brings it.';
comment on column ops.production_blockers.days_late is 'Days from the order''s scheduled start, else its need, to expected_on; null: nothing brings it.';
comment on column ops.production_blockers.supplying_order_id is 'The production order that makes it.';
comment on column ops.production_blockers.planned_supply_id is 'What planning says to make or to buy, as long as it is not ordered.';

create view ops.production_outlook with (security_invoker = true) as
select
  p.organization_id,
  p.id as production_order_id,
  p.production_number,
  p.product_variant_id,
  v.sku,
  p.order_item_id,
  p.status,
  coalesce(h.created_at, p.created_at) as status_since,
  p.released_at,
  p.priority,
  p.quantity,
  p.completed_qty,
  p.need_by,
  p.scheduled_start,
  p.scheduled_end,
  case
    when p.started_at is not null then p.started_at::date
    when e.is_foreseen then greatest(e.starts_on, b.expected_on, current_date)
  end::ops.business_date as expected_start,
  e.expected_completion,
  greatest(coalesce(e.expected_completion, current_date) - p.need_by, 0) as days_late,
  b.explanation as blocked_by,
  b.product_variant_id as blocking_variant_id,
  b.sku as blocking_sku,
  b.purchase_order_id as blocking_purchase_order_id,
  b.vendor_id as blocking_vendor_id,
  b.supplying_order_id as blocking_production_order_id
from ops.production_orders as p
left join ops.product_variants as v on v.organization_id = p.organization_id and v.id = p.product_variant_id
left join lateral (
  select h.created_at
  from ops.production_order_history as h
  where h.organization_id = p.organization_id and h.production_order_id = p.id
  order by h.created_at desc, h.id desc  -- ids of one millisecond are in no order
  limit 1
) as h on true
left join lateral (
  select b.*
  from ops.production_blockers as b
  where b.organization_id = p.organization_id and b.production_order_id = p.id and p.status in ('queued', 'on_hold')
  order by b.expected_on desc nulls first, b.production_component_id
  limit 1
) as b on true
cross join lateral (
  select
    s.starts_on,
    s.is_foreseen,
    case
      when s.is_foreseen then greatest(s.ends_on, b.expected_on + (s.ends_on - s.starts_on), current_date)
    end::ops.business_date as expected_completion
  from (
    select
      coalesce(p.scheduled_start, p.scheduled_end, p.need_by) as starts_on,
      coalesce(p.scheduled_end, p.need_by) as ends_on,
      b.production_component_id is null or b.expected_on is not null as is_foreseen
  ) as s
) as e
where p.is_open;
comment on view ops.production_outlook is
  'Open production orders: when each is expected to begin and to be finished, and what it is held up by. The schedule of the work centres knows nothing of material; here what comes later than the scheduled start moves the order by as many days. Key: priority, need_by, production_order_id.';
comment on column ops.production_outlook.expected_start is 'When it began; else the scheduled start, or the day on which its last component comes, never before today. Null: nothing brings a component.';
comment on column ops.production_outlook.expected_completion is 'The scheduled end, or the expected start and as many days as are scheduled, never before today. Null: nothing brings a component.';
comment on column ops.production_outlook.days_late is 'Days from need_by to expected_completion, without one to today. 0: in time.';
comment on column ops.production_outlook.blocked_by is 'Of an order on hold: the component that comes last, in words, and the ids of what brings it.';

-- Names are looked up by subqueries here: as outer joins they cost more to plan than the page costs to read.
create view ops.workflow with (security_invoker = true) as
select
  s.organization_id,
  s.order_item_id,
  i.order_id,
  o.order_number,
  i.line_number,
  i.client_id,
  (
    select d.name
    from ops.directory as d
    where d.organization_id = i.organization_id and d.id = i.client_id
  ) as client_name,
  (
    select t.style_number
    from ops.styles as t
    where t.organization_id = i.organization_id and t.id = i.style_id
  ) as style_number,
  (
    select t.name
    from ops.styles as t
    where t.organization_id = i.organization_id and t.id = i.style_id
  ) as style_name,
  (
    select c.marketing_name
    from ops.colorways as c
    where c.organization_id = i.organization_id and c.id = i.colorway_id
  ) as marketing_name,
  s.warehouse_id,
  s.bom_template_id,
  stage.stage,
  stage.stage_since,
  current_date - stage.stage_since::date as age_days,
  made.quantity,
  least(made.done_qty, made.quantity)::ops.quantity as done_qty,
  made.need_by,
  case when stage.stage <> 'finished' then part.last_expected_on end::ops.business_date as expected_completion,
  greatest(
    case
      when stage.stage = 'finished' then made.completed_at::date
      else coalesce(part.last_expected_on, current_date)
    end - made.need_by,
    0
  ) as days_late,
  part.production_order_id,
  part.production_number,
  part.purchase_order_line_id,
  part.planned_supply_id,
  blocked.blocked_by is not null as is_blocked,
  blocked.blocked_by,
  blocked.product_variant_id as blocking_variant_id,
  blocked.sku::ops.short_text as blocking_sku,
  blocked.purchase_order_id as blocking_purchase_order_id,
  blocked.vendor_id as blocking_vendor_id,
  blocked.supplying_order_id as blocking_production_order_id,
  blocked.work_center_id as blocking_work_center_id,
  blocked.planning_exception_id
from ops.order_item_supplies as s
inner join ops.order_items as i
  on i.organization_id = s.organization_id and i.id = s.order_item_id and not i.is_cancelled
inner join ops.orders as o
  on o.organization_id = i.organization_id and o.id = i.order_id
  and o.status in ('sales_order', 'so_sent', 'so_approved')
cross join lateral (
  select
    (i.quantity - i.short_closed_qty)::ops.quantity as quantity,
    coalesce(o.ex_factory_date, o.in_hands_date, o.order_date) as need_by,
    coalesce(sum(p.completed_qty), 0) + (
      select coalesce(sum(r.quantity), 0)
      from ops.inventory_reservations as r
      where r.organization_id = s.organization_id and r.order_item_id = s.order_item_id
    ) as done_qty,
    max(p.completed_at) as completed_at
  from ops.production_orders as p
  where p.organization_id = s.organization_id and p.order_item_id = s.order_item_id
) as made
left join lateral (
  -- What the line is being supplied by; it is as far as the part that is least far.
  select
    p.*,
    case
      when bool_and(p.expected_on is not null) over () then max(p.expected_on) over ()
    end as last_expected_on
  from (
    select
      f.production_order_id,
      m.production_number,
      f.purchase_order_line_id,
      f.planned_supply_id,
      case
        when m.status = 'on_hold' then 'waiting_for_material'
        when m.status = 'ready' then 'ready'
        when m.status in ('released', 'in_progress') then 'in_production'
        when l.sent_at is not null then 'waiting_for_material'
        else 'planned'
      end::ops.workflow_stage as stage,
      coalesce(least(m.released_at, m.status_since), l.sent_at, l.created_at, q.created_at) as since,
      case
        when m.production_order_id is not null then m.expected_completion
        else greatest(coalesce(l.promised_date, l.need_by, q.need_by + q.late_days), current_date)
      end as expected_on,
      m.blocked_by,
      m.blocking_variant_id,
      m.blocking_sku,
      m.blocking_purchase_order_id,
      m.blocking_vendor_id,
      m.blocking_production_order_id
    from (
      select own.id as production_order_id, null::uuid as purchase_order_line_id, null::uuid as planned_supply_id
      from ops.production_orders as own
      where own.organization_id = s.organization_id and own.order_item_id = s.order_item_id
      union
      select
        coalesce(g.production_order_id, n.production_order_id),
        coalesce(g.purchase_order_line_id, n.purchase_order_line_id),
        case when num_nonnulls(n.production_order_id, n.purchase_order_line_id) = 0 then n.id end
      from ops.supply_pegs as g
      left join ops.planned_supplies as n on n.organization_id = g.organization_id and n.id = g.planned_supply_id
      where g.organization_id = s.organization_id and g.order_item_id = s.order_item_id
    ) as f
    left join ops.production_outlook as m
      on m.organization_id = s.organization_id and m.production_order_id = f.production_order_id
    left join ops.purchase_order_lines as l
      on l.organization_id = s.organization_id and l.id = f.purchase_order_line_id
    left join ops.planned_supplies as q on q.organization_id = s.organization_id and q.id = f.planned_supply_id
    where made.done_qty < made.quantity and (m.production_order_id is not null or l.open_qty > 0 or q.id is not null)
  ) as p
  order by p.stage, p.expected_on desc nulls first, p.production_order_id, p.purchase_order_line_id, p.planned_supply_id
  limit 1
) as part on true
cross join lateral (
  select
    coalesce(
      case when made.done_qty >= made.quantity then 'finished' else part.stage end,
      case when s.bom_template_id is not null then 'bom_chosen' else 'sales_order' end::ops.workflow_stage
    ) as stage,
    case
      when made.done_qty >= made.quantity then coalesce(made.completed_at, s.updated_at)
      else coalesce(part.since, s.updated_at)
    end as stage_since
) as stage
left join lateral (
  select
    part.blocked_by, part.blocking_variant_id as product_variant_id, part.blocking_sku as sku,
    part.blocking_purchase_order_id as purchase_order_id, part.blocking_vendor_id as vendor_id,
    part.blocking_production_order_id as supplying_order_id, null::uuid as work_center_id,
    null::uuid as planning_exception_id
  where part.blocked_by is not null and part.stage = 'waiting_for_material'
  union all
  select
    format(
      '%s of %s %s on %s.', po.po_number, v.name,
      case when coalesce(l.promised_date, l.need_by) < current_date then 'was due' else 'is due' end,
      coalesce(l.promised_date, l.need_by)
    ),
    l.product_variant_id, l.sku, l.purchase_order_id, l.vendor_id, null, null, null
  from ops.purchase_order_lines as l
  left join ops.purchase_orders as po on po.organization_id = l.organization_id and po.id = l.purchase_order_id
  left join ops.directory as v on v.organization_id = l.organization_id and v.id = l.vendor_id
  where l.organization_id = s.organization_id and l.id = part.purchase_order_line_id
    and part.stage = 'waiting_for_material'
  union all
  select 'It is ready and waits to be released.', null, null, null, null, null, null, null
  from ops.organization_settings as u
  where u.organization_id = s.organization_id and u.production_release = 'manual' and part.stage = 'ready'
  union all
  select late.words, null, null, null, null, null, late.work_center_id, null
  from (
    select
      format('%s at %s, until %s.', n.name, w.name, n.scheduled_end) as words, n.work_center_id
    from ops.production_operations as n
    left join ops.work_centers as w on w.organization_id = n.organization_id and w.id = n.work_center_id
    where n.organization_id = s.organization_id and n.production_order_id = part.production_order_id
      and n.finished_at is null and part.stage = 'in_production' and part.last_expected_on > made.need_by
    order by n.position
    limit 1
  ) as late
  union all
  select e.message, e.product_variant_id, null, null, null, null, null, e.id
  from (
    select e.*
    from ops.planning_exceptions as e
    where e.organization_id = s.organization_id and e.order_item_id = s.order_item_id
      and e.kind not in ('late', 'surplus') and stage.stage < 'waiting_for_material'
    order by e.kind, e.id
    limit 1
  ) as e
) as blocked on true;
comment on view ops.workflow is
  'Every order line that we supply ourselves, of orders that are neither closed nor cancelled: how far it is, since when, when it will be finished and what it waits for. A line is as far as the part of it that is least far; production_order_id, purchase_order_line_id or planned_supply_id name that part. Key: order_id, line_number.';
comment on column ops.workflow.stage is 'Released production is in production. What is planned and not ordered, or ordered and not sent, is planned.';
comment on column ops.workflow.stage_since is 'When it came to this stage.';
comment on column ops.workflow.age_days is 'Days since then.';
comment on column ops.workflow.quantity is 'Ordered less short-closed, pieces.';
comment on column ops.workflow.done_qty is 'Made for the line, and reserved for it in stock.';
comment on column ops.workflow.need_by is 'The order''s ex-factory date, else its in-hands date, else the day of the order: what planning plans for.';
comment on column ops.workflow.expected_completion is 'The last of its parts: of production as in `production_outlook`; of a purchase the promised date, else need_by. Never before today. Null: not planned, or a component that nothing brings.';
comment on column ops.workflow.days_late is 'Days from need_by to expected_completion, or to the completion; without one, to today. 0: in time.';
comment on column ops.workflow.blocked_by is 'What it waits for, in words; null: nothing.';
comment on column ops.workflow.blocking_variant_id is 'The component that comes last; so are sku, purchase order, vendor and production order what brings it.';
comment on column ops.workflow.blocking_work_center_id is 'Where the operation is that makes it late.';

create view ops.workflow_summary with (security_invoker = true) as
select
  w.organization_id,
  w.stage,
  count(*) as lines,
  sum(w.quantity) as quantity,
  count(*) filter (where w.is_blocked) as blocked_lines,
  count(*) filter (where w.days_late > 0) as late_lines,
  percentile_disc(0.5) within group (order by w.age_days) as p50_age_days,
  max(w.age_days) as max_age_days
from ops.workflow as w
group by w.organization_id, w.stage;
comment on view ops.workflow_summary is
  'How many lines of `workflow` are at which stage, and how long they have been there. Adds up all of them. Key: stage.';
comment on column ops.workflow_summary.p50_age_days is 'Half of them have been there for so many days or fewer.';

create view ops.workflow_alerts with (security_invoker = true) as
select
  a.organization_id,
  a.kind,
  a.subject_id,
  a.severity,
  a.message,
  a.due_date,
  a.order_item_id,
  a.production_order_id,
  a.product_variant_id,
  a.purchase_order_id,
  a.purchase_order_line_id,
  a.vendor_id
from (
  select
    w.organization_id,
    'line_late'::ops.workflow_alert_kind as kind,
    w.order_item_id as subject_id,
    case when w.need_by < current_date then 'critical' else 'warning' end::ops.alert_severity as severity,
    format(
      'Line %s of %s is needed on %s and %s.%s', w.line_number, w.order_number, w.need_by,
      coalesce('expected on ' || w.expected_completion, 'nobody can say when it comes'), ' ' || w.blocked_by
    ) as message,
    w.need_by as due_date,
    w.order_item_id,
    w.production_order_id,
    w.blocking_variant_id as product_variant_id,
    w.blocking_purchase_order_id as purchase_order_id,
    w.purchase_order_line_id,
    w.blocking_vendor_id as vendor_id
  from ops.workflow as w
  where w.days_late > 0 and w.stage <> 'finished'

  union all

  select
    b.organization_id, 'no_supply', b.production_component_id, 'critical',
    format('%s is on hold. %s', b.production_number, b.explanation),
    b.need_by, b.order_item_id, b.production_order_id, b.product_variant_id, null, null, null
  from ops.production_blockers as b
  where b.status = 'on_hold' and b.expected_on is null

  union all

  select
    l.organization_id,
    case when due.days_over > 0 then 'purchase_overdue' else 'promised_late' end::ops.workflow_alert_kind,
    l.id as subject_id,
    case when due.days_over > 0 and waiting.orders > 0 then 'critical' else 'warning' end::ops.alert_severity,
    format(
      '%s %s of %s, %s of %s, %s.%s', trim_scale(l.open_qty), l.unit, l.sku, p.po_number, d.name,
      case
        when due.days_over > 0 then format('should have come on %s', due.expected_on)
        else format('is promised for %s and needed on %s', l.promised_date, l.need_by)
      end,
      case when waiting.orders > 0 then format(' Production orders that wait for it: %s.', waiting.orders) end
    ),
    due.expected_on, null, null, l.product_variant_id, l.purchase_order_id, l.id as purchase_order_line_id,
    l.vendor_id
  from ops.purchase_order_lines as l
  left join ops.purchase_orders as p on p.organization_id = l.organization_id and p.id = l.purchase_order_id
  left join ops.directory as d on d.organization_id = l.organization_id and d.id = l.vendor_id
  cross join lateral (
    select
      coalesce(l.promised_date, l.need_by) as expected_on,
      current_date - coalesce(l.promised_date, l.need_by) as days_over
  ) as due
  cross join lateral (
    select count(*) as orders
    from ops.production_components as c
    inner join ops.component_shortages as s
      on s.organization_id = c.organization_id and s.production_component_id = c.id and s.ended_at is null
    where c.organization_id = l.organization_id and c.warehouse_id = p.warehouse_id
      and c.product_variant_id = l.product_variant_id and c.is_open
  ) as waiting
  where l.open_qty > 0 and l.sent_at is not null and (due.days_over > 0 or l.promised_date > l.need_by)

  union all

  select
    p.organization_id, 'not_acknowledged', p.id as subject_id, 'warning',
    format('%s was sent to %s on %s and is not acknowledged.', p.po_number, d.name, p.sent_at::date),
    p.sent_at::date + s.acknowledgement_days, null, null, null, p.id as purchase_order_id, null, p.vendor_id
  from ops.purchase_orders as p
  inner join ops.organization_settings as s on s.organization_id = p.organization_id
  left join ops.directory as d on d.organization_id = p.organization_id and d.id = p.vendor_id
  where p.is_open and p.status = 'sent' and p.sent_at::date + s.acknowledgement_days < current_date

  union all

  select
    p.organization_id, 'not_released', p.id as subject_id,
    case
      when coalesce(p.scheduled_start, p.need_by) < current_date or p.scheduled_end > p.need_by then 'critical'
      else 'warning'
    end::ops.alert_severity,
    format(
      '%s has all its components and is not released; it should begin on %s.', p.production_number,
      coalesce(p.scheduled_start, p.need_by)
    ),
    coalesce(p.scheduled_start, p.need_by), p.order_item_id, p.id as production_order_id,
    p.product_variant_id, null, null, null
  from ops.production_orders as p
  inner join ops.organization_settings as s
    on s.organization_id = p.organization_id and s.production_release = 'manual'
  where p.is_open and p.status = 'ready'

  union all

  select
    e.organization_id, 'planning_exception', e.id,
    case e.kind when 'surplus' then 'info' when 'late' then 'warning' else 'critical' end::ops.alert_severity,
    e.message, e.need_by, e.order_item_id, e.production_order_id, e.product_variant_id, null, e.purchase_order_line_id,
    null
  from ops.planning_exceptions as e
) as a;
comment on view ops.workflow_alerts is
  'What somebody must see to, the worst first when ordered by severity: late order lines, components on hold that nothing brings, purchases overdue or promised later than needed, purchase orders that were sent and not acknowledged, production that is ready and that nobody released, and what the last planning run could not solve. Looks through all that is open. Key: kind, subject_id.';
comment on column ops.workflow_alerts.subject_id is 'The order line, component, purchase order line, purchase order, production order or planning exception that it is about.';
comment on column ops.workflow_alerts.message is 'What is wrong, in a sentence.';
comment on column ops.workflow_alerts.due_date is 'The day that is, or will be, missed.';

create view ops.stage_dwell_times with (security_invoker = true) as
select
  h.organization_id,
  h.month,
  h.status,
  count(*) as stays,
  round(percentile_cont(0.5) within group (order by h.hours)::numeric, 1) as p50_hours,
  round(percentile_cont(0.9) within group (order by h.hours)::numeric, 1) as p90_hours,
  round(max(h.hours), 1) as max_hours
from (
  select
    h.organization_id,
    h.new_status as status,
    date_trunc('month', h.left_at)::date as month,
    extract(epoch from h.left_at - h.created_at) / 3600 as hours
  from (
    select
      h.organization_id,
      h.new_status,
      h.created_at,
      lead(h.created_at) over (
        partition by h.organization_id, h.production_order_id
        order by h.created_at, h.id
      ) as left_at
    from ops.production_order_history as h
  ) as h
  where h.left_at is not null
) as h
group by h.organization_id, h.month, h.status;
comment on view ops.stage_dwell_times is
  'How long production orders stayed in a status, by the month in which they left it: the difference of two entries of their history. Adds up the whole history. Key: month, status.';
comment on column ops.stage_dwell_times.month is 'Its first day.';
comment on column ops.stage_dwell_times.stays is 'How many times a production order left the status in that month.';
comment on column ops.stage_dwell_times.p50_hours is 'Half of them stayed for so many hours or fewer; nine of ten `p90_hours`. Weekends count.';

create view ops.component_blockers with (security_invoker = true) as
select
  s.organization_id,
  s.product_variant_id,
  v.sku,
  p.name as product_name,
  v.unit,
  s.blocked_orders,
  s.short_qty,
  s.waiting_since,
  incoming.incoming_qty,
  incoming.next_expected_on
from (
  select
    s.organization_id,
    s.product_variant_id,
    count(distinct s.production_order_id) as blocked_orders,
    sum(b.short_qty)::ops.quantity as short_qty,
    min(s.began_at) as waiting_since
  from ops.component_shortages as s
  left join ops.production_blockers as b
    on b.organization_id = s.organization_id and b.production_order_id = s.production_order_id
    and b.production_component_id = s.production_component_id
  where s.ended_at is null
  group by s.organization_id, s.product_variant_id
) as s
left join ops.product_variants as v on v.organization_id = s.organization_id and v.id = s.product_variant_id
left join ops.products as p on p.organization_id = v.organization_id and p.id = v.product_id
cross join lateral (
  select
    coalesce(sum(l.open_qty * l.stock_per_unit), 0)::ops.quantity as incoming_qty,
    min(coalesce(l.promised_date, l.need_by))::ops.business_date as next_expected_on
  from ops.purchase_order_lines as l
  where l.organization_id = s.organization_id and l.product_variant_id = s.product_variant_id and l.open_qty > 0
) as incoming;
comment on view ops.component_blockers is
  'Which components production waits for now, and how many orders each of them blocks. Adds up the shortages that have not ended. Key: product_variant_id.';
comment on column ops.component_blockers.short_qty is 'What these orders are short of now, each for itself, in the variant''s unit.';
comment on column ops.component_blockers.waiting_since is 'When the oldest of the shortages began.';
comment on column ops.component_blockers.incoming_qty is 'What is open on purchase orders, drafts included, in the variant''s unit.';
comment on column ops.component_blockers.next_expected_on is 'When the first of it comes: promised, else needed.';

create view ops.stock_outs with (security_invoker = true) as
select
  s.organization_id,
  s.product_variant_id,
  v.sku,
  s.month,
  s.times,
  s.production_orders,
  s.short_qty,
  s.waited_days,
  s.p50_days,
  s.max_days,
  s.still_open
from (
  select
    s.organization_id,
    s.product_variant_id,
    date_trunc('month', s.began_at)::date as month,
    count(*) as times,
    count(distinct s.production_order_id) as production_orders,
    sum(s.short_qty)::ops.quantity as short_qty,
    round(sum(s.days), 1) as waited_days,
    round(percentile_cont(0.5) within group (order by s.days)::numeric, 1) as p50_days,
    round(max(s.days), 1) as max_days,
    count(*) filter (where s.ended_at is null) as still_open
  from (
    select s.*, extract(epoch from coalesce(s.ended_at, now()) - s.began_at) / 86400 as days
    from ops.component_shortages as s
  ) as s
  group by s.organization_id, s.product_variant_id, date_trunc('month', s.began_at)
) as s
left join ops.product_variants as v on v.organization_id = s.organization_id and v.id = s.product_variant_id;
comment on view ops.stock_outs is
  'How often and how long production waited for which component, by the month in which the wait began. One that goes on counts until now. Adds up all shortages. Key: product_variant_id, month.';
comment on column ops.stock_outs.month is 'Its first day.';
comment on column ops.stock_outs.times is 'How many times a component of a production order was not there.';
comment on column ops.stock_outs.short_qty is 'What was short when each began, added up, in the variant''s unit.';
comment on column ops.stock_outs.waited_days is 'Days of all these waits together; half of them took `p50_days` or fewer.';

create view ops.lead_times with (security_invoker = true) as
select
  m.organization_id,
  m.product_id,
  p.product_number,
  p.name as product_name,
  m.month,
  m.lines,
  m.p50_days,
  m.p90_days,
  m.p50_production_days,
  m.on_time_pct
from (
  select
    l.organization_id,
    l.product_id,
    date_trunc('month', l.completed_at)::date as month,
    count(*) as lines,
    round(percentile_cont(0.5) within group (order by l.completed_at::date - o.order_date)::numeric, 1) as p50_days,
    round(percentile_cont(0.9) within group (order by l.completed_at::date - o.order_date)::numeric, 1) as p90_days,
    round(
      percentile_cont(0.5) within group (order by l.completed_at::date - l.started_at::date)::numeric, 1
    ) as p50_production_days,
    round(
      100.0 * count(*) filter (where l.completed_at::date <= coalesce(o.ex_factory_date, o.in_hands_date))
      / nullif(count(coalesce(o.ex_factory_date, o.in_hands_date)), 0), 1
    ) as on_time_pct
  from (
    select
      m.organization_id,
      m.order_item_id,
      v.product_id,
      max(m.completed_at) as completed_at,
      min(m.started_at) as started_at
    from ops.production_orders as m
    inner join ops.product_variants as v on v.organization_id = m.organization_id and v.id = m.product_variant_id
    where m.order_item_id is not null
    group by m.organization_id, m.order_item_id, v.product_id
    having not bool_or(m.is_open) and max(m.completed_at) is not null
  ) as l
  inner join ops.order_items as i on i.organization_id = l.organization_id and i.id = l.order_item_id
  inner join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
  group by l.organization_id, l.product_id, date_trunc('month', l.completed_at)
) as m
left join ops.products as p on p.organization_id = m.organization_id and p.id = m.product_id;
comment on view ops.lead_times is
  'How many days it took from the sales order to its finished goods, by product and by the month in which the last production order of the line was completed. Lines with production still open are not counted. Adds up all production orders. Key: product_id, month.';
comment on column ops.lead_times.month is 'Its first day.';
comment on column ops.lead_times.lines is 'Order lines that were finished in that month.';
comment on column ops.lead_times.p50_days is 'Half of them took so many days from the order date to the completion, or fewer; nine of ten `p90_days`.';
comment on column ops.lead_times.p50_production_days is 'The same from the first start of production.';
comment on column ops.lead_times.on_time_pct is 'Per cent that were finished by the order''s ex-factory date, else its in-hands date; null where no order had one.';

create view ops.planning_accuracy with (security_invoker = true) as
select
  p.organization_id,
  p.id as production_order_id,
  p.production_number,
  p.product_variant_id,
  v.product_id,
  v.sku,
  planned.planned_qty,
  p.completed_qty,
  p.scrapped_qty,
  (p.completed_qty - planned.planned_qty)::ops.quantity as qty_difference,
  round(
    greatest(100 - 100 * abs(p.completed_qty - planned.planned_qty) / planned.planned_qty, 0), 1
  ) as qty_accuracy_pct,
  planned.planned_start,
  p.started_at::date as actual_start,
  p.started_at::date - planned.planned_start as start_days_late,
  planned.planned_end,
  p.completed_at::date as actual_end,
  p.completed_at::date - planned.planned_end as end_days_late
from ops.production_orders as p
left join ops.product_variants as v on v.organization_id = p.organization_id and v.id = p.product_variant_id
left join ops.planned_supplies as q on q.organization_id = p.organization_id and q.production_order_id = p.id
cross join lateral (
  select
    coalesce(q.quantity, p.quantity) as planned_qty,
    coalesce(q.order_by, p.scheduled_start) as planned_start,
    coalesce(q.need_by, p.need_by) as planned_end
) as planned
where p.completed_at is not null;
comment on view ops.planning_accuracy is
  'Completed production orders: what was planned and what came out, and when. Planned is what the planning run said, of an order that it did not plan what the order says. Key: production_order_id.';
comment on column ops.planning_accuracy.planned_qty is 'In the variant''s unit; so are the other quantities.';
comment on column ops.planning_accuracy.qty_difference is 'Good ones less planned.';
comment on column ops.planning_accuracy.qty_accuracy_pct is '100 - 100 x |good ones - planned| / planned, never below 0. Per cent.';
comment on column ops.planning_accuracy.planned_start is 'When planning wanted it begun, else its scheduled start; null without either.';
comment on column ops.planning_accuracy.planned_end is 'When it was needed.';
comment on column ops.planning_accuracy.end_days_late is 'Days from planned to actual; below 0: early. So is `start_days_late`.';

create view ops.planning_accuracy_by_product with (security_invoker = true) as
select
  a.organization_id,
  a.product_id,
  p.product_number,
  p.name as product_name,
  a.production_orders,
  a.qty_accuracy_pct,
  a.on_time_pct,
  a.p50_start_days_late,
  a.p50_end_days_late,
  a.p90_end_days_late
from (
  select
    a.organization_id,
    a.product_id,
    count(*) as production_orders,
    round(avg(a.qty_accuracy_pct), 1) as qty_accuracy_pct,
    round(100.0 * count(*) filter (where a.end_days_late <= 0) / count(*), 1) as on_time_pct,
    round(percentile_cont(0.5) within group (order by a.start_days_late)::numeric, 1) as p50_start_days_late,
    round(percentile_cont(0.5) within group (order by a.end_days_late)::numeric, 1) as p50_end_days_late,
    round(percentile_cont(0.9) within group (order by a.end_days_late)::numeric, 1) as p90_end_days_late
  from ops.planning_accuracy as a
  group by a.organization_id, a.product_id
) as a
left join ops.products as p on p.organization_id = a.organization_id and p.id = a.product_id;
comment on view ops.planning_accuracy_by_product is
  'planning_accuracy by product. Adds up all completed production orders. Key: product_id.';
comment on column ops.planning_accuracy_by_product.qty_accuracy_pct is 'Mean over its production orders. Per cent.';
comment on column ops.planning_accuracy_by_product.on_time_pct is 'Per cent that were completed by the day on which they were needed.';
comment on column ops.planning_accuracy_by_product.p50_end_days_late is 'Half of them came so many days after the planned end, or fewer; nine of ten `p90_end_days_late`. Below 0: early.';

create view ops.purchase_accuracy with (security_invoker = true) as
select
  q.organization_id,
  q.id as planned_supply_id,
  q.product_variant_id,
  v.sku,
  l.vendor_id,
  d.name as vendor_name,
  l.purchase_order_id,
  q.purchase_order_line_id,
  p.po_number,
  p.status,
  l.unit,
  planned.qty as planned_qty,
  (l.quantity - l.cancelled_qty)::ops.quantity as ordered_qty,
  l.stocked_qty as received_qty,
  p.currency,
  planned.price as planned_price,
  l.unit_price as ordered_price,
  ((l.unit_price - planned.price) * (l.quantity - l.cancelled_qty))::ops.money_amount as price_difference,
  q.need_by as planned_date,
  l.promised_date,
  l.received_on,
  l.received_on - q.need_by as days_late
from ops.planned_supplies as q
inner join ops.purchase_order_lines as l
  on l.organization_id = q.organization_id and l.id = q.purchase_order_line_id
left join ops.purchase_orders as p on p.organization_id = l.organization_id and p.id = l.purchase_order_id
left join ops.product_variants as v on v.organization_id = q.organization_id and v.id = q.product_variant_id
left join ops.directory as d on d.organization_id = l.organization_id and d.id = l.vendor_id
cross join lateral (
  select
    (q.purchase_qty * q.stock_per_unit / l.stock_per_unit)::ops.quantity as qty,
    (q.unit_price / q.stock_per_unit * l.stock_per_unit)::ops.money_amount as price
) as planned;
comment on view ops.purchase_accuracy is
  'What planning runs said to buy, and what was bought: quantity, price and date of each purchase order line that was made from a planned supply. Key: purchase_order_line_id.';
comment on column ops.purchase_accuracy.planned_qty is 'In the line''s unit; so are the other quantities.';
comment on column ops.purchase_accuracy.ordered_qty is 'Ordered less cancelled.';
comment on column ops.purchase_accuracy.received_qty is 'Received less rejected.';
comment on column ops.purchase_accuracy.planned_price is 'For one `unit`; so is `ordered_price`. In `currency`.';
comment on column ops.purchase_accuracy.price_difference is '(Ordered price - planned price) x ordered quantity; below 0: cheaper.';
comment on column ops.purchase_accuracy.received_on is 'The day on which all of it had come; null before.';
comment on column ops.purchase_accuracy.days_late is 'Days from planned_date to received_on; below 0: early. Null: something is to come.';

create view ops.purchase_accuracy_by_vendor with (security_invoker = true) as
select
  a.organization_id,
  a.vendor_id,
  d.name as vendor_name,
  a.product_variant_id,
  v.sku,
  a.currency,
  a.lines,
  a.qty_accuracy_pct,
  a.ordered_amount,
  a.price_difference,
  a.lines_received,
  a.on_time_pct,
  a.p50_days_late,
  a.p90_days_late
from (
  select
    a.organization_id,
    a.vendor_id,
    a.product_variant_id,
    a.currency,
    count(*) as lines,
    round(
      avg(greatest(100 - 100 * abs(a.ordered_qty - a.planned_qty) / nullif(a.planned_qty, 0), 0)), 1
    ) as qty_accuracy_pct,
    sum(a.ordered_qty * a.ordered_price)::ops.money_amount as ordered_amount,
    sum(a.price_difference)::ops.money_amount as price_difference,
    count(a.days_late) as lines_received,
    round(100.0 * count(*) filter (where a.days_late <= 0) / nullif(count(a.days_late), 0), 1) as on_time_pct,
    round(percentile_cont(0.5) within group (order by a.days_late)::numeric, 1) as p50_days_late,
    round(percentile_cont(0.9) within group (order by a.days_late)::numeric, 1) as p90_days_late
  from ops.purchase_accuracy as a
  where a.status in ('sent', 'acknowledged', 'closed')
  group by a.organization_id, a.vendor_id, a.product_variant_id, a.currency
) as a
left join ops.directory as d on d.organization_id = a.organization_id and d.id = a.vendor_id
left join ops.product_variants as v on v.organization_id = a.organization_id and v.id = a.product_variant_id;
comment on view ops.purchase_accuracy_by_vendor is
  'purchase_accuracy by vendor, variant and currency, of what was sent. Adds up all lines that planning made. Key: vendor_id, product_variant_id, currency.';
comment on column ops.purchase_accuracy_by_vendor.qty_accuracy_pct is 'Mean of 100 - 100 x |ordered - planned| / planned, never below 0. Per cent.';
comment on column ops.purchase_accuracy_by_vendor.price_difference is 'What was ordered at more than the planned price; below 0: at less. In `currency`.';
comment on column ops.purchase_accuracy_by_vendor.lines_received is 'Lines of which nothing is to come; on_time_pct and days late are of these.';
comment on column ops.purchase_accuracy_by_vendor.on_time_pct is 'Per cent that had come by the planned date.';
comment on column ops.purchase_accuracy_by_vendor.p50_days_late is 'Half of them came so many days after it, or fewer; nine of ten `p90_days_late`. Below 0: early.';
