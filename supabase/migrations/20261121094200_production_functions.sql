-- declared in sql/functions/production.sql
create view private.bom_edges with (security_invoker = true) as
select l.organization_id, v.id as product_variant_id, l.product_variant_id as component_id, l.id as bom_line_id
from ops.bom_lines as l
inner join ops.bom_versions as b on b.organization_id = l.organization_id and b.id = l.bom_version_id
inner join ops.bom_templates as t on t.organization_id = b.organization_id and t.id = b.bom_template_id
inner join ops.product_variants as v on v.organization_id = t.organization_id and v.product_id = t.product_id
where l.kind = 'input' and (t.product_variant_id is null or v.id = t.product_variant_id);
comment on view private.bom_edges is 'What goes into what, by any bill of materials, of any version and day.';

create function private.bom_version_in_force(product_variant_id uuid, on_date date) returns uuid
language sql
stable
set search_path = ''
as $$
  select b.id
  from ops.product_variants as v
  inner join ops.bom_templates as t
    on t.organization_id = v.organization_id and t.product_id = v.product_id
    and (t.product_variant_id = v.id or t.product_variant_id is null)
  inner join ops.bom_versions as b on b.organization_id = t.organization_id and b.bom_template_id = t.id
  where v.organization_id = private.organization_id() and v.id = bom_version_in_force.product_variant_id
    and t.is_default and b.status = 'active' and b.valid_from <= on_date
  order by t.product_variant_id nulls last, b.valid_from desc
  limit 1
$$;
comment on function private.bom_version_in_force(uuid, date) is
  'By which version of its default bill of materials a variant is made on a day; null: by none.';

create function private.bom_parts(product_variant_ids uuid[])
returns table (
  made_id uuid,
  product_variant_id uuid,
  sku ops.short_text,
  kind ops.bom_line_kind,
  quantity numeric,
  yield numeric,
  setup_quantity numeric,
  decimals integer,
  is_phantom boolean,
  is_made boolean,
  valid_from date,
  valid_to date
)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  return query
  with recursive part as (
    select
      null::uuid as made_id, i.id as product_variant_id, null::ops.short_text as sku, 'input'::ops.bom_line_kind as kind,
      1::numeric as quantity, 1::numeric as yield, 0::numeric as setup_quantity, 0 as decimals,
      false as is_phantom, true as is_made, null::date as valid_from, null::date as valid_to
    from unnest(product_variant_ids) as i (id)
    union
    select
      b.made_id, v.id, v.sku, l.kind, l.quantity, 1 - l.scrap_pct / 100, l.setup_quantity, v.decimals,
      l.is_phantom, l.kind = 'input' and (l.is_phantom or v.supply_method = 'make'),
      greatest(b.valid_from, l.valid_from), least(b.valid_to, l.valid_to)
    from (
      -- In force until the next version of its template begins, and the product's until the variant has one of its own.
      select
        v.id as made_id, b.organization_id, b.id, b.valid_from::date,
        least(
          lead(b.valid_from) over (partition by v.id, t.id order by b.valid_from),
          case when t.product_variant_id is null then
            min(b.valid_from) filter (where t.product_variant_id is not null) over (partition by v.id)
          end
        ) as valid_to
      from (select distinct p.product_variant_id as id from part as p where p.is_made) as made
      -- From key to rows, one by one; the organization that all share is no way to join.
      cross join lateral (
        select v.* from ops.product_variants as v
        where v.organization_id = (select private.organization_id()) and v.id = made.id
        offset 0
      ) as v
      cross join lateral (
        select t.* from ops.bom_templates as t
        where t.organization_id = v.organization_id and t.product_id = v.product_id and t.is_default
          and (t.product_variant_id = v.id or t.product_variant_id is null)
        offset 0
      ) as t
      cross join lateral (
        select b.* from ops.bom_versions as b
        where b.organization_id = t.organization_id and b.bom_template_id = t.id and b.status = 'active'
        offset 0
      ) as b
    ) as b
    cross join lateral (
      select l.* from ops.bom_lines as l
      where l.organization_id = b.organization_id and l.bom_version_id = b.id
      offset 0
    ) as l
    cross join lateral (
      select v.id, v.sku, v.supply_method, u.decimals
      from ops.product_variants as v
      inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
      where v.organization_id = l.organization_id and v.id = l.product_variant_id
      offset 0
    ) as v
  )
  select p.* from part as p where p.made_id is not null;
