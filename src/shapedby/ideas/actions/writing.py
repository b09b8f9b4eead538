"""Writing an idea: begun as a draft, kept while it is written, sent once, changed or taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from markupsafe import Markup, escape

from shapedby import db
from shapedby.challenges.queries import Challenge, challenge_by_id
from shapedby.ideas import queries, rules
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import StepKind, Why, Written
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.people.rules import why_not_post
from shapedby.screening import actions as screening
from shapedby.screening.queries import lock
from shapedby.screening.rules import Examined, Kind, Publicity
from shapedby.text import clean_later, excerpt, one_line

EXCERPT = 200


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
    """Send an idea again in other words while nobody supports it; it is screened as the first time.

    Raises ``Missing`` for everybody but its author, ``Refused`` where others rely on its words by now.
    """
    return await _send(actor, await _own(actor, number), typed, calendar, contacts_kept=contacts_kept)


async def _send(actor: Actor, found: Idea, typed: Written, calendar: Calendar, *, contacts_kept: bool) -> Publicity:
    _refuse(why_not_post(actor, found.now) or rules.why_not_write(found.challenge_stage) or _why_not(actor, found))
    typed = replace(typed, title=one_line(typed.title))
    if not typed.finished:
        raise Refused(Why.NOT_FINISHED)
    # Both take long and neither may hold a transaction open.
    htmls = await asyncio.gather(*(clean_later(text) for text in typed.texts))
    examined = await screening.examine(typed.source)
    async with db.transaction():
        await lock(found.posting)
        fresh = await _own(actor, found.number)
        if found.publicity is Publicity.DRAFT and fresh.publicity is not Publicity.DRAFT:
            return fresh.publicity
        _refuse(_why_not(actor, fresh))
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
        html=whole_html(typed.title, htmls),
        about=typed.title,
        address=f"/ideas/{found.number}",
        examined=examined,
        young=actor.young,
        contacts_kept=contacts_kept,
        challenge=found.challenge,
    )


def whole_html(title: str, htmls: tuple[Markup, ...]) -> Markup:
    """Put a title and cleaned texts together, for the desk."""
    return Markup("\n").join((Markup("<p><strong>{}</strong></p>").format(escape(title)), *htmls))


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
        await lock(found.posting)
        fresh = await _own(actor, number)
        if fresh.publicity is Publicity.WITHDRAWN:
            return
        _refuse(rules.why_not_withdraw(actor, author=fresh.author, publicity=fresh.publicity, stage=fresh.stage))
        if fresh.sent_at is None:
            await queries.clear(number)
        await queries.insert_step(number, StepKind.WITHDRAWN, by=actor.person, note=note)
        await screening.withdraw(fresh.posting, actor.person)


async def _own(actor: Actor, number: int) -> Idea:
    found = await queries.any_idea(number)
    if found is None or not actor.signed_in or found.author != actor.person:
        raise Missing
    return found


def _why_not(actor: Actor, found: Idea) -> Why | None:
    return rules.why_not_edit(
        actor, author=found.author, publicity=found.publicity, stage=found.stage, supports=found.supports
    )


def _refuse(why: StrEnum | None) -> None:
    if why is not None:
        raise Refused(why)
