-- declared in sql/commands/purchasing.sql
-- One step of a purchase order each. Cancelling and closing reach down to the lines, which are locked first.

create function private.set_purchase_order_status(purchase_order_id uuid, status ops.purchase_order_status)
returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  purchase_order ops.purchase_orders;
  is_taken boolean;
begin
  update ops.purchase_orders as o
  set status = set_purchase_order_status.status
  where o.organization_id = private.organization_id() and o.id = set_purchase_order_status.purchase_order_id
    and o.status <> set_purchase_order_status.status;
  is_taken := found;
  -- Read again: closing and the like have consequences.
  select o.* into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = private.organization_id() and o.id = set_purchase_order_status.purchase_order_id;
  perform private.require_found(purchase_order.id, 'purchase order', set_purchase_order_status.purchase_order_id);
  if not is_taken then
    perform private.fail(
      'OMS_TRANSITION_NOT_ALLOWED', format('%s is %s already.', purchase_order.po_number, purchase_order.status),
      jsonb_build_object('from', purchase_order.status, 'to', set_purchase_order_status.status)
    );
  end if;
  return purchase_order;
end
$$;
comment on function private.set_purchase_order_status(uuid, ops.purchase_order_status) is
  'Takes a purchase order that the caller sees to another status, once, and gives it back.';

create function private.lock_purchase_order_lines(purchase_order_id uuid) returns void
language sql
volatile
set search_path = ''
as $$
  select
  from ops.purchase_order_lines as l
  where l.organization_id = private.organization_id()
    and l.purchase_order_id = lock_purchase_order_lines.purchase_order_id
  order by l.id
  for no key update
$$;
comment on function private.lock_purchase_order_lines(uuid) is
  'Locks the lines of a purchase order that the caller may write, before the order itself.';

