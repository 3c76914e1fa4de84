"""A load is what it would be had people entered it; benchmarks measure what they say."""

from collections.abc import Iterator
from typing import LiteralString, cast

import pytest
from psycopg import sql

from bench import __main__ as bench
from bench.measure import QUICK, Report
from bench.pages import LIMIT, PAGES, PARTIES, Page, query_of
from bench.workshop import CATALOGUE, STOCK, WORK
from conftest import ROOT, Database
from oms_cli.bench import load
from oms_cli.consent import agree_to_drop
from oms_cli.errors import OmsCliError
from oms_cli.members import member_for
from oms_cli.paths import Project
from oms_cli.server import Server, create_database, drop_database
from oms_cli.tokens import act_as

LINES = 5_000
FOREIGN_KEYS_ANEW = """
do $$
declare
  key record;
begin
  for key in
    select c.conrelid::regclass as owner, c.conname, pg_get_constraintdef(c.oid) as definition
    from pg_constraint as c
    where c.contype = 'f' and c.connamespace = 'ops'::regnamespace
  loop
    execute format(
      'alter table %s drop constraint %I, add constraint %I %s',
      key.owner, key.conname, key.conname, key.definition
    );
  end loop;
end
$$
"""


@pytest.fixture(scope="module")
def loaded(database: Database) -> Database:
    load.fill(database.server, LINES, lambda *_: None)
    return database


@pytest.fixture
def second_load(server: Server, template: str) -> Iterator[Database]:
    name = f"{template}_again"
    again = Database(create_database(server, name, template=template))
    try:
        load.fill(again.server, LINES, lambda *_: None)
        yield again
    finally:
        again.close()
        drop_database(server, name)


def fetched(database: Database, query: LiteralString) -> list[tuple[object, ...]]:
    return database.connect().execute(query).fetchall()


def test_a_load_violates_no_invariant(loaded: Database) -> None:
    assert fetched(loaded, "select * from private.invariant_violations") == []


def test_a_loads_statuses_are_those_that_its_facts_make(loaded: Database) -> None:
    query = (ROOT / "tests/python/derived_anew.sql").read_bytes()
    assert loaded.connect().execute(query).fetchall() == []


def test_every_reference_of_a_load_can_be_followed(loaded: Database) -> None:
    loaded.connect().execute(FOREIGN_KEYS_ANEW)


def test_a_load_has_lines_and_contracts_at_every_stage(loaded: Database) -> None:
    missing = fetched(
        loaded,
        """
        select s::text from unnest(enum_range(null::ops.allocation_status)) as s
        where s not in (select allocation_status from ops.order_items)
        union all
        select s::text from unnest(enum_range('DRAFT'::ops.factory_po_status, 'CLOSED')) as s
        where s not in (select status from ops.factory_pos)
        """,
    )
    assert missing == []


def test_organizations_share_the_lines_unequally(loaded: Database) -> None:
    shares = fetched(
        loaded,
        """
        select o.code, count(i.id)
        from ops.organizations as o
        left join ops.order_items as i on i.organization_id = o.id
        where o.code like 'load-%'
        group by o.code
        order by count(i.id) desc
        """,
    )
    assert sum(int(str(lines)) for _, lines in shares) == LINES
    assert shares[0] == (load.LARGEST, LINES // 2)
    assert shares[-1] == (load.WORKBENCH, 0)


def test_the_same_number_of_lines_gives_the_same_load(
    loaded: Database, second_load: Database
) -> None:
    query: LiteralString = """
        select s.id, s.factory_id, s.order_qty, s.price, s.balance, s.created_at
        from ops.allocation_items_supplier as s
        order by s.id
    """
    assert fetched(loaded, query) == fetched(second_load, query)


def test_a_load_can_be_worked_on(loaded: Database) -> None:
    planner = loaded.connect()
    act_as(planner, member_for(planner, "oms_planner", None, load.LARGEST))
    awarded = planner.execute(
        """
        with slice as (
          update ops.allocation_items_supplier as s
          set is_awarded = true
          where s.id = (
            select c.id
            from ops.allocation_items_supplier as c
            inner join ops.allocation_items as a on a.id = c.allocation_item_id
            where c.quote_status = 'quoted' and a.effective_qty = 0
            order by c.id
            limit 1
          )
          returning s.allocation_item_id
        )
        select a.order_item_id
        from slice inner join ops.allocation_items as a on a.id = slice.allocation_item_id
        """
    ).fetchone()
    assert awarded
    assert planner.execute(
        "select allocation_status::text from ops.order_items where id = %s", awarded
    ).fetchall() == [("CONFIRMED",)]


def test_a_load_does_not_replace_what_somebody_else_has(loaded: Database) -> None:
    with pytest.raises(OmsCliError, match="The load would drop database"):
        agree_to_drop(loaded.server, "The load", load.CODES, yes=False)


# Of few rows to begin with, or sums over all.
MAY_SORT = {"factory_pos (ISSUED)", "payables_by_contract", "payables_by_factory"}


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.title not in MAY_SORT],
    ids=lambda page: f"{page.role}-{page.title}",
)
def test_a_page_among_many_organizations_is_walked_not_sorted(loaded: Database, page: Page) -> None:
    reader = loaded.connect()
    claims = member_for(reader, page.role, PARTIES.get(page.role), load.LARGEST)
    act_as(reader, claims)
    query = query_of(page, sql.SQL("*"), None, None, LIMIT)
    row = reader.execute(sql.SQL("explain (format json) {}").format(query)).fetchone()
    [explained] = cast(list[dict[str, dict[str, list[dict[str, str]]]]], row[0] if row else [])
    [walk] = [node for node in explained["Plan"]["Plans"] if node["Parent Relationship"] == "Outer"]
    assert "Sort" not in walk["Node Type"]


@pytest.fixture(scope="module")
def quick_run(project: Project, server: Server) -> Iterator[tuple[dict[str, Report], Database]]:
    own = Database(server.on(f"oms_bench_{QUICK.lines}"))
    try:
        _, reports = bench.measured(project, server, QUICK, list(bench.BENCHMARKS))
        yield reports, own
    finally:
        own.close()
        drop_database(server, own.server.database)


def test_every_benchmark_reports_what_it_aims_at(
    quick_run: tuple[dict[str, Report], Database],
) -> None:
    reports, _ = quick_run
    assert list(reports) == list(bench.BENCHMARKS)
    for report in reports.values():
        assert report.rows
        assert report.outcomes
        assert all(outcome.ratio and outcome.ratio > 0 for outcome in report.outcomes)


def test_pages_of_every_audience_are_measured(
    quick_run: tuple[dict[str, Report], Database],
) -> None:
    reports, database = quick_run
    readers = fetched(database, "select unnest(enum_range(null::ops.member_role))::text")
    measured = {row["role"] for name in ("pages", "lists") for row in reports[name].rows}
    assert measured == {role for (role,) in readers}


def test_benchmarks_leave_the_load_as_it_was(
    quick_run: tuple[dict[str, Report], Database],
) -> None:
    _, database = quick_run
    assert fetched(database, "select count(*) from ops.order_items") == [(QUICK.lines,)]
    assert fetched(database, "select to_regnamespace('bare')") == [(None,)]
    owner = database.connect()
    for table in (*WORK, *STOCK, *CATALOGUE):
        rows = owner.execute(sql.SQL("select * from {}").format(sql.Identifier("ops", table)))
        assert rows.fetchall() == [], table
    assert fetched(database, "select * from private.invariant_violations") == []
