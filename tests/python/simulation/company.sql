-- A company of its own for one game: made by the owner, before anybody acts. Returns who is who.
-- Factory C is listed but not approved; client B and factory B reckon in euros; factory C has no currency.
-- A mill sells in euros, and nobody speaks for it.
-- Factory A takes no less than 6 pieces of a style and makes no more than 150 a month, factory B takes no less than 50 euros.
with organization as (
  insert into ops.organizations (tenant_id, code, name, currency)
  select t.id, 'game-' || replace(gen_random_uuid()::text, '-', ''), 'Game', 'USD' from ops.tenants as t where t.name = 'Tests'
  returning id
),
persona as (
  select o.id as organization_id, p.name, p.role, private.new_id() as user_id,
         case when p.kind is not null then private.new_id() end as party_id, p.kind, p.currency
  from organization as o
  cross join (
    values
    ('sales', 'oms_sales', null, null), ('planner', 'oms_planner', null, null),
    ('procurement', 'oms_procurement', null, null), ('production', 'oms_production', null, null),
    ('warehouse', 'oms_warehouse', null, null), ('finance', 'oms_finance', null, null),
    ('admin', 'oms_admin', null, null),
    ('client_a', 'oms_client', 'client', 'USD'), ('client_b', 'oms_client', 'client', 'EUR'),
    ('factory_a', 'oms_factory', 'factory', 'USD'), ('factory_b', 'oms_factory', 'factory', 'EUR'),
    ('factory_c', 'oms_factory', 'factory', null),
    ('vendor', 'oms_vendor', 'vendor', 'USD')
  ) as p (name, role, kind, currency)
),
party as (
  insert into ops.directory (
    organization_id, id, kinds, code, name, currency, moq, monthly_capacity_qty, minimum_order_amount,
    approval_status, created_by
  )
  select p.organization_id, p.party_id, array[p.kind]::ops.party_kind[], p.name, p.name, p.currency,
         case p.name when 'factory_a' then 6 end, case p.name when 'factory_a' then 150 end,
         case p.name when 'factory_b' then 50 end,
         case p.name when 'factory_c' then 'pending' else 'approved' end::ops.approval_status, p.user_id
  from persona as p
  where p.party_id is not null
  union all
  select o.id, private.new_id(), '{company}', 'us', 'Us', 'USD', null, null, null, 'approved', private.new_id()
  from organization as o
  union all
  select o.id, private.new_id(), '{vendor}', 'mill', 'Mill', 'EUR', null, null, null, 'approved', private.new_id()
  from organization as o
  returning organization_id, id, kinds
),
member as (
  insert into ops.members (organization_id, user_id, role, party_id, full_name, is_current)
  select p.organization_id, p.user_id, p.role::ops.member_role, p.party_id, p.name, true from persona as p
  returning id
)
select p.name, p.role, p.user_id::text, p.organization_id::text, p.party_id::text,
       (select party.id::text from party where party.kinds = '{company}') as company_id,
       (select party.id::text from party where party.kinds = '{vendor}' and not exists (
         select from persona as q where q.party_id = party.id)) as mill_id
from persona as p
