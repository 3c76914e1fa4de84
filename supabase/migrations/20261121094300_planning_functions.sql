-- declared in sql/functions/planning.sql
-- Planning: what is short, of what, when, and what to make or buy for it. One run at a time in an organization. It
-- stages the facts of one moment in temporary tables, nets level by level from the sold goods down to what is bought,
-- and then makes the stored plan agree with what it found: with nothing changed it changes nothing.
--
-- Netting, for a variant in a warehouse, day by day:
--
--   projected = on hand - reserved for what planning does not know + incoming - demand (until and on the day)
--
-- Where projected and what was planned before are less than the floor (safety stock or the reorder minimum, whichever
-- is more; equal is not less), so much is planned that the needs of the following days, as many as the organization
-- buys for at once, leave the reorder target or the safety stock. What is needed sooner than anything ordered today
-- could come is netted on the first day on which it could: what is on order until then serves it, late, and is not
-- ordered twice.
--
-- Nobody may write a plan: private.run_planning acts as the owner, and all that it calls. Every statement names the
-- organization of the caller.

create function private.stage_planning() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  drop table if exists
  pg_temp.plan_stock, pg_temp.plan_levels, pg_temp.plan_items, pg_temp.plan_demands, pg_temp.plan_incoming,
  pg_temp.plan_offers, pg_temp.plan_days, pg_temp.plan_supplies, pg_temp.plan_pegs, pg_temp.plan_lines,
  pg_temp.plan_emptied;
  create temporary table plan_stock (
    product_variant_id uuid not null,
    warehouse_id uuid not null,
    on_hand numeric not null,
    elsewhere numeric not null,
    safety numeric not null,
    minimum numeric not null,
    target numeric not null,
    reorder_rule_id uuid,
    primary key (product_variant_id, warehouse_id)
  ) on commit drop;
  create temporary table plan_levels (
    product_variant_id uuid primary key,
    level integer not null
  ) on commit drop;
  create temporary table plan_items (
    item integer generated always as identity primary key,
    product_variant_id uuid not null,
    warehouse_id uuid not null,
    level integer,
    lead_time_days integer,
    on_hand numeric not null default 0,
    elsewhere numeric not null default 0,
    safety numeric not null default 0,
    minimum numeric not null default 0,
    target numeric not null default 0,
    reorder_rule_id uuid,
    unique (product_variant_id, warehouse_id)
  ) on commit drop;
  create temporary table plan_demands (
    product_variant_id uuid not null,
    warehouse_id uuid not null,
    need_by date not null,
    quantity numeric not null,
    order_item_id uuid,
    production_component_id uuid,
    parent_id uuid,
    bom_template_id uuid
  ) on commit drop;
  create temporary table plan_incoming (
    product_variant_id uuid not null,
    warehouse_id uuid not null,
    day date not null,
    quantity numeric not null,
    purchase_order_line_id uuid,
    production_order_id uuid
  ) on commit drop;
  create temporary table plan_offers (
    product_variant_id uuid not null,
    id uuid not null,
    vendor_id uuid not null,
    vendor_name text not null,
    purchase_unit text not null,
    stock_per_unit numeric,
    minimum_qty numeric not null,
    multiple_qty numeric not null,
    lead_time_days integer not null,
    preference integer not null,
    valid_from date,
    valid_to date,
    currency text not null,
    rate numeric
  ) on commit drop;
  create temporary table plan_days (
    item integer not null,
    day date not null,
    order_item_id uuid,
    bom_template_id uuid,
    need_by date,
    demand numeric not null,
    incoming numeric not null,
    is_check boolean not null,
    projected numeric not null,
    apart numeric not null,
    ahead numeric
  ) on commit drop;
  create index plan_days_item_idx on pg_temp.plan_days (item, day);
  create temporary table plan_supplies (
    id uuid not null,
    stored_id uuid,
    item integer not null,
    level integer not null,
    day date not null,
    kind ops.supply_method not null,
    product_variant_id uuid not null,
    warehouse_id uuid not null,
    net_qty numeric not null,
    quantity numeric not null,
    need_by date not null,
    order_by date not null,
    late_days integer not null,
    bom_version_id uuid,
    order_item_id uuid,
    supplier_product_id uuid,
    vendor_id uuid,
    purchase_qty numeric,
    purchase_unit text,
    stock_per_unit numeric,
    unit_price numeric,
    currency text,
    exception ops.planning_exception_kind,
    why jsonb not null
  ) on commit drop;
  create temporary table plan_pegs (
    product_variant_id uuid not null,
    planned_supply_id uuid,
    purchase_order_line_id uuid,
    production_order_id uuid,
    order_item_id uuid,
    production_component_id uuid,
    parent_supply_id uuid,
    reorder_rule_id uuid,
    quantity numeric not null,
    supplied_on date,
    needed_on date
  ) on commit drop;
  create temporary table plan_lines (
    id uuid not null,
    planned_supply_id uuid not null,
    purchase_order_id uuid not null,
    product_variant_id uuid not null,
    quantity numeric not null,
    unit text not null,
    unit_price numeric not null,
    need_by date not null
  ) on commit drop;
  create temporary table plan_emptied (
    purchase_order_id uuid not null
  ) on commit drop;
end
$$;
comment on function private.stage_planning() is 'Makes the temporary tables of a planning run, which end with its transaction.';

