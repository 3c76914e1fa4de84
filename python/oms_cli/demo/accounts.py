"""The books after the demo: read as the owner, so that no persona's view is taken for granted."""

from decimal import Decimal
from typing import Any, LiteralString, TypedDict

from oms_cli.imports import ImportResult
from oms_cli.server import Connection

SHOWN_VIOLATIONS = 10


class Payables(TypedDict):
    """What the factories get, in all."""

    rows: int
    payable_qty: Decimal
    payable_amount: Decimal


class Totals(TypedDict):
    """What `--json` prints."""

    order_lines: int
    rejected_rows: int
    allocation_status: dict[str, int]
    contracts: dict[str, int]
    receipts: int
    payables: Payables
    production_orders: dict[str, int]
    purchase_orders: dict[str, int]
    planned_supplies: dict[str, int]
    mails: dict[str, int]
    events: dict[str, int]
    invariant_violations: int
    seconds: float


def add_up(owner: Connection, orders: ImportResult, seconds: float) -> Totals:
    """Add up what the demo has made."""
    payables = _row(
        owner,
        """
        select count(*), coalesce(sum(p.payable_qty), 0), coalesce(sum(p.payable_amount), 0)
        from ops.payables as p
        """,
    )
    return {
        "order_lines": orders.made["order_items"],
        "rejected_rows": orders.refused,
        "allocation_status": _tally(
            owner,
            "select i.allocation_status::text, count(*) from ops.order_items as i"
            " where not exists (select from ops.order_item_supplies as s"
            " where s.order_item_id = i.id) group by 1",
        ),
        "contracts": _tally(
            owner,
            "select status::text, count(*) from ops.factory_pos"
            " where superseded_at is null group by 1",
        ),
        "receipts": _row(owner, "select count(*) from ops.factory_receipts")[0],
        "payables": {
            "rows": payables[0],
            "payable_qty": payables[1],
            "payable_amount": payables[2],
        },
        "production_orders": _tally(
            owner, "select status::text, count(*) from ops.production_orders group by 1"
        ),
        "purchase_orders": {
            "vendors": _row(owner, "select count(distinct vendor_id) from ops.purchase_orders")[0],
            "lines": _row(owner, "select count(*) from ops.purchase_order_lines")[0],
            **_tally(owner, "select status::text, count(*) from ops.purchase_orders group by 1"),
        },
        "planned_supplies": _tally(
            owner, "select kind::text, count(*) from ops.planned_supplies group by 1"
        ),
        "mails": _tally(
            owner, "select template, count(*) from ops.email_log where status = 'sent' group by 1"
        ),
        "events": _tally(owner, "select type, count(*) from private.outbox group by 1"),
        "invariant_violations": _row(owner, "select count(*) from private.invariant_violations")[0],
        "seconds": round(seconds, 1),
    }


def faults(owner: Connection, totals: Totals) -> list[str]:
    """Return what an order book that was played to its end may not leave behind."""
    slices, ordered, excess, unpaid = _row(
        owner,
        """
        select
          (select count(*) from ops.allocation_items_supplier as s where s.effective_qty > 0),
          (
            select sum(i.quantity) from ops.order_items as i
            where not exists (select from ops.order_item_supplies as s where s.order_item_id = i.id)
          ),
          (select sum(p.accepted_excess_qty) from ops.payables as p),
          (select count(*) from ops.payables as p where p.balance <> 0)
        """,
    )
    payables = totals["payables"]
    holds = {
        "Not every line ended PC_SIGNED.": totals["allocation_status"]
        == {"PC_SIGNED": totals["order_lines"]},
        "Not every contract is CLOSED.": set(totals["contracts"]) == {"CLOSED"},
        "Not every slice is one payable.": payables["rows"] == slices,
        "Payable is not what was ordered and the accepted excess.": payables["payable_qty"]
        == ordered + excess,
        "Not everything payable is paid.": unpaid == 0,
        "Not every gift box was made.": totals["production_orders"].get("completed") == 1,
    }
    return [what for what, it_does in holds.items() if not it_does] + _violations(owner)


def _violations(owner: Connection) -> list[str]:
    found = owner.execute(
        """
        select concat_ws(' ', v.invariant || ':', v.id, 'has', v.actual, 'instead of', v.expected)
        from private.invariant_violations as v
        limit %s
        """,
        [SHOWN_VIOLATIONS],
    )
    return [str(row[0]) for row in found]


def _tally(owner: Connection, query: LiteralString) -> dict[str, int]:
    return {str(label): int(str(times)) for label, times in owner.execute(f"{query} order by 1")}


def _row(owner: Connection, query: LiteralString) -> tuple[Any, ...]:
    return owner.execute(query).fetchone() or ()
