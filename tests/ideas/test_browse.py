from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from answering import Question, new_idea, new_question

from shapedby.ideas.rules.finding import SEEDS, seed_at

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

CARD = re.compile(r'class="card-title"[^>]*><a href="/ideas/(\d+)/')


def listed(answer: httpx.Response) -> list[int]:
    return [int(number) for number in CARD.findall(answer.text)]


@pytest.fixture(scope="module")
async def question(database: Database) -> Question:
    return await new_question(database)


@pytest.fixture(scope="module")
async def ideas(database: Database, question: Question) -> dict[str, int]:
    said: dict[str, dict[str, Any]] = {
        "bus": {"title": "A walking bus", "problem": "Children walk alone"},
        "benches": {
            "title": "Benches on the hill",
            "topic": question.topics["parks"],
            "area": question.areas["hill"],
            "stage": "shortlisted",
            "supports": 7,
        },
        "peatones": {"title": "Más calles para peatones", "proposal": "Cerrar la plaza a los coches", "supports": 3},
        "library": {"title": "The library at night", "proposal": "Keep quieter rooms open", "foreign_supports": 44},
    }
    blank: dict[str, Any] = {"problem": "", "proposal": "", "beneficiaries": ""}
    made = {name: await new_idea(database, question, **{**blank, **columns}) for name, columns in said.items()}
    await new_idea(database, question, publicity="held", title="Held bus")
    await new_idea(database, question, publicity="draft", title="Draft bus")
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["benches", "bus", "library", "peatones"]),
        ("?q=bus", ["bus"]),
        ("?q=walk", ["bus"]),
        ("?q=walki", ["bus"]),
        ("?q=walking+children", ["bus"]),
        ("?q=the+opened+room", ["library"]),
        ("?q=quieter+roo", ["library"]),
        ("?q=peaton", ["peatones"]),
        ("?q=PEATÓN", ["peatones"]),
        ("?q=mas+calle", ["peatones"]),
        ("?q=la+plaza", ["peatones"]),
        ("?q=the", ["benches", "library"]),
        ("?q=zeppelin", []),
        ("?q=bus+zeppelin", []),
        ("?q=%27%29%3B+DROP+TABLE+idea%3B+--", []),
        ("?q=%26%7C%21%3A%2A%28", ["benches", "bus", "library", "peatones"]),
        ("?q=a%00b", ["benches", "bus"]),
        ("?topic=parks", ["benches", "bus", "library", "peatones"]),
        ("?stage=shortlisted", ["benches"]),
        ("?stage=magic&sort=worst&page=-3&seed=640", ["benches", "bus", "library", "peatones"]),
        ("?page=99999999999999", ["benches", "bus", "library", "peatones"]),
    ],
)
async def test_search_and_filters(
    query: str, found: list[str], visitor: httpx.AsyncClient, question: Question, ideas: dict[str, int]
) -> None:
    answer = await visitor.get(question.address + query)
    assert answer.status_code == 200
    names = {number: name for name, number in ideas.items()}
    assert sorted(names[number] for number in listed(answer)) == found


async def test_filters_by_area_topic_and_number(
    visitor: httpx.AsyncClient, question: Question, ideas: dict[str, int]
) -> None:
    for query in (f"topic=parks-{question.id}", f"area=hill-{question.id}", f"q=%23{ideas['benches']}"):
        assert listed(await visitor.get(f"{question.address}?{query}")) == [ideas["benches"]]
    assert "No idea fits" in (await visitor.get(f"{question.address}?q=%23999999")).text


async def test_the_most_supported_come_first(
    visitor: httpx.AsyncClient, question: Question, ideas: dict[str, int]
) -> None:
    answer = await visitor.get(f"{question.address}?sort=supported")
    assert listed(answer) == [ideas[name] for name in ("benches", "peatones", "library", "bus")]
    assert "44 supports elsewhere" in answer.text
    newest = listed(await visitor.get(f"{question.address}?sort=newest"))
    assert newest == sorted(newest, reverse=True)


async def test_a_spanish_idea_says_so(visitor: httpx.AsyncClient, question: Question, database: Database) -> None:
    number = await new_idea(database, question, title="Una fuente")
    await database.ask("UPDATE posting SET language = 'es' WHERE id = (SELECT posting FROM idea WHERE id = $1)", number)
    shown = (await visitor.get(f"{question.address}?q=fuente", headers={"accept-language": "en"})).text
    assert re.search(r'<h3 class="card-title" lang="es">', shown)


async def test_shuffles_are_stable_shareable_and_without_repeats(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    many = await new_question(database)
    made = {await new_idea(database, many, title=f"Idea {number}") for number in range(45)}
    pages = [listed(await visitor.get(f"{many.address}?seed=5&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert {number for page in pages for number in page} == made
    assert pages[0] == listed(await visitor.get(f"{many.address}?seed=5"))
    assert pages[0] != listed(await visitor.get(f"{many.address}?seed=6"))
    first: Counter[int] = Counter()
    for seed in range(64):
        first.update(listed(await visitor.get(f"{many.address}?seed={seed}")))
    assert set(first) == made
    assert max(first.values()) < 64 * 20 / 45 * 1.8


async def test_whoever_brings_no_order_is_given_one_that_the_links_carry(
    visitor: httpx.AsyncClient, question: Question, ideas: dict[str, int], sign_in: SignIn
) -> None:
    assert ideas
    before = seed_at(datetime.now(UTC))
    seeds = set(re.findall(r"[?&;]seed=(\d+)", (await visitor.get(question.address)).text))
    assert len(seeds) == 1
    assert int(seeds.pop()) in {(before + seconds) % SEEDS for seconds in range(5)}
    mine = await sign_in()
    pages = [listed(await mine.client.get(question.address)) for _ in range(3)]
    assert pages[0] == pages[1] == pages[2]


async def test_a_visitors_page_has_no_form_to_send_and_no_cookie(
    visitor: httpx.AsyncClient, question: Question, ideas: dict[str, int]
) -> None:
    assert ideas
    answer = await visitor.get(question.address)
    assert 'method="post"' not in answer.text
    assert "set-cookie" not in answer.headers


async def test_the_list_of_questions_shows_where_each_stands(database: Database, visitor: httpx.AsyncClient) -> None:
    await new_question(database, opens="3 days", closes="9 days", question={"en": "Coming one?", "es": "¿Uno?"})
    await new_question(database, opens="-9 days", closes="-1 day", question={"en": "Deciding one?", "es": "¿Dos?"})
    draft = await new_question(database, question={"en": "Draft one?", "es": "¿Tres?"})
    await database.ask("UPDATE challenge SET published_at = NULL WHERE id = $1", draft.id)
    shown = (await visitor.get("/challenges")).text
    assert "Coming one?" in shown
    assert "Being decided" in shown
    assert "Draft one?" not in shown
    assert (await visitor.get(draft.address)).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
async def test_an_empty_question_says_what_to_do(language: str, database: Database, visitor: httpx.AsyncClient) -> None:
    empty = await new_question(database)
    shown = await visitor.get(f"{empty.address}?lang={language}")
    assert shown.status_code == 200
    assert f"{empty.address}/ideas/new" in shown.text
