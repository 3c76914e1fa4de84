-- One organization with its people, its companies and its catalogue. The temporary table `part` says which; the
-- temporary tables made here (client, factory, colour) serve lines.sql.

drop table if exists client, factory, colour;

insert into ops.tenants (id, name, created_at)
select pg_temp.id(0, p.tenant), p.tenant, p.founded from part as p
on conflict do nothing;

insert into ops.organizations (id, tenant_id, code, name, currency, created_at, updated_at)
select p.organization_id, pg_temp.id(0, p.tenant), p.code, p.name, 'USD', p.founded, p.founded from part as p;

insert into ops.organization_settings (organization_id, over_receipt_tolerance_pct, updated_at)
select p.organization_id, 3, p.founded from part as p;

insert into ops.job_schedules (organization_id, job, at_time, every_minutes, updated_at)
select p.organization_id, t.name::ops.scheduled_job, t.at_time, t.every_minutes, p.founded
from part as p
cross join private.job_types as t
where t.scope = 'organization';

insert into ops.units (organization_id, id, code, name, created_at, created_by, updated_at)
select p.organization_id, pg_temp.id(p.founded_ms, p.code || ' EA'), 'EA', 'Each', p.founded, p.actor_id, p.founded from part as p;

create temporary table client as
select
  n, pg_temp.id(p.founded_ms, p.code || ' client ' || n) as id,
  (array['Harbor', 'Cedar', 'Northgate', 'Willow', 'Summit', 'Lantern', 'Meridian', 'Quarry'])[n % 8 + 1]
  || (array[' & Pine', ' Outfitters', ' Trading', ' Apparel', ' Goods'])[n % 5 + 1] || ' ' || n as name,
  case when n % 6 = 5 then 'EUR' else 'USD' end as currency
from part as p, generate_series(0, p.clients - 1) as n;

create temporary table factory as
select
  n, pg_temp.id(p.founded_ms, p.code || ' factory ' || n) as id,
  (array['Hanoi', 'Dhaka', 'Tirupur', 'Izmir', 'Porto', 'Yangon', 'Jaipur'])[n % 7 + 1]
  || (array[' Knits', ' Sewing Works', ' Jersey Mills', ' Stitchcraft'])[n % 4 + 1] || ' ' || n as name,
  case when n % 5 = 4 then 'EUR' else 'USD' end as currency
from part as p, generate_series(0, p.factories - 1) as n;

insert into ops.directory (
  organization_id, id, kinds, code, name, email, currency, payment_terms_days, approval_status, moq, moq_per_colour,
  lead_time_days, monthly_capacity_qty, created_at, created_by, updated_at
)
select
  p.organization_id, c.id, c.kinds, c.code, c.name, lower(c.code) || '@' || p.code || '.example', c.currency, 30,
  'approved', c.moq, c.moq, c.lead_time_days, c.capacity, p.founded, p.actor_id, p.founded
from part as p, (
  select pg_temp.id(p.founded_ms, p.code || ' company') as id, '{company}'::ops.party_kind[] as kinds, 'SELF' as code,
    p.name, 'USD' as currency, null::int as moq, null::int as lead_time_days, null::int as capacity
  from part as p
  union all
  select c.id, '{client}', 'C' || lpad(c.n::text, 3, '0'), c.name, c.currency, null, null, null from client as c
  union all
  select f.id, '{factory}', 'F' || lpad(f.n::text, 3, '0'), f.name, f.currency, 100, 45, 80000 from factory as f
) as c;

update ops.organizations as o
set company_id = pg_temp.id(p.founded_ms, p.code || ' company')
from part as p
where o.id = p.organization_id;

insert into ops.contacts (
  organization_id, id, directory_id, name, email, is_primary, created_at, created_by, updated_at
)
select
  d.organization_id, pg_temp.id(p.founded_ms, d.id || ' contact'), d.id, 'Desk of ' || d.name, d.email, true,
  p.founded, p.actor_id, p.founded
from part as p inner join ops.directory as d on d.organization_id = p.organization_id;

insert into ops.addresses (
  organization_id, id, directory_id, kind, line1, city, country_code, created_at, created_by, updated_at
)
select
  d.organization_id, pg_temp.id(p.founded_ms, d.id || ' address'), d.id, 'shipping', '1 Harbour Road', 'Port City',
  'GB', p.founded, p.actor_id, p.founded
from part as p inner join ops.directory as d on d.organization_id = p.organization_id;

