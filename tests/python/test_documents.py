"""Documents: a contract says what the database says, to whom may know it, and is kept."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from moto.server import ThreadedMotoServer
from psycopg.types.json import Jsonb
from pypdf import PdfReader

from builders import Slice, World, as_uuid
from callers import Callers
from conftest import Api, Database
from oms_client import Oms, PermissionDeniedError
from oms_client.refusals import NotFoundError
from oms_client.rows import QuoteComparison, QuoteComparisonByFactory
from oms_documents import wording
from oms_documents.contract import (
    Clause,
    Contract,
    find_contract,
    load_clauses,
    read_contract,
    render_contract,
)
from oms_documents.contract.words import contract_words
from oms_documents.errors import (
    ClausesError,
    MissingDocumentError,
    NoSuchContractError,
    NotStoredError,
    StorageError,
    UnreadableTextError,
)
from oms_documents.parties import our_company
from oms_documents.quote_comparison import render_comparison, render_quotes
from oms_documents.rendering import render_pdf
from oms_documents.storage import Storage
from oms_documents.storing import store_contract

CLAUSES = load_clauses()
NOW = datetime(2026, 11, 21, tzinfo=UTC)
RUN = {"S": 30, "M": 50, "L": 20}


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def people(world: World, api: Api) -> Iterator[Callable[[str], Oms]]:
    """Open a client for a persona; the same one for the same persona."""
    callers, opened = Callers(world, api), dict[str, Oms]()

    def person(name: str) -> Oms:
        if name not in opened:
            opened[name] = Oms(api.url, callers.token(name))
        return opened[name]

    yield person
    for one in opened.values():
        one.close()


@dataclass(frozen=True)
class Drawn:
    """A contract of one line, and how somebody reads it."""

    id: UUID
    slice: Slice
    people: Callable[[str], Oms]

    def pdf(self, persona: str = "procurement") -> bytes:
        oms = self.people(persona)
        return render_contract(read_contract(oms, oms.factory_pos.get(self.id)), CLAUSES)

    def text(self, persona: str = "procurement") -> str:
        return text_of(self.pdf(persona))


@pytest.fixture
def awarded(world: World) -> Slice:
    [made] = world.candidates(world.line(100, sizes=RUN), "factory_a")
    world.award(made)
    return made


@pytest.fixture
def issued(world: World, awarded: Slice, people: Callable[[str], Oms]) -> Drawn:
    return Drawn(world.issued(awarded), awarded, people)


def pages_of(pdf: bytes) -> list[str]:
    """Extract the text of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


# What it says


def test_a_contract_says_who_what_when_and_for_how_much(world: World, issued: Drawn) -> None:
    row = issued.people("procurement").factory_pos.get(issued.id)
    text = issued.text()
    for said in (
        f"{row.po_number} · version 1",
        "Brand Ltd 1 Brand Ltd Street Porto Portugal",
        "Factory A 1 Factory A Street Porto Portugal",
        "Currency USD",
        "Price USD",
        "Shirt Sand 30 50 20 100 +0 % 10.00 1,000.00",  # the size run adds up to the pieces
        "Total 100 pieces USD 1,000.00",
        f"terms {row.terms_hash} Page 1 of",
        "stays in force, for what it says and no more",
    ):
        assert said in text
    assert f"by {row.issued_by_name} {wording.moment(row.issued_at or NOW)}" in text
    assert f"Issued {wording.day((row.issued_at or NOW).date())}" in text


def test_terms_of_delivery_and_payment_are_those_that_were_quoted(
    world: World, people: Callable[[str], Oms]
) -> None:
    [made] = world.candidates(world.line(100), "factory_b")
    world.command(
        "factory_b",
        "submit_quote",
        allocation_item_supplier_id=made.id,
        price=Decimal("11.1250"),
        ex_factory_date="2027-03-14",
        pricing_terms="FOB",
        ship_mode="sea",
    )
    world.run(
        "procurement",
        "update ops.directory set payment_terms_days = 45 where id = %s",
        world.party("factory_b"),
    )
    world.award(made)
    text = Drawn(world.issued(made), made, people).text()
    for said in (
        "Ex-factory 14 March 2027",
        "Payment 45 days from invoice",
        "Pricing terms FOB",
        "Shipped by Sea",
        "11.125 1,112.50",
    ):
        assert said in text


