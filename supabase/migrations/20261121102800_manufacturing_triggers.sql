-- declared in sql/triggers/manufacturing.sql
create trigger _100_touch_row before update on ops.work_center_days
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.production_operations
for each row execute function private.tg__touch_row();

-- work_centers, work_center_days

create trigger _310_refuse_hourly_rate before insert or update of hourly_rate on ops.work_centers
for each row when (new.hourly_rate < 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'hourly_rate %s of %s is below zero.', 'hourly_rate', 'code'
);
create trigger _310_refuse_working_days before insert or update of working_days on ops.work_centers
for each row when (not (new.working_days <@ '{1,2,3,4,5,6,7}' and new.working_days <> '{}'))
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'working_days of %s are days of the week, 1 for Monday to 7 for Sunday, at least one.', 'code'
);

create trigger _200_require_work_center before insert on ops.work_center_days
for each row execute function private.tg__require_parent('work_centers', 'work_center_id');
create trigger _300_guard_unique before insert on ops.work_center_days
for each row execute function private.tg__guard_unique('work_center_id', 'day');
create trigger _310_refuse_minutes before insert or update of minutes on ops.work_center_days
for each row when (not new.minutes between 0 and 1440)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'minutes %s of a day are 0 to 1440.', 'minutes');

-- The schedule

create function private.tg_production_orders__make_operations() returns trigger
language plpgsql
security definer  -- nobody may write what follows from a bill of materials
set search_path = ''
set enable_seqscan = off
as $$
begin
  insert into ops.production_operations (
    organization_id, production_order_id, position, name, work_center_id, planned_minutes
  )
  select
    o.organization_id, o.id, b.position, b.name, b.work_center_id, b.setup_minutes + b.minutes_per_unit * o.quantity
  from new_rows as o
  inner join ops.bom_operations as b on b.organization_id = o.organization_id and b.bom_version_id = o.bom_version_id;
  return null;
end
$$;
comment on function private.tg_production_orders__make_operations() is 'A production order is worked on as its bill of materials says.';
create trigger _550_make_operations after insert on ops.production_orders
referencing new table as new_rows
for each statement execute function private.tg_production_orders__make_operations();

create function private.tg_production_orders__plan_minutes() returns trigger
language plpgsql
security definer  -- nobody may write what follows from a bill of materials
set search_path = ''
set enable_seqscan = off
as $$
declare
  changed constant uuid[] := array(
    select id
    from old_rows as o
    full join new_rows as n using (organization_id, id)
    where o.quantity <> n.quantity
  );
begin
  if changed <> '{}' then
    update ops.production_operations as p
    set planned_minutes = b.setup_minutes + b.minutes_per_unit * n.quantity
    from new_rows as n
    inner join ops.bom_operations as b on b.organization_id = n.organization_id and b.bom_version_id = n.bom_version_id
    where n.id = any(changed) and p.organization_id = n.organization_id and p.production_order_id = n.id
      and p.position = b.position and p.started_at is null;
  end if;
  return null;
end
$$;
comment on function private.tg_production_orders__plan_minutes() is 'Another quantity takes other minutes, of what was not started.';
create trigger _550_plan_minutes after update on ops.production_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_orders__plan_minutes();

create function private.tg_production_orders__schedule() returns trigger
language plpgsql
security definer  -- nobody may write the schedule
set search_path = ''
set enable_seqscan = off
as $$
begin
  -- Without operations an order takes no minutes, and its lead time has dated it.
  if tg_op = 'INSERT' then
    perform private.schedule_production(c.organization_id)
    from (
      select distinct n.organization_id
      from new_rows as n
      inner join ops.production_operations as p on p.organization_id = n.organization_id and p.production_order_id = n.id
    ) as c;
  else
    perform private.schedule_production(c.organization_id)
    from (
      select distinct n.organization_id
      from old_rows as o
      full join new_rows as n using (organization_id, id)
      inner join ops.production_operations as p on p.organization_id = n.organization_id and p.production_order_id = n.id
      where (o.is_open, o.priority, o.need_by, o.quantity) is distinct from (n.is_open, n.priority, n.need_by, n.quantity)
    ) as c;
  end if;
  return null;
end
$$;
comment on function private.tg_production_orders__schedule() is 'What is to be worked on, of what rank and until when: any change plans all of it anew.';
create trigger _560_schedule_insert after insert on ops.production_orders
referencing new table as new_rows
for each statement execute function private.tg_production_orders__schedule();
create trigger _560_schedule_update after update on ops.production_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_orders__schedule();

create function private.tg_production_operations__lock() returns trigger
language plpgsql
security definer  -- nobody may take the lock by himself
set search_path = ''
as $$
begin
  perform private.lock_supply();
  perform private.lock_production();
  return null;
