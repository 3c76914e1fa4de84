-- declared in sql/triggers/production.sql
create trigger _100_touch_row before update on ops.work_centers
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_templates
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_versions
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_lines
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_operations
for each row execute function private.tg__touch_row();

-- work_centers, bom_templates

create trigger _300_guard_unique before insert or update of code on ops.work_centers
for each row execute function private.tg__guard_unique('code');
create trigger _310_refuse_empty before insert or update of code, name on ops.work_centers
for each row when (new.code = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code or name of a work centre is empty.');
create trigger _310_refuse_minutes before insert or update of daily_minutes on ops.work_centers
for each row when (new.daily_minutes <= 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'daily_minutes %s of %s is not above zero.', 'daily_minutes', 'code'
);

create trigger _200_require_product before insert on ops.bom_templates
for each row execute function private.tg__require_parent('products', 'product_id');
create trigger _300_guard_unique before insert or update of code on ops.bom_templates
for each row execute function private.tg__guard_unique('code');
create trigger _300_guard_default before insert or update of is_default on ops.bom_templates
for each row when (new.is_default)
execute function private.tg__guard_unique('product_id', 'product_variant_id', 'is_default');
create trigger _310_refuse_empty before insert or update of code, name on ops.bom_templates
for each row when (new.code = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code or name of a bill of materials is empty.');

create trigger _310_refuse_lot before insert or update on ops.bom_templates
for each row when (
  new.lead_time_days < 0 or new.lead_time_days > 3650 or new.lot_minimum_qty < 0 or not new.lot_multiple_qty > 0
)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'lead_time_days %s are 0 to 3650, lot_minimum_qty %s is not below zero, lot_multiple_qty %s is above it.',
  'lead_time_days', 'lot_minimum_qty', 'lot_multiple_qty'
);

create function private.tg_bom_templates__guard_variant() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.require_found(
    (
      select v.id from ops.product_variants as v
      where v.organization_id = new.organization_id and v.id = new.product_variant_id and v.product_id = new.product_id
    ),
    'variant of the product', new.product_variant_id
  );
  return new;
end
$$;
comment on function private.tg_bom_templates__guard_variant() is 'A bill of materials of a variant is one of its product.';
create trigger _200_guard_variant before insert on ops.bom_templates
for each row when (new.product_variant_id is not null)
execute function private.tg_bom_templates__guard_variant();

-- bom_versions

create function private.tg_bom_versions__number() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Locked as the caller, so that two versions are not numbered alike.
  perform from ops.bom_templates as t
  where t.organization_id = new.organization_id and t.id = new.bom_template_id
  for no key update;
  perform private.require_found(case when found then new.bom_template_id end, 'bill of materials', new.bom_template_id);
  new.version := (
    select coalesce(max(b.version), 0) + 1 from ops.bom_versions as b
    where b.organization_id = new.organization_id and b.bom_template_id = new.bom_template_id
  );
  return new;
end
$$;
comment on function private.tg_bom_versions__number() is 'Versions of a bill of materials are numbered.';
create trigger _200_number before insert on ops.bom_versions
for each row execute function private.tg_bom_versions__number();
create trigger _300_guard_initial_status before insert on ops.bom_versions
for each row execute function private.tg__guard_transition();
create trigger _300_guard_transition before update of status on ops.bom_versions
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();

create function private.tg_bom_versions__guard_activation() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.valid_from := coalesce(new.valid_from, current_date);
  perform from ops.bom_templates as t
  where t.organization_id = new.organization_id and t.id = new.bom_template_id
  for no key update;
  if exists (
    select from ops.bom_versions as b
    where b.organization_id = new.organization_id and b.bom_template_id = new.bom_template_id
      and b.status = 'active' and b.valid_from = new.valid_from and b.id <> new.id
  ) then
    perform private.fail(
      'OMS_BOM_IN_FORCE', format('Another version is in force from %s on; retire it, or choose another day.', new.valid_from),
      jsonb_build_object('bom_version_id', new.id, 'valid_from', new.valid_from)
    );
  end if;
  if not exists (
    select from ops.bom_lines as l
    where l.organization_id = new.organization_id and l.bom_version_id = new.id and l.kind = 'input'
  ) then
    perform private.fail(
      'OMS_BOM_EMPTY', format('Version %s has no components.', new.version), jsonb_build_object('bom_version_id', new.id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_bom_versions__guard_activation() is 'What comes into force says what the product is made of, and from which day on.';
create trigger _310_guard_activation before update of status on ops.bom_versions
for each row when (old.status = 'draft' and new.status = 'active')
execute function private.tg_bom_versions__guard_activation();

create function private.tg_bom_versions__guard_frozen() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(
    'OMS_BOM_FROZEN', format('Version %s is %s; revise it, and change the next one.', old.version, old.status),
    jsonb_build_object('bom_version_id', old.id, 'status', old.status)
  );
  return null;
end
$$;
comment on function private.tg_bom_versions__guard_frozen() is 'What was in force stays as it was.';
create trigger _300_guard_frozen before update of valid_from, revision_note on ops.bom_versions
for each row when (
  old.status <> 'draft' and (old.valid_from, old.revision_note) is distinct from (new.valid_from, new.revision_note)
)
execute function private.tg_bom_versions__guard_frozen();
create trigger _300_guard_frozen_delete before delete on ops.bom_versions
for each row when (old.status <> 'draft')
execute function private.tg_bom_versions__guard_frozen();

-- bom_lines, bom_operations

create function private.tg__require_draft_bom() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  version_id constant uuid := coalesce(new.bom_version_id, old.bom_version_id);
  version ops.bom_versions;
begin
  -- Locked, so that it does not come into force meanwhile. As the caller: what it may not see is what does not exist.
  select b.* into version
  from ops.bom_versions as b
  where b.organization_id = coalesce(new.organization_id, old.organization_id) and b.id = version_id
  for no key update;
  if version.id is null and tg_op = 'DELETE' then
    return old;  -- it goes with its version
  end if;
  perform private.require_found(version.id, 'version of a bill of materials', version_id);
  if version.status <> 'draft' then
    perform private.fail(
      'OMS_BOM_FROZEN', format('Version %s is %s; revise it, and change the next one.', version.version, version.status),
      jsonb_build_object('bom_version_id', version.id, 'status', version.status)
    );
  end if;
  return coalesce(new, old);
end
$$;
comment on function private.tg__require_draft_bom() is 'Lines and operations of a version change while it is a draft.';
create trigger _200_require_draft before insert or update or delete on ops.bom_lines
for each row execute function private.tg__require_draft_bom();
create trigger _200_require_draft before insert or update or delete on ops.bom_operations
for each row execute function private.tg__require_draft_bom();

create trigger _210_require_component before insert on ops.bom_lines
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _310_refuse_quantity before insert or update on ops.bom_lines
for each row when (not new.quantity > 0 or new.setup_quantity < 0 or new.scrap_pct >= 100)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'quantity %s is above zero, setup_quantity %s not below it, scrap_pct %s below 100.',
  'quantity', 'setup_quantity', 'scrap_pct'
);
create trigger _310_refuse_position before insert or update on ops.bom_lines
for each row when (new.position <= 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'position %s is not above zero.', 'position');
create trigger _310_refuse_phantom before insert or update on ops.bom_lines
for each row when (new.kind = 'by_product' and new.is_phantom)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'What comes out is no phantom.');
create trigger _310_refuse_days before insert or update on ops.bom_lines
for each row when (new.valid_to <= new.valid_from)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'valid_to %s is not after valid_from %s.', 'valid_to', 'valid_from'
);

