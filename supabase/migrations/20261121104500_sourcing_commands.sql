-- declared in sql/commands/sourcing.sql
create function ops.allocate_items(name text, lines jsonb, factory_ids uuid[] default '{}') returns ops.allocations
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('allocate_items', jsonb_build_array(name, lines, factory_ids));
  asked private.line_commitment[];
  allocation ops.allocations;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocations, replayed);
  end if;
  asked := array(select r from private.records('lines', lines, null::private.line_commitment) as r);
  if asked = '{}' then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'lines is empty; name at least one order line.', jsonb_build_object('argument', 'lines')
    );
  end if;
  insert into ops.allocations (name) values (allocate_items.name) returning * into allocation;
  insert into ops.allocation_items (allocation_id, order_item_id, committed_qty)
  select allocation.id, l.order_item_id, l.committed_qty
  from unnest(asked) as l;
  perform ops.add_candidates(allocation.id, factory_ids);
  perform private.store_response('allocate_items', to_jsonb(allocation));
  return allocation;
end
$$;
comment on function ops.allocate_items(text, jsonb, uuid[]) is
  'Commits order lines in a new allocation and makes factories candidates for each of them. `lines`: a list of {order_item_id, committed_qty}; without a quantity, what the line has left. Planner. Errors: OMS_COMMITMENT_EXCEEDS_QUANTITY, OMS_ORDER_NOT_ACCEPTED, OMS_LINE_CANCELLED, OMS_NOT_A_FACTORY, OMS_WHOLE_PIECES, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.add_candidates(
  allocation_id uuid, factory_ids uuid[], allocation_item_ids uuid[] default null
) returns setof ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('add_candidates', jsonb_build_array(allocation_id, factory_ids, allocation_item_ids));
  added uuid[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.allocation_items_supplier, replayed) as r;
    return;
  end if;
  perform private.require_found(
    (select a.id from ops.allocations as a where a.organization_id = private.organization_id() and a.id = add_candidates.allocation_id),
    'allocation', add_candidates.allocation_id
  );
  perform private.lock_allocation_items(
    (
      select array_agg(a.id) from ops.allocation_items as a
      where a.organization_id = private.organization_id() and a.allocation_id = add_candidates.allocation_id
        and (allocation_item_ids is null or a.id = any(allocation_item_ids))
    )
  );
  with inserted as (
    insert into ops.allocation_items_supplier (allocation_item_id, factory_id)
    select a.id, f.id
    from ops.allocation_items as a
    cross join unnest(factory_ids) as f (id)
    where a.organization_id = private.organization_id() and a.allocation_id = add_candidates.allocation_id
      and a.closed_at is null and a.effective_qty < a.committed_qty
      and (allocation_item_ids is null or a.id = any(allocation_item_ids))
      and not exists (
        select from ops.allocation_items_supplier as s
        where s.organization_id = a.organization_id and s.allocation_item_id = a.id and s.factory_id = f.id
          and s.closed_at is null and not s.is_awarded
      )
    returning allocation_items_supplier.id
  )
  select array_agg(i.id) into added from inserted as i;
  perform private.store_response(
    'add_candidates',
    (
      select coalesce(jsonb_agg(s), '[]') from ops.allocation_items_supplier as s
      where s.organization_id = private.organization_id() and s.id = any(added)
    )
  );
  return query
  select s.* from ops.allocation_items_supplier as s
  where s.organization_id = private.organization_id() and s.id = any(added);
end
$$;
comment on function ops.add_candidates(uuid, uuid[], uuid[]) is
  'Makes factories candidates for the open items of an allocation, or for some of them; whoever is an open candidate already stays it. They are invited by send_allocation. Planner, procurement. Errors: OMS_NOT_A_FACTORY, OMS_NOT_FOUND.';

create function ops.send_allocation(allocation_id uuid) returns ops.allocations
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('send_allocation', jsonb_build_array(allocation_id));
  added uuid[];
  allocation ops.allocations;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocations, replayed);
  end if;
  update ops.allocations as t
  set sent_at = now()
  where t.organization_id = private.organization_id() and t.id = send_allocation.allocation_id and t.sent_at is null;
  if not found then  -- sent before: candidates that were added since
    added := (
      select array_agg(s.id) from ops.allocation_items_supplier as s
      where s.organization_id = private.organization_id() and s.allocation_id = send_allocation.allocation_id
        and s.invited_at is null and s.closed_at is null
    );
    perform private.lock_slices(added);
    update ops.allocation_items_supplier as s
    set invited_at = now()
    where s.organization_id = private.organization_id() and s.id = any(added)
      and s.invited_at is null and s.closed_at is null;
  end if;
  select t.* into allocation
  from ops.allocations as t
  where t.organization_id = private.organization_id() and t.id = send_allocation.allocation_id;
  perform private.require_found(allocation.id, 'allocation', send_allocation.allocation_id);
  perform private.store_response('send_allocation', to_jsonb(allocation));
  return allocation;
end
$$;
comment on function ops.send_allocation(uuid) is
  'Invites the candidates of an allocation; sent again, those that were added since. Planner. Errors: OMS_NOT_FOUND.';

