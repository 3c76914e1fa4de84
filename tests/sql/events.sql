-- The outbox: what is told, of whom, in which order; handling it once, in order, whatever fails.

select * from no_plan();

create function pg_temp.told(since bigint) returns text[]
language sql
as $$
  select coalesce(array_agg(e.type order by e.position), '{}')
  from private.outbox as e
  where e.position > since and e.organization_id = '00000000-0000-7000-8000-000000000001'
    and e.type not like 'timeline_node.%' and e.type not like 'order_item.%'
$$;
create function pg_temp.last() returns bigint
language sql
as $$select coalesce(max(e.position), 0) from private.outbox as e$$;
create table pg_temp.marks (name text primary key, position bigint);
create function pg_temp.mark(name text) returns void
language sql
as $$insert into pg_temp.marks values (mark.name, pg_temp.last())$$;
create function pg_temp.since(name text) returns text[]
language sql
as $$select pg_temp.told(m.position) from pg_temp.marks as m where m.name = since.name$$;
create function pg_temp.payload(type text) returns jsonb
language sql
as $$select e.payload from private.outbox as e where e.type = payload.type order by e.position desc limit 1$$;

-- 1. What is told

select is_empty(
  $$ select m.machine, m.status
     from (
       select t.machine, t.to_status as status, array_agg(t.from_status) as from_statuses
       from ops.status_transitions as t
       group by t.machine, t.to_status
     ) as m
     where not exists (
       select from private.event_types as e where e.entity_type = m.machine and e.type like '%.' || lower(m.status)
     )
     except
     -- What a document is before anybody else hears of it, and what only its makers care for.
     values
     ('orders', 'quote_draft'), ('purchase_orders', 'draft'), ('factory_pos', 'DRAFT'), ('production_orders', 'queued'),
     ('bom_versions', 'draft'), ('bom_versions', 'active'), ('bom_versions', 'retired')
     except
     -- Two machines of one row: quote.* and production.reported.
     select t.machine, t.to_status from ops.status_transitions as t where t.machine like 'allocation_items_supplier.%' $$,
  'every state that a document reaches is told, or is silent on purpose'
);
select is_empty(
  $$ select t.type from private.event_types as t
     where to_regclass('ops.' || t.entity_type) is null or t.type !~ '^[a-z_]+\.[a-z_]+$' or t.roles = '{}'
     or exists (select from unnest(t.roles) as r (name) where r.name !~ '^oms_' or to_regrole(r.name) is null) $$,
  'an event is named after a table and what happened, and somebody may be told of it'
);
select is_empty(
  $$ select t.type, f.field
     from private.event_types as t
     cross join lateral unnest(t.fields) as f (field)
     where f.field !~ '^[a-z_]+ (uuid|text|date|integer|quantity)\??$'
     or split_part(f.field, ' ', 1) ~ '(price|amount|cost|total|balance)' $$,
  'a payload is ids and facts, and no price of anybody'
);
select is(
  private.payload_schema('{po_number text, factory_id uuid?, version integer, qty quantity, due date}') -> 'properties',
  '{
    "po_number": {"type": "string"}, "factory_id": {"type": ["string", "null"], "format": "uuid"},
    "version": {"type": "integer"}, "qty": {"type": "number"}, "due": {"type": "string", "format": "date"}
  }',
  'a payload''s fields make a JSON Schema'
);

select pg_temp.mark('award');
select tests.keep('slice', tests.awarded_slice(100, 5));
select is(
  pg_temp.since('award'), '{order.sales_order,allocation.sent,quote.quoted,award.made}',
  'an order, an invitation, a quote and an award are told as they happen'
);
select is(
  pg_temp.payload('award.made'),
  jsonb_build_object(
    'allocation_id', s.allocation_id, 'allocation_item_id', s.allocation_item_id, 'factory_id', s.factory_id,
    'quantity', 100.000000
  ),
  'an award is told with whom it went to and how much it is, not for how much'
)
from ops.allocation_items_supplier as s where s.id = tests.the('slice');
select is(
  (
    select concat_ws(' ', o.tenant_id = e.tenant_id, e.version, e.entity_type, e.entity_id = tests.the('slice'), p.name)
    from private.outbox as e
    inner join ops.organizations as o on o.id = e.organization_id
    inner join tests.personas as p on p.user_id = e.actor_id
    where e.type = 'award.made' order by e.position desc limit 1
  ),
  't 1 allocation_items_supplier t planner',
  'an event says whose it is, what it happened to, and who did it'
);
select pg_temp.mark('contract');
select tests.sign(tests.issue(tests.the('slice')));
select is(pg_temp.since('contract'), '{factory_po.issued,factory_po.pc_signed}', 'a contract is told when it goes out and when it is signed');
select is(
  pg_temp.payload('factory_po.pc_signed') ->> 'from_status', 'ISSUED', 'a state is told with the one before it'
);
select pg_temp.mark('receipt');
select tests.keep('receipt', tests.receive(tests.the('slice'), 10));
select tests.act('warehouse', format('select ops.void_receipt(%L, ''wrong'')', tests.the('receipt')));
select is(
  pg_temp.since('receipt'), '{factory_receipt.recorded,factory_receipt.voided}', 'a receipt is told, and that it was voided'
);
select pg_temp.mark('purchase');
select tests.keep('line', tests.purchase('vendor', 'TAPE-20', 20, 1));
select tests.send_purchase(tests.the('line'));
select ok(
  pg_temp.since('purchase') @> '{purchase_order.approved,purchase_order.sent}', 'a purchase order is told when it is approved and sent'
);

