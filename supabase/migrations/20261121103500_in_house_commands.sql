-- declared in sql/commands/in_house.sql
create function ops.choose_bom(
  order_item_id uuid, bom_template_id uuid default null
) returns ops.order_item_supplies
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('choose_bom', jsonb_build_array(order_item_id, bom_template_id));
  line_id constant uuid := (
    select i.id from ops.order_items as i
    where i.organization_id = private.organization_id() and i.id = choose_bom.order_item_id
  );
  chosen ops.order_item_supplies;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.order_item_supplies, replayed);
  end if;
  perform private.require_found(line_id, 'order line', choose_bom.order_item_id);

  insert into ops.order_item_supplies as s (order_item_id, warehouse_id, bom_template_id)
  values (
    line_id,
    (
      select k.warehouse_id from ops.order_item_supplies as k
      where k.organization_id = private.organization_id() and k.order_item_id = line_id
    ),
    choose_bom.bom_template_id
  )
  on conflict on constraint order_item_supplies_pkey do update
  set bom_template_id = excluded.bom_template_id
  where s.bom_template_id is distinct from excluded.bom_template_id;

  select s.* into chosen
  from ops.order_item_supplies as s
  where s.organization_id = private.organization_id() and s.order_item_id = line_id;
  perform private.store_response('choose_bom', to_jsonb(chosen));
  return chosen;
end
$$;
comment on function ops.choose_bom(uuid, uuid) is
  'Supplies an order line in house, by a bill of materials; without one, as its variants are made by default. Choosing again chooses anew; what is in production keeps the version it was begun with. Sales, planner, production. Errors: OMS_NOT_FOUND, OMS_LINE_ALLOCATED, OMS_LINE_CANCELLED, OMS_ORDER_NOT_ACCEPTED, OMS_BOM_NOT_FOR_LINE, OMS_INVALID_ARGUMENT.';

create function ops.recommend_bom_templates(order_item_id uuid) returns setof ops.bom_recommendation
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  today constant date := current_date;
  horizon_ends constant date := (
    select current_date + s.forecast_horizon_days - 1 from ops.organization_settings as s
    where s.organization_id = organization
  );
  line record;
