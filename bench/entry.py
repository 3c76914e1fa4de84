"""Order entry: orders of ten lines in five sizes each, over HTTP and in SQL.

Over HTTP eight connections send prepared requests, each to the end of its orders; the client is
plain `http.client`, and what it and the servers use of the processors is counted. In SQL one
session sends the same rows as the same role; against it stand the same rows written into the same
tables by statements of the same shape, without triggers, foreign keys and row security. Commits are
left out there: they cost both the same.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from random import getrandbits
from time import perf_counter, process_time, time_ns
from typing import LiteralString, cast
from urllib.parse import urlsplit
from uuid import UUID

import psutil
from psycopg import sql
from psycopg.types.json import Jsonb

from bench.arena import Arena, written
from bench.measure import Outcome, Report, Row, Size, Spread, in_turns, spread
from oms_cli.bench.load import WORKBENCH
from oms_cli.errors import OmsCliError
from oms_cli.server import Connection, connected
from oms_cli.tokens import Claims

AIM = 300
CONNECTIONS = 8
LINES = 10
LABELS = ("S", "M", "L", "XL", "XXL")
TAKEN: Mapping[str, LiteralString] = {
    "orders": """
        select o.id as order_id, o as made from ops.orders as o
        where o.organization_id = %s and o.id = any(%s::uuid[])
    """,
    "order_items": """
        select i.order_id, i as made from ops.order_items as i
        where i.organization_id = %s and i.order_id = any(%s::uuid[])
    """,
    "order_item_sizes": """
        select i.order_id, z as made
        from ops.order_items as i
        inner join ops.order_item_sizes as z
          on z.organization_id = i.organization_id and z.order_item_id = i.id
        where i.organization_id = %s and i.order_id = any(%s::uuid[])
    """,
}

Body = Row | list[Row]
Call = tuple[str, Body]
Statement = tuple[sql.Composed, Sequence[object]]


@dataclass(frozen=True)
class Order:
    """One order as a client of the API makes it up, with ids of its own."""

    header: Row
    lines: list[Row]
    sizes: list[Row]


def three_posts(order: Order) -> list[Call]:
    """Enter an order by plain inserts: a request a table."""
    return [
        ("/orders", order.header),
        ("/order_items", order.lines),
        ("/order_item_sizes", order.sizes),
    ]


def create_order(order: Order) -> list[Call]:
    """Enter an order by the command."""
    sizes: dict[object, list[Row]] = {line["id"]: [] for line in order.lines}
    for size in order.sizes:
        sizes[size["order_item_id"]].append(
            {"size_label": size["size_label"], "quantity": size["quantity"]}
        )
    lines = [
        {"colorway_id": line["colorway_id"], "sizes": sizes[line["id"]]} for line in order.lines
    ]
    header = {name: value for name, value in order.header.items() if name != "id"}
    return [("/rpc/create_order", header | {"lines": lines})]


VARIANTS: Mapping[str, Callable[[Order], list[Call]]] = {
    "three POSTs": three_posts,
    "create_order": create_order,
}


def run(arena: Arena, size: Size) -> Report:
    """Measure every variant, over HTTP and in SQL."""
    arena.clear_workbench()
    rows, outcomes = [], []
    # Whom the last ANALYZE saw empty is planned for badly; that is not what is measured here.
    _over_http(arena, three_posts, size.orders)
    arena.analyze_workbench()
    for name, variant in VARIANTS.items():
        over_http = [_over_http(arena, variant, size.orders) for _ in range(size.repeats)]
        rate = spread([one.rate for one in over_http])
        cpu = {
            part: round(spread([one.cpu[part] for one in over_http]).median, 2)
            for part in over_http[0].cpu
        }
        by_rules, bare = _in_sql(arena, variant, size)
        ratio = round(by_rules.median / bare.median, 2)
        rows.append(
            {
                "variant": name,
                "orders/s": rate.shown(digits=0),
                **cpu,
                "SQL": by_rules.shown(1000, 2),
                "bare": bare.shown(1000, 2),
                "ratio": ratio,
            }
        )
        outcomes.append(
            Outcome(
                f"order entry, {name}",
                f">= {AIM} orders/s",
                f"{rate.median:,.0f} orders/s",
                ratio,
                rate.median >= AIM,
            )
        )
    arena.clear_workbench()
    return Report(
        "Order entry, 10 lines of 5 sizes",
        outcomes,
        rows,
        [
            "Milliseconds an order: client, PostgREST and Postgres are processor time over HTTP;"
            " SQL and bare are statements without commit."
        ],
    )


@dataclass(frozen=True)
class _Sent:
    """Orders a second, and the milliseconds of processor time that each part spent on an order."""

    rate: float
    cpu: dict[str, float]


def orders(arena: Arena, count: int) -> list[Order]:
    """Make up orders of the workbench's clients for its colours."""
    with connected(arena.server.owner_url) as connection:
        clients, colours = (
            [str(row[0]) for row in connection.execute(query, [WORKBENCH])]
            for query in (_CLIENTS, _COLOURS)
        )
    return [_order(n, clients[n % len(clients)], colours) for n in range(count)]


