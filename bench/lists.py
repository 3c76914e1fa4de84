"""Lists of purchasing and own production: the first 50 rows as each audience sorts them.

At the workbench stand production orders, half of them held by a part of which there is none, order
lines that are supplied in house, and purchase orders: those that planning drafted, and one that a
vendor has and delivered in part. As with the other pages, what counts is one execution of a
prepared statement on the server; by hand means as the owner, filtered by organization and party.
"""

from dataclasses import dataclass
from typing import LiteralString, cast

from psycopg import sql

from bench.arena import Arena
from bench.measure import Outcome, Report, Row, Size
from bench.pages import executed
from bench.production import MAKE
from bench.receipts import ordered, receive
from bench.workshop import Workshop, workshop
from oms_cli.server import connected

AIM = 20.0  # milliseconds
LIMIT = 50
VENDOR = "V000"
QUEUE = "priority, need_by, production_order_id"
NEWEST = "purchase_order_line_id desc"
LISTS = (
    ("oms_planner", "workflow", "order_item_id desc"),
    ("oms_planner", "production_queue", QUEUE),
    ("oms_planner", "component_availability", "production_component_id desc"),
    ("oms_planner", "planned_supplies", "need_by, id"),
    ("oms_planner", "inventory_status", "product_variant_id desc"),
    ("oms_production", "production_queue", QUEUE),
    ("oms_production", "production_outlook", QUEUE),
    ("oms_production", "production_blockers", f"{QUEUE}, production_component_id"),
    ("oms_production", "production_schedule", "production_order_id desc"),
    ("oms_production", "component_availability", "production_component_id desc"),
    ("oms_sales", "workflow", "order_item_id desc"),
    ("oms_procurement", "purchase_order_tracking", NEWEST),
    ("oms_procurement", "inventory_status", "product_variant_id desc"),
    ("oms_warehouse", "purchase_order_tracking", NEWEST),
    ("oms_warehouse", "inventory_status", "product_variant_id desc"),
    ("oms_vendor", "purchase_order_lines", "id desc"),
)

_ORDERS: LiteralString = """
insert into ops.orders (client_id)
select d.id from ops.directory as d, generate_series(1, %s)
where d.code = 'C000'
returning id
"""
_LINES: LiteralString = """
insert into ops.order_items (order_id, line_number, colorway_id, quantity)
select o.id, n, (select c.id from ops.colorways as c order by c.id limit 1), 1
from unnest(%s::uuid[]) as o (id), generate_series(1, 10) as n
"""
_IN_HOUSE: LiteralString = """
insert into ops.order_item_supplies (order_item_id) select i.id from ops.order_items as i
"""
_FOR_LINES: LiteralString = """
insert into ops.production_orders (product_variant_id, order_item_id, quantity, need_by)
select v.id, i.id, 1, current_date + 10 + i.line_number
from ops.order_items as i
inner join ops.product_variants as v
  on v.sku = case i.line_number % 2 when 0 then 'BENCH' else 'DESK' end
"""


@dataclass(frozen=True)
class _List:
    """A list: who reads what, in which order."""

    role: str
    relation: str
    key: LiteralString

    def query(self, by_hand: sql.Composable | None = None) -> sql.Composed:
        """Write its first page; by hand it is filtered by a condition."""
        return sql.SQL("select * from {} where {} order by {} limit {}").format(
            sql.Identifier("ops", self.relation),
            by_hand or sql.SQL("true"),
            sql.SQL(self.key),
            LIMIT,
        )


def run(arena: Arena, size: Size) -> Report:
    """Fill the lists, and read the first page of each."""
    with workshop(arena) as place:
        _work(place, size)
        rows = [_measured(place, _List(*one), size.executions) for one in LISTS]
    outcomes = [
        _outcome(role, [row for row in rows if row["role"] == role])
        for role in dict.fromkeys(str(row["role"]) for row in rows)
    ]
    return Report(f"Lists of {2 * size.made:,} production orders, {LIMIT} rows", outcomes, rows)


def _outcome(role: str, rows: list[Row]) -> Outcome:
    worst = max(rows, key=lambda row: cast(float, row["ms"]))
    reached = cast(float, worst["ms"])
    return Outcome(
        f"lists of supply, {role}",
        f"<= {AIM:g} ms",
        f"{reached:.2f} ms; worst: {worst['list']}",
        cast(float, worst["ratio"]),
        reached <= AIM,
    )


def _work(place: Workshop, size: Size) -> None:
    """Order, supply in house, make, buy, plan and receive."""
    with place.acting("oms_sales") as sales:
        orders = [row[0] for row in sales.execute(_ORDERS, [size.made // 10])]
        sales.execute(_LINES, [orders])
    with place.acting("oms_planner") as planner:
        planner.execute(_IN_HOUSE)
        planner.execute(_FOR_LINES)
        planner.execute(MAKE, [size.made, "BENCH"])
        planner.execute("select ops.plan_supply()")
    order, lines = ordered(place, size.receipt_lines)
    with place.acting("oms_warehouse") as warehouse:
        receive(warehouse, order, lines[::2], 10)
    place.arena.analyze_workbench()
    place.settle()


def _measured(place: Workshop, page: _List, executions: int) -> Row:
    claims = place.claims(page.role, party=VENDOR if page.role == "oms_vendor" else None)
    mine = sql.SQL("organization_id = {}::uuid").format(sql.Literal(claims.organization_id))
    if claims.party_id:
        mine = sql.SQL("{} and vendor_id = {}::uuid").format(mine, sql.Literal(claims.party_id))
    with (
        place.arena.acting(claims) as reader,
        connected(place.arena.server.owner_url) as owner,
    ):
        asked, by_hand = page.query(), page.query(mine)
        found = len(reader.execute(asked).fetchall())
        if found != len(owner.execute(by_hand).fetchall()):
            raise AssertionError(f"{page.role} finds other rows in {page.relation} than by hand")
        theirs, ours = executed(executions, (reader, asked), (owner, by_hand))
    return {
        "role": page.role,
        "list": page.relation,
        "rows": found,
        "ms": round(theirs, 2),
        "by hand, ms": round(ours, 2),
        "ratio": round(theirs / ours, 2),
    }
