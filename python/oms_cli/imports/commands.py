"""The commands `oms import …`, one a kind of file."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from oms_cli import stack
from oms_cli.console import err, out, print_json, say
from oms_cli.imports import loading, report
from oms_cli.imports.kinds import KINDS, Kind
from oms_cli.paths import find_project
from oms_cli.server import connected

SHOWN = 20

File = Annotated[Path, typer.Argument(help="CSV or XLSX; its first row names the columns.")]
Map = Annotated[
    Path | None,
    typer.Option("--map", help="Which column says what; unset: they are named like our fields."),
]
AcceptValid = Annotated[
    bool, typer.Option("--accept-valid", help="Let the good rows land although others are refused.")
]
Rejects = Annotated[
    Path | None,
    typer.Option(help="Where refused rows go; unset: FILE.rejects.csv in the current folder."),
]
Organization = Annotated[
    str | None, typer.Option(help="Name or code; may be left out when there is only one.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, then take it back.")]
Folder = Annotated[
    Path | None,
    typer.Option("--from", help="Folder of the files that the mapping looks up; unset: FILE's."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on one line.")]

import_app = typer.Typer(
    help="Bring in a company from CSV and XLSX: products, bills of materials, stock, orders.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


def _add_command(kind: Kind) -> None:
    name = kind.name.replace("_", "-")
    about = f"""{kind.about}

    Nothing lands when a row is refused, unless you accept the valid ones. The same file twice adds
    nothing.

    Examples: `oms import {name} {name}.csv` ·
    `oms import {name} {name}.xlsx --map book.toml --accept-valid`
    """

    @import_app.command(name, help=about)
    def run(
        file: File,
        mapping: Map = None,
        accept_valid: AcceptValid = False,
        rejects: Rejects = None,
        organization: Organization = None,
        dry_run: DryRun = False,
        folder: Folder = None,
        as_json: Json = False,
    ) -> None:
        server = stack.require(find_project()).server
        with connected(server.owner_url) as connection, progress_bar() as progress:
            result = loading.import_file(
                kind.name,
                connection,
                file,
                mapping,
                accept_valid=accept_valid,
                organization=organization,
                dry_run=dry_run,
                rejects=rejects or Path(f"{file.stem}.rejects.csv"),
                folder=folder,
                progress=progress,
            )
        if as_json:
            print_json(as_object(result))
        else:
            print_result(result, dry_run=dry_run)
        if result.refused and not accept_valid:
            raise typer.Exit(1)


@import_app.command("all")
def everything(
    mapping: Annotated[Path, typer.Argument(help="A mapping whose sections name their files.")],
    folder: Annotated[
        Path | None, typer.Option("--from", help="Folder of the files; unset: the mapping's.")
    ] = None,
    accept_valid: AcceptValid = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Folder for refused rows; unset: the current one.")
    ] = None,
    organization: Organization = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Bring in a whole company: every file that a mapping names, each after those that it needs.

    All of them or none. Nothing lands when a row is refused, unless you accept the valid ones.

    Example: `oms import all company.toml --from exports --accept-valid`
    """
    started = time.perf_counter()
    server = stack.require(find_project()).server
    with connected(server.owner_url) as connection, progress_bar() as progress:
        results = loading.import_all(
            *(connection, mapping, folder or mapping.parent),
            accept_valid=accept_valid,
            organization=organization,
            dry_run=dry_run,
            rejects=rejects or Path(),
            progress=progress,
        )
    if as_json:
        print_json(
            {
                "landed": all(result.landed for result in results),
                "seconds": round(time.perf_counter() - started, 3),
                "files": [as_object(result) for result in results],
            }
        )
    else:
        for result in results:
            say(f"{result.kind.replace('_', ' ').capitalize()}, {result.file}")
            print_result(result, dry_run=dry_run)
            out.print()
    if any(result.refused for result in results) and not accept_valid:
        raise typer.Exit(1)


for _kind in KINDS.values():
    _add_command(_kind)


@contextmanager
def progress_bar() -> Iterator[loading.Progress]:
    """Show a bar while a file is read, checked and written; gone when done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def show(step: str, done: int, total: int | None) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield show


def as_object(result: loading.ImportResult) -> dict[str, object]:
    """Return what `--json` prints."""
    return {
        "kind": result.kind,
        "file": result.file,
        "rows": result.rows,
        "accepted": result.accepted,
        "refused": result.refused,
        "reasons": report.reasons(result.problems),
        "landed": result.landed,
        "made": result.made,
        "rejects": result.rejects,
        "seconds": result.seconds,
    }


def print_result(result: loading.ImportResult, *, dry_run: bool = False) -> None:
    """Print what became of a file: its bad rows, the reasons, what was made."""
    if result.refused:
        out.print(report.problem_table(result.problems, SHOWN))
        if len(result.problems) > SHOWN:
            say(f"… and {len(result.problems) - SHOWN:,} more.")
        out.print()
        out.print(report.summary_table(result.problems))
        out.print()
    counts = dict(result.made)
    unchanged = {name: counts.pop(name) for name in result.made if name.startswith("unchanged_")}
    made = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in counts.items() if n)
    say(
        f"{result.rows:,} rows: {result.accepted:,} accepted, {result.refused:,} refused "
        f"({result.seconds:.1f} s)."
    )
    if result.rejects:
        say(f"The refused rows are in {result.rejects}.")
    if result.landed:
        say(f"New: {made or 'nothing'}.")
    elif dry_run and (result.made or not result.refused):
        say(f"A dry run: nothing landed. It would be new: {made or 'nothing'}.")
    else:
        say("Nothing landed. Correct the file, or let the good rows land with --accept-valid.")
    for name, n in unchanged.items():
        if n:
            what = name.removeprefix("unchanged_").replace("_", " ")
            say(f"{n:,} {what} were there already, with the same lines.")
