"""What a screened text gets: a verdict, and the reasons that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What should happen to a text that nobody else has seen yet."""

    PUBLISH = "publish"
    HOLD = "hold"
    QUARANTINE = "quarantine"
    """Almost certainly spam; what follows is for ``screening.rules`` to say."""


@dataclass(frozen=True)
class Reason:
    """One part of a score, in log-odds; positive speaks for spam.

    ``kind`` is "word", "link", "feature", "rest" (everything not listed) or "bias" (what an empty
    text starts from). ``shown`` is the passage as it stands in the text, the host of a link, or the
    name of a feature; ``start`` and ``end`` are character offsets in the original text.
    """

    kind: str
    shown: str
    weight: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Score:
    """A probability, what follows from it, and why: the reasons' weights sum to ``total``.

    ``total`` is in log-odds, so that ``probability = 1 / (1 + exp(-total))``.
    """

    probability: float
    verdict: Verdict
    threshold: float
    reasons: tuple[Reason, ...]
    total: float


def judge(probability: float, threshold: float) -> Verdict:
    """Hold what is at or above the threshold."""
    return Verdict.HOLD if probability >= threshold else Verdict.PUBLISH


class HeadState(StrEnum):
    """What became of a head that was fitted to a council's decisions."""

    PROMOTED = "promoted"
    """It is in use; at most one is."""
    REPLACED = "replaced"
    """It was in use until a newer one was."""
    ROLLED_BACK = "rolled_back"
    """A person took it out of use."""
    REFUSED = "refused"
    """It was never used; it says why."""
