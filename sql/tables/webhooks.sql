create table ops.webhook_endpoints (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  url             ops.webhook_url not null,
  event_types     text[] not null,
  description     ops.short_text,
  status          ops.webhook_status not null default 'enabled',
  failures        integer not null default 0,
  failing_since   timestamptz,
  retry_at        timestamptz,
  disabled_reason ops.short_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint webhook_endpoints_pkey primary key (organization_id, id),
  constraint webhook_endpoints_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint webhook_endpoints_event_types_check check (
    cardinality(event_types) between 1 and 100 and array_position(event_types, null) is null
  ),
  constraint webhook_endpoints_failures_check check ((failures = 0) = (failing_since is null))
);
comment on table ops.webhook_endpoints is 'A server of the organization''s own that is told of events: each a signed POST of JSON.';
comment on column ops.webhook_endpoints.event_types is 'What it is told of: types of events, all of a kind as `purchase_order.*`, or `*`.';
comment on column ops.webhook_endpoints.failures is 'Attempts that failed since the last one that did not.';
comment on column ops.webhook_endpoints.failing_since is 'Since when every attempt has failed. After five days it is disabled.';
comment on column ops.webhook_endpoints.retry_at is 'When it is tried again: it did not answer at all, or asked us to wait.';
comment on column ops.webhook_endpoints.disabled_reason is 'Why it was disabled by itself.';

create table private.webhook_secrets (
  organization_id     uuid not null,
  id                  uuid not null default private.new_id(),
  webhook_endpoint_id uuid not null,
  secret              bytea not null,
  expires_at          timestamptz,

  constraint webhook_secrets_pkey primary key (organization_id, id),
  constraint webhook_secrets_endpoint_fkey foreign key (organization_id, webhook_endpoint_id)
    references ops.webhook_endpoints (organization_id, id) on delete cascade
);
create index webhook_secrets_endpoint_idx on private.webhook_secrets (organization_id, webhook_endpoint_id, id);
comment on table private.webhook_secrets is 'What messages are signed with, sealed. While one is replaced, both sign.';
comment on column private.webhook_secrets.expires_at is 'Until when it signs beside its successor.';

create table ops.webhook_deliveries (
  organization_id     uuid not null default private.organization_id(),
  id                  uuid not null default private.new_id(),
  webhook_endpoint_id uuid not null,
  event_id            uuid not null,
  event_type          text not null,
  position            bigint not null,
  body                text not null,
  status              ops.delivery_status not null default 'pending',
  attempts            integer not null default 0,
  next_attempt_at     timestamptz not null default now(),
  leased_until        timestamptz,
  lease_id            uuid,
  delivered_at        timestamptz,
  created_at          timestamptz not null default now(),

  constraint webhook_deliveries_pkey primary key (organization_id, id),
  constraint webhook_deliveries_event_key unique (organization_id, webhook_endpoint_id, event_id),
  constraint webhook_deliveries_endpoint_fkey foreign key (organization_id, webhook_endpoint_id)
    references ops.webhook_endpoints (organization_id, id) on delete cascade,
  constraint webhook_deliveries_attempts_check check (attempts >= 0),
  constraint webhook_deliveries_delivered_check check ((status = 'delivered') = (delivered_at is not null))
);
create index webhook_deliveries_pending_idx
on ops.webhook_deliveries (organization_id, webhook_endpoint_id, position) where status = 'pending';
create index webhook_deliveries_leased_idx
on ops.webhook_deliveries (organization_id, webhook_endpoint_id) where lease_id is not null;
comment on table ops.webhook_deliveries is 'A message to an endpoint: one for each event and endpoint, kept for thirty days.';
comment on column ops.webhook_deliveries.event_id is 'The event; it is the message''s `webhook-id`, the same however often it is sent.';
comment on column ops.webhook_deliveries.position is 'The order of events. Of messages that are due the earlier one is sent first.';
comment on column ops.webhook_deliveries.body is 'What is sent, to the byte; also when it is sent again.';
comment on column ops.webhook_deliveries.next_attempt_at is 'Not before this is it sent.';
comment on column ops.webhook_deliveries.leased_until is 'Until when the worker that is sending it is waited for.';

create table ops.webhook_attempts (
  organization_id     uuid not null default private.organization_id(),
  id                  uuid not null default private.new_id(),
  webhook_delivery_id uuid not null,
  response_status     integer,
  response_body       text,
  error               ops.short_text,
  duration_ms         integer not null,
  created_at          timestamptz not null default now(),

  constraint webhook_attempts_pkey primary key (organization_id, id),
  constraint webhook_attempts_delivery_fkey foreign key (organization_id, webhook_delivery_id)
    references ops.webhook_deliveries (organization_id, id) on delete cascade,
  constraint webhook_attempts_response_body_check check (length(response_body) <= 500),
  constraint webhook_attempts_answer_check check ((response_status is null) = (error is not null))
);
create index webhook_attempts_delivery_idx on ops.webhook_attempts (organization_id, webhook_delivery_id, id);
comment on table ops.webhook_attempts is 'What an endpoint answered when a message was sent.';
comment on column ops.webhook_attempts.response_body is 'The beginning of the answer.';
comment on column ops.webhook_attempts.error is 'Why there was no answer.';