def test_the_same_data_give_the_same_bytes_whoever_renders_them(issued: Drawn) -> None:
    pdf = issued.pdf()
    assert issued.pdf() == pdf
    assert issued.pdf("planner") == pdf
    assert issued.pdf("factory_a") == pdf
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata
    row = issued.people("procurement").factory_pos.get(issued.id)
    assert row.issued_at
    assert metadata.creation_date == row.issued_at.replace(microsecond=0)


def test_how_far_a_contract_has_come_does_not_change_its_document(
    world: World, issued: Drawn
) -> None:
    world.command("factory_a", "sign_contract", factory_po_id=issued.id)
    before = issued.pdf()
    world.received(issued.slice, 100)
    world.command(
        "finance",
        "record_factory_payment",
        factory_po_id=issued.id,
        reference=f"T-{issued.id}",
        lines=Jsonb([{"allocation_item_supplier_id": str(issued.slice.id), "amount": 1000}]),
    )
    assert world.look("factory_pos", issued.id)["status"] == "CLOSED"
    assert issued.pdf() == before


def test_a_factory_renders_its_own_contract_and_no_other(world: World, issued: Drawn) -> None:
    row = issued.people("procurement").factory_pos.get(issued.id)
    found = find_contract(issued.people("factory_a"), row.po_number)
    assert found.id == issued.id
    with pytest.raises(NoSuchContractError):
        find_contract(issued.people("factory_c"), row.po_number)
    # Even with a row that it should not have, it reads nothing to go with it.
    with pytest.raises(NotFoundError):
        read_contract(issued.people("factory_c"), row)


def test_a_number_that_several_factories_have_needs_the_factory(
    world: World, people: Callable[[str], Oms]
) -> None:
    numbers: dict[str, set[str]] = {}
    while not (both := numbers.get("factory_a", set()) & numbers.get("factory_b", set())):
        for factory in ("factory_a", "factory_b"):
            [made] = world.candidates(world.line(), factory)
            world.award(made)
            number = world.look("factory_pos", world.issued(made))["po_number"]
            numbers.setdefault(factory, set()).add(str(number))
    number = both.pop()
    oms = people("procurement")
    with pytest.raises(NoSuchContractError, match="Factory A, Factory B"):
        find_contract(oms, number)
    found = find_contract(oms, number, factory="factory b")
    assert str(found.factory_id) == world.party("factory_b")
    with pytest.raises(NoSuchContractError, match="version 9"):
        find_contract(oms, number, factory="Factory B", version=9)


# How it stands


def test_a_draft_says_so_and_has_the_sizes_of_its_slices(
    world: World, awarded: Slice, people: Callable[[str], Oms]
) -> None:
    text = Drawn(world.drafted(awarded), awarded, people).text()
    assert "DRAFT" in text
    assert "draft, not issued" in text
    assert "30 50 20 100" in text
    assert text.count("Signature, stamp") == 2


def test_an_issued_contract_waits_for_a_signature_by_hand(issued: Drawn) -> None:
    text = issued.text()
    assert "Issued, not yet countersigned" in text
    assert text.count("Signature, stamp") == 1
    assert not any(mark in text for mark in ("DRAFT", "CANCELLED", "SUPERSEDED"))


def test_a_signed_contract_says_who_signed_which_terms(world: World, issued: Drawn) -> None:
    oms = issued.people("factory_a")
    oms.sign_contract(issued.id, signed_by_name="Nguyễn Văn Tiến")
    row, text = oms.factory_pos.get(issued.id), issued.text()
    assert "Signed electronically by Nguyễn Văn Tiến" in text
    assert wording.moment(row.signed_at or NOW) in text
    assert str(row.terms_hash) in text.replace(" ", "")
    assert "Signature, stamp" not in text


def test_a_countersignature_on_paper_is_named_as_one(world: World, issued: Drawn) -> None:
    world.command(
        "procurement",
        "sign_contract",
        factory_po_id=issued.id,
        signed_by_name="Lan",
        po_document_uri="s3://scans/1.pdf",
    )
    assert "Countersigned on paper by Lan" in issued.text()


def test_a_cancelled_contract_is_marked(world: World, issued: Drawn) -> None:
    world.command("procurement", "cancel_contract", factory_po_id=issued.id)
    assert "CANCELLED" in issued.text("factory_a")


