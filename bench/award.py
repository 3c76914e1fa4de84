"""Awarding many lines in one statement, against a bare UPDATE of the same rows.

A planner awards one quoted slice of each line by `is_awarded = true`; the rules then freeze price
and tolerance, move the size runs, count the line's pieces, derive its status and write its history.
The bare UPDATE sets the same columns of the same rows in the same table, without triggers, foreign
keys and row security. Both are rolled back.
"""

from time import perf_counter
from typing import LiteralString

from psycopg import sql

from bench.arena import Arena
from bench.measure import Outcome, Report, Size, in_turns
from oms_cli.server import Connection, connected

AIM = 3
TOUCHED = (
    "timeline_nodes",
    "allocation_items_supplier",
    "allocation_item_supplier_sizes",
    "allocation_items",
    "order_items",
    "order_history",
)
CHOICE = """
select (array_agg(s.id order by s.id))[1] as id
from ops.allocation_items_supplier as s
inner join ops.allocation_items as a
  on a.organization_id = s.organization_id and a.id = s.allocation_item_id
inner join ops.order_items as i
  on i.organization_id = a.organization_id and i.id = a.order_item_id
where s.organization_id = %s and i.allocation_status = 'ALLOCATED' and s.quote_status = 'quoted'
  and not s.is_awarded
group by s.allocation_item_id
order by s.allocation_item_id
limit %s
"""
AWARD: LiteralString = """
update ops.allocation_items_supplier set is_awarded = true where id = any(%s)
"""
BARE: LiteralString = """
update ops.allocation_items_supplier
set is_awarded = true, awarded_qty = order_qty, awarded_price = price, awarded_at = now(),
    over_receipt_tolerance_pct = 3, updated_at = now(), row_version = row_version + 1
where id = any(%s)
"""


def run(arena: Arena, size: Size) -> Report:
    """Award, and update bare, in turns."""
    claims = arena.claims("oms_planner")
    with connected(arena.server.owner_url) as owner:
        chosen = owner.execute(CHOICE, [claims.organization_id, size.awards]).fetchall()
    slices = [row[0] for row in chosen]
    with arena.acting(claims) as planner, arena.bare() as bare:
        planner.execute("set statement_timeout = 0")  # to measure what the API would cut off
        by_rules, without = in_turns(
            size.repeats,
            lambda: _undone(planner, AWARD, slices),
            lambda: _undone(bare, BARE, slices),
        )
        for table in TOUCHED:
            bare.execute(sql.SQL("vacuum {}").format(sql.Identifier("ops", table)))
    ratio = round(by_rules.median / without.median, 1)
    return Report(
        f"Award of {len(slices):,} lines in one statement",
        [
            Outcome(
                f"award of {len(slices):,} lines",
                f"<= {AIM}x",
                f"{by_rules.median:.2f} s",
                ratio,
                ratio <= AIM,
            )
        ],
        [
            {
                "lines": len(slices),
                "by the rules, s": by_rules.shown(1, 2),
                "bare, s": without.shown(1, 2),
                "ratio": ratio,
            }
        ],
    )


def _undone(connection: Connection, statement: LiteralString, *values: list[object]) -> float:
    """Run the statement, see that it changed a row an id, take it back; return its seconds."""
    with connection.transaction(force_rollback=True):
        started = perf_counter()
        changed = connection.execute(statement, values).rowcount
        seconds = perf_counter() - started
    if changed != len(values[-1]):
        raise AssertionError(f"{changed} rows were changed, not {len(values[-1])}")
    return seconds
