"""The jobs: planning as somebody types it, killed, twice at once, and what it may see."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from builders import World
from conftest import ROOT, Database
from oms_cli.server import Connection
from oms_jobs.database import ACTOR, acting_for
from oms_jobs.shortages import (
    Failure,
    Organization,
    Plan,
    find_organizations,
    plan_each,
    plan_shortages,
)
from supplying import Item, Shop

Run = TypeVar("Run")

WRITTEN = ("supply_runs", "planned_supplies", "supply_pegs", "planning_exceptions")
BOUGHT = ("purchase_orders", "purchase_order_lines")


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def shop(world: World) -> Shop:
    return Shop(world)


@pytest.fixture(scope="module")
def brand(worker_url: str) -> Organization:
    [found] = find_organizations(worker_url, ["brand"])
    return found


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "oms_cli.main", *arguments]


def environment(**settings: str) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("OMS_")}
    return kept | settings


def oms(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def planned(worker_url: str, *arguments: str) -> dict[str, dict[str, Any]]:
    """Run `oms plan --json`; return what it says of each organization."""
    done = oms("plan", "--json", *arguments, OMS_WORKER_URL=worker_url)
    assert done.returncode == 0, done.stderr
    [line] = done.stdout.splitlines()
    return {one["organization"]["code"]: one for one in json.loads(line)["organizations"]}


def stored(world: World) -> list[list[tuple[object, ...]]]:
    """Everything that a run writes, row by row."""
    return [
        world.owner.execute(
            sql.SQL("select * from ops.{} order by id").format(sql.Identifier(name))
        ).fetchall()
        for name in (*WRITTEN, *BOUGHT)
    ]


@dataclass(frozen=True)
class Stuck(Generic[Run]):
    """A run at its last step: all is written but for one exception that goes."""

    run: Run
    gate: Connection
    pid: int
    wanted: Item


@contextmanager
def stuck(shop: Shop, start: Callable[[], Run]) -> Iterator[Stuck[Run]]:
    """Hold a run up for the length of the block, at the row that it writes last."""
    world = shop.world
    unsold = shop.bought(price=None)
    world.command("planner", "plan_supply")
    shop.offer(unsold, 1)
    wanted = shop.bought(9)
    with psycopg.connect(world.database.server.admin_url) as gate:
        gate.execute(
            "select from ops.planning_exceptions where product_variant_id = %s for update",
            [unsold.id],
        )
        run = start()
        yield Stuck(run, gate, waiting_for(world, gate.info.backend_pid), wanted)
        gate.rollback()


def waiting_for(world: World, pid: int) -> int:
    """Wait until a session waits for another one, and say which."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = world.owner.execute(
            "select a.pid from pg_stat_activity as a where %s = any(pg_blocking_pids(a.pid))", [pid]
        ).fetchone()
        if found and isinstance(found[0], int):
            return found[0]
        time.sleep(0.005)
    raise TimeoutError("nobody waits")


def gone(world: World, pid: int) -> None:
    """Wait until a backend has ended, and its transaction with it."""
    deadline = time.monotonic() + 30
    while world.owner.execute("select from pg_stat_activity where pid = %s", [pid]).fetchone():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_run_tells_what_is_short_and_puts_it_on_drafts(shop: Shop, worker_url: str) -> None:
    bolt = shop.bought(100, price=3)
    shirt = shop.made(bolt, 40)
    unsold = shop.bought(price=None)
    slow = shop.bought(10, price=1, lead=30)
    told = planned(worker_url, "--organization", "brand")
    assert list(told) == ["brand"]
    brand = told["brand"]

    [missing] = [x for x in brand["exceptions"] if x["sku"] == unsold.sku]
    assert missing["kind"] == "no_vendor"
    assert unsold.sku in missing["message"]
    assert brand["exceptions_by_kind"]["no_vendor"] >= 1
    [made] = [p for p in brand["production"] if p["sku"] == shirt.sku]
    assert float(made["quantity"]) == 40

    lines = {item.sku: shop.planned(item) for item in (bolt, slow)}
    assert sum(float(str(row["quantity"])) for row in lines[bolt.sku]) == 180  # 100, and 2 x 40
    orders = {row["purchase_order_id"] for rows in lines.values() for row in rows}
    assert len(orders) == 1
    drafted = [d for d in brand["purchase_orders"] if d["vendor"] == "Vendor"]
    assert any(float(d["amount"]) >= 3 * 180 + 10 for d in drafted)
    assert shop.planned(bolt)[0]["created_by"] == ACTOR

    again = planned(worker_url, "--organization", "brand")["brand"]["run"]
    assert (again["added_count"], again["changed_count"], again["removed_count"]) == (0, 0, 0)
    assert again["planned_count"] == brand["run"]["planned_count"]


