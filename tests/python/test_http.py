"""What the API answers over HTTP: the error contract, and who finds what."""

import json
import socket
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from builders import Slice, World
from callers import Callers, refusal
from conftest import Api, Database

PORTALS = ("client_a", "factory_a", "vendor")
STAFF = ("sales", "planner", "procurement", "production", "warehouse", "finance", "admin")


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def callers(world: World, api: Api) -> Callers:
    return Callers(world, api)


@pytest.fixture(scope="module")
def slices(world: World) -> dict[str, Slice]:
    """One line that factory A and factory B have quoted."""
    one, other = world.candidates(world.line(sizes={"S": 40, "M": 60}), "factory_a", "factory_b")
    return {"factory_a": one, "factory_b": other}


@pytest.fixture(autouse=True)
def healthy(world: World) -> Iterator[None]:
    yield
    assert world.faults() == []


# The error contract


def test_every_kind_of_refusal_keeps_the_error_contract(
    world: World, callers: Callers, slices: dict[str, Slice]
) -> None:
    made = slices["factory_a"]
    planner, factory = callers["planner"], callers["factory_a"]
    answers = [
        factory.get("/allocation_items_supplier", headers={"Prefer": "count=planned"}),
        callers["suspended"].get("/orders"),
        factory.post(
            "/rpc/submit_quote", json={"allocation_item_supplier_id": str(uuid4()), "price": 1}
        ),
        planner.post(
            "/rpc/award", json={"allocation_item_supplier_id": str(made.id), "awarded_qty": 101}
        ),
        factory.patch(
            f"/allocation_items_supplier?id=eq.{made.id}", json={"price": 11, "row_version": 1}
        ),
        planner.post(
            "/rpc/award", json={"allocation_item_supplier_id": str(made.id), "awarded_qty": 0.5}
        ),
    ]
    assert [refusal(answer) for answer in answers] == [
        (400, "OMS_COUNT_NOT_ALLOWED"),
        (403, "OMS_MEMBERSHIP_NOT_ACTIVE"),
        (404, "OMS_NOT_FOUND"),
        (409, "OMS_AWARD_EXCEEDS_COMMITTED"),
        (412, "OMS_STALE_ROW_VERSION"),
        (422, "OMS_WHOLE_PIECES"),
    ]


def test_a_refusal_says_what_would_be_accepted(callers: Callers, slices: dict[str, Slice]) -> None:
    body = (
        callers["planner"]
        .post(
            "/rpc/award",
            json={"allocation_item_supplier_id": str(slices["factory_a"].id), "awarded_qty": 130},
        )
        .json()
    )
    assert (
        body["message"] == "130 pieces would be awarded of 100 committed; at most 100 more can be."
    )
    assert json.loads(body["details"]) == {
        "allocation_item_id": str(slices["factory_a"].item),
        "committed_qty": 100,
        "most": 100,
    }


def test_a_column_that_is_not_granted_is_forbidden(
    callers: Callers, slices: dict[str, Slice]
) -> None:
    row = f"/allocation_items_supplier?id=eq.{slices['factory_a'].id}"
    for columns in ({"awarded_qty": 1}, {"is_awarded": True}, {"received_qty": 1}):
        answer = callers["factory_a"].patch(row, json=columns)
        assert (answer.status_code, answer.json()["code"]) == (403, "42501")
    answer = callers["planner"].patch(
        f"/order_items?id=eq.{slices['factory_a'].line}", json={"allocation_status": "PC_SIGNED"}
    )
    assert answer.status_code == 403


def test_a_command_that_is_not_granted_is_forbidden(
    callers: Callers, slices: dict[str, Slice]
) -> None:
    body = {"allocation_item_supplier_id": str(slices["factory_a"].id)}
    for persona in ("factory_a", "sales", "warehouse", "client_a"):
        assert callers[persona].post("/rpc/award", json=body).status_code == 403