end
$$;
comment on function private.bom_parts(uuid[]) is
  'What goes into variants and comes out beside them, at every depth, each with the days on which both its line and its version are in force: the first one, and the first one no more.';

create function private.explode_demand(demands private.demand[], levels integer default null)
returns table (
  demand_id uuid,
  level integer,
  path text,
  product_variant_id uuid,
  kind ops.bom_line_kind,
  quantity numeric
)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  return query
  with recursive part as materialized (
    select p.*, trim_scale(10::numeric ^ p.decimals) as scale, trim_scale(10::numeric ^ -p.decimals) as step
    from private.bom_parts(array(select distinct d.product_variant_id from unnest(demands) as d)) as p
  ),
  need as (
    select
      d.id, d.on_date, 0 as level, v.sku::text as path, v.id as product_variant_id, 'input'::ops.bom_line_kind as kind,
      sum(d.quantity) as quantity, false as is_phantom, true as is_made
    from unnest(demands) as d
    inner join ops.product_variants as v on v.organization_id = (select private.organization_id()) and v.id = d.product_variant_id
    group by d.id, d.on_date, v.organization_id, v.id
    union all
    select
      n.id, n.on_date, case when n.is_phantom then n.level else n.level + 1 end, n.path || ' > ' || p.sku,
      p.product_variant_id, p.kind,
      -- Too much goes in rather than too little; no more comes out than there is.
      case p.kind
        when 'input' then ceil((n.quantity * p.quantity / p.yield + p.setup_quantity) * p.scale) * p.step
        else floor(n.quantity * p.quantity * p.scale) * p.step
      end,
      p.is_phantom, p.is_made
    from need as n
    inner join part as p on p.made_id = n.product_variant_id
    where n.is_made and n.on_date >= p.valid_from and coalesce(n.on_date < p.valid_to, true)
      and coalesce(n.level < levels or n.is_phantom, true)
  )
  select n.id, n.level, n.path, n.product_variant_id, n.kind, n.quantity
  from need as n
  where not n.is_phantom;
end
$$;
comment on function private.explode_demand(private.demand[], integer) is
  'What goes into each of many demands, by the bills of materials in force on its day, down to so many levels; null: to the bottom. One row a place in the tree, the demand itself being level 0. Quantities are rounded for each demand by itself; those of one demand, variant and day count as one.';

create function private.round_to_unit(quantity numeric, decimals integer, kind ops.bom_line_kind) returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- Too much goes in rather than too little; no more comes out than there is.
  return trunc(quantity, decimals)
  + case when kind = 'input' and quantity > trunc(quantity, decimals) then 10::numeric ^ -decimals else 0 end;
end
$$;
comment on function private.round_to_unit(numeric, integer, ops.bom_line_kind) is 'A line''s quantity to the decimals of its unit: inputs up, by-products down.';

create function private.version_components(builds private.build[])
returns table (
  build_id uuid,
  product_variant_id uuid,
  kind ops.bom_line_kind,
  quantity numeric
)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  return query
  with recursive part as (
    select
      b.id, b.on_date, b.bom_version_id, null::uuid as product_variant_id, 'input'::ops.bom_line_kind as kind, b.quantity,
      true as is_dissolved
    from unnest(builds) as b
    union all
    select
      p.id, p.on_date, phantom.bom_version_id, l.product_variant_id, l.kind,
      private.round_to_unit(
        case l.kind
          when 'input' then p.quantity * l.quantity / (1 - l.scrap_pct / 100) + l.setup_quantity
          else p.quantity * l.quantity
        end,
        u.decimals, l.kind
      ),
      phantom.bom_version_id is not null
    from part as p
    inner join ops.bom_lines as l on l.organization_id = private.organization_id() and l.bom_version_id = p.bom_version_id
    inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
    inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
    -- A phantom that nothing is said to go into stands for itself.
    cross join lateral (
      select case when l.is_phantom then private.bom_version_in_force(l.product_variant_id, p.on_date) end as bom_version_id
      offset 0
    ) as phantom
    where p.is_dissolved
      and coalesce(l.valid_from <= p.on_date, true) and coalesce(l.valid_to > p.on_date, true)
  )
  select p.id, p.product_variant_id, p.kind, sum(p.quantity)
  from part as p
  where not p.is_dissolved
  group by p.id, p.product_variant_id, p.kind;
