"""Reservations that contend for one SKU, against as many updates of one row.

Eight sessions make production orders of one part, of which half as many are there as are asked for;
then eight sessions reserve the same part for order lines. Whoever comes too late is held, or
refused. In the end all of it is reserved and no more: what the CHECK on `reserved` allows at no
time. Bare, eight sessions count one row up.
"""

from collections.abc import Callable, Iterator
from typing import LiteralString

import psycopg

from bench.arena import Arena
from bench.measure import Outcome, Report, Row, Size, in_turns
from bench.workshop import Act, Workshop, together, workshop
from oms_cli.server import Connection

SESSIONS = 8
_SKU = "FEW"
_COUNT: LiteralString = """
select ops.count_stock(
  jsonb_build_array(jsonb_build_object(
    'product_variant_id', v.id, 'stock_location_id', p.id, 'counted_qty', %s::numeric
  )), 'Benchmark'
)
from ops.product_variants as v, ops.stock_locations as p where v.sku = %s
"""
_MAKE: LiteralString = """
insert into ops.production_orders (product_variant_id, quantity)
select v.id, 1 from ops.product_variants as v where v.sku = 'BOX'
"""
_LINES: LiteralString = """
insert into ops.order_items (order_id, line_number, colorway_id, quantity)
select %s, n, (select c.id from ops.colorways as c limit 1), 1
from generate_series(1, %s) as n
returning id
"""
_RESERVE: LiteralString = """
insert into ops.inventory_reservations (
  order_item_id, product_variant_id, stock_location_id, quantity
)
select %s, v.id, p.id, 1
from ops.product_variants as v, ops.stock_locations as p where v.sku = %s
"""
_COUNT_UP: LiteralString = "update bare.counter set n = n + 1"
_LEVEL: LiteralString = """
select l.on_hand::int, l.reserved::int
from ops.stock_levels as l
inner join ops.product_variants as v
  on v.organization_id = l.organization_id and v.id = l.product_variant_id
where l.organization_id = private.organization_id() and v.sku = %s
"""


def run(arena: Arena, size: Size) -> Report:
    """Make production orders, and reserve for order lines."""
    with workshop(arena) as place:
        rows = [*_rows(place, size)]
    outcomes = [
        Outcome(str(row["what"]), "(none)", f"{row['asked/s']}/s", float(str(row["ratio"])))
        for row in rows
    ]
    return Report(
        f"{SESSIONS} sessions that want one SKU",
        outcomes,
        rows,
        [f"Of {size.reserved:,} asked for there are {size.reserved // 2:,}."],
    )


def _rows(place: Workshop, size: Size) -> Iterator[Row]:
    def makers() -> list[Act]:
        return [lambda planner: planner.execute(_MAKE)] * size.reserved

    def takers() -> list[Act]:
        return [_taker(line) for line in _order_lines(place, size.reserved)]

    yield _measured(place, size, "production orders that reserve it", makers)
    yield _measured(place, size, "reservations for order lines", takers)


def _taker(line: object) -> Act:
    def take(planner: Connection) -> None:
        try:
            planner.execute(_RESERVE, [line, _SKU])
        except psycopg.Error as refused:
            if refused.diag.message_hint != "OMS_STOCK_RESERVED":
                raise

    return take


def _measured(place: Workshop, size: Size, what: str, prepare: Callable[[], list[Act]]) -> Row:
    there = size.reserved // 2
    timed = size.reserved - SESSIONS

    def by_rules() -> float:
        place.tidy()
        with place.acting("oms_warehouse") as warehouse:
            warehouse.execute(_COUNT, [there, _SKU])
        seconds = together(lambda: place.acting("oms_planner"), _shared(prepare()))
        level = place.bare.execute(_LEVEL, [_SKU]).fetchone()
        if level != (there, there):
            raise AssertionError(f"{there} were to be on hand and reserved, not {level}")
        return seconds

    place.bare.execute("drop schema if exists bare cascade; create schema bare")
    place.bare.execute("create table bare.counter as select 0 as n")
    counts = [lambda bare: bare.execute(_COUNT_UP)] * size.reserved
    ruled, bare = in_turns(
        size.repeats, by_rules, lambda: together(place.arena.bare, _shared(counts))
    )
    place.tidy()
    return {
        "what": what,
        "asked/s": f"{timed / ruled.median:,.0f}",
        "by the rules, s": ruled.shown(1, 2),
        "counted/s": f"{timed / bare.median:,.0f}",
        "bare, s": bare.shown(1, 3),
        "ratio": round(ruled.median / bare.median, 1),
    }


def _shared(work: list[Act]) -> list[list[Act]]:
    return [work[nth::SESSIONS] for nth in range(SESSIONS)]


def _order_lines(place: Workshop, count: int) -> list[object]:
    with place.acting("oms_sales") as sales:
        [(order,)] = sales.execute(
            "insert into ops.orders (client_id)"
            " select d.id from ops.directory as d where 'client' = any(d.kinds)"
            " order by d.id limit 1 returning id"
        ).fetchall()
        return [line for (line,) in sales.execute(_LINES, [order, count]).fetchall()]
