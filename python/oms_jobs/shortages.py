"""Shortage planning: what to make and to buy, organization by organization.

What is short, who is asked for it and how much, the database says (`ops.plan_supply`). Two runs at
once take turns there, and the second finds nothing left to do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import LiteralString, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from oms_jobs.database import Connection, acting_for, again_if_crossed, connected
from oms_jobs.errors import JobError, UnreachableError

Row = TypeVar("Row")

UNREACHABLE = "08001"
"""SQLSTATE of a connection that could not be made."""


@dataclass(frozen=True)
class Organization:
    """Whom a run plans for."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True)
class Order:
    """An order whose supply is put on order."""

    id: UUID
    order_number: str


@dataclass(frozen=True)
class Run:
    """What a run was asked and what it changed."""

    id: UUID
    planned_on: date
    demand_count: int
    planned_count: int
    added_count: int
    changed_count: int
    removed_count: int
    seconds: float


@dataclass(frozen=True)
class PlanningException:
    """What a run could not solve."""

    kind: str
    message: str
    sku: str | None
    warehouse: str | None
    quantity: Decimal | None
    need_by: date | None


@dataclass(frozen=True)
class DraftPurchaseOrder:
    """What is bought: planning's lines of a draft that somebody looks at and submits."""

    po_number: str
    vendor: str
    warehouse: str
    lines: int
    amount: Decimal
    currency: str
    order_by: date
    late_lines: int


@dataclass(frozen=True)
class PlannedProduction:
    """What is made, and has no production order yet."""

    sku: str
    quantity: Decimal
    unit: str
    warehouse: str
    order_by: date
    need_by: date
    late_days: int


@dataclass(frozen=True)
class Explanation:
    """A sentence of why one of the planned supplies of a SKU is what it is."""

    planned_supply_id: UUID
    sentence: str


@dataclass(frozen=True)
class Plan:
    """What a run left behind."""

    organization: Organization
    run: Run
    exceptions: Sequence[PlanningException]
    purchase_orders: Sequence[DraftPurchaseOrder]
    production: Sequence[PlannedProduction]
    explanations: Sequence[Explanation]


@dataclass(frozen=True)
class Failure:
    """Why an organization was not planned. Nothing of the run is left."""

    organization: Organization
    code: str
    message: str
    detail: str | None


RESCHEDULE = "select private.reschedule_production()"
RUN = """
select
  r.id, r.planned_on, r.demand_count, r.planned_count, r.added_count, r.changed_count,
  r.removed_count,
  extract(epoch from r.finished_at - r.started_at)::float as seconds
from ops.plan_supply(%s) as r
"""
EXCEPTIONS = """
select x.kind::text as kind, x.message, v.sku, w.code as warehouse, x.quantity, x.need_by
from ops.planning_exceptions as x
left join ops.product_variants as v
  on v.organization_id = x.organization_id and v.id = x.product_variant_id
left join ops.warehouses as w on w.organization_id = x.organization_id and w.id = x.warehouse_id
order by x.kind, x.need_by, v.sku, x.id
"""
DRAFTS = """
select
  o.po_number, d.name as vendor, w.code as warehouse, count(*) as lines,
  sum(l.line_total) as amount, o.currency,
  min(p.order_by) as order_by, count(*) filter (where p.late_days > 0) as late_lines
from ops.planned_supplies as p
inner join ops.purchase_order_lines as l
  on l.organization_id = p.organization_id and l.id = p.purchase_order_line_id
inner join ops.purchase_orders as o
  on o.organization_id = l.organization_id and o.id = l.purchase_order_id
inner join ops.directory as d on d.organization_id = o.organization_id and d.id = o.vendor_id
inner join ops.warehouses as w on w.organization_id = o.organization_id and w.id = o.warehouse_id
where not p.is_firm
group by o.id, o.po_number, d.name, w.code, o.currency
order by min(p.order_by), d.name, o.po_number
"""
PRODUCTION = """
select v.sku, p.quantity, v.unit, w.code as warehouse, p.order_by, p.need_by, p.late_days
from ops.planned_supplies as p
inner join ops.product_variants as v
  on v.organization_id = p.organization_id and v.id = p.product_variant_id
inner join ops.warehouses as w on w.organization_id = p.organization_id and w.id = p.warehouse_id
where p.kind = 'make' and not p.is_firm
order by p.order_by, v.sku, p.id
"""
EXPLANATIONS = """
select p.id as planned_supply_id, e.sentence
from ops.planned_supplies as p
inner join ops.product_variants as v
  on v.organization_id = p.organization_id and v.id = p.product_variant_id
cross join lateral ops.explain_supply(p.id) as e
where v.sku = %s and not p.is_firm
order by p.need_by, p.id, e.position
"""


