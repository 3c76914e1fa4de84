-- declared in sql/triggers/catalog.sql
create trigger _100_touch_row before update on ops.styles
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.colorways
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.colorway_references
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.units
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.products
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.product_variants
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.unit_conversions
for each row execute function private.tg__touch_row();

create trigger _300_guard_unique before insert or update of style_number on ops.styles
for each row execute function private.tg__guard_unique('style_number');
create trigger _200_require_style before insert on ops.colorways
for each row execute function private.tg__require_parent('styles', 'style_id');
create trigger _300_guard_unique before insert or update of marketing_name on ops.colorways
for each row execute function private.tg__guard_unique('style_id', 'marketing_name');
create trigger _200_require_style before insert on ops.tech_packs
for each row execute function private.tg__require_parent('styles', 'style_id');
create trigger _200_require_colorway before insert on ops.tech_packs
for each row execute function private.tg__require_parent('colorways', 'colorway_id');
create trigger _300_guard_unique before insert on ops.tech_packs
for each row execute function private.tg__guard_unique('style_id', 'colorway_id', 'version');

-- units

create function private.tg_organizations__make_units() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into ops.units (organization_id, code, name, created_by)
  values (new.id, 'EA', 'Each', coalesce(private.actor_id(), '00000000-0000-0000-0000-000000000000'));
  return null;
end
$$;
comment on function private.tg_organizations__make_units() is 'Every organization counts pieces from the start.';
create trigger _510_make_units after insert on ops.organizations
for each row execute function private.tg_organizations__make_units();

create trigger _310_refuse_empty_name before insert or update of name on ops.units
for each row when (new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'name is empty; say what %s is.', 'code');
create trigger _310_refuse_decimals before insert or update of decimals on ops.units
for each row when (new.decimals not between 0 and 6)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'decimals %s is not between 0 and 6.', 'decimals');

create trigger _300_guard_unique before insert on ops.units
for each row execute function private.tg__guard_unique('code');

-- products: a style is one

create function private.tg_styles__make_product() returns trigger
language plpgsql
security definer  -- nobody may make a style's product
set search_path = ''
set enable_seqscan = off
as $$
declare
  taken ops.short_text;
begin
  select n.style_number into taken
  from new_rows as n
  inner join ops.products as p on p.organization_id = n.organization_id and p.product_number = n.style_number
  where p.style_id is distinct from n.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('products has a row with product_number %s already.', taken),
      jsonb_build_object('style_number', taken)
    );
  end if;

  insert into ops.products (organization_id, product_number, name, category, style_id, created_by)
  select n.organization_id, n.style_number, n.name, n.category, n.id, n.created_by
  from new_rows as n;
  return null;
end
$$;
comment on function private.tg_styles__make_product() is 'Every style is a product; it takes no other product''s number.';
create trigger _500_make_product after insert on ops.styles
referencing new table as new_rows
for each statement execute function private.tg_styles__make_product();

create function private.tg_styles__rename_product() returns trigger
language plpgsql
security definer  -- nobody may rename a style's product
set search_path = ''
set enable_seqscan = off
as $$
declare
  taken ops.short_text;
begin
  select n.style_number into taken
  from new_rows as n
  inner join ops.products as p on p.organization_id = n.organization_id and p.product_number = n.style_number
  where p.style_id is distinct from n.id
  limit 1;
  if found then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('products has a row with product_number %s already.', taken),
      jsonb_build_object('style_number', taken)
    );
  end if;

  update ops.products as p
  set product_number = n.style_number, name = n.name, category = n.category
  from new_rows as n
  where p.organization_id = n.organization_id and p.style_id = n.id
    and (p.product_number, p.name, p.category) is distinct from (n.style_number, n.name, n.category);
  return null;
end
$$;
comment on function private.tg_styles__rename_product() is 'A style''s product is called what the style is called; it takes no other product''s number.';
create trigger _500_rename_product after update on ops.styles
referencing new table as new_rows
for each statement execute function private.tg_styles__rename_product();

create trigger _300_guard_unique before insert or update of product_number on ops.products
for each row when (new.style_id is null)
execute function private.tg__guard_unique('product_number');
create trigger _310_refuse_empty before insert or update of product_number, name on ops.products
for each row when (new.product_number = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'product_number or name of a product is empty.');

