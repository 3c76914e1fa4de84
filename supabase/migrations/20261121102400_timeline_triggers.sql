-- declared in sql/triggers/timeline.sql
-- Old and new rows of a statement meet in a full join, for the reason given in sourcing.sql.

-- holidays

create trigger _300_guard_unique before insert on ops.holidays
for each row execute function private.tg__guard_unique('holiday_date');
create trigger _310_refuse_empty_name before insert on ops.holidays
for each row when (new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'name is empty; say which holiday %s is.', 'holiday_date');

create function private.tg_holidays__forecast() returns trigger
language plpgsql
security definer  -- whoever keeps the calendar need not be able to write timelines
set search_path = ''
as $$
begin
  perform private.forecast_open_timelines(o.organization_id)
  from (select distinct c.organization_id from changed as c) as o;
  return null;
end
$$;
comment on function private.tg_holidays__forecast() is 'Forecasts follow the holidays.';
create trigger _500_forecast_insert after insert on ops.holidays
referencing new table as changed
for each statement execute function private.tg_holidays__forecast();
create trigger _500_forecast_delete after delete on ops.holidays
referencing old table as changed
for each statement execute function private.tg_holidays__forecast();

create function private.tg_organization_settings__forecast() returns trigger
language plpgsql
security definer  -- whoever keeps the calendar need not be able to write timelines
set search_path = ''
as $$
begin
  perform private.forecast_open_timelines(new.organization_id);
  return null;
end
$$;
comment on function private.tg_organization_settings__forecast() is 'Forecasts follow the working days.';
create trigger _500_forecast after update of working_days on ops.organization_settings
for each row when (old.working_days is distinct from new.working_days)
execute function private.tg_organization_settings__forecast();

create trigger _310_refuse_working_days before update of working_days on ops.organization_settings
for each row when (new.working_days = '{}' or not coalesce(new.working_days <@ '{1,2,3,4,5,6,7}', false))
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'working_days %s are days of the week, 1 for Monday to 7 for Sunday, at least one.',
  'working_days'
);

-- templates

create trigger _100_touch_row before update on ops.timeline_templates
for each row execute function private.tg__touch_row();
create trigger _300_guard_unique before insert or update of name on ops.timeline_templates
for each row execute function private.tg__guard_unique('name');
create trigger _310_refuse_empty_name before insert or update of name on ops.timeline_templates
for each row when (new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'name is empty; give the template a name.');

create trigger _300_guard_default before insert or update of is_default on ops.timeline_templates
for each row when (new.is_default)
execute function private.tg__guard_unique('is_default');

create trigger _100_touch_row before update on ops.timeline_template_nodes
for each row execute function private.tg__touch_row();
create trigger _200_require_template before insert on ops.timeline_template_nodes
for each row execute function private.tg__require_parent('timeline_templates', 'timeline_template_id');
create trigger _300_guard_unique before insert or update of code on ops.timeline_template_nodes
for each row execute function private.tg__guard_unique('timeline_template_id', 'code');
create trigger _310_refuse_code before insert or update of code on ops.timeline_template_nodes
for each row when (new.code !~ '^[a-z][a-z0-9_]*$')
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'code %s is small letters, digits and _, a letter first.', 'code'
);
create trigger _310_refuse_empty_name before insert or update of name on ops.timeline_template_nodes
for each row when (new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'name is empty; give milestone %s a name.', 'code');
create trigger _310_refuse_kind before insert or update of kind on ops.timeline_template_nodes
for each row when (new.kind in ('root', 'split'))
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'A %s is not planned; it comes with its line or its slice.', 'kind'
);
create trigger _310_refuse_days before insert or update on ops.timeline_template_nodes
for each row when (
  new.offset_days not between -1000 and 1000 or new.duration_days not between 0 and 1000 or new.position <= 0
)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'Milestone %s: offset_days %s is -1000 to 1000, duration_days %s is 0 to 1000, position %s is above zero.',
  'code', 'offset_days', 'duration_days', 'position'
);
create trigger _310_refuse_audience before insert or update on ops.timeline_template_nodes
for each row when (new.is_for_client and new.is_per_slice)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'Milestone %s is planned for each factory; the client could count them.', 'code'
);

