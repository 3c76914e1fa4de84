-- What somebody might try who has a token and wants to know, or do, more than it is for. rls_matrix.sql tries every
-- table; here are the ways round: through refusals, keys, references, commands, counts, and what rows say of others.

select no_plan();

-- Everything that a persona can read, in one text.
create function tests.all_that_is_seen(persona text) returns text
language plpgsql
as $$
declare
  relation text;
  seen text := '';
begin
  perform tests.become(persona);
  for relation in select c.relname from pg_class as c where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'v') loop
    begin
      seen := seen || coalesce((select string_agg(r, E'\n' order by r) from unnest(tests.rows(relation, 'to_jsonb(t)')) as r), '');
    exception when insufficient_privilege then null;
    end;
  end loop;
  reset role;
  return seen;
end
$$;
grant execute on function tests.rows(text, text, text) to public;

create function tests.told_apart(persona text, statement text, hidden uuid) returns text
language sql
as $$
  -- The same request for an id that stands nowhere.
  select case
    when replace(tests.refusal(persona, format(statement, hidden))::text, hidden::text, 'ID')
      = replace(tests.refusal(persona, format(statement, n.id))::text, n.id::text, 'ID')
      then tests.refusal(persona, format(statement, hidden)) ->> 'hint'
    else 'told apart: ' || tests.refusal(persona, format(statement, hidden))::text
  end
  from (select private.new_id() as id) as n
$$;
comment on function tests.told_apart(text, text, uuid) is
  'How a request about a hidden row is refused, if by no word otherwise than one about no row at all.';

-- 1. A factory must not learn that another factory exists, what it quoted, who the client is or what the client pays.

create table tests.secrets as
select s.of_whom, s.secret
from (
  select d.code as of_whom, unnest(array[d.id::text, d.name, format('"%s"', d.code), d.code || '@example.com', format('1 %s Street', d.name)]) as secret
  from ops.directory as d where d.code in ('factory_a', 'factory_b', 'client_a', 'client_b')
  union all
  select p.name, p.user_id::text from tests.personas as p where p.name in ('factory_a', 'factory_b', 'client_a', 'client_b')
  union all
  select case o.client_id when tests.id('client_a') then 'client_a' else 'client_b' end, unnest(array[o.id::text, format('"%s"', o.client_po_number)])
  from ops.orders as o where o.client_id in (tests.id('client_a'), tests.id('client_b'))
  union all
  select case i.client_id when tests.id('client_a') then 'client_a' else 'client_b' end, i.id::text
  from ops.order_items as i where i.client_id in (tests.id('client_a'), tests.id('client_b'))
  union all
  select d.code, unnest(array[s.id::text])
  from ops.allocation_items_supplier as s inner join ops.directory as d on d.id = s.factory_id where d.code in ('factory_a', 'factory_b')
  union all
  select d.code, p.id::text
  from ops.factory_pos as p inner join ops.directory as d on d.id = p.factory_id where d.code in ('factory_a', 'factory_b')
  union all
  values
  ('prices', ' 49.5'), ('costs', '"fob_target"'), ('costs', '"other_cost"'), ('notes', 'Dearer than last year'), ('notes', 'Agreed by phone'),
  ('plans', 'Autumn'), ('plans', 'Someday'), ('plans', 'AL-0'), ('settings', 'under_award_tolerance_pct'),
  ('next year', 'FW-900'), ('next year', 'Cape of next year'),
  ('rival', 'Rival'), ('rival', '00000000-0000-7000-8000-000000000002'), ('rival', 'RV-1')
) as s;
create table tests.seen_by as
select p.name as persona, tests.all_that_is_seen(p.name) as text
from tests.personas as p where p.name in ('client_a', 'client_b', 'factory_a', 'factory_b', 'factory_c', 'vendor');

create function tests.gives_away(who text, of_whom text[]) returns text[]
language sql
as $$
  select coalesce(array_agg(s.secret order by s.secret), '{}')
  from tests.secrets as s
  inner join tests.seen_by as b on b.persona = who
  where s.of_whom = any(gives_away.of_whom) and position(s.secret in b.text) > 0
