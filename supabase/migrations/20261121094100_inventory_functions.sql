-- declared in sql/functions/inventory.sql
create view private.usable_stock with (security_invoker = true) as
select
  l.organization_id,
  l.warehouse_id,
  l.product_variant_id,
  l.stock_location_id,
  l.lot_id,
  l.id as stock_level_id,
  t.expires_on,
  l.available
from ops.stock_levels as l
left join ops.lots as t on t.organization_id = l.organization_id and t.id = l.lot_id
where l.available > 0 and l.location_kind not in ('quarantine', 'shipping')
  and (t.expires_on is null or t.expires_on >= current_date);
comment on view private.usable_stock is 'What production may be promised: not in quarantine, not about to be shipped, not expired.';

create function private.lock_supply(is_exclusive boolean default false) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  key constant bigint := hashtextextended('supply ' || private.organization_id(), 0);
begin
  perform private.require_read_committed();
  if is_exclusive then
    perform pg_advisory_xact_lock(key);
  else
    perform pg_advisory_xact_lock_shared(key);
  end if;
end
$$;
comment on function private.lock_supply(boolean) is
  'First of all locks. Shared for whoever touches stock: such do not wait for each other. Exclusive, and then alone with all stock, for whoever can make a production order short of something: it is seen by all that comes after, and sees all that came before.';

create function private.lock_production(
  order_ids uuid[] default '{}', keys private.stock_key[] default '{}'
) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('production ' || private.organization_id(), 0));
  perform private.lock_stock(
    array(
      with stirred as (
        select k.product_variant_id from unnest(keys) as k
        union
        select c.product_variant_id
        from ops.production_components as c
        where c.organization_id = private.organization_id() and c.production_order_id = any(order_ids)
      ),
      waiting as (
        select o.id as production_order_id from unnest(order_ids) as o (id)
        union
        select c.production_order_id
        from stirred as s
        inner join ops.production_components as c
          on c.organization_id = private.organization_id() and c.product_variant_id = s.product_variant_id
        where c.is_open and c.short_qty > 0
      )
      select row(l.organization_id, l.product_variant_id, l.stock_location_id, l.lot_id)::private.stock_key
      from (
        select distinct c.organization_id, c.warehouse_id, c.product_variant_id
        from waiting as w
        inner join ops.production_components as c
          on c.organization_id = private.organization_id() and c.production_order_id = w.production_order_id
        where c.is_open
      ) as c
      inner join ops.stock_levels as l
        on l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
        and l.warehouse_id = c.warehouse_id
      where l.on_hand > 0
      union
      select k.* ::private.stock_key from unnest(keys) as k
    )
  );
end
$$;
comment on function private.lock_production(uuid[], private.stock_key[]) is
  'Second lock, after private.lock_supply, for whoever changes production orders or brings what they wait for: one at a time. Then locks, at once and in their one order, the levels that it names and all that these orders, and those that wait for what is stirred, may be served from.';

