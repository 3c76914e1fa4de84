-- declared in sql/rls/jobs.sql
grant execute on function private.raise_alerts(), private.expire_reservations(), private.sweep() to oms_worker;
