-- What others must learn of goes into the outbox, one trigger a table and event, behind everything else that the
-- statement makes happen. Which facts there are, and what is told of each, private.event_types says.
-- Conditions are written so that none refuses nulls of one side, or the planner makes another join of the full one:
-- `is distinct from`, not `<>`; `(new is not null) > (old is not null)` where something was set.

-- Shared

create function private.tg__emit_status() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  if tg_op = 'INSERT' then
    perform private.emit(array(
      select row(
        n.organization_id, tg_argv[0] || '.' || lower(n.status::text), n.id, to_jsonb(n)
      )::private.fact
      from new_rows as n
      order by n.id
    ));
  else
    perform private.emit(array(
      select row(
        n.organization_id,
        tg_argv[0] || '.' || case
          -- Not that it was sent, signed or approved once more.
          when lower(o.status::text) = 'closed' and lower(n.status::text) <> 'cancelled' then 'reopened'
          else lower(n.status::text)
        end,
        n.id, to_jsonb(n) || jsonb_build_object('from_status', o.status)
      )::private.fact
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where n.status is distinct from o.status
      order by n.id
    ));
  end if;
  return null;
end
$$;
comment on function private.tg__emit_status() is
  'Tells of every state that a row reaches, and of one that was closed that it is open again. Its argument is the table''s singular, which the names of the events begin with.';

create function private.tg__emit_recorded() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  if tg_op = 'INSERT' then
    perform private.emit(array(
      select row(n.organization_id, tg_argv[0] || '.recorded', n.id, to_jsonb(n))::private.fact
      from new_rows as n
      order by n.id
    ));
  else
    perform private.emit(array(
      select row(n.organization_id, tg_argv[0] || '.voided', n.id, to_jsonb(n))::private.fact
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where (n.voided_at is not null) > (o.voided_at is not null)
      order by n.id
    ));
  end if;
  return null;
end
$$;
comment on function private.tg__emit_recorded() is
  'Tells that something was recorded that is never changed, or that it was voided. Its argument is as above.';

-- orders

create trigger _900_emit_status_insert after insert on ops.orders
referencing new table as new_rows
for each statement execute function private.tg__emit_status('order');
create trigger _900_emit_status_update after update on ops.orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_status('order');

-- order_items

create function private.tg_order_items__emit_allocation_status() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.emit(array(
    select row(
      n.organization_id, 'order_item.allocation_status_changed', n.id,
      to_jsonb(n) || jsonb_build_object('from_status', o.allocation_status, 'to_status', n.allocation_status)
    )::private.fact
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where n.allocation_status is distinct from o.allocation_status
    order by n.id
  ));
  return null;
end
$$;
comment on function private.tg_order_items__emit_allocation_status() is 'Tells how far the making of a line has come.';
create trigger _900_emit_allocation_status after update on ops.order_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_order_items__emit_allocation_status();

-- allocation_items_supplier

create function private.tg_allocation_items_supplier__emit_invitations() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
declare
  invited private.invitation[];
begin
  if tg_op = 'INSERT' then
    invited := array(
      select row(n.organization_id, n.allocation_id, n.factory_id)::private.invitation
      from new_rows as n
      where n.invited_at is not null
    );
  else
    invited := array(
      select row(n.organization_id, n.allocation_id, n.factory_id)::private.invitation
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where (n.invited_at is not null) > (o.invited_at is not null)
    );
  end if;
  perform private.emit(array(
    select row(
      i.organization_id, 'allocation.sent', i.allocation_id,
      to_jsonb(a) || jsonb_build_object('factory_id', i.factory_id, 'slices', i.slices)
    )::private.fact
    from (
      select i.organization_id, i.allocation_id, i.factory_id, count(*) as slices
      from unnest(invited) as i
      group by i.organization_id, i.allocation_id, i.factory_id
    ) as i
    inner join ops.allocations as a on a.organization_id = i.organization_id and a.id = i.allocation_id
    order by i.allocation_id, i.factory_id
  ));
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__emit_invitations() is
  'Tells that a factory was invited: once a statement, however many slices it is.';
create trigger _900_emit_invitations_insert after insert on ops.allocation_items_supplier
referencing new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__emit_invitations();
create trigger _900_emit_invitations_update after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__emit_invitations();

create function private.tg_allocation_items_supplier__emit_quotes() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.emit(array(
    select row(n.organization_id, 'quote.' || n.quote_status, n.id, to_jsonb(n))::private.fact
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where (n.quote_status, n.quoted_at) is distinct from (o.quote_status, o.quoted_at)
    order by n.id
  ));
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__emit_quotes() is
  'Tells what a factory answered, again when it answers anew.';
