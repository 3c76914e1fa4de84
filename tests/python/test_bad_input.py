"""What cannot be meant: each kind of it, at every table and command that takes it, is refused.

The requests are made from the catalogue, so that a new table or command is asked too.
"""

import json
import random
import string
from collections.abc import Iterator, Mapping, Sequence
from uuid import uuid4

import httpx
import pytest

from builders import Row, World
from callers import Callers, refusal
from catalogue import LISTS, Argument, Column, commands_of, tables_of
from conftest import Api, Database

# Random, so that no index can compress it.
LONG = "".join(random.Random(0).choices(string.ascii_letters, k=20_000))  # noqa: S311
DEEP = "[" * 100_000 + "]" * 100_000
CHECK, OVERFLOW, TOO_LONG, NO_TEXT = "23514", "22003", "22001", "22P05"
NOT_OF_TYPE, NO_DATE, OUT_OF_RANGE = "22P02", "22007", "22008"
# By type: what is sent, by the SQLSTATE that Postgres refuses it with.
FAULTS: dict[str, dict[str, list[object]]] = {
    "uuid": {NOT_OF_TYPE: ["x", "", 5, True, {}], NO_TEXT: ["\0"]},
    "numeric": {
        NOT_OF_TYPE: ["x", "", True, {}],
        OVERFLOW: ["Infinity", 1e300, "-1e30"],
        CHECK: ["NaN"],
    },
    "integer": {NOT_OF_TYPE: ["x", "", 1.5, "NaN", {}], OVERFLOW: [10**12]},
    "bigint": {NOT_OF_TYPE: ["x", "", 1.5, "NaN", {}], OVERFLOW: [10**30]},
    "date": {
        NO_DATE: ["x", "", 5],
        OUT_OF_RANGE: ["2027-02-30", "9999999-01-01"],
        CHECK: ["infinity", "-infinity", "3000-01-01", "0226-03-01"],
    },
    "time without time zone": {NO_DATE: ["x", "", 5], OUT_OF_RANGE: ["25:00"]},
    "timestamp with time zone": {NO_DATE: ["x", ""], OUT_OF_RANGE: ["2027-02-30"]},
    "boolean": {NOT_OF_TYPE: ["x", "", 5]},
    "enum": {NOT_OF_TYPE: ["nonsense", "", 5]},
    "array": {NOT_OF_TYPE: ["x", "{nonsense}", {}, ["nonsense"], 5]},
    "text[]": {NOT_OF_TYPE: ["x", {}, 5]},
    "jsonb": {NO_TEXT: ["\0", {"a": "\0"}]},
    "text": {NO_TEXT: ["\0"], CHECK: [LONG]},
    "character varying": {NO_TEXT: ["\0"], TOO_LONG: [LONG]},
}
BROKEN_BODIES = ("", "{", "nonsense", "[1]", "[[{}]]", '{"a": 1,}', DEEP)
# Commands that ask for another row before they look at the elements of their list.
UNLIKE = {
    *("count_stock", "create_order", "record_factory_payment", "revise_contract"),
    "submit_factory_invoice",
    *("return_components", "report_output"),
}
# What is looked up before its length is, and refused as unknown.
NAMED = {("mail_templates", "template")}
# What templates are written in may be long.
ROOMY = {("mail_templates", "html"), ("mail_templates", "text")}
# What a mail server says of a mail is cut off, and not lost.
CUT_OFF = {("record_email_event", "diagnostic")}
# What a trigger fills where nothing, or null, is said.
FILLED = {
    ("order_item_supplies", "warehouse_id"),
    *(("production_orders", "bom_version_id"), ("production_orders", "warehouse_id")),
    ("purchase_orders", "po_number"),
}
NOT_A_LIST: list[object] = [{}, "text", 5, [1], ["x"], [[]], [None], [{}], [{"colour": "red"}]]


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def callers(world: World, api: Api) -> Callers:
    return Callers(world, api)


@pytest.fixture(scope="module", autouse=True)
def healthy(world: World) -> Iterator[None]:
    yield
    assert world.faults() == []


@pytest.fixture(scope="module")
def tables(world: World) -> dict[str, list[Column]]:
    return tables_of(world)


@pytest.fixture(scope="module")
def commands(world: World) -> dict[str, list[Argument]]:
    return commands_of(world)


Made = dict[str | tuple[str, str], object]


