"""The local stack and `oms db`, on a tiny project of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from conftest import ROOT
from oms_cli import checking, drafting, linting
from oms_cli.building import scratch_database
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.postgres import refuge_of
from oms_cli.server import Server, connected, offers

COUNTING = """
create table private.counts (id integer);

create function private.tg_things__count() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  {body}
  return null;
end
$$;

create trigger _500_count_insert after insert on ops.things referencing new table as new_rows
for each statement execute function private.tg_things__count();
create trigger _500_count_update after update on ops.things
referencing old table as old_rows new table as new_rows
for each statement execute function private.tg_things__count();
"""
CONFIG = """
project_id = "tiny"
[api]
schemas = ["ops"]
max_rows = 1000
[db.migrations]
schema_paths = ["../sql/schemas/*.sql", "../sql/tables/*.sql", "../sql/rls/things.sql"]
"""
SCHEMAS = """\
create schema ops;
create schema private;
grant usage on schema ops, private to anon;

create function private.pre_request() returns void
language sql
set search_path = ''
as $$ select $$;
"""
THINGS = """\
create table ops.things (
  id   uuid not null default gen_random_uuid(),
  name text not null,

  constraint things_pkey primary key (id)
);
"""
RLS = """\
alter table ops.things enable row level security;

grant select on ops.things to anon;

