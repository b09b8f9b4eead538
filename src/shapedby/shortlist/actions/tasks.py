"""What the desk's first page lists: what is due, before what is interesting.

Slices that lie above this one add their own with ``also``, when the application is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from shapedby.kernel import Actor
from shapedby.web.language import Tongue


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list: ``pill`` is its count or its day, ``kind`` the pill's colour. ``due`` ones come first."""

    title: str
    address: str
    note: str = ""
    pill: str = ""
    kind: str = ""
    due: bool = False


Source = Callable[[Actor, Tongue], Awaitable[Sequence[Task]]]

_sources: list[Source] = []


def also(source: Source) -> None:
    """Let a slice above add tasks; ``source`` is asked each time the desk is shown."""
    if source not in _sources:
        _sources.append(source)


async def of_others(actor: Actor, tongue: Tongue) -> list[Task]:
    """Give the tasks that other slices add, in the order in which they asked to."""
    return [task for source in _sources for task in await source(actor, tongue)]