def test_a_command_is_not_called_by_get(callers: Callers, slices: dict[str, Slice]) -> None:
    answer = callers["planner"].get(
        f"/rpc/award?allocation_item_supplier_id={slices['factory_a'].id}"
    )
    assert answer.status_code == 405


# Who is let in


def test_nobody_is_let_in_without_a_token(world: World, api: Api) -> None:
    anonymous = api.client()
    assert anonymous.get("/orders").status_code == 401
    award = {"allocation_item_supplier_id": str(uuid4())}
    assert anonymous.post("/rpc/award", json=award).status_code == 401
    assert set(anonymous.get("/").json()["paths"]) == {"/"}


def test_a_token_that_ran_out_is_refused(callers: Callers, api: Api) -> None:
    assert api.client(callers.token("planner", ttl=-60)).get("/orders").status_code == 401


def test_a_role_without_an_audience_finds_nothing(api: Api) -> None:
    for role in ("authenticated", "service_role", "postgres", "oms_staff", "oms_worker"):
        assert api.client(api.token(role)).get("/orders").status_code == 403


def test_a_token_for_another_party_than_its_membership_is_refused(world: World, api: Api) -> None:
    own, other = world.personas["factory_a"], world.personas["factory_b"]
    forged = api.token(
        "oms_factory", organization=own.organization_id, party=other.party_id, sub=own.sub
    )
    assert refusal(api.client(forged).get("/factory_work")) == (403, "OMS_MEMBERSHIP_NOT_ACTIVE")


def test_a_member_suspended_meanwhile_is_refused(world: World, callers: Callers) -> None:
    assert callers["production"].get("/orders").is_success
    set_status = "update ops.members set status = %s where role = 'oms_production'"
    world.run("admin", set_status, "suspended")
    try:
        assert refusal(callers["production"].get("/orders"))[0] == 403
    finally:
        world.run("admin", set_status, "active")


# Counts


@pytest.mark.parametrize("count", ["planned", "estimated"])
def test_estimates_are_for_staff_only(callers: Callers, count: str) -> None:
    prefer = {"Prefer": f"return=representation, count={count}"}
    for portal in PORTALS:
        assert refusal(callers[portal].get("/directory", headers=prefer))[0] == 400
    assert callers["planner"].get("/directory", headers=prefer).is_success


def test_an_estimate_is_not_had_by_saying_prefer_twice(api: Api, callers: Callers) -> None:
    url = urlsplit(api.url)
    for headers in (("count=planned", "return=minimal"), ("return=minimal", "count=planned")):
        prefer = "".join(f"Prefer: {header}\r\n" for header in headers)
        with socket.create_connection((url.hostname, url.port), timeout=10) as connection:
            connection.sendall(
                f"GET /directory HTTP/1.1\r\nHost: localhost\r\n{prefer}Connection: close\r\n"
                f"Authorization: Bearer {callers.token('factory_a')}\r\n\r\n".encode()
            )
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 400"), headers


def test_an_exact_count_counts_what_the_caller_sees(callers: Callers) -> None:
    exact = {"Prefer": "count=exact"}
    seen = callers["factory_a"].get("/directory?select=code", headers=exact)
    assert sorted(row["code"] for row in seen.json()) == ["factory_a", "us"]
    assert seen.headers["content-range"] == "0-1/2"


# Repeated requests


def test_a_repeated_command_is_answered_from_the_first_time(world: World, callers: Callers) -> None:
    line = world.line()
    [made] = world.candidates(line, "factory_a")
    body = {"allocation_item_supplier_id": str(made.id), "awarded_qty": 40}
    key = {"Idempotency-Key": str(uuid4())}
    first = callers["planner"].post("/rpc/award", json=body, headers=key)
    again = callers["planner"].post("/rpc/award", json=body, headers=key)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json() == first.json()
    assert world.look("order_items", line)["effective_qty"] == 40

    other = callers["planner"].post("/rpc/award", json=body | {"awarded_qty": 41}, headers=key)
    assert refusal(other) == (422, "OMS_IDEMPOTENCY_KEY_REUSED")
    other = callers["planner"].post(
        "/rpc/revoke_award", json={"allocation_item_supplier_id": str(made.id)}, headers=key
    )
    assert refusal(other) == (422, "OMS_IDEMPOTENCY_KEY_REUSED")