create function private.tg_timeline_template_nodes__guard_predecessors() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  fault record;
begin
  select n.code, p.code as predecessor
  into fault
  from ops.timeline_template_nodes as n
  cross join lateral unnest(n.predecessors) as p (code)
  where (n.organization_id, n.timeline_template_id) in (
      select c.organization_id, c.timeline_template_id from changed as c
    )
    and not exists (
      select from ops.timeline_template_nodes as before
      where before.organization_id = n.organization_id and before.timeline_template_id = n.timeline_template_id
        and before.code = p.code and before.position < n.position
    )
  order by n.position, n.code
  limit 1;
  if found then
    perform private.fail(
      'OMS_TIMELINE_CIRCLE',
      format('Milestone %s waits for %s, which the template does not have at a lower position.', fault.code, coalesce(fault.predecessor, 'nothing')),
      jsonb_build_object('code', fault.code, 'predecessor', fault.predecessor)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_timeline_template_nodes__guard_predecessors() is
  'A milestone waits for milestones of its template that stand before it, so that none waits for itself.';
create trigger _400_guard_predecessors_insert after insert on ops.timeline_template_nodes
referencing new table as changed
for each statement execute function private.tg_timeline_template_nodes__guard_predecessors();
create trigger _400_guard_predecessors_update after update on ops.timeline_template_nodes
referencing new table as changed
for each statement execute function private.tg_timeline_template_nodes__guard_predecessors();
create trigger _400_guard_predecessors_delete after delete on ops.timeline_template_nodes
referencing old table as changed
for each statement execute function private.tg_timeline_template_nodes__guard_predecessors();

-- timeline_nodes

create trigger _100_touch_row before update on ops.timeline_nodes
for each row execute function private.tg__touch_row();

create function private.tg_timeline_nodes__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  parent ops.timeline_nodes;
begin
  if new.kind in ('root', 'split') then
    perform private.fail(
      'OMS_TIMELINE_BRANCH', format('A %s is not added; it comes with its line or its slice.', new.kind), jsonb_build_object('kind', new.kind)
    );
  end if;
  -- Locked, so that the parent does not drop out meanwhile, or takes this node along.
  perform private.lock_timeline(n.root_id)
  from ops.timeline_nodes as n
  where n.organization_id = new.organization_id and n.id = new.parent_id;
  -- Read as the caller: a node that it may not see is one that does not exist.
  select n.* into parent from ops.timeline_nodes as n
  where n.organization_id = new.organization_id and n.id = new.parent_id;
  perform private.require_found(parent.id, 'timeline node', new.parent_id);
  if parent.kind not in ('root', 'split') then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('%s is a milestone; a node stands below a root or a split.', parent.name),
      jsonb_build_object('argument', 'parent_id')
    );
  end if;
  new.root_id := parent.root_id;
  new.factory_id := parent.factory_id;
  new.is_cancelled := parent.is_cancelled;
  new.forecast_date := new.planned_date;
  return new;
end
$$;
comment on function private.tg_timeline_nodes__fill_keys() is 'A node that is added by hand stands below a root or a split.';
create trigger _200_fill_keys before insert on ops.timeline_nodes
for each row when (new.root_id is null)
execute function private.tg_timeline_nodes__fill_keys();

create function private.tg_timeline_nodes__fill_client() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.is_for_client and new.factory_id is not null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('%s belongs to one factory; that is not for the client, who could count them.', new.name),
      '{"argument": "is_for_client"}'
    );
  end if;
  new.client_id := case
    when new.is_for_client then (
      select r.client_id from ops.timeline_nodes as r where r.organization_id = new.organization_id and r.id = new.root_id
    )
  end;
  return new;
