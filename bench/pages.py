"""List pages: 50 rows as each audience lists them, against the same page filtered by hand.

What is compared is what the server spends on one execution of a prepared statement: planning, where
it plans at all, execution, and turning the rows into text. By hand means as the tables' owner, whom
row security lets through, with the organization, the party and whatever else the policy asks stated
as conditions. Both must find the same rows; sales finds no prices in them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from statistics import median
from time import perf_counter
from typing import LiteralString, cast

import httpx
from psycopg import sql

from bench.arena import Arena
from bench.measure import Outcome, Report, Row, Size
from oms_cli.server import Connection, connected
from oms_cli.tokens import Claims

AIM = 1.3
AT_ALL = 0.05  # milliseconds: to ask for the claims costs half of it, whatever the page
LIMIT = 50
DEPTH = 20_000
PATIENCE = 2.0
WARM_UP = 3
SERIALIZES = 170000  # the version of Postgres from which EXPLAIN can
PARTIES = {"oms_client": "C000", "oms_factory": "F000"}  # the busiest ones of the load


@dataclass(frozen=True)
class Page:
    """A list: who reads what, in the order of `key`.

    `where` is the filter of the screen, column and value; `party` the column that holds the
    reader's company, and `policy` what else its policy asks.
    """

    role: str
    relation: str
    key: str = "id"
    where: tuple[str, str] | None = None
    party: str | None = None
    policy: LiteralString | None = None

    @property
    def title(self) -> str:
        """How it is called in a report."""
        return f"{self.relation} ({self.where[1]})" if self.where else self.relation

    @property
    def direction(self) -> str:
        """Newest first, as ids are in the order of time; names from A to Z."""
        return "asc" if self.key == "name" else "desc"


def _client(relation: str, key: str = "id", policy: LiteralString | None = None) -> Page:
    return Page("oms_client", relation, key, party="client_id", policy=policy)


def _factory(relation: str, key: str = "id", policy: LiteralString | None = None) -> Page:
    return Page("oms_factory", relation, key, party="factory_id", policy=policy)


def _staff(role: str, *pages: Page) -> Iterator[Page]:
    return (replace(page, role=role) for page in pages)


def _list(relation: str, key: str = "id", where: tuple[str, str] | None = None) -> Page:
    return Page("", relation, key, where)


_SLICE = "allocation_item_supplier_id"
_OF_CLIENT: LiteralString = (
    "exists (select from ops.order_items as seen"
    " where seen.organization_id = page.organization_id and seen.client_id = {party}"
    " and seen.{key} = page.id)"
)
_OF_FACTORY: LiteralString = (
    "exists (select from ops.allocation_items_supplier as seen"
    " where seen.organization_id = page.organization_id and seen.factory_id = {party}"
    " and seen.{key} = page.id and seen.invited_at is not null)"
)
_OVERVIEW = _list("allocation_overview", "order_item_id")
_ORDERS = (
    _list("orders"),
    _list("orders", where=("status", "sales_order")),
    _list("order_items"),
    _OVERVIEW,
)
_WORK = (_list("allocation_items_supplier"), _list("factory_work", _SLICE), _list("factory_pos"))

PAGES = (
    _client("orders"),
    _client("order_items"),
    _client("client_order_lines", "order_item_id"),
    _client("order_item_sizes"),
    _client("order_item_prices"),
    _client("order_history", policy="is_visible_to_client"),
    Page("oms_client", "styles", policy=_OF_CLIENT.replace("{key}", "style_id")),
    Page("oms_client", "colorways", policy=_OF_CLIENT.replace("{key}", "colorway_id")),
    _factory("allocation_items_supplier", policy="invited_at is not null"),
    _factory("factory_work", _SLICE),
    _factory("factory_pos", policy="issued_at is not null"),
    _factory("factory_po_lines", policy="issued_at is not null"),
    _factory("factory_receipts"),
    _factory("factory_payments"),
    _factory("payables", _SLICE),
    _factory("factory_invoices"),
    _factory("factory_invoice_lines"),
    _factory("open_factory_invoices", "factory_invoice_id"),
    _factory("payables_by_contract", "factory_po_id"),
    _factory("payables_by_factory", "factory_id"),
    Page("oms_factory", "styles", policy=_OF_FACTORY.replace("{key}", "style_id")),
    Page("oms_factory", "colorways", policy=_OF_FACTORY.replace("{key}", "colorway_id")),
    *_staff(
        "oms_sales",
        *_ORDERS,
        _list("client_order_lines", "order_item_id"),
        _list("order_history"),
        _list("directory", "name"),
    ),
    *_staff(
        "oms_planner",
        *_ORDERS,
        _list("order_items", where=("is_open", "true")),
        _list("unallocated_order_items", "order_item_id"),
        _list("allocations"),
        _list("allocation_items"),
        *_WORK,
        _list("styles"),
        _list("order_item_costs"),
    ),
    *_staff(
        "oms_procurement",
        _OVERVIEW,
        *_WORK,
        _list("factory_pos", where=("status", "ISSUED")),
        _list("directory", "name"),
    ),
    *_staff("oms_production", _OVERVIEW, *_WORK),
    *_staff("oms_warehouse", *_WORK, _list("factory_receipts")),
    *_staff(
        "oms_finance",
        _list("payables", _SLICE),
        _list("payables_by_contract", "factory_po_id"),
        _list("payables_by_factory", "factory_id"),
        _list("factory_pos"),
        _list("factory_payments"),
        _list("factory_payment_lines"),
        _list("order_item_prices"),
    ),
    *_staff("oms_admin", *_ORDERS, _list("order_history"), _list("members")),
)


def run(arena: Arena, size: Size) -> Report:
    """Measure the first and a deep page of every list."""
    rows = [row for page in PAGES for row in _measured(arena, page, size.executions)]
    outcomes = [
        _outcome(role, [row for row in rows if row["role"] == role])
        for role in dict.fromkeys(str(row["role"]) for row in rows)
    ]
    return Report("List pages, 50 rows", outcomes, rows)


def _outcome(role: str, rows: Sequence[Row]) -> Outcome:
    """Sum a role's pages up: the worst counts, but not for what nobody could notice."""
    ratios = [cast(float, row["ratio"]) for row in rows]
    missed = [row for row in rows if not _is_met(row)]
    worst = max(missed or rows, key=itemgetter("ratio"))
    return Outcome(
        f"list pages, {role}",
        f"<= {AIM}x or {AT_ALL} ms",
        f"median {median(ratios):.2f}x, {len(rows) - len(missed)} of {len(rows)};"
        f" worst: {worst['page']}",
        cast(float, worst["ratio"]),
        not missed,
    )


