-- declared in sql/commands/manufacturing.sql
create function ops.reschedule_production() returns setof ops.production_orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('reschedule_production', '[]');
  moved uuid[];
  made ops.production_orders[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.production_orders, replayed) as r;
    return;
  end if;
  moved := private.reschedule_production();
  made := array(
    select o from ops.production_orders as o
    where o.organization_id = private.organization_id() and o.id = any(moved)
    order by o.priority, o.need_by, o.id
  );
  perform private.store_response('reschedule_production', to_jsonb(made));
  return query select o.* from unnest(made) as o;
end
$$;
comment on function ops.reschedule_production() is
  'Plans all open production orders anew, from today. Every change does so by itself; for a new day `oms plan` does. Returns the orders that have other dates by it. Planner, production. Errors: none.';

create function ops.issue_components(production_order_id uuid, components jsonb default null)
returns setof ops.stock_moves
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('issue_components', jsonb_build_array(production_order_id, components));
  asked private.component_issue[];
  moved uuid[];
  made ops.stock_moves[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.stock_moves, replayed) as r;
    return;
  end if;
  if jsonb_typeof(components) <> 'null' then
    asked := array(select private.records('components', components, null::private.component_issue));
    if cardinality(asked) = 0 or exists (
      select from unnest(asked) as a
      where a.production_component_id is null or not coalesce(a.quantity > 0, false)
    ) then
      perform private.fail(
        'OMS_INVALID_ARGUMENT', 'Each component names production_component_id and a quantity above zero.',
        '{"argument": "components"}'
      );
    end if;
    if (
      select count(*) <> count(distinct (a.production_component_id, a.lot_id))
        or bool_or(a.lot_id is null and exists (
          select from unnest(asked) as b
          where b.production_component_id = a.production_component_id and b.lot_id is not null
        ))
      from unnest(asked) as a
    ) then
      perform private.fail(
        'OMS_INVALID_ARGUMENT', 'A component is named once, or once for each of its lots.', '{"argument": "components"}'
      );
    end if;
  end if;
  moved := private.issue_components(issue_components.production_order_id, asked);
  made := array(
    select m from ops.stock_moves as m
    where m.organization_id = private.organization_id() and m.id = any(moved)
    order by m.id
  );
  perform private.store_response('issue_components', to_jsonb(made));
  return query select m.* from unnest(made) as m;
end
$$;
comment on function ops.issue_components(uuid, jsonb) is
  'Issues to a released production order what is reserved for it: all of it, or a list of {production_component_id, quantity, lot_id}, lot_id where it is to be of one lot. Takes it out of the places and lots where it is reserved; returns the moves. Production, warehouse. Errors: OMS_ISSUE_EXCEEDS_RESERVED, OMS_PRODUCTION_NOT_RELEASED, OMS_QUANTITY_NOT_IN_UNIT, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.return_components(production_order_id uuid, components jsonb) returns setof ops.stock_moves
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('return_components', jsonb_build_array(production_order_id, components));
  asked private.component_arrival[];
  moved uuid[];
  made ops.stock_moves[];
begin
  if replayed is not null then
    return query select r.* from jsonb_populate_recordset(null::ops.stock_moves, replayed) as r;
    return;
  end if;
  perform private.require_found(
    (
      select o.id from ops.production_orders as o
      where o.organization_id = private.organization_id() and o.id = return_components.production_order_id
    ),
    'production order', return_components.production_order_id
  );
  asked := array(select private.records('components', components, null::private.component_arrival));
  perform private.require_arrivals('components', asked);
  moved := private.return_components(return_components.production_order_id, asked);
  made := array(
    select m from ops.stock_moves as m
    where m.organization_id = private.organization_id() and m.id = any(moved)
    order by m.id
  );
  perform private.store_response('return_components', to_jsonb(made));
  return query select m.* from unnest(made) as m;
end
$$;
comment on function ops.return_components(uuid, jsonb) is
  'Brings back what was issued to a production order and not used, also after it ended: a list of {production_component_id, quantity, stock_location_id, lot_id}; without a place to where it came from. Held orders that wait for it are checked anew. Returns the moves. Production, warehouse. Errors: OMS_RETURN_EXCEEDS_ISSUED, OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_QUANTITY_NOT_IN_UNIT, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';

create function ops.report_output(
  production_order_id uuid,
  quantity numeric,
  scrapped_qty numeric default 0,
  scrap_reason text default null,
  stock_location_id uuid default null,
  lot_id uuid default null,
  by_products jsonb default null
) returns ops.production_outputs
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command(
    'report_output',
    jsonb_build_array(production_order_id, quantity, scrapped_qty, scrap_reason, stock_location_id, lot_id, by_products)
  );
  besides private.component_arrival[];
  made ops.production_outputs;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.production_outputs, replayed);
  end if;
  perform private.require_found(
    (
      select o.id from ops.production_orders as o
      where o.organization_id = private.organization_id() and o.id = report_output.production_order_id
    ),
    'production order', report_output.production_order_id
  );
  perform private.require_argument('quantity', report_output.quantity::text);
  if jsonb_typeof(by_products) <> 'null' then
    besides := array(select private.records('by_products', by_products, null::private.component_arrival));
    perform private.require_arrivals('by_products', besides);
    perform private.report_by_products(
      report_output.production_order_id, besides, report_output.stock_location_id, report_output.lot_id
    );
  end if;
  insert into ops.production_outputs (
    production_order_id, quantity, scrapped_qty, scrap_reason, stock_location_id, lot_id
  )
  values (
    report_output.production_order_id, report_output.quantity, coalesce(report_output.scrapped_qty, 0),
    report_output.scrap_reason, report_output.stock_location_id, report_output.lot_id
  )
  returning * into made;
  perform private.store_response('report_output', to_jsonb(made));
  return made;
end
$$;
comment on function ops.report_output(uuid, numeric, numeric, text, uuid, uuid, jsonb) is
  'Reports what came out of a production order: good ones, which go into stock at their share of the cost, and scrap; beside them a list of by_products {production_component_id, quantity, stock_location_id, lot_id}. Without a place, to the warehouse''s first storage place. The last of it completes the order. Production. Errors: OMS_PRODUCTION_NOT_RELEASED, OMS_OUTPUT_EXCEEDS_QUANTITY, OMS_STOCK_LOT_REQUIRED, OMS_STOCK_SERIAL_TWICE, OMS_QUANTITY_NOT_IN_UNIT, OMS_INVALID_ARGUMENT, OMS_NOT_FOUND.';
