"""Finding ideas: what was searched for, in which order ideas stand, and what may have been meant.

**The fair shuffle.** The ideas of a list stand on a circle, in the order of a hash of their numbers. Each of the
``SEEDS`` orders of a day goes round that circle from a start of its own, and the starts stand evenly:
order ``s`` of day ``d`` starts at place ``⌊t·N/512⌋`` of ``N``, with ``t = 8·s + mirrored(d mod 8)``. Two things
follow.

1. *Over one day nothing can be fairer.* ``k = 64·20`` first places over ``N`` ideas give each ``k/N`` on average, a
   whole number to each; with ``f`` the fraction of ``k/N`` behind the point, the least unequal way gives ``⌈k/N⌉`` to
   the share ``f`` of ideas and ``⌊k/N⌋`` to the rest, which has a Gini coefficient of ``f·(1 - f)·N/k``. Starts at
   ``⌊t·N/64⌋`` are a balanced sequence: any 20 places in a row hold the same number of them, or one more; so every
   idea stands on ``⌊k/N⌋`` or ``⌈k/N⌉`` first pages, and the bound is reached. At 1,000 ideas it is 0.158: 280 ideas
   are seen first twice, 720 once.
2. *The days make up for it.* Eight days share a circle, and their starts interleave (0, 4, 2, 6, … eighths of a
   step), so that together they are as even as one day with so many orders: 0.096 after two days, 0.021 after four,
   0.018 after eight. Then the circle is drawn anew, so that no idea stands beside the same neighbour for long.

A new idea is on the circle as soon as it is public; it moves the others by one place at most. Which order a visitor
gets changes with the clock, one each second, so that every second's shared copy of a page carries another one, in
turn. Above ``MOST`` ideas an order goes on for ``MOST`` of them, from its start.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from unicodedata import combining, normalize

SEEDS = 64
"""How many orders the fair shuffle gives out each day."""

PAGE = 20
MOST = 1000
"""How many ideas a list ranks; what is more is said to be more."""

DAYS = 8
_TURNS = SEEDS * DAYS
_MIRRORED = (0, 4, 2, 6, 1, 5, 3, 7)
_CIRCLE = 2**64

MOST_WORDS = 8
LONGEST_WORD = 30
SHORTEST_MEANT = 4
"""Shorter words are too much like too many others to guess what was meant."""
FEW = 3
"""Where a search finds fewer, a better one is offered."""


class Sort(StrEnum):
    """In which order ideas are listed."""

    SHUFFLE = "shuffle"
    NEWEST = "newest"
    SUPPORTED = "supported"
    DISCUSSED = "discussed"


class Only(StrEnum):
    """Which ideas a list is narrowed to."""

    ANSWERED = "answered"
    NEEDS_SUPPORTERS = "needs_supporters"


@dataclass(frozen=True, slots=True)
class Order:
    """One of the fair shuffle's orders: which circle, and where on it to begin."""

    circle: int
    turn: int
    """Of 512 around the circle."""

    def begins(self, ideas: int) -> int:
        """Give the place on the circle, from 0, that comes first among so many ideas."""
        return self.turn * ideas // _TURNS

    @property
    def begins_at(self) -> int:
        """Give where it begins among all hashes, for lists too long to be counted."""
        return self.turn * (_CIRCLE // _TURNS) - _CIRCLE // 2


def order_of(day: date, seed: int) -> Order:
    """Give one of the day's orders: the same for a seed all day."""
    circle, place = divmod(day.toordinal(), DAYS)
    return Order(circle, seed % SEEDS * DAYS + _MIRRORED[place])


def seed_at(now: datetime) -> int:
    """Give the order that a visitor without one is given now: each in turn, a second each."""
    return int(now.timestamp()) % SEEDS


def own_seed(person: int, day: date) -> int:
    """Give a signed-in person's order of the day."""
    return (person * 2_654_435_761 + day.toordinal() * 40_503) // 7 % SEEDS


def least_gini(ideas: int, *, days: int = 1) -> float:
    """Give the least Gini coefficient that so many days' first pages can have, by the formula above."""
    mean = SEEDS * days * PAGE / ideas
    behind = mean % 1
    return behind * (1 - behind) / mean


def search_words(text: str) -> tuple[str, ...]:
    """Take a search apart into at most eight words, in lower case."""
    kept = "".join(letter if letter.isalnum() else " " for letter in normalize("NFC", text.lower()))
    return tuple(kept.split()[:MOST_WORDS])


def plain_word(word: str) -> str:
    """Give a word in lower case without accents, as it is kept to be compared."""
    return "".join(letter for letter in normalize("NFD", word.lower()) if not combining(letter))


def searched_number(text: str) -> int | None:
    """Give the idea's number where somebody searched for one: ``#12``."""
    digits = text.strip().removeprefix("#")
    if text.strip().startswith("#") and digits.isascii() and digits.isdigit() and len(digits) <= 9:  # noqa: PLR2004 - fits its column
        return int(digits)
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """A word of public ideas that is like a searched one, and in how many of them it stands."""

    word: str
    ideas: int


def meant(word: str, known: list[Known]) -> str:
    """Give the known word that was probably meant; empty where none is near enough.

    One slip is forgiven in a word of four letters or more, two in a longer one: a letter left out, added, changed,
    or changed with its neighbour.
    """
    plain = plain_word(word)
    if len(plain) < SHORTEST_MEANT or any(one.word == plain for one in known):
        return ""
    most = 1 if len(plain) < 2 * SHORTEST_MEANT - 1 else 2
    near = [(slips(plain, one.word), -one.ideas, one.word) for one in known if abs(len(one.word) - len(plain)) <= most]
    best = min((one for one in near if one[0] <= most), default=None)
    return best[2] if best else ""


def slips(one: str, other: str) -> int:
    """Count the slips between two words (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
