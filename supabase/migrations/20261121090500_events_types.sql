-- declared in sql/types/events.sql
create type private.fact as (
  organization_id uuid,
  type text,
  entity_id uuid,
  row jsonb
);
comment on type private.fact is 'Something that happened to a row, with the row as it was then.';

create type private.invitation as (organization_id uuid, allocation_id uuid, factory_id uuid);
comment on type private.invitation is 'That a factory was asked for one slice of an allocation.';