end
$$;
comment on function private.tg_production_operations__lock() is 'Whoever changes what the schedule writes takes its locks before any row''s.';

create function private.tg__schedule_production() returns trigger
language plpgsql
security definer  -- nobody may write the schedule
set search_path = ''
as $$
begin
  perform private.schedule_production(private.organization_id());
  return null;
end
$$;
comment on function private.tg__schedule_production() is 'Other minutes, another schedule.';
create trigger _560_schedule_production after update of daily_minutes, working_days on ops.work_centers
for each statement execute function private.tg__schedule_production();
create trigger _560_schedule_production after insert or update or delete on ops.work_center_days
for each statement execute function private.tg__schedule_production();
create trigger _100_lock before insert or delete on ops.holidays
for each statement execute function private.tg_production_operations__lock();
create trigger _560_schedule_production after insert or delete on ops.holidays
for each statement execute function private.tg__schedule_production();
create trigger _100_lock before update of working_days on ops.organization_settings
for each statement execute function private.tg_production_operations__lock();
create trigger _560_schedule_production after update of working_days on ops.organization_settings
for each statement execute function private.tg__schedule_production();

-- production_operations

create trigger _100_lock before update on ops.production_operations
for each statement execute function private.tg_production_operations__lock();

create trigger _310_refuse_order_of_times before update of started_at, finished_at on ops.production_operations
for each row when (
  (new.finished_at is not null and new.started_at is null) or new.finished_at < new.started_at
)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', '%s cannot be finished at %s, having been started at %s.', 'name', 'finished_at', 'started_at'
);
create trigger _310_refuse_time before update of started_at, finished_at on ops.production_operations
for each row when (
  not coalesce(new.started_at between '1900-01-01' and now(), true)
  or not coalesce(new.finished_at between '1900-01-01' and now(), true)
)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', '%s was started at %s and finished at %s: that is not before now.', 'name', 'started_at',
  'finished_at'
);
create trigger _310_refuse_minutes before update of actual_minutes on ops.production_operations
for each row when (new.actual_minutes < 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'actual_minutes %s of %s are below zero.', 'actual_minutes', 'name'
);