NEWEST = "select id from ops.orders where organization_id = %s order by id desc limit %s"
_CLIENTS = """
    select d.id
    from ops.directory as d inner join ops.organizations as o on o.id = d.organization_id
    where o.code = %s and 'client' = any(d.kinds) order by d.code
"""
_COLOURS = """
    select c.id
    from ops.colorways as c inner join ops.organizations as o on o.id = c.organization_id
    where o.code = %s order by c.id
"""


def _order(n: int, client_id: str, colours: Sequence[str]) -> Order:
    order_id = _new_id()
    lines: list[Row] = [
        {
            "id": _new_id(),
            "order_id": order_id,
            "line_number": line + 1,
            "colorway_id": colours[(n * LINES + line) % len(colours)],
            "quantity": sum(10 + position for position in range(len(LABELS))),
        }
        for line in range(LINES)
    ]
    sizes: list[Row] = [
        {
            "id": _new_id(),
            "order_item_id": line["id"],
            "size_label": label,
            "position": position + 1,
            "quantity": 10 + position,
        }
        for line in lines
        for position, label in enumerate(LABELS)
    ]
    return Order({"id": order_id, "client_id": client_id, "currency": "USD"}, lines, sizes)


def _new_id() -> str:
    """Make an id in the order of time (UUID version 7), as the database does."""
    milliseconds = time_ns() // 1_000_000
    high = milliseconds << 16 | 7 << 12 | getrandbits(12)
    return str(UUID(int=high << 64 | 2 << 62 | getrandbits(62)))


def _over_http(arena: Arena, variant: Callable[[Order], list[Call]], count: int) -> _Sent:
    token = arena.token(arena.claims("oms_sales", organization=WORKBENCH))
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Prefer": "return=minimal",
    }
    requests = [
        [(path, json.dumps(body).encode()) for path, body in variant(order)]
        for order in orders(arena, CONNECTIONS + count)
    ]
    hands = [requests[hand::CONNECTIONS] for hand in range(CONNECTIONS)]
    address = urlsplit(arena.rest_url).netloc

    def connect(first_order: list[tuple[str, bytes]]) -> HTTPConnection:
        connection = HTTPConnection(address, timeout=60)
        _send(connection, headers, first_order)
        return connection

    def work(connection: HTTPConnection, own: list[list[tuple[str, bytes]]]) -> None:
        for calls in own:
            _send(connection, headers, calls)
        connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        connections = list(pool.map(connect, [own[0] for own in hands]))
        before, started = _cpu_seconds(arena), perf_counter()
        list(pool.map(work, connections, [own[1:] for own in hands]))
        seconds, after = perf_counter() - started, _cpu_seconds(arena)
    spent = {
        part: sum(used - before[part].get(pid, 0) for pid, used in after[part].items())
        for part in after
    }
    return _Sent(count / seconds, {part: used * 1000 / count for part, used in spent.items()})


def _send(
    connection: HTTPConnection, headers: Mapping[str, str], calls: list[tuple[str, bytes]]
) -> None:
    for path, body in calls:
        connection.request("POST", path, body, dict(headers))
        response = connection.getresponse()
        answer = response.read()
        if response.status >= HTTPStatus.BAD_REQUEST:
            raise OmsCliError(f"The API refused an order: {response.status} {answer.decode()}")


