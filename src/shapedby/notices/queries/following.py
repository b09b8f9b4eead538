"""Who follows what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.notices.rules import About

MOST_FOLLOWED = 1_000
MOST_FOLLOWERS = 100_000


@dataclass(frozen=True, slots=True)
class Follow:
    """Something that somebody follows: what it is, and its number there."""

    about: About
    number: int
    since: datetime


_FIND = "SELECT id FROM notice_topic WHERE about = $1 AND number = $2"
_MAKE = "INSERT INTO notice_topic (about, number) VALUES ($1, $2) ON CONFLICT (about, number) DO NOTHING RETURNING id"
_FOLLOWED = """
SELECT t.about, t.number, f.since FROM follow f JOIN notice_topic t ON t.id = f.topic
WHERE f.person = $1 ORDER BY f.since DESC, f.id DESC LIMIT $2
"""
_FOLLOWERS = """
SELECT DISTINCT f.person FROM follow f JOIN notice_topic t ON t.id = f.topic
JOIN unnest($1::text[], $2::bigint[]) AS asked (about, number) ON asked.about = t.about AND asked.number = t.number
ORDER BY f.person LIMIT $3
"""


async def topic_of(about: About, number: int) -> int:
    """Give the number of something's topic, and make it where there is none yet."""
    for _ in range(3):  # another transaction can make it, or remove it, between the two statements
        found = await db.value(_FIND, about.value, number) or await db.value(_MAKE, about.value, number)
        if found is not None:
            return found
    message = f"the topic of {about} {number} comes and goes"
    raise LookupError(message)


async def insert_follow(person: int, topic: int) -> bool:
    """Let somebody follow something; False where they do already."""
    sql = "INSERT INTO follow (person, topic, since) VALUES ($1, $2, now()) ON CONFLICT (person, topic) DO NOTHING"
    return await db.run(sql, person, topic) > 0


async def delete_follow(person: int, about: About, number: int) -> bool:
    """Let somebody follow something no more; False where they did not."""
    sql = """
        DELETE FROM follow
        WHERE person = $1 AND topic = (SELECT id FROM notice_topic WHERE about = $2 AND number = $3)
    """
    return await db.run(sql, person, about.value, number) > 0


async def follows(person: int, about: About, number: int) -> bool:
    """Say whether somebody follows something."""
    sql = """
        SELECT EXISTS (SELECT FROM follow f JOIN notice_topic t ON t.id = f.topic
        WHERE f.person = $1 AND t.about = $2 AND t.number = $3)
    """
    return person > 0 and await db.value(sql, person, about.value, number)


async def followed(person: int) -> list[Follow]:
    """List everything that somebody follows, the newest first."""
    return await db.many(Follow, _FOLLOWED, person, MOST_FOLLOWED)


async def followers(about: About, number: int) -> list[int]:
    """List the people who follow something."""
    return await followers_of_any([(about, number)])


async def followers_of_any(things: Sequence[tuple[About, int]]) -> list[int]:
    """List the people who follow any of several things, each person once."""
    abouts, numbers = [about.value for about, _ in things], [number for _, number in things]
    return await db.values(_FOLLOWERS, abouts, numbers, MOST_FOLLOWERS)