def _is_met(row: Row) -> bool:
    by_policy, by_hand = cast(float, row["ms"]), cast(float, row["by hand, ms"])
    return by_policy <= max(AIM * by_hand, by_hand + AT_ALL)


def _measured(arena: Arena, page: Page, executions: int) -> Iterator[Row]:
    claims = arena.claims(page.role, party=PARTIES.get(page.role))
    headers = {"Authorization": f"Bearer {arena.token(claims)}"}
    with (
        arena.acting(claims) as reader,
        connected(arena.server.owner_url) as owner,
        httpx.Client(base_url=arena.rest_url, headers=headers) as http,
    ):
        for name, after in (("first", None), ("deep", _deep_key(owner, page, claims))):
            by_policy = query_of(page, sql.SQL("*"), None, after, LIMIT)
            by_hand = query_of(page, sql.SQL("*"), claims, after, LIMIT)
            if _keys(reader, by_policy, page) != _keys(owner, by_hand, page):
                raise AssertionError(f"{page.role} finds other rows in {page.title} than by hand")
            theirs, ours = executed(executions, (reader, by_policy), (owner, by_hand))
            yield {
                "role": page.role,
                "page": f"{page.title}, {name}",
                "ms": round(theirs, 3),
                "by hand, ms": round(ours, 3),
                "ratio": round(theirs / ours, 2),
                "HTTP, ms": round(_requested(http, page, after, max(3, executions // 5)), 1),
            }


def _keys(connection: Connection, query: sql.Composed, page: Page) -> list[tuple[object, ...]]:
    key = sql.Identifier(page.key)
    return connection.execute(sql.SQL("select {} from ({}) as p").format(key, query)).fetchall()


def executed(executions: int, *ways: tuple[Connection, sql.Composed]) -> list[float]:
    """Return the median milliseconds that each way takes on the server, measured in turns."""
    for connection, query in ways:
        connection.execute(sql.SQL("prepare page as {}").format(query))
    times: list[list[float]] = [[] for _ in ways]
    deadline = perf_counter() + PATIENCE
    for turn in range(WARM_UP + executions):
        for (connection, _), taken in zip(ways, times, strict=True):
            taken.append(_execution(connection))
        if turn > WARM_UP and perf_counter() > deadline:
            break
    for connection, _ in ways:
        connection.execute("deallocate page")
    return [median(taken[WARM_UP:]) for taken in times]


def _execution(connection: Connection) -> float:
    options = "analyze, costs off, timing off, format json"
    if connection.info.server_version >= SERIALIZES:
        options += ", serialize text"
    row = connection.execute(f"explain ({options}) execute page").fetchone()
    [plan] = cast(list[dict[str, float]], row[0] if row else [])
    return plan["Planning Time"] + plan["Execution Time"]


def _requested(http: httpx.Client, page: Page, after: str | None, requests: int) -> float:
    """Return the median milliseconds of a request."""
    query = {"order": f"{page.key}.{page.direction}", "limit": str(LIMIT)}
    if page.where:
        query[page.where[0]] = f"eq.{page.where[1]}"
    if after is not None:
        query[page.key] = f"{'gt' if page.direction == 'asc' else 'lt'}.{after}"
    times = []
    for _ in range(requests):
        started = perf_counter()
        http.get(f"/{page.relation}", params=query).raise_for_status()
        times.append(perf_counter() - started)
    return median(times) * 1000


def _deep_key(owner: Connection, page: Page, claims: Claims) -> str | None:
    """Return the key in the middle of the list, or of its beginning if it is very long."""
    keys = owner.execute(query_of(page, sql.Identifier(page.key), claims, None, DEPTH)).fetchall()
    return str(keys[len(keys) // 2][0]) if keys else None


def query_of(
    page: Page, columns: sql.Composable, claims: Claims | None, after: str | None, limit: int
) -> sql.Composed:
    """Write the page's query; with claims it is filtered by hand."""
    key = sql.Identifier(page.key)
    conditions: list[sql.Composable] = []
    if page.where:
        column, value = page.where
        conditions.append(sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(value)))
    if claims:
        conditions.append(sql.SQL("organization_id = {}").format(_uuid(claims.organization_id)))
        if page.party:
            party = sql.Identifier(page.party)
            conditions.append(sql.SQL("{} = {}").format(party, _uuid(claims.party_id)))
        if page.policy:
            conditions.append(sql.SQL(page.policy).format(party=_uuid(claims.party_id)))
    if after is not None:
        than = sql.SQL(">" if page.direction == "asc" else "<")
        conditions.append(sql.SQL("{} {} {}").format(key, than, sql.Literal(after)))
    return sql.SQL("select {} from {} as page where {} order by {} {} limit {}").format(
        columns,
        sql.Identifier("ops", page.relation),
        sql.SQL(" and ").join(conditions or [sql.SQL("true")]),
        key,
        sql.SQL(page.direction),
        limit,
    )


def _uuid(value: str | None) -> sql.Composable:
    return sql.SQL("{}::uuid").format(sql.Literal(value))
