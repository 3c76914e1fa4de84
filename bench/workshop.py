"""A workshop at the workbench: parts that are bought, goods that are made of them, and their stock.

What the benchmarks of purchasing, production and planning begin with. It is written with the
triggers at rest before each of them, and deleted after it. Against what the rules do stand the rows
that they wrote, new ones and changed ones alike: one INSERT a table, into a copy of it that has its
columns, indexes and CHECKs and is empty.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import LiteralString

from psycopg import sql

from bench.arena import Arena, written
from bench.measure import Spread, in_turns
from oms_cli.bench.load import WORKBENCH
from oms_cli.server import Connection
from oms_cli.tokens import Claims, act_as

Act = Callable[[Connection], object]

# What people and planning make of it, what hangs on other rows first.
WORK = (
    "order_item_supplies",
    "planning_exceptions",
    "supply_pegs",
    "planned_supplies",
    "supply_runs",
    "inventory_reservations",
    "component_shortages",
    "production_order_history",
    "work_center_loads",
    "work_center_days",
    "production_operations",
    "production_components",
    "production_orders",
    "vendor_deliveries",
    "goods_receipt_lines",
    "goods_receipts",
    "purchase_order_approvals",
    "purchase_order_lines",
    "purchase_orders",
    "reorder_rules",
)
STOCK = ("stock_levels", "stock_moves")
CATALOGUE = (
    "supplier_price_breaks",
    "supplier_products",
    "bom_operations",
    "work_centers",
    "bom_lines",
    "bom_versions",
    "bom_templates",
    "stock_locations",
    "warehouses",
)
# Of tables that the load writes too, what is the workshop's.
OWN = {
    "product_variants": "style_id is null",
    "products": "style_id is null",
    "members": "role = 'oms_vendor'",
    "directory": "kinds = '{vendor}'",
}


@dataclass(frozen=True)
class Measured:
    """How long something took by the rules and bare, and how many rows of which table it wrote."""

    by_rules: Spread
    bare: Spread
    rows: dict[str, int]

    @property
    def ratio(self) -> float:
        """How much longer it took by the rules."""
        return round(self.by_rules.median / self.bare.median, 1)


@dataclass(frozen=True)
class Workshop:
    """The workshop, and whoever works in it."""

    arena: Arena
    bare: Connection

    def claims(self, role: str, *, party: str | None = None) -> Claims:
        """Return a member of the workbench."""
        return self.arena.claims(role, organization=WORKBENCH, party=party)

    @contextmanager
    def acting(self, role: str, *, party: str | None = None) -> Iterator[Connection]:
        """Open a session as somebody, to measure also what the API would cut off."""
        with self.arena.acting(self.claims(role, party=party)) as connection:
            connection.execute("set statement_timeout = 0")
            yield connection

    def measured(
        self,
        repeats: int,
        role: str,
        prepare: Callable[[], Act],
        read: Act = lambda _: None,
    ) -> Measured:
        """Let somebody do what was prepared; read and write the same rows bare, in turns.

        What is written is found by doing it once; then all is prepared anew. Every turn is undone.
        """
        act = prepare()
        self.settle()
        with self.acting(role) as connection:
            before = self.now()
            with connection.transaction():
                act(connection)
            rows = self.take(before)
            self.tidy()
            act = prepare()
            self.settle()
            by_rules, bare = in_turns(
                repeats, lambda: undone(connection, act), lambda: self.put(read)
            )
        self.tidy()
        return Measured(by_rules, bare, rows)

    def now(self) -> str:
        """Return a transaction: what is written from now on is written by later ones."""
        row = self.bare.execute("select pg_current_xact_id()::xid::text").fetchone()
        return str(row[0]) if row else ""

    def take(self, since: str) -> dict[str, int]:
        """Copy the rows that were written since, to write them again, bare; return how many."""
        self.bare.execute("drop schema if exists bare cascade; create schema bare")
        counts = {table: self._taken(table, since) for table in (*WORK, *STOCK)}
        return {table: count for table, count in counts.items() if count}

    def _taken(self, table: str, since: str) -> int:
        names = _names(table)
        self.bare.execute(
            sql.SQL("create table {bare} (like {table} including all)").format(**names)
        )
        return self.bare.execute(
            sql.SQL(
                "create table {taken} as select t.* from {table} as t"
                " where t.organization_id = private.organization_id()"
                " and age(t.xmin) < age(%s::text::xid)"
            ).format(**names),
            [since],
        ).rowcount

    def put(self, read: Act) -> float:
        """Read, and write what was taken into copies of its tables; return the seconds."""
        statements = [
            sql.SQL("insert into {bare} ({columns}) select {columns} from {taken}").format(
                columns=sql.SQL(", ").join(written(self.bare, table)), **_names(table)
            )
            for table in (*WORK, *STOCK)
        ]
        return undone(
            self.bare, lambda bare: (read(bare), *(bare.execute(one) for one in statements))
        )

    def settle(self, tables: Sequence[str] = (*WORK, *STOCK)) -> None:
        """Vacuum and count afresh what was written to."""
        for table in tables:
            self.bare.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier("ops", table)))

    def tidy(self) -> None:
        """Delete all work, and put stock back to what it was in the beginning."""
        for table in WORK:
            _clear(self.bare, table)
        _clear(self.bare, "stock_moves", "reason <> 'opening'")
        self.bare.execute(_STOCK_AGAIN)
        self.settle()


_STOCK_AGAIN: LiteralString = """
with summed as (
  select l.id, (
    select sum(m.quantity) from ops.stock_moves as m
    where m.organization_id = l.organization_id and m.product_variant_id = l.product_variant_id
  ) as on_hand
  from ops.stock_levels as l
  where l.organization_id = private.organization_id()
),
gone as (
  delete from ops.stock_levels as l using summed as s
  where l.organization_id = private.organization_id() and l.id = s.id and s.on_hand is null
)
update ops.stock_levels as l
set on_hand = s.on_hand, reserved = 0
from summed as s
where l.organization_id = private.organization_id() and l.id = s.id and s.on_hand is not null
"""


@contextmanager
def workshop(arena: Arena) -> Iterator[Workshop]:
    """Write the workshop for the length of the block."""
    with arena.bare() as bare:
        act_as(bare, arena.claims("oms_admin", organization=WORKBENCH))
        bare.execute("reset role")  # the claims stay, which are what rows are written by
        place = Workshop(arena, bare)
        _delete(place)
        bare.execute(Path(__file__).with_suffix(".sql").read_bytes())
        place.settle((*CATALOGUE, *OWN, *STOCK))
        try:
            yield place
        finally:
            _delete(place)


def undone(connection: Connection, act: Act) -> float:
    """Do something, take it back, and return the seconds of doing it."""
    with connection.transaction(force_rollback=True):
        started = perf_counter()
        act(connection)
        return perf_counter() - started


def together(
    opened: Callable[[], AbstractContextManager[Connection]], hands: Sequence[Sequence[Act]]
) -> float:
    """Let sessions work at once, each on its own; return the seconds of all of it.

    The first piece of work of each is done before, as a session of the API's pool is a warm one.
    """
    with ExitStack() as stack, ThreadPoolExecutor(len(hands)) as pool:
        connections = [stack.enter_context(opened()) for _ in hands]
        list(pool.map(_worked, connections, [own[:1] for own in hands]))
        started = perf_counter()
        list(pool.map(_worked, connections, [own[1:] for own in hands]))
        return perf_counter() - started


def _worked(connection: Connection, own: Sequence[Act]) -> None:
    for act in own:
        act(connection)


def _names(table: str) -> dict[str, sql.Composable]:
    return {
        "table": sql.Identifier("ops", table),
        "bare": sql.Identifier("bare", table),
        "taken": sql.Identifier("bare", f"taken_{table}"),
    }


def _delete(place: Workshop) -> None:
    place.bare.execute("drop schema if exists bare cascade")
    for table in (*WORK, *STOCK, *CATALOGUE):
        _clear(place.bare, table)
    for table, condition in OWN.items():
        _clear(place.bare, table, condition)
    place.arena.clear_workbench()
    place.settle((*WORK, *STOCK, *CATALOGUE, *OWN))


def _clear(bare: Connection, table: str, condition: LiteralString = "true") -> None:
    bare.execute(
        sql.SQL("delete from {} where organization_id = private.organization_id() and {}").format(
            sql.Identifier("ops", table), sql.SQL(condition)
        )
    )
