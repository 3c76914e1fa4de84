create trigger _100_touch_row before update on ops.notification_rules
for each row execute function private.tg__touch_row();

create function private.tg__require_event_type() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.require_event_types(array[new.event_type]);
  return new;
end
$$;
comment on function private.tg__require_event_type() is 'A rule is about events that there are.';
create trigger _300_require_event_type before insert or update of event_type on ops.notification_rules
for each row execute function private.tg__require_event_type();
create trigger _300_require_event_type before insert on ops.notification_mutes
for each row execute function private.tg__require_event_type();

create function private.tg_notification_rules__refuse_portal() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from ops.members as m
    where m.organization_id = new.organization_id and m.id = new.member_id and m.party_id is not null
  ) then
    perform private.fail(
      'OMS_NOT_ALLOWED', 'Clients, factories and vendors are not told of events by rules; they get mails of their own.',
      jsonb_build_object('member_id', new.member_id)
    );
  end if;
  return new;
end
$$;
comment on function private.tg_notification_rules__refuse_portal() is 'Rules are for staff.';
create trigger _300_refuse_portal before insert on ops.notification_rules
for each row when (new.member_id is not null) execute function private.tg_notification_rules__refuse_portal();

-- Whoever is mentioned in a note is told, if he may read it

create function private.mentioned(note text) returns setof text
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- @full.name or @somebody@example.com, not inside a word; a full stop behind it ends a sentence.
  return query
  select distinct lower(rtrim(m.hit[1], '.'))
  from regexp_matches(note, '(?:^|[^[:alnum:]_@.])@([[:alnum:]][[:alnum:]._+''-]*(?:@[[:alnum:].-]+)?)', 'g') as m (hit);
end
$$;
comment on function private.mentioned(text) is 'Who is mentioned in a note: names as they are mentioned, in lower case.';

create function private.tg__emit_mentions() returns trigger
language plpgsql
security definer  -- nobody may write the outbox, and who is mentioned need not be known to who writes
set search_path = ''
set enable_seqscan = off
as $$
declare
  field constant text := tg_argv[1];
  changed jsonb[];
begin
  if tg_op = 'INSERT' then
    changed := array(select jsonb_build_array(to_jsonb(n), null) from new_rows as n where to_jsonb(n) ->> field like '%@%');
  else
    changed := array(
      select jsonb_build_array(to_jsonb(n), to_jsonb(o))
      from new_rows as n
      full join old_rows as o using (organization_id, id)
      where to_jsonb(n) ->> field like '%@%' and to_jsonb(n) ->> field is distinct from to_jsonb(o) ->> field
    );
  end if;
  if cardinality(changed) = 0 then
    return null;
  end if;
  perform private.emit(array(
    select row(
      m.organization_id, tg_argv[0] || '.mentioned', (c.row ->> 'id')::uuid,
      c.row || jsonb_build_object('member_id', m.id)
    )::private.fact
    from (select r.pair -> 0 as row, r.pair -> 1 as before from unnest(changed) as r (pair)) as c
    cross join lateral private.mentioned(c.row ->> field) as x (name)
    inner join ops.members as m
      on m.organization_id = (c.row ->> 'organization_id')::uuid
      and x.name in (lower(replace(m.full_name, ' ', '.')), lower(m.email))
    where m.status = 'active' and m.party_id is null and m.user_id is distinct from private.actor_id()
      and has_table_privilege(m.role::text, tg_relid, 'select')
      and x.name not in (select private.mentioned(c.before ->> field))
    order by c.row ->> 'id', m.id
  ));
  return null;
end
$$;
comment on function private.tg__emit_mentions() is
  'Tells of each member of staff whom a note mentions and who may read it: once, and not again when the note is changed. Arguments: what the event begins with, the column.';

create trigger _900_emit_mentions_insert after insert on ops.purchase_orders
referencing new table as new_rows
for each statement execute function private.tg__emit_mentions('purchase_order', 'note');
create trigger _900_emit_mentions_update after update on ops.purchase_orders
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_mentions('purchase_order', 'note');
create trigger _900_emit_mentions_insert after insert on ops.allocation_item_supplier_notes
referencing new table as new_rows
for each statement execute function private.tg__emit_mentions('slice_note', 'remark');
create trigger _900_emit_mentions_update after update on ops.allocation_item_supplier_notes
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg__emit_mentions('slice_note', 'remark');
