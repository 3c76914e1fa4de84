-- declared in sql/triggers/payables.sql
-- An invoice stands at the bottom of the order of locks, with receipts and payments: its row first, then its slices.

-- factory_invoices

create function private.tg_factory_invoices__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  contract ops.factory_pos;
  credited ops.factory_invoices;
begin
  -- Read as the caller: what it may not see is what does not exist.
  select p.*
  into contract
  from ops.factory_pos as p
  where p.organization_id = new.organization_id and p.id = new.factory_po_id;
  if contract.id is null then
    perform private.require_found(null, 'contract', new.factory_po_id);
  end if;
  if new.credits_id is null then
    if contract.status not in ('PC_SIGNED', 'CLOSED') then
      perform private.fail(
        'OMS_CONTRACT_NOT_IN_FORCE', format('%s is %s; only a signed contract is invoiced.', contract.po_number, contract.status),
        jsonb_build_object('factory_po_id', contract.id, 'status', contract.status)
      );
    end if;
  else
    select i.*
    into credited
    from ops.factory_invoices as i
    where i.organization_id = new.organization_id and i.id = new.credits_id;
    if credited.id is null then
      perform private.require_found(null, 'invoice', new.credits_id);
    end if;
    if credited.credits_id is not null then
      perform private.fail(
        'OMS_INVALID_ARGUMENT', format('%s is a credit note; void it instead.', credited.invoice_number),
        '{"argument": "credits_id"}'
      );
    end if;
    if credited.factory_po_id <> new.factory_po_id then
      perform private.fail(
        'OMS_CONTRACT_MISMATCH', format('Invoice %s was for another contract than %s.', credited.invoice_number, contract.po_number),
        jsonb_build_object('factory_po_id', credited.factory_po_id)
      );
    end if;
  end if;
  if coalesce(new.invoice_number, '') = '' then
    perform private.fail('OMS_INVALID_ARGUMENT', 'An invoice needs its number.', '{"argument": "invoice_number"}');
  end if;
  if exists (
    select from ops.factory_invoices as i
    where i.organization_id = new.organization_id and i.factory_id = contract.factory_id
      and i.invoice_number = new.invoice_number and i.status <> 'voided' and i.id <> new.id
  ) then
    perform private.fail(
      'OMS_INVOICE_NUMBER_EXISTS', format('The factory has an invoice %s already; void that first.', new.invoice_number),
      jsonb_build_object('factory_id', contract.factory_id, 'invoice_number', new.invoice_number)
    );
  end if;
  new.factory_id := contract.factory_id;
  new.currency := contract.currency;
  new.due_date := coalesce(
    new.due_date,
    new.invoice_date + (
      select coalesce(d.payment_terms_days, 0)
      from ops.directory as d
      where d.organization_id = new.organization_id and d.id = contract.factory_id
    )
  );
  return new;
end
$$;
comment on function private.tg_factory_invoices__fill_keys() is
  'An invoice bills a contract in force, a credit note an invoice of the same contract; it has a number of its own, the contract''s currency and the factory''s payment terms.';
create trigger _200_fill_keys before insert on ops.factory_invoices
for each row execute function private.tg_factory_invoices__fill_keys();

create trigger _300_guard_initial_status before insert on ops.factory_invoices
for each row execute function private.tg__guard_transition();

create trigger _300_refuse_early_due_date before insert or update of due_date on ops.factory_invoices
for each row when (new.due_date < new.invoice_date)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'Invoice %s cannot be due on %s: it is of %s.', 'invoice_number', 'due_date', 'invoice_date'
);

create trigger _100_touch_row before update on ops.factory_invoices
for each row execute function private.tg__touch_row();

create trigger _300_refuse_voided before update on ops.factory_invoices
for each row when (old.status = 'voided')
execute function private.tg__refuse('OMS_ALREADY_VOIDED', 'Invoice %s was voided; that stays so.', 'invoice_number');

create trigger _300_guard_transition before update of status on ops.factory_invoices
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();

create function private.tg_factory_invoices__guard_reason() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.status = 'disputed' and coalesce(new.dispute_reason, '') = ''
    or new.status <> 'disputed' and new.dispute_reason is distinct from old.dispute_reason
  then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'The status disputed and dispute_reason, which says why, go together.',
      '{"argument": "dispute_reason"}'
    );
  end if;
  if (new.status = 'voided') <> (new.void_reason is not null) or new.void_reason = '' then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'The status voided and void_reason, which says why, go together.',
      '{"argument": "void_reason"}'
    );
  end if;
  return new;
end
$$;
comment on function private.tg_factory_invoices__guard_reason() is 'An invoice is disputed and voided with a reason, and not without.';
create trigger _310_guard_reason before update of status, dispute_reason, void_reason on ops.factory_invoices
for each row execute function private.tg_factory_invoices__guard_reason();

