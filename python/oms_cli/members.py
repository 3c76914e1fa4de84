"""Whom a token speaks for: a member of an organization, made when there is none yet."""

from uuid import uuid4

import psycopg
from psycopg.rows import class_row, dict_row

from oms_cli.errors import OmsCliError
from oms_cli.server import Connection
from oms_cli.tokens import Claims

MACHINE = "oms_webhook"
"""Who passes on what other servers tell."""


def member_for(
    connection: Connection, role: str, party: str | None, organization: str | None
) -> Claims:
    """Return the member with this role and party, adding one if nobody has them.

    `MACHINE` is no member: it speaks for the organization.
    """
    organization_id = _only(
        connection,
        "organization",
        "select id::text, name, code from ops.organizations",
        organization,
    )
    if role == MACHINE and party is None:
        return Claims(role, str(uuid4()), organization_id)
    party_id = None
    if party is not None:
        party_id = _only(
            connection,
            "party",
            "select id::text, name, code from ops.directory"
            " where organization_id = %(organization)s",
            party,
            organization=organization_id,
        )
    wanted = {"role": role, "organization": organization_id, "party": party_id}
    with connection.cursor(row_factory=class_row(Claims)) as cursor:
        found = cursor.execute(
            """
            select role::text, user_id::text as sub, organization_id::text, party_id::text
            from ops.members
            where organization_id = %(organization)s
              and role::text = %(role)s
              and party_id is not distinct from %(party)s
              and status = 'active'
            order by id
            limit 1
            """,
            wanted,
        ).fetchone()
        if found is None:
            try:
                found = cursor.execute(
                    """
                    insert into ops.members (organization_id, user_id, role, party_id, full_name)
                    values (%(organization)s, gen_random_uuid(), %(role)s, %(party)s, %(name)s)
                    returning
                      role::text, user_id::text as sub, organization_id::text, party_id::text
                    """,
                    wanted | {"name": f"{party or role} (token)"},
                ).fetchone()
            except psycopg.errors.CheckViolation as error:
                raise OmsCliError(
                    f"{role} {'has no' if party else 'needs a'} party.",
                    "Portal roles speak for a party (--party), staff roles do not.",
                ) from error
            except psycopg.errors.InvalidTextRepresentation as error:
                raise OmsCliError(f"No member may have the role {role}.") from error
    if found is None:
        raise OmsCliError(f"Cannot add a member with role {role}.")
    return found


def _only(connection: Connection, what: str, query: str, wanted: str | None, **values: str) -> str:
    """Return the id of the one row that has this name or code."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(f"{query} order by name", values).fetchall()
    if wanted is not None:
        matching = [
            row
            for row in rows
            if wanted.casefold() in (row["name"].casefold(), str(row["code"]).casefold())
        ]
    else:
        matching = rows
    if len(matching) == 1:
        return str(matching[0]["id"])
    names = ", ".join(row["name"] for row in (matching or rows)[:10]) or "none"
    problem = f"No {what} is called {wanted!r}." if wanted and not matching else f"Which {what}?"
    raise OmsCliError(problem, f"There are: {names}")
