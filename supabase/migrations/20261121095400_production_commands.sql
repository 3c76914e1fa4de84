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
