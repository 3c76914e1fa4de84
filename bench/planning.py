"""Planning: from nothing to draft purchase orders, and once more with nothing changed.

Held production orders want a frame each, of two levels and twenty parts, half of them in stock.
A planner calls `plan_supply`; the rules then net day by day and level by level, choose vendors and
prices, peg every supply to what it serves and draft the purchase orders. Against it stand the rows
that it made written bare, and demand netted against stock by one GROUP BY: what anybody has to do
who plans, and keeps the plan.
"""

from collections.abc import Iterator
from typing import LiteralString

from psycopg import sql

from bench.arena import Arena
from bench.measure import Outcome, Report, Row, Size, in_turns, timed
from bench.workshop import Act, Workshop, workshop

AIM = 1.0  # seconds, of so many orders
ORDERS = 1_000
_ORDERS: LiteralString = """
with made as (
  insert into ops.production_orders (
    product_variant_id, bom_version_id, warehouse_id, production_number, quantity, need_by,
    scheduled_start, scheduled_end, status
  )
  select
    v.id, private.bom_version_in_force(v.id, current_date), w.id, 'MO-' || n, 2,
    current_date + 10 + n %% 30, current_date + 8 + n %% 30, current_date + 10 + n %% 30, 'on_hold'
  from generate_series(1, %s) as n
  inner join ops.product_variants as v
    on v.organization_id = private.organization_id() and v.sku = 'FRAME'
  inner join ops.warehouses as w on w.organization_id = v.organization_id
  returning *
),
-- What the orders are for.
wanted as (
  insert into ops.reorder_rules (product_variant_id, warehouse_id, target_qty)
  select m.product_variant_id, m.warehouse_id, sum(m.quantity)
  from made as m
  group by m.product_variant_id, m.warehouse_id
)
insert into ops.production_components (
  organization_id, production_order_id, product_variant_id, kind, warehouse_id, required_qty
)
select
  m.organization_id, m.id, l.product_variant_id, l.kind, m.warehouse_id, m.quantity * l.quantity
from made as m
inner join ops.bom_lines as l
  on l.organization_id = m.organization_id and l.bom_version_id = m.bom_version_id
"""
_NET: LiteralString = """
select c.product_variant_id, c.warehouse_id, sum(c.required_qty - c.issued_qty) - max(s.on_hand)
from ops.production_components as c
left join (
  select l.product_variant_id, l.warehouse_id, sum(l.on_hand) as on_hand from ops.stock_levels as l
  where l.organization_id = private.organization_id()
  group by l.product_variant_id, l.warehouse_id
) as s using (product_variant_id, warehouse_id)
where c.organization_id = private.organization_id() and c.is_open
group by c.product_variant_id, c.warehouse_id
"""
_RUN: LiteralString = """
select r.added_count, r.changed_count, r.removed_count from ops.plan_supply() as r
"""


def run(arena: Arena, size: Size) -> Report:
    """Plan for more and more orders."""
    with workshop(arena) as place:
        rows = [_measured(place, orders, size.repeats) for orders in size.planned]
    return Report(
        "Planning production orders of two levels and 20 parts",
        [*_outcomes(rows)],
        rows,
        ["From nothing to draft purchase orders; again: with nothing changed."],
    )


def _outcomes(rows: list[Row]) -> Iterator[Outcome]:
    for row in rows:
        seconds = float(str(row["from nothing, s"]).partition(" ")[0])
        is_aim = row["orders"] == ORDERS
        yield Outcome(
            f"planning, {row['orders']:,} orders",
            f"<= {AIM:g} s" if is_aim else "(none)",
            f"{seconds:.2f} s",
            float(str(row["ratio"])),
            seconds <= AIM if is_aim else None,
        )


def _measured(place: Workshop, orders: int, repeats: int) -> Row:
    """Plan for the first time, and bare, in turns; then plan once more, and more."""

    def prepare() -> Act:
        place.bare.execute(_ORDERS, [orders])
        return lambda planner: planner.execute(_RUN)

    first = place.measured(
        repeats, "oms_planner", prepare, lambda bare: bare.execute(_NET).fetchall()
    )
    plan = prepare()
    place.settle()
    with place.acting("oms_planner") as planner:
        plan(planner)
        place.settle()
        [again] = in_turns(repeats, lambda: timed(planner, sql.SQL(_RUN), expected=[(0, 0, 0)]))
    place.tidy()
    return {
        "orders": orders,
        "pegs": first.rows["supply_pegs"],
        "purchase lines": first.rows["purchase_order_lines"],
        "from nothing, s": first.by_rules.shown(1, 2),
        "ms an order": round(first.by_rules.median * 1000 / orders, 2),
        "again, s": again.shown(1, 2),
        "bare, s": first.bare.shown(1, 3),
        "ratio": first.ratio,
    }