create function private.begin_planning(planned_on date) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
begin
  perform private.require_read_committed();
  perform pg_advisory_xact_lock(hashtextextended('planning ' || organization, 0));
  -- Where the run makes production orders, before any row is locked, and so that nobody makes them meanwhile.
  if (private.settings()).planned_production = 'automatic' then
    perform private.lock_supply(true);
  end if;
  -- The drafts of the last run are its own until somebody submits them: whoever comes first.
  perform
  from ops.planned_supplies as p
  inner join ops.purchase_order_lines as l on l.organization_id = p.organization_id and l.id = p.purchase_order_line_id
  where p.organization_id = organization and not p.is_firm
  order by l.id
  for no key update of l;
  perform
  from ops.purchase_orders as o
  where o.organization_id = organization and o.status = 'draft'
  order by o.id
  for no key update;
  perform private.stage_planning();

  -- One statement, one moment: what is received meanwhile is on order or on hand, never both and never neither.
  with asked as (
    insert into pg_temp.plan_demands (
      product_variant_id, warehouse_id, need_by, quantity, order_item_id, production_component_id, bom_template_id
    )
    select
      d.product_variant_id, d.warehouse_id, d.need_by, d.quantity, d.order_item_id, null::uuid, d.bom_template_id
    from private.line_demands as d
    where d.organization_id = organization and d.product_variant_id is not null and d.quantity > 0
    union all
    select
      c.product_variant_id, c.warehouse_id, coalesce(o.scheduled_start, o.need_by), c.required_qty - c.issued_qty,
      null, c.id, null
    from ops.production_components as c
    inner join ops.production_orders as o on o.organization_id = c.organization_id and o.id = c.production_order_id
    where c.organization_id = organization and c.is_open and c.kind = 'input' and c.required_qty > c.issued_qty
  ),
  incoming as (
    insert into pg_temp.plan_incoming (
      product_variant_id, warehouse_id, day, quantity, purchase_order_line_id, production_order_id
    )
    select
      l.product_variant_id, o.warehouse_id, coalesce(l.promised_date, l.need_by),
      round(l.open_qty * l.stock_per_unit, u.decimals), l.id, null::uuid
    from ops.purchase_order_lines as l
    inner join ops.purchase_orders as o on o.organization_id = l.organization_id and o.id = l.purchase_order_id
    inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
    inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
    where l.organization_id = organization and l.open_qty > 0 and not exists (
      select from ops.planned_supplies as p
      where p.organization_id = l.organization_id and p.purchase_order_line_id = l.id and not p.is_firm
    )
    union all
    select
      o.product_variant_id, o.warehouse_id, coalesce(o.scheduled_end, o.need_by),
      o.quantity - o.completed_qty - o.scrapped_qty, null, o.id
    from ops.production_orders as o
    where o.organization_id = organization and o.is_open and o.quantity > o.completed_qty + o.scrapped_qty
    union all
    select
      c.product_variant_id, c.warehouse_id, coalesce(o.scheduled_end, o.need_by), c.required_qty - c.issued_qty,
      null, o.id
    from ops.production_components as c
    inner join ops.production_orders as o on o.organization_id = c.organization_id and o.id = c.production_order_id
    where c.organization_id = organization and c.is_open and c.kind = 'by_product' and c.required_qty > c.issued_qty
  )
  insert into pg_temp.plan_stock (
    product_variant_id, warehouse_id, on_hand, elsewhere, safety, minimum, target, reorder_rule_id
  )
  select
    k.product_variant_id, k.warehouse_id, sum(k.on_hand), sum(k.elsewhere), sum(k.safety),
    greatest(sum(k.safety), sum(k.minimum)), greatest(sum(k.safety), sum(k.target)), max(k.rule_id::text)::uuid
  from (
    select
      l.product_variant_id, l.warehouse_id, l.on_hand, 0 as elsewhere, 0 as safety, 0 as minimum, 0 as target,
      null::uuid as rule_id
    from ops.stock_levels as l
    left join ops.lots as t on t.organization_id = l.organization_id and t.id = l.lot_id
    where l.organization_id = organization and l.on_hand > 0 and l.location_kind <> 'quarantine'
      and coalesce(t.expires_on >= begin_planning.planned_on, true)
    union all
    -- What is reserved for one of the demands serves it. For other lines it is gone.
    select r.product_variant_id, p.warehouse_id, 0, r.quantity, 0, 0, 0, null
    from ops.inventory_reservations as r
    inner join ops.stock_locations as p on p.organization_id = r.organization_id and p.id = r.stock_location_id
    where r.organization_id = organization and r.order_item_id is not null and not exists (
      select from private.line_demands as d
      where d.organization_id = r.organization_id and d.order_item_id = r.order_item_id
    )
    union all
    select r.product_variant_id, r.warehouse_id, 0, 0, r.safety_qty, r.minimum_qty, r.target_qty, r.id
    from ops.reorder_rules as r
    where r.organization_id = organization
  ) as k
  group by k.product_variant_id, k.warehouse_id;

  insert into pg_temp.plan_items (
    product_variant_id, warehouse_id, on_hand, elsewhere, safety, minimum, target, reorder_rule_id
  )
  select
    k.product_variant_id, k.warehouse_id, coalesce(s.on_hand, 0), coalesce(s.elsewhere, 0), coalesce(s.safety, 0),
    coalesce(s.minimum, 0), coalesce(s.target, 0), s.reorder_rule_id
  from (
    select d.product_variant_id, d.warehouse_id from pg_temp.plan_demands as d
    union
    select i.product_variant_id, i.warehouse_id from pg_temp.plan_incoming as i
    union
    select s.product_variant_id, s.warehouse_id from pg_temp.plan_stock as s where s.reorder_rule_id is not null
  ) as k
  left join pg_temp.plan_stock as s
    on s.product_variant_id = k.product_variant_id and s.warehouse_id = k.warehouse_id;
  analyze pg_temp.plan_stock, pg_temp.plan_items, pg_temp.plan_demands, pg_temp.plan_incoming;
end
$$;
comment on function private.begin_planning(date) is
  'First step of a planning run: waits for the organization''s other ones, locks its own drafts, and stages demands, stock and what is on order as they are at one moment.';

create function private.level_items() returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  depth integer := 0;
begin
  insert into pg_temp.plan_levels (product_variant_id, level)
  select distinct i.product_variant_id, 0 from pg_temp.plan_items as i;
  loop
    insert into pg_temp.plan_levels (product_variant_id, level)
    select distinct l.product_variant_id, depth + 1
    from pg_temp.plan_levels as f
    inner join ops.product_variants as v on v.organization_id = organization and v.id = f.product_variant_id
    inner join ops.bom_templates as t
      on t.organization_id = organization and t.product_id = v.product_id
      and coalesce(t.product_variant_id = v.id, true)
    inner join ops.bom_versions as b
      on b.organization_id = organization and b.bom_template_id = t.id and b.status = 'active'
    inner join ops.bom_lines as l
      on l.organization_id = organization and l.bom_version_id = b.id and l.kind = 'input'
    where f.level = depth
    on conflict (product_variant_id) do update set level = excluded.level;
    exit when not found;
    depth := depth + 1;
  end loop;
  update pg_temp.plan_items as i
  set level = l.level
  from pg_temp.plan_levels as l
  where l.product_variant_id = i.product_variant_id;

  insert into pg_temp.plan_offers (
    product_variant_id, id, vendor_id, vendor_name, purchase_unit, stock_per_unit, minimum_qty, multiple_qty,
    lead_time_days, preference, valid_from, valid_to, currency, rate
  )
  select
    o.product_variant_id, o.id, o.vendor_id, d.name, o.purchase_unit,
    nullif(round(private.conversion_factor(o.product_variant_id, o.purchase_unit, v.unit), 6), 0), o.minimum_qty,
    private.whole_multiple(o.multiple_qty, u.decimals), o.lead_time_days, o.preference, o.valid_from, o.valid_to,
    o.currency, case when o.currency = g.currency then 1 else r.rate end
  from pg_temp.plan_levels as l
  inner join ops.product_variants as v
    on v.organization_id = organization and v.id = l.product_variant_id and v.supply_method = 'buy'
  inner join ops.supplier_products as o on o.organization_id = organization and o.product_variant_id = v.id
  inner join ops.directory as d
    on d.organization_id = organization and d.id = o.vendor_id and d.approval_status = 'approved'
    and 'vendor' = any(d.kinds)
  inner join ops.units as u on u.organization_id = organization and u.code = o.purchase_unit
  inner join ops.organizations as g on g.id = organization
  left join lateral (
    select r.rate from ops.exchange_rates as r
    where r.organization_id = organization and r.currency = o.currency and r.rate_date <= current_date
    order by r.rate_date desc
    limit 1
  ) as r on true;
  create index plan_offers_variant_idx on pg_temp.plan_offers (product_variant_id);
  analyze pg_temp.plan_levels, pg_temp.plan_offers;
  return depth;
end
$$;
comment on function private.level_items() is
  'Second step of a planning run: the low-level code of every variant that could be asked for, which is how deep it lies where it lies deepest, and the offers for what is bought. Returns the deepest level.';

create function private.raise_to_lot(quantity numeric, minimum numeric, multiple numeric) returns numeric
language sql
immutable
parallel safe
set search_path = ''
as $$
  select ceil(greatest(quantity, minimum) / multiple) * multiple