create function private.tg_factory_invoices__stamp_status() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.status = 'approved' then
    new.approved_at := now();
    new.approved_by := private.actor_id();
  elsif new.status = 'voided' then
    new.voided_at := now();
    new.voided_by := private.actor_id();
  end if;
  return new;
end
$$;
comment on function private.tg_factory_invoices__stamp_status() is 'Who approved or voided an invoice, and when.';
create trigger _320_stamp_status before update of status on ops.factory_invoices
for each row when (old.status is distinct from new.status)
execute function private.tg_factory_invoices__stamp_status();

create function private.tg_factory_invoices__lock_chain() returns trigger
language plpgsql
security definer  -- whoever approves may not write slices
set search_path = ''
set enable_seqscan = off
as $$
declare
  slices constant private.row_key[] := (
    select array_agg(distinct row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    inner join ops.factory_invoice_lines as l on l.organization_id = n.organization_id and l.factory_invoice_id = n.id
    where (n.status = 'approved') is distinct from (o.status = 'approved')
  );
begin
  if slices is not null then
    perform private.lock_chain(slices);
  end if;
  return null;
end
$$;
comment on function private.tg_factory_invoices__lock_chain() is
  'Before anything is compared: nobody receives, pays, approves or voids for the same slices meanwhile.';
create trigger _400_lock_chain after update on ops.factory_invoices
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_invoices__lock_chain();

create function private.tg_factory_invoices__match() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
begin
  -- A factory that takes an invoice back may not read what it would be matched against.
  if not exists (
    select
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where (n.status = 'approved') is distinct from (o.status = 'approved')
  ) then
    return null;
  end if;
  select n.id, n.invoice_number
  into refused
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  where n.status = 'approved' and o.status <> 'approved'
    and not exists (
      select from ops.factory_invoice_lines as l
      where l.organization_id = n.organization_id and l.factory_invoice_id = n.id
    )
  order by n.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_INVOICE_EMPTY', format('Invoice %s has no lines.', refused.invoice_number),
      jsonb_build_object('factory_invoice_id', refused.id)
    );
  end if;

  -- A credit note that is voided gives back to its invoice what it took off.
  select
    m.factory_invoice_id, m.invoice_number, (array_agg(m.explanation order by m.factory_invoice_line_id))[1] as explanation,
    jsonb_agg(
      jsonb_build_object(
        'allocation_item_supplier_id', m.allocation_item_supplier_id, 'differences', m.differences, 'explanation', m.explanation
      )
      order by m.factory_invoice_line_id
    ) as lines
  into refused
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  inner join ops.factory_invoice_lines as l on l.organization_id = n.organization_id and l.factory_invoice_id = n.id
  inner join ops.factory_invoice_matching as m
    on m.organization_id = l.organization_id and m.allocation_item_supplier_id = l.allocation_item_supplier_id
    and m.factory_invoice_id = case when n.status = 'approved' then n.id else n.credits_id end
  where (n.status = 'approved') is distinct from (o.status = 'approved')
    and case when n.status = 'approved' then not m.is_within_tolerance else 'quantity_above_payable' = any(m.differences) end
  group by m.factory_invoice_id, m.invoice_number
  order by m.factory_invoice_id
  limit 1;
  if found then
    perform private.fail(
      'OMS_INVOICE_OUT_OF_TOLERANCE', format('Invoice %s does not match: %s', refused.invoice_number, refused.explanation),
      jsonb_build_object('factory_invoice_id', refused.factory_invoice_id, 'lines', refused.lines)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_factory_invoices__match() is
  'An invoice is approved only if every line is within tolerance of the contract''s price and of what is payable, cumulatively over all approved invoices; and no credit note is voided whose pieces were billed again.';
create trigger _410_match after update on ops.factory_invoices
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_invoices__match();

create function private.tg_factory_invoices__guard_void() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
begin
  if not exists (
    select
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where n.status <> 'approved' and o.status = 'approved'
  ) then
    return null;
  end if;
  select n.id, n.invoice_number
  into refused
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  where n.status <> 'approved' and o.status = 'approved'
    and exists (
      select from ops.factory_invoices as credit
      where credit.organization_id = n.organization_id and credit.credits_id = n.id and credit.status = 'approved'
    )
  order by n.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_INVOICE_CREDITED', format('A credit note stands on invoice %s; void that first.', refused.invoice_number),
      jsonb_build_object('factory_invoice_id', refused.id)
    );
  end if;

  if not (private.settings()).payments_require_invoice then
    return null;
  end if;
  select n.id, n.invoice_number, s.paid_amount, s.currency, s.style_number, s.marketing_name
  into refused
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  inner join ops.factory_invoice_lines as l on l.organization_id = n.organization_id and l.factory_invoice_id = n.id
  inner join ops.allocation_items_supplier as s
    on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
  where n.status <> 'approved' and o.status = 'approved' and n.credits_id is null
    and s.paid_amount > (
      select coalesce(sum(e.amount), 0)
      from ops.factory_invoice_lines as e
      inner join ops.factory_invoices as ei on ei.organization_id = e.organization_id and ei.id = e.factory_invoice_id
      where e.organization_id = s.organization_id and e.allocation_item_supplier_id = s.id and ei.status = 'approved'
    )
    and exists (
      select
      from ops.factory_payment_lines as m
      inner join ops.factory_payments as p on p.organization_id = m.organization_id and p.id = m.factory_payment_id
      where m.organization_id = s.organization_id and m.allocation_item_supplier_id = s.id
        and p.voided_at is null and not p.is_advance
      having sum(m.amount) > 0
    )
  order by n.id, s.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_INVOICE_PAID',
      format(
        '%s %s of %s %s are paid on invoice %s; void the payment or record the refund first.',
        trim_scale(refused.paid_amount), refused.currency, refused.style_number, refused.marketing_name, refused.invoice_number
      ),
      jsonb_build_object('factory_invoice_id', refused.id, 'paid_amount', refused.paid_amount)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_factory_invoices__guard_void() is
  'An approved invoice is not voided while a credit note, or where the organization pays by invoice a payment, rests on it. Advances need no invoice.';
