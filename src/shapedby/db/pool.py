"""Opening the database for an app, and closing it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from shapedby.db import embedded
from shapedby.db.asking import engine
from shapedby.db.connecting import patiently
from shapedby.settings import Settings, settings

FIRST_CONNECTION_SECONDS = 15.0
# A support waits for the disk, not for us: with 16 that many commits share one write. Five processes then fit into the
# hundred connections that a server allows unless told otherwise.
SMALLEST, LARGEST = 2, 16
_WATCH_SECONDS = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the database is, as the role that serves and as the role that migrates."""

    app: str = field(repr=False)
    owner: str = field(repr=False)

    @property
    def app_role(self) -> str | None:
        """The name of the role that serves, where the address says it."""
        return urlsplit(self.app).username


_servers: list[embedded.Server] = []


def open_database(using: Settings | None = None) -> Addresses:
    """Make sure that the database runs, and give its addresses; starts the embedded server if there is no other.

    Every call needs a `close_database`. Raises `EmbeddedError` where the server cannot run.
    """
    using = using or settings()
    if using.database_url is not None:
        return Addresses(using.database_url, using.migrate_database_url or using.database_url)
    server = embedded.start(using.data)
    _servers.append(server)
    return Addresses(server.url(embedded.APP), server.url(embedded.OWNER))


def close_database(using: Settings | None = None) -> None:
    """Let go of what `open_database` opened."""
    if (using or settings()).database_url is None and _servers:
        _servers.pop().stop()


async def start_pool(using: Settings | None = None, *, largest: int = LARGEST) -> None:
    """Open the pool of connections, as the role that serves; waits a while for a database that is not up yet.

    Raises `DatabaseGone` or `EmbeddedError`.
    """
    addresses = await asyncio.to_thread(open_database, using)
    engine.address(addresses.app)
    await patiently(engine, seconds=FIRST_CONNECTION_SECONDS, smallest=SMALLEST, largest=largest)


async def stop_pool(using: Settings | None = None) -> None:
    """Close the pool, and the embedded server with the last app that uses it."""
    await engine.close()
    await asyncio.to_thread(close_database, using)


@asynccontextmanager
async def serving(using: Settings | None = None) -> AsyncIterator[None]:
    """Keep the database open while what is inside runs; an embedded server that dies meanwhile is started again.

    Raises `DatabaseGone` or `EmbeddedError`.
    """
    await start_pool(using)
    watching = asyncio.create_task(_watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await stop_pool(using)


async def _watch() -> None:
    while _servers:
        await asyncio.sleep(_WATCH_SECONDS)
        try:
            await asyncio.to_thread(_servers[-1].revive)
        except embedded.EmbeddedError:
            _log.exception("the embedded database died and does not start; trying again")
