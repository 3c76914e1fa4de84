-- Queuing

create function private.is_mail_address(address text) returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  known ops.mail_address;
begin
  known := address;  -- not cast: that cuts off what is too long
  return known is not null;
exception
  when check_violation or string_data_right_truncation then
    return false;
end
$$;
comment on function private.is_mail_address(text) is 'Whether a mail can be sent there: what people type as an address need not be one.';

create function private.mail_line(words text) returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return nullif(left(btrim(regexp_replace(words, '[\u0001-\u0020\u007f-\u009f\u2028\u2029]+', ' ', 'g')), 200), '');
end
$$;
comment on function private.mail_line(text) is 'What people have typed, as one line of a message''s head.';

create function private.recipients_of(organization_id uuid, party_id uuid) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('name', b.name, 'address', b.address) order by b.place)
    from (
      select distinct on (lower(a.address)) a.name, a.address, a.place
      from (
        select c.name, c.email as address, 1 as place
        from ops.contacts as c
        where c.organization_id = recipients_of.organization_id and c.directory_id = recipients_of.party_id and c.is_primary
        union all
        select d.name, d.email, 2
        from ops.directory as d
        where d.organization_id = recipients_of.organization_id and d.id = recipients_of.party_id
      ) as a
      where a.address is not null
      order by lower(a.address), a.place
    ) as b
  );
end
$$;
comment on function private.recipients_of(uuid, uuid) is 'Where a company gets its mail: at its primary contact and at its own address.';

create function private.queue_emails(letters private.letter[]) returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  unknown text;
  unsendable private.fact[];
  queued integer;
begin
  select l.template into unknown
  from unnest(letters) as l
  where not exists (select from private.mail_kinds as k where k.template = l.template)
  limit 1;
  if unknown is not null then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('There is no mail %s.', unknown), jsonb_build_object('template', unknown)
    );
  end if;

  with known as materialized (
    select
      private.new_id() as id, l.*, k.kind,
      coalesce(l.language, d.language, s.language, 'en') as written_in,
      coalesce(split_part(s.sender_address, '@', 2), o.code || '.oms') as host,
      coalesce(l.recipients, private.recipients_of(l.organization_id, l.party_id)) as mailboxes
    from unnest(letters) as l
    inner join private.mail_kinds as k on k.template = l.template
    inner join ops.organizations as o on o.id = l.organization_id
    left join ops.mail_settings as s on s.organization_id = l.organization_id
    left join ops.directory as d on d.organization_id = l.organization_id and d.id = l.party_id
  ),
  boxes as materialized (
    select distinct on (k.id, lower(r.address))
      k.organization_id, k.id, private.mail_line(r.name) as name, r.address, coalesce(r.is_copy, false) as is_copy, r.nth
    from known as k
    cross join lateral rows from (
      jsonb_to_recordset(k.mailboxes) as (name text, address text, is_copy boolean)
    ) with ordinality as r (name, address, is_copy, nth)
    where private.is_mail_address(r.address)
    order by k.id, lower(r.address), r.nth
  ),
  logged as (
    insert into ops.email_log (
      organization_id, id, template, language, kind, message_id, dedupe_key, event_id, party_id, entity_type, entity_id,
      status, answer
    )
    select
      k.organization_id, k.id, k.template, k.written_in, k.kind, k.id || '@' || k.host, k.dedupe_key, k.event_id,
      k.party_id, k.entity_type, k.entity_id,
      case when b.is_sendable then 'queued' else 'failed' end::ops.email_status,
      case when not b.is_sendable then 'There is no address to send it to.' end
    from known as k
    cross join lateral (
      select exists (select from boxes as b where b.id = k.id and not b.is_copy) as is_sendable
    ) as b
    on conflict (organization_id, dedupe_key) do nothing
    returning *
  ),
  addressed as (
    insert into ops.email_recipients (organization_id, email_id, about, name, address, is_copy)
    select b.organization_id, b.id, l.about, b.name, b.address, b.is_copy
    from boxes as b
    inner join logged as l on l.id = b.id
    order by b.id, b.nth
  ),
  written as (
    insert into private.email_contents (organization_id, email_id, data, attachments)
    select k.organization_id, k.id, coalesce(k.data, '{}'), coalesce(k.attachments, '[]')
    from known as k
    inner join logged as l on l.id = k.id
  )
  select
    count(*)::integer,
    array_agg(row(l.organization_id, 'email.failed', l.id, to_jsonb(l))::private.fact order by l.id)
      filter (where l.status = 'failed' and l.party_id is not null)
  into queued, unsendable
  from logged as l;
  perform private.emit(unsendable);
  return queued;
