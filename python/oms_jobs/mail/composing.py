"""A letter as a message that mail servers take."""

from binascii import b2a_qp
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from oms_jobs.mail.attaching import Pdf
from oms_jobs.mail.outbox import Claimed, Recipient
from oms_jobs.mail.rendering import Letter
from oms_jobs.mail.settings import MailSettings


class _VerbatimHeader(UnstructuredHeader, BaseHeader):
    """One that is written as it is: a long address would be cut up and encoded as if words."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", _VerbatimHeader)
POLICY = SMTP.clone(header_factory=HEADERS)
LONGEST_LINE = 78
# Neither quoted-printable nor base64 has a "=_" in it.
MIXED, ALTERNATIVE = "=_mixed", "=_alternative"

Words = str | Address | tuple[Address, ...]


class ComposingError(Exception):
    """The message cannot be made; trying again changes nothing."""


def compose(mail: Claimed, letter: Letter, pdfs: Sequence[Pdf], settings: MailSettings) -> bytes:
    """Put a message together: the same one at each attempt, but for its date.

    By hand, as `EmailMessage` takes several times as long: it parses whatever it is given, and
    folds it again. What is not plain ASCII, or long, is left to it.
    """
    try:
        head = [_header(name, words) for name, words in _head(mail, letter, settings)]
    except (ValueError, IndexError) as error:
        raise ComposingError(f"The head of the message cannot be written: {error}") from error
    said = _multipart(
        "alternative", ALTERNATIVE, [_text("plain", letter.text), _text("html", letter.html)]
    )
    if pdfs:
        said = _multipart("mixed", MIXED, [said, *(_attachment(pdf) for pdf in pdfs)])
    return "".join(head).encode("ascii") + said


def _head(mail: Claimed, letter: Letter, settings: MailSettings) -> Iterator[tuple[str, Words]]:
    sender, reply_to = _sender(mail, settings)
    yield "Message-ID", f"<{mail.message_id}>"
    yield "Date", format_datetime(datetime.now(UTC))
    yield "From", sender
    if reply_to:
        yield "Reply-To", Address(addr_spec=reply_to)
    yield "To", _addresses(one for one in mail.recipients if not one.is_copy)
    if copies := _addresses(one for one in mail.recipients if one.is_copy):
        yield "Cc", copies
    yield "Subject", letter.subject
    yield "Auto-Submitted", "auto-generated"  # no answer by a machine is wanted (RFC 3834)
    if mail.kind == "marketing":
        yield "List-Unsubscribe", f"<{_unsubscribe_url(mail, settings)}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058
    yield "Content-Language", mail.language
    yield "MIME-Version", "1.0"


def _header(name: str, words: Words) -> str:
    plain = ", ".join(map(str, words)) if isinstance(words, tuple) else str(words)
    line = f"{name}: {plain}"
    if len(line) <= LONGEST_LINE and line.isascii() and line.isprintable():
        return f"{line}\r\n"
    _, header = POLICY.header_store_parse(name, words)
    return str(header.fold(policy=POLICY))


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    between = f"--{boundary}\r\n".encode()
    return b"".join(
        (
            f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode(),
            *(between + part + b"\r\n" for part in parts),
            f"--{boundary}--\r\n".encode(),
        )
    )


def _text(subtype: str, text: str) -> bytes:
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + b2a_qp(lines.encode())


def _attachment(pdf: Pdf) -> bytes:
    part = EmailMessage(policy=POLICY)
    part.set_content(pdf.content, maintype="application", subtype="pdf", filename=pdf.name)
    del part["MIME-Version"]
    return part.as_bytes()


def sender_address(mail: Claimed, settings: MailSettings) -> str:
    """Return where a message comes from, and goes back to if it bounces."""
    return _sender(mail, settings)[0].addr_spec


def _sender(mail: Claimed, settings: MailSettings) -> tuple[Address, str | None]:
    """Return who writes, and where answers go if not to him.

    The operator's server sends from the operator's address whatever a tenant says: what it may
    send from is between it and the operator.
    """
    name = mail.sender_name or mail.organization_name
    if mail.smtp_host:
        return Address(name, addr_spec=mail.sender_address or ""), mail.reply_to
    if settings.sender is None:
        raise ComposingError("OMS_MAIL_FROM does not say what the operator's server sends from.")
    address = settings.sender.addr_spec
    return Address(name, addr_spec=address), mail.reply_to or mail.sender_address


def _addresses(recipients: Iterable[Recipient]) -> tuple[Address, ...]:
    return tuple(Address(one.name or "", addr_spec=one.address) for one in recipients)


def _unsubscribe_url(mail: Claimed, settings: MailSettings) -> str:
    if settings.unsubscribe_url is None:
        raise ComposingError(
            "OMS_UNSUBSCRIBE_URL is not set, and marketing mail is not sent without a way out."
        )
    separator = "&" if "?" in settings.unsubscribe_url else "?"
    return f"{settings.unsubscribe_url}{separator}token={mail.unsubscribe_token}"
