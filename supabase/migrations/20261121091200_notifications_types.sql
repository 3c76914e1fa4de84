-- declared in sql/types/notifications.sql
create type ops.notification_channel as enum ('in_app', 'mail', 'slack');
comment on type ops.notification_channel is 'How somebody is told: in the application, by mail, in a channel of Slack.';

create type ops.notification_digest as enum ('none', 'daily');
comment on type ops.notification_digest is 'Whether each event is mailed at once, or those of a day together.';