end
$$;
comment on function private.queue_emails(private.letter[]) is
  'Queues mails, each once by its dedupe_key, in this transaction. One that nobody can get is logged as failed. Returns how many are new.';

create function private.queue_email(
  organization_id uuid, template text, recipients jsonb, data jsonb, dedupe_key text, event_id uuid default null
) returns integer
language plpgsql
volatile
set search_path = ''
as $$
begin
  return private.queue_emails(array[
    row(organization_id, template, dedupe_key, event_id, null, null, null, recipients, data, null, null)::private.letter
  ]);
end
$$;
comment on function private.queue_email(uuid, text, jsonb, jsonb, text, uuid) is
  'Queues one mail that is about no row, as private.queue_emails does. Recipients: a list of objects with name, address and is_copy.';

-- What is mailed when something happens

create function private.quote_lines(organization_id uuid, slice_ids uuid[]) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(
      jsonb_build_object(
        'style_number', s.style_number, 'style_name', s.style_name, 'color', s.marketing_name, 'quantity', s.order_qty,
        'target_ex_factory_date', s.target_ex_factory_date
      )
      order by s.style_number, s.marketing_name, s.id
    )
    from ops.allocation_items_supplier as s
    where s.organization_id = quote_lines.organization_id and s.id = any(slice_ids)
  );
end
$$;
comment on function private.quote_lines(uuid, uuid[]) is 'Slices as a factory is asked about them.';