$$;
comment on function private.raise_to_lot(numeric, numeric, numeric) is 'A quantity raised to the minimum, and then up to the multiple.';

create function private.whole_multiple(multiple numeric, decimals integer) returns numeric
language sql
immutable
parallel safe
set search_path = ''
as $$
  select lcm(coalesce(multiple, 0.000001), 10::numeric ^ -decimals)
$$;
comment on function private.whole_multiple(numeric, integer) is
  'The least multiple of a lot that its unit can be divided into: 3 pieces where lots are of 1.5.';

create function private.to_purchase_unit(quantity numeric, stock_per_unit numeric, decimals integer) returns numeric
language sql
immutable
parallel safe
set search_path = ''
as $$
  -- What the last decimal of the conversion cannot tell, and the goods receipt rounds away, is not short: twelve
  -- pieces are a dozen, though a piece is 0.083333 of one.
  select (quantity - least(0.000001 * quantity / stock_per_unit, 10::numeric ^ -decimals) / 2) / stock_per_unit
$$;
comment on function private.to_purchase_unit(numeric, numeric, integer) is
  'How many of the vendor''s unit bring so much into stock, before it is raised to a lot. Decimals are those of the variant''s unit.';

create function private.choose_vendor(
  product_variant_id uuid, net numeric, decimals integer, need_by date, planned_on date, vendor_choice ops.vendor_choice
) returns private.supply_choice
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  choice private.supply_choice;
begin
  with candidates as (
    -- Of several offers of one vendor the one that began last holds.
    select distinct on (o.vendor_id)
      o.*, planned_on + o.lead_time_days <= choose_vendor.need_by as is_on_time,
      private.raise_to_lot(
        private.to_purchase_unit(choose_vendor.net, o.stock_per_unit, decimals), o.minimum_qty, o.multiple_qty
      ) as purchase_qty
    from pg_temp.plan_offers as o
    where o.product_variant_id = choose_vendor.product_variant_id and o.stock_per_unit is not null
      and coalesce(o.valid_from <= greatest(planned_on, choose_vendor.need_by - o.lead_time_days), true)
      and coalesce(o.valid_to > greatest(planned_on, choose_vendor.need_by - o.lead_time_days), true)
    order by o.vendor_id, o.valid_from desc nulls last
  ),
  ranked as (
    select
      c.*, b.from_qty, b.unit_price, round(c.purchase_qty * b.unit_price / c.rate, 4) as cost,
      row_number() over (
        order by
          c.is_on_time desc,
          case when not c.is_on_time then c.lead_time_days end,
          case vendor_choice when 'lowest_cost' then c.purchase_qty * b.unit_price / c.rate end,
          c.preference, c.lead_time_days, c.purchase_qty * b.unit_price / c.rate, c.id
      ) as rank
    from candidates as c
    cross join lateral (
      select p.from_qty, p.unit_price from ops.supplier_price_breaks as p
      where p.organization_id = private.organization_id() and p.supplier_product_id = c.id
        and p.from_qty <= c.purchase_qty
      order by p.from_qty desc
      limit 1
    ) as b
  )
  select
    -- As the goods receipt will round it.
    greatest(round(r.purchase_qty * r.stock_per_unit, decimals), net),
    greatest(choose_vendor.need_by - r.lead_time_days, '1900-01-01'),
    greatest(planned_on + r.lead_time_days - choose_vendor.need_by, 0),
    null::uuid, r.id, r.vendor_id, r.purchase_qty, r.purchase_unit, r.stock_per_unit, r.unit_price::numeric, r.currency,
    null::ops.planning_exception_kind,
    jsonb_build_object(
      'vendor', r.vendor_name,
      'chosen_by', case
        when not r.is_on_time then 'fastest' when vendor_choice = 'lowest_cost' then 'lowest_cost' else 'preference'
      end,
      'preference', r.preference, 'lead_time_days', r.lead_time_days,
      'purchase_unit', r.purchase_unit, 'stock_per_unit', trim_scale(r.stock_per_unit),
      'vendor_minimum', trim_scale(r.minimum_qty), 'vendor_multiple', trim_scale(r.multiple_qty),
      'purchase_qty', trim_scale(r.purchase_qty),
      'price_break', jsonb_build_object(
        'from_qty', trim_scale(r.from_qty), 'unit_price', trim_scale(r.unit_price), 'currency', r.currency
      ),
      'cost', trim_scale(r.cost),
      'runners_up', (
        select coalesce(
          jsonb_agg(
            jsonb_build_object(
              'vendor', o.vendor_name, 'is_on_time', o.is_on_time, 'preference', o.preference,
              'lead_time_days', o.lead_time_days, 'purchase_qty', trim_scale(o.purchase_qty),
              'purchase_unit', o.purchase_unit, 'unit_price', trim_scale(o.unit_price), 'currency', o.currency,
              'cost', trim_scale(o.cost)
            )
            order by o.rank
          ), '[]'
        )
        from ranked as o where o.rank between 2 and 4
      )
    )
  into choice
  from ranked as r
  where r.rank = 1;
  if not found then
    choice.quantity := net;
    choice.order_by := need_by;
    choice.late_days := 0;
    choice.exception := case
      when exists (
        select from pg_temp.plan_offers as o
        where o.product_variant_id = choose_vendor.product_variant_id and o.stock_per_unit is null
      ) then 'no_conversion'::ops.planning_exception_kind else 'no_vendor'
    end;
    choice.why := '{}';
  end if;
  return choice;
end
$$;
comment on function private.choose_vendor(uuid, numeric, integer, date, date, ops.vendor_choice) is
  'Who sells what is short: among the offers that are valid when it must be ordered, those in time by preference (or by the total in the organization''s currency), else the fastest. Converted to the purchase unit, raised to the minimum and the multiple, and then priced by the break that this reaches.';

create function private.choose_bom_version(
  product_variant_id uuid, bom_template_id uuid, net numeric, decimals integer, need_by date, planned_on date
) returns private.supply_choice
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  choice private.supply_choice;
begin
  select
    private.raise_to_lot(net, t.lot_minimum_qty, private.whole_multiple(t.lot_multiple_qty, decimals)),
    greatest(choose_bom_version.need_by - t.lead_time_days, '1900-01-01'),
    greatest(planned_on + t.lead_time_days - choose_bom_version.need_by, 0),
    b.id, null::uuid, null::uuid, null::numeric, null::text, null::numeric, null::numeric, null::text,
    null::ops.planning_exception_kind,
    jsonb_build_object(
      'bom', t.code, 'bom_version', b.version, 'lead_time_days', t.lead_time_days,
      'lot_minimum', trim_scale(t.lot_minimum_qty), 'lot_multiple', trim_scale(t.lot_multiple_qty)
    )
  into choice
  from ops.product_variants as v
  inner join ops.bom_templates as t
    on t.organization_id = organization and t.product_id = v.product_id and coalesce(t.product_variant_id = v.id, true)
  inner join ops.bom_versions as b
    on b.organization_id = organization and b.bom_template_id = t.id and b.status = 'active'
    and b.valid_from <= greatest(planned_on, choose_bom_version.need_by - t.lead_time_days)
  where v.organization_id = organization and v.id = choose_bom_version.product_variant_id
    and case
      when choose_bom_version.bom_template_id is null then t.is_default else t.id = choose_bom_version.bom_template_id
    end
  order by t.product_variant_id nulls last, b.valid_from desc
  limit 1;
  if not found then
    choice.quantity := net;
    choice.order_by := need_by;
    choice.late_days := 0;
    choice.exception := 'no_bom';
    choice.why := '{}';
  end if;
  return choice;
