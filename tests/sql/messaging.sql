-- Mail: who is written to, who may look, leases, and who is not written to any more. What is sent: test_mail.py.

select no_plan();

create function pg_temp.handle() returns text
language plpgsql
as $$
declare
  answer text;
begin
  perform tests.become('worker');
  select concat_ws(' ', h.failed) into answer from private.handle_events(5000) as h;
  reset role;
  return answer;
end
$$;
create function pg_temp.queue(address text, template text default 'test', key text default gen_random_uuid()::text) returns uuid
language plpgsql
as $$
begin
  perform private.queue_email(
    '00000000-0000-7000-8000-000000000001', template, jsonb_build_array(jsonb_build_object('address', address)), '{}', key
  );
  return (select m.id from ops.email_log as m where m.dedupe_key = key and m.organization_id = '00000000-0000-7000-8000-000000000001');
end
$$;
create function pg_temp.claim(lease interval default '2 minutes', rate integer default null) returns private.claimed_email
language plpgsql
as $$
declare
  mail private.claimed_email;
begin
  perform tests.become('worker');
  select c.* into mail from private.claim_email(lease, rate) as c;
  reset role;
  return mail;
end
$$;
create function pg_temp.report(mail private.claimed_email, outcome text, accepted text[] default '{}') returns boolean
language plpgsql
as $$
declare
  is_ours boolean;
begin
  perform tests.become('worker');
  is_ours := private.report_email(mail.id, mail.lease_id, outcome::private.mail_outcome, 'Said', 'Subject', accepted);
  reset role;
  return is_ours;
end
$$;
create function pg_temp.says(mail uuid) returns text
language sql
as $$
  select concat_ws(' ', m.status, m.attempts) from ops.email_log as m where m.id = mail
$$;
create function pg_temp.mails(template text, about uuid) returns table (party text, recipients text, data jsonb, attachments jsonb)
language sql
as $$
  select
    d.name::text, (select string_agg(r.address, ' ' order by r.address) from ops.email_recipients as r where r.email_id = m.id),
    c.data, c.attachments
  from ops.email_log as m
  inner join private.email_contents as c on c.organization_id = m.organization_id and c.email_id = m.id
  inner join ops.directory as d on d.organization_id = m.organization_id and d.id = m.party_id
  where m.template = mails.template and m.entity_id = mails.about
  order by d.name
$$;

-- 1. Who is written to

select is(pg_temp.handle(), '0', 'what the company did so far is handled');
select tests.keep('line', tests.make_line(70));
select tests.keep('spare', tests.make_line(30));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line')], '{factory_a,factory_b}'));
select pg_temp.handle();
select results_eq(
  $$ select m.party, m.data -> 'lines' -> 0 ->> 'quantity' from pg_temp.mails('quote_request', tests.the('allocation')) as m $$,
  $$ values ('Factory A', '70.000000'), ('Factory B', '70.000000') $$,
  'each factory that is asked is written to, of its own lines'
);
select is(
  (select m.recipients from pg_temp.mails('quote_request', tests.the('allocation')) as m where m.party = 'Factory A'),
  'factory_a@example.com', 'a company gets one mail, though its contact has the same address'
);
update private.outbox set handled_at = null where type = 'allocation.sent';
select pg_temp.handle();
select is(
  (select count(*) from pg_temp.mails('quote_request', tests.the('allocation'))), 2::bigint,
  'an event that is handled again writes nothing again'
);
select is_empty(
  $$ select c.data from private.email_contents as c where c.data::text ~* '"[a-z_]*(price|amount|cost|total)' $$,
  'what mails are made of holds no price'
);

