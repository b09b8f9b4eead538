"""The rows around a text that nobody may read as it was: what reports say of it, and whom to tell."""

from __future__ import annotations

from dataclasses import dataclass

from shapedby import db
from shapedby.screening.queries.redacting import rewrite_posting, rewrite_version

__all__ = ["Quoting", "address_of", "quoting", "rewrite_posting", "rewrite_report", "rewrite_version"]


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


async def wipe_reports(posting: int) -> None:
    """Remove what reporters of a posting said, and how they are reached; for which reason they reported it stays."""
    await db.run(
        "UPDATE report SET note = '', note_html = '', email = '', browser_hash = '' WHERE posting = $1", posting
    )


async def wipe_appeals(posting: int) -> None:
    """Remove what the author of a posting said against decisions about it."""
    await db.run("UPDATE appeal SET words = '', words_html = '' WHERE posting = $1", posting)


async def address_of(person: int) -> str:
    """Give a person's address for mail; empty where there is none."""
    return await db.value("SELECT coalesce(email, '') FROM person WHERE id = $1", person) or ""
