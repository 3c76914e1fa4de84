-- declared in sql/triggers/purchasing.sql
create trigger _100_touch_row before update on ops.supplier_products
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.supplier_price_breaks
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.purchase_approval_tiers
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.purchase_orders
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.purchase_order_lines
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.goods_receipts
for each row execute function private.tg__touch_row();

-- supplier_products, supplier_price_breaks, purchase_approval_tiers

create function private.tg_supplier_products__fill_terms() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  vendor record;
begin
  perform private.require_vendor(new.vendor_id);
  select d.currency, d.lead_time_days
  into vendor
  from ops.directory as d
  where d.organization_id = new.organization_id and d.id = new.vendor_id;
  new.currency := coalesce(
    new.currency, vendor.currency, (select o.currency from ops.organizations as o where o.id = new.organization_id)
  );
  new.lead_time_days := coalesce(new.lead_time_days, vendor.lead_time_days, 0);
  new.purchase_unit := coalesce(
    new.purchase_unit,
    (
      select v.unit from ops.product_variants as v
      where v.organization_id = new.organization_id and v.id = new.product_variant_id
    )
  );
  perform private.require_conversion(new.product_variant_id, new.purchase_unit);
  return new;
end
$$;
comment on function private.tg_supplier_products__fill_terms() is
  'An offer is a vendor''s, in its currency and with its lead time unless it says otherwise, in a unit of which we know what it is in ours.';
create trigger _200_fill_terms before insert on ops.supplier_products
for each row execute function private.tg_supplier_products__fill_terms();
create trigger _210_require_unit before insert on ops.supplier_products
for each row execute function private.tg__require_unit('purchase_unit');
create trigger _300_guard_unique before insert or update of valid_from on ops.supplier_products
for each row execute function private.tg__guard_unique('product_variant_id', 'valid_from', 'vendor_id');
create trigger _310_refuse_terms before insert or update on ops.supplier_products
for each row when (
  new.vendor_sku = '' or new.lead_time_days < 0 or new.lead_time_days > 3650 or new.minimum_qty < 0
  or new.multiple_qty <= 0 or new.preference <= 0
)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'lead_time_days is 0 to 3650, minimum_qty not below zero, multiple_qty and preference above, vendor_sku not empty.'
);
create trigger _310_refuse_days before insert or update on ops.supplier_products
for each row when (new.valid_to <= new.valid_from)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'valid_to %s is not after valid_from %s.', 'valid_to', 'valid_from'
);

create trigger _200_require_offer before insert on ops.supplier_price_breaks
for each row execute function private.tg__require_parent('supplier_products', 'supplier_product_id');
create trigger _300_guard_unique before insert or update of from_qty on ops.supplier_price_breaks
for each row execute function private.tg__guard_unique('supplier_product_id', 'from_qty');
create trigger _310_refuse_amounts before insert or update on ops.supplier_price_breaks
for each row when (new.from_qty < 0 or new.unit_price < 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'from_qty %s and unit_price %s are not below zero.', 'from_qty', 'unit_price'
);

create trigger _300_guard_unique before insert or update of from_amount on ops.purchase_approval_tiers
for each row execute function private.tg__guard_unique('from_amount');
create trigger _310_refuse_amount before insert or update on ops.purchase_approval_tiers
for each row when (new.from_amount < 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'from_amount %s is below zero.', 'from_amount');
create trigger _310_refuse_role before insert or update on ops.purchase_approval_tiers
for each row when (new.approver_role in ('oms_client', 'oms_factory', 'oms_vendor'))
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', '%s does not approve what we buy.', 'approver_role');

-- purchase_orders

create function private.tg_purchase_orders__fill_defaults() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.require_vendor(new.vendor_id);
  new.currency := coalesce(
    new.currency,
    (select d.currency from ops.directory as d where d.organization_id = new.organization_id and d.id = new.vendor_id),
    (select o.currency from ops.organizations as o where o.id = new.organization_id)
  );
  new.warehouse_id := coalesce(
    new.warehouse_id,
    (
      select w.id from ops.warehouses as w
      where w.organization_id = new.organization_id
      order by w.is_default desc, w.id
      limit 1
    )
  );
  perform private.require_found(
    (select w.id from ops.warehouses as w where w.organization_id = new.organization_id and w.id = new.warehouse_id),
    'warehouse', new.warehouse_id
  );
  new.po_number := coalesce(new.po_number, private.next_number('PO', new.vendor_id));
  return new;
end
$$;
comment on function private.tg_purchase_orders__fill_defaults() is
  'Numbers a purchase order to a vendor, in its currency and for the first warehouse unless it says otherwise.';
create trigger _200_fill_defaults before insert on ops.purchase_orders
for each row execute function private.tg_purchase_orders__fill_defaults();
create trigger _210_require_warehouse before update of warehouse_id on ops.purchase_orders
for each row execute function private.tg__require_parent('warehouses', 'warehouse_id');

create trigger _300_guard_unique before insert on ops.purchase_orders
for each row execute function private.tg__guard_unique('vendor_id', 'po_number');
create trigger _300_guard_initial_status before insert on ops.purchase_orders
for each row execute function private.tg__guard_transition();
create trigger _300_guard_transition before update of status on ops.purchase_orders
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();
create trigger _310_refuse_amounts before insert or update on ops.purchase_orders
for each row when (new.tax_amount < 0 or new.freight_amount < 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'tax_amount %s and freight_amount %s are not below zero.', 'tax_amount', 'freight_amount'
);
create trigger _310_refuse_frozen before update on ops.purchase_orders
for each row when (
  old.status <> 'draft'
  and (old.warehouse_id, old.tax_amount, old.freight_amount)
  is distinct from (new.warehouse_id, new.tax_amount, new.freight_amount)
)
execute function private.tg__refuse(
  'OMS_PURCHASE_ORDER_FROZEN', '%s is %s; its warehouse, tax and freight change while it is a draft.',
  'po_number', 'status'
);