create function private.react_by_mail(events private.outbox[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.queue_emails(array(
    -- What was sent in one transaction is one mail, however many statements it took.
    select row(
      e.organization_id, 'quote_request',
      format('allocation.sent:%s:%s:%s', e.entity_id, e.factory_id, extract(epoch from e.occurred_at)),
      e.event_id, e.factory_id, 'allocations', e.entity_id, null,
      jsonb_build_object(
        'company', d.name, 'allocation_number', a.allocation_number, 'name', a.name,
        'lines', private.quote_lines(e.organization_id, e.slices)
      ),
      null, null
    )::private.letter
    from (
      select
        v.organization_id, v.entity_id, v.occurred_at, s.factory_id, min(v.id::text)::uuid as event_id,
        array_agg(distinct s.id) as slices
      from unnest(events) as v
      inner join ops.allocation_items_supplier as s
        on s.organization_id = v.organization_id and s.allocation_id = v.entity_id
        and s.factory_id = (v.payload ->> 'factory_id')::uuid
      -- Whoever got the work without a quote is asked for none.
      where v.type = 'allocation.sent' and s.invited_at = v.occurred_at and s.closed_at is null and not s.is_awarded
      group by v.organization_id, v.entity_id, v.occurred_at, s.factory_id
    ) as e
    inner join ops.allocations as a on a.organization_id = e.organization_id and a.id = e.entity_id
    inner join ops.directory as d on d.organization_id = e.organization_id and d.id = e.factory_id
    union all
    select row(
      e.organization_id, 'production_contract', 'event:' || e.id, e.id, p.factory_id, e.entity_type, e.entity_id, null,
      jsonb_build_object(
        'company', d.name, 'po_number', p.po_number, 'version', p.version, 'ex_factory_date', p.ex_factory_date,
        'quantity', p.total_qty,
        'lines', (
          select jsonb_agg(
            jsonb_build_object(
              'style_number', l.style_number, 'style_name', l.style_name, 'color', l.marketing_name, 'quantity', l.quantity
            )
            order by l.style_number, l.marketing_name, l.id
          )
          from ops.factory_po_lines as l
          where l.organization_id = p.organization_id and l.factory_po_id = p.id
        )
      ),
      jsonb_build_array(jsonb_build_object('document', 'contract', 'id', p.id)), null
    )::private.letter
    from unnest(events) as e
    inner join ops.factory_pos as p on p.organization_id = e.organization_id and p.id = e.entity_id
    inner join ops.directory as d on d.organization_id = p.organization_id and d.id = p.factory_id
    where e.type = 'factory_po.issued' and p.status <> 'CANCELLED'
    union all
    select row(
      e.organization_id, 'purchase_order', 'event:' || e.id, e.id, o.vendor_id, e.entity_type, e.entity_id, null,
      jsonb_build_object(
        'company', d.name, 'po_number', o.po_number, 'note', o.note,
        'lines', (
          select jsonb_agg(
            jsonb_build_object(
              'sku', coalesce(l.vendor_sku, l.sku), 'description', l.description, 'quantity', l.quantity, 'unit', l.unit,
              'need_by', l.need_by
            )
            order by l.line_number
          )
          from ops.purchase_order_lines as l
          where l.organization_id = o.organization_id and l.purchase_order_id = o.id
        )
      ),
      jsonb_build_array(jsonb_build_object('document', 'purchase_order', 'id', o.id)), null
    )::private.letter
    from unnest(events) as e
    inner join ops.purchase_orders as o on o.organization_id = e.organization_id and o.id = e.entity_id
    inner join ops.directory as d on d.organization_id = o.organization_id and d.id = o.vendor_id
    where e.type = 'purchase_order.sent' and o.status <> 'cancelled'
  ));
end
$$;
comment on function private.react_by_mail(private.outbox[]) is
  'Queues the mails that follow from events. They hold no prices: those stand in the documents that go with them.';

create function private.remind_quotes() returns integer
language plpgsql
volatile
security definer  -- whoever looks at the time may neither read quotes nor write mails
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  most_reminders constant integer := 3;
  patience constant integer := (
    select s.quote_reminder_days from ops.organization_settings as s where s.organization_id = organization
  );
  -- Not those of the worker: the key would be another one for each.
  clocks constant ops.short_text := (
    select s.time_zone from ops.organization_settings as s where s.organization_id = organization
  );
begin
  if patience is null then
    return 0;
  end if;
  return private.queue_emails(array(
    select row(
      organization, 'quote_reminder',
      format('quote_reminder:%s:%s:%s:%s', w.allocation_id, w.factory_id, w.invited_on, w.nth), null,
      w.factory_id, 'allocations', w.allocation_id, null,
      jsonb_build_object(
        'company', d.name, 'allocation_number', a.allocation_number, 'name', a.name, 'invited_on', w.invited_on,
        'lines', private.quote_lines(organization, w.slices)
      ),
      null, null
    )::private.letter
    from (
      select
        s.allocation_id, s.factory_id, (max(s.invited_at) at time zone clocks)::date as invited_on, array_agg(s.id) as slices,
        least(extract(day from now() - max(s.invited_at))::integer / patience, most_reminders) as nth
      from ops.allocation_items_supplier as s
      where s.organization_id = organization and s.quote_status = 'invited' and not s.is_awarded and s.closed_at is null
        and s.invited_at is not null
      group by s.allocation_id, s.factory_id
    ) as w
    inner join ops.allocations as a on a.organization_id = organization and a.id = w.allocation_id
    inner join ops.directory as d on d.organization_id = organization and d.id = w.factory_id
    where w.nth > 0
  ));
end
$$;
comment on function private.remind_quotes() is
  'Reminds each factory of the lines that it was asked for and has not answered: after each quote_reminder_days, three times at most. Returns how many mails are new.';

-- Sending

create function private.mail_server(organization_id uuid, is_own boolean) returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when is_own then organization_id::text else 'operator' end;
end
$$;
comment on function private.mail_server(uuid, boolean) is 'Which of private.mail_servers an organization''s own is, or the operator''s.';

create function private.is_called_off(mail ops.email_log) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- News of it stay news.
  return case mail.template
    when 'production_contract' then exists (
      select from ops.factory_pos as p
      where p.organization_id = mail.organization_id and p.id = mail.entity_id and p.status = 'CANCELLED'
    )
    when 'purchase_order' then exists (
      select from ops.purchase_orders as o
      where o.organization_id = mail.organization_id and o.id = mail.entity_id and o.status = 'cancelled'
    )
    else false
  end;
end
$$;
comment on function private.is_called_off(ops.email_log) is 'Whether what a mail sends somebody does not hold any more.';

create function private.finish_email(mail ops.email_log) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update ops.email_log as m
  set
    status = mail.status, answer = mail.answer, sent_at = mail.sent_at,
    next_attempt_at = case when mail.status = 'failed' then now() else mail.next_attempt_at end,
    subject = coalesce(mail.subject, m.subject), lease_id = null, leased_until = null
  where m.organization_id = mail.organization_id and m.id = mail.id;
  -- Not of what tells members: or it would be told to them by mail.
  if mail.status = 'failed' and mail.party_id is not null then
    perform private.emit(array[row(mail.organization_id, 'email.failed', mail.id, to_jsonb(mail))::private.fact]);
  end if;
end
$$;
comment on function private.finish_email(ops.email_log) is 'Ends an attempt, and tells of a mail to a company that is given up.';

create function private.claim_email(lease interval default '2 minutes', operator_rate integer default null)
returns setof private.claimed_email
language plpgsql
volatile
security definer  -- nobody may write the log, or read what mails say
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
  burst constant interval := make_interval(secs => 5);
  settings ops.mail_settings;
  is_own boolean;
  server private.mail_servers;
  rate integer;
  mail ops.email_log;
begin
  select s.* into settings from ops.mail_settings as s where s.organization_id = organization;
  is_own := settings.smtp_host is not null;
  rate := case when is_own then settings.rate_per_minute else operator_rate end;
  select s.* into server from private.mail_servers as s where s.name = private.mail_server(organization, is_own);
  if server.blocked_until > now() or server.free_at > now() then
    return;
  end if;

  loop
    select m.* into mail
    from ops.email_log as m
    where m.organization_id = organization and m.due_at <= now()
    order by m.due_at, m.id
    limit 1
    for no key update skip locked;
    if mail.id is null then
      return;
    end if;
    if mail.status = 'sending' and private.backoff(mail.attempts) is null then
      mail.status := 'failed';
      mail.answer := 'The worker ended at every attempt.';
      perform private.finish_email(mail);
    elsif private.is_called_off(mail) then
      mail.status := 'cancelled';
      mail.answer := 'What it is about was cancelled before it was sent.';
      perform private.finish_email(mail);
    elsif not exists (
      select from ops.email_recipients as r
      where r.organization_id = organization and r.email_id = mail.id and r.accepted_at is null
        and not private.is_suppressed(organization, r.address, mail.kind)
    ) then
      mail.status := 'suppressed';
      mail.answer := 'Nobody whom it is for is to get mail; see email_suppressions.';
      perform private.finish_email(mail);
    else
      exit;
    end if;
  end loop;

  if rate is not null then
    insert into private.mail_servers as s (name, free_at)
    values (private.mail_server(organization, is_own), now() - burst + interval '1 minute' / rate)
    on conflict (name) do update
    set free_at = greatest(s.free_at, now() - burst) + interval '1 minute' / rate;
  end if;
  update ops.email_log as m
  set
    status = 'sending', attempts = m.attempts + 1, lease_id = gen_random_uuid(),
    leased_until = clock_timestamp() + claim_email.lease, has_own_server = is_own
  where m.organization_id = organization and m.id = mail.id
  returning m.* into mail;

  return query
  select
    mail.id, mail.lease_id, mail.attempts, mail.message_id, mail.template, mail.language::text, mail.kind,
    (
      select jsonb_agg(
        jsonb_build_object(
          'name', r.name, 'address', r.address, 'is_copy', r.is_copy,
          'is_due', r.accepted_at is null and not private.is_suppressed(organization, r.address, mail.kind)
        )
        order by r.id
      )
      from ops.email_recipients as r
      where r.organization_id = organization and r.email_id = mail.id
    ),
    c.data, c.attachments, c.unsubscribe_token, o.name::text, settings.sender_name::text,
    settings.sender_address::text, settings.reply_to::text, settings.smtp_host, settings.smtp_port,
    settings.smtp_user::text, settings.smtp_security, s.smtp_password, t.subject::text, t.html::text, t.text::text
  from private.email_contents as c
  inner join ops.organizations as o on o.id = organization
  left join private.mail_secrets as s on s.organization_id = organization
  left join ops.mail_templates as t
    on t.organization_id = organization and t.template = mail.template and t.language = mail.language
  where c.organization_id = organization and c.email_id = mail.id;
end
$$;
comment on function private.claim_email(interval, integer) is
  'Takes the next due mail of the caller''s organization for so long, or none: also while its server is left alone or its rate is used up. What a worker took and never reported is due again when its time is over.';

create function private.report_email(
  email_id uuid, lease_id uuid, outcome private.mail_outcome, answer text, subject text default null,
  accepted text[] default '{}'
) returns boolean
language plpgsql
volatile
security definer  -- nobody may write the log
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  longest_wait constant interval := make_interval(mins => 30);
  server text;
  mail ops.email_log;
begin
  select m.* into mail
  from ops.email_log as m
  where m.organization_id = organization and m.id = report_email.email_id
    and m.status = 'sending' and m.lease_id = report_email.lease_id
  for no key update;
  if mail.id is null then
    return false;
  end if;

  update ops.email_recipients as r
  set accepted_at = now()
  where r.organization_id = organization and r.email_id = mail.id and r.address = any(accepted) and r.accepted_at is null;

  -- The one that was tried: since then the organization may have named another.
  server := private.mail_server(organization, mail.has_own_server);
  if outcome = 'unreachable' then
    insert into private.mail_servers as s (name, failures, blocked_until, last_error)
    values (server, 1, now() + private.backoff(1), report_email.answer)
    on conflict (name) do update
    set
      failures = s.failures + 1, last_error = report_email.answer,
      blocked_until = now() + least(coalesce(private.backoff(s.failures + 1), longest_wait), longest_wait);
  else
    update private.mail_servers as s
    set failures = 0, blocked_until = null, last_error = null
    where s.name = server and s.failures > 0;
  end if;

  mail.answer := left(report_email.answer, 1000);
  mail.subject := private.mail_line(report_email.subject);
  if outcome = 'sent' then
    mail.status := 'sent';
    mail.sent_at := now();
  elsif outcome = 'permanent' or private.backoff(mail.attempts) is null then
    mail.status := 'failed';
  else
    mail.status := 'queued';
    mail.next_attempt_at := now() + private.backoff(mail.attempts);
  end if;
  perform private.finish_email(mail);
  return true;
end
$$;
comment on function private.report_email(uuid, uuid, private.mail_outcome, text, text, text[]) is
  'Says what became of a mail that the caller took. False: it took too long, and another worker has it now. Accepted: the addresses that it will not be sent to again.';

create function private.organizations_with_due_emails() returns setof uuid
language plpgsql
stable
security definer  -- it looks at all organizations
set search_path = ''
as $$
begin
  return query
  select o.id
  from ops.organizations as o
  left join ops.mail_settings as s on s.organization_id = o.id
  left join private.mail_servers as v on v.name = case when s.smtp_host is null then 'operator' else o.id::text end
  where coalesce(v.blocked_until <= now(), true) and coalesce(v.free_at <= now(), true)
    and exists (select from ops.email_log as m where m.organization_id = o.id and m.due_at <= now());
end
$$;
comment on function private.organizations_with_due_emails() is 'For whom there is a mail to send now, of all organizations.';

-- Whom not to write to

create function private.is_suppressed(organization_id uuid, address text, kind ops.email_kind) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from ops.email_suppressions as s
    where s.organization_id = is_suppressed.organization_id and s.address = lower(is_suppressed.address)
      and (s.reason <> 'unsubscribed' or kind = 'marketing')
  );
end
$$;
comment on function private.is_suppressed(uuid, text, ops.email_kind) is 'Whether an address gets no mail of this kind.';

create function private.suppress(mail ops.email_log, only_address text, reason ops.suppression_reason, note text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into ops.email_suppressions as s (organization_id, address, reason, email_id, note, created_by)
  select mail.organization_id, lower(r.address), suppress.reason, mail.id, suppress.note, null
  from ops.email_recipients as r
  where r.organization_id = mail.organization_id and r.email_id = mail.id
    and (only_address is null or lower(r.address) = lower(only_address))
  on conflict (organization_id, address) do update
  set reason = excluded.reason, email_id = excluded.email_id, note = excluded.note
  where s.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed';
end
$$;
comment on function private.suppress(ops.email_log, text, ops.suppression_reason, text) is
  'Writes to whom a mail was for no more; only to one of them where an address is given.';

create function private.record_email_event(
  message_id text, kind ops.email_event_kind, address text, diagnostic text
) returns void
language plpgsql
volatile
security definer  -- whoever tells of it may not read the log; the mail says whose it is
set search_path = ''
as $$
#variable_conflict use_column
declare
  mail ops.email_log;
begin
  select m.* into mail
  from ops.email_log as m
  where m.message_id = btrim(record_email_event.message_id, '<> ')
    and m.organization_id = coalesce(private.organization_id(), m.organization_id);
  -- A mail server tells of mails that others sent, too, and says again what it gets no answer to.
  if mail.id is null then
    return;
  end if;
  update ops.email_log as m
  set
    delivered_at = case when record_email_event.kind = 'delivered' then coalesce(m.delivered_at, now()) else m.delivered_at end,
    bounced_at = case when record_email_event.kind = 'bounce' then coalesce(m.bounced_at, now()) else m.bounced_at end,
    complained_at = case when record_email_event.kind = 'complaint' then coalesce(m.complained_at, now()) else m.complained_at end
  where m.organization_id = mail.organization_id and m.id = mail.id;
  if record_email_event.kind in ('bounce', 'complaint') then
    perform private.suppress(
      mail, coalesce(record_email_event.address, ''), record_email_event.kind::text::ops.suppression_reason,
      left(diagnostic, 1000)
    );
    if record_email_event.kind = 'bounce' and mail.bounced_at is null then
      perform private.emit(array[row(mail.organization_id, 'email.bounced', mail.id, to_jsonb(mail))::private.fact]);
    end if;
  end if;
end
$$;
comment on function private.record_email_event(text, ops.email_event_kind, text, text) is
  'Notes what became of a mail. An address that it bounced from, or that complained, gets no more, if the mail was for it.';

create function private.unsubscribe(token uuid) returns void
language plpgsql
volatile
security definer  -- whoever has the token need not be anybody
set search_path = ''
as $$
declare
  mail ops.email_log;
begin
  select m.* into mail
  from private.email_contents as c
  inner join ops.email_log as m on m.organization_id = c.organization_id and m.id = c.email_id
  where c.unsubscribe_token = unsubscribe.token and m.kind = 'marketing';
  perform private.require_found(mail.id, 'mail', unsubscribe.token);
  perform private.suppress(mail, null, 'unsubscribed', null);
end
$$;
comment on function private.unsubscribe(uuid) is
  'Sends no more marketing mail to whom a mail was for.';

-- By people

create function private.require_email(email_id uuid) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  seen uuid;
begin
  select m.id into seen
  from ops.email_log as m
  where m.organization_id = private.organization_id() and m.id = require_email.email_id;
  perform private.require_found(seen, 'mail', require_email.email_id);
end
$$;
comment on function private.require_email(uuid) is 'Refuses a mail that the caller does not see.';

create function private.resend_email(email_id uuid) returns uuid
language plpgsql
volatile
security definer  -- nobody may write the log, or read what mails say
set search_path = ''
as $$
#variable_conflict use_column
declare
  organization constant uuid := private.organization_id();
  mail ops.email_log;
  contents private.email_contents;
  key text;
  resent uuid;
begin
  select m.* into mail from ops.email_log as m where m.organization_id = organization and m.id = resend_email.email_id;
  perform private.require_found(mail.id, 'mail', resend_email.email_id);
  if mail.status in ('queued', 'sending') then
    perform private.fail(
      'OMS_EMAIL_WAITS', format('The mail is %s; it is sent without that.', mail.status), jsonb_build_object('id', mail.id)
    );
  end if;
  select c.* into contents
  from private.email_contents as c
  where c.organization_id = organization and c.email_id = mail.id;
  if contents.email_id is null then
    perform private.fail(
      'OMS_EMAIL_SWEPT', 'What the mail says is deleted, since it is old.', jsonb_build_object('id', mail.id)
    );
  end if;
  key := 'resend:' || private.new_id();
  perform private.queue_emails(array[
    row(
      organization, mail.template, key, null, mail.party_id, mail.entity_type, mail.entity_id,
      -- A company's addresses may have been what was wrong.
      case
        when mail.party_id is null then (
          select jsonb_agg(jsonb_build_object('name', r.name, 'address', r.address, 'is_copy', r.is_copy) order by r.id)
          from ops.email_recipients as r
          where r.organization_id = organization and r.email_id = mail.id
        )
      end,
      contents.data, contents.attachments, mail.language
    )::private.letter
  ]);
  update ops.email_log as m
  set resent_from_id = mail.id
  where m.organization_id = organization and m.dedupe_key = key
  returning m.id into resent;
  return resent;
end
$$;
comment on function private.resend_email(uuid) is
  'Queues a mail of the caller''s organization once more, to where its company gets mail now, else to whom it went.';

create function private.cancel_email(email_id uuid) returns void
language plpgsql
volatile
security definer  -- nobody may write the log
set search_path = ''
as $$
declare
  mail ops.email_log;
begin
  select m.* into mail
  from ops.email_log as m
  where m.organization_id = private.organization_id() and m.id = cancel_email.email_id
  for no key update;
  perform private.require_found(mail.id, 'mail', cancel_email.email_id);
  if mail.status <> 'queued' then
    perform private.fail(
      'OMS_EMAIL_NOT_QUEUED', format('The mail is %s; only one that is queued can be cancelled.', mail.status),
      jsonb_build_object('id', mail.id, 'status', mail.status)
    );
  end if;
  mail.status := 'cancelled';
  mail.answer := 'Cancelled by hand.';
  perform private.finish_email(mail);
end
$$;
comment on function private.cancel_email(uuid) is 'Takes back a mail of the caller''s organization that waits.';

create function private.store_mail_password(sealed bytea) returns void
language plpgsql
volatile
security definer  -- nobody may read or write secrets
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
begin
  if not exists (
    select from ops.mail_settings as s where s.organization_id = organization and s.smtp_user is not null
  ) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'mail_settings names no smtp_user whose password it would be.', '{"argument": "smtp_user"}'
    );
  end if;
  -- First: the trigger that forgets a password looks at what changes beside it.
  update ops.mail_settings as s set smtp_password_set_at = now() where s.organization_id = organization;
  insert into private.mail_secrets (organization_id, smtp_password)
  values (organization, sealed)
  on conflict (organization_id) do update set smtp_password = excluded.smtp_password;
end
$$;
comment on function private.store_mail_password(bytea) is 'Keeps the password of the mail server of the caller''s organization, encrypted.';

create function private.sweep_emails() returns integer
language plpgsql
volatile
security definer  -- nobody may write what mails say
set search_path = ''
as $$
declare
  kept constant interval := make_interval(days => 90);
  swept integer;
begin
  delete from private.email_contents as c
  using ops.email_log as m
  where c.organization_id = private.organization_id()
    and m.organization_id = c.organization_id and m.id = c.email_id
    and m.due_at is null and m.created_at < now() - kept
    and m.kind = 'transactional';  -- a marketing mail holds the token to unsubscribe with
  get diagnostics swept = row_count;
  return swept;
end
$$;
comment on function private.sweep_emails() is 'Forgets what mails said that are three months old. That they were sent stays in the log. Returns how many.';

-- Documents

create function private.company_words(organization_id uuid, company_id uuid, preferred ops.address_kind[]) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'company', to_jsonb(d),
      'address', (
        select to_jsonb(a)
        from ops.addresses as a
        where a.organization_id = d.organization_id and a.directory_id = d.id
        order by array_position(preferred, a.kind), a.id
        limit 1
      )
    )
    from ops.directory as d
    where d.organization_id = company_words.organization_id and d.id = company_words.company_id
  );
