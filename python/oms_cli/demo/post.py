"""The post: what a worker sent while the demo was played, read where it arrived.

What each company must have got is read in the books, as their owner; the mailer's log only tells
which message that is.
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from functools import reduce
from itertools import groupby, zip_longest
from typing import LiteralString, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from oms_cli import inbox, process
from oms_cli.demo.setting import Scene
from oms_cli.demo.telling import Narrator
from oms_cli.errors import OmsCliError
from oms_cli.server import Connection
from oms_cli.working import log_file
from oms_jobs.mail.plain import plain_text

PATIENCE = 60
"""Seconds in which a worker must have done something of what waits."""
ROWS = 8
PDF = b"%PDF-"
SEPARATOR = " | "  # of cells, in a letter's text
MONEY = re.compile(r"[$€£¥]|\b(?:USD|EUR|GBP)\b|\d[.,]\d\d(?![.,]?\d)")

WAITING: LiteralString = """
select
  (select count(*) from private.outbox as e where e.is_pending) as events,
  (select count(*) from ops.email_log as m where m.due_at is not null) as mails,
  coalesce(
    (select max(e.last_error) from private.outbox as e where e.is_pending),
    (select max(m.answer) from ops.email_log as m where m.due_at is not null)
  ) as trouble
"""

GIVEN_UP: LiteralString = """
select concat_ws(' ', 'The event', e.type, 'was given up:', e.last_error)
from private.outbox as e
where e.dead_at is not null
union all
select concat_ws(' ', 'The mail', m.template, 'is', m.status || ':', m.answer)
from ops.email_log as m
where m.status <> 'sent'
"""

# A factory gets its own lines of an allocation, and the contracts that are issued to it; a vendor
# its purchase orders. Lines begin as they do in the letter.
OWED: LiteralString = """
with goods as (
  select
    'quote_request' as template, s.allocation_id as about, s.factory_id as party_id,
    a.allocation_number as number, null as file,
    s.style_number || ' ' || s.style_name as item, s.marketing_name as kind,
    s.order_qty as quantity, null as unit
  from ops.allocation_items_supplier as s
  inner join ops.allocations as a on a.id = s.allocation_id
  where s.invited_at is not null
  union all
  select
    'production_contract', p.id, p.factory_id,
    p.po_number, p.po_number || '-v' || p.version || '.pdf',
    l.style_number || ' ' || l.style_name, l.marketing_name, l.quantity, null
  from ops.factory_pos as p
  inner join ops.factory_po_lines as l on l.factory_po_id = p.id
  where p.issued_at is not null
  union all
  select
    'purchase_order', o.id, o.vendor_id, o.po_number, o.po_number || '.pdf',
    coalesce(l.vendor_sku, l.sku), l.description, l.quantity, l.unit
  from ops.purchase_orders as o
  inner join ops.purchase_order_lines as l on l.purchase_order_id = o.id
  where o.sent_at is not null
)
select
  g.template, d.id as party_id, d.name as company, g.number, g.file,
  array_agg(
    g.item || ' | ' || g.kind || ' | '
    || concat_ws(' ', rtrim(to_char(g.quantity, 'FM999,999,999,990.######'), '.'), g.unit)
  ) as lines,
  array(
    select lower(d.email) where d.email is not null
    union
    select lower(c.email) from ops.contacts as c
    where c.directory_id = d.id and c.is_primary and c.email is not null
  ) as addresses,
  array(
    select m.message_id from ops.email_log as m
    where m.template = g.template and m.entity_id = g.about and m.party_id = d.id
  ) as message_ids
