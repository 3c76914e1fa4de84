"""Where a project's files are."""

import os
from dataclasses import dataclass
from pathlib import Path

from oms_cli.errors import OmsCliError


@dataclass(frozen=True)
class Project:
    """A folder that holds `supabase/config.toml`, and what the tools keep in it."""

    root: Path

    @property
    def config(self) -> Path:
        """The Supabase project's settings."""
        return self.root / "supabase" / "config.toml"

    @property
    def migrations(self) -> Path:
        """What is deployed, in order."""
        return self.root / "supabase" / "migrations"

    @property
    def state(self) -> Path:
        """All that the local stack writes: data, logs, secrets. Git ignores it."""
        return self.root / ".oms"

    @property
    def node_modules(self) -> Path:
        """The npm tools."""
        return self.root / "node_modules"

    def shown(self, path: Path) -> str:
        """Give a path as a person in the project's folder would write it."""
        return str(path.relative_to(self.root) if path.is_relative_to(self.root) else path)


def find_project() -> Project:
    """Find the project: `OMS_HOME`, else the current folder or the nearest one above it."""
    if home := os.environ.get("OMS_HOME"):
        candidates = [Path(home).resolve()]
    else:
        here = Path.cwd()
        candidates = [here, *here.parents]
    for root in candidates:
        if Project(root).config.is_file():
            return Project(root)
    raise OmsCliError(
        f"{candidates[0]} is not in an OMS project: supabase/config.toml not found.",
        "Go to the project's folder, or set OMS_HOME to it.",
    )
