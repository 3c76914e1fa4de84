"""Quotes of an allocation side by side, as a PDF for the meeting that awards."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from oms_client import Oms
from oms_client.rows import Allocation, QuoteComparison, QuoteComparisonByFactory
from oms_documents import wording
from oms_documents.parties import Party, our_company
from oms_documents.rendering import render_pdf


def render_quotes(oms: Oms, allocation: Allocation, *, as_of: datetime) -> bytes:
    """Read the quotes of an allocation and make the PDF; `as_of` is when that is."""
    return render_comparison(
        our_company(oms),
        allocation,
        oms.quote_comparison.find(allocation_id=allocation.id),
        oms.quote_comparison_by_factory.find(allocation_id=allocation.id),
        as_of=as_of,
    )


def render_comparison(
    buyer: Party,
    allocation: Allocation,
    quotes: Iterable[QuoteComparison],
    factories: Iterable[QuoteComparisonByFactory],
    *,
    as_of: datetime,
) -> bytes:
    """Make the PDF; `as_of` is when the quotes were read."""
    words = comparison_words(buyer, allocation, list(quotes), list(factories), as_of=as_of)
    return render_pdf("quote_comparison", words, dated=as_of)


def comparison_words(
    buyer: Party,
    allocation: Allocation,
    quotes: Sequence[QuoteComparison],
    factories: Sequence[QuoteComparisonByFactory],
    *,
    as_of: datetime,
) -> dict[str, object]:
    """Put a comparison into words: what `quote_comparison.typ` shows."""
    by_line = sorted(
        quotes, key=lambda one: (one.style_number, one.marketing_name, one.allocation_item_id)
    )
    lines = groupby(by_line, key=lambda one: one.allocation_item_id)
    return {
        "sender": buyer.words(),
        "number": allocation.allocation_number,
        "name": allocation.name,
        "as_of": wording.moment(as_of),
        "currency": next((one.landed_currency for one in quotes), None),
        "rates": _rates(quotes),
        "factories": [_factory(one) for one in sorted(factories, key=_place)],
        "lines": [_line(sorted(line, key=_place)) for _, line in lines],
    }


def _place(one: QuoteComparison | QuoteComparisonByFactory) -> tuple[bool, int, str]:
    """Order by rank; those without one behind, by name."""
    return (one.rank is None, one.rank or 0, one.factory_name)


def _rates(quotes: Sequence[QuoteComparison]) -> list[str]:
    return sorted(
        {
            f"{wording.pieces(one.rate)} {one.currency} for one {one.landed_currency}"
            f" ({wording.day(one.rate_date)})"
            for one in quotes
            if one.rate is not None and one.rate_date is not None
        }
    )


def _factory(one: QuoteComparisonByFactory) -> dict[str, object]:
    per_piece = one.landed_amount / one.quoted_qty if one.landed_amount and one.quoted_qty else None
    return {
        "rank": one.rank,
        "name": one.factory_name,
        "quoted": f"{one.quoted_lines} of {one.lines}",
        "first": str(one.first_lines),
        "quantity": None if one.quoted_qty is None else wording.pieces(one.quoted_qty),
        "amount": _money(one.landed_amount, one.landed_currency, cents=True),
        "per_piece": _money(per_piece, one.landed_currency, cents=True),
        "lateness": _lateness(one.days_late),
        "problems": _problems(one.problems),
    }


def _line(quotes: Sequence[QuoteComparison]) -> dict[str, object]:
    asked = quotes[0]
    wanted = asked.target_ex_factory_date
    return {
        "style_number": asked.style_number,
        "color": asked.marketing_name,
        "quantity": " / ".join(dict.fromkeys(wording.pieces(one.order_qty) for one in quotes)),
        "wanted": wording.day(wanted) if wanted else None,
        "quotes": [
            {
                "rank": one.rank,
                "name": one.factory_name,
                "is_awarded": one.is_awarded,
                "currency": one.currency,
                "price": _money(one.price, one.currency),
                "amount": _money(one.amount, one.currency),
                "surcharge": _money(one.surcharge, one.currency, cents=True),
                "landed_price": _money(one.landed_price, one.landed_currency),
                "landed_amount": _money(one.landed_amount, one.landed_currency, cents=True),
                "leaves": wording.day(one.ex_factory_date) if one.ex_factory_date else None,
                "lateness": _lateness(one.days_late),
                "problems": _problems(one.problems),
            }
            for one in quotes
        ],
    }


def _money(value: Decimal | None, currency: str | None, *, cents: bool = False) -> str | None:
    """Write an amount; to the cent what is worked out by a rate or in shares."""
    if value is None or currency is None:
        return None
    return wording.money(wording.to_the_cent(value, currency) if cents else value, currency)


def _lateness(days: int | None) -> str | None:
    match days:
        case None:
            return None
        case 0:
            return "on the day"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'late' if days > 0 else 'early'}"


def _problems(codes: Iterable[str]) -> str:
    return ", ".join(code.replace("_", " ").replace("moq", "MOQ") for code in codes)