def test_a_whole_order_is_entered_once(world: World, callers: Callers) -> None:
    world.line()  # on which the client has seen the colour that it orders here
    line = {"colorway_id": str(world.colorway()), "sizes": [{"size_label": "S", "quantity": 3}]}
    body = {"client_po_number": "Over HTTP", "lines": [line, line]}
    key = {"Idempotency-Key": str(uuid4())}
    first = callers["client_a"].post("/rpc/create_order", json=body, headers=key)
    again = callers["client_a"].post("/rpc/create_order", json=body, headers=key)
    assert (first.status_code, first.json()["status"]) == (200, "requested")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json() == first.json()
    select = "client_po_number,order_items(line_number,quantity,order_item_sizes(size_label))"
    [order] = (
        callers["client_a"].get(f"/orders?client_po_number=eq.Over HTTP&select={select}").json()
    )
    assert order["order_items"] == [
        {"line_number": nth, "quantity": 3, "order_item_sizes": [{"size_label": "S"}]}
        for nth in (1, 2)
    ]
    other = callers["client_a"].post(
        "/rpc/create_order", json=body | {"lines": [line]}, headers=key
    )
    assert refusal(other) == (422, "OMS_IDEMPOTENCY_KEY_REUSED")


def test_what_is_wrong_with_an_order_names_the_line(world: World, callers: Callers) -> None:
    lines = [{"colorway_id": str(world.colorway()), "quantity": 3}, {"colorway_id": "x"}]
    body = {"client_id": world.party("client_a"), "lines": lines}
    answer = callers["sales"].post("/rpc/create_order", json=body)
    assert refusal(answer) == (422, "OMS_INVALID_ARGUMENT")
    assert json.loads(answer.json()["details"]) == {"argument": "lines", "position": 2}
    assert answer.json()["message"] == 'lines, number 2: invalid input syntax for type uuid: "x".'


def test_a_key_belongs_to_whoever_sent_it(world: World, callers: Callers) -> None:
    one, other = world.candidates(world.line(), "factory_a", "factory_b")
    key = {"Idempotency-Key": "mine"}
    for made in (one, other):
        answer = callers[made.factory].post(
            "/rpc/submit_quote",
            json={"allocation_item_supplier_id": str(made.id), "price": 3},
            headers=key,
        )
        assert answer.json()["id"] == str(made.id)


def test_a_repeated_insert_with_an_id_of_its_own_is_ignored(world: World, callers: Callers) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    world.award(made)
    world.signed(made)
    receipt = {"id": str(uuid4()), "allocation_item_supplier_id": str(made.id), "qty_received": 60}
    ignore = {"Prefer": "resolution=ignore-duplicates, return=representation"}
    first = callers["warehouse"].post("/factory_receipts", json=receipt, headers=ignore)
    again = callers["warehouse"].post("/factory_receipts", json=receipt, headers=ignore)
    assert (first.status_code, len(first.json()), again.is_success, again.json()) == (
        201,
        1,
        True,
        [],
    )
    assert world.look("allocation_items_supplier", made.id)["accepted_qty"] == 60


# Plain writes


def test_a_change_of_a_row_that_was_changed_since_is_refused(
    world: World, callers: Callers
) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    row = f"/allocation_items_supplier?id=eq.{made.id}"
    seen = callers["factory_a"].get(f"{row}&select=row_version").json()[0]["row_version"]
    change = {"price": 12, "row_version": seen}
    assert callers["factory_a"].patch(row, json=change).status_code == 204
    stale = callers["factory_a"].patch(row, json=change)
    assert refusal(stale) == (412, "OMS_STALE_ROW_VERSION")
    assert json.loads(stale.json()["details"]) == {"row_version": seen + 1}


