"""How the life of an idea is told: what has happened, what is happening, what comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shapedby.ideas.rules import Stage, StepKind


class Point(StrEnum):
    """A point on the line of an idea's life."""

    SENT = "sent"
    PUBLISHED = "published"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    DECLINED = "declined"
    STARTED = "started"
    FINISHED = "finished"


class Standing(StrEnum):
    """Whether a point lies behind, here or ahead."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Mark:
    """One point with when it was reached; ``by`` is the promised day of what is awaited here."""

    point: Point
    standing: Standing
    at: datetime | None = None
    by: date | None = None


REACHED_BY: Mapping[Point, StepKind] = {
    Point.SENT: StepKind.SENT,
    Point.PUBLISHED: StepKind.PUBLISHED,
    Point.REVIEWED: StepKind.UNDER_REVIEW,
    Point.DECIDED: StepKind.SHORTLISTED,
    Point.STARTED: StepKind.PROJECT,
    Point.FINISHED: StepKind.OUTCOME,
}
WAY = (Point.SENT, Point.PUBLISHED, Point.REVIEWED, Point.DECIDED, Point.STARTED, Point.FINISHED)
ANSWERED = frozenset({Stage.SHORTLISTED, Stage.PROJECT, Stage.NOT_TAKEN_FORWARD, Stage.MERGED})


def life(stage: Stage, reached: Iterable[tuple[StepKind, datetime]], answer_by: date | None) -> tuple[Mark, ...]:
    """Lay out the life of a public idea: done, then where it is now, then what may come.

    The date of a point is the last time that it was reached; ``answer_by`` stands where the answer is awaited.
    """
    dates = dict(reached)
    if stage is Stage.NOT_TAKEN_FORWARD:
        done = [Mark(point, Standing.DONE, dates.get(REACHED_BY[point])) for point in WAY[:2]]
        return (*done, Mark(Point.DECLINED, Standing.NOW, dates.get(StepKind.NOT_TAKEN_FORWARD)))
    at = _reached(stage, finished=StepKind.OUTCOME in dates)
    marks: list[Mark] = []
    for place, point in enumerate(WAY):
        standing = Standing.DONE if place < at else Standing.NOW if place == at else Standing.NEXT
        when = dates.get(REACHED_BY[point]) if place <= at else None
        awaited = answer_by if point is Point.REVIEWED and stage not in ANSWERED else None
        marks.append(Mark(point, standing, when, awaited))
    return tuple(marks)


def _reached(stage: Stage, *, finished: bool) -> int:
    """Give the place on the way where an idea is now."""
    if finished:
        return len(WAY) - 1
    return {Stage.OPEN: 1, Stage.UNDER_REVIEW: 2, Stage.SHORTLISTED: 3, Stage.PROJECT: 4}.get(stage, 1)
