create table ops.tenants (
  id         uuid not null default private.new_id(),
  name       ops.short_text not null,
  created_at timestamptz not null default now(),

  constraint tenants_pkey primary key (id),
  constraint tenants_name_key unique (name),
  constraint tenants_name_check check (name <> '')
);
comment on table ops.tenants is 'A customer of this installation; owns organizations.';

create table ops.organizations (
  id          uuid not null default private.new_id(),
  tenant_id   uuid not null,
  code        ops.short_text not null,
  name        ops.short_text not null,
  currency    ops.currency_code not null,
  company_id  uuid,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  row_version integer not null default 1,

  constraint organizations_pkey primary key (id),
  constraint organizations_code_key unique (code),
  constraint organizations_code_check check (code ~ '^[a-z][a-z0-9-]*$'),
  constraint organizations_name_check check (name <> ''),
  constraint organizations_tenant_fkey foreign key (tenant_id) references ops.tenants (id) on delete restrict
);
create index organizations_tenant_idx on ops.organizations (tenant_id);

comment on table ops.organizations is 'A company that sells, has things made and ships. Every other row belongs to exactly one.';
comment on column ops.organizations.currency is 'The currency it keeps its books in.';
comment on column ops.organizations.company_id is 'Its own entry in ops.directory: what clients and factories see of it.';

create table ops.directory (
  organization_id         uuid not null default private.organization_id(),
  id                      uuid not null default private.new_id(),
  kinds                   ops.party_kind[] not null,
  code                    ops.short_text not null,
  name                    ops.short_text not null,
  email                   ops.short_text,
  currency                ops.currency_code,
  language                ops.language_code,
  payment_terms_days      integer,
  approval_status         ops.approval_status not null default 'pending',
  moq                     ops.quantity,
  moq_per_colour          ops.quantity,
  minimum_order_amount    ops.money_amount,
  minimum_order_surcharge ops.money_amount,
  lead_time_days          integer,
  monthly_capacity_qty    ops.quantity,
  metadata                jsonb not null default '{}',
  created_at              timestamptz not null default now(),
  created_by              uuid not null default private.actor_id(),
  updated_at              timestamptz not null default now(),
  row_version             integer not null default 1,

  constraint directory_pkey primary key (organization_id, id),
  constraint directory_code_key unique (organization_id, code),
  constraint directory_organization_fkey foreign key (organization_id) references ops.organizations (
    id
  ) on delete restrict,
  constraint directory_kinds_check check (cardinality(kinds) > 0 and array_position(kinds, null) is null),
  constraint directory_code_check check (code <> ''),
  constraint directory_name_check check (name <> ''),
  constraint directory_email_check check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  constraint directory_payment_terms_check check (payment_terms_days >= 0),
  constraint directory_lead_time_check check (lead_time_days >= 0),
  constraint directory_minimums_check check (
    moq >= 0 and moq_per_colour >= 0 and minimum_order_amount >= 0 and minimum_order_surcharge >= 0
    and monthly_capacity_qty >= 0
  )
);
create index directory_name_idx on ops.directory (organization_id, name);

comment on table ops.directory is 'Companies we deal with, one entry each however many things it is to us, and our own company.';
comment on column ops.directory.code is 'Short name, unique in the organization; imports find a party by it.';
comment on column ops.directory.language is 'What we write to it in; null: the organization''s, see mail_settings.';
comment on column ops.directory.payment_terms_days is 'Days from invoice to payment.';
comment on column ops.directory.approval_status is 'Only an approved factory can be awarded work.';
comment on column ops.directory.metadata is 'The user''s own fields. The company itself reads them.';
comment on column ops.directory.moq is 'Factories: minimum order quantity of a style, pieces.';
comment on column ops.directory.moq_per_colour is 'Factories: minimum order quantity of a colour, pieces.';
comment on column ops.directory.minimum_order_amount is 'Factories: below this amount of an order, the surcharge is due. In `currency`.';
comment on column ops.directory.minimum_order_surcharge is 'Factories: what an order below the minimum amount costs more. In `currency`.';
comment on column ops.directory.lead_time_days is 'Factories, vendors: days from order to ex-factory.';
comment on column ops.directory.monthly_capacity_qty is 'Factories: pieces a month.';

