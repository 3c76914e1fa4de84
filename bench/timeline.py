"""Timelines: one order's tree and all that is late, as staff, a client and a factory read them.

The newest orders of the largest organization that have awards are planned by the command, and one
line in twenty gets a late fabric. Against each query stands the same one by the tables' owner, whom
row security lets through, filtered by organization and party. In the end the plans are deleted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql

from bench.arena import Arena
from bench.measure import Outcome, Report, Row, Size
from bench.pages import PARTIES, executed
from oms_cli.server import Connection, connected
from oms_cli.tokens import Claims

TREE, LATE = "one order's tree", "all that is late"
AIMS = {TREE: 5.0, LATE: 100.0}  # milliseconds, with 100,000 nodes
READERS = {"oms_planner": None, "oms_client": "client_id", "oms_factory": "factory_id"}

_TEMPLATE: LiteralString = """
with template as (insert into ops.timeline_templates (name) values ('Benchmark') returning id)
insert into ops.timeline_template_nodes (
  timeline_template_id, code, name, position, offset_days, duration_days, predecessors,
  is_for_client, is_per_slice
)
select t.id, m.code, m.code, m.position, m.days, m.duration, m.predecessors::text[],
  m.position in (1, 9), m.position between 5 and 8
from template as t
cross join (values
  ('confirmed', 1, -75, 0, '{}'), ('lab_dips', 2, -60, 10, '{confirmed}'),
  ('sample', 3, -55, 10, '{confirmed}'), ('fabric', 4, -35, 15, '{lab_dips}'),
  ('cutting', 5, -15, 5, '{fabric,sample}'), ('sewing', 6, -10, 5, '{cutting}'),
  ('finishing', 7, -5, 5, '{sewing}'), ('ex_factory', 8, 0, 5, '{finishing}'),
  ('in_hands', 9, 25, 25, '{ex_factory}')
) as m (code, position, days, duration, predecessors)
returning timeline_template_id
"""
_ORDERS: LiteralString = """
select n.order_id from (
  select r.order_id, count(*) over (order by r.id desc) as nth
  from ops.timeline_nodes as split
  inner join ops.timeline_nodes as r
    on r.organization_id = split.organization_id and r.id = split.root_id
  where split.organization_id = %s and split.kind = 'split' and not r.is_cancelled
) as n where n.nth <= %s group by n.order_id
"""
_LATE: LiteralString = """
update ops.timeline_nodes set estimated_date = planned_date + 30
where code = 'fabric' and hashtext(root_id::text) %% 20 = 0 and organization_id = %s
"""
# Of whom the reader sees something, an order in the middle.
_SOME_ROOT: LiteralString = """
select n.root_id, r.order_id
from ops.timeline_nodes as n
inner join ops.timeline_nodes as r on r.organization_id = n.organization_id and r.id = n.root_id
where n.code is not null and n.organization_id = {organization} and {mine}
order by md5(n.id::text) limit 1
"""


@dataclass(frozen=True)
class _Question:
    """What is asked: a condition, and whose rows it is about."""

    name: str
    condition: sql.Composable


def run(arena: Arena, size: Size) -> Report:
    """Plan, measure each reader's questions, and take the plans away again."""
    with _planned(arena, size.awards) as nodes:
        rows = [row for role in READERS for row in _measured(arena, role, size.executions)]
    outcomes = [
        _outcome(name, aim, [row for row in rows if row["question"] == name])
        for name, aim in AIMS.items()
    ]
    return Report(f"Timelines, {nodes:,} milestones", outcomes, rows)


def _outcome(name: str, aim: float, rows: list[Row]) -> Outcome:
    worst = max(rows, key=lambda row: float(str(row["ms"])))
    reached = float(str(worst["ms"]))
    return Outcome(
        f"timelines, {name}",
        f"<= {aim:g} ms",
        f"{reached:.2f} ms as {worst['role']}",
        float(str(worst["ratio"])),
        reached <= aim,
    )


