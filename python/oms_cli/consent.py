"""Asks before a database is dropped that holds what is not ours."""

import sys

import typer

from oms_cli.errors import OmsCliError
from oms_cli.server import Connection, Server, connected


def agree_to_drop(server: Server, who: str, ours: str, *, yes: bool) -> None:
    """Ask, unless all organizations have codes LIKE `ours` and the server is not the user's own."""
    if yes:
        return
    with connected(server.owner_url) as connection:
        others = (
            connection.execute(
                "select name from ops.organizations where code not like %s limit 1", [ours]
            ).fetchone()
            if _exists(connection, "ops.organizations")
            else None
        )
    own_server = server.admin_url == server.owner_url
    if others is None and not own_server:
        return
    held = f"which holds {others[0]}" if others else "on your own server"
    if not sys.stdin.isatty():
        raise OmsCliError(
            f"{who} would drop database {server.database}, {held}.",
            "Say --yes if that is meant, or give it another database.",
        )
    typer.confirm(f"Drop database {server.database}, {held}?", abort=True, err=True)


def _exists(connection: Connection, table: str) -> bool:
    return connection.execute("select to_regclass(%s)", [table]).fetchone() != (None,)
