"""Who may be suspended, by whom, and for how long: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from shapedby.kernel import STAFF, Actor, Role
from shapedby.moderation.rules.deciding import Rule

UNTIL_ENDED = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a suspension that lasts until somebody ends it."""

LONGEST_DAYS = 3_660


class WhyNotSuspend(StrEnum):
    """Why somebody cannot be suspended, or why that cannot be ended."""

    YOURSELF = "yourself"
    STAFF = "staff"
    SUSPENDED_ALREADY = "suspended_already"
    HAS_LEFT = "has_left"
    NOT_IN_THE_FUTURE = "not_in_the_future"
    NOT_SUSPENDED = "not_suspended"


@dataclass(frozen=True, slots=True)
class Subject:
    """The person that a suspension is about, as they stand while they are locked."""

    id: int
    role: Role
    name: str
    language: str
    has_left: bool
    suspended: bool


@dataclass(frozen=True, slots=True)
class Suspending:
    """A suspension as it was typed; ``until`` is empty where it lasts until somebody ends it."""

    rule: Rule
    reason: str
    until: datetime | None
    hides: bool


def why_not_suspend(actor: Actor, subject: Subject, until: datetime | None, now: datetime) -> WhyNotSuspend | None:
    """Say why somebody cannot suspend a person until then."""
    if actor.person == subject.id:
        return WhyNotSuspend.YOURSELF
    if subject.role in STAFF and actor.role is not Role.ADMINISTRATOR:
        return WhyNotSuspend.STAFF
    if subject.has_left:
        return WhyNotSuspend.HAS_LEFT
    if subject.suspended:
        return WhyNotSuspend.SUSPENDED_ALREADY
    over = until is not None and not now < until < now + timedelta(days=LONGEST_DAYS)
    return WhyNotSuspend.NOT_IN_THE_FUTURE if over else None


def why_not_end(actor: Actor, subject: Subject) -> WhyNotSuspend | None:
    """Say why somebody cannot end a person's suspension."""
    if actor.person == subject.id:
        return WhyNotSuspend.YOURSELF
    return None if subject.suspended else WhyNotSuspend.NOT_SUSPENDED