$$;
select is(
  tests.gives_away(f.who, array[f.other, 'client_a', 'client_b', 'prices', 'costs', 'notes', 'plans', 'settings', 'next year', 'rival']), '{}',
  format('nothing that %s can read names %s, a client, what it ordered or pays, what we planned or noted', f.who, f.other)
)
from (values ('factory_a', 'factory_b'), ('factory_b', 'factory_a'), ('factory_c', 'factory_a'), ('factory_c', 'factory_b')) as f (who, other);
select is(
  tests.gives_away(c.who, array[c.other, 'factory_a', 'factory_b', 'costs', 'notes', 'plans', 'next year', 'rival']), '{}',
  format('nothing that %s can read names %s, a factory, what we pay, planned or noted', c.who, c.other)
)
from (values ('client_a', 'client_b'), ('client_b', 'client_a')) as c (who, other);
select is(
  tests.gives_away('vendor', array['factory_a', 'factory_b', 'client_a', 'client_b', 'prices', 'costs', 'notes', 'plans', 'settings', 'next year', 'rival']), '{}',
  'nothing that a vendor can read names anybody else'
);
select ok(
  cardinality(tests.gives_away(p.who, array[p.who])) >= p.least, format('%s can read of itself, so the search finds what is there', p.who)
)
from (values ('factory_a', 4), ('factory_b', 4), ('client_a', 6), ('client_b', 6)) as p (who, least);
select ok(
  b.text !~ '"price": ?(22|21)\.' and b.text !~ '"awarded_price": ?(22|21)\.', 'a factory finds no price that another one quoted or got'
)
from tests.seen_by as b where b.persona = 'factory_a';
select ok(b.text ~ '"price": ?20\.', 'and does find its own') from tests.seen_by as b where b.persona = 'factory_a';
select ok(b.text ~ ' 49\.5', 'a client finds what it pays') from tests.seen_by as b where b.persona = 'client_a';
select ok(b.text ~ 'OLIVE 19-0515 TCX', 'a factory is told how to dye the colour') from tests.seen_by as b where b.persona = 'factory_a';
select ok(b.text !~ 'TCX', 'a client is not') from tests.seen_by as b where b.persona = 'client_a';

-- One user can be a member for several companies, under a name for each.
select tests.act('admin', format(
  'insert into ops.members (user_id, role, party_id, full_name) select p.user_id, %L, tests.id(%L), %L from tests.personas as p where p.name = %L',
  m.role, m.party, m.full_name, m.persona
))
from (values
  ('factory_b', 'oms_factory', 'factory_a', 'Anna, Factory A'),
  ('procurement', 'oms_client', 'client_a', 'Paul, Client A')
) as m (persona, role, party, full_name);
select tests.keep('line', tests.make_line(10));
select tests.make_allocation(array[tests.the('line')], '{factory_b}');
select tests.keep('slice', tests.award(tests.quote(tests.slice(tests.the('line'), 'factory_b'))));
select tests.sign(tests.issue(tests.the('slice')));
select is(
  tests.ask('factory_b', format('select concat_ws(%L, p.issued_by_name, p.signed_by_name) from ops.factory_pos as p where p.id = %L', ', ', tests.contract(tests.the('slice')))),
  'procurement, factory_b', 'a contract names people as members of its own parties'
);

-- 2. A row that is hidden is a row that is not there: no refusal tells one from the other.