alter table ops.organizations
add constraint organizations_company_fkey foreign key (id, company_id)
  references ops.directory (organization_id, id) on delete set null (company_id);
create index organizations_company_idx on ops.organizations (id, company_id);

create table ops.contacts (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  directory_id    uuid not null,
  name            ops.short_text not null,
  title           ops.short_text,
  email           ops.short_text,
  phone           ops.short_text,
  is_primary      boolean not null default false,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint contacts_pkey primary key (organization_id, id),
  constraint contacts_directory_fkey foreign key (organization_id, directory_id)
    references ops.directory (organization_id, id) on delete cascade,
  constraint contacts_name_check check (name <> ''),
  constraint contacts_email_check check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$')
);
create index contacts_directory_idx on ops.contacts (organization_id, directory_id);
create unique index contacts_primary_key on ops.contacts (organization_id, directory_id) where is_primary;
comment on table ops.contacts is 'A person at a company of the directory; at most one is its primary contact.';

create table ops.addresses (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  directory_id    uuid not null,
  kind            ops.address_kind not null,
  line1           ops.short_text not null,
  line2           ops.short_text,
  city            ops.short_text not null,
  region          ops.short_text,
  postal_code     ops.short_text,
  country_code    text not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint addresses_pkey primary key (organization_id, id),
  constraint addresses_directory_fkey foreign key (organization_id, directory_id)
    references ops.directory (organization_id, id) on delete cascade,
  constraint addresses_lines_check check (line1 <> '' and city <> ''),
  constraint addresses_country_code_check check (country_code ~ '^[A-Z]{2}$')
);
create index addresses_directory_idx on ops.addresses (organization_id, directory_id);
comment on table ops.addresses is 'An address of a company of the directory.';
comment on column ops.addresses.country_code is 'Two capital letters (ISO 3166-1).';

