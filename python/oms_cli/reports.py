"""The commands `oms report …`."""

from pathlib import Path
from typing import Annotated

import typer

Organization = Annotated[
    str | None, typer.Option(help="Name or code; may be left out when there is only one.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on one line.")]

report_app = typer.Typer(
    help="Where things stand: the workflow, and what holds it up.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@report_app.command("workflow")
def workflow(
    png: Annotated[Path | None, typer.Option(help="Draw it into this file as well.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many lines and alerts to show.")] = 20,
    organization: Organization = None,
    as_json: Json = False,
) -> None:
    """Show how far the order lines are that are made in house, and what somebody must see to.

    The picture has the stages from the sales order to the finished goods, and a timeline of the
    open production orders. The figures are those of `workflow`, `workflow_summary`,
    `workflow_alerts` and `production_outlook`, as a planner reads them.

    Examples: `oms report workflow` · `oms report workflow --png workflow.png`
    """
    # Imported late: `oms types` runs with a client that knows no view of reports yet.
    from oms_cli.reporting import report_workflow  # noqa: PLC0415

    report_workflow(organization, png=png, limit=limit, as_json=as_json)


@report_app.command("bottlenecks")
def bottlenecks(
    limit: Annotated[int, typer.Option(min=1, help="How many rows of each table.")] = 10,
    organization: Organization = None,
    as_json: Json = False,
) -> None:
    """Show where production waits: stages, components, work centres, and how well it is planned.

    Examples: `oms report bottlenecks` · `oms report bottlenecks --limit 3`
    """
    from oms_cli.reporting import report_bottlenecks  # noqa: PLC0415

    report_bottlenecks(organization, limit=limit, as_json=as_json)
