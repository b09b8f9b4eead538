"""What the home page and the results page tell, across slices."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from markupsafe import Markup

from shapedby import db
from shapedby.kernel import Words
from shapedby.story.rules import About, after_cleaning, before_cleaning
from shapedby.text import clean

MOST_CARDS = 9


@dataclass(frozen=True, slots=True)
class Numbers:
    """Three numbers that can embarrass the council."""

    open: int
    """Questions open now."""
    due: int
    """Public ideas that have been answered, or that should have been by now."""
    answered: int
    """Those of them that have been answered."""
    built: int
    """Projects that ended in something that runs, was piloted or handed over."""


NUMBERS = """
SELECT
  (SELECT count(*) FROM challenge WHERE published_at <= now() AND opens_at <= now() AND closes_at > now()
     AND decided_at IS NULL)::int AS open,
  coalesce(sum(1) FILTER (WHERE answered OR answer_by < current_date), 0)::int AS due,
  coalesce(sum(1) FILTER (WHERE answered), 0)::int AS answered,
  (SELECT count(*) FROM project WHERE state = 'closed' AND outcome_kind <> 'stopped')::int AS built
FROM (
  SELECT i.answer_by, EXISTS (
      SELECT FROM response r WHERE r.idea = i.id AND r.kind IN ('shortlisted', 'not_taken_forward')) AS answered
  FROM idea i JOIN posting p ON p.id = i.posting WHERE p.publicity = 'public' AND i.origin = ''
) ideas
"""


async def numbers() -> Numbers:
    """Count what is open, answered and built."""
    return await db.one(Numbers, NUMBERS) or Numbers(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge as a card: what it asks, how much time is left, who has answered."""

    slug: str
    question: Words
    summary: Words
    topic: Words | None
    opens_at: datetime
    closes_at: datetime
    answer_days: int
    deciding: bool
    days_passed: int
    days_total: int
    days_left: int
    ideas: int
    supports: int
    shortlisted: int
    last_answer_by: datetime | None


QUESTIONS = """
SELECT c.slug, c.question, c.summary, c.opens_at, c.closes_at, c.answer_days,
  (SELECT t.name FROM challenge_topic ct JOIN topic t ON t.id = ct.topic WHERE ct.challenge = c.id
     ORDER BY ct.id LIMIT 1) AS topic,
  c.closes_at <= now() AS deciding,
  greatest(extract(day FROM now() - c.opens_at), 0)::int AS days_passed,
  greatest(extract(day FROM c.closes_at - c.opens_at), 1)::int AS days_total,
  ceil(extract(epoch FROM c.closes_at - now()) / 86400)::int AS days_left,
  told.ideas, told.supports, told.shortlisted, told.last_answer_by
FROM challenge c CROSS JOIN LATERAL (
  SELECT count(*)::int AS ideas, coalesce(sum(i.supports), 0)::int AS supports,
    count(*) FILTER (WHERE i.stage IN ('shortlisted', 'project'))::int AS shortlisted,
    max(i.answer_by)::timestamptz AS last_answer_by
  FROM idea i JOIN posting p ON p.id = i.posting WHERE i.challenge = c.id AND p.publicity = 'public'
) told
WHERE c.published_at <= now() AND c.opens_at <= now() AND c.decided_at IS NULL
ORDER BY c.closes_at <= now(), c.closes_at LIMIT $1
"""


async def questions() -> list[Question]:
    """List the challenges that are open or being decided: those that close first, then those being decided."""
    return await db.many(Question, QUESTIONS, MOST_CARDS)


@dataclass(frozen=True, slots=True)
class Built:
    """Something that residents and the council built: what was said, what was done, what changed."""

    slug: str
    title: Words
    summary: Words
    outcome: Words
    outcome_kind: str
    closed_at: datetime
    idea: int
    idea_title: str
    idea_slug: str
    idea_language: str
    author_name: str
    supports: int
    figure: Words | None
    unit: Words | None
    before: Decimal | None
    now: Decimal | None
    target: Decimal | None


BUILT = """
SELECT p.slug, p.title, p.summary, p.outcome, p.outcome_kind, p.closed_at, p.idea,
  i.title AS idea_title, i.slug AS idea_slug, t.language AS idea_language,
  CASE WHEN i.anonymous THEN '' ELSE a.name END AS author_name, i.supports,
  f.name AS figure, f.unit, f.before, f.value AS now, f.target
FROM project p JOIN idea i ON i.id = p.idea JOIN posting t ON t.id = i.posting JOIN person a ON a.id = i.author
LEFT JOIN LATERAL (
  SELECT n.name, n.unit, n.before, n.target, r.value FROM indicator n
  JOIN indicator_reading r ON r.indicator = n.id
  WHERE n.project = p.id ORDER BY n.position, n.id, r.on_day DESC LIMIT 1
) f ON true
WHERE p.state = 'closed' AND p.closed_at IS NOT NULL
ORDER BY p.outcome_kind = 'stopped', p.closed_at DESC LIMIT $1 OFFSET $2
"""


