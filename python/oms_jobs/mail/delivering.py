"""Sending what is due of an organization: take a mail, write it, hand it over, say how it went.

Nothing is held open over a server's answer but its lease. Whatever ends us in between, the mail is
due again when that is over, with the same Message-ID.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import structlog

from oms_documents.errors import DocumentError
from oms_documents.parties import Party
from oms_jobs.database import Connection, connected, transaction_for
from oms_jobs.errors import JobError
from oms_jobs.mail import outbox
from oms_jobs.mail.attaching import Pdf, render_document
from oms_jobs.mail.composing import ComposingError, compose, sender_address
from oms_jobs.mail.imprint import imprint
from oms_jobs.mail.isolating import Isolation
from oms_jobs.mail.outbox import Claimed
from oms_jobs.mail.rendering import Letter, Override, RenderingError, render
from oms_jobs.mail.settings import MailSettings
from oms_jobs.mail.smtp import Connection as Smtp
from oms_jobs.mail.smtp import Security, Server, Verdict
from oms_jobs.secrets import decrypt

SECONDS = 30.0
"""How long one task goes on; what is due then, the next one sends."""
PORTS = {"tls": 465, "starttls": 587}
HOPELESS = (RenderingError, ComposingError, DocumentError)
"""Trying again changes nothing."""

log = structlog.get_logger(__name__)


def deliver_emails(organization_id: str) -> None:
    """Send what is due of an organization. The task that the relay defers."""
    deliver(os.environ["OMS_WORKER_URL"], UUID(organization_id), MailSettings.from_environment())


def deliver(
    url: str, organization: UUID, settings: MailSettings, *, seconds: float = SECONDS
) -> int:
    """Send until nothing is due or the time is over; return how many mails were tried."""
    deadline = time.monotonic() + seconds
    tried = 0
    with connected(url) as connection, _office(settings) as office:
        outbox.prepare(connection)
        with transaction_for(connection, organization):
            office.company = outbox.company(connection)
            mail = outbox.claim(connection, settings.rate_per_minute)
        while mail:
            tried += 1
            attempt = _attempt(connection, organization, mail, office)
            # The next one in the same transaction: half as many commits.
            with transaction_for(connection, organization):
                is_ours = outbox.report(connection, mail, attempt.verdict, attempt.subject)
                told, mail = mail, None
                if time.monotonic() < deadline:
                    mail = outbox.claim(connection, settings.rate_per_minute)
            _tell(organization, told, attempt.verdict, is_ours=is_ours)
    return tried


@dataclass
class _Office:
    """What a task needs for all its mails: settings, templates, and a connection it reuses."""

    settings: MailSettings
    isolation: Isolation
    company: Party | None = None
    smtp: Smtp | None = None

    def connection_to(self, server: Server) -> Smtp:
        """Return a connection; a server that was changed meanwhile gets a new one."""
        if self.smtp and self.smtp.server != server:
            self.smtp.close()
            self.smtp = None
        self.smtp = self.smtp or Smtp(server)
        return self.smtp


@contextmanager
def _office(settings: MailSettings) -> Iterator[_Office]:
    office = _Office(settings, Isolation())
    try:
        yield office
    finally:
        office.isolation.close()
        if office.smtp:
            office.smtp.close()


@dataclass(frozen=True)
class _Attempt:
    verdict: Verdict
    subject: str | None = None


def _attempt(
    connection: Connection, organization: UUID, mail: Claimed, office: _Office
) -> _Attempt:
    """Send one mail; whatever goes wrong, it is this mail's."""
    subject = None
    try:
        letter = _letter(mail, office)
        subject = letter.subject
        pdfs = list(_pdfs(connection, organization, mail))
        server = _server(mail, office.settings)
        if server is None:
            said = "There is no mail server: neither mail_settings.smtp_host nor OMS_SMTP_URL."
            return _Attempt(Verdict("unreachable", said), subject)
        message = compose(mail, letter, pdfs, office.settings)
        verdict = office.connection_to(server).send(
            sender_address(mail, office.settings),
            [one.address for one in mail.recipients if one.is_due],
            message,
        )
    except HOPELESS as error:
        verdict = Verdict("permanent", str(error))
    except JobError as error:
        verdict = Verdict("unreachable", error.what)
    except Exception as error:
        log.exception("mail not sent", organization=str(organization), email=str(mail.id))
        verdict = Verdict("temporary", f"{type(error).__name__} in the mailer")
    return _Attempt(verdict, subject)


def _letter(mail: Claimed, office: _Office) -> Letter:
    facts = {
        **mail.data,
        "organization": mail.sender_name or mail.organization_name,
        "imprint": imprint(office.company, mail.language),
    }
    if mail.override_subject is None or mail.override_html is None:
        return render(mail.template, mail.language, facts)
    own = Override(mail.override_subject, mail.override_html, mail.override_text)
    return office.isolation.render(mail.template, mail.language, facts, own)


def _pdfs(connection: Connection, organization: UUID, mail: Claimed) -> Iterator[Pdf]:
    for attached in mail.attachments:
        with transaction_for(connection, organization):
            words = outbox.document(connection, mail, attached)
        if words is None:
            raise DocumentError(f"There is no {attached.document} {attached.id}.")
        yield render_document(attached.document, words)


def _server(mail: Claimed, settings: MailSettings) -> Server | None:
    """Return the organization's own server, else the operator's."""
    if mail.smtp_host is None:
        return settings.server
    security = cast(Security, mail.smtp_security)
    return Server(
        host=mail.smtp_host,
        port=mail.smtp_port or PORTS[security],
        security=security,
        user=mail.smtp_user,
        password=decrypt(mail.smtp_password) if mail.smtp_password else None,
        is_tenants=True,
    )


def _tell(organization: UUID, mail: Claimed, verdict: Verdict, *, is_ours: bool) -> None:
    log.info(
        "mail tried" if is_ours else "mail tried too slowly: another worker has it",
        organization=str(organization),
        email=str(mail.id),
        template=mail.template,
        attempt=mail.attempts,
        outcome=verdict.outcome,
        answer=verdict.answer,
    )
