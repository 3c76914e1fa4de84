"""Production orders: a thousand made in one statement, and all of them scheduled anew.

Each has twenty parts that are in stock and three operations at three work centres. A planner
inserts the orders; the rules then copy what goes into them, reserve it, number and date them, plan
their operations and write the history. They are scheduled anew when the work centres are to work
half as long.
"""

from collections.abc import Iterator
from typing import LiteralString

from bench.arena import Arena
from bench.measure import Outcome, Report, Row, Size
from bench.workshop import Act, Measured, Workshop, workshop

AIM = 4
MAKE: LiteralString = """
insert into ops.production_orders (product_variant_id, quantity, need_by)
select v.id, 1, current_date + 5 + n %% 60
from generate_series(1, %s) as n
inner join ops.product_variants as v on v.sku = %s
"""
_HALVE: LiteralString = "update ops.work_centers set daily_minutes = daily_minutes / 2"


def run(arena: Arena, size: Size) -> Report:
    """Make the orders; schedule those that stand."""
    with workshop(arena) as place:
        rows = [*_rows(place, size)]
    outcomes = [
        Outcome(
            str(row["work"]),
            f"<= {AIM}x",
            f"{row['by the rules, s']} s",
            float(str(row["ratio"])),
            float(str(row["ratio"])) <= AIM,
        )
        for row in rows
    ]
    return Report(f"{size.made:,} production orders of 20 parts and 3 operations", outcomes, rows)


def _rows(place: Workshop, size: Size) -> Iterator[Row]:
    def making() -> Act:
        return lambda planner: planner.execute(MAKE, [size.made, "DESK"])

    def scheduling() -> Act:
        with place.acting("oms_planner") as planner:
            planner.execute(MAKE, [size.made, "DESK"])
        return lambda production: production.execute(_HALVE)

    yield row_of("made in one statement", place.measured(size.repeats, "oms_planner", making))
    yield row_of("scheduled anew", place.measured(size.repeats, "oms_production", scheduling))


def row_of(work: str, found: Measured) -> Row:
    """Tell what was measured as a row of a report."""
    return {
        "work": work,
        "rows": sum(found.rows.values()),
        "by the rules, s": found.by_rules.shown(1, 2),
        "bare, s": found.bare.shown(1, 3),
        "ratio": found.ratio,
    }
