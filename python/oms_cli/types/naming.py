"""From names in the database to names in Python."""

import re
import textwrap

WIDTH = 96


def class_name(name: str) -> str:
    """Name the class of one row: `order_items` -> `OrderItem`, `addresses` -> `Address`."""
    *words, last = name.split("_")
    return "".join(word.capitalize() for word in [*words, _singular(last)])


def type_name(name: str) -> str:
    """Name the class of an enum or a composite type: `order_status` -> `OrderStatus`."""
    return "".join(word.capitalize() for word in name.split("_"))


def error_name(code: str) -> str:
    """Name the class of an error: `OMS_NOT_FOUND` -> `NotFoundError`."""
    return f"{type_name(code.removeprefix('OMS_').lower())}Error"


def member_name(label: str) -> str:
    """Name an enum's member: `sales_order` -> `SALES_ORDER`."""
    return re.sub(r"\W", "_", label).upper()


def documented(text: str | None, indent: str) -> list[str]:
    """Write a docstring."""
    if not text:
        return []
    told = text.replace("\\", "\\\\").replace('"""', "'''")
    room = WIDTH - len(indent)
    if len(told) + 6 <= room:
        return [f'{indent}"""{told}"""']
    lines = textwrap.wrap(told, room - 3, break_long_words=False, break_on_hyphens=False)
    return [f'{indent}"""{lines[0]}', *(f"{indent}{line}" for line in lines[1:]), f'{indent}"""']


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("sses"):
        return word[:-2]
    return word.removesuffix("s") if not word.endswith("ss") else word
