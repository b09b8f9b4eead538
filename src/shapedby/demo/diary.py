"""The diary: everything that happens in the demo, put in order and done one by one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shapedby.demo.clock import Calendar, turn
from shapedby.kernel import Actor
from shapedby.settings import Settings

Deed = Callable[[], Awaitable[object]]
Progress = Callable[[int, int], None]
"""Told how many of how many things have happened."""


def quietly(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass
class Diary:
    """What is to be done, when; and who and what is there already, by the names of the story."""

    settings: Settings
    calendar: Calendar
    people: dict[str, Actor] = field(default_factory=dict[str, Actor])
    areas: dict[str, int] = field(default_factory=dict[str, int])
    topics: dict[str, int] = field(default_factory=dict[str, int])
    challenges: dict[str, int] = field(default_factory=dict[str, int])
    ideas: dict[str, int] = field(default_factory=dict[str, int])
    comments: dict[str, int] = field(default_factory=dict[str, int])
    entries: list[tuple[datetime, int, Deed]] = field(default_factory=list[tuple[datetime, int, Deed]])
    time: datetime = field(init=False)
    firsts: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def __post_init__(self) -> None:
        """Begin today; living goes back to the first day."""
        self.time = self.calendar.now

    @property
    def languages(self) -> tuple[str, ...]:
        return self.settings.languages

    def note(self, at: datetime, deed: Deed, *, by: str = "") -> None:
        """Write something into the diary; ``by`` is the resident who does it, so that they have joined before."""
        self.entries.append((at, len(self.entries), deed))
        if by:
            self.firsts[by] = min(at, self.firsts.get(by, at))

    async def live(self, progress: Progress) -> None:
        """Do everything in its order, each at its time."""
        for done, (at, _, deed) in enumerate(sorted(self.entries, key=lambda entry: entry[:2]), start=1):
            self.time = at
            await turn(at)
            await deed()
            progress(done, len(self.entries))

    async def wait(self, minutes: int) -> None:
        """Let some time pass before the rest of what is being done."""
        self.time = min(self.time + timedelta(minutes=minutes), self.calendar.now)
        await turn(self.time)

    def who(self, name: str) -> Actor:
        """Give a person of the story."""
        return self.people[name]
