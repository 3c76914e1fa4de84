-- declared in sql/views/event_types.sql
-- What may happen. A state of a machine that has no line here happens in silence.

create view private.event_types with (security_invoker = true) as
select
  t.type, t.version, t.entity_type, t.summary, t.roles::text[] as roles,
  string_to_array(concat_ws(', ', s.fields, t.fields), ', ') as fields
from (
  values
  ('order.requested', 1, 'orders', 'A client asked for something, or sales entered that it did.', '{oms_sales}', null),
  ('order.quote_sent', 1, 'orders', 'A quote went out to its client.', '{oms_sales}', null),
  ('order.quote_approved', 1, 'orders', 'A client approved a quote.', '{oms_sales}', null),
  ('order.quote_declined', 1, 'orders', 'A client declined a quote.', '{oms_sales}', null),
  ('order.quote_expired', 1, 'orders', 'A quote was not answered in time.', '{oms_sales}', null),
  ('order.sales_order', 1, 'orders', 'What is ordered is agreed.', '{oms_sales,oms_planner,oms_production}', null),
  ('order.so_sent', 1, 'orders', 'A sales order went out to its client.', '{oms_sales}', null),
  (
    'order.so_approved', 1, 'orders', 'A client approved a sales order.',
    '{oms_sales,oms_planner,oms_production}', null
  ),
  ('order.closed', 1, 'orders', 'An order is done with.', '{oms_sales,oms_finance}', null),
  ('order.reopened', 1, 'orders', 'An order that was closed goes on.', '{oms_sales,oms_finance}', null),
  (
    'order.cancelled', 1, 'orders', 'An order will not be carried out.',
    '{oms_sales,oms_planner,oms_procurement,oms_production,oms_warehouse,oms_finance}', null
  ),
  (
    'order_item.allocation_status_changed', 1, 'order_items', 'The making of a line came further, or was thrown back.',
    '{oms_sales,oms_planner,oms_procurement}', null
  ),
  (
    'allocation.sent', 1, 'allocations', 'A factory was asked to quote for lines of an allocation.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'quote.quoted', 1, 'allocation_items_supplier', 'A factory quoted for a slice, or changed its quote.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'quote.declined', 1, 'allocation_items_supplier', 'A factory does not want to make a slice.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'quote.withdrawn', 1, 'allocation_items_supplier', 'A factory took its quote back.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'production.reported', 1, 'allocation_items_supplier', 'A factory said how far it has come with a slice.',
    '{oms_planner,oms_procurement,oms_production}', 'production_status text, from_status text'
  ),
  (
    'award.made', 1, 'allocation_items_supplier', 'A factory was awarded a slice.',
    '{oms_planner,oms_procurement,oms_production}', null
  ),
  (
    'award.revoked', 1, 'allocation_items_supplier', 'An award was taken back.',
    '{oms_planner,oms_procurement,oms_production}', null
  ),
  (
    'factory_po.issued', 1, 'factory_pos', 'A production contract went out to be countersigned.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'factory_po.pc_signed', 1, 'factory_pos', 'A factory countersigned a production contract.',
    '{oms_planner,oms_procurement,oms_production}', null
  ),
  (
    'factory_po.closed', 1, 'factory_pos', 'A production contract is delivered and paid.',
    '{oms_planner,oms_procurement,oms_finance}', null
  ),
  (
    'factory_po.reopened', 1, 'factory_pos', 'A receipt or a payment was voided; a closed contract is open again.',
    '{oms_planner,oms_procurement,oms_finance}', null
  ),
  (
    'factory_po.cancelled', 1, 'factory_pos', 'A production contract does not hold any more; its next version may.',
    '{oms_planner,oms_procurement,oms_production,oms_finance}', null
  ),
  (
    'factory_receipt.recorded', 1, 'factory_receipts', 'Goods of a factory came in.',
    '{oms_planner,oms_procurement,oms_warehouse,oms_finance}', null
  ),
  (
    'factory_receipt.voided', 1, 'factory_receipts', 'A receipt turned out to be wrong.',
    '{oms_planner,oms_procurement,oms_warehouse,oms_finance}', null
  ),
  (
    'factory_invoice.submitted', 1, 'factory_invoices', 'A factory billed, or credited.',
    '{oms_procurement,oms_finance}', null
  ),
  (
    'factory_invoice.approved', 1, 'factory_invoices', 'A factory''s invoice may be paid.',
    '{oms_procurement,oms_finance}', null
  ),
  (
    'factory_invoice.disputed', 1, 'factory_invoices', 'A factory''s invoice is not agreed to.',
    '{oms_procurement,oms_finance}', null
  ),
  (
    'factory_invoice.voided', 1, 'factory_invoices', 'A factory''s invoice does not count.',
    '{oms_procurement,oms_finance}', null
  ),
  ('factory_payment.recorded', 1, 'factory_payments', 'A factory was paid.', '{oms_finance}', null),
  ('factory_payment.voided', 1, 'factory_payments', 'A payment to a factory did not happen.', '{oms_finance}', null),
  (
    'timeline_node.done', 1, 'timeline_nodes', 'A step of a timeline is done.',
    '{oms_sales,oms_planner,oms_procurement,oms_production}', 'actual_date date?'
  ),
  (
    'timeline_node.late', 1, 'timeline_nodes', 'A step of a timeline will be later than planned.',
    '{oms_sales,oms_planner,oms_procurement,oms_production}', 'forecast_date date?'
  ),
  (
    'purchase_order.submitted', 1, 'purchase_orders', 'A purchase order asks for approval.',
    '{oms_planner,oms_procurement,oms_finance}', null
  ),
  (
    'purchase_order.mentioned', 1, 'purchase_orders', 'Somebody was mentioned in the note of a purchase order.',
    '{oms_sales,oms_planner,oms_procurement,oms_production,oms_warehouse,oms_finance}', 'member_id uuid'
  ),
  (
    'slice_note.mentioned', 1, 'allocation_item_supplier_notes', 'Somebody was mentioned in a note about a slice.',
    '{oms_planner,oms_procurement,oms_finance}', 'member_id uuid'
  ),
  (
    'purchase_order.approved', 1, 'purchase_orders', 'A purchase order may be sent.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'purchase_order.sent', 1, 'purchase_orders', 'A purchase order went out to its vendor.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'purchase_order.acknowledged', 1, 'purchase_orders', 'A vendor confirmed a purchase order.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'purchase_order.closed', 1, 'purchase_orders', 'Nothing more comes of a purchase order.',
    '{oms_planner,oms_procurement,oms_finance}', null
  ),
  (
    'purchase_order.reopened', 1, 'purchase_orders', 'A receipt was voided; a closed purchase order is open again.',
    '{oms_planner,oms_procurement,oms_finance}', null
  ),
  (
    'purchase_order.cancelled', 1, 'purchase_orders', 'A purchase order does not hold any more.',
    '{oms_planner,oms_procurement,oms_production,oms_warehouse}', null
  ),
  (
    'goods_receipt.recorded', 1, 'goods_receipts', 'Goods of a vendor came in.',
    '{oms_planner,oms_procurement,oms_production,oms_warehouse,oms_finance}', null
  ),
  (
    'goods_receipt.voided', 1, 'goods_receipts', 'A receipt turned out to be wrong.',
    '{oms_planner,oms_procurement,oms_production,oms_warehouse,oms_finance}', null
  ),
  (
    'production_order.on_hold', 1, 'production_orders', 'Components are missing; production waits.',
    '{oms_planner,oms_procurement,oms_production}', null
  ),
  (
    'production_order.ready', 1, 'production_orders', 'All components are reserved; production may be released.',
    '{oms_planner,oms_production,oms_warehouse}', null
  ),
  (
    'production_order.released', 1, 'production_orders', 'Production may begin.',
    '{oms_planner,oms_production,oms_warehouse}', null
  ),
  ('production_order.in_progress', 1, 'production_orders', 'Production began.', '{oms_planner,oms_production}', null),
  (
    'production_order.completed', 1, 'production_orders', 'Production is done.',
    '{oms_sales,oms_planner,oms_production,oms_warehouse}', null
  ),
  (
    'production_order.cancelled', 1, 'production_orders', 'A production order will not be carried out.',
    '{oms_planner,oms_procurement,oms_production,oms_warehouse}', null
  ),
  (
    'supply_run.finished', 1, 'supply_runs', 'A planning run is done.',
    '{oms_planner,oms_procurement,oms_production}', null
  ),
  (
    'reservation.expired', 1, 'inventory_reservations', 'What was reserved for an order line was kept long enough.',
    '{oms_sales,oms_planner,oms_warehouse}', null
  ),
  (
    'alert.line_late', 1, 'order_items', 'A line will not be there when it is needed.',
    '{oms_sales,oms_planner,oms_procurement,oms_production}', 'order_item_id uuid?'
  ),
  (
    'alert.no_supply', 1, 'production_components', 'Nothing brings a component that production waits for.',
    '{oms_planner,oms_procurement,oms_production}', 'production_order_id uuid?, product_variant_id uuid?'
  ),
  (
    'alert.purchase_overdue', 1, 'purchase_order_lines', 'What was bought should have come.',
    '{oms_planner,oms_procurement,oms_production}', 'purchase_order_id uuid?, vendor_id uuid?'
  ),
  (
    'alert.promised_late', 1, 'purchase_order_lines', 'What was bought is promised for later than it is needed.',
    '{oms_planner,oms_procurement,oms_production}', 'purchase_order_id uuid?, vendor_id uuid?'
  ),
  (
    'alert.not_acknowledged', 1, 'purchase_orders', 'A vendor has not confirmed what was sent.',
    '{oms_planner,oms_procurement}', 'purchase_order_id uuid?, vendor_id uuid?'
  ),
  (
    'alert.not_released', 1, 'production_orders', 'Production could begin, and nobody lets it.',
    '{oms_planner,oms_production}', 'production_order_id uuid?'
  ),
  (
    'alert.planning_exception', 1, 'planning_exceptions', 'Planning found what it could not solve.',
    '{oms_planner,oms_procurement,oms_production}',
    'order_item_id uuid?, production_order_id uuid?, product_variant_id uuid?'
  ),
  (
    'alert.step_overdue', 1, 'timeline_nodes', 'A step of a timeline should be done, and nobody has said anything.',
    '{oms_sales,oms_planner,oms_procurement,oms_production}', 'root_id uuid, order_id uuid?, factory_id uuid?'
  ),
  (
    'webhook_endpoint.disabled', 1, 'webhook_endpoints', 'An endpoint of ours takes nothing, and is sent nothing more.',
    '{oms_admin}', null
  ),
  (
    'email.failed', 1, 'email_log', 'A mail could not be sent, and was given up.',
    '{oms_planner,oms_procurement}', null
  ),
  (
    'email.bounced', 1, 'email_log', 'A mail came back; its address gets no more.',
    '{oms_planner,oms_procurement}', null
  )
) as t (type, version, entity_type, summary, roles, fields)
inner join (
  -- What every payload of what happens to the same thing holds.
  values
  ('order', 'order_number text, client_id uuid, client_po_number text?, from_status text?'),
  ('order_item', 'order_id uuid, line_number integer, from_status text, to_status text'),
  ('allocation', 'allocation_number text, name text, factory_id uuid, slices integer'),
  ('quote', 'allocation_id uuid, allocation_item_id uuid, factory_id uuid'),
  ('production', 'allocation_id uuid, allocation_item_id uuid, factory_id uuid'),
  ('award', 'allocation_id uuid, allocation_item_id uuid, factory_id uuid, quantity quantity'),
  ('factory_po', 'po_number text, version integer, factory_id uuid, allocation_id uuid, from_status text?'),
  (
    'factory_receipt',
    'receipt_number text, factory_id uuid, allocation_item_supplier_id uuid, received_date date, '
    || 'qty_received quantity, qty_rejected quantity'
  ),
  ('factory_invoice', 'invoice_number text, factory_id uuid, factory_po_id uuid, due_date date, from_status text?'),
  ('factory_payment', 'reference text, factory_id uuid, factory_po_id uuid, payment_date date'),
  (
    'timeline_node',
    'name text, root_id uuid, order_item_id uuid?, factory_id uuid?, planned_date date?, days_late integer'
  ),
  ('purchase_order', 'po_number text, vendor_id uuid, warehouse_id uuid, from_status text?'),
  ('slice_note', 'allocation_item_supplier_id uuid, kind text'),
  ('goods_receipt', 'receipt_number text, purchase_order_id uuid, vendor_id uuid, received_on date'),
  (
    'production_order',
    'production_number text, product_variant_id uuid, warehouse_id uuid, order_item_id uuid?, '
    || 'need_by date, from_status text?'
  ),
  (
    'supply_run',
    'planned_on date, planned_count integer, added_count integer, '
    || 'changed_count integer, removed_count integer, exception_count integer'
  ),
  ('reservation', 'order_item_id uuid, product_variant_id uuid, quantity quantity'),
  ('webhook_endpoint', 'description text?, disabled_reason text'),
  ('alert', 'severity text, message text, due_date date?'),
  ('email', 'template text, party_id uuid?, attempts integer')
) as s (subject, fields) on s.subject = split_part(t.type, '.', 1);
comment on view private.event_types is
  'What can happen that others may learn of: a state that a row reaches, named after the table''s singular and the state, or a fact.';
comment on column private.event_types.version is 'Raised when the payload changes so that a reader must too.';
comment on column private.event_types.entity_type is 'The table whose row it happened to.';
comment on column private.event_types.roles is 'The roles of staff that may be told of it; administrators may of everything.';
comment on column private.event_types.fields is 'What the payload holds: each a name and a type, with a question mark where it can be null. private.payload_schema() makes a JSON Schema of them.';
