-- declared in sql/triggers/inventory.sql
create trigger _100_touch_row before update on ops.warehouses
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.stock_locations
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.lots
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.stock_levels
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.reorder_rules
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.inventory_reservations
for each row execute function private.tg__touch_row();

create function private.tg__lock_supply() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Before any row is locked. The system has taken its locks before it comes here.
  if not private.may_act_as('{system}', tg_relid) then
    perform private.lock_supply(tg_argv[0] = 'exclusive');
  end if;
  return null;
end
$$;
comment on function private.tg__lock_supply() is 'First lock of a plain write that stirs stock. Argument: `shared` or `exclusive`.';

-- warehouses, stock_locations, lots, reorder_rules

create trigger _300_guard_unique before insert or update of code on ops.warehouses
for each row execute function private.tg__guard_unique('code');
create trigger _310_refuse_empty before insert or update of code, name on ops.warehouses
for each row when (new.code = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code or name of a warehouse is empty.');

create trigger _300_guard_default before insert or update of is_default on ops.warehouses
for each row when (new.is_default)
execute function private.tg__guard_unique('is_default');

create function private.tg_warehouses__make_first_default() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.is_default := not exists (
    select from ops.warehouses as w where w.organization_id = new.organization_id and w.is_default
  );
  return new;
end
$$;
comment on function private.tg_warehouses__make_first_default() is 'An organization''s first warehouse is its default.';
create trigger _200_make_first_default before insert on ops.warehouses
for each row when (not new.is_default)
execute function private.tg_warehouses__make_first_default();

create trigger _200_require_warehouse before insert on ops.stock_locations
for each row execute function private.tg__require_parent('warehouses', 'warehouse_id');
create trigger _300_guard_unique before insert or update of code on ops.stock_locations
for each row execute function private.tg__guard_unique('warehouse_id', 'code');
create trigger _310_refuse_empty before insert or update of code on ops.stock_locations
for each row when (new.code = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code of a stock location is empty.');

create trigger _100_lock_supply before update of kind on ops.stock_locations
for each statement execute function private.tg__lock_supply('exclusive');

create function private.tg_stock_locations__guard_kind() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  promised record;
begin
  select v.sku, l.reserved into promised
  from ops.stock_levels as l
  inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
  where l.organization_id = new.organization_id and l.stock_location_id = new.id and l.reserved > 0
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_STOCK_RESERVED', format('%s of %s in %s are reserved.', trim_scale(promised.reserved), promised.sku, new.code),
      jsonb_build_object('stock_location_id', new.id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_stock_locations__guard_kind() is 'What is promised does not go into quarantine.';
create trigger _300_guard_kind before update of kind on ops.stock_locations
for each row when (new.kind = 'quarantine' and old.kind <> 'quarantine')
execute function private.tg_stock_locations__guard_kind();

create function private.tg_stock_locations__check_production() returns trigger
language plpgsql
security definer  -- whoever frees a place may not write production orders
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.check_production(
    '{}',
    array(
      select distinct l.product_variant_id
      from new_rows as n
      inner join old_rows as o on o.organization_id = n.organization_id and o.id = n.id
      inner join ops.stock_levels as l on l.organization_id = n.organization_id and l.stock_location_id = n.id
      where o.kind <> n.kind
    )
  );
  return null;
end
$$;
comment on function private.tg_stock_locations__check_production() is 'What leaves quarantine may be what production waits for.';
create trigger _500_check_production after update on ops.stock_locations
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_stock_locations__check_production();

create trigger _200_require_variant before insert on ops.lots
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _300_guard_unique before insert or update of lot_number on ops.lots
for each row execute function private.tg__guard_unique('product_variant_id', 'lot_number');
create trigger _310_refuse_empty before insert or update of lot_number on ops.lots
for each row when (new.lot_number = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'lot_number is empty.');

create trigger _100_lock_supply before update of expires_on on ops.lots
for each statement execute function private.tg__lock_supply('exclusive');

create function private.tg_lots__check_production() returns trigger
language plpgsql
security definer  -- whoever says how long a lot is good may not write production orders
set search_path = ''
as $$
begin
  perform private.check_production(
    '{}',
    array(
      select distinct n.product_variant_id
      from new_rows as n
      inner join old_rows as o on o.organization_id = n.organization_id and o.id = n.id
      where o.expires_on is distinct from n.expires_on
    )
  );
  return null;
end
$$;
comment on function private.tg_lots__check_production() is 'A lot that is good for longer may be what production waits for.';
create trigger _500_check_production after update on ops.lots
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_lots__check_production();

create trigger _200_require_variant before insert on ops.reorder_rules
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _200_require_warehouse before insert on ops.reorder_rules
for each row execute function private.tg__require_parent('warehouses', 'warehouse_id');
create trigger _300_guard_unique before insert on ops.reorder_rules
for each row execute function private.tg__guard_unique('product_variant_id', 'warehouse_id');
create trigger _310_refuse_quantities before insert or update on ops.reorder_rules
for each row when (new.minimum_qty < 0 or new.safety_qty < 0 or new.target_qty < new.minimum_qty)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'minimum_qty %s and safety_qty %s are not below zero, and target_qty %s is not below the minimum.',
  'minimum_qty', 'safety_qty', 'target_qty'
);

create function private.tg_product_variants__guard_tracking() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from ops.stock_moves as m
    where m.organization_id = new.organization_id and m.product_variant_id = new.id
  ) then
    perform private.fail(
      'OMS_STOCK_EXISTS', format('%s has stock moves; how it is tracked cannot change any more.', new.sku),
      jsonb_build_object('product_variant_id', new.id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_product_variants__guard_tracking() is 'Stock that came in without lots has none.';
create trigger _400_guard_tracking before update of tracking on ops.product_variants
for each row when (old.tracking is distinct from new.tracking)
execute function private.tg_product_variants__guard_tracking();

-- stock_moves

create function private.tg_stock_moves__check_move() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  known record;
begin
  -- As the caller: what it may not see is what does not exist.
  select v.sku, v.unit, v.tracking, u.decimals, l.id as lot_id, f.id as from_location_id, t.id as to_location_id
  into known
  from ops.product_variants as v
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  left join ops.lots as l
    on l.organization_id = v.organization_id and l.id = new.lot_id and l.product_variant_id = v.id
  left join ops.stock_locations as f on f.organization_id = v.organization_id and f.id = new.from_location_id
  left join ops.stock_locations as t on t.organization_id = v.organization_id and t.id = new.to_location_id
  where v.organization_id = new.organization_id and v.id = new.product_variant_id;
  perform private.require_found(case when found then new.product_variant_id end, 'product variant', new.product_variant_id);
  if new.from_location_id is not null then
    perform private.require_found(known.from_location_id, 'stock location', new.from_location_id);
  end if;
  if new.to_location_id is not null then
    perform private.require_found(known.to_location_id, 'stock location', new.to_location_id);
  end if;
  if new.lot_id is not null then
    perform private.require_found(known.lot_id, format('lot of %s', known.sku), new.lot_id);
  end if;

  if (known.tracking = 'none') <> (new.lot_id is null) then
    perform private.fail(
      'OMS_STOCK_LOT_REQUIRED',
      format(
        case known.tracking when 'none' then '%s is not tracked by lot; leave lot_id out.' else '%s is tracked by %s: give lot_id.' end,
        known.sku, known.tracking
      ),
      jsonb_build_object('product_variant_id', new.product_variant_id, 'tracking', known.tracking)
    );
  end if;
  if not new.quantity > 0 or new.quantity <> round(new.quantity, known.decimals) then
    perform private.fail(
      'OMS_QUANTITY_NOT_IN_UNIT',
      format('%s %s of %s: above zero, with %s decimals at most.', trim_scale(new.quantity), known.unit, known.sku, known.decimals),
      jsonb_build_object('product_variant_id', new.product_variant_id, 'unit', known.unit, 'decimals', known.decimals)
    );
  end if;
  if new.unit_cost < 0 then
    perform private.fail('OMS_INVALID_ARGUMENT', format('unit_cost %s is below zero.', new.unit_cost), '{"argument": "unit_cost"}');
  end if;
  if not (case
    when new.reason in ('opening', 'receipt', 'return', 'output') then new.from_location_id is null and new.to_location_id is not null
    when new.reason in ('issue', 'shipment', 'scrap', 'vendor_return') then new.from_location_id is not null and new.to_location_id is null
    when new.reason = 'transfer' then coalesce(new.from_location_id <> new.to_location_id, false)
    else num_nonnulls(new.from_location_id, new.to_location_id) = 1
  end) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT',
      format(
        'A move by %s is not from %s to %s: what comes in has to_location_id, what goes out from_location_id, a transfer both.',
        new.reason, coalesce(new.from_location_id::text, 'outside'), coalesce(new.to_location_id::text, 'outside')
      ),
      '{"argument": "reason"}'
    );
  end if;
  return new;
end
$$;
comment on function private.tg_stock_moves__check_move() is 'A move is one of a variant that is there, by its lot and to the decimals of its unit, between places that its reason allows.';
create trigger _200_check_move before insert on ops.stock_moves
for each row execute function private.tg_stock_moves__check_move();

create function private.tg_stock_moves__roll_up_levels() returns trigger
language plpgsql
security definer  -- nobody may write stock levels
set search_path = ''
set enable_seqscan = off
as $$
declare
  changes private.stock_change[];
  raised uuid[];
  is_exclusive boolean;
  is_awaited boolean;
  losers uuid[];
begin
  -- What a count finds or scrap takes is a fact, whatever was promised. What is put elsewhere in its warehouse stays so.
  changes := (
    select array_agg(row(c.organization_id, c.product_variant_id, c.place, c.lot_id, c.quantity, c.takes_reserved)::private.stock_change)
    from (
      select
        m.organization_id, m.product_variant_id, p.place, m.lot_id, sum(p.quantity) as quantity,
        bool_and(m.reason in ('count', 'scrap') or m.reason = 'transfer' and m.takes_along) filter (where p.quantity < 0) as takes_reserved
      from (
        select n.*, coalesce(f.warehouse_id = t.warehouse_id and t.kind not in ('quarantine', 'shipping'), false) as takes_along
        from new_rows as n
        left join ops.stock_locations as f on f.organization_id = n.organization_id and f.id = n.from_location_id
        left join ops.stock_locations as t on t.organization_id = n.organization_id and t.id = n.to_location_id
      ) as m
      cross join lateral (
        values (m.from_location_id, -m.quantity), (m.to_location_id, m.quantity)
      ) as p (place, quantity)
      where p.place is not null
      group by m.organization_id, m.product_variant_id, p.place, m.lot_id
    ) as c
    where c.quantity <> 0
  );
  if changes is null then
    return null;
  end if;

  is_exclusive := exists (
    select from new_rows as n where n.reason in ('count', 'scrap') and n.from_location_id is not null
  ) or exists (
    select
    from unnest(changes) as c
    inner join ops.stock_levels as l
      on l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
      and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
    where c.takes_reserved and l.on_hand + c.quantity < l.reserved
  );
  perform private.lock_supply(is_exclusive);
  if not is_exclusive then
    changes := (
      select array_agg(row(c.organization_id, c.product_variant_id, c.stock_location_id, c.lot_id, c.quantity, false)::private.stock_change)
      from unnest(changes) as c
    );
  end if;

  raised := array(select distinct c.product_variant_id from unnest(changes) as c where c.quantity > 0);
  is_awaited := exists (
    select
    from unnest(changes) as c
    inner join ops.stock_locations as p on p.organization_id = c.organization_id and p.id = c.stock_location_id
    inner join ops.production_components as w
      on w.organization_id = c.organization_id and w.warehouse_id = p.warehouse_id
      and w.product_variant_id = c.product_variant_id
    where c.quantity > 0 and w.is_open and w.short_qty > 0
  );
  if is_awaited then
    perform private.lock_production(
      '{}',
      (
        select array_agg(row(c.organization_id, c.product_variant_id, c.stock_location_id, c.lot_id)::private.stock_key)
        from unnest(changes) as c
      )
    );
  end if;
  losers := private.change_stock(changes);
  if is_awaited or losers <> '{}' then
    perform private.check_production(losers, raised);
  end if;
  return null;
end
$$;
comment on function private.tg_stock_moves__roll_up_levels() is 'Stock levels are the sums of the moves. What comes in goes to the production orders that wait for it.';
create trigger _500_roll_up_levels after insert on ops.stock_moves
referencing new table as new_rows
for each statement execute function private.tg_stock_moves__roll_up_levels();

-- inventory_reservations

create trigger _100_lock_supply_insert before insert on ops.inventory_reservations
for each statement execute function private.tg__lock_supply('shared');
create trigger _100_lock_supply_delete before delete on ops.inventory_reservations
for each statement execute function private.tg__lock_supply('exclusive');

create function private.tg_inventory_reservations__check_promise() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  known record;
begin
  if new.order_item_id is null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'order_item_id is missing: say which order line it is for.', '{"argument": "order_item_id"}'
    );
  end if;
  -- As the caller: what it may not see is what does not exist.
  select v.sku, v.unit, v.tracking, u.decimals, l.id as lot_id, p.id as stock_location_id, p.code, p.kind,
    i.id as order_item_id, i.line_number, i.is_cancelled
  into known
  from ops.product_variants as v
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  left join ops.lots as l
    on l.organization_id = v.organization_id and l.id = new.lot_id and l.product_variant_id = v.id
  left join ops.stock_locations as p on p.organization_id = v.organization_id and p.id = new.stock_location_id
  left join ops.order_items as i on i.organization_id = v.organization_id and i.id = new.order_item_id
  where v.organization_id = new.organization_id and v.id = new.product_variant_id;
  perform private.require_found(case when found then new.product_variant_id end, 'product variant', new.product_variant_id);
  perform private.require_found(known.stock_location_id, 'stock location', new.stock_location_id);
  perform private.require_found(known.order_item_id, 'order line', new.order_item_id);
  if new.lot_id is not null then
    perform private.require_found(known.lot_id, format('lot of %s', known.sku), new.lot_id);
  end if;
  if (known.tracking = 'none') <> (new.lot_id is null) then
    perform private.fail(
      'OMS_STOCK_LOT_REQUIRED',
      format(
        case known.tracking when 'none' then '%s is not tracked by lot; leave lot_id out.' else '%s is tracked by %s: give lot_id.' end,
        known.sku, known.tracking
      ),
      jsonb_build_object('product_variant_id', new.product_variant_id, 'tracking', known.tracking)
    );
  end if;
  if not new.quantity > 0 or new.quantity <> round(new.quantity, known.decimals) then
    perform private.fail(
      'OMS_QUANTITY_NOT_IN_UNIT',
      format('%s %s of %s: above zero, with %s decimals at most.', trim_scale(new.quantity), known.unit, known.sku, known.decimals),
      jsonb_build_object('product_variant_id', new.product_variant_id, 'unit', known.unit, 'decimals', known.decimals)
    );
  end if;
  if new.expires_at <= now() then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('expires_at is %s; what is over is not reserved.', new.expires_at),
      '{"argument": "expires_at"}'
    );
  end if;
  if known.is_cancelled then
    perform private.fail(
      'OMS_LINE_CANCELLED', format('Line %s is cancelled; nothing is reserved for it.', known.line_number),
      jsonb_build_object('order_item_id', new.order_item_id)
    );
  end if;
  if exists (
    select from ops.inventory_reservations as r
    where r.organization_id = new.organization_id and r.order_item_id = new.order_item_id
      and r.product_variant_id = new.product_variant_id and r.stock_location_id = new.stock_location_id
      and r.lot_id is not distinct from new.lot_id and r.id <> new.id
  ) then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('Line %s has a reservation of %s in %s already.', known.line_number, known.sku, known.code),
      jsonb_build_object('order_item_id', new.order_item_id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_inventory_reservations__check_promise() is 'What is reserved for an order line is of a variant, place and lot that are there, once each, and until a time to come.';
create trigger _200_check_promise before insert on ops.inventory_reservations
for each row when (new.production_component_id is null)
execute function private.tg_inventory_reservations__check_promise();

create function private.tg_inventory_reservations__guard_delete() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not private.may_act_as('{system}', tg_relid) then
    perform private.fail(
      'OMS_NOT_ALLOWED', 'What production was promised is given up by its order: lower its quantity, or cancel it.',
      jsonb_build_object('inventory_reservation_id', old.id)
    );
  end if;
  return old;
end
$$;
comment on function private.tg_inventory_reservations__guard_delete() is 'Nobody takes away what production was promised.';
create trigger _300_guard_delete before delete on ops.inventory_reservations
for each row when (old.production_component_id is not null)
execute function private.tg_inventory_reservations__guard_delete();

create function private.tg_inventory_reservations__roll_up() returns trigger
language plpgsql
security definer  -- nobody may write stock levels or production components
set search_path = ''
as $$
declare
  promises private.reservation_change[];
begin
  case tg_op
    when 'INSERT' then
      promises := array(
        select row(
          n.organization_id, n.product_variant_id, n.stock_location_id, n.lot_id, n.production_component_id, n.quantity
        )::private.reservation_change
        from new_rows as n
      );
    when 'DELETE' then
      promises := array(
        select row(
          o.organization_id, o.product_variant_id, o.stock_location_id, o.lot_id, o.production_component_id, -o.quantity
        )::private.reservation_change
        from old_rows as o
      );
    else
      promises := array(
        select row(
          n.organization_id, n.product_variant_id, n.stock_location_id, n.lot_id, n.production_component_id,
          n.quantity - o.quantity
        )::private.reservation_change
        from new_rows as n
        full join old_rows as o using (organization_id, id)
        where n.quantity <> o.quantity
      );
  end case;
  if promises <> '{}' then
    perform private.promise_stock(promises);
  end if;
  return null;
end
$$;
comment on function private.tg_inventory_reservations__roll_up() is 'What is reserved of a level, and for a component, is the sum of its reservations.';
create trigger _500_roll_up_insert after insert on ops.inventory_reservations
referencing new table as new_rows
for each statement execute function private.tg_inventory_reservations__roll_up();
create trigger _500_roll_up_update after update on ops.inventory_reservations
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_inventory_reservations__roll_up();
create trigger _500_roll_up_delete after delete on ops.inventory_reservations
referencing old table as old_rows
for each statement execute function private.tg_inventory_reservations__roll_up();

create function private.tg_inventory_reservations__hand_on() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- The system hands on what it takes away when it is through.
  if not private.may_act_as('{system}', tg_relid) then
    perform private.hand_on(array(select distinct o.product_variant_id from old_rows as o));
  end if;
  return null;
end
$$;
comment on function private.tg_inventory_reservations__hand_on() is 'What somebody gives up is what production may wait for.';
create trigger _550_hand_on after delete on ops.inventory_reservations
referencing old table as old_rows
for each statement execute function private.tg_inventory_reservations__hand_on();

-- So that who reserves stock for a line meanwhile waits, and sees that it is cancelled.
create trigger _100_lock_supply before update of is_cancelled on ops.order_items
for each statement execute function private.tg__lock_supply('exclusive');

create function private.tg_order_items__give_up_reservations() returns trigger
language plpgsql
security definer  -- whoever cancels a line need not write reservations, nor see what waits for them
set search_path = ''
set enable_seqscan = off
as $$
declare
  lines constant uuid[] := array(
    select n.id from new_rows as n
    inner join ops.inventory_reservations as r on r.organization_id = n.organization_id and r.order_item_id = n.id
    where n.is_cancelled
  );
  raised uuid[];
begin
  if lines <> '{}' then
    perform private.lock_supply(true);
    with given as (
      delete from ops.inventory_reservations as r
      where r.organization_id = private.organization_id() and r.order_item_id = any(lines)
      returning r.product_variant_id
    )
    select array_agg(distinct g.product_variant_id) into raised from given as g;
    perform private.check_production('{}', raised);
  end if;
  return null;
end
$$;
comment on function private.tg_order_items__give_up_reservations() is 'Nothing is kept for a line that is cancelled.';
create trigger _520_give_up_reservations after update on ops.order_items
referencing new table as new_rows
for each statement execute function private.tg_order_items__give_up_reservations();

create function private.tg_order_items__guard_reservations() returns trigger
language plpgsql
security definer  -- a client must not be able to delete what it does not see reservations of
set search_path = ''
as $$
begin
  if exists (
    select from ops.inventory_reservations as r
    where r.organization_id = old.organization_id and r.order_item_id = old.id
  ) then
    perform private.fail(
      'OMS_STOCK_RESERVED', format('Stock is reserved for line %s; cancel it, or give that up first.', old.line_number),
      jsonb_build_object('order_item_id', old.id)
    );
  end if;
  return old;
end
$$;
comment on function private.tg_order_items__guard_reservations() is 'A line that stock is reserved for is not deleted.';
create trigger _310_guard_reservations before delete on ops.order_items
for each row execute function private.tg_order_items__guard_reservations();
