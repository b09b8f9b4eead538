"""Search and lists as ideas grow: their time, and whether any table was read from end to end.

Run alone: ``python -m bench.finding [ideas …]``. Starts the embedded database in a folder of its own, fills it with
COPY, and measures the statements of a page of 20, one after another on one connection.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from shapedby import db
from shapedby.ideas.queries import Filters
from shapedby.ideas.queries.finding import found
from shapedby.ideas.queries.searching import learn_all_words
from shapedby.ideas.rules.finding import Sort, order_of
from shapedby.settings import read

SIZES = (1_000, 100_000)
QUESTIONS = 100
ROUNDS, WARM = 30, 5
SMALL = 10_000
"""Below it reading all ideas is the shorter way, and the planner knows."""
FOLDER_MODE = 0o711
MATCHES = 200
"""Of the rare word, at every size, so that its time can be compared."""
LANGUAGES = ("en", "es")
SYLLABLES = (
    "ba be bi bo bu da de di do du fa fe fi fo ga ge go ka ke ki ko la le li lo ma me mi mo na ne no ra re".split()
)
COMMON = "bus street park school light river market tree bench road walk child".split()
LARGE = ["idea", "posting"]
"""The vocabulary is small at any size: a language has so many words."""


Seen = dict[str, dict[str, float]]


def vocabulary() -> list[str]:
    """Make 8,000 words that look like words."""
    pick = random.Random(7)  # noqa: S311 - the same council every time
    return sorted({"".join(pick.choices(SYLLABLES, k=pick.choice((2, 3, 3, 4)))) for _ in range(9000)})[:8000]


def texts(number: int) -> Iterator[tuple[str, str]]:
    """Write titles and texts: words as often as words are, one in half of all, one in ``MATCHES``."""
    pick, words = random.Random(11), vocabulary()  # noqa: S311 - as above
    weights = [1 / (place + 20) for place in range(len(words))]
    rare = set(pick.sample(range(number), min(MATCHES, number)))
    for place in range(number):
        some = pick.choices(words, weights=weights, k=45) + pick.sample(COMMON, 2)
        if place % 2:
            some.append("everywhere")
        if place in rare:
            some.append("lighthouse")
        pick.shuffle(some)
        yield " ".join(some[:6]).capitalize(), " ".join(some[6:])


async def fill(url: str, number: int) -> None:
    """Fill an empty, migrated database with COPY; the search column is the trigger's work, as everywhere."""
    connection = await asyncpg.connect(url)
    began = time.perf_counter()
    try:
        person = await connection.fetchval(
            "INSERT INTO person (email, name, welcomed_at) VALUES ('a@example.org', 'Ann', now()) RETURNING id"
        )
        words = json.dumps({"en": "What now?", "es": "¿Qué?"})
        questions = await connection.fetch(
            "INSERT INTO challenge (slug, question, summary, why_asked, who_decides, what_chosen_gets, privacy_note,"
            " opens_at, closes_at, supports_needed, answer_days, prepared_by, prepared_at, published_at)"
            " SELECT 'q' || n, $1::jsonb, $1, $1, $1, $1, '{}', now() - interval '9 days', now() + interval '9 days',"
            " 50, 28, $2, now(), now() FROM generate_series(1, $3::int) n RETURNING id",
            words, person, min(QUESTIONS, max(1, number // 1000)),
        )  # fmt: skip
        now = datetime.now(UTC)
        written = list(texts(number))
        columns = ["id", "kind", "author", "publicity", "language", "source", "html", "about", "address", "public_at"]
        await connection.copy_records_to_table(
            "posting",
            columns=columns,
            records=(
                (n, "idea", person, "public", "en", "", "", "", "", now - timedelta(minutes=number - n))
                for n in range(1, number + 1)
            ),
        )
        pick = random.Random(3)  # noqa: S311 - as above
        columns = ["challenge", "posting", "author", "title", "slug", "problem", "problem_html", "excerpt", "sent_at"]
        await connection.copy_records_to_table(
            "idea",
            columns=[*columns, "supports"],
            records=(
                (
                    questions[n % len(questions)]["id"], n, person, title[:120], "idea", body, f"<p>{body}</p>",
                    body[:200], now - timedelta(minutes=number - n), pick.randrange(300),
                )
                for n, (title, body) in enumerate(written, start=1)
            ),
        )  # fmt: skip
        await connection.execute("VACUUM ANALYZE idea")
        await connection.execute("VACUUM ANALYZE posting")
    finally:
        await connection.close()
    print(f"  {number:,} ideas written in {time.perf_counter() - began:.0f} s", flush=True)


def asked(question: int) -> dict[str, Callable[[], Awaitable[Any]]]:
    """Name what is measured: each is one page of a list, as the page asks for it."""
    day = order_of(date(2026, 11, 4), 17)

    def look(
        text: str = "", *, sort: Sort = Sort.SHUFFLE, challenge: int | None = None
    ) -> Callable[[], Awaitable[Any]]:
        return lambda: found(text, Filters(challenge), sort, day, languages=LANGUAGES)

    return {
        f"search: a word of {MATCHES} ideas": look("lighthouse"),
        "search: two words, one question": look("bus light", challenge=question),
        "search: a word begun": look("lightho"),
        "search: a word of half of all ideas": look("everywhere"),
        "search: mistyped": look("lihgthouse"),
        "search: nothing fits": look("zzyzx"),
        "list: fair shuffle of one question": look(challenge=question),
        "list: fair shuffle of all": look(),
        "list: newest of all": look(sort=Sort.NEWEST),
        "list: most supported of one question": look(sort=Sort.SUPPORTED, challenge=question),
        "list: most supported of all": look(sort=Sort.SUPPORTED),
    }


async def measure(number: int, folder: Path) -> Seen:
    """Fill a database and measure every list on it."""
    settings = read({"SHAPEDBY_DATA": str(folder), "SHAPEDBY_SECRET": "x" * 32})
    addresses = db.open_database(settings)
    try:
        await db.migrate_forwards(addresses)
        await fill(addresses.owner, number)
        async with db.serving(settings):
            began = time.perf_counter()
            learnt = await learn_all_words()
            print(f"  {learnt:,} words learnt in {time.perf_counter() - began:.1f} s", flush=True)
            await db.run("ANALYZE search_word")
            question: int = await db.value("SELECT min(id) FROM challenge")
            return {name: await one(look) for name, look in asked(question).items()}
    finally:
        db.close_database(settings)


async def one(look: Callable[[], Awaitable[Any]]) -> dict[str, float]:
    """Measure one list: milliseconds, and how often all ideas were read."""
    taken: list[float] = []
    before = await scans()
    for _ in range(WARM):
        await look()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await look()
        taken.append((time.perf_counter() - began) * 1000)
    ordered = sorted(taken)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
        "found": (await look()).page.total,
        "scans": await scans() - before,
    }


async def scans() -> int:
    """Count how often a large table was read from end to end."""
    await db.run("SELECT pg_stat_force_next_flush()")
    await db.run("SELECT pg_stat_clear_snapshot()")
    return await db.value(
        "SELECT coalesce(sum(seq_scan), 0)::int FROM pg_stat_user_tables WHERE relname = ANY($1::text[])", LARGE
    )


def main() -> None:
    """Print a table, and the same as JSON."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    seen: dict[int, Seen] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="sb-") as name:
            Path(name).chmod(FOLDER_MODE)
            seen[size] = asyncio.run(measure(size, Path(name)))
    for name in seen[sizes[0]]:
        cells = [
            f"{one[name]['p50']:8.1f} ms (p95 {one[name]['p95']:.1f}; {one[name]['found']:.0f} found"
            f"{'; READ WHOLE' if one[name]['scans'] and size > SMALL else ''})"
            for size, one in seen.items()
        ]
        print(f"{name:40} {'   '.join(cells)}")
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
