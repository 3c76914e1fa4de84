"""The operator's keys: a file of private ones, and the public ones that a database knows."""

import os
from pathlib import Path

from oms_cli.paths import Project
from oms_cli.server import Server, connected
from oms_jobs.secrets import KEY_FILE, PublicKey, make_key, public_keys


def key_file(project: Project) -> Path:
    """Return where the private keys are."""
    given = os.environ.get(KEY_FILE)
    return Path(given) if given else project.state / "secrets.key"


def add_key(file: Path) -> None:
    """Put a newer private key behind those that a file holds."""
    held = file.read_text(encoding="ascii") if file.exists() else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as output:
        output.write(f"{held}{make_key()}\n")
    new.replace(file)


def admit(server: Server, file: Path) -> list[PublicKey]:
    """Tell a database the public halves of the keys in a file; return them, the newest last.

    A database without the migrations is told none.
    """
    keys = public_keys(file)
    with connected(server.owner_url) as connection, connection.transaction():
        if connection.execute("select to_regclass('private.public_keys')").fetchone() == (None,):
            return []
        for key in keys:
            connection.execute(
                "insert into private.public_keys (fingerprint, certificate)"
                " values (%s, %s) on conflict (fingerprint) do nothing",
                [key.fingerprint, key.certificate],
            )
    return keys
