"""A worker's own page: whether it works, and its metrics."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus

from oms_jobs.errors import JobError
from oms_jobs.metrics import Metrics

PATIENCE = 5

Health = Callable[[], tuple[bool, Mapping[str, object]]]
"""Tells whether the worker is well, and what it knows of itself."""


async def serve(
    host: str, port: int, health: Health, metrics: Metrics, refresh: Callable[[], Awaitable[None]]
) -> asyncio.Server:
    """Answer `GET /health` and `GET /metrics`."""

    async def answer(path: str) -> tuple[HTTPStatus, str, bytes]:
        if path == "/health":
            is_well, known = health()
            status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
            return status, "application/json", json.dumps(known).encode()
        if path == "/metrics":
            # The worker's own counters are worth having when the database is away.
            with suppress(Exception):
                await asyncio.wait_for(refresh(), PATIENCE)
            return HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", metrics.text()
        return HTTPStatus.NOT_FOUND, "text/plain", b"There are /health and /metrics.\n"

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError, EOFError, asyncio.LimitOverrunError):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            method, target, _ = head.decode("latin-1").split(" ", 2)
            status, kind, body = await answer(target.partition("?")[0])
            writer.write(
                f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
            )
            if method != "HEAD":
                writer.write(body)
            await writer.drain()
        writer.close()

    try:
        return await asyncio.start_server(converse, host, port, limit=16384)
    except OSError as error:
        raise JobError(
            f"Cannot tell of health at {host}:{port}: {error.strerror or error}.",
            "Choose another --health-port.",
        ) from error
