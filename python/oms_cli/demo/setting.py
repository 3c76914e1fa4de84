"""Sets the scene: a fresh database, the company of the seed, an order book."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from psycopg import sql

from oms_cli import building, inbox, process, stack
from oms_cli.consent import agree_to_drop
from oms_cli.console import say
from oms_cli.demo.telling import Narrator
from oms_cli.errors import OmsCliError
from oms_cli.imports import FileMapping, ImportResult, import_orders, import_styles
from oms_cli.members import member_for
from oms_cli.paths import Project
from oms_cli.server import Connection, connected
from oms_cli.tokens import Claims, sign
from oms_cli.working import worker
from oms_client import Oms

COMPANY = "tern-tide"
SECONDS = 60
# The worker leaves alone what is due by the clock: at some times of day that would plan in between.
QUEUES = "mail"


@dataclass(frozen=True)
class Book:
    """The files that the demo plays."""

    styles: Path
    orders: Path
    mapping: FileMapping | None
    accept_valid: bool
    rejects: Path

    @property
    def style_rejects(self) -> Path:
        """Where refused rows of the style list go: beside those of the order book."""
        name = f"{self.styles.stem}.rejects.csv"
        other = f"{self.styles.stem}.styles.rejects.csv"
        return self.rejects.with_name(other if name == self.rejects.name else name)


@dataclass(frozen=True)
class Person:
    """Somebody with a token of their own, or without one, and the API as they see it."""

    name: str
    claims: Claims | None
    oms: Oms

    @property
    def party_id(self) -> UUID | None:
        """The client, factory or vendor that the person speaks for."""
        return UUID(self.claims.party_id) if self.claims and self.claims.party_id else None


@dataclass
class Scene:
    """The running stack, its owner's connection, and the people who act."""

    project: Project
    running: stack.Stack
    owner: Connection
    worker: process.Handle
    people: ExitStack
    cast: dict[str, Person] = field(default_factory=dict)

    def staff(self, role: str) -> Person:
        """Return the colleague with this role."""
        return self._act(f"oms_{role}", role, None)

    def factory(self, code: str) -> Person:
        """Return the user at a factory."""
        return self._act("oms_factory", code, code)

    def vendor(self, code: str) -> Person:
        """Return the user at a vendor."""
        return self._act("oms_vendor", code, code)

    def client(self, code: str) -> Person:
        """Return a user at a client."""
        return self._act("oms_client", code, code)

    def stranger(self) -> Person:
        """Return somebody without a token."""
        return self._keep("anon", None)

    def analyze(self, *tables: str) -> None:
        """Count afresh what has just grown.

        Autovacuum would within a minute. Until then sessions go by plans for empty tables.
        """
        names = sql.SQL(", ").join(sql.Identifier("ops", table) for table in tables)
        self.owner.execute(sql.SQL("analyze {}").format(names))

    def _act(self, role: str, name: str, party: str | None) -> Person:
        return self.cast.get(name) or self._keep(name, (role, party))

    def _keep(self, name: str, speaks_as: tuple[str, str | None] | None) -> Person:
        claims = member_for(self.owner, *speaks_as, COMPANY) if speaks_as else None
        token = sign(claims, self.running.jwt_secret) if claims else None
        oms = self.people.enter_context(Oms(self.running.rest_url, token, seconds=SECONDS))
        self.cast[name] = Person(name, claims, oms)
        return self.cast[name]


@contextmanager
def scene(project: Project, tell: Narrator, *, yes: bool) -> Iterator[Scene]:
    """Open the stack on a database with nothing but the company in it; stop it in the end."""
    with tell.step("The stack") as step:
        if stack.running(project) is None:
            stack.up(project, db_port=None, api_port=None, say=_quiet)
        step.end("is up: Postgres, PostgREST and a mail inbox")
    try:
        stack.own_worker_url(project)  # refuses before anything is dropped
        agree_to_drop(stack.require(project).server, "The demo", COMPANY, yes=yes)
        with tell.step("The database") as step:
            with stack.without_api(project) as server:
                building.rebuild(project, server)
            inbox.empty(inbox.box(project))
            migrations = len(list(project.migrations.glob("*.sql")))
            step.end(f"is made anew by {migrations} migrations")
        running = stack.require(project)
        with (
            connected(running.server.owner_url) as owner,
            worker(project, "--queues", QUEUES) as working,
            ExitStack() as people,
        ):
            _seed(project, owner, tell)
            yield Scene(project, running, owner, working, people)
    finally:
        stack.down(project)


def read_book(on: Scene, book: Book, tell: Narrator) -> ImportResult:
    """Import the style list and the order book; return what became of the latter."""
    with tell.step("Planner") as step:
        styles = import_styles(
            on.owner,
            book.styles,
            book.mapping,
            accept_valid=book.accept_valid,
            rejects=book.style_rejects,
            progress=step.show,
        )
        _landed(styles)
        made = _outcome(styles, "styles", "colorways", "product_variants")
        step.end(f"imports {book.styles.name}: {made}")
    with tell.step("Sales") as step:
        orders = import_orders(
            on.owner,
            book.orders,
            book.mapping,
            accept_valid=book.accept_valid,
            rejects=book.rejects,
            progress=step.show,
        )
        _landed(orders)
        step.end(f"imports {book.orders.name}: {_outcome(orders, 'orders', 'order_items')}")
    for result in styles, orders:
        if result.rejects:
            tell.aside(f"{result.refused:,} refused rows of {result.file}: see {result.rejects}")
    return orders


def _landed(result: ImportResult) -> None:
    if not result.landed:
        first = min(result.problems, key=lambda problem: problem.line_number)
        raise OmsCliError(
            f"{result.file}: {result.refused:,} of {result.rows:,} rows are refused, so nothing "
            f"landed. Line {first.line_number}: {first.reason}",
            f"{result.rejects} has all of them. --accept-valid goes on without them.",
        )


def _outcome(result: ImportResult, *kinds: str) -> str:
    made = ", ".join(f"{result.made[kind]:,} {kind.replace('_', ' ')}" for kind in kinds)
    return f"{made} of {result.rows:,} rows"


def _seed(project: Project, owner: Connection, tell: Narrator) -> None:
    with tell.step("Administrator") as step:
        seed = project.config.with_name("seed.sql")
        owner.execute(seed.read_bytes())
        company = owner.execute(
            """
            select
              o.name,
              (select count(*) from ops.members),
              (select count(*) from ops.directory where 'factory' = any(kinds))
            from ops.organizations as o
            """
        ).fetchone()
        name, members, factories = company or ("", 0, 0)
        step.end(f"sets up {name}: {members} members, {factories} factories")


def _quiet(message: str) -> None:
    """Leave the telling to the steps, but pass on what is out of the ordinary."""
    if not message.startswith(("Creating", "Applying")):
        say(message)