create function ops.submit_quote(
  allocation_item_supplier_id uuid,
  price numeric,
  currency text default null,
  capacity_qty numeric default null,
  ex_factory_date date default null,
  pricing_terms ops.pricing_terms default null,
  ship_mode ops.ship_mode default null,
  comments text default null
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('submit_quote', jsonb_build_array(allocation_item_supplier_id, price, currency, capacity_qty, ex_factory_date, pricing_terms, ship_mode, comments));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  update ops.allocation_items_supplier as t
  set 
    quote_status = 'quoted',
    price = submit_quote.price,
    currency = coalesce(submit_quote.currency, t.currency),
    capacity_qty = submit_quote.capacity_qty,
    ex_factory_date = submit_quote.ex_factory_date,
    pricing_terms = submit_quote.pricing_terms,
    ship_mode = submit_quote.ship_mode,
    comments = submit_quote.comments
  where t.organization_id = private.organization_id() and t.id = submit_quote.allocation_item_supplier_id;
  select t.* into slice from ops.allocation_items_supplier as t where t.organization_id = private.organization_id() and t.id = submit_quote.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', submit_quote.allocation_item_supplier_id);
  perform private.store_response('submit_quote', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.submit_quote(uuid, numeric, text, numeric, date, ops.pricing_terms, ops.ship_mode, text) is
  'Quotes a slice, or quotes it anew. Without a currency, the factory''s own. The factory; planner or procurement for a quote that came otherwise. Errors: OMS_QUOTE_FROZEN, OMS_SLICE_CLOSED, OMS_NOT_INVITED, OMS_QUOTE_INCOMPLETE, OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.submit_quotes(quotes jsonb) returns setof ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('submit_quotes', jsonb_build_array(quotes));
  asked private.slice_quote[];
  missing uuid;
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.allocation_items_supplier, replayed) as r;
    return;
  end if;
  asked := array(select r from private.records('quotes', quotes, null::private.slice_quote) as r);
  if (select count(q.allocation_item_supplier_id) <> count(distinct q.allocation_item_supplier_id) from unnest(asked) as q) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'quotes names a slice twice; quote each of them once.', jsonb_build_object('argument', 'quotes')
    );
  end if;
  select q.allocation_item_supplier_id
  into missing
  from unnest(asked) as q
  where not exists (
    select from ops.allocation_items_supplier as s
    where s.organization_id = private.organization_id() and s.id = q.allocation_item_supplier_id
  )
  limit 1;
  if found then
    perform private.require_found(null, 'slice', missing);
  end if;
  -- In the order in which everybody takes them.
  perform
  from ops.allocation_items_supplier as s
  where s.organization_id = private.organization_id()
    and s.id in (select q.allocation_item_supplier_id from unnest(asked) as q)
  order by s.organization_id, s.id
  for no key update;
  update ops.allocation_items_supplier as t
  set
    quote_status = 'quoted',
    price = q.price,
    currency = coalesce(q.currency, t.currency),
    capacity_qty = q.capacity_qty,
    ex_factory_date = q.ex_factory_date,
    pricing_terms = q.pricing_terms,
    ship_mode = q.ship_mode,
    comments = q.comments
  from unnest(asked) as q
  where t.organization_id = private.organization_id() and t.id = q.allocation_item_supplier_id;
  perform private.store_response(
    'submit_quotes',
    (
      select coalesce(jsonb_agg(s), '[]')
      from unnest(asked) as q
      inner join ops.allocation_items_supplier as s
        on s.organization_id = private.organization_id() and s.id = q.allocation_item_supplier_id
    )
  );
  return query
  select s.*
  from unnest(asked) as q
  inner join ops.allocation_items_supplier as s
    on s.organization_id = private.organization_id() and s.id = q.allocation_item_supplier_id;
end
$$;
comment on function ops.submit_quotes(jsonb) is
  'Quotes many slices in one statement, all or none: a list of objects with the arguments of submit_quote. Errors: those of submit_quote.';

