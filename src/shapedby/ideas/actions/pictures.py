"""The pictures of an idea: its authors add, describe, order and remove them."""

from __future__ import annotations

from shapedby.ideas import queries
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import Stage
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.rules import why_not_post
from shapedby.pictures import actions as pictures
from shapedby.pictures import queries as kept
from shapedby.pictures.queries import Picture
from shapedby.pictures.rules import Why
from shapedby.screening.rules import Publicity

CHANGEABLE = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.REFUSED, Publicity.PUBLIC})


def why_not_add(found: Idea) -> Why | None:
    """Say why an idea cannot get another picture, or other words for one; removing one is always possible."""
    if found.publicity not in CHANGEABLE or found.stage is not Stage.OPEN:
        return Why.NOT_NOW
    return None


async def add(actor: Actor, number: int, data: bytes, description: str) -> None:
    """Add a picture to one's own idea; raises ``Missing`` for others, ``Refused`` with why it cannot be."""
    found = await own(actor, number)
    _check(actor, found)
    if not description.strip():
        raise Refused(Why.NO_DESCRIPTION)
    sizes = await pictures.take_in(data)
    await pictures.add(found.posting, description, sizes, by=actor)


async def describe(actor: Actor, number: int, picture: int, description: str) -> None:
    """Change the words of a picture of one's own idea."""
    found = await own(actor, number)
    _check(actor, found)
    await pictures.describe(await _of(found, picture), description, by=actor)


async def move(actor: Actor, number: int, picture: int, *, up: bool) -> None:
    """Move a picture of one's own idea one place."""
    found = await own(actor, number)
    await pictures.move(await _of(found, picture), up=up)


async def remove(actor: Actor, number: int, picture: int) -> None:
    """Take a picture out of one's own idea, whatever has become of the idea; twice is as once."""
    found = await own(actor, number)
    there = await kept.picture(picture)
    if there is not None and there.posting == found.posting:
        await pictures.remove(there)


async def own(actor: Actor, number: int) -> Idea:
    """Give an idea to one of its authors; raises ``Missing`` for everybody else."""
    found = await queries.any_idea(number)
    if found is None or not found.by(actor):
        raise Missing
    return found


def _check(actor: Actor, found: Idea) -> None:
    why = why_not_post(actor, found.now) or why_not_add(found)
    if why:
        raise Refused(why)


async def _of(found: Idea, number: int) -> Picture:
    there = await kept.picture(number)
    if there is None or there.posting != found.posting:
        raise Missing
    return there
