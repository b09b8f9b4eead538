"""Tokens that tie a form to the browser it was sent to.

A signed-in person's token is made from a secret of the sign-in; a visitor's from a cookie that is set with the
form. Each page carries the token under a fresh salt, so that compression gives nothing away (BREACH).
"""

import hashlib
import hmac
import secrets

FIELD = "csrf"
SALT_BYTES = 9
SALT_LETTERS = 12
MAC_LETTERS = 32
BLOCK = 64
"""Bytes that SHA-256 takes at once."""


def fresh_secret() -> str:
    """Make a secret for a sign-in or for a visitor's form cookie."""
    return secrets.token_urlsafe(24)


def _mac(key: str, secret: str, salt: str) -> str:
    return hmac.new(key.encode(), f"{secret}.{salt}".encode(), hashlib.sha256).hexdigest()[:MAC_LETTERS]


def token(key: str, secret: str) -> str:
    """Make the token that a form carries, for the installation's key and this browser's secret."""
    salt = secrets.token_urlsafe(SALT_BYTES)
    return salt + _mac(key, secret, salt)


def pads(key: str) -> tuple[bytes, bytes]:
    """Give the installation's key as HMAC mixes it in, inside and outside, for a database that checks a token."""
    block = (key.encode() if len(key.encode()) <= BLOCK else hashlib.sha256(key.encode()).digest()).ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def holds(key: str, secret: str, sent: str) -> bool:
    """Say whether a token that came back was made for this secret."""
    salt, mac = sent[:SALT_LETTERS], sent[SALT_LETTERS:]
    return bool(secret) and hmac.compare_digest(mac.encode(), _mac(key, secret, salt).encode())