select is(tests.told_apart(t.who, t.statement, t.hidden), 'OMS_NOT_FOUND', format('%s cannot tell %s from one that does not exist', t.who, t.what))
from (values
  ('factory_a', 'select ops.submit_quote(%L, 19)', tests.slice_id('A-100', 1, 'factory_b'), 'another factory''s slice, quoting it,'),
  ('factory_a', 'select ops.submit_quotes(jsonb_build_array(jsonb_build_object(''allocation_item_supplier_id'', %L, ''price'', 19)))', tests.slice_id('A-100', 1, 'factory_b'), 'another factory''s slice, quoting many,'),
  ('factory_a', 'select ops.decline_quote(%L)', tests.slice_id('A-100', 2, 'factory_b'), 'another factory''s slice, declining it,'),
  ('factory_a', 'select ops.withdraw_quote(%L)', tests.slice_id('A-100', 1, 'factory_b'), 'another factory''s slice, withdrawing it,'),
  ('factory_a', 'select ops.report_production(%L, ''packed'')', tests.slice_id('A-100', 1, 'factory_b'), 'another factory''s slice, reporting on it,'),
  ('factory_a', 'select ops.sign_contract(%L)', tests.contract_id('Autumn', 'factory_b'), 'another factory''s contract, signing it,'),
  ('factory_a', 'select ops.submit_factory_invoice(%L, ''INV-1'', ''[]'')', tests.contract_id('Winter of B', 'factory_b'), 'another factory''s contract, invoicing it,'),
  ('factory_a', format('select ops.submit_factory_invoice(%L, ''C-1'', ''[]'', credits_id => %%L)', tests.contract_id('Autumn', 'factory_a')), tests.invoice_id('INV-1', 'factory_b'), 'another factory''s invoice, crediting it,'),
  ('factory_a', 'select ops.void_factory_invoice(%L, ''mine'')', tests.invoice_id('INV-2', 'factory_b'), 'another factory''s invoice, voiding it,'),
  ('factory_a', format('insert into ops.factory_invoice_lines (factory_invoice_id, allocation_item_supplier_id, quantity) values (%%L, %L, 1)', tests.slice_id('A-100', 1, 'factory_a')), tests.invoice_id('INV-2', 'factory_b'), 'another factory''s invoice, adding to it,'),
  ('other_finance', 'select ops.approve_factory_invoice(%L)', tests.invoice_id('INV-2', 'factory_b'), 'another organization''s invoice'),
  ('factory_a', 'select ops.submit_quote(%L, 19)', tests.slice_id('B-100', 3, 'factory_a'), 'a slice that it is not invited to'),
  ('factory_b', 'select ops.sign_contract(%L)', tests.contract_id('Spring', 'factory_b'), 'a contract that is still a draft'),
  ('client_a', 'insert into ops.order_items (order_id, colorway_id, quantity) select %L, i.colorway_id, 1 from ops.order_items as i limit 1', tests.order_id('B-200'), 'another client''s order'),
  ('client_a', 'insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (%L, ''S'', 1)', tests.line_id('B-200'), 'another client''s line'),
  ('client_a', format('insert into ops.order_items (order_id, colorway_id, quantity) values (%L, %%L, 1)', tests.order_id('A-200')), tests.colorway_id('FW-900', 'Black'), 'a colour that it never ordered'),
  ('client_a', format('update ops.order_items set colorway_id = %%L where order_id = %L', tests.order_id('A-200')), tests.colorway_id('FW-900', 'Black'), 'a colour that it never ordered, changing to it,'),
  ('other_sales', 'insert into ops.orders (client_id) values (%L)', tests.id('client_a'), 'another organization''s client'),
  ('client_a', 'select ops.create_order(jsonb_build_array(jsonb_build_object(''colorway_id'', %L, ''quantity'', 1)))', tests.colorway_id('FW-900', 'Black'), 'a colour that it never ordered, in an order of its own,'),
  ('other_sales', 'select ops.create_order(jsonb_build_array(jsonb_build_object(''colorway_id'', c.id, ''quantity'', 1)), %L) from ops.colorways as c limit 1', tests.id('client_a'), 'another organization''s client, entering a whole order,'),
  ('other_sales', 'insert into ops.order_items (order_id, colorway_id, quantity) select %L, c.id, 1 from ops.colorways as c limit 1', tests.order_id('A-200'), 'another organization''s order'),
  ('other_sales', 'insert into ops.order_item_prices (order_item_id, unit_price) values (%L, 1)', tests.line_id('A-200'), 'another organization''s line, pricing it,'),
  ('other_sales', 'select ops.cancel_order_item(%L)', tests.line_id('A-100', 3), 'another organization''s line, cancelling it,'),
  ('other_planner', 'select ops.allocate_items(''Theft'', jsonb_build_array(jsonb_build_object(''order_item_id'', %L)))', tests.line_id('A-100', 3), 'another organization''s line, allocating it,'),
  ('other_planner', 'select ops.send_allocation(%L)', tests.allocation_id('Someday'), 'another organization''s allocation'),
  ('other_planner', 'select ops.close_allocation_item(%L)', tests.allocation_item_id('A-100', 2), 'another organization''s allocation item'),
  ('other_procurement', 'select ops.award(%L)', tests.slice_id('A-100', 2, 'factory_a'), 'another organization''s quote'),
  ('other_procurement', 'select ops.close_slice(%L, 0)', tests.slice_id('A-100', 1, 'factory_a'), 'another organization''s slice'),
  ('other_procurement', 'select ops.cancel_contract(%L)', tests.contract_id('Autumn', 'factory_b'), 'another organization''s contract'),
  ('other_procurement', 'insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) select p.id, %L from ops.factory_pos as p where p.status = ''DRAFT''', tests.slice_id('B-100', 5, 'factory_b'), 'another organization''s slice, contracting it,'),
  ('other_warehouse', 'select ops.record_receipt(%L, 1)', tests.slice_id('A-100', 1, 'factory_a'), 'another organization''s slice, receiving it,'),
  ('other_finance', 'select ops.record_factory_payment(%L, ''THEFT'')', tests.contract_id('Autumn', 'factory_a'), 'another organization''s contract, paying it,'),
  ('other_procurement', 'insert into ops.contacts (directory_id, name) values (%L, ''Spy'')', tests.id('factory_a'), 'another organization''s company'),
  ('admin', 'insert into ops.members (user_id, role, party_id, full_name) values (gen_random_uuid(), ''oms_factory'', %L, ''Spy'')', tests.id('other_factory'), 'another organization''s factory'),
  ('other_planner', 'insert into ops.tech_packs (style_id, version, document_uri) values (%L, 9, ''storage://x'')', (select s.id from ops.styles as s where s.style_number = 'FW-101'), 'another organization''s style'),
  ('other_planner', 'insert into ops.product_variants (sku, colorway_id, size_label) values (''X'', %L, ''M'')', tests.colorway_id('FW-101', 'Olive'), 'another organization''s colour'),
  ('other_planner', 'insert into ops.product_variants (sku, product_id) values (''X'', %L)', tests.product_id('ZIP'), 'another organization''s product'),
  ('other_planner', 'insert into ops.unit_conversions (product_variant_id, from_unit, to_unit, factor) values (%L, ''KG'', ''EA'', 2)', tests.variant_id('ZIP-60'), 'another organization''s variant'),
  ('other_finance', 'select ops.accept_excess(%L, 0)', tests.slice_id('A-100', 1, 'factory_a'), 'another organization''s excess')
) as t (who, statement, hidden, what);
-- A client's token without a party gets no further than private.pre_request, and would find nothing behind it.
create function tests.told_nobody(statement text) returns text
language plpgsql
as $$
begin
  perform tests.become('client_a');
  perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb - 'party_id')::text, true);
  execute statement;
  return 'done';
