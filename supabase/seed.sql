-- A small believable company for demo and development: Tern & Tide, which sells knitwear and has it made by others.
-- `oms demo` fills an empty database with it; clients and their orders come from an import. All names are invented.
-- User ids are fixed, so that the identity provider of a development project can have the same users.

begin;

-- Everything here is entered by the company's administrator.
select set_config(
  'request.jwt.claims',
  '{"role": "oms_admin", "organization_id": "01930000-0000-7000-8000-000000000001", "sub": "01930000-0000-7000-8000-0000000000a0"}',
  true
);

insert into ops.tenants (id, name) values ('01930000-0000-7000-8000-0000000000f0', 'Tern & Tide Group');
insert into ops.organizations (id, tenant_id, code, name, currency) values
(private.organization_id(), '01930000-0000-7000-8000-0000000000f0', 'tern-tide', 'Tern & Tide', 'USD');

-- A factory may send 3 per cent more than was ordered.
update ops.organization_settings set over_receipt_tolerance_pct = 3
where organization_id = private.organization_id();

insert into ops.directory (kinds, code, name, email, currency, approval_status)
values ('{company}', 'TERN', 'Tern & Tide Ltd', 'hello@ternandtide.example', 'USD', 'approved');
update ops.organizations
set company_id = (select d.id from ops.directory as d where d.organization_id = private.organization_id() and d.code = 'TERN')
where id = private.organization_id();

insert into ops.directory (
  kinds, code, name, email, currency, payment_terms_days, approval_status, moq, moq_per_colour,
  minimum_order_amount, minimum_order_surcharge, lead_time_days, monthly_capacity_qty
) values
('{factory}', 'HANOI', 'Hanoi Knits', 'orders@hanoiknits.example', 'USD', 30, 'approved', 300, 100, 2500, 150, 60, 90000),
('{factory}', 'DHAKA', 'Dhaka Sewing Works', 'sales@dhakasewing.example', 'USD', 45, 'approved', 500, 200, 4000, 250, 75, 160000),
('{factory}', 'TIRUPUR', 'Tirupur Jersey Mills', 'desk@tirupurjersey.example', 'USD', 30, 'approved', 200, 80, 2000, 120, 55, 70000),
('{factory}', 'IZMIR', 'Izmir Tekstil', 'export@izmirtekstil.example', 'USD', 60, 'approved', 150, 50, 3000, 200, 35, 40000),
('{factory}', 'PORTO', 'Malhas do Porto', 'comercial@malhasporto.example', 'EUR', 30, 'approved', 50, 25, 1500, 90, 28, 15000),
('{factory}', 'YANGON', 'Yangon Stitchcraft', 'info@yangonstitch.example', 'USD', 30, 'pending', 400, 150, 3500, 200, 70, 50000);

insert into ops.contacts (directory_id, name, title, email, phone, is_primary)
select d.id, c.name, c.title, c.email, c.phone, c.is_primary
from (
  values
  ('TERN', 'Ada Lindqvist', 'Head of sourcing', 'ada@ternandtide.example', '+44 20 7946 0101', true),
  ('HANOI', 'Nguyen Thi Lan', 'Merchandiser', 'lan@hanoiknits.example', '+84 24 5550 0111', true),
  ('HANOI', 'Tran Quoc Bao', 'Accounts', 'bao@hanoiknits.example', '+84 24 5550 0112', false),
  ('DHAKA', 'Farhana Rahman', 'Account manager', 'farhana@dhakasewing.example', '+880 2 5550 0121', true),
  ('TIRUPUR', 'Meena Subramanian', 'Export desk', 'meena@tirupurjersey.example', '+91 421 555 0131', true),
  ('IZMIR', 'Elif Kaya', 'Export manager', 'elif@izmirtekstil.example', '+90 232 555 0141', true),
  ('PORTO', 'Rui Carvalho', 'Commercial director', 'rui@malhasporto.example', '+351 22 555 0151', true),
  ('YANGON', 'Su Su Hlaing', 'Owner', 'susu@yangonstitch.example', '+95 1 555 0161', true)
) as c (code, name, title, email, phone, is_primary)
inner join ops.directory as d on d.organization_id = private.organization_id() and d.code = c.code;

insert into ops.addresses (directory_id, kind, line1, line2, city, region, postal_code, country_code)
select d.id, a.kind::ops.address_kind, a.line1, a.line2, a.city, a.region, a.postal_code, a.country_code
from (
  values
  ('TERN', 'registered', '12 Ropewalk Yard', 'Unit 4', 'London', null, 'SE1 0AA', 'GB'),
  ('TERN', 'shipping', 'Gate 3, Harbour Logistics Park', null, 'Felixstowe', 'Suffolk', 'IP11 0AA', 'GB'),
  ('HANOI', 'shipping', 'Lot 7, Thang Long Industrial Park', null, 'Hanoi', null, '100000', 'VN'),
  ('DHAKA', 'shipping', 'Plot 22, Tongi Road', null, 'Gazipur', 'Dhaka', '1710', 'BD'),
  ('TIRUPUR', 'shipping', '48 Avinashi Road', null, 'Tirupur', 'Tamil Nadu', '641602', 'IN'),
  ('IZMIR', 'shipping', 'Aegean Free Zone, Block C', null, 'Izmir', null, '35410', 'TR'),
  ('PORTO', 'shipping', 'Rua da Malha 90', null, 'Maia', 'Porto', '4470-000', 'PT'),
  ('YANGON', 'shipping', 'No. 5, Hlaing Tharyar Zone 2', null, 'Yangon', null, '11401', 'MM')
) as a (code, kind, line1, line2, city, region, postal_code, country_code)
inner join ops.directory as d on d.organization_id = private.organization_id() and d.code = a.code;

