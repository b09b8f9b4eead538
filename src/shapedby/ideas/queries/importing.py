"""The statements that take over ideas and people from another platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db

_PERSON = """
INSERT INTO person (origin, foreign_name, name, role, language, joined_at) VALUES ($1, $2, $3, 'resident', $4, now())
ON CONFLICT (origin, foreign_name) WHERE foreign_name IS NOT NULL DO NOTHING RETURNING id
"""
_FIND = "SELECT id FROM person WHERE origin = $1 AND foreign_name = $2"
_INSERT = """
INSERT INTO idea (challenge, posting, author, title, slug, problem, proposal, beneficiaries, problem_html,
  proposal_html, beneficiaries_html, excerpt, drafted_at, sent_at, origin, foreign_id, foreign_supports)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15, $16) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Something that an earlier import brought: its identifier there and its number here."""

    foreign_id: str
    number: int


async def imported_ideas(origin: str) -> dict[str, int]:
    """Give the numbers of the ideas that came from a platform, by their identifiers there."""
    sql = "SELECT foreign_id, id AS number FROM idea WHERE origin = $1 AND foreign_id IS NOT NULL"
    return {known.foreign_id: known.number for known in await db.many(Known, sql, origin)}


async def title_of(number: int) -> str:
    """Give the title of an idea, for the desk's lists."""
    return await db.value("SELECT title FROM idea WHERE id = $1", number) or ""


async def imported_person(origin: str, foreign_name: str) -> int | None:
    """Find somebody by their name on the platform they came from."""
    return await db.value(_FIND, origin, foreign_name)


async def insert_imported_person(origin: str, foreign_name: str, name: str, language: str) -> int:
    """Add somebody without an e-mail address, or find them where they are known already."""
    made = await db.value(_PERSON, origin, foreign_name, name, language)
    return made if made is not None else await db.value(_FIND, origin, foreign_name)


async def date_posting(posting: int, at: datetime) -> None:
    """Give an imported posting the day on which it was first published."""
    await db.run("UPDATE posting SET written_at = $2, sent_at = $2, public_at = $2 WHERE id = $1", posting, at)


async def insert_imported(
    challenge: int,
    posting: int,
    author: int,
    *,
    title: str,
    slug: str,
    texts: tuple[str, str, str],
    htmls: tuple[str, str, str],
    excerpt: str,
    at: datetime,
    origin: str,
    foreign_id: str,
    foreign_supports: int,
) -> int:
    """Add an idea from another platform, and give its number."""
    return await db.value(
        _INSERT,
        challenge,
        posting,
        author,
        title,
        slug,
        *texts,
        *htmls,
        excerpt,
        at,
        origin,
        foreign_id,
        foreign_supports,
    )