async def built(most: int, *, after: int = 0) -> list[Built]:
    """List finished projects with the figure that tells most, the newest first; stopped ones last."""
    return await db.many(Built, BUILT, most, after)


@dataclass(frozen=True, slots=True)
class InWork:
    """A project at work, for a card."""

    slug: str
    title: Words
    summary: Words
    phase: str


async def in_work(most: int) -> list[InWork]:
    """List projects at work, the furthest along first."""
    return await db.many(
        InWork,
        "SELECT slug, title, summary, phase FROM project WHERE state = 'active'"
        " ORDER BY array_position(ARRAY['implement', 'co_create', 'co_define', 'prepare'], phase::text),"
        " began_at DESC LIMIT $1",
        most,
    )


DEFAULTS = Path(__file__).parent / "statements"
DEFAULTS_WRITTEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST_RESORT = "en"
MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Statement:
    """A statutory page in one language; version 0 is the text that comes with the software."""

    name: About
    language: str
    version: int
    source: str
    html: Markup
    at: datetime
    by_name: str = ""


_STATEMENT = """SELECT s.name, s.language, s.version, s.source, s.html, s.at, p.name AS by_name
  FROM statement s JOIN person p ON p.id = s.by WHERE s.name = $1 AND s.language = $2 """


def cleaned(source: str) -> Markup:
    """Give what a statutory page shows of a text; takes as long as ``text.clean``, and raises what it raises."""
    return Markup(after_cleaning(str(clean(before_cleaning(source)))))  # noqa: S704 - cleaned; only links here become short


@cache
def default_source(name: About, language: str) -> str | None:
    """Give the text that comes with the software, as it is written; None where there is none in a language."""
    path = DEFAULTS / language / f"{name}.md"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


@cache
def default(name: About, language: str) -> Statement | None:
    """Give the page that comes with the software; None where there is none in a language."""
    source = default_source(name, language)
    return None if source is None else Statement(name, language, 0, source, cleaned(source), DEFAULTS_WRITTEN)


async def statement(name: About, language: str) -> Statement | None:
    """Give the newest version of a statutory page in a language, the default where the council wrote none."""
    sql = _STATEMENT + "ORDER BY s.version DESC LIMIT 1"
    return await db.one(Statement, sql, name, language) or await asyncio.to_thread(default, name, language)


async def statement_version(name: About, language: str, version: int) -> Statement | None:
    """Give one version of a statutory page."""
    if version == 0:
        return await asyncio.to_thread(default, name, language)
    sql = _STATEMENT + "AND s.version = $3"
    return await db.one(Statement, sql, name, language, version)


@dataclass(frozen=True, slots=True)
class Written:
    """The newest text of a statutory page in one language, as it is written."""

    name: About
    language: str
    version: int
    source: str
    at: datetime


async def statements(languages: tuple[str, ...]) -> dict[tuple[About, str], Written]:
    """Give every statutory page in every language that has one, by name and language."""
    written = [
        Written(name, language, 0, source, DEFAULTS_WRITTEN)
        for name in About
        for language in languages
        if (source := default_source(name, language)) is not None
    ]
    written += await db.many(
        Written,
        "SELECT DISTINCT ON (name, language) name, language, version, source, at FROM statement"
        " WHERE language = ANY($1) ORDER BY name, language, version DESC LIMIT 500",
        list(languages),
    )
    return {(one.name, one.language): one for one in written}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a statutory page, for its history."""

    version: int
    at: datetime
    by_name: str


async def versions(name: About, language: str) -> list[Version]:
    """List what the council wrote of a page in a language, the newest first."""
    return await db.many(
        Version,
        "SELECT s.version, s.at, p.name AS by_name FROM statement s JOIN person p ON p.id = s.by"
        " WHERE s.name = $1 AND s.language = $2 ORDER BY s.version DESC LIMIT $3",
        name,
        language,
        MOST_VERSIONS,
    )


async def add_statement(new: Statement, by: int) -> int | None:
    """Store a version of a statutory page; gives its number, None where a colleague has stored that version."""
    return await db.value(
        "INSERT INTO statement (name, language, version, source, html, by, at) VALUES ($1, $2, $3, $4, $5, $6, now())"
        " ON CONFLICT DO NOTHING RETURNING id",
        new.name,
        new.language,
        new.version,
        new.source,
        str(new.html),
        by,
    )


async def is_known(person: int, after: timedelta) -> bool:
    """Say whether something that a person wrote has been public for so long; who works here is always known."""
    found = await db.value(
        """
        SELECT 1 FROM person WHERE id = $1 AND (role <> 'resident' OR EXISTS (
            SELECT 1 FROM posting WHERE author = $1 AND publicity = 'public' AND public_at <= now() - $2::interval))
        """,
        person,
        after,
    )
    return found is not None
