"""Pictures on the real pages: added by their author, looked at by a moderator, seen by everybody, and gone again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from answering import new_idea, new_question
from drawn import PLACE, a_bomb, a_photograph, a_picture
from posting import field_in, token_in

from shapedby.kernel import Role
from shapedby.pictures import actions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from answering import Question
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

WORDS = "Cars parked on the pavement"
FILE = re.compile(r"/pictures/[0-9a-f]{64}")


@pytest.fixture(scope="module")
async def question(database: Database) -> Question:
    return await new_question(database)


async def add(client: httpx.AsyncClient, idea: int, data: bytes, words: str = WORDS, **more: Any) -> httpx.Response:
    page = f"/ideas/{idea}/pictures"
    token = token_in((await client.get(page)).text)
    given = {"csrf": token, "description": words}
    return await client.post(page, data=given, files={"picture": ("IMG_1.jpg", data, "image/jpeg")}, **more)


def files_in(html: str) -> set[str]:
    return set(FILE.findall(html))


async def first_picture(database: Database, idea: int) -> int:
    sql = "SELECT p.id FROM picture p JOIN idea i ON i.posting = p.posting WHERE i.id = $1 ORDER BY p.place"
    return (await database.ask(sql, idea))[0][0]


async def case_of(database: Database, idea: int) -> int:
    sql = "SELECT c.id FROM moderation_case c JOIN idea i ON i.posting = c.posting WHERE i.id = $1 AND c.state = 'open'"
    return (await database.ask(sql, idea))[0][0]


async def keep(moderator: httpx.AsyncClient, case: int) -> httpx.Response:
    page = (await moderator.get(f"/moderation/{case}")).text
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": "keep", "words": ""}
    return await moderator.post(f"/moderation/{case}", data=given)


async def test_a_picture_of_a_public_idea_is_seen_by_all_when_a_moderator_has_looked(
    database: Database, sign_in: SignIn, question: Question, visitor: httpx.AsyncClient
) -> None:
    tegan, rhea, other = await sign_in(), await sign_in(Role.MODERATOR), await sign_in()
    idea = await new_idea(database, question, tegan.person)
    answer = await add(tegan.client, idea, a_photograph())
    assert answer.headers["location"] == f"/ideas/{idea}/pictures?done=picture-added"
    page = f"/ideas/{idea}/a-walking-bus"
    own = (await tegan.client.get(page)).text
    files = files_in(own)
    assert len(files) == 2, "in two sizes"
    large = own.split('<a href="/pictures/')[1].split('"')[0]
    large = f"/pictures/{large}"
    assert f'alt="{WORDS}"' in own
    assert (await tegan.client.get(large)).status_code == 200
    assert files_in((await visitor.get(page)).text) == set()
    assert [(await client.get(large)).status_code for client in (visitor, other.client)] == [404, 404]
    case = await case_of(database, idea)
    desk = (await rhea.client.get(f"/moderation/{case}")).text
    assert '<details class="blurred">' in desk
    assert WORDS in desk
    assert (await rhea.client.get(large)).headers["cache-control"] == "private, no-store"
    kept = await keep(rhea.client, case)
    assert kept.status_code == 303, kept.text[kept.text.index("<main") :][:3000]
    shown = (await visitor.get(page)).text
    assert files_in(shown) == files
    assert f'<meta property="og:image" content="{visitor.base_url}' in shown
    sent = await visitor.get(large)
    assert sent.headers["content-type"] == "image/jpeg"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert PLACE.encode() not in sent.content
    assert (await visitor.get(large, headers={"if-none-match": sent.headers["etag"]})).status_code == 304
    listed = (await visitor.get(f"{question.address}?sort=newest")).text
    assert files_in(listed) == files - {large}
    await database.ask(
        "UPDATE posting SET publicity = 'hidden' FROM idea i WHERE i.posting = posting.id AND i.id = $1", idea
    )
    assert (await visitor.get(large)).status_code == 404


async def test_other_words_for_a_picture_are_looked_at_again_and_a_decision_about_the_old_ones_is_stale(
    database: Database, sign_in: SignIn, question: Question, visitor: httpx.AsyncClient
) -> None:
    tegan, rhea = await sign_in(), await sign_in(Role.MODERATOR)
    idea = await new_idea(database, question, tegan.person)
    await add(tegan.client, idea, a_picture())
    case = await case_of(database, idea)
    page = (await rhea.client.get(f"/moderation/{case}")).text
    picture = await first_picture(database, idea)
    address = f"/ideas/{idea}/pictures"
    token = token_in((await tegan.client.get(address)).text)
    given = {"csrf": token, "act": "describe", "description": "Buy at best-essay-help24.example"}
    assert (await tegan.client.post(f"{address}/{picture}", data=given)).status_code == 303
    stale = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": "keep", "words": ""}
    assert (await rhea.client.post(f"/moderation/{case}", data=stale)).status_code == 409
    assert "best-essay" not in (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text


async def test_a_moderator_takes_one_picture_out_with_a_reason_that_its_author_reads(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    tegan, rhea = await sign_in(), await sign_in(Role.MODERATOR)
    idea = await new_idea(database, question, tegan.person)
    await add(tegan.client, idea, a_picture())
    case, picture = await case_of(database, idea), await first_picture(database, idea)
    address, token = (
        f"/moderation/{case}/pictures/{picture}",
        token_in((await rhea.client.get(f"/moderation/{case}")).text),
    )
    assert (await rhea.client.post(address, data={"csrf": token, "because": " "})).status_code == 409
    answer = await rhea.client.post(address, data={"csrf": token, "because": "It shows a child's face."})
    assert answer.headers["location"] == f"/moderation/{case}?done=picture-taken-out"
    assert await database.ask("SELECT 1 FROM picture WHERE id = $1", picture) == []
    told = await database.ask("SELECT reason FROM act WHERE verb = 'take-picture-out' AND person = $1", rhea.person)
    assert [row[0] for row in told] == ["It shows a child's face."]


@pytest.mark.parametrize(
    ("data", "words", "says", "field"),
    [
        (b"", WORDS, "Choose a picture first", "picture"),
        (b"<svg></svg>", WORDS, "We cannot take this file", "picture"),
        (a_bomb(), WORDS, "This picture is too large", "picture"),
        (b"\xff\xd8\xff" + b"x" * (10 * 1024 * 1024), WORDS, "This file is too big", "picture"),
        (a_picture(), "  ", "Say what the picture shows", "description"),
        (a_picture(), "x" * 301, "Shorten this to 300", "description"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_the_words_stay(  # noqa: PLR0917 - a row of the table
    database: Database, sign_in: SignIn, question: Question, data: bytes, words: str, says: str, field: str
) -> None:
    tegan = await sign_in()
    idea = await new_idea(database, question, tegan.person)
    answer = await add(tegan.client, idea, data, words)
    assert answer.status_code == 422
    assert says in answer.text
    assert f'id="{field}-error"' in answer.text
    assert f'value="{words}"' in answer.text
    assert (
        await database.ask("SELECT 1 FROM picture p JOIN idea i ON i.posting = p.posting WHERE i.id = $1", idea) == []
    )


async def test_only_the_page_of_pictures_takes_large_forms(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    tegan = await sign_in()
    idea = await new_idea(database, question, tegan.person)
    assert (await add(tegan.client, idea, b"x" * (11 * 1024 * 1024))).status_code == 413
    token = token_in((await tegan.client.get(f"/ideas/{idea}/edit")).text)
    answer = await tegan.client.post(f"/ideas/{idea}/edit", data={"csrf": token, "title": "x" * 300_000})
    assert answer.status_code == 413


async def test_five_pictures_are_enough_and_they_can_change_places(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    tegan, other = await sign_in(), await sign_in()
    idea = await new_idea(database, question, tegan.person)
    for number in range(5):
        await add(tegan.client, idea, a_picture(100 + number, 100), f"Picture {number}")
    address = f"/ideas/{idea}/pictures"
    page = (await tegan.client.get(address)).text
    assert "as many as an idea can have" in page
    given = {"csrf": token_in(page), "description": "One more"}
    answer = await tegan.client.post(address, data=given, files={"picture": ("a.jpg", a_picture(), "image/jpeg")})
    assert answer.status_code == 422
    assert "An idea can have five pictures" in answer.text
    first = await first_picture(database, idea)
    assert (await other.client.get(address)).status_code == 404
    theirs = {"csrf": token_in((await other.client.get("/account")).text), "act": "remove"}
    assert (await other.client.post(f"{address}/{first}", data=theirs)).status_code == 404
    await tegan.client.post(f"{address}/{first}", data={"csrf": token_in(page), "act": "down"})
    order = await database.ask(
        "SELECT p.description FROM picture p JOIN idea i ON i.posting = p.posting WHERE i.id = $1 ORDER BY p.place",
        idea,
    )
    assert [row[0] for row in order] == [f"Picture {number}" for number in (1, 0, 2, 3, 4)]


async def test_a_picture_that_its_author_removes_is_gone_and_so_is_its_file(
    database: Database, sign_in: SignIn, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    tegan = await sign_in()
    idea = await new_idea(database, question, tegan.person)
    await add(tegan.client, idea, a_picture(333, 222))
    page = (await tegan.client.get(f"/ideas/{idea}/pictures")).text
    (file,) = files_in(page)
    monkeypatch.setattr(actions, "UNUSED", timedelta(seconds=-5))
    await actions.forget_unused()
    assert (await tegan.client.get(file)).status_code == 200, "a picture that is used stays"
    await database.ask("UPDATE idea SET stage = 'project' WHERE id = $1", idea)
    picture = await first_picture(database, idea)
    given = {"csrf": token_in(page), "act": "remove"}
    answer = await tegan.client.post(f"/ideas/{idea}/pictures/{picture}", data=given)
    assert answer.headers["location"].endswith("done=picture-removed")
    assert (await tegan.client.get(file)).status_code == 404
    assert await actions.forget_unused() >= 1
    assert await actions.bytes_of(file.removeprefix("/pictures/")) is None


async def test_an_address_that_is_no_hash_finds_nothing(visitor: httpx.AsyncClient) -> None:
    for name in ("x", "..%2f..%2fsecret", "a" * 64, "%00"):
        assert (await visitor.get(f"/pictures/{name}")).status_code == 404
