-- What is closed stays closed: grants, defaults, policies, definer functions, and the conventions that keep them so.
-- Read from the catalogue; what the roles make of it is tried in rls_matrix.sql.

select no_plan();

create view tests.api_roles as
select r.rolname::text as name
from pg_roles as r
where r.rolname like 'oms\_%' or r.rolname in ('anon', 'authenticated', 'service_role')
union all
select 'public';

create view tests.functions as
select
  p.oid,
  p.pronamespace::regnamespace::text as schema,
  p.oid::regprocedure::text as signature,
  p.prosecdef as is_definer,
  p.prorettype = 'trigger'::regtype as is_trigger,
  p.proconfig,
  p.proargnames,
  array(select r.name from tests.api_roles as r where has_function_privilege(r.name, p.oid, 'execute') order by r.name) as callers
from pg_proc as p
where p.pronamespace in ('ops'::regnamespace, 'private'::regnamespace);

-- 1. Roles

select set_eq(
  $$ select r.rolname::text from pg_roles as r where r.rolname like 'oms\_%' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication) $$,
  array[]::text[],
  'no role of ours has powers over the server or past row security'
);
select set_eq(
  $$ select r.rolname::text from pg_roles as r where r.rolname like 'oms\_%' and r.rolcanlogin $$, array['oms_worker'],
  'only the worker logs in by itself'
);
select set_eq(
  $$ select format('%s is a member of %s', m.member::regrole, m.roleid::regrole) from pg_auth_members as m
     where m.member::regrole::text like 'oms\_%' $$,
  $$ select format('%s is a member of oms_staff', r.name)
     from unnest(array['oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin']) as r (name) $$,
  'staff are members of oms_staff, and no audience is a member of another'
);
select set_eq(
  $$ select m.roleid::regrole::text from pg_auth_members as m where m.member = 'authenticator'::regrole $$,
  array[
    'anon', 'authenticated', 'service_role', 'oms_client', 'oms_factory', 'oms_vendor', 'oms_webhook',
    'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
  ],
  'the API can become these roles; not the worker'
);

-- 2. Schemas

select set_eq(
  $$ select r.name from tests.api_roles as r where has_schema_privilege(r.name, 'ops', 'usage') $$,
  $$ select r.name from tests.api_roles as r where r.name like 'oms\_%' $$,
  'only roles of ours reach into ops: anon, authenticated and service_role have nothing there'
);
select set_eq(
  $$ select format('%s in %s', r.name, s.name) from tests.api_roles as r cross join unnest(array['ops', 'private', 'public', 'extensions']) as s (name)
     where has_schema_privilege(r.name, s.name, 'create') $$,
  array[]::text[],
  'nobody who asks makes things in a schema'
);
select is_empty(
  $$ select format('%s on %s', a.privilege_type, c.oid::regclass) from pg_class as c
     cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
     where c.relnamespace = 'private'::regnamespace and a.grantee <> c.relowner $$,
  'nobody but the owner touches a table, view or sequence of private'
);
select is_empty(
  $$ select c.relname from pg_class as c where c.relnamespace = 'public'::regnamespace
     union all select p.proname from pg_proc as p where p.pronamespace = 'public'::regnamespace $$,
  'nothing stands in schema public'
);

-- 3. What is made later is closed too. Supabase opens schemas to its roles by default; ours must not inherit it.

create table ops.made_later (id integer primary key);
create table private.made_later (id integer primary key);
create sequence ops.counted_later;
create sequence private.counted_later;
create view ops.viewed_later as select m.id from ops.made_later as m;
create function ops.called_later() returns integer language sql return 1;
create function private.called_later() returns integer language sql return 1;
select is_empty(
  $$ select r.name, t.name from tests.api_roles as r
     cross join unnest(array['ops.made_later', 'private.made_later', 'ops.viewed_later']) as t (name)
     where has_table_privilege(r.name, t.name, 'select, insert, update, delete, truncate, references, trigger')
       or has_any_column_privilege(r.name, t.name, 'select, insert, update, references') $$,
  'a new table or view is nobody''s'
);
select is_empty(
  $$ select r.name, s.name from tests.api_roles as r cross join unnest(array['ops.counted_later', 'private.counted_later']) as s (name)
     where has_sequence_privilege(r.name, s.name, 'usage, select, update') $$,
  'a new sequence is nobody''s'
);
select is_empty(
  $$ select f.signature, f.callers from tests.functions as f where f.signature ~ 'called_later' and f.callers <> '{}' $$,
  'a new function is nobody''s, PUBLIC included'
);
drop view ops.viewed_later;
drop table ops.made_later, private.made_later;
drop function ops.called_later(), private.called_later();
drop sequence ops.counted_later, private.counted_later;

select tests.become('sales');
select private.next_number('XX');
reset role;
select is_empty(
  $$ select r.name, c.relname from tests.api_roles as r inner join pg_class as c on c.relname like 'number\_xx\_%'
     where has_sequence_privilege(r.name, c.oid, 'usage, select, update') $$,
  'the sequence behind a number, made as it is first asked for, is nobody''s'
);

-- 4. Who may call what

