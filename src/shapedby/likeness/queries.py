"""All SQL about marks: keeping those of a text, finding texts by them, counting how common they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapedby import db
from shapedby.likeness.rules import VERSION, Entry, Marked, Wanted

MOST_CANDIDATES = 150
MOST_READ = 2_500
"""How many rows the rarest marks of a title may lead to before the others only help to rank."""
LEAST_LOOKED = 4
LEAST_SHARE = 0.0005
"""Of a mark that is worth remembering as common."""
SAMPLE = 20_000
"""Of how many texts marks are counted; more would say the same."""

_KEEP = """
INSERT INTO likeness_entry (thing, within, made, words, marks) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (thing) DO UPDATE SET within = $2, made = $3, words = $4, marks = $5
"""
# Each mark leads through the index to its texts; those with the most weight in common are ranked precisely.
_CANDIDATES = """
WITH met AS (
  SELECT e.id, sum(looked.weight) AS weight
  FROM unnest($2::int[], $3::float8[]) AS looked(mark, weight)
  JOIN LATERAL (
    SELECT id FROM likeness_entry WHERE marks @> ARRAY[looked.mark] AND within = $1
  ) e ON true
  GROUP BY e.id ORDER BY weight DESC, e.id LIMIT $4
)
SELECT e.thing, e.words, e.marks FROM met JOIN likeness_entry e USING (id)
"""
_COUNT = """
WITH counted AS (SELECT greatest(count(*), 1) AS texts FROM likeness_entry), sampled AS (
  SELECT marks FROM likeness_entry, counted
  WHERE texts <= $1 OR abs(hashint8(thing)::bigint) % texts < $1
)
INSERT INTO likeness_common (mark, share)
SELECT mark, count(*)::float8 / (SELECT greatest(count(*), 1) FROM sampled)
FROM sampled, unnest(marks) AS mark
GROUP BY mark HAVING count(*) > 2 AND count(*) > (SELECT count(*) FROM sampled) * $2::float8
"""


@dataclass(frozen=True, slots=True)
class _Share:
    mark: int
    share: float


async def keep(thing: int, within: int, marked: Marked) -> None:
    """Keep the marks of a text in the place of those it had."""
    await db.run(_KEEP, thing, within, VERSION, marked.words, list(marked.marks))


async def forget(thing: int) -> None:
    """Keep nothing of a text any more."""
    await db.run("DELETE FROM likeness_entry WHERE thing = $1", thing)


async def texts() -> int:
    """Say how many texts there are; of many, about how many."""
    return await db.value(
        """
        SELECT greatest(reltuples, (SELECT count(*) FROM (SELECT FROM likeness_entry LIMIT 1000) counted))::bigint
        FROM pg_class WHERE oid = 'likeness_entry'::regclass
        """
    )


async def shares(marks: Sequence[Wanted]) -> dict[int, float]:
    """Say which share of the texts have each of these marks; one that is not there is rare."""
    asked = [number for mark in marks for number in (mark.title, mark.body) if number]
    rows = await db.many(_Share, "SELECT mark, share FROM likeness_common WHERE mark = ANY($1::int[])", asked)
    return {row.mark: row.share for row in rows}


async def candidates(within: int, looked: Sequence[tuple[int, float]]) -> list[Entry]:
    """Find the texts that have the most weight in common with what is looked for: pairs of a mark and its weight."""
    marks, weights = [mark for mark, _ in looked], [weight for _, weight in looked]
    return await db.many(Entry, _CANDIDATES, within, marks, weights, MOST_CANDIDATES)


async def count_common() -> None:
    """Count anew which marks are common."""
    async with db.transaction():
        await db.run("LOCK TABLE likeness_common IN SHARE ROW EXCLUSIVE MODE")
        await db.run("DELETE FROM likeness_common")
        await db.run(_COUNT, SAMPLE, LEAST_SHARE)
