"""Asking the database: rows become dataclasses, transactions join, a lost database says so and comes back."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import asyncpg
import pytest
from ground import Database
from piccolo.query.base import Query
from piccolo.table import Table

from shapedby import db
from shapedby.db.pool import LARGEST
from shapedby.db.rows import ColumnsDiffer
from shapedby.people.tables import Area

pytestmark = pytest.mark.usefixtures("pool")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Point:
    x: int


@dataclass(frozen=True)
class Thing:
    id: int
    colour: Colour
    other: Colour | None
    words: dict[str, str]
    colours: tuple[Colour, ...]
    point: Point
    share: float
    note: str = "none"


async def test_a_row_becomes_a_dataclass_with_the_types_that_it_declares() -> None:
    sql = """SELECT 1 AS id, 'red' AS colour, NULL AS other, $1::jsonb AS words, ARRAY['red', 'blue'] AS colours,
             '{"x": 3}'::jsonb AS point, 0.5::numeric AS share"""
    found = await db.one(Thing, sql, {"es": "año"})
    assert found == Thing(1, Colour.RED, None, {"es": "año"}, (Colour.RED, Colour.BLUE), Point(3), 0.5)
    assert found is not None
    assert isinstance(found.colour, Colour)


async def test_a_column_without_a_field_and_a_field_without_a_column_are_named() -> None:
    with pytest.raises(ColumnsDiffer, match=r"columns without a field \['y'\], fields without a column \['x'\]"):
        await db.many(Point, "SELECT 1 AS y")


async def test_no_row_is_none_or_an_empty_list() -> None:
    assert await db.one(Point, "SELECT 1 AS x WHERE false") is None
    assert await db.many(Point, "SELECT 1 AS x WHERE false") == []
    assert await db.value("SELECT 1 WHERE false") is None


async def test_values_gives_the_first_column_and_run_the_number_of_changed_rows() -> None:
    assert await db.values("SELECT generate_series(1, 3)") == [1, 2, 3]
    assert await add_area("one") == 1
    assert await db.run("UPDATE area SET position = 2 WHERE slug = ANY($1)", ["one", "missing"]) == 1


async def test_what_a_person_typed_is_a_parameter_and_never_sql() -> None:
    typed = "'; DROP TABLE area; --"
    assert await db.value("SELECT $1::text", typed) == typed


async def test_a_transaction_keeps_all_or_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        await add_areas_and_fail()
    assert await db.value("SELECT count(*) FROM area WHERE slug LIKE 'tx-%'") == 0


async def add_areas_and_fail() -> None:
    async with db.transaction():
        await add_area("tx-outer")
        async with db.transaction():
            await add_area("tx-inner")
        assert await db.value("SELECT count(*) FROM area WHERE slug LIKE 'tx-%'") == 2
        raise ZeroDivisionError


async def test_an_error_of_our_own_inside_a_transaction_stays_what_it_is() -> None:
    with pytest.raises(FileNotFoundError):
        await fail_with(FileNotFoundError("a file, not the database"))


async def fail_with(error: Exception) -> None:
    async with db.transaction():
        raise error


async def test_piccolo_joins_our_transaction() -> None:
    table: type[Table] = Area
    table._meta._db = db.engine
    with pytest.raises(ZeroDivisionError):
        await write_with_piccolo(Area.insert(Area(slug="piccolo", name={"en": "Harbour"})))
    assert await db.value("SELECT count(*) FROM area WHERE slug = 'piccolo'") == 0


async def write_with_piccolo(query: Query[Any, Any]) -> None:
    async with db.transaction():
        await query
        assert await db.value("SELECT name FROM area WHERE slug = 'piccolo'") == {"en": "Harbour"}
        raise ZeroDivisionError


async def test_transactions_of_two_tasks_are_two_transactions() -> None:
    async def number() -> int:
        async with db.transaction():
            return await db.value("SELECT pg_backend_pid() FROM pg_sleep(0.05)")

    assert len(set(await asyncio.gather(number(), number()))) == 2


async def test_the_serving_role_adds_to_logs_and_can_change_nothing_in_them() -> None:
    await db.run("INSERT INTO act (verb, kind) VALUES ('publish', 'challenge')")
    for sql in ("UPDATE act SET verb = 'hide'", "DELETE FROM act", "TRUNCATE act", "DROP TABLE act"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.run(sql)


async def test_cut_connections_say_that_the_database_is_gone_and_are_replaced(pool: Database) -> None:
    with pytest.raises(db.DatabaseGone):
        await cut_own_connection(pool)
    assert await db.value("SELECT 1") == 1


async def cut_own_connection(database: Database) -> None:
    async with db.transaction():
        await database.ask("SELECT pg_terminate_backend($1)", await db.value("SELECT pg_backend_pid()"))
        await db.value("SELECT pg_sleep(1)")


async def test_a_pool_with_no_connection_left_answers_within_a_second_or_so() -> None:
    sleepers = [asyncio.create_task(db.value("SELECT pg_sleep(1.6)")) for _ in range(LARGEST)]
    await asyncio.sleep(0.2)
    began = time.monotonic()
    with pytest.raises(db.DatabaseGone):
        await db.value("SELECT 1")
    assert time.monotonic() - began < 1.3
    await asyncio.gather(*sleepers)


async def add_area(slug: str) -> int:
    return await db.run("INSERT INTO area (slug, name) VALUES ($1, $2)", slug, {"en": slug})
