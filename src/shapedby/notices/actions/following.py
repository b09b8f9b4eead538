"""Following something, following it no more, and how the things that can be followed are called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from shapedby import db
from shapedby.kernel import Missing, Words
from shapedby.notices.queries import following
from shapedby.notices.queries.following import Follow
from shapedby.notices.rules import About
from shapedby.people.queries import areas

LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Described:
    """Something that can be followed, as it is called now and where it stands; only what everybody may see.

    ``title`` has one text for each language of the council's, or one for a resident's, under its language.
    """

    number: int
    title: Words
    address: str
    language: str = ""
    """The language of a resident's title; empty for the council's own."""


Source = Callable[[Sequence[int]], Awaitable[Collection[Described]]]
Offer = Callable[[], Awaitable[Collection[Described]]]

_sources: dict[About, Source] = {}
_offers: dict[About, Offer] = {}


def describe(about: About, source: Source, *, offer: Offer | None = None) -> None:
    """Say how things of a kind are called: ``source`` gives those of the numbers that are public.

    ``offer`` lists all there are, where they are few enough for a page. Called once, when the application is made.
    """
    _sources[about] = source
    if offer:
        _offers[about] = offer


async def described(about: About, numbers: Sequence[int]) -> dict[int, Described]:
    """Give those of some things that are public now, by their numbers."""
    source = _sources.get(about)
    return {one.number: one for one in await source(numbers)} if source and numbers else {}


async def offered(about: About) -> list[Described]:
    """List all things of a kind, where they are few."""
    return list(await _offers[about]()) if about in _offers else []


async def described_follows(person: int) -> list[tuple[Follow, Described | None]]:
    """List everything that somebody follows with how it is called now; None for what is not public any more."""
    found = await following.followed(person)
    known = {about: await described(about, [one.number for one in found if one.about is about]) for about in About}
    return [(one, known[one.about].get(one.number)) for one in found]


async def follow(person: int, about: About, number: int) -> Described:
    """Follow something, because its button was pressed; twice is as once. Raises ``Missing`` for what is not public."""
    found = (await described(about, [number])).get(number) if number <= LARGEST else None
    if found is None:
        raise Missing
    async with db.transaction():
        await following.insert_follow(person, await following.topic_of(about, number))
    return found


async def unfollow(person: int, about: About, number: int) -> bool:
    """Follow something no more, public or not; False where nobody did."""
    return await following.delete_follow(person, about, number)


def listen() -> None:
    """Let areas be followed; other slices name what is theirs. Called once when the application is made."""
    describe(About.AREA, _areas, offer=_all_areas)


async def _areas(numbers: Sequence[int]) -> list[Described]:
    wanted = frozenset(numbers)
    return [found for found in await _all_areas() if found.number in wanted]


async def _all_areas() -> list[Described]:
    return [Described(area.id, area.name, "") for area in await areas()]