end
$$;
comment on function private.choose_bom_version(uuid, uuid, numeric, integer, date, date) is
  'How what is short is made: by the chosen bill of materials or the default one, in the version in force when it is begun, in the lots that it says.';

create function private.netting_of(item integer, day date, order_item_id uuid, period_days integer)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- The day on which least is left: what is short then is what is planned.
  until constant date := (
    select d.day
    from pg_temp.plan_days as d
    where d.item = netting_of.item and d.order_item_id is not distinct from netting_of.order_item_id
      and d.day between netting_of.day
      and netting_of.day + case when netting_of.order_item_id is null then period_days - 1 else 0 end
    order by d.projected + d.apart, d.day
    limit 1
  );
begin
  return (
    select jsonb_build_object(
      'until', until,
      'on_hand', trim_scale(i.on_hand),
      'reserved_elsewhere', trim_scale(i.elsewhere),
      'safety', trim_scale(i.safety), 'minimum', trim_scale(i.minimum), 'target', trim_scale(i.target),
      'gross', (
        -- Lines that are made apart, later than this, are not in it.
        select trim_scale(sum(d.demand)) from pg_temp.plan_days as d
        where d.item = i.item and d.day <= until and (
          d.order_item_id is null or d.day < netting_of.day
          or d.day = netting_of.day and d.order_item_id <= netting_of.order_item_id
        )
      ),
      'incoming', (
        select coalesce(trim_scale(sum(d.incoming)), 0) from pg_temp.plan_days as d where d.item = i.item and d.day <= until
      ),
      'incoming_by_date', (
        select coalesce(jsonb_agg(jsonb_build_object('date', d.day, 'quantity', trim_scale(d.incoming)) order by d.day), '[]')
        from pg_temp.plan_days as d
        where d.item = i.item and d.day <= until and d.incoming > 0
      )
    )
    from pg_temp.plan_items as i
    where i.item = netting_of.item
  );
end
$$;
comment on function private.netting_of(integer, date, uuid, integer) is
  'The arithmetic of a shortage: net = gross + target + reserved elsewhere - on hand - incoming - planned before.';

create function private.net_level(
  level integer, planned_on date, period_days integer, vendor_choice ops.vendor_choice
) returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  gap record;
  last_item integer;
  covered numeric;
  net numeric;
  choice private.supply_choice;
begin
  -- The soonest that something ordered today could be there.
  update pg_temp.plan_items as i
  set lead_time_days = coalesce(
    case v.supply_method
      when 'make' then (
        select t.lead_time_days from ops.bom_templates as t
        where t.organization_id = organization and t.product_id = v.product_id and t.is_default
          and coalesce(t.product_variant_id = v.id, true)
        order by t.product_variant_id nulls last
        limit 1
      )
      else (
        select min(o.lead_time_days) from pg_temp.plan_offers as o
        where o.product_variant_id = v.id and o.stock_per_unit is not null
      )
    end, 0
  )
  from ops.product_variants as v
  where v.organization_id = organization and v.id = i.product_variant_id and i.level = net_level.level;

  truncate pg_temp.plan_days;
  insert into pg_temp.plan_days (
    item, day, order_item_id, bom_template_id, need_by, demand, incoming, is_check, projected, apart
  )
  with movements as (
    select
      i.item, greatest(d.need_by, net_level.planned_on + i.lead_time_days) as day,
      case when d.bom_template_id is not null then d.order_item_id end as order_item_id,
      d.bom_template_id, d.need_by, d.quantity as demand, 0::numeric as incoming, true as is_check
    from pg_temp.plan_items as i
    inner join pg_temp.plan_demands as d
      on d.product_variant_id = i.product_variant_id and d.warehouse_id = i.warehouse_id
    where i.level = net_level.level
    union all
    select i.item, greatest(s.day, net_level.planned_on), null, null, null, 0, s.quantity, false
    from pg_temp.plan_items as i
    inner join pg_temp.plan_incoming as s
      on s.product_variant_id = i.product_variant_id and s.warehouse_id = i.warehouse_id
    where i.level = net_level.level
    union all
    select
      i.item, net_level.planned_on + i.lead_time_days, null, null, net_level.planned_on + i.lead_time_days, 0, 0, true
    from pg_temp.plan_items as i
    where i.level = net_level.level and i.minimum > 0
  ),
  days as (
    select
      m.item, m.day, m.order_item_id, max(m.bom_template_id::text)::uuid as bom_template_id, min(m.need_by) as need_by,
      sum(m.demand) as demand, sum(m.incoming) as incoming, bool_or(m.is_check) as is_check
    from movements as m
    group by m.item, m.day, m.order_item_id
  )
  select
    d.item, d.day, d.order_item_id, d.bom_template_id, d.need_by, d.demand, d.incoming, d.is_check,
    i.on_hand - i.elsewhere + sum(d.incoming - d.demand) over so_far,
    coalesce(sum(d.demand) filter (where d.order_item_id is not null) over so_far, 0)
  from days as d
  inner join pg_temp.plan_items as i on i.item = d.item
  window so_far as (
    partition by d.item order by d.day, d.order_item_id nulls first
    rows between unbounded preceding and current row
  );

  -- What the days ahead leave, but for the lines that are made apart, by a bill of materials of their own.
  update pg_temp.plan_days as d
  set ahead = a.ahead
  from (
    select
      g.item, g.day, min(g.projected + g.apart) over (
        partition by g.item order by g.day
        range between current row and make_interval(days => period_days - 1) following
      ) as ahead
    from pg_temp.plan_days as g
    where g.order_item_id is null
  ) as a
  where a.item = d.item and a.day = d.day and d.order_item_id is null;

  -- What is planned for one day is there on the next ones: one after the other, but only where something is short.
  for gap in
    select d.*, i.product_variant_id, i.warehouse_id, i.minimum, i.target, v.supply_method, u.decimals
    from pg_temp.plan_days as d
    inner join pg_temp.plan_items as i on i.item = d.item
    inner join ops.product_variants as v on v.organization_id = organization and v.id = i.product_variant_id
    inner join ops.units as u on u.organization_id = organization and u.code = v.unit
    where d.is_check and d.projected < i.minimum
    order by d.item, d.day, d.order_item_id nulls first
  loop
    if gap.item is distinct from last_item then
      last_item := gap.item;
      covered := 0;
    end if;
    continue when gap.projected + covered >= gap.minimum;
    net := gap.target - covered - case
      when gap.order_item_id is null then gap.ahead - gap.apart else gap.projected
    end;
    choice := case gap.supply_method
      when 'make' then private.choose_bom_version(
        gap.product_variant_id, gap.bom_template_id, net, gap.decimals, gap.need_by, planned_on
      )
      else private.choose_vendor(gap.product_variant_id, net, gap.decimals, gap.need_by, planned_on, vendor_choice)
    end;
    if greatest(choice.quantity, choice.purchase_qty) >= 1e12 or choice.purchase_qty * choice.unit_price >= 1e14 then
      perform private.fail(
        'OMS_INVALID_ARGUMENT',
        format(
          '%s of %s would be needed on %s, more than can be counted or paid; look at what asks for it, and at its offers.',
          trim_scale(net), (
            select v.sku from ops.product_variants as v
            where v.organization_id = organization and v.id = gap.product_variant_id
          ), gap.need_by
        ),
        jsonb_build_object('product_variant_id', gap.product_variant_id)
      );
    end if;
    insert into pg_temp.plan_supplies (
      id, item, level, day, kind, product_variant_id, warehouse_id, net_qty, quantity, need_by, order_by, late_days,
      bom_version_id, order_item_id, supplier_product_id, vendor_id, purchase_qty, purchase_unit, stock_per_unit,
      unit_price, currency, exception, why
    )
    values (
      private.new_id(), gap.item, net_level.level, gap.day, gap.supply_method, gap.product_variant_id, gap.warehouse_id,
      net, choice.quantity, gap.need_by, choice.order_by, choice.late_days, choice.bom_version_id, gap.order_item_id,
      choice.supplier_product_id, choice.vendor_id, choice.purchase_qty, choice.purchase_unit, choice.stock_per_unit,
      choice.unit_price, choice.currency, choice.exception,
      private.netting_of(gap.item, gap.day, gap.order_item_id, period_days)
      || jsonb_build_object('planned_before', trim_scale(covered), 'net', trim_scale(net)) || choice.why
    );
    covered := covered + choice.quantity;
  end loop;
