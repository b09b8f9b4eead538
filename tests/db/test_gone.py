"""When the database stops, every question is answered within a second; when it returns, so do the answers."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from shapedby import db
from shapedby.db import embedded
from shapedby.settings import Settings, read


@pytest.fixture
async def settings(short_folder: Callable[[], Path]) -> AsyncIterator[Settings]:
    """Open the database as a council without DATABASE_URL does."""
    given = read({"SHAPEDBY_DATA": str(short_folder() / "var")})
    async with db.serving(given):
        yield given


async def test_a_stopped_database_is_gone_at_once_and_back_by_itself(settings: Settings) -> None:
    server = embedded.start(settings.data)
    assert await db.value("SELECT 1") == 1
    embedded._stop(server)
    for ask in (db.value, db.values, db.run):
        began = time.monotonic()
        with pytest.raises(db.DatabaseGone):
            await ask("SELECT 1")
        assert time.monotonic() - began < 1
    with pytest.raises(db.DatabaseGone):
        async with db.transaction():
            pass
    assert await answered_again()
    server.stop()


async def test_a_killed_embedded_database_is_started_again_while_the_app_runs(settings: Settings) -> None:
    server = embedded.start(settings.data)
    os.kill(int((server.place.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    await asyncio.sleep(0.2)
    assert await answered_again()
    server.stop()


async def answered_again(seconds: float = 20) -> bool:
    """Ask until there is an answer; False where there is none in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return await db.value("SELECT 1") == 1
        except db.DatabaseGone:
            await asyncio.sleep(0.1)
    return False


async def test_a_wrong_statement_is_a_mistake_and_not_a_lost_database(settings: Settings) -> None:
    with pytest.raises(Exception, match="does not exist") as raised:
        await db.value("SELECT nothing")
    assert not isinstance(raised.value, db.DatabaseGone)
    assert settings.database_url is None
