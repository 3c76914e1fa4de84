-- declared in sql/commands/planning.sql
create function ops.plan_supply(order_ids uuid[] default null, planned_on date default current_date)
returns ops.supply_runs
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command('plan_supply', jsonb_build_array(order_ids, planned_on));
  run ops.supply_runs;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.supply_runs, replayed);
  end if;
  if planned_on is null then
    perform private.fail('OMS_INVALID_ARGUMENT', 'planned_on is missing.', '{"argument": "planned_on"}');
  end if;
  perform private.require_found(o.id, 'order', asked.id)
  from unnest(plan_supply.order_ids) as asked (id)
  left join ops.orders as o on o.organization_id = private.organization_id() and o.id = asked.id;

  run.id := private.run_planning(plan_supply.order_ids, plan_supply.planned_on);
  select r.* into run from ops.supply_runs as r
  where r.organization_id = private.organization_id() and r.id = run.id;
  perform private.store_response('plan_supply', to_jsonb(run));
  return run;
end
$$;
comment on function ops.plan_supply(uuid[], date) is
  'Plans what to make and to buy: nets demand against stock and what is on order, over all levels and orders, and puts what is to be bought on draft purchase orders. A repeated run changes nothing. With order_ids only what serves these orders is put on drafts; the plan is the whole organization''s all the same. Planner, procurement, production, the job. Errors: OMS_INVALID_ARGUMENT, OMS_NOT_FOUND, OMS_ISOLATION_NOT_SUPPORTED.';

create function ops.firm_supplies(planned_supply_ids uuid[]) returns setof ops.production_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('firm_supplies', jsonb_build_array(planned_supply_ids));
  refused record;
  made ops.production_orders[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.production_orders, replayed) as r;
    return;
  end if;
  if coalesce(cardinality(firm_supplies.planned_supply_ids), 0) = 0 then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'planned_supply_ids is missing: name at least one.', '{"argument": "planned_supply_ids"}'
    );
  end if;
  perform private.require_found(p.id, 'planned supply', asked.id)
  from unnest(firm_supplies.planned_supply_ids) as asked (id)
  left join ops.planned_supplies as p on p.organization_id = private.organization_id() and p.id = asked.id;
  select v.sku, p.id, p.kind into refused
  from ops.planned_supplies as p
  inner join ops.product_variants as v on v.organization_id = p.organization_id and v.id = p.product_variant_id
  where p.organization_id = private.organization_id() and p.id = any(firm_supplies.planned_supply_ids)
    and (p.kind = 'buy' or p.bom_version_id is null)
  limit 1;
  if found then
    perform private.fail(
      'OMS_PLAN_NOT_FIRM',
      format(
        case refused.kind
          when 'buy' then '%s is bought: its draft purchase order is submitted, not firmed.'
          else '%s has no bill of materials in force to be made by.'
        end,
        refused.sku
      ),
      jsonb_build_object('planned_supply_id', refused.id)
    );
  end if;
  select array_agg(o::ops.production_orders) into made from private.firm_production(firm_supplies.planned_supply_ids) as o;
  perform private.store_response('firm_supplies', coalesce(to_jsonb(made), '[]'));
  return query select o.* from unnest(made) as o;
end
$$;
comment on function ops.firm_supplies(uuid[]) is
  'Turns planned production into production orders, which the next planning runs leave alone. What is one already is not made again. Planner, production. Errors: OMS_PLAN_NOT_FIRM, OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.explain_supply(planned_supply_id uuid) returns setof ops.explanation
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  p ops.planned_supplies;
  sku ops.short_text;
  unit ops.unit_code;
  lines text[];
