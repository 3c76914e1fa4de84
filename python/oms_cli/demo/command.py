"""The command `oms demo`."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    styles: Annotated[
        Path | None, typer.Option(help="Style list, CSV or XLSX; unset: the bundled one.")
    ] = None,
    orders: Annotated[
        Path | None, typer.Option(help="Order book, CSV or XLSX; unset: the bundled one.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="Which column of your files says what.")
    ] = None,
    accept_valid: Annotated[
        bool, typer.Option("--accept-valid", help="Go on with the good rows if others are refused.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            help="Where refused rows go; unset: ORDERS.rejects.csv in the current folder."
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Drop the database without asking, whatever it holds.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on one line.")
    ] = False,
) -> None:
    """Play an order book from import to paid contracts, and an order that is made in house.

    Every part is played over HTTP, with its own token, beside a worker that mails factories and
    vendors what concerns them. The mails are in the inbox: `oms mail inbox`. A picture of what is
    made in house is left in `.oms/workflow.png`.

    Makes the local database anew, asking first if it holds anything but an earlier demo, empties
    the inbox, and leaves both behind with the stack stopped: `oms up` opens it again. Exits with 1
    if an invariant is violated, or if anybody sees or is sent what they should not.

    Examples: `oms demo` · `oms demo --json` ·
    `oms demo --styles stock.csv --orders book.csv --map book.toml --accept-valid`
    """
    # Not before it is needed: the demo speaks through the client, which `oms types` may have to
    # write anew first.
    from oms_cli.demo.performing import perform  # noqa: PLC0415

    if not perform(styles, orders, mapping, rejects, accept_valid, yes=yes, as_json=as_json):
        raise typer.Exit(1)
