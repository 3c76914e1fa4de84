"""What may be sent again, and after how long. Pure decisions."""

import random
from http import HTTPStatus

import httpx

from oms_client.errors import DEADLOCKED, error_of

ATTEMPTS = 6
FIRST_DELAY = 0.05
LONGEST_DELAY = 2.0

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
PASSING = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}


def may_resend(outcome: httpx.Response | httpx.TransportError, *, repeatable: bool) -> bool:
    """Tell whether sending the same request again can have no second effect, and may help.

    A deadlock's victim was rolled back, and a connection that was refused carried nothing: both
    are safe whatever was asked. Otherwise the first request may have got through.
    """
    if isinstance(outcome, httpx.TransportError):
        return repeatable or isinstance(outcome, NEVER_SENT)
    if outcome.is_success:
        return False
    if outcome.status_code in PASSING:
        return repeatable
    return outcome.is_server_error and error_of(outcome).code in DEADLOCKED


def delay(attempt: int) -> float:
    """Return the seconds to wait after an attempt, the first being 0; two sessions draw apart."""
    longest = min(FIRST_DELAY * 2.0**attempt, LONGEST_DELAY)
    return random.uniform(longest / 2, longest)  # noqa: S311
