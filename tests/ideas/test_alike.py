"""Similar ideas beside a title: only public ones, of the same question, as the public reads them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from answering import WORDS, new_idea, new_question, send_form
from posting import field_in, token_in

from shapedby.ideas.actions import alike
from shapedby.screening.actions import change
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from answering import Question
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]


@pytest.fixture
async def question(database: Database) -> Question:
    return await new_question(database)


async def beside(client: httpx.AsyncClient, question: Question, title: str) -> str:
    answer = await client.get(f"{question.address}/ideas/alike", params={"title": title})
    assert answer.headers["cache-control"] == "no-store"
    assert "<html" not in answer.text
    return answer.text


async def posting_of(database: Database, idea: int) -> int:
    return (await database.ask("SELECT posting FROM idea WHERE id = $1", idea))[0][0]


async def test_an_idea_is_found_from_its_publication_until_it_is_hidden(
    app: object, database: Database, visitor: httpx.AsyncClient, question: Question
) -> None:
    idea = await new_idea(database, question, publicity="held", title="Benches by the river")
    posting = await posting_of(database, idea)
    assert "Benches" not in await beside(visitor, question, "a bench at the river")
    await change(posting, Publicity.PUBLIC, by=None)
    assert "Benches by the river" in await beside(visitor, question, "a bench at the rivr")
    await change(posting, Publicity.HIDDEN, by=None)
    assert await beside(visitor, question, "a bench at the river") == ""


async def test_only_ideas_of_the_same_question_that_others_rely_on_are_shown(
    app: object, database: Database, visitor: httpx.AsyncClient, question: Question
) -> None:
    elsewhere = await new_question(database)
    await new_idea(database, elsewhere, title="Benches by the river")
    merged = await new_idea(database, question, title="Benches by the river too", stage="merged")
    await alike.catch_up()
    assert await beside(visitor, question, "Benches by the river") == ""
    await database.ask("UPDATE idea SET stage = 'open' WHERE id = $1", merged)
    assert "Benches by the river too" in await beside(visitor, question, "Benches by the river")
    assert "Support this one instead" in await beside(visitor, question, "Benches by the river")


async def test_a_job_finds_what_was_never_marked(app: object, database: Database, question: Question) -> None:
    await new_idea(database, question, title="Benches by the river")
    assert await alike.catch_up() >= 1
    assert await alike.catch_up() == 0
    assert [one.idea.title for one in await alike.like("bench river", question.id)] == ["Benches by the river"]


@pytest.mark.parametrize("title", ["", " ", "%", "'; DROP TABLE idea; --", "\0", "x" * 5000, "🪑 🪑 🪑"])
async def test_any_title_gets_an_answer(visitor: httpx.AsyncClient, question: Question, title: str) -> None:
    await beside(visitor, question, title)


async def test_the_step_before_the_preview_asks_only_about_ideas_that_were_not_shown(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    other = await new_idea(database, question)
    await alike.catch_up()
    tegan = await sign_in()
    page = (await tegan.client.get(f"{question.address}/ideas/new")).text
    given = {"csrf": token_in(page), "key": field_in(page, "key"), **WORDS, "then": "check"}
    asked = await tegan.client.post(f"{question.address}/ideas/new", data=given)
    assert asked.headers["location"].endswith("/alike")
    step = (await tegan.client.get(asked.headers["location"])).text
    assert "Nearly the same" in step
    shown = await tegan.client.post(f"{question.address}/ideas/new", data={**given, "seen": str(other)})
    assert shown.headers["location"].endswith("/preview")
    draft = asked.headers["location"].removesuffix("/alike")
    answer = await send_form(tegan.client, f"{draft}/alike", f"{draft}/instead", idea=str(other))
    assert "done=supported-instead" in answer.headers["location"]
    assert (await database.ask("SELECT supports FROM idea WHERE id = $1", other))[0][0] == 1
