"""Keeping what texts are found by, and finding those that are like a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shapedby.likeness import queries, rules
from shapedby.likeness.queries import LEAST_LOOKED, MOST_READ
from shapedby.likeness.rules import IN_BODY, Found, Wanted, mark_text

MOST_FOUND = 5


async def keep(thing: int, within: int, title: str, body: str) -> None:
    """Let a public text be found by others like it, in the caller's transaction; again changes what it is found by."""
    await queries.keep(thing, within, mark_text(title, body))


async def forget(thing: int) -> None:
    """Let a text be found no more, in the caller's transaction."""
    await queries.forget(thing)


async def like(title: str, within: int, most: int = MOST_FOUND) -> list[Found]:
    """Find the texts that are most like a title, the best first; nothing where none is alike."""
    marks = rules.wanted(title)
    if not marks:
        return []
    texts = await queries.texts()
    shares = await queries.shares(marks)
    weighed = rules.weigh(marks, shares, texts)
    entries = await queries.candidates(within, _looked_for(weighed, shares, texts))
    return rules.rank(weighed, mark_text(title).words, entries, most)


async def count_common() -> None:
    """Count anew which marks are common; a job does it every hour."""
    await queries.count_common()


def _looked_for(weighed: Sequence[Wanted], shares: Mapping[int, float], texts: int) -> list[tuple[int, float]]:
    """Choose the rarest marks that lead to few enough texts; the others only help to rank what these find."""
    looked: list[tuple[int, float]] = []
    read = 0.0
    for mark in weighed:
        sides = [(mark.title, mark.weight)]
        if mark.body:
            sides.append((mark.body, mark.weight * IN_BODY))
        for number, weight in sides:
            read += max(shares.get(number, 0.0) * texts, 1)
            if read > MOST_READ and len(looked) >= LEAST_LOOKED:
                return looked
            looked.append((number, weight))
    return looked
