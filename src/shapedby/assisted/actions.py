"""Writing an idea, a comment or a support down for somebody without e-mail: theirs, counted once, and audited."""

from __future__ import annotations

from shapedby import db
from shapedby.assisted import queries
from shapedby.assisted.rules import why_not_record
from shapedby.challenges.queries import Challenge
from shapedby.comments import actions as comments
from shapedby.ideas import actions as ideas
from shapedby.ideas.actions import Calendar
from shapedby.ideas.rules import Written
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.actions import record_act
from shapedby.people.actions.assisting import actor_for
from shapedby.people.queries.contacts import assisted
from shapedby.screening.rules import Publicity


async def record_idea(
    staff: Actor,
    person: int,
    challenge: Challenge,
    typed: Written,
    calendar: Calendar,
    *,
    key: str,
    contacts_kept: bool = False,
) -> tuple[int, Publicity]:
    """Write an idea down and send it; gives its number and who can see it. The same form twice makes one idea.

    It is screened as any other. Raises ``Missing``, ``Refused``.
    """
    who = await _whom(staff, person)
    async with db.transaction():
        number = await ideas.start_draft(who, challenge, typed, key=key)
        await queries.mark_idea(number, staff.person)
        await record_act(staff, "record-idea", "idea", number, f"for person {person}")
    return number, await ideas.send(who, number, calendar, contacts_kept=contacts_kept)


async def record_comment(
    staff: Actor, person: int, idea: int, source: str, *, language: str, contacts_kept: bool = False
) -> tuple[int, Publicity]:
    """Write a comment down; gives its number and who can see it. Raises ``Missing``, ``Refused``."""
    who = await _whom(staff, person)
    number, publicity = await comments.write(who, idea, None, source, language=language, contacts_kept=contacts_kept)
    async with db.transaction():
        await queries.mark_comment(number, staff.person)
        await record_act(staff, "record-comment", "comment", number, f"for person {person}")
    return number, publicity


async def record_support(staff: Actor, person: int, idea: int) -> None:
    """Support an idea for a person, once; raises ``Missing``, ``Refused``."""
    who = await _whom(staff, person)
    async with db.transaction():
        await ideas.support(who, idea)
        await record_act(staff, "record-support", "idea", idea, f"for person {person}")


async def take_support_back(staff: Actor, person: int, idea: int) -> None:
    """Take a person's support back as they asked; raises ``Missing``, ``Refused``."""
    who = await _whom(staff, person)
    async with db.transaction():
        await ideas.withdraw_support(who, idea)
        await record_act(staff, "withdraw-support", "idea", idea, f"for person {person}")


async def _whom(staff: Actor, person: int) -> Actor:
    if why := why_not_record(staff):
        raise Refused(why)
    found = await assisted(person)
    if found is None:
        raise Missing
    return actor_for(found)
