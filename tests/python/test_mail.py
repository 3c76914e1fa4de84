"""Mail: what goes to whom, what it looks like, and what happens when anything fails."""

import os
import re
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from psycopg import sql
from psycopg.types.json import Jsonb
from pypdf import PdfReader

from builders import World, as_uuid
from callers import Callers
from conftest import ROOT, Api, Database
from oms_cli import keys, process
from oms_cli.inbox import words
from oms_client import Oms
from oms_documents.contract import load_clauses, read_contract, render_contract
from oms_documents.purchase_order import read_purchase_order, render_purchase_order
from oms_jobs.database import acting_for
from oms_jobs.mail import smtp
from oms_jobs.mail.delivering import deliver
from oms_jobs.mail.rendering import LANGUAGES, Override, RenderingError, render
from oms_jobs.mail.samples import SAMPLES
from oms_jobs.mail.settings import MailSettings, MailSettingsError, server_of
from oms_jobs.mail.smtp import Server
from posting import Letterbox, post_office

BRAND = UUID("00000000-0000-7000-8000-000000000001")
RIVAL = UUID("00000000-0000-7000-8000-000000000002")
SENDER = Address("Operator", addr_spec="mail@operator.example")
UNSUBSCRIBE = f"https://oms.example/{'long/' * 20}unsubscribe"
FOREVER = "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}"


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def url(database: Database) -> str:
    """Give the worker its password, as an operator does, and say how it connects."""
    password = secrets.token_hex(8)
    with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("alter role oms_worker password {}").format(sql.Literal(password)))
    host = psycopg.conninfo.conninfo_to_dict(database.url)
    return f"postgresql://oms_worker:{password}@{host['host']}:{host['port']}/{host['dbname']}"


class Mailer:
    """The events of an organization handled, and its mail sent, as a worker does."""

    def __init__(self, world: World, url: str) -> None:
        self.world = world
        self.url = url

    def handle(self, organization: UUID = BRAND) -> None:
        """Handle what happened."""
        with acting_for(self.url, organization) as connection:
            for _ in range(20):
                row = connection.execute("select * from private.handle_events()").fetchone()
                if row == (0, 0):
                    return
                assert row
                assert row[1] == 0, "an event was not handled"

    def send(self, port: int, organization: UUID = BRAND) -> int:
        """Send what is due through a server on loopback."""
        server = Server("127.0.0.1", port, "none")
        return deliver(self.url, organization, MailSettings(server, SENDER))

    def queue(
        self, *addresses: str, template: str = "test", organization: UUID = BRAND, **facts: object
    ) -> UUID:
        """Queue a mail."""
        key = uuid4().hex
        boxes = [{"address": address} for address in addresses]
        with self.world.owner.transaction():
            self.world.owner.execute(
                "select set_config('request.jwt.claims', %s, true)",
                [f'{{"sub": "{uuid4()}", "organization_id": "{organization}"}}'],
            )
            self.world.owner.execute(
                "select private.queue_email(%s, %s, %s, %s, %s)",
                [organization, template, Jsonb(boxes), Jsonb(facts), key],
            )
        [(found,)] = self.world.owner.execute(
            "select id from ops.email_log where dedupe_key = %s", [key]
        ).fetchall()
        return as_uuid(found)

    def hurry(self) -> None:
        """Let what waits be due, servers that are left alone included."""
        self.world.owner.execute(
            "update ops.email_log set next_attempt_at = now() where status = 'queued'"
        )
        self.world.owner.execute(
            "update ops.email_log set leased_until = now() where status = 'sending'"
        )
        self.world.owner.execute("delete from private.mail_servers")

    def look(self, email: UUID) -> dict[str, object]:
        """Return what the log says of a mail."""
        return self.world.look("email_log", email)

    def status(self, email: UUID) -> tuple[object, object]:
        """Tell how it stands, after how many attempts."""
        row = self.look(email)
        return row["status"], row["attempts"]


@pytest.fixture(scope="module")
def mailer(world: World, url: str) -> Mailer:
    made = Mailer(world, url)
    for organization in (BRAND, RIVAL):
        made.handle(organization)
    # What the company of the fixtures has written so far is no test's.
    world.owner.execute("update ops.email_log set status = 'cancelled' where status = 'queued'")
    return made


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def port(box: Letterbox) -> Iterator[int]:
    with post_office(box) as chosen:
        yield chosen


