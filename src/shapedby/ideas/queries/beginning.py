"""What somebody typed before we knew who they are: kept for a day, under the hash of a number in their browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapedby import db


@dataclass(frozen=True, slots=True)
class Begun:
    """The fields of a form that was sent without a sign-in; ``idea`` is empty for a new one."""

    key_hash: str
    challenge: int
    idea: int | None
    typed: Mapping[str, Any]


async def keep_begun(key_hash: str, challenge: int, idea: int | None, typed: Mapping[str, str]) -> None:
    """Keep the fields of a form in the place of those that this browser had sent before."""
    await db.run(
        """
        INSERT INTO idea_begun (key_hash, challenge, idea, typed, begun_at) VALUES ($1, $2, $3, $4, now())
        ON CONFLICT (key_hash) DO UPDATE SET challenge = $2, idea = $3, typed = $4, begun_at = now()
        """,
        key_hash,
        challenge,
        idea,
        dict(typed),
    )


async def begun(key_hash: str) -> Begun | None:
    """Find what a browser had sent, for a day."""
    return await db.one(
        Begun,
        "SELECT key_hash, challenge, idea, typed FROM idea_begun "
        "WHERE key_hash = $1 AND begun_at > now() - interval '1 day'",
        key_hash,
    )


async def forget_one(key_hash: str) -> None:
    """Forget what a browser had sent, because it is kept in a better place by now."""
    await db.run("DELETE FROM idea_begun WHERE key_hash = $1", key_hash)


async def forget_old() -> int:
    """Forget what nobody came back to; gives how many."""
    return await db.run("DELETE FROM idea_begun WHERE begun_at < now() - interval '1 day'")
