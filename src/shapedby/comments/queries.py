"""All SQL about comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.comments.rules import MOST_REPLIES, PAGE
from shapedby.ideas.queries import MOST_NUMBER
from shapedby.kernel import Role
from shapedby.screening.rules import Publicity


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment with its author; ``html`` is empty where the comment is not public and only its place is shown."""

    id: int
    idea: int
    answers: int | None
    posting: int
    publicity: Publicity
    language: str
    at: datetime
    html: Markup
    author: int
    author_name: str
    author_role: Role
    organisation: str
    young: bool

    @property
    def is_public(self) -> bool:
        return self.publicity is Publicity.PUBLIC


@dataclass(frozen=True, slots=True)
class Talk:
    """A comment on the idea itself, with its replies in the order in which they were written."""

    comment: Comment
    replies: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of the discussion of an idea; ``total`` counts its comments without replies, pages count from 1."""

    talks: tuple[Talk, ...] = field(default=())
    total: int = 0
    page: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class OwnComment:
    """One of a person's own comments, whatever its publicity."""

    id: int
    idea: int
    idea_title: str
    publicity: Publicity
    posting: int
    at: datetime
    html: Markup


_COMMENT = """
SELECT c.id, c.idea, c.answers, c.posting, p.publicity, p.language, c.sent_at AS at,
       CASE WHEN p.publicity = 'public' THEN p.html ELSE '' END AS html, c.author,
       CASE WHEN a.left_at IS NULL THEN a.name ELSE '' END AS author_name, a.role AS author_role, a.organisation,
       a.young
FROM comment c JOIN posting p ON p.id = c.posting JOIN person a ON a.id = c.author
"""
# A comment on the idea itself that is gone keeps its place while public replies stand under it.
_SEEN = """
WHERE c.idea = $1 AND c.answers IS NULL
  AND (p.publicity = 'public' OR (p.publicity IN ('hidden', 'quarantined', 'deleted', 'withdrawn')
    AND EXISTS (SELECT FROM comment r JOIN posting rp ON rp.id = r.posting
                WHERE r.answers = c.id AND rp.publicity = 'public')))
"""
_TOPS = _COMMENT + _SEEN + "ORDER BY c.sent_at, c.id LIMIT $2 OFFSET $3"
_COUNT = "SELECT count(*) FROM comment c JOIN posting p ON p.id = c.posting"
_TOTAL = _COUNT + _SEEN
_EARLIER = "AND (c.sent_at, c.id) < (SELECT sent_at, id FROM comment WHERE id = $2)"
_BEFORE = _TOTAL + _EARLIER
_UNDER = "WHERE c.answers = ANY($1::bigint[]) AND p.publicity = 'public' ORDER BY c.sent_at, c.id LIMIT $2"
_REPLIES = _COMMENT + _UNDER
_ONE = _COMMENT + "WHERE c.id = $1"
_OF_POSTING = _COMMENT + "WHERE c.posting = $1"
_OWN = """
SELECT c.id, c.idea, i.title AS idea_title, p.publicity, c.posting, c.sent_at AS at, p.html
FROM comment c JOIN posting p ON p.id = c.posting JOIN idea i ON i.id = c.idea
WHERE c.author = $1 AND p.publicity <> 'withdrawn' ORDER BY c.id DESC LIMIT $2
"""
_TWIN = """
SELECT c.id, p.publicity FROM comment c JOIN posting p ON p.id = c.posting
WHERE c.author = $1 AND c.idea = $2 AND c.answers IS NOT DISTINCT FROM $3 AND p.source = $4
  AND p.publicity IN ('held', 'quarantined', 'public') AND c.sent_at > now() - interval '10 minutes'
ORDER BY c.id DESC LIMIT 1
"""


async def thread(idea: int, page: int = 1) -> Thread:
    """Give one page of the discussion of an idea, the oldest first; a page behind the last is the last."""
    total: int = await db.value(_TOTAL, idea)
    page = min(page, max(1, -(-total // PAGE)))
    tops = await db.many(Comment, _TOPS, idea, PAGE, (page - 1) * PAGE)
    replies = await db.many(Comment, _REPLIES, [top.id for top in tops], MOST_REPLIES) if tops else []
    return Thread(tuple(_talks(tops, replies)), total, page)


def _talks(tops: Iterable[Comment], replies: Iterable[Comment]) -> Iterable[Talk]:
    under: dict[int, list[Comment]] = {}
    for reply in replies:
        under.setdefault(reply.answers or 0, []).append(reply)
    return (Talk(top, tuple(under.get(top.id, ()))) for top in tops)


async def page_of(found: Comment) -> int:
    """Say on which page of its idea's discussion a comment stands."""
    before: int = await db.value(_BEFORE, found.idea, found.answers or found.id)
    return before // PAGE + 1


async def any_comment(number: int) -> Comment | None:
    """Find a comment whatever its publicity; its text only where it is public."""
    return await db.one(Comment, _ONE, number) if number <= MOST_NUMBER else None


async def comment(number: int) -> Comment | None:
    """Find a public comment."""
    found = await any_comment(number)
    return found if found and found.is_public else None


async def comment_of_posting(posting: int) -> Comment | None:
    """Find the comment whose text a posting is."""
    return await db.one(Comment, _OF_POSTING, posting)


async def own(person: int, most: int = 200) -> list[OwnComment]:
    """List a person's own comments, the newest on top."""
    return await db.many(OwnComment, _OWN, person, most)


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


async def now() -> datetime:
    """Give the database's time."""
    return await db.value("SELECT now()")
