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
  with recursive part as (
    select
      0 as level, v.sku::text as path, v.id, v.sku, 'input'::ops.bom_line_kind as kind, v.supply_method,
      explode_bom.quantity, v.unit, false as is_phantom
    from ops.product_variants as v
    where v.organization_id = private.organization_id() and v.id = explode_bom.product_variant_id
    union all
    select
      p.level + case when p.is_phantom then 0 else 1 end,
      p.path || ' > ' || v.sku, v.id, v.sku, l.kind, v.supply_method,
      private.round_to_unit(
        case l.kind
          when 'input' then p.quantity * l.quantity / (1 - l.scrap_pct / 100) + l.setup_quantity
          else p.quantity * l.quantity
        end,
        u.decimals, l.kind
      ),
      v.unit, l.is_phantom
    from part as p
    cross join lateral (select private.bom_version_in_force(p.id, explode_bom.on_date) as id offset 0) as version
    inner join ops.bom_lines as l on l.organization_id = private.organization_id() and l.bom_version_id = version.id
    inner join ops.product_variants as v on v.organization_id = l.organization_id and v.id = l.product_variant_id
    inner join ops.units as u on u.organization_id = v.organization_id and u.code = v.unit
    where p.kind = 'input' and (p.level = 0 or p.is_phantom or p.supply_method = 'make')
      and coalesce(l.valid_from <= explode_bom.on_date, true) and coalesce(l.valid_to > explode_bom.on_date, true)
  )
  select p.level, p.path, p.id, p.sku, p.kind, p.supply_method, p.quantity::ops.quantity, p.unit
  from part as p
  where not p.is_phantom
  order by p.path;
end
$$;
comment on function ops.explode_bom(uuid, numeric, date) is
  'What goes into so many of a variant, level by level, by the bills of materials in force on a day: quantity x line, with scrap and setup, rounded to the unit; phantoms dissolved, by-products named. Sorted by path. Stock is not looked at, and nothing is changed. Staff. Errors: OMS_NOT_FOUND, OMS_INVALID_ARGUMENT.';
