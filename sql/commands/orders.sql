create function ops.cancel_order_item(order_item_id uuid) returns ops.order_items
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('cancel_order_item', jsonb_build_array(order_item_id));
  line ops.order_items;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.order_items, replayed);
  end if;
  perform private.lock_order_items(array[cancel_order_item.order_item_id]);
  update ops.order_items as i
  set is_cancelled = true
  where i.organization_id = private.organization_id() and i.id = cancel_order_item.order_item_id
  returning i.* into line;
  perform private.require_found(line.id, 'order line', cancel_order_item.order_item_id);
  -- Read again: what follows from it is drawn after the update.
  select i.* into line from ops.order_items as i where i.organization_id = line.organization_id and i.id = line.id;
  perform private.store_response('cancel_order_item', to_jsonb(line));
  return line;
end
$$;
comment on function ops.cancel_order_item(uuid) is
  'Cancels an order line: its slices are closed at zero, its candidates and allocation items closed, issued contracts withdrawn. Sales, planner. Errors: OMS_LINE_HAS_RECEIPTS, OMS_CONTRACT_HAS_PAYMENTS, OMS_NOT_FOUND.';

create function ops.short_close_item(order_item_id uuid) returns ops.order_items
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('short_close_item', jsonb_build_array(order_item_id));
  line ops.order_items;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.order_items, replayed);
  end if;
  perform private.lock_order_items(array[short_close_item.order_item_id]);
  update ops.order_items as i
  set short_closed_qty = greatest(i.quantity - i.effective_qty, i.short_closed_qty)
  where i.organization_id = private.organization_id() and i.id = short_close_item.order_item_id
  returning i.* into line;
  perform private.require_found(line.id, 'order line', short_close_item.order_item_id);
  select i.* into line from ops.order_items as i where i.organization_id = line.organization_id and i.id = line.id;
  perform private.store_response('short_close_item', to_jsonb(line));
  return line;
end
$$;
comment on function ops.short_close_item(uuid) is
  'Waives all of a line that no standing slice covers; open allocation items give up as much. Planner, sales. Errors: OMS_SHORT_CLOSE_NOT_ALLOWED, OMS_LINE_CANCELLED, OMS_NOT_FOUND.';