end
$$;
comment on function private.net_level(integer, date, integer, ops.vendor_choice) is
  'A planning run, level by level: running balances by day, and what to make or buy where they fall below the floor.';

create function private.explode_level(level integer, planned_on date) returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  with asked as (
    insert into pg_temp.plan_demands (product_variant_id, warehouse_id, need_by, quantity, parent_id)
    select c.product_variant_id, s.warehouse_id, s.order_by, c.quantity, s.id
    from private.version_components(
      array(
        select row(s.id, s.bom_version_id, s.quantity, greatest(s.order_by, explode_level.planned_on))::private.build
        from pg_temp.plan_supplies as s
        where s.level = explode_level.level and s.bom_version_id is not null
      )
    ) as c
    inner join pg_temp.plan_supplies as s on s.id = c.build_id
    where c.kind = 'input'
    returning product_variant_id, warehouse_id
  )
  insert into pg_temp.plan_items (
    product_variant_id, warehouse_id, level, on_hand, elsewhere, safety, minimum, target, reorder_rule_id
  )
  select distinct on (a.product_variant_id, a.warehouse_id)
    a.product_variant_id, a.warehouse_id, l.level, coalesce(s.on_hand, 0), coalesce(s.elsewhere, 0),
    coalesce(s.safety, 0), coalesce(s.minimum, 0), coalesce(s.target, 0), s.reorder_rule_id
  from asked as a
  inner join pg_temp.plan_levels as l on l.product_variant_id = a.product_variant_id
  left join pg_temp.plan_stock as s
    on s.product_variant_id = a.product_variant_id and s.warehouse_id = a.warehouse_id
  on conflict (product_variant_id, warehouse_id) do nothing;
end
$$;
comment on function private.explode_level(integer, date) is
  'A planning run, level by level: what planned production asks of the levels below, by its lot-sized quantity.';

create function private.store_supplies(run_id uuid) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  removed bigint;
  changed bigint;
  added bigint;
begin
  with former as (
    select p.id, p.product_variant_id, p.warehouse_id, p.kind, p.need_by, p.order_item_id
    from ops.planned_supplies as p
    where p.organization_id = organization and not p.is_firm
  ),
  matched as (
    update pg_temp.plan_supplies as n
    set stored_id = f.id
    from former as f
    where f.product_variant_id = n.product_variant_id and f.warehouse_id = n.warehouse_id and f.kind = n.kind
      and f.need_by = n.need_by and f.order_item_id is not distinct from n.order_item_id
    returning f.id
  ),
  dropped as (
    select f.id from former as f
    except
    select m.id from matched as m
  ),
  -- A draft line of what is not needed any more, or is bought elsewhere now, goes.
  unlined as (
    delete from ops.purchase_order_lines as l
    using ops.planned_supplies as p, dropped as d
    where p.organization_id = organization and p.id = d.id
      and l.organization_id = organization and l.id = p.purchase_order_line_id
    returning l.purchase_order_id
  ),
  emptied as (
    insert into pg_temp.plan_emptied (purchase_order_id)
    select distinct u.purchase_order_id from unlined as u
  ),
  gone as (
    delete from ops.planned_supplies as p
    using dropped as d
    where p.organization_id = organization and p.id = d.id
    returning p.id
  )
  select count(*) into removed from gone;
  update pg_temp.plan_supplies set stored_id = id where stored_id is null;

  with unlined as (
    delete from ops.purchase_order_lines as l
    using ops.planned_supplies as p, pg_temp.plan_supplies as n
    where p.organization_id = organization and p.id = n.stored_id
      and l.organization_id = organization and l.id = p.purchase_order_line_id
      and (p.vendor_id, p.currency, p.purchase_unit, p.stock_per_unit)
      is distinct from (n.vendor_id, n.currency, n.purchase_unit, n.stock_per_unit)
    returning l.purchase_order_id
  )
  insert into pg_temp.plan_emptied (purchase_order_id)
  select distinct u.purchase_order_id from unlined as u;

  update ops.planned_supplies as p
  set
    supply_run_id = run_id, low_level_code = n.level, net_qty = n.net_qty, quantity = n.quantity, order_by = n.order_by,
    late_days = n.late_days, bom_version_id = n.bom_version_id, supplier_product_id = n.supplier_product_id,
    vendor_id = n.vendor_id, purchase_qty = n.purchase_qty, purchase_unit = n.purchase_unit,
    stock_per_unit = n.stock_per_unit, unit_price = n.unit_price, currency = n.currency, why = n.why
  from pg_temp.plan_supplies as n
  where p.organization_id = organization and p.id = n.stored_id
    and (
      p.low_level_code, p.net_qty, p.quantity, p.order_by, p.late_days, p.bom_version_id, p.supplier_product_id, p.vendor_id,
      p.purchase_qty, p.purchase_unit, p.stock_per_unit, p.unit_price, p.currency, p.why
    ) is distinct from (
      n.level, n.net_qty, n.quantity, n.order_by, n.late_days, n.bom_version_id, n.supplier_product_id, n.vendor_id,
      n.purchase_qty, n.purchase_unit, n.stock_per_unit, n.unit_price, n.currency, n.why
    );
  get diagnostics changed = row_count;

  insert into ops.planned_supplies (
    organization_id, id, supply_run_id, kind, product_variant_id, warehouse_id, low_level_code, net_qty, quantity, need_by,
    order_by, late_days, bom_version_id, order_item_id, supplier_product_id, vendor_id, purchase_qty, purchase_unit,
    stock_per_unit, unit_price, currency, why
  )
  select
    organization, n.stored_id, run_id, n.kind, n.product_variant_id, n.warehouse_id, n.level, n.net_qty, n.quantity,
    n.need_by, n.order_by, n.late_days, n.bom_version_id, n.order_item_id, n.supplier_product_id, n.vendor_id,
    n.purchase_qty, n.purchase_unit, n.stock_per_unit, n.unit_price, n.currency, n.why
  from pg_temp.plan_supplies as n
  where not exists (
    select from ops.planned_supplies as p where p.organization_id = organization and p.id = n.stored_id
  )
  order by n.level, n.item, n.day;
  get diagnostics added = row_count;

  update ops.supply_runs as r
  set
    demand_count = (select count(*) from pg_temp.plan_demands),
    planned_count = (select count(*) from pg_temp.plan_supplies),
    added_count = added, changed_count = changed, removed_count = removed
  where r.organization_id = organization and r.id = run_id;
