-- Production contracts: issued, frozen, withdrawn, signed, closed, cancelled.

select * from no_plan();

create function pg_temp.contract_says(contract uuid, columns text) returns text
language plpgsql
as $$
declare
  answer text;
begin
  execute format('select concat_ws('' '', %s) from ops.factory_pos as p where p.id = %L', columns, contract) into answer;
  return answer;
end
$$;

create function pg_temp.lines(contract uuid) returns text
language sql
as $$
  select string_agg(format('%s at %s', trim_scale(l.quantity), trim_scale(l.price)), ', ' order by l.quantity)
  from ops.factory_po_lines as l
  where l.factory_po_id = contract
$$;

-- Issuing

select tests.keep('line_1', tests.make_line(1, '{33,33,34}'));
select tests.keep('line_2', tests.make_line(50));
select tests.keep('allocation', tests.make_allocation(array[tests.the('line_1'), tests.the('line_2')]));
select tests.keep('a1', tests.award(tests.quote(tests.slice(tests.the('line_1'), 'factory_a'), 5), 60));
select tests.keep('b1', tests.award(tests.quote(tests.slice(tests.the('line_1'), 'factory_b'), 6), 40));
select tests.keep('a2', tests.award(tests.quote(tests.slice(tests.the('line_2'), 'factory_a'), 3)));
select tests.throws_code('procurement', 'select ops.issue_contracts(private.new_id())', 'OMS_NOT_FOUND', 'contracts of an unknown allocation are not issued');
select tests.throws_code('other_planner', $$
  select ops.issue_contracts(tests.the('allocation'))
$$, 'OMS_NOT_FOUND', 'contracts of another organization''s allocation are not issued');
select tests.denies(p.persona, $$
  select ops.issue_contracts(tests.the('allocation'))
$$, format('%s does not issue contracts', p.persona))
from unnest(array['sales', 'finance', 'factory_a']) as p (persona);
select tests.act('procurement', $$select ops.issue_contracts(tests.the('allocation'), ex_factory_date => '2030-06-01')$$);
select tests.keep('contract_a', tests.contract(tests.the('a1')));
select tests.keep('contract_b', tests.contract(tests.the('b1')));
select is(
  pg_temp.contract_says(tests.the('contract_a'), 'p.status, p.version, p.currency, p.ex_factory_date, trim_scale(p.total_qty), trim_scale(p.total_amount)'),
  'ISSUED 1 USD 2030-06-01 110 450',
  'a contract per factory holds all its awarded slices of the allocation, and their total'
);
select is(pg_temp.lines(tests.the('contract_a')), '50 at 3, 60 at 5', 'a contract''s lines say quantity and price');
select is(pg_temp.lines(tests.the('contract_b')), '40 at 6', 'another factory has a contract of its own');
select is(
  (select string_agg(z.size_label || trim_scale(z.quantity), ' ' order by z.position) from ops.factory_po_line_sizes as z inner join ops.factory_po_lines as l on l.id = z.factory_po_line_id where l.allocation_item_supplier_id = tests.the('a1')),
  'S20 M20 L20',
  'a contract''s lines say the sizes'
);
select matches(
  pg_temp.contract_says(tests.the('contract_a'), 'p.po_number'), '^PC-[0-9]{6}$',
  'a contract has a number'
);
select isnt(
  (select p.issued_at from ops.factory_pos as p where p.id = tests.the('contract_a')), null,
  'an issued contract has its time'
);
select is(
  pg_temp.contract_says(tests.the('contract_a'), 'p.issued_by_name'),
  (select m.full_name::text from ops.members as m inner join tests.personas as p on p.user_id = m.user_id where p.name = 'procurement'),
  'an issued contract has the name of who issued it, which its factory could not look up'
);
select matches(
  pg_temp.contract_says(tests.the('contract_a'), 'p.terms_hash'), '^[0-9a-f]{64}$',
  'an issued contract has a hash of its terms'
);
select is(
  (select encode(sha256(convert_to(private.contract_terms(p.organization_id, p.id)::text, 'UTF8')), 'hex') from ops.factory_pos as p where p.id = tests.the('contract_a')),
  pg_temp.contract_says(tests.the('contract_a'), 'p.terms_hash'),
  'the hash is that of the canonical terms'
);
select tests.throws_code('procurement', $$
  select ops.issue_contracts(tests.the('allocation'))
$$, 'OMS_CONTRACT_EMPTY', 'a contract is not issued for nothing');
select tests.keep('unawarded', tests.make_allocation(array[tests.make_line(10)]));
select tests.throws_code('procurement', $$
  select ops.issue_contracts(tests.the('unawarded'))
$$, 'OMS_CONTRACT_EMPTY', 'a contract needs an awarded slice');

