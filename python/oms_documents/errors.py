"""What can be wrong with a document that a person can mend."""


class DocumentError(Exception):
    """The document cannot be made, kept or found; the message says why."""


class NoSuchContractError(DocumentError):
    """No contract is meant, or more than one."""


class NoSuchPurchaseOrderError(DocumentError):
    """No purchase order is meant, or more than one."""


class NoCompanyError(DocumentError):
    """The organization has not said which company it is."""


class ClausesError(DocumentError):
    """The file of standard terms is not one."""


class UnreadableTextError(DocumentError):
    """No font has a letter of what the document says."""


class NotStoredError(DocumentError):
    """The contract's document is not ours to replace."""


class StorageError(DocumentError):
    """The storage does not hold the document, or does not answer."""


class MissingDocumentError(StorageError):
    """There is no such document."""
