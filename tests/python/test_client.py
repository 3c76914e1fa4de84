"""The typed client: nothing is lost on the way, nothing is out of reach, nothing happens twice."""

import asyncio
import inspect
import json
import pickle
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any, LiteralString
from uuid import RFC_4122, UUID, uuid4

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads

from builders import World
from conftest import Api, Database
from oms_cli import process
from oms_cli.config import load_config
from oms_cli.paths import Project
from oms_cli.types.naming import error_name
from oms_client import (
    AsyncOms,
    AuthenticationError,
    BadRequestError,
    ConstraintError,
    Oms,
    OutcomeUnknownError,
    PermissionDeniedError,
    RefusedError,
    UnavailableError,
    between,
    contains,
    gt,
    has_fields,
    is_not,
    like,
    lt,
    new_id,
    one_of,
    refusals,
)
from oms_client._sync.api import OrderHistoryTable, PayablesTable
from oms_client._sync.table import Readable, Writable
from oms_client.enums import OrderStatus, PartyKind, ProductionStatus
from oms_client.errors import error_of
from oms_client.wire import dumps, loads
from oms_client.writes import NewProductVariant

STAFF = ("sales", "planner", "procurement", "production", "warehouse", "finance", "admin")
MANY = 10_000


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    world = World(database)
    world.owner.execute(
        """
        create function ops.refuse(code text) returns void language sql set search_path = '' as
        $$ select private.fail(code, 'A sentence about row 7.', '{"row": 7, "most": 0.10}') $$;
        grant execute on function ops.refuse to oms_staff;
        """
    )
    return world


@pytest.fixture(scope="module")
def people(world: World, api: Api) -> Iterator[Callable[..., Oms]]:
    """Open a client for a persona; the same one for the same persona."""
    opened: dict[str, Oms] = {}

    def person(name: str, http_client: httpx.Client | None = None) -> Oms:
        if http_client:
            return Oms(api.url, token(world, api, name), http_client=http_client)
        if name not in opened:
            opened[name] = Oms(api.url, token(world, api, name))
        return opened[name]

    yield person
    for one in opened.values():
        one.close()


def token(world: World, api: Api, name: str) -> str:
    claims = world.personas[name]
    return api.token(
        claims.role, organization=claims.organization_id, party=claims.party_id, sub=claims.sub
    )


def tables(oms: Oms) -> dict[str, Readable[Any]]:
    return {name: one for name, one in vars(oms).items() if isinstance(one, Readable)}


# Nothing is lost


def test_every_row_of_every_table_and_view_arrives_as_it_is_stored(
    world: World, people: Callable[..., Oms]
) -> None:
    """Compared with psycopg, which speaks another protocol, for everybody who may read."""
    seen: set[str] = set()
    types: set[type] = set()
    few: LiteralString = "update ops.directory set moq = 100000 where id = %s"
    world.run("procurement", few, world.party("factory_a"))
    for persona in (*STAFF, "client_a", "factory_a"):
        for name, table in tables(people(persona)).items():
            try:
                stored = stored_rows(world, persona, name)
            except psycopg.errors.InsufficientPrivilege:
                with pytest.raises(PermissionDeniedError):
                    list(table._find({}))
                continue
            rows = list(table._find({}))
            arrived = [as_stored(row, stored[0] if stored else {}) for row in rows]

            def by_key(one: dict[str, Any], table: Any = table) -> list[Any]:
                return [sortable(one[key]) for key in table.key]

            if any(isinstance(dict(row)[key], Enum) for row in rows[:1] for key in table.key):
                arrived.sort(key=by_key)  # the database has an order of its own for these
            assert arrived == sorted(stored, key=by_key), f"{persona}, {name}"
            if rows:
                seen.add(name)
                types |= {type(value) for row in rows for value in dict(row).values()}
    # Nothing was finished, bought as planned or waited for in the world of the tests.
    untold = {
        *("component_blockers", "lead_times", "planning_accuracy", "planning_accuracy_by_product"),
        *("production_blockers", "purchase_accuracy", "purchase_accuracy_by_vendor"),
    }
    assert seen == set(tables(people("planner"))) - untold
    assert float not in types
    assert {Decimal, UUID, datetime, date, bool, int, str, list, dict, type(None)} <= types


