"""Events: what they say is what their type says, and one worker at a time handles them."""

from typing import Any
from uuid import UUID

import jsonschema
import psycopg
import pytest

from conftest import Database
from oms_jobs.database import acting_for

BRAND = UUID("00000000-0000-7000-8000-000000000001")


@pytest.fixture(scope="module")
def schemas(database: Database) -> dict[str, Any]:
    rows = database.connect().execute(
        "select t.type, private.payload_schema(t.fields) from private.event_types as t"
    )
    return {str(kind): schema for kind, schema in rows}


def test_every_schema_is_a_json_schema(schemas: dict[str, Any]) -> None:
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_payload_is_what_its_schema_says(database: Database, schemas: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    told = set()
    for kind, payload in database.connect().execute("select type, payload from private.outbox"):
        schema = schemas[str(kind)]
        jsonschema.Draft202012Validator(schema, format_checker=checker).validate(payload)
        told.add(kind)
    assert len(told) > 20, "the fixtures do not tell enough"


def test_two_workers_do_not_handle_the_events_of_one_organization_at_once(worker_url: str) -> None:
    handle = "select handled, failed from private.handle_events(5)"
    with acting_for(worker_url, BRAND) as first:
        assert first.execute(handle).fetchone() == (5, 0)
        with acting_for(worker_url, BRAND) as second:
            assert second.execute(handle).fetchone() == (0, 0)
    with acting_for(worker_url, BRAND) as second:
        assert second.execute(handle).fetchone() == (5, 0)


def test_what_is_not_committed_is_not_told(database: Database) -> None:
    pending = "select count(*) from private.outbox"
    watching = database.connect()
    before = watching.execute(pending).fetchone()
    acting = database.connect(autocommit=False)
    acting.execute("select tests.make_order()")
    assert acting.execute(pending).fetchone() != before
    acting.rollback()
    assert watching.execute(pending).fetchone() == before


def test_a_commit_wakes_the_workers_once(database: Database, worker_url: str) -> None:
    acting = database.connect(autocommit=False)
    with psycopg.connect(worker_url, autocommit=True) as listening:
        listening.execute("listen oms_outbox")
        acting.execute("select tests.make_order(), tests.make_order()")
        acting.commit()
        heard = list(listening.notifies(timeout=1, stop_after=2))
    assert [notify.channel for notify in heard] == ["oms_outbox"]
