"""The files that people ask for, with everything about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.account.rules.retention import EXPORT_DAYS


@dataclass(frozen=True, slots=True)
class Export:
    """One file: asked for, ready, taken; ``is_over`` when its time to be taken has passed."""

    id: int
    asked_at: datetime
    ready_at: datetime | None
    taken_at: datetime | None
    ends_at: datetime | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that has to be put together."""

    id: int
    person: int
    language: str


async def newest(person: int) -> Export | None:
    """Give the file that a person asked for last."""
    sql = """
        SELECT id, asked_at, ready_at, taken_at, ends_at, coalesce(ends_at <= now(), false) AS is_over
        FROM data_export WHERE person = $1 ORDER BY id DESC LIMIT 1
    """
    return await db.one(Export, sql, person)


async def asked_today(person: int) -> bool:
    """Say whether a person asked in the last day for a file that is ready, taken or over."""
    sql = "SELECT 1 FROM data_export WHERE person = $1 AND ready_at IS NOT NULL AND asked_at > now() - interval '1 day'"
    return await db.value(sql + " LIMIT 1", person) is not None


async def ask(person: int, language: str) -> bool:
    """Ask for a file; False where one is being put together. The one before, if any, is gone."""
    asked = await db.run(
        "INSERT INTO data_export (person, language, asked_at) VALUES ($1, $2, now()) "
        "ON CONFLICT (person) WHERE ready_at IS NULL DO NOTHING",
        person,
        language,
    )
    if asked:
        await db.run("UPDATE data_export SET file = NULL WHERE person = $1 AND ready_at IS NOT NULL", person)
    return asked > 0


async def next_asked() -> Asked | None:
    """Take the next file that has to be put together, locked until the transaction ends."""
    sql = (
        "SELECT id, person, language FROM data_export WHERE ready_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
    )
    return await db.one(Asked, sql)


async def keep(number: int, file: bytes) -> None:
    """Keep a file until it is taken, or its time is over."""
    await db.run(
        "UPDATE data_export SET file = $2, ready_at = now(), ends_at = now() + make_interval(days => $3) WHERE id = $1",
        number,
        file,
        EXPORT_DAYS,
    )


async def take(number: int, person: int) -> bytes | None:
    """Take one's own file, once: nothing of it stays. None where it is not there for this person, or not any more."""
    sql = """
        WITH there AS (
          SELECT id, file FROM data_export
          WHERE id = $1 AND person = $2 AND taken_at IS NULL AND file IS NOT NULL AND ends_at > now() FOR UPDATE
        )
        UPDATE data_export e SET file = NULL, taken_at = now() FROM there WHERE e.id = there.id RETURNING there.file
    """
    return await db.value(sql, number, person)