end
$$;
comment on function private.version_components(private.build[]) is
  'What goes into each of many builds, and comes out beside it, by the version that it names: the lines that count on its day, phantoms dissolved by the version in force on that day, one row a variant and kind. Rounded as explode_demand rounds.';

-- Production orders. The caller of what follows is a definer trigger that has its locks: private.lock_supply(true), or
-- private.lock_supply() and private.lock_production.

create function private.required_components(order_ids uuid[])
returns table (
  organization_id uuid,
  production_order_id uuid,
  product_variant_id uuid,
  kind ops.bom_line_kind,
  required_qty numeric
)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
begin
  return query
  select organization, c.build_id, c.product_variant_id, c.kind, c.quantity
  from private.version_components(
    array(
      select row(o.id, o.bom_version_id, o.quantity, o.created_at::date)::private.build
      from ops.production_orders as o
      where o.organization_id = organization and o.id = any(order_ids)
    )
  ) as c;
end
$$;
comment on function private.required_components(uuid[]) is
  'What goes into production orders, and comes out beside them: their versions'' lines that count on the day on which each was made, at its quantity, phantoms dissolved by the version in force on that day, one row a variant and kind.';

create function private.dates_by_lead_time(
  need_by date, lead_time_days integer, started_on date, out scheduled_start date, out scheduled_end date
)
language sql
stable
set search_path = ''
as $$
  select s.starts_on, greatest(need_by, s.starts_on + lead_time_days)
  from (select coalesce(started_on, greatest(need_by - lead_time_days, current_date)) as starts_on) as s
$$;
comment on function private.dates_by_lead_time(date, integer, date) is
  'When a production order that no operations date begins and ends: backward from the need, forward from today where that is too late, from the day on which it was begun once it was.';

create function private.check_production(order_ids uuid[], variant_ids uuid[] default '{}') returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  organization constant uuid := private.organization_id();
  is_automatic constant boolean := (
    select s.production_release = 'automatic' from ops.organization_settings as s where s.organization_id = organization
  );
  candidates uuid[];
  touched uuid[] := '{}'::uuid[];
  raised uuid[] := variant_ids;
  remainder numeric[];
  candidate record;
  served_component_ids uuid[];
  served_qtys numeric[];
  served_qty numeric;
  is_served boolean;
