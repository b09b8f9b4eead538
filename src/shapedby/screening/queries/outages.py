"""Times in which texts could not be checked, and what is still unchecked."""

from __future__ import annotations

from datetime import datetime

from shapedby import db

QUIET = "1 hour"
"""Moderators get no second alert within this time, however often the check comes and goes."""


async def begin_outage() -> bool:
    """Note that a text could not be checked; True for the first one since the check last worked."""
    return bool(
        await db.run(
            "INSERT INTO screening_outage (began_at) VALUES (now()) "
            "ON CONFLICT ((ended_at IS NULL)) WHERE ended_at IS NULL DO NOTHING"
        )
    )


async def claim_alert() -> datetime | None:
    """Claim the one alert of the outage that lasts; gives since when it does, None where nothing is to be told."""
    return await db.value(
        f"""
        UPDATE screening_outage SET told_at = now() WHERE ended_at IS NULL AND told_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM screening_outage o WHERE o.told_at > now() - interval '{QUIET}')
        RETURNING began_at
        """  # noqa: S608 - put together from constants
    )


async def end_outage() -> bool:
    """Note that texts are checked again; False where they were all the time."""
    return bool(await db.run("UPDATE screening_outage SET ended_at = now() WHERE ended_at IS NULL"))


async def outage_since() -> datetime | None:
    """Give since when texts cannot be checked; None where they can."""
    return await db.value("SELECT began_at FROM screening_outage WHERE ended_at IS NULL")


async def moderators() -> list[int]:
    """List who decides cases."""
    return await db.values(
        "SELECT id FROM person WHERE role IN ('moderator', 'administrator') AND left_at IS NULL ORDER BY id LIMIT 500"
    )


async def unchecked(limit: int) -> list[int]:
    """List postings that are held without a check: first those that were tried longest ago."""
    return await db.values(
        """
        SELECT p.id FROM moderation_case c JOIN posting p ON p.id = c.posting
        WHERE c.state = 'open' AND p.publicity = 'held' AND p.reasons @> '{"held": ["no_classifier"]}'
        ORDER BY p.screened_at NULLS FIRST, c.opened_at LIMIT $1
        """,
        limit,
    )


async def tried(number: int) -> None:
    """Note that a text was tried again in vain, so that the others come first the next time."""
    await db.run("UPDATE posting SET screened_at = now() WHERE id = $1", number)
