-- declared in sql/types/manufacturing.sql
create type private.component_issue as (production_component_id uuid, quantity numeric, lot_id uuid);
create type private.component_arrival as (
  production_component_id uuid, quantity numeric, stock_location_id uuid, lot_id uuid
);
