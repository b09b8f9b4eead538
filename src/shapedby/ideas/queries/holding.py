"""Supports that wait for somebody to look at them: finding, holding, releasing, setting aside; and the recount."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from shapedby import db
from shapedby.ideas.rules.holding import Outcome
from shapedby.kernel import Words
from shapedby.tally.rules.stuffing import Seen, Signal

MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Supports of one idea that were held together; ``supports`` of them are not withdrawn by now."""

    id: int
    idea: int
    idea_title: str
    idea_slug: str
    idea_language: str
    counted: int
    """What the idea counts now."""
    found_at: datetime
    signals: list[Signal]
    outcome: Outcome
    decided_at: datetime | None
    supports: int
    first_at: datetime | None
    last_at: datetime | None
    joined_from: datetime | None
    joined_to: datetime | None

    @property
    def idea_address(self) -> str:
        return f"/ideas/{self.idea}/{self.idea_slug}"


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about a hold."""

    at: datetime
    by_name: str
    outcome: Outcome
    number: int
    reason: Words


@dataclass(frozen=True, slots=True)
class Recounted:
    """One idea whose three counts do not agree."""

    idea: int
    shown: int
    rows: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What everything together is: ideas, counted rows, published and waiting changes."""

    ideas: int
    counted: int
    published: int
    pending: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the site shows for an idea, what of it is not published yet, and the size of the log at that moment."""

    idea: int
    count: int
    pending: int
    size: int


@dataclass(frozen=True, slots=True)
class _Fresh(Seen):
    idea: int = 0


_FRESH = """
SELECT s.id, s.person, s.changed_at AS at, p.joined_at, coalesce(split_part(p.email, '@', 2), '') AS domain, s.origin,
       s.idea
FROM support s JOIN person p ON p.id = s.person
WHERE s.state = 'counted' AND s.hold IS NULL AND s.origin IS NOT NULL AND s.changed_at > now() - $2::interval
  AND s.idea IN (SELECT idea FROM support WHERE origin IS NOT NULL AND changed_at > now() - $1::interval)
ORDER BY s.idea, s.changed_at DESC LIMIT $3
"""
# Whose supports these are is locked first, as for everything that changes supports: see ``supporting``.
_LOCK = "SELECT FROM person WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE"
_LOCK_OF_HOLD = """
SELECT FROM person WHERE id IN (SELECT person FROM support WHERE hold = $1) ORDER BY id FOR UPDATE
"""
_INSERT = """
INSERT INTO support_hold (idea, found_at, signals) VALUES ($1, now(), $2) RETURNING id
"""
_HOLD = """
WITH held AS (
  UPDATE support SET state = 'held', hold = $2, changed_at = now()
  WHERE id = ANY($1::bigint[]) AND state = 'counted' RETURNING idea
), sums AS (SELECT idea, count(*) AS number FROM held GROUP BY idea)
UPDATE idea SET supports = supports - sums.number FROM sums WHERE idea.id = sums.idea
"""
# What a person has taken back meanwhile stays so, and comes back as it would have been. Who is suspended now waits for
# the end of that.
_TO = """
WITH changed AS (
  UPDATE support SET
    state = CASE WHEN support.state = 'withdrawn' THEN 'withdrawn' WHEN $2 = 'set_aside' OR p.suspended_until > now()
      THEN 'set_aside' ELSE 'counted' END,
    set_aside_for = CASE WHEN $2 = 'set_aside' THEN 'invalidated'
      WHEN support.state <> 'withdrawn' AND p.suspended_until > now() THEN 'suspended' ELSE '' END,
    returns_to = CASE WHEN support.state = 'withdrawn' AND $2 = 'set_aside' THEN 'set_aside' ELSE '' END,
    changed_at = CASE WHEN support.state = 'withdrawn' THEN changed_at ELSE now() END
  FROM person p, (SELECT id, state FROM support WHERE hold = $1) before
  WHERE p.id = support.person AND before.id = support.id
  RETURNING support.idea, (support.state = 'counted')::int - (before.state = 'counted')::int AS change,
    support.state <> before.state AS moved
), sums AS (SELECT idea, sum(change)::int AS change, count(*) FILTER (WHERE moved) AS number FROM changed GROUP BY idea)
, counted AS (UPDATE idea SET supports = supports + sums.change FROM sums WHERE idea.id = sums.idea)
SELECT coalesce(sum(number), 0)::int FROM sums
"""
_DECIDE = """
UPDATE support_hold SET outcome = $3, decided_at = now() WHERE id = $1 AND outcome = $2
"""
_HOLDS = """
SELECT h.id, h.idea, i.title AS idea_title, i.slug AS idea_slug, t.language AS idea_language, i.supports AS counted,
       h.found_at, h.signals, h.outcome, h.decided_at, count(s.id) FILTER (WHERE s.state <> 'withdrawn') AS supports,
       min(s.since) AS first_at, max(s.since) AS last_at, min(p.joined_at) AS joined_from, max(p.joined_at) AS joined_to
FROM support_hold h JOIN idea i ON i.id = h.idea JOIN posting t ON t.id = i.posting
LEFT JOIN support s ON s.hold = h.id LEFT JOIN person p ON p.id = s.person
WHERE {where}
GROUP BY h.id, i.id, t.language ORDER BY {order} LIMIT $1
"""
_DECISIONS = """
SELECT d.at, coalesce(p.name, '') AS by_name, d.outcome, d.number, d.reason
FROM support_hold_decision d LEFT JOIN person p ON p.id = d.by WHERE d.hold = $1 ORDER BY d.id LIMIT 100
"""
_RECOUNT = """
WITH counted AS (SELECT idea, count(*) AS number FROM support WHERE state = 'counted' GROUP BY idea),
leaves AS (
  SELECT idea, sum(change)::bigint AS number FROM (
    SELECT idea, change FROM tally_leaf UNION ALL SELECT idea, change FROM tally_pending
  ) every GROUP BY idea
)
SELECT coalesce(i.id, counted.idea, leaves.idea) AS idea, coalesce(i.supports, 0) AS shown,
       coalesce(counted.number, 0) AS rows, coalesce(leaves.number, 0) AS leaves
