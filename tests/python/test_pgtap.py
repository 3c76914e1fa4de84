"""Runs `tests/sql/*.sql`: each file one test, each assertion of it a subtest.

A file runs as `postgres` in one transaction that is rolled back, so files see the same data in
any order. `pytest -k rls` runs `rls.sql`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pglast
import psycopg
import pytest

from conftest import ROOT, Database

FILES = sorted((ROOT / "tests/sql").glob("*.sql"))
RESULT = re.compile(r"(?P<not>not )?ok \d+(?: - (?P<name>.*))?")
PLAN = re.compile(r"1\.\.(\d+)")


@dataclass
class Assertion:
    """One line of TAP and the diagnostics behind it."""

    name: str
    passed: bool
    diagnostics: list[str] = field(default_factory=list)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_pgtap(file: Path, database: Database, subtests: pytest.Subtests) -> None:
    lines: list[str] = []
    broken = None
    with database.connect(autocommit=False) as connection:
        try:
            for line in run(connection, file):
                lines.append(line)
        except psycopg.Error as error:
            broken = f"{error.sqlstate}: {error}"
        connection.rollback()
    assertions, planned = parsed(lines)
    for assertion in assertions:
        with subtests.test(msg=assertion.name):
            if not assertion.passed:
                pytest.fail("\n".join(assertion.diagnostics) or assertion.name, pytrace=False)
    if broken:
        pytest.fail(f"{file.name} stopped after {len(assertions)} assertions: {broken}", False)
    if not assertions or planned != len(assertions):
        pytest.fail(f"{file.name} planned {planned} assertions and made {len(assertions)}", False)


def run(connection: psycopg.Connection[tuple[object, ...]], file: Path) -> Iterator[str]:
    """Run a file statement by statement, so that one that fails takes no earlier result along."""
    connection.execute("set local search_path = extensions, public")
    for statement in pglast.split(file.read_text(encoding="utf-8")):
        cursor = connection.execute(statement.encode())
        if cursor.description and len(cursor.description) == 1:
            for (cell,) in cursor:
                yield from str(cell).splitlines()


def parsed(lines: list[str]) -> tuple[list[Assertion], int | None]:
    """Read TAP: the assertions, and how many were promised."""
    assertions: list[Assertion] = []
    planned = None
    for line in lines:
        if result := RESULT.fullmatch(line):
            assertions.append(Assertion(result["name"] or line, not result["not"]))
        elif plan := PLAN.fullmatch(line):
            planned = int(plan[1])
        elif line.startswith("#") and assertions:
            assertions[-1].diagnostics.append(line.removeprefix("# "))
    return assertions, planned
