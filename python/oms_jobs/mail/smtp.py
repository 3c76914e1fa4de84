"""One mail server, spoken to over one connection for as many mails as there are."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Timer
from typing import Any, BinaryIO, Literal

from oms_jobs.errors import JobError
from oms_jobs.targets import TargetError, open_socket

Security = Literal["none", "starttls", "tls"]
Refusals = Mapping[str, tuple[int, bytes]]

CONNECT_SECONDS = 10
ANSWER_SECONDS = 20
MAIL_SECONDS = 60.0
"""How long a tenant's server has for a whole mail, well within the lease, however it drips."""
ANSWER_LINES = 100
"""How many lines of one answer are listened to; EHLO takes a dozen."""
PERMANENT = 500
"""From this reply on, trying again changes nothing (RFC 5321)."""
NO_MORE = 421
IDLE_SECONDS = 2.0
"""After so long a server may have hung up; it is asked before a mail is begun."""


@dataclass(frozen=True)
class Server:
    """Where to send through. `is_tenants`: it was named by a tenant, and is checked."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    is_tenants: bool = False


@dataclass(frozen=True)
class Verdict:
    """What became of a mail, in the database's words."""

    outcome: Literal["sent", "temporary", "permanent", "unreachable"]
    answer: str
    accepted: Sequence[str] = ()


class _Watch:
    """Hangs up on a server that takes too long, whatever it is at."""

    def __init__(self) -> None:
        self._line: socket.socket | None = None
        self._is_late = False

    def over(self, connected: socket.socket) -> socket.socket:
        """Watch a connection."""
        self.close()
        self._line = connected.dup()  # stays, also when TLS takes the other one over
        if self._is_late:
            self._hang_up()
        return connected

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Hang up if the block is not through by then."""
        self._is_late = False
        timer = Timer(seconds, self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        """Watch nothing any more."""
        line, self._line = self._line, None
        if line:
            line.close()

    def _hang_up(self) -> None:
        self._is_late = True
        if self._line:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


class _Answers:
    """What a server says, each answer up to so many lines."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.left = 0

    def readline(self, size: int) -> bytes:
        """Read a line; nothing, as where the connection ended, once it was enough."""
        self.left -= 1
        return self._file.readline(size) if self.left >= 0 else b""

    def close(self) -> None:
        """Do as a file."""
        self._file.close()


class _Checked(smtplib.SMTP):
    """Connects to an address that was checked, and to no other; hears no endless answers."""

    def __init__(self, watch: _Watch, *arguments: Any, **options: Any) -> None:
        self._watch = watch
        super().__init__(*arguments, **options)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._watch.over(open_socket(host, port, timeout))

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock:
            self.file = _Answers(self.sock.makefile("rb"))
        if self.file:
            self.file.left = ANSWER_LINES
        return super().getreply()


class _CheckedTls(_Checked, smtplib.SMTP_SSL):
    """Does so encrypted."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connected = super()._get_socket(host, port, timeout)
        return self.context.wrap_socket(connected, server_hostname=host)


class Connection:
    """A connection that is made when it is needed, and made again where it was lost."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._smtp: smtplib.SMTP | None = None
        self._used = 0.0
        self._watch = _Watch()

    def send(self, sender: str, recipients: Sequence[str], content: bytes) -> Verdict:
        """Hand a mail over."""
        with self._watch.within(MAIL_SECONDS):
            return self._send(sender, recipients, content)

    def _send(self, sender: str, recipients: Sequence[str], content: bytes) -> Verdict:
        if self._smtp and time.monotonic() > self._used + IDLE_SECONDS and not _listens(self._smtp):
            self.close()
        is_fresh = self._smtp is None
        try:
            smtp = self._smtp or self._open()
        except (OSError, smtplib.SMTPException, JobError) as error:
            self.close()
            return Verdict("unreachable", _said(error))
        try:
            refused: Refusals = smtp.sendmail(sender, recipients, content)
        except smtplib.SMTPRecipientsRefused as error:
            refused = error.recipients
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == NO_MORE:
                self.close()
                if not is_fresh:  # enough for one connection
                    return self._send(sender, recipients, content)
            hopeless = error.smtp_code >= PERMANENT
            return Verdict("permanent" if hopeless else "temporary", _said(error))
        except (OSError, smtplib.SMTPException) as error:
            # Perhaps it was taken all the same: it will be the same message, by its Message-ID.
            self.close()
            return Verdict("temporary", _said(error))
        self._used = time.monotonic()
        return _partly([one for one in recipients if one not in refused], refused)

    def close(self) -> None:
        """Hang up."""
        smtp, self._smtp = self._smtp, None
        if smtp:
            try:
                with self._watch.within(ANSWER_SECONDS):
                    smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()
        self._watch.close()

    def _open(self) -> smtplib.SMTP:
        server = self.server
        context = ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.security == "tls":
            tls = partial(_CheckedTls, self._watch) if server.is_tenants else smtplib.SMTP_SSL
            smtp = tls(server.host, server.port, timeout=CONNECT_SECONDS, context=context)
        else:
            plain = partial(_Checked, self._watch) if server.is_tenants else smtplib.SMTP
            smtp = plain(server.host, server.port, timeout=CONNECT_SECONDS)
        try:
            if server.security == "starttls":
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password or "")
            if smtp.sock:
                smtp.sock.settimeout(ANSWER_SECONDS)
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp
        return smtp


def _listens(smtp: smtplib.SMTP) -> bool:
    """Tell whether a connection that was used before still is one."""
    try:
        return smtp.noop()[0] < PERMANENT and smtp.sock is not None
    except (OSError, smtplib.SMTPException):
        return False


def _partly(accepted: Sequence[str], refused: Refusals) -> Verdict:
    """Judge a mail that some of its recipients may have been refused."""
    said = "; ".join(f"{who}: {_reply(*reply)}" for who, reply in sorted(refused.items()))
    if any(code < PERMANENT for code, _ in refused.values()):
        return Verdict("temporary", said, accepted)
    if not accepted:
        return Verdict("permanent", said)
    return Verdict("sent", said or "The mail server took it.", accepted)


def _said(error: Exception) -> str:
    """Write what a server or the network said; never what we said, which may be a password."""
    match error:
        case smtplib.SMTPSenderRefused():
            return f"{error.sender}: {_reply(error.smtp_code, error.smtp_error)}"
        case smtplib.SMTPResponseException():
            return _reply(error.smtp_code, error.smtp_error)
        case TargetError():
            return error.what
        case _:
            return f"{type(error).__name__}: {error}"


def _reply(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = " ".join(words.split())
    # Neither what a database does not take nor what moves a terminal's cursor.
    return f"{code} {''.join(one for one in line if one.isprintable())}"
