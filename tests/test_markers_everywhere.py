"""A marker in every field of every form, sent by everybody who is shown it, and looked for by everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from council import Council, settled
from everybody import WHO, Clients
from filling import Walk, everybody, look_at_everything, publish_everything
from ground import Database

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


@pytest.mark.slow
async def test_a_marker_in_every_field_by_everybody_is_words_everywhere(
    app: Litestar, clients: Clients, council: Council, database: Database
) -> None:
    walk = Walk(app, clients, council)
    for everywhere in (True, False):
        for who, address in walk.pages(WHO):
            await database.ask("DELETE FROM web_limit")
            await walk.fill_in(who, address, everywhere=everywhere)
    await publish_everything()
    await look_at_everything(walk, database, WHO)
