"""The game: steps that Hypothesis chooses and, when a law is broken, makes as few as it can.

A step is the name of an act and a seed: what exactly it does follows from both and from the facts.
So the sequence that Hypothesis prints is a program that plays the game again.
"""

import json
import random
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, LiteralString

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from psycopg import sql
from psycopg.rows import tuple_row

from builders import RefusedError, Row, World, fetch
from catalogue import tables_of
from oms_cli.tokens import Claims
from oms_jobs.database import ACTOR
from simulation.acts import ACTS, WEIGHTS, Deed, Scene, plain_writes, think
from simulation.company import STRANGERS, found, furnish, speak
from simulation.facts import Facts, reader
from simulation.sight import Sight
from simulation.supply_acts import SUPPLY_COMMANDS, SUPPLY_TABLES
from simulation.supply_laws import broken, misstepped
from simulation.telling_acts import TELLING_COMMANDS, TOLD_ONCE

# What Postgres itself says: no right, no such value of the type, a value missing, a constraint, a
# deadlock. All other refusals have codes of ours.
NO_RIGHT = "42501"
NO_SENSE = ("22P02", "22003", "22001", "22007", "22008")
MISSING = "23502"
CHECK, UNIQUE, REFERENCE, DEADLOCK = "23514", "23505", "23503", "40P01"
# Where nothing but constraints keeps what people write: docs/errors.md says what they are told.
MASTER_DATA = {
    *("addresses", "contacts", "directory", "members", "organization_settings", "organizations"),
    *("colorway_references", "colorways", "product_variants", "products", "styles", "tech_packs"),
    *("unit_conversions", "units", "warehouses", "stock_locations", "lots", "reorder_rules"),
    *("work_centers", "bom_templates", "bom_versions", "bom_lines", "bom_operations"),
    *("supplier_products", "supplier_price_breaks", "purchase_approval_tiers", "work_center_days"),
    *("demand_forecasts", "order_item_supplies"),
    *("email_suppressions", "mail_settings", "mail_templates", "job_schedules"),
    *("notification_mutes", "notification_rules", "slack_channels", "webhook_endpoints"),
}
ENUMS: LiteralString = """
select
  format('%s.%s', c.relname, a.attname),
  array(select e.enumlabel::text from pg_enum as e where e.enumtypid = t.oid)
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid and c.relnamespace = 'ops'::regnamespace
join pg_type as t on t.oid = a.atttypid and t.typtype = 'e'
"""
# A check of what the writer itself has stated may refuse it; one of counters may not.
CHECKS: LiteralString = """
select
  c.conname::text,
  array(select a.attname::text from pg_attribute as a
        where a.attrelid = c.conrelid and a.attnum = any(c.conkey))
from pg_constraint as c
where c.contype = 'c' and c.connamespace = 'ops'::regnamespace and c.conrelid <> 0
"""
VIOLATIONS: LiteralString = """
select invariant, id, expected, actual from private.invariant_violations where organization_id = %s
"""
TOLERANCE = st.sampled_from([0, 5, 10, 50])
STRICTNESS = st.sampled_from(["ignore", "warn", "warn", "refuse"])
SETTINGS = st.fixed_dictionaries(
    {
        "over_commit_tolerance_pct": TOLERANCE,
        "under_award_tolerance_pct": TOLERANCE,
        "over_receipt_tolerance_pct": TOLERANCE,
        "invoice_price_tolerance_pct": TOLERANCE,
        "invoice_quantity_tolerance_pct": TOLERANCE,
        "receipts_require_signed_contract": st.booleans(),
        "payments_require_invoice": st.booleans(),
        "factory_minimums": STRICTNESS,
        "factory_capacity": STRICTNESS,
        "production_release": st.sampled_from(["automatic", "automatic", "manual"]),
        "planned_production": st.sampled_from(["manual", "manual", "automatic"]),
        "vendor_choice": st.sampled_from(["preference", "lowest_cost"]),
        "planning_period_days": st.sampled_from([1, 7, 60]),
    }
)
# What workers do, without what they send.
WORK: tuple[LiteralString, ...] = (
    "select private.handle_events()",
    "select private.report_email(c.id, c.lease_id, 'sent', 'ok') from private.claim_email() as c",
    "select private.raise_alerts(), private.expire_reservations(), private.remind_quotes()",
    "select private.report_webhook(c.id, c.lease_id, 500, 'no', 'HTTP 500', 1)"
    " from private.claim_webhook() as c",
    "select private.report_slack_post(c.id, c.lease_id, 200, null)"
    " from private.claim_slack_post() as c",
    "select private.send_digests(), private.sweep(), private.claim_due_jobs()",
    "select private.handle_events()",
)
STUCK: LiteralString = """
select e.type, coalesce(e.last_error, 'nobody tried') from private.outbox as e
where e.organization_id = %s and (e.is_pending and e.attempts > 0 or e.dead_at is not null)
"""
SEEDS = st.integers(0, 2**16 - 1)
# Where two who meet are held up.
GATES = ("order_items", "allocation_items_supplier", "factory_pos", "allocation_items")
SUPPLY_GATES = ("stock_levels", "production_orders", "purchase_order_lines", "purchase_orders")
# What is wrong with a plan.
PLAN_FAULTS = Path(__file__).with_name("plan.sql").read_bytes()


