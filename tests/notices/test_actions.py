"""Telling people what happened."""

from __future__ import annotations

import pytest
from ground import Database

from shapedby import db
from shapedby.app import prepare
from shapedby.notices.actions import tell

CONTEXT = {"link": "x", "code": "123456", "minutes": 30}


@pytest.fixture(autouse=True)
async def outbox(pool: Database) -> None:
    """Begin with an empty outbox."""
    prepare(pool.settings)
    await db.run("DELETE FROM outgoing_mail")


async def told(database: Database) -> list[tuple[str, str]]:
    """List who was told, and in which language."""
    rows = await database.ask("SELECT address, language FROM outgoing_mail ORDER BY address")
    return [(row["address"], row["language"]) for row in rows]


async def test_each_is_told_once_in_their_language(pool: Database) -> None:
    ann = await pool.new_person(email="ann@example.org", language="en")
    rosa = await pool.new_person(email="rosa@example.org", language="es")
    other = await pool.new_person(email="other@example.org", language="tlh")
    for _ in range(2):
        await tell([ann, rosa, other, ann], "people/sign_in", CONTEXT, kind="news", once="idea-1")
    assert await told(pool) == [("ann@example.org", "en"), ("other@example.org", "en"), ("rosa@example.org", "es")]


async def test_nobody_is_told_who_has_no_address_or_has_left(pool: Database) -> None:
    gone = await pool.new_person(email="gone@example.org")
    await db.run("UPDATE person SET left_at = now() WHERE id = $1", gone)
    none = await pool.new_person(email=None)
    assert await tell([gone, none, 10**9], "people/sign_in", CONTEXT, kind="news", once=None) == 0
    assert await told(pool) == []


async def test_without_once_everything_is_told_every_time(pool: Database) -> None:
    bea = await pool.new_person(email="bea@example.org")
    for _ in range(2):
        await tell([bea], "people/sign_in", CONTEXT, kind="news", once=None)
    assert len(await told(pool)) == 2


async def test_telling_nobody_is_nothing() -> None:
    assert await tell([], "people/sign_in", CONTEXT, kind="news", once="x") == 0


async def test_nobody_is_told_what_did_not_happen(pool: Database) -> None:
    cem = await pool.new_person(email="cem@example.org")

    async def fail() -> None:
        async with db.transaction():
            await tell([cem], "people/sign_in", CONTEXT, kind="news", once="y")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await told(pool) == []
