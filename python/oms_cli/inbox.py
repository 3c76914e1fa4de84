"""The local inbox: a mail server on loopback that delivers nothing and keeps everything.

`python -m oms_cli.inbox PORT FOLDER` is the server; each message is a file of a maildir.
"""

import asyncio
import mailbox
import os
import signal
import sys
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from oms_cli import process
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project

SENDER = "OMS <oms@localhost.localdomain>"
LIMIT = 50_000_000


class Keeper:
    """Files what comes."""

    def __init__(self, folder: Path) -> None:
        self.box = mailbox.Maildir(folder, create=True)

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a message with its envelope."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        recipients = ", ".join(envelope.rcpt_tos)
        self.box.add(f"X-Envelope-To: {recipients}\r\n".encode() + content)
        return "250 Kept"


async def serve(port: int, folder: Path) -> None:
    """Take mail until told to stop."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    keeper = Keeper(folder)
    server = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=LIMIT, hostname="localhost"), "127.0.0.1", port
    )
    async with server:
        await stopping.wait()


def start(project: Project, port: int, patience: float = 15) -> process.Handle:
    """Start the inbox and wait until it takes mail."""
    folder = box(project)
    folder.parent.mkdir(parents=True, exist_ok=True)
    log = log_file(project)
    command = [sys.executable, "-m", "oms_cli.inbox", str(port), str(folder)]
    handle = process.start(command, os.environ, log)
    if process.serves(handle, lambda: not process.is_free(port), patience):
        return handle
    raise OmsCliError("The inbox did not become ready.", f"Its log is {project.shown(log)}")


def box(project: Project) -> Path:
    """Return the maildir."""
    return project.state / "inbox" / "mail"


def log_file(project: Project) -> Path:
    """Return where the server writes what goes wrong."""
    return project.state / "inbox" / "inbox.log"


def messages(folder: Path) -> Sequence[EmailMessage]:
    """Return what came, the oldest first."""
    if not folder.is_dir():
        return []
    found = []
    for file in [*folder.glob("new/*"), *folder.glob("cur/*")]:
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        if isinstance(message, EmailMessage):
            found.append((file.stat().st_mtime_ns, file.name, message))
    return [message for _, _, message in sorted(found, key=lambda one: one[:2])]


def empty(folder: Path) -> None:
    """Throw away what came."""
    for file in [*folder.glob("new/*"), *folder.glob("cur/*")]:
        file.unlink()


def part(message: EmailMessage, kind: str) -> str:
    """Return what a message says in one of its ways, `plain` or `html`."""
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""


def attached(message: EmailMessage) -> list[str]:
    """Return what the files are called that go with a message."""
    return [one.get_filename() or "" for one in message.iter_attachments()]


def words(message: EmailMessage) -> str:
    """Return all that a reader sees of a message but its files, and all of its head."""
    head = "\n".join(f"{name}: {value}" for name, value in message.items())
    return "\n".join([head, part(message, "plain"), part(message, "html")])


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
