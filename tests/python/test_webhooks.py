"""Outgoing webhooks, to a real server on loopback."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
import pytest
from jsonschema import Draft202012Validator
from psycopg import sql
from standardwebhooks import Webhook, WebhookVerificationError

from builders import World, as_uuid, fetch
from conftest import ROOT, Database
from oms_cli import keys
from oms_jobs.database import acting_for
from oms_jobs.posting import retry_after
from oms_jobs.secrets import KEY_FILE
from oms_jobs.targets import ALLOWED
from oms_jobs.webhooks import send_due
from receiving import Answer, Received, Receiver, receiving

BRAND = UUID("00000000-0000-7000-8000-000000000001")
RIVAL = UUID("00000000-0000-7000-8000-000000000002")


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    world = World(database)
    world.owner.execute("delete from ops.webhook_endpoints")
    return world


@pytest.fixture(scope="module")
def url(database: Database) -> str:
    password = secrets.token_hex(8)
    with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("alter role oms_worker password {}").format(sql.Literal(password)))
    parts = urlsplit(database.url)
    return urlunsplit(
        parts._replace(netloc=f"oms_worker:{password}@{parts.hostname}:{parts.port or 5432}")
    )


@pytest.fixture(scope="module")
def key_file(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "secrets.key"
    keys.add_key(file)
    keys.admit(database.server, file)
    return file


@pytest.fixture(autouse=True)
def _worker(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a worker whose operator allows loopback."""
    monkeypatch.setenv(KEY_FILE, str(key_file))
    monkeypatch.setenv(ALLOWED, "127.0.0.0/8")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


class Endpoint:
    """An endpoint of an organization, and what its administrator does with it."""

    def __init__(self, world: World, target: str, *types: str, of: UUID = BRAND) -> None:
        self.world = world
        self.organization = of
        [made] = self.ask(
            "select * from ops.create_webhook_endpoint(%s, %s, 'Test')", target, list(types or "*")
        )
        self.id = as_uuid(made["webhook_endpoint_id"])
        self.secret = str(made["secret"])

    def ask(self, statement: str, *values: object) -> list[dict[str, object]]:
        """Run a statement as the organization's administrator."""
        admin = self.world.personas["admin"]
        session = self.world.database.connect(
            admin.role, organization=str(self.organization), sub=admin.sub
        )
        try:
            return fetch(session, statement, values)
        finally:
            session.close()

    def test(self) -> UUID:
        """Have a message about nothing sent; return its id."""
        [row] = self.ask("select * from ops.test_webhook(%s)", self.id)
        return as_uuid(row["event_id"])

    def verify(self, received: Received) -> object:
        return Webhook(self.secret).verify(received.body, received.headers)

    def state(self) -> dict[str, object]:
        [row] = self.ask("select * from ops.webhook_endpoints where id = %s", self.id)
        return row

    def deliveries(self) -> list[dict[str, object]]:
        return self.ask(
            "select * from ops.webhook_deliveries where webhook_endpoint_id = %s order by position",
            self.id,
        )

    def attempts(self) -> list[dict[str, object]]:
        return self.ask(
            "select a.* from ops.webhook_attempts as a inner join ops.webhook_deliveries as d"
            " on d.id = a.webhook_delivery_id where d.webhook_endpoint_id = %s order by a.id",
            self.id,
        )

    def hurry(self) -> None:
        """Let the time come at which what failed is tried again."""
        self.world.owner.execute(
            "update ops.webhook_deliveries set next_attempt_at = now(), leased_until = now()"
            " where webhook_endpoint_id = %s",
            [self.id],
        )
        self.world.owner.execute(
            "update ops.webhook_endpoints set retry_at = null where id = %s", [self.id]
        )

    def remove(self) -> None:
        self.ask("delete from ops.webhook_endpoints where id = %s", self.id)


@pytest.fixture
def endpoint(world: World, receiver: Receiver) -> Iterator[Endpoint]:
    made = Endpoint(world, receiver.url())
    yield made
    made.remove()


