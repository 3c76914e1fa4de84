-- Who a request speaks for, and what holds whoever it is: tokens, memberships, versions, idempotency, numbers, settings.

select no_plan();

create function tests.token(member uuid, claims jsonb default '{"role": "authenticated", "aal": "aal1"}') returns jsonb
language sql
as $$
  select private.custom_access_token_hook(jsonb_build_object('user_id', member, 'claims', claims)) -> 'claims'
$$;
comment on function tests.token(uuid, jsonb) is 'The claims that Supabase Auth would put into a token of this user.';

create function tests.request(claims jsonb, headers jsonb default '{}') returns text
language plpgsql
as $$
declare
  state text;
  hint text;
begin
  begin
    perform set_config('request.jwt.claims', claims::text, true), set_config('request.headers', headers::text, true);
    perform set_config('role', claims ->> 'role', true);
    perform private.pre_request();
    raise exception using errcode = 'TRYIT';
  exception when others then
    get stacked diagnostics state = returned_sqlstate, hint = pg_exception_hint;
  end;
  return case state when 'TRYIT' then 'goes on' when '42501' then state else format('%s %s', state, hint) end;
end
$$;
comment on function tests.request(jsonb, jsonb) is 'Whether a request with this token and these headers gets past the check that comes first.';

create function tests.claims_of(persona text) returns jsonb
language sql
as $$
  select jsonb_strip_nulls(jsonb_build_object('role', p.role, 'organization_id', p.organization_id, 'party_id', p.party_id, 'sub', p.user_id))
  from tests.personas as p
  where p.name = persona
$$;

create function tests.answer(persona text, question text, headers jsonb default '{}') returns text
language plpgsql
as $$
declare
  answer text;
begin
  perform tests.become(persona);
  perform set_config('request.headers', headers::text, true), set_config('response.headers', '', true);
  execute question into answer;
  perform set_config('request.headers', '', true);
  reset role;
  return answer;
end
$$;
comment on function tests.answer(text, text, jsonb) is 'What a request gets; what it did stays.';

-- Tokens

select is(
  tests.token((select p.user_id from tests.personas as p where p.name = 'factory_a')),
  tests.claims_of('factory_a') - 'sub' || '{"aal": "aal1"}',
  'a token says the role, organization and party of its user, and keeps what else it said'
);
select is(
  tests.token((select p.user_id from tests.personas as p where p.name = 'planner')) -> 'party_id', 'null'::jsonb,
  'staff speak for no party'
);
select is(
  tests.token(gen_random_uuid()), '{"role": "authenticated", "aal": "aal1"}',
  'a user without a membership gets a token that opens nothing'
);
select is(
  tests.token((select p.user_id from tests.personas as p where p.name = 'suspended')), '{"role": "authenticated", "aal": "aal1"}',
  'so does one whose only membership is suspended'
);
select is(
  tests.token(
    (select p.user_id from tests.personas as p where p.name = 'client_a'),
    '{"role": "oms_admin", "organization_id": "00000000-0000-7000-8000-000000000002", "party_id": "00000000-0000-7000-8000-0000000000a2"}'
  ),
  tests.claims_of('client_a') - 'sub',
  'what a user claimed before does not count'
);

-- Ana works for factory A, and for the rival's factory as well.
insert into ops.members (organization_id, user_id, role, party_id, full_name)
select p.organization_id, '00000000-0000-7000-8000-0000000000aa', 'oms_factory', p.party_id, 'Ana'
from tests.personas as p
where p.name in ('factory_a', 'other_factory')
order by p.name;
insert into tests.personas (name, role, organization_id, party_id, user_id)
select 'ana_' || p.name, p.role, p.organization_id, p.party_id, '00000000-0000-7000-8000-0000000000aa'
from tests.personas as p
where p.name in ('factory_a', 'other_factory');
create function tests.membership(persona text) returns uuid
language sql stable security definer
as $$
  select m.id
  from ops.members as m
  inner join tests.personas as p
    on p.organization_id = m.organization_id and p.user_id = m.user_id and p.role = m.role::text
    and p.party_id is not distinct from m.party_id
  where p.name = persona
$$;

