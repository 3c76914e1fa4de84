create domain ops.webhook_url as varchar(2000)
constraint webhook_url_characters_check check (value ~ '^[!-"$-\[\]-~]+$')
constraint webhook_url_host_check check (
  value ~ '^(https://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])|http://(localhost|127\.0\.0\.1|\[::1\]))(:[0-9]{1,5})?([/?]|$)'
);
comment on domain ops.webhook_url is
  'Where messages are sent: https://, or http:// on the worker''s own machine where its operator allows that. Without user name and password, and without a fragment.';

create type ops.webhook_status as enum ('enabled', 'disabled');
comment on type ops.webhook_status is 'Whether an endpoint is sent anything.';

create type ops.delivery_status as enum ('pending', 'delivered', 'failed');
comment on type ops.delivery_status is 'Whether a message is still to be sent, was taken, or was given up.';

create type ops.webhook_secret as (webhook_endpoint_id uuid, secret text);
comment on type ops.webhook_secret is
  'An endpoint and what its messages are signed with. It is shown this once: keep it where the receiver finds it.';
comment on column ops.webhook_secret.secret is 'null: this is the answer to a repeated request, and secrets are not kept. Rotate it.';

create type ops.webhook_replay as (webhook_endpoint_id uuid, deliveries integer);
comment on type ops.webhook_replay is 'How many messages an endpoint will be sent again.';