select tests.keep('slice', tests.awarded_slice());
select tests.keep('contract', tests.issue(tests.the('slice')));
select pg_temp.handle();
select is(
  (select m.attachments from pg_temp.mails('production_contract', tests.the('contract')) as m),
  jsonb_build_array(jsonb_build_object('document', 'contract', 'id', tests.the('contract'))),
  'a contract that is issued goes out with its document'
);
select tests.keep('withdrawn', tests.issue(tests.awarded_slice()));
select pg_temp.handle();
select private.queue_emails(array[
  row(
    (select o.id from ops.organizations as o where o.code = 'brand'), 'notification', 'news', null, null, 'factory_pos', tests.the('withdrawn'),
    '[{"address": "reader@example.com"}]', '{}', null, null
  )::private.letter
]);
select tests.act('planner', format('select ops.cancel_contract(%L)', tests.the('withdrawn')));
select pg_temp.handle();
update ops.email_log set next_attempt_at = now() - interval '1 day' where entity_id = tests.the('withdrawn') and template = 'production_contract';
select pg_temp.claim();
select results_eq(
  $$ select m.template, m.status from ops.email_log as m where m.entity_id = tests.the('withdrawn') order by 1 $$,
  $$ values ('notification', 'queued'::ops.email_status), ('production_contract', 'cancelled') $$,
  'a contract that is cancelled before its mail was sent is not sent; news of it are'
);
select tests.keep('purchase', tests.send_purchase(tests.purchase('vendor', 'ZIP-60', 40, 2)));
select pg_temp.handle();
select is(
  (select m.party || ' ' || (m.attachments -> 0 ->> 'document') from pg_temp.mails('purchase_order', tests.purchase_order(tests.the('purchase'))) as m),
  'Vendor purchase_order', 'a purchase order that is sent goes out with its document'
);
select tests.keep('receipt', tests.receive_goods(tests.the('purchase'), 40));
select tests.act('warehouse', format('select ops.void_goods_receipt(%L, ''Of another order'')', tests.the('receipt')));
select pg_temp.handle();
select results_eq(
  format(
    $$ select count(*), (select o.status from ops.purchase_orders as o where o.id = %1$L) from pg_temp.mails('purchase_order', %1$L) $$,
    tests.purchase_order(tests.the('purchase'))
  ),
  $$ values (1::bigint, 'sent'::ops.purchase_order_status) $$, 'one that is open again, since a receipt was voided, is not sent again'
);

-- Nobody to write to
update ops.directory set email = null where code = 'factory_b';
select is(private.is_mail_address('a@b'), true, 'an address is one');
select is(
  array(select private.is_mail_address(a.address) from unnest(array[
    E'a@b\nBcc: c@d', 'a@b, c@d', '<a@b>', 'a b@c', 'a"@b', 'a@b@c', '@b', 'a@', 'ä@b', repeat('a', 250) || '@example.com', null
  ]) as a (address)),
  array_fill(false, array[11]), 'and these are not'
);
update ops.contacts set email = 'x;y@example.com' where directory_id = tests.id('factory_b');
select tests.keep('other', tests.make_allocation(array[tests.the('spare')], '{factory_b}'));
select is(pg_temp.handle(), '0', 'an address that is none is no reason for an event to fail');
select is(
  (select m.status || ' ' || m.answer from ops.email_log as m where m.entity_id = tests.the('other')),
  'failed There is no address to send it to.', 'whom we have no address of is not written to, and the log says so'
);
select is(
  (select e.payload ->> 'party_id' from private.outbox as e where e.type = 'email.failed' order by e.position desc limit 1),
  tests.id('factory_b')::text, 'and it is told'
);

-- 2. Reminders

update ops.email_log set status = 'cancelled' where status = 'queued';
create function pg_temp.remind() returns integer
language plpgsql
as $$
declare
  reminded integer;
begin
  perform tests.become('worker');
  reminded := private.remind_quotes();
  reset role;
  return reminded;
