"""Waiting, in both worlds."""

from asyncio import sleep as sleep_async
from time import sleep

__all__ = ["sleep", "sleep_async"]
