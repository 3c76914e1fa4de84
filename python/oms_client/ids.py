"""Ids of rows that a program inserts."""

import secrets
import time
from uuid import UUID

VERSION_7 = 0x7000_8000_0000_0000_0000  # with the variant of RFC 9562


def new_id() -> UUID:
    """Make an id for a row that is to be inserted.

    It is a UUID of version 7, like those of the database: later ones sort behind earlier ones,
    so that rows are found in the order in which they were made.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    return UUID(int=milliseconds << 80 | fraction << 64 | secrets.randbits(62) | VERSION_7)
