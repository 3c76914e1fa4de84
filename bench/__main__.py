"""`python -m bench`: loads a database if need be, measures, prints, and keeps the figures."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench import (
    award,
    entry,
    events,
    explosion,
    imports,
    lists,
    machine,
    pages,
    planning,
    production,
    reallocation,
    receipts,
    reservations,
    timeline,
)
from bench.arena import Arena, arena, loaded
from bench.measure import FULL, QUICK, Outcome, Report, Row, Size
from oms_cli import stack
from oms_cli.console import out, say, table
from oms_cli.errors import OmsCliError
from oms_cli.imports.commands import progress_bar
from oms_cli.main import OmsTyper
from oms_cli.paths import Project, find_project
from oms_cli.server import Server

BENCHMARKS: Mapping[str, Callable[[Arena, Size], Report]] = {
    "entry": entry.run,
    "pages": pages.run,
    "award": award.run,
    "reallocation": reallocation.run,
    "imports": imports.run,
    "timeline": timeline.run,
    "planning": planning.run,
    "explosion": explosion.run,
    "receipts": receipts.run,
    "reservations": reservations.run,
    "production": production.run,
    "lists": lists.run,
    "events": events.run,
}


app = OmsTyper(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def run(
    only: Annotated[
        list[str] | None, typer.Option(help=f"One of {', '.join(BENCHMARKS)}; all if unset.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A small load and few rounds: whether it works.")
    ] = False,
) -> None:
    """Run the benchmarks in a database of their own, beside the stack's.

    The first run loads a million order lines, which takes some ten minutes; later ones find them.
    Starts the stack if it is not up, and stops it again. The figures go to bench/results.
    """
    project = find_project()
    names = only or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        raise OmsCliError(f"No benchmark is called {', '.join(sorted(unknown))}.")
    with _server(project) as server:
        size = QUICK if quick else FULL
        found_on, reports = measured(project, server, size, names)
    if not quick:
        file = _keep(project, {"machine": found_on, "size": asdict(size), "reports": reports})
        say(f"The figures are in {project.shown(file)}.")


def measured(
    project: Project, server: Server, size: Size, names: Sequence[str]
) -> tuple[Row, dict[str, Report]]:
    """Run the benchmarks, print each as it ends and the summary; say on what and what was found."""
    with progress_bar() as progress:
        database = loaded(project, server, size.lines, progress)
    reports: dict[str, Report] = {}
    with arena(project, database) as place:
        found_on = machine.described(project, place)
        for name in names:
            say(f"Measuring {name}")
            reports[name] = BENCHMARKS[name](place, size)
            _print(reports[name])
    _print_summary([one for report in reports.values() for one in report.outcomes])
    return found_on, reports


@contextmanager
def _server(project: Project) -> Iterator[Server]:
    """Give the stack's server; stop the stack in the end if it was not up before."""
    was_up = stack.running(project) is not None
    if not was_up:
        stack.up(project, db_port=None, api_port=None, say=say)
    try:
        yield stack.require(project).server
    finally:
        if not was_up:
            stack.down(project)


def _print(report: Report) -> None:
    out.print(f"\n[bold]{report.title}[/bold]")
    out.print(table([*report.rows[0]], [[*row.values()] for row in report.rows]))
    for note in report.notes:
        say(note)


def _print_summary(outcomes: Sequence[Outcome]) -> None:
    marks = {True: "yes", False: "no", None: ""}
    rows = [(o.benchmark, o.aim, o.reached, o.ratio, marks[o.is_met]) for o in outcomes]
    out.print("\n[bold]Summary[/bold]")
    out.print(table(("benchmark", "aim", "reached", "ratio", "met"), rows))


def _keep(project: Project, results: Row) -> Path:
    """Write a run's figures to a file of their own."""
    folder = project.root / "bench" / "results"
    folder.mkdir(exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    file.write_text(json.dumps(results, indent=2, default=asdict) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    app()
