-- Quotes side by side, what a factory takes at least and can make at most, and how it has done.
-- The figures of the worked example are computed by hand in docs/quote_comparison.md.

select * from no_plan();

create function pg_temp.factory(
  code text, currency text, moq numeric, moq_per_colour numeric, amount numeric, surcharge numeric, capacity numeric default null
) returns void
language sql
as $$
  select tests.act('procurement', format(
    'insert into ops.directory (
      kinds, code, name, currency, approval_status, moq, moq_per_colour, minimum_order_amount, minimum_order_surcharge,
      monthly_capacity_qty
    ) values (''{factory}'', %L, %L, %L, ''approved'', %L, %L, %L, %L, %L)',
    code, initcap(code), currency, moq, moq_per_colour, amount, surcharge, capacity
  ))
$$;

create function pg_temp.offer(line uuid, factory text, price numeric, currency text, ready date) returns void
language sql
as $$
  select tests.act('procurement', format(
    'select ops.submit_quote(%L, %L, %L, ex_factory_date => %L)', tests.slice(line, factory), price, currency, ready
  ))
$$;

create function pg_temp.compared(line uuid, factory text, columns text) returns text
language sql
as $$
  select tests.ask('planner', format(
    'select concat_ws('' '', %s) from ops.quote_comparison as q where q.allocation_item_supplier_id = %L',
    columns, tests.slice(line, factory)
  ))
$$;

create function pg_temp.warnings(allocation uuid) returns text
language sql
as $$
  select tests.ask('planner', format(
    'select string_agg(concat_ws('' '', w.factory_name, w.warning, trim_scale(w.actual), ''of'', trim_scale(w.bound), w.unit), ''; '' order by w.factory_name, w.warning, w.subject)
    from ops.award_warnings as w where w.allocation_id = %L', allocation
  ))
$$;

create function pg_temp.line(colorway uuid, quantity numeric, sizes integer[] default '{}', ready date default '2027-02-10') returns uuid
language plpgsql
as $$
declare
  order_id constant uuid := tests.make_order();
begin
  perform tests.act('sales', format('update ops.orders set ex_factory_date = %L where id = %L', ready, order_id));
  return tests.make_line(quantity, sizes, order_id, colorway);
end
$$;

-- The worked example

select pg_temp.factory('hanoi', 'USD', 300, 100, 2500, 150);
select pg_temp.factory('dhaka', 'USD', 500, 200, 4000, 250);
select pg_temp.factory('porto', 'EUR', 50, 25, 1500, 90);
select pg_temp.factory('tirupur', 'USD', 200, 80, 2000, 120);
select pg_temp.factory('izmir', 'USD', 150, 50, 3000, 200);
select tests.act('finance', $$delete from ops.exchange_rates$$);
select tests.act('finance', $$
  insert into ops.exchange_rates (currency, rate_date, rate)
  values ('EUR', '2025-06-01', 0.9), ('EUR', '2026-01-01', 0.8), ('EUR', '2999-01-01', 0.5)
$$);
select tests.keep('navy_colour', tests.make_colorway());
select tests.keep('chalk_colour', private.new_id());
select tests.act('planner', $$
  insert into ops.colorways (id, style_id, marketing_name)
  select tests.the('chalk_colour'), c.style_id, 'Chalk' from ops.colorways as c where c.id = tests.the('navy_colour')
$$);
select tests.keep('navy', pg_temp.line(tests.the('navy_colour'), 1, '{40,120,80}'));
select tests.keep('chalk', pg_temp.line(tests.the('chalk_colour'), 60));
select tests.keep('allocation', tests.make_allocation(
  array[tests.the('navy'), tests.the('chalk')], '{hanoi,dhaka,porto,tirupur,izmir}'
));
select pg_temp.offer(tests.the(o.line), o.factory, o.price, o.currency, o.ready)
from (
  values
  ('navy', 'hanoi', 6.2, 'USD', '2027-02-05'::date), ('chalk', 'hanoi', 6.5, 'USD', '2027-02-05'),
  ('navy', 'dhaka', 5.8, 'USD', '2027-03-02'), ('chalk', 'dhaka', 6, 'USD', '2027-03-02'),
  ('navy', 'porto', 5, 'EUR', '2027-02-08'), ('chalk', 'porto', 5.2, 'EUR', '2027-02-08'),
  ('navy', 'tirupur', 4.9, 'GBP', '2027-02-01')
) as o (line, factory, price, currency, ready);
select tests.act('procurement', $$select ops.decline_quote(tests.slice(tests.the('chalk'), 'tirupur'))$$);

