"""Where the words of a search stand in a text, and which piece of a long text shows them."""

import re
from collections.abc import Sequence

from shapedby.ideas.rules.finding import plain_word

_WORD = re.compile(r"\w+")
_STEM = re.compile(r"'((?:[^']|'')+)'")
SHORTEST_STEM = 3
LONGEST_ENDING = 5
PIECE = 220
BEFORE = 70


def stems_in(query: str) -> frozenset[str]:
    """Give the stems that a search looks for, from PostgreSQL's own writing of it: ``'walk' & 'bus':*``."""
    return frozenset(found.replace("''", "'") for found in _STEM.findall(query))


def spans(text: str, words: Sequence[str], stems: frozenset[str]) -> list[tuple[int, int]]:
    """Give where a text has the words of a search: whole, in another form, or, for the last one, begun."""
    whole = frozenset(map(plain_word, words))
    begun = plain_word(words[-1]) if words else ""
    roots = tuple(stem for stem in map(plain_word, stems) if len(stem) >= SHORTEST_STEM)
    return [found.span() for found in _WORD.finditer(text) if _fits(plain_word(found[0]), whole, begun, roots)]


def _fits(word: str, whole: frozenset[str], begun: str, roots: tuple[str, ...]) -> bool:
    if word in whole or (begun and word.startswith(begun)):
        return True
    return any(word.startswith(root) and len(word) - len(root) <= LONGEST_ENDING for root in roots)


def piece(text: str, found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Give the piece of a text around the first words found, between words: where it begins and ends."""
    if len(text) <= PIECE or not found:
        return 0, min(len(text), PIECE)
    start = max(0, found[0][0] - BEFORE)
    if start:
        start = text.find(" ", start, found[0][0]) + 1 or found[0][0]
    end = min(len(text), start + PIECE)
    return start, end if end == len(text) else max(text.rfind(" ", start, end), found[0][1])
