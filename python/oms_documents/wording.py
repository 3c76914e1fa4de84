"""How documents write dates, numbers and addresses."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_precision

from oms_client.rows import Address

LOCALE = Locale("en", "GB")


def day(value: date) -> str:
    """Write a date, unmistakably: 5 March 2027."""
    return format_date(value, "d MMMM y", LOCALE)


def short_day(value: date) -> str:
    """Write a day of a year that is known: 5 Mar."""
    return format_date(value, "d MMM", LOCALE)


def month(value: date) -> str:
    """Write a month: Mar 2027."""
    return format_date(value, "MMM y", LOCALE)


def moment(value: datetime) -> str:
    """Write an instant."""
    return f"{day(value.astimezone(UTC).date())}, {value.astimezone(UTC):%H:%M} UTC"


def pieces(value: Decimal) -> str:
    """Write a quantity."""
    return format_decimal(value, "#,##0.######", LOCALE)


def money(value: Decimal, currency: str) -> str:
    """Write an amount without its currency: all its digits, at least the currency's own."""
    least = get_currency_precision(currency)
    return format_decimal(value, f"#,##0.{'0' * least}{'#' * (4 - least)}", LOCALE)


def to_the_cent(value: Decimal, currency: str) -> Decimal:
    """Round an amount to the currency's smallest unit."""
    return round(value, get_currency_precision(currency))


def per_cent(value: Decimal) -> str:
    """Write a percentage."""
    return f"{pieces(value)} %"


def address_lines(address: Address, locale: Locale = LOCALE) -> list[str]:
    """Write an address as on an envelope."""
    town = f"{address.city} {address.postal_code or ''}".strip()
    country = locale.territories.get(address.country_code, address.country_code)
    lines = (address.line1, address.line2, town, address.region, country)
    return [line for line in lines if line]


def choice(values: Iterable[str | None]) -> str | None:
    """Write which values there are, each once; None if there is none."""
    return ", ".join(sorted({value for value in values if value})) or None
