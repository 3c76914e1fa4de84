-- declared in sql/views/purchasing.sql
create view ops.purchase_order_tracking with (security_invoker = true) as
select
  l.organization_id,
  l.id as purchase_order_line_id,
  l.purchase_order_id,
  o.po_number,
  o.status,
  l.vendor_id,
  d.name as vendor_name,
  o.warehouse_id,
  l.line_number,
  l.product_variant_id,
  l.sku,
  l.description,
  l.unit,
  l.quantity,
  l.received_qty,
  l.rejected_qty,
  l.cancelled_qty,
  l.open_qty,
  l.need_by,
  l.original_promised_date,
  l.promised_date,
  l.due_on,
  l.received_on,
  l.open_qty > 0 and l.sent_at is not null as is_open,
  l.open_qty > 0 and l.sent_at is not null and l.stocked_qty > 0 as is_partially_received,
  l.open_qty > 0 and l.sent_at is not null and l.due_on < current_date as is_late,
  case
    when l.received_on is not null then greatest(l.received_on - l.due_on, 0)
    when l.open_qty > 0 and l.sent_at is not null then greatest(current_date - l.due_on, 0)
  end as days_late,
  s.received_lines as vendor_received_lines,
  round(100 * (s.received_lines - s.late_lines)::numeric / nullif(s.received_lines, 0), 1) as vendor_on_time_pct
from ops.purchase_order_lines as l
left join ops.purchase_orders as o on o.organization_id = l.organization_id and o.id = l.purchase_order_id
left join ops.directory as d on d.organization_id = l.organization_id and d.id = l.vendor_id
left join ops.vendor_deliveries as s on s.organization_id = l.organization_id and s.vendor_id = l.vendor_id;
comment on view ops.purchase_order_tracking is
  'Every line of every purchase order: what is still to come of it, whether it is late, and how well its vendor keeps to its dates. Key: purchase_order_line_id.';
comment on column ops.purchase_order_tracking.due_on is 'The day by which it is on time: the first that the vendor promised, else when we need it.';
comment on column ops.purchase_order_tracking.received_on is 'The day on which all of it had come; null before.';
comment on column ops.purchase_order_tracking.is_open is 'It was sent, and more is to come.';
comment on column ops.purchase_order_tracking.is_partially_received is 'Some has come, and more is to come.';
comment on column ops.purchase_order_tracking.is_late is 'More is to come, and was due before today.';
comment on column ops.purchase_order_tracking.days_late is 'Days past due_on on which the last of it came; while more is to come, until today. Null: it was not sent, or is not waited for.';
comment on column ops.purchase_order_tracking.vendor_received_lines is 'How many lines the vendor has delivered in full.';
comment on column ops.purchase_order_tracking.vendor_on_time_pct is 'Per cent of these that came by due_on.';
