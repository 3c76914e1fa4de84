-- declared in sql/commands/payables.sql
create function ops.submit_factory_invoice(
  factory_po_id uuid,
  invoice_number text,
  lines jsonb,
  invoice_date date default current_date,
  document_uri text default null,
  credits_id uuid default null
) returns ops.factory_invoices
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('submit_factory_invoice', jsonb_build_array(factory_po_id, invoice_number, lines, invoice_date, document_uri, credits_id));
  invoice ops.factory_invoices;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_invoices, replayed);
  end if;
  insert into ops.factory_invoices (factory_po_id, invoice_number, invoice_date, document_uri, credits_id)
  values (
    submit_factory_invoice.factory_po_id, submit_factory_invoice.invoice_number,
    coalesce(submit_factory_invoice.invoice_date, current_date), submit_factory_invoice.document_uri,
    submit_factory_invoice.credits_id
  )
  on conflict do nothing  -- somebody has submitted it meanwhile
  returning * into invoice;
  if invoice.id is null then
    perform private.fail(
      'OMS_INVOICE_NUMBER_EXISTS',
      format('The factory has an invoice %s already; void that first.', submit_factory_invoice.invoice_number),
      jsonb_build_object('invoice_number', submit_factory_invoice.invoice_number)
    );
  end if;

  insert into ops.factory_invoice_lines (factory_invoice_id, allocation_item_supplier_id, quantity, unit_price)
  select invoice.id, l.allocation_item_supplier_id, l.quantity, l.unit_price
  from private.records('lines', lines, null::private.invoice_line) as l;
  if not found then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'lines is empty; an invoice bills at least one slice.', '{"argument": "lines"}'
    );
  end if;
  select i.* into invoice
  from ops.factory_invoices as i
  where i.organization_id = invoice.organization_id and i.id = invoice.id;
  perform private.store_response('submit_factory_invoice', to_jsonb(invoice));
  return invoice;
end
$$;
comment on function ops.submit_factory_invoice(uuid, text, jsonb, date, text, uuid) is
  'Submits a factory''s invoice against a contract: a list of {allocation_item_supplier_id, quantity, unit_price}, the price by default the contract''s. With `credits_id` it is a credit note to that invoice, its quantities below zero and its prices by default those that were invoiced. The factory, or procurement or finance for it. Errors: OMS_INVOICE_NUMBER_EXISTS, OMS_CONTRACT_NOT_IN_FORCE, OMS_CONTRACT_MISMATCH, OMS_ALREADY_EXISTS, OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.approve_factory_invoice(factory_invoice_id uuid) returns ops.factory_invoices
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('approve_factory_invoice', jsonb_build_array(factory_invoice_id));
  invoice ops.factory_invoices;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_invoices, replayed);
  end if;
  update ops.factory_invoices as t
  set status = 'approved'
  where t.organization_id = private.organization_id() and t.id = approve_factory_invoice.factory_invoice_id;
  select t.* into invoice from ops.factory_invoices as t where t.organization_id = private.organization_id() and t.id = approve_factory_invoice.factory_invoice_id;
  perform private.require_found(invoice.id, 'invoice', approve_factory_invoice.factory_invoice_id);
  perform private.store_response('approve_factory_invoice', to_jsonb(invoice));
  return invoice;
end
$$;
comment on function ops.approve_factory_invoice(uuid) is
  'Approves an invoice or a credit note whose every line is within tolerance of the contract''s price and of what is payable, over all approved invoices of the slice; `details` of a refusal name the differences line by line. Approving twice is one approval. Procurement, finance. Errors: OMS_INVOICE_OUT_OF_TOLERANCE, OMS_INVOICE_EMPTY, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND.';

create function ops.dispute_factory_invoice(
  factory_invoice_id uuid,
  reason text default null
) returns ops.factory_invoices
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('dispute_factory_invoice', jsonb_build_array(factory_invoice_id, reason));
  invoice ops.factory_invoices;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_invoices, replayed);
  end if;
  update ops.factory_invoices as t
  set
    status = 'disputed',
    dispute_reason = coalesce(
      nullif(dispute_factory_invoice.reason, ''),
      (
        select left(
          string_agg(concat_ws(' ', m.style_number, m.marketing_name || ':', m.explanation), E'\n' order by m.factory_invoice_line_id),
          10000
        )
        from ops.factory_invoice_matching as m
        where m.organization_id = t.organization_id and m.factory_invoice_id = t.id and not m.is_within_tolerance
      )
    )
  where t.organization_id = private.organization_id() and t.id = dispute_factory_invoice.factory_invoice_id;
  select t.* into invoice from ops.factory_invoices as t where t.organization_id = private.organization_id() and t.id = dispute_factory_invoice.factory_invoice_id;
  perform private.require_found(invoice.id, 'invoice', dispute_factory_invoice.factory_invoice_id);
  perform private.store_response('dispute_factory_invoice', to_jsonb(invoice));
  return invoice;
end
$$;
comment on function ops.dispute_factory_invoice(uuid, text) is
  'Disputes an invoice that is not approved, with the reason; without one, the differences that were found are the reason. It can be approved once they are settled, or voided and submitted anew. Procurement, finance. Errors: OMS_TRANSITION_NOT_ALLOWED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.void_factory_invoice(factory_invoice_id uuid, reason text) returns ops.factory_invoices
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('void_factory_invoice', jsonb_build_array(factory_invoice_id, reason));
  invoice ops.factory_invoices;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_invoices, replayed);
  end if;
  perform private.require_argument('reason', reason);
  update ops.factory_invoices as t
  set status = 'voided', void_reason = void_factory_invoice.reason
  where t.organization_id = private.organization_id() and t.id = void_factory_invoice.factory_invoice_id;
  select t.* into invoice from ops.factory_invoices as t where t.organization_id = private.organization_id() and t.id = void_factory_invoice.factory_invoice_id;
  perform private.require_found(invoice.id, 'invoice', void_factory_invoice.factory_invoice_id);
  perform private.store_response('void_factory_invoice', to_jsonb(invoice));
  return invoice;
end
$$;
comment on function ops.void_factory_invoice(uuid, text) is
  'Voids an invoice or a credit note; its number is free again. The factory while it is not approved; procurement, finance. Errors: OMS_INVOICE_PAID, OMS_INVOICE_CREDITED, OMS_INVOICE_OUT_OF_TOLERANCE, OMS_TRANSITION_NOT_ALLOWED, OMS_ALREADY_VOIDED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';
