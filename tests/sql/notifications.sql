-- Notifications: who is told of what, in which words, how, and who reads it.

select no_plan();

create function pg_temp.handle() returns void
language plpgsql
as $$
begin
  perform tests.become('worker');
  perform private.handle_events(10000);
  reset role;
end
$$;
create function pg_temp.told(event_type text) returns text[]
language sql
as $$
  select coalesce(array_agg(p.name || ': ' || n.title order by p.name), '{}')
  from ops.notifications as n
  inner join tests.personas as p on p.user_id = n.user_id and p.organization_id = n.organization_id
  where n.event_type = told.event_type
$$;
create function pg_temp.mailed(template text) returns text[]
language sql
as $$
  select coalesce(array_agg(distinct r.address::text order by r.address::text), '{}')
  from ops.email_log as l
  inner join ops.email_recipients as r on r.organization_id = l.organization_id and r.email_id = l.id
  where l.template = mailed.template
$$;

select pg_temp.handle();
delete from ops.notifications;
delete from private.digest_items;
delete from ops.email_log where template in ('notification', 'digest');
update ops.members set email = role::text || '@brand.example' where party_id is null and organization_id = '00000000-0000-7000-8000-000000000001';
delete from ops.notification_rules;
delete from ops.notification_mutes;

-- 1. Who reads

insert into ops.notifications (organization_id, member_id, user_id, event_id, event_type, title, entity_type, entity_id)
select m.organization_id, m.id, m.user_id, private.new_id(), 'order.closed', 'For ' || m.role, 'orders', private.new_id()
from ops.members as m;
select is(
  tests.ask('planner', 'select string_agg(n.title, '', '') from ops.notifications as n'), 'For oms_planner',
  'a member reads what he was told, and what nobody else was'
);
select is(
  tests.ask('admin', 'select string_agg(n.title, '', '') from ops.notifications as n'), 'For oms_admin',
  'not even an administrator reads what others were told'
);
select is(
  array(select tests.attempt(p.name, 'select from ops.notifications') from unnest('{client_a,factory_a,vendor,worker,webhook,anon}'::text[]) as p (name)),
  array_fill('42501'::text, array[6]),
  'portals and machines read none, though a portal has a row'
);
select is(
  tests.attempt('planner', format('select * from ops.mark_notifications_read(array(select n.id from ops.notifications as n) || %L::uuid[])', array(select n.id from ops.notifications as n where n.title = 'For oms_sales'))),
  '1 row', 'a member marks what he was told as read, and of others'' nothing happens'
);
select is(
  tests.attempt('planner', 'update ops.notifications set title = ''x'''), '42501', 'nobody writes what he was told'
);
delete from ops.notifications;

-- 2. Who is told

select tests.become('procurement');
update ops.purchase_orders set note = 'Look at this, @Planner and @oms_finance@brand.example. And @nobody.'
where id = (select o.id from ops.purchase_orders as o order by o.id limit 1);
reset role;
select pg_temp.handle();
select is(
  pg_temp.told('purchase_order.mentioned'),
  array(
    select format('%s: You are mentioned in %s', p.name, o.po_number)
    from ops.purchase_orders as o
    cross join (values ('finance'), ('planner')) as p (name)
    where o.note like 'Look at%'
  ),
  'whoever is mentioned by name or address is told, and nobody else'
);
delete from ops.notifications;
select tests.become('procurement');
update ops.purchase_orders set note = note || ' Thank you.' where note like 'Look at%';
reset role;
select pg_temp.handle();
select is(pg_temp.told('purchase_order.mentioned'), '{}'::text[], 'whoever is mentioned already is not told again');

select tests.become('planner');
insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark)
select s.id, 'remark', 'Ask @oms_warehouse@brand.example, @oms_finance@brand.example or @oms_planner@brand.example'
from ops.allocation_items_supplier as s
limit 1;
reset role;
select pg_temp.handle();
select is(
  array(select split_part(t, ':', 1) from unnest(pg_temp.told('slice_note.mentioned')) as t (t)), '{finance}'::text[],
  'mentioned in a note, who may not read it is not told; nor who wrote it'
);

