create table ops.email_log (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  template        text not null,
  language        ops.language_code not null,
  kind            ops.email_kind not null,
  message_id      text not null,
  dedupe_key      text not null,
  event_id        uuid,
  party_id        uuid,
  entity_type     text,
  entity_id       uuid,
  about           text generated always as (case when party_id is not null then entity_type end) stored,
  resent_from_id  uuid,
  subject         ops.mail_line,
  status          ops.email_status not null default 'queued',
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_id        uuid,
  leased_until    timestamptz,
  due_at          timestamptz generated always as (
    case status when 'queued' then next_attempt_at when 'sending' then leased_until end
  ) stored,
  has_own_server  boolean,
  answer          text,
  sent_at         timestamptz,
  delivered_at    timestamptz,
  bounced_at      timestamptz,
  complained_at   timestamptz,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),

  constraint email_log_pkey primary key (organization_id, id),
  constraint email_log_dedupe_key_key unique (organization_id, dedupe_key),
  constraint email_log_message_id_key unique (organization_id, message_id),
  constraint email_log_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint email_log_party_fkey foreign key (organization_id, party_id)
    references ops.directory (organization_id, id) on delete restrict,
  constraint email_log_resent_from_fkey foreign key (organization_id, resent_from_id)
    references ops.email_log (organization_id, id) on delete restrict,
  constraint email_log_message_id_check check (message_id ~ '^[a-zA-Z0-9.-]+@[a-zA-Z0-9.-]+$'),
  constraint email_log_attempts_check check (attempts >= 0),
  constraint email_log_lease_check check (
    (status = 'sending') = (lease_id is not null) and (lease_id is null) = (leased_until is null)
  ),
  constraint email_log_sent_check check ((status = 'sent') = (sent_at is not null))
)
with (fillfactor = 80);  -- room for the states that each mail goes through
create index email_log_due_idx on ops.email_log (organization_id, due_at, id) where due_at is not null;
create index email_log_failed_idx on ops.email_log (organization_id, next_attempt_at) where status = 'failed';
-- A mail server tells of a mail by nothing else.
create index email_log_message_id_idx on ops.email_log (message_id);
-- What a role reads, newest first.
create index email_log_about_idx on ops.email_log (organization_id, about, id);
create index email_log_party_idx on ops.email_log (organization_id, party_id, id);
create index email_log_entity_idx on ops.email_log (organization_id, entity_id, id);
create index email_log_resent_from_idx on ops.email_log (organization_id, resent_from_id);
comment on table ops.email_log is
  'Every mail: to whom, of what, when, and what became of it. What it says lies elsewhere, and nobody reads it here; its subject holds no price.';
comment on column ops.email_log.template is 'What is written; private.mail_kinds has them all.';
comment on column ops.email_log.message_id is 'Its Message-ID, without the brackets. The same at every attempt, so that a server or a reader can tell what it has already.';
comment on column ops.email_log.dedupe_key is 'What the mail is for. The same thing is not written twice.';
comment on column ops.email_log.event_id is 'The event that it follows from.';
comment on column ops.email_log.party_id is 'The company that it is for.';
comment on column ops.email_log.entity_type is 'The table whose row it is about.';
comment on column ops.email_log.about is 'Of a mail to a company, the table whose row it is about: who may read that reads of the mail. Null: administrators alone do.';
comment on column ops.email_log.has_own_server is 'Whether the last attempt went through the organization''s own mail server.';
comment on column ops.email_log.resent_from_id is 'The mail that this one says once more.';
comment on column ops.email_log.subject is 'As it was sent; null before.';
comment on column ops.email_log.next_attempt_at is 'When it is tried next; of one that failed, when it was given up.';
comment on column ops.email_log.attempts is 'How often it was taken up to be sent.';
comment on column ops.email_log.leased_until is 'Until when the worker that has it is believed to be alive.';
comment on column ops.email_log.due_at is 'When a worker takes it up; null: never again.';
comment on column ops.email_log.answer is 'What the mail server said to the last attempt, or what went wrong before it was asked.';
comment on column ops.email_log.sent_at is 'When a mail server took it.';
comment on column ops.email_log.delivered_at is 'When it arrived, if the mail server tells.';
comment on column ops.email_log.bounced_at is 'When it came back.';
comment on column ops.email_log.complained_at is 'When somebody called it unwanted.';

create table ops.email_recipients (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  email_id        uuid not null,
  about           text,
  name            ops.mail_line,
  address         ops.mail_address not null,
  is_copy         boolean not null default false,
  accepted_at     timestamptz,

  constraint email_recipients_pkey primary key (organization_id, id),
  constraint email_recipients_email_fkey foreign key (organization_id, email_id)
    references ops.email_log (organization_id, id) on delete cascade,
  constraint email_recipients_address_check check (address <> '')
);
create unique index email_recipients_address_key on ops.email_recipients (organization_id, email_id, lower(address));
create index email_recipients_lookup_idx on ops.email_recipients (organization_id, lower(address), id);
comment on table ops.email_recipients is 'Whom a mail is for.';
comment on column ops.email_recipients.about is 'As of the mail.';
comment on column ops.email_recipients.is_copy is 'Gets a copy (Cc).';
comment on column ops.email_recipients.accepted_at is 'When a mail server took it for this address. It is not sent there again.';

