"""The API as one person sees it: postgrest-py asks, and numbers come back exactly as written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import httpx
from postgrest import CountMethod, SyncPostgrestClient
from postgrest.base_request_builder import RequestConfig

from oms_cli.tokens import Claims, sign

SECONDS = 60

Row = dict[str, Any]


class Query(Protocol):
    """What postgrest-py builds and we send."""

    request: RequestConfig[httpx.Client]


class RefusedError(Exception):
    """The API said no: with which HTTP status, which stable code, and in which words."""

    def __init__(self, status: int, code: str | None, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Person:
    """Somebody with a token of their own, or without one."""

    name: str
    claims: Claims | None
    api: SyncPostgrestClient

    @property
    def party_id(self) -> str | None:
        """The client or factory that the person speaks for."""
        return self.claims.party_id if self.claims else None


@contextmanager
def person(name: str, claims: Claims | None, rest_url: str, jwt_secret: str) -> Iterator[Person]:
    """Give somebody a client with their token."""
    headers = {"Content-Type": "application/json"}
    if claims:
        headers["Authorization"] = f"Bearer {sign(claims, jwt_secret)}"
    with httpx.Client(timeout=SECONDS) as session:
        api = SyncPostgrestClient(rest_url, schema="ops", headers=headers, http_client=session)
        yield Person(name, claims, api)


def send(query: Query) -> Any:
    """Send a request and return its answer; a numeric is a Decimal, never a float."""
    response = _answer(query)
    return json.loads(response.content, parse_float=Decimal) if response.content else None


def call(who: Person, command: str, /, **arguments: object) -> Any:
    """Call a command."""
    parameters: Any = sendable(arguments)  # postgrest-py's type says that all of them are text
    return send(who.api.rpc(command, parameters))


def read(who: Person, table: str, *columns: str, key: str = "id", **equal: object) -> list[Row]:
    """Read all rows of a table or view that somebody sees, page by page, in the order of a key."""
    found: list[Row] = []
    while True:
        query = who.api.from_(table).select(*columns)
        for column, value in equal.items():
            query.eq(column, value)
        # The API hands out so many rows at a time; how many is its own affair.
        page = send(query.order(key).offset(len(found)))
        if not page:
            return found
        found += page


def first(who: Person, table: str, columns: Iterable[str], limit: int) -> list[list[object]]:
    """Read the first rows, in the order of the first two columns."""
    names = list(columns)
    query = who.api.from_(table).select(*names)
    rows = send(query.order(names[0]).order(names[1]).limit(limit))
    return [[row[name] for name in names] for row in rows]


def count(who: Person, table: str, *, how: CountMethod = CountMethod.exact) -> int:
    """Count the rows of a table or view that somebody sees."""
    answer = _answer(who.api.from_(table).select("*", count=how).limit(0))
    return int(answer.headers["Content-Range"].rpartition("/")[2])


def sendable(value: object) -> object:
    """Write numerics as text, which Postgres reads exactly; JSON knows no Decimal."""
    match value:
        case Decimal():
            return format(value, "f")
        case Mapping():
            return {name: sendable(one) for name, one in value.items()}
        case list() | tuple():
            return [sendable(one) for one in value]
        case _:
            return value


def _answer(query: Query) -> httpx.Response:
    response = query.request.send(httpx.Headers())
    if response.is_success:
        return response
    try:
        told = response.json()
    except ValueError:
        told = {}
    raise RefusedError(
        response.status_code,
        told.get("hint") or told.get("code"),
        told.get("message") or response.reason_phrase,
    )
