"""Moving many slices to another factory by one command, against the same rows written bare.

A planner calls `reallocate` for slices under signed contracts of which nothing came in yet: each is
closed at zero and awarded to another factory that was not asked before. The rules then free the
pieces, move the size runs, derive the lines' and contracts' statuses, draft the next versions of
the contracts and write the history. Bare, the same slices are closed by one UPDATE, and their
successors and size runs written by two INSERTs. Both are rolled back.
"""

from time import perf_counter
from typing import LiteralString

from psycopg import sql
from psycopg.types.json import Jsonb

from bench.arena import Arena, written
from bench.measure import Outcome, Report, Size, in_turns
from oms_cli.server import Connection, connected

AIM = 10
TOUCHED = (
    "allocation_items_supplier",
    "allocation_item_supplier_sizes",
    "allocation_item_supplier_notes",
    "allocation_items",
    "factory_pos",
    "factory_po_lines",
    "order_items",
    "order_history",
)
CHOICE = """
select distinct on (s.allocation_item_id) s.id, (
  select d.id from ops.directory as d
  where d.organization_id = s.organization_id and 'factory' = any(d.kinds)
    and d.approval_status = 'approved' and d.id <> s.factory_id
    and not exists (
      select from ops.allocation_items_supplier as other
      where other.organization_id = s.organization_id
        and other.allocation_item_id = s.allocation_item_id and other.factory_id = d.id
    )
  order by d.id limit 1
) as factory_id
from ops.allocation_items_supplier as s
inner join ops.allocation_items as a
  on a.organization_id = s.organization_id and a.id = s.allocation_item_id
where s.organization_id = %s and s.is_awarded and s.closed_at is null and a.closed_at is null
  and s.received_qty = 0
  and exists (
    select
    from ops.factory_po_lines as l
    inner join ops.factory_pos as p
      on p.organization_id = l.organization_id and p.id = l.factory_po_id
    where l.organization_id = s.organization_id and l.allocation_item_supplier_id = s.id
      and p.status = 'PC_SIGNED'
      and not exists (
        select from ops.factory_payments as y
        where y.organization_id = p.organization_id and y.factory_po_id = p.id
      )
  )
order by s.allocation_item_id, s.id
limit %s
"""
BY_RULES: LiteralString = "select count(*) from ops.reallocate(%s)"
CLOSE: LiteralString = """
update ops.allocation_items_supplier
set closed_at = now(), closed_qty = 0, updated_at = now(), row_version = row_version + 1
where id = any(%s)
"""


def run(arena: Arena, size: Size) -> Report:
    """Reallocate, and write bare, in turns."""
    claims = arena.claims("oms_planner")
    with connected(arena.server.owner_url) as owner:
        chosen = owner.execute(CHOICE, [claims.organization_id, size.reallocated]).fetchall()
    if not chosen:
        raise AssertionError("The load has no slice to reallocate.")
    slices = [row[0] for row in chosen]
    asked = Jsonb(
        [
            {
                "allocation_item_supplier_id": str(slice_id),
                "remark": "Late.",
                "awards": [{"factory_id": str(factory_id), "price": "5.50"}],
            }
            for slice_id, factory_id in chosen
        ]
    )
    with arena.acting(claims) as planner, arena.bare() as bare:
        planner.execute("set statement_timeout = 0")  # to measure what the API would cut off
        by_rules, without = in_turns(
            size.repeats,
            lambda: _by_rules(planner, asked, len(slices)),
            lambda: _bare(bare, slices),
        )
        for table in TOUCHED:
            bare.execute(sql.SQL("vacuum {}").format(sql.Identifier("ops", table)))
    ratio = round(by_rules.median / without.median, 1)
    return Report(
        f"Reallocation of {len(slices):,} slices in one call",
        [
            Outcome(
                f"reallocation of {len(slices):,} slices",
                f"<= {AIM}x",
                f"{by_rules.median:.2f} s",
                ratio,
                ratio <= AIM,
            )
        ],
        [
            {
                "slices": len(slices),
                "by the rules, s": by_rules.shown(1, 2),
                "bare, s": without.shown(1, 2),
                "ratio": ratio,
            }
        ],
    )


def _by_rules(planner: Connection, asked: Jsonb, count: int) -> float:
    with planner.transaction(force_rollback=True):
        started = perf_counter()
        [(made,)] = planner.execute(BY_RULES, [asked]).fetchall()
        seconds = perf_counter() - started
    if made != count:
        raise AssertionError(f"{made} slices took over, not {count}")
    return seconds


def _bare(bare: Connection, slices: list[object]) -> float:
    columns = written(bare, "allocation_items_supplier")
    made = sql.SQL(
        "insert into ops.allocation_items_supplier ({}) select {}"
        " from ops.allocation_items_supplier where id = any(%s)"
    ).format(
        sql.SQL(", ").join(columns),
        sql.SQL(", ").join(
            {
                "id": sql.SQL("pg_temp.copy_of(id)"),
                "closed_at": sql.SQL("null"),
                "closed_qty": sql.SQL("null"),
            }.get(column.as_string().strip('"'), column)
            for column in columns
        ),
    )
    sizes = sql.SQL(
        "insert into ops.allocation_item_supplier_sizes (organization_id, id,"
        " allocation_item_supplier_id, factory_id, invited_at, size_label, position, quantity)"
        " select organization_id, private.new_id(), pg_temp.copy_of(allocation_item_supplier_id),"
        " factory_id, invited_at, size_label, position, quantity"
        " from ops.allocation_item_supplier_sizes"
        " where allocation_item_supplier_id = any(%s)"
    )
    with bare.transaction(force_rollback=True):
        bare.execute(
            "create function pg_temp.copy_of(uuid) returns uuid language sql immutable"
            " as $$ select md5($1::text)::uuid $$"
        )
        started = perf_counter()
        bare.execute(made, [slices])
        bare.execute(sizes, [slices])
        bare.execute(CLOSE, [slices])
        return perf_counter() - started
