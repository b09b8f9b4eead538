"""Comments as anybody may take them away: for the read API and the open data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from shapedby import db
from shapedby.ideas.queries import MOST_NUMBER
from shapedby.kernel import N_, Role


class PublicComment(Struct, frozen=True, kw_only=True):
    """A comment on an idea."""

    number: Annotated[int, Meta(description=N_("Its number."))]
    url: Annotated[str, Meta(description=N_("Where people read it."))]
    idea: Annotated[int, Meta(description=N_("The number of the idea that it is about."))]
    answers: Annotated[int | None, Meta(description=N_("The number of the comment that it answers."))]
    language: Annotated[str, Meta(description=N_("The language it is written in, as a code of two letters."))]
    html: Annotated[str, Meta(description=N_("What it says, as HTML that is safe to show."))]
    author: Annotated[str, Meta(description=N_("The name shown beside it; empty where none is."))]
    role: Annotated[Role, Meta(description=N_("Whether a resident wrote it, or somebody of the council."))]
    published_at: Annotated[datetime, Meta(description=N_("When it was written."))]


_COMMENTS = """
SELECT c.id AS number, $1::text || '/comments/' || c.id AS url, c.idea, c.answers, p.language, p.html,
  CASE WHEN a.left_at IS NULL THEN a.name ELSE '' END AS author, a.role, c.sent_at AS published_at
FROM comment c
JOIN posting p ON p.id = c.posting AND p.publicity = 'public'
JOIN person a ON a.id = c.author
JOIN idea i ON i.id = c.idea
JOIN posting ip ON ip.id = i.posting AND ip.publicity = 'public'
JOIN challenge q ON q.id = i.challenge AND q.published_at <= now()
WHERE """
_LISTED = _COMMENTS + "c.id < $2 ORDER BY c.id DESC LIMIT $3"
_OF_IDEA = _COMMENTS + "c.id < $2 AND c.idea = $4 ORDER BY c.id DESC LIMIT $3"
_ONE = _COMMENTS + "c.id = $2"


async def public_comments(site: str, before: int, most: int, *, idea: int | None = None) -> list[PublicComment]:
    """List public comments on public ideas, the newest first, with numbers below ``before``."""
    if idea is None:
        return await db.many(PublicComment, _LISTED, site, before, most)
    return await db.many(PublicComment, _OF_IDEA, site, before, most, idea)


async def public_comment(site: str, number: int) -> PublicComment | None:
    """Find a public comment on a public idea."""
    return await db.one(PublicComment, _ONE, site, number) if number <= MOST_NUMBER else None
