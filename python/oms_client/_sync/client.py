"""The client itself."""

from types import TracebackType
from typing import Any, Protocol, Self

import httpx
from postgrest import SyncPostgrestClient

from oms_client._sync.api import Api
from oms_client._sync.transport import Request, Token, Transport, read

SECONDS = 30.0


class Query(Protocol):
    """What postgrest-py builds."""

    request: Request


class Oms(Api):
    """An order management system, as one of its users sees it.

    `url` is the address of the API, `token` the user's token, or a function that returns a
    fresh one; without a token the user is anonymous. `seconds` is how long to wait for an answer.
    Whoever passes an `http_client` of their own also closes it.

    Errors are subclasses of `oms_client.OmsError`; each stable code of the catalogue has one.

    Example::

        with Oms("http://127.0.0.1:3000", token) as oms:
            for order in oms.orders.find(client_po_number="4500017"):
                print(order.order_number, order.status)
    """

    def __init__(
        self,
        url: str,
        token: Token = None,
        *,
        seconds: float = SECONDS,
        http_client: httpx.Client | None = None,
    ) -> None:
        self._session = http_client or httpx.Client(timeout=seconds)
        self._is_own = http_client is None
        super().__init__(Transport(url, token, self._session))

    @property
    def postgrest(self) -> SyncPostgrestClient:
        """Builds requests of any shape, such as embedding; `fetch` sends them."""
        return self._transport.api

    def fetch(self, query: Query) -> Any:
        """Send a request of postgrest-py; the answer's numerics are Decimals, never floats."""
        return read(self._transport.send(query.request))

    def close(self) -> None:
        """Close the connections."""
        if self._is_own:
            self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
