"""Import of an order book, against COPY of the same rows into the same tables.

The book has a row a line and a column a size, ten lines an order. The import is what `oms import
orders` does: reading, checking and writing under the rules, as sales. COPY writes what it made once
more, without triggers, foreign keys and row security.
"""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from psycopg import sql

from bench.arena import Arena, written
from bench.entry import LABELS
from bench.entry import LINES as LINES_AN_ORDER
from bench.measure import Outcome, Report, Size, in_turns
from oms_cli.bench.load import WORKBENCH
from oms_cli.imports.loading import import_orders
from oms_cli.imports.mapping import FileMapping
from oms_cli.server import Connection, connected

TABLES = ("orders", "order_items", "order_item_sizes", "order_item_prices")
MAPPING = FileMapping.model_validate(
    {"orders": {"size_columns": {label: label for label in LABELS}}}
)
COLOURS = """
select s.style_number, c.marketing_name
from ops.colorways as c
inner join ops.styles as s on s.organization_id = c.organization_id and s.id = c.style_id
inner join ops.organizations as o on o.id = c.organization_id
where o.code = %s
order by c.id
"""


def run(arena: Arena, size: Size) -> Report:
    """Import the book, and copy what it made, in turns."""
    with tempfile.TemporaryDirectory() as folder, connected(arena.server.owner_url) as owner:
        colours = [(str(a), str(b)) for a, b in owner.execute(COLOURS, [WORKBENCH])]
        book = Path(folder) / "book.csv"
        _write(book, size.imported, colours)

        def imported() -> float:
            arena.clear_workbench()
            started = perf_counter()
            result = import_orders(owner, book, MAPPING, organization=WORKBENCH)
            seconds = perf_counter() - started
            if result.made.get("order_items") != size.imported:
                raise AssertionError(f"{size.imported} lines were to be imported: {result}")
            return seconds

        by_rules, bare = in_turns(size.repeats, imported, lambda: _copied(arena))
        arena.clear_workbench()
    ratio = round(by_rules.median / bare.median, 1)
    rate = size.imported / by_rules.median
    return Report(
        f"Import of {size.imported:,} lines of {len(LABELS)} sizes",
        [
            Outcome(
                f"import of {size.imported:,} lines", "(none)", f"{rate:,.0f} lines/s", ratio, None
            )
        ],
        [
            {
                "lines": size.imported,
                "lines/s": round(rate),
                "import, s": by_rules.shown(1, 2),
                "COPY, s": bare.shown(1, 2),
                "ratio": ratio,
            }
        ],
    )


def _write(book: Path, lines: int, colours: list[tuple[str, str]]) -> None:
    with book.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ("client", "client_po_number", "style_number", "color", "unit_price", *LABELS)
        )
        for n in range(lines):
            order = n // LINES_AN_ORDER
            colour = colours[n % len(colours)]
            rows.writerow((f"C{order % 10:03}", f"BOOK-{order}", *colour, "24.50", *range(10, 15)))


def _copied(arena: Arena) -> float:
    """Take the workbench's rows out and copy them in again; return the seconds of the latter."""
    with arena.bare() as owner:
        kept = {table: b"".join(_rows(owner, table)) for table in TABLES}
        arena.clear_workbench()
        started = perf_counter()
        for table, rows in kept.items():
            into = sql.SQL("copy {} ({}) from stdin").format(
                sql.Identifier("ops", table), sql.SQL(", ").join(written(owner, table))
            )
            with owner.cursor() as cursor, cursor.copy(into) as copy:
                copy.write(rows)
        return perf_counter() - started


def _rows(owner: Connection, table: str) -> Iterator[bytes]:
    query = sql.SQL(
        "copy (select {} from {} as t inner join ops.organizations as o"
        " on o.id = t.organization_id where o.code = {}) to stdout"
    ).format(
        sql.SQL(", ").join(sql.SQL("t.{}").format(column) for column in written(owner, table)),
        sql.Identifier("ops", table),
        sql.Literal(WORKBENCH),
    )
    with owner.cursor() as cursor, cursor.copy(query) as copy:
        yield from (bytes(block) for block in copy)
