"""What each persona can and cannot do: asked over HTTP, compared with what the database holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import LiteralString
from uuid import UUID

from postgrest import CountMethod
from psycopg import sql

from oms_cli.demo.making import VENDORS
from oms_cli.demo.setting import Person, Scene
from oms_cli.demo.telling import Narrator
from oms_client import ApiError

STAFF = ("planner", "sales", "warehouse", "finance")
OFFICE = ("planner", "sales", "finance")
SUPPLY = ("planner", "warehouse", "finance")
PORTALS = ("client", "factory", "vendor")
WITHOUT_TOKEN, NOT_THIS_ROLE, NOT_THERE, LEAKS = "401", "403", "404", "400"
MAY = "may"
NOTHING = UUID(int=0)
VENDOR = next(iter(VENDORS))

OF_CLIENT: LiteralString = "client_id = %(party)s"
OF_FACTORY: LiteralString = "factory_id = %(party)s"
OF_VENDOR: LiteralString = "vendor_id = %(party)s and sent_at is not null"
NO_ROW: LiteralString = "false"  # of the slices that the allocation overview shows it from
ITSELF_AND_US: LiteralString = "id = %(party)s or 'company' = any(kinds)"


@dataclass(frozen=True)
class Viewer:
    """A persona: what kind of person, and one of them."""

    kind: str
    who: Person

    @property
    def title(self) -> str:
        """What stands above their column."""
        return f"{self.kind}\n{self.who.name}" if self.kind in PORTALS else self.kind


@dataclass(frozen=True)
class Readable:
    """Who reads all of a table, and which rows of it are a portal's own; others are refused."""

    table: str
    staff: tuple[str, ...]
    own: Mapping[str, LiteralString] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """Something to try, who may do it, and how others are refused.

    What is tried changes nothing: whoever may do it either gets an answer, or gets as far as the
    rule that refuses with `reaches`.
    """

    what: str
    do: Callable[[Person], object]
    may: tuple[str, ...] = ()
    reaches: str | None = None
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What every viewer got, and should have got."""

    what: str
    answers: list[str]
    expected: list[str]


READABLE = (
    Readable("orders", STAFF, {"client": OF_CLIENT}),
    Readable("order_items", STAFF, {"client": OF_CLIENT}),
    Readable("order_item_prices", OFFICE, {"client": OF_CLIENT}),
    Readable("allocations", OFFICE),
    Readable("allocation_overview", OFFICE),
    Readable("allocation_items_supplier", SUPPLY, {"factory": OF_FACTORY, "sales": NO_ROW}),
    Readable("factory_pos", SUPPLY, {"factory": OF_FACTORY}),
    Readable("factory_receipts", SUPPLY, {"factory": OF_FACTORY}),
    Readable("payables", ("planner", "finance"), {"factory": OF_FACTORY}),
    Readable("factory_payments", ("planner", "finance"), {"factory": OF_FACTORY}),
    Readable("workflow", STAFF),
    Readable("production_orders", STAFF),
    Readable("purchase_orders", STAFF, {"vendor": OF_VENDOR}),
    Readable("purchase_order_lines", STAFF, {"vendor": OF_VENDOR}),
    Readable("directory", STAFF, dict.fromkeys(PORTALS, ITSELF_AND_US)),
)


def check(on: Scene, tell: Narrator) -> list[str]:
    """Show what everybody sees and may do; return what is not as it should be."""
    viewers = _viewers(on)
    findings = [_seen(on, viewers, one) for one in READABLE]
    findings += [_tried(viewers, one) for one in _attempts(on, viewers)]
    titles = (viewer.title for viewer in viewers)
    tell.show(("", *titles), [(one.what, *one.answers) for one in findings])
    tell.say(
        f"Rows that they see. {WITHOUT_TOKEN}: who are you? {NOT_THIS_ROLE}: not your role. "
        f"{NOT_THERE}: not there for you. {LEAKS}: would leak how much is hidden.",
        style="dim",
    )
    return [
        f"{viewer.who.name}, {finding.what}: {answer} instead of {expected}"
        for finding in findings
        for viewer, answer, expected in zip(viewers, finding.answers, finding.expected, strict=True)
        if answer != expected
    ]


def _viewers(on: Scene) -> list[Viewer]:
    """Choose the client with the most lines and the factories with the most contracts."""
    clients = on.owner.execute(
        """
        select d.code
        from ops.directory as d
        inner join ops.order_items as i using (organization_id)
        where i.client_id = d.id
        group by d.code
        order by count(*) desc, d.code
        limit 1
        """
    ).fetchall()
    factories = on.owner.execute(
        """
        select d.code
        from ops.directory as d
        left join ops.factory_pos as p
          on p.organization_id = d.organization_id and p.factory_id = d.id
        where 'factory' = any(d.kinds)
        group by d.code
        order by count(p.id) desc, d.code
        limit 2
        """
    ).fetchall()
    return [
        *(Viewer("client", on.client(str(code))) for (code,) in clients),
        *(Viewer("factory", on.factory(str(code))) for (code,) in factories),
        Viewer("vendor", on.vendor(VENDOR)),
        *(Viewer(role, on.staff(role)) for role in STAFF),
        Viewer("anon", on.stranger()),
    ]


def _seen(on: Scene, viewers: Sequence[Viewer], one: Readable) -> Finding:
    def answer(viewer: Viewer) -> str:
        try:
            return f"{getattr(viewer.who.oms, one.table).count():,}"
        except ApiError as refusal:
            return str(refusal.status)

    def expected(viewer: Viewer) -> str:
        if viewer.kind in one.staff:
            return f"{_rows(on, one.table, 'true', None):,}"
        if viewer.kind in one.own:
            return f"{_rows(on, one.table, one.own[viewer.kind], viewer.who.party_id):,}"
        return WITHOUT_TOKEN if viewer.kind == "anon" else NOT_THIS_ROLE

    return Finding(one.table, [*map(answer, viewers)], [*map(expected, viewers)])


def _tried(viewers: Sequence[Viewer], one: Attempt) -> Finding:
    def answer(viewer: Viewer) -> str:
        try:
            one.do(viewer.who)
        except ApiError as refusal:
            return MAY if refusal.code == one.reaches else str(refusal.status)
        return MAY

    def expected(viewer: Viewer) -> str:
        if viewer.who.name in one.may:
            return MAY
        if viewer.kind == "anon":
            return WITHOUT_TOKEN
        return one.refused.get(viewer.kind, NOT_THIS_ROLE)

    return Finding(one.what, [*map(answer, viewers)], [*map(expected, viewers)])


def _attempts(on: Scene, viewers: Sequence[Viewer]) -> list[Attempt]:
    signer = next(viewer.who for viewer in viewers if viewer.kind == "factory")
    (contract_id,) = on.owner.execute(
        "select id from ops.factory_pos where factory_id = %s and superseded_at is null"
        " order by id limit 1",
        [signer.party_id],
    ).fetchone() or (NOTHING,)
    return [
        Attempt(
            "allocate lines",
            lambda who: who.oms.allocate_items("Nothing", []),
            may=("planner",),
            reaches="OMS_INVALID_ARGUMENT",
        ),
        Attempt(
            f"sign a contract of {signer.name}",
            lambda who: who.oms.sign_contract(UUID(str(contract_id))),
            may=(signer.name, "planner"),  # it is signed, and signing twice is one signature
            refused={"factory": NOT_THERE},
        ),
        Attempt(
            "receive goods",
            lambda who: who.oms.record_receipt(NOTHING, 1),
            may=("warehouse",),
            reaches="OMS_NOT_FOUND",
        ),
        Attempt(
            "pay a factory",
            lambda who: who.oms.record_factory_payment(NOTHING, "Nothing"),
            may=("finance",),
            reaches="OMS_NOT_FOUND",
        ),
        Attempt(
            "set allocation_status",
            # No typed client would: so by hand.
            lambda who: who.oms.fetch(
                who.oms.postgrest.from_("order_items")
                .update({"allocation_status": "CANCELLED"})
                .eq("id", NOTHING)
            ),
        ),
        Attempt(
            "estimated counts",
            lambda who: who.oms.fetch(
                who.oms.postgrest.from_("directory").select("*", count=CountMethod.estimated)
            ),
            may=STAFF,
            refused=dict.fromkeys(PORTALS, LEAKS),
        ),
    ]


def _rows(on: Scene, table: str, condition: LiteralString, party_id: UUID | None) -> int:
    """Count as the owner, whom row security does not bind."""
    query = sql.SQL("select count(*) from {} where {}").format(
        sql.Identifier("ops", table), sql.SQL(condition)
    )
    found = on.owner.execute(query, {"party": party_id}).fetchone()
    return int(str(found[0])) if found else 0
