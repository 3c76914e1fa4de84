-- declared in sql/views/comparison.sql
-- What is asked of a factory is asked of an order, not of a line: these views walk the allocations and look at each as
-- a whole, once.

create view ops.quote_comparison with (security_invoker = true) as
select
  a.organization_id,
  a.id as allocation_id,
  a.allocation_number,
  q.allocation_item_id,
  q.id as allocation_item_supplier_id,
  q.factory_id,
  q.factory_name,
  q.style_number,
  q.marketing_name,
  q.quote_status,
  q.is_awarded,
  q.is_missing,
  q.order_qty,
  q.capacity_qty,
  q.is_within_capacity,
  q.price,
  q.currency,
  q.amount,
  q.surcharge,
  q.rate,
  q.rate_date,
  q.landed_amount,
  round(q.landed_amount / q.order_qty, 4) as landed_price,
  o.currency as landed_currency,
  q.target_ex_factory_date,
  q.ex_factory_date,
  q.days_late,
  q.moq_shortfall_qty,
  q.colour_moq_shortfall_qty,
  q.minimum_amount_shortfall,
  q.rank,
  array(
    select p.code
    from (
      values
      ('not_invited', q.is_live and q.invited_at is null),
      ('no_quote', q.is_missing),
      ('declined', q.quote_status = 'declined'),
      ('withdrawn', q.quote_status = 'withdrawn'),
      ('closed', q.closed_at is not null and not q.is_awarded),
      ('factory_not_approved', q.approval_status <> 'approved'),
      ('no_rate', q.amount is not null and q.landed_amount is null),
      ('late', q.days_late > 0),
      ('no_ex_factory_date', q.amount is not null and q.ex_factory_date is null and not q.is_on_time),
      ('over_capacity', not q.is_within_capacity),
      ('below_moq', q.moq_shortfall_qty > 0),
      ('below_colour_moq', q.colour_moq_shortfall_qty > 0),
      ('below_minimum_amount', q.minimum_amount_shortfall > 0)
    ) as p (code, applies)
    where p.applies
  ) as problems
