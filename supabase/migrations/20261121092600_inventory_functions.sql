-- declared in sql/functions/inventory.sql
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

create function private.change_stock(changes private.stock_change[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
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
end
$$;
comment on function private.change_stock(private.stock_change[]) is
  'Adds to what is on hand, or takes away what is there. For definer triggers only.';

create function private.lock_counted_stock(counts private.stock_count[]) returns void
language sql
volatile
security definer  -- nobody may write stock levels
set search_path = ''
as $$
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
