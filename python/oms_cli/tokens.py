"""Whom a request speaks for, as a token says it or as a session is told."""

import json
import time
from dataclasses import asdict, dataclass

import jwt
from psycopg import sql

from oms_cli.server import Connection


@dataclass(frozen=True)
class Claims:
    """What `private.organization_id()` and its kin read; the role is the database's."""

    role: str
    sub: str | None = None
    organization_id: str | None = None
    party_id: str | None = None

    def stated(self) -> dict[str, object]:
        """Return the claims that have a value."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def sign(claims: Claims, secret: str, *, ttl: int = 3600) -> str:
    """Make the token that Supabase Auth would issue."""
    now = int(time.time())
    return jwt.encode(claims.stated() | {"iat": now, "exp": now + ttl}, secret, algorithm="HS256")


def act_as(connection: Connection, claims: Claims) -> None:
    """Speak for somebody for the rest of the session, as PostgREST does for one request."""
    connection.execute(
        "select set_config('request.jwt.claims', %s, false)", [json.dumps(claims.stated())]
    )
    connection.execute(sql.SQL("set role {}").format(sql.Identifier(claims.role)))