from ops.allocations as a
left join ops.organizations as o on o.id = a.organization_id
cross join lateral (
  with slice as (
    select
      s.id,
      s.allocation_item_id,
      s.factory_id,
      d.name as factory_name,
      d.approval_status,
      s.style_id,
      s.colorway_id,
      s.style_number,
      s.marketing_name,
      s.quote_status,
      s.is_awarded,
      s.invited_at,
      s.closed_at,
      live.is_live,
      s.order_qty,
      s.capacity_qty,
      coalesce(s.order_qty <= s.capacity_qty, true) as is_within_capacity,
      s.target_ex_factory_date,
      s.ex_factory_date,
      s.ex_factory_date - s.target_ex_factory_date as days_late,
      coalesce(s.ex_factory_date <= s.target_ex_factory_date, s.target_ex_factory_date is null) as is_on_time,
      d.moq,
      d.moq_per_colour,
      d.minimum_order_amount,
      d.minimum_order_surcharge,
      live.price,
      s.currency,
      (s.order_qty * live.price)::ops.money_amount as amount,
      case when s.currency = o.currency then 1 else quoted.rate end as rate,
      quoted.rate_date,
      -- Units of the quote's currency for one of that in which the factory states its minimum.
      case
        when s.currency = coalesce(d.currency, o.currency) then 1
        else
          case when s.currency = o.currency then 1 else quoted.rate end
          / case when coalesce(d.currency, o.currency) = o.currency then 1 else own.rate end
      end as factor
    from ops.allocation_items_supplier as s
    inner join ops.directory as d on d.organization_id = s.organization_id and d.id = s.factory_id
    cross join lateral (
      select
        c.is_live,
        case when c.is_live and s.quote_status = 'quoted' then s.price end as price
      from (
        select
          (s.is_awarded or s.closed_at is null) and s.quote_status <> 'declined' and s.quote_status <> 'withdrawn'
            as is_live
      ) as c
    ) as live
    left join lateral (
      select r.rate, r.rate_date
      from ops.exchange_rates as r
      where r.organization_id = s.organization_id and r.currency = s.currency and r.rate_date <= current_date
        and s.currency <> o.currency
      order by r.rate_date desc
      limit 1
    ) as quoted on true
    left join lateral (
      select r.rate
      from ops.exchange_rates as r
      where r.organization_id = s.organization_id and r.currency = d.currency and r.rate_date <= current_date
        and d.currency not in (s.currency, o.currency)
      order by r.rate_date desc
      limit 1
    ) as own on true
    where s.organization_id = a.organization_id and s.allocation_id = a.id
  ),

  valued as (
    select
      s.*,
      s.invited_at is not null and s.is_live and not s.is_awarded and s.quote_status = 'invited' as is_missing,
      round(s.amount / s.factor, 4) as value
    from slice as s
  ),

  summed as (
    select
      s.*,
      sum(s.value) over (
        partition by s.factory_id order by s.id rows between unbounded preceding and current row
      ) as value_so_far,
      -- Unknown while a part of it is in a currency without a rate.
      case
        when count(s.value) over (partition by s.factory_id) = count(s.amount) over (partition by s.factory_id)
          then sum(s.value) over (partition by s.factory_id)
      end as order_value,
      sum(s.order_qty) filter (where s.is_live) over (partition by s.factory_id, s.style_id) as style_qty,
      sum(s.order_qty) filter (where s.is_live) over (partition by s.factory_id, s.colorway_id) as colour_qty
    from valued as s
  ),

  charged as (
    select
      s.*,
      -- Up to this line less up to the one before: each is rounded, and they add up to the surcharge.
      case
        when s.amount is null then null
        when coalesce(s.minimum_order_amount, 0) = 0 or s.order_value >= s.minimum_order_amount then 0
        else s.factor * (
          round(coalesce(s.minimum_order_surcharge, 0) * s.value_so_far / s.order_value, 4)
          - round(coalesce(s.minimum_order_surcharge, 0) * (s.value_so_far - s.value) / s.order_value, 4)
        )
      end::ops.money_amount as surcharge
    from summed as s
  ),

  landed as (
    select
      s.*,
      case when s.is_live then greatest(s.moq - s.style_qty, 0) end as moq_shortfall_qty,
      case when s.is_live then greatest(s.moq_per_colour - s.colour_qty, 0) end as colour_moq_shortfall_qty,
      case when s.amount is not null then greatest(s.minimum_order_amount - s.order_value, 0) end
        as minimum_amount_shortfall,
      round((s.amount + s.surcharge) / s.rate, 4) as landed_amount
    from charged as s
  )

  select
    s.*,
    case
      when s.landed_amount is not null then row_number() over (
        partition by s.allocation_item_id
        order by s.landed_amount is null, not s.is_on_time, s.landed_amount / s.order_qty, s.id
      )
    end as rank
  from landed as s
) as q;
comment on view ops.quote_comparison is
  'What the factories ask for the same goods, side by side: for each allocation item and each factory, with its share of the surcharge of an order below the minimum amount, in the organization''s currency at the rate that holds today. Ask for one allocation. Key: allocation_id, allocation_item_supplier_id.';
comment on column ops.quote_comparison.is_missing is 'Invited, and neither quoted nor declined yet.';
comment on column ops.quote_comparison.order_qty is 'Pieces asked for.';
comment on column ops.quote_comparison.is_within_capacity is 'Whether the factory can make all the pieces, by its quote.';
comment on column ops.quote_comparison.price is 'The quote, for a piece; null: none that stands.';
comment on column ops.quote_comparison.amount is 'order_qty x price, in `currency`.';
comment on column ops.quote_comparison.surcharge is 'This line''s share of the factory''s surcharge, in proportion to the amounts that it quoted in this allocation, in `currency`. The shares add up to the surcharge.';
comment on column ops.quote_comparison.rate is 'Units of `currency` for one of `landed_currency`; null: no rate is known.';
comment on column ops.quote_comparison.rate_date is 'The day of that rate; null in the organization''s own currency.';
comment on column ops.quote_comparison.landed_amount is '(amount + surcharge) / rate, in `landed_currency`; null without a rate.';
comment on column ops.quote_comparison.landed_price is 'landed_amount / order_qty.';
comment on column ops.quote_comparison.landed_currency is 'The organization''s currency.';
comment on column ops.quote_comparison.days_late is 'Days from the ex-factory date that we want to the one that the factory quotes; negative: earlier.';
comment on column ops.quote_comparison.moq_shortfall_qty is 'Pieces of the style, in this allocation, that lack to the factory''s minimum.';
comment on column ops.quote_comparison.colour_moq_shortfall_qty is 'Pieces of the colour, in this allocation, that lack to the factory''s minimum.';
comment on column ops.quote_comparison.minimum_amount_shortfall is 'What the factory''s quotes in this allocation lack to its minimum amount, in the factory''s currency; null while a rate is missing.';
comment on column ops.quote_comparison.rank is 'Place among the comparable quotes of the allocation item: those on time first, then by landed_price, then by id. A quote without the date that was asked for is not on time. Null: nothing to compare.';
comment on column ops.quote_comparison.problems is 'Of not_invited, no_quote, declined, withdrawn, closed, factory_not_approved, no_rate, late, no_ex_factory_date, over_capacity, below_moq, below_colour_moq, below_minimum_amount.';