def test_a_version_that_another_replaced_is_marked(
    world: World, people: Callable[[str], Oms]
) -> None:
    kept, closed = world.quoted({world.line(): None, world.line(): None}, "factory_a")
    for one in (kept, closed):
        world.award(one)
    first = Drawn(world.issued(kept), kept, people)
    world.command("planner", "close_slice", allocation_item_supplier_id=closed.id, closed_qty=0)
    assert "CANCELLED" in first.text()  # withdrawn; what replaces it is a draft
    second = replace(first, id=world.issued(kept))
    assert "SUPERSEDED" in first.text("factory_a")
    assert "Replaced by version 2" in first.text()
    assert "replaces version 1" in second.text("factory_a")


# How it looks


def test_three_hundred_lines_are_all_there_below_repeated_heads(
    world: World, people: Callable[[str], Oms]
) -> None:
    lines = many_lines(world, 300)
    allocation = world.allocation(dict.fromkeys(lines), "factory_a")
    world.command("planner", "send_allocation", allocation_id=allocation)
    slices = world.run(
        "planner",
        "select id from ops.allocation_items_supplier where allocation_id = %s",
        allocation,
    )
    quotes = [{"allocation_item_supplier_id": str(one["id"]), "price": 3} for one in slices]
    world.command("factory_a", "submit_quotes", quotes=Jsonb(quotes))
    awards = [{"allocation_item_supplier_id": str(one["id"])} for one in slices]
    world.command("planner", "award_many", awards=Jsonb(awards))
    contract = world.command("planner", "issue_contracts", allocation_id=allocation)
    oms = people("factory_a")
    said = read_contract(oms, oms.factory_pos.get(as_uuid(contract["id"])))
    pages = pages_of(render_contract(said, CLAUSES))
    assert len(pages) > 5
    goods = [page for page in pages if "Sand" in page]
    assert all("No. Style, colour" in page for page in goods)
    assert sum(page.count("Sand") for page in pages) == 300
    assert "Total 30,000 pieces USD 90,000.00" in pages[-1] + pages[-2]
    for number, page in enumerate(pages, start=1):
        assert f"terms {said.row.terms_hash} Page {number} of {len(pages)}" in page


def many_lines(world: World, count: int) -> list[UUID]:
    order, colorway = world.order(), world.colorway()
    lines = world.run(
        "sales",
        "insert into ops.order_items (order_id, colorway_id, quantity, line_number)"
        " select %s, %s, 100, n from generate_series(1, %s) as n returning id",
        order,
        colorway,
        count,
    )
    return [as_uuid(line["id"]) for line in lines]


def test_lines_with_other_sizes_stand_in_other_tables_and_add_up(
    world: World, people: Callable[[str], Oms]
) -> None:
    waists = {f"{waist}/{length}": 10 for waist in range(28, 38, 2) for length in (30, 32, 34)}
    runs: Sequence[dict[str, int]] = (RUN, waists, {"S": 1, "M": 2, "L": 3}, {})
    lines = [world.line(sum(run.values()) or 7, sizes=run) for run in runs]
    slices = world.quoted(dict.fromkeys(lines), "factory_a")
    for one in slices:
        world.award(one)
    oms = people("procurement")
    said = read_contract(oms, oms.factory_pos.get(world.issued(slices[0])))
    tables = contract_words(said, CLAUSES)["tables"]
    assert isinstance(tables, list)
    by_sizes = {tuple(table["sizes"]): table for table in tables}
    assert set(by_sizes) == {tuple(RUN), tuple(waists), ()}
    assert by_sizes[*RUN]["run"] == ["31", "52", "23"]
    assert by_sizes[*RUN]["quantity"] == "106"
    assert not by_sizes[tuple(waists)]["in_columns"]
    text = text_of(render_contract(said, CLAUSES))
    assert all(label in text for label in waists)
    assert "Total 263 pieces USD 2,630.00" in text


@pytest.mark.parametrize(
    "name",
    ["深圳市华丽服装有限公司", "Công ty Dệt May Việt Tiến", "İpek Giyim Şirketi", "한국섬유"],
)
def test_names_in_other_scripts_are_legible(issued: Drawn, name: str) -> None:
    assert name in text_of(rendered_as(issued, name))


def test_what_looks_like_markup_is_text(issued: Drawn) -> None:
    name = '#panic("no") *a* $b$ @c `d` // e'
    assert name in text_of(rendered_as(issued, name))