exception when others then
  return sqlerrm;
end
$$;
select is(tests.told_nobody(format(t.statement, t.hidden)), format('There is no %s %s.', t.thing, t.hidden), format('who speaks for no client finds no %s', t.thing))
from (values
  ('insert into ops.order_items (order_id, colorway_id, quantity) values (%L, private.new_id(), 1)', tests.order_id('A-100'), 'order'),
  ('insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (%L, ''S'', 1)', tests.line_id('A-200'), 'order line')
) as t (statement, hidden, thing);
select is(
  tests.told_apart('factory_a', format(
    'insert into ops.factory_invoice_lines (factory_invoice_id, allocation_item_supplier_id, quantity) values (%L, %%L, 1)',
    tests.invoice_id('INV-3', 'factory_a')
  ), tests.slice_id('A-100', 4, 'factory_b')),
  'OMS_CONTRACT_MISMATCH', 'a factory cannot tell another one''s slice from one that does not exist, invoicing it'
);
select is(tests.attempt(t.who, t.statement), '0 rows', format('%s changes nothing of others by naming it', t.who))
from (values
  ('factory_a', format('update ops.factory_invoices set status = ''voided'', void_reason = ''mine'' where id = %L', tests.invoice_id('INV-2', 'factory_b'))),
  ('factory_a', format('update ops.allocation_items_supplier set price = 1, quote_status = ''quoted'' where id = %L', tests.slice_id('A-100', 1, 'factory_b'))),
  ('factory_a', format('update ops.factory_pos set status = ''PC_SIGNED'' where id = %L', tests.contract_id('Autumn', 'factory_b'))),
  ('client_a', format('update ops.orders set status = ''cancelled'' where id = %L', tests.order_id('B-200'))),
  ('client_a', format('delete from ops.order_items where id = %L', tests.line_id('B-200'))),
  ('other_planner', format('update ops.styles set name = ''Stolen'' where style_number = %L', 'FW-101')),
  ('other_sales', format('update ops.orders set status = ''cancelled'' where id = %L', tests.order_id('A-100')))
) as t (who, statement);

-- 3. A key that is taken by somebody else is free.

