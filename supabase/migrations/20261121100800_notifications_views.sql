-- declared in sql/views/notifications.sql
-- Who is told of what unless notification_rules says otherwise. Quiet: what somebody has to do something about.

create view private.default_notification_rules with (security_invoker = true) as
select
  r.role::ops.member_role as role, t.event_type, r.channel::ops.notification_channel as channel,
  r.digest::ops.notification_digest as digest
from (
  values
  (
    'oms_sales', 'in_app', 'none',
    '{order.requested,order.quote_approved,order.quote_declined,order.so_approved}'::text[]
  ),
  (
    'oms_planner', 'in_app', 'none',
    '{quote.quoted,quote.declined,quote.withdrawn,factory_po.pc_signed,timeline_node.late,alert.line_late,'
    'alert.step_overdue,production_order.on_hold}'
  ),
  ('oms_planner', 'mail', 'none', '{factory_po.pc_signed}'),
  ('oms_planner', 'mail', 'daily', '{alert.line_late,alert.step_overdue}'),
  (
    'oms_procurement', 'in_app', 'none',
    '{factory_po.pc_signed,purchase_order.acknowledged,supply_run.finished,alert.no_supply,alert.purchase_overdue,'
    'alert.promised_late,alert.not_acknowledged,alert.step_overdue,email.failed,email.bounced}'
  ),
  ('oms_procurement', 'mail', 'none', '{factory_po.pc_signed,supply_run.finished}'),
  (
    'oms_procurement', 'mail', 'daily',
    '{alert.purchase_overdue,alert.promised_late,alert.not_acknowledged,alert.step_overdue}'
  ),
  ('oms_production', 'in_app', 'none', '{production_order.ready,alert.not_released,alert.no_supply}'),
  ('oms_production', 'mail', 'none', '{production_order.ready}'),
  ('oms_finance', 'in_app', 'none', '{factory_invoice.submitted}'),
  ('oms_admin', 'in_app', 'none', '{webhook_endpoint.disabled}'),
  ('oms_admin', 'mail', 'none', '{webhook_endpoint.disabled}'),
  -- Of these, whoever may approve the order.
  ('oms_planner', 'in_app', 'none', '{purchase_order.submitted}'),
  ('oms_procurement', 'in_app', 'none', '{purchase_order.submitted}'),
  ('oms_finance', 'in_app', 'none', '{purchase_order.submitted}'),
  ('oms_admin', 'in_app', 'none', '{purchase_order.submitted}'),
  ('oms_planner', 'mail', 'none', '{purchase_order.submitted}'),
  ('oms_procurement', 'mail', 'none', '{purchase_order.submitted}'),
  ('oms_finance', 'mail', 'none', '{purchase_order.submitted}'),
  ('oms_admin', 'mail', 'none', '{purchase_order.submitted}')
) as r (role, channel, digest, event_types)
cross join lateral unnest(r.event_types) as t (event_type);
comment on view private.default_notification_rules is 'Who is told of what unless notification_rules says otherwise.';

-- What is said. Names in braces are fields of the payload, or what they point at: {factory}, {vendor}, {client},
-- {order}, {sku}, {purchase_order}, {production_order}. No amounts: who may see those, reads them.

