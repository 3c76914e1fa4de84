-- The API: every table, view, command and type of schema ops. It cannot change by accident.
--
-- A client that was written against what stands here goes on working while lines are only added. `?`: may be null, or
-- may be left out.

select no_plan();

-- Tables

create table tests.tables (name text, columns text);
insert into tests.tables values
  ('tenants', '
    id uuid, name short_text, created_at timestamptz'),
  ('organizations', '
    id uuid, tenant_id uuid, code short_text, name short_text, currency currency_code, company_id uuid?,
    created_at timestamptz, updated_at timestamptz, row_version integer'),
  ('organization_settings', '
    organization_id uuid, over_commit_tolerance_pct percentage, under_award_tolerance_pct percentage,
    over_receipt_tolerance_pct percentage, receipts_require_signed_contract boolean, factory_minimums
    rule_enforcement, factory_capacity rule_enforcement, invoice_price_tolerance_pct percentage,
    invoice_quantity_tolerance_pct percentage, payments_require_invoice boolean, working_days integer[],
    production_release automation, planned_production automation, vendor_choice vendor_choice, planning_period_days
    integer, forecast_horizon_days integer, acknowledgement_days integer, time_zone short_text,
    quote_reminder_days integer?, updated_at timestamptz, row_version integer'),
  ('job_schedules', '
    organization_id uuid, job scheduled_job, at_time time without time zone?, weekdays integer[], every_minutes integer?, is_enabled
    boolean, updated_at timestamptz, row_version integer'),
  ('exchange_rates', '
    organization_id uuid, id uuid, currency currency_code, rate_date business_date, rate exchange_rate,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('members', '
    organization_id uuid, id uuid, user_id uuid, role member_role, party_id uuid?, full_name short_text, email short_text?,
    status member_status, is_current boolean, created_at timestamptz, updated_at timestamptz, row_version integer'),
  ('directory', '
    organization_id uuid, id uuid, kinds party_kind[], code short_text, name short_text, email short_text?,
    currency currency_code?, language language_code?, payment_terms_days integer?, approval_status approval_status, moq quantity?,
    moq_per_colour quantity?, minimum_order_amount money_amount?, minimum_order_surcharge money_amount?,
    lead_time_days integer?, monthly_capacity_qty quantity?, metadata jsonb, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('contacts', '
    organization_id uuid, id uuid, directory_id uuid, name short_text, title short_text?, email short_text?, phone short_text?,
    is_primary boolean, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('addresses', '
    organization_id uuid, id uuid, directory_id uuid, kind address_kind, line1 short_text, line2 short_text?, city short_text,
    region short_text?, postal_code short_text?, country_code text, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('styles', '
    organization_id uuid, id uuid, style_number short_text, name short_text, category short_text?, metadata jsonb,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('colorways', '
    organization_id uuid, id uuid, style_id uuid, marketing_name short_text, season short_text?, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('colorway_references', '
    organization_id uuid, colorway_id uuid, color_reference short_text, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('units', '
    organization_id uuid, id uuid, code unit_code, name short_text, decimals integer, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('products', '
    organization_id uuid, id uuid, product_number short_text, name short_text, category short_text?, style_id uuid?,
    metadata jsonb, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('product_variants', '
    organization_id uuid, id uuid, sku short_text, product_id uuid, style_id uuid?, colorway_id uuid?,
    size_label short_text?, unit unit_code, supply_method supply_method, tracking tracking, standard_cost money_amount?,
    is_active boolean, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('unit_conversions', '
    organization_id uuid, id uuid, product_variant_id uuid?, from_unit unit_code, to_unit unit_code, factor quantity,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('warehouses', '
    organization_id uuid, id uuid, code short_text, name short_text, is_default boolean, is_active boolean, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('stock_locations', '
    organization_id uuid, id uuid, warehouse_id uuid, code short_text, kind stock_location_kind, is_active boolean,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('lots', '
    organization_id uuid, id uuid, product_variant_id uuid, lot_number short_text, expires_on business_date?,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('stock_levels', '
    organization_id uuid, id uuid, product_variant_id uuid, warehouse_id uuid, stock_location_id uuid,
    location_kind stock_location_kind, lot_id uuid?, on_hand quantity, reserved quantity,
    available quantity, updated_at timestamptz, row_version integer'),
  ('inventory_reservations', '
    organization_id uuid, id uuid, product_variant_id uuid, stock_location_id uuid, lot_id uuid?, quantity quantity,
    production_component_id uuid?, order_item_id uuid?, expires_at timestamptz?, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('production_orders', '
    organization_id uuid, id uuid, production_number text, product_variant_id uuid, bom_version_id uuid,
    warehouse_id uuid, order_item_id uuid?, quantity quantity, completed_qty quantity, scrapped_qty quantity,
    need_by business_date, priority integer, status production_order_status, is_open boolean,
    allow_partial_start boolean, scheduled_start business_date?, scheduled_end business_date?,
    released_at timestamptz?, started_at timestamptz?, completed_at timestamptz?, cancelled_at timestamptz?,
    material_cost money_amount, absorbed_cost money_amount, metadata jsonb, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('production_components', '
    organization_id uuid, id uuid, production_order_id uuid, product_variant_id uuid, kind bom_line_kind,
    warehouse_id uuid, is_open boolean, required_qty quantity, reserved_qty quantity, issued_qty quantity,
    short_qty quantity, updated_at timestamptz, row_version integer'),
  ('production_order_history', '
    organization_id uuid, id uuid, production_order_id uuid, old_status production_order_status?,
    new_status production_order_status, actor_id uuid, actor_role text, created_at timestamptz'),
  ('component_shortages', '
    organization_id uuid, id uuid, production_order_id uuid, production_component_id uuid, product_variant_id uuid,
    short_qty quantity, began_at timestamptz, ended_at timestamptz?'),
  ('stock_moves', '
    organization_id uuid, id uuid, product_variant_id uuid, from_location_id uuid?, to_location_id uuid?, lot_id
    uuid?, quantity quantity, reason stock_move_reason, unit_cost money_amount?, reference short_text?,
    goods_receipt_line_id uuid?, production_component_id uuid?, production_output_id uuid?, moved_at timestamptz,
    created_at timestamptz, created_by uuid'),
  ('reorder_rules', '
    organization_id uuid, id uuid, product_variant_id uuid, warehouse_id uuid, minimum_qty quantity, target_qty quantity,
    safety_qty quantity, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('work_centers', '
    organization_id uuid, id uuid, code short_text, name short_text, daily_minutes integer, working_days integer[]?,
    hourly_rate money_amount?, is_active boolean, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('supply_runs', '
    organization_id uuid, id uuid, planned_on business_date, order_ids uuid[]?, started_at timestamptz, finished_at
    timestamptz?, demand_count integer, planned_count integer, added_count integer, changed_count integer,
    removed_count integer, exception_count integer, created_by uuid'),
  ('planned_supplies', '
    organization_id uuid, id uuid, supply_run_id uuid, kind supply_method, product_variant_id uuid, warehouse_id
    uuid, low_level_code integer, net_qty quantity, quantity quantity, need_by business_date, order_by
    business_date, late_days integer, bom_version_id uuid?, order_item_id uuid?, supplier_product_id uuid?,
    vendor_id uuid?, purchase_qty quantity?, purchase_unit unit_code?, stock_per_unit quantity?, unit_price
    money_amount?, currency currency_code?, why jsonb, purchase_order_line_id uuid?, production_order_id uuid?,
    is_firm boolean, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('supply_pegs', '
    organization_id uuid, id uuid, product_variant_id uuid, planned_supply_id uuid?, purchase_order_line_id uuid?,
    production_order_id uuid?, order_item_id uuid?, production_component_id uuid?, parent_supply_id uuid?,
    reorder_rule_id uuid?, quantity quantity'),
  ('planning_exceptions', '
    organization_id uuid, id uuid, supply_run_id uuid, kind planning_exception_kind, message text,
    product_variant_id uuid?, warehouse_id uuid?, quantity quantity?, need_by business_date?, order_item_id uuid?,
    planned_supply_id uuid?, purchase_order_line_id uuid?, production_order_id uuid?, created_at timestamptz'),
  ('bom_templates', '
    organization_id uuid, id uuid, product_id uuid, product_variant_id uuid?, code short_text, name short_text,
    is_default boolean, lead_time_days integer, lot_minimum_qty quantity, lot_multiple_qty quantity?, created_at
    timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('bom_versions', '
    organization_id uuid, id uuid, bom_template_id uuid, version integer, status bom_status, valid_from business_date?,
    revision_note long_text?, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('bom_lines', '
    organization_id uuid, id uuid, bom_version_id uuid, position integer, product_variant_id uuid, kind bom_line_kind,
    quantity quantity, scrap_pct percentage, setup_quantity quantity, is_phantom boolean, valid_from business_date?,
    valid_to business_date?, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('bom_operations', '
    organization_id uuid, id uuid, bom_version_id uuid, position integer, name short_text, work_center_id uuid,
    setup_minutes quantity, minutes_per_unit quantity, created_at timestamptz, created_by uuid, updated_at timestamptz,
    row_version integer'),
  ('tech_packs', '
    organization_id uuid, id uuid, style_id uuid, colorway_id uuid?, version integer, document_uri document_uri,
    created_at timestamptz, created_by uuid'),
  ('orders', '
    organization_id uuid, id uuid, order_number text, client_id uuid, client_po_number short_text?, type order_type,
    status order_status, order_date business_date, ex_factory_date business_date?, in_hands_date business_date?, currency currency_code,
    metadata jsonb, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('order_items', '
    organization_id uuid, id uuid, order_id uuid, client_id uuid, line_number integer, style_id uuid,
    colorway_id uuid, quantity quantity, short_closed_qty quantity, over_commit_tolerance_pct percentage,
    under_award_tolerance_pct percentage, committed_qty quantity, effective_qty quantity,
    allocation_status allocation_status, is_open boolean, allocation_item_id uuid?, is_cancelled boolean,
    cancelled_at timestamptz?, cancelled_by uuid?, metadata jsonb, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('order_item_sizes', '
    organization_id uuid, id uuid, order_item_id uuid, client_id uuid, size_label short_text, position integer,
    quantity quantity, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('order_item_prices', '
    organization_id uuid, id uuid, order_item_id uuid, client_id uuid, size_label short_text?, unit_price money_amount,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('order_item_costs', '
    organization_id uuid, id uuid, order_item_id uuid, fob_target money_amount?, other_cost money_amount,
    currency currency_code, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('uploaded_po_documents', '
    organization_id uuid, id uuid, file_name short_text, document_uri document_uri, sha256 text, order_id uuid?,
    created_at timestamptz, created_by uuid'),
  ('order_history', '
    organization_id uuid, id uuid, order_id uuid, order_item_id uuid?, client_id uuid, action history_action,
    old_status text?, new_status text?, message text, data jsonb, is_visible_to_client boolean, actor_id uuid,
    actor_role text, request_origin_id uuid?, created_at timestamptz'),
  ('demand_forecasts', '
    organization_id uuid, id uuid, product_variant_id uuid, version short_text, starts_on business_date, ends_on business_date,
    quantity quantity, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('order_item_supplies', '
    organization_id uuid, order_item_id uuid, warehouse_id uuid, bom_template_id uuid?, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('request_origins', '
    organization_id uuid, id uuid, address text?, user_agent text?, created_at timestamptz'),
  ('allocations', '
    organization_id uuid, id uuid, allocation_number text, name short_text, sent_at timestamptz?,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('allocation_items', '
    organization_id uuid, id uuid, allocation_id uuid, order_item_id uuid, split_from_id uuid?,
    committed_qty quantity, effective_qty quantity, closed_at timestamptz?,
    close_reason allocation_close_reason?, created_at timestamptz, created_by uuid, updated_at timestamptz,
    row_version integer'),
  ('allocation_item_sizes', '
    organization_id uuid, id uuid, allocation_item_id uuid, size_label text, position integer, quantity quantity'),
  ('allocation_items_supplier', '
    organization_id uuid, id uuid, allocation_item_id uuid, allocation_id uuid, factory_id uuid, style_id uuid,
    colorway_id uuid, style_number text, style_name text, marketing_name text, color_reference text?,
    target_ex_factory_date business_date?, order_qty quantity, invited_at timestamptz?, quote_status quote_status,
    price money_amount?, currency currency_code?, pricing_terms pricing_terms?, ship_mode ship_mode?,
    capacity_qty quantity?, ex_factory_date business_date?, comments long_text?, quoted_at timestamptz?, is_awarded boolean,
    awarded_qty quantity?, awarded_price money_amount?, awarded_at timestamptz?,
    over_receipt_tolerance_pct percentage?, closed_at timestamptz?, closed_qty quantity?,
    production_status production_status, shipped_qty quantity, received_qty quantity, accepted_qty quantity,
    accepted_excess_qty quantity, approved_qty quantity, approved_amount money_amount, paid_amount money_amount, effective_qty quantity, excess_qty quantity,
    payable_qty quantity, payable_amount money_amount, balance money_amount, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('allocation_item_supplier_sizes', '
    organization_id uuid, id uuid, allocation_item_supplier_id uuid, factory_id uuid, invited_at timestamptz?,
    size_label text, position integer, quantity quantity'),
  ('allocation_item_supplier_notes', '
    organization_id uuid, id uuid, allocation_item_supplier_id uuid, kind slice_note_kind, remark long_text,
    replaces_id uuid?, created_at timestamptz, created_by uuid'),
  ('factory_pos', '
    organization_id uuid, id uuid, allocation_id uuid, factory_id uuid, currency currency_code, po_number text,
    version integer, supersedes_id uuid?, status factory_po_status, ex_factory_date business_date?, po_document_uri document_uri?,
    total_qty quantity, total_amount money_amount, terms_hash text?, issued_at timestamptz?, issued_by uuid?, issued_by_name short_text?,
    signed_at timestamptz?, signed_by uuid?, signed_by_name short_text?, signed_from text?, signed_terms_hash short_text?,
    is_signature_recorded_by_staff boolean, cancelled_at timestamptz?, superseded_at timestamptz?, created_at timestamptz,
    created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('factory_po_lines', '
    organization_id uuid, id uuid, factory_po_id uuid, factory_id uuid, allocation_item_supplier_id uuid,
    style_number text, style_name text, marketing_name text, color_reference text?, quantity quantity,
    price money_amount, over_receipt_tolerance_pct percentage, amount money_amount, issued_at timestamptz?,
    created_at timestamptz, created_by uuid'),
  ('factory_po_line_sizes', '
    organization_id uuid, id uuid, factory_po_line_id uuid, factory_id uuid, size_label text, position integer,
    quantity quantity'),
  ('factory_receipts', '
    organization_id uuid, id uuid, allocation_item_supplier_id uuid, factory_id uuid, receipt_number text,
    received_date business_date, qty_received quantity, qty_rejected quantity, batch_id short_text?, location short_text?,
    document_uri document_uri?, voided_at timestamptz?, voided_by uuid?, void_reason long_text?, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('factory_payments', '
    organization_id uuid, id uuid, factory_po_id uuid, factory_id uuid, reference short_text, payment_date business_date,
    currency currency_code, amount money_amount, is_advance boolean, voided_at timestamptz?, voided_by uuid?, void_reason long_text?,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('factory_invoices', '
    organization_id uuid, id uuid, factory_po_id uuid, factory_id uuid, credits_id uuid?, invoice_number short_text,
    status factory_invoice_status, invoice_date business_date, due_date business_date, currency currency_code,
    amount money_amount, document_uri document_uri?, approved_at timestamptz?, approved_by uuid?, dispute_reason long_text?,
    voided_at timestamptz?, voided_by uuid?, void_reason long_text?, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('factory_invoice_lines', '
    organization_id uuid, id uuid, factory_invoice_id uuid, factory_id uuid, allocation_item_supplier_id uuid,
    quantity quantity, unit_price money_amount, amount money_amount, credited_qty quantity, net_amount money_amount, contract_price money_amount?,
    payable_qty quantity?, created_at timestamptz, created_by uuid'),
  ('factory_payment_lines', '
    organization_id uuid, id uuid, factory_payment_id uuid, factory_id uuid, allocation_item_supplier_id uuid,
    amount money_amount, created_at timestamptz, created_by uuid');
insert into tests.tables values
  ('holidays', '
    organization_id uuid, id uuid, holiday_date business_date, name short_text, created_at timestamptz, created_by uuid'),
  ('timeline_templates', '
    organization_id uuid, id uuid, name short_text, is_default boolean, created_at timestamptz, created_by uuid,
    updated_at timestamptz, row_version integer'),
  ('timeline_template_nodes', '
    organization_id uuid, id uuid, timeline_template_id uuid, code short_text, name short_text, kind timeline_node_kind,
    position integer, offset_days integer, duration_days integer, is_working_days boolean, predecessors text[],
    completed_by timeline_fact?, owner_role member_role?, is_for_client boolean, is_per_slice boolean,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('timeline_nodes', '
    organization_id uuid, id uuid, root_id uuid, parent_id uuid?, order_id uuid?, order_item_id uuid?,
    allocation_item_supplier_id uuid?, client_id uuid?, factory_id uuid?, kind timeline_node_kind, code short_text?,
    name short_text, position integer, planned_date business_date?, estimated_date business_date?,
    forecast_date business_date?, actual_date business_date?, completed_by timeline_fact?, owner_role member_role?,
    is_for_client boolean, is_cancelled boolean, days_late integer, is_late boolean, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('timeline_plans', '
    organization_id uuid, id uuid, timeline_template_id uuid, ex_factory_date business_date, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('timeline_dependencies', '
    organization_id uuid, id uuid, root_id uuid, timeline_node_id uuid, predecessor_id uuid, lag_days integer,
    is_working_days boolean, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('timeline_events', '
    organization_id uuid, id uuid, timeline_node_id uuid, client_id uuid?, factory_id uuid?, message long_text,
    happened_on business_date, is_internal boolean, created_at timestamptz, created_by uuid'),
  ('timeline_delays', '
    organization_id uuid, id uuid, cause_id uuid, client_id uuid?, factory_id uuid?');

-- Webhooks, notifications

insert into tests.tables values
  ('webhook_endpoints', '
    organization_id uuid, id uuid, url webhook_url, event_types text[], description short_text?, status webhook_status,
    failures integer, failing_since timestamptz?, retry_at timestamptz?, disabled_reason short_text?,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('webhook_deliveries', '
    organization_id uuid, id uuid, webhook_endpoint_id uuid, event_id uuid, event_type text, position bigint, body text,
    status delivery_status, attempts integer, next_attempt_at timestamptz, leased_until timestamptz?, lease_id uuid?,
    delivered_at timestamptz?, created_at timestamptz'),
  ('webhook_attempts', '
    organization_id uuid, id uuid, webhook_delivery_id uuid, response_status integer?, response_body text?,
    error short_text?, duration_ms integer, created_at timestamptz'),
  ('notifications', '
    organization_id uuid, id uuid, member_id uuid, user_id uuid, event_id uuid, event_type text, title short_text,
    body long_text?, entity_type text, entity_id uuid, read_at timestamptz?, created_at timestamptz'),
  ('notification_rules', '
    organization_id uuid, id uuid, role member_role?, member_id uuid?, slack_channel_id uuid?, event_type short_text,
    channel notification_channel, digest notification_digest, is_enabled boolean, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('notification_mutes', '
    organization_id uuid, id uuid, user_id uuid, event_type short_text, channel notification_channel?,
    created_at timestamptz'),
  ('slack_channels', '
    organization_id uuid, id uuid, name short_text, url_hint text, last_posted_at timestamptz?, last_error short_text?,
    created_at timestamptz, created_by uuid');

-- Purchasing

insert into tests.tables values
  ('supplier_products', '
    organization_id uuid, id uuid, vendor_id uuid, product_variant_id uuid, vendor_sku short_text?, purchase_unit
    unit_code, currency currency_code, lead_time_days integer, minimum_qty quantity, multiple_qty quantity?,
    preference integer, valid_from business_date?, valid_to business_date?, created_at timestamptz, created_by
    uuid, updated_at timestamptz, row_version integer'),
  ('supplier_price_breaks', '
    organization_id uuid, id uuid, supplier_product_id uuid, from_qty quantity, unit_price money_amount, created_at
    timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('purchase_approval_tiers', '
    organization_id uuid, id uuid, from_amount money_amount, approver_role member_role, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('purchase_orders', '
    organization_id uuid, id uuid, vendor_id uuid, po_number short_text, warehouse_id uuid, currency currency_code,
    status purchase_order_status, is_open boolean, receipt_status receipt_status, order_date business_date?,
    subtotal money_amount, tax_amount money_amount, freight_amount money_amount, total money_amount, sent_at
    timestamptz?, acknowledged_at timestamptz?, vendor_reference short_text?, note long_text?, metadata jsonb,
    created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('purchase_order_approvals', '
    organization_id uuid, id uuid, purchase_order_id uuid, amount money_amount, approver_role member_role?,
    submitted_at timestamptz, submitted_by uuid, decided_at timestamptz?, decided_by uuid?, is_approved boolean?,
    reason long_text?'),
  ('purchase_order_lines', '
    organization_id uuid, id uuid, purchase_order_id uuid, vendor_id uuid, line_number integer, product_variant_id
    uuid, sku short_text, vendor_sku short_text?, description short_text, quantity quantity, unit unit_code,
    stock_per_unit quantity, unit_price money_amount, line_total money_amount, need_by business_date,
    original_promised_date business_date?, promised_date business_date?, confirmed_qty quantity?, cancelled_qty
    quantity, over_receipt_tolerance_pct percentage, received_qty quantity, rejected_qty quantity, stocked_qty
    quantity, open_qty quantity, due_on business_date, last_received_on business_date?, received_on business_date?,
    sent_at timestamptz?, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('vendor_deliveries', '
    organization_id uuid, vendor_id uuid, received_lines integer, late_lines integer'),
  ('goods_receipts', '
    organization_id uuid, id uuid, receipt_number text, purchase_order_id uuid, vendor_id uuid, received_on
    business_date, delivery_note short_text?, is_voided boolean, voided_at timestamptz?, voided_by uuid?,
    void_reason long_text?, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer'),
  ('goods_receipt_lines', '
    organization_id uuid, id uuid, goods_receipt_id uuid, purchase_order_id uuid, purchase_order_line_id uuid,
    vendor_id uuid, received_qty quantity, rejected_qty quantity, stocked_qty quantity, reject_reason long_text?,
    stock_location_id uuid?, lot_id uuid?, created_at timestamptz, created_by uuid');

-- Views

insert into tests.tables values
  ('work_center_days', '
    organization_id uuid, id uuid, work_center_id uuid, day business_date, minutes integer, created_at timestamptz,
    created_by uuid, updated_at timestamptz, row_version integer'),
  ('production_operations', '
    organization_id uuid, id uuid, production_order_id uuid, position integer, name short_text, work_center_id uuid,
    planned_minutes quantity, scheduled_start business_date?, scheduled_end business_date?, started_at timestamptz?,
    finished_at timestamptz?, actual_minutes quantity?, updated_at timestamptz, row_version integer'),
  ('work_center_loads', '
    organization_id uuid, production_operation_id uuid, work_center_id uuid, day business_date, minutes quantity'),
  ('production_outputs', '
    organization_id uuid, id uuid, production_order_id uuid, quantity quantity, scrapped_qty quantity,
    scrap_reason long_text?, stock_location_id uuid?, lot_id uuid?, unit_cost money_amount?, produced_on business_date,
    created_at timestamptz, created_by uuid');

insert into tests.tables values
  ('email_log', '
    organization_id uuid, id uuid, template text, language language_code, kind email_kind, message_id text,
    dedupe_key text, event_id uuid?, party_id uuid?, entity_type text?, entity_id uuid?, about text?,
    resent_from_id uuid?, subject mail_line?, status email_status, attempts integer, next_attempt_at timestamptz, lease_id uuid?,
    leased_until timestamptz?, due_at timestamptz?, has_own_server boolean?, answer text?, sent_at timestamptz?, delivered_at timestamptz?,
    bounced_at timestamptz?, complained_at timestamptz?, created_at timestamptz, created_by uuid'),
  ('email_recipients', '
    organization_id uuid, id uuid, email_id uuid, about text?, name mail_line?, address mail_address, is_copy boolean,
    accepted_at timestamptz?'),
  ('email_suppressions', '
    organization_id uuid, id uuid, address mail_address, reason suppression_reason, email_id uuid?, note long_text?,
    created_at timestamptz, created_by uuid?'),
  ('mail_settings', '
    organization_id uuid, sender_name mail_line?, sender_address mail_address?, reply_to mail_address?,
    language language_code, smtp_host text?, smtp_port integer?, smtp_user mail_line?, smtp_security smtp_security,
    smtp_password_set_at timestamptz?, rate_per_minute integer?, updated_at timestamptz, row_version integer'),
  ('mail_templates', '
    organization_id uuid, id uuid, template text, language language_code, subject mail_line, html template_text,
    text template_text?, created_at timestamptz, created_by uuid, updated_at timestamptz, row_version integer');

create table tests.views (name text, columns text);
insert into tests.views values
  ('unallocated_order_items', '
    organization_id uuid, order_item_id uuid, order_id uuid, order_number text, client_po_number short_text,
    line_number integer, style_number short_text, style_name short_text, marketing_name short_text, ex_factory_date business_date,
    in_hands_date business_date, allocation_status allocation_status, unallocated_qty numeric'),
  ('allocation_overview', '
    organization_id uuid, order_item_id uuid, order_id uuid, order_number text, line_number integer,
    client_name short_text, client_po_number short_text, style_number short_text, style_name short_text, marketing_name short_text, sizes text,
    committed_qty quantity, price money_amount, currency currency_code, factory_name short_text, slice_count bigint,
    ex_factory_date business_date, in_hands_date business_date, allocation_item_id uuid, allocation_status allocation_status'),
  ('client_order_lines', '
    organization_id uuid, order_item_id uuid, order_id uuid, client_id uuid, order_number text,
    client_po_number short_text, order_status order_status, line_number integer, style_number short_text, style_name short_text,
    marketing_name short_text, sizes text, quantity quantity, unit_price money_amount, currency currency_code,
    ex_factory_date business_date, in_hands_date business_date, allocation_status allocation_status'),
  ('factory_work', '
    organization_id uuid, allocation_item_supplier_id uuid, factory_id uuid, style_number text, style_name text,
    marketing_name text, color_reference text, sizes text, order_qty quantity, quote_status quote_status,
    price money_amount, currency currency_code, is_awarded boolean, awarded_qty quantity,
    awarded_price money_amount, effective_qty quantity, target_ex_factory_date business_date, ex_factory_date business_date,
    factory_po_id uuid, po_number text, factory_po_status factory_po_status, production_status production_status,
    shipped_qty quantity, received_qty quantity, accepted_qty quantity, payable_amount money_amount,
    paid_amount money_amount, balance money_amount, next_step text'),
  ('quote_comparison', '
    organization_id uuid, allocation_id uuid, allocation_number text, allocation_item_id uuid,
    allocation_item_supplier_id uuid, factory_id uuid, factory_name short_text, style_number text, marketing_name text,
    quote_status quote_status, is_awarded boolean, is_missing boolean, order_qty quantity, capacity_qty quantity,
    is_within_capacity boolean, price numeric, currency currency_code, amount money_amount, surcharge money_amount,
    rate numeric, rate_date business_date, landed_amount numeric, landed_price numeric, landed_currency currency_code,
    target_ex_factory_date business_date, ex_factory_date business_date, days_late integer, moq_shortfall_qty numeric,
    colour_moq_shortfall_qty numeric, minimum_amount_shortfall numeric, rank bigint, problems text[]'),
  ('quote_comparison_by_factory', '
    organization_id uuid, allocation_id uuid, allocation_number text, factory_id uuid, factory_name short_text,
    lines bigint, quoted_lines bigint, missing_lines bigint, first_lines bigint, quoted_qty numeric,
    landed_amount numeric, landed_currency currency_code, days_late integer, minimum_amount_shortfall numeric,
    rank bigint, problems text[]'),
  ('factory_workload_slices', '
    organization_id uuid, allocation_item_supplier_id uuid, factory_id uuid, allocation_id uuid, style_number text,
    marketing_name text, ex_factory_date business_date, month date, load_qty numeric'),
  ('factory_workload', '
    organization_id uuid, factory_id uuid, factory_name short_text, month date, slices bigint, load_qty numeric,
    capacity_qty quantity, free_qty numeric, utilisation_pct numeric, is_over boolean'),
  ('award_warnings', '
    organization_id uuid, allocation_id uuid, allocation_number text, factory_id uuid, factory_name short_text,
    warning text, subject text, actual numeric, bound numeric, unit text'),
  ('factory_scorecard', '
    organization_id uuid, factory_id uuid, factory_name short_text, quotes_asked bigint, quotes_answered bigint,
    median_quote_hours numeric, slices_completed bigint, slices_on_time bigint, on_time_pct numeric,
    received_qty numeric, rejected_qty numeric, reject_pct numeric, prices_compared bigint, price_index numeric'),
  ('payables', '
    organization_id uuid, allocation_item_supplier_id uuid, factory_id uuid, factory_name short_text,
    factory_po_id uuid, po_number text, style_number text, marketing_name text, awarded_qty quantity,
    effective_qty quantity, received_qty quantity, accepted_qty quantity, payable_qty quantity,
    excess_qty quantity, accepted_excess_qty quantity, unit_price money_amount, payable_amount money_amount,
    paid_amount money_amount, balance money_amount, currency currency_code, approved_qty quantity,
    approved_amount money_amount'),
  ('payables_by_contract', '
    organization_id uuid, factory_po_id uuid, po_number text, version integer, status factory_po_status,
    factory_id uuid, factory_name short_text, slices bigint, effective_qty numeric, accepted_qty numeric,
    payable_qty numeric, payable_amount numeric, paid_amount numeric, balance numeric, currency currency_code,
    approved_amount numeric'),
  ('payables_by_factory', '
    organization_id uuid, factory_id uuid, factory_name short_text, currency currency_code, slices bigint,
    payable_amount numeric, paid_amount numeric, balance numeric, approved_amount numeric'),
  ('factory_invoice_matching', '
    organization_id uuid, factory_invoice_line_id uuid, factory_invoice_id uuid, factory_id uuid, invoice_number short_text,
    status factory_invoice_status, credits_id uuid, allocation_item_supplier_id uuid, style_number text,
    marketing_name text, quantity quantity, unit_price money_amount, amount money_amount, currency currency_code,
    contract_price money_amount, payable_qty quantity, approved_elsewhere_qty numeric, differences invoice_difference[],
    explanation text, is_within_tolerance boolean'),
  ('open_factory_invoices', '
    organization_id uuid, factory_invoice_id uuid, factory_id uuid, factory_name short_text, factory_po_id uuid,
    po_number text, invoice_number short_text, invoice_date business_date, due_date business_date, days_past_due integer,
    approved_amount numeric, open_amount numeric, currency currency_code'),
  ('payables_ageing', '
    organization_id uuid, factory_id uuid, factory_name short_text, currency currency_code, invoices bigint,
    not_due_amount numeric, past_due_1_30_amount numeric, past_due_31_60_amount numeric, past_due_61_90_amount numeric,
    past_due_over_90_amount numeric, total_amount numeric'),
  ('status_transitions', '
    machine text, from_status text, to_status text, roles text[], note text');
insert into tests.views values
  ('timeline', '
    organization_id uuid, id uuid, root_id uuid, parent_id uuid, order_id uuid, order_item_id uuid,
    allocation_item_supplier_id uuid, factory_id uuid, factory_name short_text, kind timeline_node_kind, code short_text,
    name short_text, depth integer, path text, owner_role member_role, completed_by timeline_fact, is_for_client boolean,
    planned_date business_date, estimated_date business_date, forecast_date business_date, actual_date business_date,
    days_late integer, is_late boolean, is_cancelled boolean, is_overdue boolean, subtree_planned_date date,
    subtree_forecast_date date, subtree_days_late integer, cause_id uuid, cause_name short_text');

insert into tests.views values
  ('order_item_variants', '
    organization_id uuid, order_item_id uuid, position integer, order_id uuid, line_number integer, is_cancelled boolean,
    colorway_id uuid, size_label short_text, product_variant_id uuid, sku short_text, quantity quantity'),
  ('bom_usage', '
    organization_id uuid, bom_version_id uuid, bom_template_id uuid, code short_text, name short_text, product_id uuid,
    product_number short_text, product_variant_id uuid, version integer, status bom_status, valid_from business_date,
    is_in_force boolean, orders bigint, open_orders bigint, ordered_qty numeric, completed_qty numeric,
    scrapped_qty numeric, completed_orders bigint, on_time_orders bigint, on_time_pct numeric, last_used_at timestamptz'),
  ('bom_where_used', '
    organization_id uuid, bom_line_id uuid, product_variant_id uuid, sku short_text, kind bom_line_kind, quantity quantity,
    unit unit_code, scrap_pct percentage, setup_quantity quantity, is_phantom boolean, valid_from business_date,
    valid_to business_date, bom_version_id uuid, bom_template_id uuid, code short_text, name short_text, product_id uuid,
    product_number short_text, made_variant_id uuid, version integer, status bom_status, is_in_force boolean');

insert into tests.views values
  ('purchase_order_tracking', '
    organization_id uuid, purchase_order_line_id uuid, purchase_order_id uuid, po_number short_text, status
    purchase_order_status, vendor_id uuid, vendor_name short_text, warehouse_id uuid, line_number integer,
    product_variant_id uuid, sku short_text, description short_text, unit unit_code, quantity quantity,
    received_qty quantity, rejected_qty quantity, cancelled_qty quantity, open_qty quantity, need_by business_date,
    original_promised_date business_date, promised_date business_date, due_on business_date, received_on
    business_date, is_open boolean, is_partially_received boolean, is_late boolean, days_late integer,
    vendor_received_lines integer, vendor_on_time_pct numeric');

insert into tests.views values
  ('work_center_utilization', '
    organization_id uuid, work_center_id uuid, code short_text, name short_text, day date, week_starts_on date,
    available_minutes integer, planned_minutes quantity, utilization_pct numeric'),
  ('work_center_weekly_utilization', '
    organization_id uuid, work_center_id uuid, code short_text, name short_text, week_starts_on date,
    available_minutes integer, planned_minutes quantity, utilization_pct numeric'),
  ('production_schedule', '
    organization_id uuid, production_order_id uuid, production_number text, product_variant_id uuid, sku short_text,
    quantity quantity, status production_order_status, priority integer, need_by business_date,
    scheduled_start business_date, expected_completion business_date, days_late integer, operations jsonb,
    bottleneck_operation_id uuid, bottleneck_operation short_text, bottleneck_work_center_id uuid,
    bottleneck_work_center short_text');

-- Commands, and the computed field allocation_ids

insert into tests.views values
  ('inventory_status', '
    organization_id uuid, product_variant_id uuid, sku short_text, product_name short_text, size_label short_text,
    unit unit_code, supply_method supply_method, on_hand quantity, reserved quantity, available quantity,
    quarantined quantity, minimum_qty quantity, safety_qty quantity, is_below_minimum boolean, stock_value money_amount');

insert into tests.views values
  ('component_availability', '
    organization_id uuid, production_component_id uuid, production_order_id uuid, production_number text,
    product_variant_id uuid, sku short_text, unit unit_code, warehouse_id uuid, availability availability,
    required_qty quantity, issued_qty quantity, reserved_qty quantity, on_hand quantity,
    reserved_for_others quantity, incoming_qty quantity, short_qty quantity, expected_on date'),
  ('production_queue', '
    organization_id uuid, production_order_id uuid, production_number text, status production_order_status,
    priority integer, need_by business_date, product_variant_id uuid, sku short_text, product_name short_text,
    warehouse_id uuid, order_item_id uuid, quantity quantity, completed_qty quantity, scheduled_start business_date,
    scheduled_end business_date, waits_for text[], expected_on date, days_late integer'),
  ('production_dashboard', '
    organization_id uuid, warehouse_id uuid, warehouse_code short_text, queued_count bigint, on_hold_count bigint,
    ready_count bigint, released_count bigint, in_progress_count bigint, late_count bigint, due_this_week_count bigint');

insert into tests.views values
  ('production_blockers', '
    organization_id uuid, production_component_id uuid, production_order_id uuid, production_number text, status
    production_order_status, priority integer, need_by business_date, order_item_id uuid, product_variant_id uuid,
    sku short_text, unit unit_code, short_qty quantity, expected_on business_date, days_late integer,
    purchase_order_line_id uuid, purchase_order_id uuid, po_number short_text, vendor_id uuid, vendor_name short_text,
    supplying_order_id uuid, planned_supply_id uuid, explanation text'),
  ('production_outlook', '
    organization_id uuid, production_order_id uuid, production_number text, product_variant_id uuid, sku short_text,
    order_item_id uuid, status production_order_status, status_since timestamptz, released_at timestamptz, priority integer, quantity quantity, completed_qty quantity, need_by business_date,
    scheduled_start business_date, scheduled_end business_date, expected_start business_date, expected_completion
    business_date, days_late integer, blocked_by text, blocking_variant_id uuid, blocking_sku short_text,
    blocking_purchase_order_id uuid, blocking_vendor_id uuid, blocking_production_order_id uuid'),
  ('workflow', '
    organization_id uuid, order_item_id uuid, order_id uuid, order_number text, line_number integer, client_id uuid,
    client_name short_text, style_number short_text, style_name short_text, marketing_name short_text, warehouse_id
    uuid, bom_template_id uuid, stage workflow_stage, stage_since timestamptz, age_days integer,
    quantity quantity, done_qty quantity, need_by business_date, expected_completion business_date, days_late
    integer, production_order_id uuid, production_number text, purchase_order_line_id uuid, planned_supply_id uuid,
    is_blocked boolean, blocked_by text, blocking_variant_id uuid, blocking_sku short_text,
    blocking_purchase_order_id uuid, blocking_vendor_id uuid, blocking_production_order_id uuid,
    blocking_work_center_id uuid, planning_exception_id uuid'),
  ('workflow_summary', '
    organization_id uuid, stage workflow_stage, lines bigint, quantity numeric, blocked_lines bigint, late_lines
    bigint, p50_age_days integer, max_age_days integer'),
  ('job_health', '
    organization_id uuid, pending_events bigint, oldest_pending_at timestamptz, failing_events bigint, dead_events
    bigint, due_emails bigint, oldest_due_email_at timestamptz, failed_emails bigint, due_webhooks bigint,
    oldest_due_webhook_at timestamptz, disabled_webhook_endpoints bigint, due_slack_posts bigint,
    oldest_due_slack_post_at timestamptz, failed_slack_posts bigint'),
  ('workflow_alerts', '
    organization_id uuid, kind workflow_alert_kind, subject_id uuid, severity alert_severity, message text, due_date
    date, order_item_id uuid, production_order_id uuid, product_variant_id uuid, purchase_order_id uuid,
    purchase_order_line_id uuid, vendor_id uuid'),
  ('stage_dwell_times', '
    organization_id uuid, month date, status production_order_status, stays bigint, p50_hours numeric, p90_hours
    numeric, max_hours numeric'),
  ('component_blockers', '
    organization_id uuid, product_variant_id uuid, sku short_text, product_name short_text, unit unit_code,
    blocked_orders bigint, short_qty quantity, waiting_since timestamptz, incoming_qty quantity,
    next_expected_on business_date'),
  ('stock_outs', '
    organization_id uuid, product_variant_id uuid, sku short_text, month date, times bigint, production_orders
    bigint, short_qty quantity, waited_days numeric, p50_days numeric, max_days numeric, still_open bigint'),
  ('lead_times', '
    organization_id uuid, product_id uuid, product_number short_text, product_name short_text, month date, lines
    bigint, p50_days numeric, p90_days numeric, p50_production_days numeric, on_time_pct numeric'),
  ('planning_accuracy', '
    organization_id uuid, production_order_id uuid, production_number text, product_variant_id uuid, product_id
    uuid, sku short_text, planned_qty quantity, completed_qty quantity, scrapped_qty quantity, qty_difference
    quantity, qty_accuracy_pct numeric, planned_start business_date, actual_start date, start_days_late integer,
    planned_end business_date, actual_end date, end_days_late integer'),
  ('planning_accuracy_by_product', '
    organization_id uuid, product_id uuid, product_number short_text, product_name short_text, production_orders
    bigint, qty_accuracy_pct numeric, on_time_pct numeric, p50_start_days_late numeric, p50_end_days_late numeric,
    p90_end_days_late numeric'),
  ('purchase_accuracy', '
    organization_id uuid, planned_supply_id uuid, product_variant_id uuid, sku short_text, vendor_id uuid,
    vendor_name short_text, purchase_order_id uuid, purchase_order_line_id uuid, po_number short_text, status
    purchase_order_status, unit unit_code, planned_qty quantity, ordered_qty quantity, received_qty quantity,
    currency currency_code, planned_price money_amount, ordered_price money_amount, price_difference money_amount,
    planned_date business_date, promised_date business_date, received_on business_date, days_late integer'),
  ('purchase_accuracy_by_vendor', '
    organization_id uuid, vendor_id uuid, vendor_name short_text, product_variant_id uuid, sku short_text, currency
    currency_code, lines bigint, qty_accuracy_pct numeric, ordered_amount money_amount, price_difference
    money_amount, lines_received bigint, on_time_pct numeric, p50_days_late numeric, p90_days_late numeric');

create table tests.commands (signature text);
insert into tests.commands values
  ('plan_supply(order_ids uuid[]?, planned_on date?) returns supply_runs'),
  ('firm_supplies(planned_supply_ids uuid[]) returns setof production_orders'),
  ('explain_supply(planned_supply_id uuid) returns setof explanation'),
  ('revise_bom(bom_version_id uuid, revision_note text?) returns bom_versions'),
  ('reschedule_production() returns setof production_orders'),
  ('issue_components(production_order_id uuid, components jsonb?) returns setof stock_moves'),
  ('return_components(production_order_id uuid, components jsonb) returns setof stock_moves'),
  ('report_output(
    production_order_id uuid, quantity numeric, scrapped_qty numeric?, scrap_reason text?, stock_location_id uuid?,
    lot_id uuid?, by_products jsonb?
  ) returns production_outputs'),
  ('explode_bom(product_variant_id uuid, quantity numeric?, on_date date?) returns setof bom_requirement'),
  ('count_stock(counts jsonb, reference text?) returns setof stock_moves'),
  ('check_order_stock(production_order_id uuid) returns setof component_check'),
  ('check_bom_stock(
    product_variant_id uuid, quantity numeric?, on_date date?, bom_template_id uuid?, warehouse_id uuid?
  ) returns setof component_check'),
  ('choose_bom(order_item_id uuid, bom_template_id uuid?) returns order_item_supplies'),
  ('recommend_bom_templates(order_item_id uuid) returns setof bom_recommendation'),
  ('create_production_orders(order_item_ids uuid[], priority integer?) returns setof production_orders'),
  ('accept_excess(
    allocation_item_supplier_id uuid, accepted_excess_qty numeric
  ) returns allocation_items_supplier'),
  ('add_candidates(
    allocation_id uuid, factory_ids uuid[], allocation_item_ids uuid[]?
  ) returns setof allocation_items_supplier'),
  ('allocate_items(name text, lines jsonb, factory_ids uuid[]?) returns allocations'),
  ('allocation_ids(order_items) returns uuid[]'),
  ('award(
    allocation_item_supplier_id uuid, awarded_qty numeric?, price numeric?, remark text?
  ) returns allocation_items_supplier'),
  ('award_many(awards jsonb) returns setof allocation_items_supplier'),
  ('cancel_contract(factory_po_id uuid) returns factory_pos'),
  ('cancel_order_item(order_item_id uuid) returns order_items'),
  ('close_allocation_item(allocation_item_id uuid) returns allocation_items'),
  ('close_slice(
    allocation_item_supplier_id uuid, closed_qty numeric, waive boolean?, remark text?
  ) returns allocation_items_supplier'),
  ('create_order(
    lines jsonb, client_id uuid?, client_po_number text?, type order_type?, status order_status?, order_date date?,
    ex_factory_date date?, in_hands_date date?, currency currency_code?, metadata jsonb?
  ) returns orders'),
  ('decline_quote(allocation_item_supplier_id uuid, comments text?) returns allocation_items_supplier'),
  ('issue_contracts(allocation_id uuid, factory_ids uuid[]?, ex_factory_date date?) returns setof factory_pos'),
  ('reallocate(reallocations jsonb, allocation_id uuid?) returns setof allocation_items_supplier'),
  ('record_factory_payment(
    factory_po_id uuid, reference text, lines jsonb?, payment_date date?, is_advance boolean?
  ) returns factory_payments'),
  ('approve_factory_invoice(factory_invoice_id uuid) returns factory_invoices'),
  ('dispute_factory_invoice(factory_invoice_id uuid, reason text?) returns factory_invoices'),
  ('submit_factory_invoice(
    factory_po_id uuid, invoice_number text, lines jsonb, invoice_date date?, document_uri text?, credits_id uuid?
  ) returns factory_invoices'),
  ('void_factory_invoice(factory_invoice_id uuid, reason text) returns factory_invoices'),
  ('record_receipt(
    allocation_item_supplier_id uuid, qty_received numeric, qty_rejected numeric?, received_date date?,
    batch_id text?, location text?, document_uri text?
  ) returns factory_receipts'),
  ('report_production(
    allocation_item_supplier_id uuid, production_status production_status?, shipped_qty numeric?
  ) returns allocation_items_supplier'),
  ('revise_contract(factory_po_id uuid, lines jsonb?, ex_factory_date date?) returns factory_pos'),
  ('revoke_award(allocation_item_supplier_id uuid) returns allocation_items_supplier'),
  ('send_allocation(allocation_id uuid) returns allocations'),
  ('short_close_item(order_item_id uuid) returns order_items'),
  ('sign_contract(
    factory_po_id uuid, signed_by_name text?, terms_hash text?, po_document_uri text?
  ) returns factory_pos'),
  ('submit_quote(
    allocation_item_supplier_id uuid, price numeric, currency text?, capacity_qty numeric?,
    ex_factory_date date?, pricing_terms pricing_terms?, ship_mode ship_mode?, comments text?
  ) returns allocation_items_supplier'),
  ('submit_quotes(quotes jsonb) returns setof allocation_items_supplier'),
  ('switch_membership(member_id uuid) returns members'),
  ('void_factory_payment(factory_payment_id uuid, reason text) returns factory_payments'),
  ('void_receipt(factory_receipt_id uuid, reason text) returns factory_receipts'),
  ('withdraw_quote(allocation_item_supplier_id uuid, comments text?) returns allocation_items_supplier');
insert into tests.commands values
  ('plan_timeline(
    order_id uuid, order_item_ids uuid[]?, timeline_template_id uuid?, ex_factory_date date?
  ) returns setof timeline_plans'),
  ('report_milestone(
    timeline_node_id uuid, actual_date date?, estimated_date date?
  ) returns timeline_nodes');

insert into tests.commands values
  ('submit_purchase_order(purchase_order_id uuid) returns purchase_orders'),
  ('approve_purchase_order(purchase_order_id uuid) returns purchase_orders'),
  ('reject_purchase_order(purchase_order_id uuid, reason text) returns purchase_orders'),
  ('send_purchase_order(purchase_order_id uuid) returns purchase_orders'),
  ('close_purchase_order(purchase_order_id uuid) returns purchase_orders'),
  ('cancel_purchase_order(purchase_order_id uuid) returns purchase_orders'),
  ('acknowledge_purchase_order(
    purchase_order_id uuid, vendor_reference text?, lines jsonb?
  ) returns purchase_orders'),
  ('receive_goods(
    purchase_order_id uuid, lines jsonb, received_on date?, delivery_note text?
  ) returns goods_receipts'),
  ('void_goods_receipt(goods_receipt_id uuid, reason text) returns goods_receipts');

insert into tests.commands values
  ('resend_email(email_id uuid) returns email_log'),
  ('cancel_email(email_id uuid) returns email_log'),
  ('send_test_email(address text) returns email_log'),
  ('set_mail_password(password text) returns mail_settings'),
  ('record_email_event(
    message_id text, kind email_event_kind, address text?, diagnostic text?
  ) returns acknowledgement'),
  ('unsubscribe(token uuid) returns acknowledgement'),
  ('create_webhook_endpoint(url text, event_types text[], description text?) returns webhook_secret'),
  ('rotate_webhook_secret(webhook_endpoint_id uuid) returns webhook_secret'),
  ('test_webhook(webhook_endpoint_id uuid) returns webhook_deliveries'),
  ('replay_webhook(webhook_endpoint_id uuid, since timestamp with time zone, include_delivered boolean?) returns webhook_replay'),
  ('mark_notifications_read(notification_ids uuid[]) returns setof notifications'),
  ('create_slack_channel(name text, webhook_url text) returns slack_channels'),
  ('set_slack_webhook(slack_channel_id uuid, webhook_url text) returns slack_channels');

-- Types

-- What commands return that is a row of no table
create table tests.results (name text, columns text);
insert into tests.results values
  ('explanation', '
    position integer, sentence text'),
  ('component_check', '
    product_variant_id uuid, sku short_text, unit unit_code, availability availability, required_qty quantity,
    on_hand quantity, reserved_for_others quantity, incoming_qty quantity, short_qty quantity, expected_on date?'),
  ('bom_requirement', '
    level integer, path text, product_variant_id uuid, sku short_text, kind bom_line_kind, supply_method supply_method,
    required_qty quantity, unit unit_code');
insert into tests.results values
  ('bom_recommendation', '
    rank integer, bom_template_id uuid, bom_version_id uuid, code short_text, name short_text, is_default boolean,
    score numeric, forecast_score numeric, forecast_qty numeric, use_score numeric, used_count bigint,
    on_time_score numeric, completed_count bigint, on_time_count bigint, availability_score numeric,
    component_count bigint, available_count bigint, cost_score numeric, unit_cost numeric, material_cost numeric,
    operation_cost numeric, uncosted_count bigint');

insert into tests.results values
  ('acknowledgement', 'is_accepted boolean'),
  ('webhook_secret', 'webhook_endpoint_id uuid, secret text?'),
  ('webhook_replay', 'webhook_endpoint_id uuid, deliveries integer');

create table tests.enums (name text, labels text);
insert into tests.enums values
  ('webhook_status', 'enabled disabled'),
  ('delivery_status', 'pending delivered failed'),
  ('notification_channel', 'in_app mail slack'),
  ('notification_digest', 'none daily');
insert into tests.enums values
  ('workflow_stage', 'sales_order bom_chosen planned waiting_for_material ready in_production finished'),
  ('alert_severity', 'critical warning info'),
  ('workflow_alert_kind', '
    line_late no_supply purchase_overdue promised_late not_acknowledged not_released planning_exception');
insert into tests.enums values
  ('address_kind', 'billing shipping registered'),
  ('allocation_close_reason', 'closed moved cancelled'),
  ('allocation_status', 'UNALLOCATED PREALLOCATED ALLOCATED CONFIRMED PC_ISSUED PC_SIGNED CANCELLED'),
  ('approval_status', 'pending approved rejected'),
  ('factory_po_status', 'DRAFT ISSUED PC_SIGNED CLOSED CANCELLED'),
  ('factory_invoice_status', 'submitted approved disputed voided'),
  ('invoice_difference', '
    price_above_contract price_below_contract quantity_above_payable invoice_not_approved price_not_as_invoiced
    quantity_above_invoiced'),
  ('history_action', '
    created confirmed payment_received processing_started packed shipped delivered cancelled refunded
    status_changed note_added payment_failed return_requested returned edited assigned inventory_reserved
    inventory_released awarded award_revoked slice_closed reallocated received receipt_voided excess_accepted short_closed
    paid payment_voided'),
  ('rule_enforcement', 'ignore warn refuse'),
  ('automation', 'automatic manual'),
  ('vendor_choice', 'preference lowest_cost'),
  ('planning_exception_kind', 'no_vendor no_bom no_conversion no_sku late surplus'),
  ('member_role', '
    oms_client oms_factory oms_vendor oms_sales oms_planner oms_procurement oms_production oms_warehouse
    oms_finance oms_admin'),
  ('member_status', 'active suspended'),
  ('purchase_order_status', 'draft submitted approved sent acknowledged closed cancelled'),
  ('receipt_status', 'not_received partially_received received'),
  ('order_status', '
    requested quote_draft quote_sent quote_approved quote_declined quote_expired sales_order so_sent so_approved
    closed cancelled'),
  ('order_type', 'quote sales_order'),
  ('party_kind', 'client factory vendor carrier company'),
  ('pricing_terms', 'EXW FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP'),
  ('production_status', 'not_started materials cutting sewing finishing packed shipped'),
  ('quote_status', 'invited quoted declined withdrawn'),
  ('ship_mode', 'sea air road rail courier'),
  ('slice_note_kind', 'remark price_override closure reallocation excess');
insert into tests.enums values
  ('timeline_fact', 'contract_signed materials cutting sewing finishing packed shipped received'),
  ('timeline_node_kind', 'root split style material sample production shipment custom');

insert into tests.enums values
  ('bom_line_kind', 'input by_product'),
  ('scheduled_job', 'plan_supply remind_quotes raise_alerts expire_reservations send_digests sweep'),
  ('bom_status', 'draft active retired'),
  ('production_order_status', 'queued on_hold ready released in_progress completed cancelled'),
  ('availability', 'available insufficient out_of_stock'),
  ('stock_location_kind', 'storage receiving production shipping quarantine'),
  ('stock_move_reason', 'opening receipt return output issue shipment scrap vendor_return transfer count'),
  ('supply_method', 'make buy'),
  ('tracking', 'none lot serial');

insert into tests.enums values
  ('email_kind', 'transactional marketing'),
  ('email_status', 'queued sending sent failed suppressed cancelled'),
  ('email_event_kind', 'delivered bounce complaint'),
  ('suppression_reason', 'bounce complaint unsubscribed manual'),
  ('smtp_security', 'starttls tls');

create table tests.domains (name text, base text);
insert into tests.domains values
  ('business_date', 'date'),
  ('currency_code', 'text'),
  ('exchange_rate', 'numeric(18,8)'),
  ('document_uri', 'character varying(2000)'),
  ('long_text', 'character varying(10000)'),
  ('money_amount', 'numeric(18,4)'),
  ('percentage', 'numeric(7,4)'),
  ('quantity', 'numeric(18,6)'),
  ('short_text', 'character varying(200)'),
  ('unit_code', 'character varying(10)'),
  ('language_code', 'text'),
  ('mail_address', 'character varying(254)'),
  ('mail_line', 'character varying(200)'),
  ('template_text', 'character varying(100000)'),
  ('webhook_url', 'character varying(2000)');

create function tests.one_line(text) returns text
language sql
as $$
  select trim(regexp_replace(replace(replace($1, E'(\n    ', '('), E'\n  )', ')'), '\s+', ' ', 'g'))
$$;

create view tests.columns_are as
select
  c.relname::text as name,
  string_agg(
    format('%s %s', a.attname, replace(replace(format_type(a.atttypid, a.atttypmod), 'ops.', ''), 'timestamp with time zone', 'timestamptz'))
    || case
      when c.relkind = 'r' and not a.attnotnull then '?'
      when c.relkind = 'c' and col_description(c.oid, a.attnum) ~* '\mnull:' then '?'
      else ''
    end,
    ', ' order by a.attnum
  ) as columns
from pg_class as c
inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'v', 'c')
group by c.oid;

select tables_are('ops', array(select t.name::name from tests.tables as t), 'these are the tables');
select views_are('ops', array(select v.name::name from tests.views as v), 'these are the views');
select functions_are('ops', array(select split_part(c.signature, '(', 1)::name from tests.commands as c), 'these are the commands');
select set_eq(
  $$ select c.relname::text from pg_class as c where c.relnamespace = 'ops'::regnamespace and c.relkind = 'c' $$,
  $$ select r.name from tests.results as r $$,
  'these are the results'
);
select enums_are('ops', array(select e.name::name from tests.enums as e), 'these are the enums');
select domains_are('ops', array(select d.name::name from tests.domains as d), 'these are the domains');

select is(a.columns, tests.one_line(r.columns), format('%s has these columns', r.name))
from (select * from tests.tables union all select * from tests.views union all select * from tests.results) as r
left join tests.columns_are as a using (name)
order by r.name;

select set_eq(
  $$ select format(
       '%s(%s) returns %s', p.proname,
       replace(regexp_replace(pg_get_function_arguments(p.oid), ' DEFAULT [^,]+', '?', 'g'), 'ops.', ''),
       lower(replace(pg_get_function_result(p.oid), 'ops.', ''))
     ) from pg_proc as p where p.pronamespace = 'ops'::regnamespace $$,
  $$ select tests.one_line(c.signature) from tests.commands as c $$,
  'the commands take these arguments and return these rows'
);

select is(
  (select string_agg(l.enumlabel, ' ' order by l.enumsortorder) from pg_enum as l where l.enumtypid = format('ops.%I', e.name)::regtype),
  tests.one_line(e.labels), format('%s has these labels, in this order', e.name)
)
from tests.enums as e;

select is(
  (select format_type(t.typbasetype, t.typtypmod) from pg_type as t where t.oid = format('ops.%I', d.name)::regtype), d.base, format('%s is %s', d.name, d.base)
)
from tests.domains as d;

select * from finish();