select is(
  pg_temp.compared(
    tests.the(e.line), e.factory,
    $$trim_scale(q.amount), trim_scale(q.surcharge), coalesce(trim_scale(q.landed_amount)::text, '-'), coalesce(trim_scale(q.landed_price)::text, '-'), coalesce(q.rank::text, '-'), array_to_string(q.problems, ',')$$
  ),
  e.expected, format('the worked example: %s from %s', e.line, e.factory)
)
from (
  values
  ('navy', 'hanoi', '1488 118.8498 1606.8498 6.6952 2 below_minimum_amount'),
  ('chalk', 'hanoi', '390 31.1502 421.1502 7.0192 2 below_colour_moq,below_minimum_amount'),
  ('navy', 'dhaka', '1392 198.6301 1590.6301 6.6276 3 late,below_moq,below_minimum_amount'),
  ('chalk', 'dhaka', '360 51.3699 411.3699 6.8562 3 late,below_moq,below_colour_moq,below_minimum_amount'),
  ('navy', 'porto', '1200 0 1500 6.25 1 '),
  ('chalk', 'porto', '312 0 390 6.5 1 '),
  ('navy', 'tirupur', '1176 - - - no_rate'),
  ('chalk', 'tirupur', '- - - declined'),
  ('navy', 'izmir', '- - - no_quote'),
  ('chalk', 'izmir', '- - - no_quote')
) as e (line, factory, expected);
select is(
  pg_temp.compared(tests.the('chalk'), 'dhaka', 'q.days_late, trim_scale(q.moq_shortfall_qty), trim_scale(q.colour_moq_shortfall_qty), trim_scale(q.minimum_amount_shortfall)'),
  '20 200 140 2248', 'what is late and what is short, in days, pieces and money'
);
select is(
  pg_temp.compared(tests.the('navy'), 'porto', 'trim_scale(q.rate), q.rate_date, q.landed_currency'), '0.8 2026-01-01 USD',
  'the rate that holds is the newest that is not after today'
);
select is(
  tests.ask('planner', $$
    select string_agg(concat_ws(' ', f.factory_name, f.quoted_lines, f.missing_lines, trim_scale(f.landed_amount), f.rank), ', ' order by f.rank, f.factory_name)
    from ops.quote_comparison_by_factory as f where f.allocation_id = tests.the('allocation')
  $$),
  'Porto 2 0 1890 1, Hanoi 2 0 2028 2, Dhaka 2 0 2002 3, Izmir 0 2, Tirupur 1 0',
  'the worked example: sums by factory'
);
select is(
  tests.ask('planner', $$
    select string_agg(concat_ws(' ', s.factory_name, s.price_index), ', ' order by s.factory_name)
    from ops.factory_scorecard as s where s.factory_name in ('Hanoi', 'Dhaka', 'Porto', 'Izmir')
  $$),
  'Dhaka 95.0, Hanoi 102.3, Izmir, Porto 102.7', 'the worked example: price index'
);

-- A currency that gets its rate; a rate that is corrected

select tests.act('finance', $$insert into ops.exchange_rates (currency, rate) values ('GBP', 0.7)$$);
select is(
  pg_temp.compared(tests.the('navy'), 'tirupur', 'trim_scale(q.surcharge), trim_scale(q.landed_amount), trim_scale(q.minimum_amount_shortfall), q.rank'),
  '84 1800 320 3',
  'the surcharge of 120 USD is due in pounds: 84 GBP, for 1680 USD are 320 less than 2000'
);
select tests.act('finance', $$update ops.exchange_rates set rate = 0.35 where currency = 'GBP'$$);
select is(
  pg_temp.compared(tests.the('navy'), 'tirupur', 'trim_scale(q.surcharge), trim_scale(q.landed_amount), q.rank'), '0 3360 3',
  'at twice the worth, the minimum is reached'
);
select tests.throws_code(
  'finance', $$insert into ops.exchange_rates (currency, rate) values ('USD', 1.1)$$, 'OMS_INVALID_ARGUMENT',
  'the organization''s own currency has no rate'
);
select tests.throws_code(
  'finance', $$insert into ops.exchange_rates (currency, rate) values ('GBP', 0.9)$$, 'OMS_ALREADY_EXISTS',
  'a currency has one rate a day'
);
select is(tests.attempt('finance', $$insert into ops.exchange_rates (currency, rate) values ('JPY', 0)$$), '23514', 'a rate is above zero');

