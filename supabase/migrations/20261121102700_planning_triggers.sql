-- declared in sql/triggers/planning.sql
create trigger _310_refuse_planning before update of planning_period_days, forecast_horizon_days
on ops.organization_settings
for each row when (new.planning_period_days < 1 or new.forecast_horizon_days < 1)
execute function private.tg__refuse(
  'OMS_INVALID_ARGUMENT', 'planning_period_days %s and forecast_horizon_days %s are not below 1.',
  'planning_period_days', 'forecast_horizon_days'
);

create trigger _100_touch_row before update on ops.planned_supplies
for each row execute function private.tg__touch_row();

create function private.tg_purchase_order_lines__firm_plan() returns trigger
language plpgsql
security definer  -- nobody may write a plan
set search_path = ''
set enable_seqscan = off
as $$
begin
  update ops.planned_supplies as p
  set is_firm = true
  from new_rows as n
  where p.organization_id = n.organization_id and p.purchase_order_line_id = n.id and not p.is_firm
    and (p.purchase_qty, p.unit_price, p.need_by) is distinct from (n.quantity, n.unit_price, n.need_by);
  return null;
end
$$;
comment on function private.tg_purchase_order_lines__firm_plan() is
  'A draft line that says something else than its plan is one that somebody changed: planning''s no more.';
create trigger _500_firm_plan after update on ops.purchase_order_lines
referencing new table as new_rows
for each statement execute function private.tg_purchase_order_lines__firm_plan();

create function private.tg_purchase_orders__firm_plan() returns trigger
language plpgsql
security definer  -- nobody may write a plan
set search_path = ''
set enable_seqscan = off
as $$
begin
  update ops.planned_supplies as p
  set is_firm = true
  from new_rows as n
  inner join ops.purchase_order_lines as l on l.organization_id = n.organization_id and l.purchase_order_id = n.id
  where n.status <> 'draft' and p.organization_id = l.organization_id and p.purchase_order_line_id = l.id
    and not p.is_firm;
  return null;
end
$$;
comment on function private.tg_purchase_orders__firm_plan() is 'What is on a purchase order that was submitted is planning''s no more.';
create trigger _500_firm_plan after update on ops.purchase_orders
referencing new table as new_rows
for each statement execute function private.tg_purchase_orders__firm_plan();
