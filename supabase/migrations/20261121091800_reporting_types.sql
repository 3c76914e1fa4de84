-- declared in sql/types/reporting.sql
create type ops.workflow_stage as enum (
  'sales_order', 'bom_chosen', 'planned', 'waiting_for_material', 'ready', 'in_production', 'finished'
);
comment on type ops.workflow_stage is
  'How far an order line is that we supply ourselves, from the sales order to the finished goods.';

create type ops.alert_severity as enum ('critical', 'warning', 'info');
comment on type ops.alert_severity is 'How much an alert matters: it stops work or breaks a promise, it will, or it is worth knowing.';

create type ops.workflow_alert_kind as enum (
  'line_late', 'no_supply', 'purchase_overdue', 'promised_late', 'not_acknowledged', 'not_released',
  'planning_exception'
);
comment on type ops.workflow_alert_kind is
  'What is wrong: an order line that will be late; a component on hold that nothing brings; a purchase that should be here, that is promised later than needed, that its vendor has not acknowledged; production that is ready and not released; what a planning run could not solve.';
