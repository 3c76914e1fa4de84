-- declared in sql/rls/supply_imports.sql
-- Whoever may write what a file holds may import it: planners the catalogue and what goes into it, the warehouse its
-- stock, procurement vendors, what they sell, and what was bought of them.

grant execute on function
private.stage_supply_import(),
private.find_import_variants(text),
private.refuse_unknown_units(),
private.convert_import_units(),
private.refuse_unit_decimals(),
private.refuse_differing_lines(),
private.refuse_repeated_lines(text),
private.refuse_known_otherwise(text),
private.refuse_incomplete(text),
private.keep_new_lines()
to oms_planner, oms_procurement, oms_warehouse;
grant execute on function private.begin_import(), private.mark_import_lines(regclass) to oms_procurement, oms_warehouse;

grant execute on function
private.check_unit_import(),
private.import_units(),
private.check_conversion_import(),
private.import_conversions(),
private.find_import_products(),
private.check_product_import_variants(),
private.check_product_import(),
private.import_products(),
private.check_bom_import_circles(),
private.check_bom_import_existing(),
private.check_bom_import(),
private.import_boms(),
private.import_bom_lines(boolean, boolean),
private.check_forecast_import(),
private.import_forecasts()
to oms_planner;

grant execute on function
private.find_import_places(),
private.add_import_warehouses(),
private.add_import_places(),
private.check_place_import(),
private.import_places(),
private.check_stock_import(boolean),
private.import_stock(boolean),
private.import_goods_receipts(),
private.import_goods_receipt_lines()
to oms_warehouse;
grant execute on function private.find_import_warehouses() to oms_warehouse, oms_procurement;

grant execute on function
private.find_import_vendors(),
private.refuse_unknown_vendors(),
private.check_vendor_import(),
private.import_vendors(),
private.check_offer_import(),
private.import_offers(),
private.check_purchase_order_import_lines(),
private.check_purchase_order_import_orders(),
private.check_purchase_order_import_totals(),
private.check_purchase_order_import_existing(),
private.check_purchase_order_import(),
private.import_purchase_orders(),
private.send_imported_purchase_orders()
to oms_procurement;
