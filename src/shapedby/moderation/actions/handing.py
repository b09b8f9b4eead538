"""Handing a case to a colleague, and leaving them a note."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.moderation import queries
from shapedby.moderation.actions.deciding import locked
from shapedby.moderation.rules import Why
from shapedby.moderation.rules.desk import why_not_hand_over
from shapedby.people.actions import record_act


async def hand_over(actor: Actor, case: int, to: int | None, words: str, *, seen: int | None) -> None:
    """Hand an open case to a colleague, or to nobody in particular; ``seen`` is who had it on the moderator's page.

    Raises ``Missing``, or ``Refused`` where it was decided or handed to somebody meanwhile.
    """
    async with db.transaction():
        found = await locked(case)
        known = to is None or await queries.is_colleague(to)
        if why := why_not_hand_over(found.facts, to_colleague=known):
            raise Refused(why)
        if not await queries.assign(case, seen, to):
            raise Refused(Why.HANDED_MEANWHILE)
        await queries.insert_note(case, actor.person, words, to)
        await record_act(actor, "hand_over", "case", case)


async def note(actor: Actor, case: int, words: str) -> None:
    """Leave colleagues a note about a case, for good. Raises ``Missing``."""
    if await queries.case(case) is None:
        raise Missing
    await queries.insert_note(case, actor.person, words)
