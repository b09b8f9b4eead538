"""Asking for challenges, their criteria, areas and topics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.challenges import rules
from shapedby.challenges.rules import Brief, Stage, Weighed
from shapedby.kernel import Words

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A challenge as it stood at ``now``, the database's time when it was asked for."""

    id: int
    slug: str
    question: Words
    summary: Words
    why_asked: Words
    who_decides: Words
    what_chosen_gets: Words
    privacy_note: Words
    opens_at: datetime
    closes_at: datetime
    supports_needed: int
    supports_each: int | None
    answer_days: int
    prepared_by: int
    published_at: datetime | None
    decided_at: datetime | None
    anonymous_allowed: bool
    now: datetime

    @property
    def stage(self) -> Stage:
        return rules.stage(self.published_at, self.opens_at, self.closes_at, self.decided_at, self.now)

    @property
    def days_left(self) -> int:
        """Whole days until it closes, the day that has begun counted; 0 once it is closed."""
        return max(0, -((self.now - self.closes_at).days)) if self.now < self.closes_at else 0

    @property
    def days_open(self) -> int:
        """How many days it is open in all, at least 1."""
        return max(1, (self.closes_at - self.opens_at).days)

    @property
    def days_passed(self) -> int:
        """How many of the days it is open are gone."""
        return min(self.days_open, max(0, (self.now - self.opens_at).days))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that ideas are scored on; the weight is in percent."""

    id: int
    position: int
    name: Words
    meaning: Words
    weight: int


@dataclass(frozen=True, slots=True)
class Place:
    """An area or a topic."""

    id: int
    slug: str
    name: Words


_COLUMNS = """SELECT id, slug, question, summary, why_asked, who_decides, what_chosen_gets, privacy_note,
    opens_at, closes_at, supports_needed, supports_each, answer_days, prepared_by, published_at, decided_at,
    anonymous_allowed, now() AS now
    FROM challenge """
_ANY = _COLUMNS + "WHERE slug = $1"
_PUBLISHED = _ANY + " AND published_at <= now()"
_BY_ID = _COLUMNS + "WHERE id = $1"
_LOCKED = _BY_ID + " FOR UPDATE"
_OPEN = (
    _COLUMNS
    + """WHERE published_at <= now() AND opens_at <= now() AND closes_at > now() AND decided_at IS NULL
    ORDER BY closes_at, id LIMIT $1"""
)
_LISTED = (
    _COLUMNS
    + """WHERE published_at <= now()
    ORDER BY decided_at IS NOT NULL, closes_at <= now(), opens_at > now(),
        abs(extract(epoch FROM closes_at - now())), id
    LIMIT $1"""
)
_PREPARED = _COLUMNS + """ORDER BY decided_at IS NOT NULL, published_at IS NOT NULL, closes_at, id DESC LIMIT $1"""


async def challenge(slug: str) -> Challenge | None:
    """Find a published challenge by the end of its address."""
    return await db.one(Challenge, _PUBLISHED, slug)


async def any_challenge(slug: str) -> Challenge | None:
    """Find a challenge, drafts too: for officers."""
    return await db.one(Challenge, _ANY, slug)


async def challenge_by_id(number: int) -> Challenge | None:
    """Find a challenge, drafts too, by its number."""
    return await db.one(Challenge, _BY_ID, number)


async def locked_challenge(number: int) -> Challenge | None:
    """Find a challenge and keep others from changing it until the transaction ends."""
    return await db.one(Challenge, _LOCKED, number)


async def open_challenges(most: int = MOST_LISTED) -> list[Challenge]:
    """List the challenges that take ideas now, the one that closes first on top."""
    return await db.many(Challenge, _OPEN, most)


async def listed(most: int = MOST_LISTED) -> list[Challenge]:
    """List every published challenge: open, being decided, coming, decided."""
    return await db.many(Challenge, _LISTED, most)


async def prepared(most: int = MOST_LISTED) -> list[Challenge]:
    """List every challenge for officers, drafts first and the decided last."""
    return await db.many(Challenge, _PREPARED, most)


async def criteria(challenge: int) -> list[Criterion]:
    """List what the ideas of a challenge are scored on."""
    return await db.many(
        Criterion,
        "SELECT id, position, name, meaning, weight FROM criterion WHERE challenge = $1 ORDER BY position",
        challenge,
    )


async def all_areas() -> list[Place]:
    """List every area, in the council's order."""
    return await db.many(Place, "SELECT id, slug, name FROM area ORDER BY position, slug LIMIT 500")


async def all_topics() -> list[Place]:
    """List every topic, in the council's order."""
    return await db.many(Place, "SELECT id, slug, name FROM topic ORDER BY position, slug LIMIT 500")


async def chosen_areas(challenge: int) -> list[Place]:
    """List the areas that a challenge names; none means everywhere."""
    return await db.many(
        Place,
        """SELECT a.id, a.slug, a.name FROM challenge_area c JOIN area a ON a.id = c.area
        WHERE c.challenge = $1 ORDER BY a.position, a.slug""",
        challenge,
    )


async def chosen_topics(challenge: int) -> list[Place]:
    """List the topics that a challenge names; none means any."""
    return await db.many(
        Place,
        """SELECT t.id, t.slug, t.name FROM challenge_topic c JOIN topic t ON t.id = c.topic
        WHERE c.challenge = $1 ORDER BY t.position, t.slug""",
        challenge,
    )


async def areas(challenge: int) -> list[Place]:
    """List the areas that an idea of a challenge can choose: those it names, else all."""
    return await chosen_areas(challenge) or await all_areas()


async def topics(challenge: int) -> list[Place]:
    """List the topics that an idea of a challenge can choose: those it names, else all."""
    return await chosen_topics(challenge) or await all_topics()


async def brief_of(found: Challenge) -> Brief:
    """Give all that an officer wrote about a challenge."""
    rows = await criteria(found.id)
    return Brief(
        slug=found.slug,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        question=found.question,
        summary=found.summary,
        why_asked=found.why_asked,
        who_decides=found.who_decides,
        what_chosen_gets=found.what_chosen_gets,
        privacy_note=found.privacy_note,
        supports_needed=found.supports_needed,
        supports_each=found.supports_each,
        answer_days=found.answer_days,
        anonymous_allowed=found.anonymous_allowed,
        areas=tuple(place.id for place in await chosen_areas(found.id)),
        topics=tuple(place.id for place in await chosen_topics(found.id)),
        criteria=tuple(Weighed(name=row.name, meaning=row.meaning, weight=row.weight) for row in rows),
    )


async def slug_is_free(slug: str, but: int = 0) -> bool:
    """Say whether no challenge, or none but this one, has this address."""
    return await db.value("SELECT 1 FROM challenge WHERE slug = $1 AND id <> $2", slug, but) is None


async def now() -> datetime:
    """Give the database's time."""
    return await db.value("SELECT now()")