create function ops.decline_quote(
  allocation_item_supplier_id uuid, comments text default null
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('decline_quote', jsonb_build_array(allocation_item_supplier_id, comments));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  update ops.allocation_items_supplier as t
  set quote_status = 'declined', comments = coalesce(decline_quote.comments, t.comments)
  where t.organization_id = private.organization_id() and t.id = decline_quote.allocation_item_supplier_id;
  select t.* into slice from ops.allocation_items_supplier as t where t.organization_id = private.organization_id() and t.id = decline_quote.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', decline_quote.allocation_item_supplier_id);
  perform private.store_response('decline_quote', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.decline_quote(uuid, text) is
  'Declines an invitation, or takes an offer back for good. The factory; planner or procurement on its behalf. Errors: OMS_TRANSITION_NOT_ALLOWED, OMS_QUOTE_FROZEN, OMS_SLICE_CLOSED, OMS_NOT_FOUND.';

create function ops.withdraw_quote(
  allocation_item_supplier_id uuid, comments text default null
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('withdraw_quote', jsonb_build_array(allocation_item_supplier_id, comments));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  update ops.allocation_items_supplier as t
  set quote_status = 'withdrawn', comments = coalesce(withdraw_quote.comments, t.comments)
  where t.organization_id = private.organization_id() and t.id = withdraw_quote.allocation_item_supplier_id;
  select t.* into slice from ops.allocation_items_supplier as t where t.organization_id = private.organization_id() and t.id = withdraw_quote.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', withdraw_quote.allocation_item_supplier_id);
  perform private.store_response('withdraw_quote', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.withdraw_quote(uuid, text) is
  'Takes back a quote that is not awarded; the factory may quote again. Errors: OMS_TRANSITION_NOT_ALLOWED, OMS_QUOTE_FROZEN, OMS_SLICE_CLOSED, OMS_NOT_FOUND.';

create function ops.award(
  allocation_item_supplier_id uuid,
  awarded_qty numeric default null,
  price numeric default null,
  remark text default null
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('award', jsonb_build_array(allocation_item_supplier_id, awarded_qty, price, remark));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  select s.* into slice
  from ops.award_many(
    jsonb_build_array(
      jsonb_build_object(
        'allocation_item_supplier_id', award.allocation_item_supplier_id,
        'awarded_qty', award.awarded_qty, 'price', award.price, 'remark', award.remark
      )
    )
  ) as s;
  perform private.store_response('award', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.award(uuid, numeric, numeric, text) is
  'Awards a slice: `awarded_qty` pieces, by default what was asked for, at the quoted price, or at `price` with a `remark`. Planner, procurement. Errors: OMS_NOT_SENT, OMS_NOT_QUOTED, OMS_FACTORY_NOT_APPROVED, OMS_AWARD_EXCEEDS_COMMITTED, OMS_AWARD_EXCEEDS_CAPACITY, OMS_FACTORY_OVER_CAPACITY, OMS_OVERRIDE_NEEDS_REMARK, OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_SLICE_CLOSED, OMS_ALLOCATION_ITEM_CLOSED, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND.';

create function ops.award_many(awards jsonb) returns setof ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('award_many', jsonb_build_array(awards));
  asked private.slice_award[];
  slice_ids uuid[];
  refused record;
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.allocation_items_supplier, replayed) as r;
    return;
  end if;
  asked := array(select r from private.records('awards', awards, null::private.slice_award) as r);
  slice_ids := (select array_agg(w.allocation_item_supplier_id) from unnest(asked) as w);
  perform private.lock_slices(slice_ids);

  select w.id, s.id is null as is_missing, s.is_awarded, count(*) over (partition by w.id) > 1 as is_repeated
  into refused
  from unnest(slice_ids) as w (id)
  left join ops.allocation_items_supplier as s on s.organization_id = private.organization_id() and s.id = w.id
  order by s.id is null desc, s.is_awarded desc, is_repeated desc
  limit 1;
  if refused.is_missing then
    perform private.require_found(null, 'slice', refused.id);
  elsif refused.is_awarded then
    perform private.fail(
      'OMS_TRANSITION_NOT_ALLOWED', format('Slice %s is awarded already.', refused.id),
      jsonb_build_object('allocation_item_supplier_id', refused.id)
    );
  elsif refused.is_repeated then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Slice %s is named twice.', refused.id), jsonb_build_object('argument', 'awards')
    );
  end if;

  if exists (
    select from unnest(asked) as w
    where num_nonnulls(w.awarded_qty, w.percentage) = 2
  ) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'Give awarded_qty or percentage for a slice, not both.', jsonb_build_object('argument', 'awards')
    );
  end if;

  -- Percentages are of what the allocation item has left, in whole pieces. No limit here: with one, the planner expects
  -- to find an offender soon and walks through all slices in the order of their items.
  select s.allocation_item_id, sum(w.percentage) as percentage
  into refused
  from unnest(asked) as w
  inner join ops.allocation_items_supplier as s
    on s.organization_id = private.organization_id() and s.id = w.allocation_item_supplier_id
  where w.percentage is not null
  group by s.allocation_item_id
  having sum(w.percentage) <> 100 or min(w.percentage) < 0;
  if found then
    perform private.fail(
      'OMS_PERCENTAGES_NOT_100',
      format('The percentages of allocation item %s add up to %s; they must be 100 exactly.', refused.allocation_item_id, trim_scale(refused.percentage)),
      jsonb_build_object('allocation_item_id', refused.allocation_item_id, 'percentage', refused.percentage)
    );
  end if;

  insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark)
  select w.allocation_item_supplier_id, case when w.price is null then 'remark' else 'price_override' end::ops.slice_note_kind, w.remark
  from unnest(asked) as w
  where w.remark is not null;

  update ops.allocation_items_supplier as t
  set is_awarded = true, awarded_qty = w.awarded_qty, awarded_price = w.price
  from (
    select w.allocation_item_supplier_id, w.awarded_qty, w.price
    from unnest(asked) as w
    where w.percentage is null
    union all
    select u.id, u.awarded_qty, u.price
    from (
      select
        array_agg(s.id order by s.id) as ids,
        array_agg(w.price order by s.id) as prices,
        private.apportion(
          a.committed_qty - a.effective_qty - coalesce(max(fixed.qty), 0),
          array_agg(w.percentage order by s.id)
        ) as shares
      from unnest(asked) as w
      inner join ops.allocation_items_supplier as s
        on s.organization_id = private.organization_id() and s.id = w.allocation_item_supplier_id
      inner join ops.allocation_items as a on a.organization_id = s.organization_id and a.id = s.allocation_item_id
      left join (
        select xs.allocation_item_id, sum(coalesce(x.awarded_qty, xs.order_qty)) as qty
        from unnest(asked) as x
        inner join ops.allocation_items_supplier as xs
          on xs.organization_id = private.organization_id() and xs.id = x.allocation_item_supplier_id
        where x.percentage is null
        group by xs.allocation_item_id
      ) as fixed on fixed.allocation_item_id = a.id
      where w.percentage is not null
      group by a.organization_id, a.id, a.committed_qty, a.effective_qty
    ) as item
    cross join lateral unnest(item.ids, item.shares, item.prices) as u (id, awarded_qty, price)
    where u.awarded_qty > 0
  ) as w
  where t.organization_id = private.organization_id() and t.id = w.allocation_item_supplier_id;

  perform private.tell_warnings(array_agg(s.allocation_id), array_agg(s.factory_id))
  from ops.allocation_items_supplier as s
  where s.organization_id = private.organization_id() and s.id = any(slice_ids);
  perform private.store_response(
    'award_many',
    (
      select coalesce(jsonb_agg(s), '[]') from ops.allocation_items_supplier as s
      where s.organization_id = private.organization_id() and s.id = any(slice_ids) and s.is_awarded
    )
  );
  return query
  select s.* from ops.allocation_items_supplier as s
  where s.organization_id = private.organization_id() and s.id = any(slice_ids) and s.is_awarded;
end
$$;
comment on function ops.award_many(jsonb) is
  'Awards many slices, all or none: a list of {allocation_item_supplier_id, awarded_qty or percentage, price, remark}. Percentages are of what the allocation item has left, add up to exactly 100 for it, and become whole pieces by largest remainder, ties by id; a share of zero makes no award. Errors: those of award, OMS_PERCENTAGES_NOT_100, OMS_INVALID_ARGUMENT.';

create function ops.revoke_award(allocation_item_supplier_id uuid) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('revoke_award', jsonb_build_array(allocation_item_supplier_id));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  perform private.lock_slices(array[revoke_award.allocation_item_supplier_id]);
  select t.* into slice from ops.allocation_items_supplier as t where t.organization_id = private.organization_id() and t.id = revoke_award.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', revoke_award.allocation_item_supplier_id);
  if not slice.is_awarded then
    perform private.fail(
      'OMS_NOT_AWARDED', format('%s %s is not awarded.', slice.style_number, slice.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', slice.id)
    );
  end if;
  update ops.allocation_items_supplier as t
  set is_awarded = false
  where t.organization_id = slice.organization_id and t.id = slice.id
  returning t.* into slice;
  perform private.store_response('revoke_award', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.revoke_award(uuid) is
  'Takes an award back. Planner, procurement. Errors: OMS_AWARD_HAS_RECEIPTS, OMS_SLICE_UNDER_CONTRACT, OMS_CANDIDATE_EXISTS, OMS_NOT_AWARDED, OMS_SLICE_CLOSED, OMS_NOT_FOUND.';

create function ops.close_slice(
  allocation_item_supplier_id uuid,
  closed_qty numeric,
  waive boolean default false,
  remark text default null
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('close_slice', jsonb_build_array(allocation_item_supplier_id, closed_qty, waive, remark));
  slice ops.allocation_items_supplier;
  waived ops.quantity;
  item ops.allocation_items;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  perform private.require_argument('closed_qty', close_slice.closed_qty::text);
  if waive then
    perform private.lock_order_items(
      (
        select array_agg(a.order_item_id)
        from ops.allocation_items_supplier as s
        inner join ops.allocation_items as a on a.organization_id = s.organization_id and a.id = s.allocation_item_id
        where s.organization_id = private.organization_id() and s.id = close_slice.allocation_item_supplier_id
      )
    );
  else
    perform private.lock_slices(array[close_slice.allocation_item_supplier_id]);
  end if;
  select s.* into slice
  from ops.allocation_items_supplier as s
  where s.organization_id = private.organization_id() and s.id = close_slice.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', close_slice.allocation_item_supplier_id);
  if not slice.is_awarded then
    perform private.fail(
      'OMS_NOT_AWARDED', format('%s %s is not awarded.', slice.style_number, slice.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', slice.id)
    );
  end if;
  waived := slice.effective_qty - close_slice.closed_qty;

  update ops.allocation_items_supplier as t
  set closed_qty = close_slice.closed_qty
  where t.organization_id = slice.organization_id and t.id = slice.id;
  if close_slice.remark is not null then
    insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark)
    values (slice.id, 'closure', close_slice.remark);
  end if;

  if waive and waived > 0 then
    -- This item gives up the pieces, not the newest one.
    update ops.allocation_items as a
    set
      committed_qty = a.committed_qty - waived,
      closed_at = case when a.committed_qty = waived then now() end
    where a.organization_id = slice.organization_id and a.id = slice.allocation_item_id and a.closed_at is null;
    select a.* into item
    from ops.allocation_items as a
    where a.organization_id = slice.organization_id and a.id = slice.allocation_item_id;
    -- What was committed beyond the line's quantity need not be waived.
    update ops.order_items as i
    set short_closed_qty = greatest(i.short_closed_qty, least(i.short_closed_qty + waived, i.quantity - i.effective_qty))
    where i.organization_id = item.organization_id and i.id = item.order_item_id;
  end if;

  select s.* into slice
  from ops.allocation_items_supplier as s
  where s.organization_id = slice.organization_id and s.id = slice.id;
  perform private.store_response('close_slice', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.close_slice(uuid, numeric, boolean, text) is
  'Closes a slice at `closed_qty` pieces; what it gives up can be awarded elsewhere or, with `waive`, is waived on the order line. Planner; procurement without `waive`. Errors: OMS_CLOSE_QUANTITY_OUT_OF_RANGE, OMS_SHORT_CLOSE_NOT_ALLOWED, OMS_CONTRACT_HAS_PAYMENTS, OMS_NOT_AWARDED, OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.reallocate(reallocations jsonb, allocation_id uuid default null)
returns setof ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('reallocate', jsonb_build_array(reallocations, allocation_id));
  asked private.slice_reallocation[];
  slice_ids uuid[];
  moves private.slice_move[];
  awards private.planned_award[];
  award_ids uuid[];
  refused record;
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.allocation_items_supplier, replayed) as r;
    return;
  end if;
  asked := array(select r from private.records('reallocations', reallocations, null::private.slice_reallocation) as r);
  slice_ids := array(select r.allocation_item_supplier_id from unnest(asked) as r);
  if asked = '{}' then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'reallocations is empty; name a slice, and who takes it over.', '{"argument": "reallocations"}'
    );
  end if;
  perform private.lock_allocation_items(
    array(
      select s.allocation_item_id from ops.allocation_items_supplier as s
      where s.organization_id = private.organization_id() and s.id = any(slice_ids)
    )
  );

  select
    r.nth,
    r.id,
    s.id is null as is_missing,
    s.is_awarded,
    s.style_number,
    s.marketing_name,
    count(*) over (partition by r.id) > 1 as is_repeated,
    coalesce(taken.is_unclear, true) as is_unclear,
    taken.percentage <> 100 as is_not_100,
    taken.percentage,
    s.effective_qty - coalesce(r.closed_qty, least(s.accepted_qty, s.effective_qty)) as freed_qty,
    taken.fixed_qty,
    coalesce(
      s.effective_qty - coalesce(r.closed_qty, least(s.accepted_qty, s.effective_qty)) not between greatest(taken.fixed_qty, 1) and s.effective_qty,
      false
    ) as is_too_much
  into refused
  from unnest(asked) with ordinality as r (id, closed_qty, remark, awards, nth)
  left join ops.allocation_items_supplier as s on s.organization_id = private.organization_id() and s.id = r.id
  cross join lateral (
    select
      count(*) = 0
      or bool_or(w.factory_id is null or num_nonnulls(w.awarded_qty, w.percentage) = 2)
      or count(*) filter (where num_nonnulls(w.awarded_qty, w.percentage) = 0) > case when count(w.percentage) = 0 then 1 else 0 end
        as is_unclear,
      sum(coalesce(w.percentage, 100)) filter (where w.awarded_qty is null) as percentage,
      coalesce(sum(w.awarded_qty), 0) as fixed_qty
    from unnest(r.awards) as w
  ) as taken
  order by s.id is null desc, s.is_awarded, 7 desc, 8 desc, 9 desc nulls last, 13 desc, r.nth
  limit 1;
  if refused.is_missing then
    perform private.require_found(null, 'slice', refused.id);
  elsif not refused.is_awarded then
    perform private.fail(
      'OMS_NOT_AWARDED', format('%s %s is not awarded.', refused.style_number, refused.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', refused.id)
    );
  elsif refused.is_repeated then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Slice %s is named twice.', refused.id), '{"argument": "reallocations"}'
    );
  elsif refused.is_unclear then
    perform private.fail(
      'OMS_INVALID_ARGUMENT',
      format('reallocations, number %s: awards names each factory with awarded_qty or percentage; one alone without either takes the rest.', refused.nth),
      jsonb_build_object('argument', 'reallocations', 'position', refused.nth)
    );
  elsif refused.is_not_100 then
    perform private.fail(
      'OMS_PERCENTAGES_NOT_100',
      format('reallocations, number %s: the percentages add up to %s; they must be 100 exactly.', refused.nth, trim_scale(refused.percentage)),
      jsonb_build_object('allocation_item_supplier_id', refused.id, 'percentage', refused.percentage)
    );
  elsif refused.is_too_much and refused.freed_qty <= 0 then
    perform private.fail(
      'OMS_NOTHING_TO_REALLOCATE',
      format('%s %s gives up no pieces; close it at fewer than it counts for.', refused.style_number, refused.marketing_name),
      jsonb_build_object('allocation_item_supplier_id', refused.id)
    );
  elsif refused.is_too_much then
    perform private.fail(
      'OMS_AWARD_EXCEEDS_COMMITTED',
      format('%s pieces of %s %s would be awarded of %s that it gives up.', trim_scale(refused.fixed_qty), refused.style_number, refused.marketing_name, trim_scale(refused.freed_qty)),
      jsonb_build_object('allocation_item_supplier_id', refused.id, 'most', refused.freed_qty)
    );
  end if;

  moves := array(
    select
      row(
        s.id, s.allocation_item_id, s.closed_qty, w.factory_id, share.pieces, w.price, w.currency,
        coalesce(w.remark, s.remark)
      )::private.slice_move
    from (
      select
        s.id, s.allocation_item_id, r.remark, r.awards, s.effective_qty,
        coalesce(r.closed_qty, least(s.accepted_qty, s.effective_qty)) as closed_qty
      from unnest(asked) as r
      inner join ops.allocation_items_supplier as s
        on s.organization_id = private.organization_id() and s.id = r.allocation_item_supplier_id
    ) as s
    cross join lateral unnest(s.awards) with ordinality as w (factory_id, awarded_qty, percentage, price, currency, remark, nth)
    inner join lateral (
      select fixed.nth, fixed.awarded_qty as pieces
      from unnest(s.awards) with ordinality as fixed (factory_id, awarded_qty, percentage, price, currency, remark, nth)
      where fixed.awarded_qty is not null
      union all
      select u.nth, u.pieces
      from (
        select
          array_agg(p.nth order by p.nth) as nths,
          private.apportion(
            s.effective_qty - s.closed_qty - (select coalesce(sum(f.awarded_qty), 0) from unnest(s.awards) as f),
            array_agg(coalesce(p.percentage, 100) order by p.nth)
          ) as pieces
        from unnest(s.awards) with ordinality as p (factory_id, awarded_qty, percentage, price, currency, remark, nth)
        where p.awarded_qty is null
      ) as shared
      cross join lateral unnest(shared.nths, shared.pieces) as u (nth, pieces)
    ) as share on share.nth = w.nth
    where share.pieces <> 0
  );

  update ops.allocation_items_supplier as t
  set closed_qty = m.closed_qty
  from (select distinct m.source_id, m.closed_qty from unnest(moves) as m) as m
  where t.organization_id = private.organization_id() and t.id = m.source_id;

  if reallocate.allocation_id is not null then
    -- Into another allocation the pieces go with what is committed for them; of a closed item they are committed anew.
    with source as (
      select private.new_id() as id, a.id as source_id, a.order_item_id, a.closed_at is null as is_open, sum(m.awarded_qty) as qty
      from unnest(moves) as m
      inner join ops.allocation_items as a on a.organization_id = private.organization_id() and a.id = m.allocation_item_id
      where a.allocation_id <> reallocate.allocation_id
      group by a.organization_id, a.id
    ),
    made as (
      insert into ops.allocation_items (id, allocation_id, order_item_id, split_from_id, committed_qty)
      select s.id, reallocate.allocation_id, s.order_item_id, case when s.is_open then s.source_id end, s.qty
      from source as s
    )
    select
      array_agg(
        row(
          m.source_id, coalesce(s.id, m.allocation_item_id), m.closed_qty, m.factory_id, m.awarded_qty, m.price, m.currency, m.remark
        )::private.slice_move
      )
    into moves
    from unnest(moves) as m
    left join source as s on s.source_id = m.allocation_item_id;
  end if;

  -- A factory takes over in one slice what it takes of one item, as the open candidate that it is, if it is one.
  select m.factory_id
  into refused
  from unnest(moves) as m
  group by m.allocation_item_id, m.factory_id
  having count(distinct (m.price, m.currency)) > 1
  limit 1;
  if found then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Factory %s takes over pieces of one allocation item at two prices; give it one.', refused.factory_id),
      '{"argument": "reallocations"}'
    );
  end if;
  awards := array(
    select
      row(
        coalesce(
          (
            select s.id from ops.allocation_items_supplier as s
            where s.organization_id = private.organization_id() and s.allocation_item_id = m.allocation_item_id
              and s.factory_id = m.factory_id and s.closed_at is null and not s.is_awarded
          ),
          private.new_id()
        ),
        m.allocation_item_id, m.factory_id, m.awarded_qty, m.price, m.currency, m.remark
      )::private.planned_award
    from (
      select m.allocation_item_id, m.factory_id, sum(m.awarded_qty) as awarded_qty, m.price, m.currency, max(m.remark) as remark
      from unnest(moves) as m
      group by m.allocation_item_id, m.factory_id, m.price, m.currency
    ) as m
  );
  select s.factory_id, s.currency
  into refused
  from unnest(awards) as w
  inner join ops.allocation_items_supplier as s on s.organization_id = private.organization_id() and s.id = w.id
  where s.quote_status = 'quoted' and s.currency <> w.currency
  limit 1;
  if found then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Factory %s quoted in %s; give its price in that currency.', refused.factory_id, refused.currency),
      '{"argument": "reallocations"}'
    );
  end if;
  award_ids := array(select w.id from unnest(awards) as w);
  perform private.award_planned(awards);

  insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark, replaces_id)
  select distinct w.id, 'reallocation'::ops.slice_note_kind, coalesce(m.remark, 'Reallocated.'), m.source_id
  from unnest(moves) as m
  inner join unnest(awards) as w on w.allocation_item_id = m.allocation_item_id and w.factory_id = m.factory_id;
  perform private.draft_revisions_of(slice_ids);

  perform private.store_response(
    'reallocate',
    (
      select jsonb_agg(s) from ops.allocation_items_supplier as s
      where s.organization_id = private.organization_id() and s.id = any(award_ids)
    )
  );
  return query
  select s.* from ops.allocation_items_supplier as s
  where s.organization_id = private.organization_id() and s.id = any(award_ids);
end
$$;
comment on function ops.reallocate(jsonb, uuid) is
  'Closes slices at what was accepted, or at `closed_qty`, and awards what they give up to other factories, or to the same one anew: a list of {allocation_item_supplier_id, closed_qty, remark, awards}, where awards is a list of {factory_id, awarded_qty or percentage, price, currency, remark}; one alone without quantity takes the rest. A factory that was not asked is invited. Without a price it must have quoted; with one, a remark says why. With `allocation_id` the pieces go into that allocation, which must be sent. The next version of a signed contract that held a slice is drafted. All or none; returns the slices that took over. Planner, procurement within the allocation. Errors: OMS_NOTHING_TO_REALLOCATE, OMS_CLOSE_QUANTITY_OUT_OF_RANGE, OMS_PERCENTAGES_NOT_100, OMS_CONTRACT_HAS_PAYMENTS, those of award, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.close_allocation_item(allocation_item_id uuid) returns ops.allocation_items
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('close_allocation_item', jsonb_build_array(allocation_item_id));
  item ops.allocation_items;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items, replayed);
  end if;
  perform private.lock_allocation_items(array[close_allocation_item.allocation_item_id]);
  update ops.allocation_items as t
  set closed_at = now()
  where t.organization_id = private.organization_id() and t.id = close_allocation_item.allocation_item_id;
  select t.* into item from ops.allocation_items as t where t.organization_id = private.organization_id() and t.id = close_allocation_item.allocation_item_id;
  perform private.require_found(item.id, 'allocation item', close_allocation_item.allocation_item_id);
  perform private.store_response('close_allocation_item', to_jsonb(item));
  return item;