def test_without_an_organization_all_are_planned(worker_url: str) -> None:
    assert set(planned(worker_url)) == {"brand", "rival"}


def test_people_read_exceptions_first_and_why(shop: Shop, worker_url: str) -> None:
    zip_ = shop.bought(25, price=4)
    shop.bought(price=None)
    done = oms("plan", "--organization", "brand", "--explain", zip_.sku, OMS_WORKER_URL=worker_url)
    assert done.returncode == 0, done.stderr
    order = ["To be seen to: ", "no vendor", "Draft purchase orders", f"Buy 25 EA of {zip_.sku}"]
    places = [done.stdout.index(words) for words in order]
    assert places == sorted(places)
    assert "at least 0" in done.stdout


def test_only_what_serves_the_named_orders_is_put_on_drafts(shop: Shop, worker_url: str) -> None:
    world = shop.world
    untouched = shop.bought(33)
    [order] = world.run(
        "planner", "select order_number from ops.orders where client_po_number = 'A-300'"
    )
    number = str(order["order_number"])
    planned(worker_url, "--organization", "brand", "--order", number)
    [row] = shop.planned(untouched)
    assert row["purchase_order_line_id"] is None

    unclear = oms("plan", "--order", number, OMS_WORKER_URL=worker_url)
    assert unclear.returncode == 1
    assert "--organization: one of brand, rival" in unclear.stderr
    unknown = oms("plan", "--organization", "brand", "--order", "SO-X", OMS_WORKER_URL=worker_url)
    assert unknown.returncode == 1
    assert "brand has no order SO-X" in unknown.stderr


def test_runs_at_the_same_time_do_the_work_once(
    shop: Shop, worker_url: str, brand: Organization
) -> None:
    for _ in range(5):
        shop.clear_desk()
        items = [shop.bought(10 + n) for n in range(4)]
        start = threading.Barrier(3)

        def run(start: threading.Barrier = start) -> Plan:
            start.wait()
            return plan_shortages(worker_url, brand)

        with ThreadPoolExecutor(start.parties) as pool:
            runs = [pool.submit(run) for _ in range(start.parties)]
            plans = [each.result() for each in runs]
        changes = sorted(p.run.added_count + p.run.changed_count for p in plans)
        assert changes[:2] == [0, 0]
        assert changes[2] >= len(items)
        for n, item in enumerate(items):
            assert [row["quantity"] for row in shop.planned(item)] == [10 + n]
            assert shop.on_order(item) == 10 + n
    assert shop.world.faults() == []


def test_a_second_run_waits_for_the_first_and_has_nothing_to_do(
    world: World, shop: Shop, worker_url: str, brand: Organization
) -> None:
    with ThreadPoolExecutor(2) as pool:
        run = partial(plan_shortages, worker_url, brand)
        with stuck(shop, partial(pool.submit, run)) as first:
            second = pool.submit(run)
            assert waiting_for(world, first.pid)
        led, followed = (each.result(timeout=30).run for each in (first.run, second))
    assert led.added_count > 0
    assert (followed.added_count, followed.changed_count, followed.removed_count) == (0, 0, 0)
    assert shop.on_order(first.wanted) == 9


def test_what_should_have_begun_yesterday_is_planned_for_today(
    world: World, shop: Shop, worker_url: str, brand: Organization
) -> None:
    bolt = shop.bought(0)
    order = world.insert(
        "planner", "production_orders", product_variant_id=shop.made(bolt, 0).id, quantity=3
    )
    world.owner.execute(
        "update ops.production_orders set scheduled_start = current_date - 1,"
        " scheduled_end = current_date - 1 where id = %s",
        [order],
    )
    plan = plan_shortages(worker_url, brand)
    assert world.look("production_orders", order)["scheduled_start"] == plan.run.planned_on
    assert [row["need_by"] for row in shop.planned(bolt)] == [plan.run.planned_on]


