"""Who hears of an idea, how it is called in what they are told, and telling followers of a new one."""

from __future__ import annotations

from collections.abc import Sequence

from shapedby.ideas.queries import Idea, hearing, idea_of_posting
from shapedby.notices.actions import About, Described, Kind, describe, hears
from shapedby.notices.actions.telling import tell_each
from shapedby.notices.queries.following import followers_of_any
from shapedby.screening import rules as screening
from shapedby.screening.actions import when_changed
from shapedby.screening.rules import Publicity

_NEW = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.QUARANTINED})


def listen() -> None:
    """Let notices know ideas and their discussions; called once when the application is made."""
    describe(About.IDEA, _ideas)
    describe(About.THREAD, _threads)
    hears(About.IDEA, _people_of)
    when_changed(screening.Kind.IDEA, _tell_of_new)


async def _ideas(numbers: Sequence[int]) -> list[Described]:
    return [
        Described(one.number, {one.language: one.title}, f"/ideas/{one.number}/{one.slug}", one.language)
        for one in await hearing.named(numbers)
    ]


async def _threads(numbers: Sequence[int]) -> list[Described]:
    return [
        Described(one.number, {one.language: one.title}, f"/ideas/{one.number}/{one.slug}#discussion", one.language)
        for one in await hearing.named(numbers)
    ]


async def _people_of(number: int) -> dict[int, Kind]:
    people = dict.fromkeys(await hearing.supported_by(number), Kind.TOOK_PART)
    return people | dict.fromkeys(await hearing.authors_of(number), Kind.MY_IDEAS)


async def _tell_of_new(posting: int, before: Publicity, after: Publicity, _by: int | None) -> None:
    if after is not Publicity.PUBLIC or before not in _NEW:
        return
    found = await idea_of_posting(posting)
    if found is not None and not found.origin:
        await _tell_followers(found)


async def _tell_followers(idea: Idea) -> None:
    """Tell who follows its question, its topic or its area of a new idea, each once; ``idea.author`` knows."""
    things = [(About.CHALLENGE, idea.challenge)]
    things += [(About.TOPIC, idea.topic)] if idea.topic else []
    # A young person's area stands nowhere: who follows the area is not told of the idea for it.
    things += [(About.AREA, idea.area)] if idea.area and not idea.young else []
    people = set(await followers_of_any(things)) - {idea.author}
    context = {"question": dict(idea.challenge_question), "question_address": f"/challenges/{idea.challenge_slug}"}
    about = (About.IDEA, idea.number)
    once = f"new-idea-{idea.number}"
    await tell_each(dict.fromkeys(people, Kind.NEW_IDEAS), "ideas/new", context, about=about, once=once)
