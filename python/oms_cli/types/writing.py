"""Where the written modules go: formatted, and once more without `async`."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Connection
from oms_cli.types.catalogue import read_catalogue
from oms_cli.types.rendering import modules, renamed

SYNCHRONOUS = {
    "_async": "_sync",
    "aclose": "close",
    "sleep_async": "sleep",
    "AsyncClient": "Client",
    "AsyncIterator": "Iterator",
    "AsyncPostgrestClient": "SyncPostgrestClient",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
}
OWN = ("Api", "Oms", "Query", "Readable", "Transport", "Writable")
GENERATED = "api.py"


def package_of(project: Project) -> Path:
    """Return where the client stands."""
    return project.root / "python/oms_client"


def client_files(project: Project, connection: Connection) -> dict[Path, str]:
    """Return every file of the client that follows from another one or from the database."""
    package = package_of(project)
    catalogue = read_catalogue(connection)
    made = {path: _tidy(text) for path, text in modules(catalogue).items()}
    by_hand = {
        f"_async/{file.name}": file.read_text(encoding="utf-8")
        for file in sorted((package / "_async").glob("*.py"))
        if file.name != GENERATED
    }
    names = SYNCHRONOUS | {f"Async{name}": name for name in OWN} | renamed(catalogue)
    for path, text in (by_hand | made).items():
        if path.startswith("_async/"):
            made[path.replace("_async", "_sync")] = _tidy(synchronous(text, names))
    return {package / path: text for path, text in sorted(made.items())}


def synchronous(text: str, names: Mapping[str, str]) -> str:
    """Write asynchronous Python as synchronous, its examples, too."""
    plain = re.sub(r"\basync (?=def|with|for)|\bawait ", "", text)
    return re.sub(r"\b[A-Za-z_]+\b", lambda word: names.get(word[0], word[0]), plain)


def _tidy(text: str) -> str:
    """Sort imports, drop those that are not used, format."""
    for arguments in (("check", "--fix", "--quiet", "--select", "I,F401"), ("format",)):
        text = _ruff(text, *arguments)
    return text


def _ruff(text: str, *arguments: str) -> str:
    program = Path(sys.executable).with_name("ruff")
    if not program.is_file():
        raise OmsCliError("ruff is not installed.", "Run `make setup`.")
    done = subprocess.run(
        [program, *arguments, "--stdin-filename", "python/oms_client/generated.py", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OmsCliError(f"ruff: {done.stderr or done.stdout}")
    return done.stdout
