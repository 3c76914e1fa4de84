"""What people may think of doing: every command, and every plain write.

An act is named as its command and says who may succeed with it and with which arguments. It is to
succeed more often than not, or a game comes to nothing; and now and then it is somebody else's, or
has a wrong argument. Deciding looks at the facts only, so that a game can be played again.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

import simplejson
from psycopg import sql
from psycopg.types.json import Jsonb

from builders import called, inserted
from catalogue import Column
from simulation.company import STRANGERS, Company
from simulation.facts import Facts, Row
from simulation.laws import ACCEPTED, IN_FORCE, effective, is_live, raised

Wanted = Callable[[Row], Any]


@dataclass(frozen=True)
class Deed:
    """One request: what it is, who makes it, and who may succeed with it."""

    act: str
    who: str
    rightful: frozenset[str]
    statement: sql.Composed
    values: dict[str, object]
    is_plain: bool = False


@dataclass
class Scene:
    """What somebody who thinks of an act knows, and the dice that decide."""

    company: Company
    facts: Facts
    dice: random.Random
    tables: dict[str, list[Column]]
    labels: dict[str, list[str]]
    rightful: list[str] = field(default_factory=list)

    def chance(self, per_cent: int) -> bool:
        """Come true so often."""
        return self.dice.randrange(100) < per_cent

    def one(self, table: str, *wanted: Wanted) -> Row:
        """Choose a row, mostly one that all conditions hold for."""
        rows = self.facts[table]
        if wanted and not self.chance(8):
            rows = [row for row in rows if all(condition(row) for condition in wanted)]
        return self.dice.choice(rows)  # IndexError, a LookupError: there is none

    def some(self, things: Iterable[Any], most: int = 3) -> list[Any]:
        """Choose a few."""
        listed = list(things)
        return self.dice.sample(listed, k=self.dice.randint(1, min(most, len(listed))))

    def pieces(self, most: object) -> object:
        """Choose how many of at most so many: often all, now and then none or too many."""
        top = max(int(Decimal(str(most or 0))), 1)
        if self.chance(8):
            return self.dice.choice([0, -1, top + 1, 2 * top, Decimal("1.5"), 10**9, None])
        return top if self.chance(45) else self.dice.randint(1, top)

    def by(self, *who: str) -> None:
        """Say who may do it."""
        self.rightful += who

    def factory(self, row: Row) -> str:
        """Return who speaks for the factory of a row."""
        return self.company.parties[row["factory_id"]]

    def speaker(self) -> str:
        """Choose who tries: mostly somebody who may."""
        usual = [
            who for who in self.rightful if who in self.company.people and who not in STRANGERS
        ]
        if usual and not self.chance(6):
            return self.dice.choice(usual)
        return self.dice.choice(sorted(self.company.people))


Act = Callable[[Scene], dict[str, object]]
ACTS: dict[str, Act] = {}
# How often something is thought of.
WEIGHTS: dict[str, int] = {}
# Inserts that hardly ever make sense by chance, and the row that does.
SHAPED: dict[str, Callable[[Scene], Row]] = {}


def act(weight: int = 4) -> Callable[[Act], Act]:
    """Add to the acts; it returns the arguments of the command of its name."""

    def add(thought: Act) -> Act:
        ACTS[thought.__name__] = thought
        WEIGHTS[thought.__name__] = weight
        return thought

    return add


def think(name: str, scene: Scene) -> Deed:
    """Decide what exactly is done; LookupError where there is nothing to do it to."""
    if name not in ACTS:
        return plain_write(name, scene)
    arguments = ACTS[name](scene)
    who = scene.speaker()
    return Deed(name, who, frozenset(scene.rightful), called(name, arguments), arguments)


# Orders


@act(2)
def create_order(scene: Scene) -> dict[str, object]:
    clients = [party for party, name in scene.company.parties.items() if "client" in name]
    client = scene.dice.choice(clients)
    lines: list[Row] = []
    for _ in range(scene.dice.randint(1, 2)):
        line: Row = {"colorway_id": scene.one("colorways")["id"]}
        if scene.chance(50):
            line["sizes"] = [
                {"size_label": size, "quantity": scene.dice.randint(0, 20)} for size in "SML"
            ]
        else:
            line["quantity"] = scene.dice.randint(1, 40)
        lines.append(line)
    if scene.chance(15):  # of a request, which staff accept or turn down
        own = scene.company.parties[client]
        scene.by(own)
        seen = {
            line["colorway_id"]
            for line in scene.facts["order_items"]
            if line["client_id"] == client
        }
        return {
            "lines": Jsonb([line for line in lines if line["colorway_id"] in seen]),
            "client_po_number": f"PO {scene.dice.randrange(10**6)}",
        }
    scene.by("sales", "planner")
    dates = {"ex_factory_date": scene.dice.choice(DATES)} if scene.chance(80) else {}
    return {"client_id": client, "lines": Jsonb(lines), **dates}


@act(1)
def cancel_order_item(scene: Scene) -> dict[str, object]:
    scene.by("sales", "planner")
    line = scene.one(
        "order_items",
        lambda row: not row["is_cancelled"],
        lambda row: all(s["accepted_qty"] == 0 for s in scene.facts.slices_of(row)),
    )
    return {"order_item_id": line["id"]}


@act(2)
def short_close_item(scene: Scene) -> dict[str, object]:
    scene.by("sales", "planner")
    line = scene.one(
        "order_items",
        lambda row: not row["is_cancelled"] and 0 < row["effective_qty"] < row["quantity"],
    )
    return {"order_item_id": line["id"]}


# Allocations and quotes


def is_allocatable(scene: Scene) -> Wanted:
    """Tell of a line whether something of it can be committed."""
    return lambda row: (
        not row["is_cancelled"]
        and row["committed_qty"] < row["quantity"] - row["short_closed_qty"]
        and not scene.facts.of("order_item_supplies", "order_item_id", row)
        and scene.facts.by_id[row["order_id"]]["status"] in ACCEPTED
    )


def factories(scene: Scene, *, only_approved: bool = False) -> list[str]:
    """Choose a few factories."""
    return scene.some(
        party
        for party, name in scene.company.parties.items()
        if "factory" in name
        and not (only_approved and scene.facts.by_id[party]["approval_status"] != "approved")
    )


@act(8)
def allocate_items(scene: Scene) -> dict[str, object]:
    scene.by("planner")
    scene.one("order_items", is_allocatable(scene))  # there is one
    lines = list(filter(is_allocatable(scene), scene.facts["order_items"])) or [
        scene.one("order_items")
    ]
    return {
        "name": "Batch",
        "lines": Jsonb(
            [
                {
                    "order_item_id": line["id"],
                    "committed_qty": scene.pieces(
                        line["quantity"] - line["short_closed_qty"] - line["committed_qty"]
                    ),
                }
                for line in scene.some(lines, 2)
            ],
            dumps=dumps,
        ),
        "factory_ids": factories(scene),
    }


@act(5)
def add_candidates(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    item = scene.one(
        "allocation_items",
        lambda row: row["closed_at"] is None and row["effective_qty"] < row["committed_qty"],
    )
    some = {"allocation_item_ids": [item["id"]]} if scene.chance(50) else {}
    return {"allocation_id": item["allocation_id"], "factory_ids": factories(scene), **some}


@act(6)
def send_allocation(scene: Scene) -> dict[str, object]:
    scene.by("planner")
    made = scene.one(
        "allocation_items_supplier",
        lambda row: row["invited_at"] is None and row["closed_at"] is None,
    )
    return {"allocation_id": made["allocation_id"]}


@act(1)
def close_allocation_item(scene: Scene) -> dict[str, object]:
    scene.by("planner")
    return {
        "allocation_item_id": scene.one("allocation_items", lambda row: not row["closed_at"])["id"]
    }


def candidate(scene: Scene, *states: str) -> Row:
    """Choose an open, invited candidate in one of these states, and say who may act for it."""
    made = scene.one(
        "allocation_items_supplier",
        lambda row: not row["is_awarded"] and row["closed_at"] is None and row["invited_at"],
        lambda row: row["quote_status"] in states,
    )
    scene.by(scene.factory(made), scene.factory(made), "planner", "procurement")
    return made


def quote(scene: Scene, made: Row) -> Row:
    """Make an offer for a slice; a currency of its own makes a contract of its own."""
    offer: Row = {"price": scene.dice.choice([3, 5, 5, 8, "2.3333", 0])}
    if scene.chance(25):
        offer["capacity_qty"] = scene.pieces(made["order_qty"])
    if scene.chance(20) or (made["currency"] is None and scene.factory(made) == "factory_c"):
        offer["currency"] = scene.dice.choice(["USD", "EUR", "usd"])
    return offer


@act(8)
def submit_quote(scene: Scene) -> dict[str, object]:
    made = candidate(scene, "invited", "invited", "quoted", "withdrawn", "declined")
    return {"allocation_item_supplier_id": made["id"], **quote(scene, made)}


@act(4)
def submit_quotes(scene: Scene) -> dict[str, object]:
    made = candidate(scene, "invited", "quoted")
    others = [
        row
        for row in scene.facts["allocation_items_supplier"]
        if row["factory_id"] == made["factory_id"]
        and not row["is_awarded"]
        and row["closed_at"] is None
        and row["invited_at"]
    ] or [made]
    quotes = [
        {"allocation_item_supplier_id": row["id"], **quote(scene, row)}
        for row in scene.some(others)
    ]
    return {"quotes": Jsonb(quotes, dumps=dumps)}


@act(2)
def decline_quote(scene: Scene) -> dict[str, object]:
    return {"allocation_item_supplier_id": candidate(scene, "invited", "quoted")["id"]}


@act(1)
def withdraw_quote(scene: Scene) -> dict[str, object]:
    return {"allocation_item_supplier_id": candidate(scene, "quoted")["id"]}


# Awards


def left_on(scene: Scene, made: Row) -> Decimal:
    """Return what a slice's allocation item has left to award."""
    item = scene.facts.by_id[made["allocation_item_id"]]
    return (
        Decimal(0) if item["closed_at"] else Decimal(item["committed_qty"] - item["effective_qty"])
    )


