-- Every step of every status: who may take it, and that all other steps, and everybody else, are refused.
--
-- The steps are written down here once more, so that one that slips into ops.status_transitions fails. Every ordered
-- pair of each enum is then tried by everybody who may write the status at all, and by the system.

select no_plan();

create table tests.steps as
select s.machine, s.from_status, s.to_status, string_to_array(s.who, ' ') as who
from (
  values
  ('orders', null, 'requested', 'client sales'),
  ('orders', null, 'quote_draft', 'sales'),
  ('orders', null, 'sales_order', 'sales planner system'),
  ('orders', 'requested', 'quote_draft', 'sales'),
  ('orders', 'requested', 'sales_order', 'sales planner'),
  ('orders', 'requested', 'cancelled', 'client sales'),
  ('orders', 'quote_draft', 'quote_sent', 'sales'),
  ('orders', 'quote_draft', 'cancelled', 'sales'),
  ('orders', 'quote_sent', 'quote_draft', 'sales'),
  ('orders', 'quote_sent', 'quote_approved', 'sales system'),
  ('orders', 'quote_sent', 'quote_declined', 'sales system'),
  ('orders', 'quote_sent', 'quote_expired', 'sales system'),
  ('orders', 'quote_sent', 'cancelled', 'sales'),
  ('orders', 'quote_approved', 'sales_order', 'sales system'),
  ('orders', 'quote_approved', 'cancelled', 'sales'),
  ('orders', 'quote_declined', 'quote_draft', 'sales'),
  ('orders', 'quote_expired', 'quote_draft', 'sales'),
  ('orders', 'sales_order', 'so_sent', 'sales system'),
  ('orders', 'sales_order', 'closed', 'sales system'),
  ('orders', 'sales_order', 'cancelled', 'sales'),
  ('orders', 'so_sent', 'so_approved', 'sales system'),
  ('orders', 'so_sent', 'sales_order', 'sales'),
  ('orders', 'so_sent', 'cancelled', 'sales'),
  ('orders', 'so_approved', 'closed', 'sales system'),
  ('orders', 'so_approved', 'cancelled', 'sales'),
  ('orders', 'closed', 'so_approved', 'sales'),

  ('bom_versions', null, 'draft', 'planner production system'),
  ('bom_versions', 'draft', 'active', 'planner production'),
  ('bom_versions', 'active', 'retired', 'planner production'),

  ('production_orders', null, 'queued', 'planner production system'),
  ('production_orders', 'queued', 'on_hold', 'system'),
  ('production_orders', 'queued', 'ready', 'system'),
  ('production_orders', 'queued', 'released', 'system'),
  ('production_orders', 'on_hold', 'ready', 'system'),
  ('production_orders', 'on_hold', 'released', 'system'),
  ('production_orders', 'ready', 'on_hold', 'system'),
  ('production_orders', 'ready', 'released', 'planner production system'),
  ('production_orders', 'queued', 'cancelled', 'planner production'),
  ('production_orders', 'on_hold', 'cancelled', 'planner production'),
  ('production_orders', 'ready', 'cancelled', 'planner production'),
  ('production_orders', 'released', 'cancelled', 'planner production'),
  ('production_orders', 'in_progress', 'cancelled', 'planner production'),
  ('production_orders', 'released', 'in_progress', 'system'),
  ('production_orders', 'in_progress', 'completed', 'planner production system'),

  ('purchase_orders', null, 'draft', 'planner procurement system'),
  ('purchase_orders', 'draft', 'submitted', 'planner procurement'),
  ('purchase_orders', 'draft', 'cancelled', 'planner procurement system'),
  ('purchase_orders', 'submitted', 'approved', 'sales planner procurement production warehouse finance admin'),
  ('purchase_orders', 'submitted', 'draft', 'sales planner procurement production warehouse finance admin'),
  ('purchase_orders', 'submitted', 'cancelled', 'planner procurement'),
  ('purchase_orders', 'approved', 'draft', 'planner procurement'),
  ('purchase_orders', 'approved', 'sent', 'planner procurement'),
  ('purchase_orders', 'approved', 'cancelled', 'planner procurement'),
  ('purchase_orders', 'sent', 'acknowledged', 'vendor planner procurement'),
  ('purchase_orders', 'sent', 'closed', 'planner procurement system'),
  ('purchase_orders', 'sent', 'cancelled', 'planner procurement'),
  ('purchase_orders', 'acknowledged', 'closed', 'planner procurement system'),
  ('purchase_orders', 'acknowledged', 'cancelled', 'planner procurement'),
  ('purchase_orders', 'closed', 'sent', 'system'),
  ('purchase_orders', 'closed', 'acknowledged', 'system'),

  ('allocation_items_supplier.quote_status', null, 'invited', 'planner procurement system'),
  ('allocation_items_supplier.quote_status', 'invited', 'quoted', 'factory planner procurement'),
  ('allocation_items_supplier.quote_status', 'invited', 'declined', 'factory planner procurement'),
  ('allocation_items_supplier.quote_status', 'quoted', 'declined', 'factory planner procurement'),
  ('allocation_items_supplier.quote_status', 'quoted', 'withdrawn', 'factory planner procurement'),
  ('allocation_items_supplier.quote_status', 'declined', 'quoted', 'factory planner procurement'),
  ('allocation_items_supplier.quote_status', 'withdrawn', 'quoted', 'factory planner procurement'),

  ('factory_pos', null, 'DRAFT', 'planner procurement system'),
  ('factory_pos', 'DRAFT', 'ISSUED', 'planner procurement'),
  ('factory_pos', 'DRAFT', 'CANCELLED', 'planner procurement system'),
  ('factory_pos', 'ISSUED', 'PC_SIGNED', 'factory planner procurement'),
  ('factory_pos', 'ISSUED', 'CANCELLED', 'planner procurement system'),
  ('factory_pos', 'PC_SIGNED', 'CLOSED', 'system'),
  ('factory_pos', 'CLOSED', 'PC_SIGNED', 'system'),
  ('factory_pos', 'CLOSED', 'CANCELLED', 'system'),
  ('factory_pos', 'PC_SIGNED', 'CANCELLED', 'planner procurement system'),

  ('factory_invoices', null, 'submitted', 'factory procurement finance'),
  ('factory_invoices', 'submitted', 'approved', 'procurement finance'),
  ('factory_invoices', 'submitted', 'disputed', 'procurement finance'),
  ('factory_invoices', 'submitted', 'voided', 'factory procurement finance'),
  ('factory_invoices', 'disputed', 'approved', 'procurement finance'),
  ('factory_invoices', 'disputed', 'voided', 'factory procurement finance'),
  ('factory_invoices', 'approved', 'voided', 'procurement finance'),


  ('allocation_items_supplier.production_status', null, 'not_started', 'planner procurement system')
) as s (machine, from_status, to_status, who)
union all
-- Production: a factory goes on, skipping what it likes; only staff go back.
select
  'allocation_items_supplier.production_status', f.stage, t.stage,
  case when t.nth > f.nth then array['factory', 'planner', 'procurement'] else array['planner', 'procurement'] end