select set_eq(
  $$ select f.signature, unnest(f.callers) from tests.functions as f where f.schema = 'ops' and f.callers <> '{}' $$,
  $$ select f.signature, unnest(f.callers) from (values
    ('ops.accept_excess(uuid,numeric)', array['oms_finance']),
    ('ops.create_webhook_endpoint(text,text[],text)', array['oms_admin']),
    ('ops.rotate_webhook_secret(uuid)', array['oms_admin']),
    ('ops.test_webhook(uuid)', array['oms_admin']),
    ('ops.replay_webhook(uuid,timestamp with time zone,boolean)', array['oms_admin']),
    ('ops.create_slack_channel(text,text)', array['oms_admin']),
    ('ops.set_slack_webhook(uuid,text)', array['oms_admin']),
    ('ops.mark_notifications_read(uuid[])', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.count_stock(jsonb,text)', array['oms_warehouse']),
    ('ops.plan_supply(uuid[],date)', array['oms_planner', 'oms_procurement', 'oms_production', 'oms_worker']),
    ('ops.firm_supplies(uuid[])', array['oms_planner', 'oms_production']),
    ('ops.explain_supply(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin', 'oms_worker'
    ]),
    ('ops.check_order_stock(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.check_bom_stock(uuid,numeric,date,uuid,uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.resend_email(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.cancel_email(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.send_test_email(text)', array['oms_admin']),
    ('ops.set_mail_password(text)', array['oms_admin']),
    ('ops.record_email_event(text,ops.email_event_kind,text,text)', array['oms_webhook']),
    ('ops.unsubscribe(uuid)', array['oms_webhook']),
    ('ops.submit_purchase_order(uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.send_purchase_order(uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.close_purchase_order(uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.cancel_purchase_order(uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.approve_purchase_order(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.reject_purchase_order(uuid,text)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.acknowledge_purchase_order(uuid,text,jsonb)', array['oms_vendor', 'oms_planner', 'oms_procurement']),
    ('ops.receive_goods(uuid,jsonb,date,text)', array['oms_warehouse']),
    ('ops.void_goods_receipt(uuid,text)', array['oms_warehouse']),
    ('ops.revise_bom(uuid,text)', array['oms_planner', 'oms_production']),
    ('ops.reschedule_production()', array['oms_planner', 'oms_production']),
    ('ops.issue_components(uuid,jsonb)', array['oms_production', 'oms_warehouse']),
    ('ops.return_components(uuid,jsonb)', array['oms_production', 'oms_warehouse']),
    ('ops.report_output(uuid,numeric,numeric,text,uuid,uuid,jsonb)', array['oms_production']),
    ('ops.explode_bom(uuid,numeric,date)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.choose_bom(uuid,uuid)', array['oms_sales', 'oms_planner', 'oms_production']),
    ('ops.create_production_orders(uuid[],integer)', array['oms_planner', 'oms_production']),
    ('ops.recommend_bom_templates(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
    ]),
    ('ops.add_candidates(uuid,uuid[],uuid[])', array['oms_planner', 'oms_procurement']),
    ('ops.allocate_items(text,jsonb,uuid[])', array['oms_planner']),
    ('ops.allocation_ids(ops.order_items)', array['oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_finance', 'oms_admin']),
    ('ops.award(uuid,numeric,numeric,text)', array['oms_planner', 'oms_procurement']),
    ('ops.award_many(jsonb)', array['oms_planner', 'oms_procurement']),
    ('ops.cancel_contract(uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.cancel_order_item(uuid)', array['oms_sales', 'oms_planner']),
    ('ops.close_allocation_item(uuid)', array['oms_planner']),
    ('ops.close_slice(uuid,numeric,boolean,text)', array['oms_planner', 'oms_procurement']),
    ('ops.create_order(jsonb,uuid,text,ops.order_type,ops.order_status,date,date,date,ops.currency_code,jsonb)', array['oms_client', 'oms_sales', 'oms_planner']),
    ('ops.decline_quote(uuid,text)', array['oms_factory', 'oms_planner', 'oms_procurement']),
    ('ops.issue_contracts(uuid,uuid[],date)', array['oms_planner', 'oms_procurement']),
    ('ops.reallocate(jsonb,uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.revise_contract(uuid,jsonb,date)', array['oms_planner', 'oms_procurement']),
    ('ops.record_factory_payment(uuid,text,jsonb,date,boolean)', array['oms_finance']),
    ('ops.submit_factory_invoice(uuid,text,jsonb,date,text,uuid)', array['oms_factory', 'oms_procurement', 'oms_finance']),
    ('ops.void_factory_invoice(uuid,text)', array['oms_factory', 'oms_procurement', 'oms_finance']),
    ('ops.approve_factory_invoice(uuid)', array['oms_procurement', 'oms_finance']),
    ('ops.dispute_factory_invoice(uuid,text)', array['oms_procurement', 'oms_finance']),
    ('ops.record_receipt(uuid,numeric,numeric,date,text,text,text)', array['oms_warehouse']),
    ('ops.report_production(uuid,ops.production_status,numeric)', array['oms_factory', 'oms_planner', 'oms_procurement']),
    ('ops.revoke_award(uuid)', array['oms_planner', 'oms_procurement']),
    ('ops.send_allocation(uuid)', array['oms_planner']),
    ('ops.short_close_item(uuid)', array['oms_sales', 'oms_planner']),
    ('ops.sign_contract(uuid,text,text,text)', array['oms_factory', 'oms_planner', 'oms_procurement']),
    ('ops.submit_quote(uuid,numeric,text,numeric,date,ops.pricing_terms,ops.ship_mode,text)', array['oms_factory', 'oms_planner', 'oms_procurement']),
    ('ops.submit_quotes(jsonb)', array['oms_factory', 'oms_planner', 'oms_procurement']),
    ('ops.switch_membership(uuid)', array[
      'oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin',
      'oms_client', 'oms_factory', 'oms_vendor'
    ]),
    ('ops.void_factory_payment(uuid,text)', array['oms_finance']),
    ('ops.void_receipt(uuid,text)', array['oms_warehouse']),
    ('ops.withdraw_quote(uuid,text)', array['oms_factory', 'oms_planner', 'oms_procurement']),
    ('ops.plan_timeline(uuid,uuid[],uuid,date)', array['oms_planner', 'oms_procurement']),
    ('ops.report_milestone(uuid,date,date)', array['oms_factory', 'oms_planner', 'oms_procurement'])
  ) as f (signature, callers) $$,
  'each command is called by those whose work it is'
);
select is_empty(
  $$ select f.signature from tests.functions as f where f.schema = 'ops' and f.callers = '{}' $$,
  'no command is there for nobody'
);
select set_eq(
  $$ select f.signature, r.name from tests.functions as f cross join unnest(f.callers) as r (name)
     where r.name in ('public', 'anon', 'authenticated', 'service_role') $$,
  $$ values ('private.pre_request()', 'anon'), ('private.pre_request()', 'authenticated'), ('private.pre_request()', 'service_role') $$,
  'strangers call nothing but the check of their own request'
);
select set_eq(
  $$ select f.signature, r.name from tests.functions as f cross join unnest(f.callers) as r (name)
     where f.schema = 'private' and r.name in ('oms_client', 'oms_factory', 'oms_vendor', 'oms_webhook', 'oms_worker') $$,
  $$ select f.name as signature, r.name as caller
     from unnest(array[
       'private.actor_id()', 'private.claims()', 'private.fail(text,text,jsonb)', 'private.header(text)', 'private.is_portal()',
       'private.may_act_as(text[],oid)', 'private.new_id()', 'private.next_number(text,uuid)', 'private.organization_id()',
       'private.party_id()', 'private.pre_request()', 'private.records(text,jsonb,anyelement)', 'private.unknown_field(jsonb,regtype)', 'private.replay_command(text,jsonb)', 'private.require_found(uuid,text,uuid)',
       'private.require_argument(text,text)', 'private.require_read_committed()', 'private.store_response(text,jsonb)'
     ]) as f (name)
     cross join unnest(array['oms_client', 'oms_factory', 'oms_vendor', 'oms_webhook', 'oms_worker']) as r (name)
     union all
     select f.name as signature, r.name as caller
     from unnest(array[
       'private.actor_role()', 'private.counts_exactly()', 'private.is_order_open(ops.order_status)', 'private.require_order_open(uuid)',
       'private.require_order_open(uuid,text,ops.order_status)', 'private.switch_membership(uuid)'
     ]) as f (name)
     cross join unnest(array['oms_client', 'oms_factory', 'oms_vendor']) as r (name)
     union all
     values
       ('private.acknowledge_purchase_order(uuid,text,private.acknowledged_line[])', 'oms_vendor'),
       ('private.lock_purchase_order_lines(uuid)', 'oms_vendor')
     union all
     values ('private.lock_timeline(uuid)', 'oms_factory'), ('private.is_under_contract(uuid,uuid)', 'oms_factory'), ('private.lock_slices(uuid[])', 'oms_factory'), ('private.require_order_lines(private.order_line[])', 'oms_client'),
       ('private.run_planning(uuid[],date)', 'oms_worker'), ('private.reschedule_production()', 'oms_worker'),
       ('private.organizations_with_due_events()', 'oms_worker'), ('private.handle_events(integer)', 'oms_worker'),
       ('private.dead_events()', 'oms_worker'), ('private.retry_events(uuid[])', 'oms_worker'), ('private.maintain_outbox()', 'oms_worker'),
       ('private.organizations_with_due_emails()', 'oms_worker'), ('private.claim_email(interval,integer)', 'oms_worker'),
       ('private.report_email(uuid,uuid,private.mail_outcome,text,text,text[])', 'oms_worker'),
       ('private.attached_document(uuid,text,uuid)', 'oms_worker'), ('private.letterhead()', 'oms_worker'), ('private.remind_quotes()', 'oms_worker'),
       ('private.sweep_emails()', 'oms_worker'), ('private.unsubscribe(uuid)', 'oms_webhook'),
       ('private.record_email_event(text,ops.email_event_kind,text,text)', 'oms_webhook'),
       ('private.claim_due_jobs(timestamp with time zone)', 'oms_worker'), ('private.visible_job_health()', 'oms_worker'), ('private.read_job_schedules()', 'oms_worker'),
       ('private.claim_webhook(interval)', 'oms_worker'), ('private.organizations_with_due_webhooks()', 'oms_worker'),
       ('private.report_webhook(uuid,uuid,integer,text,text,integer,interval)', 'oms_worker'), ('private.sweep_webhooks()', 'oms_worker'),
       ('private.claim_slack_post(interval)', 'oms_worker'), ('private.organizations_with_due_slack_posts()', 'oms_worker'),
       ('private.report_slack_post(uuid,uuid,integer,text,interval)', 'oms_worker'), ('private.send_digests()', 'oms_worker'),
       ('private.sweep_notifications()', 'oms_worker'),
       ('private.raise_alerts()', 'oms_worker'), ('private.expire_reservations()', 'oms_worker'), ('private.sweep()', 'oms_worker') $$,
  'portals and machines have the helpers that their own writes need, and no other'
);
select is_empty(
  $$ select f.signature, f.callers from tests.functions as f where f.is_trigger and f.callers <> '{}' $$,
  'nobody calls a trigger function'
);
select ok(
  has_function_privilege('supabase_auth_admin', 'private.custom_access_token_hook(jsonb)', 'execute')
  and not exists (
    select from tests.functions as f
    where f.signature = 'private.custom_access_token_hook(jsonb)' and f.callers <> '{}'
  ),
  'the token hook is called by Supabase Auth alone'
);

