"""The commands `oms documents …`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oms_cli import members, stack, tokens
from oms_cli.console import out
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project, find_project
from oms_cli.server import connected

# Not before they are needed: documents are read through the client, which `oms types` may have to
# write anew first.
if TYPE_CHECKING:
    from oms_client import Oms
    from oms_documents.storage import Storage

Number = Annotated[str, typer.Argument(help="Number of the contract, such as PC-000001.")]
Factory = Annotated[
    str | None, typer.Option(help="Its factory, if several have a contract of this number.")
]
Version = Annotated[int | None, typer.Option(help="Version; the newest if unset.")]
Role = Annotated[str, typer.Option("--as", help="Read it as this role.")]
Party = Annotated[str | None, typer.Option(help="Name or code of that role's company.")]
Organization = Annotated[
    str | None, typer.Option(help="Name or code; may be left out when there is only one.")
]
Terms = Annotated[Path | None, typer.Option("--clauses", help="TOML file of other standard terms.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")]
Uri = Annotated[str, typer.Argument(help="As in po_document_uri.")]

documents_app = typer.Typer(
    help="Render documents as PDF, store them, fetch them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@documents_app.command("contract")
def contract(
    number: Number,
    version: Version = None,
    factory: Factory = None,
    role: Role = "oms_procurement",
    party: Party = None,
    organization: Organization = None,
    clauses: Terms = None,
    output: Output = None,
) -> None:
    """Render a production contract as PDF, from the database as it is.

    Examples: `oms documents contract PC-000001 --factory "Hanoi Knits"` ·
    `oms documents contract PC-000001 --as oms_factory --party "Hanoi Knits" -o contract.pdf`
    """
    with _speaking(role, party, organization) as (_, oms), _failures_told():
        from oms_documents import contract as contracts  # noqa: PLC0415

        found = contracts.find_contract(oms, number, version=version, factory=factory)
        terms = contracts.load_clauses(clauses)
        pdf = contracts.render_contract(contracts.read_contract(oms, found), terms)
    file = output or Path(f"{found.po_number}-v{found.version}.pdf")
    file.write_bytes(pdf)
    out.print(str(file), markup=False, soft_wrap=True)


@documents_app.command("quotes")
def quotes(
    number: Annotated[str, typer.Argument(help="Number of the allocation, such as AL-000001.")],
    role: Role = "oms_planner",
    organization: Organization = None,
    output: Output = None,
) -> None:
    """Render the quotes for an allocation side by side as PDF.

    Example: `oms documents quotes AL-000001`
    """
    with _speaking(role, None, organization) as (_, oms), _failures_told():
        from oms_documents.quote_comparison import render_quotes  # noqa: PLC0415

        allocation = oms.allocations.first(allocation_number=number)
        if allocation is None:
            raise OmsCliError(f"There is no allocation {number}.")
        pdf = render_quotes(oms, allocation, as_of=datetime.now(UTC))
    file = output or Path(f"{number}-quotes.pdf")
    file.write_bytes(pdf)
    out.print(str(file), markup=False, soft_wrap=True)


@documents_app.command("purchase-order")
def purchase_order(
    number: Annotated[str, typer.Argument(help="Number of the order, such as PO-000001.")],
    vendor: Annotated[
        str | None, typer.Option(help="Its vendor, if several have an order of this number.")
    ] = None,
    role: Role = "oms_procurement",
    party: Party = None,
    organization: Organization = None,
    output: Output = None,
) -> None:
    """Render a purchase order as PDF, from the database as it is.

    Examples: `oms documents purchase-order PO-000001 --vendor "Coast Trims"` ·
    `oms documents purchase-order PO-000001 --as oms_vendor --party "Coast Trims"`
    """
    with _speaking(role, party, organization) as (_, oms), _failures_told():
        from oms_documents import purchase_order as orders  # noqa: PLC0415

        found = orders.find_purchase_order(oms, number, vendor=vendor)
        pdf = orders.render_purchase_order(orders.read_purchase_order(oms, found))
    file = output or Path(f"{found.po_number}.pdf")
    file.write_bytes(pdf)
    out.print(str(file), markup=False, soft_wrap=True)


@documents_app.command("store")
def store(
    number: Number,
    version: Version = None,
    factory: Factory = None,
    role: Role = "oms_procurement",
    organization: Organization = None,
    clauses: Terms = None,
) -> None:
    """Store a production contract's PDF, note where in po_document_uri, and print it.

    Where is what OMS_STORAGE_URL says, else a folder of the local stack. Storing what is stored
    changes nothing.

    Example: `oms documents store PC-000001 --factory "Hanoi Knits"`
    """
    with _speaking(role, None, organization) as (project, oms), _failures_told():
        from oms_documents import contract as contracts  # noqa: PLC0415
        from oms_documents.storing import store_contract  # noqa: PLC0415

        found = contracts.find_contract(oms, number, version=version, factory=factory)
        terms = contracts.load_clauses(clauses)
        uri = store_contract(oms, _storage(project), found.id, terms)
    out.print(uri, markup=False, soft_wrap=True)


@documents_app.command("get")
def get(uri: Uri, output: Output = None) -> None:
    """Fetch a stored document, if it still is what was stored.

    Example: `oms documents get s3://documents/….pdf -o contract.pdf`
    """
    with _failures_told():
        content = _storage(find_project()).get(uri)
    file = output or Path(uri.rsplit("/", 1)[-1])
    file.write_bytes(content)
    out.print(str(file), markup=False, soft_wrap=True)


@documents_app.command("link")
def link(
    uri: Uri, minutes: Annotated[int, typer.Option(help="How long it can be used.")] = 60
) -> None:
    """Print an address that whoever has it can read a stored document at.

    Example: `oms documents link s3://documents/….pdf --minutes 15`
    """
    with _failures_told():
        address = _storage(find_project()).link(uri, timedelta(minutes=minutes))
    out.print(address, markup=False, soft_wrap=True)


@contextmanager
def _speaking(
    role: str, party: str | None, organization: str | None
) -> Iterator[tuple[Project, "Oms"]]:
    """Open the local API as a member with this role."""
    from oms_client import Oms  # noqa: PLC0415

    project = find_project()
    running = stack.require(project)
    with connected(running.server.owner_url) as connection:
        member = members.member_for(connection, role, party, organization)
    with Oms(running.rest_url, tokens.sign(member, running.jwt_secret)) as oms:
        yield project, oms


def _storage(project: Project) -> "Storage":
    from oms_documents.storage import Storage  # noqa: PLC0415

    return Storage.from_environment(project.state / "documents")


@contextmanager
def _failures_told() -> Iterator[None]:
    from oms_client import OmsError  # noqa: PLC0415
    from oms_documents.errors import DocumentError  # noqa: PLC0415

    try:
        yield
    except DocumentError as error:
        raise OmsCliError(str(error)) from error
    except OmsError as error:
        raise OmsCliError(f"The API answered: {error}") from error
