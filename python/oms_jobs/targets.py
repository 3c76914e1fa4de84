"""Where a worker may connect to when a tenant said where: never into the operator's own network.

A name is resolved once, every address that it has is checked, and the connection is made to one
of these very addresses: a resolver that answers differently the next time is not asked again. Only
what is reachable on the public Internet passes, and what `OMS_ALLOWED_TARGETS` allows (networks
such as `10.1.0.0/16`, separated by commas).
"""

import asyncio
import os
import socket
import time
from collections.abc import Iterable, Sequence
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

import httpx

from oms_jobs.errors import JobError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

ALLOWED = "OMS_ALLOWED_TARGETS"

# Ways of writing an IPv4 address, which is what counts: mapped, and as NAT64 reaches it.
WRAPPERS = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
# Tunnels and site-local addresses: public by their numbers, private by what they lead to.
REFUSED = tuple(
    IPv6Network(one) for one in ("2001::/32", "2002::/16", "64:ff9b:1::/48", "fec0::/10")
)


class TargetError(JobError):
    """A target may not be connected to, or its name has no address."""

    def __init__(self, what: str, *, is_refused: bool) -> None:
        super().__init__(
            what, f"The operator can allow a network in {ALLOWED}." if is_refused else None
        )
        self.is_refused = is_refused


def check_host(host: str, port: int) -> Address:
    """Return an address of the host; refuse a host that has any that is not public."""
    return addresses_of(host, port)[0]


def addresses_of(host: str, port: int) -> list[Address]:
    """Return the addresses of the host, all of which may be connected to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise TargetError(f"{host} has no address: {error}.", is_refused=False) from error
    return _checked(host, [str(answer[4][0]) for answer in found])


def open_socket(host: str, port: int, seconds: float) -> socket.socket:
    """Connect to the host at one of the addresses that were checked."""
    deadline = time.monotonic() + seconds
    failure: OSError | None = None
    for address in addresses_of(host, port):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((str(address), port), timeout=left)
        except OSError as error:
            failure = error
    raise failure or TimeoutError(f"{host}:{port} did not answer within {seconds:g} seconds")


class CheckedTransport(httpx.AsyncHTTPTransport):
    """Sends requests to checked addresses only; the certificate is that of the host named."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Replace the name by an address that was checked, but not in Host, nor for TLS."""
        host = request.url.host
        port = request.url.port or {"https": 443}.get(request.url.scheme, 80)
        *others, last = await asyncio.to_thread(addresses_of, host, port)
        for address in others:
            try:
                return await super().handle_async_request(_readdressed(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # as a browser does: the next one may answer
        return await super().handle_async_request(_readdressed(request, last))


def is_allowed(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Tell whether a worker may connect to an address."""
    plain = _unwrapped(address)
    return any(plain in network or address in network for network in allowed) or (
        plain.is_global
        and not plain.is_multicast
        and not plain.is_reserved
        and not any(plain in network for network in REFUSED)
    )


def _readdressed(request: httpx.Request, address: Address) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": request.url.host},
    )


def _checked(host: str, answers: Sequence[str]) -> list[Address]:
    allowed = _networks(os.environ.get(ALLOWED, ""))
    # A link-local address has a zone behind a per cent sign.
    addresses = [ip_address(answer.partition("%")[0]) for answer in dict.fromkeys(answers)]
    for address in addresses:
        if not is_allowed(address, allowed):
            raise TargetError(f"{host} is not on the public Internet.", is_refused=True)
    return addresses


@cache
def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise JobError(
            f"{ALLOWED}: {error}.", "Write networks: 10.1.0.0/16, fd00:1::/64"
        ) from error


def _unwrapped(address: Address) -> Address:
    if any(address in network for network in WRAPPERS):
        return IPv4Address(address.packed[12:])
    return address