create table ops.members (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  user_id         uuid not null,
  role            ops.member_role not null,
  party_id        uuid,
  full_name       ops.short_text not null,
  email           ops.short_text,
  status          ops.member_status not null default 'active',
  is_current      boolean not null default false,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint members_pkey primary key (organization_id, id),
  constraint members_user_key unique nulls not distinct (organization_id, user_id, role, party_id),
  constraint members_organization_fkey foreign key (organization_id) references ops.organizations (
    id
  ) on delete restrict,
  constraint members_party_fkey foreign key (organization_id, party_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint members_party_check check ((role in ('oms_client', 'oms_factory', 'oms_vendor')) = (party_id is not null)),
  constraint members_full_name_check check (full_name <> ''),
  constraint members_email_check check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$')
);
create unique index members_current_key on ops.members (user_id) where is_current;
create index members_party_idx on ops.members (organization_id, party_id);

comment on table ops.members is 'A user''s membership in an organization: as whom it may speak there. A user can have several.';
comment on column ops.members.user_id is 'The user in the identity provider (`sub` of its tokens).';
comment on column ops.members.party_id is 'The client, factory or vendor that a portal user belongs to; null for staff.';
comment on column ops.members.is_current is 'The one membership of this user that new tokens are made for; see switch_membership.';

create table ops.organization_settings (
  organization_id                  uuid not null,
  over_commit_tolerance_pct        ops.percentage not null default 0,
  under_award_tolerance_pct        ops.percentage not null default 0,
  over_receipt_tolerance_pct       ops.percentage not null default 0,
  receipts_require_signed_contract boolean not null default true,
  factory_minimums                 ops.rule_enforcement not null default 'warn',
  factory_capacity                 ops.rule_enforcement not null default 'warn',
  invoice_price_tolerance_pct      ops.percentage not null default 0,
  invoice_quantity_tolerance_pct   ops.percentage not null default 0,
  payments_require_invoice         boolean not null default false,
  working_days                     integer[] not null default '{1,2,3,4,5}',
  production_release               ops.automation not null default 'automatic',
  planned_production               ops.automation not null default 'manual',
  vendor_choice                    ops.vendor_choice not null default 'preference',
  planning_period_days             integer not null default 7,
  forecast_horizon_days            integer not null default 90,
  acknowledgement_days             integer not null default 3,
  time_zone                        ops.short_text not null default 'UTC',
  quote_reminder_days              integer default 3,
  updated_at                       timestamptz not null default now(),
  row_version                      integer not null default 1,

  constraint organization_settings_pkey primary key (organization_id),
  constraint organization_settings_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete cascade,
  constraint organization_settings_working_days_check check (
    working_days <@ '{1,2,3,4,5,6,7}' and working_days <> '{}'
  ),
  constraint organization_settings_planning_check check (planning_period_days > 0 and forecast_horizon_days > 0),
  constraint organization_settings_acknowledgement_check check (acknowledgement_days >= 0),
  constraint organization_settings_quote_reminder_check check (quote_reminder_days > 0)
);
comment on table ops.organization_settings is 'One row per organization, made with it. Tolerances are frozen onto the rows that they bound, so a change acts on what comes after.';
comment on column ops.organization_settings.over_commit_tolerance_pct is 'How far the committed quantity of an order line may exceed its quantity. Per cent.';
comment on column ops.organization_settings.under_award_tolerance_pct is 'How far the awards of an order line may fall short of its quantity while it counts as fully awarded. Per cent.';
comment on column ops.organization_settings.receipts_require_signed_contract is 'True: goods are received only against a contract in force. False: from the award on.';
comment on column ops.organization_settings.factory_minimums is 'An order below what its factory takes (pieces of a style, of a colour, amount): warned of in award_warnings, or refused when its contract is issued.';
comment on column ops.organization_settings.factory_capacity is 'More work for a factory in a month than its monthly capacity: warned of in award_warnings, or refused at the award and when the contract is issued.';
comment on column ops.organization_settings.invoice_price_tolerance_pct is 'How far the price on a factory''s invoice may be off the contract''s, up or down, when it is approved. Per cent.';
comment on column ops.organization_settings.invoice_quantity_tolerance_pct is 'How far the pieces of approved invoices of a slice may exceed what is payable, when one is approved. Payments never do. Per cent.';
comment on column ops.organization_settings.payments_require_invoice is 'True: only what invoices are approved for is paid, advances excepted. False: what is payable is paid without an invoice.';
comment on column ops.organization_settings.working_days is 'Days of the week on which people work, 1 for Monday to 7 for Sunday; timelines and work centres count them.';
comment on column ops.organization_settings.over_receipt_tolerance_pct is 'How far accepted receipts of a slice may exceed its effective quantity, or those of a purchase order line what was ordered. Per cent.';
comment on column ops.organization_settings.production_release is 'Whether a production order whose components are all reserved is released at once, or by a planner.';
comment on column ops.organization_settings.planned_production is 'Whether a planning run turns planned production into production orders, or a planner does.';
comment on column ops.organization_settings.vendor_choice is 'Which vendor a planning run buys from.';
comment on column ops.organization_settings.planning_period_days is 'From the first day on which something is short, the needs of so many days are bought or made together.';
comment on column ops.organization_settings.acknowledgement_days is 'Days that a vendor has to acknowledge a purchase order before workflow_alerts tells of it.';
comment on column ops.organization_settings.time_zone is 'Where the organization''s clocks are, such as Europe/Berlin: what it has done at a time of day is done by them.';
comment on column ops.organization_settings.quote_reminder_days is 'After so many days without a quote a factory is reminded, three times at most; null: never.';
comment on column ops.organization_settings.forecast_horizon_days is 'How far ahead forecasts are looked at when bills of materials are recommended.';

create table private.idempotency_keys (
  organization_id uuid not null,
  actor_id        uuid not null,
  key             text not null,
  command         text not null,
  arguments       jsonb not null,
  response        jsonb,
  created_at      timestamptz not null default now(),

  constraint idempotency_keys_pkey primary key (organization_id, actor_id, key),
  constraint idempotency_keys_key_check check (length(key) between 1 and 255)
);
create index idempotency_keys_created_at_idx on private.idempotency_keys (created_at);
comment on table private.idempotency_keys is 'What commands answered, by the Idempotency-Key they came with.';
