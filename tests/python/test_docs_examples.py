"""Whoever follows a page from top to bottom gets what it promises.

The blocks of a page are run in order, in a copy of the project. Its stack is down, its database
holds the seed company.

- sh: by bash, as at a prompt; what one block sets, the next ones find
- sql: by `oms sql`
- python: in one namespace a page; the shell's variables are in `os.environ`
- toml: is a mapping file of imports
- text or json right behind one of these is what it prints. White space does not count, and …
  stands for anything. A request that the API refuses is followed by its answer.
- json elsewhere is JSON; mermaid is a picture

A block behind `<!-- not run: reason -->` is left out, and `NOT_RUN` knows of it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

from conftest import ROOT, Database
from oms_cli.documenting.catalogue import read
from oms_cli.imports import load_mapping

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = FencedCodeBlockLexer(r"\S*", {"language": "language", "source": "source"})
LEFT_OUT = re.compile(r"<!-- not run: (.+?) -->\n$")
NOT_RUN = {
    "README.md": [
        "tests/python/test_demo.py plays the demo, and this is the test",
        "docs/client.md has the same program, and runs it",
    ],
    "benchmarks.md": ["takes half an hour; tests/python/test_bench.py runs a quick one"],
    "dba.md": [
        "make test runs it",
        "needs a hosted project",
        "needs the rights that postgres has on Supabase only",
        "needs a hosted project",
        "needs pg_dump of the server's version",
    ],
    "documents.md": ["needs a hosted project"],
    "imports.md": ["the files are not part of the project"],
    "operations.md": [
        "pg_cron is not in the embedded Postgres",
        "systemd is not part of the stack",
        "cron is not part of the stack",
        "needs a server of your own",
    ],
}
HTTP_ERROR = 22  # how curl ends when it was told to fail on one


@dataclass
class Reader:
    """Somebody who tries one block after the other."""

    home: Path
    variables: dict[str, str]
    printed: str | None = None
    refused: bool = False

    def sh(self, example: Example) -> str | None:
        left = self.home / "variables"
        script = f'set -a\n{example.parsed}\nenv -0 >"{left}"'
        complaint = self._run(["bash", "-euo", "pipefail", "-c", script])
        if not self.refused and complaint is None:
            pairs = left.read_text(encoding="utf-8").rstrip("\0").split("\0")
            self.variables = dict(pair.split("=", 1) for pair in pairs)
        return complaint

    def sql(self, example: Example) -> str | None:
        return self._run([".venv/bin/oms", "sql"], example.parsed)

    def _run(self, command: list[str], text: str = "") -> str | None:
        done = subprocess.run(
            command,
            cwd=self.home,
            env=self.variables,
            input=text,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        self.printed = done.stdout
        self.refused = done.returncode == HTTP_ERROR
        if done.returncode in (0, HTTP_ERROR):
            return None
        return f"ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"

    def python(self, example: Example) -> None:
        output = StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(output):
            patch.chdir(self.home)
            for name, value in self.variables.items():
                patch.setenv(name, value)
            PythonEvaluator()(example)
        self.printed = output.getvalue()

    def toml(self, example: Example) -> None:
        file = self.home / "mapping.toml"
        file.write_text(example.parsed, encoding="utf-8")
        load_mapping(file)

    def output(self, example: Example) -> str | None:
        if self.printed is None:
            if example.region.lexemes["language"] == "json":
                json.loads(example.parsed)
            return None
        printed, self.printed, self.refused = self.printed, None, False
        return None if agree(example.parsed, printed) else f"It printed:\n{printed}"

    def skip(self, _: Example) -> None:
        self.printed = None

    def blocks(self, document: Document) -> Iterator[Region]:
        by_language: dict[str, Callable[[Example], str | None]] = {
            "sh": self.sh,
            "sql": self.sql,
            "python": self.python,
            "toml": self.toml,
            "text": self.output,
            "json": self.output,
            "mermaid": self.skip,
        }
        for region in BLOCKS(document):
            region.parsed = region.lexemes["source"]
            left_out = LEFT_OUT.search(document.text[: region.start])
            region.evaluator = self.skip if left_out else by_language[region.lexemes["language"]]
            yield region

    def read(self, page: Path) -> None:
        document = Document.parse(str(page), self.blocks)
        with ExitStack() as left_open:
            # A page that stops half way has closed nothing.
            left_open.callback(lambda: document.namespace.get("people", left_open).close())
            for example in document:
                if example.region.evaluator != self.output:
                    assert not self.refused, f"{page.name}:{example.line}: refused: {self.printed}"
                    self.printed = None
                example.evaluate()
        assert not self.refused, f"{page.name}: the last request was refused: {self.printed}"


def agree(promised: str, printed: str) -> bool:
    """Compare without white space; … stands for anything.

    >>> agree('[{"id": "…", "quantity": 5}]', '[{"id":"0193","quantity":5}]')
    True
    """
    pattern = ".*?".join(re.escape(part) for part in re.sub(r"\s", "", promised).split("…"))
    return re.fullmatch(pattern, re.sub(r"\s", "", printed)) is not None


@pytest.fixture(scope="module")
def prepared() -> Iterator[Reader]:
    """Prepare a copy of the project that any account may reach; leave nothing of it behind."""
    home = new_home()
    unwanted = shutil.ignore_patterns(".*", "node_modules", "__pycache__")
    shutil.copytree(ROOT, home, ignore=unwanted, dirs_exist_ok=True)
    for name in (".sqlfluff", ".squawk.toml"):
        shutil.copy(ROOT / name, home)
    (home / "node_modules").symlink_to(ROOT / "node_modules")
    (home / ".venv").symlink_to(sys.prefix)
    # Whoever reads sees that a request failed; a script must be told to look.
    (home / ".curlrc").write_text("silent\nshow-error\nfail-with-body\n")
    reader = Reader(home, environment())
    try:
        for arguments in (["up"], ["sql", "--file", "supabase/seed.sql"], ["down"]):
            assert reader._run([".venv/bin/oms", *arguments]) is None
        yield reader
    finally:
        reader._run([".venv/bin/oms", "down", "--delete-data"])
        shutil.rmtree(home)


@pytest.fixture
def reader(prepared: Reader) -> Iterator[Reader]:
    """Give a project of one's own, with the seed company in its database and the stack down."""
    home = new_home()
    # The database's files belong to the account that runs it, and stay its own.
    assert prepared._run(["cp", "-a", f"{prepared.home}/.", str(home)]) is None
    # Neither curl nor the Supabase CLI shall find the settings of whoever runs the tests.
    reader = Reader(home, environment() | {"HOME": str(home)})
    try:
        yield reader
    finally:
        reader._run([".venv/bin/oms", "down", "--delete-data"])
        shutil.rmtree(home)


