"""Figures of the whole council, and the addresses of everything public."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from shapedby import db
from shapedby.challenges.queries.published import PublicChallenge, public_challenges
from shapedby.comments.queries.published import PublicComment, public_comments
from shapedby.coproduction.queries.published import (
    PublicIndicator,
    PublicProject,
    public_indicators,
    public_projects,
)
from shapedby.ideas.queries.published import PublicIdea, public_ideas
from shapedby.insight.rules import BATCH, Lists
from shapedby.kernel import N_
from shapedby.web.json_api import LARGEST

KINDS: dict[Lists, type[Struct]] = {
    Lists.CHALLENGES: PublicChallenge,
    Lists.IDEAS: PublicIdea,
    Lists.COMMENTS: PublicComment,
    Lists.PROJECTS: PublicProject,
    Lists.INDICATORS: PublicIndicator,
}


class Figures(Struct, frozen=True, kw_only=True):
    """What there is, and whether the council keeps its promises."""

    challenges_open: Annotated[int, Meta(description=N_("Challenges that take ideas now."))]
    challenges: Annotated[int, Meta(description=N_("Challenges that were ever published."))]
    ideas: Annotated[int, Meta(description=N_("Public ideas."))]
    supports: Annotated[int, Meta(description=N_("Supports of public ideas that count."))]
    comments: Annotated[int, Meta(description=N_("Public comments on public ideas."))]
    answers_due: Annotated[int, Meta(description=N_("Ideas that have an answer, or should have one by now."))]
    answers_given: Annotated[int, Meta(description=N_("Those of them that have one."))]
    projects_at_work: Annotated[int, Meta(description=N_("Projects at work."))]
    projects_closed: Annotated[int, Meta(description=N_("Projects that have ended."))]


_FIGURES = """
SELECT c.open AS challenges_open, c.number AS challenges, i.ideas, i.supports, i.comments, i.due AS answers_due,
  i.answered AS answers_given, p.at_work AS projects_at_work, p.closed AS projects_closed
FROM (
  SELECT count(*)::int AS number, (count(*) FILTER (WHERE opens_at <= now() AND closes_at > now()
    AND decided_at IS NULL))::int AS open FROM challenge WHERE published_at <= now()
) c, (
  SELECT count(*)::int AS ideas, coalesce(sum(supports), 0)::int AS supports,
    coalesce(sum(comments), 0)::int AS comments,
    (count(*) FILTER (WHERE origin = '' AND (answered OR answer_by < current_date)))::int AS due,
    (count(*) FILTER (WHERE origin = '' AND answered))::int AS answered
  FROM (
    SELECT i.supports, i.comments, i.origin, i.answer_by, EXISTS (
      SELECT FROM response r WHERE r.idea = i.id AND r.kind IN ('shortlisted', 'not_taken_forward')) AS answered
    FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
  ) public
) i, (
  SELECT (count(*) FILTER (WHERE state = 'active'))::int AS at_work,
    (count(*) FILTER (WHERE state = 'closed'))::int AS closed FROM project
) p
"""


async def figures() -> Figures:
    """Count what there is."""
    found = await db.one(Figures, _FIGURES)
    assert found is not None  # it has one row, whatever there is
    return found


async def batches(which: Lists, site: str, *, size: int = BATCH) -> AsyncIterator[Sequence[Any]]:
    """Give a whole list, the newest first, some at a time; no transaction stays open meanwhile."""
    before = LARGEST
    while True:
        found = await _batch(which, site, before, size)
        if found:
            yield found
        if len(found) < size:
            return
        before = found[-1].number


async def _batch(which: Lists, site: str, before: int, most: int) -> Sequence[Any]:
    if which is Lists.INDICATORS:
        return await public_indicators(before, most)
    asking = {
        Lists.CHALLENGES: public_challenges,
        Lists.IDEAS: public_ideas,
        Lists.COMMENTS: public_comments,
        Lists.PROJECTS: public_projects,
    }
    return await asking[which](site, before, most)


@dataclass(frozen=True, slots=True)
class Address:
    """An address on this site, for search engines."""

    path: str
    changed_at: datetime | None


_ADDRESSES = """
SELECT '/challenges/' || slug AS path, NULL::timestamptz AS changed_at FROM challenge WHERE published_at <= now()
UNION ALL SELECT '/projects/' || slug, coalesce(closed_at, began_at) FROM project LIMIT $1
"""
_IDEAS = """
SELECT '/ideas/' || i.id || '/' || i.slug AS path, p.public_at AS changed_at
FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
WHERE i.stage <> 'merged' AND i.id > $1 ORDER BY i.id LIMIT $2
"""
_ENDS = """
SELECT last FROM (
  SELECT i.id AS last, row_number() OVER (ORDER BY i.id) AS place
  FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public' WHERE i.stage <> 'merged'
) numbered WHERE place % $1 = 0 ORDER BY last
"""


async def addresses(most: int) -> list[Address]:
    """List where challenges and projects stand."""
    return await db.many(Address, _ADDRESSES, most)


async def idea_addresses(after: int, most: int) -> list[Address]:
    """List where ideas stand, those with numbers above ``after``."""
    return await db.many(Address, _IDEAS, after, most)


async def idea_parts(size: int) -> list[int]:
    """Give the number after which each part of a long list of ideas begins: 0, and the last of each full part."""
    return [0, *await db.values(_ENDS, size)]