def test_a_stale_version_as_a_filter_changes_nothing(world: World, callers: Callers) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    row = f"/allocation_items_supplier?id=eq.{made.id}&row_version=eq.1"
    answer = callers["factory_a"].patch(
        row, json={"price": 12}, headers={"Prefer": "return=representation"}
    )
    assert (answer.status_code, answer.json()) == (200, [])


def test_receipts_of_a_bulk_insert_are_taken_all_or_none(world: World, callers: Callers) -> None:
    one, other = world.candidates(world.line(), "factory_a", "factory_b")
    for made in (one, other):
        world.award(made, 50)
        world.signed(made)
    fits, too_many = (
        [{"allocation_item_supplier_id": str(s.id), "qty_received": q} for s, q in quantities]
        for quantities in (((one, 20), (other, 20), (one, 30)), ((one, 1), (other, 10)))
    )
    assert callers["warehouse"].post("/factory_receipts", json=fits).status_code == 201
    refused = callers["warehouse"].post("/factory_receipts", json=too_many)
    assert refusal(refused) == (409, "OMS_RECEIPT_EXCEEDS_TOLERANCE")
    accepted = [world.look("allocation_items_supplier", s.id)["accepted_qty"] for s in (one, other)]
    assert accepted == [50, 20]


def test_a_factory_signs_by_plain_write(world: World, callers: Callers) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    world.award(made)
    contract = world.issued(made)
    answer = callers["factory_a"].patch(
        f"/factory_pos?id=eq.{contract}",
        json={"status": "PC_SIGNED"},
        headers={"Prefer": "return=representation", "X-Forwarded-For": "203.0.113.9"},
    )
    [signed] = answer.json()
    assert (signed["status"], signed["signed_by_name"], signed["signed_from"]) == (
        "PC_SIGNED",
        "factory_a",
        "203.0.113.9",
    )
    assert world.status(made.line) == "PC_SIGNED"


# Reading


def test_everything_of_a_table_that_one_may_read_is_readable(
    world: World, callers: Callers
) -> None:
    """`select=*` works wherever anything may be selected, and nowhere else."""
    tables = [
        str(name)
        for (name,) in world.owner.execute(
            "select relname from pg_class"
            " where relnamespace = 'ops'::regnamespace and relkind in ('r', 'v')"
        )
    ]
    for persona in (*PORTALS, *STAFF):
        role = world.personas[persona].role
        for table in tables:
            [(granted,)] = world.owner.execute(
                "select has_any_column_privilege(%s, %s, 'select')", [role, f"ops.{table}"]
            )
            answer = callers[persona].get(f"/{table}?select=*&limit=2")
            assert answer.status_code == (200 if granted else 403), (persona, table, answer.text)


def test_the_description_of_the_api_lists_what_the_caller_may_use(
    world: World, callers: Callers
) -> None:
    for persona in (*PORTALS, *STAFF):
        role = world.personas[persona].role
        usable = {
            str(path)
            for (path,) in world.owner.execute(
                "select '/' || relname from pg_class"
                " where relnamespace = 'ops'::regnamespace and relkind in ('r', 'v')"
                " and (has_any_column_privilege(%(role)s, oid, 'select, insert, update')"
                " or has_table_privilege(%(role)s, oid, 'delete'))"
                " union select '/rpc/' || proname from pg_proc"
                " where pronamespace = 'ops'::regnamespace and proname <> 'allocation_ids'"
                " and has_function_privilege(%(role)s, oid, 'execute')",
                {"role": role},
            )
        }
        assert set(callers[persona].get("/").json()["paths"]) - {"/"} == usable, persona
    listed = callers["factory_a"].get("/").json()["definitions"]
    assert not {"orders", "order_items", "allocations", "allocation_items"} & set(listed)


