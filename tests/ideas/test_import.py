from __future__ import annotations

import asyncio
import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answering import new_question
from click.testing import CliRunner
from ground import environment_of

from shapedby.cli import main
from shapedby.ideas.queries.searching import learn_all_words

if TYPE_CHECKING:
    import httpx
    from ground import Database

CIVIC = Path(__file__).parents[2].parent / "shared" / "data" / "civic"
needs_data = pytest.mark.skipif(not CIVIC.exists(), reason="the real exports are not beside this checkout")
HEADS = ["id", "title", "body_html", "author", "created", "supports"]
ADVERT = (
    "Hot escort girls in your city, book now https://vip-escorts.example cheap rates 24/7 call girls outcall service "
    "https://vip-escorts.example/book"
)


def written(folder: Path, rows: list[list[str]], name: str = "away-ideas.csv", heads: list[str] = HEADS) -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


async def shapedby(database: Database, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from shapedby.cli import main; main()", *map(str, arguments)]
    return await asyncio.to_thread(
        subprocess.run, command, env=environment_of(database.settings), capture_output=True, text=True, check=False
    )


async def count(database: Database, sql: str, *args: object) -> int:
    return (await database.ask(f"SELECT count(*) {sql}", *args))[0][0]


ROWS = [
    ["1", "Una fuente", '<p onclick="x()">Agua <script>alert(1)</script><b>clara</b></p>', "ana", "2024-05-01", "12"],
    ["2", "Lovely nights", ADVERT, "bea", "2024-05-02T10:00:00", ""],
    ["3", "", "No title", "ana", "2024-05-03", "1"],
    ["4", "No day", "Text", "ana", "yesterday", "1"],
    ["5", "x" * 121, "Text", "ana", "2024-05-03", "1"],
    ["6", "Long", "y" * 10_001, "ana", "2024-05-03", "1"],
    ["7", "Votes", "Text", "ana", "2024-05-03", "many"],
    ["8", "Only a title", "", "", "2024-05-03", "0"],
]


async def test_ideas_go_in_cleaned_and_screened(database: Database, tmp_path: Path) -> None:
    question = await new_question(database)
    told = ("--challenge", question.slug, "--language", "es", "--report", tmp_path / "r.csv")
    found = await shapedby(database, "import", "ideas", written(tmp_path, ROWS), *told)
    assert found.returncode == 1, found.stderr
    assert "3 ideas went in: 2 public, 1 waiting for a check." in found.stdout
    assert "5 rows were refused" in found.stderr
    with (tmp_path / "r.csv").open(newline="") as report:
        assert [row[1] for row in list(csv.reader(report))[1:]] == ["3", "4", "5", "6", "7"]
    sql = """SELECT i.title, i.proposal, i.proposal_html, i.supports, i.foreign_supports, i.origin, p.publicity,
        p.language, p.public_at, a.name, a.email FROM idea i JOIN posting p ON p.id = i.posting
        JOIN person a ON a.id = i.author WHERE i.challenge = $1 ORDER BY i.id"""
    fountain, advert, bare = await database.ask(sql, question.id)
    assert "script" not in fountain["proposal_html"]
    assert "onclick" not in fountain["proposal_html"]
    assert fountain["proposal"] == "Agua clara"
    assert (fountain["supports"], fountain["foreign_supports"], fountain["origin"]) == (0, 12, "away")
    assert (fountain["name"], fountain["email"], fountain["language"]) == ("ana", None, "es")
    assert fountain["public_at"].date().isoformat() in {"2024-04-30", "2024-05-01"}
    assert advert["publicity"] == "held"
    assert bare["name"] == ""


async def test_again_changes_nothing_and_a_dry_run_neither(database: Database, tmp_path: Path) -> None:
    question = await new_question(database)
    file = written(tmp_path, [["1", "Una", "Texto", "ana", "2024-05-01", "1"]], "again-ideas.csv")
    command = ("import", "ideas", file, "--challenge", question.slug)
    dry = await shapedby(database, *command, "--dry-run")
    assert "1 idea would go in: 1 public" in dry.stdout
    assert await count(database, "FROM idea WHERE challenge = $1", question.id) == 0
    await shapedby(database, *command)
    last = await shapedby(database, *command)
    assert "1 were here already" in last.stdout
    assert await count(database, "FROM idea WHERE challenge = $1", question.id) == 1
    assert await count(database, "FROM person WHERE origin = 'again'") == 1


async def test_a_discussion_is_brought_one_level_deep(database: Database, tmp_path: Path) -> None:
    question = await new_question(database)
    ideas = written(tmp_path, [["9", "Una", "Texto", "ana", "2024-05-01", "1"]], "talk-ideas.csv")
    heads = ["id", "idea", "reply_to", "author", "created", "body"]
    rows = [
        ["3", "9", "2", "eva", "2024-05-04", "A reply to a reply"],
        ["1", "9", "", "ana", "2024-05-02", "First"],
        ["2", "9", "1", "bea", "2024-05-03", "A reply"],
        ["4", "9", "5", "bea", "2024-05-03", "A reply to what could not go in"],
        ["5", "9", "", "bea", "2024-05-03", " "],
        ["6", "77", "", "bea", "2024-05-03", "Elsewhere"],
        ["7", "9", "66", "bea", "2024-05-03", "To nobody"],
        ["8", "9", "", "spam", "2024-05-03", ADVERT],
    ]
    talk = written(tmp_path, rows, "talk-comments.csv", heads)
    early = await shapedby(database, "import", "comments", talk)
    assert "import the ideas first" in early.stderr
    await shapedby(database, "import", "ideas", ideas, "--challenge", question.slug)
    found = await shapedby(database, "import", "comments", talk)
    assert "6 comments went in: 5 public, 1 waiting for a check." in found.stdout
    assert "2 replied to something that is not here" in found.stdout
    assert "2 rows were refused" in found.stderr
    sql = """SELECT c.foreign_id, a.foreign_id AS under FROM comment c LEFT JOIN comment a ON a.id = c.answers
        WHERE c.origin = 'talk' ORDER BY c.foreign_id"""
    assert {row["foreign_id"]: row["under"] for row in await database.ask(sql)} == {
        "1": None,
        "2": "1",
        "3": "1",
        "4": None,
        "7": None,
        "8": None,
    }
    assert (await database.ask("SELECT comments FROM idea WHERE origin = 'talk'"))[0][0] == 5
    assert "6 were here already" in (await shapedby(database, "import", "comments", talk)).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--map", "title"), "not FIELD=COLUMN"),
        (("--map", "colour=title"), "neither one of our fields"),
        (("--map", "title=colour"), "neither one of our fields"),
    ],
)
def test_columns_that_are_typed_wrongly_are_named(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    file = written(tmp_path, [["1", "Una", "Texto", "ana", "2024-05-01", "1"]])
    found = CliRunner().invoke(main, ["import", "ideas", str(file), "--challenge", "q", *arguments])
    assert found.exit_code in {1, 2}
    assert said in found.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--challenge", "nowhere"), "There is no challenge"),
        (("--challenge", "nowhere", "--language", "Spanish"), "no language code"),
    ],
)
async def test_what_does_not_exist_is_said(
    arguments: tuple[str, ...], said: str, database: Database, tmp_path: Path
) -> None:
    file = written(tmp_path, [["1", "Una", "Texto", "ana", "2024-05-01", "1"]])
    found = await shapedby(database, "import", "ideas", file, *arguments)
    assert found.returncode in {1, 2}
    assert said in found.stderr
    assert "Traceback" not in found.stderr


