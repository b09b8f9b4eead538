"""Import the largest discussion we have and read all of it: ``python -m bench.discussion``.

5,633 comments on 80 ideas of Madrid's 2019 participation site, as the command line imports them; then every first page
and every page of the longest discussion is asked for, and the time and the bytes are printed. Bounded: a minute or two,
most of it the import. Skips where the exports are not there.
"""

import asyncio
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bench.__main__ import RUN, SERVE, free_port, served
from shapedby import db
from shapedby.comments.rules import PAGE, SHOWN_REPLIES
from shapedby.settings import read

CIVIC = Path(__file__).resolve().parents[2] / "shared" / "data" / "civic"
RESULT = Path("var/bench-discussion.json")
CHALLENGE = """
INSERT INTO challenge (slug, question, summary, why_asked, who_decides, what_chosen_gets, privacy_note, opens_at,
  closes_at, prepared_by, prepared_at, published_at)
SELECT 'bench', w, w, w, w, w, '{}', now() - interval '9 days', now() + interval '90 days', $2, now(), now()
FROM (SELECT $1::jsonb AS w) words
"""
PERSON = """
INSERT INTO person (email, name, role, joined_at, welcomed_at) VALUES ('o@example.org', 'O', 'officer', now(), now())
RETURNING id
"""
IDEAS = "SELECT id, slug, comments FROM idea WHERE comments > 0 ORDER BY comments DESC"


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: how long it took, and how large it was as it travelled and unpacked."""

    address: str
    milliseconds: float
    sent: int
    html: int


def ask(port: int, address: str) -> Page:
    """Ask for a page as a visitor's browser does, and take the middle of three times."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"Accept-Encoding": "gzip"})
    taken: list[float] = []
    body = b""
    for _ in range(3):
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server on loopback
            body = answer.read()
        taken.append((time.perf_counter() - began) * 1000)
    return Page(address, statistics.median(taken), len(body), len(gzip.decompress(body)))


async def prepare(url: str) -> None:
    """Publish the challenge that the ideas answer."""
    connection = await asyncpg.connect(url)
    try:
        officer = await connection.fetchval(PERSON)
        await connection.execute(CHALLENGE, '{"en": "What does the city need?", "es": "¿Qué hace falta?"}', officer)
    finally:
        await connection.close()


async def discussions(url: str) -> list[tuple[str, int]]:
    """List the ideas that are discussed, the most discussed first."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(IDEAS)
    finally:
        await connection.close()
    return [(f"/ideas/{row['id']}/{row['slug']}", row["comments"]) for row in rows]


def bring_in(environ: dict[str, str]) -> float:
    """Import ideas and comments as a council would; gives the seconds that the comments took."""
    command = [str(Path(sys.executable).with_name("shapedby"))]
    origin = ["--origin", "madrid-2019", "--language", "es"]
    ideas = [*command, "import", "ideas", str(CIVIC / "madrid-2019-ideas.csv"), "--challenge", "bench", *origin]
    subprocess.run(ideas, env=environ, check=True, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    comments = [*command, "import", "comments", str(CIVIC / "madrid-2019-comments.csv"), *origin]
    # A few rows of the export are empty; the command says so and ends with 1.
    subprocess.run(comments, env=environ, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def report(pages: Sequence[Page], longest: Sequence[Page], seconds: float, total: int) -> None:
    """Print the figures and keep them as JSON."""
    times = sorted(page.milliseconds for page in pages)
    print(f"{total:,} comments on {len(pages)} ideas, imported in {seconds:,.0f} s")
    print(f"{PAGE} comments and {SHOWN_REPLIES} replies under each on a page\n")
    print(f"{'first page of each discussion':<44}{'middle':>9}{'slowest':>9}")
    print(f"{'milliseconds, one visitor, no copy kept':<44}{statistics.median(times):>9.0f}{times[-1]:>9.0f}")
    for name, sizes in (("KB as sent", [p.sent for p in pages]), ("KB of HTML", [p.html for p in pages])):
        print(f"{name:<44}{statistics.median(sizes) / 1024:>9.0f}{max(sizes) / 1024:>9.0f}")
    slowest = max(page.milliseconds for page in longest)
    print(f"\nthe longest discussion: {len(longest)} pages, the slowest {slowest:.0f} ms")
    RESULT.parent.mkdir(exist_ok=True)
    told = {"comments": total, "ideas": len(pages), "import_seconds": seconds, "middle_ms": statistics.median(times)}
    told |= {"slowest_ms": times[-1], "largest_bytes": max(page.sent for page in pages)}
    RESULT.write_text(json.dumps(told, indent=2))
    print(f"written to {RESULT}")


def main() -> None:
    """Import, serve, read, report."""
    if not CIVIC.is_dir():
        print(f"skipped: there are no exports in {CIVIC}")
        return
    with tempfile.TemporaryDirectory(prefix="sb-talk-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        environ = {"SHAPEDBY_DATA": folder, "PORT": str(port), "SHAPEDBY_JOBS": "no", "SHAPEDBY_SECRET": "b" * 40}
        environ["SHAPEDBY_SHARED_PAGES"] = "no"  # what is measured is making the page, not handing a copy out
        settings = read(environ)
        addresses = db.open_database(settings)
        try:
            asyncio.run(db.migrate_forwards(addresses))
            asyncio.run(prepare(addresses.owner))
            seconds = bring_in({**os.environ, **environ})
            found = asyncio.run(discussions(addresses.owner))
            with served(SERVE + RUN.format(app="create_app(s)", port=port), environ, port, "/health/ready"):
                pages = [ask(port, address) for address, _ in found]
                address, most = found[0]
                longest = [ask(port, f"{address}?page={number}") for number in range(1, -(-most // PAGE) + 1)]
        finally:
            db.close_database(settings)
    report(pages, longest, seconds, sum(number for _, number in found))


if __name__ == "__main__":
    main()