from unnest('{not_started,materials,cutting,sewing,finishing,packed,shipped}'::text[]) with ordinality as f (stage, nth)
cross join unnest('{not_started,materials,cutting,sewing,finishing,packed,shipped}'::text[]) with ordinality as t (stage, nth)
where f.stage <> t.stage;

select set_eq(
  $$ select t.machine, t.from_status, t.to_status, r.role from ops.status_transitions as t cross join unnest(t.roles) as r (role) $$,
  $$ select s.machine, s.from_status, s.to_status, case w.who when 'system' then w.who else 'oms_' || w.who end
     from tests.steps as s cross join unnest(s.who) as w (who) $$,
  'the steps that are published are these'
);

-- How to bring a row into each state, by whom, and how it is moved on. Everything happens to one order, one candidate,
-- one awarded slice and one contract, and is taken back in between.

create table tests.machines as
select *
from (
  values
  ('orders', 'ops.order_status', 'orders', 'status', 'client_po_number = ''SUBJECT''', '', '{client_a,sales,planner}'::text[]),
  ('allocation_items_supplier.quote_status', 'ops.quote_status', 'allocation_items_supplier', 'quote_status', '', ', price = 5', '{factory_b,planner,procurement}'),
  ('allocation_items_supplier.production_status', 'ops.production_status', 'allocation_items_supplier', 'production_status', format('id = %L', tests.slice_id('A-100', 1, 'factory_b')), '', '{factory_b,planner,procurement}'),
  ('factory_invoices', 'ops.factory_invoice_status', 'factory_invoices', 'status', 'invoice_number = ''SUBJECT''', '', '{factory_b,procurement,finance}'),
  ('production_orders', 'ops.production_order_status', 'production_orders', 'status', 'id = tests.the(''making'')', '', '{planner,production}'),
  ('bom_versions', 'ops.bom_status', 'bom_versions', 'status', 'version = 2', ', valid_from = ''2026-06-01''', '{planner,production}'),
  ('purchase_orders', 'ops.purchase_order_status', 'purchase_orders', 'status', 'note = ''SUBJECT''', '', '{sales,planner,procurement,production,warehouse,finance,admin,vendor}'),
  ('factory_pos', 'ops.factory_po_status', 'factory_pos', 'status', format('id = %L', tests.contract_id('Spring', 'factory_b')), ', po_document_uri = ''storage://signed''', '{factory_b,planner,procurement}')
) as m (machine, enum, relation, status_column, subject, also_written, writers);