-- 5. Definer functions. The same list, with the reason for each, is docs/definer_functions.md (test_docs_definer.py).

select set_eq(
  $$ select f.signature from tests.functions as f where f.is_definer $$,
  array[
    'private.custom_access_token_hook(jsonb)', 'private.pre_request()', 'private.switch_membership(uuid)',
    'private.fail(text,text,jsonb)', 'private.next_number(text,uuid)',
    'private.replay_command(text,jsonb)', 'private.store_response(text,jsonb)',
    'private.lock_slices(uuid[])', 'private.lock_allocation_items(uuid[])', 'private.lock_order_items(uuid[])',
    'private.draft_contracts(uuid,uuid[])', 'private.draft_successor(uuid)', 'private.draft_revisions_of(uuid[])',
    'private.tg_allocation_items_supplier__guard_capacity()', 'private.tg_factory_pos__guard_capacity()',
    'private.tg_factory_pos__guard_minimums()',
    'private.tg_members__make_first_current()',
    'private.tg_orders__cancel_lines()', 'private.tg_orders__write_history()',
    'private.tg_order_items__fill_keys()', 'private.tg_order_items__cancel()', 'private.tg_order_items__release_waived()', 'private.tg_order_items__close_cancelled()',
    'private.tg_order_items__derive_allocation_status()', 'private.tg_order_items__write_history()',
    'private.tg_order_item_sizes__fill_keys()', 'private.tg_order_item_prices__fill_keys()', 'private.tg_order_item_sizes__sum_quantity()',
    'private.tg_allocations__invite_candidates()',
    'private.tg_allocation_items__lower_split_source()', 'private.tg_allocation_items__close_candidates()',
    'private.tg_allocation_items__roll_up_commitment()', 'private.tg_allocation_items__apportion_sizes()',
    'private.tg_allocation_items_supplier__award()',
    'private.tg_allocation_items_supplier__lock_chain()', 'private.tg_allocation_items_supplier__amend_open_contracts()',
    'private.tg_allocation_items_supplier__roll_up_effective()', 'private.tg_allocation_items_supplier__apportion_sizes()',
    'private.tg_allocation_items_supplier__show_sizes()', 'private.tg_allocation_items_supplier__derive_contract_status()',
    'private.tg_allocation_items_supplier__derive_allocation_status()', 'private.tg_allocation_items_supplier__write_history()',
    'private.tg_factory_pos__issue()', 'private.tg_factory_pos__guard_cancel()', 'private.tg_factory_pos__close_slices()',
    'private.tg_factory_pos__supersede()', 'private.tg_factory_pos__copy_terms()',
    'private.tg_allocation_item_supplier_notes__write_history()', 'private.tg_factory_pos__derive_contract_status()', 'private.tg_factory_pos__derive_allocation_status()',
    'private.tg_factory_receipts__roll_up_receipts()',
    'private.tg_factory_invoices__lock_chain()', 'private.tg_factory_invoices__freeze_match()',
    'private.tg_factory_invoices__roll_up_approved()', 'private.tg_factory_invoice_lines__roll_up_amount()',
    'private.tg_factory_payment_lines__roll_up_payments()', 'private.tg_factory_payments__roll_up_voided()',
    'private.plan_timelines(uuid[],uuid,date)', 'private.lock_timeline(uuid)',
    'private.tg_holidays__forecast()', 'private.tg_organization_settings__forecast()',
    'private.tg_timeline_nodes__forecast()', 'private.tg_timeline_nodes__write_events()',
    'private.tg_timeline_dependencies__refuse_circle()', 'private.tg_timeline_dependencies__forecast()',
    'private.lock_counted_stock(private.stock_count[])', 'private.tg_stock_moves__roll_up_levels()',
    'private.tg_bom_lines__refuse_circle()',
    'private.run_planning(uuid[],date)', 'private.firm_production(uuid[])',
    'private.organizations_with_due_events()', 'private.handle_events(integer)', 'private.dead_events()',
    'private.retry_events(uuid[])', 'private.maintain_outbox()',
    'private.raise_alerts()', 'private.expire_reservations()', 'private.sweep()',
    'private.organizations_with_due_emails()', 'private.claim_email(interval,integer)',
    'private.report_email(uuid,uuid,private.mail_outcome,text,text,text[])', 'private.attached_document(uuid,text,uuid)', 'private.letterhead()',
    'private.remind_quotes()', 'private.sweep_emails()', 'private.resend_email(uuid)', 'private.cancel_email(uuid)',
    'private.send_test_email(text)', 'private.store_mail_password(bytea)', 'private.unsubscribe(uuid)',
    'private.record_email_event(text,ops.email_event_kind,text,text)',
    'private.tg_organizations__make_mail_settings()', 'private.tg_mail_settings__forget_server()',
    'private.tg_mail_templates__require_kind()',
    'private.seal(text)',
    'private.claim_due_jobs(timestamp with time zone)', 'private.visible_job_health()', 'private.read_job_schedules()',
    'private.unknown_event_types(text[])', 'private.claim_webhook(interval)', 'private.organizations_with_due_webhooks()',
    'private.report_webhook(uuid,uuid,integer,text,text,integer,interval)', 'private.sweep_webhooks()',
    'private.make_webhook_endpoint(text,text[],text)', 'private.issue_webhook_secret(uuid)', 'private.test_webhook(uuid)',
    'private.replay_webhook(uuid,timestamp with time zone,boolean)',
    'private.send_digests()', 'private.sweep_notifications()', 'private.store_slack_webhook(uuid,text)',
    'private.make_slack_channel(text,text)', 'private.claim_slack_post(interval)',
    'private.report_slack_post(uuid,uuid,integer,text,interval)', 'private.organizations_with_due_slack_posts()',
    'private.tg__emit_mentions()',
    'private.tg__emit_status()', 'private.tg__emit_recorded()', 'private.tg_order_items__emit_allocation_status()',
    'private.tg_allocation_items_supplier__emit_invitations()', 'private.tg_allocation_items_supplier__emit_quotes()',
    'private.tg_allocation_items_supplier__emit_production()', 'private.tg_allocation_items_supplier__emit_awards()', 'private.tg_timeline_nodes__emit_progress()',
    'private.tg_supply_runs__emit_finished()',
    'private.tg_purchase_order_lines__firm_plan()', 'private.tg_purchase_orders__firm_plan()',
    'private.hand_on(uuid[])',
    'private.tg_stock_locations__check_production()', 'private.tg_lots__check_production()',
    'private.tg_inventory_reservations__roll_up()', 'private.tg_order_items__give_up_reservations()',
    'private.tg_order_items__guard_reservations()', 'private.tg_production_orders__make_components()',
    'private.tg_production_orders__check_new()', 'private.tg_production_orders__change_components()',
    'private.tg_production_orders__write_history()',
    'private.tg_purchase_orders__submit()', 'private.tg_purchase_orders__decide()',
    'private.tg_purchase_orders__stamp_lines()', 'private.tg_purchase_order_lines__guard_answer()',
    'private.tg_purchase_order_lines__roll_up_subtotal()', 'private.tg_purchase_order_lines__derive_receipt_status()',
    'private.tg_purchase_order_lines__roll_up_deliveries()', 'private.tg_goods_receipts__roll_up_receipts()',
    'private.tg_goods_receipts__return_stock()', 'private.tg_goods_receipt_lines__roll_up_receipts()',
    'private.tg_goods_receipt_lines__post_stock()',
    'private.reschedule_production()', 'private.issue_components(uuid,private.component_issue[])',
    'private.return_components(uuid,private.component_arrival[])',
    'private.report_by_products(uuid,private.component_arrival[],uuid,uuid)', 'private.tg__schedule_production()',
    'private.tg_production_orders__make_operations()', 'private.tg_production_orders__plan_minutes()',
    'private.tg_production_orders__schedule()', 'private.tg_production_operations__lock()',
    'private.tg_production_operations__start_order()', 'private.tg_production_operations__schedule()',
    'private.tg_stock_moves__count_components()', 'private.tg_production_outputs__lock()',
    'private.tg_production_outputs__post_moves()', 'private.tg_production_outputs__complete()',
    'private.tg_order_item_supplies__guard_line()', 'private.tg_order_item_supplies__guard_delete()',
    'private.tg_allocation_items__refuse_in_house()', 'private.tg_order_items__guard_in_house()',
    'private.tg_production_orders__guard_line()',
    'private.tg_styles__make_product()', 'private.tg_styles__rename_product()',
    'private.tg_order_items__plant_root()', 'private.tg_order_items__follow_line()',
    'private.tg_allocation_items__plan_timeline()', 'private.tg_allocation_items_supplier__split_timeline()',
    'private.tg_allocation_items_supplier__complete_timeline()', 'private.tg_factory_pos__complete_timeline()'
  ],
  'these functions, and no others, act with the owner''s rights'
);
select is_empty(
  $$ select f.signature from tests.functions as f where f.is_definer and f.schema <> 'private' $$,
  'no definer function is exposed'
);
select is_empty(
  $$ select f.signature, a.name from tests.functions as f cross join unnest(f.proargnames) as a (name)
     where f.is_definer and a.name ~ '^(organization|tenant|party|client|factory)_id$' and f.signature <> 'private.next_number(text,uuid)' $$,
  'no definer function takes a caller''s word for the organization or party it acts for'
);
select is_empty(
  $$ select f.signature from tests.functions as f where not coalesce(f.proconfig, '{}') @> array['search_path=""'] $$,
  'every function names its schemas: search_path is empty'
);
select is_empty(
  $$ select p.oid::regprocedure from pg_proc as p
     where p.pronamespace in ('ops'::regnamespace, 'private'::regnamespace) and p.proowner <> (select d.datdba from pg_database as d where d.datname = current_database()) $$,
  'every function belongs to the role that runs the migrations'
);

