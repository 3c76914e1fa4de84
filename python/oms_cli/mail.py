"""The commands `oms mail …`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated, LiteralString
from uuid import UUID

import typer

from oms_cli import inbox, members, stack, tokens
from oms_cli.console import out, print_json, say, table
from oms_cli.errors import OmsCliError
from oms_cli.paths import find_project
from oms_cli.server import Connection, connected

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on one line.")]
Organization = Annotated[
    str | None, typer.Option(help="Name or code; may be left out when there is only one.")
]

mail_app = typer.Typer(
    help="Look at mails: what came, what went, what they look like.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

LOG: LiteralString = """
select
  m.id, m.created_at, m.template, m.status::text as status, m.attempts,
  (
    select string_agg(r.address, ', ' order by r.id) from ops.email_recipients as r
    where r.organization_id = m.organization_id and r.email_id = m.id
  ) as recipients,
  m.subject, m.answer
from ops.email_log as m
where %(status)s::text is null or m.status::text = %(status)s
order by m.id desc
limit %(limit)s
"""


@mail_app.command("inbox")
def show_inbox(as_json: Json = False) -> None:
    """List the messages that came to the local stack's inbox, the oldest first.

    Examples: `oms mail inbox` · `oms mail inbox --json`
    """
    found = inbox.messages(inbox.box(find_project()))
    if as_json:
        print_json({"messages": [_summary(one) for one in found]})
        return
    rows = [
        (number, one["Date"], one["To"], one["Subject"], ", ".join(inbox.attached(one)))
        for number, one in enumerate(found, start=1)
    ]
    out.print(table(("no.", "date", "to", "subject", "attached"), rows))


@mail_app.command("show")
def show(
    number: Annotated[int, typer.Argument(help="Number in `oms mail inbox`; -1 is the newest.")],
    html: Annotated[Path | None, typer.Option(help="File to write the HTML to.")] = None,
    save: Annotated[Path | None, typer.Option(help="Folder to write attachments to.")] = None,
) -> None:
    """Show a message of the inbox: its head and its text.

    Examples: `oms mail show 1` · `oms mail show -- -1` ·
    `oms mail show 1 --html letter.html --save .`
    """
    found = inbox.messages(inbox.box(find_project()))
    if number == 0 or not -len(found) <= number <= len(found):
        raise OmsCliError(f"There is no message {number}; there are {len(found)}.")
    message = found[number - 1 if number > 0 else number]
    for name in ("Date", "From", "Reply-To", "To", "Cc", "Subject", "Message-ID"):
        if message[name]:
            out.print(f"{name}: {message[name]}", markup=False, soft_wrap=True)
    out.print()
    out.print(inbox.part(message, "plain"), markup=False, soft_wrap=True)
    if html:
        html.write_text(inbox.part(message, "html"), encoding="utf-8")
    for part in message.iter_attachments():
        name = Path(part.get_filename() or "attachment").name
        out.print(f"attached: {name}", markup=False)
        if save:
            (save / name).write_bytes(part.get_content())


@mail_app.command("preview")
def preview(
    template: Annotated[str, typer.Argument(help="Such as quote_request.")],
    language: Annotated[str, typer.Option(help="Two small letters.")] = "en",
    organization: Organization = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="HTML file to write; text if unset.")
    ] = None,
) -> None:
    """Show a mail as it would look, with made-up facts.

    With `--organization` in that organization's own words, if it has any; that takes the stack.

    Examples: `oms mail preview quote_request --language de` ·
    `oms mail preview purchase_order --organization tern -o letter.html`
    """
    from oms_jobs.mail import outbox  # noqa: PLC0415
    from oms_jobs.mail.imprint import imprint  # noqa: PLC0415
    from oms_jobs.mail.rendering import Override, RenderingError, render  # noqa: PLC0415
    from oms_jobs.mail.samples import IMPRINT, SAMPLES  # noqa: PLC0415

    if template not in SAMPLES:
        raise OmsCliError(f"There is no mail {template}.", f"There are {', '.join(SAMPLES)}.")
    own, name, lines = None, IMPRINT[0], IMPRINT
    if organization:
        with _acting("oms_admin", organization) as connection:
            row = connection.execute(
                "select o.name, t.subject, t.html, t.text from ops.organizations as o"
                " left join ops.mail_templates as t"
                " on t.organization_id = o.id and t.template = %s and t.language = %s",
                [template, language],
            ).fetchone()
            connection.execute("set role oms_worker")  # whose mails it will be
            lines = imprint(outbox.company(connection), language)
        if row:
            name = str(row[0])
            own = Override(str(row[1]), str(row[2]), row[3]) if row[1] else None  # type: ignore[arg-type]
    facts = {**SAMPLES[template], "organization": name, "imprint": lines}
    try:
        letter = render(template, language, facts, own)
    except RenderingError as error:
        raise OmsCliError(str(error)) from error
    if output:
        output.write_text(letter.html, encoding="utf-8")
        out.print(str(output), markup=False, soft_wrap=True)
    else:
        out.print(f"Subject: {letter.subject}\n", markup=False, soft_wrap=True)
        out.print(letter.text, markup=False, soft_wrap=True)


@mail_app.command("send-test")
def send_test(
    address: Annotated[str, typer.Argument(help="Where to.")], organization: Organization = None
) -> None:
    """Queue a mail that says that mail arrives; a worker sends it.

    Example: `oms mail send-test buyer@example.com`
    """
    with _acting("oms_admin", organization) as connection:
        row = connection.execute("select (ops.send_test_email(%s)).id", [address]).fetchone()
    say(f"Queued: {row[0] if row else ''}. `oms mail log` tells what becomes of it.")


@mail_app.command("log")
def log(
    status: Annotated[str | None, typer.Option(help="Only those, such as failed.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, the newest first.")] = 20,
    organization: Organization = None,
    as_json: Json = False,
) -> None:
    """List what was sent to whom, when, and what became of it.

    Examples: `oms mail log` · `oms mail log --status failed --json`
    """
    with _acting("oms_admin", organization) as connection:
        cursor = connection.execute(LOG, {"status": status, "limit": limit})
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    if as_json:
        print_json({"mails": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        out.print(table(names, rows))


@mail_app.command("resend")
def resend(
    email_id: Annotated[UUID, typer.Argument(help="Id in `oms mail log`.")],
    organization: Organization = None,
) -> None:
    """Send a mail once more, to where its company gets mail now.

    Example: `oms mail resend 01938f3e-7c2a-7d53-b3a5-6f1f5c0f2a11`
    """
    with _acting("oms_admin", organization) as connection:
        row = connection.execute("select (ops.resend_email(%s)).id", [email_id]).fetchone()
    say(f"Queued: {row[0] if row else ''}.")


@mail_app.command("bounce")
def bounce(
    file: Annotated[
        typer.FileBinaryRead, typer.Argument(help="The message as it came; standard input if `-`.")
    ] = "-",  # type: ignore[assignment]
    organization: Organization = None,
    as_json: Json = False,
) -> None:
    """Pass on what a mail server reports of a mail: that it came back, or was called unwanted.

    To be called by the mail server that gets the sender's mail, with each message that comes from
    `<>`. Speaks to `OMS_API_URL` with `OMS_WEBHOOK_TOKEN`, a token of the role oms_webhook; without
    them to the local stack. What is not final changes nothing.

    Examples: `oms mail bounce message.eml` · in a table of Postfix' pipes:
    `|oms mail bounce`
    """
    from oms_client import Oms  # noqa: PLC0415
    from oms_client.enums import EmailEventKind  # noqa: PLC0415
    from oms_jobs.errors import JobError  # noqa: PLC0415
    from oms_jobs.mail.bounces import read_report  # noqa: PLC0415

    try:
        reports = read_report(file.read())
    except JobError as error:
        raise OmsCliError(error.what, error.next_step) from error
    url, token = os.environ.get("OMS_API_URL"), os.environ.get("OMS_WEBHOOK_TOKEN")
    if not (url and token):
        running = stack.require(find_project())
        with connected(running.server.owner_url) as connection:
            machine = members.member_for(connection, members.MACHINE, None, organization)
        url, token = running.rest_url, tokens.sign(machine, running.jwt_secret)
    with Oms(url, token) as oms:
        for one in reports:
            oms.record_email_event(
                one.message_id,
                EmailEventKind(one.kind),
                address=one.address,
                diagnostic=one.diagnostic,
            )
    if as_json:
        print_json({"reports": [asdict(one) for one in reports]})
    elif reports:
        rows = [(one.kind, one.address or "", one.diagnostic or "") for one in reports]
        out.print(table(("kind", "address", "diagnostic"), rows))
    else:
        say("Nothing final: the mail server goes on trying, or the address may be well again.")


@contextmanager
def _acting(role: str, organization: str | None) -> Iterator[Connection]:
    """Open a session as a member with a role."""
    with connected(stack.require(find_project()).server.owner_url) as connection:
        tokens.act_as(connection, members.member_for(connection, role, None, organization))
        yield connection


def _summary(message: EmailMessage) -> dict[str, object]:
    return {
        "message_id": str(message["Message-ID"]),
        "from": str(message["From"]),
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "text": inbox.part(message, "plain"),
        "attachments": inbox.attached(message),
    }
