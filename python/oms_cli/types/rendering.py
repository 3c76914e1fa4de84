"""Writes the modules of `oms_client` that follow from the database.

Imports are written generously: ruff drops those that a module does not use.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from oms_cli.errors import OmsCliError
from oms_cli.types.catalogue import Argument, Catalogue, Column, Command, Relation, Result
from oms_cli.types.naming import class_name, documented, error_name, member_name, type_name

HEADER = "# Written from the database by `oms types`; change the database, not this.\n"
IMPORTS = """
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, Required, TypedDict, Unpack
from uuid import UUID

from pydantic import AwareDatetime
"""
PYTHON = {
    "bool": "bool",
    "date": "date",
    "int4": "int",
    "int8": "int",
    "jsonb": "Any",
    "numeric": "Decimal",
    "text": "str",
    "time": "time",
    "timestamptz": "AwareDatetime",
    "uuid": "UUID",
    "varchar": "str",
}
# Postgres keeps them; nobody sorts by them.
UNSORTABLE = {"jsonb"}
INDENT = "    "

Types = Mapping[str, str]


def modules(catalogue: Catalogue) -> dict[str, str]:
    """Return the text of each module by its path in the package."""
    own = (*(one.name for one in catalogue.enums), *catalogue.shapes)
    types = PYTHON | {name: type_name(name) for name in own}
    enums = _imported("enums", (type_name(one.name) for one in catalogue.enums))
    rows = _imported("rows", map(class_name, _returned(catalogue)))
    filters = _imported("filters", _names(catalogue.relations, "{}Where", "{}Sort"))
    writes = _imported(
        "writes",
        (
            *_names((one for one in catalogue.relations if _insertable(one)), "New{}"),
            *_names((one for one in catalogue.relations if _updatable(one)), "{}Changes"),
            *(type_name(shape) for shape in catalogue.shapes),
        ),
    )
    row_of = partial(_row, types=types)
    return {
        "enums.py": _module(
            "Enum types: the labels that a column may hold.",
            "from oms_client.wire import Label\n",
            (_enum(one.name, one.comment, one.labels) for one in catalogue.enums),
        ),
        "rows.py": _module(
            "Rows as the API returns them, one class a table, view or result of a command.",
            f"{enums}from oms_client.wire import Row\n",
            map(row_of, [*catalogue.relations, *catalogue.results]),
        ),
        "filters.py": _module(
            "What rows can be found by, and sorted by.",
            f"{enums}from oms_client.conditions import Condition\n",
            (part for one in catalogue.relations for part in _filters(one, types)),
        ),
        "writes.py": _module(
            "What may be written: by whom exactly, the database decides.",
            enums,
            (
                *(part for one in catalogue.relations for part in _writes(one, types)),
                *(_shape(name, own, types) for name, own in catalogue.shapes.items()),
            ),
        ),
        "refusals.py": _module(
            "One class for each stable code of the catalogue of errors.",
            "from oms_client.errors import RefusedError\n",
            (_refusal(one.code, one.http_status, one.meaning) for one in catalogue.errors),
        ),
        "_async/api.py": _module(
            "The tables, views and commands of the API, each with its own types.",
            "from oms_client._async.table import PAGE, AsyncReadable, AsyncWritable\n"
            "from oms_client._async.transport import AsyncTransport\n"
            f"{enums}{filters}{rows}{writes}",
            (*(_table(one, types) for one in catalogue.relations), _api(catalogue, types)),
        ),
    }


def _returned(catalogue: Catalogue) -> list[str]:
    """Name what has a class of its rows; a command that returns anything else is refused."""
    names = [one.name for one in catalogue.relations] + [one.name for one in catalogue.results]
    for one in catalogue.commands:
        if one.returns not in names:
            raise OmsCliError(
                f"ops.{one.name} returns a {one.returns}, which has no class of its rows.",
                "Return rows of a table or view, or of a composite type that stands in ops.",
            )
    return names


def renamed(catalogue: Catalogue) -> dict[str, str]:
    """Return the classes whose synchronous name is not made by rule."""
    return {f"Async{_table_class(one)}": _table_class(one) for one in catalogue.relations}


def _module(title: str, imports: str, parts: Iterable[str]) -> str:
    return f'"""{title}"""\n{HEADER}{IMPORTS}{imports}\n\n' + "\n\n\n".join(parts) + "\n"


def _imported(module: str, names: Iterable[str]) -> str:
    return f"from oms_client.{module} import ({', '.join(names)},)\n"


def _names(relations: Iterable[Relation], *patterns: str) -> list[str]:
    return [pattern.format(class_name(one.name)) for one in relations for pattern in patterns]


def _class(head: str, comment: str | None, body: Sequence[str]) -> str:
    lines = [f"class {head}:", *documented(comment, INDENT)]
    return "\n".join([*lines, *([""] if comment and body else []), *body])


def _enum(name: str, comment: str | None, labels: Sequence[str]) -> str:
    members = [f'{INDENT}{member_name(label)} = "{label}"' for label in labels]
    return _class(f"{type_name(name)}(Label)", comment or _title(name), members)


def _row(relation: Relation | Result, types: Types) -> str:
    body = []
    for column in relation.columns:
        body.append(f"{INDENT}{column.name}: {_value(column, types)}")
        body += documented(column.comment, INDENT)
    return _class(f"{class_name(relation.name)}(Row)", relation.comment, body)


def _filters(relation: Relation, types: Types) -> Iterable[str]:
    name = class_name(relation.name)
    conditions = []
    for column in relation.columns:
        own = _python(column, types)
        null = " | None" if column.nullable else ""
        asked = "Any" if own == "Any" else _given(f"{own} | Condition[{own}]{null}")
        conditions.append(f"{INDENT}{column.name}: {asked}")
    yield _class(
        f"{name}Where(TypedDict, total=False)", f"Conditions on {relation.name}.", conditions
    )
    sortable = [
        f'"{sign}{column.name}"'
        for column in relation.columns
        if column.type not in UNSORTABLE and not column.is_array
        for sign in ("", "-")
    ]
    yield f"{name}Sort = Literal[{', '.join(sortable)}]"


def _writes(relation: Relation, types: Types) -> Iterable[str]:
    name = class_name(relation.name)
    if _insertable(relation):
        fields = [
            f"{INDENT}{one.name}: {f'Required[{value}]' if one.required else value}"
            for one in relation.columns
            if one.may_insert and (value := _given(_value(one, types)))
        ]
        yield _class(f"New{name}(TypedDict, total=False)", f"A new row of {relation.name}.", fields)
    if _updatable(relation):
        fields = [
            f"{INDENT}{one.name}: {_given(_value(one, types))}"
            for one in relation.columns
            if one.may_update
        ]
        yield _class(
            f"{name}Changes(TypedDict, total=False)",
            f"Changes to a row of {relation.name}.",
            fields,
        )


def _shape(name: str, attributes: Sequence[Column], types: Types) -> str:
    """Write a record of a command's list. What it must have, its command says."""
    fields = [f"{INDENT}{one.name}: {_given(_value(one, types))}" for one in attributes]
    title = f"One record of a command's list: {name.replace('_', ' ')}."
    return _class(f"{type_name(name)}(TypedDict, total=False)", title, fields)


