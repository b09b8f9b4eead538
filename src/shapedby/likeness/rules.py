"""What a text is recognised by, and how alike two texts are.

A word is recognised by its beginning, which inflection leaves alone, and by its runs of four letters, most of which
a slip of the pen leaves alone. Each becomes a number, its mark. A mark weighs more the fewer texts have it, so that
no list of a language's small words is needed. Words of the body count a little less than those of the title.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

VERSION = 1
"""Of the marks below: texts that were marked by another one are marked again."""

BEGINNING = 5
RUN = 4
SHORTEST = 3
"""Letters of a word that says enough for its runs, and for standing in a body."""
MOST_TITLE_WORDS = 40
MOST_BODY_WORDS = 100
IN_BODY = 0.8
RUN_WEIGHT = 0.25
SMALL = 0.4
"""The weight of a word that is shorter: it rarely says what a title is about."""
CURIOUS = 2.0
"""Of what the runs of a title are worth, the part that its words are worth beside it."""
RAREST = 0.5
"""In how many texts a mark is taken to be that none has."""
RARITY = 1.5
"""How much more a rare mark says; measured, see ``bench/similar.py``."""
USELESS = 0.3
"""A mark that more than three texts of four have says nothing."""
EAST = "\u2e80"
"""From here on, scripts that put no space between words: there, two letters are a word."""

_WORD = re.compile(r"\w+")


class Alike(StrEnum):
    """How alike two texts are, in words that anybody understands."""

    NEARLY_THE_SAME = "nearly_the_same"
    VERY = "very"
    SOMEWHAT = "somewhat"


LEAST = 0.18
"""Texts that have less in common are not worth anybody's time."""
BOUNDS = ((0.76, Alike.NEARLY_THE_SAME), (0.5, Alike.VERY))
"""From which share on, two texts are called so; a title of one word is not nearly the same as one of ten."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that others are compared with: its number, its marks, and how many words its title has."""

    thing: int
    words: int
    marks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of a text: those of its title and those that only its body has, and how many words its title has."""

    marks: tuple[int, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One mark that a title is looked for by; ``body`` is what the same word is marked by in a body, 0 for a run."""

    title: int
    body: int
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A text that is like another: its number, how much (0 to 1), and that in a word."""

    thing: int
    share: float
    alike: Alike


def words_of(text: str) -> Iterator[str]:
    """Give the words of a text in small letters without accents."""
    bare = (letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))
    for word in _WORD.findall("".join(bare)):
        if word[0] < EAST:
            yield word
        else:
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))


def mark_text(title: str, body: str = "") -> Marked:
    """Give everything that a text is found by."""
    words = list(dict.fromkeys(words_of(title)))[:MOST_TITLE_WORDS]
    beginnings = {word[:BEGINNING] for word in words}
    marks = {_mark("t", beginning) for beginning in beginnings} | {_mark("r", run) for run in _runs(words)}
    told = dict.fromkeys(word[:BEGINNING] for word in words_of(body) if len(word) >= SHORTEST)
    more = [beginning for beginning in told if beginning not in beginnings][:MOST_BODY_WORDS]
    return Marked(tuple(sorted(marks | {_mark("b", beginning) for beginning in more})), len(beginnings))


def wanted(title: str) -> tuple[Wanted, ...]:
    """Give the marks that texts like a title are looked for by, not yet weighed."""
    words = list(dict.fromkeys(words_of(title)))[:MOST_TITLE_WORDS]
    beginnings = dict.fromkeys(word[:BEGINNING] for word in words)
    stems = [
        Wanted(_mark("t", beginning), _mark("b", beginning), 1.0 if len(beginning) >= SHORTEST else SMALL)
        for beginning in beginnings
    ]
    return (*stems, *(Wanted(_mark("r", run), 0, RUN_WEIGHT) for run in _runs(words)))


def weigh(marks: Iterable[Wanted], shares: Mapping[int, float], texts: int) -> list[Wanted]:
    """Weigh each mark by how rare it is among so many texts, the rarest first; ``shares`` are those of common marks."""
    weighed: list[tuple[float, Wanted]] = []
    for mark in marks:
        share = shares.get(mark.title, 0.0) + shares.get(mark.body, 0.0)
        says = math.log((texts + 1) / (share * texts + RAREST))
        if says > USELESS or texts < 1 / USELESS:
            weighed.append((share, Wanted(mark.title, mark.body, mark.weight * max(says, USELESS) ** RARITY)))
    return [mark for _, mark in sorted(weighed, key=lambda one: one[0])]


def rank(looked: Sequence[Wanted], words: int, entries: Iterable[Entry], most: int) -> list[Found]:
    """Give the texts that are most alike, the best first; ``words`` is how many words the title has."""
    whole = sum(mark.weight for mark in looked)
    if not whole:
        return []
    found: list[Found] = []
    for entry in entries:
        share = _common(looked, entry.marks) / whole * _fit(words, entry.words)
        if share >= LEAST:
            size = min(1.0, words / max(entry.words, 1)) ** 0.5
            alike = next((word for bound, word in BOUNDS if share * size >= bound), Alike.SOMEWHAT)
            found.append(Found(entry.thing, share, alike))
    return sorted(found, key=lambda one: (-one.share, one.thing))[:most]


def _common(looked: Sequence[Wanted], marks: frozenset[int]) -> float:
    common = 0.0
    for mark in looked:
        if mark.title in marks:
            common += mark.weight
        elif mark.body and mark.body in marks:
            common += mark.weight * IN_BODY
    return common


def _fit(words: int, others: int) -> float:
    """Count a long title a little less: it has much else to say."""
    return min(1.0, ((words + CURIOUS) / (others + CURIOUS)) ** 0.25)


def _runs(words: Iterable[str]) -> set[str]:
    runs: set[str] = set()
    for word in words:
        if len(word) >= SHORTEST:
            whole = f"<{word}>"
            runs.update(whole[at : at + RUN] for at in range(max(1, len(whole) - RUN + 1)))
    return runs


def _mark(kind: str, piece: str) -> int:
    """Number a piece of text so that it fits a column; two of four milliards share a number."""
    return zlib.crc32(f"{kind}{piece}".encode()) - 2**31
