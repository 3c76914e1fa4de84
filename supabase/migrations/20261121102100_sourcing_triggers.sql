-- declared in sql/triggers/sourcing.sql
-- Old and new rows of a statement meet in a full join, and are compared by `is distinct from`, which keeps it one. A
-- session keeps the plan that it made when a statement touched few rows or none. An inner join would be a nested loop
-- there, 16 million comparisons when a statement touches 4,000 rows; a full join can only be hashed or merged.
-- What is asked once for each row of a table that the statement fills is asked by `between x and x order by`, for the
-- reason given in the functions.

-- allocations

create trigger _100_touch_row before update on ops.allocations
for each row execute function private.tg__touch_row();
create trigger _300_refuse_empty_name before insert or update of name on ops.allocations
for each row when (coalesce(new.name, '') = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'name is empty; give the allocation a name.');

create function private.tg_allocations__stamp_sent() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.sent_at is not null then
    perform private.fail(
      'OMS_ALREADY_SENT', format('%s was sent on %s; that stays so.', old.allocation_number, old.sent_at::date),
      jsonb_build_object('allocation_id', old.id, 'sent_at', old.sent_at)
    );
  end if;
  new.sent_at := now();
  return new;
end
$$;
comment on function private.tg_allocations__stamp_sent() is 'An allocation is sent once, now.';
create trigger _300_stamp_sent before update of sent_at on ops.allocations
for each row when (old.sent_at is distinct from new.sent_at)
execute function private.tg_allocations__stamp_sent();

create function private.tg_allocations__invite_candidates() returns trigger
language plpgsql
security definer  -- inviting is a consequence of sending
set search_path = ''
as $$
declare
  candidates constant private.row_key[] := (
    select array_agg(row(s.organization_id, s.id)::private.row_key)
    from new_rows as n
    inner join old_rows as o using (organization_id, id)
    inner join ops.allocation_items_supplier as s on s.organization_id = n.organization_id and s.allocation_id = n.id
    where n.sent_at is not null and o.sent_at is null
      and s.invited_at is null and s.closed_at is null
  );
begin
  if candidates is null then
    return null;
  end if;
  perform private.lock_chain(candidates);
  update ops.allocation_items_supplier as s
  set invited_at = now()
  from unnest(candidates) as k
  where s.organization_id = k.organization_id and s.id = k.id
    and s.invited_at is null and s.closed_at is null;
  return null;
end
$$;
comment on function private.tg_allocations__invite_candidates() is 'Sending an allocation invites its candidates.';
create trigger _500_invite_candidates after update on ops.allocations
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocations__invite_candidates();

-- allocation_items

create function private.tg_allocation_items__fill_defaults() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  line ops.order_items;
  order_status ops.order_status;
  own_qty ops.quantity;
