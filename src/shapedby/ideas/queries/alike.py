"""The ideas behind what was found to be alike, and those that cannot be found yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapedby import db
from shapedby.likeness.rules import VERSION, Alike, Found

_LIKES = """
SELECT i.id AS number, i.slug, i.title, i.excerpt, p.language, i.supports, i.comments, i.author
FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
JOIN challenge c ON c.id = i.challenge AND c.published_at IS NOT NULL
WHERE i.id = ANY($1::bigint[]) AND i.stage <> 'merged'
"""
_NOT_YET = """
SELECT i.id FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
WHERE NOT EXISTS (SELECT FROM likeness_entry l WHERE l.thing = i.id AND l.made = $1)
ORDER BY i.id LIMIT $2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A public idea, as far as somebody needs it to see whether it is theirs."""

    number: int
    slug: str
    title: str
    excerpt: str
    language: str
    supports: int
    comments: int
    author: int

    @property
    def address(self) -> str:
        return f"/ideas/{self.number}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Like:
    """A public idea, and how alike it is."""

    idea: Row
    alike: Alike


async def likes(found: Sequence[Found]) -> list[Like]:
    """Give the ideas that were found, in the same order, without those that are not public any more."""
    if not found:
        return []
    rows = {row.number: row for row in await db.many(Row, _LIKES, [one.thing for one in found])}
    return [Like(rows[one.thing], one.alike) for one in found if one.thing in rows]


async def not_found_yet(most: int) -> list[int]:
    """List public ideas that cannot be found by their likeness yet."""
    return await db.values(_NOT_YET, VERSION, most)
