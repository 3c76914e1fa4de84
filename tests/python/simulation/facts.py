"""What stands in the tables of one company, whoever may see it."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from psycopg import sql
from psycopg.rows import tuple_row
from psycopg.types.json import set_json_loads

from oms_cli.server import Connection

Row = dict[str, Any]
# Parents before children: what is otherwise equal stands in its parents' order; others follow.
FIRST = (
    "directory",
    "styles",
    "colorways",
    "tech_packs",
    "orders",
    "order_items",
    "order_item_sizes",
    "order_item_prices",
    "order_item_costs",
    "allocations",
    "allocation_items",
    "allocation_item_sizes",
    "allocation_items_supplier",
    "allocation_item_supplier_sizes",
    "allocation_item_supplier_notes",
    "factory_pos",
    "factory_po_lines",
    "factory_po_line_sizes",
    "factory_receipts",
    "factory_payments",
    "factory_payment_lines",
    "factory_invoices",
    "factory_invoice_lines",
    "order_history",
    "timeline_templates",
    "timeline_template_nodes",
    "timeline_nodes",
    *("units", "products", "product_variants", "warehouses", "stock_locations", "lots"),
    *("stock_levels", "stock_moves", "work_centers"),
    *("bom_templates", "bom_versions", "bom_lines", "bom_operations"),
    *("supplier_products", "purchase_orders", "purchase_order_lines"),
    *("goods_receipts", "goods_receipt_lines"),
    *("production_orders", "production_components", "production_operations"),
    *("production_outputs", "inventory_reservations", "planned_supplies"),
)

# Their rows point at each other.
OWN_PARENTS = ("timeline_nodes",)


class Facts:
    """The rows of every table, in an order that the next game that does the same finds again.

    Ids are not: those of one millisecond follow each other by chance.
    """

    def __init__(self, rows: Mapping[str, Iterable[Row]]) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        rank: dict[object, int] = {}

        def place(row: Row) -> tuple[object, ...]:
            references = [rank.get(row[name], -1) for name in sorted(row) if name[-3:] == "_id"]
            nth = row.get("line_number") or row.get("position") or 0
            name = row.get("size_label") or row.get("code")
            return str(row.get("created_at")), nth, references, str(name)

        for table, unordered in rows.items():
            self.rows[table] = list(unordered)
            for _ in range(2 if table in OWN_PARENTS else 1):
                self.rows[table].sort(key=place)
                rank |= {row["id"]: nth for nth, row in enumerate(self.rows[table]) if "id" in row}
        # What hangs on another row by that one's id stands behind it.
        self.by_id = {
            row["id"]: row
            for of_table in reversed(self.rows.values())
            for row in of_table
            if "id" in row
        }
        self._children: dict[tuple[str, str], dict[object, list[Row]]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows[table]

    def of(self, table: str, column: str, parent: Row) -> list[Row]:
        """Return the rows of a table that point at another row by this column."""
        if (table, column) not in self._children:
            grouped = self._children[table, column] = defaultdict(list)
            for row in self.rows[table]:
                grouped[row[column]].append(row)
        return self._children[table, column].get(parent["id"], [])

    def contracts_of(self, made: Row) -> list[Row]:
        """Return the contracts that name a slice, whatever their state."""
        lines = self.of("factory_po_lines", "allocation_item_supplier_id", made)
        return [self.by_id[line["factory_po_id"]] for line in lines]

    def slices_of(self, line: Row) -> list[Row]:
        """Return the slices and candidates of an order line."""
        return [
            made
            for item in self.of("allocation_items", "order_item_id", line)
            for made in self.of("allocation_items_supplier", "allocation_item_id", item)
        ]

    def slices_under(self, contract: Row) -> list[Row]:
        """Return the slices that a contract names."""
        lines = self.of("factory_po_lines", "factory_po_id", contract)
        return [self.by_id[line["allocation_item_supplier_id"]] for line in lines]


def reader(connection: Connection, organization: str, tables: Iterable[str]) -> Callable[[], Facts]:
    """Make what reads all facts of a company in one query."""
    asked = [*FIRST, *sorted(set(tables) - set(FIRST))]
    set_json_loads(partial(json.loads, parse_float=Decimal), connection)
    columns = [
        sql.SQL(
            "(select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ops.{table} as t"
            " where t.organization_id = {organization})"
        ).format(
            table=sql.Identifier(table),
            organization=sql.Literal(organization),
        )
        for table in asked
    ]
    query = sql.SQL("select {}").format(sql.SQL(", ").join(columns))

    def read() -> Facts:
        [rows] = connection.cursor(row_factory=tuple_row).execute(query)
        return Facts(dict(zip(asked, rows, strict=True)))

    return read