@dataclass
class Outcome:
    """What became of a request: the rows that it returned, or how it was refused."""

    rows: list[Row] = field(default_factory=list)
    refused: RefusedError | None = None

    def __str__(self) -> str:
        if self.refused:
            return self.refused.code
        return "done" if self.rows else "nothing"


class Desk:
    """A connection whose requests run in a thread of their own, so that they may wait."""

    def __init__(self, world: World) -> None:
        self.connection = world.session("planner")
        self.pid = self.connection.info.backend_pid
        self.thread = ThreadPoolExecutor(1)

    def send(self, game: "Game", deed: Deed, key: str | None = None) -> Future[Outcome]:
        """Begin a request and leave it to itself."""
        return self.thread.submit(self._run, game, deed, key)

    def _run(self, game: "Game", deed: Deed, key: str | None) -> Outcome:
        try:
            speak(self.connection, game.company.people[deed.who], key)
            return Outcome(fetch(self.connection, deed.statement, deed.values))
        except RefusedError as refused:
            return Outcome(refused=refused)

    def close(self) -> None:
        """End it."""
        self.thread.shutdown()
        self.connection.close()


class Stage:
    """What all games share: the world, two desks, and what was seen."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desks = (Desk(world), Desk(world))
        self.worker = world.database.connect()
        self.gate = world.database.connect(autocommit=False)
        self.tables = {
            name: columns
            for name, columns in tables_of(world).items()
            if any(c.name == "organization_id" for c in columns)
        }
        self.labels = read_lists(world, ENUMS)
        self.checks = {name: set(cols) for name, cols in read_lists(world, CHECKS).items()}
        commands = {name: WEIGHTS[name] for name in WEIGHTS if name not in TELLING_COMMANDS}
        self.kinds = {"command": commands, "write": plain_writes(self.tables)}
        self.seen: Counter[tuple[str, str]] = Counter()
        self.games = 0
        self.steps = 0

    def close(self) -> None:
        """End its sessions."""
        self.gate.close()
        self.worker.close()
        for desk in self.desks:
            desk.close()

    def blocked(self, desk: Desk, running: Future[Outcome]) -> bool:
        """Wait until a request has ended or waits for a lock; say whether it waits."""
        while not running.done():
            time.sleep(0.0005)
            [(waits,)] = self.world.owner.execute(
                "select cardinality(pg_blocking_pids(%s)) > 0", [desk.pid]
            )
            if waits:
                return True
        return False


def read_lists(world: World, query: LiteralString) -> dict[str, list[str]]:
    """Read names, and a list with each."""
    with world.owner.cursor(row_factory=tuple_row) as cursor:
        return dict(cursor.execute(query).fetchall())


def is_of_supply(act: str) -> bool:
    """Tell of an act whether it is about making and buying."""
    return act in SUPPLY_COMMANDS or act.rsplit(maxsplit=1)[-1] in SUPPLY_TABLES


def any_of(kind: str) -> st.SearchStrategy[str]:
    """Choose an act of a kind, each as often as it weighs."""
    weights = Game.stage.kinds[kind]
    return st.sampled_from([name for name, weight in weights.items() for _ in range(weight)])


COMMAND = st.deferred(lambda: any_of("command"))
TELLING = st.sampled_from(sorted(TELLING_COMMANDS))
WRITE = st.deferred(lambda: any_of("write"))
ANY_ACT = COMMAND | COMMAND | WRITE


class Game(RuleBasedStateMachine):
    """One company, and people who do at random what people do."""

    stage: ClassVar[Stage]

    @initialize(settings=SETTINGS, is_supply=st.booleans())
    def found(self, settings: dict[str, object], is_supply: bool) -> None:
        stage = self.stage
        # Half of the games are about making and buying only: else few come far in it.
        self.is_supply = is_supply
        self.company = found(stage.world, settings)
        furnish(self.company, stage.desks[0].connection)
        self.read = reader(stage.world.owner, self.company.id, stage.tables)
        self.sight = Sight(stage.world, self.company, stage.desks[0].connection)
        self.facts = self.read()
        self.held: Deed | None = None
        self.script: list[str] = []
        self.moves = 0
        stage.games += 1
        self.check()

    # What can happen

    @rule(act=ANY_ACT, seed=SEEDS)
    def do(self, act: str, seed: int) -> None:
        """Do one thing. Whoever waits for the one in the middle of something sees it end first."""
        if deed := self.think(act, seed):
            first, _second = self.stage.desks
            running = first.send(self, deed)
            is_alone = self.held is None
            if not is_alone and self.stage.blocked(first, running):
                self.let_go(is_kept=seed % 3 > 0)
            self.settle(deed, running, alone=is_alone)

    @rule(act=WRITE, seed=SEEDS)
    def write(self, act: str, seed: int) -> None:
        """Write to a table: of all ways to do that, few are thought of by chance."""
        self.do(act, seed)

    @rule(act=ANY_ACT, seed=SEEDS)
    def begin(self, act: str, seed: int) -> None:
        """Do one thing at the second desk, and do not commit it yet."""
        if self.held:
            self.do(act, seed)
        elif deed := self.think(act, seed):
            desk = self.stage.desks[1]
            desk.connection.autocommit = False
            running = desk.send(self, deed)
            self.held = deed
            if running.result(timeout=30).refused:
                self.let_go(is_kept=False)
            self.settle(deed, running, alone=True)

    @rule(is_kept=st.sampled_from([True, True, False]))
    def end(self, is_kept: bool) -> None:
        """Commit what was begun, or undo it."""
        if self.held:
            self.let_go(is_kept)
            self.check(before=self.facts)

    def let_go(self, is_kept: bool) -> None:
        """End the transaction at the second desk, whatever waits for it."""
        connection = self.stage.desks[1].connection
        (connection.commit if is_kept else connection.rollback)()
        connection.autocommit = True
        self.script.append(f"-- the second desk {'commits' if is_kept else 'rolls back'}")
        self.held = None

    @rule(act=ANY_ACT, seed=SEEDS, other=ANY_ACT, gate=SEEDS)
    def meet(self, act: str, seed: int, other: str, gate: int) -> None:
        """Do two things at once: both come as far as they can while somebody holds a row."""
        self.end(is_kept=True)
        deeds = [deed for deed in (self.think(act, seed), self.think(other, gate)) if deed]
        table = (SUPPLY_GATES if self.is_supply else GATES)[gate % len(GATES)]
        if len(deeds) < 2 or not self.facts[table]:
            return
        row = random.Random(gate).choice(self.facts[table])  # noqa: S311
        self.stage.gate.execute(
            sql.SQL("select from ops.{} where id = %s for no key update").format(
                sql.Identifier(table)
            ),
            [row["id"]],
        )
        sent = []
        for desk, deed in zip(self.stage.desks, deeds, strict=True):
            sent.append(desk.send(self, deed))
            self.stage.blocked(desk, sent[-1])
        self.stage.gate.rollback()
        self.script.append(f"-- both at once, behind {table} {row['id']}")
        faults = []
        for deed, running in zip(deeds, sent, strict=True):
            is_plain = any(one.is_plain for one in deeds)
            faults += self.judge(deed, running.result(timeout=30), False, is_plain)
        self.check(faults)

    @rule(act=COMMAND, seed=SEEDS)
    def repeat(self, act: str, seed: int) -> None:
        """Send a command twice under one Idempotency-Key: the second time nothing happens."""
        self.end(is_kept=True)
        if not (deed := self.think(act, seed)):
            return
        desk = self.stage.desks[0]
        key = f"key {self.moves}"
        first = desk.send(self, deed, key)
        self.settle(deed, first, alone=True)
        second = desk.send(self, deed, key).result(timeout=30)
        before, faults = self.facts, []
        answers = [
            [{name: row[name] for name in row if name not in TOLD_ONCE} for row in outcome.rows]
            for outcome in (first.result(), second)
        ]
        if str(second) != str(first.result()) or answers[0] != answers[1]:
            faults.append(
                f"repeated, it answers {second}: {second.rows}, not {first.result().rows}"
            )
        self.check(faults)
        if self.facts.rows != before.rows:
            raise AssertionError("\n".join([*self.script, "", "repeated, it has an effect"]))

    @rule(seed=SEEDS)
    def plan(self, seed: int) -> None:
        """Plan supply, which is looked at afterwards, where it is what the game is about."""
        if self.is_supply:
            self.end(is_kept=True)
            self.do("plan_supply", seed)

    @rule(act=TELLING, seed=SEEDS)
    def tell(self, act: str, seed: int) -> None:
        """Do something about who is told of what, whatever the game is about."""
        self.do(act, seed)

    @rule(seed=SEEDS)
    def work(self, seed: int) -> None:
        """Do what a worker does: nothing that has happened may be more than it can handle."""
        self.end(is_kept=True)
        speak(self.stage.worker, Claims("oms_worker", str(ACTOR), self.company.id))
        for statement in WORK[: 1 + seed % len(WORK)]:
            self.stage.worker.execute(statement)
        self.script.append(f"-- a worker did {1 + seed % len(WORK)} of its tasks")
        self.stage.seen["a worker's tasks", "done"] += 1
        stuck = self.stage.world.owner.execute(STUCK, [self.company.id]).fetchall()
        self.check([f"event {kind} is not handled: {error}" for kind, error in stuck])

    # How it is judged

    def think(self, act: str, seed: int) -> Deed | None:
        """Decide what is done; where there is nothing to do that to, whatever comes to mind."""
        stage = self.stage
        dice = random.Random(f"{act} {seed}")  # noqa: S311
        weights = stage.kinds["command" if act in ACTS else "write"]
        if act in TELLING_COMMANDS:
            weights = dict.fromkeys(TELLING_COMMANDS, 1)
        elif self.is_supply:
            weights = {name: weights[name] for name in weights if is_of_supply(name)}
            act = act if act in weights else dice.choices(list(weights), list(weights.values()))[0]
        others = dice.choices(list(weights), list(weights.values()), k=8)
        for name in (act, *others):
            try:
                return think(
                    name, Scene(self.company, self.facts, dice, stage.tables, stage.labels)
                )
            except LookupError:
                continue
        return None

    def settle(self, deed: Deed, running: Future[Outcome], *, alone: bool) -> None:
        """Wait for the end of a request, and judge it."""
        before = self.facts
        is_plain = deed.is_plain or (self.held is not None and self.held.is_plain)
        faults = self.judge(deed, running.result(timeout=30), alone, is_plain)
        self.check(faults, before if alone else None)
        is_plan = deed.act == "plan_supply" and deed.who not in STRANGERS
        if alone and self.held is None and is_plan and running.result().rows:
            self.plan_again(deed, running.result().rows[0])

    def plan_again(self, deed: Deed, run: Row) -> None:
        """Hold a plan against what there is, and plan again: nothing changes any more."""
        [settings] = self.facts["organization_settings"]
        if settings["planned_production"] == "automatic":  # what is planned is made at once
            return
        owner, desk = self.stage.world.owner, self.stage.desks[0].connection
        owner.execute(
            "select set_config('request.jwt.claims', %s, false)",
            [json.dumps(self.company.people["planner"].stated())],
        )
        found = owner.execute(
            PLAN_FAULTS,
            {
                "organization": self.company.id,
                "day": run["planned_on"],
                "is_whole": run["order_ids"] is None,
            },
        ).fetchall()
        faults = [str(fault) for fault in found]
        before = self.facts
        speak(desk, self.company.people[deed.who])
        [again] = fetch(desk, deed.statement, deed.values)
        for count in ("added_count", "changed_count", "removed_count"):
            if again[count]:
                faults.append(f"planned again: {count} is {again[count]}")
        for planned in before["planned_supplies"]:
            told = fetch(desk, "select * from ops.explain_supply(%s)", [planned["id"]])
            if not all(row["sentence"] for row in told):
                faults.append(f"nobody can tell why {planned['id']} is planned")
        self.check(faults)
        plan = ("planned_supplies", "supply_pegs", "planning_exceptions")
        for table in (*plan, "purchase_orders", "purchase_order_lines", "production_orders"):
            was, now = ({row["id"]: row for row in facts[table]} for facts in (before, self.facts))
            faults += [
                f"planned again: {was.get(key)} of {table} is {now.get(key)}"
                for key in was.keys() | now.keys()
                if was.get(key) != now.get(key)
            ]
        if faults:
            raise AssertionError("\n".join([*self.script, "", *faults]))

    def judge(self, deed: Deed, outcome: Outcome, alone: bool, is_plain: bool) -> list[str]:
        """Say what is wrong with an answer itself."""
        act = deed.act
        self.moves += 1
        self.stage.steps += 1
        self.stage.seen[act, str(outcome)] += 1
        cursor = psycopg.ClientCursor(self.stage.world.owner)
        self.script.append(
            f"/* {deed.who} */ {cursor.mogrify(deed.statement, deed.values)};  -- {outcome}"
        )
        claims = self.company.people[deed.who]
        if not outcome.refused:
            faults = []
            if outcome.rows and deed.who not in deed.rightful:
                faults.append(f"{deed.who} did {act}")
            for row in outcome.rows:
                for column in ("client_id", "factory_id", "vendor_id"):
                    if claims.party_id not in (None, str(row.get(column) or claims.party_id)):
                        faults.append(f"{deed.who} was given {column} {row[column]}")
                if (
                    str(row.get("organization_id", claims.organization_id))
                    != claims.organization_id
                ):
                    faults.append(f"{deed.who} was given a row of another organization")
            return faults
        code, error = outcome.refused.code, outcome.refused.__cause__
        assert isinstance(error, psycopg.Error)
        told = f"{error} {error.diag.message_detail}"
        faults = [
            f"{deed.who} was told of {name}: {told}"
            for party, name in self.company.parties.items()
            if claims.party_id not in (None, party) and deed.who not in STRANGERS
            if name in told or (party in told and party not in self.script[-1])
        ]
        is_master_data = deed.is_plain and act.split()[-1] in MASTER_DATA
        reads = self.stage.checks.get(str(error.diag.constraint_name)) if deed.is_plain else None
        stated = {name.split()[0] for name in deed.values}
        may_be = {
            CHECK: is_master_data
            or error.diag.datatype_name is not None
            or (reads is not None and reads <= stated),
            UNIQUE: is_master_data or (deed.is_plain and not alone),
            REFERENCE: is_master_data,
            DEADLOCK: is_plain and not alone,
            MISSING: deed.is_plain,
            NO_RIGHT: deed.is_plain or deed.who not in deed.rightful,
            **dict.fromkeys(NO_SENSE, True),
        }
        if not code.startswith("OMS_") and not may_be.get(code):
            faults.append(f"{act} is refused with {code}: {told}")
        return faults

    def check(self, faults: list[str] | None = None, before: Facts | None = None) -> None:
        """Read everything anew and hold it against the laws."""
        self.facts = self.read()
        found = [*(faults or []), *broken(self.facts)]
        found += [
            f"{invariant}: {row}, {expected} expected, {actual} found"
            for invariant, row, expected, actual in self.stage.world.owner.execute(
                VIOLATIONS, [self.company.id]
            )
        ]
        if before:
            found += misstepped(before, self.facts)
        if self.moves % 10 == 9 and self.held is None:
            people = sorted(self.company.people)
            found += self.sight.faults(self.facts, people[self.moves // 10 % len(people)])
        if found:
            raise AssertionError("\n".join([*self.script, "", *found]))

    def teardown(self) -> None:
        if not hasattr(self, "moves"):
            return
        desk = self.stage.desks[1]
        desk.connection.rollback()
        desk.connection.autocommit = True
        self.facts = self.read()
        self.check(
            [fault for who in self.company.people for fault in self.sight.faults(self.facts, who)]
        )
