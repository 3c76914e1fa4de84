"""Where a field's cell stands: in the row itself, or in another file whose row it names."""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oms_cli.errors import OmsCliError
from oms_cli.imports.cells import CellError
from oms_cli.imports.mapping import Lookup
from oms_cli.imports.reading import Row, open_source

_SEVERAL = object()


@dataclass(frozen=True)
class Source:
    """How a cell is got from a row, and what the file calls the column that it begins with."""

    get: Callable[[Row], str]
    column: str


class Sources:
    """The columns of a file, and of the files that it refers to."""

    def __init__(
        self, header: tuple[str, ...], lookups: Mapping[str, Lookup], folder: Path
    ) -> None:
        self._header = header
        self._positions = positions_of(header)
        self._lookups = lookups
        self._folder = folder
        self._tables: dict[str, tuple[tuple[str, ...], list[Row]]] = {}
        self._followed: list[str] = []

    def find(self, name: str) -> Source:
        """Find what a mapping calls a column, `lookup.column`, or `{several} of {them}`."""
        position = self._positions.get(key_of(name))
        if position is not None:
            return Source(lambda row: cell_of(row, position), self._header[position])
        if "{" in name:
            return self._template(name)
        lookup, dot, column = name.partition(".")
        if dot and lookup in self._lookups:
            return self._looked_up(lookup, column)
        raise OmsCliError(
            f"The file has no column {name!r}.",
            f"It has: {', '.join(filter(None, self._header))}. Correct the mapping or the file.",
        )

    def _template(self, text: str) -> Source:
        parts = [
            (before, self.find(name) if name else None)
            for before, name, _, _ in string.Formatter().parse(text)
        ]
        columns = dict.fromkeys(source.column for _, source in parts if source)

        def get(row: Row) -> str:
            cells = [(before, source.get(row) if source else "") for before, source in parts]
            said = any(cell for _, cell in cells)
            return "".join(before + cell for before, cell in cells) if said else ""

        return Source(get, ", ".join(columns))

    def _looked_up(self, name: str, column: str) -> Source:
        if name in self._followed:
            circle = " > ".join((*self._followed, name))
            raise OmsCliError(f"The mapping's lookups go in a circle: {circle}.")
        lookup = self._lookups[name]
        self._followed.append(name)
        begin = self.find(lookup.column or lookup.key)
        self._followed.pop()
        known = self._index(lookup, column)

        def get(row: Row) -> str:
            key = begin.get(row)
            value = known.get(key.casefold(), None if key else "")
            if isinstance(value, str):
                return value
            if value is None and lookup.optional:
                return ""
            raise CellError(
                *(
                    ("unknown_key", f"{lookup.file} has no row whose {lookup.key} is {key}.")
                    if value is None
                    else (
                        "ambiguous_key",
                        f"{lookup.file} has several rows whose {lookup.key} is {key}, "
                        f"with another {column} each.",
                    )
                ),
                value=key,
            )

        return Source(get, begin.column)

    def _index(self, lookup: Lookup, column: str) -> dict[str, object]:
        """Return what a column says, by key; where its rows disagree, that they do."""
        header, rows = self._table(lookup.file)
        positions = positions_of(header)
        for name in (lookup.key, column):
            if key_of(name) not in positions:
                raise OmsCliError(
                    f"{lookup.file} has no column {name!r}.",
                    f"It has: {', '.join(filter(None, header))}. Correct the mapping or the file.",
                )
        key, wanted = positions[key_of(lookup.key)], positions[key_of(column)]
        index: dict[str, object] = {}
        for row in rows:
            cell = cell_of(row, wanted)
            if index.setdefault(cell_of(row, key).casefold(), cell) != cell:
                index[cell_of(row, key).casefold()] = _SEVERAL
        return index

    def _table(self, file: str) -> tuple[tuple[str, ...], list[Row]]:
        if file not in self._tables:
            with open_source(self._folder / file) as source:
                self._tables[file] = source.header, list(source.rows)
        return self._tables[file]


def positions_of(header: tuple[str, ...]) -> dict[str, int]:
    """Return where the columns are, by their names as they are compared."""
    return {key_of(name): position for position, name in enumerate(header) if name}


def key_of(name: str) -> str:
    """Return a column's name as it is compared."""
    return " ".join(name.split()).casefold()


def cell_of(row: Row, position: int) -> str:
    """Return a cell; a row may be shorter than the header."""
    return row.cells[position].strip() if position < len(row.cells) else ""
