-- declared in sql/views/payables.sql
create view ops.factory_invoice_matching with (security_invoker = true) as
select
  l.organization_id,
  l.id as factory_invoice_line_id,
  l.factory_invoice_id,
  l.factory_id,
  i.invoice_number,
  i.status,
  i.credits_id,
  l.allocation_item_supplier_id,
  s.style_number,
  s.marketing_name,
  l.quantity,
  l.unit_price,
  l.amount,
  i.currency,
  s.awarded_price as contract_price,
  s.payable_qty,
  facts.approved_elsewhere_qty,
  found.differences,
  found.explanation,
  found.differences = '{}' as is_within_tolerance
from ops.factory_invoice_lines as l
left join ops.factory_invoices as i on i.organization_id = l.organization_id and i.id = l.factory_invoice_id
left join ops.allocation_items_supplier as s
  on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
left join ops.organization_settings as settings on settings.organization_id = l.organization_id
left join ops.factory_invoices as credited
  on credited.organization_id = i.organization_id and credited.id = i.credits_id
left join ops.factory_invoice_lines as credited_line
  on credited_line.organization_id = i.organization_id and credited_line.factory_invoice_id = i.credits_id
  and credited_line.allocation_item_supplier_id = l.allocation_item_supplier_id
cross join lateral (
  select
    coalesce(sum(o.quantity), 0) as approved_elsewhere_qty,
    coalesce(-sum(o.quantity) filter (where oi.credits_id = i.credits_id), 0) as credited_elsewhere_qty
  from ops.factory_invoice_lines as o
  inner join ops.factory_invoices as oi
    on oi.organization_id = o.organization_id and oi.id = o.factory_invoice_id and oi.status = 'approved'
  where o.organization_id = l.organization_id and o.allocation_item_supplier_id = l.allocation_item_supplier_id
    and o.factory_invoice_id <> l.factory_invoice_id
) as facts
cross join lateral (
  select
    coalesce(array_agg(d.difference order by d.difference), '{}') as differences,
    string_agg(d.words, ' ' order by d.difference) as explanation
  from (
    values
    (
      i.credits_id is null and l.unit_price > s.awarded_price * (1 + settings.invoice_price_tolerance_pct / 100),
      'price_above_contract'::ops.invoice_difference,
      format('%s a piece is above the contract''s %s.', trim_scale(l.unit_price), trim_scale(s.awarded_price))
    ),
    (
      i.credits_id is null and l.unit_price < s.awarded_price * (1 - settings.invoice_price_tolerance_pct / 100),
      'price_below_contract',
      format('%s a piece is below the contract''s %s.', trim_scale(l.unit_price), trim_scale(s.awarded_price))
    ),
    (
      i.credits_id is null
      and facts.approved_elsewhere_qty + l.quantity
      > s.payable_qty * (1 + settings.invoice_quantity_tolerance_pct / 100),
      'quantity_above_payable',
      format(
        '%s pieces, with %s of other approved invoices, are more than the %s payable.',
        trim_scale(l.quantity), trim_scale(facts.approved_elsewhere_qty), trim_scale(s.payable_qty)
      )
    ),
    (
      credited.status <> 'approved',
      'invoice_not_approved',
      format('Invoice %s is %s; only what is approved is credited.', credited.invoice_number, credited.status)
    ),
    (
      l.unit_price <> credited_line.unit_price,
      'price_not_as_invoiced',
      format(
        '%s a piece is not the %s that was invoiced.', trim_scale(l.unit_price), trim_scale(credited_line.unit_price)
      )
    ),
    (
      facts.credited_elsewhere_qty - l.quantity > credited_line.quantity,
      'quantity_above_invoiced',
      format(
        '%s pieces, with %s credited before, are more than the %s invoiced.',
        trim_scale(-l.quantity), trim_scale(facts.credited_elsewhere_qty), trim_scale(credited_line.quantity)
      )
    )
  ) as d (is_found, difference, words)
  where d.is_found
) as found;
comment on view ops.factory_invoice_matching is
  'Every line of every factory invoice against the contract''s price and what is payable, as of now: an invoice with a line out of tolerance is not approved. Also after approval: a receipt that is voided then shows here. Key: factory_invoice_line_id.';
