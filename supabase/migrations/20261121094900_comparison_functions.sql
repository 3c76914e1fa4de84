-- declared in sql/functions/comparison.sql
create function private.require_capacity(slices private.row_key[]) returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  crowded record;
begin
  if not exists (
    select
    from unnest(slices) as k
    inner join ops.organization_settings as t on t.organization_id = k.organization_id
    where t.factory_capacity = 'refuse'
  ) then
    return;
  end if;

  -- Two awards that fill the same month wait for each other here, and the second one counts the first.
  perform
  from ops.directory as d
  where (d.organization_id, d.id) in (
    select s.organization_id, s.factory_id
    from unnest(slices) as k
    inner join ops.allocation_items_supplier as s on s.organization_id = k.organization_id and s.id = k.id
  )
  order by d.organization_id, d.id
  for no key update;

  select w.factory_id, w.factory_name, w.month, w.load_qty, w.capacity_qty
  into crowded
  from (
    select distinct s.organization_id, s.factory_id, s.month
    from unnest(slices) as k
    inner join ops.factory_workload_slices as s
      on s.organization_id = k.organization_id and s.allocation_item_supplier_id = k.id
    inner join ops.organization_settings as t on t.organization_id = k.organization_id
    where t.factory_capacity = 'refuse'
  ) as touched
  inner join ops.factory_workload as w
    on w.organization_id = touched.organization_id and w.factory_id = touched.factory_id and w.month = touched.month
  where w.is_over
  order by w.factory_id, w.month
  limit 1;
  if found then
    perform private.fail(
      'OMS_FACTORY_OVER_CAPACITY',
      format(
        '%s would have %s pieces to make in %s, %s more than it can; award fewer, or to another factory.',
        crowded.factory_name, trim_scale(crowded.load_qty), to_char(crowded.month, 'YYYY-MM'),
        trim_scale(crowded.load_qty - crowded.capacity_qty)
      ),
      jsonb_build_object(
        'factory_id', crowded.factory_id, 'month', crowded.month, 'load_qty', crowded.load_qty,
        'capacity_qty', crowded.capacity_qty
      )
    );
  end if;
end
$$;
comment on function private.require_capacity(private.row_key[]) is
  'Refuses work beyond a factory''s monthly capacity in the months of these slices, where the organization refuses it. Locks the factories, last of all. For definer triggers only.';

create function private.tell_warnings(allocation_ids uuid[], factory_ids uuid[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  warnings bigint;
begin
  if nullif(current_setting('request.headers', true), '') is null then
    return;  -- nobody would read it
  end if;
  select count(*)
  into warnings
  from ops.award_warnings as w
  where w.organization_id = private.organization_id()
    and w.allocation_id = any(allocation_ids) and w.factory_id = any(factory_ids);
  if warnings > 0 then
    perform set_config(
      'response.headers',
      (
        coalesce(nullif(current_setting('response.headers', true), '')::jsonb, '[]')
        || jsonb_build_array(jsonb_build_object('OMS-Warnings', warnings::text))
      )::text,
      true
    );
  end if;
end
$$;
comment on function private.tell_warnings(uuid[], uuid[]) is
  'Tells in the response''s header OMS-Warnings how many award_warnings there are for these factories in these allocations; without any there is no header.';
