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

-- warehouses, stock_locations, lots, reorder_rules

create trigger _300_guard_unique before insert or update of code on ops.warehouses
for each row execute function private.tg__guard_unique('code');
create trigger _310_refuse_empty before insert or update of code, name on ops.warehouses
for each row when (new.code = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code or name of a warehouse is empty.');

create trigger _200_require_warehouse before insert on ops.stock_locations
for each row execute function private.tg__require_parent('warehouses', 'warehouse_id');
create trigger _300_guard_unique before insert or update of code on ops.stock_locations
for each row execute function private.tg__guard_unique('warehouse_id', 'code');
create trigger _310_refuse_empty before insert or update of code on ops.stock_locations
for each row when (new.code = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code of a stock location is empty.');

create trigger _200_require_variant before insert on ops.lots
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _300_guard_unique before insert or update of lot_number on ops.lots
for each row execute function private.tg__guard_unique('product_variant_id', 'lot_number');
create trigger _310_refuse_empty before insert or update of lot_number on ops.lots
for each row when (new.lot_number = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'lot_number is empty.');

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
    when new.reason in ('issue', 'shipment', 'scrap') then new.from_location_id is not null and new.to_location_id is null
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
  changes constant private.stock_change[] := (
    select array_agg(row(c.organization_id, c.product_variant_id, c.place, c.lot_id, c.quantity)::private.stock_change)
    from (
      select m.organization_id, m.product_variant_id, p.place, m.lot_id, sum(p.quantity) as quantity
      from new_rows as m
      cross join lateral (
        values (m.from_location_id, -m.quantity), (m.to_location_id, m.quantity)
      ) as p (place, quantity)
      where p.place is not null
      group by m.organization_id, m.product_variant_id, p.place, m.lot_id
    ) as c
    where c.quantity <> 0
  );
begin
  if changes is not null then
    perform private.change_stock(changes);
  end if;
  return null;
end
$$;
comment on function private.tg_stock_moves__roll_up_levels() is 'Stock levels are the sums of the moves.';
create trigger _500_roll_up_levels after insert on ops.stock_moves
referencing new table as new_rows
for each statement execute function private.tg_stock_moves__roll_up_levels();
