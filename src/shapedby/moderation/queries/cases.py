"""One case: the text, why it waits, who reported it, and its author's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from shapedby import db
from shapedby.moderation.rules import Reason, version_of
from shapedby.screening.queries import read_behaved, read_found, read_reasons
from shapedby.screening.rules import Behaved, CaseState, Found, Held, Kind, Publicity, RaisedBy
from shapedby.spam.rules import Reason as Weighed

__all__ = ["MOST_REPORTS", "AuthorRecord", "Case", "Told", "author_record", "case", "reports_of", "version_of"]

MOST_REPORTS = 50
_WAITS = frozenset({Publicity.HELD, Publicity.QUARANTINED})


@dataclass(frozen=True, slots=True)
class Case:
    """A case with the text it is about; ``reasons`` is read by ``held``, ``weighed`` and ``threshold``."""

    id: int
    posting: int
    raised_by: RaisedBy
    state: CaseState
    opened_at: datetime
    decided_at: datetime | None
    kind: Kind
    publicity: Publicity
    language: str
    source: str
    html: str
    about: str
    address: str
    probability: float | None
    reasons: Any
    sent_at: datetime | None
    author: int
    author_name: str
    author_young: bool
    author_joined: datetime
    assigned_to: int | None
    assigned_name: str
    turn: int

    @property
    def public_view(self) -> Markup:
        return Markup(self.html)  # noqa: S704 - only text.clean wrote this column

    @property
    def version(self) -> str:
        return version_of(self.source, self.turn)

    @property
    def held(self) -> tuple[Held, ...]:
        return read_reasons(self.reasons)[0] if self.publicity in _WAITS else ()

    @property
    def behaved(self) -> tuple[Behaved, ...]:
        return read_behaved(self.reasons)

    @property
    def found(self) -> tuple[Found, ...]:
        return tuple(found for found in read_found(self.reasons) if found.shown)

    @property
    def weighed(self) -> tuple[Weighed, ...]:
        return read_reasons(self.reasons)[1]

    @property
    def threshold(self) -> float | None:
        return read_reasons(self.reasons)[2]


async def case(number: int) -> Case | None:
    """Find a case."""
    return await db.one(
        Case,
        """
        SELECT c.id, c.posting, c.raised_by, c.state, c.opened_at, c.decided_at, p.kind, p.publicity, p.language,
               p.source, p.html, p.about, p.address, p.probability, p.reasons, p.sent_at, a.id AS author,
               a.name AS author_name, a.young AS author_young, a.joined_at AS author_joined,
               c.assigned_to, coalesce(m.name, '') AS assigned_name,
               coalesce((SELECT max(d.id) FROM moderation_decision d WHERE d."case" = c.id), 0)
                 + coalesce((SELECT sum(w.id) FROM picture w WHERE w.posting = p.id AND w.seen_at IS NULL), 0)::bigint
                 AS turn
        FROM moderation_case c JOIN posting p ON p.id = c.posting JOIN person a ON a.id = p.author
        LEFT JOIN person m ON m.id = c.assigned_to
        WHERE c.id = $1 AND NOT p.guarded
        """,
        number,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What one person said when they reported the text."""

    reason: Reason
    note: str
    at: datetime
    signed_in: bool


async def reports_of(case: int) -> list[Told]:
    """List the reports that a case is about, the newest first."""
    return await db.many(
        Told,
        """
        SELECT reason, note, at, person IS NOT NULL AS signed_in FROM report WHERE "case" = $1
        ORDER BY (reason = 'danger') DESC, at DESC LIMIT $2
        """,
        case,
        MOST_REPORTS,
    )


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """What became of everything that a person wrote here, and how often it was reported."""

    public: int
    held: int
    refused: int
    hidden: int
    reports: int


async def author_record(person: int) -> AuthorRecord:
    """Count what a person wrote here, by what became of it."""
    found = await db.one(
        AuthorRecord,
        """
        SELECT count(*) FILTER (WHERE publicity = 'public') AS public,
               count(*) FILTER (WHERE publicity = 'held') AS held,
               count(*) FILTER (WHERE publicity = 'refused') AS refused,
               count(*) FILTER (WHERE publicity = 'hidden') AS hidden,
               (SELECT count(*) FROM report r JOIN posting o ON o.id = r.posting
                WHERE o.author = $1 AND r."case" IS NOT NULL) AS reports
        FROM posting WHERE author = $1
        """,
        person,
    )
    return found or AuthorRecord(0, 0, 0, 0, 0)