begin
  candidates := order_ids;
  loop
    -- Whoever waits for what was raised, and whoever was named.
    candidates := array(
      select c.id from unnest(candidates) as c (id)
      union
      select c.production_order_id
      from ops.production_components as c
      where c.organization_id = organization and c.product_variant_id = any(raised) and c.is_open and c.short_qty > 0
    );
    exit when candidates = '{}';
    touched := array(select t.id from unnest(touched) as t (id) union select c.id from unnest(candidates) as c (id));

    -- Greedy, by priority, over a remainder in memory: what each variant in each warehouse has a number.
    remainder := null;
    served_component_ids := '{}';
    served_qtys := '{}';
    for candidate in
      with short as materialized (
        select c.id, c.production_order_id, c.warehouse_id, c.product_variant_id, c.short_qty
        from unnest(candidates) as k (id)
        inner join ops.production_components as c on c.organization_id = organization and c.production_order_id = k.id
        where c.is_open and c.short_qty > 0
      ),
      stock as materialized (
        select
          s.warehouse_id, s.product_variant_id, u.available,
          row_number() over (order by s.warehouse_id, s.product_variant_id) as nth
        from (select distinct s.warehouse_id, s.product_variant_id from short as s) as s
        cross join lateral (
          select sum(u.available) as available
          from private.usable_stock as u
          where u.organization_id = organization and u.product_variant_id = s.product_variant_id
            and u.warehouse_id = s.warehouse_id
        ) as u
        where u.available > 0
      ),
      -- By order, once for all, however few of them the planner believes that there are.
      needed as materialized (
        select
          s.production_order_id,
          array_agg(s.id) filter (where k.nth is not null) as component_ids,
          array_agg(s.short_qty::numeric) filter (where k.nth is not null) as qtys,
          array_agg(k.nth::integer) filter (where k.nth is not null) as nths,
          bool_and(coalesce(k.available >= s.short_qty, false)) as is_enough
        from short as s
        left join stock as k on k.warehouse_id = s.warehouse_id and k.product_variant_id = s.product_variant_id
        group by s.production_order_id
      ),
      hopeful as (
        select
          o.id, o.priority, o.need_by,
          o.status in ('ready', 'released', 'in_progress') as has_begun, p.is_partial,
          n.component_ids, n.qtys, n.nths
        from needed as n
        inner join ops.production_orders as o on o.organization_id = organization and o.id = n.production_order_id
        cross join lateral (
          select o.allow_partial_start or o.status in ('released', 'in_progress') as is_partial
        ) as p
        where case when p.is_partial then n.nths is not null else n.is_enough end
      )
      select h.*, (select array_agg(k.available order by k.nth) from stock as k) as available
      from hopeful as h
      -- What was promised before, and is somewhere else now, stays with whom it was promised to.
      order by h.has_begun desc, h.priority, h.need_by, h.id
    loop
      remainder := coalesce(remainder, candidate.available);
      is_served := true;
      if not candidate.is_partial then
        for nth in 1 .. cardinality(candidate.nths) loop
          if remainder[candidate.nths[nth]] < candidate.qtys[nth] then
            is_served := false;
            exit;
          end if;
        end loop;
      end if;
      continue when not is_served;
      for nth in 1 .. cardinality(candidate.nths) loop
        served_qty := least(candidate.qtys[nth], remainder[candidate.nths[nth]]);
        continue when served_qty = 0;
        remainder[candidate.nths[nth]] := remainder[candidate.nths[nth]] - served_qty;
        served_component_ids := array_append(served_component_ids, candidate.component_ids[nth]);
        served_qtys := array_append(served_qtys, served_qty);
      end loop;
    end loop;

    perform private.reserve_components(served_component_ids, served_qtys);

    -- Who waits holds nothing that others could use, unless it may begin with what there is.
    with hogging as materialized (
      select o.id
      from unnest(touched) as t (id)
      inner join ops.production_orders as o on o.organization_id = organization and o.id = t.id
      inner join ops.production_components as c on c.organization_id = organization and c.production_order_id = o.id
      where o.status in ('queued', 'on_hold', 'ready') and not o.allow_partial_start
      group by o.id
      having bool_or(c.short_qty > 0) and bool_or(c.reserved_qty > 0)
    ),
    given as (
      delete from ops.inventory_reservations as r
      using hogging as h, ops.production_components as c
      where c.organization_id = organization and c.production_order_id = h.id
        and r.organization_id = organization and r.production_component_id = c.id
      returning r.product_variant_id
    )
    select array_agg(distinct g.product_variant_id) into raised from given as g;
    exit when raised is null;
    candidates := '{}';
  end loop;

  if touched <> '{}' then
    perform private.derive_production(touched, is_automatic);
  end if;
end
$$;
comment on function private.check_production(uuid[], uuid[]) is
  'Gives stock to production orders: to these, and to those that wait for these variants, by priority, then the earlier need, then the older order. One that may start in part, or has been released, takes what there is; another one all or nothing. Then their status follows.';

