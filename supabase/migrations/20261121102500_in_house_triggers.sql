-- declared in sql/triggers/in_house.sql
-- demand_forecasts

create trigger _100_touch_row before update on ops.demand_forecasts
for each row execute function private.tg__touch_row();
create trigger _200_require_variant before insert on ops.demand_forecasts
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _300_guard_unique before insert or update of starts_on on ops.demand_forecasts
for each row execute function private.tg__guard_unique('product_variant_id', 'version', 'starts_on');
create trigger _310_refuse_empty_version before insert on ops.demand_forecasts
for each row when (new.version = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'version is empty; leave it out for the current one.');
create trigger _310_refuse_quantity before insert or update of quantity on ops.demand_forecasts
for each row when (new.quantity < 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'quantity cannot be %s; give 0 or more.', 'quantity');
create trigger _310_refuse_days before insert or update of starts_on, ends_on on ops.demand_forecasts
for each row when (new.ends_on < new.starts_on)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'ends_on %s comes before starts_on %s.', 'ends_on', 'starts_on'
);

-- order_item_supplies: locked before its line, as an update by whoever may not lock the line does it

create trigger _100_touch_row before update on ops.order_item_supplies
for each row execute function private.tg__touch_row();

create function private.tg_order_item_supplies__fill_warehouse() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off  -- with a plan made when there were few
as $$
begin
  -- As the caller: what it may not see is what does not exist.
  if not exists (
    select from ops.order_items as i where i.organization_id = new.organization_id and i.id = new.order_item_id
  ) then
    perform private.require_found(null, 'order line', new.order_item_id);
  end if;
  new.warehouse_id := coalesce(
    new.warehouse_id,
    (select w.id from ops.warehouses as w where w.organization_id = new.organization_id and w.is_default)
  );
  if new.warehouse_id is null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'warehouse_id is missing, and no warehouse is the default one.', '{"argument": "warehouse_id"}'
    );
  elsif not exists (
    select from ops.warehouses as w where w.organization_id = new.organization_id and w.id = new.warehouse_id
  ) then
    perform private.require_found(null, 'warehouse', new.warehouse_id);
  end if;
  return new;
end
$$;
comment on function private.tg_order_item_supplies__fill_warehouse() is 'A line is made ready in the default warehouse, unless another is named.';
create trigger _200_fill_warehouse before insert or update of warehouse_id on ops.order_item_supplies
for each row execute function private.tg_order_item_supplies__fill_warehouse();
create trigger _210_require_template before insert or update of bom_template_id on ops.order_item_supplies
for each row when (new.bom_template_id is not null)
execute function private.tg__require_parent('bom_templates', 'bom_template_id');

create function private.tg_order_item_supplies__guard_line() returns trigger
language plpgsql
security definer  -- production supplies a line and may not lock it
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off  -- from the keys to the lines by index, though few lines were known when this was planned
set enable_mergejoin = off
as $$
declare
  refused record;
