"""Writing an idea: begun as a draft, kept while it is written, sent once, changed or taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from markupsafe import Markup

from shapedby import db
from shapedby.challenges.queries import Challenge, challenge_by_id
from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.ideas import queries, rules
from shapedby.ideas.actions import versions
from shapedby.ideas.actions.shown import EXCERPT, whole_html
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries import versions as kept
from shapedby.ideas.rules import StepKind, Why, Written
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.people.rules import why_not_post
from shapedby.screening import actions as screening
from shapedby.screening.queries import is_asked, lock
from shapedby.screening.rules import Examined, Kind, Publicity
from shapedby.text import clean_later, excerpt, one_line


@dataclass(frozen=True, slots=True)
class Calendar:
    """How the council counts days: its time zone, and the days on which it is closed."""

    zone: str
    closures: Collection[date] = ()


async def start_draft(actor: Actor, challenge: Challenge, typed: Written, *, key: str = "") -> int:
    """Begin a draft, and give its number; the same ``key`` again keeps the new words in the same draft.

    Raises ``Refused`` where the challenge takes no ideas or the person may not write.
    """
    why = why_not_post(actor, challenge.now) or rules.why_not_write(challenge.stage)
    async with db.transaction():
        if key:
            await queries.lock_key(key)
            begun = await queries.draft_begun_with(key, actor.person)
            if begun is not None:
                await save_draft(actor, begun, typed)
                return begun
        if why:
            raise Refused(why)
        posting = await screening.begin(actor.person, Kind.IDEA, typed.language)
        number = await queries.insert(challenge.id, posting, actor.person, typed, key)
        await queries.insert_step(number, StepKind.DRAFTED, by=actor.person)
        return number


async def save_draft(actor: Actor, number: int, typed: Written) -> bool:
    """Keep what was typed into a draft; False where it was sent meanwhile and nothing was kept.

    Raises ``Missing`` for everybody but its author.
    """
    async with db.transaction():
        found = await _own(actor, number)
        locked = await lock(found.posting)
        if locked is None or locked.publicity is not Publicity.DRAFT:
            return False
        await queries.write(number, typed)
        return True


async def send(actor: Actor, number: int, calendar: Calendar, *, contacts_kept: bool = False) -> Publicity:
    """Send a draft: it is public at once or waits for a check; gives which. Twice is as once.

    Raises ``Missing`` for everybody but its author, ``Refused`` where it is not finished or nothing can be sent.
    """
    found = await _own(actor, number)
    if found.publicity is not Publicity.DRAFT:
        return found.publicity
    return await _send(actor, found, await queries.written(number), calendar, contacts_kept=contacts_kept)


async def change(
    actor: Actor, number: int, typed: Written, calendar: Calendar, *, contacts_kept: bool = False
) -> Publicity:
    """Send an idea again in other words; it is screened as the first time.

    While nobody supports it the new words are the idea; afterwards they are a new version, and the old one stays
    public until it is cleared: then it gives which the new one is.
    What a moderator asked to change goes back to the same case, also when no more ideas are taken.
    Raises ``Missing`` for everybody but its authors, ``Refused``.
    """
    return await _send(actor, await _own(actor, number), typed, calendar, contacts_kept=contacts_kept)


async def _send(actor: Actor, found: Idea, typed: Written, calendar: Calendar, *, contacts_kept: bool) -> Publicity:
    _refuse(why_not_post(actor, found.now) or await _why_not(actor, found, found.challenge_stage))
    typed = replace(typed, title=one_line(typed.title), group=one_line(typed.group)[: rules.MOST_GROUP])
    _refuse(await _why_not_as(actor, found, typed))
    if not typed.finished:
        raise Refused(Why.NOT_FINISHED)
    # Both take long and neither may hold a transaction open.
    htmls = await asyncio.gather(*(clean_later(text) for text in typed.texts))
    examined = await screening.examine(typed.source)
    async with db.transaction():
        await versions.lock_waiting(found.number)
        await lock(found.posting)
        # Whoever supports it in this moment waits, and then supports what stands there afterwards.
        await kept.lock_idea(found.number)
        fresh = await _own(actor, found.number)
        if found.publicity is Publicity.DRAFT and fresh.publicity is not Publicity.DRAFT:
            return fresh.publicity
        _refuse(await _why_not(actor, fresh, found.challenge_stage))
        if await versions.is_new_version(fresh):
            new = versions.Proposed(typed, tuple(htmls), examined, contacts_kept)
            return await versions.propose(actor, fresh, new)
        return await _sent(
            actor,
            fresh,
            typed,
            htmls=tuple(htmls),
            examined=examined,
            calendar=calendar,
            contacts_kept=contacts_kept,
        )


async def _sent(
    actor: Actor,
    found: Idea,
    typed: Written,
    *,
    htmls: tuple[Markup, ...],
    examined: Examined,
    calendar: Calendar,
    contacts_kept: bool,
) -> Publicity:
    problem, proposal, beneficiaries = htmls
    await queries.write(found.number, typed)
    await queries.mark_sent(
        found.number,
        slug=rules.slug(typed.title),
        htmls=(problem, proposal, beneficiaries),
        excerpt=excerpt(proposal, EXCERPT),
        answer_by=await _promise(found.challenge, calendar),
    )
    kind = StepKind.SENT if found.sent_at is None else StepKind.CHANGED
    await queries.insert_step(found.number, kind, by=actor.person)
    return await screening.send(
        found.posting,
        source=typed.source,
        html=whole_html(typed.title, htmls, typed.group),
        about=typed.title,
        address=f"/ideas/{found.number}",
        examined=examined,
        young=actor.young,
        contacts_kept=contacts_kept,
        challenge=found.challenge,
    )


async def _promise(challenge: int, calendar: Calendar) -> date:
    found = await challenge_by_id(challenge)
    days = found.answer_days if found else 0
    return rules.promised_day(await queries.today(calendar.zone), days, calendar.closures)


async def withdraw(actor: Actor, number: int, note: Words | None = None) -> None:
    """Take one's own idea back; a draft loses its words too. Twice is as once.

    Raises ``Missing`` for everybody but its author, ``Refused`` where it has become a project.
    """
    found = await _own(actor, number)
    async with db.transaction():
        await versions.lock_waiting(number)
        await lock(found.posting)
        fresh = await _own(actor, number)
        if fresh.publicity is Publicity.WITHDRAWN:
            return
        _refuse(rules.why_not_withdraw(actor, author=fresh.author, publicity=fresh.publicity, stage=fresh.stage))
        if fresh.sent_at is None:
            await queries.clear(number)
        await versions.end_waiting(number, actor.person)
        await queries.insert_step(number, StepKind.WITHDRAWN, by=actor.person, note=note)
        await screening.withdraw(fresh.posting, actor.person)


async def _own(actor: Actor, number: int) -> Idea:
    found = await queries.any_idea(number)
    if found is None or not found.by(actor):
        raise Missing
    return found


async def _why_not_as(actor: Actor, found: Idea, typed: Written) -> Why | None:
    challenge = await challenge_by_id(found.challenge)
    return rules.why_not_send_as(
        typed, young=actor.young, anonymous_allowed=challenge is not None and challenge.anonymous_allowed
    )


async def _why_not(actor: Actor, found: Idea, challenge: ChallengeStage) -> Why | None:
    """Say why nothing can be sent to a challenge at the stage in which the person sent it."""
    asked = await is_asked(found.posting)
    closed = None if asked else rules.why_not_write(challenge)
    return closed or rules.why_not_edit(
        actor,
        authors=found.authors,
        publicity=found.publicity,
        stage=found.stage,
        asked=asked,
    )


def _refuse(why: StrEnum | None) -> None:
    if why is not None:
        raise Refused(why)
