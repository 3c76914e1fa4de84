"""What a bicycle maker sold in four years, exploded, is what it made: day by day, part by part."""

import csv
from collections.abc import Iterator

import pytest

from builders import World
from conftest import ROOT, Database

BICYCLES = ROOT.parent / "shared/data/adventureworks"
PRODUCT_DAYS = 41_165
DAYS_TO_START = 3


def read(table: str, *columns: str) -> list[list[str | None]]:
    """Read a table by column, as `unnest` takes it; what is empty is null."""
    return [[row[column] or None for row in rows(table)] for column in columns]


def rows(table: str) -> Iterator[dict[str, str]]:
    with (BICYCLES / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def maker(database: Database) -> World:
    """Enter products by their ids, and one version of each bill, whose lines have their days."""
    world = World(database)
    products = read("Product", "ProductID", "Name", "MakeFlag")
    bill = ("ProductAssemblyID", "ComponentID", "PerAssemblyQty", "StartDate", "EndDate")
    made = read("BillOfMaterials", bill[0])[0]
    world.run("planner", "set statement_timeout = 0")  # no request: four years at once
    world.run(
        "planner",
        "insert into ops.products (product_number, name)"
        " select n.id, n.name from unnest(%s::text[], %s::text[]) as n (id, name)",
        *products[:2],
    )
    world.run(
        "planner",
        "insert into ops.product_variants (sku, product_id, supply_method)"
        " select p.product_number, p.id, case when n.is_made then 'make' else 'buy' end"
        "  ::ops.supply_method"
        " from unnest(%s::text[], %s::boolean[]) as n (id, is_made)"
        " inner join ops.products as p on p.product_number = n.id",
        products[0],
        products[2],
    )
    world.run(
        "planner",
        "insert into ops.bom_templates (product_id, code, name, is_default)"
        " select p.id, p.product_number, p.name, true from ops.products as p"
        " where p.product_number = any(%s)",
        made,
    )
    world.run(
        "planner",
        "insert into ops.bom_versions (bom_template_id)"
        " select t.id from ops.bom_templates as t where t.code = any(%s)",
        made,
    )
    world.run(
        "planner",
        "insert into ops.bom_lines"
        " (bom_version_id, product_variant_id, quantity, valid_from, valid_to)"
        " select b.id, v.id, n.quantity, n.valid_from, n.valid_to"
        " from unnest(%s::text[], %s::text[], %s::numeric[], %s::date[], %s::date[])"
        "  as n (made, part, quantity, valid_from, valid_to)"
        " inner join ops.bom_templates as t on t.code = n.made"
        " inner join ops.bom_versions as b on b.bom_template_id = t.id"
        " inner join ops.product_variants as v on v.sku = n.part",
        *read("BillOfMaterials", *bill),
    )
    world.run(
        "planner",
        "update ops.bom_versions as b set status = 'active', valid_from = '2000-01-01'"
        " from ops.bom_templates as t where t.id = b.bom_template_id and t.code = any(%s)",
        made,
    )
    return world


@pytest.mark.skipif(not BICYCLES.is_dir(), reason="../shared/data is not here")
def test_what_was_sold_exploded_is_what_was_made_three_days_later(maker: World) -> None:
    ordered_on = {row["SalesOrderID"]: row["OrderDate"] for row in rows("SalesOrderHeader")}
    orders, sold, quantities = read("SalesOrderLine", "SalesOrderID", "ProductID", "OrderQty")
    [compared] = maker.run(
        "planner",
        "with sale as materialized ("
        "  select private.new_id() as id, v.id as product_variant_id, s.quantity,"
        "    s.ordered_on + %s as started_on"
        "  from unnest(%s::text[], %s::numeric[], %s::date[]) as s (sku, quantity, ordered_on)"
        "  inner join ops.product_variants as v using (sku)"
        " ), exploded as ("
        "  select v.sku, s.started_on, sum(e.quantity) as quantity"
        "  from private.explode_demand(array("
        "    select row(s.id, s.product_variant_id, s.quantity, s.started_on)::private.demand"
        "    from sale as s"
        "  )) as e"
        "  inner join sale as s on s.id = e.demand_id"
        "  inner join ops.product_variants as v on v.id = e.product_variant_id"
        "  where v.supply_method = 'make'"
        "  group by v.sku, s.started_on"
        " ), made as ("
        "  select w.sku, w.started_on, sum(w.quantity) as quantity"
        "  from unnest(%s::text[], %s::numeric[], %s::date[]) as w (sku, quantity, started_on)"
        "  where w.started_on in (select s.started_on from sale as s)"
        "  group by w.sku, w.started_on"
        " )"
        " select count(*) as days, count(*) filter (where e.quantity = m.quantity) as alike"
        " from exploded as e full join made as m using (sku, started_on)",
        DAYS_TO_START,
        sold,
        quantities,
        [ordered_on[order or ""] for order in orders],
        *read("WorkOrder", "ProductID", "OrderQty", "StartDate"),
    )
    assert compared == {"days": PRODUCT_DAYS, "alike": PRODUCT_DAYS}
