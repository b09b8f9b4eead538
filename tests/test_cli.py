"""The command line as an administrator types it: what it says, and how it ends."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import sys
from typing import TYPE_CHECKING

import httpx
import pytest
from ground import Database, environment_of, free_port
from typing_commands import shapedby

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS = ("serve", "worker", "migrate", "demo", "person", "import", "spam", "sanitise")


@pytest.fixture(scope="module")
def given(database: Database) -> dict[str, str]:
    """Give the environment of a command that uses the module's database."""
    return environment_of(database.settings)


def test_help_names_every_command(given: Mapping[str, str]) -> None:
    answer = shapedby("--help", given=given)
    assert answer.exit_code == 0
    assert [name for name in COMMANDS if not re.search(rf"^  {name}  ", answer.stdout, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "words",
    [*((name,) for name in COMMANDS), ("person", "add"), ("person", "role"), ("person", "link"), ("spam", "check")],
    ids=" ".join,
)
def test_each_command_says_what_it_does(words: tuple[str, ...], given: Mapping[str, str]) -> None:
    answer = shapedby(*words, "--help", given=given)
    assert answer.exit_code == 0
    assert "Usage: " in answer.stdout
    assert "\n  " in answer.stdout


def test_a_person_is_added_promoted_and_let_in(given: Mapping[str, str]) -> None:
    answer = shapedby("person", "add", "Ada@Example.org", "--name", "Ada", "--role", "officer", given=given)
    assert answer.exit_code == 0, answer.stderr
    assert "Added Ada <ada@example.org> as officer" in answer.stdout
    again = shapedby("person", "add", "ada@example.org", "--name", "Ada", given=given)
    assert (again.exit_code, "already" in again.stderr) == (1, True)
    answer = shapedby("person", "role", "ada@example.org", "administrator", given=given)
    assert answer.exit_code == 0, answer.stderr
    answer = shapedby("person", "link", "ada@example.org", given=given)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/sign-in/link/[\w-]{43}\n", answer.stdout)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("person", "link", "nobody@example.org"), 1),
        (("person", "role", "nobody@example.org", "officer"), 1),
        (("person", "add", "not-an-address", "--name", "X"), 2),
        (("person", "add", "x@example.org\nBcc: y@example.org", "--name", "X"), 2),
        (("person", "add", "x@example.org"), 2),
        (("person", "add", "x@example.org", "--name", "\u200b"), 2),
        (("person", "role", "x@example.org", "king"), 2),
        (("serve", "--port", "0"), 2),
        (("spam", "evaluate", "/no/such/file"), 2),
        (("no-such-command",), 2),
    ],
    ids=lambda words: " ".join(words)[:40] if isinstance(words, tuple) else str(words),
)
def test_refusals_end_with_one_and_mistypings_with_two(
    words: tuple[str, ...], code: int, given: Mapping[str, str]
) -> None:
    answer = shapedby(*words, given=given)
    assert answer.exit_code == code, answer.stderr
    assert "Error: " in answer.stderr


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("PORT", "http", "PORT is 'http'"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c", "does not answer"),
        ("SHAPEDBY_ACCENT", "#ffff00", "nearest shade"),
    ],
)
def test_what_is_set_wrongly_is_said_in_a_sentence(
    given: Mapping[str, str], setting: str, value: str, says: str
) -> None:
    unset = {name: text for name, text in given.items() if name != "MIGRATE_DATABASE_URL"}
    answer = shapedby("migrate", given={**unset, setting: value})
    assert answer.exit_code == 1
    assert says in answer.stderr


def test_sanitise_answers_each_line_in_order(given: Mapping[str, str]) -> None:
    lines = [
        {"source": "**bold** [x](javascript:alert(1))"},
        {"source": "<b>bold</b><script>alert(1)</script>", "format": "html"},
        {"source": "\ud800 half"},
        {"text": "wrong"},
    ]
    answer = shapedby("sanitise", given=given, typed="".join(json.dumps(line) + "\n" for line in lines))
    assert answer.exit_code == 0, answer.stderr
    made = [json.loads(line) for line in answer.stdout.splitlines()]
    assert made[0]["html"].startswith("<p><strong>bold</strong>")
    assert "script" not in made[0]["html"].lower().replace("javascript:alert(1)", "")
    assert "alert" not in made[1]["html"]
    assert "error" in made[3]


def test_migrations_go_back_and_forth(given: Mapping[str, str]) -> None:
    assert "up to date" in shapedby("migrate", given=given).stdout
    answer = shapedby("migrate", "--back-to", "0002", given=given)
    assert (answer.exit_code, answer.stdout) == (0, "Undone: 0002.\n"), answer.stderr
    refused = shapedby("serve", "--port", str(free_port()), given=given)
    assert refused.exit_code == 1
    assert "shapedby migrate" in refused.stderr
    assert shapedby("migrate", given=given).stdout == "Done: 0002.\n"


def test_a_taken_port_is_said_before_anything_starts(given: Mapping[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = shapedby("serve", "--port", str(taken.getsockname()[1]), given=given)
    assert answer.exit_code == 1
    assert "Choose another port" in answer.stderr


def test_the_demo_refuses_to_listen_to_the_world(given: Mapping[str, str]) -> None:
    answer = shapedby("serve", "--demo", "--host", "0.0.0.0", given=given)
    assert answer.exit_code == 1
    assert "this machine only" in answer.stderr


@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.slow)])
async def test_serve_says_where_it_is_and_stops_when_told(given: dict[str, str], workers: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from shapedby.cli import main; main()",
        "serve",
        "--workers",
        workers,
        env={**given, "PORT": str(port), "SHAPEDBY_URL": ""},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip  one line reads as the command it is
    try:
        await _until_ready(url)
        async with httpx.AsyncClient(base_url=url) as client:
            answer = await client.get("/sign-in")
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(process.communicate(), 30)
    assert answer.status_code == 200
    assert "server" not in answer.headers
    assert f"Shaped by Porthmere is at {url}" in said.decode()
    assert "sign-in/link" not in said.decode()


async def _until_ready(url: str) -> None:
    async with asyncio.timeout(40), httpx.AsyncClient(base_url=url) as client:
        while True:
            try:
                if (await client.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