begin
  -- Read as the caller: what it may not see is what does not exist.
  if not exists (
    select from ops.allocations as a where a.organization_id = new.organization_id and a.id = new.allocation_id
  ) then
    perform private.require_found(null, 'allocation', new.allocation_id);
  end if;
  if new.split_from_id is not null and not exists (
    select from ops.allocation_items as a where a.organization_id = new.organization_id and a.id = new.split_from_id
  ) then
    perform private.require_found(null, 'allocation item', new.split_from_id);
  end if;
  select i.*
  into line
  from ops.order_items as i
  where i.organization_id = new.organization_id and i.id = new.order_item_id;
  if line.id is null then
    perform private.require_found(null, 'order line', new.order_item_id);
  end if;

  select o.status
  into order_status
  from ops.orders as o
  where o.organization_id = line.organization_id and o.id = line.order_id;
  if order_status not in ('sales_order', 'so_sent', 'so_approved') then
    perform private.fail(
      'OMS_ORDER_NOT_ACCEPTED',
      format('The order of line %s is %s; only lines of a sales order are allocated.', line.line_number, order_status),
      jsonb_build_object('order_item_id', line.id, 'status', order_status)
    );
  end if;

  if new.committed_qty <> trunc(new.committed_qty) or new.committed_qty <= 0 then
    perform private.fail(
      'OMS_WHOLE_PIECES',
      format('%s pieces cannot be committed; give a whole number above zero.', trim_scale(new.committed_qty)),
      jsonb_build_object('committed_qty', new.committed_qty)
    );
  end if;
  -- A repeated insert meets itself.
  own_qty := (
    select a.committed_qty
    from ops.allocation_items as a
    where a.organization_id = new.organization_id and a.id = new.id
  );
  new.committed_qty := coalesce(
    new.committed_qty, own_qty, line.quantity - line.short_closed_qty - line.committed_qty
  );
  if new.committed_qty <= 0 then
    perform private.fail(
      'OMS_COMMITMENT_EXCEEDS_QUANTITY',
      format('All %s pieces of line %s are committed already.', trim_scale(line.quantity - line.short_closed_qty), line.line_number),
      jsonb_build_object('order_item_id', line.id, 'committed_qty', line.committed_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items__fill_defaults() is 'Commits what the line has left, unless told otherwise; only of an accepted order.';
create trigger _200_fill_defaults before insert on ops.allocation_items
for each row execute function private.tg_allocation_items__fill_defaults();

create trigger _100_touch_row before update on ops.allocation_items
for each row execute function private.tg__touch_row();

create function private.tg_allocation_items__guard_committed() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.closed_at is not null then
    perform private.fail(
      'OMS_ALLOCATION_ITEM_CLOSED', format('Allocation item %s was closed on %s; commit the pieces anew.', old.id, old.closed_at::date),
      jsonb_build_object('allocation_item_id', old.id)
    );
  end if;
  if coalesce(new.committed_qty <> trunc(new.committed_qty), true) or new.committed_qty <= 0 and new.closed_at is null then
    perform private.fail(
      'OMS_WHOLE_PIECES',
      format('%s pieces cannot be committed; give a whole number above zero, or close the item.', trim_scale(new.committed_qty)),
      jsonb_build_object('allocation_item_id', old.id, 'committed_qty', new.committed_qty)
    );
  end if;
  if new.committed_qty < new.effective_qty then
    perform private.fail(
      'OMS_COMMITTED_BELOW_AWARDED',
      format('%s pieces of allocation item %s are awarded; no fewer can be committed.', trim_scale(new.effective_qty), old.id),
      jsonb_build_object('allocation_item_id', old.id, 'least', new.effective_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items__guard_committed() is 'The committed quantity changes while the item is open, to no less than is awarded.';
create trigger _300_guard_committed before update of committed_qty on ops.allocation_items
for each row when (old.committed_qty is distinct from new.committed_qty)
execute function private.tg_allocation_items__guard_committed();

create function private.tg_allocation_items__stamp_closed() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.closed_at is not null then
    perform private.fail(
      'OMS_ALLOCATION_ITEM_CLOSED', format('Allocation item %s was closed on %s; that stays so.', old.id, old.closed_at::date),
      jsonb_build_object('allocation_item_id', old.id)
    );
  end if;
  new.closed_at := now();
  new.close_reason := coalesce(new.close_reason, 'closed');
  return new;
end
$$;
comment on function private.tg_allocation_items__stamp_closed() is 'An allocation item is closed once, now.';
create trigger _310_stamp_closed before update of closed_at, close_reason on ops.allocation_items
for each row when ((old.closed_at, old.close_reason) is distinct from (new.closed_at, new.close_reason))
execute function private.tg_allocation_items__stamp_closed();

create function private.tg_allocation_items__lower_split_source() returns trigger
language plpgsql
security definer  -- one statement moves pieces; its effects are the system's
set search_path = ''
as $$
declare
  refused record;
begin
  if not exists (select from new_rows as n where n.split_from_id is not null) then
    return null;
  end if;
  perform private.lock_whole(
    (
      select array_agg(distinct row(n.organization_id, n.split_from_id)::private.row_key)
      from new_rows as n
      where n.split_from_id is not null
    )
  );

  select n.split_from_id, moved.qty, coalesce(source.committed_qty - source.effective_qty, 0) as free_qty
  into refused
  from new_rows as n
  inner join (
    select n.organization_id, n.split_from_id, sum(n.committed_qty) as qty
    from new_rows as n
    group by n.organization_id, n.split_from_id
  ) as moved on moved.organization_id = n.organization_id and moved.split_from_id = n.split_from_id
  left join ops.allocation_items as source
    on source.organization_id = n.organization_id and source.id = n.split_from_id
    and source.order_item_id = n.order_item_id and source.closed_at is null
  where moved.qty > coalesce(source.committed_qty - source.effective_qty, 0)
  limit 1;
  if found then
    perform private.fail(
      'OMS_SPLIT_NOT_ALLOWED',
      format('Allocation item %s has %s pieces that are not awarded, open and of the same line; %s cannot move.', refused.split_from_id, trim_scale(refused.free_qty), trim_scale(refused.qty)),
      jsonb_build_object('allocation_item_id', refused.split_from_id, 'most', refused.free_qty)
    );
  end if;

  update ops.allocation_items as source
  set
    committed_qty = source.committed_qty - moved.qty,
    closed_at = case when source.committed_qty = moved.qty then now() end,
    close_reason = case when source.committed_qty = moved.qty then 'moved'::ops.allocation_close_reason end
  from (
    select n.organization_id, n.split_from_id, sum(n.committed_qty) as qty
    from new_rows as n
    where n.split_from_id is not null
    group by n.organization_id, n.split_from_id
  ) as moved
  where source.organization_id = moved.organization_id and source.id = moved.split_from_id;
  return null;
end
$$;
comment on function private.tg_allocation_items__lower_split_source() is 'What a new item takes over from another one, that one gives up; when all of it has moved, it is closed.';
create trigger _500_lower_split_source after insert on ops.allocation_items
referencing new table as new_rows
for each statement execute function private.tg_allocation_items__lower_split_source();

create function private.tg_allocation_items__close_candidates() returns trigger
language plpgsql
security definer  -- closing candidates is a consequence
set search_path = ''
as $$
begin
  update ops.allocation_items_supplier as s
  set closed_at = now()
  from new_rows as n
  where n.closed_at is not null
    and s.organization_id = n.organization_id and s.allocation_item_id = n.id
    and not s.is_awarded and s.closed_at is null;
  return null;
end
$$;
comment on function private.tg_allocation_items__close_candidates() is 'Closing an allocation item closes its candidates.';
create trigger _510_close_candidates after update on ops.allocation_items
referencing new table as new_rows
for each statement execute function private.tg_allocation_items__close_candidates();

create function private.tg_allocation_items__roll_up_commitment() returns trigger
language plpgsql
security definer  -- nobody may write a line's counters
set search_path = ''
as $$
declare
  lines private.row_key[];
  refused record;
begin
  if tg_op = 'INSERT' then
    lines := (select array_agg(distinct row(n.organization_id, n.order_item_id)::private.row_key) from new_rows as n);
  else
    lines := (
      select array_agg(distinct row(n.organization_id, n.order_item_id)::private.row_key)
      from new_rows as n full join old_rows as o using (organization_id, id)
      where (n.committed_qty, n.closed_at) is distinct from (o.committed_qty, o.closed_at)
        or n.closed_at is not null and n.effective_qty is distinct from o.effective_qty
    );
  end if;
  if lines is null then
    return null;
  end if;

  perform private.require_read_committed();
  perform
  from ops.order_items as i
  where (i.organization_id, i.id) in (select k.organization_id, k.id from unnest(lines) as k)
  order by i.organization_id, i.id
  for no key update;

  select
    i.id, i.line_number, i.is_cancelled, summed.committed_qty,
    trunc((i.quantity - i.short_closed_qty) * (1 + i.over_commit_tolerance_pct / 100)) as most
  into refused
  from unnest(lines) as k
  inner join ops.order_items as i on i.organization_id = k.organization_id and i.id = k.id
  cross join lateral (
    select sum(case when a.closed_at is null then a.committed_qty else a.effective_qty end) as committed_qty
    from ops.allocation_items as a
    where a.organization_id = i.organization_id and a.order_item_id = i.id
  ) as summed
  where summed.committed_qty > i.committed_qty
    and (
      i.is_cancelled
      or summed.committed_qty > (i.quantity - i.short_closed_qty) * (1 + i.over_commit_tolerance_pct / 100)
    )
  order by i.id
  limit 1;
  if found and refused.is_cancelled then
    perform private.fail(
      'OMS_LINE_CANCELLED', format('Line %s is cancelled; nothing of it can be committed.', refused.line_number),
      jsonb_build_object('order_item_id', refused.id)
    );
  elsif found then
    perform private.fail(
      'OMS_COMMITMENT_EXCEEDS_QUANTITY',
      format('%s pieces of line %s would be committed; at most %s can be.', trim_scale(refused.committed_qty), refused.line_number, trim_scale(refused.most)),
      jsonb_build_object('order_item_id', refused.id, 'committed_qty', refused.committed_qty, 'most', refused.most)
    );
  end if;

  update ops.order_items as i
  set
    committed_qty = summed.committed_qty,
    allocation_item_id = summed.newest_open_id
  from unnest(lines) as k
  cross join lateral (
    select
      sum(case when a.closed_at is null then a.committed_qty else a.effective_qty end) as committed_qty,
      (array_agg(a.id order by a.id desc) filter (where a.closed_at is null))[1] as newest_open_id
    from ops.allocation_items as a
    where a.organization_id = k.organization_id and a.order_item_id = k.id
  ) as summed
  where i.organization_id = k.organization_id and i.id = k.id
    and (i.committed_qty, i.allocation_item_id) is distinct from (summed.committed_qty, summed.newest_open_id);
  return null;
end
$$;
comment on function private.tg_allocation_items__roll_up_commitment() is
  'Keeps a line''s commitment and newest open allocation item; refuses to commit more than the line asks for.';
create trigger _520_roll_up_commitment_insert after insert on ops.allocation_items
referencing new table as new_rows
for each statement execute function private.tg_allocation_items__roll_up_commitment();
create trigger _520_roll_up_commitment_update after update on ops.allocation_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items__roll_up_commitment();

create function private.tg_allocation_items__apportion_sizes() returns trigger
language plpgsql
security definer  -- nobody may write size runs of allocation items
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    perform private.apportion_allocation_items(
      (
        select array_agg(row(n.organization_id, n.id)::private.row_key)
        from new_rows as n full join old_rows as o using (organization_id, id)
        where n.committed_qty is distinct from o.committed_qty
      )
    );
    return null;
  end if;

  -- Items of one line share what it has left one after the other.
  perform private.apportion_allocation_items(turn.items)
  from (
    select array_agg(row(r.organization_id, r.id)::private.row_key) as items
    from (
      select n.organization_id, n.id, row_number() over (partition by n.organization_id, n.order_item_id order by n.id) as nth
      from new_rows as n
    ) as r
    group by r.nth
    order by r.nth
  ) as turn;
  return null;
end
$$;
comment on function private.tg_allocation_items__apportion_sizes() is 'Gives an allocation item its share of the line''s size run.';
create trigger _530_apportion_sizes_insert after insert on ops.allocation_items
referencing new table as new_rows
for each statement execute function private.tg_allocation_items__apportion_sizes();
create trigger _530_apportion_sizes_update after update on ops.allocation_items
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items__apportion_sizes();

-- allocation_items_supplier: candidates, quotes, awards, slices

create function private.tg_allocation_items_supplier__fill_keys() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_mergejoin = off
set enable_hashjoin = off
as $$
declare
  item record;
begin
  -- Read as the caller: an allocation item that it may not see is one that does not exist.
  select
    a.allocation_id, a.committed_qty - a.effective_qty as free_qty, a.closed_at,
    i.style_id, i.colorway_id, o.ex_factory_date,
    s.style_number, s.name as style_name, c.marketing_name, r.color_reference
  into item
  from ops.allocation_items as a
  inner join ops.order_items as i on i.organization_id = a.organization_id and i.id = a.order_item_id
  inner join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
  inner join ops.styles as s on s.organization_id = i.organization_id and s.id = i.style_id
  inner join ops.colorways as c on c.organization_id = i.organization_id and c.id = i.colorway_id
  left join ops.colorway_references as r on r.organization_id = i.organization_id and r.colorway_id = i.colorway_id
  where a.organization_id = new.organization_id and a.id = new.allocation_item_id;

  if item.allocation_id is null then
    perform private.require_found(null, 'allocation item', new.allocation_item_id);
  end if;
  if item.closed_at is not null then
    perform private.fail(
      'OMS_ALLOCATION_ITEM_CLOSED', format('Allocation item %s was closed on %s; commit the pieces anew.', new.allocation_item_id, item.closed_at::date),
      jsonb_build_object('allocation_item_id', new.allocation_item_id)
    );
  end if;
  perform private.require_factory(new.factory_id);
  if new.factory_id = any(
    array(
      select s.factory_id from ops.allocation_items_supplier as s
      where s.organization_id = new.organization_id
        and s.allocation_item_id between new.allocation_item_id and new.allocation_item_id
        and s.closed_at is null and not s.is_awarded and s.id <> new.id
      order by s.allocation_item_id
    )
  ) then
    perform private.fail(
      'OMS_CANDIDATE_EXISTS', format('This factory is an open candidate for %s %s already.', item.style_number, item.marketing_name),
      jsonb_build_object('allocation_item_id', new.allocation_item_id, 'factory_id', new.factory_id)
    );
  end if;

  new.allocation_id := item.allocation_id;
  new.style_id := item.style_id;
  new.colorway_id := item.colorway_id;
  new.style_number := item.style_number;
  new.style_name := item.style_name;
  new.marketing_name := item.marketing_name;
  new.color_reference := item.color_reference;
  new.target_ex_factory_date := item.ex_factory_date;
  new.order_qty := coalesce(new.order_qty, item.free_qty);
  if new.order_qty <> trunc(new.order_qty) or new.order_qty <= 0 then
    perform private.fail(
      'OMS_WHOLE_PIECES', format('A factory cannot be asked for %s pieces; give a whole number above zero.', trim_scale(new.order_qty)),
      jsonb_build_object('order_qty', new.order_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__fill_keys() is 'Fills and freezes what the factory needs to know of the line, and nothing else of it.';
create trigger _200_fill_keys before insert on ops.allocation_items_supplier
for each row execute function private.tg_allocation_items_supplier__fill_keys();

create trigger _310_refuse_order_qty before update of order_qty on ops.allocation_items_supplier
for each row when (new.order_qty <= 0 or new.order_qty <> trunc(new.order_qty))
execute function private.tg__refuse(
  'OMS_WHOLE_PIECES', 'A factory cannot be asked for %s pieces; give a whole number above zero.', 'order_qty'
);

create trigger _300_guard_initial_quote_status before insert on ops.allocation_items_supplier
for each row execute function private.tg__guard_transition('quote_status');

create trigger _100_touch_row before update on ops.allocation_items_supplier
for each row execute function private.tg__touch_row();

create function private.tg_allocation_items_supplier__guard_closed() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(
    'OMS_SLICE_CLOSED',
    format('Slice %s (%s %s) was closed on %s.', old.id, old.style_number, old.marketing_name, old.closed_at::date),
    jsonb_build_object('allocation_item_supplier_id', old.id)
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_closed() is 'What is closed is neither quoted, awarded nor revoked.';
create trigger _300_guard_closed before update on ops.allocation_items_supplier
for each row when (
  old.closed_at is not null
  and (
    old.order_qty, old.quote_status, old.price, old.currency, old.pricing_terms, old.ship_mode, old.capacity_qty,
    old.ex_factory_date, old.is_awarded, old.awarded_qty
  ) is distinct from (
    new.order_qty, new.quote_status, new.price, new.currency, new.pricing_terms, new.ship_mode, new.capacity_qty,
    new.ex_factory_date, new.is_awarded, new.awarded_qty
  )
)
execute function private.tg_allocation_items_supplier__guard_closed();

create function private.tg_allocation_items_supplier__stamp_invited() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.invited_at is not null then
    perform private.fail(
      'OMS_ALREADY_SENT', format('The factory was invited for %s %s; that stays so.', old.style_number, old.marketing_name), jsonb_build_object('allocation_item_supplier_id', old.id)
    );
  end if;
  if not exists (
    select from ops.allocations as a
    where a.organization_id = new.organization_id and a.id = new.allocation_id and a.sent_at is not null
  ) then
    perform private.fail(
      'OMS_NOT_SENT', format('Send allocation %s; that invites its candidates.', new.allocation_id), jsonb_build_object('allocation_id', new.allocation_id)
    );
  end if;
  new.invited_at := now();
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__stamp_invited() is 'A candidate is invited once, now, and only of an allocation that is sent.';
create trigger _300_stamp_invited before update of invited_at on ops.allocation_items_supplier
for each row when (old.invited_at is distinct from new.invited_at)
execute function private.tg_allocation_items_supplier__stamp_invited();

create trigger _300_guard_quote_transition before update of quote_status on ops.allocation_items_supplier
for each row when (old.quote_status is distinct from new.quote_status)
execute function private.tg__guard_transition('quote_status');

create function private.tg_allocation_items_supplier__guard_quote() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.is_awarded then
    perform private.fail(
      'OMS_QUOTE_FROZEN',
      format('%s %s is awarded; its quote does not change any more.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.id)
    );
  end if;
  if new.invited_at is null then
    perform private.fail(
      'OMS_NOT_INVITED', format('The factory was not invited for %s %s yet; send the allocation first.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.id)
    );
  end if;
  if new.quote_status = 'quoted' then
    new.currency := coalesce(
      new.currency,
      (select d.currency from ops.directory as d where d.organization_id = new.organization_id and d.id = new.factory_id)
    );
    if new.price is null or new.currency is null then
      perform private.fail(
        'OMS_QUOTE_INCOMPLETE', format('A quote for %s %s needs a price and a currency.', old.style_number, old.marketing_name),
        jsonb_build_object('allocation_item_supplier_id', old.id)
      );
    end if;
    new.quoted_at := now();
  end if;
  if new.price <= 0 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('price cannot be %s; quote one above zero.', trim_scale(new.price)),
      jsonb_build_object('argument', 'price')
    );
  end if;
  if new.capacity_qty <= 0 or new.capacity_qty <> trunc(new.capacity_qty) then
    perform private.fail(
      'OMS_WHOLE_PIECES',
      format('A capacity of %s pieces cannot be quoted; give a whole number above zero.', trim_scale(new.capacity_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'capacity_qty', new.capacity_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_quote() is 'An invited factory quotes, until it is awarded.';
create trigger _310_guard_quote before update on ops.allocation_items_supplier
for each row when (
  (
    old.quote_status, old.price, old.currency, old.pricing_terms, old.ship_mode, old.capacity_qty, old.ex_factory_date,
    old.comments
  ) is distinct from (
    new.quote_status, new.price, new.currency, new.pricing_terms, new.ship_mode, new.capacity_qty, new.ex_factory_date,
    new.comments
  )
)
execute function private.tg_allocation_items_supplier__guard_quote();

create function private.tg_allocation_items_supplier__guard_unawarded() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(
    'OMS_NOT_AWARDED',
    format('%s %s is not awarded; award it together with the quantity or price.', old.style_number, old.marketing_name),
    jsonb_build_object('allocation_item_supplier_id', old.id)
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_unawarded() is 'Only an award has an awarded quantity and price, closing quantity, production or accepted excess.';
create trigger _320_guard_unawarded before update on ops.allocation_items_supplier
for each row when (
  not new.is_awarded and not old.is_awarded
  and (
    num_nonnulls(new.awarded_qty, new.awarded_price, new.closed_qty) > 0
    or new.shipped_qty <> 0 or new.production_status <> 'not_started' or new.accepted_excess_qty <> 0
  )
)
execute function private.tg_allocation_items_supplier__guard_unawarded();

create function private.tg_allocation_items_supplier__guard_awarded_qty() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(new.awarded_qty <> trunc(new.awarded_qty) or new.awarded_qty <= 0, true) then
    perform private.fail(
      'OMS_WHOLE_PIECES', format('%s pieces cannot be awarded; give a whole number above zero.', trim_scale(new.awarded_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'awarded_qty', new.awarded_qty)
    );
  end if;
  if new.awarded_qty > new.capacity_qty then
    perform private.fail(
      'OMS_AWARD_EXCEEDS_CAPACITY',
      format('The factory can make %s pieces of %s %s; %s were to be awarded.', trim_scale(new.capacity_qty), old.style_number, old.marketing_name, trim_scale(new.awarded_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'awarded_qty', new.awarded_qty, 'capacity_qty', new.capacity_qty)
    );
  end if;
  -- A contract that is signed brings the terms that it agreed.
  if old.is_awarded and private.is_under_contract(new.organization_id, new.id)
    and not private.may_act_as('{system}', tg_relid)
  then
    perform private.fail(
      'OMS_SLICE_UNDER_CONTRACT',
      format('A contract holds the award of %s %s; revise the contract, or close the slice.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.id)
    );
  end if;
  if old.accepted_qty > new.awarded_qty * (1 + old.over_receipt_tolerance_pct / 100) then
    perform private.fail(
      'OMS_AWARD_HAS_RECEIPTS',
      format('%s pieces of %s %s were accepted; the award cannot go down to %s.', trim_scale(old.accepted_qty), old.style_number, old.marketing_name, trim_scale(new.awarded_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'accepted_qty', old.accepted_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_awarded_qty() is 'An award is in whole pieces, within the quoted capacity, no less than was accepted, and fixed once under contract.';

create function private.tg_allocation_items_supplier__award() returns trigger
language plpgsql
security definer  -- once for each slice, and row security would be asked for each; reads what the caller may read too
set search_path = ''
set enable_seqscan = off
as $$
declare
  quoted_price constant ops.money_amount := case when new.quote_status = 'quoted' then new.price end;
  terms record;
begin
  -- Ifs within ifs: a condition with a query in it is run as one, whatever stands before its `and`.
  -- Whoever was invited was so when the allocation was sent.
  if new.invited_at is null then
    if not exists (
      select from ops.allocations as a
      where a.organization_id = new.organization_id and a.id = new.allocation_id and a.sent_at is not null
    ) then
      perform private.fail(
        'OMS_NOT_SENT', format('Allocation %s was not sent; send it before you award it.', new.allocation_id),
        jsonb_build_object('allocation_id', new.allocation_id)
      );
    end if;
    new.invited_at := now();
  end if;

  select d.name as factory_name, d.approval_status, d.currency, s.over_receipt_tolerance_pct
  into terms
  from ops.directory as d
  inner join ops.organization_settings as s on s.organization_id = d.organization_id
  where d.organization_id = new.organization_id and d.id = new.factory_id;
  if terms.approval_status <> 'approved' then
    perform private.fail(
      'OMS_FACTORY_NOT_APPROVED', format('%s is %s; approve it before you award it work.', terms.factory_name, terms.approval_status),
      jsonb_build_object('factory_id', new.factory_id, 'approval_status', terms.approval_status)
    );
  end if;

  if new.quote_status not in ('invited', 'quoted') or quoted_price is null and new.awarded_price is null then
    perform private.fail(
      'OMS_NOT_QUOTED',
      format('%s has not quoted %s %s (%s); wait for its quote, or award at a price of your own with a remark.', terms.factory_name, old.style_number, old.marketing_name, new.quote_status),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'quote_status', new.quote_status)
    );
  end if;
  if new.awarded_price is distinct from quoted_price and new.awarded_price is not null then
    if not exists (
      select from ops.allocation_item_supplier_notes as n
      where n.organization_id = new.organization_id and n.allocation_item_supplier_id = new.id and n.kind = 'price_override'
    ) then
      perform private.fail(
        'OMS_OVERRIDE_NEEDS_REMARK',
        format('%s is not the quoted price of %s %s; say why in a remark of kind price_override.', trim_scale(new.awarded_price), old.style_number, old.marketing_name),
        jsonb_build_object('allocation_item_supplier_id', old.id, 'awarded_price', new.awarded_price, 'price', quoted_price)
      );
    end if;
  end if;

  if new.awarded_price <= 0 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('A price of %s cannot be awarded; give one above zero.', trim_scale(new.awarded_price)),
      jsonb_build_object('argument', 'awarded_price')
    );
  end if;

  new.awarded_price := coalesce(new.awarded_price, quoted_price);
  new.awarded_qty := coalesce(new.awarded_qty, new.order_qty);
  new.currency := coalesce(new.currency, terms.currency);
  if new.currency is null then
    new.currency := (select o.currency from ops.organizations as o where o.id = new.organization_id);
  end if;
  new.awarded_at := now();
  new.over_receipt_tolerance_pct := terms.over_receipt_tolerance_pct;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__award() is
  'Awards a slice: needs a sent allocation, an approved factory, and a quote or a planner''s override of its price with a remark. Freezes price, time and tolerance.';
create trigger _330_award before update of is_awarded on ops.allocation_items_supplier
for each row when (new.is_awarded and not old.is_awarded)
execute function private.tg_allocation_items_supplier__award();

-- A first award of what was asked for, which its own check keeps whole, needs no guard while no capacity is given.
create trigger _340_guard_awarded_qty before update on ops.allocation_items_supplier
for each row when (
  new.is_awarded and old.awarded_qty is distinct from new.awarded_qty
  and (old.is_awarded or new.awarded_qty is distinct from old.order_qty or new.awarded_qty > new.capacity_qty)
)
execute function private.tg_allocation_items_supplier__guard_awarded_qty();

create function private.tg_allocation_items_supplier__guard_awarded_price() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if private.may_act_as('{system}', tg_relid) then  -- a contract that is signed brings the price that it agreed
    return new;
  end if;
  perform private.fail(
    'OMS_QUOTE_FROZEN',
    format('The price of %s %s was frozen when it was awarded; another one is agreed in the next version of its contract.', old.style_number, old.marketing_name),
    jsonb_build_object('allocation_item_supplier_id', old.id, 'awarded_price', old.awarded_price)
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_awarded_price() is 'An awarded price changes by a revised contract only.';
create trigger _340_guard_awarded_price before update of awarded_price on ops.allocation_items_supplier
for each row when (new.is_awarded and old.is_awarded and old.awarded_price is distinct from new.awarded_price)
execute function private.tg_allocation_items_supplier__guard_awarded_price();

create function private.tg_allocation_items_supplier__revoke() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.received_qty > 0 then
    perform private.fail(
      'OMS_AWARD_HAS_RECEIPTS',
      format('%s pieces of %s %s were received; close the slice instead.', trim_scale(old.received_qty), old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'received_qty', old.received_qty)
    );
  end if;
  if private.is_under_contract(old.organization_id, old.id) then
    perform private.fail(
      'OMS_SLICE_UNDER_CONTRACT',
      format('A contract holds the award of %s %s; close the slice, or cancel the contract.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.id)
    );
  end if;
  if exists (
    select from ops.allocation_items_supplier as s
    where s.organization_id = old.organization_id and s.allocation_item_id = old.allocation_item_id
      and s.factory_id = old.factory_id and s.id <> old.id and s.closed_at is null and not s.is_awarded
  ) then
    perform private.fail(
      'OMS_CANDIDATE_EXISTS', format('The factory is an open candidate for %s %s besides; close that candidate first.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_id', old.allocation_item_id, 'factory_id', old.factory_id)
    );
  end if;
  new.awarded_qty := null;
  new.awarded_price := null;
  new.awarded_at := null;
  new.over_receipt_tolerance_pct := null;
  new.accepted_excess_qty := 0;
  new.production_status := 'not_started';
  new.shipped_qty := 0;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__revoke() is 'Takes an award back, while there is neither a receipt nor a contract.';
create trigger _330_revoke before update of is_awarded on ops.allocation_items_supplier
for each row when (old.is_awarded and not new.is_awarded)
execute function private.tg_allocation_items_supplier__revoke();

create function private.tg_allocation_items_supplier__close() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  least_qty constant ops.quantity := least(old.accepted_qty, old.awarded_qty);
  most_qty constant ops.quantity := coalesce(old.closed_qty, old.awarded_qty);
begin
  if new.is_awarded <> old.is_awarded then
    perform private.fail(
      'OMS_NOT_AWARDED', 'Award or revoke first, and close in another step.',
      jsonb_build_object('allocation_item_supplier_id', old.id)
    );
  end if;
  if not old.is_awarded then
    if old.closed_at is not null then
      perform private.fail(
        'OMS_SLICE_CLOSED', format('The candidate was closed on %s; that stays so.', old.closed_at::date),
        jsonb_build_object('allocation_item_supplier_id', old.id)
      );
    end if;
    new.closed_at := now();
    return new;
  end if;

  if new.closed_qty is null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'Give closed_qty: how many pieces the slice is closed at.',
      jsonb_build_object('argument', 'closed_qty')
    );
  end if;
  if new.closed_qty <> trunc(new.closed_qty) then
    perform private.fail(
      'OMS_WHOLE_PIECES', format('A slice cannot be closed at %s pieces; give a whole number.', trim_scale(new.closed_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'closed_qty', new.closed_qty)
    );
  end if;
  if new.closed_qty < least_qty or new.closed_qty > most_qty then
    perform private.fail(
      'OMS_CLOSE_QUANTITY_OUT_OF_RANGE',
      format('%s %s can be closed at %s to %s pieces, not %s.', old.style_number, old.marketing_name, trim_scale(least_qty), trim_scale(most_qty), trim_scale(new.closed_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'least', least_qty, 'most', most_qty)
    );
  end if;
  new.closed_at := coalesce(old.closed_at, now());
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__close() is
  'Closes a candidate, or a slice at a quantity: no less than was accepted, no more than was awarded, and a second time only lower.';
create trigger _340_close before update of closed_at, closed_qty on ops.allocation_items_supplier
for each row when ((old.closed_at, old.closed_qty) is distinct from (new.closed_at, new.closed_qty))
execute function private.tg_allocation_items_supplier__close();

create trigger _340_guard_production_transition before update of production_status on ops.allocation_items_supplier
for each row when (old.production_status is distinct from new.production_status and new.is_awarded)
execute function private.tg__guard_transition('production_status');

create function private.tg_allocation_items_supplier__guard_shipped() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  most_qty constant ops.quantity
  := trunc(coalesce(new.closed_qty, new.awarded_qty) * (1 + new.over_receipt_tolerance_pct / 100));
begin
  if coalesce(new.shipped_qty < 0 or new.shipped_qty > most_qty or new.shipped_qty <> trunc(new.shipped_qty), true) then
    perform private.fail(
      'OMS_SHIPPED_OUT_OF_RANGE',
      format('0 to %s whole pieces of %s %s can be reported as shipped, not %s.', trim_scale(most_qty), old.style_number, old.marketing_name, trim_scale(new.shipped_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'most', most_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_shipped() is 'No more is shipped than counts, with its tolerance.';
create trigger _340_guard_shipped before update of shipped_qty on ops.allocation_items_supplier
for each row when (old.shipped_qty is distinct from new.shipped_qty and new.is_awarded)
execute function private.tg_allocation_items_supplier__guard_shipped();

create function private.tg_allocation_items_supplier__guard_excess() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  most_qty constant ops.quantity := greatest(new.accepted_qty - coalesce(new.closed_qty, new.awarded_qty), 0);
begin
  if new.accepted_excess_qty < 0 or new.accepted_excess_qty > most_qty
    or new.accepted_excess_qty <> trunc(new.accepted_excess_qty)
    or (
      new.accepted_excess_qty < old.accepted_excess_qty
      and least(new.accepted_qty, coalesce(new.closed_qty, new.awarded_qty) + new.accepted_excess_qty) * new.awarded_price
      < new.paid_amount
    )
  then
    perform private.fail(
      'OMS_EXCESS_OUT_OF_RANGE',
      format('0 to %s whole pieces of %s %s can be accepted as excess, and none that is paid taken back; not %s.', trim_scale(most_qty), old.style_number, old.marketing_name, trim_scale(new.accepted_excess_qty)),
      jsonb_build_object('allocation_item_supplier_id', old.id, 'most', most_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_excess() is 'Finance agrees to pay no more excess than came in, and does not take back what is paid.';
create trigger _340_guard_excess before update of accepted_excess_qty on ops.allocation_items_supplier
for each row when (
  old.accepted_excess_qty is distinct from new.accepted_excess_qty and new.is_awarded and old.is_awarded
)
execute function private.tg_allocation_items_supplier__guard_excess();

create function private.tg_allocation_items_supplier__drop_excess() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.accepted_excess_qty := least(
    new.accepted_excess_qty, greatest(new.accepted_qty - coalesce(new.closed_qty, new.awarded_qty), 0)
  );
  return new;
end
$$;
comment on function private.tg_allocation_items_supplier__drop_excess() is
  'Finance agreed to excess over what the slice was for: of a slice for fewer pieces only what came in stays agreed, and is payable as before.';
create trigger _350_drop_excess before update of awarded_qty, closed_qty on ops.allocation_items_supplier
for each row when (
  new.is_awarded and new.accepted_excess_qty > 0
  and coalesce(old.closed_qty, old.awarded_qty) is distinct from coalesce(new.closed_qty, new.awarded_qty)
)
execute function private.tg_allocation_items_supplier__drop_excess();

create function private.tg_allocation_items_supplier__lock_chain() returns trigger
language plpgsql
security definer  -- a factory's quote changes a line that it may not see
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.lock_above(slices.keys, slices.items)
    from (
      select
        array_agg(row(n.organization_id, n.id)::private.row_key) as keys,
        array_agg(row(n.organization_id, n.allocation_item_id)::private.row_key) as items
      from new_rows as n
    ) as slices;
    if exists (
      select from new_rows as n
      inner join ops.allocation_items as a on a.organization_id = n.organization_id and a.id = n.allocation_item_id
      where a.closed_at is not null
    ) then
      perform private.fail('OMS_ALLOCATION_ITEM_CLOSED', 'The allocation item is closed; commit the pieces anew.');
    end if;
  else
    perform private.lock_above(slices.keys, slices.items)
    from (
      select
        array_agg(row(n.organization_id, n.id)::private.row_key) as keys,
        array_agg(row(n.organization_id, n.allocation_item_id)::private.row_key) as items
      from new_rows as n full join old_rows as o using (organization_id, id)
      where (n.effective_qty, n.quote_status, n.invited_at, n.closed_at, n.payable_amount, n.accepted_qty, n.paid_amount)
        is distinct from (o.effective_qty, o.quote_status, o.invited_at, o.closed_at, o.payable_amount, o.accepted_qty, o.paid_amount)
    ) as slices
    where slices.keys is not null;
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__lock_chain() is
  'Takes every lock that the triggers after this one need, in the one order, above those of the rows that the statement wrote; nothing is added to a closed allocation item.';
create trigger _500_lock_chain_insert after insert on ops.allocation_items_supplier
referencing new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__lock_chain();
create trigger _500_lock_chain_update after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__lock_chain();

create function private.tg_allocation_items_supplier__amend_open_contracts() returns trigger
language plpgsql
security definer  -- consequences for contracts are the system's
set search_path = ''
as $$
declare
  changed constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.effective_qty is distinct from o.effective_qty
  );
begin
  if changed is null then
    return null;
  end if;

  -- Where a contract in force holds the slice, the draft says what is to be agreed anew, of no more than is left.
  update ops.factory_po_lines as l
  set
    quantity = case
      when private.is_held_in_force(l.organization_id, l.allocation_item_supplier_id) then least(l.quantity, s.effective_qty)
      else s.effective_qty
    end
  from unnest(changed) as k, ops.factory_pos as p, ops.allocation_items_supplier as s
  where l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id
    and p.organization_id = l.organization_id and p.id = l.factory_po_id and p.status = 'DRAFT'
    and s.organization_id = k.organization_id and s.id = k.id and s.effective_qty > 0;

  delete from ops.factory_po_lines as l
  using unnest(changed) as k, ops.factory_pos as p, ops.allocation_items_supplier as s
  where l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id
    and p.organization_id = l.organization_id and p.id = l.factory_po_id and p.status = 'DRAFT'
    and s.organization_id = k.organization_id and s.id = k.id and s.effective_qty = 0;

  perform private.withdraw_contracts(
    (
      select array_agg(row(p.organization_id, p.id)::private.row_key)
      from unnest(changed) as k
      inner join ops.factory_po_lines as l
        on l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id
      inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
      where p.status = 'ISSUED'
    )
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__amend_open_contracts() is
  'A draft contract follows its slices, and one that no longer stands leaves it; an issued contract that nobody signed is withdrawn and its successor drafted.';
create trigger _510_amend_open_contracts after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__amend_open_contracts();

create function private.tg_allocation_items_supplier__roll_up_effective() returns trigger
language plpgsql
security definer  -- nobody may write an allocation item's counter
set search_path = ''
set enable_seqscan = off
as $$
declare
  items constant private.row_key[] := (
    select array_agg(distinct row(n.organization_id, n.allocation_item_id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.effective_qty is distinct from o.effective_qty
  );
  refused record;
begin
  if items is null then
    return null;
  end if;

  with summed as materialized (
    select
      a.organization_id,
      a.id,
      a.committed_qty,
      a.effective_qty,
      a.closed_at,
      slices.effective_qty as asked_qty,
      slices.effective_qty > a.effective_qty
      and (a.closed_at is not null or slices.effective_qty > a.committed_qty) as is_refused
    from unnest(items) as k
    inner join ops.allocation_items as a on a.organization_id = k.organization_id and a.id = k.id
    cross join lateral (
      select sum(s.effective_qty) as effective_qty
      from (
        select s.effective_qty
        from ops.allocation_items_supplier as s
        where s.organization_id = a.organization_id and s.allocation_item_id between a.id and a.id
        order by s.allocation_item_id
      ) as s
    ) as slices
  ),
  kept as (
    update ops.allocation_items as a
    set effective_qty = s.asked_qty
    from summed as s
    where a.organization_id = s.organization_id and a.id = s.id and a.effective_qty <> s.asked_qty and not s.is_refused
  )
  select s.id, s.committed_qty, s.effective_qty, s.closed_at, s.asked_qty
  into refused
  from summed as s
  where s.is_refused
  order by s.id
  limit 1;
  if found and refused.closed_at is not null then
    perform private.fail(
      'OMS_ALLOCATION_ITEM_CLOSED', format('Allocation item %s was closed on %s; commit the pieces anew.', refused.id, refused.closed_at::date),
      jsonb_build_object('allocation_item_id', refused.id)
    );
  elsif found then
    perform private.fail(
      'OMS_AWARD_EXCEEDS_COMMITTED',
      format(
        '%s pieces would be awarded of %s committed; at most %s more can be.',
        trim_scale(refused.asked_qty), trim_scale(refused.committed_qty), trim_scale(refused.committed_qty - refused.effective_qty)
      ),
      jsonb_build_object(
        'allocation_item_id', refused.id, 'committed_qty', refused.committed_qty, 'most', refused.committed_qty - refused.effective_qty
      )
    );
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__roll_up_effective() is 'Keeps the effective quantity of allocation items; refuses awards beyond what is committed.';
create trigger _520_roll_up_effective after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__roll_up_effective();

create function private.tg_allocation_items_supplier__apportion_sizes() returns trigger
language plpgsql
security definer  -- nobody may write size runs of slices
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.apportion_slices((select array_agg(row(n.organization_id, n.id)::private.row_key) from new_rows as n));
  else
    perform private.apportion_slices(slices.keys)
    from (
      select array_agg(row(n.organization_id, n.id)::private.row_key) as keys
      from new_rows as n full join old_rows as o using (organization_id, id)
      where (n.effective_qty, n.is_awarded, n.order_qty) is distinct from (o.effective_qty, o.is_awarded, o.order_qty)
    ) as slices
    where slices.keys is not null;
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__apportion_sizes() is 'Gives a slice its share of the allocation item''s size run.';
create trigger _530_apportion_sizes_insert after insert on ops.allocation_items_supplier
referencing new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__apportion_sizes();
create trigger _530_apportion_sizes_update after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__apportion_sizes();

create function private.tg_allocation_items_supplier__show_sizes() returns trigger
language plpgsql
security definer  -- nobody may write size runs of slices
set search_path = ''
as $$
declare
  invited constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.invited_at is distinct from o.invited_at
  );
begin
  update ops.allocation_item_supplier_sizes as z
  set invited_at = s.invited_at
  from unnest(invited) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  where z.organization_id = s.organization_id and z.allocation_item_supplier_id = s.id;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__show_sizes() is 'A factory sees the size run of a slice from the invitation on.';
create trigger _530_show_sizes after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__show_sizes();

create function private.tg_allocation_items_supplier__derive_contract_status() returns trigger
language plpgsql
security definer  -- CLOSED is a consequence
set search_path = ''
as $$
declare
  changed constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where (n.effective_qty, n.accepted_qty, n.payable_amount, n.paid_amount)
      is distinct from (o.effective_qty, o.accepted_qty, o.payable_amount, o.paid_amount)
  );
begin
  if changed is null then
    return null;
  end if;
  perform private.derive_contract_status(
    (
      select array_agg(distinct row(p.organization_id, p.id)::private.row_key)
      from unnest(changed) as k
      inner join ops.factory_po_lines as l
        on l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id
      inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
      where p.status in ('PC_SIGNED', 'CLOSED')
    )
  );
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__derive_contract_status() is 'Receipts, payments and closings close a contract, or open it again.';
create trigger _540_derive_contract_status after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__derive_contract_status();

create function private.tg_allocation_items_supplier__derive_allocation_status() returns trigger
language plpgsql
security definer  -- nobody may write allocation_status
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.derive_allocation_status(
      (
        select array_agg(row(a.organization_id, a.order_item_id, 'candidate added')::private.row_fact)
        from new_rows as n
        inner join ops.allocation_items as a on a.organization_id = n.organization_id and a.id = n.allocation_item_id
      )
    );
  else
    perform private.derive_allocation_status(
      (
        select array_agg(
          row(
            n.organization_id,
            (
              select a.order_item_id from ops.allocation_items as a
              where a.organization_id = n.organization_id and a.id = n.allocation_item_id
            ),
            case
              when n.is_awarded and not o.is_awarded then 'awarded'
              when o.is_awarded and not n.is_awarded then 'award revoked'
              when n.is_awarded and n.closed_qty is distinct from o.closed_qty then 'slice closed'
              when n.closed_at is distinct from o.closed_at then 'candidate closed'
              when n.quote_status <> o.quote_status then 'quote ' || n.quote_status
              when n.invited_at is distinct from o.invited_at then 'sent to factory'
              else 'awarded quantity changed'
            end
          )::private.row_fact
        )
        from new_rows as n full join old_rows as o using (organization_id, id)
        where (n.is_awarded, n.effective_qty, n.quote_status, n.invited_at, n.closed_at)
          is distinct from (o.is_awarded, o.effective_qty, o.quote_status, o.invited_at, o.closed_at)
      )
    );
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__derive_allocation_status() is
  'Candidates, quotes, invitations, awards and closings count for the line''s allocation_status. Before their consequences for contracts are drawn, so that the history names the cause.';
create trigger _505_derive_allocation_status_insert after insert on ops.allocation_items_supplier
referencing new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__derive_allocation_status();
create trigger _505_derive_allocation_status_update after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__derive_allocation_status();

create function private.tg_allocation_items_supplier__write_history() returns trigger
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
    i.organization_id, i.order_id, i.id, i.client_id, e.action, e.message,
    e.data || jsonb_build_object('allocation_item_supplier_id', n.id),
    (select private.actor_id()), (select private.actor_role()), (select private.request_origin_id())
  from new_rows as n
  full join old_rows as o using (organization_id, id)
  left join ops.allocation_items as a on a.organization_id = n.organization_id and a.id = n.allocation_item_id
  left join ops.order_items as i on i.organization_id = a.organization_id and i.id = a.order_item_id
  cross join lateral (
    select
      'awarded'::ops.history_action as action,
      format('Line %s: %s pieces awarded.', i.line_number, trim_scale(n.awarded_qty)) as message,
      jsonb_build_object('awarded_qty', n.awarded_qty) as data
    where n.is_awarded and n.awarded_qty is distinct from o.awarded_qty
    union all
    select
      'award_revoked',
      format('Line %s: the award of %s pieces was revoked.', i.line_number, trim_scale(o.awarded_qty)),
      jsonb_build_object('awarded_qty', o.awarded_qty)
    where o.is_awarded and not n.is_awarded
    union all
    select
      'slice_closed',
      format('Line %s: a slice of %s pieces was closed at %s.', i.line_number, trim_scale(n.awarded_qty), trim_scale(n.closed_qty)),
      jsonb_build_object('closed_qty', n.closed_qty)
    where n.is_awarded and n.closed_qty is distinct from o.closed_qty
    union all
    select
      'received',
      format('Line %s: %s pieces received, %s of them accepted.', i.line_number, trim_scale(n.received_qty - o.received_qty), trim_scale(n.accepted_qty - o.accepted_qty)),
      jsonb_build_object('received_qty', n.received_qty, 'accepted_qty', n.accepted_qty)
    where n.received_qty > o.received_qty
    union all
    select
      'receipt_voided',
      format('Line %s: receipts of %s pieces were voided.', i.line_number, trim_scale(o.received_qty - n.received_qty)),
      jsonb_build_object('received_qty', n.received_qty, 'accepted_qty', n.accepted_qty)
    where n.received_qty < o.received_qty
    union all
    select
      'excess_accepted',
      format('Line %s: %s pieces beyond the award are accepted for payment.', i.line_number, trim_scale(n.accepted_excess_qty)),
      jsonb_build_object('accepted_excess_qty', n.accepted_excess_qty)
    where n.accepted_excess_qty <> o.accepted_excess_qty
    union all
    select 'paid', format('Line %s: the factory was paid.', i.line_number), '{}'
    where n.paid_amount > o.paid_amount
    union all
    select
      'payment_voided', format('Line %s: money came back from the factory, or its payment was voided.', i.line_number), '{}'
    where n.paid_amount < o.paid_amount
  ) as e
  where (n.is_awarded, n.awarded_qty, n.closed_qty, n.received_qty, n.accepted_excess_qty, n.paid_amount)
    is distinct from (o.is_awarded, o.awarded_qty, o.closed_qty, o.received_qty, o.accepted_excess_qty, o.paid_amount);
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__write_history() is 'Writes awards, closings, receipts and payments to the line''s history, for staff: pieces, but no prices and no factory, which not all of them may read. The slice''s id leads those who may to the rest.';
create trigger _700_write_history after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__write_history();

-- allocation_item_supplier_notes

create trigger _200_require_slice before insert on ops.allocation_item_supplier_notes
for each row execute function private.tg__require_parent('allocation_items_supplier', 'allocation_item_supplier_id');
create trigger _200_require_replaced before insert on ops.allocation_item_supplier_notes
for each row when (new.replaces_id is not null)
execute function private.tg__require_parent('allocation_items_supplier', 'replaces_id');
create trigger _300_refuse_empty_remark before insert on ops.allocation_item_supplier_notes
for each row when (coalesce(new.remark, '') = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'remark is empty; say something.');

create function private.tg_allocation_item_supplier_notes__write_history() returns trigger
language plpgsql
security definer  -- nobody may write history
set search_path = ''
set enable_seqscan = off
as $$
begin
  insert into ops.order_history (
    organization_id, order_id, order_item_id, client_id, action, message, data,
    actor_id, actor_role, request_origin_id
  )
  select
    i.organization_id, i.order_id, i.id, i.client_id, 'reallocated',
    format('Line %s: pieces of a slice were moved to another one.', i.line_number),
    jsonb_build_object('allocation_item_supplier_id', n.allocation_item_supplier_id, 'replaces_id', n.replaces_id),
    (select private.actor_id()), (select private.actor_role()), (select private.request_origin_id())
  from new_rows as n
  inner join ops.allocation_items_supplier as s
    on s.organization_id = n.organization_id and s.id = n.allocation_item_supplier_id
  inner join ops.allocation_items as a on a.organization_id = s.organization_id and a.id = s.allocation_item_id
  inner join ops.order_items as i on i.organization_id = a.organization_id and i.id = a.order_item_id
  where n.kind = 'reallocation' and n.replaces_id is not null;
  return null;
end
$$;
comment on function private.tg_allocation_item_supplier_notes__write_history() is 'A reallocation stands in the line''s history, with both slices.';
create trigger _700_write_history after insert on ops.allocation_item_supplier_notes
referencing new table as new_rows
for each statement execute function private.tg_allocation_item_supplier_notes__write_history();

-- factory_pos

create function private.tg_factory_pos__fill_defaults() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.supersedes_id is not null then  -- a successor that the system drafts brings its number and version along
    return new;
  end if;
  if not exists (
    select from ops.allocations as a where a.organization_id = new.organization_id and a.id = new.allocation_id
  ) then
    perform private.require_found(null, 'allocation', new.allocation_id);
  end if;
  perform private.require_factory(new.factory_id);
  if exists (
    select from ops.factory_pos as p
    where p.organization_id = new.organization_id and p.allocation_id = new.allocation_id
      and p.factory_id = new.factory_id and p.currency = new.currency and p.status <> 'CANCELLED' and p.id <> new.id
  ) then
    perform private.fail(
      'OMS_CONTRACT_EXISTS',
      format('This allocation has a contract with the factory in %s; revise that one.', new.currency),
      jsonb_build_object('allocation_id', new.allocation_id, 'factory_id', new.factory_id, 'currency', new.currency)
    );
  end if;
  new.po_number := private.next_number('PC', new.factory_id);
  return new;
end
$$;
comment on function private.tg_factory_pos__fill_defaults() is 'Numbers a contract, of which there is one per allocation, factory and currency.';
create trigger _200_fill_defaults before insert on ops.factory_pos
for each row execute function private.tg_factory_pos__fill_defaults();

create trigger _300_guard_initial_status before insert on ops.factory_pos
for each row execute function private.tg__guard_transition();

create trigger _100_touch_row before update on ops.factory_pos
for each row execute function private.tg__touch_row();

create trigger _300_guard_transition before update of status on ops.factory_pos
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();

create function private.tg_factory_pos__guard_frozen() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(
    'OMS_CONTRACT_FROZEN',
    format('%s is %s; its terms and signature do not change any more.', old.po_number, old.status),
    jsonb_build_object('factory_po_id', old.id, 'status', old.status)
  );
  return null;
end
$$;
comment on function private.tg_factory_pos__guard_frozen() is 'Terms do not change once issued, nor a signature once given.';
create trigger _310_guard_frozen before update on ops.factory_pos
for each row when (
  old.status <> 'DRAFT' and old.ex_factory_date is distinct from new.ex_factory_date
  or (old.status <> 'ISSUED' or new.status <> 'PC_SIGNED')
  and (old.signed_by_name, old.signed_terms_hash) is distinct from (new.signed_by_name, new.signed_terms_hash)
  or old.is_signature_recorded_by_staff and old.po_document_uri is distinct from new.po_document_uri
)
execute function private.tg_factory_pos__guard_frozen();

create function private.tg_factory_pos__issue() returns trigger
language plpgsql
security definer  -- nobody may write frozen lines
set search_path = ''
as $$
declare
  issued_at_now constant timestamptz := now();
begin
  perform private.lock_chain(
    (
      select array_agg(row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
      from ops.factory_po_lines as l
      where l.organization_id = new.organization_id and l.factory_po_id = new.id
    )
  );

  -- A slice can have left, or come back in another currency, while its line was being added.
  delete from ops.factory_po_lines as l
  using ops.allocation_items_supplier as s
  where l.organization_id = new.organization_id and l.factory_po_id = new.id
    and s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    and (s.effective_qty = 0 or s.currency <> new.currency);

  update ops.factory_po_lines as l
  set
    quantity = case when held.in_force then least(l.quantity, s.effective_qty) else s.effective_qty end,
    price = case when held.in_force then l.price else s.awarded_price end,
    issued_at = issued_at_now
  from ops.allocation_items_supplier as s
  cross join lateral (select private.is_held_in_force(s.organization_id, s.id) as in_force offset 0) as held
  where l.organization_id = new.organization_id and l.factory_po_id = new.id
    and s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id;
  if not found then
    perform private.fail(
      'OMS_CONTRACT_EMPTY', format('%s has no awarded slice; add lines to it first.', old.po_number),
      jsonb_build_object('factory_po_id', old.id)
    );
  end if;

  perform private.require_contract_terms(new.organization_id, new.id);

  -- Of fewer pieces than the slice has, in the shape of its run.
  insert into ops.factory_po_line_sizes (organization_id, factory_po_line_id, factory_id, size_label, position, quantity)
  select l.organization_id, l.id, l.factory_id, u.size_label, u.position, u.quantity
  from ops.factory_po_lines as l
  cross join lateral (
    select
      array_agg(z.size_label order by z.position) as size_labels,
      array_agg(z.position order by z.position) as positions,
      array_agg(z.quantity::numeric order by z.position) as quantities,
      sum(z.quantity) as quantity
    from ops.allocation_item_supplier_sizes as z
    where z.organization_id = l.organization_id and z.allocation_item_supplier_id = l.allocation_item_supplier_id
  ) as run
  cross join lateral unnest(
    run.size_labels,
    run.positions,
    case when run.quantity = l.quantity then run.quantities else private.apportion(l.quantity, run.quantities) end
  ) as u (size_label, position, quantity)
  where l.organization_id = new.organization_id and l.factory_po_id = new.id;

  select sum(l.quantity), sum(l.amount)
  into new.total_qty, new.total_amount
  from ops.factory_po_lines as l
  where l.organization_id = new.organization_id and l.factory_po_id = new.id;

  -- The date may change in the very statement that issues.
  new.terms_hash := encode(
    sha256(
      convert_to(
        (
          private.contract_terms(new.organization_id, new.id) || jsonb_build_object('ex_factory_date', new.ex_factory_date)
        )::text, 'UTF8'
      )
    ), 'hex'
  );
  new.issued_at := issued_at_now;
  new.issued_by := private.actor_id();
  new.issued_by_name := (
    select m.full_name
    from ops.members as m
    where m.organization_id = new.organization_id and m.user_id = new.issued_by
      and m.party_id is not distinct from private.party_id()
    limit 1
  );
  return new;
end
$$;
comment on function private.tg_factory_pos__issue() is 'Issuing freezes the terms: lines take the slices'' quantities, prices and size runs, those that a contract in force holds the terms to be agreed anew, and the whole is hashed.';
create trigger _400_issue before update of status on ops.factory_pos
for each row when (old.status = 'DRAFT' and new.status = 'ISSUED')
execute function private.tg_factory_pos__issue();

create function private.tg_factory_pos__sign() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.signed_terms_hash is not null and new.signed_terms_hash <> new.terms_hash then
    perform private.fail(
      'OMS_TERMS_CHANGED', format('The terms of %s are not those that you saw; read it again before you sign.', old.po_number),
      jsonb_build_object('factory_po_id', old.id, 'terms_hash', new.terms_hash)
    );
  end if;
  new.is_signature_recorded_by_staff := not private.is_portal();
  if new.is_signature_recorded_by_staff and new.po_document_uri is null then
    perform private.fail(
      'OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT',
      format('To record the factory''s countersignature of %s, give po_document_uri: the signed document.', old.po_number),
      jsonb_build_object('factory_po_id', old.id)
    );
  end if;
  new.signed_terms_hash := new.terms_hash;
  new.signed_at := now();
  new.signed_by := private.actor_id();
  new.signed_by_name := coalesce(
    new.signed_by_name,
    (
      select m.full_name
      from ops.members as m
      where m.organization_id = new.organization_id and m.user_id = private.actor_id()
        and m.party_id is not distinct from private.party_id()
      limit 1
    ),
    'unnamed'
  );
  new.signed_from := coalesce(private.header('x-forwarded-for'), host(inet_client_addr()));
  return new;
end
$$;
comment on function private.tg_factory_pos__sign() is 'The factory signs the terms that were issued: name, time, address and hash. Staff record a signature only with its document.';
create trigger _400_sign before update of status on ops.factory_pos
for each row when (old.status = 'ISSUED' and new.status = 'PC_SIGNED')
execute function private.tg_factory_pos__sign();

create function private.tg_factory_pos__supersede() returns trigger
language plpgsql
security definer  -- what follows for the version before it is the system's
set search_path = ''
as $$
begin
  perform private.lock_chain(
    (
      select array_agg(row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
      from ops.factory_po_lines as l
      where l.organization_id = new.organization_id and l.factory_po_id = new.id
    )
  );
  -- Goods may have come in and money gone out since it was issued.
  perform private.require_contract_terms(new.organization_id, new.id);
  update ops.factory_pos as p
  set status = 'CANCELLED', superseded_at = now()
  where p.organization_id = new.organization_id
    and p.id = private.contract_in_force(new.organization_id, new.allocation_id, new.factory_id, new.currency);
  return new;
end
$$;
comment on function private.tg_factory_pos__supersede() is 'The version that is signed takes the place of the one in force, whose terms hold to that moment.';
create trigger _410_supersede before update of status on ops.factory_pos
for each row when (old.status = 'ISSUED' and new.status = 'PC_SIGNED')
execute function private.tg_factory_pos__supersede();

create function private.tg_factory_pos__guard_cancel() returns trigger
language plpgsql
security definer  -- reads and locks all slices of the contract
set search_path = ''
as $$
declare
  slices constant private.row_key[] := (
    select array_agg(row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
    from ops.factory_po_lines as l
    where l.organization_id = new.organization_id and l.factory_po_id = new.id
  );
  sums record;
begin
  perform private.lock_chain(slices);
  select sum(s.accepted_qty) as accepted_qty
  into sums
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id;
  if sums.accepted_qty > 0 then
    perform private.fail(
      'OMS_CONTRACT_HAS_RECEIPTS',
      format('%s pieces of %s were accepted; close its slices instead.', trim_scale(sums.accepted_qty), old.po_number),
      jsonb_build_object('factory_po_id', old.id, 'accepted_qty', sums.accepted_qty)
    );
  end if;
  if private.paid_on_versions(new.organization_id, new.id) <> 0 then
    perform private.fail(
      'OMS_CONTRACT_HAS_PAYMENTS', format('Money is out on %s; record the refund first.', old.po_number),
      jsonb_build_object('factory_po_id', old.id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_factory_pos__guard_cancel() is 'A signed contract is cancelled only while nothing was accepted and no money is out.';
create trigger _400_guard_cancel before update of status on ops.factory_pos
for each row when (old.status = 'PC_SIGNED' and new.status = 'CANCELLED' and new.superseded_at is null)
execute function private.tg_factory_pos__guard_cancel();

create function private.tg_factory_pos__stamp_cancelled() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.cancelled_at := now();
  return new;
end
$$;
comment on function private.tg_factory_pos__stamp_cancelled() is 'A contract remembers when it was cancelled.';
create trigger _410_stamp_cancelled before update of status on ops.factory_pos
for each row when (new.status = 'CANCELLED' and old.status <> 'CANCELLED')
execute function private.tg_factory_pos__stamp_cancelled();

create function private.tg_factory_pos__close_slices() returns trigger
language plpgsql
security definer  -- effects of a cancelled contract on slices are the system's
set search_path = ''
as $$
begin
  update ops.allocation_items_supplier as s
  set closed_qty = 0
  from new_rows as n
  inner join old_rows as o using (organization_id, id)
  inner join ops.factory_po_lines as l on l.organization_id = n.organization_id and l.factory_po_id = n.id
  where n.status = 'CANCELLED' and n.superseded_at is null and o.status in ('PC_SIGNED', 'CLOSED')
    and s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id and s.effective_qty > 0;
  return null;
end
$$;
comment on function private.tg_factory_pos__close_slices() is 'Cancelling a signed contract closes its slices at zero.';
create trigger _500_close_slices after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_pos__close_slices();

create function private.tg_factory_pos__copy_terms() returns trigger
language plpgsql
security definer  -- nobody may write the terms of a slice under contract
set search_path = ''
set enable_seqscan = off
as $$
declare
  signed constant private.row_key[] := (
    select array_agg(row(n.organization_id, n.id)::private.row_key)
    from new_rows as n full join old_rows as o using (organization_id, id)
    where n.status = 'PC_SIGNED' and o.status = 'ISSUED'
  );
begin
  if signed is null then
    return null;
  end if;
  update ops.allocation_items_supplier as s
  set
    awarded_qty = case when s.closed_at is null then l.quantity else s.awarded_qty end,
    closed_qty = case when s.closed_at is not null then l.quantity end,
    awarded_price = l.price,
    over_receipt_tolerance_pct = l.over_receipt_tolerance_pct
  from unnest(signed) as k
  inner join ops.factory_po_lines as l on l.organization_id = k.organization_id and l.factory_po_id = k.id
  where s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    and (s.effective_qty, s.awarded_price, s.over_receipt_tolerance_pct)
    is distinct from (l.quantity, l.price, l.over_receipt_tolerance_pct);
  if not found then
    return null;
  end if;

  -- The sizes that were signed, not those that the slice would be given of what is left.
  update ops.allocation_item_supplier_sizes as z
  set quantity = agreed.quantity
  from unnest(signed) as k
  inner join ops.factory_po_lines as l on l.organization_id = k.organization_id and l.factory_po_id = k.id
  inner join ops.factory_po_line_sizes as agreed
    on agreed.organization_id = l.organization_id and agreed.factory_po_line_id = l.id
  where z.organization_id = l.organization_id and z.allocation_item_supplier_id = l.allocation_item_supplier_id
    and z.size_label = agreed.size_label and z.quantity <> agreed.quantity;
  return null;
end
$$;
comment on function private.tg_factory_pos__copy_terms() is 'Signing copies the terms of a contract''s lines to the slices: quantity, sizes, price and tolerance.';
create trigger _505_copy_terms after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_pos__copy_terms();

create function private.tg_factory_pos__derive_contract_status() returns trigger
language plpgsql
security definer  -- CLOSED is a consequence
set search_path = ''
as $$
begin
  perform private.derive_contract_status(
    (
      select array_agg(row(n.organization_id, n.id)::private.row_key)
      from new_rows as n inner join old_rows as o using (organization_id, id)
      where n.status = 'PC_SIGNED' and o.status = 'ISSUED'
    )
  );
  return null;
end
$$;
comment on function private.tg_factory_pos__derive_contract_status() is 'What came in before the signature may close the contract at once.';
create trigger _510_derive_contract_status after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_pos__derive_contract_status();

create function private.tg_factory_pos__derive_allocation_status() returns trigger
language plpgsql
security definer  -- a factory signs; it may not even see the line
set search_path = ''
as $$
begin
  perform private.derive_allocation_status(
    (
      select array_agg(
        row(a.organization_id, a.order_item_id, format('contract %s %s', n.po_number, n.status))::private.row_fact
      )
      from new_rows as n
      inner join old_rows as o using (organization_id, id)
      inner join ops.factory_po_lines as l on l.organization_id = n.organization_id and l.factory_po_id = n.id
      inner join ops.allocation_items_supplier as s
        on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
      inner join ops.allocation_items as a on a.organization_id = s.organization_id and a.id = s.allocation_item_id
      where n.status <> o.status and n.superseded_at is null
        and not (n.status in ('PC_SIGNED', 'CLOSED') and o.status in ('PC_SIGNED', 'CLOSED'))
        and s.effective_qty > 0  -- the contracts of others count for nothing, and their lines need no lock
    )
  );
  return null;
end
$$;
comment on function private.tg_factory_pos__derive_allocation_status() is 'A contract that is issued, signed or cancelled counts for the allocation_status of its lines.';
create trigger _550_derive_allocation_status after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_pos__derive_allocation_status();

-- factory_po_lines

create function private.tg_factory_po_lines__fill_terms() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  contract record;
  slice record;
  is_held boolean;
begin
  -- Locked, so that nobody issues it meanwhile.
  select p.organization_id, p.id, p.po_number, p.status, p.allocation_id, p.factory_id, p.currency
  into contract
  from ops.factory_pos as p
  where p.organization_id = new.organization_id and p.id = new.factory_po_id
  for no key update;
  if contract.id is null then
    perform private.require_found(null, 'contract', new.factory_po_id);
  end if;
  if contract.status <> 'DRAFT' then
    perform private.fail(
      'OMS_CONTRACT_FROZEN', format('%s is %s; lines are added to a draft only.', contract.po_number, contract.status),
      jsonb_build_object('factory_po_id', contract.id, 'status', contract.status)
    );
  end if;

  select
    s.organization_id, s.id, s.allocation_id, s.factory_id, s.currency, s.style_number, s.style_name, s.marketing_name,
    s.color_reference, s.effective_qty, s.awarded_price, s.over_receipt_tolerance_pct
  into slice
  from ops.allocation_items_supplier as s
  where s.organization_id = new.organization_id and s.id = new.allocation_item_supplier_id;
  if slice.id is null then
    perform private.require_found(null, 'slice', new.allocation_item_supplier_id);
  end if;
  if (slice.allocation_id, slice.factory_id, slice.currency) is distinct from (contract.allocation_id, contract.factory_id, contract.currency) then
    perform private.fail(
      'OMS_CONTRACT_MISMATCH',
      format('%s %s is of another allocation, factory or currency than %s.', slice.style_number, slice.marketing_name, contract.po_number),
      jsonb_build_object('allocation_item_supplier_id', slice.id, 'factory_po_id', contract.id)
    );
  end if;
  if slice.effective_qty = 0 then
    perform private.fail(
      'OMS_NOT_AWARDED', format('%s %s is not awarded.', slice.style_number, slice.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', slice.id)
    );
  end if;
  -- No other contract can be open for it. One in force can, which this draft is the next version of.
  if exists (
    select from ops.factory_po_lines as l
    where l.organization_id = slice.organization_id and l.allocation_item_supplier_id = slice.id
      and l.factory_po_id = contract.id and l.id <> new.id
  ) then
    perform private.fail(
      'OMS_SLICE_UNDER_CONTRACT', format('%s %s is on %s already.', slice.style_number, slice.marketing_name, contract.po_number),
      jsonb_build_object('allocation_item_supplier_id', slice.id)
    );
  end if;
  is_held := private.is_held_in_force(slice.organization_id, slice.id);

  new.factory_id := contract.factory_id;
  new.style_number := slice.style_number;
  new.style_name := slice.style_name;
  new.marketing_name := slice.marketing_name;
  new.color_reference := slice.color_reference;
  new.quantity := case when is_held then coalesce(new.quantity, slice.effective_qty) else slice.effective_qty end;
  new.price := case when is_held then coalesce(new.price, slice.awarded_price) else slice.awarded_price end;
  new.over_receipt_tolerance_pct := coalesce(new.over_receipt_tolerance_pct, slice.over_receipt_tolerance_pct);
  return new;
end
$$;
comment on function private.tg_factory_po_lines__fill_terms() is 'A draft takes awarded slices of its own allocation, factory and currency, at the terms of the award.';
create trigger _200_fill_terms before insert on ops.factory_po_lines
for each row execute function private.tg_factory_po_lines__fill_terms();

create function private.tg_factory_po_lines__guard_frozen() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  contract ops.factory_pos;
begin
  -- Not locked: a line is below its contract. Issuing stamps every line, and so waits for this one or is waited for.
  select p.*
  into contract
  from ops.factory_pos as p
  where p.organization_id = old.organization_id and p.id = old.factory_po_id;
  if contract.status <> 'DRAFT' then
    perform private.fail(
      'OMS_CONTRACT_FROZEN', format('%s is %s; its lines do not change any more.', contract.po_number, contract.status),
      jsonb_build_object('factory_po_id', contract.id, 'status', contract.status)
    );
  end if;
  if tg_op = 'DELETE' and not private.may_act_as('{system}', tg_relid)
    and private.is_held_in_force(old.organization_id, old.allocation_item_supplier_id)
  then
    perform private.fail(
      'OMS_REVISION_INCOMPLETE',
      format('%s %s stands on the contract in force, and so on its next version; close the slice to take it out.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.allocation_item_supplier_id, 'factory_po_id', contract.id)
    );
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function private.tg_factory_po_lines__guard_frozen() is 'Lines leave or change only while the contract is a draft, and leave its next version not at all.';
create trigger _300_guard_frozen before update or delete on ops.factory_po_lines
for each row execute function private.tg_factory_po_lines__guard_frozen();

create function private.tg_factory_po_lines__guard_terms() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  most_qty ops.quantity;
begin
  if private.may_act_as('{system}', tg_relid) then  -- follows the slice
    return new;
  end if;
  if (new.quantity, new.price) is distinct from (old.quantity, old.price)
    and not private.is_held_in_force(old.organization_id, old.allocation_item_supplier_id)
  then
    perform private.fail(
      'OMS_TERMS_FROM_AWARD',
      format('Quantity and price of %s %s are those of its award, until a contract in force holds it; change the award.', old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.allocation_item_supplier_id)
    );
  end if;
  if new.quantity is null or new.quantity <= 0 or new.quantity <> trunc(new.quantity) then
    perform private.fail(
      'OMS_WHOLE_PIECES',
      format('A contract cannot be for %s pieces; give a whole number above zero, or close the slice.', trim_scale(new.quantity)),
      jsonb_build_object('allocation_item_supplier_id', old.allocation_item_supplier_id, 'quantity', new.quantity)
    );
  end if;
  if new.price is null or new.price <= 0 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('price cannot be %s; give one above zero.', trim_scale(new.price)), '{"argument": "price"}'
    );
  end if;
  most_qty := (
    select s.effective_qty
    from ops.allocation_items_supplier as s
    where s.organization_id = old.organization_id and s.id = old.allocation_item_supplier_id
  );
  if new.quantity > most_qty then
    perform private.fail(
      'OMS_REVISION_QUANTITY_RAISED',
      format('%s pieces of %s %s are awarded; award the further ones besides, as revise_contract does.', trim_scale(most_qty), old.style_number, old.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', old.allocation_item_supplier_id, 'most', most_qty)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_factory_po_lines__guard_terms() is 'Terms of a draft are the award''s, but for the tolerance; the next version of a contract may lower the quantity and change the price.';
create trigger _310_guard_terms before update of quantity, price, over_receipt_tolerance_pct on ops.factory_po_lines
for each row execute function private.tg_factory_po_lines__guard_terms();

-- factory_receipts

create function private.tg_factory_receipts__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  slice record;
begin
  -- Read as the caller: a slice that it may not see is one that does not exist.
  select s.id, s.factory_id, s.style_number, s.marketing_name, s.is_awarded
  into slice
  from ops.allocation_items_supplier as s
  where s.organization_id = new.organization_id and s.id = new.allocation_item_supplier_id;
  if slice.id is null then
    perform private.require_found(null, 'slice', new.allocation_item_supplier_id);
  end if;
  if not slice.is_awarded then
    perform private.fail(
      'OMS_NOT_AWARDED', format('%s %s is not awarded to this factory.', slice.style_number, slice.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', slice.id)
    );
  end if;
  if coalesce(
    new.qty_received <= 0 or new.qty_received <> trunc(new.qty_received)
    or new.qty_rejected < 0 or new.qty_rejected > new.qty_received or new.qty_rejected <> trunc(new.qty_rejected), true
  ) then
    perform private.fail(
      'OMS_WHOLE_PIECES',
      format('%s pieces received and %s of them rejected is not possible; receive whole pieces and reject no more of them.', trim_scale(new.qty_received), trim_scale(new.qty_rejected)),
      jsonb_build_object('qty_received', new.qty_received, 'qty_rejected', new.qty_rejected)
    );
  end if;
  new.factory_id := slice.factory_id;
  new.receipt_number := private.next_number('GR', slice.factory_id);
  return new;
end
$$;
comment on function private.tg_factory_receipts__fill_keys() is 'Fills the factory and the number.';
create trigger _200_fill_keys before insert on ops.factory_receipts
for each row execute function private.tg_factory_receipts__fill_keys();

create trigger _100_touch_row before update on ops.factory_receipts
for each row execute function private.tg__touch_row();

create function private.tg__void() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.voided_at is not null then
    perform private.fail(
      'OMS_ALREADY_VOIDED',
      format(
        '%s was voided on %s (%s); that stays so.',
        coalesce(to_jsonb(old) ->> 'receipt_number', to_jsonb(old) ->> 'reference'), old.voided_at::date, old.void_reason
      ),
      jsonb_build_object('id', old.id, 'voided_at', old.voided_at)
    );
  end if;
  if new.void_reason = '' then
    perform private.fail('OMS_INVALID_ARGUMENT', 'void_reason is empty; say why.', '{"argument": "void_reason"}');
  end if;
  new.voided_at := now();
  new.voided_by := private.actor_id();
  return new;
end
$$;
comment on function private.tg__void() is 'Writing a reason voids a receipt or a payment, once.';
create trigger _300_void before update of void_reason on ops.factory_receipts
for each row when (old.void_reason is distinct from new.void_reason)
execute function private.tg__void();

create function private.tg_factory_receipts__roll_up_receipts() returns trigger
language plpgsql
security definer  -- nobody may write a slice's counters
set search_path = ''
as $$
declare
  slices constant private.row_key[] := (
    select array_agg(distinct row(c.organization_id, c.allocation_item_supplier_id)::private.row_key) from changed as c
  );
  refused record;
begin
  if slices is null then
    return null;
  end if;
  perform private.lock_chain(slices);

  select s.id, s.style_number, s.marketing_name
  into refused
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  where tg_op = 'INSERT' and not s.is_awarded
  order by s.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_NOT_AWARDED', format('%s %s is not awarded to this factory any more.', refused.style_number, refused.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', refused.id)
    );
  end if;

  if tg_op = 'INSERT' and (private.settings()).receipts_require_signed_contract then
    select s.id, s.style_number, s.marketing_name
    into refused
    from unnest(slices) as k
    inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
    where not exists (
      select
      from ops.factory_po_lines as l
      inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
      where l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
        and p.status in ('PC_SIGNED', 'CLOSED')
    )
    order by s.id
    limit 1;
    if found then
      perform private.fail(
        'OMS_CONTRACT_NOT_IN_FORCE',
        format('%s %s has no signed contract; goods are received once the factory has signed.', refused.style_number, refused.marketing_name),
        jsonb_build_object('allocation_item_supplier_id', refused.id)
      );
    end if;
  end if;

  select
    s.id, s.style_number, s.marketing_name, summed.accepted_qty, s.accepted_qty as before_qty,
    trunc(s.effective_qty * (1 + coalesce(s.over_receipt_tolerance_pct, 0) / 100)) as most
  into refused
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  cross join lateral (
    select coalesce(sum(r.qty_received - r.qty_rejected), 0) as accepted_qty
    from ops.factory_receipts as r
    where r.organization_id = s.organization_id and r.allocation_item_supplier_id = s.id and r.voided_at is null
  ) as summed
  where summed.accepted_qty > s.accepted_qty
    and summed.accepted_qty > s.effective_qty * (1 + coalesce(s.over_receipt_tolerance_pct, 0) / 100)
  order by s.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_RECEIPT_EXCEEDS_TOLERANCE',
      format(
        '%s pieces of %s %s would be accepted in all; at most %s can be, so %s more.',
        trim_scale(refused.accepted_qty), refused.style_number, refused.marketing_name, trim_scale(refused.most),
        trim_scale(greatest(refused.most - refused.before_qty, 0))
      ),
      jsonb_build_object(
        'allocation_item_supplier_id', refused.id, 'accepted_qty', refused.accepted_qty, 'most', refused.most
      )
    );
  end if;

  update ops.allocation_items_supplier as s
  set received_qty = summed.received_qty, accepted_qty = summed.accepted_qty
  from unnest(slices) as k
  cross join lateral (
    select
      coalesce(sum(r.qty_received), 0) as received_qty,
      coalesce(sum(r.qty_received - r.qty_rejected), 0) as accepted_qty
    from ops.factory_receipts as r
    where r.organization_id = k.organization_id and r.allocation_item_supplier_id = k.id and r.voided_at is null
  ) as summed
  where s.organization_id = k.organization_id and s.id = k.id
    and (s.received_qty, s.accepted_qty) is distinct from (summed.received_qty, summed.accepted_qty);
  return null;
end
$$;
comment on function private.tg_factory_receipts__roll_up_receipts() is
  'Keeps what was received and accepted of a slice; refuses more than its effective quantity and tolerance, cumulatively, and receipts without a signed contract where the organization asks for one.';
create trigger _500_roll_up_receipts_insert after insert on ops.factory_receipts
referencing new table as changed
for each statement execute function private.tg_factory_receipts__roll_up_receipts();
create trigger _500_roll_up_receipts_update after update on ops.factory_receipts
referencing new table as changed
for each statement execute function private.tg_factory_receipts__roll_up_receipts();

-- factory_payments

create function private.tg_factory_payments__fill_keys() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  contract ops.factory_pos;
begin
  -- Read as the caller: a contract that it may not see is one that does not exist.
  select p.*
  into contract
  from ops.factory_pos as p
  where p.organization_id = new.organization_id and p.id = new.factory_po_id;
  if contract.id is null then
    perform private.require_found(null, 'contract', new.factory_po_id);
  end if;
  -- Of one that was signed and then cancelled nothing is payable; money can be out again, of a refund that is voided.
  if contract.status not in ('PC_SIGNED', 'CLOSED')
    and (contract.status <> 'CANCELLED' or contract.signed_at is null or contract.superseded_at is not null)
  then
    perform private.fail(
      'OMS_CONTRACT_NOT_IN_FORCE', format('%s is %s; only a signed contract is paid.', contract.po_number, contract.status),
      jsonb_build_object('factory_po_id', contract.id, 'status', contract.status)
    );
  end if;
  if coalesce(new.reference, '') = '' then
    perform private.fail('OMS_INVALID_ARGUMENT', 'A payment needs a reference.', '{"argument": "reference"}');
  end if;
  if exists (
    select from ops.factory_payments as p
    where p.organization_id = new.organization_id and p.factory_id = contract.factory_id
      and p.reference = new.reference and p.voided_at is null and p.id <> new.id
  ) then
    perform private.fail(
      'OMS_REFERENCE_EXISTS', format('The factory has a payment with reference %s already.', new.reference),
      jsonb_build_object('factory_id', contract.factory_id, 'reference', new.reference)
    );
  end if;
  new.factory_id := contract.factory_id;
  new.currency := contract.currency;
  return new;
end
$$;
comment on function private.tg_factory_payments__fill_keys() is 'A payment is against a contract in force, a refund also against one that was cancelled after its signature; it is in the contract''s currency and has a reference of its own.';
create trigger _200_fill_keys before insert on ops.factory_payments
for each row execute function private.tg_factory_payments__fill_keys();

create trigger _100_touch_row before update on ops.factory_payments
for each row execute function private.tg__touch_row();

create trigger _300_void before update of void_reason on ops.factory_payments
for each row when (old.void_reason is distinct from new.void_reason)
execute function private.tg__void();

create function private.tg_factory_payment_lines__fill_keys() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  payment record;
begin
  -- Locked, so that nobody voids it meanwhile.
  select p.organization_id, p.id, p.factory_po_id, p.factory_id, p.reference, p.voided_at, p.void_reason
  into payment
  from ops.factory_payments as p
  where p.organization_id = new.organization_id and p.id = new.factory_payment_id
  for no key update;
  if payment.id is null then
    perform private.require_found(null, 'payment', new.factory_payment_id);
  end if;
  if payment.voided_at is not null then
    perform private.fail(
      'OMS_ALREADY_VOIDED', format('Payment %s was voided (%s); enter another one.', payment.reference, payment.void_reason),
      jsonb_build_object('id', payment.id, 'voided_at', payment.voided_at)
    );
  end if;
  -- A slice of which nothing is left is not on later versions of its contract, and its money can still come back.
  if not exists (
    select
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
    inner join ops.factory_pos as paid on paid.organization_id = payment.organization_id and paid.id = payment.factory_po_id
    where l.organization_id = payment.organization_id and l.allocation_item_supplier_id = new.allocation_item_supplier_id
      and p.factory_id = paid.factory_id and p.po_number = paid.po_number
      and p.signed_at is not null  -- what a version only proposes can be taken back
  ) then
    perform private.fail(
      'OMS_CONTRACT_MISMATCH', format('The contract of payment %s has no line for this slice.', payment.reference),
      jsonb_build_object('allocation_item_supplier_id', new.allocation_item_supplier_id, 'factory_po_id', payment.factory_po_id)
    );
  end if;
  if exists (
    select from ops.factory_payment_lines as l
    where l.organization_id = new.organization_id and l.factory_payment_id = new.factory_payment_id
      and l.allocation_item_supplier_id = new.allocation_item_supplier_id and l.id <> new.id
  ) then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('Payment %s has an amount for this slice already; add them up.', payment.reference),
      jsonb_build_object('allocation_item_supplier_id', new.allocation_item_supplier_id)
    );
  end if;
  if coalesce(new.amount, 0) = 0 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'An amount is not zero: what was paid, or below zero what came back.', '{"argument": "amount"}'
    );
  end if;
  new.factory_id := payment.factory_id;
  return new;
end
$$;
comment on function private.tg_factory_payment_lines__fill_keys() is 'A payment pays for slices of its contract.';
create trigger _200_fill_keys before insert on ops.factory_payment_lines
for each row execute function private.tg_factory_payment_lines__fill_keys();

create function private.tg_factory_payment_lines__roll_up_payments() returns trigger
language plpgsql
security definer  -- nobody may write a slice's counters
set search_path = ''
as $$
declare
  slices constant private.row_key[] := (
    select array_agg(distinct row(n.organization_id, n.allocation_item_supplier_id)::private.row_key) from new_rows as n
  );
  refused record;
begin
  if slices is null then
    return null;
  end if;
  perform private.lock_chain(slices);

  select
    s.id, s.style_number, s.marketing_name, s.currency, s.approved_amount, s.paid_amount, asked.amount,
    bound.amount as bound_amount, asked.is_advance, s.paid_amount + asked.amount > bound.amount as is_above_bound
  into refused
  from (
    select
      n.organization_id, n.allocation_item_supplier_id, sum(n.amount) as amount, bool_and(p.is_advance) as is_advance
    from new_rows as n
    inner join ops.factory_payments as p on p.organization_id = n.organization_id and p.id = n.factory_payment_id
    group by n.organization_id, n.allocation_item_supplier_id, n.amount > 0  -- no refund makes room for a payment beside it
  ) as asked
  inner join ops.allocation_items_supplier as s
    on s.organization_id = asked.organization_id and s.id = asked.allocation_item_supplier_id
  cross join lateral (
    select
      case
        when asked.is_advance then (s.effective_qty * s.awarded_price)::ops.money_amount
        else s.payable_amount
      end as amount
  ) as bound
  where asked.amount > 0 and (
      s.paid_amount + asked.amount > bound.amount
      or not asked.is_advance and s.paid_amount + asked.amount > s.approved_amount
      and (select private.settings()).payments_require_invoice
    )
    or s.paid_amount + asked.amount < 0
  order by s.id
  limit 1;
  if found and refused.amount > 0 and refused.is_above_bound then
    perform private.fail(
      'OMS_PAYMENT_EXCEEDS_PAYABLE',
      format(
        '%s %s of %s %s are %s and %s paid; %s is too much.',
        trim_scale(refused.bound_amount), refused.currency, refused.style_number, refused.marketing_name,
        case when refused.is_advance then 'awarded' else 'payable' end,
        trim_scale(refused.paid_amount), trim_scale(refused.amount)
      ),
      jsonb_build_object(
        'allocation_item_supplier_id', refused.id, 'amount', refused.amount, 'most', greatest(refused.bound_amount - refused.paid_amount, 0)
      )
    );
  elsif found and refused.amount > 0 then
    perform private.fail(
      'OMS_PAYMENT_NOT_APPROVED',
      format(
        'Invoices for %s %s of %s %s are approved and %s paid; %s is too much.',
        trim_scale(refused.approved_amount), refused.currency, refused.style_number, refused.marketing_name,
        trim_scale(refused.paid_amount), trim_scale(refused.amount)
      ),
      jsonb_build_object(
        'allocation_item_supplier_id', refused.id, 'amount', refused.amount, 'most', greatest(refused.approved_amount - refused.paid_amount, 0)
      )
    );
  elsif found then
    perform private.fail(
      'OMS_REFUND_EXCEEDS_PAID',
      format('%s %s were paid for %s %s; %s cannot come back.', trim_scale(refused.paid_amount), refused.currency, refused.style_number, refused.marketing_name, trim_scale(-refused.amount)),
      jsonb_build_object('allocation_item_supplier_id', refused.id, 'most', refused.paid_amount)
    );
  end if;

  perform private.roll_up_payments(slices);

  update ops.factory_payments as p
  set amount = summed.amount
  from (select distinct n.organization_id, n.factory_payment_id from new_rows as n) as k
  cross join lateral (
    select sum(l.amount) as amount
    from ops.factory_payment_lines as l
    where l.organization_id = k.organization_id and l.factory_payment_id = k.factory_payment_id
  ) as summed
  where p.organization_id = k.organization_id and p.id = k.factory_payment_id;
  return null;
end
$$;
comment on function private.tg_factory_payment_lines__roll_up_payments() is 'Keeps what was paid of a slice and the payment''s amount; refuses to pay more than is payable, in advance more than is awarded, more than invoices are approved for where the organization pays by them, or to take back more than was paid.';
create trigger _500_roll_up_payments after insert on ops.factory_payment_lines
referencing new table as new_rows
for each statement execute function private.tg_factory_payment_lines__roll_up_payments();

create function private.tg_factory_payments__roll_up_voided() returns trigger
language plpgsql
security definer  -- nobody may write a slice's counters
set search_path = ''
as $$
declare
  slices constant private.row_key[] := (
    select array_agg(distinct row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
    from new_rows as n
    inner join old_rows as o using (organization_id, id)
    inner join ops.factory_payment_lines as l on l.organization_id = n.organization_id and l.factory_payment_id = n.id
    where n.voided_at is not null and o.voided_at is null
  );
begin
  if slices is null then
    return null;
  end if;
  perform private.lock_chain(slices);
  if exists (
    select
    from unnest(slices) as k
    inner join ops.factory_payment_lines as l
      on l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id
    inner join ops.factory_payments as p on p.organization_id = l.organization_id and p.id = l.factory_payment_id
    where p.voided_at is null
    group by l.organization_id, l.allocation_item_supplier_id
    having sum(l.amount) < 0
  ) then
    perform private.fail(
      'OMS_REFUND_EXCEEDS_PAID', 'A refund stands on this payment; void the refund first.'
    );
  end if;
  -- What came back could be paid out again: then the refund stands, or pieces would be paid twice.
  if exists (
    select
    from new_rows as n
    full join old_rows as o using (organization_id, id)
    inner join ops.factory_payment_lines as refund
      on refund.organization_id = n.organization_id and refund.factory_payment_id = n.id and refund.amount < 0
    inner join ops.allocation_items_supplier as s
      on s.organization_id = refund.organization_id and s.id = refund.allocation_item_supplier_id
    cross join lateral (
      select sum(l.amount) as amount, max(l.created_at) filter (where l.amount > 0) as last_paid_at
      from ops.factory_payment_lines as l
      inner join ops.factory_payments as p on p.organization_id = l.organization_id and p.id = l.factory_payment_id
      where l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id and p.voided_at is null
    ) as paid
    where n.voided_at is not null and o.voided_at is null
      and paid.amount > s.payable_amount and paid.last_paid_at > refund.created_at
  ) then
    perform private.fail(
      'OMS_PAYMENT_EXCEEDS_PAYABLE', 'What this refund brought back was paid out again; void that payment first.'
    );
  end if;
  perform private.roll_up_payments(slices);
  return null;
end
$$;
comment on function private.tg_factory_payments__roll_up_voided() is 'A voided payment is not paid.';
create trigger _500_roll_up_voided after update on ops.factory_payments
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_payments__roll_up_voided();
