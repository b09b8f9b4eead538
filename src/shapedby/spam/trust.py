"""Which decisions a model may learn from: nobody's texts, and nobody's opinion, more than their share."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

AUTHOR_SHARE, AUTHOR_LEAST = 0.01, 3
"""At most so many of the labels, or three, are about texts of one author."""
MODERATOR_SHARE, MODERATOR_LEAST = 0.5, 100
"""At most so many of the labels, or a hundred, are one moderator's."""
LEAST = 20
"""Fewer decisions than this teach nothing."""
ENOUGH_TO_JUDGE = 4
"""Labels of a kind from which on it shows whether a moderator agrees with everything known."""
AGREES, AGREES_WITH_SHIPPED = 0.5, 0.6
"""How often a text called spam must stand above one called clean, for its moderator to be believed."""


@dataclass(frozen=True, slots=True)
class Label:
    """One decision: the text, whether it was called spam, about whose text, by whom. Later ones come later."""

    text: str
    spam: bool
    author: int
    moderator: int


def capped(labels: Iterable[Label]) -> list[Label]:
    """Keep the newest labels that neither one author nor one moderator may exceed; the order stays."""
    newest = {fingerprint(label.text): label for label in labels}
    kept = list(newest.values())
    shares: tuple[tuple[Callable[[Label], int], float, int], ...] = (
        (lambda label: label.author, AUTHOR_SHARE, AUTHOR_LEAST),
        (lambda label: label.moderator, MODERATOR_SHARE, MODERATOR_LEAST),
    )
    for whose, share, least in shares:
        most = max(least, int(share * len(kept)))
        seen, of_share = Counter[int](), list[Label]()
        for label in reversed(kept):
            seen[whose(label)] += 1
            if seen[whose(label)] <= most:
                of_share.append(label)
        kept = of_share[::-1]
    return kept


def fingerprint(text: str) -> str:
    """Give the same word for texts that differ in nothing but capitals, spaces and digits."""
    plain = "".join(c for c in text.casefold() if c.isalpha())
    return hashlib.sha256((plain or text).encode("utf-8", "replace")).hexdigest()


def held_out(label: Label) -> bool:
    """Say whether a label belongs to the quarter that is only used to check what was learned."""
    return int(fingerprint(label.text)[:8], 16) % 4 == 0


def above(high: Sequence[float], low: Sequence[float]) -> float:
    """Give how often a number of the first lies above one of the second; a tie counts half."""
    pairs = len(high) * len(low)
    won = sum((a > b) + 0.5 * (a == b) for a in high for b in low)
    return won / pairs if pairs else 1.0


def disbelieved(
    labels: Sequence[Label], totals: Sequence[float], civic: Sequence[float], spam: Sequence[float]
) -> dict[int, str]:
    """Name the moderators whose labels turn things upside down, and what shows it.

    ``totals`` are the shipped model's log-odds of the labelled texts; ``civic`` and ``spam`` those of shipped texts.
    A campaign that the model does not know still stands above what residents write, if only by its links and shape.
    """
    by_moderator = defaultdict[int, tuple[list[float], list[float]]](lambda: ([], []))
    for label, total in zip(labels, totals, strict=True):
        by_moderator[label.moderator][label.spam].append(total)
    found = dict[int, str]()
    for moderator, (clean, sold) in sorted(by_moderator.items()):
        enough_clean, enough_sold = len(clean) >= ENOUGH_TO_JUDGE, len(sold) >= ENOUGH_TO_JUDGE
        if enough_clean and enough_sold and above(sold, clean) < AGREES:
            found[moderator] = "what they call spam looks cleaner than what they call clean"
        elif enough_sold and above(sold, civic) < AGREES_WITH_SHIPPED:
            found[moderator] = "what they call spam looks like what residents write"
        elif enough_clean and above(spam, clean) < AGREES_WITH_SHIPPED:
            found[moderator] = "what they call clean looks like spam"
    return found
