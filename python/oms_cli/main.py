"""The `oms` command."""

import os
import shlex
import sys
import time
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from oms_cli import (
    building,
    checking,
    documenting,
    drafting,
    linting,
    members,
    repl,
    stack,
    supabase,
    tokens,
    types,
)
from oms_cli.bench.command import bench
from oms_cli.config import declared_files
from oms_cli.console import err, out, print_json, say, table
from oms_cli.demo.command import demo
from oms_cli.documents import documents_app
from oms_cli.errors import OmsCliError
from oms_cli.imports.commands import import_app
from oms_cli.jobs import jobs_app
from oms_cli.mail import mail_app
from oms_cli.paths import Project, find_project
from oms_cli.planning import plan
from oms_cli.quotes import quotes
from oms_cli.reports import report_app
from oms_cli.secret_keys import secrets_app
from oms_cli.server import connected
from oms_cli.timelines import timeline
from oms_cli.working import work
from oms_jobs import queue

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on one line.")]
Party = Annotated[str | None, typer.Option(help="Name or code in ops.directory.")]
Organization = Annotated[
    str | None, typer.Option(help="Name or code; may be left out when there is only one.")
]


class OmsTyper(typer.Typer):
    """A command tree that tells expected failures in a line or two."""

    def __call__(self, *arguments: object, **options: object) -> object:
        """Run the command line."""
        try:
            return super().__call__(*arguments, **options)
        except OmsCliError as error:
            err.print(f"error: {error.what}", style="red", markup=False, soft_wrap=True)
            if error.next_step:
                err.print(error.next_step, markup=False, soft_wrap=True)
        except psycopg.Error as error:
            err.print(f"error: {repl.complaint(error)}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)


app = OmsTyper(
    name="oms",
    help="Order management on Postgres: local stack, database, imports, demo.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
db = typer.Typer(
    help="Build, compare and check the database.", no_args_is_help=True, rich_markup_mode="markdown"
)
app.add_typer(db, name="db")
app.add_typer(import_app, name="import")
app.add_typer(documents_app, name="documents")
app.add_typer(report_app, name="report")
app.add_typer(mail_app, name="mail")
app.add_typer(secrets_app, name="secrets")
app.add_typer(jobs_app, name="jobs")
app.command()(demo)
app.command()(bench)
app.command()(quotes)
app.command()(timeline)
app.command()(plan)
app.command()(work)


@app.command()
def up(
    db_port: Annotated[
        int | None, typer.Option(help="Port of Postgres; a free one if unset.")
    ] = None,
    api_port: Annotated[
        int | None, typer.Option(help="Port of the API; a free one if unset.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Start the local stack: Postgres, PostgREST and a mail inbox, on loopback.

    A new database gets the migrations; an existing one is opened as it was left.

    Examples: `oms up` · `oms up --db-port 54322 --api-port 54321`

    With `OMS_DATABASE_URL` set no Postgres is started: that server is used instead. With
    `OMS_POSTGRES_BIN` set the Postgres in that folder is started.
    """
    project = find_project()
    stack.up(project, db_port=db_port, api_port=api_port, say=say)
    _print_status(stack.status(project), as_json=as_json)


@app.command()
def down(
    delete_data: Annotated[
        bool, typer.Option("--delete-data", help="Delete the database and the secrets, too.")
    ] = False,
) -> None:
    """Stop the local stack. The database stays for the next `oms up`.

    Examples: `oms down` · `oms down --delete-data`
    """
    was_up = stack.down(find_project(), delete_data=delete_data)
    say("The stack is down." if was_up else "The stack was not up.")
    if delete_data:
        say("Its data is deleted.")


@app.command()
def status(
    as_json: Json = False,
    as_variables: Annotated[
        bool, typer.Option("--env", help="Print API_URL and DB_URL for a shell to evaluate.")
    ] = False,
) -> None:
    """Show what runs and where. Exits with 1 unless all of it does.

    Examples: `oms status --json` · `eval "$(oms status --env)"`
    """
    state = stack.status(find_project())
    if as_variables:
        for name, url in (("API_URL", state["rest_url"]), ("DB_URL", state["database_url"])):
            out.print(f"{name}={shlex.quote(url or '')}", markup=False, soft_wrap=True)
    else:
        _print_status(state, as_json=as_json)
    if not state["running"]:
        raise typer.Exit(1)


@app.command()
def logs(
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Wait for new lines.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many lines of each log.")] = 30,
) -> None:
    """Show the end of the logs of Postgres and PostgREST.

    Examples: `oms logs` · `oms logs --follow`
    """
    files = stack.log_files(find_project())
    read_up_to: dict[str, int] = {}
    for name, file in files.items():
        content = file.read_bytes() if file.is_file() else b""
        read_up_to[name] = len(content)
        _print_log(name, content.decode(errors="replace").splitlines()[-lines:])
    while follow:
        time.sleep(0.3)
        for name, file in files.items():
            with file.open("rb") if file.is_file() else Path("/dev/null").open("rb") as source:
                source.seek(read_up_to[name])
                news = source.read()
            read_up_to[name] += len(news)
            _print_log(name, news.decode(errors="replace").splitlines())


@app.command()
def token(
    role: Annotated[str, typer.Option(help="Database role, such as oms_planner.")],
    party: Party = None,
    organization: Organization = None,
    ttl: Annotated[int, typer.Option(help="Seconds until it expires.")] = 3600,
    raw: Annotated[bool, typer.Option("--raw", help="Print the token and nothing else.")] = False,
    as_json: Json = False,
) -> None:
    """Make a token for trying the API, and the curl line to use it with.

    It speaks for the member with that role and party; one is added if there is none.

    Examples: `oms token --role oms_planner` · `oms token --role oms_factory --party "Hanoi Knits"`
    · `TOKEN=$(oms token --role oms_planner --raw)`
    """
    running = stack.require(find_project())
    with connected(running.server.owner_url) as connection:
        member = members.member_for(connection, role, party, organization)
    signed = tokens.sign(member, running.jwt_secret, ttl=ttl)
    curl = f"curl -H 'Authorization: Bearer {signed}' '{running.rest_url}/orders?limit=5'"
    if as_json:
        print_json({"token": signed, "curl": curl, "sub": member.sub, "role": member.role})
        return
    out.print(signed, markup=False, soft_wrap=True)
    if not raw:
        out.print()
        out.print(curl, markup=False, soft_wrap=True)


@app.command("sql")
def run_sql(
    statement: Annotated[str | None, typer.Argument(help="What to run.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Run a file.")] = None,
    role: Annotated[str | None, typer.Option("--as", help="Act as this role.")] = None,
    party: Party = None,
    organization: Organization = None,
    as_json: Json = False,
) -> None:
    """Run SQL, or open a prompt.

    Examples: `oms sql "select * from ops.orders limit 5"` · `oms sql -f report.sql` ·
    `oms sql --as oms_factory --party "Hanoi Knits" "select * from ops.factory_pos"`
    """
    running = stack.require(find_project())
    with connected(running.server.owner_url) as connection:
        if role:
            tokens.act_as(connection, members.member_for(connection, role, party, organization))
        if statement is not None:
            repl.run(connection, statement, as_json=as_json)
        elif file is not None:
            repl.run(connection, file.read_text(encoding="utf-8"), as_json=as_json)
        elif sys.stdin.isatty():
            repl.prompt(connection, as_json=as_json)
        else:
            repl.run(connection, sys.stdin.read(), as_json=as_json)


@app.command()
def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a page is stale.")
    ] = False,
) -> None:
    """Write the generated pages of `docs/` from a database built from the migrations.

    Examples: `oms docs` · `oms docs --check`
    """
    project = find_project()
    with (
        stack.any_server(project) as server,
        building.scratch_database(server, "docs") as database,
    ):
        building.build_from_migrations(project, database)
        with connected(database.owner_url) as connection:
            wanted = documenting.pages(project, connection)
    stale = documenting.differences(project, wanted)
    if check and stale:
        out.print("\n".join(stale), markup=False, soft_wrap=True)
        raise typer.Exit(1)
    for file, text in wanted.items():
        if not check:
            file.write_text(text, encoding="utf-8")
    say(f"{len(stale)} pages rewritten." if stale else "The pages are up to date.")


@db.command("migrate")
def db_migrate() -> None:
    """Apply the pending migrations to the running stack's database.

    Example: `oms db migrate`
    """
    project = find_project()
    server = stack.require(project).server
    supabase.migrate(project, server.owner_url)
    queue.install_if_declared(server.owner_url)
    with connected(server.owner_url) as connection:
        connection.execute("notify pgrst, 'reload schema'")
    say("The database is up to date.")


@db.command("reset")
def db_reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before dropping.")] = False,
) -> None:
    """Drop the running stack's database and make it anew from the migrations.

    Asks first when the database is on a server of your own.

    Examples: `oms db reset` · `oms db reset --yes`
    """
    project = find_project()
    if os.environ.get("OMS_DATABASE_URL") and not yes:
        database = stack.require(project).server.database
        typer.confirm(f"Drop database {database} on your own server?", abort=True)
    with stack.without_api(project) as server:
        building.rebuild(project, server)
    say("The database is new.")


@db.command("draft")
def db_draft(
    name: Annotated[str, typer.Argument(help="What it does, such as add_holds.")],
    at: Annotated[
        str | None, typer.Option(help="First timestamp, YYYYMMDDHHMMSS; now if unset.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft the migrations from what is deployed to what `sql/` declares.

    New files of `sql/` become migrations as they stand, changed ones a difference called NAME.
    Review it: a draft knows nothing of locks or of data.

    Example: `oms db draft add_holds`
    """
    project = find_project()
    _warn_of_missing(project)
    with stack.any_server(project) as server:
        written = [project.shown(file) for file in drafting.draft(project, server, name, at)]
    if as_json:
        print_json({"written": written})
    else:
        for file in written:
            out.print(file, markup=False, soft_wrap=True)
        say(
            f"{len(written)} written." if written else "Nothing to draft: sql/ is what is deployed."
        )


@db.command("check")
def db_check(as_json: Json = False) -> None:
    """Check that migrations and `sql/` agree, and that both keep the rules.

    Builds one database from each, compares them strictly, runs the official advisors on the
    result, and sqlfluff and squawk on the files. Uses a temporary server when the stack is down.

    Examples: `oms db check` · `oms db check --json`
    """
    project = find_project()
    _warn_of_missing(project)
    results = []
    with stack.any_server(project) as server:
        for result in checking.run_checks(project, server):
            results.append(result)
            if not as_json:
                _print_result(result)
    passed = all(result.passed for result in results)
    if as_json:
        print_json({"passed": passed, "checks": [vars(result) for result in results]})
    if not passed:
        raise typer.Exit(1)


@db.command("advisors")
def db_advisors(as_json: Json = False) -> None:
    """Run the official security and performance lints on the running database.

    Example: `oms db advisors`
    """
    project = find_project()
    findings = checking.advisor_findings(project, stack.require(project).server)
    if as_json:
        print_json({"findings": findings})
    else:
        for finding in findings:
            out.print(finding, markup=False, soft_wrap=True)
        say(f"{len(findings)} findings.")
    if findings:
        raise typer.Exit(1)


@app.command("types")
def types_command() -> None:
    """Write the typed client (`python/oms_client`) from what the migrations make.

    `oms db check` fails while they differ. Uses a temporary server when the stack is down.

    Example: `oms types`
    """
    project = find_project()
    with stack.any_server(project) as server:
        written = types.write_client(project, server)
    say(f"{len(written)} files written." if written else "The client is up to date.")
    for file in written:
        say(f"  {project.shown(file)}")


@db.command("lint")
def db_lint(as_json: Json = False) -> None:
    """Lint every PL/pgSQL function with plpgsql_check.

    Postgres looks at a function's statements only when they run; this looks at all of them, and at
    a trigger's function once for each table. Needs a server that has the extension, which the
    embedded one has not.

    Example: `OMS_POSTGRES_BIN=/usr/lib/postgresql/15/bin oms db lint`
    """
    project = find_project()
    with stack.any_server(project) as server:
        findings = linting.lint(project, server)
    if as_json:
        print_json({"findings": findings})
    else:
        for finding in findings:
            out.print(finding, markup=False, soft_wrap=True)
        say(f"{len(findings)} findings.")
    if findings:
        raise typer.Exit(1)


def _print_status(state: stack.Status, *, as_json: bool) -> None:
    if as_json:
        print_json(state)
        return
    rows = [(name, *part.values()) for name, part in state["parts"].items()]
    out.print(table(("part", "state", "pid", "port"), rows))
    if state["running"]:
        out.print(f"database  {state['database_url']}", markup=False, soft_wrap=True)
        out.print(f"api       {state['rest_url']}", markup=False, soft_wrap=True)


def _print_result(result: checking.Result) -> None:
    mark = "[green]ok[/green]    " if result.passed else "[red]FAILED[/red]"
    out.print(f"{mark} {result.name} [dim]{result.seconds:.1f} s[/dim]")
    for finding in result.findings:
        out.print(finding, markup=False, soft_wrap=True)


def _print_log(name: str, lines: list[str]) -> None:
    for line in lines:
        out.print(f"{name:>9} | {line}", markup=False, soft_wrap=True)


def _warn_of_missing(project: Project) -> None:
    for path in declared_files(project).missing:
        say(f"warning: schema_paths names {path}, which does not exist")


if __name__ == "__main__":
    app()