-- Rank: without the date that was asked for, a quote is not on time; what is closed or declined does not compete

select pg_temp.offer(tests.the('navy'), 'porto', 5, 'EUR', null);
select is(
  pg_temp.compared(tests.the('navy'), 'porto', $$q.rank, array_to_string(q.problems, ',')$$), '3 no_ex_factory_date',
  'a quote without the date that was asked for ranks behind those on time, and among the others by price'
);
select pg_temp.offer(tests.the('navy'), 'porto', 5, 'EUR', '2027-02-08');
select tests.act('planner', $$update ops.allocation_items_supplier set closed_at = now() where id = tests.slice(tests.the('chalk'), 'hanoi')$$);
select is(
  pg_temp.compared(tests.the('navy'), 'hanoi', 'trim_scale(q.surcharge), trim_scale(q.landed_amount), trim_scale(q.moq_shortfall_qty)'), '150 1638 60',
  'a line that is closed counts no more: the surcharge falls on the one that is left, and the style has 60 pieces too few'
);
select is(pg_temp.compared(tests.the('chalk'), 'dhaka', 'q.rank'), '2', 'who is behind a closed quote moves up');
select is(
  pg_temp.compared(tests.the('chalk'), 'hanoi', $$q.rank, array_to_string(q.problems, ',')$$), 'closed', 'a closed candidate is named'
);
select is(
  pg_temp.compared(tests.the('navy'), 'hanoi', 'q.is_within_capacity'), 't', 'without a limit, a factory can make all'
);
select tests.act('procurement', $$select ops.submit_quote(tests.slice(tests.the('navy'), 'dhaka'), 5.8, capacity_qty => 239)$$);
select is(
  pg_temp.compared(tests.the('navy'), 'dhaka', $$q.is_within_capacity, 'over_capacity' = any(q.problems)$$), 'f t',
  'a factory that cannot make all the pieces is named'
);

-- Who reads it

select tests.denies(p.persona, format('select from ops.%I', v.name), format('%s does not read %s', p.persona, v.name))
from unnest(array['quote_comparison', 'quote_comparison_by_factory', 'factory_scorecard', 'factory_workload', 'award_warnings']) as v (name)
cross join unnest(array['factory_a', 'client_a', 'sales', 'vendor']) as p (persona);
select is(
  tests.ask('other_planner', $$select count(*) from ops.quote_comparison as q where q.allocation_id = tests.the('allocation')$$), '0',
  'another organization does not see the comparison'
);

-- A split of 60 to 40, and what it falls short of

