"""Suspending a person and ending that: supports, texts and counts follow in the same transaction."""

from __future__ import annotations

import logging

from shapedby import db
from shapedby.ideas.actions import restore_supports, set_aside_supports
from shapedby.kernel import Actor, Missing, Refused
from shapedby.moderation.queries import insert_decision
from shapedby.moderation.queries import suspending as queries
from shapedby.moderation.queries.appeals import decide_case
from shapedby.moderation.rules import PUBLISHED, Act, Rule
from shapedby.moderation.rules.suspending import UNTIL_ENDED, Suspending, why_not_end, why_not_suspend
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act
from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity

log = logging.getLogger(__name__)


async def suspend(actor: Actor, person: int, given: Suspending) -> int:
    """Keep a person from taking part; gives the suspension's number.

    Their supports are set aside; where ``given.hides`` everything public of theirs is hidden, each text with a decision
    of its own. Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        subject = await queries.subject(person)
        if subject is None:
            raise Missing
        if why := why_not_suspend(actor, subject, given.until, await queries.now()):
            raise Refused(why)
        number = await queries.insert_suspension(
            person, by=actor.person, rule=given.rule, reason=given.reason, until=given.until, hides=given.hides
        )
        await queries.set_suspended(person, given.until or UNTIL_ENDED)
        await set_aside_supports(person)
        if given.hides:
            await _hide(number, person, by=actor.person, given=given)
        await record_act(actor, "suspend", "person", person, given.rule)
        context = {"rule": _published(given.rule), "reason": given.reason, "until": given.until, "hides": given.hides}
        await tell([person], "moderation/suspended", context, kind="decision", once=f"suspension-{number}")
    return number


async def _hide(suspension: int, person: int, *, by: int, given: Suspending) -> None:
    for found in await queries.lock_public_of(person):
        case = found.case
        if case is None:
            case = await queries.insert_decided_case(found.posting, by)
        else:
            await decide_case(case, by)
        decision = await insert_decision(
            case,
            found.posting,
            by=by,
            act=Act.HIDE,
            was=Publicity.PUBLIC,
            rule=given.rule,
        )
        await screening.change(found.posting, Publicity.HIDDEN, by=by, reason="suspension", seen=Publicity.PUBLIC)
        await queries.keep_hidden(suspension, found.posting, decision, reopens=found.case is not None)


async def end_suspension(actor: Actor, person: int, because: str) -> None:
    """End a person's suspension before its time; what it hid and set aside is as it was. May raise ``Refused``."""
    async with db.transaction():
        subject = await queries.subject(person)
        if subject is None:
            raise Missing
        if why := why_not_end(actor, subject):
            raise Refused(why)
        await _end(person, by=actor.person, because=because)
        await record_act(actor, "end-suspension", "person", person)


async def end_suspensions() -> int:
    """End the suspensions whose time is over; gives how many."""
    ended = 0
    for person in await queries.over():
        async with db.transaction():
            subject = await queries.subject(person)
            if subject is not None and subject.suspended:
                await _end(person, by=None, because="")
                ended += 1
    return ended


async def _end(person: int, *, by: int | None, because: str) -> None:
    running = await queries.running(person)
    if running is None or not await queries.end(running.id, by, because):
        return
    await queries.set_suspended(person, None)
    await restore_supports(person)
    for found in await queries.lock_hidden(running.id):
        # A decision needs somebody who made it: where the time was over, that is who set the time.
        await insert_decision(
            found.case,
            found.posting,
            by=by or running.by,
            act=Act.UNDO,
            was=Publicity.HIDDEN,
            rule=running.rule,
            reason=because,
        )
        await screening.change(found.posting, Publicity.PUBLIC, by=by, reason="suspension ended", seen=Publicity.HIDDEN)
        if found.reopens:
            await queries.open_case_again(found.case)
    await tell(
        [person], "moderation/suspension_ended", {"because": because}, kind="decision", once=f"ended-{running.id}"
    )
    log.info("suspension %d ended", running.id)


def _published(rule: Rule) -> object:
    return next(published for published in PUBLISHED if published.rule is rule)
