"""The mapping file: which of a file's columns says what, and how its values are spelled."""

import difflib
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from oms_cli.errors import OmsCliError
from oms_cli.imports.cells import Step, normalise

COMMON_SIZES = (
    *("XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "XXXL", "3XL"),
    *("4XL", "5XL", "6XL", "FREE", "ONE SIZE"),
)

Fields = TypeVar("Fields", bound=BaseModel)


def _as_text(value: Any) -> Any:
    """Let a constant be written as TOML's own date or number."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]


def stated(fields: BaseModel | None) -> dict[str, str]:
    """Return the fields that have a value."""
    return fields.model_dump(exclude_none=True) if fields else {}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StyleFields(_Strict):
    """What a line of a style list can say."""

    style_number: Text | None = None
    style_name: Text | None = None
    category: Text | None = None
    color: Text | None = None
    color_reference: Text | None = None
    season: Text | None = None
    sku: Text | None = None
    size: Text | None = None


class OrderFields(_Strict):
    """What a line of an order book can say."""

    client: Text | None = None
    client_name: Text | None = None
    client_po_number: Text | None = None
    order_date: Text | None = None
    ex_factory_date: Text | None = None
    in_hands_date: Text | None = None
    style_number: Text | None = None
    color: Text | None = None
    sku: Text | None = None
    size: Text | None = None
    quantity: Text | None = None
    unit_price: Text | None = None
    currency: Text | None = None


class Normalize(_Strict):
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

    def steps(self, field: str) -> tuple[Step, ...]:
        """Return the steps for a field; numbers and dates have none."""
        found: tuple[Step, ...] = getattr(self, field, ())
        return found


class Refusal(_Strict):
    """Rows that are not what the file is about, and why."""

    field: Text
    values: tuple[Text, ...] = Field(min_length=1)
    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    reason: Text


class _Section(_Strict, Generic[Fields]):
    sheet: Text | None = None
    columns: Fields | None = None
    constants: Fields
    defaults: Fields
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
        for refusal in self.refuse:
            if refusal.field not in known:
                raise ValueError(f"refuse: {refusal.field!r} is no field; {_one_of(known)}")
        return self


class StylesMapping(_Section[StyleFields]):
    """How to read a style list."""

    constants: StyleFields = StyleFields()
    defaults: StyleFields = StyleFields()


class OrdersMapping(_Section[OrderFields]):
    """How to read an order book."""

    constants: OrderFields = OrderFields()
    defaults: OrderFields = OrderFields()
    size_columns: dict[str, Text] = {}
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


class FileMapping(_Strict):
    """A mapping file: spelling first, which holds for styles and orders alike."""

    sizes: tuple[Text, ...] = Field(default=COMMON_SIZES, min_length=1)
    size_aliases: dict[str, Text] = {}
    date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    decimal: Literal[".", ","] = "."
    normalize: Normalize = Normalize()
    styles: StylesMapping = StylesMapping()
    orders: OrdersMapping = OrdersMapping()

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


_KEYS: dict[tuple[str, ...], type[BaseModel]] = {
    (): FileMapping,
    ("normalize",): Normalize,
    ("styles",): StylesMapping,
    ("orders",): OrdersMapping,
    **{("styles", part): StyleFields for part in ("columns", "constants", "defaults")},
    **{("orders", part): OrderFields for part in ("columns", "constants", "defaults")},
    **{(section, "refuse"): Refusal for section in ("styles", "orders")},
}


def _explain(detail: ErrorDetails) -> str:
    """Say which key is wrong, and what would be right."""
    path = tuple(part for part in detail["loc"] if isinstance(part, str))
    key = ".".join(str(part) for part in detail["loc"])
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        known = _KEYS[path[:-1]].model_fields
        close = difflib.get_close_matches(path[-1], known, n=1)
        hint = f"did you mean `{close[0]}`?" if close else _one_of(known)
        return f"{key}: no such key; {hint}"
    return f"{key}: {message}" if key else message


def _one_of(names: Iterable[str]) -> str:
    return f"there are {', '.join(names)}"
