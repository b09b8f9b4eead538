"""Saying that a comment is useful, and putting one at the top of its discussion."""

from __future__ import annotations

from shapedby import db
from shapedby.comments import queries, rules
from shapedby.comments.queries import Comment
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.actions import record_act
from shapedby.people.rules import why_not_post


async def find_useful(actor: Actor, number: int) -> Comment:
    """Say that a comment is useful, and give it as it was before; again changes nothing. Raises ``Refused``."""
    found = await _public(number)
    if why := why_not_post(actor, await queries.now()):
        raise Refused(why)
    if refusal := rules.why_not_find_useful(actor, author=found.author, publicity=found.publicity):
        raise Refused(refusal)
    await queries.add_useful(number, actor.person)
    return found


async def find_useful_no_more(actor: Actor, number: int) -> Comment:
    """Take that back, and give the comment; again changes nothing."""
    found = await _public(number)
    await queries.remove_useful(number, actor.person)
    return found


async def pin(actor: Actor, number: int) -> Comment:
    """Put a comment at the top of its discussion, and give it; again changes nothing. Raises ``Refused``."""
    found = await _public(number)
    async with db.transaction():
        await queries.lock_discussion(found.idea)
        pinned = [one.id for one in await queries.pinned(found.idea)]
        if number in pinned:
            return found
        if why := rules.why_not_pin(actor, publicity=found.publicity, pinned=len(pinned)):
            raise Refused(why)
        await queries.pin(number, actor.person)
        await record_act(actor, "pin", "comment", number)
    return found


async def unpin(actor: Actor, number: int) -> Comment:
    """Take a comment down from the top, and give it; again changes nothing. Raises ``Missing``."""
    found = await queries.any_comment(number)
    if found is None or not actor.is_officer:
        raise Missing
    async with db.transaction():
        if await queries.unpin(number):
            await record_act(actor, "unpin", "comment", number)
    return found


async def _public(number: int) -> Comment:
    found = await queries.comment(number)
    if found is None:
        raise Missing
    return found