-- One per allocation, factory and currency

select tests.keep('money_1', tests.make_line(10));
select tests.keep('money_2', tests.make_line(20));
select tests.keep('money', tests.make_allocation(array[tests.the('money_1'), tests.the('money_2')], '{factory_a}'));
select tests.keep('dollars', tests.award(tests.quote(tests.slice(tests.the('money_1'), 'factory_a'), 5)));
select tests.keep('euros', tests.award(tests.quote(tests.slice(tests.the('money_2'), 'factory_a'), 4, currency => 'EUR')));
select tests.issue(tests.the('dollars'));
select is(
  pg_temp.contract_says(tests.contract(tests.the('dollars')), 'p.currency, trim_scale(p.total_amount)') || ', '
  || pg_temp.contract_says(tests.contract(tests.the('euros')), 'p.currency, trim_scale(p.total_amount)'),
  'USD 50, EUR 80',
  'a factory that quoted in two currencies has a contract in each'
);
select isnt(
  pg_temp.contract_says(tests.contract(tests.the('dollars')), 'p.po_number'), pg_temp.contract_says(tests.contract(tests.the('euros')), 'p.po_number'),
  'contracts in two currencies have two numbers'
);
select tests.throws_code('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('allocation'), tests.id('factory_a'), 'USD')
$$, 'OMS_CONTRACT_EXISTS', 'an allocation has one contract with a factory in a currency');
select tests.throws_code('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (private.new_id(), tests.id('factory_a'), 'USD')
$$, 'OMS_NOT_FOUND', 'a contract is of an allocation that exists');
select tests.throws_code('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('unawarded'), tests.id('client_a'), 'USD')
$$, 'OMS_NOT_A_FACTORY', 'a contract is with a factory');
select tests.throws_code('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('unawarded'), tests.id('other_factory'), 'USD')
$$, 'OMS_NOT_FOUND', 'a contract is not with another organization''s factory');

-- Drafts

