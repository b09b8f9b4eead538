"""What the law makes the council keep for now: everything of a person, or one posting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold, with what it is about; ``about`` is a title or a name."""

    id: int
    person: int | None
    posting: int | None
    about: str
    reason: str
    by_name: str
    at: datetime
    ended_at: datetime | None


_HOLDS = """
SELECT h.id, h.person, h.posting, coalesce(p.name, nullif(t.about, ''), t.kind, '') AS about, h.reason,
       b.name AS by_name, h.at, h.ended_at
FROM legal_hold h JOIN person b ON b.id = h.by LEFT JOIN person p ON p.id = h.person
LEFT JOIN posting t ON t.id = h.posting
ORDER BY h.ended_at IS NOT NULL, h.id DESC LIMIT 200
"""


async def listed() -> list[Hold]:
    """List the holds, those that run first, then the newest."""
    return await db.many(Hold, _HOLDS)


async def is_held(person: int) -> bool:
    """Say whether everything of a person has to be kept."""
    return await db.value("SELECT 1 FROM legal_hold WHERE person = $1 AND ended_at IS NULL LIMIT 1", person) is not None


async def held_postings(person: int) -> frozenset[int]:
    """List the postings of a person that have to be kept."""
    sql = """
        SELECT h.posting FROM legal_hold h JOIN posting p ON p.id = h.posting
        WHERE p.author = $1 AND h.ended_at IS NULL
    """
    return frozenset(await db.values(sql, person))


async def there_is(*, person: int | None, posting: int | None) -> bool:
    """Say whether there is such a person, or such a posting with words."""
    if person is not None:
        return await db.value("SELECT 1 FROM person WHERE id = $1 AND left_at IS NULL", person) is not None
    return await db.value("SELECT 1 FROM posting WHERE id = $1 AND publicity <> 'deleted'", posting) is not None


async def running(*, person: int | None, posting: int | None) -> bool:
    """Say whether the same thing is held already."""
    sql = (
        "SELECT 1 FROM legal_hold WHERE person IS NOT DISTINCT FROM $1 AND posting IS NOT DISTINCT FROM $2 "
        "AND ended_at IS NULL"
    )
    return await db.value(sql, person, posting) is not None


async def insert(*, person: int | None, posting: int | None, reason: str, by: int) -> int:
    """Begin to hold something; gives the hold's number."""
    return await db.value(
        "INSERT INTO legal_hold (person, posting, reason, by, at) VALUES ($1, $2, $3, $4, now()) RETURNING id",
        person,
        posting,
        reason,
        by,
    )


async def end(number: int, by: int) -> bool:
    """End a hold; False where it has ended."""
    sql = "UPDATE legal_hold SET ended_at = now(), ended_by = $2 WHERE id = $1 AND ended_at IS NULL"
    return await db.run(sql, number, by) > 0