select is(tests.attempt(t.who, t.statement), '1 row', format('%s cannot find %s by a conflict', t.who, t.what))
from (values
  ('client_b', 'insert into ops.orders (client_po_number) values (''A-100'')', 'the PO numbers of another client'),
  ('other_sales', format('insert into ops.orders (client_id, client_po_number) values (%L, ''A-100'')', tests.id('other_client')), 'the PO numbers of another organization'),
  ('factory_b', format('insert into ops.factory_invoices (factory_po_id, invoice_number) values (%L, ''INV-3'')', tests.contract_id('Winter of B', 'factory_b')), 'the invoice numbers of another factory'),
  ('other_planner', 'insert into ops.styles (style_number, name) values (''FW-101'', ''Mine'')', 'another organization''s styles'),
  ('other_planner', format('insert into ops.styles (id, style_number, name) values (%L, ''X'', ''Mine'')', (select s.id from ops.styles as s where s.style_number = 'FW-101')), 'another organization''s ids'),
  ('other_sales', 'insert into ops.directory (kinds, code, name) values (''{client}'', ''client_a'', ''Mine'')', 'another organization''s companies'),
  ('other_sales', 'insert into ops.uploaded_po_documents (file_name, document_uri, sha256) values (''a'', ''b'', encode(sha256(''A-100''), ''hex''))', 'another organization''s documents'),
  ('other_planner', format('insert into ops.product_variants (sku, colorway_id, size_label) values (''FW-101-OLIVE-S'', %L, ''S'')', tests.colorway_id('RV-1', 'Navy')), 'another organization''s SKUs')
) as t (who, statement, what);

-- 4. What a role may write, it may write only as far as its work goes.

select is(
  tests.attempt('factory_a', format('update ops.allocation_items_supplier set %I = default where id = %L', a.attname, tests.slice_id('A-100', 2, 'factory_a'))),
  '42501', format('a factory does not write %s of its slice', a.attname)
)
from pg_attribute as a
where a.attrelid = 'ops.allocation_items_supplier'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  and a.attname not in ('quote_status', 'price', 'currency', 'pricing_terms', 'ship_mode', 'capacity_qty', 'ex_factory_date', 'comments', 'production_status', 'shipped_qty', 'row_version');
select is(
  tests.attempt('factory_b', format('update ops.factory_pos set %I = default where id = %L', a.attname, tests.contract_id('Autumn', 'factory_b'))),
  '42501', format('a factory does not write %s of its contract', a.attname)
)
from pg_attribute as a
where a.attrelid = 'ops.factory_pos'::regclass and a.attnum > 0 and not a.attisdropped
  and a.attname not in ('status', 'signed_by_name', 'signed_terms_hash', 'row_version');
select is(
  tests.attempt('finance', format('update ops.allocation_items_supplier set %I = default where id = %L', a.attname, tests.slice_id('A-100', 1, 'factory_a'))),
  '42501', format('finance do not write %s of a slice', a.attname)
)
from pg_attribute as a
where a.attrelid = 'ops.allocation_items_supplier'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  and a.attname not in ('accepted_excess_qty', 'row_version');
select is(
  tests.attempt('client_a', format('insert into ops.orders (client_po_number, %I) values (''MINE'', default)', a.attname)), '42501',
  format('a client does not choose %s of its order', a.attname)
)
from pg_attribute as a
where a.attrelid = 'ops.orders'::regclass and a.attnum > 0 and not a.attisdropped
  and a.attname not in ('client_po_number', 'order_date', 'ex_factory_date', 'in_hands_date', 'metadata');
select is(tests.attempt('client_a', format(s.statement, tests.order_id('A-100'))), s.outcome, 'a client does not ' || s.what)
from (values
  ('update ops.orders set metadata = ''{"rush": true}'' where id = %L', 'PT409 OMS_ORDER_NOT_OPEN', 'change an order that we accepted'),
  ('update ops.order_items set quantity = 1 where order_id = %L and line_number = 3', 'PT409 OMS_ORDER_NOT_OPEN', 'change its lines'),
  ('delete from ops.order_items where order_id = %L and line_number = 3', 'PT409 OMS_ORDER_NOT_OPEN', 'delete its lines'),
  ('insert into ops.order_items (order_id, colorway_id, quantity) select %L, i.colorway_id, 1 from ops.order_items as i limit 1', 'PT409 OMS_ORDER_NOT_OPEN', 'add to it')
) as s (statement, outcome, what);
select is(tests.attempt('sales', format('insert into ops.directory (kinds, code, name) values (%L, ''new'', ''New'')', k.kinds)), k.outcome, 'sales ' || k.what)
from (values
  ('{client}', '1 row', 'enter a new client'),
  ('{factory}', '42501', 'do not list a factory'),
  ('{client,factory}', '42501', 'do not list one by the way'),
  ('{company}', '42501', 'do not say who we are')
) as k (kinds, outcome, what);
select is(
  tests.attempt('sales', 'insert into ops.directory (kinds, code, name, approval_status) values (''{client}'', ''new'', ''New'', ''approved'')'), '42501',
  'sales approve nobody'
);

