"""What a row says: the values that its line is staged with, and what is wrong with its cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from oms_cli.errors import OmsCliError
from oms_cli.imports.cells import (
    SPREADSHEET_ERRORS,
    CellError,
    Step,
    normalise,
    parse_choice,
    parse_currency,
    parse_date,
    parse_flag,
    parse_percentage,
    parse_pieces,
    parse_price,
    parse_quantity,
    parse_size,
    parse_text,
    parse_unit,
    parse_whole,
)
from oms_cli.imports.fields import Cell, CellKind
from oms_cli.imports.lookups import Source, Sources, cell_of, key_of, positions_of
from oms_cli.imports.mapping import FileMapping, OrdersMapping, Refusal, Section, stated
from oms_cli.imports.reading import Row

Value = TypeVar("Value")
Parse = Callable[[str], object]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one row of the file."""

    line_number: int
    column: str | None
    value: str | None
    code: str
    reason: str


class StyleLine(NamedTuple):
    """A line of pg_temp.import_style_lines."""

    line_number: int
    is_bad: bool
    style_number: str | None
    style_name: str | None
    category: str | None
    color: str | None
    color_reference: str | None
    season: str | None
    sku: str | None
    size_label: str | None


class OrderLine(NamedTuple):
    """A line of pg_temp.import_order_lines."""

    line_number: int
    is_bad: bool
    client: str | None
    client_name: str | None
    client_po_number: str | None
    order_date: date | None
    ex_factory_date: date | None
    in_hands_date: date | None
    currency: str | None
    style_number: str | None
    color: str | None
    sku: str | None
    unit_price: Decimal | None


class SizeLine(NamedTuple):
    """A line of pg_temp.import_order_line_sizes."""

    line_number: int
    size_label: str | None
    quantity: int


@dataclass(frozen=True)
class Columns:
    """Where in a file's rows, and in the files they refer to, the fields are."""

    sources: Mapping[str, Source]
    size_positions: Mapping[str, int]
    constants: Mapping[str, str]
    defaults: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    width: int

    def has(self, field: str) -> bool:
        """Whether the file or the mapping says anything about the field."""
        return field in self.sources or field in self.constants or field in self.defaults

    def name(self, field: str) -> str:
        """Return what the file calls a field."""
        return self.sources[field].column if field in self.sources else field

    def raw(self, row: Row, field: str) -> str:
        """Return what a row says about a field, as it stands there."""
        if field in self.constants:
            return self.constants[field]
        source = self.sources.get(field)
        cell = source.get(row) if source else ""
        if field in self.values:
            cell = self.values[field].get(key_of(cell), cell)
        return cell or self.defaults.get(field, "")


def find_columns(
    section: Section[BaseModel], header: tuple[str, ...], mapping: FileMapping, folder: Path
) -> Columns:
    """Find the mapping's columns in a file's header; without a mapping, those named like ours."""
    sources = Sources(header, mapping.lookups, folder)
    positions = positions_of(header)
    if section.columns is None:
        wanted = {name: name for name in type(section.constants).model_fields if name in positions}
    else:
        wanted = stated(section.columns)
    sizes = section.size_columns if isinstance(section, OrdersMapping) else {}
    for name in sizes:
        sources.find(name)
    return Columns(
        sources={field: sources.find(name) for field, name in wanted.items()},
        size_positions={name: positions[key_of(name)] for name in sizes},
        constants=stated(section.constants),
        defaults=stated(section.defaults),
        values={
            field: {key_of(cell): value for cell, value in meanings.items()}
            for field, meanings in section.values.items()
        },
        width=len(header),
    )


def require_style_columns(columns: Columns, _section: Section[BaseModel]) -> None:
    """Refuse a style list that lacks what every line needs."""
    _require(columns, "styles", "style_number")
    if columns.has("sku"):
        _require(columns, "styles", "color", "size")


def require_order_columns(columns: Columns, _section: Section[BaseModel]) -> None:
    """Refuse an order book that lacks what every line needs."""
    _require(columns, "orders", "client", "client_po_number")
    if not columns.has("sku"):
        _require(columns, "orders", "style_number", "color")
    if not columns.size_positions:
        _require(columns, "orders", "quantity")
        if not columns.has("sku"):
            _require(columns, "orders", "size")