create function private.tg_bom_lines__refuse_circle() returns trigger
language plpgsql
security definer  -- so that nothing that the caller does not see closes the circle
set search_path = ''
set enable_seqscan = off
as $$
declare
  organization uuid;
  refused record;
begin
  perform private.require_read_committed();
  -- Two sessions that would close a circle together take turns, organization by organization.
  for organization in select distinct n.organization_id from new_rows as n order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('bom ' || organization, 0));
  end loop;

  with recursive below as (
    -- From key to rows, one by one; the organization that all share is no way to join.
    select n.organization_id, e.product_variant_id as made_id, n.product_variant_id as component_id
    from new_rows as n
    cross join lateral (
      select e.product_variant_id from private.bom_edges as e
      where e.organization_id = n.organization_id and e.bom_line_id = n.id
      offset 0
    ) as e
    union
    select b.organization_id, b.made_id, e.component_id
    from below as b
    cross join lateral (
      select e.component_id from private.bom_edges as e
      where e.organization_id = b.organization_id and e.product_variant_id = b.component_id
      offset 0
    ) as e
    where b.component_id <> b.made_id
  )
  select v.sku, v.id into refused
  from below as b
  inner join ops.product_variants as v on v.organization_id = b.organization_id and v.id = b.made_id
  where b.component_id = b.made_id
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_BOM_CIRCLE', format('%s would go into itself.', refused.sku), jsonb_build_object('product_variant_id', refused.id)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_bom_lines__refuse_circle() is 'Nothing is made of itself, at whatever depth.';
create trigger _400_refuse_circle_insert after insert on ops.bom_lines
referencing new table as new_rows
for each statement execute function private.tg_bom_lines__refuse_circle();
create trigger _400_refuse_circle_update after update on ops.bom_lines
referencing new table as new_rows
for each statement execute function private.tg_bom_lines__refuse_circle();

