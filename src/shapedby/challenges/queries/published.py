"""Challenges as anybody may take them away: for the read API and the open data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from shapedby import db
from shapedby.challenges.rules import Stage
from shapedby.kernel import N_


class PublicChallenge(Struct, frozen=True, kw_only=True):
    """A question that the council asks its residents."""

    number: Annotated[int, Meta(description=N_("Its number."))]
    slug: Annotated[str, Meta(description=N_("The end of its address; other lists name it by this."))]
    url: Annotated[str, Meta(description=N_("Where people read it."))]
    question: Annotated[dict[str, str], Meta(description=N_("What is asked, in each language of the council."))]
    summary: Annotated[dict[str, str], Meta(description=N_("What it is about, in each language."))]
    why_asked: Annotated[dict[str, str], Meta(description=N_("Why it is asked, in each language."))]
    who_decides: Annotated[dict[str, str], Meta(description=N_("Who decides, in each language."))]
    what_chosen_gets: Annotated[dict[str, str], Meta(description=N_("What a chosen idea gets, in each language."))]
    stage: Annotated[Stage, Meta(description=N_("Where it stands."))]
    opens_at: Annotated[datetime, Meta(description=N_("From when it takes ideas."))]
    closes_at: Annotated[datetime, Meta(description=N_("Until when it takes ideas."))]
    decided_at: Annotated[datetime | None, Meta(description=N_("When it was decided; null before."))]
    supports_needed: Annotated[int, Meta(description=N_("How many supports an idea needs to be considered; 0: none."))]
    answer_days: Annotated[int, Meta(description=N_("Within how many days each idea gets an answer."))]
    published_at: Annotated[datetime, Meta(description=N_("When it was published."))]


_CHALLENGES = """
SELECT * FROM (
  SELECT id AS number, slug, $1::text || '/challenges/' || slug AS url, question, summary, why_asked, who_decides,
    what_chosen_gets, CASE WHEN decided_at IS NOT NULL THEN 'decided' WHEN opens_at > now() THEN 'coming'
      WHEN closes_at > now() THEN 'open' ELSE 'deciding' END AS stage,
    opens_at, closes_at, decided_at, supports_needed, answer_days, published_at
  FROM challenge WHERE published_at <= now()
) published
"""
_LISTED = _CHALLENGES + "WHERE number < $2 AND ($4::text IS NULL OR stage = $4) ORDER BY number DESC LIMIT $3"
_ONE = _CHALLENGES + "WHERE slug = $2"


async def public_challenges(site: str, before: int, most: int, *, stage: Stage | None = None) -> list[PublicChallenge]:
    """List published challenges, the newest first, with numbers below ``before``; ``site`` begins their addresses."""
    return await db.many(PublicChallenge, _LISTED, site, before, most, stage.value if stage else None)


async def public_challenge(site: str, slug: str) -> PublicChallenge | None:
    """Find a published challenge."""
    return await db.one(PublicChallenge, _ONE, site, slug)
