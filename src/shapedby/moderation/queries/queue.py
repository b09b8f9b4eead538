"""The one queue of everything that waits: where somebody may be in danger first, then the oldest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.moderation.rules import Reason
from shapedby.screening.rules import Held, Kind, RaisedBy

MOST_ROWS = 60


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


_ORDER = """
SELECT c.id, c.posting, c.raised_by, c.opened_at,
       EXISTS (SELECT 1 FROM report r WHERE r."case" = c.id AND r.reason = 'danger') AS urgent
FROM moderation_case c WHERE c.state = 'open'
"""
_WAITING = f"""
SELECT q.id, p.kind, p.about, left(p.source, 90) AS start, q.raised_by, q.opened_at, q.urgent, r.reports,
       CASE WHEN jsonb_typeof(p.reasons) = 'object'
            THEN ARRAY(SELECT jsonb_array_elements_text(p.reasons -> 'held')) ELSE '{{}}' END AS held,
       coalesce(r.reasons, '{{}}') AS reasons,
       NOT EXISTS (SELECT 1 FROM posting o WHERE o.author = p.author AND o.publicity = 'public') AS first_post
FROM ({_ORDER} ORDER BY urgent DESC, c.opened_at, c.id LIMIT $1) q
JOIN posting p ON p.id = q.posting
CROSS JOIN LATERAL (
    SELECT count(*)::int AS reports, array_agg(DISTINCT reason) AS reasons FROM report WHERE "case" = q.id
) r
ORDER BY q.urgent DESC, q.opened_at, q.id
"""  # noqa: S608 - put together from constants
# The first case behind the one that was decided, else the first of all.
_NEXT = f"""
WITH queue AS ({_ORDER}), here AS (
    SELECT c.opened_at, EXISTS (SELECT 1 FROM report r WHERE r."case" = c.id AND r.reason = 'danger') AS urgent
    FROM moderation_case c WHERE c.id = $1
)
SELECT q.id FROM queue q, here h WHERE q.id <> $1
ORDER BY (NOT q.urgent, q.opened_at, q.id) > (NOT h.urgent, h.opened_at, $1) DESC,
         q.urgent DESC, q.opened_at, q.id
LIMIT 1
"""  # noqa: S608 - put together from constants


async def waiting(limit: int = MOST_ROWS) -> list[Waiting]:
    """List the cases that wait, in the order in which they should be decided."""
    return await db.many(Waiting, _WAITING, limit)


async def waiting_count() -> int:
    """Count the cases that wait."""
    return await db.value("SELECT count(*) FROM moderation_case WHERE state = 'open'")


@dataclass(frozen=True, slots=True)
class _Count:
    raised_by: RaisedBy
    cases: int


async def waiting_counts() -> dict[RaisedBy, int]:
    """Count the cases that wait, by what raised them, the most frequent first."""
    rows = await db.many(
        _Count,
        "SELECT raised_by, count(*) AS cases FROM moderation_case WHERE state = 'open' "
        "GROUP BY raised_by ORDER BY cases DESC, raised_by",
    )
    return {row.raised_by: row.cases for row in rows}


async def next_case(after: int) -> int | None:
    """Give the case to decide after another one; None where nothing waits."""
    return await db.value(_NEXT, after)
