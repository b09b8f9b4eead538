"""Who works here as what, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.kernel import Role

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A person in the administrators' list."""

    id: int
    name: str
    email: str
    role: Role
    safeguarding: bool
    joined_at: datetime


_FOUND = (
    "SELECT id, name, coalesce(email, '') AS email, role, safeguarding, joined_at FROM person WHERE left_at IS NULL "
)


async def find_people(words: str) -> list[Found]:
    """Find people by a part of their name or address; without words, everybody who works here."""
    if not words:
        return await db.many(Found, _FOUND + "AND role <> 'resident' ORDER BY role, name, id LIMIT $1", MOST_FOUND)
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return await db.many(
        Found, _FOUND + "AND (name ILIKE $1 OR email ILIKE $1) ORDER BY name, id LIMIT $2", f"%{escaped}%", MOST_FOUND
    )


async def is_safeguarding(person: int) -> bool:
    """Say whether a person has the safeguarding duty."""
    return bool(await db.value("SELECT safeguarding FROM person WHERE id = $1", person))


async def has_safeguarding() -> bool:
    """Say whether anybody has the safeguarding duty."""
    sql = "SELECT 1 FROM person WHERE safeguarding AND role <> 'resident' AND left_at IS NULL LIMIT 1"
    return await db.value(sql) is not None