end
$$;
alter table ops.allocation_items_supplier disable trigger user;
update ops.allocation_items_supplier set invited_at = now() where invited_at is not null;
update ops.allocation_items_supplier set invited_at = now() - interval '4 days' where allocation_id = tests.the('allocation');
alter table ops.allocation_items_supplier enable trigger user;
select is(pg_temp.remind(), 2, 'after three days a factory that has not quoted is reminded');
select is(pg_temp.remind(), 0, 'once');
alter table ops.allocation_items_supplier disable trigger user;
update ops.allocation_items_supplier set invited_at = now() - interval '40 days' where allocation_id = tests.the('allocation');
alter table ops.allocation_items_supplier enable trigger user;
select tests.quote(tests.slice(tests.the('line'), 'factory_a'));
select is(pg_temp.remind(), 1, 'who has quoted is not');
select tests.set_setting('quote_reminder_days', null);
select is(pg_temp.remind(), 0, 'where the organization reminds nobody, nobody is');

-- 3. What may stand in a message's head

select throws_ok(format($$ insert into ops.mail_templates (organization_id, template, language, subject, html, created_by) values (%L, 'test', 'en', E'a\nBcc: b', 'x', %1$L) $$, '00000000-0000-7000-8000-000000000001'), '23514', null, 'a subject is one line');
select is(tests.attempt('admin', $$ update ops.mail_settings set sender_name = E'Brand\r\nBcc: x@y' $$), '23514', 'so is a name');
select is(tests.attempt('admin', $$ update ops.mail_settings set sender_address = E'a@b\n' $$), '23514', 'and an address');
select is(tests.attempt('admin', $$ update ops.mail_settings set smtp_host = 'a b', sender_address = 'a@b' $$), '23514', 'a host is a name or an address');
select is(private.mail_line(E'  A\r\nBcc: b\u2028c\u0085d '), 'A Bcc: b c d', 'what people type becomes one line');
select is(tests.attempt('admin', $$ insert into ops.mail_templates (template, language, subject, html) values ('invoice', 'en', 'x', 'x') $$), 'PT422 OMS_INVALID_ARGUMENT', 'a template is of a mail that there is');
select throws_ok($$ select pg_temp.queue('a@b', 'nonsense') $$, 'PT422', null, 'a mail is one that there is');

-- 4. Leases

update ops.email_log set status = 'cancelled' where status = 'queued';
select is(pg_temp.claim() is null, true, 'nothing is due, and nothing is claimed');
select tests.keep('mail', pg_temp.queue('reader@example.com', 'test', 'key'));
select is(pg_temp.queue('reader@example.com', 'test', 'key'), tests.the('mail'), 'the same thing is queued once');
create table pg_temp.claims (name text primary key, mail private.claimed_email);
insert into pg_temp.claims values ('first', pg_temp.claim());
select is((select (c.mail).id from pg_temp.claims as c), tests.the('mail'), 'what is due is claimed');
select is(pg_temp.claim() is null, true, 'by one');
select is(pg_temp.says(tests.the('mail')), 'sending 1', 'an attempt counts when it begins');
update ops.email_log set leased_until = now() - interval '1 second' where id = tests.the('mail');
select results_eq(
  $$ select private.organizations_with_due_emails() $$, $$ values ('00000000-0000-7000-8000-000000000001'::uuid) $$,
  'a lease that ran out is due'
);
insert into pg_temp.claims values ('second', pg_temp.claim());
select results_eq(
  $$ select count(distinct (c.mail).id), count(distinct (c.mail).message_id), count(distinct (c.mail).lease_id) from pg_temp.claims as c $$,
  $$ values (1::bigint, 1::bigint, 2::bigint) $$, 'it is the same mail with the same Message-ID, under another lease'
);
select is(pg_temp.report((select c.mail from pg_temp.claims as c where c.name = 'first'), 'sent'), false, 'who took too long is not heard');
select is(pg_temp.says(tests.the('mail')), 'sending 2', 'and changes nothing');
select is(pg_temp.report((select c.mail from pg_temp.claims as c where c.name = 'second'), 'temporary'), true, 'who has it is');
select is(
  (select m.next_attempt_at - now() from ops.email_log as m where m.id = tests.the('mail')), private.backoff(2),
  'what failed for now waits, longer each time'
);
select is(pg_temp.report((select c.mail from pg_temp.claims as c where c.name = 'second'), 'sent'), false, 'nobody reports twice');
update ops.email_log set attempts = 7, next_attempt_at = now() where id = tests.the('mail');
select is(pg_temp.report(pg_temp.claim(), 'temporary'), true, 'the eighth attempt');
select is(pg_temp.says(tests.the('mail')), 'failed 8', 'is the last one');
select tests.keep('killer', pg_temp.queue('killer@example.com'));
update ops.email_log set status = 'sending', attempts = 8, lease_id = id, leased_until = now() where id = tests.the('killer');
select is(pg_temp.claim() is null, true, 'a mail that ended its worker each time');
select is(pg_temp.says(tests.the('killer')), 'failed 8', 'is given up, too');

