"""Which waiting cases are so alike that one decision fits them all: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapedby.screening.rules import Kind, Publicity, same_of

SHINGLE = 3
LEAST_ALIKE = 0.5
LONGEST_COMPARED = 4_000


class Kinship(StrEnum):
    """What two cases have in common."""

    AUTHOR = "author"
    DOMAIN = "domain"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Compared:
    """A waiting case as it is compared with others; ``turn`` is the number of the last decision about it."""

    id: int
    posting: int
    kind: Kind
    publicity: Publicity
    author: int
    author_name: str
    about: str
    source: str
    turn: int


@dataclass(frozen=True, slots=True)
class Prints:
    """What is left of a text for comparing: runs of three words, and where its links lead."""

    shingles: frozenset[str]
    hosts: frozenset[str]


def prints_of(source: str) -> Prints:
    """Take a text's prints; capitals, signs and the usual disguises make no difference."""
    same = same_of(source[:LONGEST_COMPARED])
    words = same.plain.split()
    runs = {" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))}
    return Prints(frozenset(runs - {""}), frozenset(same.hosts))


def kinship(one: Compared, prints: Prints, other: Compared) -> tuple[Kinship, ...]:
    """Say what another case has in common with one whose prints were taken."""
    theirs = prints_of(other.source)
    either = len(prints.shingles | theirs.shingles)
    found = {
        Kinship.WORDS: either > 0 and len(prints.shingles & theirs.shingles) >= LEAST_ALIKE * either,
        Kinship.DOMAIN: bool(prints.hosts & theirs.hosts),
        Kinship.AUTHOR: one.author == other.author,
    }
    return tuple(kind for kind, applies in found.items() if applies)
