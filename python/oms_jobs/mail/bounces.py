"""What mail servers report of mails: that they came back, arrived, or were called unwanted.

Delivery status notifications (RFC 3464) and feedback reports (RFC 5965) are messages of type
multipart/report, which hold the message that they are about, or its head.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Literal

from oms_jobs.errors import JobError

ORIGINALS = ("message/rfc822", "text/rfc822-headers")


class NoReportError(JobError):
    """A message is no report, or does not say of which message it is."""


@dataclass(frozen=True)
class MailReport:
    """What became of a message at one address."""

    message_id: str
    kind: Literal["delivered", "bounce", "complaint"]
    address: str | None
    diagnostic: str | None


def read_report(content: bytes) -> list[MailReport]:
    """Read a report; NoReportError if it is none.

    Empty where nothing is final: what a server goes on trying, or gave up for now.
    """
    message = message_from_bytes(content, policy=policy.compat32)
    if message.get_content_type() != "multipart/report":
        raise NoReportError(
            f"This is a message of type {message.get_content_type()}, not multipart/report.",
            "Pass on what mail servers send to the sender's address, as it came.",
        )
    parts = {part.get_content_type(): part for part in message.walk()}
    original = next((parts[kind] for kind in ORIGINALS if kind in parts), None)
    message_id = _message_id(original) if original else None
    if message_id is None:
        raise NoReportError("The report does not say which message it is about: no Message-ID.")
    if status := parts.get("message/delivery-status"):
        return list(_delivery(message_id, status))
    if feedback := parts.get("message/feedback-report"):
        return [_complaint(message_id, feedback)]
    raise NoReportError("The report is neither of a delivery nor of a complaint.")


def _message_id(original: Message) -> str | None:
    content = original.get_payload(decode=True)
    inner = _inner(original)
    if isinstance(content, bytes):
        inner = [message_from_bytes(content, policy=policy.compat32)]
    return (_field(inner[0], "Message-ID") or None) if inner else None


def _delivery(message_id: str, status: Message) -> Iterator[MailReport]:
    """Read a group of fields for each recipient; the first one is about the message."""
    for recipient in _inner(status)[1:]:
        action = _field(recipient, "Action").lower()
        address = _typed(recipient, "Original-Recipient") or _typed(recipient, "Final-Recipient")
        diagnostic = _typed(recipient, "Diagnostic-Code") or _field(recipient, "Status")
        if action == "delivered":
            yield MailReport(message_id, "delivered", address or None, diagnostic or None)
        # 4.x.x: the address may be well another day.
        elif action == "failed" and not _field(recipient, "Status").startswith("4"):
            yield MailReport(message_id, "bounce", address or None, diagnostic or None)


def _complaint(message_id: str, feedback: Message) -> MailReport:
    [fields] = _inner(feedback) or [feedback]
    to = _field(fields, "Original-Rcpt-To").strip("<>")
    return MailReport(message_id, "complaint", to or None, _field(fields, "Feedback-Type") or None)


def _inner(part: Message) -> list[Message]:
    """Return what stands in a part of type message/*: a message, or groups of fields."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _typed(fields: Message, name: str) -> str:
    """Return what stands behind the type: `rfc822; reader@example.com`."""
    kind, semicolon, text = _field(fields, name).partition(";")
    return (text if semicolon else kind).strip().strip("<>")


def _field(fields: Message, name: str) -> str:
    return " ".join(str(fields.get(name, "")).split())
