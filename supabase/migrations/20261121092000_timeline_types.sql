-- declared in sql/types/timeline.sql
create type ops.timeline_node_kind as enum (
  'root', 'split', 'style', 'material', 'sample', 'production', 'shipment', 'custom'
);
comment on type ops.timeline_node_kind is
  'What a node of a timeline is: the root is the order line, a split one of its awarded slices, the others are milestones.';

create type ops.timeline_fact as enum (
  'contract_signed', 'materials', 'cutting', 'sewing', 'finishing', 'packed', 'shipped', 'received'
);
comment on type ops.timeline_fact is
  'What completes a milestone by itself: the contract is in force, the factory reports this stage of production or a later one, all pieces are accepted.';

-- When people work: days of the week (1 Monday to 7 Sunday) and the holidays among these, both in order.
create type private.working_calendar as (weekdays integer [], holidays date []);
