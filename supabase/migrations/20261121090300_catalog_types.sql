-- declared in sql/types/catalog.sql
create domain ops.unit_code as varchar(10)
constraint unit_code_check check (value ~ '^[A-Z0-9]+$');
comment on domain ops.unit_code is 'A unit of measure by its code: EA, KG, M. Capital letters and digits, up to ten.';

create type ops.supply_method as enum ('make', 'buy');
comment on type ops.supply_method is 'Where more of a variant comes from: our own production, or a vendor.';

create type ops.tracking as enum ('none', 'lot', 'serial');
comment on type ops.tracking is 'Whether stock of a variant is told apart by lot, by the serial number of each piece, or not at all.';
