"""What a contract says, read as somebody who may read it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from oms_client import Oms, one_of
from oms_client.rows import (
    AllocationItemsSupplier,
    AllocationItemSupplierSize,
    FactoryPo,
    FactoryPoLine,
    FactoryPoLineSize,
)
from oms_documents.errors import NoSuchContractError
from oms_documents.parties import Party, company, our_company

IDS_A_REQUEST = 100  # so that the address stays short

Size = AllocationItemSupplierSize | FactoryPoLineSize


@dataclass(frozen=True)
class Line:
    """A line, its size run in order, and what its slice was quoted at."""

    line: FactoryPoLine
    sizes: Sequence[Size]
    slice: AllocationItemsSupplier


@dataclass(frozen=True)
class Contract:
    """A contract and all that its document says of it."""

    row: FactoryPo
    replaces: int | None
    replaced_by: int | None
    buyer: Party
    factory: Party
    lines: Sequence[Line]


def find_contract(
    oms: Oms, number: str, *, version: int | None = None, factory: str | None = None
) -> FactoryPo:
    """Return a contract by its number: its newest version, unless told which.

    Each factory has numbers of its own; where several have this one, its name or code tells which.
    """
    found = list(oms.factory_pos.find(po_number=number, order="-version"))
    parties = {key: oms.directory.get(key) for key in {one.factory_id for one in found}}
    if factory is not None:
        parties = {
            key: one
            for key, one in parties.items()
            if factory.casefold() in (one.name.casefold(), one.code.casefold())
        }
    if len(parties) > 1:
        known = ", ".join(sorted(one.name for one in parties.values()))
        raise NoSuchContractError(f"Whose {number}? These have one: {known}.")
    for one in found:
        if one.factory_id in parties and version in (None, one.version):
            return one
    wanted = number if version is None else f"version {version} of {number}"
    raise NoSuchContractError(f"There is no {wanted}{f' with {factory}' if factory else ''}.")


def read_contract(oms: Oms, contract: FactoryPo) -> Contract:
    """Read what stands in a contract, as whoever `oms` speaks for."""
    lines = oms.factory_po_lines.find(
        factory_po_id=contract.id, order=("style_number", "marketing_name")
    )
    return Contract(
        row=contract,
        replaces=_replaced(oms, contract),
        replaced_by=_successor(oms, contract),
        buyer=our_company(oms),
        factory=company(oms, contract.factory_id),
        lines=list(_with_details(oms, contract, list(lines))),
    )


def contract_told(words: Mapping[str, Any]) -> Contract:
    """Take a contract from what the database tells of it in one answer."""
    return Contract(
        row=FactoryPo.model_validate(words["row"]),
        replaces=words["replaces"],
        replaced_by=words["replaced_by"],
        buyer=Party.told(words["buyer"]),
        factory=Party.told(words["factory"]),
        lines=[
            Line(
                FactoryPoLine.model_validate(one["line"]),
                [FactoryPoLineSize.model_validate(size) for size in one["sizes"]],
                AllocationItemsSupplier.model_validate(one["slice"]),
            )
            for one in words["lines"]
        ],
    )


def _replaced(oms: Oms, contract: FactoryPo) -> int | None:
    """Return the version before this one, unless that was a draft, which the factory never saw."""
    if contract.supersedes_id is None:
        return None
    older = oms.factory_pos.first(id=contract.supersedes_id)
    return older.version if older and older.issued_at else None


def _successor(oms: Oms, contract: FactoryPo) -> int | None:
    """Return the version that took the place of this one: of what is signed, only a signed one."""
    for newer in oms.factory_pos.find(supersedes_id=contract.id, order="-version"):
        if newer.signed_at or (newer.issued_at and not contract.signed_at):
            return newer.version
    return None


def _with_details(oms: Oms, contract: FactoryPo, lines: Sequence[FactoryPoLine]) -> Iterator[Line]:
    for start in range(0, len(lines), IDS_A_REQUEST):
        some = lines[start : start + IDS_A_REQUEST]
        ids = one_of(*(line.allocation_item_supplier_id for line in some))
        slices = {one.id: one for one in oms.allocation_items_supplier.find(id=ids)}
        runs: defaultdict[UUID, list[Size]] = defaultdict(list)
        if contract.issued_at:
            of_lines = one_of(*(line.id for line in some))
            for size in oms.factory_po_line_sizes.find(factory_po_line_id=of_lines):
                runs[size.factory_po_line_id].append(size)
        else:  # until then a line has no sizes of its own
            of_slices = {line.allocation_item_supplier_id: line.id for line in some}
            for now in oms.allocation_item_supplier_sizes.find(allocation_item_supplier_id=ids):
                runs[of_slices[now.allocation_item_supplier_id]].append(now)
        for line in some:
            run = sorted(runs[line.id], key=lambda size: size.position)
            yield Line(line, run, slices[line.allocation_item_supplier_id])