comment on column ops.factory_invoice_matching.contract_price is 'The price in force for the slice.';
comment on column ops.factory_invoice_matching.payable_qty is 'Pieces of the slice that are payable, whoever bills them.';
comment on column ops.factory_invoice_matching.approved_elsewhere_qty is 'Pieces of the slice on other approved invoices, less those of approved credit notes.';
comment on column ops.factory_invoice_matching.differences is 'What is out of tolerance, for programs; empty where the line matches.';
comment on column ops.factory_invoice_matching.explanation is 'The same for people; null where the line matches.';

create view ops.open_factory_invoices with (security_invoker = true) as
select
  i.organization_id,
  i.id as factory_invoice_id,
  i.factory_id,
  f.name as factory_name,
  i.factory_po_id,
  p.po_number,
  i.invoice_number,
  i.invoice_date,
  i.due_date,
  greatest(current_date - i.due_date, 0) as days_past_due,
  sums.approved_amount,
  sums.open_amount,
  i.currency
from ops.factory_invoices as i
left join ops.directory as f on f.organization_id = i.organization_id and f.id = i.factory_id
left join ops.factory_pos as p on p.organization_id = i.organization_id and p.id = i.factory_po_id
cross join lateral (
  select
    sum(l.net_amount) as approved_amount,
    sum(
      case
        when least(s.approved_amount, s.payable_amount) > s.paid_amount then
          -- What was paid for the slice is taken off what fell due first, what is not payable off what falls due last.
          (
            select
              greatest(
                least(sum(e.net_amount), s.payable_amount)
                - greatest(sum(e.net_amount) - l.net_amount, s.paid_amount),
                0
              )
            from ops.factory_invoice_lines as e
            inner join ops.factory_invoices as ei
              on ei.organization_id = e.organization_id and ei.id = e.factory_invoice_id
            where e.organization_id = l.organization_id
              and e.allocation_item_supplier_id = l.allocation_item_supplier_id
              and ei.status = 'approved' and ei.credits_id is null and (ei.due_date, ei.id) <= (i.due_date, i.id)
          )
        else 0
      end
    ) as open_amount
  from ops.factory_invoice_lines as l
  inner join ops.allocation_items_supplier as s
    on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
  where l.organization_id = i.organization_id and l.factory_invoice_id = i.id
  offset 0  -- added up once, not once to be filtered and once to be shown
) as sums
where i.status = 'approved' and i.credits_id is null and sums.open_amount > 0;
comment on view ops.open_factory_invoices is
  'Approved invoices of which something is still to be paid. What was paid for a slice counts for its invoices that fell due first. Key: factory_invoice_id.';
comment on column ops.open_factory_invoices.days_past_due is 'Days since the due date; 0: it is not past.';
comment on column ops.open_factory_invoices.approved_amount is 'Its amount, less its approved credit notes.';
comment on column ops.open_factory_invoices.open_amount is 'What is still to be paid of that, as far as it is payable: within a tolerance, or since a receipt was voided or a price lowered, more can be approved.';

create view ops.payables_ageing with (security_invoker = true) as
select
  o.organization_id,
  o.factory_id,
  o.factory_name,
  o.currency,
  count(*) as invoices,
  coalesce(sum(o.open_amount) filter (where o.days_past_due = 0), 0) as not_due_amount,
  coalesce(sum(o.open_amount) filter (where o.days_past_due between 1 and 30), 0) as past_due_1_30_amount,
  coalesce(sum(o.open_amount) filter (where o.days_past_due between 31 and 60), 0) as past_due_31_60_amount,
  coalesce(sum(o.open_amount) filter (where o.days_past_due between 61 and 90), 0) as past_due_61_90_amount,
  coalesce(sum(o.open_amount) filter (where o.days_past_due > 90), 0) as past_due_over_90_amount,
  sum(o.open_amount) as total_amount
from ops.open_factory_invoices as o
group by o.organization_id, o.factory_id, o.factory_name, o.currency;
comment on view ops.payables_ageing is
  'What is open of approved invoices, by factory, currency and days past the due date, as of today. The invoices behind it are in open_factory_invoices. Key: factory_id, currency.';
comment on column ops.payables_ageing.invoices is 'How many invoices are open.';
comment on column ops.payables_ageing.past_due_1_30_amount is 'Open of what fell due 1 to 30 days ago; the other columns likewise.';
