"""What is set aside as almost certainly spam, until it is deleted."""

from __future__ import annotations

from datetime import datetime

from shapedby import db
from shapedby.screening.rules import QUARANTINE_DAYS


async def deleted_at(number: int) -> datetime | None:
    """Give when a posting in quarantine will be deleted; None where it will not be."""
    return await db.value(
        "SELECT quarantined_at + make_interval(days => $2) FROM posting "
        "WHERE id = $1 AND publicity = 'quarantined' AND NOT guarded",
        number,
        QUARANTINE_DAYS,
    )


# Somebody may be in danger, or its author has asked us to look: then it stays until that is decided.
_ENDED = """
SELECT p.id FROM posting p
WHERE p.publicity = 'quarantined' AND NOT p.guarded AND p.quarantined_at <= now() - make_interval(days => $1)
  AND NOT EXISTS (SELECT 1 FROM moderation_case c
                  WHERE c.posting = p.id AND c.state = 'open' AND c.raised_by = 'appeal')
"""


async def ended_quarantines(limit: int) -> list[int]:
    """List what was in quarantine for its time, the longest first."""
    return await db.values(_ENDED + "ORDER BY p.quarantined_at LIMIT $2", QUARANTINE_DAYS, limit)


async def quarantine_ended(number: int) -> bool:
    """Say whether a posting was in quarantine for its time."""
    return await db.value(_ENDED + "AND p.id = $2", QUARANTINE_DAYS, number) is not None


async def is_guarded(number: int) -> bool:
    """Say whether somebody may be in danger, so that a text stays."""
    return bool(await db.value("SELECT guarded FROM posting WHERE id = $1", number))


async def wipe(number: int) -> None:
    """Remove the words of a posting, all that was made from them, and where it stood; why it was held stays."""
    await db.run("DELETE FROM posting_version WHERE posting = $1", number)
    await db.run(
        """
        UPDATE posting SET source = '', html = '', about = '', address = '', words_hash = '', phrases = '{}',
               hosts = '{}', reasons = jsonb_build_object('held', coalesce(reasons -> 'held', '[]'))
        WHERE id = $1
        """,
        number,
    )


async def reasons_of(number: int) -> str:
    """Give the reasons for which a posting was held, as they stand in the log."""
    found = await db.values(
        "SELECT jsonb_array_elements_text(reasons -> 'held') FROM posting "
        "WHERE id = $1 AND jsonb_typeof(reasons) = 'object'",
        number,
    )
    return ", ".join(found)
