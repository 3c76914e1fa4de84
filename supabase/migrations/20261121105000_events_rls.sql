-- declared in sql/rls/events.sql
grant execute on function
private.organizations_with_due_events(), private.handle_events(integer), private.dead_events(),
private.retry_events(uuid[]), private.maintain_outbox()
to oms_worker;