create trigger _420_guard_void after update on ops.factory_invoices
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_invoices__guard_void();

create function private.tg_factory_invoices__freeze_match() returns trigger
language plpgsql
security definer  -- nobody may write what an invoice was matched against
set search_path = ''
set enable_seqscan = off
as $$
begin
  update ops.factory_invoice_lines as l
  set contract_price = s.awarded_price, payable_qty = s.payable_qty
  from new_rows as n
  full join old_rows as o using (organization_id, id), ops.allocation_items_supplier as s
  where n.status = 'approved' and o.status <> 'approved'
    and l.organization_id = n.organization_id and l.factory_invoice_id = n.id
    and s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id;
  return null;
end
$$;
comment on function private.tg_factory_invoices__freeze_match() is 'Keeps on each line what it was approved against.';
create trigger _500_freeze_match after update on ops.factory_invoices
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_invoices__freeze_match();

create function private.tg_factory_invoices__roll_up_approved() returns trigger
language plpgsql
security definer  -- nobody may write counters
set search_path = ''
set enable_seqscan = off
as $$
declare
  changed constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where (n.status = 'approved') is distinct from (o.status = 'approved')
  );
begin
  if changed is null then
    return null;
  end if;
  update ops.factory_invoice_lines as l
  set credited_qty = summed.credited_qty
  from (
    select c.organization_id, c.credits_id, line.allocation_item_supplier_id
    from unnest(changed) as k
    inner join ops.factory_invoices as c on c.organization_id = k.organization_id and c.id = k.id
    inner join ops.factory_invoice_lines as line on line.organization_id = c.organization_id and line.factory_invoice_id = c.id
    where c.credits_id is not null
    group by c.organization_id, c.credits_id, line.allocation_item_supplier_id
  ) as k
  cross join lateral (
    select coalesce(-sum(e.quantity), 0) as credited_qty
    from ops.factory_invoices as credit
    inner join ops.factory_invoice_lines as e on e.organization_id = credit.organization_id and e.factory_invoice_id = credit.id
    where credit.organization_id = k.organization_id and credit.credits_id = k.credits_id and credit.status = 'approved'
      and e.allocation_item_supplier_id = k.allocation_item_supplier_id
  ) as summed
  where l.organization_id = k.organization_id and l.factory_invoice_id = k.credits_id
    and l.allocation_item_supplier_id = k.allocation_item_supplier_id;

  update ops.allocation_items_supplier as s
  set approved_qty = summed.approved_qty, approved_amount = summed.approved_amount
  from (
    select l.organization_id, l.allocation_item_supplier_id as id
    from unnest(changed) as k
    inner join ops.factory_invoice_lines as l on l.organization_id = k.organization_id and l.factory_invoice_id = k.id
    group by l.organization_id, l.allocation_item_supplier_id
  ) as k
  cross join lateral (
    select coalesce(sum(e.quantity), 0) as approved_qty, coalesce(sum(e.amount), 0) as approved_amount
    from ops.factory_invoice_lines as e
    inner join ops.factory_invoices as i on i.organization_id = e.organization_id and i.id = e.factory_invoice_id
    where e.organization_id = k.organization_id and e.allocation_item_supplier_id = k.id and i.status = 'approved'
  ) as summed
  where s.organization_id = k.organization_id and s.id = k.id;
  return null;
end
$$;
comment on function private.tg_factory_invoices__roll_up_approved() is
  'Keeps what invoices are approved for, of each slice, and what of an invoice line is credited.';
