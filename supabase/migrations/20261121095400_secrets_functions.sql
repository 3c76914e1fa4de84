-- declared in sql/functions/secrets.sql
create function private.seal(secret text) returns bytea
language plpgsql
volatile
security definer  -- nobody may read the keys, nor call the extension
set search_path = ''
as $$
declare
  certificate bytea;
begin
  select k.certificate into certificate from private.public_keys as k order by k.id desc limit 1;
  if certificate is null then
    perform private.fail(
      'OMS_NO_SECRETS_KEY', 'Secrets cannot be kept yet: the operator of this installation has to run `oms secrets init` first.'
    );
  end if;
  return extensions.pgp_pub_encrypt(secret, certificate, 'cipher-algo=aes256');
end
$$;
comment on function private.seal(text) is
  'Encrypts what somebody entrusts to us, so that only the workers can read it: nobody in the database can. Refuses while the operator has made no key. Of a secret never store an argument or a response for replay_command; private.digest() of it is enough to compare.';

create function private.digest(secret text) returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return encode(
    sha256(convert_to(
      concat_ws('/', private.organization_id(), private.actor_id(), private.header('idempotency-key'), secret), 'UTF8'
    )),
    'hex'
  );
end
$$;
comment on function private.digest(text) is
  'By which a repeated request with the same Idempotency-Key is told from another one, without its secret being kept.';
