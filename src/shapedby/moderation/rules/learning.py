"""When the classifier may learn from moderators: pure."""

from __future__ import annotations

from enum import StrEnum

ENOUGH = 20
"""Fewer decisions than this teach nothing."""


class Why(StrEnum):
    """Why the classifier cannot learn, or cannot be set back."""

    TOO_FEW = "too_few_decisions"
    SET_BACK = "set_back"
    NOTHING_IN_USE = "nothing_in_use"


def why_not_learn(decisions: int, since_set_back: int) -> Why | None:
    """Say why nothing can be learned yet; what a person took back is not taught again by the same decisions."""
    if decisions < ENOUGH:
        return Why.TOO_FEW
    return Why.SET_BACK if since_set_back < ENOUGH else None
