"""Who hears of an idea, and how ideas are called in what people are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapedby import db


@dataclass(frozen=True, slots=True)
class Named:
    """A public idea's name and place."""

    number: int
    slug: str
    title: str
    language: str


_NAMED = """
SELECT i.id AS number, i.slug, i.title, p.language FROM idea i
JOIN posting p ON p.id = i.posting AND p.publicity = 'public' WHERE i.id = ANY($1::bigint[])
"""


async def named(numbers: Sequence[int]) -> list[Named]:
    """Give the names of those ideas that are public."""
    return await db.many(Named, _NAMED, list(numbers))


async def authors_of(number: int) -> list[int]:
    """List whose idea it is: its author, and those who write it with them."""
    return await db.values(
        "SELECT author FROM idea WHERE id = $1 UNION SELECT person FROM idea_author WHERE idea = $1", number
    )


async def supported_by(number: int) -> list[int]:
    """List the people who support an idea, also those whose support is still looked at."""
    return await db.values("SELECT person FROM support WHERE idea = $1 AND state IN ('counted', 'held')", number)
