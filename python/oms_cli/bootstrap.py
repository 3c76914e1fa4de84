"""Gives a database what a Supabase project has before its first migration."""

from importlib import resources

import psycopg
from psycopg import sql

from oms_cli.errors import OmsCliError
from oms_cli.server import Server, connected


def bootstrap(server: Server) -> None:
    """Create the roles and schemas that are missing in the server's database."""
    script = resources.files("oms_cli").joinpath("bootstrap.sql").read_text(encoding="utf-8")
    statements = sql.SQL(script).format(
        owner=sql.Identifier(server.owner), owner_name=sql.Literal(server.owner)
    )
    with connected(server.admin_url) as connection, connection.transaction():
        try:
            connection.execute(statements)
        except psycopg.errors.InsufficientPrivilege as error:
            raise OmsCliError(
                "The server lacks what a Supabase project has, and this user may not create it: "
                f"{error.diag.message_primary}.",
                "Connect as a superuser once, or run python/oms_cli/bootstrap.sql as one.",
            ) from error


def set_passwords(server: Server, passwords: dict[str, str]) -> None:
    """Let the roles log in with these passwords."""
    with connected(server.admin_url) as connection:
        for role, password in passwords.items():
            connection.execute(
                sql.SQL("alter role {} with password {}").format(
                    sql.Identifier(role), sql.Literal(password)
                )
            )


def hand_over(server: Server) -> None:
    """Make the server's database the owner's."""
    with connected(server.admin_url) as connection:
        connection.execute(
            sql.SQL("alter database {} owner to {}").format(
                sql.Identifier(server.database), sql.Identifier(server.owner)
            )
        )
