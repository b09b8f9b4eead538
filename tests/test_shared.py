"""Pages that visitors share: never old, never somebody else's, never filled by inventions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import cast

import httpx
import pytest
from answering import new_idea, new_question
from conftest import NewDatabase
from ground import Database, SignedIn, client_of, started
from litestar import Litestar

from shapedby.kernel import Role
from shapedby.web.door import Door
from shapedby.web.shared import FRESH_SECONDS, MOST_BYTES, Shared, known_query

SECOND = 1.0
CHANGES = 20


@pytest.fixture(scope="module")
async def database(new_database: NewDatabase) -> Database:
    """Give a database whose application lets visitors share pages."""
    return await new_database(SHAPEDBY_SHARED_PAGES="yes")


@pytest.fixture(scope="module")
async def app(database: Database) -> AsyncIterator[Litestar]:
    """Run the application as it runs for a council."""
    from shapedby.app import create_app

    made = create_app(database.settings)
    async with started(made):
        yield made


def store_of(app: Litestar) -> Shared:
    """Give the store of an application."""
    door = cast("Door", app.asgi_handler)
    assert door.shared is not None
    return door.shared


def stored(app: Litestar) -> int:
    """Say how many copies the application keeps."""
    return len(store_of(app).copies)


async def test_a_visitor_is_never_more_than_a_second_behind(database: Database, visitor: httpx.AsyncClient) -> None:
    idea = await new_idea(database, await new_question(database))
    address = f"/ideas/{idea}/a-walking-bus"
    for supports in range(1, 4):
        assert (await visitor.get(address)).status_code == 200
        await database.ask("UPDATE idea SET supports = $2 WHERE id = $1", idea, supports * 11)
        changed_at = time.monotonic()
        while f">{supports * 11}<" not in (await visitor.get(address)).text:
            assert time.monotonic() - changed_at < SECOND + 2  # and the time it takes to ask, on a busy machine
            await asyncio.sleep(0.02)


async def test_copies_never_lie_under_load(database: Database, app: Litestar) -> None:
    idea = await new_idea(database, await new_question(database))
    address = f"/ideas/{idea}/a-walking-bus"
    written: dict[int, float] = {0: time.monotonic()}

    async def change() -> None:
        for supports in range(1, CHANGES):
            await database.ask("UPDATE idea SET supports = $2 WHERE id = $1", idea, supports)
            written[supports] = time.monotonic()
            await asyncio.sleep(0.15)

    async def read() -> None:
        async with client_of(app) as client:
            while len(written) < CHANGES:
                asked_at = time.monotonic()
                html = (await client.get(address)).text
                seen = int(html.split('class="count-line"><strong class="number">')[1].split("<")[0])
                following = written.get(seen + 1)
                assert following is None or asked_at - following < SECOND, f"{seen} was shown too long"
                await asyncio.sleep(0.01)

    await asyncio.gather(change(), *(read() for _ in range(6)))


async def test_a_copy_carries_nobodys_cookie_token_or_language(
    database: Database, visitor: httpx.AsyncClient, sign_in: Callable[..., Awaitable[SignedIn]]
) -> None:
    question = await new_question(database)
    signed_in = await sign_in(Role.RESIDENT, name="Tegan Only")
    addresses = ["/", "/challenges", question.address, "/projects", "/results"]
    for address in addresses:
        own = await signed_in.client.get(address)
        assert "Tegan Only" in own.text
        for headers, language in (({}, "en"), ({"Accept-Language": "es"}, "es"), ({"Cookie": "lang=es"}, "es")):
            answer = await visitor.get(address, headers=headers)
            assert f'<html lang="{language}"' in answer.text
            assert "Tegan Only" not in answer.text
            assert 'name="csrf"' not in answer.text
            assert "set-cookie" not in answer.headers


async def test_the_language_link_sets_a_cookie_for_the_one_who_pressed_it(visitor: httpx.AsyncClient) -> None:
    pressed = await visitor.get("/?lang=es")
    assert "lang=es" in pressed.headers["set-cookie"]
    visitor.cookies.clear()
    assert "set-cookie" not in (await visitor.get("/", headers={"Accept-Language": "es"})).headers


async def test_invented_query_strings_do_not_fill_the_store(
    database: Database, app: Litestar, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database)
    await visitor.get(f"{question.address}?sort=newest")
    before = stored(app)
    for number in range(30):
        answer = await visitor.get(f"{question.address}?utm={number}&sort=newest&sort=old&x[]={number}")
        assert "utm" not in answer.text
    assert stored(app) == before
    assert (await visitor.get(question.address + "?" + "&".join(f"a{n}=1" for n in range(500)))).status_code == 200
    assert stored(app) == before


async def test_the_store_never_grows_beyond_its_bound(
    database: Database, app: Litestar, visitor: httpx.AsyncClient
) -> None:
    shared = store_of(app)
    question = await new_question(database)
    for number in range(40):
        await visitor.get(f"{question.address}?q=word{number}")
    assert 0 < shared.size <= MOST_BYTES
    assert shared.size == sum(len(copy.packed) for copy in shared.copies)


async def test_one_render_answers_everybody_who_waits(database: Database, app: Litestar) -> None:
    idea = await new_idea(database, await new_question(database))
    address = f"/ideas/{idea}/a-walking-bus"
    async with client_of(app) as client:
        answers = await asyncio.gather(*(client.get(address) for _ in range(30)))
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert len({answer.text for answer in answers}) == 1


async def test_a_browser_that_has_the_page_gets_no_body(visitor: httpx.AsyncClient) -> None:
    first = await visitor.get("/projects")
    again = await visitor.get("/projects", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = await visitor.get("/projects", headers={"Accept-Encoding": "identity"})
    assert plain.text == first.text
    assert "content-encoding" not in plain.headers
    head = await visitor.head("/projects")
    assert (head.status_code, head.content) == (200, b"")
    assert "content-security-policy" in head.headers


async def test_what_is_not_there_and_what_was_just_done_is_never_shared(
    app: Litestar, visitor: httpx.AsyncClient
) -> None:
    before = stored(app)
    assert (await visitor.get("/projects/none")).status_code == 404
    assert (await visitor.get("/?done=comment-public")).status_code == 200
    assert stored(app) == before


@pytest.mark.parametrize(
    ("query", "known"),
    [
        (b"", ""),
        (b"page=2&sort=newest", "page=2&sort=newest"),
        (b"sort=newest&page=2", "page=2&sort=newest"),
        (b"page=2&page=3", "page=2"),
        (b"evil=1&page=%32", "page=2"),
        (b"page=%FF", "page=%EF%BF%BD"),
        (b"lang=es&done=x", ""),
    ],
)
def test_a_query_has_one_form_whatever_its_order(query: bytes, known: str) -> None:
    assert known_query(query, frozenset({"page", "sort"})) == known


def test_a_copy_is_younger_than_a_second() -> None:
    assert FRESH_SECONDS < SECOND