begin
  perform private.require_read_committed();
  -- Whoever allocates one of these lines meanwhile waits here, or was waited for.
  perform
  from ops.order_items as i
  where (i.organization_id, i.id) in (select n.organization_id, n.order_item_id from new_rows as n)
  order by i.organization_id, i.id
  for no key update;

  select
    i.id, i.line_number, i.is_cancelled, i.committed_qty, i.allocation_item_id, o.order_number, o.status,
    t.id as bom_template_id, t.code, made.fits
  into refused
  from new_rows as n
  inner join ops.order_items as i on i.organization_id = n.organization_id and i.id = n.order_item_id
  inner join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
  left join ops.bom_templates as t on t.organization_id = n.organization_id and t.id = n.bom_template_id
  left join ops.products as p on p.organization_id = t.organization_id and p.id = t.product_id
  left join ops.product_variants as v on v.organization_id = t.organization_id and v.id = t.product_variant_id
  cross join lateral (
    select p.style_id = i.style_id and (t.product_variant_id is null or v.colorway_id = i.colorway_id) as fits
  ) as made
  where i.is_cancelled
    or o.status not in ('sales_order', 'so_sent', 'so_approved')
    or i.committed_qty > 0 or i.allocation_item_id is not null
    or made.fits is not true and t.id is not null
    or t.id is not null and not exists (
      select from ops.bom_versions as b
      where b.organization_id = t.organization_id and b.bom_template_id = t.id and b.status = 'active'
    )
  order by i.id
  limit 1;
  if not found then
    return null;
  end if;

  if refused.is_cancelled then
    perform private.fail(
      'OMS_LINE_CANCELLED', format('Line %s is cancelled.', refused.line_number), jsonb_build_object('order_item_id', refused.id)
    );
  elsif refused.status not in ('sales_order', 'so_sent', 'so_approved') then
    perform private.fail(
      'OMS_ORDER_NOT_ACCEPTED',
      format('Order %s is %s; only lines of an open sales order are supplied in house.', refused.order_number, refused.status),
      jsonb_build_object('order_item_id', refused.id, 'status', refused.status)
    );
  elsif refused.committed_qty > 0 or refused.allocation_item_id is not null then
    perform private.fail(
      'OMS_LINE_ALLOCATED',
      format(
        '%s pieces of line %s are committed to factories; close its allocation items before you supply it in house.',
        trim_scale(refused.committed_qty), refused.line_number
      ),
      jsonb_build_object('order_item_id', refused.id, 'committed_qty', refused.committed_qty)
    );
  elsif refused.fits is not true then
    perform private.fail(
      'OMS_BOM_NOT_FOR_LINE', format('%s makes something else than line %s asks for.', refused.code, refused.line_number),
      jsonb_build_object('order_item_id', refused.id, 'bom_template_id', refused.bom_template_id)
    );
  end if;
  perform private.fail(
    'OMS_BOM_NOT_FOR_LINE', format('%s has no version in force or coming; activate one first.', refused.code),
    jsonb_build_object('order_item_id', refused.id, 'bom_template_id', refused.bom_template_id)
  );
  return null;
end
$$;
comment on function private.tg_order_item_supplies__guard_line() is
  'A line is supplied in house while its order is an open sales order and no factory has any of it; by a bill of materials that makes what it asks for.';
create trigger _400_guard_line_insert after insert on ops.order_item_supplies
referencing new table as new_rows
for each statement execute function private.tg_order_item_supplies__guard_line();
create trigger _400_guard_line_update after update on ops.order_item_supplies
referencing new table as new_rows
for each statement execute function private.tg_order_item_supplies__guard_line();

create function private.tg_order_item_supplies__guard_delete() returns trigger
language plpgsql
security definer  -- production gives a line back and may not lock it
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  refused record;
begin
  perform private.require_read_committed();
  perform
  from ops.order_items as i
  where (i.organization_id, i.id) in (select o.organization_id, o.order_item_id from old_rows as o)
  order by i.organization_id, i.id
  for no key update;

  select i.id, i.line_number, m.production_number, m.status
  into refused
  from old_rows as o
  inner join ops.order_items as i on i.organization_id = o.organization_id and i.id = o.order_item_id
  inner join ops.production_orders as m on m.organization_id = i.organization_id and m.order_item_id = i.id
  where m.status <> 'cancelled'
  order by i.id, m.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_LINE_IN_PRODUCTION',
      format(
        'Production order %s of line %s is %s; a line that is in production stays in house.',
        refused.production_number, refused.line_number, refused.status
      ),
      jsonb_build_object('order_item_id', refused.id, 'production_number', refused.production_number)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_order_item_supplies__guard_delete() is 'What is being made of a line is not given to factories besides.';
create trigger _400_guard_delete after delete on ops.order_item_supplies
referencing old table as old_rows
for each statement execute function private.tg_order_item_supplies__guard_delete();

-- What a line that is supplied in house means for others

