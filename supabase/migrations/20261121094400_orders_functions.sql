-- declared in sql/functions/orders.sql
create function private.settings() returns ops.organization_settings
language plpgsql
stable
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

create function private.is_order_open(status ops.order_status) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return status = 'requested' or status not in ('closed', 'cancelled') and not private.is_portal();
end
$$;
comment on function private.is_order_open(ops.order_status) is
  'Whether the caller may change the lines of an order of this status: staff until it is closed or cancelled, its client while it is a request.';

create function private.require_order_open(
  order_id uuid, order_number text, status ops.order_status
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if status is null then
    perform private.require_found(null, 'order', order_id);
  elsif not private.is_order_open(status) then
    perform private.fail(
      'OMS_ORDER_NOT_OPEN',
      format('Order %s is %s; its lines cannot be changed by you any more.', order_number, status),
      jsonb_build_object('order_number', order_number, 'status', status)
    );
  end if;
end
$$;
comment on function private.require_order_open(uuid, text, ops.order_status) is
  'Refuses an order, as it was found, whose lines the caller may not change.';

create function private.require_order_open(order_id uuid) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  parent record;
begin
  -- Read as the caller: an order that it may not see is one that does not exist.
  select o.order_number, o.status
  into parent
  from ops.orders as o
  where o.organization_id = private.organization_id() and o.id = require_order_open.order_id;
  perform private.require_order_open(order_id, parent.order_number, parent.status);
end
$$;
comment on function private.require_order_open(uuid) is 'Refuses an order whose lines the caller may not change.';

create function private.require_order_lines(asked private.order_line[]) returns private.order_line[]
language plpgsql
stable
set search_path = ''
as $$
declare
  fault record;
begin
  if asked = '{}' then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'lines is empty; an order has at least one line.', jsonb_build_object('argument', 'lines')
    );
  end if;
  select l.nth, wrong.refusal[1] as code, wrong.refusal[2] as reason
  into fault
  from unnest(asked) with ordinality
    as l (line_number, colorway_id, quantity, unit_price, metadata, sizes, nth)
  cross join lateral (
    select
      sum(z.quantity) as quantity,
      coalesce(bool_or(z.size_label is null or z.quantity is null), false) as is_incomplete
    from unnest(l.sizes) as z
  ) as sized
  cross join lateral (
    select case
      when l.colorway_id is null then array['OMS_INVALID_ARGUMENT', 'colorway_id is missing.']
      when sized.is_incomplete then array['OMS_INVALID_ARGUMENT', 'a size has a size_label and a quantity.']
      when coalesce(l.quantity, sized.quantity) is null
        then array['OMS_INVALID_ARGUMENT', 'quantity is missing; give it, or sizes.']
      when l.quantity <> sized.quantity
        then array['OMS_QUANTITY_FROM_SIZES', 'the sizes do not add up to the quantity; leave the quantity out, or correct it.']
    end as refusal
  ) as wrong
  where wrong.refusal is not null
  order by l.nth
  limit 1;
  if found then
    perform private.fail(
      fault.code, format('lines, number %s: %s', fault.nth, fault.reason), jsonb_build_object('argument', 'lines', 'position', fault.nth)
    );
  end if;
  return array(
    select row(coalesce(l.line_number, l.nth), l.colorway_id, l.quantity, l.unit_price, l.metadata, l.sizes)::private.order_line
    from unnest(asked) with ordinality as l (line_number, colorway_id, quantity, unit_price, metadata, sizes, nth)
    order by l.nth
  );
end
$$;
comment on function private.require_order_lines(private.order_line[]) is
  'The lines of an order as create_order is given them; one without a line_number gets its place in the list. Refuses what it cannot read, and names the line.';
