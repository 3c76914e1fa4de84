-- declared in sql/triggers/orders.sql
-- orders

create function private.tg_orders__fill_defaults() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  client ops.directory;
begin
  -- Read as the caller: a client that it may not see is one that does not exist.
  select d.*
  into client
  from ops.directory as d
  where d.organization_id = new.organization_id and d.id = new.client_id;

  if client.id is null then
    perform private.require_found(null, 'company', new.client_id);
  end if;
  if not 'client' = any(client.kinds) then
    perform private.fail(
      'OMS_NOT_A_CLIENT', format('%s is not a client; add the kind `client` to it first.', client.name),
      jsonb_build_object('code', client.code, 'kinds', client.kinds)
    );
  end if;
  if private.is_portal() then
    new.status := 'requested';
  end if;
  new.currency := coalesce(
    new.currency,
    client.currency,
    (select o.currency from ops.organizations as o where o.id = new.organization_id)
  );
  return new;
end
$$;
comment on function private.tg_orders__fill_defaults() is 'Fills the currency; what a client enters is a request.';
create trigger _200_fill_defaults before insert on ops.orders
for each row execute function private.tg_orders__fill_defaults();

create trigger _100_touch_row before update on ops.orders
for each row execute function private.tg__touch_row();

create trigger _300_guard_initial_status before insert on ops.orders
for each row execute function private.tg__guard_transition();

create trigger _300_guard_transition before update of status on ops.orders
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();

create trigger _310_guard_po_number before insert or update of client_po_number on ops.orders
for each row when (new.client_po_number is not null)
execute function private.tg__guard_unique('client_id', 'client_po_number');
create trigger _310_refuse_empty_po_number before insert or update of client_po_number on ops.orders
for each row when (new.client_po_number = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'client_po_number is empty; leave it out instead.');
create trigger _310_refuse_dates before insert or update of ex_factory_date, in_hands_date on ops.orders
for each row when (new.in_hands_date < new.ex_factory_date)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'in_hands_date %s comes before ex_factory_date %s.', 'in_hands_date', 'ex_factory_date'
);
create trigger _310_refuse_type before insert or update of type, status on ops.orders
for each row when (
  new.type <> 'quote'
  and new.status in ('quote_draft', 'quote_sent', 'quote_approved', 'quote_declined', 'quote_expired')
)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'An order that is %s is of type quote, not %s.', 'status', 'type'
);

