"""Asking for what officers think of one idea, and what the council has said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.kernel import Words
from shapedby.shortlist.rules import ResponseKind, Weighing

MOST_RESPONSES = 200
MOST_ASSESSMENTS = 100


@dataclass(frozen=True, slots=True)
class Response:
    """What the council said about an idea, in each of its languages; ``reason_html`` is made by ``text.clean``."""

    at: datetime
    kind: ResponseKind
    reason_html: Mapping[str, Markup]
    by_name: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """One officer's view of an idea: points by the criterion's number, and the weighted score, 0 to 5."""

    officer: int
    officer_name: str
    note: str
    at: datetime
    points: Mapping[int, int]
    score: float


@dataclass(frozen=True, slots=True)
class _ResponseRow:
    at: datetime
    kind: ResponseKind
    reason_html: Words
    by_name: str


@dataclass(frozen=True, slots=True)
class _AssessedRow:
    officer: int
    officer_name: str
    note: str
    at: datetime
    points: Mapping[str, int]
    score: float


_RESPONSES = """
SELECT r.at, r.kind, r.reason_html, CASE WHEN p.left_at IS NULL THEN p.name ELSE '' END AS by_name
FROM response r JOIN person p ON p.id = r.by WHERE r.idea = $1 ORDER BY r.at, r.id LIMIT $2
"""
_ASSESSMENTS = """
SELECT a.officer, p.name AS officer_name, a.note, a.at, jsonb_object_agg(s.criterion, s.points) AS points,
       sum(s.points * c.weight)::float / nullif(sum(c.weight), 0) AS score
FROM assessment a
JOIN person p ON p.id = a.officer
JOIN assessment_score s ON s.assessment = a.id
JOIN criterion c ON c.id = s.criterion
WHERE a.idea = $1 GROUP BY a.id, p.name ORDER BY a.at, a.id LIMIT $2
"""
_WEIGHING = """
SELECT i.id AS number, i.author, i.stage, p.publicity = 'public' AS public, i.supports, c.supports_needed
FROM idea i JOIN posting p ON p.id = i.posting JOIN challenge c ON c.id = i.challenge WHERE i.id = $1
"""
_LAST_DECIDER = """
SELECT p.name FROM response r JOIN person p ON p.id = r.by
WHERE r.idea = $1 AND r.kind <> 'note' ORDER BY r.at DESC, r.id DESC LIMIT 1
"""


async def responses(idea: int) -> list[Response]:
    """List what the council said about an idea, the first on top."""
    rows = await db.many(_ResponseRow, _RESPONSES, idea, MOST_RESPONSES)
    return [Response(row.at, row.kind, _marked(row.reason_html), row.by_name) for row in rows]


def _marked(html: Words) -> dict[str, Markup]:
    return {language: Markup(words) for language, words in html.items()}  # noqa: S704 - only text.clean wrote it


async def assessments(idea: int) -> list[Assessed]:
    """List what officers think of an idea, the first on top."""
    rows = await db.many(_AssessedRow, _ASSESSMENTS, idea, MOST_ASSESSMENTS)
    return [
        Assessed(
            row.officer,
            row.officer_name,
            row.note,
            row.at,
            {int(criterion): points for criterion, points in row.points.items()},
            row.score or 0.0,
        )
        for row in rows
    ]


async def weighing(idea: int) -> Weighing | None:
    """Give what the rules need to know of an idea."""
    return await db.one(Weighing, _WEIGHING, idea)


async def last_decider(idea: int) -> str:
    """Name the officer who decided about an idea last; empty where nobody has."""
    return await db.value(_LAST_DECIDER, idea) or ""
