"""Sends what postgrest-py has built, again where that is safe, and reads the answer exactly."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from postgrest import CountMethod, SyncPostgrestClient
from postgrest.base_request_builder import RequestConfig

from oms_client.errors import OutcomeUnknownError, UnavailableError, error_of
from oms_client.retrying import ATTEMPTS, delay, may_resend
from oms_client.sleeping import sleep
from oms_client.wire import JSON_TYPE, dumps, loads

Request = RequestConfig[httpx.Client]
Token = str | Callable[[], str] | None

SCHEMA = "ops"
READS = {"GET", "HEAD"}
WITH_BODY = {"POST", "PATCH", "PUT"}


class Transport:
    """A connection to the API as one user."""

    def __init__(self, url: str, token: Token, session: httpx.Client) -> None:
        self._token = token
        self._session = session
        self.api = SyncPostgrestClient(url, schema=SCHEMA, headers={}, http_client=session)

    def call(self, command: str, arguments: dict[str, Any], key: str | None) -> Any:
        """Call a command. Its idempotency key, own or given, makes it safe to send again."""
        given = {name: value for name, value in arguments.items() if value is not None}
        request = self.api.rpc(command, given, count=CountMethod.exact).request
        request.headers.encoding = "utf-8"
        request.headers["Idempotency-Key"] = str(uuid4()) if key is None else key
        response = self.send(request, repeatable=True)
        answer = read(response)
        if not isinstance(answer, list) or len(answer) == counted(response):
            return answer
        # More than the API hands out at once. The same key gives the same rows again, page by page.
        rows: list[Any] = []
        while len(rows) < counted(response):
            page = request.params.set("offset", len(rows))
            again = self.api.rpc(command, given).request
            again.headers, again.params = request.headers, page
            rows += read(self.send(again, repeatable=True))
        return rows

    def send(self, request: Request, *, repeatable: bool = False) -> httpx.Response:
        """Send a request; `repeatable`: a second time has no second effect."""
        repeatable = repeatable or request.http_method in READS
        attempt = 0
        while True:
            outcome = self._try(request)
            if isinstance(outcome, httpx.Response) and outcome.is_success:
                return outcome
            attempt += 1
            if attempt == ATTEMPTS or not may_resend(outcome, repeatable=repeatable):
                break
            sleep(delay(attempt - 1))
        if isinstance(outcome, httpx.Response):
            raise error_of(outcome)
        if may_resend(outcome, repeatable=repeatable):
            raise UnavailableError(f"{self.api.base_url} does not answer: {outcome}") from outcome
        raise OutcomeUnknownError(
            f"The connection broke during {request.http_method} {request.path.name}: {outcome!r}. "
            "Read what is there before you send it again."
        ) from outcome

    def _try(self, request: Request) -> httpx.Response | httpx.TransportError:
        token = self._token() if callable(self._token) else self._token
        headers = httpx.Headers(request.headers)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        content = None
        if request.http_method in WITH_BODY:
            headers["Content-Type"] = JSON_TYPE
            content = dumps(request.json)
        try:
            return self._session.request(
                request.http_method,
                str(request.path),
                params=request.params,
                headers=headers,
                content=content,
            )
        except httpx.TransportError as error:
            return error


def counted(response: httpx.Response) -> int:
    """Return how many rows there are in all, where the request asked for it."""
    return int(response.headers["Content-Range"].rpartition("/")[2])


def read(response: httpx.Response) -> Any:
    """Read a body; an empty one is None."""
    return loads(response.content) if response.content else None
