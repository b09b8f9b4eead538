"""Piccolo's engine, made to answer quickly when the database is gone and to read jsonb as Python values."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from shapedby.db.gone import FAULTS, DatabaseGone, gone_is_said, in_words, is_gone

if TYPE_CHECKING:
    Connection = asyncpg.Connection

ACQUIRE_SECONDS = 1.0  # a page says 503 within this time
CONNECT_SECONDS = 5.0  # outside the pool; inside, acquiring ends first
COMMAND_SECONDS = 30.0  # no statement of ours is slower, so this is a network that swallows packets
CLOSE_SECONDS = 5.0


class Engine(PostgresEngine):
    """A Piccolo engine whose address is given late, and which raises `DatabaseGone` for lost connections."""

    def __init__(self) -> None:
        """Make an engine without an address; `address` gives it one."""
        super().__init__(config={})

    def address(self, url: str, *, command_seconds: float | None = COMMAND_SECONDS) -> None:
        """Say where the database is; connections opened from now on go there."""
        self.config = {"dsn": url, "timeout": CONNECT_SECONDS, "command_timeout": command_seconds, "init": prepare}

    async def check_version(self) -> None:
        """Do nothing: Piccolo would connect here, while its module is being imported."""

    async def prep_database(self) -> None:
        """Do nothing: we need no extensions, and Piccolo would connect here."""

    async def get_new_connection(self) -> Connection:
        """Open a connection outside the pool."""
        config: dict[str, Any] = {key: value for key, value in self.config.items() if key != "init"}
        connection: Connection = await asyncpg.connect(**config)
        await prepare(connection)
        return connection

    async def open(self, *, smallest: int, largest: int) -> None:
        """Open the pool, `smallest` connections at once; raises `DatabaseGone`."""
        with gone_is_said():
            await self.start_connection_pool(min_size=smallest, max_size=largest)

    async def close(self) -> None:
        """Close the pool, cutting off what has not finished in a few seconds."""
        pool, self.pool = self.pool, None
        if pool is None:
            return
        try:
            await asyncio.wait_for(pool.close(), CLOSE_SECONDS)
        except (TimeoutError, OSError, asyncpg.InterfaceError):
            pool.terminate()

    async def call(self, method: str, sql: str, args: Sequence[object] = ()) -> Any:  # noqa: ANN401  the method's
        """Call a method of a connection (`fetch`, `execute`, …): the current transaction's, else one of the pool's.

        Written without context managers, which cost a fifth of a short query. Raises `DatabaseGone`.
        """
        joined = self.current_transaction.get()
        pool, lent = self.pool, None
        try:
            if joined is not None:
                return await getattr(joined.connection, method)(sql, *args)
            if pool is None:
                async with self._lent() as own:
                    return await getattr(own, method)(sql, *args)
            lent = await pool.acquire(timeout=ACQUIRE_SECONDS)
            return await getattr(lent, method)(sql, *args)
        except FAULTS as error:
            if is_gone(error):
                raise DatabaseGone(in_words(error)) from error
            raise
        finally:
            if lent is not None and pool is not None:
                await pool.release(lent)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncIterator[None]:
        """Run what is inside as one transaction; inside another it joins that one.

        Piccolo's own context manager keeps the connection and its context when a rollback fails on a
        lost connection; this one always gives both back. Only our own steps are translated into
        `DatabaseGone`: what is inside raises its own errors.
        """
        if self.current_transaction.get() is not None:
            yield
            return
        async with AsyncExitStack() as stack:
            with gone_is_said():
                connection = await stack.enter_async_context(self._lent())
                begun = connection.transaction()
                await begun.start()
            current = PostgresTransaction(engine=self)
            current.connection, current.transaction = connection, begun
            token = self.current_transaction.set(current)
            try:
                yield
            except BaseException:
                # On a lost connection the server has rolled back already, and the first error is the true one.
                with suppress(asyncpg.InterfaceError, asyncpg.PostgresConnectionError, OSError):
                    await begun.rollback()
                raise
            else:
                with gone_is_said():
                    await begun.commit()
            finally:
                self.current_transaction.reset(token)

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Connection]:
        if self.pool is not None:
            # What the pool lends behaves as the connection it stands for.
            connection = cast("Connection", await self.pool.acquire(timeout=ACQUIRE_SECONDS))
            try:
                yield connection
            finally:
                await self.pool.release(connection)  # pyright: ignore[reportArgumentType]  as above
        else:
            connection = await self.get_new_connection()
            try:
                yield connection
            finally:
                await connection.close()

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> list[asyncpg.Record]:
        return await self.call("fetch", query, args or ())

    async def _run_in_new_connection(self, query: str, args: Sequence[Any] | None = None) -> list[asyncpg.Record]:
        return await self.call("fetch", query, args or ())


async def patiently(engine: Engine, *, seconds: float, smallest: int, largest: int) -> None:
    """Open the engine's pool, trying again for some seconds while the database is not up yet."""
    until = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            await engine.open(smallest=smallest, largest=largest)
        except DatabaseGone:
            if asyncio.get_running_loop().time() >= until:
                raise
            await asyncio.sleep(0.2)
        else:
            return


async def prepare(connection: Connection) -> None:
    """Make a connection read and write jsonb as Python values."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="binary", encoder=_to_jsonb, decoder=_from_jsonb
    )


def _to_jsonb(value: object) -> bytes:
    # Piccolo hands over text it has already written as JSON; our own queries hand over Python values.
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return b"\x01" + text.encode()


def _from_jsonb(data: bytes) -> Any:  # noqa: ANN401  JSON is any value
    return json.loads(data[1:])