end
$$;
comment on function private.tg_timeline_nodes__fill_client() is 'A node that is for the client has its key.';
create trigger _210_fill_client_insert before insert on ops.timeline_nodes
for each row when (new.is_for_client and new.client_id is null)
execute function private.tg_timeline_nodes__fill_client();
create trigger _210_fill_client_update before update of is_for_client on ops.timeline_nodes
for each row when (old.is_for_client is distinct from new.is_for_client and new.kind <> 'root')
execute function private.tg_timeline_nodes__fill_client();

create function private.tg_timeline_nodes__guard_branch() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not private.may_act_as(array['system'], tg_relid) then
    perform private.fail(
      'OMS_TIMELINE_BRANCH',
      format('%s is a %s: it stands and falls with its line or slice and has no dates of its own.', old.name, old.kind),
      jsonb_build_object('timeline_node_id', old.id)
    );
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function private.tg_timeline_nodes__guard_branch() is 'Nobody writes roots and splits.';
create trigger _300_guard_branch before update on ops.timeline_nodes
for each row when (old.kind in ('root', 'split'))
execute function private.tg_timeline_nodes__guard_branch();
create trigger _300_guard_branch_delete before delete on ops.timeline_nodes
for each row when (old.kind in ('root', 'split'))
execute function private.tg_timeline_nodes__guard_branch();

create function private.tg_timeline_nodes__guard_actual() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not private.may_act_as(array['system'], tg_relid) then
    perform private.fail(
      'OMS_TIMELINE_DATE_DERIVED',
      format('%s is done when the fact %s is recorded; its actual date follows.', old.name, old.completed_by),
      jsonb_build_object('timeline_node_id', old.id, 'completed_by', old.completed_by)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_timeline_nodes__guard_actual() is 'What a fact completes, nobody does.';
create trigger _310_guard_actual before update of actual_date on ops.timeline_nodes
for each row when (old.actual_date is distinct from new.actual_date and old.completed_by is not null)
execute function private.tg_timeline_nodes__guard_actual();
create trigger _310_refuse_future before update of actual_date on ops.timeline_nodes
for each row when (new.actual_date > current_date + 1)  -- in some time zone it may be tomorrow
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'actual_date %s has not come yet; give an estimated_date.', 'actual_date'
);
create trigger _310_refuse_no_plan before insert or update of planned_date on ops.timeline_nodes
for each row when (new.planned_date is null and new.kind not in ('root', 'split'))
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'planned_date of %s is missing.', 'name');
create trigger _310_refuse_empty_name before insert or update of name on ops.timeline_nodes
for each row when (new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'name is empty; give the node a name.');
create trigger _310_refuse_kind before update of kind on ops.timeline_nodes
for each row when (old.kind not in ('root', 'split') and new.kind in ('root', 'split'))
execute function private.tg__refuse(
  'OMS_TIMELINE_BRANCH', '%s cannot become a %s; that comes with its line or its slice.', 'name', 'kind'
);
create trigger _310_refuse_position before insert or update of position on ops.timeline_nodes
for each row when (new.position <= 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'position %s is not above zero.', 'position');