def _refusal(code: str, status: int, meaning: str) -> str:
    return _class(f'{error_name(code)}(RefusedError, code="{code}")', f"{status}: {meaning}", [])


def _table(relation: Relation, types: Types) -> str:
    row, table = class_name(relation.name), _table_class(relation)
    where = f"**where: Unpack[{row}Where]"
    sort = f"order: {row}Sort | Sequence[{row}Sort] = ()"
    columns = {one.name: one for one in relation.columns}
    keys = ", ".join(f"{name}: {_value(columns[name], types)}" for name in relation.key)
    key = ", ".join(relation.key)
    writable = _insertable(relation) or _updatable(relation) or relation.may_delete
    body = [
        f'{INDENT}name = "{relation.name}"',
        f"{INDENT}key = ({', '.join(repr(name) for name in relation.key)},)",
        f"{INDENT}row = {row}",
        "",
        *_method(
            f"def find(self, *, {sort}, limit: int | None = None, page_size: int = PAGE, {where}) "
            f"-> AsyncIterator[{row}]",
            "Find rows, page by page, each once, even while others come in.",
            "return self._find(where, order, limit, page_size)",
        ),
        *_method(
            f"async def first(self, *, {sort}, {where}) -> {row} | None",
            "Find the first row, or none.",
            "return await self._first(where, order)",
        ),
        *_method(
            f"async def count(self, {where}) -> int",
            "Count rows, exactly.",
            "return await self._count(where)",
        ),
    ]
    if not any(columns[name].nullable for name in relation.key):
        body += _method(
            f"async def get(self, {keys}) -> {row}",
            f"Get the row with this {' and '.join(relation.key)}. Raises NotFoundError.",
            f"return await self._get({key})",
        )
    if _insertable(relation):
        body += _method(
            f"async def insert(self, **new: Unpack[New{row}]) -> {row}",
            "Insert a row, and return it as it now is. With an `id` of its own it can be repeated.",
            "return await self._insert(new)",
        )
        body += _method(
            f"async def insert_many(self, new: Iterable[New{row}]) -> list[{row}]",
            "Insert rows in one statement: all of them, or none.",
            "return await self._insert_many(new)",
        )
    if _updatable(relation):
        stale = (
            " Given the `row_version` read, raises StaleRowVersionError for a row changed since."
            if "row_version" in columns
            else ""
        )
        body += _method(
            f"async def update(self, {keys}, **changes: Unpack[{row}Changes]) -> {row}",
            f"Change a row, and return it as it now is. Raises NotFoundError.{stale}",
            f"return await self._update(({key},), changes)",
        )
        body += _method(
            f"async def update_where(self, changes: {row}Changes, {where}) -> list[{row}]",
            "Change all rows that fulfil conditions, in one statement, and return them.",
            "return await self._update_where(changes, where)",
        )
    if relation.may_delete:
        body += _method(
            f"async def delete(self, {keys}) -> None",
            "Delete a row. Raises NotFoundError.",
            f"await self._delete({key})",
        )
    base = "AsyncWritable" if writable else "AsyncReadable"
    return _class(f"Async{table}({base}[{row}])", relation.comment, body)