def test_no_more_rows_are_sent_than_the_limit(callers: Callers) -> None:
    styles = [{"style_number": f"MAX-{n}", "name": "Many"} for n in range(1001)]
    assert callers["planner"].post("/styles", json=styles).status_code == 201
    answer = callers["planner"].get(
        "/styles?select=id&style_number=like.MAX-*", headers={"Prefer": "count=exact"}
    )
    assert (answer.status_code, len(answer.json())) == (206, 1000)
    assert answer.headers["content-range"] == "0-999/1001"


def test_lines_are_embedded_in_their_order(world: World, callers: Callers) -> None:
    order = world.order()
    line = world.line(sizes={"S": 1, "M": 2}, order=order)
    [read] = (
        callers["client_a"]
        .get(f"/orders?id=eq.{order}&select=*,order_items(*,order_item_sizes(size_label,quantity))")
        .json()
    )
    [embedded] = read["order_items"]
    assert embedded["id"] == str(line)
    assert embedded["order_item_sizes"] == [
        {"size_label": "S", "quantity": 1},
        {"size_label": "M", "quantity": 2},
    ]


def test_where_two_keys_join_two_tables_the_embed_names_one(world: World, callers: Callers) -> None:
    line = world.line()
    first, second = world.allocation({line: 60}), world.allocation({line: 40})
    row = f"/order_items?id=eq.{line}"
    ambiguous = callers["planner"].get(f"{row}&select=allocation_items(id)")
    assert (ambiguous.status_code, ambiguous.json()["code"]) == (300, "PGRST201")
    [read] = (
        callers["planner"]
        .get(
            f"{row}&select=all:allocation_items!allocation_items_order_item_fkey(allocation_id),"
            "newest:allocation_items!order_items_allocation_item_fkey(allocation_id)"
        )
        .json()
    )
    assert {item["allocation_id"] for item in read["all"]} == {str(first), str(second)}
    assert read["newest"] == {"allocation_id": str(second)}
    [item] = (
        callers["planner"]
        .get(
            f"/allocation_items?allocation_id=eq.{first}"
            "&select=order_items!allocation_items_order_item_fkey(id)"
        )
        .json()
    )
    assert item == {"order_items": {"id": str(line)}}


def test_the_description_of_the_api_names_the_hints(callers: Callers) -> None:
    tables = callers["planner"].get("/").json()["definitions"]
    for table, column in (
        ("order_items", "allocation_item_id"),
        ("allocation_items", "order_item_id"),
    ):
        assert (
            "!allocation_items_order_item_fkey"
            in tables[table]["properties"][column]["description"]
        )


def test_a_line_tells_every_allocation_that_it_is_in(world: World, callers: Callers) -> None:
    line = world.line()
    allocations = {str(world.allocation({line: 30})) for _ in range(2)}
    [read] = callers["planner"].get(f"/order_items?id=eq.{line}&select=allocation_ids").json()
    assert set(read["allocation_ids"]) == allocations
    [embedded] = (
        callers["planner"]
        .get(
            f"/orders?select=order_items(allocation_ids)&order_items.id=eq.{line}"
            f"&id=eq.{world.look('order_items', line)['order_id']}"
        )
        .json()
    )
    assert set(embedded["order_items"][0]["allocation_ids"]) == allocations


# What a factory cannot learn