-- 6. Columns that nobody writes: a statement that names one is refused, whoever sends it. A new column that nobody may
-- write has to be named here; one that is named here must not be granted.

select set_eq(
  $$ select c.relname::text, a.attname::text
     from pg_class as c
     inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'p')
       and not exists (
         select from tests.api_roles as r
         where has_column_privilege(r.name, c.oid, a.attnum, 'insert') or has_column_privilege(r.name, c.oid, a.attnum, 'update')
       ) $$,
  $$ select t.name, unnest(string_to_array(t.columns, ' ')) from (values
    ('tenants', 'id name created_at'),
    ('organizations', 'id tenant_id code currency company_id created_at updated_at'),
    ('organization_settings', 'organization_id updated_at'),
    ('email_log', 'organization_id id template language kind message_id dedupe_key event_id party_id entity_type entity_id about resent_from_id subject status attempts next_attempt_at lease_id leased_until due_at has_own_server answer sent_at delivered_at bounced_at complained_at created_at created_by'),
    ('email_recipients', 'organization_id id email_id about name address is_copy accepted_at'),
    ('email_suppressions', 'organization_id reason email_id created_at created_by'),
    ('mail_settings', 'organization_id smtp_password_set_at updated_at'),
    ('mail_templates', 'organization_id created_at created_by updated_at'),
    ('webhook_endpoints', 'organization_id id failures failing_since retry_at disabled_reason created_at created_by updated_at'),
    ('webhook_deliveries', 'organization_id id webhook_endpoint_id event_id event_type position body status attempts next_attempt_at leased_until lease_id delivered_at created_at'),
    ('webhook_attempts', 'organization_id id webhook_delivery_id response_status response_body error duration_ms created_at'),
    ('notifications', 'organization_id id member_id user_id event_id event_type title body entity_type entity_id created_at'),
    ('notification_rules', 'organization_id created_at created_by updated_at'),
    ('notification_mutes', 'organization_id user_id created_at'),
    ('slack_channels', 'organization_id id url_hint last_posted_at last_error created_at created_by'),
    ('job_schedules', 'organization_id job updated_at'),
    ('members', 'organization_id is_current created_at updated_at'),
    ('directory', 'organization_id created_at created_by updated_at'),
    ('contacts', 'organization_id created_at created_by updated_at'),
    ('addresses', 'organization_id created_at created_by updated_at'),
    ('styles', 'organization_id created_at created_by updated_at'),
    ('colorways', 'organization_id created_at created_by updated_at'),
    ('colorway_references', 'organization_id created_at created_by updated_at'),
    ('units', 'organization_id created_at created_by updated_at'),
    ('products', 'organization_id style_id created_at created_by updated_at'),
    ('product_variants', 'organization_id style_id created_at created_by updated_at'),
    ('unit_conversions', 'organization_id created_at created_by updated_at'),
    ('work_centers', 'organization_id created_at created_by updated_at'),
    ('supply_runs', 'organization_id id planned_on order_ids started_at finished_at demand_count planned_count added_count changed_count removed_count exception_count created_by'),
    ('planned_supplies', 'organization_id id supply_run_id kind product_variant_id warehouse_id low_level_code net_qty quantity need_by order_by late_days bom_version_id order_item_id supplier_product_id vendor_id purchase_qty purchase_unit stock_per_unit unit_price currency why purchase_order_line_id production_order_id is_firm created_at created_by updated_at row_version'),
    ('supply_pegs', 'organization_id id product_variant_id planned_supply_id purchase_order_line_id production_order_id order_item_id production_component_id parent_supply_id reorder_rule_id quantity'),
    ('planning_exceptions', 'organization_id id supply_run_id kind message product_variant_id warehouse_id quantity need_by order_item_id planned_supply_id purchase_order_line_id production_order_id created_at'),
    ('bom_templates', 'organization_id created_at created_by updated_at'),
    ('bom_versions', 'organization_id version created_at created_by updated_at'),
    ('bom_lines', 'organization_id created_at created_by updated_at'),
    ('bom_operations', 'organization_id created_at created_by updated_at'),
    ('work_center_days', 'organization_id created_at created_by updated_at'),
    ('production_operations', 'organization_id id production_order_id position name work_center_id planned_minutes scheduled_start scheduled_end updated_at'),
    ('work_center_loads', 'organization_id production_operation_id work_center_id day minutes'),
    ('production_outputs', 'organization_id unit_cost created_at created_by'),
    ('warehouses', 'organization_id created_at created_by updated_at'),
    ('stock_locations', 'organization_id created_at created_by updated_at'),
    ('lots', 'organization_id created_at created_by updated_at'),
    ('stock_moves', 'organization_id goods_receipt_line_id production_component_id production_output_id created_at created_by'),
    ('stock_levels', 'organization_id id product_variant_id warehouse_id stock_location_id location_kind lot_id on_hand reserved available updated_at row_version'),
    ('inventory_reservations', 'organization_id production_component_id created_at created_by updated_at row_version'),
    ('production_orders', 'organization_id production_number completed_qty scrapped_qty is_open scheduled_start scheduled_end released_at started_at completed_at cancelled_at material_cost absorbed_cost created_at created_by updated_at'),
    ('production_components', 'organization_id id production_order_id product_variant_id kind warehouse_id is_open required_qty reserved_qty issued_qty short_qty updated_at row_version'),
    ('production_order_history', 'organization_id id production_order_id old_status new_status actor_id actor_role created_at'),
    ('component_shortages', 'organization_id id production_order_id production_component_id product_variant_id short_qty began_at ended_at'),
    ('reorder_rules', 'organization_id created_at created_by updated_at'),
    ('supplier_products', 'organization_id created_at created_by updated_at'),
    ('supplier_price_breaks', 'organization_id created_at created_by updated_at'),
    ('purchase_approval_tiers', 'organization_id created_at created_by updated_at'),
    ('purchase_orders', 'organization_id is_open receipt_status subtotal total sent_at acknowledged_at created_at created_by updated_at'),
    ('purchase_order_approvals', 'organization_id id purchase_order_id amount approver_role submitted_at submitted_by decided_at decided_by is_approved'),
    ('purchase_order_lines', 'organization_id vendor_id sku vendor_sku description stock_per_unit line_total original_promised_date over_receipt_tolerance_pct received_qty rejected_qty stocked_qty open_qty due_on last_received_on received_on sent_at created_at created_by updated_at'),
    ('vendor_deliveries', 'organization_id vendor_id received_lines late_lines'),
    ('goods_receipts', 'organization_id receipt_number vendor_id is_voided voided_at voided_by created_at created_by updated_at'),
    ('goods_receipt_lines', 'organization_id purchase_order_id vendor_id stocked_qty created_at created_by'),
    ('tech_packs', 'organization_id created_at created_by'),
    ('orders', 'organization_id order_number created_at created_by updated_at'),
    ('order_items', 'organization_id client_id style_id over_commit_tolerance_pct under_award_tolerance_pct committed_qty effective_qty allocation_status is_open allocation_item_id cancelled_at cancelled_by created_at created_by updated_at'),
    ('order_item_sizes', 'organization_id client_id created_at created_by updated_at'),
    ('order_item_prices', 'organization_id client_id created_at created_by updated_at'),
    ('order_item_costs', 'organization_id created_at created_by updated_at'),
    ('uploaded_po_documents', 'organization_id created_at created_by'),
    ('order_history', 'organization_id id order_id order_item_id client_id action old_status new_status message data is_visible_to_client actor_id actor_role request_origin_id created_at'),
    ('request_origins', 'organization_id id address user_agent created_at'),
    ('demand_forecasts', 'organization_id created_at created_by updated_at'),
    ('order_item_supplies', 'organization_id created_at created_by updated_at'),
    ('allocations', 'organization_id allocation_number created_at created_by updated_at'),
    ('allocation_items', 'organization_id effective_qty close_reason created_at created_by updated_at'),
    ('allocation_item_sizes', 'organization_id id allocation_item_id size_label position quantity'),
    ('allocation_items_supplier', 'organization_id allocation_id style_id colorway_id style_number style_name marketing_name color_reference quoted_at awarded_at over_receipt_tolerance_pct received_qty accepted_qty approved_qty approved_amount paid_amount effective_qty excess_qty payable_qty payable_amount balance created_at created_by updated_at'),
    ('allocation_item_supplier_sizes', 'organization_id id allocation_item_supplier_id factory_id invited_at size_label position quantity'),
    ('allocation_item_supplier_notes', 'organization_id created_at created_by'),
    ('factory_pos', 'organization_id po_number version supersedes_id total_qty total_amount terms_hash issued_at issued_by issued_by_name signed_at signed_by signed_from is_signature_recorded_by_staff cancelled_at superseded_at created_at created_by updated_at'),
    ('factory_po_lines', 'organization_id factory_id style_number style_name marketing_name color_reference amount issued_at created_at created_by'),
    ('exchange_rates', 'organization_id created_at created_by updated_at'),
    ('factory_po_line_sizes', 'organization_id id factory_po_line_id factory_id size_label position quantity'),
    ('factory_receipts', 'organization_id factory_id receipt_number voided_at voided_by created_at created_by updated_at'),
    ('factory_invoices', 'organization_id factory_id currency amount approved_at approved_by voided_at voided_by created_at created_by updated_at'),
    ('factory_invoice_lines', 'organization_id factory_id amount credited_qty net_amount contract_price payable_qty created_at created_by'),
    ('factory_payments', 'organization_id factory_id currency amount voided_at voided_by created_at created_by updated_at'),
    ('factory_payment_lines', 'organization_id factory_id created_at created_by'),
    ('holidays', 'organization_id created_at created_by'),
    ('timeline_templates', 'organization_id created_at created_by updated_at'),
    ('timeline_template_nodes', 'organization_id created_at created_by updated_at'),
    ('timeline_nodes', 'organization_id root_id order_id order_item_id allocation_item_supplier_id client_id factory_id code forecast_date completed_by is_cancelled days_late is_late created_at created_by updated_at'),
    ('timeline_plans', 'organization_id id timeline_template_id ex_factory_date created_at created_by updated_at row_version'),
    ('timeline_dependencies', 'organization_id root_id created_at created_by updated_at'),
    ('timeline_events', 'organization_id client_id factory_id created_at created_by'),
    ('timeline_delays', 'organization_id id cause_id client_id factory_id')
  ) as t (name, columns) $$,
  'tenancy, authorship and everything that is derived are written by nobody'
);
select is_empty(
  $$ select c.relname, r.name from pg_class as c cross join tests.api_roles as r
     where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'p', 'v')
       and (has_table_privilege(r.name, c.oid, 'insert') or has_table_privilege(r.name, c.oid, 'update')) $$,
  'INSERT and UPDATE are granted by column, never on a table as a whole'
);
select set_eq(
  $$ select a.attname::text, r.name from pg_attribute as a cross join unnest(array['oms_client', 'oms_factory', 'oms_vendor']) as r (name)
     inner join pg_class as c on c.oid = a.attrelid and c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'p')
     where a.attnum > 0 and not a.attisdropped and has_column_privilege(r.name, c.oid, a.attnum, 'insert') $$,
  $$ select c.name, 'oms_client' from unnest(array[
       'client_po_number', 'order_date', 'ex_factory_date', 'in_hands_date', 'metadata', 'order_id', 'line_number', 'colorway_id',
       'quantity', 'order_item_id', 'size_label', 'position'
     ]) as c (name)
     union all
     select c.name, 'oms_factory' from unnest(array[
       'factory_po_id', 'credits_id', 'invoice_number', 'invoice_date', 'document_uri', 'factory_invoice_id',
       'allocation_item_supplier_id', 'quantity', 'unit_price'
     ]) as c (name) $$,
  'clients and factories name no id of their own making, and no vendor adds a row anywhere: a key cannot be probed by insert'
);

