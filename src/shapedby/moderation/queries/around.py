"""What stands around a case: the thread, earlier versions, colleagues and their notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.kernel import Role
from shapedby.screening.rules import Publicity


@dataclass(frozen=True, slots=True)
class Around:
    """Where a comment stands: its idea, and the comment that it answers (``answers`` is None for none)."""

    idea: int
    title: str
    excerpt: str
    answers: int | None
    parent_name: str
    parent_publicity: Publicity
    parent_html: str
    replies: int

    @property
    def parent_view(self) -> Markup:
        return Markup(self.parent_html)  # noqa: S704 - only text.clean wrote this column


async def around(posting: int) -> Around | None:
    """Give where a comment stands; None for other texts."""
    return await db.one(
        Around,
        """
        SELECT i.id AS idea, i.title, i.excerpt, c.answers, coalesce(a.name, '') AS parent_name,
               coalesce(p.publicity, 'draft') AS parent_publicity, coalesce(p.html, '') AS parent_html,
               (SELECT count(*) FROM comment r WHERE r.answers = c.id)::int AS replies
        FROM comment c JOIN idea i ON i.id = c.idea
        LEFT JOIN comment o ON o.id = c.answers LEFT JOIN posting p ON p.id = o.posting
        LEFT JOIN person a ON a.id = o.author
        WHERE c.posting = $1
        """,
        posting,
    )


@dataclass(frozen=True, slots=True)
class Version:
    """What a text said before it was sent again."""

    id: int
    source: str
    html: str
    until: datetime


async def versions(posting: int, limit: int = 20) -> list[Version]:
    """List the earlier versions of a text, the newest first."""
    sql = "SELECT id, source, html, until FROM posting_version WHERE posting = $1 ORDER BY id DESC LIMIT $2"
    return await db.many(Version, sql, posting, limit)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note for colleagues; ``handed_to`` is the name of whom it was handed to, or empty."""

    by_name: str
    handed_to: str
    text: str
    at: datetime


async def notes(case: int) -> list[Remark]:
    """List the notes about a case, the oldest first."""
    return await db.many(
        Remark,
        """
        SELECT b.name AS by_name, coalesce(t.name, '') AS handed_to, n.text, n.at
        FROM case_note n JOIN person b ON b.id = n."by" LEFT JOIN person t ON t.id = n.handed_to
        WHERE n."case" = $1 ORDER BY n.id LIMIT 100
        """,
        case,
    )


async def insert_note(case: int, by: int, text: str, handed_to: int | None = None) -> None:
    """Write a note down for good."""
    await db.run(
        'INSERT INTO case_note ("case", "by", handed_to, text, at) VALUES ($1, $2, $3, $4, now())',
        case,
        by,
        handed_to,
        text,
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who decides cases."""

    id: int
    name: str
    role: Role


async def colleagues(but: int) -> list[Colleague]:
    """List who decides cases, without one of them."""
    return await db.many(
        Colleague,
        """
        SELECT id, name, role FROM person
        WHERE role IN ('moderator', 'administrator') AND left_at IS NULL AND id <> $1 ORDER BY name, id LIMIT 200
        """,
        but,
    )


async def is_colleague(person: int) -> bool:
    """Say whether somebody decides cases."""
    return await db.value(
        "SELECT EXISTS (SELECT FROM person"
        " WHERE id = $1 AND role IN ('moderator', 'administrator') AND left_at IS NULL)",
        person,
    )


async def assign(case: int, seen: int | None, to: int | None) -> bool:
    """Hand an open case to somebody, or to nobody; False where it is not in the hands that were seen."""
    return bool(
        await db.run(
            "UPDATE moderation_case SET assigned_to = $3 "
            "WHERE id = $1 AND state = 'open' AND assigned_to IS NOT DISTINCT FROM $2",
            case,
            seen,
            to,
        )
    )
