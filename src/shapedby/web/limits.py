"""Limits that hold across processes: so many times in so long, counted in the database."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from shapedby import db
from shapedby.web.errors import TooMany

COUNT = """
INSERT INTO web_limit AS kept (key, since, times) VALUES ($1, now(), 1)
ON CONFLICT (key) DO UPDATE SET
  times = CASE WHEN kept.since < now() - $2::interval THEN 1 ELSE kept.times + 1 END,
  since = CASE WHEN kept.since < now() - $2::interval THEN now() ELSE kept.since END
RETURNING times
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` in ``within``, for each thing that is counted by itself."""

    name: str
    times: int
    within: timedelta

    async def reached(self, thing: str) -> bool:
        """Count one more for a thing and say whether that is too many; the thing is kept as a hash."""
        key = f"{self.name}:{hashlib.sha256(thing.encode()).hexdigest()[:32]}"
        return await db.value(COUNT, key, self.within) > self.times

    async def check(self, thing: str) -> None:
        """Count one more; raise ``TooMany`` when that is too many."""
        if await self.reached(thing):
            raise TooMany


async def forget_old() -> int:
    """Forget counters that no limit can still need; gives how many."""
    return await db.run("DELETE FROM web_limit WHERE since < now() - interval '2 days'")
