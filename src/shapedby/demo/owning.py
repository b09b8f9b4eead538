"""Working as the role that owns the tables: only it may set the clock, and move what was logged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shapedby import db
from shapedby.db.connecting import patiently
from shapedby.db.pool import FIRST_CONNECTION_SECONDS
from shapedby.settings import Settings


@asynccontextmanager
async def as_owner(settings: Settings) -> AsyncIterator[None]:
    """Open the database as the owner while what is inside runs; nobody else in this process may have it open."""
    addresses = await asyncio.to_thread(db.open_database, settings)
    try:
        db.engine.address(addresses.owner)
        await patiently(db.engine, seconds=FIRST_CONNECTION_SECONDS, smallest=1, largest=2)
        yield
    finally:
        await db.engine.close()
        await asyncio.to_thread(db.close_database, settings)
