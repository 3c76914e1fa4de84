-- declared in sql/tables/secrets.sql
create table private.public_keys (
  id          integer not null generated always as identity,
  fingerprint text not null,
  certificate bytea not null,
  created_at  timestamptz not null default now(),

  constraint public_keys_pkey primary key (id),
  constraint public_keys_fingerprint_key unique (fingerprint),
  constraint public_keys_fingerprint_check check (fingerprint ~ '^[0-9a-f]{40}$')
);
comment on table private.public_keys is
  'The operator''s OpenPGP keys, public halves: what a tenant entrusts to us is encrypted by the newest. The private halves are in no database; the workers have them.';
comment on column private.public_keys.certificate is 'With one subkey for encryption, or pgcrypto refuses it.';