-- 7. Row security

select is_empty(
  $$ select c.relname from pg_class as c where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity $$,
  'row security is on for every table of ops'
);
select is_empty(
  $$ select c.relname from pg_class as c where c.relnamespace = 'ops'::regnamespace and c.relkind in ('m', 'f') $$,
  'nothing stands in ops that row security cannot guard'
);
select is_empty(
  $$ select c.relname from pg_class as c where c.relnamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.relkind = 'v'
       and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}' $$,
  'every view reads as whoever asks'
);
select is_empty(
  $$ select c.relname, r.name, v.cmd
     from pg_class as c
     cross join tests.api_roles as r
     cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) as v (cmd)
     where c.relnamespace = 'ops'::regnamespace and c.relkind = 'r' and r.name not in ('public', 'oms_staff')
       and (r.name, c.relname, v.cmd) <> ('oms_sales', 'allocation_items_supplier', 'SELECT')
       and case v.cmd when 'DELETE' then has_table_privilege(r.name, c.oid, 'delete') else has_any_column_privilege(r.name, c.oid, v.cmd) end
       <> exists (
         select from pg_policies as p
         where p.schemaname = 'ops' and p.tablename = c.relname and p.cmd = v.cmd
           and exists (select from unnest(p.roles) as n (name) where pg_has_role(r.name, n.name, 'usage'))
       ) $$,
  'whoever is granted a verb has a policy for it, and the other way round'
);

