"""How many mails a second are rendered and handed to a mail server on this machine.

`python -m bench.mails [--mails 600] [--documents 60]`: a database of its own on a server of its
own, thrown away afterwards, and the local inbox as the mail server.
"""

import json
import secrets
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from email.headerregistry import Address
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from oms_cli import inbox, process
from oms_cli.building import build_from_migrations, scratch_database
from oms_cli.paths import find_project
from oms_cli.postgres import temporary_server
from oms_cli.server import Server
from oms_client.wire import dumps
from oms_jobs.mail.delivering import deliver
from oms_jobs.mail.samples import SAMPLES
from oms_jobs.mail.settings import MailSettings
from oms_jobs.mail.smtp import Server as MailServer

SQL = (Path(__file__).parent / "mails.sql").read_text(encoding="utf-8")


def main() -> None:
    """Measure and print, one line of JSON."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=600)
    parser.add_argument("--documents", type=int, default=60)
    asked = parser.parse_args()
    project = find_project()
    figures: dict[str, float] = {}
    with (
        temporary_server(project) as server,
        scratch_database(server, "mails") as database,
        tempfile.TemporaryDirectory() as folder,
    ):
        build_from_migrations(project, database)
        url = _admit(database)
        port = process.free_port()
        command = [sys.executable, "-m", "oms_cli.inbox", str(port), f"{folder}/mail"]
        running = subprocess.Popen(command)
        try:
            while process.is_free(port):
                time.sleep(0.02)
            for name, template, count, mailers in (
                ("plain", "quote_request", asked.mails, 1),
                ("plain, two mailers", "quote_request", asked.mails, 2),
                ("with a PDF", "purchase_order", asked.documents, 1),
                ("with a PDF, two mailers", "purchase_order", asked.documents, 2),
            ):
                organizations = [_queued(database, template, count) for _ in range(mailers)]
                figures[name] = round(mailers * count / _sent(url, port, organizations), 1)
            kept = len(inbox.messages(Path(folder) / "mail"))
        finally:
            running.terminate()
            running.wait()
    assert kept == 3 * (asked.mails + asked.documents), kept  # noqa: S101
    print(json.dumps({"mails_a_second": figures}))  # noqa: T201


def _admit(database: Server) -> str:
    password = secrets.token_hex(8)
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("alter role oms_worker password {}").format(sql.Literal(password)))
    at = psycopg.conninfo.conninfo_to_dict(database.owner_url)
    return f"postgresql://oms_worker:{password}@{at['host']}:{at['port']}/{at['dbname']}"


def _queued(database: Server, template: str, count: int) -> UUID:
    """Make an organization whose mails wait."""
    organization = uuid4()
    values = {
        "organization": organization,
        "code": f"bench-{secrets.token_hex(3)}",
        "template": template,
        "count": count,
        "encloses": template == "purchase_order",
        "data": dumps(SAMPLES[template]),
        "claims": dumps({"sub": organization, "organization_id": organization}),
    }
    with psycopg.connect(database.admin_url) as connection:
        for statement in SQL.split(";\n"):
            if statement.strip():
                connection.execute(statement, values)
    return organization


def _sent(url: str, port: int, organizations: list[UUID]) -> float:
    """Send all that waits, with a mailer for each organization; return the seconds."""
    pool = get_context("spawn").Pool(len(organizations))
    with pool:
        pool.map(time.sleep, [0.5] * len(organizations))  # all of them are there
        began = time.perf_counter()
        pool.starmap(_deliver, [(url, port, one) for one in organizations], chunksize=1)
        return time.perf_counter() - began


def _deliver(url: str, port: int, organization: UUID) -> None:
    sender = Address("Operator", addr_spec="mail@operator.example")
    settings = MailSettings(MailServer("127.0.0.1", port, "none"), sender)
    deliver(url, organization, settings, seconds=600)


if __name__ == "__main__":
    main()