@contextmanager
def _planned(arena: Arena, lines: int) -> Iterator[int]:
    claims = arena.claims("oms_planner")
    organization = str(claims.organization_id)
    try:
        with connected(arena.server.owner_url) as owner:
            orders = owner.execute(_ORDERS, [organization, lines]).fetchall()
        with arena.acting(claims) as planner, planner.transaction():
            template = planner.execute(_TEMPLATE).fetchone()
            for (order,) in orders:
                planner.execute(
                    "select from ops.plan_timeline(%s, timeline_template_id => %s)",
                    [order, *(template or ())],
                )
            planner.execute(_LATE, [organization])
        yield _settled(arena, organization)
    finally:
        _clear(arena, organization)


def _settled(arena: Arena, organization: str) -> int:
    with connected(arena.server.owner_url) as owner:
        for table in ("timeline_nodes", "timeline_delays", "timeline_dependencies"):
            owner.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier("ops", table)))
        counted = owner.execute(
            "select count(*)::int from ops.timeline_nodes"
            " where organization_id = %s and code is not null",
            [organization],
        ).fetchone()
    return int(str(counted[0])) if counted else 0


def _clear(arena: Arena, organization: str) -> None:
    with arena.bare() as connection:
        for table in (
            "timeline_delays", "timeline_events", "timeline_dependencies", "timeline_plans",
            "timeline_nodes", "timeline_template_nodes", "timeline_templates",
        ):  # fmt: skip
            milestones = sql.SQL(" and code is not null" if table == "timeline_nodes" else "")
            name = sql.Identifier("ops", table)
            connection.execute(
                sql.SQL("delete from {} where organization_id = %s{}").format(name, milestones),
                [organization],
            )
            connection.execute(sql.SQL("vacuum (analyze) {}").format(name))


def _measured(arena: Arena, role: str, executions: int) -> Iterator[Row]:
    claims = arena.claims(role, party=PARTIES.get(role))
    mine = _own(role, claims)
    with arena.acting(claims) as reader, connected(arena.server.owner_url) as owner:
        for question in _questions(owner, role, claims):
            asked = _query(question.condition)
            by_hand = _query(sql.SQL("{} and {}").format(question.condition, mine))
            found = {str(row[0]) for row in reader.execute(asked)}
            if found != {str(row[0]) for row in owner.execute(by_hand)}:
                raise AssertionError(f"{role} finds other rows than by hand")
            theirs, ours = executed(executions, (reader, asked), (owner, by_hand))
            yield {
                "role": role,
                "question": question.name,
                "nodes": len(found),
                "ms": round(theirs, 2),
                "by hand, ms": round(ours, 2),
                "ratio": round(theirs / ours, 2),
            }


def _own(role: str, claims: Claims) -> sql.Composable:
    mine = sql.SQL("organization_id = {}::uuid").format(sql.Literal(claims.organization_id))
    if column := READERS[role]:
        party = sql.SQL("id in (select m.id from ops.timeline_nodes as m where m.{} = {}::uuid)")
        mine = sql.SQL("{} and {}").format(
            mine, party.format(sql.Identifier(column), sql.Literal(claims.party_id))
        )
    return mine


def _questions(owner: Connection, role: str, claims: Claims) -> Iterator[_Question]:
    """Ask for an order; a factory, which knows of none, for a line."""
    column = READERS[role]
    whose = (
        sql.SQL("n.{} = {}::uuid").format(sql.Identifier(column), sql.Literal(claims.party_id))
        if column
        else sql.SQL("true")
    )
    row = owner.execute(
        sql.SQL(_SOME_ROOT).format(organization=sql.Literal(claims.organization_id), mine=whose)
    ).fetchone()
    if row:
        key, value = ("root_id", row[0]) if role == "oms_factory" else ("order_id", row[1])
        tree = sql.SQL("{} = {}::uuid").format(sql.Identifier(key), sql.Literal(str(value)))
        yield _Question(TREE, tree)
    yield _Question(LATE, sql.SQL("is_late = true"))


def _query(condition: sql.Composable) -> sql.Composed:
    return sql.SQL("select t.id, t.* from ops.timeline as t where {} order by path").format(
        condition
    )