end
$$;
comment on function ops.close_allocation_item(uuid) is
  'Closes an allocation item: its candidates are closed, its slices go on, and the line can be committed elsewhere for the rest. Planner. Errors: OMS_ALLOCATION_ITEM_CLOSED, OMS_NOT_FOUND.';

create function ops.issue_contracts(
  allocation_id uuid,
  factory_ids uuid[] default null,
  ex_factory_date date default null
) returns setof ops.factory_pos
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('issue_contracts', jsonb_build_array(allocation_id, factory_ids, ex_factory_date));
  issued uuid[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.factory_pos, replayed) as r;
    return;
  end if;
  perform private.require_found(
    (select a.id from ops.allocations as a where a.organization_id = private.organization_id() and a.id = issue_contracts.allocation_id),
    'allocation', issue_contracts.allocation_id
  );
  perform private.draft_contracts(issue_contracts.allocation_id, issue_contracts.factory_ids);
  with updated as (
    update ops.factory_pos as p
    set
      status = 'ISSUED',
      ex_factory_date = coalesce(
        issue_contracts.ex_factory_date, p.ex_factory_date,
        (
          select max(s.ex_factory_date)
          from ops.factory_po_lines as l
          inner join ops.allocation_items_supplier as s
            on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
          where l.organization_id = p.organization_id and l.factory_po_id = p.id
        )
      )
    where p.organization_id = private.organization_id() and p.allocation_id = issue_contracts.allocation_id
      and (issue_contracts.factory_ids is null or p.factory_id = any(issue_contracts.factory_ids))
      and p.status = 'DRAFT'
      and exists (  -- not a draft that its slices have left
        select
        from ops.factory_po_lines as l
        inner join ops.allocation_items_supplier as s
          on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
        where l.organization_id = p.organization_id and l.factory_po_id = p.id and s.effective_qty > 0
      )
    returning p.id
  )
  select array_agg(u.id) into issued from updated as u;
  if issued is null then
    perform private.fail(
      'OMS_CONTRACT_EMPTY', 'No awarded slice of this allocation is without a contract.',
      jsonb_build_object('allocation_id', issue_contracts.allocation_id)
    );
  end if;
  perform private.tell_warnings(array_agg(p.allocation_id), array_agg(p.factory_id))
  from ops.factory_pos as p
  where p.organization_id = private.organization_id() and p.id = any(issued);
  perform private.store_response(
    'issue_contracts',
    (
      select jsonb_agg(p) from ops.factory_pos as p
      where p.organization_id = private.organization_id() and p.id = any(issued)
    )
  );
  return query
  select p.* from ops.factory_pos as p
  where p.organization_id = private.organization_id() and p.id = any(issued);
