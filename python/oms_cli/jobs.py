"""The commands `oms jobs …`."""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from oms_cli import stack
from oms_cli.console import out, print_json, say, table
from oms_cli.errors import OmsCliError
from oms_cli.paths import find_project
from oms_jobs import asking, logs, queue
from oms_jobs.errors import JobError

DAYS = 7

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on one line.")]

jobs_app = typer.Typer(
    help="What the workers do: look at it, run it now, revive what was given up.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@jobs_app.command("install")
def install(
    as_sql: Annotated[
        bool, typer.Option("--sql", help="Print what would be run, and run nothing.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(help="With --sql: the version that is there, as `oms jobs install` told."),
    ] = None,
) -> None:
    """Make the workers' queue in schema `jobs`, or bring it up to date.

    Its tables are procrastinate's, with its own migrations. `oms up`, `oms db reset` and
    `oms db migrate` do this by themselves. Connects as the database's owner.

    Examples: `oms jobs install` · `oms jobs install --sql > queue.sql` ·
    `oms jobs install --sql --since 3.9.0`
    """
    if as_sql:
        text = queue.script(queue.version(since) if since else None)
        out.print(f"begin;\n{text}commit;", markup=False, soft_wrap=True)
        return
    with _reported():
        say(queue.install(stack.require(find_project()).server.owner_url))


@jobs_app.command("list")
def list_(as_json: Json = False) -> None:
    """Show what is done at set times, and what is in the queue.

    What ends well leaves the queue. What failed waits for its next attempt, or was given up.

    Examples: `oms jobs list` · `oms jobs list --json`
    """
    with _reported():
        url = stack.worker_url(find_project())
        schedules, queued = asking.find_schedules(url), asking.find_queued(url)
    if as_json:
        print_json({"schedules": list(map(asdict, schedules)), "queue": list(map(asdict, queued))})
        return
    out.print(
        table(
            ("job", "for", "when", "last due", ""),
            [
                (one.job, one.organization or "", _when(one), _at(one.last_due), one.summary)
                for one in schedules
            ],
        )
    )
    out.print()
    if not queued:
        out.print("The queue is empty.")
        return
    out.print(
        table(
            ("id", "job", "for", "queue", "status", "attempts", "next attempt", "failed with"),
            [
                (
                    *(one.id, one.job, one.organization or "", one.queue, one.status),
                    *(one.attempts, _at(one.next_attempt_at), one.error or ""),
                )
                for one in queued
            ],
        )
    )


@jobs_app.command("run")
def run(
    name: Annotated[str, typer.Argument(help="A job, as `oms jobs list` names it.")],
    organization: Annotated[
        list[str] | None,
        typer.Option(help="Code of an organization; again for more of them. All if unset."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Do a job now and here, whenever it is due; ends with 1 if it fails for an organization.

    Examples: `oms jobs run sweep` · `oms jobs run plan_supply --organization tern-tide`
    """
    logs.configure("console")
    with _reported():
        url = stack.worker_url(find_project())
        outcomes = list(asking.perform_now(url, name, organization or []))
    if as_json:
        print_json({"outcomes": list(map(asdict, outcomes))})
    else:
        out.print(
            table(
                ("job", "for", "seconds", "result"),
                [
                    (
                        one.job,
                        one.organization or "",
                        one.seconds,
                        one.error or one.result or "done",
                    )
                    for one in outcomes
                ],
            )
        )
    if any(one.error for one in outcomes):
        raise typer.Exit(1)


@jobs_app.command("dead")
def dead(as_json: Json = False) -> None:
    """Show the jobs and events that were given up, and why.

    Examples: `oms jobs dead` · `oms jobs dead --json`
    """
    with _reported():
        found = asking.find_dead(stack.worker_url(find_project()))
    if as_json:
        print_json({"dead": list(map(asdict, found))})
    elif found:
        out.print(
            table(
                ("", "id", "what", "for", "given up", "failed with"),
                [
                    (
                        *(one.kind, one.id, one.what, one.organization or ""),
                        *(_at(one.given_up_at), one.error or ""),
                    )
                    for one in found
                ],
            )
        )
    else:
        out.print("Nothing was given up.")


@jobs_app.command("retry")
def retry(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Ids of jobs and events, as `oms jobs dead` shows.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that was given up.")] = False,
) -> None:
    """Take up again what was given up, from the first attempt on. Mend the cause before.

    Examples: `oms jobs retry 4711` · `oms jobs retry --all`
    """
    if bool(ids) == everything:
        raise OmsCliError("Which?", "Give ids, as `oms jobs dead` shows them, or --all.")
    with _reported():
        url = stack.worker_url(find_project())
        wanted = [one.id for one in asking.find_dead(url)] if everything else ids or []
        revived = asking.revive(url, wanted)
    say(f"{revived} taken up again.")
    if revived < len(wanted):
        raise OmsCliError(
            f"{len(wanted) - revived} are not among what was given up.",
            "`oms jobs dead` shows what is.",
        )


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except JobError as error:
        raise OmsCliError(error.what, error.next_step) from error


def _when(schedule: asking.Schedule) -> str:
    if not schedule.is_enabled:
        return "never"
    when = (
        f"every {schedule.every_minutes} min"
        if schedule.at_time is None
        else f"{schedule.at_time:%H:%M} {schedule.time_zone}"
    )
    days = " ".join(calendar.day_abbr[day - 1] for day in sorted(set(schedule.weekdays)))
    return when if len(set(schedule.weekdays)) == DAYS else f"{when}, {days}"


def _at(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"