-- 5. What a role may see, it sees of what is its business.

select is(
  tests.ask('sales', 'select array_agg(order_number || line_number order by 1) from ops.allocation_overview'),
  tests.ask('planner', 'select array_agg(order_number || line_number order by 1) from ops.allocation_overview'),
  'sales read every line of the allocation overview'
);
select is(
  tests.ask('planner', 'select count(*) > 0 from ops.allocation_overview where price is not null and factory_name is not null'), 'true',
  'planners find factories and prices there'
);
select is(
  tests.ask('sales', 'select count(*) from ops.allocation_overview where num_nonnulls(price, currency, factory_name, slice_count) > 0'), '0',
  'sales find none'
);

-- 6. What is done with one factory leaves no trace, not in a counter and not in a version, in what another one reads,
-- though they share a line, its allocation and its timeline. Nor does what is agreed with factories in what the client
-- reads.

create function tests.is_noticed(watcher text, persona text, statement text) returns boolean
language plpgsql
as $$
declare
  before constant text := tests.all_that_is_seen(watcher);
begin
  perform tests.act(persona, statement);
  return before is distinct from tests.all_that_is_seen(watcher);
end
$$;
select tests.act('procurement', $$insert into ops.directory (kinds, code, name, approval_status) values ('{factory}', 'other_b', 'Other B', 'approved')$$);
select tests.keep('shared', tests.make_line(100, '{33,33,34}'));
select tests.act('planner', $$
  select ops.plan_timeline(i.order_id, timeline_template_id => t.id, ex_factory_date => '2027-06-01')
  from ops.order_items as i cross join ops.timeline_templates as t where i.id = tests.the('shared')
$$);
select tests.make_allocation(array[tests.the('shared')], '{factory_a,factory_b,factory_c}');
select tests.keep('a', tests.award(tests.quote(tests.slice(tests.the('shared'), 'factory_a')), 40));
select tests.sign(tests.issue(tests.the('a')));
select tests.keep('b', tests.slice(tests.the('shared'), 'factory_b'));
select tests.keep('c', tests.slice(tests.the('shared'), 'factory_c'));
select ok(not tests.is_noticed('factory_a', s.persona, s.statement), format('factory A does not notice that %s', s.what))
from (values
  ('factory_b', $$select ops.submit_quote(tests.the('b'), 7)$$, 'factory B quotes'),
  ('factory_b', $$select ops.withdraw_quote(tests.the('b'))$$, 'it thinks again'),
  ('factory_b', $$select ops.submit_quote(tests.the('b'), 6)$$, 'it quotes anew'),
  ('factory_c', $$select ops.decline_quote(tests.the('c'))$$, 'factory C declines'),
  ('procurement', $$select ops.award(tests.the('b'), 30, 5, 'Agreed')$$, 'factory B is awarded, at another price'),
  ('procurement', $$select ops.issue_contracts(s.allocation_id) from ops.allocation_items_supplier as s where s.id = tests.the('b')$$, 'its contract is issued'),
  ('procurement', $$select ops.cancel_contract(tests.contract(tests.the('b')))$$, 'its contract is withdrawn'),
  ('procurement', $$select ops.issue_contracts(s.allocation_id) from ops.allocation_items_supplier as s where s.id = tests.the('b')$$, 'it is issued again'),
  ('factory_b', $$select ops.sign_contract(tests.contract(tests.the('b')))$$, 'it is signed'),
  ('factory_b', $$select ops.report_production(tests.the('b'), 'cutting', 5)$$, 'it produces'),
  ('factory_b', $$update ops.timeline_nodes set estimated_date = '2027-09-01' where code = 'ex_factory'$$, 'it is late'),
  ('planner', $$insert into ops.timeline_events (timeline_node_id, message, is_internal) select n.id, 'Late', false from ops.timeline_nodes as n where n.allocation_item_supplier_id = tests.the('b')$$, 'it is told so'),
  ('warehouse', $$select ops.record_receipt(tests.the('b'), 10, 2)$$, 'it delivers'),
  ('factory_b', $$select tests.invoice(tests.the('b'), 8)$$, 'it sends an invoice'),
  ('finance', $$select ops.approve_factory_invoice(l.factory_invoice_id) from ops.factory_invoice_lines as l where l.allocation_item_supplier_id = tests.the('b')$$, 'that is approved'),
  ('finance', $$select tests.pay(tests.the('b'), 20)$$, 'and paid'),
  ('procurement', $$select ops.revise_contract(tests.contract(tests.the('b')), jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('b'), 'quantity', 20, 'price', 5.5)))$$, 'its contract is revised'),
  ('procurement', $$select ops.issue_contracts(s.allocation_id) from ops.allocation_items_supplier as s where s.id = tests.the('b')$$, 'the next version is issued'),
  ('factory_b', $$select ops.sign_contract(tests.contract(tests.the('b')))$$, 'and signed'),
  ('planner', $$select ops.reallocate(jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('b'), 'closed_qty', 15, 'remark', 'Late', 'awards', jsonb_build_array(jsonb_build_object('factory_id', tests.id('other_b'), 'price', 4)))))$$, 'pieces are moved to another one'),
  ('planner', $$select ops.close_slice(tests.the('b'), 8)$$, 'it is closed'),
  ('planner', $$insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark) values (tests.the('a'), 'remark', 'Dear')$$, 'something is noted of itself'),
  ('procurement', $$select ops.revise_contract(tests.contract(tests.the('a')), jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('a'), 'price', 4)))$$, 'the next version of its own contract is drafted'),
  ('procurement', $$update ops.directory set monthly_capacity_qty = 1, approval_status = 'rejected' where code = 'factory_b'$$, 'factory B is rejected'),
  ('sales', $$insert into ops.order_item_prices (order_item_id, unit_price) values (tests.the('shared'), 33)$$, 'the client is told a price'),
  ('planner', $$insert into ops.order_item_costs (order_item_id, fob_target, currency) values (tests.the('shared'), 3, 'USD')$$, 'we set ourselves a target')
) as s (persona, statement, what);