create trigger _510_roll_up_approved after update on ops.factory_invoices
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_invoices__roll_up_approved();

-- factory_invoice_lines

create function private.tg_factory_invoice_lines__fill_keys() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  invoice record;
  sign integer;
  listed_price ops.money_amount;
begin
  -- Locked, so that nobody approves it meanwhile. Read as the caller: what it may not see is what does not exist.
  select i.organization_id, i.id, i.factory_po_id, i.factory_id, i.credits_id, i.invoice_number, i.status
  into invoice
  from ops.factory_invoices as i
  where i.organization_id = new.organization_id and i.id = new.factory_invoice_id
  for no key update;
  if invoice.id is null then
    perform private.require_found(null, 'invoice', new.factory_invoice_id);
  end if;
  if invoice.status <> 'submitted' then
    perform private.fail(
      'OMS_INVOICE_NOT_OPEN', format('Invoice %s is %s; submit another one.', invoice.invoice_number, invoice.status),
      jsonb_build_object('factory_invoice_id', invoice.id, 'status', invoice.status)
    );
  end if;

  if invoice.credits_id is null then
    select s.awarded_price
    into listed_price
    from ops.factory_po_lines as l
    inner join ops.allocation_items_supplier as s
      on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    where l.organization_id = invoice.organization_id and l.factory_po_id = invoice.factory_po_id
      and l.allocation_item_supplier_id = new.allocation_item_supplier_id;
  else
    select l.unit_price
    into listed_price
    from ops.factory_invoice_lines as l
    where l.organization_id = invoice.organization_id and l.factory_invoice_id = invoice.credits_id
      and l.allocation_item_supplier_id = new.allocation_item_supplier_id;
  end if;
  if not found then
    perform private.fail(
      'OMS_CONTRACT_MISMATCH',
      format('%s %s has no line for this slice.', case when invoice.credits_id is null then 'The contract of invoice' else 'What is credited by' end, invoice.invoice_number),
      jsonb_build_object('allocation_item_supplier_id', new.allocation_item_supplier_id, 'factory_invoice_id', invoice.id)
    );
  end if;
  if exists (
    select from ops.factory_invoice_lines as l
    where l.organization_id = new.organization_id and l.factory_invoice_id = new.factory_invoice_id
      and l.allocation_item_supplier_id = new.allocation_item_supplier_id and l.id <> new.id
  ) then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('Invoice %s has a line for this slice already; add them up.', invoice.invoice_number),
      jsonb_build_object('allocation_item_supplier_id', new.allocation_item_supplier_id)
    );
  end if;

  sign := case when invoice.credits_id is null then 1 else -1 end;
  if coalesce(new.quantity * sign <= 0 or new.quantity <> trunc(new.quantity), true) then
    perform private.fail(
      'OMS_WHOLE_PIECES',
      format(
        '%s pieces cannot be on %s; give a whole number %s zero.', coalesce(trim_scale(new.quantity)::text, 'No'),
        case sign when 1 then 'an invoice' else 'a credit note' end, case sign when 1 then 'above' else 'below' end
      ),
      jsonb_build_object('quantity', new.quantity)
    );
  end if;
  new.unit_price := coalesce(new.unit_price, listed_price);
  if new.unit_price <= 0 then
    perform private.fail('OMS_INVALID_ARGUMENT', 'The price of a piece is above zero.', '{"argument": "unit_price"}');
  end if;
  new.factory_id := invoice.factory_id;
  return new;
end
$$;
comment on function private.tg_factory_invoice_lines__fill_keys() is
  'An invoice bills slices of its contract, a credit note those of its invoice; lines are added until it is answered.';
create trigger _200_fill_keys before insert on ops.factory_invoice_lines
for each row execute function private.tg_factory_invoice_lines__fill_keys();

create function private.tg_factory_invoice_lines__roll_up_amount() returns trigger
language plpgsql
security definer  -- nobody may write an invoice's amount
set search_path = ''
set enable_seqscan = off
as $$
begin
  update ops.factory_invoices as i
  set amount = summed.amount
  from (select distinct n.organization_id, n.factory_invoice_id from new_rows as n) as k
  cross join lateral (
    select sum(l.amount) as amount
    from ops.factory_invoice_lines as l
    where l.organization_id = k.organization_id and l.factory_invoice_id = k.factory_invoice_id
  ) as summed
  where i.organization_id = k.organization_id and i.id = k.factory_invoice_id;
  return null;
end
$$;
comment on function private.tg_factory_invoice_lines__roll_up_amount() is 'Keeps an invoice''s amount.';
create trigger _500_roll_up_amount after insert on ops.factory_invoice_lines
referencing new table as new_rows
for each statement execute function private.tg_factory_invoice_lines__roll_up_amount();
