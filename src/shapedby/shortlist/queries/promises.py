"""The council's promises to answer: kept, due and overdue; which need a reminder, and who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shapedby import db
from shapedby.ideas.rules import Stage
from shapedby.kernel import Words
from shapedby.shortlist.rules import share

MOST_OVERDUE = 500
MOST_WAITING = 5_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How the promises of one challenge stand; ``median`` is in days from sending to answer."""

    slug: str
    question: Words
    kept: int
    late: int
    due: int
    overdue: int
    moved: int
    median: float | None

    @property
    def share(self) -> float | None:
        """The share that was kept of those whose day has come or that are answered."""
        return share(self.kept, self.kept + self.late + self.overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An idea that waits for the answer we promised; ``officer`` answers for its challenge."""

    number: int
    slug: str
    title: str
    language: str
    stage: Stage
    answer_by: date
    sent_on: date
    answer_days: int
    moved: bool
    challenge: int
    challenge_slug: str
    challenge_question: Words
    officer: int

    @property
    def address(self) -> str:
        return f"/ideas/{self.number}/{self.slug}"


# $1 today, $2 the council's time zone
_PROMISES = """
WITH promise AS (
  SELECT i.challenge, i.answer_by, (i.sent_at AT TIME ZONE $2)::date AS sent_on,
         (SELECT (min(s.at) AT TIME ZONE $2)::date FROM idea_step s
          WHERE s.idea = i.id AND s.kind IN ('shortlisted', 'not_taken_forward', 'merged', 'project')) AS answered_on,
         EXISTS (SELECT FROM idea_step s WHERE s.idea = i.id AND s.kind = 'promise_moved') AS moved
  FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
  WHERE i.answer_by IS NOT NULL AND i.sent_at IS NOT NULL AND i.origin = ''
)
"""
_COUNTS = """
       count(*) FILTER (WHERE answered_on <= answer_by)::int AS kept,
       count(*) FILTER (WHERE answered_on > answer_by)::int AS late,
       count(*) FILTER (WHERE answered_on IS NULL AND answer_by >= $1)::int AS due,
       count(*) FILTER (WHERE answered_on IS NULL AND answer_by < $1)::int AS overdue,
       count(*) FILTER (WHERE moved)::int AS moved,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_on - sent_on) AS median
FROM promise
"""
_BY_CHALLENGE = (
    _PROMISES
    + "SELECT c.slug, c.question, "
    + _COUNTS
    + """
JOIN challenge c ON c.id = promise.challenge
GROUP BY c.id ORDER BY overdue DESC, c.closes_at DESC, c.id
"""
)
_TOGETHER = _PROMISES + "SELECT '' AS slug, '{}'::jsonb AS question, " + _COUNTS
_WAITING = """
SELECT i.id AS number, i.slug, i.title, p.language, i.stage, i.answer_by,
       (i.sent_at AT TIME ZONE $1)::date AS sent_on, c.answer_days,
       EXISTS (SELECT FROM idea_step s WHERE s.idea = i.id AND s.kind = 'promise_moved') AS moved,
       c.id AS challenge, c.slug AS challenge_slug, c.question AS challenge_question, c.prepared_by AS officer
FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public' JOIN challenge c ON c.id = i.challenge
WHERE i.stage IN ('open', 'under_review') AND i.answer_by IS NOT NULL AND i.sent_at IS NOT NULL AND i.origin = ''
  AND i.answer_by <= $2
ORDER BY i.answer_by, i.id LIMIT $3
"""
_REMIND = """
INSERT INTO promise_reminder (idea, answer_by, days, told_at)
SELECT idea, answer_by, days, now()
FROM unnest($1::bigint[], $2::date[], $3::smallint[]) AS given (idea, answer_by, days)
ON CONFLICT (idea, answer_by, days) DO NOTHING RETURNING idea
"""
_OFFICERS = """
SELECT id FROM person
WHERE role IN ('officer', 'administrator') AND left_at IS NULL AND email IS NOT NULL ORDER BY id LIMIT 500
"""


async def standings(today: date, zone: str) -> list[Standing]:
    """Give how the promises of each challenge stand, those with overdue ones on top."""
    return await db.many(Standing, _BY_CHALLENGE, today, zone)


async def together(today: date, zone: str) -> Standing:
    """Give how all promises stand together."""
    found = await db.one(Standing, _TOGETHER, today, zone)
    assert found is not None
    return found


async def waiting_until(day: date, zone: str, most: int = MOST_WAITING) -> list[Waiting]:
    """List the ideas whose promised day is at latest this one and that have no answer, the oldest promise first."""
    return await db.many(Waiting, _WAITING, zone, day, most)


async def note_reminders(due: Sequence[tuple[int, date, int]]) -> set[int]:
    """Note which promises are reminded of now, as idea, promised day and days before; gives the ideas that are new."""
    ideas, days, befores = [one[0] for one in due], [one[1] for one in due], [one[2] for one in due]
    return set(await db.values(_REMIND, ideas, days, befores))


async def officers() -> list[int]:
    """List the officers who can be reminded."""
    return await db.values(_OFFICERS)
