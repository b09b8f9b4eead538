"""The rows of a text that nobody may read as it was: its posting, its versions, and what reports say of it."""

from __future__ import annotations

from dataclasses import dataclass

from shapedby import db
from shapedby.screening.rules import same_of


async def rewrite_posting(posting: int, source: str, html: str, about: str) -> None:
    """Change the words of a posting; what weighed in the old ones is forgotten, for it quotes them."""
    same = same_of(source)
    await db.run(
        """
        UPDATE posting SET source = $2, html = $3, about = $4,
               reasons = CASE WHEN jsonb_typeof(reasons) = 'object'
                              THEN jsonb_set(reasons, '{weighed}', '[]') ELSE reasons END,
               words_hash = $5, phrases = $6, hosts = $7
        WHERE id = $1
        """,
        posting,
        source,
        html,
        about[:200],
        same.words,
        list(same.phrases),
        list(same.hosts),
    )


async def rewrite_version(version: int, source: str, html: str) -> None:
    """Change the words of an earlier version."""
    await db.run("UPDATE posting_version SET source = $2, html = $3 WHERE id = $1", version, source, html)


@dataclass(frozen=True, slots=True)
class Quoting:
    """A report that may quote the text."""

    id: int
    note: str
    note_html: str


async def quoting(posting: int) -> list[Quoting]:
    """List the reports of a posting that say something in their own words."""
    return await db.many(Quoting, "SELECT id, note, note_html FROM report WHERE posting = $1 AND note <> ''", posting)


async def rewrite_report(number: int, note: str, note_html: str) -> None:
    """Change what a report says."""
    await db.run("UPDATE report SET note = $2, note_html = $3 WHERE id = $1", number, note, note_html)


async def address_of(person: int) -> str:
    """Give a person's address for mail; empty where there is none."""
    return await db.value("SELECT coalesce(email, '') FROM person WHERE id = $1", person) or ""
