create table ops.notifications (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  member_id       uuid not null,
  user_id         uuid not null,
  event_id        uuid not null,
  event_type      text not null,
  title           ops.short_text not null,
  body            ops.long_text,
  entity_type     text not null,
  entity_id       uuid not null,
  read_at         timestamptz,
  created_at      timestamptz not null default now(),

  constraint notifications_pkey primary key (organization_id, id),
  constraint notifications_event_key unique (organization_id, member_id, event_id),
  constraint notifications_member_fkey foreign key (organization_id, member_id)
    references ops.members (organization_id, id) on delete cascade
);
create index notifications_user_idx on ops.notifications (organization_id, user_id, id);
-- What every page asks: how many are there that I have not read?
create index notifications_unread_idx on ops.notifications (organization_id, user_id) where read_at is null;
comment on table ops.notifications is 'What a member is told of in the application, of events that somebody else brought about. Kept for ninety days.';
comment on column ops.notifications.user_id is 'The member''s user, who alone reads it.';
comment on column ops.notifications.entity_type is 'The table whose row it is about.';
comment on column ops.notifications.read_at is 'When it was read; null: not yet.';

create table ops.slack_channels (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  name            ops.short_text not null,
  url_hint        text not null,
  last_posted_at  timestamptz,
  last_error      ops.short_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),

  constraint slack_channels_pkey primary key (organization_id, id),
  constraint slack_channels_name_key unique (organization_id, name),
  constraint slack_channels_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint slack_channels_name_check check (name <> '')
);
comment on table ops.slack_channels is 'A channel of Slack, or of what takes the same messages, that notification_rules can tell.';
comment on column ops.slack_channels.url_hint is 'The last four characters of its webhook''s address, which is a secret.';
comment on column ops.slack_channels.last_error is 'Why the last message did not arrive; null: it did.';

create table private.slack_webhooks (
  organization_id  uuid not null,
  slack_channel_id uuid not null,
  url              bytea not null,

  constraint slack_webhooks_pkey primary key (organization_id, slack_channel_id),
  constraint slack_webhooks_channel_fkey foreign key (organization_id, slack_channel_id)
    references ops.slack_channels (organization_id, id) on delete cascade
);
comment on table private.slack_webhooks is 'Where a channel takes messages, sealed: whoever knows it can write there.';

create table ops.notification_rules (
  organization_id  uuid not null default private.organization_id(),
  id               uuid not null default private.new_id(),
  role             ops.member_role,
  member_id        uuid,
  slack_channel_id uuid,
  event_type       ops.short_text not null,
  channel          ops.notification_channel not null default 'in_app',
  digest           ops.notification_digest not null default 'none',
  is_enabled       boolean not null default true,
  created_at       timestamptz not null default now(),
  created_by       uuid not null default private.actor_id(),
  updated_at       timestamptz not null default now(),
  row_version      integer not null default 1,

  constraint notification_rules_pkey primary key (organization_id, id),
  constraint notification_rules_rule_key
  unique nulls not distinct (organization_id, role, member_id, slack_channel_id, event_type, channel),
  constraint notification_rules_member_fkey foreign key (organization_id, member_id)
    references ops.members (organization_id, id) on delete cascade,
  constraint notification_rules_slack_channel_fkey foreign key (organization_id, slack_channel_id)
    references ops.slack_channels (organization_id, id) on delete cascade,
  constraint notification_rules_audience_check check (num_nonnulls(role, member_id, slack_channel_id) = 1),
  constraint notification_rules_role_check check (role not in ('oms_client', 'oms_factory', 'oms_vendor')),
  constraint notification_rules_channel_check check ((channel = 'slack') = (slack_channel_id is not null)),
  constraint notification_rules_digest_check check (digest = 'none' or channel = 'mail')
);
create index notification_rules_member_idx on ops.notification_rules (organization_id, member_id);
create index notification_rules_slack_channel_idx on ops.notification_rules (organization_id, slack_channel_id);
comment on table ops.notification_rules is 'Who is told of which events, and how: besides the defaults, or instead of the one for the same role, event_type and channel. Nobody is told of what his role does not concern.';
comment on column ops.notification_rules.role is 'All members with this role; or it is for one member, or for a channel of Slack.';
comment on column ops.notification_rules.event_type is 'A type of events, all of a kind as `purchase_order.*`, or `*`.';
comment on column ops.notification_rules.digest is 'Mail: whether each event is mailed, or those of a day together.';
comment on column ops.notification_rules.is_enabled is 'False: nobody is told so, not even by default.';

create table ops.notification_mutes (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  user_id         uuid not null default private.actor_id(),
  event_type      ops.short_text not null,
  channel         ops.notification_channel,
  created_at      timestamptz not null default now(),

  constraint notification_mutes_pkey primary key (organization_id, id),
  constraint notification_mutes_mute_key unique nulls not distinct (organization_id, user_id, event_type, channel),
  constraint notification_mutes_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint notification_mutes_channel_check check (channel <> 'slack')
);
comment on table ops.notification_mutes is 'What a member does not want to be told of, whatever the rules say.';
comment on column ops.notification_mutes.user_id is 'Whose it is: who made it.';
comment on column ops.notification_mutes.channel is 'Not so; null: not at all.';

create table private.digest_items (
  organization_id uuid not null,
  id              uuid not null default private.new_id(),
  member_id       uuid not null,
  event_id        uuid not null,
  title           text not null,
  body            text,

  constraint digest_items_pkey primary key (organization_id, id),
  constraint digest_items_event_key unique (organization_id, member_id, event_id),
  constraint digest_items_member_fkey foreign key (organization_id, member_id)
    references ops.members (organization_id, id) on delete cascade
);
comment on table private.digest_items is 'What the next digest of a member will say.';

create table private.slack_posts (
  organization_id  uuid not null,
  id               uuid not null default private.new_id(),
  slack_channel_id uuid not null,
  event_id         uuid not null,
  body             text not null,
  status           ops.delivery_status not null default 'pending',
  attempts         integer not null default 0,
  next_attempt_at  timestamptz not null default now(),
  leased_until     timestamptz,
  lease_id         uuid,
  last_error       text,
  created_at       timestamptz not null default now(),

  constraint slack_posts_pkey primary key (organization_id, id),
  constraint slack_posts_event_key unique (organization_id, slack_channel_id, event_id),
  constraint slack_posts_channel_fkey foreign key (organization_id, slack_channel_id)
    references ops.slack_channels (organization_id, id) on delete cascade
);
create index slack_posts_pending_idx on private.slack_posts (organization_id, next_attempt_at) where status = 'pending';
create index slack_posts_failed_idx on private.slack_posts (organization_id, next_attempt_at) where status = 'failed';
comment on table private.slack_posts is 'What is to be written into channels of Slack.';
