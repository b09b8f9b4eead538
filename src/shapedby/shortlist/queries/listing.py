"""Listing ideas for the desk, and counting what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapedby import db
from shapedby.db.paging import Page, within
from shapedby.ideas.rules import Stage
from shapedby.kernel import Words
from shapedby.shortlist.rules import PAGE, Due, Sort


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer wants to see; empty means everything. ``challenge`` is a slug."""

    challenge: str = ""
    stage: Stage | None = None
    due: Due | None = None
    ready: bool = False
    """Only open ideas with the supports they need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A public idea in the desk's table; ``score`` is the officers' mean, 0 to 5, None before the first."""

    number: int
    title: str
    language: str
    author_name: str
    stage: Stage
    challenge_slug: str
    challenge_question: Words
    supports: int
    supports_needed: int
    score: float | None
    officers: int
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class Tasks:
    """How many things of each kind wait for officers, and the most urgent promised day."""

    overdue: int
    oldest: date | None
    soon: int
    next_day: date | None
    ready: int
    under_review: int
    shortlisted: int


# $1 challenge's slug, $2 stage, $3 due, $4 ready, $5 today, $6 the last day that is soon
_FROM = """
FROM idea i
JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
JOIN challenge c ON c.id = i.challenge
JOIN person a ON a.id = i.author
WHERE ($1::text = '' OR c.slug = $1)
  AND ($2::text = '' OR i.stage = $2)
  AND ($3::text = '' OR (i.stage IN ('open', 'under_review') AND CASE $3
        WHEN 'overdue' THEN i.answer_by < $5::date
        WHEN 'soon' THEN i.answer_by BETWEEN $5::date AND $6::date
        ELSE true END))
  AND (NOT $4 OR (i.stage = 'open' AND c.supports_needed > 0 AND i.supports >= c.supports_needed))
"""
# One officer's score of each idea, then the officers' mean.
_MEAN = """
SELECT one.idea, avg(one.score)::float AS score, count(*)::int AS officers FROM (
  SELECT m.idea, sum(s.points * k.weight)::float / nullif(sum(k.weight), 0) AS score
  FROM assessment m JOIN assessment_score s ON s.assessment = m.id JOIN criterion k ON k.id = s.criterion
  {which} GROUP BY m.id
) one GROUP BY one.idea
"""
_SCORED = " LEFT JOIN (" + _MEAN.format(which="") + ") scored ON scored.idea = i.id "
# The page is found first, so that only its ideas are scored; all are only where the score is the order.
_ROWS = """
WITH page AS MATERIALIZED (
  SELECT i.id AS number, i.title, p.language, CASE WHEN a.left_at IS NULL THEN a.name ELSE '' END AS author_name,
         i.stage, c.slug AS challenge_slug, c.question AS challenge_question, i.supports, c.supports_needed,
         i.answer_by, row_number() OVER ({order}) AS place
  {where} {order} LIMIT {limit} OFFSET {offset}
)
SELECT number, title, language, author_name, stage, challenge_slug, challenge_question, supports, supports_needed,
       scored.score, coalesce(scored.officers, 0) AS officers, answer_by
FROM page LEFT JOIN ({mean}) scored ON scored.idea = page.number ORDER BY place
"""
_OF_PAGE = _MEAN.format(which="WHERE m.idea IN (SELECT number FROM page)")
_ORDERS = {
    Sort.DUE: "ORDER BY i.stage NOT IN ('under_review', 'open'), i.answer_by NULLS LAST, i.id",
    Sort.SCORE: "ORDER BY scored.score DESC NULLS LAST, i.supports DESC, i.id",
    Sort.SUPPORTED: "ORDER BY i.supports DESC, i.id",
    Sort.NEWEST: "ORDER BY i.sent_at DESC NULLS LAST, i.id DESC",
}
_TASKS = """
SELECT count(*) FILTER (WHERE waits AND answer_by < $1) AS overdue,
       min(answer_by) FILTER (WHERE waits AND answer_by < $1) AS oldest,
       count(*) FILTER (WHERE waits AND answer_by BETWEEN $1 AND $2) AS soon,
       min(answer_by) FILTER (WHERE waits AND answer_by BETWEEN $1 AND $2) AS next_day,
       count(*) FILTER (WHERE stage = 'open' AND needed > 0 AND supports >= needed) AS ready,
       count(*) FILTER (WHERE stage = 'under_review') AS under_review,
       count(*) FILTER (WHERE stage = 'shortlisted') AS shortlisted
FROM (
  SELECT i.stage, i.stage IN ('open', 'under_review') AS waits, i.answer_by, i.supports, c.supports_needed AS needed
  FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public' JOIN challenge c ON c.id = i.challenge
  WHERE i.stage IN ('open', 'under_review', 'shortlisted')
) waiting
"""
_WAITING = """
SELECT count(*) FROM idea i JOIN posting p ON p.id = i.posting
WHERE i.challenge = $1 AND i.stage IN ('open', 'under_review') AND p.publicity IN ('public', 'held')
"""


async def listed(filters: Filters, sort: Sort, *, today: date, soon: date, page: int = 1) -> Page[Listed]:
    """List public ideas, a page at a time; a page behind the last is the last."""
    stage, due = (filters.stage.value if filters.stage else ""), (filters.due.value if filters.due else "")
    given = (filters.challenge, stage, due, filters.ready, today, soon)
    total: int = await db.value("SELECT count(*)" + _FROM, *given)
    page, offset = within(page, total, PAGE)
    where = _FROM.replace("WHERE ($1", _SCORED + "WHERE ($1", 1) if sort is Sort.SCORE else _FROM
    rows = _ROWS.format(where=where, order=_ORDERS[sort], limit=PAGE, offset=offset, mean=_OF_PAGE)
    return Page(await db.many(Listed, rows, *given), total, page, PAGE)


async def tasks(today: date, soon: date) -> Tasks:
    """Count what waits for officers; ``soon`` is the last day that counts as soon."""
    found = await db.one(Tasks, _TASKS, today, soon)
    return found or Tasks(0, None, 0, None, 0, 0, 0)


async def waiting(challenge: int) -> int:
    """Count the ideas of a challenge that have no answer yet, those that wait for a check among them."""
    return await db.value(_WAITING, challenge)
