create trigger _100_touch_row before update on ops.webhook_endpoints
for each row when (
  (old.url, old.event_types, old.description, old.status, old.row_version)
  is distinct from (new.url, new.event_types, new.description, new.status, new.row_version)
)
execute function private.tg__touch_row();

create function private.tg_webhook_endpoints__require_event_types() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.require_event_types(new.event_types);
  return new;
end
$$;
comment on function private.tg_webhook_endpoints__require_event_types() is 'An endpoint is told of what there is.';
create trigger _300_require_event_types before insert or update of event_types on ops.webhook_endpoints
for each row execute function private.tg_webhook_endpoints__require_event_types();

create function private.tg_webhook_endpoints__begin_anew() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.failures := 0;
  new.failing_since := null;
  new.retry_at := null;
  new.disabled_reason := null;
  return new;
end
$$;
comment on function private.tg_webhook_endpoints__begin_anew() is
  'What failed before an endpoint was enabled again, or moved elsewhere, does not count.';
create trigger _200_begin_anew before update of status, url on ops.webhook_endpoints
for each row when (
  new.url is distinct from old.url or (old.status is distinct from new.status and new.status = 'enabled')
)
execute function private.tg_webhook_endpoints__begin_anew();
