"""Which moderators want mails about what waits."""

from __future__ import annotations

from datetime import date

from shapedby import db

_WANTED = """
SELECT p.id FROM person p
WHERE p.role IN ('moderator', 'administrator') AND p.left_at IS NULL AND p.email IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM moderator_mail m WHERE m.person = p.id AND NOT m.wanted)
ORDER BY p.id LIMIT 500
"""


async def wants_mail() -> list[int]:
    """List the moderators who want mails; whoever has not chosen does."""
    return await db.values(_WANTED)


async def mail_wanted(person: int) -> bool:
    """Say whether a moderator wants mails."""
    return await db.value("SELECT wanted FROM moderator_mail WHERE person = $1", person) is not False


async def keep_mail_choice(person: int, *, wanted: bool) -> None:
    """Keep what a moderator chose."""
    await db.run(
        "INSERT INTO moderator_mail (person, wanted) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET wanted = $2",
        person,
        wanted,
    )


async def digest_day(zone: str, hour: int) -> date | None:
    """Give the council's day once its hour has come; None before."""
    return await db.value(
        "SELECT (now() AT TIME ZONE $1)::date WHERE extract(hour FROM now() AT TIME ZONE $1) >= $2", zone, hour
    )
