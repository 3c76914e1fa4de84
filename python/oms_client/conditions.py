"""Conditions on a column, for `find`, `first`, `count` and `update_where`.

A plain value asks for equality and `None` for null; everything else is one of these::

    oms.orders.find(status=one_of(OrderStatus.SALES_ORDER, OrderStatus.SO_SENT))
    oms.orders.find(ex_factory_date=between(date(2027, 1, 1), date(2027, 3, 31)))
    oms.directory.find(kinds=contains(PartyKind.FACTORY), name=like("Hanoi*"))
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from oms_client.wire import dumps, text_of

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True)
class Condition(Generic[T_co]):
    """What a column of type `T` must fulfil: operators of PostgREST, all of which hold."""

    tests: tuple[tuple[str, str], ...]


def lt(value: T) -> Condition[T]:
    """Be less than a value."""
    return _test("lt", value)


def lte(value: T) -> Condition[T]:
    """Be at most a value."""
    return _test("lte", value)


def gt(value: T) -> Condition[T]:
    """Be greater than a value."""
    return _test("gt", value)


def gte(value: T) -> Condition[T]:
    """Be at least a value."""
    return _test("gte", value)


def between(least: T, most: T) -> Condition[T]:
    """Lie between two values, both included."""
    return Condition(gte(least).tests + lte(most).tests)


def is_not(value: T) -> Condition[T]:
    """Be something else; `is_not(None)`: not null."""
    return Condition((("not.is", "null"),)) if value is None else _test("neq", value)


def one_of(*values: T) -> Condition[T]:
    """Be one of some values. Of none of them, no row is."""
    return Condition((("in", f"({','.join(quoted(text_of(value)) for value in values)})"),))


def like(pattern: str) -> Condition[str]:
    """Match a pattern in which `*` stands for any text, whatever the case of its letters."""
    return Condition((("ilike", re.sub(r"([\\%_])", r"\\\1", pattern)),))


def contains(*elements: T) -> Condition[list[T]]:
    """Be an array that has all of these elements."""
    return Condition((("cs", f"{{{','.join(quoted(text_of(one)) for one in elements)}}}"),))


def has_fields(fields: Mapping[str, Any]) -> Condition[Any]:
    """Be a JSON object that has these fields, with these values."""
    return Condition((("cs", dumps(fields)),))


def tests(where: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Spell out conditions as column, operator and operand of PostgREST."""
    for column, asked in where.items():
        match asked:
            case Condition():
                for operator, operand in asked.tests:
                    yield column, operator, operand
            case None:
                yield column, "is", "null"
            case list() | tuple():
                elements = ",".join(quoted(text_of(one)) for one in asked)
                yield column, "eq", f"{{{elements}}}"
            case dict():
                yield column, "eq", dumps(asked)
            case _:
                yield column, "eq", text_of(asked)


def quoted(text: str) -> str:
    """Quote a value that stands in a list or a logical expression."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _test(operator: str, value: T) -> Condition[T]:
    return Condition(((operator, text_of(value)),))