create view ops.quote_comparison_by_factory with (security_invoker = true) as
select
  a.organization_id,
  a.id as allocation_id,
  a.allocation_number,
  q.factory_id,
  q.factory_name,
  q.lines,
  q.quoted_lines,
  q.missing_lines,
  q.first_lines,
  q.quoted_qty,
  q.landed_amount,
  q.landed_currency,
  q.days_late,
  q.minimum_amount_shortfall,
  q.rank,
  q.problems
from ops.allocations as a
cross join lateral (
  with line as (
    select c.*
    from ops.quote_comparison as c
    where c.organization_id = a.organization_id and c.allocation_id = a.id
  ),

  problem as (
    select l.factory_id, array_agg(distinct p.code order by p.code) as codes
    from line as l
    cross join lateral unnest(l.problems) as p (code)
    group by l.factory_id
  ),

  summed as (
    select
      l.factory_id,
      l.factory_name,
      l.landed_currency,
      count(*) as lines,
      count(l.amount) as quoted_lines,
      count(*) filter (where l.is_missing) as missing_lines,
      count(*) filter (where l.rank = 1) as first_lines,
      sum(l.order_qty) filter (where l.amount is not null) as quoted_qty,
      case when count(l.landed_amount) = count(l.amount) then sum(l.landed_amount) end as landed_amount,
      max(l.days_late) as days_late,
      max(l.minimum_amount_shortfall) as minimum_amount_shortfall,
      count(l.landed_amount) = count(*) as is_complete
    from line as l
    group by l.factory_id, l.factory_name, l.landed_currency
  )

  select
    s.*,
    coalesce(p.codes, '{}') as problems,
    case
      when s.is_complete
        then row_number() over (
          order by not s.is_complete, p.codes && array['late', 'no_ex_factory_date'] is true,
            s.landed_amount / s.quoted_qty, s.factory_id
        )
    end as rank
  from summed as s
  left join problem as p on p.factory_id = s.factory_id
) as q;
comment on view ops.quote_comparison_by_factory is
  'What the factories ask for an allocation as a whole: the sums of quote_comparison. Key: allocation_id, factory_id.';
comment on column ops.quote_comparison_by_factory.missing_lines is 'Lines that it was invited for and has neither quoted nor declined.';
comment on column ops.quote_comparison_by_factory.first_lines is 'Lines of which its quote ranks first.';
comment on column ops.quote_comparison_by_factory.quoted_qty is 'Pieces of the lines that it has quoted.';
comment on column ops.quote_comparison_by_factory.landed_amount is 'All that it quoted, with the surcharge, in the organization''s currency; null while a rate is missing.';
comment on column ops.quote_comparison_by_factory.days_late is 'Of its latest line.';
comment on column ops.quote_comparison_by_factory.minimum_amount_shortfall is 'What its quotes lack to its minimum amount, in the factory''s currency.';
comment on column ops.quote_comparison_by_factory.rank is 'Place among the factories that quoted every line that they were asked for: those on time first, then by what a piece costs, then by id. Null: not all is quoted, or a rate is missing.';
comment on column ops.quote_comparison_by_factory.problems is 'All problems of its lines.';

