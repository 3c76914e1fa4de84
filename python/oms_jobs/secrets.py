"""Secrets that tenants entrust to us and that we must use again: only the workers can read them.

`private.seal()` encrypts them under the newest public key in the database (OpenPGP, pgcrypto); the
private keys are in one file, the newest last, readable by the workers alone. A key that is replaced
stays in the file for what it sealed before.
"""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pysequoia
from pysequoia import Cert, CipherSuite, Profile, PyDecryptor, Tsk
from pysequoia.packet import PacketPile, Tag

from oms_jobs.errors import JobError

KEY_FILE = "OMS_SECRETS_KEY_FILE"
BLOCK = re.compile(
    r"-----BEGIN PGP PRIVATE KEY BLOCK-----.*?-----END PGP PRIVATE KEY BLOCK-----", re.DOTALL
)


class SecretsKeyError(JobError):
    """No key opens a secret, or there is no readable file of keys."""


@dataclass(frozen=True)
class PublicKey:
    """What the database needs of a key in order to encrypt."""

    fingerprint: str
    certificate: bytes


def make_key() -> str:
    """Make a private key, as text."""
    # The older profile and RSA: pgcrypto knows neither newer packets nor curves.
    return str(Tsk.generate("oms", profile=Profile.RFC4880, cipher_suite=CipherSuite.RSA3k))


def public_keys(file: Path) -> list[PublicKey]:
    """Return the public halves of the keys in a file, the newest last."""
    return [
        PublicKey(key.extract_certificate().fingerprint.lower(), bytes(_for_encryption(key)))
        for key in _private_keys(file)
    ]


def decrypt(sealed: bytes, file: Path | None = None) -> str:
    """Decrypt what `private.seal()` encrypted."""
    path = file or _configured()
    for decryptor in reversed(_decryptors(path, path.stat().st_mtime_ns)):
        try:
            content = pysequoia.decrypt(sealed, decryptor=decryptor).bytes
        except Exception:  # noqa: S112  not for this key; the library has no narrower error
            continue
        if content is not None:
            return content.decode("utf-8")
    raise SecretsKeyError(
        f"No key in {path} opens the secret.",
        "It was sealed by a key that is in another file: put all of them into one, or have the "
        "secret given again.",
    )


def _configured() -> Path:
    given = os.environ.get(KEY_FILE)
    if not given:
        raise SecretsKeyError(
            f"{KEY_FILE} does not say where the private keys are.",
            "`oms secrets init` makes one; only the workers need to read it.",
        )
    path = Path(given)
    if not path.is_file():
        raise SecretsKeyError(f"{path} does not exist.", "`oms secrets init` makes it.")
    return path


def _private_keys(file: Path) -> list[Tsk]:
    blocks = BLOCK.findall(file.read_text(encoding="ascii"))
    if not blocks:
        raise SecretsKeyError(f"{file} holds no private key.", "`oms secrets init` makes one.")
    return [Tsk.from_bytes(block.encode()) for block in blocks]


@cache
def _decryptors(file: Path, modified: int) -> tuple[PyDecryptor, ...]:
    """Read the keys once for each version of the file."""
    return tuple(key.decryptor() for key in _private_keys(file))


def _for_encryption(key: Tsk) -> Cert:
    """Return the certificate with the subkey for encryption alone: pgcrypto refuses others."""
    packets = list(PacketPile.from_bytes(bytes(key.extract_certificate())))
    first = next(nth for nth, packet in enumerate(packets) if packet.tag == Tag.PublicSubkey)
    # Behind the key and its user: each subkey, then the signature that says what it is for.
    for subkey, signature in zip(packets[first::2], packets[first + 1 :: 2], strict=True):
        if signature.key_flags and signature.key_flags.transport_encryption:
            return Cert.from_packets([*packets[:first], subkey, signature])
    raise SecretsKeyError(f"Key {key.extract_certificate().fingerprint} is not for encryption.")
