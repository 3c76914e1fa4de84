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

create function private.round_to_unit(quantity numeric, decimals integer, kind ops.bom_line_kind) returns numeric
language sql
immutable
parallel safe
set search_path = ''
as $$
  -- Too much goes in rather than too little; no more comes out than there is.
  select
    case kind when 'input' then ceil(quantity * 10 ^ decimals) else floor(quantity * 10 ^ decimals) end
    / 10 ^ decimals
$$;
comment on function private.round_to_unit(numeric, integer, ops.bom_line_kind) is 'A line''s quantity to the decimals of its unit: inputs up, by-products down.';

create function private.explode_bom(
  product_variant_id uuid, quantity numeric default 1, on_date date default current_date
)
returns table (
  level integer,
  path text,
  component_id uuid,
  sku ops.short_text,
  kind ops.bom_line_kind,
  supply_method ops.supply_method,
  required_qty ops.quantity,
  unit ops.unit_code
)
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
comment on function private.explode_bom(uuid, numeric, date) is
  'What goes into so many of a variant, level by level, by the bills of materials in force on a day: quantity x line, with scrap and setup, rounded to the unit; phantoms dissolved, by-products named. Stock is not looked at.';
