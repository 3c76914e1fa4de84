"""What can go wrong, one class each. Every class of a stable code stands in `refusals`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

import httpx

from oms_client.wire import loads


class OmsError(Exception):
    """Anything that this client raises."""


class ApiError(OmsError):
    """The API answered with an error.

    `status` is the HTTP status, `code` the stable OMS_ code or else the SQLSTATE or PostgREST's
    code, `message` a sentence for a person, `details` facts for a program.
    """

    code: str | None = None

    def __init__(
        self, message: str, status: int, code: str | None, details: Mapping[str, Any]
    ) -> None:
        super().__init__(message, status, code, details)  # so that it can be pickled
        self.message = message
        self.status = status
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code or self.status}: {self.message}"


class RefusedError(ApiError):
    """A rule of the business refused; each stable code that this version knows has a subclass."""

    code: str
    by_code: ClassVar[dict[str, type["RefusedError"]]] = {}

    def __init_subclass__(cls, *, code: str) -> None:
        cls.code = code
        cls.by_code[code] = cls


class AuthenticationError(ApiError):
    """401: the token is missing, malformed or expired."""


class PermissionDeniedError(ApiError):
    """403 without a code of ours: the role may not use this table, column or command."""


class BadRequestError(ApiError):
    """4xx without a code of ours: a value of the wrong type, an unknown column, a bad request."""


class ConstraintError(BadRequestError):
    """A constraint of the database refused (SQLSTATE class 23); `constraint` names it."""

    @property
    def constraint(self) -> str | None:
        """Name of the constraint, or None where a column must have a value."""
        quoted = self.message.rpartition('constraint "')[2]
        return quoted.partition('"')[0] if quoted != self.message else None


class ServerError(ApiError):
    """5xx: not the request's fault."""


class DeadlockError(ServerError):
    """40P01, 40001: rolled back in favour of another session. Safe to send again, as was tried."""


class TimedOutError(ServerError):
    """57014, 55P03: the statement, or its wait for a lock, took longer than the role may.

    Nothing of it happened. Ask for less at a time, or again when others are done.
    """


class UnavailableError(OmsError):
    """The API could not be reached, or not in time. It is safe to send the same again."""


class OutcomeUnknownError(OmsError):
    """The connection broke during a plain write. Read the row before you write it again."""


DEADLOCKED = {"40P01", "40001"}
TOO_LONG = {"57014", "55P03"}


def error_of(response: httpx.Response) -> ApiError:
    """Read the answer that is not a success."""
    told = _body(response)
    code, hint = told.get("code"), told.get("hint")
    message = str(told.get("message") or response.reason_phrase)
    details = _details(told.get("details"))
    if isinstance(hint, str) and hint.startswith("OMS_"):
        refusal = RefusedError.by_code.get(hint, RefusedError)
        return refusal(message, response.status_code, hint, details)
    return _class_of(response.status_code, code)(message, response.status_code, code, details)


def _class_of(status: int, code: str | None) -> type[ApiError]:
    if code in DEADLOCKED:
        return DeadlockError
    if code in TOO_LONG:
        return TimedOutError
    if code and code.startswith("23"):
        return ConstraintError
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return AuthenticationError
        case HTTPStatus.FORBIDDEN:
            return PermissionDeniedError
    return BadRequestError if status < HTTPStatus.INTERNAL_SERVER_ERROR else ServerError


def _body(response: httpx.Response) -> dict[str, Any]:
    try:
        told = loads(response.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _details(told: object) -> dict[str, Any]:
    if not isinstance(told, str):
        return {}
    try:
        details = loads(told.encode())
    except ValueError:
        return {"text": told}
    return details if isinstance(details, dict) else {"text": told}