select tests.keep('draft_line', tests.make_line(100));
select tests.keep('draft_allocation', tests.make_allocation(array[tests.the('draft_line')]));
select tests.keep('drafted', tests.award(tests.quote(tests.slice(tests.the('draft_line'), 'factory_a'), 5), 60));
select tests.keep('draft', tests.ask('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('draft_allocation'), tests.id('factory_a'), 'USD') returning id
$$)::uuid);
select tests.throws_code('procurement', $$
  update ops.factory_pos set status = 'ISSUED' where id = tests.the('draft')
$$, 'OMS_CONTRACT_EMPTY', 'a draft without lines is not issued');
select tests.throws_code('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (private.new_id(), tests.the('drafted'))
$$, 'OMS_NOT_FOUND', 'a line is of a contract that exists');
select tests.throws_code('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('draft'), private.new_id())
$$, 'OMS_NOT_FOUND', 'a line is of a slice that exists');
select tests.throws_code('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('draft'), tests.the('b1'))
$$, 'OMS_CONTRACT_MISMATCH', 'a contract takes slices of its own allocation, factory and currency');
select tests.quote(tests.slice(tests.the('draft_line'), 'factory_b'));
select tests.act('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.item(tests.the('draft_line')), tests.id('factory_a'))
$$);
select tests.act('planner', $$select ops.send_allocation(tests.the('draft_allocation'))$$);
select tests.quote(tests.slice(tests.the('draft_line'), 'factory_a'), 5);
select tests.throws_code('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('draft'), tests.slice(tests.the('draft_line'), 'factory_a'))
$$, 'OMS_NOT_AWARDED', 'a contract takes awarded slices');
select tests.act('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('draft'), tests.the('drafted'))
$$);
select tests.throws_code('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('draft'), tests.the('drafted'))
$$, 'OMS_SLICE_UNDER_CONTRACT', 'a slice is on a contract once');
select is(
  tests.attempt('factory_a', $$select from ops.factory_pos where id = tests.the('draft')$$), '0 rows',
  'a factory does not see a draft'
);
select tests.throws_code('factory_a', $$
  select ops.sign_contract(tests.the('draft'))
$$, 'OMS_NOT_FOUND', 'a factory does not sign a draft');
select tests.throws_code('procurement', $$
  select ops.sign_contract(tests.the('draft'), po_document_uri => 'files/pc.pdf')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a draft is not signed');
select tests.throws_code('planner', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('draft_allocation'), tests.id('factory_a'), 'USD')
$$, 'OMS_CONTRACT_EXISTS', 'there is one draft');
select tests.act('planner', $$update ops.allocation_items_supplier set awarded_qty = 70 where id = tests.the('drafted')$$);
select tests.act('procurement', $$update ops.factory_pos set status = 'ISSUED', ex_factory_date = '2030-07-01' where id = tests.the('draft')$$);
select is(pg_temp.lines(tests.the('draft')), '70 at 5', 'a draft follows its slices until it is issued');
select is(
  (select encode(sha256(convert_to(private.contract_terms(p.organization_id, p.id)::text, 'UTF8')), 'hex') = p.terms_hash from ops.factory_pos as p where p.id = tests.the('draft')),
  true,
  'a date that is given while issuing is part of the terms'
);
select tests.keep('gone', tests.awarded_slice(10));
select tests.keep('gone_draft', tests.ask('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency)
  select s.allocation_id, s.factory_id, s.currency from ops.allocation_items_supplier as s where s.id = tests.the('gone') returning id
$$)::uuid);
select tests.act('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('gone_draft'), tests.the('gone'))
$$);
select tests.act('planner', $$select ops.revoke_award(tests.the('gone'))$$);
select is(pg_temp.lines(tests.the('gone_draft')), null, 'what is revoked leaves its draft');
select tests.act('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id)
  select s.allocation_item_id, tests.id('factory_b') from ops.allocation_items_supplier as s where s.id = tests.the('gone')
$$);
select tests.act('planner', $$select ops.send_allocation(s.allocation_id) from ops.allocation_items_supplier as s where s.id = tests.the('gone')$$);
select tests.keep('gone_elsewhere', tests.award(tests.quote(tests.slice(tests.line_of(tests.the('gone')), 'factory_b'))));
select tests.act('procurement', $$select ops.issue_contracts(s.allocation_id) from ops.allocation_items_supplier as s where s.id = tests.the('gone')$$);
select is(
  tests.contract_status(tests.contract(tests.the('gone_elsewhere'))) || ' ' || tests.contract_status(tests.the('gone_draft')), 'ISSUED DRAFT',
  'a draft of which nothing is left does not keep the others from being issued'
);
select tests.accepts('procurement', $$
  select ops.cancel_contract(tests.the('gone_draft'))
$$, 'a draft can be cancelled');
select tests.keep('dated_1', tests.make_line(10));
select tests.keep('dated_2', tests.make_line(10));
select tests.make_allocation(array[tests.the('dated_1'), tests.the('dated_2')], '{factory_a}');
select tests.act('factory_a', $$select ops.submit_quote(tests.slice(tests.the('dated_1'), 'factory_a'), 5, ex_factory_date => '2030-05-01')$$);
select tests.act('factory_a', $$select ops.submit_quote(tests.slice(tests.the('dated_2'), 'factory_a'), 5, ex_factory_date => '2030-06-01')$$);
select tests.award(tests.slice(tests.the('dated_1'), 'factory_a')), tests.award(tests.slice(tests.the('dated_2'), 'factory_a'));
select is(
  pg_temp.contract_says(tests.issue(tests.slice(tests.the('dated_1'), 'factory_a')), 'p.ex_factory_date'), '2030-06-01',
  'a contract without a date of its own has the latest that was quoted'
);

-- Frozen once issued

select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_qty = 50 where id = tests.the('a1')
$$, 'OMS_SLICE_UNDER_CONTRACT', 'an award under a contract keeps its quantity');
select tests.throws_code('planner', $$
  update ops.allocation_items_supplier set awarded_price = 4 where id = tests.the('a1')
$$, 'OMS_QUOTE_FROZEN', 'an award under a contract keeps its price');
select tests.throws_code('procurement', $$
  update ops.factory_pos set ex_factory_date = '2030-06-02' where id = tests.the('contract_a')
$$, 'OMS_CONTRACT_FROZEN', 'an issued contract keeps its date');
select tests.throws_code('procurement', $$
  delete from ops.factory_po_lines where factory_po_id = tests.the('contract_a')
$$, 'OMS_CONTRACT_FROZEN', 'an issued contract keeps its lines');
select tests.throws_code('procurement', $$
  insert into ops.factory_po_lines (factory_po_id, allocation_item_supplier_id) values (tests.the('contract_a'), tests.the('b1'))
$$, 'OMS_CONTRACT_FROZEN', 'an issued contract takes no more lines');
select tests.throws_code('procurement', $$
  update ops.factory_pos set status = 'DRAFT' where id = tests.the('contract_a')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'an issued contract does not become a draft again');