create table private.email_contents (
  organization_id   uuid not null,
  email_id          uuid not null,
  data              jsonb not null,
  attachments       jsonb not null default '[]',
  unsubscribe_token uuid not null default gen_random_uuid(),

  constraint email_contents_pkey primary key (organization_id, email_id),
  constraint email_contents_unsubscribe_token_key unique (unsubscribe_token),
  constraint email_contents_email_fkey foreign key (organization_id, email_id)
    references ops.email_log (organization_id, id) on delete cascade,
  constraint email_contents_shape_check check (jsonb_typeof(data) = 'object' and jsonb_typeof(attachments) = 'array')
);
comment on table private.email_contents is 'What a mail says: the facts of the moment in which it was queued. Gone when it is old.';
comment on column private.email_contents.attachments is 'Documents to be rendered: objects with document and id.';
comment on column private.email_contents.unsubscribe_token is 'Whoever has it may unsubscribe whom the mail was for.';

create table ops.email_suppressions (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  address         ops.mail_address not null,
  reason          ops.suppression_reason not null default 'manual',
  email_id        uuid,
  note            ops.long_text,
  created_at      timestamptz not null default now(),
  created_by      uuid default private.actor_id(),

  constraint email_suppressions_pkey primary key (organization_id, id),
  constraint email_suppressions_address_key unique (organization_id, address),
  constraint email_suppressions_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint email_suppressions_email_fkey foreign key (organization_id, email_id)
    references ops.email_log (organization_id, id) on delete set null (email_id),
  constraint email_suppressions_address_check check (address = lower(address))
);
create index email_suppressions_email_idx on ops.email_suppressions (organization_id, email_id);
comment on table ops.email_suppressions is 'Addresses that get no mail: they bounced, complained or unsubscribed. Deleting the row lifts it.';
comment on column ops.email_suppressions.address is 'In small letters.';
comment on column ops.email_suppressions.email_id is 'The mail that it came of.';
comment on column ops.email_suppressions.note is 'What the mail server said, or why somebody put it here.';
comment on column ops.email_suppressions.created_by is 'Null: told by the mail server, or by the reader himself.';

create table ops.mail_settings (
  organization_id      uuid not null,
  sender_name          ops.mail_line,
  sender_address       ops.mail_address,
  reply_to             ops.mail_address,
  language             ops.language_code not null default 'en',
  smtp_host            text,
  smtp_port            integer,
  smtp_user            ops.mail_line,
  smtp_security        ops.smtp_security not null default 'starttls',
  smtp_password_set_at timestamptz,
  rate_per_minute      integer,
  updated_at           timestamptz not null default now(),
  row_version          integer not null default 1,

  constraint mail_settings_pkey primary key (organization_id),
  constraint mail_settings_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete cascade,
  constraint mail_settings_host_check check (smtp_host ~ '^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$'),
  constraint mail_settings_port_check check (smtp_port between 1 and 65535),
  constraint mail_settings_server_check check (smtp_host is null or sender_address is not null),
  constraint mail_settings_rate_check check (rate_per_minute > 0)
);
comment on table ops.mail_settings is 'As whom an organization writes, and through which mail server. One row per organization, made with it. Without a server of its own: through the operator''s.';
comment on column ops.mail_settings.sender_name is 'By default the organization''s name.';
comment on column ops.mail_settings.sender_address is 'Needed with a mail server of one''s own. The operator''s server sends from the operator''s address, and answers come here.';
comment on column ops.mail_settings.reply_to is 'Where answers go; null: to the sender.';
comment on column ops.mail_settings.language is 'Of mails to companies that have none of their own.';
comment on column ops.mail_settings.smtp_port is 'Null: 587, with security tls 465.';
comment on column ops.mail_settings.smtp_user is 'Null: the server asks for none.';
comment on column ops.mail_settings.smtp_password_set_at is 'When set_mail_password was last called; null: there is none. Another server, port, security or user has none until it is set for it. Kept by trigger.';
comment on column ops.mail_settings.rate_per_minute is 'How many mails a minute its server takes; null: as many as there are.';

create table private.mail_secrets (
  organization_id uuid not null,
  smtp_password   bytea not null,

  constraint mail_secrets_pkey primary key (organization_id),
  constraint mail_secrets_settings_fkey foreign key (organization_id)
    references ops.mail_settings (organization_id) on delete cascade
);
comment on table private.mail_secrets is 'Passwords of mail servers, encrypted: only the workers can read them.';

create table private.mail_servers (
  name          text not null,
  failures      integer not null default 0,
  blocked_until timestamptz,
  free_at       timestamptz,
  last_error    text,

  constraint mail_servers_pkey primary key (name)
);
comment on table private.mail_servers is 'How it goes with each mail server. One that cannot be reached is left alone for a while, and its mails wait.';
comment on column private.mail_servers.name is 'The id of the organization whose it is, or operator.';
comment on column private.mail_servers.failures is 'How often it could not be reached since it last could.';
comment on column private.mail_servers.free_at is 'When its rate allows the next mail.';

create table ops.mail_templates (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  template        text not null,
  language        ops.language_code not null,
  subject         ops.mail_line not null,
  html            ops.template_text not null,
  text            ops.template_text,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint mail_templates_pkey primary key (organization_id, id),
  constraint mail_templates_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint mail_templates_language_key unique (organization_id, template, language),
  constraint mail_templates_text_check check (subject <> '' and html <> '')
);
comment on table ops.mail_templates is 'An organization''s own words for a mail, in place of ours: Jinja2. One that cannot be rendered costs the mail, which fails, and nobody else anything.';
comment on column ops.mail_templates.html is 'What stands in the letter, or a whole page that begins with <!doctype or <html.';
comment on column ops.mail_templates.text is 'The part for readers without HTML; null: made of the other one.';
