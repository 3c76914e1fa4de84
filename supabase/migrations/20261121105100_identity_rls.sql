-- declared in sql/rls/identity.sql
-- Every table is closed until a grant names columns and a policy names rows. No policy serves two audiences.

-- tenants

alter table ops.tenants enable row level security;

grant select on ops.tenants to oms_admin;
create policy tenants_admin_read on ops.tenants
for select to oms_admin
using (
  id = (
    select o.tenant_id
    from ops.organizations as o
    where o.id = (select private.organization_id())
  )
);

-- organizations

alter table ops.organizations enable row level security;
grant select on ops.organizations to oms_staff;
grant update (name, row_version) on ops.organizations to oms_admin;

create policy organizations_staff_read on ops.organizations
for select to oms_staff
using (id = (select private.organization_id()));
create policy organizations_staff_update on ops.organizations
for update to oms_admin
using (id = (select private.organization_id()))
with check (id = (select private.organization_id()));
grant select on ops.organizations to oms_client;
create policy organizations_client_read on ops.organizations
for select to oms_client
using (id = (select private.organization_id()) and private.counts_exactly());
grant select on ops.organizations to oms_factory;
create policy organizations_factory_read on ops.organizations
for select to oms_factory
using (id = (select private.organization_id()) and private.counts_exactly());
grant select on ops.organizations to oms_vendor;
create policy organizations_vendor_read on ops.organizations
for select to oms_vendor
using (id = (select private.organization_id()) and private.counts_exactly());

-- directory: portals see themselves and us

alter table ops.directory enable row level security;
grant select on ops.directory to oms_staff;
grant insert (
  id, kinds, code, name, email, currency, language, payment_terms_days, approval_status, moq, moq_per_colour,
  minimum_order_amount, minimum_order_surcharge, lead_time_days, monthly_capacity_qty, metadata
) on ops.directory to oms_procurement;
grant update (
  kinds, code, name, email, currency, language, payment_terms_days, approval_status, moq, moq_per_colour,
  minimum_order_amount, minimum_order_surcharge, lead_time_days, monthly_capacity_qty, metadata, row_version
) on ops.directory to oms_procurement;
-- An order book brings new clients along. What makes a factory of a company, or approves it, is procurement's.
grant insert (id, kinds, code, name, email, currency, payment_terms_days, metadata) on ops.directory to oms_sales;

create policy directory_staff_read on ops.directory
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy directory_staff_insert on ops.directory
for insert to oms_procurement
with check (organization_id = (select private.organization_id()));
create policy directory_sales_insert on ops.directory
for insert to oms_sales
with check (organization_id = (select private.organization_id()) and kinds = '{client}');
create policy directory_staff_update on ops.directory
for update to oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.directory to oms_client;
create policy directory_client_read on ops.directory
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);
grant select on ops.directory to oms_factory;
create policy directory_factory_read on ops.directory
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);
grant select on ops.directory to oms_vendor;
create policy directory_vendor_read on ops.directory
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);

-- contacts

alter table ops.contacts enable row level security;
grant select on ops.contacts to oms_staff;
grant insert (id, directory_id, name, title, email, phone, is_primary) on ops.contacts to oms_procurement;
grant update (name, title, email, phone, is_primary, row_version) on ops.contacts to oms_procurement;
grant delete on ops.contacts to oms_procurement;

create policy contacts_staff_read on ops.contacts
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy contacts_staff_insert on ops.contacts
for insert to oms_procurement
with check (organization_id = (select private.organization_id()));
create policy contacts_staff_update on ops.contacts
for update to oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy contacts_staff_delete on ops.contacts
for delete to oms_procurement
using (organization_id = (select private.organization_id()));
grant select on ops.contacts to oms_client;
create policy contacts_client_read on ops.contacts
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and directory_id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);
grant select on ops.contacts to oms_factory;
create policy contacts_factory_read on ops.contacts
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and directory_id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);
grant select on ops.contacts to oms_vendor;
create policy contacts_vendor_read on ops.contacts
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and directory_id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);

-- addresses

alter table ops.addresses enable row level security;
grant select on ops.addresses to oms_staff;
grant insert (
  id, directory_id, kind, line1, line2, city, region, postal_code, country_code
) on ops.addresses to oms_procurement;
grant update (
  kind, line1, line2, city, region, postal_code, country_code, row_version
) on ops.addresses to oms_procurement;
grant delete on ops.addresses to oms_procurement;

