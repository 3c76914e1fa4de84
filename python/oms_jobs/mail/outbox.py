"""The mails that wait in the database: taken one by one, each with a lease, and reported."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import set_json_loads
from pydantic import BaseModel, ConfigDict

from oms_client.wire import loads
from oms_documents.parties import Party
from oms_jobs.database import Connection
from oms_jobs.mail.smtp import Verdict

CLAIM = "select * from private.claim_email(operator_rate => %s)"
REPORT = "select private.report_email(%s, %s, %s, %s, %s, %s)"
LETTERHEAD = "select private.letterhead()"
DOCUMENT = "select private.attached_document(%s, %s, %s)"


class Recipient(BaseModel):
    """Whom a mail is for. Not `is_due`: has it already, or is to get none."""

    name: str | None
    address: str
    is_copy: bool
    is_due: bool


class Attachment(BaseModel):
    """A document to be rendered."""

    document: str
    id: UUID


class Claimed(BaseModel):
    """A mail that is ours to send for a while, and all that it takes."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    lease_id: UUID
    attempts: int
    message_id: str
    template: str
    language: str
    kind: str
    recipients: Sequence[Recipient]
    data: Mapping[str, Any]
    attachments: Sequence[Attachment]
    unsubscribe_token: UUID
    organization_name: str
    sender_name: str | None
    sender_address: str | None
    reply_to: str | None
    smtp_host: str | None
    smtp_port: int | None
    smtp_user: str | None
    smtp_security: str | None
    smtp_password: bytes | None
    override_subject: str | None
    override_html: str | None
    override_text: str | None


def prepare(connection: Connection) -> None:
    """Let figures be read as they were written, not as floats."""
    set_json_loads(lambda text: loads(text.encode() if isinstance(text, str) else text), connection)


def company(connection: Connection) -> Party | None:
    """Read which company writes, in the transaction that is open; None if that is not known."""
    row = connection.execute(LETTERHEAD).fetchone()
    return Party.told(cast(Mapping[str, Any], row[0])) if row and row[0] else None


def claim(connection: Connection, operator_rate: int | None) -> Claimed | None:
    """Take the next mail that is due, in the transaction that is open."""
    with connection.cursor(row_factory=class_row(Claimed)) as cursor:
        return cursor.execute(CLAIM, [operator_rate]).fetchone()


def report(connection: Connection, mail: Claimed, verdict: Verdict, subject: str | None) -> bool:
    """Say what became of a mail; false if it is another worker's by now."""
    said = [verdict.outcome, verdict.answer, subject, list(verdict.accepted)]
    row = connection.execute(REPORT, [mail.id, mail.lease_id, *said]).fetchone()
    return row == (True,)


def document(connection: Connection, mail: Claimed, attached: Attachment) -> Any:
    """Read what a document says that a mail takes along; None if it takes none such."""
    row = connection.execute(DOCUMENT, [mail.id, attached.document, attached.id]).fetchone()
    return row[0] if row else None
