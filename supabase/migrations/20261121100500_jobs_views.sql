-- declared in sql/views/jobs.sql
create view ops.job_health with (security_invoker = true) as
select h.organization_id, h.pending_events, h.oldest_pending_at, h.failing_events, h.dead_events,
  h.due_emails, h.oldest_due_email_at, h.failed_emails, h.due_webhooks, h.oldest_due_webhook_at,
  h.disabled_webhook_endpoints, h.due_slack_posts, h.oldest_due_slack_post_at, h.failed_slack_posts
from private.visible_job_health() as h;
comment on view ops.job_health is
  'Whether the workers keep up: what waits, for how long, and what was given up. One row, the caller''s organization. Key: organization_id.';
comment on column ops.job_health.pending_events is 'Events that nobody has been told of yet.';
comment on column ops.job_health.oldest_pending_at is 'Since when the oldest of them has been waiting.';
comment on column ops.job_health.failing_events is 'Those of them that failed at least once and are tried again.';
comment on column ops.job_health.dead_events is 'Events that were given up within the last thirty days. `oms jobs dead` tells why, `oms jobs retry` takes them up again.';
comment on column ops.job_health.due_emails is 'Mails that are to be sent now and were not yet: also those whose server cannot be reached, or takes no more this minute.';
comment on column ops.job_health.oldest_due_email_at is 'Since when the oldest of them has been due.';
comment on column ops.job_health.failed_emails is 'Mails that were given up within a day. email_log tells why, resend_email sends one once more.';
comment on column ops.job_health.due_webhooks is 'Messages to webhook_endpoints that are enabled, to be sent now and not taken yet.';
comment on column ops.job_health.oldest_due_webhook_at is 'Since when the oldest of them has been due.';
comment on column ops.job_health.disabled_webhook_endpoints is 'Endpoints that were disabled because they took nothing, and are told of nothing until somebody enables them.';
comment on column ops.job_health.due_slack_posts is 'Messages to Slack that are to be sent now and were not yet.';
comment on column ops.job_health.oldest_due_slack_post_at is 'Since when the oldest of them has been due.';
comment on column ops.job_health.failed_slack_posts is 'Messages to Slack that were given up within a day. slack_channels.last_error tells why.';
