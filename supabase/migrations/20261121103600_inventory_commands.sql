-- declared in sql/commands/inventory.sql
create function ops.count_stock(counts jsonb, reference text default null) returns setof ops.stock_moves
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('count_stock', jsonb_build_array(counts, reference));
  asked private.stock_count[];
  unknown record;
  made ops.stock_moves[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.stock_moves, replayed) as r;
    return;
  end if;
  asked := array(select private.records('counts', counts, null::private.stock_count));
  if cardinality(asked) = 0 or exists (
    select from unnest(asked) as c
    where num_nulls(c.product_variant_id, c.stock_location_id, c.counted_qty) > 0 or c.counted_qty < 0
  ) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'Each count names product_variant_id, stock_location_id and counted_qty, which is not below zero.',
      '{"argument": "counts"}'
    );
  end if;
  if (
    select count(*) <> count(distinct (c.product_variant_id, c.stock_location_id, c.lot_id)) from unnest(asked) as c
  ) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'A variant is counted twice in one place; add the two up.', '{"argument": "counts"}'
    );
  end if;

  perform private.lock_counted_stock(asked);
  -- What can lie there has a level from now on. Counting none of the rest would otherwise be said to nobody.
  select c.*, v.id as variant_id, p.id as place_id, v.sku, v.tracking
  into unknown
  from unnest(asked) as c
  left join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = c.product_variant_id
  left join ops.stock_locations as p on p.organization_id = private.organization_id() and p.id = c.stock_location_id
  where not exists (
    select from ops.stock_levels as l
    where l.organization_id = private.organization_id() and l.product_variant_id = c.product_variant_id
      and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
  )
  limit 1;
  if found then
    perform private.require_found(unknown.variant_id, 'product variant', unknown.product_variant_id);
    perform private.require_found(unknown.place_id, 'stock location', unknown.stock_location_id);
    if (unknown.tracking = 'none') = (unknown.lot_id is null) then
      perform private.require_found(null, format('lot of %s', unknown.sku), unknown.lot_id);
    end if;
    perform private.fail(
      'OMS_STOCK_LOT_REQUIRED',
      format(
        case unknown.tracking when 'none' then '%s is not tracked by lot; leave lot_id out.' else '%s is tracked by %s: give lot_id.' end,
        unknown.sku, unknown.tracking
      ),
      jsonb_build_object('product_variant_id', unknown.product_variant_id, 'tracking', unknown.tracking)
    );
  end if;

  with found as (
    select c.*, c.counted_qty - coalesce(l.on_hand, 0) as surplus
    from unnest(asked) as c
    left join ops.stock_levels as l
      on l.organization_id = private.organization_id() and l.product_variant_id = c.product_variant_id
      and l.stock_location_id = c.stock_location_id and l.lot_id is not distinct from c.lot_id
  ),
  moved as (
    insert into ops.stock_moves (
      product_variant_id, from_location_id, to_location_id, lot_id, quantity, reason, reference
    )
    select
      f.product_variant_id, case when f.surplus < 0 then f.stock_location_id end,
      case when f.surplus > 0 then f.stock_location_id end, f.lot_id, abs(f.surplus), 'count', count_stock.reference
    from found as f
    where f.surplus <> 0
    returning *
  )
  select array_agg(m::ops.stock_moves order by m.id) into made from moved as m;
  perform private.store_response('count_stock', coalesce(to_jsonb(made), '[]'));
  return query select m.* from unnest(made) as m;
end
$$;
comment on function ops.count_stock(jsonb, text) is
  'Records what was counted: a list of {product_variant_id, stock_location_id, lot_id, counted_qty}. Where it differs from what should be there a move by `count` makes it so; those moves are returned. Warehouse. Errors: OMS_STOCK_INSUFFICIENT, OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_QUANTITY_NOT_IN_UNIT, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';
