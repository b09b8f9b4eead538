"""Ideas as anybody may take them away: for the read API, the open data and the feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shapedby import db
from shapedby.ideas.queries.reading import MOST_NUMBER
from shapedby.ideas.rules import Stage
from shapedby.kernel import N_


class PublicIdea(Struct, frozen=True, kw_only=True):
    """An answer of residents to a challenge."""

    number: Annotated[int, Meta(description=N_("Its number."))]
    url: Annotated[str, Meta(description=N_("Where people read it."))]
    challenge: Annotated[str, Meta(description=N_("The slug of the challenge that it answers."))]
    title: Annotated[str, Meta(description=N_("Its title."))]
    language: Annotated[str, Meta(description=N_("The language it is written in, as a code of two letters."))]
    problem_html: Annotated[str, Meta(description=N_("What the problem is, as HTML that is safe to show."))]
    proposal_html: Annotated[str, Meta(description=N_("What should happen, as HTML that is safe to show."))]
    beneficiaries_html: Annotated[str, Meta(description=N_("Who it helps, as HTML that is safe to show."))]
    summary: Annotated[str, Meta(description=N_("The beginning of it, as plain text."))]
    author: Annotated[str, Meta(description=N_("The name shown beside it; empty where none is."))]
    group: Annotated[str, Meta(description=N_("The class or club whose idea it is; empty for a person's own."))]
    area: Annotated[str | None, Meta(description=N_("The slug of its area; null where there is none to show."))]
    topic: Annotated[str | None, Meta(description=N_("The slug of its topic."))]
    stage: Annotated[Stage, Meta(description=N_("What became of it."))]
    supports: Annotated[int, Meta(description=N_("How many people support it."))]
    supports_elsewhere: Annotated[int, Meta(description=N_("How many supported it where it was imported from."))]
    comments: Annotated[int, Meta(description=N_("How many public comments it has."))]
    joined_with: Annotated[int | None, Meta(description=N_("The number of the idea that it was joined with."))]
    published_at: Annotated[datetime | None, Meta(description=N_("When it was first public."))]
    changed_at: Annotated[datetime | None, Meta(description=N_("When the last thing happened to it."))]
    answer_by: Annotated[date | None, Meta(description=N_("The day by which the council has promised an answer."))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ideas; slugs, and PostgreSQL's writing of a search. Empty means every one."""

    challenge: str = ""
    area: str = ""
    topic: str = ""
    stage: Stage | None = None
    query: str = ""


# Nobody under 18 has an area beside the name.
_IDEAS = """
SELECT i.id AS number, $1::text || '/ideas/' || i.id || '/' || i.slug AS url, c.slug AS challenge, i.title, p.language,
  i.problem_html, i.proposal_html, i.beneficiaries_html, i.excerpt AS summary,
  CASE WHEN a.left_at IS NULL AND NOT i.anonymous THEN a.name ELSE '' END AS author, i.group_name AS "group",
  CASE WHEN NOT a.young THEN ar.slug END AS area, t.slug AS topic, i.stage, i.supports,
  i.foreign_supports AS supports_elsewhere, i.comments, i.merged_into AS joined_with, p.public_at AS published_at,
  greatest(p.public_at, (SELECT max(s.at) FROM idea_step s WHERE s.idea = i.id)) AS changed_at, i.answer_by
FROM idea i
JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
JOIN person a ON a.id = i.author
JOIN challenge c ON c.id = i.challenge AND c.published_at <= now()
LEFT JOIN area ar ON ar.id = i.area
LEFT JOIN topic t ON t.id = i.topic
WHERE """
_ONE = _IDEAS + "i.id = $2"
_SOME = _IDEAS + "i.id = ANY($2::bigint[]) ORDER BY array_position($2::bigint[], i.id)"
_BEFORE = _IDEAS + "i.id < $2"
_FITS = {
    "challenge": " AND i.challenge = (SELECT id FROM challenge WHERE slug = {})",
    "area": " AND i.area = (SELECT id FROM area WHERE slug = {}) AND NOT a.young",
    "topic": " AND i.topic = (SELECT id FROM topic WHERE slug = {})",
    "stage": " AND i.stage = {}",
    "query": " AND i.search @@ {}::text::tsquery",
}


async def public_ideas(site: str, before: int, most: int, wanted: Wanted | None = None) -> list[PublicIdea]:
    """List public ideas, the newest first, with numbers below ``before``; ``site`` begins their addresses."""
    wanted = wanted or Wanted()
    given: list[object] = [site, before, most]
    sql = _BEFORE
    for name, piece in _FITS.items():
        value = getattr(wanted, name)
        if value:
            given.append(value.value if isinstance(value, Stage) else value)
            sql += piece.format(f"${len(given)}")
    return await db.many(PublicIdea, sql + " ORDER BY i.id DESC LIMIT $3", *given)


async def public_idea(site: str, number: int) -> PublicIdea | None:
    """Find a public idea."""
    return await db.one(PublicIdea, _ONE, site, number) if number <= MOST_NUMBER else None


async def these_ideas(site: str, numbers: Sequence[int]) -> list[PublicIdea]:
    """Give these public ideas, in this order."""
    return await db.many(PublicIdea, _SOME, site, list(numbers))