select tests.act('planner', $$
  select ops.award_many(jsonb_build_array(
    jsonb_build_object('allocation_item_supplier_id', tests.slice(tests.the('navy'), 'porto'), 'percentage', 60),
    jsonb_build_object('allocation_item_supplier_id', tests.slice(tests.the('navy'), 'hanoi'), 'percentage', 40),
    jsonb_build_object('allocation_item_supplier_id', tests.slice(tests.the('chalk'), 'porto'))
  ))
$$);
select is(
  tests.ask('planner', format(
    $$select string_agg(trim_scale(z.quantity)::text, ' ' order by z.position) from ops.allocation_item_supplier_sizes as z where z.allocation_item_supplier_id = %L$$,
    tests.slice(tests.the('navy'), f.factory)
  )),
  f.sizes, format('the worked example: the sizes of %s', f.factory)
)
from (values ('porto', '24 72 48'), ('hanoi', '16 48 32')) as f (factory, sizes);
select is(
  pg_temp.warnings(tests.the('allocation')),
  'Hanoi below_colour_moq 96 of 100 pieces; Hanoi below_minimum_amount 595.2 of 2500 USD; Hanoi below_moq 96 of 300 pieces; Porto below_minimum_amount 1032 of 1500 EUR',
  'the worked example: the warnings'
);
select is(
  pg_temp.compared(tests.the('navy'), 'porto', 'trim_scale(q.order_qty), trim_scale(q.amount), q.rank'), '240 1200 1',
  'the comparison goes on telling what was asked and quoted'
);
select tests.accepts('procurement', $$select ops.issue_contracts(tests.the('allocation'))$$, 'what is warned of is issued');
select tests.set_setting('factory_minimums', 'ignore');
select is(pg_temp.warnings(tests.the('allocation')), null, 'what the organization ignores is not warned of');
select tests.set_setting('factory_minimums', 'refuse');
select tests.throws_code(
  'procurement', $$select ops.issue_contracts(tests.the('allocation'))$$, 'OMS_BELOW_FACTORY_MINIMUM',
  'a contract below its factory''s minimum is refused'
);
select is(
  (tests.refusal('procurement', $$select ops.issue_contracts(tests.the('allocation'), array[tests.id('porto')])$$) ->> 'details')::jsonb - 'factory_id',
  '{"warning": "below_minimum_amount", "subject": "EUR", "actual": 1032.0000, "bound": 1500.0000, "unit": "EUR"}'::jsonb,
  'the refusal names what is short'
);
select tests.act('procurement', $$update ops.directory set minimum_order_amount = 1032 where code = 'porto'$$);
select tests.accepts(
  'procurement', $$select ops.issue_contracts(tests.the('allocation'), array[tests.id('porto')])$$,
  'an order of exactly the minimum is issued'
);
select tests.act('procurement', $$update ops.directory set currency = 'CHF' where code = 'porto'$$);
select tests.throws_code(
  'procurement', $$select ops.issue_contracts(tests.the('allocation'), array[tests.id('porto')])$$, 'OMS_BELOW_FACTORY_MINIMUM',
  'a minimum in a currency without a rate is not taken for reached'
);
select is(
  pg_temp.warnings(tests.the('allocation')) ~ 'Porto no_rate of 1032 CHF', true, 'a minimum that cannot be compared is warned of as such'
);
select tests.set_setting('factory_minimums', 'warn');

-- Workload and capacity

create function pg_temp.load(factory text) returns text
language sql
as $$
  select tests.ask('planner', format(
    'select string_agg(concat_ws('' '', to_char(w.month, ''YYYY-MM''), trim_scale(w.load_qty), trim_scale(w.free_qty), w.utilisation_pct, w.is_over), '', '' order by w.month)
    from ops.factory_workload as w where w.factory_id = %L', tests.id(factory)
  ))
