"""Values on the wire: what Postgres holds arrives as it is, to the last digit, and goes back so."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import simplejson
from pydantic import BaseModel, ConfigDict

JSON_TYPE = "application/json"
INEXACT = "{!r} is a float, which is not exact; give a Decimal."


class Row(BaseModel):
    """A row of a table or view. A column that this version does not know is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class Label(StrEnum):
    """A label of an enum. One that this version does not know is kept as it came."""

    @classmethod
    def _missing_(cls, value: object) -> "Label | None":
        if not isinstance(value, str):
            return None
        label = str.__new__(cls, value)
        label._name_ = label._value_ = value
        return label


def dumps(value: object) -> str:
    """Write JSON; a Decimal is written digit by digit. A float is refused: it is not exact."""
    _refuse_floats(value)
    return simplejson.dumps(
        value, use_decimal=True, allow_nan=False, default=_plain, separators=(",", ":")
    )


def _refuse_floats(value: object) -> None:
    match value:
        case float():
            raise TypeError(INEXACT.format(value))
        case Mapping():
            for one in value.values():
                _refuse_floats(one)
        case list() | tuple():
            for one in value:
                _refuse_floats(one)


def loads(text: bytes) -> Any:
    """Read JSON; a number with a point is a Decimal."""
    return simplejson.loads(text, use_decimal=True)


def text_of(value: object) -> str:
    """Write one value as Postgres reads it."""
    match value:
        case None:
            return "null"
        case float():
            raise TypeError(INEXACT.format(value))
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case date() | time() | UUID():
            return str(_plain(value))
        case _:
            return str(value)


def _plain(value: object) -> object:
    match value:
        case datetime() if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; give it one.")
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case BaseModel():
            return value.model_dump()
        case _:
            raise TypeError(f"{type(value).__name__} cannot be written as JSON.")
