"""Templates of tenants, rendered in a process of their own that is ended when it takes too long.

A template that never ends, or that eats memory, costs its organization one failed mail.
"""

import os
import resource
from collections.abc import Mapping
from concurrent.futures import TimeoutError as TookTooLongError
from multiprocessing import get_context
from typing import Any

from pebble import ProcessExpired, ProcessPool

from oms_jobs.mail.rendering import Letter, Override, RenderingError, render

SECONDS = 5.0
MOST_MEMORY = 1 << 30


class Isolation:
    """One process, started for the first template that needs it."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None

    def render(
        self, template: str, language: str, facts: Mapping[str, Any], override: Override
    ) -> Letter:
        """Write a letter in an organization's own words."""
        # Spawned: a fork would take our connections and threads along.
        self._pool = self._pool or ProcessPool(
            max_workers=1, context=get_context("spawn"), initializer=_confine
        )
        future = self._pool.schedule(
            render, args=[template, language, facts, override], timeout=SECONDS
        )
        try:
            return future.result()
        except TookTooLongError:
            raise RenderingError(f"The template takes longer than {SECONDS:g} seconds.") from None
        except (ProcessExpired, MemoryError):
            raise RenderingError("The template takes too much memory.") from None

    def close(self) -> None:
        """End the process."""
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _confine() -> None:
    """Leave nothing here that is worth breaking out to: no secrets, little memory."""
    os.environ.clear()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
