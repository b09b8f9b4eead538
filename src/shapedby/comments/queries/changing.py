"""Writing comments, and what people and the council do with them; each function is one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.screening.rules import Publicity

_TWIN = """
SELECT c.id, p.publicity FROM comment c JOIN posting p ON p.id = c.posting
WHERE c.author = $1 AND c.idea = $2 AND c.answers IS NOT DISTINCT FROM $3 AND p.source = $4
  AND p.publicity IN ('held', 'quarantined', 'public') AND c.sent_at > now() - interval '10 minutes'
ORDER BY c.id DESC LIMIT 1
"""
_LATELY = """
SELECT count(*) FILTER (WHERE sent_at > now() - interval '1 hour') AS hour, count(*) AS day
FROM comment WHERE author = $1 AND origin = '' AND sent_at > now() - interval '1 day'
"""
_FIND_USEFUL = """
INSERT INTO comment_useful (comment, person, at) SELECT c.id, $2, now() FROM comment c
JOIN posting p ON p.id = c.posting AND p.publicity = 'public' WHERE c.id = $1 AND c.author <> $2
ON CONFLICT (comment, person) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Twin:
    """The comment that a form sent twice already made."""

    id: int
    publicity: Publicity


async def twin(author: int, idea: int, answers: int | None, source: str) -> Twin | None:
    """Find the same words of the same person at the same place, written a moment ago."""
    return await db.one(Twin, _TWIN, author, idea, answers, source)


async def lock_author(author: int) -> None:
    """Let a person write one comment at a time."""
    await db.run("SELECT pg_advisory_xact_lock(hashtextextended('comment by', $1))", author)


async def insert(
    idea: int,
    answers: int | None,
    posting: int,
    author: int,
    *,
    at: datetime | None = None,
    origin: str = "",
    foreign_id: str | None = None,
) -> int:
    """Add a comment, and give its number."""
    return await db.value(
        """INSERT INTO comment (idea, answers, posting, author, sent_at, origin, foreign_id)
        VALUES ($1, $2, $3, $4, coalesce($5, now()), $6, $7) RETURNING id""",
        idea,
        answers,
        posting,
        author,
        at,
        origin,
        foreign_id,
    )


async def count_again(idea: int) -> None:
    """Set an idea's number of comments to the number of public ones."""
    # The lock comes in a statement of its own: what waited for it then counts what was committed meanwhile.
    await db.run("SELECT FROM idea WHERE id = $1 FOR NO KEY UPDATE", idea)
    await db.run(
        """UPDATE idea SET comments = (SELECT count(*) FROM comment c
            JOIN posting p ON p.id = c.posting AND p.publicity = 'public' WHERE c.idea = idea.id)
        WHERE id = $1""",
        idea,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A comment that an earlier import brought, with the comment it stands under."""

    foreign_id: str
    number: int
    answers: int | None


async def imported_comments(origin: str) -> dict[str, Known]:
    """Give the comments that came from a platform, by their identifiers there."""
    sql = "SELECT foreign_id, id AS number, answers FROM comment WHERE origin = $1 AND foreign_id IS NOT NULL"
    return {known.foreign_id: known for known in await db.many(Known, sql, origin)}


async def name_idea_again(idea: int, title: str) -> None:
    """Let the texts of an idea's comments name it by its new title."""
    await db.run(
        "UPDATE posting SET about = $2 FROM comment WHERE comment.posting = posting.id AND comment.idea = $1",
        idea,
        title[:200],
    )


@dataclass(frozen=True, slots=True)
class Lately:
    """How many comments a person wrote in the last hour, and in the last day."""

    hour: int
    day: int


async def lately(author: int) -> Lately:
    """Count what a person wrote lately."""
    return await db.one(Lately, _LATELY, author) or Lately(0, 0)


async def add_useful(number: int, person: int) -> bool:
    """Note that somebody found a comment useful; False where that was noted, or it is their own or gone."""
    return await db.run(_FIND_USEFUL, number, person) > 0


async def remove_useful(number: int, person: int) -> bool:
    """Take that back; False where there was nothing."""
    return await db.run("DELETE FROM comment_useful WHERE comment = $1 AND person = $2", number, person) > 0


async def pin(number: int, by: int) -> bool:
    """Put a comment at the top; False where it is there."""
    sql = "UPDATE comment SET pinned_at = now(), pinned_by = $2 WHERE id = $1 AND pinned_at IS NULL"
    return await db.run(sql, number, by) > 0


async def unpin(number: int) -> bool:
    """Take a comment down from the top; False where it is not there."""
    sql = "UPDATE comment SET pinned_at = NULL, pinned_by = NULL WHERE id = $1 AND pinned_at IS NOT NULL"
    return await db.run(sql, number) > 0


async def lock_discussion(idea: int) -> None:
    """Let one officer at a time change what is at the top of a discussion."""
    await db.run("SELECT pg_advisory_xact_lock(hashtextextended('pinned in', $1))", idea)
