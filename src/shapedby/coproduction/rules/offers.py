"""What people offer to projects and projects ask for, and how the two come together."""

from collections.abc import Mapping
from enum import StrEnum

from shapedby.kernel import Actor


class Thing(StrEnum):
    """What can be offered or needed."""

    TIME = "time"
    SKILLS = "skills"
    SPACE = "space"
    EQUIPMENT = "equipment"
    DATA = "data"
    MONEY = "money"


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    MATCHED = "matched"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class WhyNoOffer(StrEnum):
    """Why something about an offer is not possible."""

    TOO_YOUNG = "too_young"
    PROJECT_CLOSED = "project_closed"
    TOO_MANY = "too_many"
    ALREADY_DECIDED = "already_decided"
    NOT_MATCHED = "not_matched"
    NO_PROJECT = "no_project"


MOST_OPEN = 10
"""How many undecided offers one person can have at a time."""

AFTER: Mapping[OfferState, frozenset[OfferState]] = {
    OfferState.OPEN: frozenset({OfferState.MATCHED, OfferState.DECLINED, OfferState.WITHDRAWN}),
    OfferState.MATCHED: frozenset({OfferState.WITHDRAWN, OfferState.ENDED}),
    OfferState.DECLINED: frozenset({OfferState.MATCHED}),
    OfferState.WITHDRAWN: frozenset(),
    OfferState.ENDED: frozenset(),
}
"""What can follow; a declined offer can still be matched when something turns up."""


def why_not_offer(actor: Actor, *, project_open: bool, undecided: int) -> WhyNoOffer | None:
    """Say why somebody may not offer something, or nothing; those under 18 do it together with their worker."""
    if actor.young:
        return WhyNoOffer.TOO_YOUNG
    if not project_open:
        return WhyNoOffer.PROJECT_CLOSED
    return WhyNoOffer.TOO_MANY if undecided >= MOST_OPEN else None


def why_not_become(before: OfferState, after: OfferState) -> WhyNoOffer | None:
    """Say why an offer cannot change so, or nothing."""
    return None if after in AFTER[before] else WhyNoOffer.ALREADY_DECIDED
