"""Ways round the API that SQL alone does not show; what each persona finds is in test_http.py."""

from collections.abc import Callable

import httpx
import pytest

from conftest import Api, Database

Door = Callable[[str], httpx.Client]


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


@pytest.mark.parametrize(
    ("persona", "path"),
    [
        ("factory_a", "/allocation_items_supplier"),
        ("factory_a", "/factory_work"),
        ("factory_a", "/factory_pos?select=*,factory_po_lines(*)"),
        ("factory_a", "/styles"),
        ("client_a", "/orders"),
        ("client_a", "/client_order_lines"),
        ("vendor", "/members"),
    ],
)
def test_no_read_is_estimated_for_who_says_prefer_twice(
    door: Door, persona: str, path: str
) -> None:
    # PostgREST follows the first header and shows the database the last one.
    twice = [("Prefer", "count=planned"), ("Prefer", "count=exact")]
    client = door(persona)
    for _ in range(2):  # the second time from a prepared statement
        assert refusal(client.get(path, headers=twice)) == (400, "OMS_COUNT_NOT_ALLOWED")


@pytest.mark.parametrize(
    "path",
    [
        "/orders?select=order_items(allocation_items!allocation_items_order_item_fkey(*))",
        "/order_history?select=message,request_origins(*)",
        "/order_items?select=line_number,order_item_costs(*)",
        "/order_items?select=line_number,allocation_ids",
        "/colorways?select=marketing_name,colorway_references(*)",
        "/colorways?select=marketing_name,allocation_items_supplier(*)",
    ],
)
def test_a_client_embeds_nothing_that_is_hidden_from_it(door: Door, path: str) -> None:
    assert refusal(door("client_a").get(path)) == (403, "42501")


@pytest.mark.parametrize("schema", ["private", "tests", "auth", "extensions", "pg_catalog"])
def test_no_other_schema_is_served(door: Door, schema: str) -> None:
    answer = door("planner").get("/members", headers={"Accept-Profile": schema})
    assert refusal(answer) == (406, "PGRST106")


@pytest.mark.parametrize("function", ["set_config", "pg_sleep", "fail", "next_number", "settings"])
def test_only_commands_are_called(door: Door, function: str) -> None:
    assert door("planner").post(f"/rpc/{function}", json={}).status_code == 404


@pytest.mark.parametrize("role", ["oms_staff", "oms_worker", "service_role", "authenticator"])
def test_a_token_for_no_persons_role_opens_nothing(api: Api, role: str) -> None:
    token = api.token(
        role,
        organization="00000000-0000-7000-8000-000000000001",
        sub="00000000-0000-7000-8000-0000000000b2",
    )
    assert api.client(token).get("/orders").status_code == 403
