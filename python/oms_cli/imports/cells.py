"""What the text of one cell means. Pure functions: a value, or the reason why there is none."""

import re
import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Step = Literal["upper", "lower", "title", "strip_dots"]

SPREADSHEET_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
MOST_LETTERS = 200  # ops.short_text
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)  # ops.business_date
MOST_PIECES = 999_999_999
MOST_PRICE = Decimal("99999999999999.9999")
PRICE_DECIMALS = 4
MOST_QUANTITY = Decimal("999999999999.999999")  # ops.quantity
QUANTITY_DECIMALS = 6
MOST_WHOLE = 2**31 - 1
ALL = 100  # per cent
FLAGS = {
    **dict.fromkeys(("yes", "y", "true", "t", "1"), True),
    **dict.fromkeys(("no", "n", "false", "f", "0"), False),
}


class CellError(Exception):
    """Why a cell has no value: a stable code, a sentence, and what stands there instead."""

    def __init__(self, code: str, reason: str, value: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.value = value


def normalise(text: str, steps: Sequence[Step]) -> str:
    """Trim, make any run of white space one blank, and take the mapping's steps."""
    text = " ".join(text.split())
    for step in steps:
        match step:
            case "upper":
                text = text.upper()
            case "lower":
                text = text.lower()
            case "title":
                text = string.capwords(text)
            case "strip_dots":
                text = text.rstrip(". ")
    return text


def parse_text(text: str) -> str:
    """Read a name, a number, a label."""
    if len(text) > MOST_LETTERS:
        raise CellError("too_long", f"{len(text)} letters; at most {MOST_LETTERS} are kept.")
    return text


def parse_date(text: str, formats: Sequence[str]) -> date:
    """Read a date; the way of ISO 8601 is understood besides the formats."""
    for form in ("%Y-%m-%d", *formats):
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if not FIRST_DAY <= day <= LAST_DAY:
            raise CellError("bad_date", f"A date lies between {FIRST_DAY} and {LAST_DAY}.")
        return day
    ways = " or ".join(date(2026, 12, 31).strftime(form) for form in formats)
    raise CellError("bad_date", f"Not a date as the mapping says it is written, like {ways}.")


def parse_pieces(text: str, decimal: str) -> int:
    """Read a quantity of garments, which are whole."""
    number = _parse_number(text, decimal, "bad_quantity")
    if number != number.to_integral_value():
        raise CellError("bad_quantity", "Garments are counted in whole pieces.")
    if not 1 <= number <= MOST_PIECES:
        raise CellError("bad_quantity", f"A line asks for 1 to {MOST_PIECES:,} pieces.")
    return int(number)


def parse_price(text: str, decimal: str) -> Decimal:
    """Read a price."""
    number = _parse_number(text, decimal, "bad_price")
    if not 0 <= number <= MOST_PRICE:
        raise CellError("bad_price", "A price is zero or more.")
    if round(number, PRICE_DECIMALS) != number:
        raise CellError("bad_price", f"A price has at most {PRICE_DECIMALS} decimals.")
    return number


def parse_quantity(text: str, decimal: str, *, least: str = "above zero") -> Decimal:
    """Read a quantity in whatever unit."""
    number = _parse_number(text, decimal, "bad_quantity")
    if not 0 <= number <= MOST_QUANTITY or (number == 0 and least == "above zero"):
        raise CellError("bad_quantity", f"A quantity is {least}.")
    if round(number, QUANTITY_DECIMALS) != number:
        raise CellError("bad_quantity", f"A quantity has at most {QUANTITY_DECIMALS} decimals.")
    return number


def parse_percentage(text: str, decimal: str) -> Decimal:
    """Read a share of what goes in; all of it is none that comes out."""
    number = _parse_number(text.removesuffix("%"), decimal, "bad_number")
    if not 0 <= number < ALL or round(number, PRICE_DECIMALS) != number:
        raise CellError("bad_number", "Per cent: 0 to less than 100, with at most four decimals.")
    return number


def parse_whole(text: str, decimal: str) -> int:
    """Read a number of days, of decimals, a place in a list."""
    number = _parse_number(text, decimal, "bad_number")
    if not 0 <= number <= MOST_WHOLE or number != number.to_integral_value():
        raise CellError("bad_number", "A whole number, zero or more.")
    return int(number)


def parse_unit(text: str) -> str:
    """Read a unit of measure."""
    if not re.fullmatch("[A-Z0-9]{1,10}", text):
        raise CellError("bad_unit", "A unit is up to ten capital letters and digits, such as EA.")
    return text


def parse_flag(text: str) -> bool:
    """Read a yes or no."""
    found = FLAGS.get(text.casefold())
    if found is None:
        raise CellError("bad_value", "Neither yes nor no.")
    return found


def parse_choice(text: str, choices: Sequence[str]) -> str:
    """Read one of a few words."""
    word = text.casefold().replace(" ", "_")
    if word not in choices:
        raise CellError(
            "bad_value",
            f"None of {', '.join(choices)}; say under `values` in the mapping what it means.",
        )
    return word


def parse_currency(text: str) -> str:
    """Read a currency."""
    if not re.fullmatch("[A-Z]{3}", text):
        raise CellError("bad_currency", "A currency is three letters of ISO 4217, such as EUR.")
    return text


def parse_size(text: str, known: Sequence[str], aliases: Mapping[str, str]) -> str:
    """Read a size label; one line is one size."""
    label = aliases.get(text, text)
    if label in known:
        return label
    ends = re.split(r"\s+TO\s+|\s*[-–/~]\s*", text, flags=re.IGNORECASE)  # noqa: RUF001
    if len(ends) > 1 and all(aliases.get(end, end) in known for end in ends):
        raise CellError(
            "size_range", "Several sizes on one line; give each its own line and quantity."
        )
    raise CellError(
        "unknown_size",
        f"None of the sizes {', '.join(known)}; correct it, or add it to `sizes` in the mapping.",
    )


def _parse_number(text: str, decimal: str, code: str) -> Decimal:
    group = "," if decimal == "." else "."
    plain = re.sub(r"\s", "", text)
    shape = rf"[+-]?(\d+|\d{{1,3}}(\{group}\d{{3}})+)(\{decimal}\d+)?"
    if not re.fullmatch(shape, plain, flags=re.ASCII):
        raise CellError(code, f"Not a number; decimals stand behind a '{decimal}'.")
    return Decimal(plain.replace(group, "").replace(decimal, "."))
