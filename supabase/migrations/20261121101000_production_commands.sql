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