create policy things_read on ops.things for select to anon
using (name <> 'secret');
"""


@pytest.fixture
def tiny() -> Iterator[Project]:
    """Make a project that any account may reach, and leave nothing of it behind."""
    root = Path(tempfile.mkdtemp(prefix="oms-tiny-"))
    root.chmod(0o711)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    for name in (".sqlfluff", ".squawk.toml"):
        shutil.copy(ROOT / name, root)
    files = {
        "supabase/config.toml": CONFIG,
        "sql/schemas/tiny.sql": SCHEMAS,
        "sql/tables/things.sql": THINGS,
        "sql/rls/things.sql": RLS,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    yield Project(root)
    oms(root, "down", "--delete-data")
    shutil.rmtree(root)


@pytest.fixture
def drafted(tiny: Project) -> Project:
    """Give the tiny project the migrations that `oms db draft initial` would write."""
    tiny.migrations.mkdir()
    for minute, kind in enumerate(("schemas/tiny", "tables/things", "rls/things")):
        text = (tiny.root / f"sql/{kind}.sql").read_text()
        folder, domain = kind.split("/")
        migration = tiny.migrations / f"202601010000{minute}0_{domain}_{folder}.sql"
        migration.write_text(f"-- declared in sql/{kind}.sql\n{text}")
    return tiny


def oms(root: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("OMS_") or name == "OMS_POSTGRES_BIN"
    }
    return subprocess.run(
        [sys.executable, "-m", "oms_cli.main", *arguments],
        cwd=root,
        env=environment | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def findings(project: Project, server: Server) -> dict[str, list[str]]:
    """Run the checks and return what failed."""
    results = checking.run_checks(project, server)
    return {result.name: result.findings for result in results if not result.passed}


@pytest.fixture
def linter(server: Server) -> Server:
    """Give the server if it can lint; `make test-pg15` runs on one that can."""
    with connected(server.admin_url) as connection:
        if not offers(connection, "plpgsql_check"):
            pytest.skip("this Postgres has no plpgsql_check")
    return server


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text() + text)


def test_a_stack_serves_refuses_a_second_start_and_keeps_its_database(drafted: Project) -> None:
    root = drafted.root
    assert oms(root, "status").returncode == 1

    started = json.loads(oms(root, "up", "--json").stdout)
    assert started["running"]
    assert httpx.get(f"{started['rest_url']}/things").json() == []
    oms(root, "sql", "insert into ops.things (name) values ('kept'), ('secret')")

    again = oms(root, "up")
    assert again.returncode == 1
    assert "already up" in again.stderr
    assert "Traceback" not in again.stderr

    assert oms(root, "down").returncode == 0
    status = oms(root, "status", "--json")
    assert status.returncode == 1
    assert json.loads(status.stdout)["parts"]["postgres"]["state"] == "stopped"

    reopened = json.loads(oms(root, "up", "--json").stdout)
    things = httpx.get(f"{reopened['rest_url']}/things?select=name").json()
    assert things == [{"name": "kept"}]

    assert oms(root, "db", "reset").returncode == 0
    assert httpx.get(f"{reopened['rest_url']}/things").json() == []
    assert (drafted.state / "secrets.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("part", ["postgres", "postgrest", "inbox"])
def test_a_part_that_died_is_noticed_and_replaced(drafted: Project, part: str) -> None:
    root = drafted.root
    parts = json.loads(oms(root, "up", "--json").stdout)["parts"]
    os.kill(parts[part]["pid"], signal.SIGKILL)

    status = oms(root, "status", "--json")
    assert status.returncode == 1
    assert {name: one["state"] for name, one in json.loads(status.stdout)["parts"].items()} == {
        "postgres": "running",
        "postgrest": "running",
        "inbox": "running",
        part: "dead",
    }
    assert f"{part} died" in oms(root, "sql", "select 1").stderr

    again = oms(root, "up")
    assert again.returncode == 0, again.stderr
    assert f"Cleaning up after a stack whose {part} died" in again.stderr
    assert oms(root, "status").returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_private_folder_is_served_from_one_that_the_server_can_reach(drafted: Project) -> None:
    drafted.root.chmod(0o700)
    started = oms(drafted.root, "up")
    assert started.returncode == 0, started.stderr
    assert f"data goes to {refuge_of(drafted)}" in started.stderr

    oms(drafted.root, "down", "--delete-data")
    assert not refuge_of(drafted).exists()


def test_a_draft_is_each_new_file_and_then_the_difference(tiny: Project, server: Server) -> None:
    files = drafting.draft(tiny, server, "initial", "20260101000000")
    assert [file.name for file in files] == [
        "20260101000000_tiny_schemas.sql",
        "20260101000100_things_tables.sql",
        "20260101000200_things_rls.sql",
    ]
    assert files[1].read_text() == f"-- declared in sql/tables/things.sql\n{THINGS}"
    assert drafting.draft(tiny, server, "nothing", None) == []

    append(tiny.root / "sql/tables/things.sql", "comment on table ops.things is 'Things.';\n")
    (change,) = drafting.draft(tiny, server, "describe_things", "20260102000000")
    assert change.name == "20260102000000_describe_things.sql"
    assert "comment on table ops.things is 'Things.';" in change.read_text()
    assert findings(tiny, server) == {}


def test_a_draft_that_fails_leaves_nothing(tiny: Project, server: Server) -> None:
    append(tiny.root / "sql/tables/things.sql", "\nselect nothing;\n")
    with pytest.raises(OmsCliError, match=r"(?s)things_tables.*nothing. does not exist"):
        drafting.draft(tiny, server, "initial", None)
    assert list(tiny.migrations.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("sql/tables/things.sql", "alter table ops.things add note text;\n", "note"),
        ("sql/rls/things.sql", "grant insert (name) on ops.things to anon;\n", "GRANT INSERT"),
        ("supabase/migrations/20260103000000_x.sql", "drop policy things_read on ops.things;", ""),
    ],
)
def test_check_finds_a_difference(
    drafted: Project, server: Server, file: str, text: str, expected: str
) -> None:
    (drafted.root / file).touch()
    append(drafted.root / file, text)
    (difference,) = findings(drafted, server)["migrations equal sql/"]
    assert expected in difference


@pytest.mark.parametrize("role", ["anon", "pg_monitor"])
def test_check_finds_a_table_without_row_security(
    drafted: Project, server: Server, role: str
) -> None:
    for file in (drafted.root / "sql/rls").glob("*"), drafted.migrations.glob("*_rls.sql"):
        next(file).write_text(f"grant select on ops.things to {role};\n")
    found = findings(drafted, server)
    assert found["row security"] == ["ops.things has no row level security"]
    # The official advisors look at Supabase's own roles only.
    assert ("advisors" in found) == (role == "anon")


def test_check_names_the_line_that_does_not_build(drafted: Project, server: Server) -> None:
    append(drafted.root / "sql/tables/things.sql", "select nothing;\n")
    assert findings(drafted, server)["sql/ builds"] == [
        'sql/tables/things.sql:7: column "nothing" does not exist'
    ]


def test_a_server_of_the_users_own_is_used_as_it_is(drafted: Project, server: Server) -> None:
    with scratch_database(server, "own") as own:
        started = oms(drafted.root, "up", "--json", OMS_DATABASE_URL=own.admin_url)
        state = json.loads(started.stdout)
        assert state["database_url"] == own.admin_url
        assert state["parts"]["postgres"]["state"] == "your own"
        assert httpx.get(f"{state['rest_url']}/things").json() == []
        assert "Set it again" in oms(drafted.root, "sql", "select 1").stderr
        assert oms(drafted.root, "down").returncode == 0
    assert not (drafted.state / "postgres").exists()


def test_check_finds_bad_style_and_a_dangerous_migration(drafted: Project, server: Server) -> None:
    append(drafted.root / "sql/rls/things.sql", "\nSELECT 1;\n")
    (drafted.migrations / "20260103000000_x.sql").write_text("drop table ops.things;\n")
    found = findings(drafted, server)
    assert "keywords must be lower case" in found["sqlfluff"][0].lower()
    assert "ban-drop-table" in found["squawk"][0]


def test_another_postgres_is_asked_for_by_its_folder(drafted: Project, tmp_path: Path) -> None:
    refused = oms(drafted.root, "up", OMS_POSTGRES_BIN=str(tmp_path))
    assert refused.returncode == 1
    assert f"not a folder of Postgres' programs: {tmp_path}" in refused.stderr
    assert "apt-get install postgresql-15" in refused.stderr


def test_a_cluster_of_another_version_is_told_from_a_broken_one(drafted: Project) -> None:
    oms(drafted.root, "up")
    oms(drafted.root, "down")
    (drafted.state / "postgres/data/PG_VERSION").write_text("9\n")
    refused = oms(drafted.root, "up")
    assert refused.returncode == 1
    assert "initialized by PostgreSQL version 9" in refused.stderr


def test_lint_names_the_package_that_it_lacks(drafted: Project) -> None:
    refused = oms(drafted.root, "db", "lint", OMS_POSTGRES_BIN="")
    assert refused.returncode == 1
    assert "apt-get install postgresql-17-plpgsql-check" in refused.stderr


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("insert into private.counts select 1 from new_rows;", None),
        ("if tg_op = 'UPDATE' then perform from old_rows; end if;", None),
        ("perform from old_rows;", 'line 3: error: relation "old_rows" does not exist'),
        ("if false then perform new_rows.size from new_rows; end if;", "size does not exist"),
        ("declare forgotten text; begin end;", 'unused variable "forgotten"'),
    ],
)
def test_lint_reads_a_trigger_function_with_the_tables_of_each_trigger(
    drafted: Project, linter: Server, body: str, expected: str | None
) -> None:
    append(next(drafted.migrations.glob("*_rls.sql")), COUNTING.format(body=body))
    found = linting.lint(drafted, linter)
    assert len(found) == (expected is not None), found
    if expected:
        assert found[0].startswith("private.tg_things__count() on ops.things, line ")
        assert expected in found[0]


def test_lint_finds_a_trigger_function_that_no_trigger_runs(
    drafted: Project, linter: Server
) -> None:
    counting, _, _ = COUNTING.format(body="").partition("create trigger")
    append(next(drafted.migrations.glob("*_rls.sql")), counting)
    assert linting.lint(drafted, linter) == [
        "private.tg_things__count(): warning: no trigger runs it"
    ]


def test_lint_stages_what_an_import_reads(drafted: Project, linter: Server) -> None:
    importing = """
    create function private.{name} returns void language plpgsql set search_path = ''
    as $$ begin {body} end $$;
    """
    stage = importing.format(
        name="stage_thing_import()",
        body="create temporary table import_things (name text) on commit drop;",
    )
    read = importing.format(
        name="import_things()",
        body="insert into ops.things (name) select i.name from pg_temp.import_things as i;",
    )
    append(next(drafted.migrations.glob("*_rls.sql")), stage + read)
    assert linting.lint(drafted, linter) == []
