"""Projects and their figures as anybody may take them away: for the read API and the open data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from shapedby import db
from shapedby.coproduction.rules import Outcome, Phase, State
from shapedby.kernel import N_


class PublicProject(Struct, frozen=True, kw_only=True):
    """A shortlisted idea that residents, partners and staff build together."""

    number: Annotated[int, Meta(description=N_("Its number."))]
    slug: Annotated[str, Meta(description=N_("The end of its address; other lists name it by this."))]
    url: Annotated[str, Meta(description=N_("Where people read it."))]
    idea: Annotated[int, Meta(description=N_("The number of the idea that it came from."))]
    title: Annotated[dict[str, str], Meta(description=N_("Its title, in each language of the council."))]
    summary: Annotated[dict[str, str], Meta(description=N_("What it is about, in each language."))]
    phase: Annotated[Phase, Meta(description=N_("Which of the four phases it is in."))]
    state: Annotated[State, Meta(description=N_("Whether it still works or has an outcome."))]
    began_at: Annotated[datetime, Meta(description=N_("When it began."))]
    closed_at: Annotated[datetime | None, Meta(description=N_("When it ended; null before."))]
    outcome: Annotated[Outcome | None, Meta(description=N_("How it ended; null before."))]
    outcome_html: Annotated[dict[str, str], Meta(description=N_("What came of it, in each language, as safe HTML."))]


class PublicIndicator(Struct, frozen=True, kw_only=True):
    """A figure that a project should change."""

    number: Annotated[int, Meta(description=N_("Its number."))]
    project: Annotated[str, Meta(description=N_("The slug of the project."))]
    name: Annotated[dict[str, str], Meta(description=N_("What is counted, in each language of the council."))]
    unit: Annotated[dict[str, str], Meta(description=N_("In what it is counted, in each language."))]
    measured_by: Annotated[dict[str, str], Meta(description=N_("How it is measured, in each language."))]
    before: Annotated[Decimal, Meta(description=N_("What it was before, as a decimal number in text."))]
    before_on: Annotated[date, Meta(description=N_("The day on which it was that."))]
    now: Annotated[Decimal | None, Meta(description=N_("What it was when it was last measured; null before."))]
    now_on: Annotated[date | None, Meta(description=N_("The day on which it was last measured."))]
    target: Annotated[Decimal | None, Meta(description=N_("What it should become; null where nobody has said."))]


_PROJECTS = """
SELECT p.id AS number, p.slug, $1::text || '/projects/' || p.slug AS url, p.idea, p.title, p.summary, p.phase, p.state,
  p.began_at, p.closed_at, nullif(p.outcome_kind, '') AS outcome, p.outcome_html
FROM project p WHERE """
_LISTED = _PROJECTS + "p.id < $2 AND ($4::text IS NULL OR p.state = $4) ORDER BY p.id DESC LIMIT $3"
_ONE = _PROJECTS + "p.slug = $2"
_INDICATORS = """
SELECT i.id AS number, p.slug AS project, i.name, i.unit, i.measured_by, i.before, i.before_on, last.value AS now,
  last.on_day AS now_on, i.target
FROM indicator i JOIN project p ON p.id = i.project LEFT JOIN LATERAL (
  SELECT r.value, r.on_day FROM indicator_reading r WHERE r.indicator = i.id ORDER BY r.on_day DESC LIMIT 1
) last ON true
WHERE i.id < $1 AND ($3::text = '' OR p.slug = $3) ORDER BY i.id DESC LIMIT $2
"""


async def public_projects(site: str, before: int, most: int, *, state: State | None = None) -> list[PublicProject]:
    """List projects, the newest first, with numbers below ``before``; ``site`` begins their addresses."""
    return await db.many(PublicProject, _LISTED, site, before, most, state.value if state else None)


async def public_project(site: str, slug: str) -> PublicProject | None:
    """Find a project."""
    return await db.one(PublicProject, _ONE, site, slug)


async def public_indicators(before: int, most: int, *, project: str = "") -> list[PublicIndicator]:
    """List the figures of projects with their last readings, the newest first, with numbers below ``before``."""
    return await db.many(PublicIndicator, _INDICATORS, before, most, project)
