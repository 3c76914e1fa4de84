-- declared in sql/commands/production.sql
create function ops.revise_bom(bom_version_id uuid, revision_note text default null) returns ops.bom_versions
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  replayed constant jsonb := private.replay_command('revise_bom', jsonb_build_array(bom_version_id, revision_note));
  former ops.bom_versions;
  made ops.bom_versions;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.bom_versions, replayed);
  end if;
  select b.* into former from ops.bom_versions as b
  where b.organization_id = private.organization_id() and b.id = revise_bom.bom_version_id;
  perform private.require_found(former.id, 'version of a bill of materials', revise_bom.bom_version_id);

  insert into ops.bom_versions (bom_template_id, revision_note)
  values (former.bom_template_id, revise_bom.revision_note)
  returning * into made;
  insert into ops.bom_lines (
    bom_version_id, position, product_variant_id, kind, quantity, scrap_pct, setup_quantity, is_phantom, valid_from, valid_to
  )
  select
    made.id, l.position, l.product_variant_id, l.kind, l.quantity, l.scrap_pct, l.setup_quantity, l.is_phantom,
    l.valid_from, l.valid_to
  from ops.bom_lines as l
  where l.organization_id = former.organization_id and l.bom_version_id = former.id
  order by l.position, l.id;
  insert into ops.bom_operations (bom_version_id, position, name, work_center_id, setup_minutes, minutes_per_unit)
  select made.id, o.position, o.name, o.work_center_id, o.setup_minutes, o.minutes_per_unit
  from ops.bom_operations as o
  where o.organization_id = former.organization_id and o.bom_version_id = former.id
  order by o.position;
  perform private.store_response('revise_bom', to_jsonb(made));
  return made;
end
$$;
comment on function ops.revise_bom(uuid, text) is
  'Drafts the next version of a bill of materials with all that is in this one. Change its lines, then set its status to active. Planner, production. Errors: OMS_NOT_FOUND.';

create function ops.explode_bom(
  product_variant_id uuid, quantity numeric default 1, on_date date default current_date
)
returns setof ops.bom_requirement
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.require_found(
    (
      select v.id from ops.product_variants as v
      where v.organization_id = private.organization_id() and v.id = explode_bom.product_variant_id
    ),
    'product variant', explode_bom.product_variant_id
  );
  if (quantity > 0 and quantity < 'infinity') is not true then
    perform private.fail('OMS_INVALID_ARGUMENT', 'quantity is above zero.', '{"argument": "quantity"}');
  end if;
  perform private.require_argument('on_date', on_date::text);
  return query
  select n.level, n.path, n.product_variant_id, v.sku, n.kind, v.supply_method, n.quantity::ops.quantity, v.unit
  from private.explode_demand(array[
    row(explode_bom.product_variant_id, explode_bom.product_variant_id, explode_bom.quantity, explode_bom.on_date)::private.demand
  ]) as n
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = n.product_variant_id
  order by n.path;
end
$$;
comment on function ops.explode_bom(uuid, numeric, date) is
  'What goes into so many of a variant, level by level, by the bills of materials in force on a day: quantity x line, with scrap and setup, rounded to the unit; phantoms dissolved, by-products named. Sorted by path. Stock is not looked at, and nothing is changed. Staff. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.check_order_stock(production_order_id uuid) returns setof ops.component_check
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.require_found(
    (
      select o.id from ops.production_orders as o
      where o.organization_id = private.organization_id() and o.id = check_order_stock.production_order_id
    ),
    'production order', check_order_stock.production_order_id
  );
  return query
  select
    a.product_variant_id, a.sku, a.unit, a.availability, greatest(a.required_qty - a.issued_qty, 0)::ops.quantity, a.on_hand,
    a.reserved_for_others, a.incoming_qty, a.short_qty, a.expected_on
  from ops.component_availability as a
  where a.organization_id = private.organization_id() and a.production_order_id = check_order_stock.production_order_id
  order by a.sku;
end
$$;
comment on function ops.check_order_stock(uuid) is
  'What an open production order still needs, component by component, and whether it is there. Staff. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';

create function ops.check_bom_stock(
  product_variant_id uuid,
  quantity numeric default 1,
  on_date date default current_date,
  bom_template_id uuid default null,
  warehouse_id uuid default null
) returns setof ops.component_check
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  variant record;
  version_id uuid;
  place_id constant uuid := coalesce(
    warehouse_id, (select w.id from ops.warehouses as w where w.organization_id = private.organization_id() and w.is_default)
  );
begin
  select v.id, v.sku, v.product_id into variant
  from ops.product_variants as v
  where v.organization_id = private.organization_id() and v.id = check_bom_stock.product_variant_id;
  perform private.require_found(variant.id, 'product variant', check_bom_stock.product_variant_id);
  perform private.require_found(
    (select w.id from ops.warehouses as w where w.organization_id = private.organization_id() and w.id = place_id),
    'warehouse', place_id
  );
  if not coalesce(check_bom_stock.quantity > 0, false) or check_bom_stock.on_date is null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'quantity is above zero, and on_date is a day.', '{"argument": "quantity"}'
    );
  end if;
  version_id := case
    when bom_template_id is null then private.bom_version_in_force(variant.id, check_bom_stock.on_date)
    else (
      select b.id
      from ops.bom_templates as t
      inner join ops.bom_versions as b on b.organization_id = t.organization_id and b.bom_template_id = t.id
      where t.organization_id = private.organization_id() and t.id = check_bom_stock.bom_template_id
        and t.product_id = variant.product_id and coalesce(t.product_variant_id = variant.id, true)
        and b.status = 'active' and b.valid_from <= check_bom_stock.on_date
      order by b.valid_from desc
      limit 1
    )
  end;
  if version_id is null then
    perform private.fail(
      'OMS_BOM_MISSING',
      format('No bill of materials of %s is in force on %s, or not the one named.', variant.sku, check_bom_stock.on_date),
      jsonb_build_object('product_variant_id', variant.id, 'bom_template_id', bom_template_id)
    );
  end if;

  return query
  select
    v.id, v.sku, v.unit, a.availability, r.quantity::ops.quantity, a.on_hand, a.reserved_for_others, a.incoming_qty,
    a.short_qty, a.expected_on
  from private.version_components(
    array[row(variant.id, version_id, check_bom_stock.quantity, check_bom_stock.on_date)::private.build]
  ) as r
  inner join ops.product_variants as v on v.organization_id = private.organization_id() and v.id = r.product_variant_id
  cross join lateral private.availability(
    v.organization_id, v.id, place_id, r.quantity, 0, check_bom_stock.on_date, null
  ) as a
  where r.kind = 'input'
  order by v.sku;
end
$$;
comment on function ops.check_bom_stock(uuid, numeric, date, uuid, uuid) is
  'What so many of a variant would need on a day, component by component, and whether it is there: by a bill of materials, by default the one in force, in a warehouse, by default the default one. Staff. Errors: OMS_NOT_FOUND, OMS_BOM_MISSING, OMS_INVALID_ARGUMENT.';
