"""Who finds room at a session, whose code counts, and when a second visit is due."""

from datetime import UTC, datetime, timedelta

import pytest

from shapedby.coproduction.rules.sessions import (
    DOOR_CLOSES,
    DOOR_OPENS,
    Times,
    WhyNot,
    room,
    second_visit_due,
    shown_count,
    why_not_arrive,
    why_not_ask,
    why_not_say,
)

STARTS = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
HELD, CALLED_OFF = Times(STARTS, ENDS, cancelled=False), Times(STARTS, ENDS, cancelled=True)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("times", "now", "takes_places", "young", "worker", "why"),
    [
        (HELD, STARTS, True, False, "", None),
        (HELD, ENDS - MOMENT, True, False, "", None),
        (HELD, ENDS, True, False, "", WhyNot.OVER),
        (CALLED_OFF, STARTS, True, False, "", WhyNot.CANCELLED),
        (HELD, STARTS, False, False, "", WhyNot.NOT_NEEDED),
        (HELD, STARTS, True, True, "", WhyNot.TOO_YOUNG),
        (HELD, STARTS, True, True, "Bettany", None),
        (HELD, STARTS, True, False, "Bettany", None),
    ],
)
def test_somebody_may_ask_for_a_place(
    times: Times, now: datetime, *, takes_places: bool, young: bool, worker: str, why: WhyNot | None
) -> None:
    assert why_not_ask(times, now, takes_places=takes_places, young=young, worker=worker) is why


@pytest.mark.parametrize(
    ("times", "now", "code", "typed", "why"),
    [
        (HELD, STARTS, "123456", "123456", None),
        (HELD, STARTS - DOOR_OPENS, "123456", "123456", None),
        (HELD, STARTS - DOOR_OPENS - MOMENT, "123456", "123456", WhyNot.DOOR_CLOSED),
        (HELD, ENDS + DOOR_CLOSES, "123456", "123456", None),
        (HELD, ENDS + DOOR_CLOSES + MOMENT, "123456", "123456", WhyNot.DOOR_CLOSED),
        (HELD, STARTS, "123456", "654321", WhyNot.WRONG_CODE),
        (HELD, STARTS, "", "", WhyNot.WRONG_CODE),
        (CALLED_OFF, STARTS, "123456", "123456", WhyNot.CANCELLED),
    ],
)
def test_the_code_at_the_door_counts(times: Times, now: datetime, code: str, typed: str, why: WhyNot | None) -> None:
    assert why_not_arrive(times, now, code=code, typed=typed) is why


@pytest.mark.parametrize(
    ("times", "now", "has_place", "said", "why"),
    [
        (HELD, ENDS, True, False, None),
        (HELD, STARTS, True, False, None),
        (HELD, STARTS - MOMENT, True, False, WhyNot.STILL_AHEAD),
        (HELD, ENDS, False, False, WhyNot.NO_PLACE),
        (HELD, ENDS, True, True, WhyNot.SAID_ALREADY),
        (CALLED_OFF, ENDS, True, False, WhyNot.CANCELLED),
    ],
)
def test_somebody_may_say_what_it_was_like(
    times: Times, now: datetime, *, has_place: bool, said: bool, why: WhyNot | None
) -> None:
    assert why_not_say(times, now, has_place=has_place, said=said) is why


@pytest.mark.parametrize(
    ("came", "target", "unclear", "visited", "due"),
    [
        (None, 10, False, False, False),
        (9, 10, False, False, True),
        (10, 10, False, False, False),
        (9, None, False, False, False),
        (30, 10, True, False, True),
        (9, 10, True, True, False),
    ],
)
def test_a_second_visit_is_due(
    came: int | None, target: int | None, *, unclear: bool, visited: bool, due: bool
) -> None:
    assert second_visit_due(came, target, unclear=unclear, visited=visited) is due


@pytest.mark.parametrize(("capacity", "going", "left"), [(None, 900, None), (3, 1, 2), (3, 3, 0), (3, 5, 0)])
def test_room_is_what_is_not_taken(capacity: int | None, going: int, left: int | None) -> None:
    assert room(capacity, going) == left


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (40, 40)])
def test_a_small_group_is_not_counted_out_in_public(number: int, shown: int | None) -> None:
    assert shown_count(number) == shown
