"""Everybody who calls the API over HTTP, and how its refusals are read."""

import json

import httpx

from builders import World
from conftest import Api


class Callers:
    """An HTTP client for each persona."""

    def __init__(self, world: World, api: Api) -> None:
        self.world = world
        self.api = api
        self._clients: dict[str, httpx.Client] = {}

    def token(self, persona: str, *, ttl: int = 3600) -> str:
        claims = self.world.personas[persona]
        return self.api.token(
            claims.role,
            organization=claims.organization_id,
            party=claims.party_id,
            sub=claims.sub,
            ttl=ttl,
        )

    def __getitem__(self, persona: str) -> httpx.Client:
        if persona not in self._clients:
            self._clients[persona] = self.api.client(self.token(persona))
        return self._clients[persona]


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Check that a refusal keeps the error contract; return its status and code."""
    body = response.json()
    assert set(body) == {"code", "details", "hint", "message"}
    assert body["code"] == f"PT{response.status_code}"
    assert isinstance(json.loads(body["details"]), dict)
    assert body["message"].endswith((".", "!", "?")), body["message"]
    return response.status_code, body["hint"]
