"""The error catalogue: every code, its HTTP status, its meaning, and what raises it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from oms_cli.documenting.catalogue import Catalogue
from oms_cli.documenting.markdown import code, paragraphs, table
from oms_cli.errors import OmsCliError

CODE = re.compile(r"\bOMS_[A-Z0-9_]+")
EVERY_COMMAND = "replay_command"
EVERY_REQUEST = "pre_request"
MANY_TABLES = 6


def refusals(catalogue: Catalogue) -> str:
    """Write the catalogue, by HTTP status as it is declared."""
    commands = raised_by_commands(catalogue)
    writes = raised_by_writes(catalogue)
    functions = _codes_of_functions(catalogue)
    known = {one.code for one in catalogue.error_codes}
    if unknown := {one for codes in commands.values() for one in codes} - known:
        raise OmsCliError(f"Comments name error codes that do not exist: {sorted(unknown)}")

    def raisers(one: str) -> Iterator[str]:
        if one in functions[EVERY_REQUEST]:
            yield "every request"
        if one in functions[EVERY_COMMAND]:
            yield "every command"
        yield from (_link(name) for name, codes in commands.items() if one in codes)
        tables = [name for name, codes in writes.items() if one in codes]
        if len(tables) > MANY_TABLES:
            yield f"writes to {len(tables)} tables"
        elif tables:
            yield f"writes to {', '.join(_link(name) for name in tables)}"

    rows = [
        (code(one.code), str(one.http_status), one.meaning, ", ".join(raisers(one.code)))
        for one in catalogue.error_codes
    ]
    return paragraphs([table(("code", "HTTP", "meaning", "raised by"), rows)])


def raised_by_commands(catalogue: Catalogue) -> dict[str, set[str]]:
    """Read the codes in the commands' comments; `those of x` stands for the codes of x."""
    stated = {
        one.name: one.comment.rpartition("Errors:")[2] if "Errors:" in one.comment else ""
        for one in catalogue.commands
    }
    return {name: _stated(stated, name) for name in stated}


def _stated(stated: Mapping[str, str], name: str) -> set[str]:
    others = re.findall(r"those of (\w+)", stated[name])
    return set(CODE.findall(stated[name])).union(*(_stated(stated, other) for other in others))


def raised_by_writes(catalogue: Catalogue) -> dict[str, set[str]]:
    """Find the codes in each table's triggers and in all that they call."""
    functions = _codes_of_functions(catalogue)
    found: dict[str, set[str]] = {}
    for source in catalogue.sources:
        if source.relation:
            called = [functions[name] for name in _called(source.text, functions)]
            found.setdefault(source.relation, set()).update(CODE.findall(source.text), *called)
    return found


def _codes_of_functions(catalogue: Catalogue) -> dict[str, set[str]]:
    """Give each private function the codes in its body, and in those of the functions it calls."""
    bodies = {source.name: source.text for source in catalogue.sources if not source.relation}
    codes = {name: set(CODE.findall(text)) for name, text in bodies.items()}
    while True:
        wider = {
            name: codes[name].union(*(codes[one] for one in _called(text, bodies)))
            for name, text in bodies.items()
        }
        if wider == codes:
            return codes
        codes = wider


def _called(text: str, known: Iterable[str]) -> set[str]:
    return set(re.findall(r"private\.(\w+)\(", text)) & set(known)


def _link(name: str) -> str:
    return f"[{name}](data_dictionary.md#{name})"
