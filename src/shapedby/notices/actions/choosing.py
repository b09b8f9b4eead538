"""Choosing how to hear of things, and stopping a kind of mail from inside it."""

from __future__ import annotations

from collections.abc import Mapping

from shapedby import db
from shapedby.notices.queries import choosing
from shapedby.notices.rules import DIGEST, How, Kind

IN_DIGESTS = frozenset({How.DAILY, How.WEEKLY})


async def choose(person: int, wanted: Mapping[Kind, How]) -> int:
    """Keep how somebody wants to hear of things; what they are still to be told follows. Gives how much changed."""
    async with db.transaction():
        changed = await choosing.keep_choices(person, wanted)
        await choosing.weigh_again(person)
        return changed


async def stop(person: int, kind: str) -> int:
    """Mail somebody nothing more of a kind, or of every kind that comes in digests; twice is as once."""
    now = await choosing.choices(person)
    kinds = {one: how for one, how in now.items() if one in _kinds(kind, now)}
    async with db.transaction():
        stopped = await choosing.stop(person, kinds)
        await choosing.weigh_again(person)
        return stopped


async def start_again(person: int, kind: str) -> int:
    """Undo what a mail's link stopped; gives how many kinds are mailed again."""
    if kind == DIGEST:
        return await choosing.start_again(person, tuple(Kind), IN_DIGESTS)
    return await choosing.start_again(person, [Kind(kind)], tuple(How))


def _kinds(kind: str, now: Mapping[Kind, How]) -> set[Kind]:
    if kind == DIGEST:
        return {one for one, how in now.items() if how in IN_DIGESTS}
    return {Kind(kind)}