select tests.become('planner');
select ops.allocate_items('Transitions', jsonb_build_array(jsonb_build_object('order_item_id', tests.line_id('A-100', 3))), array[tests.id('factory_b')]);
select ops.send_allocation(tests.allocation_id('Transitions'));
select tests.become('factory_b');
select ops.submit_factory_invoice(
  tests.contract_id('Winter of B', 'factory_b'), 'SUBJECT',
  jsonb_build_array(jsonb_build_object('allocation_item_supplier_id', tests.slice_id('A-100', 4, 'factory_b'), 'quantity', 5))
);
reset role;
update tests.machines set subject = format('id = %L', tests.slice_id('A-100', 3, 'factory_b'))
where machine = 'allocation_items_supplier.quote_status';

-- One that nobody has looked at yet, so that it is queued.
alter table ops.production_orders disable trigger _550_check_new;
select tests.keep('making', tests.ask('planner', format('insert into ops.production_orders (product_variant_id, quantity) values (%L, 1000) returning id', tests.variant_id('FW-102-WHITE-M')))::uuid);

-- An order that somebody has to approve: finance does.
select tests.act('admin', $$update ops.purchase_approval_tiers set from_amount = 0, approver_role = 'oms_finance'$$);
select tests.keep('purchase_line', tests.purchase('vendor', 'TAPE-20', 1, 5));
select tests.keep('purchase', tests.purchase_order(tests.the('purchase_line')));
select tests.act('planner', format('update ops.purchase_orders set note = ''SUBJECT'' where id = %L', tests.the('purchase')));

