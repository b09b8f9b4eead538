"""The same news by post, for people without an e-mail address whose postal address the council has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapedby.mail.letters import Addressee, queue_letter
from shapedby.notices.actions.following import described
from shapedby.notices.rules import About, Kind, read_moments
from shapedby.people.queries.contacts import by_post
from shapedby.people.rules import slip_reference


async def write_letters(
    people: Mapping[int, str], template: str, context: Mapping[str, Any], *, once: str | None
) -> int:
    """Queue a letter for each of the people who gets letters; ``people`` says which kind of news it is for each.

    Call it inside the transaction of what is told. Gives how many were new.
    """
    written = 0
    for person in await by_post(sorted(people)):
        reference = slip_reference(person.person)
        key = f"{once}:{person.person}" if once else None
        to = Addressee(person.name, person.postal, person.language, reference, key)
        written += await queue_letter(to, kind=people[person.person], template=template, context=context)
    return written


async def write_letters_about(
    people: Mapping[int, Kind],
    template: str,
    context: Mapping[str, Any],
    *,
    about: tuple[About, int] | None,
    once: str | None,
) -> int:
    """Queue letters of news that others are mailed in the way they have chosen; by post there is no choice but all."""
    thing = (await described(about[0], [about[1]])).get(about[1]) if about else None
    if about and thing is None:
        return 0
    told = 0
    for kind in set(people.values()):
        given = {**read_moments(context), "about": thing, "own": kind is Kind.MY_IDEAS, "reason_told": kind.value}
        same = {person: one.value for person, one in people.items() if one is kind}
        told += await write_letters(same, template, given, once=once)
    return told
