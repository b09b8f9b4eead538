"""Figures of a classifier, with the interval in which they could as well lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 300


@dataclass(frozen=True)
class Share:
    """A share of texts with its 95 % confidence interval; ``of`` is how many texts it is a share of."""

    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        """Write the share in per cent."""
        return (
            f"{self.value * 100:5.1f} % ({self.low * 100:.1f} to {self.high * 100:.1f}, n={self.of})"
            if self.of
            else "no texts"
        )


def share(hits: int, of: int) -> Share:
    """Return a share with its Wilson interval."""
    if not of:
        return Share(0.0, 0.0, 1.0, 0)
    z, p = 1.96, hits / of
    middle, reach = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return Share(p, max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale), of)


@dataclass(frozen=True)
class Range:
    """A number with its 95 % confidence interval."""

    value: float
    low: float
    high: float


def loss(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Range:
    """Return the share of the same texts that was held before and is not after, less the other way round."""
    import numpy as np

    gap = before.astype(float) - after.astype(float)
    value, reach = float(gap.mean()), 1.96 * float(gap.std()) / math.sqrt(max(1, len(gap)))
    return Range(value, float(np.clip(value - reach, -1, 1)), float(np.clip(value + reach, -1, 1)))


def resampled(count: int, statistic: Callable[[NDArray[np.int64]], float]) -> Range:
    """Return a statistic of so many texts, given by their numbers, with its interval from drawing them again."""
    import numpy as np

    if not count:
        return Range(0.0, 0.0, 0.0)
    chance = np.random.default_rng(0)
    drawn = [statistic(chance.integers(0, count, count)) for _ in range(RESAMPLES)]
    return Range(statistic(np.arange(count)), float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975)))


def held_from(legitimate: NDArray[np.float64], false_positives: float) -> float:
    """Return the score above which no more than this share of legitimate texts lies; 1 without any."""
    import numpy as np

    return float(np.sort(legitimate)[::-1][int(false_positives * len(legitimate))]) if len(legitimate) else 1.0


def recall_at(legitimate: NDArray[np.float64], spam: NDArray[np.float64], false_positives: float) -> float:
    """Return the share of spam above the score that this share of legitimate texts reaches."""
    if not len(legitimate) or not len(spam):
        return 0.0
    return float((spam > held_from(legitimate, false_positives)).mean())


def recall_share(legitimate: NDArray[np.float64], spam: NDArray[np.float64], false_positives: float) -> Share:
    """Return the recall at a share of false positives, its interval from resampling both."""
    import numpy as np

    value = recall_at(legitimate, spam, false_positives)
    if not len(legitimate) or not len(spam):
        return Share(0.0, 0.0, 1.0, 0)
    chance = np.random.default_rng(0)
    drawn = [
        recall_at(chance.choice(legitimate, len(legitimate)), chance.choice(spam, len(spam)), false_positives)
        for _ in range(RESAMPLES)
    ]
    return Share(value, float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975)), len(spam))


@dataclass(frozen=True)
class Step:
    """One step of a reliability curve: the mean probability given, the share that was spam, of how many."""

    given: float
    true: float
    of: int


def reliability(probability: NDArray[np.float64], spam: NDArray[np.bool_]) -> tuple[Step, ...]:
    """Return the reliability curve in ten steps of probability."""
    import numpy as np

    which = np.minimum((probability * 10).astype(int), 9)
    steps = [(which == i) for i in range(10)]
    return tuple(Step(float(probability[s].mean()), float(spam[s].mean()), int(s.sum())) for s in steps if s.any())


def calibration_error(steps: tuple[Step, ...]) -> float:
    """Return the expected calibration error of a reliability curve."""
    return sum(abs(s.given - s.true) * s.of for s in steps) / max(1, sum(s.of for s in steps))
