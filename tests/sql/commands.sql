-- Every command, whatever it does: nothing said, and ids that nobody knows.

select * from no_plan();

create temp table commands as
select
  p.oid,
  p.proname::text as name,
  (
    select m.name
    from tests.personas as m
    where m.organization_id = '00000000-0000-7000-8000-000000000001' and m.name <> 'suspended'
      and has_function_privilege(m.role, p.oid, 'execute')
    order by m.name
    limit 1
  ) as persona,
  (select array_agg(t.type::regtype::text order by t.nth) from unnest(p.proargtypes) with ordinality as t (type, nth)) as types
from pg_catalog.pg_proc as p
where p.pronamespace = 'ops'::regnamespace and p.provolatile = 'v';

select isnt_empty('select from commands', 'there are commands');
select is_empty('select c.name from commands as c where c.persona is null', 'every command has somebody who may call it');

select matches(
  tests.attempt(c.persona, format('select ops.%I(%s)', c.name, (select string_agg('null::' || t.type, ', ' order by t.nth) from unnest(c.types) with ordinality as t (type, nth)))),
  '^PT4[0-9]{2} OMS_[A-Z_]+$',
  format('%s with nothing said is refused with a code', c.name)
)
from commands as c
where c.types is not null  -- planning production anew needs nothing said
order by c.name;

-- The third argument of submit_quote is a currency, which no word is.
select is(
  tests.attempt(c.persona, format(
    'select ops.%I(%s)', c.name,
    (
      select string_agg(case t.type
        when 'uuid' then quote_literal(private.new_id())
        when 'uuid[]' then 'array[' || quote_literal(private.new_id()) || '::uuid]'
        when 'numeric' then '1'
        when 'text' then case when t.nth = 3 then 'null' else quote_literal('word') end
        when 'jsonb' then 'null'
        else 'null::' || t.type
      end, ', ' order by t.nth)
      from unnest(c.types) with ordinality as t (type, nth)
    )
  )),
  'PT404 OMS_NOT_FOUND',
  format('%s of what nobody knows is refused as not found', c.name)
)
from commands as c
where c.types[1] = 'uuid'
order by c.name;

select * from finish();
