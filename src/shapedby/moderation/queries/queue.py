"""The queue of what waits: where somebody may be in danger first, then the oldest; and its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shapedby import db
from shapedby.moderation.rules import HOURS, Age, Filter, Reason
from shapedby.screening.rules import Held, Kind, RaisedBy

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case in the queue; ``start`` is how its text begins."""

    id: int
    kind: Kind
    about: str
    start: str
    raised_by: RaisedBy
    opened_at: datetime
    held: tuple[Held, ...]
    reasons: tuple[Reason, ...]
    reports: int
    urgent: bool
    first_post: bool
    assigned_name: str


# While somebody may be in danger only people with the safeguarding duty see a case.
_OPEN = "c.state = 'open' AND NOT p.guarded"
_URGENT = "EXISTS (SELECT 1 FROM report r WHERE r.\"case\" = c.id AND r.reason = 'danger')"
# $1 who looks, $2 whose, $3 in quarantine, $4 kind, $5 raised by, $6 and $7 hours, $8 words
_FILTER = f"""
{_OPEN} AND (p.publicity = 'quarantined') = $3
AND ($2::text = 'all' OR c.assigned_to = $1 OR ($2::text = 'ours' AND c.assigned_to IS NULL))
AND ($4::text = '' OR p.kind = $4) AND ($5::text = '' OR c.raised_by = $5)
AND c.opened_at <= now() - make_interval(hours => $6) AND c.opened_at > now() - make_interval(hours => $7)
AND ($8::text = '' OR p.source ILIKE $8 OR p.about ILIKE $8
     OR EXISTS (SELECT 1 FROM person w WHERE w.id = p.author AND w.name ILIKE $8))
"""  # noqa: S608 - put together from constants
_ORDER = f"""
SELECT c.id, c.posting, c.raised_by, c.opened_at, c.assigned_to, {_URGENT} AS urgent
FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE {_FILTER}
"""  # noqa: S608 - put together from constants
_WAITING = f"""
SELECT q.id, p.kind, p.about, left(p.source, 90) AS start, q.raised_by, q.opened_at, q.urgent, r.reports,
       CASE WHEN jsonb_typeof(p.reasons) = 'object'
            THEN ARRAY(SELECT jsonb_array_elements_text(p.reasons -> 'held')) ELSE '{{}}' END AS held,
       coalesce(r.reasons, '{{}}') AS reasons,
       NOT EXISTS (SELECT 1 FROM posting o WHERE o.author = p.author AND o.publicity = 'public') AS first_post,
       coalesce(m.name, '') AS assigned_name
FROM ({_ORDER} ORDER BY urgent DESC, c.opened_at, c.id LIMIT $9) q
JOIN posting p ON p.id = q.posting
LEFT JOIN person m ON m.id = q.assigned_to
CROSS JOIN LATERAL (
    SELECT count(*)::int AS reports, array_agg(DISTINCT reason) AS reasons FROM report WHERE "case" = q.id
) r
ORDER BY q.urgent DESC, q.opened_at, q.id
"""  # noqa: S608 - put together from constants
# The first case behind the one that was decided, else the first of all.
_NEXT = f"""
WITH queue AS ({_ORDER}), here AS (
    SELECT c.opened_at, {_URGENT} AS urgent FROM moderation_case c WHERE c.id = $9
)
SELECT q.id FROM queue q, here h WHERE q.id <> $9
ORDER BY (NOT q.urgent, q.opened_at, q.id) > (NOT h.urgent, h.opened_at, $9) DESC,
         q.urgent DESC, q.opened_at, q.id
LIMIT 1
"""  # noqa: S608 - put together from constants


def _given(person: int, wanted: Filter) -> tuple[object, ...]:
    least, most = HOURS[wanted.age]
    escaped = wanted.q.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return (
        person,
        wanted.whose.value,
        wanted.apart,
        wanted.kind.value if wanted.kind else "",
        wanted.raised_by.value if wanted.raised_by else "",
        least,
        most,
        f"%{escaped}%" if escaped else "",
    )


async def waiting(person: int, wanted: Filter, limit: int = MOST_ROWS) -> list[Waiting]:
    """List the cases that wait, in the order in which they should be decided."""
    return await db.many(Waiting, _WAITING, *_given(person, wanted), limit)


async def next_case(person: int, wanted: Filter, after: int) -> int | None:
    """Give the case to decide after another one; None where nothing waits."""
    return await db.value(_NEXT, *_given(person, wanted), after)


async def matching(person: int, wanted: Filter) -> int:
    """Count the cases that a filter leaves."""
    return await db.value(f"SELECT count(*) FROM ({_ORDER}) q", *_given(person, wanted))  # noqa: S608 - as above


async def waiting_count() -> int:
    """Count the cases that wait."""
    return await db.value(f"SELECT count(*) FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE {_OPEN}")  # noqa: S608 - as above


@dataclass(frozen=True, slots=True)
class Tally:
    """What waits in numbers; the cases in quarantine count in ``apart`` only."""

    total: int = 0
    mine: int = 0
    apart: int = 0
    oldest: datetime | None = None
    by_reason: dict[RaisedBy, int] = field(default_factory=dict[RaisedBy, int])
    by_age: dict[Age, int] = field(default_factory=dict[Age, int])


@dataclass(frozen=True, slots=True)
class _Count:
    raised_by: RaisedBy
    apart: bool
    mine: bool
    age: Age
    cases: int
    oldest: datetime


_TALLY = f"""
SELECT c.raised_by, p.publicity = 'quarantined' AS apart, c.assigned_to IS NOT DISTINCT FROM $1 AS mine,
       CASE WHEN c.opened_at > now() - interval '24 hours' THEN 'today'
            WHEN c.opened_at > now() - interval '7 days' THEN 'days' ELSE 'week' END AS age,
       count(*) AS cases, min(c.opened_at) AS oldest
FROM moderation_case c JOIN posting p ON p.id = c.posting
WHERE {_OPEN} AND (c.assigned_to IS NULL OR c.assigned_to = $1)
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - put together from constants


async def tally(person: int) -> Tally:
    """Count the cases of a moderator's ordinary queue by reason and by age, the most frequent reason first."""
    rows = await db.many(_Count, _TALLY, person)
    here = [row for row in rows if not row.apart]
    by_reason: dict[RaisedBy, int] = {}
    by_age: dict[Age, int] = {}
    for row in here:
        by_reason[row.raised_by] = by_reason.get(row.raised_by, 0) + row.cases
        by_age[row.age] = by_age.get(row.age, 0) + row.cases
    return Tally(
        total=sum(row.cases for row in here),
        mine=sum(row.cases for row in here if row.mine),
        apart=sum(row.cases for row in rows if row.apart),
        oldest=min((row.oldest for row in here), default=None),
        by_reason=dict(sorted(by_reason.items(), key=lambda one: (-one[1], one[0]))),
        by_age={age: by_age[age] for age in Age if age in by_age},
    )