create function private.tg_timeline_nodes__forecast() returns trigger
language plpgsql
security definer  -- a date of a factory's moves dates that it may not see
set search_path = ''
as $$
declare
  roots constant private.row_key[] := (
    select array_agg(distinct row(n.organization_id, n.root_id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where (n.planned_date, n.estimated_date, n.actual_date, n.is_cancelled, n.client_id)
      is distinct from (o.planned_date, o.estimated_date, o.actual_date, o.is_cancelled, o.client_id)
  );
begin
  if roots is not null then
    perform private.lock_timelines(roots);
    perform private.forecast_timelines(roots);
  end if;
  return null;
end
$$;
comment on function private.tg_timeline_nodes__forecast() is 'A date that changes moves what waits for it.';
create trigger _500_forecast after update on ops.timeline_nodes
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_timeline_nodes__forecast();

create function private.tg_timeline_nodes__write_events() returns trigger
language plpgsql
security definer  -- a factory adds no rows
set search_path = ''
as $$
begin
  insert into ops.timeline_events (organization_id, timeline_node_id, factory_id, message, is_internal)
  select n.organization_id, n.id, n.factory_id, e.message, n.factory_id is null
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  cross join lateral (
    values
    (
      n.actual_date is distinct from o.actual_date,
      case when n.actual_date is null then format('Not done after all; before: %s.', o.actual_date) else format('Done on %s.', n.actual_date) end
    ),
    (
      n.estimated_date is distinct from o.estimated_date,
      format('Expected %s, before %s.', coalesce(n.estimated_date::text, 'as planned'), coalesce(o.estimated_date, o.planned_date))
    ),
    (n.planned_date is distinct from o.planned_date, format('Planned for %s, before %s.', n.planned_date, o.planned_date))
  ) as e (happened, message)
  where (n.planned_date, n.estimated_date, n.actual_date)
    is distinct from (o.planned_date, o.estimated_date, o.actual_date)
    and e.happened;
  return null;
end
$$;
comment on function private.tg_timeline_nodes__write_events() is 'Hangs what changed of a node''s dates on it. The client does not read it: facts bear the name of whoever recorded them.';
create trigger _700_write_events after update on ops.timeline_nodes
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_timeline_nodes__write_events();

-- timeline_plans, timeline_dependencies

create trigger _100_touch_row before update on ops.timeline_plans
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.timeline_dependencies
for each row execute function private.tg__touch_row();

create function private.tg_timeline_dependencies__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  node ops.timeline_nodes;
  before ops.timeline_nodes;
begin
  -- Locked, so that nobody plans it anew meanwhile, without one of the two.
  perform private.lock_timeline(n.root_id)
  from ops.timeline_nodes as n
  where n.organization_id = new.organization_id and n.id = new.timeline_node_id;
  -- Read as the caller: a node that it may not see is one that does not exist. Nor is one that somebody is deleting.
  select n.* into node from ops.timeline_nodes as n
  where n.organization_id = new.organization_id and n.id = new.timeline_node_id
  for key share;
  perform private.require_found(node.id, 'timeline node', new.timeline_node_id);
  select n.* into before from ops.timeline_nodes as n
  where n.organization_id = new.organization_id and n.id = new.predecessor_id
  for key share;
  perform private.require_found(before.id, 'timeline node', new.predecessor_id);
  if before.id = node.id then
    perform private.fail(
      'OMS_TIMELINE_CIRCLE', format('%s would wait for itself.', node.name), jsonb_build_object('predecessor_id', before.id)
    );
  end if;
  if before.root_id <> node.root_id
    or node.kind in ('root', 'split') or before.kind in ('root', 'split')
    or node.factory_id is not null and before.parent_id not in (node.parent_id, node.root_id)
  then
    perform private.fail(
      'OMS_TIMELINE_DEPENDENCY_NOT_ALLOWED',
      format('%s cannot wait for %s: a milestone waits for those of its own line, that of a slice for those of its own slice or of the line.', node.name, before.name),
      jsonb_build_object('timeline_node_id', node.id, 'predecessor_id', before.id)
    );
  end if;
  if exists (
    select from ops.timeline_dependencies as d
    where d.organization_id = new.organization_id and d.timeline_node_id = node.id and d.predecessor_id = before.id
      and d.id <> new.id
  ) then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('%s waits for %s already.', node.name, before.name),
      jsonb_build_object('timeline_node_id', node.id, 'predecessor_id', before.id)
    );
  end if;
  new.root_id := node.root_id;
  return new;
end
$$;
comment on function private.tg_timeline_dependencies__fill_keys() is 'What waits and what it waits for stand in one timeline, and no slice waits for another one.';
create trigger _200_fill_keys before insert on ops.timeline_dependencies
for each row when (new.root_id is null)
execute function private.tg_timeline_dependencies__fill_keys();

create trigger _310_refuse_lag before insert or update of lag_days on ops.timeline_dependencies
for each row when (new.lag_days not between 0 and 1000)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'lag_days %s is not between 0 and 1000.', 'lag_days');

