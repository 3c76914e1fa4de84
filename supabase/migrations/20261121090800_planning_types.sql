-- declared in sql/types/planning.sql
create type ops.planning_exception_kind as enum (
  'no_vendor', 'no_bom', 'no_conversion', 'no_sku', 'late', 'surplus'
);
comment on type ops.planning_exception_kind is
  'What a planning run could not solve: nobody sells it, nothing says how it is made, a purchase unit without conversion, an order line in a size without SKU; what will come too late; and supply on order that nothing needs any more.';
