"""The site's rules: one row for each version, the newest counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapedby import db
from shapedby.screening.rules import Day, SiteRules

_NEWEST = "SELECT id, rules FROM site_rule ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    rules: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """Who changed the site's rules, when and why."""

    id: int
    at: datetime
    by_name: str
    reason: str


async def site_rules() -> SiteRules:
    """Give the site's rules as they stand now."""
    row = await db.one(_Row, _NEWEST)
    return SiteRules() if row is None else _read(row)


def _read(row: _Row) -> SiteRules:
    kept = row.rules
    return SiteRules(
        version=row.id,
        first_post=kept["first_post"],
        out_of_hours=kept["out_of_hours"],
        words=tuple(kept["words"]),
        domains=tuple(kept["domains"]),
        challenges=tuple(kept["challenges"]),
        days=tuple(Day(start, end) for start, end in kept["days"]),
        promised_hours=kept["promised_hours"],
    )


def written(rules: SiteRules) -> dict[str, Any]:
    """Write the rules as they are kept."""
    return {
        "first_post": rules.first_post,
        "out_of_hours": rules.out_of_hours,
        "words": list(rules.words),
        "domains": list(rules.domains),
        "challenges": list(rules.challenges),
        "days": [[day.start, day.end] for day in rules.days],
        "promised_hours": rules.promised_hours,
    }


async def insert_site_rules(rules: SiteRules, by: int | None, reason: str) -> int | None:
    """Add a version after the one that was seen; None where somebody else has added one meanwhile."""
    # One at a time: whoever comes second sees the version of whoever came first.
    await db.run("SELECT pg_advisory_xact_lock(hashtext('site_rule'))")
    return await db.value(
        """
        INSERT INTO site_rule (at, by, rules, reason) SELECT now(), $2, $3, $4
        WHERE coalesce((SELECT max(id) FROM site_rule), 0) = $1 RETURNING id
        """,
        rules.version,
        by,
        written(rules),
        reason,
    )


async def versions(limit: int = 20) -> list[Version]:
    """List who changed the site's rules, the newest first."""
    return await db.many(
        Version,
        """
        SELECT r.id, r.at, coalesce(p.name, '') AS by_name, r.reason
        FROM site_rule r LEFT JOIN person p ON p.id = r.by ORDER BY r.id DESC LIMIT $1
        """,
        limit,
    )


@dataclass(frozen=True, slots=True)
class Oldest:
    """When the case was opened that has waited longest in the ordinary queue; None where none waits."""

    opened_at: datetime | None
    now: datetime


async def oldest_waiting() -> Oldest:
    """Find how long somebody has waited for a decision; what is in quarantine waits for nobody."""
    found = await db.one(
        Oldest,
        """
        SELECT (SELECT min(c.opened_at) FROM moderation_case c JOIN posting p ON p.id = c.posting
                WHERE c.state = 'open' AND p.publicity <> 'quarantined') AS opened_at, now() AS now
        """,
    )
    assert found is not None  # an aggregate always has a row
    return found
