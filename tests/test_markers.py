"""A marker in every field and every parameter, taken from the app itself: shown as words, never as markup."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from council import Council, settled
from everybody import Clients
from filling import Walk, everybody, look_at_everything, parameters, publish_everything
from ground import Database
from marking import Page, marker

if TYPE_CHECKING:
    from conftest import NewDatabase
    from litestar import Litestar


@pytest.fixture(scope="module")
async def database(new_database: NewDatabase) -> Database:
    """Give a database in demo mode: there mails can be read as pages."""
    return await new_database(SHAPEDBY_DEMO="yes", SHAPEDBY_CONTACT="hello@example.org")


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.fixture(scope="module")
async def clients(app: Litestar, database: Database, council: Council) -> AsyncIterator[Clients]:
    async with everybody(app, database, council) as made:
        yield made


async def test_the_reader_would_notice_markup() -> None:
    assert Page(f"<p>{marker(1)}").wrong
    assert Page(f"<a href='/?q={marker(1)}'>").wrong
    assert Page(f'<a href="/?q={marker(1)}">').wrong
    assert Page(f"<script>const a = '{marker(1)}';</script>").wrong
    assert Page("<p>m1k&lt;x-m&gt;<a href='javascript:a()'>").wrong
    assert Page('<input value="m1k&lt;/script&gt;&lt;x-m onx=1&gt;\'&#34;&gt;">').wrong == []


async def test_a_marker_in_every_field_is_words_wherever_it_is_shown(
    app: Litestar, clients: Clients, council: Council, database: Database
) -> None:
    walk = Walk(app, clients, council)
    for who, address in walk.pages():
        await walk.fill_in(who, address, everywhere=False)
    await publish_everything()
    shown, walk.shown = walk.shown, set[int]()
    await look_at_everything(walk, database)
    assert len(walk.sent) > 60
    assert len(shown | walk.shown) > 0.8 * len(walk.sent)


async def test_a_marker_in_every_parameter_is_never_markup(app: Litestar, clients: Clients, council: Council) -> None:
    walk = Walk(app, clients, council)
    names = parameters(app)
    assert {"q", "sort", "next", "page", "area"} <= set(names)
    for who, address in walk.pages():
        given = dict.fromkeys(names, marker(1))
        walk.look(await clients[who].get(address, params=given), f"{who} {address}")


@pytest.mark.slow
async def test_a_marker_in_any_one_parameter_is_never_markup(app: Litestar, clients: Clients, council: Council) -> None:
    walk = Walk(app, clients, council)
    for who, address in [*walk.pages(), *walk.pages(("visitor",))]:
        for name in parameters(app):
            walk.look(await clients[who].get(address, params={name: marker(1)}), f"{who} {address} {name}")