create view ops.factory_workload_slices with (security_invoker = true) as
select
  s.organization_id,
  s.id as allocation_item_supplier_id,
  s.factory_id,
  s.allocation_id,
  s.style_number,
  s.marketing_name,
  due.ex_factory_date,
  date_trunc('month', due.ex_factory_date::timestamp)::date as month,
  s.effective_qty - s.accepted_qty as load_qty
from ops.allocation_items_supplier as s
cross join lateral (
  select
    coalesce(
      (
        select p.ex_factory_date
        from ops.factory_po_lines as l
        inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
        where l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
          and p.status in ('ISSUED', 'PC_SIGNED', 'CLOSED')
        order by p.version desc
        limit 1
      ),
      s.ex_factory_date,
      s.target_ex_factory_date
    ) as ex_factory_date
) as due
where s.is_awarded and s.effective_qty > s.accepted_qty;
comment on view ops.factory_workload_slices is 'What factories have to make: standing slices that are not wholly accepted, with the month in which they are due. Key: allocation_item_supplier_id.';
comment on column ops.factory_workload_slices.ex_factory_date is 'The contract''s date, of the version that was issued last: what is proposed is reserved; without a contract the quoted date, else the one that we want.';
comment on column ops.factory_workload_slices.month is 'First day of the month of the ex-factory date; null: none is known.';
comment on column ops.factory_workload_slices.load_qty is 'effective_qty - accepted_qty.';

create view ops.factory_workload with (security_invoker = true) as
select
  d.organization_id,
  d.id as factory_id,
  d.name as factory_name,
  m.month,
  m.slices,
  m.load_qty,
  d.monthly_capacity_qty as capacity_qty,
  d.monthly_capacity_qty - m.load_qty as free_qty,
  round(100 * m.load_qty / nullif(d.monthly_capacity_qty, 0), 1) as utilisation_pct,
  coalesce(m.load_qty > d.monthly_capacity_qty, false) as is_over
from ops.directory as d
cross join lateral (
  select s.month, count(*) as slices, sum(s.load_qty) as load_qty
  from ops.factory_workload_slices as s
  where s.organization_id = d.organization_id and s.factory_id = d.id and s.month is not null
  group by s.month
) as m
where 'factory' = any(d.kinds);
comment on view ops.factory_workload is
  'What each factory still has to make, by the month in which it is due, against its monthly capacity. A month without work is no row. Key: factory_id, month.';
comment on column ops.factory_workload.month is 'First day of the month.';
comment on column ops.factory_workload.load_qty is 'Pieces awarded and not yet accepted.';
comment on column ops.factory_workload.capacity_qty is 'Pieces a month; null: no limit is known.';
comment on column ops.factory_workload.free_qty is 'capacity_qty - load_qty; negative: too much.';
comment on column ops.factory_workload.utilisation_pct is 'load_qty in per cent of capacity_qty.';

create view ops.award_warnings with (security_invoker = true) as
select
  a.organization_id,
  a.id as allocation_id,
  a.allocation_number,
  w.factory_id,
  f.name as factory_name,
  w.warning,
  w.subject,
  w.actual,
  w.bound,
  w.unit