def read_style(
    row: Row, columns: Columns, mapping: FileMapping
) -> tuple[StyleLine | None, list[Problem]]:
    """Read a row of a style list."""
    cells = _Cells(row, columns, mapping)
    if cells.refused_by(mapping.styles.refuse):
        return None, cells.problems
    # A SKU is a colour in a size: neither says anything without the other.
    has_sku, has_size = cells.says("sku"), cells.says("size")
    line = StyleLine(
        line_number=row.line_number,
        is_bad=False,
        style_number=cells.text("style_number", required=True),
        style_name=cells.text("style_name"),
        category=cells.text("category"),
        color=cells.text("color", required=columns.has("color")),
        color_reference=cells.text("color_reference"),
        season=cells.text("season"),
        sku=cells.text("sku", required=has_size and columns.has("sku")),
        size_label=cells.parsed("size", cells.parse_size, required=has_sku),
    )
    return line._replace(is_bad=bool(cells.problems)), cells.problems


def read_order(
    row: Row, columns: Columns, mapping: FileMapping
) -> tuple[OrderLine | None, list[SizeLine], list[Problem]]:
    """Read a row of an order book."""
    cells = _Cells(row, columns, mapping)
    if cells.refused_by(mapping.orders.refuse):
        return None, [], cells.problems
    has_sku, has_color = cells.says("sku"), cells.says("color")
    if not has_sku and not has_color:
        which = "sku" if columns.has("sku") else "color"
        cells.refuse(which, "no_sku", "Neither a SKU nor a colour: nothing says which goods.")
    line = OrderLine(
        line_number=row.line_number,
        is_bad=False,
        client=cells.text("client", required=True),
        client_name=cells.text("client_name"),
        client_po_number=cells.text("client_po_number", required=True),
        order_date=cells.parsed("order_date", cells.parse_date),
        ex_factory_date=cells.parsed("ex_factory_date", cells.parse_date),
        in_hands_date=cells.parsed("in_hands_date", cells.parse_date),
        currency=cells.parsed("currency", parse_currency),
        style_number=cells.text("style_number", required=has_color and not has_sku),
        color=cells.text("color"),
        sku=cells.text("sku"),
        unit_price=cells.parsed(
            "unit_price", cells.parse_price, required=columns.has("unit_price")
        ),
    )
    if columns.size_positions:
        sizes = cells.size_columns(mapping.orders.size_columns)
    else:
        size = cells.parsed("size", cells.parse_size, required=not has_sku)
        quantity = cells.parsed("quantity", cells.parse_pieces, required=True)
        sizes = [] if quantity is None else [SizeLine(row.line_number, size, quantity)]
    return line._replace(is_bad=bool(cells.problems)), sizes, cells.problems


def require_columns(columns: Columns, name: str, fields: Mapping[str, Cell]) -> None:
    """Refuse a file that lacks what every line needs."""
    _require(columns, name, *(field for field, cell in fields.items() if cell.required))


def fields_of(section: Section[BaseModel]) -> dict[str, Cell]:
    """Return the fields of a kind of file, and how their cells are read."""
    return {
        name: next((said for said in info.metadata if isinstance(said, Cell)), Cell())
        for name, info in type(section.constants).model_fields.items()
    }


def parser_of(cell: Cell, mapping: FileMapping) -> Parse:
    """Return what reads a cell."""
    decimal = mapping.decimal
    parsers: dict[CellKind, Parse] = {
        "text": parse_text,
        "date": partial(parse_date, formats=mapping.date_formats),
        "quantity": partial(parse_quantity, decimal=decimal),
        "balance": partial(parse_quantity, decimal=decimal, least="zero or more"),
        "whole": partial(parse_whole, decimal=decimal),
        "percentage": partial(parse_percentage, decimal=decimal),
        "price": partial(parse_price, decimal=decimal),
        "currency": parse_currency,
        "size": partial(parse_size, known=mapping.size_labels, aliases=mapping.aliases),
        "unit": parse_unit,
        "flag": parse_flag,
        "choice": partial(parse_choice, choices=cell.choices),
    }
    return parsers[cell.kind]


def read_line(
    row: Row,
    columns: Columns,
    mapping: FileMapping,
    section: Section[BaseModel],
    fields: Mapping[str, tuple[Parse, bool]],
) -> tuple[tuple[object, ...] | None, list[Problem]]:
    """Read a row field by field: its line number, whether it is bad, and the fields' values.

    Of each field: what reads it, and whether a line needs it.
    """
    cells = _Cells(row, columns, mapping)
    if cells.refused_by(section.refuse):
        return None, cells.problems
    values = [
        cells.parsed(name, parse, required=required) for name, (parse, required) in fields.items()
    ]
    return (row.line_number, bool(cells.problems), *values), cells.problems


