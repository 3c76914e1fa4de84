"""Messages to Slack, to a real server on loopback.

What members are told, tests/sql/notifications.sql is about.
"""

import logging
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from builders import World
from conftest import Database
from oms_cli import keys
from oms_jobs.database import acting_for
from oms_jobs.secrets import KEY_FILE
from oms_jobs.slack import post_due
from oms_jobs.targets import ALLOWED
from receiving import Answer, Receiver, receiving

BRAND = UUID("00000000-0000-7000-8000-000000000001")


@pytest.fixture(scope="module")
def key_file(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "secrets.key"
    keys.add_key(file)
    keys.admit(database.server, file)
    return file


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def url(database: Database) -> str:
    password = secrets.token_hex(8)
    with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("alter role oms_worker password {}").format(sql.Literal(password)))
    parts = urlsplit(database.url)
    return urlunsplit(
        parts._replace(netloc=f"oms_worker:{password}@{parts.hostname}:{parts.port or 5432}")
    )


@pytest.fixture
def receiver(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv(KEY_FILE, str(key_file))
    monkeypatch.setenv(ALLOWED, "127.0.0.0/8")
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def channel(world: World, receiver: Receiver) -> Iterator[UUID]:
    """Return a channel that is told of purchase orders that ask for approval."""
    made = world.command(
        "admin",
        "create_slack_channel",
        name="#buying",
        webhook_url=receiver.url("/services/T0pS3c"),
    )
    world.insert(
        "admin",
        "notification_rules",
        slack_channel_id=made["id"],
        event_type="purchase_order.submitted",
        channel="slack",
    )
    world.owner.execute("update private.outbox set handled_at = now() where is_pending")
    yield UUID(str(made["id"]))
    world.run("admin", "delete from ops.slack_channels where name = '#buying'")


def submit(world: World, url: str) -> str:
    """Make a purchase order that asks for approval, and handle what that brings about."""
    made = world.insert("procurement", "purchase_orders", vendor_id=world.party("vendor"))
    world.insert(
        "procurement",
        "purchase_order_lines",
        purchase_order_id=made,
        product_variant_id=world.variant("ZIP-40"),
        quantity=100_000,
        unit_price=100,
    )
    order = world.command("procurement", "submit_purchase_order", purchase_order_id=made)
    with acting_for(url, BRAND) as connection:
        connection.execute("select private.handle_events()")
    return str(order["po_number"])


def posts(world: World, channel: UUID) -> list[tuple[object, ...]]:
    return world.owner.execute(
        "select status::text, attempts from private.slack_posts where slack_channel_id = %s"
        " order by id",
        [channel],
    ).fetchall()


def hurry(world: World) -> None:
    world.owner.execute("update private.slack_posts set next_attempt_at = now()")


def test_a_channel_is_told_in_words_and_once(
    world: World, url: str, receiver: Receiver, channel: UUID
) -> None:
    number = submit(world, url)
    assert post_due(url, BRAND) == 1
    assert post_due(url, BRAND) == 0
    [received] = receiver.received
    assert received.json == {"text": f"*{number} to Vendor waits for approval*"}
    assert received.path == "/services/T0pS3c"
    assert posts(world, channel) == [("delivered", 1)]


def test_when_slack_asks_us_to_wait_the_channel_is_left_alone(
    world: World, url: str, receiver: Receiver, channel: UUID
) -> None:
    receiver.answers = [Answer(429, b"rate_limited", {"Retry-After": "3600"}), Answer()]
    submit(world, url)
    submit(world, url)
    assert post_due(url, BRAND) == 1
    [row] = world.owner.execute(
        "select min(next_attempt_at) > now() + interval '50 minutes' from private.slack_posts"
        " where slack_channel_id = %s",
        [channel],
    ).fetchall()
    assert row == (True,)
    hurry(world)
    assert post_due(url, BRAND) == 2
    assert posts(world, channel) == [("delivered", 2), ("delivered", 1)]


def test_a_webhook_that_slack_has_revoked_is_not_tried_again_and_admins_see_why(
    world: World, url: str, receiver: Receiver, channel: UUID
) -> None:
    receiver.answers = [Answer(404, b"no_service")]
    submit(world, url)
    assert post_due(url, BRAND) == 1
    hurry(world)
    assert post_due(url, BRAND) == 0
    [row] = world.run("admin", "select * from ops.slack_channels where id = %s", channel)
    assert row["last_error"] == "404: no_service"


def test_the_address_is_neither_shown_nor_logged(
    world: World,
    url: str,
    receiver: Receiver,
    channel: UUID,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.answers = [Answer(500)]
    submit(world, url)
    assert post_due(url, BRAND) == 1
    printed = capfd.readouterr()
    assert "slack told" in printed.out + caplog.text
    assert "T0pS3c" not in printed.out + printed.err + caplog.text
    [row] = world.run("admin", "select * from ops.slack_channels where id = %s", channel)
    assert row["url_hint"] == "pS3c"
    assert "T0pS3c" not in str(row)