select pg_temp.mark('nothing');
select tests.act('planner', format('update ops.allocations set name = name where id = %L', (
  select s.allocation_id from ops.allocation_items_supplier as s where s.id = tests.the('slice')
)));
select tests.attempt('planner', format('select ops.cancel_contract(%L)', tests.contract(tests.the('slice'))));
select is(pg_temp.since('nothing'), '{}', 'what changes nothing, or does not stand, is not told');

-- Many at once: one event a factory and allocation, however many lines.
select pg_temp.mark('batch');
select tests.make_allocation(array[tests.make_line(10), tests.make_line(20)]);
select results_eq(
  $$ select e.payload ->> 'factory_id', (e.payload ->> 'slices')::integer
     from private.outbox as e
     where e.type = 'allocation.sent' and e.position > (select m.position from pg_temp.marks as m where m.name = 'batch')
     order by 1 $$,
  $$ select f.id::text, 2 from unnest(array[tests.id('factory_a'), tests.id('factory_b')]) as f (id) order by 1 $$,
  'an allocation that is sent is told once for each factory'
);

-- 2. Who may

select tests.denies(p.name, 'select from private.outbox', format('%s does not read the outbox', p.name))
from tests.personas as p where p.name <> 'suspended';
select tests.denies(p.name, 'select private.emit(''{}'')', format('%s tells nothing by himself', p.name))
from tests.personas as p where p.name <> 'suspended';
select tests.denies(p.name, 'select * from private.handle_events()', format('%s does not handle events', p.name))
from tests.personas as p where p.name not in ('worker', 'suspended');
select tests.denies(p.name, 'select private.maintain_outbox()', format('%s does not make or drop weeks', p.name))
from tests.personas as p where p.name not in ('worker', 'suspended');

-- 3. Handling. What follows from events is replaced by what can be looked at, and fails where it is told to.

create table tests.told (position bigint, type text, payload jsonb);
create table tests.poison (po_number text);
create or replace function private.react(events private.outbox[]) returns void
language plpgsql
as $$
begin
  if exists (select from tests.poison as p inner join unnest(events) as e on e.payload ->> 'po_number' = p.po_number) then
    perform private.fail('OMS_INVALID_ARGUMENT', 'This one cannot be handled.');
  end if;
  insert into tests.told select e.position, e.type, e.payload from unnest(events) as e order by e.position;
end
$$;
create function pg_temp.handle(size integer default 500) returns text
language plpgsql
as $$
declare
  answer text;
begin
  perform tests.become('worker');
  select concat_ws(' ', h.handled, h.failed) into answer from private.handle_events(size) as h;
  reset role;
  return answer;
end
$$;
create function pg_temp.emit(po_number text, type text, entity text) returns void
language sql
as $$
  select private.emit(array[row(
    '00000000-0000-7000-8000-000000000001', emit.type, ('00000000-0000-7000-8000-0000000000' || entity)::uuid,
    jsonb_build_object('po_number', emit.po_number, 'vendor_id', null, 'warehouse_id', null, 'from_status', null)
  )::private.fact])
$$;

select is(pg_temp.handle(3), '3 0', 'events are handled by the batch');
select is(
  (select array_agg(t.position) from tests.told as t),
  (select array_agg(e.position) from (
    select e.position from private.outbox as e
    where e.organization_id = '00000000-0000-7000-8000-000000000001' order by e.position limit 3
  ) as e),
  'the oldest ones first'
);
select matches(pg_temp.handle(100000), '^[0-9]+ 0$', 'the rest follows');
select is(pg_temp.handle(), '0 0', 'what was handled is not handled again');
select is(
  (select count(*) from tests.told), (select count(distinct t.position) from tests.told as t), 'each was handled once'
);
select is(
  (select count(*) from private.outbox as e where e.organization_id = '00000000-0000-7000-8000-000000000002' and e.handled_at is not null),
  0::bigint, 'another organization''s events are left alone'
);

