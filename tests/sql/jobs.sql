-- What happens because time has passed: alerts, reservations that lapse, what is swept.

select * from no_plan();

create function pg_temp.told(type text) returns text
language sql
as $$
  select coalesce(string_agg(e.payload ->> 'message', '; ' order by e.position), 'nothing')
  from private.outbox as e
  where e.type = told.type and e.organization_id = '00000000-0000-7000-8000-000000000001'
$$;

select tests.denies(p.name, format('select private.%s()', f.name), format('%s does not %s', p.name, f.name))
from tests.personas as p
cross join unnest(array['raise_alerts', 'expire_reservations', 'sweep']) as f (name)
where p.name not in ('worker', 'suspended');

-- Alerts

select tests.act('worker', 'select private.raise_alerts()');
select is(tests.ask('worker', 'select private.raise_alerts()'), '0', 'what was told once is not told again');
delete from private.outbox;
select tests.keep('line', tests.purchase('vendor', 'TAPE-20', 20, 1));
update ops.purchase_order_lines as l set need_by = current_date - 3 where l.id = tests.the('line');
select tests.send_purchase(tests.the('line'));
select tests.act('worker', 'select private.raise_alerts()');
select matches(
  pg_temp.told('alert.purchase_overdue'), '^20 [A-Z]+ of TAPE-20, PO-[0-9]+ of Vendor, should have come on .*\.$',
  'what a vendor should have brought is told, once'
);
select is(
  (
    select concat_ws(' ', e.entity_type, e.entity_id = tests.the('line'), e.payload ->> 'severity', e.payload ->> 'due_date', e.payload ->> 'purchase_order_id')
    from private.outbox as e where e.type = 'alert.purchase_overdue'
  ),
  concat_ws(' ', 'purchase_order_lines', 't', 'warning', current_date - 3, tests.purchase_order(tests.the('line'))),
  'with the line that it is about'
);
select tests.act('vendor', format('update ops.purchase_order_lines set promised_date = current_date + 5 where id = %L', tests.the('line')));
select tests.act('worker', 'select private.raise_alerts()');
select isnt(pg_temp.told('alert.promised_late'), 'nothing', 'that it comes later than it is needed is another alert');
delete from private.outbox;
update ops.purchase_order_lines as l set promised_date = current_date - 1 where l.id = tests.the('line');
select tests.act('worker', 'select private.raise_alerts()');
select isnt(
  pg_temp.told('alert.purchase_overdue'), 'nothing', 'what was right again in between is told anew when it is wrong again'
);
select is(
  (select count(*) from private.outbox as e where e.organization_id <> '00000000-0000-7000-8000-000000000001'), 0::bigint,
  'of another organization nothing is told'
);

-- Reservations

create function pg_temp.promise(expires text) returns text
language sql
as $$
  select format(
    'insert into ops.inventory_reservations (order_item_id, product_variant_id, stock_location_id, quantity, expires_at)
    select %L, l.product_variant_id, l.stock_location_id, 1, %s
    from ops.stock_levels as l where l.lot_id is null and l.available >= 1 order by l.id limit 1', tests.the('promised'), expires
  )
$$;
select tests.keep('promised', tests.make_line(10));
select tests.throws_code('planner', pg_temp.promise('now() - interval ''1 minute'''), 'OMS_INVALID_ARGUMENT', 'what is over is not reserved');
select tests.act('planner', pg_temp.promise('now() + interval ''1 hour'''));
select is(tests.ask('worker', 'select private.expire_reservations()'), '0', 'what is reserved for an hour is kept for an hour');
update ops.inventory_reservations as r set expires_at = now() where r.order_item_id = tests.the('promised');
select tests.act('worker', 'select private.expire_reservations()');
select is_empty(
  $$ select from ops.inventory_reservations as r where r.order_item_id = tests.the('promised') $$, 'and no longer'
);
select is(
  (select concat_ws(' ', e.entity_type, e.payload ->> 'order_item_id', e.payload ->> 'quantity') from private.outbox as e where e.type = 'reservation.expired'),
  concat_ws(' ', 'inventory_reservations', tests.the('promised'), '1.000000'), 'which is told'
);
select is(tests.ask('worker', 'select private.expire_reservations()'), '0', 'once');
select is_empty('select * from private.invariant_violations', 'and no counter is wrong');

-- Sweeping

insert into private.idempotency_keys (organization_id, actor_id, key, command, arguments, created_at)
select o.id, private.new_id(), k.key, 'plan_supply', '{}', now() - k.age
from ops.organizations as o
cross join (values ('old', interval '25 hours'), ('new', interval '1 hour')) as k (key, age);
select is(tests.ask('worker', 'select private.sweep()'), '1', 'answers of commands are forgotten after a day');
select is(
  (select string_agg(k.key, ' ' order by k.organization_id, k.key) from private.idempotency_keys as k where k.key in ('old', 'new')),
  'new new old', 'those of this organization'
);

select * from finish();
