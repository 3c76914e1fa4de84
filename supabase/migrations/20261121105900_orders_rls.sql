-- declared in sql/rls/orders.sql
-- orders

alter table ops.orders enable row level security;
grant select on ops.orders to oms_staff;
grant insert (
  id, client_id, client_po_number, type, status, order_date, ex_factory_date, in_hands_date, currency, metadata
) on ops.orders to oms_sales, oms_planner;
grant update (
  client_po_number, type, status, order_date, ex_factory_date, in_hands_date, metadata, row_version
) on ops.orders to oms_sales, oms_planner;

create policy orders_staff_read on ops.orders
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy orders_staff_insert on ops.orders
for insert to oms_sales, oms_planner
with check (organization_id = (select private.organization_id()));
create policy orders_staff_update on ops.orders
for update to oms_sales, oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.orders to oms_client;
create policy orders_client_read on ops.orders
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);
grant insert (client_po_number, order_date, ex_factory_date, in_hands_date, metadata) on ops.orders to oms_client;
grant update (
  client_po_number, status, order_date, ex_factory_date, in_hands_date, metadata, row_version
) on ops.orders to oms_client;
create policy orders_client_insert on ops.orders
for insert to oms_client
with check (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);
create policy orders_client_update on ops.orders
for update to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
)
with check (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);

-- order_items

alter table ops.order_items enable row level security;
grant select on ops.order_items to oms_staff;
grant insert (
  id, order_id, line_number, colorway_id, quantity, metadata
) on ops.order_items to oms_sales, oms_planner;
grant update (
  colorway_id, quantity, short_closed_qty, is_cancelled, metadata, row_version
) on ops.order_items to oms_sales, oms_planner;
grant delete on ops.order_items to oms_sales, oms_planner;

create policy order_items_staff_read on ops.order_items
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy order_items_staff_insert on ops.order_items
for insert to oms_sales, oms_planner
with check (organization_id = (select private.organization_id()));
create policy order_items_staff_update on ops.order_items
for update to oms_sales, oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy order_items_staff_delete on ops.order_items
for delete to oms_sales, oms_planner
using (organization_id = (select private.organization_id()));
grant select on ops.order_items to oms_client;
create policy order_items_client_read on ops.order_items
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);
grant insert (order_id, line_number, colorway_id, quantity, metadata) on ops.order_items to oms_client;
grant update (colorway_id, quantity, metadata, row_version) on ops.order_items to oms_client;
grant delete on ops.order_items to oms_client;
create policy order_items_client_insert on ops.order_items
for insert to oms_client
with check (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);
create policy order_items_client_update on ops.order_items
for update to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
)
with check (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);
create policy order_items_client_delete on ops.order_items
for delete to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);

-- order_item_sizes

alter table ops.order_item_sizes enable row level security;
grant select on ops.order_item_sizes to oms_staff;
grant insert (id, order_item_id, size_label, position, quantity) on ops.order_item_sizes to oms_sales, oms_planner;
grant update (position, quantity, row_version) on ops.order_item_sizes to oms_sales, oms_planner;
grant delete on ops.order_item_sizes to oms_sales, oms_planner;

create policy order_item_sizes_staff_read on ops.order_item_sizes
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy order_item_sizes_staff_insert on ops.order_item_sizes
for insert to oms_sales, oms_planner
with check (organization_id = (select private.organization_id()));
create policy order_item_sizes_staff_update on ops.order_item_sizes
for update to oms_sales, oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy order_item_sizes_staff_delete on ops.order_item_sizes
for delete to oms_sales, oms_planner
using (organization_id = (select private.organization_id()));
grant select on ops.order_item_sizes to oms_client;
create policy order_item_sizes_client_read on ops.order_item_sizes
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);
grant insert (order_item_id, size_label, position, quantity) on ops.order_item_sizes to oms_client;
grant update (position, quantity, row_version) on ops.order_item_sizes to oms_client;
grant delete on ops.order_item_sizes to oms_client;
create policy order_item_sizes_client_insert on ops.order_item_sizes
for insert to oms_client
with check (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);
create policy order_item_sizes_client_update on ops.order_item_sizes
for update to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
)
with check (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);
create policy order_item_sizes_client_delete on ops.order_item_sizes
for delete to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
);