select is(
  tests.token('00000000-0000-7000-8000-0000000000aa') ->> 'party_id', tests.id('factory_a')::text,
  'the first membership is the current one'
);
select is(
  tests.answer('ana_factory_a', format('select (ops.switch_membership(%L)).party_id', tests.membership('ana_other_factory'))),
  tests.id('other_factory')::text,
  'a user switches to another membership of its own, in another organization'
);
select is(
  tests.token('00000000-0000-7000-8000-0000000000aa') ->> 'party_id', tests.id('other_factory')::text,
  'and its next token speaks for that one'
);
select results_eq(
  $$ select count(*) from ops.members as m where m.user_id = '00000000-0000-7000-8000-0000000000aa' and m.is_current $$, array[1::bigint],
  'one membership is current, whichever'
);
select is(
  tests.attempt('ana_factory_a', 'select from ops.members'), '1 row',
  'a token made before the switch goes on speaking for what it was made for'
);
select is(tests.attempt('factory_a', format('select ops.switch_membership(%L)', a.id)), 'PT404 OMS_NOT_FOUND', a.why)
from (values
  (tests.membership('factory_b'), 'nobody switches to a membership of somebody else'),
  (tests.membership('admin'), 'nobody makes an administrator of itself'),
  (gen_random_uuid(), 'nor to one that does not exist')
) as a (id, why);
select is(
  replace(tests.refusal('factory_a', format('select ops.switch_membership(%L)', tests.membership('admin'))) ->> 'message', tests.membership('admin')::text, '…'),
  replace(tests.refusal('factory_a', format('select ops.switch_membership(%L)', '00000000-0000-0000-0000-00000000ffff')) ->> 'message', '00000000-0000-0000-0000-00000000ffff', '…'),
  'the two are told apart by no word'
);

update ops.members as m set status = 'suspended' where m.id = tests.membership('ana_other_factory');
select is(
  tests.token('00000000-0000-7000-8000-0000000000aa') ->> 'party_id', tests.id('factory_a')::text,
  'an organization that suspends a user keeps nobody from working for another one'
);
select is(
  tests.attempt('ana_factory_a', format('select ops.switch_membership(%L)', tests.membership('ana_other_factory'))), 'PT404 OMS_NOT_FOUND',
  'nobody switches to a suspended membership'
);

-- Requests