create function private.tg_timeline_dependencies__refuse_circle() returns trigger
language plpgsql
security definer  -- to lock a timeline is to write it
set search_path = ''
set enable_seqscan = off
as $$
declare
  roots constant private.row_key[] := (
    select array_agg(distinct row(n.organization_id, n.root_id)::private.row_key) from new_rows as n
  );
  refused record;
begin
  if roots is null then
    return null;
  end if;
  perform private.lock_timelines(roots);
  -- In a circle somebody waits for a milestone that does not stand before it.
  with recursive after as (
    select d.organization_id, d.id as dependency_id, d.predecessor_id as goal, d.timeline_node_id as id
    from unnest(roots) as k
    inner join ops.timeline_dependencies as d on d.organization_id = k.organization_id and d.root_id = k.id
    inner join ops.timeline_nodes as node on node.organization_id = d.organization_id and node.id = d.timeline_node_id
    inner join ops.timeline_nodes as before on before.organization_id = d.organization_id and before.id = d.predecessor_id
    where before.position >= node.position
    union
    select a.organization_id, a.dependency_id, a.goal, d.timeline_node_id
    from after as a
    inner join ops.timeline_dependencies as d on d.organization_id = a.organization_id and d.predecessor_id = a.id
  )
  select node.name, goal.name as predecessor_name, a.id, a.goal as predecessor_id
  into refused
  from after as a
  inner join ops.timeline_dependencies as d on d.organization_id = a.organization_id and d.id = a.dependency_id
  inner join ops.timeline_nodes as node on node.organization_id = d.organization_id and node.id = d.timeline_node_id
  inner join ops.timeline_nodes as goal on goal.organization_id = a.organization_id and goal.id = a.goal
  where a.id = a.goal
  limit 1;
  if found then
    perform private.fail(
      'OMS_TIMELINE_CIRCLE',
      format('%s would wait for %s, which waits for it.', refused.name, refused.predecessor_name),
      jsonb_build_object('predecessor_id', refused.predecessor_id)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_timeline_dependencies__refuse_circle() is
  'No milestone waits for itself, by whatever way; two sessions that would close a circle together take turns.';
create trigger _400_refuse_circle after insert on ops.timeline_dependencies
referencing new table as new_rows
for each statement execute function private.tg_timeline_dependencies__refuse_circle();

create function private.tg_timeline_dependencies__forecast() returns trigger
language plpgsql
security definer  -- nobody may write a forecast
set search_path = ''
as $$
declare
  roots constant private.row_key[] := (
    select array_agg(distinct row(c.organization_id, c.root_id)::private.row_key) from changed as c
  );
begin
  if roots is not null then
    perform private.lock_timelines(roots);
    perform private.forecast_timelines(roots);
  end if;
  return null;
end
$$;
comment on function private.tg_timeline_dependencies__forecast() is 'What waits for something else is forecast anew.';
create trigger _500_forecast_insert after insert on ops.timeline_dependencies
referencing new table as changed
for each statement execute function private.tg_timeline_dependencies__forecast();
create trigger _500_forecast_update after update on ops.timeline_dependencies
referencing new table as changed
for each statement execute function private.tg_timeline_dependencies__forecast();
create trigger _500_forecast_delete after delete on ops.timeline_dependencies
referencing old table as changed
for each statement execute function private.tg_timeline_dependencies__forecast();

-- timeline_events

create function private.tg_timeline_events__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  node ops.timeline_nodes;
begin
  -- Read as the caller: a node that it may not see is one that does not exist. Nor is one that somebody is deleting.
  select n.* into node from ops.timeline_nodes as n
  where n.organization_id = new.organization_id and n.id = new.timeline_node_id
  for key share;
  perform private.require_found(node.id, 'timeline node', new.timeline_node_id);
  if not new.is_internal then
    new.client_id := node.client_id;
    new.factory_id := node.factory_id;
  end if;
  return new;
end
$$;
comment on function private.tg_timeline_events__fill_keys() is 'An event that is not internal is for whom its node is for.';
create trigger _200_fill_keys before insert on ops.timeline_events
for each row when (new.factory_id is null)
execute function private.tg_timeline_events__fill_keys();
create trigger _310_refuse_empty_message before insert on ops.timeline_events
for each row when (new.message = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'message is empty; say what happened.');

-- What happens to order lines, slices and contracts

create function private.tg_order_items__plant_root() returns trigger
language plpgsql
security definer  -- nobody may write a root
set search_path = ''
as $$
begin
  insert into ops.timeline_nodes (
    organization_id, id, root_id, order_id, order_item_id, client_id, kind, name, position, is_for_client, created_by
  )
  select
    n.organization_id, n.root_id, n.root_id, n.order_id, n.id, n.client_id, 'root', 'Line ' || n.line_number, n.line_number,
    true, n.created_by
  from (select i.*, private.new_id() as root_id from new_rows as i offset 0) as n;
  return null;
end
$$;
comment on function private.tg_order_items__plant_root() is 'Every order line has a timeline from the start: its root.';
create trigger _590_plant_root after insert on ops.order_items
referencing new table as new_rows
for each statement execute function private.tg_order_items__plant_root();

create function private.tg_order_items__follow_line() returns trigger
language plpgsql
security definer  -- whoever cancels a line need not be able to write its timeline
set search_path = ''
set enable_seqscan = off
as $$
declare
  roots constant private.row_key[] := (
    select array_agg(row(r.organization_id, r.id)::private.row_key)
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    cross join lateral (
      select r.organization_id, r.id
      from ops.timeline_nodes as r
      where r.organization_id = n.organization_id and r.order_item_id = n.id
    ) as r
    where (n.is_cancelled, n.quantity, n.short_closed_qty)
      is distinct from (o.is_cancelled, o.quantity, o.short_closed_qty)
  );
begin
  if roots is null then
    return null;
  end if;
  perform private.lock_timelines(roots);
  update ops.timeline_nodes as n
  set is_cancelled = true
  from unnest(roots) as k
  inner join ops.timeline_nodes as root on root.organization_id = k.organization_id and root.id = k.id
  inner join ops.order_items as i on i.organization_id = root.organization_id and i.id = root.order_item_id
  where i.is_cancelled and n.organization_id = root.organization_id and n.root_id = root.id and not n.is_cancelled;
  perform private.complete_timelines(roots);
  return null;
end
$$;
comment on function private.tg_order_items__follow_line() is 'A cancelled line is not late any more; what its slices must cover counts for what is done.';
create trigger _590_follow_line after update on ops.order_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_order_items__follow_line();

create function private.tg_allocation_items__plan_timeline() returns trigger
language plpgsql
security definer  -- nobody may write a plan but by plan_timeline
set search_path = ''
set enable_seqscan = off
as $$
declare
  template_id constant uuid := (
    select t.id from ops.timeline_templates as t where t.organization_id = private.organization_id() and t.is_default
  );
begin
  if template_id is null then
    return null;
  end if;
  perform private.plan_timelines(
    array(
      select n.order_item_id
      from new_rows as n
      inner join ops.timeline_nodes as r on r.organization_id = n.organization_id and r.order_item_id = n.order_item_id
      where not exists (
        select from ops.timeline_plans as p where p.organization_id = r.organization_id and p.id = r.id
      )
    ),
    template_id
  );
  return null;
end
$$;
comment on function private.tg_allocation_items__plan_timeline() is 'A line is planned by the default template when it is first allocated.';
create trigger _590_plan_timeline after insert on ops.allocation_items
referencing new table as new_rows
for each statement execute function private.tg_allocation_items__plan_timeline();

create function private.tg_allocation_items_supplier__split_timeline() returns trigger
language plpgsql
security definer  -- nobody may write a split
set search_path = ''
set enable_seqscan = off
as $$
declare
  slices constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where (n.is_awarded, n.effective_qty > 0) is distinct from (o.is_awarded, o.effective_qty > 0)
  );
