"""Rows that somebody does not see: every request about one is answered as if it did not exist."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import LiteralString
from uuid import uuid4

import pytest
from psycopg import sql

from builders import RefusedError, World, fetch
from callers import Callers
from catalogue import LISTS, Argument, Column, commands_of, tables_of
from conftest import Api, Database

HEADERS = {
    "Content-Type": "application/json",
    "Prefer": "return=representation, count=exact",
}
ROW = "<row>"  # stands for the id of the row in question
NOBODYS = str(uuid4())
# What an argument is that is not about a row.
GIVEN: dict[str, object] = {
    "accepted_excess_qty": 0,
    "address": "reader@example.com",
    "closed_qty": 0,
    "event_types": ["order.closed"],
    "invoice_number": "X1",
    "kind": "delivered",
    "message_id": "nobody@nowhere",
    "name": "Batch",
    "password": "secret",
    "price": 1,
    "qty_received": 1,
    "quantity": 1,
    "reason": "Miscounted",
    "reference": "X1",
    "since": "2026-01-01T00:00:00Z",
    "url": "https://example.com/hook",
    "webhook_url": "https://hooks.slack.com/services/T0/B0/X",
}
FINGERPRINT: LiteralString = (
    "select count(*), md5(string_agg(t::text, ';' order by t::text)) from ops.{} as t"
)


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def callers(world: World, api: Api) -> Callers:
    return Callers(world, api)


@pytest.fixture(scope="module")
def tables(world: World) -> dict[str, list[Column]]:
    return {
        table: columns
        for table, columns in tables_of(world).items()
        if columns[0].key == ["organization_id", "id"]
    }


@pytest.fixture(scope="module")
def commands(world: World) -> dict[str, list[Argument]]:
    return commands_of(world)


@pytest.fixture(autouse=True)
def unchanged(world: World, tables: dict[str, list[Column]]) -> Iterator[None]:
    """Whatever was asked, no row of any table is another one afterwards."""
    before = fingerprints(world, tables)
    yield
    assert fingerprints(world, tables) == before


def fingerprints(world: World, tables: Mapping[str, object]) -> dict[str, object]:
    return {
        table: fetch(world.owner, sql.SQL(FINGERPRINT).format(sql.Identifier(table)))
        for table in tables
    }


class Sight:
    """Who sees which rows."""

    def __init__(self, world: World, tables: Mapping[str, object]) -> None:
        self.people = [
            str(name)
            for (name,) in world.owner.execute(
                "select p.name from tests.personas as p"
                " join ops.members as m using (organization_id, user_id)"
                " where m.status = 'active' order by p.user_id"
            )
        ]
        self._holder = world.database.connect(autocommit=False)
        self._seen: dict[tuple[str, str], list[str]] = {}
        self._hidden: dict[tuple[str, str], list[str]] = {}
        for table in tables:
            statement = sql.SQL(
                "select organization_id as owner, id::text from ops.{} order by id"
            ).format(sql.Identifier(table))
            rows = fetch(world.owner, statement)
            assert rows, f"there is nothing in {table} to be hidden"
            for persona in self.people:
                try:
                    seen = {str(row["id"]) for row in fetch(world.desk(persona), statement)}
                except RefusedError:  # it may not read the table
                    continue
                self._seen[persona, table] = sorted(seen)
                # One of each organization stands for the others.
                hidden = {row["owner"]: str(row["id"]) for row in rows if row["id"] not in seen}
                self._hidden[persona, table] = list(hidden.values())

    def seen(self, persona: str, table: str) -> list[str]:
        """Return the rows that somebody sees."""
        return self._seen.get((persona, table), [])

    def hidden(self, persona: str, table: str) -> list[str]:
        """Return some rows that somebody does not see, though it may read the table."""
        return self._hidden.get((persona, table), [])

    @contextmanager
    def held(self, persona: str, table: str) -> Iterator[None]:
        """Lock all rows that somebody does not see: to wait for one is to learn of it."""
        statement = sql.SQL("select from ops.{} where id <> all(%s::uuid[]) for update")
        self._holder.execute(statement.format(sql.Identifier(table)), [self.seen(persona, table)])
        try:
            yield
        finally:
            self._holder.rollback()


@pytest.fixture(scope="module")
def sight(world: World, tables: dict[str, list[Column]]) -> Sight:
    return Sight(world, tables)


class Differences(list[str]):
    """Requests whose answer tells a hidden row from one that is not there."""

    def __init__(self, callers: Callers, sight: Sight) -> None:
        super().__init__()
        self.callers = callers
        self.sight = sight
        self.asked = 0

    def look(self, persona: str, table: str, method: str, path: str, body: object = None) -> None:
        """Ask about the rows of a table that somebody does not see, and about one of nobody."""
        hidden = self.sight.hidden(persona, table)
        if not hidden:
            return
        with self.sight.held(persona, table):
            [missing, *answers] = [
                self._ask(persona, method, path, body, row) for row in (NOBODYS, *hidden)
            ]
        self.asked += len(answers)
        for row, answer in zip(hidden, answers, strict=True):
            if answer.replace(row, NOBODYS) != missing:
                self.append(f"{persona} {method} {path} {body}:\n  {answer}\n  not {missing}")

    def none(self, *, of: int) -> bool:
        """Whether there are none, of at least so many requests."""
        assert not self, "\n".join(self)
        return self.asked >= of

    def _ask(self, persona: str, method: str, path: str, body: object, row: str) -> str:
        answer = self.callers[persona].request(
            method,
            path.replace(ROW, row),
            content=json.dumps(body).replace(ROW, row),
            headers=HEADERS,
        )
        return f"{answer.status_code} {answer.headers.get('content-range')} {answer.text}"


def test_a_row_that_one_does_not_see_is_neither_read_nor_changed_nor_deleted(
    callers: Callers, tables: dict[str, list[Column]], sight: Sight
) -> None:
    found = Differences(callers, sight)
    for table, columns in tables.items():
        for persona in sight.people:
            writable = next((c.name for c in columns if persona in c.updaters), None)
            for path in (f"/{table}?id=eq.{ROW}", f"/{table}?or=(id.eq.{ROW},id.is.null)"):
                found.look(persona, table, "GET", path)
                if writable:
                    found.look(persona, table, "PATCH", path, {writable: None})
                if persona in columns[0].deleters:
                    found.look(persona, table, "DELETE", path)
    assert found.none(of=1000)


def test_a_row_that_one_does_not_see_is_not_embedded_in_one_that_it_sees(
    callers: Callers, tables: dict[str, list[Column]], sight: Sight
) -> None:
    found = Differences(callers, sight)
    for table, columns in tables.items():
        for column in columns:
            parent = column.refers_to
            for persona in sight.people if parent in tables else ():
                found.look(
                    persona,
                    table,
                    "GET",
                    f"/{parent}?select=id,{table}!{column.reference}(*)"
                    f"&order=id&limit=3&{table}.id=eq.{ROW}",
                )
    assert found.none(of=500)


def test_no_row_points_at_one_that_its_writer_does_not_see(
    callers: Callers, tables: dict[str, list[Column]], sight: Sight
) -> None:
    found = Differences(callers, sight)
    for table, columns in tables.items():
        pointers = [c for c in columns if c.refers_to in tables]
        for persona in sight.people if pointers else ():
            if not (seen := sight.seen(persona, table)):
                continue
            own = f"/{table}?id=eq.{seen[0]}"
            [row] = callers[persona].get(own).json()
            again = {c.name: row[c.name] for c in columns if persona in c.inserters}
            again.pop("id", None)
            for column in pointers:
                assert column.refers_to
                pointing = {column.name: ROW}
                if persona in column.inserters:
                    found.look(persona, column.refers_to, "POST", f"/{table}", again | pointing)
                if persona in column.updaters:
                    found.look(persona, column.refers_to, "PATCH", own, pointing)
    assert found.none(of=100)


def test_no_command_reaches_a_row_that_its_caller_does_not_see(
    callers: Callers,
    tables: dict[str, list[Column]],
    commands: dict[str, list[Argument]],
    sight: Sight,
) -> None:
    points_at = {c.name: c.refers_to for columns in tables.values() for c in columns}
    found = Differences(callers, sight)
    for command, arguments in commands.items():
        # The id that an argument is, or has in it, and how it has it.
        ids: dict[str, tuple[str, object]] = {}
        for argument in arguments:
            if argument.kind == "jsonb":
                [field, *_] = LISTS[command][1]
                ids[argument.name] = (field, [{field: ROW, "price": 1, "amount": 1}])
            elif argument.kind in ("uuid", "array"):
                field = argument.name.removesuffix("s")
                ids[argument.name] = (field, ROW if argument.kind == "uuid" else [ROW])
        of = {
            name: points_at.get(id_) or id_.removesuffix("_id") + "s"
            for name, (id_, _) in ids.items()
        }
        for persona in arguments[0].callers:
            usual = {
                a.name: filled(ids[a.name][1], next(iter(sight.seen(persona, of[a.name])), NOBODYS))
                if a.name in ids
                else GIVEN[a.name]
                for a in arguments
                if a.is_required
            }
            for name, (_, value) in ids.items():
                found.look(persona, of[name], "POST", f"/rpc/{command}", usual | {name: value})
    assert found.none(of=150)


def filled(value: object, row: str) -> object:
    """Put a row's id where it belongs in an argument."""
    filled: object = json.loads(json.dumps(value).replace(ROW, row))
    return filled
