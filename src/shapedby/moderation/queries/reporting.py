"""Reports: what can be reported, what was, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shapedby import db
from shapedby.moderation.rules import Reason
from shapedby.screening.rules import Kind


@dataclass(frozen=True, slots=True)
class Reportable:
    """A public text that somebody may report."""

    id: int
    kind: Kind
    about: str
    address: str
    language: str
    html: str

    @property
    def public_view(self) -> Markup:
        return Markup(self.html)  # noqa: S704 - only text.clean wrote this column


async def reportable(posting: int) -> Reportable | None:
    """Find a posting that is public; None for every other."""
    return await db.one(
        Reportable,
        "SELECT id, kind, about, address, language, html FROM posting WHERE id = $1 AND publicity = 'public'",
        posting,
    )


async def lock_public(posting: int) -> bool:
    """Lock a posting until the transaction ends; False where it is not public."""
    return bool(await db.run("SELECT 1 FROM posting WHERE id = $1 AND publicity = 'public' FOR NO KEY UPDATE", posting))


async def earlier_reasons(posting: int, person: int | None, browser_hash: str) -> list[Reason]:
    """List the reasons for which somebody has reported a posting before, where it counted."""
    found = await db.values(
        """
        SELECT reason FROM report WHERE posting = $1 AND ("case" IS NOT NULL OR guarded IS NOT NULL)
          AND CASE WHEN $2::bigint IS NULL THEN person IS NULL AND browser_hash = $3 ELSE person = $2 END
        """,
        posting,
        person,
        browser_hash,
    )
    return [Reason(reason) for reason in found]


async def insert_report(
    *,
    reference: str,
    posting: int,
    case: int | None,
    guarded: int | None,
    language: str,
    person: int | None,
    browser_hash: str,
    email: str,
    reason: Reason,
    note: str,
    note_html: str,
) -> None:
    """Write a report down."""
    await db.run(
        """
        INSERT INTO report (reference, posting, "case", person, browser_hash, email, reason, note, note_html, guarded,
                            language, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now())
        """,
        reference,
        posting,
        case,
        person,
        browser_hash,
        email,
        reason.value,
        note,
        note_html,
        guarded,
        language,
    )


async def report_exists(posting: int, reference: str) -> bool:
    """Say whether there is a report of a posting with this reference."""
    found = await db.value("SELECT 1 FROM report WHERE posting = $1 AND reference = $2", posting, reference)
    return found is not None


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who left an address with a report, to hear what became of it."""

    email: str
    language: str
    reference: str


async def reporters(case: int) -> list[Reporter]:
    """List who wants to hear what became of their report; their language is empty where we do not know it."""
    return await db.many(
        Reporter,
        """
        SELECT DISTINCT ON (r.email) r.email, coalesce(nullif(r.language, ''), p.language, '') AS language, r.reference
        FROM report r LEFT JOIN person p ON p.id = r.person
        WHERE r."case" = $1 AND r.email <> '' ORDER BY r.email, r.id LIMIT 500
        """,
        case,
    )