@pytest.mark.parametrize("death", ["of the process", "of the backend"])
def test_a_run_that_is_killed_half_way_leaves_nothing(
    world: World, shop: Shop, worker_url: str, brand: Organization, death: str
) -> None:
    def start() -> tuple[subprocess.Popen[str], list[list[tuple[object, ...]]]]:
        before = stored(world)
        process = subprocess.Popen(
            command("plan", "--organization", "brand"),
            cwd=ROOT,
            env=environment(OMS_WORKER_URL=worker_url),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        return process, before

    with stuck(shop, start) as half_way:
        process, before = half_way.run
        with process:
            if death == "of the process":
                process.kill()
            else:
                half_way.gate.execute("select pg_terminate_backend(%s)", [half_way.pid])
            _, complaint = process.communicate(timeout=30)
    gone(world, half_way.pid)
    if death == "of the backend":
        assert process.returncode == 1
        assert "brand was not planned: 57P01" in complaint
        assert "Traceback" not in complaint
    assert stored(world) == before
    assert shop.planned(half_way.wanted) == []

    plan_shortages(worker_url, brand)
    assert shop.on_order(half_way.wanted) == 9
    assert world.faults() == []


def test_an_organization_that_fails_keeps_no_other_from_being_planned(
    shop: Shop, worker_url: str, brand: Organization
) -> None:
    wanted = shop.bought(8)
    nobody = Organization(UUID(int=0), "gone", "Gone")
    failed, planned = plan_each(worker_url, [nobody, brand])
    assert isinstance(failed, Failure)
    assert (failed.organization, failed.code) == (nobody, "23503")
    assert isinstance(planned, Plan)
    assert shop.on_order(wanted) == 8


def test_a_run_that_loses_a_deadlock_runs_again(
    shop: Shop, worker_url: str, brand: Organization
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with stuck(shop, partial(pool.submit, plan_shortages, worker_url, brand)) as first:
            # The run waits for this session, and notices sooner that this one waits for the run.
            first.gate.execute("set deadlock_timeout = '5min'")
            first.gate.execute(
                "select pg_advisory_xact_lock(hashtextextended('planning ' || %s, 0))",
                [str(brand.id)],
            )
            assert shop.planned(first.wanted) == []
        assert first.run.result(timeout=30).run.added_count > 0
    assert shop.on_order(first.wanted) == 9


def test_the_worker_reads_its_organization_and_no_more(
    world: World, worker_url: str, brand: Organization
) -> None:
    with acting_for(worker_url, brand.id) as connection:
        assert connection.execute("select current_user, session_user").fetchall() == [
            ("oms_worker", "oms_worker")
        ]
        found = connection.execute(
            "select distinct organization_id from ops.planned_supplies"
        ).fetchall()
        assert found == [(brand.id,)]
        for forbidden in (
            "select from ops.members",
            "select client_id from ops.orders",
            "select unit_price from ops.purchase_order_lines",
            "select standard_cost from ops.product_variants",
            "select from ops.order_item_prices",
            "update ops.purchase_orders set status = 'submitted'",
            "insert into ops.supply_runs default values",
            "set role oms_planner",
            "select ops.firm_supplies('{}')",
            "select private.run_planning(null, current_date), ops.submit_purchase_order(null)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(forbidden)
    with psycopg.connect(worker_url) as nobody:
        nobody.execute("begin")
        assert nobody.execute("select from ops.planned_supplies").fetchall() == []


def test_who_cannot_connect_is_told_what_to_do(worker_url: str) -> None:
    parts = urlsplit(worker_url)
    wrong = urlunsplit(parts._replace(netloc=f"oms_worker:wrong@{parts.hostname}:{parts.port}"))
    refused = oms("plan", OMS_WORKER_URL=wrong)
    assert refused.returncode == 1
    assert "alter role oms_worker password" in refused.stderr
    down = oms("plan", OMS_WORKER_URL="postgresql://oms_worker:x@127.0.0.1:1/postgres")
    assert down.returncode == 1
    assert "Cannot connect to Postgres at 127.0.0.1:1 as oms_worker" in down.stderr
    assert "is OMS_WORKER_URL right?" in down.stderr
    unsaid = oms("plan", OMS_DATABASE_URL=worker_url)
    assert unsaid.returncode == 1
    assert "OMS_WORKER_URL=postgresql://oms_worker:PASSWORD@host:port/database" in unsaid.stderr
    nowhere = oms("plan", "--organization", "nowhere", OMS_WORKER_URL=worker_url)
    assert nowhere.returncode == 1
    assert "No organization has the code nowhere." in nowhere.stderr
    assert "There are brand, rival." in nowhere.stderr
