"""Every list page is found by its index, whoever asks; none reads a big table through."""

import re
from typing import LiteralString

import psycopg
import pytest

from builders import World
from conftest import ROOT, Database
from oms_cli.server import Connection

FILLED = (
    "orders",
    "order_items",
    "order_item_sizes",
    "order_item_prices",
    "allocations",
    "allocation_items",
    "allocation_item_sizes",
    "allocation_items_supplier",
    "allocation_item_supplier_sizes",
    "factory_pos",
    "factory_po_lines",
    "production_orders",
    "production_components",
    "production_order_history",
    "purchase_order_lines",
    "planned_supplies",
)


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    """Fill a busy company; nobody checks it meanwhile, for only the plans matter here."""
    world = World(database)
    claims = world.personas["admin"]
    with psycopg.connect(database.server.admin_url) as loader:
        loader.execute("set local session_replication_role = replica")
        loader.execute(
            "select set_config('request.jwt.claims', json_build_object('organization_id', %s::text,"
            " 'sub', %s::text)::text, true)",
            [claims.organization_id, claims.sub],
        )
        loader.execute((ROOT / "tests/python/busy_company.sql").read_bytes())
        loader.execute((ROOT / "tests/python/busy_shop.sql").read_bytes())
        # Here, for Postgres 15 may fail over temporary tables that another session drops.
        loader.execute("analyze")
    return world


def explained(connection: Connection, query: LiteralString) -> str:
    """Tell how a query was run, as this session's role."""
    lines = connection.execute(f"explain (analyze, costs off, timing off) {query}")
    return "\n".join(str(line) for (line,) in lines)


PAGES: list[tuple[str, LiteralString, str]] = [
    ("client_a", "select * from ops.orders order by id limit 50", "orders_client_idx"),
    (
        "client_a",
        "select * from ops.orders order by id desc limit 50 offset 50",
        "orders_client_idx",
    ),
    ("client_a", "select * from ops.order_items order by id limit 50", "order_items_client_idx"),
    (
        "client_a",
        "select * from ops.client_order_lines order by order_item_id limit 50",
        "order_items_client_idx",
    ),
    # What a party sees of the catalogue stands on its own lines or slices: any index of those.
    (
        "client_a",
        "select * from ops.styles order by id limit 50",
        "order_items_client(_style|_colorway)?_idx",
    ),
    (
        "client_a",
        "select * from ops.colorways order by id limit 50",
        "order_items_client(_style|_colorway)?_idx",
    ),
    (
        "factory_a",
        "select * from ops.allocation_items_supplier order by id limit 50",
        "allocation_items_supplier_factory_idx",
    ),
    (
        "factory_a",
        "select * from ops.factory_work order by allocation_item_supplier_id limit 50",
        "allocation_items_supplier_factory_idx",
    ),
    ("factory_a", "select * from ops.factory_pos order by id limit 50", "factory_pos_factory_idx"),
    (
        "factory_a",
        "select * from ops.factory_po_lines order by id limit 50",
        "factory_po_lines_factory_idx",
    ),
    (
        "factory_a",
        "select * from ops.payables order by allocation_item_supplier_id limit 50",
        "allocation_items_supplier_factory_idx",
    ),
    (
        "factory_a",
        "select * from ops.styles order by id limit 50",
        "allocation_items_supplier_factory(_style|_colorway)?_idx",
    ),
    (
        "planner",
        "select * from ops.order_items where is_open and allocation_status = 'UNALLOCATED'"
        " order by id limit 50",
        "order_items_open_idx",
    ),
    ("planner", "select * from ops.order_items order by id limit 50", "order_items_pkey"),
    (
        "planner",
        "select * from ops.orders where status = 'sales_order' order by id limit 50",
        "orders_open_idx",
    ),
    ("planner", "select * from ops.allocations order by id limit 50", "allocations_pkey"),
    (
        "planner",
        "select * from ops.allocation_overview order by order_item_id limit 50",
        "order_items_pkey",
    ),
    (
        "planner",
        "select * from ops.unallocated_order_items order by order_item_id limit 50",
        "order_items_open_idx",
    ),
    (
        "planner",
        "select * from ops.quote_comparison"
        " order by allocation_id, allocation_item_supplier_id limit 50",
        "allocations_pkey",
    ),
    (
        "planner",
        "select * from ops.factory_workload_slices order by allocation_item_supplier_id limit 50",
        "allocation_items_supplier_awarded_idx",
    ),
    (
        "planner",
        "select * from ops.workflow order by order_id desc, line_number desc limit 50",
        "orders_open_idx",
    ),
    (
        "planner",
        "select * from ops.production_queue"
        " order by priority, need_by, production_order_id limit 50",
        "production_orders_open_idx",
    ),
    (
        "planner",
        "select * from ops.production_outlook"
        " order by priority, need_by, production_order_id limit 50",
        "production_orders_open_idx",
    ),
    (
        "planner",
        "select * from ops.production_blockers"
        " order by priority, need_by, production_order_id, production_component_id limit 50",
        "production_orders_open_idx",
    ),
    (
        "planner",
        "select * from ops.planning_accuracy order by production_order_id limit 50",
        "production_orders_pkey",
    ),
    (
        "planner",
        "select * from ops.purchase_accuracy order by purchase_order_line_id limit 50",
        "planned_supplies_purchase_order_line_key",
    ),
    (
        "finance",
        "select * from ops.payables order by allocation_item_supplier_id limit 50",
        "allocation_items_supplier_awarded_idx",
    ),
    (
        "finance",
        "select * from ops.factory_pos where status = 'PC_SIGNED' order by id limit 50",
        "factory_pos_open_idx",
    ),
]


@pytest.mark.parametrize(
    ("persona", "query", "index"), PAGES, ids=[f"{who}-{what[14:50]}" for who, what, _ in PAGES]
)
def test_a_list_page_is_found_by_its_index(
    world: World, persona: str, query: LiteralString, index: str
) -> None:
    plan = explained(world.desk(persona), query)
    assert re.match(r"Limit \(actual rows=50\b", plan), plan
    assert re.search(rf" using {index} on ", plan), plan
    assert not re.search(rf"Seq Scan on ({'|'.join(FILLED)}) .*actual rows", plan), plan
