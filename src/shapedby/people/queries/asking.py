"""Asking about people, their sign-ins and their ways in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.kernel import VISITOR, Actor, Role, Words

TOKEN_LENGTH = 43
"""Characters of every token that we mint (32 random bytes, URL-safe)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known here. ``email`` is None for people who left, were imported or have none."""

    id: int
    email: str | None
    name: str
    role: Role
    organisation: str
    young: bool
    area: int | None
    language: str
    joined_at: datetime
    welcomed_at: datetime | None
    suspended_until: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the council's territory."""

    id: int
    slug: str
    name: Words


@dataclass(frozen=True, slots=True)
class SignIn:
    """Being signed in on one browser."""

    id: int
    browser: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WayIn:
    """One asked-for mail with a link and a code that still work."""

    id: int
    email: str
    next_address: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Asking:
    person: int
    role: Role
    name: str
    sign_in: int
    csrf: str
    language: str
    young: bool
    welcomed: bool
    suspended_until: datetime | None
    safeguarding: bool
    stale: bool


_WHO_ASKS = """
SELECT p.id AS person, p.role, p.name, s.id AS sign_in, s.csrf, p.language, p.young,
       p.welcomed_at IS NOT NULL AS welcomed,
       CASE WHEN p.suspended_until > now() THEN p.suspended_until END AS suspended_until,
       p.safeguarding AND p.role <> 'resident' AS safeguarding, s.seen_at < now() - interval '1 hour' AS stale
FROM sign_in s JOIN person p ON p.id = s.person
WHERE s.token_hash = $1 AND s.ends_at > now() AND p.left_at IS NULL
"""
_SEEN = """
WITH used AS (UPDATE sign_in SET seen_at = now() WHERE id = $1 RETURNING person)
UPDATE person SET seen_at = now(), warned_at = NULL FROM used WHERE person.id = used.person
"""
_PERSON = """
SELECT id, email, name, role, organisation, young, area, language, joined_at, welcomed_at, suspended_until, left_at
FROM person WHERE id = $1
"""
_PERSON_BY_EMAIL = """
SELECT id, email, name, role, organisation, young, area, language, joined_at, welcomed_at, suspended_until, left_at
FROM person WHERE email = $1
"""
_SIGN_INS = """
SELECT id, browser, began_at, seen_at, ends_at FROM sign_in
WHERE person = $1 AND ends_at > now() ORDER BY seen_at DESC, id DESC LIMIT 50
"""
_WAY_IN_BY_LINK = """
SELECT id, email, next_address, ends_at FROM sign_in_mail WHERE link_hash = $1 AND used_at IS NULL AND ends_at > now()
"""
_WAY_IN_OF_BROWSER = """
SELECT id, email, next_address, ends_at FROM sign_in_mail
WHERE browser_hash = $1 AND used_at IS NULL AND ends_at > now() ORDER BY id DESC LIMIT 1
"""


def hashed(token: str) -> str:
    """Give what we keep of a token: its hash, from which nobody gets in."""
    return hashlib.sha256(token.encode()).hexdigest()


async def who_asks(token: str) -> Actor:
    """Give the person behind a browser's token; a visitor for tokens that we never minted or that have ended.

    One query; once an hour it also notes that the sign-in is in use.
    """
    if len(token) != TOKEN_LENGTH or not token.isascii():
        return VISITOR
    found = await db.one(_Asking, _WHO_ASKS, hashed(token))
    if found is None:
        return VISITOR
    if found.stale:
        await db.run(_SEEN, found.sign_in)
    return Actor(
        person=found.person,
        role=found.role,
        name=found.name,
        sign_in=found.sign_in,
        csrf=found.csrf,
        language=found.language,
        young=found.young,
        welcomed=found.welcomed,
        suspended_until=found.suspended_until,
        safeguarding=found.safeguarding,
    )


async def person(number: int) -> Person | None:
    """Give a person by number."""
    return await db.one(Person, _PERSON, number)


async def person_by_email(email: str) -> Person | None:
    """Give a person by e-mail address, whatever its capitals."""
    return await db.one(Person, _PERSON_BY_EMAIL, email.strip().lower())


async def areas() -> list[Area]:
    """List the parts of the council's territory in the council's order."""
    return await db.many(Area, "SELECT id, slug, name FROM area ORDER BY position, id LIMIT 200")


async def sign_ins(person: int) -> list[SignIn]:
    """List where a person is signed in now, the last used first."""
    return await db.many(SignIn, _SIGN_INS, person)


async def way_in_by_link(token: str) -> WayIn | None:
    """Give what a mailed link opens, as long as it works."""
    return await db.one(WayIn, _WAY_IN_BY_LINK, hashed(token))


async def way_in_of_browser(browser: str) -> WayIn | None:
    """Give the newest way in that this browser asked for, as long as it works."""
    return await db.one(WayIn, _WAY_IN_OF_BROWSER, hashed(browser)) if browser else None
