"""How fast supports are, spread and on one idea, and what their leaves cost: ``python -m bench.supporting``."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import asyncpg

from bench.__main__ import CLIENT_CPU, RUN, SERVE, bare, free_port, served
from bench.load import Prepared, measure
from bench.seed import Council, seed
from shapedby import db
from shapedby.settings import read

IDEAS, PEOPLE, SECONDS, ROUNDS = 10_000, 2_000, 5, 3
ROWS = 4_000
INSERT = "INSERT INTO support (idea, person) SELECT $1, $2"
WITHOUT = "ALTER TABLE support DISABLE TRIGGER support_leaf_inserted"
BY_HAND = """
WITH given AS (INSERT INTO support (idea, person) SELECT $1, $2 RETURNING idea, nonce)
INSERT INTO tally_pending (idea, change, commitment, due)
SELECT idea, 1, sha256(nonce || int4send(0)), support_leaf_due() FROM given
"""


def spread_over(council: Council) -> list[Prepared]:
    """Let everybody support every idea in turn."""
    people = itertools.cycle(council.browsers)
    return [
        Prepared(f"/ideas/{idea}/support", "POST", one.cookie, urlencode({"csrf": one.csrf}))
        for round_ in range(8)
        for idea, one in zip(council.ideas[round_:], people, strict=False)
    ]


def on_one(council: Council) -> list[Prepared]:
    """Let everybody support and withdraw one hot idea, again and again."""
    return [
        Prepared(f"/ideas/{council.ideas[7]}/{what}", "POST", one.cookie, urlencode({"csrf": one.csrf}))
        for what in ("support", "withdraw")
        for one in council.browsers
    ]


async def leaves_cost(url: str, ideas: list[int]) -> dict[str, float]:
    """Measure one insert in microseconds: without leaves, with the trigger's, with one written by the statement."""
    connection = await asyncpg.connect(url)
    found: dict[str, float] = {}
    people = [row[0] for row in await connection.fetch("SELECT id FROM person ORDER BY id LIMIT 2000")]
    pairs = list(itertools.islice(zip(itertools.cycle(ideas[-400:]), itertools.cycle(people), strict=False), ROWS))
    for name, before, sql in (
        ("without leaves", WITHOUT, INSERT),
        ("leaf by the trigger", "SELECT 1", INSERT),
        ("leaf by the statement", WITHOUT, BY_HAND),
    ):
        took: list[float] = []
        for _ in range(ROUNDS):
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(before)
            statement = await connection.prepare(sql)
            began = time.perf_counter()
            for idea, person in dict.fromkeys(pairs):
                await statement.fetch(idea, person)
            took.append((time.perf_counter() - began) / len(dict.fromkeys(pairs)) * 1e6)
            await transaction.rollback()
        found[name] = statistics.median(took)
    await connection.close()
    return found


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="sb-bench-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        environ = {"SHAPEDBY_DATA": folder, "PORT": str(port), "SHAPEDBY_JOBS": "no", "SHAPEDBY_SECRET": "b" * 40}
        settings = read(environ)
        addresses = db.open_database(settings)
        try:
            asyncio.run(db.migrate_forwards(addresses))
            council = asyncio.run(seed(settings, addresses.owner, ideas=IDEAS, people=PEOPLE))
            for name, cost in asyncio.run(leaves_cost(addresses.owner, list(council.ideas))).items():
                print(f"{name:<28}{cost:8.0f} µs an insert, in one transaction")
            yardsticks, works = [bare(SECONDS)], {"spread over all ideas": spread_over, "one hot idea": on_one}
            with served(SERVE + RUN.format(app="create_app(s)", port=port), environ, port, "/health/ready"):
                found = {
                    name: [measure(port, make(council), SECONDS, cpu=CLIENT_CPU) for _ in range(ROUNDS)]
                    for name, make in works.items()
                }
            yardsticks.append(bare(SECONDS))
        finally:
            db.close_database(settings)
    yardstick = statistics.mean(yardsticks)
    print(f"bare handler {yardstick:,.0f} a second")
    for name, some in found.items():
        rate = statistics.median(one.rate for one in some)
        print(f"{name:<28}{rate:8,.0f} a second {rate / yardstick:7.1%}, {sum(one.failed for one in some)} failed")


if __name__ == "__main__":
    main()
