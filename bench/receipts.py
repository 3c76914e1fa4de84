"""Goods receipts: by one line from eight sessions at once, five hundred lines in one, and awaited.

The warehouse calls `receive_goods`; the rules then check and count what was ordered, write the
moves and what is on hand, and give what came in to the production orders that wait for it. Of
receipts by one line each session has a purchase order of its own; bare, eight sessions write the
rows of as many receipts, one transaction each. A thousand production orders wait for the one part
that the last receipt brings, and become ready by it.
"""

from typing import LiteralString

from psycopg import sql
from psycopg.types.json import Jsonb

from bench.arena import Arena, written
from bench.measure import Outcome, Report, Row, Size, in_turns
from bench.production import MAKE, row_of
from bench.workshop import Act, Workshop, together, workshop
from oms_cli.server import Connection

AIM = 4
SESSIONS = 8
LINES = 20
_LINES: LiteralString = """
insert into ops.purchase_order_lines (purchase_order_id, product_variant_id, quantity, unit_price)
select %s::uuid, v.id, 100000, 8
from ops.product_variants as v
where v.sku like 'PART-%%'
order by v.sku <> %s, md5(v.sku || %s)
limit %s
returning id::text
"""
# One receipt, table by table: all of its rows are found by its id.
_OF_ONE = {
    "goods_receipts": "t.id = %s::uuid",
    "goods_receipt_lines": "t.goods_receipt_id = %s::uuid",
    "stock_moves": (
        "t.goods_receipt_line_id in ("
        "select l.id from bare.taken_goods_receipt_lines as l where l.goods_receipt_id = %s::uuid)"
    ),
}


def run(arena: Arena, size: Size) -> Report:
    """Measure the three kinds of receipts."""
    with workshop(arena) as place:
        rates = _one_by_one(place, size)
        many = row_of(
            f"one receipt of {size.receipt_lines:,} lines",
            place.measured(size.repeats, "oms_warehouse", lambda: _many(place, size)),
        )
        awaited = row_of(
            f"a receipt that {size.made:,} production orders wait for",
            place.measured(size.repeats, "oms_warehouse", lambda: _awaited(place, size)),
        )
    rows: list[Row] = [rates, many, awaited]
    outcomes = [
        Outcome(
            str(row["work"]),
            f"<= {AIM}x",
            str(row.get("receipts/s", f"{row['by the rules, s']} s")),
            float(str(row["ratio"])),
            float(str(row["ratio"])) <= AIM,
        )
        for row in rows
    ]
    return Report("Goods receipts", outcomes, rows)


def ordered(place: Workshop, lines: int, first: str = "") -> tuple[str, list[str]]:
    """Send a purchase order of so many lines, that of one SKU before others."""
    with place.acting("oms_procurement") as buyer:
        [(order,)] = buyer.execute(
            "insert into ops.purchase_orders (vendor_id)"
            " select d.id from ops.directory as d where d.code = 'V000' returning id::text"
        ).fetchall()
        made = buyer.execute(_LINES, [order, first, order, lines]).fetchall()
        buyer.execute("select ops.submit_purchase_order(%s::uuid)", [order])
        buyer.execute("select ops.send_purchase_order(%s::uuid)", [order])
    return str(order), [str(line) for (line,) in made]


def receive(warehouse: Connection, order: str, lines: list[str], quantity: int) -> None:
    """Take in so many of each of these lines."""
    asked = [{"purchase_order_line_id": line, "received_qty": quantity} for line in lines]
    warehouse.execute("select ops.receive_goods(%s::uuid, %s)", [order, Jsonb(asked)])


def _many(place: Workshop, size: Size) -> Act:
    order, lines = ordered(place, size.receipt_lines)
    return lambda warehouse: receive(warehouse, order, lines, 10)


def _awaited(place: Workshop, size: Size) -> Act:
    with place.acting("oms_planner") as planner:
        planner.execute(MAKE, [size.made, "BENCH"])
    order, lines = ordered(place, 1, "PART-1")

    def bring(warehouse: Connection) -> None:
        receive(warehouse, order, lines, size.made)
        [(held,)] = warehouse.execute(
            "select count(*) from ops.production_orders where status = 'on_hold'"
        ).fetchall()
        if held:
            raise AssertionError(f"{held} production orders still wait")

    return bring


def _receipt(order: str, line: str) -> Act:
    return lambda warehouse: receive(warehouse, order, [line], 1)


def _one_by_one(place: Workshop, size: Size) -> Row:
    share = size.receipts // SESSIONS
    orders = [ordered(place, LINES) for _ in range(SESSIONS)]
    place.settle()
    taken: list[object] = []
    hands = [
        [_receipt(order, lines[n % LINES]) for n in range(share + 1)] for order, lines in orders
    ]

    def by_rules() -> float:
        before = place.now()
        seconds = together(lambda: place.acting("oms_warehouse"), hands)
        place.take(before)
        for table, column in (
            ("goods_receipts", "id"),
            ("goods_receipt_lines", "goods_receipt_id"),
            ("stock_moves", "goods_receipt_line_id"),
        ):
            place.bare.execute(
                sql.SQL("create index on {} ({})").format(
                    sql.Identifier("bare", f"taken_{table}"), sql.Identifier(column)
                )
            )
        ids = place.bare.execute("select id from bare.taken_goods_receipts").fetchall()
        taken[:] = [row[0] for row in ids]
        return seconds

    statements = [
        sql.SQL("insert into {} ({}) select {} from {} as t where {}").format(
            sql.Identifier("bare", table),
            sql.SQL(", ").join(columns),
            sql.SQL(", ").join(columns),
            sql.Identifier("bare", f"taken_{table}"),
            sql.SQL(condition),
        )
        for table, condition in _OF_ONE.items()
        for columns in [written(place.bare, table)]
    ]

    def write(receipt: object) -> Act:
        def act(bare: Connection) -> None:
            with bare.transaction():
                for statement in statements:
                    bare.execute(statement, [receipt])

        return act

    def without() -> float:
        writes = [write(receipt) for receipt in taken]
        return together(place.arena.bare, [writes[nth::SESSIONS] for nth in range(SESSIONS)])

    ruled, bare = in_turns(size.repeats, by_rules, without)
    place.tidy()
    return {
        "work": f"receipts of one line, {SESSIONS} sessions",
        "rows": len(taken) * len(_OF_ONE),
        "by the rules, s": ruled.shown(1, 2),
        "bare, s": bare.shown(1, 3),
        "ratio": round(ruled.median / bare.median, 1),
        "receipts/s": f"{share * SESSIONS / ruled.median:,.0f} receipts/s",
    }
