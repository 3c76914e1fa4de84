"""The catalogue of events: what may happen, who may be told of it, and what a message holds."""

import json
from collections.abc import Iterable
from itertools import groupby

from oms_cli.documenting.catalogue import Catalogue, EventType
from oms_cli.documenting.markdown import code, paragraphs, roles, table


def events(catalogue: Catalogue) -> str:
    """Write the catalogue, a section for each kind of thing that something happens to."""
    return paragraphs(
        part
        for kind, types in groupby(catalogue.event_types, _kind)
        for part in (f"## {kind}", _section(list(types)))
    )


def schemas(catalogue: Catalogue) -> str:
    """Write the JSON Schema of each payload, by type."""
    return json.dumps({one.type: one.schema for one in catalogue.event_types}, indent=1)


def _section(types: list[EventType]) -> str:
    rows = [
        (code(one.type), str(one.version), one.summary, roles(one.roles), _fields(one.fields))
        for one in types
    ]
    return table(("type", "version", "what happened", "told to", "data"), rows)


def _fields(fields: Iterable[str]) -> str:
    return ", ".join(code(field) for field in fields)


def _kind(one: EventType) -> str:
    return one.type.partition(".")[0]
