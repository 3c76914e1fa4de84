"""The pages that `oms docs` writes say what the database says."""

import re
from pathlib import Path

import pytest

from conftest import ROOT, Database
from oms_cli import documenting
from oms_cli.documenting.dictionary import readable
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project

LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
CODE = re.compile(r"`[^`\n]*`")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_generated_pages_are_up_to_date(project: Project, database: Database) -> None:
    wanted = documenting.pages(project, database.connect())
    assert documenting.differences(project, wanted) == [], "run `oms docs`"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "comment on column ops.orders.order_date is 'The day.'",
            "+| `order_date` | `business_date` |",
        ),
        (
            "grant update (name) on ops.tenants to oms_admin",
            "+| `name` | `short_text` |  |  |  | admin |  |",
        ),
        ("drop policy tenants_admin_read on ops.tenants", "-| admin | select |"),
        (
            "comment on function ops.send_allocation(uuid) is 'Sends. Errors: OMS_WHOLE_PIECES.'",
            "send_allocation](data_dictionary.md#send_allocation)",
        ),
    ],
)
def test_a_change_of_the_database_makes_a_page_stale(
    project: Project, database: Database, change: str, told: str
) -> None:
    owner = database.connect()
    with owner.transaction(force_rollback=True):
        owner.execute(change.encode())
        wanted = documenting.pages(project, owner)
        assert told in "\n".join(documenting.differences(project, wanted))


def test_a_comment_cannot_name_an_error_code_that_does_not_exist(
    project: Project, database: Database
) -> None:
    owner = database.connect()
    with owner.transaction(force_rollback=True):
        owner.execute("comment on function ops.award_many(jsonb) is 'Errors: OMS_NO_SUCH_CODE.'")
        with pytest.raises(OmsCliError, match="OMS_NO_SUCH_CODE"):
            documenting.pages(project, owner)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            "(organization_id = ( SELECT private.organization_id() AS organization_id))",
            "of the organization",
        ),
        (
            "((organization_id = ( SELECT private.organization_id() AS organization_id)) AND"
            " (EXISTS ( SELECT\n   FROM t\n  WHERE ((t.a = b) AND (t.c = d)))) AND"
            " private.counts_exactly())",
            "of the organization, `EXISTS ( SELECT FROM t WHERE ((t.a = b) AND (t.c = d)))`",
        ),
        (
            "((id = ( SELECT private.party_id() AS party_id)) AND (a = b))",
            "`id = private.party_id() and a = b`",
        ),
    ],
)
def test_a_policy_is_told_without_what_every_policy_says(condition: str, told: str) -> None:
    assert readable(condition) == told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [
        f"{target}#{anchor}" if anchor else target
        for target, anchor in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
        if not leads_somewhere(page.parent / target if target else page, anchor)
    ]
    assert broken == []


def leads_somewhere(file: Path, anchor: str) -> bool:
    return file.exists() and (not anchor or anchor in anchors(file.read_text(encoding="utf-8")))


def anchors(text: str) -> set[str]:
    """Make the anchors that a forge gives to headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"(?ms)^```.*?^```", "", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