class _Cells:
    """The cells of one row, read one after the other, and what is wrong with them."""

    def __init__(self, row: Row, columns: Columns, mapping: FileMapping) -> None:
        self.row = row
        self.columns = columns
        self.mapping = mapping
        self.problems: list[Problem] = []
        self.parse_size = partial(parse_size, known=mapping.size_labels, aliases=mapping.aliases)
        self.parse_date = partial(parse_date, formats=mapping.date_formats)
        self.parse_pieces = partial(parse_pieces, decimal=mapping.decimal)
        self.parse_price = partial(parse_price, decimal=mapping.decimal)
        extra = [cell for cell in row.cells[columns.width :] if cell.strip()]
        if extra:
            self._note(
                None,
                extra[0],
                "too_many_cells",
                f"The row has {len(row.cells)} cells, the header {columns.width}; "
                "a delimiter inside a value needs quotes around it.",
            )

    def refuse(self, field: str, code: str, reason: str) -> None:
        """Note that a field's cell is wrong."""
        try:
            value = self.columns.raw(self.row, field).strip() or None
        except CellError as error:
            value = error.value
        self._note(self.columns.name(field), value, code, reason)

    def refused_by(self, refusals: tuple[Refusal, ...]) -> bool:
        """Whether the mapping keeps such rows out."""
        for refusal in refusals:
            steps = self._steps(refusal.field)
            try:
                value = normalise(self.columns.raw(self.row, refusal.field), steps).casefold()
            except CellError:
                continue
            if value in (normalise(known, steps).casefold() for known in refusal.values):
                self.problems.clear()
                self.refuse(refusal.field, refusal.code, refusal.reason)
                return True
        return False

    def says(self, field: str) -> bool:
        """Whether there is anything in a field's cell."""
        try:
            return normalise(self.columns.raw(self.row, field), self._steps(field)) != ""
        except CellError:
            return True

    def text(self, field: str, *, required: bool = False) -> str | None:
        """Read a field that is text; None when it is empty."""
        return self.parsed(field, parse_text, required=required)

    def parsed(
        self, field: str, parse: Callable[[str], Value], *, required: bool = False
    ) -> Value | None:
        """Read a field; None when it is empty or cannot be read, which is then noted."""
        try:
            raw = self.columns.raw(self.row, field)
            if text := _text(raw, self._steps(field), required=required):
                return parse(text)
        except CellError as error:
            self.refuse(field, error.code, error.reason)
        return None

    def size_columns(self, labels: Mapping[str, str]) -> list[SizeLine]:
        """Read a row that has a column a size; an empty cell and a zero ask for nothing."""
        sizes: list[SizeLine] = []
        noted = len(self.problems)
        for name, label in labels.items():
            cell = cell_of(self.row, self.columns.size_positions[name])
            if cell.strip("0") in ("", ".", ","):
                continue
            try:
                quantity = self.parse_pieces(_text(cell, (), required=True))
            except CellError as error:
                self._note(name, cell, error.code, error.reason)
            else:
                size = normalise(label, self._steps("size"))
                sizes.append(SizeLine(self.row.line_number, size, quantity))
        if not sizes and len(self.problems) == noted:
            reason = f"No quantity in any of the size columns {', '.join(labels)}."
            self._note(None, None, "missing", reason)
        return sizes

    def _note(self, column: str | None, value: str | None, code: str, reason: str) -> None:
        self.problems.append(Problem(self.row.line_number, column, value, code, reason))

    def _steps(self, field: str) -> tuple[Step, ...]:
        return self.mapping.normalize.steps(field)


def _text(raw: str, steps: tuple[Step, ...], *, required: bool) -> str:
    if raw.upper() in SPREADSHEET_ERRORS:
        raise CellError("spreadsheet_error", "The spreadsheet could not compute this cell.")
    text = normalise(raw, steps)
    if required and not text:
        raise CellError("missing", "Empty; a line needs it.")
    return text


def _require(columns: Columns, section: str, *fields: str) -> None:
    missing = [field for field in fields if not columns.has(field)]
    if missing:
        raise OmsCliError(
            f"The file has no column for {' and '.join(f'`{field}`' for field in missing)}.",
            f"Give a mapping (--map) that names one under [{section}.columns].",
        )