create view private.notification_texts with (security_invoker = true) as
select t.type, t.title, t.body
from (
  values
  ('order.requested', '{client} asks for {order_number}', null),
  ('order.quote_approved', '{client} approved the quote {order_number}', null),
  ('order.quote_declined', '{client} declined the quote {order_number}', null),
  ('order.so_approved', '{client} approved {order_number}', null),
  ('order.cancelled', '{order_number} of {client} is cancelled', null),
  ('allocation.sent', '{factory} was asked to quote: {allocation_number} {name}', null),
  ('quote.quoted', '{factory} quoted for a line of {order}', null),
  ('quote.declined', '{factory} does not want a line of {order}', null),
  ('quote.withdrawn', '{factory} withdrew its quote for a line of {order}', null),
  ('award.made', '{factory} was awarded a line of {order}', '{quantity} pieces.'),
  ('award.revoked', 'A line of {order} was taken back from {factory}', '{quantity} pieces.'),
  ('factory_po.issued', '{po_number} went out to {factory}', 'Version {version} waits for its signature.'),
  ('factory_po.pc_signed', '{factory} signed {po_number}', 'Version {version} is in force; production may begin.'),
  ('factory_po.closed', '{po_number} of {factory} is delivered and paid', null),
  ('factory_po.cancelled', '{po_number} of {factory} does not hold any more', 'It was version {version}.'),
  (
    'factory_receipt.recorded', '{factory} delivered {qty_received}',
    '{receipt_number}, {received_date}; {qty_rejected} rejected.'
  ),
  ('factory_receipt.voided', '{receipt_number} of {factory} was voided', null),
  ('factory_invoice.submitted', '{factory} sent invoice {invoice_number}', 'Due on {due_date}.'),
  ('factory_invoice.approved', 'Invoice {invoice_number} of {factory} may be paid', 'Due on {due_date}.'),
  ('factory_invoice.disputed', 'Invoice {invoice_number} of {factory} is disputed', null),
  ('factory_payment.recorded', '{factory} was paid: {reference}', null),
  (
    'timeline_node.late', '{name} will be {days_late} days late',
    'Planned for {planned_date}, now {forecast_date}. {factory}'
  ),
  ('timeline_node.done', '{name} is done', null),
  ('purchase_order.submitted', '{po_number} to {vendor} waits for approval', null),
  ('purchase_order.approved', '{po_number} to {vendor} may be sent', null),
  ('purchase_order.sent', '{po_number} went out to {vendor}', null),
  ('purchase_order.acknowledged', '{vendor} confirmed {po_number}', null),
  ('purchase_order.cancelled', '{po_number} to {vendor} is cancelled', null),
  ('purchase_order.mentioned', 'You are mentioned in {po_number}', '{note}'),
  ('slice_note.mentioned', 'You are mentioned in a note about {factory}', '{note}'),
  ('goods_receipt.recorded', '{vendor} delivered: {receipt_number}', 'On {received_on}, of {purchase_order}.'),
  ('production_order.on_hold', '{production_number} waits for components', '{sku}, needed by {need_by}.'),
  (
    'production_order.ready', '{production_number} can be released',
    '{sku}, needed by {need_by}; all components are reserved.'
  ),
  ('production_order.completed', '{production_number} is done', '{sku}.'),
  (
    'supply_run.finished', 'Planning left {exception_count} exceptions',
    'Of {planned_count} supplies {added_count} are new, {changed_count} changed and {removed_count} gone. '
    'What could not be solved is in planning_exceptions.'
  ),
  ('reservation.expired', 'A reservation of {quantity} {sku} lapsed', null),
  ('alert.line_late', 'A line of {order} will be late', '{message}'),
  ('alert.no_supply', 'Nothing brings {sku} for {production_order}', '{message}'),
  ('alert.purchase_overdue', '{purchase_order} of {vendor} is overdue', '{message}'),
  ('alert.promised_late', '{purchase_order} of {vendor} is promised too late', '{message}'),
  ('alert.not_acknowledged', '{vendor} has not confirmed {purchase_order}', '{message}'),
  ('alert.not_released', '{production_order} could begin', '{message}'),
  ('alert.planning_exception', 'Planning could not solve something', '{message}'),
  ('alert.step_overdue', 'A step is overdue', '{message}'),
  ('email.failed', 'A mail could not be sent', 'It was to be: {template}. email_log says why.'),
  ('email.bounced', 'A mail came back', 'It was: {template}. Its address gets no more; email_log has it.'),
  ('webhook_endpoint.disabled', 'A webhook endpoint was disabled', '{description} {disabled_reason}')
) as t (type, title, body);
comment on view private.notification_texts is 'How members are told of an event; one without a line here is told by the summary of its type.';