create function private.tg_orders__guard_client_changes() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if private.is_portal() and old.status <> 'requested' then
    perform private.fail(
      'OMS_ORDER_NOT_OPEN',
      format('Order %s is %s; ask us to change it.', old.order_number, old.status),
      jsonb_build_object('order_number', old.order_number, 'status', old.status)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_orders__guard_client_changes() is 'A client changes an order only while it is a request.';
create trigger _300_guard_client_changes before update on ops.orders
for each row execute function private.tg_orders__guard_client_changes();

create function private.tg_orders__cancel_lines() returns trigger
language plpgsql
security definer  -- whoever cancels an order need not see what is being made of it
set search_path = ''
as $$
begin
  if not exists (select from new_rows as n where n.status = 'cancelled') then
    return null;
  end if;
  perform private.lock_supply(true);  -- what is reserved for the lines is handed on
  perform private.lock_order_items(
    (
      select array_agg(i.id)
      from new_rows as n
      inner join ops.order_items as i on i.organization_id = n.organization_id and i.order_id = n.id
      where n.status = 'cancelled' and not i.is_cancelled
    )
  );
  update ops.order_items as i
  set is_cancelled = true
  from new_rows as n
  where n.status = 'cancelled'
    and i.organization_id = n.organization_id and i.order_id = n.id and not i.is_cancelled;
  return null;
end
$$;
comment on function private.tg_orders__cancel_lines() is 'Cancelling an order cancels its lines, under the rules for each of them.';
create trigger _500_cancel_lines after update on ops.orders
referencing new table as new_rows
for each statement execute function private.tg_orders__cancel_lines();

create function private.tg_orders__write_history() returns trigger
language plpgsql
security definer  -- nobody may write history
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into ops.order_history (
      organization_id, order_id, client_id, action, new_status, message, is_visible_to_client,
      actor_id, actor_role, request_origin_id
    )
    select
      n.organization_id, n.id, n.client_id, 'created', n.status::text,
      format('Order %s was entered.', n.order_number), true,
      private.actor_id(), private.actor_role(), private.request_origin_id()
    from new_rows as n;
  else
    insert into ops.order_history (
      organization_id, order_id, client_id, action, old_status, new_status, message, is_visible_to_client,
      actor_id, actor_role, request_origin_id
    )
    select
      n.organization_id, n.id, n.client_id,
      case
        when n.status = 'cancelled' then 'cancelled'
        when o.status = 'requested' and n.status = 'sales_order' then 'confirmed'
        else 'status_changed'
      end::ops.history_action,
      o.status::text, n.status::text,
      format('Order %s went from %s to %s.', n.order_number, o.status, n.status), true,
      private.actor_id(), private.actor_role(), private.request_origin_id()
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.status is distinct from o.status;
  end if;
  return null;
end
$$;
comment on function private.tg_orders__write_history() is 'Writes an order''s birth and its status changes to its history.';
create trigger _700_write_history_insert after insert on ops.orders
referencing new table as new_rows
for each statement execute function private.tg_orders__write_history();
create trigger _700_write_history_update after update on ops.orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_orders__write_history();

-- order_items: old and new rows meet in full joins, for the reason given in sourcing.sql

create function private.tg_order_items__fill_keys() returns trigger
language plpgsql
security definer  -- tolerances that a client may not read; and no policy is asked for each line of an order book
set search_path = ''
set enable_seqscan = off  -- with a plan made when there were few
set enable_sort = off
as $$
declare
  parent record;
begin
  -- Two sessions that add lines to one order take turns, and with whoever cancels it. An order of another client than the
  -- caller's does not exist.
  select o.client_id, o.order_number, o.status, s.over_commit_tolerance_pct, s.under_award_tolerance_pct
  into parent
  from ops.orders as o
  inner join ops.organization_settings as s on s.organization_id = o.organization_id
  where o.organization_id = new.organization_id and o.id = new.order_id
    and (o.client_id = private.party_id() or private.is_portal() is not true)
  for no key update of o;
  perform private.require_order_open(new.order_id, parent.order_number, parent.status);
  new.client_id := parent.client_id;
  new.over_commit_tolerance_pct := parent.over_commit_tolerance_pct;
  new.under_award_tolerance_pct := parent.under_award_tolerance_pct;
  if new.line_number is null then
    new.line_number := 1 + coalesce(
      (
        select max(i.line_number)
        from ops.order_items as i
        where i.organization_id = new.organization_id and i.order_id = new.order_id
      ), 0
    );
  -- In this order only the index of line numbers has them, even for a plan made when there were no lines at all.
  elsif new.line_number = (
    select i.line_number
    from ops.order_items as i
    where i.organization_id = new.organization_id and i.order_id = new.order_id
      and i.line_number >= new.line_number and i.id <> new.id
    order by i.line_number
    limit 1
  ) then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('The order has a line %s already; leave line_number out to get the next.', new.line_number),
      jsonb_build_object('order_id', new.order_id, 'line_number', new.line_number)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_order_items__fill_keys() is 'Fills the client and the line number, and freezes the tolerances.';
create trigger _200_fill_keys before insert on ops.order_items
for each row execute function private.tg_order_items__fill_keys();

create function private.tg_order_items__fill_style() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.committed_qty > 0 then
    perform private.fail(
      'OMS_LINE_COMMITTED',
      format('Line %s is committed for %s pieces; close its allocation items before you change its colour.', old.line_number, trim_scale(old.committed_qty)),
      jsonb_build_object('order_item_id', old.id, 'committed_qty', old.committed_qty)
    );
  end if;
  -- Read as the caller: a colourway that it may not see is one that does not exist.
  select c.style_id
  into new.style_id
  from ops.colorways as c
  where c.organization_id = new.organization_id and c.id = new.colorway_id;
  if new.colorway_id is null then
    perform private.require_found(null, 'colourway', null);
  elsif new.style_id is null then
    perform private.fail(
      'OMS_NOT_FOUND', format('There is no colourway %s.', new.colorway_id),
      jsonb_build_object('id', new.colorway_id, 'line_number', new.line_number)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_order_items__fill_style() is 'Fills the style from the colourway, which stays as it is once the line is committed.';
create trigger _210_fill_style_insert before insert on ops.order_items
for each row execute function private.tg_order_items__fill_style();
create trigger _210_fill_style_update before update of colorway_id on ops.order_items
for each row when (old.colorway_id is distinct from new.colorway_id)
execute function private.tg_order_items__fill_style();

create trigger _100_touch_row before update on ops.order_items
for each row execute function private.tg__touch_row();

create function private.tg_order_items__guard_order_open() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.require_order_open(old.order_id);
  return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function private.tg_order_items__guard_order_open() is 'What a line asks for changes only while the caller may change its order.';
create trigger _300_guard_order_open before update of colorway_id, quantity, metadata on ops.order_items
for each row when (
  (old.colorway_id, old.quantity, old.metadata) is distinct from (new.colorway_id, new.quantity, new.metadata)
)
execute function private.tg_order_items__guard_order_open();
create trigger _300_guard_order_open_delete before delete on ops.order_items
for each row execute function private.tg_order_items__guard_order_open();

create function private.tg_order_items__guard_delete() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- A client deletes lines of a request only, which is not allocated; and it may not even ask.
  if private.is_portal() then
    return old;
  end if;
  if exists (
    select from ops.allocation_items as a where a.organization_id = old.organization_id and a.order_item_id = old.id
  ) then
    perform private.fail(
      'OMS_LINE_COMMITTED', format('Line %s is or was in an allocation; cancel it instead.', old.line_number),
      jsonb_build_object('order_item_id', old.id)
    );
  end if;
  return old;
end
$$;
comment on function private.tg_order_items__guard_delete() is 'A line that was ever allocated is cancelled, not deleted.';
create trigger _310_guard_delete before delete on ops.order_items
for each row execute function private.tg_order_items__guard_delete();

create trigger _310_refuse_quantity before insert or update of quantity on ops.order_items
for each row when (new.quantity <= 0 or new.quantity <> trunc(new.quantity))
execute function private.tg__refuse(
  'OMS_WHOLE_PIECES', 'Line %s cannot be for %s pieces; give a whole number above zero.', 'line_number', 'quantity'
);
create trigger _310_refuse_waiver before update of short_closed_qty on ops.order_items
for each row when (new.short_closed_qty < 0 or new.short_closed_qty <> trunc(new.short_closed_qty))
execute function private.tg__refuse(
  'OMS_WHOLE_PIECES', 'Of line %s, %s pieces cannot be waived; give a whole number.', 'line_number', 'short_closed_qty'
);

create function private.tg_order_items__guard_cancelled() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(
    'OMS_LINE_CANCELLED',
    format('Line %s is cancelled; enter a new line instead.', old.line_number),
    jsonb_build_object('order_item_id', old.id)
  );
  return null;
end
$$;
comment on function private.tg_order_items__guard_cancelled() is 'A cancelled line does not come back.';
create trigger _300_guard_cancelled before update on ops.order_items
for each row when (
  old.is_cancelled
  and (old.colorway_id, old.quantity, old.short_closed_qty, old.is_cancelled)
  is distinct from (new.colorway_id, new.quantity, new.short_closed_qty, new.is_cancelled)
)
execute function private.tg_order_items__guard_cancelled();

create function private.tg_order_items__guard_quantity() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  sized_qty constant ops.quantity := (
    select sum(z.quantity)
    from ops.order_item_sizes as z
    where z.organization_id = new.organization_id and z.order_item_id = new.id
  );
  lowest constant numeric := ceil(
    greatest(new.committed_qty / (1 + new.over_commit_tolerance_pct / 100), case when new.short_closed_qty > 0 then 1 else 0 end)
    + new.short_closed_qty
  );
begin
  if sized_qty <> new.quantity then
    perform private.fail(
      'OMS_QUANTITY_FROM_SIZES',
      format('The sizes of line %s add up to %s, not %s; change the sizes.', old.line_number, trim_scale(sized_qty), trim_scale(new.quantity)),
      jsonb_build_object('order_item_id', old.id, 'quantity', sized_qty)
    );
  end if;
  if new.quantity < lowest then
    perform private.fail(
      'OMS_QUANTITY_BELOW_COMMITMENT',
      format(
        'Line %s cannot go down to %s: %s are committed and %s waived; the least is %s.',
        old.line_number, trim_scale(new.quantity), trim_scale(new.committed_qty), trim_scale(new.short_closed_qty), trim_scale(lowest)
      ),
      jsonb_build_object('order_item_id', old.id, 'least', lowest)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_order_items__guard_quantity() is 'A line''s quantity is the sum of its sizes, and no less than its commitment.';
create trigger _310_guard_quantity before update of quantity on ops.order_items
for each row when (old.quantity is distinct from new.quantity)
execute function private.tg_order_items__guard_quantity();

create function private.tg_order_items__guard_short_close() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  most constant ops.quantity := new.quantity - new.effective_qty;
begin
  perform private.require_read_committed();
  if new.effective_qty = 0 then
    perform private.fail(
      'OMS_SHORT_CLOSE_NOT_ALLOWED',
      format('Line %s has no standing slice; cancel the line instead.', old.line_number),
      jsonb_build_object('order_item_id', old.id, 'most', 0)
    );
  elsif new.short_closed_qty > most then
    perform private.fail(
      'OMS_SHORT_CLOSE_NOT_ALLOWED',
      format(
        'Standing slices of line %s cover %s of %s pieces; at most %s can be waived.',
        old.line_number, trim_scale(new.effective_qty), trim_scale(new.quantity), trim_scale(most)
      ),
      jsonb_build_object('order_item_id', old.id, 'most', most)
    );
  end if;
  -- The open allocation items give up the same pieces in _510_release_waived.
  new.committed_qty := least(
    new.committed_qty, (new.quantity - new.short_closed_qty) * (1 + new.over_commit_tolerance_pct / 100)
  );
  return new;
end
$$;
comment on function private.tg_order_items__guard_short_close() is 'Waives only what no standing slice covers, and only while one stands.';
create trigger _310_guard_short_close before update of short_closed_qty on ops.order_items
for each row when (new.short_closed_qty > old.short_closed_qty)
execute function private.tg_order_items__guard_short_close();

create function private.tg_order_items__cancel() returns trigger
language plpgsql
security definer  -- sales cancel a line and may not read its slices
set search_path = ''
as $$
declare
  accepted constant ops.quantity := (
    select sum(s.accepted_qty)
    from ops.allocation_items as a
    inner join ops.allocation_items_supplier as s
      on s.organization_id = a.organization_id and s.allocation_item_id = a.id
    where a.organization_id = new.organization_id and a.order_item_id = new.id
  );
begin
  perform private.require_read_committed();
  if accepted > 0 then
    perform private.fail(
      'OMS_LINE_HAS_RECEIPTS',
      format('%s pieces of line %s were accepted; short-close what is missing instead.', trim_scale(accepted), old.line_number),
      jsonb_build_object('order_item_id', old.id, 'accepted_qty', accepted)
    );
  end if;
  new.cancelled_at := now();
  new.cancelled_by := private.actor_id();
  return new;
end
$$;
comment on function private.tg_order_items__cancel() is 'A line is cancelled only before goods of it were accepted.';
create trigger _310_cancel before update of is_cancelled on ops.order_items
for each row when (new.is_cancelled and not old.is_cancelled)
execute function private.tg_order_items__cancel();

create function private.tg_order_items__release_waived() returns trigger
language plpgsql
security definer  -- whoever waives pieces need not be able to write allocation items
set search_path = ''
as $$
declare
  waived constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.short_closed_qty is distinct from o.short_closed_qty
  );
begin
  if waived is null then
    return null;
  end if;

  with line as (
    select
      n.organization_id,
      n.id,
      sum(case when a.closed_at is null then a.committed_qty else a.effective_qty end)
      - (n.quantity - n.short_closed_qty) * (1 + n.over_commit_tolerance_pct / 100) as excess
    from unnest(waived) as k
    inner join ops.order_items as n on n.organization_id = k.organization_id and n.id = k.id
    inner join ops.allocation_items as a on a.organization_id = n.organization_id and a.order_item_id = n.id
    group by n.organization_id, n.id, n.quantity, n.short_closed_qty, n.over_commit_tolerance_pct
  ),
  free as (
    -- The newest item gives first.
    select
      a.organization_id,
      a.id,
      ceil(l.excess) as excess,
      a.committed_qty - a.effective_qty as free_qty,
      sum(a.committed_qty - a.effective_qty) over (partition by a.organization_id, a.order_item_id order by a.id desc)
      - (a.committed_qty - a.effective_qty) as given_before
    from line as l
    inner join ops.allocation_items as a on a.organization_id = l.organization_id and a.order_item_id = l.id
    where l.excess > 0 and a.closed_at is null
  )
  update ops.allocation_items as a
  set
    committed_qty = a.committed_qty - least(f.free_qty, f.excess - f.given_before),
    closed_at = case when a.committed_qty = least(f.free_qty, f.excess - f.given_before) then now() end,
    close_reason
    = case when a.committed_qty = least(f.free_qty, f.excess - f.given_before) then 'closed'::ops.allocation_close_reason end
  from free as f
  where a.organization_id = f.organization_id and a.id = f.id and f.free_qty > 0 and f.excess > f.given_before;
  return null;
end
$$;
comment on function private.tg_order_items__release_waived() is 'Waiving lowers the commitment: open allocation items give up what was waived.';
create trigger _510_release_waived after update on ops.order_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_order_items__release_waived();

create function private.tg_order_items__close_cancelled() returns trigger
language plpgsql
security definer  -- whoever cancels a line need not be able to write its slices
set search_path = ''
as $$
declare
  cancelled constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.is_cancelled is distinct from o.is_cancelled
  );
begin
  if cancelled is null then
    return null;
  end if;

  update ops.allocation_items_supplier as s
  set closed_at = coalesce(s.closed_at, now()), closed_qty = case when s.is_awarded then 0 end
  from unnest(cancelled) as c
  inner join ops.allocation_items as a on a.organization_id = c.organization_id and a.order_item_id = c.id
  where s.organization_id = a.organization_id and s.allocation_item_id = a.id
    and (s.closed_at is null or s.effective_qty > 0);

  update ops.allocation_items as a
  set closed_at = now(), close_reason = 'cancelled'
  from unnest(cancelled) as c
  where a.organization_id = c.organization_id and a.order_item_id = c.id and a.closed_at is null;
  return null;
end
$$;
comment on function private.tg_order_items__close_cancelled() is 'Cancelling a line closes its slices at zero, its candidates and its allocation items.';
create trigger _520_close_cancelled after update on ops.order_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_order_items__close_cancelled();

create function private.tg_order_items__derive_allocation_status() returns trigger
language plpgsql
security definer  -- nobody may write allocation_status
set search_path = ''
as $$
begin
  perform private.derive_allocation_status(
    (
      select array_agg(
        row(
          n.organization_id, n.id,
          concat_ws(
            ', ',
            case when n.is_cancelled <> o.is_cancelled then 'line cancelled' end,
            case when n.quantity <> o.quantity then 'quantity changed' end,
            case when n.short_closed_qty <> o.short_closed_qty then 'pieces waived' end
          )
        )::private.row_fact
      )
      from new_rows as n full join old_rows as o using (organization_id, id)
      where (n.is_cancelled, n.quantity, n.short_closed_qty)
        is distinct from (o.is_cancelled, o.quantity, o.short_closed_qty)
    )
  );
  return null;
end
$$;
comment on function private.tg_order_items__derive_allocation_status() is
  'A line''s own quantity, waiver and cancellation count for its allocation_status. Before their consequences are drawn, so that the history names the cause.';
create trigger _500_derive_allocation_status after update on ops.order_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_order_items__derive_allocation_status();

create function private.tg_order_items__write_history() returns trigger
language plpgsql
security definer  -- nobody may write history
set search_path = ''
as $$
begin
  insert into ops.order_history (
    organization_id, order_id, order_item_id, client_id, action, message, data,
    actor_id, actor_role, request_origin_id
  )
  select
    n.organization_id, n.order_id, n.id, n.client_id, e.action, e.message, e.data,
    private.actor_id(), private.actor_role(), private.request_origin_id()
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  cross join lateral (
    values
    (
      n.is_cancelled and not o.is_cancelled, 'cancelled'::ops.history_action,
      format('Line %s was cancelled.', n.line_number), '{}'::jsonb
    ),
    (
      n.quantity <> o.quantity, 'edited',
      format('Line %s: quantity %s, before %s.', n.line_number, trim_scale(n.quantity), trim_scale(o.quantity)),
      jsonb_build_object('quantity', n.quantity, 'old_quantity', o.quantity)
    ),
    (
      n.short_closed_qty <> o.short_closed_qty, 'short_closed',
      format('Line %s: %s pieces waived in all.', n.line_number, trim_scale(n.short_closed_qty)),
      jsonb_build_object('short_closed_qty', n.short_closed_qty, 'old_short_closed_qty', o.short_closed_qty)
    )
  ) as e (happened, action, message, data)
  where (n.is_cancelled, n.quantity, n.short_closed_qty)
    is distinct from (o.is_cancelled, o.quantity, o.short_closed_qty)
    and e.happened;
  return null;
end
$$;
comment on function private.tg_order_items__write_history() is 'Writes what changed about a line itself. Its allocation_status is written where it is derived.';
create trigger _700_write_history after update on ops.order_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_order_items__write_history();

-- order_item_sizes

create function private.tg_order_item_sizes__fill_position() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Two sessions that add sizes to one line take turns.
  perform
  from ops.order_items as i
  where i.organization_id = new.organization_id and i.id = new.order_item_id
  for no key update;
  new.position := 1 + coalesce(
    (
      select max(z.position)
      from ops.order_item_sizes as z
      where z.organization_id = new.organization_id and z.order_item_id = new.order_item_id
    ), 0
  );
  return new;
end
$$;
comment on function private.tg_order_item_sizes__fill_position() is 'Puts a size without a position behind the others.';
create trigger _200_fill_position before insert on ops.order_item_sizes
for each row when (new.position is null)
execute function private.tg_order_item_sizes__fill_position();

create function private.tg_order_item_sizes__fill_keys() returns trigger
language plpgsql
security definer  -- no policy is asked for each row of an order book
set search_path = ''
set enable_seqscan = off  -- with a plan made when there were few
as $$
declare
  is_taken boolean;
begin
  -- A line of another client than the caller's does not exist.
  select
    i.client_id,
    exists (
      select from ops.order_item_sizes as z
      where z.organization_id = new.organization_id and z.order_item_id = new.order_item_id and z.id <> new.id
        and (z.size_label = new.size_label or z.position = new.position)
    )
  into new.client_id, is_taken
  from ops.order_items as i
  where i.organization_id = new.organization_id and i.id = new.order_item_id
    and (i.client_id = private.party_id() or private.is_portal() is not true);
  if new.client_id is null then
    perform private.require_found(null, 'order line', new.order_item_id);
  elsif is_taken then
    perform private.fail(
      'OMS_ALREADY_EXISTS',
      format('The line has a size %s, or one at position %s, already; change its quantity.', new.size_label, new.position),
      jsonb_build_object('order_item_id', new.order_item_id, 'size_label', new.size_label, 'position', new.position)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_order_item_sizes__fill_keys() is
  'Fills the client from the order line, which has each size, and each position in the run, once. One query for both: an order has many sizes.';
create trigger _210_fill_keys before insert or update of position on ops.order_item_sizes
for each row execute function private.tg_order_item_sizes__fill_keys();

create function private.tg_order_item_sizes__guard_line() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  line record;
begin
  -- Each line is locked, in the order of lock_chain, so that nobody commits or cancels it meanwhile. A line that is being
  -- deleted takes its sizes along: it is gone already.
  perform
  from (
    select distinct c.organization_id, c.order_item_id
    from changed as c
    order by c.organization_id, c.order_item_id
  ) as k
  cross join lateral (
    select
    from ops.order_items as i
    where i.organization_id = k.organization_id and i.id = k.order_item_id
    for no key update
  ) as i;

  -- Read afterwards: the query that waited for a line still sees the sizes and the order that were there when it began.
  select i.*, o.order_number, o.status
  into line
  from (
    select c.organization_id, c.order_item_id, count(*) as sizes
    from changed as c
    group by c.organization_id, c.order_item_id
  ) as k
  cross join lateral (
    select i.organization_id, i.id, i.order_id, i.line_number, i.is_cancelled, i.committed_qty
    from ops.order_items as i
    where i.organization_id = k.organization_id and i.id = k.order_item_id
    offset 0
  ) as i
  cross join lateral (
    select o.order_number, o.status
    from ops.orders as o
    where o.organization_id = i.organization_id and o.id = i.order_id
    offset 0
  ) as o
  where i.is_cancelled
    or not private.is_order_open(o.status)
    or tg_op = 'INSERT' and i.committed_qty > 0 and k.sizes = (
      select count(*) from ops.order_item_sizes as z where z.organization_id = i.organization_id and z.order_item_id = i.id
    )
  limit 1;
  if not found then
    return null;
  end if;
  if line.is_cancelled then
    perform private.fail(
      'OMS_LINE_CANCELLED', format('Line %s is cancelled.', line.line_number), jsonb_build_object('order_item_id', line.id)
    );
  end if;
  perform private.require_order_open(line.order_id, line.order_number, line.status);
  perform private.fail(
    'OMS_LINE_COMMITTED',
    format('%s pieces of the line are committed without sizes; close its allocation items before you give it sizes.', trim_scale(line.committed_qty)),
    jsonb_build_object('order_item_id', line.id, 'committed_qty', line.committed_qty)
  );
  return null;
end
$$;
comment on function private.tg_order_item_sizes__guard_line() is
  'A size run changes only while its line stands and the caller may change the order; and a line gets its first sizes before it is committed: factories are asked for a size run, or for none.';
create trigger _400_guard_line_insert after insert on ops.order_item_sizes
referencing new table as changed
for each statement execute function private.tg_order_item_sizes__guard_line();
create trigger _400_guard_line_update after update on ops.order_item_sizes
referencing new table as changed
for each statement execute function private.tg_order_item_sizes__guard_line();
create trigger _400_guard_line_delete after delete on ops.order_item_sizes
referencing old table as changed
for each statement execute function private.tg_order_item_sizes__guard_line();

create trigger _310_refuse_quantity before insert or update of quantity on ops.order_item_sizes
for each row when (new.quantity < 0 or new.quantity <> trunc(new.quantity))
execute function private.tg__refuse(
  'OMS_WHOLE_PIECES', 'Size %s cannot be for %s pieces; give a whole number.', 'size_label', 'quantity'
);
create trigger _310_refuse_empty_label before insert on ops.order_item_sizes
for each row when (new.size_label = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'size_label is empty; name the size.');

create trigger _100_touch_row before update on ops.order_item_sizes
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.order_item_prices
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.order_item_costs
for each row execute function private.tg__touch_row();

create function private.tg_order_item_sizes__sum_quantity() returns trigger
language plpgsql
security definer  -- whoever writes sizes may not be able to write the line
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off  -- from the keys to the lines by index, though few lines were known when this was planned
set enable_mergejoin = off
as $$
declare
  committed private.row_key[];
  wrong private.row_key[];
  sums numeric[];
  short record;
begin
  perform private.require_read_committed();
  -- Locked by _400_guard_line.
  select
    array_agg(row(i.organization_id, i.id)::private.row_key) filter (where i.committed_qty > 0),
    array_agg(row(i.organization_id, i.id)::private.row_key) filter (where i.quantity <> sized.quantity),
    array_agg(sized.quantity) filter (where i.quantity <> sized.quantity)
  into committed, wrong, sums
  from (select distinct c.organization_id, c.order_item_id from changed as c) as k
  inner join ops.order_items as i on i.organization_id = k.organization_id and i.id = k.order_item_id
  cross join lateral (
    select sum(z.quantity) as quantity
    from ops.order_item_sizes as z
    where z.organization_id = k.organization_id and z.order_item_id = k.order_item_id
  ) as sized;

  if committed is not null then
    select i.id, i.line_number, taken.size_label, taken.quantity, coalesce(z.quantity, 0) as left_qty
    into short
    from unnest(committed) as k
    inner join ops.order_items as i on i.organization_id = k.organization_id and i.id = k.id
    cross join lateral private.committed_sizes(k.organization_id, k.id) as taken
    left join ops.order_item_sizes as z
      on z.organization_id = k.organization_id and z.order_item_id = k.id and z.size_label = taken.size_label
    where taken.quantity > coalesce(z.quantity, 0) and (i.over_commit_tolerance_pct = 0 or coalesce(z.quantity, 0) = 0)
    limit 1;
    if found then
      perform private.fail(
        'OMS_QUANTITY_BELOW_COMMITMENT',
        format('Size %s of line %s cannot go down to %s: %s are committed.', short.size_label, short.line_number, trim_scale(short.left_qty), trim_scale(short.quantity)),
        jsonb_build_object('order_item_id', short.id, 'size_label', short.size_label, 'least', short.quantity)
      );
    end if;
  end if;

  if wrong is not null then  -- not where a whole order is entered, which knows its sums
    update ops.order_items as i
    set quantity = sized.quantity
    from unnest(wrong, sums) as sized (organization_id, id, quantity)
    where i.organization_id = sized.organization_id and i.id = sized.id;
  end if;
  return null;
end
$$;
comment on function private.tg_order_item_sizes__sum_quantity() is 'The quantity of a line with sizes is their sum; no size falls below what is committed of it.';
create trigger _500_sum_quantity_insert after insert on ops.order_item_sizes
referencing new table as changed
for each statement execute function private.tg_order_item_sizes__sum_quantity();
create trigger _500_sum_quantity_update after update on ops.order_item_sizes
referencing new table as changed
for each statement execute function private.tg_order_item_sizes__sum_quantity();
create trigger _500_sum_quantity_delete after delete on ops.order_item_sizes
referencing old table as changed
for each statement execute function private.tg_order_item_sizes__sum_quantity();

-- order_item_prices

create function private.tg_order_item_prices__fill_keys() returns trigger
language plpgsql
security definer  -- no policy is asked for each row of an order book
set search_path = ''
set enable_seqscan = off  -- with a plan made when there were few
as $$
declare
  is_taken boolean;
begin
  -- A line of another client than the caller's does not exist.
  select
    i.client_id,
    exists (
      select from ops.order_item_prices as p
      where p.organization_id = new.organization_id and p.order_item_id = new.order_item_id and p.id <> new.id
        and p.size_label is not distinct from new.size_label
    )
  into new.client_id, is_taken
  from ops.order_items as i
  where i.organization_id = new.organization_id and i.id = new.order_item_id
    and (i.client_id = private.party_id() or private.is_portal() is not true);
  if new.client_id is null then
    perform private.require_found(null, 'order line', new.order_item_id);
  elsif is_taken then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('The line has a price for %s already; change it.', coalesce('size ' || new.size_label, 'all sizes')),
      jsonb_build_object('order_item_id', new.order_item_id, 'size_label', new.size_label)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_order_item_prices__fill_keys() is
  'Fills the client from the order line, which has one price, and one for each size that differs.';
create trigger _200_fill_keys before insert on ops.order_item_prices
for each row execute function private.tg_order_item_prices__fill_keys();
create trigger _310_refuse_price before insert or update of unit_price on ops.order_item_prices
for each row when (new.unit_price < 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'unit_price cannot be %s; give 0 or more.', 'unit_price');

-- order_item_costs

create trigger _200_require_order_item before insert on ops.order_item_costs
for each row execute function private.tg__require_parent('order_items', 'order_item_id');
create trigger _300_guard_unique before insert on ops.order_item_costs
for each row execute function private.tg__guard_unique('order_item_id');
create trigger _310_refuse_cost before insert or update of fob_target, other_cost on ops.order_item_costs
for each row when (new.fob_target < 0 or new.other_cost < 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'fob_target %s and other_cost %s are zero or more.', 'fob_target', 'other_cost'
);

create function private.tg_order_item_costs__fill_currency() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.currency := (select o.currency from ops.organizations as o where o.id = new.organization_id);
  return new;
end
$$;
comment on function private.tg_order_item_costs__fill_currency() is 'A cost without a currency is in the organization''s own.';
create trigger _200_fill_currency before insert on ops.order_item_costs
for each row when (new.currency is null)
execute function private.tg_order_item_costs__fill_currency();

-- uploaded_po_documents

create trigger _200_require_order before insert or update of order_id on ops.uploaded_po_documents
for each row when (new.order_id is not null)
execute function private.tg__require_parent('orders', 'order_id');
create trigger _300_guard_unique before insert on ops.uploaded_po_documents
for each row execute function private.tg__guard_unique('sha256');
