"""The first pictures of ideas, for lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapedby import db

_FIRST = """
SELECT DISTINCT ON (i.id) i.id AS idea, p.description, p.small, p.small_width, p.small_height
FROM idea i JOIN picture p ON p.posting = i.posting AND p.seen_at IS NOT NULL
JOIN posting t ON t.id = i.posting AND t.publicity = 'public'
WHERE i.id = ANY($1::bigint[]) ORDER BY i.id, p.place, p.id
"""


@dataclass(frozen=True, slots=True)
class First:
    """The first public picture of an idea, in its smaller size."""

    idea: int
    description: str
    small: str
    small_width: int
    small_height: int

    @property
    def small_address(self) -> str:
        return f"/pictures/{self.small}"


async def first_pictures(ideas: Sequence[int]) -> dict[int, First]:
    """Give the first picture of each of these ideas that has one which everybody may see."""
    return {one.idea: one for one in await db.many(First, _FIRST, list(ideas))} if ideas else {}
