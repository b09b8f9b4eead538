"""Waiting cases beside another one, to be compared with it."""

from __future__ import annotations

from shapedby import db
from shapedby.moderation.rules.alike import Compared

MOST_COMPARED = 400
_COMPARED = """
SELECT c.id, c.posting, p.kind, p.publicity, p.author, a.name AS author_name, p.about, p.source,
       coalesce((SELECT max(d.id) FROM moderation_decision d WHERE d."case" = c.id), 0)
       + coalesce((SELECT sum(w.id) FROM picture w WHERE w.posting = p.id AND w.seen_at IS NULL), 0)::bigint
       AS turn
FROM moderation_case c JOIN posting p ON p.id = c.posting JOIN person a ON a.id = p.author
"""
_ORDINARY = """
c.state = 'open' AND NOT p.guarded AND p.publicity IN ('held', 'public')
AND NOT EXISTS (SELECT 1 FROM report r WHERE r."case" = c.id AND r.reason = 'danger')
"""


async def compared(case: int) -> Compared | None:
    """Find a case to compare others with."""
    return await db.one(Compared, _COMPARED + "WHERE c.id = $1", case)


async def others(case: int, author: int) -> list[Compared]:
    """List waiting cases to compare with one: its author's first, then the newest; never an urgent one."""
    sql = _COMPARED + f"WHERE {_ORDINARY} AND c.id <> $1 ORDER BY (p.author = $2) DESC, c.id DESC LIMIT $3"
    return await db.many(Compared, sql, case, author, MOST_COMPARED)


async def likely_kin(case: int, posting: int) -> int:
    """Count waiting cases by the same author, with a link to the same place, or in the same words: quickly."""
    sql = f"""
        SELECT count(*) FROM moderation_case c JOIN posting p ON p.id = c.posting
        JOIN posting here ON here.id = $2
        WHERE {_ORDINARY} AND c.id <> $1 AND (
            p.author = here.author OR (p.words_hash <> '' AND p.words_hash = here.words_hash) OR p.hosts && here.hosts)
    """  # noqa: S608 - put together from constants
    return await db.value(sql, case, posting)
