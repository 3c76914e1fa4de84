"""The client itself."""

from types import TracebackType
from typing import Any, Protocol, Self

import httpx
from postgrest import AsyncPostgrestClient

from oms_client._async.api import AsyncApi
from oms_client._async.transport import AsyncTransport, Request, Token, read

SECONDS = 30.0


class AsyncQuery(Protocol):
    """What postgrest-py builds."""

    request: Request


class AsyncOms(AsyncApi):
    """An order management system, as one of its users sees it.

    `url` is the address of the API, `token` the user's token, or a function that returns a
    fresh one; without a token the user is anonymous. `seconds` is how long to wait for an answer.
    Whoever passes an `http_client` of their own also closes it.

    Errors are subclasses of `oms_client.OmsError`; each stable code of the catalogue has one.

    Example::

        async with AsyncOms("http://127.0.0.1:3000", token) as oms:
            async for order in oms.orders.find(client_po_number="4500017"):
                print(order.order_number, order.status)
    """

    def __init__(
        self,
        url: str,
        token: Token = None,
        *,
        seconds: float = SECONDS,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        self._session = http_client or httpx.AsyncClient(timeout=seconds)
        self._is_own = http_client is None
        super().__init__(AsyncTransport(url, token, self._session))

    @property
    def postgrest(self) -> AsyncPostgrestClient:
        """Builds requests of any shape, such as embedding; `fetch` sends them."""
        return self._transport.api

    async def fetch(self, query: AsyncQuery) -> Any:
        """Send a request of postgrest-py; the answer's numerics are Decimals, never floats."""
        return read(await self._transport.send(query.request))

    async def aclose(self) -> None:
        """Close the connections."""
        if self._is_own:
            await self._session.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()
