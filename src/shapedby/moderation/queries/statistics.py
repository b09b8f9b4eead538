"""Moderation in numbers, and the log of decisions without names: for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shapedby import db
from shapedby.moderation.rules import Act, Rule
from shapedby.screening.rules import Kind

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in one month; ``hours`` is the median from the opening of a case to its decision."""

    month: date
    sent: int
    held: int
    reported: int
    published: int
    refused: int
    hidden: int
    appealed: int
    overturned: int
    decided: int
    hours: float | None


# A case counts in the month in which it began, a decision in the month in which it was made. What only the
# safeguarding people know of is in none of these numbers, and what a suspension hid is not work of the queue.
_MONTHS = """
WITH months AS (
    SELECT generate_series(date_trunc('month', now() AT TIME ZONE $1) - make_interval(months => $2 - 1),
                           date_trunc('month', now() AT TIME ZONE $1), '1 month') AS month
), sent AS (
    SELECT date_trunc('month', sent_at AT TIME ZONE $1) AS month, count(*) AS sent
    FROM posting WHERE sent_at IS NOT NULL AND NOT guarded GROUP BY 1
), cases AS (
    SELECT date_trunc('month', c.opened_at AT TIME ZONE $1) AS month,
           count(*) FILTER (WHERE c.raised_by NOT IN ('report', 'appeal')) AS held,
           count(*) FILTER (WHERE c.raised_by = 'report') AS reported
    FROM moderation_case c JOIN posting p ON p.id = c.posting AND NOT p.guarded
    WHERE c.raised_by <> 'suspension' GROUP BY 1
), decisions AS (
    SELECT date_trunc('month', d.at AT TIME ZONE $1) AS month,
           count(*) FILTER (WHERE d.act IN ('publish', 'keep')) AS published,
           count(*) FILTER (WHERE d.act IN ('refuse', 'quarantine')) AS refused,
           count(*) FILTER (WHERE d.act = 'hide') AS hidden
    FROM moderation_decision d JOIN posting p ON p.id = d.posting AND NOT p.guarded GROUP BY 1
), appeals AS (
    SELECT date_trunc('month', a.at AT TIME ZONE $1) AS month, count(*) AS appealed,
           count(*) FILTER (WHERE EXISTS (SELECT 1 FROM moderation_decision s WHERE s."case" = a."case"
               AND s.at >= a.at AND s.act IN ('publish', 'keep'))) AS overturned
    FROM appeal a JOIN posting p ON p.id = a.posting AND NOT p.guarded GROUP BY 1
), waits AS (
    SELECT date_trunc('month', c.decided_at AT TIME ZONE $1) AS month, count(*) AS decided,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.decided_at - c.opened_at) / 3600) AS hours
    FROM moderation_case c JOIN posting p ON p.id = c.posting AND NOT p.guarded
    WHERE c.state = 'decided' AND c.raised_by <> 'suspension' GROUP BY 1
)
SELECT m.month::date AS month, coalesce(s.sent, 0) AS sent, coalesce(c.held, 0) AS held,
       coalesce(c.reported, 0) AS reported, coalesce(d.published, 0) AS published, coalesce(d.refused, 0) AS refused,
       coalesce(d.hidden, 0) AS hidden, coalesce(a.appealed, 0) AS appealed, coalesce(a.overturned, 0) AS overturned,
       coalesce(w.decided, 0) AS decided, w.hours
FROM months m LEFT JOIN sent s USING (month) LEFT JOIN cases c USING (month) LEFT JOIN decisions d USING (month)
LEFT JOIN appeals a USING (month) LEFT JOIN waits w USING (month) ORDER BY m.month DESC
"""


async def months(timezone: str) -> list[Month]:
    """Give the last twelve months, this one first."""
    return await db.many(Month, _MONTHS, timezone, MONTHS)


@dataclass(frozen=True, slots=True)
class Checked:
    """The check for spam against people's decisions: the numbers of texts behind its precision and its recall."""

    flagged: int
    """It said spam, and a person has decided since."""
    right: int
    """Of those, how many a person removed for selling something."""
    missed: int
    """It saw nothing in them, and a person removed them for selling something."""


async def checked() -> Checked:
    """Compare the check's verdicts with the last decisions of people about the same texts."""
    found = await db.one(
        Checked,
        """
        WITH decided AS (
            SELECT DISTINCT ON (d.posting) p.verdict,
                   d.act IN ('refuse', 'hide', 'quarantine', 'uphold') AND d.rule = 'no_selling' AS selling
            FROM moderation_decision d JOIN posting p ON p.id = d.posting
            WHERE d.act NOT IN ('redact', 'undo', 'ask') AND p.verdict <> '' AND NOT p.guarded
            ORDER BY d.posting, d.id DESC
        )
        SELECT count(*) FILTER (WHERE verdict <> 'publish') AS flagged,
               count(*) FILTER (WHERE verdict <> 'publish' AND selling) AS right,
               count(*) FILTER (WHERE verdict = 'publish' AND selling) AS missed
        FROM decided
        """,
    )
    return found or Checked(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision as everybody may see it: no names, no words."""

    id: int
    posting: int
    kind: Kind
    act: Act
    rule_name: str
    on_appeal: bool
    at: datetime

    @property
    def rule(self) -> Rule | None:
        return Rule(self.rule_name) if self.rule_name else None


async def log(page: int, size: int) -> list[Logged]:
    """List the decisions without names, the newest first; pages count from 1."""
    return await db.many(
        Logged,
        """
        SELECT d.id, d.posting, p.kind, d.act, d.rule AS rule_name,
               EXISTS (SELECT 1 FROM appeal a WHERE a."case" = d."case" AND d.at >= a.at) AS on_appeal, d.at
        FROM moderation_decision d JOIN posting p ON p.id = d.posting AND NOT p.guarded
        ORDER BY d.id DESC LIMIT $1 OFFSET $2
        """,
        size,
        (page - 1) * size,
    )


async def log_total() -> int:
    """Count the decisions that everybody may see."""
    return await db.value(
        "SELECT count(*) FROM moderation_decision d JOIN posting p ON p.id = d.posting AND NOT p.guarded"
    )