def new_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="oms-docs-"))
    home.chmod(0o711)
    return home


@pytest.fixture
def bare(tmp_path: Path) -> Reader:
    """Give a reader without a project."""
    return Reader(tmp_path, environment())


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("OMS_")}


def has_examples(page: Path) -> bool:
    return any(
        region.lexemes["language"] != "mermaid"
        for region in BLOCKS(Document(page.read_text(encoding="utf-8"), str(page)))
    )


@pytest.mark.parametrize(
    "page", [page for page in PAGES if has_examples(page)], ids=lambda page: page.name
)
def test_whoever_follows_a_page_gets_what_it_promises(page: Path, reader: Reader) -> None:
    reader.read(page)


def test_every_table_view_and_command_of_the_api_has_an_example(database: Database) -> None:
    shown = "".join(
        region.lexemes["source"]
        for page in ROOT.glob("docs/api*.md")
        for region in BLOCKS(Document(page.read_text(encoding="utf-8"), str(page)))
        if region.lexemes["language"] == "sh"
    )
    asked_for = set(re.findall(r"\$API_URL/((?:rpc/)?\w+)", shown))
    catalogue = read(database.connect())
    fields = {one.name for one in catalogue.commands if one.computes_field_of}
    commands = {f"rpc/{one.name}" for one in catalogue.commands if one.name not in fields}
    assert ({one.name for one in catalogue.relations} | commands) - asked_for == set()
    assert fields - set(re.findall(r"\w+", shown)) == set()


def test_every_block_that_is_not_run_is_known() -> None:
    assert {page.name: found for page in PAGES if (found := left_out(page))} == NOT_RUN


def left_out(page: Path) -> list[str]:
    return re.findall(r"^<!-- not run: (.+?) -->$", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("promised", "printed", "same"),
    [
        ('[{"id": "…",\n "quantity": 5}]', '[{"id":"0193","quantity":5}]', True),
        ('[{"quantity": 5}]', '[{"quantity":50}]', False),
        ("5 rows", "15 rows", False),
        ("… rows", "15 rows", True),
    ],
)
def test_an_output_agrees_only_if_it_says_the_same(
    promised: str, printed: str, *, same: bool
) -> None:
    assert agree(promised, printed) == same


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("```sh\nfalse\n```\n", "ended with 1"),
        ("```sh\necho one\n```\n\n```text\ntwo\n```\n", "It printed:\none"),
        ("```python\nassert 1 == 2, 'no sum'\n```\n", "no sum"),
        ("```sh\nexit 22\n```\n", "refused"),
        ("```sh\nexit 22\n```\n\n```sh\ntrue\n```\n", "refused"),
        ("```rust\n```\n", "rust"),
    ],
)
def test_a_page_that_promises_too_much_fails(
    bare: Reader, tmp_path: Path, text: str, complaint: str
) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises((AssertionError, KeyError), match=complaint):
        bare.read(page)
