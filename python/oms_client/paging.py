"""Keyset pagination: the next page begins behind the last row, wherever that row now stands.

Rows that come in or go meanwhile neither repeat nor hide one that was there all the time; an
offset would do both.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from oms_client.conditions import quoted
from oms_client.wire import text_of

Order = tuple[tuple[str, bool], ...]
"""Columns to sort by, and whether downwards. As in Postgres, nulls count as the greatest values."""


def total_order(asked: str | Sequence[str], key: Sequence[str]) -> Order:
    """Read `("-created_at", "name")`, and complete it by the key, so that no two rows are equal."""
    wanted = [asked] if isinstance(asked, str) else asked
    order = [(column.removeprefix("-"), column.startswith("-")) for column in wanted]
    named = {column for column, _ in order}
    return (*order, *((column, False) for column in key if column not in named))


def behind(
    order: Order, last: Mapping[str, Any], nullable: Container[str]
) -> list[tuple[str, str]]:
    """Return query parameters for the rows behind the last one that was read."""
    (column, descends), *others = order
    value = last[column]
    bounded = value is not None and (descends or column not in nullable)
    if bounded and not others:
        return [(column, f"{'lt' if descends else 'gt'}.{text_of(value)}")]
    alternatives, equal = list[str](), list[str]()
    for name, downwards in order:
        further = _further(name, last[name], downwards, nullable)
        alternatives += [_all([*equal, one]) for one in further]
        equal.append(_equals(name, last[name]))
    parameters = [("or", f"({','.join(alternatives)})")]
    if bounded:  # it follows from the above, and is what an index understands
        parameters.append((column, f"{'lte' if descends else 'gte'}.{text_of(value)}"))
    return parameters


def _further(column: str, value: object, descends: bool, nullable: Container[str]) -> list[str]:
    if value is None:
        return [f"{column}.not.is.null"] if descends else []
    if descends:
        return [f"{column}.lt.{quoted(text_of(value))}"]
    beyond = f"{column}.gt.{quoted(text_of(value))}"
    return [beyond, f"{column}.is.null"] if column in nullable else [beyond]


def _equals(column: str, value: object) -> str:
    return f"{column}.is.null" if value is None else f"{column}.eq.{quoted(text_of(value))}"


def _all(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"and({','.join(tests)})"
