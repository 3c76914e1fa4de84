"""What somebody with a token might try over HTTP that SQL alone does not show."""

from collections.abc import Callable

import httpx
import pytest

from conftest import Api, Database

Door = Callable[[str], httpx.Client]
# Embeds that two keys could mean.
NOTES = "allocation_item_supplier_notes!allocation_item_supplier_notes_slice_fkey"
ALLOCATED = "allocation_items!allocation_items_order_item_fkey"
BRAND = "00000000-0000-7000-8000-000000000001"


@pytest.fixture
def door(api: Api, database: Database) -> Door:
    """Open the API as one of the personas of the fixtures."""

    def opened(persona: str) -> httpx.Client:
        person = database.connect().execute(
            "select role, organization_id, party_id, user_id from tests.personas where name = %s",
            [persona],
        )
        role, organization, party, sub = (
            str(value) if value else None for value in person.fetchall()[0]
        )
        assert role
        return api.client(api.token(role, organization=organization, party=party, sub=sub))

    return opened


def refusal(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["hint"] or response.json()["code"]


@pytest.mark.parametrize("count", ["planned", "estimated"])
@pytest.mark.parametrize(
    ("persona", "path"),
    [("factory_a", "/allocation_items_supplier"), ("client_a", "/orders"), ("vendor", "/members")],
)
def test_portals_get_no_estimates(door: Door, persona: str, path: str, count: str) -> None:
    answer = door(persona).get(path, headers={"Prefer": f"count={count}"})
    assert refusal(answer) == (400, "OMS_COUNT_NOT_ALLOWED")


@pytest.mark.parametrize(
    ("persona", "path"),
    [
        ("factory_a", "/allocation_items_supplier"),
        ("factory_a", "/factory_work"),
        ("factory_a", "/factory_pos?select=*,factory_po_lines(*)"),
        ("factory_a", "/styles"),
        ("client_a", "/orders"),
        ("client_a", "/client_order_lines"),
        ("vendor", "/directory"),
    ],
)
def test_nor_by_saying_prefer_twice(door: Door, persona: str, path: str) -> None:
    # PostgREST follows the first header and shows the database the last one.
    twice = [("Prefer", "count=planned"), ("Prefer", "count=exact")]
    assert refusal(door(persona).get(path, headers=twice)) == (400, "OMS_COUNT_NOT_ALLOWED")


def test_portals_count_exactly_what_they_see(door: Door) -> None:
    for persona in ("factory_a", "factory_c"):
        answer = door(persona).get("/factory_work", headers={"Prefer": "count=exact"})
        assert int(answer.headers["Content-Range"].split("/")[1]) == len(answer.json())


def test_staff_may_estimate(door: Door) -> None:
    assert door("planner").get("/orders", headers={"Prefer": "count=planned"}).is_success


@pytest.mark.parametrize(
    ("persona", "query"),
    [
        ("factory_a", "/allocation_items_supplier?select=id,allocation_items(*)"),
        ("factory_a", "/allocation_items_supplier?select=id,allocation_items!inner(id)&limit=1"),
        ("factory_a", f"/allocation_items_supplier?select=id,{NOTES}(*)"),
        ("factory_a", "/factory_pos?select=po_number,allocations(name)"),
        ("factory_a", "/colorways?select=marketing_name,order_items(*)"),
        (
            "client_a",
            f"/orders?select=order_items({ALLOCATED}(*))",
        ),
        ("client_a", "/order_history?select=message,request_origins(*)"),
        ("client_a", "/order_items?select=line_number,order_item_costs(*)"),
        ("client_a", "/order_items?select=line_number,allocation_ids"),
        ("client_a", "/colorways?select=marketing_name,colorway_references(*)"),
    ],
)
def test_an_embed_does_not_reach_what_is_hidden(door: Door, persona: str, query: str) -> None:
    assert refusal(door(persona).get(query)) == (403, "42501")


def test_an_embed_names_nobody_else(door: Door) -> None:
    names = door("factory_a").get("/factory_pos?select=directory(name)").json()
    assert {row["directory"]["name"] for row in names} == {"Factory A"}


@pytest.mark.parametrize("schema", ["private", "tests", "auth", "extensions", "pg_catalog"])
def test_no_other_schema_is_served(door: Door, schema: str) -> None:
    answer = door("factory_a").get("/members", headers={"Accept-Profile": schema})
    assert refusal(answer) == (406, "PGRST106")


@pytest.mark.parametrize("function", ["set_config", "pg_sleep", "fail", "next_number", "settings"])
def test_only_commands_are_called(door: Door, function: str) -> None:
    assert door("planner").post(f"/rpc/{function}", json={}).status_code == 404


def test_a_plan_is_not_shown(door: Door) -> None:
    plan = {"Accept": "application/vnd.pgrst.plan+json"}
    assert door("factory_a").get("/factory_pos", headers=plan).status_code == 415


def test_the_api_page_lists_what_one_may_use(door: Door) -> None:
    paths = door("client_a").get("/").json()["paths"]
    assert {
        path for path in paths if "factor" in path or "alloc" in path or "cost" in path
    } == set()
    assert "/orders" in paths


@pytest.mark.parametrize("role", ["oms_staff", "oms_worker", "service_role", "authenticator"])
def test_a_token_for_no_persons_role_opens_nothing(api: Api, role: str) -> None:
    token = api.token(role, organization=BRAND, sub="00000000-0000-7000-8000-0000000000b2")
    assert api.client(token).get("/orders").status_code == 403


def test_strangers_see_nothing(api: Api) -> None:
    assert api.client().get("/orders").status_code == 401
    assert set(api.client().get("/").json()["paths"]) == {"/"}


def test_whoever_is_suspended_is_told_so(door: Door) -> None:
    assert refusal(door("suspended").get("/orders")) == (403, "OMS_MEMBERSHIP_NOT_ACTIVE")