def find_organizations(url: str, codes: Sequence[str] = ()) -> list[Organization]:
    """Return the organizations with these codes, or all of them."""
    with connected(url) as connection:
        found = _rows(
            connection,
            Organization,
            "select o.id, o.code, o.name from ops.organizations as o order by o.code",
        )
    if unknown := set(codes) - {organization.code for organization in found}:
        raise JobError(
            f"No organization has the code {', '.join(sorted(unknown))}.",
            f"There are {', '.join(organization.code for organization in found) or 'none'}.",
        )
    return [organization for organization in found if not codes or organization.code in codes]


def plan_shortages(
    url: str,
    organization: Organization,
    *,
    order_numbers: Sequence[str] = (),
    explain: str | None = None,
) -> Plan:
    """Plan one organization in one transaction, and tell what there is now to buy and to make.

    Before that, in a transaction of its own since planning takes its lock first of all, production
    is scheduled from today: what should have begun and did not needs its components now. With order
    numbers only what serves these orders is put on drafts. `explain` is a SKU whose planned
    supplies are explained.
    """

    def rescheduling() -> None:
        with acting_for(url, organization.id) as connection:
            connection.execute(RESCHEDULE)

    def transaction() -> Plan:
        with acting_for(url, organization.id) as connection:
            order_ids = _orders(connection, organization, order_numbers) if order_numbers else None
            [run] = _rows(connection, Run, RUN, order_ids)
            return Plan(
                organization,
                run,
                _rows(connection, PlanningException, EXCEPTIONS),
                _rows(connection, DraftPurchaseOrder, DRAFTS),
                _rows(connection, PlannedProduction, PRODUCTION),
                _rows(connection, Explanation, EXPLANATIONS, explain) if explain else [],
            )

    again_if_crossed(rescheduling)
    return again_if_crossed(transaction)


def plan_each(
    url: str,
    organizations: Iterable[Organization],
    *,
    order_numbers: Sequence[str] = (),
    explain: str | None = None,
) -> Iterator[Plan | Failure]:
    """Plan one organization after the other; one that fails keeps no other from being planned."""
    for organization in organizations:
        try:
            yield plan_shortages(url, organization, order_numbers=order_numbers, explain=explain)
        except psycopg.Error as error:
            yield _failure(organization, error)
        except UnreachableError as error:
            yield Failure(organization, UNREACHABLE, error.what, error.next_step)


def _orders(
    connection: Connection, organization: Organization, numbers: Sequence[str]
) -> list[UUID]:
    found = {
        order.order_number: order.id
        for order in _rows(
            connection,
            Order,
            "select o.id, o.order_number from ops.orders as o where o.order_number = any(%s)",
            list(numbers),
        )
    }
    if unknown := [number for number in numbers if number not in found]:
        raise JobError(
            f"{organization.code} has no order {', '.join(unknown)}.",
            "An order is named by its number, such as SO-000001.",
        )
    return [found[number] for number in numbers]


def _rows(
    connection: Connection, kind: type[Row], statement: LiteralString, *values: object
) -> list[Row]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(statement, values or None).fetchall()


def _failure(organization: Organization, error: psycopg.Error) -> Failure:
    """Tell an error by our own code if it has one, as the API does."""
    hint = error.diag.message_hint
    return Failure(
        organization,
        hint if hint and hint.startswith("OMS_") else error.sqlstate or UNREACHABLE,
        error.diag.message_primary or str(error).strip(),
        error.diag.message_detail,
    )
