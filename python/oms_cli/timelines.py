"""The command `oms timeline`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.text import Text
from rich.tree import Tree

from oms_cli import stack
from oms_cli.console import out, print_json
from oms_cli.errors import OmsCliError
from oms_cli.members import member_for
from oms_cli.paths import find_project
from oms_cli.server import Connection, connected
from oms_cli.tokens import Claims, sign

if TYPE_CHECKING:
    from oms_client.rows import Timeline


def timeline(
    order_number: Annotated[str, typer.Argument(help="Such as SO-000001.")],
    role: Annotated[
        str, typer.Option("--as", help="Whose sight it is: a role, such as oms_factory.")
    ] = "oms_planner",
    party: Annotated[str | None, typer.Option(help="Name or code in ops.directory.")] = None,
    organization: Annotated[
        str | None, typer.Option(help="Name or code; may be left out when there is only one.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on one line.")
    ] = False,
) -> None:
    """Show the timelines of an order's lines, as somebody sees them.

    Examples: `oms timeline SO-000001` ·
    `oms timeline SO-000001 --as oms_factory --party "Hanoi Knits"`
    """
    # Not before it is needed: `oms types` may have to write the client anew first.
    from oms_client import Oms, one_of  # noqa: PLC0415

    running = stack.require(find_project())
    with connected(running.server.owner_url) as owner:
        reader = member_for(owner, role, party, organization)
        roots = _roots(owner, reader, order_number)
    with Oms(running.rest_url, sign(reader, running.jwt_secret)) as oms:
        nodes = list(oms.timeline.find(root_id=one_of(*roots), order="path"))
    if as_json:
        print_json(
            {"order_number": order_number, "nodes": [n.model_dump(mode="json") for n in nodes]}
        )
        return
    for tree in trees(nodes):
        out.print(tree)


def _roots(owner: Connection, reader: Claims, order_number: str) -> list[UUID]:
    """Find the order's timelines; a factory, which may ask for its part, knows of no order."""
    found = owner.execute(
        "select n.id from ops.orders as o inner join ops.timeline_nodes as n"
        " on n.organization_id = o.organization_id and n.order_id = o.id"
        " where o.organization_id = %s and o.order_number = %s",
        [reader.organization_id, order_number],
    ).fetchall()
    if not found:
        raise OmsCliError(f"There is no order {order_number} with lines.")
    return [UUID(str(root)) for (root,) in found]


def trees(nodes: Iterable["Timeline"]) -> list[Tree]:
    """Lay out nodes that come in the order of their paths, parents first."""
    tops: list[Tree] = []
    branches: dict[UUID | None, Tree] = {}
    for node in nodes:
        above = branches.get(node.parent_id)
        label = _label(node)
        branches[node.id] = above.add(label) if above else Tree(label)
        if above is None:
            tops.append(branches[node.id])
    return tops


def _label(node: "Timeline") -> Text:
    text = Text(node.name or "", style="dim" if node.is_cancelled else "")
    if node.factory_name and node.kind == "split":
        text.append(f" {node.factory_name}", style="bold")
    if node.planned_date:
        text.append(f"  planned {node.planned_date}", style="dim")
        if node.actual_date:
            text.append(f"  done {node.actual_date}", style="green")
        elif node.forecast_date != node.planned_date:
            text.append(f"  forecast {node.forecast_date}")
        if node.is_overdue:
            text.append("  overdue", style="yellow")
    if days := node.days_late or node.subtree_days_late:
        because = f": {node.cause_name}" if node.cause_name else ""
        text.append(f"  {days} days late{because}", style="red")
    return text
