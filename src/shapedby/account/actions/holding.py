"""Keeping something because the law asks the council to, and ending that."""

from __future__ import annotations

from shapedby import db
from shapedby.account.queries import holds
from shapedby.account.rules.naming import Why
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.actions import record_act


async def hold(actor: Actor, *, person: int | None, posting: int | None, reason: str) -> int:
    """Keep everything of a person, or one posting, until somebody ends that; gives the hold's number.

    Raises ``Missing`` for all but administrators, ``Refused`` where there is nothing such, or it is held already.
    """
    if not actor.is_administrator:
        raise Missing
    async with db.transaction():
        if not await holds.there_is(person=person, posting=posting):
            raise Refused(Why.NO_SUCH_THING)
        if await holds.running(person=person, posting=posting):
            raise Refused(Why.HELD_ALREADY)
        number = await holds.insert(person=person, posting=posting, reason=reason, by=actor.person)
        kind, about = ("person", person) if person is not None else ("posting", posting)
        await record_act(actor, "hold", kind, about or 0, reason)
        return number


async def end_hold(actor: Actor, number: int) -> None:
    """End a hold; the ordinary times count again. Raises ``Missing``."""
    if not actor.is_administrator:
        raise Missing
    async with db.transaction():
        if not await holds.end(number, actor.person):
            raise Missing
        await record_act(actor, "end hold", "legal_hold", number)