create view tests.policies as
select
  p.*,
  case
    when p.roles <@ array['oms_client']::name[] then 'client'
    when p.roles <@ array['oms_factory']::name[] then 'factory'
    when p.roles <@ array['oms_vendor']::name[] then 'vendor'
    when p.roles <@ array['oms_staff', 'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin']::name[]
      then 'staff'
    when p.roles <@ array['oms_worker']::name[] then 'worker'
  end as audience
from pg_policies as p
where p.schemaname in ('ops', 'private');

select is_empty(
  $$ select p.tablename, p.policyname, p.roles from tests.policies as p where p.audience is null $$,
  'a policy is for one audience: staff, clients, factories, vendors or the job; none is for PUBLIC'
);
select is_empty(
  $$ select p.tablename, p.policyname from tests.policies as p where p.cmd = 'ALL' or p.permissive <> 'PERMISSIVE' $$,
  'a policy is for one command'
);
select is_empty(
  $$ select p.tablename, p.policyname from tests.policies as p
     where (p.qual is not null, p.with_check is not null) is distinct from (p.cmd <> 'INSERT', p.cmd in ('INSERT', 'UPDATE')) $$,
  'a policy states what its command needs: UPDATE both USING and WITH CHECK'
);
select is_empty(
  $$ select p.tablename, p.policyname, p.qual, p.with_check from tests.policies as p
     where p.audience = 'staff' and p.tablename not in ('tenants', 'organizations', 'notifications', 'notification_mutes', 'email_log', 'email_recipients') and p.policyname <> 'directory_sales_insert'
       and exists (
         select from unnest(array[p.qual, p.with_check]) as c (condition)
         where c.condition <> '(organization_id = ( SELECT private.organization_id() AS organization_id))'
       ) $$,
  'staff act on the rows of their organization: one comparison, made once a statement'
);
select is_empty(
  $$ select p.tablename, p.policyname from tests.policies as p
     cross join lateral unnest(array[p.qual, p.with_check]) as c (condition)
     where p.tablename in ('notifications', 'notification_mutes')
       and c.condition <> '((organization_id = ( SELECT private.organization_id() AS organization_id)) AND (user_id = ( SELECT private.actor_id() AS actor_id)))' $$,
  'but for what is a member''s own'
);
select is_empty(
  $$ select p.tablename, p.policyname, p.qual from tests.policies as p
     where p.tablename in ('email_log', 'email_recipients') and p.policyname !~ '_admin_read$'
       and p.qual !~ '^\(\(organization_id = \( SELECT private\.organization_id\(\) AS organization_id\)\) AND \(about = [^()]*(\(ARRAY\[[^()]*\]\))?\)\)$' $$,
  'and for mails: those about what the role reads'
);
select is_empty(
  $$ select p.tablename, p.policyname from tests.policies as p
     where p.audience <> 'staff' and p.policyname <> 'organizations_worker_read'
       and exists (
         select from unnest(array[p.qual, p.with_check]) as c (condition)
         where c.condition !~ '^\(?\((organization_)?id = \( SELECT private\.organization_id\(\) AS organization_id\)\)'
           or c.condition ~ ' OR '
       ) $$,
  'a portal''s policy begins with its organization and has no alternatives; the job''s too, but that it finds all organizations'
);
select is_empty(
  $$ select p.tablename, p.policyname from tests.policies as p
     where p.audience not in ('staff', 'worker') and p.cmd = 'SELECT' and p.qual !~ ' AND private\.counts_exactly\(\)\)$' $$,
  'no portal gets an estimate of rows that are hidden from it'
);
select is_empty(
  $$ select w.tablename, w.policyname from tests.policies as w
     where w.audience <> 'staff' and w.cmd <> 'SELECT'
       and exists (
         select from unnest(array[w.qual, w.with_check]) as c (condition)
         where c.condition is not null and not exists (
           select from tests.policies as r
           where r.tablename = w.tablename and r.audience = w.audience and r.cmd = 'SELECT' and replace(r.qual, ' AND private.counts_exactly()', '') = c.condition
         )
       ) $$,
  'a portal writes the rows that it reads, and leaves them so that it reads them'
);
select is_empty(
  $$ select p.tablename, p.policyname from tests.policies as p
     where p.policyname !~ ('^' || p.tablename || '_[a-z]+_' || case p.cmd when 'SELECT' then 'read' else lower(p.cmd) end || '$') $$,
  'a policy is named by its table, audience and command'
);