end
$$;
comment on function ops.issue_contracts(uuid, uuid[], date) is
  'Issues one contract per factory and currency for the awarded slices of an allocation that have none, and drafts that are there. An issued contract that lacks such slices is replaced by its next version; one in force is revised. The ex-factory date is by default the latest quoted one. Planner, procurement. Errors: OMS_CONTRACT_EMPTY, OMS_CONTRACT_EXISTS, OMS_BELOW_FACTORY_MINIMUM, OMS_FACTORY_OVER_CAPACITY, OMS_REVISION_BELOW_ACCEPTED, OMS_REVISION_BELOW_PAID, OMS_NOT_FOUND.';

create function ops.revise_contract(
  factory_po_id uuid,
  lines jsonb default '[]',
  ex_factory_date date default null
) returns ops.factory_pos
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('revise_contract', jsonb_build_array(factory_po_id, lines, ex_factory_date));
  asked private.line_terms[];
  contract ops.factory_pos;
  draft_id uuid;
  draft ops.factory_pos;
  further private.planned_award[];
  refused record;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_pos, replayed);
  end if;
  perform private.lock_slices(
    (
      select array_agg(l.allocation_item_supplier_id) from ops.factory_po_lines as l
      where l.organization_id = private.organization_id() and l.factory_po_id = revise_contract.factory_po_id
    )
  );
  select p.* into contract
  from ops.factory_pos as p
  where p.organization_id = private.organization_id() and p.id = revise_contract.factory_po_id;
  perform private.require_found(contract.id, 'contract', revise_contract.factory_po_id);
  if contract.status = 'CANCELLED' then
    perform private.fail(
      'OMS_CONTRACT_NOT_IN_FORCE',
      format('Version %s of %s is cancelled; revise the one that took its place.', contract.version, contract.po_number),
      jsonb_build_object('factory_po_id', contract.id, 'status', contract.status)
    );
  end if;
  asked := array(select r from private.records('lines', lines, null::private.line_terms) as r);
  draft_id := private.draft_successor(contract.id);
  select p.* into draft
  from ops.factory_pos as p
  where p.organization_id = contract.organization_id and p.id = draft_id;
  if draft.id is null then
    perform private.fail(
      'OMS_CONTRACT_EMPTY', format('No slice stands on %s; award one first.', contract.po_number),
      jsonb_build_object('factory_po_id', contract.id)
    );
  end if;

  select l.allocation_item_supplier_id as id, own.id is null as is_missing
  into refused
  from (
    select l.allocation_item_supplier_id, count(*) over (partition by l.allocation_item_supplier_id) > 1 as is_repeated
    from unnest(asked) as l
  ) as l
  left join ops.factory_po_lines as own
    on own.organization_id = draft.organization_id and own.factory_po_id = draft.id
    and own.allocation_item_supplier_id = l.allocation_item_supplier_id
  where own.id is null or l.is_repeated
  order by own.id
  limit 1;
  if refused.is_missing then
    perform private.fail(
      'OMS_CONTRACT_MISMATCH', format('%s has no line for slice %s.', contract.po_number, refused.id),
      jsonb_build_object('allocation_item_supplier_id', refused.id, 'factory_po_id', contract.id)
    );
  elsif refused.id is not null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('Slice %s is named twice.', refused.id), jsonb_build_object('argument', 'lines')
    );
  end if;

  select s.allocation_item_id as id
  into refused
  from unnest(asked) as a
  inner join ops.allocation_items_supplier as s
    on s.organization_id = draft.organization_id and s.id = a.allocation_item_supplier_id
  where a.quantity > s.effective_qty
  group by s.allocation_item_id
  having count(*) > 1
  limit 1;
  if refused.id is not null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('More is asked of two slices of allocation item %s; ask all of it of one.', refused.id),
      '{"argument": "lines"}'
    );
  end if;

  -- What is more than the award is awarded besides, and so reserved: nobody else is given it before the factory signs.
  further := array(
    select
      row(
        private.new_id(), s.allocation_item_id, draft.factory_id, a.quantity - s.effective_qty,
        coalesce(a.price, l.price), draft.currency, format('Version %s of %s.', draft.version, draft.po_number)
      )::private.planned_award
    from unnest(asked) as a
    inner join ops.factory_po_lines as l
      on l.organization_id = draft.organization_id and l.factory_po_id = draft.id
      and l.allocation_item_supplier_id = a.allocation_item_supplier_id
    inner join ops.allocation_items_supplier as s
      on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    where a.quantity > s.effective_qty
  );
  update ops.factory_po_lines as l
  set
    quantity = least(coalesce(a.quantity, l.quantity), s.effective_qty),
    price = coalesce(a.price, l.price),
    over_receipt_tolerance_pct = coalesce(a.over_receipt_tolerance_pct, l.over_receipt_tolerance_pct)
  from unnest(asked) as a, ops.allocation_items_supplier as s
  where l.organization_id = draft.organization_id and l.factory_po_id = draft.id
    and l.allocation_item_supplier_id = a.allocation_item_supplier_id
    and s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id;
  if further <> '{}' then
    perform private.award_planned(further);
    insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id)
    select draft.id, f.id
    from unnest(further) as f;
  end if;
  if revise_contract.ex_factory_date is not null then
    update ops.factory_pos as p
    set ex_factory_date = revise_contract.ex_factory_date
    where p.organization_id = draft.organization_id and p.id = draft.id;
  end if;

  select p.* into draft
  from ops.factory_pos as p
  where p.organization_id = contract.organization_id and p.id = draft_id;
  perform private.store_response('revise_contract', to_jsonb(draft));
  return draft;
