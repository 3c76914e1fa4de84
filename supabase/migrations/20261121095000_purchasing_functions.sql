-- declared in sql/functions/purchasing.sql
create function private.require_vendor(vendor_id uuid) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  company record;
begin
  -- Read as the caller: a company that it may not see is one that does not exist.
  select d.id, d.name, d.kinds
  into company
  from ops.directory as d
  where d.organization_id = private.organization_id() and d.id = require_vendor.vendor_id;
  perform private.require_found(company.id, 'company', vendor_id);
  if not 'vendor' = any(company.kinds) then
    perform private.fail(
      'OMS_NOT_A_VENDOR', format('%s is not a vendor; add the kind `vendor` to it first.', company.name),
      jsonb_build_object('vendor_id', vendor_id, 'kinds', company.kinds)
    );
  end if;
end
$$;
comment on function private.require_vendor(uuid) is 'Refuses a company that is not a vendor in the directory.';

create function private.require_conversion(product_variant_id uuid, from_unit text) returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  variant record;
  factor numeric;
begin
  select v.id, v.sku, v.unit
  into variant
  from ops.product_variants as v
  where v.organization_id = private.organization_id() and v.id = require_conversion.product_variant_id;
  perform private.require_found(variant.id, 'product variant', product_variant_id);
  factor := round(private.conversion_factor(variant.id, from_unit, variant.unit), 6);
  if not coalesce(factor > 0, false) then
    perform private.fail(
      'OMS_UNIT_CONVERSION_MISSING',
      format('Nobody has said how many %s one %s of %s is; add it to unit_conversions.', variant.unit, from_unit, variant.sku),
      jsonb_build_object('product_variant_id', variant.id, 'from_unit', from_unit, 'to_unit', variant.unit)
    );
  end if;
  return factor;
end
$$;
comment on function private.require_conversion(uuid, text) is
  'How many of a variant''s own unit one of another unit is; refuses where nobody has said.';

create function private.in_own_currency(
  amount numeric, currency text, on_date date default current_date
) returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  if currency = (select o.currency from ops.organizations as o where o.id = private.organization_id()) then
    return amount;
  end if;
  return amount / (
    select r.rate
    from ops.exchange_rates as r
    where r.organization_id = private.organization_id() and r.currency = in_own_currency.currency
      and r.rate_date <= on_date
    order by r.rate_date desc
    limit 1
  );
end
$$;
comment on function private.in_own_currency(numeric, text, date) is
  'An amount in the organization''s currency, at the rate that holds on a day; null: no rate is known.';

-- What a vendor offers.

create function private.offer_of_the_day(vendor_id uuid, product_variant_id uuid, on_date date default current_date)
returns ops.supplier_products
language plpgsql
stable
set search_path = ''
as $$
declare
  offer ops.supplier_products;
begin
  select s.* into offer
  from ops.supplier_products as s
  where s.organization_id = private.organization_id() and s.vendor_id = offer_of_the_day.vendor_id
    and s.product_variant_id = offer_of_the_day.product_variant_id
    and coalesce(s.valid_from <= on_date, true) and coalesce(s.valid_to > on_date, true)
  order by s.valid_from desc nulls last
  limit 1;
  return offer;
end
$$;
comment on function private.offer_of_the_day(uuid, uuid, date) is
  'The terms on which a vendor sells a variant on a day: of several, those that began last; null: none.';

create function private.offer_price(supplier_product_id uuid, quantity numeric) returns ops.money_amount
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select b.unit_price
    from ops.supplier_price_breaks as b
    where b.organization_id = private.organization_id() and b.supplier_product_id = offer_price.supplier_product_id
      and b.from_qty <= offer_price.quantity
    order by b.from_qty desc
    limit 1
  );
end
$$;
comment on function private.offer_price(uuid, numeric) is
  'What one purchase unit of an offer costs if so many are ordered at once: the price of the break that they reach; null: there is none.';

