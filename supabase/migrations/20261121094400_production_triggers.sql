-- declared in sql/triggers/production.sql
create trigger _100_touch_row before update on ops.work_centers
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_templates
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_versions
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_lines
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.bom_operations
for each row execute function private.tg__touch_row();

-- work_centers, bom_templates

create trigger _300_guard_unique before insert or update of code on ops.work_centers
for each row execute function private.tg__guard_unique('code');
create trigger _310_refuse_empty before insert or update of code, name on ops.work_centers
for each row when (new.code = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code or name of a work centre is empty.');
create trigger _310_refuse_minutes before insert or update of daily_minutes on ops.work_centers
for each row when (new.daily_minutes <= 0)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'daily_minutes %s of %s is not above zero.', 'daily_minutes', 'code'
);

create trigger _200_require_product before insert on ops.bom_templates
for each row execute function private.tg__require_parent('products', 'product_id');
create trigger _300_guard_unique before insert or update of code on ops.bom_templates
for each row execute function private.tg__guard_unique('code');
create trigger _300_guard_default before insert or update of is_default on ops.bom_templates
for each row when (new.is_default)
execute function private.tg__guard_unique('product_id', 'product_variant_id', 'is_default');
create trigger _310_refuse_empty before insert or update of code, name on ops.bom_templates
for each row when (new.code = '' or new.name = '')
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'code or name of a bill of materials is empty.');

create function private.tg_bom_templates__guard_variant() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.require_found(
    (
      select v.id from ops.product_variants as v
      where v.organization_id = new.organization_id and v.id = new.product_variant_id and v.product_id = new.product_id
    ),
    'variant of the product', new.product_variant_id
  );
  return new;
end
$$;
comment on function private.tg_bom_templates__guard_variant() is 'A bill of materials of a variant is one of its product.';
create trigger _200_guard_variant before insert on ops.bom_templates
for each row when (new.product_variant_id is not null)
execute function private.tg_bom_templates__guard_variant();

-- bom_versions

create function private.tg_bom_versions__number() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Locked as the caller, so that two versions are not numbered alike.
  perform from ops.bom_templates as t
  where t.organization_id = new.organization_id and t.id = new.bom_template_id
  for no key update;
  perform private.require_found(case when found then new.bom_template_id end, 'bill of materials', new.bom_template_id);
  new.version := (
    select coalesce(max(b.version), 0) + 1 from ops.bom_versions as b
    where b.organization_id = new.organization_id and b.bom_template_id = new.bom_template_id
  );
  return new;
end
$$;
comment on function private.tg_bom_versions__number() is 'Versions of a bill of materials are numbered.';
create trigger _200_number before insert on ops.bom_versions
for each row execute function private.tg_bom_versions__number();
create trigger _300_guard_initial_status before insert on ops.bom_versions
for each row execute function private.tg__guard_transition();
create trigger _300_guard_transition before update of status on ops.bom_versions
for each row when (old.status is distinct from new.status)
execute function private.tg__guard_transition();