end
$$;
comment on function private.company_words(uuid, uuid, ops.address_kind[]) is
  'A company and the first of its addresses by their kinds, as a document shows it.';

create function private.contract_words(organization_id uuid, contract_id uuid) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'row', to_jsonb(p),
      'replaces', (
        select old.version from ops.factory_pos as old
        where old.organization_id = p.organization_id and old.id = p.supersedes_id and old.issued_at is not null
      ),
      'replaced_by', (
        select max(newer.version) from ops.factory_pos as newer
        where newer.organization_id = p.organization_id and newer.supersedes_id = p.id
          and (newer.signed_at is not null or (newer.issued_at is not null and p.signed_at is null))
      ),
      'buyer', private.company_words(p.organization_id, o.company_id, '{registered,billing,shipping}'),
      'factory', private.company_words(p.organization_id, p.factory_id, '{shipping,registered,billing}'),
      'lines', (
        select jsonb_agg(
          jsonb_build_object(
            'line', to_jsonb(l), 'slice', to_jsonb(s),
            'sizes', coalesce(
              (
                select jsonb_agg(to_jsonb(z) order by z.position)
                from ops.factory_po_line_sizes as z
                where z.organization_id = l.organization_id and z.factory_po_line_id = l.id
              ),
              '[]'
            )
          )
          order by l.style_number, l.marketing_name, l.id
        )
        from ops.factory_po_lines as l
        inner join ops.allocation_items_supplier as s
          on s.organization_id = l.organization_id and s.id = l.allocation_item_supplier_id
        where l.organization_id = p.organization_id and l.factory_po_id = p.id
      )
    )
    from ops.factory_pos as p
    inner join ops.organizations as o on o.id = p.organization_id
    where p.organization_id = contract_words.organization_id and p.id = contract_words.contract_id
      and p.issued_at is not null
  );
