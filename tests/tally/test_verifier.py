"""The stand-alone verifier, as anybody gets it: downloaded from a running site, and run with nothing else."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from answering import new_idea, new_question
from ground import Database, free_port, serve, until_ready

from shapedby import db
from shapedby.ideas.queries import count_support, nonce_of, uncount_support
from shapedby.tally import actions
from shapedby.tally.verify import main

LEAVES = 120


@dataclass(frozen=True)
class Published:
    """A running site, what it publishes, and the verifier that it offers."""

    url: str
    folder: Path
    verifier: Path
    person: int
    idea: int

    def run(self, source: str | Path, *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(self.verifier), str(source), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd="/")


@pytest.fixture(scope="module")
async def published(
    new_database: Callable[..., asyncio.Future[Database]], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Published]:
    made = await new_database(PORT=str(free_port()))
    person, idea = await _fill(made)
    process = serve(made.settings)
    folder = tmp_path_factory.mktemp("published")
    try:
        await until_ready(made.settings.url, process)
        verifier = folder / "verify.py"
        async with httpx.AsyncClient(base_url=made.settings.url) as client:
            verifier.write_bytes((await client.get("/verify/verify.py")).content)
        yield Published(made.settings.url, folder / "kept", verifier, person, idea)
    finally:
        process.terminate()
        process.wait(timeout=30)


async def _fill(database: Database) -> tuple[int, int]:
    """Make a log of several batches, and leave some leaves waiting; gives one of the people, and their idea."""
    question = await new_question(database)
    chance = random.Random(4)
    async with db.serving(database.settings):
        ideas = [await new_idea(database, question) for _ in range(5)]
        people = [await database.new_person() for _ in range(12)]
        for _ in range(4):
            for _ in range(LEAVES // 4):
                await chance.choice([count_support, count_support, uncount_support])(
                    chance.choice(ideas), chance.choice(people)
                )
            await count_support(ideas[0], people[0])
            await actions.publish(database.settings, even_few=True)
        await uncount_support(ideas[1], people[3])
        await count_support(ideas[2], await database.new_person())
    return people[0], ideas[0]


async def test_the_running_site_is_checked_with_nothing_but_python(published: Published) -> None:
    ran = await asyncio.to_thread(published.run, published.url, f"--keep={published.folder}")
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert ran.stdout.startswith("Everything agrees.")
    again = await asyncio.to_thread(published.run, published.folder, f"--heads={published.folder / 'heads.jsonl'}")
    assert again.returncode == 0


def test_the_verifier_is_short_and_needs_the_standard_library_only(published: Published) -> None:
    text = published.verifier.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    names = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert names <= {"__future__", *sys.stdlib_module_names}


def log_of(folder: Path) -> list[str]:
    return (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()


def tamper(folder: Path, chance: random.Random) -> str:
    """Change something about the published leaves, and say what."""
    lines = log_of(folder)
    place = chance.randrange(len(lines))
    leaf = json.loads(lines[place])
    what = chance.choice(
        ["delete", "idea", "change", "commitment", "letter", "swap", "move", "repeat", "cut", "invent"]
    )
    if what == "delete":
        del lines[place]
    elif what in {"idea", "change", "commitment"}:
        other = {"idea": leaf["idea"] + chance.randint(1, 9), "change": -leaf["change"], "commitment": "0" * 64}
        lines[place] = json.dumps(leaf | {what: other[what]}, separators=(",", ":"))
    elif what == "letter":
        lines[place] = lines[place].replace(":", ": ", 1)
    elif what == "swap":
        other = (place + chance.randrange(1, len(lines))) % len(lines)
        lines[place], lines[other] = lines[other], lines[place]
    elif what == "move":
        lines.insert((place + chance.randrange(1, len(lines) - 1)) % (len(lines) - 1), lines.pop(place))
    elif what == "repeat":
        lines.insert(place, lines[place])
    elif what == "cut":
        lines = lines[:place]
    else:
        lines.append('{"idea":1,"change":1,"commitment":"' + "ab" * 32 + '"}')
    (folder / "log.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return f"{what} at {place}"


async def tampered_undetected(published: Published, times: int, scratch: Path) -> list[str]:
    """Tamper so often, each time with a fresh copy, and give what the verifier did not notice."""
    if not published.folder.exists():
        await asyncio.to_thread(published.run, published.url, f"--keep={published.folder}")
    chance, undetected = random.Random(1_000), list[str]()
    before = log_of(published.folder)
    for turn in range(times):
        copy = scratch / str(turn)
        shutil.copytree(published.folder, copy)
        done = tamper(copy, chance)
        while log_of(copy) == before:
            done = tamper(copy, chance)
        ran = await asyncio.to_thread(published.run, copy)
        if ran.returncode != 1 or "WRONG" not in ran.stdout:
            undetected.append(f"{done}: {ran.stdout}{ran.stderr}")
        shutil.rmtree(copy)
    return undetected


async def test_tampering_is_detected(published: Published, tmp_path: Path) -> None:
    assert await tampered_undetected(published, 15, tmp_path) == []


@pytest.mark.slow
async def test_a_thousand_of_a_thousand_tamperings_are_detected(published: Published, tmp_path: Path) -> None:
    assert await tampered_undetected(published, 1_000, tmp_path) == []


def _json_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("file", ["heads.jsonl", "keys.json", "counts.jsonl"])
async def test_changed_heads_keys_and_counts_are_detected(published: Published, tmp_path: Path, file: str) -> None:
    if not published.folder.exists():
        await asyncio.to_thread(published.run, published.url, f"--keep={published.folder}")
    copy = tmp_path / "copy"
    shutil.copytree(published.folder, copy)
    if file == "keys.json":
        (copy / file).write_text('{"keys": ["' + "11" * 32 + '"]}')
    else:
        rows = _json_lines(copy / file)
        rows[-1] |= {"at": "2020-01-01T00:00:00Z"} if file == "heads.jsonl" else {"count": 99}
        (copy / file).write_text("".join(json.dumps(row) + "\n" for row in rows))
    said: list[str] = []
    assert main([str(copy)], said.append) == 1
    assert "WRONG" in said[0]


async def test_a_rewritten_past_is_seen_by_whoever_kept_a_head(published: Published, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text(json.dumps({"size": 3, "root": "ab" * 32}) + "\n")
    said: list[str] = []
    assert await asyncio.to_thread(main, [published.url, f"--heads={old}"], said.append) == 1
    assert "the past was rewritten" in said[0]


async def test_a_receipt_holds_and_a_wrong_one_does_not(
    published: Published, tmp_path: Path, new_database: Callable[..., asyncio.Future[Database]]
) -> None:
    made = await new_database()
    async with db.serving(made.settings):
        idea = await new_idea(made, await new_question(made))
        people = [await made.new_person() for _ in range(21)]
        for person in people:
            await count_support(idea, person)
        await actions.publish(made.settings)
        own = await nonce_of(idea, people[5])
        assert own is not None
        found = await actions.receipt(own.nonce, own.leaves)
        from shapedby.tally import queries

        lines = [leaf.line for leaf in await queries.leaves(0)]
    leaf = found.leaves[0]
    receipt = {"nonce": own.nonce.hex(), "leaves": [{"number": 0, "idea": idea, "change": 1, "place": leaf.place}]}
    from shapedby.tally.verify import check_receipt

    assert check_receipt(receipt, lines) == []
    assert check_receipt(receipt | {"nonce": "00" * 16}, lines) != []


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    assert main([str(tmp_path)], said.append) == 2
    assert said[0].startswith("This could not be read")