create table tests.ways as
select *
from (
  values
  ('orders', 'requested', 'sales', '{requested}'::text[]),
  ('orders', 'quote_draft', 'sales', '{quote_draft}'),
  ('orders', 'quote_sent', 'sales', '{quote_draft,quote_sent}'),
  ('orders', 'quote_approved', 'sales', '{quote_draft,quote_sent,quote_approved}'),
  ('orders', 'quote_declined', 'sales', '{quote_draft,quote_sent,quote_declined}'),
  ('orders', 'quote_expired', 'sales', '{quote_draft,quote_sent,quote_expired}'),
  ('orders', 'sales_order', 'sales', '{sales_order}'),
  ('orders', 'so_sent', 'sales', '{sales_order,so_sent}'),
  ('orders', 'so_approved', 'sales', '{sales_order,so_sent,so_approved}'),
  ('orders', 'closed', 'sales', '{sales_order,closed}'),
  ('orders', 'cancelled', 'sales', '{sales_order,cancelled}'),
  ('allocation_items_supplier.quote_status', 'invited', 'planner', '{invited}'),
  ('allocation_items_supplier.quote_status', 'quoted', 'planner', '{invited,quoted}'),
  ('allocation_items_supplier.quote_status', 'declined', 'planner', '{invited,declined}'),
  ('allocation_items_supplier.quote_status', 'withdrawn', 'planner', '{invited,quoted,withdrawn}'),
  ('factory_invoices', 'submitted', 'procurement', '{submitted}'),
  ('factory_invoices', 'approved', 'procurement', '{submitted,approved}'),
  ('factory_invoices', 'disputed', 'procurement', '{submitted,disputed}'),
  ('factory_invoices', 'voided', 'procurement', '{submitted,voided}'),
  ('production_orders', 'queued', 'system', '{queued}'),
  ('production_orders', 'on_hold', 'system', '{queued,on_hold}'),
  ('production_orders', 'ready', 'system', '{queued,ready}'),
  ('production_orders', 'released', 'system', '{queued,ready,released}'),
  ('production_orders', 'in_progress', 'system', '{queued,ready,released,in_progress}'),
  ('production_orders', 'completed', 'system', '{queued,ready,released,in_progress,completed}'),
  ('production_orders', 'cancelled', 'planner', '{queued,cancelled}'),
  ('bom_versions', 'draft', 'planner', '{draft}'),
  ('bom_versions', 'active', 'planner', '{draft,active}'),
  ('bom_versions', 'retired', 'planner', '{draft,active,retired}'),
  ('purchase_orders', 'draft', 'planner', '{draft}'),
  ('purchase_orders', 'submitted', 'planner', '{draft,submitted}'),
  ('purchase_orders', 'approved', 'planner', '{draft,submitted,approved}'),
  ('purchase_orders', 'sent', 'planner', '{draft,submitted,approved,sent}'),
  ('purchase_orders', 'acknowledged', 'planner', '{draft,submitted,approved,sent,acknowledged}'),
  ('purchase_orders', 'closed', 'planner', '{draft,submitted,approved,sent,closed}'),
  ('purchase_orders', 'cancelled', 'planner', '{draft,cancelled}'),
  ('factory_pos', 'DRAFT', 'planner', '{DRAFT}'),
  ('factory_pos', 'ISSUED', 'planner', '{DRAFT,ISSUED}'),
  ('factory_pos', 'PC_SIGNED', 'planner', '{DRAFT,ISSUED,PC_SIGNED}'),
  ('factory_pos', 'CLOSED', 'system', '{DRAFT,ISSUED,PC_SIGNED,CLOSED}'),
  ('factory_pos', 'CANCELLED', 'planner', '{DRAFT,ISSUED,CANCELLED}')
) as w (machine, state, by_whom, way)
union all
select 'allocation_items_supplier.production_status', s.stage, 'planner', array['not_started', s.stage]
from unnest('{not_started,materials,cutting,sewing,finishing,packed,shipped}'::text[]) as s (stage);

select set_eq(
  $$ select m.machine, e.enumlabel::text from tests.machines as m inner join pg_enum as e on e.enumtypid = m.enum::regtype $$,
  $$ select w.machine, w.state from tests.ways as w $$,
  'every state of every machine is reached'
);
select set_eq(
  $$ select t.machine from ops.status_transitions as t $$, $$ select m.machine from tests.machines as m $$,
  'every machine is tried'
);
select set_eq(
  $$ select m.machine, r.role
     from tests.machines as m
     cross join (select distinct p.role from tests.personas as p) as r
     where has_column_privilege(r.role, 'ops.' || m.relation, m.status_column, 'update') $$,
  $$ select m.machine, p.role
     from tests.machines as m cross join unnest(m.writers) as w (name) inner join tests.personas as p on p.name = w.name $$,
  'nobody else may write a status at all'
);

create function tests.step(who text, statement text) returns jsonb
language plpgsql
as $$
declare
  state text;
  hint text;
  detail text;
  affected bigint;
begin
  begin
    -- The system is the owner at work, inside a trigger, for whoever set it off.
    perform tests.become(case who when 'system' then 'planner' else who end);
    if who = 'system' then
      reset role;
    end if;
    execute statement;
    get diagnostics affected = row_count;
    raise exception using errcode = 'TRYIT';
  exception when others then
    get stacked diagnostics state = returned_sqlstate, hint = pg_exception_hint, detail = pg_exception_detail;
  end;
  return jsonb_build_object(
    'outcome', case when state = 'TRYIT' then affected || ' row' when state like 'PT%' then format('%s %s', state, hint) else state end,
    'allowed', case when hint = 'OMS_TRANSITION_NOT_ALLOWED' then to_jsonb(array(select jsonb_array_elements_text(detail::jsonb -> 'allowed') order by 1)) end
  );
end
$$;

create function tests.move(machine tests.machines, who text, to_state text) returns text
language sql
as $$
  select format(
    'update ops.%I set %I = %L%s where %s',
    machine.relation, machine.status_column, to_state,
    -- Staff record a signature with its document.
    case
      when who = 'factory_b' and machine.relation = 'factory_pos' then ''
      when machine.relation = 'factory_invoices' and to_state = 'voided' then ', void_reason = ''Wrong'''
      when machine.relation = 'factory_invoices' and to_state = 'disputed' and who <> 'factory_b' then ', dispute_reason = ''Wrong'''
      else machine.also_written
    end,
    machine.subject
  )