async def test_columns_with_other_names_are_mapped(database: Database, tmp_path: Path) -> None:
    question = await new_question(database)
    file = tmp_path / "other.csv"
    file.write_text("Código;Nombre;Cuerpo;Fecha\n1;Una;Texto;2024-05-01\n", encoding="utf-8-sig")
    command = ("import", "ideas", file, "--challenge", question.slug)
    assert "Which column is id?" in (await shapedby(database, *command)).stderr
    names = ("id=Código", "title=Nombre", "proposal=Cuerpo", "created=Fecha")
    found = await shapedby(database, *command, *(part for name in names for part in ("--map", name)))
    assert "1 idea went in" in found.stdout, found.stderr


@pytest.mark.slow
@needs_data
async def test_real_ideas_and_their_discussion_go_in(
    database: Database, tmp_path: Path, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database)
    for kind, lines in (("ideas", 81), ("comments", 200)):
        with (CIVIC / f"madrid-2019-{kind}.csv").open(newline="", encoding="utf-8") as whole:
            written(tmp_path, list(csv.reader(whole))[:lines], f"madrid-2019-{kind}.csv", [])
    ideas = tmp_path / "madrid-2019-ideas.csv"
    ideas.write_text(ideas.read_text().lstrip("\r\n"))
    comments = tmp_path / "madrid-2019-comments.csv"
    comments.write_text(comments.read_text().lstrip("\r\n"))
    found = await shapedby(database, "import", "ideas", ideas, "--challenge", question.slug, "--language", "es")
    assert found.stdout.startswith("80 ideas went in"), found.stderr
    found = await shapedby(database, "import", "comments", comments, "--language", "es")
    assert int(found.stdout.split(" comments")[0]) > 180
    shown = await visitor.get(f"{question.address}?sort=supported")
    assert shown.status_code == 200
    assert "supports elsewhere" in shown.text


@needs_data
@pytest.mark.slow
async def test_all_real_ideas_and_comments_go_in(database: Database, visitor: httpx.AsyncClient) -> None:
    old, new = await new_question(database), await new_question(database)
    for file, question, least in (("madrid-2019-ideas", old, 80), ("madrid-2024-ideas", new, 2738)):
        origin = ("--origin", f"all-{file[:11]}")
        command = ("import", "ideas", CIVIC / f"{file}.csv", "--challenge", question.slug, "--language", "es", *origin)
        found = await shapedby(database, *command)
        assert int(found.stdout.split(" ideas")[0].replace(",", "")) == least, found.stderr
    command = (
        "import",
        "comments",
        CIVIC / "madrid-2019-comments.csv",
        "--language",
        "es",
        "--origin",
        "all-madrid-2019",
    )
    found = await shapedby(database, *command)
    assert int(found.stdout.split(" comments")[0].replace(",", "")) == 5633 - 62, found.stderr
    assert "62 rows were refused" in found.stderr
    sql = """FROM idea i WHERE comments <> (SELECT count(*) FROM comment c JOIN posting p ON p.id = c.posting
        WHERE c.idea = i.id AND p.publicity = 'public')"""
    assert await count(database, sql) == 0
    for query in ("", "?q=metro", "?q=parq", "?sort=supported", "?page=100&sort=newest"):
        assert (await visitor.get(new.address + query)).elapsed.total_seconds() < 1
    await learn_all_words()
    for query, least in (("bicicletas", 20), ("bicicltas", 20), ("carril bici", 5), ("peatonlizar", 1)):
        shown = (await visitor.get(f"/ideas?q={query}", headers={"accept-language": "en"})).text
        assert int(re.search(r"([\d,]+) ideas? found", shown)[1].replace(",", "")) >= least, query  # pyright: ignore[reportOptionalSubscript]
        assert "<mark>" in shown
    assert (await visitor.get("/ideas/feed?q=metro")).text.count("<entry>") == 20
    assert len((await visitor.get("/api/v1/ideas?q=metro")).json()["items"]) == 20
