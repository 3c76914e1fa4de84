"""The command `oms work`, and a worker of the local stack beside what somebody else does."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from oms_cli import process, stack
from oms_cli.errors import OmsCliError
from oms_cli.keys import key_file
from oms_cli.paths import Project, find_project
from oms_jobs.secrets import KEY_FILE

# What the environment says of workers may be meant for others than those of the local stack.
MEANT_FOR_OTHERS = ("OMS_WORKER_", "OMS_SMTP_", "OMS_MAIL_")


def work(
    queues: Annotated[
        str | None,
        typer.Option(help="Queues to take jobs from, with commas between; all if unset."),
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option(min=1, help="Jobs to run at once; 4 if unset.")
    ] = None,
    health_port: Annotated[
        int | None, typer.Option(help="Port of GET /health and /metrics; none if unset.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Log JSON, also on a terminal.")] = False,
) -> None:
    """Work: handle events as they happen, run what is due, deliver what waits.

    Runs until SIGTERM or Ctrl-C, ends what it has begun, and exits with 0. Any number of workers
    may run, on any number of machines. Connects as `oms_worker`, by `OMS_WORKER_URL` or to the
    local stack; further variables are in docs/operations.md.

    Examples: `oms work` · `oms work --concurrency 8 --health-port 9102` ·
    `oms work --queues mail,webhooks`
    """
    # Not before it is needed: the other commands start sooner.
    from oms_jobs import logs, worker  # noqa: PLC0415
    from oms_jobs.errors import JobError  # noqa: PLC0415
    from oms_jobs.settings import Settings  # noqa: PLC0415

    project = find_project()
    os.environ["OMS_WORKER_URL"] = stack.worker_url(project)
    stack.use_inbox(project)
    os.environ.setdefault(KEY_FILE, str(key_file(project)))
    try:
        given = {"concurrency": concurrency, "health_port": health_port}
        settings = Settings.from_environment().model_copy(
            update={name: value for name, value in given.items() if value is not None}
        )
        logs.configure("console" if sys.stderr.isatty() and not as_json else "json")
        worker.work(settings, queues.split(",") if queues else None)
    except JobError as error:
        raise OmsCliError(error.what, error.next_step) from error


@contextmanager
def worker(project: Project, *options: str) -> Iterator[process.Handle]:
    """Let a worker work on the stack for the length of the block; all mail goes to its inbox."""
    log = log_file(project)
    log.unlink(missing_ok=True)
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(MEANT_FOR_OTHERS)
    }
    handle = process.start(
        [sys.executable, "-m", "oms_cli.main", "work", *options],
        kept | {"OMS_HOME": str(project.root), "OMS_WORKER_URL": stack.own_worker_url(project)},
        log,
    )
    try:
        yield handle
    finally:
        process.stop(handle)


def log_file(project: Project) -> Path:
    """Return where the worker beside writes its log."""
    return project.state / "worker.log"
