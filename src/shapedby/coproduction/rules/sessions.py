"""Who finds room at a session, who waits, and when a second visit is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FEW = 5
"""A group smaller than this is not counted out in public: its people could be recognised."""
DOOR_OPENS = timedelta(minutes=30)
DOOR_CLOSES = timedelta(hours=12)
REMINDED_BEFORE = timedelta(days=2)
NEEDS_KEPT = timedelta(days=30)


class PlaceState(StrEnum):
    """Whether somebody comes to a session."""

    GOING = "going"
    WAITING = "waiting"
    GIVEN_BACK = "given_back"


class Group(StrEnum):
    """Groups whose coming is counted; somebody may belong to several."""

    YOUNG = "young"
    OLDER = "older"
    DISABLED = "disabled"
    CARERS = "carers"
    FIRST_TIME = "first_time"


class WhyNot(StrEnum):
    """Why somebody cannot do this at a session."""

    CANCELLED = "cancelled"
    OVER = "over"
    NOT_NEEDED = "not_needed"
    TOO_YOUNG = "too_young"
    WRONG_CODE = "wrong_code"
    DOOR_CLOSED = "door_closed"
    NO_PLACE = "no_place"
    SAID_ALREADY = "said_already"
    STILL_AHEAD = "still_ahead"


@dataclass(frozen=True, slots=True)
class Times:
    """What decides about a session's doors: its times, and whether it takes place."""

    starts_at: datetime
    ends_at: datetime
    cancelled: bool


def why_not_ask(times: Times, now: datetime, *, takes_places: bool, young: bool, worker: str) -> WhyNot | None:
    """Say why somebody may not ask for a place, or nothing; those under 18 need a named worker there."""
    if times.cancelled:
        return WhyNot.CANCELLED
    if now >= times.ends_at:
        return WhyNot.OVER
    if not takes_places:
        return WhyNot.NOT_NEEDED
    return WhyNot.TOO_YOUNG if young and not worker else None


def why_not_arrive(times: Times, now: datetime, *, code: str, typed: str) -> WhyNot | None:
    """Say why a code does not count as having come, or nothing: it holds from half an hour before to the same day."""
    if times.cancelled:
        return WhyNot.CANCELLED
    if not times.starts_at - DOOR_OPENS <= now <= times.ends_at + DOOR_CLOSES:
        return WhyNot.DOOR_CLOSED
    return None if code and code == typed else WhyNot.WRONG_CODE


def why_not_say(times: Times, now: datetime, *, has_place: bool, said: bool) -> WhyNot | None:
    """Say why somebody may not say what a session was like, or nothing."""
    if times.cancelled:
        return WhyNot.CANCELLED
    if now < times.starts_at:
        return WhyNot.STILL_AHEAD
    if not has_place:
        return WhyNot.NO_PLACE
    return WhyNot.SAID_ALREADY if said else None


def room(capacity: int | None, going: int) -> int | None:
    """Give how many places are left; nothing where everybody finds room."""
    return None if capacity is None else max(0, capacity - going)


def second_visit_due(came: int | None, target: int | None, *, unclear: bool, visited: bool) -> bool:
    """Say whether a second visit is due: too few came or the record is unclear, and there was none yet."""
    if came is None or visited:
        return False
    return unclear or (target is not None and came < target)


def shown_count(number: int) -> int | None:
    """Give a group's number as the public may see it; nothing where it is small but not zero."""
    return None if 0 < number < FEW else number
