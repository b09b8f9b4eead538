"""The demo's clock: real actions happen on the days that the story says.

All SQL of the house takes its time from ``now()``. While the demo is loaded, in one transaction and for that
transaction only, ``now()`` is a function that gives the moment the story has reached. So every date, every deadline
and every rule that asks for the time is right without anybody changing a log afterwards.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from shapedby import db

_HIDE = (
    """
    CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT pg_catalog.current_setting('shapedby.demo_now')::timestamptz $$
    """,
    # pg_catalog comes first unless it is named later.
    "SET LOCAL search_path = public, pg_catalog",
)
_SHOW = ("SET LOCAL search_path = public", "DROP FUNCTION public.now()")


@asynccontextmanager
async def turned(at: datetime) -> AsyncIterator[None]:
    """Let ``now()`` be what `turn` says for the rest of this transaction; needs the role that owns the tables."""
    await turn(at)
    for statement in _HIDE:
        await db.run(statement)
    yield
    # Only where all went well: after an error the rollback takes the function away.
    for statement in _SHOW:
        await db.run(statement)


async def turn(at: datetime) -> None:
    """Set the clock."""
    await db.value("SELECT pg_catalog.set_config('shapedby.demo_now', $1, true)", at.isoformat())


class Calendar:
    """Turns the story's moments into times: "-30 18:30", "-30" (some hour of that day) or "-3h" (before now)."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now.astimezone(zone)
        self.zone = zone

    def at(self, moment: str, salt: str = "", *, office: bool = False) -> datetime:
        """Give a time; without an hour it is one that follows from ``salt``, in office hours where asked for."""
        if moment.endswith("h"):
            return self.now + timedelta(hours=float(moment[:-1]))
        days, _, hour = moment.partition(" ")
        day = self.now.date() + timedelta(days=int(days))
        first, minutes = (9, 7 * 60) if office else (7, 14 * 60)
        drawn = crc32(f"{moment}{salt}".encode()) % minutes
        clock = time.fromisoformat(hour) if hour else time(first + drawn // 60, drawn % 60)
        return datetime.combine(day, clock, self.zone)