$$;
select pg_temp.factory('lodz', 'USD', null, null, null, null, 100);
select tests.keep('first', pg_temp.line(tests.the('navy_colour'), 60));
select tests.keep('second', pg_temp.line(tests.the('navy_colour'), 40));
select tests.keep('batch', tests.make_allocation(array[tests.the('first'), tests.the('second')], '{lodz}'));
select pg_temp.offer(tests.the('first'), 'lodz', 5, 'USD', '2027-03-15'), pg_temp.offer(tests.the('second'), 'lodz', 5, 'USD', null);
select is(pg_temp.load('lodz'), null, 'what is only quoted is no load');
select tests.award(tests.slice(tests.the('first'), 'lodz')), tests.award(tests.slice(tests.the('second'), 'lodz'));
select is(
  pg_temp.load('lodz'), '2027-02 40 60 40.0 f, 2027-03 60 40 60.0 f',
  'awards count in the month that was quoted, else in the one that we want'
);
select tests.keep('third', pg_temp.line(tests.the('navy_colour'), 41, ready => '2027-03-01'));
select tests.keep('batch_2', tests.make_allocation(array[tests.the('third')], '{lodz}'));
select pg_temp.offer(tests.the('third'), 'lodz', 5, 'USD', '2027-03-31');
select tests.set_setting('factory_capacity', 'refuse');
select tests.throws_code(
  'planner', $$select ops.award(tests.slice(tests.the('third'), 'lodz'))$$, 'OMS_FACTORY_OVER_CAPACITY',
  'an award beyond the month''s capacity is refused'
);
select tests.accepts('planner', $$select ops.award(tests.slice(tests.the('third'), 'lodz'), 40)$$, 'an award up to the month''s capacity is not');
select tests.set_setting('factory_capacity', 'warn');
select tests.award(tests.slice(tests.the('third'), 'lodz'));
select is(
  pg_temp.warnings(tests.the('batch_2')), 'Lodz late 30 of 0 days; Lodz over_capacity 101 of 100 pieces',
  'an award beyond capacity and later than we want is warned of'
);
select is(
  pg_temp.warnings(tests.the('batch')) ~ 'over_capacity 101', true, 'each allocation with work in the month is warned'
);
select tests.keep('contract', tests.issue(tests.slice(tests.the('third'), 'lodz')));
select tests.set_setting('factory_capacity', 'refuse');
select tests.throws_code(
  'procurement', $$select ops.issue_contracts(tests.the('batch'), ex_factory_date => '2027-03-10')$$, 'OMS_FACTORY_OVER_CAPACITY',
  'a contract whose date moves work into a full month is refused'
);
select tests.accepts(
  'procurement', $$select ops.issue_contracts(tests.the('batch'), ex_factory_date => '2027-05-10')$$,
  'a contract whose date moves it out of there is not'
);
select tests.act('procurement', $$select ops.issue_contracts(tests.the('batch'), ex_factory_date => '2027-04-10')$$);
select is(pg_temp.load('lodz'), '2027-03 41 59 41.0 f, 2027-04 100 0 100.0 f', 'the contract''s date says in which month its work is due');
select tests.act('procurement', $$select ops.sign_contract(tests.the('contract'), 'Jan of Lodz', po_document_uri => 'storage://signed')$$);
select tests.receive(tests.slice(tests.the('third'), 'lodz'), 20, 2);
select is(
  tests.ask('planner', format(
    'select trim_scale(w.load_qty) from ops.factory_workload_slices as w where w.allocation_item_supplier_id = %L', tests.slice(tests.the('third'), 'lodz')
  )),
  '23', 'what is accepted is no load any more; what was rejected is to be made again'
);

-- Scorecard

select tests.receive(tests.slice(tests.the('third'), 'lodz'), 23);
select is(
  tests.ask('planner', $$
    select concat_ws(' ', s.quotes_asked, s.quotes_answered, s.median_quote_hours, s.slices_completed, s.slices_on_time, s.on_time_pct, trim_scale(s.received_qty), trim_scale(s.rejected_qty), s.reject_pct, s.prices_compared)
    from ops.factory_scorecard as s where s.factory_name = 'Lodz'
  $$),
  '3 3 0.0 1 1 100.0 43 2 4.7 0', 'the scorecard counts quotes, deliveries and rejects'
);
reset role;
update ops.factory_receipts as r set received_date = '2027-04-01'
where r.allocation_item_supplier_id = tests.slice(tests.the('third'), 'lodz') and r.qty_received = 23;
update ops.allocation_items_supplier as s set quoted_at = s.invited_at + interval '36 hours'
where s.id = tests.slice(tests.the('third'), 'lodz');
update ops.allocation_items_supplier as s set quoted_at = s.invited_at + interval '12 hours'
where s.id = tests.slice(tests.the('first'), 'lodz');
select is(
  tests.ask('planner', $$
    select concat_ws(' ', s.median_quote_hours, s.slices_completed, s.slices_on_time, s.on_time_pct)
    from ops.factory_scorecard as s where s.factory_name = 'Lodz'
  $$),
  '12.0 1 0 0.0', 'a slice whose last receipt came after the contract''s date was late; half of the quotes came within twelve hours'
);
select is(
  tests.ask('planner', $$select count(*) from ops.factory_scorecard as s where s.factory_name = 'Client A'$$), '0', 'only factories have a scorecard'
);

select * from finish();
