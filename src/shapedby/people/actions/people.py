"""Adding, welcoming and changing people, and noting what staff did."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import N_, STAFF, Actor, Missing, Refused, Role
from shapedby.mail.actions import forget_unsent
from shapedby.people.queries import is_safeguarding, person_by_email, writing
from shapedby.people.queries import person as person_by_number
from shapedby.people.rules import why_not_change_duties
from shapedby.web.language import translations

RESIDENT_NUMBER = N_("Resident {number}")


def fallback_name(person: int, language: str) -> str:
    """Name a person who has no cleared name: “Resident 12”, in their language."""
    return translations(language).gettext(RESIDENT_NUMBER).format(number=person)


async def add_newcomer(email: str, language: str) -> int | None:
    """Add a person who has just signed in for the first time; None where there is one with this address."""
    number = await writing.insert_person(email, Role.RESIDENT, language, "sign-in")
    if number is not None:
        await writing.set_name(number, fallback_name(number, language))
    return number


async def add_person(
    email: str, *, name: str, role: Role = Role.RESIDENT, language: str = "", origin: str = "command"
) -> int:
    """Add a person with a name that needs no screening: the council vouches for it.

    Gives the number. Raises ``Missing`` where the address is taken.
    """
    async with db.transaction():
        number = await writing.insert_person(email.strip().lower(), role, language, origin)
        if number is None:
            raise Missing
        await writing.set_name(number, name)
        await writing.set_welcomed(number, young=False)
        await record_act(None, "add", "person", number, role)
    return number


async def set_role(email: str, role: Role) -> int:
    """Give a person another role, and end their sign-ins: staff's are shorter. Raises ``Missing``."""
    async with db.transaction():
        person = await person_by_email(email)
        if person is None:
            raise Missing
        await writing.set_role(person.id, role)
        if role not in STAFF:
            await writing.set_safeguarding(person.id, safeguarding=False)
        await writing.delete_sign_ins(person.id)
        await record_act(None, "role", "person", person.id, f"{person.role} to {role}")
    return person.id


async def change_duties(actor: Actor, number: int, role: Role, *, safeguarding: bool) -> None:
    """Give a person a role, and the safeguarding duty or not, as an administrator; another role ends their sign-ins.

    Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        person = await person_by_number(number)
        if person is None or person.left_at is not None:
            raise Missing
        why = why_not_change_duties(actor, number, role, safeguarding=safeguarding, reachable=person.email is not None)
        if why:
            raise Refused(why)
        if role is not person.role:
            await writing.set_role(number, role)
            await writing.delete_sign_ins(number)
            await record_act(actor, "role", "person", number, f"{person.role} to {role}")
        if safeguarding is not await is_safeguarding(number):
            await writing.set_safeguarding(number, safeguarding=safeguarding)
            await record_act(actor, "safeguarding", "person", number, "given" if safeguarding else "taken")


async def rename(person: int, name: str) -> None:
    """Show a person under a name that is cleared."""
    await writing.set_name(person, name)


async def welcome(person: int, *, young: bool, area: int | None, language: str) -> bool:
    """Keep the answers to the first questions; False where they were answered before."""
    async with db.transaction():
        first = await writing.set_welcomed(person, young=young)
        if first:
            await writing.set_details(person, area=area, language=language)
    return first


async def change_details(person: int, *, area: int | None, language: str) -> None:
    """Change where somebody lives and which language they read."""
    await writing.set_details(person, area=area, language=language)


async def forget_newcomer(person: int) -> None:
    """Keep nothing of somebody who may not have an account: the person, every sign-in, every mailed way in.

    Raises ``Missing`` for a person who has answered the first questions.
    """
    async with db.transaction():
        email = await writing.delete_newcomer(person)
        if email is None:
            raise Missing
        await writing.delete_ways_in(email)
        await forget_unsent(email, "sign_in")


async def record_act(actor: Actor | None, verb: str, kind: str, number: int, reason: str = "") -> None:
    """Note what staff did, with identifiers and a reason, never a resident's text; None is the command line."""
    await writing.insert_act(actor.person if actor else None, verb, kind, number, reason)
