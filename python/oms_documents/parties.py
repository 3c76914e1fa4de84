"""The companies on a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from oms_client import Oms
from oms_client.enums import AddressKind
from oms_client.rows import Address, Directory
from oms_documents import wording
from oms_documents.errors import NoCompanyError

SEAT = (AddressKind.REGISTERED, AddressKind.BILLING, AddressKind.SHIPPING)
WORKS = (AddressKind.SHIPPING, AddressKind.REGISTERED, AddressKind.BILLING)
NOBODY = "The organization has no company in ops.directory to write as."


@dataclass(frozen=True)
class Party:
    """A company and where it is."""

    company: Directory
    address: Address | None

    @classmethod
    def told(cls, words: Mapping[str, Any] | None) -> Self:
        """Take it from what the database tells of a company in one answer."""
        if words is None:
            raise NoCompanyError(NOBODY)
        address = words["address"]
        return cls(
            Directory.model_validate(words["company"]),
            Address.model_validate(address) if address else None,
        )

    def words(self) -> dict[str, object]:
        """Put it into words, as templates show it."""
        return {
            "name": self.company.name,
            "address": wording.address_lines(self.address) if self.address else [],
            "email": self.company.email,
            "country": self.address.country_code if self.address else None,
        }


def company(oms: Oms, directory_id: UUID, preferred: Sequence[AddressKind] = WORKS) -> Party:
    """Read a company of the directory, with the first address of the kind preferred."""
    addresses = sorted(
        oms.addresses.find(directory_id=directory_id),
        key=lambda one: (preferred.index(AddressKind(one.kind)), one.id),
    )
    return Party(oms.directory.get(directory_id), addresses[0] if addresses else None)


def our_company(oms: Oms, preferred: Sequence[AddressKind] = SEAT) -> Party:
    """Read the company that the caller's organization is."""
    organization = oms.organizations.first()
    if organization is None or organization.company_id is None:
        raise NoCompanyError(NOBODY)
    return company(oms, organization.company_id, preferred)