-- One member of each staff role, one at each client and factory.
insert into ops.members (organization_id, id, user_id, role, party_id, full_name, is_current, created_at, updated_at)
select
  p.organization_id, pg_temp.id(p.founded_ms, p.code || ' member ' || m.key),
  pg_temp.id(p.founded_ms, p.code || ' user ' || m.key), m.role, m.party_id, m.full_name, true, p.founded, p.founded
from part as p, (
  select r::text as key, r as role, null::uuid as party_id, initcap(substr(r::text, 5)) || ' desk' as full_name
  from unnest(enum_range('oms_sales'::ops.member_role, 'oms_admin')) as r
  union all
  select c.id::text, 'oms_client', c.id, 'Buyer at ' || c.name from client as c
  union all
  select f.id::text, 'oms_factory', f.id, 'Merchandiser at ' || f.name from factory as f
) as m;

-- Three colours a style; a style comes in one, three, four or six sizes. `weights` is how a size run falls.
create temporary table colour as
select
  (row_number() over (order by s.n, k.n) - 1)::int as n,
  pg_temp.id(p.founded_ms, p.code || ' style ' || s.n) as style_id,
  pg_temp.id(p.founded_ms, p.code || ' colour ' || s.n || ' ' || k.n) as id,
  s.n as style_n, 'KN-' || 1000 + s.n as style_number,
  (array['Organic', 'Washed', 'Merino', 'Ribbed', 'Brushed', 'Light'])[s.n % 6 + 1] || ' '
  || (array['Crew Tee', 'Cardigan', 'Hoodie', 'Polo', 'Beanie'])[s.n % 5 + 1] || ' ' || s.n as style_name,
  (array['Tops', 'Knitwear', 'Sweats', 'Polos', 'Accessories'])[s.n % 5 + 1] as category,
  k.name as marketing_name, 'LD-' || s.n || ' ' || left(k.name, 1) as color_reference, run.sizes, run.weights
from part as p
cross join generate_series(0, p.styles - 1) as s (n)
cross join (values (0, 'Chalk'), (1, 'Ink'), (2, 'Moss')) as k (n, name)
cross join lateral (
  select
    case
      when s.n % 10 = 0 then '{ONE SIZE}'::text[]
      when s.n % 10 < 4 then '{S,M,L}'
      when s.n % 10 < 8 then '{S,M,L,XL}'
      else '{XS,S,M,L,XL,XXL}'
    end as sizes,
    case
      when s.n % 10 = 0 then '{8}'::int[]
      when s.n % 10 < 4 then '{2,4,3}'
      when s.n % 10 < 8 then '{2,4,4,2}'
      else '{1,2,4,4,2,1}'
    end as weights
) as run;

insert into ops.styles (
  organization_id, id, style_number, name, category, created_at, created_by, updated_at
)
select distinct
  p.organization_id, c.style_id, c.style_number, c.style_name, c.category, p.founded, p.actor_id, p.founded
from part as p, colour as c;

insert into ops.colorways (
  organization_id, id, style_id, marketing_name, season, created_at, created_by, updated_at
)
select p.organization_id, c.id, c.style_id, c.marketing_name, 'SS27', p.founded, p.actor_id, p.founded
from part as p, colour as c;

insert into ops.colorway_references (
  organization_id, colorway_id, color_reference, created_at, created_by, updated_at
)
select p.organization_id, c.id, c.color_reference, p.founded, p.actor_id, p.founded from part as p, colour as c;

insert into ops.products (
  organization_id, id, product_number, name, category, style_id, created_at, created_by, updated_at
)
select
  s.organization_id, pg_temp.id(p.founded_ms, s.id || ' product'), s.style_number, s.name, s.category, s.id,
  s.created_at, s.created_by, s.updated_at
from part as p
inner join ops.styles as s on s.organization_id = p.organization_id;

insert into ops.product_variants (
  organization_id, id, sku, product_id, style_id, colorway_id, size_label, created_at, created_by, updated_at
)
select
  p.organization_id, pg_temp.id(p.founded_ms, c.id || z.size_label),
  c.style_number || '-' || upper(left(c.marketing_name, 1)) || '-' || z.size_label,
  pg_temp.id(p.founded_ms, c.style_id || ' product'), c.style_id, c.id, z.size_label, p.founded, p.actor_id, p.founded
from part as p, colour as c, unnest(c.sizes) as z (size_label);

insert into ops.tech_packs (organization_id, id, style_id, version, document_uri, created_at, created_by)
select distinct
  p.organization_id, pg_temp.id(p.founded_ms, c.style_id || ' tech pack'), c.style_id, 1,
  'https://files.example/' || c.style_number || '.pdf', p.founded, p.actor_id
from part as p, colour as c;

analyze client, factory, colour;