end
$$;
comment on function private.contract_words(uuid, uuid) is 'All that the document of a contract says, which was issued.';

create function private.purchase_order_words(organization_id uuid, purchase_order_id uuid) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'row', to_jsonb(p),
      'buyer', private.company_words(p.organization_id, o.company_id, '{registered,billing,shipping}'),
      'place', private.company_words(p.organization_id, o.company_id, '{shipping,registered,billing}'),
      'vendor', private.company_words(p.organization_id, p.vendor_id, '{shipping,registered,billing}'),
      'warehouse', (
        select to_jsonb(w) from ops.warehouses as w where w.organization_id = p.organization_id and w.id = p.warehouse_id
      ),
      'lines', (
        select jsonb_agg(to_jsonb(l) order by l.line_number)
        from ops.purchase_order_lines as l
        where l.organization_id = p.organization_id and l.purchase_order_id = p.id
      )
    )
    from ops.purchase_orders as p
    inner join ops.organizations as o on o.id = p.organization_id
    where p.organization_id = purchase_order_words.organization_id and p.id = purchase_order_words.purchase_order_id
  );
end
$$;
comment on function private.purchase_order_words(uuid, uuid) is 'All that the document of a purchase order says.';

create function private.attached_document(email_id uuid, document text, document_id uuid) returns jsonb
language plpgsql
stable
security definer  -- whoever sends mail may read no documents but those that a mail takes along
set search_path = ''
as $$
declare
  organization constant uuid := private.organization_id();
