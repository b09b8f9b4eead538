"""What officers do with challenges: prepare, save, publish, extend, close, finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import asyncpg

from shapedby import db
from shapedby.challenges import queries, rules
from shapedby.challenges.queries import Challenge
from shapedby.challenges.queries import changing as changes
from shapedby.challenges.rules import Brief, Why
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.notices.actions import About, Described, describe
from shapedby.people.actions import record_act

KIND = "challenge"
MOST_NAMED = 10_000


async def prepare(actor: Actor, brief: Brief) -> int:
    """Keep a new draft, and give its number; an empty address is made from the question.

    Raises ``Refused`` where the address is taken.
    """
    refuse(rules.why_not_prepare(actor))
    try:
        async with db.transaction():
            brief = await _with_address(brief)
            number = await changes.insert(brief, by=actor.person)
            await changes.set_parts(number, brief)
            await changes.set_criteria(number, brief.criteria)
            await record_act(actor, "prepare", KIND, number)
    except asyncpg.UniqueViolationError as error:
        raise Refused(Why.SLUG_TAKEN) from error
    return number


async def save(actor: Actor, number: int, brief: Brief, *, languages: Sequence[str], seen: str = "") -> None:
    """Keep what an officer wrote about a challenge; ``seen`` is the fingerprint of the brief the form showed.

    A draft may have gaps. A published one stays whole; its address, dates, numbers and weights stay.
    """
    try:
        async with db.transaction():
            found = await _locked(number)
            before, brief = await queries.brief_of(found), await _with_address(brief, number)
            if seen and seen != rules.fingerprint(before):
                raise Refused(Why.COLLEAGUE_WAS_FASTER)
            refuse(
                rules.why_not_save(actor, found.stage, before=before, after=brief, languages=languages, now=found.now)
            )
            await changes.update(number, brief)
            await changes.set_parts(number, brief)
            if found.published_at is None:
                await changes.set_criteria(number, brief.criteria)
            else:
                await changes.reword_criteria(number, brief.criteria)
            await record_act(actor, "save", KIND, number)
    except asyncpg.UniqueViolationError as error:
        raise Refused(Why.SLUG_TAKEN) from error


async def publish(actor: Actor, number: int, *, languages: Sequence[str]) -> None:
    """Let residents see a challenge; it opens and closes by its dates."""
    async with db.transaction():
        found = await _locked(number)
        brief = await queries.brief_of(found)
        refuse(rules.why_not_publish(actor, found.stage, brief, languages=languages, now=found.now))
        await changes.publish(number)
        await record_act(actor, "publish", KIND, number)


async def close(actor: Actor, number: int) -> None:
    """Stop taking ideas now: what has arrived is decided."""
    async with db.transaction():
        found = await _locked(number)
        refuse(rules.why_not_close(actor, found.stage))
        await changes.close(number)
        await record_act(actor, "close", KIND, number)


async def extend(actor: Actor, number: int, closes_at: datetime, reason: str) -> None:
    """Take ideas for longer, until ``closes_at``; the reason goes into the audit."""
    async with db.transaction():
        found = await _locked(number)
        refuse(
            rules.why_not_extend(
                actor, found.stage, closes_at=found.closes_at, later=closes_at, reason=reason, now=found.now
            )
        )
        await changes.extend(number, closes_at)
        await record_act(actor, "extend", KIND, number, reason)


async def finish(actor: Actor, number: int) -> None:
    """Call a challenge decided; ``shortlist`` asks first whether every idea has its answer."""
    async with db.transaction():
        found = await _locked(number)
        refuse(rules.why_not_finish(actor, found.stage))
        await changes.finish(number)
        await record_act(actor, "finish", KIND, number)


async def add_area(actor: Actor, name: Words) -> int:
    """Add a part of the council's territory, and give its number."""
    return await _add(actor, "area", name)


async def add_topic(actor: Actor, name: Words) -> int:
    """Add something that ideas can be about, and give its number."""
    return await _add(actor, "topic", name)


async def _add(actor: Actor, kind: str, name: Words) -> int:
    refuse(rules.why_not_prepare(actor))
    slug = rules.slug_of(next(iter(name.values()), ""))[:60].strip("-") or kind
    add = changes.add_area if kind == "area" else changes.add_topic
    async with db.transaction():
        number = await add(slug, name)
        if number is None:
            raise Refused(Why.SLUG_TAKEN)
        await record_act(actor, "add", kind, number)
    return number


async def _with_address(brief: Brief, number: int = 0) -> Brief:
    """Give a brief without an address the first free one that its question suggests."""
    if brief.slug:
        return brief
    base = rules.slug_of(next(iter(brief.question.values()), "")) or "challenge"
    for again in range(1, 1000):
        slug = rules.numbered(base, again)
        if await queries.slug_is_free(slug, number):
            return replace(brief, slug=slug)
    raise Refused(Why.SLUG_TAKEN)


async def _locked(number: int) -> Challenge:
    found = await queries.locked_challenge(number)
    if found is None:
        raise Missing
    return found


def refuse(why: Why | None) -> None:
    """Raise what a rule answered."""
    if why is not None:
        raise Refused(why)


def listen() -> None:
    """Let notices know challenges and topics; called once when the application is made."""
    describe(About.CHALLENGE, _challenges)
    describe(About.TOPIC, _topics, offer=_all_topics)


async def _challenges(numbers: Sequence[int]) -> list[Described]:
    wanted = frozenset(numbers)
    return [
        Described(found.id, found.question, f"/challenges/{found.slug}")
        for found in await queries.listed(MOST_NAMED)
        if found.id in wanted
    ]


async def _topics(numbers: Sequence[int]) -> list[Described]:
    wanted = frozenset(numbers)
    return [found for found in await _all_topics() if found.number in wanted]


async def _all_topics() -> list[Described]:
    return [Described(topic.id, topic.name, "") for topic in await queries.all_topics()]
