"""The statements that join two ideas; ``actions.merging`` decides when, and holds the locks."""

from __future__ import annotations

from collections.abc import Collection

from shapedby import db

# As every change of supports: the people first, in the order of their numbers.
_LOCK_PEOPLE = """
SELECT id FROM person WHERE id IN (SELECT person FROM support WHERE idea = ANY($1::bigint[])) ORDER BY id FOR KEY SHARE
"""
# Before any idea's row: a support writes its row first and waits for its idea then, so that the other way round two
# would wait for each other. Joining is rare, and lasts as long as a few statements.
_LOCK_SUPPORTS = "LOCK TABLE support IN SHARE ROW EXCLUSIVE MODE"
_LOCK_IDEAS = "SELECT id FROM idea WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE"

# Who supported both has a row there already, and keeps it; who took a support back there and gave one here supports.
# A support that a decision has set aside or held stays so: joining is no way round it.
_MOVE = """
INSERT INTO support (idea, person, state, set_aside_for, hold, origin, since, changed_at)
SELECT $2, s.person, s.state, s.set_aside_for, s.hold, s.origin, s.since, now() FROM support s
WHERE s.idea = $1 AND s.state <> 'withdrawn' AND s.person <> ALL($3::bigint[])
ON CONFLICT (idea, person) DO UPDATE
  SET state = CASE WHEN support.returns_to <> '' THEN support.returns_to ELSE excluded.state END,
      set_aside_for = CASE WHEN support.returns_to <> '' THEN support.set_aside_for ELSE excluded.set_aside_for END,
      hold = CASE WHEN support.returns_to <> '' THEN support.hold ELSE excluded.hold END,
      returns_to = '', changed_at = now()
  WHERE support.state = 'withdrawn'
"""
_LEAVE = """
UPDATE support SET state = 'withdrawn', set_aside_for = '', changed_at = now()
WHERE state <> 'withdrawn' AND (idea = $1 OR (idea = $2 AND person = ANY($3::bigint[])))
"""
_COUNT = """
UPDATE idea SET supports = (SELECT count(*) FROM support s WHERE s.idea = idea.id AND s.state = 'counted')
WHERE id = ANY($1::bigint[])
"""


async def lock_for_merging(source: int, target: int) -> None:
    """Let nobody support anything, and nobody else change the two ideas, until the transaction ends."""
    await db.run(_LOCK_PEOPLE, [source, target])
    await db.run(_LOCK_SUPPORTS)
    await db.run(_LOCK_IDEAS, [source, target])


async def move_supports(source: int, target: int, authors: Collection[int]) -> None:
    """Let the supporters of one idea support another, each once; the authors of both support neither."""
    await db.run(_MOVE, source, target, list(authors))
    await db.run(_LEAVE, source, target, list(authors))
    await db.run(_COUNT, [source, target])


async def mark_merged(source: int, target: int) -> None:
    """Note with which idea another was joined; what was joined with that one before stands there too now."""
    await db.run("UPDATE idea SET merged_into = $2 WHERE id = $1 OR merged_into = $1", source, target)