create function private.tg_allocation_items__refuse_in_house() returns trigger
language plpgsql
security definer  -- whatever the caller may see
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off  -- from the keys to the supplies by index, whatever was planned when there were few
set enable_mergejoin = off
as $$
declare
  refused record;
begin
  -- The lines are locked by _520_roll_up_commitment.
  select i.id, i.line_number
  into refused
  from new_rows as n
  inner join ops.order_item_supplies as s
    on s.organization_id = n.organization_id and s.order_item_id = n.order_item_id
  inner join ops.order_items as i on i.organization_id = s.organization_id and i.id = s.order_item_id
  order by i.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_LINE_SUPPLIED_IN_HOUSE',
      format('Line %s is supplied in house; delete its row of order_item_supplies before you allocate it.', refused.line_number),
      jsonb_build_object('order_item_id', refused.id)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items__refuse_in_house() is 'A line is supplied in house or by factories, never by both.';
create trigger _525_refuse_in_house after insert on ops.allocation_items
referencing new table as new_rows
for each statement execute function private.tg_allocation_items__refuse_in_house();

create function private.tg_order_items__guard_in_house() returns trigger
language plpgsql
security definer  -- a client changes and deletes lines of its requests, and may not even ask
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if exists (
      select from ops.order_item_supplies as s where s.organization_id = old.organization_id and s.order_item_id = old.id
    ) then
      perform private.fail(
        'OMS_LINE_SUPPLIED_IN_HOUSE',
        format('Line %s is supplied in house; delete its row of order_item_supplies before you change its colour.', old.line_number),
        jsonb_build_object('order_item_id', old.id)
      );
    end if;
    return new;
  end if;
  if exists (
    select from ops.production_orders as m where m.organization_id = old.organization_id and m.order_item_id = old.id
  ) then
    perform private.fail(
      'OMS_LINE_IN_PRODUCTION', format('Line %s is or was in production; cancel it instead.', old.line_number),
      jsonb_build_object('order_item_id', old.id)
    );
  end if;
  return old;
end
$$;
comment on function private.tg_order_items__guard_in_house() is
  'What is made of a line that is supplied in house is what was chosen for its colour; and a line that was ever produced is cancelled, not deleted.';
create trigger _320_guard_in_house_delete before delete on ops.order_items
for each row execute function private.tg_order_items__guard_in_house();
create trigger _320_guard_in_house_update before update of colorway_id on ops.order_items
for each row when (old.colorway_id is distinct from new.colorway_id)
execute function private.tg_order_items__guard_in_house();

create function private.tg_production_orders__guard_line() returns trigger
language plpgsql
security definer  -- production makes orders for a line and may not lock it
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  refused record;
begin
  if not exists (select from new_rows as n where n.order_item_id is not null) then
    return null;
  end if;
  perform
  from ops.order_items as i
  where (i.organization_id, i.id) in (select n.organization_id, n.order_item_id from new_rows as n)
  order by i.organization_id, i.id
  for no key update;

  select i.id, i.line_number, i.is_cancelled
  into refused
  from new_rows as n
  inner join ops.order_items as i on i.organization_id = n.organization_id and i.id = n.order_item_id
  where i.is_cancelled or not exists (
    select from ops.order_item_supplies as s where s.organization_id = i.organization_id and s.order_item_id = i.id
  )
  order by i.id
  limit 1;
  if found and refused.is_cancelled then
    perform private.fail(
      'OMS_LINE_CANCELLED', format('Line %s is cancelled.', refused.line_number), jsonb_build_object('order_item_id', refused.id)
    );
  elsif found then
    perform private.fail(
      'OMS_LINE_NOT_IN_HOUSE',
      format('Line %s is not supplied in house; choose a bill of materials for it first.', refused.line_number),
      jsonb_build_object('order_item_id', refused.id)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_production_orders__guard_line() is 'What is made for a line is made for one that is supplied in house.';
-- Behind _500_make_components, which takes the locks that come before a line's.
create trigger _560_guard_line after insert on ops.production_orders
referencing new table as new_rows
for each statement execute function private.tg_production_orders__guard_line();
