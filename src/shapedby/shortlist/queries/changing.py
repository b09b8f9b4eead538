"""The statements that keep assessments and responses; ``actions`` decides when."""

from __future__ import annotations

from collections.abc import Mapping

from shapedby import db
from shapedby.kernel import Words
from shapedby.shortlist.rules import ResponseKind

_ASSESS = """
INSERT INTO assessment (idea, officer, note, at) VALUES ($1, $2, $3, now())
ON CONFLICT (idea, officer) DO UPDATE SET note = excluded.note, at = now() RETURNING id
"""
_SCORE = """
INSERT INTO assessment_score (assessment, criterion, points)
SELECT $1, criterion, points FROM unnest($2::bigint[], $3::smallint[]) AS given (criterion, points)
ON CONFLICT (assessment, criterion) DO UPDATE SET points = excluded.points
"""
_RESPOND = """
INSERT INTO response (idea, by, kind, reason, reason_html, at) VALUES ($1, $2, $3, $4, $5, now()) RETURNING id
"""


async def lock_idea(number: int) -> None:
    """Keep an idea's stage as it is until the transaction ends; others may lock it in the same way."""
    await db.run("SELECT FROM idea WHERE id = $1 FOR SHARE", number)


async def keep_assessment(idea: int, officer: int, points: Mapping[int, int], note: str) -> None:
    """Keep an officer's points for an idea, in place of those they gave before."""
    assessment = await db.value(_ASSESS, idea, officer, note)
    await db.run(_SCORE, assessment, list(points), list(points.values()))


async def insert_response(idea: int, by: int, kind: ResponseKind, reason: Words, html: Words) -> int:
    """Add what the council says about an idea, and give its number."""
    return await db.value(_RESPOND, idea, by, kind.value, dict(reason), dict(html))
