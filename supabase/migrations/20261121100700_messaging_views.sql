-- declared in sql/views/messaging.sql
-- What is written to people. Each has a file of words in oms_jobs for every language.

create view private.mail_kinds with (security_invoker = true) as
select k.template, k.kind::ops.email_kind as kind, k.summary
from (
  values
  ('quote_request', 'transactional', 'Asks a factory to quote for its lines of an allocation.'),
  ('quote_reminder', 'transactional', 'Reminds a factory of lines that it has not quoted for.'),
  ('production_contract', 'transactional', 'Sends a factory a production contract to countersign.'),
  ('purchase_order', 'transactional', 'Sends a vendor a purchase order.'),
  ('notification', 'transactional', 'Tells a member that something happened.'),
  ('digest', 'transactional', 'Tells a member what happened since the last one.'),
  ('announcement', 'marketing', 'News for companies that want them.'),
  ('test', 'transactional', 'Shows that mail arrives.')
) as k (template, kind, summary);
comment on view private.mail_kinds is 'The mails there are. From those of kind marketing one can unsubscribe.';
