"""All SQL about people without e-mail: how they are reached, and what their slip is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.people.rules import Reach, slip_person

MOST_FOUND = 50
ORIGIN = "assisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisted:
    """Somebody for whom staff write things down; phone and postal address are for staff only."""

    person: int
    name: str
    young: bool
    language: str
    reach: Reach
    phone: str
    postal: str
    nonce: str
    added_at: datetime
    suspended_until: datetime | None


@dataclass(frozen=True, slots=True)
class ByPost:
    """Somebody who gets letters."""

    person: int
    name: str
    postal: str
    language: str


_ASSISTED = """
SELECT p.id AS person, p.name, p.young, p.language, c.reach, c.phone, c.postal, c.nonce, c.added_at, p.suspended_until
FROM person_contact c JOIN person p ON p.id = c.person AND p.left_at IS NULL
"""
_FOUND = (
    _ASSISTED
    + """
WHERE p.id = $2 OR ($1 <> '' AND (strpos(lower(p.name), lower($1)) > 0 OR strpos(lower(c.phone), lower($1)) > 0
  OR strpos(lower(c.postal), lower($1)) > 0))
ORDER BY lower(p.name), p.id LIMIT $3
"""
)
_INSERT_PERSON = """
INSERT INTO person (email, role, name, young, language, origin, joined_at, welcomed_at)
VALUES (NULL, 'resident', $1, $2, $3, $4, now(), now()) RETURNING id
"""
_INSERT_CONTACT = """
INSERT INTO person_contact (person, reach, phone, postal, nonce, added_by, added_at)
VALUES ($1, $2, $3, $4, $5, $6, now())
"""


async def assisted(person: int) -> Assisted | None:
    """Find somebody for whom staff write things down."""
    return await db.one(Assisted, _ASSISTED + "WHERE p.id = $1", person)


async def find_assisted(words: str) -> list[Assisted]:
    """Find such people by a part of the name, the phone number or the address, or by the reference of their slip."""
    return await db.many(Assisted, _FOUND, words.strip(), slip_person(words), MOST_FOUND)


async def newest_assisted(most: int = 20) -> list[Assisted]:
    """List the people who were added last."""
    return await db.many(Assisted, _ASSISTED + "ORDER BY c.id DESC LIMIT $1", most)


async def by_post(people: list[int]) -> list[ByPost]:
    """Give those of the people who have no e-mail address and get letters."""
    sql = (
        "SELECT p.id AS person, p.name, c.postal, p.language FROM person_contact c JOIN person p ON p.id = c.person "
        "WHERE p.id = ANY($1::bigint[]) AND p.email IS NULL AND p.left_at IS NULL AND c.reach = 'post'"
    )
    return await db.many(ByPost, sql, people)


async def can_be_asked(person: int) -> bool:
    """Say whether somebody is still here and can be reached by mail, or signs in with a slip."""
    sql = (
        "SELECT EXISTS (SELECT FROM person p WHERE p.id = $1 AND p.left_at IS NULL AND (p.email IS NOT NULL "
        "OR EXISTS (SELECT FROM person_contact c WHERE c.person = p.id)))"
    )
    return await db.value(sql, person)


async def insert_assisted(name: str, *, young: bool, language: str) -> int:
    """Add a person without e-mail."""
    return await db.value(_INSERT_PERSON, name, young, language, ORIGIN)


async def insert_contact(person: int, reach: Reach, *, phone: str, postal: str, nonce: str, by: int) -> None:
    """Keep how somebody is reached."""
    await db.run(_INSERT_CONTACT, person, reach.value, phone, postal, nonce, by)


async def set_contact(person: int, reach: Reach, phone: str, postal: str) -> int:
    """Change how somebody is reached."""
    sql = "UPDATE person_contact SET reach = $2, phone = $3, postal = $4 WHERE person = $1"
    return await db.run(sql, person, reach.value, phone, postal)


async def set_nonce(person: int, nonce: str) -> int:
    """End the code of somebody's slip, and begin another."""
    return await db.run("UPDATE person_contact SET nonce = $2 WHERE person = $1", person, nonce)


async def forget_contact(person: int) -> int:
    """Forget how somebody is reached, and end their slip: they leave, or have given their data back."""
    return await db.run("DELETE FROM person_contact WHERE person = $1", person)