$$;

create function tests.all_steps(machine_name text) returns setof text
language plpgsql
as $$
declare
  m tests.machines;
  w tests.ways;
  who text;
  audience text;
  to_state text;
  done jsonb;
  listed text[];
  expected text;
  results jsonb;
begin
  select * into strict m from tests.machines as t where t.machine = machine_name;
  for w in select * from tests.ways as t where t.machine = machine_name loop
    results := '[]';
    begin
      if m.relation = 'orders' then
        perform tests.become('sales');
        insert into ops.orders (client_id, client_po_number, type, status)
        values (tests.id('client_a'), 'SUBJECT', 'quote', w.way[1]::ops.order_status);
        reset role;
      end if;
      foreach to_state in array w.way[2:] loop
        perform tests.become('planner');
        if w.by_whom <> 'system' or m.relation = 'factory_pos' and to_state <> 'CLOSED' then
          perform tests.become(case
            when w.by_whom = 'system' then 'planner'
            when m.relation = 'purchase_orders' and to_state = 'approved' then 'finance'
            else w.by_whom
          end);
        else
          reset role;
        end if;
        execute tests.move(m, w.by_whom, to_state);
        reset role;
      end loop;

      foreach who in array array_append(m.writers, 'system') loop
        audience := split_part(who, '_', 1);
        listed := array(select s.to_status from tests.steps as s where s.machine = machine_name and s.from_status = w.state and audience = any(s.who) order by 1);
        for to_state in select e.enumlabel from pg_enum as e where e.enumtypid = m.enum::regtype and e.enumlabel <> w.state loop
          done := tests.step(who, tests.move(m, who, to_state));
          expected := case
            when audience = 'factory' and m.relation = 'factory_pos' and w.state = 'DRAFT' then '0 row'  -- not even seen
            when audience = 'client' and w.state <> 'requested' then 'PT409 OMS_ORDER_NOT_OPEN'
            when audience = 'vendor' and w.state in ('draft', 'submitted', 'approved', 'cancelled') then '0 row'
            when m.relation = 'purchase_orders' and w.state = 'submitted' and to_state = 'approved'
              and who not in ('finance', 'vendor', 'system') then 'PT403 OMS_NOT_THE_APPROVER'
            when m.relation = 'purchase_orders' and w.state = 'submitted' and to_state = 'draft'
              and who not in ('planner', 'procurement', 'vendor', 'system') then 'PT422 OMS_INVALID_ARGUMENT'  -- without a reason
            when to_state = any(listed) then '1 row'
            else 'PT409 OMS_TRANSITION_NOT_ALLOWED'
          end;
          if expected = 'PT409 OMS_TRANSITION_NOT_ALLOWED' then
            expected := format('%s, but: %s', expected, to_jsonb(listed));
          end if;
          results := results || jsonb_build_array(jsonb_build_object(
            'outcome', concat_ws(', but: ', done ->> 'outcome', done ->> 'allowed'), 'expected', expected,
            'name', format('%s: %s %s %s to %s', machine_name, audience, case expected when '1 row' then 'goes from' else 'cannot go from' end, w.state, to_state)
          ));
        end loop;
      end loop;
      raise exception using errcode = 'TRYIT';
    exception when sqlstate 'TRYIT' then null;
    end;
    return query select is(r ->> 'outcome', r ->> 'expected', r ->> 'name') from jsonb_array_elements(results) as r;
  end loop;
end
$$;
select tests.all_steps(m.machine) from tests.machines as m;

-- Births: the state that a row may begin in, and by whom.

create function tests.all_births(machine_name text, insertion text, who_all text[]) returns setof text
language sql
as $$
  select is(
    tests.step(b.who, format(insertion, b.to_state)) ->> 'outcome',
    case
      when b.who <> 'system' and machine_name <> 'orders' then '42501'  -- nobody may even name it
      when exists (
        select from tests.steps as s
        where s.machine = machine_name and s.from_status is null and s.to_status = b.to_state and b.who = any(s.who)
      ) then '1 row'
      else 'PT409 OMS_TRANSITION_NOT_ALLOWED'
    end,
    format('%s: %s asks to begin one as %s', machine_name, b.who, b.to_state)
  )
  from (
    select w.who, e.enumlabel::text as to_state
    from tests.machines as m
    inner join pg_enum as e on e.enumtypid = m.enum::regtype
    cross join unnest(who_all) as w (who)
    where m.machine = machine_name
  ) as b