from goods as g
inner join ops.directory as d on d.id = g.party_id
group by g.template, g.about, g.number, g.file, d.id, d.name, d.email
order by d.name, g.template desc, g.number, g.file
"""

# By which words one knows a company that makes or sells goods.
KNOWN_BY: LiteralString = """
select d.id, w.word
from ops.directory as d
cross join lateral (
  select unnest(array[d.name, d.email])
  union
  select unnest(array[c.name, c.email, c.phone]) from ops.contacts as c where c.directory_id = d.id
  union
  select unnest(array[a.line1, a.line2]) from ops.addresses as a where a.directory_id = d.id
) as w (word)
where d.kinds && '{factory,vendor}' and w.word is not null
"""

COLLEAGUES: LiteralString = "select lower(email) from ops.members where party_id is null"


SENT: LiteralString = "select count(*) from ops.email_log where status = 'sent'"


class Waiting(NamedTuple):
    """What the worker has not come to, and what went wrong with it."""

    events: int
    mails: int
    trouble: str | None


@dataclass(frozen=True)
class Owed:
    """A mail that a company must have got, and the lines that stand in it."""

    template: str
    party_id: UUID
    company: str
    number: str
    file: str | None
    lines: list[str]
    addresses: list[str]
    message_ids: list[str]

    @property
    def title(self) -> str:
        """What a fault calls it."""
        return f"{self.template} {self.file or self.number} for {self.company}"


def wait(on: Scene, tell: Narrator) -> None:
    """Wait until nothing is due any more, as it would be after a night."""
    with tell.step("Worker") as step:
        deadline, before = time.monotonic() + PATIENCE, None
        while (waiting := _waiting(on.owner)) and (waiting.events or waiting.mails):
            if waiting != before:
                deadline, before = time.monotonic() + PATIENCE, waiting
            if time.monotonic() > deadline or not process.find(on.worker):
                said = f" The last thing that went wrong: {waiting.trouble}"
                raise OmsCliError(
                    f"The worker does not go on: {waiting.events:,} events and "
                    f"{waiting.mails:,} mails wait.{said if waiting.trouble else ''}",
                    f"Its log is {on.project.shown(log_file(on.project))}",
                )
            time.sleep(0.05)
        (sent,) = on.owner.execute(SENT).fetchone() or (0,)
        step.end(f"has handled every event, and sent {sent} mails so far")


def read(on: Scene, tell: Narrator) -> list[str]:
    """Show what the inbox holds; return what should not be there, and what is missing."""
    came = {
        str(message["Message-ID"]).strip("<>"): message
        for message in inbox.messages(inbox.box(on.project))
    }
    known_by = _known_by(on.owner)
    faults = [str(row[0]) for row in on.owner.execute(GIVEN_UP)]
    for company, letters in groupby(_owed(on.owner), key=lambda owed: owed.company):
        rows, went_to = [], set[str]()
        for owed in letters:
            found = [came.pop(one) for one in owed.message_ids if one in came]
            if len(found) != 1:
                faults.append(f"{owed.title} came {len(found)} times.")
            for message in found:
                faults += (f"{owed.title} {fault}" for fault in wrong(owed, message, known_by))
                attached = ", ".join(inbox.attached(message))
                rows.append((owed.template, str(message["Subject"]), attached))
                went_to.update(_to(message))
        tell.say(f"{company}, at {', '.join(sorted(went_to)) or 'no address'}", style="bold")
        tell.show(("mail", "subject", "attached"), rows[:ROWS])
        if len(rows) > ROWS:
            tell.say(f"And {len(rows) - ROWS:,} more: `oms mail inbox` lists them.", style="dim")
    colleagues = {str(row[0]) for row in on.owner.execute(COLLEAGUES)}
    for message in came.values():
        if not colleagues.issuperset(_to(message)):
            faults.append(f"{', '.join(_to(message))} got {message['Subject']!r} for no reason.")
    tell.say(f"And {len(came):,} to colleagues, who have to know of something.", style="dim")
    return faults


def wrong(owed: Owed, message: EmailMessage, known_by: Mapping[UUID, set[str]]) -> Iterator[str]:
    """Tell what is wrong with a message: whom it went to, what it says, what goes with it."""
    if _to(message) != sorted(owed.addresses):
        yield f"went to {', '.join(_to(message))}."
    texts = (inbox.part(message, "plain"), plain_text(inbox.part(message, "html")))
    said = "\n".join([inbox.words(message), *texts]).casefold()
    own = sorted(known_by.get(owed.party_id, ()), key=len, reverse=True)
    of_others = reduce(lambda rest, word: rest.replace(word.casefold(), ""), own, said)
    for word in sorted(set().union(*known_by.values()).difference(own)):
        if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", of_others):
            yield f"says {word!r}."
    lines = sorted(" ".join(line.split()) for line in owed.lines)
    for text in texts:
        rows = [line for line in text.splitlines() if SEPARATOR in line][1:]  # not the heads
        pairs = zip_longest(lines, sorted(rows), fillvalue="")
        if not all(f"{row}{SEPARATOR}".startswith(f"{line}{SEPARATOR}") for line, row in pairs):
            yield "has other lines than its own."
        besides = reduce(lambda rest, line: rest.replace(line, ""), lines, text)
        if money := MONEY.search(f"{message['Subject']}\n{besides}"):
            yield f"names a price: {money[0]}."
    attached = [
        (one.get_filename(), one.get_content_type(), one.get_content()[: len(PDF)])
        for one in message.iter_attachments()
    ]
    if attached != ([(owed.file, "application/pdf", PDF)] if owed.file else []):
        yield f"comes with {', '.join(inbox.attached(message)) or 'no document'}."


def _waiting(owner: Connection) -> Waiting:
    with owner.cursor(row_factory=class_row(Waiting)) as cursor:
        return cursor.execute(WAITING).fetchone() or Waiting(0, 0, None)


def _owed(owner: Connection) -> list[Owed]:
    with owner.cursor(row_factory=class_row(Owed)) as cursor:
        return cursor.execute(OWED).fetchall()


def _known_by(owner: Connection) -> Mapping[UUID, set[str]]:
    words: defaultdict[UUID, set[str]] = defaultdict(set)
    for party_id, word in owner.execute(KNOWN_BY):
        words[UUID(str(party_id))].add(str(word))
    return words


def _to(message: EmailMessage) -> list[str]:
    """Return whom the mail server was told to deliver it to."""
    return sorted(str(message["X-Envelope-To"]).lower().split(", "))
