-- declared in sql/rls/catalog.sql
-- A portal sees of the catalogue what is on its own lines or slices: one index look-up a row. `offset 0` keeps it one;
-- the planner would otherwise hash all lines of the party, to show fifty of them with the name of their style.

-- styles

alter table ops.styles enable row level security;
grant select on ops.styles to oms_staff;
grant insert (id, style_number, name, category, metadata) on ops.styles to oms_planner;
grant update (style_number, name, category, metadata, row_version) on ops.styles to oms_planner;

create policy styles_staff_read on ops.styles
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy styles_staff_insert on ops.styles
for insert to oms_planner
with check (organization_id = (select private.organization_id()));
create policy styles_staff_update on ops.styles
for update to oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.styles to oms_client;
create policy styles_client_read on ops.styles
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and exists (
    select from ops.order_items as seen
    where seen.organization_id = styles.organization_id
      and seen.client_id = (select private.party_id())
      and seen.style_id = styles.id
    offset 0
  )
  and private.counts_exactly()
);
grant select on ops.styles to oms_factory;
create policy styles_factory_read on ops.styles
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and exists (
    select from ops.allocation_items_supplier as seen
    where seen.organization_id = styles.organization_id
      and seen.factory_id = (select private.party_id())
      and seen.style_id = styles.id
      and seen.invited_at is not null
    offset 0
  )
  and private.counts_exactly()
);

-- colorways

alter table ops.colorways enable row level security;
grant select on ops.colorways to oms_staff;
grant insert (id, style_id, marketing_name, season) on ops.colorways to oms_planner;
grant update (marketing_name, season, row_version) on ops.colorways to oms_planner;

create policy colorways_staff_read on ops.colorways
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy colorways_staff_insert on ops.colorways
for insert to oms_planner
with check (organization_id = (select private.organization_id()));
create policy colorways_staff_update on ops.colorways
for update to oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
grant select on ops.colorways to oms_client;
create policy colorways_client_read on ops.colorways
for select to oms_client
using (
  organization_id = (select private.organization_id())
  and exists (
    select from ops.order_items as seen
    where seen.organization_id = colorways.organization_id
      and seen.client_id = (select private.party_id())
      and seen.colorway_id = colorways.id
    offset 0
  )
  and private.counts_exactly()
);
grant select on ops.colorways to oms_factory;
create policy colorways_factory_read on ops.colorways
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and exists (
    select from ops.allocation_items_supplier as seen
    where seen.organization_id = colorways.organization_id
      and seen.factory_id = (select private.party_id())
      and seen.colorway_id = colorways.id
      and seen.invited_at is not null
    offset 0
  )
  and private.counts_exactly()
);

-- colorway_references: a factory finds it on its slices, a client nowhere

alter table ops.colorway_references enable row level security;
grant select on ops.colorway_references to oms_staff;
grant insert (colorway_id, color_reference) on ops.colorway_references to oms_planner;
grant update (color_reference, row_version) on ops.colorway_references to oms_planner;

create policy colorway_references_staff_read on ops.colorway_references
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy colorway_references_staff_insert on ops.colorway_references
for insert to oms_planner
with check (organization_id = (select private.organization_id()));
create policy colorway_references_staff_update on ops.colorway_references
for update to oms_planner
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));

-- units, products, variants

alter table ops.units enable row level security;
grant select on ops.units to oms_staff;
grant insert (
  id, code, name, decimals
) on ops.units to oms_planner, oms_production;
grant update (
  name, decimals, row_version
) on ops.units to oms_planner, oms_production;
grant delete on ops.units to oms_planner, oms_production;

create policy units_staff_read on ops.units
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy units_staff_insert on ops.units
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy units_staff_update on ops.units
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy units_staff_delete on ops.units
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

alter table ops.products enable row level security;
grant select on ops.products to oms_staff;
grant insert (
  id, product_number, name, category, metadata
) on ops.products to oms_planner, oms_production;
grant update (
  product_number, name, category, metadata, row_version
) on ops.products to oms_planner, oms_production;
grant delete on ops.products to oms_planner, oms_production;

create policy products_staff_read on ops.products
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy products_staff_insert on ops.products
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy products_staff_update on ops.products
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy products_staff_delete on ops.products
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

alter table ops.product_variants enable row level security;
grant select on ops.product_variants to oms_staff;
grant insert (
  id, sku, product_id, colorway_id, size_label, unit, supply_method, tracking, standard_cost, is_active
) on ops.product_variants to oms_planner, oms_production;
grant update (
  sku, supply_method, tracking, standard_cost, is_active, row_version
) on ops.product_variants to oms_planner, oms_production;
grant delete on ops.product_variants to oms_planner, oms_production;

create policy product_variants_staff_read on ops.product_variants
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy product_variants_staff_insert on ops.product_variants
for insert to oms_planner, oms_production
with check (organization_id = (select private.organization_id()));
create policy product_variants_staff_update on ops.product_variants
for update to oms_planner, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy product_variants_staff_delete on ops.product_variants
for delete to oms_planner, oms_production
using (organization_id = (select private.organization_id()));

alter table ops.unit_conversions enable row level security;
grant select on ops.unit_conversions to oms_staff;
grant insert (
  id, product_variant_id, from_unit, to_unit, factor
) on ops.unit_conversions to oms_planner, oms_procurement, oms_production;
grant update (
  factor, row_version
) on ops.unit_conversions to oms_planner, oms_procurement, oms_production;
grant delete on ops.unit_conversions to oms_planner, oms_procurement, oms_production;

create policy unit_conversions_staff_read on ops.unit_conversions
for select to oms_staff
using (organization_id = (select private.organization_id()));
create policy unit_conversions_staff_insert on ops.unit_conversions
for insert to oms_planner, oms_procurement, oms_production
with check (organization_id = (select private.organization_id()));
create policy unit_conversions_staff_update on ops.unit_conversions
for update to oms_planner, oms_procurement, oms_production
using (organization_id = (select private.organization_id()))
with check (organization_id = (select private.organization_id()));
create policy unit_conversions_staff_delete on ops.unit_conversions
for delete to oms_planner, oms_procurement, oms_production
using (organization_id = (select private.organization_id()));

grant execute on function private.conversion_factor(uuid, text, text) to oms_staff;

-- tech_packs

alter table ops.tech_packs enable row level security;
grant select on ops.tech_packs to oms_sales, oms_planner, oms_procurement, oms_production, oms_admin;
grant insert (id, style_id, colorway_id, version, document_uri) on ops.tech_packs to oms_planner, oms_procurement;

create policy tech_packs_staff_read on ops.tech_packs
for select to oms_sales, oms_planner, oms_procurement, oms_production, oms_admin
using (organization_id = (select private.organization_id()));
create policy tech_packs_staff_insert on ops.tech_packs
for insert to oms_planner, oms_procurement
with check (organization_id = (select private.organization_id()));
grant select on ops.tech_packs to oms_factory;
create policy tech_packs_factory_read on ops.tech_packs
for select to oms_factory
using (
  organization_id = (select private.organization_id())
  and exists (
    select from ops.allocation_items_supplier as seen
    where seen.organization_id = tech_packs.organization_id
      and seen.factory_id = (select private.party_id())
      and seen.style_id = tech_packs.style_id
      and seen.invited_at is not null
      and seen.colorway_id = coalesce(tech_packs.colorway_id, seen.colorway_id)
    offset 0
  )
  and private.counts_exactly()
);