$$;
select tests.all_births(
  'orders',
  format('insert into ops.orders (client_id, type, status) values (%L, ''quote'', %%L)', tests.id('client_a')),
  '{sales,planner,system}'
);
select tests.all_births(
  'allocation_items_supplier.quote_status',
  format(
    'insert into ops.allocation_items_supplier (allocation_item_id, factory_id, order_qty, quote_status, price, currency, quoted_at) values (%L, %L, 1, %%L, 1, ''USD'', now())',
    tests.allocation_item_id('A-100', 2), tests.id('factory_c')
  ),
  '{planner,procurement,system}'
);
select tests.all_births(
  'factory_invoices',
  format(
    'insert into ops.factory_invoices (factory_po_id, invoice_number, status) values (%L, ''BORN'', %%L)',
    tests.contract_id('Winter of B', 'factory_b')
  ),
  '{factory_b,procurement,finance,system}'
);
select tests.all_births(
  'production_orders',
  format('insert into ops.production_orders (product_variant_id, quantity, status) values (%L, 1, %%L)', tests.variant_id('FW-102-WHITE-M')),
  '{planner,production,system}'
);
select tests.all_births(
  'bom_versions',
  format(
    'insert into ops.bom_versions (organization_id, bom_template_id, status, valid_from, created_by) select t.organization_id, t.id, %%L, current_date, t.created_by from ops.bom_templates as t where t.product_id = %L',
    tests.product_id('FW-102')
  ),
  '{planner,production,system}'
);
select tests.all_births(
  'factory_pos',
  format(
    'insert into ops.factory_pos (allocation_id, factory_id, currency, status) values (%L, %L, ''CHF'', %%L)',
    tests.allocation_id('Autumn'), tests.id('factory_a')
  ),
  '{planner,procurement,system}'
);
select tests.all_births(
  'purchase_orders', format('insert into ops.purchase_orders (vendor_id, status) values (%L, %%L)', tests.id('vendor')),
  '{planner,procurement,system}'
);
select is(
  tests.step(who, format(
    'insert into ops.allocation_items_supplier (allocation_item_id, factory_id, order_qty, production_status) values (%L, %L, 1, ''sewing'')',
    tests.allocation_item_id('A-100', 2), tests.id('factory_c')
  )) ->> 'outcome', '42501', format('allocation_items_supplier.production_status: %s cannot name it at birth', who)
)
from unnest(array['planner', 'procurement']) as w (who);

create function tests.born(who text, insertion text) returns text
language plpgsql
as $$
declare
  state text;
begin
  begin
    perform tests.become(who);
    execute insertion into state;
    raise exception using errcode = 'TRYIT';
  exception when sqlstate 'TRYIT' then null;
  end;
  return state;
end
$$;
select is(
  tests.born('client_a', 'insert into ops.orders (client_po_number) values (''BORN'') returning status'), 'requested',
  'orders: what a client enters is a request'
);
select is(
  tests.attempt('client_a', 'insert into ops.orders (client_po_number, status) values (''BORN'', ''requested'')'), '42501',
  'orders: a client does not name the state'
);
select is(
  tests.born('sales', format('insert into ops.orders (client_id) values (%L) returning status', tests.id('client_a'))), 'sales_order',
  'orders: what sales enter is a sales order, unless they say otherwise'
);
select is(
  tests.born(who, format(
    'insert into ops.allocation_items_supplier (allocation_item_id, factory_id, order_qty) values (%L, %L, 1) returning (quote_status, production_status)',
    tests.allocation_item_id('A-100', 2), tests.id('factory_c')
  )), '(invited,not_started)', format('allocation_items_supplier: a candidate of %s is to quote, and has made nothing', who)
)
from unnest(array['planner', 'procurement']) as w (who);
select is(
  tests.born(who, format(
    'insert into ops.factory_pos (allocation_id, factory_id, currency) values (%L, %L, ''CHF'') returning status',
    tests.allocation_id('Autumn'), tests.id('factory_a')
  )), 'DRAFT', format('factory_pos: a contract of %s begins as a draft', who)
)
from unnest(array['planner', 'procurement']) as w (who);

select * from finish();