begin
  select s.* into p from ops.planned_supplies as s
  where s.organization_id = private.organization_id() and s.id = explain_supply.planned_supply_id;
  perform private.require_found(p.id, 'planned supply', explain_supply.planned_supply_id);
  select v.sku, v.unit into sku, unit from ops.product_variants as v
  where v.organization_id = p.organization_id and v.id = p.product_variant_id;

  lines := array[
    format(
      '%s %s %s of %s for %s.', case p.kind when 'make' then 'Make' else 'Buy' end, trim_scale(p.quantity), unit, sku, p.need_by
    ),
    format(
      'Until %s %s %s are asked for. On hand are %s%s, on order %s%s%s.', p.why ->> 'until', p.why ->> 'gross', unit,
      p.why ->> 'on_hand',
      case when (p.why ->> 'reserved_elsewhere')::numeric > 0
        then format(' (%s of it reserved for other lines)', p.why ->> 'reserved_elsewhere') else '' end,
      p.why ->> 'incoming',
      (
        select ' (' || string_agg(format('%s on %s', i.value ->> 'quantity', i.value ->> 'date'), ', ') || ')'
        from jsonb_array_elements(p.why -> 'incoming_by_date') as i
      ),
      case when (p.why ->> 'planned_before')::numeric > 0
        then format(', planned before this %s', p.why ->> 'planned_before') else '' end
    )
  ];
  if (p.why ->> 'target')::numeric > 0 then
    lines := lines || format(
      'Less than %s %s may not be left (safety stock %s); then it is filled up to %s.', p.why ->> 'minimum', unit,
      p.why ->> 'safety', p.why ->> 'target'
    );
  end if;
  lines := lines || format(
    'Short: %s + %s + %s - %s - %s - %s = %s %s.', p.why ->> 'gross', p.why ->> 'target', p.why ->> 'reserved_elsewhere',
    p.why ->> 'on_hand', p.why ->> 'incoming', p.why ->> 'planned_before', p.why ->> 'net', unit
  );
  if p.kind = 'make' and p.bom_version_id is not null then
    lines := lines || format(
      'Made by %s, version %s, in lots of at least %s%s, within %s days.', p.why ->> 'bom', p.why ->> 'bom_version',
      p.why ->> 'lot_minimum', coalesce(' and in multiples of ' || (p.why ->> 'lot_multiple'), ''), p.why ->> 'lead_time_days'
    );
  elsif p.vendor_id is not null then
    lines := lines || format(
      '%s: %s, one %s is %s %s; at least %s, in multiples of %s: %s %s at %s %s (from %s on).', p.why ->> 'vendor',
      case p.why ->> 'chosen_by'
        when 'fastest' then format('none delivers in time, and nobody is faster than %s days', p.why ->> 'lead_time_days')
        when 'lowest_cost' then format('the cheapest of those that deliver in time (%s days)', p.why ->> 'lead_time_days')
        else format('first by preference (%s) of those that deliver in time (%s days)', p.why ->> 'preference', p.why ->> 'lead_time_days')
      end,
      p.why ->> 'purchase_unit', p.why ->> 'stock_per_unit', unit, p.why ->> 'vendor_minimum', p.why ->> 'vendor_multiple',
      p.why ->> 'purchase_qty', p.why ->> 'purchase_unit', p.why #>> '{price_break,unit_price}',
      p.why #>> '{price_break,currency}', p.why #>> '{price_break,from_qty}'
    );
    lines := lines || (
      select array_agg(
        format(
          'Not %s: %s %s at %s %s in %s days%s.', r.value ->> 'vendor', r.value ->> 'purchase_qty', r.value ->> 'purchase_unit',
          r.value ->> 'unit_price', r.value ->> 'currency', r.value ->> 'lead_time_days',
          case when (r.value ->> 'is_on_time')::boolean then '' else ', too late' end
        )
      )
      from jsonb_array_elements(p.why -> 'runners_up') as r
    );
  else
    lines := lines || (
      select array_agg(e.message) from ops.planning_exceptions as e
      where e.organization_id = p.organization_id and e.planned_supply_id = p.id
    );
  end if;
  lines := lines || case
    when p.late_days > 0 then format('Order by %s: %s days late if ordered on the day of the run.', p.order_by, p.late_days)
    else format('Order by %s.', p.order_by)
  end;
  return query select l.nth::integer, l.sentence from unnest(lines) with ordinality as l (sentence, nth);
end
$$;
comment on function ops.explain_supply(uuid) is
  'Why a planned supply is what it is, in sentences: what was asked for and what there was, the lot, the vendor and who else could. Staff. Errors: OMS_NOT_FOUND.';
