"""The demo from its first step to the last word."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import typer

from oms_cli.demo import accounts, making, post, sight, story
from oms_cli.demo.setting import Book, Scene, read_book, scene
from oms_cli.demo.telling import Narrator, exact_json
from oms_cli.errors import OmsCliError
from oms_cli.imports import load_mapping
from oms_cli.paths import Project, find_project
from oms_cli.process import orderly_end
from oms_client import OmsError
from oms_client.wire import Row

FIRST_ROWS = 8
NEXT = (
    "oms up                                                 open it again",
    "oms token --role oms_factory --party 'Hanoi Knits'     a token, and the curl line for it",
    "oms sql 'select * from ops.payables_by_factory'        look at it in SQL",
    "oms mail inbox                                         the mails; `oms mail show 1` shows one",
    "oms report workflow --png workflow.png                 what is made in house, as a picture",
    "oms sql --as oms_finance 'select * from ops.payables'  the same as somebody in particular",
)


def perform(
    styles: Path | None,
    orders: Path | None,
    mapping: Path | None,
    rejects: Path | None,
    accept_valid: bool,
    *,
    yes: bool,
    as_json: bool,
) -> bool:
    """Play an order book; tell whether the books are right in the end and nobody saw too much."""
    started = time.perf_counter()
    project = find_project()
    tell = Narrator(stderr=as_json)
    book = _book(project, styles, orders, mapping, rejects, accept_valid=accept_valid)
    try:
        with orderly_end(), scene(project, tell, yes=yes) as on:
            imported = read_book(on, book, tell)
            if not imported.made["order_items"]:
                raise OmsCliError(f"{book.orders} has no order line to play.")
            story.play(on, tell)
            _show_overview(on, tell)
            _show_payables(on, tell)
            making.make(on, tell)
            tell.chapter("What went out by mail")
            post.wait(on, tell)
            faults = post.read(on, tell)
            tell.chapter("Who sees what")
            faults += sight.check(on, tell)
            totals = accounts.add_up(on.owner, imported, time.perf_counter() - started)
            faults += accounts.faults(on.owner, totals)
    except OmsError as error:
        raise OmsCliError(f"The API answered: {error}", "`oms logs` may say why.") from error
    _conclude(tell, totals, faults)
    if as_json:
        typer.echo(exact_json(totals))
    return not faults


def _book(
    project: Project,
    styles: Path | None,
    orders: Path | None,
    mapping: Path | None,
    rejects: Path | None,
    *,
    accept_valid: bool,
) -> Book:
    if (styles is None) != (orders is None):
        raise OmsCliError("--styles and --orders go together.", "Give both, or neither.")
    examples = project.root / "examples"
    if styles is None or orders is None:
        styles, orders = examples / "demo_styles.csv", examples / "demo_orderbook.csv"
        mapping = mapping or examples / "demo_orderbook.toml"
    for file in styles, orders:
        if not file.is_file():
            raise OmsCliError(f"There is no file {file}.")
    return Book(
        styles,
        orders,
        load_mapping(mapping) if mapping else None,
        accept_valid,
        rejects or Path(f"{orders.stem}.rejects.csv"),
    )


def _show_overview(on: Scene, tell: Narrator) -> None:
    tell.chapter("Allocation overview: the first lines, as the planner sees them")
    headings = {
        "order": "order_number",
        "line": "line_number",
        "style": "style_number",
        "marketing name": "marketing_name",
        "sizes": "sizes",
        "pieces": "committed_qty",
        "price": "price",
        "factory": "factory_name",
        "status": "allocation_status",
    }
    lines = on.staff("planner").oms.allocation_overview
    rows = lines.find(order=("order_number", "line_number"), limit=FIRST_ROWS)
    _show(tell, headings, rows)


def _show_payables(on: Scene, tell: Narrator) -> None:
    finance = on.staff("finance").oms
    sums = {
        "slices": "slices",
        "payable": "payable_amount",
        "paid": "paid_amount",
        "balance": "balance",
        "currency": "currency",
    }
    tell.chapter("Payables by contract: the first ones, as finance sees them")
    contract = {"factory": "factory_name", "contract": "po_number", "status": "status"}
    pieces = {"accepted": "accepted_qty", "payable pieces": "payable_qty"}
    headings = contract | pieces | sums
    contracts = finance.payables_by_contract
    _show(tell, headings, contracts.find(order=("factory_name", "po_number"), limit=FIRST_ROWS))
    tell.chapter("Payables by factory")
    headings = {"factory": "factory_name"} | sums
    factories = finance.payables_by_factory
    _show(tell, headings, factories.find(order="factory_name", limit=FIRST_ROWS))


def _show(tell: Narrator, headings: Mapping[str, str], rows: Iterable[Row]) -> None:
    columns = headings.values()
    tell.show([*headings], [[getattr(row, column) for column in columns] for row in rows])


def _conclude(tell: Narrator, totals: accounts.Totals, faults: list[str]) -> None:
    tell.chapter("In the end")
    for fault in faults:
        tell.say(f"FAULT  {fault}", style="red")
    if not faults:
        tell.say(
            f"{totals['order_lines']:,} lines are PC_SIGNED, {sum(totals['contracts'].values()):,} "
            f"contracts CLOSED, every slice is paid, {sum(totals['mails'].values()):,} mails are "
            f"sent; no invariant is violated, and nobody sees or is sent more than they should. "
            f"{totals['seconds']} s in all.",
            style="green",
        )
    tell.say("The stack is stopped; its database is in place. Go on with:")
    for line in NEXT:
        tell.say(f"  {line}")
