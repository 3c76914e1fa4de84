"""The command `oms secrets`: the keys under which the database keeps what tenants entrust to it."""

from typing import Annotated

import typer

from oms_cli import keys, stack
from oms_cli.console import out, print_json, say
from oms_cli.errors import OmsCliError
from oms_cli.paths import find_project

secrets_app = typer.Typer(
    help="The keys under which secrets of tenants are kept.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@secrets_app.callback()
def _group() -> None:
    """Keep `init` a command of its own: a tree of one would swallow its name."""


@secrets_app.command()
def init(
    force: Annotated[
        bool, typer.Option("--force", help="Add a newer key where there is one already.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on one line.")
    ] = False,
) -> None:
    """Make the key that secrets are encrypted under, and tell the running stack's database.

    The private key goes into the file that `OMS_SECRETS_KEY_FILE` names, else `.oms/secrets.key`:
    keep a copy of it, and let nobody but the workers read it. The database gets the public half.
    With `--force` a newer key is added to the file: what comes from now on is sealed by it, and the
    older ones stay for what they sealed. Workers need the file before the database is told, so copy
    it to each of them first if it does not lie on a shared volume.

    `oms up` does this by itself for the local stack.

    Examples: `oms secrets init` · `OMS_SECRETS_KEY_FILE=/etc/oms/secrets.key oms secrets init`
    · `oms secrets init --force`
    """
    project = find_project()
    server = stack.require(project).server
    file = keys.key_file(project)
    if force or not file.exists():
        keys.add_key(file)
    known = [key.fingerprint for key in keys.admit(server, file)]
    if not known:
        raise OmsCliError("The database has no place for keys.", "`oms db migrate` makes it.")
    if as_json:
        print_json({"file": str(file), "keys": known})
        return
    say(f"{file} holds {len(known)} key{'s' * (len(known) > 1)}; the newest one seals:")
    out.print(known[-1], markup=False)
