-- declared in sql/functions/catalog.sql
create function private.tg__require_unit() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  unknown text;
begin
  select asked.code into unknown
  from unnest(tg_argv) as argument (name)
  cross join lateral (select to_jsonb(new) ->> argument.name as code) as asked
  where asked.code is not null and not exists (
    select from ops.units as u where u.organization_id = new.organization_id and u.code = asked.code
  )
  limit 1;
  if found then
    perform private.fail(
      'OMS_NOT_FOUND', format('There is no unit %s; add it to units first.', unknown), jsonb_build_object('unit', unknown)
    );
  end if;
  return new;
end
$$;
comment on function private.tg__require_unit() is 'A unit that a row names is one of the organization''s. Arguments: the columns.';

create function private.conversion_factor(product_variant_id uuid, from_unit text, to_unit text) returns numeric
language sql
stable
set search_path = ''
as $$
  select case when from_unit = to_unit then 1 else (
    select case c.from_unit when conversion_factor.from_unit then c.factor else 1 / c.factor end
    from ops.unit_conversions as c
    where c.organization_id = private.organization_id()
      and (c.product_variant_id = conversion_factor.product_variant_id or c.product_variant_id is null)
      and (c.from_unit, c.to_unit) in (
        (conversion_factor.from_unit, conversion_factor.to_unit), (conversion_factor.to_unit, conversion_factor.from_unit)
      )
    order by c.product_variant_id nulls last
    limit 1
  ) end
$$;
comment on function private.conversion_factor(uuid, text, text) is
  'How many `to_unit` one `from_unit` of a variant is, by its own conversion or the general one; null where nobody has said.';
