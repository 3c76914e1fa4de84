-- Commands that take a secret are called by administrators.
grant execute on function private.seal(text), private.digest(text) to oms_admin;