create function ops.submit_purchase_order(purchase_order_id uuid) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('submit_purchase_order', jsonb_build_array(purchase_order_id));
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  purchase_order := private.set_purchase_order_status(submit_purchase_order.purchase_order_id, 'submitted');
  perform private.store_response('submit_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.submit_purchase_order(uuid) is
  'Submits a draft for approval by the tier that its total reaches, in the organization''s currency; below the lowest it is approved at once. Planner, procurement. Errors: OMS_PURCHASE_ORDER_EMPTY, OMS_EXCHANGE_RATE_MISSING, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.approve_purchase_order(purchase_order_id uuid) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('approve_purchase_order', jsonb_build_array(purchase_order_id));
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  purchase_order := private.set_purchase_order_status(approve_purchase_order.purchase_order_id, 'approved');
  perform private.store_response('approve_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.approve_purchase_order(uuid) is
  'Approves a submitted purchase order. The role of its tier, and nobody who made or submitted it. Errors: OMS_NOT_THE_APPROVER, OMS_SELF_APPROVAL, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.reject_purchase_order(purchase_order_id uuid, reason text) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('reject_purchase_order', jsonb_build_array(purchase_order_id, reason));
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  perform private.require_argument('reason', reason);
  -- The order first, as whoever approves it does.
  select o.* into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = private.organization_id() and o.id = reject_purchase_order.purchase_order_id
  for no key update;
  perform private.require_found(purchase_order.id, 'purchase order', reject_purchase_order.purchase_order_id);
  if purchase_order.status <> 'submitted' then
    perform private.fail(
      'OMS_TRANSITION_NOT_ALLOWED', format('%s is %s; what is submitted is rejected.', purchase_order.po_number, purchase_order.status),
      jsonb_build_object('from', purchase_order.status, 'to', 'draft')
    );
  end if;
  update ops.purchase_order_approvals as a
  set reason = reject_purchase_order.reason
  where a.organization_id = private.organization_id() and a.purchase_order_id = purchase_order.id
    and a.decided_at is null;
  purchase_order := private.set_purchase_order_status(reject_purchase_order.purchase_order_id, 'draft');
  perform private.store_response('reject_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.reject_purchase_order(uuid, text) is
  'Sends a submitted purchase order back to be changed, with the reason. The role of its tier, and nobody who made or submitted it. Errors: OMS_NOT_THE_APPROVER, OMS_SELF_APPROVAL, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.send_purchase_order(purchase_order_id uuid) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('send_purchase_order', jsonb_build_array(purchase_order_id));
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  perform private.lock_purchase_order_lines(send_purchase_order.purchase_order_id);
  purchase_order := private.set_purchase_order_status(send_purchase_order.purchase_order_id, 'sent');
  perform private.store_response('send_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.send_purchase_order(uuid) is
  'Marks an approved purchase order as sent: its vendor, who must be approved, sees it from now on. Planner, procurement. Errors: OMS_VENDOR_NOT_APPROVED, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.close_purchase_order(purchase_order_id uuid) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('close_purchase_order', jsonb_build_array(purchase_order_id));
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  perform private.lock_purchase_order_lines(close_purchase_order.purchase_order_id);
  purchase_order := private.set_purchase_order_status(close_purchase_order.purchase_order_id, 'closed');
  perform private.store_response('close_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.close_purchase_order(uuid) is
  'Closes a purchase order of which no more is waited for. It closes by itself when all is received or cancelled. Planner, procurement. Errors: OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.cancel_purchase_order(purchase_order_id uuid) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('cancel_purchase_order', jsonb_build_array(purchase_order_id));
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  perform private.lock_purchase_order_lines(cancel_purchase_order.purchase_order_id);
  purchase_order := private.set_purchase_order_status(cancel_purchase_order.purchase_order_id, 'cancelled');
  perform private.store_response('cancel_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.cancel_purchase_order(uuid) is
  'Cancels a purchase order of which nothing is in stock. Planner, procurement. Errors: OMS_PURCHASE_ORDER_HAS_RECEIPTS, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

-- What the vendor says

create function private.acknowledge_purchase_order(
  purchase_order_id uuid, vendor_reference text, asked private.acknowledged_line[]
) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  purchase_order ops.purchase_orders;
  unknown uuid;
begin
  select o.* into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = private.organization_id() and o.id = acknowledge_purchase_order.purchase_order_id;
  perform private.require_found(purchase_order.id, 'purchase order', acknowledge_purchase_order.purchase_order_id);
  perform private.lock_purchase_order_lines(purchase_order.id);
  if (select count(*) <> count(distinct a.purchase_order_line_id) from unnest(asked) as a) then
    perform private.fail('OMS_INVALID_ARGUMENT', 'A line is named twice, or not at all.', '{"argument": "lines"}');
  end if;
  select a.purchase_order_line_id into unknown
  from unnest(asked) as a
  where not exists (
    select from ops.purchase_order_lines as l
    where l.organization_id = purchase_order.organization_id and l.id = a.purchase_order_line_id
      and l.purchase_order_id = purchase_order.id
  )
  limit 1;
  if found then
    perform private.require_found(null, 'line of the purchase order', unknown);
  end if;

  update ops.purchase_order_lines as l
  set
    confirmed_qty = coalesce(a.confirmed_qty, l.confirmed_qty), promised_date = coalesce(a.promised_date, l.promised_date)
  from unnest(asked) as a
  where l.organization_id = purchase_order.organization_id and l.id = a.purchase_order_line_id;
  update ops.purchase_orders as o
  set
    status = 'acknowledged',
    vendor_reference = coalesce(acknowledge_purchase_order.vendor_reference, o.vendor_reference)
  where o.organization_id = purchase_order.organization_id and o.id = purchase_order.id
  returning o.* into purchase_order;
  return purchase_order;
end
$$;
comment on function private.acknowledge_purchase_order(uuid, text, private.acknowledged_line[]) is
  'What a vendor says to a purchase order, by whichever way it comes in: as many and by when. Acts as the caller.';

create function ops.acknowledge_purchase_order(
  purchase_order_id uuid, vendor_reference text default null, lines jsonb default '[]'
) returns ops.purchase_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'acknowledge_purchase_order', jsonb_build_array(purchase_order_id, vendor_reference, lines)
  );
  purchase_order ops.purchase_orders;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.purchase_orders, replayed);
  end if;
  lines := coalesce(lines, '[]');
  purchase_order := private.acknowledge_purchase_order(
    acknowledge_purchase_order.purchase_order_id, acknowledge_purchase_order.vendor_reference,
    array(select private.records('lines', lines, null::private.acknowledged_line))
  );
  perform private.store_response('acknowledge_purchase_order', to_jsonb(purchase_order));
  return purchase_order;
end
$$;
comment on function ops.acknowledge_purchase_order(uuid, text, jsonb) is
  'Confirms a purchase order that was sent: the vendor''s own number, and for its lines a list of {purchase_order_line_id, confirmed_qty, promised_date}. Lines that are not named stay as they are; the first date promised is kept beside later ones. Vendor, or planner and procurement for what came by mail. Errors: OMS_PURCHASE_ORDER_NOT_OPEN, OMS_TRANSITION_NOT_ALLOWED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

-- What comes

create function ops.receive_goods(
  purchase_order_id uuid, lines jsonb, received_on date default current_date, delivery_note text default null
) returns ops.goods_receipts
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'receive_goods', jsonb_build_array(purchase_order_id, lines, received_on, delivery_note)
  );
  asked private.received_line[];
  receipt ops.goods_receipts;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.goods_receipts, replayed);
  end if;
  perform private.lock_supply();
  insert into ops.goods_receipts (purchase_order_id, received_on, delivery_note)
  values (
    receive_goods.purchase_order_id, coalesce(receive_goods.received_on, current_date), receive_goods.delivery_note
  )
  returning * into receipt;
  asked := array(select private.records('lines', lines, null::private.received_line));
  if asked = '{}' then
    perform private.fail('OMS_INVALID_ARGUMENT', 'lines is empty; name at least one line.', '{"argument": "lines"}');
  end if;

  -- A lot that nobody has seen before comes in with its goods. Two deliveries of it meet at its key.
  insert into ops.lots (product_variant_id, lot_number, expires_on)
  select l.product_variant_id, a.lot_number, max(a.expires_on)
  from unnest(asked) as a
  inner join ops.purchase_order_lines as l
    on l.organization_id = receipt.organization_id and l.id = a.purchase_order_line_id
    and l.purchase_order_id = receipt.purchase_order_id
  left join ops.lots as t
    on t.organization_id = l.organization_id and t.product_variant_id = l.product_variant_id
    and t.lot_number = a.lot_number
  where a.lot_number is not null and t.id is null
  group by l.product_variant_id, a.lot_number
  order by l.product_variant_id, a.lot_number
  on conflict on constraint lots_lot_number_key do nothing;

  insert into ops.goods_receipt_lines (
    goods_receipt_id, purchase_order_line_id, received_qty, rejected_qty, reject_reason, stock_location_id, lot_id
  )
  select
    receipt.id, a.purchase_order_line_id, a.received_qty, coalesce(a.rejected_qty, 0), a.reject_reason,
    a.stock_location_id, t.id
  from unnest(asked) as a
  left join ops.purchase_order_lines as l
    on l.organization_id = receipt.organization_id and l.id = a.purchase_order_line_id
  left join ops.lots as t
    on t.organization_id = l.organization_id and t.product_variant_id = l.product_variant_id
    and t.lot_number = a.lot_number;
  perform private.store_response('receive_goods', to_jsonb(receipt));
  return receipt;
end
$$;
comment on function ops.receive_goods(uuid, jsonb, date, text) is
  'Takes in a delivery: a list of {purchase_order_line_id, received_qty, rejected_qty, reject_reason, stock_location_id, lot_number, expires_on}, in the order lines'' units. What is not rejected goes into stock; a lot that is not known is made, a piece with a serial number is a line of its own. Warehouse. Errors: OMS_RECEIPT_EXCEEDS_ORDERED, OMS_PURCHASE_ORDER_NOT_OPEN, OMS_QUANTITY_NOT_IN_UNIT, OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.void_goods_receipt(goods_receipt_id uuid, reason text) returns ops.goods_receipts
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('void_goods_receipt', jsonb_build_array(goods_receipt_id, reason));
  receipt ops.goods_receipts;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.goods_receipts, replayed);
  end if;
  perform private.require_argument('reason', reason);
  update ops.goods_receipts as g
  set void_reason = void_goods_receipt.reason
  where g.organization_id = private.organization_id() and g.id = void_goods_receipt.goods_receipt_id
  returning g.* into receipt;
  perform private.require_found(receipt.id, 'goods receipt', void_goods_receipt.goods_receipt_id);
  perform private.store_response('void_goods_receipt', to_jsonb(receipt));
  return receipt;
end
$$;
comment on function ops.void_goods_receipt(uuid, text) is
  'Takes back a goods receipt that was entered by mistake: its goods leave stock, and its order is open again. Refused where they are not there any more, or reserved. Warehouse. Errors: OMS_STOCK_INSUFFICIENT, OMS_STOCK_RESERVED, OMS_ALREADY_VOIDED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';