create function private.tg_purchase_orders__submit() returns trigger
language plpgsql
security definer  -- nobody may write approvals
set search_path = ''
as $$
declare
  amount constant numeric := private.in_own_currency(new.subtotal + new.tax_amount + new.freight_amount, new.currency);
  tier_role ops.member_role;
begin
  if not exists (
    select from ops.purchase_order_lines as l
    where l.organization_id = new.organization_id and l.purchase_order_id = new.id
  ) then
    perform private.fail(
      'OMS_PURCHASE_ORDER_EMPTY', format('%s has no lines.', new.po_number), jsonb_build_object('purchase_order_id', new.id)
    );
  end if;
  if amount is null then
    perform private.fail(
      'OMS_EXCHANGE_RATE_MISSING',
      format('%s is in %s, of which no rate is known today; add it to exchange_rates.', new.po_number, new.currency),
      jsonb_build_object('purchase_order_id', new.id, 'currency', new.currency)
    );
  end if;

  tier_role := (
    select t.approver_role from ops.purchase_approval_tiers as t
    where t.organization_id = new.organization_id and t.from_amount <= amount
    order by t.from_amount desc
    limit 1
  );
  insert into ops.purchase_order_approvals (
    organization_id, purchase_order_id, amount, approver_role, decided_at, is_approved
  )
  values (
    new.organization_id, new.id, amount, tier_role,
    case when tier_role is null then now() end, case when tier_role is null then true end
  );
  if tier_role is null then
    new.status := 'approved';
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_orders__submit() is
  'Asks for the approval that the amount of a purchase order needs, in the organization''s currency; below the lowest tier it approves itself.';
create trigger _320_submit before update of status on ops.purchase_orders
for each row when (old.status = 'draft' and new.status = 'submitted')
execute function private.tg_purchase_orders__submit();

create function private.tg_purchase_orders__guard_decision() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  approval ops.purchase_order_approvals;
  is_buyer constant boolean := private.may_act_as('{oms_planner,oms_procurement,system}', tg_relid);
begin
  select a.* into approval
  from ops.purchase_order_approvals as a
  where a.organization_id = new.organization_id and a.purchase_order_id = new.id and a.decided_at is null;
  if new.status = 'approved' or approval.reason is not null then
    perform private.require_approver(new.po_number, new.created_by, approval.approver_role, approval.submitted_by);
  elsif not is_buyer then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Say why %s is rejected: write the reason of its approval first.', new.po_number),
      '{"argument": "reason"}'
    );
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_orders__guard_decision() is
  'A purchase order is approved, or rejected with a reason, by the role that its approval names and by nobody who made or submitted it. Without a reason who buys takes it back.';
create trigger _330_guard_decision before update of status on ops.purchase_orders
for each row when (old.status = 'submitted' and new.status in ('approved', 'draft'))
execute function private.tg_purchase_orders__guard_decision();

create function private.tg_purchase_orders__decide() returns trigger
language plpgsql
security definer  -- nobody may write approvals
set search_path = ''
set enable_seqscan = off
as $$
begin
  update ops.purchase_order_approvals as a
  set
    decided_at = now(), is_approved = n.status = 'approved',
    decided_by = case when n.status = 'approved' or a.reason is not null then private.actor_id() end
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  where o.status = 'submitted' and n.status is distinct from o.status
    and a.organization_id = n.organization_id and a.purchase_order_id = n.id and a.decided_at is null;
  return null;
end
$$;
comment on function private.tg_purchase_orders__decide() is 'Who decided on a purchase order, and when; nobody did where it was taken back or cancelled.';
create trigger _500_decide after update on ops.purchase_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_purchase_orders__decide();

create function private.tg_purchase_orders__send() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  vendor record;
begin
  select d.name, d.approval_status
  into vendor
  from ops.directory as d
  where d.organization_id = new.organization_id and d.id = new.vendor_id;
  if vendor.approval_status <> 'approved' then
    perform private.fail(
      'OMS_VENDOR_NOT_APPROVED', format('%s is %s; approve the vendor before %s is sent.', vendor.name, vendor.approval_status, new.po_number),
      jsonb_build_object('vendor_id', new.vendor_id, 'approval_status', vendor.approval_status)
    );
  end if;
  new.sent_at := now();
  new.order_date := coalesce(new.order_date, current_date);
  return new;
end
$$;
comment on function private.tg_purchase_orders__send() is 'A purchase order is sent to an approved vendor, today unless it says when it was.';
create trigger _320_send before update of status on ops.purchase_orders
for each row when (old.status = 'approved' and new.status = 'sent')
execute function private.tg_purchase_orders__send();

create function private.tg_purchase_orders__stamp_acknowledged() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.acknowledged_at := coalesce(old.acknowledged_at, now());
  return new;
end
$$;
comment on function private.tg_purchase_orders__stamp_acknowledged() is 'A purchase order remembers when the vendor confirmed it first.';
create trigger _320_stamp_acknowledged before update of status on ops.purchase_orders
for each row when (old.status = 'sent' and new.status = 'acknowledged')
execute function private.tg_purchase_orders__stamp_acknowledged();