def stored_rows(world: World, persona: str, name: str) -> list[dict[str, Any]]:
    session = world.desk(persona)
    set_json_loads(partial(json.loads, parse_float=Decimal), session)
    with session.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            psycopg.sql.SQL("select * from ops.{}").format(psycopg.sql.Identifier(name))
        ).fetchall()


def as_stored(row: Any, like_this: dict[str, Any]) -> dict[str, Any]:
    """Psycopg knows neither our enums nor what is computed for the API alone."""
    plain = {name: value for name, value in dict(row).items() if name in like_this}
    for name, value in plain.items():
        if isinstance(value, list) and isinstance(like_this[name], str):
            plain[name] = f"{{{','.join(value)}}}"
    return plain


def sortable(value: object) -> tuple[bool, Any]:
    return (value is None, value if isinstance(value, UUID) else str(value))


def test_a_value_of_each_kind_comes_back_as_it_was_sent(people: Callable[..., Oms]) -> None:
    sales, planner, admin = people("sales"), people("planner"), people("admin")
    metadata = {
        "exact": Decimal("0.1234567890123456789012345678901"),
        "large": 12345678901234567890123,
        "nested": [None, True, {"quoted": 'a "b" \\ c', "unicode": "Größe 漢字 🧵"}],
    }
    client = people("procurement").directory.find(kinds=contains(PartyKind.CLIENT)).__next__()
    order = sales.orders.insert(
        id=uuid4(),
        client_id=client.id,
        client_po_number='a,b(c)"d" *e\\f: %',
        metadata=metadata,
        ex_factory_date=date(2027, 2, 28),
    )
    read = sales.orders.get(order.id)
    assert read == order
    assert read.metadata == metadata
    assert read.client_po_number == 'a,b(c)"d" *e\\f: %'
    assert read.ex_factory_date == date(2027, 2, 28)
    assert read.in_hands_date is None
    assert read.status is OrderStatus.SALES_ORDER
    assert read.created_at.tzinfo is not None
    assert abs(datetime.now(UTC) - read.created_at) < timedelta(minutes=5)

    style = planner.styles.insert(style_number=f"RT-{uuid4().hex[:8]}", name="Round trip")
    color = planner.colorways.insert(style_id=style.id, marketing_name="Sand")
    line = sales.order_items.insert(order_id=order.id, colorway_id=color.id, quantity=100)
    assert str(line.quantity) == "100.000000"
    price = sales.order_item_prices.insert(
        order_item_id=line.id, unit_price=Decimal("98765432109876.5432")
    )
    assert price.unit_price == Decimal("98765432109876.5432")

    settings = admin.organization_settings.find().__next__()
    changed = admin.organization_settings.update(
        settings.organization_id, over_receipt_tolerance_pct=Decimal("2.1234")
    )
    assert changed.over_receipt_tolerance_pct == Decimal("2.1234")
    admin.organization_settings.update(
        settings.organization_id, over_receipt_tolerance_pct=settings.over_receipt_tolerance_pct
    )


@pytest.mark.parametrize("value", ["0.1", "1e-30", "123456789012345678901234567890.123456789"])
def test_a_decimal_is_written_and_read_digit_by_digit(value: str) -> None:
    assert loads(dumps({"a": Decimal(value)}).encode())["a"] == Decimal(value)


def test_what_json_cannot_say_is_refused_before_it_is_sent(people: Callable[..., Oms]) -> None:
    for metadata in ({"at": datetime(2027, 1, 1)}, {"nan": Decimal("nan")}, {"what": object()}):
        with pytest.raises((TypeError, ValueError)):
            people("sales").orders.insert(metadata=metadata)


