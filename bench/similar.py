"""Measure how well and how fast similar ideas are found: ``python bench/similar.py`` (``--ideas 100000``).

500 ideas of a real platform, whose titles somebody else has written again in their own words
(``bench/rewritten-titles.txt``: the idea's number there, then the new title), are looked for by the new title among
all ideas of that year. The texts themselves stay outside the repository: ``../shared/data``, or ``--data``.
"""

import argparse
import asyncio
import csv
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from shapedby import db
from shapedby.likeness import actions as likeness
from shapedby.likeness.queries import SAMPLE
from shapedby.likeness.rules import VERSION, mark_text
from shapedby.settings import read
from shapedby.text import plain

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "civic" / "madrid-2024-ideas.csv"
TITLES = ROOT / "bench" / "rewritten-titles.txt"
WITHIN, MANY = 1, 2
"""The numbers of two challenges: the real ideas, and the many."""
AT = (1, 5, 10)
BATCH = 2_000
SEED = 5
# What a platform gets that compares words: each word of the title, in the language's own stemming, any of them.
WORDS = """
CREATE TABLE plain_words AS
SELECT thing, setweight(to_tsvector('spanish', title), 'A') || setweight(to_tsvector('spanish', body), 'B') AS words
FROM unnest($1::int[], $2::text[], $3::text[]) AS idea(thing, title, body)
"""
MATCH = """
WITH asked AS (SELECT replace(plainto_tsquery('spanish', $1)::text, '&', '|')::tsquery AS any_word)
SELECT thing FROM plain_words, asked WHERE words @@ any_word ORDER BY ts_rank(words, any_word) DESC, thing LIMIT 10
"""
EVERY_WORD = MATCH.replace("'|'", "'&'")

Idea = tuple[int, str, str]


def real_ideas(path: Path) -> list[Idea]:
    """Read the ideas: number, title, text."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        return [(int(row["id"]), row["title"], plain(row["body_html"])) for row in csv.DictReader(file)]


def rewritten() -> list[tuple[int, str]]:
    """Read the titles as another person writes them."""
    lines = TITLES.read_text(encoding="utf-8").splitlines()
    return [(int(number), title) for number, _, title in (line.partition(" ") for line in lines)]


def recombined(ideas: Sequence[Idea], number: int) -> Iterator[Idea]:
    """Make as many ideas as wanted out of halves of real ones: the words stay as frequent as they are."""
    draw = random.Random(SEED)  # noqa: S311 - the same ideas every time, nothing secret
    for made in range(number):
        left, right = draw.choice(ideas), draw.choice(ideas)
        first, last = left[1].split(), right[1].split()
        title = " ".join([*first[: len(first) // 2 + 1], *last[len(last) // 2 :]])
        body = f"{left[2][: len(left[2]) // 2]} {right[2][len(right[2]) // 2 :]}"
        yield 1_000_000 + made, title[:120], body


async def fill(ideas: Iterator[Idea], within: int) -> None:
    """Keep what ideas are found by, many at a time."""
    sql = """
    INSERT INTO likeness_entry (thing, within, made, words, marks)
    SELECT thing, $1, $2, words, marks::int[] FROM unnest($3::bigint[], $4::int[], $5::text[]) AS t(thing, words, marks)
    """
    while batch := [idea for _, idea in zip(range(BATCH), ideas, strict=False)]:
        marked = [mark_text(title, body) for _, title, body in batch]
        texts = ["{" + ",".join(map(str, one.marks)) + "}" for one in marked]
        await db.run(sql, within, VERSION, [idea[0] for idea in batch], [one.words for one in marked], texts)


def share(places: Sequence[int | None], best: int) -> float:
    """Say which share was found among the best so many."""
    return sum(place is not None and place < best for place in places) / len(places)


def place_of(number: int, found: Sequence[int]) -> int | None:
    """Give the place of an idea in a list, from 0."""
    return found.index(number) if number in found else None


async def quality(ideas: Sequence[Idea], titles: Sequence[tuple[int, str]]) -> dict[str, dict[str, float]]:
    """Look for each idea by its new title: as we do, and by a plain word match."""
    await fill(iter(ideas), WITHIN)
    await likeness.count_common()
    await db.run(WORDS, [idea[0] for idea in ideas], [idea[1] for idea in ideas], [idea[2] for idea in ideas])
    ours: list[int | None] = []
    words: list[int | None] = []
    every: list[int | None] = []
    for number, title in titles:
        ours.append(place_of(number, [one.thing for one in await likeness.like(title, WITHIN, max(AT))]))
        words.append(place_of(number, await db.values(MATCH, title)))
        every.append(place_of(number, await db.values(EVERY_WORD, title)))
    return {
        name: {f"recall@{best}": round(share(places, best), 3) for best in AT}
        for name, places in (("ours", ours), ("any word", words), ("every word", every))
    }


async def speed(ideas: Sequence[Idea], titles: Sequence[tuple[int, str]], number: int) -> dict[str, float]:
    """Time the same titles among very many ideas, in milliseconds."""
    began = time.perf_counter()
    await fill(recombined(ideas, number), MANY)
    await db.run("VACUUM ANALYZE likeness_entry")
    await likeness.count_common()
    filled = time.perf_counter() - began
    for _, title in titles[:20]:
        await likeness.like(title, MANY)
    taken: list[float] = []
    for _, title in titles:
        at = time.perf_counter()
        await likeness.like(title, MANY)
        taken.append((time.perf_counter() - at) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    return {
        "ideas": number,
        "median_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "longest_ms": round(max(taken), 1),
        "filling_s": round(filled, 1),
    }


async def measure(data: Path, number: int) -> dict[str, object]:
    """Measure both on a database of its own."""
    ideas, titles = real_ideas(data), rewritten()
    with tempfile.TemporaryDirectory(prefix="sb-similar-", dir="/var/tmp") as folder:
        os.chmod(folder, 0o711)  # noqa: PTH101, S103 - the database has a user of its own
        settings = read({"SHAPEDBY_DATA": folder, "SHAPEDBY_JOBS": "no", "SHAPEDBY_SECRET": "b" * 40})
        addresses = db.open_database(settings)
        try:
            await db.migrate_forwards(addresses)
            # As the role that owns the tables: it may make one for the word match.
            owning = read({"DATABASE_URL": addresses.owner, "SHAPEDBY_DATA": folder, "SHAPEDBY_SECRET": "b" * 40})
            async with db.serving(owning):
                return await _measured(ideas, titles, number)
        finally:
            db.close_database(settings)


async def _measured(ideas: Sequence[Idea], titles: Sequence[tuple[int, str]], number: int) -> dict[str, object]:
    found: dict[str, object] = {"titles": len(titles), "among": len(ideas), **await quality(ideas, titles)}
    if number:
        found["time"] = await speed(ideas, titles, number)
    return found


def main() -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ideas", type=int, default=100_000, help="among how many ideas to take the time; 0: do not")
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = parser.parse_args()
    if not chosen.data.exists():
        print(f"{chosen.data} is not here: name the ideas of decide.madrid.es of 2024 with --data", file=sys.stderr)
        return 1
    print(json.dumps(asyncio.run(measure(chosen.data, chosen.ideas)), indent=2))
    print(f"(on {os.cpu_count()} processors; how common a mark is, is counted in {SAMPLE:,} ideas at most)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
