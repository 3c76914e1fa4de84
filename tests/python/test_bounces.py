"""What mail servers report: read from their messages, and passed on so that it has an effect."""

import json
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from psycopg.types.json import Jsonb
from typer.testing import CliRunner, Result

from builders import World
from callers import Callers
from conftest import Api, Database
from oms_cli.main import app
from oms_jobs.mail.bounces import MailReport, NoReportError, read_report

ID = "<0192@brand.oms>"
FAILED = {
    "Final-Recipient": "rfc822; moved@mill.example",
    "Original-Recipient": "rfc822;reader@mill.example",
    "Action": "failed",
    "Status": "5.1.1",
    "Diagnostic-Code": "smtp; 550 5.1.1 <moved@mill.example>:\n    no such user",
}


def report(kind: str, *groups: dict[str, str], message_id: str = ID, whole: bool = True) -> bytes:
    """Write a report as a mail server does: words, fields, and the message or its head."""
    message = MIMEMultipart("report")
    message.set_param("report-type", kind)
    message["From"] = "MAILER-DAEMON@mx.example"
    message["Subject"] = "Undelivered Mail Returned to Sender"
    message.attach(MIMEText("I'm sorry to have to inform you …"))
    fields = MIMEBase("message", kind)
    for group in groups:
        one = Message()
        for name, text in group.items():
            one[name] = text
        fields.attach(one)
    message.attach(fields)
    original = EmailMessage()
    original["Message-ID"] = message_id
    original["Subject"] = "Purchase order PO-000001"
    original.set_content("Please find attached …")
    returned: Message = MIMEBase("message", "rfc822")
    if whole:
        returned.attach(original)
    else:
        returned = MIMEText(original.as_string().partition("\n\n")[0], "rfc822-headers")
    message.attach(returned)
    return message.as_bytes()


@pytest.mark.parametrize("whole", [True, False])
def test_a_mail_that_came_back_is_reported_for_the_address_that_it_was_for(*, whole: bool) -> None:
    content = report("delivery-status", {"Reporting-MTA": "dns; mx"}, FAILED, whole=whole)
    assert read_report(content) == [
        MailReport(
            ID,
            "bounce",
            "reader@mill.example",
            "550 5.1.1 <moved@mill.example>: no such user",
        )
    ]


def test_each_recipient_has_an_outcome_of_its_own_and_what_is_not_final_has_none() -> None:
    others = [
        {"Final-Recipient": "rfc822; a@mill.example", "Action": "delivered", "Status": "2.0.0"},
        {"Final-Recipient": "rfc822; b@mill.example", "Action": "delayed", "Status": "4.4.1"},
        {"Final-Recipient": "rfc822; c@mill.example", "Action": "failed", "Status": "4.4.7"},
    ]
    found = read_report(report("delivery-status", {"Reporting-MTA": "dns; mx"}, FAILED, *others))
    assert [(one.kind, one.address) for one in found] == [
        ("bounce", "reader@mill.example"),
        ("delivered", "a@mill.example"),
    ]


def test_a_complaint_is_one() -> None:
    fields = {
        "Feedback-Type": "abuse",
        "Version": "1",
        "Original-Rcpt-To": "<reader@mill.example>",
    }
    assert read_report(report("feedback-report", fields)) == [
        MailReport(ID, "complaint", "reader@mill.example", "abuse")
    ]


def test_what_is_no_report_is_refused_with_what_would_be_one() -> None:
    for content in (
        b"",
        b"Subject: Holiday\n\nI am away.",
        report("delivery-status", {"Reporting-MTA": "dns; mx"}, FAILED, message_id=""),
        report("disposition-notification", {"Disposition": "displayed"}),
        b"Content-Type: multipart/report\n\n",
    ):
        with pytest.raises(NoReportError):
            read_report(content)


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


def bounce(api: Api, token: str, content: bytes, *options: str) -> Result:
    """Pipe a message into the command."""
    settings = {"OMS_API_URL": api.url, "OMS_WEBHOOK_TOKEN": token}
    return CliRunner().invoke(app, ["mail", "bounce", *options], input=content, env=settings)


def test_a_bounce_that_is_piped_in_stops_mail_to_its_address(world: World, api: Api) -> None:
    [(organization,)] = world.owner.execute(
        "select id from ops.organizations where code = 'brand'"
    ).fetchall()
    with world.owner.transaction():
        claims = {"sub": str(organization), "organization_id": str(organization)}
        world.owner.execute(
            "select set_config('request.jwt.claims', %s, true)", [json.dumps(claims)]
        )
        world.owner.execute(
            "select private.queue_email(%s, 'test', %s, '{}', 'bouncing')",
            [organization, Jsonb([{"address": "reader@mill.example"}])],
        )
    [(message_id,)] = world.owner.execute(
        "select message_id from ops.email_log where dedupe_key = 'bouncing'"
    ).fetchall()
    token = Callers(world, api).token("webhook")
    content = report(
        "delivery-status", {"Reporting-MTA": "dns; mx"}, FAILED, message_id=f"<{message_id}>"
    )

    for _ in range(2):  # servers say things twice
        told = bounce(api, token, content, "--json")
        assert told.exit_code == 0, told.output
        assert [one["kind"] for one in json.loads(told.stdout)["reports"]] == ["bounce"]
    assert world.run(
        "planner",
        "select address, reason::text, note from ops.email_suppressions where reason = 'bounce'",
    ) == [
        {
            "address": "reader@mill.example",
            "reason": "bounce",
            "note": "550 5.1.1 <moved@mill.example>: no such user",
        }
    ]

    refused = bounce(api, token, b"Subject: Holiday\n\nI am away.")
    assert refused.exit_code == 1
    assert "multipart/report" in refused.output + str(refused.exception)
