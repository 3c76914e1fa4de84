"""The demo: that an order book really is played to its end, and that a leak would be noticed."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psutil
import psycopg
import pytest
from pypdf import PdfReader

from conftest import ROOT, Database
from oms_cli import inbox, process
from oms_cli.demo import decisions, post
from oms_cli.demo.setting import Scene
from oms_cli.demo.telling import Narrator, exact_json
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Connection
from oms_cli.stack import Stack

EXAMPLES = ROOT / "examples"
REAL_BOOK = ROOT.parent / "shared/data/apparel_orderbook"
KEYS = [
    *("order_lines", "rejected_rows", "allocation_status", "contracts", "receipts", "payables"),
    *("production_orders", "purchase_orders", "planned_supplies", "mails", "events"),
    *("invariant_violations", "seconds"),
]


@dataclass(frozen=True)
class Played:
    """A project after `oms demo --json`."""

    root: Path
    run: subprocess.CompletedProcess[str]

    @property
    def told(self) -> Any:
        """The one object that it printed."""
        (line,) = self.run.stdout.splitlines()
        return json.loads(line, parse_float=Decimal)


def environment() -> dict[str, str]:
    return {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("OMS_") or name == "OMS_POSTGRES_BIN"
    }


def oms(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oms_cli.main", *arguments],
        cwd=root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def project() -> Iterator[Path]:
    """Make a project like this one that any account may reach; leave nothing of it behind."""
    root = Path(tempfile.mkdtemp(prefix="oms-demo-"))
    root.chmod(0o711)
    for name in ("node_modules", "examples"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "supabase", root / "supabase", ignore=shutil.ignore_patterns(".*"))
    try:
        yield root
    finally:
        oms(root, "down", "--delete-data")
        shutil.rmtree(root)


@contextmanager
def opened(root: Path) -> Iterator[Connection]:
    """Open the database that the demo left behind, as its reader would."""
    state = json.loads(oms(root, "up", "--json").stdout)
    try:
        with psycopg.connect(state["database_url"], autocommit=True) as connection:
            yield connection
    finally:
        oms(root, "down")


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    with project() as root:
        yield Played(root, oms(root, "demo", "--json"))


def assert_played_to_its_end(played: Played, order_lines: int, rejected_rows: int) -> None:
    """Compare what the demo says with the facts, which are counted another way."""
    assert played.run.returncode == 0, played.run.stderr
    told = played.told
    assert list(told) == KEYS
    assert told["order_lines"] == order_lines
    assert told["rejected_rows"] == rejected_rows
    assert told["allocation_status"] == {"PC_SIGNED": order_lines}
    assert told["invariant_violations"] == 0
    assert oms(played.root, "status").returncode == 1

    with opened(played.root) as connection:
        contracts, unsigned = row(
            connection,
            "select count(*) filter (where superseded_at is null),"
            " count(*) filter (where signed_by_name is null) from ops.factory_pos",
        )
        assert told["contracts"] == {"CLOSED": contracts}
        assert unsigned == 0
        # Without the payables' own columns: from receipts and awards.
        receipts, accepted, amount = row(
            connection,
            """
            select
              count(*),
              sum(r.qty_received - r.qty_rejected),
              sum((r.qty_received - r.qty_rejected) * s.awarded_price)
            from ops.factory_receipts as r
            inner join ops.allocation_items_supplier as s on s.id = r.allocation_item_supplier_id
            """,
        )
        assert told["receipts"] == receipts
        slices, paid = row(
            connection,
            "select count(*) filter (where is_awarded), sum(paid_amount)"
            " from ops.allocation_items_supplier",
        )
        assert told["payables"] == {
            "rows": slices,
            "payable_qty": accepted,
            "payable_amount": amount,
        }
        assert paid == amount
        assert row(
            connection,
            """
            select count(*)
            from ops.order_items as i
            where i.id not in (select order_item_id from ops.order_item_supplies)
            and i.quantity is distinct from (
              select sum(s.effective_qty)
              from ops.allocation_items as a
              inner join ops.allocation_items_supplier as s on s.allocation_item_id = a.id
              inner join ops.payables as p on p.allocation_item_supplier_id = s.id
              where a.order_item_id = i.id
            )
            """,
        ) == (0,)


def row(connection: Connection, query: str) -> tuple[Any, ...]:
    return connection.execute(query.encode()).fetchone() or ()


def test_the_bundled_book_is_played_to_its_end(played: Played) -> None:
    with (EXAMPLES / "demo_orderbook.csv").open(encoding="utf-8") as file:
        said = ("Client", "PO number", "Style", "Colour", "Unit price")
        lines = {tuple(line[name] for name in said) for line in csv.DictReader(file)}
    assert_played_to_its_end(played, len(lines), 0)


def test_the_story_has_a_refusal_splits_and_part_deliveries(played: Played) -> None:
    assert "is refused 37 pieces more than were ordered" in played.run.stderr
    with opened(played.root) as connection:
        assert row(
            connection,
            """
            select
              count(distinct factory_id) filter (where quote_status = 'quoted') >= 3,
              count(distinct factory_id) filter (where quote_status = 'declined') = 1
            from ops.allocation_items_supplier
            """,
        ) == (True, True)
        shares = connection.execute(
            """
            select array_agg(awarded_qty order by awarded_qty desc)
            from ops.allocation_items_supplier
            where is_awarded
            group by allocation_item_id
            having count(*) = 2
            """
        ).fetchall()
        assert len(shares) >= 2
        parts, rejected, excess = row(
            connection,
            """
            select
              (select min(n) from (
                select count(*) as n from ops.factory_receipts group by allocation_item_supplier_id
              ) as parts),
              (select sum(qty_rejected) from ops.factory_receipts),
              (select count(*) from ops.payables where excess_qty > 0)
            """,
        )
        assert parts == 2
        assert rejected > 0
        assert excess == 1
        assert row(
            connection,
            """
            select
              (
                select count(*) from ops.allocation_item_supplier_notes as n
                inner join ops.allocation_items_supplier as late on late.id = n.replaces_id
                where late.closed_qty between 1 and late.awarded_qty - 1
              ),
              (
                select count(*) from ops.factory_pos as p
                inner join ops.factory_pos as first on first.id = p.supersedes_id
                where p.status = 'CLOSED' and first.superseded_at is not null
              ) >= 2
            """,
        ) == (1, True)


def test_a_line_made_in_house_goes_from_the_order_to_the_shelf(played: Played) -> None:
    told, story = played.told, played.run.stderr
    assert told["production_orders"] == {"completed": 1, "on_hold": 1}
    assert told["purchase_orders"] == {
        "vendors": 2,
        "lines": 7,
        "acknowledged": 1,
        "closed": 1,
        "draft": 2,
    }
    assert told["planned_supplies"] == {"buy": 7, "make": 1}
    # On hold until all is there, then released by the receipt.
    waits, goes = "MO-000001 is on hold", "MO-000001 is released"
    assert story.index("takes in 50 of 100 CARTON-G") < story.index(waits) < story.index(goes)
    assert "Short: 120 + 0 + 0 - 20 - 0 - 0 = 100 EA." in story
    assert "plans once more: 0 changes" in story
    with opened(played.root) as connection:
        assert row(
            connection,
            """
            select
              (select string_agg(w.stage::text, ' ' order by w.order_number, w.line_number)
                from ops.workflow as w),
              (select sum(l.on_hand) from ops.stock_levels as l
                inner join ops.product_variants as v on v.id = l.product_variant_id
                where v.sku = 'TT-GIFT-PAP'),
              (select trim_scale(sum(l.on_hand)) from ops.stock_levels as l
                inner join ops.product_variants as v on v.id = l.product_variant_id
                where v.sku = 'RIBBON')
            """,
        ) == ("finished waiting_for_material planned", 120, 16)  # 60 m, four rolls, 144 m
    assert (played.root / ".oms/workflow.png").read_bytes().startswith(b"\x89PNG")


def test_what_happened_was_told_and_mailed_once(played: Played) -> None:
    mails, events = played.told["mails"], played.told["events"]
    with opened(played.root) as connection:
        asked, quoted, declined, awarded, contracts, superseded = row(
            connection,
            """
            select
              count(distinct (s.allocation_id, s.factory_id)),
              count(*) filter (where s.quote_status = 'quoted'),
              count(*) filter (where s.quote_status = 'declined'),
              count(*) filter (where s.is_awarded),
              (select count(*) from ops.factory_pos),
              (select count(*) from ops.factory_pos where superseded_at is not null)
            from ops.allocation_items_supplier as s
            """,
        )
    closed = played.told["contracts"]["CLOSED"]
    # Three makers for each of four allocations, and the small mill for the first one.
    assert asked == 13
    assert (contracts, superseded, closed) == (14, 3, 11)
    # To colleagues: each signature to planner and procurement, each of three supply runs to
    # procurement, what finance is to approve to finance.
    assert mails == {
        "notification": 2 * contracts + 3 + 1,
        "production_contract": contracts,
        "purchase_order": 2,
        "quote_request": asked,
    }
    expected = {
        "allocation.sent": asked,
        "quote.quoted": quoted,
        "quote.declined": declined,
        "award.made": awarded,
        "factory_po.issued": contracts,
        "factory_po.pc_signed": contracts,
        "factory_po.cancelled": superseded,
        "factory_po.closed": closed,
        "factory_payment.recorded": closed,
        "factory_receipt.recorded": played.told["receipts"],
        "production.reported": 2 * awarded,
        "purchase_order.submitted": 1,
        "purchase_order.sent": 2,
        "purchase_order.acknowledged": 2,
        "purchase_order.closed": 1,
        "goods_receipt.recorded": 3,
        "production_order.on_hold": 2,
        "production_order.released": 1,
        "production_order.completed": 1,
        "supply_run.finished": 3,
    }
    assert expected == {kind: times for kind, times in events.items() if kind in expected}


def test_each_factorys_mail_has_no_word_of_the_others(played: Played) -> None:
    with opened(played.root) as connection:
        parties = connection.execute(
            """
            select split_part(d.email, '@', 2), d.name, d.kinds::text[], a.line1
            from ops.directory as d
            left join ops.addresses as a on a.directory_id = d.id
            where d.kinds && '{factory,client}'
            """
        ).fetchall()
        contracts = Counter(
            str(host)
            for (host,) in connection.execute(
                "select split_part(d.email, '@', 2) from ops.factory_pos as p"
                " inner join ops.directory as d on d.id = p.factory_id"
            )
        )
        (prices,) = row(
            connection, "select array_agg(distinct price::numeric) from ops.factory_po_lines"
        )
    read = Counter[str]()
    for message in inbox.messages(inbox.box(Project(played.root))):
        (host,) = {one.rpartition("@")[2] for one in message["X-Envelope-To"].split(", ")}
        body = inbox.words(message)
        said = f"{body}\n{documents(message)}"
        if host not in {str(one) for one, *_ in parties}:
            continue
        read[host] += 1
        for other, name, kinds, street in parties:
            if other != host:
                # Not who ordered it either.
                words = [name, street, *([other] if "factory" in str(kinds) else [])]
                assert [word for word in words if word and str(word) in said] == []
        assert [price for price in prices if f"{price:.2f}" in body] == []
        if "contract" in message["Subject"]:
            assert [price for price in prices if f"{price:.2f}" in said] != []
    # Of four allocations each maker is asked for three, and the small mill for one.
    assert {host: times - contracts[host] for host, times in read.items()} == {
        "hanoiknits.example": 3,
        "dhakasewing.example": 3,
        "tirupurjersey.example": 3,
        "izmirtekstil.example": 3,
        "malhasporto.example": 1,
    }


def documents(message: EmailMessage) -> str:
    """Return what the PDFs say that come with a message."""
    pages = [
        page.extract_text()
        for part in message.iter_attachments()
        for page in PdfReader(BytesIO(part.get_content())).pages
    ]
    return " ".join(" ".join(pages).split())


def test_somebody_who_sees_or_is_sent_too_much_makes_the_demo_fail() -> None:
    with project() as root:
        seed = root / "supabase/seed.sql"
        leaks = """
            grant usage on schema ops to anon;
            grant select on ops.orders to anon;
            insert into ops.mail_templates
              (organization_id, template, language, subject, html, created_by)
            select id, 'purchase_order', 'en', 'An order', '<p>Hanoi Knits asked 3.10.</p>', id
            from ops.organizations;
            """
        seed.write_text(seed.read_text(encoding="utf-8") + leaks, encoding="utf-8")
        spoiled = Played(root, oms(root, "demo", "--json"))
        assert spoiled.run.returncode == 1
        assert "FAULT  anon, orders: 0 instead of 401" in spoiled.run.stderr
        mail = "FAULT  purchase_order PO-000001.pdf for Bandworks Ribbons"
        for fault in (
            "says 'Hanoi Knits'.",
            "names a price: 3.10.",
            "has other lines than its own.",
        ):
            assert f"{mail} {fault}" in spoiled.run.stderr
        assert spoiled.told["invariant_violations"] == 0


def test_a_worker_that_does_not_go_on_is_told_of(database: Database, tmp_path: Path) -> None:
    with psycopg.connect(database.url, autocommit=True) as owner, ExitStack() as people:
        (events,) = row(owner, "select count(*) from private.outbox where is_pending")
        ended = process.Handle(os.getpid(), 0)
        running = Stack(database.server, "http://127.0.0.1", "")
        scene = Scene(Project(tmp_path), running, owner, ended, people)
        with pytest.raises(OmsCliError, match=f"does not go on: {events} events and 0 mails wait"):
            post.wait(scene, Narrator(stderr=True))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_interrupted_leaves_nothing_running(number: signal.Signals) -> None:
    with project() as root, heeded(signal.SIGINT):
        demo = subprocess.Popen(
            [sys.executable, "-m", "oms_cli.main", "demo"],
            cwd=root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        log = root / ".oms/worker.log"
        while demo.poll() is None and not (log.is_file() and "started" in log.read_text()):
            time.sleep(0.05)
        assert {"inbox", "main"} <= running_in(root)
        demo.send_signal(number)
        assert demo.wait(60) != 0
        assert running_in(root) == set()
        assert "worker stopped" in log.read_text()


@contextmanager
def heeded(number: signal.Signals) -> Iterator[None]:
    """Let what is started in the block heed a signal, which the background ignores."""
    usual = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, usual)


def running_in(root: Path) -> set[str]:
    """Return what runs in a project: our modules, and programs."""
    found = set()
    for one in psutil.process_iter(["cwd", "cmdline", "status"]):
        command = one.info["cmdline"] or []
        if one.info["status"] != psutil.STATUS_ZOMBIE and one.info["cwd"] == str(root):
            found.add(command[2].rpartition(".")[2] if command[1:2] == ["-m"] else command[0])
    return found


def test_a_database_that_is_not_the_demos_is_not_dropped(played: Played) -> None:
    with opened(played.root) as connection:
        connection.execute(
            """
            insert into ops.organizations (tenant_id, code, name, currency)
            select id, 'mine', 'My own company', 'EUR' from ops.tenants
            """
        )
    refused = oms(played.root, "demo")
    assert refused.returncode == 1
    assert "which holds My own company" in refused.stderr
    with opened(played.root) as connection:
        assert row(connection, "select count(*) from ops.organizations") == (2,)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--styles", "styles.csv"], "--styles and --orders go together"),
        (["--styles", "styles.csv", "--orders", "book.csv"], "There is no file styles.csv"),
        (["--map", "book.toml"], "Cannot read the mapping book.toml"),
    ],
)
def test_wrong_files_are_noticed_before_anything_is_dropped(
    options: list[str], complaint: str
) -> None:
    refused = oms(ROOT, "demo", *options)
    assert refused.returncode == 1
    assert complaint in refused.stderr
    assert "made anew" not in refused.stderr + refused.stdout


@pytest.mark.skipif(not REAL_BOOK.is_dir(), reason="../shared/data is not here")
def test_a_real_and_dirty_book_is_played_to_its_end() -> None:
    with project() as root:
        run = oms(
            root,
            *("demo", "--json", "--accept-valid", "--map", "examples/apparel_orderbook.toml"),
            *("--styles", str(REAL_BOOK / "stock_by_sku.csv")),
            *("--orders", str(REAL_BOOK / "order_lines.csv")),
            *("--rejects", "refused.csv"),
        )
        assert run.returncode == 0, run.stderr
        refused = {line["rejected_line"]: line["reason"] for line in rows(root / "refused.csv")}
        assert all(refused.values())
        accepted = [
            line
            for number, line in enumerate(rows(REAL_BOOK / "order_lines.csv"), 2)
            if str(number) not in refused
        ]
        assert len(accepted) + len(refused) == 19_156
        colors = {
            sku(line["sku"]): (line["design_no"].strip().upper(), line["color"].strip().title())
            for line in rows(REAL_BOOK / "stock_by_sku.csv")
        }
        lines = {
            (line["customer_id"], line["order_id"], colors[sku(line["sku"])], Decimal(line["rate"]))
            for line in accepted
        }
        played = Played(root, run)
        assert_played_to_its_end(played, len(lines), len(refused))
        with opened(root) as connection:
            (ordered,) = row(
                connection,
                "select sum(quantity) from ops.order_items"
                " where id not in (select order_item_id from ops.order_item_supplies)",
            )
        assert ordered == sum(Decimal(line["pcs"]) for line in accepted)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def sku(text: str) -> str:
    return text.strip().upper().rstrip(". ")


@pytest.mark.parametrize("ordered", [1, 2, 3, 39, 40, 41, 1200])
def test_deliveries_bring_what_was_ordered(ordered: int) -> None:
    first, last = decisions.first_delivery(ordered), decisions.last_delivery(ordered)
    came = [one for one in (first, last) if one]
    assert sum(one.received - one.rejected for one in came) == ordered
    assert all(one.received > 0 for one in came)


def slice_of(factory: str) -> UUID:
    return uuid5(NAMESPACE_OID, factory)


def offer(factory: str, price: str, order_qty: int, capacity: int | None = None) -> Any:
    return decisions.Quote(factory, slice_of(factory), Decimal(price), order_qty, capacity)


def test_the_best_price_gets_the_line() -> None:
    quotes = [offer("A", "3.10", 4), offer("B", "2.95", 4)]
    assert decisions.award(quotes, 1) == [decisions.Award(slice_of("B"))]


def test_what_the_best_cannot_take_goes_to_the_second_best() -> None:
    quotes = [offer("A", "3.10", 10), offer("B", "2.95", 10, capacity=6), offer("C", "4.00", 10)]
    assert decisions.award(quotes, 1) == [
        decisions.Award(slice_of("B"), quantity=6),
        decisions.Award(slice_of("A"), quantity=4),
    ]


def test_now_and_then_a_line_is_shared_by_percentage() -> None:
    quotes = [offer("A", "3.10", 10), offer("B", "2.95", 10)]
    assert [one.percentage for one in decisions.award(quotes, decisions.SHARED_EVERY)] == [60, 40]


def test_json_has_numbers_as_exact_as_the_database() -> None:
    value = {"amount": Decimal("114496.3200"), "rows": 49, "labels": {'a "b"': Decimal("1E+3")}}
    assert exact_json(value) == r'{"amount": 114496.3200, "rows": 49, "labels": {"a \"b\"": 1000}}'
