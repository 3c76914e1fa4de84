"""The production contract as a document.

It says what was agreed, not how far it has come, and nothing that the factory may not read: whoever
renders a contract gets the same bytes.
"""

from collections.abc import Sequence

from oms_documents.contract.clauses import Clause, load_clauses
from oms_documents.contract.reading import (
    Contract,
    contract_told,
    find_contract,
    read_contract,
)
from oms_documents.contract.words import contract_words, dated
from oms_documents.rendering import render_pdf

__all__ = [
    "Clause",
    "Contract",
    "contract_told",
    "find_contract",
    "load_clauses",
    "read_contract",
    "render_contract",
]


def render_contract(contract: Contract, clauses: Sequence[Clause]) -> bytes:
    """Make the PDF."""
    return render_pdf("contract", contract_words(contract, clauses), dated=dated(contract.row))