def _cpu_seconds(arena: Arena) -> dict[str, dict[int, float]]:
    """Return what each process has used so far; of a server elsewhere we cannot tell."""
    used = {"client": {os.getpid(): process_time()}, "PostgREST": _used([arena.rest.pid])}
    if arena.is_embedded:
        with connected(arena.server.admin_url) as connection:
            rows = connection.execute(
                "select pid from pg_stat_activity"
                " where usename = 'authenticator' and datname = current_database()"
            )
            used["Postgres"] = _used([cast(int, pid) for (pid,) in rows])
    return used


def _used(pids: list[int]) -> dict[int, float]:
    times = {pid: psutil.Process(pid).cpu_times() for pid in pids}
    return {pid: spent.user + spent.system for pid, spent in times.items()}


def _in_sql(
    arena: Arena, variant: Callable[[Order], list[Call]], size: Size
) -> tuple[Spread, Spread]:
    """Return the seconds of an order by the rules, and of the same rows bare."""
    count = max(1, size.orders // 5)
    claims = arena.claims("oms_sales", organization=WORKBENCH)
    made: list[str] = []

    with arena.acting(claims) as sales, arena.bare() as owner:

        def by_rules() -> float:
            fresh = orders(arena, count)
            seconds = sum(_timed(sales, map(_statement, variant(order))) for order in fresh)
            newest = owner.execute(NEWEST, [claims.organization_id, count])
            made[:] = [str(order_id) for (order_id,) in newest]
            return seconds / count

        columns = {table: written(owner, table) for table in TAKEN}

        def bare() -> float:
            _capture(owner, claims, made)
            return sum(_timed(owner, _rewrite(order_id, columns)) for order_id in made) / count

        by_the_rules, without = in_turns(size.repeats, by_rules, bare)
    return by_the_rules, without


def _timed(connection: Connection, statements: Iterable[Statement]) -> float:
    """Run the statements in a transaction; return their seconds without those of the commit."""
    taken = 0.0
    with connection.transaction():
        for statement, values in statements:
            started = perf_counter()
            connection.execute(statement, values)
            taken += perf_counter() - started
    return taken


def _statement(call: Call) -> Statement:
    """Write a request as PostgREST does."""
    path, body = call
    name = sql.Identifier("ops", path.rpartition("/")[2])
    rows = body if isinstance(body, list) else [body]
    columns = [sql.Identifier(column) for column in rows[0]]
    if path.startswith("/rpc/"):
        arguments = sql.SQL(", ").join(sql.SQL("{} => %s").format(column) for column in columns)
        values = [Jsonb(v) if isinstance(v, list | dict) else v for v in rows[0].values()]
        return sql.SQL("select * from {}({})").format(name, arguments), values
    return (
        sql.SQL(
            "insert into {name} ({columns})"
            " select {columns} from jsonb_populate_recordset(null::{name}, %s)"
        ).format(name=name, columns=sql.SQL(", ").join(columns)),
        [Jsonb(rows)],
    )


def _capture(owner: Connection, claims: Claims, order_ids: list[str]) -> None:
    """Take the rows of these orders out of their tables, to be written again."""
    for table, rows in TAKEN.items():
        copy = sql.Identifier(f"taken_{table}")
        owner.execute(sql.SQL("drop table if exists {}").format(copy))
        owner.execute(
            sql.SQL("create temporary table {} as {}").format(copy, sql.SQL(rows)),
            [claims.organization_id, order_ids],
        )
        owner.execute(sql.SQL("create index on {} (order_id)").format(copy))
        owner.execute(sql.SQL("analyze {}").format(copy))
    for table in TAKEN:
        owner.execute(
            sql.SQL(
                "delete from {} as t where t.organization_id = %s"
                " and t.id = any(array(select (taken.made).id from {} as taken))"
            ).format(sql.Identifier("ops", table), sql.Identifier(f"taken_{table}")),
            [claims.organization_id],
        )


def _rewrite(order_id: str, columns: Mapping[str, Sequence[sql.Identifier]]) -> Iterator[Statement]:
    for table, names in columns.items():
        yield (
            sql.SQL("insert into {} ({}) select {} from {} where order_id = %s").format(
                sql.Identifier("ops", table),
                sql.SQL(", ").join(names),
                sql.SQL(", ").join(sql.SQL("(made).{}").format(column) for column in names),
                sql.Identifier(f"taken_{table}"),
            ),
            [order_id],
        )
