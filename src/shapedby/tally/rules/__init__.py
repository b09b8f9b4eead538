"""When leaves are published, and how leaves and heads are written: others hash and sign exactly these characters."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

BATCH = 20
"""A batch has at least so many leaves, so that nobody can tell whose they are by when they appeared …"""
LONGEST_WAIT = timedelta(days=1)
"""… but no due leaf waits longer than this for others."""
MOST_AT_ONCE = 5_000
"""Leaves of one batch, so that one transaction stays short."""
STEP = 20_000
"""Lines of the log that are given at once; ``verify.py`` knows it too."""
NONCE_BYTES = 16


def why_wait(due: int, oldest: datetime | None, now: datetime) -> str | None:
    """Say in English why the due leaves are not published yet; None where they can be."""
    if due == 0 or oldest is None:
        return "nothing is due"
    if due < BATCH and now - oldest < LONGEST_WAIT:
        return f"{due} of {BATCH} leaves are there"
    return None


def line(idea: int, change: int, commitment: bytes) -> str:
    """Write a leaf as it stands in the log; its hash is over these characters."""
    return f'{{"idea":{idea},"change":{change},"commitment":"{commitment.hex()}"}}'


def head_text(size: int, root: bytes, at: datetime) -> str:
    """Write what the signature of a head signs."""
    return f"shapedby tally head\n{size}\n{root.hex()}\n{written_time(at)}\n"


def written_time(at: datetime) -> str:
    """Write a moment as heads do: to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def commitment(nonce: bytes, number: int) -> bytes:
    """Give what the leaf of a support commits to; ``number`` is its place among the leaves of that support."""
    return hashlib.sha256(nonce + number.to_bytes(4, "big")).digest()
