-- declared in sql/commands/timeline.sql
create function ops.plan_timeline(
  order_id uuid,
  order_item_ids uuid[] default null,
  timeline_template_id uuid default null,
  ex_factory_date date default null
) returns setof ops.timeline_plans
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'plan_timeline', jsonb_build_array(order_id, order_item_ids, timeline_template_id, ex_factory_date)
  );
  asked ops.orders;
  template_id uuid;
  line_ids uuid[];
  unknown_id uuid;
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.timeline_plans, replayed) as r;
    return;
  end if;
  select o.* into asked from ops.orders as o
  where o.organization_id = private.organization_id() and o.id = plan_timeline.order_id;
  perform private.require_found(asked.id, 'order', plan_timeline.order_id);
  if coalesce(plan_timeline.ex_factory_date, asked.ex_factory_date) is null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Order %s has no ex-factory date to count from; give ex_factory_date.', asked.order_number),
      '{"argument": "ex_factory_date"}'
    );
  end if;
  template_id := (
    select t.id from ops.timeline_templates as t
    where t.organization_id = asked.organization_id
      and case when plan_timeline.timeline_template_id is null then t.is_default else t.id = plan_timeline.timeline_template_id end
  );
  if template_id is null and plan_timeline.timeline_template_id is null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'No template is the default; give timeline_template_id.', '{"argument": "timeline_template_id"}'
    );
  end if;
  perform private.require_found(template_id, 'timeline template', coalesce(plan_timeline.timeline_template_id, template_id));

  line_ids := array(
    select i.id from ops.order_items as i
    where i.organization_id = asked.organization_id and i.order_id = asked.id
      and (plan_timeline.order_item_ids is null or i.id = any(plan_timeline.order_item_ids))
  );
  unknown_id := (select l.id from unnest(plan_timeline.order_item_ids) as l (id) where l.id <> all(line_ids) limit 1);
  if unknown_id is not null then
    perform private.require_found(null, 'order line', unknown_id);
  end if;

  line_ids := private.plan_timelines(line_ids, template_id, plan_timeline.ex_factory_date);
  perform private.store_response('plan_timeline', (
    select coalesce(jsonb_agg(to_jsonb(p) order by r.position), '[]')
    from ops.timeline_nodes as r
    inner join ops.timeline_plans as p on p.organization_id = r.organization_id and p.id = r.id
    where r.organization_id = asked.organization_id and r.order_item_id = any(line_ids)
  ));
  return query
  select p.*
  from ops.timeline_nodes as r
  inner join ops.timeline_plans as p on p.organization_id = r.organization_id and p.id = r.id
  where r.organization_id = asked.organization_id and r.order_item_id = any(line_ids)
  order by r.position;
end
$$;
comment on function ops.plan_timeline(uuid, uuid[], uuid, date) is
  'Plans the timelines of an order, or of some of its lines, by a template, or plans them anew: planned dates move, milestones that the template lacks and that are not done go, estimates and actual dates stay. Without a template, by the default one; without a date, from the order''s ex-factory date. Cancelled lines are left out. Planner, procurement. Errors: OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.report_milestone(
  timeline_node_id uuid, actual_date date default null, estimated_date date default null
) returns ops.timeline_nodes
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'report_milestone', jsonb_build_array(timeline_node_id, actual_date, estimated_date)
  );
  node ops.timeline_nodes;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.timeline_nodes, replayed);
  end if;
  -- Read as the caller: nobody waits for a timeline of which it sees nothing.
  perform private.lock_timeline(n.root_id)
  from ops.timeline_nodes as n
  where n.organization_id = private.organization_id() and n.id = report_milestone.timeline_node_id;
  update ops.timeline_nodes as n
  set
    actual_date = coalesce(report_milestone.actual_date, n.actual_date),
    estimated_date = coalesce(report_milestone.estimated_date, n.estimated_date)
  where n.organization_id = private.organization_id() and n.id = report_milestone.timeline_node_id
  returning n.* into node;
  perform private.require_found(node.id, 'timeline node', report_milestone.timeline_node_id);
  perform private.require_argument(
    'actual_date or estimated_date', coalesce(report_milestone.actual_date, report_milestone.estimated_date)::text
  );
  -- Read again: what follows from it is drawn after the update.
  select n.* into node from ops.timeline_nodes as n where n.organization_id = node.organization_id and n.id = node.id;
  perform private.store_response('report_milestone', to_jsonb(node));
  return node;
end
$$;
comment on function ops.report_milestone(uuid, date, date) is
  'Says when a milestone was done, or when it is now expected. The factory, for its own slices; planner, procurement. What facts complete is reported by the fact. Errors: OMS_TIMELINE_DATE_DERIVED, OMS_TIMELINE_BRANCH, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';
