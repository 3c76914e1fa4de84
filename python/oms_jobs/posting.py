"""POST requests to servers that a tenant named: checked, short, and never followed elsewhere."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx

from oms_jobs.targets import CheckedTransport, TargetError

# It tells every address that is asked, and some of them are secrets.
logging.getLogger("httpx").setLevel(logging.WARNING)

SHOWN = 500
"""How many characters of an answer are kept."""

# One character is at most four bytes.
READ = 4 * SHOWN


@dataclass(frozen=True)
class Answer:
    """What came of a request; without a status there was no answer, and `error` says why."""

    status: int | None
    body: str | None
    error: str | None
    duration_ms: int
    retry_after: timedelta | None


class Poster:
    """Sends POST requests one after the other, over connections that are kept."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # A runner of its own: no server can hold its caller longer than is said here, however
        # slowly it drips.
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            transport=CheckedTransport(),
            timeout=seconds,
            follow_redirects=False,
            headers={"user-agent": "oms-webhooks/1", "accept-encoding": "identity"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def post(self, url: str, body: str, headers: Mapping[str, str]) -> Answer:
        """Send a body of JSON and return what came of it."""
        began = time.monotonic()
        status, text, error, retry_after = self._runner.run(self._attempt(url, body, headers))
        elapsed = round((time.monotonic() - began) * 1000)
        return Answer(status, text, error, elapsed, retry_after)

    async def _attempt(
        self, url: str, body: str, headers: Mapping[str, str]
    ) -> tuple[int | None, str | None, str | None, timedelta | None]:
        sent = {"content-type": "application/json", **headers}
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._client.stream("POST", url, content=body, headers=sent) as response,
            ):
                wait = retry_after(response.headers.get("retry-after"), datetime.now(UTC))
                return response.status_code, await _beginning(response), None, wait
        except TimeoutError:
            return None, None, f"No answer within {self._seconds:g} seconds.", None
        except TargetError as error:
            return None, None, error.what, None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return None, None, str(error) or type(error).__name__, None
        finally:
            self._client.cookies.clear()


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Read how long a server asks us to wait: seconds, or a date."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return timedelta(seconds=min(int(header), 86_400))
    try:
        return max(parsedate_to_datetime(header) - now, timedelta())
    except (ValueError, TypeError, OverflowError):
        return None


async def _beginning(response: httpx.Response) -> str:
    read = b""
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) >= READ:
            break
    return read[:READ].decode("utf-8", "replace").replace("\0", "")[:SHOWN]
