"""Somebody may be in danger: passing a text on to the people with that duty, and what they do about it."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.mail.actions import Receiver, queue_for_all
from shapedby.moderation.queries import safeguarding as queries
from shapedby.moderation.queries.safeguarding import GuardedCase
from shapedby.moderation.rules.safeguarding import BECOMES_GUARDED, GuardedAct, GuardedDone, why_not_guarded
from shapedby.notices.actions import tell
from shapedby.screening import actions as screening
from shapedby.screening import queries as postings
from shapedby.screening.rules import Kind, Publicity, RaisedBy


async def guard(posting: int, *, by: int | None, note: str = "") -> int:
    """Give a text to the safeguarding people, in the caller's transaction; gives their case, the open one or a new one.

    The ordinary case about it leaves the queue, with its reports. They are told at once, without a word of the text.
    """
    found = await queries.open_guarded(posting)
    if found is not None:
        return found
    number = await queries.insert_guarded(posting, by, note)
    await queries.set_guarded(posting, guarded=True)
    await queries.take_reports(posting, number)
    await postings.drop_case(posting)
    people = await queries.safeguarding_people()
    once = f"safeguarding-{number}"
    await tell(people, "moderation/danger", {"number": number}, kind="safeguarding", once=once)
    if not people:
        await tell(await queries.administrators(), "moderation/nobody_on_duty", {}, kind="safeguarding", once=once)
    return number


async def pass_on(actor: Actor, posting: int, note: str) -> None:
    """Pass a text on as a moderator who thinks that somebody may be in danger; again changes nothing."""
    async with db.transaction():
        if await postings.lock(posting) is None:
            raise Missing
        await guard(posting, by=actor.person, note=note)


async def do_guarded(actor: Actor, case: int, done: GuardedDone) -> None:
    """Do something about a safeguarding case, and write it down there; nothing of it stands in any other log.

    Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        found = await queries.lock_guarded(case)
        if found is None:
            raise Missing
        if why := why_not_guarded(done, found.publicity, closed=found.closed_at is not None):
            raise Refused(why)
        await queries.insert_guarded_decision(case, actor.person, done.act, done.reason)
        publicity = BECOMES_GUARDED.get(done.act)
        if publicity is not None:
            await screening.change(found.posting, publicity, by=actor.person, seen=found.publicity)
            await _tell_author(found, publicity, done.words)
        if done.act in {GuardedAct.CLOSE, GuardedAct.GIVE_BACK}:
            await _finish(case, found, done.act)


async def _tell_author(found: GuardedCase, publicity: Publicity, words: str) -> None:
    """Write to the author only where the safeguarding people want that: a mail can do harm, too."""
    if not words:
        return
    context = {
        "kind": found.kind,
        "about": found.about,
        "public": publicity is Publicity.PUBLIC,
        "words": words,
    }
    await tell([found.author], "moderation/guarded", context, kind="decision", once=None)


async def _finish(case: int, found: GuardedCase, act: GuardedAct) -> None:
    await queries.close_guarded(case)
    if act is GuardedAct.GIVE_BACK:
        await queries.set_guarded(found.posting, guarded=False)
        raised_by = RaisedBy.REPORT if found.publicity is Publicity.PUBLIC else RaisedBy.RULE
        await queries.give_reports(case, await screening.open_case(found.posting, raised_by))
        return
    for reporter in await queries.guarded_reporters(case):
        receiver = Receiver(reporter.email, reporter.language, f"report-{reporter.reference}")
        context = {"reference": reporter.reference}
        await queue_for_all([receiver], kind="report", template="moderation/reported_danger", context=context)


def listen() -> None:
    """Hear from screening what becomes of texts; called once when the application is made."""
    for kind in Kind:
        screening.when_changed(kind, _keep_apart)


async def _keep_apart(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    """Let no ordinary case about a text wait while the safeguarding people look at it, whoever opened it."""
    del before, after, by
    if await queries.open_guarded(posting) is not None:
        await postings.drop_case(posting)
