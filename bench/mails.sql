-- A company whose mails wait, with a vendor and a purchase order of twenty lines. Triggers are off: it is not what is measured.

set local session_replication_role = replica;
select set_config('request.jwt.claims', %(claims)s, true);
insert into ops.tenants (id, name) values (%(organization)s, %(code)s);
insert into ops.organizations (id, tenant_id, code, name, currency)
values (%(organization)s, %(organization)s, %(code)s, 'Bench Company', 'EUR');
insert into ops.directory (organization_id, kinds, code, name, email, created_by)
select %(organization)s, kinds::ops.party_kind[], code, name, code || '@example.com', %(organization)s
from (values ('{company}', 'us', 'Bench Company'), ('{vendor}', 'vendor', 'Bench Vendor')) as d (kinds, code, name);
update ops.organizations set company_id = (
  select d.id from ops.directory as d where d.organization_id = %(organization)s and d.code = 'us'
) where id = %(organization)s;
insert into ops.warehouses (organization_id, code, name, created_by)
values (%(organization)s, 'MAIN', 'Main', %(organization)s);
insert into ops.products (organization_id, product_number, name, created_by)
values (%(organization)s, 'P', 'Product', %(organization)s);
insert into ops.product_variants (organization_id, product_id, sku, size_label, unit, created_by)
select p.organization_id, p.id, 'P-1', 'one', 'EA', p.organization_id from ops.products as p
where p.organization_id = %(organization)s;
insert into ops.purchase_orders (
  organization_id, vendor_id, po_number, warehouse_id, currency, status, order_date, sent_at, created_by
)
select d.organization_id, d.id, 'PO-1', w.id, 'EUR', 'sent', current_date, now(), d.organization_id
from ops.directory as d
cross join lateral (
  select w.id from ops.warehouses as w where w.organization_id = d.organization_id limit 1
) as w
where d.organization_id = %(organization)s and d.code = 'vendor';
insert into ops.purchase_order_lines (
  organization_id, purchase_order_id, vendor_id, line_number, product_variant_id, sku, description, quantity, unit,
  stock_per_unit, unit_price, need_by, over_receipt_tolerance_pct, created_by
)
select
  o.organization_id, o.id, o.vendor_id, n.nth, v.id, v.sku, 'Thing number ' || n.nth, 10 * n.nth, 'EA', 1, 1.25,
  current_date + 30, 0, o.organization_id
from ops.purchase_orders as o
inner join ops.product_variants as v on v.organization_id = o.organization_id
cross join generate_series(1, 20) as n (nth)
where o.organization_id = %(organization)s;

select private.queue_emails(array(
  select row(
    %(organization)s, %(template)s, %(template)s || n, null, null, null, null,
    jsonb_build_array(jsonb_build_object('name', 'Reader', 'address', 'reader' || n || '@example.com')),
    %(data)s::jsonb,
    case when %(encloses)s then (
      select jsonb_build_array(jsonb_build_object('document', 'purchase_order', 'id', o.id))
      from ops.purchase_orders as o where o.organization_id = %(organization)s
    ) end,
    null
  )::private.letter
  from generate_series(1, %(count)s) as n
));