def _api(catalogue: Catalogue, types: Types) -> str:
    tables = [
        f"{INDENT * 2}self.{one.name} = Async{_table_class(one)}(transport)"
        for one in catalogue.relations
    ]
    body = [
        f"{INDENT}def __init__(self, transport: AsyncTransport) -> None:",
        f"{INDENT * 2}self._transport = transport",
        *tables,
        "",
        *(line for one in catalogue.commands for line in _command(one, types)),
    ]
    return _class("AsyncApi", "Every table, view and command of the API.", body)


def _command(command: Command, types: Types) -> list[str]:
    row = class_name(command.returns)
    arguments = [_argument(one, types) for one in command.arguments]
    sent = ", ".join(f'"{one.name}": {one.name}' for one in command.arguments)
    # What changes nothing may be asked as often as one likes.
    key = [] if command.is_stable else ["*", "idempotency_key: str | None = None"]
    given = "None" if command.is_stable else "idempotency_key"
    called = f'await self._transport.call("{command.name}", {{{sent}}}, {given})'
    result = f"list[{row}]" if command.returns_set else row
    read = f"[{row}.model_validate(one) for one in {called}]"
    signature = ", ".join(["self", *arguments, *key])
    return _method(
        f"async def {command.name}({signature}) -> {result}",
        command.comment,
        f"return {read if command.returns_set else f'{row}.model_validate({called})'}",
    )


def _argument(argument: Argument, types: Types) -> str:
    own = _given(types[argument.type])
    if argument.shape:
        own = f"Sequence[{type_name(argument.shape)}]"
    elif argument.is_array:
        own = f"Sequence[{own}]"
    return (
        f"{argument.name}: {own} | None = None" if argument.optional else f"{argument.name}: {own}"
    )


def _method(signature: str, comment: str | None, statement: str) -> list[str]:
    return [
        f"{INDENT}{signature}:",
        *documented(comment, INDENT * 2),
        f"{INDENT * 2}{statement}",
        "",
    ]


def _python(column: Column, types: Types) -> str:
    if column.type not in types:
        raise OmsCliError(
            f"ops.{column.relation}.{column.name} is a {column.type}, for which `oms types` "
            "knows no Python type.",
            "Name it in PYTHON in oms_cli/types/rendering.py.",
        )
    return f"list[{types[column.type]}]" if column.is_array else types[column.type]


def _value(column: Column, types: Types) -> str:
    own = _python(column, types)
    return f"{own} | None" if column.nullable and own != "Any" else own


def _given(own: str) -> str:
    """Write the type of what a caller gives: a whole number is a numeric, too."""
    return own.replace("Decimal", "Decimal | int")


def _insertable(relation: Relation) -> bool:
    return any(one.may_insert for one in relation.columns)


def _updatable(relation: Relation) -> bool:
    return any(one.may_update for one in relation.columns)


def _table_class(relation: Relation) -> str:
    return type_name(relation.name) + "Table"


def _title(name: str) -> str:
    return f"{name.replace('_', ' ').capitalize()}."
