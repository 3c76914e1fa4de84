"""Secrets that tenants entrust to us: only who has the private key reads them."""

import stat
from pathlib import Path

import psycopg
import pytest

from conftest import Database
from oms_cli import keys
from oms_cli.server import connected
from oms_jobs.secrets import KEY_FILE, SecretsKeyError, decrypt


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "secrets.key"
    keys.add_key(file)
    monkeypatch.setenv(KEY_FILE, str(file))
    return file


def seal(database: Database, secret: str) -> bytes:
    with connected(database.server.owner_url) as connection:
        row = connection.execute("select private.seal(%s)", [secret]).fetchone()
    assert row
    assert isinstance(row[0], bytes)
    return row[0]


def test_without_a_key_a_secret_is_refused_in_words(database: Database) -> None:
    with connected(database.server.owner_url) as connection:
        connection.execute("truncate private.public_keys")
    with pytest.raises(psycopg.Error, match="oms secrets init") as refused:
        seal(database, "hush")
    assert refused.value.diag.message_hint == "OMS_NO_SECRETS_KEY"


def test_what_postgres_seals_the_worker_opens(database: Database, key_file: Path) -> None:
    keys.admit(database.server, key_file)
    sealed = seal(database, "pässword ✓")
    assert b"ssword" not in sealed
    assert decrypt(sealed) == "pässword ✓"
    assert seal(database, "pässword ✓") != sealed


def test_a_newer_key_seals_and_the_older_ones_still_open(
    database: Database, key_file: Path
) -> None:
    keys.admit(database.server, key_file)
    old = key_file.read_bytes()
    before = seal(database, "before")
    keys.add_key(key_file)
    assert len(keys.admit(database.server, key_file)) == 2
    after = seal(database, "after")
    assert (decrypt(before), decrypt(after)) == ("before", "after")
    key_file.write_bytes(old)
    assert decrypt(before) == "before"
    with pytest.raises(SecretsKeyError, match="No key"):
        decrypt(after)


def test_the_private_keys_are_readable_by_their_owner_alone(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    keys.add_key(key_file)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("key_file")
def test_what_was_tampered_with_is_not_opened(database: Database, key_file: Path) -> None:
    keys.admit(database.server, key_file)
    sealed = bytearray(seal(database, "hush"))
    sealed[-30] ^= 1
    with pytest.raises(SecretsKeyError):
        decrypt(bytes(sealed))


def test_a_worker_without_a_key_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_FILE, raising=False)
    with pytest.raises(SecretsKeyError, match=KEY_FILE):
        decrypt(b"")


def test_nobody_reads_a_key_out_of_the_database(database: Database, key_file: Path) -> None:
    keys.admit(database.server, key_file)
    with connected(database.server.owner_url) as connection:
        for role in ("oms_admin", "oms_worker", "anon", "service_role"):
            with connection.transaction(force_rollback=True):
                connection.execute(f"set local role {role}")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute("select * from private.public_keys")
