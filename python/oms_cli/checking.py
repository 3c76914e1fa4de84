"""Whether the declared state, the migrations and the rules of the house agree."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from oms_cli import supabase, types
from oms_cli.building import build_from_declared, build_from_migrations, scratch_database
from oms_cli.config import declared_files, load_config
from oms_cli.drafting import declared_in, migration_files
from oms_cli.errors import OmsCliError
from oms_cli.paths import Project
from oms_cli.server import Server, connected


@dataclass(frozen=True)
class Result:
    """One check's outcome; `findings` is what a person needs to mend it."""

    name: str
    findings: list[str]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def run_checks(project: Project, server: Server) -> Iterator[Result]:
    """Run every check, the quick ones first; what cannot be built is not compared."""
    yield _timed("sqlfluff", lambda: _sqlfluff(project))
    yield _timed("squawk", lambda: _squawk(project))
    with (
        scratch_database(server, "migrations") as migrated,
        scratch_database(server, "declared") as declared,
    ):
        builds = [
            _timed("migrations apply", lambda: _built(build_from_migrations, project, migrated)),
            _timed("sql/ builds", lambda: _built(build_from_declared, project, declared)),
        ]
        yield from builds
        if builds[0].passed and builds[1].passed:
            yield _timed(
                "migrations equal sql/",
                lambda: _differences(project, migrated, declared),
            )
        if builds[0].passed:
            yield _timed("advisors", lambda: advisor_findings(project, migrated))
            yield _timed("row security", lambda: _unguarded(project, migrated))
            if types.has_client(project):
                yield _timed("client equals the database", lambda: _stale(project, migrated))


def advisor_findings(project: Project, server: Server) -> list[str]:
    """Run the official lints on a database."""
    return [
        f"{one.level} {one.lint}: {one.detail}"
        for one in supabase.advice(project, server.owner_url)
    ]


def _built(build: Callable[[Project, Server], None], project: Project, empty: Server) -> list[str]:
    try:
        build(project, empty)
    except OmsCliError as error:
        return [error.what]
    return []


def _differences(project: Project, migrated: Server, declared: Server) -> list[str]:
    """Compare in both directions: what one side lacks may be beyond the other's coverage."""
    ends = (migrated.owner_url, declared.owner_url)
    with ThreadPoolExecutor() as pool:
        there, back = pool.map(partial(supabase.difference, project), ends, reversed(ends))
    findings = []
    if there:
        findings.append(f"sql/ is ahead of the migrations (`oms db draft NAME` drafts):\n{there}")
    elif back:
        findings.append(f"The migrations are ahead of sql/; undoing that would be:\n{back}")
    return findings


def _unguarded(project: Project, server: Server) -> list[str]:
    """Find exposed relations without row security.

    The official lints look at what `anon` and `authenticated` may read; our audiences have roles
    of their own.
    """
    with connected(server.owner_url) as connection:
        rows = connection.execute(
            """
            select format(
              case c.relkind
                when 'r' then '%%s has no row level security'
                when 'p' then '%%s has no row level security'
                when 'v' then '%%s is a view without security_invoker = true'
                else '%%s cannot have row level security'
              end,
              c.oid::regclass
            )
            from pg_class as c
            where c.relnamespace::regnamespace::text = any (%s)
              and case
                    when c.relkind in ('r', 'p') then not c.relrowsecurity
                    when c.relkind = 'v'
                      then not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
                    else c.relkind in ('m', 'f')
                  end
            order by 1
            """,
            [list(load_config(project).schemas)],
        ).fetchall()
    return [str(row[0]) for row in rows]


def _stale(project: Project, server: Server) -> list[str]:
    """Name the files of the typed client that are not what the database makes them."""
    with connected(server.owner_url) as connection:
        files = types.stale_files(project, connection)
    return [f"{project.shown(file)} is not up to date; run `oms types`." for file in files]


def _sqlfluff(project: Project) -> list[str]:
    declared = declared_files(project).files
    # A migration that is a declared file verbatim has been looked at there.
    own = [file for file in migration_files(project) if declared_in(file) is None]
    return _tool(
        project, "sqlfluff", "lint", "--nocolor", "--disable-progress-bar", *declared, *own
    )


def _squawk(project: Project) -> list[str]:
    return _tool(project, "squawk", "--reporter", "gcc", *migration_files(project))


def _tool(project: Project, name: str, *arguments: str | Path) -> list[str]:
    if not any(isinstance(argument, Path) for argument in arguments):
        return []
    program = Path(sys.executable).parent / name
    if not program.is_file():
        raise OmsCliError(f"{name} is not installed.", "Run `make setup`.")
    done = subprocess.run(
        [program, *arguments],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if done.returncode == 0 else [(done.stdout + done.stderr).strip()]


def _timed(name: str, check: Callable[[], list[str]]) -> Result:
    began = time.monotonic()
    findings = check()
    return Result(name, findings, round(time.monotonic() - began, 2))
