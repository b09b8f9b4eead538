"""Suspensions: who may not take part, until when, and what was hidden with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.moderation.rules import Rule
from shapedby.moderation.rules.suspending import Subject
from shapedby.screening.rules import RaisedBy


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension as the desk shows it; ``until`` is None where it lasts until somebody ends it."""

    id: int
    rule: Rule
    reason: str
    by_name: str
    until: datetime | None
    hides: bool
    hidden: int
    at: datetime
    ended_at: datetime | None
    ended_name: str
    ended_because: str


async def subject(person: int) -> Subject | None:
    """Lock a person until the transaction ends; whoever writes or supports in their name meanwhile waits for it."""
    # One at a time, because each changes the counts of many ideas.
    await db.run("SELECT pg_advisory_xact_lock(hashtextextended('suspending', 0))")
    await db.run("SELECT 1 FROM person WHERE id = $1 FOR UPDATE", person)
    return await db.one(
        Subject,
        """
        SELECT id, role, name, language, left_at IS NOT NULL AS has_left,
               EXISTS (SELECT 1 FROM suspension WHERE person = $1 AND ended_at IS NULL) AS suspended
        FROM person WHERE id = $1
        """,
        person,
    )


async def now() -> datetime:
    """Give the database's time."""
    return await db.value("SELECT now()")


async def insert_suspension(
    person: int, *, by: int, rule: Rule, reason: str, until: datetime | None, hides: bool
) -> int:
    """Write a suspension down; gives its number. The database allows one that runs for each person."""
    return await db.value(
        "INSERT INTO suspension (person, by, rule, reason, until, hides, at) VALUES ($1, $2, $3, $4, $5, $6, now()) "
        "RETURNING id",
        person,
        by,
        rule.value,
        reason,
        until,
        hides,
    )


async def set_suspended(person: int, until: datetime | None) -> None:
    """Keep a person from taking part until then; None lets them again."""
    await db.run("UPDATE person SET suspended_until = $2 WHERE id = $1", person, until)


@dataclass(frozen=True, slots=True)
class ToHide:
    """A public text, and the case about it that waits already."""

    posting: int
    case: int | None


async def lock_public_of(person: int) -> list[ToHide]:
    """Lock everything public that a person wrote until the transaction ends."""
    await db.run(
        "SELECT 1 FROM posting WHERE author = $1 AND publicity = 'public' ORDER BY id FOR NO KEY UPDATE", person
    )
    return await db.many(
        ToHide,
        """
        SELECT p.id AS posting, c.id AS "case" FROM posting p
        LEFT JOIN moderation_case c ON c.posting = p.id AND c.state IN ('open', 'asked')
        WHERE p.author = $1 AND p.publicity = 'public' ORDER BY p.id
        """,
        person,
    )


async def insert_decided_case(posting: int, by: int) -> int:
    """Note a case that a suspension opens and decides in the same moment; gives its number."""
    return await db.value(
        "INSERT INTO moderation_case (posting, raised_by, state, opened_at, decided_at, decided_by) "
        "VALUES ($1, $3, 'decided', now(), now(), $2) RETURNING id",
        posting,
        by,
        RaisedBy.SUSPENSION.value,
    )


async def keep_hidden(suspension: int, posting: int, decision: int, *, reopens: bool) -> None:
    """Note that a suspension hid a text."""
    await db.run(
        "INSERT INTO suspension_posting (suspension, posting, decision, reopens) VALUES ($1, $2, $3, $4)",
        suspension,
        posting,
        decision,
        reopens,
    )


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text that a suspension hid and that nobody has decided about since."""

    posting: int
    case: int
    reopens: bool


async def lock_hidden(suspension: int) -> list[Hidden]:
    """Lock what a suspension hid and what is still so; a later decision, or its author, has the last word."""
    await db.run(
        "SELECT 1 FROM posting WHERE id IN (SELECT posting FROM suspension_posting WHERE suspension = $1) "
        "ORDER BY id FOR NO KEY UPDATE",
        suspension,
    )
    return await db.many(
        Hidden,
        """
        SELECT h.posting, d."case", h.reopens FROM suspension_posting h
        JOIN posting p ON p.id = h.posting AND p.publicity = 'hidden'
        JOIN moderation_decision d ON d.id = h.decision
        WHERE h.suspension = $1
          AND NOT EXISTS (SELECT 1 FROM moderation_decision l WHERE l.posting = h.posting AND l.id > d.id
                          AND l.act <> 'redact')
        ORDER BY h.posting
        """,
        suspension,
    )


async def open_case_again(case: int) -> None:
    """Let a case wait again that a suspension had closed, unless another about the same text waits by now."""
    await db.run(
        """
        UPDATE moderation_case c SET state = 'open', decided_at = NULL, decided_by = NULL
        WHERE c.id = $1 AND NOT EXISTS (SELECT 1 FROM moderation_case o
            WHERE o.posting = c.posting AND o.id <> c.id AND o.state IN ('open', 'asked'))
        """,
        case,
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A suspension that has not ended."""

    id: int
    person: int
    by: int
    rule: Rule


async def running(person: int) -> Running | None:
    """Find the suspension of a person that has not ended."""
    return await db.one(
        Running, "SELECT id, person, by, rule FROM suspension WHERE person = $1 AND ended_at IS NULL", person
    )


async def over() -> list[int]:
    """List the people whose suspension's time is over."""
    return await db.values(
        "SELECT person FROM suspension WHERE ended_at IS NULL AND until <= now() ORDER BY until LIMIT 100"
    )


async def end(suspension: int, by: int | None, because: str) -> bool:
    """End a suspension; ``by`` is None where its time was over. False where it had ended."""
    return bool(
        await db.run(
            "UPDATE suspension SET ended_at = now(), ended_by = $2, ended_because = $3 "
            "WHERE id = $1 AND ended_at IS NULL",
            suspension,
            by,
            because,
        )
    )


async def suspensions(person: int) -> list[Suspension]:
    """List the suspensions of a person, the newest first."""
    return await db.many(
        Suspension,
        """
        SELECT s.id, s.rule, s.reason, b.name AS by_name, s.until, s.hides, s.at, s.ended_at,
               coalesce(e.name, '') AS ended_name, s.ended_because,
               (SELECT count(*)::int FROM suspension_posting h WHERE h.suspension = s.id) AS hidden
        FROM suspension s JOIN person b ON b.id = s.by LEFT JOIN person e ON e.id = s.ended_by
        WHERE s.person = $1 ORDER BY s.id DESC LIMIT 50
        """,
        person,
    )