def test_a_factory_finds_its_own_rows_only(
    world: World, callers: Callers, slices: dict[str, Slice]
) -> None:
    own, other = slices["factory_a"], slices["factory_b"]
    rival = world.party("factory_b")
    factory = callers["factory_a"]
    exact = {"Prefer": "count=exact"}
    for query in (
        f"/allocation_items_supplier?factory_id=eq.{rival}",
        f"/allocation_items_supplier?factory_id=neq.{world.party('factory_a')}",
        f"/allocation_items_supplier?id=eq.{other.id}",
        f"/allocation_items_supplier?or=(id.eq.{other.id},factory_id.eq.{rival})",
        f"/allocation_items_supplier?not.and=(factory_id.eq.{world.party('factory_a')})",
        f"/allocation_item_supplier_sizes?allocation_item_supplier_id=eq.{other.id}",
        f"/factory_work?factory_id=eq.{rival}",
        f"/payables?factory_id=eq.{rival}",
        f"/factory_pos?factory_id=eq.{rival}",
        f"/directory?id=eq.{rival}",
        f"/directory?id=eq.{world.party('client_a')}",
    ):
        answer = factory.get(query, headers=exact)
        assert (answer.json(), answer.headers["content-range"]) == ([], "*/0"), query
    shared = factory.get(
        f"/allocation_items_supplier?allocation_item_id=eq.{own.item}&select=id,directory(code)",
        headers=exact,
    )
    assert shared.json() == [{"id": str(own.id), "directory": {"code": "factory_a"}}]
    assert shared.headers["content-range"] == "0-0/1"


def test_a_factory_embeds_nothing_that_leads_to_others(callers: Callers) -> None:
    for embed in (
        "allocation_items(*,order_items!allocation_items_order_item_fkey(*)),directory(*)",
        "allocation_items(allocation_items_supplier(*))",
        "allocation_item_supplier_notes!allocation_item_supplier_notes_slice_fkey(*)",
        "colorways(order_items(*))",
        "colorways(colorway_references(*))",
        "factory_po_lines(factory_pos(allocations(*)))",
    ):
        answer = callers["factory_a"].get(f"/allocation_items_supplier?select=*,{embed}")
        assert (answer.status_code, answer.json()["code"]) == (403, "42501"), embed
    by_colour = (
        callers["factory_a"].get("/colorways?select=allocation_items_supplier(factory_id)").json()
    )
    found = {s["factory_id"] for c in by_colour for s in c["allocation_items_supplier"]}
    assert found == {callers.world.party("factory_a")}


def test_a_factory_cannot_count_by_aggregates_or_read_plans(callers: Callers) -> None:
    count = callers["factory_a"].get("/allocation_items_supplier?select=count()")
    assert count.status_code == 400
    plan = callers["factory_a"].get(
        "/allocation_items_supplier", headers={"Accept": "application/vnd.pgrst.plan+json"}
    )
    assert plan.status_code in (406, 415)


GUESSES: list[tuple[str, Callable[[UUID], dict[str, object]]]] = [
    ("submit_quote", lambda id_: {"allocation_item_supplier_id": str(id_), "price": 1}),
    (
        "submit_quotes",
        lambda id_: {"quotes": [{"allocation_item_supplier_id": str(id_), "price": 1}]},
    ),
    ("decline_quote", lambda id_: {"allocation_item_supplier_id": str(id_)}),
    ("withdraw_quote", lambda id_: {"allocation_item_supplier_id": str(id_)}),
    ("report_production", lambda id_: {"allocation_item_supplier_id": str(id_), "shipped_qty": 1}),
]


@pytest.mark.parametrize(("command", "body"), GUESSES, ids=[name for name, _ in GUESSES])
def test_a_guessed_slice_is_answered_like_one_that_does_not_exist(
    callers: Callers,
    slices: dict[str, Slice],
    command: str,
    body: Callable[[UUID], dict[str, object]],
) -> None:
    for caller in (callers["factory_a"], callers["other_factory"]):
        same_answer(partial(guess, caller, command, body), slices["factory_b"].id)


def test_a_guessed_contract_is_answered_like_one_that_does_not_exist(
    world: World, callers: Callers
) -> None:
    [made] = world.candidates(world.line(), "factory_b")
    world.award(made)
    contract = world.issued(made)
    same_answer(
        lambda id_: callers["factory_a"].post(
            "/rpc/sign_contract", json={"factory_po_id": str(id_)}
        ),
        contract,
    )
    assert world.look("factory_pos", contract)["status"] == "ISSUED"