create function private.lock_stock(keys private.stock_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.require_read_committed();
  -- A level that is not there yet is there from now on: two sessions that would make it take turns.
  insert into ops.stock_levels (
    organization_id, product_variant_id, warehouse_id, stock_location_id, location_kind, lot_id
  )
  select k.organization_id, k.product_variant_id, p.warehouse_id, p.id, p.kind, k.lot_id
  from unnest(keys) as k
  inner join ops.stock_locations as p on p.organization_id = k.organization_id and p.id = k.stock_location_id
  order by k.organization_id, k.product_variant_id, k.stock_location_id, k.lot_id
  on conflict on constraint stock_levels_place_key do nothing;

  perform
  from unnest(keys) as k
  inner join ops.stock_levels as l
    on l.organization_id = k.organization_id and l.product_variant_id = k.product_variant_id
    and l.stock_location_id = k.stock_location_id and l.lot_id is not distinct from k.lot_id
  order by l.organization_id, l.product_variant_id, l.stock_location_id, l.lot_id
  for no key update of l;
end
$$;
comment on function private.lock_stock(private.stock_key[]) is
  'Locks stock levels in the one order in which everybody does: variant, place, lot. For definer triggers and commands only.';

create function private.cut_reservations(changes private.stock_change[]) returns uuid[]
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  losers uuid[];
begin
  with lacking as (
    select l.*, l.reserved - l.on_hand - c.quantity as lacking_qty
    from unnest(changes) as c
    inner join ops.stock_levels as l
      on l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
      and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
    where c.takes_reserved and l.on_hand + c.quantity < l.reserved
  ),
  ranked as (
    -- Who comes last loses first; order lines come after production has lost all.
    select
      r.organization_id, r.id, r.quantity, c.production_order_id, l.lacking_qty,
      sum(r.quantity) over (
        partition by l.id
        order by c.production_order_id is null, o.priority desc, o.need_by desc, o.id desc, r.id desc
      ) as upto_qty
    from lacking as l
    inner join ops.inventory_reservations as r
      on r.organization_id = l.organization_id and r.product_variant_id = l.product_variant_id
      and r.stock_location_id = l.stock_location_id and r.lot_id is not distinct from l.lot_id
    left join ops.production_components as c
      on c.organization_id = r.organization_id and c.id = r.production_component_id
    left join ops.production_orders as o on o.organization_id = c.organization_id and o.id = c.production_order_id
  ),
  lost as (
    delete from ops.inventory_reservations as r
    using ranked as k
    where r.organization_id = k.organization_id and r.id = k.id and k.upto_qty <= k.lacking_qty
    returning k.production_order_id
  ),
  lowered as (
    update ops.inventory_reservations as r
    set quantity = k.upto_qty - k.lacking_qty
    from ranked as k
    where r.organization_id = k.organization_id and r.id = k.id
      and k.upto_qty > k.lacking_qty and k.upto_qty - k.quantity < k.lacking_qty
    returning k.production_order_id
  )
  select array_agg(x.production_order_id) filter (where x.production_order_id is not null) into losers
  from (
    select l.production_order_id from lost as l
    union
    select l.production_order_id from lowered as l
  ) as x;
  return coalesce(losers, '{}');
end
$$;
comment on function private.cut_reservations(private.stock_change[]) is
  'Gives up what is reserved beyond what will be left: of the production order that comes last first. Returns the orders that lost something. After private.lock_supply(true).';

create function private.consume_reservations(uses private.reservation_use[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
begin
  select v.sku, p.code, coalesce(r.quantity, 0) as quantity, u.quantity as asked, c.id into refused
  from (
    select u.production_component_id, u.stock_location_id, u.lot_id, sum(u.quantity) as quantity
    from unnest(uses) as u
    group by u.production_component_id, u.stock_location_id, u.lot_id
  ) as u
  inner join ops.production_components as c
    on c.organization_id = private.organization_id() and c.id = u.production_component_id
  inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
  left join ops.stock_locations as p on p.organization_id = c.organization_id and p.id = u.stock_location_id
  left join ops.inventory_reservations as r
    on r.organization_id = c.organization_id and r.production_component_id = c.id
    and r.stock_location_id = u.stock_location_id and r.lot_id is not distinct from u.lot_id
  where coalesce(r.quantity, 0) < u.quantity
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_ISSUE_EXCEEDS_RESERVED',
      format(
        '%s of %s are reserved for it in %s; %s were asked for.', trim_scale(refused.quantity), refused.sku,
        coalesce(refused.code, 'no place'), trim_scale(refused.asked)
      ),
      jsonb_build_object('production_component_id', refused.id, 'reserved_qty', refused.quantity)
    );
  end if;

  with used as (
    select u.production_component_id, u.stock_location_id, u.lot_id, sum(u.quantity) as quantity
    from unnest(uses) as u
    group by u.production_component_id, u.stock_location_id, u.lot_id
  ),
  matched as (
    select r.organization_id, r.id, r.quantity - u.quantity as left_qty
    from used as u
    inner join ops.inventory_reservations as r
      on r.organization_id = private.organization_id() and r.production_component_id = u.production_component_id
      and r.stock_location_id = u.stock_location_id and r.lot_id is not distinct from u.lot_id
  ),
  gone as (
    delete from ops.inventory_reservations as r
    using matched as m
    where r.organization_id = m.organization_id and r.id = m.id and m.left_qty = 0
  )
  update ops.inventory_reservations as r
  set quantity = m.left_qty
  from matched as m
  where r.organization_id = m.organization_id and r.id = m.id and m.left_qty > 0;
end
$$;
comment on function private.consume_reservations(private.reservation_use[]) is
  'Takes reservations of production components away because what they held is issued: moves them out of stock next. Refuses what is not reserved. For definer triggers, after private.lock_production.';

create function private.change_stock(changes private.stock_change[]) returns uuid[]
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
  losers uuid[];
begin
  perform private.lock_stock(
    (
      select array_agg(row(c.organization_id, c.product_variant_id, c.stock_location_id, c.lot_id)::private.stock_key)
      from unnest(changes) as c
    )
  );

  select v.sku, v.unit, p.code, l.on_hand, -c.quantity as asked, l.product_variant_id, l.stock_location_id
  into refused
  from unnest(changes) as c
  inner join ops.stock_levels as l
    on l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
    and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
  inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
  inner join ops.stock_locations as p on p.organization_id = l.organization_id and p.id = l.stock_location_id
  where l.on_hand + c.quantity < 0
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_STOCK_INSUFFICIENT',
      format(
        '%s %s of %s are in %s; %s were asked for.', trim_scale(refused.on_hand), refused.unit, refused.sku, refused.code,
        trim_scale(refused.asked)
      ),
      jsonb_build_object(
        'product_variant_id', refused.product_variant_id, 'stock_location_id', refused.stock_location_id,
        'on_hand', refused.on_hand
      )
    );
  end if;

  select v.sku, v.unit, p.code, l.on_hand, l.reserved, -c.quantity as asked, l.product_variant_id, l.stock_location_id
  into refused
  from unnest(changes) as c
  inner join ops.stock_levels as l
    on l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
    and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
  inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
  inner join ops.stock_locations as p on p.organization_id = l.organization_id and p.id = l.stock_location_id
  where l.on_hand + c.quantity < l.reserved and c.takes_reserved is not true
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_STOCK_RESERVED',
      format(
        '%s of the %s %s of %s in %s are reserved; %s were asked for.', trim_scale(refused.reserved),
        trim_scale(refused.on_hand), refused.unit, refused.sku, refused.code, trim_scale(refused.asked)
      ),
      jsonb_build_object(
        'product_variant_id', refused.product_variant_id, 'stock_location_id', refused.stock_location_id,
        'on_hand', refused.on_hand, 'reserved', refused.reserved
      )
    );
  end if;
  losers := private.cut_reservations(changes);

  update ops.stock_levels as l
  set on_hand = l.on_hand + c.quantity
  from unnest(changes) as c
  where l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
    and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id;

  -- A piece with a serial number is in one place: who brings it to another one waits here.
  perform
  from unnest(changes) as c
  inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
  inner join ops.lots as t on t.organization_id = c.organization_id and t.id = c.lot_id
  where v.tracking = 'serial'
  order by t.organization_id, t.id
  for no key update of t;
  select v.sku, t.lot_number into refused
  from (select distinct c.organization_id, c.product_variant_id, c.lot_id from unnest(changes) as c where c.quantity > 0) as c
  inner join ops.product_variants as v on v.organization_id = c.organization_id and v.id = c.product_variant_id
  inner join ops.lots as t on t.organization_id = c.organization_id and t.id = c.lot_id
  where v.tracking = 'serial' and (
    select sum(l.on_hand) from ops.stock_levels as l
    where l.organization_id = c.organization_id and l.lot_id = c.lot_id and l.product_variant_id = c.product_variant_id
  ) > 1
  limit 1;
  if found then
    perform private.fail(
      'OMS_STOCK_SERIAL_TWICE', format('Piece %s of %s is on hand already.', refused.lot_number, refused.sku),
      jsonb_build_object('lot_number', refused.lot_number)
    );
  end if;
  return losers;