-- What is cancelled while it is tried
select tests.keep('called_off', tests.send_purchase(tests.purchase('vendor', 'ZIP-60', 40, 2)));
select pg_temp.handle();
insert into pg_temp.claims values ('called off', pg_temp.claim());
select tests.act('procurement', format('update ops.purchase_orders set status = ''cancelled'' where id = %L', tests.purchase_order(tests.the('called_off'))));
select pg_temp.handle();
select is(pg_temp.report((select c.mail from pg_temp.claims as c where c.name = 'called off'), 'temporary'), true, 'a purchase order is cancelled while its mail is tried, in vain');
update ops.email_log set next_attempt_at = now() where status = 'queued';
select is(pg_temp.claim() is null, true, 'it is not tried again');
select is(
  (select m.status || ' ' || m.answer from ops.email_log as m where m.id = (select (c.mail).id from pg_temp.claims as c where c.name = 'called off')),
  'cancelled What it is about was cancelled before it was sent.', 'and the log says why'
);

-- A server that cannot be reached
select tests.keep('one', pg_temp.queue('one@example.com'));
select tests.keep('two', pg_temp.queue('two@example.com'));
select is(pg_temp.report(pg_temp.claim(), 'unreachable'), true, 'nobody answers');
select is(pg_temp.claim() is null, true, 'then nothing is tried');
select is_empty('select private.organizations_with_due_emails()', 'and nobody has anything due');
update private.mail_servers set blocked_until = now();
select is(pg_temp.report(pg_temp.claim(), 'sent', '{one@example.com,two@example.com}'), true, 'until it is time');
select is((select concat_ws(' ', s.failures, s.blocked_until, s.last_error) from private.mail_servers as s), '0', 'a server that answers is as good as new');
-- Which of the two it is: they were queued in the same moment.
select is(
  (
    select count(r.accepted_at) from ops.email_recipients as r where r.email_id in (tests.the('one'), tests.the('two'))
  ), 1::bigint, 'who has it is noted'
);
update ops.email_log set status = 'cancelled' where status = 'queued';
select tests.act('admin', $$ update ops.mail_settings set smtp_host = 'mail.example.com', sender_address = 'a@b' $$);
select tests.keep('elsewhere', pg_temp.queue('elsewhere@example.com'));
insert into pg_temp.claims values ('elsewhere', pg_temp.claim());
select tests.act('admin', $$ update ops.mail_settings set smtp_host = null $$);
select is(pg_temp.report((select c.mail from pg_temp.claims as c where c.name = 'elsewhere'), 'unreachable'), true, 'an organization gives up its server while a mail is tried there');
select is_empty(
  $$ select from private.mail_servers as s where s.name = 'operator' and s.blocked_until > now() $$,
  'that it could not be reached holds up nobody who sends through the operator''s'
);

-- 5. Whom not to write to

