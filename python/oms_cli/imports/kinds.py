"""The kinds of files: who brings them in, how their lines are staged, judged and landed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql
from pydantic import BaseModel

from oms_cli.imports.interpreting import (
    Columns,
    OrderLine,
    Problem,
    SizeLine,
    StyleLine,
    fields_of,
    parser_of,
    read_line,
    read_order,
    read_style,
    require_columns,
    require_order_columns,
    require_style_columns,
)
from oms_cli.imports.mapping import FileMapping, Section, section_of
from oms_cli.imports.reading import Row
from oms_cli.server import Connection

PLANNER, PROCUREMENT, WAREHOUSE, SALES = (
    *("oms_planner", "oms_procurement"),
    *("oms_warehouse", "oms_sales"),
)

Line = Iterable[object]
Stage = Callable[[Connection, Iterable[Row], Columns, FileMapping], list[Problem]]


@dataclass(frozen=True)
class Kind:
    """What sets one import apart from the others.

    `check` and the steps of `land` are told the options of the mapping's section by their names;
    each step is one of a role, and returns how much of what it made.
    """

    name: str
    about: str
    tables: tuple[str, ...]
    check: LiteralString
    land: tuple[tuple[str, LiteralString], ...]
    stage: Stage
    require: Callable[[Columns, Section[BaseModel]], None]

    @property
    def role(self) -> str:
        """Who brings the file in."""
        return self.land[0][0]

    def options(self, mapping: FileMapping) -> Mapping[str, object]:
        """Return what the mapping says besides columns and values."""
        return {"sizes": list(mapping.size_labels)} | dict(section_of(mapping, self.name))


def _supply(
    name: str,
    about: str,
    tables: tuple[str, ...],
    check: LiteralString,
    *land: tuple[str, LiteralString],
) -> Kind:
    """Return a kind whose rows are read field by field, a row a line."""

    def require(columns: Columns, section: Section[BaseModel]) -> None:
        require_columns(columns, name, fields_of(section))

    def stage(
        connection: Connection, rows: Iterable[Row], columns: Columns, mapping: FileMapping
    ) -> list[Problem]:
        section = section_of(mapping, name)
        fields = {
            field: (parser_of(cell, mapping), cell.required)
            for field, cell in fields_of(section).items()
        }
        problems: list[Problem] = []

        def lines() -> Iterator[Line]:
            for row in rows:
                line, found = read_line(row, columns, mapping, section, fields)
                problems.extend(found)
                if line:
                    yield line

        connection.execute("select private.stage_supply_import()")
        _copy(connection, "import_supply_lines", ("line_number", "is_bad", *fields), lines())
        connection.execute("analyze pg_temp.import_supply_lines")
        return problems

    return Kind(name, about, tables, check, land, stage, require)


def _stage_styles(
    connection: Connection, rows: Iterable[Row], columns: Columns, mapping: FileMapping
) -> list[Problem]:
    problems: list[Problem] = []

    def lines() -> Iterator[StyleLine]:
        for row in rows:
            line, found = read_style(row, columns, mapping)
            problems.extend(found)
            if line:
                yield line

    connection.execute("select private.stage_style_import()")
    _copy(connection, "import_style_lines", StyleLine._fields, lines())
    return problems


def _stage_orders(
    connection: Connection, rows: Iterable[Row], columns: Columns, mapping: FileMapping
) -> list[Problem]:
    problems: list[Problem] = []
    sizes: list[SizeLine] = []

    def lines() -> Iterator[OrderLine]:
        for row in rows:
            line, run, found = read_order(row, columns, mapping)
            problems.extend(found)
            sizes.extend(run)
            if line:
                yield line

    connection.execute("select private.stage_order_import()")
    _copy(connection, "import_order_lines", OrderLine._fields, lines())
    _copy(connection, "import_order_line_sizes", SizeLine._fields, sizes)
    return problems


def _copy(
    connection: Connection, table: str, columns: Iterable[str], lines: Iterable[Line]
) -> None:
    statement = sql.SQL("copy pg_temp.{} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(tuple(line))


# In the order in which one needs what the other brought.
KINDS = {
    kind.name: kind
    for kind in (
        _supply(
            "units",
            "Add units of measure.",
            ("units",),
            "select private.check_unit_import()",
            (PLANNER, "select * from private.import_units()"),
        ),
        Kind(
            "styles",
            "Add styles, their colours and their SKUs to the catalogue.",
            ("styles", "colorways", "colorway_references", "products", "product_variants"),
            "select private.check_style_import()",
            ((PLANNER, "select * from private.import_styles()"),),
            _stage_styles,
            require_style_columns,
        ),
        _supply(
            "products",
            "Add products in their variants: styles that are sold, components, materials.",
            ("styles", "colorways", "products", "product_variants"),
            "select private.check_product_import()",
            (PLANNER, "select * from private.import_products()"),
        ),
        _supply(
            "conversions",
            "Add how many of one unit make one of another.",
            ("unit_conversions",),
            "select private.check_conversion_import()",
            (PLANNER, "select * from private.import_conversions()"),
        ),
        _supply(
            "boms",
            "Add bills of materials: a row a component.",
            ("bom_templates", "bom_versions", "bom_lines"),
            "select private.check_bom_import()",
            (PLANNER, "select * from private.import_boms()"),
            (PLANNER, "select * from private.import_bom_lines(true, %(activate)s)"),
            (PLANNER, "select * from private.import_bom_lines(false, %(activate)s)"),
        ),
        _supply(
            "vendors",
            "Add vendors to the directory.",
            ("directory",),
            "select private.check_vendor_import()",
            (PROCUREMENT, "select * from private.import_vendors()"),
        ),
        _supply(
            "offers",
            "Add what vendors sell, on what terms: a row a product, or a row a price break.",
            ("supplier_products", "supplier_price_breaks"),
            "select private.check_offer_import()",
            (PROCUREMENT, "select * from private.import_offers()"),
        ),
        _supply(
            "places",
            "Add warehouses and the places in them.",
            ("warehouses", "stock_locations"),
            "select private.check_place_import()",
            (WAREHOUSE, "select * from private.import_places()"),
        ),
        _supply(
            "purchase_orders",
            "Add purchase orders, and what came of them: a row a line.",
            (
                *("purchase_orders", "purchase_order_lines", "goods_receipts"),
                *("goods_receipt_lines", "stock_moves", "stock_levels"),
            ),
            "select private.check_purchase_order_import()",
            (PROCUREMENT, "select * from private.import_purchase_orders()"),
            (WAREHOUSE, "select * from private.import_goods_receipts()"),
            (WAREHOUSE, "select * from private.import_goods_receipt_lines()"),
        ),
        _supply(
            "stock",
            "Open the stock: what lies where.",
            ("warehouses", "stock_locations", "lots", "stock_moves", "stock_levels"),
            "select private.check_stock_import(create_places => %(create_places)s)",
            (WAREHOUSE, "select * from private.import_stock(complete => %(complete)s)"),
        ),
        _supply(
            "forecasts",
            "Add what is expected to be asked for: a row a period.",
            ("demand_forecasts",),
            "select private.check_forecast_import()",
            (PLANNER, "select * from private.import_forecasts()"),
        ),
        Kind(
            "orders",
            "Add the orders of an order book: a row a size, or a column a size.",
            ("directory", "orders", "order_items", "order_item_sizes", "order_item_prices"),
            "select private.check_order_import(create_clients => %(create_clients)s,"
            " refuse_repeated => %(repeated_lines)s = 'reject')",
            ((SALES, "select * from private.import_orders(%(sizes)s)"),),
            _stage_orders,
            require_order_columns,
        ),
    )
}