from ops.allocations as a
left join ops.organizations as o on o.id = a.organization_id
left join ops.organization_settings as setting on setting.organization_id = a.organization_id
cross join lateral (
  with slice as (
    select
      s.id,
      s.factory_id,
      s.style_id,
      s.style_number,
      s.colorway_id,
      s.style_number || ' ' || s.marketing_name as colour,
      coalesce(proposed.quantity, s.effective_qty) as effective_qty,
      s.ex_factory_date - s.target_ex_factory_date as days_late,
      d.moq,
      d.moq_per_colour,
      d.minimum_order_amount,
      coalesce(d.currency, o.currency) as currency,
      round(
        coalesce(proposed.quantity * proposed.price, s.effective_qty * s.awarded_price) / case
          when s.currency = coalesce(d.currency, o.currency) then 1
          else
            case when s.currency = o.currency then 1 else awarded.rate end
            / case when coalesce(d.currency, o.currency) = o.currency then 1 else own.rate end
        end, 4
      ) as value
    from ops.allocation_items_supplier as s
    inner join ops.directory as d on d.organization_id = s.organization_id and d.id = s.factory_id
    left join lateral (
      select r.rate
      from ops.exchange_rates as r
      where r.organization_id = s.organization_id and r.currency = s.currency and r.rate_date <= current_date
        and s.currency <> o.currency
      order by r.rate_date desc
      limit 1
    ) as awarded on true
    left join lateral (
      select r.rate
      from ops.exchange_rates as r
      where r.organization_id = s.organization_id and r.currency = d.currency and r.rate_date <= current_date
        and d.currency not in (s.currency, o.currency)
      order by r.rate_date desc
      limit 1
    ) as own on true
    left join lateral (
      select l.quantity, l.price
      from ops.factory_po_lines as l
      inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
      where l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
        and p.status in ('DRAFT', 'ISSUED')
    ) as proposed on true
    where s.organization_id = a.organization_id and s.allocation_id = a.id and s.effective_qty > 0
  )

  select
    s.factory_id,
    'below_moq' as warning,
    s.style_number as subject,
    sum(s.effective_qty) as actual,
    s.moq as bound,
    'pieces' as unit
  from slice as s
  where setting.factory_minimums <> 'ignore'
  group by s.factory_id, s.style_number, s.moq
  having sum(s.effective_qty) < s.moq

  union all

  select
    s.factory_id,
    'below_colour_moq' as warning,
    s.colour as subject,
    sum(s.effective_qty) as actual,
    s.moq_per_colour as bound,
    'pieces' as unit
  from slice as s
  where setting.factory_minimums <> 'ignore'
  group by s.factory_id, s.colour, s.moq_per_colour
  having sum(s.effective_qty) < s.moq_per_colour

  union all

  select
    s.factory_id,
    case when s.is_known then 'below_minimum_amount' else 'no_rate' end as warning,
    s.currency as subject,
    s.value as actual,
    s.bound,
    s.currency as unit
  from (
    select
      s.factory_id,
      s.currency,
      s.minimum_order_amount as bound,
      count(*) = count(s.value) as is_known,
      case when count(*) = count(s.value) then sum(s.value) end as value
    from slice as s
    group by s.factory_id, s.currency, s.minimum_order_amount
  ) as s
  where setting.factory_minimums <> 'ignore' and s.bound > 0 and (s.value < s.bound or not s.is_known)

  union all

  select
    m.factory_id,
    'over_capacity' as warning,
    to_char(m.month, 'YYYY-MM') as subject,
    w.load_qty as actual,
    w.capacity_qty as bound,
    'pieces' as unit
  from (
    select distinct s.factory_id, s.month
    from ops.factory_workload_slices as s
    where s.organization_id = a.organization_id and s.allocation_id = a.id
  ) as m
  inner join ops.factory_workload as w
    on w.organization_id = a.organization_id and w.factory_id = m.factory_id and w.month = m.month
  where setting.factory_capacity <> 'ignore' and w.is_over

  union all

  select
    s.factory_id,
    'late' as warning,
    s.colour as subject,
    max(s.days_late) as actual,
    0 as bound,
    'days' as unit
  from slice as s
  where s.days_late > 0
  group by s.factory_id, s.colour
) as w
left join ops.directory as f on f.organization_id = a.organization_id and f.id = w.factory_id;
comment on view ops.award_warnings is
  'Standing awards of an allocation, at the terms of their contract''s open version if there is one, that fall below what their factory takes, overfill its month, or come later than we want; by the settings factory_minimums and factory_capacity. Key: allocation_id, factory_id, warning, subject.';
comment on column ops.award_warnings.warning is 'below_moq, below_colour_moq, below_minimum_amount, no_rate (the amount cannot be compared with the minimum), over_capacity or late.';
comment on column ops.award_warnings.subject is 'The style, the style and colour, the currency or the month that it is about.';
comment on column ops.award_warnings.actual is 'What is awarded, in `unit`; days late.';
comment on column ops.award_warnings.bound is 'What the factory asks for at least, or can make at most, in `unit`.';
comment on column ops.award_warnings.unit is 'pieces, days, or a currency.';

