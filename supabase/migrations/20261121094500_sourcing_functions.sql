-- declared in sql/functions/sourcing.sql
-- What a trigger calls for the rows of a statement finds its rows by index, whatever is known of the tables: a plan
-- made while they were empty stays in its session. Hence `set enable_seqscan = off` here and there and, where a join
-- is long, a plan for the keys at hand. All indexes begin with the organization, and to the planner each is as good as
-- the other while a table is empty, and in the statement that fills it. `between x and x order by` asks for an order
-- that only the right index has.

-- Apportioning whole pieces.

create function private.apportion(total numeric, weights numeric[]) returns numeric[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  whole_weight constant numeric := nullif((select sum(w.weight) from unnest(weights) as w (weight)), 0);
begin
  -- Largest remainder (Hamilton's method), in exact division: equal remainders are equal, and go by position.
  return (
    select array_agg(s.pieces + case when s.nth <= s.missing then 1 else 0 end order by s.position)
    from (
      select
        w.position,
        div(total * w.weight, whole_weight) as pieces,
        row_number() over (order by mod(total * w.weight, whole_weight) desc, w.position) as nth,
        total - sum(div(total * w.weight, whole_weight)) over () as missing
      from unnest(weights) with ordinality as w (weight, position)
    ) as s
  );
end
$$;
comment on function private.apportion(numeric, numeric[]) is
  'Shares a whole `total` out in whole pieces in proportion to the weights, by largest remainder, ties by position. A share never exceeds its weight while the total does not exceed their sum. Nulls where all weights are zero.';

create function private.committed_sizes(organization_id uuid, order_item_id uuid)
returns table (size_label text, quantity numeric)
language sql
stable
set search_path = ''
set enable_seqscan = off
as $$
  select z.size_label, sum(z.quantity)
  from (
    select s.size_label, s.quantity
    from ops.allocation_items as a
    inner join ops.allocation_item_sizes as s
      on s.organization_id = a.organization_id and s.allocation_item_id = a.id
    where a.organization_id = committed_sizes.organization_id
      and a.order_item_id = committed_sizes.order_item_id
      and a.closed_at is null
    union all
    select s.size_label, s.quantity
    from ops.allocation_items as a
    inner join ops.allocation_items_supplier as c
      on c.organization_id = a.organization_id and c.allocation_item_id = a.id and c.effective_qty > 0
    inner join ops.allocation_item_supplier_sizes as s
      on s.organization_id = c.organization_id and s.allocation_item_supplier_id = c.id
    where a.organization_id = committed_sizes.organization_id
      and a.order_item_id = committed_sizes.order_item_id
      and a.closed_at is not null
  ) as z
  group by z.size_label
$$;
comment on function private.committed_sizes(uuid, uuid) is
  'What is committed of each size of an order line: the runs of its open allocation items, and of the slices on closed ones. For definer triggers only.';

create function private.apportion_allocation_items(items private.row_key[]) returns void
language sql
volatile
set search_path = ''
set enable_seqscan = off
as $$
  -- What an item gives up comes from what its slices have not taken; what it gains comes from what the line has left.
  with item as (
    select
      a.organization_id,
      a.id,
      a.order_item_id,
      a.committed_qty,
      coalesce((
        select sum(z.quantity) from ops.allocation_item_sizes as z
        where z.organization_id = a.organization_id and z.allocation_item_id = a.id
      ), 0) as sized_qty
    from (select distinct k.organization_id, k.id from unnest(items) as k) as k
    inner join ops.allocation_items as a on a.organization_id = k.organization_id and a.id = k.id
    where a.closed_at is null
  ),
  weighed as (
    select
      i.organization_id,
      i.id,
      i.committed_qty,
      i.sized_qty,
      z.size_label,
      z.position,
      z.quantity as line_qty,
      coalesce((
        select own.quantity from ops.allocation_item_sizes as own
        where own.organization_id = i.organization_id and own.allocation_item_id = i.id
          and own.size_label = z.size_label
      ), 0) as own_qty,
      coalesce(taken.quantity, 0) as taken_qty,
      greatest(z.quantity - coalesce(committed.quantity, 0), 0) as left_qty
    from item as i
    inner join ops.order_item_sizes as z
      on z.organization_id = i.organization_id and z.order_item_id = i.order_item_id
    left join lateral private.committed_sizes(i.organization_id, i.order_item_id) as committed
      on committed.size_label = z.size_label
    left join lateral (
      select sum((
        select s.quantity from ops.allocation_item_supplier_sizes as s
        where s.organization_id = c.organization_id and s.allocation_item_supplier_id = c.id
          and s.size_label = z.size_label
      )) as quantity
      from ops.allocation_items_supplier as c
      where c.organization_id = i.organization_id and c.allocation_item_id = i.id and c.effective_qty > 0
    ) as taken on true
  ),
  arrays as (
    select
      w.organization_id,
      w.id,
      w.committed_qty,
      w.sized_qty,
      array_agg(w.size_label order by w.position) as size_labels,
      array_agg(w.position order by w.position) as positions,
      array_agg(w.own_qty order by w.position) as own,
      array_agg(w.taken_qty order by w.position) as taken,
      array_agg(w.own_qty - w.taken_qty order by w.position) as free,
      sum(w.own_qty - w.taken_qty) as free_qty,
      case
        when sum(w.left_qty) >= w.committed_qty - w.sized_qty then array_agg(w.left_qty order by w.position)
        else array_agg(w.line_qty order by w.position)  -- committed beyond the line, within its tolerance
      end as open
    from weighed as w
    group by w.organization_id, w.id, w.committed_qty, w.sized_qty
  )
  insert into ops.allocation_item_sizes (organization_id, allocation_item_id, size_label, position, quantity)
  select a.organization_id, a.id, u.size_label, u.position, u.base + coalesce(u.share, 0)
  from arrays as a
  cross join lateral unnest(
    a.size_labels,
    a.positions,
    case when a.committed_qty >= a.sized_qty then a.own else a.taken end,
    case
      when a.committed_qty >= a.sized_qty then private.apportion(a.committed_qty - a.sized_qty, a.open)
      else private.apportion(a.committed_qty - (a.sized_qty - a.free_qty), a.free)
    end
  ) as u (size_label, position, base, share)
  on conflict (organization_id, allocation_item_id, size_label) do update
  set quantity = excluded.quantity
  where allocation_item_sizes.quantity <> excluded.quantity
$$;
comment on function private.apportion_allocation_items(private.row_key[]) is
  'Brings the size runs of open allocation items in step with their committed quantities. For definer triggers only, under the lock of their lines; each line at most once a call.';

create function private.shared_sizes(slices private.row_key[])
returns table (
  organization_id uuid,
  id uuid,
  factory_id uuid,
  invited_at timestamptz,
  size_label text,
  size_position integer,
  quantity ops.quantity
)
language plpgsql
stable
rows 10
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
  return query
  select a.organization_id, a.id, a.factory_id, a.invited_at, u.size_label, u.position, coalesce(u.quantity, 0)::ops.quantity
  from (
    select
      w.organization_id,
      w.id,
      w.factory_id,
      w.invited_at,
      array_agg(w.size_label order by w.position) as size_labels,
      array_agg(w.position order by w.position) as positions,
      case
        when sum(w.left_qty) = w.quantity then array_agg(w.left_qty order by w.position)
        when sum(w.left_qty) > w.quantity then private.apportion(w.quantity, array_agg(w.left_qty order by w.position))
        else private.apportion(w.quantity, array_agg(w.run_qty order by w.position))  -- a proposal for more than is left
      end as quantities
    from (
      select
        c.organization_id,
        c.id,
        c.factory_id,
        c.invited_at,
        c.quantity,
        run.size_label,
        run.position,
        run.quantity as run_qty,
        case
          when c.others = '{}' then run.quantity
          else run.quantity - (
            select coalesce(sum(z.quantity), 0)
            from unnest(c.others) as other (id)
            inner join ops.allocation_item_supplier_sizes as z
              on z.organization_id = c.organization_id and z.allocation_item_supplier_id = other.id
            where z.size_label = run.size_label
          )
        end as left_qty
      from (
        select
          c.organization_id,
          c.id,
          c.allocation_item_id,
          c.factory_id,
          c.invited_at,
          case when c.is_awarded then c.effective_qty else c.order_qty end as quantity,
          array(
            select other.id from ops.allocation_items_supplier as other
            where other.organization_id = c.organization_id
              and other.allocation_item_id between c.allocation_item_id and c.allocation_item_id
              and other.effective_qty > 0 and other.id <> c.id
            order by other.allocation_item_id
          ) as others
        from unnest(slices) as k
        inner join ops.allocation_items_supplier as c on c.organization_id = k.organization_id and c.id = k.id
        offset 0  -- asked once a slice, not once a size
      ) as c
      inner join ops.allocation_item_sizes as run
        on run.organization_id = c.organization_id and run.allocation_item_id = c.allocation_item_id
    ) as w
    group by w.organization_id, w.id, w.factory_id, w.invited_at, w.quantity
  ) as a
  cross join lateral (
    select
      array_agg(own.size_label order by own.position) as size_labels,
      array_agg(own.quantity::numeric order by own.position) as quantities
    from (
      select z.size_label, z.position, z.quantity
      from ops.allocation_item_supplier_sizes as z
      where z.organization_id = a.organization_id
        and z.allocation_item_supplier_id between a.id and a.id
      order by z.allocation_item_supplier_id
    ) as own
  ) as own
  cross join lateral unnest(a.size_labels, a.positions, a.quantities) as u (size_label, position, quantity)
  -- Most awards are for what was asked: nothing to write.
  where (a.size_labels, a.quantities) is distinct from (own.size_labels, own.quantities);
end
$$;
comment on function private.shared_sizes(private.row_key[]) is
  'The sizes of slices whose run is not their share, with what is; at most one slice of each allocation item. Apart from what writes them: there every foreign key too would be checked by a plan of its own.';

create function private.apportion_slices(slices private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  turn private.row_key[];
  later private.row_key[];
  closed private.row_key[];
begin
  -- One slice of each allocation item at a time: each takes from what the earlier ones left.
  select
    array_agg(row(c.organization_id, c.id)::private.row_key) filter (where c.closed_at is null and c.nth = 1),
    array_agg(row(c.organization_id, c.id)::private.row_key) filter (where c.closed_at is null and c.nth > 1),
    array_agg(row(c.organization_id, c.id)::private.row_key) filter (where c.closed_at is not null and c.is_awarded)
  into turn, later, closed
  from (
    select
      c.organization_id,
      c.id,
      c.is_awarded,
      c.closed_at,
      case
        when c.is_awarded then row_number() over (
          partition by c.organization_id, c.allocation_item_id, c.is_awarded, c.closed_at is null order by c.id
        )
        else 1
      end as nth
    from (select distinct k.organization_id, k.id from unnest(slices) as k) as k
    inner join ops.allocation_items_supplier as c on c.organization_id = k.organization_id and c.id = k.id
  ) as c;

  if closed is not null then
    -- A closed slice keeps the shape of its own run.
    update ops.allocation_item_supplier_sizes as z
    set quantity = shared.quantity
    from (
      select u.organization_id, u.id, u.quantity
      from (
        select
          c.organization_id,
          c.id,
          array_agg(z.id order by z.position) as ids,
          private.apportion(c.effective_qty, array_agg(z.quantity order by z.position)) as quantities
        from unnest(closed) as k
        inner join ops.allocation_items_supplier as c on c.organization_id = k.organization_id and c.id = k.id
        inner join ops.allocation_item_supplier_sizes as z
          on z.organization_id = c.organization_id and z.allocation_item_supplier_id = c.id
        group by c.organization_id, c.id, c.effective_qty
      ) as a
      cross join lateral unnest(array_fill(a.organization_id, array[cardinality(a.ids)]), a.ids, a.quantities)
        as u (organization_id, id, quantity)
    ) as shared
    where z.organization_id = shared.organization_id and z.id = shared.id and z.quantity <> shared.quantity;
  end if;

  if later is not null then
    update ops.allocation_item_supplier_sizes as z
    set quantity = 0
    from unnest(later) as k
    where z.organization_id = k.organization_id and z.allocation_item_supplier_id = k.id and z.quantity <> 0;
  end if;

  if turn is not null then
    insert into ops.allocation_item_supplier_sizes (
      organization_id, allocation_item_supplier_id, factory_id, invited_at, size_label, position, quantity
    )
    select z.organization_id, z.id, z.factory_id, z.invited_at, z.size_label, z.size_position, z.quantity
    from private.shared_sizes(turn) as z
    on conflict (organization_id, allocation_item_supplier_id, size_label) do update
    set quantity = excluded.quantity
    where allocation_item_supplier_sizes.quantity <> excluded.quantity;
  end if;

  if later is not null then
    perform private.apportion_slices(later);
  end if;
end
$$;
comment on function private.apportion_slices(private.row_key[]) is
  'Brings the size runs of slices in step with their quantities: awarded ones share what earlier slices left of the allocation item''s run. For definer triggers only, under the lock of their allocation items.';

create function private.require_factory(factory_id uuid) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  company record;
begin
  -- Read as the caller: a company that it may not see is one that does not exist.
  select d.id, d.name, d.kinds
  into company
  from ops.directory as d
  where d.organization_id = private.organization_id() and d.id = require_factory.factory_id;
  perform private.require_found(company.id, 'company', factory_id);
  if not 'factory' = any(company.kinds) then
    perform private.fail(
      'OMS_NOT_A_FACTORY', format('%s is not a factory; add the kind `factory` to it first.', company.name),
      jsonb_build_object('factory_id', factory_id, 'kinds', company.kinds)
    );
  end if;
end
$$;
comment on function private.require_factory(uuid) is 'Refuses a company that is not a factory in the directory.';

-- Locks and derivations.

create function private.lock_above(
  slices private.row_key[],
  items private.row_key[] default '{}',
  lines private.row_key[] default '{}'
) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
declare
  contracts private.row_key[];
  locked private.row_key[];
begin
  perform private.require_read_committed();

  -- While we wait for a contract it can be withdrawn for a successor: look again until there is none.
  loop
    contracts := (
      select array_agg(distinct row(p.organization_id, p.id)::private.row_key)
      from unnest(slices) as k
      cross join lateral (
        select l.organization_id, l.factory_po_id
        from ops.factory_po_lines as l
        where l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id
        offset 0  -- from the slices to their lines; the organization that all share is no way to join
      ) as l
      inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
      where p.status <> 'CANCELLED'
    );
    exit when contracts is null or contracts = locked;
    perform
    from ops.factory_pos as p
    where (p.organization_id, p.id) in (select k.organization_id, k.id from unnest(contracts) as k)
    order by p.organization_id, p.id
    for no key update;
    locked := contracts;
  end loop;

  lines := lines || (
    select array_agg(row(a.organization_id, a.order_item_id)::private.row_key)
    from (
      select a.organization_id, a.order_item_id
      from ops.allocation_items as a
      where (a.organization_id, a.id) in (select k.organization_id, k.id from unnest(items) as k)
      order by a.organization_id, a.id
      for no key update
    ) as a
  );

  if contracts is not null then
    -- An issued contract can be withdrawn, which counts for all of its lines. Looked up key by key: joined by the
    -- organization that all rows share, they would be compared each with each.
    lines := lines || (
      select
        array_agg(
          row(
            l.organization_id,
            (
              select (
                select a.order_item_id
                from ops.allocation_items as a
                where a.organization_id = s.organization_id and a.id = s.allocation_item_id
              )
              from ops.allocation_items_supplier as s
              where s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
            )
          )::private.row_key
        )
      from unnest(contracts) as k
      cross join lateral (
        select l.organization_id, l.allocation_item_supplier_id
        from ops.factory_po_lines as l
        where l.organization_id = k.organization_id and l.factory_po_id = k.id
        offset 0
      ) as l
      where (
        select p.status
        from ops.factory_pos as p
        where p.organization_id = k.organization_id and p.id = k.id
      ) = 'ISSUED'
    );
  end if;
  perform
  from ops.order_items as i
  where (i.organization_id, i.id) in (select k.organization_id, k.id from unnest(lines) as k)
  order by i.organization_id, i.id
  for no key update;
end
$$;
comment on function private.lock_above(private.row_key[], private.row_key[], private.row_key[]) is
  'The rest of lock_chain for slices that are locked, such as those that a statement wrote: locks their live contracts, the allocation items named, which are to include theirs, the order lines of those and those named besides. For definer triggers only.';

create function private.lock_chain(
  slices private.row_key[],
  items private.row_key[] default '{}',
  lines private.row_key[] default '{}'
) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
begin
  perform private.require_read_committed();

  items := items || (
    select array_agg(row(s.organization_id, s.allocation_item_id)::private.row_key)
    from (
      select s.organization_id, s.allocation_item_id
      from ops.allocation_items_supplier as s
      where (s.organization_id, s.id) in (select k.organization_id, k.id from unnest(slices) as k)
      order by s.organization_id, s.id
      for no key update
    ) as s
  );
  perform private.lock_above(slices, items, lines);
end
$$;
comment on function private.lock_chain(private.row_key[], private.row_key[], private.row_key[]) is
  'Locks slices, their live contracts, allocation items and order lines, and of the latter two those named besides, in this order and each by id, as everything does that writes them; what is read afterwards is what others have committed. For definer triggers and commands only.';

create function private.whole_of(
  items private.row_key[],
  lines private.row_key[],
  out all_items private.row_key[],
  out all_slices private.row_key[]
)
language sql
stable
set search_path = ''
set enable_seqscan = off
as $$
  with item as (
    select k.organization_id, k.id
    from unnest(items) as k
    union
    select a.organization_id, a.id
    from unnest(lines) as k
    inner join ops.allocation_items as a on a.organization_id = k.organization_id and a.order_item_id = k.id
  )
  select
    (select array_agg(row(i.organization_id, i.id)::private.row_key order by i.id) from item as i),
    (
      select array_agg(row(s.organization_id, s.id)::private.row_key order by s.id)
      from item as i
      inner join ops.allocation_items_supplier as s
        on s.organization_id = i.organization_id and s.allocation_item_id = i.id
    )
$$;
comment on function private.whole_of(private.row_key[], private.row_key[]) is
  'Allocation items, those of whole order lines, and all of their slices.';

create function private.lock_whole(items private.row_key[], lines private.row_key[] default '{}') returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  whole record;
begin
  loop
    whole := private.whole_of(items, lines);
    begin
      perform private.lock_chain(whole.all_slices, whole.all_items, lines);
      -- From here on nobody adds to it. Whatever was added while we waited has its place earlier in the order:
      -- let all locks go and begin again.
      exit when whole is not distinct from private.whole_of(items, lines);
      raise sqlstate 'OMS00';
    exception
      when sqlstate 'OMS00' then null;
    end;
  end loop;
end
$$;
comment on function private.lock_whole(private.row_key[], private.row_key[]) is
  'Locks allocation items with all of their slices, and order lines with all of their allocation items, in the order of lock_chain. For definer triggers and commands only.';

create function private.derived_status(facts private.row_fact[])
returns table (
  organization_id uuid,
  id uuid,
  old_status ops.allocation_status,
  new_status ops.allocation_status,
  effective_qty ops.quantity,
  fact text
)
language plpgsql
stable
rows 10
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
  return query
  with line as (
    select f.organization_id, f.id, string_agg(distinct f.fact, ', ') as fact
    from unnest(facts) as f
    group by f.organization_id, f.id
  ),
  derived as (
    select
      i.organization_id,
      i.id,
      i.allocation_status as old_status,
      i.effective_qty as old_effective_qty,
      coalesce(s.effective_qty, 0) as new_effective_qty,
      l.fact,
      case
        when i.is_cancelled then 'CANCELLED'
        when s.is_fully_awarded and s.is_signed then 'PC_SIGNED'
        when s.is_fully_awarded and s.is_issued then 'PC_ISSUED'
        when s.is_fully_awarded then 'CONFIRMED'
        when s.is_sent or s.effective_qty > 0 then 'ALLOCATED'
        when s.is_live then 'PREALLOCATED'
        else 'UNALLOCATED'
      end::ops.allocation_status as new_status
    from line as l
    inner join ops.order_items as i on i.organization_id = l.organization_id and i.id = l.id
    cross join lateral (
      select
        sum(c.effective_qty) as effective_qty,
        sum(c.effective_qty) > 0
        and sum(c.effective_qty)
        >= (i.quantity - i.short_closed_qty) * (1 - i.under_award_tolerance_pct / 100) as is_fully_awarded,
        bool_and(contract.is_signed) filter (where c.effective_qty > 0) as is_signed,
        bool_and(contract.is_signed or contract.is_issued) filter (where c.effective_qty > 0) as is_issued,
        bool_or(not c.is_awarded and c.closed_at is null and c.quote_status in ('invited', 'quoted')) as is_live,
        bool_or(
          not c.is_awarded and c.closed_at is null and c.quote_status in ('invited', 'quoted')
          and c.invited_at is not null and (
            select a.sent_at
            from ops.allocations as a
            where a.organization_id = c.organization_id and a.id = c.allocation_id
          ) is not null
        ) as is_sent
      from ops.allocation_items as item
      cross join lateral (
        select c.organization_id, c.id, c.allocation_id, c.is_awarded, c.effective_qty, c.quote_status, c.invited_at, c.closed_at
        from ops.allocation_items_supplier as c
        where c.organization_id = item.organization_id and c.allocation_item_id between item.id and item.id
        order by c.allocation_item_id
      ) as c
      left join lateral (
        select
          coalesce(bool_or(held.status in ('PC_SIGNED', 'CLOSED')), false) as is_signed,
          coalesce(bool_or(held.status = 'ISSUED'), false) as is_issued
        from (
          -- From the slice to its lines to their contracts: a contract has thousands of lines, a slice a few.
          select (
            select p.status
            from ops.factory_pos as p
            where p.organization_id = pl.organization_id and p.id = pl.factory_po_id
          ) as status
          from ops.factory_po_lines as pl
          where pl.organization_id = c.organization_id and pl.allocation_item_supplier_id = c.id
          offset 0
        ) as held
      ) as contract on c.effective_qty > 0
      where item.organization_id = i.organization_id and item.order_item_id = i.id
    ) as s
  )
  select d.organization_id, d.id, d.old_status, d.new_status, d.new_effective_qty::ops.quantity, d.fact
  from derived as d
  where (d.new_status, d.new_effective_qty) is distinct from (d.old_status, d.old_effective_qty);
end
$$;
comment on function private.derived_status(private.row_fact[]) is
  'The order lines whose allocation_status or effective quantity is not what stands in the tables, and what it is. Apart from what writes them: there every foreign key too would be checked by a plan of its own.';

create function private.derive_allocation_status(facts private.row_fact[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  if facts is null then
    return;
  end if;
  perform private.require_read_committed();

  perform
  from ops.order_items as i
  where (i.organization_id, i.id) in (select f.organization_id, f.id from unnest(facts) as f)
  order by i.organization_id, i.id
  for no key update;

  with changed as (
    update ops.order_items as i
    set allocation_status = d.new_status, effective_qty = d.effective_qty
    from private.derived_status(facts) as d
    where i.organization_id = d.organization_id and i.id = d.id
    returning i.organization_id, i.order_id, i.id, i.client_id, i.line_number, d.old_status, d.new_status, d.fact
  )
  insert into ops.order_history (
    organization_id, order_id, order_item_id, client_id, action, old_status, new_status, message, data,
    actor_id, actor_role, request_origin_id
  )
  select
    c.organization_id, c.order_id, c.id, c.client_id, 'status_changed', c.old_status::text, c.new_status::text,
    format('Line %s went from %s to %s: %s.', c.line_number, c.old_status, c.new_status, c.fact),
    jsonb_build_object('fact', c.fact),
    (select private.actor_id()), (select private.actor_role()), (select private.request_origin_id())
  from changed as c
  where c.new_status <> c.old_status;
end
$$;
comment on function private.derive_allocation_status(private.row_fact[]) is
  'Derives allocation_status of order lines, and their effective quantity that it rests on, from what stands in the tables, forward or back, and writes each change of status to the history with the fact that caused it. First that holds: cancelled; fully awarded and signed; and issued; fully awarded; sent or standing; a live candidate; none. For definer triggers only.';

create function private.paid_on_versions(organization_id uuid, factory_po_id uuid) returns numeric
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
begin
  return (
    select sum(s.paid_amount)
    from ops.allocation_items_supplier as s
    where (s.organization_id, s.id) in (
      select l.organization_id, l.allocation_item_supplier_id
      from ops.factory_pos as p
      inner join ops.factory_pos as v
        on v.organization_id = p.organization_id and v.factory_id = p.factory_id and v.po_number = p.po_number
      inner join ops.factory_po_lines as l on l.organization_id = v.organization_id and l.factory_po_id = v.id
      where p.organization_id = paid_on_versions.organization_id and p.id = paid_on_versions.factory_po_id
        and v.signed_at is not null
    )
  );
end
$$;
comment on function private.paid_on_versions(uuid, uuid) is
  'What is paid on a contract in all its versions: money of a slice that left it comes back against the last one. Read as the caller.';

create function private.derive_contract_status(contracts private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  owed record;
begin
  if contracts is null then
    return;
  end if;
  perform private.require_read_committed();

  perform
  from ops.factory_pos as p
  where (p.organization_id, p.id) in (select k.organization_id, k.id from unnest(contracts) as k)
  order by p.organization_id, p.id
  for no key update;

  -- Lateral, so that the lines are looked up contract by contract, whatever the planner believes of the tables' sizes.
  select p.id, p.po_number, paid.amount, p.currency
  into owed
  from unnest(contracts) as k
  inner join ops.factory_pos as p on p.organization_id = k.organization_id and p.id = k.id
  cross join lateral (
    select sum(s.effective_qty) as effective_qty
    from ops.factory_po_lines as l
    inner join ops.allocation_items_supplier as s
      on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    where l.organization_id = p.organization_id and l.factory_po_id = p.id
  ) as sums
  cross join lateral (
    select case when sums.effective_qty = 0 then private.paid_on_versions(p.organization_id, p.id) end as amount offset 0
  ) as paid
  where p.status in ('PC_SIGNED', 'CLOSED') and paid.amount <> 0;
  if found then
    perform private.fail(
      'OMS_CONTRACT_HAS_PAYMENTS',
      format('%s %s are out on %s; record the refund before its last slice is closed.', trim_scale(owed.amount), owed.currency, owed.po_number),
      jsonb_build_object('factory_po_id', owed.id, 'paid_amount', owed.amount)
    );
  end if;

  update ops.factory_pos as p
  set status = derived.status
  from (
    select p.organization_id, p.id, sums.status
    from (select distinct c.organization_id, c.id from unnest(contracts) as c) as k
    inner join ops.factory_pos as p on p.organization_id = k.organization_id and p.id = k.id
    cross join lateral (
      select
        case
          when sum(s.effective_qty) = 0 then 'CANCELLED'
          when bool_and(s.accepted_qty >= s.effective_qty and s.balance = 0) then 'CLOSED'
          else 'PC_SIGNED'
        end::ops.factory_po_status as status
      from ops.factory_po_lines as l
      inner join ops.allocation_items_supplier as s
        on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
      where l.organization_id = p.organization_id and l.factory_po_id = p.id
    ) as sums
    where p.status in ('PC_SIGNED', 'CLOSED')
  ) as derived
  where p.organization_id = derived.organization_id and p.id = derived.id and p.status <> derived.status;
end
$$;
comment on function private.derive_contract_status(private.row_key[]) is
  'A contract in force is CLOSED exactly while everything that counts is accepted and nothing is owed; with nothing left that counts it is CANCELLED, which is refused while money is out. For definer triggers only.';

create function private.withdraw_contracts(contracts private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  if contracts is null then
    return;
  end if;

  with withdrawn as (
    update ops.factory_pos as p
    set status = 'CANCELLED'
    from (select distinct k.organization_id, k.id from unnest(contracts) as k) as k
    where p.organization_id = k.organization_id and p.id = k.id and p.status = 'ISSUED'
    returning p.organization_id, p.id, p.allocation_id, p.factory_id, p.currency, p.po_number, p.version, p.ex_factory_date
  )
  insert into ops.factory_pos (
    organization_id, allocation_id, factory_id, currency, po_number, version, supersedes_id, ex_factory_date
  )
  select
    w.organization_id, w.allocation_id, w.factory_id, w.currency, w.po_number, w.version + 1, w.id, w.ex_factory_date
  from withdrawn as w
  where exists (
    select
    from ops.factory_po_lines as l
    inner join ops.allocation_items_supplier as s
      on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    where l.organization_id = w.organization_id and l.factory_po_id = w.id and s.effective_qty > 0
  );

  -- The terms that it proposed go along; of a slice that was closed meanwhile no more than it counts for.
  insert into ops.factory_po_lines (
    organization_id, factory_po_id, allocation_item_supplier_id, quantity, price, over_receipt_tolerance_pct
  )
  select
    successor.organization_id, successor.id, l.allocation_item_supplier_id,
    least(l.quantity, s.effective_qty), l.price, l.over_receipt_tolerance_pct
  from (select distinct k.organization_id, k.id from unnest(contracts) as k) as k
  inner join ops.factory_pos as successor
    on successor.organization_id = k.organization_id and successor.supersedes_id = k.id and successor.status = 'DRAFT'
  inner join ops.factory_po_lines as l on l.organization_id = k.organization_id and l.factory_po_id = k.id
  inner join ops.allocation_items_supplier as s
    on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
  where s.effective_qty > 0
  on conflict do nothing;
end
$$;
comment on function private.withdraw_contracts(private.row_key[]) is
  'Withdraws issued contracts that no factory has signed and drafts their successors from the slices that still stand, so that nobody signs terms that no longer hold. For definer triggers only.';

create function private.contract_in_force(
  organization_id uuid, allocation_id uuid, factory_id uuid, currency text
) returns uuid
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
begin
  return (
    select p.id
    from ops.factory_pos as p
    where p.organization_id = contract_in_force.organization_id and p.allocation_id = contract_in_force.allocation_id
      and p.factory_id = contract_in_force.factory_id and p.currency = contract_in_force.currency
      and p.status in ('PC_SIGNED', 'CLOSED')
  );
end
$$;
comment on function private.contract_in_force(uuid, uuid, uuid, text) is 'The signed contract with a factory of an allocation in a currency, of which there is one at most. Read as the caller.';

create function private.draft_revisions(contracts private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  if contracts is null then
    return;
  end if;

  insert into ops.factory_pos (
    organization_id, allocation_id, factory_id, currency, po_number, version, supersedes_id, ex_factory_date
  )
  select
    p.organization_id, p.allocation_id, p.factory_id, p.currency, p.po_number,
    1 + (
      select max(v.version)
      from ops.factory_pos as v
      where v.organization_id = p.organization_id and v.factory_id = p.factory_id and v.po_number = p.po_number
    ),
    p.id, p.ex_factory_date
  from (select distinct k.organization_id, k.id from unnest(contracts) as k) as k
  inner join ops.factory_pos as p on p.organization_id = k.organization_id and p.id = k.id
  where p.status in ('PC_SIGNED', 'CLOSED')
  order by p.organization_id, p.id
  on conflict do nothing;  -- its next version is there

  insert into ops.factory_po_lines (organization_id, factory_po_id, allocation_item_supplier_id)
  select successor.organization_id, successor.id, l.allocation_item_supplier_id
  from (select distinct k.organization_id, k.id from unnest(contracts) as k) as k
  inner join ops.factory_pos as successor
    on successor.organization_id = k.organization_id and successor.supersedes_id = k.id and successor.status = 'DRAFT'
  inner join ops.factory_po_lines as l on l.organization_id = k.organization_id and l.factory_po_id = k.id
  inner join ops.allocation_items_supplier as s
    on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
  where s.effective_qty > 0
    and not exists (
      select from ops.factory_po_lines as own
      where own.organization_id = l.organization_id and own.factory_po_id = successor.id
        and own.allocation_item_supplier_id = l.allocation_item_supplier_id
    );
end
$$;
comment on function private.draft_revisions(private.row_key[]) is
  'Drafts the next versions of contracts in force, with every slice that stands on them; of those that have an open version already, none. For definer functions only, under the locks of the slices.';

create function private.require_contract_terms(organization_id uuid, factory_po_id uuid) returns void
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
declare
  refused record;
begin
  select t.*
  into refused
  from (
    select
      s.id,
      s.style_number,
      s.marketing_name,
      s.currency,
      s.accepted_qty,
      s.paid_amount,
      l.quantity,
      l.price,
      l.quantity < least(s.accepted_qty, s.effective_qty)
      or s.accepted_qty > l.quantity * (1 + l.over_receipt_tolerance_pct / 100) as is_below_accepted,
      s.payable_amount >= s.paid_amount and payable.amount < s.paid_amount
      -- An advance was paid on all that the slice is for.
      or greatest(payable.amount, l.quantity * l.price) < s.paid_amount
      and greatest(payable.amount, l.quantity * l.price) < greatest(s.payable_amount, s.effective_qty * s.awarded_price)
        as is_below_paid
    from ops.factory_po_lines as l
    inner join ops.allocation_items_supplier as s
      on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
    cross join lateral (
      select least(s.accepted_qty, l.quantity + s.accepted_excess_qty) * l.price as amount
    ) as payable
    where l.organization_id = require_contract_terms.organization_id
      and l.factory_po_id = require_contract_terms.factory_po_id
  ) as t
  where t.is_below_accepted or t.is_below_paid
  order by t.id
  limit 1;
  if refused.is_below_accepted then
    perform private.fail(
      'OMS_REVISION_BELOW_ACCEPTED',
      format('%s pieces of %s %s were accepted, which %s with its tolerance does not cover.', trim_scale(refused.accepted_qty), refused.style_number, refused.marketing_name, trim_scale(refused.quantity)),
      jsonb_build_object('allocation_item_supplier_id', refused.id, 'least', refused.accepted_qty)
    );
  elsif refused.is_below_paid then
    perform private.fail(
      'OMS_REVISION_BELOW_PAID',
      format('%s %s were paid for %s %s; %s pieces at %s make less payable.', trim_scale(refused.paid_amount), refused.currency, refused.style_number, refused.marketing_name, trim_scale(refused.quantity), trim_scale(refused.price)),
      jsonb_build_object('allocation_item_supplier_id', refused.id, 'paid_amount', refused.paid_amount)
    );
  end if;
end
$$;
comment on function private.require_contract_terms(uuid, uuid) is
  'Refuses a contract whose terms would put a slice below what was accepted, or what is payable of it below what was paid. For definer triggers only, under the locks of the slices.';

create function private.contract_terms(organization_id uuid, factory_po_id uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'po_number', p.po_number,
    'version', p.version,
    'factory_id', p.factory_id,
    'currency', p.currency,
    'ex_factory_date', p.ex_factory_date,
    'lines', (
      select jsonb_agg(
        jsonb_build_object(
          'slice', l.allocation_item_supplier_id,
          'style_number', l.style_number,
          'marketing_name', l.marketing_name,
          'color_reference', l.color_reference,
          'quantity', trim_scale(l.quantity),
          'price', trim_scale(l.price),
          'over_receipt_tolerance_pct', trim_scale(l.over_receipt_tolerance_pct),
          'sizes', (
            select jsonb_agg(jsonb_build_array(z.size_label, trim_scale(z.quantity)) order by z.position)
            from ops.factory_po_line_sizes as z
            where z.organization_id = l.organization_id and z.factory_po_line_id = l.id
          )
        ) order by l.allocation_item_supplier_id
      )
      from ops.factory_po_lines as l
      where l.organization_id = p.organization_id and l.factory_po_id = p.id
    )
  )
  from ops.factory_pos as p
  where p.organization_id = contract_terms.organization_id and p.id = contract_terms.factory_po_id
$$;
comment on function private.contract_terms(uuid, uuid) is
  'The canonical terms of a contract: what its hash is taken of. Two contracts with the same terms have the same hash, whatever else is noted on them.';

create function private.is_under_contract(organization_id uuid, allocation_item_supplier_id uuid) returns boolean
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
begin
  return exists (
    select
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
    where l.organization_id = is_under_contract.organization_id
      and l.allocation_item_supplier_id = is_under_contract.allocation_item_supplier_id
      and p.status in ('ISSUED', 'PC_SIGNED', 'CLOSED')
  );
end
$$;
comment on function private.is_under_contract(uuid, uuid) is 'Whether an issued contract, or one in force, holds the slice. Read as the caller.';

create function private.is_held_in_force(organization_id uuid, allocation_item_supplier_id uuid) returns boolean
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
begin
  return exists (
    select
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
    where l.organization_id = is_held_in_force.organization_id
      and l.allocation_item_supplier_id = is_held_in_force.allocation_item_supplier_id
      and p.status in ('PC_SIGNED', 'CLOSED')
  );
end
$$;
comment on function private.is_held_in_force(uuid, uuid) is 'Whether a contract in force holds the slice. Read as the caller.';

create function private.roll_up_payments(slices private.row_key[]) returns void
language sql
volatile
set search_path = ''
set enable_seqscan = off
as $$
  update ops.allocation_items_supplier as s
  set paid_amount = summed.paid_amount
  from unnest(slices) as k
  cross join lateral (
    select coalesce(sum(l.amount), 0) as paid_amount
    from ops.factory_payment_lines as l
    inner join ops.factory_payments as p on p.organization_id = l.organization_id and p.id = l.factory_payment_id
    where l.organization_id = k.organization_id and l.allocation_item_supplier_id = k.id and p.voided_at is null
  ) as summed
  where s.organization_id = k.organization_id and s.id = k.id and s.paid_amount <> summed.paid_amount
$$;
comment on function private.roll_up_payments(private.row_key[]) is 'Keeps what was paid for a slice. For definer triggers only, under its lock.';

create function private.lock_slices(slice_ids uuid[]) returns void
language sql
volatile
security definer  -- a command takes all locks first, those of rows too that its caller may not write
set search_path = ''
as $$
  select private.lock_chain(
    (select array_agg(row(private.organization_id(), s.id)::private.row_key) from unnest(slice_ids) as s (id))
  )
$$;
comment on function private.lock_slices(uuid[]) is 'First step of commands that write slices: takes every lock of their chain in the one order. Locks rows of the caller''s organization, and does nothing else.';

create function private.lock_allocation_items(allocation_item_ids uuid[]) returns void
language sql
volatile
security definer  -- a command takes all locks first, those of rows too that its caller may not write
set search_path = ''
as $$
  select private.lock_whole(
    (
      select array_agg(row(a.organization_id, a.id)::private.row_key)
      from ops.allocation_items as a
      where a.organization_id = private.organization_id() and a.id = any(allocation_item_ids)
    )
  )
$$;
comment on function private.lock_allocation_items(uuid[]) is 'First step of commands that close allocation items or add candidates to them. Locks rows of the caller''s organization, and does nothing else.';

create function private.lock_order_items(order_item_ids uuid[]) returns void
language sql
volatile
security definer  -- a command takes all locks first, those of rows too that its caller may not write
set search_path = ''
as $$
  select private.lock_whole(
    '{}',
    (
      select array_agg(row(i.organization_id, i.id)::private.row_key)
      from ops.order_items as i
      where i.organization_id = private.organization_id() and i.id = any(order_item_ids)
    )
  )
$$;
comment on function private.lock_order_items(uuid[]) is 'First step of commands that write order lines with what hangs on them. Locks rows of the caller''s organization, and does nothing else.';

create function private.award_planned(awards private.planned_award[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  insert into ops.allocation_items_supplier (id, allocation_item_id, factory_id, order_qty)
  select w.id, w.allocation_item_id, w.factory_id, w.awarded_qty
  from unnest(awards) as w
  where not exists (
    select from ops.allocation_items_supplier as s
    where s.organization_id = private.organization_id() and s.id = w.id
  );

  insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark)
  select w.id, 'price_override', w.remark
  from unnest(awards) as w
  where w.price is not null and w.remark is not null;

  update ops.allocation_items_supplier as t
  set
    is_awarded = true,
    awarded_qty = w.awarded_qty,
    awarded_price = w.price,
    currency = case when t.quote_status = 'quoted' then t.currency else coalesce(w.currency, t.currency) end,
    invited_at = coalesce(t.invited_at, now())
  from unnest(awards) as w
  where t.organization_id = private.organization_id() and t.id = w.id;
end
$$;
comment on function private.award_planned(private.planned_award[]) is
  'Awards slices, those that are no candidates yet too: these are made so, and invited. By the caller''s rights and the rules of every award.';

create function private.draft_contracts(allocation_id uuid, factory_ids uuid[]) returns void
language plpgsql
volatile
security definer  -- withdrawing an issued contract and drafting its successor are the system's
set search_path = ''
set enable_seqscan = off
as $$
declare
  slices private.row_key[] := (
    select array_agg(row(s.organization_id, s.id)::private.row_key)
    from ops.allocation_items_supplier as s
    where s.organization_id = private.organization_id()
      and s.allocation_id = draft_contracts.allocation_id
      and (factory_ids is null or s.factory_id = any(factory_ids))
      and s.is_awarded
  );
begin
  perform private.lock_chain(slices);

  -- What stands and is under no contract.
  slices := (
    select array_agg(row(s.organization_id, s.id)::private.row_key)
    from unnest(slices) as k
    inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
    where s.effective_qty > 0 and not private.is_under_contract(s.organization_id, s.id)
  );

  perform private.withdraw_contracts(
    (
      select array_agg(row(p.organization_id, p.id)::private.row_key)
      from unnest(slices) as k
      inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
      inner join ops.factory_pos as p
        on p.organization_id = s.organization_id and p.allocation_id = s.allocation_id
        and p.factory_id = s.factory_id and p.currency = s.currency and p.status = 'ISSUED'
    )
  );

  -- Awards made after the factory signed go on the next version of its contract.
  perform private.draft_revisions(
    (
      select array_agg(row(p.organization_id, p.id)::private.row_key)
      from unnest(slices) as k
      inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
      inner join ops.factory_pos as p
        on p.organization_id = s.organization_id and p.allocation_id = s.allocation_id
        and p.factory_id = s.factory_id and p.currency = s.currency and p.status in ('PC_SIGNED', 'CLOSED')
    )
  );

  insert into ops.factory_pos (organization_id, allocation_id, factory_id, currency)
  select distinct s.organization_id, s.allocation_id, s.factory_id, s.currency
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  where not exists (
    select from ops.factory_pos as p
    where p.organization_id = s.organization_id and p.allocation_id = s.allocation_id
      and p.factory_id = s.factory_id and p.currency = s.currency and p.status <> 'CANCELLED'
  )
  order by s.organization_id, s.allocation_id, s.factory_id, s.currency
  on conflict do nothing;  -- somebody has drafted one meanwhile

  insert into ops.factory_po_lines (organization_id, factory_po_id, allocation_item_supplier_id)
  select p.organization_id, p.id, s.id
  from unnest(slices) as k
  inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  inner join ops.factory_pos as p
    on p.organization_id = s.organization_id and p.allocation_id = s.allocation_id
    and p.factory_id = s.factory_id and p.currency = s.currency and p.status = 'DRAFT'
  where not exists (
    select from ops.factory_po_lines as l
    where l.organization_id = p.organization_id and l.factory_po_id = p.id and l.allocation_item_supplier_id = s.id
  );
end
$$;
comment on function private.draft_contracts(uuid, uuid[]) is
  'Drafts contracts for the awarded slices of an allocation that are under none, one per factory and currency; an issued contract that lacks such slices is withdrawn for a successor with all of them, and one in force gets its next version. For issue_contracts only.';

create function private.draft_successor(factory_po_id uuid) returns uuid
language plpgsql
volatile
security definer  -- withdrawing an issued contract and drafting its successor are the system's
set search_path = ''
set enable_seqscan = off
as $$
declare
  contract record;
  open record;
begin
  select p.organization_id, p.id, p.allocation_id, p.factory_id, p.currency
  into contract
  from ops.factory_pos as p
  where p.organization_id = private.organization_id() and p.id = draft_successor.factory_po_id;

  perform private.lock_chain(
    (
      select array_agg(row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
      from ops.factory_po_lines as l
      where l.organization_id = contract.organization_id and l.factory_po_id = contract.id
    )
  );

  select p.organization_id, p.id, p.status
  into open
  from ops.factory_pos as p
  where p.organization_id = contract.organization_id and p.allocation_id = contract.allocation_id
    and p.factory_id = contract.factory_id and p.currency = contract.currency and p.status in ('DRAFT', 'ISSUED');
  if open.status = 'DRAFT' then
    return open.id;
  elsif open.status = 'ISSUED' then
    perform private.withdraw_contracts(array[row(open.organization_id, open.id)::private.row_key]);
  else
    perform private.draft_revisions(array[row(contract.organization_id, contract.id)::private.row_key]);
  end if;
  return (
    select p.id
    from ops.factory_pos as p
    where p.organization_id = contract.organization_id and p.allocation_id = contract.allocation_id
      and p.factory_id = contract.factory_id and p.currency = contract.currency and p.status = 'DRAFT'
  );
end
$$;
comment on function private.draft_successor(uuid) is
  'The open draft of a contract''s next version: the one that is there; that of an issued version, which is withdrawn for it; or a new one. For revise_contract only.';

create function private.draft_revisions_of(slice_ids uuid[]) returns void
language plpgsql
volatile
security definer  -- drafting the next version of a contract is a consequence
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.draft_revisions(
    (
      select array_agg(row(p.organization_id, p.id)::private.row_key)
      from unnest(slice_ids) as k (id)
      inner join ops.factory_po_lines as l
        on l.organization_id = private.organization_id() and l.allocation_item_supplier_id = k.id
      inner join ops.factory_pos as p
        on p.organization_id = l.organization_id and p.id = l.factory_po_id and p.status = 'PC_SIGNED'
    )
  );
end
$$;
comment on function private.draft_revisions_of(uuid[]) is 'Drafts the next versions of the contracts in force that hold these slices of the caller''s organization. For reallocate only.';

create function ops.allocation_ids(ops.order_items) returns uuid[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct a.allocation_id), '{}')
  from ops.allocation_items as a
  where a.organization_id = $1.organization_id and a.order_item_id = $1.id
$$;
comment on function ops.allocation_ids(ops.order_items) is
  'Computed field of order_items: every allocation that this line, its splits and its reallocations are in.';
