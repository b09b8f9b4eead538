"""The key that signs heads: made at the first start, kept beside our other secret, its public half published."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shapedby.settings.secret import kept_secret

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from shapedby.settings import Settings


@cache
def signing_key(seed: str, data: Path) -> Ed25519PrivateKey:
    """Give the installation's key, from its setting (64 hexadecimal digits) or from the file in its data folder.

    Raises ``SettingsError`` where the file can neither be read nor made.
    """
    # Web processes never sign, and start faster without it.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed or kept_secret(data, "tally-key")))


def sign(using: Settings, text: str) -> tuple[bytes, bytes]:
    """Sign a text; gives the public key and the signature."""
    key = signing_key(using.tally_key, using.data)
    return key.public_key().public_bytes_raw(), key.sign(text.encode())
