"""What officers may do with an idea, and why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shapedby.ideas.rules import Stage
from shapedby.kernel import Actor, Words

MOST_POINTS = 5
PAGE = 50
SOON_DAYS = 7
MOST_REASON = 5000
MOST_DAYS_MOVED = 60
REMIND_DAYS = (14, 3)
"""How many open days before its promised day an officer is reminded of an answer, once each."""


class ResponseKind(StrEnum):
    """What the council says about an idea."""

    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    NOT_TAKEN_FORWARD = "not_taken_forward"
    NOTE = "note"


class Sort(StrEnum):
    """In which order the desk lists ideas."""

    DUE = "due"
    SCORE = "score"
    SUPPORTED = "supported"
    NEWEST = "newest"


class Due(StrEnum):
    """How near the day is by which an answer was promised."""

    ANSWERED = "answered"
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


class Why(StrEnum):
    """Why an officer cannot do something with an idea."""

    NOT_YOUR_ROLE = "not_your_role"
    OWN_IDEA = "own_idea"
    NOT_PUBLIC = "not_public"
    NOT_OPEN = "not_open"
    NOT_UNDER_REVIEW = "not_under_review"
    ALREADY_DECIDED = "already_decided"
    TOO_FEW_SUPPORTS = "too_few_supports"
    REASON_MISSING = "reason_missing"
    POINTS_MISSING = "points_missing"
    IDEAS_WAIT = "ideas_wait"
    NOTHING_PROMISED = "nothing_promised"
    PROMISE_BROKEN = "promise_broken"
    DAY_IS_PAST = "day_is_past"
    DAY_IS_CLOSED = "day_is_closed"
    DAY_IS_FAR = "day_is_far"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a rule needs to know of an idea; ``number`` is the one in its address."""

    number: int
    author: int
    stage: Stage
    public: bool
    supports: int
    supports_needed: int


STAGE_OF = {
    ResponseKind.UNDER_REVIEW: Stage.UNDER_REVIEW,
    ResponseKind.SHORTLISTED: Stage.SHORTLISTED,
    ResponseKind.NOT_TAKEN_FORWARD: Stage.NOT_TAKEN_FORWARD,
}
"""The stage that an idea has after the council said so; a note changes none."""

ANSWERED = frozenset({Stage.SHORTLISTED, Stage.PROJECT, Stage.NOT_TAKEN_FORWARD, Stage.MERGED})
"""The stages of an idea that has its answer."""


def _why_not_touch(actor: Actor, idea: Weighing) -> Why | None:
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    if actor.person == idea.author:
        return Why.OWN_IDEA
    return None if idea.public else Why.NOT_PUBLIC


def _why_not_weigh(idea: Weighing) -> Why | None:
    if idea.stage in ANSWERED:
        return Why.ALREADY_DECIDED
    return None if idea.stage is Stage.UNDER_REVIEW else Why.NOT_UNDER_REVIEW


def why_not_review(actor: Actor, idea: Weighing) -> Why | None:
    """Say why an officer cannot take an idea under review."""
    if why := _why_not_touch(actor, idea):
        return why
    return None if idea.stage is Stage.OPEN else Why.NOT_OPEN


def why_not_shortlist(actor: Actor, idea: Weighing) -> Why | None:
    """Say why an officer cannot put an idea on the shortlist."""
    if why := _why_not_touch(actor, idea):
        return why
    if why := _why_not_weigh(idea):
        return why
    return Why.TOO_FEW_SUPPORTS if idea.supports < idea.supports_needed else None


def why_not_decline(actor: Actor, idea: Weighing) -> Why | None:
    """Say why an officer cannot say that an idea is not taken forward."""
    if why := _why_not_touch(actor, idea):
        return why
    return None if idea.stage in {Stage.OPEN, Stage.UNDER_REVIEW} else Why.ALREADY_DECIDED


def why_not_respond(actor: Actor, idea: Weighing) -> Why | None:
    """Say why an officer cannot write a note in the council's voice under an idea."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    return None if idea.public else Why.NOT_PUBLIC


def why_not_assess(actor: Actor, idea: Weighing) -> Why | None:
    """Say why an officer cannot give an idea points."""
    if why := _why_not_touch(actor, idea):
        return why
    return _why_not_weigh(idea)


WHY_NOT = {
    ResponseKind.UNDER_REVIEW: why_not_review,
    ResponseKind.SHORTLISTED: why_not_shortlist,
    ResponseKind.NOT_TAKEN_FORWARD: why_not_decline,
    ResponseKind.NOTE: why_not_respond,
}


def why_not_say(reason: Words, languages: Sequence[str]) -> Why | None:
    """Say why these words cannot be published: one of the council's languages lacks them."""
    return None if all(reason.get(language, "").strip() for language in languages) else Why.REASON_MISSING


def why_not_score(points: Mapping[int, int], criteria: Sequence[int]) -> Why | None:
    """Say why points cannot be kept: each criterion needs 0 to 5, and nothing else has any."""
    whole = set(points) == set(criteria) and all(0 <= given <= MOST_POINTS for given in points.values())
    return None if whole and criteria else Why.POINTS_MISSING


def why_not_finish(waiting: int) -> Why | None:
    """Say why a challenge cannot be finished while ideas of it wait for an answer."""
    return Why.IDEAS_WAIT if waiting else None


def weighted(points: Mapping[int, int], weights: Mapping[int, int]) -> float:
    """Give one officer's score of an idea, 0 to 5: the mean of the points by the weights in percent."""
    whole = sum(weights.values())
    return sum(points.get(criterion, 0) * weight for criterion, weight in weights.items()) / whole if whole else 0


def due(stage: Stage, answer_by: date | None, today: date) -> Due:
    """Say how near the promised day of an answer is."""
    if stage in ANSWERED:
        return Due.ANSWERED
    if answer_by is None:
        return Due.LATER
    if answer_by < today:
        return Due.OVERDUE
    return Due.SOON if answer_by <= today + timedelta(days=SOON_DAYS) else Due.LATER


def why_not_move_promise(actor: Actor, stage: Stage, answer_by: date | None, *, today: date) -> Why | None:
    """Say why an officer cannot promise an answer by another day; a broken promise stays as it is."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    if stage in ANSWERED:
        return Why.ALREADY_DECIDED
    if answer_by is None:
        return Why.NOTHING_PROMISED
    return Why.PROMISE_BROKEN if answer_by < today else None


def why_not_this_day(answer_by: date, to: date, *, today: date, closures: Collection[date]) -> Why | None:
    """Say why an answer that was promised by one day cannot be promised by this one."""
    if to == answer_by:
        return Why.SAME_DAY
    if to <= today:
        return Why.DAY_IS_PAST
    if to in closures:
        return Why.DAY_IS_CLOSED
    return Why.DAY_IS_FAR if to - answer_by > timedelta(days=MOST_DAYS_MOVED) else None


def open_days(today: date, until: date, closures: Collection[date]) -> int:
    """Count the days after today up to a day on which the council is not closed; below zero once it is past."""
    if until < today:
        return (until - today).days
    days = (today + timedelta(days=number + 1) for number in range((until - today).days))
    return sum(day not in closures for day in days)


def reminder(days_left: int) -> int | None:
    """Say which reminder a promise with so many open days left is due for: 14, 3, or None for none."""
    if days_left < 0:
        return None
    return next((days for days in sorted(REMIND_DAYS) if days_left <= days), None)


def share(kept: int, ended: int) -> float | None:
    """Give the share of promises that were kept among those that are answered or overdue; None where there is none."""
    return kept / ended if ended else None