def test_a_letter_that_no_font_has_is_refused_rather_than_left_out(issued: Drawn) -> None:
    with pytest.raises(UnreadableTextError, match="OMS_FONT_PATH"):
        rendered_as(issued, "Ra 𓀀 Textiles")


def rendered_as(issued: Drawn, name: str) -> bytes:
    """Render a contract with a factory of another name."""
    oms = issued.people("procurement")
    said = read_contract(oms, oms.factory_pos.get(issued.id))
    company = said.factory.company.model_copy(update={"name": name})
    return render_contract(replace(said, factory=replace(said.factory, company=company)), CLAUSES)


def test_an_organization_can_have_clauses_of_its_own(issued: Drawn, tmp_path: Path) -> None:
    file = tmp_path / "clauses.toml"
    file.write_text('[[clauses]]\nheading = "Law"\ntext = "English law."\n')
    oms = issued.people("procurement")
    said = read_contract(oms, oms.factory_pos.get(issued.id))
    text = text_of(render_contract(said, load_clauses(file)))
    assert "1. Law. English law." in text
    assert "Inspection" not in text
    file.write_text('[[clauses]]\nheading = "Law"\n')
    with pytest.raises(ClausesError, match="text"):
        load_clauses(file)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("11.1250", "USD", "11.125"),
        ("1234567.1000", "EUR", "1,234,567.10"),
        ("1500.0000", "JPY", "1,500"),
        ("99999999999999.9999", "USD", "99,999,999,999,999.9999"),
    ],
)
def test_money_keeps_all_its_digits(amount: str, currency: str, written: str) -> None:
    assert wording.money(Decimal(amount), currency) == written


def test_a_float_never_gets_into_a_document() -> None:
    with pytest.raises(TypeError, match="not exact"):
        render_pdf("contract", {"amount": 0.1}, dated=NOW)


# Where it is kept


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Serve S3 on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        environment.setenv("AWS_ALLOW_HTTP", "true")
        environment.setenv("AWS_REGION", "us-east-1")
        environment.setenv("AWS_ACCESS_KEY_ID", "somebody")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "told in a test")
        httpx.put(f"http://{host}:{port}/documents").raise_for_status()
        yield "s3://documents/oms"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "s3":
        return Storage(request.getfixturevalue("s3"))
    return Storage((tmp_path / "kept here").as_uri())


def test_what_is_stored_is_fetched_and_storing_it_twice_is_once(storage: Storage) -> None:
    uri = storage.put("brand/contracts", "PC-1.pdf", b"one", "application/pdf")
    assert storage.put("brand/contracts", "PC-1.pdf", b"one", "application/pdf") == uri
    other = storage.put("brand/contracts", "PC-1.pdf", b"another", "application/pdf")
    assert uri.startswith(f"{storage.url}/brand/contracts/PC-1-")
    assert (storage.get(uri), storage.get(other)) == (b"one", b"another")
    assert storage.exists(uri)


def test_what_is_not_there_is_missed(storage: Storage) -> None:
    uri = f"{storage.url}/brand/nothing-{'0' * 64}.pdf"
    assert not storage.exists(uri)
    with pytest.raises(MissingDocumentError):
        storage.get(uri)


def test_nothing_outside_the_storage_is_read(storage: Storage) -> None:
    """A URI comes from the database, where people write it."""
    for uri in (
        "file:///etc/hostname",
        "s3://documents/others/1.pdf",
        f"{storage.url}/../others/1.pdf",
        f"{storage.url}/%2e%2e/others/1.pdf",
        f"{storage.url}-of-others/1.pdf",
        storage.url,
    ):
        with pytest.raises(StorageError, match="is not in"):
            storage.get(uri)
    with pytest.raises(ValueError, match="not a key"):
        storage.put("..", "PC-1.pdf", b"one", "application/pdf")


def test_a_document_that_was_tampered_with_is_not_handed_out(tmp_path: Path) -> None:
    storage = Storage(tmp_path.as_uri())
    uri = storage.put("brand", "PC-1.pdf", b"one", "application/pdf")
    (tmp_path / uri.removeprefix(f"{storage.url}/")).write_bytes(b"two")
    with pytest.raises(StorageError, match="not what was stored"):
        storage.get(uri)


def test_a_link_opens_the_document_as_what_it_is(s3: str) -> None:
    storage = Storage(s3)
    uri = storage.put("brand", "PC-1.pdf", b"one", "application/pdf")
    answer = httpx.get(storage.link(uri, timedelta(minutes=5)))
    assert (answer.content, answer.headers["content-type"]) == (b"one", "application/pdf")


