"""People as moderators see them: how to find one, and the record of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.kernel import Role
from shapedby.moderation.rules import Act, Reason, Rule
from shapedby.screening.rules import Kind, Publicity

MOST_FOUND = 50
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A person in the list of those found."""

    id: int
    name: str
    role: Role
    young: bool
    joined_at: datetime
    suspended_until: datetime | None
    public: int
    removed: int


_FOUND = """
SELECT p.id, p.name, p.role, p.young, p.joined_at,
       CASE WHEN p.suspended_until > now() THEN p.suspended_until END AS suspended_until,
       (SELECT count(*) FROM posting o WHERE o.author = p.id AND o.publicity = 'public') AS public,
       (SELECT count(*) FROM posting o WHERE o.author = p.id
        AND o.publicity IN ('refused', 'hidden', 'quarantined')) AS removed
FROM person p
"""


async def find_people(words: str) -> list[Found]:
    """Find people by a part of their name, or by their number; without words, who is suspended now."""
    if not words:
        return await db.many(
            Found, _FOUND + "WHERE p.suspended_until > now() ORDER BY p.suspended_until, p.id LIMIT $1", MOST_FOUND
        )
    number = words.removeprefix("#")
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return await db.many(
        Found,
        _FOUND + "WHERE p.left_at IS NULL AND (p.name ILIKE $1 OR p.id::text = $2) ORDER BY p.name, p.id LIMIT $3",
        f"%{escaped}%",
        number,
        MOST_FOUND,
    )


@dataclass(frozen=True, slots=True)
class Written:
    """Something that a person wrote, and the last case about it."""

    posting: int
    kind: Kind
    about: str
    start: str
    address: str
    publicity: Publicity
    sent_at: datetime
    case: int | None
    reports: int


async def written_by(person: int) -> list[Written]:
    """List what a person sent, the newest first; not what only the safeguarding people may know."""
    return await db.many(
        Written,
        """
        SELECT p.id AS posting, p.kind, p.about, left(p.source, 120) AS start, p.address, p.publicity, p.sent_at,
               (SELECT max(c.id) FROM moderation_case c WHERE c.posting = p.id) AS "case",
               (SELECT count(*)::int FROM report r WHERE r.posting = p.id AND r."case" IS NOT NULL) AS reports
        FROM posting p WHERE p.author = $1 AND p.sent_at IS NOT NULL AND NOT p.guarded
        ORDER BY p.sent_at DESC, p.id DESC LIMIT $2
        """,
        person,
        MOST_ROWS,
    )


@dataclass(frozen=True, slots=True)
class DecidedAbout:
    """A decision about something that a person wrote."""

    case: int
    kind: Kind
    about: str
    act: Act
    rule_name: str
    by_name: str
    at: datetime

    @property
    def rule(self) -> Rule | None:
        return Rule(self.rule_name) if self.rule_name else None


async def decided_about(person: int) -> list[DecidedAbout]:
    """List the decisions about what a person wrote, the newest first."""
    return await db.many(
        DecidedAbout,
        """
        SELECT d."case", p.kind, p.about, d.act, d.rule AS rule_name, m.name AS by_name, d.at
        FROM moderation_decision d JOIN posting p ON p.id = d.posting JOIN person m ON m.id = d."by"
        WHERE p.author = $1 AND NOT p.guarded ORDER BY d.id DESC LIMIT $2
        """,
        person,
        MOST_ROWS,
    )


@dataclass(frozen=True, slots=True)
class ReportedOf:
    """A report of something that a person wrote; never who made it."""

    reason: Reason
    about: str
    case: int
    at: datetime


async def reports_about(person: int) -> list[ReportedOf]:
    """List the reports of what a person wrote, the newest first."""
    return await db.many(
        ReportedOf,
        """
        SELECT r.reason, p.about, r."case", r.at FROM report r JOIN posting p ON p.id = r.posting
        WHERE p.author = $1 AND r."case" IS NOT NULL AND NOT p.guarded ORDER BY r.id DESC LIMIT $2
        """,
        person,
        MOST_ROWS,
    )


async def supports_set_aside(person: int) -> int:
    """Count the supports of a person that do not count while they are suspended."""
    return await db.value(
        "SELECT count(*) FROM support WHERE person = $1 AND state = 'set_aside' AND set_aside_for = 'suspended'", person
    )