create trigger _210_require_work_center before insert or update of work_center_id on ops.bom_operations
for each row execute function private.tg__require_parent('work_centers', 'work_center_id');
create trigger _300_guard_unique before insert or update of position on ops.bom_operations
for each row execute function private.tg__guard_unique('bom_version_id', 'position');
create trigger _310_refuse_minutes before insert or update on ops.bom_operations
for each row when (new.setup_minutes < 0 or new.minutes_per_unit < 0 or new.position <= 0 or new.name = '')
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'setup_minutes and minutes_per_unit are not below zero, position is above it, name is not empty.'
);

-- production_orders, production_components

create trigger _100_touch_row before update on ops.production_orders
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.production_components
for each row execute function private.tg__touch_row();
-- Before the rows are locked that whoever re-checks production orders locks last.
create trigger _100_lock_supply before update on ops.production_orders
for each statement execute function private.tg__lock_supply('exclusive');

create function private.tg_production_orders__fill() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  variant record;
  line record;
  warehouse_id uuid;
  is_made boolean;
  named_version uuid := new.bom_version_id;
begin
  -- As the caller: what it may not see is what does not exist.
  select v.id, v.sku, v.product_id, v.unit, u.decimals into variant
  from ops.product_variants as v
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  where v.organization_id = new.organization_id and v.id = new.product_variant_id;
  perform private.require_found(variant.id, 'product variant', new.product_variant_id);
  if new.order_item_id is not null then
    select i.id, i.line_number, i.is_cancelled, s.warehouse_id, s.bom_template_id into line
    from ops.order_items as i
    left join ops.order_item_supplies as s on s.organization_id = i.organization_id and s.order_item_id = i.id
    where i.organization_id = new.organization_id and i.id = new.order_item_id;
    perform private.require_found(line.id, 'order line', new.order_item_id);
    if line.is_cancelled then
      perform private.fail(
        'OMS_LINE_CANCELLED', format('Line %s is cancelled; nothing is made for it.', line.line_number),
        jsonb_build_object('order_item_id', new.order_item_id)
      );
    end if;
    new.warehouse_id := coalesce(new.warehouse_id, line.warehouse_id);
    new.bom_version_id := coalesce(
      new.bom_version_id,
      (
        select b.id
        from ops.bom_templates as t
        inner join ops.bom_versions as b on b.organization_id = t.organization_id and b.bom_template_id = t.id
        where t.organization_id = new.organization_id and t.id = line.bom_template_id
          and t.product_id = variant.product_id and coalesce(t.product_variant_id = variant.id, true)
          and b.status = 'active' and b.valid_from <= current_date
        order by b.valid_from desc
        limit 1
      )
    );
  end if;

  select w.id into warehouse_id
  from ops.warehouses as w
  where w.organization_id = new.organization_id and (w.id = new.warehouse_id or new.warehouse_id is null and w.is_default);
  perform private.require_found(warehouse_id, 'warehouse', coalesce(new.warehouse_id, warehouse_id));
  new.warehouse_id := warehouse_id;
  if new.bom_version_id is null then
    new.bom_version_id := private.bom_version_in_force(variant.id, current_date);
    is_made := new.bom_version_id is not null;
  else
    is_made := exists (
      select
      from ops.bom_versions as b
      inner join ops.bom_templates as t on t.organization_id = b.organization_id and t.id = b.bom_template_id
      where b.organization_id = new.organization_id and b.id = new.bom_version_id and b.status = 'active'
        and t.product_id = variant.product_id and coalesce(t.product_variant_id = variant.id, true)
    );
  end if;
  if not is_made then
    perform private.fail(
      'OMS_BOM_MISSING',
      format(
        case when named_version is null then 'No bill of materials of %s is in force.' else 'The version is not in force, or not one of %s.' end,
        variant.sku
      ),
      jsonb_build_object('product_variant_id', variant.id, 'bom_version_id', named_version)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_production_orders__fill() is 'An order is made in a warehouse, by a version that is in force and makes its variant.';
create trigger _200_fill before insert on ops.production_orders
for each row execute function private.tg_production_orders__fill();

create function private.tg_production_orders__schedule_by_lead_time() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  select d.scheduled_start::ops.business_date, d.scheduled_end::ops.business_date
  into new.scheduled_start, new.scheduled_end
  from ops.bom_versions as b
  inner join ops.bom_templates as t on t.organization_id = b.organization_id and t.id = b.bom_template_id
  cross join lateral private.dates_by_lead_time(new.need_by, t.lead_time_days, new.started_at::date) as d
  where b.organization_id = new.organization_id and b.id = new.bom_version_id;
  return new;
end
$$;
comment on function private.tg_production_orders__schedule_by_lead_time() is 'What has operations is dated by them next.';
create trigger _210_schedule_by_lead_time before insert on ops.production_orders
for each row execute function private.tg_production_orders__schedule_by_lead_time();
create trigger _210_schedule_by_lead_time_update before update of need_by on ops.production_orders
for each row when (old.need_by <> new.need_by)
execute function private.tg_production_orders__schedule_by_lead_time();

create function private.tg_production_orders__guard_quantity() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  variant record;
begin
  select v.sku, v.unit, u.decimals into variant
  from ops.product_variants as v
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  where v.organization_id = new.organization_id and v.id = new.product_variant_id;
  if not new.quantity > 0 or new.quantity <> round(new.quantity, variant.decimals) then
    perform private.fail(
      'OMS_QUANTITY_NOT_IN_UNIT',
      format('%s %s of %s: above zero, with %s decimals at most.', trim_scale(new.quantity), variant.unit, variant.sku, variant.decimals),
      jsonb_build_object('product_variant_id', new.product_variant_id, 'unit', variant.unit, 'decimals', variant.decimals)
    );
  end if;
  if new.quantity < new.completed_qty + new.scrapped_qty then
    perform private.fail(
      'OMS_PRODUCTION_BELOW_OUTPUT',
      format('%s of %s were made already.', trim_scale(new.completed_qty + new.scrapped_qty), new.production_number),
      jsonb_build_object('production_order_id', new.id, 'completed_qty', new.completed_qty, 'scrapped_qty', new.scrapped_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_production_orders__guard_quantity() is 'So many as its unit allows, and no fewer than were made.';
create trigger _300_guard_quantity before insert or update of quantity on ops.production_orders
for each row execute function private.tg_production_orders__guard_quantity();
create trigger _310_refuse_priority before insert or update of priority on ops.production_orders
for each row when (new.priority <= 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'priority %s is not above zero.', 'priority');
create trigger _310_refuse_closed before update of quantity, need_by, priority, allow_partial_start
on ops.production_orders
for each row when (
  not old.is_open
  and (old.quantity, old.need_by, old.priority, old.allow_partial_start)
  is distinct from (new.quantity, new.need_by, new.priority, new.allow_partial_start)
)
execute function private.tg__refuse(
  'OMS_PRODUCTION_CLOSED', '%s is %s; it does not change any more.', 'production_number', 'status'
);
create trigger _300_guard_initial_status before insert on ops.production_orders
for each row execute function private.tg__guard_transition();
create trigger _300_guard_transition before update of status on ops.production_orders
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();

create function private.tg_production_orders__guard_cancel() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  issued record;
begin
  select v.sku, c.issued_qty into issued
  from ops.production_components as c
  inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
  where c.organization_id = new.organization_id and c.production_order_id = new.id and c.issued_qty > 0
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_PRODUCTION_ISSUED',
      format('%s of %s were issued to %s; bring them back first.', trim_scale(issued.issued_qty), issued.sku, new.production_number),
      jsonb_build_object('production_order_id', new.id)
    );
  end if;
  if new.completed_qty + new.scrapped_qty > 0 then
    perform private.fail(
      'OMS_PRODUCTION_BELOW_OUTPUT',
      format('%s of %s were made already; complete it.', trim_scale(new.completed_qty + new.scrapped_qty), new.production_number),
      jsonb_build_object('production_order_id', new.id, 'completed_qty', new.completed_qty, 'scrapped_qty', new.scrapped_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_production_orders__guard_cancel() is 'What has been issued or made is not undone by cancelling.';
create trigger _310_guard_cancel before update of status on ops.production_orders
for each row when (new.status = 'cancelled' and old.status <> 'cancelled')
execute function private.tg_production_orders__guard_cancel();

create function private.tg_production_orders__stamp_status() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  case new.status
    when 'released' then new.released_at := coalesce(new.released_at, now());
    when 'in_progress' then new.started_at := coalesce(new.started_at, now());
    when 'completed' then new.completed_at := now();
    when 'cancelled' then new.cancelled_at := now();
    else null;
  end case;
  return new;
end
$$;
comment on function private.tg_production_orders__stamp_status() is 'When an order came to where it is.';
create trigger _330_stamp_status before update of status on ops.production_orders
for each row when (old.status is distinct from new.status)
execute function private.tg_production_orders__stamp_status();

create function private.tg_production_orders__make_components() returns trigger
language plpgsql
security definer  -- nobody may write production components
set search_path = ''
as $$
begin
  if not exists (select from new_rows) then
    return null;
  end if;
  -- Alone with all stock from here on: what came before is seen, what comes after sees these orders.
  perform private.lock_supply(true);
  insert into ops.production_components (
    organization_id, production_order_id, product_variant_id, kind, warehouse_id, required_qty
  )
  select r.organization_id, r.production_order_id, r.product_variant_id, r.kind, n.warehouse_id, r.required_qty
  from private.required_components(array(select n.id from new_rows as n)) as r
  inner join new_rows as n on n.organization_id = r.organization_id and n.id = r.production_order_id
  order by r.production_order_id, r.product_variant_id;
  return null;
end
$$;
comment on function private.tg_production_orders__make_components() is 'An order is made with what goes into it.';
create trigger _500_make_components after insert on ops.production_orders
referencing new table as new_rows
for each statement execute function private.tg_production_orders__make_components();

create function private.tg_production_orders__check_new() returns trigger
language plpgsql
security definer  -- reserving and advancing is the system's
set search_path = ''
as $$
begin
  perform private.check_production(array(select n.id from new_rows as n));
  return null;
end
$$;
comment on function private.tg_production_orders__check_new() is 'An order takes what there is, or waits, from the start.';
create trigger _550_check_new after insert on ops.production_orders
referencing new table as new_rows
for each statement execute function private.tg_production_orders__check_new();

create function private.tg_production_orders__change_components() returns trigger
language plpgsql
security definer  -- nobody may write production components, reservations and shortages
set search_path = ''
set enable_seqscan = off
as $$
declare
  organization constant uuid := private.organization_id();
  changed uuid[];
  opened uuid[];
  closed uuid[];
  partial uuid[];
  refused record;
  raised uuid[];
begin
  select
    array_agg(n.id) filter (where n.is_open and n.quantity <> o.quantity),
    array_agg(n.id) filter (where n.is_open and not o.is_open),
    array_agg(n.id) filter (where o.is_open and not n.is_open),
    array_agg(n.id) filter (where n.is_open and n.allow_partial_start <> o.allow_partial_start)
  into changed, opened, closed, partial
  from new_rows as n
  full join old_rows as o using (organization_id, id);
  if num_nonnulls(changed, opened, closed, partial) = 0 then
    return null;
  end if;

  if changed is not null then
    select v.sku, c.issued_qty, r.required_qty, c.production_order_id into refused
    from private.required_components(changed) as r
    inner join ops.production_components as c
      on c.organization_id = r.organization_id and c.production_order_id = r.production_order_id
      and c.product_variant_id = r.product_variant_id and c.kind = r.kind
    inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
    where c.kind = 'input' and c.issued_qty > r.required_qty and r.required_qty < c.required_qty
    order by v.sku
    limit 1;
    if found then
      perform private.fail(
        'OMS_PRODUCTION_ISSUED',
        format(
          '%s of %s were issued, %s would be needed; bring the rest back first.', trim_scale(refused.issued_qty),
          refused.sku, trim_scale(refused.required_qty)
        ),
        jsonb_build_object('production_order_id', refused.production_order_id)
      );
    end if;
    update ops.production_components as c
    set required_qty = r.required_qty
    from private.required_components(changed) as r
    where c.organization_id = r.organization_id and c.production_order_id = r.production_order_id
      and c.product_variant_id = r.product_variant_id and c.kind = r.kind and c.required_qty <> r.required_qty;
  end if;
  if num_nonnulls(opened, closed) > 0 then
    update ops.production_components as c
    set is_open = not c.is_open
    where c.organization_id = organization
      and (c.is_open and c.production_order_id = any(closed) or not c.is_open and c.production_order_id = any(opened));
    update ops.component_shortages as s
    set ended_at = greatest(now(), s.began_at)
    from ops.production_components as c
    where c.organization_id = organization and c.production_order_id = any(closed)
      and s.organization_id = organization and s.production_component_id = c.id and s.ended_at is null;
  end if;

  -- What is reserved beyond the need is given back, the last promise first.
  with kept as (
    select
      r.organization_id, r.id, r.product_variant_id, r.quantity,
      case when c.is_open then greatest(c.required_qty - c.issued_qty, 0) else 0 end
      - sum(r.quantity) over (partition by c.id order by r.id) + r.quantity as keep_qty
    from ops.production_components as c
    inner join ops.inventory_reservations as r
      on r.organization_id = c.organization_id and r.production_component_id = c.id
    where c.organization_id = organization and c.production_order_id = any(coalesce(changed, '{}') || coalesce(closed, '{}'))
  ),
  gone as (
    delete from ops.inventory_reservations as r
    using kept as k
    where r.organization_id = k.organization_id and r.id = k.id and k.keep_qty <= 0
    returning r.product_variant_id
  ),
  lowered as (
    update ops.inventory_reservations as r
    set quantity = k.keep_qty
    from kept as k
    where r.organization_id = k.organization_id and r.id = k.id and k.keep_qty > 0 and k.keep_qty < k.quantity
    returning r.product_variant_id
  )
  select array_agg(x.product_variant_id) into raised
  from (
    select g.product_variant_id from gone as g
    union
    select l.product_variant_id from lowered as l
  ) as x;
  perform private.check_production(
    coalesce(changed, '{}') || coalesce(opened, '{}') || coalesce(partial, '{}'), coalesce(raised, '{}')
  );
  return null;
end
$$;
comment on function private.tg_production_orders__change_components() is
  'An order needs what its quantity makes it need, and nothing once it is closed; what it gives up goes to those that wait for it.';
create trigger _500_change_components after update on ops.production_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_orders__change_components();

create function private.tg_production_orders__write_history() returns trigger
language plpgsql
security definer  -- nobody may write history
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into ops.production_order_history (organization_id, production_order_id, new_status, actor_id, actor_role)
    select n.organization_id, n.id, n.status, (select private.actor_id()), (select private.actor_role())
    from new_rows as n;
  else
    insert into ops.production_order_history (
      organization_id, production_order_id, old_status, new_status, actor_id, actor_role
    )
    select n.organization_id, n.id, o.status, n.status, (select private.actor_id()), (select private.actor_role())
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where n.status <> o.status;
  end if;
  return null;
end
$$;
comment on function private.tg_production_orders__write_history() is 'Who took a production order where, and when.';
create trigger _400_write_history_insert after insert on ops.production_orders
referencing new table as new_rows
for each statement execute function private.tg_production_orders__write_history();
create trigger _400_write_history_update after update on ops.production_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_production_orders__write_history();
