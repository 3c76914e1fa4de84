"""Documents that are kept, and noted where they belong."""

from collections.abc import Sequence
from uuid import UUID

from oms_client import Oms
from oms_client.enums import FactoryPoStatus
from oms_client.refusals import StaleRowVersionError
from oms_documents.contract import Clause, read_contract, render_contract
from oms_documents.errors import NotStoredError
from oms_documents.storage import Storage

ATTEMPTS = 5


def store_contract(
    oms: Oms, storage: Storage, factory_po_id: UUID, clauses: Sequence[Clause]
) -> str:
    """Store a contract's PDF and write where it is; return its URI.

    Can be repeated, run twice at a time, and be killed at any point: a document is stored under the
    hash of its content, and noted only on the contract as it was read.
    """
    for _ in range(ATTEMPTS):
        contract = oms.factory_pos.get(factory_po_id)
        if contract.status == FactoryPoStatus.DRAFT:
            raise NotStoredError(f"{contract.po_number} is a draft, which still changes.")
        if contract.is_signature_recorded_by_staff:
            raise NotStoredError(
                f"{contract.po_number} was countersigned on paper,"
                f" which its document shows: {contract.po_document_uri}"
            )
        uri = storage.put(
            f"{contract.organization_id}/contracts/{contract.id}",
            f"{contract.po_number}-v{contract.version}.pdf",
            render_contract(read_contract(oms, contract), clauses),
            "application/pdf",
        )
        if contract.po_document_uri == uri:
            return uri
        try:
            oms.factory_pos.update(
                contract.id, po_document_uri=uri, row_version=contract.row_version
            )
        except StaleRowVersionError:
            continue  # signed, or stored, meanwhile: what it says may be another thing now
        return uri
    raise NotStoredError(f"{contract.po_number} changes all the time; try again.")