create function private.tg_products__guard_style() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not private.may_act_as(array['system'], tg_relid) then
    perform private.fail(
      'OMS_PRODUCT_FROM_STYLE', format('%s is a style; change the style.', old.product_number),
      jsonb_build_object('product_id', old.id, 'style_id', old.style_id)
    );
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function private.tg_products__guard_style() is 'What a style''s product is called, and whether it is there, follows from the style.';
create trigger _300_guard_style before update of product_number, name, category on ops.products
for each row when (old.style_id is not null)
execute function private.tg_products__guard_style();
create trigger _300_guard_style_delete before delete on ops.products
for each row when (old.style_id is not null)
execute function private.tg_products__guard_style();

-- product_variants

create function private.tg_product_variants__fill_keys() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  product ops.products;
begin
  -- As the caller: what it may not see is what does not exist.
  if new.colorway_id is null then
    select p.* into product from ops.products as p
    where p.organization_id = new.organization_id and p.id = new.product_id;
    perform private.require_found(product.id, 'product', new.product_id);
    if product.style_id is not null then
      perform private.fail(
        'OMS_INVALID_ARGUMENT', format('%s is a style; say in which colour: give colorway_id.', product.product_number),
        '{"argument": "colorway_id"}'
      );
    end if;
    return new;
  end if;

  select p.* into product
  from ops.colorways as c
  inner join ops.products as p on p.organization_id = c.organization_id and p.style_id = c.style_id
  where c.organization_id = new.organization_id and c.id = new.colorway_id;
  perform private.require_found(product.id, 'colourway', new.colorway_id);
  if new.product_id <> product.id then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('The colourway is one of %s, which is another product.', product.product_number),
      '{"argument": "product_id"}'
    );
  end if;
  new.product_id := product.id;
  new.style_id := product.style_id;
  return new;
end
$$;
comment on function private.tg_product_variants__fill_keys() is 'A variant of a style is one of its colours; its product follows.';
create trigger _200_fill_keys before insert on ops.product_variants
for each row execute function private.tg_product_variants__fill_keys();

create function private.tg_product_variants__guard_size() returns trigger
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  known_sku ops.short_text;
begin
  select v.sku into known_sku
  from ops.product_variants as v
  where v.organization_id = new.organization_id and v.product_id = new.product_id and v.id <> new.id
    and v.colorway_id is not distinct from new.colorway_id and v.size_label is not distinct from new.size_label;
  if found then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('It is SKU %s already: a colour in one size is one variant.', known_sku),
      jsonb_build_object('sku', known_sku, 'colorway_id', new.colorway_id, 'size_label', new.size_label)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_product_variants__guard_size() is 'A colour in one size has one SKU, so that an order for it means one thing on the shelf.';
create trigger _300_guard_size before insert on ops.product_variants
for each row execute function private.tg_product_variants__guard_size();
create trigger _310_refuse_empty_sku before insert or update of sku on ops.product_variants
for each row when (new.sku = '' or new.size_label = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'sku or size_label of a variant is empty.');
create trigger _310_refuse_standard_cost before insert or update of standard_cost on ops.product_variants
for each row when (new.standard_cost < 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'standard_cost %s of %s is below zero.', 'standard_cost', 'sku'
);
create trigger _310_require_unit before insert on ops.product_variants
for each row execute function private.tg__require_unit('unit');

-- unit_conversions

create trigger _200_require_variant before insert on ops.unit_conversions
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _310_require_unit before insert on ops.unit_conversions
for each row execute function private.tg__require_unit('from_unit', 'to_unit');
create trigger _310_refuse_units before insert on ops.unit_conversions
for each row when (new.from_unit = new.to_unit)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'A conversion is from one unit to another, not from %s to %s.', 'from_unit', 'to_unit'
);
create trigger _310_refuse_factor before insert or update of factor on ops.unit_conversions
for each row when (new.factor <= 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'factor %s is not above zero.', 'factor');

create function private.tg_unit_conversions__guard_unique() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from ops.unit_conversions as c
    where c.organization_id = new.organization_id and c.id <> new.id
      and c.product_variant_id is not distinct from new.product_variant_id
      and (c.from_unit, c.to_unit) in ((new.from_unit, new.to_unit), (new.to_unit, new.from_unit))
  ) then
    perform private.fail(
      'OMS_ALREADY_EXISTS', format('There is a conversion of %s and %s already; one row holds in both directions.', new.from_unit, new.to_unit),
      jsonb_build_object('from_unit', new.from_unit, 'to_unit', new.to_unit)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_unit_conversions__guard_unique() is 'Between two units one conversion, whichever way round.';
create trigger _300_guard_unique before insert on ops.unit_conversions
for each row execute function private.tg_unit_conversions__guard_unique();