@pytest.fixture(scope="module")
def made(world: World) -> Made:
    """Make what the arguments of commands that could succeed name."""
    [awarded, rival] = world.candidates(world.line(), "factory_a", "factory_b")
    world.award(awarded, 60)
    contract = world.signed(awarded)
    receipt = world.received(awarded, 50)
    payment = world.command(
        "finance", "record_factory_payment", factory_po_id=contract, reference="M1"
    )
    world.run("planner", "update ops.timeline_templates set is_default = true")
    world.run("planner", "update ops.orders set ex_factory_date = order_date")
    world.plan(awarded.line)
    [unsigned] = world.candidates(world.line(), "factory_b")
    world.award(unsigned)
    invoice = world.insert(
        "factory_a", "factory_invoices", factory_po_id=contract, invoice_number="M1"
    )
    [making] = world.run(
        "planner",
        "select o.id, c.id as component_id from ops.production_orders as o"
        " join ops.production_components as c on c.production_order_id = o.id"
        " where o.status = 'in_progress' limit 1",
    )
    [bought] = world.run(
        "procurement",
        "select l.purchase_order_id, l.id, r.goods_receipt_id from ops.purchase_order_lines as l"
        " join ops.goods_receipt_lines as r on r.purchase_order_line_id = l.id"
        " order by l.id limit 1",
    )
    [planned] = world.run(
        "planner",
        "select id from ops.planned_supplies order by id limit 1",
    )
    [in_house] = world.run(
        "planner", "select order_item_id from ops.order_item_supplies order by 1 limit 1"
    )
    [mail] = world.run("admin", "select id from ops.email_log order by id limit 1")
    [told] = world.run("planner", "select id from ops.notifications order by id limit 1")
    [slack] = world.run("admin", "select id from ops.slack_channels order by id limit 1")
    [hook] = world.run("admin", "select id from ops.webhook_endpoints order by id limit 1")
    return {
        ("acknowledge_purchase_order", "lines"): [
            {"purchase_order_line_id": str(bought["id"]), "confirmed_qty": 1}
        ],
        ("receive_goods", "lines"): [
            {"purchase_order_line_id": str(bought["id"]), "received_qty": 1}
        ],
        "purchase_order_id": str(bought["purchase_order_id"]),
        "goods_receipt_id": str(bought["goods_receipt_id"]),
        "planned_supply_ids": [str(planned["id"])],
        "planned_supply_id": str(planned["id"]),
        "order_item_ids": [str(in_house["order_item_id"])],
        ("create_order", "lines"): [{"colorway_id": str(world.colorway()), "quantity": 5}],
        ("sign_contract", "factory_po_id"): str(world.issued(unsigned)),
        "allocation_id": str(awarded.allocation),
        "allocation_item_id": str(awarded.item),
        "allocation_item_supplier_id": str(awarded.id),
        "factory_ids": [world.party("factory_c")],
        "factory_invoice_id": str(invoice),
        "invoice_number": "M2",
        "factory_payment_id": str(payment["id"]),
        "factory_po_id": str(contract),
        "factory_receipt_id": str(receipt),
        "member_id": str(uuid4()),
        "order_id": str(world.look("order_items", awarded.line)["order_id"]),
        "order_item_id": str(awarded.line),
        "timeline_node_id": str(world.milestones(awarded.line)["lab_dips"]),
        "lines": [],
        "bom_version_id": str(world.bom("FW-101", "ZIP-60")),
        "production_order_id": str(making["id"]),
        "components": [{"production_component_id": str(making["component_id"]), "quantity": 1}],
        "by_products": [{"production_component_id": str(making["component_id"]), "quantity": 1}],
        "product_variant_id": str(world.variant("ZIP-60")),
        "counts": [
            {
                "product_variant_id": str(world.variant("ZIP-60")),
                "stock_location_id": str(world.place("A-1")),
                "counted_qty": 400,
            }
        ],
        "awards": [{"allocation_item_supplier_id": str(rival.id)}],
        "quotes": [{"allocation_item_supplier_id": str(rival.id), "price": 1}],
        "reallocations": [
            {
                "allocation_item_supplier_id": str(awarded.id),
                "awards": [{"factory_id": world.party("factory_c")}],
            }
        ],
        "name": "Batch",
        "reason": "Miscounted",
        "reference": "M2",
        "email_id": str(mail["id"]),
        "message_id": f"{uuid4()}@brand.oms",
        "kind": "bounce",
        "token": str(uuid4()),
        "address": "reader@brand.example",
        "password": "secret",
        "notification_ids": [str(told["id"])],
        "slack_channel_id": str(slack["id"]),
        "webhook_url": "https://hooks.slack.com/services/T0/B0/made",
        "webhook_endpoint_id": str(hook["id"]),
        "url": "https://brand.example/made",
        "event_types": ["purchase_order.*"],
        "since": "2026-01-01T00:00:00Z",
        "accepted_excess_qty": 0,
        "closed_qty": 55,
        "colorway_id": str(world.colorway()),
        "quantity": 5,
        "price": 1,
        "qty_received": 1,
    }


