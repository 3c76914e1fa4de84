"""What `supabase/config.toml` says that concerns the local stack."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from oms_cli.errors import OmsCliError
from oms_cli.paths import Project


@dataclass(frozen=True)
class Config:
    """The part of the Supabase project's settings that PostgREST and `oms db` need."""

    schemas: tuple[str, ...]
    extra_search_path: tuple[str, ...]
    max_rows: int
    schema_paths: tuple[str, ...]


@dataclass(frozen=True)
class Declared:
    """The files of the declared state in load order, and the listed ones that do not exist."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]


def load_config(project: Project) -> Config:
    """Read the settings."""
    try:
        settings = tomllib.loads(project.config.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OmsCliError(f"{project.shown(project.config)} is not valid TOML: {error}") from error
    api = settings.get("api", {})
    return Config(
        schemas=tuple(api.get("schemas", ["ops"])),
        extra_search_path=tuple(api.get("extra_search_path", [])),
        max_rows=int(api.get("max_rows", 1000)),
        schema_paths=tuple(settings.get("db", {}).get("migrations", {}).get("schema_paths", [])),
    )


def declared_files(project: Project) -> Declared:
    """Resolve `schema_paths`, which are relative to `supabase/` and may be globs."""
    base = project.config.parent
    files: dict[Path, None] = {}
    missing: list[str] = []
    for pattern in load_config(project).schema_paths:
        literal = (base / pattern).resolve()
        if "*" in pattern:
            found = sorted(literal.parent.glob(literal.name))
        elif literal.is_file():
            found = [literal]
        else:
            missing.append(pattern)
            continue
        files.update(dict.fromkeys(found))
    return Declared(tuple(files), tuple(missing))
