"""Who can be told something, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapedby import db


@dataclass(frozen=True, slots=True)
class Reachable:
    """A person with an address."""

    id: int
    email: str
    language: str


async def reachable(people: Sequence[int]) -> list[Reachable]:
    """Give those of the people who have an address and have not left."""
    sql = (
        "SELECT id, email, language FROM person WHERE id = ANY($1::bigint[]) AND email IS NOT NULL AND left_at IS NULL"
    )
    return await db.many(Reachable, sql, list(people))
