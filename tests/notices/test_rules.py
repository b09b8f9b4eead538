"""What can be followed, when digests leave, and who may stop which mail."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapedby.notices.rules import (
    DIGEST,
    FIRST,
    How,
    Kind,
    Next,
    next_digest,
    read_moments,
    read_stop_token,
    stop_token,
    stronger,
    what_now,
    written,
)

LONDON = ZoneInfo("Europe/London")
SECRET = "a secret of this installation, long enough"
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("how", "waits_for", "then"),
    [
        (How.AT_ONCE, None, Next.MAIL),
        (How.AT_ONCE, How.DAILY, Next.MAIL),
        (How.DAILY, None, Next.WAIT),
        (How.DAILY, How.DAILY, Next.DIGEST),
        (How.DAILY, How.WEEKLY, Next.WAIT),
        (How.WEEKLY, How.WEEKLY, Next.DIGEST),
        (How.NEVER, None, Next.DROP),
        (How.NEVER, How.DAILY, Next.DROP),
    ],
)
def test_what_is_due_goes_the_way_that_its_person_wants_now(how: How, waits_for: How | None, then: Next) -> None:
    assert what_now(how, waits_for) is then


@given(MOMENTS)
def test_the_next_digest_is_the_first_seven_oclock_after_now(now: datetime) -> None:
    daily = next_digest(How.DAILY, now, LONDON)
    assert daily > now
    assert (daily - now).total_seconds() <= 25 * 3600  # a day, and the hour that summer time takes
    assert daily.astimezone(LONDON).strftime("%H:%M") == "07:00"


@given(MOMENTS)
def test_the_weekly_digest_leaves_on_a_monday_within_the_week(now: datetime) -> None:
    weekly = next_digest(How.WEEKLY, now, LONDON)
    assert weekly > now
    assert (weekly - now).total_seconds() <= 7 * 86400 + 3600
    assert weekly.astimezone(LONDON).strftime("%A %H:%M") == "Monday 07:00"


def test_whoever_wrote_an_idea_hears_as_its_author_whatever_else_they_did() -> None:
    assert stronger(Kind.FOLLOWED, Kind.MY_IDEAS) is Kind.MY_IDEAS
    assert stronger(Kind.MY_IDEAS, Kind.TOOK_PART) is Kind.MY_IDEAS
    assert stronger(Kind.TOOK_PART, Kind.FOLLOWED) is Kind.FOLLOWED
    assert stronger(None, Kind.TOOK_PART) is Kind.TOOK_PART


def test_answers_come_at_once_to_whoever_has_chosen_nothing() -> None:
    assert set(FIRST) == set(Kind)
    assert {FIRST[kind] for kind in (Kind.MY_IDEAS, Kind.FOLLOWED, Kind.TOOK_PART)} == {How.AT_ONCE}


@pytest.mark.parametrize("kind", [*Kind, DIGEST])
def test_a_token_stops_the_mail_it_was_made_for(kind: str) -> None:
    assert read_stop_token(SECRET, stop_token(SECRET, 12, str(kind))) == (12, str(kind))


@given(st.text(max_size=80))
def test_no_other_text_is_a_token(text: str) -> None:
    assert read_stop_token(SECRET, text) is None


@given(st.integers(1, 10**12), st.sampled_from(list(Kind)), st.integers(0, 60), st.characters())
def test_a_token_that_was_changed_is_no_token(person: int, kind: Kind, place: int, letter: str) -> None:
    token = stop_token(SECRET, person, kind)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    assert changed == token or read_stop_token(SECRET, changed) is None


def test_a_token_of_another_installation_or_of_another_person_is_no_token() -> None:
    token = stop_token(SECRET, 12, Kind.NEWS)
    assert read_stop_token(SECRET + "x", token) is None
    assert read_stop_token(SECRET, token.replace("12-", "13-", 1)) is None
    assert read_stop_token(SECRET, token.replace("news", "replies")) is None


def test_a_notice_keeps_moments_and_days_and_gives_them_back() -> None:
    told = {"starts_at": datetime(2026, 12, 3, 18, 30, tzinfo=UTC), "now_on": date(2026, 12, 9), "words": {"en": "Hi"}}
    assert read_moments(written(told)) == told


def test_a_notice_refuses_what_it_could_not_give_back() -> None:
    with pytest.raises(TypeError, match="object"):
        written({"idea": object()})
