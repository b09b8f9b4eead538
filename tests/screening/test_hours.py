from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapedby.screening.rules import Day, Promise, Week, due, is_staffed, promise_kept, staffed_between

LONDON = ZoneInfo("Europe/London")
OFFICE = Week(zone=LONDON, closures=frozenset({date(2026, 12, 25)}))
NIGHTS = Week((Day(0, 24 * 60),) * 7, LONDON)

MOMENTS = st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 5), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
DAYS = st.tuples(st.integers(0, 24 * 60), st.integers(0, 24 * 60)).map(lambda ends: Day(min(ends), max(ends)))
WEEKS = st.builds(
    Week, st.tuples(*[DAYS] * 7), st.sampled_from([LONDON, ZoneInfo("America/New_York"), ZoneInfo("UTC")])
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23 09:00", "2026-11-23 17:00", 8),
        ("2026-11-23 16:00", "2026-11-24 10:00", 2),
        ("2026-11-20 16:00", "2026-11-23 10:00", 2),
        ("2026-11-21 09:00", "2026-11-22 17:00", 0),
        ("2026-12-24 16:00", "2026-12-28 10:00", 2),
        ("2026-11-24 10:00", "2026-11-23 10:00", 0),
    ],
    ids=["a day", "over night", "over a week-end", "a week-end", "over a closure and a week-end", "backwards"],
)
def test_only_staffed_hours_count(start: str, end: str, hours: float) -> None:
    assert staffed_between(at(start), at(end), OFFICE) == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
def test_the_day_on_which_the_clocks_change_is_as_long_as_it_is(day: str, hours: int) -> None:
    start = at(f"{day} 00:00")
    assert staffed_between(start, start + timedelta(days=1), NIGHTS) == timedelta(hours=hours)


def test_office_hours_stay_those_of_the_wall_clock_when_the_clocks_change() -> None:
    assert is_staffed(datetime(2026, 3, 27, 9, 30, tzinfo=UTC), OFFICE)
    assert is_staffed(datetime(2026, 3, 30, 8, 30, tzinfo=UTC), OFFICE)
    assert not is_staffed(datetime(2026, 3, 27, 8, 30, tzinfo=UTC), OFFICE)


def test_a_promise_falls_due_in_staffed_time() -> None:
    assert due(at("2026-11-20 16:00"), timedelta(hours=2), OFFICE) == at("2026-11-23 10:00")


def test_a_week_without_hours_counts_always() -> None:
    never = Week((Day(),) * 7, LONDON)
    assert is_staffed(at("2026-11-22 03:00"), never)
    assert staffed_between(at("2026-11-22 03:00"), at("2026-11-22 05:00"), never) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-23 12:12", Promise.KEPT),
        ("2026-11-24 15:00", Promise.KEPT),
        ("2026-11-25 11:00", Promise.SOON),
        ("2026-11-25 17:00", Promise.SOON),
        ("2026-11-26 09:01", Promise.BROKEN),
    ],
)
def test_the_desk_warns_before_the_promise_is_broken(now: str, state: Promise) -> None:
    promised = promise_kept(at("2026-11-23 09:00"), at(now), 24, OFFICE)
    assert promised.state is state
    assert promised.promised == timedelta(hours=24)


@given(week=WEEKS, moments=st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_time_adds_up(week: Week, moments: list[datetime]) -> None:
    first, second, third = moments
    parts = staffed_between(first, second, week) + staffed_between(second, third, week)
    assert parts == staffed_between(first, third, week)
    assert timedelta() <= parts <= third - first


@given(week=WEEKS, start=MOMENTS, minutes=st.integers(1, 60 * 100))
def test_exactly_the_promised_time_passes_until_it_is_due(week: Week, start: datetime, minutes: int) -> None:
    promised = timedelta(minutes=minutes)
    found = due(start, promised, week)
    if found is not None:
        assert staffed_between(start, found, week) == promised
        assert promise_kept(start, found, 1_000, week).waited == promised


@given(week=WEEKS, start=MOMENTS)
def test_a_minute_counts_exactly_when_somebody_is_there(week: Week, start: datetime) -> None:
    minute = start.replace(second=0, microsecond=0)
    counted = staffed_between(minute, minute + timedelta(minutes=1), week)
    assert (counted == timedelta(minutes=1)) == is_staffed(minute, week)
