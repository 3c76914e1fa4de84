"""A real mail server for the tests, that refuses whom it is told to refuse."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from oms_cli import process


@dataclass
class Letterbox:
    """What came, and what the server says to whom."""

    refusals: dict[str, str] = field(default_factory=dict)
    """What is answered to a recipient, by its address."""
    copies: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    logins: list[tuple[str, str]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if refusal := self.refusals.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.copies.append((list(envelope.rcpt_tos), message))
        self.arrived.set()
        return "250 Taken"

    def log_in(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        data: LoginPassword,
    ) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"open sesame")

    @property
    def messages(self) -> list[EmailMessage]:
        return [message for _, message in self.copies]

    def to(self, address: str) -> list[EmailMessage]:
        return [message for recipients, message in self.copies if address in recipients]


@contextmanager
def post_office(
    box: Letterbox, *, port: int | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Serve on loopback; with a certificate, only after STARTTLS and a login."""
    options: Mapping[str, object] = (
        {
            "tls_context": tls,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": box.log_in,
        }
        if tls
        else {}
    )
    chosen = port or process.free_port()
    controller = Controller(box, hostname="127.0.0.1", port=chosen, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield chosen
    finally:
        controller.stop()