select set_eq(
  $$ select c.relname::text, a.attname::text
     from pg_class as c inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v')
       and has_column_privilege('oms_worker', c.oid, a.attnum, 'select')
       and c.relname not in ('supply_runs', 'planned_supplies', 'planning_exceptions', 'status_transitions') $$,
  $$ select t.name, unnest(string_to_array(t.columns, ' ')) from (values
    ('organizations', 'id code name'),
    ('orders', 'organization_id id order_number'),
    ('product_variants', 'organization_id id sku unit'),
    ('warehouses', 'organization_id id code'),
    ('directory', 'organization_id id name'),
    ('purchase_orders', 'organization_id id po_number vendor_id warehouse_id currency'),
    ('purchase_order_lines', 'organization_id id purchase_order_id line_total')
  ) as t (name, columns) $$,
  'the job reads runs, plans and exceptions, and of the rest no more than it calls things by'
);

-- 8. Keys

select set_eq(
  $$ select c.conrelid::regclass::text from pg_constraint as c
     inner join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.connamespace = 'ops'::regnamespace and c.contype = 'p' and a.attname <> 'organization_id' $$,
  array['ops.tenants', 'ops.organizations'],
  'the organization leads every primary key, but those of what it belongs to and of itself'
);
select is_empty(
  $$ select c.relname from pg_class as c where c.relnamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p')
       and not exists (select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'p') $$,
  'every table has a primary key'
);
select is_empty(
  $$ select c.conrelid::regclass, c.conname from pg_constraint as c
     inner join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.connamespace = 'ops'::regnamespace and c.contype = 'f'
       and a.attname <> 'organization_id' and c.conname not in ('organizations_tenant_fkey', 'organizations_company_fkey') $$,
  'a reference carries its organization, so none leads into another one'
);
select is_empty(
  $$ select c.conrelid::regclass, c.conname from pg_constraint as c
     where c.connamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.contype = 'f'
       and not exists (
         select from pg_index as i
         where i.indrelid = c.conrelid
           and (i.indpred is null or exists (
             select from pg_attribute as a
             where a.attrelid = c.conrelid and a.attnum = any(c.conkey)
               and pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname)
           ))
           and (string_to_array(i.indkey::text, ' ')::smallint[])[1:cardinality(c.conkey)] @> c.conkey
           and (string_to_array(i.indkey::text, ' ')::smallint[])[1] = c.conkey[1]
       ) $$,
  'an index leads with the columns of each foreign key'
);
select is_empty(
  $$ select c.conrelid::regclass, c.conname from pg_constraint as c
     where c.connamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.contype = 'f' and c.confdeltype = 'a' $$,
  'every foreign key states what happens on delete'
);
select is_empty(
  $$ select c.conrelid::regclass, c.conname from pg_constraint as c
     where c.connamespace = 'ops'::regnamespace and c.contype = 'f' and c.confdeltype = 'n'
       and coalesce(cardinality(c.confdelsetcols), 0) <> 1 $$,
  'a foreign key that is set null leaves the organization alone'
);
select is_empty(
  $$ select i.indexrelid::regclass from pg_index as i
     inner join pg_class as c on c.oid = i.indrelid
     inner join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relnamespace = 'ops'::regnamespace and i.indisunique and a.attname <> 'organization_id' and c.relname not in ('tenants', 'organizations')
       and i.indexrelid <> 'ops.members_current_key'::regclass $$,
  'what is unique is unique in its organization: another one''s rows cannot be found by a conflict'
);

