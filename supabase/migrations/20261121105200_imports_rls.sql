-- declared in sql/rls/imports.sql
-- Whoever may write what a file holds may import it: planners the catalogue, sales orders and their clients' prices.

grant execute on function private.begin_import(), private.mark_import_lines(regclass) to oms_planner, oms_sales;

grant execute on function
private.stage_style_import(),
private.resolve_style_import(),
private.check_style_import_facts(),
private.check_style_import_skus(),
private.check_style_import_sizes(),
private.check_style_import(),
private.import_styles()
to oms_planner;

grant execute on function
private.stage_order_import(),
private.check_order_import_clients(boolean),
private.check_order_import_skus(),
private.check_order_import_styles(),
private.check_order_import_headers(),
private.check_order_import_repeats(),
private.check_order_import_existing(),
private.check_order_import(boolean, boolean),
private.import_orders(text[])
to oms_sales;
