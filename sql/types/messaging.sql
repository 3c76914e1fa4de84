-- What stands in a message's head is one line: whoever could write a line break there could write heads of his own.
create domain ops.mail_line as varchar(200)
constraint mail_line_check check (value !~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029]');
comment on domain ops.mail_line is 'One line of a message''s head, without control characters: a name, a subject.';

create domain ops.mail_address as varchar(254)
constraint mail_address_check check (value ~ '^[a-zA-Z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-zA-Z0-9.-]+$');
comment on domain ops.mail_address is 'Address that a message can be sent to, in ASCII: name@host.';

create domain ops.template_text as varchar(100000);
comment on domain ops.template_text is 'What a template is written in: a page or so.';

create domain ops.language_code as text
constraint language_code_check check (value ~ '^[a-z]{2}$');
comment on domain ops.language_code is 'Language by its two small letters (ISO 639-1).';

create type ops.email_kind as enum ('transactional', 'marketing');
comment on type ops.email_kind is
  'Whether a mail is part of doing business with somebody, or news that he can unsubscribe from.';

create type ops.email_status as enum ('queued', 'sending', 'sent', 'failed', 'suppressed', 'cancelled');
comment on type ops.email_status is
  'queued: waits, also for its next attempt. sent: a mail server has taken it. suppressed: everybody it was for is on email_suppressions.';

create type ops.email_event_kind as enum ('delivered', 'bounce', 'complaint');
comment on type ops.email_event_kind is
  'What became of a mail that a server took: it arrived, came back for good, or was called unwanted.';

create type ops.suppression_reason as enum ('bounce', 'complaint', 'unsubscribed', 'manual');
comment on type ops.suppression_reason is
  'Why an address gets no mail. Whoever unsubscribed gets no marketing mail, and all else.';

create type ops.smtp_security as enum ('starttls', 'tls');
comment on type ops.smtp_security is
  'How the way to a mail server is encrypted: after STARTTLS, as on port 587, or from the start, as on 465.';

create type ops.acknowledgement as (is_accepted boolean);
comment on type ops.acknowledgement is 'That something was taken note of, to somebody who is told no more.';
comment on column ops.acknowledgement.is_accepted is 'Always true.';

create type private.letter as (
  organization_id uuid,
  template text,
  dedupe_key text,
  event_id uuid,
  party_id uuid,
  entity_type text,
  entity_id uuid,
  recipients jsonb,
  data jsonb,
  attachments jsonb,
  language text
);
comment on type private.letter is
  'A mail to be queued. Recipients: objects with name, address and is_copy, or null: the party''s addresses.';

create type private.mail_outcome as enum ('sent', 'temporary', 'permanent', 'unreachable');
comment on type private.mail_outcome is
  'What became of an attempt. unreachable: the server could not be spoken to at all, so that it is left alone for a while.';

create type private.claimed_email as (
  id uuid,
  lease_id uuid,
  attempts integer,
  message_id text,
  template text,
  language text,
  kind ops.email_kind,
  recipients jsonb,
  data jsonb,
  attachments jsonb,
  unsubscribe_token uuid,
  organization_name text,
  sender_name text,
  sender_address text,
  reply_to text,
  smtp_host text,
  smtp_port integer,
  smtp_user text,
  smtp_security ops.smtp_security,
  smtp_password bytea,
  override_subject text,
  override_html text,
  override_text text
);
comment on type private.claimed_email is
  'A mail to be sent now, and all that it takes. Recipients: objects with name, address, is_copy and is_due, which is false for who has it already or is to get none.';