FROM idea i FULL JOIN counted ON counted.idea = i.id FULL JOIN leaves ON leaves.idea = coalesce(i.id, counted.idea)
WHERE coalesce(i.supports, 0) <> coalesce(counted.number, 0)
   OR coalesce(counted.number, 0) <> coalesce(leaves.number, 0)
ORDER BY 1 LIMIT 1000
"""
_COUNTS = """
SELECT (SELECT count(*) FROM idea WHERE sent_at IS NOT NULL) AS ideas,
       (SELECT count(*) FROM support WHERE state = 'counted') AS counted,
       (SELECT coalesce(sum(change), 0)::bigint FROM tally_leaf) AS published,
       (SELECT coalesce(sum(change), 0)::bigint FROM tally_pending) AS pending
"""
_SHOWN = """
SELECT i.id AS idea, i.supports AS count,
       coalesce((SELECT sum(change) FROM tally_pending w WHERE w.idea = i.id), 0)::int AS pending,
       coalesce((SELECT max(size) FROM tally_head), 0) AS size
FROM idea i WHERE i.id > $1 AND i.sent_at IS NOT NULL ORDER BY i.id LIMIT $2
"""


async def fresh(since: timedelta, window: timedelta, most: int) -> dict[int, list[Seen]]:
    """Give the counted supports of a window, by idea, where an idea got one lately."""
    found: dict[int, list[Seen]] = {}
    for one in await db.many(_Fresh, _FRESH, since, window, most):
        found.setdefault(one.idea, []).append(one)
    return found


async def lock_people(people: Collection[int]) -> None:
    """Let these people's supports change by us only until the transaction ends."""
    await db.run(_LOCK, sorted(people))


async def lock_hold(hold: int) -> None:
    """Let the supports of a hold change by us only until the transaction ends."""
    await db.run(_LOCK_OF_HOLD, hold)


async def insert_hold(idea: int, signals: Collection[Signal]) -> int:
    """Begin a hold, and give its number."""
    return await db.value(_INSERT, idea, [signal.value for signal in signals])


async def hold(supports: Collection[int], number: int) -> int:
    """Hold supports that are counted; gives how many ideas count fewer."""
    return await db.run(_HOLD, list(supports), number)


async def move(number: int, to: Outcome) -> int:
    """Count the supports of a hold, or set them aside; gives how many changed."""
    return await db.value(_TO, number, to.value)


async def decide(number: int, seen: Outcome, to: Outcome) -> bool:
    """Change what became of a hold; False where it was not as seen any more."""
    return await db.run(_DECIDE, number, seen.value, to.value) > 0


async def insert_decision(number: int, by: int, to: Outcome, changed: int, reason: Words) -> None:
    """Add a decision about a hold."""
    sql = "INSERT INTO support_hold_decision (hold, at, by, outcome, number, reason) VALUES ($1, now(), $2, $3, $4, $5)"
    await db.run(sql, number, by, to.value, changed, dict(reason))


async def holds(*, waiting: bool) -> list[Hold]:
    """List what waits, the oldest first, or what is decided, the newest first."""
    where = "h.outcome = 'waiting'" if waiting else "h.outcome <> 'waiting'"
    order = "h.found_at, h.id" if waiting else "h.decided_at DESC, h.id"
    return await db.many(Hold, _HOLDS.format(where=where, order=order), MOST_LISTED)


async def one_hold(number: int) -> Hold | None:
    """Find a hold by its number."""
    return await db.one(Hold, _HOLDS.format(where="h.id = $2", order="1"), 1, number)


async def decisions(number: int) -> list[Decided]:
    """List what was decided about a hold, the first on top."""
    return await db.many(Decided, _DECISIONS, number)


async def holds_waiting() -> int:
    """Count the holds that nobody has looked at."""
    return await db.value("SELECT count(*) FROM support_hold WHERE outcome = 'waiting'")


async def forget_origins(kept: timedelta) -> int:
    """Forget where older supports came from; gives how many."""
    return await db.run(
        "UPDATE support SET origin = NULL WHERE origin IS NOT NULL AND changed_at < now() - $1::interval", kept
    )


async def recounted() -> list[Recounted]:
    """List the ideas whose count, counted rows and leaves are not the same number; at most a thousand."""
    return await db.many(Recounted, _RECOUNT)


async def counts() -> Counts:
    """Count everything."""
    return await db.one(Counts, _COUNTS) or Counts(0, 0, 0, 0)


async def shown(after: int, most: int) -> list[Shown]:
    """List what the site shows for each idea, from the one after a number on."""
    return await db.many(Shown, _SHOWN, after, most)


async def is_recount_due(zone: str) -> bool:
    """Say whether nothing was recounted yet since two o'clock of the last night, and it is night or later."""
    sql = (
        "SELECT NOT EXISTS (SELECT FROM tally_check WHERE at >= "
        "(date_trunc('day', now() AT TIME ZONE $1 - interval '2 hours') + interval '2 hours') AT TIME ZONE $1)"
    )
    return await db.value(sql, zone)