def handle(url: str, organization: UUID = BRAND) -> None:
    """Handle what waits in the outbox."""
    while True:
        with acting_for(url, organization) as connection:
            row = connection.execute("select handled from private.handle_events()").fetchone()
        if row == (0,):
            return


def buy(world: World) -> UUID:
    """Make a purchase order that nobody has to approve."""
    made = world.insert("procurement", "purchase_orders", vendor_id=world.party("vendor"))
    world.insert(
        "procurement",
        "purchase_order_lines",
        purchase_order_id=made,
        product_variant_id=world.variant("ZIP-40"),
        quantity=10,
        unit_price=1,
    )
    world.command("procurement", "submit_purchase_order", purchase_order_id=made)
    return made


def test_an_event_arrives_signed_as_the_standard_says(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    order = buy(world)
    handle(url)
    assert send_due(url, BRAND) >= 1
    [received] = [
        one
        for one in receiver.received
        if one.json["entity"] == {"type": "purchase_orders", "id": str(order)}
    ]
    assert endpoint.verify(received) == received.json
    assert received.json["id"] == received.headers["webhook-id"]
    assert received.json["organization"] == str(BRAND)
    assert received.json["type"] == "purchase_order.approved"
    data = received.json["data"]
    assert isinstance(data, dict)
    assert data["from_status"] == "draft"
    schemas = json.loads((ROOT / "docs/event_schemas.json").read_text(encoding="utf-8"))
    for one in receiver.received:
        told = one.json
        Draft202012Validator(schemas[told["type"]]).validate(told["data"])
    assert received.headers["content-type"] == "application/json"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(received.body, received.headers)
    [attempt] = [one for one in endpoint.attempts() if one["response_status"] == 200][:1]
    assert attempt["response_body"] == "ok"


def test_nothing_is_sent_twice_once_it_was_taken(
    url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    endpoint.test()
    assert send_due(url, BRAND) == 1
    assert send_due(url, BRAND) == 0
    assert len(receiver.received) == 1


def test_what_is_not_taken_is_sent_again_with_the_same_id_and_body(
    url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [Answer(500, b"oops"), Answer()]
    sent = endpoint.test()
    assert send_due(url, BRAND) == 1
    assert send_due(url, BRAND) == 0, "not before its time"
    endpoint.hurry()
    assert send_due(url, BRAND) == 1
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(sent)
    assert first.body == second.body
    endpoint.verify(second)
    assert [one["response_status"] for one in endpoint.attempts()] == [500, 200]
    assert endpoint.state()["failures"] == 0


def test_messages_arrive_in_the_order_of_their_events(
    url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    sent = [endpoint.test() for _ in range(5)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda _: send_due(url, BRAND), range(3)))
    send_due(url, BRAND)
    assert [UUID(one.headers["webhook-id"]) for one in receiver.received] == sent


def test_two_workers_at_once_send_each_message_once(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    others = [Endpoint(world, receiver.url(f"/{nth}")) for nth in range(3)]
    for one in (endpoint, *others):
        for _ in range(4):
            one.test()
    with ThreadPoolExecutor() as pool:
        assert sum(pool.map(lambda _: send_due(url, BRAND), range(4))) == 16
    ids = [one.headers["webhook-id"] for one in receiver.received]
    assert len(set(ids)) == len(ids) == 16
    for one in others:
        one.remove()


def test_an_endpoint_that_is_gone_is_disabled_and_that_is_told(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [Answer(410)]
    endpoint.test()
    endpoint.test()
    assert send_due(url, BRAND) == 1
    assert endpoint.state()["status"] == "disabled"
    assert "410" in str(endpoint.state()["disabled_reason"])
    assert [one["status"] for one in endpoint.deliveries()] == ["failed", "pending"]
    [told] = world.owner.execute(
        "select count(*) from private.outbox where type = 'webhook_endpoint.disabled'"
        " and entity_id = %s",
        [endpoint.id],
    ).fetchall()
    assert told == (1,)


def test_an_endpoint_that_takes_nothing_for_days_is_disabled(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [Answer(500)]
    endpoint.test()
    world.owner.execute(
        "update ops.webhook_endpoints set failures = 20, failing_since = now() - interval '6 days'"
        " where id = %s",
        [endpoint.id],
    )
    send_due(url, BRAND)
    assert endpoint.state()["status"] == "disabled"
    endpoint.ask("update ops.webhook_endpoints set status = 'enabled' where id = %s", endpoint.id)
    assert endpoint.state()["failures"] == 0
    assert endpoint.state()["disabled_reason"] is None


def test_after_the_eighth_attempt_a_message_is_given_up(
    url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [Answer(500)]
    endpoint.test()
    for _ in range(8):
        assert send_due(url, BRAND) == 1
        endpoint.hurry()
    assert send_due(url, BRAND) == 0
    [delivery] = endpoint.deliveries()
    assert (delivery["status"], delivery["attempts"]) == ("failed", 8)


def test_what_was_missed_is_replayed_and_the_rest_on_demand(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    began = world.owner.execute("select clock_timestamp()").fetchall()[0][0]
    endpoint.ask("update ops.webhook_endpoints set status = 'disabled' where id = %s", endpoint.id)
    buy(world)
    handle(url)
    assert endpoint.deliveries() == []
    endpoint.ask("update ops.webhook_endpoints set status = 'enabled' where id = %s", endpoint.id)
    replay = "select * from ops.replay_webhook(%s, %s, %s)"
    [missed] = endpoint.ask(replay, endpoint.id, began, False)
    send_due(url, BRAND)
    assert missed["deliveries"] == len(receiver.received) > 0
    [nothing] = endpoint.ask(replay, endpoint.id, began, False)
    assert nothing["deliveries"] == 0
    first = [one.headers["webhook-id"] for one in receiver.received]
    endpoint.ask(replay, endpoint.id, began, True)
    send_due(url, BRAND)
    assert [one.headers["webhook-id"] for one in receiver.received] == first * 2


def test_while_a_secret_is_replaced_both_sign(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    old = endpoint.secret
    [made] = endpoint.ask("select * from ops.rotate_webhook_secret(%s)", endpoint.id)
    new = str(made["secret"])
    endpoint.test()
    send_due(url, BRAND)
    for secret in (old, new):
        Webhook(secret).verify(receiver.received[-1].body, receiver.received[-1].headers)
    world.owner.execute(
        "update private.webhook_secrets set expires_at = now() where webhook_endpoint_id = %s"
        " and expires_at is not null",
        [endpoint.id],
    )
    endpoint.test()
    send_due(url, BRAND)
    Webhook(new).verify(receiver.received[-1].body, receiver.received[-1].headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(receiver.received[-1].body, receiver.received[-1].headers)


def test_a_secret_is_shown_once_and_stands_nowhere(world: World, endpoint: Endpoint) -> None:
    found = world.owner.execute(
        "select k::text from private.idempotency_keys as k"
        " union all select encode(s.secret, 'escape') from private.webhook_secrets as s"
        " union all select w::text from ops.webhook_endpoints as w"
    ).fetchall()
    assert found
    assert not [row for row in found if endpoint.secret in str(row[0])]


def test_a_server_that_asks_us_to_wait_is_left_alone(
    url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [Answer(429, headers={"Retry-After": "3600"})]
    endpoint.test()
    endpoint.test()
    assert send_due(url, BRAND) == 1
    waits = endpoint.state()["retry_at"]
    assert isinstance(waits, datetime)
    assert waits > datetime.now(UTC) + timedelta(minutes=50)


def test_nobody_is_followed_elsewhere(url: str, receiver: Receiver, endpoint: Endpoint) -> None:
    receiver.answers = [Answer(302, headers={"Location": receiver.url("/elsewhere")})]
    endpoint.test()
    send_due(url, BRAND)
    assert [one.path for one in receiver.received] == ["/hook"]
    assert [one["response_status"] for one in endpoint.attempts()] == [302]


def test_of_an_answer_only_the_beginning_is_kept(
    url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [Answer(200, b"\0\xff" + b"x" * 10_000_000)]
    endpoint.test()
    send_due(url, BRAND)
    [attempt] = endpoint.attempts()
    assert str(attempt["response_body"]) == "\ufffd" + "x" * 499


def test_an_address_that_is_not_public_is_not_connected_to(
    url: str, receiver: Receiver, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ALLOWED)
    endpoint.test()
    send_due(url, BRAND)
    assert receiver.received == []
    [attempt] = endpoint.attempts()
    assert attempt["error"] == "127.0.0.1 is not on the public Internet."


def test_a_dead_server_of_one_organization_delays_no_other(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint
) -> None:
    dead = Endpoint(world, "http://127.0.0.1:9/", of=RIVAL)
    for _ in range(10):
        dead.test()
    endpoint.test()
    due = "select o from private.organizations_with_due_webhooks() as o"
    with acting_for(url, BRAND) as connection:
        assert {row[0] for row in connection.execute(due)} == {BRAND, RIVAL}
    assert send_due(url, RIVAL) == 1, "one that nobody answers is not asked ten times"
    assert send_due(url, BRAND) == 1
    assert len(receiver.received) == 1
    with acting_for(url, BRAND) as connection:
        assert list(connection.execute(due)) == []
    assert len(dead.attempts()) == 1
    dead.remove()


def test_what_a_killed_worker_was_sending_is_sent_again(
    world: World, url: str, receiver: Receiver, endpoint: Endpoint, key_file: Path
) -> None:
    sent = endpoint.test()
    receiver.lets_go.clear()
    program = (
        "from uuid import UUID; from oms_jobs.webhooks import send_due;"
        f"send_due({url!r}, UUID({str(BRAND)!r}))"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {KEY_FILE: str(key_file), ALLOWED: "127.0.0.0/8"},
    )
    assert receiver.has_come.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    receiver.lets_go.set()
    assert send_due(url, BRAND) == 0, "its lease has not run out"
    endpoint.hurry()
    assert send_due(url, BRAND) == 1
    assert [UUID(one.headers["webhook-id"]) for one in receiver.received] == [sent, sent]
    assert [one["status"] for one in endpoint.deliveries()] == ["delivered"]


def test_a_report_on_a_lease_that_is_over_changes_nothing(
    world: World, url: str, endpoint: Endpoint
) -> None:
    endpoint.test()
    claim = "select id, lease_id from private.claim_webhook()"
    report = "select private.report_webhook(%s, %s, 200, '', null, 1)"
    with acting_for(url, BRAND) as connection:
        [old] = connection.execute(claim).fetchall()
    with acting_for(url, BRAND) as connection:
        assert connection.execute(claim).fetchall() == []
    endpoint.hurry()
    with acting_for(url, BRAND) as connection:
        [new] = connection.execute(claim).fetchall()
        assert connection.execute(report, old).fetchone() == (False,)
    with acting_for(url, RIVAL) as connection:
        assert connection.execute(report, new).fetchone() == (False,), "of another organization"
    with acting_for(url, BRAND) as connection:
        assert connection.execute(report, new).fetchone() == (True,)
        assert connection.execute(report, new).fetchone() == (False,)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120),
        ("999999999999", 86_400),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_how_long_to_wait_is_said_in_seconds_or_as_a_date(
    header: str | None, seconds: int | None
) -> None:
    wait = retry_after(header, datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert wait == (None if seconds is None else timedelta(seconds=seconds))


def test_a_server_that_does_not_answer_holds_nobody_for_long(
    url: str, receiver: Receiver, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oms_jobs.webhooks.SECONDS", 0.2)
    receiver.lets_go.clear()
    endpoint.test()
    began = time.monotonic()
    send_due(url, BRAND)
    receiver.lets_go.set()
    [attempt] = endpoint.attempts()
    assert "No answer within" in str(attempt["error"])
    assert time.monotonic() - began < 20
