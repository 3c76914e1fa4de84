"""What a contract's document says, word by word."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count, groupby

from oms_client.enums import FactoryPoStatus
from oms_client.rows import FactoryPo
from oms_documents import wording
from oms_documents.contract.clauses import Clause
from oms_documents.contract.reading import Contract, Line

MOST_SIZE_COLUMNS = 9


def contract_words(said: Contract, clauses: Sequence[Clause]) -> dict[str, object]:
    """Put a contract into words: what `contract.typ` shows."""
    contract = said.row
    state, watermark = _standing(said)
    numbers = count(1)
    tables = [
        _table(labels, list(lines), contract.currency, numbers)
        for labels, lines in groupby(_by_size_run(said.lines), key=_labels)
    ]
    total = sum((one.line.amount for one in said.lines), Decimal(0))
    return {
        "number": contract.po_number,
        "version": contract.version,
        "replaces": said.replaces,
        "state": state,
        "watermark": watermark,
        "buyer": said.buyer.words(),
        "factory": said.factory.words(),
        "facts": [(name, fact) for name, fact in _facts(said).items() if fact],
        "currency": contract.currency,
        "tables": tables,
        "quantity": wording.pieces(sum((one.line.quantity for one in said.lines), Decimal(0))),
        "amount": wording.money(total, contract.currency),
        "clauses": [clause.model_dump() for clause in clauses],
        "terms_hash": contract.terms_hash,
        "issued": _issued(contract),
        "signed": _signed(contract),
    }


def _standing(said: Contract) -> tuple[str, str | None]:
    """Say how a contract stands, and what is written across its pages."""
    match said.row.status:
        case FactoryPoStatus.DRAFT:
            return "Draft", "DRAFT"
        case FactoryPoStatus.ISSUED:
            return "Issued, not yet countersigned", None
        case FactoryPoStatus.PC_SIGNED | FactoryPoStatus.CLOSED:
            return "Signed", None
    if said.replaced_by:
        return f"Replaced by version {said.replaced_by}", "SUPERSEDED"
    return "Cancelled", "CANCELLED"


def _facts(said: Contract) -> dict[str, str | None]:
    issued, leaves = said.row.issued_at, said.row.ex_factory_date
    days = said.factory.company.payment_terms_days
    return {
        "Issued": wording.day(issued.astimezone(UTC).date()) if issued else None,
        "Ex-factory": wording.day(leaves) if leaves else None,
        "Currency": said.row.currency,
        "Payment": None if days is None else f"{days} days from invoice",
        "Pricing terms": wording.choice(one.slice.pricing_terms for one in said.lines),
        "Shipped by": wording.choice(
            (one.slice.ship_mode or "").capitalize() for one in said.lines
        ),
    }


def _labels(one: Line) -> tuple[str, ...]:
    return tuple(size.size_label for size in one.sizes)


def _by_size_run(lines: Sequence[Line]) -> list[Line]:
    """Bring lines with the same sizes together; otherwise leave them in their order."""
    first: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(lines):
        first.setdefault(_labels(one), place)
    return sorted(lines, key=lambda one: first[_labels(one)])


def _table(
    labels: Sequence[str], lines: Sequence[Line], currency: str, numbers: Iterator[int]
) -> dict[str, object]:
    runs = [[size.quantity for size in one.sizes] for one in lines]
    return {
        "sizes": labels,
        "in_columns": len(labels) <= MOST_SIZE_COLUMNS,
        "lines": [
            {
                "number": next(numbers),
                "style_number": one.line.style_number,
                "style_name": one.line.style_name,
                "color": one.line.marketing_name,
                "color_reference": one.line.color_reference,
                "tolerance": f"+{wording.per_cent(one.line.over_receipt_tolerance_pct)}",
                "run": [wording.pieces(quantity) for quantity in run],
                "quantity": wording.pieces(one.line.quantity),
                "price": wording.money(one.line.price, currency),
                "amount": wording.money(one.line.amount, currency),
            }
            for one, run in zip(lines, runs, strict=True)
        ],
        "run": [wording.pieces(sum(column, Decimal(0))) for column in zip(*runs, strict=True)],
        "quantity": wording.pieces(sum((one.line.quantity for one in lines), Decimal(0))),
        "amount": wording.money(sum((one.line.amount for one in lines), Decimal(0)), currency),
    }


def _issued(contract: FactoryPo) -> dict[str, str | None] | None:
    if contract.issued_at is None:
        return None
    return {"by": contract.issued_by_name, "at": wording.moment(contract.issued_at)}


def _signed(contract: FactoryPo) -> dict[str, object] | None:
    if contract.signed_at is None:
        return None
    return {
        "by": contract.signed_by_name,
        "at": wording.moment(contract.signed_at),
        "from": contract.signed_from,
        "terms_hash": contract.signed_terms_hash,
        "on_paper": contract.is_signature_recorded_by_staff,
    }


def dated(contract: FactoryPo) -> datetime:
    """Return when the document came to say what it says."""
    return contract.cancelled_at or contract.signed_at or contract.issued_at or contract.created_at
