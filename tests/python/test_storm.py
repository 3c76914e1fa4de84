"""Four sessions that do anything at all to the same few lines: no deadlock, nothing out of step."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from typing import LiteralString
from uuid import UUID

import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from builders import RefusedError, Row, World, called, fetch
from conftest import Database
from oms_cli.tokens import act_as

SECONDS = 10
FACTORIES = ("factory_a", "factory_b", "factory_c")
# How often something is done; 2 is usual.
WEIGHTS = {
    "do_allocate": 6,
    "do_quote": 6,
    "do_award": 6,
    "do_issue": 4,
    "do_sign": 4,
    "do_receive": 6,
    "do_pay": 4,
    "do_close_item": 1,
    "do_short_close": 1,
    "do_cancel_line": 1,
}
OUR_ROWS: LiteralString = """
select f.code as factory, s.id as slice, s.allocation_item_id as item, s.allocation_id,
       s.effective_qty::integer as effective_qty, p.id as contract, r.id as receipt,
       m.factory_payment_id as payment
from ops.order_items as i
join ops.allocation_items as a on a.order_item_id = i.id
join ops.allocation_items_supplier as s on s.allocation_item_id = a.id
join ops.directory as f on f.id = s.factory_id
left join ops.factory_po_lines as l on l.allocation_item_supplier_id = s.id
left join ops.factory_pos as p on p.id = l.factory_po_id
left join ops.factory_receipts as r on r.allocation_item_supplier_id = s.id and r.voided_at is null
left join (
  ops.factory_payment_lines as m
  join ops.factory_payments as n on n.id = m.factory_payment_id and n.voided_at is null
) on m.allocation_item_supplier_id = s.id
where i.id = any(%s) and ({})
order by random() limit 1
"""
CANDIDATE: LiteralString = "not s.is_awarded and s.closed_at is null and s.invited_at is not null"
STANDING: LiteralString = "s.effective_qty > 0"


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


class Somebody:
    """One connection that speaks as everybody in turn and does whatever comes to its mind."""

    def __init__(self, world: World, lines: list[UUID], seed: int) -> None:
        self.world = world
        self.lines = lines
        self.dice = random.Random(seed)  # noqa: S311  # decides nothing but the order of a test
        self.connection = world.database.connect("oms_planner")
        self.seen: Counter[tuple[str, str]] = Counter()
        acts = [name for name in dir(self) if name.startswith("do_")]
        self.acts = [act for act in acts for _ in range(WEIGHTS.get(act, 2))]

    def work(self, until: float) -> None:
        """Act until the time is up; stop at the first refusal that has no code of ours."""
        while time.monotonic() < until:
            act = self.dice.choice(self.acts)
            try:
                getattr(self, act)()
            except LookupError:  # there is nothing to do that to
                continue
            except RefusedError as refused:
                self.seen[act, refused.code] += 1
                if not refused.code.startswith("OMS_"):
                    return
            else:
                self.seen[act, "done"] += 1

    def speak_as(self, persona: object) -> None:
        self.connection.execute("reset role")
        act_as(self.connection, self.world.personas[str(persona)])

    def call(self, persona: object, name: str, /, **arguments: object) -> None:
        self.speak_as(persona)
        fetch(self.connection, called(name, arguments), arguments)

    def on(self, row: Row, persona: object, name: str, /, **arguments: object) -> None:
        self.call(persona, name, allocation_item_supplier_id=row["slice"], **arguments)

    def pick(self, condition: LiteralString = "true") -> Row:
        """Choose a slice of our lines and what hangs on it, as it is at this moment."""
        self.speak_as("planner")
        query = sql.SQL(OUR_ROWS).format(sql.SQL(condition))
        return fetch(self.connection, query, [self.lines])[0]

    def some_factories(self) -> list[UUID]:
        chosen = self.dice.sample(FACTORIES, k=self.dice.randint(1, 3))
        return [UUID(self.world.party(factory)) for factory in chosen]

    def do_allocate(self) -> None:
        lines = [
            {"order_item_id": str(line), "committed_qty": self.dice.randint(5, 25)}
            for line in self.dice.sample(self.lines, k=2)
        ]
        factories = self.some_factories()
        self.call("planner", "allocate_items", name="x", lines=Jsonb(lines), factory_ids=factories)

    def do_add(self) -> None:
        allocation = self.pick()["allocation_id"]
        factories = self.some_factories()
        self.call("procurement", "add_candidates", allocation_id=allocation, factory_ids=factories)

    def do_send(self) -> None:
        self.call("planner", "send_allocation", allocation_id=self.pick()["allocation_id"])

    def do_quote(self) -> None:
        row = self.pick(CANDIDATE)
        self.on(row, row["factory"], "submit_quote", price=self.dice.randint(5, 9))

    def do_quote_all(self) -> None:
        row = self.pick(CANDIDATE)
        self.speak_as(row["factory"])
        own = fetch(
            self.connection,
            "select id from ops.allocation_items_supplier where allocation_id = %s"
            " and not is_awarded and closed_at is null order by random()",
            [row["allocation_id"]],
        )
        quotes = [{"allocation_item_supplier_id": str(made["id"]), "price": 7} for made in own]
        self.call(row["factory"], "submit_quotes", quotes=Jsonb(quotes))

    def do_decline(self) -> None:
        row = self.pick(CANDIDATE)
        self.on(row, row["factory"], self.dice.choice(["decline_quote", "withdraw_quote"]))

    def do_award(self) -> None:
        row = self.pick(CANDIDATE)
        self.on(row, "planner", "award", awarded_qty=self.dice.randint(1, 20))

    def do_award_shares(self) -> None:
        row = self.pick(CANDIDATE)
        rivals = fetch(
            self.connection,
            "select id from ops.allocation_items_supplier where allocation_item_id = %s"
            " and not is_awarded and closed_at is null and quote_status = 'quoted'"
            " order by random() limit 2",
            [row["item"]],
        )
        shares = [35, 65] if len(rivals) == 2 else [100]
        awards = [
            {"allocation_item_supplier_id": str(rival["id"]), "percentage": share}
            for rival, share in zip(rivals, shares, strict=False)
        ]
        self.call("planner", "award_many", awards=Jsonb(awards))

    def do_revoke(self) -> None:
        self.on(self.pick("s.is_awarded and s.closed_at is null"), "planner", "revoke_award")

    def do_close_slice(self) -> None:
        row = self.pick(STANDING)
        left = self.dice.randint(0, int(str(row["effective_qty"])))
        self.on(row, "planner", "close_slice", closed_qty=left, waive=self.dice.random() < 0.3)

    def do_close_item(self) -> None:
        self.call("planner", "close_allocation_item", allocation_item_id=self.pick()["item"])

    def do_issue(self) -> None:
        allocation = self.pick(STANDING)["allocation_id"]
        self.call("procurement", "issue_contracts", allocation_id=allocation)

    def do_sign(self) -> None:
        row = self.pick("p.status = 'ISSUED'")
        self.call(row["factory"], "sign_contract", factory_po_id=row["contract"])

    def do_cancel_contract(self) -> None:
        contract = self.pick("p.id is not null")["contract"]
        self.call("planner", "cancel_contract", factory_po_id=contract)

    def do_produce(self) -> None:
        row = self.pick(STANDING)
        self.on(row, row["factory"], "report_production", shipped_qty=1)

    def do_receive(self) -> None:
        row = self.pick("p.status = 'PC_SIGNED' and s.accepted_qty < s.effective_qty")
        received, rejected = self.dice.randint(1, 12), self.dice.randint(0, 1)
        self.on(row, "warehouse", "record_receipt", qty_received=received, qty_rejected=rejected)

    def do_void_receipt(self) -> None:
        receipt = self.pick("r.id is not null")["receipt"]
        self.call("warehouse", "void_receipt", factory_receipt_id=receipt, reason="miscounted")

    def do_accept_excess(self) -> None:
        self.on(self.pick("s.is_awarded"), "finance", "accept_excess", accepted_excess_qty=0)

    def do_pay(self) -> None:
        contract = self.pick("p.status = 'PC_SIGNED' and s.balance > 0")["contract"]
        reference = f"P{self.dice.random()}"
        self.call("finance", "record_factory_payment", factory_po_id=contract, reference=reference)

    def do_void_payment(self) -> None:
        payment = self.pick("m.id is not null")["payment"]
        self.call("finance", "void_factory_payment", factory_payment_id=payment, reason="bounced")

    def do_short_close(self) -> None:
        self.call("planner", "short_close_item", order_item_id=self.dice.choice(self.lines))

    def do_cancel_line(self) -> None:
        self.call("sales", "cancel_order_item", order_item_id=self.dice.choice(self.lines))


def test_four_sessions_that_do_anything_at_all_break_nothing(world: World) -> None:
    run = {"S": 13, "M": 21, "L": 26}
    lines = [world.line(sizes=run) for _ in range(4)]
    everybody = [Somebody(world, lines, seed) for seed in range(4)]
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(len(everybody)) as pool:
        working = [pool.submit(one.work, until) for one in everybody]
        while wait(working, timeout=0.5).not_done:
            for at, line in enumerate(lines):
                if is_through(world.look("order_items", line)):
                    lines[at] = world.line(sizes=run)
        for work in working:
            work.result()
    seen = sum((one.seen for one in everybody), Counter[tuple[str, str]]())
    assert {act for act, code in seen if not code.startswith(("OMS_", "done"))} == set(), seen
    assert sum(times for (_, code), times in seen.items() if code == "done") > 100
    assert world.faults() == []


def is_through(line: Row) -> bool:
    """Tell whether a line has come so far that a new one should take its place."""
    return bool(line["short_closed_qty"]) or line["allocation_status"] in ("CANCELLED", "PC_SIGNED")
