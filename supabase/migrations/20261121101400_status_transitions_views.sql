-- declared in sql/views/status_transitions.sql
create view ops.status_transitions with (security_invoker = true) as
select t.machine, t.from_status, t.to_status, t.roles, t.note
from (
  values
  ('orders', null, 'requested', array['oms_client', 'oms_sales'], 'A client asks, or sales enters its request'),
  ('orders', null, 'quote_draft', array['oms_sales'], 'Sales starts a quote'),
  ('orders', null, 'sales_order', array['oms_sales', 'oms_planner', 'system'], 'An order comes in as agreed'),
  ('orders', 'requested', 'quote_draft', array['oms_sales'], 'Sales answers a request with a quote'),
  ('orders', 'requested', 'sales_order', array['oms_sales', 'oms_planner'], 'Staff accept a request'),
  (
    'orders',
    'requested',
    'cancelled',
    array['oms_client', 'oms_sales'],
    'The client takes it back, or sales turns it down'
  ),
  ('orders', 'quote_draft', 'quote_sent', array['oms_sales'], null),
  ('orders', 'quote_draft', 'cancelled', array['oms_sales'], null),
  ('orders', 'quote_sent', 'quote_draft', array['oms_sales'], 'A new revision'),
  ('orders', 'quote_sent', 'quote_approved', array['oms_sales', 'system'], null),
  ('orders', 'quote_sent', 'quote_declined', array['oms_sales', 'system'], null),
  ('orders', 'quote_sent', 'quote_expired', array['oms_sales', 'system'], null),
  ('orders', 'quote_sent', 'cancelled', array['oms_sales'], null),
  ('orders', 'quote_approved', 'sales_order', array['oms_sales', 'system'], 'Converted'),
  ('orders', 'quote_approved', 'cancelled', array['oms_sales'], null),
  ('orders', 'quote_declined', 'quote_draft', array['oms_sales'], 'A new revision'),
  ('orders', 'quote_expired', 'quote_draft', array['oms_sales'], 'A new revision'),
  ('orders', 'sales_order', 'so_sent', array['oms_sales', 'system'], null),
  ('orders', 'sales_order', 'closed', array['oms_sales', 'system'], null),
  ('orders', 'sales_order', 'cancelled', array['oms_sales'], 'Cancels its lines; refused once goods were accepted'),
  ('orders', 'so_sent', 'so_approved', array['oms_sales', 'system'], null),
  ('orders', 'so_sent', 'sales_order', array['oms_sales'], 'Taken back to be changed'),
  ('orders', 'so_sent', 'cancelled', array['oms_sales'], null),
  ('orders', 'so_approved', 'closed', array['oms_sales', 'system'], null),
  ('orders', 'so_approved', 'cancelled', array['oms_sales'], null),
  ('orders', 'closed', 'so_approved', array['oms_sales'], 'Reopened'),

  ('bom_versions', null, 'draft', array['oms_planner', 'oms_production', 'system'], 'A version is written'),
  ('bom_versions', 'draft', 'active', array['oms_planner', 'oms_production'], 'Comes into force on valid_from'),
  ('bom_versions', 'active', 'retired', array['oms_planner', 'oms_production'], 'Counts on no day any more'),

  ('purchase_orders', null, 'draft', array['oms_planner', 'oms_procurement', 'system'], null),
  (
    'purchase_orders', 'draft', 'submitted', array['oms_planner', 'oms_procurement'],
    'Below the lowest tier of approval it is approved at once'
  ),
  ('purchase_orders', 'draft', 'cancelled', array['oms_planner', 'oms_procurement', 'system'], null),
  (
    'purchase_orders', 'submitted', 'approved',
    array[
      'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ],
    'By the role that its approval names, and nobody who made or submitted it'
  ),
  (
    'purchase_orders', 'submitted', 'draft',
    array[
      'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ],
    'Rejected by who could approve it, with the reason; or taken back by planner or procurement'
  ),
  ('purchase_orders', 'submitted', 'cancelled', array['oms_planner', 'oms_procurement'], null),
  (
    'purchase_orders', 'approved', 'draft', array['oms_planner', 'oms_procurement'],
    'To be changed; the approval lapses'
  ),
  ('purchase_orders', 'approved', 'sent', array['oms_planner', 'oms_procurement'], 'The vendor sees it from now on'),
  ('purchase_orders', 'approved', 'cancelled', array['oms_planner', 'oms_procurement'], null),
  (
    'purchase_orders', 'sent', 'acknowledged', array['oms_vendor', 'oms_planner', 'oms_procurement'],
    'The vendor confirms it, or staff record what came by mail'
  ),
  (
    'purchase_orders', 'sent', 'closed', array['oms_planner', 'oms_procurement', 'system'],
    'All is received or cancelled; or no more is waited for'
  ),
  (
    'purchase_orders', 'sent', 'cancelled', array['oms_planner', 'oms_procurement'],
    'Refused once goods are in stock'
  ),
  ('purchase_orders', 'acknowledged', 'closed', array['oms_planner', 'oms_procurement', 'system'], 'As above'),
  ('purchase_orders', 'acknowledged', 'cancelled', array['oms_planner', 'oms_procurement'], 'As above'),
  ('purchase_orders', 'closed', 'sent', array['system'], 'A receipt was voided'),
  ('purchase_orders', 'closed', 'acknowledged', array['system'], 'A receipt was voided'),

  ('production_orders', null, 'queued', array['oms_planner', 'oms_production', 'system'], 'Stock is looked at at once'),
  ('production_orders', 'queued', 'on_hold', array['system'], 'Components are short'),
  ('production_orders', 'queued', 'ready', array['system'], 'All that it needs is reserved'),
  ('production_orders', 'queued', 'released', array['system'], 'Ready, and the organization releases automatically'),
  ('production_orders', 'on_hold', 'ready', array['system'], 'All that it needs is reserved'),
  ('production_orders', 'on_hold', 'released', array['system'], 'Ready, and the organization releases automatically'),
  ('production_orders', 'ready', 'on_hold', array['system'], 'More is needed, or less was there than was reserved'),
  ('production_orders', 'ready', 'released', array['oms_planner', 'oms_production', 'system'], 'Work may begin'),
  ('production_orders', 'queued', 'cancelled', array['oms_planner', 'oms_production'], null),
  ('production_orders', 'on_hold', 'cancelled', array['oms_planner', 'oms_production'], null),
  ('production_orders', 'ready', 'cancelled', array['oms_planner', 'oms_production'], 'Hands on what is reserved'),
  ('production_orders', 'released', 'cancelled', array['oms_planner', 'oms_production'], 'Hands on what is reserved'),
  (
    'production_orders', 'in_progress', 'cancelled', array['oms_planner', 'oms_production'],
    'Once everything issued was brought back and nothing was made'
  ),
  (
    'production_orders', 'released', 'in_progress', array['system'],
    'Components were issued, an operation was started, or something came out'
  ),
  (
    'production_orders', 'in_progress', 'completed', array['oms_planner', 'oms_production', 'system'],
    'By the last of its output, or by hand with less'
  ),

  (
    'allocation_items_supplier.quote_status', null, 'invited', array['oms_planner', 'oms_procurement', 'system'],
    'A factory is made a candidate'
  ),
  (
    'allocation_items_supplier.quote_status', 'invited', 'quoted',
    array['oms_factory', 'oms_planner', 'oms_procurement'], 'Staff may enter a quote that came by mail'
  ),
  (
    'allocation_items_supplier.quote_status', 'invited', 'declined',
    array['oms_factory', 'oms_planner', 'oms_procurement'], null
  ),
  (
    'allocation_items_supplier.quote_status', 'quoted', 'declined',
    array['oms_factory', 'oms_planner', 'oms_procurement'], null
  ),
  (
    'allocation_items_supplier.quote_status', 'quoted', 'withdrawn',
    array['oms_factory', 'oms_planner', 'oms_procurement'], null
  ),
  (
    'allocation_items_supplier.quote_status', 'declined', 'quoted',
    array['oms_factory', 'oms_planner', 'oms_procurement'], 'Thinks again'
  ),
  (
    'allocation_items_supplier.quote_status', 'withdrawn', 'quoted',
    array['oms_factory', 'oms_planner', 'oms_procurement'], 'Thinks again'
  ),

  ('factory_pos', null, 'DRAFT', array['oms_planner', 'oms_procurement', 'system'], null),
  ('factory_pos', 'DRAFT', 'ISSUED', array['oms_planner', 'oms_procurement'], 'Freezes the terms'),
  ('factory_pos', 'DRAFT', 'CANCELLED', array['oms_planner', 'oms_procurement', 'system'], null),
  (
    'factory_pos', 'ISSUED', 'PC_SIGNED', array['oms_factory', 'oms_planner', 'oms_procurement'],
    'The factory countersigns, or staff record its countersignature with the document'
  ),
  (
    'factory_pos', 'ISSUED', 'CANCELLED', array['oms_planner', 'oms_procurement', 'system'],
    'Withdrawn; its slices stay awarded'
  ),
  ('factory_pos', 'PC_SIGNED', 'CLOSED', array['system'], 'All received and paid'),
  ('factory_pos', 'CLOSED', 'PC_SIGNED', array['system'], 'A receipt or a payment was voided'),
  ('factory_pos', 'CLOSED', 'CANCELLED', array['system'], 'Superseded: its next version is signed'),
  (
    'factory_pos', 'PC_SIGNED', 'CANCELLED', array['oms_planner', 'oms_procurement', 'system'],
    'Closes its slices at zero; refused once goods were accepted or money is out. Or superseded, as above'
  ),

  (
    'factory_invoices', null, 'submitted', array['oms_factory', 'oms_procurement', 'oms_finance'],
    'The factory sends it, or staff enter what came by mail'
  ),
  (
    'factory_invoices', 'submitted', 'approved', array['oms_procurement', 'oms_finance'],
    'Refused while a line is out of tolerance'
  ),
  ('factory_invoices', 'submitted', 'disputed', array['oms_procurement', 'oms_finance'], 'With the reason'),
  (
    'factory_invoices', 'submitted', 'voided', array['oms_factory', 'oms_procurement', 'oms_finance'],
    'The factory takes it back'
  ),
  (
    'factory_invoices', 'disputed', 'approved', array['oms_procurement', 'oms_finance'],
    'The differences are settled: the goods came, or another invoice was credited'
  ),
  (
    'factory_invoices', 'disputed', 'voided', array['oms_factory', 'oms_procurement', 'oms_finance'],
    'To be submitted anew'
  ),
  (
    'factory_invoices', 'approved', 'voided', array['oms_procurement', 'oms_finance'],
    'Refused while a credit note or a payment rests on it'
  )
) as t (machine, from_status, to_status, roles, note)

union all

-- A factory reports progress, skipping stages as it likes; only staff take a report back.
select
  'allocation_items_supplier.production_status' as machine,
  f.status::text as from_status,
  t.status::text as to_status,
  case
    when t.status > f.status then array['oms_factory', 'oms_planner', 'oms_procurement']
    else array['oms_planner', 'oms_procurement']
  end as roles,
  case when t.status < f.status then 'Corrects a report' end as note
from unnest(enum_range(null::ops.production_status)) as f (status)
cross join unnest(enum_range(null::ops.production_status)) as t (status)
where f.status <> t.status

union all

select
  'allocation_items_supplier.production_status' as machine,
  null as from_status,
  'not_started' as to_status,
  array['oms_planner', 'oms_procurement', 'system'] as roles,
  null as note;

comment on view ops.status_transitions is
  'Every step that a status may take, and the roles that may take it; `system` is a consequence that only triggers draw. A step that is not listed is refused. order_items.allocation_status is not listed: it is derived. Key: machine, from_status, to_status.';
comment on column ops.status_transitions.machine is 'The table whose `status` it is, or table.column.';
comment on column ops.status_transitions.from_status is 'Null: the row may be born in to_status.';
