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
  if membership.id is null then
    perform private.fail('OMS_NOT_FOUND', format('You have no active membership %s.', member_id));
  end if;

  update ops.members as m set is_current = false where m.user_id = private.actor_id() and m.is_current and m.id <> membership.id;
  update ops.members as m set is_current = true where m.organization_id = membership.organization_id and m.id = membership.id
  returning m.* into membership;
  return membership;
end
$$;
comment on function private.switch_membership(uuid) is 'Makes one of the caller''s own active memberships the current one.';

create function ops.switch_membership(member_id uuid) returns ops.members
language sql
volatile
set search_path = ''
as $$
  select private.switch_membership(member_id)
$$;
comment on function ops.switch_membership(uuid) is
  'Makes one of your own active memberships the current one: tokens made from then on speak for it. Errors: OMS_NOT_FOUND.';
