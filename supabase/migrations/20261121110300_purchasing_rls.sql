-- declared in sql/rls/purchasing.sql
-- supplier_products, supplier_price_breaks: what others offer us is nobody's to know but ours

alter table ops.supplier_products enable row level security;
grant select on ops.supplier_products to oms_staff;
grant insert (
  id, vendor_id, product_variant_id, vendor_sku, purchase_unit, currency, lead_time_days, minimum_qty, multiple_qty,
  preference, valid_from, valid_to
) on ops.supplier_products to oms_planner, oms_procurement;
grant update (
  vendor_sku, lead_time_days, minimum_qty, multiple_qty, preference, valid_from, valid_to, row_version
) on ops.supplier_products to oms_planner, oms_procurement;
grant delete on ops.supplier_products to oms_planner, oms_procurement;

create policy supplier_products_staff_read on ops.supplier_products
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy supplier_products_staff_insert on ops.supplier_products
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy supplier_products_staff_update on ops.supplier_products
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy supplier_products_staff_delete on ops.supplier_products
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));

alter table ops.supplier_price_breaks enable row level security;
grant select on ops.supplier_price_breaks to oms_staff;
grant insert (
  id, supplier_product_id, from_qty, unit_price
) on ops.supplier_price_breaks to oms_planner, oms_procurement;
grant update (from_qty, unit_price, row_version) on ops.supplier_price_breaks to oms_planner, oms_procurement;
grant delete on ops.supplier_price_breaks to oms_planner, oms_procurement;

create policy supplier_price_breaks_staff_read on ops.supplier_price_breaks
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy supplier_price_breaks_staff_insert on ops.supplier_price_breaks
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy supplier_price_breaks_staff_update on ops.supplier_price_breaks
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy supplier_price_breaks_staff_delete on ops.supplier_price_breaks
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));

-- purchase_approval_tiers

alter table ops.purchase_approval_tiers enable row level security;
grant select on ops.purchase_approval_tiers to oms_staff;
grant insert (id, from_amount, approver_role) on ops.purchase_approval_tiers to oms_admin;
grant update (from_amount, approver_role, row_version) on ops.purchase_approval_tiers to oms_admin;
grant delete on ops.purchase_approval_tiers to oms_admin;

create policy purchase_approval_tiers_staff_read on ops.purchase_approval_tiers
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy purchase_approval_tiers_staff_insert on ops.purchase_approval_tiers
for insert to oms_admin
with check (organization_id = (select private.organization_id()));
create policy purchase_approval_tiers_staff_update on ops.purchase_approval_tiers
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy purchase_approval_tiers_staff_delete on ops.purchase_approval_tiers
for delete to oms_admin
using (organization_id = (select private.organization_id()));

-- purchase_orders: whoever a tier names decides by their status

alter table ops.purchase_orders enable row level security;
grant select on ops.purchase_orders to oms_staff;
grant insert (
  id, vendor_id, po_number, warehouse_id, currency, order_date, tax_amount, freight_amount, note, metadata
) on ops.purchase_orders to oms_planner, oms_procurement;
grant update (
  warehouse_id, tax_amount, freight_amount, vendor_reference, note, metadata
) on ops.purchase_orders to oms_planner, oms_procurement;
grant update (status, row_version) on ops.purchase_orders to oms_staff;

create policy purchase_orders_staff_read on ops.purchase_orders
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy purchase_orders_staff_insert on ops.purchase_orders
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy purchase_orders_staff_update on ops.purchase_orders
for update to oms_staff
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.purchase_orders to oms_vendor;
create policy purchase_orders_vendor_read on ops.purchase_orders
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and sent_at is not null
  and private.counts_exactly()
);
grant update (status, vendor_reference, row_version) on ops.purchase_orders to oms_vendor;
create policy purchase_orders_vendor_update on ops.purchase_orders
for update to oms_vendor
using (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and sent_at is not null
)
with check (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and sent_at is not null
);

-- purchase_order_approvals: written by triggers, but for the reason

alter table ops.purchase_order_approvals enable row level security;
grant select, update (reason) on ops.purchase_order_approvals to oms_staff;

create policy purchase_order_approvals_staff_read on ops.purchase_order_approvals
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy purchase_order_approvals_staff_update on ops.purchase_order_approvals
for update to oms_staff
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- purchase_order_lines

alter table ops.purchase_order_lines enable row level security;
grant select on ops.purchase_order_lines to oms_staff;
grant insert (
  id, purchase_order_id, line_number, product_variant_id, quantity, unit, unit_price, need_by
) on ops.purchase_order_lines to oms_planner, oms_procurement;
grant update (
  quantity, unit_price, need_by, promised_date, confirmed_qty, cancelled_qty, row_version
) on ops.purchase_order_lines to oms_planner, oms_procurement;
grant delete on ops.purchase_order_lines to oms_planner, oms_procurement;