create function private.tg_purchase_orders__guard_cancel() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  stocked record;
begin
  select l.sku, l.unit, l.stocked_qty
  into stocked
  from ops.purchase_order_lines as l
  where l.organization_id = new.organization_id and l.purchase_order_id = new.id and l.stocked_qty > 0
  order by l.line_number
  limit 1;
  if found then
    perform private.fail(
      'OMS_PURCHASE_ORDER_HAS_RECEIPTS',
      format('%s %s of %s came with %s; close it instead.', trim_scale(stocked.stocked_qty), stocked.unit, stocked.sku, new.po_number),
      jsonb_build_object('purchase_order_id', new.id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_orders__guard_cancel() is 'A purchase order is cancelled only while nothing of it is in stock.';
create trigger _320_guard_cancel before update of status on ops.purchase_orders
for each row when (old.status <> 'cancelled' and new.status = 'cancelled')
execute function private.tg_purchase_orders__guard_cancel();

create function private.tg_purchase_orders__stamp_lines() returns trigger
language plpgsql
security definer  -- nobody may write what follows from the order
set search_path = ''
set enable_seqscan = off
as $$
begin
  -- From here down to the lines, against the order of locks: a command takes the lines first.
  update ops.purchase_order_lines as l
  set
    sent_at = n.sent_at,
    open_qty = case when n.is_open then greatest(l.quantity - l.cancelled_qty - l.stocked_qty, 0) else 0 end
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  where (n.sent_at, n.is_open) is distinct from (o.sent_at, o.is_open)
    and l.organization_id = n.organization_id and l.purchase_order_id = n.id
    and (l.sent_at, l.open_qty) is distinct from (
      n.sent_at, case when n.is_open then greatest(l.quantity - l.cancelled_qty - l.stocked_qty, 0) else 0 end
    );
  return null;
end
$$;
comment on function private.tg_purchase_orders__stamp_lines() is
  'Nothing is to come any more of an order that is closed or cancelled; the vendor sees the lines of one that is sent.';
create trigger _510_stamp_lines after update on ops.purchase_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_purchase_orders__stamp_lines();

-- purchase_order_approvals

create function private.tg_purchase_order_approvals__guard_reason() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  purchase_order record;
begin
  if old.decided_at is not null then
    perform private.fail(
      'OMS_TRANSITION_NOT_ALLOWED', format('It was decided on %s; that stays so.', old.decided_at::date),
      jsonb_build_object('purchase_order_id', old.purchase_order_id, 'allowed', '[]'::jsonb)
    );
  end if;
  select o.po_number, o.created_by
  into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = old.organization_id and o.id = old.purchase_order_id;
  perform private.require_approver(
    purchase_order.po_number, purchase_order.created_by, old.approver_role, old.submitted_by
  );
  return new;
end
$$;
comment on function private.tg_purchase_order_approvals__guard_reason() is 'Who may decide on a purchase order may say why.';
create trigger _300_guard_reason before update of reason on ops.purchase_order_approvals
for each row when (old.reason is distinct from new.reason)
execute function private.tg_purchase_order_approvals__guard_reason();

-- purchase_order_lines

create function private.tg_purchase_order_lines__require_draft() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_sort = off
as $$
declare
  order_id constant uuid := coalesce(new.purchase_order_id, old.purchase_order_id);
  purchase_order record;
begin
  -- Locked, so that it is not submitted meanwhile. As the caller: what it may not see is what does not exist.
  select o.id, o.po_number, o.status, o.vendor_id
  into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = coalesce(new.organization_id, old.organization_id) and o.id = order_id
  for no key update;
  if purchase_order.id is null and tg_op = 'DELETE' then
    return old;  -- it goes with its order
  end if;
  perform private.require_found(purchase_order.id, 'purchase order', order_id);
  if purchase_order.status <> 'draft' then
    perform private.fail(
      'OMS_PURCHASE_ORDER_FROZEN',
      format('%s is %s; its lines change while it is a draft.', purchase_order.po_number, purchase_order.status),
      jsonb_build_object('purchase_order_id', order_id, 'status', purchase_order.status)
    );
  end if;
  if tg_op = 'INSERT' then
    -- In this order only the index of line numbers has them, even for a plan made when there were no lines at all.
    if new.line_number = (
      select l.line_number
      from ops.purchase_order_lines as l
      where l.organization_id = new.organization_id and l.purchase_order_id = order_id
        and l.line_number >= new.line_number and l.id <> new.id
      order by l.line_number
      limit 1
    ) then
      perform private.fail(
        'OMS_ALREADY_EXISTS', format('%s has a line %s already.', purchase_order.po_number, new.line_number),
        jsonb_build_object('purchase_order_id', order_id, 'line_number', new.line_number)
      );
    end if;
    new.vendor_id := purchase_order.vendor_id;
    new.line_number := coalesce(
      new.line_number,
      (
        select coalesce(max(l.line_number), 0) + 1 from ops.purchase_order_lines as l
        where l.organization_id = new.organization_id and l.purchase_order_id = order_id
      )
    );
  end if;
  return coalesce(new, old);
end
$$;
comment on function private.tg_purchase_order_lines__require_draft() is
  'Lines of a purchase order come, change and go while it is a draft; they are its vendor''s, and numbered.';
create trigger _200_require_draft before insert or delete on ops.purchase_order_lines
for each row execute function private.tg_purchase_order_lines__require_draft();
create trigger _200_require_draft_update before update of quantity, unit_price, need_by on ops.purchase_order_lines
for each row when (
  (old.quantity, old.unit_price, old.need_by) is distinct from (new.quantity, new.unit_price, new.need_by)
)
execute function private.tg_purchase_order_lines__require_draft();

create function private.tg_purchase_order_lines__fill_terms() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  variant record;
  offer ops.supplier_products;
  order_currency ops.currency_code;
begin
  select v.id, v.sku, v.unit, concat_ws(' ', p.name, v.size_label) as description
  into variant
  from ops.product_variants as v
  inner join ops.products as p on p.organization_id = v.organization_id and p.id = v.product_id
  where v.organization_id = new.organization_id and v.id = new.product_variant_id;
  perform private.require_found(variant.id, 'product variant', new.product_variant_id);
  offer := private.offer_of_the_day(new.vendor_id, new.product_variant_id);
  order_currency := (
    select o.currency from ops.purchase_orders as o
    where o.organization_id = new.organization_id and o.id = new.purchase_order_id
  );

  new.sku := variant.sku;
  new.description := left(variant.description, 200);
  new.vendor_sku := offer.vendor_sku;
  new.unit := coalesce(new.unit, offer.purchase_unit, variant.unit);
  new.stock_per_unit := private.require_conversion(variant.id, new.unit);
  new.need_by := coalesce(new.need_by, current_date + coalesce(offer.lead_time_days, 0));
  new.over_receipt_tolerance_pct := (private.settings()).over_receipt_tolerance_pct;
  if new.unit_price is null then
    if (offer.purchase_unit, offer.currency) = (new.unit, order_currency) then
      new.unit_price := private.offer_price(offer.id, new.quantity);
      perform private.require_vendor_quantity(offer, variant.sku, new.quantity);
    end if;
    if new.unit_price is null then
      perform private.fail(
        'OMS_PURCHASE_PRICE_MISSING',
        format('The vendor offers no price for %s %s of %s in %s; give unit_price.', trim_scale(new.quantity), new.unit, variant.sku, order_currency),
        jsonb_build_object('product_variant_id', variant.id, 'unit', new.unit, 'currency', order_currency)
      );
    end if;
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_order_lines__fill_terms() is
  'A line says what is bought in the vendor''s words and unit, at the price of its offer of the day for so much, unless it says otherwise.';
create trigger _210_fill_terms before insert on ops.purchase_order_lines
for each row execute function private.tg_purchase_order_lines__fill_terms();
create trigger _220_require_unit before insert on ops.purchase_order_lines
for each row execute function private.tg__require_unit('unit');

create function private.tg_purchase_order_lines__reprice() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  offer constant ops.supplier_products := private.offer_of_the_day(new.vendor_id, new.product_variant_id);
begin
  -- A planning run says both, by the offer of the day on which it is to be ordered.
  if private.may_act_as('{system}', tg_relid) then
    return new;
  end if;
  if offer.purchase_unit = new.unit and private.offer_price(offer.id, old.quantity) = old.unit_price
    and offer.currency = (
      select o.currency from ops.purchase_orders as o
      where o.organization_id = new.organization_id and o.id = new.purchase_order_id
    )
  then
    perform private.require_vendor_quantity(offer, new.sku, new.quantity);
    new.unit_price := coalesce(private.offer_price(offer.id, new.quantity), new.unit_price);
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_order_lines__reprice() is
  'Another quantity of a line at the price of the vendor''s offer has the price of the break that it reaches.';
create trigger _210_reprice before update of quantity on ops.purchase_order_lines
for each row when (old.quantity <> new.quantity and old.unit_price = new.unit_price)
execute function private.tg_purchase_order_lines__reprice();

create function private.tg_purchase_order_lines__guard_quantities() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  decimals constant integer := (
    select u.decimals from ops.units as u where u.organization_id = new.organization_id and u.code = new.unit
  );
begin
  if not new.quantity > 0 or new.quantity <> round(new.quantity, decimals) then
    perform private.fail(
      'OMS_QUANTITY_NOT_IN_UNIT',
      format('%s %s of %s: above zero, with %s decimals at most.', trim_scale(new.quantity), new.unit, new.sku, decimals),
      jsonb_build_object('product_variant_id', new.product_variant_id, 'unit', new.unit, 'decimals', decimals)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_order_lines__guard_quantities() is 'As much is ordered as the unit can be divided into.';
create trigger _310_guard_quantities before insert or update of quantity on ops.purchase_order_lines
for each row execute function private.tg_purchase_order_lines__guard_quantities();
create trigger _310_refuse_price before insert or update of unit_price on ops.purchase_order_lines
for each row when (new.unit_price < 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'unit_price %s of %s is below zero.', 'unit_price', 'sku');
create trigger _310_refuse_line_number before insert on ops.purchase_order_lines
for each row when (new.line_number <= 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'line_number %s is not above zero.', 'line_number');

create function private.tg_purchase_order_lines__guard_answer() returns trigger
language plpgsql
security definer  -- a vendor may not read our units
set search_path = ''
as $$
declare
  purchase_order record;
  most constant numeric := greatest(new.quantity - (new.received_qty - new.rejected_qty), 0);
  decimals constant integer := (
    select u.decimals from ops.units as u where u.organization_id = new.organization_id and u.code = new.unit
  );
begin
  select o.po_number, o.status
  into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = new.organization_id and o.id = new.purchase_order_id;
  if purchase_order.status not in ('sent', 'acknowledged') then
    perform private.fail(
      'OMS_PURCHASE_ORDER_NOT_OPEN',
      format('%s is %s; it is confirmed, and lines of it are cancelled, once it is sent and until it is closed.', purchase_order.po_number, purchase_order.status),
      jsonb_build_object('purchase_order_id', new.purchase_order_id, 'status', purchase_order.status)
    );
  end if;
  if new.confirmed_qty < 0 or new.confirmed_qty > new.quantity or new.confirmed_qty <> round(new.confirmed_qty, decimals) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT',
      format('%s %s of %s cannot be confirmed; %s were ordered.', trim_scale(new.confirmed_qty), new.unit, new.sku, trim_scale(new.quantity)),
      jsonb_build_object('argument', 'confirmed_qty', 'purchase_order_line_id', new.id)
    );
  end if;
  if new.cancelled_qty is distinct from old.cancelled_qty and coalesce(
    new.cancelled_qty < 0 or new.cancelled_qty > most
    or new.cancelled_qty <> round(new.cancelled_qty, decimals), true
  ) then
    perform private.fail(
      'OMS_CANCELLED_QUANTITY_OUT_OF_RANGE',
      format(
        '%s %s of %s cannot be cancelled; %s of %s have not come.', trim_scale(new.cancelled_qty), new.unit, new.sku,
        trim_scale(most), trim_scale(new.quantity)
      ),
      jsonb_build_object('purchase_order_line_id', new.id, 'most', most)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_purchase_order_lines__guard_answer() is
  'The vendor confirms no more than was ordered, and no more is cancelled than has not come, while the order is with the vendor.';
create trigger _310_guard_answer before update of confirmed_qty, promised_date, cancelled_qty
on ops.purchase_order_lines
for each row when (
  (old.confirmed_qty, old.promised_date, old.cancelled_qty)
  is distinct from (new.confirmed_qty, new.promised_date, new.cancelled_qty)
)
execute function private.tg_purchase_order_lines__guard_answer();

create function private.tg_purchase_order_lines__keep_first_promise() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.original_promised_date := new.promised_date;
  return new;
end
$$;
comment on function private.tg_purchase_order_lines__keep_first_promise() is 'What the vendor promised first stays written.';
create trigger _320_keep_first_promise before update of promised_date on ops.purchase_order_lines
for each row when (old.original_promised_date is null and new.promised_date is not null)
execute function private.tg_purchase_order_lines__keep_first_promise();

create function private.tg_purchase_order_lines__derive_open() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.open_qty := case
    when (
      select o.is_open from ops.purchase_orders as o
      where o.organization_id = new.organization_id and o.id = new.purchase_order_id
    ) then greatest(new.quantity - new.cancelled_qty - (new.received_qty - new.rejected_qty), 0)
    else 0
  end;
  return new;
end
$$;
comment on function private.tg_purchase_order_lines__derive_open() is 'What is still to come of a line of an order that is open.';
create trigger _400_derive_open before insert or update of quantity, cancelled_qty, received_qty, rejected_qty
on ops.purchase_order_lines
for each row execute function private.tg_purchase_order_lines__derive_open();

create function private.tg_purchase_order_lines__roll_up_subtotal() returns trigger
language plpgsql
security definer  -- nobody may write totals
set search_path = ''
set enable_seqscan = off
as $$
declare
  orders private.row_key[];
begin
  if tg_op = 'INSERT' then
    orders := (select array_agg(distinct row(n.organization_id, n.purchase_order_id)::private.row_key) from new_rows as n);
  elsif tg_op = 'DELETE' then
    orders := (select array_agg(distinct row(o.organization_id, o.purchase_order_id)::private.row_key) from old_rows as o);
  else
    orders := (
      select array_agg(distinct row(n.organization_id, n.purchase_order_id)::private.row_key)
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where n.line_total is distinct from o.line_total
    );
  end if;
  if orders is null then
    return null;
  end if;
  perform
  from unnest(orders) as k
  inner join ops.purchase_orders as p on p.organization_id = k.organization_id and p.id = k.id
  order by p.organization_id, p.id
  for no key update of p;
  update ops.purchase_orders as p
  set subtotal = summed.subtotal
  from unnest(orders) as k
  cross join lateral (
    select coalesce(sum(l.line_total), 0) as subtotal
    from ops.purchase_order_lines as l
    where l.organization_id = k.organization_id and l.purchase_order_id = k.id
  ) as summed
  where p.organization_id = k.organization_id and p.id = k.id and p.subtotal <> summed.subtotal;
  return null;
end
$$;
comment on function private.tg_purchase_order_lines__roll_up_subtotal() is 'A purchase order''s subtotal is the sum of its lines.';
create trigger _500_roll_up_subtotal_insert after insert on ops.purchase_order_lines
referencing new table as new_rows
for each statement execute function private.tg_purchase_order_lines__roll_up_subtotal();
create trigger _500_roll_up_subtotal_update after update on ops.purchase_order_lines
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_purchase_order_lines__roll_up_subtotal();
create trigger _500_roll_up_subtotal_delete after delete on ops.purchase_order_lines
referencing old table as old_rows
for each statement execute function private.tg_purchase_order_lines__roll_up_subtotal();

create function private.tg_purchase_order_lines__derive_receipt_status() returns trigger
language plpgsql
security definer  -- how much has come, and that all has, is a consequence
set search_path = ''
set enable_seqscan = off
as $$
declare
  orders private.row_key[];
  voided uuid[];
begin
  select
    array_agg(distinct row(n.organization_id, n.purchase_order_id)::private.row_key),
    coalesce(array_agg(n.purchase_order_id) filter (where n.stocked_qty < o.stocked_qty), '{}')
  into orders, voided
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  where (n.stocked_qty, n.cancelled_qty) is distinct from (o.stocked_qty, o.cancelled_qty);
  if orders is null then
    return null;
  end if;
  perform
  from unnest(orders) as k
  inner join ops.purchase_orders as p on p.organization_id = k.organization_id and p.id = k.id
  order by p.organization_id, p.id
  for no key update of p;

  update ops.purchase_orders as p
  set receipt_status = derived.receipt_status, status = derived.status
  from (
    select
      p.organization_id,
      p.id,
      case
        when not facts.is_begun then 'not_received'
        when facts.is_complete then 'received'
        else 'partially_received'
      end::ops.receipt_status as receipt_status,
      case
        when p.status in ('sent', 'acknowledged') and facts.is_complete then 'closed'
        when p.status = 'closed' and not facts.is_complete and p.id = any(voided)
          then case when p.acknowledged_at is null then 'sent' else 'acknowledged' end::ops.purchase_order_status
        else p.status
      end as status
    from unnest(orders) as k
    inner join ops.purchase_orders as p on p.organization_id = k.organization_id and p.id = k.id
    cross join lateral (
      select
        bool_or(l.stocked_qty > 0) as is_begun,
        bool_and(l.stocked_qty >= l.quantity - l.cancelled_qty) as is_complete
      from ops.purchase_order_lines as l
      where l.organization_id = p.organization_id and l.purchase_order_id = p.id
    ) as facts
  ) as derived
  where p.organization_id = derived.organization_id and p.id = derived.id
    and (p.receipt_status, p.status) is distinct from (derived.receipt_status, derived.status);
  return null;
end
$$;
comment on function private.tg_purchase_order_lines__derive_receipt_status() is
  'How much of an order has come. When all is received or cancelled it is closed; when a receipt of it is voided, open again.';
create trigger _510_derive_receipt_status after update on ops.purchase_order_lines
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_purchase_order_lines__derive_receipt_status();

create function private.tg_purchase_order_lines__roll_up_deliveries() returns trigger
language plpgsql
security definer  -- nobody may write counters
set search_path = ''
set enable_seqscan = off
as $$
declare
  changes constant private.vendor_delivery[] := (
    select array_agg(row(c.organization_id, c.vendor_id, c.received_lines, c.late_lines)::private.vendor_delivery)
    from (
      select
        n.organization_id,
        n.vendor_id,
        sum((n.received_on is not null)::integer - (o.received_on is not null)::integer) as received_lines,
        sum(coalesce(n.received_on > n.due_on, false)::integer - coalesce(o.received_on > o.due_on, false)::integer)
          as late_lines
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where (n.received_on, n.due_on) is distinct from (o.received_on, o.due_on)
      group by n.organization_id, n.vendor_id
    ) as c
    where (c.received_lines, c.late_lines) <> (0, 0)
  );
begin
  if changes is null then
    return null;
  end if;
  insert into ops.vendor_deliveries (organization_id, vendor_id)
  select c.organization_id, c.vendor_id from unnest(changes) as c
  order by c.organization_id, c.vendor_id
  on conflict on constraint vendor_deliveries_pkey do nothing;
  perform
  from unnest(changes) as c
  inner join ops.vendor_deliveries as d on d.organization_id = c.organization_id and d.vendor_id = c.vendor_id
  order by d.organization_id, d.vendor_id
  for no key update of d;
  update ops.vendor_deliveries as d
  set received_lines = d.received_lines + c.received_lines, late_lines = d.late_lines + c.late_lines
  from unnest(changes) as c
  where d.organization_id = c.organization_id and d.vendor_id = c.vendor_id;
  return null;
end
$$;
comment on function private.tg_purchase_order_lines__roll_up_deliveries() is 'Counts the lines that a vendor has delivered, and those late.';
create trigger _520_roll_up_deliveries after update on ops.purchase_order_lines
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_purchase_order_lines__roll_up_deliveries();

-- goods_receipts

create function private.tg_goods_receipts__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  purchase_order record;
begin
  -- Read as the caller: an order that it may not see is one that does not exist.
  select o.id, o.po_number, o.status, o.vendor_id
  into purchase_order
  from ops.purchase_orders as o
  where o.organization_id = new.organization_id and o.id = new.purchase_order_id;
  perform private.require_found(purchase_order.id, 'purchase order', new.purchase_order_id);
  if purchase_order.status not in ('sent', 'acknowledged', 'closed') then
    perform private.fail(
      'OMS_PURCHASE_ORDER_NOT_OPEN', format('%s is %s; goods are received of what was sent to the vendor.', purchase_order.po_number, purchase_order.status),
      jsonb_build_object('purchase_order_id', purchase_order.id, 'status', purchase_order.status)
    );
  end if;
  if new.received_on > current_date then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Goods have not come yet on %s.', new.received_on), '{"argument": "received_on"}'
    );
  end if;
  new.vendor_id := purchase_order.vendor_id;
  new.receipt_number := private.next_number('GR', purchase_order.vendor_id);
  return new;
end
$$;
comment on function private.tg_goods_receipts__fill_keys() is
  'Goods are received of an order that the vendor has; what comes after it was closed is received as well. Fills the vendor and the number.';
create trigger _100_lock_supply before update of void_reason on ops.goods_receipts
for each statement execute function private.tg__lock_supply('shared');
create trigger _200_fill_keys before insert on ops.goods_receipts
for each row execute function private.tg_goods_receipts__fill_keys();
create trigger _300_void before update of void_reason on ops.goods_receipts
for each row when (old.voided_at is not null or old.void_reason is distinct from new.void_reason)
execute function private.tg__void();

create function private.tg_goods_receipts__roll_up_receipts() returns trigger
language plpgsql
security definer  -- nobody may write counters
set search_path = ''
set enable_seqscan = off
as $$
declare
  lines constant private.row_key[] := (
    select array_agg(distinct row(l.organization_id, l.purchase_order_line_id)::private.row_key)
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    inner join ops.goods_receipt_lines as l on l.organization_id = n.organization_id and l.goods_receipt_id = n.id
    where (n.voided_at, n.received_on) is distinct from (o.voided_at, o.received_on)
  );
begin
  if lines is not null then
    perform private.roll_up_goods_receipts(lines);
  end if;
  return null;
end
$$;
comment on function private.tg_goods_receipts__roll_up_receipts() is 'A receipt that is voided does not count any more.';
create trigger _500_roll_up_receipts after update on ops.goods_receipts
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_goods_receipts__roll_up_receipts();

create function private.tg_goods_receipts__return_stock() returns trigger
language plpgsql
security definer  -- moves with a source are a consequence
set search_path = ''
set enable_seqscan = off
as $$
begin
  insert into ops.stock_moves (
    organization_id, product_variant_id, from_location_id, lot_id, quantity, reason, unit_cost, reference,
    goods_receipt_line_id
  )
  select
    m.organization_id, m.product_variant_id, m.to_location_id, m.lot_id, m.quantity, 'vendor_return', m.unit_cost,
    m.reference, m.goods_receipt_line_id
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  inner join ops.goods_receipt_lines as l on l.organization_id = n.organization_id and l.goods_receipt_id = n.id
  inner join ops.stock_moves as m on m.organization_id = l.organization_id and m.goods_receipt_line_id = l.id
  where n.voided_at is distinct from o.voided_at and m.reason = 'receipt';
  return null;
end
$$;
comment on function private.tg_goods_receipts__return_stock() is
  'What a receipt that is voided brought leaves stock again; refused where it is not there any more.';
create trigger _510_return_stock after update on ops.goods_receipts
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_goods_receipts__return_stock();

-- goods_receipt_lines

create function private.tg_goods_receipt_lines__fill_keys() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  receipt record;
  known record;
  stocked_qty numeric;
begin
  -- Read as the caller: what it may not see is what does not exist.
  select g.id, g.receipt_number, g.purchase_order_id, g.vendor_id, g.is_voided, o.warehouse_id, w.code as warehouse
  into receipt
  from ops.goods_receipts as g
  inner join ops.purchase_orders as o on o.organization_id = g.organization_id and o.id = g.purchase_order_id
  inner join ops.warehouses as w on w.organization_id = o.organization_id and w.id = o.warehouse_id
  where g.organization_id = new.organization_id and g.id = new.goods_receipt_id;
  perform private.require_found(receipt.id, 'goods receipt', new.goods_receipt_id);
  if receipt.is_voided then
    perform private.fail(
      'OMS_ALREADY_VOIDED', format('%s was voided; nothing is received with it any more.', receipt.receipt_number),
      jsonb_build_object('id', receipt.id)
    );
  end if;
  select l.id, l.sku, l.unit, l.stock_per_unit, l.product_variant_id, v.tracking, v.unit as stock_unit,
    u.decimals, s.decimals as stock_decimals
  into known
  from ops.purchase_order_lines as l
  inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
  inner join ops.units as u on u.organization_id = l.organization_id and u.code = l.unit
  inner join ops.units as s on s.organization_id = v.organization_id and s.code = v.unit
  where l.organization_id = new.organization_id and l.id = new.purchase_order_line_id
    and l.purchase_order_id = receipt.purchase_order_id;
  perform private.require_found(known.id, 'line of the purchase order', new.purchase_order_line_id);

  stocked_qty := round((new.received_qty - new.rejected_qty) * known.stock_per_unit, known.stock_decimals);
  if not coalesce(
    new.received_qty > 0 and new.rejected_qty between 0 and new.received_qty
    and new.received_qty = round(new.received_qty, known.decimals)
    and new.rejected_qty = round(new.rejected_qty, known.decimals)
    and (stocked_qty > 0 or new.rejected_qty = new.received_qty), false
  ) then
    perform private.fail(
      'OMS_QUANTITY_NOT_IN_UNIT',
      format(
        '%s %s of %s received and %s of them rejected is not possible: above zero, no more rejected than received, with %s decimals at most%s.',
        trim_scale(new.received_qty), known.unit, known.sku, trim_scale(new.rejected_qty), known.decimals,
        case when stocked_qty = 0 then format(', and not too few for a %s', known.stock_unit) else '' end
      ),
      jsonb_build_object('purchase_order_line_id', known.id, 'unit', known.unit, 'decimals', known.decimals)
    );
  end if;
  new.purchase_order_id := receipt.purchase_order_id;
  new.vendor_id := receipt.vendor_id;
  if stocked_qty = 0 then
    return new;
  end if;

  new.stock_location_id := coalesce(
    new.stock_location_id,
    (
      select p.id from ops.stock_locations as p
      where p.organization_id = new.organization_id and p.warehouse_id = receipt.warehouse_id
        and p.kind in ('receiving', 'storage') and p.is_active
      order by p.kind <> 'receiving', p.id
      limit 1
    )
  );
  perform private.require_found(
    (
      select p.id from ops.stock_locations as p
      where p.organization_id = new.organization_id and p.id = new.stock_location_id
        and p.warehouse_id = receipt.warehouse_id
    ),
    format('stock location of %s', receipt.warehouse), new.stock_location_id
  );
  if (known.tracking = 'none') <> (new.lot_id is null) then
    perform private.fail(
      'OMS_STOCK_LOT_REQUIRED',
      format(
        case known.tracking when 'none' then '%s is not tracked by lot; leave the lot out.' else '%s is tracked by %s: give the lot.' end,
        known.sku, known.tracking
      ),
      jsonb_build_object('product_variant_id', known.product_variant_id, 'tracking', known.tracking)
    );
  end if;
  if new.lot_id is not null then
    perform private.require_found(
      (
        select t.id from ops.lots as t
        where t.organization_id = new.organization_id and t.id = new.lot_id
          and t.product_variant_id = known.product_variant_id
      ),
      format('lot of %s', known.sku), new.lot_id
    );
  end if;
  return new;
end
$$;
comment on function private.tg_goods_receipt_lines__fill_keys() is
  'A receipt takes in lines of its own order, in their units, and by lot what is tracked so; what goes into stock has a place in the order''s warehouse, by default where goods come in.';
create trigger _100_lock_supply before insert on ops.goods_receipt_lines
for each statement execute function private.tg__lock_supply('shared');
create trigger _200_fill_keys before insert on ops.goods_receipt_lines
for each row execute function private.tg_goods_receipt_lines__fill_keys();

create function private.tg_goods_receipt_lines__roll_up_receipts() returns trigger
language plpgsql
security definer  -- nobody may write counters
set search_path = ''
set enable_seqscan = off
as $$
declare
  lines constant private.row_key[] := (
    select array_agg(distinct row(n.organization_id, n.purchase_order_line_id)::private.row_key) from new_rows as n
  );
  refused record;
begin
  if lines is null then
    return null;
  end if;
  perform
  from ops.goods_receipts as g
  where (g.organization_id, g.id) in (select n.organization_id, n.goods_receipt_id from new_rows as n)
  order by g.organization_id, g.id
  for no key update;
  perform private.roll_up_goods_receipts(lines);

  -- Said again: who voids takes the receipt first, who cancels the lines.
  select o.po_number, o.status, g.receipt_number, g.is_voided
  into refused
  from (select distinct n.organization_id, n.purchase_order_id, n.goods_receipt_id from new_rows as n) as n
  inner join ops.purchase_orders as o on o.organization_id = n.organization_id and o.id = n.purchase_order_id
  inner join ops.goods_receipts as g on g.organization_id = n.organization_id and g.id = n.goods_receipt_id
  where o.status not in ('sent', 'acknowledged', 'closed') or g.is_voided
  limit 1;
  if found then
    perform private.fail(
      case when refused.is_voided then 'OMS_ALREADY_VOIDED' else 'OMS_PURCHASE_ORDER_NOT_OPEN' end,
      case
        when refused.is_voided then format('%s was voided; nothing is received with it any more.', refused.receipt_number)
        else format('%s is %s; nothing is received of it any more.', refused.po_number, refused.status)
      end
    );
  end if;
  return null;
end
$$;
comment on function private.tg_goods_receipt_lines__roll_up_receipts() is
  'Keeps what has come of purchase order lines; refuses more than was ordered and its tolerance, cumulatively.';
create trigger _500_roll_up_receipts after insert on ops.goods_receipt_lines
referencing new table as new_rows
for each statement execute function private.tg_goods_receipt_lines__roll_up_receipts();

create function private.tg_goods_receipt_lines__post_stock() returns trigger
language plpgsql
security definer  -- moves with a source are a consequence
set search_path = ''
set enable_seqscan = off
as $$
begin
  insert into ops.stock_moves (
    organization_id, product_variant_id, to_location_id, lot_id, quantity, reason, unit_cost, reference,
    goods_receipt_line_id
  )
  select
    n.organization_id, l.product_variant_id, n.stock_location_id, n.lot_id,
    round(n.stocked_qty * l.stock_per_unit, u.decimals), 'receipt',
    private.in_own_currency(l.unit_price / l.stock_per_unit, o.currency, g.received_on),
    g.receipt_number, n.id
  from new_rows as n
  inner join ops.goods_receipts as g on g.organization_id = n.organization_id and g.id = n.goods_receipt_id
  inner join ops.purchase_orders as o on o.organization_id = n.organization_id and o.id = n.purchase_order_id
  inner join ops.purchase_order_lines as l on l.organization_id = n.organization_id and l.id = n.purchase_order_line_id
  inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
  inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
  where n.stocked_qty > 0;
  return null;
end
$$;
comment on function private.tg_goods_receipt_lines__post_stock() is
  'What was received and not rejected is in stock, in the variant''s own unit, at what it cost in the organization''s currency.';
create trigger _510_post_stock after insert on ops.goods_receipt_lines
referencing new table as new_rows
for each statement execute function private.tg_goods_receipt_lines__post_stock();
