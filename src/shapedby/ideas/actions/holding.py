"""Holding supports that look like one person's, deciding about them, and recounting everything."""

from __future__ import annotations

import logging
from datetime import timedelta

from shapedby import db
from shapedby.ideas.queries import holding as queries
from shapedby.ideas.queries import insert_step
from shapedby.ideas.queries.holding import Counts, Recounted
from shapedby.ideas.rules import StepKind
from shapedby.ideas.rules.holding import ORIGINS_KEPT, Outcome, Why, why_not_decide
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.people.actions import record_act
from shapedby.settings import Settings
from shapedby.tally import actions as tally
from shapedby.tally.queries import Check
from shapedby.tally.rules.stuffing import WINDOW, Suspicion, suspicion

log = logging.getLogger(__name__)

LATELY = timedelta(minutes=10)
MOST_LOOKED_AT = 20_000
_STEPS = {Outcome.SET_ASIDE: StepKind.SUPPORTS_SET_ASIDE, Outcome.RELEASED: StepKind.SUPPORTS_RESTORED}


async def look_for_stuffing() -> int:
    """Look at the ideas that got supports lately, and hold what looks like ballot stuffing; gives how many."""
    held = 0
    for idea, seen in (await queries.fresh(LATELY, WINDOW, MOST_LOOKED_AT)).items():
        if found := suspicion(seen):
            held += await _hold(idea, found)
    return held


async def _hold(idea: int, found: Suspicion) -> int:
    async with db.transaction():
        await queries.lock_people({one.person for one in found.supports})
        await tally.spread()
        number = await queries.insert_hold(idea, found.signals)
        await queries.hold([one.id for one in found.supports], number)
    log.warning("%d supports of idea %d wait for somebody to look at them", len(found.supports), idea)
    return len(found.supports)


async def decide(actor: Actor, number: int, seen: Outcome, to: Outcome, *, reason: Words, note: Words) -> int:
    """Release held supports, or set them aside, with a reason; gives how many changed.

    ``note`` is what the idea's page says: published where supports are set aside, and where that is undone.
    Raises ``Missing``, ``Refused``.
    """
    found = await queries.one_hold(number)
    if found is None:
        raise Missing
    if why := why_not_decide(actor, seen, to):
        raise Refused(why)
    async with db.transaction():
        if not await queries.decide(number, seen, to):
            raise Refused(Why.ALREADY_SO)
        await queries.lock_hold(number)
        await tally.spread()
        changed = await queries.move(number, to)
        await queries.insert_decision(number, actor.person, to, changed, reason)
        if Outcome.SET_ASIDE in {seen, to}:
            await insert_step(found.idea, _STEPS[to], by=None, note=note)
        await record_act(actor, f"supports-{to.value}", "support_hold", number)
    return changed


async def recount() -> tuple[Counts, list[Recounted]]:
    """Compare each idea's count with its counted rows and its leaves, keep what was found, and repair nothing."""
    async with db.transaction():
        await db.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        counts, wrong = await queries.counts(), await queries.recounted()
        lines = [sentence(one) for one in wrong]
        found_at = await db.value("SELECT now()")
        await tally.keep_check(Check(found_at, counts.ideas, counts.counted, counts.published, counts.pending, lines))
    for line in lines:
        log.error("%s", line)
    return counts, wrong


async def recount_nightly(using: Settings) -> bool:
    """Recount once a night, after two o'clock where the council is; gives whether this call did."""
    async with db.transaction():
        if not await queries.is_recount_due(using.timezone.key):
            return False
    await recount()
    return True


def sentence(one: Recounted) -> str:
    """Say in English what does not agree."""
    return f"Idea {one.idea} shows {one.shown}; {one.rows} rows are counted; its leaves add up to {one.leaves}."


async def forget_origins() -> int:
    """Forget where supports came from, once nobody can need it any more; gives how many."""
    return await queries.forget_origins(ORIGINS_KEPT)