create policy purchase_order_lines_staff_read on ops.purchase_order_lines
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy purchase_order_lines_staff_insert on ops.purchase_order_lines
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
create policy purchase_order_lines_staff_update on ops.purchase_order_lines
for update to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy purchase_order_lines_staff_delete on ops.purchase_order_lines
for delete to oms_planner, oms_procurement
using (organization_id = (select private.organization_id()));
grant select on ops.purchase_order_lines to oms_vendor;
create policy purchase_order_lines_vendor_read on ops.purchase_order_lines
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and sent_at is not null
  and private.counts_exactly()
);
grant update (promised_date, confirmed_qty, row_version) on ops.purchase_order_lines to oms_vendor;
create policy purchase_order_lines_vendor_update on ops.purchase_order_lines
for update to oms_vendor
using (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and sent_at is not null
)
with check (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and sent_at is not null
);

-- vendor_deliveries

alter table ops.vendor_deliveries enable row level security;
grant select on ops.vendor_deliveries to oms_staff;
create policy vendor_deliveries_staff_read on ops.vendor_deliveries
for select to oms_staff
using (organization_id = (select private.organization_id()));

-- goods_receipts, goods_receipt_lines

alter table ops.goods_receipts enable row level security;
grant select on ops.goods_receipts to oms_staff;
grant insert (id, purchase_order_id, received_on, delivery_note) on ops.goods_receipts to oms_warehouse;
grant update (void_reason, row_version) on ops.goods_receipts to oms_warehouse;

create policy goods_receipts_staff_read on ops.goods_receipts
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy goods_receipts_staff_insert on ops.goods_receipts
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));
create policy goods_receipts_staff_update on ops.goods_receipts
for update to oms_warehouse
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.goods_receipts to oms_vendor;
create policy goods_receipts_vendor_read on ops.goods_receipts
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and private.counts_exactly()
);

alter table ops.goods_receipt_lines enable row level security;
grant select on ops.goods_receipt_lines to oms_staff;
grant insert (
  id, goods_receipt_id, purchase_order_line_id, received_qty, rejected_qty, reject_reason, stock_location_id, lot_id
) on ops.goods_receipt_lines to oms_warehouse;

create policy goods_receipt_lines_staff_read on ops.goods_receipt_lines
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy goods_receipt_lines_staff_insert on ops.goods_receipt_lines
for insert to oms_warehouse
with check (organization_id = (select private.organization_id()));
grant select on ops.goods_receipt_lines to oms_vendor;
create policy goods_receipt_lines_vendor_read on ops.goods_receipt_lines
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and vendor_id = (select private.party_id())
  and private.counts_exactly()
);

-- warehouses: a vendor sees where it delivers to

grant select on ops.warehouses to oms_vendor;
create policy warehouses_vendor_read on ops.warehouses
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and exists (
    select from ops.purchase_orders as seen
    where seen.organization_id = warehouses.organization_id
      and seen.warehouse_id = warehouses.id
      and seen.vendor_id = (select private.party_id())
      and seen.sent_at is not null
    offset 0
  )
  and private.counts_exactly()
);

-- helpers

grant execute on function
private.require_vendor(uuid), private.require_conversion(uuid, text), private.in_own_currency(numeric, text, date),
private.offer_of_the_day(uuid, uuid, date), private.offer_price(uuid, numeric),
private.require_vendor_quantity(ops.supplier_products, text, numeric),
private.require_approver(text, uuid, ops.member_role, uuid)
to oms_staff;

-- views, commands

grant select on ops.purchase_order_tracking to oms_staff;

grant execute on function
ops.submit_purchase_order(uuid), ops.send_purchase_order(uuid), ops.close_purchase_order(uuid),
ops.cancel_purchase_order(uuid)
to oms_planner, oms_procurement;
grant execute on function
ops.approve_purchase_order(uuid), ops.reject_purchase_order(uuid, text),
private.set_purchase_order_status(uuid, ops.purchase_order_status)
to oms_staff;
grant execute on function
ops.acknowledge_purchase_order(uuid, text, jsonb),
private.acknowledge_purchase_order(uuid, text, private.acknowledged_line[]),
private.lock_purchase_order_lines(uuid)
to oms_vendor, oms_planner, oms_procurement;
grant execute on function
ops.receive_goods(uuid, jsonb, date, text), ops.void_goods_receipt(uuid, text)
to oms_warehouse;
