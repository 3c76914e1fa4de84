"""Builders of the things that tests are about, each made by whom it may be made in life.

Everybody but the owner acts through a session with that persona's role and claims.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from conftest import ROOT, Database
from oms_cli.server import Connection
from oms_cli.tokens import Claims

Row = dict[str, object]
Values = Sequence[object] | Mapping[str, object]


@dataclass(frozen=True)
class Slice:
    """A slice and what it hangs on."""

    id: UUID
    factory: str
    item: UUID
    line: UUID
    allocation: UUID


class RefusedError(Exception):
    """A refusal: `code` is the stable one, or the SQLSTATE where there is none."""

    def __init__(self, error: psycopg.Error) -> None:
        hint = error.diag.message_hint or ""
        self.code = hint if hint.startswith("OMS_") else str(error.sqlstate)
        super().__init__(f"{self.code}: {error}")


class World:
    """The personas of the fixtures, on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.owner = database.connect()
        self.personas = {
            str(name): Claims(str(role), str(sub), str(organization), str(party) if party else None)
            for name, role, organization, party, sub in self.owner.execute(
                "select name, role, organization_id, party_id, user_id from tests.personas"
            )
        }
        self._desks: dict[str, Connection] = {}
        self._colorway: UUID | None = None
        # A third factory that can be awarded; in the fixtures it is still pending.
        self.run(
            "procurement",
            "update ops.directory set approval_status = 'approved' where id = %s",
            self.party("factory_c"),
        )

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

    def run(self, persona: str, statement: LiteralString, *values: object) -> list[Row]:
        """Run one statement as somebody; a refusal is raised with its code."""
        return fetch(self.desk(persona), statement, values)

    def command(self, persona: str, name: str, /, **arguments: object) -> Row:
        """Call a command as somebody and return the first row that it made."""
        return fetch(self.desk(persona), called(name, arguments), arguments)[0]

    def insert(self, persona: str, table: str, /, **columns: object) -> UUID:
        """Insert a row as somebody and return its id."""
        [row] = fetch(self.desk(persona), inserted(table, columns), columns)
        return as_uuid(row["id"])

    def party(self, persona: str) -> str:
        """Return the id of a persona's company."""
        party = self.personas[persona].party_id
        assert party
        return party

    # Things

    def colorway(self) -> UUID:
        """Return the one style and colour that tests order."""
        if self._colorway is None:
            number = f"ST-{uuid4().hex[:6]}"
            style = self.insert("planner", "styles", style_number=number, name="Shirt")
            self._colorway = self.insert(
                "planner", "colorways", style_id=style, marketing_name="Sand"
            )
        return self._colorway

    def variant(self, sku: str) -> UUID:
        """Return a variant of the fixtures."""
        [row] = self.run("planner", "select id from ops.product_variants where sku = %s", sku)
        return as_uuid(row["id"])

    def bom(self, product: str, *components: str) -> UUID:
        """Draft a bill of materials of a product and return its version."""
        [made] = self.run(
            "planner", "select id from ops.products where product_number = %s", product
        )
        template = self.insert(
            "planner", "bom_templates", product_id=made["id"], code=uuid4().hex, name=product
        )
        version = self.insert("planner", "bom_versions", bom_template_id=template)
        for sku in components:
            self.insert(
                "planner",
                "bom_lines",
                bom_version_id=version,
                product_variant_id=self.variant(sku),
                quantity=1,
            )
        return version

    def place(self, code: str) -> UUID:
        """Return a stock location of the fixtures."""
        [row] = self.run("planner", "select id from ops.stock_locations where code = %s", code)
        return as_uuid(row["id"])

    def order(self, client: str = "client_a") -> UUID:
        """Enter a sales order."""
        return self.insert("sales", "orders", client_id=self.party(client))

    def line(
        self,
        quantity: int = 100,
        *,
        sizes: Mapping[str, int] | None = None,
        order: UUID | None = None,
    ) -> UUID:
        """Enter a line, on an order of its own unless told otherwise."""
        line = self.insert(
            "sales",
            "order_items",
            order_id=order or self.order(),
            colorway_id=self.colorway(),
            quantity=quantity,
        )
        for label, pieces in (sizes or {}).items():
            self.insert(
                "sales", "order_item_sizes", order_item_id=line, size_label=label, quantity=pieces
            )
        return line

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

    def quoted(self, lines: Mapping[UUID, int | None], *factories: str) -> list[Slice]:
        """Allocate lines, send them out and have each factory quote 10 for each."""
        allocation = self.allocation(lines, *factories)
        self.command("planner", "send_allocation", allocation_id=allocation)
        slices = [self.slice(allocation, line, factory) for line in lines for factory in factories]
        for made in slices:
            self.quote(made)
        return slices

    def candidates(self, line: UUID, *factories: str) -> list[Slice]:
        """Allocate all of a line, send it out and have each factory quote 10."""
        return self.quoted({line: None}, *factories)

    def quote(self, made: Slice, price: int = 10) -> None:
        """Have its factory quote a slice."""
        self.command(made.factory, "submit_quote", allocation_item_supplier_id=made.id, price=price)

    def award(self, made: Slice, quantity: int | None = None) -> None:
        """Award a slice."""
        self.command("planner", "award", allocation_item_supplier_id=made.id, awarded_qty=quantity)

    def issued(self, made: Slice) -> UUID:
        """Issue the contract of an awarded slice."""
        contract = self.command(
            "planner",
            "issue_contracts",
            allocation_id=made.allocation,
            factory_ids=[UUID(self.party(made.factory))],
        )
        return as_uuid(contract["id"])

    def drafted(self, *slices: Slice) -> UUID:
        """Draft a contract with these slices by hand."""
        contract = self.insert(
            "planner",
            "factory_pos",
            allocation_id=slices[0].allocation,
            factory_id=self.party(slices[0].factory),
            currency="USD",
        )
        for made in slices:
            self.insert(
                "planner",
                "factory_po_lines",
                factory_po_id=contract,
                allocation_item_supplier_id=made.id,
            )
        return contract

    def signed(self, made: Slice) -> UUID:
        """Issue and sign the contract of an awarded slice."""
        contract = self.issued(made)
        self.command(made.factory, "sign_contract", factory_po_id=contract)
        return contract

    def received(self, made: Slice, quantity: int) -> UUID:
        """Receive goods of a slice."""
        return self.insert(
            "warehouse",
            "factory_receipts",
            allocation_item_supplier_id=made.id,
            qty_received=quantity,
        )

    def date(self, made: Slice, ready: str) -> None:
        """Enter the ex-factory date that a factory quotes."""
        self.run(
            "procurement",
            "update ops.allocation_items_supplier set ex_factory_date = %s where id = %s",
            ready,
            made.id,
        )

    @contextmanager
    def refusing(self, setting: str, limit: str, value: int) -> Iterator[None]:
        """Give factory A a limit in the directory, and refuse what breaks it."""
        set_limit = sql.SQL("update ops.directory set {} = %s where id = %s").format(
            sql.Identifier(limit)
        )
        enforce = sql.SQL("update ops.organization_settings set {} = %s").format(
            sql.Identifier(setting)
        )
        factory = self.party("factory_a")
        fetch(self.desk("procurement"), set_limit, [value, factory])
        fetch(self.desk("admin"), enforce, ["refuse"])
        try:
            yield
        finally:
            fetch(self.desk("procurement"), set_limit, [None, factory])
            fetch(self.desk("admin"), enforce, ["warn"])

    def plan(self, line: UUID) -> Row:
        """Plan a line's timeline by the template of the fixtures."""
        return self.command("planner", "plan_timeline", **self.plan_of(line))

    def plan_of(self, line: UUID) -> dict[str, object]:
        """Return what plan_timeline is told of a line."""
        [template] = self.run(
            "planner", "select id from ops.timeline_templates order by id limit 1"
        )
        return {
            "order_id": self.look("order_items", line)["order_id"],
            "timeline_template_id": template["id"],
            "ex_factory_date": date(2027, 6, 1),
        }

    def milestones(self, line: UUID) -> dict[str, UUID]:
        """Return the nodes of a line that has one slice at most, by their codes or kinds."""
        nodes = self.run(
            "planner",
            "select coalesce(n.code, n.kind::text) as code, n.id from ops.timeline_nodes as n"
            " inner join ops.timeline_nodes as r on r.id = n.root_id where r.order_item_id = %s",
            line,
        )
        return {str(node["code"]): as_uuid(node["id"]) for node in nodes}

    # Facts

    def look(self, table: str, row: UUID) -> Row:
        """Return a row as it is, whoever may see it."""
        statement = sql.SQL("select * from ops.{} where id = %s").format(sql.Identifier(table))
        [found] = fetch(self.owner, statement, [row])
        return found

    def status(self, line: UUID) -> str:
        """Return a line's allocation_status."""
        return str(self.look("order_items", line)["allocation_status"])

    def faults(self) -> list[tuple[object, ...]]:
        """Return every fault that a check of the whole database finds; none is healthy."""
        kept = self.owner.execute("select * from private.invariant_violations").fetchall()
        drawn_anew = (ROOT / "tests/python/derived_anew.sql").read_bytes()
        return kept + self.owner.execute(drawn_anew).fetchall()


def called(name: str, arguments: Mapping[str, object]) -> sql.Composed:
    """Write the call of a command with named arguments."""
    return sql.SQL("select * from ops.{}({})").format(
        sql.Identifier(name),
        sql.SQL(", ").join(
            sql.SQL("{} => {}").format(sql.Identifier(argument), sql.Placeholder(argument))
            for argument in arguments
        ),
    )


def inserted(table: str, columns: Mapping[str, object]) -> sql.Composed:
    """Write the insert of a row."""
    return sql.SQL("insert into ops.{} ({}) values ({}) returning *").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(map(sql.Placeholder, columns)),
    )


def fetch(
    connection: Connection, statement: LiteralString | sql.Composed, values: Values = ()
) -> list[Row]:
    """Run one statement; a refusal is raised with its code."""
    with connection.cursor(row_factory=dict_row) as cursor:
        try:
            cursor.execute(statement, values or None)
        except psycopg.Error as error:
            raise RefusedError(error) from error
        return cursor.fetchall() if cursor.description else []


def as_uuid(value: object) -> UUID:
    """Narrow a cell to the UUID that it is."""
    assert isinstance(value, UUID)
    return value
