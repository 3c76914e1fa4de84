"""The command `oms bench`."""

import time
from typing import Annotated

import typer

from oms_cli import building, stack
from oms_cli.bench import load
from oms_cli.consent import agree_to_drop
from oms_cli.console import out, print_json, say, table
from oms_cli.imports.commands import progress_bar
from oms_cli.paths import find_project


def bench(
    lines: Annotated[
        int, typer.Option("--load", min=1, help="How many order lines.")
    ] = load.DEFAULT_LINES,
    yes: Annotated[
        bool, typer.Option("--yes", help="Drop the database without asking, whatever it holds.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on one line.")
    ] = False,
) -> None:
    """Fill the running stack's database with order lines, for looking at long lists.

    Makes the database anew, asking first if it holds anything but an earlier load. Several
    organizations share the lines, from the request to the paid contract; the same number gives the
    same load. `make bench` runs the benchmarks, on a load in a database of its own.

    Examples: `oms bench` · `oms bench --load 20000 --yes --json`
    """
    started = time.perf_counter()
    project = find_project()
    agree_to_drop(stack.require(project).server, "The load", load.CODES, yes=yes)
    with stack.without_api(project) as server, progress_bar() as progress:
        building.rebuild(project, server)
        counts = load.fill(server, lines, progress)
    seconds = round(time.perf_counter() - started, 1)
    if as_json:
        print_json({"lines": lines, "rows": counts, "seconds": seconds})
        return
    out.print(table(("table", "rows"), [(name, n) for name, n in counts.items() if n]))
    say(f"{lines:,} order lines, {sum(counts.values()):,} rows in all ({seconds} s).")
