"""Who took part in the discussion of an idea, and whom a new comment answers."""

from __future__ import annotations

from dataclasses import dataclass

from shapedby import db


@dataclass(frozen=True, slots=True)
class New:
    """A comment that is public for the first time; ``answered`` wrote what it replies to."""

    number: int
    idea: int
    author: int
    answered: int | None
    origin: str


_COMMENTERS = """
SELECT DISTINCT c.author FROM comment c JOIN posting p ON p.id = c.posting AND p.publicity = 'public'
WHERE c.idea = $1
"""
_NEW = """
SELECT c.id AS number, c.idea, c.author, above.author AS answered, c.origin
FROM comment c LEFT JOIN comment above ON above.id = c.answers WHERE c.posting = $1
"""


async def commenters(idea: int) -> list[int]:
    """List the people whose comments stand under an idea."""
    return await db.values(_COMMENTERS, idea)


async def new_comment(posting: int) -> New | None:
    """Find the comment whose text a posting is."""
    return await db.one(New, _NEW, posting)
