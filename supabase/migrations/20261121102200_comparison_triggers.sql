-- declared in sql/triggers/comparison.sql
create trigger _100_touch_row before update on ops.exchange_rates
for each row execute function private.tg__touch_row();

create function private.tg_exchange_rates__guard_currency() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.currency = (select o.currency from ops.organizations as o where o.id = new.organization_id) then
    perform private.fail(
      'OMS_INVALID_ARGUMENT', format('%s is the organization''s own currency; its rate is 1.', new.currency),
      jsonb_build_object('argument', 'currency')
    );
  end if;
  return new;
end
$$;
comment on function private.tg_exchange_rates__guard_currency() is 'Rates are of other currencies than the organization''s own.';
create trigger _300_guard_currency before insert on ops.exchange_rates
for each row execute function private.tg_exchange_rates__guard_currency();
create trigger _310_guard_unique before insert or update of currency, rate_date on ops.exchange_rates
for each row execute function private.tg__guard_unique('currency', 'rate_date');

create function private.tg_allocation_items_supplier__guard_capacity() returns trigger
language plpgsql
security definer  -- locks factories, which the planner may not write
set search_path = ''
as $$
begin
  -- Asked first, so that nobody else pays for the rest.
  if exists (
    select from ops.organization_settings as t
    where t.factory_capacity = 'refuse' and t.organization_id in (select n.organization_id from new_rows as n)
  ) then
    perform private.require_capacity(
      (
        select array_agg(row(n.organization_id, n.id)::private.row_key)
        from new_rows as n full join old_rows as o using (organization_id, id)
        where n.effective_qty > o.effective_qty
          or n.effective_qty > 0 and n.target_ex_factory_date is distinct from o.target_ex_factory_date
      )
    );
  end if;
  return null;
end
$$;
comment on function private.tg_allocation_items_supplier__guard_capacity() is 'Where the organization refuses it, no award gives a factory more work in a month than it can do, nor does another date for it.';
create trigger _580_guard_capacity after update on ops.allocation_items_supplier
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_allocation_items_supplier__guard_capacity();

create function private.tg_factory_pos__guard_capacity() returns trigger
language plpgsql
security definer  -- locks factories, which the planner may not write
set search_path = ''
as $$
begin
  perform private.require_capacity(
    (
      select array_agg(row(l.organization_id, l.allocation_item_supplier_id)::private.row_key)
      from new_rows as n
      inner join old_rows as o using (organization_id, id)
      inner join ops.factory_po_lines as l on l.organization_id = n.organization_id and l.factory_po_id = n.id
      where n.status = 'ISSUED' and o.status = 'DRAFT'
    )
  );
  return null;
end
$$;
comment on function private.tg_factory_pos__guard_capacity() is 'A contract''s ex-factory date can move its work into another month.';
create trigger _560_guard_capacity after update on ops.factory_pos
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_factory_pos__guard_capacity();

create function private.tg_factory_pos__guard_minimums() returns trigger
language plpgsql
security definer  -- reads all awards of the factory, under the locks that issuing took
set search_path = ''
as $$
declare
  short record;
begin
  if not exists (
    select from ops.organization_settings as t
    where t.organization_id = new.organization_id and t.factory_minimums = 'refuse'
  ) then
    return new;
  end if;
  select w.*
  into short
  from ops.award_warnings as w
  where w.organization_id = new.organization_id and w.allocation_id = new.allocation_id and w.factory_id = new.factory_id
    and w.warning in ('below_moq', 'below_colour_moq', 'below_minimum_amount', 'no_rate')
  order by w.warning, w.subject
  limit 1;
  if found then
    perform private.fail(
      'OMS_BELOW_FACTORY_MINIMUM',
      case short.warning
        when 'no_rate' then format(
          '%s takes orders from %s %s; what is awarded cannot be compared with that without exchange rates.',
          short.factory_name, trim_scale(short.bound), short.unit
        )
        else format(
          '%s takes at least %s %s (%s: %s); %s are awarded. Award it more, or another factory.',
          short.factory_name, trim_scale(short.bound), short.unit, short.warning, short.subject, trim_scale(short.actual)
        )
      end,
      jsonb_build_object(
        'factory_id', short.factory_id, 'warning', short.warning, 'subject', short.subject,
        'actual', short.actual, 'bound', short.bound, 'unit', short.unit
      )
    );
  end if;
  return new;
end
$$;
comment on function private.tg_factory_pos__guard_minimums() is 'Where the organization refuses it, no contract is issued below what the factory takes of a style, of a colour, or as an amount.';
create trigger _410_guard_minimums before update of status on ops.factory_pos
for each row when (old.status = 'DRAFT' and new.status = 'ISSUED')
execute function private.tg_factory_pos__guard_minimums();