begin
  select i.id, i.style_id, coalesce(s.warehouse_id, w.id) as warehouse_id into line
  from ops.order_items as i
  left join ops.order_item_supplies as s on s.organization_id = i.organization_id and s.order_item_id = i.id
  left join ops.warehouses as w on w.organization_id = i.organization_id and w.is_default
  where i.organization_id = organization and i.id = recommend_bom_templates.order_item_id;
  perform private.require_found(line.id, 'order line', recommend_bom_templates.order_item_id);

  return query
  with recursive asked as materialized (
    select v.product_variant_id, v.quantity
    from ops.order_item_variants as v
    where v.organization_id = organization and v.order_item_id = line.id and v.quantity > 0
  ),
  candidate as materialized (
    select t.id, t.code, t.name, t.is_default, t.product_id, t.product_variant_id, version.id as bom_version_id
    from ops.products as p
    inner join ops.bom_templates as t on t.organization_id = p.organization_id and t.product_id = p.id
    cross join lateral (
      select b.id
      from ops.bom_versions as b
      where b.organization_id = t.organization_id and b.bom_template_id = t.id
        and b.status = 'active' and b.valid_from <= today
      order by b.valid_from desc
      limit 1
    ) as version
    where p.organization_id = organization and p.style_id = line.style_id
      and (t.product_variant_id is null or t.product_variant_id in (select a.product_variant_id from asked as a))
  ),
  -- Each candidate at the line's quantity, SKU by SKU. Level 1 is what goes into an order of it, phantoms dissolved;
  -- further down is only what has no cost of its own and is made.
  part as (
    select
      c.id as candidate_id, 0 as level, null::uuid as product_variant_id, 'input'::ops.bom_line_kind as kind,
      a.quantity::numeric as quantity, null::numeric as standard_cost, c.bom_version_id as made_by_id, false as is_phantom
    from candidate as c
    inner join asked as a on c.product_variant_id is null or a.product_variant_id = c.product_variant_id
    union all
    select
      p.candidate_id, p.level + case when p.is_phantom then 0 else 1 end, v.id, l.kind,
      private.round_to_unit(
        case l.kind
          when 'input' then p.quantity * l.quantity / (1 - l.scrap_pct / 100) + l.setup_quantity
          else p.quantity * l.quantity
        end,
        u.decimals, l.kind
      ),
      v.standard_cost,
      case
        when l.is_phantom or l.kind = 'input' and v.supply_method = 'make' and v.standard_cost is null
          then private.bom_version_in_force(v.id, today)
      end,
      l.is_phantom
    from part as p
    inner join ops.bom_lines as l on l.organization_id = organization and l.bom_version_id = p.made_by_id
    inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
    inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
    where coalesce(l.valid_from <= today, true) and coalesce(l.valid_to > today, true)
  ),
  available as (
    select s.candidate_id, avg(least(1, s.available / s.required_qty)) as share, count(*) as components,
      count(*) filter (where s.available >= s.required_qty) as complete
    from (
      select
        p.candidate_id, p.product_variant_id, sum(p.quantity) as required_qty,
        (
          select coalesce(sum(k.available), 0)
          from ops.stock_levels as k
          left join ops.lots as t on t.organization_id = k.organization_id and t.id = k.lot_id
          where k.organization_id = organization and k.product_variant_id = p.product_variant_id
            and k.warehouse_id = line.warehouse_id and k.location_kind not in ('quarantine', 'shipping')
            and coalesce(t.expires_on >= today, true)
        ) as available
      from part as p
      where p.level = 1 and not p.is_phantom and p.kind = 'input'
      group by p.candidate_id, p.product_variant_id
    ) as s
    group by s.candidate_id
  ),
  bought as (
    select p.candidate_id, p.product_variant_id, p.kind, p.standard_cost, sum(p.quantity) as quantity
    from part as p
    where p.level > 0 and not p.is_phantom and p.made_by_id is null
    group by p.candidate_id, p.product_variant_id, p.kind, p.standard_cost
  ),
  material as (
    select
      b.candidate_id,
      sum(case b.kind when 'input' then 1 else -1 end * b.quantity * coalesce(b.standard_cost, offer.unit_cost, 0)) as cost,
      count(*) filter (where b.kind = 'input' and coalesce(b.standard_cost, offer.unit_cost) is null) as uncosted
    from bought as b
    left join lateral (
      -- Of each vendor the terms that hold; the cheapest of them for so much, by its own unit and currency.
      select min(
        private.in_own_currency(
          private.offer_price(s.id, greatest(b.quantity / s.stock_per_unit, s.minimum_qty)), s.currency, today
        ) / s.stock_per_unit
      ) as unit_cost
      from (
        select distinct on (s.vendor_id)
          s.id, s.currency, s.minimum_qty, private.conversion_factor(v.id, s.purchase_unit, v.unit) as stock_per_unit
        from ops.supplier_products as s
        inner join ops.product_variants as v on v.organization_id = s.organization_id and v.id = s.product_variant_id
        where s.organization_id = organization and s.product_variant_id = b.product_variant_id
          and coalesce(s.valid_from <= today, true) and coalesce(s.valid_to > today, true)
        order by s.vendor_id, s.valid_from desc nulls last
      ) as s
    ) as offer on b.standard_cost is null
    group by b.candidate_id
  ),
  operation as (
    select p.candidate_id, sum((o.setup_minutes + o.minutes_per_unit * p.quantity) / 60 * w.hourly_rate) as cost
    from part as p
    inner join ops.bom_operations as o on o.organization_id = organization and o.bom_version_id = p.made_by_id
    inner join ops.work_centers as w on w.organization_id = o.organization_id and w.id = o.work_center_id
    where not p.is_phantom
    group by p.candidate_id
  ),
  forecast as materialized (
    select
      v.id as product_variant_id,
      sum(
        f.quantity * (least(f.ends_on, horizon_ends) - greatest(f.starts_on, today) + 1) / (f.ends_on - f.starts_on + 1)
      ) as quantity
    from ops.products as p
    inner join ops.product_variants as v on v.organization_id = p.organization_id and v.product_id = p.id
    inner join ops.demand_forecasts as f on f.organization_id = v.organization_id and f.product_variant_id = v.id
    where p.organization_id = organization and p.style_id = line.style_id and f.version = 'current'
      and f.starts_on <= horizon_ends and f.ends_on >= today
    group by v.id
  ),
  fact as (
    select
      c.*,
      coalesce(
        (
          select sum(f.quantity) from forecast as f
          where c.product_variant_id is null or f.product_variant_id = c.product_variant_id
        ), 0
      ) as forecast_qty,
      past.used, past.completed, past.on_time,
      coalesce(a.share, 1) as share, coalesce(a.components, 0) as components, coalesce(a.complete, 0) as complete,
      coalesce(m.uncosted, 0) as uncosted,
      case when m.uncosted = 0 then m.cost / made.quantity end as material_cost,
      coalesce(o.cost, 0) / made.quantity as operation_cost
    from candidate as c
    cross join lateral (
      select nullif(sum(p.quantity), 0) as quantity from part as p where p.candidate_id = c.id and p.level = 0
    ) as made
    left join available as a on a.candidate_id = c.id
    left join material as m on m.candidate_id = c.id
    left join operation as o on o.candidate_id = c.id
    cross join lateral (
      select
        count(*) as used,
        count(*) filter (where m.status = 'completed') as completed,
        count(*) filter (where m.status = 'completed' and m.completed_at::date <= m.need_by) as on_time
      from ops.bom_versions as b
      inner join ops.production_orders as m on m.organization_id = b.organization_id and m.bom_version_id = b.id
      where b.organization_id = organization and b.bom_template_id = c.id and m.status <> 'cancelled'
    ) as past
  ),
  scored as (
    select
      f.*,
      round(coalesce(f.forecast_qty / nullif((select sum(t.quantity) from forecast as t), 0), 0), 4) as forecast_score,
      round(coalesce(f.used::numeric / nullif(max(f.used) over (), 0), 0), 4) as use_score,
      -- As if each had been in time once and late once before: one success is no certainty, and no history is a half.
      round((f.on_time + 1)::numeric / (f.completed + 2), 4) as on_time_score,
      round(f.share, 4) as availability_score,
      round(
        case
          when f.material_cost is null then 0
          when f.material_cost + f.operation_cost <= 0 then 1
          else greatest(min(f.material_cost + f.operation_cost) over (), 0) / (f.material_cost + f.operation_cost)
        end, 4
      ) as cost_score
    from fact as f
  ),
  total as (
    select
      s.*,
      0.10 * s.forecast_score + 0.10 * s.use_score + 0.20 * s.on_time_score + 0.35 * s.availability_score
      + 0.25 * s.cost_score as score
    from scored as s
  )
  select
    (row_number() over (order by t.score desc, t.is_default desc, t.code))::integer, t.id, t.bom_version_id, t.code, t.name,
    t.is_default, round(t.score, 4), t.forecast_score, round(t.forecast_qty, 6), t.use_score, t.used, t.on_time_score,
    t.completed, t.on_time, t.availability_score, t.components, t.complete, t.cost_score,
    round(t.material_cost + t.operation_cost, 4), round(t.material_cost, 4), round(t.operation_cost, 4), t.uncosted
  from total as t
  order by 1;
