"""The documents that go with a mail: the very ones that the API gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from oms_documents.contract import Clause, contract_told, load_clauses, render_contract
from oms_documents.purchase_order import purchase_told, render_purchase_order


@dataclass(frozen=True)
class Pdf:
    """A document and what it is called."""

    name: str
    content: bytes


def render_document(document: str, words: Mapping[str, Any]) -> Pdf:
    """Make a document out of what the database tells of it."""
    match document:
        case "contract":
            contract = contract_told(words)
            name = f"{contract.row.po_number}-v{contract.row.version}.pdf"
            return Pdf(name, render_contract(contract, _clauses()))
        case "purchase_order":
            purchase = purchase_told(words)
            return Pdf(f"{purchase.row.po_number}.pdf", render_purchase_order(purchase))
    raise ValueError(f"There is no document {document}.")


@cache
def _clauses() -> list[Clause]:
    return load_clauses()