@pytest.fixture(scope="module")
def oms(world: World, api: Api) -> Iterator[Callable[[str], Oms]]:
    opened: dict[str, Oms] = {}
    callers = Callers(world, api)

    def of(persona: str) -> Oms:
        if persona not in opened:
            opened[persona] = Oms(api.url, callers.token(persona))
        return opened[persona]

    yield of
    for one in opened.values():
        one.close()


def pdf_of(message: EmailMessage) -> bytes:
    [part] = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    content = part.get_content()
    assert isinstance(content, bytes)
    return content


# What goes to whom


def test_each_factory_is_asked_for_its_own_lines_and_reads_no_word_of_another(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    first, second = world.line(111), world.line(222)
    allocation = world.allocation({first: None, second: None}, "factory_a")
    world.insert(
        "planner",
        "allocation_items_supplier",
        allocation_item_id=world.item(allocation, first),
        factory_id=world.party("factory_b"),
    )
    world.command("planner", "send_allocation", allocation_id=allocation)
    mailer.handle()
    mailer.send(port)

    [to_a] = box.to("factory_a@example.com")
    [to_b] = box.to("factory_b@example.com")
    assert "111" in words(to_a)
    assert "222" in words(to_a)
    assert "111" in words(to_b)
    assert "222" not in words(to_b)
    secret = [
        str(value)
        for [value] in world.owner.execute(
            "select unnest(array[d.name, d.code, d.email, d.id::text]) from ops.directory as d"
            " where d.kinds && '{factory,client,vendor}' and d.id <> %s"
            " and d.organization_id = %s",
            [world.party("factory_b"), BRAND],
        ).fetchall()
        if value
    ]
    assert [word for word in secret if word in words(to_b)] == []


def test_what_is_sent_twice_in_one_transaction_is_one_mail(world: World, mailer: Mailer) -> None:
    before = world.owner.execute("select count(*) from ops.email_log").fetchone()
    mailer.handle()
    world.owner.execute(
        "update private.outbox set handled_at = null where type = 'allocation.sent'"
    )
    mailer.handle()
    assert world.owner.execute("select count(*) from ops.email_log").fetchone() == before


def test_a_contract_goes_out_with_the_document_that_the_api_gives(
    world: World, mailer: Mailer, box: Letterbox, port: int, oms: Callable[[str], Oms]
) -> None:
    line = world.line(100)
    [made] = world.quoted({line: None}, "factory_a")
    world.award(made)
    contract = world.issued(made)
    mailer.handle()
    mailer.send(port)

    [message] = [one for one in box.to("factory_a@example.com") if "PC-" in one["Subject"]]
    for persona in ("procurement", "factory_a"):
        reader = oms(persona)
        told = read_contract(reader, reader.factory_pos.get(contract))
        assert pdf_of(message) == render_contract(told, load_clauses())
    text = PdfReader(BytesIO(pdf_of(message))).pages[0].extract_text()
    assert str(world.look("factory_pos", contract)["po_number"]) in text
    assert "10.00" not in words(message), "prices stand in the document alone"


def test_a_purchase_order_goes_out_with_the_document_that_the_api_gives(
    world: World, mailer: Mailer, box: Letterbox, port: int, oms: Callable[[str], Oms]
) -> None:
    order = world.insert(
        "procurement",
        "purchase_orders",
        vendor_id=world.party("vendor"),
        note="Before noon, please.",
        freight_amount=12,
    )
    world.insert(
        "procurement",
        "purchase_order_lines",
        purchase_order_id=order,
        product_variant_id=world.variant("ZIP-60"),
        quantity=400,
        unit_price="0.35",
        need_by="2027-01-15",
    )
    world.command("procurement", "submit_purchase_order", purchase_order_id=order)
    world.command("procurement", "send_purchase_order", purchase_order_id=order)
    mailer.handle()
    mailer.send(port)

    [message] = [one for one in box.messages if "Purchase order" in str(one["Subject"])]
    for persona in ("procurement", "vendor"):
        reader = oms(persona)
        told = read_purchase_order(reader, reader.purchase_orders.get(order))
        assert pdf_of(message) == render_purchase_order(told)
    text = PdfReader(BytesIO(pdf_of(message))).pages[0].extract_text()
    assert {"Purchase order", "140.00", "12.00", "152.00", "Before noon, please."} <= {
        one
        for one in ("Purchase order", "140.00", "12.00", "152.00", "Before noon, please.")
        if one in text
    }
    assert "0.35" not in words(message)


def test_what_does_not_hold_any_more_is_not_sent(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    line = world.line(10)
    [made] = world.quoted({line: None}, "factory_a")
    world.award(made)
    contract = world.issued(made)
    mailer.handle()
    world.run(
        "procurement", "update ops.factory_pos set status = 'CANCELLED' where id = %s", contract
    )
    mailer.handle()
    mailer.send(port)
    assert not [one for one in box.messages if "contract" in str(one["Subject"])]


def test_a_company_is_written_to_in_its_language(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    world.run(
        "procurement",
        "update ops.directory set language = 'de' where id = %s",
        world.party("factory_c"),
    )
    allocation = world.allocation({world.line(1234): None}, "factory_c")
    world.command("planner", "send_allocation", allocation_id=allocation)
    mailer.handle()
    mailer.send(port)
    [message] = box.to("factory_c@example.com")
    assert message["Subject"].startswith("Preisanfrage")
    assert "1.234" in words(message)
    assert message["Content-Language"] == "de"


# What a message looks like


def test_a_message_says_who_writes_and_that_a_machine_did(
    mailer: Mailer, box: Letterbox, port: int
) -> None:
    email = mailer.queue("reader@example.com")
    mailer.send(port)
    [message] = box.messages
    assert str(message["From"]) == "Brand <mail@operator.example>"
    assert message["Message-ID"] == f"<{mailer.look(email)['message_id']}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs(message["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    assert message["List-Unsubscribe"] is None
    assert message.get_content_type() == "multipart/alternative"
    html = message.get_body(("html",))
    assert html
    assert re.findall(r"<style>\s*(\S+)", html.get_content()) == ["@media"], "all else is inlined"
    assert 'style="' in html.get_content()
    assert "Brand Ltd · 1 Brand Ltd Street · Porto · Portugal" in words(message)
    assert mailer.look(email)["subject"] == message["Subject"]


def test_one_can_unsubscribe_from_news_and_still_gets_the_rest(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    settings = MailSettings(Server("127.0.0.1", port, "none"), SENDER, None, UNSUBSCRIBE)
    news = {"template": "announcement", "title": "News", "paragraphs": ["All is well."]}
    mailer.queue("weary@example.com", **news)  # type: ignore[arg-type]
    deliver(mailer.url, BRAND, settings)
    [message] = box.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(message["List-Unsubscribe"]).strip(" <>")
    assert link.startswith(f"{UNSUBSCRIBE}?token=")

    world.command("webhook", "unsubscribe", token=link.rpartition("=")[2])
    again = mailer.queue("Weary@example.com", **news)  # type: ignore[arg-type]
    other = mailer.queue("weary@example.com")
    deliver(mailer.url, BRAND, settings)
    assert mailer.status(again)[0] == "suppressed"
    assert mailer.status(other) == ("sent", 1)


def test_news_without_a_way_out_are_not_sent(mailer: Mailer, box: Letterbox, port: int) -> None:
    news = mailer.queue("reader@example.com", template="announcement", title="News", paragraphs=[])
    mailer.send(port)
    assert mailer.status(news) == ("failed", 1)
    assert box.messages == []


def test_nobody_writes_a_head_of_his_own(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    world.run(
        "procurement",
        "update ops.contacts set name = %s where directory_id = %s and is_primary",
        "Eve\r\nBcc: everybody@example.com\u2028X: y",
        world.party("factory_a"),
    )
    allocation = world.allocation({world.line(5): None}, "factory_a")
    world.run(
        "planner",
        "update ops.allocations set name = %s where id = %s returning id",
        "AW27\r\nBcc: everybody@example.com",
        allocation,
    )
    world.command("planner", "send_allocation", allocation_id=allocation)
    mailer.handle()
    mailer.send(port)
    [(recipients, message)] = box.copies
    assert "everybody@example.com" not in recipients
    assert message["Bcc"] is None
    assert message["X"] is None
    assert "Bcc: everybody@example.com" in message["Subject"], "on the one line of the subject"


def test_what_is_said_arrives_letter_by_letter(mailer: Mailer, box: Letterbox, port: int) -> None:
    title, body = "Größen = 1,5 m/St. " * 8 + "€", ". =20 = " + "Änderung " * 60 + "x" * 1200
    mailer.queue("reader@example.com", template="notification", title=title, body=body)
    mailer.send(port)
    [message] = box.messages
    assert message["Subject"] == title
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part
        assert body in part.get_content()
    assert max(map(len, message.as_bytes().splitlines())) <= 78


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", SAMPLES)
def test_every_mail_has_words_in_every_language(template: str, language: str) -> None:
    letter = render(template, language, {**SAMPLES[template], "organization": "Tern & <Co>"})
    assert "Tern & <Co>" in letter.text
    assert "Tern &amp; &lt;Co&gt;" in letter.html
    assert "&amp;" not in letter.subject


def test_there_is_a_template_for_every_kind_of_mail(world: World) -> None:
    kinds = world.owner.execute("select template from private.mail_kinds").fetchall()
    assert {kind for [kind] in kinds} == set(SAMPLES)


# What fails


def test_what_a_server_cannot_take_now_is_sent_later_as_the_same_message(
    mailer: Mailer, box: Letterbox, port: int
) -> None:
    box.refusals["busy@example.com"] = "451 Come again"
    email = mailer.queue("busy@example.com", "ready@example.com")
    mailer.send(port)
    assert mailer.status(email) == ("queued", 1)
    assert "451 Come again" in str(mailer.look(email)["answer"])
    assert mailer.send(port) == 0, "not before its time"

    box.refusals.clear()
    mailer.hurry()
    mailer.send(port)
    assert mailer.status(email) == ("sent", 2)
    assert [recipients for recipients, _ in box.copies] == [
        ["ready@example.com"],
        ["busy@example.com"],
    ], "who has it is not sent it again"
    assert len({message["Message-ID"] for message in box.messages}) == 1


def test_what_a_server_never_takes_is_given_up_and_told(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    box.refusals |= {
        "factory_b@example.com": "550 No such user",
    }
    allocation = world.allocation({world.line(7): None}, "factory_b")
    world.command("planner", "send_allocation", allocation_id=allocation)
    mailer.handle()
    mailer.send(port)
    [row] = world.run(
        "planner",
        "select id, status::text, answer from ops.email_log where entity_id = %s",
        allocation,
    )
    assert row["status"] == "failed"
    assert "550 No such user" in str(row["answer"])
    [told] = world.owner.execute(
        "select payload ->> 'template' from private.outbox"
        " where type = 'email.failed' and entity_id = %s",
        [row["id"]],
    ).fetchall()
    assert told == ("quote_request",)

    box.refusals.clear()
    resent = world.command("procurement", "resend_email", email_id=row["id"])
    mailer.send(port)
    assert mailer.status(as_uuid(resent["id"])) == ("sent", 1)
    assert resent["message_id"] != mailer.look(as_uuid(row["id"]))["message_id"]


def test_a_server_that_cannot_be_reached_is_left_alone_and_its_mails_wait(
    world: World, mailer: Mailer, box: Letterbox
) -> None:
    dead = process.free_port()
    first, second = mailer.queue("one@example.com"), mailer.queue("two@example.com")
    assert mailer.send(dead) == 1
    assert mailer.status(first) == ("queued", 1)
    assert mailer.status(second) == ("queued", 0), "one is enough to see that nobody is there"
    assert mailer.send(dead) == 0
    due = "select private.organizations_with_due_emails()"
    with psycopg.connect(mailer.url) as connection:
        assert (BRAND,) not in connection.execute(due).fetchall()

    with post_office(box, port=dead):
        mailer.hurry()
        assert mailer.send(dead) == 2
    assert {mailer.status(first), mailer.status(second)} == {("sent", 2), ("sent", 1)}
    assert world.owner.execute(
        "select count(*) from private.mail_servers where failures > 0"
    ).fetchone() == (0,)


def test_a_connection_that_broke_is_made_anew(
    box: Letterbox, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "IDLE_SECONDS", 0)
    connection = smtp.Connection(Server("127.0.0.1", port, "none"))
    assert connection.send("a@example.com", ["b@example.com"], b"\r\nOne").outcome == "sent"
    assert connection._smtp
    assert connection._smtp.sock
    connection._smtp.sock.close()
    assert connection.send("a@example.com", ["b@example.com"], b"\r\nTwo").outcome == "sent"
    connection.close()
    assert len(box.copies) == 2


def test_a_poisoned_template_costs_its_organization_a_mail_and_others_nothing(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    for template, own in (("test", FOREVER), ("notification", "{{ 'x' * 4000000000 }}")):
        world.insert(
            "admin", "mail_templates", template=template, language="en", subject="S", html=own
        )
    try:
        endless = mailer.queue("one@example.com")
        greedy = mailer.queue("two@example.com", template="notification", title="T", body="B")
        fine = mailer.queue("three@example.com", template="digest", items=[])
        rivals = mailer.queue("four@example.com", organization=RIVAL)
        with ThreadPoolExecutor() as pool:
            poisoned = pool.submit(mailer.send, port)
            mailer.send(port, RIVAL)
            assert not poisoned.done(), "the other organization's mail went first"
            poisoned.result()
        assert mailer.status(rivals) == ("sent", 1)
        assert mailer.status(fine) == ("sent", 1)
        for email, why in ((endless, "longer than"), (greedy, "too much memory")):
            assert mailer.status(email) == ("failed", 1)
            assert why in str(mailer.look(email)["answer"])
    finally:
        world.run("admin", "delete from ops.mail_templates")


@pytest.mark.parametrize(
    "poison",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.environ }}",
        "{% include '../settings.py' %}",
        "{{ nothing }}",
        "{% for %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(poison: str) -> None:
    with pytest.raises(RenderingError):
        render("test", "en", {"organization": "Brand"}, Override("S", poison, None))


def test_a_text_of_ones_own_has_an_end() -> None:
    with pytest.raises(RenderingError, match="characters"):
        render("test", "en", {"organization": "Brand"}, Override("S", "x", "{{ 'x' * 9000000 }}"))


def test_an_organization_writes_in_its_own_words(
    world: World, mailer: Mailer, box: Letterbox, port: int
) -> None:
    world.insert(
        "admin",
        "mail_templates",
        template="notification",
        language="en",
        subject="News: {{ title }}",
        html="<p>{{ title }} &amp; more</p><p>{{ body }}</p>",
    )
    try:
        mailer.queue("r@example.com", template="notification", title="A\r\n& B", body="<b>bold</b>")
        mailer.send(port)
    finally:
        world.run("admin", "delete from ops.mail_templates")
    [message] = box.messages
    assert message["Subject"] == "News: A & B"
    plain = message.get_body(("plain",))
    assert plain
    assert "A & B & more" in plain.get_content()
    assert "<b>bold</b>" in plain.get_content(), "facts are words, not HTML"


# Servers of tenants


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for localhost, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@pytest.fixture(scope="module")
def secrets_key(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the operator's key, as `oms secrets init` does."""
    file = tmp_path_factory.mktemp("secrets") / "secrets.key"
    keys.add_key(file)
    keys.admit(database.server, file)
    return file


@pytest.fixture
def own_server(
    world: World,
    box: Letterbox,
    certificate: tuple[Path, Path],
    secrets_key: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[int]:
    """Give Brand a mail server of its own, with a password that only the workers can read."""
    monkeypatch.setenv("OMS_SECRETS_KEY_FILE", str(secrets_key))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with post_office(box, tls=context) as chosen:
        world.run(
            "admin",
            "update ops.mail_settings set sender_name = 'Brand Sourcing', smtp_host = 'localhost',"
            " sender_address = 'buying@brand.example', reply_to = 'answers@brand.example',"
            " smtp_port = %s, smtp_user = 'brand'",
            chosen,
        )
        world.run("admin", "select ops.set_mail_password('open sesame')")
        try:
            yield chosen
        finally:
            world.run(
                "admin",
                "update ops.mail_settings set sender_name = null, smtp_host = null,"
                " sender_address = null, reply_to = null, smtp_port = null, smtp_user = null",
            )


def test_an_organization_sends_through_its_own_server(
    mailer: Mailer,
    box: Letterbox,
    own_server: int,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMS_ALLOWED_TARGETS", "127.0.0.0/8,::1/128")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    email = mailer.queue("reader@example.com")
    mailer.send(own_server + 1)  # not the operator's
    assert mailer.status(email) == ("sent", 1), mailer.look(email)["answer"]
    [message] = box.messages
    assert str(message["From"]) == "Brand Sourcing <buying@brand.example>"
    assert message["Reply-To"] == "answers@brand.example"
    assert box.logins == [("brand", "open sesame")]


def test_an_organization_cannot_have_us_speak_to_our_own_network(
    mailer: Mailer, box: Letterbox, own_server: int
) -> None:
    email = mailer.queue("reader@example.com")
    mailer.send(own_server)
    assert mailer.status(email) == ("queued", 1)
    assert "not on the public Internet" in str(mailer.look(email)["answer"])
    assert box.logins == []
    mailer.world.command("admin", "cancel_email", email_id=email)


@contextmanager
def babbler(talk: Callable[[socket.socket], None]) -> Iterator[Server]:
    """Serve as a tenant's mail server that says whatever it likes."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                connected, _ = listening.accept()
                with connected, suppress(OSError):
                    talk(connected)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield Server("127.0.0.1", listening.getsockname()[1], "tls", is_tenants=True)
        finally:
            listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def endlessly(connected: socket.socket) -> None:
    while True:
        connected.sendall(b"220-And another thing\r\n" * 1000)


def drop_by_drop(connected: socket.socket) -> None:
    while True:
        connected.sendall(b"2")
        time.sleep(0.05)


@pytest.mark.parametrize("talk", [endlessly, drop_by_drop])
def test_nobody_is_listened_to_for_ever(
    talk: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMS_ALLOWED_TARGETS", "127.0.0.1/32")
    monkeypatch.setattr(smtp, "MAIL_SECONDS", 1)
    with babbler(talk) as server:
        for security in ("starttls", "tls"):
            connection = smtp.Connection(replace(server, security=security))
            verdict = connection.send("a@example.com", ["b@example.com"], b"\r\nOne")
            assert verdict.outcome == "unreachable"
            connection.close()


def test_what_a_server_says_can_be_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(connected: socket.socket) -> None:
        connected.sendall(b"554 Go \0\x1b[2J away\r\n")
        connected.recv(100)

    monkeypatch.setenv("OMS_ALLOWED_TARGETS", "127.0.0.1/32")
    with babbler(answer) as server:
        connection = smtp.Connection(replace(server, security="starttls"))
        verdict = connection.send("a@example.com", ["b@example.com"], b"\r\nOne")
        assert verdict.answer == "554 Go [2J away"


def test_a_password_is_not_told_to_a_server_that_nobody_vouches_for(
    mailer: Mailer, box: Letterbox, own_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMS_ALLOWED_TARGETS", "127.0.0.0/8,::1/128")
    email = mailer.queue("reader@example.com")
    mailer.send(own_server)
    assert mailer.status(email) == ("queued", 1)
    assert "certificate" in str(mailer.look(email)["answer"]).lower()
    assert box.logins == []
    mailer.world.command("admin", "cancel_email", email_id=email)


def test_a_password_is_for_one_server(world: World, mailer: Mailer, own_server: int) -> None:
    world.run("admin", "update ops.mail_settings set reply_to = 'a@brand.example'")
    count = "select count(*) from private.mail_secrets"
    assert world.owner.execute(count).fetchone() == (1,)
    world.run("admin", "update ops.mail_settings set smtp_host = 'evil.example'")
    assert world.owner.execute(count).fetchone() == (0,)
    [row] = world.run("admin", "select smtp_password_set_at from ops.mail_settings")
    assert row["smtp_password_set_at"] is None


# Killed, and two at once

SENDING = """
import sys
from email.headerregistry import Address
from uuid import UUID
from oms_jobs.mail import smtp
from oms_jobs.mail.delivering import deliver
from oms_jobs.mail.settings import MailSettings
from oms_jobs.mail.smtp import Server
url, organization, port = sys.argv[1:]
sender = Address("Operator", addr_spec="mail@operator.example")
deliver(url, UUID(organization), MailSettings(Server("127.0.0.1", int(port), "none"), sender))
"""


def test_a_mailer_that_is_killed_loses_nothing_and_repeats_one_mail_at_most(
    mailer: Mailer, box: Letterbox, port: int
) -> None:
    mails = [mailer.queue(f"reader{number}@example.com") for number in range(40)]
    kills = 0
    for nth in range(5):
        box.arrived.clear()
        running = subprocess.Popen(
            [sys.executable, "-c", SENDING, mailer.url, str(BRAND), str(port)], cwd=ROOT
        )
        assert box.arrived.wait(30)
        time.sleep(0.003 * nth)
        os.kill(running.pid, signal.SIGKILL)
        kills += running.wait() == -signal.SIGKILL
        mailer.hurry()
    mailer.send(port)
    assert kills
    assert {mailer.status(email)[0] for email in mails} == {"sent"}
    ids = [str(message["Message-ID"]) for message in box.messages]
    assert len(set(ids)) == len(mails)
    assert len(ids) <= len(mails) + kills


def test_a_worker_sends_what_it_is_woken_for(
    mailer: Mailer, box: Letterbox, port: int, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "oms_cli.main", "work", "--queues", "mail"],
            cwd=ROOT,
            env=os.environ
            | {
                "OMS_WORKER_URL": mailer.url,
                "OMS_SMTP_URL": f"smtp://127.0.0.1:{port}",
                "OMS_MAIL_FROM": str(SENDER),
            },
            stderr=output,
        )
    try:
        first = mailer.queue("first@example.com")
        assert box.arrived.wait(30), log.read_text()
        box.arrived.clear()
        second = mailer.queue("second@example.com")
        assert box.arrived.wait(30)
    finally:
        running.terminate()
        assert running.wait(30) == 0, log.read_text()
    assert {mailer.status(first), mailer.status(second)} == {("sent", 1)}


def test_two_mailers_send_each_mail_once(mailer: Mailer, box: Letterbox, port: int) -> None:
    mails = [mailer.queue(f"reader{number}@example.com") for number in range(30)]
    with ThreadPoolExecutor() as pool:
        tried = sum(pool.map(mailer.send, [port] * 3))
    assert tried == len(mails)
    assert len(box.messages) == len(mails)
    assert {mailer.status(email) for email in mails} == {("sent", 1)}


def test_no_more_goes_out_than_the_operators_server_takes(
    mailer: Mailer, box: Letterbox, port: int
) -> None:
    mails = [mailer.queue(f"reader{number}@example.com") for number in range(5)]
    slowly = MailSettings(Server("127.0.0.1", port, "none"), SENDER, rate_per_minute=20)
    assert deliver(mailer.url, BRAND, slowly) == 2, "five seconds' worth at once, and one"
    mailer.hurry()
    assert mailer.send(port) == len(mails) - 2


# The operator's settings


def test_the_operator_says_where_mail_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert server_of("smtp+starttls://me:p%40ss@mail.example") == Server(
        "mail.example", 587, "starttls", "me", "p@ss"
    )
    assert server_of("smtps://mail.example").port == 465
    for wrong in ("http://mail.example", "smtp://", "smtp://host:port"):
        with pytest.raises(MailSettingsError):
            server_of(wrong)
    monkeypatch.setenv("OMS_SMTP_URL", "smtp://127.0.0.1:25")
    with pytest.raises(MailSettingsError):
        MailSettings.from_environment()
    monkeypatch.setenv("OMS_MAIL_FROM", "OMS <oms@example.com>")
    assert str(MailSettings.from_environment().sender) == "OMS <oms@example.com>"
    assert "p@ss" not in repr(server_of("smtps://me:p%40ss@mail.example"))