create function private.tg_bom_versions__guard_activation() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.valid_from := coalesce(new.valid_from, current_date);
  perform from ops.bom_templates as t
  where t.organization_id = new.organization_id and t.id = new.bom_template_id
  for no key update;
  if exists (
    select from ops.bom_versions as b
    where b.organization_id = new.organization_id and b.bom_template_id = new.bom_template_id
      and b.status = 'active' and b.valid_from = new.valid_from and b.id <> new.id
  ) then
    perform private.fail(
      'OMS_BOM_IN_FORCE', format('Another version is in force from %s on; retire it, or choose another day.', new.valid_from),
      jsonb_build_object('bom_version_id', new.id, 'valid_from', new.valid_from)
    );
  end if;
  if not exists (
    select from ops.bom_lines as l
    where l.organization_id = new.organization_id and l.bom_version_id = new.id and l.kind = 'input'
  ) then
    perform private.fail(
      'OMS_BOM_EMPTY', format('Version %s has no components.', new.version), jsonb_build_object('bom_version_id', new.id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_bom_versions__guard_activation() is 'What comes into force says what the product is made of, and from which day on.';
create trigger _310_guard_activation before update of status on ops.bom_versions
for each row when (old.status = 'draft' and new.status = 'active')
execute function private.tg_bom_versions__guard_activation();

create function private.tg_bom_versions__guard_frozen() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(
    'OMS_BOM_FROZEN', format('Version %s is %s; revise it, and change the next one.', old.version, old.status),
    jsonb_build_object('bom_version_id', old.id, 'status', old.status)
  );
  return null;
end
$$;
comment on function private.tg_bom_versions__guard_frozen() is 'What was in force stays as it was.';
create trigger _300_guard_frozen before update of valid_from, revision_note on ops.bom_versions
for each row when (
  old.status <> 'draft' and (old.valid_from, old.revision_note) is distinct from (new.valid_from, new.revision_note)
)
execute function private.tg_bom_versions__guard_frozen();
create trigger _300_guard_frozen_delete before delete on ops.bom_versions
for each row when (old.status <> 'draft')
execute function private.tg_bom_versions__guard_frozen();

-- bom_lines, bom_operations

create function private.tg__require_draft_bom() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  version_id constant uuid := coalesce(new.bom_version_id, old.bom_version_id);
  version ops.bom_versions;
begin
  -- Locked, so that it does not come into force meanwhile. As the caller: what it may not see is what does not exist.
  select b.* into version
  from ops.bom_versions as b
  where b.organization_id = coalesce(new.organization_id, old.organization_id) and b.id = version_id
  for no key update;
  if version.id is null and tg_op = 'DELETE' then
    return old;  -- it goes with its version
  end if;
  perform private.require_found(version.id, 'version of a bill of materials', version_id);
  if version.status <> 'draft' then
    perform private.fail(
      'OMS_BOM_FROZEN', format('Version %s is %s; revise it, and change the next one.', version.version, version.status),
      jsonb_build_object('bom_version_id', version.id, 'status', version.status)
    );
  end if;
  return coalesce(new, old);
end
$$;
comment on function private.tg__require_draft_bom() is 'Lines and operations of a version change while it is a draft.';
create trigger _200_require_draft before insert or update or delete on ops.bom_lines
for each row execute function private.tg__require_draft_bom();
create trigger _200_require_draft before insert or update or delete on ops.bom_operations
for each row execute function private.tg__require_draft_bom();

create trigger _210_require_component before insert on ops.bom_lines
for each row execute function private.tg__require_parent('product_variants', 'product_variant_id');
create trigger _310_refuse_quantity before insert or update on ops.bom_lines
for each row when (not new.quantity > 0 or new.setup_quantity < 0 or new.scrap_pct >= 100)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'quantity %s is above zero, setup_quantity %s not below it, scrap_pct %s below 100.',
  'quantity', 'setup_quantity', 'scrap_pct'
);
create trigger _310_refuse_position before insert or update on ops.bom_lines
for each row when (new.position <= 0)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'position %s is not above zero.', 'position');
create trigger _310_refuse_phantom before insert or update on ops.bom_lines
for each row when (new.kind = 'by_product' and new.is_phantom)
execute function private.tg__refuse('OMS_INVALID_ARGUMENT', 'What comes out is no phantom.');
create trigger _310_refuse_days before insert or update on ops.bom_lines
for each row when (new.valid_to <= new.valid_from)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'valid_to %s is not after valid_from %s.', 'valid_to', 'valid_from'
);

create function private.tg_bom_lines__refuse_circle() returns trigger
language plpgsql
security definer  -- so that nothing that the caller does not see closes the circle
set search_path = ''
as $$
declare
  organization uuid;
  refused record;
begin
  perform private.require_read_committed();
  -- Two sessions that would close a circle together take turns, organization by organization.
  for organization in select distinct n.organization_id from new_rows as n order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('bom ' || organization, 0));
  end loop;

  with recursive below as (
    select e.organization_id, e.product_variant_id as made_id, e.component_id
    from new_rows as n
    inner join private.bom_edges as e on e.organization_id = n.organization_id and e.bom_line_id = n.id
    union
    select b.organization_id, b.made_id, e.component_id
    from below as b
    inner join private.bom_edges as e
      on e.organization_id = b.organization_id and e.product_variant_id = b.component_id
    where b.component_id <> b.made_id
  )
  select v.sku, v.id into refused
  from below as b
  inner join ops.product_variants as v on v.organization_id = b.organization_id and v.id = b.made_id
  where b.component_id = b.made_id
  order by v.sku
  limit 1;
  if found then
    perform private.fail(
      'OMS_BOM_CIRCLE', format('%s would go into itself.', refused.sku), jsonb_build_object('product_variant_id', refused.id)
    );
  end if;
  return null;
end
$$;
comment on function private.tg_bom_lines__refuse_circle() is 'Nothing is made of itself, at whatever depth.';
create trigger _400_refuse_circle_insert after insert on ops.bom_lines
referencing new table as new_rows
for each statement execute function private.tg_bom_lines__refuse_circle();
create trigger _400_refuse_circle_update after update on ops.bom_lines
referencing new table as new_rows
for each statement execute function private.tg_bom_lines__refuse_circle();

create trigger _210_require_work_center before insert or update of work_center_id on ops.bom_operations
for each row execute function private.tg__require_parent('work_centers', 'work_center_id');
create trigger _300_guard_unique before insert or update of position on ops.bom_operations
for each row execute function private.tg__guard_unique('bom_version_id', 'position');
create trigger _310_refuse_minutes before insert or update on ops.bom_operations
for each row when (new.setup_minutes < 0 or new.minutes_per_unit < 0 or new.position <= 0 or new.name = '')
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT',
  'setup_minutes and minutes_per_unit are not below zero, position is above it, name is not empty.'
);
