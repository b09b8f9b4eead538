"""Reading comments: a page of a discussion, one comment, what it said before, one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.comments.rules import MOST_REPLIES, PAGE, SHOWN_REPLIES, Order
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
    useful: int
    """How many people found it useful."""
    edited: bool
    """It said something else in public before."""
    pinned: bool
    recorded: bool
    """The council's staff wrote it down for a resident."""

    @property
    def is_public(self) -> bool:
        return self.publicity is Publicity.PUBLIC


@dataclass(frozen=True, slots=True)
class Talk:
    """A comment on the idea itself, with its replies in the order in which they were written.

    ``more`` is how many replies there are beside these.
    """

    comment: Comment
    replies: tuple[Comment, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of the discussion of an idea; ``total`` counts its comments without replies, pages count from 1."""

    talks: tuple[Talk, ...] = field(default=())
    total: int = 0
    page: int = 1
    order: Order = Order.TIME

    @property
    def every(self) -> tuple[Comment, ...]:
        """Every comment of the page."""
        return tuple(one for talk in self.talks for one in (talk.comment, *talk.replies))

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
       a.young, (SELECT count(*) FROM comment_useful u WHERE u.comment = c.id) AS useful,
       EXISTS (SELECT FROM posting_version v WHERE v.posting = p.id AND v.was_public) AS edited,
       c.pinned_at IS NOT NULL AS pinned, p.recorded_by IS NOT NULL AS recorded
FROM comment c JOIN posting p ON p.id = c.posting JOIN person a ON a.id = c.author
"""
# A comment on the idea itself that is gone keeps its place while public replies stand under it.
_SEEN = """
WHERE c.idea = $1 AND c.answers IS NULL
  AND (p.publicity = 'public' OR (p.publicity IN ('hidden', 'quarantined', 'deleted', 'withdrawn')
    AND EXISTS (SELECT FROM comment r JOIN posting rp ON rp.id = r.posting
                WHERE r.answers = c.id AND rp.publicity = 'public')))
"""
_PAGE = "LIMIT $2 OFFSET $3"
_TOPS = {
    Order.TIME: _COMMENT + _SEEN + "ORDER BY c.sent_at, c.id " + _PAGE,
    Order.USEFUL: _COMMENT + _SEEN + "ORDER BY useful DESC, c.sent_at, c.id " + _PAGE,
}
_COUNT = "SELECT count(*) FROM comment c JOIN posting p ON p.id = c.posting"
_TOTAL = _COUNT + _SEEN
_EARLIER = "AND (c.sent_at, c.id) < (SELECT sent_at, id FROM comment WHERE id = $2)"
_BEFORE = _TOTAL + _EARLIER
# The first few replies under each comment; all of them under the one that is $3.
_CHOSEN = """
SELECT r.id FROM (
  SELECT c.id, c.answers, row_number() OVER (PARTITION BY c.answers ORDER BY c.sent_at, c.id) AS place
  FROM comment c JOIN posting p ON p.id = c.posting
  WHERE c.answers = ANY($1::bigint[]) AND p.publicity = 'public'
) r WHERE r.place <= CASE WHEN r.answers = $3 THEN $4::int ELSE $2::int END
"""
_REPLIES = _COMMENT + "WHERE c.id IN (" + _CHOSEN + ") ORDER BY c.sent_at, c.id"
_REPLY_COUNTS = """
SELECT c.answers AS number, count(*) AS times FROM comment c JOIN posting p ON p.id = c.posting
WHERE c.answers = ANY($1::bigint[]) AND p.publicity = 'public' GROUP BY c.answers
"""
_PINNED = _COMMENT + "WHERE c.idea = $1 AND c.pinned_at IS NOT NULL AND p.publicity = 'public' ORDER BY c.pinned_at"
_MINE = "SELECT comment FROM comment_useful WHERE person = $1 AND comment = ANY($2::bigint[])"
_VERSIONS = """
SELECT v.html, v.until FROM comment c JOIN posting p ON p.id = c.posting AND p.publicity = 'public'
JOIN posting_version v ON v.posting = p.id AND v.was_public
WHERE c.id = $1 ORDER BY v.until DESC, v.id DESC LIMIT 50
"""
_ONE = _COMMENT + "WHERE c.id = $1"
_OF_POSTING = _COMMENT + "WHERE c.posting = $1"
_OWN = """
SELECT c.id, c.idea, i.title AS idea_title, p.publicity, c.posting, c.sent_at AS at, p.html
FROM comment c JOIN posting p ON p.id = c.posting JOIN idea i ON i.id = c.idea
WHERE c.author = $1 AND p.publicity <> 'withdrawn' ORDER BY c.id DESC LIMIT $2
"""


async def thread(idea: int, page: int = 1, *, order: Order = Order.TIME, whole: int = 0) -> Thread:
    """Give one page of the discussion of an idea; a page behind the last is the last.

    Under each comment stand its first few replies, and all of them under the comment numbered ``whole``.
    """
    total: int = await db.value(_TOTAL, idea)
    page = min(page, max(1, -(-total // PAGE)))
    tops = await db.many(Comment, _TOPS[order], idea, PAGE, (page - 1) * PAGE)
    numbers = [top.id for top in tops]
    replies = await db.many(Comment, _REPLIES, numbers, SHOWN_REPLIES, whole, MOST_REPLIES) if tops else []
    counts = {one.number: one.times for one in await db.many(_Counted, _REPLY_COUNTS, numbers)} if replies else {}
    return Thread(tuple(_talks(tops, replies, counts)), total, page, order)


@dataclass(frozen=True, slots=True)
class _Counted:
    number: int
    times: int


def _talks(tops: Iterable[Comment], replies: Iterable[Comment], counts: Mapping[int, int]) -> Iterable[Talk]:
    under: dict[int, list[Comment]] = {}
    for reply in replies:
        under.setdefault(reply.answers or 0, []).append(reply)
    for top in tops:
        shown = tuple(under.get(top.id, ()))
        yield Talk(top, shown, counts.get(top.id, 0) - len(shown))


async def pinned(idea: int) -> list[Comment]:
    """List what the council has put at the top of a discussion, the first one first."""
    return await db.many(Comment, _PINNED, idea)


async def found_useful(person: int, comments: Sequence[int]) -> frozenset[int]:
    """Say which of some comments a person found useful."""
    return frozenset(await db.values(_MINE, person, list(comments))) if person and comments else frozenset()


@dataclass(frozen=True, slots=True)
class Version:
    """What a comment said in public until a moment."""

    html: Markup
    until: datetime


async def versions(number: int) -> list[Version]:
    """List what a public comment said before it was changed, the newest first; only what everybody could read."""
    return await db.many(Version, _VERSIONS, number) if number <= MOST_NUMBER else []


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


async def now() -> datetime:
    """Give the database's time."""
    return await db.value("SELECT now()")