-- Whoever has a rule for all of a kind is not mentioned for that
delete from ops.notifications;
select tests.act('admin', $$ insert into ops.notification_rules (role, event_type) values ('oms_procurement', 'purchase_order.*'), ('oms_finance', '*') $$);
select tests.become('planner');
update ops.purchase_orders set note = 'And you, @oms_sales@brand.example?' where note like 'Look at%';
reset role;
select pg_temp.handle();
select is(
  array(select split_part(t, ':', 1) from unnest(pg_temp.told('purchase_order.mentioned')) as t (t)), '{sales}'::text[],
  'by no rule is anybody told that he is mentioned who is not'
);
delete from ops.notification_rules;

-- 3. Rules

select tests.become('admin');
insert into ops.notification_rules (role, event_type) values ('oms_warehouse', 'purchase_order.sent'), ('oms_procurement', 'purchase_order.*');
reset role;
select is(
  tests.attempt('admin', 'insert into ops.notification_rules (role, event_type) values (''oms_sales'', ''purchase_order.lost'')'),
  'PT422 OMS_EVENT_TYPE_UNKNOWN', 'a rule is about events that there are'
);
select is(
  tests.attempt('admin', 'insert into ops.notification_rules (role, event_type) values (''oms_client'', ''*'')'),
  '23514', 'a rule is for staff'
);
select is(
  tests.attempt('admin', format('insert into ops.notification_rules (member_id, event_type) values (%L, ''*'')', (select m.id from ops.members as m where m.role = 'oms_factory' limit 1))),
  'PT403 OMS_NOT_ALLOWED', 'and not for a member of a factory'
);
select is(
  tests.attempt('planner', 'insert into ops.notification_rules (role, event_type) values (''oms_sales'', ''*'')'),
  '42501', 'rules are an administrator''s'
);

create function pg_temp.happen(type text, actor text, facts jsonb default '{}') returns uuid
language sql
as $$
  insert into private.outbox (organization_id, tenant_id, type, version, entity_type, entity_id, payload, actor_id)
  select o.id, o.tenant_id, t.type, t.version, t.entity_type, private.new_id(), facts, p.user_id
  from ops.organizations as o
  inner join private.event_types as t on t.type = happen.type
  inner join tests.personas as p on p.name = actor
  where o.code = 'brand'
  returning id
$$;
select pg_temp.happen('purchase_order.sent', 'planner', jsonb_build_object('po_number', 'PO-7', 'vendor_id', tests.id('vendor')));
select pg_temp.handle();
select is(
  pg_temp.told('purchase_order.sent'),
  array[format('procurement: PO-7 went out to %s', (select d.name from ops.directory as d where d.id = tests.id('vendor')))],
  'told is whom a rule names and the event concerns; the warehouse it does not'
);
select pg_temp.happen('purchase_order.approved', 'procurement');
select pg_temp.handle();
select is(pg_temp.told('purchase_order.approved'), '{}'::text[], 'nobody is told of what he did himself');

select pg_temp.happen('factory_po.pc_signed', 'factory_a', jsonb_build_object('po_number', 'PC-1', 'version', 2, 'factory_id', tests.id('factory_a')));
select pg_temp.handle();
select is(
  array(select split_part(t, ':', 1) from unnest(pg_temp.told('factory_po.pc_signed')) as t (t)), '{planner,procurement}'::text[],
  'planner and buyer are told by default of a contract that was signed'
);
select is(
  pg_temp.mailed('notification') @> '{oms_planner@brand.example,oms_procurement@brand.example}', true, 'and by mail'
);
select is(
  (select n.body from ops.notifications as n where n.event_type = 'factory_po.pc_signed' limit 1),
  'Version 2 is in force; production may begin.', 'in words'
);
select pg_temp.handle();
select is(cardinality(pg_temp.told('factory_po.pc_signed')), 2, 'once');

