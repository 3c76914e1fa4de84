"""Explosion of many demands at once, against the bare recursive join of the same rows.

Demands for every good and every sub-assembly of the workshop, each rounded by itself and by what is
in force on its day, in one call of what planning calls. Bare, quantities are multiplied down the
same tree, whatever the day and the unit.
"""

from typing import LiteralString

from psycopg import sql

from bench.arena import Arena
from bench.measure import Outcome, Report, Size, in_turns, timed
from bench.workshop import workshop

AIM = 4
_DEMAND: LiteralString = """
create temporary table demand on commit preserve rows as
select
  private.new_id() as id, v.id as product_variant_id, (1 + n %% 9)::numeric as quantity,
  current_date + n %% 60 as on_date
from (
  select v.id, row_number() over (order by v.id) as nth, count(*) over () as many
  from ops.product_variants as v
  where v.organization_id = private.organization_id() and v.sku ~ '^(GOOD|SUB)-'
) as v
inner join generate_series(1, %s) as n on n %% v.many = v.nth - 1
"""
_EXPLODED: LiteralString = """
select count(*)::int
from private.explode_demand(array(select row(d.*)::private.demand from demand as d))
"""
_BARE: LiteralString = """
with recursive edge as materialized (
  select v.id as made_id, l.product_variant_id, l.quantity
  from ops.bom_lines as l
  inner join ops.bom_versions as b
    on b.organization_id = l.organization_id and b.id = l.bom_version_id
  inner join ops.bom_templates as t
    on t.organization_id = b.organization_id and t.id = b.bom_template_id
  inner join ops.product_variants as v
    on v.organization_id = t.organization_id and v.product_id = t.product_id
  where l.organization_id = private.organization_id()
),
need as (
  select d.id, d.product_variant_id, d.quantity from demand as d
  union all
  select n.id, e.product_variant_id, n.quantity * e.quantity
  from need as n
  inner join edge as e on e.made_id = n.product_variant_id
)
select count(*)::int from need as n where n.quantity is not null
"""


def run(arena: Arena, size: Size) -> Report:
    """Explode, and join bare, in turns; both must find as many rows."""
    with workshop(arena) as place:
        place.bare.execute(_DEMAND, [size.demands])
        place.bare.execute("analyze demand")
        found = place.bare.execute(_EXPLODED).fetchall()
        by_rules, bare = in_turns(
            size.repeats,
            lambda: timed(place.bare, sql.SQL(_EXPLODED), expected=found),
            lambda: timed(place.bare, sql.SQL(_BARE), expected=found),
        )
    ratio = round(by_rules.median / bare.median, 1)
    return Report(
        f"Explosion of {size.demands:,} demands over 3,000 lines of bills of materials",
        [
            Outcome(
                f"explosion of {size.demands:,} demands",
                f"<= {AIM}x",
                f"{by_rules.median:.2f} s",
                ratio,
                ratio <= AIM,
            )
        ],
        [
            {
                "demands": size.demands,
                "rows found": found[0][0],
                "by the rules, s": by_rules.shown(1, 2),
                "bare, s": bare.shown(1, 2),
                "ratio": ratio,
            }
        ],
    )