update ops.email_log set status = 'cancelled' where status = 'queued';
select tests.keep('bad', pg_temp.queue('Bad@example.com'));
select pg_temp.report(pg_temp.claim(), 'sent');
select tests.act('webhook', format('select ops.record_email_event(%L, %L, %L, %L)', '<' || m.message_id || '>', 'bounce', 'stranger@example.com', 'x'))
from ops.email_log as m where m.id = tests.the('bad');
select is_empty($$ select from ops.email_suppressions as s where s.address = 'stranger@example.com' $$, 'a mail does not bounce from whom it was not for');
select tests.act('webhook', format('select ops.record_email_event(%L, %L, %L, %L)', m.message_id, 'bounce', 'bad@EXAMPLE.com', '550 No such user'))
from ops.email_log as m where m.id = tests.the('bad');
select is(tests.ask('sales', $$ select s.reason || ' ' || s.note from ops.email_suppressions as s where s.address = 'bad@example.com' $$), 'bounce 550 No such user', 'an address that a mail came back from is noted');
select tests.keep('again', pg_temp.queue('bad@example.com'));
select is(pg_temp.claim() is null, true, 'it gets no more');
select is(pg_temp.says(tests.the('again')), 'suppressed 0', 'and the log says why');
select tests.act('admin', $$ delete from ops.email_suppressions where address = 'bad@example.com' $$);
select tests.keep('lifted', pg_temp.queue('bad@example.com'));
select is((pg_temp.claim()).id, tests.the('lifted'), 'until an administrator lifts it');
select is(
  (select e.payload ->> 'template' from private.outbox as e where e.type = 'email.bounced'), 'test', 'a bounce is told once'
);
select tests.accepts('webhook', $$ select ops.record_email_event('nobody@nowhere', 'complaint', 'x@y') $$, 'what others sent is none of ours');
select tests.keep('news', pg_temp.queue('weary@example.com', 'announcement'));
select tests.act('webhook', format('select ops.unsubscribe(%L)', c.unsubscribe_token)) from private.email_contents as c where c.email_id = tests.the('news');
select is(pg_temp.claim() is null, true, 'who unsubscribed gets no news');
select tests.keep('business', pg_temp.queue('weary@example.com'));
select is((pg_temp.claim()).id, tests.the('business'), 'and all that is business');
select is(
  tests.attempt('webhook', format('select ops.unsubscribe(%L)', c.unsubscribe_token)), 'PT404 OMS_NOT_FOUND',
  'from business nobody unsubscribes'
) from private.email_contents as c where c.email_id = tests.the('business');

-- 6. By people

select tests.throws_code('admin', format('select ops.resend_email(%L)', tests.the('business')), 'OMS_EMAIL_WAITS', 'what is being sent is not sent again');
select tests.throws_code('admin', format('select ops.cancel_email(%L)', tests.the('business')), 'OMS_EMAIL_NOT_QUEUED', 'nor taken back');
select is(tests.ask('admin', format('select r.status || '' '' || (r.resent_from_id = %1$L)::text from ops.resend_email(%1$L) as r', tests.the('mail'))), 'queued true', 'what failed is sent again');
select tests.keep('regretted', pg_temp.queue('regret@example.com'));
select is(tests.ask('admin', format('select c.status from ops.cancel_email(%L) as c', tests.the('regretted'))), 'cancelled', 'what waits can be taken back');
delete from private.email_contents where email_id = tests.the('mail');
select tests.throws_code('admin', format('select ops.resend_email(%L)', tests.the('mail')), 'OMS_EMAIL_SWEPT', 'what is forgotten cannot be said again');
delete from private.public_keys;
select tests.throws_code('admin', $$ select ops.set_mail_password('x') $$, 'OMS_NO_SECRETS_KEY', 'without the operator''s key nobody entrusts a password to us');
select tests.throws_code('admin', $$ select ops.send_test_email('nobody') $$, 'OMS_INVALID_ARGUMENT', 'a test mail goes to an address');

-- 7. Who may look

