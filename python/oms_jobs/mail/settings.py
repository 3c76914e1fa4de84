"""What the operator says of mail: the server for organizations that have none of their own."""

import os
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Self
from urllib.parse import unquote, urlsplit

from oms_jobs.errors import JobError
from oms_jobs.mail.smtp import Security, Server

PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
SECURITY: dict[str, Security] = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "none"}


class MailSettingsError(JobError):
    """What the environment says of mail cannot be meant."""


@dataclass(frozen=True)
class MailSettings:
    """The operator's mail server and how it may be used."""

    server: Server | None
    sender: Address | None
    rate_per_minute: int | None = None
    unsubscribe_url: str | None = None

    @classmethod
    def from_environment(cls) -> Self:
        """Read `OMS_SMTP_URL`, `OMS_MAIL_FROM`, `OMS_MAIL_RATE` and `OMS_UNSUBSCRIBE_URL`."""
        url = os.environ.get("OMS_SMTP_URL")
        sender = os.environ.get("OMS_MAIL_FROM")
        rate = os.environ.get("OMS_MAIL_RATE")
        if url and not sender:
            raise MailSettingsError(
                "OMS_SMTP_URL is set, and OMS_MAIL_FROM is not.",
                "Set it to the address that the server may send from: 'OMS <mail@example.com>'.",
            )
        if rate and not (rate.isdecimal() and int(rate)):
            raise MailSettingsError(f"OMS_MAIL_RATE is {rate}, not a number of mails a minute.")
        return cls(
            server=server_of(url) if url else None,
            sender=address_of(sender) if sender else None,
            rate_per_minute=int(rate) if rate else None,
            unsubscribe_url=os.environ.get("OMS_UNSUBSCRIBE_URL") or None,
        )


def server_of(url: str) -> Server:
    """Read `smtp+starttls://user:password@host:587`, `smtps://…` or, unencrypted, `smtp://…`."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise MailSettingsError(  # without the URL, which holds a password
            "OMS_SMTP_URL is no address of a mail server.",
            "Write smtp+starttls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465.",
        )
    return Server(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        security=SECURITY[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def address_of(text: str) -> Address:
    """Read `Name <name@host>`."""
    name, address = parseaddr(text)
    try:
        return Address(name, addr_spec=address)
    except (ValueError, IndexError) as error:
        raise MailSettingsError(f"OMS_MAIL_FROM is {text}, which is no address.") from error
