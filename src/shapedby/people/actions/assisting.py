"""People without e-mail: added by staff, and signed in with the code of their slip."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.people.actions.people import record_act
from shapedby.people.actions.signing_in import TOKEN_BYTES, SignedIn
from shapedby.people.queries import contacts, hashed, writing
from shapedby.people.rules import SLIP_SIGN_IN_LASTS, Reach, Why, is_slip_code, slip_code, slip_person
from shapedby.web.csrf import fresh_secret
from shapedby.web.limits import Limit

# Counted for each slip, so that nobody guesses a code; a library's network stays usable.
SLIPS = Limit("slip-codes", 10, timedelta(hours=1))
NONCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Details:
    """What staff write down about somebody without e-mail."""

    name: str
    reach: Reach
    phone: str = ""
    postal: str = ""
    young: bool = False
    language: str = ""


async def add_assisted(actor: Actor, details: Details) -> int:
    """Add a person without e-mail; the council vouches for the name. Gives the number; raises ``Missing``."""
    if not actor.is_staff:
        raise Missing
    async with db.transaction():
        person = await contacts.insert_assisted(details.name, young=details.young, language=details.language)
        nonce = secrets.token_hex(NONCE_BYTES)
        await contacts.insert_contact(
            person, details.reach, phone=details.phone, postal=details.postal, nonce=nonce, by=actor.person
        )
        await record_act(actor, "add-assisted", "person", person)
    return person


async def change_assisted(actor: Actor, person: int, details: Details) -> None:
    """Change the name of somebody without e-mail, and how they are reached; raises ``Missing``."""
    if not actor.is_staff:
        raise Missing
    async with db.transaction():
        if not await contacts.set_contact(person, details.reach, details.phone, details.postal):
            raise Missing
        await writing.set_name(person, details.name)
        await record_act(actor, "change-assisted", "person", person)


async def new_slip(actor: Actor, person: int) -> None:
    """End the code of a slip that was lost, and every sign-in made with it; raises ``Missing``."""
    if not actor.is_staff:
        raise Missing
    async with db.transaction():
        if not await contacts.set_nonce(person, secrets.token_hex(NONCE_BYTES)):
            raise Missing
        await writing.delete_sign_ins(person)
        await record_act(actor, "new-slip", "person", person)


async def use_slip(reference: str, code: str, *, browser_name: str, secret: str) -> SignedIn:
    """Sign in with the reference and the code of a slip, for a short time; raises ``Refused``.

    A wrong reference and a wrong code are one answer.
    """
    person = slip_person(reference)
    if await SLIPS.reached(str(person)):
        raise Refused(Why.TOO_MANY_SLIPS)
    found = await contacts.assisted(person)
    right = slip_code(secret, person, found.nonce if found else "none")
    if not is_slip_code(code, right) or found is None:
        raise Refused(Why.SLIP_WRONG)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with db.transaction():
        await writing.insert_sign_in(person, hashed(token), fresh_secret(), browser_name, SLIP_SIGN_IN_LASTS)
    return SignedIn(token, person, True, "/account", SLIP_SIGN_IN_LASTS)


def actor_for(found: contacts.Assisted) -> Actor:
    """Give the person for whom staff write something down, as whoever writes, comments or supports."""
    return Actor(
        person=found.person,
        role=Role.RESIDENT,
        name=found.name,
        language=found.language,
        young=found.young,
        suspended_until=found.suspended_until,
    )
