"""Safeguarding cases: in tables of their own, so that no ordinary queue, log or figure can show one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.moderation.queries.reporting import Reporter
from shapedby.moderation.rules import Reason
from shapedby.moderation.rules.safeguarding import GuardedAct
from shapedby.screening.rules import Kind, Publicity


@dataclass(frozen=True, slots=True)
class GuardedRow:
    """A safeguarding case in the list."""

    id: int
    kind: Kind
    about: str
    start: str
    opened_at: datetime
    closed_at: datetime | None
    reports: int
    passed_on: bool
    acts: int


@dataclass(frozen=True, slots=True)
class GuardedCase:
    """A safeguarding case with the text it is about."""

    id: int
    posting: int
    note: str
    passed_on_name: str
    opened_at: datetime
    closed_at: datetime | None
    kind: Kind
    publicity: Publicity
    language: str
    source: str
    html: str
    about: str
    address: str
    author: int
    author_name: str
    author_email: str
    author_young: bool

    @property
    def view(self) -> Markup:
        return Markup(self.html)  # noqa: S704 - only text.clean wrote this column


_CASE = """
SELECT g.id, g.posting, g.note, coalesce(b.name, '') AS passed_on_name, g.opened_at, g.closed_at, p.kind, p.publicity,
       p.language, p.source, p.html, p.about, p.address, a.id AS author, a.name AS author_name,
       coalesce(a.email, '') AS author_email, a.young AS author_young
FROM safeguarding_case g JOIN posting p ON p.id = g.posting JOIN person a ON a.id = p.author
LEFT JOIN person b ON b.id = g.passed_on_by WHERE g.id = $1
"""


async def guarded_rows() -> list[GuardedRow]:
    """List the safeguarding cases: those that wait first, the oldest on top, then those that are closed."""
    return await db.many(
        GuardedRow,
        """
        SELECT g.id, p.kind, p.about, left(p.source, 90) AS start, g.opened_at, g.closed_at,
               (SELECT count(*)::int FROM report r WHERE r.guarded = g.id) AS reports,
               g.passed_on_by IS NOT NULL AS passed_on,
               (SELECT count(*)::int FROM safeguarding_decision d WHERE d."case" = g.id) AS acts
        FROM safeguarding_case g JOIN posting p ON p.id = g.posting
        ORDER BY g.closed_at IS NOT NULL, CASE WHEN g.closed_at IS NULL THEN g.opened_at END, g.id DESC LIMIT 200
        """,
    )


async def guarded_case(number: int) -> GuardedCase | None:
    """Find a safeguarding case."""
    return await db.one(GuardedCase, _CASE, number)


async def lock_guarded(number: int) -> GuardedCase | None:
    """Lock the posting of a safeguarding case, then read the case."""
    await db.run(
        "SELECT 1 FROM posting WHERE id = (SELECT posting FROM safeguarding_case WHERE id = $1) FOR NO KEY UPDATE",
        number,
    )
    return await guarded_case(number)


async def open_guarded(posting: int) -> int | None:
    """Find the safeguarding case about a posting that is open."""
    return await db.value("SELECT id FROM safeguarding_case WHERE posting = $1 AND closed_at IS NULL", posting)


async def insert_guarded(posting: int, passed_on_by: int | None, note: str) -> int:
    """Open a safeguarding case; the database allows one open case for a posting."""
    return await db.value(
        "INSERT INTO safeguarding_case (posting, passed_on_by, note, opened_at) VALUES ($1, $2, $3, now()) "
        "RETURNING id",
        posting,
        passed_on_by,
        note,
    )


async def set_guarded(posting: int, *, guarded: bool) -> None:
    """Keep a posting from every ordinary list and from deletion, or let it back."""
    await db.run("UPDATE posting SET guarded = $2 WHERE id = $1", posting, guarded)


async def take_reports(posting: int, guarded: int) -> None:
    """Move the reports of the case that waits about a posting to its safeguarding case."""
    await db.run(
        """
        UPDATE report SET guarded = $2, "case" = NULL WHERE "case" = (
            SELECT id FROM moderation_case WHERE posting = $1 AND state IN ('open', 'asked'))
        """,
        posting,
        guarded,
    )


async def give_reports(guarded: int, case: int) -> None:
    """Move the reports of a safeguarding case to an ordinary one."""
    await db.run('UPDATE report SET "case" = $2, guarded = NULL WHERE guarded = $1', guarded, case)


async def close_guarded(number: int) -> bool:
    """Close a safeguarding case; False where it was closed."""
    sql = "UPDATE safeguarding_case SET closed_at = now() WHERE id = $1 AND closed_at IS NULL"
    return bool(await db.run(sql, number))


async def insert_guarded_decision(case: int, by: int, act: GuardedAct, reason: str) -> int:
    """Write down for good what was done about a safeguarding case."""
    return await db.value(
        'INSERT INTO safeguarding_decision ("case", by, act, reason, at) VALUES ($1, $2, $3, $4, now()) RETURNING id',
        case,
        by,
        act.value,
        reason,
    )


@dataclass(frozen=True, slots=True)
class GuardedDecision:
    """Something that was done about a safeguarding case."""

    act: GuardedAct
    by_name: str
    reason: str
    at: datetime


async def guarded_decisions(case: int) -> list[GuardedDecision]:
    """List what was done about a safeguarding case, in order."""
    return await db.many(
        GuardedDecision,
        """
        SELECT d.act, p.name AS by_name, d.reason, d.at FROM safeguarding_decision d JOIN person p ON p.id = d.by
        WHERE d."case" = $1 ORDER BY d.id LIMIT 200
        """,
        case,
    )


@dataclass(frozen=True, slots=True)
class GuardedReport:
    """What somebody reported; ``email`` is there for who asks them more."""

    reason: Reason
    note: str
    email: str
    at: datetime


async def guarded_reports(case: int) -> list[GuardedReport]:
    """List the reports that a safeguarding case is about, the newest first."""
    return await db.many(
        GuardedReport,
        "SELECT reason, note, email, at FROM report WHERE guarded = $1 "
        "ORDER BY (reason = 'danger') DESC, id DESC LIMIT 100",
        case,
    )


async def guarded_reporters(case: int) -> list[Reporter]:
    """List who wants to hear that somebody has looked at their report."""
    return await db.many(
        Reporter,
        """
        SELECT DISTINCT ON (r.email) r.email, coalesce(nullif(r.language, ''), p.language, '') AS language, r.reference
        FROM report r LEFT JOIN person p ON p.id = r.person
        WHERE r.guarded = $1 AND r.email <> '' ORDER BY r.email, r.id LIMIT 500
        """,
        case,
    )


async def safeguarding_people() -> list[int]:
    """List who has the safeguarding duty."""
    return await db.values(
        "SELECT id FROM person WHERE safeguarding AND role <> 'resident' AND left_at IS NULL ORDER BY id LIMIT 100"
    )


async def administrators() -> list[int]:
    """List the administrators, for what nobody else can put right."""
    return await db.values(
        "SELECT id FROM person WHERE role = 'administrator' AND left_at IS NULL ORDER BY id LIMIT 100"
    )
