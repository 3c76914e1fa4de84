-- declared in sql/functions/orders.sql
create function private.settings() returns ops.organization_settings
language plpgsql
stable
security definer  -- a client's order line freezes tolerances that the client may not read
set search_path = ''
as $$
begin
  return (select s from ops.organization_settings as s where s.organization_id = private.organization_id());
end
$$;
comment on function private.settings() is 'The settings of the caller''s organization.';

create function private.actor_role() returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(private.claims() ->> 'role', session_user::text);
end
$$;
comment on function private.actor_role() is 'The role that the caller speaks as; outside of a request, the session''s user.';

create function private.request_origin_id() returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  origin_id uuid := nullif(current_setting('oms.request_origin_id', true), '')::uuid;
begin
  if origin_id is null and nullif(current_setting('request.headers', true), '') is not null then
    insert into ops.request_origins (organization_id, address, user_agent)
    values (
      private.organization_id(),
      coalesce(private.header('x-forwarded-for'), host(inet_client_addr())),
      private.header('user-agent')
    )
    returning id into origin_id;
    perform set_config('oms.request_origin_id', origin_id::text, true);
  end if;
  return origin_id;
end
$$;
comment on function private.request_origin_id() is
  'The row of ops.request_origins for this request, made at its first use; null outside of HTTP. For definer triggers only.';

create function private.require_order_open(order_id uuid) returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  parent record;
begin
  -- Read as the caller: an order that it may not see is one that does not exist.
  select o.id, o.order_number, o.status, o.client_id
  into parent
  from ops.orders as o
  where o.organization_id = private.organization_id() and o.id = require_order_open.order_id;

  perform private.require_found(parent.id, 'order', order_id);
  if parent.status in ('closed', 'cancelled') or private.is_portal() and parent.status <> 'requested' then
    perform private.fail(
      'OMS_ORDER_NOT_OPEN',
      format('Order %s is %s; its lines cannot be changed by you any more.', parent.order_number, parent.status),
      jsonb_build_object('order_number', parent.order_number, 'status', parent.status)
    );
  end if;
  return parent.client_id;
end
$$;
comment on function private.require_order_open(uuid) is
  'The client of an order whose lines the caller may change: staff until the order is closed or cancelled, its client while it is a request. Refuses otherwise.';