def awardable(scene: Scene) -> Row:
    """Choose a candidate that may be awarded."""
    scene.by("planner", "procurement")
    return scene.one(
        "allocation_items_supplier",
        lambda row: is_live(row) and row["quote_status"] == "quoted",
        lambda row: left_on(scene, row) > 0,
        lambda row: scene.facts.by_id[row["factory_id"]]["approval_status"] == "approved",
    )


@act(10)
def award(scene: Scene) -> dict[str, object]:
    made = awardable(scene)
    most = min(left_on(scene, made), made["capacity_qty"] or 10**9)
    arguments = {"allocation_item_supplier_id": made["id"], "awarded_qty": scene.pieces(most)}
    if scene.chance(15):
        arguments |= {"price": scene.dice.choice([4, 9, "0.0001", 0])}
    if scene.chance(20):
        arguments |= {"remark": scene.dice.choice(["Agreed", "", None])}
    return arguments


@act(4)
def award_many(scene: Scene) -> dict[str, object]:
    made = awardable(scene)
    rivals = [
        row
        for row in scene.facts.of(
            "allocation_items_supplier",
            "allocation_item_id",
            scene.facts.by_id[made["allocation_item_id"]],
        )
        if is_live(row) and row["quote_status"] == "quoted"
    ] or [made]
    chosen = scene.some(rivals)
    if scene.chance(60):
        shares = {1: "100", 2: "35 65", 3: "33.3333 33.3333 33.3334"}[len(chosen)]
        awards: list[Row] = [{"percentage": share} for share in shares.split()]
    else:
        awards = [
            {"awarded_qty": scene.pieces(left_on(scene, made) // len(chosen))} for _ in chosen
        ]
    for row, stated in zip(chosen, awards, strict=True):
        stated["allocation_item_supplier_id"] = row["id"]
    return {"awards": Jsonb(awards, dumps=dumps)}


@act(1)
def revoke_award(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    made = scene.one(
        "allocation_items_supplier",
        lambda row: row["is_awarded"] and row["closed_at"] is None and row["received_qty"] == 0,
        lambda row: all(
            c["status"] in ("DRAFT", "CANCELLED") for c in scene.facts.contracts_of(row)
        ),
    )
    return {"allocation_item_supplier_id": made["id"]}


@act(3)
def close_slice(scene: Scene) -> dict[str, object]:
    waive = scene.chance(35)
    scene.by("planner", *([] if waive else ["procurement"]))  # waiving is not procurement's
    made = scene.one("allocation_items_supplier", effective)
    accepted = int(min(made["accepted_qty"], effective(made)))
    left = scene.dice.choice(
        [accepted, accepted, scene.dice.randint(accepted, int(effective(made)))]
    )
    arguments = {"allocation_item_supplier_id": made["id"], "closed_qty": left}
    if scene.chance(8):
        arguments["closed_qty"] = scene.pieces(effective(made))
    if waive:
        arguments["waive"] = True
    return arguments


@act(6)
def reallocate(scene: Scene) -> dict[str, object]:
    made = scene.one(
        "allocation_items_supplier",
        lambda row: effective(row) > row["accepted_qty"],
        lambda row: row["paid_amount"] <= row["accepted_qty"] * (row["awarded_price"] or 0),
    )
    asked: Row = {"allocation_item_supplier_id": made["id"]}
    freed = effective(made) - min(made["accepted_qty"], effective(made))
    if freed > 1 and scene.chance(30):
        freed = Decimal(scene.dice.randint(1, int(freed)))
        asked["closed_qty"] = effective(made) - freed
    chosen = factories(scene, only_approved=not scene.chance(8))[: max(int(freed), 1)]
    awards: list[Row] = [{"factory_id": factory} for factory in chosen]
    if scene.chance(50):
        shares = {1: "100", 2: "35 65", 3: "33.3333 33.3333 33.3334"}[len(chosen)]
        awards = [
            a | {"percentage": share} for a, share in zip(awards, shares.split(), strict=True)
        ]
    elif len(chosen) > 1:
        awards = [award | {"awarded_qty": freed // len(chosen)} for award in awards]
    elif scene.chance(30):
        awards[0]["awarded_qty"] = scene.pieces(freed)
    if not scene.chance(15):  # at what they have quoted
        terms = {"price": scene.dice.choice([4, 5, 6]), "remark": "Taken over"}
        if scene.chance(60):
            terms["currency"] = scene.dice.choice(["USD", "EUR"])
        awards = [award | terms for award in awards]
    arguments: dict[str, object] = {
        "reallocations": Jsonb([asked | {"awards": awards}], dumps=dumps)
    }
    if scene.chance(20):
        arguments["allocation_id"] = scene.one("allocations", lambda row: row["sent_at"])["id"]
    scene.by("planner", *([] if "allocation_id" in arguments else ["procurement"]))
    return arguments


# Contracts


@act(8)
def issue_contracts(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    drafts = [contract for contract in scene.facts["factory_pos"] if contract["status"] == "DRAFT"]
    made = (
        scene.dice.choice(drafts)
        if drafts and scene.chance(60)
        else scene.one(
            "allocation_items_supplier",
            lambda row: effective(row) > 0,
            lambda row: all(
                c["status"] in ("DRAFT", "CANCELLED") for c in scene.facts.contracts_of(row)
            ),
        )
    )
    some = {"factory_ids": [made["factory_id"]]} if scene.chance(50) else {}
    return {"allocation_id": made["allocation_id"], **some}


@act(6)
def revise_contract(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    states = IN_FORCE if scene.chance(70) else ("DRAFT", "ISSUED")
    contract = scene.one("factory_pos", lambda row: row["status"] in states)
    standing = [made for made in scene.facts.slices_under(contract) if effective(made)]
    lines: list[Row] = []
    for made in scene.some(standing) if standing else []:
        line: Row = {"allocation_item_supplier_id": made["id"]}
        if scene.chance(60):
            fewer = scene.dice.randint(
                int(min(made["accepted_qty"], effective(made))), int(effective(made))
            )
            line["quantity"] = scene.dice.choice([max(fewer, 1), effective(made) + 1])
        if scene.chance(40):
            line["price"] = scene.dice.choice([4, 5, 6, "5.5"])
        if scene.chance(20):
            line["over_receipt_tolerance_pct"] = scene.dice.choice([0, 5, 20])
        lines.append(line)
    arguments: dict[str, object] = {"factory_po_id": contract["id"]}
    if scene.chance(80):
        arguments["lines"] = Jsonb(lines, dumps=dumps)
    if scene.chance(20):
        arguments["ex_factory_date"] = scene.dice.choice(DATES)
    return arguments


@act(8)
def sign_contract(scene: Scene) -> dict[str, object]:
    contract = scene.one("factory_pos", lambda row: row["status"] == "ISSUED")
    scene.by(scene.factory(contract), scene.factory(contract), "planner", "procurement")
    arguments = {"factory_po_id": contract["id"]}
    if scene.chance(50):
        arguments["po_document_uri"] = "storage://signed"
    if scene.chance(30):
        arguments["terms_hash"] = contract["terms_hash"]
    return arguments


@act(3)
def cancel_contract(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    states = ("PC_SIGNED",) if scene.chance(60) else ("DRAFT", "ISSUED", "PC_SIGNED")
    is_free = scene.chance(60)  # of goods and money, which would be in the way
    contract = scene.one(
        "factory_pos",
        lambda row: row["status"] in states,
        lambda row: (
            not is_free
            or all(
                made["accepted_qty"] == 0 and made["paid_amount"] == 0
                for made in scene.facts.slices_under(row)
            )
        ),
    )
    return {"factory_po_id": contract["id"]}


@act(3)
def report_production(scene: Scene) -> dict[str, object]:
    made = scene.one("allocation_items_supplier", effective)
    scene.by(scene.factory(made), "planner", "procurement")
    arguments = {"allocation_item_supplier_id": made["id"]}
    if scene.chance(60):
        arguments["shipped_qty"] = scene.pieces(effective(made))
    if scene.chance(60):
        arguments["production_status"] = scene.dice.choice(
            scene.labels["allocation_items_supplier.production_status"]
        )
    return arguments


# Goods and money


def is_in_force(scene: Scene) -> Wanted:
    """Tell of a slice whether its contract is."""
    return lambda row: any(c["status"] in IN_FORCE for c in scene.facts.contracts_of(row))


@act(12)
def record_receipt(scene: Scene) -> dict[str, object]:
    scene.by("warehouse")
    made = scene.one(
        "allocation_items_supplier",
        lambda row: effective(row) > 0,
        is_in_force(scene),
        lambda row: (
            row["accepted_qty"]
            < raised(effective(row), row["over_receipt_tolerance_pct"] or 0) // 1
        ),
    )
    most = raised(effective(made), made["over_receipt_tolerance_pct"] or 0) - made["accepted_qty"]
    received = scene.pieces(most // 1)
    arguments = {"allocation_item_supplier_id": made["id"], "qty_received": received}
    if scene.chance(20):
        arguments["qty_rejected"] = scene.pieces(received)
    return arguments


@act(2)
def void_receipt(scene: Scene) -> dict[str, object]:
    scene.by("warehouse")
    receipt = scene.one("factory_receipts", lambda row: row["voided_at"] is None)
    return {"factory_receipt_id": receipt["id"], "reason": "Miscounted"}


@act(3)
def accept_excess(scene: Scene) -> dict[str, object]:
    scene.by("finance")
    made = scene.one("allocation_items_supplier", lambda row: row["excess_qty"] > 0)
    return {
        "allocation_item_supplier_id": made["id"],
        "accepted_excess_qty": scene.dice.choice(
            [0, made["excess_qty"] + 1, *[scene.pieces(made["excess_qty"])] * 3]
        ),
    }


@act(10)
def record_factory_payment(scene: Scene) -> dict[str, object]:
    scene.by("finance")
    is_advance = scene.chance(20)
    due = advanceable if is_advance else partial(payable, scene)
    contract = scene.one(
        "factory_pos",
        lambda row: row["status"] in IN_FORCE,
        lambda row: any(due(made) != 0 for made in scene.facts.slices_under(row)),
    )
    arguments: dict[str, object] = {
        "factory_po_id": contract["id"],
        "reference": f"WIRE {scene.dice.randrange(10**6 if scene.chance(97) else 3)}",
    }
    if is_advance:
        arguments["is_advance"] = True
    if is_advance or scene.chance(60):
        amounts = [
            {"allocation_item_supplier_id": made["id"], "amount": amount}
            for made in scene.facts.slices_under(contract)
            if (amount := scene.dice.choice([due(made), due(made), due(made) // 2, 1, -1]))
        ]
        arguments["lines"] = Jsonb(amounts, dumps=dumps)
    return arguments


def payable(scene: Scene, made: Row) -> Decimal:
    """Return what is to be paid for a slice, below zero for what is to come back."""
    if scene.facts["organization_settings"][0]["payments_require_invoice"]:
        return Decimal(min(made["balance"], made["approved_amount"] - made["paid_amount"]))
    return Decimal(made["balance"])


def advanceable(made: Row) -> Decimal:
    """Return what may be paid for a slice before its goods have come."""
    return Decimal(effective(made) * (made["awarded_price"] or 0) - made["paid_amount"])


@act(2)
def void_factory_payment(scene: Scene) -> dict[str, object]:
    scene.by("finance")
    payment = scene.one("factory_payments", lambda row: row["voided_at"] is None)
    return {"factory_payment_id": payment["id"], "reason": "Bounced"}


def billable(made: Row) -> Decimal:
    """Return the pieces of a slice that can be billed and are not."""
    return Decimal(made["payable_qty"] - made["approved_qty"])


@act(9)
def submit_factory_invoice(scene: Scene) -> dict[str, object]:
    arguments: dict[str, object] = {
        "invoice_number": f"INV {scene.dice.randrange(10**6 if scene.chance(97) else 3)}"
    }
    if scene.chance(20):
        credited = scene.one(
            "factory_invoices", lambda row: row["status"] == "approved" and not row["credits_id"]
        )
        contract = scene.facts.by_id[credited["factory_po_id"]]
        arguments["credits_id"] = credited["id"]
        left = {
            line["allocation_item_supplier_id"]: line["credited_qty"] - line["quantity"]
            for line in scene.facts.of("factory_invoice_lines", "factory_invoice_id", credited)
        }
    else:
        contract = scene.one(
            "factory_pos",
            lambda row: row["status"] in IN_FORCE,
            lambda row: any(billable(made) > 0 for made in scene.facts.slices_under(row)),
        )
        left = {made["id"]: billable(made) for made in scene.facts.slices_under(contract)}
    lines: list[Row] = []
    for made, quantity in left.items():
        if quantity:
            part = scene.dice.choice([quantity, quantity, quantity, quantity // 2, quantity + 1])
            lines.append({"allocation_item_supplier_id": made, "quantity": part})
            if scene.chance(15):
                lines[-1]["unit_price"] = scene.dice.choice([5, "5.1", 4])
    who = scene.factory(contract)
    scene.by(who, who, "procurement", "finance")
    return arguments | {"factory_po_id": contract["id"], "lines": Jsonb(lines, dumps=dumps)}


@act(7)
def approve_factory_invoice(scene: Scene) -> dict[str, object]:
    scene.by("procurement", "finance")
    invoice = scene.one("factory_invoices", lambda row: row["status"] in ("submitted", "disputed"))
    return {"factory_invoice_id": invoice["id"]}


@act(2)
def dispute_factory_invoice(scene: Scene) -> dict[str, object]:
    scene.by("procurement", "finance")
    invoice = scene.one("factory_invoices", lambda row: row["status"] == "submitted")
    arguments: dict[str, object] = {"factory_invoice_id": invoice["id"]}
    return arguments if scene.chance(30) else arguments | {"reason": "Not what we agreed"}


@act(2)
def void_factory_invoice(scene: Scene) -> dict[str, object]:
    invoice = scene.one("factory_invoices", lambda row: row["status"] != "voided")
    own = [] if invoice["status"] == "approved" else [scene.factory(invoice)]
    scene.by("procurement", "finance", *own)
    return {"factory_invoice_id": invoice["id"], "reason": "Wrong"}


# Timelines


@act(4)
def plan_timeline(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    order = scene.one("orders", lambda row: scene.facts.of("order_items", "order_id", row))
    arguments: dict[str, object] = {"order_id": order["id"]}
    if scene.chance(40):
        lines = scene.facts.of("order_items", "order_id", order)
        arguments["order_item_ids"] = [line["id"] for line in scene.some(lines or [order])]
    if scene.chance(40):
        arguments["timeline_template_id"] = scene.one("timeline_templates")["id"]
    if not order["ex_factory_date"] or scene.chance(30):
        arguments["ex_factory_date"] = scene.dice.choice(DATES)
    return arguments


@act(8)
def report_milestone(scene: Scene) -> dict[str, object]:
    node = scene.one(
        "timeline_nodes",
        is_milestone,
        lambda row: not row["completed_by"] and not row["is_cancelled"],
    )
    scene.by("planner", "procurement", *([scene.factory(node)] * 2 if node["factory_id"] else []))
    arguments: dict[str, object] = {"timeline_node_id": node["id"]}
    if node["completed_by"] or scene.chance(60):
        arguments["estimated_date"] = scene.dice.choice(DATES)
    else:
        arguments["actual_date"] = scene.dice.choice(DATES[:2])
    return arguments


# Plain writes: whatever columns are granted to somebody, with whatever value


def dumps(value: object) -> str:
    """Write JSON with numbers as they are."""
    return simplejson.dumps(value, use_decimal=True)


def plain_writes(tables: dict[str, list[Column]]) -> dict[str, int]:
    """Name every kind of plain write that somebody may make, and how often it is thought of."""
    weights: dict[str, int] = {}
    for table, columns in tables.items():
        weight = 6 if any(c.refers_to in WORK or c.table in WORK for c in columns) else 1
        if any(c.inserters for c in columns):
            weights[f"insert {table}"] = weight
        if any(c.updaters for c in columns):
            weights[f"update {table}"] = weight * 2
        if any(c.deleters for c in columns):
            weights[f"delete {table}"] = 1
    return weights


# Two that have come, and some that will.
DATES = ("2026-01-01", "2026-09-30", "2027-03-01", "2027-03-06", "2027-04-15")
# Tables whose rows hang together; writes of others are thought of less often.
WORK = (
    *("orders", "order_items", "allocations", "allocation_items_supplier", "factory_pos"),
    *("stock_locations", "production_orders", "purchase_orders"),
)
# What takes the whole game away: nothing is left to be found where nobody is a client or a factory.
LEFT_ALONE = {("directory", "kinds"), ("members", "status")}


def is_candidate(scene: Scene, row: Row, item: object) -> bool:
    """Tell of a factory whether it is an open candidate of an allocation item."""
    return any(
        made["factory_id"] == row["id"] and made["closed_at"] is None and not made["is_awarded"]
        for made in scene.facts["allocation_items_supplier"]
        if made["allocation_item_id"] == item
    )


def belongs(scene: Scene, made: Row, contract: object) -> bool:
    """Tell of a slice whether it is of a contract's allocation, factory and currency."""
    parties = ("allocation_id", "factory_id", "currency")
    return all(made[p] == scene.facts.by_id.get(contract, {}).get(p) for p in parties)


def awaiting(scene: Scene, allocation: object) -> list[Row]:
    """Return the slices of an allocation that stand and have never had a contract."""
    return [
        made
        for made in scene.facts["allocation_items_supplier"]
        if made["allocation_id"] == allocation
        and effective(made)
        and not scene.facts.contracts_of(made)
    ]


# Which rows a new row may mostly point at, by what else it says.
FITTING: dict[str, Callable[[Scene, Row, Row], Any]] = {
    "order_items.order_id": lambda scene, row, new: row["status"] in ("requested", "sales_order"),
    "order_item_sizes.order_item_id": lambda scene, row, new: not row["committed_qty"],
    "allocation_items.order_item_id": lambda scene, row, new: is_allocatable(scene)(row),
    "allocation_items.split_from_id": lambda scene, row, new: (
        row["order_item_id"] == new.get("order_item_id") and row["closed_at"] is None
    ),
    "allocation_items_supplier.allocation_item_id": lambda scene, row, new: (
        row["closed_at"] is None
    ),
    "allocation_items_supplier.factory_id": lambda scene, row, new: (
        not is_candidate(scene, row, new.get("allocation_item_id"))
    ),
    "factory_receipts.allocation_item_supplier_id": lambda scene, row, new: (
        is_in_force(scene)(row) and row["accepted_qty"] < effective(row)
    ),
    "factory_po_lines.factory_po_id": lambda scene, row, new: row["status"] == "DRAFT",
    "factory_po_lines.allocation_item_supplier_id": lambda scene, row, new: (
        effective(row)
        and not is_in_force(scene)(row)
        and belongs(scene, row, new.get("factory_po_id"))
    ),
    "factory_pos.allocation_id": lambda scene, row, new: awaiting(scene, row["id"]),
    "factory_pos.factory_id": lambda scene, row, new: any(
        made["factory_id"] == row["id"] for made in awaiting(scene, new.get("allocation_id"))
    ),
    "factory_payments.factory_po_id": lambda scene, row, new: row["status"] in IN_FORCE,
    "factory_payment_lines.factory_payment_id": lambda scene, row, new: row["voided_at"] is None,
    "factory_payment_lines.allocation_item_supplier_id": lambda scene, row, new: belongs(
        scene,
        row,
        scene.facts.by_id.get(new.get("factory_payment_id"), {}).get("factory_po_id"),
    ),
    "factory_invoices.factory_po_id": lambda scene, row, new: row["status"] in IN_FORCE,
    "factory_invoices.credits_id": lambda scene, row, new: (
        row["status"] == "approved" and row["factory_po_id"] == new.get("factory_po_id")
    ),
    "factory_invoice_lines.factory_invoice_id": lambda scene, row, new: (
        row["status"] == "submitted"
    ),
    "factory_invoice_lines.allocation_item_supplier_id": lambda scene, row, new: belongs(
        scene,
        row,
        scene.facts.by_id.get(new.get("factory_invoice_id"), {}).get("factory_po_id"),
    ),
    "timeline_nodes.parent_id": lambda scene, row, new: row["kind"] in ("root", "split"),
    "timeline_dependencies.timeline_node_id": lambda scene, row, new: is_milestone(row),
    "timeline_dependencies.predecessor_id": lambda scene, row, new: (
        is_milestone(row)
        and row["id"] != new.get("timeline_node_id")
        and row["root_id"] == scene.facts.by_id.get(new.get("timeline_node_id"), {}).get("root_id")
    ),
}


def is_milestone(node: Row) -> bool:
    """Tell whether a node has dates of its own."""
    return node["kind"] not in ("root", "split")


def plain_write(name: str, scene: Scene) -> Deed:
    """Decide on an insert, update or delete, now and then of several rows in one statement."""
    verb, _, table = name.partition(" ")
    columns = [c for c in scene.tables[table] if (table, c.name) not in LEFT_ALONE]

    def writers(column: Column) -> list[str]:
        kinds = {"insert": column.inserters, "update": column.updaters, "delete": column.deleters}
        return kinds[verb]

    scene.by(*sorted({who for column in columns for who in writers(column)}))
    who = scene.speaker()
    granted = [c for c in columns if writers(c) and c.name not in ("id", "row_version")]
    # To whom nothing is granted tries what others may.
    own = [c for c in granted if who in writers(c)] or granted
    if verb == "insert":
        stated = [c for c in own if scene.chance(97 if c.is_required or is_wanted(c) else 25)]
        values: dict[str, object] = {}
        if name in SHAPED and scene.chance(80):
            new = SHAPED[name](scene)
            return Deed(
                name, who, frozenset(scene.rightful), inserted(table, new), new, is_plain=True
            )
        for nth in range(2 if scene.chance(15) else 1):
            new = {}
            for column in stated:
                new[column.name] = value_for(scene, column, new)
            values |= {f"{name} {nth}": value for name, value in new.items()}
        if not values:
            raise LookupError
        named = [list(values)[at : at + len(stated)] for at in range(0, len(values), len(stated))]
        statement = sql.SQL("insert into {} ({}) values {} returning *").format(
            sql.Identifier("ops", table),
            listed(sql.Identifier(c.name) for c in stated),
            listed(sql.SQL("({})").format(listed(map(sql.Placeholder, row))) for row in named),
        )
    else:
        key = max(columns[0].key, key=lambda column: column != "organization_id")
        chosen = scene.some(own, 2 if scene.chance(30) else 1) if verb == "update" else []
        rows = targets(scene, table, who)
        values = {c.name: value_for(scene, c, rows[0]) for c in chosen}
        changes = [sql.SQL("{} = {}").format(sql.Identifier(c), sql.Placeholder(c)) for c in values]
        statement = sql.SQL("{} where {}::text = any(%(keys)s::text[]) returning *").format(
            sql.SQL("update {} set {}").format(sql.Identifier("ops", table), listed(changes))
            if changes
            else sql.SQL("delete from {}").format(sql.Identifier("ops", table)),
            sql.Identifier(key),
        )
        values["keys"] = [row[key] for row in rows]
    return Deed(name, who, frozenset(scene.rightful), statement, values, is_plain=True)


def is_wanted(column: Column) -> bool:
    """Tell what is hardly ever left out."""
    seldom = ("split_from_id", "replaces_id", "credits_id")
    if column.table.startswith("timeline_") and column.name == "planned_date":
        return True
    return column.refers_to is not None and column.name not in seldom


def listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    """Write a list."""
    return sql.SQL(", ").join(parts)


def targets(scene: Scene, table: str, who: str) -> list[Row]:
    """Choose which rows are written: mostly one, open and of whoever writes it."""
    party = scene.company.people[who].party_id

    def is_open(row: Row) -> bool:
        ended = (
            "closed_at",
            "voided_at",
            "is_cancelled",
            "issued_at",
            "completed_at",
            "cancelled_at",
        )
        return not any(row.get(name) for name in ended)

    def is_own(row: Row) -> bool:
        return party in (None, row.get("client_id"), row.get("factory_id"), row.get("vendor_id"))

    one = scene.one(table, is_open, is_own)
    rows = [one, *(row for row in scene.facts[table] if is_own(row) and row is not one)]
    return rows[:1] if scene.chance(85) else scene.some(rows, 4)


def value_for(scene: Scene, column: Column, row: Row) -> object:  # noqa: PLR0911, PLR0912
    """Choose a value: mostly one that could be meant, now and then none at all."""
    now = row.get(column.name)
    if scene.chance(3 if column.is_required else 25):
        return None
    if column.refers_to:
        kind = column.name.removesuffix("_id")
        fits = FITTING.get(f"{column.table}.{column.name}")
        fitting = scene.one(
            column.refers_to,
            lambda other: "kinds" not in other or kind in ("directory", *other["kinds"]),
            lambda candidate: fits is None or fits(scene, candidate, row),
        )
        return fitting["id"]
    match column.kind:
        case "numeric":
            if now is None and scene.chance(80):
                return scene.dice.randint(1, 5)
            around = int(Decimal(str(now or 10)))
            return scene.dice.choice(
                [
                    around,
                    around + 1,
                    max(around - 1, 0),
                    around // 2,
                    1,
                    3,
                    0,
                    -1,
                    "1.5",
                    2 * around,
                ]
            )
        case "integer" | "bigint":
            return scene.dice.choice([1, 2, 5, 30, 0, -1])
        case "boolean":
            return scene.chance(50)
        case "enum":
            return scene.dice.choice(scene.labels[f"{column.table}.{column.name}"])
        case "date":
            return scene.dice.choice(DATES)
        case "time without time zone":
            return scene.dice.choice(["05:30", "23:59"])
        case "timestamp with time zone":
            return scene.dice.choice(["now", "2020-01-01"])
        case "jsonb":
            return Jsonb({"note": scene.dice.randrange(9)})
        case "uuid":
            return scene.company.people["sales"].sub
        case "array":
            return scene.dice.choice([[1, 2, 3, 4, 5], [1, 2, 3, 4], [7], [0], []])
        case "text[]":
            kind = "event_type" if column.name == "event_types" else "code"
            return scene.dice.choice([[], [words(scene, kind)]])
    return words(scene, column.name)


def words(scene: Scene, column: str) -> str:
    """Choose a text that may stand in a column of this name."""
    likely: dict[str, Sequence[str]] = {
        "currency": ["USD", "USD", "EUR", "EUR", "usd"],
        "size_label": ["S", "M", "XL", ""],
        "country_code": ["PT", "FR", "pt"],
        "email": ["a@example.com", "b@example.com", "nobody"],
        "sha256": [f"{scene.dice.randrange(16**8):064x}"],
        "kind": ["remark", "price_override"],
        "event_type": ["purchase_order.*", "order.closed", "*", "nonsense.x"],
        "language": ["en", "de", "EN"],
        "template": ["test", "purchase_order", "nonsense"],
        "address": ["a@example.com", "B@example.com", "nobody"],
        "smtp_host": ["smtp.example.com", "127.0.0.1", "-x"],
        "time_zone": ["UTC", "Europe/Berlin", "Nowhere/X"],
        "url": ["https://erp.example/hook", "http://erp.example"],
        "code": ["fabric", "sample", "ship", "trim", "x y"],
    }
    return scene.dice.choice(
        likely.get(column, [f"{column} {scene.dice.randrange(10**6)}", "x", ""])
    )


# Stock


@act(3)
def count_stock(scene: Scene) -> dict[str, object]:
    scene.by("warehouse")
    counts = [
        {
            "product_variant_id": level["product_variant_id"],
            "stock_location_id": level["stock_location_id"],
            "lot_id": level["lot_id"],
            "counted_qty": scene.pieces(level["on_hand"]),
        }
        for level in scene.some(scene.facts["stock_levels"])
    ]
    return {"counts": Jsonb(counts, dumps=dumps), "reference": "Count"}


@act(3)
def revise_bom(scene: Scene) -> dict[str, object]:
    scene.by("planner", "production")
    note = {"revision_note": "Better"} if scene.chance(50) else {}
    return {"bom_version_id": scene.one("bom_versions")["id"], **note}
