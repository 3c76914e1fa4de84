"""Where documents are kept: a local folder, S3 or whatever speaks its language."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Self
from urllib.parse import unquote

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from oms_documents.errors import MissingDocumentError, StorageError

KEY = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)


class Storage:
    """Documents under one address, each under the hash of its content: none is ever overwritten.

    `url` is `file:///folder` or `s3://bucket/prefix`; for S3 the usual variables say the rest
    (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`).
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._store: LocalStore | S3Store
        scheme, _, path = self.url.partition("://")
        if scheme == "file" and path.startswith("/"):
            self._store = LocalStore(unquote(path), mkdir=True)
        elif scheme == "s3" and path:
            self._store = S3Store.from_url(self.url)
        else:
            raise StorageError(f"{url!r} is neither file:///FOLDER nor s3://BUCKET/PREFIX.")

    @classmethod
    def from_environment(cls, default: Path) -> Self:
        """Open the storage that `OMS_STORAGE_URL` names, else a folder."""
        return cls(os.environ.get("OMS_STORAGE_URL") or default.resolve().as_uri())

    def put(self, folder: str, name: str, content: bytes, content_type: str) -> str:
        """Store a document and return its URI: the same for the same content, however often."""
        file = PurePosixPath(name)
        key = f"{folder}/{file.stem}-{_digest(content)}{file.suffix}"
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is not a key.")
        if not self._has(key):
            local = isinstance(self._store, LocalStore)  # a folder keeps no content types
            attributes = None if local else {"Content-Type": content_type}
            with _errors_named():
                obstore.put(self._store, key, content, attributes=attributes)
        return f"{self.url}/{key}"

    def get(self, uri: str) -> bytes:
        """Return a document, if it still is what was stored."""
        with _errors_named():
            content = bytes(obstore.get(self._store, self._key(uri)).bytes())
        if _digest(content) not in uri:
            raise StorageError(f"{uri} is not what was stored there.")
        return content

    def exists(self, uri: str) -> bool:
        """Tell whether a document is there."""
        return self._has(self._key(uri))

    def link(self, uri: str, expires: timedelta) -> str:
        """Return an address that anybody can read the document at for a while.

        A local folder knows no such thing: its documents' links are their URIs.
        """
        key = self._key(uri)
        if isinstance(self._store, LocalStore):
            return uri
        with _errors_named():
            return obstore.sign(self._store, "GET", key, expires)

    def _key(self, uri: str) -> str:
        key = uri.removeprefix(f"{self.url}/")
        if key == uri or not KEY.fullmatch(key):
            raise StorageError(f"{uri} is not in {self.url}.")
        return key

    def _has(self, key: str) -> bool:
        try:
            with _errors_named():
                obstore.head(self._store, key)
        except MissingDocumentError:
            return False
        return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _errors_named() -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise MissingDocumentError(_first_line(error)) from error
    except (BaseError, OSError) as error:
        raise StorageError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