-- order_item_prices: what the client pays

alter table ops.order_item_prices enable row level security;
grant select on ops.order_item_prices to oms_sales, oms_planner, oms_finance, oms_admin;
grant insert (id, order_item_id, size_label, unit_price) on ops.order_item_prices to oms_sales;
grant update (unit_price, row_version) on ops.order_item_prices to oms_sales;
grant delete on ops.order_item_prices to oms_sales;

create policy order_item_prices_staff_read on ops.order_item_prices
for select to oms_sales, oms_planner, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy order_item_prices_staff_insert on ops.order_item_prices
for insert to oms_sales
with check (organization_id = (select private.organization_id()));
create policy order_item_prices_staff_update on ops.order_item_prices
for update to oms_sales
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy order_item_prices_staff_delete on ops.order_item_prices
for delete to oms_sales
using (organization_id = (select private.organization_id()));
grant select on ops.order_item_prices to oms_client;
create policy order_item_prices_client_read on ops.order_item_prices
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and private.counts_exactly()
);

-- order_item_costs: what it may cost us

alter table ops.order_item_costs enable row level security;
grant select on ops.order_item_costs to oms_planner, oms_procurement, oms_finance, oms_admin;
grant insert (id, order_item_id, fob_target, other_cost, currency) on ops.order_item_costs to oms_planner;
grant update (fob_target, other_cost, currency, row_version) on ops.order_item_costs to oms_planner;
grant delete on ops.order_item_costs to oms_planner;

create policy order_item_costs_staff_read on ops.order_item_costs
for select to oms_planner, oms_procurement, oms_finance, oms_admin
using (organization_id = (select private.organization_id()));
create policy order_item_costs_staff_insert on ops.order_item_costs
for insert to oms_planner
with check (organization_id = (select private.organization_id()));
create policy order_item_costs_staff_update on ops.order_item_costs
for update to oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy order_item_costs_staff_delete on ops.order_item_costs
for delete to oms_planner
using (organization_id = (select private.organization_id()));

-- uploaded_po_documents

alter table ops.uploaded_po_documents enable row level security;
grant select on ops.uploaded_po_documents to oms_staff;
grant insert (id, file_name, document_uri, sha256, order_id) on ops.uploaded_po_documents to oms_sales, oms_planner;
grant update (order_id) on ops.uploaded_po_documents to oms_sales, oms_planner;

create policy uploaded_po_documents_staff_read on ops.uploaded_po_documents
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy uploaded_po_documents_staff_insert on ops.uploaded_po_documents
for insert to oms_sales, oms_planner
with check (organization_id = (select private.organization_id()));
create policy uploaded_po_documents_staff_update on ops.uploaded_po_documents
for update to oms_sales, oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- order_history: written by triggers only

alter table ops.order_history enable row level security;
grant select on ops.order_history to oms_staff;

create policy order_history_staff_read on ops.order_history
for select to oms_staff
using (organization_id = (select private.organization_id()));
grant select on ops.order_history to oms_client;
create policy order_history_client_read on ops.order_history
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and client_id = (select private.party_id())
  and is_visible_to_client
  and private.counts_exactly()
);

-- request_origins: written by triggers only

alter table ops.request_origins enable row level security;
grant select on ops.request_origins to oms_staff;

create policy request_origins_staff_read on ops.request_origins
for select to oms_staff
using (organization_id = (select private.organization_id()));

grant execute on function private.settings() to oms_staff;
grant execute on function
private.actor_role(), private.is_order_open(ops.order_status),
private.require_order_open(uuid, text, ops.order_status), private.require_order_open(uuid)
to oms_staff, oms_client, oms_factory, oms_vendor;

grant execute on function private.lock_order_items(uuid[]) to oms_sales, oms_planner;
grant execute on function ops.cancel_order_item(uuid), ops.short_close_item(uuid) to oms_sales, oms_planner;

grant execute on function private.require_order_lines(private.order_line[]) to oms_sales, oms_planner, oms_client;
grant execute on function ops.create_order(
  jsonb, uuid, text, ops.order_type, ops.order_status, date, date, date, ops.currency_code, jsonb
) to oms_sales, oms_planner, oms_client;