select ok(
  tests.is_noticed('factory_a', 'planner', $$select ops.close_slice(tests.the('a'), 30)$$), 'factory A does notice that its slice is closed'
);

select tests.keep('d', tests.signed_slice(50));
select ok(not tests.is_noticed('client_a', s.persona, s.statement), format('a client does not notice that %s', s.what))
from (values
  ('planner', $$insert into ops.order_item_costs (order_item_id, fob_target, currency) select a.order_item_id, 3, 'USD' from ops.allocation_items_supplier as s inner join ops.allocation_items as a on a.id = s.allocation_item_id where s.id = tests.the('d')$$, 'we set ourselves a target'),
  ('planner', $$insert into ops.allocation_item_supplier_notes (allocation_item_supplier_id, kind, remark) values (tests.the('d'), 'remark', 'Dear')$$, 'we note something of its factory'),
  ('factory_a', $$select ops.report_production(tests.the('d'), 'sewing', 5)$$, 'its factory produces'),
  ('procurement', $$select ops.revise_contract(tests.contract(tests.the('d')), jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.the('d'), 'price', 4)))$$, 'the next version of a contract is drafted'),
  ('procurement', $$select ops.issue_contracts(s.allocation_id) from ops.allocation_items_supplier as s where s.id = tests.the('d')$$, 'it is issued'),
  ('factory_a', $$select ops.sign_contract(tests.contract(tests.the('d')))$$, 'it is signed'),
  ('warehouse', $$select ops.record_receipt(tests.the('d'), 20, 2)$$, 'goods come in'),
  ('factory_a', $$select tests.invoice(tests.the('d'), 18)$$, 'the factory sends an invoice'),
  ('finance', $$select ops.approve_factory_invoice(l.factory_invoice_id) from ops.factory_invoice_lines as l where l.allocation_item_supplier_id = tests.the('d')$$, 'that is approved'),
  ('finance', $$select tests.pay(tests.the('d'), 72)$$, 'and paid')
) as s (persona, statement, what);

select * from finish();