@pytest.mark.parametrize(
    "ask",
    [
        lambda oms: oms.order_item_prices.insert(order_item_id=new_id(), unit_price=11.1),
        lambda oms: oms.order_item_prices.update(new_id(), unit_price=11.1),
        lambda oms: oms.submit_quote(new_id(), 11.1),
        lambda oms: oms.submit_quotes([{"allocation_item_supplier_id": new_id(), "price": 11.1}]),
        lambda oms: oms.orders.insert(metadata={"weights": [{"kg": 11.1}]}),
        lambda oms: oms.orders.count(metadata=has_fields({"kg": 11.1})),
        lambda oms: oms.order_items.count(quantity=11.1),
        lambda oms: oms.order_items.count(quantity=one_of(11, 11.1)),
    ],
)
def test_a_float_goes_nowhere(people: Callable[..., Oms], ask: Callable[[Oms], object]) -> None:
    with pytest.raises(TypeError, match=r"11\.1 is a float"):
        ask(people("sales"))


def test_later_ids_sort_behind_earlier_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [1_800_000_000_000_000_000 + 300 * nth for nth in range(10_000)]
    monkeypatch.setattr("time.time_ns", iter(moments).__next__)
    ids = [new_id() for _ in moments]
    assert ids == sorted(set(ids))
    assert {(one.version, one.variant) for one in ids} == {(7, RFC_4122)}
    assert [one.int >> 80 for one in ids] == [moment // 1_000_000 for moment in moments]


def test_a_label_that_is_newer_than_the_client_is_kept() -> None:
    newer = OrderStatus("on_the_moon")
    assert newer == "on_the_moon"
    assert isinstance(newer, OrderStatus)


# Conditions


def test_rows_are_found_by_conditions_of_each_kind(people: Callable[..., Oms]) -> None:
    planner = people("planner")
    mark = uuid4().hex[:8]
    odd = ["a,b", 'a"b', "a)b(", "a\\b", "a.b", "{a}", "null", "*", "a_b", "a%b"]
    planner.styles.insert_many(
        {"style_number": f"{mark}-{nth}", "name": name, "category": None if nth % 2 else mark}
        for nth, name in enumerate(odd)
    )
    ours = planner.styles.find

    def names(**where: Any) -> set[str]:
        return {style.name for style in ours(style_number=like(f"{mark}*"), **where)}

    assert names() == set(odd)
    for name in odd:
        assert names(name=name) == {name}
    assert names(name=one_of(*odd[:4])) == set(odd[:4])
    assert names(name=one_of()) == set()
    assert names(name=like("A*")) == {name for name in odd if name.startswith("a")}
    for name in ("a_b", "a%b", "a\\b"):
        assert names(name=like(name)) == {name}
    assert names(category=None) == set(odd[1::2])
    assert names(category=is_not(None)) == names(category=mark) == set(odd[::2])
    assert names(name=is_not("null")) == set(odd) - {"null"}
    numbers = {style.style_number for style in ours(style_number=between(f"{mark}-2", f"{mark}-4"))}
    assert numbers == {f"{mark}-{nth}" for nth in (2, 3, 4)}
    assert planner.styles.count(style_number=like(f"{mark}*"), category=None) == 5
    first = planner.styles.first(order="-style_number", style_number=like(f"{mark}*"))
    assert first is not None
    assert first.style_number == f"{mark}-9"
    assert planner.styles.first(style_number=mark) is None
    factories = planner.directory.count(kinds=contains(PartyKind.FACTORY))
    assert factories >= planner.directory.count(kinds=[PartyKind.FACTORY]) > 0
    assert planner.orders.count(metadata=has_fields({"mark": mark})) == 0
    recent = planner.orders.count(created_at=gt(datetime.now(UTC) - timedelta(days=1)))
    assert recent == planner.orders.count(created_at=lt(datetime.now(UTC) + timedelta(days=1))) > 0


def test_a_change_of_every_row_must_be_asked_for(people: Callable[..., Oms]) -> None:
    with pytest.raises(ValueError, match="every row"):
        people("planner").styles.update_where({"name": "Oops"})


# Nothing is out of reach


def test_every_table_view_and_command_of_the_api_is_reachable(
    world: World, people: Callable[..., Oms]
) -> None:
    oms = people("planner")
    relations = world.owner.execute(
        "select relname from pg_class"
        " where relnamespace = 'ops'::regnamespace and relkind in ('r', 'v')"
    ).fetchall()
    assert set(tables(oms)) == {name for (name,) in relations}
    commands: list[Any] = world.owner.execute(
        """
        select p.proname, p.proargnames, p.provolatile::text from pg_proc as p
        where p.pronamespace = 'ops'::regnamespace and p.proname <> 'refuse'
          and not exists (select from pg_class as c where c.reltype = p.proargtypes[0])
        """
    ).fetchall()
    for name, arguments, volatility in commands:
        parameters = [*inspect.signature(getattr(oms, name)).parameters]
        keys = ["idempotency_key"] if volatility == "v" else []  # what only reads needs none
        assert parameters == [*(arguments or []), *keys], name


def test_the_synchronous_and_the_asynchronous_client_are_alike() -> None:
    def surface(kind: type) -> dict[str, str]:
        members = inspect.getmembers(kind, inspect.isfunction)
        return {
            name.replace("aexit", "exit")
            .replace("aenter", "enter")
            .replace("aclose", "close"): str(inspect.signature(one))
            .replace("Async", "")
            .replace("_async", "_sync")
            for name, one in members
        }

    assert surface(Oms) == surface(AsyncOms)


def test_an_order_is_made_and_sourced_in_both_worlds(
    world: World, api: Api, people: Callable[..., Oms]
) -> None:
    line, twin = world.line(60), world.line(60)
    factory = UUID(world.party("factory_a"))

    made = source(people("planner"), people("factory_a"), line, factory)

    async def in_the_other() -> Any:
        async with (
            AsyncOms(api.url, token(world, api, "planner")) as planner,
            AsyncOms(api.url, lambda: token(world, api, "factory_a")) as maker,
        ):
            batch = await planner.allocate_items(
                "Async", [{"order_item_id": twin}], factory_ids=[factory]
            )
            await planner.send_allocation(batch.id)
            asked = [
                one async for one in maker.allocation_items_supplier.find(allocation_id=batch.id)
            ]
            quoted = await maker.submit_quote(asked[0].id, Decimal("12.3456"))
            awarded = await planner.award(quoted.id)
            (contract,) = await planner.issue_contracts(batch.id)
            with pytest.raises(refusals.TermsChangedError):
                await maker.sign_contract(contract.id, terms_hash="0" * 64)
            signed = await maker.sign_contract(contract.id, terms_hash=contract.terms_hash)
            return awarded.awarded_price, signed.status, await planner.order_items.get(twin)

    price, status, item = asyncio.run(in_the_other())
    assert (price, status, item.allocation_status) == made


def source(planner: Oms, maker: Oms, line: UUID, factory: UUID) -> tuple[Any, ...]:
    batch = planner.allocate_items("Sync", [{"order_item_id": line}], factory_ids=[factory])
    planner.send_allocation(batch.id)
    (asked,) = maker.allocation_items_supplier.find(allocation_id=batch.id)
    quoted = maker.submit_quote(asked.id, Decimal("12.3456"))
    awarded = planner.award(quoted.id)
    (contract,) = planner.issue_contracts(batch.id)
    with pytest.raises(refusals.TermsChangedError):
        maker.sign_contract(contract.id, terms_hash="0" * 64)
    signed = maker.sign_contract(contract.id, terms_hash=contract.terms_hash)
    reported = maker.report_production(asked.id, ProductionStatus.SEWING)
    assert reported.production_status is ProductionStatus.SEWING
    return awarded.awarded_price, signed.status, planner.order_items.get(line).allocation_status


# Errors


def test_each_code_of_the_catalogue_is_raised_as_its_class(
    world: World, people: Callable[..., Oms]
) -> None:
    catalogue = world.owner.execute("select code, http_status from private.error_codes").fetchall()
    assert {code for code, _ in catalogue} == set(RefusedError.by_code)
    finance = people("finance")
    for code, status in catalogue:
        kind = getattr(refusals, error_name(str(code)))
        with pytest.raises(kind) as refused:
            finance.fetch(finance.postgrest.rpc("refuse", {"code": str(code)}))
        error = refused.value
        assert type(error) is kind
        assert (error.code, error.status) == (code, status)
        assert error.message == "A sentence about row 7."
        assert error.details == {"row": 7, "most": Decimal("0.10")}


def test_a_refusal_that_is_newer_than_the_client_keeps_its_code() -> None:
    told = {"code": "PT409", "hint": "OMS_ON_THE_MOON", "message": "No air.", "details": "{}"}
    error = error_of(httpx.Response(409, json=told))
    assert type(error) is RefusedError
    assert str(error) == "OMS_ON_THE_MOON: No air."


def test_what_is_no_refusal_of_ours_has_a_class_too(
    world: World, api: Api, people: Callable[..., Oms]
) -> None:
    with Oms(api.url) as nobody, pytest.raises(AuthenticationError):
        nobody.orders.first()
    with Oms(api.url, "no.token.atall") as forger, pytest.raises(AuthenticationError):
        forger.orders.first()
    with pytest.raises(PermissionDeniedError):
        people("sales").order_item_costs.insert(order_item_id=uuid4(), fob_target=1)
    with pytest.raises(BadRequestError, match="uuid"):
        people("sales").orders._find({"id": "7"}).__next__()
    sku: NewProductVariant = {"sku": "SKU-1", "colorway_id": world.colorway(), "size_label": "M"}
    with pytest.raises(ConstraintError) as broken:
        people("planner").product_variants.insert_many([sku, {**sku, "size_label": "L"}])
    assert broken.value.constraint == "product_variants_sku_key"


def test_a_row_that_is_not_there_is_not_found(people: Callable[..., Oms]) -> None:
    orders = people("sales").orders
    with pytest.raises(refusals.NotFoundError, match="may see"):
        orders.get(uuid4())
    with pytest.raises(refusals.NotFoundError, match="may change"):
        orders.update(uuid4(), order_date=date(2027, 1, 1))
    with pytest.raises(refusals.NotFoundError, match="may delete"):
        people("sales").order_items.delete(uuid4())


def test_a_change_of_nothing_returns_what_is_there(
    world: World, people: Callable[..., Oms]
) -> None:
    orders = people("sales").orders
    read = orders.get(world.order())
    assert orders.update(read.id) == read
    assert orders.update_where({}, id=read.id) == [read]


def test_an_error_passes_from_process_to_process(people: Callable[..., Oms]) -> None:
    with pytest.raises(refusals.NotFoundError) as refused:
        people("sales").orders.get(uuid4())
    passed = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own
    assert type(passed) is refusals.NotFoundError
    assert (str(passed), vars(passed)) == (str(refused.value), vars(refused.value))


def test_a_row_changed_since_it_was_read_is_not_overwritten(
    world: World, people: Callable[..., Oms]
) -> None:
    orders = people("sales").orders
    read = orders.get(world.order())
    orders.update(read.id, order_date=date(2027, 1, 1), row_version=read.row_version)
    with pytest.raises(refusals.StaleRowVersionError):
        orders.update(read.id, order_date=date(2027, 1, 2), row_version=read.row_version)
    assert orders.get(read.id).order_date == date(2027, 1, 1)


# Pages


@pytest.mark.parametrize("order", [(), "-name", ("category", "-name"), ("-category", "created_at")])
def test_an_iterator_neither_skips_nor_repeats_while_rows_are_added(
    world: World, people: Callable[..., Oms], order: Any
) -> None:
    planner = people("planner")
    mark = uuid4().hex[:8]
    world.run(
        "planner",
        """
        insert into ops.styles (style_number, name, category)
        select %s || '-' || n, md5(n::text), case n %% 3 when 0 then 'a' when 1 then 'b' end
        from generate_series(1, %s) as n
        """,
        mark,
        MANY,
    )
    there = {
        row["id"]
        for row in world.run(
            "planner", "select id from ops.styles where style_number like %s", f"{mark}-%"
        )
    }
    assert len(there) == MANY
    done = threading.Event()
    added = threading.Thread(target=keep_adding, args=(world, mark, done))
    added.start()
    try:
        seen = [
            style.id for style in planner.styles.find(order=order, style_number=like(f"{mark}*"))
        ]
    finally:
        done.set()
        added.join()
    assert len(seen) == len(set(seen))
    assert there <= set(seen)
    assert planner.styles.count(style_number=like(f"{mark}*")) > MANY


def keep_adding(world: World, mark: str, done: threading.Event) -> None:
    session = world.session("planner")
    nth = 0
    while not done.is_set() or nth == 0:
        nth += 1
        session.execute(
            "insert into ops.styles (style_number, name) values (%s, %s)",
            [f"{mark}-more-{nth}", uuid4().hex],
        )


def test_a_limit_holds_across_pages(people: Callable[..., Oms]) -> None:
    factories = people("planner").status_transitions.find
    assert len(list(factories(limit=7, page_size=3))) == 7
    everything = list(factories())
    assert list(factories(page_size=4)) == everything
    assert len(everything) == people("planner").status_transitions.count()
    assert list(factories(limit=0)) == []
    with pytest.raises(ValueError, match="no list -1"):
        factories(limit=-1)
    with pytest.raises(ValueError, match="No page has 0 rows"):
        factories(page_size=0)


def test_a_command_returns_all_rows_however_few_the_api_hands_out_at_once(
    world: World, people: Callable[..., Oms], project: Project
) -> None:
    many = load_config(project).max_rows + 100
    order = world.order()
    world.run(
        "sales",
        """
        insert into ops.order_items (order_id, line_number, colorway_id, quantity)
        select %s, n, %s, 10 from generate_series(1, %s) as n
        """,
        *(order, world.colorway(), many),
    )
    planner = people("planner")
    lines = planner.order_items.find(order_id=order)
    batch = planner.allocate_items("Many", [{"order_item_id": line.id} for line in lines])
    made = planner.add_candidates(batch.id, [UUID(world.party("factory_a"))])
    assert len({one.id for one in made}) == len(made) == many
    assert planner.allocation_items_supplier.count(allocation_id=batch.id) == many


# Nothing happens twice


class LosesTheAnswer(httpx.HTTPTransport):
    """A network that delivers the request and loses the first answer to each kind of it."""

    def __init__(self, *methods: str) -> None:
        super().__init__()
        self.methods = list(methods)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if request.method in self.methods:
            self.methods.remove(request.method)
            response.read()
            response.close()
            raise httpx.ReadError("The connection was lost.")
        return response


class Watched(httpx.HTTPTransport):
    """A network that remembers how it went."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: list[int] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        self.statuses.append(response.status_code)
        return response


def over(transport: httpx.BaseTransport) -> httpx.Client:
    return httpx.Client(transport=transport, timeout=30)


def test_a_command_whose_answer_was_lost_takes_effect_once(
    world: World, people: Callable[..., Oms]
) -> None:
    (made,) = world.candidates(world.line(50), "factory_a")
    world.award(made)
    world.signed(made)
    with over(LosesTheAnswer("POST")) as network:
        receipt = people("warehouse", network).record_receipt(made.id, 20)
    assert receipt.qty_received == 20
    assert people("warehouse").factory_receipts.count(allocation_item_supplier_id=made.id) == 1


def test_the_same_key_gives_the_same_answer_in_another_process(
    world: World, people: Callable[..., Oms]
) -> None:
    (made,) = world.candidates(world.line(50), "factory_a")
    world.award(made)
    world.signed(made)
    warehouse = people("warehouse")
    key = f"Größe 漢 {uuid4()}"
    receipts = [warehouse.record_receipt(made.id, 20, idempotency_key=key) for _ in range(2)]
    assert receipts[0] == receipts[1]
    with pytest.raises(refusals.IdempotencyKeyReusedError):
        warehouse.record_receipt(made.id, 21, idempotency_key=key)
    with pytest.raises(refusals.InvalidArgumentError, match="Idempotency-Key"):
        warehouse.record_receipt(made.id, 20, idempotency_key="")


def test_an_insert_whose_answer_was_lost_is_repeated_only_with_ids_of_its_own(
    people: Callable[..., Oms],
) -> None:
    mark = uuid4().hex[:8]
    rows = [{"id": uuid4(), "style_number": f"{mark}-{n}", "name": "Lost"} for n in range(3)]
    with over(LosesTheAnswer("POST", "GET")) as network:
        made = people("planner", network).styles.insert_many(rows)  # type: ignore[arg-type]
    assert {one.id for one in made} == {row["id"] for row in rows}
    with over(LosesTheAnswer("POST")) as network, pytest.raises(OutcomeUnknownError):
        people("planner", network).styles.insert(style_number=f"{mark}-x", name="Lost")
    assert people("planner").styles.count(style_number=like(f"{mark}*")) == 4


def test_a_change_whose_answer_was_lost_is_left_to_the_caller(
    world: World, people: Callable[..., Oms]
) -> None:
    order = world.order()
    with over(LosesTheAnswer("PATCH")) as network, pytest.raises(OutcomeUnknownError):
        people("sales", network).orders.update(order, order_date=date(2027, 1, 1))


def test_an_api_that_is_down_is_unavailable() -> None:
    with Oms(f"http://127.0.0.1:{process.free_port()}") as oms, pytest.raises(UnavailableError):
        oms.orders.first()


def test_a_bulk_write_that_lost_a_deadlock_is_sent_again(
    world: World, people: Callable[..., Oms], database: Database
) -> None:
    planner = people("planner")
    ids = [planner.styles.insert(style_number=uuid4().hex, name="Deadlock").id for _ in range(2)]
    watched = Watched()
    # The client's statement takes the rows in an order of its own. Somebody who takes them in
    # the other order meets it in a deadlock; in the same order, it only waits.
    for held, wanted in (ids, reversed(ids)):
        with over(watched) as network, psycopg.connect(database.server.admin_url) as other:
            changing = people("planner", network).styles
            other.execute("set deadlock_timeout = '1min'")  # so that the client's is the victim
            other.execute("update ops.styles set category = 'held' where id = %s", [held])
            client = threading.Thread(
                target=lambda styles=changing: styles.update_where(
                    {"name": "Renamed"}, id=one_of(*ids)
                )
            )
            client.start()
            wait_until_somebody_waits(world)
            other.execute("update ops.styles set category = 'wanted' where id = %s", [wanted])
            other.commit()
            client.join()
        styles = [planner.styles.get(one) for one in (held, wanted)]
        assert [(one.name, one.category) for one in styles] == [
            ("Renamed", "held"),
            ("Renamed", "wanted"),
        ]
        planner.styles.update_where({"name": "Deadlock"}, id=one_of(*ids))
    assert sorted(watched.statuses) == [200, 200, 500]


def wait_until_somebody_waits(world: World) -> None:
    while world.owner.execute(
        "select count(*) from pg_locks where not granted and locktype = 'transactionid'"
    ).fetchone() == (0,):
        pass


def test_only_writable_tables_offer_writes() -> None:
    for kind in (OrderHistoryTable, PayablesTable):
        assert not issubclass(kind, Writable)
        assert not hasattr(kind, "insert")
