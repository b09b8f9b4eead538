"""Measure the four things that people do most, beside a bare handler: ``make bench`` (``QUICK=1`` for a minute)."""

import argparse
import asyncio
import itertools
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlencode

from bench.load import Answered, Prepared, measure
from bench.seed import Council, drafts, seed
from bench.sitting import Sitting, cases_waiting, sit
from shapedby import db
from shapedby.settings import Settings, read

SERVER_CPU, CLIENT_CPU = 0, 1
START_SECONDS = 30
RESULT = Path("var/bench.json")
SERVE = "import uvicorn; from shapedby.app import create_app; from shapedby.settings import settings; s = settings(); "
RUN = "uvicorn.run({app}, host='127.0.0.1', port={port}, log_level='error', loop='uvloop', http='httptools')"


@contextmanager
def served(code: str, environ: Mapping[str, str], port: int, path: str) -> Iterator[None]:
    """Run a server on a processor of its own until it is no longer needed."""
    pinned = ["taskset", "-c", str(SERVER_CPU)] if shutil.which("taskset") else []
    process = subprocess.Popen([*pinned, sys.executable, "-W", "ignore", "-c", code], env={**os.environ, **environ})
    try:
        _until_ready(f"http://127.0.0.1:{port}{path}", process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()  # noqa: S310 - our own server on loopback
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    message = f"{address} does not answer"
    raise TimeoutError(message)


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return trying.getsockname()[1]


def work(council: Council, waiting: list[tuple[int, int]]) -> dict[str, list[Prepared]]:
    """Prepare what is measured; ``waiting`` are drafts and the places of their authors among the browsers."""
    page = f"/ideas/{council.ideas[0]}/a-bus-stop"
    people = itertools.cycle(council.browsers)
    supports = [
        Prepared(f"/ideas/{idea}/support", "POST", one.cookie, urlencode({"csrf": one.csrf}))
        for round_ in range(4)
        for idea, one in zip(council.ideas[round_:], people, strict=False)
    ]
    sends = [
        Prepared(f"/ideas/{idea}/send", "POST", one.cookie, urlencode({"csrf": one.csrf}))
        for idea, place in waiting
        for one in (council.browsers[place],)
    ]
    me = council.browsers[0].cookie
    return {
        "list of 20 ideas, signed out": [Prepared("/challenges/bench?sort=newest")],
        "idea with 50 comments, signed out": [Prepared(page)],
        "list of 20 ideas, signed in": [Prepared("/challenges/bench?sort=newest", cookie=me)],
        "idea with 50 comments, signed in": [Prepared(page, cookie=me)],
        "support, spread over all ideas": supports,
        "send an idea of 1 KB": sends,
    }


def bare(seconds: int) -> float:
    """Measure the yardstick."""
    port = free_port()
    with served("import uvicorn; from bench.bare import app; " + RUN.format(app="app", port=port), {}, port, "/"):
        return measure(port, [Prepared("/")], seconds, cpu=CLIENT_CPU).rate


async def prepare(
    settings: Settings, ideas: int, people: int, sends: int
) -> tuple[Council, list[tuple[int, int]], str]:
    """Migrate and fill the database; the last that is given is the moderator's cookie."""
    addresses = db.open_database(settings)
    await db.migrate_forwards(addresses)
    council = await seed(settings, addresses.owner, ideas=ideas, people=people)
    waiting = await drafts(addresses.owner, council, sends)
    return council, waiting, await cases_waiting(addresses.owner)


def report(rows: Mapping[str, tuple[Answered, float]], yardstick: float, sitting: Sitting) -> None:
    """Print the table and keep it as JSON."""
    print(f"\nbare Litestar handler: {yardstick:,.0f} answers a second\n")
    print(f"{'work':<40}{'a second':>10}{'share':>9}{'failed':>8}")
    for name, (answered, share) in rows.items():
        print(f"{name:<40}{answered.rate:>10,.0f}{share:>8.1%}{answered.failed:>8}")
    print("", *sitting.lines, sep="\n")
    told = {
        name: {"rate": answered.rate, "share": share, "failed": answered.failed}
        for name, (answered, share) in rows.items()
    }
    RESULT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "machine": platform.machine()}
    RESULT.write_text(
        json.dumps({"bare": yardstick, "work": told, "sitting": asdict(sitting), "on": machine}, indent=2)
    )
    print(f"\nwritten to {RESULT}")


def main() -> None:
    """Measure everything in turn, the yardstick before and after each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", default=bool(os.environ.get("QUICK")))
    quick = parser.parse_args().quick
    rounds, seconds, ideas = (1, 3, 2_000) if quick else (3, 6, 10_000)
    with tempfile.TemporaryDirectory(prefix="sb-bench-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        environ = {"SHAPEDBY_DATA": folder, "PORT": str(port), "SHAPEDBY_JOBS": "no", "SHAPEDBY_SECRET": "b" * 40}
        settings = read(environ)
        print(f"filling a database with {ideas:,} ideas …")
        council, waiting, moderator = asyncio.run(
            prepare(settings, ideas, people=min(ideas, 2_000), sends=400 * rounds)
        )
        try:
            yardsticks, found = [bare(seconds)], dict[str, list[Answered]]()
            with served(SERVE + RUN.format(app="create_app(s)", port=port), environ, port, "/health/ready"):
                for name, requests in work(council, waiting).items():
                    for _ in range(rounds):
                        found.setdefault(name, []).append(measure(port, requests, seconds, cpu=CLIENT_CPU))
                sitting = sit(port, moderator)
            yardsticks.append(bare(seconds))
        finally:
            db.close_database(settings)
    yardstick = statistics.mean(yardsticks)
    middle = {name: sorted(some, key=lambda one: one.rate)[len(some) // 2] for name, some in found.items()}
    report({name: (answered, answered.rate / yardstick) for name, answered in middle.items()}, yardstick, sitting)


if __name__ == "__main__":
    main()
