"""The statements that change ideas and their steps; ``actions`` decides when."""

from __future__ import annotations

from datetime import date, datetime

from shapedby import db
from shapedby.ideas.rules import Stage, StepKind, Written
from shapedby.kernel import Words

_INSERT = """
INSERT INTO idea (challenge, posting, author, title, problem, proposal, beneficiaries, area, topic, key, group_name,
  anonymous, drafted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now()) RETURNING id
"""
_WRITE = """
WITH changed AS (
  UPDATE idea SET title = $2, problem = $3, proposal = $4, beneficiaries = $5, area = $6, topic = $7,
         group_name = $9, anonymous = $10
  WHERE id = $1 RETURNING posting
)
UPDATE posting SET changed_at = now(), language = $8 FROM changed WHERE posting.id = changed.posting
"""
_SEND = """
UPDATE idea SET slug = $2, problem_html = $3, proposal_html = $4, beneficiaries_html = $5, excerpt = $6,
       sent_at = coalesce(sent_at, now()), answer_by = coalesce(answer_by, $7)
WHERE id = $1
"""
_STEP = "INSERT INTO idea_step (idea, at, kind, by, note) VALUES ($1, coalesce($5, now()), $2, $3, $4)"


async def insert(challenge: int, posting: int, author: int, typed: Written, key: str) -> int:
    """Add a draft, and give its number."""
    return await db.value(
        _INSERT,
        challenge,
        posting,
        author,
        typed.title,
        *typed.texts,
        typed.area,
        typed.topic,
        key or None,
        typed.group,
        typed.anonymous,
    )


async def write(number: int, typed: Written) -> int:
    """Keep what was typed, and in which language."""
    return await db.run(
        _WRITE,
        number,
        typed.title,
        *typed.texts,
        typed.area,
        typed.topic,
        typed.language,
        typed.group,
        typed.anonymous,
    )


async def mark_sent(number: int, *, slug: str, htmls: tuple[str, str, str], excerpt: str, answer_by: date) -> int:
    """Keep what the public will see; the first sending sets the promised day."""
    return await db.run(_SEND, number, slug, *htmls, excerpt, answer_by)


async def clear(number: int) -> int:
    """Forget what was typed into a draft that is thrown away."""
    return await db.run(
        "UPDATE idea SET title = '', problem = '', proposal = '', beneficiaries = '', group_name = '' WHERE id = $1",
        number,
    )


async def forget_words(posting: int) -> int:
    """Remove every word of an idea that was deleted from quarantine; its number and its dates stay."""
    return await db.run(
        """
        UPDATE idea SET title = '', slug = '', problem = '', proposal = '', beneficiaries = '', problem_html = '',
               proposal_html = '', beneficiaries_html = '', excerpt = '', group_name = ''
        WHERE posting = $1
        """,
        posting,
    )


async def insert_step(
    number: int, kind: StepKind, *, by: int | None = None, note: Words | None = None, at: datetime | None = None
) -> int:
    """Add a step to the life of an idea."""
    return await db.run(_STEP, number, kind.value, by, dict(note or {}), at)


async def lock_key(key: str) -> None:
    """Let one transaction at a time begin a draft from the same form."""
    await db.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)


async def set_stage(number: int, seen: Stage, to: Stage) -> bool:
    """Change the stage of an idea from the one that was seen; False when it was not that any more."""
    return await db.run("UPDATE idea SET stage = $3 WHERE id = $1 AND stage = $2", number, seen.value, to.value) > 0


async def rewrite_shown(number: int, *, slug: str, htmls: tuple[str, str, str], excerpt: str) -> int:
    """Change what the public sees of an idea, and nothing of its life."""
    return await db.run(
        "UPDATE idea SET slug = $2, problem_html = $3, proposal_html = $4, beneficiaries_html = $5, excerpt = $6 "
        "WHERE id = $1",
        number,
        slug,
        *htmls,
        excerpt,
    )
