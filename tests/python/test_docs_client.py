"""The pages on the Python client: complete, typed, and as short as they say."""

import re
from pathlib import Path

import pytest
from mypy import api as mypy
from sybil import Document

from conftest import ROOT, Database
from oms_cli.documenting.catalogue import read
from test_docs_examples import BLOCKS

GUIDE = ROOT / "docs/client.md"
TOUR = ROOT / "docs/client_tour.md"
MOST_LINES = 15

SETTING = (
    "from oms_client import Oms, gt, new_id",
    "from oms_client.enums import AllocationStatus",
    'oms = Oms("http://127.0.0.1")',
)
WRONG = (
    'oms.orders.find(statuss="sales_order")',
    'oms.orders.find(status="sales_order")',
    'oms.orders.find(order="-statuss")',
    'oms.orders.get("01930000-0000-7000-8000-000000000001")',
    "oms.orders.first().order_number",
    "oms.order_items.count(quantity=gt(0.5))",
    "oms.order_items.update(new_id(), allocation_status=AllocationStatus.PC_SIGNED)",
    "oms.order_item_prices.insert(order_item_id=new_id(), unit_price=11.1)",
    "oms.order_item_prices.insert(order_item_id=new_id())",
    "oms.payables.insert()",
    "oms.submit_quote(new_id(), 11.1)",
    'oms.allocate_items("AW27", [{"order_item": new_id()}])',
    'oms.fetch(oms.postgrest.from_("orders"))',
)


def programs(page: Path) -> list[str]:
    """Return the Python blocks of a page."""
    document = Document(page.read_text(encoding="utf-8"), str(page))
    regions = [region.lexemes for region in BLOCKS(document)]
    return [one["source"] for one in regions if one["language"] == "python"]


def test_the_tour_uses_every_table_view_and_command(database: Database) -> None:
    shown = "".join(programs(TOUR))
    relations = set(re.findall(r"\b\w+\.(\w+)\.(?:find|first|get|count|insert|update)\w*\(", shown))
    commands = set(re.findall(r"\b\w+\.(\w+)\(", shown))
    catalogue = read(database.connect())
    computed = {one.name for one in catalogue.commands if one.computes_field_of}
    assert {one.name for one in catalogue.relations} - relations == set()
    assert {one.name for one in catalogue.commands} - computed - commands == set()
    assert computed - set(re.findall(r"\w+", shown)) == set()


@pytest.mark.parametrize("page", [GUIDE, TOUR], ids=lambda page: page.name)
def test_the_examples_are_typed(page: Path, tmp_path: Path) -> None:
    program = tmp_path / "examples.py"
    program.write_text("\n".join(programs(page)), encoding="utf-8")
    assert typed(program) == "", page.name


def test_what_is_wrong_is_an_error_in_the_editor(tmp_path: Path) -> None:
    program = tmp_path / "wrong.py"
    program.write_text("\n".join((*SETTING, *WRONG)), encoding="utf-8")
    told = {int(line) for line in re.findall(r"wrong\.py:(\d+): error", typed(program))}
    assert told == set(range(len(SETTING) + 1, len(SETTING) + len(WRONG) + 1))


def typed(program: Path) -> str:
    """Return what mypy has to say."""
    settings = ROOT / "pyproject.toml"
    said, failed, _ = mypy.run([f"--config-file={settings}", "--no-error-summary", str(program)])
    assert not failed
    return said


def test_a_whole_program_is_short_and_the_same_everywhere() -> None:
    (shown,) = programs(ROOT / "README.md")
    whole = programs(GUIDE)[0]
    assert shown == whole
    assert len(whole.splitlines()) < MOST_LINES