begin
  if not exists (
    select from private.email_contents as c
    where c.organization_id = organization and c.email_id = attached_document.email_id
      and c.attachments @> jsonb_build_array(jsonb_build_object('document', document, 'id', document_id))
  ) then
    return null;
  end if;
  return case document
    when 'contract' then private.contract_words(organization, document_id)
    when 'purchase_order' then private.purchase_order_words(organization, document_id)
  end;
end
$$;
comment on function private.attached_document(uuid, text, uuid) is
  'What a document says that a mail of the caller''s organization takes along, as it is now; null: the mail takes none such.';

create function private.letterhead() returns jsonb
language plpgsql
stable
security definer  -- whoever sends mail may not read the directory
set search_path = ''
as $$
begin
  return (
    select private.company_words(o.id, o.company_id, '{registered,billing,shipping}')
    from ops.organizations as o
    where o.id = private.organization_id()
  );
end
$$;
comment on function private.letterhead() is
  'The company that the caller''s organization is, and where; null: the organization names none.';

create function private.send_test_email(address text) returns uuid
language plpgsql
volatile
security definer  -- nobody may write the log
set search_path = ''
as $$
#variable_conflict use_column
declare
  key constant text := 'test:' || private.new_id();
  queued uuid;
begin
  if not private.is_mail_address(send_test_email.address) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', 'address is none that a mail can be sent to.', '{"argument": "address"}'
    );
  end if;
  perform private.queue_email(
    private.organization_id(), 'test', jsonb_build_array(jsonb_build_object('address', send_test_email.address)), '{}', key
  );
  select m.id into queued
  from ops.email_log as m
  where m.organization_id = private.organization_id() and m.dedupe_key = key;
  return queued;
end
$$;
comment on function private.send_test_email(text) is 'Queues a test mail of the caller''s organization.';
