"""Waiting for what happens, and longer and longer for what does not."""

import asyncio
import random
from contextlib import suppress


async def first_of(*events: asyncio.Event, seconds: float) -> None:
    """Wait until one of the events is set, or so many seconds are over."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one


class Backoff:
    """How long to wait before the next try: twice as long each time, and never all at once."""

    def __init__(self, first: float = 0.2, longest: float = 15) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def reset(self) -> None:
        """Begin anew: it went well."""
        self._next = self._first

    def next(self) -> float:
        """Return how many seconds to wait now."""
        seconds = self._next
        self._next = min(seconds * 2, self._longest)
        return seconds * random.uniform(0.5, 1)  # noqa: S311  # spreads workers, hides nothing
