"""The mapping file: which of a file's columns says what, and how its values are spelled."""

import difflib
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from oms_cli.errors import OmsCliError
from oms_cli.imports.cells import Step, normalise
from oms_cli.imports.fields import (
    BomFields,
    ConversionFields,
    ForecastFields,
    OfferFields,
    OrderFields,
    PlaceFields,
    ProductFields,
    PurchaseOrderFields,
    StockFields,
    Strict,
    StyleFields,
    Text,
    UnitFields,
    VendorFields,
)

COMMON_SIZES = (
    *("XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "XXXL", "3XL"),
    *("4XL", "5XL", "6XL", "FREE", "ONE SIZE"),
)

Fields_co = TypeVar("Fields_co", bound=BaseModel, covariant=True)


def stated(fields: BaseModel | None) -> dict[str, str]:
    """Return the fields that have a value."""
    return fields.model_dump(exclude_none=True) if fields else {}


class Normalize(Strict):
    """How the values of a field are spelled alike, step by step."""

    client: tuple[Step, ...] = ()
    client_name: tuple[Step, ...] = ()
    client_po_number: tuple[Step, ...] = ()
    style_number: tuple[Step, ...] = ("upper",)
    style_name: tuple[Step, ...] = ()
    category: tuple[Step, ...] = ()
    color: tuple[Step, ...] = ()
    color_reference: tuple[Step, ...] = ()
    season: tuple[Step, ...] = ()
    sku: tuple[Step, ...] = ("upper",)
    size: tuple[Step, ...] = ("upper",)
    currency: tuple[Step, ...] = ("upper",)
    product_number: tuple[Step, ...] = ("upper",)
    product_name: tuple[Step, ...] = ()
    product_sku: tuple[Step, ...] = ("upper",)
    component: tuple[Step, ...] = ("upper",)
    template: tuple[Step, ...] = ("upper",)
    template_name: tuple[Step, ...] = ()
    unit: tuple[Step, ...] = ("upper",)
    unit_name: tuple[Step, ...] = ()
    from_unit: tuple[Step, ...] = ("upper",)
    to_unit: tuple[Step, ...] = ("upper",)
    warehouse: tuple[Step, ...] = ()
    location: tuple[Step, ...] = ()
    lot: tuple[Step, ...] = ()
    vendor: tuple[Step, ...] = ()
    vendor_name: tuple[Step, ...] = ()
    vendor_sku: tuple[Step, ...] = ()
    email: tuple[Step, ...] = ()
    warehouse_name: tuple[Step, ...] = ()
    version: tuple[Step, ...] = ()
    po_number: tuple[Step, ...] = ()
    delivery_note: tuple[Step, ...] = ()
    note: tuple[Step, ...] = ()

    def steps(self, field: str) -> tuple[Step, ...]:
        """Return the steps for a field; numbers and dates have none."""
        found: tuple[Step, ...] = getattr(self, field, ())
        return found


class Refusal(Strict):
    """Rows that are not what the file is about, and why."""

    field: Text
    values: tuple[str, ...] = Field(min_length=1)
    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    reason: Text


class Lookup(Strict):
    """Another file, whose row a column of the imported one names by its key."""

    file: Text
    key: Text
    column: Text | None = None
    optional: bool = False


class Section(Strict, Generic[Fields_co]):
    """How to read the files of one kind."""

    file: Text | None = None
    sheet: Text | None = None
    columns: Fields_co | None = None
    constants: Fields_co = Field(default_factory=dict, validate_default=True)
    defaults: Fields_co = Field(default_factory=dict, validate_default=True)
    values: dict[str, dict[str, Text]] = Field(default_factory=dict)
    refuse: tuple[Refusal, ...] = ()

    @model_validator(mode="after")
    def _one_source_each(self) -> Self:
        otherwise = {**stated(self.columns), **stated(self.defaults)}
        for field in stated(self.constants):
            if field in otherwise:
                raise ValueError(
                    f"`{field}` stands under constants and again under columns or defaults; "
                    "a constant is the same on every row"
                )
        known = type(self.constants).model_fields
        for key, fields in (
            ("refuse", [refusal.field for refusal in self.refuse]),
            ("values", self.values),
        ):
            for field in fields:
                if field not in known:
                    raise ValueError(f"{key}: {field!r} is no field; {_one_of(known)}")
        return self


class OrdersMapping(Section[OrderFields]):
    """How to read an order book."""

    size_columns: dict[str, Text] = Field(default_factory=dict)
    create_clients: bool = False
    repeated_lines: Literal["reject", "sum"] = "reject"

    @model_validator(mode="after")
    def _sizes_in_one_way(self) -> Self:
        if self.size_columns:
            said = {**stated(self.columns), **stated(self.constants), **stated(self.defaults)}
            for field in ("size", "quantity", "sku"):
                if field in said:
                    raise ValueError(
                        f"`{field}` and size_columns exclude each other: with a column a size, the "
                        "columns name the sizes and hold the quantities"
                    )
        return self


class BomsMapping(Section[BomFields]):
    """How to read bills of materials."""

    activate: bool = True


class StockMapping(Section[StockFields]):
    """How to read a stock list."""

    create_places: bool = False
    complete: bool = False


class FileMapping(Strict):
    """A mapping file: spelling first, which holds for files of every kind."""

    sizes: tuple[Text, ...] = Field(default=COMMON_SIZES, min_length=1)
    size_aliases: dict[str, Text] = Field(default_factory=dict)
    date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    decimal: Literal[".", ","] = "."
    normalize: Normalize = Normalize()
    lookups: dict[str, Lookup] = Field(default_factory=dict)
    styles: Section[StyleFields] = Section[StyleFields]()
    orders: OrdersMapping = OrdersMapping()
    units: Section[UnitFields] = Section[UnitFields]()
    conversions: Section[ConversionFields] = Section[ConversionFields]()
    products: Section[ProductFields] = Section[ProductFields]()
    boms: BomsMapping = BomsMapping()
    vendors: Section[VendorFields] = Section[VendorFields]()
    offers: Section[OfferFields] = Section[OfferFields]()
    places: Section[PlaceFields] = Section[PlaceFields]()
    purchase_orders: Section[PurchaseOrderFields] = Section[PurchaseOrderFields]()
    stock: StockMapping = StockMapping()
    forecasts: Section[ForecastFields] = Section[ForecastFields]()

    @field_validator("date_formats")
    @classmethod
    def _formats_of_dates(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        example = date(2026, 12, 31)
        for text in formats:
            try:
                kept = datetime.strptime(example.strftime(text), text).date() == example
            except ValueError:
                kept = False
            if not kept:
                raise ValueError(f"{text!r} names no day, month and year; write it like '%d.%m.%Y'")
        return formats

    @model_validator(mode="after")
    def _sizes_are_known(self) -> Self:
        twice = [size for size, times in Counter(self.size_labels).items() if times > 1]
        if twice:
            raise ValueError(f"sizes: {twice[0]!r} stands there twice")
        for key, labels in (
            ("size_aliases", self.size_aliases.values()),
            ("orders.size_columns", self.orders.size_columns.values()),
        ):
            for label in labels:
                if normalise(label, self.normalize.size) not in self.size_labels:
                    raise ValueError(f"{key}: {label!r} is none of the sizes; add it to `sizes`")
        columns = [normalise(x, self.normalize.size) for x in self.orders.size_columns.values()]
        if len(set(columns)) < len(columns):
            raise ValueError("orders.size_columns: two columns are the same size")
        return self

    @cached_property
    def size_labels(self) -> tuple[str, ...]:
        """The sizes as they are spelled in the database, small to large."""
        return tuple(normalise(size, self.normalize.size) for size in self.sizes)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Other spellings of a size."""
        steps = self.normalize.size
        return {normalise(k, steps): normalise(v, steps) for k, v in self.size_aliases.items()}


def load_mapping(file: Path) -> FileMapping:
    """Read a mapping file."""
    try:
        return FileMapping.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise OmsCliError(f"Cannot read the mapping {file}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OmsCliError(f"The mapping {file} is not valid TOML: {error}.") from error
    except ValidationError as error:
        wrong = "\n".join(f"  {_explain(detail)}" for detail in error.errors())
        raise OmsCliError(
            f"The mapping {file} is wrong:\n{wrong}", "docs/imports.md describes every key."
        ) from error


def section_of(mapping: FileMapping, name: str) -> Section[BaseModel]:
    """Return what a mapping says of one kind of file."""
    found: Section[BaseModel] = getattr(mapping, name)
    return found


def _keys() -> dict[tuple[str, ...], type[BaseModel]]:
    keys: dict[tuple[str, ...], type[BaseModel]] = {(): FileMapping, ("normalize",): Normalize}
    for name, field in FileMapping.model_fields.items():
        if isinstance(field.default, Section):
            keys[(name,)] = type(field.default)
            keys[(name, "refuse")] = Refusal
            for part in ("columns", "constants", "defaults"):
                keys[(name, part)] = type(field.default.constants)
    return keys


def _explain(detail: ErrorDetails) -> str:
    """Say which key is wrong, and what would be right."""
    path = tuple(part for part in detail["loc"] if isinstance(part, str))
    key = ".".join(str(part) for part in detail["loc"])
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        known = _known(path[:-1])
        close = difflib.get_close_matches(path[-1], known, n=1)
        hint = f"did you mean `{close[0]}`?" if close else _one_of(known)
        return f"{key}: no such key; {hint}"
    return f"{key}: {message}" if key else message


def _known(path: tuple[str, ...]) -> Iterable[str]:
    return (Lookup if path[:1] == ("lookups",) else _keys()[path]).model_fields


def _one_of(names: Iterable[str]) -> str:
    return f"there are {', '.join(names)}"
