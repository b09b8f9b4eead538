"""Ways into the demo: a one-time sign-in address for one person of each role."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from shapedby import db
from shapedby.demo.people import address_of
from shapedby.kernel import Role
from shapedby.people.actions import mint_link
from shapedby.settings import Settings, settings

LASTS = timedelta(hours=12)
"""Longer than a mailed link lasts: these stand on the screen of the only machine that the demo listens on."""

GUIDES = (
    (Role.RESIDENT, "Tegan", "/"),
    (Role.MODERATOR, "Rhea", "/moderation"),
    (Role.OFFICER, "Imogen", "/desk"),
    (Role.ADMINISTRATOR, "Nadia", "/desk"),
)


class WayIn(NamedTuple):
    """Whom an address signs in."""

    role: Role
    name: str
    address: str


async def sign_in_addresses(using: Settings | None = None) -> list[WayIn]:
    """Make a fresh one-time sign-in address for one person of each role who is there; the pool must be open."""
    using = using or settings()
    ways: list[WayIn] = []
    for role, name, begin in GUIDES:
        email = address_of(name)
        if await db.value("SELECT EXISTS (SELECT FROM person WHERE email = $1 AND role = $2)", email, role.value):
            path = await mint_link(email, next_address=begin, lasts=LASTS)
            ways.append(WayIn(role, name, f"{using.url}{path}"))
    return ways
