"""Builders of the things that tests are about, each made by whom it may be made in life.

Everybody but the owner acts through a session with that persona's role and claims.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from conftest import Database
from oms_cli.server import Connection
from oms_cli.tokens import Claims

Row = dict[str, object]


@dataclass(frozen=True)
class Slice:
    """A slice and what it hangs on."""

    id: UUID
    factory: str
    item: UUID
    line: UUID
    allocation: UUID


class Refused(Exception):
    """What a statement was refused with: the stable code, or the SQLSTATE where there is none."""

    def __init__(self, error: psycopg.Error) -> None:
        hint = error.diag.message_hint or ""
        self.code = hint if hint.startswith("OMS_") else error.sqlstate
        super().__init__(f"{self.code}: {error}")


class World:
    """The personas of the fixtures, on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.owner = database.connect()
        self.personas = {
            str(name): Claims(str(role), str(sub), str(organization), party and str(party))
            for name, role, organization, party, sub in self.owner.execute(
                "select name, role, organization_id, party_id, user_id from tests.personas"
            )
        }
        self._desks: dict[str, Connection] = {}
        self._colorway: UUID | None = None
        # A third factory that can be awarded; the fixtures' own is still pending.
        self.owner.execute("update ops.directory set approval_status = 'approved' where code = 'factory_c'")

    # Sessions and statements

    def session(self, persona: str, *, autocommit: bool = True) -> Connection:
        """Open a session as somebody."""
        claims = self.personas[persona]
        return self.database.connect(
            claims.role,
            organization=claims.organization_id,
            party=claims.party_id,
            sub=claims.sub,
            autocommit=autocommit,
        )

    def desk(self, persona: str) -> Connection:
        """Return the session at which a persona does what needs no second session."""
        if persona not in self._desks:
            self._desks[persona] = self.session(persona)
        return self._desks[persona]

    def run(self, persona: str, statement: LiteralString | sql.Composed, *values: object) -> list[Row]:
        """Run one statement as somebody; a refusal is raised with its code."""
        return fetch(self.desk(persona), statement, values)

    def command(self, persona: str, name: str, /, **arguments: object) -> Row:
        """Call a command as somebody and return the first row that it made."""
        return self.run(persona, call(name, arguments), arguments)[0]

    def party(self, code: str) -> str:
        """Return the id of a persona's company."""
        party = self.personas[code].party_id
        assert party
        return party

    # Things

    def colorway(self) -> UUID:
        """Return the one style and colour that tests order."""
        if self._colorway is None:
            [style] = self.run(
                "planner",
                "insert into ops.styles (style_number, name) values (%s, 'Shirt') returning id",
                f"ST-{uuid4().hex[:6]}",
            )
            [colorway] = self.run(
                "planner",
                "insert into ops.colorways (style_id, marketing_name) values (%s, 'Sand') returning id",
                style["id"],
            )
            self._colorway = as_uuid(colorway["id"])
        return self._colorway

    def order(self, client: str = "client_a") -> UUID:
        """Enter a sales order."""
        [order] = self.run(
            "sales", "insert into ops.orders (client_id) values (%s) returning id", self.party(client)
        )
        return as_uuid(order["id"])

    def line(
        self,
        quantity: int = 100,
        *,
        sizes: Mapping[str, int] | None = None,
        order: UUID | None = None,
    ) -> UUID:
        """Enter a line, on an order of its own unless told otherwise."""
        [line] = self.run(
            "sales",
            "insert into ops.order_items (order_id, colorway_id, quantity) values (%s, %s, %s) returning id",
            order or self.order(),
            self.colorway(),
            quantity,
        )
        for label, pieces in (sizes or {}).items():
            self.run(
                "sales",
                "insert into ops.order_item_sizes (order_item_id, size_label, quantity) values (%s, %s, %s)",
                line["id"],
                label,
                pieces,
            )
        return as_uuid(line["id"])

    def allocation(self, lines: Mapping[UUID, int | None], *factories: str) -> UUID:
        """Commit lines in a new allocation, with candidates."""
        made = self.command(
            "planner",
            "allocate_items",
            name="Batch",
            lines=Jsonb([{"order_item_id": str(i), "committed_qty": q} for i, q in lines.items()]),
            factory_ids=[UUID(self.party(f)) for f in factories],
        )
        return as_uuid(made["id"])

    def item(self, allocation: UUID, line: UUID) -> UUID:
        """Return the allocation item of a line."""
        [item] = self.run(
            "planner",
            "select id from ops.allocation_items where allocation_id = %s and order_item_id = %s",
            allocation,
            line,
        )
        return as_uuid(item["id"])

    def slice(self, allocation: UUID, line: UUID, factory: str) -> Slice:
        """Return a factory's newest slice of a line."""
        item = self.item(allocation, line)
        found = self.run(
            "planner",
            "select id from ops.allocation_items_supplier"
            " where allocation_item_id = %s and factory_id = %s order by id desc limit 1",
            item,
            self.party(factory),
        )
        return Slice(as_uuid(found[0]["id"]), factory, item, line, allocation)

    def candidates(self, line: UUID, *factories: str, committed: int | None = None) -> list[Slice]:
        """Allocate a line, send it out and have each factory quote 10."""
        allocation = self.allocation({line: committed}, *factories)
        self.command("planner", "send_allocation", allocation_id=allocation)
        slices = [self.slice(allocation, line, factory) for factory in factories]
        for made in slices:
            self.quote(made)
        return slices

    def quote(self, made: Slice, price: int = 10) -> None:
        """Have its factory quote a slice."""
        self.command(
            made.factory, "submit_quote", allocation_item_supplier_id=made.id, price=price
        )

    def award(self, made: Slice, quantity: int | None = None) -> None:
        """Award a slice."""
        self.command(
            "planner", "award", allocation_item_supplier_id=made.id, awarded_qty=quantity
        )

    def issued(self, made: Slice) -> UUID:
        """Issue the contract of an awarded slice."""
        contract = self.command(
            "planner",
            "issue_contracts",
            allocation_id=made.allocation,
            factory_ids=[UUID(self.party(made.factory))],
        )
        return as_uuid(contract["id"])

    def signed(self, made: Slice) -> UUID:
        """Issue and sign the contract of an awarded slice."""
        contract = self.issued(made)
        self.command(made.factory, "sign_contract", factory_po_id=contract)
        return contract

    def received(self, made: Slice, quantity: int, rejected: int = 0) -> UUID:
        """Receive goods of a slice."""
        receipt = self.command(
            "warehouse",
            "record_receipt",
            allocation_item_supplier_id=made.id,
            qty_received=quantity,
            qty_rejected=rejected,
        )
        return as_uuid(receipt["id"])

    # Facts

    def look(self, table: str, row: UUID) -> Row:
        """Return a row as it is, whoever may see it."""
        statement = sql.SQL("select * from ops.{} where id = %s").format(sql.Identifier(table))
        [found] = fetch(self.owner, statement, [row])
        return found

    def status(self, line: UUID) -> str:
        """Return a line's allocation_status."""
        return str(self.look("order_items", line)["allocation_status"])

    def faults(self) -> list[Row]:
        """Return every fault that a check of the whole database finds; none is healthy."""
        return fetch(self.owner, "select * from private.invariant_violations") + fetch(
            self.owner, DERIVED_ANEW
        )