create function private.require_vendor_quantity(
  offer ops.supplier_products, sku text, quantity numeric
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if quantity < offer.minimum_qty or mod(quantity, offer.multiple_qty) <> 0 then
    perform private.fail(
      'OMS_BELOW_VENDOR_MINIMUM',
      format(
        '%s %s of %s: the vendor sells %s or more at once%s. Give unit_price where something else was agreed.',
        trim_scale(quantity), offer.purchase_unit, sku, trim_scale(offer.minimum_qty),
        ', in multiples of ' || trim_scale(offer.multiple_qty)
      ),
      jsonb_build_object(
        'supplier_product_id', offer.id, 'minimum_qty', offer.minimum_qty, 'multiple_qty', offer.multiple_qty
      )
    );
  end if;
end
$$;
comment on function private.require_vendor_quantity(ops.supplier_products, text, numeric) is
  'Refuses a quantity that the vendor does not sell on the terms of its offer.';

-- Approval.

create function private.require_approver(
  po_number text, created_by uuid, approver_role ops.member_role, submitted_by uuid
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if approver_role is not null and not pg_has_role(current_user, approver_role::text, 'member') then
    perform private.fail(
      'OMS_NOT_THE_APPROVER', format('%s is decided on by %s.', po_number, approver_role),
      jsonb_build_object('approver_role', approver_role)
    );
  end if;
  if private.actor_id() in (created_by, submitted_by) then
    perform private.fail(
      'OMS_SELF_APPROVAL', format('Somebody else decides on %s: you made or submitted it.', po_number),
      jsonb_build_object('created_by', created_by, 'submitted_by', submitted_by)
    );
  end if;
end
$$;
comment on function private.require_approver(text, uuid, ops.member_role, uuid) is
  'Refuses whoever may not decide on a purchase order: other roles than its tier''s, and who made or submitted it.';

-- Locks and derivations. After private.lock_supply, in this order, each by id: goods receipts, purchase order lines,
-- purchase orders, the vendor's counts; then what stock moves take.

create function private.roll_up_goods_receipts(lines private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
begin
  perform private.require_read_committed();
  perform
  from unnest(lines) as k
  inner join ops.purchase_order_lines as l on l.organization_id = k.organization_id and l.id = k.id
  order by l.organization_id, l.id
  for no key update of l;

  select
    l.id, l.sku, l.unit, l.line_number, summed.stocked_qty, l.stocked_qty as before_qty,
    (l.quantity - l.cancelled_qty) * (1 + l.over_receipt_tolerance_pct / 100) as most
  into refused
  from unnest(lines) as k
  inner join ops.purchase_order_lines as l on l.organization_id = k.organization_id and l.id = k.id
  cross join lateral (
    select coalesce(sum(r.stocked_qty), 0) as stocked_qty
    from ops.goods_receipt_lines as r
    inner join ops.goods_receipts as g on g.organization_id = r.organization_id and g.id = r.goods_receipt_id
    where r.organization_id = l.organization_id and r.purchase_order_line_id = l.id and not g.is_voided
  ) as summed
  where summed.stocked_qty > l.stocked_qty
    and summed.stocked_qty > (l.quantity - l.cancelled_qty) * (1 + l.over_receipt_tolerance_pct / 100)
  order by l.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_RECEIPT_EXCEEDS_ORDERED',
      format(
        '%s %s of %s (line %s) would be taken in all; at most %s can be, so %s more.',
        trim_scale(refused.stocked_qty), refused.unit, refused.sku, refused.line_number, trim_scale(refused.most),
        trim_scale(greatest(refused.most - refused.before_qty, 0))
      ),
      jsonb_build_object(
        'purchase_order_line_id', refused.id, 'stocked_qty', refused.stocked_qty, 'most', trim_scale(refused.most)
      )
    );
  end if;

  update ops.purchase_order_lines as l
  set
    received_qty = summed.received_qty, rejected_qty = summed.rejected_qty, last_received_on = summed.last_received_on
  from unnest(lines) as k
  cross join lateral (
    select
      coalesce(sum(r.received_qty), 0) as received_qty,
      coalesce(sum(r.rejected_qty), 0) as rejected_qty,
      max(g.received_on) filter (where r.stocked_qty > 0) as last_received_on
    from ops.goods_receipt_lines as r
    inner join ops.goods_receipts as g on g.organization_id = r.organization_id and g.id = r.goods_receipt_id
    where r.organization_id = k.organization_id and r.purchase_order_line_id = k.id and not g.is_voided
  ) as summed
  where l.organization_id = k.organization_id and l.id = k.id
    and (l.received_qty, l.rejected_qty, l.last_received_on)
    is distinct from (summed.received_qty, summed.rejected_qty, summed.last_received_on);
end
$$;
comment on function private.roll_up_goods_receipts(private.row_key[]) is
  'Keeps what was received of purchase order lines, which it locks; refuses more than was ordered and the tolerance. For definer triggers only.';
