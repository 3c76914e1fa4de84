-- declared in sql/tables/comparison.sql
create table ops.exchange_rates (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  currency        ops.currency_code not null,
  rate_date       ops.business_date not null default current_date,
  rate            ops.exchange_rate not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint exchange_rates_pkey primary key (organization_id, id),
  constraint exchange_rates_rate_date_key unique (organization_id, currency, rate_date),
  constraint exchange_rates_organization_fkey foreign key (organization_id) references ops.organizations (
    id
  ) on delete restrict
);
comment on table ops.exchange_rates is 'What a currency is worth from a day on. The rate that holds on a day is the newest that is not after it; without one, nothing in that currency can be compared. Who buys does not write them: an order''s approval depends on its amount.';
comment on column ops.exchange_rates.rate_date is 'The first day on which it holds; by default today.';
comment on column ops.exchange_rates.rate is 'Units of this currency for one unit of the organization''s: 0.8 EUR for 1 USD.';
