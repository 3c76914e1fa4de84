create type ops.scheduled_job as enum (
  'plan_supply', 'remind_quotes', 'raise_alerts', 'expire_reservations', 'send_digests', 'sweep'
);
comment on type ops.scheduled_job is 'What an organization has done at set times.';