truncate tests.told;
insert into tests.poison values ('BAD');
select pg_temp.emit('GOOD', 'purchase_order.sent', '71');
select pg_temp.emit('BAD', 'purchase_order.sent', '72');
select pg_temp.emit('LATER', 'purchase_order.closed', '72');
select pg_temp.emit('LAST', 'purchase_order.sent', '73');
select is(pg_temp.handle(), '2 1', 'an event that cannot be handled does not keep others from it');
select is((select array_agg(t.payload ->> 'po_number' order by t.position) from tests.told as t), '{GOOD,LAST}', 'but what happened to the same row since');
select is(
  (
    select concat_ws('; ', e.attempts, e.next_attempt_at - now(), e.dead_at is null, e.last_error)
    from private.outbox as e where e.payload ->> 'po_number' = 'BAD'
  ),
  '1; 00:00:05; t; PT422 OMS_INVALID_ARGUMENT This one cannot be handled.',
  'it is tried again after a while, and says why it failed'
);
select is(pg_temp.handle(), '0 0', 'until then both wait');
update private.outbox as e set next_attempt_at = now() where e.payload ->> 'po_number' = 'BAD';
select is(pg_temp.handle(), '0 1', 'it is tried again');
delete from tests.poison;
update private.outbox as e set next_attempt_at = now() where e.payload ->> 'po_number' = 'BAD';
select is(pg_temp.handle(), '2 0', 'once it can be handled it is, and what waited behind it');
select is(
  (select array_agg(t.payload ->> 'po_number' order by t.position) from tests.told as t), '{GOOD,BAD,LATER,LAST}', 'in order'
);

insert into tests.poison values ('DEAD');
select pg_temp.emit('DEAD', 'purchase_order.sent', '74');
select pg_temp.emit('AFTER', 'purchase_order.closed', '74');
create function pg_temp.waits(po text) returns text[]
language plpgsql
as $$
declare
  waits text[] := '{}';
begin
  for attempt in 1 .. 8 loop
    perform pg_temp.handle();
    waits := waits || (
      select coalesce((e.next_attempt_at - now())::text, 'given up') from private.outbox as e
      where e.payload ->> 'po_number' = po
    );
    update private.outbox as e set next_attempt_at = now() where e.payload ->> 'po_number' = po and e.is_pending;
  end loop;
  return waits;
end
$$;
select is(
  pg_temp.waits('DEAD'), '{00:00:05,00:00:30,00:05:00,00:30:00,02:00:00,06:00:00,12:00:00,"given up"}',
  'it is tried eight times within a day, and then given up'
);
select is(pg_temp.handle(), '1 0', 'then what happened to its row since goes on');
delete from tests.poison;
select tests.denies(p.name, $$select private.retry_events('{}')$$, format('%s takes up no event again', p.name))
from tests.personas as p where p.name not in ('worker', 'suspended');
select is(
  tests.ask('worker', 'select e.type || e.last_error from private.dead_events() as e'),
  'purchase_order.sentPT422 OMS_INVALID_ARGUMENT This one cannot be handled.', 'what was given up is told with its reason'
);
select is(
  tests.ask('worker', 'select private.retry_events(array[(select e.id from private.dead_events() as e)])'), '1',
  'and can be taken up again'
);
select is(pg_temp.handle(), '1 0', 'and is handled then');
select is(private.backoff(8), null::interval, 'eight attempts are enough');

-- 4. Weeks

select tests.act('worker', 'select private.maintain_outbox()');
select tests.accepts('worker', 'select private.maintain_outbox()', 'the worker makes the weeks to come, again and again');
select is(
  (select count(*) from pg_inherits as i where i.inhparent = 'private.outbox'::regclass), 5::bigint,
  'there are four weeks ahead, and a place for what has none'
);
create table private.outbox_2020w10 partition of private.outbox for values from ('2020-03-02') to ('2020-03-09');
create table private.outbox_2020w11 partition of private.outbox for values from ('2020-03-09') to ('2020-03-16');
insert into private.outbox (organization_id, tenant_id, type, version, entity_type, entity_id, payload, occurred_at, handled_at)
select o.id, o.tenant_id, 'purchase_order.sent', 1, 'purchase_orders', private.new_id(), '{}', d.at::timestamptz, h.at
from ops.organizations as o
cross join (values ('2020-03-03', now()), ('2020-03-10', null), ('2020-02-01', now()), ('2020-02-02', null)) as d (at, handled)
cross join lateral (select d.handled as at) as h
where o.id = '00000000-0000-7000-8000-000000000001';
select private.maintain_outbox();
select is(
  (select array_agg(e.occurred_at::date::text order by e.occurred_at) from private.outbox as e where e.occurred_at < '2021-01-01'),
  '{2020-02-02,2020-03-10}', 'what is over is dropped after thirty days, but for what nobody handled'
);
select ok(to_regclass('private.outbox_2020w10') is null, 'with its table');

select * from finish();