def test_a_guessed_row_is_changed_like_one_that_does_not_exist(
    world: World, callers: Callers, slices: dict[str, Slice]
) -> None:
    same_answer(
        lambda id_: callers["factory_a"].patch(
            f"/allocation_items_supplier?id=eq.{id_}",
            json={"price": 1},
            headers={"Prefer": "return=representation"},
        ),
        slices["factory_b"].id,
        status=200,
    )
    assert world.look("allocation_items_supplier", slices["factory_b"].id)["price"] == 10


def test_a_draft_of_a_contract_is_not_shown_to_its_factory(world: World, callers: Callers) -> None:
    [made] = world.candidates(world.line(), "factory_a")
    world.award(made)
    draft = world.drafted(made)
    factory = callers["factory_a"]
    assert factory.get(f"/factory_pos?id=eq.{draft}").json() == []
    [read] = factory.get(
        f"/allocation_items_supplier?id=eq.{made.id}&select=factory_po_lines(*)"
    ).json()
    assert read == {"factory_po_lines": []}
    same_answer(
        lambda id_: factory.post("/rpc/sign_contract", json={"factory_po_id": str(id_)}),
        draft,
    )


def test_refusals_tell_a_factory_of_nobody_else(world: World, callers: Callers) -> None:
    line = world.line(sizes={"S": 40, "M": 60})
    one, other = world.candidates(line, "factory_a", "factory_b")
    world.award(one, 50)
    world.award(other, 30)
    contract = world.issued(one)
    factory = callers["factory_a"]
    slice_ = {"allocation_item_supplier_id": str(one.id)}
    row = f"/allocation_items_supplier?id=eq.{one.id}"
    answers = [
        factory.post("/rpc/submit_quote", json=slice_ | {"price": 1}),
        factory.post("/rpc/decline_quote", json=slice_),
        factory.post("/rpc/report_production", json=slice_ | {"shipped_qty": 1000}),
        factory.post(
            "/rpc/sign_contract", json={"factory_po_id": str(contract), "terms_hash": "x"}
        ),
        factory.patch(row, json={"quote_status": "invited"}),
        factory.patch(row, json={"capacity_qty": -1}),
        factory.patch(row, json={"awarded_qty": 1}),
        factory.patch(f"/factory_pos?id=eq.{contract}", json={"status": "CLOSED"}),
        factory.get("/order_items"),
        factory.post("/factory_receipts", json=slice_ | {"qty_received": 1}),
    ]
    [order] = world.run(
        "sales",
        "select * from ops.orders where id = %s",
        world.look("order_items", line)["order_id"],
    )
    secrets = {
        "Factory B",
        "factory_b",
        "Client A",
        world.party("factory_b"),
        world.party("client_a"),
        str(other.id),
        str(line),
        str(order["id"]),
        str(order["order_number"]),
    }
    for answer in answers:
        assert 400 <= answer.status_code < 500, answer.text
        assert not [secret for secret in secrets if secret in answer.text], answer.text


# What a client cannot learn


def test_a_client_finds_its_own_rows_only(world: World, callers: Callers) -> None:
    order = world.order("client_b")
    line = world.line(order=order)
    client = callers["client_a"]
    for query in (
        f"/orders?id=eq.{order}",
        f"/orders?client_id=neq.{world.party('client_a')}",
        f"/order_items?id=eq.{line}",
        f"/client_order_lines?order_id=eq.{order}",
        f"/order_history?order_id=eq.{order}",
        f"/directory?id=eq.{world.party('client_b')}",
        f"/directory?id=eq.{world.party('factory_a')}",
    ):
        answer = client.get(query, headers={"Prefer": "count=exact"})
        assert (answer.json(), answer.headers["content-range"]) == ([], "*/0"), query
    for embed in (
        "allocation_items!allocation_items_order_item_fkey(*)",
        "order_item_costs(*)",
        "colorways(allocation_items_supplier(*))",
    ):
        assert client.get(f"/order_items?select=*,{embed}").status_code == 403, embed