# What sourcing.md says of statuses and contracts, in words other than the triggers'.
DERIVED_ANEW: LiteralString = """
with slice as (
  select
    s.*, a.order_item_id, al.sent_at,
    (
      select count(*) filter (where p.status = 'ISSUED')
      from ops.factory_po_lines as l
      join ops.factory_pos as p on p.id = l.factory_po_id
      where l.allocation_item_supplier_id = s.id
    ) as issued,
    (
      select count(*) filter (where p.status in ('PC_SIGNED', 'CLOSED'))
      from ops.factory_po_lines as l
      join ops.factory_pos as p on p.id = l.factory_po_id
      where l.allocation_item_supplier_id = s.id
    ) as signed
  from ops.allocation_items_supplier as s
  join ops.allocation_items as a on a.id = s.allocation_item_id
  join ops.allocations as al on al.id = a.allocation_id
),
line as (
  select
    i.id, i.allocation_status, i.is_cancelled,
    (i.quantity - i.short_closed_qty) * (1 - i.under_award_tolerance_pct / 100) as need,
    coalesce(sum(s.effective_qty), 0) as standing,
    count(*) filter (where s.effective_qty > 0 and s.signed = 0) as unsigned,
    count(*) filter (where s.effective_qty > 0 and s.signed + s.issued = 0) as unissued,
    count(*) filter (
      where not s.is_awarded and s.closed_at is null and s.quote_status in ('invited', 'quoted')
    ) as live,
    count(*) filter (
      where not s.is_awarded and s.closed_at is null and s.quote_status in ('invited', 'quoted')
      and s.invited_at is not null and s.sent_at is not null
    ) as sent
  from ops.order_items as i
  left join slice as s on s.order_item_id = i.id
  group by i.id, i.organization_id
),
expected as (
  select
    l.*,
    case
      when l.is_cancelled then 'CANCELLED'
      when l.standing > 0 and l.standing >= l.need and l.unsigned = 0 then 'PC_SIGNED'
      when l.standing > 0 and l.standing >= l.need and l.unissued = 0 then 'PC_ISSUED'
      when l.standing > 0 and l.standing >= l.need then 'CONFIRMED'
      when l.sent > 0 or l.standing > 0 then 'ALLOCATED'
      when l.live > 0 then 'PREALLOCATED'
      else 'UNALLOCATED'
    end as status
  from line as l
)
select 'allocation_status should be ' || e.status as fault, e.id::text, e.allocation_status::text as found
from expected as e
where e.status <> e.allocation_status::text
union all
select 'a slice is under more than one contract', s.id::text, (s.issued + s.signed)::text
from slice as s
where s.issued + s.signed > 1
union all
select 'an issued contract says other than its slice', l.id::text, s.effective_qty::text
from ops.factory_po_lines as l
join ops.factory_pos as p on p.id = l.factory_po_id and p.status = 'ISSUED'
join ops.allocation_items_supplier as s on s.id = l.allocation_item_supplier_id
where (l.quantity, l.price) is distinct from (s.effective_qty, s.awarded_price) or p.currency <> s.currency
union all
select 'an open candidate of a closed allocation item', s.id::text, null
from slice as s
join ops.allocation_items as a on a.id = s.allocation_item_id
where a.closed_at is not null and s.closed_at is null and not s.is_awarded
union all
select 'a cancelled line with something open', i.id::text, null
from ops.order_items as i
join ops.allocation_items as a on a.order_item_id = i.id
where i.is_cancelled and (a.closed_at is null or a.effective_qty > 0)
union all
select 'something of a slice that is not awarded was received', s.id::text, s.received_qty::text
from slice as s
where not s.is_awarded and s.received_qty > 0
union all
select 'two lines of an order share a number', i.order_id::text, i.line_number::text
from ops.order_items as i
group by i.order_id, i.line_number
having count(*) > 1
"""


def call(name: str, arguments: Mapping[str, object]) -> sql.Composed:
    """Write the call of a command with named arguments."""
    return sql.SQL("select * from ops.{}({})").format(
        sql.Identifier(name),
        sql.SQL(", ").join(
            sql.SQL("{} => {}").format(sql.Identifier(argument), sql.Placeholder(argument))
            for argument in arguments
        ),
    )


def fetch(
    connection: Connection,
    statement: LiteralString | sql.Composed,
    values: Sequence[object] | Mapping[str, object] = (),
) -> list[Row]:
    """Run one statement; a refusal is raised with its code."""
    if len(values) == 1 and not isinstance(values, Mapping) and isinstance(values[0], Mapping):
        values = values[0]
    with connection.cursor(row_factory=dict_row) as cursor:
        try:
            cursor.execute(statement, values or None)
        except psycopg.Error as error:
            raise Refused(error) from error
        return cursor.fetchall() if cursor.description else []


def as_uuid(value: object) -> UUID:
    """Narrow a cell to the UUID that it is."""
    assert isinstance(value, UUID)
    return value
