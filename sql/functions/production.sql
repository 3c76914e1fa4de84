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