class Complaints(list[str]):
    """Answers that are not as they should be, each with its request."""

    def unless(self, is_right: bool, answer: httpx.Response) -> None:
        """Complain of an answer, or of one that tells what stands in a row."""
        if not is_right or "Failing row" in answer.text or "Key (" in answer.text:
            request = answer.request
            self.append(
                f"{request.method} {request.url.raw_path.decode()} {request.content[:200]!r}"
                f" -> {answer.status_code} {answer.text[:300]}"
            )


def send(
    client: httpx.Client,
    method: str,
    path: str,
    body: object,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    content = body if isinstance(body, str) else json.dumps(body)
    headers = {"Content-Type": "application/json", **(headers or {})}
    return client.request(method, path, content=content, headers=headers)


def is_clear(answer: httpx.Response, *codes: str) -> bool:
    """Whether it is the caller's fault, with a word; of one of these SQLSTATEs, if any."""
    if not 400 <= answer.status_code < 500:
        return False
    body = answer.json()
    return bool(body["message"]) and (not codes or body["code"] in codes)


def keeps_contract(answer: httpx.Response) -> bool:
    try:
        refusal(answer)
    except (AssertionError, ValueError):
        return False
    return True


def faults(kind: str) -> list[tuple[object, str]]:
    """List what no value of a type is, each with the SQLSTATE of its refusal."""
    return [(value, code) for code, values in FAULTS[kind].items() for value in values]


class Asking:
    """Requests about one table, each right but for one thing."""

    def __init__(self, callers: Callers, columns: Sequence[Column]) -> None:
        self.callers = callers
        self.columns = columns
        self.table = columns[0].table
        self._seen: dict[str, Row] = {}

    def row(self, persona: str) -> Row:
        """Return a row that somebody sees."""
        if persona not in self._seen:
            order = self.columns[0].key[-1]
            answer = self.callers[persona].get(f"/{self.table}?limit=1&order={order}")
            [self._seen[persona]] = answer.json()
        return self._seen[persona]

    def insert(self, column: Column, value: object) -> httpx.Response:
        """Send a row again, with this value in one column."""
        persona = column.inserters[0]
        row = self.row(persona)
        again = {c.name: row[c.name] for c in self.columns if persona in c.inserters}
        body = again | {"id": str(uuid4()), column.name: value}
        if "id" not in again and column.name != "id":
            del body["id"]
        return send(self.callers[persona], "POST", f"/{self.table}", body)

    def update(self, column: Column, value: object) -> httpx.Response:
        """Write this value into one column of a row."""
        persona = column.updaters[0]
        path = f"/{self.table}?" + "&".join(f"{k}=eq.{self.row(persona)[k]}" for k in column.key)
        return send(self.callers[persona], "PATCH", path, {column.name: value})

    def each(self, column: Column, value: object) -> list[httpx.Response]:
        """Send the value in every way in which somebody may send it."""
        ways = [(self.insert, column.inserters), (self.update, column.updaters)]
        return [way(column, value) for way, people in ways if people]


def test_no_column_takes_what_its_type_does_not_hold(
    callers: Callers, tables: dict[str, list[Column]]
) -> None:
    complaints = Complaints()
    for columns in tables.values():
        asking = Asking(callers, columns)
        for column in columns:
            for value, code in faults(column.kind):
                if value == LONG and (column.table, column.name) in ROOMY:
                    continue
                for answer in asking.each(column, value):
                    is_ours = (column.table, column.name) in NAMED and keeps_contract(answer)
                    complaints.unless(is_clear(answer, code) or is_ours, answer)
    assert not complaints, "\n".join(complaints)


def test_no_column_that_is_needed_is_left_empty(
    callers: Callers, tables: dict[str, list[Column]]
) -> None:
    complaints = Complaints()
    for columns in tables.values():
        asking = Asking(callers, columns)
        for column in columns:
            if (column.table, column.name) in FILLED:
                continue
            if column.is_required and column.name not in ("id", "line_number"):
                for answer in asking.each(column, None):
                    named = column.name in answer.text or keeps_contract(answer)
                    complaints.unless(is_clear(answer) and named, answer)
    assert not complaints, "\n".join(complaints)


def test_no_number_is_below_zero_but_a_refund_and_days_before_a_date(
    callers: Callers, tables: dict[str, list[Column]]
) -> None:
    complaints = Complaints()
    for columns in tables.values():
        asking = Asking(callers, columns)
        for column in columns:
            if column.kind in ("numeric", "integer") and column.name != "offset_days":
                for answer in asking.each(column, -1):
                    complaints.unless(is_clear(answer), answer)
    assert not complaints, "\n".join(complaints)


def test_no_body_is_taken_that_is_not_a_row(
    callers: Callers, tables: dict[str, list[Column]]
) -> None:
    complaints = Complaints()
    for table, columns in tables.items():
        for method, people in (
            ("POST", [c.inserters for c in columns]),
            ("PATCH", [c.updaters for c in columns]),
        ):
            persona = next((who[0] for who in people if who), None)
            if persona:
                path = f"/{table}?{columns[0].key[-1]}=eq.{uuid4()}"
                for body in (*BROKEN_BODIES, {"colour": "red"}, {"": 1}, {"id\0": 1}):
                    answer = send(callers[persona], method, path, body)
                    complaints.unless(is_clear(answer), answer)
                for nothing in ("null", "5", '"text"'):  # for PostgREST that is no row
                    answer = send(
                        callers[persona], method, path, nothing, {"Prefer": "return=representation"}
                    )
                    complaints.unless(answer.json() == [], answer)
    assert not complaints, "\n".join(complaints)


def test_no_row_that_was_changed_since_is_written(
    callers: Callers, tables: dict[str, list[Column]]
) -> None:
    complaints = Complaints()
    for columns in tables.values():
        asking = Asking(callers, columns)
        for column in columns:
            if column.name == "row_version" and column.updaters:
                answer = asking.update(column, 999)
                complaints.unless(
                    keeps_contract(answer) and refusal(answer) == (412, "OMS_STALE_ROW_VERSION"),
                    answer,
                )
    assert not complaints, "\n".join(complaints)


# Commands


def call(
    callers: Callers,
    arguments: Sequence[Argument],
    made: Made,
    said: Mapping[str, object],
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Call a command as somebody who may, with what it needs and these arguments."""
    command, caller = arguments[0].command, arguments[0].callers[0]
    needed = {a.name: made.get((command, a.name), made[a.name]) for a in arguments if a.is_required}
    return send(callers[caller], "POST", f"/rpc/{command}", {**needed, **said}, headers)


def test_no_command_takes_what_an_argument_does_not_hold(
    callers: Callers, commands: dict[str, list[Argument]], made: Made
) -> None:
    complaints = Complaints()
    for arguments in commands.values():
        for argument in arguments:
            for value, code in faults(argument.kind):
                if value == LONG and (argument.command, argument.name) in CUT_OFF:
                    continue
                answer = call(callers, arguments, made, {argument.name: value})
                # What an argument of that type holds, the column may not.
                late = code in (CHECK, OVERFLOW, TOO_LONG)
                complaints.unless(is_clear(answer, *([] if late else [code])), answer)
    assert not complaints, "\n".join(complaints)


def test_no_list_is_taken_with_an_element_that_cannot_be_meant(
    callers: Callers, commands: dict[str, list[Argument]], made: Made
) -> None:
    complaints = Complaints()
    for command, (name, fields) in LISTS.items():
        for value in NOT_A_LIST:
            answer = call(callers, commands[command], made, {name: value})
            complaints.unless(is_clear(answer), answer)
        for field, kind in fields.items():
            for wrong, _ in faults(kind):
                element = {f: made[f] for f in (*fields, "price") if f in made} | {field: wrong}
                answer = call(callers, commands[command], made, {name: [element]})
                complaints.unless(is_clear(answer), answer)
    assert not complaints, "\n".join(complaints)


def test_every_list_that_a_command_takes_is_asked(commands: dict[str, list[Argument]]) -> None:
    lists = {
        (command, argument.name)
        for command, arguments in commands.items()
        for argument in arguments
        if argument.kind == "jsonb" and argument.name != "metadata"
    }
    assert lists == {(command, name) for command, (name, _) in LISTS.items()}


def test_thousands_of_ids_that_nobody_knows_are_not_found(
    callers: Callers, commands: dict[str, list[Argument]], made: Made
) -> None:
    many = [str(uuid4()) for _ in range(5_000)]
    answers = [
        call(callers, commands["add_candidates"], made, {"factory_ids": many}),
        *(
            call(callers, commands[command], made, {name: [{next(iter(fields)): i} for i in many]})
            for command, (name, fields) in LISTS.items()
            # How many are issued is asked before what.
            if command not in UNLIKE | {"issue_components"}
        ),
    ]
    assert {refusal(answer) for answer in answers} == {(404, "OMS_NOT_FOUND")}


def test_no_command_is_called_by_a_body_that_is_no_object(
    callers: Callers, commands: dict[str, list[Argument]], made: Made
) -> None:
    complaints = Complaints()
    for command, arguments in commands.items():
        caller = callers[arguments[0].callers[0]]
        for body in BROKEN_BODIES:
            if body == "" and not any(argument.is_required for argument in arguments):
                continue  # that is a call
            answer = send(caller, "POST", f"/rpc/{command}", body)
            complaints.unless(is_clear(answer), answer)
        if [argument.kind for argument in arguments] != ["jsonb"]:  # there PostgREST overlooks it
            answer = call(callers, arguments, made, {"colour": "red"})
            complaints.unless(answer.status_code == 404 and "colour" in answer.text, answer)
        for argument in arguments:
            if argument.is_required and len(arguments) > 1:
                others = {a.name: made[a.name] for a in arguments if a.is_required}
                del others[argument.name]
                answer = send(caller, "POST", f"/rpc/{command}", others)
                complaints.unless(is_clear(answer), answer)
    assert not complaints, "\n".join(complaints)


# Idempotency keys


def with_key(client: httpx.Client, key: bytes, **body: object) -> httpx.Response:
    headers = [(b"Idempotency-Key", key)]
    return client.post("/rpc/submit_quote", json=body, headers=headers)


@pytest.mark.parametrize("key", [b"", 256 * b"x"])
def test_no_key_is_taken_that_is_empty_or_too_long(callers: Callers, key: bytes) -> None:
    answer = with_key(callers["factory_a"], key, allocation_item_supplier_id=str(uuid4()), price=1)
    assert refusal(answer) == (422, "OMS_INVALID_ARGUMENT")


@pytest.mark.parametrize(
    "key",
    [255 * "é".encode(), "ключ 🔑".encode(), b"a  b", b"'\"; --", b"\\u0000", b"%00"],
)
def test_any_other_key_is_one(world: World, callers: Callers, key: bytes) -> None:
    slices = world.candidates(world.line(), "factory_a", "factory_b")
    said = {"allocation_item_supplier_id": str(slices[0].id), "price": 3}
    first = with_key(callers["factory_a"], key, **said)
    again = with_key(callers["factory_a"], key, **said)
    assert (first.status_code, again.headers.get("Idempotent-Replayed")) == (200, "true")
    other = with_key(callers["factory_a"], key, **said | {"price": 4})
    assert refusal(other) == (422, "OMS_IDEMPOTENCY_KEY_REUSED")
    said["allocation_item_supplier_id"] = str(slices[1].id)
    assert with_key(callers["factory_b"], key, **said).status_code == 200


def test_no_command_takes_the_key_of_another_request(
    world: World, callers: Callers, commands: dict[str, list[Argument]], made: Made
) -> None:
    world.owner.execute(
        "insert into private.idempotency_keys"
        " (organization_id, actor_id, key, command, arguments, response)"
        " select organization_id, user_id, 'taken', 'another', '[]', '{}' from tests.personas"
        " where user_id is not null"
    )
    complaints = Complaints()
    for arguments in commands.values():
        answer = call(callers, arguments, made, {}, {"Idempotency-Key": "taken"})
        complaints.unless(
            keeps_contract(answer) and refusal(answer) == (422, "OMS_IDEMPOTENCY_KEY_REUSED"),
            answer,
        )
    assert not complaints, "\n".join(complaints)
