"""Figures about moderation that stay honest where there are few of them: pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

ENOUGH = 20
"""How many there must be before a share is shown as a percentage."""

ENOUGH_HOURS = 5
"""How many decisions there must be before their median is shown."""

_Z = 1.96  # 19 times in 20


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; ``low`` and ``high`` are where the true share lies, 19 times in 20."""

    part: int
    whole: int

    @property
    def enough(self) -> bool:
        return self.whole >= ENOUGH

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def low(self) -> float:
        return max(0.0, self._middle - self._reach)

    @property
    def high(self) -> float:
        return min(1.0, self._middle + self._reach)

    # Wilson's interval: right for few cases too, and for shares near 0 and 1.
    @property
    def _middle(self) -> float:
        return (self.value + _Z**2 / (2 * self.whole)) / (1 + _Z**2 / self.whole) if self.whole else 0.5

    @property
    def _reach(self) -> float:
        if not self.whole:
            return 0.5
        spread = self.value * (1 - self.value) / self.whole + _Z**2 / (4 * self.whole**2)
        return _Z * sqrt(spread) / (1 + _Z**2 / self.whole)
