-- declared in sql/types/production.sql
create type ops.bom_status as enum ('draft', 'active', 'retired');
comment on type ops.bom_status is 'Lifecycle of a version of a bill of materials. Only drafts are edited; what was active is kept as it was.';

create type ops.bom_line_kind as enum ('input', 'by_product');
comment on type ops.bom_line_kind is 'Whether a line goes into the product or comes out beside it.';