create function private.reserve_components(component_ids uuid[], quantities numeric[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
begin
  -- Both lie on one line, piece behind piece: a component takes of the places that it overlaps.
  with taken as (
    select
      c.organization_id, c.warehouse_id, c.product_variant_id, c.id, t.quantity,
      sum(t.quantity) over (partition by c.warehouse_id, c.product_variant_id order by t.nth) as upto_qty
    from unnest(component_ids, quantities) with ordinality as t (id, quantity, nth)
    inner join ops.production_components as c on c.organization_id = private.organization_id() and c.id = t.id
  ),
  place as (
    select
      u.warehouse_id, u.product_variant_id, u.stock_location_id, u.lot_id, u.available,
      sum(u.available) over (
        partition by u.warehouse_id, u.product_variant_id order by u.expires_on, u.stock_level_id
      ) as upto_qty
    from (select distinct t.organization_id, t.warehouse_id, t.product_variant_id from taken as t) as t
    inner join private.usable_stock as u
      on u.organization_id = t.organization_id and u.product_variant_id = t.product_variant_id
      and u.warehouse_id = t.warehouse_id
  )
  insert into ops.inventory_reservations as r (
    organization_id, product_variant_id, stock_location_id, lot_id, quantity, production_component_id, created_by
  )
  select
    t.organization_id, t.product_variant_id, p.stock_location_id, p.lot_id,
    least(t.upto_qty, p.upto_qty) - greatest(t.upto_qty - t.quantity, p.upto_qty - p.available), t.id,
    (select private.actor_id())
  from taken as t
  inner join place as p
    on p.warehouse_id = t.warehouse_id and p.product_variant_id = t.product_variant_id
    and p.upto_qty > t.upto_qty - t.quantity and t.upto_qty > p.upto_qty - p.available
  on conflict on constraint inventory_reservations_place_key do update set quantity = r.quantity + excluded.quantity;
end
$$;
comment on function private.reserve_components(uuid[], numeric[]) is
  'Reserves so much for each production component: of the lot that expires first, then of the place that has had the variant longest.';

create function private.derive_production(order_ids uuid[], is_automatic boolean) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  organization constant uuid := private.organization_id();
begin
  -- Derived once for all, however few orders the planner believes that there are.
  with derived as materialized (
    select
      o.id,
      case
        when bool_and(coalesce(c.short_qty, 0) = 0)
          or o.allow_partial_start and bool_or(c.reserved_qty + c.issued_qty > 0)
          then case when is_automatic then 'released' else 'ready' end
        else 'on_hold'
      end::ops.production_order_status as status
    from unnest(order_ids) as k (id)
    inner join ops.production_orders as o on o.organization_id = organization and o.id = k.id
    left join ops.production_components as c
      on c.organization_id = organization and c.production_order_id = o.id and c.kind = 'input'
    where o.status in ('queued', 'on_hold', 'ready')
    group by o.organization_id, o.id
  )
  update ops.production_orders as o
  set status = d.status
  from derived as d
  where o.organization_id = organization and o.id = d.id and o.status <> d.status;

  with component as materialized (
    select c.*
    from unnest(order_ids) as k (id)
    inner join ops.production_components as c on c.organization_id = organization and c.production_order_id = k.id
    where c.kind = 'input'
  ),
  stock as materialized (
    select c.warehouse_id, c.product_variant_id, u.available
    from (select distinct c.warehouse_id, c.product_variant_id from component as c where c.short_qty > 0) as c
    cross join lateral (
      select sum(u.available) as available
      from private.usable_stock as u
      where u.organization_id = organization and u.product_variant_id = c.product_variant_id
        and u.warehouse_id = c.warehouse_id
    ) as u
  ),
  lacking as materialized (
    select c.id, c.production_order_id, c.product_variant_id, c.short_qty - coalesce(u.available, 0) as lacking_qty
    from component as c
    left join stock as u on u.warehouse_id = c.warehouse_id and u.product_variant_id = c.product_variant_id
  ),
  ended as (
    update ops.component_shortages as s
    set ended_at = greatest(now(), s.began_at)
    from lacking as l
    where s.organization_id = organization and s.production_component_id = l.id and s.ended_at is null
      and l.lacking_qty <= 0
  )
  insert into ops.component_shortages (
    organization_id, production_order_id, production_component_id, product_variant_id, short_qty
  )
  select organization, l.production_order_id, l.id, l.product_variant_id, l.lacking_qty
  from lacking as l
  where l.lacking_qty > 0
  on conflict (organization_id, production_component_id) where ended_at is null do nothing;
end
$$;
comment on function private.derive_production(uuid[], boolean) is
  'The status of production orders that are not released follows from what is reserved for them; so does what they wait for.';

create function private.availability(
  organization_id uuid, product_variant_id uuid, warehouse_id uuid, required_qty numeric, own_qty numeric, on_date date,
  order_id uuid
)
returns table (
  availability ops.availability,
  on_hand ops.quantity,
  reserved_for_others ops.quantity,
  incoming_qty ops.quantity,
  short_qty ops.quantity,
  expected_on date
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan  -- asked once a component: planned anew each time it costs tenfold
as $$
#variable_conflict use_column
begin
  return query
  select
    case
      when s.short_qty = 0 then 'available'
      when s.short_qty < availability.required_qty then 'insufficient'
      else 'out_of_stock'
    end::ops.availability,
    l.on_hand::ops.quantity, (l.reserved - availability.own_qty)::ops.quantity, i.incoming_qty::ops.quantity,
    s.short_qty::ops.quantity,
    case when s.short_qty > 0 then i.expected_on end
  from (
    select
      coalesce(sum(l.on_hand), 0) as on_hand, coalesce(sum(l.reserved), 0) as reserved, coalesce(sum(l.available), 0) as available
    from ops.stock_levels as l
    left join ops.lots as t on t.organization_id = l.organization_id and t.id = l.lot_id
    where l.organization_id = availability.organization_id and l.product_variant_id = availability.product_variant_id
      and l.warehouse_id = availability.warehouse_id and l.location_kind not in ('quarantine', 'shipping')
      and coalesce(t.expires_on >= current_date, true)
  ) as l
  cross join lateral (
    select greatest(availability.required_qty - availability.own_qty - l.available, 0) as short_qty
  ) as s
  cross join lateral (
    select
      coalesce(sum(u.quantity) filter (where u.expected_on <= availability.on_date), 0) as incoming_qty,
      min(u.expected_on) filter (where u.upto_qty >= s.short_qty) as expected_on
    from (
      select
        greatest(u.expected_on, current_date) as expected_on, u.quantity,
        sum(u.quantity) over (order by greatest(u.expected_on, current_date), u.purchase_order_line_id, u.production_order_id) as upto_qty
      from (
        select
          l.open_qty * l.stock_per_unit as quantity, coalesce(l.promised_date, l.need_by) as expected_on,
          l.id as purchase_order_line_id, null::uuid as production_order_id
        from ops.purchase_order_lines as l
        inner join ops.purchase_orders as p on p.organization_id = l.organization_id and p.id = l.purchase_order_id
        where l.organization_id = availability.organization_id and l.product_variant_id = availability.product_variant_id
          and l.open_qty > 0 and p.warehouse_id = availability.warehouse_id and p.status not in ('draft', 'submitted')
        union all
        select
          o.quantity - o.completed_qty - o.scrapped_qty, coalesce(o.scheduled_end, o.need_by), null, o.id
        from ops.production_orders as o
        where o.organization_id = availability.organization_id and o.product_variant_id = availability.product_variant_id
          and o.is_open and o.warehouse_id = availability.warehouse_id and o.id is distinct from availability.order_id
          and o.quantity > o.completed_qty + o.scrapped_qty
      ) as u
    ) as u
  ) as i;
end
$$;
comment on function private.availability(uuid, uuid, uuid, numeric, numeric, date, uuid) is
  'Whether so much of a variant, of which so much is reserved already, is there in a warehouse; what comes until a day, and when what is short will have come. As the caller.';
