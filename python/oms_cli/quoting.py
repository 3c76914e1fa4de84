"""What the factories ask for an allocation, side by side, as the planner sees it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from rich.console import Console

from oms_cli import members, stack, tokens
from oms_cli.console import out, print_json, table
from oms_cli.errors import OmsCliError
from oms_cli.paths import find_project
from oms_cli.server import connected
from oms_client import Oms
from oms_client.rows import QuoteComparison

COLUMNS = ("goods", "factory", "pieces", "price", "landed", "a piece", "days late", "rank", "")
PAPER = 180


def compare(allocation_number: str, organization: str | None, *, as_json: bool) -> None:
    """Print the quotes for an allocation."""
    running = stack.require(find_project())
    with connected(running.server.owner_url) as connection:
        planner = members.member_for(connection, "oms_planner", None, organization)
    with Oms(running.rest_url, tokens.sign(planner, running.jwt_secret)) as oms:
        allocation = oms.allocations.first(allocation_number=allocation_number)
        if allocation is None:
            raise OmsCliError(f"There is no allocation {allocation_number}.")
        compared = list(
            oms.quote_comparison.find(
                allocation_id=allocation.id,
                order=(
                    "style_number",
                    "marketing_name",
                    "allocation_item_id",
                    "rank",
                    "factory_name",
                ),
            )
        )
    if as_json:
        print_json(
            {
                "allocation_number": allocation_number,
                "quotes": [one.model_dump(mode="json") for one in compared],
                "missing": missing(compared),
            }
        )
        return
    # A file or a pipe is as wide as its lines.
    paper = out if out.is_terminal else Console(highlight=False, width=PAPER)
    paper.print(table(COLUMNS, [*_told(compared)]))
    for factory, goods in missing(compared).items():
        out.print(f"No quote yet: {factory} ({', '.join(goods)})", markup=False, soft_wrap=True)


def missing(compared: Iterable[QuoteComparison]) -> dict[str, list[str]]:
    """Return the goods that each factory was invited for and has not answered, by its name."""
    waiting = sorted((one.factory_name, _goods(one)) for one in compared if one.is_missing)
    return {name: [goods for _, goods in own] for name, own in groupby(waiting, lambda one: one[0])}


def _told(compared: Iterable[QuoteComparison]) -> Iterable[Sequence[object]]:
    before = None
    for one in compared:
        yield (
            _goods(one) if one.allocation_item_id != before else "",
            one.factory_name,
            _number(one.order_qty),
            _money(one.price, one.currency),
            _money(one.landed_amount, one.landed_currency),
            _number(one.landed_price),
            _number(one.days_late),
            _number(one.rank),
            ", ".join(one.problems),
        )
        before = one.allocation_item_id


def _goods(one: QuoteComparison) -> str:
    return f"{one.style_number} {one.marketing_name}"


def _money(amount: Decimal | None, currency: str | None) -> str:
    return "" if amount is None else f"{_number(amount)} {currency}"


def _number(value: Decimal | int | None) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}"
