"""The decisions that the classifier may learn from, and how it has done, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shapedby import db
from shapedby.moderation.rules import Act

MOST_DECISIONS = 20_000
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision about a text, in the words that it was about."""

    text: str
    act: Act
    author: int
    moderator: int


# Only what still stands: a decision that was undone, or a text that was changed or taken back since, teaches nothing.
# A report is nobody's decision. What was refused under another rule than "no selling" is neither spam nor clean.
_DECIDED = """
SELECT * FROM (
    SELECT DISTINCT ON (d.posting) p.source AS text, d.act, p.author, d."by" AS moderator, d.id, d.at, d.rule,
           p.publicity, p.screened_at
    FROM moderation_decision d JOIN posting p ON p.id = d.posting
    WHERE NOT p.guarded AND btrim(p.source) <> ''
    ORDER BY d.posting, d.id DESC
) last
WHERE (screened_at IS NULL OR screened_at <= at)
  AND (   act IN ('publish', 'keep') AND publicity = 'public'
       OR act IN ('refuse', 'hide') AND rule = 'no_selling' AND publicity IN ('refused', 'hidden')
       OR act = 'quarantine' AND publicity = 'quarantined')
"""


async def decided(limit: int = MOST_DECISIONS) -> list[Decided]:
    """List the newest decisions that may be learned from, the oldest of them first."""
    return await db.many(
        Decided,
        f"SELECT text, act, author, moderator FROM (SELECT * FROM ({_DECIDED}) d ORDER BY id DESC LIMIT $1) n "  # noqa: S608
        "ORDER BY id",
        limit,
    )


async def decided_since(moment: datetime | None) -> int:
    """Count the decisions that may be learned from since a moment, or all."""
    return await db.value(
        f"SELECT count(*) FROM ({_DECIDED}) d WHERE $1::timestamptz IS NULL OR at > $1",  # noqa: S608
        moment,
    )


async def local_hour(zone: str) -> int:
    """Give the hour of the day where the council is."""
    return await db.value("SELECT extract(hour FROM now() AT TIME ZONE $1)::int", zone)


@dataclass(frozen=True, slots=True)
class Week:
    """How the classifier did in the week that began on a Monday.

    ``checked`` texts were judged, ``held`` of them held as spam; of those ``right`` were found to be spam and
    ``wrong`` were published; ``missed`` were published and found to be spam later.
    """

    monday: date
    checked: int
    held: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Of what was held and decided, how much was spam."""
        decided = self.right + self.wrong
        return self.right / decided if decided else None

    @property
    def recall(self) -> float | None:
        """Of the spam that we know of, how much was held before anybody saw it."""
        spam = self.right + self.missed
        return self.right / spam if spam else None

    @property
    def held_share(self) -> float | None:
        """Of what was checked, how much was held as spam."""
        return self.held / self.checked if self.checked else None


_WEEKS = """
WITH weeks AS (
    SELECT generate_series(date_trunc('week', now() AT TIME ZONE $1) - make_interval(weeks => $2 - 1),
                           date_trunc('week', now() AT TIME ZONE $1), '1 week') AS monday
), last AS (
    SELECT DISTINCT ON (posting) posting, act, rule FROM moderation_decision ORDER BY posting, id DESC
), judged AS (
    SELECT date_trunc('week', p.screened_at AT TIME ZONE $1) AS monday,
           p.verdict <> 'publish' AS held,
           l.act IN ('publish', 'keep') AS clean,
           l.act = 'quarantine' OR l.act IN ('refuse', 'hide') AND l.rule = 'no_selling' AS spam
    FROM posting p LEFT JOIN last l ON l.posting = p.id
    WHERE p.verdict <> '' AND NOT p.guarded AND p.screened_at >= now() - make_interval(weeks => $2 + 1)
)
SELECT w.monday::date AS monday, count(j.held)::int AS checked, count(*) FILTER (WHERE j.held)::int AS held,
       count(*) FILTER (WHERE j.held AND j.spam)::int AS "right",
       count(*) FILTER (WHERE j.held AND j.clean)::int AS wrong,
       count(*) FILTER (WHERE NOT j.held AND j.spam)::int AS missed
FROM weeks w LEFT JOIN judged j ON j.monday = w.monday GROUP BY 1 ORDER BY 1
"""


async def weeks(zone: str) -> list[Week]:
    """Give the last twelve weeks, the oldest first; weeks are the council's own."""
    return await db.many(Week, _WEEKS, zone, WEEKS)