create policy addresses_staff_read on ops.addresses
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy addresses_staff_insert on ops.addresses
for insert to oms_procurement
with check (organization_id = (select private.organization_id()));
create policy addresses_staff_update on ops.addresses
for update to oms_procurement
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy addresses_staff_delete on ops.addresses
for delete to oms_procurement
using (organization_id = (select private.organization_id()));
grant select on ops.addresses to oms_client;
create policy addresses_client_read on ops.addresses
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and directory_id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);
grant select on ops.addresses to oms_factory;
create policy addresses_factory_read on ops.addresses
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and directory_id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);
grant select on ops.addresses to oms_vendor;
create policy addresses_vendor_read on ops.addresses
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and directory_id in (
    (select private.party_id()),
    (
      select o.company_id
      from ops.organizations as o
      where o.id = (select private.organization_id())
    )
  )
  and private.counts_exactly()
);

-- members: portals see their own membership

alter table ops.members enable row level security;
grant select on ops.members to oms_staff;
grant insert (id, user_id, role, party_id, full_name, email) on ops.members to oms_admin;
grant update (full_name, email, status, row_version) on ops.members to oms_admin;

create policy members_staff_read on ops.members
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy members_staff_insert on ops.members
for insert to oms_admin
with check (organization_id = (select private.organization_id()));
create policy members_staff_update on ops.members
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.members to oms_client;
create policy members_client_read on ops.members
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and user_id = (select private.actor_id())
  and private.counts_exactly()
);
grant select on ops.members to oms_factory;
create policy members_factory_read on ops.members
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and user_id = (select private.actor_id())
  and private.counts_exactly()
);
grant select on ops.members to oms_vendor;
create policy members_vendor_read on ops.members
for select to oms_vendor
using (
  organization_id = (select private.organization_id())
  and user_id = (select private.actor_id())
  and private.counts_exactly()
);

-- organization_settings

alter table ops.organization_settings enable row level security;
grant select on ops.organization_settings to oms_staff;
grant update (
  over_commit_tolerance_pct, under_award_tolerance_pct, over_receipt_tolerance_pct,
  receipts_require_signed_contract, working_days, row_version
) on ops.organization_settings to oms_admin;
grant update (factory_minimums, factory_capacity) on ops.organization_settings to oms_admin;
grant update (production_release) on ops.organization_settings to oms_admin;
grant update (time_zone) on ops.organization_settings to oms_admin;
grant update (quote_reminder_days) on ops.organization_settings to oms_admin;
grant update (
  planned_production, vendor_choice, planning_period_days, forecast_horizon_days
) on ops.organization_settings to oms_admin;
grant update (
  invoice_price_tolerance_pct, invoice_quantity_tolerance_pct, payments_require_invoice
) on ops.organization_settings to oms_admin;

create policy organization_settings_staff_read on ops.organization_settings
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy organization_settings_staff_update on ops.organization_settings
for update to oms_admin
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- What every request needs, whoever makes it.

grant execute on function private.pre_request()
to anon, authenticated, service_role, oms_staff, oms_client, oms_factory, oms_vendor, oms_webhook, oms_worker;

-- What policies need.

grant execute on function
private.claims(), private.organization_id(), private.party_id(), private.actor_id(),
private.header(text), private.is_portal(), private.fail(text, text, jsonb)
to oms_staff, oms_client, oms_factory, oms_vendor, oms_webhook, oms_worker;
grant execute on function private.counts_exactly() to oms_client, oms_factory, oms_vendor;

-- What writing needs: defaults, guards, the error helper and the store of idempotent commands.

grant execute on function
private.new_id(), private.next_number(text, uuid), private.may_act_as(text[], oid),
private.require_found(uuid, text, uuid), private.require_argument(text, text), private.require_read_committed(),
private.replay_command(text, jsonb), private.store_response(text, jsonb),
private.records(text, jsonb, anyelement), private.unknown_field(jsonb, regtype)
to oms_staff, oms_client, oms_factory, oms_vendor, oms_webhook, oms_worker;

grant execute on function private.custom_access_token_hook(jsonb) to supabase_auth_admin;

grant select on ops.status_transitions to oms_staff, oms_client, oms_factory, oms_vendor, oms_webhook, oms_worker;

grant execute on function ops.switch_membership(uuid), private.switch_membership(uuid)
to oms_staff, oms_client, oms_factory, oms_vendor;
