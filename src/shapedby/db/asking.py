"""Asking the database: SQL text with `$1` placeholders, answers as frozen dataclasses.

Everything joins the current `transaction()` if there is one, and raises `DatabaseGone` when the
database does not answer. Values go in as parameters only; SQL is never put together from text.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from shapedby.db.connecting import Engine
from shapedby.db.rows import into

T = TypeVar("T")

engine = Engine()


async def many(cls: type[T], sql: str, /, *args: object) -> list[T]:
    """Ask for rows, each as an object of the dataclass whose fields the columns name."""
    return into(cls, await engine.call("fetch", sql, args))


async def one(cls: type[T], sql: str, /, *args: object) -> T | None:
    """Ask for the first row as an object of the dataclass, or None where there is no row."""
    row = await engine.call("fetchrow", sql, args)
    return None if row is None else into(cls, [row])[0]


async def value(sql: str, /, *args: object) -> Any:  # noqa: ANN401  the type is the column's
    """Ask for the first column of the first row, or None where there is no row."""
    return await engine.call("fetchval", sql, args)


async def values(sql: str, /, *args: object) -> list[Any]:
    """Ask for the first column of every row."""
    return [row[0] for row in await engine.call("fetch", sql, args)]


async def run(sql: str, /, *args: object) -> int:
    """Change something, and give the number of rows that changed (0 for statements that count none)."""
    status: str = await engine.call("execute", sql, args)
    count = status.rpartition(" ")[2]
    return int(count) if count.isdigit() else 0


def transaction() -> AbstractAsyncContextManager[None]:
    """Open a transaction: all of what is inside happens, or none. Inside another it joins that one."""
    return engine.in_transaction()
