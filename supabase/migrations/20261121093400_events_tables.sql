-- declared in sql/tables/events.sql
create sequence private.outbox_position_seq;

-- Partitioned by the week; the weeks are made ahead, and dropped when they are over, by private.maintain_outbox().
create table private.outbox (
  organization_id uuid not null,
  id              uuid not null default private.new_id(),
  position        bigint not null default nextval('private.outbox_position_seq'),
  tenant_id       uuid not null,
  type            text not null,
  version         integer not null,
  entity_type     text not null,
  entity_id       uuid not null,
  payload         jsonb not null,
  actor_id        uuid,
  occurred_at     timestamptz not null default now(),
  handled_at      timestamptz,
  attempts        integer not null default 0,
  next_attempt_at timestamptz,
  last_error      text,
  dead_at         timestamptz,
  is_pending      boolean not null generated always as (handled_at is null and dead_at is null) stored,

  constraint outbox_pkey primary key (organization_id, id, occurred_at),
  constraint outbox_attempts_check check (attempts >= 0)
)
partition by range (occurred_at);
alter sequence private.outbox_position_seq owned by private.outbox.position;
create index outbox_pending_idx on private.outbox (organization_id, position) where is_pending;
-- Behind an event that waits for its next attempt waits what happened to the same row since.
create index outbox_waiting_idx on private.outbox (organization_id, entity_id, position)
where is_pending and attempts > 0;
create index outbox_dead_idx on private.outbox (organization_id, position) where dead_at is not null;

-- Takes what no other partition does: the first days, until the weeks are made, and any week that nobody made.
create table private.outbox_rest partition of private.outbox default;

comment on table private.outbox is 'What happened that others must learn of, written in the transaction in which it happened. Kept for thirty days.';
comment on column private.outbox.position is 'The order of events. What one transaction writes later has a higher one; of one row, so has what happened later.';
comment on column private.outbox.type is 'What happened; private.event_types has them all.';
comment on column private.outbox.entity_type is 'The table that the row lies in.';
comment on column private.outbox.payload is 'Ids and facts, as the type''s JSON Schema says. No prices: who may see those, reads them.';
comment on column private.outbox.actor_id is 'Who did it: the user, job or link.';
comment on column private.outbox.handled_at is 'When all that follows from it had been written: messages, notifications, deliveries.';
comment on column private.outbox.next_attempt_at is 'When handling it is tried again; what happened to the same row later waits until then.';
comment on column private.outbox.last_error is 'Why handling it failed the last time.';
comment on column private.outbox.dead_at is 'When it was given up. private.retry_events() takes it up again.';