end
$$;
comment on function ops.revise_contract(uuid, jsonb, date) is
  'Drafts the next version of a contract, or goes on with the draft that is there, with every slice that stands. `lines`: a list of {allocation_item_supplier_id, quantity, price, over_receipt_tolerance_pct}; what is left out stays as it is. Pieces beyond the award are awarded besides, as a slice of their own at the price of the line. Issue it with issue_contracts; the version in force stays so until the factory signs the next. Planner, procurement. Errors: OMS_CONTRACT_NOT_IN_FORCE, OMS_CONTRACT_EMPTY, OMS_CONTRACT_MISMATCH, OMS_TERMS_FROM_AWARD, OMS_AWARD_EXCEEDS_COMMITTED, OMS_ALLOCATION_ITEM_CLOSED, OMS_CANDIDATE_EXISTS, OMS_WHOLE_PIECES, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.sign_contract(
  factory_po_id uuid,
  signed_by_name text default null,
  terms_hash text default null,
  po_document_uri text default null
) returns ops.factory_pos
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('sign_contract', jsonb_build_array(factory_po_id, signed_by_name, terms_hash, po_document_uri));
  contract ops.factory_pos;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_pos, replayed);
  end if;
  perform private.lock_slices(
    (
      select array_agg(l.allocation_item_supplier_id) from ops.factory_po_lines as l
      where l.organization_id = private.organization_id() and l.factory_po_id = sign_contract.factory_po_id
    )
  );
  select p.* into contract
  from ops.factory_pos as p
  where p.organization_id = private.organization_id() and p.id = sign_contract.factory_po_id
  for no key update;
  perform private.require_found(contract.id, 'contract', sign_contract.factory_po_id);
  -- Signing twice is one signature.
  if contract.status not in ('PC_SIGNED', 'CLOSED') then
    if private.is_portal() then
      update ops.factory_pos as p
      set
        status = 'PC_SIGNED',
        signed_by_name = sign_contract.signed_by_name,
        signed_terms_hash = sign_contract.terms_hash
      where p.organization_id = contract.organization_id and p.id = contract.id;
    else
      update ops.factory_pos as p
      set
        status = 'PC_SIGNED',
        signed_by_name = sign_contract.signed_by_name,
        signed_terms_hash = sign_contract.terms_hash,
        po_document_uri = coalesce(sign_contract.po_document_uri, p.po_document_uri)
      where p.organization_id = contract.organization_id and p.id = contract.id;
    end if;
    select p.* into contract
    from ops.factory_pos as p
    where p.organization_id = contract.organization_id and p.id = contract.id;
  end if;
  perform private.store_response('sign_contract', to_jsonb(contract));
  return contract;