def test_a_guessed_order_is_answered_like_one_that_does_not_exist(
    world: World, callers: Callers
) -> None:
    order = world.order("client_b")
    line = world.line(order=order)
    world.line()  # on which the client has seen the colour that it orders here
    client = callers["client_a"]
    same_answer(
        lambda id_: client.post(
            "/order_items",
            json={"order_id": str(id_), "colorway_id": str(world.colorway()), "quantity": 1},
        ),
        order,
    )
    same_answer(
        lambda id_: client.post(
            "/order_item_sizes", json={"order_item_id": str(id_), "size_label": "S", "quantity": 1}
        ),
        line,
    )


# Other organizations


def test_another_organization_finds_nothing_of_ours(
    world: World, callers: Callers, slices: dict[str, Slice]
) -> None:
    made = slices["factory_a"]
    stranger = callers["other_planner"]
    for table, row in (
        ("order_items", made.line),
        ("allocations", made.allocation),
        ("allocation_items", made.item),
        ("allocation_items_supplier", made.id),
        ("directory", UUID(world.party("factory_a"))),
    ):
        answer = stranger.get(f"/{table}?id=eq.{row}", headers={"Prefer": "count=exact"})
        assert (answer.json(), answer.headers["content-range"]) == ([], "*/0"), table
    for table in ("order_items", "allocations", "directory", "members", "styles"):
        rows = stranger.get(f"/{table}?select=organization_id").json()
        assert {r["organization_id"] for r in rows} <= {
            world.personas["other_planner"].organization_id
        }


STRANGE: list[tuple[str, Callable[[UUID], dict[str, object]], str]] = [
    ("award", lambda id_: {"allocation_item_supplier_id": str(id_)}, "id"),
    ("revoke_award", lambda id_: {"allocation_item_supplier_id": str(id_)}, "id"),
    ("close_slice", lambda id_: {"allocation_item_supplier_id": str(id_), "closed_qty": 0}, "id"),
    ("close_allocation_item", lambda id_: {"allocation_item_id": str(id_)}, "item"),
    ("send_allocation", lambda id_: {"allocation_id": str(id_)}, "allocation"),
    ("add_candidates", lambda id_: {"allocation_id": str(id_), "factory_ids": []}, "allocation"),
    ("issue_contracts", lambda id_: {"allocation_id": str(id_)}, "allocation"),
    ("cancel_order_item", lambda id_: {"order_item_id": str(id_)}, "line"),
    ("short_close_item", lambda id_: {"order_item_id": str(id_)}, "line"),
    (
        "allocate_items",
        lambda id_: {"name": "Theirs", "lines": [{"order_item_id": str(id_)}]},
        "line",
    ),
]


@pytest.mark.parametrize(("command", "body", "of"), STRANGE, ids=[name for name, *_ in STRANGE])
def test_the_commands_of_another_organization_do_not_reach_us(
    callers: Callers,
    slices: dict[str, Slice],
    command: str,
    body: Callable[[UUID], dict[str, object]],
    of: str,
) -> None:
    same_answer(
        partial(guess, callers["other_planner"], command, body),
        getattr(slices["factory_a"], of),
    )


def guess(
    caller: httpx.Client, command: str, body: Callable[[UUID], dict[str, object]], id_: UUID
) -> httpx.Response:
    return caller.post(f"/rpc/{command}", json=body(id_))


def same_answer(ask: Callable[[UUID], httpx.Response], there: UUID, *, status: int = 404) -> None:
    """Check that a row which is there but not for the caller gets the answer of one that is not."""
    nowhere = uuid4()
    hidden, missing = ask(there), ask(nowhere)
    assert hidden.status_code == missing.status_code == status, hidden.text
    assert hidden.text.replace(str(there), "…") == missing.text.replace(str(nowhere), "…")
    if status == 404:
        assert refusal(hidden) == (404, "OMS_NOT_FOUND")