def test_a_storage_that_is_not_there_says_so(s3: str) -> None:
    with pytest.raises(StorageError, match="404"):
        Storage("s3://nowhere/oms").put("brand", "PC-1.pdf", b"one", "application/pdf")
    with pytest.raises(StorageError, match="neither"):
        Storage("ftp://somewhere/oms")


# Storing a contract


@dataclass(frozen=True)
class Keeper:
    """Somebody who stores a contract."""

    oms: Oms
    storage: Storage
    contract: UUID

    def store(self) -> str:
        return store_contract(self.oms, self.storage, self.contract, CLAUSES)

    def noted(self) -> str | None:
        return self.oms.factory_pos.get(self.contract).po_document_uri


@pytest.fixture
def keeper(issued: Drawn, storage: Storage) -> Keeper:
    return Keeper(issued.people("procurement"), storage, issued.id)


def test_a_stored_contract_is_noted_and_storing_it_again_changes_nothing(
    issued: Drawn, keeper: Keeper
) -> None:
    uri = keeper.store()
    version = keeper.oms.factory_pos.get(keeper.contract).row_version
    assert keeper.noted() == uri
    assert keeper.storage.get(uri) == issued.pdf()
    assert keeper.store() == uri
    assert keeper.oms.factory_pos.get(keeper.contract).row_version == version


def test_a_signed_contract_is_another_document_beside_the_unsigned_one(
    world: World, keeper: Keeper
) -> None:
    before = keeper.store()
    world.command("factory_a", "sign_contract", factory_po_id=keeper.contract)
    after = keeper.store()
    assert after != before
    assert keeper.noted() == after
    assert "not yet countersigned" in text_of(keeper.storage.get(before))