end
$$;
comment on function ops.sign_contract(uuid, text, text, text) is
  'Countersigns an issued contract. `terms_hash`: the hash of the terms that the signer saw; another one is refused. The factory; planner or procurement record its signature with `po_document_uri`, the signed document. Signing twice is one signature. The version in force is superseded, and its slices take the new terms. Errors: OMS_TERMS_CHANGED, OMS_REVISION_BELOW_ACCEPTED, OMS_REVISION_BELOW_PAID, OMS_TRANSITION_NOT_ALLOWED, OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT, OMS_NOT_FOUND.';

create function ops.cancel_contract(factory_po_id uuid) returns ops.factory_pos
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('cancel_contract', jsonb_build_array(factory_po_id));
  contract ops.factory_pos;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_pos, replayed);
  end if;
  perform private.lock_slices(
    (
      select array_agg(l.allocation_item_supplier_id) from ops.factory_po_lines as l
      where l.organization_id = private.organization_id() and l.factory_po_id = cancel_contract.factory_po_id
    )
  );
  update ops.factory_pos as t
  set status = 'CANCELLED'
  where t.organization_id = private.organization_id() and t.id = cancel_contract.factory_po_id;
  select t.* into contract from ops.factory_pos as t where t.organization_id = private.organization_id() and t.id = cancel_contract.factory_po_id;
  perform private.require_found(contract.id, 'contract', cancel_contract.factory_po_id);
  perform private.store_response('cancel_contract', to_jsonb(contract));
  return contract;
end
$$;
comment on function ops.cancel_contract(uuid) is
  'Cancels a contract. One that is not signed is withdrawn, its slices stay awarded; a signed one closes its slices at zero. Planner, procurement. Errors: OMS_CONTRACT_HAS_RECEIPTS, OMS_CONTRACT_HAS_PAYMENTS, OMS_TRANSITION_NOT_ALLOWED, OMS_NOT_FOUND.';

create function ops.report_production(
  allocation_item_supplier_id uuid,
  production_status ops.production_status default null,
  shipped_qty numeric default null
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('report_production', jsonb_build_array(allocation_item_supplier_id, production_status, shipped_qty));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  update ops.allocation_items_supplier as t
  set 
    production_status = coalesce(report_production.production_status, t.production_status),
    shipped_qty = coalesce(report_production.shipped_qty, t.shipped_qty)
  where t.organization_id = private.organization_id() and t.id = report_production.allocation_item_supplier_id;
  select t.* into slice from ops.allocation_items_supplier as t where t.organization_id = private.organization_id() and t.id = report_production.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', report_production.allocation_item_supplier_id);
  perform private.store_response('report_production', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.report_production(uuid, ops.production_status, numeric) is
  'Reports how far an awarded slice is, and how many pieces left the factory in all. The factory; planner or procurement for it. Errors: OMS_TRANSITION_NOT_ALLOWED, OMS_SHIPPED_OUT_OF_RANGE, OMS_NOT_AWARDED, OMS_NOT_FOUND.';

create function ops.record_receipt(
  allocation_item_supplier_id uuid,
  qty_received numeric,
  qty_rejected numeric default 0,
  received_date date default current_date,
  batch_id text default null,
  location text default null,
  document_uri text default null
) returns ops.factory_receipts
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('record_receipt', jsonb_build_array(allocation_item_supplier_id, qty_received, qty_rejected, received_date, batch_id, location, document_uri));
  receipt ops.factory_receipts;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_receipts, replayed);
  end if;
  insert into ops.factory_receipts (
    allocation_item_supplier_id, qty_received, qty_rejected, received_date, batch_id, location, document_uri
  )
  values (
    record_receipt.allocation_item_supplier_id, record_receipt.qty_received, record_receipt.qty_rejected,
    record_receipt.received_date, record_receipt.batch_id, record_receipt.location, record_receipt.document_uri
  )
  returning * into receipt;
  perform private.store_response('record_receipt', to_jsonb(receipt));
  return receipt;
end
$$;
comment on function ops.record_receipt(uuid, numeric, numeric, date, text, text, text) is
  'Records goods that came in for a slice. Warehouse. Errors: OMS_RECEIPT_EXCEEDS_TOLERANCE, OMS_CONTRACT_NOT_IN_FORCE, OMS_NOT_AWARDED, OMS_WHOLE_PIECES, OMS_NOT_FOUND.';

create function ops.void_receipt(factory_receipt_id uuid, reason text) returns ops.factory_receipts
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('void_receipt', jsonb_build_array(factory_receipt_id, reason));
  receipt ops.factory_receipts;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_receipts, replayed);
  end if;
  perform private.require_argument('reason', reason);
  update ops.factory_receipts as t
  set void_reason = void_receipt.reason
  where t.organization_id = private.organization_id() and t.id = void_receipt.factory_receipt_id;
  select t.* into receipt from ops.factory_receipts as t where t.organization_id = private.organization_id() and t.id = void_receipt.factory_receipt_id;
  perform private.require_found(receipt.id, 'receipt', void_receipt.factory_receipt_id);
  perform private.store_response('void_receipt', to_jsonb(receipt));
  return receipt;