end
$$;
comment on function private.change_stock(private.stock_change[]) is
  'Adds to what is on hand, or takes away what is there and not reserved; where it may take what is reserved, returns the production orders that lost something. For definer triggers only.';

create function private.promise_stock(promises private.reservation_change[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  changes constant private.stock_change[] := (
    select array_agg(row(c.organization_id, c.product_variant_id, c.stock_location_id, c.lot_id, c.quantity, null)::private.stock_change)
    from (
      select p.organization_id, p.product_variant_id, p.stock_location_id, p.lot_id, sum(p.quantity) as quantity
      from unnest(promises) as p
      group by p.organization_id, p.product_variant_id, p.stock_location_id, p.lot_id
    ) as c
    where c.quantity <> 0
  );
  refused record;
begin
  if changes is not null then
    perform private.lock_stock(
      (
        select array_agg(row(c.organization_id, c.product_variant_id, c.stock_location_id, c.lot_id)::private.stock_key)
        from unnest(changes) as c
      )
    );
    select v.sku, v.unit, p.code, l.available, c.quantity, l.product_variant_id, l.stock_location_id into refused
    from unnest(changes) as c
    inner join ops.stock_levels as l
      on l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
      and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
    inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
    inner join ops.stock_locations as p on p.organization_id = l.organization_id and p.id = l.stock_location_id
    where c.quantity > l.available
    order by v.sku
    limit 1;
    if found then
      perform private.fail(
        'OMS_STOCK_RESERVED',
        format(
          '%s %s of %s can be had in %s; %s were asked for.', trim_scale(refused.available), refused.unit, refused.sku,
          refused.code, trim_scale(refused.quantity)
        ),
        jsonb_build_object(
          'product_variant_id', refused.product_variant_id, 'stock_location_id', refused.stock_location_id,
          'available', refused.available
        )
      );
    end if;

    update ops.stock_levels as l
    set reserved = l.reserved + c.quantity
    from unnest(changes) as c
    where l.organization_id = c.organization_id and l.product_variant_id = c.product_variant_id
      and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id;
  end if;

  update ops.production_components as c
  set reserved_qty = c.reserved_qty + p.quantity
  from (
    select p.organization_id, p.production_component_id, sum(p.quantity) as quantity
    from unnest(promises) as p
    where p.production_component_id is not null
    group by p.organization_id, p.production_component_id
  ) as p
  where c.organization_id = p.organization_id and c.id = p.production_component_id and p.quantity <> 0;
end
$$;
comment on function private.promise_stock(private.reservation_change[]) is
  'Adds to what is reserved of stock levels and for production components, or takes it away. For definer triggers only.';

create function private.hand_on(variant_ids uuid[]) returns void
language plpgsql
volatile
security definer  -- whoever gives up a reservation may not write production orders
set search_path = ''
as $$
begin
  perform private.lock_supply(true);
  perform private.check_production('{}', variant_ids);
end
$$;
comment on function private.hand_on(uuid[]) is
  'Gives what can be had of these variants to the production orders of the caller''s organization that wait for them.';

create function private.lock_counted_stock(counts private.stock_count[]) returns void
language sql
volatile
security definer  -- nobody may write stock levels
set search_path = ''
as $$
  select private.lock_supply(true);
  select private.lock_stock(
    (
      select array_agg(row(v.organization_id, v.id, c.stock_location_id, c.lot_id)::private.stock_key)
      from unnest(counts) as c
      inner join ops.product_variants as v
        on v.organization_id = private.organization_id() and v.id = c.product_variant_id
      left join ops.lots as l on l.organization_id = v.organization_id and l.id = c.lot_id and l.product_variant_id = v.id
      where (c.lot_id is null) = (v.tracking = 'none') and (c.lot_id is null or l.id is not null)
    )
  )
$$;
comment on function private.lock_counted_stock(private.stock_count[]) is
  'First step of a count. Locks stock levels of the caller''s organization, and makes those that are not there yet.';
