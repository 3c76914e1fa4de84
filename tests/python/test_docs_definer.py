"""docs/definer_functions.md lists every function that acts with the owner's rights."""

import re

from conftest import ROOT, Database


def test_every_definer_function_is_explained(database: Database) -> None:
    page = (ROOT / "docs/definer_functions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", page, re.MULTILINE)

    in_database = database.connect().execute(
        """
        select p.oid::regprocedure::text
        from pg_proc as p
        where p.prosecdef and p.pronamespace in ('ops'::regnamespace, 'private'::regnamespace)
        """
    )

    assert sorted(name for name, _, _ in rows) == sorted(str(row[0]) for row in in_database)
