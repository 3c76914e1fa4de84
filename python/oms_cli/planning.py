"""The command `oms plan`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from oms_cli import stack
from oms_cli.console import err, out, print_json, table
from oms_cli.errors import OmsCliError
from oms_cli.paths import find_project
from oms_jobs.errors import JobError
from oms_jobs.shortages import (
    Failure,
    Organization,
    Plan,
    find_organizations,
    plan_each,
)

PAPER = 180


def plan(
    organization: Annotated[
        list[str] | None,
        typer.Option(help="Code of an organization; again for more of them. All if unset."),
    ] = None,
    order: Annotated[
        list[str] | None,
        typer.Option(help="Number of an order: only what serves it is put on purchase orders."),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="SKU", help="Tell why so much of it is planned.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many rows of each table.")] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on one line.")
    ] = False,
) -> None:
    """Plan what to make and to buy now, for each organization.

    What is short goes on draft purchase orders and into planned production, which the next run
    replaces; nothing is sent. What could not be planned in time, or at all, is told first: these
    are for people to see to, not failures. Ends with 1 if an organization could not be planned;
    the others are all the same.

    Connects as `oms_worker`, by `OMS_WORKER_URL` or to the local stack.

    Examples: `oms plan` · `oms plan --organization tern --order SO-000001` ·
    `oms plan --explain ZIP-60` · `oms plan --json`
    """
    url = stack.worker_url(find_project())
    results: list[Plan | Failure] = []
    try:
        found = _asked_for(find_organizations(url, organization or []), order)
        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            step = progress.add_task("Planning", total=len(found))
            for result in plan_each(url, found, order_numbers=order or [], explain=explain):
                results.append(result)
                progress.update(step, advance=1, description=f"Planned {result.organization.code}")
    except JobError as error:
        raise OmsCliError(error.what, error.next_step) from error
    plans = [result for result in results if isinstance(result, Plan)]
    failures = [result for result in results if isinstance(result, Failure)]
    if as_json:
        print_json(_plain(plans, failures))
    else:
        # A file or a pipe is as wide as its lines.
        paper = out if out.is_terminal else Console(highlight=False, width=PAPER)
        for planned in plans:
            _print_plan(paper, planned, limit, explain)
    for failure in failures:
        _print_failure(failure)
    if failures:
        raise typer.Exit(1)


def _asked_for(
    found: Sequence[Organization], orders: Sequence[str] | None
) -> Sequence[Organization]:
    """Order numbers are counted in each organization: they need one that they are of."""
    if orders and len(found) != 1:
        codes = ", ".join(organization.code for organization in found)
        raise OmsCliError("Whose order is it?", f"Add --organization: one of {codes}.")
    return found


def _print_plan(paper: Console, planned: Plan, limit: int, explain: str | None) -> None:
    run = planned.run
    paper.print(planned.organization.name, style="bold underline", markup=False)
    paper.print(
        f"{run.demand_count} demands, {run.planned_count} planned supplies: "
        f"{run.added_count} added, {run.changed_count} changed, {run.removed_count} removed, "
        f"in {run.seconds:.2f} s.",
        markup=False,
    )
    kinds = Counter(found.kind for found in planned.exceptions)
    _section(
        paper,
        "To be seen to: " + ", ".join(f"{count} {_words(kind)}" for kind, count in kinds.items()),
        ("what", "SKU", "need by", ""),
        [
            (_words(found.kind), found.sku or "", found.need_by or "", found.message)
            for found in planned.exceptions
        ],
        limit,
        style="bold red",
    )
    _section(
        paper,
        "Draft purchase orders, to be submitted",
        ("vendor", "number", "to", "lines", "amount", "", "order by", "late lines"),
        [
            (
                draft.vendor,
                draft.po_number,
                draft.warehouse,
                draft.lines,
                f"{draft.amount:,.2f}",
                draft.currency,
                draft.order_by,
                draft.late_lines,
            )
            for draft in planned.purchase_orders
        ],
        limit,
    )
    _section(
        paper,
        "Planned production, to be made firm",
        ("SKU", "quantity", "", "in", "begin by", "need by", "days late"),
        [
            (
                made.sku,
                _figure(made.quantity),
                made.unit,
                made.warehouse,
                made.order_by,
                made.need_by,
                made.late_days,
            )
            for made in planned.production
        ],
        limit,
    )
    if explain:
        _print_explanations(paper, planned, explain)
    paper.print()


def _section(
    paper: Console,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    limit: int,
    style: str = "bold",
) -> None:
    """Print a table, if there is anything in it."""
    if not rows:
        return
    paper.print()
    paper.print(title, style=style, markup=False)
    paper.print(table(columns, rows[:limit]))
    if len(rows) > limit:
        paper.print(f"and {len(rows) - limit} more: --limit shows them", style="dim", markup=False)


def _print_explanations(paper: Console, planned: Plan, sku: str) -> None:
    paper.print()
    if not planned.explanations:
        paper.print(f"Nothing of {sku} is planned.", style="dim", markup=False)
    supply = None
    for told in planned.explanations:
        begins = told.planned_supply_id != supply
        supply = told.planned_supply_id
        paper.print(
            told.sentence if begins else f"  {told.sentence}",
            style="bold" if begins else "",
            markup=False,
            soft_wrap=True,
        )


def _print_failure(failure: Failure) -> None:
    err.print(
        f"error: {failure.organization.code} was not planned: {failure.code}: {failure.message}",
        style="red",
        markup=False,
        soft_wrap=True,
    )
    if failure.detail:
        err.print(failure.detail, markup=False, soft_wrap=True)


def _plain(plans: Sequence[Plan], failures: Sequence[Failure]) -> dict[str, object]:
    """Write what there is to know, for a program."""
    organizations = [
        asdict(planned)
        | {"exceptions_by_kind": Counter(found.kind for found in planned.exceptions)}
        for planned in plans
    ]
    return {
        "planned": len(organizations),
        "failed": len(failures),
        "exceptions": sum(len(planned.exceptions) for planned in plans),
        "organizations": organizations,
        "failures": [asdict(failure) for failure in failures],
    }


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _figure(quantity: Decimal) -> str:
    return f"{quantity.normalize():,f}"
