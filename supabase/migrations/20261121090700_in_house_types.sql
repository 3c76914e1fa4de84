-- declared in sql/types/in_house.sql
create type ops.bom_recommendation as (
  rank integer,
  bom_template_id uuid,
  bom_version_id uuid,
  code ops.short_text,
  name ops.short_text,
  is_default boolean,
  score numeric,
  forecast_score numeric,
  forecast_qty numeric,
  use_score numeric,
  used_count bigint,
  on_time_score numeric,
  completed_count bigint,
  on_time_count bigint,
  availability_score numeric,
  component_count bigint,
  available_count bigint,
  cost_score numeric,
  unit_cost numeric,
  material_cost numeric,
  operation_cost numeric,
  uncosted_count bigint
);
comment on type ops.bom_recommendation is
  'A bill of materials that an order line could be made by, with what speaks for it. Scores are 0 to 1; the total is 0.10 forecast + 0.10 use + 0.20 on time + 0.35 availability + 0.25 cost. Costs are those of one piece, in the organization''s currency.';