end
$$;
comment on function ops.void_receipt(uuid, text) is
  'Voids a receipt; what is payable falls with it, what was paid stays and shows as a negative balance. Warehouse. Errors: OMS_ALREADY_VOIDED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.accept_excess(
  allocation_item_supplier_id uuid,
  accepted_excess_qty numeric
) returns ops.allocation_items_supplier
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('accept_excess', jsonb_build_array(allocation_item_supplier_id, accepted_excess_qty));
  slice ops.allocation_items_supplier;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.allocation_items_supplier, replayed);
  end if;
  perform private.require_argument('accepted_excess_qty', accept_excess.accepted_excess_qty::text);
  perform private.lock_slices(array[accept_excess.allocation_item_supplier_id]);
  update ops.allocation_items_supplier as t
  set accepted_excess_qty = accept_excess.accepted_excess_qty
  where t.organization_id = private.organization_id() and t.id = accept_excess.allocation_item_supplier_id;
  select t.* into slice from ops.allocation_items_supplier as t where t.organization_id = private.organization_id() and t.id = accept_excess.allocation_item_supplier_id;
  perform private.require_found(slice.id, 'slice', accept_excess.allocation_item_supplier_id);
  perform private.store_response('accept_excess', to_jsonb(slice));
  return slice;
end
$$;
comment on function ops.accept_excess(uuid, numeric) is
  'Agrees to pay for so many pieces that came beyond the effective quantity. Finance. Errors: OMS_EXCESS_OUT_OF_RANGE, OMS_NOT_AWARDED, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.record_factory_payment(
  factory_po_id uuid,
  reference text,
  lines jsonb default null,
  payment_date date default current_date,
  is_advance boolean default false
) returns ops.factory_payments
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('record_factory_payment', jsonb_build_array(factory_po_id, reference, lines, payment_date, is_advance));
  asked private.slice_payment[];
  payment ops.factory_payments;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_payments, replayed);
  end if;
  if lines is not null then
    asked := array(select r from private.records('lines', lines, null::private.slice_payment) as r);
    if asked = '{}' then
      perform private.fail(
        'OMS_INVALID_ARGUMENT', 'lines is empty; name a slice, or leave lines out to pay the balance of each.',
        jsonb_build_object('argument', 'lines')
      );
    end if;
  elsif is_advance then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'An advance has no balance to pay; say in lines how much for which slice.',
      jsonb_build_object('argument', 'lines')
    );
  end if;
  perform private.lock_slices(
    (
      select array_agg(l.allocation_item_supplier_id) from ops.factory_po_lines as l
      where l.organization_id = private.organization_id() and l.factory_po_id = record_factory_payment.factory_po_id
    )
  );
  insert into ops.factory_payments (factory_po_id, reference, payment_date, is_advance)
  values (
    record_factory_payment.factory_po_id, record_factory_payment.reference, record_factory_payment.payment_date,
    coalesce(record_factory_payment.is_advance, false)
  )
  on conflict do nothing  -- somebody has entered it meanwhile, against another contract of the factory
  returning * into payment;
  if payment.id is null then
    perform private.fail(
      'OMS_REFERENCE_EXISTS', format('The factory has a payment with reference %s already.', record_factory_payment.reference),
      jsonb_build_object('reference', record_factory_payment.reference)
    );
  end if;

  insert into ops.factory_payment_lines (factory_payment_id, allocation_item_supplier_id, amount)
  select payment.id, l.allocation_item_supplier_id, l.amount
  from unnest(asked) as l
  union all
  select payment.id, s.id, due.amount
  from ops.factory_po_lines as l
  inner join ops.allocation_items_supplier as s
    on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
  cross join lateral (
    select
      case
        when (select private.settings()).payments_require_invoice
          then least(s.balance, s.approved_amount - s.paid_amount)
        else s.balance
      end as amount
  ) as due
  where lines is null
    and l.organization_id = payment.organization_id and l.factory_po_id = payment.factory_po_id and due.amount > 0;
  if not found then
    perform private.fail(
      'OMS_PAYMENT_EXCEEDS_PAYABLE', 'Nothing is to be paid on this contract.',
      jsonb_build_object('factory_po_id', payment.factory_po_id, 'most', 0)
    );
  end if;
  select p.* into payment
  from ops.factory_payments as p
  where p.organization_id = payment.organization_id and p.id = payment.id;
  perform private.store_response('record_factory_payment', to_jsonb(payment));
  return payment;
end
$$;
comment on function ops.record_factory_payment(uuid, text, jsonb, date, boolean) is
  'Records a payment against a contract: a list of {allocation_item_supplier_id, amount}, negative for a refund; without `lines`, the balance of each slice, where the organization pays by invoice as far as invoices are approved. An advance is paid before goods and invoice, up to what is awarded. Finance. Errors: OMS_PAYMENT_EXCEEDS_PAYABLE, OMS_PAYMENT_NOT_APPROVED, OMS_REFUND_EXCEEDS_PAID, OMS_REFERENCE_EXISTS, OMS_CONTRACT_NOT_IN_FORCE, OMS_CONTRACT_MISMATCH, OMS_ALREADY_EXISTS, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.void_factory_payment(factory_payment_id uuid, reason text) returns ops.factory_payments
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('void_factory_payment', jsonb_build_array(factory_payment_id, reason));
  payment ops.factory_payments;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.factory_payments, replayed);
  end if;
  perform private.require_argument('reason', reason);
  update ops.factory_payments as t
  set void_reason = void_factory_payment.reason
  where t.organization_id = private.organization_id() and t.id = void_factory_payment.factory_payment_id;
  select t.* into payment from ops.factory_payments as t where t.organization_id = private.organization_id() and t.id = void_factory_payment.factory_payment_id;
  perform private.require_found(payment.id, 'payment', void_factory_payment.factory_payment_id);
  perform private.store_response('void_factory_payment', to_jsonb(payment));
  return payment;
end
$$;
comment on function ops.void_factory_payment(uuid, text) is
  'Voids a payment; its amounts are owed again. Finance. Errors: OMS_ALREADY_VOIDED, OMS_REFUND_EXCEEDS_PAID, OMS_PAYMENT_EXCEEDS_PAYABLE, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';