create trigger _900_emit_quotes after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__emit_quotes();

create function private.tg_allocation_items_supplier__emit_production() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.emit(array(
    select row(
      n.organization_id, 'production.reported', n.id,
      to_jsonb(n) || jsonb_build_object('from_status', o.production_status)
    )::private.fact
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where n.production_status is distinct from o.production_status
    order by n.id
  ));
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__emit_production() is 'Tells how far a factory has come.';
create trigger _900_emit_production after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__emit_production();

create function private.tg_allocation_items_supplier__emit_awards() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  if tg_op = 'INSERT' then
    perform private.emit(array(
      select row(
        n.organization_id, 'award.made', n.id, to_jsonb(n) || jsonb_build_object('quantity', n.awarded_qty)
      )::private.fact
      from new_rows as n
      where n.is_awarded
      order by n.id
    ));
  else
    perform private.emit(array(
      select row(
        n.organization_id, case when n.is_awarded then 'award.made' else 'award.revoked' end, n.id,
        to_jsonb(n) || jsonb_build_object('quantity', coalesce(n.awarded_qty, o.awarded_qty))
      )::private.fact
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where n.is_awarded is distinct from o.is_awarded
      order by n.id
    ));
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__emit_awards() is 'Tells of awards, and of those that were taken back.';
create trigger _900_emit_awards_insert after insert on ops.allocation_items_supplier
referencing new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__emit_awards();
create trigger _900_emit_awards_update after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__emit_awards();

-- factory_pos

create trigger _900_emit_status_update after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_status('factory_po');

-- factory_receipts, factory_invoices, factory_payments

create trigger _900_emit_recorded_insert after insert on ops.factory_receipts
referencing new table as new_rows
for each statement execute function private.tg__emit_recorded('factory_receipt');
create trigger _900_emit_recorded_update after update on ops.factory_receipts
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_recorded('factory_receipt');

create trigger _900_emit_status_insert after insert on ops.factory_invoices
referencing new table as new_rows
for each statement execute function private.tg__emit_status('factory_invoice');
create trigger _900_emit_status_update after update on ops.factory_invoices
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_status('factory_invoice');

create trigger _900_emit_recorded_insert after insert on ops.factory_payments
referencing new table as new_rows
for each statement execute function private.tg__emit_recorded('factory_payment');
create trigger _900_emit_recorded_update after update on ops.factory_payments
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_recorded('factory_payment');

-- timeline_nodes

create function private.tg_timeline_nodes__emit_progress() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.emit(array(
    select row(
      n.organization_id, case when n.actual_date is not null then 'timeline_node.done' else 'timeline_node.late' end, n.id,
      to_jsonb(n)
    )::private.fact
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where (n.actual_date is not null) > (o.actual_date is not null)
      or (n.actual_date is null and n.is_late) > o.is_late
    order by n.id
  ));
  return null;
end
$$;
comment on function private.tg_timeline_nodes__emit_progress() is 'Tells of steps that are done, and of those that will be late.';
create trigger _900_emit_progress after update on ops.timeline_nodes
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_timeline_nodes__emit_progress();

-- purchase_orders, goods_receipts

create trigger _900_emit_status_update after update on ops.purchase_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_status('purchase_order');

create trigger _900_emit_recorded_insert after insert on ops.goods_receipts
referencing new table as new_rows
for each statement execute function private.tg__emit_recorded('goods_receipt');
create trigger _900_emit_recorded_update after update on ops.goods_receipts
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_recorded('goods_receipt');

-- production_orders

create trigger _900_emit_status_update after update on ops.production_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_status('production_order');

-- supply_runs

create function private.tg_supply_runs__emit_finished() returns trigger
language plpgsql
security definer  -- nobody may write the outbox
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.emit(array(
    select row(n.organization_id, 'supply_run.finished', n.id, to_jsonb(n))::private.fact
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    where (n.finished_at is not null) > (o.finished_at is not null)
    order by n.id
  ));
  return null;
end
$$;
comment on function private.tg_supply_runs__emit_finished() is 'Tells that a planning run is done.';
create trigger _900_emit_finished after update on ops.supply_runs
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_supply_runs__emit_finished();

-- outbox

create function private.tg_outbox__wake_relay() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Once a transaction, however often it is said; heard when it commits.
  notify oms_outbox;
  return null;
end
$$;
comment on function private.tg_outbox__wake_relay() is 'Wakes the workers that handle events.';
create trigger _900_wake_relay after insert on private.outbox
for each statement execute function private.tg_outbox__wake_relay();
