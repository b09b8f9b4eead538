"""Searching, typing wrong, and the fair shuffle, on a real database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from answering import Question, new_idea, new_question

from shapedby.ideas.queries import Filters, listed
from shapedby.ideas.queries.finding import found
from shapedby.ideas.queries.searching import learn_all_words, learn_new_words
from shapedby.ideas.rules.finding import MOST, PAGE, SEEDS, Only, Order, Sort, least_gini, order_of

if TYPE_CHECKING:
    from ground import Database

    from shapedby.ideas.queries.finding import Found

DAY = date(2026, 11, 4)
ANY = Order(0, 0)
BLANK: dict[str, Any] = {"problem": "", "proposal": "", "beneficiaries": "", "excerpt": ""}


def bare(**columns: Any) -> dict[str, Any]:
    """Give an idea these columns and no other words."""
    return {**BLANK, **columns}


MANY = """
WITH posted AS (
  INSERT INTO posting (kind, author, publicity, language, source, html, about, address, written_at, sent_at, public_at)
  SELECT 'idea', $2, 'public', 'en', '', '', '', '', now(), now(), now() FROM generate_series(1, $3::int) RETURNING id
)
INSERT INTO idea (challenge, posting, author, title, slug, sent_at)
SELECT $1, id, $2, 'Lamp number ' || id, 'lamp', now() - id * interval '1 second' FROM posted
"""


async def search(text: str, question: Question, **more: Any) -> Found:
    return await found(text, Filters(question.id), Sort.SHUFFLE, ANY, languages=("en", "es"), **more)


def titles(answer: Found) -> list[str]:
    return sorted(row.title for row in answer.page.rows)


async def write_many(database: Database, number: int) -> Question:
    question = await new_question(database)
    await database.ask(MANY, question.id, await database.new_person(), number)
    await database.ask("ANALYZE idea")
    return question


@pytest.fixture(scope="module")
async def question(pool: Database) -> Question:
    made = await new_question(pool, supports_needed=5)
    said: list[dict[str, Any]] = [
        {"title": "Benches along the river", "supports": 2, "comments": 9},
        {"title": "A quieter library", "stage": "shortlisted", "supports": 5},
        {"title": "The market on Sundays", "stage": "merged"},
        {"title": "Lamps", "proposal_html": f"<p>{'Much to say. ' * 40}Then <b>lanterns</b> &amp; more.</p>"},
    ]
    for columns in said:
        await new_idea(pool, made, **bare(**columns))
    await pool.ask("UPDATE idea SET proposal = 'lanterns & more' WHERE title = 'Lamps'")
    spanish = await new_idea(pool, made, **bare(title="Más árboles en las calles"))
    await pool.ask("UPDATE posting SET language = 'es' WHERE id = (SELECT posting FROM idea WHERE id = $1)", spanish)
    await new_idea(pool, made, publicity="held", **bare(title="Zeppelins"))
    await learn_all_words()
    return made


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("bench", ["Benches along the river"]),
        ("river benches", ["Benches along the river"]),
        ("riv", ["Benches along the river"]),
        ("arbol", ["Más árboles en las calles"]),
        ("calle", ["Más árboles en las calles"]),
        ("market", []),
        ("zeppelins", []),
        ("lantern", ["Lamps"]),
    ],
)
async def test_words_are_found_in_the_language_of_the_idea(text: str, seen: list[str], question: Question) -> None:
    answer = await search(text, question)
    assert titles(answer) == seen
    assert not answer.instead


@pytest.mark.parametrize(
    ("text", "meant", "seen"),
    [
        ("bennches", "benches", "Benches along the river"),
        ("libary", "library", "A quieter library"),
        ("quieter libary", "quieter library", "A quieter library"),
        ("arvoles", "arboles", "Más árboles en las calles"),
        ("zepelins", "", ""),
        ("xyzzy", "", ""),
    ],
)
async def test_a_mistyped_search_shows_what_was_meant(text: str, meant: str, seen: str, question: Question) -> None:
    answer = await search(text, question)
    assert (answer.meant, titles(answer)) == (meant, [seen] if seen else [])
    assert answer.instead is bool(meant)


async def test_a_better_search_is_offered_where_little_is_found(pool: Database) -> None:
    question = await new_question(pool)
    for title in ("Marble floors", "A market hall", "A market square", "The market hour"):
        await new_idea(pool, question, title=title, problem="", proposal="", beneficiaries="")
    await new_idea(pool, question, title="The markte of fame", problem="", proposal="", beneficiaries="")
    await learn_new_words()
    await pool.ask("DELETE FROM search_word WHERE word = 'markte'")
    answer = await search("markte", question)
    assert titles(answer) == ["The markte of fame"]
    assert (answer.meant, answer.instead) == ("market", False)


async def test_what_was_found_is_marked_and_escaped(pool: Database) -> None:
    question = await new_question(pool)
    number = await new_idea(
        pool, question, title="<b>Trams</b> & buses", excerpt="Nothing <i>here</i>", proposal="x tramway",
        proposal_html=f"<p>{'Much to say. ' * 40}A <em>tramway</em> &lt;now&gt;.</p>", problem_html="",
    )  # fmt: skip
    shown = (await search("tram", question)).shown
    assert shown is not None
    assert shown[number].title == "&lt;b&gt;<mark>Trams</mark>&lt;/b&gt; &amp; buses"
    assert "A <mark>tramway</mark> &lt;now&gt;." in shown[number].excerpt
    assert shown[number].excerpt.startswith("…")


async def test_lists_are_narrowed_and_sorted(question: Question) -> None:
    async def of(sort: Sort = Sort.NEWEST, only: Only | None = None) -> list[str]:
        page = await listed(Filters(question.id, only=only), sort, ANY)
        return [row.title for row in page.rows]

    assert await of(only=Only.ANSWERED) == ["A quieter library"]
    assert sorted(await of(only=Only.NEEDS_SUPPORTERS)) == [
        "Benches along the river",
        "Lamps",
        "Más árboles en las calles",
    ]
    assert (await of(Sort.DISCUSSED))[0] == "Benches along the river"
    assert (await of(Sort.SUPPORTED))[:2] == ["A quieter library", "Benches along the river"]
    assert "The market on Sundays" not in await of()


async def test_first_pages_of_a_day_are_as_even_as_they_can_be(pool: Database) -> None:
    question, seen = await write_many(pool, 1000), Counter[int]()
    for seed in range(SEEDS):
        page = await listed(Filters(question.id), Sort.SHUFFLE, order_of(DAY, seed))
        assert (page.total, page.more, len(page.rows)) == (1000, False, PAGE)
        seen.update(row.number for row in page.rows)
    shares = sorted([*seen.values(), *[0] * (1000 - len(seen))])
    gini = 2 * sum(place * share for place, share in enumerate(shares, 1)) / (1000 * sum(shares)) - 1001 / 1000
    assert gini == pytest.approx(least_gini(1000), abs=1e-9)
    assert set(shares) == {1, 2}


async def test_an_order_has_every_idea_once_and_takes_a_new_one_in_at_once(pool: Database) -> None:
    question, order = await write_many(pool, 90), order_of(DAY + timedelta(days=3), 17)
    pages = [await listed(Filters(question.id), Sort.SHUFFLE, order, page=page) for page in range(1, 6)]
    before = [row.number for page in pages for row in page.rows]
    assert len(before) == len(set(before)) == 90
    fresh = await new_idea(pool, question)
    pages = [await listed(Filters(question.id), Sort.SHUFFLE, order, page=page) for page in range(1, 6)]
    after = [row.number for page in pages for row in page.rows]
    assert sorted(after) == sorted([*before, fresh])
    around = [number for number in after if number != fresh]
    at = around.index(before[0])
    assert at in {0, 89, 1}
    assert around[at:] + around[:at] == before


async def test_above_a_thousand_a_list_says_more_and_begins_elsewhere_each_time(pool: Database) -> None:
    question, first = await write_many(pool, MOST + 300), set[int]()
    for seed in range(0, SEEDS, 8):
        page = await listed(Filters(question.id), Sort.SHUFFLE, order_of(DAY, seed))
        assert (page.total, page.more, page.pages) == (MOST, True, MOST // PAGE)
        assert not first & {row.number for row in page.rows}
        first |= {row.number for row in page.rows}
    last = await listed(Filters(question.id), Sort.SHUFFLE, order_of(DAY, 0), page=999)
    assert (last.page, len(last.rows)) == (50, PAGE)
    newest = await search("lamp", question)
    assert (newest.page.total, newest.page.more) == (MOST, True)