create view ops.factory_scorecard with (security_invoker = true) as
select
  d.organization_id,
  d.id as factory_id,
  d.name as factory_name,
  quotes.asked as quotes_asked,
  quotes.answered as quotes_answered,
  round(extract(epoch from quotes.median_time) / 3600, 1) as median_quote_hours,
  deliveries.completed as slices_completed,
  deliveries.on_time as slices_on_time,
  round(100.0 * deliveries.on_time / nullif(deliveries.completed, 0), 1) as on_time_pct,
  quotes.received_qty,
  quotes.rejected_qty,
  round(100 * quotes.rejected_qty / nullif(quotes.received_qty, 0), 1) as reject_pct,
  prices.compared as prices_compared,
  round(prices.price_index, 1) as price_index
from ops.directory as d
left join ops.organizations as o on o.id = d.organization_id
cross join lateral (
  select
    count(s.invited_at) as asked,
    count(*) filter (where s.quoted_at is not null or s.quote_status = 'declined') as answered,
    percentile_cont(0.5) within group (order by s.quoted_at - s.invited_at) as median_time,
    coalesce(sum(s.received_qty), 0) as received_qty,
    coalesce(sum(s.received_qty - s.accepted_qty), 0) as rejected_qty
  from ops.allocation_items_supplier as s
  where s.organization_id = d.organization_id and s.factory_id = d.id
) as quotes
cross join lateral (
  select count(*) as completed, count(*) filter (where last.received_date <= contract.ex_factory_date) as on_time
  from ops.allocation_items_supplier as s
  cross join lateral (
    select p.ex_factory_date
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p on p.organization_id = l.organization_id and p.id = l.factory_po_id
    where l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
      and p.status in ('PC_SIGNED', 'CLOSED') and p.ex_factory_date is not null
    order by p.version desc
    limit 1
  ) as contract
  cross join lateral (
    select max(r.received_date) as received_date
    from ops.factory_receipts as r
    where r.organization_id = s.organization_id and r.allocation_item_supplier_id = s.id and r.voided_at is null
  ) as last
  where s.organization_id = d.organization_id and s.factory_id = d.id
    and s.effective_qty > 0 and s.accepted_qty >= s.effective_qty
) as deliveries
cross join lateral (
  select count(*) as compared, avg(100 * item.own_price / item.mean_price) as price_index
  from ops.allocation_items_supplier as s
  cross join lateral (
    select
      max(peer.price / rate.rate) filter (where peer.id = s.id) as own_price,
      avg(peer.price / rate.rate) as mean_price,
      count(distinct peer.factory_id) as factories
    from ops.allocation_items_supplier as peer
    cross join lateral (
      select 1 as rate
      where peer.currency = o.currency
      union all
      (
        select r.rate
        from ops.exchange_rates as r
        where r.organization_id = peer.organization_id and r.currency = peer.currency
          and r.rate_date <= current_date and peer.currency <> o.currency
        order by r.rate_date desc
        limit 1
      )
    ) as rate
    where peer.organization_id = s.organization_id and peer.allocation_item_id = s.allocation_item_id
      and peer.quote_status = 'quoted'
  ) as item
  where s.organization_id = d.organization_id and s.factory_id = d.id and s.quote_status = 'quoted'
    and item.factories > 1 and item.own_price is not null
) as prices
where 'factory' = any(d.kinds);
comment on view ops.factory_scorecard is
  'How each factory has done so far: how fast it quotes, how punctually it delivers, how much of it is rejected, how dear it is. For staff only. Key: factory_id.';
comment on column ops.factory_scorecard.quotes_asked is 'Invitations.';
comment on column ops.factory_scorecard.quotes_answered is 'Of which it quoted or declined.';
comment on column ops.factory_scorecard.median_quote_hours is 'From the invitation to the quote that stands; half of its quotes came faster.';
comment on column ops.factory_scorecard.slices_completed is 'Slices under contract with an ex-factory date of which all is accepted.';
comment on column ops.factory_scorecard.slices_on_time is 'Of which the last receipt came no later than the contract''s ex-factory date. What was under way counts as time of the factory''s.';
comment on column ops.factory_scorecard.on_time_pct is 'slices_on_time in per cent of slices_completed.';
comment on column ops.factory_scorecard.reject_pct is 'rejected_qty in per cent of received_qty.';
comment on column ops.factory_scorecard.prices_compared is 'Its quotes for allocation items that another factory quoted too.';
comment on column ops.factory_scorecard.price_index is 'Mean of its price over the mean price of all quotes for the same allocation item, at the rates that hold today; 100 is average, 110 is ten per cent dearer.';