-- 9. Names and comments

select is_empty(
  $$ select c.conrelid::regclass, c.conname from pg_constraint as c
     inner join pg_class as t on t.oid = c.conrelid
     where c.connamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.contype in ('p', 'u', 'f', 'c', 'x')
       and not t.relispartition and c.conname !~ ('^' || t.relname || case c.contype when 'p' then '_pkey$' when 'f' then '_[a-z0-9_]+_fkey$' when 'c' then '_[a-z0-9_]+_check$' else '_[a-z0-9_]+_key$' end) $$,
  'constraints are named <table>_<rule>_<kind>: clients map them to messages'
);
select is_empty(
  $$ select c.relname, i.relname from pg_index as x
     inner join pg_class as c on c.oid = x.indrelid
     inner join pg_class as i on i.oid = x.indexrelid
     where c.relnamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') and not x.indisprimary
       and not c.relispartition and i.relname !~ ('^' || c.relname || case when x.indisunique then '_[a-z0-9_]+_key$' else '_[a-z0-9_]+_idx$' end) $$,
  'so are unique indexes; the others end in _idx'
);
select is_empty(
  $$ select t.tgrelid::regclass, t.tgname from pg_trigger as t inner join pg_class as c on c.oid = t.tgrelid
     where not t.tgisinternal and c.relnamespace in ('ops'::regnamespace, 'private'::regnamespace)
       and t.tgname !~ '^_[1-9][0-9]{2}_[a-z_]+$' $$,
  'triggers fire in the order of their names: _<band>_<what it does>'
);
select is_empty(
  $$ select f.signature from tests.functions as f where f.is_trigger and f.signature !~ '^private\.tg_([a-z_]+)?_[a-z_]+\(\)$' $$,
  'trigger functions are private.tg_<table>__<task>, or tg__<task> where shared'
);
select is_empty(
  $$ select f.signature from tests.functions as f where f.is_trigger and not exists (select from pg_trigger as t where t.tgfoid = f.oid) $$,
  'every trigger function fires somewhere'
);
select is_empty(
  $$ select c.oid::regclass::text from pg_class as c
     where c.relnamespace in ('ops'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v') and not c.relispartition and obj_description(c.oid, 'pg_class') is null
     union all
     select f.signature from tests.functions as f where obj_description(f.oid, 'pg_proc') is null $$,
  'every table, view and function has a COMMENT'
);
select is_empty(
  $$ select f.signature from tests.functions as f
     where f.schema = 'ops' and f.signature <> 'ops.allocation_ids(ops.order_items)' and obj_description(f.oid, 'pg_proc') !~ 'Errors: ' $$,
  'the COMMENT of every command names its errors'
);
select is_empty(
  $$ select f.signature, e.code
     from tests.functions as f
     cross join lateral regexp_matches(obj_description(f.oid, 'pg_proc'), 'OMS_[A-Z_0-9]+', 'g') as m (codes)
     cross join unnest(m.codes) as e (code)
     where f.schema = 'ops' and e.code not in (select c.code from private.error_codes as c) $$,
  'and every one of them is in the catalogue'
);

select * from finish();
