"""The statements that change ideas, their steps and their supports; ``actions`` decides when."""

from __future__ import annotations

from datetime import date, datetime

from shapedby import db
from shapedby.ideas.rules import Stage, StepKind, Written
from shapedby.kernel import Words

_INSERT = """
INSERT INTO idea (challenge, posting, author, title, problem, proposal, beneficiaries, area, topic, key, drafted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now()) RETURNING id
"""
_WRITE = """
WITH changed AS (
  UPDATE idea SET title = $2, problem = $3, proposal = $4, beneficiaries = $5, area = $6, topic = $7
  WHERE id = $1 RETURNING posting
)
UPDATE posting SET language = $8 FROM changed WHERE posting.id = changed.posting
"""
_SEND = """
UPDATE idea SET slug = $2, problem_html = $3, proposal_html = $4, beneficiaries_html = $5, excerpt = $6,
       sent_at = coalesce(sent_at, now()), answer_by = coalesce(answer_by, $7)
WHERE id = $1
"""
_STEP = "INSERT INTO idea_step (idea, at, kind, by, note) VALUES ($1, coalesce($5, now()), $2, $3, $4)"

# One statement each: the row and the count change together or not at all. Somebody who asks twice at once waits
# for the first answer, finds the row as wanted, and changes nothing. Who is being suspended meanwhile waits for that.
_SUPPORT = """
WITH supporter AS (
  SELECT id FROM person WHERE id = $2 AND (suspended_until IS NULL OR suspended_until <= now()) FOR KEY SHARE
), counted AS (
  INSERT INTO support (idea, person, state, since, changed_at)
  SELECT i.id, s.id, 'counted', now(), now() FROM supporter s, idea i
  JOIN posting p ON p.id = i.posting AND p.publicity = 'public' WHERE i.id = $1
  ON CONFLICT (idea, person) DO UPDATE SET state = 'counted', changed_at = now() WHERE support.state = 'withdrawn'
  RETURNING idea
)
UPDATE idea SET supports = supports + 1 FROM counted WHERE idea.id = counted.idea
"""
_WITHDRAW_SUPPORT = """
WITH withdrawn AS (
  UPDATE support SET state = 'withdrawn', changed_at = now()
  WHERE idea = $1 AND person = $2 AND state = 'counted' RETURNING idea
)
UPDATE idea SET supports = supports - 1 FROM withdrawn WHERE idea.id = withdrawn.idea
"""
_SET_ASIDE = """
WITH aside AS (
  UPDATE support SET state = 'set_aside', set_aside_for = 'suspended', changed_at = now()
  WHERE person = $1 AND state = 'counted' RETURNING idea
)
UPDATE idea SET supports = supports - 1 FROM aside WHERE idea.id = aside.idea
"""
_RESTORE = """
WITH restored AS (
  UPDATE support SET state = 'counted', set_aside_for = '', changed_at = now()
  WHERE person = $1 AND state = 'set_aside' AND set_aside_for = 'suspended' RETURNING idea
)
UPDATE idea SET supports = supports + 1 FROM restored WHERE idea.id = restored.idea
"""


async def insert(challenge: int, posting: int, author: int, typed: Written, key: str) -> int:
    """Add a draft, and give its number."""
    return await db.value(
        _INSERT, challenge, posting, author, typed.title, *typed.texts, typed.area, typed.topic, key or None
    )


async def write(number: int, typed: Written) -> int:
    """Keep what was typed, and in which language."""
    return await db.run(_WRITE, number, typed.title, *typed.texts, typed.area, typed.topic, typed.language)


async def mark_sent(number: int, *, slug: str, htmls: tuple[str, str, str], excerpt: str, answer_by: date) -> int:
    """Keep what the public will see; the first sending sets the promised day."""
    return await db.run(_SEND, number, slug, *htmls, excerpt, answer_by)


async def clear(number: int) -> int:
    """Forget what was typed into a draft that is thrown away."""
    return await db.run(
        "UPDATE idea SET title = '', problem = '', proposal = '', beneficiaries = '' WHERE id = $1", number
    )


async def forget_words(posting: int) -> int:
    """Remove every word of an idea that was deleted from quarantine; its number and its dates stay."""
    return await db.run(
        """
        UPDATE idea SET title = '', slug = '', problem = '', proposal = '', beneficiaries = '', problem_html = '',
               proposal_html = '', beneficiaries_html = '', excerpt = ''
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


async def count_support(number: int, person: int) -> bool:
    """Count a person's support of a public idea; False where it already stands, in whatever state."""
    return await db.run(_SUPPORT, number, person) > 0


async def uncount_support(number: int, person: int) -> bool:
    """Take a counted support back; False where there is none."""
    return await db.run(_WITHDRAW_SUPPORT, number, person) > 0


async def set_supports_aside(person: int) -> int:
    """Let the supports of a suspended person count no more; gives how many."""
    return await db.run(_SET_ASIDE, person)


async def count_supports_again(person: int) -> int:
    """Let the supports count again that a suspension had set aside, and no others; gives how many."""
    return await db.run(_RESTORE, person)


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
