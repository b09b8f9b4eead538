"""Keeping what somebody types before they sign in, or after their sign-in had ended, until they are back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from shapedby.ideas.queries import beginning as queries
from shapedby.ideas.queries.beginning import Begun

FIELDS = frozenset(
    {"title", "problem", "proposal", "beneficiaries", "area", "topic", "language", "group", "anonymous", "key"}
)
MOST_KEPT = 20_000
"""Characters of all fields together; a form that is longer could not be sent either."""


def hash_of(key: str) -> str:
    """Give what a browser's number is kept as."""
    return hashlib.sha256(key.encode()).hexdigest()


async def keep(key: str, challenge: int, idea: int | None, typed: Mapping[str, str]) -> bool:
    """Keep what was typed under a browser's number; False where it is too much."""
    fields = {name: value for name, value in typed.items() if name in FIELDS and value}
    if sum(map(len, fields.values())) > MOST_KEPT:
        return False
    await queries.keep_begun(hash_of(key), challenge, idea, fields)
    return True


async def begun(key: str) -> Begun | None:
    """Find what was typed in this browser, for a day."""
    return await queries.begun(hash_of(key)) if key else None


async def forget(key: str) -> None:
    """Forget what was typed in this browser: it is a draft by now."""
    if key:
        await queries.forget_one(hash_of(key))


async def forget_begun() -> int:
    """Forget what nobody came back to; gives how many. For a job."""
    return await queries.forget_old()
