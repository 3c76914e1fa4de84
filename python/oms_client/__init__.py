"""A typed client of the order management system, synchronous (`Oms`) and asynchronous (`AsyncOms`).

Rows are in `oms_client.rows`, enums in `enums`, what may be written in `writes`, one class for
each refusal in `refusals`. All of these are written from the database by `oms types`.
"""

from oms_client import refusals
from oms_client._async.client import AsyncOms
from oms_client._sync.client import Oms
from oms_client.conditions import (
    Condition,
    between,
    contains,
    gt,
    gte,
    has_fields,
    is_not,
    like,
    lt,
    lte,
    one_of,
)
from oms_client.errors import (
    ApiError,
    AuthenticationError,
    BadRequestError,
    ConstraintError,
    DeadlockError,
    OmsError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RefusedError,
    ServerError,
    TimedOutError,
    UnavailableError,
)
from oms_client.ids import new_id

__all__ = [
    "ApiError",
    "AsyncOms",
    "AuthenticationError",
    "BadRequestError",
    "Condition",
    "ConstraintError",
    "DeadlockError",
    "Oms",
    "OmsError",
    "OutcomeUnknownError",
    "PermissionDeniedError",
    "RefusedError",
    "ServerError",
    "TimedOutError",
    "UnavailableError",
    "between",
    "contains",
    "gt",
    "gte",
    "has_fields",
    "is_not",
    "like",
    "lt",
    "lte",
    "new_id",
    "one_of",
    "refusals",
]
