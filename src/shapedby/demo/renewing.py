"""Waking a demo that has slept: its dates move by the whole days in which nothing happened.

Everything moves by the same number of days, so that the order of things, their distances and what follows from
them stay; only the promise that logs are never rewritten is broken, by the role that owns them, in a demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shapedby import db
from shapedby.demo.owning import as_owner
from shapedby.people.actions import record_act
from shapedby.settings import Settings

SLEEPS_AFTER = timedelta(days=2)
KIND = "demo"

# Sign-ins and counters of limits belong to the real day.
_COLUMNS = """
SELECT format('UPDATE %I SET %s', table_name, string_agg(
         CASE data_type WHEN 'date' THEN format('%1$I = %1$I + $1::int', column_name)
         ELSE format('%1$I = %1$I + make_interval(days => $1::int)', column_name) END, ', ')) AS sql
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('date', 'timestamp with time zone')
  AND table_name NOT IN ('migration', 'sign_in', 'sign_in_mail', 'web_limit')
GROUP BY table_name ORDER BY table_name
"""
_ASLEEP = """
SELECT now() - greatest(
  (SELECT max(at) FROM act), (SELECT max(written_at) FROM posting), (SELECT max(sent_at) FROM posting),
  (SELECT max(changed_at) FROM support), (SELECT max(at) FROM report)) AS span
FROM act WHERE kind = $1 LIMIT 1
"""
# A day far ahead first, then back: else two figures of one indicator could meet on a day on the way.
_FAR = 100_000


@dataclass(frozen=True, slots=True)
class _Move:
    sql: str


async def renew(settings: Settings) -> int:
    """Move a demo's dates forward by the whole days in which nothing happened; gives how many, 0 for fewer than two.

    Does nothing in a database that the demo was never loaded into.
    """
    async with as_owner(settings), db.transaction():
        asleep: timedelta | None = await db.value(_ASLEEP, KIND)
        if asleep is None or asleep < SLEEPS_AFTER:
            return 0
        # In the council's own time a session at 18:30 stays at 18:30 when the clocks change.
        await db.value("SELECT set_config('TimeZone', $1, true)", settings.timezone.key)
        for move in await db.many(_Move, _COLUMNS):
            await db.run(move.sql, asleep.days + _FAR)
            await db.run(move.sql, -_FAR)
        await record_act(None, "renew", KIND, asleep.days)
    return asleep.days
