"""Staffed hours: when somebody is there to decide, how much of that has passed, and when a promise falls due.

Hours are what a clock on the council's wall shows. A day on which the clocks change has an hour more or less of them,
as it has for the people who work it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAYS_IN_WEEK = 7
DAY_MINUTES = 24 * 60
FARTHEST_DAYS = 400
"""A promise that is not due by then has no staffed hours to be kept in."""
WARN_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Day:
    """The staffed hours of one weekday, in minutes after midnight; none where ``start`` is ``end``."""

    start: int = 0
    end: int = 0

    @property
    def staffed(self) -> bool:
        return 0 <= self.start < self.end <= DAY_MINUTES


OFFICE = Day(9 * 60, 17 * 60)
Closed = Collection[date]


@dataclass(frozen=True, slots=True)
class Week:
    """The staffed hours of a week, Monday first, and the council's time zone and closures.

    A week without any staffed hour counts as staffed always: a promise must not wait for ever.
    """

    days: tuple[Day, ...] = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, Day(), Day())
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    closures: Closed = ()

    @property
    def always(self) -> bool:
        return not any(day.staffed for day in self.days)

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """Give the staffed hours of a date as two moments in UTC; None where nobody is there."""
        hours = self.days[day.weekday()]
        if self.always:
            hours = Day(0, DAY_MINUTES)
        elif not hours.staffed or day in self.closures:
            return None
        start, end = self._moment(day, hours.start), self._moment(day, hours.end)
        return (start, end) if start < end else None

    def _moment(self, day: date, minutes: int) -> datetime:
        days, rest = divmod(minutes, DAY_MINUTES)
        clock = time(rest // 60, rest % 60)
        return datetime.combine(day + timedelta(days=days), clock, self.zone).astimezone(UTC)


def is_staffed(at: datetime, week: Week) -> bool:
    """Say whether somebody is there at a moment."""
    today = at.astimezone(week.zone).date()
    # The day before too: its hours can end in the hour that the clocks repeat.
    return any(
        start <= at < end
        for day in (today - timedelta(days=1), today, today + timedelta(days=1))
        if (hours := week.on(day))
        for start, end in (hours,)
    )


def staffed_between(start: datetime, end: datetime, week: Week) -> timedelta:
    """Add up the staffed time between two moments; nothing where the second is not later."""
    # In UTC: Python subtracts two times of the same zone by what its clocks show.
    start, end, total = start.astimezone(UTC), end.astimezone(UTC), timedelta()
    for opens, closes in _spans(start, end, week):
        total += max(min(end, closes) - max(start, opens), timedelta())
    return total


def due(start: datetime, promised: timedelta, week: Week) -> datetime | None:
    """Give the moment by which the promised staffed time has passed; None where a year has too little of it."""
    start, left = start.astimezone(UTC), promised
    for opens, closes in _spans(start, start + timedelta(days=FARTHEST_DAYS), week):
        begun = max(start, opens)
        if closes - begun >= left:
            return begun + left
        left -= max(closes - begun, timedelta())
    return None


def _spans(start: datetime, end: datetime, week: Week) -> Iterator[tuple[datetime, datetime]]:
    """Give the staffed hours of each day that the time between two moments touches."""
    day, last = start.astimezone(week.zone).date() - timedelta(days=1), end.astimezone(week.zone).date()
    while day <= last:
        hours = week.on(day)
        if hours and hours[1] > start:
            yield hours
        day += timedelta(days=1)


class Promise(StrEnum):
    """How the promise of a decision stands."""

    KEPT = "kept"
    SOON = "soon"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Promised:
    """How long the oldest case has waited, of how long was promised, both in staffed time."""

    state: Promise
    waited: timedelta
    promised: timedelta


def promise_kept(opened: datetime, now: datetime, promised_hours: int, week: Week) -> Promised:
    """Say how the promise stands for what has waited since ``opened``; it warns before it is broken."""
    waited, promised = staffed_between(opened, now, week), timedelta(hours=promised_hours)
    if waited > promised:
        return Promised(Promise.BROKEN, waited, promised)
    return Promised(Promise.SOON if waited >= promised * WARN_SHARE else Promise.KEPT, waited, promised)
