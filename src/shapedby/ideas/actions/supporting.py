"""Supporting an idea, and taking that back: one row and one count for each person, whatever the clicks."""

from __future__ import annotations

from shapedby.ideas import queries, rules
from shapedby.ideas.queries import Idea
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.rules import why_not_post


async def support(actor: Actor, number: int) -> Idea:
    """Support a public idea, and give it as it was before; again changes nothing.

    Raises ``Missing`` where there is no such public idea, ``Refused`` where this person cannot support it.
    """
    found = await _public(actor, number)
    why = why_not_post(actor, found.now)
    if why:
        raise Refused(why)
    await queries.count_support(number, actor.person)
    return found


async def withdraw_support(actor: Actor, number: int) -> Idea:
    """Take one's support back, and give the idea as it was before; again changes nothing."""
    found = await _public(actor, number)
    await queries.uncount_support(number, actor.person)
    return found


async def set_aside_supports(person: int) -> int:
    """Set the supports of a suspended person aside, in the caller's transaction; gives how many ideas lost one."""
    return await queries.set_supports_aside(person)


async def restore_supports(person: int) -> int:
    """Count the supports again that the suspension of a person had set aside; gives how many."""
    return await queries.count_supports_again(person)


async def _public(actor: Actor, number: int) -> Idea:
    found = await queries.idea(number)
    if found is None:
        raise Missing
    why = rules.why_not_support(actor, author=found.author, publicity=found.publicity, challenge=found.challenge_stage)
    if why:
        raise Refused(why)
    return found