def test_a_worker_that_died_before_it_noted_the_document_can_run_again(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(Exception):
        pass

    def killed(*_: object, **__: object) -> None:
        raise KilledError

    with monkeypatch.context() as context:
        context.setattr(keeper.oms.factory_pos, "update", killed)
        with pytest.raises(KilledError):
            keeper.store()
    assert keeper.noted() is None
    assert keeper.storage.exists(keeper.store())
    assert keeper.noted() == keeper.store()


def test_workers_that_store_at_the_same_time_agree(keeper: Keeper) -> None:
    start, uris = threading.Barrier(4), list[str]()

    def work() -> None:
        start.wait()
        uris.append(keeper.store())

    workers = [threading.Thread(target=work) for _ in range(start.parties)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert uris == [keeper.noted()] * len(workers)


def test_a_contract_that_is_signed_while_it_is_rendered_is_stored_as_signed(
    world: World, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(said: Contract, clauses: Sequence[Clause]) -> bytes:
        pdf = render_contract(said, clauses)
        if world.look("factory_pos", keeper.contract)["status"] == "ISSUED":
            world.command("factory_a", "sign_contract", factory_po_id=keeper.contract)
        return pdf

    monkeypatch.setattr("oms_documents.storing.render_contract", interrupted)
    assert "Signed electronically" in text_of(keeper.storage.get(keeper.store()))


def test_the_paper_that_was_signed_by_hand_stays_the_document(world: World, keeper: Keeper) -> None:
    scan = keeper.storage.put("scans", "signed.pdf", b"a scan", "application/pdf")
    world.command(
        "procurement", "sign_contract", factory_po_id=keeper.contract, po_document_uri=scan
    )
    with pytest.raises(NotStoredError, match="signed"):
        keeper.store()
    assert keeper.noted() == scan


def test_a_draft_is_not_stored(
    world: World, awarded: Slice, people: Callable[[str], Oms], storage: Storage
) -> None:
    with pytest.raises(NotStoredError, match="draft"):
        Keeper(people("procurement"), storage, world.drafted(awarded)).store()


def test_a_factory_cannot_say_where_its_contract_is(issued: Drawn, keeper: Keeper) -> None:
    with pytest.raises(PermissionDeniedError):
        replace(keeper, oms=issued.people("factory_a")).store()
    assert keeper.noted() is None


# Quotes side by side


QUOTE = QuoteComparison.model_construct(
    allocation_item_id=UUID(int=1),
    factory_name="Dhaka Sewing Works",
    style_number="KN-1001",
    marketing_name="Chalk",
    is_awarded=False,
    order_qty=Decimal(1200),
    price=Decimal("4.4750"),
    currency="EUR",
    amount=Decimal("5370.0000"),
    surcharge=Decimal("33.3333"),
    rate=Decimal("0.92"),
    rate_date=date(2026, 11, 20),
    landed_amount=Decimal("5873.1884"),
    landed_price=Decimal("4.8943"),
    landed_currency="USD",
    target_ex_factory_date=date(2027, 3, 1),
    ex_factory_date=date(2027, 3, 4),
    days_late=3,
    rank=2,
    problems=["late", "below_colour_moq"],
)
MISSING = QUOTE.model_copy(
    update={
        "factory_name": "深圳市华丽服装",
        "price": None,
        "currency": None,
        "amount": None,
        "surcharge": None,
        "rate": None,
        "rate_date": None,
        "landed_amount": None,
        "landed_price": None,
        "ex_factory_date": None,
        "days_late": None,
        "rank": None,
        "problems": ["no_quote"],
    }
)
FIRST = QUOTE.model_copy(
    update={"factory_name": "Hanoi Knits", "is_awarded": True, "rank": 1, "problems": []}
)
ALL = QuoteComparisonByFactory.model_construct(
    factory_name="Hanoi Knits",
    lines=3,
    quoted_lines=2,
    first_lines=1,
    quoted_qty=Decimal(2400),
    landed_amount=Decimal("11746.3768"),
    landed_currency="USD",
    days_late=-1,
    rank=None,
    problems=["no_quote"],
)


@pytest.fixture
def compared(world: World, people: Callable[[str], Oms]) -> Callable[..., bytes]:
    oms = people("planner")
    allocation = oms.allocations.get(world.allocation({world.line(): None}))

    def render(
        quotes: Sequence[QuoteComparison], factories: Sequence[QuoteComparisonByFactory] = ()
    ) -> bytes:
        return render_comparison(our_company(oms), allocation, quotes, factories, as_of=NOW)

    return render


def test_quotes_stand_side_by_side_in_the_order_of_their_rank(
    compared: Callable[..., bytes],
) -> None:
    text = text_of(compared([MISSING, QUOTE, FIRST]))
    for said in (
        "KN-1001 Chalk 1,200 pieces wanted on 1 March 2027",
        "1 Hanoi Knits awarded EUR 4.475 5,370.00 33.33 4.8943 5,873.19 4 March 2027 3 days late",
        "2 Dhaka Sewing Works",
        "late, below colour MOQ",
        "0.92 EUR for one USD (20 November 2026)",
        "as of 21 November 2026, 00:00 UTC",
    ):
        assert said in text
    places = [text.index(one.factory_name) for one in (FIRST, QUOTE, MISSING)]
    assert places == sorted(places)


def test_a_factory_that_has_not_quoted_is_named(compared: Callable[..., bytes]) -> None:
    assert "深圳市华丽服装 " + 7 * "\u2013 " + "no quote" in text_of(compared([MISSING]))


def test_factories_are_summed_up(compared: Callable[..., bytes]) -> None:
    text = text_of(compared([QUOTE], [ALL]))
    assert "Hanoi Knits 2 of 3 1 2,400 11,746.38 4.89 1 day early no quote" in text


def test_each_line_has_a_table_of_its_own(compared: Callable[..., bytes]) -> None:
    quotes = [QUOTE.model_copy(update={"allocation_item_id": UUID(int=n)}) for n in range(40)]
    pages = pages_of(compared(quotes))
    assert sum(page.count("KN-1001 Chalk") for page in pages) == 40
    assert len(pages) > 3
    assert compared(quotes) == compared(list(reversed(quotes)))


def test_the_quotes_of_an_allocation_are_those_of_the_database(
    world: World, people: Callable[[str], Oms]
) -> None:
    [quoted] = world.candidates(world.line(), "factory_a")
    world.insert(
        "planner",
        "allocation_items_supplier",
        allocation_item_id=quoted.item,
        factory_id=world.party("factory_b"),
    )
    oms = people("planner")
    text = text_of(render_quotes(oms, oms.allocations.get(quoted.allocation), as_of=NOW))
    assert "1 Factory A USD 10.00 1,000.00" in text
    assert "Factory B " + 7 * "\u2013 " in text
    with pytest.raises(PermissionDeniedError):
        render_quotes(people("factory_a"), oms.allocations.get(quoted.allocation), as_of=NOW)