-- One of each staff role, and a user at every factory; the clients' users come with their orders.
insert into ops.members (user_id, role, party_id, full_name, email, is_current)
select ('01930000-0000-7000-8000-0000000000' || m.suffix)::uuid, m.role::ops.member_role, d.id, m.full_name, m.email, true
from (
  values
  ('a0', 'oms_admin', null, 'Ines Moreau', 'ines@ternandtide.example'),
  ('a1', 'oms_sales', null, 'Tom Hartley', 'tom@ternandtide.example'),
  ('a2', 'oms_planner', null, 'Ada Lindqvist', 'ada@ternandtide.example'),
  ('a3', 'oms_procurement', null, 'Samuel Okafor', 'samuel@ternandtide.example'),
  ('a4', 'oms_production', null, 'Yuki Tanaka', 'yuki@ternandtide.example'),
  ('a5', 'oms_warehouse', null, 'Joanna Pike', 'joanna@ternandtide.example'),
  ('a6', 'oms_finance', null, 'Peter Voss', 'peter@ternandtide.example'),
  ('b1', 'oms_factory', 'HANOI', 'Nguyen Thi Lan', 'lan@hanoiknits.example'),
  ('b2', 'oms_factory', 'DHAKA', 'Farhana Rahman', 'farhana@dhakasewing.example'),
  ('b3', 'oms_factory', 'TIRUPUR', 'Meena Subramanian', 'meena@tirupurjersey.example'),
  ('b4', 'oms_factory', 'IZMIR', 'Elif Kaya', 'elif@izmirtekstil.example'),
  ('b5', 'oms_factory', 'PORTO', 'Rui Carvalho', 'rui@malhasporto.example'),
  ('b6', 'oms_factory', 'YANGON', 'Su Su Hlaing', 'susu@yangonstitch.example')
) as m (suffix, role, code, full_name, email)
left join ops.directory as d on d.organization_id = private.organization_id() and d.code = m.code;

-- The time and action calendar that lines are planned by. What every factory does is planned for each slice.
insert into ops.holidays (holiday_date, name) values
('2026-12-25', 'Christmas Day'), ('2026-12-28', 'Boxing Day, observed'), ('2027-01-01', 'New Year'),
('2027-02-08', 'Lunar New Year'), ('2027-03-26', 'Good Friday'), ('2027-05-03', 'Early May bank holiday');

with template as (
  insert into ops.timeline_templates (name, is_default) values ('Garments, 16 weeks', true) returning id
)
insert into ops.timeline_template_nodes (
  timeline_template_id, code, name, kind, position, offset_days, duration_days, is_working_days, predecessors,
  completed_by, owner_role, is_for_client, is_per_slice
)
select
  t.id, m.code, m.name, m.kind::ops.timeline_node_kind, m.position, m.offset_days, m.duration_days, m.code <> 'in_hands',
  m.predecessors::text[], m.completed_by::ops.timeline_fact, m.owner_role::ops.member_role, m.is_for_client, m.is_per_slice
from template as t
cross join (
  values
  ('order_confirmed', 'Order confirmed', 'custom', 10, -80, 0, '{}', null, 'oms_sales', true, false),
  ('tech_pack', 'Tech pack released', 'style', 20, -75, 3, '{order_confirmed}', null, 'oms_planner', false, false),
  ('lab_dips', 'Lab dips approved', 'sample', 30, -65, 10, '{tech_pack}', null, 'oms_planner', false, false),
  ('fit_sample', 'Fit sample approved', 'sample', 40, -60, 12, '{tech_pack}', null, 'oms_planner', true, false),
  ('contract', 'Contract signed', 'custom', 50, -55, 0, '{}', 'contract_signed', 'oms_procurement', false, true),
  ('fabric', 'Fabric in house', 'material', 60, -30, 20, '{lab_dips,contract}', 'materials', 'oms_factory', false, true),
  ('pp_sample', 'Pre-production sample approved', 'sample', 70, -25, 5, '{fit_sample,fabric}', null, 'oms_production', false, true),
  ('cutting', 'Cutting begun', 'production', 80, -20, 3, '{pp_sample}', 'cutting', 'oms_factory', false, true),
  ('sewing', 'Sewing begun', 'production', 90, -15, 4, '{cutting}', 'sewing', 'oms_factory', false, true),
  ('finishing', 'Finishing begun', 'production', 100, -6, 8, '{sewing}', 'finishing', 'oms_factory', false, true),
  ('packed', 'Packed', 'production', 110, -2, 3, '{finishing}', 'packed', 'oms_factory', false, true),
  ('ex_factory', 'Ex-factory', 'shipment', 120, 0, 2, '{packed}', 'shipped', 'oms_factory', false, true),
  ('in_hands', 'In hands', 'shipment', 130, 30, 30, '{ex_factory}', 'received', 'oms_warehouse', true, false)
) as m (
  code, name, kind, position, offset_days, duration_days, predecessors, completed_by, owner_role, is_for_client, is_per_slice
);

commit;