end
$$;
comment on function private.store_supplies(uuid) is
  'Makes the stored plan agree with the run: same need, same row. What has not changed is not written.';

create function private.peg_supplies(planned_on date) returns void
language plpgsql
volatile
set search_path = ''
-- Joined by item and number: by the item alone there are as many pairs as supplies times demands.
set enable_mergejoin = off
set enable_nestloop = off
as $$
declare
  organization constant uuid := private.organization_id();
begin
  -- Supplies and demands of an item are laid end to end, in the order in which netting met them. Where a stretch of
  -- one lies over a stretch of the other, the one serves the other: cut at every end, each piece has one of each, the
  -- first of either that has not ended yet.
  insert into pg_temp.plan_pegs (
    product_variant_id, planned_supply_id, purchase_order_line_id, production_order_id, order_item_id,
    production_component_id, parent_supply_id, reorder_rule_id, quantity, supplied_on, needed_on
  )
  with supplies as (
    select s.*, row_number() over stretch as nth, sum(s.quantity) over stretch as reach
    from (
      -- Stock below the safety stock serves nobody.
      select
        i.item, '-infinity'::date as day, 0 as position, null::uuid as order_item_id, null::uuid as id,
        null::uuid as planned_supply_id, null::uuid as purchase_order_line_id, null::uuid as production_order_id,
        i.on_hand - i.elsewhere - i.safety as quantity, null::date as supplied_on
      from pg_temp.plan_items as i
      where i.on_hand - i.elsewhere > i.safety
      union all
      select
        i.item, greatest(s.day, planned_on), 1, null, coalesce(s.purchase_order_line_id, s.production_order_id),
        null, s.purchase_order_line_id, s.production_order_id, s.quantity, s.day
      from pg_temp.plan_incoming as s
      inner join pg_temp.plan_items as i
        on i.product_variant_id = s.product_variant_id and i.warehouse_id = s.warehouse_id
      union all
      select
        n.item, n.day, 2, n.order_item_id, n.id, n.stored_id, null, null, n.quantity, n.need_by + n.late_days
      from pg_temp.plan_supplies as n
    ) as s
    window stretch as (
      partition by s.item order by s.day, s.position, s.order_item_id nulls first, s.id rows unbounded preceding
    )
  ),
  demands as (
    select d.*, row_number() over stretch as nth, sum(d.quantity) over stretch as reach
    from (
      select
        i.item, i.product_variant_id, greatest(q.need_by, planned_on + i.lead_time_days) as day,
        case when q.bom_template_id is not null then q.order_item_id end as apart, q.need_by,
        -- Of two parents of one day the next run must find the same one first: by the id that they keep.
        coalesce(q.order_item_id, q.production_component_id, n.stored_id) as id, q.order_item_id,
        q.production_component_id, n.stored_id as parent_supply_id, null::uuid as reorder_rule_id, q.quantity
      from pg_temp.plan_demands as q
      inner join pg_temp.plan_items as i
        on i.product_variant_id = q.product_variant_id and i.warehouse_id = q.warehouse_id
      left join pg_temp.plan_supplies as n on n.id = q.parent_id
      union all
      -- What a reorder rule wants is wanted last.
      select
        i.item, i.product_variant_id, 'infinity', null, 'infinity', i.reorder_rule_id, null, null, null,
        i.reorder_rule_id, i.target - least(greatest(i.on_hand - i.elsewhere, 0), i.safety)
      from pg_temp.plan_items as i
      where i.reorder_rule_id is not null
        and i.target > least(greatest(i.on_hand - i.elsewhere, 0), i.safety)
    ) as d
    window stretch as (
      partition by d.item order by d.day, d.apart nulls first, d.need_by, d.id rows unbounded preceding
    )
  ),
  cuts as (
    select
      e.item, e.reach - lag(e.reach, 1, 0.0) over before as quantity,
      count(*) filter (where e.is_supply) over before + 1 as supply_nth,
      count(*) filter (where not e.is_supply) over before + 1 as demand_nth
    from (
      select s.item, s.reach, true as is_supply from supplies as s
      union all
      select d.item, d.reach, false from demands as d
    ) as e
    window before as (partition by e.item order by e.reach rows between unbounded preceding and 1 preceding)
  )
  select
    d.product_variant_id, s.planned_supply_id, s.purchase_order_line_id, s.production_order_id, d.order_item_id,
    d.production_component_id, d.parent_supply_id, d.reorder_rule_id, c.quantity, s.supplied_on,
    nullif(d.need_by, 'infinity')
  from cuts as c
  inner join supplies as s on s.item = c.item and s.nth = c.supply_nth
  inner join demands as d on d.item = c.item and d.nth = c.demand_nth
  where s.position > 0 and c.quantity > 0;

  with wanted as (
    select
      p.product_variant_id, p.planned_supply_id, p.purchase_order_line_id, p.production_order_id, p.order_item_id,
      p.production_component_id, p.parent_supply_id, p.reorder_rule_id, sum(p.quantity) as quantity
    from pg_temp.plan_pegs as p
    group by 1, 2, 3, 4, 5, 6, 7, 8
  ),
  compared as (
    select
      e.id as former_id, w.*, (
        e.quantity is not distinct from w.quantity
      ) as is_same
    from wanted as w
    full join (select p.* from ops.supply_pegs as p where p.organization_id = organization) as e
      on e.product_variant_id = w.product_variant_id
      and coalesce(e.planned_supply_id, e.purchase_order_line_id, e.production_order_id)
      = coalesce(w.planned_supply_id, w.purchase_order_line_id, w.production_order_id)
      and coalesce(e.order_item_id, e.production_component_id, e.parent_supply_id, e.reorder_rule_id)
      = coalesce(w.order_item_id, w.production_component_id, w.parent_supply_id, w.reorder_rule_id)
  ),
  gone as (
    delete from ops.supply_pegs as p
    using compared as c
    where p.organization_id = organization and p.id = c.former_id and not c.is_same
  )
  insert into ops.supply_pegs (
    organization_id, product_variant_id, planned_supply_id, purchase_order_line_id, production_order_id, order_item_id,
    production_component_id, parent_supply_id, reorder_rule_id, quantity
  )
  select
    organization, c.product_variant_id, c.planned_supply_id, c.purchase_order_line_id, c.production_order_id,
    c.order_item_id, c.production_component_id, c.parent_supply_id, c.reorder_rule_id, c.quantity
  from compared as c
  where not c.is_same and c.quantity is not null;
end
$$;
comment on function private.peg_supplies(date) is
  'Which supply serves which demand: first come, first served, by variant and warehouse. What stock serves has no peg.';