select tests.throws_code('procurement', $$
  update ops.factory_pos set signed_by_name = 'Mr Wong' where id = tests.the('contract_a')
$$, 'OMS_CONTRACT_FROZEN', 'a name is not put on a contract without signing it');
select tests.denies('procurement', $$
  update ops.factory_pos set total_amount = 1 where id = tests.the('contract_a')
$$, 'nobody writes a contract''s total');
select tests.throws_code('planner', $$
  update ops.factory_po_lines set quantity = 1 where factory_po_id = tests.the('contract_a')
$$, 'OMS_CONTRACT_FROZEN', 'nobody writes an issued contract''s quantities');

-- Signing

select tests.throws_code('factory_b', $$
  select ops.sign_contract(tests.the('contract_a'))
$$, 'OMS_NOT_FOUND', 'a factory does not sign another factory''s contract');
select tests.throws_code('factory_a', 'select ops.sign_contract(private.new_id())', 'OMS_NOT_FOUND', 'an unknown contract is not signed');
select tests.throws_code('other_factory', $$
  select ops.sign_contract(tests.the('contract_a'))
$$, 'OMS_NOT_FOUND', 'another organization''s contract is not signed');
select tests.denies('sales', $$
  select ops.sign_contract(tests.the('contract_a'))
$$, 'sales do not record signatures');
select tests.throws_code('factory_a', $$
  select ops.sign_contract(tests.the('contract_a'), 'Mr Wong', repeat('0', 64))
$$, 'OMS_TERMS_CHANGED', 'a signer who saw other terms is refused');
select tests.throws_code('procurement', $$
  select ops.sign_contract(tests.the('contract_a'), 'Mr Wong')
$$, 'OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT', 'staff do not record a countersignature without its document');
select tests.throws_code('procurement', $$
  update ops.factory_pos set status = 'CLOSED' where id = tests.the('contract_a')
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a contract is not closed by hand');
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7"}', true);
select tests.act('factory_a', $$
  select ops.sign_contract(tests.the('contract_a'), 'Mr Wong', (select p.terms_hash from ops.factory_pos as p where p.id = tests.the('contract_a')))
$$);
select set_config('request.headers', '', true);
select is(
  pg_temp.contract_says(
    tests.the('contract_a'),
    'p.status, p.signed_by_name, p.signed_from, p.signed_at is not null, p.signed_terms_hash = p.terms_hash, p.is_signature_recorded_by_staff'
  ),
  'PC_SIGNED Mr Wong 203.0.113.7 t t f',
  'the factory signs with name, address, time and the hash of what it signed'
);
select is(
  (select p.signed_by from ops.factory_pos as p where p.id = tests.the('contract_a')),
  (select p.user_id from tests.personas as p where p.name = 'factory_a'),
  'a signature says whose it is'
);
select tests.act('factory_a', $$select ops.sign_contract(tests.the('contract_a'), 'Mrs Wong')$$);
select is(
  pg_temp.contract_says(tests.the('contract_a'), 'p.signed_by_name'), 'Mr Wong',
  'signing twice is one signature'
);
select tests.throws_code('factory_a', $$
  update ops.factory_pos set signed_by_name = 'Mrs Wong' where id = tests.the('contract_a')
$$, 'OMS_CONTRACT_FROZEN', 'a signature does not change');
select tests.act('factory_b', $$select ops.sign_contract(tests.the('contract_b'))$$);
select is(
  pg_temp.contract_says(tests.the('contract_b'), 'p.signed_by_name'), 'factory_b',
  'a signature without a name has the member''s'
);
select tests.act('planner', $$
  select ops.sign_contract(tests.the('draft'), 'Mr Wong, on paper', po_document_uri => 'files/pc.pdf')
$$);
select is(
  pg_temp.contract_says(tests.the('draft'), 'p.status, p.is_signature_recorded_by_staff, p.po_document_uri'), 'PC_SIGNED t files/pc.pdf',
  'staff record a countersignature with its document, and it is marked as such'
);
select tests.throws_code('procurement', $$
  update ops.factory_pos set po_document_uri = 'files/other.pdf' where id = tests.the('draft')
$$, 'OMS_CONTRACT_FROZEN', 'the document of a recorded countersignature does not change');
select tests.accepts('procurement', $$
  update ops.factory_pos set po_document_uri = 'files/other.pdf' where id = tests.the('contract_a')
$$, 'a document can be put to a contract that the factory signed itself');

-- After signing: further awards go on the next version (sourcing_revisions.sql), or into a new allocation

select tests.award(tests.slice(tests.the('draft_line'), 'factory_a'), 30);
select tests.throws_code('procurement', $$
  insert into ops.factory_pos (allocation_id, factory_id, currency) values (tests.the('draft_allocation'), tests.id('factory_a'), 'USD')
$$, 'OMS_CONTRACT_EXISTS', 'an award made after signing gets no second contract in the same allocation');
select tests.act('planner', $$select ops.revoke_award((
  select s.id from ops.allocation_items_supplier as s
  where s.allocation_id = tests.the('draft_allocation') and s.is_awarded and s.id <> tests.the('drafted')
))$$);
select tests.act('planner', $$select ops.close_allocation_item(tests.item(tests.the('draft_line')))$$);
select tests.make_allocation(array[tests.the('draft_line')], '{factory_a}');
select tests.keep('later', tests.award(tests.quote(tests.slice(tests.the('draft_line'), 'factory_a'), 5)));
select tests.sign(tests.issue(tests.the('later')));
select is(
  tests.slice_says(tests.the('later'), 'awarded_qty') || ' ' || tests.status(tests.the('draft_line')), '30 PC_SIGNED',
  'an award made after signing gets its contract in a new allocation'
);

-- An issued contract that changes is withdrawn, and its successor drafted

select tests.keep('wd_1', tests.make_line(100));
select tests.keep('wd_2', tests.make_line(100));
select tests.keep('wd_allocation', tests.make_allocation(array[tests.the('wd_1'), tests.the('wd_2')], '{factory_a}'));
select tests.keep('wd_a', tests.award(tests.quote(tests.slice(tests.the('wd_1'), 'factory_a'), 5)));
select tests.keep('wd_b', tests.award(tests.quote(tests.slice(tests.the('wd_2'), 'factory_a'), 5), 90));
select tests.keep('wd', tests.issue(tests.the('wd_a')));
select tests.close_slice(tests.the('wd_a'), 80);
select is(tests.contract_status(tests.the('wd')), 'CANCELLED', 'closing a slice withdraws the contract that was issued and not signed');
select tests.keep('wd_successor', (select p.id from ops.factory_pos as p where p.supersedes_id = tests.the('wd')));
select is(
  pg_temp.contract_says(tests.the('wd_successor'), 'p.status, p.version') || ' '
  || (pg_temp.contract_says(tests.the('wd_successor'), 'p.po_number') = pg_temp.contract_says(tests.the('wd'), 'p.po_number')),
  'DRAFT 2 true',
  'its successor is drafted as the next version of the same number'
);
select is(pg_temp.lines(tests.the('wd_successor')), '80 at 5, 90 at 5', 'a successor carries what stands');
select is(pg_temp.lines(tests.the('wd')), '90 at 5, 100 at 5', 'a withdrawn contract says what it said');
select tests.throws_code('factory_a', $$
  select ops.sign_contract(tests.the('wd'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'nobody signs terms that no longer hold');
select tests.act('procurement', $$select ops.issue_contracts(tests.the('wd_allocation'))$$);
select is(
  pg_temp.contract_says(tests.the('wd_successor'), 'p.status, trim_scale(p.total_qty)'), 'ISSUED 170',
  'the successor is issued like any draft'
);
select isnt(
  pg_temp.contract_says(tests.the('wd_successor'), 'p.terms_hash'), pg_temp.contract_says(tests.the('wd'), 'p.terms_hash'),
  'other terms have another hash'
);
select tests.act('planner', $$
  insert into ops.allocation_items_supplier (allocation_item_id, factory_id) values (tests.item(tests.the('wd_2')), tests.id('factory_a'))
$$);
select tests.act('planner', $$select ops.send_allocation(tests.the('wd_allocation'))$$);
select tests.keep('wd_c', tests.award(tests.quote(tests.slice(tests.the('wd_2'), 'factory_a'), 5)));
select tests.issue(tests.the('wd_c'));
select is(
  pg_temp.contract_says(tests.contract(tests.the('wd_c')), 'p.status, p.version') || ': ' || pg_temp.lines(tests.contract(tests.the('wd_c'))),
  'ISSUED 3: 10 at 5, 80 at 5, 90 at 5',
  'issuing again while a contract is unsigned replaces it by one that has the new award too'
);
select tests.act('planner', $$
  update ops.allocation_items_supplier set closed_qty = 0 where id in (tests.the('wd_a'), tests.the('wd_b'), tests.the('wd_c'))
$$);
select is(
  (select string_agg(p.status::text, ' ' order by p.version) from ops.factory_pos as p where p.allocation_id = tests.the('wd_allocation')),
  'CANCELLED CANCELLED CANCELLED',
  'a contract of which nothing stands has no successor'
);

-- Cancelling

select tests.keep('withdrawn', tests.awarded_slice(100));
select tests.keep('withdrawn_contract', tests.issue(tests.the('withdrawn')));
select tests.act('planner', $$select ops.cancel_contract(tests.the('withdrawn_contract'))$$);
select is(
  tests.contract_status(tests.the('withdrawn_contract')) || ' ' || tests.slice_says(tests.the('withdrawn'), 'effective_qty'), 'CANCELLED 100',
  'cancelling a contract that is not signed leaves its slices awarded'
);
select tests.issue(tests.the('withdrawn'));
select is(
  tests.contract_status(tests.contract(tests.the('withdrawn'))), 'ISSUED',
  'what was withdrawn can be contracted anew'
);
select tests.keep('cancelled', tests.signed_slice(100));
select tests.throws_code('factory_a', $$
  update ops.factory_pos set status = 'CANCELLED' where id = tests.contract(tests.the('cancelled'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a factory does not cancel a contract');
select tests.denies('factory_a', $$
  select ops.cancel_contract(tests.contract(tests.the('cancelled')))
$$, 'cancelling is not a factory''s command');
select tests.throws_code('planner', 'select ops.cancel_contract(private.new_id())', 'OMS_NOT_FOUND', 'an unknown contract is not cancelled');
select tests.throws_code('other_planner', $$
  select ops.cancel_contract(tests.contract(tests.the('cancelled')))
$$, 'OMS_NOT_FOUND', 'another organization''s contract is not cancelled');
select tests.act('planner', $$select ops.cancel_contract(tests.contract(tests.the('cancelled')))$$);
select is(
  tests.contract_status(tests.contract(tests.the('cancelled'))) || ' ' || tests.slice_says(tests.the('cancelled'), 'closed_qty, effective_qty'), 'CANCELLED 0 0',
  'cancelling a signed contract closes its slices at zero'
);
select isnt(
  (select p.cancelled_at from ops.factory_pos as p where p.id = tests.contract(tests.the('cancelled'))), null,
  'a cancelled contract has its time'
);
select tests.keep('patched', tests.signed_slice(100));
select tests.act('procurement', $$update ops.factory_pos set status = 'CANCELLED' where id = tests.contract(tests.the('patched'))$$);
select is(
  tests.slice_says(tests.the('patched'), 'closed_qty, effective_qty'), '0 0',
  'cancelling by a plain write has the same effects'
);
select tests.keep('received', tests.signed_slice(100));
select tests.keep('receipt', tests.receive(tests.the('received'), 1));
select tests.throws_code('planner', $$
  select ops.cancel_contract(tests.contract(tests.the('received')))
$$, 'OMS_CONTRACT_HAS_RECEIPTS', 'a contract of which goods were accepted is not cancelled');
select tests.pay(tests.the('received'), 5);
select tests.act('warehouse', $$select ops.void_receipt(tests.the('receipt'), 'never came')$$);
select tests.throws_code('planner', $$
  select ops.cancel_contract(tests.contract(tests.the('received')))
$$, 'OMS_CONTRACT_HAS_PAYMENTS', 'a contract on which money is out is not cancelled');
select tests.throws_code('planner', $$
  select ops.close_slice(tests.the('received'), 0)
$$, 'OMS_CONTRACT_HAS_PAYMENTS', 'the last slice of a contract is not closed at zero while money is out');
select tests.pay(tests.the('received'), -5);
select tests.close_slice(tests.the('received'), 0);
select is(
  tests.contract_status(tests.contract(tests.the('received'))), 'CANCELLED',
  'a signed contract of which nothing is left is CANCELLED'
);
select tests.throws_code('planner', $$
  update ops.factory_pos set status = 'ISSUED' where id = tests.contract(tests.the('received'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a cancelled contract does not come back');

-- CLOSED exactly while all is accepted and paid

select tests.keep('c1', tests.make_line(100));
select tests.keep('c2', tests.make_line(50));
select tests.make_allocation(array[tests.the('c1'), tests.the('c2')], '{factory_a}');
select tests.keep('c1_a', tests.award(tests.quote(tests.slice(tests.the('c1'), 'factory_a'), 5)));
select tests.keep('c2_a', tests.award(tests.quote(tests.slice(tests.the('c2'), 'factory_a'), 2)));
select tests.keep('closing', tests.sign(tests.issue(tests.the('c1_a'))));
select tests.keep('c1_receipt', tests.receive(tests.the('c1_a'), 100));
select tests.pay(tests.the('c1_a'), 500);
select is(tests.contract_status(tests.the('closing')), 'PC_SIGNED', 'a contract stays open while one of its lines is');
select tests.receive(tests.the('c2_a'), 50);
select is(tests.contract_status(tests.the('closing')), 'PC_SIGNED', 'a contract stays open while something is owed');
select tests.keep('c2_payment', tests.pay(tests.the('c2_a'), 100));
select is(tests.contract_status(tests.the('closing')), 'CLOSED', 'a contract of which all is accepted and paid is CLOSED');
select is(tests.status(tests.the('c1')), 'PC_SIGNED', 'a line under a closed contract stays PC_SIGNED');
select tests.act('finance', $$select ops.void_factory_payment(tests.the('c2_payment'), 'bounced')$$);
select is(tests.contract_status(tests.the('closing')), 'PC_SIGNED', 'a payment voided after CLOSED opens the contract again');
select tests.pay(tests.the('c2_a'), 100);
select is(tests.contract_status(tests.the('closing')), 'CLOSED', 'paid again, it is CLOSED again');
select tests.throws_code('procurement', $$
  select ops.cancel_contract(tests.the('closing'))
$$, 'OMS_TRANSITION_NOT_ALLOWED', 'a closed contract is not cancelled');
select tests.accepts('factory_a', $$
  select ops.sign_contract(tests.the('closing'))
$$, 'signing a closed contract again is one signature');
select tests.act('warehouse', $$select ops.void_receipt(tests.the('c1_receipt'), 'miscounted')$$);
select is(tests.contract_status(tests.the('closing')), 'PC_SIGNED', 'a receipt voided after CLOSED opens the contract again');
select tests.receive(tests.the('c1_a'), 95);
select tests.pay(tests.the('c1_a'), -25);
select is(tests.contract_status(tests.the('closing')), 'PC_SIGNED', 'a contract stays open while pieces are missing');
select tests.close_slice(tests.the('c1_a'), 95);
select is(tests.contract_status(tests.the('closing')), 'CLOSED', 'closing a slice at what was accepted closes the contract');

-- One slice of a signed contract closed at zero

select tests.keep('d1', tests.make_line(100));
select tests.keep('d2', tests.make_line(50));
select tests.make_allocation(array[tests.the('d1'), tests.the('d2')], '{factory_a}');
select tests.keep('d1_a', tests.award(tests.quote(tests.slice(tests.the('d1'), 'factory_a'), 5)));
select tests.keep('d2_a', tests.award(tests.quote(tests.slice(tests.the('d2'), 'factory_a'), 2)));
select tests.keep('half', tests.sign(tests.issue(tests.the('d1_a'))));
select tests.close_slice(tests.the('d1_a'), 0);
select is(
  tests.contract_status(tests.the('half')) || ' ' || tests.status(tests.the('d2')), 'PC_SIGNED PC_SIGNED',
  'a slice closed at zero leaves the contract in force for the others'
);
select tests.receive(tests.the('d2_a'), 50);
select tests.pay(tests.the('d2_a'), 100);
select is(tests.contract_status(tests.the('half')), 'CLOSED', 'what was closed at zero does not keep a contract open');

select * from finish();