select is(tests.request(tests.claims_of(p.name)), 'goes on', format('%s may ask', p.name))
from tests.personas as p
where p.name not in ('suspended', 'ana_other_factory');
select is(tests.request(tests.claims_of('suspended')), 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE', 'whoever is suspended may not, as of the next request');
select is(tests.request(tests.claims_of('planner') || t.forged), 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE', t.why)
from (values
  ('{"role": "oms_admin"}'::jsonb, 'a planner''s token does not become an administrator''s'),
  ('{"role": "oms_staff"}', 'the role that all staff share is nobody''s'),
  ('{"organization_id": "00000000-0000-7000-8000-000000000002"}', 'a token does not reach into another organization'),
  ('{"party_id": "00000000-0000-7000-8000-0000000000a3"}', 'staff do not speak for a party'),
  ('{"sub": "00000000-0000-7000-8000-0000000000ff"}', 'a token of nobody we know is refused'),
  ('{"sub": null}', 'so is one without a user'),
  ('{"organization_id": null}', 'and one without an organization')
) as t (forged, why);
select is(
  tests.request(tests.claims_of('factory_a') || jsonb_build_object('party_id', tests.id('factory_b'))), 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE',
  'a factory''s token does not speak for another factory'
);
select is(
  tests.request(tests.claims_of('factory_a') - 'party_id'), 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE',
  'nor for none'
);
update ops.members as m set status = 'suspended' where m.id = tests.membership('warehouse');
select is(tests.attempt('warehouse', 'select from ops.orders'), 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE', 'a suspension acts at once');
update ops.members as m set status = 'active' where m.id = tests.membership('warehouse');
select is(tests.attempt('warehouse', 'select from ops.orders limit 1'), '1 row', 'and so does taking it back');

select is(
  tests.request(tests.claims_of(p.name), jsonb_build_object('prefer', h.prefer)), 'PT400 OMS_COUNT_NOT_ALLOWED',
  format('%s cannot have %s', p.name, h.prefer)
)
from unnest(array['client_a', 'factory_a', 'vendor']) as p (name)
cross join unnest(array['count=planned', 'count=estimated', 'return=minimal,count=planned', 'Count = "estimated"']) as h (prefer);
select is(
  tests.request(tests.claims_of(p.name), jsonb_build_object('prefer', h.prefer)), 'goes on', format('%s can have %s', p.name, h.prefer)
)
from (values ('client_a', 'count=exact'), ('factory_a', 'count=exact'), ('planner', 'count=planned'), ('finance', 'count=estimated')) as h (persona, prefer)
inner join tests.personas as p on p.name = h.persona;

-- Versions

select is(
  tests.attempt('planner', 'update ops.styles set name = ''Parka'', row_version = 1 where style_number = ''FW-101'''), '1 row',
  'a change is taken that says which version it was made of'
);
select is(
  tests.attempt('planner', format('update ops.styles set name = ''Parka'', row_version = %s where style_number = ''FW-101''', v)),
  'PT412 OMS_STALE_ROW_VERSION', format('version %s, which is not the present one, is refused', v)
)
from unnest(array[0, 2, 99]) as v;
select is(
  (tests.refusal('planner', 'update ops.styles set row_version = 9 where style_number = ''FW-101''') ->> 'details')::jsonb,
  '{"row_version": 1}', 'the refusal says what the present version is'
);
select is(
  tests.answer('planner', 'update ops.styles set name = ''Parka'' where style_number = ''FW-101'' returning row_version'), '2',
  'a change counts, whether it names a version or not'
);
select set_eq(
  $$ select c.relname::text from pg_class as c inner join pg_attribute as a on a.attrelid = c.oid and a.attname = 'row_version'
     where c.relnamespace = 'ops'::regnamespace and c.relkind = 'r' $$,
  $$ select c.relname::text from pg_trigger as t inner join pg_class as c on c.oid = t.tgrelid where t.tgfoid = 'private.tg__touch_row'::regproc $$,
  'every row that has a version counts it'
);

-- Idempotency

create function tests.payment(reference text) returns text
language sql
as $$
  select format(
    'select (ops.record_factory_payment(%L, %L, %L)).id',
    tests.contract_id('Autumn', 'factory_a'), reference,
    jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.slice_id('A-100', 1, 'factory_a'), 'amount', 1))
  )
$$;
create table tests.replies as
select tests.answer('finance', tests.payment('KEY-1'), '{"idempotency-key": "k1"}') as id, current_setting('response.headers') as headers;
select is(
  tests.answer('finance', tests.payment('KEY-1'), '{"idempotency-key": "k1"}'), (select r.id from tests.replies as r),
  'the same request again gets the first one''s answer'
);
select is(current_setting('response.headers')::jsonb, '[{"Idempotent-Replayed": "true"}]', 'and a header that says so');
select is((select r.headers from tests.replies as r), '', 'which the first answer had not');
select results_eq(
  $$ select count(*) from ops.factory_payments as p where p.reference = 'KEY-1' $$, array[1::bigint], 'it was paid once'
);
create function tests.with_key(persona text, question text, key text default 'k1') returns text
language plpgsql
as $$
declare
  outcome text;
begin
  perform set_config('request.headers', jsonb_build_object('idempotency-key', key)::text, true);
  outcome := tests.attempt(persona, question);
  perform set_config('request.headers', '', true);
  return outcome;
end
$$;
select is(tests.with_key('finance', tests.payment('KEY-2')), 'PT422 OMS_IDEMPOTENCY_KEY_REUSED', 'the key of another request is refused');
select is(
  tests.with_key('finance', format('select ops.accept_excess(%L, 0)', tests.slice_id('A-100', 1, 'factory_a'))),
  'PT422 OMS_IDEMPOTENCY_KEY_REUSED', 'also where the command is another one'
);
select is(
  tests.with_key('warehouse', format('select ops.record_receipt(%L, 1)', tests.slice_id('A-100', 1, 'factory_a'))), '1 row',
  'keys of one user are no keys of another'
);
select tests.answer('warehouse', format('select ops.record_receipt(%L, 1)', tests.slice_id('A-100', 1, 'factory_a')), '{"idempotency-key": "k1"}');
select is(
  tests.answer('finance', tests.payment('KEY-1'), '{"idempotency-key": "k1"}'), (select r.id from tests.replies as r),
  'and when both have used one, each gets its own answer'
);
select is(
  tests.with_key('other_finance', format('select ops.record_factory_payment(%L, ''KEY-1'')', tests.contract_id('Rival batch', 'other_factory'))), '1 row',
  'nor in another organization'
);
insert into ops.members (organization_id, user_id, role, party_id, full_name)
select p.organization_id, '00000000-0000-7000-8000-0000000000aa', 'oms_factory', p.party_id, 'Ana' from tests.personas as p where p.name = 'factory_b';
insert into tests.personas (name, role, organization_id, party_id, user_id)
select 'ana_factory_b', p.role, p.organization_id, p.party_id, '00000000-0000-7000-8000-0000000000aa' from tests.personas as p where p.name = 'factory_b';
select isnt(
  tests.answer('ana_factory_a', format('select ops.submit_quote(%L, 19)', tests.slice_id('A-100', 2, 'factory_a')), '{"idempotency-key": "k3"}'), null,
  'a user of two factories quotes for the one'
);
select is(
  tests.with_key('ana_factory_b', format('select ops.submit_quote(%L, 19)', tests.slice_id('A-100', 2, 'factory_a')), 'k3'),
  'PT422 OMS_IDEMPOTENCY_KEY_REUSED', 'what it got there is not read out to the other'
);
select is(
  tests.with_key('finance', tests.payment('WIRE-2'), 'k2'), 'PT409 OMS_REFERENCE_EXISTS', 'a request that is refused is refused with a key, too'
);
select isnt(
  tests.answer('finance', tests.payment('KEY-2'), '{"idempotency-key": "k2"}'), null, 'and its key is free for one that is not'
);
select is(tests.with_key('finance', tests.payment('KEY-3'), k.key), 'PT422 OMS_INVALID_ARGUMENT', k.why)
from (values ('', 'an empty key is none'), (repeat('k', 256), 'a key has an end')) as k (key, why);
select isnt(
  tests.answer('finance', tests.payment('KEY-4')), tests.answer('finance', tests.payment('KEY-5')), 'without a key nothing is replayed'
);

-- Numbers

create function tests.numbered(persona text, insertion text) returns integer
language sql
as $$
  select substring(tests.answer(persona, insertion) from '-0*([0-9]+)$')::integer
$$;
create table tests.orders_before as
select tests.numbered('sales', format('insert into ops.orders (client_id) values (%L) returning order_number', tests.id('client_a'))) as ours,
       tests.numbered('other_sales', format('insert into ops.orders (client_id) values (%L) returning order_number', tests.id('other_client'))) as theirs;
select is(
  tests.numbered('other_sales', format('insert into ops.orders (client_id) values (%L) returning order_number', tests.id('other_client'))),
  (select b.theirs + 1 from tests.orders_before as b),
  'orders are numbered in their organization: nobody counts another one''s'
);
select is(
  tests.numbered('client_b', 'insert into ops.orders (client_po_number) values (''COUNTED'') returning order_number'),
  (select b.ours + 1 from tests.orders_before as b),
  'and on end, whoever enters them'
);
select matches(
  tests.answer('sales', format('insert into ops.orders (client_id) values (%L) returning order_number', tests.id('client_a'))),
  '^SO-[0-9]{6}$', 'a number is short and says what it numbers'
);
create table tests.contracts_before as
select tests.numbered(
  'planner', format('insert into ops.factory_pos (allocation_id, factory_id, currency) values (%L, %L, ''CHF'') returning po_number', tests.allocation_id('Autumn'), tests.id('factory_a'))
) as factory_a;
select tests.numbered(
  'planner', format('insert into ops.factory_pos (allocation_id, factory_id, currency) values (%L, %L, ''CHF'') returning po_number', tests.allocation_id(a.name), tests.id('factory_b'))
)
from unnest(array['Autumn', 'Spring', 'Someday']) as a (name);
select is(
  tests.numbered(
    'planner', format('insert into ops.factory_pos (allocation_id, factory_id, currency) values (%L, %L, ''CHF'') returning po_number', tests.allocation_id('Someday'), tests.id('factory_a'))
  ),
  (select b.factory_a + 1 from tests.contracts_before as b),
  'contracts are numbered for their factory: it cannot count those of others'
);
create table tests.receipts_before as
select tests.numbered('warehouse', format('insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (%L, 1) returning receipt_number', tests.slice_id('A-100', 1, 'factory_a'))) as factory_a,
       tests.numbered('warehouse', format('insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (%L, 1) returning receipt_number', tests.slice_id('A-100', 4, 'factory_b'))) as factory_b;
select is(
  tests.numbered('warehouse', format('insert into ops.factory_receipts (allocation_item_supplier_id, qty_received) values (%L, 1) returning receipt_number', tests.slice_id('A-100', 1, 'factory_a'))),
  (select b.factory_a + 1 from tests.receipts_before as b),
  'so are receipts'
);

-- Settings

select is(
  tests.attempt('admin', format('update ops.organization_settings set %I = %s', c.name, v.value)),
  case when v.value between 0 and 100 then '1 row' else '23514' end,
  format('%s: %s %%', c.name, v.value)
)
from unnest(array['over_commit_tolerance_pct', 'under_award_tolerance_pct', 'over_receipt_tolerance_pct']) as c (name)
cross join unnest(array[-1, 0, 100, 101]) as v (value);
select is(
  tests.attempt('admin', 'update ops.organization_settings set receipts_require_signed_contract = null'), '23502',
  'receipts_require_signed_contract is yes or no'
);
select is(tests.answer('admin', 'update ops.organization_settings set over_receipt_tolerance_pct = 5 returning over_receipt_tolerance_pct'), '5.0000', 'an administrator sets a tolerance');
select is(
  tests.answer('other_planner', 'select over_receipt_tolerance_pct from ops.organization_settings'), '0.0000',
  'and another organization''s stays as it was'
);
insert into ops.organizations (tenant_id, code, name, currency) select t.id, 'third', 'Third', 'CHF' from ops.tenants as t limit 1;
select results_eq(
  $$ select s.over_commit_tolerance_pct::numeric, s.under_award_tolerance_pct::numeric, s.over_receipt_tolerance_pct::numeric, s.receipts_require_signed_contract
     from ops.organization_settings as s inner join ops.organizations as o on o.id = s.organization_id where o.code = 'third' $$,
  $$ values (0.0000, 0.0000, 0.0000, true) $$,
  'an organization begins without tolerances, and receives against signed contracts only'
);

-- History

select is(
  tests.attempt(p.name, s.statement), case p.name when 'suspended' then 'PT403 OMS_MEMBERSHIP_NOT_ACTIVE' else '42501' end,
  format('%s cannot %s history', p.name, split_part(s.statement, ' ', 1))
)
from tests.personas as p
cross join unnest(array[
  'update ops.order_history set message = ''nothing happened''', 'delete from ops.order_history', 'truncate ops.order_history',
  'insert into ops.order_history (message) values (''something happened'')',
  'update ops.request_origins set address = ''203.0.113.99''', 'delete from ops.request_origins'
]) as s (statement)
where p.name <> 'ana_other_factory';
select results_eq(
  $$ select h.action::text, h.old_status, h.new_status, h.actor_id, h.actor_role, o.address, o.user_agent
     from ops.order_history as h inner join ops.request_origins as o on o.organization_id = h.organization_id and o.id = h.request_origin_id
     where h.order_id = tests.order_id('A-100') and h.action = 'created' $$,
  $$ select 'created', null, 'sales_order', p.user_id, 'oms_sales', '203.0.113.7', 'browser of sales' from tests.personas as p where p.name = 'sales' $$,
  'history says what happened, who did it, in which role, and from where'
);
select is(
  tests.attempt(w.who, format('insert into ops.%I (%s) values (%s)', w.relation, w.columns, w.data)), '42501',
  format('%s cannot sign its work with another name', w.who)
)
from (values
  ('client_a', 'orders', 'client_po_number, created_by', '''FORGED'', gen_random_uuid()'),
  ('planner', 'allocations', 'name, created_by', '''FORGED'', gen_random_uuid()'),
  ('warehouse', 'factory_receipts', 'qty_received, created_by', '1, gen_random_uuid()'),
  ('finance', 'factory_payments', 'reference, created_by', '''FORGED'', gen_random_uuid()')
) as w (who, relation, columns, data);

select * from finish();