create function private.supplies_of_orders(order_ids uuid[]) returns setof uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with recursive served as (
    select p.planned_supply_id, p.production_order_id
    from ops.supply_pegs as p
    inner join ops.order_items as i on i.organization_id = p.organization_id and i.id = p.order_item_id
    where p.organization_id = private.organization_id() and i.order_id = any(order_ids)
    union
    select p.planned_supply_id, p.production_order_id
    from served as s
    inner join ops.supply_pegs as p
      on p.organization_id = private.organization_id() and (
        p.parent_supply_id = s.planned_supply_id
        or p.production_component_id in (
          select c.id from ops.production_components as c
          where c.organization_id = private.organization_id() and c.production_order_id = s.production_order_id
        )
      )
  )
  select distinct s.planned_supply_id from served as s where s.planned_supply_id is not null;
end
$$;
comment on function private.supplies_of_orders(uuid[]) is 'The planned supplies that serve these orders, on all levels.';

create function private.draft_purchases(order_ids uuid[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
begin
  update ops.purchase_order_lines as l
  set quantity = p.purchase_qty, unit_price = p.unit_price
  from ops.planned_supplies as p
  inner join pg_temp.plan_supplies as n on n.stored_id = p.id
  where p.organization_id = organization and l.organization_id = organization and l.id = p.purchase_order_line_id
    and (l.quantity, l.unit_price) is distinct from (p.purchase_qty, p.unit_price);

  with asked as (
    select p.*
    from ops.planned_supplies as p
    inner join pg_temp.plan_supplies as n on n.stored_id = p.id
    where p.organization_id = organization and p.vendor_id is not null and p.purchase_order_line_id is null
      and (
        draft_purchases.order_ids is null
        or p.id in (select private.supplies_of_orders(draft_purchases.order_ids))
      )
  ),
  keys as (
    select distinct a.vendor_id, a.warehouse_id, a.currency from asked as a
  ),
  drafts as (
    select distinct on (o.vendor_id, o.warehouse_id, o.currency) o.id, o.vendor_id, o.warehouse_id, o.currency
    from ops.purchase_orders as o
    inner join keys as k
      on k.vendor_id = o.vendor_id and k.warehouse_id = o.warehouse_id and k.currency = o.currency
    where o.organization_id = organization and o.status = 'draft'
    order by o.vendor_id, o.warehouse_id, o.currency, o.id
  ),
  opened as (
    insert into ops.purchase_orders (organization_id, vendor_id, warehouse_id, currency)
    select organization, k.vendor_id, k.warehouse_id, k.currency
    from keys as k
    where not exists (
      select from drafts as d
      where d.vendor_id = k.vendor_id and d.warehouse_id = k.warehouse_id and d.currency = k.currency
    )
    order by k.vendor_id, k.warehouse_id, k.currency
    returning id, vendor_id, warehouse_id, currency
  )
  insert into pg_temp.plan_lines (
    id, planned_supply_id, purchase_order_id, product_variant_id, quantity, unit, unit_price, need_by
  )
  select
    private.new_id(), a.id, o.id, a.product_variant_id, a.purchase_qty, a.purchase_unit, a.unit_price, a.need_by
  from asked as a
  inner join (select * from drafts union all select * from opened) as o
    on o.vendor_id = a.vendor_id and o.warehouse_id = a.warehouse_id and o.currency = a.currency;

  insert into ops.purchase_order_lines (
    organization_id, id, purchase_order_id, product_variant_id, quantity, unit, unit_price, need_by
  )
  select
    organization, l.id, l.purchase_order_id, l.product_variant_id, l.quantity, l.unit, l.unit_price, l.need_by
  from pg_temp.plan_lines as l
  order by l.purchase_order_id, l.need_by, l.id;
  update ops.planned_supplies as p
  set purchase_order_line_id = l.id
  from pg_temp.plan_lines as l
  where p.organization_id = organization and p.id = l.planned_supply_id;

  -- A draft that planning emptied goes; one that somebody opened and has not filled yet stays.
  delete from ops.purchase_orders as o
  using pg_temp.plan_emptied as e
  where o.organization_id = organization and o.id = e.purchase_order_id and o.status = 'draft' and not exists (
    select from ops.purchase_order_lines as l
    where l.organization_id = organization and l.purchase_order_id = o.id
  );
end
$$;
comment on function private.draft_purchases(uuid[]) is
  'Puts planned purchases on drafts: one for each vendor, warehouse and currency, added to the open draft there is. A line for each planned supply.';

create function private.store_exceptions(run_id uuid) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
begin
  with open_supplies as (
    select
      i.product_variant_id, i.warehouse_id, i.day, i.quantity, i.purchase_order_line_id, i.production_order_id,
      i.quantity - coalesce(g.quantity, 0) as unpegged
    from pg_temp.plan_incoming as i
    left join (
      select
        g.product_variant_id, coalesce(g.purchase_order_line_id, g.production_order_id) as document_id,
        sum(g.quantity) as quantity
      from pg_temp.plan_pegs as g
      where g.planned_supply_id is null
      group by 1, 2
    ) as g
      on g.product_variant_id = i.product_variant_id
      and g.document_id = coalesce(i.purchase_order_line_id, i.production_order_id)
  ),
  surplus as (
    -- What of it could be left away: the rest is still bought and made in lots.
    select
      s.*, greatest(
        s.quantity - case
          when s.unpegged >= s.quantity then 0
          else private.raise_to_lot((s.quantity - s.unpegged) / l.stock_per_unit, lot.minimum_qty, lot.multiple_qty)
            * l.stock_per_unit
        end, 0
      ) as spare, o.po_number as document
    from open_supplies as s
    inner join ops.purchase_order_lines as l on l.organization_id = organization and l.id = s.purchase_order_line_id
    inner join ops.purchase_orders as o on o.organization_id = organization and o.id = l.purchase_order_id
    inner join ops.units as u on u.organization_id = organization and u.code = l.unit
    cross join lateral (
      select
        coalesce(max(f.minimum_qty), 0) as minimum_qty,
        coalesce(max(f.multiple_qty), 10::numeric ^ -u.decimals) as multiple_qty
      from pg_temp.plan_offers as f
      where f.product_variant_id = s.product_variant_id and f.vendor_id = l.vendor_id and f.purchase_unit = l.unit
    ) as lot
    where s.unpegged > 0
    union all
    select
      s.*, greatest(
        s.quantity - case
          when s.unpegged >= s.quantity then 0
          else private.raise_to_lot(
            s.quantity - s.unpegged, t.lot_minimum_qty, private.whole_multiple(t.lot_multiple_qty, u.decimals)
          )
        end, 0
      ), o.production_number
    from open_supplies as s
    inner join ops.production_orders as o
      on o.organization_id = organization and o.id = s.production_order_id and o.product_variant_id = s.product_variant_id
    inner join ops.bom_versions as b on b.organization_id = organization and b.id = o.bom_version_id
    inner join ops.bom_templates as t on t.organization_id = organization and t.id = b.bom_template_id
    inner join ops.product_variants as v on v.organization_id = organization and v.id = o.product_variant_id
    inner join ops.units as u on u.organization_id = organization and u.code = v.unit
    where s.unpegged > 0
  ),
  found as (
    select
      n.exception as kind,
      format(
        case n.exception
          when 'no_vendor' then 'Nobody sells %s %s of %s, needed on %s, on terms that hold then: add an offer with a price, of an approved vendor.'
          when 'no_bom' then '%s %s of %s are needed on %s, and no bill of materials in force says how it is made.'
          else 'Offers for %s %s of %s, needed on %s, are in units without a conversion: say how many of its unit one of them is.'
        end,
        trim_scale(n.net_qty), v.unit, v.sku, n.need_by
      ) as message,
      n.product_variant_id, n.warehouse_id, n.net_qty as quantity, n.need_by, n.order_item_id, n.stored_id as planned_supply_id,
      null::uuid as purchase_order_line_id, null::uuid as production_order_id
    from pg_temp.plan_supplies as n
    inner join ops.product_variants as v on v.organization_id = organization and v.id = n.product_variant_id
    where n.exception is not null
    union all
    select
      'late',
      format(
        '%s %s of %s, needed on %s, come %s days late if ordered now.',
        trim_scale(n.quantity), v.unit, v.sku, n.need_by, n.late_days
      ),
      n.product_variant_id, n.warehouse_id, n.quantity, n.need_by, n.order_item_id, n.stored_id, null, null
    from pg_temp.plan_supplies as n
    inner join ops.product_variants as v on v.organization_id = organization and v.id = n.product_variant_id
    where n.late_days > 0
    union all
    select
      'late',
      format(
        '%s %s of %s on %s come on %s; the first of them are needed on %s.', trim_scale(sum(g.quantity)), v.unit, v.sku,
        coalesce(o.po_number, m.production_number), g.supplied_on, min(g.needed_on)
      ),
      g.product_variant_id, coalesce(o.warehouse_id, m.warehouse_id), sum(g.quantity), min(g.needed_on), null, null,
      g.purchase_order_line_id, g.production_order_id
    from pg_temp.plan_pegs as g
    inner join ops.product_variants as v on v.organization_id = organization and v.id = g.product_variant_id
    left join ops.purchase_order_lines as l on l.organization_id = organization and l.id = g.purchase_order_line_id
    left join ops.purchase_orders as o on o.organization_id = organization and o.id = l.purchase_order_id
    left join ops.production_orders as m on m.organization_id = organization and m.id = g.production_order_id
    where g.planned_supply_id is null and g.supplied_on > g.needed_on
    group by
      v.unit, v.sku, o.po_number, m.production_number, g.supplied_on, g.product_variant_id, o.warehouse_id, m.warehouse_id,
      g.purchase_order_line_id, g.production_order_id
    union all
    select
      'surplus',
      format('%s %s of %s on %s are not needed any more.', trim_scale(s.spare), v.unit, v.sku, s.document),
      s.product_variant_id, s.warehouse_id, s.spare, s.day, null, null, s.purchase_order_line_id, s.production_order_id
    from surplus as s
    inner join ops.product_variants as v on v.organization_id = organization and v.id = s.product_variant_id
    where s.spare > 0
    union all
    select
      'no_sku',
      format(
        'Line %s of %s asks for %s pieces%s that have no SKU: add the variant.', i.line_number, o.order_number,
        trim_scale(d.quantity), ' in size ' || d.size_label
      ),
      null, d.warehouse_id, d.quantity, d.need_by, d.order_item_id, null, null, null
    from private.line_demands as d
    inner join ops.order_items as i on i.organization_id = organization and i.id = d.order_item_id
    inner join ops.orders as o on o.organization_id = organization and o.id = i.order_id
    where d.organization_id = organization and d.product_variant_id is null and d.quantity > 0
  ),
  compared as (
    select e.id as former_id, f.*
    from found as f
    full join (select x.* from ops.planning_exceptions as x where x.organization_id = organization) as e
      on e.kind = f.kind and e.message = f.message
      and coalesce(e.planned_supply_id, e.purchase_order_line_id, e.production_order_id, e.order_item_id)
      = coalesce(f.planned_supply_id, f.purchase_order_line_id, f.production_order_id, f.order_item_id)
  ),
  gone as (
    delete from ops.planning_exceptions as x
    using compared as c
    where x.organization_id = organization and x.id = c.former_id and c.kind is null
  )
  insert into ops.planning_exceptions (
    organization_id, supply_run_id, kind, message, product_variant_id, warehouse_id, quantity, need_by, order_item_id,
    planned_supply_id, purchase_order_line_id, production_order_id
  )
  select
    organization, run_id, c.kind, c.message, c.product_variant_id, c.warehouse_id, c.quantity, c.need_by, c.order_item_id,
    c.planned_supply_id, c.purchase_order_line_id, c.production_order_id
  from compared as c
  where c.former_id is null;
end
$$;
comment on function private.store_exceptions(uuid) is 'What a planning run could not solve. Those that stand already stay as they are.';

create function private.firm_production(planned_supply_ids uuid[]) returns setof ops.production_orders
language plpgsql
volatile
security definer  -- nobody may write a plan
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  made_ids uuid[];
begin
  perform pg_advisory_xact_lock(hashtextextended('planning ' || organization, 0));
  perform private.lock_supply(true);
  perform from ops.planned_supplies as p
  where p.organization_id = organization and p.id = any(planned_supply_ids)
  order by p.id
  for no key update;
  with planned as (
    select p.*, private.new_id() as made_id
    from ops.planned_supplies as p
    where p.organization_id = organization and p.id = any(planned_supply_ids)
      and p.kind = 'make' and p.bom_version_id is not null and not p.is_firm
  ),
  opened as (
    insert into ops.production_orders (
      organization_id, id, product_variant_id, bom_version_id, warehouse_id, order_item_id, quantity, need_by
    )
    select organization, p.made_id, p.product_variant_id, p.bom_version_id, p.warehouse_id, p.order_item_id, p.quantity, p.need_by
    from planned as p
    order by p.low_level_code desc, p.need_by, p.id
    returning *
  ),
  linked as (
    update ops.planned_supplies as p
    set production_order_id = n.made_id, is_firm = true
    from planned as n
    where p.organization_id = organization and p.id = n.id
  )
  select array_agg(o.id) into made_ids from opened as o;
  return query
  select o.* from ops.production_orders as o where o.organization_id = organization and o.id = any(made_ids) order by o.id;
end
$$;
comment on function private.firm_production(uuid[]) is 'Turns planned production into production orders, once.';

create function private.run_planning(order_ids uuid[], planned_on date) returns uuid
language plpgsql
volatile
security definer  -- nobody may write a plan
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  settings constant ops.organization_settings := private.settings();
  run_id constant uuid := private.new_id();
begin
  perform private.begin_planning(planned_on);
  insert into ops.supply_runs (organization_id, id, planned_on, order_ids)
  values (organization, run_id, run_planning.planned_on, run_planning.order_ids);
  for depth in 0 .. private.level_items() loop
    perform private.net_level(depth, planned_on, settings.planning_period_days, settings.vendor_choice);
    perform private.explode_level(depth, planned_on);
  end loop;
  perform private.store_supplies(run_id);
  perform private.peg_supplies(planned_on);
  perform private.draft_purchases(run_planning.order_ids);
  perform private.store_exceptions(run_id);
  if settings.planned_production = 'automatic' then
    perform private.firm_production(
      array(
        select n.stored_id from pg_temp.plan_supplies as n
        where n.kind = 'make' and (
          run_planning.order_ids is null
          or n.stored_id in (select private.supplies_of_orders(run_planning.order_ids))
        )
      )
    );
  end if;
  update ops.supply_runs as r
  set
    finished_at = clock_timestamp(),
    exception_count = (select count(*) from ops.planning_exceptions as x where x.organization_id = organization)
  where r.organization_id = organization and r.id = run_id;
  return run_id;
end
$$;
comment on function private.run_planning(uuid[], date) is 'A planning run in the caller''s organization. Returns its id.';
