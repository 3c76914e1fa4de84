-- declared in sql/types/comparison.sql
create domain ops.exchange_rate as numeric(18, 8)
constraint exchange_rate_check check (value > 0 and value <> 'NaN');
comment on domain ops.exchange_rate is 'Units of a currency for one unit of the currency in which the organization keeps its books.';