select is(
  array(
    select p.name || ': ' || tests.ask(p.name, $$
      select string_agg(distinct m.template, ' ' order by m.template)
      from ops.email_log as m
      where m.template in ('quote_request', 'production_contract', 'purchase_order', 'notification', 'test')
    $$)
    from unnest('{admin,planner,procurement,production,finance,warehouse,sales}'::text[]) with ordinality as p (name, nth)
    order by p.nth
  ),
  '{admin: notification production_contract purchase_order quote_request test,planner: production_contract purchase_order quote_request,'
  'procurement: production_contract purchase_order quote_request,production: production_contract purchase_order quote_request,'
  'finance: production_contract purchase_order quote_request,warehouse: production_contract purchase_order,sales: purchase_order}'::text[],
  'whoever may not read what a mail is about does not read of the mail; what members are told only administrators'
);
select is(
  array(
    select distinct tests.ask(p.name, $$
      select count(*)::text from ops.email_recipients as r
      where not exists (select from ops.email_log as m where m.organization_id = r.organization_id and m.id = r.email_id)
    $$)
    from unnest('{admin,planner,procurement,production,finance,warehouse,sales}'::text[]) as p (name)
  ),
  '{0}'::text[], 'nor for whom it is'
);
select is(
  array(
    select tests.attempt('sales', format('select ops.%s(%L)', c.name, m.id))
    from unnest('{resend_email,cancel_email}'::text[]) as c (name)
    cross join ops.email_log as m
    where m.entity_id = tests.the('withdrawn') and m.organization_id = '00000000-0000-7000-8000-000000000001'
  ),
  array_fill('PT404 OMS_NOT_FOUND'::text, array[4]), 'nor sends it again, nor takes it back'
);

select is(
  array(select tests.attempt(p.name, format('select from ops.%I', t.name))
    from unnest('{client_a,factory_a,vendor,webhook,worker,anon}'::text[]) as p (name)
    cross join unnest('{email_log,email_recipients,email_suppressions,mail_settings,mail_templates}'::text[]) as t (name)),
  array_fill('42501'::text, array[30]), 'no portal and no machine reads what went to whom'
);
select is(
  array(select tests.attempt(p.name, s.statement)
    from unnest('{admin,sales,client_a,factory_a,vendor,webhook,anon}'::text[]) as p (name)
    cross join (values
      ('select private.claim_email()'), ('select private.organizations_with_due_emails()'), ('select private.remind_quotes()'),
      ('select private.letterhead()'),
      ('select from private.email_contents'), ('select from private.mail_secrets'),
      (format('select private.attached_document(%L, %L, %L)', tests.the('mail'), 'contract', tests.the('contract')))
    ) as s (statement)),
  array_fill('42501'::text, array[49]), 'nobody but a worker sends mail, and nobody reads what it says'
);
select is(tests.attempt('other_planner', format('select ops.resend_email(%L)', tests.the('bad'))), 'PT404 OMS_NOT_FOUND', 'another organization''s mail is not there');
select is(tests.attempt('other_planner', format('select ops.cancel_email(%L)', tests.the('bad'))), 'PT404 OMS_NOT_FOUND', 'and cannot be taken back');
select is(
  tests.ask('worker', format('select private.attached_document(%L, %L, %L)::text', tests.the('bad'), 'contract', tests.the('contract'))),
  null, 'a worker reads the documents that a mail takes along, and no other'
);
select is(
  tests.ask('worker', format(
    'select private.attached_document(%L, %L, %L) -> %L ->> %L',
    (select m.id from ops.email_log as m where m.template = 'production_contract' and m.entity_id = tests.the('contract')),
    'contract', tests.the('contract'), 'row', 'id'
  )),
  tests.the('contract')::text, 'those it does'
);
select is(
  tests.ask('worker', $$ select private.letterhead() -> 'company' ->> 'name' $$),
  (
    select d.name::text
    from ops.organizations as o
    inner join ops.directory as d on d.organization_id = o.id and d.id = o.company_id
    where o.id = '00000000-0000-7000-8000-000000000001'
  ),
  'a mail says which company writes'
);

select * from finish();
