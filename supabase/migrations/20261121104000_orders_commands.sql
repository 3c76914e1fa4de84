-- declared in sql/commands/orders.sql
create function ops.create_order(
  lines jsonb,
  client_id uuid default null,
  client_po_number text default null,
  type ops.order_type default null,
  status ops.order_status default null,
  order_date date default null,
  ex_factory_date date default null,
  in_hands_date date default null,
  currency ops.currency_code default null,
  metadata jsonb default null
) returns ops.orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('create_order', jsonb_build_array(lines, client_id, client_po_number, type, status, order_date, ex_factory_date, in_hands_date, currency, metadata));
  asked private.order_line[];
  may_price constant boolean := has_any_column_privilege('ops.order_item_prices', 'insert');
  entered ops.orders;
  line_ids jsonb;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.orders, replayed);
  end if;
  asked := private.require_order_lines(
    array(select r from private.records('lines', lines, null::private.order_line) as r)
  );
  if not may_price and exists (
    select from unnest(asked) as l where l.unit_price is not null or exists (select from unnest(l.sizes) as z where z.unit_price is not null)
  ) then
    perform private.fail('OMS_NOT_ALLOWED', 'Prices are not yours to set; leave unit_price out.', '{"argument": "lines"}');
  end if;

  if private.is_portal() then
    if num_nonnulls(client_id, type, status, currency) > 0 then
      perform private.fail('OMS_NOT_ALLOWED', 'client_id, type, status and currency of a request are not yours to state; leave them out.', '{"argument": "client_id"}');
    end if;
    insert into ops.orders (client_po_number, order_date, ex_factory_date, in_hands_date, metadata)
    values (
      create_order.client_po_number, coalesce(create_order.order_date, current_date), create_order.ex_factory_date,
      create_order.in_hands_date, coalesce(create_order.metadata, '{}')
    )
    returning * into entered;
  else
    perform private.require_argument('client_id', create_order.client_id::text);
    insert into ops.orders (
      client_id, client_po_number, type, status, order_date, ex_factory_date, in_hands_date, currency, metadata
    )
    values (
      create_order.client_id, create_order.client_po_number, coalesce(create_order.type, 'sales_order'),
      coalesce(create_order.status, 'sales_order'), coalesce(create_order.order_date, current_date),
      create_order.ex_factory_date, create_order.in_hands_date, create_order.currency, coalesce(create_order.metadata, '{}')
    )
    returning * into entered;
  end if;

  with made as (
    insert into ops.order_items (order_id, line_number, colorway_id, quantity, metadata)
    select
      entered.id,
      l.line_number,
      l.colorway_id,
      coalesce((select sum(z.quantity) from unnest(l.sizes) as z), l.quantity),
      coalesce(l.metadata, '{}')
    from unnest(asked) as l
    returning order_items.id, order_items.line_number
  )
  select jsonb_object_agg(m.line_number, m.id) into line_ids from made as m;

  insert into ops.order_item_sizes (order_item_id, size_label, position, quantity)
  select (line_ids ->> l.line_number::text)::uuid, z.size_label, z.position, z.quantity
  from unnest(asked) as l
  cross join lateral unnest(l.sizes) with ordinality as z (size_label, quantity, unit_price, position);

  if may_price then
    insert into ops.order_item_prices (order_item_id, size_label, unit_price)
    select (line_ids ->> l.line_number::text)::uuid, p.size_label, p.unit_price
    from unnest(asked) as l
    cross join lateral (
      select null as size_label, l.unit_price
      union all
      select z.size_label, z.unit_price
      from unnest(l.sizes) as z
    ) as p
    where p.unit_price is not null;
  end if;

  perform private.store_response('create_order', to_jsonb(entered));
  return entered;
end
$$;
comment on function ops.create_order(
  jsonb, uuid, text, ops.order_type, ops.order_status, date, date, date, ops.currency_code, jsonb
) is
  'Enters an order with its lines, sizes and prices, all or nothing. `lines`: a list, not empty, of {colorway_id, quantity or sizes, line_number, unit_price, metadata}; without a line_number, its place in the list. `sizes`: a list, small to large, of {size_label, quantity, unit_price}, which add up to the quantity. Sales; planner, without prices; the client, whose order is a request, without prices, client_id, type, status and currency. What is wrong with a line is refused with its place in the list, in details. Errors: OMS_INVALID_ARGUMENT, OMS_QUANTITY_FROM_SIZES, OMS_WHOLE_PIECES, OMS_ALREADY_EXISTS, OMS_NOT_A_CLIENT, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_ALLOWED, OMS_NOT_FOUND.';

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
  perform private.lock_supply(true);  -- what is reserved for it is handed on
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