select tests.become('admin');
insert into ops.notification_rules (role, event_type, is_enabled) values ('oms_planner', 'factory_po.pc_signed', false);
select tests.become('procurement');
insert into ops.notification_mutes (event_type) values ('factory_po.*');
reset role;
delete from ops.notifications;
delete from ops.email_log where template = 'notification';
select pg_temp.happen('factory_po.pc_signed', 'factory_a', '{"po_number": "PC-2"}');
select pg_temp.handle();
select is(pg_temp.told('factory_po.pc_signed'), '{}'::text[], 'what a rule disables nobody is told, nor what one muted for oneself');
select is(pg_temp.mailed('notification'), '{oms_planner@brand.example}'::text[], 'a rule disables one channel, a mute all of them');

select pg_temp.happen('supply_run.finished', 'worker', '{"exception_count": 0}');
select pg_temp.happen('supply_run.finished', 'worker', '{"exception_count": 3, "planned_count": 5, "added_count": 1, "changed_count": 0, "removed_count": 0}');
select pg_temp.handle();
select is(
  pg_temp.told('supply_run.finished'), '{procurement: Planning left 3 exceptions}'::text[],
  'of planning the buyer is told when it could not solve something'
);

-- 4. Digests

select pg_temp.happen('alert.purchase_overdue', 'worker', '{"message": "It should be here."}');
select pg_temp.happen('alert.promised_late', 'worker', '{"message": "It will be late."}');
select pg_temp.handle();
select is(pg_temp.mailed('digest'), '{}'::text[], 'what goes into a digest is not mailed at once');
select is(tests.ask('worker', 'select private.send_digests()'), '1', 'a digest is one mail to a member');
select is(tests.ask('worker', 'select private.send_digests()'), '0', 'once');
select is(pg_temp.mailed('digest'), '{oms_procurement@brand.example}'::text[], 'to whom it concerns');

-- 5. Slack

select tests.become('admin');
insert into ops.notification_rules (slack_channel_id, event_type, channel)
select c.id, 'order.closed', 'slack' from ops.slack_channels as c;
reset role;
select pg_temp.happen('order.closed', 'sales', '{"order_number": "<!channel> & *all*"}');
select pg_temp.handle();
select is(
  (select p.body::jsonb ->> 'text' from private.slack_posts as p), '*An order is done with.*', 'a channel is told by a rule'
);
select is(
  private.slack_text('<!channel> & *all*', 'a < b'), e'*&lt;!channel&gt; &amp; all*\na &lt; b',
  'nothing that somebody typed mentions a channel'
);
select is(
  tests.ask('admin', 'select c.url_hint from ops.slack_channels as c'), 'rand', 'of the address the last four characters are shown'
);
select is(
  tests.attempt('admin', 'select from private.slack_webhooks'), '42501', 'and nobody reads the rest'
);

-- 6. Words

select is(private.filled_in('{a} of {b}{c}', '{"a": "{b}", "b": "x"}'), '{b} of x', 'braces are filled in once, and unknown ones with nothing');
select is_empty(
  $$ select t.type, f.field[1]
     from private.notification_texts as t
     left join private.event_types as e on e.type = t.type
     cross join lateral regexp_matches(concat(t.title, t.body), '\{([a-z_]+)\}', 'g') as f (field)
     where e.type is null or f.field[1] not in ('factory', 'vendor', 'client', 'order', 'sku', 'purchase_order', 'production_order', 'note')
       and not exists (select from unnest(e.fields) as d (field) where split_part(d.field, ' ', 1) = f.field[1]) $$,
  'texts speak of what there is in the payload, or is found by it'
);
select is_empty(
  $$ select r.event_type, r.role from private.default_notification_rules as r
     left join private.event_types as t on t.type = r.event_type
     where t.type is null or r.role <> 'oms_admin' and r.role::text <> all(t.roles) $$,
  'by default those are told whom an event concerns'
);

select tests.throws_code(
  'admin', $$select ops.create_slack_channel('#orders', 'https://hooks.slack.com/services/T0/B0/again')$$, 'OMS_ALREADY_EXISTS',
  'one channel has one name'
);
select * from finish();