begin
  if slices is null then
    return null;
  end if;
  -- Before any of their nodes, and with those that the next trigger completes: whoever plans or reports holds roots, in
  -- their order, and comes to the nodes afterwards.
  perform private.lock_timelines(
    (
      select array_agg(distinct row(root.organization_id, root.id)::private.row_key)
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      inner join ops.allocation_items as a on a.organization_id = n.organization_id and a.id = n.allocation_item_id
      inner join ops.timeline_nodes as root on root.organization_id = a.organization_id and root.order_item_id = a.order_item_id
      where (n.is_awarded, n.effective_qty, n.production_status, n.accepted_qty)
        is distinct from (o.is_awarded, o.effective_qty, o.production_status, o.accepted_qty)
    )
  );
  insert into ops.timeline_nodes (
    organization_id, root_id, parent_id, allocation_item_supplier_id, factory_id, kind, name, position
  )
  select s.organization_id, root.id, root.id, s.id, s.factory_id, 'split', 'Slice', 900
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  inner join ops.allocation_items as a on a.organization_id = s.organization_id and a.id = s.allocation_item_id
  inner join ops.timeline_nodes as root on root.organization_id = a.organization_id and root.order_item_id = a.order_item_id
  where s.is_awarded
  on conflict (organization_id, allocation_item_supplier_id) where allocation_item_supplier_id is not null do nothing;

  -- A slice that counts for nothing drops out, and comes back when it is awarded again.
  update ops.timeline_nodes as n
  set is_cancelled = s.effective_qty = 0
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  inner join ops.timeline_nodes as split
    on split.organization_id = s.organization_id and split.allocation_item_supplier_id = s.id
    and split.is_cancelled <> (s.effective_qty = 0)
  cross join lateral (
    select split.id
    union all
    select m.id from ops.timeline_nodes as m where m.organization_id = split.organization_id and m.parent_id = split.id
  ) as below
  where n.organization_id = split.organization_id and n.id = below.id;

  perform private.plant_milestones(
    (
      select array_agg(row(split.organization_id, split.id)::private.row_key)
      from unnest(slices) as k
      inner join ops.timeline_nodes as split
        on split.organization_id = k.organization_id and split.allocation_item_supplier_id = k.id
      inner join ops.timeline_plans as p on p.organization_id = split.organization_id and p.id = split.root_id
      where not split.is_cancelled
    )
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__split_timeline() is
  'Each awarded slice is a split of its line''s timeline, with the milestones that are planned for each slice.';
create trigger _560_split_timeline after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__split_timeline();

create function private.tg_allocation_items_supplier__complete_timeline() returns trigger
language plpgsql
security definer  -- a factory's report is done of a line that it may not see
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.complete_timelines(
    (
      select array_agg(distinct row(split.organization_id, split.root_id)::private.row_key)
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      cross join lateral (
        select split.organization_id, split.root_id
        from ops.timeline_nodes as split
        where split.organization_id = n.organization_id and split.allocation_item_supplier_id = n.id
      ) as split
      where (n.effective_qty, n.production_status, n.accepted_qty)
        is distinct from (o.effective_qty, o.production_status, o.accepted_qty)
    )
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__complete_timeline() is
  'What a factory reports and what is accepted completes milestones, forward and back.';
create trigger _570_complete_timeline after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__complete_timeline();

create function private.tg_factory_pos__complete_timeline() returns trigger
language plpgsql
security definer  -- a factory's signature is a fact of a line that it may not see
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.complete_timelines(
    (
      select array_agg(distinct row(split.organization_id, split.root_id)::private.row_key)
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      cross join lateral (
        select split.organization_id, split.root_id
        from ops.factory_po_lines as l
        inner join ops.timeline_nodes as split
          on split.organization_id = l.organization_id
          and split.allocation_item_supplier_id = l.allocation_item_supplier_id
        where l.organization_id = n.organization_id and l.factory_po_id = n.id
      ) as split
      where n.status = 'PC_SIGNED' and o.status = 'ISSUED'
    )
  );
  return null;
end
$$;
comment on function private.tg_factory_pos__complete_timeline() is
  'A contract that comes into force completes milestones; one that is no more closes its slices, which takes that back. Before the terms are copied, which goes on to some of these timelines: all are locked at once.';
create trigger _504_complete_timeline after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_pos__complete_timeline();
