-- Who may do what, and to which rows: every relation of ops x every persona x every verb, from one table.
--
-- s select, i insert, u update, d delete. Staff do it to all rows of their organization and to no other. A portal does
-- it to the rows behind the colon; an insert is its own by what triggers fill in. A new table fails until it is here.
-- `machine` are webhook and worker, who reads a little besides: see below. anon, authenticated, service_role and whoever is suspended get nothing anywhere.

select no_plan();

create function tests.expected() returns table (
  relation text,
  admin text, sales text, planner text, procurement text, production text, warehouse text, finance text,
  client text, factory text, vendor text, machine text
)
language sql
as $$
  values
  -- identity
  ('tenants', 's', '', '', '', '', '', '', '', '', '', ''),
  ('organizations', 'su', 's', 's', 's', 's', 's', 's', 's: true', 's: true', 's: true', ''),
  ('webhook_endpoints', 'sud', '', '', '', '', '', '', '', '', '', ''),
  ('webhook_deliveries', 's', '', '', '', '', '', '', '', '', '', ''),
  ('webhook_attempts', 's', '', '', '', '', '', '', '', '', '', ''),
  ('notifications', 'su: user_id = :user', 'su: user_id = :user', 'su: user_id = :user', 'su: user_id = :user',
    'su: user_id = :user', 'su: user_id = :user', 'su: user_id = :user', '', '', '', ''),
  ('notification_rules', 'siud', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('notification_mutes', 'sid: user_id = :user', 'sid: user_id = :user', 'sid: user_id = :user', 'sid: user_id = :user',
    'sid: user_id = :user', 'sid: user_id = :user', 'sid: user_id = :user', '', '', '', ''),
  ('slack_channels', 'sud', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('job_schedules', 'su', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('job_health', 's', '', '', '', '', '', '', '', '', '', ''),
  ('organization_settings', 'su', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('members', 'siu', 's', 's', 's', 's', 's', 's', 's: user_id = :user', 's: user_id = :user', 's: user_id = :user', ''),
  ('directory', 's', 'si', 's', 'siu', 's', 's', 's', 's: id in (:party, :us)', 's: id in (:party, :us)', 's: id in (:party, :us)', ''),
  ('contacts', 's', 's', 's', 'siud', 's', 's', 's', 's: directory_id in (:party, :us)', 's: directory_id in (:party, :us)', 's: directory_id in (:party, :us)', ''),
  ('addresses', 's', 's', 's', 'siud', 's', 's', 's', 's: directory_id in (:party, :us)', 's: directory_id in (:party, :us)', 's: directory_id in (:party, :us)', ''),

  -- catalogue
  ('styles', 's', 's', 'siu', 's', 's', 's', 's',
    's: id in (select i.style_id from ops.order_items as i where i.client_id = :party)',
    's: id in (select a.style_id from ops.allocation_items_supplier as a where a.factory_id = :party and a.invited_at is not null)', '', ''),
  ('colorways', 's', 's', 'siu', 's', 's', 's', 's',
    's: id in (select i.colorway_id from ops.order_items as i where i.client_id = :party)',
    's: id in (select a.colorway_id from ops.allocation_items_supplier as a where a.factory_id = :party and a.invited_at is not null)', '', ''),
  ('colorway_references', 's', 's', 'siu', 's', 's', 's', 's', '', '', '', ''),
  ('units', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('products', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('product_variants', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('unit_conversions', 's', 's', 'siud', 'siud', 'siud', 's', 's', '', '', '', ''),
  ('work_centers', 's', 's', 's', 's', 'siu', 's', 's', '', '', '', ''),
  ('bom_templates', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('bom_versions', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('bom_lines', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('bom_operations', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('work_center_days', 's', 's', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('production_operations', 's', 's', 's', 's', 'su', 's', 's', '', '', '', ''),
  ('work_center_loads', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('production_outputs', 's', 's', 's', 's', 'si', 's', 's', '', '', '', ''),
  ('work_center_utilization', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('work_center_weekly_utilization', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('production_schedule', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('warehouses', 's', 's', 's', 's', 's', 'siu', 's', '', '',
    's: id in (select o.warehouse_id from ops.purchase_orders as o where o.vendor_id = :party and o.sent_at is not null)', ''),
  ('stock_locations', 's', 's', 's', 's', 's', 'siu', 's', '', '', '', ''),
  ('lots', 's', 's', 's', 's', 'si', 'siu', 's', '', '', '', ''),
  ('stock_levels', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('stock_moves', 's', 's', 's', 's', 's', 'si', 's', '', '', '', ''),
  ('reorder_rules', 's', 's', 'siud', 'siud', 's', 's', 's', '', '', '', ''),
  ('supply_runs', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('planned_supplies', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('supply_pegs', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('planning_exceptions', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('inventory_reservations', 's', 's', 'sid', 's', 's', 'sid', 's', '', '', '', ''),
  ('production_orders', 's', 's', 'siu', 's', 'siu', 's', 's', '', '', '', ''),
  ('production_components', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('production_order_history', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('component_shortages', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('component_availability', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('production_queue', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('production_dashboard', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('inventory_status', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('tech_packs', 's', 's', 'si', 'si', 's', '', '', '',
    's: exists (select from ops.allocation_items_supplier as a where a.factory_id = :party and a.invited_at is not null and (a.colorway_id = t.colorway_id or t.colorway_id is null and a.style_id = t.style_id))', '', ''),

  -- orders
  ('orders', 's', 'siu', 'siu', 's', 's', 's', 's', 'siu: client_id = :party', '', '', ''),
  ('order_items', 's', 'siud', 'siud', 's', 's', 's', 's',
    'siud: order_id in (select o.id from ops.orders as o where o.client_id = :party)', '', '', ''),
  ('order_item_sizes', 's', 'siud', 'siud', 's', 's', 's', 's',
    'siud: order_item_id in (select i.id from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.client_id = :party)', '', '', ''),
  ('order_item_prices', 's', 'siud', 's', '', '', '', 's',
    's: order_item_id in (select i.id from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.client_id = :party)', '', '', ''),
  ('order_item_costs', 's', '', 'siud', 's', '', '', 's', '', '', '', ''),
  ('uploaded_po_documents', 's', 'siu', 'siu', 's', 's', 's', 's', '', '', '', ''),
  ('order_history', 's', 's', 's', 's', 's', 's', 's',
    's: is_visible_to_client and order_id in (select o.id from ops.orders as o where o.client_id = :party)', '', '', ''),
  ('request_origins', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),

  -- in house
  ('demand_forecasts', 's', 'siud', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('order_item_supplies', 's', 'siud', 'siud', 's', 'siud', 's', 's', '', '', '', ''),
  ('order_item_variants', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('bom_usage', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('bom_where_used', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),

  -- sourcing
  ('allocations', 's', 's', 'siu', 's', 's', '', 's', '', '', '', ''),
  ('allocation_items', 's', 's', 'siu', 's', 's', '', 's', '', '', '', ''),
  ('allocation_item_sizes', 's', 's', 's', 's', 's', '', 's', '', '', '', ''),
  ('allocation_items_supplier', 's', 's: false', 'siu', 'siu', 's', 's', 'su', '',
    'su: factory_id = :party and invited_at is not null', '', ''),
  ('allocation_item_supplier_sizes', 's', '', 's', 's', 's', 's', 's', '',
    's: allocation_item_supplier_id in (select a.id from ops.allocation_items_supplier as a where a.factory_id = :party and a.invited_at is not null)', '', ''),
  ('allocation_item_supplier_notes', 's', '', 'si', 'si', '', '', 's', '', '', '', ''),
  ('factory_pos', 's', '', 'siu', 'siu', 's', 's', 's', '', 'su: factory_id = :party and issued_at is not null', '', ''),
  ('factory_po_lines', 's', '', 'siud', 'siud', 's', 's', 's', '',
    's: factory_po_id in (select p.id from ops.factory_pos as p where p.factory_id = :party and p.issued_at is not null)', '', ''),
  ('factory_po_line_sizes', 's', '', 's', 's', 's', 's', 's', '',
    's: factory_po_line_id in (select l.id from ops.factory_po_lines as l inner join ops.factory_pos as p on p.id = l.factory_po_id where p.factory_id = :party and p.issued_at is not null)', '', ''),
  ('factory_receipts', 's', '', 's', 's', 's', 'siu', 's', '',
    's: allocation_item_supplier_id in (select a.id from ops.allocation_items_supplier as a where a.factory_id = :party)', '', ''),
  ('factory_payments', 's', '', 's', 's', 's', '', 'siu', '',
    's: factory_po_id in (select p.id from ops.factory_pos as p where p.factory_id = :party)', '', ''),
  ('factory_payment_lines', 's', '', 's', 's', 's', '', 'si', '',
    's: allocation_item_supplier_id in (select a.id from ops.allocation_items_supplier as a where a.factory_id = :party)', '', ''),

  -- purchasing
  ('supplier_products', 's', 's', 'siud', 'siud', 's', 's', 's', '', '', '', ''),
  ('supplier_price_breaks', 's', 's', 'siud', 'siud', 's', 's', 's', '', '', '', ''),
  ('purchase_approval_tiers', 'siud', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('purchase_orders', 'su', 'su', 'siu', 'siu', 'su', 'su', 'su', '', '', 'su: vendor_id = :party and sent_at is not null', ''),
  ('purchase_order_approvals', 'su', 'su', 'su', 'su', 'su', 'su', 'su', '', '', '', ''),
  ('purchase_order_lines', 's', 's', 'siud', 'siud', 's', 's', 's', '', '',
    'su: purchase_order_id in (select o.id from ops.purchase_orders as o where o.vendor_id = :party and o.sent_at is not null)', ''),
  ('vendor_deliveries', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('goods_receipts', 's', 's', 's', 's', 's', 'siu', 's', '', '',
    's: purchase_order_id in (select o.id from ops.purchase_orders as o where o.vendor_id = :party)', ''),
  ('goods_receipt_lines', 's', 's', 's', 's', 's', 'si', 's', '', '',
    's: purchase_order_id in (select o.id from ops.purchase_orders as o where o.vendor_id = :party)', ''),
  ('purchase_order_tracking', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),

  -- comparison
  ('exchange_rates', 'siud', 's', 's', 's', 's', 's', 'siud', '', '', '', ''),
  -- payables
  ('factory_invoices', 's', '', 's', 'siu', 's', '', 'siu', '',
    'siu: factory_po_id in (select p.id from ops.factory_pos as p where p.factory_id = :party)', '', ''),
  ('factory_invoice_lines', 's', '', 's', 'si', 's', '', 'si', '',
    'si: allocation_item_supplier_id in (select a.id from ops.allocation_items_supplier as a where a.factory_id = :party)', '', ''),
  ('factory_invoice_matching', 's', '', 's', 's', 's', '', 's', '', '', '', ''),
  ('open_factory_invoices', 's', '', 's', 's', 's', '', 's', '', 's: factory_id = :party', '', ''),
  ('payables_ageing', 's', '', 's', 's', 's', '', 's', '', 's: factory_id = :party', '', ''),

  -- views
  ('status_transitions', 's', 's', 's', 's', 's', 's', 's', 's: true', 's: true', 's: true', 's'),
  ('unallocated_order_items', 's', '', 's', 's', 's', '', 's', '', '', '', ''),
  ('allocation_overview', 's', 's', 's', 's', 's', '', 's', '', '', '', ''),
  ('quote_comparison', 's', '', 's', 's', '', '', 's', '', '', '', ''),
  ('quote_comparison_by_factory', 's', '', 's', 's', '', '', 's', '', '', '', ''),
  ('factory_workload', 's', '', 's', 's', 's', '', 's', '', '', '', ''),
  ('factory_workload_slices', 's', '', 's', 's', 's', '', 's', '', '', '', ''),
  ('award_warnings', 's', '', 's', 's', '', '', 's', '', '', '', ''),
  ('factory_scorecard', 's', '', 's', 's', '', '', 's', '', '', '', ''),
  ('client_order_lines', 's', 's', 's', '', '', '', 's',
    's: order_id in (select o.id from ops.orders as o where o.client_id = :party)', '', '', ''),
  ('factory_work', 's', '', 's', 's', 's', 's', 's', '', 's: factory_id = :party', '', ''),
  ('payables', 's', '', 's', 's', 's', '', 's', '', 's: factory_id = :party', '', ''),
  ('payables_by_contract', 's', '', 's', 's', 's', '', 's', '', 's: factory_id = :party', '', ''),
  ('payables_by_factory', 's', '', 's', 's', 's', '', 's', '', 's: factory_id = :party', '', ''),

  -- reporting
  ('production_blockers', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('production_outlook', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('workflow', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('workflow_summary', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('workflow_alerts', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('stage_dwell_times', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('component_blockers', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('stock_outs', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('lead_times', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('planning_accuracy', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('planning_accuracy_by_product', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('purchase_accuracy', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('purchase_accuracy_by_vendor', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),

  -- messaging
  ('email_log', 's', 's: about = ''purchase_orders''',
    's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')', 's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')',
    's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')', 's: about in (''factory_pos'', ''purchase_orders'')',
    's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')', '', '', '', ''),
  ('email_recipients', 's', 's: about = ''purchase_orders''',
    's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')', 's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')',
    's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')', 's: about in (''factory_pos'', ''purchase_orders'')',
    's: about in (''allocations'', ''factory_pos'', ''purchase_orders'')', '', '', '', ''),
  ('email_suppressions', 'sid', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('mail_settings', 'su', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('mail_templates', 'siud', 's', 's', 's', 's', 's', 's', '', '', '', ''),

  -- timeline
  ('holidays', 'sid', 's', 'sid', 's', 's', 's', 's', '', '', '', ''),
  ('timeline_templates', 'siu', 's', 'siu', 's', 's', 's', 's', '', '', '', ''),
  ('timeline_template_nodes', 'siud', 's', 'siud', 's', 's', 's', 's', '', '', '', ''),
  ('timeline_nodes', 's', 's', 'siud', 'siud', 's', 's', 's',
    's: is_for_client and root_id in (select r.id from ops.timeline_nodes as r inner join ops.orders as o on o.id = r.order_id where o.client_id = :party)',
    'su: (id in (select p.id from ops.timeline_nodes as p inner join ops.allocation_items_supplier as a on a.id = p.allocation_item_supplier_id where a.factory_id = :party) or parent_id in (select p.id from ops.timeline_nodes as p inner join ops.allocation_items_supplier as a on a.id = p.allocation_item_supplier_id where a.factory_id = :party))', '', ''),
  ('timeline_plans', 's', 's', 's', 's', 's', 's', 's', '', '', '', ''),
  ('timeline_dependencies', 's', 's', 'siud', 'siud', 's', 's', 's', '', '', '', ''),
  ('timeline_events', 's', 's', 'si', 'si', 's', 's', 's', 's: client_id = :party', 's: factory_id = :party', '', ''),
  ('timeline_delays', 's', 's', 's', 's', 's', 's', 's', 's: client_id = :party', 's: factory_id = :party', '', ''),
  ('timeline', 's', 's', 's', 's', 's', 's', 's',
    's: is_for_client and root_id in (select r.id from ops.timeline_nodes as r inner join ops.orders as o on o.id = r.order_id where o.client_id = :party)',
    's: factory_id = :party', '', '')
$$;

-- What the job reads besides, of the columns that it is granted: see privileges.sql.
create function tests.expected_of_worker() returns table (relation text, cell text)
language sql
as $$
  values
  ('organizations', 's'),
  ('supply_runs', 's'),
  ('planned_supplies', 's'),
  ('planning_exceptions', 's'),
  ('orders', 's'),
  ('product_variants', 's'),
  ('warehouses', 's'),
  ('directory', 's: ''vendor'' = any(kinds)'),
  ('purchase_orders', 's: status = ''draft'''),
  ('purchase_order_lines', 's: sent_at is null')
$$;

-- How to try: what to insert (a query of one row), how to change a row and which, which to delete. `:organization` is
-- the persona's, or the first one for whoever has none. Refusals are tried with the same data, which is good data.
create table tests.probes (relation text, example text, change text, changeable text, deletable text);
insert into tests.probes values
  ('organizations', null, $$name = name || '!'$$, 'true', null),
  ('webhook_endpoints', null, $$description = 'New'$$, 'true', 'true'),
  ('notifications', null, 'read_at = now()', 'true', null),
  ('notification_rules', $$select 'oms_sales' as role, 'order.cancelled' as event_type$$, 'is_enabled = false', 'true', 'true'),
  ('notification_mutes', $$select 'order.cancelled' as event_type$$, null, null, 'true'),
  ('slack_channels', null, $$name = 'New'$$, 'true', 'true'),
  ('job_schedules', null, 'is_enabled = false', 'true', null),
  ('organization_settings', null, 'over_receipt_tolerance_pct = 7', 'true', null),
  ('members',
    $$select 'oms_sales' as role, gen_random_uuid() as user_id, 'New' as full_name$$,
    $$full_name = 'Renamed'$$, 'true', null),
  ('directory', $$select '{client}' as kinds, 'new' as code, 'New client' as name$$, 'lead_time_days = 9', 'true', null),
  ('contacts',
    $$select d.id as directory_id, 'New' as name from ops.directory as d where d.organization_id = :organization$$,
    $$phone = '1'$$, 'true', 'true'),
  ('addresses',
    $$select d.id as directory_id, 'billing' as kind, '1 New' as line1, 'Bern' as city, 'CH' as country_code from ops.directory as d where d.organization_id = :organization$$,
    $$line2 = 'left'$$, 'true', 'true'),

  ('exchange_rates', $$select 'CHF' as currency, 0.9 as rate$$, 'rate = 2', 'true', 'true'),
  ('styles', $$select 'NEW' as style_number, 'New' as name$$, $$category = 'new'$$, 'true', null),
  ('colorways',
    $$select s.id as style_id, 'New' as marketing_name from ops.styles as s where s.organization_id = :organization$$,
    $$season = 'FW99'$$, 'true', null),
  ('colorway_references',
    $$select c.id as colorway_id, 'NEW' as color_reference from ops.colorways as c where c.organization_id = :organization and c.marketing_name in ('Black', 'Grey')$$,
    $$color_reference = 'NEW'$$, 'true', null),
  ('units', $$select 'YD' as code, 'Yards' as name, 2 as decimals$$, 'decimals = 3', $$code = 'KG'$$, $$code = 'KG'$$),
  ('products',
    $$select 'NEW' as product_number, 'New' as name$$, $$category = 'new'$$, 'style_id is null', $$product_number = 'PLAIN'$$),
  ('product_variants',
    $$select 'NEW' as sku, 'M' as size_label, p.id as product_id from ops.products as p where p.organization_id = :organization and p.style_id is null$$,
    'standard_cost = 7', 'true',
    'id not in (select o.product_variant_id from ops.production_orders as o) and id not in (select m.product_variant_id from ops.stock_moves as m)'),
  ('unit_conversions',
    $$select 'EA' as from_unit, 'KG' as to_unit, 2 as factor, v.id as product_variant_id from ops.product_variants as v where v.organization_id = :organization$$,
    'factor = 3', 'true', 'true'),
  ('work_centers', $$select 'NEW' as code, 'New' as name, 480 as daily_minutes$$, 'daily_minutes = 60', 'true', null),
  ('bom_templates',
    $$select p.id as product_id, 'NEW' as code, 'New' as name from ops.products as p where p.organization_id = :organization$$,
    $$name = 'Newer'$$, 'true', $$code = 'SPARE'$$),
  ('bom_versions',
    $$select t.id as bom_template_id from ops.bom_templates as t where t.organization_id = :organization$$,
    $$revision_note = 'Newer'$$, $$status = 'draft'$$, $$status = 'draft'$$),
  ('bom_lines',
    $$select b.id as bom_version_id, v.id as product_variant_id, 2 as quantity from ops.bom_versions as b, ops.product_variants as v where b.organization_id = :organization and b.status = 'draft' and v.organization_id = b.organization_id and v.sku in ('ZIP-40', 'RIVET')$$,
    'quantity = 3',
    $$exists (select from ops.bom_versions as b where b.id = t.bom_version_id and b.status = 'draft')$$,
    $$exists (select from ops.bom_versions as b where b.id = t.bom_version_id and b.status = 'draft')$$),
  ('bom_operations',
    $$select b.id as bom_version_id, w.id as work_center_id, 'Press' as name, 90 as position from ops.bom_versions as b, ops.work_centers as w where b.organization_id = :organization and b.status = 'draft' and w.organization_id = b.organization_id$$,
    'setup_minutes = 3',
    $$exists (select from ops.bom_versions as b where b.id = t.bom_version_id and b.status = 'draft')$$,
    $$exists (select from ops.bom_versions as b where b.id = t.bom_version_id and b.status = 'draft')$$),
  ('warehouses', $$select 'NEW' as code, 'New' as name$$, $$name = 'Newer'$$, 'true', null),
  ('stock_locations',
    $$select w.id as warehouse_id, 'NEW' as code from ops.warehouses as w where w.organization_id = :organization$$,
    'is_active = false', 'true', null),
  ('lots',
    $$select v.id as product_variant_id, 'NEW' as lot_number from ops.product_variants as v where v.organization_id = :organization$$,
    $$expires_on = '2030-01-01'$$, 'true', null),
  ('stock_moves',
    $$select l.product_variant_id, l.stock_location_id as to_location_id, 1 as quantity, 'receipt' as reason, l.lot_id from ops.stock_levels as l where l.organization_id = :organization$$,
    null, null, null),
  ('reorder_rules',
    $$select v.id as product_variant_id, w.id as warehouse_id, 9 as target_qty from ops.product_variants as v, ops.warehouses as w where v.organization_id = :organization and w.organization_id = v.organization_id and v.sku in ('ZIP-40', 'RV-1-NAVY-M')$$,
    'safety_qty = 3', 'true', 'true'),
  ('supplier_products',
    $$select d.id as vendor_id, v.id as product_variant_id, '2030-01-01' as valid_from from ops.directory as d inner join ops.product_variants as v using (organization_id) where d.organization_id = :organization and 'vendor' = any(d.kinds)$$,
    'preference = 3', 'true', 'true'),
  ('supplier_price_breaks',
    $$select s.id as supplier_product_id, 77 as from_qty, 3 as unit_price from ops.supplier_products as s where s.organization_id = :organization$$,
    'unit_price = 3', 'true', 'true'),
  ('purchase_approval_tiers', $$select 77 as from_amount, 'oms_finance' as approver_role$$, 'from_amount = 99', 'true', 'true'),
  ('purchase_orders',
    $$select d.id as vendor_id from ops.directory as d where d.organization_id = :organization and 'vendor' = any(d.kinds)$$,
    'row_version = t.row_version', 'true', null),
  ('purchase_order_approvals', null, 'reason = t.reason', 'true', null),
  ('purchase_order_lines',
    $$select o.id as purchase_order_id, v.id as product_variant_id, 3 as quantity, 2 as unit_price from ops.purchase_orders as o inner join ops.product_variants as v using (organization_id) where o.organization_id = :organization and o.status = 'draft'$$,
    'row_version = t.row_version', 'true',
    $$exists (select from ops.purchase_orders as o where o.id = t.purchase_order_id and o.status = 'draft')$$),
  ('goods_receipts',
    $$select o.id as purchase_order_id from ops.purchase_orders as o where o.organization_id = :organization and o.status = 'sent'$$,
    $$void_reason = 'Wrong'$$, 'not is_voided', null),
  ('goods_receipt_lines',
    $$select g.id as goods_receipt_id, l.id as purchase_order_line_id, 1 as received_qty from ops.goods_receipts as g inner join ops.purchase_order_lines as l using (organization_id, purchase_order_id) where g.organization_id = :organization and not g.is_voided and l.open_qty > 1$$,
    null, null, null),
  ('tech_packs',
    $$select s.id as style_id, 99 as version, 'storage://new' as document_uri from ops.styles as s where s.organization_id = :organization$$,
    null, null, null),

  -- A client is not asked for whom it orders.
  ('orders',
    $$select 'NEW' as client_po_number, case when :party is null then d.id end as client_id from ops.directory as d where d.organization_id = :organization and 'client' = any(d.kinds)$$,
    $$metadata = '{"k": 1}'$$, $$status = 'requested'$$, null),
  ('order_items',
    $$select i.order_id, i.colorway_id, 3 as quantity from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.status = 'requested' and o.organization_id = :organization order by o.client_id = :party desc$$,
    $$metadata = '{"k": 1}'$$,
    $$order_id in (select o.id from ops.orders as o where o.status = 'requested')$$,
    $$order_id in (select o.id from ops.orders as o where o.status = 'requested')$$),
  ('order_item_sizes',
    $$select i.id as order_item_id, 'XXL' as size_label, 3 as quantity from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.status = 'requested' and o.organization_id = :organization order by o.client_id = :party desc$$,
    'quantity = t.quantity + 1',
    $$order_item_id in (select i.id from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.status = 'requested')$$,
    $$order_item_id in (select i.id from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.status = 'requested')$$),
  ('order_item_prices',
    $$select i.id as order_item_id, 9 as unit_price from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.status = 'requested' and o.organization_id = :organization order by o.client_id = :party desc$$,
    'unit_price = 9', 'true', 'true'),
  ('order_item_costs',
    $$select i.id as order_item_id, 9 as fob_target from ops.order_items as i inner join ops.orders as o on o.id = i.order_id where o.status = 'requested' and o.organization_id = :organization$$,
    'fob_target = 9', 'true', 'true'),
  ('uploaded_po_documents',
    $$select 'new.pdf' as file_name, 'storage://new' as document_uri, repeat('e', 64) as sha256$$,
    'order_id = null', 'true', null),

  ('allocations', $$select 'New' as name$$, $$name = 'Renamed'$$, 'true', null),
  ('allocation_items',
    $$select a.id as allocation_id, i.id as order_item_id from ops.allocations as a inner join ops.order_items as i using (organization_id) inner join ops.orders as o on o.id = i.order_id where o.status = 'sales_order' and i.committed_qty = 0 and not i.is_cancelled and i.id not in (select s.order_item_id from ops.order_item_supplies as s) and a.organization_id = :organization$$,
    'closed_at = now()', 'closed_at is null', null),
  ('allocation_items_supplier',
    $$select a.id as allocation_item_id, d.id as factory_id, 1 as order_qty from ops.allocation_items as a inner join ops.directory as d using (organization_id) where d.code in ('factory_c', 'other_factory') and a.organization_id = :organization$$,
    'row_version = t.row_version', 'true', null),
  ('allocation_item_supplier_notes',
    $$select a.id as allocation_item_supplier_id, 'New' as remark from ops.allocation_items_supplier as a where a.organization_id = :organization$$,
    null, null, null),
  ('factory_pos',
    $$select a.id as allocation_id, d.id as factory_id, 'CHF' as currency from ops.allocations as a inner join ops.directory as d using (organization_id) where d.code in ('factory_a', 'other_factory') and a.organization_id = :organization$$,
    'row_version = t.row_version', 'true', null),
  ('factory_po_lines',
    $$select p.id as factory_po_id, s.id as allocation_item_supplier_id from ops.factory_pos as p inner join ops.allocation_items_supplier as s using (organization_id, allocation_id, factory_id) where p.status = 'DRAFT' and s.id not in (select l.allocation_item_supplier_id from ops.factory_po_lines as l) and p.organization_id = :organization$$,
    'over_receipt_tolerance_pct = 4', $$factory_po_id in (select p.id from ops.factory_pos as p where p.status = 'DRAFT')$$, $$factory_po_id in (select p.id from ops.factory_pos as p where p.status = 'DRAFT')$$),
  ('factory_receipts',
    'select s.id as allocation_item_supplier_id, 1 as qty_received from ops.allocation_items_supplier as s where s.accepted_qty between 1 and s.effective_qty - 1 and s.organization_id = :organization',
    $$location = 'Bay 9'$$, 'voided_at is null', null),
  ('factory_payments',
    $$select p.id as factory_po_id, 'NEW' as reference from ops.factory_pos as p where p.status = 'PC_SIGNED' and p.organization_id = :organization$$,
    $$void_reason = 'Wrong'$$, 'voided_at is null', null),
  ('factory_payment_lines',
    'select p.id as factory_payment_id, l.allocation_item_supplier_id, 1 as amount from ops.factory_payments as p inner join ops.factory_po_lines as l using (organization_id, factory_po_id) where p.amount = 0 and p.organization_id = :organization',
    null, null, null),
  ('factory_invoices',
    $$select p.id as factory_po_id, 'NEW' as invoice_number from ops.factory_pos as p where p.status = 'PC_SIGNED' and p.organization_id = :organization order by p.factory_id = :party desc$$,
    $$status = 'voided', void_reason = 'Wrong'$$, $$status = 'submitted'$$, null),
  ('factory_invoice_lines',
    $$select i.id as factory_invoice_id, l.allocation_item_supplier_id, 1 as quantity from ops.factory_invoices as i inner join ops.factory_po_lines as l using (organization_id, factory_po_id) where i.status = 'submitted' and i.amount = 0 and i.organization_id = :organization order by i.factory_id = :party desc$$,
    null, null, null);
insert into tests.probes values
  ('inventory_reservations',
    $$select i.id as order_item_id, l.product_variant_id, l.stock_location_id, l.lot_id, 1 as quantity from ops.order_items as i inner join ops.stock_levels as l using (organization_id) where i.organization_id = :organization and not i.is_cancelled and l.available > 1 and not exists (select from ops.inventory_reservations as r where r.order_item_id = i.id)$$,
    null, null, 'order_item_id is not null'),
  ('production_orders',
    $$select c.product_variant_id, c.warehouse_id, 1 as quantity from ops.production_orders as c where c.organization_id = :organization$$,
    $$metadata = '{"k": 1}'$$, 'true', null);
insert into tests.probes values
  ('demand_forecasts',
    $$select v.id as product_variant_id, date '2030-01-01' as starts_on, date '2030-01-31' as ends_on, 9 as quantity from ops.product_variants as v where v.organization_id = :organization$$,
    'quantity = 3', 'true', 'true'),
  ('order_item_supplies',
    $$select i.id as order_item_id, w.id as warehouse_id from ops.order_items as i inner join ops.warehouses as w using (organization_id) where i.organization_id = :organization and i.committed_qty = 0 and not i.is_cancelled and i.id in (select r.id from ops.order_items as r inner join ops.orders as o on o.id = r.order_id where o.status = 'sales_order') and i.id not in (select s.order_item_id from ops.order_item_supplies as s)$$,
    'row_version = t.row_version', 'true', 'true');
insert into tests.probes values
  ('work_center_days',
    $$select w.id as work_center_id, date '2027-08-02' as day, 60 as minutes from ops.work_centers as w where w.organization_id = :organization$$,
    'minutes = 30', 'true', 'true'),
  ('production_operations', null, 'started_at = now()', 'started_at is null', null),
  ('production_outputs',
    $$select o.id as production_order_id, 1 as quantity from ops.production_orders as o where o.status in ('released', 'in_progress') and o.organization_id = :organization$$,
    null, null, null);
insert into tests.probes values
  ('email_suppressions', $$select 'new@example.com' as address$$, null, null, 'true'),
  ('mail_settings', null, $$sender_name = 'New'$$, 'true', null),
  ('mail_templates',
    $$select 'test' as template, 'fr' as language, 'New' as subject, '<p>New</p>' as html$$, $$subject = 'Newer'$$, 'true', 'true'),
  ('holidays', $$select date '2027-08-02' as holiday_date, 'New' as name$$, null, null, 'true'),
  ('timeline_templates', $$select 'New' as name$$, $$name = name || '!'$$, 'true', null),
  ('timeline_template_nodes',
    $$select t.id as timeline_template_id, 'new' as code, 'New' as name, 99 as position, 1 as offset_days from ops.timeline_templates as t where t.organization_id = :organization$$,
    'offset_days = t.offset_days - 1', 'true', $$code = 'in_hands'$$),
  ('timeline_nodes',
    $$select r.id as parent_id, 'New' as name, date '2027-08-02' as planned_date from ops.timeline_nodes as r where r.kind = 'root' and r.organization_id = :organization$$,
    $$estimated_date = '2027-08-02'$$, $$kind not in ('root', 'split')$$, $$kind not in ('root', 'split')$$),
  ('timeline_dependencies',
    $$select late.id as timeline_node_id, early.id as predecessor_id from ops.timeline_nodes as late inner join ops.timeline_nodes as early using (organization_id, root_id) where late.code = 'in_hands' and early.code = 'lab_dips' and late.organization_id = :organization$$,
    'lag_days = t.lag_days + 1', 'true', 'true'),
  ('timeline_events',
    $$select n.id as timeline_node_id, 'New' as message from ops.timeline_nodes as n where n.organization_id = :organization$$,
    null, null, null);

create view tests.audiences as
select
  p.name as persona,
  p.role,
  p.organization_id,
  p.party_id,
  p.user_id,
  case
    when p.name in ('anon', 'authenticated', 'service_role', 'suspended') then 'nobody'
    when p.name = 'webhook' then 'machine'
    else substr(p.role, 5)
  end as audience
from tests.personas as p;

-- Long form: one row per relation and audience.
create view tests.cells as
select
  e.relation,
  c.audience,
  split_part(c.cell, ': ', 1) as verbs,
  coalesce(nullif(substring(c.cell from ': (.*)$'), ''), 'true') as own_rows,
  case e.relation
    -- The job works for one organization after the other, and has to know of them.
    when 'organizations' then case c.audience when 'worker' then 'true' else 'id = :organization' end
    when 'tenants' then 'id = (select o.tenant_id from ops.organizations as o where o.id = :organization)'
    when 'status_transitions' then 'true'
    else 'organization_id = :organization'
  end as organization_rows,
  c_rel.relkind = 'v' as is_view
from tests.expected() as e
inner join pg_class as c_rel on c_rel.oid = to_regclass('ops.' || e.relation)
cross join lateral (
  select key as audience, value as cell from jsonb_each_text(to_jsonb(e) - 'relation')
  union all
  select 'worker', coalesce((select w.cell from tests.expected_of_worker() as w where w.relation = e.relation), e.machine)
  union all
  select 'nobody', ''
) as c;

create function tests.bound(query text, persona text) returns text
language sql
as $$
  select replace(replace(replace(replace(
    query,
    ':organization', format('%L::uuid', coalesce(p.organization_id, '00000000-0000-7000-8000-000000000001'))),
    ':party', format('%L::uuid', p.party_id)),
    ':user', format('%L::uuid', p.user_id)),
    ':us', format('%L::uuid', (select o.company_id from ops.organizations as o where o.id = p.organization_id)))
  from tests.personas as p
  where p.name = bound.persona
$$;

-- One row per relation and persona: what it may do there, which rows are its own, and how it is refused.
create view tests.requests as
select
  c.relation,
  c.is_view,
  a.persona,
  c.verbs,
  tests.bound(format('%s and (%s)', c.organization_rows, c.own_rows), a.persona) as own,
  case a.persona when 'suspended' then 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE' else '42501' end as refused,
  case
    when c.relation = 'allocation_overview' then 'order_item_id'
    when c.relation = 'timeline' or a.persona = 'worker' and c.relation <> 'status_transitions' then 'id'
    else 't'
  end as key,
  (select k.attname from pg_attribute as k where k.attrelid = to_regclass('ops.' || c.relation) and k.attnum = 1) as first_column
from tests.cells as c
inner join tests.audiences as a using (audience);

create function tests.row_of(relation text, which text) returns text
language plpgsql
as $$
declare
  found text;
begin
  execute format(
    'select (select string_agg(format(''%%I = %%L'', k.attname, to_jsonb(t) ->> k.attname), '' and '')
      from pg_index as i inner join pg_attribute as k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
      where i.indrelid = %L::regclass and i.indisprimary)
    from ops.%I as t where %s limit 1', 'ops.' || relation, relation, which
  ) into found;
  return found;
end
$$;
comment on function tests.row_of(text, text) is 'The condition that names one such row by its primary key; null: there is none.';

create function tests.insertion(relation text, example text) returns text
language plpgsql
as $$
declare
  data jsonb;
begin
  if example is null then
    return format('insert into ops.%I default values', relation);
  end if;
  execute format('select jsonb_strip_nulls(to_jsonb(e)) from (%s limit 1) as e', example) into strict data;
  return (
    select format('insert into ops.%I (%s) values (%s)', relation, string_agg(quote_ident(key), ', '), string_agg(quote_literal(value), ', '))
    from jsonb_each_text(data)
  );
end
$$;

-- 1. Nothing is left out.

select set_eq(
  $$ select c.relname::text from pg_class as c where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') $$,
  $$ select e.relation from tests.expected() as e $$,
  'every table and view of ops says here what each persona may do'
);
select set_eq(
  $$ select c.relation from tests.cells as c where not c.is_view and c.verbs ~ '[iud]' $$,
  $$ select p.relation from tests.probes as p $$,
  'every table that somebody writes says how to try it'
);
select set_eq(
  $$ select r.rolname::text from pg_roles as r where r.rolname like 'oms\_%' and r.rolname <> 'oms_staff'
     union select r.rolname::text from pg_auth_members as m inner join pg_roles as r on r.oid = m.roleid where m.member = 'authenticator'::regrole $$,
  $$ select p.role from tests.personas as p $$,
  'every role that a request can come as is somebody here'
);
select set_eq(
  $$ select a.audience from tests.audiences as a $$, $$ select c.audience from tests.cells as c $$,
  'every persona has a column'
);

-- A portal that sees all rows, or none, would prove nothing.
select ok(
  tests.row_of(c.relation, c.own) is not null and tests.row_of(c.relation, format('not (%s)', c.own)) is not null,
  format('%s: there is something of %s, and something of others', c.relation, c.persona)
)
from tests.requests as c
where c.persona in ('client_a', 'client_b', 'factory_a', 'factory_b', 'vendor', 'planner', 'other_planner')
  and c.verbs like 's%' and not c.is_view
order by c.relation, c.persona;
select ok(
  bool_or(tests.row_of(c.relation, format('%s and (%s)', c.own, case v.verb when 'u' then p.changeable else p.deletable end)) is not null),
  format('%s: there is a row that %s may %s', c.relation, a.role, case v.verb when 'u' then 'change' else 'delete' end)
)
from tests.requests as c
inner join tests.audiences as a using (persona)
inner join tests.probes as p using (relation)
cross join unnest(array['u', 'd']) as v (verb)
where c.verbs ~ v.verb
group by c.relation, a.role, v.verb
order by c.relation, a.role, v.verb;

-- 2. Grants: each role has exactly its verbs, and no way round row security.

select is(tests.granted(r.role, c.relation), c.verbs, format('%s: %s is granted what it needs', c.relation, r.role))
from tests.cells as c
inner join (select distinct a.role, a.audience from tests.audiences as a where a.persona <> 'suspended') as r using (audience)
order by c.relation, r.role;
select is(tests.granted('public', e.relation), '', format('%s: nothing is granted to PUBLIC', e.relation))
from tests.expected() as e
order by e.relation;

-- 3. What each persona sees, and what becomes of it when it writes.

create function tests.reads(relation text) returns setof text
language sql
as $$
  select case
    when c.verbs like 's%'
      then is(
        -- A role that may not read candidates finds no price in the overview, but every line; a factory no line in its timeline.
        tests.seen(c.persona, c.relation, tests.rows(c.relation, c.key, c.own), c.key), '',
        format('%s: %s sees its own rows and no other', c.relation, c.persona)
      )
    else is(
      tests.attempt(c.persona, format('select from ops.%I', c.relation)), c.refused, format('%s: %s cannot read it', c.relation, c.persona)
    )
  end
  from tests.requests as c
  where c.relation = reads.relation
  order by c.persona
$$;

create function tests.inserts(relation text) returns setof text
language sql
as $$
  select is(
    tests.attempt(c.persona, tests.insertion(c.relation, tests.bound(p.example, c.persona))),
    case
      when c.verbs ~ 'i' and c.persona = 'factory_c' then 'PT404 OMS_NOT_FOUND'  -- it has no contract to invoice
      when c.verbs ~ 'i' then '1 row'
      else c.refused
    end,
    format('%s: %s %s', c.relation, c.persona, case when c.verbs ~ 'i' then 'adds a row' else 'cannot add a row' end)
  )
  from tests.requests as c
  left join tests.probes as p using (relation)
  where c.relation = inserts.relation and not c.is_view
  order by c.persona
$$;

create function tests.changes(relation text, verb text) returns setof text
language sql
as $$
  select is(
    tests.attempt(
      c.persona,
      case verb
        when 'u' then format('update ops.%I as t set %s where %s', c.relation, coalesce(p.change, format('%1$I = t.%1$I', c.first_column)), coalesce(r.key, 'true'))
        else format('delete from ops.%I as t where %s', c.relation, coalesce(r.key, 'true'))
      end
    ),
    case when c.verbs !~ verb then c.refused when whose = 'its own' then '1 row' else '0 rows' end,
    format(
      '%s: %s %s %s %s', c.relation, c.persona,
      case when c.verbs !~ verb then 'cannot' when whose = 'its own' then 'does' else 'does not' end,
      case verb when 'u' then 'change' else 'delete' end, whose
    )
  )
  from tests.requests as c
  left join tests.probes as p using (relation)
  cross join unnest(array['its own', 'somebody else''s']) as w (whose)
  cross join lateral (
    select tests.row_of(
      c.relation,
      format(
        '%s (%s) and (%s)', case whose when 'its own' then '' else 'not' end, c.own,
        coalesce(case verb when 'u' then p.changeable else p.deletable end, 'true')
      )
    ) as key
  ) as r
  where c.relation = changes.relation and not c.is_view
    and case when c.verbs ~ verb then r.key is not null else whose = 'its own' end
  order by c.persona
$$;

select tests.reads(e.relation) from tests.expected() as e;
select tests.inserts(e.relation) from tests.expected() as e;
select tests.changes(e.relation, 'u') from tests.expected() as e;
select tests.changes(e.relation, 'd') from tests.expected() as e;

select * from finish();
