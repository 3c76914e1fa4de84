-- declared in sql/types/identity.sql
create domain ops.currency_code as text
constraint currency_code_check check (value ~ '^[A-Z]{3}$');
comment on domain ops.currency_code is 'Currency by its three capital letters (ISO 4217).';

create domain ops.money_amount as numeric(18, 4)
constraint money_amount_check check (value <> 'NaN');
comment on domain ops.money_amount is 'Amount of money in the units of the currency beside it, up to four decimals.';

create domain ops.quantity as numeric(18, 6)
constraint quantity_check check (value <> 'NaN');
comment on domain ops.quantity is 'Quantity in the unit of the thing counted, up to six decimals; garments are counted in whole pieces.';

create domain ops.percentage as numeric(7, 4)
constraint percentage_check check (value between 0 and 100);
comment on domain ops.percentage is 'Per cent, 0 to 100: 2.5 means 2.5 %.';

create domain ops.short_text as varchar(200);
comment on domain ops.short_text is 'One line as people type it: a name, a number, a label. Short enough for every index.';

create domain ops.long_text as varchar(10000);
comment on domain ops.long_text is 'Sentences as people write them: a remark, a reason.';

create domain ops.document_uri as varchar(2000)
constraint document_uri_check check (value <> '');
comment on domain ops.document_uri is 'Where a document is.';

create domain ops.business_date as date
constraint business_date_check check (value between '1900-01-01' and '2999-12-31');
comment on domain ops.business_date is 'Day of an order, a delivery, a payment: 1900 to 2999, and never infinity.';

create type ops.member_role as enum (
  'oms_client', 'oms_factory', 'oms_vendor',
  'oms_sales', 'oms_planner', 'oms_procurement', 'oms_production', 'oms_warehouse', 'oms_finance', 'oms_admin'
);
comment on type ops.member_role is 'The audience a member belongs to: the name of the database role that its token speaks as.';

create type ops.member_status as enum ('active', 'suspended');

create type ops.party_kind as enum ('client', 'factory', 'vendor', 'carrier', 'company');
comment on type ops.party_kind is 'What a company in the directory is to us. `company` is ourselves.';

create type ops.approval_status as enum ('pending', 'approved', 'rejected');

create type ops.rule_enforcement as enum ('ignore', 'warn', 'refuse');
comment on type ops.rule_enforcement is 'What becomes of a breach of a rule that a company may live without: nothing, a warning, a refusal.';

create type ops.address_kind as enum ('billing', 'shipping', 'registered');

create type ops.automation as enum ('automatic', 'manual');
comment on type ops.automation is 'Whether a step is taken as soon as it can be, or when somebody takes it.';

create type ops.vendor_choice as enum ('preference', 'lowest_cost');
comment on type ops.vendor_choice is
  'Which vendor is bought from: the first by preference, or the cheapest for what is needed. Either among those that deliver in time; if none does, the fastest.';
