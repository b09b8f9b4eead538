"""Ending sign-ins."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor, Missing
from shapedby.people.queries import writing


async def sign_out(actor: Actor) -> None:
    """End the sign-in of this browser."""
    await writing.delete_sign_in(actor.sign_in, actor.person)


async def end_one(actor: Actor, sign_in: int) -> None:
    """End one of one's own sign-ins; raises ``Missing`` for other people's and ended ones."""
    if not await writing.delete_sign_in(sign_in, actor.person):
        raise Missing


async def end_others(actor: Actor) -> int:
    """End all of one's own sign-ins but this browser's; gives how many."""
    return await writing.delete_sign_ins(actor.person, but=actor.sign_in)


async def end_all(actor: Actor) -> int:
    """End all of one's own sign-ins; gives how many."""
    return await writing.delete_sign_ins(actor.person)


async def forget_ended() -> int:
    """Forget sign-ins and mailed ways in that have ended; gives how many."""
    async with db.transaction():
        return await writing.delete_ended()
