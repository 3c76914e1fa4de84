"""Processes that outlive the command which started them, known by id and start time."""

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Handle:
    """One process. The start time tells it from a later one that got the same id."""

    pid: int
    started: float


def handle_of(pid: int) -> Handle:
    """Describe a process that runs now."""
    return Handle(pid, psutil.Process(pid).create_time())


def find(handle: Handle) -> psutil.Process | None:
    """Return the process if it still runs."""
    try:
        process = psutil.Process(handle.pid)
        # A process nobody has waited for yet still has its id, but it is dead.
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        # Both times were derived from the same clock ticks, but rounding may differ.
        return process if abs(process.create_time() - handle.started) < 1 else None
    except psutil.NoSuchProcess:
        return None


def start(command: list[str], environment: Mapping[str, str], log: Path) -> Handle:
    """Start a program that goes on when we end; what it says goes into the log."""
    # posix_spawn, because a Popen object complains when it is forgotten.
    writing = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    pid = os.posix_spawn(
        command[0],
        command,
        environment,
        setsid=True,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), writing, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    return handle_of(pid)


def serves(handle: Handle, is_ready: Callable[[], bool], patience: float) -> bool:
    """Wait until a process serves; stop one that does not, and one that nobody waits for."""
    deadline = time.monotonic() + patience
    is_serving = False
    try:
        while not is_serving and time.monotonic() < deadline and find(handle):
            is_serving = is_ready()
            if not is_serving:
                time.sleep(0.02)
    finally:
        if not is_serving:
            stop(handle)
    return is_serving


def stop(handle: Handle, patience: float = 10) -> None:
    """Ask a process to end; end it if it does not listen."""
    deadline = time.monotonic() + patience
    if process := find(handle):
        process.terminate()
    # Not psutil's wait(): that waits until somebody has reaped the dead, which may take seconds.
    while process := find(handle):
        if time.monotonic() > deadline:
            process.kill()
        time.sleep(0.01)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(handle.pid, os.WNOHANG)


@contextmanager
def orderly_end() -> Iterator[None]:
    """Let a signal to end the block as an error does: what it has started it stops."""
    usual = {
        number: signal.signal(number, lambda number, _: sys.exit(128 + number))
        for number in (signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def is_unreaped(pid: int) -> bool:
    """Whether a process has ended, but its parent has not noticed yet."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def anyone_in(folder: Path) -> bool:
    """Whether a process works in this folder."""
    return any(one.info["cwd"] == str(folder) for one in psutil.process_iter(["cwd"]))


def is_free(port: int) -> bool:
    """Whether nobody listens on this loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
