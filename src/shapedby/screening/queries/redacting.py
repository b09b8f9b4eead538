"""The rows of a text that nobody may read as it was: its posting and its earlier versions."""

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
class Earlier:
    """What a text said before it was sent again."""

    id: int
    source: str
    html: str


async def earlier(posting: int) -> list[Earlier]:
    """List everything that a text said before."""
    return await db.many(Earlier, "SELECT id, source, html FROM posting_version WHERE posting = $1", posting)
