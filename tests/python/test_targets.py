"""Where workers may connect to: never into the operator's own network, unless he allows it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network

import httpx
import pytest

from oms_jobs.errors import JobError
from oms_jobs.targets import (
    ALLOWED,
    CheckedTransport,
    TargetError,
    addresses_of,
    check_host,
    is_allowed,
    open_socket,
)

PUBLIC = ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
NOT_PUBLIC = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",  # noqa: S104
    "100.64.0.1",
    "169.254.169.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::",
    "2002:808:808::", "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_may_be_connected_to(address: str) -> None:
    assert is_allowed(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public_may_not(address: str) -> None:
    assert not is_allowed(ip_address(address))


def test_the_operator_can_allow_a_network_however_its_addresses_are_written() -> None:
    allowed = [ip_network("10.1.0.0/16")]
    assert is_allowed(ip_address("10.1.2.3"), allowed)
    assert is_allowed(ip_address("::ffff:10.1.2.3"), allowed)
    assert not is_allowed(ip_address("10.2.2.3"), allowed)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost", "::1"],
)
def test_loopback_is_refused_in_all_its_spellings(host: str) -> None:
    with pytest.raises(TargetError, match="not on the public") as refused:
        check_host(host, 80)
    assert refused.value.is_refused


def test_a_name_without_an_address_may_get_one_later() -> None:
    with pytest.raises(TargetError, match="has no address") as failed:
        check_host("nowhere.invalid", 443)
    assert not failed.value.is_refused


@pytest.mark.parametrize("host", ["a" * 300, "x..y", "no\x00where"])
def test_what_is_no_name_is_refused(host: str) -> None:
    with pytest.raises(TargetError):
        check_host(host, 443)


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _resolve(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(TargetError, match="not on the public"):
        check_host("mixed.example", 443)


def test_what_is_allowed_is_written_as_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOWED, "10.0.0.1/8")
    with pytest.raises(JobError, match=ALLOWED):
        check_host("127.0.0.1", 80)


class Listener(ThreadingHTTPServer):
    """Remembers the Host headers of what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.hosts: list[str | None] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class Answering(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    # Public when it is checked, loopback ever after: DNS rebinding.
    monkeypatch.setenv(ALLOWED, "127.0.0.2/32")
    asked = _resolve(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
    with pytest.raises((httpx.ConnectError, TargetError)):
        _get(f"http://rebinding.example:{listener.port}/")
    assert asked == ["rebinding.example"]
    assert listener.hosts == []


def test_a_socket_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    monkeypatch.setenv(ALLOWED, "127.0.0.2/32")
    asked = _resolve(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
    with pytest.raises(OSError, match="refused"):
        open_socket("rebinding.example", listener.port, 5)
    assert asked == ["rebinding.example"]


def test_a_request_keeps_the_name_that_it_was_made_for(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    monkeypatch.setenv(ALLOWED, "127.0.0.1/32, 127.0.0.2/32")
    _resolve(monkeypatch, ["127.0.0.2", "127.0.0.1"])  # nothing listens on the first
    assert _get(f"http://receiver.example:{listener.port}/").status_code == 200
    assert listener.hosts == [f"receiver.example:{listener.port}"]


def test_nobody_is_followed_elsewhere(monkeypatch: pytest.MonkeyPatch, listener: Listener) -> None:
    monkeypatch.setenv(ALLOWED, "127.0.0.1/32")
    assert _get(f"http://127.0.0.1:{listener.port}/away").status_code == 302


def test_a_proxy_in_the_environment_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{listener.port}")
    with pytest.raises(TargetError):
        _get("http://127.0.0.1:1/")
    assert listener.hosts == []


def test_a_socket_is_opened_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    monkeypatch.setenv(ALLOWED, "127.0.0.0/8")
    assert [str(one) for one in addresses_of("127.0.0.1", 1)] == ["127.0.0.1"]
    with closing(open_socket("127.0.0.1", listener.port, 5)) as opened:
        assert opened.getpeername() == ("127.0.0.1", listener.port)


def _get(url: str) -> httpx.Response:
    async def get() -> httpx.Response:
        async with httpx.AsyncClient(transport=CheckedTransport()) as client:
            return await client.get(url)

    return asyncio.run(get())


def _resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names resolve to these answers, one after the other; return the names asked for."""
    left = list(answers)
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: object, **options: object) -> list[object]:
        # What is written as an address is not looked up.
        if host[0].isdigit():
            return real(host, port, *args, **options)  # type: ignore[arg-type,return-value]
        asked.append(host)
        answer = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))
            for address in answer
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked
