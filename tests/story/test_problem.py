"""Telling the council that a page does not work, where it reads an e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ground import Database
from posting import token_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

ADDRESS = "/about/accessibility/problem"


@pytest.fixture(scope="module")
async def database(new_database: Callable[..., Awaitable[Database]]) -> Database:
    """Give the database of a council that has an e-mail address."""
    return await new_database(SHAPEDBY_CONTACT="Ideas@porthmere.example")


async def send(visitor: httpx.AsyncClient, **fields: str) -> httpx.Response:
    shown = await visitor.get(ADDRESS)
    visitor.cookies.update(shown.cookies)
    return await visitor.post(ADDRESS, data={"csrf": token_in(shown.text), **fields})


async def test_a_problem_reaches_the_council_by_mail(visitor: httpx.AsyncClient, database: Database) -> None:
    words = "My screen reader says “button” six times.\nHelp: <b>please</b>"
    answer = await send(visitor, words=words, place="the home page", email="Vera@example.org")
    assert (answer.status_code, answer.headers["location"]) == (303, "/about/accessibility?done=problem-sent")
    assert "Thank you" in (await visitor.get(answer.headers["location"])).text
    mail = (await database.ask("SELECT address, subject, text, html, kind FROM outgoing_mail"))[-1]
    assert (mail["address"], mail["kind"]) == ("ideas@porthmere.example", "accessibility")
    assert words in mail["text"]
    assert "vera@example.org" in mail["text"]
    assert "&lt;b&gt;please&lt;/b&gt;" in mail["html"]


async def test_nothing_typed_is_put_right_with_the_rest_kept(visitor: httpx.AsyncClient, database: Database) -> None:
    before = await database.ask("SELECT 1 FROM outgoing_mail")
    answer = await send(visitor, words=" ", place="the list of ideas", email="nobody")
    assert answer.status_code == 422
    assert '<a href="#words">Fill this in</a>' in answer.text
    assert '<a href="#email">Write an e-mail address' in answer.text
    assert 'value="the list of ideas"' in answer.text
    assert len(await database.ask("SELECT 1 FROM outgoing_mail")) == len(before)


async def test_the_same_browser_cannot_flood_the_council(visitor: httpx.AsyncClient) -> None:
    answers = [(await send(visitor, words=f"Problem {number}")).status_code for number in range(11)]
    assert answers[:10] == [303] * 10
    assert answers[10] == 429


async def test_the_contact_page_names_the_address(visitor: httpx.AsyncClient) -> None:
    assert '<a href="mailto:ideas@porthmere.example">' in (await visitor.get("/about/contact")).text
