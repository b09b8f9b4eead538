"""Telling people what happened, in the transaction of what they are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any

from shapedby import db
from shapedby.mail.actions import Receiver, queue_for_all
from shapedby.notices.actions.by_letter import write_letters, write_letters_about
from shapedby.notices.queries import choosing, following, telling
from shapedby.notices.rules import About, Kind, stronger, written

Source = Callable[[int], Awaitable[Mapping[int, Kind]]]

_sources: dict[About, list[Source]] = {}


def hears(about: About, source: Source) -> None:
    """Let a slice say who hears of a thing besides its followers, and why; called once, when the application is made.

    ``source`` is given the thing's number, and gives people with ``Kind.MY_IDEAS`` or ``Kind.TOOK_PART``.
    """
    known = _sources.setdefault(about, [])
    if source not in known:
        known.append(source)


async def audience(about: About, number: int) -> dict[int, Kind]:
    """Give everybody who hears of a thing, each with the reason that counts: wrote it, follows it, took part in it.

    The one place where that is decided: decisions, merging, projects and news all ask it.
    """
    people = dict.fromkeys(await following.followers(about, number), Kind.FOLLOWED)
    for source in _sources.get(about, ()):
        for person, kind in (await source(number)).items():
            people[person] = stronger(people.get(person), kind)
    return people


async def tell_all(
    about: About,
    number: int,
    template: str,
    context: Mapping[str, Any],
    *,
    once: str,
    but: int = 0,
    only: Collection[Kind] | None = None,
    kind: Kind | None = None,
) -> int:
    """Tell everybody who hears of a thing, each in one mail and in the way they have chosen; gives how many.

    ``but`` is whoever did it, who knows. ``only`` keeps to those who hear for one of these reasons. ``kind`` makes
    it one kind of news for all of them. Call it inside the transaction of what is told.
    """
    people = {
        person: kind or reason
        for person, reason in (await audience(about, number)).items()
        if person != but and (only is None or reason in only)
    }
    return await tell_each(people, template, context, about=(about, number), once=once)


async def tell_each(
    people: Mapping[int, Kind],
    template: str,
    context: Mapping[str, Any],
    *,
    about: tuple[About, int] | None = None,
    once: str | None,
) -> int:
    """Note what each of some people is to be told, and as which kind of news; a worker mails it. Gives how many."""
    if not people:
        return 0
    async with db.transaction():
        topic = await following.topic_of(*about) if about else None
        notice = await telling.note(topic, template, written(context), once)
        await write_letters_about(people, template, written(context), about=about, once=once)
        return await telling.deliver_to(notice, people)


async def tell(people: Iterable[int], template: str, context: Mapping[str, Any], *, kind: str, once: str | None) -> int:
    """Mail each person who has an address, in their language; gives how many mails were new.

    Call it inside the transaction of what is told. ``template`` is "slice/name", as in ``mail.actions.queue``; all
    people get the same ``context``. Nobody is told the same ``once`` twice; None tells every time. A ``Kind`` goes
    the way that each has chosen; any other kind cannot be switched off, and is in the outbox at once.
    """
    numbers = sorted(set(people))
    if not numbers:
        return 0
    if isinstance(kind, Kind):
        return await tell_each(dict.fromkeys(numbers, kind), template, context, once=once)
    receivers = [
        Receiver(person.email, person.language, f"{once}:{person.id}" if once else None)
        for person in await choosing.reachable(numbers)
    ]
    await write_letters(dict.fromkeys(numbers, kind), template, context, once=once)
    return await queue_for_all(receivers, kind=kind, template=template, context=context)