end
$$;
comment on function ops.recommend_bom_templates(uuid) is
  'By which bill of materials an order line is best made: those of its style with a version in force today that make one of its SKUs, ranked by what is forecast of what they make, how often they were used and were in time, what of their components is there, and what a piece costs. Ties: the default one, then by code. Nothing is changed. Staff. Errors: OMS_NOT_FOUND.';

create function ops.create_production_orders(
  order_item_ids uuid[], priority integer default 100
) returns setof ops.production_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('create_production_orders', jsonb_build_array(order_item_ids, priority));
  organization constant uuid := private.organization_id();
  refused record;
  made uuid[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.production_orders, replayed) as r;
    return;
  end if;
  perform private.require_argument('order_item_ids', order_item_ids::text);
  -- Two planners take turns, and the second one counts what the first one made.
  perform private.lock_supply(true);
  perform private.lock_order_items(order_item_ids);

  select k.id, fault.code, fault.message into refused
  from unnest(order_item_ids) with ordinality as k (id, nth)
  left join ops.order_items as i on i.organization_id = organization and i.id = k.id
  left join ops.orders as o on o.organization_id = i.organization_id and o.id = i.order_id
  left join ops.order_item_supplies as s on s.organization_id = i.organization_id and s.order_item_id = i.id
  left join ops.bom_templates as t on t.organization_id = s.organization_id and t.id = s.bom_template_id
  left join lateral (
    select v.size_label
    from ops.order_item_variants as v
    where v.organization_id = i.organization_id and v.order_item_id = i.id
      and v.product_variant_id is null and v.quantity > 0
    order by v.position
    limit 1
  ) as nameless on true
  cross join lateral (
    select
      case
        when i.id is null then 'OMS_NOT_FOUND'
        when i.is_cancelled then 'OMS_LINE_CANCELLED'
        when o.status not in ('sales_order', 'so_sent', 'so_approved') then 'OMS_ORDER_NOT_ACCEPTED'
        when s.order_item_id is null then 'OMS_LINE_NOT_IN_HOUSE'
        when nameless is not null then 'OMS_LINE_WITHOUT_SKU'
        when t.id is not null and not exists (
          select from ops.bom_versions as b
          where b.organization_id = t.organization_id and b.bom_template_id = t.id
            and b.status = 'active' and b.valid_from <= current_date
        ) then 'OMS_BOM_MISSING'
      end as code,
      case
        when i.id is null then format('There is no order line %s.', k.id)
        when i.is_cancelled then format('Line %s of %s is cancelled; nothing is made for it.', i.line_number, o.order_number)
        when o.status not in ('sales_order', 'so_sent', 'so_approved')
          then format('Order %s is %s; only lines of an open sales order are produced.', o.order_number, o.status)
        when s.order_item_id is null
          then format('Line %s of %s is not supplied in house; choose a bill of materials for it first.', i.line_number, o.order_number)
        when nameless is not null
          then format('Line %s of %s has no SKU for %s; add the variant first.', i.line_number, o.order_number, coalesce('size ' || nameless.size_label, 'what it asks for'))
        else format('No version of %s, chosen for line %s of %s, is in force.', t.code, i.line_number, o.order_number)
      end as message
  ) as fault
  where fault.code is not null
  order by k.nth
  limit 1;
  if found then
    perform private.fail(refused.code, refused.message, jsonb_build_object('order_item_id', refused.id));
  end if;

  with missing as (
    select
      v.order_item_id, v.position, v.product_variant_id, s.warehouse_id,
      coalesce(o.ex_factory_date, o.in_hands_date, o.order_date) as need_by,
      v.quantity - (
        select coalesce(
          sum(case m.status when 'completed' then m.completed_qty else greatest(m.quantity - m.scrapped_qty, 0) end), 0
        )
        from ops.production_orders as m
        where m.organization_id = v.organization_id and m.order_item_id = v.order_item_id
          and m.product_variant_id = v.product_variant_id and m.status <> 'cancelled'
      ) as quantity
    from (select distinct k.id from unnest(order_item_ids) as k (id)) as k
    inner join ops.order_item_variants as v on v.organization_id = organization and v.order_item_id = k.id
    inner join ops.order_item_supplies as s on s.organization_id = v.organization_id and s.order_item_id = v.order_item_id
    inner join ops.orders as o on o.organization_id = v.organization_id and o.id = v.order_id
    inner join ops.product_variants as p on p.organization_id = v.organization_id and p.id = v.product_variant_id
    left join ops.bom_templates as t on t.organization_id = s.organization_id and t.id = s.bom_template_id
    -- What is bought is not made, unless somebody has chosen how.
    where p.supply_method = 'make' or coalesce(t.product_variant_id, p.id) = p.id and t.id is not null
  ),
  added as (
    insert into ops.production_orders (product_variant_id, warehouse_id, order_item_id, quantity, need_by, priority)
    select m.product_variant_id, m.warehouse_id, m.order_item_id, m.quantity, m.need_by, coalesce(create_production_orders.priority, 100)
    from missing as m
    where m.quantity > 0
    order by m.need_by, m.order_item_id, m.position
    returning id
  )
  select array_agg(a.id) into made from added as a;

  perform private.store_response(
    'create_production_orders',
    (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.id), '[]')
      from ops.production_orders as m
      where m.organization_id = organization and m.id = any(made)
    )
  );
  return query
  select m.* from ops.production_orders as m
  where m.organization_id = organization and m.id = any(made)
  order by m.id;
end
$$;
comment on function ops.create_production_orders(uuid[], integer) is
  'Makes production orders for lines that are supplied in house: for each SKU one, of what no production order of the line covers yet, by the bill of materials that was chosen, else the default one. Exactly so many, whatever lots they are planned in. Returns the new ones; none where all is covered or bought. Planner, production. Errors: OMS_NOT_FOUND, OMS_LINE_CANCELLED, OMS_ORDER_NOT_ACCEPTED, OMS_LINE_NOT_IN_HOUSE, OMS_LINE_WITHOUT_SKU, OMS_BOM_MISSING, OMS_INVALID_ARGUMENT.';