create function private.tg_production_operations__check_report() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
begin
  select o.production_number, o.status, n.id, n.name into refused
  from old_rows as p
  full join new_rows as n using (organization_id, id)
  inner join ops.production_orders as o
    on o.organization_id = n.organization_id and o.id = n.production_order_id
  where (p.started_at, p.finished_at, p.actual_minutes) is distinct from (n.started_at, n.finished_at, n.actual_minutes)
    and o.status not in ('released', 'in_progress')
  limit 1;
  if found then
    perform private.fail(
      'OMS_PRODUCTION_NOT_RELEASED', format('%s is %s; no work on it is reported.', refused.production_number, refused.status),
      jsonb_build_object('production_operation_id', refused.id, 'status', refused.status)
    );
  end if;

  select n.id, n.name, before.name as before into refused
  from old_rows as p
  full join new_rows as n using (organization_id, id)
  inner join ops.production_operations as later
    on later.organization_id = n.organization_id and later.production_order_id = n.production_order_id
    and later.position >= n.position and later.started_at is not null
  inner join ops.production_operations as before
    on before.organization_id = n.organization_id and before.production_order_id = n.production_order_id
    and before.position <= n.position and before.position < later.position and before.finished_at is null
  where (p.started_at, p.finished_at) is distinct from (n.started_at, n.finished_at)
  limit 1;
  if found then
    perform private.fail(
      'OMS_OPERATION_OUT_OF_ORDER',
      format('%s is not finished; what comes after it cannot have been started.', refused.before),
      jsonb_build_object('production_operation_id', refused.id)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_production_operations__check_report() is 'Work is reported on what was released, one operation after the other.';
create trigger _400_check_report after update on ops.production_operations
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_operations__check_report();

create function private.tg_production_operations__schedule() returns trigger
language plpgsql
security definer  -- nobody may write the schedule
set search_path = ''
as $$
begin
  perform private.schedule_production(c.organization_id)
  from (
    select distinct organization_id
    from old_rows as o
    full join new_rows as n using (organization_id, id)
    where (o.started_at, o.finished_at) is distinct from (n.started_at, n.finished_at)
  ) as c;
  return null;
end
$$;
comment on function private.tg_production_operations__schedule() is 'What was started stays where it is, what is finished leaves its minutes to others.';
create trigger _560_schedule after update on ops.production_operations
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_operations__schedule();

-- stock_moves of components

create function private.tg_stock_moves__count_components() returns trigger
language plpgsql
security definer  -- nobody may write these counters
set search_path = ''
set enable_seqscan = off
as $$
begin
  if not exists (select from new_rows as n where n.production_component_id is not null) then
    return null;
  end if;
  update ops.production_components as c
  set issued_qty = c.issued_qty + m.quantity
  from (
    select
      n.organization_id, n.production_component_id, sum(case n.reason when 'return' then -n.quantity else n.quantity end) as quantity
    from new_rows as n
    where n.production_component_id is not null
    group by n.organization_id, n.production_component_id
  ) as m
  where c.organization_id = m.organization_id and c.id = m.production_component_id;

  update ops.production_orders as o
  set material_cost = m.cost
  from (
    select c.organization_id, c.production_order_id, greatest(sum(moved.cost), 0) as cost
    from (
      select distinct c.organization_id, c.production_order_id
      from new_rows as n
      inner join ops.production_components as c
        on c.organization_id = n.organization_id and c.id = n.production_component_id
    ) as touched
    inner join ops.production_components as c
      on c.organization_id = touched.organization_id and c.production_order_id = touched.production_order_id
    cross join lateral (
      select sum(case m.reason when 'issue' then m.quantity else -m.quantity end * m.unit_cost) as cost
      from ops.stock_moves as m
      where m.organization_id = c.organization_id and m.production_component_id = c.id
    ) as moved
    group by c.organization_id, c.production_order_id
  ) as m
  where o.organization_id = m.organization_id and o.id = m.production_order_id
    and o.material_cost is distinct from round(coalesce(m.cost, 0), 4);
  return null;
end
$$;
comment on function private.tg_stock_moves__count_components() is 'What was issued, brought back or came out beside is counted, and costs or saves its order something.';
create trigger _450_count_components after insert on ops.stock_moves
referencing new table as new_rows
for each statement execute function private.tg_stock_moves__count_components();

-- production_outputs

create function private.tg_production_outputs__lock() returns trigger
language plpgsql
security definer  -- nobody may take these locks by himself
set search_path = ''
as $$
begin
  perform private.lock_supply();
  perform private.lock_production();
  return null;
end
$$;
comment on function private.tg_production_outputs__lock() is 'Output raises what can be had, of which production orders may be waiting.';
create trigger _100_lock before insert on ops.production_outputs
for each statement execute function private.tg_production_outputs__lock();

create function private.tg_production_outputs__check_output() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  made_in ops.production_orders;
  made record;
  before record;
  allowed_qty numeric;
begin
  if exists (select from ops.production_outputs as p where p.organization_id = new.organization_id and p.id = new.id) then
    return new;  -- sent again
  end if;
  made_in := private.require_released(new.production_order_id);
  select v.sku, v.unit, v.tracking, u.decimals, s.over_receipt_tolerance_pct, l.id as lot_id into made
  from ops.product_variants as v
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  inner join ops.organization_settings as s on s.organization_id = v.organization_id
  left join ops.lots as l on l.organization_id = v.organization_id and l.id = new.lot_id and l.product_variant_id = v.id
  where v.organization_id = made_in.organization_id and v.id = made_in.product_variant_id;
  if new.lot_id is not null then
    perform private.require_found(made.lot_id, format('lot of %s', made.sku), new.lot_id);
  end if;
  if new.quantity < 0 or new.scrapped_qty < 0 or new.quantity + new.scrapped_qty = 0
    or new.quantity <> round(new.quantity, made.decimals) or new.scrapped_qty <> round(new.scrapped_qty, made.decimals) then
    perform private.fail(
      'OMS_QUANTITY_NOT_IN_UNIT',
      format(
        '%s good and %s scrapped %s of %s: not below zero, one of them above, with %s decimals at most.',
        trim_scale(new.quantity), trim_scale(new.scrapped_qty), made.unit, made.sku, made.decimals
      ),
      jsonb_build_object('product_variant_id', made_in.product_variant_id, 'unit', made.unit, 'decimals', made.decimals)
    );
  end if;

  -- From the outputs and not the counters: those of the same statement count already.
  select
    coalesce(sum(p.quantity), 0) as good, coalesce(sum(p.scrapped_qty), 0) as scrapped,
    coalesce(sum(round(p.quantity * p.unit_cost, 4)), 0) as cost
  into before
  from ops.production_outputs as p
  where p.organization_id = made_in.organization_id and p.production_order_id = made_in.id;
  allowed_qty := round(made_in.quantity * (1 + made.over_receipt_tolerance_pct / 100), 6) - before.good - before.scrapped;
  if new.quantity + new.scrapped_qty > allowed_qty then
    perform private.fail(
      'OMS_OUTPUT_EXCEEDS_QUANTITY',
      format(
        '%s of the %s %s of %s are to be reported yet, tolerance included; %s were reported.', trim_scale(greatest(allowed_qty, 0)),
        trim_scale(made_in.quantity), made.unit, made_in.production_number, trim_scale(new.quantity + new.scrapped_qty)
      ),
      jsonb_build_object('production_order_id', made_in.id, 'allowed_qty', greatest(allowed_qty, 0))
    );
  end if;

  if new.quantity > 0 then
    new.stock_location_id := coalesce(new.stock_location_id, private.output_location(made_in.id));
    if new.stock_location_id is null then
      perform private.fail(
        'OMS_INVALID_ARGUMENT', format('The warehouse of %s has no storage place; give stock_location_id.', made_in.production_number),
        '{"argument": "stock_location_id"}'
      );
    end if;
    -- What is not taken over yet, by as many good ones as are to be expected with these; the last ones take the rest.
    new.unit_cost := greatest(made_in.material_cost + private.operations_cost(made_in.id) - before.cost, 0)
    / greatest(made_in.quantity - before.good - before.scrapped - new.scrapped_qty, new.quantity);
  end if;
  if new.stock_location_id is not null then
    perform private.require_found(
      (
        select p.id from ops.stock_locations as p
        where p.organization_id = new.organization_id and p.id = new.stock_location_id
          and p.warehouse_id = made_in.warehouse_id
      ),
      format('stock location in the warehouse of %s', made_in.production_number), new.stock_location_id
    );
  end if;
  return new;
end
$$;
comment on function private.tg_production_outputs__check_output() is 'Output is of a released order, no more than it is for and its tolerance, and takes over its share of the cost.';
create trigger _200_check_output before insert on ops.production_outputs
for each row execute function private.tg_production_outputs__check_output();

create function private.tg_production_outputs__post_moves() returns trigger
language plpgsql
security definer  -- nobody may write moves of production
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.lock_production(
    array(select distinct n.production_order_id from new_rows as n),
    array(
      select row(n.organization_id, o.product_variant_id, n.stock_location_id, n.lot_id)::private.stock_key
      from new_rows as n
      inner join ops.production_orders as o on o.organization_id = n.organization_id and o.id = n.production_order_id
      inner join ops.product_variants as v on v.organization_id = o.organization_id and v.id = o.product_variant_id
      where n.quantity > 0 and (v.tracking = 'none') = (n.lot_id is null)
    )
  );
  insert into ops.stock_moves (
    product_variant_id, to_location_id, lot_id, quantity, reason, unit_cost, reference, production_output_id
  )
  select
    o.product_variant_id, n.stock_location_id, n.lot_id, n.quantity, 'output', n.unit_cost, o.production_number, n.id
  from new_rows as n
  inner join ops.production_orders as o on o.organization_id = n.organization_id and o.id = n.production_order_id
  where n.quantity > 0;
  return null;
end
$$;
comment on function private.tg_production_outputs__post_moves() is 'Good ones go into stock.';
create trigger _500_post_moves after insert on ops.production_outputs
referencing new table as new_rows
for each statement execute function private.tg_production_outputs__post_moves();

create function private.tg_production_outputs__complete() returns trigger
language plpgsql
security definer  -- nobody may write these counters
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.start_production(array(select n.production_order_id from new_rows as n));
  update ops.production_orders as o
  set
    completed_qty = o.completed_qty + n.good,
    scrapped_qty = o.scrapped_qty + n.scrapped,
    absorbed_cost = o.absorbed_cost + n.cost,
    status = case when o.completed_qty + n.good + o.scrapped_qty + n.scrapped >= o.quantity then 'completed' else o.status end
  from (
    select
      n.organization_id, n.production_order_id, sum(n.quantity) as good, sum(n.scrapped_qty) as scrapped,
      coalesce(sum(round(n.quantity * n.unit_cost, 4)), 0) as cost
    from new_rows as n
    group by n.organization_id, n.production_order_id
  ) as n
  where o.organization_id = n.organization_id and o.id = n.production_order_id;
  return null;
end
$$;
comment on function private.tg_production_outputs__complete() is 'Output is counted; the order is completed by the last of it.';
create trigger _510_complete after insert on ops.production_outputs
referencing new table as new_rows
for each statement execute function private.tg_production_outputs__complete();

create function private.tg_production_operations__start_order() returns trigger
language plpgsql
security definer  -- that an order is in progress follows
set search_path = ''
as $$
declare
  begun constant uuid[] := array(
    select distinct n.production_order_id
    from old_rows as o
    full join new_rows as n using (organization_id, id)
    where o.started_at is null and n.started_at is not null
  );
begin
  if begun <> '{}' then
    perform private.start_production(begun);
  end if;
  return null;
end
$$;
comment on function private.tg_production_operations__start_order() is 'An order that is worked on is in progress.';
create trigger _500_start_order after update on ops.production_operations
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_operations__start_order();
