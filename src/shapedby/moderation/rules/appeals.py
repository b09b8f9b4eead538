"""Who may appeal against a decision about their text, who decides that, and what becomes of it: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapedby.kernel import Actor, Role
from shapedby.screening.rules import Publicity

APPEALABLE = frozenset({Publicity.REFUSED, Publicity.QUARANTINED, Publicity.HIDDEN})


class Result(StrEnum):
    """What became of an appeal."""

    WAITS = "waits"
    OVERTURNED = "overturned"
    STANDS = "stands"
    NOTHING_LEFT = "nothing_left"


class WhyNoAppeal(StrEnum):
    """Why nobody can appeal, or why somebody cannot decide an appeal."""

    NOTHING_TO_APPEAL = "nothing_to_appeal"
    APPEALED_BEFORE = "appealed_before"
    DECIDED_ON_APPEAL = "decided_on_appeal"
    YOU_DECIDED_FIRST = "you_decided_first"


@dataclass(frozen=True, slots=True)
class Standing:
    """A text and the last decision about it, as its author finds them.

    ``first_by`` is who decided; 0 where nobody has: the check for spam alone put it into quarantine.
    ``on_appeal``: that decision was made about an appeal.
    """

    publicity: Publicity
    first_by: int
    appealed: bool
    on_appeal: bool


def why_not_appeal(standing: Standing) -> WhyNoAppeal | None:
    """Say why an author cannot appeal now; each decision can be appealed once, and that on an appeal never."""
    by_nobody = not standing.first_by and standing.publicity is not Publicity.QUARANTINED
    if standing.publicity not in APPEALABLE or by_nobody:
        return WhyNoAppeal.NOTHING_TO_APPEAL
    if standing.on_appeal:
        return WhyNoAppeal.DECIDED_ON_APPEAL
    return WhyNoAppeal.APPEALED_BEFORE if standing.appealed else None


def why_not_decide_appeal(actor: Actor, *, first_by: int, others: int) -> WhyNoAppeal | None:
    """Say why somebody cannot decide an appeal: the first decision was theirs.

    ``others`` is how many people besides ``first_by`` may moderate. Where there are none an administrator may decide
    about their own decision, else nobody ever could.
    """
    if actor.person != first_by or (others == 0 and actor.role is Role.ADMINISTRATOR):
        return None
    return WhyNoAppeal.YOU_DECIDED_FIRST
