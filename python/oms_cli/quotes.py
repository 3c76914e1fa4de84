"""The command `oms quotes`."""

from typing import Annotated

import typer


def quotes(
    allocation_number: Annotated[str, typer.Argument(help="Such as AL-000001.")],
    organization: Annotated[
        str | None, typer.Option(help="Name or code; may be left out when there is only one.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on one line.")
    ] = False,
) -> None:
    """Compare the quotes for an allocation, best first, and name those that are missing.

    Landed is with the surcharge and in the organization's currency. The figures are those of
    `quote_comparison`, as a planner reads them.

    Examples: `oms quotes AL-000001` · `oms quotes AL-000001 --json`
    """
    # Imported late: `oms types` runs with a client that knows no view of quotes yet.
    from oms_cli.quoting import compare  # noqa: PLC0415

    compare(allocation_number, organization, as_json=as_json)
