-- declared in sql/views/timeline.sql
-- Each reader gets the tree of what it sees: keys of the line stand on the root, the slice on the split, the cause in a
-- row of its own, and row security leaves out what is not the reader's. A factory's tree begins at its split.
create view ops.timeline with (security_invoker = true) as
select
  n.organization_id,
  n.id,
  n.root_id,
  n.parent_id,
  root.order_id,
  root.order_item_id,
  coalesce(n.allocation_item_supplier_id, split.allocation_item_supplier_id) as allocation_item_supplier_id,
  n.factory_id,
  f.name as factory_name,
  n.kind,
  n.code,
  n.name,
  num_nonnulls(case when root.id <> n.id then root.id end, split.id) as depth,
  concat_ws(
    '.',
    lpad(root.position::text, 5, '0') || '-' || root.id,
    lpad(split.position::text, 5, '0') || '-' || split.id,
    case when n.kind <> 'root' then lpad(n.position::text, 5, '0') || '-' || n.id end
  ) as path,
  n.owner_role,
  n.completed_by,
  n.is_for_client,
  n.planned_date,
  n.estimated_date,
  n.forecast_date,
  n.actual_date,
  n.days_late,
  n.is_late,
  n.is_cancelled,
  coalesce(not n.is_cancelled and n.actual_date is null and n.forecast_date < current_date, false) as is_overdue,
  below.planned_date as subtree_planned_date,
  below.forecast_date as subtree_forecast_date,
  below.days_late as subtree_days_late,
  cause.id as cause_id,
  cause.name as cause_name
from ops.timeline_nodes as n
left join ops.timeline_nodes as root on root.organization_id = n.organization_id and root.id = n.root_id
left join ops.timeline_nodes as split
  on split.organization_id = n.organization_id and split.id = n.parent_id and split.kind = 'split'
left join ops.directory as f on f.organization_id = n.organization_id and f.id = n.factory_id
left join lateral (
  select
    max(m.planned_date) as planned_date,
    max(m.forecast_date) as forecast_date,
    max(m.days_late) as days_late,
    (array_agg(m.id order by m.days_late desc, m.forecast_date, m.id) filter (where m.is_late))[1] as latest_id
  from ops.timeline_nodes as m
  where n.kind in ('root', 'split') and not m.is_cancelled
    and m.organization_id = n.organization_id and m.root_id = n.root_id
    and (n.kind = 'root' or m.parent_id = n.id)
) as below on true
left join ops.timeline_delays as delay
  on delay.organization_id = n.organization_id
  and delay.id = coalesce(below.latest_id, case when n.is_late then n.id end)
left join ops.timeline_nodes as cause
  on cause.organization_id = delay.organization_id and cause.id = delay.cause_id;
comment on view ops.timeline is
  'Timelines as trees, by order_id or order_item_id, sorted by path: the line, its milestones, its slices and their milestones, as far as the reader sees them. A factory''s tree begins at its slice. All that is late: is_late=eq.true. Key: id.';
comment on column ops.timeline.depth is 'How many nodes above it the reader sees.';
comment on column ops.timeline.path is 'The way from the root; sorts a tree.';
comment on column ops.timeline.is_overdue is 'Not done, and the forecast has passed: whoever sees to it owes a new estimate.';
comment on column ops.timeline.subtree_planned_date is 'Of a root or split: the last planned date below it, of what the reader sees.';
comment on column ops.timeline.subtree_forecast_date is 'Of a root or split: the last forecast below it, of what the reader sees.';
comment on column ops.timeline.subtree_days_late is 'Of a root or split: days_late of the latest node below it, of what the reader sees.';
comment on column ops.timeline.cause_id is 'The first node along the predecessors that is late by itself: of this node, of a root or split of the latest node below it. Null where the reader may not see it.';
