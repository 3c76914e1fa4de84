"""The standard terms that a contract ends with."""

import tomllib
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from oms_documents.errors import ClausesError


class Clause(BaseModel):
    """One of the standard terms."""

    model_config = ConfigDict(extra="forbid")

    heading: str
    text: str


class Clauses(BaseModel):
    """A file of them."""

    model_config = ConfigDict(extra="forbid")

    clauses: list[Clause]


def load_clauses(file: Path | None = None) -> list[Clause]:
    """Read standard terms; without a file, ours."""
    source = file or resources.files(__package__) / "clauses.toml"
    try:
        told = tomllib.loads(source.read_text(encoding="utf-8"))
        return Clauses.model_validate(told).clauses
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ClausesError(f"{file} is no file of clauses: {error}") from error
