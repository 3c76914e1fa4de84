"""Who a letter is from, as business letters say at their foot."""

from oms_documents.parties import Party
from oms_documents.wording import address_lines
from oms_jobs.mail.rendering import FALLBACK, LOCALES


def imprint(company: Party | None, language: str) -> list[str]:
    """Write a company's name, address and mail address; nothing if it is not known."""
    if company is None:
        return []
    locale = LOCALES.get(language, LOCALES[FALLBACK])
    address = address_lines(company.address, locale) if company.address else []
    return [line for line in (company.company.name, *address, company.company.email) if line]
