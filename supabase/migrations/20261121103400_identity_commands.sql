-- declared in sql/commands/identity.sql
create function private.switch_membership(member_id uuid) returns ops.members
language plpgsql
volatile
security definer  -- a user's memberships lie in organizations that its present token does not see
set search_path = ''
as $$
declare
  membership ops.members;
begin
  perform from ops.members as m where m.user_id = private.actor_id() order by m.organization_id, m.id for no key update;

  select m.*
  into membership
  from ops.members as m
  where m.id = switch_membership.member_id and m.user_id = private.actor_id() and m.status = 'active';
  perform private.require_found(membership.id, 'active membership of yours', member_id);

  update ops.members as m set is_current = false where m.user_id = private.actor_id() and m.is_current and m.id <> membership.id;
  update ops.members as m set is_current = true where m.organization_id = membership.organization_id and m.id = membership.id
  returning m.* into membership;
  return membership;
end
$$;
comment on function private.switch_membership(uuid) is 'Makes one of the caller''s own active memberships the current one.';

create function ops.switch_membership(member_id uuid) returns ops.members
language plpgsql
volatile
set search_path = ''
as $$
declare
  replayed constant jsonb := private.replay_command('switch_membership', jsonb_build_array(member_id));
  membership ops.members;
begin
  if replayed is not null then
    return jsonb_populate_record(null::ops.members, replayed);
  end if;
  membership := private.switch_membership(member_id);
  perform private.store_response('switch_membership', to_jsonb(membership));
  return membership;
end
$$;
comment on function ops.switch_membership(uuid) is
  'Makes one of your own active memberships the current one: tokens made from then on speak for it. Errors: OMS_NOT_FOUND.';
